//! The page on which rentbook begins while there is no book: set up a shop, look around, open a file; or, where the
//! book cannot be opened, what is wrong with it and what can be done.

mod choices;
mod open_file;
mod set_up;

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use self::choices::{Choice, Deed};
use self::set_up::SetUp;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Access, Desk, ShopDraft, StoreError, Trouble};
use crate::tui::format::{self, Align};
use crate::tui::keymap::Context;
use crate::tui::path;
use crate::tui::reply::{Input, Question, Reply, Screen, Way};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;

/// What the first page knows.
#[derive(Clone, Debug)]
pub struct Front {
    /// Where the book is, or will be.
    pub book: PathBuf,
    /// What it may be used for.
    pub access: Access,
    /// The time zone a new shop is proposed.
    pub time_zone: Option<String>,
}

/// Why the book could not be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Fault {
    sentence: String,
    /// The newest good backup.
    backup: Option<PathBuf>,
}

/// The page.
#[derive(Debug)]
pub struct FirstStart {
    front: Front,
    fault: Option<Fault>,
    choices: Vec<Choice>,
    at: usize,
    set_up: Option<SetUp>,
    draft: ShopDraft,
}

impl FirstStart {
    /// The page of a place where there is no book yet, or one that could not be opened because of `fault`.
    pub fn new(front: Front, fault: Option<&StoreError>) -> Self {
        let fault =
            fault.map(|error| Fault { sentence: error.to_string(), backup: error.backup().map(Path::to_owned) });
        let backup = fault.as_ref().and_then(|fault| fault.backup.as_deref());
        let choices = choices::of(&front, fault.is_some(), backup);
        let time_zone = front.time_zone.clone().unwrap_or_default();
        Self { front, fault, choices, at: 0, set_up: None, draft: ShopDraft { time_zone, ..ShopDraft::default() } }
    }

    fn choose(&mut self, number: usize, desk: &Desk) -> Reply {
        let Some(choice) = self.choices.get(number) else { return Reply::Nothing };
        self.at = number;
        match &choice.deed {
            Deed::SetUp => {
                self.set_up = Some(SetUp::new(self.draft.clone(), self.front.book.clone(), desk));
                Reply::Nothing
            }
            Deed::LookAround => choices::look_around(&self.front, desk.today()),
            Deed::OpenFile => open_file::reply(&self.front, desk),
            Deed::Import => Reply::say(
                "Importing comes in a later version: the ways in are not tried enough yet to trust them with your money.",
            ),
            Deed::TryAgain => Reply::Enter(Way::Open(self.front.book.clone(), self.front.access)),
            Deed::BringBack(backup) => bring_back(backup, &self.front.book),
        }
    }

    fn in_menu(&mut self, input: &Input, desk: &Desk) -> Reply {
        let last = self.choices.len().saturating_sub(1);
        self.at = match input {
            Input::Command(Command::Up | Command::Prev) => self.at.checked_sub(1).unwrap_or(last),
            Input::Command(Command::Down | Command::Next) => {
                if self.at == last {
                    0
                } else {
                    self.at + 1
                }
            }
            Input::Command(Command::Choose) => return self.choose(self.at, desk),
            Input::Clicked(Target::Row(number)) => return self.choose(*number, desk),
            Input::Typed(letter) => {
                let number = letter.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
                return number.map_or(Reply::Nothing, |number| self.choose(number, desk));
            }
            Input::Command(_) => return Reply::Pass,
            Input::Clicked(_) | Input::Pasted(_) | Input::Given(_) => self.at,
        };
        Reply::Nothing
    }

