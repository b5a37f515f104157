//! Which Action is done where.

use super::action::Action;
use super::actions::{
    ahead, approving, catalogue, charging, clearing, crediting, customer, customer_address, customer_erase,
    customer_merge, customer_preference, customer_segment, deposit, disputing, group, handing_over, invoicing, methods,
    order, payment, receiving, redo, refunding, sending, setting, shop, stock, subscription, tax_change, undo,
    using_credit, voiding,
};
use super::done::Done;
use super::needs::needs;
use super::refusal::{Refusal, Result};
use super::work::Work;

/// Does one Action inside its transaction; what it issued takes the credit of its payer, where the shop wants that.
pub(super) fn with_credit(work: &Work, action: &Action) -> Result<Done> {
    work.require(needs(action))?;
    let mut done = perform(work, action)?;
    done.said += &using_credit::use_unasked(work)?;
    Ok(done)
}

/// Does one Action inside its transaction. No arm for what has none: a new Action does not compile before it has its own.
#[expect(clippy::too_many_lines, reason = "one line an Action, and an Action is never more than a line or two")]
fn perform(work: &Work, action: &Action) -> Result<Done> {
    match action {
        Action::SetUp(_) => Err(Refusal::new("set_up_already", "this book is set up already").into()),
        Action::ChangeSetting { key, value } => setting::change(work, key, value),
        Action::ChangeTaxRate(draft) => tax_change::change(work, draft),
        Action::AddCustomer(draft) => customer::add(work, draft),
        Action::EditCustomer { id, version, draft } => customer::edit(work, *id, *version, draft),
        Action::SetBillingAddress { customer, address } => customer_address::set_billing(work, *customer, address),
        Action::AddShippingAddress { customer, draft } => customer_address::add_shipping(work, *customer, draft),
        Action::ChangeAddress { address, draft } => customer_address::change(work, *address, draft),
        Action::RemoveAddress(address) => customer_address::remove(work, *address),
        Action::SetPreferences { customer, draft } => customer_preference::set(work, *customer, draft),
        Action::MergeCustomers { kept, merged } => customer_merge::merge(work, *kept, *merged),
        Action::EraseCustomer(id) => customer_erase::erase(work, *id),
        Action::AddSegment { name, filter } => customer_segment::add(work, name, filter),
        Action::ChangeSegment { segment, name, filter } => {
            customer_segment::change(work, *segment, name.as_deref(), filter.as_deref())
        }
        Action::RemoveSegment(id) => customer_segment::remove(work, *id),
        Action::AddNote(draft) => customer::note(work, draft),
        Action::FollowUp(note) => customer::followed_up(work, *note),
        Action::AddProduct(draft) => catalogue::add_product(work, draft),
        Action::AddAsset(draft) => catalogue::add_asset(work, draft),
        Action::ChangeStock(draft) => stock::change(work, draft),
        Action::AddGroup(draft) => group::add(work, draft),
        Action::EditGroup { id, version, draft } => group::edit(work, *id, *version, draft),
        Action::JoinGroup { group, customer } => group::join(work, *group, *customer),
        Action::LeaveGroup { customer } => group::leave(work, *customer),
        Action::AddOrder { draft, confirm } => order::add(work, draft, *confirm),
        Action::ConfirmOrder(id) => order::confirm(work, *id),
        Action::CancelOrder(id) => order::cancel(work, *id),
        Action::ChangeSubscription(draft) => subscription::change(work, draft),
        Action::CloseDeposit(draft) => deposit::close(work, draft),
        Action::SetLogo(logo) => shop::set_logo(work, logo.as_deref()),
        Action::SetFont(font) => shop::set_font(work, font.as_deref()),
        Action::Receive(draft) => receiving::receive(work, draft),
        Action::ProcessPayment { payment } => payment::process(work, *payment),
        Action::FailPayment { payment, reason } => payment::fail(work, *payment, reason),
        Action::ReopenPayment { payment, reason } => payment::reopen(work, *payment, reason),
        Action::ReceiveEach(drafts) => receiving::receive_each(work, drafts),
        Action::ClearReceipt { receipt, on } => clearing::clear(work, *receipt, *on),
        Action::BounceReceipt { receipt, reason } => clearing::bounce(work, *receipt, reason),
        Action::RetryPayment(draft) => charging::retry(work, draft),
        Action::Credit { invoice, draft } => crediting::credit(work, *invoice, draft),
        Action::Refund(draft) => refunding::refund(work, draft),
        Action::CancelPayment { payment, reason, words } => crediting::cancel(work, *payment, *reason, words),
        Action::WaivePayment { payment, reason } => crediting::waive(work, *payment, reason),
        Action::WriteOff { invoice, reason } => crediting::write_off(work, *invoice, reason),
        Action::OpenDispute { payment, reason } => disputing::open(work, *payment, reason),
        Action::CloseDispute { payment, outcome, words } => disputing::close(work, *payment, *outcome, words),
        Action::UseCredit { target, amount } => using_credit::use_credit(work, target, amount),
        Action::BillAhead { subscription, day } => ahead::bill(work, *subscription, *day),
        Action::CancelUpcoming { subscription, day, reason, words } => {
            ahead::cancel(work, (*subscription, *day), *reason, words)
        }
        Action::AddMethod(draft) => methods::add(work, draft),
        Action::DefaultMethod(id) => methods::make_default(work, *id),
        Action::RemoveMethod(id) => methods::remove(work, *id),
        Action::Undo(activity) => undo::undo(work, *activity),
        Action::Redo => redo::redo(work),
        Action::NewInvoice(draft) => invoicing::new(work, draft),
        Action::InvoiceGroup { group, month } => invoicing::group(work, *group, *month, &[]),
        Action::InvoiceGroupPart { group, month, leave_out } => invoicing::group(work, *group, *month, leave_out),
        Action::VoidInvoice { invoice, reason } => invoicing::void(work, *invoice, reason),
        Action::BillAgain { invoice, reason } => voiding::bill_again(work, *invoice, reason),
        Action::ApproveInvoices(invoices) => approving::approve(work, invoices),
        Action::SendInvoices(draft) => sending::send(work, draft),
        Action::ClaimMessages(messages) => handing_over::claim(work, messages),
        Action::SettleMessages(answers) => handing_over::settle(work, answers),
        Action::ReleaseMessages(messages) => handing_over::release(work, messages),
        Action::MarkSent(messages) => sending::mark_sent(work, messages),
        Action::CancelMessages(messages) => sending::cancel(work, messages),
    }
}
