//! Step 1: who orders.

use chrono::NaiveDate;

use crate::domain::customer::{CustomerKind, DisplayName};
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::services::DeskError;
use crate::services::reads::{Alike, CustomerPage, Newcomer, customer_page, customers_by_id, likely_duplicates};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::forms::{Field, Form, Item, Read, lookups};
use crate::tui::reply::Reply;
use crate::tui::words;

/// The one field of the step.
#[derive(Debug, Default)]
pub(super) struct CustomerStep {
    chosen: Option<Item>,
}

impl CustomerStep {
    /// With this customer chosen.
    pub(super) fn with(who: &Who) -> Self {
        Self { chosen: Some(Item::new(who.page.row.id.to_string(), &who.page.row.name)) }
    }
}

impl Form for CustomerStep {
    fn title(&self) -> String {
        "New order".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::lookup("customer", "Customer", self.chosen.as_ref()).width(40).hint("F6 makes a new one")]
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        lookups::items(name, typed, desk)
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        if read.text("customer").is_empty() {
            read.refuse("customer", "Type a part of the name, email or phone and choose; F6 makes a new customer.");
            return None;
        }
        let chosen = read.chosen::<CustomerId>("customer")?;
        let known = desk.read(|db| customers_by_id(db, &[chosen], desk.today()).map_err(DeskError::from)).ok()?;
        if known.first().is_some_and(|row| row.closed_on.is_some()) {
            read.refuse("customer", "This customer is closed and takes no new orders: choose another, or F6.");
            return None;
        }
        Some(Reply::Close)
    }
}

/// The chosen customer.
#[derive(Debug)]
pub(super) struct Who {
    pub page: CustomerPage,
    alike: Vec<Alike>,
}

impl Who {
    /// Reads a customer; `None` when there is none of that number.
    pub(super) fn read(id: CustomerId, desk: &Desk) -> Result<Option<Self>, Trouble> {
        let today = desk.today();
        let page = desk.read(|db| customer_page(db, id, today).map_err(DeskError::from))?;
        let Some(page) = page else { return Ok(None) };
        let row = &page.row;
        let name = DisplayName { company: &row.company, first: &page.first_name, last: &page.last_name };
        let newcomer = Newcomer { email: &row.email, phone: &row.phone, name, except: Some(row.id) };
        let alike = desk.read(|db| likely_duplicates(db, &newcomer).map_err(DeskError::from))?;
        Ok(Some(Self { page, alike }))
    }

    /// Whether this customer takes no new orders.
    pub(super) const fn is_closed(&self) -> bool {
        self.page.row.closed_on.is_some()
    }

    /// `Acme Corp (Business, Net 14, group Acme HQ)`.
    pub(super) fn title(&self) -> String {
        let row = &self.page.row;
        let mut about = vec![row.kind.word().to_owned()];
        if let (CustomerKind::Business, Some(days)) = (row.kind, self.page.terms_days) {
            about.push(format!("net {days}"));
        }
        about.extend(row.group_name.as_ref().map(|group| format!("group {group}")));
        format!("{} ({})", row.name, about.join(", "))
    }

    /// Where invoices go, on one line.
    pub(super) fn bill_to(&self) -> String {
        let Some(address) = &self.page.billing_address else {
            return "no billing address yet; invoices carry name and email".to_owned();
        };
        address.address().one_line()
    }

    /// What staff should know before they go on: names and values.
    pub(super) fn facts(&self, style: Style, today: NaiveDate) -> Vec<(&'static str, String)> {
        let row = &self.page.row;
        let reached = [row.email.as_str(), row.phone.as_str(), self.page.contact_person.as_str()];
        let reached = reached.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ");
        let mut facts = vec![
            ("Chosen", self.title()),
            ("Bill to", self.bill_to()),
            ("Reached by", if reached.is_empty() { "neither email nor phone is known".to_owned() } else { reached }),
            ("Since", style.long_date(row.joined_on)),
            ("Rents now", self.rents(style)),
            ("Owes", self.owes(style, today)),
        ];
        if let Some(day) = row.closed_on {
            facts.insert(1, ("Closed", format!("! on {}; takes no new orders", style.long_date(day))));
        }
        if let Some(note) = &self.page.latest_note {
            facts.push(("Last note", format!("{}  {}", style.long_date(note.noted_on), note.summary)));
        }
        facts
    }

    fn rents(&self, style: Style) -> String {
        match self.page.row.active_subscriptions {
            0 => "nothing yet".to_owned(),
            many => {
                let monthly = style.amount(self.page.monthly_income);
                format!("{}, {monthly} a month", words::count(many, "subscription"))
            }
        }
    }

    fn owes(&self, style: Style, today: NaiveDate) -> String {
        let row = &self.page.row;
        match self.page.oldest_overdue_on.map(|due| (today - due).num_days()) {
            Some(days) => {
                format!("! {}, of it {} overdue {days} d", style.amount(row.outstanding), style.amount(row.overdue))
            }
            None if row.outstanding.is_zero() => "nothing".to_owned(),
            None => format!("{}, nothing overdue", style.amount(row.outstanding)),
        }
    }

    /// Whether somebody else may be the same customer.
    pub(super) fn alike(&self) -> String {
        match self.alike.first() {
            Some(alike) => format!("! Perhaps the same customer: {} ({}).", alike.name, alike.likeness.word()),
            None => "No other customer has this name, email or phone.".to_owned(),
        }
    }
}
