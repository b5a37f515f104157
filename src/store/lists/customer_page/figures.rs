//! The head of a customer's page: figures over the customer and those merged into it.

use chrono::NaiveDate;

use super::{CustomerPage, Preferences, customer_addresses, customer_notes};
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::customers::{customers_by_id, family};
use crate::store::lists::shown::listed_name;

/// The page of a customer; a merged one is read as the one it was merged into.
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
            invoice_emails: head.text(16)?,
            terms_days: head.opt_int(5)?,
            tax: head.parsed(6)?,
            tax_reason: head.text(15)?,
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
    c.erased_on, c.version, c.tax_reason, c.invoice_emails FROM customer c JOIN customer_class k ON k.id = c.class_id WHERE c.id = ?1";

const FIGURES: &str = "SELECT \
    (SELECT CAST(COALESCE(SUM(COALESCE((SELECT h.price_minor FROM price_change h WHERE h.subscription_id = s.id AND h.from_on <= ?2 \
      ORDER BY h.from_on DESC LIMIT 1), s.price_minor)), 0) AS BIGINT) FROM subscription s WHERE s.customer_id = ?1 AND s.status = 'active'), \
    (SELECT COUNT(*) FROM payment p CROSS JOIN invoice i WHERE p.customer_id = ?1 AND p.status <> 'paid' \
      AND p.status <> 'cancelled' AND i.id = p.invoice_id AND i.state = 'issued'), \
    (SELECT COUNT(*) FROM payment p CROSS JOIN payment_change h WHERE h.payment_id = p.id AND p.customer_id = ?1 \
      AND p.attempt_count > 0 AND h.to_status = 'failed' AND h.reverses_id IS NULL AND h.changed_on >= ?3 \
      AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = h.id)), \
    (SELECT MIN(p.due_on) FROM payment p CROSS JOIN invoice i WHERE p.customer_id = ?1 AND p.status <> 'paid' \
      AND p.status <> 'cancelled' AND p.due_on < ?2 AND i.id = p.invoice_id AND i.state = 'issued')";

fn merged(db: &Db, id: CustomerId) -> Result<Vec<(CustomerId, String)>> {
    db.all(
        "SELECT id, company_name, first_name, last_name FROM customer WHERE root_id = ?1 ORDER BY id",
        &[id.into()],
        |row| Ok((CustomerId(row.int(0)?), listed_name(row, 1)?)),
    )
}
