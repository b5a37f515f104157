//! Credit that new invoices use by themselves, where the shop says so.

use rentbook::domain::id::{ActivityId, CustomerId};
use rentbook::domain::log::Log;
use rentbook::domain::status::PaymentStatus::{Paid, Pending};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Payer};

use super::{count, due_and_credit, invoice, sound, stands, text, undo, with_customer};
use crate::fixture::{Hand, date, group, item, order, person, shop, transfer, variant};

fn set(desk: &mut Desk, value: &str) {
    desk.perform(Action::ChangeSetting { key: "use-credit".into(), value: value.into() }).unwrap();
}

/// Money nothing is owed for.
fn in_advance(desk: &mut Desk, payer: Payer, amount: &str, reference: &str) {
    let draft = ReceiptDraft { keep_credit: true, ..transfer(desk, Target::Payer(payer), amount, reference) };
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
}

fn pass(desk: &mut Desk, hand: &Hand, day: &str) {
    hand.set(day);
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
}

#[test]
fn a_new_invoice_takes_credit_only_where_the_shop_says_so() {
    let (mut desk, _, customer) = with_customer();
    in_advance(&mut desk, Payer::Customer(customer), "50", "A");
    let (first, _, _) = invoice(&mut desk, customer, &[("30.00", "0")]);
    assert_eq!(due_and_credit(&desk, first), (3000, 5000));
    let odd = Action::ChangeSetting { key: "use-credit".into(), value: "perhaps".into() };
    assert!(desk.perform(odd).unwrap_err().to_string().contains("write yes or no"));
    set(&mut desk, "yes");
    let (second, number, payments) = invoice(&mut desk, customer, &[("20.00", "0"), ("40.00", "0")]);
    assert_eq!(due_and_credit(&desk, second), (1000, 0));
    assert_eq!(stands(&desk, payments[0]), (Paid, 2000, 0));
    assert_eq!(stands(&desk, payments[1]), (Pending, 3000, 0));
    let newest = "SELECT action || ' ' || details FROM activity ORDER BY id DESC LIMIT 1";
    assert_eq!(text(&desk, newest), "use_credit_unasked {\"amount\":\"50.00\",\"currency\":\"USD\"}");
    let said = undo(&mut desk).unwrap().said;
    assert!(said.contains("The credit is there again"), "{said}");
    assert_eq!(due_and_credit(&desk, second), (6000, 5000));
    assert!(undo(&mut desk).unwrap_err().contains("voiding"), "{number} itself is taken back by void");
    set(&mut desk, "no");
    let (third, _, _) = invoice(&mut desk, customer, &[("20.00", "0")]);
    assert_eq!(due_and_credit(&desk, third), (2000, 5000));
    sound(&desk);
}

#[test]
fn the_oldest_money_is_taken_first_and_a_group_uses_its_own() {
    let (mut desk, hand) = shop("2025-01-01");
    set(&mut desk, "yes");
    let acme = group(&mut desk, "Acme HQ", "10");
    let (ben, ana) = (person(&mut desk, "Berg"), person(&mut desk, "Delgado"));
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ben, vec![item(laptop, "2025-01-05", 2)]);
    in_advance(&mut desk, Payer::Customer(ben), "7", "his own");
    in_advance(&mut desk, Payer::Group(acme), "20", "first");
    in_advance(&mut desk, Payer::Group(acme), "20", "second");
    in_advance(&mut desk, Payer::Customer(ana), "99", "another's");
    pass(&mut desk, &hand, "2025-01-10");
    let left = "SELECT GROUP_CONCAT(reference || ' ' || (amount_minor - allocated_minor), ', ') FROM receipt";
    assert_eq!(text(&desk, left), "his own 700, first 0, second 1000, another's 9900");
    assert_eq!(count(&desk, "SELECT total_minor - settled_minor FROM invoice"), 0);
    // The pass is never taken back without a name; its credit is, by its number.
    let used = count(&desk, "SELECT id FROM activity WHERE action = 'pass_credit'");
    let newest = desk.read(|db| rentbook::store::activity::newest_done(db, desk.operator().name.as_str())).unwrap();
    assert_eq!(newest.unwrap().log, Log::Receive);
    desk.perform(Action::Undo(Some(ActivityId(used)))).unwrap();
    assert_eq!(count(&desk, "SELECT total_minor - settled_minor FROM invoice"), 3000);
    sound(&desk);
}

