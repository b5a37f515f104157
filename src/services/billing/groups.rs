//! One invoice over what all members of a group rent.

use chrono::{Datelike, NaiveDate};

use super::{Billing, InvoiceHead};
use crate::domain::id::{InvoiceId, SubscriptionId};
use crate::domain::status::InvoiceKind;
use crate::domain::tax::TaxTreatment;
use crate::services::refusal::Result;
use crate::store::billing::{self, Payer, PayerFacts};
use crate::store::group::Group;

impl Billing<'_> {
    /// One invoice dated `dated` over everything of a group that waits up to the end of that month. None where nothing
    /// waits.
    pub fn consolidated(&self, group: &Group, dated: NaiveDate) -> Result<Option<(InvoiceId, Option<String>)>> {
        let until = crate::domain::calendar::on_anchor(dated.year(), dated.month(), 31).unwrap_or(dated);
        self.consolidated_until(group, dated, until)
    }

    /// One invoice dated `dated` over everything of a group whose period starts on `until` or before.
    pub fn consolidated_until(
        &self,
        group: &Group,
        dated: NaiveDate,
        until: NaiveDate,
    ) -> Result<Option<(InvoiceId, Option<String>)>> {
        self.consolidated_without(group, dated, until, &[])
    }

    /// The same without some subscriptions, whose payments wait on.
    pub fn consolidated_without(
        &self,
        group: &Group,
        dated: NaiveDate,
        until: NaiveDate,
        leave_out: &[SubscriptionId],
    ) -> Result<Option<(InvoiceId, Option<String>)>> {
        let mut waiting = billing::uninvoiced_of_group(self.work.db, group.id, until)?;
        waiting.retain(|line| !line.subscription.is_some_and(|id| leave_out.contains(&id)));
        if waiting.is_empty() {
            return Ok(None);
        }
        let head = InvoiceHead {
            kind: InvoiceKind::Consolidated,
            payer: Payer::Group(group.id),
            currency: group.currency,
            invoiced_on: dated,
            due_on: crate::domain::terms::due_on(None, dated, group.terms_days),
        };
        let tax_treatment = billing::treatment_of_members(self.work.db, group.id)?;
        let facts = PayerFacts { tax_treatment, ..group_payer(group) };
        self.gather(&head, &facts, &waiting, false).map(Some)
    }
}

/// A group as it stands on its invoices.
pub(in crate::services) fn group_payer(group: &Group) -> PayerFacts {
    let lines = [group.contact_name.as_str(), group.address.as_str()];
    let address = lines.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join("\n");
    let tax_treatment = TaxTreatment::Standard;
    PayerFacts {
        name: group.name.clone(),
        address,
        tax_number: group.tax_number.clone(),
        tax_treatment,
        tax_reason: String::new(),
    }
}
