//! What a typed text means among payments.

use super::plan::{AMOUNT, CUSTOMER, ID, PAYMENT};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::cond::{Cond, among, count_up_to, int};
use crate::store::lists::search::{People, Term, selected};

/// What a typed text came to.
pub(super) struct Search {
    /// Payments it names: of an invoice, a receipt, a subscription.
    pub few: Vec<Cond>,
    /// Customers it names.
    pub people: Vec<i64>,
    /// A name too many customers have.
    pub many: Option<Many>,
    /// An amount.
    pub amount: Option<Cond>,
}

/// The tests of a very common name.
pub(super) struct Many {
    /// On `part.sieved`, a customer.
    pub by_row: Cond,
    /// On a payment, by the set of all who have it.
    pub by_set: Cond,
    /// On `customer c`.
    pub by_name: Cond,
}

impl Search {
    /// `None` where nothing is typed.
    pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Self>> {
        let Some(term) = Term::read(db, typed)? else { return Ok(None) };
        let mut few = Vec::new();
        let invoices = term.invoices();
        let named = invoices.iter().map(|select| selected("p.invoice_id", select));
        let referred = term.referred().map(|select| selected(ID.name(), &select));
        let subscription = term.subscription().map(|id| Cond::on(int("p.subscription_id"), "= ?", vec![id.into()]));
        for part in named.chain(referred).chain(subscription) {
            if count_up_to(db, PAYMENT, &part, 1)? > 0 {
                few.push(part);
            }
        }
        let (people, many) = match term.people(db)? {
            People::Few(ids) => (ids, None),
            People::Many(merged) => {
                let by_set = term.is_among(CUSTOMER);
                (merged, Some(Many { by_row: term.is_meant(), by_set, by_name: term.like("c.search_key") }))
            }
        };
        let amount = term.amount.map(|minor| Cond::on(AMOUNT, "= ?", vec![minor.into()]));
        Ok(Some(Self { few, people, many, amount }))
    }

    /// Whether no payment can be meant.
    pub(super) fn is_nothing(&self) -> bool {
        self.few.is_empty() && self.people.is_empty() && self.many.is_none() && self.amount.is_none()
    }

    fn parts(&self) -> Vec<Cond> {
        let people = (!self.people.is_empty()).then(|| among(CUSTOMER, &self.people));
        self.few.iter().cloned().chain(people).chain(self.amount.clone()).collect()
    }

    /// As a test of rows found otherwise.
    pub(super) fn test(&self) -> Cond {
        let many = self.many.iter().map(|many| many.by_set.clone());
        let parts = self.parts().into_iter().map(Cond::blind).chain(many);
        parts.reduce(Cond::or).unwrap_or_else(|| Cond::raw("1 = 0", Vec::new()))
    }

    /// As one condition for counting: the small sets by their indexes, a common name by a test.
    pub(super) fn whole(&self) -> Cond {
        if self.many.is_some() {
            return self.test();
        }
        let parts = self.parts();
        let each: Vec<String> =
            parts.iter().map(|part| format!("SELECT p.id FROM payment p WHERE {}", part.sql())).collect();
        let values = parts.iter().flat_map(|part| part.values().iter().cloned()).collect();
        Cond::raw(format!("p.id IN ({})", each.join(" UNION ")), values)
    }
}