/// Everything credit did, with its days.
fn told(desk: &Desk) -> String {
    let invoices = text(
        desk,
        "SELECT GROUP_CONCAT(line, '; ') FROM (SELECT number || ' ' || invoiced_on || ' ' || settled_minor || ' of ' \
         || total_minor || ' account ' || account_minor || ' late ' || COALESCE(overdue_on, '-') AS line \
         FROM invoice ORDER BY id)",
    );
    let used = text(
        desk,
        "SELECT GROUP_CONCAT(line, '; ') FROM (SELECT r.number || ' ' || a.payment_id || ' ' || a.amount_minor || ' ' || \
         a.allocated_on || ' ' || p.status || ' ' || COALESCE(p.paid_on, '-') AS line FROM allocation a \
         JOIN receipt r ON r.id = a.receipt_id JOIN payment p ON p.id = a.payment_id ORDER BY p.id, r.id, a.id)",
    );
    format!("{invoices}\n{used}")
}

/// A year with money in advance, in parts and too much; `passes` says on which days the pass runs.
fn year(passes: impl Fn(chrono::NaiveDate) -> bool) -> String {
    let (mut desk, hand) = shop("2025-01-01");
    set(&mut desk, "yes");
    let acme = group(&mut desk, "Acme HQ", "15");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    let people: Vec<CustomerId> = ["Adams", "Berg", "Cole"].iter().map(|name| person(&mut desk, name)).collect();
    desk.perform(Action::JoinGroup { group: acme, customer: people[2] }).unwrap();
    for (at, start) in ["2025-01-03", "2025-01-31", "2025-01-07"].iter().enumerate() {
        order(&mut desk, people[at], vec![item(laptop, start, 11), item(laptop, start, 5)]);
    }
    for day in date("2025-01-01").iter_days().take_while(|day| *day <= date("2025-12-31")) {
        hand.set(&day.to_string());
        if passes(day) {
            desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
        }
        let (payer, amount) = match day.to_string().as_str() {
            "2025-01-01" => (Payer::Customer(people[0]), "100"),
            "2025-03-02" => (Payer::Customer(people[1]), "250.50"),
            "2025-03-20" => (Payer::Group(acme), "77"),
            "2025-04-03" => (Payer::Customer(people[0]), "333.33"),
            _ => continue,
        };
        // A person confirms a long gap before work begins.
        desk.run_pass(&PassOptions { confirm_gap: true, dry_run: false, ..PassOptions::default() }).unwrap();
        in_advance(&mut desk, payer, amount, "");
    }
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    sound(&desk);
    told(&desk)
}

#[test]
fn the_days_on_which_the_pass_ran_do_not_change_what_credit_paid() {
    use chrono::Datelike;
    let daily = year(|_| true);
    assert!(daily.matches("paid").count() > 10, "{daily}");
    assert_eq!(daily, year(|_| false), "only when it was needed");
    assert_eq!(daily, year(|day| day.day() == 17), "once a month");
    assert_eq!(daily, year(|day| day.ordinal() % 9 == 0), "now and then");
}

#[test]
fn money_that_came_later_pays_no_invoice_of_a_day_before_it() {
    let (mut desk, hand) = shop("2025-01-01");
    set(&mut desk, "yes");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2025-01-05", 1)]);
    hand.set("2025-01-20");
    in_advance(&mut desk, Payer::Customer(ana), "100", "late");
    // The invoice of the 5th was issued first, and the money pays it as money does.
    assert_eq!(text(&desk, "SELECT allocated_on || ' ' || amount_minor FROM allocation"), "2025-01-20 3000");
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM activity WHERE action = 'pass_credit'"), 0);
    sound(&desk);
}

