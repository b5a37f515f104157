//! The list of deposits: what is held, and what became of the others.

use super::plain::{self, Plain};
use super::shown::listed_name;
use crate::domain::deposit::DepositStanding;
use crate::domain::id::{CustomerId, GroupId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::{DepositState, SubscriptionStatus};
use crate::store::billing::Payer;
use crate::store::deposit::{self, Deposit};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::Cond;
use crate::store::query::page::{Cursor, Key, Page, Slice};
use crate::store::query::subscriptions;

/// One deposit as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    pub deposit: Deposit,
    pub standing: DepositStanding,
    /// What came for it.
    pub received: Money,
    /// What of it is with the shop, neither kept nor given back.
    pub held: Money,
    pub returned: Money,
    /// What is still asked for.
    pub open: Money,
    /// Who paid it or is asked to.
    pub payer: Payer,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Where its subscription stands.
    pub subscription_status: SubscriptionStatus,
}

impl HeldRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.deposit.id)])
    }
}

/// The money that stands on a deposit.
const STANDS: &str = "(SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM allocation a WHERE a.payment_id = d.payment_id AND a.source = 'receipt')";
/// Whether money ever came for it that was there.
const CAME: &str = "EXISTS (SELECT 1 FROM allocation a JOIN receipt r ON r.id = a.receipt_id \
    WHERE a.payment_id = d.payment_id AND a.amount_minor > 0 AND r.state = 'cleared')";
/// Whether it is still asked for.
const OWED: &str =
    "EXISTS (SELECT 1 FROM payment o WHERE o.id = d.payment_id AND o.status <> 'paid' AND o.status <> 'cancelled')";

/// The deposits that stand like this.
fn standing(standing: DepositStanding) -> String {
    let over = format!("(d.state = 'returned' OR (d.state = 'held' AND {STANDS} = 0 AND NOT {OWED}))");
    match standing {
        DepositStanding::Held => format!("d.state = 'held' AND {STANDS} > 0"),
        DepositStanding::Unpaid => format!("d.state = 'held' AND {STANDS} = 0 AND {OWED}"),
        DepositStanding::Kept => "d.state = 'kept'".to_owned(),
        DepositStanding::PartlyKept => "d.state = 'partly_kept'".to_owned(),
        DepositStanding::Returned => format!("{over} AND {CAME}"),
        DepositStanding::NeverPaid => format!("{over} AND NOT {CAME}"),
    }
}

/// Which deposits.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DepositFilter {
    /// A subscription, a serial number, a product, or whose.
    pub query: String,
    /// Only those that stand like this.
    pub standing: Option<DepositStanding>,
}

/// One page of the deposits that stand like this, or of all, oldest first.
pub fn deposits(db: &Db, shown: Option<DepositStanding>, page: &Page) -> Result<Slice<HeldRow>> {
    deposits_like(db, &DepositFilter { standing: shown, ..DepositFilter::default() }, page)
}

/// How many deposits there are.
pub fn deposits_count(db: &Db, filter: &DepositFilter) -> Result<i64> {
    let which = which(db, filter)?;
    let sql = plain::numbered(&format!("SELECT COUNT(*) FROM {}", which.sql));
    Ok(db.one(&sql, &which.values, |row| row.int(0))?.unwrap_or(0))
}

/// The table and the condition.
fn which(db: &Db, filter: &DepositFilter) -> Result<Cond> {
    let stands = filter.standing.map_or_else(|| "1 = 1".to_owned(), standing);
    Ok(match subscriptions::meant(db, &filter.query)? {
        None => Cond::plain(format!("deposit d WHERE {stands}")),
        Some(meant) => {
            let whose = format!("d.subscription_id IN (SELECT s.id FROM subscription s WHERE {})", meant.sql);
            Cond::new(format!("deposit d WHERE {stands} AND {whose}"), meant.values)
        }
    })
}

/// One page of the deposits of a filter, oldest first.
pub fn deposits_like(db: &Db, filter: &DepositFilter, page: &Page) -> Result<Slice<HeldRow>> {
    let Cond { sql: from, values } = which(db, filter)?;
    let list = Plain { from, values, columns: vec![("d.id", false)], reverse: false };
    let ids = plain::ids(db, &list, page)?;
    let rows = plain::rows(&ids.rows, |id| row(db, id))?;
    Ok(ids.with(rows))
}

/// The deposit of a subscription.
pub fn deposit_of(db: &Db, id: SubscriptionId) -> Result<Option<HeldRow>> {
    deposit::of_subscription(db, id)?.map_or(Ok(None), |found| row(db, found.id))
}

fn row(db: &Db, id: i64) -> Result<Option<HeldRow>> {
    let Some(deposit) = deposit::by_id(db, id)? else { return Ok(None) };
    let sql = format!(
        "SELECT c.id, c.company_name, c.first_name, c.last_name, s.status, CASE WHEN {OWED} THEN p.amount_minor - p.settled_minor \
         ELSE 0 END, CASE WHEN {CAME} THEN 1 ELSE 0 END, p.customer_id, p.group_id \
         FROM deposit d JOIN payment p ON p.id = d.payment_id JOIN subscription s ON s.id = d.subscription_id \
         JOIN customer m ON m.id = s.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) WHERE d.id = ?1"
    );
    let tally = deposit::money(db, &deposit)?;
    let money = |minor| Money::new(minor, deposit.amount.currency());
    db.one(&sql, &[id.into()], |row| {
        let open = row.int(5)?;
        Ok(HeldRow {
            standing: DepositStanding::of(deposit.state, open > 0, tally.held, row.flag(6)?),
            received: money(tally.received),
            held: money(tally.held),
            returned: money(tally.returned),
            open: money(if deposit.state == DepositState::Held { open } else { 0 }),
            payer: match row.opt_int(8)? {
                Some(group) => Payer::Group(GroupId(group)),
                None => Payer::Customer(CustomerId(row.int(7)?)),
            },
            deposit: deposit.clone(),
            customer_id: CustomerId(row.int(0)?),
            customer_name: listed_name(row, 1)?,
            subscription_status: row.parsed(4)?,
        })
    })
}
