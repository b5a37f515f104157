//! The period of a report: a month, a quarter, a year, twelve months, or any days; its currency and its segment.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Field, Form, Item, Read, segments};
use crate::domain::calendar::add_months;
use crate::domain::format::Style;
use crate::tui::desk::Desk;
use crate::tui::desk::reads::SegmentRow;
use crate::tui::reply::{Answer, Reply};

/// Under this name the answer comes back.
pub const ASKED: &str = "period";

/// How long a period is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Span {
    /// One month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Twelve months, whichever the last is.
    Twelve,
    /// A calendar year.
    Year,
    /// Any days.
    Days,
}

/// Code and words of each span.
const SPANS: [(&str, &str, Span); 5] = [
    ("month", "one month", Span::Month),
    ("quarter", "a quarter", Span::Quarter),
    ("twelve", "twelve months", Span::Twelve),
    ("year", "a calendar year", Span::Year),
    ("days", "from day to day", Span::Days),
];

impl Span {
    /// Its months; none where it is days.
    const fn months(self) -> Option<i32> {
        match self {
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Twelve | Self::Year => Some(12),
            Self::Days => None,
        }
    }

    fn code(self) -> &'static str {
        SPANS.iter().find(|(_, _, span)| *span == self).map_or("", |(code, ..)| code)
    }
}

/// A period: its first and its last day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Between {
    /// How long it is.
    pub span: Span,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Between {
    /// The period of that length that holds `day`; twelve months end with its month.
    pub fn holding(span: Span, day: NaiveDate) -> Self {
        let month = day.with_day(1).unwrap_or(day);
        let back = match span {
            Span::Month => 0,
            Span::Quarter => day.month0() % 3,
            Span::Twelve => 11,
            Span::Year => day.month0(),
            Span::Days => return Self { span, from: month, to: day },
        };
        let from = moved(month, -i32::try_from(back).unwrap_or(0));
        Self { span, from, to: Self::last_of(from, span.months().unwrap_or(1)) }
    }

    fn last_of(from: NaiveDate, months: i32) -> NaiveDate {
        moved(from, months).pred_opt().unwrap_or(from)
    }

    /// The period so many of its own lengths later.
    pub fn shifted(self, steps: i32) -> Self {
        match self.span.months() {
            Some(months) => {
                let from = moved(self.from, steps.saturating_mul(months));
                Self { from, to: Self::last_of(from, months), ..self }
            }
            None => Self { from: self.day_shifted(self.from, steps), to: self.day_shifted(self.to, steps), ..self },
        }
    }

    /// A day as far away as the period so many of its lengths later.
    pub fn day_shifted(self, day: NaiveDate, steps: i32) -> NaiveDate {
        if let Some(months) = self.span.months() {
            return moved(day, steps.saturating_mul(months));
        }
        let days = ((self.to - self.from).num_days() + 1) * i64::from(steps);
        let length = Days::new(days.unsigned_abs());
        let shifted = if days < 0 { day.checked_sub_days(length) } else { day.checked_add_days(length) };
        shifted.unwrap_or(day)
    }

    /// How it reads: `Dec 2024 - Nov 2025`.
    pub fn words(self, style: Style) -> String {
        let month = |day: NaiveDate| day.format("%b %Y").to_string();
        match self.span {
            Span::Month => month(self.from),
            Span::Quarter => format!("Q{} {}", self.from.month0() / 3 + 1, self.from.year()),
            Span::Twelve => format!("{} - {}", month(self.from), month(self.to)),
            Span::Year => self.from.year().to_string(),
            Span::Days => format!("{} - {}", style.long_date(self.from), style.long_date(self.to)),
        }
    }
}

fn moved(day: NaiveDate, months: i32) -> NaiveDate {
    add_months(day, months).unwrap_or(day)
}

/// What the report shall show.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PeriodWish {
    pub between: Between,
    /// The letters of the currency.
    pub currency: String,
    /// Only the customers of this segment.
    pub segment: Option<SegmentRow>,
}

impl PeriodWish {
    /// What the form gave back; `None` when the answer is another's.
    pub fn from_answer(answer: &Answer) -> Option<Self> {
        if answer.asked == ASKED { serde_json::from_str(&answer.key).ok() } else { None }
    }
}

/// The form.
#[derive(Debug)]
pub struct PeriodForm {
    wish: PeriodWish,
    currencies: Vec<String>,
    style: Style,
}

