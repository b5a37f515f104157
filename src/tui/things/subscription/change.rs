//! A subscription changes: one form a change, and below its fields what would come of it, tried out on the book.

mod fields;

use crate::domain::contract::{Condition, RunningPeriod};
use crate::domain::frequency::Frequency;
use crate::domain::id::{SubscriptionId, VariantId};
use crate::domain::{text, typed};
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::order::ItemDraft;
use crate::services::actions::subscription::{Change, ChangeDraft};
use crate::services::reads::SubscriptionPage;
use crate::tui::desk::{self, Action, Desk, Outcome};
use crate::tui::forms::{Field, Form, Item, Read, Subject, Trial, lookups, told};
use crate::tui::reply::{Question, Reply};
use crate::tui::{format, words};

/// The cells a sentence of the effect may take.
const WIDE: usize = 68;

/// What changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Nothing is owed from a day on.
    Cancel,
    /// Not billed for a while.
    Pause,
    /// Billed again.
    Resume,
    /// Runs longer.
    Extend,
    /// Another price.
    Reprice,
    /// Another asset.
    Replace,
    /// Another subscription takes its place.
    Upgrade,
    /// The asset comes back early.
    ReturnEarly,
    /// The customer buys the asset.
    BuyOut,
    /// Another place.
    Ship,
}

impl Kind {
    /// What its entry says.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cancel => "Cancel from a day",
            Self::Pause => "Pause the billing",
            Self::Resume => "Resume the billing",
            Self::Extend => "Extend the contract",
            Self::Reprice => "Change the price",
            Self::Replace => "Replace the asset",
            Self::Upgrade => "Upgrade to something else",
            Self::ReturnEarly => "Early return",
            Self::BuyOut => "Buyout",
            Self::Ship => "Ship it elsewhere",
        }
    }
}

/// The form of a change.
#[derive(Debug)]
pub struct ChangeForm {
    kind: Kind,
    id: SubscriptionId,
    version: i64,
    page: Box<SubscriptionPage>,
}

impl ChangeForm {
    /// The form for a subscription as its page shows it.
    pub fn new(kind: Kind, page: &SubscriptionPage) -> Self {
        Self { kind, id: page.row.id, version: page.version, page: Box::new(page.clone()) }
    }

    /// What is filled in, as a change.
    fn change(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Change> {
        let style = desk::style(desk);
        let currency = self.page.row.price.currency();
        let line = |text: &str| text::clean_line(text, 300);
        Some(match self.kind {
            Kind::Cancel => {
                let (from, reason) = (read.date("from"), read.parse("reason", line));
                let running = read.chosen::<RunningPeriod>("running");
                Change::Cancel { from: from?, running: Some(running?), refund: read.is_on("refund"), reason: reason? }
            }
            Kind::Pause => {
                let (from, to) = (read.date("from"), read.date_if_any("to"));
                Change::Pause { from: from?, to: to? }
            }
            Kind::Resume => Change::Resume { on: read.date("on")? },
            Kind::Extend => Change::Extend { months: read.parse("months", months)? },
            Kind::Reprice => {
                let (price, from) = (read.amount("price", style, currency), read.date_if_any("from"));
                Change::Reprice { price: price?.to_string(), from: from? }
            }
            Kind::Replace => {
                let (serial, on) = (read.chosen::<String>("serial"), read.date("on"));
                let reason = read.parse("reason", line);
                Change::Replace { serial: serial?, on: on?, retire: read.is_on("retire"), reason: reason? }
            }
            Kind::Upgrade => Change::Upgrade { item: Box::new(self.item(read, desk)?) },
            Kind::ReturnEarly => {
                let (on, condition) = (read.date("on"), read.chosen::<Condition>("condition"));
                let percent = read.parse("percent", typed::percent);
                let (note, waive) = (read.parse("note", line), read.parse("waive", line));
                let percent = percent?.to_string();
                Change::ReturnEarly { on: on?, percent, condition: condition?, note: note?, waive: waive? }
            }
            Kind::BuyOut => Change::BuyOut { residual: read.amount("residual", style, currency)?.to_string() },
            Kind::Ship => Change::Ship { to: lookups::ship_to(read)? },
        })
    }

    fn item(&self, read: &mut Read<'_>, desk: &Desk) -> Option<ItemDraft> {
        let (style, currency) = (desk::style(desk), self.page.row.price.currency());
        let variant = read.chosen::<VariantId>("variant");
        let serial = read.chosen_if_any::<String>("asset");
        let months = read.parse("months", months);
        let frequency = read.chosen::<Frequency>("every");
        let price = read.amount_if_any("price", style, currency);
        let start_on = read.date("start_on");
        let deposit = read.amount_if_any("deposit", style, currency);
        let plain =
            |money: Option<crate::domain::money::Money>| money.map(|money| money.to_string()).unwrap_or_default();
        Some(ItemDraft {
            variant: variant?,
            quantity: 1,
            serial: serial?.unwrap_or_default(),
            months: months?,
            frequency: frequency?,
            start_on: start_on?,
            anchor_day: None,
            price: plain(price?),
            deposit: plain(deposit?),
            ship_to: ShipTo::Usual,
        })
    }

    fn action(&self, change: Change) -> Action {
        let draft = ChangeDraft { subscription: self.id, version: Some(self.version), change };
        Action::ChangeSubscription(Box::new(draft))
    }
}

fn months(text: &str) -> Result<u32, &'static str> {
    text.trim().parse().map_err(|_| "write a number of months, such as 12")
}

