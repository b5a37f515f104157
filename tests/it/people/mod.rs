//! Customers, orders, subscriptions and products on the screen, by keys.

mod care;
mod erased;
mod exported;
mod found;
mod inert;
mod journey;
mod known;
mod list;
mod looks;
mod merged;
mod pages;
mod parted;
mod profile;
mod scope;
mod segments;
mod taxed;
mod withdrawn;
mod wizard;

use rentbook::domain::address::Address;
use rentbook::domain::id::{CustomerId, VariantId};
use rentbook::services::actions::catalogue::AssetDraft;
use rentbook::services::actions::customer::{CustomerDraft, NoteDraft};
use rentbook::services::{Action, Desk};
use rentbook::tui::screens;

use crate::fixture::{business, date, draft, group, item, order, person, shop_with, variant};
use crate::robot::Robot;
use rentbook::services::actions::shop::ShopDraft;

/// The day of these tests.
pub const TODAY: &str = "2025-11-17";

/// A shop that writes the day first and has nothing yet.
pub fn empty_shop() -> Desk {
    shop_with(TODAY, &ShopDraft { tax_rate: "0".into(), date_style: "day_first".into(), ..draft() }).0
}

/// A robot on the list of customers.
pub fn at(desk: Desk) -> Robot {
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab>");
    robot
}

/// A shop with stock, three customers and a running subscription.
pub struct Shop {
    pub desk: Desk,
    pub acme: CustomerId,
    pub ana: CustomerId,
    pub laptop: VariantId,
}

/// The shop of most of these tests.
pub fn shop() -> Shop {
    let mut desk = empty_shop();
    let acme = company(&mut desk);
    let ana = person(&mut desk, "Delgado");
    business(&mut desk, "Brightside Dental", "14");
    let headquarters = group(&mut desk, "Acme HQ", "15");
    desk.perform(Action::JoinGroup { group: headquarters, customer: ana }).unwrap();
    let laptop = variant(&mut desk, "Laptop Pro", "89.00");
    let monitor = variant(&mut desk, "Monitor 27", "39.00");
    for (variant, serial) in [(laptop, "7Q2-9914"), (laptop, "7Q2-9921"), (monitor, "M27-001"), (monitor, "M27-002")] {
        let draft =
            AssetDraft { variant, serial: serial.into(), cost: "1000".into(), bought_on: Some(date("2025-01-02")) };
        desk.perform(Action::AddAsset(draft)).unwrap();
    }
    order(&mut desk, acme, vec![item(laptop, "2025-10-01", 12)]);
    let note = NoteDraft {
        on: None,
        customer: acme,
        kind: "phone".into(),
        summary: "pays Fridays; call Dana, not the accounts".into(),
        follow_up_on: Some(date("2025-11-19")),
        follow_up_action: "send copy of contract".into(),
    };
    desk.perform(Action::AddNote(note)).unwrap();
    Shop { desk, acme, ana, laptop }
}

fn company(desk: &mut Desk) -> CustomerId {
    let address = Address {
        line1: "12 Pier St".into(),
        postcode: "97209".into(),
        city: "Portland".into(),
        region: "OR".into(),
        ..Address::default()
    };
    let draft = CustomerDraft {
        kind: "business".into(),
        company_name: "Acme Corp".into(),
        email: "ap@acme.example".into(),
        phone: "+1 555 0142".into(),
        contact_person: "Dana Weber".into(),
        vat_number: "US-99-1234567".into(),
        terms: "14".into(),
        address,
        ..CustomerDraft::default()
    };
    crate::fixture::customer(desk, draft)
}

/// Goes to a page through the menu.
pub fn go(robot: &mut Robot, page: &str) {
    robot.keys(&format!("<F10>go to {page}<Enter>"));
}

/// Whether a sentence stands on the screen, wherever its lines are broken.
pub fn says(robot: &Robot, sentence: &str) -> bool {
    let plain = |text: &str| text.replace(['│', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let inside: Vec<String> = robot.lines().iter().map(|line| middle(line)).collect();
    plain(&inside.join(" ")).contains(sentence) || plain(&robot.text()).contains(sentence)
}

/// What stands in the innermost box of a line.
fn middle(line: &str) -> String {
    let parts: Vec<&str> = line.split('│').collect();
    parts.get(parts.len() / 2).copied().unwrap_or(line).to_owned()
}
