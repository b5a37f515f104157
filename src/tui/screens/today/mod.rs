//! The start page: what the pass did, what waits for a person, and a box that finds anything.

mod draw;
mod found;
mod queue;

use ratatui::layout::Rect;

use crate::domain::format::Style;
use crate::services::reads::reports::{self, AgingRow};
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{self, Desk, Done, Trouble, reads};
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;
use crate::tui::widgets::hits::Target;
use found::Results;
use queue::Line;

/// The start page.
pub struct Today {
    find: Find,
    /// What waits, and where the cursor is in it.
    lines: Vec<Line>,
    at: usize,
    /// What was found for the typed text.
    results: Results,
    facts: reads::Today,
    greeting: Vec<String>,
    aging: Tally<Vec<AgingRow>>,
    is_wide: bool,
    day: chrono::NaiveDate,
    style: Style,
}

impl Today {
    /// The start page.
    pub fn new() -> Self {
        Self {
            find: Find::default(),
            lines: Vec::new(),
            at: 0,
            results: Results::default(),
            facts: reads::Today::default(),
            greeting: Vec::new(),
            aging: Tally::default(),
            is_wide: false,
            day: chrono::NaiveDate::MIN,
            style: Style::default(),
        }
    }

    fn is_finding(&self) -> bool {
        !self.find.is_empty()
    }

    fn search(&mut self, desk: &Desk) -> Reply {
        match Results::read(self.find.text(), desk) {
            Ok(results) => {
                self.results = results;
                Reply::Nothing
            }
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn changed(&mut self, changed: bool, desk: &Desk) -> Reply {
        if changed { self.search(desk) } else { Reply::Nothing }
    }

    fn line(&self) -> Option<&Line> {
        self.lines.get(self.at)
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        if let Some(changed) = self.find.command(command) {
            return self.changed(changed, desk);
        }
        let last = self.lines.len().saturating_sub(1);
        match command {
            Command::Back if self.is_finding() => {
                self.find.clear();
                return self.search(desk);
            }
            Command::Up if self.is_finding() => self.results.up(),
            Command::Down if self.is_finding() => self.results.down(),
            Command::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            Command::Down => self.at = if self.at == last { 0 } else { self.at + 1 },
            Command::Open => return self.open(desk),
            Command::Main => return self.results.hit().map_or(Reply::Nothing, |hit| found::act(hit, desk)),
            Command::New => return Reply::Go(Place::NewOrder(self.results.customer())),
            Command::Copy => return self.results.hit().and_then(found::copy).unwrap_or(Reply::Pass),
            _ => return Reply::Pass,
        }
        Reply::Nothing
    }

    fn open(&self, desk: &Desk) -> Reply {
        if self.is_finding() {
            return self.results.open();
        }
        self.line().map_or(Reply::Nothing, |line| queue::open(line, desk))
    }

    fn given(answer: &Answer, desk: &Desk) -> Reply {
        queue::chosen(answer, desk).unwrap_or(Reply::Nothing)
    }

    fn clicked(&mut self, target: Target, desk: &Desk) -> Reply {
        let Target::Row(number) = target else { return Reply::Nothing };
        let again = if self.is_finding() {
            self.results.point(number)
        } else {
            let again = self.at == number;
            self.at = number.min(self.lines.len().saturating_sub(1));
            again
        };
        if again { self.open(desk) } else { Reply::Nothing }
    }
}

impl Default for Today {
    fn default() -> Self {
        Self::new()
    }
}

impl Screen for Today {
    fn context(&self) -> Context {
        Context::Today
    }

    fn typing(&self) -> bool {
        self.is_finding()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.day, self.style) = (desk.today(), desk::style(desk));
        self.facts = desk.read(|db| reads::today(db, self.day))?;
        let kind = self.line().map(|line| line.kind);
        self.lines = queue::lines(&self.facts, queue::left(desk)?.len());
        self.at = self.lines.iter().position(|line| Some(line.kind) == kind).unwrap_or(0);
        self.greeting = queue::greeting(&self.facts, desk);
        self.aging.forget();
        if self.is_finding() {
            self.results = Results::read(self.find.text(), desk)?.pointing_like(&self.results);
        }
        Ok(())
    }

    fn errand(&mut self) -> Option<Errand> {
        if !self.is_wide {
            return None;
        }
        let today = self.day;
        self.aging.errand(move |desk| desk.read(|db| reports::aging(db, today, &reports::Whose::Everybody)))
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Main if !self.is_finding() => Able::NotHere,
            Command::Main => self.results.hit().map_or(Able::NotHere, found::can_act),
            Command::Open if self.is_finding() => Able::when(!self.results.is_empty(), "Nothing was found to open."),
            Command::Open => Able::when(!self.lines.is_empty(), "Nothing waits for you."),
            _ => Able::Yes,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => self.results.hit().map(found::word),
            Command::New => Some("New order"),
            Command::Back if self.is_finding() => Some("Clear"),
            _ => None,
        }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        let hit = self.results.hit().filter(|_| self.is_finding());
        hit.map(|hit| found::entries(hit, desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let hint = if self.is_finding() {
            "Looks in names, email, phone, numbers of all kinds, references and amounts."
        } else {
            "Type to find anything. Enter opens the rows behind a line."
        };
        (hint.to_owned(), String::new())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Typed(letter) => {
                let changed = self.find.typed(letter);
                self.changed(changed, desk)
            }
            Input::Pasted(text) => {
                let changed = self.find.pasted(&text);
                self.changed(changed, desk)
            }
            Input::Command(command) => self.command(command, desk),
            Input::Clicked(target) => self.clicked(target, desk),
            Input::Given(answer) => Self::given(&answer, desk),
        }
    }

    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        // The next number can be typed at once.
        self.find.clear();
        self.results = Results::default();
        Reply::Nothing
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.draw(canvas, area);
    }
}
