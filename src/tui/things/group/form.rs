//! A billing group: new or changed.

use crate::domain::format::count;
use crate::domain::id::GroupId;
use crate::domain::{contact, text};
use crate::services::actions::group::GroupDraft;
use crate::tui::desk::reads::GroupPage;
use crate::tui::desk::{Action, Desk};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;

/// What stands in the form, and which group it is.
#[derive(Debug, Default)]
pub struct GroupForm {
    saved: Option<(GroupId, i64)>,
    draft: GroupDraft,
}

impl GroupForm {
    /// A new group.
    pub fn new(name: &str) -> Self {
        Self { saved: None, draft: GroupDraft { name: name.to_owned(), ..GroupDraft::default() } }
    }

    /// A group that stands, to be changed.
    pub fn edit(page: &GroupPage) -> Self {
        let row = &page.row;
        let draft = GroupDraft {
            name: row.name.clone(),
            contact_name: row.contact_name.clone(),
            email: row.email.clone(),
            invoice_emails: page.invoice_emails.clone(),
            address: page.address.replace('\n', "; "),
            tax_number: page.tax_number.clone(),
            terms: row.terms_days.to_string(),
            billing_day: row.billing_day.to_string(),
        };
        Self { saved: Some((row.id, page.version)), draft }
    }
}

impl Form for GroupForm {
    fn title(&self) -> String {
        if self.saved.is_some() { "Billing group" } else { "New billing group" }.to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec!["One invoice and one payment for all its members.".to_owned()]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        let draft = &self.draft;
        let or = |text: &str, instead: &str| if text.is_empty() { instead.to_owned() } else { text.to_owned() };
        vec![
            Field::text("name", "Name").with(&draft.name),
            Field::text("contact_name", "Contact person").with(&draft.contact_name),
            Field::text("email", "Email").with(&draft.email),
            Field::text("invoice_emails", "Invoices to").with(&draft.invoice_emails).hint("else the email"),
            Field::text("address", "Address").with(&draft.address).hint("; ends a line"),
            Field::text("tax_number", "VAT or tax number").with(&draft.tax_number).width(20),
            Field::text("terms", "Days to pay").with(or(&draft.terms, "30")).width(4),
            Field::text("billing_day", "Billing day").with(or(&draft.billing_day, "1")).width(4).hint("1 to 28"),
        ]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let days = number(read, "terms", 0..=365);
        let day = number(read, "billing_day", 1..=28);
        let (Some(days), Some(day)) = (days, day) else { return Vec::new() };
        let within = count(days, "day");
        vec![format!("Invoiced on day {day} of every month, to be paid within {within}.")]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let name = read.required("name").and_then(|_| read.parse("name", |typed| text::clean_line(typed, 300)));
        let contact_name = read.parse("contact_name", |typed| text::clean_line(typed, 200));
        let email = read.optional("email", contact::email);
        let invoice_emails = read.parse("invoice_emails", contact::emails_if_any);
        let address = read.parse("address", |typed| text::clean_line(typed, 600));
        let tax_number = read.parse("tax_number", |typed| text::clean_line(typed, 40));
        let terms = number(read, "terms", 0..=365);
        let billing_day = number(read, "billing_day", 1..=28);
        let draft = Box::new(GroupDraft {
            name: name?,
            contact_name: contact_name?,
            email: email?.unwrap_or_default(),
            invoice_emails: invoice_emails?,
            address: address?,
            tax_number: tax_number?,
            terms: terms?.to_string(),
            billing_day: billing_day?.to_string(),
        });
        Some(Reply::perform(match self.saved {
            Some((id, version)) => Action::EditGroup { id, version, draft },
            None => Action::AddGroup(draft),
        }))
    }
}

fn number(read: &mut Read<'_>, name: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    read.parse(name, |typed| match typed.trim().parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(format!("Write a number from {} to {}.", range.start(), range.end())),
    })
}
