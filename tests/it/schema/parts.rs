//! One rule of a statement left out: what the schema would be without it.

use super::script::{at_top, is_word};
use super::text::{Kind, Statement};

/// What a mutant leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// A whole rule: a check, a key, a trigger.
    Rule,
    /// A part of one: an alternative of a condition, a frozen column, a step of a trigger.
    Part,
    /// A condition under which a trigger speaks: it speaks too often.
    Condition,
}

/// A statement with something left out.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub name: String,
    pub without: Without,
    /// What stands in its place; nothing where all of it is gone.
    pub sql: String,
}

fn mutant(without: Without, name: String, sql: String) -> Mutant {
    Mutant { name: name.split_whitespace().collect::<Vec<_>>().join(" "), without, sql }
}

/// Every mutant of a statement.
pub fn mutants(statement: &Statement) -> Vec<Mutant> {
    match statement.kind {
        Kind::Table => of_table(statement),
        Kind::UniqueIndex => vec![mutant(Without::Rule, statement.name.clone(), String::new())],
        Kind::Index => Vec::new(),
        Kind::Trigger => of_trigger(statement),
    }
}

/// Whether a column is never empty is told by a list elsewhere, so `NOT NULL` and `PRIMARY KEY` stay.
fn of_table(statement: &Statement) -> Vec<Mutant> {
    let sql = &statement.sql;
    let (open, close) = (sql.find('(').unwrap(), sql.rfind(')').unwrap());
    let items = at_top(&sql[open + 1..close], ',');
    let with = |changed: &[String]| format!("{}{}{}", &sql[..=open], changed.join(", "), &sql[close..]);
    let mut found = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let rest = || items.iter().map(|item| (*item).to_owned());
        let put = |new: String| {
            with(&rest().enumerate().map(|(n, old)| if n == at { new.clone() } else { old }).collect::<Vec<_>>())
        };
        let first = item.split(|c| !is_word(c)).next().unwrap_or_default();
        let place = format!("{}.{first}", statement.name);
        if ["CHECK", "UNIQUE", "FOREIGN", "PRIMARY"].contains(&first) {
            let left: Vec<String> = rest().enumerate().filter(|(n, _)| *n != at).map(|(_, old)| old).collect();
            if first != "PRIMARY" {
                found.push(mutant(Without::Rule, format!("{}: {item}", statement.name), with(&left)));
            }
        } else {
            for word in ["UNIQUE", "REFERENCES"] {
                let Some(start) = item.find(&format!(" {word}")) else { continue };
                let end = if word == "UNIQUE" { start + 7 } else { start + item[start..].find(')').unwrap() + 1 };
                let left = format!("{}{}", &item[..start], &item[end..]);
                found.push(mutant(Without::Rule, format!("{place}: {}", &item[start + 1..end]), put(left)));
            }
        }
        for (start, _) in item.match_indices("CHECK (") {
            let inner = inside(&item[start..]);
            let end = start + "CHECK (".len() + inner.len() + 1;
            if first != "CHECK" {
                let left = format!("{}{}", &item[..start], &item[end..]);
                found.push(mutant(Without::Rule, format!("{place}: {}", &item[start..end]), put(left)));
            }
            for (part, left) in less_one(inner, "AND") {
                let name = format!("{place}: CHECK of {inner} without {part}");
                found.push(mutant(
                    Without::Part,
                    name,
                    put(format!("{}CHECK ({left}){}", &item[..start], &item[end..])),
                ));
            }
        }
    }
    found
}

/// A table with every check left out: it holds anything.
pub fn without_checks(statement: &Statement) -> String {
    let sql = &statement.sql;
    let (open, close) = (sql.find('(').unwrap(), sql.rfind(')').unwrap());
    let unchecked = |item: &str| {
        let mut left = item.to_owned();
        while let Some(start) = left.find("CHECK (") {
            let end = start + "CHECK (".len() + inside(&left[start..]).len() + 1;
            left.replace_range(start..end, "");
        }
        left
    };
    let items: Vec<String> = at_top(&sql[open + 1..close], ',').into_iter().map(unchecked).collect();
    let kept: Vec<&str> = items.iter().map(String::as_str).filter(|item| !item.trim().is_empty()).collect();
    format!("{}{}{}", &sql[..=open], kept.join(", "), &sql[close..])
}

/// What stands in the first parentheses of a text.
fn inside(text: &str) -> &str {
    let open = text.find('(').unwrap();
    let mut depth = 0;
    for (at, c) in text.char_indices().skip(open) {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return &text[open + 1..at];
        }
    }
    panic!("a parenthesis stays open: {text}");
}

/// A condition without each of its parts in turn: the part, and what is left. Nothing where it has one part only.
fn less_one(condition: &str, word: &str) -> Vec<(String, String)> {
    let parts = joined_by(condition, word);
    if parts.len() == 1 {
        return Vec::new();
    }
    let left = |gone: usize| {
        let kept: Vec<&str> = parts.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, part)| *part).collect();
        kept.join(&format!(" {word} "))
    };
    (0..parts.len()).map(|gone| (parts[gone].to_owned(), left(gone))).collect()
}

