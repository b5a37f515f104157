//! Amounts and percents as they are typed.

use super::{TypedError, shown};
use crate::domain::currency::Currency;
use crate::domain::format::NumberStyle;
use crate::domain::money::{Money, MoneyError};
use crate::domain::tax::TaxRate;

/// Signs people type before or behind an amount, with the currency they can mean.
const SIGNS: &[(char, &[&str])] = &[
    ('€', &["EUR"]),
    ('£', &["GBP"]),
    ('¥', &["JPY", "CNY"]),
    ('$', &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"]),
];

/// Reads a typed amount of `currency`: `89`, `89,00` and `89.00` alike; grouped thousands only as the shop writes them
/// (`1,200.50`); the currency's code or sign may stand with it. One mark with three digits behind it (`1.234`) is
/// asked about, unless the currency or the shop's own marks leave one reading.
pub fn amount(text: &str, style: NumberStyle, currency: Currency) -> Result<Money, TypedError> {
    let typed = without_currency(text, currency);
    let refuse = || TypedError::NotAnAmount { text: shown(text.trim()), example: eighty_nine(style, currency) };
    if text.trim().is_empty() {
        return Err(TypedError::AmountMissing { example: eighty_nine(style, currency) });
    }
    if typed.starts_with('-') {
        return Err(MoneyError::Negative.into());
    }
    let typed: String = typed.chars().map(|c| if is_space(c) { '\u{a0}' } else { c }).collect();
    let is_mark = |c: char| matches!(c, '.' | ',' | '\u{a0}');
    if typed.is_empty() || !typed.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return Err(refuse());
    }
    let marks: Vec<char> = typed.chars().filter(|c| is_mark(*c)).collect();
    let parts: Vec<&str> = typed.split(is_mark).collect();
    if parts.iter().any(|part| part.is_empty()) {
        return Err(refuse());
    }
    let plain = match (marks.as_slice(), parts.as_slice()) {
        (['.' | ','], [whole, fraction]) if fraction.len() != 3 || whole.len() > 3 || whole.starts_with('0') => {
            format!("{whole}.{fraction}")
        }
        ([mark @ ('.' | ',')], [whole, fraction]) => one_reading(text, *mark, whole, fraction, style, currency)?,
        _ => grouped(text, &marks, &parts, style)?,
    };
    Ok(Money::parse(&plain, currency)?)
}

/// Eighty-nine, as the shop writes it.
fn eighty_nine(style: NumberStyle, currency: Currency) -> String {
    let (_, point) = style.marks();
    match currency.exponent() as usize {
        0 => "89".to_owned(),
        digits => format!("89 or 89{point}{:0digits$}", 0),
    }
}

/// Reads a typed percent: `19`, `19 %`, `9.975` and `9,975` alike. A percent has no thousands, so a mark is its point.
pub fn percent(text: &str) -> Result<TaxRate, TypedError> {
    let typed = text.trim();
    let typed = typed.strip_suffix('%').unwrap_or(typed).trim_end();
    Ok(typed.replacen(',', ".", 1).parse::<TaxRate>()?)
}

/// One mark, three digits behind it, one to three before: plain text where only one reading is possible.
fn one_reading(
    text: &str,
    mark: char,
    whole: &str,
    fraction: &str,
    style: NumberStyle,
    currency: Currency,
) -> Result<String, TypedError> {
    let (group, point) = style.marks();
    let digits = currency.exponent() as usize;
    if mark == point && digits == 3 {
        return Ok(format!("{whole}.{fraction}"));
    }
    if mark == group && digits == 0 {
        return Ok(format!("{whole}{fraction}"));
    }
    let cut = fraction.get(..digits).unwrap_or(fraction);
    let fraction_reading = if cut.is_empty() { whole.to_owned() } else { format!("{whole}{point}{cut}") };
    Err(TypedError::Ambiguous {
        text: shown(text.trim()),
        whole: format!("{whole}{fraction}"),
        fraction: fraction_reading,
    })
}

/// Several marks, or a space: the shop's grouping of threes, then perhaps its point.
fn grouped(text: &str, marks: &[char], parts: &[&str], style: NumberStyle) -> Result<String, TypedError> {
    let (group, point) = style.marks();
    let refuse = || TypedError::Grouping { text: shown(text.trim()), example: example(style) };
    let (groups, fraction) = match (marks.split_last(), parts.split_last()) {
        (Some((last, before)), Some((fraction, groups))) if *last == point && !before.contains(&point) => {
            (groups, Some(*fraction))
        }
        _ => (parts, None),
    };
    let strict = marks.iter().take(groups.len().saturating_sub(1)).all(|mark| *mark == group)
        && groups.iter().skip(1).all(|part| part.len() == 3)
        && groups.first().is_some_and(|first| groups.len() == 1 || (first.len() <= 3 && !first.starts_with('0')));
    if !strict {
        return Err(refuse());
    }
    let whole = groups.concat();
    Ok(fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

/// The text without the currency's code or sign at either end.
fn without_currency(text: &str, currency: Currency) -> &str {
    let text = text.trim();
    let code = currency.code();
    let (head, tail) =
        (text.get(..3).unwrap_or_default(), text.get(text.len().saturating_sub(3)..).unwrap_or_default());
    if head.eq_ignore_ascii_case(code) {
        return text.get(3..).unwrap_or_default().trim();
    }
    if tail.eq_ignore_ascii_case(code) {
        return text.get(..text.len() - 3).unwrap_or_default().trim();
    }
    let mut signs = SIGNS.iter().filter(|(_, codes)| codes.contains(&code)).map(|(sign, _)| *sign);
    signs.find_map(|sign| text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))).unwrap_or(text).trim()
}

