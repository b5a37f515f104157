//! The receipts of the customer, in the place of its payments: what a row shows, opens, prints and gives back.

use super::sections::{Key, Section};
use super::{Customer, rows};
use crate::domain::format::Style;
use crate::domain::status::ReceiptState;
use crate::services::reads::{CustomerPage, ReceiptHead, ReceiptRow, customer_receipts, paid_by_receipt, receipt_head};
use crate::tui::command::Able;
use crate::tui::desk::{Action, Desk, Payer, Trouble};
use crate::tui::dialogs::text::Text;
use crate::tui::forms::FormDialog;
use crate::tui::reply::{Entry, Reply};
use crate::tui::things::settling;
use crate::tui::things::settling::refund::Refund;
use crate::tui::widgets::table::{Row, Table};
use crate::tui::words;

impl Customer {
    /// Shows receipts in the section of the payments, or payments again.
    pub(super) fn show_receipts(&mut self, shown: bool) {
        if self.receipts_shown == shown {
            return;
        }
        self.receipts_shown = shown;
        let columns = if shown { rows::receipt_columns() } else { rows::columns(Section::Payments) };
        if let Some(table) = self.tables.get_mut(self.sections.active()) {
            *table = Table::new(columns);
        }
    }

    pub(super) fn read_receipts(&mut self, limit: usize, desk: &Desk) -> Result<Vec<Row<Key>>, Trouble> {
        self.receipts = desk.read(|db| customer_receipts(db, self.id, limit))?;
        Ok(self.receipts.iter().map(|row| rows::receipt(row, self.style)).collect())
    }

    /// The receipt under the cursor.
    pub(super) fn receipt(&self) -> Option<&ReceiptRow> {
        let Some(Key::Receipt(id)) = self.key() else { return None };
        self.receipts.iter().find(|row| row.id == id)
    }

    /// What the receipt under the cursor is, and what it paid.
    pub(super) fn open_receipt(&self, desk: &Desk) -> Reply {
        let Some(row) = self.receipt() else { return Reply::Nothing };
        match desk.read(|db| paid_by_receipt(db, row.id)) {
            Ok(paid) => Reply::open(Text::new(format!("Receipt {}", row.number), told(row, &paid, self.style))),
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }

    /// The PDF of the receipt under the cursor.
    pub(super) fn print_receipt(&self, desk: &Desk) -> Reply {
        self.with_head(desk, |head| settling::receipt_pdf(head, desk))
    }

    /// How F9 offers to give credit back: of the receipt under the cursor, else of the oldest money.
    pub(super) fn refund_entry(&self, page: &CustomerPage) -> Entry {
        match self.receipt() {
            Some(row) => Entry::new("back", format!("Refund credit of {}", row.number))
                .letter('r')
                .able(Able::when(!row.credit.is_zero(), "Nothing is left of this receipt.")),
            None => Entry::new("back", format!("Refund credit of {}", page.row.name))
                .letter('r')
                .able(Able::when(!page.row.credit.is_zero(), "This customer has no credit.")),
        }
    }

    /// What F9 offers of a check or debit under the cursor: it cleared, it bounced.
    pub(super) fn clearing_entries(&self) -> Vec<Entry> {
        let Some(row) = self.receipt().filter(|row| !row.method.clears_at_once()) else { return Vec::new() };
        let is = row.state.word().to_lowercase();
        let when = |states: &[ReceiptState], why: &str| {
            Able::when(states.contains(&row.state), &format!("{} is {is}: {why}", row.number))
        };
        vec![
            Entry::new("clear", format!("{}: check/debit cleared", row.number))
                .letter('a')
                .able(when(&[ReceiptState::Pending], "only money on its way clears.")),
            Entry::new("bounce", format!("{}: check/debit bounced", row.number))
                .letter('y')
                .able(when(settling::SLOW, "only money that came, or is on its way, bounces.")),
        ]
    }

    /// The check or debit under the cursor has cleared.
    pub(super) fn clear_receipt(&self, desk: &Desk) -> Reply {
        let cleared = |row: &ReceiptRow| Action::ClearReceipt { receipt: row.id, on: desk.today() };
        self.receipt().map_or(Reply::Nothing, |row| Reply::perform(cleared(row)))
    }

    /// The form for the check or debit under the cursor that bounced.
    pub(super) fn bounce_receipt(&self, desk: &Desk) -> Reply {
        self.with_head(desk, |head| Reply::open(FormDialog::new(settling::bounced(head, desk), desk)))
    }

    /// The form that gives credit back.
    pub(super) fn refund(&self, desk: &Desk) -> Reply {
        if self.receipt().is_none() {
            return settling::refund_credit(Payer::Customer(self.id), desk);
        }
        self.with_head(desk, |head| Reply::open(FormDialog::new(Refund::of_receipt(head, desk), desk)))
    }

    fn with_head(&self, desk: &Desk, then: impl FnOnce(&ReceiptHead) -> Reply) -> Reply {
        let Some(row) = self.receipt() else { return Reply::Nothing };
        match desk.read(|db| receipt_head(db, row.id)) {
            Ok(head) => head.map_or(Reply::Nothing, |head| then(&head)),
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }
}

/// One receipt in lines.
fn told(row: &ReceiptRow, paid: &[(Option<String>, String, i64)], style: Style) -> String {
    let amount = |money| words::money(style, money);
    let mut lines = vec![
        format!("Received    {}", style.long_date(row.received_on)),
        format!("Status      {}", row.state.word()),
        format!("Method      {}", row.method.word()),
        format!("Reference   {}", row.reference),
        format!("Amount      {}", amount(row.amount)),
        format!("Applied     {}", amount(row.allocated)),
        format!("Refunded    {}", amount(row.refunded)),
        format!("Credit      {}", amount(row.credit)),
        String::new(),
    ];
    if paid.is_empty() {
        lines.push("It paid nothing yet.".to_owned());
    }
    for (invoice, text, minor) in paid {
        let part = crate::domain::money::Money::new(*minor, row.amount.currency());
        lines.push(format!("{:<12}{}   {text}", invoice.as_deref().unwrap_or_default(), amount(part)));
    }
    lines.join("\n")
}
