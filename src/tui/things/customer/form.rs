//! A customer is added or changed. Who may be the same one is shown while one types, and asked about when saving.

use crate::domain::address::Address;
use crate::domain::country_code::country_code;
use crate::domain::customer::{CustomerKind, DisplayName};
use crate::domain::id::CustomerId;
use crate::domain::tax::TaxTreatment;
use crate::domain::{contact, text, vat};
use crate::services::DeskError;
use crate::services::actions::customer::CustomerDraft;
use crate::services::reads::{Alike, CustomerPage, Likeness, Newcomer, classes, likely_duplicates};
use crate::tui::desk::{Action, Desk, Trouble};
use crate::tui::forms::{Field, Form, Item, Read, shop};
use crate::tui::reply::{Question, Reply};

/// Fields of a business alone.
const OF_BUSINESS: [&str; 5] = ["company_name", "contact_person", "vat_number", "registration_number", "terms"];
/// Fields by which somebody is known already.
const TELLING: [&str; 5] = ["first_name", "last_name", "company_name", "email", "phone"];

/// The fields of a customer.
#[derive(Debug, Default)]
pub struct CustomerForm {
    /// The customer that is changed, and the version that was read.
    saved: Option<(CustomerId, i64)>,
    draft: CustomerDraft,
    /// What duplicates were looked for, and who was found.
    alike: Vec<Alike>,
}

impl CustomerForm {
    /// A new customer; what was typed to find it goes into the name, the email or the phone.
    pub fn new(typed: &str) -> Self {
        let mut draft = CustomerDraft {
            kind: CustomerKind::Individual.code().to_owned(),
            tax: TaxTreatment::Standard.code().to_owned(),
            ..CustomerDraft::default()
        };
        let typed = typed.trim().to_owned();
        if typed.contains('@') {
            draft.email = typed;
        } else if typed.chars().any(|c| c.is_ascii_digit()) && contact::phone(&typed).is_ok() {
            draft.phone = typed;
        } else if let Some((last, first)) = typed.split_once(',') {
            (draft.last_name, draft.first_name) = (last.trim().to_owned(), first.trim().to_owned());
        } else if let Some((first, last)) = typed.rsplit_once(' ') {
            (draft.last_name, draft.first_name) = (last.trim().to_owned(), first.trim().to_owned());
        } else {
            draft.last_name = typed;
        }
        Self { draft, ..Self::default() }
    }

    /// A customer as it was read.
    pub fn edit(page: &CustomerPage) -> Self {
        Self { saved: Some((page.row.id, page.version)), draft: CustomerDraft::of_page(page), alike: Vec::new() }
    }

    fn look_for_alike(&mut self, fields: &[Field], desk: &Desk) {
        let value = |name: &str| fields.iter().find(|field| field.name == name).map(Field::value).unwrap_or_default();
        let [first, last, company, email, phone] = TELLING.map(value);
        let company = if value("kind") == CustomerKind::Business.code() { company } else { String::new() };
        let email = contact::email(&email).unwrap_or_default();
        let name = DisplayName { company: &company, first: &first, last: &last };
        let newcomer = Newcomer { email: &email, phone: &phone, name, except: self.saved.map(|(id, _)| id) };
        // Where it cannot be read just now, saving says why.
        self.alike = desk.read(|db| likely_duplicates(db, &newcomer).map_err(DeskError::from)).unwrap_or_default();
    }

    fn read(&self, read: &mut Read<'_>, desk: &Desk) -> Option<CustomerDraft> {
        let is_business = read.text("kind") == CustomerKind::Business.code();
        let name = |text: &str| text::clean_line(text, 300);
        let (first_name, last_name) = (read.parse("first_name", name), read.parse("last_name", name));
        let company_name = read.parse("company_name", name);
        match (is_business, &company_name, &first_name, &last_name) {
            (true, Some(company), ..) if company.is_empty() => {
                read.refuse("company_name", "a business needs its company name");
                return None;
            }
            (false, _, Some(first), Some(last)) if first.is_empty() && last.is_empty() => {
                read.refuse("last_name", "a customer needs a name");
                return None;
            }
            _ => {}
        }
        let email = read.optional("email", contact::email);
        let phone = read.optional("phone", contact::phone);
        let invoice_emails = read.parse("invoice_emails", contact::emails_if_any);
        let [contact_person, registration_number] = [("contact_person", 200), ("registration_number", 60)]
            .map(|(field, most)| read.parse(field, |text| text::clean_line(text, most)));
        let vat_number = match read.text("vat_number") {
            same if same == self.draft.vat_number => Some(same),
            _ => read.parse_shown("vat_number", vat::vat_number, Clone::clone),
        };
        let terms = read.parse("terms", days);
        let tax_reason = self.tax_reason(read);
        let mut address = read_address(read, desk);
        // A script may leave it out, and one who came without it is still changed; the pass names the gap on Today.
        let may_lack = self.saved.is_some() && self.draft.address.is_empty();
        if !may_lack && address.as_ref().is_some_and(Address::is_empty) {
            read.refuse("address", "write at least a street or a town: invoices go there");
            address = None;
        }
        Some(CustomerDraft {
            kind: read.text("kind"),
            first_name: first_name?,
            last_name: last_name?,
            company_name: company_name?,
            email: email?.unwrap_or_default(),
            invoice_emails: invoice_emails?,
            phone: phone?.unwrap_or_default(),
            registration_number: registration_number?,
            vat_number: vat_number?,
            contact_person: contact_person?,
            terms: terms?,
            class: read.text("class"),
            tax: read.text("tax"),
            tax_reason: tax_reason?,
            currency: if self.saved.is_some() {
                self.draft.currency.clone()
            } else {
                read.chosen::<String>("currency")?
            },
            address: address?,
        })
    }
}

