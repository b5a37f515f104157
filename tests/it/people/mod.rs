//! Customers, orders, subscriptions and products on the screen, by keys.

mod wizard;

use rentbook::services::Desk;
use rentbook::tui::screens;

use crate::fixture::shop;
use crate::robot::Robot;

/// A robot at a shop that is set up and has nothing yet.
pub fn fresh() -> Robot {
    let (desk, _) = shop("2025-11-17");
    at(desk)
}

/// A robot at a desk, on the list of customers.
pub fn at(desk: Desk) -> Robot {
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab>");
    robot
}
