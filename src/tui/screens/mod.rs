//! The pages. Each implements [`Screen`]; none names another: they name a [`Place`], and [`open`] knows its page.

mod blank;

use super::desk::Desk;
use super::place::Place;
use super::reply::Screen;

/// The screen of a place.
#[must_use]
pub fn open(place: &Place, _desk: &Desk) -> Box<dyn Screen> {
    Box::new(blank::Blank::new(place))
}
