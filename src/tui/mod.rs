//! The terminal.
//!
//! A key comes in through [`event`], means a [`command`] in the [`keymap`], and goes to the dialog or page on top,
//! which answers with a [`reply`]; only [`app`] acts on it, through the seam [`desk`]. Then all is drawn again.
//!
//! | module | what |
//! |---|---|
//! | `start` | how it begins: the book is opened, or the first page asks |
//! | [`run`] | the loop |
//! | [`app`] | carries out replies; the stack of pages and dialogs; header, message, footer |
//! | [`reply`] | what passes between app, screens and dialogs: the traits `Screen` and `Dialog` |
//! | [`event`], [`keymap`], [`command`] | keys, mouse, paste, size; the one table of keys; what they mean |
//! | [`terminal`] | entering and leaving, signals, panics, clipboard, viewer |
//! | [`theme`], `format` | looks; text in cells |
//! | [`jobs`], [`job_report`], [`beside`] | long work, what it tells, and long reads, on threads of their own |
//! | [`place`], [`desk`] | where one can go; the seam to the services floor |
//! | [`upkeep`] | work for the book itself: a backup |
//! | [`entering`] | the way to a book, and into its day |
//! | [`words`] | how a payment or invoice reads |
//! | [`synonyms`], [`guide`] | everyday words for what can be done; what each page is for, and how its jobs are done |
//! | [`screens`] → [`things`] → [`page`], [`forms`] → [`dialogs`] → [`widgets`] | what is shown; an import goes to the right, never back |

pub mod app;
pub mod beside;
pub mod command;
pub mod desk;
pub mod dialogs;
pub mod entering;
pub mod event;
pub mod format;
pub mod forms;
pub mod guide;
pub mod job_report;
pub mod jobs;
pub mod keymap;
pub mod log;
pub mod page;
pub mod paper;
pub mod path;
pub mod place;
pub mod reply;
pub mod run;
pub mod screens;
pub mod start;
pub mod synonyms;
pub mod terminal;
pub mod theme;
pub mod things;
pub mod upkeep;
pub mod widgets;
pub mod words;

pub use start::{Options, StartError, start};
