//! The host of a form: moves between fields, opens lists, shows what saving will do, saves.
//!
//! A form is a declaration: its fields and a `submit` in which each is read by a domain constructor, so that the
//! message under a field is the domain's own. What an action refuses by the name of a field stands under it too. Reading happens while one goes forward and when one saves, never on the
//! way back: Shift+Tab always leaves a field, whatever stands in it.
//!
//! ```text
//! impl Form for MarkPaid {
//!     fn title(&self) -> String { "Mark as paid".into() }
//!     fn fields(&self, desk) -> Vec<Field> { vec![Field::date("on", "Payment date", …), Field::amount("amount", …)] }
//!     fn effect(&self, read, desk) -> Vec<String> { "After saving: open 0.00, status Paid" }
//!     fn submit(&self, read, desk) -> Option<Reply> {
//!         let (on, amount) = (read.date("on"), read.amount("amount", self.style, self.currency));
//!         Some(Reply::perform(Action::… { on: on?, amount: amount? }))
//!     }
//! }
//! ```

mod declared;
mod draw;
mod keys;
mod read;
mod trial;

use ratatui::layout::Rect;

pub use declared::Form;
pub use read::Read;
pub use trial::{Trial, told, wait};

use trial::Tried;

use crate::tui::beside::Errand;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk, Done, Trouble};
use crate::tui::keymap::Context;
use crate::tui::reply::{Dialog, Input, Reply};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::inputs::{Field, Kind, List};

/// A form on the screen.
#[derive(Debug)]
pub struct FormDialog {
    form: Box<dyn Form>,
    fields: Vec<Field>,
    /// A field, or one of the two buttons behind them.
    focus: usize,
    list: Option<List>,
    head: Vec<String>,
    effect: Vec<String>,
    tried: Tried,
    refusal: Option<String>,
    /// What was asked to be done last.
    asked: Option<Action>,
    /// The first line in sight, where the form is higher than the screen.
    top: usize,
}

impl FormDialog {
    /// A form with the field ready that a person fills in first.
    pub fn new(form: impl Form + 'static, desk: &Desk) -> Self {
        let fields = form.fields(desk);
        let head = form.head(desk);
        let first = fields.iter().position(|field| !field.is_hidden);
        let wanted = form.begins(&fields);
        let wanted = fields.iter().position(|field| !field.is_hidden && Some(&field.name) == wanted.as_ref());
        let focus = wanted.or(first).unwrap_or(0);
        let mut dialog = Self {
            form: Box::new(form),
            fields,
            focus,
            list: None,
            head,
            effect: Vec::new(),
            tried: Tried::default(),
            refusal: None,
            asked: None,
            top: 0,
        };
        dialog.update(desk);
        dialog
    }

    /// With the caret in that field.
    pub fn starting_in(mut self, name: &str) -> Self {
        self.go_to(name);
        self
    }

    /// Puts the caret into that field.
    pub fn go_to(&mut self, name: &str) {
        self.list = None;
        self.focus = self.fields.iter().position(|field| field.name == name).unwrap_or(self.focus);
    }

    /// Puts the focus on the first button.
    pub fn go_to_save(&mut self) {
        self.list = None;
        self.focus = self.save_button();
    }

    /// Lets a page that wraps a form fill in what follows from another one.
    pub fn fill(&mut self, change: impl FnMut(&mut Field)) {
        self.fields.iter_mut().for_each(change);
    }

    /// The fields, for tests and for pages that wrap a form.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field that has the caret; behind the last one the two buttons.
    pub const fn focus(&self) -> usize {
        self.focus
    }

    /// The open list of values.
    pub const fn list(&self) -> Option<&List> {
        self.list.as_ref()
    }

    /// Whether a list is open, which the next Esc closes.
    pub const fn has_list(&self) -> bool {
        self.list.is_some()
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    const fn save_button(&self) -> usize {
        self.fields.len()
    }

    const fn on_button(&self) -> bool {
        self.focus >= self.fields.len()
    }

    /// The line in the frame: what is done, and to what.
    fn heading(&self) -> String {
        self.form.subject().heading(&self.form.title())
    }

    /// Says anew what saving will do.
    fn update(&mut self, desk: &Desk) {
        let mut read = Read::new(&self.fields);
        if self.form.trial(&mut read, desk).is_none() {
            self.tried = Tried::default();
            self.effect = self.form.effect(&mut Read::new(&self.fields), desk);
        }
    }

    /// The value of the focused field changed.
    fn value_changed(&mut self, desk: &Desk) {
        self.refusal = None;
        if let Some(name) = self.fields.get(self.focus).map(|field| field.name.clone()) {
            self.form.changed(&name, &mut self.fields, desk);
        }
    }

    /// Reads all; puts the texts of what could be read in order.
    fn read(&mut self, desk: &Desk) -> (Option<Reply>, Vec<(String, String)>) {
        let mut read = Read::new(&self.fields);
        let reply = self.form.submit(&mut read, desk);
        let (errors, tidy) = read.into_parts();
        for (name, tidied) in tidy {
            if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
                tidied.put(field);
            }
        }
        (reply, errors)
    }

    /// Goes forward out of a field: reads it, and says below it what is wrong, but never holds anyone back.
    fn leave(&mut self, desk: &Desk) {
        let Some(field) = self.fields.get(self.focus) else { return };
        let (name, empty) = (field.name.clone(), field.value().is_empty());
        let (_, errors) = self.read(desk);
        if let Some(field) = self.field() {
            let wrong = errors.into_iter().find(|(wrong, _)| *wrong == name).map(|(_, why)| why);
            field.error = if empty { None } else { wrong };
        }
    }

