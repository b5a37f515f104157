//! The work queue: what waits for a person, and the rows behind each line.

use chrono::{NaiveDate, Timelike as _};
use serde_json::Value as Json;

use crate::domain::id::SubscriptionId;
use crate::domain::status::SubscriptionStatus;
use crate::services::left_to_set_up::{Left, left_to_set_up};
use crate::shown::standing::Standing;
use crate::tui::desk::reads::reports::stood::{Which, stood};
use crate::tui::desk::reads::{self, Page, SubscriptionFilter, SubscriptionSort, Today, TodayLine};
use crate::tui::desk::{self, Action, Desk, Trouble};
use crate::tui::dialogs::form::FormDialog;
use crate::tui::dialogs::picker::Picker;
use crate::tui::forms::setting;
use crate::tui::place::{Narrow, Place, Tab};
use crate::tui::reply::{Answer, Entry, Reply};
use crate::tui::things::subscription::change::{ChangeForm, Kind as ChangeKind};

/// How many rows a list that opens above the page shows.
const MOST: usize = 200;
/// Under these names the choices of those lists come back.
const SUBSCRIPTIONS: &str = "ending contract";
const CUSTOMERS: &str = "waiting customer";
const NEEDING: &str = "needs an asset";
const PAYMENTS: &str = "not invoiced";
const NOTES: &str = "follow up";
const FOLLOWED: &str = "followed up";

/// What waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Payments past due.
    Overdue,
    /// Payments due today.
    DueToday,
    /// Payments that failed.
    Failed,
    /// Money on its way.
    Processing,
    /// Lines of bank statements.
    BankLines,
    /// Invoices in review.
    ToReview,
    /// Payments due and not invoiced.
    Uninvoiced,
    /// Invoices that were not sent.
    Unsent,
    /// Messages to send.
    Messages,
    /// Contracts that end soon.
    Ending,
    /// Follow-ups from notes.
    FollowUps,
    /// Cards that end soon.
    EndingCards,
    /// Contracts without an asset.
    NeedingAsset,
    /// Customers without an address.
    MissingAddresses,
    /// Settings of the shop.
    SetUp,
}

/// One line of the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub kind: Kind,
    /// How many, how much, since when.
    pub what: TodayLine,
}

impl Kind {
    /// The mark and the words of a line.
    pub const fn words(self) -> (Standing, char, &'static str) {
        match self {
            Self::Overdue => (Standing::Overdue, '!', "Overdue - follow up"),
            Self::DueToday => (Standing::Pending, '.', "Due today"),
            Self::Failed => (Standing::Failed, 'x', "Failed - retry or call"),
            Self::Processing => (Standing::Processing, '~', "On its way - not cleared yet"),
            Self::BankLines => (Standing::Processing, '~', "Bank transfers to match"),
            Self::ToReview => (Standing::Waiting, '?', "Invoices to approve"),
            Self::Uninvoiced => (Standing::Waiting, '?', "Due, but not invoiced yet"),
            Self::Unsent => (Standing::Pending, '@', "Invoices not sent yet"),
            Self::Messages => (Standing::Pending, '@', "Messages to send"),
            Self::Ending => (Standing::Cancelled, '-', "Contracts ending within 30 days"),
            Self::FollowUps => (Standing::Pending, '*', "Follow-ups from customer notes"),
            Self::EndingCards => (Standing::Waiting, '?', "Cards ending within 60 days"),
            Self::NeedingAsset => (Standing::Waiting, '?', "Contracts that need an asset"),
            Self::MissingAddresses => (Standing::Waiting, '?', "Customers without billing address"),
            Self::SetUp => (Standing::Waiting, '?', "Things left to set up"),
        }
    }
}

