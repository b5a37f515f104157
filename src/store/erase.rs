//! Erasing a customer: personal text goes wherever it may stand, the books stay.
//!
//! What stays is what the schema freezes because the law keeps it: issued invoices with their payer, receipts and
//! refunds with their references, lines of bank statements. `kept` counts it, and the person is told.

use chrono::NaiveDate;

use super::engine::Db;
use super::error::Result;
use crate::domain::id::CustomerId;

/// What stands in the way of erasing a customer, counted over it and those merged into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Open on issued invoices, minor units.
    pub owed_minor: i64,
    /// Payments that are not settled and not cancelled, invoiced or not.
    pub open_payments: i64,
    /// Subscriptions that run, are paused or suspended.
    pub live_subscriptions: i64,
    /// Orders that are drafts.
    pub draft_orders: i64,
    /// Money received and neither used nor given back, minor units.
    pub credit_minor: i64,
    pub deposits_held: i64,
}

/// What stays of an erased customer, and why the books need it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Kept {
    /// Issued invoices, with name and address of the payer.
    pub invoices: i64,
    /// Issued invoices of billing groups, with the name on its lines.
    pub group_invoices: i64,
    /// Receipts, with the payer's reference.
    pub receipts: i64,
    /// Lines of bank statements that were booked, with the payer's name and account.
    pub bank_lines: i64,
    /// Credit notes and refunds, with their reasons.
    pub corrections: i64,
}

/// The customer and those merged into it, for the statements here.
const FAMILY: &str = "(SELECT id FROM customer WHERE id = ?1 OR root_id = ?1)";

/// What stands in the way.
pub fn ties(db: &Db, id: CustomerId) -> Result<Ties> {
    let one = |sql: &str| {
        let sql = sql.replace("{family}", FAMILY);
        Ok::<_, super::StoreError>(db.one(&sql, &[id.into()], |row| row.int(0))?.unwrap_or(0))
    };
    Ok(Ties {
        owed_minor: one(
            "SELECT CAST(COALESCE(SUM(p.amount_minor - p.settled_minor), 0) AS BIGINT) FROM payment p CROSS JOIN invoice i \
             WHERE i.id = p.invoice_id AND p.customer_id IN {family} AND p.status <> 'paid' AND p.status <> 'cancelled' AND i.state = 'issued'",
        )?,
        open_payments: one(
            "SELECT COUNT(*) FROM payment WHERE customer_id IN {family} AND status <> 'paid' AND status <> 'cancelled'",
        )?,
        live_subscriptions: one(
            "SELECT COUNT(*) FROM subscription WHERE customer_id IN {family} AND status IN ('active', 'paused', 'suspended')",
        )?,
        draft_orders: one("SELECT COUNT(*) FROM rental_order WHERE customer_id IN {family} AND status = 'draft'")?,
        credit_minor: one(
            "SELECT CAST(COALESCE(SUM(amount_minor - allocated_minor - refunded_minor), 0) AS BIGINT) FROM receipt \
             WHERE customer_id IN {family} AND state IN ('pending', 'cleared')",
        )?,
        deposits_held: one("SELECT COUNT(*) FROM deposit d CROSS JOIN payment p \
             WHERE p.id = d.payment_id AND p.customer_id IN {family} AND d.state = 'held' AND EXISTS (SELECT 1 FROM allocation a \
             WHERE a.payment_id = p.id AND a.source = 'receipt' GROUP BY a.payment_id HAVING SUM(a.amount_minor) > 0)")?,
    })
}

/// What will stay.
pub fn kept(db: &Db, id: CustomerId) -> Result<Kept> {
    let one = |sql: &str| {
        let sql = sql.replace("{family}", FAMILY);
        Ok::<_, super::StoreError>(db.one(&sql, &[id.into()], |row| row.int(0))?.unwrap_or(0))
    };
    Ok(Kept {
        group_invoices: one(
            "SELECT COUNT(DISTINCT invoice_id) FROM payment WHERE customer_id IN {family} AND member_name <> ''",
        )?,
        invoices: one("SELECT COUNT(*) FROM invoice WHERE customer_id IN {family} AND number IS NOT NULL")?,
        receipts: one("SELECT COUNT(*) FROM receipt WHERE customer_id IN {family}")?,
        bank_lines: one(
            "SELECT COUNT(*) FROM bank_line l CROSS JOIN receipt r WHERE r.id = l.receipt_id AND r.customer_id IN {family}",
        )?,
        corrections: one(
            "SELECT (SELECT COUNT(*) FROM credit_note n CROSS JOIN invoice i WHERE i.id = n.invoice_id AND i.customer_id IN {family}) \
             + (SELECT COUNT(*) FROM refund f CROSS JOIN receipt r WHERE r.id = f.receipt_id AND r.customer_id IN {family})",
        )?,
    })
}

