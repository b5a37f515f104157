//! Help, the menu of all commands and the actions of a page, made from the keymap and the page.

use super::{App, anywhere};
use crate::tui::command::{Able, Command};
use crate::tui::dialogs::help::Help;
use crate::tui::dialogs::palette::{Deed, Palette};
use crate::tui::dialogs::picker::Picker;
use crate::tui::dialogs::text::Text;
use crate::tui::guide;
use crate::tui::keymap::{self, Binding, Group};
use crate::tui::place::{PAGES, Place, Tab};
use crate::tui::reply::Entry;
use crate::tui::widgets::footer::Word;

impl App {
    /// What is on top is for, and the keys that do something there.
    pub(super) fn help(&self) -> Help {
        let context = self.context();
        let (title, guide) = if self.dialogs.is_empty() {
            let crumb = self.pages.top().crumbs().into_iter().next();
            let name = crumb.unwrap_or_else(|| self.tab().title().to_owned());
            (format!("Help: {name}"), guide::of_page(self.pages.place()))
        } else {
            ("Help".to_owned(), guide::of_dialog(context))
        };
        let told = |row: &Binding| {
            let own = self.own_word(row.command).filter(|_| row.command != Command::Back);
            let text = own.map_or_else(|| row.help.to_owned(), |word| format!("{word}."));
            (row.group, keymap::keys_of(context, row.command), text)
        };
        let works = |row: &&Binding| !row.help.is_empty() && self.does_something(row.command);
        Help::new(title, guide, keymap::rows(context).filter(works).map(told).collect())
    }

    /// Whether a key does something where one is now, or would if another row had the cursor.
    fn does_something(&self, command: Command) -> bool {
        if !self.dialogs.is_empty() {
            let elsewhere = matches!(command, Command::Menu | Command::Actions | Command::Refresh);
            return !elsewhere && !matches!(command, Command::Undo | Command::Redo) && self.able(command) == Able::Yes;
        }
        let page = self.pages.top();
        match command {
            Command::Actions => !page.actions(&self.desk).is_empty(),
            // Only a record that was opened from a list has others beside it.
            Command::RecordPrev | Command::RecordNext => !page.crumb_note().is_empty(),
            _ => self.able(command).is_here(),
        }
    }

    /// What the page or dialog on top calls a command.
    fn own_word(&self, command: Command) -> Option<&'static str> {
        match self.dialogs.last() {
            Some(dialog) => dialog.word(command),
            None => self.pages.top().word(command),
        }
    }

    /// The actions of the page (F9): harmless ones first, as the page gives them.
    pub(super) fn open_actions(&mut self) {
        let entries = self.pages.top().actions(&self.desk);
        if entries.is_empty() {
            let nothing = "Nothing more can be done on this page.\nF10 lists every command, Esc closes this.";
            return self.dialogs.push(Box::new(Text::new("Actions", nothing)));
        }
        self.dialogs.push(Box::new(Picker::short("", "Actions", entries)));
    }

    /// Everything that can be done (F10): with the record under the cursor, on this page, anywhere.
    pub(super) fn open_menu(&mut self) {
        let mut lines: Vec<(Entry, Deed)> = Vec::new();
        for entry in self.pages.top().actions(&self.desk) {
            lines.extend(entry.act.clone().map(|act| (entry, Deed::Act(act))));
        }
        let of_page = self.commands(|group| matches!(group, Group::Record | Group::Find));
        // What a deed says more exactly is not said twice.
        let is_said = |(entry, _): &(Entry, Deed)| {
            let first = entry.note.split(',').next().unwrap_or_default();
            !first.is_empty() && lines.iter().any(|(known, _)| known.note == first)
        };
        let unsaid: Vec<_> = of_page.into_iter().filter(|line| !is_said(line)).collect();
        lines.extend(unsaid);
        // Without a book there is nothing to do and nowhere to go.
        if self.desk.is_set_up() {
            let known: Vec<_> = lines.iter().map(|(entry, _)| entry.text.clone()).collect();
            let more = anywhere::entries(&self.desk).into_iter().filter(|(entry, _)| !known.contains(&entry.text));
            lines.extend(more.map(|(entry, act)| (entry, Deed::Act(act))));
            let tabs = Tab::ALL.into_iter().map(|tab| (tab.title(), Place::Tab(tab)));
            let pages = PAGES.iter().map(|(title, name)| (*title, Place::Page(name)));
            for (title, place) in tabs.chain(pages) {
                lines.push((Entry::new("", format!("Go to {title}")), Deed::Go(place)));
            }
        }
        lines.extend(self.commands(|group| group == Group::Everywhere));
        self.dialogs.push(Box::new(Palette::new(lines)));
    }

    /// The commands of the page under some headings, as lines of the menu.
    fn commands(&self, wanted: fn(Group) -> bool) -> Vec<(Entry, Deed)> {
        let context = self.context();
        let listed = |row: &&Binding| wanted(row.group) && !row.help.is_empty();
        let line = |row: &Binding| {
            let able = self.able(row.command);
            let title = title(row.command)?;
            let own = self.pages.top().word(row.command);
            let text = own.filter(|_| !wanted(Group::Everywhere)).unwrap_or(title);
            let entry = Entry::new("", text).note(keymap::keys_of(context, row.command));
            able.is_here().then(|| (entry.able(able), Deed::Command(row.command)))
        };
        keymap::rows(context).filter(listed).filter_map(line).collect()
    }

    /// The words of the footer: what can be done here, able or not, in the order of the keymap.
    pub(super) fn footer(&self) -> Vec<Word> {
        let on_page = self.dialogs.is_empty();
        let hidden = |command: Command| match command {
            Command::Menu | Command::Actions | Command::Refresh | Command::Quit => !on_page,
            // On the first page there is nowhere to go back to, unless something can be cleared.
            Command::Back => on_page && self.depth() == 0 && self.tab() == Tab::Today && !self.typing(),
            // Tab goes to the next tab everywhere; it stands here where a page or form has its own word for it.
            Command::Next => self.own_word(command).is_none(),
            _ => false,
        };
        let rows = keymap::rows(self.context()).filter(|row| row.foot.weight > 0 && !hidden(row.command));
        let words = rows.filter_map(|row| {
            let able = self.able(row.command);
            let word = self.own_word(row.command).unwrap_or(row.foot.word);
            let able_now = able == Able::Yes;
            // A dialog shows only what works in it; a page shows in brackets what does not work now.
            let shown = if on_page { able.is_here() } else { able_now };
            shown.then_some(Word {
                command: row.command,
                key: row.shown_key(),
                word,
                weight: row.foot.weight,
                able: able_now,
            })
        });
        words.collect()
    }
}

/// What a command is called in the menu; moving and typing do not stand there.
const fn title(command: Command) -> Option<&'static str> {
    Some(match command {
        Command::Help => "Help for this page",
        Command::Refresh => "Refresh, and run today's billing",
        Command::Actions => "Actions for this record",
        Command::Undo => "Undo the last step",
        Command::Redo => "Redo what was undone",
        Command::Copy => "Copy the number under the cursor",
        Command::Redraw => "Redraw the screen",
        Command::Quit => "Quit rentbook",
        Command::Back => "Go back one step",
        Command::Open => "Open what the cursor is on",
        Command::Edit => "Edit the record under the cursor",
        Command::New => "New record",
        Command::Filter => "Filter and sort",
        Command::Print => "Print, PDF or table",
        Command::Main => "The main job of this page",
        Command::Pane => "Show or hide the details pane",
        Command::Mark => "Mark or unmark the row",
        Command::MarkAll => "Mark all rows shown, or none",
        _ => return None,
    })
}
