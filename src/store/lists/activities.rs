//! The list of what was done: the activity log, newest first.

use super::activity_rows::{ActivityRow, by_id};
use crate::domain::id::ActivityId;
use crate::domain::log::Log;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::{Among, Cond, On, listed, named, pattern};
use crate::store::query::meant;
use crate::store::query::page::{Cursor, Key, Page, Slice};
use crate::store::query::sql::List;

/// Which steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Steps {
    /// What people did.
    #[default]
    Done,
    /// What can still be taken back.
    Undoable,
    /// What the pass did too.
    All,
}

/// Which rows of the log.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ActivityFilter {
    /// Its number, who did it, what was done, whom or which invoice it was about, a word of its text.
    pub query: String,
    pub steps: Steps,
}

impl ActivityRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.id.0)])
    }
}

/// One page of the log, newest first.
pub fn activities(db: &Db, filter: &ActivityFilter, page: &Page) -> Result<Slice<ActivityRow>> {
    let found = list(db, filter)?.page(db, page)?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for found in &found.rows {
        rows.extend(by_id(db, ActivityId(found.id))?);
    }
    Ok(found.with(rows))
}

/// How many rows there are.
pub fn activities_count(db: &Db, filter: &ActivityFilter) -> Result<i64> {
    list(db, filter)?.count(db)
}

fn list(db: &Db, filter: &ActivityFilter) -> Result<List> {
    let mut conds = Vec::new();
    let codes = Log::OF_THE_PASS.iter().map(|log| format!("'{}'", log.code())).collect::<Vec<_>>().join(", ");
    match filter.steps {
        Steps::Done => conds.push(Cond::plain(format!("a.action NOT IN ({codes})"))),
        Steps::Undoable => conds
            .push(Cond::plain("a.is_undoable = 1 AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)")),
        Steps::All => {}
    }
    conds.extend(typed(db, &filter.query)?);
    let order = vec![("a.id", true)];
    Ok(List { table: "activity a", from: "activity a", joined: None, conds, order, reverse: false, rank: None })
}

fn typed(db: &Db, query: &str) -> Result<Option<Cond>> {
    let Some(typed) = meant::read(db, query)? else { return Ok(None) };
    let mut ways: Vec<Cond> = typed.run.map(|id| Cond::new("a.id = ?", vec![id.into()])).into_iter().collect();
    if !typed.numbers.is_empty() {
        let number = pattern(query.trim());
        let select = "SELECT 'invoice:' || n.id FROM invoice n WHERE n.number LIKE ? ESCAPE '\\' \
            UNION ALL SELECT 'payment:' || y.id FROM payment y JOIN invoice n ON n.id = y.invoice_id WHERE n.number LIKE ? ESCAPE '\\'";
        ways.push(Cond::new(format!("a.subject IN ({select})"), vec![number.clone().into(), number.into()]));
    }
    ways.extend(typed.order.map(|id| Cond::new("a.subject = ?", vec![format!("order:{id}").into()])));
    ways.extend(typed.subscription.map(|id| Cond::new("a.subject = ?", vec![format!("subscription:{id}").into()])));
    if !typed.words.is_empty() {
        let has = |log: &&Log| {
            let words = log.words().to_lowercase();
            typed.words.iter().all(|word| words.contains(&word.plain))
        };
        ways.push(listed("a.action", Log::ALL.iter().filter(has).map(|log| log.code())));
        ways.push(named("LOWER(a.operator)", &typed.words));
        ways.push(Among::people(On::Customer, &typed.words).cond("a.customer_id"));
        let group = named("g.search_key", &typed.words);
        let select = format!("SELECT 'group:' || g.id FROM billing_group g WHERE {}", group.sql);
        ways.push(Cond::new(format!("a.subject IN ({select})"), group.values));
        let note = named("LOWER(n.summary)", &typed.words);
        let select = format!("SELECT 'note:' || n.id FROM note n WHERE {}", note.sql);
        ways.push(Cond::new(format!("a.subject IN ({select})"), note.values));
        let text = named("LOWER(t.text)", &typed.words);
        ways.push(Cond::new(
            format!("a.id IN (SELECT t.activity_id FROM activity_text t WHERE {})", text.sql),
            text.values,
        ));
    }
    Ok(Some(Cond::any(ways)))
}
