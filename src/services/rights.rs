//! Who asks, and what each Action needs.

use super::action::Action;
use super::actions::subscription::Change;
use super::refusal::{Refusal, Result};
use crate::domain::id::InvoiceId;
use crate::store::billing::Payer;

/// What somebody of the shop is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Records, marks as paid, issues, prints.
    Staff,
    /// Decides about money that goes out or is given up, about settings, and about what others did.
    Manager,
}

/// Who asks. The operator who is written in the log stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    Staff(Role),
    /// Who pays, looking at what is theirs.
    Payer(Payer),
    /// Whoever holds the link of one invoice.
    Link(InvoiceId),
    /// The program itself: the pass, the demo.
    System,
}

/// What an Action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// The daily work of the counter.
    Record,
    /// What a manager decides.
    Manage,
}

impl Principal {
    /// Whether this one may do what needs that right. Who only pays does no Action of the shop.
    pub const fn may(self, right: Right) -> bool {
        match (self, right) {
            (Self::System | Self::Staff(Role::Manager), _) | (Self::Staff(Role::Staff), Right::Record) => true,
            (Self::Staff(Role::Staff), Right::Manage) | (Self::Payer(_) | Self::Link(_), _) => false,
        }
    }

    /// Refuses who has not that right.
    pub fn require(self, right: Right) -> Result<()> {
        if self.may(right) {
            return Ok(());
        }
        let message = match self {
            Self::Payer(_) | Self::Link(_) => "only the shop itself can do this",
            Self::Staff(_) | Self::System => "this needs a manager: ask one to do it",
        };
        Err(Refusal::new("not_allowed", message).into())
    }
}

/// What an Action needs. Undo needs more where it takes back what somebody else did; `undo` itself asks for that.
pub fn needs(action: &Action) -> Right {
    match action {
        Action::ChangeSubscription(draft) => match draft.change {
            Change::Cancel { refund: true, .. } => Right::Manage,
            Change::Cancel { refund: false, .. }
            | Change::Pause { .. }
            | Change::Resume { .. }
            | Change::Extend { .. }
            | Change::Reprice { .. }
            | Change::Replace { .. }
            | Change::Upgrade { .. }
            | Change::ReturnEarly { .. }
            | Change::BuyOut { .. }
            | Change::Ship { .. } => Right::Record,
        },
        Action::SetUp(_)
        | Action::ChangeSetting { .. }
        | Action::SetLogo(_)
        | Action::SetFont(_)
        | Action::MergeCustomers { .. }
        | Action::EraseCustomer(_)
        | Action::CloseDeposit(_)
        | Action::VoidInvoice { .. }
        | Action::BillAgain { .. }
        | Action::Credit { .. }
        | Action::Refund(_)
        | Action::CancelPayment { .. }
        | Action::WaivePayment { .. }
        | Action::WriteOff { .. } => Right::Manage,
        Action::AddCustomer(_)
        | Action::EditCustomer { .. }
        | Action::SetBillingAddress { .. }
        | Action::AddShippingAddress { .. }
        | Action::ChangeAddress { .. }
        | Action::RemoveAddress(_)
        | Action::SetPreferences { .. }
        | Action::AddSegment { .. }
        | Action::ChangeSegment { .. }
        | Action::RemoveSegment(_)
        | Action::AddNote(_)
        | Action::FollowUp(_)
        | Action::AddProduct(_)
        | Action::AddAsset(_)
        | Action::ChangeStock(_)
        | Action::AddGroup(_)
        | Action::EditGroup { .. }
        | Action::JoinGroup { .. }
        | Action::LeaveGroup { .. }
        | Action::AddOrder { .. }
        | Action::ConfirmOrder(_)
        | Action::CancelOrder(_)
        | Action::NewInvoice(_)
        | Action::InvoiceGroup { .. }
        | Action::InvoiceGroupPart { .. }
        | Action::ApproveInvoices(_)
        | Action::SendInvoices(_)
        | Action::CancelMessages(_)
        | Action::Receive(_)
        | Action::ProcessPayment { .. }
        | Action::FailPayment { .. }
        | Action::ReopenPayment { .. }
        | Action::ReceiveEach(_)
        | Action::ClearReceipt { .. }
        | Action::BounceReceipt { .. }
        | Action::RetryPayment(_)
        | Action::OpenDispute { .. }
        | Action::CloseDispute { .. }
        | Action::UseCredit { .. }
        | Action::BillAhead { .. }
        | Action::CancelUpcoming { .. }
        | Action::AddMethod(_)
        | Action::DefaultMethod(_)
        | Action::RemoveMethod(_)
        | Action::Undo(_)
        | Action::Redo => Right::Record,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manager_may_all_staff_the_daily_work_and_who_pays_nothing() {
        let payer = Principal::Payer(Payer::Customer(crate::domain::id::CustomerId(1)));
        for (who, record, manage) in [
            (Principal::Staff(Role::Manager), true, true),
            (Principal::Staff(Role::Staff), true, false),
            (Principal::System, true, true),
            (payer, false, false),
            (Principal::Link(InvoiceId(1)), false, false),
        ] {
            assert_eq!((who.may(Right::Record), who.may(Right::Manage)), (record, manage), "{who:?}");
        }
    }
}
