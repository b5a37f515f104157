//! Who had an asset when.

use crate::domain::format::Style;
use crate::services::DeskError;
use crate::services::reads::{AssetRow, Stay, stays};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::dialogs::text::Text;
use crate::tui::reply::Reply;

/// Opens the history of an asset.
pub fn open(row: &AssetRow, style: Style, desk: &Desk) -> Reply {
    match desk.read(|db| stays(db, row.id).map_err(DeskError::from)).map_err(Trouble::from) {
        Ok(stays) if stays.is_empty() => Reply::say(format!("{} was never rented.", row.serial)),
        Ok(stays) => {
            let lines: Vec<String> = stays.iter().map(|stay| line(stay, style)).collect();
            Reply::open(Text::new(format!("Who had {}", row.serial), lines.join("\n")))
        }
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

fn line(stay: &Stay, style: Style) -> String {
    let until = stay.to.map_or_else(|| "now".to_owned(), |to| style.long_date(to.pred_opt().unwrap_or(to)));
    let why = if stay.reason.is_empty() { String::new() } else { format!("  ({})", stay.reason) };
    let from = style.long_date(stay.from);
    format!("{from} - {until:<11}  {}  {}{why}", stay.subscription.shown(), stay.customer_name)
}
