//! What a typed text means among invoices.

use super::plan::{CUSTOMER, GROUP, ID, INVOICE, TOTAL};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::cond::{Cond, among, count_up_to, numbered};
use crate::store::lists::search::{People, Term, selected};

/// Groups that are listed.
const GROUPS: i64 = 500;

/// What a typed text came to.
pub(super) struct Search {
    /// Invoices it names: by number, by the reference of their money, by a subscription on them.
    pub few: Vec<Cond>,
    /// Customers it names.
    pub people: Vec<i64>,
    /// Groups it names.
    groups: Vec<i64>,
    /// A name too many customers have.
    pub many: Option<Many>,
    /// An amount.
    pub amount: Option<Cond>,
}

/// The tests of a very common name.
pub(super) struct Many {
    /// On `part.sieved`, a customer.
    pub by_row: Cond,
    /// On an invoice, by the set of all who have it.
    pub by_set: Cond,
    /// On `customer c`.
    pub by_name: Cond,
}

impl Search {
    /// `None` where nothing is typed.
    pub(super) fn read(db: &Db, typed: &str) -> Result<Option<Self>> {
        let Some(term) = Term::read(db, typed)? else { return Ok(None) };
        let mut few = Vec::new();
        let named = term.invoices();
        let referred = term.referred().map(|select| {
            let sql = format!("SELECT y.invoice_id FROM payment y WHERE y.id IN ({})", select.sql());
            Cond::raw(sql, select.values().to_vec())
        });
        let subscription = term.subscription().map(|id| {
            let sql = "SELECT y.invoice_id FROM payment y WHERE y.subscription_id = ? AND y.invoice_id IS NOT NULL";
            Cond::raw(sql, vec![id.into()])
        });
        for select in named.into_iter().chain(referred).chain(subscription) {
            let part = selected(ID.name(), &select);
            if count_up_to(db, INVOICE, &part, 1)? > 0 {
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
        let like = term.like("search_key");
        let sql = numbered(&format!("SELECT id FROM billing_group WHERE {} LIMIT {GROUPS}", like.sql()));
        let groups = db.all(&sql, like.values(), |row| row.int(0))?;
        let amount = term.amount.map(|minor| Cond::on(TOTAL, "= ?", vec![minor.into()]));
        Ok(Some(Self { few, people, groups, many, amount }))
    }

    /// Whether no invoice can be meant.
    pub(super) fn is_nothing(&self) -> bool {
        let nobody = self.people.is_empty() && self.groups.is_empty() && self.many.is_none();
        nobody && self.few.is_empty() && self.amount.is_none()
    }

    /// Invoices of the groups it names.
    pub(super) fn of_groups(&self) -> Option<Cond> {
        (!self.groups.is_empty()).then(|| among(GROUP, &self.groups))
    }

    fn parts(&self) -> Vec<Cond> {
        let people = (!self.people.is_empty()).then(|| among(CUSTOMER, &self.people));
        self.few.iter().cloned().chain(people).chain(self.of_groups()).chain(self.amount.clone()).collect()
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
            parts.iter().map(|part| format!("SELECT i.id FROM invoice i WHERE {}", part.sql())).collect();
        let values = parts.iter().flat_map(|part| part.values().iter().cloned()).collect();
        Cond::raw(format!("i.id IN ({})", each.join(" UNION ")), values)
    }
}
