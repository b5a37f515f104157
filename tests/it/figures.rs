//! The figures managers read, on small books whose sums one can do in the head.

pub mod as_of;
mod found_late;
mod of_segments;

use rentbook::domain::log::Log;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::reads::{self, PaymentFilter, PaymentView, Whose, reports};
use rentbook::services::{Action, Desk, Outcome, Payer};

use crate::fixture::{self, date, item, order, person, shop, transfer, variant};

fn figures(desk: &Desk, from: &str, to: &str, as_of: &str) -> (String, String, Option<i64>, Option<i64>, String) {
    let period = reports::Period { from: date(from), to: date(to), as_of: date(as_of) };
    let summary = desk.read(|db| reports::summary(db, period, &Whose::Everybody)).unwrap();
    let row = &summary.rows[0];
    let average = row.average_payment.map(|money| money.to_string()).unwrap_or_default();
    (row.total_income.to_string(), row.outstanding.to_string(), row.success_ppm, row.failed_ppm, average)
}

/// Five months at 89, the first three paid on the fifth, the fourth failed.
fn five_months() -> Desk {
    let (mut desk, hand) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    for month in 1..=5 {
        hand.set(&format!("2024-0{month}-05"));
        desk.run_pass(&PassOptions::default()).unwrap();
        if month <= 3 {
            let draft = transfer(&desk, Target::Payer(Payer::Customer(ana)), "89.00", &format!("BT-{month}"));
            desk.perform(Action::Receive(Box::new(draft))).unwrap();
        }
    }
    desk.perform(Action::FailPayment { payment: rentbook::domain::id::PaymentId(4), reason: "declined".into() })
        .unwrap();
    desk
}

#[test]
fn income_outstanding_and_rates_add_up() {
    let desk = five_months();
    let whole = figures(&desk, "2024-01-01", "2024-05-05", "2024-05-05");
    assert_eq!(whole, ("267.00".into(), "178.00".into(), Some(600_000), Some(200_000), "89.00".into()));
    let february = figures(&desk, "2024-02-01", "2024-02-29", "2024-05-05");
    assert_eq!(february, ("89.00".into(), "178.00".into(), Some(1_000_000), Some(0), "89.00".into()));
}

#[test]
fn what_is_dated_after_the_day_a_report_is_seen_from_is_not_in_it() {
    let desk = five_months();
    let early = figures(&desk, "2024-01-01", "2024-05-05", "2024-03-04");
    assert_eq!(early, ("178.00".into(), "89.00".into(), Some(666_666), Some(0), "89.00".into()));
}

#[test]
fn the_buckets_of_the_aging_add_up_to_what_is_outstanding_on_any_day() {
    let desk = five_months();
    for day in ["2024-01-01", "2024-02-04", "2024-03-06", "2024-05-05"] {
        let rows = desk.read(|db| reports::aging(db, date(day), &Whose::Everybody)).unwrap();
        let sum: i64 = rows.iter().map(|row| row.amount.minor()).sum();
        assert_eq!(rows.len(), 5);
        assert_eq!(
            figures(&desk, "2024-01-01", day, day).1,
            rentbook::domain::money::Money::new(sum, rows[0].amount.currency()).to_string(),
            "{day}"
        );
    }
    let rows = desk.read(|db| reports::aging(db, date("2024-05-05"), &Whose::Everybody)).unwrap();
    let amounts: Vec<String> = rows.iter().map(|row| format!("{} {}", row.bucket.code(), row.amount)).collect();
    assert_eq!(amounts, ["current 0.00", "1-30 89.00", "31-60 89.00", "61-90 0.00", "90+ 0.00"]);
}

#[test]
fn months_show_what_came_due_beside_what_came_in() {
    let desk = five_months();
    let period = reports::Period { from: date("2024-01-01"), to: date("2024-05-31"), as_of: date("2024-05-05") };
    let months = desk.read(|db| reports::income_by_month(db, period, &Whose::Everybody)).unwrap();
    let shown: Vec<String> = months.iter().map(|m| format!("{} {} of {}", m.month, m.collected, m.due)).collect();
    assert_eq!(shown[2], "2024-03-01 89.00 of 89.00");
    assert_eq!(shown[3], "2024-04-01 0.00 of 89.00");
    assert_eq!(shown.len(), 5);
}

#[test]
fn today_lists_what_waits_for_a_person() {
    let desk = five_months();
    let today = desk.read(|db| reads::today(db, desk.today())).unwrap();
    assert_eq!((today.overdue.count, today.overdue.sums[0].to_string().as_str()), (2, "178.00"));
    assert_eq!(today.overdue.oldest_on, Some(date("2024-04-01")));
    assert_eq!((today.failed.count, today.due_today.count, today.missing_addresses.count), (1, 0, 1));
    assert_eq!(today.last_pass_on, Some(date("2024-05-05")));
    assert_eq!(today.last_done.unwrap().log, Some(Log::FailPayment));
}

