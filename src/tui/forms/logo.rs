//! The logo papers show.

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
        vec!["A PNG or JPEG picture of at most a million bytes; no file: no logo.".to_owned(), what.to_owned()]
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
