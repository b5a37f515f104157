//! A person at the keyboard: keys go into the real `App`, text and styles of the screen come out.
//!
//! `TestBackend` prints its text without colours, so [`Robot::looks`] prints a map of the styles beside it: a letter
//! for each style, with a legend. Keys are written as a script, `<F8>BT-778123<F2>`, and counted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use rentbook::services::Desk;
use rentbook::tui::app::{App, Flow, Opener, Parts};
use rentbook::tui::event::{Event, LONGEST_PASTE, Mouse, Pace, Press};
use rentbook::tui::format;
use rentbook::tui::keymap::Key;
use rentbook::tui::terminal::Desktop;
use rentbook::tui::theme::Theme;

/// A desktop that notes what it was asked.
#[derive(Clone, Default)]
pub struct Notes(Rc<RefCell<Vec<String>>>);

impl Desktop for Notes {
    fn copy(&mut self, text: &str) -> Result<(), String> {
        self.0.borrow_mut().push(format!("copied {text}"));
        Ok(())
    }

    fn view(&mut self, file: &Path) -> Result<bool, String> {
        self.0.borrow_mut().push(format!("viewed {}", file.display()));
        Ok(true)
    }
}

/// The app with hands and eyes.
pub struct Robot {
    /// The app itself.
    pub app: App,
    terminal: Terminal<TestBackend>,
    inbox: Receiver<Event>,
    notes: Notes,
    pressed: usize,
    left: bool,
    /// The next picture is drawn from an empty window.
    anew: bool,
    glance: usize,
}

impl Robot {
    /// Sits down at a desk, in a window of 80 by 24.
    pub fn at(desk: Desk, open: Opener) -> Self {
        Self::with_theme(desk, open, Theme::default())
    }

    /// The same in another theme.
    pub fn with_theme(desk: Desk, open: Opener, theme: Theme) -> Self {
        let (out, inbox) = channel();
        let notes = Notes::default();
        let app = App::new(Parts { desk, open, theme, desktop: Box::new(notes.clone()), out });
        let terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut robot = Self { app, terminal, inbox, notes, pressed: 0, left: false, anew: false, glance: 1 };
        robot.draw();
        robot
    }

    /// Looks at the screen after every so many keys only.
    pub fn glancing(mut self, every: usize) -> Self {
        self.glance = every;
        self
    }

    fn draw(&mut self) {
        if std::mem::take(&mut self.anew) {
            self.terminal.clear().unwrap();
        }
        let app = &mut self.app;
        self.terminal.draw(|frame| app.draw(frame)).unwrap();
    }

    /// Gives one event to the app, and draws when it asks for it.
    pub fn event(&mut self, event: Event) -> Flow {
        let flow = self.app.step(event);
        self.left |= flow == Flow::Quit;
        self.anew |= flow == Flow::Redraw;
        if flow != Flow::Still && self.pressed.is_multiple_of(self.glance) {
            self.draw();
        }
        flow
    }

    fn key(&mut self, key: Key, pace: Pace) {
        self.pressed += 1;
        self.event(Event::Key(Press { key, pace }));
    }

