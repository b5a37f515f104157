//! The pages: six tabs that stay as they were left, and a few records above the open one.

use crate::tui::desk::{Desk, Trouble};
use crate::tui::place::{Place, Tab};
use crate::tui::reply::Screen;

/// Makes the screen of a place.
pub type Opener = fn(&Place, &Desk) -> Box<dyn Screen>;

/// At most so many records above a tab; the one longest ago goes.
const DEEPEST: usize = 2;

/// A screen, and whether what it shows may have changed.
struct Page {
    /// Where it is; none where there is no book.
    place: Option<Place>,
    screen: Box<dyn Screen>,
    stale: bool,
}

/// All pages.
pub struct Pages {
    open: Opener,
    tab: Tab,
    /// The screens of the tabs, made when they are first opened. Today is always there.
    today: Page,
    others: [Option<Page>; 6],
    records: Vec<Page>,
}

impl Pages {
    /// Opens Today.
    pub fn new(open: Opener, desk: &Desk) -> Self {
        let today =
            Page { place: Some(Place::Tab(Tab::Today)), screen: open(&Place::Tab(Tab::Today), desk), stale: true };
        Self { open, tab: Tab::Today, today, others: std::array::from_fn(|_| None), records: Vec::new() }
    }

    /// Which screen a place is.
    pub const fn opener(&self) -> Opener {
        self.open
    }

    /// This screen stands where Today does, until there is a book.
    pub fn begin_with(&mut self, screen: Box<dyn Screen>) {
        self.today = Page { place: None, screen, stale: true };
    }

    /// The open tab.
    pub const fn tab(&self) -> Tab {
        self.tab
    }

    /// The records above it.
    pub const fn depth(&self) -> usize {
        self.records.len()
    }

    fn page(&self) -> &Page {
        let tab = self.others.get(self.tab.number()).and_then(Option::as_ref);
        self.records.last().or(tab).unwrap_or(&self.today)
    }

    fn page_mut(&mut self) -> &mut Page {
        let tab = self.others.get_mut(self.tab.number()).and_then(Option::as_mut);
        self.records.last_mut().or(tab).unwrap_or(&mut self.today)
    }

    /// Where the screen on top is; none where there is no book.
    pub fn place(&self) -> Option<&Place> {
        self.page().place.as_ref()
    }

    /// The screen on top.
    pub fn top(&self) -> &dyn Screen {
        self.page().screen.as_ref()
    }

    /// The screen on top.
    pub fn top_mut(&mut self) -> &mut dyn Screen {
        self.page_mut().screen.as_mut()
    }

    /// Something in the book changed: every page reads anew before it is shown again.
    pub fn make_stale(&mut self) {
        let others = self.others.iter_mut().flatten();
        for page in others.chain(&mut self.records).chain([&mut self.today]) {
            page.stale = true;
        }
    }

    /// Reads what the page on top shows, if that may have changed.
    pub fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let page = self.page_mut();
        if std::mem::take(&mut page.stale) { page.screen.refresh(desk) } else { Ok(()) }
    }

    /// Goes to a tab, as it was left.
    pub fn go_to_tab(&mut self, tab: Tab, desk: &Desk) {
        self.records.clear();
        self.tab = tab;
        if let (true, Some(place)) = (tab != Tab::Today, self.others.get_mut(tab.number())) {
            let open = self.open;
            place.get_or_insert_with(|| Page {
                place: Some(Place::Tab(tab)),
                screen: open(&Place::Tab(tab), desk),
                stale: true,
            });
        }
    }

    /// Goes to any place.
    pub fn go(&mut self, place: &Place, desk: &Desk) {
        if let Some(tab) = place.tab() {
            self.go_to_tab(tab, desk);
            if let Place::Rows(_, narrow) = place {
                let page = self.page_mut();
                page.screen.narrow(narrow);
                page.stale = true;
            }
            return;
        }
        if self.records.len() == DEEPEST {
            self.records.remove(0);
        }
        self.records.push(Page { place: Some(place.clone()), screen: (self.open)(place, desk), stale: true });
    }

    /// One page back; false on Today.
    pub fn climb(&mut self, desk: &Desk) -> bool {
        if self.records.pop().is_some() {
            return true;
        }
        let climbed = self.tab != Tab::Today;
        self.go_to_tab(Tab::Today, desk);
        climbed
    }
}
