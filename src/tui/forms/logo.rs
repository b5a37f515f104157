//! The logo papers show, and the font for what the built-in ones lack.

use super::{Field, Form, Read};
use crate::adapters::{files, trial};
use crate::services::trial::Kind;
use crate::tui::desk::{Action, Desk, Trouble};
use crate::tui::format::sentence;
use crate::tui::jobs::{Job, Outcome, Pace};
use crate::tui::reply::Reply;

/// Tries a file, which may take a while, beside the screen, and keeps it where papers can be printed with it.
fn tried(kind: Kind, bytes: Vec<u8>, desk: &Desk) -> Reply {
    let (title, keep) = match kind {
        Kind::Logo => ("Trying the logo", Action::SetLogo as fn(_) -> _),
        Kind::Font => ("Trying the font", Action::SetFont as fn(_) -> _),
    };
    let Ok(mut own) = desk.again() else {
        return match trial::tried(kind, &bytes) {
            Ok(()) => Reply::perform(keep(Some(bytes))),
            Err(why) => Reply::refuse(sentence(&why)),
        };
    };
    let work = move |_: &Pace| {
        trial::tried(kind, &bytes).map_err(|why| sentence(&why))?;
        let done = own.perform(keep(Some(bytes))).map_err(|error| Trouble::from(error).sentence().to_owned())?;
        Ok(Outcome::said(done.said))
    };
    Reply::All(vec![Reply::Close, Reply::Run(Job::new(title, work))])
}

/// Asks for a picture's file.
#[derive(Debug)]
pub struct LogoForm;

impl Form for LogoForm {
    fn title(&self) -> String {
        "Logo on papers".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::text("logo", "File").width(46)]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let what = match read.text("logo").as_str() {
            "" => "After saving: papers show the shop's name and no logo.",
            _ => "After saving: papers issued from now on show it; older ones stay.",
        };
        vec!["A PNG, JPEG or SVG picture of at most a million bytes; no file: no logo.".to_owned(), what.to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let file = read.text("logo");
        if file.is_empty() {
            return Some(Reply::perform(Action::SetLogo(None)));
        }
        Some(tried(Kind::Logo, read.parse("logo", files::picture)?, desk))
    }
}

/// Asks for a font's file.
#[derive(Debug)]
pub struct FontForm;

impl Form for FontForm {
    fn title(&self) -> String {
        "Font for other scripts".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::text("font", "File").width(46)]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let what = match read.text("font").as_str() {
            "" => "After saving: papers are printed with the built-in fonts alone.",
            _ => "After saving: the font stands beside those there are, for papers issued from now on.",
        };
        vec!["A .ttf, .otf or .ttc file, such as Noto Sans CJK; no file: no font.".to_owned(), what.to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let file = read.text("font");
        if file.is_empty() {
            return Some(Reply::perform(Action::SetFont(None)));
        }
        Some(tried(Kind::Font, read.parse("font", files::font)?, desk))
    }
}
