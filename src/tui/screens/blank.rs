//! The page of a place that has no screen of its own.

use ratatui::layout::Rect;

use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{Input, Reply, Screen};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;

/// An empty page.
#[derive(Debug)]
pub struct Blank {
    crumbs: Vec<String>,
}

impl Blank {
    /// The page of `place`.
    pub fn new(place: &Place) -> Self {
        let crumbs = if place.tab().is_some() { Vec::new() } else { vec!["Page".to_owned()] };
        Self { crumbs }
    }
}

impl Screen for Blank {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        self.crumbs.clone()
    }

    fn refresh(&mut self, _desk: &Desk) -> Result<(), Trouble> {
        Ok(())
    }

    fn can(&self, _command: Command) -> Able {
        Able::NotHere
    }

    fn handle(&mut self, _input: Input, _desk: &Desk) -> Reply {
        Reply::Pass
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.put(area.x + 3, area.y + 2, area.width, "There is nothing on this page. Esc goes back.", Ink::Dim);
    }
}
