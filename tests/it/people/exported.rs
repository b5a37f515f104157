//! Everything held on a customer: each table that has a row of theirs stands in the export.

use std::collections::{BTreeMap, BTreeSet};

use rentbook::domain::id::CustomerId;
use rentbook::services::Desk;
use rentbook::services::reads::dossier;

/// Tables of a customer's rows that are told elsewhere, each with where.
const ELSEWHERE: &[(&str, &str)] = &[("activity_text", "the text of its activity")];

/// Parents that belong to many: what points to them is not a customer's because of it.
const SHARED: [&str; 1] = ["activity"];

/// Each table that hangs on a customer, with the column by which it does and what that points to.
fn hanging(desk: &Desk) -> BTreeMap<String, (String, String)> {
    let edges: Vec<(String, String, String)> = desk
        .read(|db| {
            db.all(
                "SELECT m.name, f.\"table\", f.\"from\" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f \
                 JOIN pragma_table_info(m.name) c ON c.name = f.\"from\" \
                 WHERE m.type = 'table' AND (f.\"to\" = 'id' OR f.\"to\" IS NULL) \
                 ORDER BY f.\"table\" <> 'customer', c.\"notnull\" = 0, m.name, f.\"from\"",
                &[],
                |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?)),
            )
        })
        .unwrap();
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    loop {
        let next = edges.iter().find(|(child, parent, _)| {
            let is_known = parent == "customer" || found.contains_key(parent);
            is_known && child != "customer" && !found.contains_key(child) && !SHARED.contains(&parent.as_str())
        });
        let Some((child, parent, column)) = next else { return found };
        found.insert(child.clone(), (column.clone(), parent.clone()));
    }
}

fn rows_of(table: &str, hanging: &BTreeMap<String, (String, String)>) -> String {
    match hanging.get(table) {
        None => "id = ?1 OR root_id = ?1".to_owned(),
        Some((column, parent)) => format!("{column} IN (SELECT id FROM {parent} WHERE {})", rows_of(parent, hanging)),
    }
}

// F68: a new table that hangs on a customer fails here until it is exported or named above.
#[test]
fn every_table_with_a_row_of_a_customer_is_in_its_export() {
    let folder = tempfile::tempdir().unwrap();
    let desk = crate::demo::demo(&folder, "exported.db", 14, 8, 3);
    let hanging = hanging(&desk);
    assert!(hanging.len() > 20, "the walk finds the tables: {hanging:?}");
    let customers =
        desk.read(|db| db.all("SELECT id FROM customer WHERE merged_into IS NULL", &[], |row| row.int(0))).unwrap();
    let mut with_rows = BTreeSet::new();
    for id in customers {
        let sections = desk.read(|db| dossier(db, CustomerId(id))).unwrap();
        for table in hanging.keys().filter(|table| ELSEWHERE.iter().all(|(name, _)| name != table)) {
            let told: usize = sections.iter().filter(|part| part.table == table).map(|part| part.rows.len()).sum();
            assert!(sections.iter().any(|part| part.table == table), "{table} is not exported");
            let count = format!("SELECT COUNT(*) FROM {table} WHERE {}", rows_of(table, &hanging));
            let held = desk.read(|db| db.one(&count, &[id.into()], |row| row.int(0))).unwrap().unwrap_or(0);
            assert!(
                i64::try_from(told).unwrap() >= held,
                "customer {id}: {held} rows of {table} are held, {told} exported"
            );
            if held > 0 {
                with_rows.insert(table.clone());
            }
        }
    }
    let lives = ["deposit", "credit_note", "credit_note_line", "allocation", "charge_attempt", "order_item", "refund"];
    for table in lives {
        assert!(with_rows.contains(table), "no row of {table} was looked at: {with_rows:?}");
    }
}
