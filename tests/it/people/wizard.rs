//! The wizard for a new order.

use super::at;
use crate::fixture::{business, item, order, shop, variant};
use rentbook::services::Action;
use rentbook::services::actions::catalogue::AssetDraft;

#[test]
fn look() {
    let (mut desk, _) = shop("2025-11-17");
    let acme = business(&mut desk, "Acme Corp", "14");
    let laptop = variant(&mut desk, "Laptop Pro", "89.00");
    let monitor = variant(&mut desk, "Monitor 27", "39.00");
    for (variant, serial) in [(laptop, "7Q2-9921"), (laptop, "7Q2-9922"), (monitor, "M-1")] {
        desk.perform(Action::AddAsset(AssetDraft {
            variant,
            serial: serial.into(),
            cost: "1000".into(),
            bought_on: None,
        }))
        .unwrap();
    }
    order(&mut desk, acme, vec![item(laptop, "2025-09-01", 12)]);
    let mut robot = at(desk);
    println!("{}", robot.text());
    robot.keys("<F6>");
    println!("{}", robot.text());
    robot.keys("b<Tab>Zoe<Tab>");
    println!("{}", robot.text());
    robot.keys("<Esc>y<F9>");
    println!("{}", robot.text());
    robot.keys("2");
    println!("{}", robot.text());
    robot.keys("mon");
    println!("{}", robot.text());
    robot.keys("<Enter><Enter><Enter><Enter><Enter><Enter>0112");
    println!("{}", robot.text());
    robot.keys("<F6>lap<Enter><F4>");
    println!("{}", robot.text());
    robot.keys("<Enter><F2>");
    println!("{}", robot.text());
    robot.keys("<F2>");
    println!("{}", robot.text());
    robot.keys("<F2>");
    println!("{}", robot.text());
    robot.keys("<Esc><Esc><Esc>");
    println!("{}", robot.text());
}
