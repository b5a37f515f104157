//! What keys and the mouse do in the wizard.

use super::columns::{COLUMNS, SHIP_TO, place, row_count};
use super::items::REMOVE;
use super::{NewOrder, Step, places, unfound};
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::forms::FormDialog;
use crate::tui::reply::{Answer, Dialog as _, Input, Reply};
use crate::tui::things::customer::address::AddressForm;
use crate::tui::things::customer::form::CustomerForm;
use crate::tui::things::product::form::ProductForm;
use crate::tui::widgets::hits::Target;

impl NewOrder {
    pub(super) fn input(&mut self, input: Input, desk: &Desk) -> Reply {
        let has_list = self.form().is_some_and(|form| form.list().is_some());
        match input {
            Input::Command(Command::Back) if !has_list => self.back(),
            Input::Command(Command::Save) | Input::Clicked(Target::Button(0)) => self.next(desk),
            Input::Command(Command::AddRow) => self.add(desk),
            Input::Clicked(Target::Button(_)) => self.back(),
            Input::Given(answer) if answer.asked == REMOVE => self.remove_row(desk),
            Input::Command(command) if self.step == Step::Check => self.scroll(command),
            Input::Command(Command::NextOrPress) if !has_list && self.on_button() == Some(0) => self.next(desk),
            Input::Command(Command::NextOrPress) if !has_list && self.on_button().is_some() => self.back(),
            Input::Command(command @ (Command::FieldUp | Command::FieldDown))
                if !has_list && self.step == Step::Items =>
            {
                self.move_row(command == Command::FieldDown)
            }
            input => self.form_mut().map_or(Reply::Nothing, |form| form.handle(input, desk)),
        }
    }

    /// Which of the two buttons has the focus.
    pub(super) fn on_button(&self) -> Option<usize> {
        self.form().and_then(|form| form.focus().checked_sub(form.fields().len()))
    }

    /// One step back, everything kept; from the first one out of the wizard.
    fn back(&mut self) -> Reply {
        match self.step.before() {
            Some(before) => {
                if self.step == Step::Terms {
                    self.follow_order();
                }
                self.step = before;
                Reply::Nothing
            }
            // The app leaves the page, and asks first where something was typed.
            None => Reply::Pass,
        }
    }

    /// Reads the step; goes on, or says what is wrong. In the last one it saves.
    fn next(&mut self, desk: &Desk) -> Reply {
        let Some(next) = self.step.next() else { return self.save() };
        let reply = self.form_mut().map_or(Reply::Close, |form| form.handle(Input::Command(Command::Save), desk));
        if !matches!(reply, Reply::Close) {
            return reply;
        }
        if self.step == Step::Customer
            && let follow @ Reply::Say(_) = self.follow(desk)
        {
            return follow;
        }
        if next == Step::Check {
            self.follow_order();
            self.reckon();
            if let Some(wrong) = self.unscheduled() {
                return wrong;
            }
        }
        (self.step, self.top) = (next, 0);
        let first = self.form().and_then(|form| form.fields().first()).map(|field| field.name.clone());
        if let (Some(first), Some(form), true) = (first, self.form_mut(), next == Step::Terms) {
            form.go_to(&first);
        }
        Reply::Nothing
    }

    /// Why there is no plan although every row could be read.
    fn unscheduled(&self) -> Option<Reply> {
        let currency = self.who.as_ref().map(|who| who.page.row.outstanding.currency());
        match &self.plan {
            Some(plan) if Some(plan.total.currency()) == currency => None,
            Some(plan) => Some(Reply::refuse(format!(
                "This customer pays in {}, the items are priced in {}.",
                currency.map(|currency| currency.to_string()).unwrap_or_default(),
                plan.total.currency()
            ))),
            None => Some(Reply::refuse("These items cannot stand on one order: look at amounts and currencies.")),
        }
    }

    /// A new customer in the first step, a new row in the second.
    fn add(&mut self, desk: &Desk) -> Reply {
        match self.step {
            Step::Customer => {
                let typed = unfound(self.forms[0].fields().first()).unwrap_or_default();
                Reply::open(FormDialog::new(CustomerForm::new(&typed), desk))
            }
            _ if self.on_place() => self.add_address(desk),
            Step::Items => {
                if let Some(typed) = self.unfound_item() {
                    return Reply::open(FormDialog::new(ProductForm::new(typed), desk));
                }
                let reply = self.forms[1].handle(Input::Command(Command::AddRow), desk);
                let last = row_count(self.forms[1].fields()).saturating_sub(1);
                if matches!(reply, Reply::Nothing) {
                    self.forms[1].go_to(&format!("{}.{last}", COLUMNS[0]));
                }
                reply
            }
            Step::Terms | Step::Check => Reply::Nothing,
        }
    }

    /// What was typed as an item under the caret that no product fits yet.
    pub(super) fn unfound_item(&self) -> Option<String> {
        let form = &self.forms[1];
        let field = form.fields().get(form.focus()).filter(|field| matches!(place(&field.name), Some((0, _))));
        unfound(field).filter(|_| form.list().is_none_or(|list| list.item().is_none()))
    }

    /// Whether the caret stands in a field for an address.
    pub(super) fn on_place(&self) -> bool {
        let field = self.form().and_then(|form| form.fields().get(form.focus()));
        field.is_some_and(|field| match self.step {
            Step::Items => matches!(place(&field.name), Some((SHIP_TO, _))),
            Step::Terms => ["bill_to", "ship_to"].contains(&field.name.as_ref()),
            Step::Customer | Step::Check => false,
        })
    }

