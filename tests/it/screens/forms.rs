//! Forms: fields, lists, errors, saving, leaving.

use super::demo::robot;

#[test]
fn enter_goes_on_and_f2_saves_from_anywhere() {
    let mut robot = robot();
    robot.keys("<F6>Weber<Enter><F2>");
    assert_eq!(robot.pressed(), 8);
    assert_eq!(robot.message(), "Ana Weber was added as a customer.");
    assert!(robot.sees("1 done") && robot.app.dialog_count() == 0);
}

#[test]
fn saving_jumps_to_the_first_error_and_keeps_what_was_typed() {
    let mut robot = robot();
    robot.keys("<F6><Enter><Enter>1.1.1.1<Enter>abc<F2>");
    assert!(robot.sees("x Please fill in: last name."));
    assert!(robot.message().ends_with("And 2 more."), "{}", robot.message());
    robot.keys("Weber<F2>");
    assert!(robot.sees("[1.1.1.1"), "{}", robot.text());
    robot.keys("t<F2>").keys("<Ctrl+U>89<F2>");
    assert_eq!(robot.message(), "Ana Weber was added as a customer.");
}

#[test]
fn what_an_action_refuses_stands_under_its_field() {
    let mut robot = robot();
    robot.keys("<F6>Weber<Enter>nonsense<F2>");
    assert_eq!(robot.app.dialog_count(), 1);
    assert!(robot.message().starts_with("Nothing is saved"));
    let lines = robot.lines();
    let at = lines.iter().position(|line| line.contains("> Email")).unwrap();
    assert!(lines[at + 1].contains("x "), "{}", robot.text());
    robot.keys("<Ctrl+U><F2>");
    assert_eq!(robot.app.dialog_count(), 0);
}

#[test]
fn shift_tab_always_leaves_a_wrong_field() {
    let mut robot = robot();
    robot.keys("<F6><Tab><Tab>99/99<Shift+Tab>");
    assert!(robot.sees("> Email"));
    robot.keys("<Shift+Tab>");
    assert!(robot.sees("> Last name"));
    for _ in 0..12 {
        robot.keys("<Shift+Tab>");
    }
    assert!(!robot.sees("x Please") && robot.app.dialog_count() == 1);
}

#[test]
fn going_forward_tidies_a_date_and_explains_it() {
    let mut robot = robot();
    robot.keys("<F6><Tab><Tab>1611<Enter>");
    assert!(robot.sees("[16/11/2025  ] Sun, yesterday"), "{}", robot.text());
    robot.keys("12,34,5<Tab>");
    assert!(robot.sees("x "), "{}", robot.text());
    robot.keys("<Shift+Tab><Ctrl+U>1234.5<Tab>");
    assert!(robot.sees("1,234.50]"), "{}", robot.text());
}

#[test]
fn a_lookup_narrows_while_one_types() {
    let mut robot = robot();
    let product = "<F6>Weber<Tab><Tab><Tab><Tab><Tab>";
    robot.keys(product).keys("mon");
    assert!(robot.sees("Product matching \"mon\"") && robot.sees("Monitor arm"));
    robot.keys("<Down><Enter>");
    assert!(robot.sees("[Monitor arm") && robot.sees("> Welcome"));
    robot.keys("<Shift+Tab>x");
    assert!(robot.sees("Nothing matches"));
    robot.keys("<F2>");
    assert!(robot.sees("x Choose one from the list"));
    robot.keys("<Ctrl+U><F4>");
    assert!(robot.sees("Laptop Pro 漢") && robot.sees("Monitor 27"));
    robot.click("Monitor 27").keys("<F2>");
    assert!(robot.sees("1 done"));
}

