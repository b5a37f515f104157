//! The list of customers.

use rentbook::services::Action;
use rentbook::services::actions::customer::CustomerDraft;

use super::{at, empty_shop, says, shop};
use crate::fixture::person;

#[test]
fn an_empty_list_says_which_key_fills_it() {
    let mut robot = at(empty_shop());
    assert!(robot.sees("There are no customers yet. F6 makes the first one."), "{}", robot.text());
    robot.keys("zzz");
    assert!(robot.sees("No customer matches \"zzz\""));
    robot.keys("<Esc><Enter>");
    assert_eq!(robot.message(), "There is no customer under the cursor. F6 makes a new one.");
}

#[test]
fn a_customer_is_found_by_name_email_and_phone_in_few_keys() {
    for typed in ["acm", "ap@ac", "5550142", "ÁCME"] {
        let mut robot = at(shop().desk);
        robot.keys(typed);
        assert!(robot.sees("Acme Corp") && !robot.sees("Delgado"), "{typed}\n{}", robot.text());
        robot.keys("<Enter>");
        assert!(robot.sees("Customers > Acme Corp"), "{typed}");
    }
}

#[test]
fn views_and_filter_narrow_and_show_as_chips() {
    let mut robot = at(shop().desk);
    assert!(robot.sees("3 customers"), "{}", robot.text());
    robot.keys("<Right>");
    assert!(robot.sees("[Active]") && robot.sees("1 customer"), "{}", robot.text());
    robot.keys("<Right>");
    assert!(robot.sees("[Business]") && robot.sees("2 customers") && !robot.sees("Delgado"));
    robot.keys("<Right>");
    assert!(robot.sees("[Individuals]") && robot.sees("Delgado, Ana"));
    robot.keys("<Left><Left><Left><F4><Right><Right><F2>");
    assert!(robot.sees("Kind: Business") && robot.sees("2 customers"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(!robot.sees("Kind: Business") && robot.sees("3 customers"));
}

#[test]
fn the_filter_refuses_a_range_that_ends_before_it_begins() {
    let mut robot = at(shop().desk);
    robot.keys("<F4><Tab><Tab>100<Tab>50<F2>");
    assert!(says(&robot, "x This is less than where it begins."), "{}", robot.text());
    robot.keys("<Ctrl+U>500<F2>");
    assert!(robot.sees("Lifetime: 100.00 to 500.00"), "{}", robot.text());
}

#[test]
fn a_new_customer_gets_the_cursor_wherever_it_stands() {
    let mut desk = empty_shop();
    for number in 0..230 {
        person(&mut desk, &format!("Berg{number:03}"));
    }
    let mut robot = at(desk);
    robot.keys("Zoe Żółć<F6>");
    assert!(robot.sees("[Zoe ") && robot.sees("[Żółć "), "{}", robot.text());
    robot.keys("<F2>Quay 1<F2>");
    assert_eq!(robot.message(), "Zoe Żółć was added as a customer.");
    assert!(robot.lines().iter().any(|line| line.contains("> Żółć, Zoe")), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("Customers > Żółć, Zoe"), "{}", robot.text());
}

#[test]
fn what_was_typed_goes_into_the_field_it_fits() {
    for (typed, field) in [("zoe@example.com", "Email"), ("+49 30 123456", "Phone"), ("Żółć, Zoe", "First name")] {
        let mut robot = at(empty_shop());
        robot.keys(typed).keys("<F6>");
        let value = if field == "First name" { "Zoe" } else { typed };
        let line = robot.lines().into_iter().find(|line| line.contains(field)).unwrap();
        assert!(line.contains(&format!("[{value} ")), "{line}");
    }
}

#[test]
fn a_likely_duplicate_is_shown_while_typing_and_asked_about_when_saving() {
    let mut robot = at(shop().desk);
    robot.keys("<F6><Tab>Dana<Tab>Weber<Tab>ap@acme.example");
    assert!(robot.sees("! Acme Corp, ap@acme.example (same email)"), "{}", robot.text());
    robot.keys("<F2>Quay 1<F2>");
    assert!(robot.sees("You may have this customer already"), "{}", robot.text());
    robot.keys("n");
    assert!(robot.sees("[ap@acme.example"));
    robot.keys("<F2>y");
    assert_eq!(robot.message(), "Dana Weber was added as a customer.");
}

#[test]
fn a_phone_written_otherwise_and_a_name_turned_round_are_alike() {
    let mut robot = at(shop().desk);
    robot.keys("<F6><Tab>X<Tab>Y<Tab><Tab>001.555.0142");
    assert!(robot.sees("(same phone)"), "{}", robot.text());
    let mut robot = at(shop().desk);
    robot.keys("<F6><Tab>Delgado<Tab>Ana");
    assert!(robot.sees("! Delgado, Ana (same name)"), "{}", robot.text());
    let mut robot = at(shop().desk);
    robot.keys("<F6>b<Tab>Acme Corpp");
    assert!(robot.sees("(similar name)"), "{}", robot.text());
    robot.keys("<F2>Quay 1<F2>");
    assert_eq!(robot.message(), "Acme Corpp was added as a customer.");
}

#[test]
fn fields_of_a_business_stand_there_for_a_business_only() {
    let mut robot = at(shop().desk);
    robot.keys("<F6>");
    assert!(!robot.sees("VAT number") && robot.sees("First name"));
    robot.keys("b");
    assert!(robot.sees("VAT number") && !robot.sees("First name"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("x A business needs its company name."), "{}", robot.text());
    robot.keys("Zeta<Tab><Tab><Tab><Tab><Tab><Tab><Tab>900<F2>");
    assert!(robot.sees("x Write the days to pay"), "{}", robot.text());
    robot.keys("<Ctrl+U>30<F2>Quay 1<F2>");
    assert_eq!(robot.message(), "Zeta was added as a customer.");
}

#[test]
fn an_edit_of_a_customer_somebody_changed_meanwhile_keeps_what_was_typed() {
    let shop = shop();
    let id = shop.acme;
    let mut robot = at(shop.desk);
    robot.keys("<F2><Tab><Tab><Ctrl+U>new@acme.example");
    let draft = CustomerDraft { kind: "business".into(), company_name: "Acme Ltd".into(), ..CustomerDraft::default() };
    let edit = Action::EditCustomer { id, version: 1, draft: Box::new(draft) };
    robot.app.desk_mut().perform(edit).unwrap();
    robot.keys("<F2>");
    assert!(says(&robot, "Mia changed this customer meanwhile at 09:00; nothing was saved."), "{}", robot.text());
    assert!(robot.sees("Company: Acme Ltd") && robot.sees("Email: (nothing)"), "{}", robot.text());
    assert!(
        robot.sees("What you typed would replace it:") && robot.sees("Email: new@acme.example"),
        "{}",
        robot.text()
    );
    robot.keys("n");
    assert!(robot.sees("[new@acme.example") && robot.app.dialog_count() == 1, "what was typed is still there");
    robot.keys("<F2>y");
    assert_eq!(robot.message(), "Acme Ltd is saved.");
    assert!(robot.sees("new@acme.example") && robot.sees("Acme Ltd"), "{}", robot.text());
}

#[test]
fn two_edits_of_different_fields_are_both_kept_when_a_person_says_so() {
    let shop = shop();
    let id = shop.acme;
    let mut robot = at(shop.desk);
    robot.keys("<F2><Tab><Tab><Tab><Ctrl+U>+1 555 0999");
    super::known::edit(robot.app.desk_mut(), id, |draft| draft.email = "other@acme.example".into()).unwrap();
    robot.keys("<F2>");
    assert!(says(&robot, "What you typed is about other fields: both can be kept."), "{}", robot.text());
    robot.keys("y");
    let page = super::known::page(robot.app.desk(), id);
    assert_eq!((page.row.email.as_str(), page.row.phone.as_str()), ("other@acme.example", "+1 555 0999"));
}

#[test]
fn an_edit_saves_and_keeps_the_cursor() {
    let mut robot = at(shop().desk);
    robot.keys("<Down><F2>");
    assert!(robot.sees("Edit customer") && robot.sees("[Brightside Dental"), "{}", robot.text());
    robot.keys("<Tab><Ctrl+U>Zebra Dental<F2>");
    assert_eq!(robot.message(), "Zebra Dental is saved.");
    assert!(robot.lines().iter().any(|line| line.contains("> Zebra Dental")), "{}", robot.text());
}

#[test]
fn f8_opens_mark_as_paid_or_says_why_not() {
    let mut robot = at(shop().desk);
    robot.keys("<F8>");
    assert!(robot.sees("Mark as paid") && robot.sees("Acme Corp"), "{}", robot.text());
    robot.keys("<Esc>").keys("bright<F8>");
    assert!(robot.app.dialog_count() == 1 || !robot.message().is_empty());
}

#[test]
fn marks_add_up_what_they_owe() {
    let mut robot = at(shop().desk);
    robot.keys("<Insert><Insert>");
    assert!(robot.sees("2 marked = 178.00 USD"), "{}", robot.text());
}

// F2, F3
#[test]
fn marks_in_lists_where_one_is_worked_on_say_so_and_do_not_outlive_a_search() {
    let mut robot = at(shop().desk);
    robot.keys("<Insert><Insert><F8>");
    assert_eq!(robot.message(), "This works on one customer, and 2 are marked: Esc unmarks them.");
    robot.keys("<F9>");
    assert!(robot.sees("(Add a note to ") && robot.sees("(Edit "), "{}", robot.text());
    robot.keys("<Esc>").paste("delg");
    assert_eq!(robot.message(), "2 marks dropped: not in this view.");
    robot.keys("<F8>");
    assert!(robot.sees("Mark as paid") && robot.sees("Delgado, Ana"), "{}", robot.text());
}
