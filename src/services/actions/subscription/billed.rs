//! What a change bills on an invoice of its own.

use chrono::NaiveDate;

use super::changing::Changing;
use crate::domain::id::PaymentId;
use crate::domain::money::{LARGEST, Money, MoneyError};
use crate::domain::status::{InvoiceKind, PaymentKind};
use crate::domain::terms::{due_on, regular_terms};
use crate::services::billing::{self, Billing, InvoiceHead};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::store::billing::{self as rows, NewPayment, Payer};
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
        // A period bears the rate of its last day, what is no period that of today.
        let tax_of = |line: &NewLine| due.tax_on(line.period.map_or(work.today, |(_, _, end)| billing::last_day(end)));
        let taxed = billing.tax(&lines.iter().map(|line| (line.priced, tax_of(line), due.basis)).collect::<Vec<_>>());
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
            tax: tax_of(&line),
            period: line.period,
            due_on,
            invoice: None,
            text: line.text,
            serial: line.serial,
            quantity_milli: 1000,
            unit_minor: line.priced,
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
        self.effect.charged = Money::new(self.effect.charged.minor() + gross, due.currency);
        let named =
            number.as_ref().map_or_else(|| "An invoice in review".to_owned(), |number| format!("Invoice {number}"));
        self.tell(format!("{named} for {}, due on {}.", self.amount(gross), self.day(due_on)));
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
