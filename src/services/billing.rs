//! Payments and invoices written: what the pass, an order and a hand-made invoice have in common.

mod groups;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::letterhead::said;
use super::planning;
use super::refusal::{Refusal, Result};
use super::work::{Promised, Work};
use crate::documents::Sentence;
use crate::domain::currency::Currency;
use crate::domain::id::{AddressId, CustomerId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::numbering::dated;
use crate::domain::pass::{self, Planned};
use crate::domain::status::{InvoiceKind, PaymentKind};
use crate::domain::tax::{PriceBasis, TaxRate, TaxedLine, tax_lines};
use crate::store::billing::{self, Account, DueSubscription, NewInvoice, NewPayment, Payer, PayerFacts, Uninvoiced};
use crate::store::receipt_page::{self, ReceiptHead};
use crate::store::shop;

pub(super) use groups::group_payer;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Billed {
    pub payments: usize,
    /// Invoices issued or put in review.
    pub invoices: usize,
}

/// Writes payments and invoices inside one transaction; knows the letterhead and the next numbers.
pub struct Billing<'w> {
    work: &'w Work<'w>,
    letterhead: OnceCell<i64>,
    series: RefCell<HashMap<i32, Series>>,
}

/// How far the numbers of a year have come.
#[derive(Clone, Copy)]
struct Series {
    next: i64,
    last_on: Option<NaiveDate>,
}

impl<'w> Billing<'w> {
    /// Begins to bill.
    pub fn new(work: &'w Work<'w>) -> Self {
        Self { work, letterhead: OnceCell::new(), series: RefCell::default() }
    }

    /// The letterhead papers get today.
    pub fn letterhead(&self) -> Result<i64> {
        if let Some(id) = self.letterhead.get() {
            return Ok(*id);
        }
        let id = shop::letterhead(self.work.db, &super::letterhead::letterhead_text(self.work.db, self.work.shop)?)?;
        Ok(*self.letterhead.get_or_init(|| id))
    }

    /// The series of an invoice of this day: its year, and how far it has come.
    fn series(&self, on: NaiveDate) -> Result<(i32, Series)> {
        let year = if self.work.shop.invoice_numbers.has_year() { on.year() } else { 0 };
        if let Some(series) = self.series.borrow().get(&year) {
            return Ok((year, *series));
        }
        let next = billing::next_number(self.work.db, "invoice", year)?;
        Ok((year, Series { next, last_on: billing::last_of_series(self.work.db, year)? }))
    }

    /// Gives a draft of `total_minor` the next number of its year.
    pub fn issue(
        &self,
        invoice: InvoiceId,
        (payer, total_minor): (Payer, i64),
        invoiced_on: NaiveDate,
    ) -> Result<String> {
        let (year, series) = self.series(invoiced_on)?;
        let number = self.work.shop.invoice_numbers.render(invoiced_on.year(), series.next);
        let before = billing::account_of(self.work.db, payer)?;
        let account = Account { charged: before.charged + total_minor, ..before };
        if matches!(payer, Payer::Group(_)) {
            billing::name_members(self.work.db, invoice)?;
        }
        billing::issue(self.work.db, invoice, (year, series.next, &number), account)?;
        if self.work.shop.use_credit_unasked {
            self.promise((invoice, payer), total_minor, invoiced_on)?;
        }
        self.series.borrow_mut().insert(year, Series { next: series.next + 1, last_on: Some(invoiced_on) });
        Ok(number)
    }

    /// What credit its payer had on the day of an invoice is promised to it, where the shop uses credit unasked.
    fn promise(&self, (invoice, payer): (InvoiceId, Payer), total: i64, on: NaiveDate) -> Result<()> {
        let credit: i64 = credit_on(self.work, payer, on)?.iter().map(ReceiptHead::unapplied).sum();
        let minor = total.min(credit - self.work.promised_by(payer));
        if minor > 0 {
            self.work.promise(Promised { invoice, payer, on, minor });
        }
        Ok(())
    }

    /// The head with the day that will stand on it: none is of a closed day, as more days ahead, set today, would date one.
    fn dated(&self, head: &InvoiceHead) -> Result<InvoiceHead> {
        let (_, series) = self.series(head.invoiced_on)?;
        let invoiced_on = dated(self.work.first_open(head.invoiced_on), series.last_on);
        Ok(InvoiceHead { invoiced_on, due_on: head.due_on.max(invoiced_on), ..*head })
    }

    /// One period of a subscription: its payment, and its invoice unless a group takes it. Nothing when another pass
    /// was here first.
    pub fn period(&self, due: &DueSubscription, planned: &Planned, next_start: Option<NaiveDate>) -> Result<Billed> {
        if !billing::claim(self.work.db, due.id, planned.period.index, next_start)? {
            return Ok(Billed::default());
        }
        self.write_period(due, planned)
    }

