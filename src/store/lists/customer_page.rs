//! The page of one customer: header figures and the sections that are no lists of their own.

use chrono::{DateTime, NaiveDate, Utc};

use super::activity_rows;
use super::customers::{CustomerRow, customers_by_id, family};
use super::shown::{currency, listed_name, money};
use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::frequency::Frequency;
use crate::domain::id::{ActivityId, AddressId, CustomerId, NoteId, ReceiptId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What a customer's page shows above its sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPage {
    /// The list's row with its sums.
    pub row: CustomerRow,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Number in the trade register.
    pub registration_number: String,
    /// VAT number.
    pub vat_number: String,
    /// Whom to ask for.
    pub contact_person: String,
    /// A business's own terms.
    pub terms_days: Option<i64>,
    /// `standard`, `exempt` or `reverse_charge`.
    pub tax_treatment: String,
    /// The class's name.
    pub class_name: String,
    /// What it prefers.
    pub preferences: Preferences,
    /// When its personal data was erased.
    pub erased_on: Option<NaiveDate>,
    /// Customers merged into it.
    pub merged: Vec<(CustomerId, String)>,
    /// Monthly prices of active subscriptions.
    pub monthly_income: Money,
    /// Lifetime value ÷ number of subscriptions.
    pub average_subscription_value: Option<Money>,
    /// Payments still open on issued invoices.
    pub open_payment_count: i64,
    /// Due day of the oldest open payment past due.
    pub oldest_overdue_on: Option<NaiveDate>,
    /// Attempts declined in the 365 days before.
    pub failed_count: i64,
    /// The address invoices go to.
    pub billing_address: Option<AddressRow>,
    /// The newest note.
    pub latest_note: Option<NoteRow>,
    /// The next thing to follow up.
    pub follow_up: Option<NoteRow>,
    /// Counts saved changes.
    pub version: i64,
}

/// What a customer prefers; it pre-fills orders.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Contract length.
    pub months: Option<i64>,
    /// Billing frequency.
    pub frequency: Option<Frequency>,
    /// Payment method.
    pub method: Option<Method>,
    /// `email`, `phone`, `post` or `none`.
    pub channel: Option<String>,
    /// Categories, variants, colours.
    pub text: String,
}

/// What came in for an asset or subscription against what the asset cost, both net.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Received, net.
    pub received: Money,
    /// What the asset cost; `None` without an asset.
    pub cost: Option<Money>,
}

impl Recovery {
    /// Received ÷ cost in parts per thousand; `None` without a cost.
    #[must_use]
    pub fn per_mille(&self) -> Option<i64> {
        let cost = self.cost.filter(|cost| cost.minor() > 0)?;
        i64::try_from(i128::from(self.received.minor()) * 1000 / i128::from(cost.minor())).ok()
    }
}

/// A subscription in a customer's section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerSubscription {
    /// The list's row.
    pub row: SubscriptionRow,
    /// What it brought in.
    pub recovery: Recovery,
}

/// An address, with the days it was valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRow {
    /// Its number.
    pub id: AddressId,
    /// `billing` or `shipping`.
    pub kind: String,
    /// What the shop calls it.
    pub label: String,
    /// Street and number.
    pub line1: String,
    /// What else stands on the envelope.
    pub line2: String,
    /// Postcode.
    pub postcode: String,
    /// City.
    pub city: String,
    /// Region.
    pub region: String,
    /// Country, two letters.
    pub country: String,
    /// Whether it is the default of its kind.
    pub is_default: bool,
    /// Valid from.
    pub from_on: NaiveDate,
    /// Valid until; `None`: still.
    pub to_on: Option<NaiveDate>,
}

/// A note on a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// Its number.
    pub id: NoteId,
    /// On whom.
    pub customer_id: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// Its date.
    pub noted_on: NaiveDate,
    /// `email`, `phone`, `meeting` or `other`.
    pub kind: String,
    /// What was said.
    pub summary: String,
    /// When to come back to it.
    pub follow_up_on: Option<NaiveDate>,
    /// What to do then.
    pub follow_up_action: String,
    /// When that was done.
    pub followed_up_on: Option<NaiveDate>,
    /// Who wrote it.
    pub operator: String,
}

/// How a customer pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodRow {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub method: Method,
    /// Card brand.
    pub brand: String,
    /// Last four digits of the card.
    pub last_four: String,
    /// Year and month the card ends.
    pub expires: Option<(i64, i64)>,
    /// Mandate of a direct debit.
    pub mandate_reference: String,
    /// Its date.
    pub mandate_on: Option<NaiveDate>,
    /// Whether it is the default.
    pub is_default: bool,
    /// When it was taken off.
    pub removed_on: Option<NaiveDate>,
}