    /// Another address of the customer; what was typed is its street.
    fn add_address(&mut self, desk: &Desk) -> Reply {
        let Some(who) = &self.who else { return Reply::Nothing };
        let form = self.form().and_then(|form| form.fields().get(form.focus()));
        let typed = unfound(form).unwrap_or_default();
        let form = AddressForm::shipping(who.page.row.id, who.page.row.name.as_str()).at_street(&typed);
        Reply::open(FormDialog::new(form, desk))
    }

    /// Takes the address that was just made into the field it was made for.
    pub(super) fn take_new_address(&mut self, desk: &Desk) -> Reply {
        let newest = self.who.as_ref().and_then(|who| places::newest(who.page.row.id, desk));
        let name = self.form().and_then(|form| form.fields().get(form.focus())).map(|field| field.name.clone());
        if let (Some(item), Some(name), Some(form)) = (newest, name, self.form_mut()) {
            form.go_to(&name);
            form.fill(|field| {
                if field.name == name {
                    field.choose(&item);
                }
            });
        }
        self.follow(desk)
    }

    /// Takes the product that was just made into the row it was made for.
    pub(super) fn take_new_product(&mut self, desk: &Desk) -> Reply {
        let listed = self.forms[1].handle(Input::Command(Command::Lookup), desk);
        let found = self.forms[1].list().is_some_and(|list| list.item().is_some());
        let taken = if found { self.forms[1].handle(Input::Command(Command::NextOrPress), desk) } else { listed };
        self.reckon();
        taken
    }

    /// The row with the focus goes.
    fn remove_row(&mut self, desk: &Desk) -> Reply {
        let Some(row) = self.focused_row() else { return Reply::Nothing };
        let answer = Answer { asked: REMOVE, key: String::new(), text: row.to_string() };
        let reply = self.forms[1].handle(Input::Given(answer), desk);
        let last = row_count(self.forms[1].fields()).saturating_sub(1);
        self.forms[1].go_to(&format!("{}.{}", COLUMNS[0], row.min(last)));
        reply
    }

    /// The row of the items with the focus.
    pub(super) fn focused_row(&self) -> Option<usize> {
        let form = self.forms.get(1).filter(|_| self.step == Step::Items)?;
        form.fields().get(form.focus()).and_then(|field| place(&field.name)).map(|(_, row)| row)
    }

    /// Up and Down stay in their column.
    fn move_row(&mut self, down: bool) -> Reply {
        let form = &mut self.forms[1];
        let rows = row_count(form.fields());
        let here = form.fields().get(form.focus()).and_then(|field| place(&field.name));
        let target = match here {
            Some((column, row)) if down && row + 1 < rows => Some((column, row + 1)),
            Some((column, row)) if !down => row.checked_sub(1).map(|row| (column, row)),
            Some(_) => None,
            None if !down => rows.checked_sub(1).map(|row| (0, row)),
            None => return Reply::Nothing,
        };
        match target {
            Some((column, row)) => form.go_to(&format!("{}.{row}", COLUMNS[column])),
            None if down => form.go_to_save(),
            None => {}
        }
        Reply::Nothing
    }

    /// The last step has nothing to type: the keys move the schedule.
    fn scroll(&mut self, command: Command) -> Reply {
        let most = self.plan.as_ref().map_or(0, |plan| plan.payments.len().saturating_sub(self.fits));
        let page = self.fits.max(2) - 1;
        self.top = match command {
            Command::FieldUp | Command::Prev => self.top.saturating_sub(1),
            Command::FieldDown | Command::Next => self.top + 1,
            Command::Left => self.top.saturating_sub(page),
            Command::Right | Command::NextOrPress => self.top + page,
            Command::Home => 0,
            Command::End => most,
            _ => return Reply::Pass,
        }
        .min(most);
        Reply::Nothing
    }

    /// What the message line hints at.
    pub(super) fn hints(&self) -> (String, String) {
        let Some(form) = self.form() else {
            let count = self.plan.as_ref().map_or(0, |plan| plan.payments.len());
            let last = (self.top + self.fits).min(count);
            let left = "The arrows move the schedule; nothing is saved until F2.";
            return (left.to_owned(), format!("{} to {last} of {count}", (self.top + 1).min(count)));
        };
        let field = form.fields().get(form.focus());
        let at = field.and_then(|field| place(&field.name));
        let rows = row_count(self.forms[1].fields());
        let right = at.map(|(_, row)| format!("row {} of {rows}", row + 1)).unwrap_or_default();
        let left = match (self.step, at) {
            (Step::Items, Some((0, _))) if self.unfound_item().is_some() => {
                "There is no product of that name yet; F6 adds it.".to_owned()
            }
            (Step::Items, Some((0, _))) => "Type a part of the name; F6 adds a row, F9 removes this one.".to_owned(),
            (Step::Items, Some((1, _))) => "F4 lists the free ones; empty: the next free one is taken.".to_owned(),
            (Step::Items, Some((6, _))) => match field.map_or("", |field| &field.hint) {
                "" => "17, 1711, 17/11, t = today, + and - move a day.".to_owned(),
                day => format!("{day}.  t = today, + and - move a day."),
            },
            (_, _) if self.on_place() => "F4 lists the addresses; F6 makes another one.".to_owned(),
            (Step::Items, None) => "Enter goes on; F6 adds a row.".to_owned(),
            _ => form.hint(),
        };
        (left, right)
    }
}
