//! Colours and lines. Four themes; in each of them a mark or a word says what the colour says.
//!
//! Screens name an [`Ink`], never a colour. Only the sixteen colours of the terminal are used, so that the shop's own
//! terminal palette is respected; `mono` uses bold, underline and reverse video alone.

use ratatui::style::{Color, Modifier, Style};

use crate::shown::standing::{Standing, Tone};

/// What a piece of text is, from which the theme makes its looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ink {
    /// Ordinary text.
    Plain,
    /// Less important text: hints, empty lists.
    Dim,
    /// The shop's name and titles of boxes.
    Title,
    /// Heads of columns.
    Head,
    /// Lines of boxes.
    Line,
    /// The row under the cursor.
    Cursor,
    /// A marked row.
    Marked,
    /// What is active: the open tab, the chosen view.
    Active,
    /// Something went well.
    Good,
    /// Something needs attention.
    Warn,
    /// Something failed.
    Bad,
    /// Something is under way.
    Busy,
    /// A key in the footer.
    Key,
    /// What cannot be done now.
    Off,
    /// A field to type into.
    Field,
    /// The field that has the caret.
    Focus,
    /// The header line.
    Banner,
    /// A bar of a chart.
    Bar,
}

impl From<Tone> for Ink {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Plain => Self::Plain,
            Tone::Dim => Self::Dim,
            Tone::Good => Self::Good,
            Tone::Warn => Self::Warn,
            Tone::Bad => Self::Bad,
            Tone::Busy => Self::Busy,
        }
    }
}

impl From<Standing> for Ink {
    fn from(standing: Standing) -> Self {
        Tone::from(standing).into()
    }
}

/// The four looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Look {
    /// For a dark terminal.
    #[default]
    Dark,
    /// For a light terminal.
    Light,
    /// White on black, nothing faint.
    HighContrast,
    /// No colour at all: bold, underline, reverse video.
    Mono,
}

crate::domain::format::coded!(Look {
    Dark = "dark",
    Light = "light",
    HighContrast = "high-contrast",
    Mono = "mono",
});

/// The characters boxes and bars are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lines {
    pub across: &'static str,
    pub down: &'static str,
    /// Corners: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Where a dividing line meets the frame: left, right.
    pub tees: [&'static str; 2],
    /// Bars to the right, one to eight eighths of a cell.
    pub right: [&'static str; 8],
    /// Bars upwards, one to eight eighths of a cell.
    pub up: [&'static str; 8],
}

/// Box drawing and block eighths.
static BOXES: Lines = Lines {
    across: "─",
    down: "│",
    corners: ["┌", "┐", "└", "┘"],
    tees: ["├", "┤"],
    right: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    up: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
};

/// What every terminal and every font has (`--ascii`).
static ASCII: Lines = Lines {
    across: "-",
    down: "|",
    corners: ["+", "+", "+", "+"],
    tees: ["+", "+"],
    right: [".", ".", ".", ".", "#", "#", "#", "#"],
    up: [".", ".", ".", ".", "#", "#", "#", "#"],
};

/// A look and the characters to draw with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Theme {
    look: Look,
    lines: &'static Lines,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Look::Dark, false)
    }
}

impl Theme {
    /// A theme; `ascii` leaves boxes and blocks out.
    pub const fn new(look: Look, ascii: bool) -> Self {
        Self { look, lines: if ascii { &ASCII } else { &BOXES } }
    }

    /// The theme of a start: `NO_COLOR` (any text in it) wins over the chosen look.
    pub fn chosen(look: Option<Look>, no_color: bool, ascii: bool) -> Self {
        Self::new(if no_color { Look::Mono } else { look.unwrap_or_default() }, ascii)
    }

    /// The same lines in another look.
    pub const fn wearing(self, look: Look) -> Self {
        Self { look, ..self }
    }

    /// The look.
    pub const fn look(&self) -> Look {
        self.look
    }

    /// The characters boxes and bars are made of.
    pub const fn lines(&self) -> &'static Lines {
        self.lines
    }

    /// How `ink` looks.
    pub const fn style(&self, ink: Ink) -> Style {
        match self.look {
            Look::Dark => dark(ink),
            Look::Light => light(ink),
            Look::HighContrast => high_contrast(ink),
            Look::Mono => mono(ink),
        }
    }
}

const fn bold() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

const fn reversed() -> Style {
    Style::new().add_modifier(Modifier::REVERSED)
}

