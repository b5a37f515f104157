//! What waits for its invoice follows the law and how its customer is taxed; what is issued keeps its rate.

use super::billing::{Billing, last_day};
use super::refusal::Result;
use super::work::Work;
use crate::domain::id::InvoiceId;
use crate::domain::status::PaymentKind;
use crate::domain::tax::{PriceBasis, TaxRate, TaxedLine};
use crate::store::billing::{self as rows, NewPayment, PayerFacts};
use crate::store::tax_change;

/// Periods without an invoice get the rate of today's law. How many changed.
pub(super) fn waiting(work: &Work) -> Result<usize> {
    let billing = Billing::new(work);
    let mut changed = 0;
    for (id, subscription, end, was) in tax_change::unbilled(work.db)? {
        let Some(due) = rows::due_by_id(work.db, subscription)? else { continue };
        let tax = due.tax_on(last_day(end));
        if tax == was {
            continue;
        }
        let Some(priced) = rows::priced_of(work.db, id)? else { continue };
        let taxed = billing.tax(&[(priced, tax, due.basis)]);
        rows::retax(work.db, id, tax, taxed.first().copied().unwrap_or_default())?;
        changed += 1;
    }
    Ok(changed)
}

/// A line that is billed anew, at the rate of today's law, and how it is priced.
pub(super) fn anew(work: &Work, line: &NewPayment, basis: PriceBasis) -> Result<(NewPayment, PriceBasis)> {
    let mut line = line.clone();
    let (Some(subscription), Some((_, _, end)), PaymentKind::Period) = (line.subscription, line.period, line.kind)
    else {
        return Ok((line, basis));
    };
    let Some(due) = rows::due_by_id(work.db, subscription)? else { return Ok((line, basis)) };
    let tax = due.tax_on(last_day(end));
    if tax == line.tax {
        return Ok((line, basis));
    }
    let priced = crate::domain::rounding::share(line.unit_minor, line.quantity_milli, 1000);
    let taxed = Billing::new(work).tax(&[(priced, tax, due.basis)]).first().copied().unwrap_or_default();
    (line.tax, line.net_minor, line.tax_minor) = (tax, taxed.net, taxed.tax);
    Ok((line, due.basis))
}

/// A draft that is approved bears the rates of that day: its periods by the law, what else is on it by how its payer is taxed
/// now, where that changed since. Its total, minor units.
pub(super) fn draft(work: &Work, id: InvoiceId, facts: &PayerFacts, total: i64) -> Result<i64> {
    let was = rows::treatment_of_invoice(work.db, id)?;
    let mut lines = Vec::new();
    let mut is_changed = false;
    for line in rows::draft_lines(work.db, id)? {
        let due = match (line.subscription, line.period_end) {
            (Some(subscription), Some(_)) => rows::due_by_id(work.db, subscription)?,
            _ => None,
        };
        let tax = match (due, line.period_end) {
            (Some(due), Some(end)) => due.tax_on(last_day(end)),
            _ if line.kind == PaymentKind::Deposit || was == facts.tax_treatment => line.tax,
            _ if facts.tax_treatment.pays() => work.shop.tax,
            _ => TaxRate::ZERO,
        };
        is_changed |= tax != line.tax;
        lines.push((line, tax));
    }
    if !is_changed {
        return Ok(total);
    }
    let priced: Vec<_> = lines.iter().map(|(line, tax)| (line.priced_minor, *tax, line.basis)).collect();
    let taxed = Billing::new(work).tax(&priced);
    for ((line, tax), taxed) in lines.iter().zip(&taxed) {
        rows::retax(work.db, line.id, *tax, *taxed)?;
    }
    let sum = |of: fn(&TaxedLine) -> i64| taxed.iter().map(of).sum::<i64>();
    let (net, tax) = (sum(|line| line.net), sum(|line| line.tax));
    rows::resum(work.db, id, net, tax)?;
    Ok(net + tax)
}
