//! Invoices made by hand: out of turn, for a group, and voided.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

use crate::domain::calendar::on_anchor;
use crate::domain::currency::Currency;
use crate::domain::free_line::{self, Discount, FreeLine, FreeLineError};
use crate::domain::id::{CustomerId, GroupId, InvoiceId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::{LARGEST, Money, MoneyError};
use crate::domain::pass;
use crate::domain::status::{InvoiceKind, InvoiceState, PaymentKind, PaymentStatus};
use crate::domain::supply::SupplyDays;
use crate::domain::tax::{TaxRate, TaxTreatment};
use crate::domain::terms::due_on;
use crate::domain::text;
use crate::services::billing::{self, Billing, InvoiceHead};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::planning;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, NewPayment, Payer};
use crate::store::{credit_note, customer, group, receipt, subscription};

/// What a person says of an out-of-turn invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceDraft {
    pub customer: CustomerId,
    pub lines: Vec<LineDraft>,
    /// When it is due; by the class's terms where no day is named.
    pub due_on: Option<NaiveDate>,
}

/// One free line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDraft {
    pub text: String,
    /// How many, up to three digits after the point; 1 where it is empty.
    pub quantity: String,
    /// Price of one, plain decimal text; it may be finer than the currency.
    pub unit_price: String,
    /// What is taken off: `10 %`, `5.00`, or nothing.
    pub discount: String,
    /// Percent; the shop's rate where it is empty, none for a customer who pays no tax.
    pub tax_rate: String,
    /// When it was supplied; on the day of the invoice where nothing is said.
    pub supplied: Option<SupplyDays>,
}

/// Why no line is below zero: it is a payment, and what came in for a payment stands between nothing and its amount
/// (RULES: Money in).
pub const NO_NEGATIVE_LINE: &str = "a line cannot be below zero: lower the price of what is billed, or issue the invoice \
    and take the discount off with a credit note";

/// Issues an out-of-turn invoice dated today.
pub(in crate::services) fn new(work: &Work, draft: &InvoiceDraft) -> Result<Done> {
    let owner = super::customer_reading::current(work, draft.customer)?;
    if draft.lines.is_empty() || draft.lines.len() > 10_000 {
        return Err(Refusal::of_field("line", "an invoice has 1 to 10,000 lines").into());
    }
    let (terms, review) = customer::policy(work.db, owner.class, "out_of_turn")?;
    let due = draft.due_on.unwrap_or_else(|| due_on(None, work.today, terms));
    if due < work.today {
        return Err(Refusal::of_field("due", "an invoice cannot be due before it is issued").into());
    }
    let billing = Billing::new(work);
    let facts = billing::own_payer(work, owner.id, None)?;
    let usual = if facts.tax_treatment == TaxTreatment::Standard { work.shop.tax } else { TaxRate::ZERO };
    let read: Vec<ReadLine> =
        draft.lines.iter().map(|line| read_line(work, owner.currency, usual, line)).collect::<Result<_>>()?;
    text::refuse_spread(&read.iter().map(|line| line.text.as_str()).collect::<Vec<_>>()).of_field("line")?;
    let basis = work.shop.price_basis;
    let taxed = billing.tax(&read.iter().map(|line| (line.priced, line.tax, basis)).collect::<Vec<_>>());
    if taxed.iter().any(|line| line.gross > LARGEST) {
        return Err(Refusal::of_field("unit_price", MoneyError::TooLarge).into());
    }
    let mut lines: Vec<NewPayment> = read
        .into_iter()
        .zip(taxed)
        .map(|(line, taxed)| NewPayment {
            kind: PaymentKind::Extra,
            customer: owner.id,
            group: None,
            subscription: None,
            currency: owner.currency,
            // No period of a contract: it counts from 0.
            period: line.supplied.map(|days| (0, days.period().0, days.period().1)),
            due_on: due,
            invoice: None,
            text: line.text,
            serial: String::new(),
            quantity_milli: line.quantity_milli,
            unit_minor: line.unit_minor,
            tax: line.tax,
            net_minor: taxed.net,
            tax_minor: taxed.tax,
        })
        .collect();
    let payer = Payer::Customer(owner.id);
    let head = InvoiceHead {
        kind: InvoiceKind::OutOfTurn,
        payer,
        currency: owner.currency,
        invoiced_on: work.today,
        due_on: due,
    };
    let (id, number) = billing.invoice(&head, &facts, &mut lines, review)?;
    let total = lines.iter().map(|line| line.net_minor + line.tax_minor).sum();
    done(work, Log::NewInvoice, Some(owner.id), id, number, Money::new(total, owner.currency))
}

