//! Mark as paid: the receipt of one payment, of several, of an invoice, of all a payer owes.
//!
//! The caret begins in the reference: day, amount and method are filled in, and the reference is what a person reads
//! from the statement.

use super::arriving;
use super::other_open::OtherOpen;
use crate::domain::allocation::{self, OpenItem};
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::id::InvoiceId;
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::domain::{text, typed};
use crate::tui::desk::{Action, Desk, Owed, Payer, ReceiptDraft, Target, Trouble, reads};
use crate::tui::forms::{Field, Form, FormDialog, Item, Name, Read, Subject, lookups};
use crate::tui::reply::{Question, Reply};

/// Money arrived: what for, how much, how.
#[derive(Debug)]
pub struct MarkPaid {
    target: Target,
    payer: Payer,
    owed: Vec<Owed>,
    /// All this payer owes.
    other: OtherOpen,
    open: Money,
    subject: Subject,
    head: Vec<String>,
    style: Style,
    /// A person parts the money: the parts no longer follow the amount.
    by_hand: bool,
}

/// The most payments whose parts stand in the form.
const MOST_PARTS: usize = 12;

impl MarkPaid {
    /// The dialog for a target, or why there is nothing to pay.
    pub fn dialog(target: Target, desk: &Desk) -> Result<FormDialog, Trouble> {
        let (payer, owed) = desk.payable(&target)?;
        let shop = desk.shop()?;
        let currency = owed.first().map_or(shop.currency, |owed| owed.currency);
        let open = Money::new(owed.iter().map(Owed::payable_minor).sum(), currency);
        let other = OtherOpen::of(payer, desk)?;
        let (subject, head, style) = (Subject::default(), Vec::new(), shop.style);
        let mut form = Self { target, payer, owed, other, open, subject, head, style, by_hand: false };
        form.about(desk)?;
        form.head.extend(arriving::on_its_way(&form.target, &form.owed, desk)?);
        Ok(FormDialog::new(form, desk))
    }

