//! Names of backups, and how long they are kept: the newest three of today, the newest of each of the last fourteen
//! days, the newest of each of the last twelve months.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// A backup made by us on its own, told by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamped {
    /// When it was made, in UTC.
    pub(super) made_at: NaiveDateTime,
    pub(super) path: PathBuf,
}

const STAMP: &str = "%Y-%m-%d_%H-%M-%S";
/// So many files of one second are told apart.
const MOST_A_SECOND: usize = 100;
const OF_TODAY: usize = 3;
const DAYS: u64 = 14;
const MONTHS: u32 = 12;

/// The name of the book without its ending.
pub(super) fn stem(book: &Path) -> String {
    book.file_stem().map_or_else(|| "rentbook".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// The moment in a file's name.
pub(super) fn stamp(now: DateTime<Utc>) -> String {
    now.format(STAMP).to_string()
}

/// The name of a backup made now, without its ending.
pub(super) fn name(stem: &str, now: DateTime<Utc>) -> String {
    format!("{stem}-{}", stamp(now))
}

/// A file of this name that is not there yet: a number follows where one of the same second is.
pub(super) fn free_name(folder: &Path, name: &str) -> PathBuf {
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    let numbered = (2..MOST_A_SECOND).map(|number| folder.join(format!("{name}-{number}.db")));
    let plain = folder.join(format!("{name}.db"));
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or(plain)
}

/// The backups of the book called `stem` in `folder`; none when there is no such folder. Any other file is not ours.
pub(super) fn list(folder: &Path, stem: &str) -> Vec<Stamped> {
    let stamp_of = |name: &str| {
        let stamp = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".db")?;
        let moment = |stamp: &str| {
            NaiveDateTime::parse_from_str(stamp, STAMP).ok().filter(|at| at.format(STAMP).to_string() == stamp)
        };
        let numbered = || {
            let (stamp, number) = stamp.rsplit_once('-')?;
            number.parse::<usize>().ok().filter(|number| (2..MOST_A_SECOND).contains(number))?;
            moment(stamp)
        };
        moment(stamp).or_else(numbered)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let made_at = stamp_of(entry.file_name().to_str()?)?;
            Some(Stamped { made_at, path: entry.path() })
        })
        .collect()
}

/// Whether it is time for another. A backup from the future (the clock went wrong) does not count.
pub(super) fn is_due(made: &[Stamped], now: DateTime<Utc>) -> bool {
    let now = now.naive_utc();
    let newest = made.iter().map(|backup| backup.made_at).filter(|&at| at <= now).max();
    newest.is_none_or(|at| at.date() != now.date() || now - at >= TimeDelta::hours(4))
}

/// The backups that may go. One from the future stays: nobody knows what it is worth.
pub(super) fn no_longer_needed(made: &[Stamped], now: DateTime<Utc>) -> Vec<PathBuf> {
    let now = now.naive_utc();
    let today = now.date();
    let mut past: Vec<&Stamped> = made.iter().filter(|backup| backup.made_at <= now).collect();
    past.sort_by_key(|backup| std::cmp::Reverse(backup.made_at));
    let first_day = today.checked_sub_days(Days::new(DAYS)).unwrap_or(NaiveDate::MIN);
    let first_month = month(today).checked_sub_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MIN);
    let (mut days, mut months, mut of_today) = (BTreeSet::new(), BTreeSet::new(), 0);
    let mut gone = Vec::new();
    for backup in past {
        let day = backup.made_at.date();
        let newest_of_month = month(day) > first_month && months.insert(month(day));
        let newest_of_day = day >= first_day && days.insert(day);
        let one_of_today = day == today && of_today < OF_TODAY;
        of_today += usize::from(one_of_today);
        if !(newest_of_month || newest_of_day || one_of_today) {
            gone.push(backup.path.clone());
        }
    }
    gone
}

fn month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc()
    }

    fn made(at: DateTime<Utc>) -> Stamped {
        Stamped { made_at: at.naive_utc(), path: (name("shop", at) + ".db").into() }
    }

    #[test]
    fn a_year_of_backups_comes_down_to_three_fourteen_and_twelve() {
        let now = at("2026-03-31 18:00");
        let hours = (0..24 * 500).step_by(4).map(|hours| made(now - TimeDelta::hours(hours)));
        let all: Vec<Stamped> = hours.collect();
        let gone: BTreeSet<PathBuf> = no_longer_needed(&all, now).into_iter().collect();
        let kept: Vec<&Stamped> = all.iter().filter(|backup| !gone.contains(&backup.path)).collect();
        let on = |day: &str| kept.iter().filter(|backup| backup.made_at.date().to_string() == day).count();
        assert_eq!(on("2026-03-31"), 3);
        for day in 17..=30 {
            assert_eq!(on(&format!("2026-03-{day}")), 1, "{day}");
        }
        assert_eq!(on("2026-03-16"), 0);
        let months: Vec<String> = kept[17..].iter().map(|backup| backup.made_at.date().to_string()).collect();
        let ends = [
            "2026-02-28",
            "2026-01-31",
            "2025-12-31",
            "2025-11-30",
            "2025-10-31",
            "2025-09-30",
            "2025-08-31",
            "2025-07-31",
            "2025-06-30",
            "2025-05-31",
            "2025-04-30",
        ];
        assert_eq!(months, ends, "the newest of this month is among today's");
    }

    #[test]
    fn pruning_twice_removes_nothing_more_and_the_newest_always_stays() {
        let mut kept = Vec::new();
        let mut now = at("2025-01-01 08:00");
        for _ in 0..600 {
            kept.push(made(now));
            let gone = no_longer_needed(&kept, now);
            kept.retain(|backup| !gone.contains(&backup.path));
            assert!(no_longer_needed(&kept, now).is_empty());
            assert!(kept.contains(&made(now)));
            assert!(kept.len() <= 3 + 14 + 12);
            now += TimeDelta::hours(19);
        }
    }

    #[test]
    fn another_is_due_after_four_hours_or_on_a_new_day() {
        let now = at("2026-03-31 18:00");
        for (last, due) in [
            ("2026-03-31 14:01", false),
            ("2026-03-31 14:00", true),
            ("2026-03-30 23:59", true),
            ("2026-04-02 10:00", true),
        ] {
            assert_eq!(is_due(&[made(at(last))], now), due, "{last}");
        }
        assert!(is_due(&[], now));
    }

    #[test]
    fn a_backup_from_the_future_is_left_alone() {
        let now = at("2026-03-31 18:00");
        let future = [made(at("2027-03-31 18:00")), made(at("2027-03-31 19:00"))];
        assert!(no_longer_needed(&future, now).is_empty());
    }

    #[test]
    fn only_files_named_as_we_name_them_are_ours() {
        let folder = tempfile::tempdir().unwrap();
        let ours = name("shop", at("2026-03-31 18:00")) + ".db";
        for file in [
            ours.as_str(),
            "shop.db",
            "shop-2026-03-31.db",
            "shop-old-2026-03-31_18-00-00.db",
            "shop-2026-3-1_18-00-00.db",
            "x-2026-03-31_18-00-00.db",
        ] {
            fs::write(folder.path().join(file), "x").unwrap();
        }
        let found = list(folder.path(), "shop");
        assert_eq!(found.iter().map(|b| b.path.file_name().unwrap().to_str().unwrap()).collect::<Vec<_>>(), [ours]);
        assert!(list(&folder.path().join("none"), "shop").is_empty());
    }
}
