//! Everything a key can mean. A key becomes a [`Command`] in `keymap`; screens and dialogs know commands, never keys.

use crate::domain::format::coded;

/// One meaning a key can have. Its code is the name in `keymap/classic.toml` and in `rentbook keys`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "each variant is explained by its help sentence in keymap/table.rs, which F1 shows")]
pub enum Command {
    Help,
    Back,
    Refresh,
    Menu,
    Actions,
    Undo,
    Redo,
    Copy,
    Redraw,
    Quit,
    Next,
    Prev,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Open,
    New,
    Edit,
    Filter,
    Print,
    Main,
    Pane,
    Mark,
    MarkUp,
    MarkDown,
    MarkAll,
    ViewPrev,
    ViewNext,
    RecordPrev,
    RecordNext,
    FindErase,
    FindClear,
    FieldUp,
    FieldDown,
    NextOrPress,
    Left,
    Right,
    Home,
    End,
    DelLeft,
    DelRight,
    DelWord,
    ClearField,
    Lookup,
    SameAsLast,
    AddRow,
    Preview,
    Toggle,
    Save,
    Newline,
    Choose,
    Press,
    Yes,
    No,
    Pick,
    Accept,
    CandPrev,
    CandNext,
    Hold,
    BoxPrev,
    BoxNext,
    PeriodPrev,
    PeriodNext,
}

coded!(Command {
    Help = "help",
    Back = "back",
    Refresh = "refresh",
    Menu = "menu",
    Actions = "actions",
    Undo = "undo",
    Redo = "redo",
    Copy = "copy",
    Redraw = "redraw",
    Quit = "quit",
    Next = "next",
    Prev = "prev",
    Up = "up",
    Down = "down",
    PageUp = "page_up",
    PageDown = "page_down",
    First = "first",
    Last = "last",
    Open = "open",
    New = "new",
    Edit = "edit",
    Filter = "filter",
    Print = "print",
    Main = "main",
    Pane = "pane",
    Mark = "mark",
    MarkUp = "mark_up",
    MarkDown = "mark_down",
    MarkAll = "mark_all",
    ViewPrev = "view_prev",
    ViewNext = "view_next",
    RecordPrev = "record_prev",
    RecordNext = "record_next",
    FindErase = "find_erase",
    FindClear = "find_clear",
    FieldUp = "field_up",
    FieldDown = "field_down",
    NextOrPress = "next_or_press",
    Left = "left",
    Right = "right",
    Home = "home",
    End = "end",
    DelLeft = "del_left",
    DelRight = "del_right",
    DelWord = "del_word",
    ClearField = "clear_field",
    Lookup = "lookup",
    SameAsLast = "same_as_last",
    AddRow = "add_row",
    Preview = "preview",
    Toggle = "toggle",
    Save = "save",
    Newline = "newline",
    Choose = "choose",
    Press = "press",
    Yes = "yes",
    No = "no",
    Pick = "pick",
    Accept = "accept",
    CandPrev = "cand_prev",
    CandNext = "cand_next",
    Hold = "hold",
    BoxPrev = "box_prev",
    BoxNext = "box_next",
    PeriodPrev = "period_prev",
    PeriodNext = "period_next",
});

/// Whether something can be done now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Able {
    /// It can.
    Yes,
    /// It belongs here, but not now, and this is why. A full sentence for the message line.
    Because(String),
    /// It does not belong here; the footer and the menu leave it out.
    NotHere,
}

impl Able {
    /// Not now, and why.
    pub fn because(why: &str) -> Self {
        Self::Because(why.to_owned())
    }

    /// Able when `test` holds, else why not.
    pub fn when(test: bool, why_not: &str) -> Self {
        if test { Self::Yes } else { Self::because(why_not) }
    }

    /// Whether it can be done.
    pub const fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }

    /// Whether it belongs here at all.
    pub const fn is_here(&self) -> bool {
        !matches!(self, Self::NotHere)
    }
}
