//! Reports: boxes of figures over a period. Up and Down go from box to box, Left and Right from period to period;
//! Enter lists the lines of a box and the rows behind one.

mod behind;
mod boxes;
mod counted;
mod figures;
mod layout;

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::tui::beside::Errand;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::SegmentRow;
use crate::tui::desk::{Desk, DeskError, StoreFault, Trouble};
use crate::tui::forms::period::{Between, PeriodForm, PeriodWish, Span};
use crate::tui::forms::{FormDialog, segments};
use crate::tui::keymap::Context;
use crate::tui::place::Narrow;
use crate::tui::reply::{Answer, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use figures::Figures;

/// The boxes, in the order of the cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Card {
    Income,
    Statuses,
    Figures,
    Ages,
    Expected,
    Failures,
    Groups,
}

impl Card {
    const ALL: [Self; 7] =
        [Self::Income, Self::Statuses, Self::Figures, Self::Ages, Self::Expected, Self::Failures, Self::Groups];

    const fn title(self) -> &'static str {
        match self {
            Self::Income => "Income by month",
            Self::Statuses => "Payments by status",
            Self::Figures => "Key figures",
            Self::Ages => "Open by age",
            Self::Expected => "Expected",
            Self::Failures => "Failed per week, 13 weeks",
            Self::Groups => "Billing groups",
        }
    }

    /// The report it shows; the billing groups are none.
    const fn report(self) -> Option<&'static str> {
        match self {
            Self::Income => Some("income"),
            Self::Statuses => Some("status"),
            Self::Figures => Some("summary"),
            Self::Ages => Some("aging"),
            Self::Expected => Some("expected"),
            Self::Failures => Some("failures"),
            Self::Groups => None,
        }
    }

    /// Whether its rows are months or weeks.
    const fn is_by_time(self) -> bool {
        matches!(self, Self::Income | Self::Failures)
    }
}

/// Where the figures are.
#[derive(Debug)]
enum Reading {
    /// They have to be asked for.
    Wanted,
    /// They are being read.
    Asked(Receiver<Result<Figures, Trouble>>),
    /// They are here, or this is why not.
    Ended(Option<String>),
}

/// The reports.
#[derive(Debug)]
pub struct Reports {
    between: Between,
    currency: Currency,
    /// Only the customers of this segment.
    segment: Option<SegmentRow>,
    today: NaiveDate,
    style: Style,
    focus: Card,
    /// The boxes that were drawn the last time: a small window has fewer.
    shown: Vec<Card>,
    reading: Reading,
    figures: Option<Figures>,
    is_known: bool,
}

impl Default for Reports {
    fn default() -> Self {
        Self::new()
    }
}

impl Reports {
    /// The twelve months up to now.
    pub fn new() -> Self {
        Self {
            between: Between::holding(Span::Twelve, NaiveDate::default()),
            currency: Currency::EUR,
            segment: None,
            today: NaiveDate::default(),
            style: Style::default(),
            focus: Card::Income,
            shown: Card::ALL.to_vec(),
            reading: Reading::Wanted,
            figures: None,
            is_known: false,
        }
    }

    /// Another period is shown.
    fn show(&mut self, between: Between) -> Reply {
        if between.from > self.today {
            return Reply::say("That period is still in the future.");
        }
        self.between = between;
        self.read_again();
        Reply::Nothing
    }

    /// What was read says nothing about what is shown now.
    fn read_again(&mut self) {
        self.figures = None;
        self.reading = Reading::Wanted;
    }

    fn step(&mut self, steps: isize) -> Reply {
        let count = self.shown.len().max(1).cast_signed();
        let at = self.shown.iter().position(|shown| *shown == self.focus).unwrap_or(0).cast_signed();
        let next = (at + steps).rem_euclid(count).unsigned_abs();
        self.focus = self.shown.get(next).copied().unwrap_or(Card::Income);
        Reply::Nothing
    }

