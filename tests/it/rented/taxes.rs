//! Tax rates changed by law: over contracts that run, from a day on; what is billed keeps its rate. F60.

use rentbook::services::actions::tax_change::RateDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk};

use crate::commands::Shop;
use crate::fixture::{business, date, group, item, order, person, variant};
use crate::issuing::{euro_shop, extra, invoices, sound};

fn law(from: &str, to: &str, on: &str) -> Action {
    Action::ChangeTaxRate(RateDraft { from: from.into(), to: to.into(), on: date(on) })
}

/// The totals of all invoices, by number.
fn totals(desk: &Desk) -> Vec<String> {
    invoices(desk).iter().map(|row| row.total.to_string()).collect()
}

#[test]
fn contracts_that_run_follow_the_law_and_what_is_billed_keeps_its_rate() {
    let (mut desk, hand) = euro_shop("2026-10-01");
    let laptop = variant(&mut desk, "Laptop", "100.00");
    let ana = person(&mut desk, "Ito");
    order(&mut desk, ana, vec![item(laptop, "2026-10-15", 12)]);
    let said = desk.perform(law("19", "21", "2027-01-01")).unwrap().said;
    assert!(said.contains("21 % instead of 19 %") && said.contains("1 contract that runs"), "{said}");
    hand.set("2026-12-20");
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    // The period from 15 December ends in January: it bears the rate of its last day.
    assert_eq!(totals(&desk), ["119.00", "119.00", "121.00"]);
    let day = desk.today();
    assert_eq!(desk.shop().unwrap().tax.to_string(), "19", "{day} is before the day");
    hand.set("2027-01-15");
    desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(totals(&desk), ["119.00", "119.00", "121.00", "121.00"]);
    extra(&mut desk, ana, "Cleaning", "100");
    let ben = person(&mut desk, "Ben");
    order(&mut desk, ben, vec![item(laptop, "2027-01-15", 12)]);
    assert_eq!(totals(&desk).last().unwrap(), "121.00", "a new contract has the new rate");
    assert_eq!(totals(&desk).iter().filter(|total| *total == "121.00").count(), 4);
    sound(&desk);
}

#[test]
fn a_change_that_comes_late_names_what_was_billed_at_the_old_rate_and_billing_again_takes_the_new() {
    let (mut desk, hand) = euro_shop("2026-12-15");
    let laptop = variant(&mut desk, "Laptop", "100.00");
    let ana = person(&mut desk, "Ito");
    order(&mut desk, ana, vec![item(laptop, "2026-12-15", 12)]);
    hand.set("2027-01-05");
    desk.run_pass(&PassOptions::default()).unwrap();
    let done = desk.perform(law("19", "21", "2027-01-01")).unwrap();
    assert!(done.said.contains("2026-0001") && done.said.contains("bill them again"), "{}", done.said);
    assert_eq!(desk.shop().unwrap().tax.to_string(), "21");
    let first = invoices(&desk)[0].id;
    desk.perform(Action::BillAgain { invoice: first, reason: "new rate".into() }).unwrap();
    assert_eq!(totals(&desk), ["119.00", "121.00"]);
    sound(&desk);
    let again = desk.perform(law("19", "22", "2027-01-01")).unwrap_err().to_string();
    assert!(again.contains("already"), "{again}");
}

#[test]
fn what_waits_for_a_group_follows_the_law_and_undo_takes_it_back() {
    let (mut desk, hand) = euro_shop("2027-01-01");
    let laptop = variant(&mut desk, "Laptop", "100.00");
    let acme = group(&mut desk, "Acme", "15");
    let ana = business(&mut desk, "Member", "14");
    desk.perform(Action::JoinGroup { group: acme, customer: ana }).unwrap();
    order(&mut desk, ana, vec![item(laptop, "2027-01-01", 12)]);
    desk.perform(law("19", "21", "2027-01-01")).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(desk.shop().unwrap().tax.to_string(), "19");
    desk.perform(law("19", "20", "2027-01-01")).unwrap();
    hand.set("2027-01-15");
    desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(totals(&desk), ["120.00"]);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(totals(&desk), ["120.00"], "what was billed keeps its rate");
    sound(&desk);
}

#[test]
fn by_command_it_is_counted_first() {
    let shop = Shop::with_order("2026-12-01");
    shop.does(&["settings", "set", "tax_rate", "19"]);
    shop.does(&["product", "add", "--name", "Bike", "--price", "50"]);
    shop.does(&["order", "add", "--customer", "1", "--item", "2", "--months", "12", "--confirm"]);
    let dry = shop.does(&["settings", "tax-rate", "--from", "19", "--to", "21", "--on", "2026-12-01", "--dry-run"]);
    assert_eq!((&dry["contracts"], &dry["dry_run"]), (&1.into(), &true.into()));
    assert_eq!(dry["billed_at_old_rate"][0]["invoice"], "2026-0002");
    assert_eq!(shop.does(&["settings", "show"])["tax_rate"], "19", "nothing was changed");
    shop.does(&["settings", "tax-rate", "--from", "19", "--to", "21", "--on", "2026-12-01"]);
    assert_eq!(shop.does(&["settings", "show"])["tax_rate"], "21");
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["settings", "show"])["tax_rate"], "19");
    let (_, told) = shop.refuses(1, &["settings", "tax-rate", "--from", "0", "--to", "21", "--on", "2026-12-01"]);
    assert!(told.contains("at the product"), "{told}");
}