struct ReadLine {
    text: String,
    quantity_milli: i64,
    unit_minor: i64,
    priced: i64,
    tax: TaxRate,
    supplied: Option<SupplyDays>,
}

fn read_line(work: &Work, currency: Currency, usual: TaxRate, draft: &LineDraft) -> Result<ReadLine> {
    // A bar ends a line of the text, where it is typed on one.
    let text = text::clean_text(&draft.text.replace('|', "\n"), 900).of_field("line")?;
    if text.is_empty() {
        return Err(Refusal::of_field("line", "say what the line is for").into());
    }
    let odd =
        || Refusal::of_field("quantity", "write a quantity such as 1 or 2.5, at most three digits after the point");
    if [&draft.quantity, &draft.unit_price].iter().any(|written| written.trim_start().starts_with(['-', '\u{2212}'])) {
        return Err(Refusal::of_field("unit_price", NO_NEGATIVE_LINE).into());
    }
    let quantity: Decimal = match draft.quantity.trim() {
        "" => Decimal::ONE,
        written => Decimal::from_str_exact(written).map_err(|_| odd())?,
    };
    let milli = (quantity * Decimal::ONE_THOUSAND).normalize();
    let quantity_milli =
        milli.to_i64().filter(|m| milli.is_integer() && (1..=1_000_000_000).contains(m)).ok_or_else(odd)?;
    let tax = match draft.tax_rate.trim() {
        "" => usual,
        rate => rate.parse::<TaxRate>().of_field("tax_rate")?,
    };
    let unit = free_line::unit_price(&draft.unit_price).of_field("unit_price")?;
    let discount = Discount::read(&draft.discount).of_field("discount")?;
    let line = FreeLine { quantity, unit, discount };
    let priced = line.cost(currency).map_err(|error| match error {
        FreeLineError::TooLarge => Refusal::of_field("line", MoneyError::TooLarge),
        other => Refusal::of_field("discount", other),
    })?;
    if line.is_plain(currency) {
        let unit = Money::parse(&draft.unit_price, currency).of_field("unit_price")?;
        let (unit_minor, supplied) = (unit.minor(), draft.supplied);
        return Ok(ReadLine { text, quantity_milli, unit_minor, priced, tax, supplied });
    }
    let text = format!("{text}\n{}", line.reckoning(currency, work.shop.style));
    Ok(ReadLine { text, quantity_milli: 1000, unit_minor: priced, priced, tax, supplied: draft.supplied })
}

/// Invoices a group for a month by hand: everything of its members that starts in that month or waits from before.
/// What is in `leave_out` stays for a later invoice.
pub(in crate::services) fn group(
    work: &Work,
    id: GroupId,
    month: NaiveDate,
    leave_out: &[SubscriptionId],
) -> Result<Done> {
    let group = group::by_id(work.db, id)?.or_unknown("billing group", id)?;
    let first = month.with_day(1).unwrap_or(month);
    let last = on_anchor(month.year(), month.month(), 31).unwrap_or(month);
    let after = last.succ_opt().unwrap_or(last);
    if first > work.today && (first - work.today).num_days() > 31 {
        return Err(Refusal::of_field("period", "that month is more than a month ahead").into());
    }
    let billing = Billing::new(work);
    for due in rows::due_of_group(work.db, id, last)? {
        let turns = subscription::turns(work.db, due.id)?;
        let billable = rows::billable(&due, Some(group.billing_day), &turns)?;
        let planned = pass::plan_before(&billable, after, work.shop.lead_days);
        let mut starts = std::collections::HashMap::new();
        planning::next_starts(&billable, &planned, &mut starts);
        for plan in &planned {
            let next = starts.get(&(plan.subscription, plan.period.index)).copied().flatten();
            billing.period(&due, plan, next)?;
        }
    }
    let Some((invoice, number)) = billing.consolidated_without(&group, work.today, last, leave_out)? else {
        let message = format!("nothing of {} waits for {}", group.name, first.format("%Y-%m"));
        return Err(Refusal::new("nothing_to_invoice", message).into());
    };
    let head = rows::invoice(work.db, invoice)?.or_unknown("invoice", invoice)?;
    done(work, Log::InvoiceGroup, None, invoice, number, Money::new(head.total_minor, head.currency))
}

