//! What rentbook said: the message of now, how long it stays, and all of this session.

use std::collections::VecDeque;

use super::App;
use crate::tui::command::Command;
use crate::tui::dialogs::text::Text;
use crate::tui::keymap::Context;
use crate::tui::reply::{Message, Reply, Tone};

/// So many messages of a session can be read again.
const MOST: usize = 200;

/// What was said.
#[derive(Default)]
pub(super) struct Said {
    now: Option<Message>,
    /// It stays while one types or moves: what went wrong, what became of money.
    stays: bool,
    /// The newest key only typed or moved: what it was refused is of no interest with the next one.
    by_step: bool,
    /// When, and what; the newest last.
    before: VecDeque<(String, Message)>,
}

impl Said {
    /// The message of now.
    pub(super) const fn now(&self) -> Option<&Message> {
        self.now.as_ref()
    }
}

impl App {
    /// Says something.
    pub(super) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let stays = tone == Tone::Warn || tone == Tone::Bad && !self.spoken.by_step;
        self.tell(Message::new(tone, text), stays);
    }

    /// Says what became of something that was done: it stays until something else is done.
    pub(super) fn say_done(&mut self, text: impl Into<String>) {
        self.tell(Message::new(Tone::Good, text), true);
    }

    fn tell(&mut self, message: Message, stays: bool) {
        let said = &mut self.spoken;
        if said.before.back().is_none_or(|(_, last)| *last != message) {
            let zone = self.desk.shop().map_or(chrono_tz::UTC, |shop| shop.time_zone);
            let at = self.desk.outside().now().with_timezone(&zone).format("%H:%M").to_string();
            said.before.push_back((at, message.clone()));
            if said.before.len() > MOST {
                said.before.pop_front();
            }
        }
        (said.now, said.stays) = (Some(message), stays);
    }

    /// A key was pressed: the message goes, unless it stays while one only types or moves. Where one chooses from a list
    /// each line has its own word, so nothing stays there.
    pub(super) fn let_go(&mut self, command: Option<Command>) {
        let chooses = matches!(
            self.context(),
            Context::Choice | Context::MenuShort | Context::Palette | Context::Dialog | Context::Help
        );
        self.spoken.by_step = command.is_none_or(is_step);
        let stays = self.spoken.stays && !chooses && self.spoken.by_step;
        if !stays {
            self.spoken.now = None;
        }
    }

    /// Everything that was said in this session, the newest first.
    pub(super) fn show_said(&mut self) {
        let mark = |tone: Tone| match tone {
            Tone::Plain => " ",
            Tone::Good => "+",
            Tone::Warn => "!",
            Tone::Bad => "x",
        };
        let said = self.spoken.before.iter().rev();
        let lines: Vec<String> = said.map(|(at, it)| format!("{at} {} {}", mark(it.tone), it.text)).collect();
        let text = if lines.is_empty() { "There are no messages yet.".to_owned() } else { lines.join("\n") };
        self.act(Reply::open(Text::new("Messages of this session, newest first", text)));
    }
}

/// Whether a command only moves or types.
const fn is_step(command: Command) -> bool {
    use Command::{BoxNext, BoxPrev, ClearField, DelLeft, DelRight, DelWord, Down, End, FieldDown, FieldUp, FindClear};
    use Command::{FindErase, First, Home, Last, Left, Mark, MarkAll, MarkDown, MarkUp, Newline, Next, NextOrPress};
    use Command::{PageDown, PageUp, Prev, RecordNext, RecordPrev, Redraw, Right, Toggle, Up, ViewNext, ViewPrev};
    matches!(
        command,
        BoxNext
            | BoxPrev
            | ClearField
            | DelLeft
            | DelRight
            | DelWord
            | Down
            | End
            | FieldDown
            | FieldUp
            | FindClear
            | FindErase
            | First
            | Home
            | Last
            | Left
            | Mark
            | MarkAll
            | MarkDown
            | MarkUp
            | Newline
            | Next
            | NextOrPress
            | PageDown
            | PageUp
            | Prev
            | RecordNext
            | RecordPrev
            | Redraw
            | Right
            | Toggle
            | Up
            | ViewNext
            | ViewPrev
    )
}