/// The parts of a condition joined by a word outside parentheses, quotes, CASE and BETWEEN.
fn joined_by<'t>(condition: &'t str, joint: &str) -> Vec<&'t str> {
    let (mut parts, mut start, mut depth, mut cases, mut between) = (Vec::new(), 0, 0, 0, false);
    for (at, token) in tokens(condition) {
        match token {
            "(" => depth += 1,
            ")" => depth -= 1,
            "CASE" => cases += 1,
            "END" => cases -= 1,
            _ if depth > 0 || cases > 0 => {}
            "BETWEEN" => between = true,
            "AND" if between => between = false,
            _ if token == joint => {
                parts.push(condition[start..at].trim());
                start = at + joint.len();
            }
            _ => {}
        }
    }
    parts.push(condition[start..].trim());
    parts
}

/// Words, quoted texts and single signs, each with its place.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            '\'' => text[at + 1..].find('\'').map_or(text.len() - at, |end| end + 2),
            _ if is_word(c) => text[at..].find(|c| !is_word(c)).unwrap_or(text.len() - at),
            _ => c.len_utf8(),
        };
        found.push((at, &text[at..at + length]));
        at += length;
    }
    found
}

/// A trigger taken apart: `CREATE TRIGGER name BEFORE UPDATE OF columns ON table`, `WHEN condition`, its steps.
struct Trigger<'t> {
    head: &'t str,
    columns: Vec<&'t str>,
    table: &'t str,
    condition: Option<&'t str>,
    steps: Vec<&'t str>,
}

impl<'t> Trigger<'t> {
    fn new(sql: &'t str) -> Self {
        let (when, body) = sql.split_once("BEGIN").unwrap();
        let (on, condition) = match when.split_once("WHEN") {
            Some((on, condition)) => (on, Some(condition.trim())),
            None => (when, None),
        };
        let (head, table) = on.rsplit_once(" ON ").unwrap();
        let (head, columns) =
            head.split_once("UPDATE OF").map_or((head, Vec::new()), |(head, columns)| (head, at_top(columns, ',')));
        let steps = at_top(body.trim().trim_end_matches("END"), ';');
        Self {
            head,
            columns,
            table: table.trim(),
            condition,
            steps: steps.into_iter().filter(|step| !step.is_empty()).collect(),
        }
    }

    fn sql(&self) -> String {
        let columns =
            if self.columns.is_empty() { String::new() } else { format!("UPDATE OF {}", self.columns.join(", ")) };
        let condition = self.condition.map(|condition| format!("WHEN {condition}")).unwrap_or_default();
        format!("{}{columns} ON {} {condition} BEGIN {}; END", self.head, self.table, self.steps.join("; "))
    }
}

fn of_trigger(statement: &Statement) -> Vec<Mutant> {
    let whole = || Trigger::new(&statement.sql);
    let name = |what: String| format!("{}: {what}", statement.name);
    let mut found = vec![mutant(Without::Rule, statement.name.clone(), String::new())];
    let columns = whole().columns;
    for gone in columns.iter().filter(|_| columns.len() > 1) {
        let left = columns.iter().copied().filter(|column| column != gone).collect();
        let sql = Trigger { columns: left, ..whole() }.sql();
        found.push(mutant(Without::Part, name(format!("not of {gone}")), sql));
    }
    if let Some(condition) = whole().condition {
        for (part, left) in less_one(condition, "OR") {
            let sql = Trigger { condition: Some(&left), ..whole() }.sql();
            found.push(mutant(Without::Part, name(format!("without {part}")), sql));
        }
        if joined_by(condition, "OR").len() == 1 {
            for (part, left) in less_one(condition, "AND") {
                let sql = Trigger { condition: Some(&left), ..whole() }.sql();
                found.push(mutant(Without::Condition, name(format!("whether or not {part}")), sql));
            }
        }
        let sql = Trigger { condition: None, ..whole() }.sql();
        found.push(mutant(Without::Condition, name("always".to_owned()), sql));
    }
    let steps = whole().steps;
    for (at, step) in steps.iter().enumerate() {
        let with = |new: Option<&str>| {
            let left = steps.iter().enumerate().filter_map(|(n, old)| if n == at { new } else { Some(*old) }).collect();
            Trigger { steps: left, ..whole() }.sql()
        };
        if steps.len() > 1 {
            found.push(mutant(Without::Part, name(format!("does not {step}")), with(None)));
        }
        let Some((raise, reason)) = step.split_once(" WHERE ").or_else(|| step.split_once("\n   WHERE ")) else {
            continue;
        };
        if !raise.starts_with("SELECT RAISE(") {
            continue;
        }
        for (part, left) in less_one(reason, "OR") {
            let sql = with(Some(&format!("{raise} WHERE {left}")));
            found.push(mutant(Without::Part, name(format!("does not mind {part}")), sql));
        }
    }
    found
}

#[test]
fn a_condition_comes_apart_at_its_joints_alone() {
    let parts = |text| joined_by(text, "AND");
    assert_eq!(
        parts("a BETWEEN 1 AND 2 AND (b AND c) AND d = ' AND '"),
        ["a BETWEEN 1 AND 2", "(b AND c)", "d = ' AND '"]
    );
    assert_eq!(parts("CASE WHEN a AND b THEN 1 END AND c"), ["CASE WHEN a AND b THEN 1 END", "c"]);
    let left: Vec<String> = less_one("a OR b OR c", "OR").into_iter().map(|(_, left)| left).collect();
    assert_eq!(left, ["b OR c", "a OR c", "a OR b"]);
    assert!(less_one("a AND b", "OR").is_empty());
}
