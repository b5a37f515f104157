//! A new order in four steps: who, what, on which terms, and the whole schedule before anything is saved.
//!
//! Each of the first three steps is a form whose fields stand on the page; Esc goes one step back with all that was
//! typed kept. Nothing is written before the last step, and then in one Action.

mod customer;
mod draw;
mod items;
mod keys;
mod terms;

use std::rc::Rc;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::services::actions::order::OrderDraft;
use crate::services::order_plan::Plan;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk, Done, Outcome, Trouble};
use crate::tui::forms::{Field, FormDialog, Read};
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{Dialog as _, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use customer::{CustomerStep, Who};
use items::{Catalogue, Defaults, ItemsStep, planned, read_items, readable, row_count};
use terms::{Terms, TermsStep, read_terms};

/// Where one is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Step {
    Customer,
    Items,
    Terms,
    Check,
}

impl Step {
    const ALL: [Self; 4] = [Self::Customer, Self::Items, Self::Terms, Self::Check];

    const fn title(self) -> &'static str {
        match self {
            Self::Customer => "Customer",
            Self::Items => "Items",
            Self::Terms => "Terms",
            Self::Check => "Check and save",
        }
    }

    fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    fn before(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|at| Self::ALL.get(at)).copied()
    }
}

/// The wizard.
#[derive(Debug)]
pub struct NewOrder {
    step: Step,
    /// The three forms, in the order of their steps.
    forms: [FormDialog; 3],
    catalogue: Catalogue,
    who: Option<Box<Who>>,
    plan: Option<Plan>,
    /// Rows that cannot be read yet.
    unread: Vec<usize>,
    style: Style,
    today: NaiveDate,
    lead_days: u32,
    /// The first line of the schedule in sight, and how many fit.
    top: usize,
    fits: usize,
    is_saved: bool,
}

impl NewOrder {
    /// A new order, for this customer where one is known.
    #[must_use]
    pub fn new(customer: Option<CustomerId>, desk: &Desk) -> Self {
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        let catalogue = Catalogue::default();
        let items = ItemsStep::new(Rc::clone(&catalogue), Defaults::new(None, desk.today(), style));
        let forms = [
            FormDialog::new(CustomerStep::default(), desk),
            FormDialog::new(items, desk),
            FormDialog::new(TermsStep::default(), desk),
        ];
        let mut wizard = Self {
            step: Step::Customer,
            forms,
            catalogue,
            who: None,
            plan: None,
            unread: Vec::new(),
            style,
            today: desk.today(),
            lead_days: desk.shop().map_or(0, |shop| shop.lead_days),
            top: 0,
            fits: 1,
            is_saved: false,
        };
        if let Some(id) = customer
            && wizard.choose(id, desk).is_ok()
            && wizard.who.is_some()
        {
            wizard.step = Step::Items;
        }
        wizard
    }

    /// Takes a customer, and what that one prefers as long as no item is typed.
    fn choose(&mut self, id: CustomerId, desk: &Desk) -> Result<(), Trouble> {
        let before = self.who.as_ref().map(|who| who.page.row.id);
        self.who = Who::read(id, desk)?.map(Box::new);
        let Some(who) = &self.who else { return Ok(()) };
        if !self.forms[1].is_dirty() && row_count(self.forms[1].fields()) == 1 {
            let defaults = Defaults::new(Some(&who.page.preferences), desk.today(), self.style);
            self.forms[1] = FormDialog::new(ItemsStep::new(Rc::clone(&self.catalogue), defaults), desk);
        }
        let chosen = self.forms[0].fields().first().map(Field::value);
        if chosen.as_deref() != Some(&who.page.row.id.to_string()) {
            self.forms[0] = FormDialog::new(CustomerStep::with(who), desk);
        }
        if before != Some(id) {
            self.forms[2] = FormDialog::new(TermsStep::of(id, self.terms(), desk), desk);
        }
        Ok(())
    }

    /// The form of the step; the last step has none.
    fn form(&self) -> Option<&FormDialog> {
        self.forms.get(self.step as usize)
    }

    fn form_mut(&mut self) -> Option<&mut FormDialog> {
        self.forms.get_mut(self.step as usize)
    }

    fn terms(&self) -> Option<Terms> {
        read_terms(&mut Read::new(self.forms[2].fields()))
    }

    fn draft(&self) -> Option<OrderDraft> {
        let fields = self.forms[1].fields();
        let terms = self.terms()?;
        let mut items = read_items(&mut Read::new(fields), row_count(fields), &self.catalogue, self.style)?;
        for item in &mut items {
            (item.anchor_day, item.ship_to) = (terms.anchor_day, terms.ship_to);
        }
        Some(OrderDraft { customer: self.who.as_ref()?.page.row.id, bill_to: terms.bill_to, items })
    }

