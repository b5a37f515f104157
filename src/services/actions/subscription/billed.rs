//! Periods that are billed already: days taken back, and what a change bills on an invoice of its own.

use chrono::NaiveDate;

use super::changing::Changing;
use crate::domain::contract::{Pause, taken_back};
use crate::domain::credit_note::{credit_gross, credit_net};
use crate::domain::id::PaymentId;
use crate::domain::money::{LARGEST, Money, MoneyError};
use crate::domain::status::{InvoiceKind, InvoiceState, PaymentKind, PaymentStatus};
use crate::domain::tax::PriceBasis;
use crate::domain::terms::{due_on, regular_terms};
use crate::services::billing::{self, Billing, InvoiceHead};
use crate::services::contract_credits::{self, TakenBack};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::store::billing::{self as rows, NewPayment, Payer};
use crate::store::period::{self as periods, PeriodPayment, Size};
use crate::store::{customer, group};

/// A line that a change bills.
pub(super) struct NewLine {
    pub kind: PaymentKind,
    pub text: String,
    /// The serial number in the text; empty where there is none.
    pub serial: String,
    /// As priced, minor units.
    pub priced: i64,
    /// Number, first day and first day after of its period, where it stands for one.
    pub period: Option<(u32, NaiveDate, NaiveDate)>,
}

