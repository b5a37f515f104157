//! One billing group: who it is, how it pays; its members, what they rent, what it was invoiced.

mod head;
mod rows;

use chrono::NaiveDate;

use super::deeds;
use super::deeds::{Home, ThisGroup};
use crate::domain::format::Style;
use crate::domain::id::{CustomerId, GroupId, InvoiceId, SubscriptionId};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, GroupFilter, GroupPage, InvoiceFilter, InvoiceRow, InvoiceSort, Page};
use crate::tui::desk::{self, Desk, DeskError, Payer, Trouble};
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::record::{Parts, Record, Spot, neighbour};
use crate::tui::place::{Place, Tab};
use crate::tui::reply::{Answer, Reply};
use crate::tui::things::{invoice, statement};
use crate::tui::widgets::record::Head;
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;

/// The most invoices shown here; older ones stand in the list of invoices.
const INVOICES: usize = 200;

/// Why nothing is opened.
const NO_ROW: &str = "There is nothing under the cursor.";

/// The record of a row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    /// A member; the number parts two memberships of one customer.
    Member(CustomerId, usize),
    Subscription(SubscriptionId),
    Invoice(InvoiceId),
}

/// A billing group.
#[derive(Debug)]
pub struct Group {
    id: GroupId,
    page: Option<GroupPage>,
    invoices: Vec<InvoiceRow>,
    style: Style,
    today: NaiveDate,
}

impl Group {
    /// The page of this group.
    pub fn new(id: GroupId) -> Self {
        Self { id, page: None, invoices: Vec::new(), style: Style::default(), today: NaiveDate::MIN }
    }

    /// The member under the cursor who has not left, with the name.
    fn member(&self, at: Spot<Key>) -> Option<(CustomerId, String)> {
        let Some(Key::Member(id, number)) = at.key else { return None };
        let member = self.page.as_ref()?.members.get(number)?;
        member.left_on.is_none().then(|| (id, member.name.clone()))
    }
}

impl Record for Group {
    type Key = Key;

    const GONE: &'static str = "This group is not in the book any more.";
    const KEYS: &'static [Command] = &[Command::New, Command::Edit, Command::Main];

    fn sections() -> Vec<&'static str> {
        vec!["Members", "Subscriptions", "Invoices"]
    }

    fn columns(&self, section: usize) -> Vec<Column> {
        rows::columns(section)
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.style = desk::style(desk);
        self.today = desk.today();
        let (id, today) = (self.id, self.today);
        let filter = InvoiceFilter { group: Some(id), sort: InvoiceSort::Number, ..InvoiceFilter::default() };
        let (page, invoices) = desk.read(|db| {
            let page = reads::group_page(db, id, today)?;
            Ok::<_, DeskError>((page, reads::invoices(db, &filter, &Page::first(INVOICES), today)?.rows))
        })?;
        if page.is_none() {
            return Err(Trouble::Broken(Self::GONE.to_owned()));
        }
        (self.page, self.invoices) = (page, invoices);
        Ok(())
    }

    fn rows(&self, section: usize) -> Vec<Row<Key>> {
        rows::rows(self, section)
    }

    /// Who has left is not counted.
    fn count(&self, section: usize, rows: usize) -> Option<usize> {
        let members = self.page.as_ref().and_then(|page| usize::try_from(page.row.member_count).ok());
        if section == 0 { members } else { Some(rows) }
    }

    fn head(&self) -> Head {
        self.page.as_ref().map(|page| head::head(page, self.style)).unwrap_or_default()
    }

    fn crumbs(&self) -> Vec<String> {
        let name = self.page.as_ref().map(|page| page.row.name.clone()).unwrap_or_default();
        vec![Tab::Groups.title().to_owned(), name]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: others".to_owned()
    }

    /// The group, the member under the cursor, its open invoices.
    fn menu(&self, at: Spot<Key>) -> Option<Box<dyn Menu>> {
        let page = self.page.as_ref()?;
        let is_open = |row: &&InvoiceRow| row.open.minor() > 0 && invoice::deeds::can_pay(row).is_yes();
        let open = self.invoices.iter().filter(is_open).map(|row| row.id).collect();
        let home = Home { member: self.member(at), has_row: at.key.is_some(), open };
        Some(deed::menu(deeds::DEEDS, ThisGroup::at_home(&page.row, home)))
    }

    fn open(&self, at: Spot<Key>, _desk: &Desk) -> Reply {
        match at.key {
            Some(Key::Member(id, _)) => Reply::Go(Place::Customer(id)),
            Some(Key::Subscription(id)) => Reply::Go(Place::Subscription(id)),
            Some(Key::Invoice(id)) => Reply::Go(Place::Invoice(id)),
            None => Reply::refuse(NO_ROW),
        }
    }

    fn can_open(&self, at: Spot<Key>) -> Able {
        Able::when(at.key.is_some(), NO_ROW)
    }

    fn hint(&self, _at: Spot<Key>) -> String {
        match &self.page {
            Some(page) if page.uninvoiced.0 > 0 => {
                let what = words::count(page.uninvoiced.0, "payment");
                let sum = words::money(self.style, page.uninvoiced.1);
                format!("{what} of {sum} wait for the next invoice: F8 makes it.")
            }
            _ => "Tab goes to the next section. F8 makes the invoice of a month.".to_owned(),
        }
    }

    fn empty(&self, section: usize) -> &'static str {
        match section {
            0 => "Nobody is in this group yet. F6 adds a member.",
            1 => "No member rents anything now.",
            _ => "This group has no invoices yet. F8 makes one.",
        }
    }

    fn word(&self, command: Command, _at: Spot<Key>) -> Option<&'static str> {
        match command {
            Command::Main => Some("Make invoice"),
            Command::New => Some("Add member"),
            _ => None,
        }
    }

    /// Its address is copied, or its name.
    fn run(&self, command: Command, _at: Spot<Key>, _desk: &Desk) -> Option<Reply> {
        let row = &self.page.as_ref().filter(|_| command == Command::Copy)?.row;
        Some(Reply::Copy(if row.email.is_empty() { &row.name } else { &row.email }.clone()))
    }

    /// Another group, before this one in the list or after it.
    fn step(&mut self, forward: bool, desk: &Desk) -> Result<(), Reply> {
        let Some(page) = &self.page else { return Err(Reply::Nothing) };
        let (cursor, filter) = (page.row.cursor(), GroupFilter::default());
        let page = if forward { Page::after(cursor, 1) } else { Page::before(cursor, 1) };
        let found = desk.read(|db| reads::groups(db, &filter, &page, desk.today()).map_err(DeskError::from));
        let end = if forward { "last" } else { "first" };
        self.id = neighbour(found.map(|slice| slice.rows), || format!("This is the {end} group."))?.id;
        Ok(())
    }

    fn given(&mut self, answer: &Answer, _parts: &mut Parts<Key>, desk: &Desk) -> Reply {
        statement::given(answer, Payer::Group(self.id), desk).unwrap_or(Reply::Nothing)
    }
}
