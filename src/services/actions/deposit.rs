//! A deposit is returned, or kept in part or whole with a reason. What is kept pays something in the same step: lines
//! that are open, by their names, or a line of its own on an out-of-turn invoice. So it is income from then on, with its tax.

mod reading;

use serde_json::json;

use self::reading::Plan;
use crate::documents::Sentence;
use crate::domain::allocation::{self, OpenItem};
use crate::domain::credit_note::NetTax;
use crate::domain::id::{ActivityId, InvoiceId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::reason::{KeptFor, with_words};
use crate::domain::status::{DepositState, InvoiceKind, PaymentKind, PaymentStatus};
use crate::domain::tax::{PriceBasis, TaxRate, tax_lines};
use crate::services::actions::payable::Target;
use crate::services::actions::{subscription, using_credit};
use crate::services::billing::{self, Billing, InvoiceHead};
use crate::services::contract_credits::{self, Credited, TakenBack};
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::letterhead::{self, said_reason};
use crate::services::refusal::{OfField, OrUnknown, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::billing::{self as rows, NewPayment, Payer};
use crate::store::deposit::{self, Closing};
use crate::store::group;
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, Owed};

/// What a person says of a deposit that is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloseDraft {
    pub deposit: i64,
    /// What the shop keeps, plain decimal text; `all` of what is held, or as much of it as what it pays has open. Empty:
    /// nothing, or where something is named that it pays, as `all`.
    pub keep: String,
    /// The open lines that what is kept pays; without them it is billed on an invoice of its own.
    pub pays: Option<Target>,
    /// What it is kept for, where it is billed.
    pub kept_for: KeptFor,
    /// Percent of tax that is in it, where it is billed; by what it is kept for where it is empty.
    pub tax_rate: String,
    /// Why; needed where something is kept and billed.
    pub reason: String,
    /// What goes back stays with the customer as credit instead.
    pub as_credit: bool,
}

/// An invoice over what is kept.
struct Billed {
    id: InvoiceId,
    number: String,
    tax: Money,
}

/// Returns a deposit, or keeps a part of it: a credit note takes all of its line back, what is kept of the money pays
/// something else, and the rest goes back.
pub(in crate::services) fn close(work: &Work, draft: &CloseDraft) -> Result<Done> {
    let plan = reading::read(work, draft)?;
    let currency = plan.kept.currency();
    let billed = if plan.is_billed() { Some(bill(work, &plan, draft)?) } else { None };
    let pays = match &billed {
        Some(invoice) => receipt::owed_on_invoice(work.db, invoice.id)?,
        None => plan.pays.clone(),
    };
    let details = json!({
        "deposit": plan.deposit.id,
        "kept": plan.kept.to_string(),
        "currency": currency.code(),
        "invoice": billed.as_ref().map(|invoice| invoice.id),
    });
    let (customer, text) = (Some(plan.owed.customer), Some(plan.why.clone()));
    let subject = Subject::Subscription(plan.deposit.subscription);
    let activity = work.log(&Entry { customer, details, text, ..Entry::new(Log::CloseDeposit, subject) })?;
    let mut freed = take_off(work, &plan, activity)?;
    apply(work, activity, &plan, &pays, &mut freed)?;
    if !draft.as_credit {
        contract_credits::give_back(work, &freed, (currency, activity), &plan.why)?;
    }
    let state = match (plan.kept.minor(), plan.tally.held) {
        (0, _) => DepositState::Returned,
        (kept, held) if kept == held => DepositState::Kept,
        _ => DepositState::PartlyKept,
    };
    let (kept_minor, reason) = (plan.kept.minor(), plan.reason.as_str());
    deposit::close(work.db, plan.deposit.id, Some(Closing { state, kept_minor, on: work.today, reason, activity }))?;
    let said = said(work, &plan, billed.as_ref(), freed.freed_minor(), draft.as_credit);
    let touched = [Touched::Money, Touched::Customers, Touched::Orders];
    Ok(Done::new(said, Outcome::Deposit(plan.deposit.id), &touched).back(WayBack::It))
}

