//! What is sealed of which table, and how.

/// The version of the lists of columns below. Whoever changes one brings a step of the schema along: after a step all is
/// sealed anew.
pub(super) const VERSION: i64 = 1;

/// How the rows of a table are sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// They never change: by ranges of their ids, in the seal of the write that added them.
    Once,
    /// They may be edited: each has the digest of how it was saved last.
    Newest,
    /// A small table whose rows have no number of their own: one digest over all of it.
    Whole,
    /// Invoices with their lines: by ranges of their numbers, in the seal of the write that issued them.
    Issued,
}

/// Rows of one table that are sealed in one way.
pub(super) struct Kind {
    /// Its name in the file.
    pub name: &'static str,
    pub table: &'static str,
    pub way: Way,
    pub columns: &'static str,
    /// Which rows; '' means all. Rows outside it are as every row is until something happens to it, and need no seal: one
    /// that is edited out of the ordinary has none, and one that is edited back has one too many.
    pub only: &'static str,
}

impl Kind {
    /// The condition of a statement over its rows.
    pub fn where_only(&self) -> String {
        if self.only.is_empty() { String::new() } else { format!(" WHERE {}", self.only) }
    }
}

const fn once(name: &'static str, columns: &'static str) -> Kind {
    Kind { name, table: name, way: Way::Once, columns, only: "" }
}

const fn newest(name: &'static str, columns: &'static str) -> Kind {
    Kind { name, table: name, way: Way::Newest, columns, only: "" }
}

const fn part(name: &'static str, table: &'static str, columns: &'static str, only: &'static str) -> Kind {
    Kind { name, table, way: Way::Newest, columns, only }
}

const fn whole(name: &'static str, columns: &'static str) -> Kind {
    Kind { name, table: name, way: Way::Whole, columns, only: "" }
}

/// The columns of an issued invoice that are frozen, and those of its lines; `i` and `p` in a statement.
pub(super) const ISSUED: &str = "i.number_year, i.number_seq, i.id, i.kind, i.customer_id, i.group_id, i.currency, i.number, \
    i.invoiced_on, i.due_on, i.subtotal_minor, i.tax_minor, i.total_minor, i.payer_name, i.payer_address, i.payer_tax_number, \
    i.tax_treatment, i.tax_reason, i.account_minor, i.account_received_minor, i.account_credited_minor, i.letterhead_id, i.about_id, \
    p.id, p.kind, p.customer_id, p.group_id, p.subscription_id, p.currency, p.period_index, p.period_start_on, \
    p.period_end_on, p.due_on, p.line, p.text, p.serial, p.member_name, p.member_tax, p.quantity_milli, p.unit_minor, p.net_minor, \
    p.tax_ppm, p.tax_minor, p.amount_minor";

