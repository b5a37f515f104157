//! A tax rate changed by law; what it reaches is counted while one types.

use super::{Field, Form, Read, Trial, told};
use crate::domain::typed;
use crate::services::actions::tax_change::RateDraft;
use crate::tui::desk::{self, Action, Desk};
use crate::tui::format;
use crate::tui::reply::Reply;

/// Columns of what saving will do.
const WIDE: usize = 60;

/// Which rate becomes which, and when.
#[derive(Debug)]
pub struct TaxRateForm;

impl TaxRateForm {
    fn draft(read: &mut Read<'_>) -> Option<RateDraft> {
        let (from, to, on) = (read.parse("from", typed::percent), read.parse("to", typed::percent), read.date("on"));
        Some(RateDraft { from: from?.to_string(), to: to?.to_string(), on: on? })
    }
}

impl Form for TaxRateForm {
    fn title(&self) -> String {
        "Tax rate changed by law".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec!["Contracts that run follow; what is billed keeps its rate.".to_owned()]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let now = desk.shop().map(|shop| shop.tax.to_string()).unwrap_or_default();
        vec![
            Field::text("from", "Rate now, percent").with(&now).width(10),
            Field::text("to", "New rate, percent").width(10),
            Field::date("on", "From", None, desk.today(), desk::style(desk)),
        ]
    }

    fn begins(&self, _fields: &[Field]) -> Option<std::borrow::Cow<'static, str>> {
        Some("to".into())
    }

    fn trial(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Trial> {
        let action = Action::ChangeTaxRate(Self::draft(read)?);
        Some(Box::new(move |desk| {
            let said = desk.try_out(&action, |_, done| Ok(done.said.clone()));
            let said = said.map(|said| format::wrap(&format!("After saving: {said}"), WIDE));
            told(said, |why| format::wrap(&format!("! {why}"), WIDE))
        }))
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        Some(Reply::perform(Action::ChangeTaxRate(Self::draft(read)?)))
    }
}