#[test]
fn a_draft_takes_credit_when_it_is_approved_and_a_merged_customer_s_money_counts() {
    let (mut desk, _, customer) = with_customer();
    set(&mut desk, "yes");
    let twin = person(&mut desk, "Lundt");
    in_advance(&mut desk, Payer::Customer(twin), "12", "A");
    desk.perform(Action::MergeCustomers { kept: customer, merged: twin }).unwrap();
    let sql = "UPDATE collection_policy SET review_required = 1";
    desk.book().write(|db| db.execute(sql, &[]).map_err(rentbook::services::DeskError::from)).unwrap();
    let line = rentbook::services::actions::invoicing::LineDraft {
        text: "Repair".into(),
        unit_price: "10".into(),
        tax_rate: "0".into(),
        ..rentbook::services::actions::invoicing::LineDraft::default()
    };
    let draft = rentbook::services::actions::invoicing::InvoiceDraft { customer, lines: vec![line], due_on: None };
    desk.perform(Action::NewInvoice(Box::new(draft))).unwrap();
    assert_eq!(count(&desk, "SELECT SUM(settled_minor) FROM invoice"), 0);
    let id = rentbook::domain::id::InvoiceId(count(&desk, "SELECT MAX(id) FROM invoice"));
    let said = desk.perform(Action::ApproveInvoices(vec![id])).unwrap().said;
    assert!(said.contains("used 10.00"), "{said}");
    assert_eq!(due_and_credit(&desk, id), (0, 200));
    sound(&desk);
}

#[test]
fn one_undo_takes_back_a_step_with_the_credit_it_used() {
    // F16
    let mut rented = crate::rented::rented("2024-03-10");
    let desk = &mut rented.desk;
    let open = "SELECT COALESCE(SUM(total_minor - settled_minor), 0) FROM invoice WHERE state = 'issued'";
    let customer = CustomerId(1);
    in_advance(desk, Payer::Customer(customer), "2000", "A");
    set(desk, "yes");
    let (before, newest) = (count(desk, open), count(desk, "SELECT MAX(id) FROM activity"));
    let change = rentbook::services::actions::subscription::Change::BuyOut { residual: "142".into() };
    let draft = rentbook::services::actions::subscription::ChangeDraft {
        subscription: rented.subscription,
        version: None,
        change,
    };
    let done = desk.perform(Action::ChangeSubscription(Box::new(draft))).unwrap();
    assert!(done.said.contains("of credit"), "{}", done.said);
    assert_eq!(count(desk, "SELECT COUNT(*) FROM activity WHERE action = 'use_credit_unasked'"), 1);
    undo(desk).unwrap();
    assert_eq!(count(desk, open), before, "the buyout and its credit");
    let left = format!(
        "SELECT COUNT(*) FROM activity a WHERE id > {newest} AND undoes_id IS NULL AND action NOT LIKE 'pass%' \
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)"
    );
    assert_eq!(count(desk, &left), 0, "nothing of it stands");
    sound(desk);
}

#[test]
fn the_undo_after_an_undo_that_billed_again_goes_further_back() {
    // F16: its brother, the credit an undo used.
    let (mut desk, _, customer) = with_customer();
    set(&mut desk, "yes");
    let (_, _, payments) = invoice(&mut desk, customer, &[("20.00", "0")]);
    desk.perform(Action::AddNote(rentbook::services::actions::customer::NoteDraft {
        on: None,
        customer,
        kind: "phone".into(),
        summary: "rang".into(),
        follow_up_on: None,
        follow_up_action: String::new(),
    }))
    .unwrap();
    let reason = rentbook::domain::reason::CancelReason::NotNeeded;
    desk.perform(Action::CancelPayment { payment: payments[0], reason, words: "x".into() }).unwrap();
    let cancelled = ActivityId(count(&desk, "SELECT MAX(id) FROM activity"));
    in_advance(&mut desk, Payer::Customer(customer), "50", "A");
    let said = desk.perform(Action::Undo(Some(cancelled))).unwrap().said;
    assert!(said.contains("used 20.00 of credit"), "{said}");
    // The money it used is in the way of taking the receipt back: that is said, and nothing else is taken back instead.
    assert!(undo(&mut desk).unwrap_err().contains("credit of receipt R-2025-0001 was used since"));
    let used = ActivityId(count(&desk, "SELECT id FROM activity WHERE action = 'use_credit_unasked'"));
    desk.perform(Action::Undo(Some(used))).unwrap();
    undo(&mut desk).unwrap();
    assert!(undo(&mut desk).unwrap().said.to_lowercase().contains("note"));
    sound(&desk);
}