impl Changing<'_> {
    /// Days from `off.0` up to `off.1` are no longer billed: what stands on payments for them is credited, made smaller
    /// or falls away. `pauses` were not billed before, nor was what comes after a day it was cancelled to. Days that were
    /// billed again after a pause stand on the line that did so last.
    pub fn take_days_back(&mut self, off: (NaiveDate, NaiveDate), pauses: &[Pause]) -> Result<()> {
        let gone = self.sub.state.ended_on.map(|on| (on, None));
        let unbilled: Vec<Pause> = pauses.iter().copied().chain(gone).collect();
        let rests = periods::rests(self.work.db, self.sub.id)?;
        let made = periods::periods_after(self.work.db, self.sub.id, off.0)?;
        for period in made.iter().chain(rests.iter().filter(|rest| rest.end > off.0)) {
            if period.start >= off.1 || period.status == PaymentStatus::Cancelled {
                continue;
            }
            let later = rests.iter().filter(|rest| rest.id > period.id).map(|rest| (rest.start, Some(rest.end)));
            let mut elsewhere: Vec<Pause> = unbilled.iter().copied().chain(later).collect();
            elsewhere.sort_unstable();
            match period.invoice {
                None => self.shrink(period, off, &elsewhere)?,
                Some((_, InvoiceState::Issued)) => self.credit(period, off, &elsewhere)?,
                Some(_) => {
                    let message = "an invoice of this subscription waits for review: approve it first";
                    return Err(Refusal::new("in_review", message).into());
                }
            }
        }
        Ok(())
    }

    fn shrink(&mut self, period: &PeriodPayment, off: (NaiveDate, NaiveDate), pauses: &[Pause]) -> Result<()> {
        let back = taken_back(period.unit_minor, (period.start, period.end), pauses, off);
        let is_whole = off.0 <= period.start && off.1 >= period.end;
        if is_whole || (back > 0 && back == period.unit_minor) {
            self.cancels.push(period.id);
            return Ok(());
        }
        let had = periods::size(self.work.db, period.id)?.or_unknown("payment", period.id)?;
        let unit_minor = period.unit_minor - back;
        let taxed = Billing::new(self.work).tax(&[(unit_minor, period.tax)]);
        let (net_minor, tax_minor) = taxed.first().map_or((unit_minor, 0), |line| (line.net, line.tax));
        let end = if off.1 >= period.end { off.0 } else { period.end };
        periods::resize(self.work.db, period.id, &Size { end, unit_minor, net_minor, tax_minor })?;
        self.trail.sizes.push((period.id, had));
        Ok(())
    }

    fn credit(&mut self, period: &PeriodPayment, off: (NaiveDate, NaiveDate), pauses: &[Pause]) -> Result<()> {
        let (line, credited) = contract_credits::left(self.work, period.id)?;
        let left = line.minus(credited);
        let is_gross = self.work.shop.price_basis == PriceBasis::Gross;
        let value = if is_gross { left.gross() } else { left.net };
        let back = taken_back(value, (period.start, period.end), pauses, off);
        if back <= 0 {
            return Ok(());
        }
        let part = match (back == value, is_gross) {
            (true, _) => left,
            (false, true) => credit_gross(line, credited, back).unwrap_or_default(),
            (false, false) => credit_net(line, credited, back).unwrap_or_default(),
        };
        let last = off.1.min(period.end).pred_opt().unwrap_or(period.end);
        let text = format!("{}: {} - {}", period.text, self.day(off.0.max(period.start)), self.day(last));
        self.credits.push(TakenBack { payment: period.id, text, part });
        Ok(())
    }

    /// Bills lines on an invoice of their own; a period or a rest of one of somebody who bills to a group waits for the
    /// group's. Gross, minor units.
    pub fn bill(&mut self, kind: InvoiceKind, lines: Vec<NewLine>) -> Result<i64> {
        let lines: Vec<NewLine> = lines.into_iter().filter(|line| line.priced > 0).collect();
        if lines.is_empty() {
            return Ok(0);
        }
        let (work, due) = (self.work, self.due.clone());
        let start = lines.iter().filter_map(|line| line.period).map(|(_, start, _)| start).min();
        let (terms, review) = self.terms(kind)?;
        let due_on = due_on(start, work.today, terms);
        let billing = Billing::new(work);
        let taxed = billing.tax(&lines.iter().map(|line| (line.priced, due.tax)).collect::<Vec<_>>());
        if taxed.iter().any(|line| line.gross > LARGEST) {
            return Err(Refusal::new("too_large", MoneyError::TooLarge.to_string()).into());
        }
        let gross = taxed.iter().map(|line| line.gross).sum();
        let new = |(line, taxed): (NewLine, &crate::domain::tax::TaxedLine)| NewPayment {
            kind: line.kind,
            customer: due.customer,
            group: due.group,
            subscription: Some(due.id),
            currency: due.currency,
            period: line.period,
            due_on,
            invoice: None,
            text: line.text,
            serial: line.serial,
            quantity_milli: 1000,
            unit_minor: line.priced,
            tax: due.tax,
            net_minor: taxed.net,
            tax_minor: taxed.tax,
        };
        let mut payments: Vec<NewPayment> = lines.into_iter().zip(&taxed).map(new).collect();
        if due.group.is_some() && kind == InvoiceKind::Regular {
            let made = payments.iter().map(|line| Ok(rows::insert_payment(work.db, line)?));
            self.trail.payments.extend(made.collect::<Result<Vec<PaymentId>>>()?);
            self.tell(format!("{} waits for the group's invoice.", self.amount(gross)));
            return Ok(gross);
        }
        let (payer, facts) = match due.group {
            Some(id) => {
                let group = group::by_id(work.db, id)?.or_unknown("billing group", id)?;
                (Payer::Group(id), billing::group_payer(&group))
            }
            None => (Payer::Customer(due.customer), billing::own_payer(work, due.customer, due.bill_to)?),
        };
        let head = InvoiceHead { kind, payer, currency: due.currency, invoiced_on: work.today, due_on };
        let (invoice, number) = billing.invoice(&head, &facts, &mut payments, review)?;
        self.trail.invoices.push(invoice);
        self.effect.charged = Money::new(gross, due.currency);
        let named =
            number.as_ref().map_or_else(|| "An invoice in review".to_owned(), |number| format!("Invoice {number}"));
        self.tell(format!("{named} over {}, due on {}.", self.amount(gross), self.day(due_on)));
        self.effect.invoice = Some((invoice, number));
        Ok(gross)
    }

    /// Terms of such an invoice, and whether a person reviews it first.
    fn terms(&self, kind: InvoiceKind) -> Result<(u32, bool)> {
        let due = &self.due;
        let regular = regular_terms(due.kind, due.group_terms, due.own_terms, due.class_terms);
        if kind == InvoiceKind::Regular || due.group.is_some() {
            return Ok((regular, due.review_required));
        }
        let owner = customer::by_id(self.work.db, due.customer)?.or_unknown("customer", due.customer)?;
        Ok(customer::policy(self.work.db, owner.class, "out_of_turn")?)
    }
}