    /// As [`MarkPaid::dialog`], ready to be opened; the refusal goes to the message line.
    pub fn open(target: Target, desk: &Desk) -> Reply {
        match Self::dialog(target, desk) {
            Ok(dialog) => Reply::open(dialog),
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    /// What is paid, in the title and in two lines.
    fn about(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let ids: Vec<_> = self.owed.iter().map(|owed| owed.id).collect();
        let first = ids.get(..1).unwrap_or_default();
        let row = desk.read(|db| reads::payments_by_id(db, first))?.into_iter().next();
        let name = row.as_ref().map(|row| row.group_name.clone().unwrap_or_else(|| row.customer_name.clone()));
        let name = name.or_else(|| lookups::payer_name(self.payer, desk)).unwrap_or_default();
        let number = |owed: &Owed| owed.invoice.as_ref().and_then(|invoice| invoice.number.clone());
        let due = self.owed.iter().map(|owed| owed.due_on).min();
        let due = due.map(|due| self.style.long_date(due)).unwrap_or_default();
        let amount = format!("{} {}", self.style.amount(self.open), self.open.currency());
        let mut numbers: Vec<String> = self.owed.iter().filter_map(number).collect();
        numbers.dedup();
        let what = match (numbers.as_slice(), self.owed.len()) {
            ([one], _) => one.clone(),
            (_, 0) => String::new(),
            (_, many) => format!("{many} payments"),
        };
        self.subject = Subject::new(what, &name, self.open, self.style);
        self.head = match self.owed.as_slice() {
            [] => vec!["Nothing is open: what arrives stays as credit.".to_owned()],
            [one] => {
                let of = row.and_then(|row| row.subscription_id).map(|id| format!(", subscription {}", id.shown()));
                let number = number(one).unwrap_or_default();
                let whole = Money::new(one.amount_minor, one.currency);
                let part =
                    if one.settled_minor > 0 { format!(" of {}", self.style.amount(whole)) } else { String::new() };
                vec![
                    format!("Invoice       {number}   {name}{}", of.unwrap_or_default()),
                    format!("Open          {amount}{part}   due {due}"),
                ]
            }
            many => {
                let shown = numbers.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
                let more = if numbers.len() > 3 { format!(" and {} more", numbers.len() - 3) } else { String::new() };
                vec![
                    format!("{:<13} {shown}{more}", format!("{} payments", many.len())),
                    format!("Payer         {name}"),
                    format!("Open          {amount}   oldest due {due}"),
                ]
            }
        };
        Ok(())
    }

    /// Whether the parts stand in the form.
    fn is_parted(&self) -> bool {
        (2..=MOST_PARTS).contains(&self.owed.len())
    }

    /// What the rules give each payment of an amount, in minor units.
    fn proposed(&self, minor: i64) -> Vec<i64> {
        let items: Vec<OpenItem> = self.owed.iter().map(Owed::item).collect();
        let split = allocation::allocate(minor, &items);
        let given = |owed: &Owed| split.parts.iter().find(|(id, _)| *id == owed.id).map_or(0, |(_, minor)| *minor);
        self.owed.iter().map(given).collect()
    }

    /// A field for each payment, with what the rules propose for it.
    fn part_fields(&self, desk: &Desk) -> Vec<Field> {
        let ids: Vec<_> = self.owed.iter().map(|owed| owed.id).collect();
        let rows = desk.read(|db| reads::payments_by_id(db, &ids)).unwrap_or_default();
        let invoice = |owed: &Owed| owed.invoice.as_ref().map(|invoice| invoice.id);
        let is_line = |owed: &Owed| self.owed.iter().filter(|other| invoice(other) == invoice(owed)).count() > 1;
        let shown = |minor| self.style.amount(Money::new(minor, self.currency()));
        let field = |(owed, minor): (&Owed, i64)| {
            let number = owed.invoice.as_ref().and_then(|invoice| invoice.number.clone());
            let label = number.unwrap_or_else(|| format!("P-{}", owed.id));
            // Lines of one invoice are told apart by what they are for.
            let row = rows.iter().find(|row| row.id == owed.id).filter(|_| is_line(owed));
            let beside = match row.and_then(|row| row.subscription_id) {
                Some(subscription) if owed.is_deposit => format!("deposit {}", subscription.shown()),
                Some(subscription) => subscription.shown(),
                None => format!("due {}", self.style.long_date(owed.due_on)),
            };
            let hint = format!("of {}, {beside}", shown(owed.payable_minor()));
            Field::amount(part_name(owed), label).with(shown(minor)).hint(hint)
        };
        self.owed.iter().zip(self.proposed(self.open.minor())).map(field).collect()
    }

    /// The invoices beside the target that the amount pays exactly.
    fn exact(&self, minor: i64) -> Option<Vec<InvoiceId>> {
        if minor == self.open.minor() { None } else { self.other.exact(minor) }
    }

    /// Whether more came than the target takes, and something else is open.
    fn has_rest(&self, minor: i64) -> bool {
        minor > self.open.minor() && self.other.beside(&self.owed) > 0
    }

    /// Offers what else the amount can pay.
    fn offer(&self, amount: Option<Money>, fields: &mut [Field]) {
        let exact = amount.and_then(|amount| self.exact(amount.minor()));
        let has_rest = amount.is_some_and(|amount| self.has_rest(amount.minor()));
        for field in fields {
            match field.name.as_ref() {
                EXACT => {
                    field.is_hidden = exact.is_none();
                    field.hint =
                        exact.as_ref().map(|ids| format!("exactly {}", self.other.numbers(ids))).unwrap_or_default();
                }
                REST => field.is_hidden = !has_rest,
                _ => {}
            }
        }
    }

    /// What is paid: what was offered and taken, the target, or the parts as a person made them.
    fn paid(&self, minor: i64, read: &mut Read<'_>) -> Option<Target> {
        if let Some(ids) = self.exact(minor).filter(|_| read.is_on(EXACT)) {
            return Some(Target::Invoices(ids));
        }
        if self.has_rest(minor) && read.is_on(REST) {
            return Some(self.other.with_rest(minor, &self.owed));
        }
        if !self.by_hand {
            return Some(self.target.clone());
        }
        let currency = self.currency();
        let mut parts = Vec::new();
        for owed in &self.owed {
            let part = read.amount_if_any(&part_name(owed), self.style, currency)?;
            parts.push((owed.id, part.map_or(0, Money::minor)));
        }
        Some(Target::Parts(parts))
    }

    const fn currency(&self) -> Currency {
        self.open.currency()
    }

    fn amount(&self, text: &str) -> Result<Money, String> {
        let amount = typed::amount(text, self.style.number, self.currency()).map_err(|error| error.to_string())?;
        if amount.is_zero() {
            return Err("The amount has to be more than 0.".to_owned());
        }
        Ok(amount)
    }

    fn difference(&self, text: &str) -> String {
        let Ok(amount) = self.amount(text) else { return String::new() };
        let differs = |minor: i64| self.style.amount(Money::new(minor, self.currency()));
        match amount.minor() - self.open.minor() {
            0 => "full amount".to_owned(),
            more @ 1.. => format!("{} more than open", differs(more)),
            less => format!("{} stays open", differs(-less)),
        }
    }

    /// What saving does, as far as it can be said already.
    fn after(&self, amount: Money, method: Method) -> String {
        let items: Vec<OpenItem> = self.owed.iter().map(Owed::item).collect();
        let split = allocation::allocate(amount.minor(), &items);
        let shown = |minor: i64| self.style.amount(Money::new(minor, self.currency()));
        if split.rest > 0 {
            return format!("On saving rentbook asks what becomes of the other {}.", shown(split.rest));
        }
        let open = shown(self.open.minor() - amount.minor());
        if !method.clears_at_once() {
            return format!("After saving: status Processing until the {} clears.", method.word().to_lowercase());
        }
        let given = |owed: &Owed| split.parts.iter().find(|(id, _)| *id == owed.id).map_or(0, |(_, minor)| *minor);
        let paid = self.owed.iter().filter(|owed| given(owed) == owed.open_minor()).count();
        match self.owed.as_slice() {
            [one] if paid == 0 => {
                let whole = shown(one.amount_minor);
                let settled = shown(one.settled_minor + amount.minor());
                format!("After saving: open {open}, part paid {settled} of {whole}")
            }
            [_] => format!("After saving: open {open}, status {}", PaymentStatus::Paid.word()),
            many => format!("After saving: open {open}, {paid} of {} paid", many.len()),
        }
    }

    /// What saving does where a person parted the money.
    fn after_parts(&self, amount: Money, parts: &[(crate::domain::id::PaymentId, i64)]) -> String {
        let shown = |minor: i64| self.style.amount(Money::new(minor, self.currency()));
        let given: i64 = parts.iter().map(|(_, minor)| minor).sum();
        match amount.minor() - given {
            0 => format!("After saving: open {}, parted by hand", shown(self.open.minor() - given)),
            rest @ 1.. => format!("{} of the amount is not given to a payment yet.", shown(rest)),
            more => format!("The parts add up to {} more than the amount.", shown(-more)),
        }
    }

    /// Whether the reference was seen before.
    fn seen(&self, reference: &str, desk: &Desk) -> String {
        match desk.receipt_with_reference(reference) {
            _ if reference.trim().is_empty() => "No reference yet: type what the statement says.".to_owned(),
            Ok(Some((number, on))) => {
                format!("! This reference was used before: receipt {number}, {}.", self.style.long_date(on))
            }
            Ok(None) => "This reference is new: not used before.".to_owned(),
            Err(_) => String::new(),
        }
    }

    fn draft(&self, read: &mut Read<'_>) -> Option<(ReceiptDraft, Money)> {
        let style = self.style;
        let received_on = read.date("date");
        let amount = read.parse_shown("amount", |text| self.amount(text), |amount| style.amount(*amount));
        let method = read.chosen::<Method>("method");
        let reference = read.parse("reference", |text| text::clean_line(text, 140));
        let target = amount.and_then(|amount| self.paid(amount.minor(), read));
        let (received_on, amount, method, reference) = (received_on?, amount?, method?, reference?);
        let (target, plain) = (target?, amount.to_string());
        let draft =
            ReceiptDraft { target, amount: plain, received_on, method, reference, keep_credit: false, again: false };
        Some((draft, amount))
    }
}

/// The field that pays other invoices, which the amount pays exactly.
const EXACT: &str = "exact";
/// The field that pays what else is open with a rest.
const REST: &str = "rest";
/// How the fields of the parts are called, before the number of the payment.
const PART: &str = "part ";

fn part_name(owed: &Owed) -> String {
    format!("{PART}{}", owed.id)
}

/// The methods to choose from.
pub(crate) fn methods() -> Vec<Item> {
    Method::ALL.iter().map(|method| Item::new(method.code(), method.word())).collect()
}

impl Form for MarkPaid {
    fn title(&self) -> String {
        "Mark as paid".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        self.head.clone()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let last = desk.newest_receipt(None).ok().flatten();
        let own = desk.newest_receipt(Some(self.payer)).ok().flatten();
        let method = own.map_or(Method::BankTransfer, |said| said.method);
        let open = if self.open.is_zero() { String::new() } else { self.style.amount(self.open) };
        let said = |text: fn(&crate::services::Said) -> String| last.as_ref().map(text).filter(|text| !text.is_empty());
        let date = Field::date("date", "Payment date", Some(desk.today()), desk.today(), self.style)
            .last(last.as_ref().map(|said| self.style.date(said.received_on)));
        let amount = Field::amount("amount", "Amount").with(&open).hint(self.difference(&open));
        let method = Field::choice("method", "Method", methods(), method.code()).hint("F4 list");
        let reference = Field::text("reference", "Reference");
        let mut fields = vec![
            date,
            amount,
            method.last(said(|said| said.method.code().to_owned())),
            reference.last(said(|said| said.reference.clone())),
        ];
        if self.is_parted() {
            fields.extend(self.part_fields(desk));
        }
        let beside = self.style.amount(Money::new(self.other.beside(&self.owed), self.currency()));
        fields.push(Field::check(EXACT, "Pay instead", false));
        let rest = format!("pays what else is open, oldest first: {beside}");
        fields.push(Field::check(REST, "The rest", false).hint(rest));
        self.offer(None, &mut fields);
        fields
    }

    fn begins(&self, _fields: &[Field]) -> Option<Name> {
        Some("reference".into())
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        self.by_hand |= name.starts_with(PART);
        let Some(field) = fields.iter_mut().find(|field| field.name == "amount" && name == "amount") else { return };
        field.hint = self.difference(&field.value());
        let amount = self.amount(&field.value()).ok();
        self.offer(amount, fields);
        let Some(amount) = amount.filter(|_| self.is_parted() && !self.by_hand) else { return };
        for (owed, minor) in self.owed.iter().zip(self.proposed(amount.minor())) {
            if let Some(part) = fields.iter_mut().find(|field| field.name == part_name(owed)) {
                part.fill(&self.style.amount(Money::new(minor, self.currency())));
            }
        }
    }

    fn effect(&self, read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        let seen = self.seen(&read.text("reference"), desk);
        let after = self.draft(read).map(|(draft, amount)| match &draft.target {
            Target::Invoices(ids) if self.exact(amount.minor()).as_ref() == Some(ids) => {
                format!("After saving: {} paid, nothing is left over.", self.other.numbers(ids))
            }
            Target::Parts(parts) if self.by_hand => self.after_parts(amount, parts),
            Target::Parts(parts) => format!("After saving: {} payments get a part, nothing is left over.", parts.len()),
            _ => self.after(amount, draft.method),
        });
        let counts = read.date("date").and_then(|came| arriving::counts(came, &self.owed, desk));
        [after.unwrap_or_default(), seen].into_iter().chain(counts).collect()
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        self.draft(read).map(|(draft, _)| Reply::perform(Action::Receive(Box::new(draft))))
    }

    fn asks(&self, trouble: &Trouble, action: &mut Action) -> Option<Question> {
        let Action::Receive(draft) = action else { return None };
        match trouble.code() {
            Some("over_paid") => {
                draft.keep_credit = true;
                let title = self.subject.heading("More than is open");
                let mut question = Question::dangerous(&title, trouble.sentence(), Reply::Nothing);
                if draft.reference.is_empty() {
                    question.lines.push("No reference is typed.".to_owned());
                }
                (question.yes, question.no) = ("Keep as credit", "Correct it");
                if self.other.beside(&self.owed) > 0 {
                    question.lines.push("“The rest” in the form pays what else is open.".to_owned());
                }
                Some(question)
            }
            code => {
                draft.again = true;
                arriving::came_as_well(code, trouble, &self.subject)
            }
        }
    }
}