/// The lines with something in them, in the order of urgency; so many things are left to set up.
pub fn lines(today: &Today, left: usize) -> Vec<Line> {
    let set_up = TodayLine { count: i64::try_from(left).unwrap_or(0), ..TodayLine::default() };
    let all = [
        (Kind::Overdue, &today.overdue),
        (Kind::DueToday, &today.due_today),
        (Kind::Failed, &today.failed),
        (Kind::Processing, &today.processing),
        (Kind::BankLines, &today.bank_lines),
        (Kind::ToReview, &today.to_review),
        (Kind::Uninvoiced, &today.uninvoiced),
        (Kind::Unsent, &today.unsent),
        (Kind::Messages, &today.messages),
        (Kind::Ending, &today.ending),
        (Kind::FollowUps, &today.follow_ups),
        (Kind::EndingCards, &today.ending_cards),
        (Kind::NeedingAsset, &today.needing_asset),
        (Kind::MissingAddresses, &today.missing_addresses),
        (Kind::SetUp, &set_up),
    ];
    let waiting = all.into_iter().filter(|(_, what)| what.count > 0);
    waiting.map(|(kind, what)| Line { kind, what: what.clone() }).collect()
}

fn rows(tab: Tab, view: &'static str) -> Reply {
    Reply::Go(Place::Rows(tab, Narrow { view: Some(view), ..Narrow::default() }))
}

/// Opens the rows behind a line.
pub fn open(line: &Line, desk: &Desk) -> Reply {
    match line.kind {
        Kind::Overdue => rows(Tab::Payments, "overdue"),
        Kind::DueToday => {
            let due = (Some(desk.today()), Some(desk.today()));
            Reply::Go(Place::Rows(Tab::Payments, Narrow { view: Some("open"), due, ..Narrow::default() }))
        }
        Kind::Failed => rows(Tab::Payments, "failed"),
        Kind::Processing => rows(Tab::Payments, "processing"),
        Kind::Uninvoiced => listed(PAYMENTS, "Due, but not invoiced yet", uninvoiced(desk)),
        Kind::ToReview => rows(Tab::Invoices, "drafts"),
        Kind::Unsent => {
            Reply::Go(Place::Rows(Tab::Invoices, Narrow { view: Some("open"), unsent: true, ..Narrow::default() }))
        }
        Kind::Messages => Reply::Go(Place::Page("messages")),
        Kind::BankLines => Reply::Go(Place::Page("bank import")),
        Kind::Ending => listed(SUBSCRIPTIONS, "Contracts ending within 30 days", ending(desk)),
        Kind::FollowUps => listed(NOTES, "Follow-ups", follow_ups(desk)),
        Kind::EndingCards => listed(CUSTOMERS, "Cards ending within 60 days", ending_cards(desk)),
        Kind::NeedingAsset => listed(NEEDING, "Contracts that need an asset - Enter assigns one", needing_asset(desk)),
        Kind::MissingAddresses => listed(CUSTOMERS, "Without billing address", without_address(desk)),
        Kind::SetUp => match left(desk) {
            Ok(left) => {
                Reply::open(Picker::short("", "Things left to set up", left.into_iter().map(form_of).collect()))
            }
            Err(trouble) => Reply::refuse(trouble.sentence()),
        },
    }
}

/// What papers and mails of the shop still lack; before there is a shop, its first pages ask.
pub fn left(desk: &Desk) -> Result<Vec<Left>, Trouble> {
    let Ok(shop) = desk.shop() else { return Ok(Vec::new()) };
    Ok(left_to_set_up(shop, desk.logo_size()?.is_some()))
}

/// Opens the form of its setting.
fn form_of(left: Left) -> Entry {
    Entry::acting(left.why, move |desk| setting::form_of(left.key, desk))
}

fn listed(asked: &'static str, title: &str, entries: Result<Vec<Entry>, Trouble>) -> Reply {
    match entries {
        Ok(entries) => Reply::open(Picker::new(asked, title, entries)),
        Err(trouble) => Reply::refuse(trouble.sentence()),
    }
}

