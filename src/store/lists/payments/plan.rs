//! How a page of payments is found: which index is walked, what is gathered, what is only tested.
//!
//! | asked for | found by |
//! |---|---|
//! | one customer, a small segment, one subscription, disputes, a few days of payment | gathered through that index and sorted |
//! | many days of payment | walked in the index of the sort; by due day merged from one walk for each day |
//! | a group, a method | gathered where few; else walked, status by status, in the order of due days |
//! | nothing of these | walked in the index of the sort: of all, of the open ones, or status by status |
//! | a typed text | its small sets gathered each; an amount and a very common name walked; all merged |

use chrono::NaiveDate;

use super::columns::{AMOUNT, CUSTOMER, DUE, ID, PAID, PAYMENT, STATUS};
use super::{PaymentFilter, PaymentSort, PaymentView, rank, search};
use crate::domain::status::PaymentStatus;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::classes::ranked;
use crate::store::lists::cond::{Column, Cond, among, between, count_up_to, int, text};
use crate::store::lists::keyset::{Days, Source};
use crate::store::lists::meant::{HANDFUL, Means, Meant};
use crate::store::lists::page::DayRange;
use crate::store::lists::search::with_merged;
use crate::store::lists::whose::Kept;

/// What fewer rows meet is gathered and sorted instead of walked past.
const GATHERED: i64 = 5000;
/// Rows of a walk that are tried, where a try is one look into a set.
const TRIED_BY_SET: i64 = 10_000;
/// A paid range up to this is gathered where its days could be walked one by one.
const FEW_PAID: i64 = 1000;
/// A paid range up to this is gathered where a group or a method is asked for too.
const RANGE: i64 = 30_000;

/// Payments first, beside them the customer each is read as.
const WITH_ROOT: &str = "payment p CROSS JOIN customer m CROSS JOIN customer c";
const ROOT: &str = "m.id = p.customer_id AND c.id = COALESCE(m.root_id, m.id)";
/// The few customers merged into another first, beside them their payments.
const OF_MERGED: &str = "customer m CROSS JOIN payment p CROSS JOIN customer c";
const MERGED: &str = "m.root_id IS NOT NULL AND p.customer_id = m.id AND c.id = m.root_id";
const BY_NAME: &str = "customer c CROSS JOIN payment p";

const OPEN: [PaymentStatus; 3] = [PaymentStatus::Pending, PaymentStatus::Processing, PaymentStatus::Failed];

/// What is asked for, as conditions.
pub(super) struct Plan {
    sort: PaymentSort,
    reverse: bool,
    statuses: Vec<PaymentStatus>,
    /// One customer, one subscription, disputes: few rows whatever the book.
    narrow: Vec<Cond>,
    /// A group, a method: an index each, by status and due day.
    leads: Vec<Cond>,
    /// A segment of many customers: a test.
    kept: Option<Cond>,
    paid: Option<Cond>,
    paid_days: DayRange,
    due: Option<Cond>,
    search: Option<Meant>,
}

