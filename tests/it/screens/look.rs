//! A window for people who build pages: plays the keys of the environment and prints the screen.
//!
//! `RENTBOOK_KEYS='<Tab><Tab>0108<F8>' RENTBOOK_SIZE=120x40 cargo test --test it look_at -- --ignored --nocapture`

use super::harbour::robot;

#[test]
#[ignore = "for people who look at pages"]
#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn look_at() {
    let keys = std::env::var("RENTBOOK_KEYS").unwrap_or_default();
    let size = std::env::var("RENTBOOK_SIZE").unwrap_or("80x24".into());
    let (width, height) = size.split_once('x').unwrap();
    let mut robot = robot();
    robot.resize(width.parse().unwrap(), height.parse().unwrap());
    for part in keys.split("<LOOK>") {
        println!("{}\n", robot.keys(part).text());
    }
    println!("{:?}", robot.noted());
}