fn ending(desk: &Desk) -> Result<Vec<Entry>, Trouble> {
    let (today, style) = (desk.today(), desk::style(desk));
    let until = crate::domain::calendar::add_days(today, 30);
    let filter = SubscriptionFilter {
        statuses: vec![SubscriptionStatus::Active, SubscriptionStatus::Paused, SubscriptionStatus::Suspended],
        ending: (Some(today), Some(until)),
        sort: SubscriptionSort::End,
        ..SubscriptionFilter::default()
    };
    let page = Page::first(MOST);
    let found = desk.read(|db| reads::subscriptions(db, &filter, &page, today))?.rows;
    let entry = |row: reads::SubscriptionRow| {
        let last = row.end_on.pred_opt().unwrap_or(row.end_on);
        let text = format!("{}  {}, {}", row.id.shown(), row.customer_name, row.product);
        Entry::new(row.id.to_string(), text).note(crate::tui::words::day(last, today, style))
    };
    Ok(found.into_iter().map(entry).collect())
}

fn needing_asset(desk: &Desk) -> Result<Vec<Entry>, Trouble> {
    let (today, style) = (desk.today(), desk::style(desk));
    let found = desk.read(|db| reads::needing_asset(db, MOST, today))?;
    let entry = |row: reads::SubscriptionRow| {
        let text = format!("{}  {}, {}", row.id.shown(), row.customer_name, row.product);
        Entry::new(row.id.to_string(), text).note(crate::tui::words::day(row.start_on, today, style))
    };
    Ok(found.into_iter().map(entry).collect())
}

/// The form that gives a contract an asset.
fn assign(id: SubscriptionId, desk: &Desk) -> Option<Reply> {
    let page = desk.read(|db| reads::subscription_page(db, id, desk.today())).ok().flatten()?;
    Some(Reply::open(FormDialog::new(ChangeForm::new(ChangeKind::Replace, &page), desk)))
}

fn uninvoiced(desk: &Desk) -> Result<Vec<Entry>, Trouble> {
    let (today, style) = (desk.today(), desk::style(desk));
    let found = desk.read(|db| {
        let rows = stood(db, Which::NotInvoiced, today, &reads::Whose::Everybody)?;
        let ids: Vec<_> = rows.iter().take(MOST).map(|row| row.payment).collect();
        reads::payments_by_id(db, &ids)
    })?;
    let entry = |row: reads::PaymentRow| {
        let note = format!("{}   {}", style.long_date(row.due_on), style.amount(row.open));
        Entry::new(row.id.to_string(), format!("P-{}  {}, {}", row.id, row.customer_name, row.text)).note(note)
    };
    Ok(found.into_iter().map(entry).collect())
}

fn follow_ups(desk: &Desk) -> Result<Vec<Entry>, Trouble> {
    let (today, style) = (desk.today(), desk::style(desk));
    let found = desk.read(|db| reads::follow_ups(db, today, MOST))?;
    let entry = |note: reads::NoteRow| {
        let what = if note.follow_up_action.is_empty() { &note.summary } else { &note.follow_up_action };
        let text = format!("{}: {what}", note.customer_name);
        let since = note.follow_up_on.map(|on| crate::tui::words::day(on, today, style)).unwrap_or_default();
        Entry::new(format!("{} {}", note.id, note.customer_id), text).note(since)
    };
    Ok(found.into_iter().map(entry).collect())
}

fn ending_cards(desk: &Desk) -> Result<Vec<Entry>, Trouble> {
    let months = crate::domain::expiry::Expiry::to_renew(desk.today());
    let found = desk.read(|db| reads::ending_cards(db, months, MOST))?;
    let entry = |one: reads::EndingCard| {
        let over = one.card.expires.is_some_and(|month| month.is_over(desk.today()));
        let note = if over { "has ended" } else { "" };
        Entry::new(one.customer.to_string(), format!("{}: {}", one.customer_name, one.card.words())).note(note)
    };
    Ok(found.into_iter().map(entry).collect())
}