/// Money that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Its row number.
    pub id: ReceiptId,
    /// Its number as printed.
    pub number: String,
    /// Where it stands.
    pub state: ReceiptState,
    /// When it arrived.
    pub received_on: NaiveDate,
    /// When it cleared.
    pub cleared_on: Option<NaiveDate>,
    /// How it came.
    pub method: Method,
    /// The payer's reference.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// Applied to payments.
    pub allocated: Money,
    /// Sent back.
    pub refunded: Money,
    /// Left over: credit, while the receipt is cleared.
    pub credit: Money,
}

/// A row of the activity log as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// Its number.
    pub id: ActivityId,
    /// The instant.
    pub at: DateTime<Utc>,
    /// The shop's day.
    pub business_on: NaiveDate,
    /// Who.
    pub operator: String,
    /// What, as a code.
    pub action: String,
    /// What it was about: `invoice:17`.
    pub subject: String,
    /// Ids, codes and amounts as JSON.
    pub details: String,
    /// Personal text, unless erased.
    pub text: Option<String>,
    /// Whether it may be undone and was not.
    pub can_undo: bool,
    /// The activity it takes back.
    pub undoes_id: Option<ActivityId>,
}

/// The page of a customer; a merged one is read as the one it was merged into.
///
/// # Errors
/// When the file fails.
pub fn customer_page(db: &Db, id: CustomerId, today: NaiveDate) -> Result<Option<CustomerPage>> {
    let id = crate::store::customer::root(db, id)?;
    let Some(row) = customers_by_id(db, &[id], today)?.pop() else { return Ok(None) };
    let currency = row.lifetime_value.currency();
    let family = family(db, id)?;
    let mut figures = [0_i64; 3];
    let mut oldest: Option<NaiveDate> = None;
    for member in &family {
        let year_ago = today.checked_sub_days(chrono::Days::new(365)).unwrap_or(today);
        let own = db.one(FIGURES, &[(*member).into(), today.into(), year_ago.into()], |row| {
            Ok(([row.int(0)?, row.int(1)?, row.int(2)?], row.opt_date(3)?))
        })?;
        if let Some((own, late)) = own {
            for (sum, own) in figures.iter_mut().zip(own) {
                *sum += own;
            }
            oldest = oldest.into_iter().chain(late).min();
        }
    }
    let [monthly, open_payment_count, failed_count] = figures;
    let average = (row.subscriptions > 0).then(|| Money::new(row.lifetime_value.minor() / row.subscriptions, currency));
    let notes = customer_notes(db, id, 50)?;
    let follow_up = notes.iter().filter(|note| note.follow_up_on.is_some() && note.followed_up_on.is_none());
    let follow_up = follow_up.min_by_key(|note| note.follow_up_on).cloned();
    let billing = customer_addresses(db, id)?;
    let billing = billing.into_iter().find(|a| a.kind == "billing" && a.is_default && a.to_on.is_none());
    let merged = merged(db, id)?;
    db.one(HEAD, &[id.into()], |head| {
        Ok(CustomerPage {
            row,
            first_name: head.text(0)?,
            last_name: head.text(1)?,
            registration_number: head.text(2)?,
            vat_number: head.text(3)?,
            contact_person: head.text(4)?,
            terms_days: head.opt_int(5)?,
            tax_treatment: head.text(6)?,
            class_name: head.text(7)?,
            preferences: Preferences {
                months: head.opt_int(8)?,
                frequency: head.opt_parsed(9)?,
                method: head.opt_parsed(10)?,
                channel: head.opt_text(11)?,
                text: head.text(12)?,
            },
            erased_on: head.opt_date(13)?,
            merged,
            monthly_income: Money::new(monthly, currency),
            average_subscription_value: average,
            open_payment_count,
            oldest_overdue_on: oldest,
            failed_count,
            billing_address: billing,
            latest_note: notes.into_iter().next(),
            follow_up,
            version: head.int(14)?,
        })
    })
}

const HEAD: &str = "SELECT c.first_name, c.last_name, c.registration_number, c.vat_number, c.contact_person, c.terms_days, \
    c.tax_treatment, k.name, c.prefers_months, c.prefers_frequency, c.prefers_method, c.prefers_channel, c.prefers_text, \
    c.erased_on, c.version FROM customer c JOIN customer_class k ON k.id = c.class_id WHERE c.id = ?1";

