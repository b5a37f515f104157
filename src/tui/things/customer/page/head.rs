//! What stands above the sections, and beside them on a wide screen.

use chrono::NaiveDate;

use crate::domain::customer::CustomerKind;
use crate::domain::format::Style;
use crate::services::reads::{CustomerPage, Preferences};
use crate::tui::theme::Ink;
use crate::tui::widgets::record::{Head, Pieces, name, plain};
use crate::tui::words;

/// Name, kind, terms and group in the border; three lines below it.
pub(super) fn head(page: &CustomerPage, style: Style, today: NaiveDate) -> Head {
    let row = &page.row;
    let mut title = vec![row.name.clone(), row.kind.word().to_owned()];
    if let (CustomerKind::Business, Some(days)) = (row.kind, page.terms_days) {
        title.push(format!("Net {days}"));
    }
    title.extend((!page.tax.pays()).then(|| page.tax.word().to_owned()));
    title.extend(row.group_name.as_ref().map(|group| format!("Group {group}")));
    let since = match row.closed_on {
        _ if page.erased_on.is_some() => {
            format!("erased {}", page.erased_on.map(|day| style.long_date(day)).unwrap_or_default())
        }
        Some(day) => format!("closed {}", style.long_date(day)),
        None => format!("customer since {}", style.long_date(row.joined_on)),
    };
    Head {
        title: title.join(", "),
        state: since,
        lines: vec![reached(page), figures(page, style), owes(page, style, today)],
    }
}

fn reached(page: &CustomerPage) -> Pieces {
    let row = &page.row;
    let person = [page.first_name.as_str(), page.last_name.as_str()].join(" ");
    let person = if row.kind == CustomerKind::Business { person.trim() } else { "" };
    let contact = if page.contact_person.is_empty() { person } else { page.contact_person.as_str() };
    let mut pieces = Vec::new();
    for part in [contact, row.email.as_str(), row.phone.as_str()].into_iter().filter(|part| !part.is_empty()) {
        pieces.push(plain(format!("{part}   ")));
    }
    for (label, value) in [("VAT", &page.vat_number), ("Reg", &page.registration_number)] {
        if !value.is_empty() {
            pieces.extend([name(format!("{label} ")), plain(format!("{value}  "))]);
        }
    }
    if pieces.is_empty() {
        pieces.push(("Neither email nor phone is known. F2 adds them.".to_owned(), Ink::Dim));
    }
    pieces
}

fn figures(page: &CustomerPage, style: Style) -> Pieces {
    let row = &page.row;
    let average = page.average_subscription_value.map_or_else(|| "-".to_owned(), |money| style.amount(money));
    vec![
        name("Lifetime "),
        plain(format!("{}   ", style.amount(row.lifetime_value))),
        name("Monthly "),
        plain(format!("{}   ", style.amount(page.monthly_income))),
        name("Average sub. "),
        plain(format!("{average}   ")),
        name("Subscr. "),
        plain(format!("{} of {}", row.active_subscriptions, row.subscriptions)),
    ]
}

fn owes(page: &CustomerPage, style: Style, today: NaiveDate) -> Pieces {
    let row = &page.row;
    let mut pieces = vec![name("Owes ")];
    match page.oldest_overdue_on.map(|due| (today - due).num_days()) {
        Some(days) => {
            pieces.push((style.amount(row.outstanding), Ink::Bad));
            pieces.push((format!(" (! {} overdue {days} d)", style.amount(row.overdue)), Ink::Bad));
        }
        None => pieces.push(plain(style.amount(row.outstanding))),
    }
    pieces.extend([name("   Credit "), plain(style.amount(row.credit))]);
    let wishes = wished(&page.preferences);
    if !wishes.is_empty() {
        pieces.extend([name("   Prefers "), plain(wishes)]);
    }
    pieces
}

/// What a customer prefers: what, and how.
pub(super) fn wishes(wishes: &Preferences) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    said.extend(wishes.method.map(|method| ("Pays by", method.word().to_lowercase())));
    said.extend(wishes.months.map(|months| ("Contract", words::count(months, "month"))));
    said.extend(wishes.frequency.map(|frequency| ("Billed", format!("every {}", frequency.word()))));
    let channel = wishes.channel.as_deref();
    let channel =
        channel.map(|channel| if channel == "none" { "no messages".to_owned() } else { format!("by {channel}") });
    said.extend(channel.map(|channel| ("Is written to", channel)));
    said.extend((!wishes.text.is_empty()).then(|| ("Likes", wishes.text.clone())));
    said
}

/// All of it in one line.
fn wished(preferences: &Preferences) -> String {
    wishes(preferences).into_iter().map(|(_, how)| how).collect::<Vec<_>>().join(", ")
}

/// Where invoices go, for the line below the page.
pub(super) fn billing(page: &CustomerPage) -> String {
    let failed = match page.failed_count {
        0 => String::new(),
        many => format!("  {} this year.", words::count(many, "failed payment")),
    };
    match &page.billing_address {
        Some(address) => format!("Billing address {}.{failed}", address.address().one_line()),
        None => format!("No billing address yet: F9 adds one.{failed}"),
    }
}

/// The facts beside the sections on a wide screen.
pub(super) fn facts(page: &CustomerPage, style: Style) -> Vec<(&'static str, String)> {
    let row = &page.row;
    let mut facts = vec![
        (
            "Billing address",
            page.billing_address.as_ref().map_or_else(|| "none yet".to_owned(), |row| row.address().one_line()),
        ),
        ("Class", page.class_name.clone()),
    ];
    let contact = page.contact_person.clone();
    facts.extend((!contact.is_empty()).then_some(("Contact", contact)));
    let emails = page.invoice_emails.clone();
    facts.extend((!emails.is_empty()).then_some(("Invoices to", emails)));
    facts.extend(row.group_name.clone().map(|group| ("Billing group", group)));
    let wishes = wished(&page.preferences);
    facts.extend((!wishes.is_empty()).then_some(("Prefers", wishes)));
    if !page.tax.pays() {
        let why = if page.tax_reason.is_empty() { String::new() } else { format!(": {}", page.tax_reason) };
        facts.push(("Tax", format!("{}{why}", page.tax.word())));
    }
    let merged = page.merged.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("; ");
    facts.extend((!merged.is_empty()).then_some(("Merged into it", merged)));
    facts.push(("Failed this year", page.failed_count.to_string()));
    if let Some(note) = &page.latest_note {
        facts.push((
            "Latest note",
            format!("{}, {} ({}): {}", style.long_date(note.noted_on), note.kind, note.operator, note.summary),
        ));
    }
    if let Some(note) = &page.follow_up {
        let on = note.follow_up_on.map(|on| style.long_date(on)).unwrap_or_default();
        facts.push(("Follow-up", format!("{on}: {}", note.follow_up_action)));
    }
    facts
}
