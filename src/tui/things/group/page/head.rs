//! What stands above the sections: who the group is and how it pays.

use crate::domain::format::Style;
use crate::tui::desk::reads::{GroupPage, Performance};
use crate::tui::theme::Ink;
use crate::tui::widgets::record::Head;
use crate::tui::words;

/// Name, terms, and four lines.
pub(super) fn head(page: &GroupPage, style: Style) -> Head {
    let row = &page.row;
    let tax = if page.tax_number.is_empty() { String::new() } else { format!("VAT {}", page.tax_number) };
    let address = page.address.replace('\n', ", ");
    let email = if page.invoice_emails.is_empty() { &row.email } else { &page.invoice_emails };
    let who: Vec<&str> =
        [row.contact_name.as_str(), email, &tax, &address].into_iter().filter(|text| !text.is_empty()).collect();
    let who = if who.is_empty() { "No contact yet: F2 adds one.".to_owned() } else { who.join("   ") };
    let billed = match row.last_billed_on {
        Some(day) => format!("Last billed on {}", style.long_date(day)),
        None => "Not billed yet".to_owned(),
    };
    let lines = [
        (who, Ink::Plain),
        (owed(page, style), words::open_ink(!row.overdue.is_zero())),
        (performance(&page.performance, style), Ink::Plain),
        (format!("{billed}   Group since {}", style.long_date(page.created_on)), Ink::Dim),
    ];
    let state = format!("net {}, billed on day {}", row.terms_days, row.billing_day);
    Head { title: row.name.clone(), state, lines: lines.into_iter().map(|line| vec![line]).collect() }
}

/// What it owes, what it rents a month, what waits for its next invoice.
fn owed(page: &GroupPage, style: Style) -> String {
    let row = &page.row;
    let late = if row.overdue.is_zero() { String::new() } else { format!(" ({} overdue)", style.amount(row.overdue)) };
    let owes = if row.outstanding.is_zero() {
        "Owes nothing".to_owned()
    } else {
        format!("Owes {}{late}", words::money(style, row.outstanding))
    };
    let credit = if row.credit.is_zero() { String::new() } else { format!("   Credit {}", style.amount(row.credit)) };
    let waits = match page.uninvoiced {
        (0, _) => "nothing to bill yet".to_owned(),
        (count, sum) => format!("{} of {} not invoiced yet", words::count(count, "payment"), style.amount(sum)),
    };
    format!("{owes}{credit}   Monthly {}   {waits}", style.amount(row.monthly))
}

/// `Invoiced 3,706.56 (12), paid 3,397.68   Success 96.2 %   Days to pay 11.4`
fn performance(how: &Performance, style: Style) -> String {
    if how.invoice_count == 0 {
        return "Not invoiced yet.".to_owned();
    }
    let (invoiced, paid) = (style.amount(how.invoiced), style.amount(how.paid));
    let mut parts = vec![format!("Invoiced {invoiced} ({}), paid {paid}", how.invoice_count)];
    parts.extend(how.success_ppm.map(|ppm| format!("Success {}", words::percent(style, ppm))));
    let days = |tenths: i64| style.number(&format!("{}.{}", tenths / 10, tenths % 10));
    parts.extend(how.days_to_pay_tenths.map(|tenths| format!("Days to pay {}", days(tenths))));
    parts.join("   ")
}
