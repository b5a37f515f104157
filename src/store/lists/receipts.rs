//! The list of receipts: money that arrived, newest first.

use chrono::NaiveDate;

use super::shown::listed_name;
use crate::domain::id::ReceiptId;
use crate::domain::status::ReceiptState;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::{Among, Cond, On, listed, named, pattern};
use crate::store::query::meant;
use crate::store::query::page::{Cursor, Key, Page, Slice, Totals};
use crate::store::query::sql::{List, Sums};
use crate::store::receipt_page::{ReceiptHead, head};
use crate::store::scope::{Read, Scope};

/// Which receipts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ReceiptFilter {
    /// A number, a reference, an amount, or who paid.
    pub query: String,
    /// Only in one of these states; empty: in any.
    pub states: Vec<ReceiptState>,
    /// Only those of which something is left.
    pub has_credit: bool,
}

/// One receipt as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedReceipt {
    pub head: ReceiptHead,
    /// As lists show the name, merged ones resolved.
    pub payer_name: String,
}

impl ListedReceipt {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        let on: NaiveDate = self.head.received_on;
        Cursor::new(0, [Key::from(on), self.head.id.0.into()])
    }
}

/// One page of the receipts of the whole book, newest first.
pub fn receipts(db: &Db, filter: &ReceiptFilter, page: &Page) -> Result<Slice<ListedReceipt>> {
    receipts_within(db, Scope::All, filter, page)
}

/// The same, as far as a scope goes.
pub fn receipts_within(db: &Db, scope: Scope, filter: &ReceiptFilter, page: &Page) -> Result<Slice<ListedReceipt>> {
    let mut list = list(db, filter)?;
    list.conds.extend(scope.among(Read::Receipts).map(|among| among.cond("r.id")));
    let found = list.page(db, page)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for found in &found.rows {
        rows.extend(listed_receipt(db, ReceiptId(found.id))?);
    }
    Ok(found.with(rows))
}

/// How many there are and what they add up to; open is what is left of them.
pub fn receipts_total(db: &Db, filter: &ReceiptFilter) -> Result<Totals> {
    let open = "CASE WHEN r.state = 'cleared' THEN r.amount_minor - r.allocated_minor - r.refunded_minor ELSE 0 END";
    list(db, filter)?.totals(db, &Sums { currency: "r.currency", amount: "r.amount_minor", open })
}

/// One receipt, with who paid.
pub fn listed_receipt(db: &Db, id: ReceiptId) -> Result<Option<ListedReceipt>> {
    let Some(head) = head(db, id)? else { return Ok(None) };
    let payer_name = db.one(PAYER, &[id.into()], |row| match row.opt_text(0)? {
        Some(group) => Ok(group),
        None => listed_name(row, 1),
    })?;
    Ok(Some(ListedReceipt { head, payer_name: payer_name.unwrap_or_default() }))
}

const PAYER: &str = "SELECT g.name, COALESCE(c.company_name, ''), COALESCE(c.first_name, ''), COALESCE(c.last_name, '') \
    FROM receipt r LEFT JOIN billing_group g ON g.id = r.group_id LEFT JOIN customer m ON m.id = r.customer_id \
    LEFT JOIN customer c ON c.id = COALESCE(m.root_id, m.id) WHERE r.id = ?1";

fn list(db: &Db, filter: &ReceiptFilter) -> Result<List> {
    let mut conds = Vec::new();
    if !filter.states.is_empty() {
        conds.push(listed("r.state", filter.states.iter().map(|state| state.code())));
    }
    if filter.has_credit {
        conds.push(Cond::plain("r.state = 'cleared' AND r.amount_minor > r.allocated_minor + r.refunded_minor"));
    }
    conds.extend(typed(db, &filter.query)?);
    let order = vec![("r.received_on", true), ("r.id", true)];
    Ok(List { table: "receipt r", from: "receipt r", joined: None, conds, order, reverse: false, rank: None })
}

fn typed(db: &Db, query: &str) -> Result<Option<Cond>> {
    let Some(typed) = meant::read(db, query)? else { return Ok(None) };
    let mut ways: Vec<Cond> = Vec::new();
    if !typed.numbers.is_empty() {
        let part = pattern(query.trim());
        ways.push(Cond::new("r.number LIKE ? ESCAPE '\\'", vec![part.into()]));
    }
    if !typed.words.is_empty() {
        ways.push(Cond::all([Cond::plain("r.reference_key <> ''"), named("r.reference_key", &typed.words)]));
        ways.push(Among::people(On::Customer, &typed.words).cond("r.customer_id"));
        let groups = named("g.search_key", &typed.words);
        ways.push(Cond::new(
            format!("r.group_id IN (SELECT g.id FROM billing_group g WHERE {})", groups.sql),
            groups.values,
        ));
    }
    ways.extend(typed.amount.map(|minor| Cond::new("r.amount_minor = ?", vec![minor.into()])));
    Ok(Some(Cond::any(ways)))
}
