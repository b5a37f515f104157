//! What Find anything found, and what can be done with it.

use crate::domain::id::CustomerId;
use crate::tui::command::Able;
use crate::tui::deeds::{invoice, payment};
use crate::tui::desk::reads::{self, Hit};
use crate::tui::desk::{Desk, Payer, Target, Trouble};
use crate::tui::forms::mark_paid::MarkPaid;
use crate::tui::place::{PAGES, Place, Tab};
use crate::tui::reply::{Entry, Reply};

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

/// Whether F8 does something with it, and why not.
pub fn can_act(hit: &Hit) -> Able {
    match hit {
        Hit::Customer(row) => Able::when(row.outstanding.minor() > 0, "This customer owes nothing."),
        Hit::Group(row) => Able::when(row.outstanding.minor() > 0, "This group owes nothing."),
        Hit::Payment(row) => payment::can_pay(row),
        Hit::Invoice(row) => invoice::can_pay(row),
        Hit::Subscription(_) | Hit::Asset(_) => Able::because("Nothing is paid here: Enter opens it."),
    }
}

/// What F8 is called for it.
pub const fn word(hit: &Hit) -> &'static str {
    match hit {
        Hit::Payment(_) => "Mark paid",
        _ => "Take payment",
    }
}

/// Does the main job: a customer pays, a payment is marked as paid.
pub fn act(hit: &Hit, desk: &Desk) -> Reply {
    let target = match hit {
        // Members of a group are billed with it, so it is the group that owes and pays.
        Hit::Customer(row) => Target::Payer(row.group_id.map_or(Payer::Customer(row.id), Payer::Group)),
        Hit::Group(row) => Target::Payer(Payer::Group(row.id)),
        Hit::Payment(row) => Target::Payments(vec![row.id]),
        Hit::Invoice(row) => Target::Invoices(vec![row.id]),
        Hit::Subscription(_) | Hit::Asset(_) => return Reply::Nothing,
    };
    MarkPaid::open(target, desk)
}

/// Copies its number.
pub fn copy(hit: &Hit) -> Option<Reply> {
    match hit {
        Hit::Payment(row) => Some(Reply::Copy(payment::number(row))),
        Hit::Invoice(row) => Some(Reply::Copy(invoice::number(row))),
        Hit::Customer(row) if !row.email.is_empty() => Some(Reply::Copy(row.email.clone())),
        _ => None,
    }
}

/// What can be done with it.
pub fn entries(hit: &Hit, desk: &Desk) -> Vec<Entry> {
    match hit {
        Hit::Payment(row) => payment::entries(row, false, desk),
        Hit::Invoice(row) => invoice::entries(row, false, desk),
        Hit::Customer(row) => vec![
            Entry::new("open", format!("Open {}", row.name)).note("Enter"),
            Entry::new("order", format!("New order for {}", row.name)).note("F6"),
            Entry::new("pay", "Take payment").note("F8").able(can_act(hit)),
        ],
        Hit::Group(row) => vec![
            Entry::new("open", format!("Open {}", row.name)).note("Enter"),
            Entry::new("pay", "Take payment").note("F8").able(can_act(hit)),
        ],
        Hit::Subscription(_) | Hit::Asset(_) => vec![Entry::new("open", "Open it").note("Enter")],
    }
}

/// Does one of the entries.
pub fn deed(key: &str, hit: &Hit, desk: &Desk) -> Option<Reply> {
    match (key, hit) {
        (_, Hit::Payment(row)) => payment::deed(key, row, desk),
        (_, Hit::Invoice(row)) => invoice::deed(key, row, desk),
        ("open", _) => place(hit).map(Reply::Go),
        ("pay", _) => Some(act(hit, desk)),
        ("order", Hit::Customer(row)) => Some(Reply::Go(Place::NewOrder(Some(row.id)))),
        _ => None,
    }
}
