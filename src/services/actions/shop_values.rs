//! How a value of the shop is read, whether it is set up or one setting of it changes.

use chrono_tz::Tz;

use crate::domain::country_code::country_code;
use crate::domain::text;
use crate::services::refusal::{OfField, Refusal, Result};

/// One line of a setting.
pub(super) fn line(value: &str, most: usize) -> Result<String> {
    text::clean_line(value, most).of_field("value")
}

/// How what is on or off is said.
pub(super) fn yes(is_on: bool) -> String {
    if is_on { "yes" } else { "no" }.to_owned()
}

/// Lines parted by `;`, none of which goes on with a card number the one before began.
pub(super) fn lines_of(written: &str) -> Result<String> {
    let lines = written.replace("; ", "\n").replace(';', "\n");
    text::refuse_spread(&[&lines]).of_field("value")?;
    Ok(lines)
}

/// Lines parted by line ends or `|`: a `;` stands inside a sentence.
pub(super) fn legal_text(field: &'static str, written: &str) -> Result<String> {
    const MOST_LINES: usize = 20;
    let lines = written.split(['\n', '|']).map(|part| text::clean_line(part, 500).of_field(field));
    let lines = lines.collect::<Result<Vec<_>>>()?.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let all = lines.join("\n");
    if lines.len() > MOST_LINES || all.chars().count() > 2_000 {
        return Err(Refusal::of_field(field, "20 lines and 2,000 characters at most").into());
    }
    text::refuse_spread(&[&all]).of_field(field)?;
    Ok(all)
}

pub(super) fn country(value: &str) -> Result<String, &'static str> {
    country_code(value).ok_or("write a country by its name or its two letters, such as Germany or DE")
}

pub(super) fn or(value: &str, default: &str) -> String {
    let value = value.trim();
    if value.is_empty() { default.to_owned() } else { value.to_owned() }
}

pub(super) fn optional(value: &str, read: impl FnOnce(&str) -> Result<String>) -> Result<String> {
    if value.trim().is_empty() { Ok(String::new()) } else { read(value.trim()) }
}

pub(super) fn yes_or_no(value: &str) -> Result<bool> {
    match value.trim() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Refusal::of_field("value", "write yes or no").into()),
    }
}

pub(super) fn time_zone(value: &str) -> Result<Tz> {
    value.trim().parse().map_err(|_| Refusal::of_field("time_zone", "write a zone such as Europe/Berlin or UTC").into())
}

pub(super) fn language(value: &str) -> Result<String> {
    match value.trim() {
        known @ ("en" | "de" | "fr" | "es") => Ok(known.to_owned()),
        _ => Err(Refusal::of_field("language", "papers can be printed in en, de, fr or es").into()),
    }
}

pub(super) fn lead_days(value: &str) -> Result<u32> {
    match value.trim().parse() {
        Ok(days @ 0..=90) => Ok(days),
        _ => Err(Refusal::of_field("lead_days", "write a number of days from 0 to 90").into()),
    }
}
