//! The list of payments and marking as paid.

use super::harbour::{payments, unpaid};

#[test]
fn the_list_of_payments_looks_like_this() {
    let mut robot = payments();
    insta::assert_snapshot!("payments", robot.looks());
    robot.resize(120, 40);
    insta::assert_snapshot!("payments_wide", robot.text());
}
