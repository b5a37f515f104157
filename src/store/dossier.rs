//! Everything the book holds on one customer, section by section, column by column: for a request for information.

use super::engine::Db;
use super::error::Result;
use crate::domain::id::CustomerId;

/// A part of the dossier: rows of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the rows are.
    pub name: &'static str,
    /// The columns, as the schema names them.
    pub columns: Vec<&'static str>,
    /// The rows; `None` where a cell holds nothing.
    pub rows: Vec<Vec<Option<String>>>,
}

/// A section: its name, its columns, and where its rows come from with `{family}` for the customer's numbers.
struct Source(&'static str, &'static str, &'static str);

const FAMILY: &str = "(SELECT id FROM customer WHERE id = ?1 OR root_id = ?1)";

/// Internal columns (search keys, versions, digests) and card tokens are left out: they tell nobody anything.
const SOURCES: &[Source] = &[
    Source(
        "customer",
        "id, kind, first_name, last_name, company_name, email, invoice_emails, phone, registration_number, vat_number, contact_person, \
         terms_days, tax_treatment, tax_reason, currency, joined_on, closed_on, erased_on, merged_into, prefers_months, \
         prefers_frequency, prefers_method, prefers_channel, prefers_text, lifetime_minor, subscription_count",
        "customer WHERE id IN {family} ORDER BY id <> ?1, id",
    ),
    Source(
        "addresses",
        "id, customer_id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on, to_on",
        "address WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "notes",
        "id, customer_id, noted_on, kind, summary, follow_up_on, follow_up_action, followed_up_on, operator",
        "note WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "payment_methods",
        "id, customer_id, kind, brand, last_four, expires_year, expires_month, processor, mandate_reference, mandate_on, \
         is_default, added_on, removed_on",
        "payment_method WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "groups",
        "group_id, customer_id, joined_on, left_on",
        "group_membership WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "orders",
        "id, customer_id, currency, ordered_on, status, note",
        "rental_order WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "subscriptions",
        "id, order_id, customer_id, currency, variant_id, asset_id, status, frequency, start_on, end_on, anchor_day, \
         price_minor, activated_on, ended_on, end_reason",
        "subscription WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "payments",
        "id, kind, status, customer_id, subscription_id, currency, period_start_on, period_end_on, due_on, invoice_id, text, \
         net_minor, tax_minor, amount_minor, settled_minor, refunded_minor, paid_on, method",
        "payment WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "invoices",
        "id, kind, state, customer_id, currency, number, invoiced_on, due_on, subtotal_minor, tax_minor, total_minor, \
         settled_minor, payer_name, payer_address, payer_tax_number, tax_treatment, tax_reason",
        "invoice WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "receipts",
        "id, customer_id, currency, number, state, amount_minor, allocated_minor, refunded_minor, received_on, cleared_on, \
         method, reference, note",
        "receipt WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "refunds",
        "id, receipt_id, payment_id, currency, amount_minor, refunded_on, reason, reference",
        "refund WHERE receipt_id IN (SELECT id FROM receipt WHERE customer_id IN {family}) ORDER BY id",
    ),
    Source(
        "charge_attempts",
        "id, payment_id, currency, amount_minor, state, attempted_on, processor, decline_reason, decline_text",
        "charge_attempt WHERE payment_id IN (SELECT id FROM payment WHERE customer_id IN {family}) ORDER BY id",
    ),
    Source(
        "messages",
        "id, kind, channel, customer_id, invoice_id, state, recipient, subject, body, queued_at, sent_at",
        "outbox_message WHERE customer_id IN {family} ORDER BY id",
    ),
    Source(
        "known_accounts",
        "payer_key, customer_id, seen_on",
        "known_payer WHERE customer_id IN {family} ORDER BY payer_key",
    ),
    Source(
        "activity",
        "id, at, business_on, operator, action, customer_id, subject, details, \
         (SELECT text FROM activity_text t WHERE t.activity_id = activity.id) AS text",
        "activity WHERE customer_id IN {family} ORDER BY id",
    ),
];

/// Everything held on a customer and on those merged into it.
pub fn dossier(db: &Db, id: CustomerId) -> Result<Vec<Section>> {
    SOURCES.iter().map(|source| section(db, id, source)).collect()
}

fn section(db: &Db, id: CustomerId, Source(name, columns, from): &Source) -> Result<Section> {
    let from = from.replace("{family}", FAMILY);
    let exprs = split(columns);
    let cells: Vec<String> = exprs.iter().map(|column| format!("CAST({} AS TEXT)", expression(column))).collect();
    let rows = db.all(&format!("SELECT {} FROM {from}", cells.join(", ")), &[id.into()], |row| {
        (0..exprs.len()).map(|at| row.opt_text(at)).collect()
    })?;
    Ok(Section { name, columns: exprs.into_iter().map(called).collect(), rows })
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