    /// One period out of turn, while earlier ones are still to come. Nothing when somebody was here first.
    pub fn period_ahead(&self, due: &DueSubscription, planned: &Planned) -> Result<Billed> {
        if !billing::claim_ahead(self.work.db, due.id, planned.period.index, planned.monthly)? {
            return Ok(Billed::default());
        }
        self.write_period(due, planned)
    }

    fn write_period(&self, due: &DueSubscription, planned: &Planned) -> Result<Billed> {
        let index = planned.period.index;
        let facts = billing::line_facts(self.work.db, due.id)?;
        let tax = due.tax_on(last_day(planned.period.end));
        let priced = [(planned.priced, tax, due.basis)];
        let taxed = self.tax(&priced);
        let mut lines = vec![NewPayment {
            kind: PaymentKind::Period,
            customer: due.customer,
            group: due.group,
            subscription: Some(due.id),
            currency: due.currency,
            period: Some((index, planned.period.start, planned.period.end)),
            due_on: planned.due_on,
            invoice: None,
            text: facts.text,
            serial: facts.serial,
            quantity_milli: 1000,
            unit_minor: planned.priced,
            tax,
            net_minor: taxed[0].net,
            tax_minor: taxed[0].tax,
        }];
        if index == 0 && facts.deposit_minor > 0 {
            lines.push(deposit_line(self.work, &lines[0], facts.deposit_minor));
        }
        if let Some(invoiced_on) = planned.invoice_on {
            let payer = Payer::Customer(due.customer);
            let facts = billing::customer_payer(self.work.db, due.customer, due.bill_to)?;
            let (kind, due_on) = (InvoiceKind::Regular, planned.due_on);
            let head = InvoiceHead { kind, payer, currency: due.currency, invoiced_on, due_on };
            self.invoice(&head, &facts, &mut lines, due.review_required)?;
            return Ok(Billed { payments: lines.len(), invoices: 1 });
        }
        for line in &lines {
            let id = billing::insert_payment(self.work.db, line)?;
            self.keep_deposit(line, id)?;
        }
        Ok(Billed { payments: lines.len(), invoices: 0 })
    }

    /// Writes an invoice with its lines and issues it, or leaves it for review. Its number, once it has one.
    pub fn invoice(
        &self,
        head: &InvoiceHead,
        facts: &PayerFacts,
        lines: &mut [NewPayment],
        review: bool,
    ) -> Result<(InvoiceId, Option<String>)> {
        let head = &self.dated(head)?;
        let id = self.draft(head, facts, lines.iter().map(|line| (line.net_minor, line.tax_minor)))?;
        for (at, line) in (1..).zip(lines.iter_mut()) {
            line.invoice = Some((id, at));
            line.due_on = head.due_on;
            let payment = billing::insert_payment(self.work.db, line)?;
            self.keep_deposit(line, payment)?;
        }
        let nothing = lines.iter().any(|line| line.net_minor + line.tax_minor <= 0);
        let total = lines.iter().map(|line| line.net_minor + line.tax_minor).sum();
        self.finish((id, head, total), review, nothing)
    }

    fn draft(
        &self,
        head: &InvoiceHead,
        facts: &PayerFacts,
        amounts: impl Iterator<Item = (i64, i64)>,
    ) -> Result<InvoiceId> {
        let (subtotal_minor, tax_minor) = amounts.fold((0, 0), |sum, line| (sum.0 + line.0, sum.1 + line.1));
        let letterhead = self.letterhead()?;
        let new = NewInvoice {
            kind: head.kind,
            payer: head.payer,
            currency: head.currency,
            invoiced_on: head.invoiced_on,
            due_on: head.due_on,
            subtotal_minor,
            tax_minor,
            facts,
            letterhead,
        };
        Ok(billing::insert_invoice(self.work.db, &new)?)
    }

    fn finish(
        &self,
        (id, head, total): (InvoiceId, &InvoiceHead, i64),
        review: bool,
        nothing: bool,
    ) -> Result<(InvoiceId, Option<String>)> {
        if review {
            billing::put_in_review(self.work.db, id)?;
            return Ok((id, None));
        }
        let number = self.issue(id, (head.payer, total), head.invoiced_on)?;
        if nothing {
            billing::pay_nothing(self.work.db, id, head.invoiced_on)?;
        }
        Ok((id, Some(number)))
    }