impl CustomerForm {
    /// Why the customer is exempt; what the treatment lacks is said at its field.
    fn tax_reason(&self, read: &mut Read<'_>) -> Option<String> {
        let tax: TaxTreatment = read.text("tax").parse().unwrap_or_default();
        let reason = if tax == TaxTreatment::Exempt {
            read.parse("tax_reason", |text| text::clean_line(text, 300))?
        } else {
            String::new()
        };
        let is_business = read.text("kind") == CustomerKind::Business.code();
        let has_number = is_business && !read.text("vat_number").is_empty();
        match tax.lacks(is_business, has_number, !reason.is_empty()).filter(|_| tax.code() != self.draft.tax) {
            Some(lack) => {
                read.refuse(lack.field(), lack.to_string());
                None
            }
            None => Some(reason),
        }
    }
}

/// Days to pay, kept as text.
fn days(text: &str) -> Result<String, &'static str> {
    match text.parse::<u32>() {
        Ok(0..=365) => Ok(text.to_owned()),
        Err(_) if text.is_empty() => Ok(String::new()),
        _ => Err("write the days to pay, such as 0, 7, 14 or 30"),
    }
}

/// The country of the shop, which an address without one is in.
fn home(desk: &Desk) -> String {
    desk.shop().map(|shop| shop.country.clone()).unwrap_or_default()
}

/// The fields of an address.
pub fn address_fields(address: &Address, desk: &Desk) -> Vec<Field> {
    let country = format!("empty: {}", home(desk));
    vec![
        Field::text("address", "Address").with(&address.line1),
        Field::text("address_line2", "").with(&address.line2),
        Field::text("postcode", "Postcode").with(&address.postcode).width(12),
        Field::text("city", "Town").with(&address.city),
        Field::text("region", "State or region").with(&address.region).width(20),
        Field::text("country", "Country").with(&address.country).width(20).hint(country),
    ]
}

/// Reads them. An address without a country is in that of the shop.
pub fn read_address(read: &mut Read<'_>, desk: &Desk) -> Option<Address> {
    let [line1, line2, postcode, city, region] =
        [("address", 200), ("address_line2", 200), ("postcode", 20), ("city", 100), ("region", 100)]
            .map(|(field, most)| read.parse(field, |text| text::clean_line(text, most)));
    let country = read.parse("country", |text| match text {
        "" => Ok(String::new()),
        typed => country_code(typed).ok_or("write a country by its name or its two letters, such as Germany or DE"),
    });
    let mut address =
        Address { line1: line1?, line2: line2?, postcode: postcode?, city: city?, region: region?, country: country? };
    if !address.is_empty() && address.line1.is_empty() && address.city.is_empty() {
        read.refuse("address", "write at least a street or a town");
        return None;
    }
    if !address.is_empty() && address.country.is_empty() {
        address.country = home(desk);
    }
    Some(address)
}

/// Shows the fields of the kind that is chosen; a name that stands there is never hidden.
fn fit_kind(fields: &mut [Field]) {
    let is_business = fields.iter().any(|field| field.name == "kind" && field.value() == CustomerKind::Business.code());
    let is_exempt = fields.iter().any(|field| field.name == "tax" && field.value() == TaxTreatment::Exempt.code());
    for field in fields {
        if OF_BUSINESS.contains(&field.name.as_ref()) {
            field.is_hidden = !is_business;
        } else if matches!(field.name.as_ref(), "first_name" | "last_name") {
            field.is_hidden = is_business && field.value().is_empty();
        } else if field.name == "tax_reason" {
            field.is_hidden = !is_exempt;
        }
    }
}

