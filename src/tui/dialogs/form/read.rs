//! Reading the fields of a form: each through a parser, all errors kept, each with the name of its field.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::typed;
use crate::tui::format::sentence;
use crate::tui::widgets::inputs::{Field, Kind};

/// How a value that was read is written back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tidy {
    /// As this text.
    Text(String),
    /// As this day.
    Day(NaiveDate),
}

impl Tidy {
    /// Writes it into the field, unless it stands there already.
    pub fn put(self, field: &mut Field) {
        match self {
            Self::Text(text) if field.value() != text => field.fill(&text),
            Self::Text(_) => {}
            Self::Day(day) => field.set_day(day),
        }
    }
}

/// Errors as name of the field and sentence.
type Errors = Vec<(String, String)>;

/// The fields of a form, to be read.
#[derive(Debug)]
pub struct Read<'a> {
    fields: &'a [Field],
    errors: Errors,
    tidy: Vec<(String, Tidy)>,
}

impl<'a> Read<'a> {
    /// Nothing is read yet.
    pub const fn new(fields: &'a [Field]) -> Self {
        Self { fields, errors: Vec::new(), tidy: Vec::new() }
    }

    /// The errors, and how to write what was read.
    pub fn into_parts(self) -> (Errors, Vec<(String, Tidy)>) {
        (self.errors, self.tidy)
    }

    fn field(&self, name: &str) -> Option<&'a Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What stands in a field, as it stands there.
    pub fn text(&self, name: &str) -> String {
        self.field(name).map(Field::value).unwrap_or_default()
    }

    /// Whether a check box is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.field(name).is_some_and(|field| matches!(field.kind, Kind::Check(true)))
    }

    /// Refuses a field for a reason of the form's own.
    pub fn refuse(&mut self, name: &str, why: impl Display) {
        self.errors.push((name.to_owned(), sentence(&why.to_string())));
    }

    /// Reads a field through a parser of the domain, whose message stands under the field when it refuses.
    pub fn parse<T, E: Display>(&mut self, name: &str, parser: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        parser(&self.text(name)).map_err(|why| self.refuse(name, why)).ok()
    }

    /// As [`Read::parse`], and writes the value back the way `show` does.
    pub fn parse_shown<T, E: Display>(
        &mut self,
        name: &str,
        parser: impl FnOnce(&str) -> Result<T, E>,
        show: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        let value = self.parse(name, parser)?;
        self.tidy.push((name.to_owned(), Tidy::Text(show(&value))));
        Some(value)
    }

    /// As [`Read::parse`]; an empty field is nothing.
    pub fn optional<T, E: Display>(
        &mut self,
        name: &str,
        parser: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        if self.text(name).is_empty() { Some(None) } else { self.parse(name, parser).map(Some) }
    }

    /// A text that must not be empty.
    pub fn required(&mut self, name: &str) -> Option<String> {
        let text = self.text(name);
        if text.is_empty() {
            let label = self.field(name).map_or_else(String::new, |field| field.label.to_lowercase());
            self.refuse(name, format!("Please fill in: {label}."));
            return None;
        }
        Some(text)
    }

    /// The key of the value chosen from a list, as the type it is: `read.chosen::<CustomerId>("customer")`.
    pub fn chosen<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let field = self.field(name)?;
        let text = match &field.kind {
            Kind::Lookup { key, .. } => key.clone(),
            Kind::Choice { .. } => field.item().map(|item| item.key.clone()),
            _ => Some(field.value()),
        };
        let value = text.and_then(|text| text.parse().ok());
        if value.is_none() {
            self.refuse(name, "Choose one from the list: type a part of it, or press F4.");
        }
        value
    }

    /// The value chosen from a list, if any was; an empty field is nothing.
    pub fn chosen_if_any<T: FromStr>(&mut self, name: &str) -> Option<Option<T>> {
        if self.text(name).is_empty() { Some(None) } else { self.chosen(name).map(Some) }
    }

    /// Reads a date as the shop writes it; what `+`, `t` and the like put there is one already.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let field = self.field(name)?;
        let Kind::Date { line, day, today, style } = &field.kind else { return None };
        if let Some(day) = day {
            return Some(*day);
        }
        let read = typed::date(line.text(), style.date, *today).map_err(|why| self.refuse(name, why)).ok()?;
        self.tidy.push((name.to_owned(), Tidy::Day(read)));
        Some(read)
    }

    /// As [`Read::date`]; an empty field is nothing.
    pub fn date_if_any(&mut self, name: &str) -> Option<Option<NaiveDate>> {
        if self.text(name).is_empty() { Some(None) } else { self.date(name).map(Some) }
    }

    /// Reads an amount as the shop writes it.
    pub fn amount(&mut self, name: &str, style: Style, currency: Currency) -> Option<Money> {
        let parser = |text: &str| typed::amount(text, style.number, currency);
        self.parse_shown(name, parser, |money| style.amount(*money))
    }

    /// As [`Read::amount`]; an empty field is nothing.
    pub fn amount_if_any(&mut self, name: &str, style: Style, currency: Currency) -> Option<Option<Money>> {
        if self.text(name).is_empty() { Some(None) } else { self.amount(name, style, currency).map(Some) }
    }
}
