//! What keys and the mouse do in a form.

use super::FormDialog;
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::reply::{Dialog as _, Input, Message, Question, Reply, Tone};
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::inputs::{Kind, List, Typed, Unknown};

impl FormDialog {
    pub(super) fn input(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command, desk),
            Input::Typed(letter) => self.typed(letter, desk),
            Input::Pasted(text) => self.paste(&text, desk),
            Input::Clicked(target) => self.clicked(target, desk),
            Input::Given(answer) => self.form.given(&answer, &mut self.fields, desk),
        }
    }

    /// Writes a letter; what begins with it in a list of values is picked, and where nothing does, that is said.
    fn typed(&mut self, letter: char, desk: &Desk) -> Reply {
        if let Some(list) = self.list.as_mut().filter(|list| list.is_fixed()) {
            return list.typed(letter).map_or_else(|unknown| not_in_the_list(&unknown), |()| Reply::Nothing);
        }
        let typed = self.field().map_or(Typed::Same, |field| field.typed(letter));
        if typed == Typed::Changed {
            self.value_changed(desk);
        }
        self.follow_typing(desk);
        if let Typed::Unknown(unknown) = &typed { not_in_the_list(unknown) } else { Reply::Nothing }
    }

    /// Writes a pasted text, and says so where it did not fit.
    fn paste(&mut self, text: &str, desk: &Desk) -> Reply {
        if self.fields.get(self.focus).is_some_and(|field| matches!(field.kind, Kind::Choice { .. })) {
            return Reply::refuse("A value is chosen here, not pasted: type its first letters, or press F4.");
        }
        if self.field().is_some_and(|field| field.pasted(text)) {
            self.value_changed(desk);
        }
        self.follow_typing(desk);
        let kept = self.field().map_or(0, |field| field.value().chars().count());
        if kept > 0 && kept < text.trim().chars().count() {
            let text = format!("That was too long for this field: its first {kept} characters are kept, look at it.");
            return Reply::Say(Message::new(Tone::Warn, text));
        }
        Reply::Nothing
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        if self.list.is_some()
            && let Some(reply) = self.list_command(command, desk)
        {
            return reply;
        }
        match command {
            Command::Save => self.save(desk),
            Command::Back => self.escape(),
            Command::NextOrPress if self.focus == self.save_button() => self.save(desk),
            Command::NextOrPress if self.on_button() => self.escape(),
            Command::Left if self.on_button() => self.backward(),
            Command::Right if self.on_button() => self.forward(desk),
            Command::NextOrPress | Command::Next | Command::FieldDown => self.forward(desk),
            Command::Prev | Command::FieldUp => self.backward(),
            Command::Lookup => self.open_list(desk),
            Command::SameAsLast => self.same_as_last(desk),
            Command::AddRow | Command::Preview => self.form.command(command, &mut self.fields, desk),
            _ => self.edit(command, desk),
        }
    }

    /// Commands that belong to the field: caret, deleting, values.
    fn edit(&mut self, command: Command, desk: &Desk) -> Reply {
        match self.field().and_then(|field| field.command(command)) {
            Some(changed) => {
                if changed {
                    self.value_changed(desk);
                    self.follow_typing(desk);
                }
                Reply::Nothing
            }
            None => Reply::Pass,
        }
    }

    /// Commands of the open list; `None` leaves them to the form.
    fn list_command(&mut self, command: Command, desk: &Desk) -> Option<Reply> {
        let list = self.list.as_mut()?;
        if list.command(command) {
            return Some(Reply::Nothing);
        }
        match command {
            Command::NextOrPress | Command::Next => {
                self.take_from_list(None, desk);
                return Some(self.forward(desk));
            }
            Command::Back => self.list = None,
            // What the cursor of the list is on is what one sees chosen.
            Command::Save if list.is_fixed() => {
                self.take_from_list(None, desk);
                return None;
            }
            Command::Prev | Command::Save | Command::Left | Command::Right => {
                self.list = None;
                return None;
            }
            _ => return None,
        }
        Some(Reply::Nothing)
    }

    /// Takes a value of the open list: that of the number, or the one under the cursor.
    fn take_from_list(&mut self, number: Option<usize>, desk: &Desk) {
        let Some(list) = self.list.take() else { return };
        let item = number.map_or_else(|| list.item(), |number| list.at(number)).cloned();
        let kept = self.fields.get(self.focus).map(super::Field::value);
        if let (Some(item), Some(field)) = (item, self.field()) {
            field.choose(&item);
            field.error = None;
            if kept.as_ref() != Some(&field.value()) {
                self.value_changed(desk);
            }
        }
    }

    /// While one types into a lookup, its list is open and follows.
    fn follow_typing(&mut self, desk: &Desk) {
        let Some(field) = self.fields.get(self.focus) else { return };
        let Kind::Lookup { line, key: None } = &field.kind else {
            self.list = None;
            return;
        };
        let typed = line.text().trim();
        if typed.is_empty() {
            self.list = None;
            return;
        }
        let title = format!("{} matching \"{typed}\"", field.label);
        self.list = Some(List::new(title, self.form.items(&field.name, typed, desk), None));
    }

    fn open_list(&mut self, desk: &Desk) -> Reply {
        let Some(field) = self.fields.get(self.focus) else { return Reply::Nothing };
        let value = field.value();
        let items = match &field.kind {
            Kind::Choice { items, .. } => {
                self.list = Some(List::fixed(field.label.to_string(), items.clone(), Some(&value)));
                return Reply::Nothing;
            }
            Kind::Lookup { line, key } => {
                // A chosen value is no search: the list shows all, with the cursor on it.
                let typed = if key.is_some() { "" } else { line.text().trim() };
                self.form.items(&field.name, typed, desk)
            }
            _ => return Reply::refuse("This field has no list: type the value."),
        };
        self.list = Some(List::new(field.label.to_string(), items, Some(&value)));
        Reply::Nothing
    }

    fn same_as_last(&mut self, desk: &Desk) -> Reply {
        let Some(field) = self.field() else { return Reply::Nothing };
        let Some(last) = field.last.clone() else {
            return Reply::refuse("Nothing was saved in this field before.");
        };
        field.fill(&last);
        field.error = None;
        self.value_changed(desk);
        Reply::Nothing
    }

    fn forward(&mut self, desk: &Desk) -> Reply {
        self.leave(desk);
        self.step(1);
        Reply::Nothing
    }

    fn backward(&mut self) -> Reply {
        self.list = None;
        self.step(self.fields.len() + 1);
        Reply::Nothing
    }

    /// Moves the focus so many places, round the end, past what is hidden.
    fn step(&mut self, places: usize) {
        let count = self.fields.len() + 2;
        for _ in 0..count {
            self.focus = (self.focus + places) % count;
            if self.fields.get(self.focus).is_none_or(|field| !field.is_hidden) {
                return;
            }
        }
    }

    fn escape(&self) -> Reply {
        if !self.is_dirty() {
            return Reply::Close;
        }
        let mut question = Question::new(&self.form.title(), "Discard what you typed?", Reply::Close);
        (question.yes, question.no, question.escape_is_yes) = ("Discard", "Keep typing", true);
        // Enter keeps what was typed: it is the key one presses without looking.
        question.dangerous = true;
        Reply::ask(question)
    }

    fn clicked(&mut self, target: Target, desk: &Desk) -> Reply {
        match target {
            Target::Row(number) if self.list.is_some() => self.take_from_list(Some(number), desk),
            Target::Field(number) if number < self.fields.len() => {
                self.list = None;
                let again = std::mem::replace(&mut self.focus, number) == number;
                if again && !self.typing() {
                    return self.edit(Command::Toggle, desk);
                }
            }
            Target::Button(0) => return self.save(desk),
            Target::Button(_) => return self.escape(),
            _ => {}
        }
        Reply::Nothing
    }
}

/// A letter was typed with which nothing goes on.
fn not_in_the_list(unknown: &Unknown) -> Reply {
    Reply::refuse(format!("Nothing in this list begins with \"{}\": F4 shows all of it.", unknown.0.trim()))
}
