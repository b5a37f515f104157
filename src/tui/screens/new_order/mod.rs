//! A new order in four steps: who, what, on which terms, and the whole schedule before anything is saved.
//!
//! Each of the first three steps is a form whose fields stand on the page; Esc goes one step back with all that was
//! typed kept. Nothing is written before the last step, and then in one Action.

mod again;
mod begin;
mod columns;
mod customer;
mod draw;
mod grid;
mod items;
mod keys;
mod places;
mod reading;
mod terms;

use std::rc::Rc;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::order::OrderDraft;
use crate::services::order_plan::Plan;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Action, Desk, Done, Outcome, Trouble};
use crate::tui::forms::{Field, FormDialog, Item, Read};
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{Answer, Dialog as _, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use begin::Defaults;
use columns::{SHIP_TO, place, row_count};
use customer::{CustomerStep, Who};
use items::{ItemsStep, REMOVE};
use places::Places;
use reading::{Catalogue, Known, planned, read_items, readable, short};
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
    /// What the line above calls it.
    title: String,
    step: Step,
    /// The three forms, in the order of their steps.
    forms: [FormDialog; 3],
    catalogue: Catalogue,
    places: places::Shared,
    /// How many rows stood there before anybody typed.
    rows_at_first: usize,
    who: Option<Box<Who>>,
    plan: Option<Plan>,
    /// How many contracts there are too few free assets for.
    short: i64,
    /// Rows that cannot be read yet.
    unread: Vec<usize>,
    style: Style,
    /// Whether prices have their tax in them, in words.
    prices: &'static str,
    today: NaiveDate,
    lead_days: u32,
    /// The first line of the schedule in sight, and how many fit.
    top: usize,
    fits: usize,
    is_saved: bool,
}

impl NewOrder {
    /// A new order, for this customer where one is known.
    pub fn new(customer: Option<CustomerId>, desk: &Desk) -> Self {
        let style = desk.shop().map(|shop| shop.style).unwrap_or_default();
        let catalogue = Catalogue::default();
        let places = places::Shared::default();
        let defaults = Defaults::new(None, (desk.today(), style), None);
        let items = ItemsStep::new(Rc::clone(&catalogue), Rc::clone(&places), defaults);
        let forms = [
            FormDialog::new(CustomerStep::default(), desk),
            FormDialog::new(items, desk),
            FormDialog::new(TermsStep::default(), desk),
        ];
        let mut wizard = Self {
            title: "New order".to_owned(),
            step: Step::Customer,
            forms,
            catalogue,
            places,
            rows_at_first: 1,
            who: None,
            plan: None,
            short: 0,
            unread: Vec::new(),
            style,
            prices: crate::tui::desk::with_tax(desk),
            today: desk.today(),
            lead_days: desk.shop().map_or(0, |shop| shop.lead_days),
            top: 0,
            fits: 1,
            is_saved: false,
        };
        if let Some(id) = customer
            && wizard.choose(id, desk).is_ok()
            && wizard.who.as_ref().is_some_and(|who| !who.is_closed())
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
        let chosen = self.forms[0].fields().first().map(Field::value);
        if chosen.as_deref() != Some(&who.page.row.id.to_string()) {
            self.forms[0] = FormDialog::new(CustomerStep::with(who), desk);
        }
        if before == Some(id) {
            return Ok(());
        }
        let of_this_one = Places::of(id, desk);
        let order = of_this_one.order.clone();
        *self.places.borrow_mut() = of_this_one;
        if !self.forms[1].is_dirty() && row_count(self.forms[1].fields()) == 1 {
            let defaults = Defaults::new(
                Some(&who.page.preferences),
                (desk.today(), self.style),
                Some(who.page.row.outstanding.currency()),
            );
            let items = ItemsStep::new(Rc::clone(&self.catalogue), Rc::clone(&self.places), defaults);
            self.forms[1] = FormDialog::new(items, desk);
        } else {
            // Addresses of another customer are none of this one's.
            self.forms[1].fill(|field| {
                if matches!(place(&field.name), Some((SHIP_TO, _))) {
                    field.choose(&order);
                }
            });
        }
        self.forms[2] = FormDialog::new(TermsStep::of(id, self.terms(), desk), desk);
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

    fn known(&self) -> Known {
        let (catalogue, places) = (Rc::clone(&self.catalogue), Rc::clone(&self.places));
        Known { catalogue, places, style: self.style }
    }

    fn draft(&self) -> Option<OrderDraft> {
        let fields = self.forms[1].fields();
        let terms = self.terms()?;
        let mut items = read_items(&mut Read::new(fields), row_count(fields), &self.known())?;
        for item in &mut items {
            item.anchor_day = terms.anchor_day;
        }
        Some(OrderDraft { customer: self.who.as_ref()?.page.row.id, bill_to: terms.bill_to, items })
    }

    /// Reckons anew what the order will bill, from the rows that can be read.
    fn reckon(&mut self) {
        let fields = self.forms[1].fields();
        let anchor_day = self.terms().and_then(|terms| terms.anchor_day);
        let (items, unread) = readable(fields, &self.known());
        self.plan = planned(&items, anchor_day, &self.catalogue).and_then(|items| Plan::new(&items));
        self.unread = unread;
        self.short = short(&items, &self.catalogue);
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

    /// The order goes to another place: the items that went with it go there too.
    fn follow_order(&mut self) {
        let field = self.forms[2].fields().iter().find(|field| field.name == "ship_to");
        let Some(field) = field else { return };
        let order = match field.value() {
            empty if empty.is_empty() => places::billing(),
            key => Item::new(key, places::text_of(field)),
        };
        let is_known = order.key.parse::<ShipTo>().is_ok();
        if !is_known || order.key == self.places.borrow().order.key {
            return;
        }
        let mut places = self.places.borrow_mut();
        self.forms[1].fill(|field| places.follow(&order, field));
        places.order = order;
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
            *first = format!("{:<14} {first}", self.title);
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
            (Command::AddRow, Step::Terms) if self.on_place() => Able::Yes,
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
            (Command::AddRow, _) if self.on_place() => Some("New address"),
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
        !self.is_saved && (typed || row_count(self.forms[1].fields()) != self.rows_at_first)
    }

    fn typed(&self) -> Vec<(String, String)> {
        if self.is_saved { Vec::new() } else { self.forms.iter().flat_map(crate::tui::reply::Dialog::typed).collect() }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        let remove = |_: &Desk| Reply::Give(Answer { asked: REMOVE, key: String::new(), text: String::new() });
        let row = self.focused_row().map(|row| row + 1);
        row.map(|row| Entry::acting(format!("Remove row {row}"), remove)).into_iter().collect()
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
            Outcome::Customer(_) if self.on_place() => self.take_new_address(desk),
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
