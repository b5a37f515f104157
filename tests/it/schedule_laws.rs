//! Laws of dates and money that hold for every input: schedules and cuts over two whole years of starts, taxes, splits,
//! numbers, and what is typed and shown.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use rentbook::domain::calendar::{add_months, days_in_month, month_number};
use rentbook::domain::card_number::holds_card_number;
use rentbook::domain::credit_note::{NetTax, credit_gross, credit_net};
use rentbook::domain::currency::Currency;
use rentbook::domain::format::{DateStyle, NumberStyle, Style};
use rentbook::domain::frequency::Frequency;
use rentbook::domain::money::{LARGEST, Money};
use rentbook::domain::numbering::NumberFormat;
use rentbook::domain::proration::{cut, prorate};
use rentbook::domain::schedule::{Period, Schedule, price};
use rentbook::domain::split::split;
use rentbook::domain::tax::{PriceBasis, TaxRate, TaxScope, tax_lines};
use rentbook::domain::text::{TextError, clean_line, clean_text, fold};
use rentbook::domain::typed;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The 731 days of 2023 and 2024.
fn every_start() -> impl Iterator<Item = NaiveDate> {
    day("2023-01-01").iter_days().take_while(|start| start.year() < 2025)
}

/// The day a period has to start on: the anchor of its month, clamped.
fn is_on_anchor(start: NaiveDate, anchor: u32) -> bool {
    start.day() == anchor.min(days_in_month(start.year(), start.month()).unwrap())
}

fn assert_contiguous(schedule: &Schedule) -> Vec<Period> {
    let periods: Vec<Period> = schedule.periods().collect();
    assert_eq!(periods.first().unwrap().start, schedule.start);
    assert_eq!(periods.last().unwrap().end, schedule.end);
    assert_eq!(periods.len(), schedule.count() as usize);
    for (at, period) in periods.iter().enumerate() {
        assert_eq!(period.index as usize, at);
        assert!(period.start < period.end, "{period:?}");
        assert!(period.aligned_start <= period.start && period.end <= period.aligned_end);
        assert!(is_on_anchor(period.aligned_start, schedule.anchor_day) || period.index == 0);
        assert!(is_on_anchor(period.aligned_end, schedule.anchor_day));
    }
    let step = schedule.frequency.months().cast_signed();
    for pair in periods.windows(2) {
        assert_eq!(pair[0].end, pair[1].start, "contiguous");
        assert!(is_on_anchor(pair[1].start, schedule.anchor_day), "on the anchor: {pair:?}");
        assert_eq!(month_number(pair[0].aligned_end) - month_number(pair[0].aligned_start), step, "none skipped");
    }
    periods
}

#[test]
fn the_starts_are_the_731_days_of_two_years() {
    assert_eq!(every_start().count(), 731);
}

#[test]
fn from_every_start_periods_are_contiguous_on_the_anchor_and_none_is_skipped() {
    for start in every_start() {
        for frequency in Frequency::ALL {
            let schedule = Schedule::for_months(start, 48, *frequency, None).unwrap();
            let periods = assert_contiguous(&schedule);
            assert_eq!(periods.len(), 48 / frequency.months() as usize, "{start} {frequency}");
            assert!(periods.iter().all(Period::is_whole));
            for months in [1, 5, 17] {
                let short = Schedule::for_months(start, months, *frequency, None).unwrap();
                assert_eq!(assert_contiguous(&short).len(), months.div_ceil(frequency.months()) as usize);
            }
        }
    }
}

#[test]
fn from_every_start_an_anchor_of_its_own_cuts_only_the_first_and_the_last_period() {
    for start in every_start() {
        for frequency in Frequency::ALL {
            for anchor in [1, 15, 28, 29, 30, 31] {
                let schedule = Schedule::for_months(start, 14, *frequency, Some(anchor)).unwrap();
                let periods = assert_contiguous(&schedule);
                let inner = &periods[1..periods.len().max(2) - 1];
                assert!(inner.iter().all(Period::is_whole), "{start} {frequency} {anchor}");
            }
        }
    }
}

#[test]
fn from_every_start_cutting_any_period_gives_parts_that_add_to_it() {
    for start in every_start() {
        for frequency in Frequency::ALL {
            for anchor in [None, Some(1), Some(31)] {
                let schedule = Schedule::for_months(start, 13, *frequency, anchor).unwrap();
                for period in schedule.periods() {
                    let whole = price(&period, *frequency, 8999);
                    let days = period.days();
                    // Every day of a month; of longer periods every seventh, beginning anew with every start.
                    let step = if days > 31 { 7 } else { 1 };
                    let first = i64::from(start.ordinal0() % 7) % step;
                    for used in (first..=days).step_by(usize::try_from(step).unwrap()) {
                        let (before, after) = cut(whole, used, days);
                        assert_eq!(before + after, whole);
                        assert!(before >= 0 && after >= 0, "{period:?} {used}");
                        assert_eq!(before, prorate(whole, used, days));
                    }
                }
            }
        }
    }
}

