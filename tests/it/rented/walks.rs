//! Random lives of contracts beside a small model that knows the rules of days and nothing else: pauses planned and
//! ended, contracts extended, cancelled to any day and returned, lines cancelled by hand, and all of it taken back.

use chrono::{Days, NaiveDate};
use rentbook::domain::contract::{Condition, RunningPeriod};
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::PaymentId;
use rentbook::domain::proration::prorate;
use rentbook::domain::reason::CancelReason;
use rentbook::domain::schedule::{Schedule, price};
use rentbook::services::Action;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::subscription::Change;

use super::cuts::owed;
use super::{Rented, rented_as};
use crate::chance::{Chance, Seeded, seeds, size};
use crate::fixture::{date, item};

const MONTHLY: i64 = 9137;

/// What a contract is, and which of its days nobody owes.
#[derive(Clone)]
struct Model {
    schedule: Schedule,
    pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    until: NaiveDate,
    given_up: Vec<(NaiveDate, NaiveDate)>,
    is_over: bool,
}

impl Model {
    fn days(&self, (start, end): (NaiveDate, NaiveDate)) -> i64 {
        let rests = |day: NaiveDate| self.pauses.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to));
        let gone = |day: NaiveDate| self.given_up.iter().any(|(from, to)| *from <= day && day < *to);
        let days = start.iter_days().take_while(|day| *day < end.min(self.until));
        i64::try_from(days.filter(|day| !rests(*day) && !gone(*day)).count()).unwrap()
    }

    /// What the first `billed` periods owe: full periods and first stubs by the days of their aligned period, a short
    /// last one by its own. A period that has begun is among them, unless it began in a pause: it waits for its end.
    fn owes(&self, today: NaiveDate, billed: u32, told: &[String]) -> i64 {
        let frequency = self.schedule.frequency;
        let holds = |(from, to): &(NaiveDate, Option<NaiveDate>), day| *from <= day && to.is_none_or(|to| today < to);
        let waits = |day: NaiveDate| self.pauses.iter().any(|pause| holds(pause, day) || holds(pause, today));
        let begun = |period: &rentbook::domain::schedule::Period| period.start <= today && period.start < self.until;
        let missing = self
            .schedule
            .periods()
            .find(|one| one.index >= billed && begun(one) && !waits(one.start) && self.days((one.start, one.end)) > 0);
        assert_eq!(missing, None, "is not billed: {}", told.join("\n"));
        self.schedule
            .periods()
            .take_while(|period| period.index < billed)
            .map(|period| {
                let aligned = (period.aligned_end - period.aligned_start).num_days();
                let (full, of) = if period.start > period.aligned_start || frequency == Frequency::Monthly {
                    (MONTHLY * i64::from(frequency.months()), aligned)
                } else {
                    (price(&period, frequency, MONTHLY), period.days())
                };
                prorate(full, self.days((period.start, period.end)), of)
            })
            .sum()
    }

    /// It is over on a day and owed until another one.
    fn ends(&mut self, on: NaiveDate, until: NaiveDate) {
        self.pauses.retain(|(from, _)| *from < on);
        self.until = until;
    }

    fn does(&mut self, change: &Change, today: NaiveDate) {
        match change {
            Change::Pause { from, to } => self.pauses.push((*from, *to)),
            Change::Resume { on } => {
                let held = |(from, to): &(NaiveDate, Option<NaiveDate>)| *from <= *on && to.is_none_or(|to| *on < to);
                let at = self.pauses.iter().position(held).unwrap();
                self.pauses[at].1 = Some(*on);
                self.pauses.retain(|(from, to)| to.is_none_or(|to| to > *from));
            }
            Change::Extend { months } => {
                let end =
                    rentbook::domain::contract::extended_end(self.schedule.start, self.schedule.end, *months).unwrap();
                self.schedule.end = end;
                self.until = end;
            }
            Change::Cancel { from, running, .. } => {
                let held = self.schedule.period_on(*from).map(|period| (period.start, period.end));
                let until = running.unwrap().owed_until(*from, held);
                let is_later = *from > today;
                self.ends(if is_later { until } else { *from }, until);
                self.is_over = !is_later;
            }
            Change::ReturnEarly { on, .. } => {
                let held = self.schedule.period_on(*on).map(|period| (period.start, period.end));
                self.ends(*on, RunningPeriod::Keep.owed_until(*on, held).min(self.until));
                self.is_over = true;
            }
            _ => unreachable!(),
        }
    }
}

fn billed(rented: &Rented) -> u32 {
    rented.rows("SELECT CAST(next_index AS TEXT) FROM subscription WHERE id = 1")[0].parse().unwrap()
}

