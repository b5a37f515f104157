//! What the shop knows of its customers changes, stays in the history, and is taken back.

use rentbook::domain::address::Address;
use rentbook::domain::id::{AddressId, CustomerId};
use rentbook::services::actions::customer::{CustomerDraft, NoteDraft};
use rentbook::services::actions::customer_address::AddressDraft;
use rentbook::services::actions::customer_preference::PreferenceDraft;
use rentbook::services::reads::{self, AddressRow, CustomerPage};
use rentbook::services::{Action, Desk, Outcome};

use super::{empty_shop, shop};
use crate::fixture::date;

pub fn page(desk: &Desk, id: CustomerId) -> CustomerPage {
    desk.read(|db| reads::customer_page(db, id, desk.today())).unwrap().unwrap()
}

fn addresses(desk: &Desk, id: CustomerId) -> Vec<AddressRow> {
    desk.read(|db| reads::customer_addresses(db, id)).unwrap()
}

pub fn edit(desk: &mut Desk, id: CustomerId, change: impl FnOnce(&mut CustomerDraft)) -> Result<String, String> {
    let page = page(desk, id);
    let mut draft = CustomerDraft::of_page(&page);
    change(&mut draft);
    let edit = Action::EditCustomer { id, version: page.version, draft: Box::new(draft) };
    desk.perform(edit).map(|done| done.said).map_err(|error| error.to_string())
}

pub fn undo(desk: &mut Desk) -> Result<String, String> {
    desk.perform(Action::Undo(None)).map(|done| done.said).map_err(|error| error.to_string())
}

fn place(line1: &str) -> Address {
    Address { line1: line1.into(), city: "Portland".into(), country: "US".into(), ..Address::default() }
}

#[test]
fn a_business_that_becomes_a_person_owes_at_once_and_what_it_was_stays_in_the_log() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let issued = |desk: &Desk| {
        desk.read(|db| db.all("SELECT payer_name || due_on FROM invoice ORDER BY id", &[], |row| row.text(0))).unwrap()
    };
    let invoices = issued(desk);
    edit(desk, id, |draft| {
        draft.kind = "individual".into();
        (draft.first_name, draft.last_name) = ("Dana".into(), "Weber".into());
    })
    .unwrap();
    let now = page(desk, id);
    assert_eq!((now.row.name.as_str(), now.terms_days), ("Weber, Dana", Some(0)));
    assert_eq!([&now.row.company, &now.vat_number, &now.registration_number, &now.contact_person], ["", "", "", ""]);
    assert_eq!(issued(desk), invoices, "issued invoices are untouched");
    let log = desk.read(|db| reads::customer_activity(db, id, None, 1)).unwrap();
    let text = log[0].text.clone().unwrap();
    for was in
        ["Kind was “business”", "Company was “Acme Corp”", "VAT number was “US-99-1234567”", "Days to pay was “14”"]
    {
        assert!(text.contains(was), "{text}");
    }
    assert_eq!(undo(desk).unwrap(), "Acme Corp is as it was.");
    let again = page(desk, id);
    assert_eq!((again.row.company.as_str(), again.terms_days), ("Acme Corp", Some(14)));
    assert_eq!([&again.vat_number, &again.contact_person], ["US-99-1234567", "Dana Weber"]);
}

#[test]
fn a_kind_that_lacks_its_name_and_a_wrong_vat_number_are_refused_at_their_field() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let refused = edit(desk, id, |draft| draft.kind = "individual".into()).unwrap_err();
    assert_eq!(refused, "last name: a customer needs a name");
    let refused = edit(desk, shop.ana, |draft| draft.kind = "business".into()).unwrap_err();
    assert_eq!(refused, "company name: a business needs its company name");
    let refused = edit(desk, id, |draft| draft.vat_number = "DE136695977".into()).unwrap_err();
    assert!(refused.starts_with("vat number: the check digits of that VAT number are wrong"), "{refused}");
    edit(desk, id, |draft| draft.vat_number = "de 136 695 976".into()).unwrap();
    assert_eq!(page(desk, id).vat_number, "DE136695976");
    let refused = edit(desk, id, |draft| draft.class = "Gold".into()).unwrap_err();
    assert!(refused.starts_with("class: there are the classes"), "{refused}");
}

#[test]
fn undo_goes_back_edit_by_edit_and_refuses_to_jump_one() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    for phone in ["+1 555 0001", "+1 555 0002"] {
        edit(desk, id, |draft| draft.phone = phone.into()).unwrap();
    }
    let first = desk.read(|db| reads::customer_activity(db, id, None, 2)).unwrap()[1].id;
    let refused = desk.perform(Action::Undo(Some(first))).unwrap_err().to_string();
    assert_eq!(refused, "that was changed again since: take that back first");
    undo(desk).unwrap();
    assert_eq!(page(desk, id).row.phone, "+1 555 0001");
    undo(desk).unwrap();
    assert_eq!(page(desk, id).row.phone, "+1 555 0142");
}

