//! What wakes the loop. Keys are read on a thread of their own and arrive through a channel, in batches.
//!
//! Why a thread: crossterm's default reader hangs when a resize arrives together with keys, and with `use-dev-tty`
//! `poll(0)` is always false. Why no tick: nothing moves by itself; what may change while nobody types (the day, the
//! book in another terminal) is looked at when a wait runs out, and draws only if it did.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use crossterm::event as raw;

use super::format;
use super::job_report::Report;
use super::keymap::Key;
use crate::services::reads::Ledger;

/// The longest text one paste may bring, in characters.
pub const LONGEST_PASTE: usize = 10_240;

/// Presses of one key closer than this come from holding it down: fingers are slower, keyboards repeat faster.
pub const HELD: Duration = Duration::from_millis(100);

/// Two presses of one key closer than this may be the first repeat of a held key: a keyboard waits up to 660 ms before it
/// repeats, and a terminal does not say which press was the first.
pub const SOON: Duration = Duration::from_millis(700);

/// How many events one batch takes before the screen is drawn again.
const BATCH: usize = 512;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key went down.
    Key(Press),
    /// Text was pasted; already cleaned and capped.
    Paste(String),
    /// The mouse was pressed or its wheel turned.
    Mouse(Mouse),
    /// The terminal has a new size.
    Resize(u16, u16),
    /// A job on another thread reports.
    Job(Report),
    /// Something that was read beside the screen is here.
    Errand,
    /// The ledger of the lists was read beside the screen, or could not be.
    Ledger(Result<Box<Ledger>, String>),
    /// The file is being looked through beside the screen: so many of so many tables, or an end.
    Looked(Looked),
    /// The backup of the day was looked after: when the newest one was made, or what went wrong.
    BackedUp(Result<Option<DateTime<Utc>>, String>),
    /// The business day of the shop is another one now.
    DayChanged,
    /// Another terminal wrote to the book.
    BookChanged,
    /// The terminal went away or the system asks to leave.
    Terminate,
}

/// How far the look at the file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Looked {
    /// So many of so many tables are in order.
    Step(u64, u64),
    /// It is over; nothing was found.
    Done,
    /// Damage was found, or the look broke off: the sentence to say.
    Broken(String),
}

/// One press of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Press {
    pub key: Key,
    /// How soon it came after one of the same key.
    pub pace: Pace,
}

/// How soon a press came after one of the same key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pace {
    /// A press of its own.
    #[default]
    Single,
    /// A second press, or the first repeat of a held key: it never answers a question.
    Soon,
    /// The key is held down: it never saves, closes or presses a button either.
    Held,
}

/// What the mouse did, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mouse {
    pub x: u16,
    pub y: u16,
    /// Rows the wheel turned, down positive; 0 is a press of the left button.
    pub wheel: i8,
}

/// Turns what crossterm reads into events.
#[derive(Debug, Default)]
pub struct Translator {
    last: Option<(Key, Instant)>,
}

impl Translator {
    /// The events of one raw event; two when Esc and a key were taken for Alt and that key.
    pub fn translate(&mut self, event: raw::Event, now: Instant) -> Vec<Event> {
        match event {
            raw::Event::Key(key) if key.kind != raw::KeyEventKind::Release => self.keys(key, now),
            raw::Event::Paste(text) => vec![Event::Paste(format::clean_input(&text, LONGEST_PASTE))],
            raw::Event::Mouse(mouse) => mouse_event(mouse).into_iter().collect(),
            raw::Event::Resize(width, height) => vec![Event::Resize(width, height)],
            raw::Event::Key(_) | raw::Event::FocusGained | raw::Event::FocusLost => Vec::new(),
        }
    }

    fn keys(&mut self, mut event: raw::KeyEvent, now: Instant) -> Vec<Event> {
        let held = event.modifiers;
        let mut events = Vec::with_capacity(2);
        // Esc and a key within 5 ms arrive as Alt and that key; rentbook binds no Alt, so they are two keys again. Ctrl
        // and Alt with a sign are AltGr; with a plain letter they are Esc and Ctrl with that letter.
        let is_alt_gr = held.contains(raw::KeyModifiers::CONTROL)
            && !matches!(event.code, raw::KeyCode::Char('a'..='z' | 'A'..='Z'));
        if held.contains(raw::KeyModifiers::ALT) && !is_alt_gr {
            event.modifiers.remove(raw::KeyModifiers::ALT);
            events.push(self.press(Key::plain(raw::KeyCode::Esc), event.kind, now));
        }
        let key = Key::from_event(event);
        let hidden = key.typed().is_some_and(format::is_hidden);
        if !hidden {
            events.push(self.press(key, event.kind, now));
        }
        events
    }

    fn press(&mut self, key: Key, kind: raw::KeyEventKind, now: Instant) -> Event {
        let since = self.last.filter(|(last, _)| *last == key).map(|(_, at)| now.saturating_duration_since(at));
        self.last = Some((key, now));
        let pace = match since {
            _ if kind == raw::KeyEventKind::Repeat => Pace::Held,
            Some(since) if since < HELD => Pace::Held,
            Some(since) if since < SOON => Pace::Soon,
            _ => Pace::Single,
        };
        Event::Key(Press { key, pace })
    }
}

