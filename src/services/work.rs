//! One Action in progress: the open transaction, the day, the operator, and the one activity row it writes.

use std::cell::{Cell, RefCell};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value as Json;

use super::operator::Operator;
use super::outside::Outside;
use super::refusal::{Refusal, Result};
use super::rights::{Principal, Right};
use crate::domain::effect;
use crate::domain::id::{ActivityId, CustomerId, InvoiceId};
use crate::domain::log::{Log, Subject};
use crate::store::activity::{self, NewActivity};
use crate::store::billing::Payer;
use crate::store::shop::Shop;
use crate::store::{Db, StoreError};

/// What every Action works with.
pub struct Work<'a> {
    pub db: &'a Db<'a>,
    pub shop: &'a Shop,
    /// The business day.
    pub today: NaiveDate,
    /// The instant, for the log.
    pub now: DateTime<Utc>,
    operator: &'a Operator,
    principal: Principal,
    outside: &'a dyn Outside,
    logged: Cell<Option<(ActivityId, Log)>>,
    promised: RefCell<Vec<Promised>>,
}

/// Credit an invoice that was just issued will take, once its Action has its activity.
#[derive(Clone, Copy, Debug)]
pub struct Promised {
    pub invoice: InvoiceId,
    pub payer: Payer,
    /// The date of the invoice: the day it takes the credit.
    pub on: NaiveDate,
    /// How much in minor units.
    pub minor: i64,
}

/// What an Action says in the log.
pub struct Entry {
    pub action: Log,
    pub customer: Option<CustomerId>,
    pub subject: Subject,
    /// Ids, codes and amounts.
    pub details: Json,
    /// The activity it takes back.
    pub undoes: Option<ActivityId>,
    pub text: Option<String>,
}

impl Entry {
    /// What was done, and about what; the rest is set where there is more to say.
    pub const fn new(action: Log, subject: Subject) -> Self {
        Self { action, subject, customer: None, details: Json::Null, undoes: None, text: None }
    }
}

impl<'a> Work<'a> {
    /// Begins an Action.
    pub fn new(
        db: &'a Db<'a>,
        shop: &'a Shop,
        (today, now): (NaiveDate, DateTime<Utc>),
        (operator, principal): (&'a Operator, Principal),
        outside: &'a dyn Outside,
    ) -> Self {
        Self {
            db,
            shop,
            today,
            now,
            operator,
            principal,
            outside,
            logged: Cell::new(None),
            promised: RefCell::default(),
        }
    }

    /// Who does it.
    pub fn operator(&self) -> &str {
        &self.operator.name
    }

    /// Refuses who has not that right.
    pub fn require(&self, right: Right) -> Result<()> {
        self.principal.require(right)
    }

    /// Sixteen bytes nobody can guess, as hex.
    pub fn salt(&self) -> String {
        self.outside.salt()
    }

    /// Writes the one activity row of this Action; rows that belong to it carry its number.
    pub fn log(&self, entry: &Entry) -> Result<ActivityId> {
        if self.logged.get().is_some() {
            return Err(StoreError::broken("an Action wrote two activity rows").into());
        }
        let details = if entry.details.is_null() { "{}".to_owned() } else { entry.details.to_string() };
        let salt = if entry.text.is_some() { self.outside.salt() } else { String::new() };
        let id = activity::append(
            self.db,
            &NewActivity {
                at: self.now,
                business_on: self.today,
                operator: &self.operator.name,
                host: &self.operator.host,
                pid: self.operator.pid,
                program: concat!("rentbook ", env!("CARGO_PKG_VERSION")),
                log: entry.action,
                customer: entry.customer,
                subject: entry.subject,
                details: &details,
                undoes: entry.undoes,
                text: entry.text.as_deref(),
                salt: &salt,
            },
        )?;
        self.logged.set(Some((id, entry.action)));
        Ok(id)
    }

    /// The activity row that was written.
    pub fn logged(&self) -> Result<ActivityId> {
        self.logged.get().map(|(id, _)| id).ok_or_else(|| StoreError::broken("an Action wrote no activity row").into())
    }

    /// A step beside this Action, in the same transaction, with an activity row of its own.
    pub fn beside(&self) -> Self {
        Self { logged: Cell::new(None), promised: RefCell::default(), ..*self }
    }

    /// The same on another day, for what the pass writes as of a morning it was not run.
    pub fn dated(&self, day: NaiveDate) -> Self {
        Self { today: day, ..self.beside() }
    }

    /// Whether the pass does it, not a person.
    pub fn is_pass(&self) -> bool {
        self.logged.get().is_some_and(|(_, action)| action == Log::Pass)
    }

    /// Keeps in mind that an invoice takes credit.
    pub fn promise(&self, promised: Promised) {
        self.promised.borrow_mut().push(promised);
    }

    /// How much of a payer's credit is promised and not yet taken.
    pub fn promised_by(&self, payer: Payer) -> i64 {
        self.promised.borrow().iter().filter(|one| one.payer == payer).map(|one| one.minor).sum()
    }

    /// What was promised, in the order of issue; from now on it is as good as taken.
    pub fn take_promised(&self) -> Vec<Promised> {
        self.promised.take()
    }

    /// Refuses a business date in the future or in a closed period.
    pub fn open_day(&self, field: &'static str, day: NaiveDate) -> Result<()> {
        self.has_come(field, day)?;
        match self.shop.locked_until_on {
            Some(until) if day <= until => {
                let (until, first) = (self.shop.style.date(until), self.shop.style.date(self.first_open(day)));
                let message = format!("the period up to {until} is closed: the first open day is {first}");
                Err(Refusal::of_field(field, message).into())
            }
            _ => Ok(()),
        }
    }

    /// Whether a day lies in a period that is closed.
    pub fn is_closed(&self, day: NaiveDate) -> bool {
        self.first_open(day) != day
    }

    /// Refuses to withdraw or change what stands in the figures of a closed day; `instead` is what helps.
    pub fn refuse_closed(&self, what: &str, day: NaiveDate, instead: &str) -> Result<()> {
        if !self.is_closed(day) {
            return Ok(());
        }
        let day = self.shop.style.date(day);
        Err(Refusal::new("closed", format!("{what} is of {day}, which is closed: {instead}")).into())
    }

    /// Refuses a business date in the future.
    pub fn has_come(&self, field: &'static str, day: NaiveDate) -> Result<()> {
        if day <= self.today {
            return Ok(());
        }
        let today = self.shop.style.date(self.today);
        Err(Refusal::of_field(field, format!("that day is still to come: today is {today}")).into())
    }

    /// The first day from `day` on that no period lock closes.
    pub fn first_open(&self, day: NaiveDate) -> NaiveDate {
        effect::first_open(day, self.shop.locked_until_on)
    }

    /// The day on which money that came on `came` pays an invoice of the day `invoiced`.
    pub fn pays_on(&self, came: NaiveDate, invoiced: Option<NaiveDate>) -> NaiveDate {
        effect::pays_on(came, invoiced, self.shop.locked_until_on)
    }
}
