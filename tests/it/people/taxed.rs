//! How tax is charged to a customer, and why not: by form, by command, on invoices and papers. F60.

use rentbook::domain::tax::TaxTreatment;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::papers::Copy;
use rentbook::services::pass::PassOptions;
use rentbook::services::reads::{self, CustomerPage};
use rentbook::services::{Action, Desk, DeskError};

use super::at;
use crate::commands::Shop;
use crate::fixture::{business, group, item, order, person, variant};
use crate::issuing::{euro_shop, extra, invoices, row, sound};
use crate::papers::made::pages;
use rentbook::domain::id::CustomerId;

fn page(desk: &Desk, id: CustomerId) -> CustomerPage {
    desk.read(|db| reads::customer_page(db, id, desk.today())).unwrap().unwrap()
}

/// Gives a customer this treatment.
fn treat(desk: &mut Desk, id: CustomerId, tax: &str, reason: &str, vat: &str) -> Result<(), DeskError> {
    let page = page(desk, id);
    let mut draft = CustomerDraft { tax: tax.into(), tax_reason: reason.into(), ..CustomerDraft::of_page(&page) };
    if !vat.is_empty() {
        draft.vat_number = vat.into();
    }
    desk.perform(Action::EditCustomer { id, version: page.version, draft: Box::new(draft) }).map(drop)
}

#[test]
fn an_exempt_customer_is_billed_without_tax_and_the_paper_says_why() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let acme = business(&mut desk, "Acme", "14");
    let refused = treat(&mut desk, acme, "exempt", "", "").unwrap_err().to_string();
    assert!(refused.contains("why no tax is charged"), "{refused}");
    treat(&mut desk, acme, "exempt", "school, § 4 Nr. 21 UStG", "").unwrap();
    let first = extra(&mut desk, acme, "Cleaning", "100");
    assert_eq!(row(&desk, first).total.to_string(), "100.00");
    treat(&mut desk, acme, "taxed", "", "").unwrap();
    assert_eq!(page(&desk, acme).tax_reason, "", "the reason goes with the exemption");
    let second = extra(&mut desk, acme, "Cleaning", "100");
    assert_eq!(row(&desk, second).total.to_string(), "119.00");
    desk.perform(Action::Undo(None)).unwrap_err();
    sound(&desk);
    let text = |id| pages(&desk.invoice_paper(id, Copy::AsIssued).unwrap().bytes).map(|pages| pages.concat());
    let (Some(first), Some(second)) = (text(first), text(second)) else { return };
    assert!(first.contains("Exempt from tax: school, § 4 Nr. 21 UStG"), "{first}");
    assert!(!second.contains("Exempt"), "{second}");
}

#[test]
fn reverse_charge_is_for_a_business_whose_number_is_known() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let (ana, acme) = (person(&mut desk, "Ito"), business(&mut desk, "Acme", "14"));
    let refused = treat(&mut desk, ana, "reverse-charge", "", "").unwrap_err().to_string();
    assert!(refused.contains("for a business"), "{refused}");
    let refused = treat(&mut desk, acme, "reverse-charge", "", "").unwrap_err().to_string();
    assert!(refused.contains("VAT number"), "{refused}");
    treat(&mut desk, acme, "reverse-charge", "", "ATU13585627").unwrap();
    let page = page(&desk, acme);
    assert_eq!((page.tax, page.vat_number.as_str()), (TaxTreatment::ReverseCharge, "ATU13585627"));
    let mut draft =
        CustomerDraft { kind: "individual".into(), last_name: "Lee".into(), ..CustomerDraft::of_page(&page) };
    draft.tax = String::new();
    desk.perform(Action::EditCustomer { id: acme, version: page.version, draft: Box::new(draft) }).unwrap();
    assert_eq!(self::page(&desk, acme).tax, TaxTreatment::Standard, "a person accounts for no tax");
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(self::page(&desk, acme).tax, TaxTreatment::ReverseCharge, "undo brings it back");
}

#[test]
fn a_groups_invoice_says_whose_lines_bear_no_tax_and_keeps_saying_it() {
    let (mut desk, hand) = euro_shop("2026-01-01");
    let laptop = variant(&mut desk, "Laptop", "100.00");
    let acme = group(&mut desk, "Acme", "15");
    let members = [person(&mut desk, "Taxed"), business(&mut desk, "School", "14"), business(&mut desk, "Wien", "14")];
    treat(&mut desk, members[1], "exempt", "teaching", "").unwrap();
    treat(&mut desk, members[2], "reverse_charge", "", "ATU13585627").unwrap();
    for member in members {
        desk.perform(Action::JoinGroup { group: acme, customer: member }).unwrap();
        order(&mut desk, member, vec![item(laptop, "2026-01-01", 12)]);
    }
    hand.set("2026-01-15");
    desk.run_pass(&PassOptions::default()).unwrap();
    let invoice = invoices(&desk).remove(0);
    assert_eq!(invoice.total.to_string(), "319.00", "one of three pays tax");
    treat(&mut desk, members[1], "taxed", "", "").unwrap();
    sound(&desk);
    let Some(text) = pages(&desk.invoice_paper(invoice.id, Copy::AsIssued).unwrap().bytes) else { return };
    let text = text.concat();
    assert!(text.contains("School: Exempt from tax: teaching"), "{text}");
    assert!(text.contains("Wien: Reverse charge"), "{text}");
}

#[test]
fn by_form_the_reason_is_asked_for_where_it_is_missing() {
    let mut robot = at(super::shop().desk);
    robot.keys("acme<Enter><F2>");
    assert!(!robot.sees("Why exempt"), "{}", robot.text());
    robot.keys("<Shift+Tab><Shift+Tab><Shift+Tab>");
    robot.keys("exempt");
    assert!(robot.sees("Why exempt"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("why no tax is charged") || robot.sees("Write why"), "{}", robot.text());
}

#[test]
fn by_command_a_treatment_is_said_and_shown() {
    let shop = Shop::with_ana("2024-01-01");
    let told = shop.refuses(1, &["customer", "edit", "1", "--tax", "exempt"]);
    assert!(told.1.contains("why no tax is charged"), "{}", told.1);
    let ana = shop.does(&["customer", "edit", "1", "--tax", "exempt", "--tax-reason", "diplomat"]);
    assert_eq!((&ana["tax"], &ana["tax_reason"]), (&"exempt".into(), &"diplomat".into()));
    let told = shop.refuses(1, &["customer", "edit", "1", "--tax", "free"]);
    assert!(told.1.contains("taxed, exempt"), "{}", told.1);
}
