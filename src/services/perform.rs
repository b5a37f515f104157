//! Which Action is done where.

use super::action::Action;
use super::actions::{
    approving, catalogue, customer, group, invoicing, order, payment, receiving, sending, shop, undo, voiding,
};
use super::done::Done;
use super::refusal::{Refusal, Result};
use super::work::Work;

/// Does one Action inside its transaction.
pub(super) fn perform(work: &Work, action: &Action) -> Result<Done> {
    match action {
        Action::SetUp(_) => Err(Refusal::new("set_up_already", "this book is set up already").into()),
        Action::ChangeSetting { key, value } => shop::change(work, key, value),
        Action::AddCustomer(draft) => customer::add(work, draft),
        Action::EditCustomer { id, version, draft } => customer::edit(work, *id, *version, draft),
        Action::SetBillingAddress { customer, address } => customer::set_address(work, *customer, address),
        Action::AddNote(draft) => customer::note(work, draft),
        Action::AddProduct(draft) => catalogue::add_product(work, draft),
        Action::AddAsset(draft) => catalogue::add_asset(work, draft),
        Action::AddGroup(draft) => group::add(work, draft),
        Action::EditGroup { id, version, draft } => group::edit(work, *id, *version, draft),
        Action::JoinGroup { group, customer } => group::join(work, *group, *customer),
        Action::LeaveGroup { customer } => group::leave(work, *customer),
        Action::AddOrder { draft, confirm } => order::add(work, draft, *confirm),
        Action::ConfirmOrder(id) => order::confirm(work, *id),
        Action::CancelOrder(id) => order::cancel(work, *id),
        Action::NewInvoice(draft) => invoicing::new(work, draft),
        Action::InvoiceGroup { group, month } => invoicing::group(work, *group, *month, &[]),
        Action::InvoiceGroupPart { group, month, leave_out } => invoicing::group(work, *group, *month, leave_out),
        Action::BillAgain { invoice, reason } => voiding::bill_again(work, *invoice, reason),
        Action::ApproveInvoices(invoices) => approving::approve(work, invoices),
        Action::SendInvoices(draft) => sending::send(work, draft),
        Action::SetLogo(logo) => shop::set_logo(work, logo.as_deref()),
        Action::VoidInvoice { invoice, reason } => invoicing::void(work, *invoice, reason),
        Action::Receive(draft) => receiving::receive(work, draft),
        Action::ProcessPayment { payment } => payment::process(work, *payment),
        Action::FailPayment { payment, reason } => payment::fail(work, *payment, reason),
        Action::ReopenPayment { payment, reason } => payment::reopen(work, *payment, reason),
        Action::Undo(activity) => undo::undo(work, *activity),
    }
}
