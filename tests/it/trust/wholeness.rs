//! Whether a book is whole: the check finds nothing, no Action is there by half, and everything somebody was told is
//! done is in it.

use std::collections::BTreeSet;

use rentbook::services::{Desk, DeskError};
use rentbook::store::Db;
use serde_json::Value;

/// Something the program said was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Customer {
        id: i64,
        last_name: String,
    },
    Order {
        id: i64,
        subscriptions: Vec<i64>,
    },
    Receipt {
        number: String,
        amount: String,
    },
    Undone(i64),
    /// An activity of this kind by this operator, and nothing more to look for.
    Passed,
}

impl Told {
    /// What an answer of the program says is done.
    pub fn read(words: &[String], json: &Value) -> Self {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let id = |key: &str| json[key].as_i64().unwrap_or_else(|| panic!("{words:?}: no {key} in {json}"));
        match (word(0), word(1)) {
            ("customer", "add") => {
                let at = words.iter().position(|word| word == "--last").unwrap();
                Self::Customer { id: id("id"), last_name: word(at + 1).to_owned() }
            }
            ("order", "add") => {
                let subscriptions = json["subscriptions"].as_array().unwrap();
                Self::Order { id: id("id"), subscriptions: subscriptions.iter().map(|s| s.as_i64().unwrap()).collect() }
            }
            ("pay", _) => {
                let at = words.iter().position(|word| word == "--amount").unwrap();
                Self::Receipt { number: json["receipt"].as_str().unwrap().to_owned(), amount: word(at + 1).to_owned() }
            }
            ("undo", _) => Self::Undone(id("undone")),
            ("run", _) => Self::Passed,
            _ => panic!("{words:?}"),
        }
    }

    fn is_there(&self, db: &Db) -> Result<bool, DeskError> {
        let (sql, expected) = match self {
            Self::Passed => return Ok(true),
            Self::Customer { id, last_name } => {
                let sql = format!("SELECT COUNT(*) FROM customer WHERE id = {id} AND last_name = '{last_name}'");
                (sql, 1)
            }
            Self::Order { id, subscriptions } => {
                let ids: Vec<String> = subscriptions.iter().map(ToString::to_string).collect();
                let sql = format!(
                    "SELECT COUNT(*) FROM subscription s JOIN rental_order o ON o.id = s.order_id \
                     WHERE o.id = {id} AND o.status = 'confirmed' AND s.id IN ({})",
                    ids.join(", ")
                );
                (sql, subscriptions.len())
            }
            Self::Receipt { number, amount } => {
                let minor: i64 = amount.replace('.', "").parse().unwrap();
                let sql = format!("SELECT COUNT(*) FROM receipt WHERE number = '{number}' AND amount_minor = {minor}");
                (sql, 1)
            }
            Self::Undone(id) => (format!("SELECT COUNT(*) FROM activity WHERE undoes_id = {id}"), 1),
        };
        let found = db.one(&sql, &[], |row| row.int(0))?;
        Ok(found == i64::try_from(expected).ok())
    }
}

