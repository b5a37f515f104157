//! Drawing all of it: header, tabs or crumbs, the page, dialogs, message, footer.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{App, SMALLEST};
use crate::tui::place::Tab;
use crate::tui::reply::{Message, Tone};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Hits;
use crate::tui::widgets::tabs::{self, Header};
use crate::tui::widgets::{footer, message, progress};
use crate::tui::{desk, format};

impl App {
    /// Draws everything.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        self.size = (area.width, area.height);
        let theme = self.theme;
        let mut hits = Hits::default();
        let mut canvas = Canvas::new(frame.buffer_mut(), &theme, &mut hits);
        canvas.wipe(area, Ink::Plain);
        if self.is_too_small() {
            too_small(&mut canvas, area);
        } else {
            self.draw_all(&mut canvas, area);
        }
        let caret = canvas.caret();
        if let Some(caret) = caret {
            frame.set_cursor_position(caret);
        }
        self.hits = hits;
    }

    fn draw_all(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
        // A long message takes a line of the page: it is never cut.
        let said =
            self.spoken.now().map(|it| message::lines(&it.text, ink_of(it.tone), area.width)).unwrap_or_default();
        let more = u16::try_from(said.len().saturating_sub(1)).unwrap_or(0);
        let body = Rect { y: area.y + 2, height: area.height - 4 - more, ..area };
        tabs::header(canvas, line(0), &self.header());
        self.draw_way(canvas, line(1));
        self.pages.top_mut().render(canvas, body);
        for dialog in &mut self.dialogs {
            dialog.render(canvas, body);
        }
        let place = Rect { y: body.bottom(), height: 1 + more, ..area };
        match self.spoken.now() {
            Some(Message { tone, .. }) => message::render(canvas, place, &said, ink_of(*tone)),
            None => self.draw_hint(canvas, place),
        }
        footer::render(canvas, line(area.height - 1), &self.footer());
    }

    fn header(&self) -> Header {
        let banner = desk::banner(&self.desk);
        let marks = [(banner.demo, "DEMO"), (banner.view_only, "VIEW ONLY")];
        Header {
            shop: banner.shop,
            day: banner.today,
            state: self.keeping.state().into_owned(),
            operator: banner.operator,
            marks: marks.into_iter().filter(|(on, _)| *on).map(|(_, mark)| mark).collect(),
        }
    }

    fn draw_way(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let page = self.pages.top();
        let crumbs = page.crumbs();
        if crumbs.is_empty() {
            let names = Tab::ALL.map(Tab::title);
            tabs::tabs(canvas, line, &names, self.tab().number());
        } else {
            tabs::crumbs(canvas, line, &crumbs, &page.crumb_note());
        }
    }

    /// What stands in the message line while nothing is said.
    fn draw_hint(&self, canvas: &mut Canvas<'_>, line: Rect) {
        if let Some(job) = &self.job {
            let bar = job.steps.map(|(done, total)| progress::text(done, total, 40)).unwrap_or_default();
            return message::hint(canvas, line, &format!("{}  {bar}", job.title), "Esc stops it");
        }
        let (left, right) = match self.dialogs.last() {
            Some(dialog) => (dialog.hint(), String::new()),
            None => self.pages.top().hint(),
        };
        message::hint(canvas, line, &left, &right);
    }
}

const fn ink_of(tone: Tone) -> Ink {
    match tone {
        Tone::Plain => Ink::Plain,
        Tone::Good => Ink::Good,
        Tone::Warn => Ink::Warn,
        Tone::Bad => Ink::Bad,
    }
}

/// The page of a window that is too small; nothing is lost meanwhile.
fn too_small(canvas: &mut Canvas<'_>, area: Rect) {
    let (width, height) = SMALLEST;
    let text = format!(
        "rentbook needs {width} by {height} characters; this window has {} by {}. Make it larger: nothing is lost.",
        area.width, area.height
    );
    let lines = format::wrap(&text, usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        canvas.put(area.x, y, area.width, &line, Ink::Plain);
    }
}