#[test]
fn cutting_a_period_anywhere_and_often_gives_parts_that_add_to_it() {
    let february = [day("2011-01-31"), day("2011-02-14"), day("2011-02-20"), day("2011-02-28")];
    let days: Vec<i64> = february.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    assert_eq!(split(10_000, &days), [5000, 2143, 2857]);
    for price in [1, 2, 99, 8900, 24_995] {
        for first in 0..=31 {
            for second in first..=31 {
                let parts = split(price, &[first, second - first, 31 - second]);
                assert_eq!(parts.iter().sum::<i64>(), price);
            }
        }
    }
}

#[test]
fn eighteen_months_across_daylight_saving_start_on_the_first_and_cost_the_same() {
    let schedule = Schedule::for_months(day("2015-09-01"), 18, Frequency::Monthly, None).unwrap();
    assert_eq!(schedule.count(), 18);
    assert!(schedule.periods().all(|period| period.start.day() == 1));
    assert!(schedule.periods().all(|period| price(&period, Frequency::Monthly, 24_995) == 24_995));
}

fn frequencies() -> impl Strategy<Value = Frequency> {
    prop::sample::select(Frequency::ALL)
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0_u64..60_000).prop_map(|n| day("1950-01-01") + chrono::Days::new(n))
}

fn rates() -> impl Strategy<Value = TaxRate> {
    prop_oneof![Just(0), Just(190_000), Just(99_750), 0_u32..=1_000_000].prop_map(|ppm| TaxRate::new(ppm).unwrap())
}

fn number_styles() -> impl Strategy<Value = NumberStyle> {
    prop::sample::select(NumberStyle::ALL)
}

