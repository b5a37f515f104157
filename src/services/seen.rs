//! What somebody sees of the book. Every list here is of a scope that cannot be left out: it follows from who asks, and is
//! looked up anew in the same state of the book as the rows.

use chrono::NaiveDate;

use super::desk::Desk;
use super::refusal::{DeskError, OrUnknown, Refusal, Result};
use super::rights::Principal;
use crate::domain::query::payments::PaymentFilter;
use crate::store::billing::Payer;
use crate::store::lists::invoices::{InvoiceFilter, InvoiceRow, invoices_within};
use crate::store::lists::payments::{PaymentRow, payments_within};
use crate::store::lists::receipts::{ListedReceipt, ReceiptFilter, receipts_within};
use crate::store::lists::subscriptions::{SubscriptionFilter, SubscriptionRow, subscriptions_within};
use crate::store::lists::{Page, Slice};
use crate::store::scope::Scope;
use crate::store::{Db, StoreError};

/// The book, as far as somebody may look.
pub struct Seen<'a> {
    db: &'a Db<'a>,
    scope: Scope,
    today: NaiveDate,
}

impl std::fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seen").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl Seen<'_> {
    /// A page of the payments.
    pub fn payments(&self, filter: &PaymentFilter, page: &Page) -> Result<Slice<PaymentRow>, StoreError> {
        payments_within(self.db, self.scope, filter, page, self.today)
    }

    /// A page of the invoices; drafts are the shop's own.
    pub fn invoices(&self, filter: &InvoiceFilter, page: &Page) -> Result<Slice<InvoiceRow>, StoreError> {
        invoices_within(self.db, self.scope, filter, page, self.today)
    }

    /// A page of the receipts.
    pub fn receipts(&self, filter: &ReceiptFilter, page: &Page) -> Result<Slice<ListedReceipt>, StoreError> {
        receipts_within(self.db, self.scope, filter, page)
    }

    /// A page of the subscriptions.
    pub fn subscriptions(
        &self,
        filter: &SubscriptionFilter,
        page: &Page,
    ) -> Result<Slice<SubscriptionRow>, StoreError> {
        subscriptions_within(self.db, self.scope, filter, page, self.today)
    }
}

impl Desk {
    /// One consistent look at what whoever sits here may see.
    pub fn see<T, E: Into<DeskError> + From<StoreError>>(&self, look: impl FnOnce(&Seen) -> Result<T, E>) -> Result<T> {
        let (principal, today) = (self.principal(), self.today());
        let seen = self.book().read(|db| look(&Seen { db, scope: scope(db, principal)?, today }));
        seen.map_err(Into::into)
    }

    /// One consistent read of everything of one payer: refused where whoever asks may not see it. To them there is none.
    pub(super) fn read_of<T>(&self, payer: Payer, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        let principal = self.principal();
        self.book().read(|db| {
            let is_seen = scope(db, principal)?.has(db, payer)?;
            match payer {
                Payer::Customer(id) => is_seen.then_some(()).or_unknown("customer", id)?,
                Payer::Group(id) => is_seen.then_some(()).or_unknown("billing group", id)?,
            }
            work(db)
        })
    }

    /// Refuses a look at the whole book to who only pays.
    pub(super) fn refuse_payers(&self) -> Result<()> {
        match self.principal() {
            Principal::Staff(_) | Principal::System => Ok(()),
            Principal::Payer(_) | Principal::Link(_) => {
                Err(Refusal::new("not_allowed", "only the shop itself can do this").into())
            }
        }
    }
}

/// What somebody may see, at this moment.
fn scope(db: &Db, principal: Principal) -> Result<Scope, StoreError> {
    match principal {
        Principal::Staff(_) | Principal::System => Ok(Scope::All),
        Principal::Payer(payer) => Scope::of(db, payer),
        Principal::Link(invoice) => Ok(Scope::Invoice(invoice)),
    }
}
