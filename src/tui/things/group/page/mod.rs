//! One billing group: who it is, how it pays; its members, what they rent, what it was invoiced.

mod draw;
mod rows;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::deeds;
use super::deeds::{Home, ThisGroup};
use crate::domain::format::Style;
use crate::domain::id::{CustomerId, GroupId, InvoiceId, SubscriptionId};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, GroupFilter, GroupPage, InvoiceFilter, InvoiceRow, InvoiceSort, Page};
use crate::tui::desk::{self, Desk, DeskError, Payer, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::{Place, Tab};
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::table::{Step, Table};

/// The most invoices shown here; older ones stand in the list of invoices.
const INVOICES: usize = 200;

/// The parts of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Section {
    Members,
    Subscriptions,
    Invoices,
}

impl Section {
    const ALL: [Self; 3] = [Self::Members, Self::Subscriptions, Self::Invoices];

    /// The section `steps` further; `None` beyond the first and the last.
    fn step(self, steps: isize) -> Option<Self> {
        Self::ALL.get((self as usize).checked_add_signed(steps)?).copied()
    }
}

/// The record of a row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Key {
    /// A member; the number parts two memberships of one customer.
    Member(CustomerId, usize),
    Subscription(SubscriptionId),
    Invoice(InvoiceId),
}

/// The page of a billing group.
#[derive(Debug)]
pub struct Group {
    id: GroupId,
    page: Option<GroupPage>,
    invoices: Vec<InvoiceRow>,
    section: Section,
    table: Table<Key>,
    style: Style,
    today: NaiveDate,
}

impl Group {
    /// The page of this group.
    pub fn new(id: GroupId) -> Self {
        let section = Section::Members;
        Self {
            id,
            page: None,
            invoices: Vec::new(),
            section,
            table: Table::new(rows::columns(section)),
            style: Style::default(),
            today: NaiveDate::MIN,
        }
    }

    fn name(&self) -> &str {
        self.page.as_ref().map_or("", |page| page.row.name.as_str())
    }

    /// Gives the table the rows of the section.
    fn fill(&mut self) {
        while let Some(want) = self.table.wanted() {
            self.table.load(&want, rows::rows(self), false);
        }
    }

    fn show(&mut self, section: Section) -> Reply {
        if section != self.section {
            self.section = section;
            self.table = Table::new(rows::columns(section));
            self.fill();
        }
        Reply::Nothing
    }