fn done(
    work: &Work,
    action: Log,
    customer: Option<CustomerId>,
    id: InvoiceId,
    number: Option<String>,
    total: Money,
) -> Result<Done> {
    let subject = Subject::Invoice(id);
    let details = json!({ "total": total.to_string(), "currency": total.currency().code() });
    work.log(&Entry { customer, details, ..Entry::new(action, subject) })?;
    let amount = work.shop.style.amount(total);
    let said = match &number {
        Some(number) => format!("Invoice {number} is issued, {amount}."),
        None => format!("The invoice for {amount} waits for review."),
    };
    Ok(Done::new(said, Outcome::Invoice(id, number), &[Touched::Money, Touched::Groups, Touched::Customers]))
}

/// Voids an invoice on which nothing is settled; its payments are cancelled.
pub(in crate::services) fn void(work: &Work, id: InvoiceId, reason: &str) -> Result<Done> {
    let head = rows::invoice(work.db, id)?.or_unknown("invoice", id)?;
    let reason = text::clean_line(reason, 300).of_field("reason")?;
    if reason.is_empty() {
        return Err(Refusal::of_field("reason", "say why the invoice is withdrawn").into());
    }
    let number = refuse_void(work, &head)?;
    rows::void(work.db, id, work.today)?;
    let customer = head.payer.customer();
    let subject = Subject::Invoice(id);
    work.log(&Entry { customer, text: Some(reason), ..Entry::new(Log::VoidInvoice, subject) })?;
    let said = format!("Invoice {number} is void; its payments are cancelled.");
    Ok(Done::new(said, Outcome::Invoice(id, Some(number)), &[Touched::Money, Touched::Customers]))
}

/// The number of an invoice that may be voided: nothing is settled on it, and no money for it is on its way.
pub(super) fn refuse_void(work: &Work, head: &rows::InvoiceHead) -> Result<String> {
    let number = head.number.clone().unwrap_or_else(|| format!("draft {}", head.id));
    if head.state == InvoiceState::InReview {
        let message = format!("invoice {number} waits for review: approve it first, then it can be void");
        return Err(Refusal::new("not_issued", message).into());
    }
    if head.state != InvoiceState::Issued {
        return Err(Refusal::new("not_issued", format!("invoice {number} is not issued")).into());
    }
    if head.settled_minor != 0 {
        let message = format!("money is settled on invoice {number}: correct it with a credit note instead");
        return Err(Refusal::new("settled", message).into());
    }
    // One that was taken back keeps its number, and stands on this invoice.
    if !credit_note::of_invoice(work.db, head.id)?.is_empty() {
        let message = format!("a credit note stands on invoice {number}: correct it with a credit note instead");
        return Err(Refusal::new("settled", message).into());
    }
    work.refuse_closed(
        &format!("invoice {number}"),
        head.invoiced_on,
        "correct it with a credit note, which is dated today",
    )?;
    if receipt::owed_on_invoice(work.db, head.id)?.iter().any(|line| line.status == PaymentStatus::Processing) {
        let message = format!("money for invoice {number} is on its way: say first that it did not come");
        return Err(Refusal::new("on_its_way", message).into());
    }
    Ok(number)
}