/// F52
#[test]
fn a_report_that_names_no_first_day_begins_with_the_first_of_the_book() {
    let (desk, _) = shop("2024-01-01");
    assert_eq!(desk.read(reports::first_day).unwrap(), None);
    assert_eq!(five_months().read(reports::first_day).unwrap(), Some(date("2024-01-01")));
    let shop = crate::commands::Shop::with_order("2024-03-05");
    let months = shop.does(&["report", "income"]);
    assert_eq!((&months["from"], &months["total"]), (&"2024-03-05".into(), &1.into()), "{months}");
}

/// F54
#[test]
fn the_next_payment_is_the_same_by_every_door() {
    let mut shop = ShopDraft { lead_days: "14".into(), tax_rate: "0".into(), ..fixture::draft() };
    shop.name = "Harbour".into();
    let (mut desk, hand) = fixture::shop_with("2024-01-01", &shop);
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let (_, of) = order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    // February is invoiced ahead and due on its first day; the next period nobody has billed is March.
    hand.set("2024-01-20");
    desk.run_pass(&PassOptions::default()).unwrap();
    let next = |day: &str| {
        let row = desk.read(|db| reads::subscriptions_by_id(db, &of, date(day))).unwrap().remove(0);
        row.next_payment.map(|next| format!("{} {}", next.on, next.amount)).unwrap_or_default()
    };
    assert_eq!(next("2024-01-20"), "2024-02-01 89.00");
    assert_eq!(next("2024-02-02"), "2024-03-01 89.00", "what is late is not the next one");
    let page = desk.read(|db| reads::order_page(db, rentbook::domain::id::OrderId(1), desk.today())).unwrap().unwrap();
    assert_eq!(page.subscriptions[0].next_payment.unwrap().on, date("2024-02-01"));
}

/// F31
#[test]
fn what_was_written_off_is_no_success_and_in_no_average() {
    let mut desk = five_months();
    let april = rentbook::domain::id::InvoiceId(4);
    desk.perform(Action::WriteOff { invoice: april, reason: "gone".into() }).unwrap();
    let whole = figures(&desk, "2024-01-01", "2024-05-05", "2024-05-05");
    assert_eq!(whole, ("267.00".into(), "89.00".into(), Some(600_000), Some(0), "89.00".into()));
    let period = reports::Period { from: date("2024-01-01"), to: date("2024-05-31"), as_of: date("2024-05-05") };
    let rows = desk.read(|db| reports::status_distribution(db, period, &Whose::Everybody)).unwrap();
    let told: Vec<String> = rows.iter().map(|row| format!("{} {}", row.status.word(), row.count())).collect();
    assert_eq!(told, ["Pending 1", "Processing 0", "Paid 3", "Written off 1", "Failed 0", "Cancelled 0"]);
}

/// F53
#[test]
fn customers_in_another_currency_count_in_figures_of_their_own() {
    let mut desk = five_months();
    let draft = CustomerDraft { first_name: "Uma".into(), currency: "EUR".into(), ..CustomerDraft::default() };
    let Outcome::Customer(uma) = desk.perform(Action::AddCustomer(Box::new(draft))).unwrap().outcome else { panic!() };
    let line = LineDraft { text: "Repair".into(), unit_price: "40".into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer: uma, lines: vec![line], due_on: None };
    desk.perform(Action::NewInvoice(Box::new(draft))).unwrap();
    let period = reports::Period { from: date("2024-01-01"), to: date("2024-05-31"), as_of: date("2024-05-05") };
    let summary = desk.read(|db| reports::summary(db, period, &Whose::Everybody)).unwrap();
    let told = |row: &reports::SummaryRow| {
        format!("{} {:?} {} {:?}", row.outstanding, row.success_ppm, row.due_count, row.failed_ppm)
    };
    assert_eq!(
        summary.rows.iter().map(told).collect::<Vec<_>>(),
        ["40.00 None 0 None", "178.00 Some(600000) 5 Some(200000)",]
    );
}

/// F51: a line of Today leads to a list of as many rows with the same sum.
#[test]
fn the_lists_behind_the_lines_of_today_have_their_count_and_sum() {
    let mut desk = five_months();
    // One more falls due on an invoice that waits for nobody, one on none.
    let payment = rentbook::domain::id::PaymentId(5);
    desk.perform(Action::ProcessPayment { payment }).unwrap();
    let today = desk.read(|db| reads::today(db, desk.today())).unwrap();
    let due_today = (Some(desk.today()), Some(desk.today()));
    for (line, view, due) in [
        (&today.overdue, PaymentView::Overdue, (None, None)),
        (&today.failed, PaymentView::Failed, (None, None)),
        (&today.processing, PaymentView::Processing, (None, None)),
        (&today.due_today, PaymentView::Open, due_today),
    ] {
        let filter = PaymentFilter { view, due, ..PaymentFilter::default() };
        let total = desk.read(|db| reads::payments_total(db, &filter, desk.today())).unwrap();
        assert_eq!((total.count, &total.open), (line.count, &line.sums), "{view:?}");
    }
    let rows =
        desk.read(|db| reports::stood::stood(db, reports::stood::Which::NotInvoiced, desk.today(), &Whose::Everybody));
    assert_eq!(i64::try_from(rows.unwrap().len()).unwrap(), today.uninvoiced.count);
}
