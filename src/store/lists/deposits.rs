//! The list of deposits: what is held, and what became of the others.

use super::plain::{self, Plain};
use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::{DepositState, SubscriptionStatus};
use crate::store::deposit::{self, Deposit};
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::query::page::{Cursor, Key, Page, Slice};

/// One deposit as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    pub deposit: Deposit,
    /// How much of it came in and stands.
    pub received: Money,
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

/// One page of the deposits in a state, or of all, oldest first.
pub fn deposits(db: &Db, state: Option<DepositState>, page: &Page) -> Result<Slice<HeldRow>> {
    let (from, values) = match state {
        Some(state) => ("deposit d WHERE d.state = ?", vec![Value::from(state.code())]),
        None => ("deposit d WHERE 1 = 1", Vec::new()),
    };
    let list = Plain { from: from.to_owned(), values, columns: vec![("d.id", false)], reverse: false };
    let ids = plain::ids(db, &list, page)?;
    let rows = plain::rows(&ids.rows, |id| row(db, id))?;
    Ok(ids.with(rows))
}

/// The deposit of a subscription.
pub fn deposit_of(db: &Db, id: SubscriptionId) -> Result<Option<HeldRow>> {
    deposit::of_subscription(db, id)?.map_or(Ok(None), |found| row(db, found.id))
}

const ROW: &str = "SELECT c.id, c.company_name, c.first_name, c.last_name, s.status, p.currency, \
    (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM allocation a WHERE a.payment_id = p.id AND a.source = 'receipt') \
    FROM deposit d JOIN payment p ON p.id = d.payment_id JOIN subscription s ON s.id = d.subscription_id \
    JOIN customer m ON m.id = s.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) WHERE d.id = ?1";

fn row(db: &Db, id: i64) -> Result<Option<HeldRow>> {
    let Some(deposit) = deposit::by_id(db, id)? else { return Ok(None) };
    db.one(ROW, &[id.into()], |row| {
        Ok(HeldRow {
            deposit,
            customer_id: CustomerId(row.int(0)?),
            customer_name: listed_name(row, 1)?,
            subscription_status: row.parsed(4)?,
            received: Money::new(row.int(6)?, currency(row, 5)?),
        })
    })
}
