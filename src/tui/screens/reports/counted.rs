//! The rows a figure was added up from, with their count and sum above them; Enter opens one.

use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::id::{InvoiceId, PaymentId, ReceiptId, SubscriptionId};
use crate::domain::money::Money;
use crate::services::StoreError;
use crate::tui::desk::reads::reports::{Counted, Figure, Period, Thing, behind, named};
use crate::tui::desk::reads::{self, SegmentRow, Whose};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::dialogs::picker::Picker;
use crate::tui::place::Place;
use crate::tui::reply::{Entry, Reply};
use crate::tui::words;

/// Under this name the chosen row comes back.
pub(super) const ROW: &str = "row behind a figure";
/// How many rows are listed; count and sum are always of all.
const MOST: usize = 1000;

/// Whose rows.
pub(super) struct Asked<'a> {
    pub(super) figure: Figure,
    pub(super) period: Period,
    pub(super) currency: Currency,
    pub(super) segment: Option<&'a SegmentRow>,
}

/// Lists the rows of a figure.
pub(super) fn open(name: &str, asked: &Asked, style: Style, desk: &Desk) -> Reply {
    let read = desk.read(|db| {
        let whose = Whose::within(db, asked.segment.map(|row| &row.filter), desk.today())?;
        let rows = behind(db, asked.figure, asked.period, asked.currency, &whose)?;
        let names = named(db, &rows[rows.len().saturating_sub(MOST)..])?;
        Ok::<_, StoreError>((rows, names))
    });
    let (rows, names) = match read {
        Ok(read) => read,
        Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
    };
    let sum = Money::new(rows.iter().map(|row| row.amount.minor()).sum(), asked.currency);
    let count = words::count(i64::try_from(rows.len()).unwrap_or(i64::MAX), "row");
    if rows.is_empty() {
        return Reply::say(format!("{name}: there is nothing behind it."));
    }
    let more = if rows.len() > MOST { format!(", the newest {MOST} here") } else { String::new() };
    // The name last: where the rows are narrow, it is what can be cut.
    let title = format!("{count} = {}{more}: {name}", words::money(style, sum));
    let entry = |row: &Counted| {
        let text = names.get(&row.thing).cloned().unwrap_or_default();
        let note = format!("{}   {}", style.long_date(row.on), style.amount(row.amount));
        Entry::new(key(row.thing), text).note(note)
    };
    // The newest first, as they are asked about.
    Reply::open(Picker::new(ROW, title, rows.iter().rev().take(MOST).map(entry).collect()))
}

fn key(thing: Thing) -> String {
    match thing {
        Thing::Payment(id) => format!("payment {id}"),
        Thing::Invoice(id) => format!("invoice {id}"),
        Thing::Receipt(id) => format!("receipt {id}"),
        Thing::Subscription(id) => format!("subscription {id}"),
    }
}

/// Opens the row that was chosen.
pub(super) fn go(key: &str, desk: &Desk) -> Reply {
    let place = key.split_once(' ').and_then(|(thing, id)| match thing {
        "payment" => id.parse().ok().map(|id| Place::Payment(PaymentId(id))),
        "invoice" => id.parse().ok().map(|id| Place::Invoice(InvoiceId(id))),
        "subscription" => id.parse().ok().map(|id| Place::Subscription(SubscriptionId(id))),
        "receipt" => payer(ReceiptId(id.parse().ok()?), desk),
        _ => None,
    });
    place.map_or(Reply::Nothing, Reply::Go)
}

/// A receipt has no page: its payer's shows it.
fn payer(receipt: ReceiptId, desk: &Desk) -> Option<Place> {
    let head = desk.read(|db| reads::receipt_head(db, receipt)).ok().flatten()?;
    Some(match head.payer {
        crate::services::Payer::Customer(id) => Place::Customer(id),
        crate::services::Payer::Group(id) => Place::Group(id),
    })
}
