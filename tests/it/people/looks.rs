//! How the pages look, at both sizes.

use insta::assert_snapshot;

use super::{at, go, shop};

const STEPS: &[(&str, &str)] = &[
    ("customers", ""),
    ("customer_form", "<F6>b<Tab>Acme Corp"),
    ("filter", "<F4>"),
    ("profile", "acme<Enter>"),
    ("profile_payments", "acme<Enter><Tab><Tab><Tab>"),
    ("subscription", "acme<Enter><Enter>"),
    ("order", "acme<Enter><Tab><Tab><Enter>"),
    ("new_order_items", "acme<F9 New order>lap<Enter><F4><Enter><F6>mon"),
    ("new_order_terms", "acme<F9 New order>lap<Enter><F2>"),
    ("new_order_check", "acme<F9 New order>lap<Enter><F6>mon<Enter><F2>15<F2>"),
];

#[test]
fn the_pages_look_like_this() {
    for (name, keys) in STEPS {
        for (width, height) in [(80, 24), (120, 40)] {
            let mut robot = at(shop().desk);
            robot.resize(width, height).keys(keys);
            assert_snapshot!(format!("{name}_{width}"), robot.looks());
        }
    }
}

#[test]
fn the_pages_of_the_menu_look_like_this() {
    for (name, page, keys) in [
        ("new_order_customer", "new order", "acme<Enter>"),
        ("products", "products", ""),
        ("assets", "products", "<Enter>"),
    ] {
        for (width, height) in [(80, 24), (120, 40)] {
            let mut robot = at(shop().desk);
            robot.resize(width, height);
            go(&mut robot, page);
            robot.keys(keys);
            assert_snapshot!(format!("{name}_{width}"), robot.looks());
        }
    }
}
