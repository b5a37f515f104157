//! The fields of each change, filled in as far as they are known, and the lists behind them.

use super::Kind;
use crate::domain::contract::{Condition, RunningPeriod};
use crate::domain::frequency::Frequency;
use crate::domain::id::VariantId;
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::services::DeskError;
use crate::services::reads::{AssetFilter, Page, SubscriptionPage, VariantFilter, assets, variants};
use crate::tui::desk::{self, Desk};
use crate::tui::forms::{Field, Item, lookups};
use crate::tui::words;

/// How many a list offers.
const OFFERED: usize = 40;

/// The fields of a change.
pub(super) fn of(kind: Kind, page: &SubscriptionPage, desk: &Desk) -> Vec<Field> {
    let (today, style) = (desk.today(), desk::style(desk));
    let code = page.row.price.currency().code().to_owned();
    let day = |name, label, day| Field::date(name, label, day, today, style);
    let start = today.max(page.row.start_on);
    match kind {
        Kind::Cancel => {
            let rule = desk.shop().map_or(RunningPeriod::default(), |shop| shop.cancel_running);
            let items = vec![
                Item::new(RunningPeriod::Prorate.code(), "days left given back"),
                Item::new(RunningPeriod::Keep.code(), "owed to its end"),
            ];
            vec![
                day("from", "Not owed from", Some(start)),
                Field::choice("running", "Running period", items, rule.code()),
                Field::check("refund", "Refund", false).hint("what was paid goes back at once"),
                Field::text("reason", "Reason"),
            ]
        }
        Kind::Pause => vec![
            day("from", "Not billed from", Some(start)),
            day("to", "Bills again on", None).hint("empty: until it is resumed"),
        ],
        Kind::Resume => vec![day("on", "Bills again on", Some(today))],
        Kind::Extend => vec![Field::text("months", "Months more").with("12").width(6)],
        Kind::Reprice => vec![
            Field::amount("price", "New price").hint(format!("{code} a month, {}", page.prices_are.word())),
            day("from", "From", page.row.next_start_on).hint("from the period that starts then"),
        ],
        Kind::Replace => vec![
            Field::lookup("serial", "New serial no.", None).width(24),
            day("on", "When", Some(today)),
            Field::check("retire", "Retire the old", false).hint("else it is back in stock"),
            Field::text("reason", "Reason"),
        ],
        Kind::Upgrade => upgrade(page, desk),
        Kind::ReturnEarly => {
            let rate = desk.shop().map(|shop| shop.early_return.to_string()).unwrap_or_default();
            let states = Condition::ALL.iter().map(|one| Item::new(one.code(), one.word())).collect();
            vec![
                day("on", "Came back on", Some(today)),
                Field::choice("condition", "Condition", states, Condition::default().code()),
                Field::text("note", "About it"),
                Field::amount("percent", "Fee").with(rate).width(8).hint("% of the rent of the months left"),
                Field::text("waive", "No fee, because"),
            ]
        }
        Kind::BuyOut => {
            let left = page.recovery.cost.map_or(0, |cost| cost.minor() - page.recovery.received.minor());
            let residual = Money::new(left.max(0), page.row.price.currency());
            let hint = format!("{code}; not recovered {}", style.amount(residual));
            vec![Field::amount("residual", "Residual value").hint(hint)]
        }
        Kind::Ship => {
            let now = page.shipping_address.as_ref().map(|at| Item::new(at.id.to_string(), at.one_line()));
            vec![Field::lookup("ship_to", "Ship to", now.as_ref()).hint(lookups::BILLING)]
        }
    }
}

fn upgrade(page: &SubscriptionPage, desk: &Desk) -> Vec<Field> {
    let (today, style) = (desk.today(), desk::style(desk));
    let every = Frequency::ALL.iter().map(|one| Item::new(one.code(), one.word())).collect();
    vec![
        Field::lookup("variant", "To what", None),
        Field::lookup("asset", "Serial no.", None).width(24).hint("empty: the next free one"),
        Field::text("months", "Months").with("12").width(6),
        Field::choice("every", "Every", every, page.row.frequency.code()),
        Field::amount("price", "Price a month").hint(format!("{}; empty: list price", desk::with_tax(desk))),
        Field::date("start_on", "From", Some(today), today, style),
        Field::amount("deposit", "Deposit"),
    ]
}

/// The values of a lookup: what is offered, and assets that are free.
pub(super) fn items(name: &str, typed: &str, page: &SubscriptionPage, desk: &Desk) -> Vec<Item> {
    let style = desk::style(desk);
    match name {
        "variant" => {
            let filter =
                VariantFilter { query: typed.to_owned(), withdrawn: false, currency: Some(page.row.price.currency()) };
            let found = desk.read(|db| variants(db, &filter, &Page::first(OFFERED)).map_err(DeskError::from));
            let item = |row: &crate::services::reads::VariantRow| {
                let note = format!("{} free   {} / month", row.free_count, words::money(style, row.price));
                Item::new(row.id.to_string(), format!("{}, {}", row.product, row.name)).note(note)
            };
            found.map(|slice| slice.rows.iter().map(item).collect()).unwrap_or_default()
        }
        "serial" => free(Some(page.row.variant_id), typed, desk),
        "asset" => free(None, typed, desk),
        "ship_to" => lookups::addresses(page.row.customer_id, name, typed, desk),
        _ => Vec::new(),
    }
}

fn free(variant: Option<VariantId>, typed: &str, desk: &Desk) -> Vec<Item> {
    let filter = AssetFilter { query: typed.to_owned(), variant, state: Some(AssetState::InStock) };
    let found = desk.read(|db| assets(db, &filter, &Page::first(OFFERED)).map_err(DeskError::from));
    let item = |row: &crate::services::reads::AssetRow| Item::new(&row.serial, &row.serial).note(&row.product);
    found.map(|slice| slice.rows.iter().map(item).collect()).unwrap_or_default()
}