/// Spaces that people and other programs put between thousands.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// One thousand two hundred and a half, in the shop's way.
const fn example(style: NumberStyle) -> &'static str {
    match style {
        NumberStyle::CommaPoint => "1,200.50",
        NumberStyle::PointComma => "1.200,50",
        NumberStyle::SpaceComma => "1 200,50",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberStyle::{CommaPoint, PointComma, SpaceComma};

    fn eur(text: &str, style: NumberStyle) -> Result<String, String> {
        amount(text, style, Currency::EUR).map(|money| money.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn an_amount_is_read_with_either_mark_before_the_cents() {
        for style in [CommaPoint, PointComma, SpaceComma] {
            for (text, read) in [
                ("89", "89.00"),
                ("89,00", "89.00"),
                ("89.00", "89.00"),
                (" 89,5 ", "89.50"),
                ("0.07", "0.07"),
                ("1234.50", "1234.50"),
                ("€ 89", "89.00"),
                ("89 eur", "89.00"),
                ("EUR89,90", "89.90"),
                ("0.500", "0.50"),
            ] {
                assert_eq!(eur(text, style).as_deref(), Ok(read), "{text}");
            }
        }
    }

    #[test]
    fn thousands_are_grouped_in_the_shops_way_and_in_threes() {
        for (style, text, other) in [
            (CommaPoint, "1,234,200.50", "1.200,50"),
            (PointComma, "1.234.200,50", "1,200.50"),
            (SpaceComma, "1 234 200,50", "1.200,50"),
        ] {
            assert_eq!(eur(text, style).as_deref(), Ok("1234200.50"));
            let said = eur(other, style).unwrap_err();
            assert_eq!(
                said,
                format!("“{other}” is not grouped as the shop writes amounts: write it like {}", example(style))
            );
        }
        for text in ["1,20.50", "12,34,567.00", "1234,567.00", "1,2345.00", "0,200.50", "1,234.567,8", "1 200", "1.2.3"]
        {
            assert!(eur(text, CommaPoint).is_err(), "{text}");
        }
        assert_eq!(eur("1\u{202f}200", SpaceComma).as_deref(), Ok("1200.00"));
    }

    #[test]
    fn an_amount_that_can_be_read_two_ways_is_asked_about() {
        assert_eq!(eur("1.234", PointComma).unwrap_err(), "“1.234” can be read two ways: write 1234 or 1,23");
        assert_eq!(eur("1,234", CommaPoint).unwrap_err(), "“1,234” can be read two ways: write 1234 or 1.23");
        assert_eq!(eur("12.000", CommaPoint).unwrap_err(), "“12.000” can be read two ways: write 12000 or 12.00");
    }

    #[test]
    fn the_digits_of_the_currency_can_leave_one_reading() {
        let read = |text, style, code| amount(text, style, Currency::new(code).unwrap()).map(|money| money.to_string());
        assert_eq!(read("1.234", CommaPoint, "BHD").unwrap(), "1.234");
        assert_eq!(read("1,234", CommaPoint, "JPY").unwrap(), "1234");
        assert!(matches!(read("1,234", CommaPoint, "BHD"), Err(TypedError::Ambiguous { .. })));
        assert!(matches!(read("1.234", CommaPoint, "JPY"), Err(TypedError::Ambiguous { .. })));
    }

    #[test]
    fn what_is_no_amount_is_refused_in_words() {
        for text in ["x", "8 9x", "1e5", "٣", ".5", "5.", ",", "1..2", "$89", "USD 89", "+5"] {
            assert!(eur(text, CommaPoint).unwrap_err().contains("is not an amount"), "{text}");
        }
        assert_eq!(eur("", CommaPoint).unwrap_err(), "an amount is needed here, such as 89 or 89.00");
        assert!(eur("-5", CommaPoint).unwrap_err().contains("negative"));
        assert!(eur("1.2345", CommaPoint).unwrap_err().contains("digits after the point"));
        assert!(eur("99999999999999", CommaPoint).unwrap_err().contains("larger than"));
    }

    #[test]
    fn a_percent_is_read_with_either_mark() {
        for (text, ppm) in [("19", 190_000), ("9,975", 99_750), ("9.975 %", 99_750), ("0", 0)] {
            assert_eq!(percent(text).unwrap().ppm(), ppm);
        }
        for text in ["", "%", "x", "101", "1,2,3", "-1"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
