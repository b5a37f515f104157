//! Everything that can be done: with the record under the cursor, on this page, in the whole program; each with its key,
//! and why not where it cannot be done now. Everyday words find it.

use ratatui::layout::Rect;

use super::picker::Picker;
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{Act, Answer, Dialog, Entry, Input, Reply};
use crate::tui::widgets::canvas::Canvas;

/// What one line of the menu does.
#[derive(Clone, Debug)]
pub enum Deed {
    /// As if its key were pressed.
    Command(Command),
    /// Goes to a page.
    Go(Place),
    /// One of the actions of the page, which knows what it does.
    Act(Act),
}

/// The menu.
#[derive(Debug)]
pub struct Palette {
    picker: Picker,
    deeds: Vec<Deed>,
}

impl Palette {
    /// A menu of these lines.
    pub fn new(lines: Vec<(Entry, Deed)>) -> Self {
        let (entries, deeds): (Vec<Entry>, Vec<Deed>) = lines.into_iter().unzip();
        let numbered = entries.into_iter().enumerate().map(|(number, entry)| Entry {
            key: number.to_string(),
            act: None,
            ..entry
        });
        Self { picker: Picker::of_deeds("menu", "What would you like to do?", numbered.collect()), deeds }
    }

    fn resolved(&self, answer: &Answer, desk: &Desk) -> Reply {
        let deed = answer.key.parse().ok().and_then(|number: usize| self.deeds.get(number));
        match deed.cloned() {
            Some(Deed::Command(command)) => Reply::All(vec![Reply::Close, Reply::Do(command)]),
            Some(Deed::Go(place)) => Reply::All(vec![Reply::Close, Reply::Go(place)]),
            Some(Deed::Act(act)) => Reply::All(vec![Reply::Close, act.run(desk)]),
            None => Reply::Close,
        }
    }
}

impl Dialog for Palette {
    fn context(&self) -> Context {
        Context::Palette
    }

    fn typing(&self) -> bool {
        true
    }

    fn takes_held(&self, command: Command) -> bool {
        self.picker.takes_held(command)
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match self.picker.handle(input, desk) {
            Reply::Give(answer) => self.resolved(&answer, desk),
            reply => reply,
        }
    }

    fn hint(&self) -> String {
        self.picker.hint()
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.picker.render(canvas, area);
    }
}
