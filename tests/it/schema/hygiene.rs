//! How the schema is written.

use rentbook::domain::customer::CustomerKind;
use rentbook::domain::format::{DateStyle, NumberStyle};
use rentbook::domain::frequency::Frequency;
use rentbook::domain::method::Method;
use rentbook::domain::status::{
    AssetState, AttemptState, DepositState, EndReason, InvoiceKind, InvoiceState, OrderStatus, OutboxState,
    PaymentKind, PaymentStatus, ReceiptState, SubscriptionStatus,
};
use rentbook::domain::tax::{PriceBasis, TaxScope, TaxTreatment};
use rentbook::store::SCHEMA;

use super::book::BOOK;
use super::text::Kind;

/// Every column that may be empty, by table. All others always hold a value.
const MAY_BE_EMPTY: &[(&str, &str)] = &[
    ("activity", "customer_id text_digest undoes_id"),
    ("address", "to_on"),
    ("allocation", "credit_note_id receipt_id reverses_id"),
    ("asset", "bought_on"),
    ("bank_line", "receipt_id"),
    ("bank_statement", "closing_minor from_on opening_minor to_on"),
    ("billing_group", "last_billed_on"),
    ("charge_attempt", "decline_kind decline_reason offset_days payment_method_id receipt_id"),
    ("collection_policy", "late_fee_cap_minor limit_after_days suspend_after_days terminate_after_days"),
    ("collection_step", "fee_invoice_id"),
    (
        "customer",
        "closed_on erased_on group_id merged_into prefers_channel prefers_frequency prefers_method prefers_months",
    ),
    ("customer", "root_id terms_days"),
    ("deposit", "activity_id closed_on"),
    ("dispute", "closed_on outcome"),
    ("font", "place"),
    ("group_membership", "left_on"),
    (
        "invoice",
        "about_id account_credited_minor account_minor account_received_minor customer_id group_id letterhead_id number number_seq number_year overdue_on voided_on",
    ),
    ("known_payer", "customer_id group_id"),
    ("note", "follow_up_on followed_up_on"),
    ("operator", "pin_hash"),
    ("order_item", "asset_id shipping_address_id"),
    ("outbox_message", "attachment credit_note_id customer_id group_id invoice_id next_try_at sent_at"),
    ("pass_state", "last_run_at last_run_on lease_holder lease_until_at"),
    ("pause", "to_on"),
    ("payment", "group_id invoice_id line method paid_on period_end_on period_index period_start_on subscription_id"),
    ("payment_change", "reverses_id"),
    ("payment_method", "expires_month expires_year mandate_on removed_on"),
    ("period_ahead", "price_minor"),
    ("receipt", "cleared_on customer_id group_id"),
    ("refund", "credit_note_id payment_id reverses_id"),
    ("rental_order", "billing_address_id"),
    ("shop", "high_value_minor locked_until_on logo"),
    (
        "subscription",
        "activated_on agreed_end_on asset_id end_reason ended_on next_start_on previous_id shipping_address_id",
    ),
    ("tax_change", "applied_on"),
];

/// Foreign keys no index begins with, and why nothing is slow by it.
const NOT_INDEXED: &[(&str, &str)] = &[
    ("asset_replacement new_asset_id", KEPT),
    ("asset_replacement subscription_id", KEPT),
    ("bank_line statement_id", KEPT),
    ("bank_statement activity_id", KEPT),
    ("charge_attempt payment_method_id", KEPT),
    ("charge_attempt receipt_id", KEPT),
    ("credit_note letterhead_id", KEPT),
    ("deposit activity_id", KEPT),
    ("invoice letterhead_id", KEPT),
    ("known_payer customer_id", KEPT),
    ("known_payer group_id", KEPT),
    ("order_item asset_id", KEPT),
    ("order_item shipping_address_id", ERASED),
    ("order_item variant_id", KEPT),
    ("outbox_message credit_note_id", KEPT),
    ("outbox_message group_id", KEPT),
    ("rental_order billing_address_id", ERASED),
    ("subscription order_item_id", "found by its order, the second column of the key"),
    ("subscription previous_id", KEPT),
    ("subscription shipping_address_id", ERASED),
];

const KEPT: &str = "what it points to is never deleted and never changes its key";
const ERASED: &str = "an address is deleted only when a customer is erased";

/// Text columns whose name says number or date and means the mail's own word.
const WORDS_OF_OTHERS: &[&str] = &["outbox_message.message_id"];

const COLUMNS: &str = "FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'";

