//! The table itself: one row for each command and the contexts in which its keys are the same.
//!
//! The order of the rows is the order of the footer. A row's weight says how long its word stays in a narrow footer;
//! weight 0 never stands there. Letters and digits stand here only for contexts that pick (menus, yes or no).

use super::{Binding, Context, Foot, Group};
use crate::tui::command::Command as C;

use Context::{Choice, Detail, Dialog, Form, Help, List, Match, MenuShort, Notes, Palette, Report, Today};

/// Contexts with a box to search in.
const FINDS: &[Context] = &[Today, List, Choice, Palette, Match];
/// Contexts in which a row has the cursor.
const ROWS: &[Context] = &[Today, List, Detail, Choice, MenuShort, Palette, Match, Help, Notes];
/// Contexts with pages of rows.
const PAGES: &[Context] = &[List, Detail, Choice, Help];
/// Contexts with a caret that moves.
const TYPES: &[Context] = &[Form, Notes];

const NO_FOOT: Foot = Foot { weight: 0, keys: "", word: "" };

const fn foot(weight: u8, word: &'static str) -> Foot {
    Foot { weight, keys: "", word }
}

const fn row(
    command: C,
    contexts: &'static [Context],
    keys: &'static [&'static str],
    foot: Foot,
    group: Group,
    help: &'static str,
) -> Binding {
    Binding { command, contexts, keys, quiet: false, foot, help, group }
}

