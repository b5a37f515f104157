//! What else the payer of a receipt owes: the invoices that its amount pays exactly, and where a rest of it can go.

use crate::domain::allocation::{self, OpenItem};
use crate::domain::id::InvoiceId;
use crate::tui::desk::{Desk, Owed, Payer, Target, Trouble};

/// Everything that is open of one payer.
#[derive(Debug)]
pub struct OtherOpen {
    payer: Payer,
    all: Vec<Owed>,
}

impl OtherOpen {
    /// Reads what the payer owes.
    pub fn of(payer: Payer, desk: &Desk) -> Result<Self, Trouble> {
        let (_, all) = desk.payable(&Target::Payer(payer))?;
        Ok(Self { payer, all })
    }

    /// The one invoice, else the set of invoices, whose open amounts are just this much; never taken silently.
    pub fn exact(&self, minor: i64) -> Option<Vec<InvoiceId>> {
        let invoices = || self.all.iter().filter_map(|owed| owed.invoice.as_ref());
        let one = invoices().find(|invoice| invoice.is_issued && invoice.open_minor == minor);
        one.map(|invoice| vec![invoice.id]).or_else(|| {
            let items: Vec<OpenItem> = self.all.iter().map(Owed::item).collect();
            allocation::exact_set(minor, &items)
        })
    }

    /// The numbers of invoices, the first three by name.
    pub fn numbers(&self, ids: &[InvoiceId]) -> String {
        let number = |id: &InvoiceId| {
            let mut invoices = self.all.iter().filter_map(|owed| owed.invoice.as_ref());
            invoices.find(|invoice| invoice.id == *id).and_then(|invoice| invoice.number.clone())
        };
        let numbers: Vec<String> = ids.iter().take(3).filter_map(number).collect();
        let more = ids.len().saturating_sub(3);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", numbers.join(", "))
    }

    /// What is open beside these, in minor units.
    pub fn beside(&self, owed: &[Owed]) -> i64 {
        self.others(owed).map(Owed::payable_minor).sum()
    }

    /// An amount that is more than these take: the rest pays what else is open, oldest first.
    pub fn with_rest(&self, minor: i64, owed: &[Owed]) -> Target {
        let rest = minor - owed.iter().map(Owed::payable_minor).sum::<i64>();
        let items: Vec<OpenItem> = self.others(owed).map(Owed::item).collect();
        let split = allocation::oldest_first(rest, &items);
        if split.rest > 0 {
            return Target::Payer(self.payer);
        }
        Target::Parts(owed.iter().map(|owed| (owed.id, owed.payable_minor())).chain(split.parts).collect())
    }

    fn others<'a>(&'a self, owed: &'a [Owed]) -> impl Iterator<Item = &'a Owed> {
        self.all.iter().filter(|other| owed.iter().all(|one| one.id != other.id))
    }
}
