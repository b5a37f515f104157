//! F50: what is billed late, because of a step after the pass of a day, leaves what the days before said as it was. Found
//! by the walk of every Action.

use rentbook::domain::contract::Condition;
use rentbook::services::Action;
use rentbook::services::actions::subscription::Change;
use rentbook::services::pass::PassOptions;
use rentbook::services::reads::Whose;
use rentbook::services::reads::reports::Period;

use super::as_of::told;
use crate::fixture::{change, date, item, order, person, shop, variant};

/// It was invoiced as of the day its period began, which had been told without it.
#[test]
fn a_contract_that_bills_again_is_not_invoiced_on_days_that_were_told() {
    let (mut desk, hand) = shop("2025-01-03");
    let (laptop, ana) = (variant(&mut desk, "Laptop", "30.00"), person(&mut desk, "Lund"));
    let (_, rented) = order(&mut desk, ana, vec![item(laptop, "2025-01-05", 6)]);
    let (percent, note, waive) = ("20".into(), String::new(), String::new());
    let early = Change::ReturnEarly { on: date("2025-01-03"), percent, condition: Condition::Good, note, waive };
    change(&mut desk, rented[0], early);
    hand.set("2025-01-06");
    desk.run_pass(&PassOptions::default()).unwrap();
    let period = Period { from: date("2025-01-01"), to: date("2025-01-06"), as_of: date("2025-01-06") };
    let aging = told(&desk, period, &Whose::Everybody)["aging"].clone();
    hand.set("2025-01-07");
    desk.run_pass(&PassOptions::default()).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    hand.set("2025-01-20");
    desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(told(&desk, period, &Whose::Everybody)["aging"], aging);
    let sql = "SELECT invoiced_on || ' due ' || due_on FROM invoice ORDER BY id DESC LIMIT 1";
    let newest = desk.read(|db| db.one(sql, &[], |row| row.text(0))).unwrap();
    assert_eq!(newest.as_deref(), Some("2025-01-07 due 2025-01-07"));
}