#[test]
fn an_address_is_changed_by_closing_the_old_row_and_subscriptions_follow() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let add = |line: &str, label: &str| Action::AddShippingAddress {
        customer: id,
        draft: Box::new(AddressDraft { label: label.into(), address: place(line), is_default: false }),
    };
    desk.perform(add("1 Dock Rd", "Workshop")).unwrap();
    desk.perform(add("2 Dock Rd", "Office")).unwrap();
    let shipping = |desk: &Desk| -> Vec<(AddressId, String, bool, bool)> {
        let rows = addresses(desk, id).into_iter().filter(|row| row.kind == "shipping");
        rows.map(|row| (row.id, row.line1.clone(), row.is_default, row.to_on.is_some())).collect()
    };
    let rows = shipping(desk);
    assert_eq!(rows.len(), 2);
    let workshop = rows.iter().find(|(_, line, is_default, _)| line == "1 Dock Rd" && *is_default).unwrap().0;
    let send = format!("UPDATE subscription SET shipping_address_id = {workshop}");
    desk.book().write(|db| db.execute(&send, &[])).unwrap();
    let refused = desk.perform(Action::RemoveAddress(workshop)).unwrap_err().to_string();
    assert_eq!(refused, "S-0001 is shipped there: change the address instead, or where it is shipped");
    let draft = AddressDraft { label: "Workshop".into(), address: place("9 Quay"), is_default: false };
    let done = desk.perform(Action::ChangeAddress { address: workshop, draft: Box::new(draft) }).unwrap();
    assert!(done.said.ends_with("1 subscription is shipped to the new one."), "{}", done.said);
    let shipped = |desk: &Desk| {
        let sql = "SELECT a.line1 FROM subscription s JOIN address a ON a.id = s.shipping_address_id";
        desk.read(|db| db.one(sql, &[], |row| row.text(0))).unwrap().unwrap()
    };
    assert_eq!(shipped(desk), "9 Quay");
    assert_eq!(shipping(desk).len(), 3, "the old one is history");
    assert_eq!(undo(desk).unwrap(), "The address is as it was.");
    assert_eq!(shipped(desk), "1 Dock Rd");
    let holding: Vec<String> = shipping(desk).into_iter().filter(|row| !row.3).map(|row| row.1).collect();
    assert_eq!(holding, ["1 Dock Rd", "2 Dock Rd"]);
    desk.perform(Action::RemoveAddress(shipping(desk).iter().find(|row| row.1 == "2 Dock Rd").unwrap().0)).unwrap();
    undo(desk).unwrap();
    assert_eq!(shipping(desk).iter().filter(|row| !row.3).count(), 2);
    assert!(desk.check().unwrap().ok);
}

#[test]
fn a_missing_billing_address_waits_on_today_until_there_is_one() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let waiting = |desk: &Desk| desk.read(|db| reads::today(db, desk.today())).unwrap().missing_addresses.count;
    assert_eq!(waiting(desk), 0);
    let billing = addresses(desk, id)[0].id;
    let done = desk.perform(Action::RemoveAddress(billing)).unwrap();
    assert!(done.said.contains("is listed on Today"), "{}", done.said);
    assert_eq!(waiting(desk), 1);
    desk.perform(Action::SetBillingAddress { customer: id, address: place("3 New St") }).unwrap();
    assert_eq!(waiting(desk), 0);
    undo(desk).unwrap();
    assert_eq!(waiting(desk), 1);
}

#[test]
fn what_is_preferred_is_kept_and_taken_back() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let draft = PreferenceDraft {
        months: "24".into(),
        frequency: "quarter".into(),
        method: "direct_debit".into(),
        channel: "post".into(),
        text: "laptops, grey".into(),
    };
    desk.perform(Action::SetPreferences { customer: id, draft: Box::new(draft.clone()) }).unwrap();
    assert_eq!(PreferenceDraft::of(&page(desk, id).preferences), draft);
    for (field, wrong) in [
        ("months", PreferenceDraft { months: "0".into(), ..draft.clone() }),
        ("frequency", PreferenceDraft { frequency: "week".into(), ..draft.clone() }),
        ("channel", PreferenceDraft { channel: "fax".into(), ..draft }),
    ] {
        let set = Action::SetPreferences { customer: id, draft: Box::new(wrong) };
        let refused = desk.perform(set).unwrap_err();
        assert_eq!(refused.refusal().and_then(|refusal| refusal.field), Some(field));
    }
    undo(desk).unwrap();
    assert_eq!(PreferenceDraft::of(&page(desk, id).preferences), PreferenceDraft::default());
}

