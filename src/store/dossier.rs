//! Everything the book holds on one customer, section by section, column by column: for a request for information.

use super::engine::{Db, Row};
use super::error::Result;
use crate::domain::id::CustomerId;

/// A part of the dossier: rows of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the rows are.
    pub name: &'static str,
    /// The table they stand in.
    pub table: &'static str,
    /// The columns, as the schema names them.
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Held>>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Nothing,
    Number(i64),
    Text(String),
}

/// A section: its name, its columns, and its rows: the table, and which of it, with `{family}` for the customer's numbers and `{orders}`,
/// `{payments}` … for those of what is theirs.
struct Source(&'static str, &'static str, &'static str);

/// Whose rows those are: the customer and all that were merged into it, and what belongs to them.
const OWN: &[(&str, &str)] = &[
    ("{orders}", "(SELECT id FROM rental_order WHERE customer_id IN {family})"),
    ("{subscriptions}", "(SELECT id FROM subscription WHERE customer_id IN {family})"),
    ("{payments}", "(SELECT id FROM payment WHERE customer_id IN {family})"),
    ("{invoices}", "(SELECT id FROM invoice WHERE customer_id IN {family})"),
    ("{receipts}", "(SELECT id FROM receipt WHERE customer_id IN {family})"),
    ("{family}", "(SELECT id FROM customer WHERE id = ?1 OR root_id = ?1)"),
];

/// What a group's invoice bills to others, or a group's receipt paid of theirs, is not this customer's: of those only the
/// customer's own lines stand here. Internal columns (search keys, versions, digests) and card tokens are left out: they
/// tell nobody anything.
const SOURCES: &[Source] = &[
    Source(
        "customer",
        "id, kind, first_name, last_name, company_name, email, invoice_emails, phone, registration_number, \
         vat_number, \
         contact_person, terms_days, tax_treatment, tax_reason, currency, joined_on, closed_on, erased_on, \
         merged_into, prefers_months, prefers_frequency, prefers_method, prefers_channel, prefers_text, \
         lifetime_minor, subscription_count",
        "customer WHERE id IN {family} ORDER BY id <> ?1, id",
    ),
    Source(
        "addresses",
        "id, customer_id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on, \
         to_on",
        "address WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "notes",
        "id, customer_id, noted_on, kind, summary, follow_up_on, follow_up_action, followed_up_on, operator",
        "note WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "payment_methods",
        "id, customer_id, kind, brand, last_four, expires_year, expires_month, processor, mandate_reference, \
         mandate_on, is_default, added_on, removed_on",
        "payment_method WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "groups",
        "group_id, (SELECT name FROM billing_group g WHERE g.id = group_id) AS group_name, customer_id, \
         joined_on, left_on",
        "group_membership WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "orders",
        "id, customer_id, currency, ordered_on, status, note",
        "rental_order WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "order_items",
        "id, order_id, currency, position, variant_id, quantity, asset_id, months, frequency, start_on, \
         anchor_day, price_minor, tax_ppm, deposit_minor, shipping_address_id",
        "order_item WHERE order_id IN {orders} ORDER BY id",
    ),
    Source(
        "subscriptions",
        "id, order_id, customer_id, currency, variant_id, asset_id, status, frequency, start_on, end_on, \
         anchor_day, price_minor, activated_on, ended_on, end_reason",
        "subscription WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "price_changes",
        "id, subscription_id, (SELECT currency FROM subscription s WHERE s.id = subscription_id) AS currency, \
         from_on, price_minor",
        "price_change WHERE subscription_id IN {subscriptions} ORDER BY id",
    ),
    Source(
        "pauses",
        "id, subscription_id, from_on, to_on",
        "pause WHERE subscription_id IN {subscriptions} ORDER BY id",
    ),
    Source(
        "periods_billed_ahead",
        "subscription_id, period_index, (SELECT currency FROM subscription s WHERE s.id = subscription_id) AS \
         currency, price_minor",
        "period_ahead WHERE subscription_id IN {subscriptions} ORDER BY subscription_id, period_index",
    ),
    Source(
        "replaced_assets",
        "id, subscription_id, old_asset_id, new_asset_id, replaced_on, reason",
        "asset_replacement WHERE subscription_id IN {subscriptions} ORDER BY id",
    ),
    Source(
        "payments",
        "id, kind, status, customer_id, group_id, subscription_id, currency, period_start_on, period_end_on, \
         due_on, invoice_id, text, net_minor, tax_minor, amount_minor, settled_minor, refunded_minor, \
         paid_on, method",
        "payment WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "payment_changes",
        "id, payment_id, from_status, to_status, changed_on, reason, reverses_id",
        "payment_change WHERE payment_id IN {payments} ORDER BY id",
    ),
    Source(
        "disputes",
        "id, payment_id, opened_on, reason, closed_on, outcome",
        "dispute WHERE payment_id IN {payments} ORDER BY id",
    ),
    Source(
        "deposits",
        "id, subscription_id, payment_id, (SELECT currency FROM payment p WHERE p.id = payment_id) AS \
         currency, amount_minor, state, kept_minor, closed_on, reason",
        "deposit WHERE payment_id IN {payments} ORDER BY id",
    ),
    Source(
        "invoices",
        "id, kind, state, customer_id, currency, number, invoiced_on, due_on, subtotal_minor, tax_minor, \
         total_minor, settled_minor, payer_name, payer_address, payer_tax_number, tax_treatment, tax_reason",
        "invoice WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "group_invoices",
        "id, group_id, state, number, invoiced_on, due_on",
        "invoice WHERE group_id IS NOT NULL AND id IN (SELECT invoice_id FROM payment WHERE customer_id IN {family}) ORDER \
         BY id",
    ),
    Source(
        "promises",
        "id, invoice_id, made_on, promised_on, note",
        "promise WHERE invoice_id IN {invoices} ORDER BY id",
    ),
    Source(
        "collection_steps",
        "invoice_id, step, n, done_on, fee_invoice_id",
        "collection_step WHERE invoice_id IN {invoices} ORDER BY invoice_id, done_on, step, n",
    ),
    Source(
        "credit_notes",
        "id, invoice_id, currency, number, issued_on, reason, net_minor, tax_minor, total_minor",
        "credit_note WHERE invoice_id IN {invoices} ORDER BY id",
    ),
    Source(
        "credit_note_lines",
        "id, credit_note_id, payment_id, (SELECT currency FROM payment p WHERE p.id = payment_id) AS \
         currency, text, net_minor, tax_minor, gross_minor",
        "credit_note_line WHERE payment_id IN {payments} ORDER BY id",
    ),
    Source(
        "receipts",
        "id, customer_id, currency, number, state, amount_minor, allocated_minor, refunded_minor, \
         received_on, cleared_on, method, reference, note",
        "receipt WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "money_on_its_way",
        "receipt_id, payment_id, (SELECT currency FROM payment p WHERE p.id = payment_id) AS currency, \
         amount_minor",
        "pending_allocation WHERE payment_id IN {payments} OR receipt_id IN {receipts} ORDER BY receipt_id, payment_id",
    ),
    Source(
        "allocations",
        "id, source, receipt_id, credit_note_id, payment_id, is_deposit, currency, amount_minor, \
         allocated_on, reason, reverses_id",
        "allocation WHERE payment_id IN {payments} OR receipt_id IN {receipts} ORDER BY id",
    ),
    Source(
        "refunds",
        "id, receipt_id, payment_id, credit_note_id, currency, amount_minor, refunded_on, reason, reference, \
         reverses_id",
        "refund WHERE receipt_id IN {receipts} OR payment_id IN {payments} ORDER BY id",
    ),
    Source(
        "charge_attempts",
        "id, payment_id, payment_method_id, currency, amount_minor, state, attempted_on, processor, \
         processor_reference, decline_reason, decline_text, receipt_id",
        "charge_attempt WHERE payment_id IN {payments} ORDER BY id",
    ),
    Source(
        "messages",
        "id, kind, channel, customer_id, invoice_id, state, recipient, subject, body, queued_at, sent_at",
        "outbox_message WHERE customer_id IN {family} OR invoice_id IN {invoices} ORDER BY id",
    ),
    Source(
        "bank_lines",
        "id, booked_on, amount_minor, currency, payer_name, payer_iban, text, state, receipt_id",
        "bank_line WHERE receipt_id IN {receipts} ORDER BY id",
    ),
    Source(
        "known_accounts",
        "payer_key, customer_id, seen_on",
        "known_payer WHERE customer_id IN {family} ORDER BY payer_key",
    ),
    Source(
        "activity",
        "id, at, business_on, operator, action, customer_id, subject, details, (SELECT text FROM \
         activity_text t WHERE t.activity_id = activity.id) AS text",
        "activity WHERE customer_id IN {family} ORDER BY id",
    ),
];

/// Everything held on a customer and on those merged into it.
pub fn dossier(db: &Db, id: CustomerId) -> Result<Vec<Section>> {
    SOURCES.iter().map(|source| section(db, id, source)).collect()
}

fn section(db: &Db, id: CustomerId, Source(name, columns, rows): &Source) -> Result<Section> {
    let (table, _) = rows.split_once(' ').unwrap_or((rows, ""));
    let from = OWN.iter().fold((*rows).to_owned(), |from, (word, rows)| from.replace(word, rows));
    let exprs = split(columns);
    let cells: Vec<&str> = exprs.iter().copied().map(expression).collect();
    let rows = db.all(&format!("SELECT {} FROM {from}", cells.join(", ")), &[id.into()], |row| {
        (0..exprs.len()).map(|at| held(row, at)).collect()
    })?;
    Ok(Section { name, table, columns: exprs.into_iter().map(called).collect(), rows })
}

fn held(row: &Row, at: usize) -> Result<Held> {
    if row.is_int(at)? {
        return Ok(Held::Number(row.int(at)?));
    }
    Ok(row.opt_text(at)?.map_or(Held::Nothing, Held::Text))
}

/// The columns of a list, its commas outside of parentheses.
fn split(columns: &'static str) -> Vec<&'static str> {
    let (mut depth, mut from, mut parts) = (0_i32, 0, Vec::new());
    for (at, letter) in columns.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.extend(columns.get(from..at).map(str::trim));
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(columns.get(from..).map(str::trim));
    parts
}

fn expression(column: &'static str) -> &'static str {
    column.split_once(" AS ").filter(|_| column.starts_with('(')).map_or(column, |(expression, _)| expression)
}

fn called(column: &'static str) -> &'static str {
    column.rsplit_once(" AS ").map_or(column, |(_, name)| name)
}