    fn in_set_up(&mut self, input: Input, desk: &Desk) -> Reply {
        let Some(set_up) = &mut self.set_up else { return Reply::Nothing };
        let reply = set_up.handle(input, desk);
        if set_up.is_left() {
            // What was typed waits for the next time.
            self.draft = set_up.draft().clone();
            self.set_up = None;
        }
        reply
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let mut y = area.y + 1;
        let mut put = |indent: u16, text: &str, ink: Ink, y: &mut u16| {
            canvas.put(area.x + indent, *y, area.width.saturating_sub(indent), text, ink);
            *y += 1;
        };
        if let Some(fault) = &self.fault {
            put(3, "The book could not be opened.", Ink::Bad, &mut y);
            y += 1;
            for line in format::wrap(&fault.sentence, usize::from(area.width.saturating_sub(10))) {
                put(5, &line, Ink::Plain, &mut y);
            }
            y += 1;
            put(3, "What would you like to do?", Ink::Title, &mut y);
        } else {
            put(3, "Welcome. rentbook keeps your rental book in one file on this computer:", Ink::Plain, &mut y);
            put(5, &format!("{}   (nothing is sent anywhere)", path::shown(&self.front.book)), Ink::Plain, &mut y);
            y += 1;
            put(3, "How would you like to begin?", Ink::Title, &mut y);
        }
        self.draw_choices(canvas, Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area });
    }

    fn draw_choices(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let widest = self.choices.iter().map(|choice| format::width(choice.text)).max().unwrap_or(0);
        for (y, (number, choice)) in (area.y..area.bottom()).zip(self.choices.iter().enumerate()) {
            let cursor = if number == self.at { '>' } else { ' ' };
            let text = format::pad(choice.text, widest, Align::Left);
            let line = format!(" {cursor} {}  {text}   {}", number + 1, choice.note);
            let place = Rect { x: area.x + 2, y, width: area.width.saturating_sub(4), height: 1 };
            canvas.put(place.x, y, place.width, &line, Ink::Plain);
            if number == self.at {
                canvas.tint(place, Ink::Cursor);
            }
            canvas.target(place, Target::Row(number));
        }
    }
}

fn bring_back(backup: &Path, book: &Path) -> Reply {
    let lines = [
        format!("{} takes the place of the book.", path::shown(backup)),
        "It was checked and is complete. What was entered after it was made is not in it.".to_owned(),
        "The file that cannot be opened is kept aside under another name.".to_owned(),
    ];
    let way = Way::BringBack { from: backup.to_owned(), to: book.to_owned() };
    let mut question = Question::dangerous("Bring back a backup", "", Reply::Enter(way));
    (question.lines, question.yes, question.no) = (lines.to_vec(), "Bring it back", "Not now");
    Reply::ask(question)
}

impl Screen for FirstStart {
    fn context(&self) -> Context {
        self.set_up.as_ref().map_or(Context::MenuShort, SetUp::context)
    }

    fn typing(&self) -> bool {
        self.set_up.as_ref().is_some_and(SetUp::typing)
    }

    fn crumbs(&self) -> Vec<String> {
        match &self.set_up {
            Some(set_up) => set_up.crumbs(),
            None => vec![if self.fault.is_some() { "The book" } else { "First start" }.to_owned()],
        }
    }

    fn refresh(&mut self, _desk: &Desk) -> Result<(), Trouble> {
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        self.set_up.as_ref().map_or(Able::NotHere, |set_up| set_up.can(command))
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        self.set_up.as_ref().and_then(|set_up| set_up.word(command))
    }

    fn is_dirty(&self) -> bool {
        self.set_up.as_ref().is_some_and(SetUp::is_dirty)
    }

    fn takes_held(&self, command: Command) -> bool {
        self.set_up.as_ref().map_or(command != Command::Choose, |set_up| set_up.takes_held(command))
    }

    fn hint(&self) -> (String, String) {
        let hint = match &self.set_up {
            Some(set_up) => set_up.hint(),
            None => "A digit picks; Enter chooses.".to_owned(),
        };
        (hint, String::new())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        if self.set_up.is_some() { self.in_set_up(input, desk) } else { self.in_menu(&input, desk) }
    }

    fn refused(&mut self, trouble: &Trouble) -> Reply {
        if let Some(set_up) = &mut self.set_up {
            return set_up.refused(trouble);
        }
        if let Some(fault) = &mut self.fault {
            trouble.sentence().clone_into(&mut fault.sentence);
            return Reply::refuse("It still cannot be opened.");
        }
        Reply::refuse(trouble.sentence())
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        match &mut self.set_up {
            Some(set_up) => set_up.render(canvas, area),
            None => self.draw(canvas, area),
        }
    }
}
