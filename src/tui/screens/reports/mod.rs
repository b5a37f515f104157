//! Reports: six boxes of figures over twelve months; Enter goes to the rows behind a box.

mod boxes;
mod read;

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::format::Style;
use crate::tui::beside::Errand;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::keymap::Context;
use crate::tui::place::{Narrow, Place, Tab};
use crate::tui::reply::{Input, Reply, Screen};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use read::{Figures, Span};

/// The boxes, in the order of the cursor, with the rows behind each.
const BOXES: [(&str, Tab, &str); 6] = [
    ("Income by month", Tab::Payments, "Paid"),
    ("Payments by status", Tab::Payments, "All"),
    ("Key figures", Tab::Payments, "Open"),
    ("Open by age", Tab::Payments, "Overdue"),
    ("Expected", Tab::Payments, "Upcoming"),
    ("Failed per week", Tab::Payments, "Failed"),
];

/// The reports page.
#[derive(Debug)]
pub struct Reports {
    /// Months the span is moved, 0 for the one that ends today.
    moved: i32,
    today: NaiveDate,
    style: Style,
    focus: usize,
    asked: Option<Receiver<Result<Figures, Trouble>>>,
    wanted: bool,
    figures: Option<Figures>,
    trouble: Option<String>,
}

impl Default for Reports {
    fn default() -> Self {
        Self::new()
    }
}

impl Reports {
    /// The twelve months up to today.
    #[must_use]
    pub fn new() -> Self {
        Self {
            moved: 0,
            today: NaiveDate::MIN,
            style: Style::default(),
            focus: 0,
            asked: None,
            wanted: true,
            figures: None,
            trouble: None,
        }
    }

    fn span(&self) -> Span {
        Span::ending(self.today, self.moved)
    }

    fn shift(&mut self, months: i32) -> Reply {
        let moved = (self.moved + months).min(0);
        if moved == self.moved {
            return Reply::say("There is nothing after this month yet.");
        }
        self.moved = moved;
        self.wanted = true;
        Reply::Nothing
    }

    fn take_in(&mut self) {
        let Some(asked) = &self.asked else { return };
        match asked.try_recv() {
            Ok(Ok(figures)) => (self.figures, self.trouble) = (Some(figures), None),
            Ok(Err(trouble)) => self.trouble = Some(trouble.sentence().to_owned()),
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => self.wanted = true,
        }
        self.asked = None;
    }

    fn command(&mut self, command: Command) -> Reply {
        match command {
            Command::BoxNext => self.focus = (self.focus + 1) % BOXES.len(),
            Command::BoxPrev => self.focus = (self.focus + BOXES.len() - 1) % BOXES.len(),
            Command::PeriodPrev => return self.shift(-1),
            Command::PeriodNext => return self.shift(1),
            Command::Open => {
                let (_, tab, view) = BOXES[self.focus];
                return Reply::Go(Place::Rows(tab, Narrow { view: Some(view), find: String::new() }));
            }
            _ => return Reply::Pass,
        }
        Reply::Nothing
    }
}

impl Screen for Reports {
    fn context(&self) -> Context {
        Context::Report
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        (self.today, self.style) = (desk.today(), desk.shop()?.style);
        self.wanted = true;
        Ok(())
    }

    fn errand(&mut self) -> Option<Errand> {
        self.take_in();
        if !std::mem::take(&mut self.wanted) {
            return None;
        }
        let (brings, takes) = channel();
        self.asked = Some(takes);
        let span = self.span();
        Some(Box::new(move |desk| {
            // Whoever asked may have gone to another page meanwhile.
            let _ = brings.send(read::figures(desk, span));
        }))
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::BoxNext | Command::BoxPrev | Command::PeriodPrev | Command::PeriodNext | Command::Open => {
                Able::Yes
            }
            _ => Able::NotHere,
        }
    }

    fn hint(&self) -> (String, String) {
        let (name, ..) = BOXES[self.focus];
        (format!("Enter: the payments behind \"{name}\". Left and Right move the period."), String::new())
    }

    fn handle(&mut self, input: Input, _desk: &Desk) -> Reply {
        match input {
            Input::Command(command) => self.command(command),
            _ => Reply::Pass,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.take_in();
        let span = self.span();
        canvas.put(area.x + 1, area.y, area.width.saturating_sub(1), &format!("Period: {}", span.words()), Ink::Plain);
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        match (&self.figures, &self.trouble) {
            (Some(figures), _) => boxes::draw(canvas, below, figures, self.style, self.focus),
            (None, Some(sentence)) => {
                canvas.put(below.x + 1, below.y + 1, below.width, sentence, Ink::Bad);
            }
            (None, None) => {
                canvas.put(below.x + 1, below.y + 1, below.width, "The figures are being read …", Ink::Dim);
            }
        }
    }
}