    /// Another group, before this one in the list or after it.
    fn neighbour(&mut self, is_next: bool, desk: &Desk) -> Reply {
        let Some(page) = &self.page else { return Reply::Nothing };
        let (cursor, filter) = (page.row.cursor(), GroupFilter::default());
        let page = if is_next { Page::after(cursor, 1) } else { Page::before(cursor, 1) };
        let found = desk.read(|db| reads::groups(db, &filter, &page, desk.today()).map_err(DeskError::from));
        match found.map(|slice| slice.rows.into_iter().next()) {
            Ok(Some(row)) => {
                self.id = row.id;
                self.table.reset();
                self.refresh(desk).map_or_else(|trouble| Reply::refuse(trouble.sentence()), |()| Reply::Nothing)
            }
            Ok(None) if is_next => Reply::say("This is the last group."),
            Ok(None) => Reply::say("This is the first group."),
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }

    fn open(&self) -> Reply {
        match self.table.key() {
            Some(Key::Member(id, _)) => Reply::Go(Place::Customer(id)),
            Some(Key::Subscription(id)) => Reply::Go(Place::Subscription(id)),
            Some(Key::Invoice(id)) => Reply::Go(Place::Invoice(id)),
            None => Reply::refuse("There is nothing under the cursor."),
        }
    }

    /// The member under the cursor who has not left, with the name.
    fn member(&self) -> Option<(CustomerId, &str)> {
        let Some(Key::Member(id, number)) = self.table.key() else { return None };
        let member = self.page.as_ref()?.members.get(number)?;
        member.left_on.is_none().then_some((id, member.name.as_str()))
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        if self.table.command(command) == Step::Taken {
            return Reply::Nothing;
        }
        match (command, &self.page) {
            (Command::Next | Command::Prev, _) => {
                let steps = if command == Command::Next { 1 } else { -1 };
                let last = if steps > 0 { Section::Members } else { Section::Invoices };
                self.show(self.section.step(steps).unwrap_or(last))
            }
            (Command::RecordNext | Command::RecordPrev, _) => self.neighbour(command == Command::RecordNext, desk),
            (Command::Open, _) => self.open(),
            (Command::Copy, Some(page)) if !page.row.email.is_empty() => Reply::Copy(page.row.email.clone()),
            (Command::Copy, Some(page)) => Reply::Copy(page.row.name.clone()),
            _ => self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk)).unwrap_or(Reply::Pass),
        }
    }

    /// What is done with: the group, the member under the cursor, its open invoices.
    fn this(&self) -> Option<ThisGroup> {
        let page = self.page.as_ref()?;
        let is_open =
            |row: &&InvoiceRow| row.open.minor() > 0 && crate::tui::things::invoice::deeds::can_pay(row).is_yes();
        let open = self.invoices.iter().filter(is_open).map(|row| row.id).collect();
        let member = self.member().map(|(id, name)| (id, name.to_owned()));
        Some(ThisGroup::at_home(&page.row, Home { member, has_row: self.table.key().is_some(), open }))
    }

    fn given(&self, answer: &Answer, desk: &Desk) -> Reply {
        crate::tui::things::statement::given(answer, Payer::Group(self.id), desk).unwrap_or(Reply::Nothing)
    }
}

impl Screen for Group {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        vec![Tab::Groups.title().to_owned(), self.name().to_owned()]
    }

    fn crumb_note(&self) -> String {
        "Left/Right: others".to_owned()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.style = desk::style(desk);
        self.today = desk.today();
        let (id, today) = (self.id, self.today);
        let filter = InvoiceFilter { group: Some(id), sort: InvoiceSort::Number, ..InvoiceFilter::default() };
        let (page, invoices) = desk.read(|db| {
            let page = reads::group_page(db, id, today)?;
            Ok::<_, DeskError>((page, reads::invoices(db, &filter, &Page::first(INVOICES), today)?.rows))
        })?;
        if page.is_none() {
            return Err(Trouble::Broken("This group is not in the book any more.".to_owned()));
        }
        (self.page, self.invoices) = (page, invoices);
        self.table.reload();
        self.fill();
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::New | Command::Edit | Command::Main => {
                let able = self.this().and_then(|this| deed::can(deeds::DEEDS, command, &this));
                able.unwrap_or_else(|| Able::because("This group is not in the book any more."))
            }
            Command::Open => Able::when(self.table.key().is_some(), "There is nothing under the cursor."),
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Make invoice"),
            Command::New => Some("Add member"),
            Command::Next => Some("Section"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(deeds::DEEDS, this, desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let left = match &self.page {
            Some(page) if page.uninvoiced.0 > 0 => {
                let what = crate::tui::words::count(page.uninvoiced.0, "payment");
                let sum = crate::tui::words::money(self.style, page.uninvoiced.1);
                format!("{what} of {sum} wait for the next invoice: F8 makes it.")
            }
            _ => "Tab goes to the next section. F8 makes the invoice of a month.".to_owned(),
        };
        (left, self.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command, desk),
            Input::Clicked(Target::Chip(number)) => {
                Section::ALL.get(number).map_or(Reply::Nothing, |section| self.show(*section))
            }
            Input::Clicked(target) if self.table.clicked(target) == Some(true) => self.open(),
            Input::Clicked(_) | Input::Pasted(_) => Reply::Nothing,
            Input::Given(answer) => self.given(&answer, desk),
            Input::Typed(_) => Reply::Pass,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.draw(canvas, area);
    }
}
