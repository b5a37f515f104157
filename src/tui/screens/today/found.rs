//! What Find anything found, and what can be done with it.

use crate::domain::id::CustomerId;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, Hit};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::page::deed;
use crate::tui::place::{PAGES, Place, Tab};
use crate::tui::reply::{Act, Entry, Reply};
use crate::tui::things::customer::deeds::ThisCustomer;
use crate::tui::things::group::deeds::ThisGroup;
use crate::tui::things::invoice::deeds::ThisInvoice;
use crate::tui::things::payment::deeds::ThisPayment;
use crate::tui::things::{customer, group, invoice, payment};

/// How many hits are shown at most.
const MOST: usize = 12;
/// How many commands are.
const COMMANDS: usize = 3;

/// Something to go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A record.
    Hit(Box<Hit>),
    /// A command: its words, its key, where it leads.
    Command(String, &'static str, Place),
}

/// What was found, with a cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Results {
    found: Vec<Found>,
    at: usize,
    more: bool,
}

impl Results {
    /// What the text finds.
    pub fn read(text: &str, desk: &Desk) -> Result<Self, Trouble> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let answer = desk.read(|db| reads::find(db, text, MOST, desk.today()))?;
        let customer = answer.hits.iter().find_map(|hit| match hit {
            Hit::Customer(row) => Some((row.id, row.name.clone())),
            _ => None,
        });
        let mut found: Vec<Found> = answer.hits.into_iter().map(|hit| Found::Hit(Box::new(hit))).collect();
        found.extend(commands(text, customer).into_iter().take(COMMANDS));
        Ok(Self { found, at: 0, more: answer.more })
    }

    /// With the cursor where `before` had it, as far as that is the same thing.
    pub fn pointing_like(mut self, before: &Self) -> Self {
        self.at = before.at.min(self.found.len().saturating_sub(1));
        self
    }

    /// Everything found.
    pub fn all(&self) -> &[Found] {
        &self.found
    }

    /// Where the cursor is.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Whether nothing was found.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How much was found, in words.
    pub fn count(&self) -> String {
        let hits = self.found.iter().filter(|found| matches!(found, Found::Hit(_))).count();
        match (hits, self.more) {
            (0, _) => "nothing found".to_owned(),
            (hits, false) => format!("{hits} found"),
            (hits, true) => format!("the best {hits}; type on for fewer"),
        }
    }

    /// One up, around the end.
    pub const fn up(&mut self) {
        self.at = if self.at == 0 { self.found.len().saturating_sub(1) } else { self.at - 1 };
    }

    /// One down, around the end.
    pub const fn down(&mut self) {
        self.at = if self.at + 1 >= self.found.len() { 0 } else { self.at + 1 };
    }

    /// Puts the cursor there, and says whether it was there already.
    pub fn point(&mut self, number: usize) -> bool {
        let again = number == self.at;
        self.at = number.min(self.found.len().saturating_sub(1));
        again
    }

    /// The record under the cursor.
    pub fn hit(&self) -> Option<&Hit> {
        match self.found.get(self.at) {
            Some(Found::Hit(hit)) => Some(hit),
            _ => None,
        }
    }

    /// The customer under the cursor.
    pub fn customer(&self) -> Option<CustomerId> {
        match self.hit() {
            Some(Hit::Customer(row)) => Some(row.id),
            _ => None,
        }
    }

    /// Opens what the cursor is on.
    pub fn open(&self) -> Reply {
        match self.found.get(self.at) {
            Some(Found::Hit(hit)) => place(hit).map_or(Reply::Nothing, Reply::Go),
            Some(Found::Command(_, _, place)) => Reply::Go(place.clone()),
            None => Reply::Nothing,
        }
    }
}

/// The commands a text means.
fn commands(text: &str, customer: Option<(CustomerId, String)>) -> Vec<Found> {
    let mut commands = Vec::new();
    if let Some((id, name)) = customer {
        commands.push(Found::Command(format!("New order for {name}"), "F6", Place::NewOrder(Some(id))));
    }
    let text = text.to_lowercase();
    let fits = |title: &str| {
        let title = title.to_lowercase();
        text.split_whitespace().all(|word| title.contains(word))
    };
    let pages = PAGES.iter().filter(|(title, _)| fits(title));
    commands.extend(pages.map(|(title, name)| Found::Command((*title).to_owned(), "", Place::Page(name))));
    let tabs = Tab::ALL.into_iter().filter(|tab| *tab != Tab::Today && fits(tab.title()));
    commands.extend(tabs.map(|tab| Found::Command(format!("Go to {}", tab.title()), "", Place::Tab(tab))));
    commands
}

