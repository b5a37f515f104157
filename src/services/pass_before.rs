//! Which Actions want the pass of the day to have run: numbers follow dates, and the book is the same whether a pass ran
//! that morning or not.

use super::action::Action;

/// Whether the pass of the day runs before an Action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassBefore {
    /// It gives a number to an invoice, or changes what a pass would make.
    Always,
    /// It changes how much credit a payer has: where invoices use credit by themselves, those of the day come first.
    WhereCreditIsUsed,
    Never,
}

impl Action {
    /// Whether the pass of the day runs before it.
    #[expect(clippy::too_many_lines, reason = "every Action is named, so that a new one is decided on")]
    pub fn pass_before(&self) -> PassBefore {
        match self {
            Self::ChangeSetting { key, .. } if changes_the_pass(key) => PassBefore::Always,
            Self::Refund(draft) if draft.with_credit_note => PassBefore::Always,
            Self::AddOrder { confirm: true, .. }
            | Self::ConfirmOrder(_)
            | Self::CancelOrder(_)
            | Self::ChangeTaxRate(_)
            | Self::ChangeSubscription(_)
            | Self::CloseDeposit(_)
            | Self::NewInvoice(_)
            | Self::InvoiceGroup { .. }
            | Self::InvoiceGroupPart { .. }
            | Self::ApproveInvoices(_)
            | Self::BillAgain { .. }
            | Self::Credit { .. }
            | Self::CancelPayment { .. }
            | Self::WaivePayment { .. }
            | Self::BillAhead { .. }
            | Self::Undo(_)
            | Self::CancelUpcoming { .. }
            | Self::JoinGroup { .. }
            | Self::LeaveGroup { .. } => PassBefore::Always,
            Self::Refund(_)
            | Self::Receive(_)
            | Self::ReceiveEach(_)
            | Self::ClearReceipt { .. }
            | Self::BounceReceipt { .. }
            | Self::RetryPayment(_)
            | Self::UseCredit { .. }
            | Self::MergeCustomers { .. }
            | Self::Redo => PassBefore::WhereCreditIsUsed,
            Self::AddOrder { confirm: false, .. }
            | Self::ChangeSetting { .. }
            | Self::SetUp(_)
            | Self::AddCustomer(_)
            | Self::EditCustomer { .. }
            | Self::SetBillingAddress { .. }
            | Self::AddShippingAddress { .. }
            | Self::ChangeAddress { .. }
            | Self::RemoveAddress(_)
            | Self::SetPreferences { .. }
            | Self::EraseCustomer(_)
            | Self::AddSegment { .. }
            | Self::ChangeSegment { .. }
            | Self::RemoveSegment(_)
            | Self::AddNote(_)
            | Self::FollowUp(_)
            | Self::AddProduct(_)
            | Self::AddAsset(_)
            | Self::ChangeStock(_)
            | Self::AddGroup(_)
            | Self::EditGroup { .. }
            | Self::VoidInvoice { .. }
            | Self::SendInvoices(_)
            | Self::CancelMessages(_)
            | Self::MarkSent(_)
            | Self::ClaimMessages(_)
            | Self::SettleMessages(_)
            | Self::ReleaseMessages(_)
            | Self::SetLogo(_)
            | Self::SetFont(_)
            | Self::ProcessPayment { .. }
            | Self::FailPayment { .. }
            | Self::ReopenPayment { .. }
            | Self::WriteOff { .. }
            | Self::OpenDispute { .. }
            | Self::CloseDispute { .. }
            | Self::AddMethod(_)
            | Self::DefaultMethod(_)
            | Self::RemoveMethod(_) => PassBefore::Never,
        }
    }
}

/// Settings by which the pass would make other invoices, or none any more: a closed day has had its pass.
fn changes_the_pass(key: &str) -> bool {
    let key = key.replace('-', "_");
    ["lead_days", "prices", "tax_rounding", "invoice_numbers", "use_credit", "locked_until"].contains(&key.as_str())
}
