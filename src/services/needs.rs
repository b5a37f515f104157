//! What each Action needs of who asks for it.

use super::action::Action;
use super::actions::subscription::Change;
use super::rights::Right;

/// What an Action needs. Undo needs more where it takes back what somebody else did; `undo` itself asks for that.
#[expect(clippy::too_many_lines, reason = "every Action is named, so that a new one is decided on")]
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
        | Action::ChangeTaxRate(_)
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
        | Action::MarkSent(_)
        | Action::ClaimMessages(_)
        | Action::SettleMessages(_)
        | Action::ReleaseMessages(_)
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