/// Issues an invoice over what is kept, due today; its gross is just that.
fn bill(work: &Work, plan: &Plan, draft: &CloseDraft) -> Result<Billed> {
    let (subscription, currency) = (plan.deposit.subscription, plan.kept.currency());
    let due = rows::due_by_id(work.db, subscription)?.or_unknown("subscription", subscription)?;
    let is_taxed = match draft.kept_for {
        KeptFor::Damage => work.shop.tax_on_damage,
        KeptFor::Cleaning => work.shop.tax_on_cleaning,
        KeptFor::Other => false,
    };
    let tax = match draft.tax_rate.trim() {
        "" if is_taxed => due.tax_on(work.today),
        "" => TaxRate::ZERO,
        written => written.parse::<TaxRate>().of_field("tax_rate")?,
    };
    let kept = plan.kept.minor();
    let taxed = tax_lines(&[(kept, tax)], PriceBasis::Gross, work.shop.tax_scope);
    let (net_minor, tax_minor) = taxed.first().map_or((kept, 0), |line| (line.net, line.tax));
    let mut lines = [NewPayment {
        kind: PaymentKind::Extra,
        customer: plan.owed.customer,
        group: plan.owed.group,
        subscription: Some(subscription),
        currency,
        period: None,
        due_on: work.today,
        invoice: None,
        text: said_on_line(work, draft.kept_for, &plan.reason),
        serial: String::new(),
        quantity_milli: 1000,
        unit_minor: if work.shop.price_basis == PriceBasis::Gross { kept } else { net_minor },
        tax,
        net_minor,
        tax_minor,
    }];
    let payer = plan.owed.payer();
    let facts = match payer {
        Payer::Group(id) => billing::group_payer(&group::by_id(work.db, id)?.or_unknown("billing group", id)?),
        Payer::Customer(id) => billing::own_payer(work, id, due.bill_to)?,
    };
    let (kind, today) = (InvoiceKind::OutOfTurn, work.today);
    let head = InvoiceHead { kind, payer, currency, invoiced_on: today, due_on: today };
    let (id, number) = Billing::new(work).invoice(&head, &facts, &mut lines, false)?;
    Ok(Billed { id, number: number.unwrap_or_default(), tax: Money::new(tax_minor, currency) })
}

fn said_on_line(work: &Work, kept_for: KeptFor, reason: &str) -> String {
    let why = said_reason(work, &with_words(&kept_for.word(), reason));
    letterhead::said(work, Sentence::DepositKept, &[("why", &why)])
}

/// Takes all that stands or is open on the deposit's line off it; the money that came free.
fn take_off(work: &Work, plan: &Plan, activity: ActivityId) -> Result<Credited> {
    let owed = &plan.owed;
    if owed.invoice.is_none() {
        let (from, to, on) = (owed.status, PaymentStatus::Cancelled, work.today);
        let change = NewChange { payment: owed.id, from, to, on, reason: &plan.why, reverses: None, activity };
        payment_change::change(work.db, &change)?;
        return Ok(Credited::default());
    }
    let part = NetTax { net: plan.tally.held + owed.open_minor(), tax: 0 };
    let back = TakenBack { payment: owed.id, text: plan.why.clone(), part };
    contract_credits::credit(work, activity, vec![back], &plan.why)
}

/// Pays with what is kept, the oldest money first; what is left of the freed money stays in `freed`.
fn apply(work: &Work, activity: ActivityId, plan: &Plan, pays: &[Owed], freed: &mut Credited) -> Result<()> {
    let mut purse = Vec::new();
    let mut kept = plan.kept.minor();
    for (receipt, _, _, minor) in freed.freed.iter_mut().rev() {
        let part = kept.min(*minor);
        purse.push((*receipt, part));
        (kept, *minor) = (kept - part, *minor - part);
    }
    freed.freed.retain(|(_, _, _, minor)| *minor > 0);
    for invoice in pays.iter().filter_map(|owed| owed.invoice.as_ref()) {
        rows::flag_if_late(work.db, invoice.id, work.today)?;
    }
    let items: Vec<OpenItem> = pays.iter().map(Owed::item).collect();
    let parts = allocation::allocate(plan.kept.minor(), &items).parts;
    using_credit::spend(work, activity, (purse, work.today), &parts).map(drop)
}

fn said(work: &Work, plan: &Plan, billed: Option<&Billed>, back: i64, as_credit: bool) -> String {
    let style = work.shop.style;
    let shown = |minor: i64| style.amount(Money::new(minor, plan.kept.currency()));
    let keeps = match billed {
        _ if plan.kept.is_zero() => String::new(),
        Some(Billed { number, tax, .. }) if tax.is_zero() => {
            format!(", {} is kept with invoice {number}", style.amount(plan.kept))
        }
        Some(Billed { number, tax, .. }) => {
            let (kept, tax) = (style.amount(plan.kept), style.amount(*tax));
            format!(", {kept} is kept with invoice {number}, {tax} of it tax")
        }
        None => format!(", {} is kept and pays {}", style.amount(plan.kept), plan.paid()),
    };
    let back = match (back, as_credit) {
        (0, _) => String::new(),
        (back, true) => format!(", {} stays as credit", shown(back)),
        (back, false) => format!(", {} goes back", shown(back)),
    };
    let never = match (plan.tally.held, plan.owed.open_minor()) {
        (_, 0) => String::new(),
        (0, _) => ", nothing of it had been paid".to_owned(),
        (_, open) => format!(", {} of it was never paid and is not owed any more", shown(open)),
    };
    let of = plan.deposit.subscription.shown();
    format!("The deposit of subscription {of} is closed{keeps}{back}{never}.")
}

/// Takes back the closing of a deposit, after its money was taken back: it is held again, and what it was kept with is void.
pub(in crate::services) fn take_back(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let facts = found.facts();
    let number = |key: &str| facts.get(key).and_then(serde_json::Value::as_i64);
    let id = number("deposit").ok_or_else(|| found.names_no("deposit"))?;
    if let Some(invoice) = number("invoice") {
        subscription::undo::withdraw(work, InvoiceId(invoice), row)?;
    }
    deposit::close(work.db, id, None)?;
    Ok("The deposit is held again.".to_owned())
}
