//! Help, the menu of all commands and the actions of a page, made from the keymap and the page.

use super::App;
use crate::tui::command::{Able, Command};
use crate::tui::dialogs::help::Help;
use crate::tui::dialogs::palette::{Deed, Palette};
use crate::tui::dialogs::picker::Picker;
use crate::tui::keymap::{self, Binding, Group};
use crate::tui::place::{Place, Tab};
use crate::tui::reply::{ACTIONS, Entry, Tone};
use crate::tui::widgets::footer::Word;

impl App {
    /// The keys of what is on top.
    pub(super) fn help(&self) -> Help {
        Help::new(self.context())
    }

    /// The actions of the page (F9): harmless ones first, as the page gives them.
    pub(super) fn open_actions(&mut self) {
        let entries = self.pages.top().actions(&self.desk);
        if entries.is_empty() {
            return self.say(Tone::Plain, "There is nothing more to do on this page.");
        }
        self.dialogs.push(Box::new(Picker::short(ACTIONS, "Actions", entries)));
    }

    /// Every command (F10).
    pub(super) fn open_menu(&mut self) {
        let page = self.pages.top();
        let mut lines = Vec::new();
        let listed = |row: &&Binding| {
            !row.help.is_empty() && !matches!(row.group, Group::Move | Group::Typing) && row.command != Command::Menu
        };
        for row in keymap::rows(self.context()).filter(listed) {
            let able = self.able(row.command);
            if able.is_here() {
                let word =
                    page.word(row.command).map_or_else(|| row.help.trim_end_matches('.').to_owned(), str::to_owned);
                let entry = Entry::new("", word).note(keymap::keys_of(self.context(), row.command)).able(able);
                lines.push((entry, Deed::Command(row.command)));
            }
        }
        for entry in page.actions(&self.desk) {
            let key = entry.key.clone();
            lines.push((entry, Deed::Action(key)));
        }
        let tabs = Tab::ALL.into_iter().map(|tab| (tab.title().to_owned(), Place::Tab(tab)));
        let pages = crate::tui::place::PAGES.iter().map(|(title, name)| ((*title).to_owned(), Place::Page(name)));
        for (title, place) in tabs.chain(pages) {
            lines.push((Entry::new("", format!("Go to {title}")), Deed::Go(place)));
        }
        self.dialogs.push(Box::new(Palette::new(lines)));
    }

    /// The words of the footer: what can be done here, able or not, in the order of the keymap.
    pub(super) fn footer(&self) -> Vec<Word> {
        let on_page = self.dialogs.is_empty();
        let own_word = |command: Command| match self.dialogs.last() {
            Some(dialog) => dialog.word(command),
            None => self.pages.top().word(command),
        };
        let hidden = |command: Command| match command {
            Command::Menu | Command::Actions | Command::Refresh | Command::Quit => !on_page,
            // On the first page there is nowhere to go back to, unless something can be cleared.
            Command::Back => on_page && self.depth() == 0 && self.tab() == Tab::Today && !self.typing(),
            // Tab goes to the next tab everywhere; it stands here where a page or form has its own word for it.
            Command::Next => own_word(command).is_none(),
            _ => false,
        };
        let rows = keymap::rows(self.context()).filter(|row| row.foot.weight > 0 && !hidden(row.command));
        let words = rows.filter_map(|row| {
            let able = self.able(row.command);
            let word = own_word(row.command).unwrap_or(row.foot.word);
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
