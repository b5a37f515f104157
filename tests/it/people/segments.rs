//! Segments: the five that are always there, own ones, and what they share with lists and exports.

use rentbook::domain::customer::CustomerKind;
use rentbook::domain::id::{CustomerId, SubscriptionId};
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::reads::{self, CustomerFilter, Segment};
use rentbook::services::{Action, Desk, Outcome};
use rentbook::shown::column::Listed as _;
use rentbook::shown::csv::{self as tables, Dialect};
use rentbook::shown::view::View;

use super::known::undo;
use super::shop;
use crate::fixture::{item, order};

fn keep(desk: &mut Desk, name: &str, filter: CustomerFilter) -> Result<(), String> {
    let add = Action::AddSegment { name: name.into(), filter: Box::new(filter) };
    desk.perform(add).map(drop).map_err(|error| error.to_string())
}

fn counts(desk: &Desk) -> Vec<(String, i64)> {
    let found = desk.read(|db| reads::segment_counts(db, desk.today())).unwrap();
    found.into_iter().map(|(row, count)| (row.name, count)).collect()
}

fn business() -> CustomerFilter {
    CustomerFilter { kind: Some(CustomerKind::Business), ..CustomerFilter::default() }
}

#[test]
fn five_are_there_from_the_start_and_own_ones_stand_behind_them() {
    let mut desk = shop().desk;
    let names: Vec<String> = counts(&desk).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["High value", "At risk", "Loyal", "New", "Business"]);
    keep(&mut desk, "Firms that rent", CustomerFilter { active: Some(true), ..business() }).unwrap();
    assert_eq!(counts(&desk).last().unwrap(), &("Firms that rent".to_owned(), 1));
    undo(&mut desk).unwrap();
    assert_eq!(counts(&desk).len(), 5);
}

#[test]
fn a_name_that_is_taken_and_a_filter_that_holds_everybody_are_refused() {
    let mut desk = shop().desk;
    keep(&mut desk, "Firms", business()).unwrap();
    assert_eq!(keep(&mut desk, "firms", business()).unwrap_err(), "name: there is a segment firms already");
    assert_eq!(keep(&mut desk, "At risk", business()).unwrap_err(), "name: there is a segment At risk already");
    assert!(keep(&mut desk, "All", CustomerFilter::default()).unwrap_err().contains("now it would be all"));
    let typed = CustomerFilter { query: "Delgado".into(), ..business() };
    keep(&mut desk, "Typed", typed).unwrap();
    let kept = desk.read(|db| db.one("SELECT filter FROM segment WHERE name = 'Typed'", &[], |row| row.text(0)));
    assert!(!kept.unwrap().unwrap().contains("Delgado"), "what was typed may be a name, and names can be erased");
}

#[test]
fn a_segment_and_other_filters_all_hold() {
    let mut shop = shop();
    keep(&mut shop.desk, "Firms", business()).unwrap();
    let firms = shop.desk.read(|db| reads::segment_named(db, "FIRMS")).unwrap().unwrap();
    let count = |filter: CustomerFilter| {
        let filter = CustomerFilter { within: Some(Box::new(firms.filter.clone())), ..filter };
        shop.desk.read(|db| reads::customers_count(db, &filter, shop.desk.today())).unwrap()
    };
    assert_eq!(count(CustomerFilter::default()), 2);
    assert_eq!(count(CustomerFilter { segment: Some(Segment::New), ..CustomerFilter::default() }), 1);
    let people = CustomerFilter { kind: Some(CustomerKind::Individual), ..CustomerFilter::default() };
    assert_eq!(count(people), 0);
}

