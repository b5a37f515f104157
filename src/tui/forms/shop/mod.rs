//! What there is to say about a new shop, in five short pages.
//!
//! Each page reads its fields through the domain and answers that it is done; who shows the pages keeps the draft, so
//! that one may go back and forth and nothing typed is lost. Nothing is written before the last page.

mod read;
mod show;

use std::path::PathBuf;

use super::{Field, Form, Item, Read};
use crate::domain::country::{COUNTRIES, country, usual_zone};
use crate::domain::currency::Currency;
use crate::services::actions::shop::{Habits, habits};
use crate::tui::desk::{Desk, ShopDraft};
use crate::tui::reply::{Answer, Reply};

/// Under this name a page says that it is done.
pub const DONE: &str = "page of the shop";

/// The pages, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// Who the shop is.
    Shop,
    /// Money, numbers and dates.
    Money,
    /// Numbers of invoices, and when they are made.
    Invoices,
    /// Where customers pay.
    Bank,
    /// Where the book and its copies lie.
    Safety,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Shop, Self::Money, Self::Invoices, Self::Bank, Self::Safety];

    /// The name of the page.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Shop => "Shop",
            Self::Money => "Money",
            Self::Invoices => "Invoices",
            Self::Bank => "Bank",
            Self::Safety => "Safety",
        }
    }

    /// The page `steps` further; `None` beyond the first and the last.
    pub fn step(self, steps: isize) -> Option<Self> {
        let at = (self as usize).checked_add_signed(steps)?;
        Self::ALL.get(at).copied()
    }

    /// The page on which a refused field of the draft stands.
    pub fn of_field(field: &str) -> Self {
        match field {
            "currency" | "number_style" | "date_style" | "tax_rate" | "prices" | "language" => Self::Money,
            "number_format" | "lead_days" | "legal_text" => Self::Invoices,
            "iban" | "bic" | "bank_name" | "bank_account" => Self::Bank,
            _ => Self::Shop,
        }
    }
}

/// One page, filled in with what was said so far.
#[derive(Clone, Debug)]
pub struct ShopPage {
    step: Step,
    draft: ShopDraft,
    book: PathBuf,
}

impl ShopPage {
    /// A page; `book` is where the book will lie.
    pub fn new(step: Step, draft: ShopDraft, book: PathBuf) -> Self {
        Self { step, draft, book }
    }

    fn habits(&self) -> Habits {
        habits(&self.draft.country)
    }

    /// The currency of the draft, or that of its country.
    fn currency(&self) -> Option<Currency> {
        let own = Currency::new(&self.draft.currency).ok();
        own.or_else(|| Currency::new(country(&self.draft.country)?.currency).ok())
    }
}

/// Puts what stands in the fields of a page that was read into the draft.
pub fn keep(fields: &[Field], draft: &mut ShopDraft) {
    for field in fields {
        let value = field.value();
        let place = match field.name.as_ref() {
            "name" => &mut draft.name,
            "country" => &mut draft.country,
            "address" => &mut draft.address,
            "email" => &mut draft.email,
            "phone" => &mut draft.phone,
            "tax_number" => &mut draft.tax_number,
            "time_zone" => &mut draft.time_zone,
            "currency" => &mut draft.currency,
            "number_style" => &mut draft.number_style,
            "date_style" => &mut draft.date_style,
            "tax_rate" => &mut draft.tax_rate,
            "prices" => &mut draft.prices,
            "language" => &mut draft.language,
            "number_format" => &mut draft.number_format,
            "lead_days" => &mut draft.lead_days,
            "iban" => &mut draft.iban,
            "bic" => &mut draft.bic,
            "bank_name" => &mut draft.bank_name,
            "bank_account" => &mut draft.bank_account,
            "legal_text" => &mut draft.legal_text,
            _ => continue,
        };
        *place = value;
    }
}