const fn dark(ink: Ink) -> Style {
    match ink {
        Ink::Plain => Style::new(),
        Ink::Dim | Ink::Off => Style::new().fg(Color::DarkGray),
        Ink::Title => bold(),
        Ink::Head | Ink::Key => Style::new().fg(Color::Cyan),
        Ink::Line => Style::new().fg(Color::Gray),
        Ink::Cursor => reversed().fg(Color::Reset).bg(Color::Reset),
        Ink::Marked => bold().fg(Color::LightYellow),
        Ink::Active => bold().fg(Color::LightCyan),
        Ink::Good => Style::new().fg(Color::LightGreen),
        Ink::Warn => Style::new().fg(Color::LightYellow),
        Ink::Bad => Style::new().fg(Color::LightRed),
        Ink::Busy | Ink::Bar => Style::new().fg(Color::LightBlue),
        Ink::Field => Style::new().add_modifier(Modifier::UNDERLINED),
        Ink::Focus => Style::new().fg(Color::Black).bg(Color::Cyan),
        Ink::Banner => bold().fg(Color::White).bg(Color::Blue),
    }
}

const fn light(ink: Ink) -> Style {
    match ink {
        Ink::Dim | Ink::Off | Ink::Line => Style::new().fg(Color::DarkGray),
        Ink::Head | Ink::Key | Ink::Busy | Ink::Bar => Style::new().fg(Color::Blue),
        Ink::Marked => bold().fg(Color::Magenta),
        Ink::Active => bold().fg(Color::Blue),
        Ink::Good => Style::new().fg(Color::Green),
        Ink::Warn => Style::new().fg(Color::Magenta),
        Ink::Bad => Style::new().fg(Color::Red),
        Ink::Focus => Style::new().fg(Color::White).bg(Color::Blue),
        other => dark(other),
    }
}

const fn high_contrast(ink: Ink) -> Style {
    let white = Style::new().fg(Color::White).bg(Color::Black);
    match ink {
        Ink::Plain | Ink::Dim | Ink::Line | Ink::Bar => white,
        Ink::Off => white.add_modifier(Modifier::CROSSED_OUT),
        Ink::Title | Ink::Head | Ink::Key | Ink::Active => white.add_modifier(Modifier::BOLD),
        Ink::Cursor | Ink::Focus | Ink::Banner => Style::new().fg(Color::Black).bg(Color::White),
        Ink::Marked | Ink::Warn => bold().fg(Color::LightYellow).bg(Color::Black),
        Ink::Good => bold().fg(Color::LightGreen).bg(Color::Black),
        Ink::Bad => bold().fg(Color::LightRed).bg(Color::Black),
        Ink::Busy => bold().fg(Color::LightCyan).bg(Color::Black),
        Ink::Field => white.add_modifier(Modifier::UNDERLINED),
    }
}

const fn mono(ink: Ink) -> Style {
    match ink {
        Ink::Plain | Ink::Line | Ink::Bar | Ink::Good | Ink::Busy | Ink::Dim | Ink::Off => Style::new(),
        Ink::Cursor | Ink::Focus | Ink::Banner => reversed(),
        Ink::Field => Style::new().add_modifier(Modifier::UNDERLINED),
        Ink::Title | Ink::Head | Ink::Marked | Ink::Active | Ink::Warn | Ink::Bad | Ink::Key => bold(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_wins_and_mono_has_no_colour() {
        let theme = Theme::chosen(Some(Look::Light), true, false);
        assert_eq!(theme.look(), Look::Mono);
        for ink in [Ink::Bad, Ink::Cursor, Ink::Banner, Ink::Focus, Ink::Good, Ink::Key] {
            let style = theme.style(ink);
            assert_eq!((style.fg, style.bg), (None, None), "{ink:?}");
        }
    }

    #[test]
    fn the_cursor_is_seen_in_every_look() {
        for look in Look::ALL {
            let theme = Theme::new(*look, false);
            assert_ne!(theme.style(Ink::Cursor), theme.style(Ink::Plain), "{look:?}");
            assert_eq!(Look::from_code(look.code()), Some(*look));
        }
    }

    #[test]
    fn ascii_has_nothing_but_ascii() {
        let lines = Theme::new(Look::Dark, true).lines;
        let all = [lines.across, lines.down].into_iter();
        let all = all.chain(lines.corners).chain(lines.tees).chain(lines.right).chain(lines.up);
        assert!(all.into_iter().all(str::is_ascii));
    }
}