    /// Reckons anew what the order will bill, from the rows that can be read.
    fn reckon(&mut self) {
        let fields = self.forms[1].fields();
        let anchor_day = self.terms().and_then(|terms| terms.anchor_day);
        let (items, unread) = readable(fields, &self.catalogue, self.style);
        self.plan = planned(&items, anchor_day, &self.catalogue).and_then(|items| Plan::new(&items));
        self.unread = unread;
    }

    /// Follows what was typed: the customer that is chosen, the sums.
    fn follow(&mut self, desk: &Desk) -> Reply {
        if self.step == Step::Customer {
            let chosen: Option<CustomerId> =
                self.forms[0].fields().first().and_then(|field| field.value().parse().ok());
            let chosen = chosen.filter(|_| self.forms[0].list().is_none());
            if chosen != self.who.as_ref().map(|who| who.page.row.id) {
                self.who = None;
                if let Some(Err(trouble)) = chosen.map(|id| self.choose(id, desk)) {
                    return Reply::refuse(trouble.sentence());
                }
            }
        }
        self.reckon();
        Reply::Nothing
    }

    fn save(&self) -> Reply {
        match (self.draft(), self.terms()) {
            (Some(draft), Some(terms)) => {
                Reply::perform(Action::AddOrder { draft: Box::new(draft), confirm: terms.confirm })
            }
            _ => Reply::refuse("Something in the steps before cannot be read any more: go back with Esc and look."),
        }
    }
}

impl Screen for NewOrder {
    fn context(&self) -> Context {
        self.form().map_or(Context::Form, super::super::reply::Dialog::context)
    }

    fn typing(&self) -> bool {
        self.form().is_some_and(super::super::reply::Dialog::typing)
    }

    fn crumbs(&self) -> Vec<String> {
        let title = |(number, step): (usize, Step)| {
            let words = format!("{} {}", number + 1, step.title());
            if step == self.step { format!("[{words}]") } else { words }
        };
        let mut steps: Vec<String> = Step::ALL.into_iter().enumerate().map(title).collect();
        if let Some(first) = steps.first_mut() {
            *first = format!("New order      {first}");
        }
        steps
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        if let Some(who) = &self.who {
            let id = who.page.row.id;
            self.choose(id, desk)?;
        }
        self.reckon();
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        match (command, self.step) {
            (Command::Save, _) | (Command::AddRow, Step::Customer | Step::Items) => Able::Yes,
            (Command::Lookup | Command::SameAsLast, _) => self.form().map_or(Able::NotHere, |form| form.can(command)),
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        let has_list = self.form().is_some_and(|form| form.list().is_some());
        match (command, self.step) {
            (Command::Save, Step::Check) if self.terms().is_some_and(|terms| terms.confirm) => Some("Save and confirm"),
            (Command::Save, Step::Check) => Some("Save the draft"),
            (Command::Save, _) => Some("Next step"),
            (Command::AddRow, Step::Customer) => Some("New customer"),
            (Command::AddRow, Step::Items) if self.unfound_item().is_some() => Some("New product"),
            (Command::NextOrPress, _) if has_list => Some("Choose"),
            (Command::NextOrPress, Step::Check) => Some("Down"),
            (Command::Back, _) if has_list => Some("Close"),
            (Command::Back, Step::Customer) => Some("Leave"),
            _ => None,
        }
    }

    fn takes_held(&self, command: Command) -> bool {
        !(command == Command::Save && self.step == Step::Check || command == Command::Back)
    }

    fn is_dirty(&self) -> bool {
        let typed = self.forms.iter().any(super::super::reply::Dialog::is_dirty);
        !self.is_saved && (typed || row_count(self.forms[1].fields()) > 1)
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        let row = self.focused_row().map(|row| row + 1);
        row.map(|row| Entry::new("remove", format!("Remove row {row}"))).into_iter().collect()
    }

    fn hint(&self) -> (String, String) {
        self.hints()
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let reply = self.input(input, desk);
        let follow = self.follow(desk);
        if matches!(reply, Reply::Nothing) { follow } else { reply }
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        match &done.outcome {
            Outcome::Customer(id) if self.step == Step::Customer => match self.choose(*id, desk) {
                Ok(()) => Reply::Nothing,
                Err(trouble) => Reply::refuse(trouble.sentence()),
            },
            Outcome::Variant(..) if self.step == Step::Items => self.take_new_product(desk),
            Outcome::Order(id, _) => {
                self.is_saved = true;
                Reply::All(vec![Reply::Leave, Reply::Go(Place::Order(*id))])
            }
            _ => Reply::Nothing,
        }
    }

    fn refused(&mut self, trouble: &Trouble) -> Reply {
        Reply::refuse(format!("{} Nothing is saved; Esc goes back to change it.", trouble.sentence()))
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.draw(canvas, area);
    }
}

/// What was typed into a field that finds something, as long as nothing is chosen.
fn unfound(field: Option<&Field>) -> Option<String> {
    field.map(Field::value).filter(|typed| !typed.trim().is_empty() && typed.parse::<i64>().is_err())
}