    fn take_in(&mut self) {
        let Reading::Asked(asked) = &self.reading else { return };
        self.reading = match asked.try_recv() {
            Ok(Ok(figures)) => {
                self.figures = Some(figures);
                Reading::Ended(None)
            }
            Ok(Err(trouble)) => Reading::Ended(Some(trouble.sentence().to_owned())),
            Err(TryRecvError::Empty) => return,
            // It was stopped because something newer was asked for.
            Err(TryRecvError::Disconnected) => Reading::Wanted,
        };
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        match command {
            Command::BoxNext => self.step(1),
            Command::BoxPrev => self.step(-1),
            Command::PeriodPrev => self.show(self.between.shifted(-1)),
            Command::PeriodNext => self.show(self.between.shifted(1)),
            Command::Open => self.open_box(),
            Command::Back if self.segment.is_some() => {
                self.segment = None;
                self.read_again();
                Reply::Nothing
            }
            Command::Filter => {
                let (currency, segment) = (self.currency.code().to_owned(), self.segment.clone());
                let wish = PeriodWish { between: self.between, currency, segment };
                let currencies = self.figures.as_ref().map(Figures::currencies).unwrap_or_default();
                Reply::open(FormDialog::new(PeriodForm::new(wish, currencies, self.style), desk))
            }
            _ => Reply::Pass,
        }
    }

    fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        match answer.asked {
            behind::LINE => return self.go_behind(&answer.key, desk),
            counted::ROW => return counted::go(&answer.key, desk),
            _ => {}
        }
        let Some(wish) = PeriodWish::from_answer(answer) else { return Reply::Nothing };
        self.currency = Currency::new(&wish.currency).unwrap_or(self.currency);
        if wish.segment != self.segment {
            self.segment = wish.segment;
            self.read_again();
        }
        if wish.between == self.between { Reply::Nothing } else { self.show(wish.between) }
    }
}

impl Screen for Reports {
    fn context(&self) -> Context {
        Context::Report
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let shop = desk.shop()?;
        (self.style, self.today) = (shop.style, desk.today());
        self.segment = segments::again(self.segment.take(), desk);
        if !std::mem::replace(&mut self.is_known, true) {
            self.currency = shop.currency;
            self.between = Between::holding(Span::Twelve, self.today);
        }
        self.reading = Reading::Wanted;
        Ok(())
    }

    fn errand(&mut self) -> Option<Errand> {
        self.take_in();
        let Reading::Wanted = self.reading else { return None };
        let (brings, takes) = channel();
        self.reading = Reading::Asked(takes);
        let (between, segment, today) = (self.between, self.segment.clone(), self.today);
        Some(Box::new(move |desk| {
            let read = figures::read(desk, between, segment.as_ref(), today);
            // What was stopped is asked for again by whoever still wants it.
            let stopped = |error: &DeskError| matches!(error.fault(), Some(StoreFault::Interrupted));
            if !read.as_ref().is_err_and(stopped) {
                let _ = brings.send(read.map_err(Trouble::from));
            }
        }))
    }

    fn narrow(&mut self, narrow: &Narrow) {
        let meant = |card: &&Card| card.report().is_some() && card.report() == narrow.view;
        self.focus = Card::ALL.iter().find(meant).copied().unwrap_or(self.focus);
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Open => Able::when(self.figures.is_some(), "The figures are still being read."),
            Command::Filter => Able::Yes,
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Filter => Some("Change"),
            Command::Open => Some("Rows behind"),
            _ => None,
        }
    }

    fn hint(&self) -> (String, String) {
        let hint = "Up/Down: box. Enter: the rows behind a figure. Left/Right: period.";
        (hint.to_owned(), String::new())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command, desk),
            Input::Given(answer) => self.given(&answer, desk),
            Input::Clicked(Target::Chip(number)) => {
                let Some(place) = Card::ALL.get(number).copied() else { return Reply::Nothing };
                if std::mem::replace(&mut self.focus, place) == place { self.open_box() } else { Reply::Nothing }
            }
            Input::Clicked(_) | Input::Pasted(_) => Reply::Nothing,
            Input::Typed(_) => Reply::Pass,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.take_in();
        self.draw(canvas, area);
    }
}