    /// One invoice over payments that waited for it.
    pub fn gather(
        &self,
        head: &InvoiceHead,
        facts: &PayerFacts,
        waiting: &[Uninvoiced],
        review: bool,
    ) -> Result<(InvoiceId, Option<String>)> {
        let head = &self.dated(head)?;
        let priced: Vec<_> = waiting.iter().map(|line| (line.priced_minor, line.tax, line.basis)).collect();
        let taxed = self.tax(&priced);
        let id = self.draft(head, facts, taxed.iter().map(|line| (line.net, line.tax)))?;
        for (at, (line, taxed)) in (1..).zip(waiting.iter().zip(&taxed)) {
            billing::put_on_invoice(self.work.db, line.id, (id, at), head.due_on, (taxed.net, taxed.tax))?;
        }
        let nothing = taxed.iter().any(|line| line.gross <= 0);
        let total = taxed.iter().map(|line| line.gross).sum();
        self.finish((id, head, total), review, nothing)
    }

    /// The tax of lines, each priced as its contract says, rounded as the shop does.
    pub fn tax(&self, priced: &[(i64, TaxRate, PriceBasis)]) -> Vec<TaxedLine> {
        let scope = self.work.shop.tax_scope;
        let of = |wanted: PriceBasis| {
            let lines: Vec<_> = priced.iter().filter(|line| line.2 == wanted).map(|line| (line.0, line.1)).collect();
            tax_lines(&lines, wanted, scope).into_iter()
        };
        let (mut net, mut gross) = (of(PriceBasis::Net), of(PriceBasis::Gross));
        let taxed = priced.iter().map(|line| match line.2 {
            PriceBasis::Net => net.next(),
            PriceBasis::Gross => gross.next(),
        });
        taxed.map(Option::unwrap_or_default).collect()
    }

    fn keep_deposit(&self, line: &NewPayment, payment: PaymentId) -> Result<()> {
        match (line.kind, line.subscription) {
            (PaymentKind::Deposit, Some(subscription)) => {
                Ok(billing::insert_deposit(self.work.db, subscription, payment, line.net_minor)?)
            }
            _ => Ok(()),
        }
    }
}

/// What an invoice is about, before it has lines.
#[derive(Clone, Copy, Debug)]
pub struct InvoiceHead {
    /// Regular, out of turn or consolidated.
    pub kind: InvoiceKind,
    pub payer: Payer,
    pub currency: Currency,
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
}

/// The last day of what ends before a day.
pub(super) fn last_day(end: NaiveDate) -> NaiveDate {
    end.pred_opt().unwrap_or(end)
}

fn deposit_line(work: &Work, period: &NewPayment, minor: i64) -> NewPayment {
    NewPayment {
        kind: PaymentKind::Deposit,
        period: None,
        text: said(work, Sentence::Deposit, &[("what", &period.text)]),
        unit_minor: minor,
        tax: TaxRate::ZERO,
        net_minor: minor,
        tax_minor: 0,
        ..period.clone()
    }
}

/// Bills what is due by today of subscriptions that were just activated.
pub(super) fn bill_now(work: &Work, subscriptions: &[SubscriptionId]) -> Result<Billed> {
    let mut due = HashMap::new();
    let mut plans = Vec::new();
    let mut starts = HashMap::new();
    for id in subscriptions {
        let (row, billable) = planning::load(work, *id, |_| ())?;
        let planned = pass::plan(&billable, work.today, work.shop.lead_days);
        planning::next_starts(&billable, &planned, &mut starts);
        plans.extend(planned);
        due.insert(*id, row);
    }
    pass::in_number_order(&mut plans);
    let billing = Billing::new(work);
    let mut billed = Billed::default();
    for planned in &plans {
        let next = starts.get(&(planned.subscription, planned.period.index)).copied().flatten();
        let one = billing.period(&due[&planned.subscription], planned, next)?;
        billed.payments += one.payments;
        billed.invoices += one.invoices;
    }
    Ok(billed)
}

/// The receipts that held credit of a payer on a day, oldest money first: money takes effect on its day, whenever the
/// pass ran.
pub(super) fn credit_on(work: &Work, payer: Payer, on: NaiveDate) -> Result<Vec<ReceiptHead>> {
    let mut holding = receipt_page::with_credit(work.db, payer)?;
    holding.retain(|head| head.cleared_on.is_some_and(|cleared| cleared <= on));
    Ok(holding)
}

/// A customer as it stands on its own invoices, with the address of an order where that has one; refuses one who cannot
/// be billed singly.
pub(super) fn own_payer(work: &Work, customer: CustomerId, bill_to: Option<AddressId>) -> Result<PayerFacts> {
    let facts = billing::customer_payer(work.db, customer, bill_to)?;
    if facts.name.is_empty() {
        return Err(Refusal::new("no_name", "this customer has no name to print on an invoice").into());
    }
    Ok(facts)
}
