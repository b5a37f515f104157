//! The list of credit notes, newest first.

use crate::store::credit_note::{CreditNote, by_id};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::{Cond, named, pattern};
use crate::store::query::meant;
use crate::store::query::page::{Cursor, Key, Page, Slice, Totals};
use crate::store::query::sql::{List, Sums};

impl CreditNote {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.issued_on), self.id.0.into()])
    }
}

/// One page of the credit notes a text finds: by a part of their number or their invoice's, by an amount, by payer.
pub fn credit_notes_page(db: &Db, query: &str, page: &Page) -> Result<Slice<CreditNote>> {
    let found = list(db, query)?.page(db, page)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for found in &found.rows {
        rows.extend(by_id(db, found.id)?);
    }
    Ok(found.with(rows))
}

/// How many there are and what they add up to.
pub fn credit_notes_total(db: &Db, query: &str) -> Result<Totals> {
    let amount = "c.net_minor + c.tax_minor";
    list(db, query)?.totals(db, &Sums { currency: "c.currency", amount, open: "0" })
}

const FROM: &str = "credit_note c JOIN invoice i ON i.id = c.invoice_id";

fn list(db: &Db, query: &str) -> Result<List> {
    let mut conds = Vec::new();
    if let Some(typed) = meant::read(db, query)? {
        let part = pattern(query.trim());
        let mut ways = vec![
            Cond::new("c.number LIKE ? ESCAPE '\\'", vec![part.clone().into()]),
            Cond::new("i.number LIKE ? ESCAPE '\\'", vec![part.into()]),
        ];
        if !typed.words.is_empty() {
            ways.push(named("LOWER(i.payer_name)", &typed.words));
        }
        ways.extend(typed.amount.map(|minor| Cond::new("c.net_minor + c.tax_minor = ?", vec![minor.into()])));
        conds.push(Cond::any(ways));
    }
    let order = vec![("c.issued_on", true), ("c.id", true)];
    Ok(List { table: FROM, from: FROM, joined: None, conds, order, reverse: false, rank: None })
}
