//! Shop settings (F10): every setting with what it says now; Enter changes the one under the cursor.

mod words;

use ratatui::layout::Rect;

use crate::domain::country::country;
use crate::domain::format::Style;
use crate::domain::tax::TaxRate;
use crate::services::actions::shop_settings::{setting, settings};
use crate::services::reads::{self, KeptChange};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble, books};
use crate::tui::dialogs::picker::Picker;
use crate::tui::forms::FormDialog;
use crate::tui::forms::logo::FontForm;
use crate::tui::forms::setting;
use crate::tui::forms::tax_rate::TaxRateForm;
use crate::tui::keymap::Context;
use crate::tui::path;
use crate::tui::reply::{Act, Entry, Input, Reply, Screen};
use crate::tui::theme::{Ink, Look};
use crate::tui::upkeep;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::panel;
use crate::tui::widgets::table::{Cell, Column, Row, Step, Table, Width};
use words::{ORDER, Word, word_of};

/// The settings of the shop.
#[derive(Debug)]
pub struct Settings {
    /// Key and value of each, as the book has them.
    values: Vec<(&'static str, String)>,
    table: Table<&'static str>,
    place: String,
    style: Style,
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}

impl Settings {
    /// The page.
    pub fn new() -> Self {
        let columns = vec![
            Column::words("", Width::Exact(8), 5),
            Column::words("Setting", Width::Exact(27), 8),
            Column::words("Now", Width::AtLeast(20), 9),
        ];
        Self { values: Vec::new(), table: Table::new(columns), place: String::new(), style: Style::default() }
    }

    fn value(&self, key: &str) -> &str {
        self.values.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| value.as_str())
    }

    fn rows(&self) -> Vec<Row<&'static str>> {
        let known = ORDER.iter().filter_map(|key| word_of(key));
        let mut before = "";
        known
            .map(|word| {
                let part = if std::mem::replace(&mut before, word.part) == word.part { "" } else { word.part };
                let value = shown(word.key, self.value(word.key), self.style);
                let ink = if value.is_empty() { Ink::Dim } else { Ink::Plain };
                let value = if value.is_empty() { "-".to_owned() } else { value };
                let cells = vec![Cell::new(part, Ink::Title), word.label.into(), Cell::new(value, ink)];
                Row { key: word.key, cells, worth: None }
            })
            .collect()
    }

    fn word(&self) -> Option<Word> {
        word_of(self.table.key()?)
    }

    fn edit(&self, desk: &Desk) -> Reply {
        let Some(word) = self.word() else { return Reply::Nothing };
        if word.key == "tax_law" {
            return Reply::open(FormDialog::new(TaxRateForm, desk));
        }
        if let Some(reply) = here(word.key, desk) {
            return reply;
        }
        if word.key == "font" {
            return Reply::open(FormDialog::new(FontForm, desk));
        }
        setting::form_of(word.key, desk)
    }
}

/// What Enter does on a line about this screen and its book, which is no setting of the shop.
fn here(key: &str, desk: &Desk) -> Option<Reply> {
    Some(match key {
        "theme" => {
            let names = ["Dark", "Light", "High contrast", "No colours"];
            let entry = |(look, name): (&Look, &str)| {
                let look = *look;
                Entry { act: Some(Act::new(move |_| Reply::Wear(look))), ..Entry::new(look.code(), name) }
            };
            Reply::open(Picker::short("", "Colours", Look::ALL.iter().zip(names).map(entry).collect()))
        }
        "operator" => {
            Reply::refuse("Leave with Ctrl+Q and start with rentbook --operator NAME: each step bears its name.")
        }
        "backup" => upkeep::back_up(desk),
        _ => return None,
    })
}

/// A value as people read it.
fn shown(key: &str, value: &str, style: Style) -> String {
    let chosen = setting(key).into_iter().flat_map(|setting| (setting.choices)()).find(|(code, _)| *code == value);
    match (key, value) {
        _ if chosen.is_some() => chosen.map(|(_, words)| words).unwrap_or_default(),
        ("country", code) => country(code).map_or_else(|| code.to_owned(), |country| country.name.to_owned()),
        ("locked_until", day) => day.parse().map(|day| style.long_date(day)).unwrap_or_default(),
        (_, plain) => plain.to_owned(),
    }
}

/// The newest change of a tax rate.
fn changed_by_law(changes: &[KeptChange], style: Style) -> String {
    let newest = changes.last().map(|kept| kept.change);
    let percent = |rate: TaxRate| style.number(&rate.to_string());
    let said = newest
        .map(|new| format!("{} % becomes {} % on {}", percent(new.from), percent(new.to), style.long_date(new.on)));
    said.unwrap_or_default()
}

impl Screen for Settings {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Shop settings".to_owned()]
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let shop = desk.shop()?;
        (self.values, self.style) = (settings(shop), shop.style);
        let logo = desk.logo_size()?.map(|bytes| format!("a picture of {} kB", bytes.div_ceil(1000)));
        self.values.push(("logo", logo.unwrap_or_default()));
        self.values.push(("font", desk.font_name()?.unwrap_or_default()));
        self.values.push(("tax_law", changed_by_law(&desk.read(reads::rate_changes)?, self.style)));
        let book = desk.book().path();
        self.place = format!("{}, copies in {}", path::shown(book), path::shown(&books::backups_of(book)));
        self.values.push(("theme", "Enter chooses: dark, light, high contrast, none".to_owned()));
        self.values.push(("operator", desk.operator().name.clone()));
        self.values.push(("backup", path::shown(&books::backups_of(book))));
        self.table.reload();
        while let Some(want) = self.table.wanted() {
            let rows = self.rows();
            self.table.load(&want, rows, false);
        }
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::Open | Command::Edit => Able::when(self.table.key().is_some(), "There is no setting here."),
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Open | Command::Edit => Some("Change"),
            _ => None,
        }
    }

    fn hint(&self) -> (String, String) {
        let about = Self::word(self).map(|word| word.about).filter(|about| !about.is_empty());
        (about.unwrap_or("Enter changes the setting under the cursor.").to_owned(), self.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        match input {
            Input::Command(command) if self.table.command(command) == Step::Taken => Reply::Nothing,
            Input::Command(Command::Open | Command::Edit) => self.edit(desk),
            Input::Command(Command::Copy) => {
                let value = self.table.key().map(|key| self.value(key).to_owned());
                value.filter(|value| !value.is_empty()).map_or(Reply::Pass, Reply::Copy)
            }
            Input::Command(_) | Input::Typed(_) => Reply::Pass,
            Input::Clicked(target) if self.table.clicked(target) == Some(true) => self.edit(desk),
            Input::Clicked(_) | Input::Given(_) | Input::Pasted(_) => Reply::Nothing,
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let inside = panel::draw(canvas, area, "Shop settings", "");
        let list = Rect { height: inside.height.saturating_sub(1), ..inside };
        self.table.render(canvas, list, "There are no settings.");
        let text = format!("Book: {}", self.place);
        canvas.put(inside.x + 1, list.bottom(), inside.width.saturating_sub(2), &text, Ink::Dim);
    }
}
