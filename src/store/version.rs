//! The version of the schema, and the steps that lead to it from older ones.

/// One step: from the version before to this one.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The version it leads to.
    pub to: i64,
    /// Its name, for the log.
    pub name: &'static str,
    pub sql: &'static str,
}

/// The steps, oldest first: `migrations/NNNN_name.sql`, never edited once released. Whoever changes `schema.sql` writes
/// the step beside it. `migrations/0001_schema.sql` is the first schema, for the tests. A step may use `fold`, the
/// program's own folding of text.
pub const MIGRATIONS: &[Migration] = &[
    Migration { to: 2, name: "0002_what_goes_back", sql: include_str!("migrations/0002_what_goes_back.sql") },
    Migration {
        to: 3,
        name: "0003_what_the_counter_found",
        sql: include_str!("migrations/0003_what_the_counter_found.sql"),
    },
    Migration { to: 4, name: "0004_what_a_shop_chooses", sql: include_str!("migrations/0004_what_a_shop_chooses.sql") },
];

/// The version of the schema of today.
pub const VERSION: i64 = match MIGRATIONS.last() {
    Some(step) => step.to,
    None => 1,
};