fn some_change(chance: &mut Chance, today: NaiveDate) -> Change {
    let near =
        |chance: &mut Chance, before: i64, after: i64| today + chrono::Duration::days(chance.between(-before, after));
    match chance.below(10) {
        0 | 1 => Change::Cancel {
            from: near(chance, 30, 60),
            running: Some(chance.of(&[RunningPeriod::Keep, RunningPeriod::Prorate])),
            refund: false,
            reason: String::new(),
        },
        2..=5 => {
            let from = near(chance, 25, 45);
            Change::Pause { from, to: (!chance.one_in(3)).then(|| from + Days::new(1 + chance.next() % 50)) }
        }
        6 | 7 => Change::Resume { on: near(chance, 15, 25) },
        8 => Change::Extend { months: 1 + u32::try_from(chance.below(8)).unwrap() },
        _ => Change::ReturnEarly {
            on: near(chance, 25, 0),
            percent: String::new(),
            condition: Condition::Good,
            note: String::new(),
            waive: "fine".into(),
        },
    }
}

/// Days billed again after a pause, on the newest line that stands for them, cancelled by hand.
fn cancel_by_hand(chance: &mut Chance, rented: &mut Rented, model: &mut Model) -> bool {
    let sql = "SELECT p.id || ' ' || p.period_start_on || ' ' || p.period_end_on FROM payment p WHERE p.kind = 'extra' \
               AND p.status <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM payment n WHERE n.id > p.id \
               AND n.period_index = p.period_index)";
    let found = rented.rows(sql);
    if found.is_empty() {
        return false;
    }
    let line: Vec<&str> = found[chance.below(found.len())].split(' ').collect();
    let payment = PaymentId(line[0].parse().unwrap());
    let (reason, words) = (CancelReason::NotNeeded, String::new());
    if rented.desk.perform(Action::CancelPayment { payment, reason, words }).is_err() {
        return false;
    }
    model.given_up.push((date(line[1]), date(line[2])));
    true
}

#[test]
#[expect(clippy::too_many_lines, clippy::similar_names, reason = "one life, told from its first day to its last")]
fn lives_of_contracts_owe_what_a_model_of_their_days_says() {
    // F10, F13, F14.
    let (mut done, mut taken_back) = (0, 0);
    for seed in seeds(size("RENTBOOK_LIVES", 60)) {
        let _seeded = Seeded(seed);
        let mut chance = Chance::new(seed);
        let frequency = chance.of(Frequency::ALL);
        let months = 2 + u32::try_from(chance.below(if frequency == Frequency::TwoYearly { 40 } else { 20 })).unwrap();
        let anchor = chance.one_in(2).then(|| u32::try_from(1 + chance.below(31)).unwrap());
        let unit = |laptop| ItemDraft {
            price: "91.37".into(),
            frequency,
            anchor_day: anchor,
            ..item(laptop, "2024-01-01", months)
        };
        let mut rented = rented_as("2024-01-01", unit);
        let schedule = Schedule::for_months(date("2024-01-01"), months, frequency, anchor.or(Some(1))).unwrap();
        let until = schedule.end;
        let mut model = Model { schedule, pauses: Vec::new(), until, given_up: Vec::new(), is_over: false };
        let mut today = date("2024-01-01");
        let mut told = vec![format!("{frequency:?} {months} months, anchor {anchor:?}")];
        for _ in 0..14 {
            if !model.is_over {
                today = today + Days::new(chance.next() % 30);
                rented.hand.set(&today.to_string());
                rented.desk.catch_up().unwrap();
            }
            if today >= model.until {
                break;
            }
            let before = model.clone();
            let is_done = if chance.one_in(6) {
                told.push(format!("{today} a line cancelled by hand"));
                cancel_by_hand(&mut chance, &mut rented, &mut model)
            } else {
                let change = some_change(&mut chance, today);
                // In an open pause no day of a cut last period is billed more or less: then its price by days waits too.
                let is_open = model.pauses.iter().any(|(_, to)| to.is_none());
                if is_open && matches!(change, Change::Extend { .. }) && frequency != Frequency::Monthly {
                    continue;
                }
                told.push(format!("{today} {change:?}"));
                let is_done = rented.desk.perform(rented.action(change.clone())).is_ok();
                if is_done {
                    model.does(&change, today);
                }
                is_done
            };
            done += u32::from(is_done);
            if is_done && (model.is_over || chance.one_in(3)) {
                let owes = model.owes(today, billed(&rented), &told);
                assert_eq!(owed(&rented), owes, "{}", told.join("\n"));
                rented
                    .desk
                    .perform(Action::Undo(None))
                    .unwrap_or_else(|why| panic!("seed {seed}: {why}\n{}", told.join("\n")));
                told.push("taken back".into());
                taken_back += 1;
                model = before;
            } else if !is_done {
                told.push("refused".into());
            }
            let owes = model.owes(today, billed(&rented), &told);
            assert_eq!(owed(&rented), owes, "{}", told.join("\n"));
        }
        let report = rented.desk.check_deep().unwrap();
        assert!(report.ok, "seed {seed}: {:#?}", report.violations);
    }
    assert!(done > 2 && taken_back > 1, "{done} {taken_back}");
}