impl PeriodForm {
    /// The form, filled in with what is shown; `currencies` are those the book has.
    pub fn new(wish: PeriodWish, currencies: Vec<String>, style: Style) -> Self {
        Self { wish, currencies, style }
    }
}

impl Form for PeriodForm {
    fn writes(&self) -> bool {
        false
    }

    fn title(&self) -> String {
        "What the reports show".to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let between = self.wish.between;
        let spans = SPANS.iter().map(|(code, words, _)| Item::new(*code, *words)).collect();
        let date = |name: &'static str, label: &'static str, day| {
            Field::date(name, label, Some(day), desk.today(), self.style)
        };
        let mut fields = vec![
            Field::choice("span", "How long", spans, between.span.code()),
            date("to", "It contains the day", between.to.min(desk.today().max(between.from))),
            date("from", "From", between.from),
            segments::field(&self.wish.segment.as_ref().map(segments::key).unwrap_or_default(), desk)
                .hint("any: everybody"),
        ];
        if self.currencies.len() > 1 {
            let items = self.currencies.iter().map(|code| Item::new(code, code)).collect();
            fields.push(Field::choice("currency", "Currency", items, &self.wish.currency));
        }
        show_from(&mut fields);
        fields
    }

    fn changed(&mut self, _name: &str, fields: &mut [Field], _desk: &Desk) {
        show_from(fields);
    }

    fn effect(&self, read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        let segment = segments::chosen(read, desk);
        let whose = segment.map(|row| format!(" of the customers who are in “{}” today", row.name)).unwrap_or_default();
        let shows = between(read).map(|between| format!("Shows {}{whose}.", between.words(self.style)));
        shows.into_iter().collect()
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let between = between(read)?;
        let currency = read.text("currency");
        let currency = if currency.is_empty() { self.wish.currency.clone() } else { currency };
        let segment = segments::chosen(read, desk);
        let key = serde_json::to_string(&PeriodWish { between, currency, segment }).unwrap_or_default();
        Some(Reply::Give(Answer { asked: ASKED, key, text: String::new() }))
    }

    fn save_word(&self) -> &'static str {
        "Show"
    }
}

fn between(read: &mut Read<'_>) -> Option<Between> {
    let code = read.text("span");
    let span = SPANS.iter().find(|(known, ..)| *known == code).map_or(Span::Twelve, |(_, _, span)| *span);
    let to = read.date("to")?;
    if span != Span::Days {
        return Some(Between::holding(span, to));
    }
    let from = read.date("from")?;
    if to < from {
        read.refuse("to", "That is before the first day.");
        return None;
    }
    Some(Between { span, from, to })
}

/// The first day belongs to a period of any days only; there the other is the last one.
fn show_from(fields: &mut [Field]) {
    let is_days = fields.first().is_some_and(|field| field.value() == "days");
    for field in fields {
        match field.name.as_ref() {
            "from" => field.is_hidden = !is_days,
            "to" => field.label = if is_days { "To" } else { "It contains the day" }.into(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_holds_its_day_and_its_neighbours_join_it() {
        let style = Style::default();
        for (span, words, before) in [
            (Span::Month, "Nov 2025", "Oct 2025"),
            (Span::Quarter, "Q4 2025", "Q3 2025"),
            (Span::Twelve, "Dec 2024 - Nov 2025", "Dec 2023 - Nov 2024"),
            (Span::Year, "2025", "2024"),
            (Span::Days, "01 Nov 2025 - 17 Nov 2025", "15 Oct 2025 - 31 Oct 2025"),
        ] {
            let period = Between::holding(span, day("2025-11-17"));
            assert_eq!(period.words(style), words);
            assert_eq!(period.shifted(-1).words(style), before);
            assert_eq!(period.shifted(-1).to.succ_opt(), Some(period.from));
            assert_eq!(period.shifted(-3).shifted(3), period);
        }
    }

    #[test]
    fn a_day_in_the_middle_is_compared_with_the_same_day_before() {
        let year = Between::holding(Span::Twelve, day("2024-02-29"));
        assert_eq!(year.day_shifted(day("2024-02-29"), -1), day("2023-02-28"));
        let quarter = Between::holding(Span::Quarter, day("2025-11-17"));
        assert_eq!(quarter.day_shifted(day("2025-11-17"), -1), day("2025-08-17"));
    }
}
