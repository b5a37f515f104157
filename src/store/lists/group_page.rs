//! The page of one billing group.

use chrono::NaiveDate;

use super::groups::{GroupRow, groups_by_id};
use super::shown::{CREDITED, WRITTEN_OFF, listed_name};
use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::currency::Currency;
use crate::domain::id::{CustomerId, GroupId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::PaymentStanding;
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one billing group; its invoices are the list of invoices filtered by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPage {
    pub row: GroupRow,
    pub address: String,
    pub tax_number: String,
    /// Who invoices go to, parted by commas; empty for the email address.
    pub invoice_emails: String,
    pub created_on: NaiveDate,
    /// Members now, A–Z, then former ones.
    pub members: Vec<MemberRow>,
    /// The members' live subscriptions.
    pub subscriptions: Vec<SubscriptionRow>,
    /// Payments billed to the group and not invoiced yet: how many and what they add up to.
    pub uninvoiced: (i64, Money),
    /// How it paid in the 365 days before.
    pub performance: Performance,
    pub version: i64,
}

/// A member, now or formerly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub name: String,
    pub email: String,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
    pub active_subscriptions: i64,
    pub monthly: Money,
}

/// How a payer paid in a period, by invoices dated in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performance {
    pub invoice_count: i64,
    /// What they asked for.
    pub invoiced: Money,
    /// By money: what was credited or given up is neither paid nor outstanding.
    pub paid: Money,
    pub outstanding: Money,
    /// The part of it past due.
    pub overdue: Money,
    /// Paid ÷ all lines that came due and are not cancelled, parts per million.
    pub success_ppm: Option<i64>,
    /// Days from invoice date to full payment, in tenths, mean of the paid ones.
    pub days_to_pay_tenths: Option<i64>,
}

/// The page of a group.
pub fn group_page(db: &Db, id: GroupId, today: NaiveDate) -> Result<Option<GroupPage>> {
    let Some(row) = groups_by_id(db, &[id], today)?.pop() else { return Ok(None) };
    let currency = row.outstanding.currency();
    let ids = db.all(
        "SELECT s.id FROM customer c CROSS JOIN subscription s WHERE s.customer_id = c.id AND c.group_id = ?1 \
         AND s.status IN ('active', 'paused', 'suspended') ORDER BY c.sort_key, s.id",
        &[id.into()],
        |row| Ok(SubscriptionId(row.int(0)?)),
    )?;
    let subscriptions = subscriptions_by_id(db, &ids, today)?;
    let uninvoiced = db.one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM payment \
         WHERE group_id = ?1 AND invoice_id IS NULL AND status = 'pending'",
        &[id.into()],
        |row| Ok((row.int(0)?, Money::new(row.int(1)?, currency))),
    )?;
    let members = members(db, id, today, currency)?;
    let performance = performance(db, id, today, currency)?;
    db.one(
        "SELECT address, tax_number, created_on, version, invoice_emails FROM billing_group WHERE id = ?1",
        &[id.into()],
        |head| {
            Ok(GroupPage {
                row,
                address: head.text(0)?,
                tax_number: head.text(1)?,
                invoice_emails: head.text(4)?,
                created_on: head.date(2)?,
                members,
                subscriptions,
                uninvoiced: uninvoiced.unwrap_or((0, Money::zero(currency))),
                performance,
                version: head.int(3)?,
            })
        },
    )
}

fn members(db: &Db, id: GroupId, today: NaiveDate, currency: Currency) -> Result<Vec<MemberRow>> {
    db.all(
        "SELECT c.id, c.company_name, c.first_name, c.last_name, c.email, m.joined_on, m.left_on, \
         (SELECT COUNT(*) FROM subscription s WHERE s.customer_id = c.id AND s.status = 'active'), \
         (SELECT CAST(COALESCE(SUM(COALESCE((SELECT x.price_minor FROM price_change x WHERE x.subscription_id = s.id \
           AND x.from_on <= ?2 ORDER BY x.from_on DESC LIMIT 1), s.price_minor)), 0) AS BIGINT) \
           FROM subscription s WHERE s.customer_id = c.id AND s.status = 'active') \
         FROM group_membership m JOIN customer c ON c.id = m.customer_id WHERE m.group_id = ?1 \
         ORDER BY m.left_on IS NOT NULL, c.sort_key, m.id",
        &[id.into(), today.into()],
        |row| {
            Ok(MemberRow {
                customer_id: CustomerId(row.int(0)?),
                name: listed_name(row, 1)?,
                email: row.text(4)?,
                joined_on: row.date(5)?,
                left_on: row.opt_date(6)?,
                active_subscriptions: row.int(7)?,
                monthly: Money::new(row.int(8)?, currency),
            })
        },
    )
}

const SUMS: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(total_minor), 0) AS BIGINT), CAST(COALESCE(SUM(settled_minor), 0) AS BIGINT), \
    CAST(COALESCE(SUM(CASE WHEN due_on < ?2 THEN total_minor - settled_minor ELSE 0 END), 0) AS BIGINT) FROM invoice \
    WHERE group_id = ?1 AND state = 'issued'";

/// What money settled of them.
const MONEY: &str = "SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM invoice i JOIN payment p ON p.invoice_id = i.id \
    JOIN allocation a ON a.payment_id = p.id WHERE i.group_id = ?1 AND i.state = 'issued' AND a.receipt_id IS NOT NULL";

/// What came due of them.
const DUE: &str = "FROM payment p JOIN invoice i ON i.id = p.invoice_id \
    WHERE i.group_id = ?1 AND i.state = 'issued' AND p.due_on <= ?2 AND p.status <> 'cancelled'";

fn performance(db: &Db, id: GroupId, today: NaiveDate, currency: Currency) -> Result<Performance> {
    let params = [id.into(), today.into()];
    let sums = db.one(SUMS, &params, |row| Ok((row.int(0)?, row.int(1)?, row.int(2)?, row.int(3)?)))?;
    let (invoice_count, invoiced, settled, overdue) = sums.unwrap_or_default();
    let paid = db.one(MONEY, &[id.into()], |row| row.int(0))?.unwrap_or(0);
    let (mut due, mut done, mut days) = (0_i64, 0_i64, 0_i64);
    let rates = format!("SELECT p.status, i.invoiced_on, p.paid_on, p.amount_minor, {CREDITED}, {WRITTEN_OFF} {DUE}");
    db.each(&rates, &params, |row| {
        due += 1;
        let stands = PaymentStanding::of(row.parsed(0)?, row.int(3)?, row.int(4)?, row.int(5)?);
        if let Some(paid_on) = row.opt_date(2)?.filter(|_| stands == PaymentStanding::Paid) {
            done += 1;
            days += (paid_on - row.date(1)?).num_days();
        }
        Ok(())
    })?;
    Ok(Performance {
        invoice_count,
        invoiced: Money::new(invoiced, currency),
        paid: Money::new(paid, currency),
        outstanding: Money::new(invoiced - settled, currency),
        overdue: Money::new(overdue, currency),
        success_ppm: (due > 0).then(|| done * 1_000_000 / due),
        days_to_pay_tenths: (done > 0).then(|| days * 10 / done),
    })
}
