//! What a group's invoice for a month does not take of its members, and why.

use chrono::NaiveDate;

use super::shown::listed_name;
use crate::domain::id::{GroupId, InvoiceId, SubscriptionId};
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::Db;
use crate::store::error::Result;

/// Why a subscription is not on the invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// A person left it for later.
    Chosen,
    /// Its period stands on this invoice already; a draft has no number.
    OnInvoice(Option<String>),
    /// It is paused.
    Paused,
    /// Its next period starts on that day, after the month.
    StartsLater(NaiveDate),
    /// No period is left in its contract.
    NoPeriodLeft,
}

/// A live subscription of a member that is not on the invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub subscription_id: SubscriptionId,
    /// Whose, as lists show the name.
    pub customer_name: String,
    pub text: String,
    pub why: LeftOutWhy,
}

/// What stays out of `invoice`, which is over the month from `first` to `last`, of the group's members. `chosen` was
/// left out by a person.
pub fn group_left_out(
    db: &Db,
    group: GroupId,
    invoice: InvoiceId,
    (first, last): (NaiveDate, NaiveDate),
    chosen: &[SubscriptionId],
) -> Result<Vec<LeftOut>> {
    let found = db.all(
        "SELECT s.id, c.company_name, c.first_name, c.last_name, p.name || ', ' || v.name, s.status, s.next_start_on, \
         CASE WHEN EXISTS (SELECT 1 FROM payment x WHERE x.invoice_id = ?2 AND x.subscription_id = s.id) THEN 1 ELSE 0 END, \
         (SELECT x.id FROM payment x WHERE x.subscription_id = s.id AND x.kind = 'period' AND x.status <> 'cancelled' \
          AND x.invoice_id IS NOT NULL AND x.period_start_on >= ?3 AND x.period_start_on <= ?4 \
          ORDER BY x.period_start_on DESC LIMIT 1) \
         FROM customer c CROSS JOIN subscription s JOIN variant v ON v.id = s.variant_id \
         JOIN product p ON p.id = v.product_id \
         WHERE s.customer_id = c.id AND c.group_id = ?1 AND s.status IN ('active', 'paused', 'suspended') ORDER BY c.sort_key, s.id",
        &[group.into(), invoice.into(), first.into(), last.into()],
        |row| {
            let of = (SubscriptionId(row.int(0)?), listed_name(row, 1)?, row.text(4)?);
            Ok((of, row.parsed::<SubscriptionStatus>(5)?, row.opt_date(6)?, row.flag(7)?, row.opt_int(8)?))
        },
    )?;
    let mut left = Vec::new();
    for ((subscription_id, customer_name, text), status, next, is_on, elsewhere) in found {
        if is_on {
            continue;
        }
        let why = match (elsewhere, next) {
            _ if chosen.contains(&subscription_id) => LeftOutWhy::Chosen,
            (Some(payment), _) => LeftOutWhy::OnInvoice(
                db.one(
                    "SELECT i.number FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE p.id = ?1",
                    &[payment.into()],
                    |row| row.opt_text(0),
                )?
                .flatten(),
            ),
            _ if status == SubscriptionStatus::Paused => LeftOutWhy::Paused,
            (None, Some(start)) => LeftOutWhy::StartsLater(start),
            (None, None) => LeftOutWhy::NoPeriodLeft,
        };
        left.push(LeftOut { subscription_id, customer_name, text, why });
    }
    Ok(left)
}
