//! The sections of a customer's page that are no lists of their own.

use chrono::NaiveDate;

use super::super::activity_rows::ActivityRow;
use super::{AddressRow, CustomerSubscription, MethodRow, NoteRow, ReceiptRow, Recovery, UpgradeRow};
use crate::domain::id::{ActivityId, AddressId, CustomerId, NoteId, ReceiptId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::lists::activity_rows;
use crate::store::lists::customers::family;
use crate::store::lists::shown::{currency, listed_name, money};
use crate::store::lists::subscriptions::subscriptions_by_id;
use crate::store::note::stands;

/// Its subscriptions, live ones first, then newest first.
pub fn customer_subscriptions(db: &Db, id: CustomerId, today: NaiveDate) -> Result<Vec<CustomerSubscription>> {
    let mut ids = Vec::new();
    for member in family(db, id)? {
        ids.extend(db.all(
            "SELECT id FROM subscription WHERE customer_id = ?1 \
             ORDER BY CASE WHEN status IN ('active', 'paused', 'suspended') THEN 0 ELSE 1 END, id DESC",
            &[member.into()],
            |row| Ok(SubscriptionId(row.int(0)?)),
        )?);
    }
    let rows = subscriptions_by_id(db, &ids, today)?;
    rows.into_iter().map(|row| Ok(CustomerSubscription { recovery: recovery(db, row.id, row.price)?, row })).collect()
}

/// What a subscription brought in, net, against what its asset cost.
pub(in crate::store::lists) fn recovery(db: &Db, id: SubscriptionId, like: Money) -> Result<Recovery> {
    let currency = like.currency();
    let mut received = 0_i64;
    db.each(
        "SELECT a.amount_minor, p.net_minor, p.amount_minor FROM payment p CROSS JOIN allocation a \
         WHERE a.payment_id = p.id AND p.subscription_id = ?1 AND a.source = 'receipt' AND a.is_deposit = 0",
        &[id.into()],
        |row| {
            received += crate::domain::rounding::share(row.int(0)?, row.int(1)?, row.int(2)?);
            Ok(())
        },
    )?;
    let cost = db.one(
        "SELECT a.cost_minor FROM subscription s JOIN asset a ON a.id = s.asset_id WHERE s.id = ?1",
        &[id.into()],
        |row| Ok(Money::new(row.int(0)?, currency)),
    )?;
    Ok(Recovery { received: Money::new(received, currency), cost })
}

/// Its addresses, valid ones first, with their history.
pub fn customer_addresses(db: &Db, id: CustomerId) -> Result<Vec<AddressRow>> {
    db.all(
        "SELECT id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on, to_on FROM address \
         WHERE customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) \
         ORDER BY to_on IS NOT NULL, kind, customer_id <> ?1, is_default DESC, id DESC",
        &[id.into()],
        |row| {
            Ok(AddressRow {
                id: AddressId(row.int(0)?),
                kind: row.text(1)?,
                label: row.text(2)?,
                line1: row.text(3)?,
                line2: row.text(4)?,
                postcode: row.text(5)?,
                city: row.text(6)?,
                region: row.text(7)?,
                country: row.text(8)?,
                is_default: row.flag(9)?,
                from_on: row.date(10)?,
                to_on: row.opt_date(11)?,
            })
        },
    )
}

/// What was upgraded to what, newest first. An upgrade that was taken back is none.
pub fn customer_upgrades(db: &Db, id: CustomerId) -> Result<Vec<UpgradeRow>> {
    db.all(UPGRADES, &[id.into()], |row| {
        Ok(UpgradeRow {
            on: row.date(0)?,
            from: SubscriptionId(row.int(1)?),
            from_product: row.text(2)?,
            to: SubscriptionId(row.int(3)?),
            to_product: row.text(4)?,
            from_price: money(row, 5, 7)?,
            to_price: money(row, 6, 7)?,
        })
    })
}

/// The price before is the one that stood on the day before the new one began.
const UPGRADES: &str = "SELECT n.start_on, o.id, po.name || ', ' || vo.name, n.id, pn.name || ', ' || vn.name, \
    COALESCE((SELECT h.price_minor FROM price_change h WHERE h.subscription_id = o.id AND h.from_on < n.start_on \
      ORDER BY h.from_on DESC LIMIT 1), o.price_minor), n.price_minor, n.currency \
    FROM subscription n CROSS JOIN subscription o CROSS JOIN rental_order r \
    CROSS JOIN variant vo CROSS JOIN product po CROSS JOIN variant vn CROSS JOIN product pn \
    WHERE n.customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) AND o.id = n.previous_id \
    AND (o.end_reason || '') = 'upgraded' AND r.id = n.order_id AND (r.status || '') = 'confirmed' \
    AND vo.id = o.variant_id AND po.id = vo.product_id AND vn.id = n.variant_id AND pn.id = vn.product_id \
    ORDER BY n.start_on DESC, n.id DESC";

/// Its notes, newest first.
pub fn customer_notes(db: &Db, id: CustomerId, limit: usize) -> Result<Vec<NoteRow>> {
    let sql = format!(
        "{NOTE} WHERE (c.id = ?1 OR c.root_id = ?1) AND {} ORDER BY n.noted_on DESC, n.id DESC LIMIT ?2",
        stands()
    );
    db.all(&sql, &[id.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()], note)
}

/// What is to be followed up by `today`, oldest first.
pub fn follow_ups(db: &Db, today: NaiveDate, limit: usize) -> Result<Vec<NoteRow>> {
    let sql = format!(
        "{NOTE} WHERE n.follow_up_on IS NOT NULL AND n.followed_up_on IS NULL AND n.follow_up_on <= ?1 \
         AND {} ORDER BY n.follow_up_on, n.id LIMIT ?2",
        stands()
    );
    db.all(&sql, &[today.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()], note)
}

const NOTE: &str = "SELECT n.id, c.id, c.company_name, c.first_name, c.last_name, n.noted_on, n.kind, n.summary, \
    n.follow_up_on, n.follow_up_action, n.followed_up_on, n.operator FROM note n JOIN customer c ON c.id = n.customer_id";

fn note(row: &Row) -> Result<NoteRow> {
    Ok(NoteRow {
        id: NoteId(row.int(0)?),
        customer_id: CustomerId(row.int(1)?),
        customer_name: listed_name(row, 2)?,
        noted_on: row.date(5)?,
        kind: row.text(6)?,
        summary: row.text(7)?,
        follow_up_on: row.opt_date(8)?,
        follow_up_action: row.text(9)?,
        followed_up_on: row.opt_date(10)?,
        operator: row.text(11)?,
    })
}

/// How it pays, the default first, those taken off last.
pub fn customer_methods(db: &Db, id: CustomerId) -> Result<Vec<MethodRow>> {
    db.all(
        "SELECT id, kind, brand, last_four, expires_year, expires_month, mandate_reference, mandate_on, is_default, removed_on \
         FROM payment_method WHERE customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) \
         ORDER BY removed_on IS NOT NULL, customer_id <> ?1, is_default DESC, id",
        &[id.into()],
        |row| {
            Ok(MethodRow {
                id: row.int(0)?,
                method: row.parsed(1)?,
                brand: row.text(2)?,
                last_four: row.text(3)?,
                expires: row.opt_int(4)?.zip(row.opt_int(5)?),
                mandate_reference: row.text(6)?,
                mandate_on: row.opt_date(7)?,
                is_default: row.flag(8)?,
                removed_on: row.opt_date(9)?,
            })
        },
    )
}

/// Its receipts, newest first.
pub fn customer_receipts(db: &Db, id: CustomerId, limit: usize) -> Result<Vec<ReceiptRow>> {
    db.all(
        "SELECT r.id, r.number, r.state, r.received_on, r.cleared_on, r.method, r.reference, r.amount_minor, r.allocated_minor, \
         r.refunded_minor, r.currency FROM receipt r \
         WHERE r.customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) ORDER BY r.received_on DESC, r.id DESC LIMIT ?2",
        &[id.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()],
        |row| {
            let state: ReceiptState = row.parsed(2)?;
            let (amount, allocated, refunded) = (row.int(7)?, row.int(8)?, row.int(9)?);
            let credit = if state == ReceiptState::Cleared { amount - allocated - refunded } else { 0 };
            Ok(ReceiptRow {
                id: ReceiptId(row.int(0)?),
                number: row.text(1)?,
                state,
                received_on: row.date(3)?,
                cleared_on: row.opt_date(4)?,
                method: row.parsed(5)?,
                reference: row.text(6)?,
                amount: money(row, 7, 10)?,
                allocated: money(row, 8, 10)?,
                refunded: money(row, 9, 10)?,
                credit: Money::new(credit, currency(row, 10)?),
            })
        },
    )
}

/// What was done about it, newest first, before `before` where given.
pub fn customer_activity(
    db: &Db,
    id: CustomerId,
    before: Option<ActivityId>,
    limit: usize,
) -> Result<Vec<ActivityRow>> {
    activity_rows::of_customer(db, id, before, i64::try_from(limit).unwrap_or(i64::MAX))
}