fn texts(sql: &str) -> Vec<String> {
    let book = BOOK.bare();
    let mut statement = book.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_table_is_strict() {
    none(&texts(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 \
         AND name NOT LIKE 'sqlite%'",
    ));
}

#[test]
fn a_column_holds_a_value_unless_it_is_in_the_list() {
    let empty = format!("SELECT t.name || ' ' || c.name {COLUMNS} AND c.\"notnull\" = 0 AND c.pk = 0 ORDER BY 1");
    let listed = MAY_BE_EMPTY
        .iter()
        .flat_map(|(table, columns)| columns.split_whitespace().map(move |column| format!("{table} {column}")));
    assert_eq!(texts(&empty), listed.collect::<Vec<_>>());
}

#[test]
fn every_table_has_a_key() {
    none(&texts(&format!("SELECT t.name {COLUMNS} GROUP BY t.name HAVING SUM(c.pk) = 0")));
    let nullable =
        format!("SELECT t.name || ' ' || c.name {COLUMNS} AND c.pk > 0 AND c.\"notnull\" = 0 AND c.name <> 'id'");
    assert_eq!(
        texts(&nullable),
        ["change seq", "activity_text activity_id"],
        "an integer key of its own is never empty"
    );
}

#[test]
fn what_points_to_a_row_is_found_without_reading_all() {
    let keys = "SELECT t.name || ' ' || k.\"from\" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) k \
        WHERE t.schema = 'main' AND k.seq = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) i \
        JOIN pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = k.\"from\") \
        AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = k.\"from\" AND c.pk = 1) ORDER BY 1";
    assert_eq!(texts(keys), NOT_INDEXED.iter().map(|(key, _)| (*key).to_owned()).collect::<Vec<_>>());
}

#[test]
fn a_name_says_what_a_column_holds() {
    let mut wrong = Vec::new();
    for column in texts(&format!("SELECT t.name || '.' || c.name || ' ' || c.type {COLUMNS}")) {
        let (name, holds) = column.split_once(' ').unwrap();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let short = name.split_once('.').unwrap().1;
        let is_number = ends(&[
            "_minor", "_ppm", "_milli", "_count", "_days", "_day", "_year", "_month", "_months", "_seq", "_index",
            "_id", ".id", ".version",
        ]) || short.starts_with("is_")
            || short.starts_with("has_");
        let is_moment = ends(&["_on", "_at"]);
        let is_listed = WORDS_OF_OTHERS.contains(&name);
        if (is_number && holds != "INTEGER" && !is_listed) || (is_moment && holds != "TEXT") {
            wrong.push(column.clone());
        }
    }
    none(&wrong);
}

#[test]
fn every_date_is_checked_and_every_checked_date_is_named_so() {
    let mut wrong = Vec::new();
    for table in BOOK.schema.iter().filter(|statement| statement.kind == Kind::Table) {
        for column in &BOOK.words.columns[&table.name] {
            let is_checked = table.sql.contains(&format!("CHECK ({column} IS date({column}))"));
            if is_checked != column.ends_with("_on") {
                wrong.push(format!("{}.{column}", table.name));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_record_with_a_version_is_saved_on_top_of_the_one_that_was_read() {
    let versioned = texts(&format!("SELECT t.name {COLUMNS} AND c.name = 'version'"));
    let guarded = |table: &&String| {
        BOOK.schema.iter().any(|statement| {
            statement.kind == Kind::Trigger && statement.table == **table && statement.name.ends_with("_version")
        })
    };
    none(&versioned.iter().filter(|table| !guarded(table)).cloned().collect::<Vec<_>>());
    assert!(versioned.len() >= 11);
}

/// The words a column is checked to hold: `x IN ('a', 'b')`, or `x = 'a' OR x = 'b'` where rows are written by the thousand.
fn words(table: &str, column: &str) -> Vec<String> {
    let sql = &BOOK.schema.iter().find(|statement| statement.name == table).unwrap().sql;
    let words = |list: &str, joint: &str| {
        list.split(joint)
            .map(|word| word.trim().strip_prefix('\'').unwrap().strip_suffix('\'').unwrap().to_owned())
            .collect()
    };
    let check = |start: &str| sql.split_once(&format!("CHECK ({column} {start}")).map(|(_, rest)| rest);
    if let Some((list, _)) = check("IN (").and_then(|rest| rest.split_once(')')) {
        return words(list, ",");
    }
    let (list, _) = check("= ").and_then(|rest| rest.split_once(')')).unwrap_or_else(|| panic!("{table}.{column}"));
    words(list, &format!(" OR {column} = "))
}

#[test]
fn the_schema_knows_the_words_of_the_domain_and_no_others() {
    macro_rules! same {
        ($($table:literal $column:literal $words:ident;)+) => {$(
            let domain: Vec<&str> = $words::ALL.iter().map(|word| word.code()).collect();
            assert_eq!(words($table, $column), domain, concat!($table, ".", $column));
        )+};
    }
    same! {
        "customer" "kind" CustomerKind;
        "customer" "prefers_frequency" Frequency;
        "customer" "prefers_method" Method;
        "payment_method" "kind" Method;
        "asset" "state" AssetState;
        "rental_order" "status" OrderStatus;
        "order_item" "frequency" Frequency;
        "subscription" "status" SubscriptionStatus;
        "subscription" "frequency" Frequency;
        "subscription" "end_reason" EndReason;
        "invoice" "state" InvoiceState;
        "invoice" "kind" InvoiceKind;
        "invoice" "tax_treatment" TaxTreatment;
        "customer" "tax_treatment" TaxTreatment;
        "payment" "status" PaymentStatus;
        "payment" "kind" PaymentKind;
        "payment" "method" Method;
        "deposit" "state" DepositState;
        "receipt" "state" ReceiptState;
        "receipt" "method" Method;
        "allocation" "status_after" PaymentStatus;
        "charge_attempt" "state" AttemptState;
        "outbox_message" "state" OutboxState;
        "shop" "number_style" NumberStyle;
        "shop" "date_style" DateStyle;
        "shop" "price_basis" PriceBasis;
        "shop" "tax_scope" TaxScope;
    }
}

#[test]
fn what_a_trigger_says_reads_in_the_middle_of_a_sentence() {
    let mut wrong = Vec::new();
    for said in SCHEMA.split("RAISE(ABORT, '").skip(1) {
        let said = said.replace("''", "’");
        let (said, _) = said.split_once('\'').unwrap();
        if !said.starts_with(|c: char| c.is_lowercase()) || said.ends_with('.') || said.len() > 110 {
            wrong.push(said.to_owned());
        }
    }
    none(&wrong);
}

#[test]
fn comments_fit_a_screen() {
    let long = SCHEMA.lines().filter(|line| line.starts_with("--") && line.chars().count() > 130);
    none(&long.map(str::to_owned).collect::<Vec<_>>());
    none(&SCHEMA.lines().filter(|line| line.ends_with(' ')).map(str::to_owned).collect::<Vec<_>>());
}