#[test]
fn a_follow_up_is_due_on_its_day_and_done_once() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let due = |desk: &Desk, on: &str| desk.read(|db| reads::follow_ups(db, date(on), 10)).unwrap();
    assert_eq!((due(desk, "2025-11-18").len(), due(desk, "2025-11-19").len()), (0, 1));
    let note = due(desk, "2025-11-19")[0].id;
    desk.perform(Action::FollowUp(note)).unwrap();
    assert!(due(desk, "2025-11-19").is_empty());
    let again = desk.perform(Action::FollowUp(note)).unwrap_err().to_string();
    assert_eq!(again, "that was followed up on 17/11/2025");
    assert_eq!(undo(desk).unwrap(), "That is to be followed up again.");
    assert_eq!(due(desk, "2025-11-19").len(), 1);
    let plain = NoteDraft {
        on: None,
        customer: id,
        kind: "meeting".into(),
        summary: "met".into(),
        follow_up_on: None,
        follow_up_action: String::new(),
    };
    let Outcome::Note(plain) = desk.perform(Action::AddNote(plain)).unwrap().outcome else { panic!("no note") };
    assert_eq!(desk.perform(Action::FollowUp(plain)).unwrap_err().to_string(), "that note has no follow-up");
}

#[test]
fn a_stale_edit_tells_who_was_faster_and_what_stands_now() {
    let mut shop = shop();
    let (desk, id) = (&mut shop.desk, shop.acme);
    let read = page(desk, id);
    edit(desk, id, |draft| draft.email = "new@acme.example".into()).unwrap();
    let draft = CustomerDraft { phone: "+1 555 0999".into(), ..CustomerDraft::of_page(&read) };
    let stale = Action::EditCustomer { id, version: read.version, draft: Box::new(draft) };
    let error = desk.perform(stale).unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!(
        (refusal.code, refusal.message.as_str()),
        ("stale", "mia changed this customer meanwhile at 09:00; nothing was saved")
    );
    let details = refusal.details.clone().unwrap();
    assert_eq!((&details["now"]["email"], &details["version"]), (&"new@acme.example".into(), &2.into()));
}

#[test]
fn the_lifetime_value_is_what_was_received_for_all_subscriptions() {
    use crate::fixture::{item, order, person, transfer, variant};
    use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
    use rentbook::services::actions::receiving::Target;
    use rentbook::services::pass::PassOptions;
    use rentbook::services::{Payer, actions::shop::ShopDraft};
    let draft = ShopDraft { tax_rate: "0".into(), ..crate::fixture::draft() };
    let (mut desk, clock) = crate::fixture::shop_with("2024-01-01", &draft);
    let ana = person(&mut desk, "Delgado");
    let (laptop, phone) = (variant(&mut desk, "Laptop", "89"), variant(&mut desk, "Server", "129"));
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12), item(phone, "2024-01-01", 6)]);
    for month in 1..=12 {
        clock.set(&format!("2024-{month:02}-28"));
        desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    }
    let line = LineDraft {
        discount: String::new(),
        supplied: None,
        text: "Buyout of the laptop".into(),
        quantity: "1".into(),
        unit_price: "300".into(),
        tax_rate: "0".into(),
    };
    let buyout = InvoiceDraft { customer: ana, lines: vec![line], due_on: None };
    desk.perform(Action::NewInvoice(Box::new(buyout))).unwrap();
    let money = transfer(&desk, Target::Payer(Payer::Customer(ana)), "2142.00", "BT-ALL");
    desk.perform(Action::Receive(Box::new(money))).unwrap();
    let page = page(&desk, ana);
    assert_eq!(page.row.lifetime_value.to_string(), "2142.00", "12 × 89 + 6 × 129 + 300");
    assert_eq!(page.average_subscription_value.unwrap().minor(), 107_100);
    assert_eq!((page.row.active_subscriptions, page.row.subscriptions, page.monthly_income.minor()), (1, 2, 8_900));
}

#[test]
fn nothing_is_said_of_a_customer_there_is_not() {
    let mut desk = empty_shop();
    let none = CustomerId(99);
    for action in [
        Action::FollowUp(rentbook::domain::id::NoteId(1)),
        Action::RemoveAddress(AddressId(1)),
        Action::EraseCustomer(none),
        Action::MergeCustomers { kept: none, merged: none },
        Action::SetPreferences { customer: none, draft: Box::default() },
    ] {
        assert_eq!(desk.perform(action).unwrap_err().refusal().unwrap().code, "unknown");
    }
}