impl Form for ChangeForm {
    fn title(&self) -> String {
        self.kind.word().to_owned()
    }

    fn subject(&self) -> Subject {
        Subject { what: self.id.shown(), whose: self.page.row.customer_name.clone(), amount: String::new() }
    }

    fn head(&self, desk: &Desk) -> Vec<String> {
        let (row, style) = (&self.page.row, desk::style(desk));
        let last = row.end_on.pred_opt().unwrap_or(row.end_on);
        let what = match &row.serial {
            Some(serial) => crate::domain::line_text::named(&row.product, serial),
            None => row.product.clone(),
        };
        vec![
            format!("{}   {what}", row.customer_name),
            format!("{} a month until {}", words::money(style, row.price), style.long_date(last)),
        ]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        fields::of(self.kind, &self.page, desk)
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        fields::items(name, typed, &self.page, desk)
    }

    fn trial(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Trial> {
        let action = self.action(self.change(read, desk)?);
        Some(Box::new(move |desk| {
            let tried = desk.try_out(&action, |_, done| Ok(done.outcome.clone()));
            let said = tried.map(|outcome| match outcome {
                Outcome::Subscription(changed) => {
                    let all = changed.effect.iter().flat_map(|sentence| format::wrap(&format!("- {sentence}"), WIDE));
                    std::iter::once("After saving:".to_owned()).chain(all).collect()
                }
                _ => Vec::new(),
            });
            told(said, |why| format::wrap(&format!("! {why}"), WIDE))
        }))
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let change = self.change(read, desk)?;
        let gives_back = matches!(change, Change::Cancel { refund: true, .. });
        let action = self.action(change);
        if !gives_back {
            return Some(Reply::perform(action));
        }
        let style = desk::style(desk);
        let freed = match desk.try_out(&action, |_, done| Ok(done.outcome.clone())) {
            Ok(Outcome::Subscription(changed)) if !changed.freed.is_zero() => changed.freed,
            _ => return Some(Reply::perform(action)),
        };
        let line = format!("{} goes back to the payer. Pay it out, then say yes.", words::money(style, freed));
        let subject = Subject::new(self.id.shown(), &self.page.row.customer_name, freed, style);
        let mut question = Question::dangerous(&subject.heading("Money goes back"), &line, Reply::perform(action));
        (question.yes, question.no) = ("It goes back", "Not now");
        Some(Reply::ask(question))
    }
}