/// All that is sealed. Left out, and why: what is derived (`settled_minor`, `paid_on`, search texts, counters), which rules
/// prove; `version` of an invoice or payment, which says nothing; what belongs to the file and not to the shop (`book_state`, `pass_state`,
/// `change`); whether an invoice was flagged as overdue; who paid from which account before.
pub(super) const KINDS: &[Kind] = &[
    once("letterhead", "content"),
    once("font", "digest, name, content"),
    part("font_in_use", "font", "place", "place IS NOT NULL"),
    Kind { name: "invoice", table: "invoice", way: Way::Issued, columns: ISSUED, only: "" },
    once("payment_change", "payment_id, from_status, to_status, changed_on, reverses_id, activity_id"),
    once(
        "credit_note",
        "invoice_id, currency, number_year, number_seq, number, issued_on, net_minor, tax_minor, total_minor, letterhead_id",
    ),
    once("credit_note_line", "credit_note_id, payment_id, text, net_minor, tax_minor, gross_minor"),
    once(
        "receipt",
        "customer_id, group_id, currency, number_year, number_seq, number, amount_minor, received_on, method, reference, \
         note, activity_id",
    ),
    once(
        "allocation",
        "source, receipt_id, credit_note_id, payment_id, customer_id, is_deposit, currency, amount_minor, allocated_on, \
         status_before, status_after, reverses_id, activity_id",
    ),
    once(
        "refund",
        "receipt_id, payment_id, credit_note_id, currency, amount_minor, refunded_on, reference, reverses_id, activity_id",
    ),
    once("activity", "digest, host, pid, program, is_undoable"),
    once(
        "bank_statement",
        "account, file_name, from_on, to_on, opening_minor, closing_minor, currency, imported_on, activity_id",
    ),
    once(
        "bank_line",
        "statement_id, account, line_key, occurrence, booked_on, amount_minor, currency, payer_name, payer_iban, text",
    ),
    // Reasons that staff typed: erasing a customer may clear them.
    part("payment_change_reason", "payment_change", "reason", "reason <> ''"),
    part("credit_note_reason", "credit_note", "reason", "reason <> ''"),
    part("allocation_reason", "allocation", "reason", "reason <> ''"),
    part("refund_reason", "refund", "reason", "reason <> ''"),
    // What became of what never changes.
    part("receipt_state", "receipt", "state, cleared_on", "state <> 'cleared' OR cleared_on <> received_on"),
    part(
        "invoice_void",
        "invoice",
        "state, voided_on",
        "(number IS NOT NULL AND state <> 'issued') OR voided_on IS NOT NULL",
    ),
    part("bank_line_state", "bank_line", "state, receipt_id", "state <> 'open'"),
    // What may still be changed.
    part(
        "invoice_draft",
        "invoice",
        "kind, state, customer_id, group_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, total_minor, \
         payer_name, payer_address, payer_tax_number, tax_treatment, tax_reason, letterhead_id, about_id",
        "number IS NULL",
    ),
    part(
        "payment_open",
        "payment",
        "kind, status, customer_id, group_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, \
         invoice_id, line, text, serial, member_name, member_tax, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor",
        "invoice_id IS NULL OR (SELECT number FROM invoice i WHERE i.id = payment.invoice_id) IS NULL",
    ),
    newest(
        "charge_attempt",
        "payment_id, payment_method_id, currency, amount_minor, state, attempted_on, offset_days, idempotency_key, processor, \
         processor_reference, decline_reason, decline_kind, decline_text, receipt_id, activity_id",
    ),
    newest("deposit", "subscription_id, payment_id, amount_minor, state, kept_minor, closed_on, reason, activity_id"),
    newest("dispute", "payment_id, opened_on, reason, closed_on, outcome"),
    newest("promise", "invoice_id, made_on, promised_on, note"),
    newest(
        "shop",
        "name, address, country, email, phone, website, tax_number, registration_number, bank_name, bank_holder, iban, bic, \
         bank_account, payment_instructions, legal_text, logo, time_zone, currency, language, number_style, date_style, price_basis, \
         tax_scope, tax_ppm, lead_days, invoice_number_format, credit_note_number_format, receipt_number_format, \
         cancel_running_period, use_credit_unasked, early_return_ppm, high_value_minor, locked_until_on, is_demo, \
         tax_on_damage, tax_on_cleaning, version",
    ),
    newest("tax_change", "old_ppm, new_ppm, from_on, told_on, applied_on"),
    newest("operator", "name, role, pin_hash, is_active"),
    newest("customer_class", "name, is_default, version"),
    whole(
        "collection_policy",
        "class_id, invoice_kind, terms_days, charge_cards, attempts_before, attempts_from_due, reminders_before, \
         notices_after, threshold_minor, grace_days, limit_after_days, suspend_after_days, terminate_after_days, \
         late_fee_minor, late_fee_ppm, late_fee_repeats, late_fee_cap_minor, review_required",
    ),
    whole("message_template", "kind, language, subject, body"),
    whole("period_ahead", "subscription_id, period_index, price_minor"),
    whole("pending_allocation", "receipt_id, payment_id, amount_minor"),
    newest(
        "billing_group",
        "name, contact_name, email, invoice_emails, address, tax_number, currency, terms_days, billing_day, created_on, last_billed_on, version",
    ),
    newest(
        "customer",
        "kind, first_name, last_name, company_name, email, invoice_emails, phone, registration_number, vat_number, contact_person, terms_days, \
         tax_treatment, tax_reason, class_id, group_id, currency, joined_on, closed_on, erased_on, merged_into, root_id, prefers_months, \
         prefers_frequency, prefers_method, prefers_channel, prefers_text, version",
    ),
    newest("group_membership", "group_id, customer_id, joined_on, left_on"),
    newest(
        "address",
        "customer_id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on, to_on",
    ),
    newest("note", "customer_id, noted_on, kind, summary, follow_up_on, follow_up_action, followed_up_on, operator"),
    newest("segment", "name, filter"),
    newest(
        "payment_method",
        "customer_id, kind, brand, last_four, expires_year, expires_month, processor, token, mandate_reference, mandate_on, \
         is_default, added_on, removed_on",
    ),
    newest("product", "name, category, version"),
    newest("variant", "product_id, name, colour, price_minor, currency, tax_ppm, is_offered, version"),
    newest("asset", "variant_id, serial, cost_minor, currency, state, bought_on, version"),
    newest("rental_order", "customer_id, currency, ordered_on, status, billing_address_id, note, version"),
    newest(
        "order_item",
        "order_id, currency, position, variant_id, quantity, asset_id, months, frequency, start_on, anchor_day, price_minor, \
         tax_ppm, deposit_minor, shipping_address_id",
    ),
    newest(
        "subscription",
        "order_id, order_item_id, customer_id, currency, variant_id, asset_id, previous_id, shipping_address_id, status, \
         frequency, start_on, end_on, anchor_day, price_minor, tax_ppm, activated_on, ended_on, end_reason, agreed_end_on, \
         price_basis, next_index, next_start_on, version",
    ),
    newest("price_change", "subscription_id, from_on, price_minor"),
    newest("pause", "subscription_id, from_on, to_on"),
    newest("asset_replacement", "subscription_id, old_asset_id, new_asset_id, replaced_on, reason"),
    newest(
        "outbox_message",
        "dedup_key, kind, channel, customer_id, group_id, invoice_id, state, recipient, subject, body, attachment, message_id, \
         queued_at, next_try_at, try_count, sent_at, last_error, credit_note_id",
    ),
];