/// The page of a hit.
fn place(hit: &Hit) -> Option<Place> {
    Some(match hit {
        Hit::Customer(row) => Place::Customer(row.id),
        Hit::Group(row) => Place::Group(row.id),
        Hit::Payment(row) => Place::Payment(row.id),
        Hit::Invoice(row) => Place::Invoice(row.id),
        Hit::Subscription(row) => Place::Subscription(row.id),
        Hit::Asset(row) => return row.subscription_id.map(Place::Subscription),
    })
}

/// Calls a function of the deeds with the table of a hit and what it works on.
macro_rules! of_hit {
    ($hit:expr, |$table:ident, $this:ident| $call:expr, $else:expr) => {
        match $hit {
            Hit::Payment(row) => {
                let ($table, $this) = (payment::deeds::DEEDS, ThisPayment::new(row));
                $call
            }
            Hit::Invoice(row) => {
                let ($table, $this) = (invoice::deeds::DEEDS, ThisInvoice::new(row).in_review(false));
                $call
            }
            Hit::Customer(row) => {
                let ($table, $this) = (customer::deeds::DEEDS, ThisCustomer::found(row));
                $call
            }
            Hit::Group(row) => {
                let ($table, $this) = (group::deeds::DEEDS, ThisGroup::found(row));
                $call
            }
            Hit::Subscription(_) | Hit::Asset(_) => $else,
        }
    };
}

/// Whether F8 does something with it, and why not.
pub fn can_act(hit: &Hit) -> Able {
    let nothing = || Able::because("This cannot be paid: Enter opens it.");
    of_hit!(hit, |table, this| deed::can(table, Command::Main, &this).unwrap_or_else(nothing), nothing())
}

/// What F8 is called for it.
pub fn word(hit: &Hit) -> &'static str {
    of_hit!(hit, |table, this| deed::word(table, Command::Main, &this).unwrap_or("Take payment"), "Take payment")
}

/// Does the main job: a customer pays, a payment is marked as paid.
pub fn act(hit: &Hit, desk: &Desk) -> Reply {
    of_hit!(hit, |table, this| deed::run(table, Command::Main, &this, desk).unwrap_or(Reply::Nothing), Reply::Nothing)
}

/// Copies its number.
pub fn copy(hit: &Hit) -> Option<Reply> {
    match hit {
        Hit::Payment(row) => Some(Reply::Copy(payment::deeds::number(row))),
        Hit::Invoice(row) => Some(Reply::Copy(invoice::deeds::number(row))),
        Hit::Customer(row) if !row.email.is_empty() => Some(Reply::Copy(row.email.clone())),
        _ => None,
    }
}

/// What can be done with it.
pub fn entries(hit: &Hit, desk: &Desk) -> Vec<Entry> {
    match hit {
        Hit::Payment(row) => deed::entries(payment::deeds::DEEDS, ThisPayment::new(row), desk),
        Hit::Invoice(row) => deed::entries(invoice::deeds::DEEDS, ThisInvoice::new(row).in_review(false), desk),
        Hit::Customer(row) => deed::entries(customer::deeds::DEEDS, ThisCustomer::found(row), desk),
        Hit::Group(row) => deed::entries(group::deeds::DEEDS, ThisGroup::found(row), desk),
        Hit::Subscription(row) => opening(&row.id.shown(), Place::Subscription(row.id)),
        Hit::Asset(row) => {
            let place = row.subscription_id.map(Place::Subscription);
            place.map_or_else(Vec::new, |place| opening(&format!("who rents {}", row.serial), place))
        }
    }
}

/// The one entry of what is only opened.
fn opening(what: &str, place: Place) -> Vec<Entry> {
    let act = Act::new(move |_| Reply::Go(place.clone()));
    vec![Entry::of(format!("Open {what}"), 'o', act).note("Enter")]
}
