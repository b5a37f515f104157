//! The terminal goes away while something is half typed: it is kept beside the book, and offered once at the next start.

use super::App;
use crate::adapters::draft;
use crate::domain::text;
use crate::tui::dialogs::text::Text;
use crate::tui::reply::Reply;

/// The longest value that is kept of a field.
const LONGEST: usize = 2_000;

impl App {
    /// Keeps what is half typed. A full card number is never kept, as in every field of the book.
    pub(super) fn keep_draft(&self) {
        let dialogs = self.dialogs.iter().flat_map(|dialog| dialog.typed());
        let typed: Vec<_> = self.pages.top().typed().into_iter().chain(dialogs).collect();
        let lines: Vec<String> = typed
            .iter()
            .filter(|(_, value)| value.lines().all(|line| text::clean_line(line, LONGEST).is_ok()))
            .map(|(label, value)| if value.is_empty() { label.clone() } else { format!("{label}: {value}") })
            .collect();
        if typed.iter().all(|(_, value)| value.is_empty()) || self.desk.is_view_only() {
            return;
        }
        if let Err(error) = draft::keep(self.desk.book().path(), &lines.join("\n")) {
            tracing::warn!(%error, "what was half typed could not be kept");
        }
    }

    /// Offers what was half typed the last time, once.
    pub fn offer_draft(&mut self) {
        if !self.desk.is_set_up() || self.desk.is_view_only() {
            return;
        }
        if let Some(text) = draft::take(self.desk.book().path()) {
            let lead =
                "rentbook was closed while you were typing. None of this was saved; Ctrl+C copies it, Esc closes it.";
            let body = format!("{lead}\n \n{text}");
            self.act(Reply::open(Text::new("Not saved the last time", body)));
        }
    }
}
