//! Random changes of random contracts: whatever was done, the check finds nothing, what was shown is what came of it,
//! and taking everything back brings the contract back as it was.

use chrono::{Days, NaiveDate};
use rentbook::domain::contract::{Condition, RunningPeriod};
use rentbook::domain::frequency::Frequency;
use rentbook::services::Action;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::subscription::Change;

use super::{Rented, rented_as};
use crate::fixture::{date, item};

/// A stream of numbers from a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }

    fn near(&mut self, day: NaiveDate, before: u64, after: u64) -> NaiveDate {
        day + Days::new(self.below(before + after + 1)) - Days::new(before)
    }
}

fn some_change(chance: &mut Chance, rented: &Rented) -> Change {
    let today = rented.desk.today();
    match chance.below(9) {
        0 => Change::Cancel {
            from: chance.near(today, 40, 60),
            running: [None, Some(RunningPeriod::Keep), Some(RunningPeriod::Prorate)]
                [usize::try_from(chance.below(3)).unwrap()],
            refund: chance.below(2) == 0,
            reason: String::new(),
        },
        1 | 2 => {
            let from = chance.near(today, 40, 40);
            let to = (chance.below(2) == 0).then(|| from + Days::new(1 + chance.below(70)));
            Change::Pause { from, to }
        }
        3 => Change::Resume { on: chance.near(today, 20, 30) },
        4 => Change::Extend { months: u32::try_from(chance.below(14)).unwrap() },
        5 => Change::Reprice { price: format!("{}.{:02}", chance.below(200), chance.below(100)), from: None },
        6 => Change::Replace {
            serial: ["7Q2-1", "7Q2-2"][usize::try_from(chance.below(2)).unwrap()].into(),
            on: today,
            retire: chance.below(4) == 0,
            reason: String::new(),
        },
        7 => Change::ReturnEarly {
            on: chance.near(today, 30, 0),
            percent: String::new(),
            condition: Condition::Good,
            note: String::new(),
            waive: String::new(),
        },
        _ => match chance.below(2) {
            0 => Change::BuyOut { residual: "100".into() },
            _ => Change::Upgrade { item: Box::new(item(rented.laptop, &today.to_string(), 6)) },
        },
    }
}

fn picture(rented: &Rented) -> Vec<String> {
    let mut rows = vec![rented.state(), rented.assets()];
    rows.extend(rented.rows("SELECT COUNT(*) || ' prices' FROM price_change"));
    rows.extend(rented.rows("SELECT from_on || COALESCE(to_on, '') FROM pause ORDER BY from_on"));
    // What was made and taken back stays as a cancelled row.
    rows.extend(rented.rows(
        "SELECT kind || ' ' || COALESCE(period_start_on, '-') || ' ' || COALESCE(period_end_on, '-') || ' ' || amount_minor || ' ' || settled_minor \
         || ' ' || status FROM payment WHERE status <> 'cancelled' ORDER BY period_start_on, id",
    ));
    rows.extend(rented.rows("SELECT allocated_minor || ' ' || refunded_minor FROM receipt ORDER BY id"));
    rows
}

fn pay_some(chance: &mut Chance, rented: &mut Rented) {
    use rentbook::services::Payer;
    use rentbook::services::actions::receiving::Target;
    let owner = rentbook::domain::id::CustomerId(1);
    let amount = format!("{}", 1 + chance.below(400));
    let mut draft = crate::fixture::transfer(&rented.desk, Target::Payer(Payer::Customer(owner)), &amount, "BT");
    (draft.keep_credit, draft.again) = (true, true);
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
}

#[test]
fn whatever_is_done_is_sound_and_is_taken_back() {
    let (mut done, mut taken_back) = (0, 0);
    for seed in 1..=40 {
        let mut chance = Chance(seed);
        let frequency = Frequency::ALL[usize::try_from(chance.below(Frequency::ALL.len() as u64)).unwrap()];
        let months = 1 + u32::try_from(chance.below(30)).unwrap();
        let anchor = u32::try_from(1 + chance.below(31)).unwrap();
        let mut rented = rented_as("2024-01-01", |laptop| ItemDraft {
            frequency,
            anchor_day: Some(anchor),
            deposit: "50".into(),
            ..item(laptop, "2024-01-01", months)
        });
        let mut today = date("2024-01-01");
        for _ in 0..12 {
            today = today + Days::new(chance.below(40));
            rented.hand.set(&today.to_string());
            rented.desk.catch_up().unwrap();
            if chance.below(3) == 0 {
                pay_some(&mut chance, &mut rented);
            }
            let before = picture(&rented);
            let action = {
                let wish = some_change(&mut chance, &rented);
                rented.action(wish)
            };
            let what = format!("seed {seed}, {today}: {action:?}");
            let shown = rented.desk.try_out(&action, |_, done| Ok(done.clone()));
            assert_eq!(picture(&rented), before, "{what}");
            match rented.desk.perform(action) {
                Ok(made) => {
                    assert_eq!(made, shown.unwrap_or_else(|why| panic!("{what}: {why}")), "{what}");
                    done += 1;
                }
                Err(error) => {
                    let refusal = error.refusal().unwrap_or_else(|| panic!("{what}: {error:?}"));
                    assert!(refusal.code != "refused_by_the_book", "{what}: {refusal}");
                    continue;
                }
            }
            let report = rented.desk.check().unwrap();
            assert!(report.ok, "{what}: {:#?}", report.violations);
            if chance.below(2) == 0 {
                rented.desk.perform(Action::Undo(None)).unwrap_or_else(|why| panic!("{what}: {why}"));
                assert_eq!(picture(&rented), before, "{what}");
                taken_back += 1;
            }
        }
        rented.sound();
    }
    assert!(done > 100 && taken_back > 50, "{done} {taken_back}");
}