impl Plan {
    /// Reads a filter; `None` where nothing can meet it.
    pub(super) fn new(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<Option<Self>> {
        let paid = between(PAID, filter.paid);
        // A day of payment stands on paid ones alone: a trigger writes and clears it with the status.
        let asked = |status: &PaymentStatus| {
            (filter.statuses.is_empty() || filter.statuses.contains(status))
                && (paid.is_none() || *status == PaymentStatus::Paid)
        };
        let statuses: Vec<PaymentStatus> = of_view(filter.view).iter().copied().filter(asked).collect();
        let due = due_range(filter, today);
        if statuses.is_empty() || due.0.zip(due.1).is_some_and(|(from, to)| from > to) {
            return Ok(None);
        }
        let search = search::read(db, &filter.query)?;
        if search.as_ref().is_some_and(Meant::is_nothing) {
            return Ok(None);
        }
        let mut narrow = Vec::new();
        narrow.extend(filter.subscription.map(|id| Cond::on(int("p.subscription_id"), "= ?", vec![id.into()])));
        if filter.disputed {
            narrow.push(Cond::on(ID, "IN (SELECT d.payment_id FROM dispute d WHERE d.closed_on IS NULL)", Vec::new()));
        }
        if let Some(customer) = filter.customer {
            narrow.push(among(CUSTOMER, &with_merged(db, customer)?));
        }
        let mut kept = None;
        match Kept::read(db, filter.segment.as_deref(), CUSTOMER, today)? {
            None => {}
            Some(Kept::None) => return Ok(None),
            Some(Kept::Few(them)) => narrow.push(them),
            Some(Kept::Many(them)) => kept = Some(them),
        }
        let mut leads = Vec::new();
        leads.extend(filter.group.map(|group| Cond::on(int("p.group_id"), "= ?", vec![group.into()])));
        leads.extend(filter.method.map(|method| Cond::on(text("p.method"), "= ?", vec![method.code().into()])));
        let (due, paid_days) = (between(DUE, due), filter.paid);
        let (sort, reverse) = (filter.sort, filter.reverse);
        Ok(Some(Self { sort, reverse, statuses, narrow, leads, kept, paid, paid_days, due, search }))
    }

    /// The sources of the list.
    pub(super) fn sources(&self, db: &Db) -> Result<Vec<Source>> {
        let driver = self.driver(db)?;
        let Some(search) = &self.search else {
            return Ok(driver.map_or_else(|| self.walked(None, &[]), |driver| self.gathered(&driver)));
        };
        let sparse = if driver.is_some() { None } else { self.sparse_statuses(db)? };
        let classes = search.classes(|means| match (&driver, means) {
            (Some(driver), _) => Ok(tested(self.gathered(driver), &search.test_of(means))),
            (None, Means::Named(parts)) => Ok(parts.iter().flat_map(|part| self.gathered(part)).collect()),
            (None, Means::Amount(amount)) => self.of_amount(db, amount),
            (None, Means::Names) => {
                let mut sources: Vec<Source> = search.groups.iter().flat_map(|groups| self.gathered(groups)).collect();
                sources.extend(self.of_people(search, sparse.as_ref()));
                sources.extend(self.of_many(search, sparse.as_ref()));
                Ok(sources)
            }
        })?;
        Ok(ranked(classes, self.reverse))
    }

    /// Payments of an amount: walked where an index goes on in the order of the list.
    fn of_amount(&self, db: &Db, amount: &Cond) -> Result<Vec<Source>> {
        Ok(if self.sort != PaymentSort::Customer {
            self.walked(Some(amount), &[])
        } else if self.count(db, amount, GATHERED)? < GATHERED {
            self.gathered(amount)
        } else {
            self.walked(None, &[amount.clone().blind()])
        })
    }

    /// Payments of customers that were listed. A handful is gathered; more are looked for where they are likely to
    /// stand, and gathered only where they do not.
    fn of_people(&self, meant: &Meant, sparse: Option<&Cond>) -> Vec<Source> {
        let Some(of_them) = meant.of_people() else { return Vec::new() };
        match sparse {
            _ if meant.people.len() <= HANDFUL => self.gathered(&of_them),
            Some(sparse) => tested(self.gathered(sparse), &of_them.blind()),
            None if self.sort == PaymentSort::Customer => {
                self.walked(None, &[among(int("c.id"), &meant.people).blind()])
            }
            // A walk could pass over years before it comes to the days of payment.
            None if self.paid.is_some() => self.gathered(&of_them),
            None => meant.tried_by_set(self.walked(None, &[]), TRIED_BY_SET, &self.gathered(&of_them)),
        }
    }

    /// Payments of customers too many to list.
    fn of_many(&self, meant: &Meant, sparse: Option<&Cond>) -> Vec<Source> {
        match (&meant.many, sparse) {
            (None, _) => Vec::new(),
            (Some(many), Some(sparse)) if self.sort == PaymentSort::Customer => {
                tested(self.gathered(sparse), &many.name)
            }
            (Some(many), None) if self.sort == PaymentSort::Customer => {
                self.walked(None, std::slice::from_ref(&many.name))
            }
            _ => meant.tried(self.walked(None, &[])),
        }
    }

    /// The whole filter as conditions on `payment p`, for counting.
    pub(super) fn whole(&self) -> Vec<Cond> {
        let mut conds = vec![status_in(&self.statuses)];
        conds.extend(self.tests().chain(&self.due).cloned());
        conds.extend(self.search.as_ref().map(Meant::whole));
        conds
    }

    /// Everything asked for but status, due day and text.
    fn tests(&self) -> impl Iterator<Item = &Cond> {
        self.narrow.iter().chain(&self.leads).chain(&self.kept).chain(&self.paid)
    }

    /// The condition to gather by, if one is small enough for that.
    fn driver(&self, db: &Db) -> Result<Option<Cond>> {
        if let Some(narrow) = self.narrow.first() {
            return Ok(Some(narrow.clone()));
        }
        for lead in &self.leads {
            if self.count(db, lead, GATHERED)? < GATHERED {
                return Ok(Some(lead.clone()));
            }
        }
        let by_name = self.sort == PaymentSort::Customer;
        if let Some(paid) = &self.paid {
            let surely = !by_name && self.search.as_ref().is_some_and(|search| search.many.is_some());
            let most = match self.sort {
                _ if !self.leads.is_empty() => RANGE,
                PaymentSort::Due | PaymentSort::Status => FEW_PAID,
                PaymentSort::Amount | PaymentSort::Customer => GATHERED,
            };
            if surely || self.count(db, paid, most)? < most {
                return Ok(Some(paid.clone()));
            }
        }
        let served = !matches!(self.sort, PaymentSort::Amount | PaymentSort::Customer);
        if served || self.search.is_some() || !self.leads.is_empty() {
            return Ok(None);
        }
        if let Some(due) = &self.due
            && self.count(db, due, GATHERED)? < GATHERED
        {
            return Ok(Some(due.clone()));
        }
        self.sparse_statuses(db)
    }

    /// The statuses, where they are rare ones.
    fn sparse_statuses(&self, db: &Db) -> Result<Option<Cond>> {
        let rare = |status: &PaymentStatus| !matches!(status, PaymentStatus::Paid | PaymentStatus::Pending);
        if !self.statuses.iter().all(rare) {
            return Ok(None);
        }
        let statuses = status_in(&self.statuses);
        Ok((count_up_to(db, PAYMENT, &statuses, GATHERED)? < GATHERED).then_some(statuses))
    }

    /// How many rows meet a condition, open ones alone where only those are asked for.
    fn count(&self, db: &Db, cond: &Cond, most: i64) -> Result<i64> {
        let open_only = self.statuses.iter().copied().all(is_open);
        count_up_to(db, PAYMENT, &if open_only { cond.clone().and(open()) } else { cond.clone() }, most)
    }

    /// Rows that meet `driver`, all else but the text tested.
    fn gathered(&self, driver: &Cond) -> Vec<Source> {
        let mut conds = vec![driver.clone()];
        conds.extend(self.tests().chain(&self.due).cloned().map(Cond::blind));
        let by_name = self.sort == PaymentSort::Customer;
        conds.extend(by_name.then(|| Cond::raw(ROOT, Vec::new())));
        let from = if by_name { WITH_ROOT } else { PAYMENT };
        let source = |statuses: &[PaymentStatus], rank| {
            let mut conds = conds.clone();
            conds.extend(self.status_beside(statuses));
            Source { from, conds, order: order(self.sort), gathered: true, rank, sieve: None, days: None }
        };
        if self.sort == PaymentSort::Status {
            self.statuses.iter().map(|status| source(&[*status], rank(*status))).collect()
        } else {
            vec![source(&self.statuses, 0)]
        }
    }

    /// Rows in the order of an index, `tests` among what is tested; `amount` picks the index where given.
    fn walked(&self, amount: Option<&Cond>, tests: &[Cond]) -> Vec<Source> {
        match self.sort {
            PaymentSort::Due => self.walked_by_due(amount, tests),
            PaymentSort::Status => {
                let each = self.statuses.iter().map(|status| {
                    let days = self.days().filter(|_| amount.is_none() && self.leads.is_empty());
                    let conds = match amount.or(self.leads.first()) {
                        Some(lead) if amount.is_none() => vec![lead.clone(), status_in(&[*status])],
                        Some(amount) => self.status_beside(&[*status]).into_iter().chain([amount.clone()]).collect(),
                        // What has a day of payment is paid.
                        None if days.is_some() => Vec::new(),
                        None => vec![status_in(&[*status])],
                    };
                    Source { rank: rank(*status), days, ..self.walk(PAYMENT, conds, true, tests) }
                });
                each.collect()
            }
            PaymentSort::Amount => {
                let conds = self.status_beside(&self.statuses).into_iter().chain(amount.cloned()).collect();
                vec![self.walk(PAYMENT, conds, false, tests)]
            }
            PaymentSort::Customer => self.walked_by_name(tests),
        }
    }

    /// Along the index of an amount or lead, else along that of the open ones, of a status, or of all.
    fn walked_by_due(&self, amount: Option<&Cond>, tests: &[Cond]) -> Vec<Source> {
        if let Some(amount) = amount {
            let conds = self.status_beside(&self.statuses).into_iter().chain([amount.clone()]).collect();
            return vec![self.walk(PAYMENT, conds, true, tests)];
        }
        let lead = self.leads.first();
        let open_only = self.statuses.len() == OPEN.len() && self.statuses.iter().copied().all(is_open);
        if lead.is_none() && (open_only || self.is_whole()) {
            let conds = open_only.then(open).into_iter().collect();
            return vec![self.walk(PAYMENT, conds, true, tests)];
        }
        if lead.is_none() && self.paid.is_some() {
            return vec![Source { days: self.days(), ..self.walk(PAYMENT, Vec::new(), true, tests) }];
        }
        let each = self.statuses.iter().map(|status| {
            let conds = lead.cloned().into_iter().chain([status_in(&[*status])]).collect();
            self.walk(PAYMENT, conds, true, tests)
        });
        each.collect()
    }

    /// The days of payment asked for, to walk one after the other: the index of them ends in the due day.
    fn days(&self) -> Option<Days> {
        self.paid.as_ref().map(|_| Days { table: PAYMENT, column: PAID, range: self.paid_days })
    }

    /// Customers A–Z, of each its payments; those of merged customers are gathered beside them.
    fn walked_by_name(&self, tests: &[Cond]) -> Vec<Source> {
        let mut conds = vec![Cond::raw("c.root_id IS NULL AND p.customer_id = c.id", Vec::new())];
        conds.extend(self.status_beside(&self.statuses));
        let mut merged = vec![Cond::raw(MERGED, Vec::new())];
        if !self.is_whole() {
            merged.push(status_in(&self.statuses).blind());
        }
        let merged = Source { gathered: true, ..self.walk(OF_MERGED, merged, false, tests) };
        vec![self.walk(BY_NAME, conds, false, tests), merged]
    }

    /// A walk along the index that `lead` names and that ends in the due day, where `by_due`.
    fn walk(&self, from: &'static str, lead: Vec<Cond>, by_due: bool, tests: &[Cond]) -> Source {
        let mut conds = lead;
        let due = self.due.clone();
        conds.extend(if by_due { due } else { due.map(Cond::blind) });
        // A lead that leads tests nothing new; one that does not is a test.
        conds.extend(self.tests().cloned().map(Cond::blind));
        conds.extend(tests.iter().cloned());
        Source { from, conds, order: order(self.sort), gathered: false, rank: 0, sieve: None, days: None }
    }

    /// Statuses as a test beside another index, with the words that let an index of open ones serve.
    fn status_beside(&self, statuses: &[PaymentStatus]) -> Vec<Cond> {
        if self.is_whole() && statuses.len() == self.statuses.len() || self.paid.is_some() {
            return Vec::new();
        }
        let open_only = statuses.iter().copied().all(is_open);
        let mut conds: Vec<Cond> = open_only.then(open).into_iter().collect();
        if !(open_only && statuses.len() == OPEN.len()) {
            conds.push(status_in(statuses).blind());
        }
        conds
    }

    fn is_whole(&self) -> bool {
        self.statuses.len() == PaymentStatus::ALL.len()
    }
}

fn tested(sources: Vec<Source>, test: &Cond) -> Vec<Source> {
    sources.into_iter().map(|source| source.tested(test.clone())).collect()
}

fn is_open(status: PaymentStatus) -> bool {
    OPEN.contains(&status)
}

/// The statuses of a view.
fn of_view(view: PaymentView) -> &'static [PaymentStatus] {
    match view {
        PaymentView::Open | PaymentView::Overdue => &OPEN,
        PaymentView::Failed => &[PaymentStatus::Failed],
        PaymentView::Processing => &[PaymentStatus::Processing],
        PaymentView::Paid => &[PaymentStatus::Paid],
        PaymentView::All => PaymentStatus::ALL,
        PaymentView::Upcoming => &[],
    }
}