/// What an Action writes belongs together: each query finds what is there by half.
const HALVES: &[(&str, &str)] = &[
    (
        "a confirmed order without all of its subscriptions",
        "SELECT 'order ' || o.id FROM rental_order o WHERE o.status = 'confirmed' AND \
         (SELECT COALESCE(SUM(quantity), 0) FROM order_item i WHERE i.order_id = o.id) <> \
         (SELECT COUNT(*) FROM subscription s WHERE s.order_id = o.id)",
    ),
    (
        "an order without items",
        "SELECT 'order ' || id FROM rental_order o WHERE NOT EXISTS (SELECT 1 FROM order_item i WHERE i.order_id = o.id)",
    ),
    (
        "an order that is not in the log",
        "SELECT 'order ' || id FROM rental_order o WHERE NOT EXISTS (SELECT 1 FROM activity a WHERE a.subject = 'order:' || o.id)",
    ),
    (
        "a customer that is not in the log, or without the address that came with it",
        "SELECT 'customer ' || id FROM customer c WHERE c.has_billing_address = 0 OR NOT EXISTS \
         (SELECT 1 FROM address d WHERE d.customer_id = c.id AND d.kind = 'billing' AND d.to_on IS NULL) \
         OR NOT EXISTS (SELECT 1 FROM activity a WHERE a.action = 'add_customer' AND a.subject = 'customer:' || c.id)",
    ),
    (
        "a receipt without the allocations its log row counts",
        "SELECT 'receipt ' || r.number FROM receipt r JOIN activity a ON a.id = r.activity_id WHERE a.action <> 'receive' \
         OR json_extract(a.details, '$.payments') <> (SELECT COUNT(*) FROM allocation x WHERE x.activity_id = a.id) \
         + (SELECT COUNT(*) FROM pending_allocation x WHERE x.receipt_id = r.id)",
    ),
    (
        "a log row of money without its receipt",
        "SELECT 'activity ' || a.id FROM activity a WHERE a.action = 'receive' \
         AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.activity_id = a.id)",
    ),
    (
        "a receipt taken back by half",
        "SELECT 'receipt ' || r.number FROM receipt r WHERE (r.state = 'reversed') <> EXISTS \
         (SELECT 1 FROM activity u WHERE u.undoes_id = r.activity_id) OR (r.state = 'reversed' AND r.allocated_minor <> 0)",
    ),
    (
        "an invoice without lines or without a number",
        "SELECT 'invoice ' || id FROM invoice i WHERE number IS NULL OR NOT EXISTS (SELECT 1 FROM payment p WHERE p.invoice_id = i.id)",
    ),
    (
        "a payment without its invoice",
        "SELECT 'payment ' || id FROM payment WHERE invoice_id IS NULL AND group_id IS NULL",
    ),
    (
        "a first payment without its deposit",
        "SELECT 'subscription ' || s.id FROM subscription s JOIN order_item i ON i.id = s.order_item_id \
         WHERE i.deposit_minor > 0 AND s.next_index > 0 AND NOT EXISTS (SELECT 1 FROM deposit d WHERE d.subscription_id = s.id)",
    ),
    (
        "not as many invoices as the log counts",
        "SELECT 'the book' WHERE (SELECT COUNT(*) FROM invoice) <> (SELECT COALESCE(SUM(json_extract(details, '$.invoices')), 0) \
         FROM activity WHERE action IN ('pass', 'add_confirmed_order', 'confirm_order', 'leave_group'))",
    ),
];

/// Everything that is wrong with a book, in words; empty when it is whole. Seen at one moment.
pub fn faults(desk: &Desk, told: &[Told]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let report = desk.check().unwrap();
    found.extend(report.violations.iter().map(|violation| format!("{violation:?}")));
    desk.read(|db| {
        for (what, sql) in HALVES {
            for row in db.all(sql, &[], |row| row.text(0))? {
                found.push(format!("{what}: {row}"));
            }
        }
        for told in told {
            if !told.is_there(db)? {
                found.push(format!("it was said to be done and is not in the book: {told:?}"));
            }
        }
        Ok::<_, DeskError>(())
    })
    .unwrap();
    found
}

/// How many Actions of an operator stand in the log; a pass is no Action of its own.
pub fn actions_of(desk: &Desk, operator: &str) -> usize {
    let sql = format!("SELECT COUNT(*) FROM activity WHERE operator = '{operator}' AND action NOT LIKE 'pass%'");
    usize::try_from(desk.read(|db| db.one(&sql, &[], |row| row.int(0))).unwrap().unwrap()).unwrap()
}

/// The actions an operator's log holds, for a failure's words.
pub fn kinds_of(desk: &Desk, operator: &str) -> BTreeSet<String> {
    let sql = format!("SELECT DISTINCT action FROM activity WHERE operator = '{operator}'");
    desk.read(|db| db.all(&sql, &[], |row| row.text(0))).unwrap().into_iter().collect()
}