impl Form for ShopPage {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        match self.step {
            Step::Shop => "Your shop",
            Step::Money => "Money, numbers and dates",
            Step::Invoices => "Invoices",
            Step::Bank => "Where customers pay",
            Step::Safety => "Everything is ready",
        }
        .to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        show::head(self)
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        show::fields(self)
    }

    fn items(&self, name: &str, typed: &str, _desk: &Desk) -> Vec<Item> {
        items(name, typed)
    }

    /// The zone of a country that has one is proposed with it.
    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        let Some(zone) = fields.iter().find(|field| field.name == "country" && field.name == name).and_then(|field| {
            field.item().map(|item| item.key.clone()).or_else(|| Some(field.value())).and_then(|code| usual_zone(&code))
        }) else {
            return;
        };
        if let Some(field) = fields.iter_mut().find(|field| field.name == "time_zone") {
            field.choose(&Item::new(zone, zone));
        }
    }

    fn effect(&self, read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        show::effect(self, read, desk)
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        read::page(self.step, read)?;
        Some(Reply::Give(Answer { asked: DONE, key: String::new(), text: String::new() }))
    }

    fn save_word(&self) -> &'static str {
        if self.step == Step::Safety { "Make the book" } else { "Next page" }
    }

    fn leave_word(&self) -> &'static str {
        "Back"
    }
}

/// The values that fit what is typed for a country, a currency or a time zone.
pub fn items(name: &str, typed: &str) -> Vec<Item> {
    match name {
        "country" => countries(typed),
        "currency" => currencies(typed),
        "time_zone" => zones(typed),
        _ => Vec::new(),
    }
}

fn countries(typed: &str) -> Vec<Item> {
    let wanted = typed.to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&wanted);
    let by_code = COUNTRIES.iter().filter(|country| country.code.to_lowercase() == wanted);
    let by_name = COUNTRIES.iter().filter(|country| country.code.to_lowercase() != wanted && fits(country.name));
    let mut items: Vec<Item> =
        by_code.chain(by_name).map(|country| Item::new(country.code, country.name).note(country.code)).collect();
    let letters = typed.len() == 2 && typed.bytes().all(|letter| letter.is_ascii_alphabetic());
    if letters && country(typed).is_none() {
        let code = typed.to_uppercase();
        items.push(Item::new(code.clone(), code).note("another country"));
    }
    items
}

fn currencies(typed: &str) -> Vec<Item> {
    let wanted = typed.to_lowercase();
    let mut codes: Vec<&str> = COUNTRIES.iter().map(|country| country.currency).collect();
    codes.sort_unstable();
    codes.dedup();
    let named = |code: &str| {
        let of = COUNTRIES.iter().filter(|country| country.currency == code).map(|country| country.name);
        let mut names: Vec<&str> = of.take(3).collect();
        if COUNTRIES.iter().filter(|country| country.currency == code).count() > 2 {
            names.truncate(2);
            names.push("...");
        }
        names.join(", ")
    };
    let mut items: Vec<Item> = codes
        .into_iter()
        .map(|code| Item::new(code, code).note(named(code)))
        .filter(|item| format!("{} {}", item.text, item.note).to_lowercase().contains(&wanted))
        .collect();
    if let (true, Ok(other)) = (items.is_empty(), Currency::new(typed)) {
        items.push(Item::new(other.code(), other.code()));
    }
    items
}

fn zones(typed: &str) -> Vec<Item> {
    let wanted = typed.to_lowercase().replace(' ', "_");
    let fits = |name: &&str| name.to_lowercase().contains(&wanted);
    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(fits);
    names.take(60).map(|name| Item::new(name, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| item.key.as_str()).collect()
    }

    #[test]
    fn a_country_is_found_by_its_letters_and_by_its_name() {
        assert_eq!(
            keys(&countries("ger")),
            ["DE", "DZ", "NG"].into_iter().filter(|code| *code != "DZ").collect::<Vec<_>>()
        );
        assert_eq!(keys(&countries("us"))[0], "US");
        assert_eq!(keys(&countries("zz")), ["ZZ"]);
        assert_eq!(keys(&countries("zzz")), [""; 0]);
    }

    #[test]
    fn a_currency_is_found_by_its_letters_and_by_its_country() {
        assert_eq!(keys(&currencies("swit")), ["CHF"]);
        assert_eq!(keys(&currencies("xof")), ["XOF"]);
        assert!(currencies("eur")[0].note.ends_with("..."));
    }

    #[test]
    fn the_pages_go_one_by_one_and_end() {
        assert_eq!(Step::Shop.step(-1), None);
        assert_eq!(Step::Shop.step(1), Some(Step::Money));
        assert_eq!(Step::Safety.step(1), None);
        assert_eq!(Step::of_field("iban"), Step::Bank);
    }
}