    /// Plays a script: characters as they are, keys by their names in angle brackets, an action by its words: `<F9 Add a
    /// note>`.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        let mut rest = script;
        while let Some(letter) = rest.chars().next() {
            let name = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
            if let Some((name, after)) = name {
                rest = after;
                if let Some(action) = name.strip_prefix("F9 ") {
                    self.act(action);
                    continue;
                }
                self.key(Key::parse(name).unwrap_or_else(|| panic!("no key is called {name}")), Pace::Single);
            } else {
                self.key(Key::parse(&letter.to_string()).unwrap_or(Key::parse("Space").unwrap()), Pace::Single);
                rest = &rest[letter.len_utf8()..];
            }
        }
        self
    }

    /// Holds a key down: the first press, and so many that repeat.
    pub fn hold(&mut self, name: &str, times: usize) -> &mut Self {
        let key = Key::parse(name).unwrap();
        for number in 0..times {
            self.key(key, if number > 0 { Pace::Held } else { Pace::Single });
        }
        self
    }

    /// Pastes, as the terminal would hand it over.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(format::clean_input(text, LONGEST_PASTE)));
        self
    }

    /// Presses the mouse on the first place where this text stands.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let place = (0..).zip(self.lines()).find_map(|(y, line)| {
            let x = line.find(text)?;
            Some((u16::try_from(format::width(&line[..x])).unwrap(), y))
        });
        let (x, y) = place.unwrap_or_else(|| panic!("“{text}” is not on the screen:\n{}", self.text()));
        self.event(Event::Mouse(Mouse { x, y, wheel: 0 }));
        self
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, rows: i8) -> &mut Self {
        self.event(Event::Mouse(Mouse { x: 5, y: 5, wheel: rows }));
        self
    }

    /// Makes the window another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.event(Event::Resize(width, height));
        self
    }

    /// Opens the actions and takes the one that reads so, by the letter before it.
    pub fn act(&mut self, text: &str) -> &mut Self {
        self.keys("<F9>");
        for _ in 0..40 {
            if self.sees(text) {
                break;
            }
            self.keys("<Down>");
        }
        let lines = self.lines();
        let before = lines.iter().find_map(|line| line.split_once(text)).map(|(before, _)| before);
        let is_letter = |word: &&str| word.len() == 1 && word.chars().all(char::is_alphanumeric);
        let letter = before.and_then(|before| before.split_whitespace().rev().find(is_letter));
        let letter = letter.unwrap_or_else(|| panic!("no action reads “{text}”:\n{}", self.text()));
        let letter = letter.to_owned();
        self.keys(&letter)
    }

    /// Waits until the running job has ended.
    pub fn wait_for_job(&mut self) -> &mut Self {
        while let Ok(event) = self.inbox.recv_timeout(Duration::from_secs(10)) {
            let last = matches!(event, Event::Job(rentbook::tui::jobs::Report::Done(_)));
            self.event(event);
            if last {
                return self;
            }
        }
        panic!("the job did not end");
    }

    /// Waits until what is read beside the screen says this.
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        while !self.sees(text) {
            let event = self.inbox.recv_timeout(Duration::from_secs(10));
            self.event(event.unwrap_or_else(|_| panic!("“{text}” did not come:\n{}", self.text())));
        }
        self
    }

    /// Reads the ledger behind the lists, as the program does when it starts, and waits until it is here.
    pub fn with_ledger(&mut self) -> &mut Self {
        self.app.warm();
        while !self.app.desk().book().has_ledger() {
            let event = self.inbox.recv_timeout(Duration::from_mins(1)).unwrap();
            self.event(event);
        }
        self
    }

    /// The cells of the screen.
    pub fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// The lines of the screen.
    pub fn lines(&self) -> Vec<String> {
        let buffer = self.buffer();
        let row = |y: u16| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..buffer.area.height).map(|y| row(y).trim_end().to_owned()).collect()
    }

    /// The whole screen as text.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// Whether a text stands on the screen.
    pub fn sees(&self, text: &str) -> bool {
        self.lines().iter().any(|line| line.contains(text))
    }

    /// The screen as text, and below it the map of its styles with a legend.
    pub fn looks(&self) -> String {
        let buffer = self.buffer();
        let mut legend: BTreeMap<String, char> = BTreeMap::new();
        let mut map = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            for x in 0..buffer.area.width {
                let style = style_of(&buffer[(x, y)]);
                let letters = u32::try_from(legend.len()).unwrap();
                let next = char::from_u32('a' as u32 + letters).unwrap();
                line.push(if style.is_empty() { '.' } else { *legend.entry(style).or_insert(next) });
            }
            map.push_str(line.trim_end_matches('.'));
            map.push('\n');
        }
        let mut text = format!("{}\n\n{map}", self.text());
        let mut rows: Vec<(char, String)> = legend.into_iter().map(|(style, letter)| (letter, style)).collect();
        rows.sort_unstable();
        for (letter, style) in rows {
            let _ = writeln!(text, "{letter} = {style}");
        }
        text
    }

    /// The sentence in the message line.
    pub fn message(&self) -> String {
        self.app.message().map(|message| message.text.clone()).unwrap_or_default()
    }

    /// What was copied and viewed.
    pub fn noted(&self) -> Vec<String> {
        self.notes.0.borrow().clone()
    }

    /// How many keys were pressed so far.
    pub fn pressed(&self) -> usize {
        self.pressed
    }

    /// Whether rentbook was left.
    pub fn has_left(&self) -> bool {
        self.left
    }
}

fn style_of(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != ratatui::style::Color::Reset {
        parts.push(format!("{:?}", cell.fg));
    }
    if cell.bg != ratatui::style::Color::Reset {
        parts.push(format!("on {:?}", cell.bg));
    }
    if !cell.modifier.is_empty() {
        parts.push(format!("{:?}", cell.modifier));
    }
    parts.join(" ")
}