/// Literal words, as an index of some statuses only wants them.
fn status_in(statuses: &[PaymentStatus]) -> Cond {
    match statuses {
        [one] => Cond::on(STATUS, &format!("= '{}'", one.code()), Vec::new()),
        _ if statuses.len() == PaymentStatus::ALL.len() => Cond::raw("1 = 1", Vec::new()),
        _ => {
            let words: Vec<String> = statuses.iter().map(|status| format!("'{}'", status.code())).collect();
            Cond::on(STATUS, &format!("IN ({})", words.join(", ")), Vec::new())
        }
    }
}

/// The words of the indexes of open payments.
fn open() -> Cond {
    Cond::raw("p.status <> 'paid' AND p.status <> 'cancelled'", Vec::new())
}

fn order(sort: PaymentSort) -> Vec<Column> {
    match sort {
        PaymentSort::Due | PaymentSort::Status => vec![DUE, ID],
        PaymentSort::Amount => vec![AMOUNT.down(), DUE, ID],
        PaymentSort::Customer => vec![text("c.sort_key"), int("c.id"), DUE, ID],
    }
}

fn due_range(filter: &PaymentFilter, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    if filter.view == PaymentView::Overdue {
        let yesterday = today.pred_opt();
        (filter.due.0, filter.due.1.map_or(yesterday, |to| yesterday.map(|day| day.min(to))))
    } else {
        filter.due
    }
}