impl Form for CustomerForm {
    fn title(&self) -> String {
        if self.saved.is_some() { "Edit customer" } else { "New customer" }.to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let draft = &self.draft;
        let kinds = CustomerKind::ALL.iter().map(|kind| Item::new(kind.code(), kind.word())).collect();
        let treatments = TaxTreatment::ALL.iter().map(|tax| Item::new(tax.code(), tax.word())).collect();
        let mut fields = vec![
            Field::choice("kind", "Kind", kinds, &draft.kind).width(14),
            Field::text("company_name", "Company").with(&draft.company_name),
            Field::text("first_name", "First name").with(&draft.first_name),
            Field::text("last_name", "Last name").with(&draft.last_name),
            Field::text("email", "Email").with(&draft.email),
            Field::text("phone", "Phone").with(&draft.phone).width(22),
            Field::text("invoice_emails", "Invoices to").with(&draft.invoice_emails).width(19).hint("else the email"),
            Field::text("contact_person", "Contact").with(&draft.contact_person),
            Field::text("vat_number", "VAT number").with(&draft.vat_number).width(22),
            Field::text("registration_number", "Registration no.").with(&draft.registration_number).width(22),
            Field::text("terms", "Days to pay").with(&draft.terms).width(4).hint("empty: as its class says"),
        ];
        let classes = desk.read(|db| classes(db).map_err(DeskError::from)).unwrap_or_default();
        if classes.len() > 1 {
            let items = classes.iter().map(|(_, name)| Item::new(name, name)).collect();
            fields.push(Field::choice("class", "Class", items, &draft.class));
        }
        fields.extend(address_fields(&draft.address, desk));
        fields.push(Field::choice("tax", "Tax", treatments, &draft.tax).width(16));
        fields.push(Field::text("tax_reason", "Why exempt").with(&draft.tax_reason).hint("stands on the invoices"));
        if self.saved.is_none() {
            let code = desk.shop().map(|shop| shop.currency.code()).unwrap_or_default();
            fields.push(Field::lookup("currency", "Currency", Some(&Item::new(code, code))));
        }
        fit_kind(&mut fields);
        fields
    }

    fn items(&self, name: &str, typed: &str, _desk: &Desk) -> Vec<Item> {
        shop::items(name, typed)
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], desk: &Desk) {
        if name == "kind" || name == "tax" {
            fit_kind(fields);
        }
        if name == "kind" || TELLING.contains(&name) {
            self.look_for_alike(fields, desk);
        }
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        self.alike.iter().take(2).map(|alike| format!("! {}", described(alike))).collect()
    }

    /// Somebody saved this customer meanwhile: what was typed goes on top of it, and a person says so.
    fn asks(&self, trouble: &Trouble, action: &mut Action) -> Option<Question> {
        let Trouble::Refused(refusal) = trouble else { return None };
        let details = refusal.details.as_ref().filter(|_| refusal.code == "stale")?;
        let theirs: CustomerDraft = serde_json::from_value(details.get("now")?.clone()).ok()?;
        let Action::EditCustomer { version, draft, .. } = action else { return None };
        let changed: Vec<String> = theirs
            .differences(&self.draft)
            .into_iter()
            .map(|(label, _, now)| format!("{label}: {}", shown(&now)))
            .collect();
        let (both, clashes) = draft.onto(&self.draft, &theirs);
        (*version, **draft) = (details.get("version")?.as_i64()?, both);
        let mut question =
            Question::new("Changed meanwhile", &format!("{} It says now:", trouble.sentence()), Reply::Nothing);
        question.lines.extend(changed);
        if clashes.is_empty() {
            question.lines.push("What you typed is about other fields: both can be kept.".to_owned());
            question.yes = "Keep both";
        } else {
            question.lines.push("What you typed would replace it:".to_owned());
            question.lines.extend(clashes.iter().map(|clash| format!("{}: {}", clash.label, shown(&clash.mine))));
            (question.yes, question.dangerous) = ("Save mine", true);
        }
        question.no = "Look again";
        Some(question)
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let draft = Box::new(self.read(read, desk)?);
        let save = Reply::perform(match self.saved {
            Some((id, version)) => Action::EditCustomer { id, version, draft },
            None => Action::AddCustomer(draft),
        });
        let twin = self.alike.iter().find(|alike| alike.likeness < Likeness::SimilarName);
        Some(match twin {
            Some(alike) if self.saved.is_none() => {
                let line = format!("You may have this customer already: {}.", described(alike));
                let mut question = Question::new("New customer", &line, save);
                question.lines.push("Save it as another customer all the same?".to_owned());
                (question.yes, question.no, question.dangerous) = ("Save as another", "Look again", true);
                Reply::ask(question)
            }
            _ => save,
        })
    }
}

/// A value, or that there is none.
fn shown(value: &str) -> &str {
    if value.is_empty() { "(nothing)" } else { value }
}

/// `Acme Corp, ap@acme.example (same email)`.
fn described(alike: &Alike) -> String {
    let reached = if alike.email.is_empty() { &alike.phone } else { &alike.email };
    let reached = if reached.is_empty() { String::new() } else { format!(", {reached}") };
    format!("{}{reached} ({})", alike.name, alike.likeness.word())
}