const fn mouse_event(mouse: raw::MouseEvent) -> Option<Event> {
    let wheel = match mouse.kind {
        raw::MouseEventKind::Down(raw::MouseButton::Left) => 0,
        raw::MouseEventKind::ScrollUp => -3,
        raw::MouseEventKind::ScrollDown => 3,
        _ => return None,
    };
    Some(Event::Mouse(Mouse { x: mouse.column, y: mouse.row, wheel }))
}

/// Starts the thread that reads the keyboard. It ends with the process, or when nobody listens any more.
pub fn listen(out: Sender<Event>) -> io::Result<()> {
    let reading = move || {
        let mut translator = Translator::default();
        loop {
            let Ok(event) = raw::read() else {
                // The terminal is gone: say so once and stop, instead of spinning on the error.
                let _ = out.send(Event::Terminate);
                return;
            };
            for event in translator.translate(event, Instant::now()) {
                if out.send(event).is_err() {
                    return;
                }
            }
        }
    };
    std::thread::Builder::new().name("keyboard".to_owned()).spawn(reading).map(drop)
}

/// Waits for the next events: everything that is already there comes along, so that a held key never lags behind,
/// and of several sizes only the last counts. Empty when nothing came within `wait`.
pub fn batch(from: &Receiver<Event>, wait: Duration) -> Vec<Event> {
    let first = match from.recv_timeout(wait) {
        Ok(event) => event,
        Err(RecvTimeoutError::Timeout) => return Vec::new(),
        Err(RecvTimeoutError::Disconnected) => return vec![Event::Terminate],
    };
    let mut events = vec![first];
    while let (true, Ok(event)) = (events.len() < BATCH, from.try_recv()) {
        if let (Some(Event::Resize(..)), Event::Resize(..)) = (events.last(), &event) {
            events.pop();
        }
        events.push(event);
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    fn names(events: &[Event]) -> Vec<String> {
        let name = |event: &Event| match event {
            Event::Key(Press { key, pace }) => {
                format!("{key}{}", ["", "?", "*"][*pace as usize])
            }
            other => format!("{other:?}"),
        };
        events.iter().map(name).collect()
    }

    fn key(code: KeyCode, held: KeyModifiers) -> raw::Event {
        raw::Event::Key(KeyEvent::new(code, held))
    }

    #[test]
    fn alt_and_a_key_are_esc_and_that_key() {
        let mut translator = Translator::default();
        let now = Instant::now();
        let mut seen = |code, held| names(&translator.translate(key(code, held), now));
        assert_eq!(seen(KeyCode::Char('x'), KeyModifiers::ALT), ["Esc", "x"]);
        assert_eq!(seen(KeyCode::Up, KeyModifiers::ALT), ["Esc", "Up"]);
        assert_eq!(seen(KeyCode::Char('q'), KeyModifiers::ALT | KeyModifiers::CONTROL), ["Esc", "Ctrl+Q"]);
        assert_eq!(seen(KeyCode::Char('@'), KeyModifiers::ALT | KeyModifiers::CONTROL), ["@"]);
        assert_eq!(seen(KeyCode::Char('\u{202e}'), KeyModifiers::NONE), [""; 0]);
    }

    #[test]
    fn a_burst_of_one_key_is_held_and_a_release_is_nothing() {
        let mut translator = Translator::default();
        let start = Instant::now();
        let mut at = |ms| {
            names(&translator.translate(key(KeyCode::Enter, KeyModifiers::NONE), start + Duration::from_millis(ms)))
        };
        assert_eq!(at(0), ["Enter"]);
        assert_eq!(at(660), ["Enter?"]);
        assert_eq!(at(690), ["Enter*"]);
        assert_eq!(at(1500), ["Enter"]);
        let mut release = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        release.kind = KeyEventKind::Release;
        assert!(translator.translate(raw::Event::Key(release), start).is_empty());
    }

    #[test]
    fn a_paste_is_one_line_without_escapes_and_not_longer_than_allowed() {
        let mut translator = Translator::default();
        let bomb = "a\r\nb\x1b[2J\u{202e}".to_owned() + &"x".repeat(50_000);
        let events = translator.translate(raw::Event::Paste(bomb), Instant::now());
        let [Event::Paste(text)] = events.as_slice() else { panic!("{events:?}") };
        assert!(text.starts_with("a b[2Jxxx"));
        assert_eq!(text.chars().count(), LONGEST_PASTE);
    }

    #[test]
    fn a_batch_takes_all_there_is_and_the_last_size() {
        let (out, inbox) = std::sync::mpsc::channel();
        for event in [Event::Resize(1, 1), Event::Resize(2, 2), Event::DayChanged, Event::Resize(3, 3)] {
            out.send(event).unwrap();
        }
        let seen = names(&batch(&inbox, Duration::from_secs(1)));
        assert_eq!(seen, ["Resize(2, 2)", "DayChanged", "Resize(3, 3)"]);
        assert!(batch(&inbox, Duration::ZERO).is_empty());
        drop(out);
        assert_eq!(names(&batch(&inbox, Duration::ZERO)), ["Terminate"]);
    }
}