/// A key that types a character, and is a command only while nothing is typed.
const fn quiet(command: C, contexts: &'static [Context], keys: &'static [&'static str]) -> Binding {
    Binding { command, contexts, keys, quiet: true, foot: NO_FOOT, help: "", group: Group::Everywhere }
}

/// Every binding there is.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(C::Help, Context::ALL, &["F1", "Ctrl+G"], foot(90, "Help"), Group::Everywhere, "Shows what the keys do on this page."),
    quiet(C::Help, &[Today, List, Detail, Match, Report], &["?"]),
    row(C::NextOrPress, &[Form], &["Enter"], foot(60, "Next field"), Group::Typing, "Goes to the next field; on a button, presses it."),
    row(C::Open, &[Today, List, Detail, Report], &["Enter"], foot(30, "Open"), Group::Record, "Opens what the cursor is on."),
    row(C::Accept, &[Match], &["Enter"], foot(60, "Accept"), Group::Record, "Accepts the chosen match for this line."),
    row(C::Choose, &[Choice, MenuShort, Palette], &["Enter"], foot(60, "Choose"), Group::Record, "Chooses what the cursor is on."),
    row(C::Press, &[Dialog], &["Enter"], foot(60, "Press"), Group::Record, "Presses the button that has the cursor."),
    row(C::Yes, &[Dialog], &["y"], foot(70, "Yes"), Group::Record, "Answers yes."),
    row(C::No, &[Dialog], &["n"], foot(70, "No"), Group::Record, "Answers no."),
    row(C::Pick, &[MenuShort], &["1..9", "a..z"], NO_FOOT, Group::Record, "Takes the entry with that digit or letter."),
    row(C::Newline, &[Notes], &["Enter"], NO_FOOT, Group::Typing, "Starts a new line."),
    row(C::CandNext, &[Match], &["Right"], Foot { weight: 55, keys: "Left/Right", word: "Other" }, Group::Record, "Chooses the next possible match."),
    row(C::CandPrev, &[Match], &["Left"], NO_FOOT, Group::Record, "Chooses the match before."),
    row(C::Hold, &[Match], &["Insert"], Foot { weight: 50, keys: "Space", word: "Hold" }, Group::Record, "Leaves this line for later."),
    quiet(C::Hold, &[Match], &["Space"]),
    row(C::Next, Context::ALL, &["Tab"], foot(40, "Next"), Group::Move, "Goes to the next tab, section, field or button."),
    row(C::Prev, Context::ALL, &["Shift+Tab"], NO_FOOT, Group::Move, "Goes to the one before."),
    row(C::Edit, &[List, Detail], &["F2", "Ctrl+O"], foot(65, "Edit"), Group::Record, "Changes the record under the cursor."),
    row(C::Filter, &[List, Detail, Report], &["F4", "Ctrl+F"], foot(65, "Filter"), Group::Find, "Chooses what is shown, and in which order."),
    row(C::Lookup, &[Form, Match], &["F4", "Ctrl+F"], foot(65, "List"), Group::Typing, "Lists the values that fit; type to narrow them."),
    row(C::SameAsLast, &[Form], &["Ctrl+D"], foot(45, "Same as last"), Group::Typing, "Fills in what this field had last time."),
    row(C::Refresh, Context::ALL, &["F5", "Ctrl+R"], foot(10, "Refresh"), Group::Everywhere, "Refreshes the page and runs today's billing again, which is safe to do twice."),
    row(C::New, &[Today, List, Detail, Choice, Match], &["F6", "Ctrl+N"], foot(65, "New"), Group::Record, "Makes a new record."),
    row(C::AddRow, &[Form], &["F6", "Ctrl+N"], foot(50, "Add row"), Group::Typing, "Adds a row."),
    row(C::Print, &[List, Detail, Match, Report], &["F7", "Ctrl+X"], foot(65, "Print"), Group::Record, "Prints, or makes a PDF or a table of what is shown."),
    row(C::Preview, &[Form], &["F7", "Ctrl+X"], foot(50, "Preview"), Group::Typing, "Shows the result without saving."),
    row(C::Main, &[Today, List, Detail, Match], &["F8", "Ctrl+K"], foot(88, "Do"), Group::Record, "Does the main job of this page."),
    row(C::Save, TYPES, &["F2", "Ctrl+S"], foot(88, "Save"), Group::Typing, "Saves, from any field."),
    row(C::Actions, Context::ALL, &["F9", "Ctrl+E"], foot(80, "Actions"), Group::Everywhere, "Lists what can be done with the record, and why not where it cannot."),
    row(C::Menu, Context::ALL, &["F10", "Ctrl+P"], foot(75, "Menu"), Group::Everywhere, "Lists every command with its key; type to find one."),
    row(C::BoxNext, &[Report], &["Down"], Foot { weight: 55, keys: "Up/Down", word: "Box" }, Group::Move, "Goes to the next box."),
    row(C::BoxPrev, &[Report], &["Up"], NO_FOOT, Group::Move, "Goes to the box before."),
    row(C::PeriodNext, &[Report], &["Right"], Foot { weight: 25, keys: "Left/Right", word: "Period" }, Group::Find, "Shows the next period."),
    row(C::PeriodPrev, &[Report], &["Left"], NO_FOOT, Group::Find, "Shows the period before."),
    row(C::Pane, &[List], &["Ctrl+T"], foot(5, "Pane"), Group::Record, "Shows or hides the details of the row."),
    row(C::Quit, Context::ALL, &["Ctrl+Q"], foot(20, "Quit"), Group::Everywhere, "Leaves rentbook."),
    row(C::Back, Context::ALL, &["Esc", "F3", "F12"], foot(100, "Back"), Group::Everywhere, "Goes back one step: clears what was typed, closes what is open, then the page before. Never leaves rentbook."),
    row(C::Undo, Context::ALL, &["Ctrl+Z"], NO_FOOT, Group::Everywhere, "Undoes the last step."),
    row(C::Redo, Context::ALL, &["Ctrl+Y"], NO_FOOT, Group::Everywhere, "Redoes what was undone."),
    row(C::Copy, Context::ALL, &["Ctrl+C"], NO_FOOT, Group::Everywhere, "Copies the number under the cursor."),
    row(C::Redraw, Context::ALL, &["Ctrl+L"], NO_FOOT, Group::Everywhere, "Redraws the screen."),
    row(C::Up, ROWS, &["Up"], NO_FOOT, Group::Move, "One row up."),
    row(C::Down, ROWS, &["Down"], NO_FOOT, Group::Move, "One row down."),
    row(C::PageUp, PAGES, &["PgUp"], NO_FOOT, Group::Move, "One page up."),
    row(C::PageDown, PAGES, &["PgDn"], NO_FOOT, Group::Move, "One page down."),
    row(C::First, &[List, Detail], &["Home"], NO_FOOT, Group::Move, "To the first row."),
    row(C::Last, &[List, Detail], &["End"], NO_FOOT, Group::Move, "To the last row."),
    row(C::ViewPrev, &[List], &["Left"], NO_FOOT, Group::Find, "Shows the view before."),
    row(C::ViewNext, &[List], &["Right"], NO_FOOT, Group::Find, "Shows the next view."),
    row(C::RecordPrev, &[Detail], &["Left"], NO_FOOT, Group::Move, "Shows the record before."),
    row(C::RecordNext, &[Detail], &["Right"], NO_FOOT, Group::Move, "Shows the next record."),
    row(C::Mark, &[List], &["Insert"], NO_FOOT, Group::Record, "Marks or unmarks the row; Space does so while nothing is typed."),
    quiet(C::Mark, &[List], &["Space"]),
    row(C::MarkUp, &[List], &["Shift+Up"], NO_FOOT, Group::Record, "Marks the row and goes up."),
    row(C::MarkDown, &[List], &["Shift+Down"], NO_FOOT, Group::Record, "Marks the row and goes down."),
    row(C::MarkAll, &[List], &["Ctrl+A"], NO_FOOT, Group::Record, "Marks all rows shown, or none."),
    row(C::FindErase, &[Today, List, Choice, Palette, Match, Help], &["Backspace"], NO_FOOT, Group::Find, "Deletes the last character."),
    row(C::FindClear, FINDS, &["Ctrl+U"], NO_FOOT, Group::Find, "Clears what was typed."),
    row(C::FieldUp, &[Form], &["Up"], NO_FOOT, Group::Typing, "To the field above."),
    row(C::FieldDown, &[Form], &["Down"], NO_FOOT, Group::Typing, "To the field below."),
    row(C::Left, &[Form, Notes, Dialog, MenuShort], &["Left"], NO_FOOT, Group::Typing, "One character, value, button or column to the left."),
    row(C::Right, &[Form, Notes, Dialog, MenuShort], &["Right"], NO_FOOT, Group::Typing, "One character, value, button or column to the right."),
    row(C::Home, TYPES, &["Home"], NO_FOOT, Group::Typing, "To the start of the field."),
    row(C::End, TYPES, &["End"], NO_FOOT, Group::Typing, "To the end of the field."),
    row(C::DelLeft, TYPES, &["Backspace"], NO_FOOT, Group::Typing, "Deletes the character before the caret."),
    row(C::DelRight, TYPES, &["Delete"], NO_FOOT, Group::Typing, "Deletes the character after the caret."),
    row(C::DelWord, TYPES, &["Ctrl+W"], NO_FOOT, Group::Typing, "Deletes the word before the caret."),
    row(C::ClearField, &[Form], &["Ctrl+U"], NO_FOOT, Group::Typing, "Empties the field."),
    quiet(C::Toggle, &[Form], &["Space"]),
];