/// The statements that clear personal text, `?1` the customer, `?2` the day where one is needed.
const CLEARINGS: &[(&str, bool)] = &[
    // Rows that orders and subscriptions point to stay, empty.
    (
        "UPDATE address SET label = '', line1 = '', line2 = '', postcode = '', city = '', region = '', country = '', \
         is_default = 0, to_on = COALESCE(to_on, CASE WHEN from_on > ?2 THEN from_on ELSE ?2 END) WHERE customer_id IN {family}",
        true,
    ),
    ("DELETE FROM note WHERE customer_id IN {family}", false),
    (
        "UPDATE payment_method SET brand = '', last_four = '', expires_year = NULL, expires_month = NULL, processor = '', \
         token = '', mandate_reference = '', mandate_on = NULL, is_default = 0, removed_on = COALESCE(removed_on, ?2) \
         WHERE customer_id IN {family}",
        true,
    ),
    // What waits is not sent any more; a message on its way may have left.
    (
        "UPDATE outbox_message SET state = 'cancelled' WHERE customer_id IN {family} AND state IN ('queued', 'held', 'sending')",
        false,
    ),
    (
        "UPDATE outbox_message SET recipient = '', subject = '', body = '', search_key = '', attachment = NULL, last_error = '' \
         WHERE customer_id IN {family}",
        false,
    ),
    ("UPDATE rental_order SET note = '' WHERE customer_id IN {family} AND note <> ''", false),
    (
        "UPDATE promise SET note = '' WHERE note <> '' AND invoice_id IN (SELECT id FROM invoice WHERE customer_id IN {family})",
        false,
    ),
    ("DELETE FROM known_payer WHERE customer_id IN {family}", false),
    (
        "DELETE FROM activity_text WHERE activity_id IN (SELECT id FROM activity WHERE customer_id IN {family} \
         UNION SELECT activity_id FROM receipt WHERE customer_id IN {family})",
        false,
    ),
    // Texts of older rows that were written without the customer, such as why an invoice was void.
    (
        "DELETE FROM activity_text WHERE activity_id IN (SELECT a.id FROM activity a WHERE a.customer_id IS NULL AND ( \
           a.subject IN (SELECT 'invoice:' || id FROM invoice WHERE customer_id IN {family}) \
           OR a.subject IN (SELECT 'payment:' || id FROM payment WHERE customer_id IN {family})))",
        false,
    ),
];

/// The statements that clear the reasons staff typed, once the customer is erased: the schema lets them be cleared then alone.
const REASONS: &[&str] = &[
    "UPDATE allocation SET reason = 'erased' WHERE reason <> '' AND reason <> 'erased' AND source = 'write_off' AND customer_id IN {family}",
    "UPDATE payment_change SET reason = 'erased' WHERE reason <> '' AND reason <> 'erased' \
     AND payment_id IN (SELECT id FROM payment WHERE customer_id IN {family})",
    "UPDATE dispute SET reason = 'erased' WHERE reason <> 'erased' AND payment_id IN (SELECT id FROM payment WHERE customer_id IN {family})",
    "UPDATE deposit SET reason = 'erased' WHERE reason <> '' AND reason <> 'erased' \
     AND payment_id IN (SELECT id FROM payment WHERE customer_id IN {family})",
    "UPDATE asset_replacement SET reason = '' WHERE reason <> '' \
     AND subscription_id IN (SELECT id FROM subscription WHERE customer_id IN {family})",
    "UPDATE charge_attempt SET decline_text = '' WHERE decline_text <> '' \
     AND payment_id IN (SELECT id FROM payment WHERE customer_id IN {family})",
];

/// Clears the personal text of a customer and of those merged into it, and closes it. What it is called from then on
/// is no name: `Erased customer 12`.
pub fn erase(db: &Db, id: CustomerId, on: NaiveDate) -> Result<()> {
    for (sql, has_day) in CLEARINGS {
        let sql = sql.replace("{family}", FAMILY);
        if *has_day {
            db.execute(&sql, &[id.into(), on.into()])?;
        } else {
            db.execute(&sql, &[id.into()])?;
        }
    }
    for member in db.all("SELECT id FROM customer WHERE id = ?1 OR root_id = ?1", &[id.into()], |row| row.int(0))? {
        let name = format!("Erased customer {member}");
        let folded = crate::domain::text::fold(&name);
        db.execute(
            "UPDATE customer SET kind = 'individual', first_name = '', last_name = ?2, company_name = '', email = '', invoice_emails = '', phone = '', \
             registration_number = '', vat_number = '', contact_person = '', tax_treatment = 'standard', tax_reason = '', terms_days = NULL, prefers_months = NULL, \
             prefers_frequency = NULL, prefers_method = NULL, prefers_channel = NULL, prefers_text = '', sort_key = ?3, \
             search_key = ?3, erased_on = ?4, closed_on = COALESCE(closed_on, ?4), version = version + 1 WHERE id = ?1",
            &[member.into(), name.into(), folded.into(), on.into()],
        )?;
    }
    for sql in REASONS {
        db.execute(&sql.replace("{family}", FAMILY), &[id.into()])?;
    }
    Ok(())
}
