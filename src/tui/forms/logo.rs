//! The logo papers show, and the font for what the built-in ones lack.

use super::{Field, Form, Read};
use crate::adapters::files;
use crate::tui::desk::{Action, Desk};
use crate::tui::reply::Reply;

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

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let file = read.text("logo");
        if file.is_empty() {
            return Some(Reply::perform(Action::SetLogo(None)));
        }
        let picture = read.parse("logo", files::picture)?;
        Some(Reply::perform(Action::SetLogo(Some(picture))))
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
            _ => "After saving: the font is copied into the book, for papers issued from now on.",
        };
        vec!["A .ttf, .otf or .ttc file, such as Noto Sans CJK; no file: no font.".to_owned(), what.to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let file = read.text("font");
        if file.is_empty() {
            return Some(Reply::perform(Action::SetFont(None)));
        }
        let font = read.parse("font", files::font)?;
        Some(Reply::perform(Action::SetFont(Some(font))))
    }
}