fn without_address(desk: &Desk) -> Result<Vec<Entry>, Trouble> {
    let found = desk.read(|db| reads::customers_by_id(db, &reads::without_address(db, MOST)?, desk.today()))?;
    Ok(found.into_iter().map(|row| Entry::new(row.id.to_string(), row.name).note(row.email)).collect())
}

/// Opens what was chosen in one of those lists; `None` when the answer is another's.
pub fn chosen(answer: &Answer, desk: &Desk) -> Option<Reply> {
    if answer.asked == NEEDING {
        return assign(answer.key.parse().ok()?, desk);
    }
    let place = match answer.asked {
        SUBSCRIPTIONS => answer.key.parse().ok().map(Place::Subscription),
        PAYMENTS => answer.key.parse().ok().map(Place::Payment),
        CUSTOMERS => answer.key.parse().ok().map(Place::Customer),
        NOTES => {
            let (note, customer) = answer.key.split_once(' ')?;
            let entries = vec![
                Entry::new(format!("done {note}"), "It is done"),
                Entry::new(format!("open {customer}"), "Open the customer"),
            ];
            return Some(Reply::open(Picker::short(FOLLOWED, answer.text.clone(), entries)));
        }
        FOLLOWED => {
            return match answer.key.split_once(' ')? {
                ("done", note) => note.parse().ok().map(|note| Reply::perform(Action::FollowUp(note))),
                (_, customer) => customer.parse().ok().map(|id| Reply::Go(Place::Customer(id))),
            };
        }
        _ => None,
    };
    place.map(Reply::Go)
}

/// The lines at the top: a greeting, and what the pass did.
pub fn greeting(today: &Today, desk: &Desk) -> Vec<String> {
    let zone = desk.shop().map_or(chrono_tz::UTC, |shop| shop.time_zone);
    let now = desk.outside().now().with_timezone(&zone);
    let part = match now.hour() {
        5..12 => "morning",
        12..18 => "afternoon",
        _ => "evening",
    };
    let name = crate::tui::format::sentence(&desk.operator().name);
    let hello = format!("Good {part}, {}.", name.trim_end_matches('.'));
    if today.last_pass_on != Some(desk.today()) {
        let last = today.last_pass_on.map(|on| format!(" It last ran for {}.", weekday(on, desk)));
        let why = format!("Today's billing has not run yet: F5 runs it.{}", last.unwrap_or_default());
        return vec![hello, why];
    }
    let done = today.last_pass.first().and_then(|row| serde_json::from_str::<Json>(&row.details).ok());
    let done = done.unwrap_or_default();
    let since: Option<NaiveDate> = done["since"].as_str().and_then(|day| day.parse().ok());
    let since = since.filter(|since| *since != desk.today());
    let since = since.map_or_else(String::new, |since| format!(" Since {}", weekday(since, desk)));
    let steps = steps(&done);
    if steps.is_empty() {
        let nothing =
            if since.is_empty() { " Nothing new is due.".to_owned() } else { format!("{since} nothing new came due.") };
        return vec![format!("{hello}{nothing}")];
    }
    let since = if since.is_empty() { " Today".to_owned() } else { since };
    vec![format!("{hello}{since} rentbook prepared today's work:"), format!("{}.", steps.join(", "))]
}

/// What the pass did, in words.
fn steps(done: &Json) -> Vec<String> {
    let counted = |key: &str, one: &str, many: &str| {
        let count = done[key].as_i64().unwrap_or(0);
        (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
    };
    [
        counted("materialised", "payment was prepared", "payments were prepared"),
        counted("invoices_issued", "invoice was issued", "invoices were issued"),
        counted("became_overdue", "invoice became overdue", "invoices became overdue"),
        counted("subscriptions_ended", "contract ended", "contracts ended"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn weekday(day: NaiveDate, desk: &Desk) -> String {
    format!("{} {}", day.format("%a"), crate::tui::words::day(day, desk.today(), desk::style(desk)))
}