#[test]
fn same_as_last_check_boxes_choices_and_notes() {
    let mut robot = robot();
    robot.keys("<F6><Ctrl+D>");
    assert!(robot.sees("[Delgado") && robot.sees("After saving: Delgado is known."));
    robot.keys("<Tab><Ctrl+D>");
    assert_eq!(robot.message(), "Nothing was saved in this field before.");
    robot.keys("<Tab><Tab><Tab><Right>");
    assert!(robot.sees("[Cash"));
    robot.keys("<F4><Up><Up><Enter><Tab> ");
    assert!(robot.sees("[Bank transfer") && robot.sees("[ ] by e-mail"));
    robot.keys("<Tab>one<Enter>two? yes<Tab>");
    assert!(robot.sees("two? yes") && robot.sees(">[ F2 Save ]"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("1 done"));
}

#[test]
fn an_enter_that_is_held_runs_through_fields_but_never_saves() {
    let mut robot = robot();
    robot.keys("<F6>Weber").hold("Enter", 50);
    assert!(robot.sees("0 done") && robot.app.dialog_count() == 1);
}

#[test]
fn a_clean_form_closes_at_once_and_a_changed_one_asks() {
    let mut robot = robot();
    robot.keys("<F6><Esc>");
    assert_eq!(robot.app.dialog_count(), 0);
    robot.keys("<F6>W<Esc>n");
    assert!(robot.sees("[W ") && robot.app.dialog_count() == 1);
    robot.keys("<Esc><Enter>");
    assert!(robot.app.dialog_count() == 1);
    robot.keys("<Esc>y");
    assert_eq!(robot.app.dialog_count(), 0);
    assert!(robot.sees("0 done"));
}

#[test]
fn the_mouse_reaches_fields_and_buttons() {
    let mut robot = robot();
    robot.keys("<F6>Weber").click("Welcome").click("Welcome");
    assert!(robot.sees("[ ] by e-mail"), "{}", robot.text());
    robot.click("[ F2 Save ]");
    assert!(robot.sees("1 done"));
}

// F7
#[test]
fn a_word_typed_over_an_open_list_of_values_picks_that_value_and_enter_takes_it() {
    let mut robot = super::harbour::payments();
    robot.keys("0104<F8>BT-1<Shift+Tab><F4>cash");
    assert!(robot.sees("> Cash") && robot.sees("[Bank transfer"), "the list is open still:\n{}", robot.text());
    robot.keys("<Backspace><Backspace><Backspace>h");
    assert!(robot.sees("> Check"), "{}", robot.text());
    robot.keys("cash<Enter>");
    assert!(robot.sees("[Cash "), "{}", robot.text());
    assert!(robot.sees("BT-1"), "no letter went elsewhere:\n{}", robot.text());
    robot.keys("<Shift+Tab><F4>che<Esc>");
    assert!(robot.sees("[Cash "), "Esc keeps what was chosen:\n{}", robot.text());
    robot.keys("<F4>che<F2>");
    assert_eq!(robot.message(), "2025-0104 is on its way, 45.50. Ctrl+Z takes it back.");
}

// F6
#[test]
fn letters_in_a_field_of_values_pick_a_word_and_what_fits_nothing_is_said() {
    let mut robot = super::harbour::payments();
    robot.keys("0104<F8><Shift+Tab>cash");
    assert!(robot.sees("[Cash "), "{}", robot.text());
    robot.keys("BT-7");
    assert_eq!(robot.message(), "Nothing in this list begins with \"7\": F4 shows all of it.");
    robot.paste("BT-778123");
    assert!(robot.message().starts_with("A value is chosen here"), "{}", robot.message());
}

// F1
#[test]
fn every_dialog_that_moves_money_names_invoice_customer_and_amount_in_its_title() {
    let mut robot = super::harbour::payments();
    robot.keys("0104<F8>");
    assert!(robot.sees("Mark as paid   2025-0104   Okafor, Ngozi   45.50 USD"), "{}", robot.text());
    robot.keys("<Esc><Tab><Tab>0104");
    for (entry, title) in
        [("Credit note on", "Credit note"), ("Write off the rest", "Write off"), ("Void 2025", "Void invoice")]
    {
        robot.act(entry);
        let wanted = format!("{title}   2025-0104   Okafor, Ngozi   45.50 USD");
        assert!(robot.sees(&wanted), "{entry}:\n{}", robot.text());
        robot.keys("<Esc>");
    }
}