#[test]
fn the_list_as_a_table_is_safe_against_formulas_and_reads_back() {
    let mut desk = shop().desk;
    let draft = CustomerDraft {
        last_name: "=HYPERLINK(\"http://x\")".into(),
        first_name: "-Ann".into(),
        phone: "+49 30 123456".into(),
        ..CustomerDraft::default()
    };
    let Outcome::Customer(CustomerId(id)) = desk.perform(Action::AddCustomer(Box::new(draft))).unwrap().outcome else {
        panic!("no customer")
    };
    let view = View { today: desk.today(), style: desk.shop().unwrap().style };
    let page = reads::Page::first(9);
    let found = desk.read(|db| reads::customers(db, &CustomerFilter::default(), &page, desk.today())).unwrap();
    let values = found.rows.iter().map(|row| row.values(view));
    let bytes = tables::bytes(Dialect::PLAIN, reads::CustomerRow::keys(), values).unwrap();
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let head = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    let cell = |row: &csv::StringRecord, key: &str| row[head.iter().position(|title| title == key).unwrap()].to_owned();
    let row = rows.iter().find(|row| row[0] == id.to_string()).unwrap();
    assert!(row[1].starts_with("'=HYPERLINK"), "{row:?}");
    assert_eq!(tables::read_back(&row[1]), "=HYPERLINK(\"http://x\"), -Ann");
    assert_eq!(cell(row, "phone"), "+49 30 123456", "F71: a sign is no formula");
    let acme = rows.iter().find(|row| &row[1] == "Acme Corp").unwrap();
    let numbers = ["lifetime_value", "outstanding", "currency"].map(|key| cell(acme, key));
    assert_eq!(numbers, ["0.00", "178.00", "USD"], "numbers are numbers");
}

#[test]
fn loyal_is_who_has_several_subscriptions_or_extended_the_one() {
    let mut shop = shop();
    let (acme, laptop) = (shop.acme, shop.laptop);
    let loyal = |desk: &Desk| -> Vec<CustomerId> {
        let filter = CustomerFilter { segment: Some(Segment::Loyal), ..CustomerFilter::default() };
        let found = desk.read(|db| reads::customers(db, &filter, &reads::Page::first(9), desk.today())).unwrap();
        found.rows.iter().map(|row| row.id).collect()
    };
    assert_eq!(loyal(&shop.desk), [], "one subscription, never extended");
    let longer = ChangeDraft { subscription: SubscriptionId(1), version: None, change: Change::Extend { months: 6 } };
    shop.desk.perform(Action::ChangeSubscription(Box::new(longer))).unwrap();
    assert_eq!(loyal(&shop.desk), [acme], "the one was extended");
    undo(&mut shop.desk).unwrap();
    assert_eq!(loyal(&shop.desk), [], "the extension was a mistake");
    order(&mut shop.desk, acme, vec![item(laptop, "2025-11-17", 3)]);
    assert_eq!(loyal(&shop.desk), [acme], "a second subscription");
}

#[test]
fn payments_and_invoices_are_narrowed_by_f4_until_esc() {
    let mut shop = shop();
    let (ana, laptop) = (shop.ana, shop.laptop);
    shop.desk.perform(Action::LeaveGroup { customer: ana }).unwrap();
    order(&mut shop.desk, ana, vec![item(laptop, "2025-11-01", 3)]);
    let mut robot = super::at(shop.desk);
    for (tabs, count) in [("<Tab>", "2 payments"), ("<Tab><Tab>", "2 invoices")] {
        robot.keys(tabs);
        assert!(robot.sees("Delgado") && robot.sees("Acme Corp"), "{}", robot.text());
        let to_segment = if count.ends_with("payments") { 6 } else { 7 };
        robot.keys(&format!("<F4>{}b<F2>", "<Tab>".repeat(to_segment)));
        assert!(robot.sees("Segment: Business") && robot.sees(count), "{}", robot.text());
        assert!(robot.sees("Acme Corp") && !robot.sees("Delgado"), "{}", robot.text());
        robot.keys("<Esc>");
        assert!(!robot.sees("Segment:") && robot.sees("Delgado"), "{}", robot.text());
    }
}