fn currencies() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec!["EUR", "USD", "JPY", "BHD"]).prop_map(|code| Currency::new(code).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_schedule_finds_a_period_without_walking(
        start in days(), months in 1_u32..=600, frequency in frequencies(), anchor in prop::option::of(1_u32..=31),
    ) {
        let schedule = Schedule::for_months(start, months, frequency, anchor).unwrap();
        let periods = assert_contiguous(&schedule);
        for period in periods.iter().step_by(7) {
            prop_assert_eq!(schedule.period(period.index), Some(*period));
            prop_assert_eq!(schedule.period_on(period.last_day()), Some(*period));
            prop_assert_eq!(schedule.starts_before(period.start), period.index);
        }
        prop_assert_eq!(schedule.end, add_months(start, months.cast_signed()).unwrap());
    }

    #[test]
    fn a_period_never_costs_more_than_a_full_one(
        start in days(), length in 1_u64..900, frequency in frequencies(), anchor in prop::option::of(1_u32..=31),
        monthly in 0_i64..1_000_000,
    ) {
        let schedule = Schedule::new(start, start + chrono::Days::new(length), frequency, anchor).unwrap();
        for period in assert_contiguous(&schedule) {
            let cost = price(&period, frequency, monthly);
            prop_assert!((0..=monthly * i64::from(frequency.months())).contains(&cost));
        }
    }

    #[test]
    fn the_tax_of_a_document_is_rounded_once_and_spread_to_the_cent(
        lines in prop::collection::vec((0_i64..10_000_000, rates()), 0..12), gross in any::<bool>(), by_line in any::<bool>(),
    ) {
        let basis = if gross { PriceBasis::Gross } else { PriceBasis::Net };
        let scope = if by_line { TaxScope::Line } else { TaxScope::Document };
        let taxed = tax_lines(&lines, basis, scope);
        prop_assert_eq!(taxed.len(), lines.len());
        for (line, (priced, rate)) in taxed.iter().zip(&lines) {
            prop_assert_eq!(line.net + line.tax, line.gross);
            prop_assert_eq!(if gross { line.gross } else { line.net }, *priced);
            // No line is a whole unit away from its own exact tax.
            let whole = if gross { 1_000_000 + i64::from(rate.ppm()) } else { 1_000_000 };
            let away = i128::from(line.tax) * i128::from(whole) - i128::from(*priced) * i128::from(rate.ppm());
            prop_assert!(away.abs() < i128::from(whole), "{line:?}");
        }
        if !by_line {
            for rate in lines.iter().map(|line| line.1) {
                let of_rate = |(_, (_, other)): &(_, &(i64, TaxRate))| *other == rate;
                let tax: i64 = taxed.iter().zip(&lines).filter(of_rate).map(|(line, _)| line.tax).sum();
                let priced: i64 = lines.iter().filter(|line| line.1 == rate).map(|line| line.0).sum();
                prop_assert_eq!(vec![tax], tax_lines(&[(priced, rate)], basis, scope).iter().map(|l| l.tax).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn shares_add_up_and_are_fair_to_a_unit(total in -LARGEST..=LARGEST, weights in prop::collection::vec(0_i64..100_000, 1..20)) {
        let parts = split(total, &weights);
        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        let whole: i64 = weights.iter().sum();
        for (part, weight) in parts.iter().zip(&weights).filter(|_| whole > 0) {
            let away = i128::from(*part) * i128::from(whole) - i128::from(total) * i128::from(*weight);
            prop_assert!(away.abs() < i128::from(whole));
        }
    }

    #[test]
    fn a_cut_adds_up_and_never_turns_a_part_around(minor in 0..=LARGEST, total in 1_i64..400, used in 0_i64..400) {
        let (before, after) = cut(minor, used, total);
        prop_assert_eq!(before + after, minor);
        prop_assert!(before >= 0 && after >= 0);
    }

    #[test]
    fn credit_notes_of_a_line_close_it_however_it_is_divided(
        net in 1_i64..1_000_000, rate in rates(), cuts in prop::collection::vec(1_i64..400_000, 1..6), by_gross in any::<bool>(),
    ) {
        let line = tax_lines(&[(net, rate)], PriceBasis::Net, TaxScope::Document)[0];
        let line = NetTax { net: line.net, tax: line.tax };
        let mut credited = NetTax::default();
        let mut take = |part: i64| {
            let note = if by_gross { credit_gross(line, credited, part) } else { credit_net(line, credited, part) };
            if let Ok(note) = note {
                assert!(note.net >= 0 && note.tax >= 0, "{note:?}");
                credited = NetTax { net: credited.net + note.net, tax: credited.tax + note.tax };
            }
            if by_gross { line.gross() - credited.gross() } else { line.net - credited.net }
        };
        let mut left = if by_gross { line.gross() } else { line.net };
        for part in cuts {
            left = take(part);
        }
        if left > 0 {
            take(left);
        }
        prop_assert_eq!(credited, line);
    }

    #[test]
    fn a_number_format_gives_every_document_of_a_year_its_own_number(
        format in prop::sample::select(vec!["{year}-{seq:04}", "{seq}", "INV{seq:06}/{year}", "{seq}{year}"]),
        year in 2000_i32..2100, seqs in prop::collection::btree_set(1_i64..100_000_000, 2..20),
    ) {
        let format = NumberFormat::parse(format).unwrap();
        let numbers: std::collections::BTreeSet<String> = seqs.iter().map(|seq| format.render(year, *seq)).collect();
        prop_assert_eq!(numbers.len(), seqs.len());
        prop_assert_eq!(NumberFormat::parse(&format.to_string()), Ok(format));
    }

    #[test]
    fn what_is_shown_can_be_typed_again(minor in 0..=LARGEST, number in number_styles(), currency in currencies()) {
        let money = Money::new(minor, currency);
        let style = Style { number, ..Style::default() };
        prop_assert_eq!(typed::amount(&style.amount(money), number, currency), Ok(money));
        if currency.exponent() != 3 || number == NumberStyle::CommaPoint {
            prop_assert_eq!(typed::amount(&money.to_string(), number, currency), Ok(money));
        }
    }

    #[test]
    fn a_date_that_is_shown_can_be_typed_again(date in days(), at in 0_usize..4, today in days()) {
        let style = Style { date: DateStyle::ALL[at], ..Style::default() };
        prop_assert_eq!(typed::date(&style.date(date), style.date, today), Ok(date));
        prop_assert_eq!(typed::date(&date.to_string(), style.date, today), Ok(date));
    }

    #[test]
    fn nothing_typed_makes_a_reader_stumble(text in "\\PC{0,20}|[0-9.,+/ -]{0,12}", number in number_styles(), at in 0_usize..4) {
        let _ = typed::amount(&text, number, Currency::EUR);
        let _ = typed::percent(&text);
        let _ = typed::date(&text, DateStyle::ALL[at], day("2025-11-20"));
        let _ = NumberFormat::parse(&text);
        let _ = rentbook::domain::contact::email(&text);
        let _ = rentbook::domain::contact::phone(&text);
        let _ = rentbook::domain::contact::iban(&text);
        let _ = rentbook::domain::reference::is_creditor_reference(&text);
        let _ = fold(&text);
    }

    #[test]
    fn cleaning_a_text_twice_changes_nothing_more(
        text in prop::collection::vec(prop_oneof![
            any::<char>(),
            prop::sample::select(vec![
                '\u{1b}', '[', ']', '\u{7}', '\\', 'm', '\u{9b}', '\u{200d}', '\u{200c}', '\u{301}', '\u{307}', 'e', 'Z',
                '\u{202e}', '\n', '\r', ' ', '\u{a0}', '\u{1100}', '\u{1161}', '\u{200b}', '4', '1',
            ]),
        ], 0..40),
    ) {
        let text: String = text.into_iter().collect();
        for clean in [clean_line, clean_text] {
            match clean(&text, 1000) {
                Ok(once) => {
                    prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n'));
                    prop_assert_eq!(clean(&once, 1000), Ok(once.clone()));
                    prop_assert!(!holds_card_number(&once));
                }
                Err(error) => prop_assert_eq!(error, TextError::CardNumber),
            }
        }
        let key = fold(&text);
        prop_assert_eq!(fold(&key), key);
    }
}