const FIGURES: &str = "SELECT \
    (SELECT COALESCE(SUM(COALESCE((SELECT h.price_minor FROM price_change h WHERE h.subscription_id = s.id AND h.from_on <= ?2 \
      ORDER BY h.from_on DESC LIMIT 1), s.price_minor)), 0) FROM subscription s WHERE s.customer_id = ?1 AND s.status = 'active'), \
    (SELECT COUNT(*) FROM payment p WHERE p.customer_id = ?1 AND p.status IN ('pending', 'processing', 'failed') \
      AND p.invoice_id IS NOT NULL), \
    (SELECT COUNT(*) FROM payment p CROSS JOIN payment_change h ON h.payment_id = p.id WHERE p.customer_id = ?1 \
      AND p.attempt_count > 0 AND h.to_status = 'failed' AND h.reverses_id IS NULL AND h.changed_on >= ?3), \
    (SELECT MIN(p.due_on) FROM payment p WHERE p.customer_id = ?1 AND p.status IN ('pending', 'processing', 'failed') \
      AND p.invoice_id IS NOT NULL AND p.due_on < ?2)";

fn merged(db: &Db, id: CustomerId) -> Result<Vec<(CustomerId, String)>> {
    db.all(
        "SELECT id, company_name, first_name, last_name FROM customer WHERE root_id = ?1 ORDER BY id",
        &[id.into()],
        |row| Ok((CustomerId(row.int(0)?), listed_name(row, 1)?)),
    )
}

/// Its subscriptions, live ones first, then newest first.
///
/// # Errors
/// When the file fails.
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
pub(super) fn recovery(db: &Db, id: SubscriptionId, like: Money) -> Result<Recovery> {
    let currency = like.currency();
    let mut received = 0_i64;
    db.each(
        "SELECT a.amount_minor, p.net_minor, p.amount_minor FROM payment p CROSS JOIN allocation a ON a.payment_id = p.id \
         WHERE p.subscription_id = ?1 AND a.source = 'receipt' AND a.is_deposit = 0",
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
///
/// # Errors
/// When the file fails.
pub fn customer_addresses(db: &Db, id: CustomerId) -> Result<Vec<AddressRow>> {
    db.all(
        "SELECT id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on, to_on FROM address \
         WHERE customer_id = ?1 ORDER BY to_on IS NOT NULL, kind, is_default DESC, id DESC",
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

/// Its notes, newest first.
///
/// # Errors
/// When the file fails.
pub fn customer_notes(db: &Db, id: CustomerId, limit: usize) -> Result<Vec<NoteRow>> {
    db.all(
        "SELECT n.id, c.id, c.company_name, c.first_name, c.last_name, n.noted_on, n.kind, n.summary, n.follow_up_on, \
         n.follow_up_action, n.followed_up_on, n.operator FROM note n JOIN customer c ON c.id = n.customer_id \
         WHERE c.id = ?1 OR c.root_id = ?1 ORDER BY n.noted_on DESC, n.id DESC LIMIT ?2",
        &[id.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()],
        |row| {
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
        },
    )
}

/// How it pays, the default first, those taken off last.
///
/// # Errors
/// When the file fails.
pub fn customer_methods(db: &Db, id: CustomerId) -> Result<Vec<MethodRow>> {
    db.all(
        "SELECT id, kind, brand, last_four, expires_year, expires_month, mandate_reference, mandate_on, is_default, removed_on \
         FROM payment_method WHERE customer_id = ?1 ORDER BY removed_on IS NOT NULL, is_default DESC, id",
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
///
/// # Errors
/// When the file fails.
pub fn customer_receipts(db: &Db, id: CustomerId, limit: usize) -> Result<Vec<ReceiptRow>> {
    db.all(
        "SELECT r.id, r.number, r.state, r.received_on, r.cleared_on, r.method, r.reference, r.amount_minor, r.allocated_minor, \
         r.refunded_minor, r.currency FROM receipt r WHERE r.customer_id = ?1 ORDER BY r.received_on DESC, r.id DESC LIMIT ?2",
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
///
/// # Errors
/// When the file fails.
pub fn customer_activity(
    db: &Db,
    id: CustomerId,
    before: Option<ActivityId>,
    limit: usize,
) -> Result<Vec<ActivityRow>> {
    activity_rows::of_customer(db, id, before, i64::try_from(limit).unwrap_or(i64::MAX))
}
