//! The five pages of setting up, one after the other, free to go back: the draft keeps what was typed.

use std::path::PathBuf;

use ratatui::layout::Rect;

use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, ShopDraft, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::forms::shop::{DONE, ShopPage, Step, keep};
use crate::tui::keymap::Context;
use crate::tui::reply::{Dialog as _, Input, Reply, Way};
use crate::tui::widgets::canvas::Canvas;

/// Where setting up stands.
#[derive(Debug)]
pub(super) struct SetUp {
    step: Step,
    draft: ShopDraft,
    book: PathBuf,
    page: FormDialog,
    left: bool,
}

impl SetUp {
    pub(super) fn new(draft: ShopDraft, book: PathBuf, desk: &Desk) -> Self {
        let step = Step::Shop;
        let page = FormDialog::new(ShopPage::new(step, draft.clone(), book.clone()), desk);
        Self { step, draft, book, page, left: false }
    }

    /// Goes to a page, filled in with what was said so far.
    fn go(&mut self, step: Step, desk: &Desk) {
        self.step = step;
        self.page = FormDialog::new(ShopPage::new(step, self.draft.clone(), self.book.clone()), desk);
    }

    pub(super) fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let leaves = input == Input::Command(Command::Back) && !self.page.has_list();
        if leaves {
            keep(self.page.fields(), &mut self.draft);
            match self.step.step(-1) {
                Some(before) => self.go(before, desk),
                None => self.left = true,
            }
            return Reply::Nothing;
        }
        match self.page.handle(input, desk) {
            Reply::Give(answer) if answer.asked == DONE => self.next(desk),
            // The button behind the last field means the same as Esc.
            Reply::Close | Reply::Ask(_) => self.handle(Input::Command(Command::Back), desk),
            reply => reply,
        }
    }

    fn next(&mut self, desk: &Desk) -> Reply {
        keep(self.page.fields(), &mut self.draft);
        match self.step.step(1) {
            Some(next) => {
                self.go(next, desk);
                Reply::Nothing
            }
            None => Reply::Enter(Way::Make(self.book.clone(), Box::new(self.draft.clone()))),
        }
    }

    /// The book was not made: the page with the field it is about says why.
    pub(super) fn refused(&mut self, trouble: &Trouble) -> Reply {
        self.page.refused(trouble)
    }

    pub(super) const fn is_left(&self) -> bool {
        self.left
    }

    pub(super) const fn draft(&self) -> &ShopDraft {
        &self.draft
    }

    /// Whether leaving rentbook now loses something.
    pub(super) fn is_dirty(&self) -> bool {
        self.step != Step::Shop || self.page.is_dirty()
    }

    pub(super) fn context(&self) -> Context {
        self.page.context()
    }

    pub(super) fn typing(&self) -> bool {
        self.page.typing()
    }

    pub(super) fn can(&self, command: Command) -> Able {
        self.page.can(command)
    }

    pub(super) fn takes_held(&self, command: Command) -> bool {
        // Whoever knows the pages goes through them fast; making the book needs a press of its own.
        (command == Command::Save && self.step != Step::Safety) || self.page.takes_held(command)
    }

    pub(super) fn word(&self, command: Command) -> Option<&'static str> {
        self.page.word(command)
    }

    pub(super) fn hint(&self) -> String {
        if self.step == Step::Safety {
            return "You can change all of this later with F10, \"Shop settings\".".to_owned();
        }
        self.page.hint()
    }

    /// `Set up my shop    [1 Shop] > 2 Money > …`
    pub(super) fn crumbs(&self) -> Vec<String> {
        let name = |(number, step): (usize, Step)| {
            let name = format!("{} {}", number + 1, step.title());
            if step == self.step { format!("[{name}]") } else { name }
        };
        let mut crumbs: Vec<String> = Step::ALL.into_iter().enumerate().map(name).collect();
        if let Some(first) = crumbs.first_mut() {
            first.insert_str(0, "Set up my shop    ");
        }
        crumbs
    }

    pub(super) fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.page.render(canvas, area);
    }
}
