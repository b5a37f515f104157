//! A deposit goes back, or a part of it is kept with a reason. Money goes out, so a question follows.

use super::{Field, Form, Read, Subject};
use crate::domain::format::Style;
use crate::domain::id::SubscriptionId;
use crate::domain::money::Money;
use crate::domain::text;
use crate::services::actions::deposit::CloseDraft;
use crate::services::reads::DepositRow;
use crate::tui::desk::{self, Action, Desk, Trouble};
use crate::tui::reply::{Question, Reply};
use crate::tui::{format, words};

/// Closes the deposit of a subscription.
#[derive(Debug)]
pub struct CloseDeposit {
    deposit: DepositRow,
    subscription: SubscriptionId,
    name: String,
    style: Style,
}

impl CloseDeposit {
    /// The form for a deposit.
    pub fn new(deposit: &DepositRow, subscription: SubscriptionId, name: &str, style: Style) -> Self {
        Self { deposit: deposit.clone(), subscription, name: name.to_owned(), style }
    }

    fn draft(&self, read: &mut Read<'_>, style: Style) -> Option<(CloseDraft, Money)> {
        let currency = self.deposit.amount.currency();
        let keep = read.amount_if_any("keep", style, currency);
        let reason = read.parse("reason", |text| text::clean_line(text, 300));
        let keep = keep?.unwrap_or(Money::zero(currency));
        let back = Money::new((self.deposit.received.minor() - keep.minor()).max(0), currency);
        let draft = CloseDraft {
            deposit: self.deposit.id,
            keep: keep.to_string(),
            reason: reason?,
            as_credit: read.is_on("as_credit"),
        };
        Some((draft, back))
    }
}

impl Form for CloseDeposit {
    fn title(&self) -> String {
        "Deposit".to_owned()
    }

    fn subject(&self) -> Subject {
        Subject::new(self.subscription.shown(), &self.name, self.deposit.received, self.style)
    }

    fn head(&self, desk: &Desk) -> Vec<String> {
        let style = desk::style(desk);
        let received = style.amount(self.deposit.received);
        vec![self.name.clone(), format!("Held     {received} of {} received", words::money(style, self.deposit.amount))]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![
            Field::amount("keep", "Keep").hint("empty: all goes back"),
            Field::text("reason", "Reason"),
            Field::check("as_credit", "As credit", false).hint("what goes back stays with the payer"),
        ]
    }

    fn effect(&self, read: &mut Read<'_>, desk: &Desk) -> Vec<String> {
        let Some((draft, _)) = self.draft(read, desk::style(desk)) else { return Vec::new() };
        match desk.try_out(&Action::CloseDeposit(draft), |_, done| Ok(done.said.clone())).map_err(Trouble::from) {
            Ok(said) => format::wrap(&format!("After saving: {said}"), 68),
            Err(trouble) => format::wrap(&format!("! {}", trouble.sentence()), 68),
        }
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let style = desk::style(desk);
        let (draft, back) = self.draft(read, style)?;
        let action = Action::CloseDeposit(draft.clone());
        if draft.as_credit || back.is_zero() {
            return Some(Reply::perform(action));
        }
        let line = format!("{} goes back to {}. Pay it out, then say yes.", words::money(style, back), self.name);
        let mut question = Question::dangerous(
            &self.subject().over(back, self.style).heading("Money goes back"),
            &line,
            Reply::perform(action),
        );
        (question.yes, question.no) = ("It goes back", "Not now");
        Some(Reply::ask(question))
    }
}
