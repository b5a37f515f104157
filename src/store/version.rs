//! The version of the schema, and the steps that lead to it from older ones.

/// One step: from the version before to this one.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The version it leads to.
    pub to: i64,
    /// Its name, for the log.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// The steps, oldest first: `migrations/NNNN_name.sql`, never edited once released. Version 1 is the first
/// `schema.sql`; the commit that adds step 2 freezes that text as `migrations/0001_schema.sql` for the test below.
pub const MIGRATIONS: &[Migration] = &[];

/// The version of the schema of today.
pub const VERSION: i64 = match MIGRATIONS.last() {
    Some(step) => step.to,
    None => 1,
};