    fn save(&mut self, desk: &Desk) -> Reply {
        self.list = None;
        self.refusal = None;
        let (reply, errors) = self.read(desk);
        for field in &mut self.fields {
            let wrong = errors.iter().find(|(wrong, _)| *wrong == field.name).map(|(_, why)| why.clone());
            field.error = wrong.filter(|_| !field.is_hidden);
        }
        if let Some(first) = self.fields.iter().position(|field| field.error.is_some()) {
            self.focus = first;
            let more = self.fields.iter().filter(|field| field.error.is_some()).count() - 1;
            let more = if more == 0 { String::new() } else { format!(" And {more} more.") };
            return Reply::refuse(format!("Nothing is saved yet: look at the marked field.{more}"));
        }
        if let Some((_, why)) = errors.first() {
            self.refusal = Some(why.clone());
            return Reply::refuse("Nothing is saved yet.");
        }
        self.asked = if let Some(Reply::Perform(action)) = &reply { Some(action.as_ref().clone()) } else { None };
        reply.unwrap_or(Reply::Nothing)
    }

    /// Asks what a rule left to a person.
    fn ask(&mut self, trouble: &Trouble) -> Option<Reply> {
        let mut action = self.asked.take()?;
        let mut question = self.form.asks(trouble, &mut action)?;
        question.then = Reply::perform(action.clone());
        self.asked = Some(action);
        Some(Reply::ask(question))
    }
}

impl Dialog for FormDialog {
    fn context(&self) -> Context {
        let notes = self.fields.get(self.focus).is_some_and(|field| matches!(field.kind, Kind::Notes(..)));
        if notes { Context::Notes } else { Context::Form }
    }

    fn typing(&self) -> bool {
        self.fields.get(self.focus).is_some_and(Field::takes_text)
    }

    fn writes(&self) -> bool {
        self.form.writes()
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::AddRow | Command::Preview if !self.form.offers(command) => Able::NotHere,
            Command::SameAsLast => {
                let known = self.fields.get(self.focus).is_some_and(|field| field.last.is_some());
                Able::when(known, "Nothing was saved in this field before.")
            }
            Command::Lookup => {
                let kind = self.fields.get(self.focus).map(|field| &field.kind);
                let listed = matches!(kind, Some(Kind::Choice { .. } | Kind::Lookup { .. }));
                Able::when(listed, "This field has no list: type the value.")
            }
            _ => Able::Yes,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Next => Some("Move"),
            Command::Save => Some(self.form.save_word()),
            Command::NextOrPress if self.on_button() => Some("Press"),
            Command::NextOrPress if self.list.is_some() => Some("Choose"),
            Command::Back if self.list.is_some() => Some("Close"),
            Command::Back => Some(self.form.leave_word()),
            _ => None,
        }
    }

    fn takes_held(&self, command: Command) -> bool {
        match command {
            Command::Save | Command::Back => false,
            Command::NextOrPress => !self.on_button(),
            _ => true,
        }
    }

    fn is_dirty(&self) -> bool {
        self.fields.iter().any(Field::is_changed)
    }

    fn typed(&self) -> Vec<(String, String)> {
        let changed = self.fields.iter().filter(|field| field.is_changed() && !field.value().is_empty());
        let fields: Vec<_> = changed.map(|field| (field.label.trim().to_owned(), field.value())).collect();
        if fields.is_empty() { fields } else { [(self.heading(), String::new())].into_iter().chain(fields).collect() }
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let before = self.focus;
        let reply = self.input(input, desk);
        if let Some(left) = self.fields.get_mut(before).filter(|_| self.focus != before) {
            left.rest();
        }
        self.update(desk);
        reply
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        self.form.done(done, desk)
    }

    fn refused(&mut self, trouble: &Trouble) -> Reply {
        if let Some(question) = self.ask(trouble) {
            return question;
        }
        let named = |field: &Field| trouble.field().is_some_and(|name| field.name == name && !field.is_hidden);
        let named = self.fields.iter().position(named);
        match named.and_then(|number| self.fields.get_mut(number)) {
            Some(field) => {
                field.error = Some(trouble.sentence().to_owned());
                self.focus = named.unwrap_or(self.focus);
            }
            None => self.refusal = Some(trouble.sentence().to_owned()),
        }
        Reply::refuse("Nothing is saved; what you typed is still here.")
    }

    fn hint(&self) -> String {
        let kind = self.fields.get(self.focus).map(|field| &field.kind);
        match kind {
            Some(Kind::Date { .. }) => "Date: 17, 1711, 17/11, t = today, y = yesterday, + and - move a day.",
            Some(Kind::Amount(_)) => "Amount, for example 89 or 89.00.",
            Some(Kind::Choice { .. }) => "Left and Right change it, typing a word picks it, F4 lists all.",
            Some(Kind::Lookup { .. }) => "Type a part of it and choose from the list; F4 opens the list.",
            Some(Kind::Check(_)) => "Space turns it on or off.",
            Some(Kind::Notes(..)) => "Enter starts a new line; Tab goes to the next field.",
            Some(Kind::Text(_)) => "Enter goes to the next field, F2 saves from any field.",
            None => "Enter presses the button.",
        }
        .to_owned()
    }

    fn errand(&mut self, desk: &Desk) -> Option<Errand> {
        if let Some(errand) = self.form.errand() {
            return Some(errand);
        }
        let trial = self.form.trial(&mut Read::new(&self.fields), desk)?;
        self.tried.errand(self.fields.iter().map(Field::value).collect(), trial)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.tried.show(&mut self.effect);
        if let Some(lines) = self.form.arrived(&mut self.fields) {
            self.effect = lines;
        }
        self.draw(canvas, area);
    }
}

#[cfg(test)]
mod tests;
