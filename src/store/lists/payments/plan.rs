//! How a page of payments is found: which index is walked, what is gathered, what is only tested.

use chrono::NaiveDate;

use super::{PaymentFilter, PaymentSort, PaymentView, rank};
use crate::domain::id::CustomerId;
use crate::domain::status::PaymentStatus;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::keyset::{Column, Cond, Source, among, between, count_up_to, int, text};
use crate::store::lists::search::{People, Term, selected};

/// A condition that fewer rows meet is gathered and sorted instead of walked past.
const GATHERED: i64 = 1500;

const ID: Column = int("p.id");
const DUE: Column = text("p.due_on");
const AMOUNT: Column = int("p.amount_minor");
const STATUS: Column = text("p.status");
const CUSTOMER: Column = int("p.customer_id");

const PAYMENT: &str = "payment p";
/// Every payment beside the customer it is read as.
const WITH_ROOT: &str =
    "payment p JOIN customer m ON m.id = p.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id)";
const BY_NAME: &str = "customer c CROSS JOIN payment p";

/// What is asked for, as conditions.
pub(super) struct Plan {
    sort: PaymentSort,
    statuses: Vec<PaymentStatus>,
    /// Conditions with an index of their own in the order of due days: a customer, a group, a method.
    leads: Vec<Cond>,
    /// Conditions with an index in another order.
    others: Vec<Cond>,
    /// The due day.
    due: Option<Cond>,
    search: Option<Search>,
}

/// What a typed text came to.
struct Search {
    /// Payments it names, part by part.
    few: Vec<Cond>,
    /// Tests for what is too much to list.
    many: Vec<Cond>,
    amount: Option<Cond>,
}

const OPEN: [PaymentStatus; 3] = [PaymentStatus::Pending, PaymentStatus::Processing, PaymentStatus::Failed];

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

impl Plan {
    /// Reads a filter; `None` where nothing can meet it.
    pub(super) fn new(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<Option<Self>> {
        let asked = |status: &PaymentStatus| filter.statuses.is_empty() || filter.statuses.contains(status);
        let statuses: Vec<PaymentStatus> = of_view(filter.view).iter().copied().filter(asked).collect();
        let due = due_range(filter, today);
        let empty = due.0.zip(due.1).is_some_and(|(from, to)| from > to);
        if statuses.is_empty() || empty {
            return Ok(None);
        }
        let mut leads = Vec::new();
        if let Some(customer) = filter.customer {
            leads.push(among(CUSTOMER, &with_merged(db, customer)?));
        }
        leads.extend(filter.group.map(|group| Cond::on(int("p.group_id"), "= ?", vec![group.into()])));
        leads.extend(filter.method.map(|method| Cond::on(text("p.method"), "= ?", vec![method.code().into()])));
        let mut others = Vec::new();
        others.extend(filter.subscription.map(|id| Cond::on(int("p.subscription_id"), "= ?", vec![id.into()])));
        if filter.disputed {
            others.push(Cond::on(ID, "IN (SELECT d.payment_id FROM dispute d WHERE d.closed_on IS NULL)", Vec::new()));
        }
        others.extend(between(text("p.paid_on"), filter.paid));
        let search = match Term::read(db, &filter.query)? {
            None => None,
            Some(term) => match Search::read(db, &term)? {
                search if search.is_nothing() => return Ok(None),
                search => Some(search),
            },
        };
        Ok(Some(Self { sort: filter.sort, statuses, leads, others, due: between(DUE, due), search }))
    }

    /// The sources of the list.
    pub(super) fn sources(&self, db: &Db) -> Result<Vec<Source>> {
        if let Some(driver) = self.driver(db)? {
            return Ok(self.gathered(&driver, true));
        }
        let Some(search) = &self.search else { return Ok(self.walked(None, &[])) };
        let mut sources: Vec<Source> = search.few.iter().flat_map(|part| self.gathered(part, false)).collect();
        for test in &search.many {
            sources.extend(self.walked(None, std::slice::from_ref(test)));
        }
        if let Some(amount) = &search.amount {
            let cheap = matches!(self.sort, PaymentSort::Due | PaymentSort::Amount);
            sources.extend(if cheap {
                self.walked(Some(amount), &[])
            } else if count_up_to(db, PAYMENT, amount, GATHERED)? < GATHERED {
                self.gathered(amount, false)
            } else {
                self.walked(None, &[amount.clone().blind()])
            });
        }
        Ok(sources)
    }

    /// The whole filter as one condition on `payment p`, for counting.
    pub(super) fn whole(&self) -> Vec<Cond> {
        let mut conds = vec![self.status_in(&self.statuses)];
        conds.extend(self.leads.iter().cloned().chain(self.others.iter().cloned()).chain(self.due.clone()));
        if let Some(search) = &self.search {
            let parts: Vec<Cond> = search.few.iter().chain(&search.many).chain(&search.amount).cloned().collect();
            let union: Vec<String> =
                parts.iter().map(|part| format!("SELECT p.id FROM payment p WHERE {}", part.sql())).collect();
            conds.push(if search.many.is_empty() {
                let values = parts.iter().flat_map(|part| part.values().iter().cloned()).collect();
                Cond::raw(format!("p.id IN ({})", union.join(" UNION ")), values)
            } else {
                any(parts.into_iter().map(Cond::blind))
            });
        }
        conds
    }

    /// The first condition that few rows meet. Where the order itself is served by an index and nothing else is
    /// asked, there is nothing to look for.
    fn driver(&self, db: &Db) -> Result<Option<Cond>> {
        let by_due = self.sort == PaymentSort::Due;
        let served = by_due && self.others.is_empty() && self.leads.len() <= 1 && self.is_one_index();
        let sparse = |status: &PaymentStatus| !matches!(status, PaymentStatus::Paid | PaymentStatus::Pending);
        let statuses = self.statuses.iter().all(sparse).then(|| self.status_in(&self.statuses));
        let mut candidates: Vec<&Cond> = Vec::new();
        if !served {
            candidates.extend(self.others.iter().chain(&self.leads));
        }
        if self.sort != PaymentSort::Status && !by_due {
            candidates.extend(&self.due);
            candidates.extend(&statuses);
        }
        for cond in candidates {
            if count_up_to(db, PAYMENT, cond, GATHERED)? < GATHERED {
                return Ok(Some(cond.clone()));
            }
        }
        Ok(None)
    }

    /// Whether statuses and lead together are one range of one index.
    fn is_one_index(&self) -> bool {
        self.leads.is_empty() || self.statuses.len() == PaymentStatus::ALL.len()
    }

    /// Rows that meet `driver`, all else tested; `whole`: the search too.
    fn gathered(&self, driver: &Cond, whole: bool) -> Vec<Source> {
        let mut conds = vec![driver.clone()];
        let all = self.leads.iter().chain(&self.others).chain(&self.due);
        conds.extend(all.cloned().map(Cond::blind));
        if let Some(search) = self.search.as_ref().filter(|_| whole) {
            let parts = search.few.iter().chain(&search.many).chain(&search.amount);
            conds.push(any(parts.cloned().map(Cond::blind)));
        }
        let from = if self.sort == PaymentSort::Customer { WITH_ROOT } else { PAYMENT };
        let source = |statuses: &[PaymentStatus], rank| {
            let mut conds = conds.clone();
            conds.push(self.status_in(statuses).blind());
            Source { from, conds, order: order(self.sort), gathered: true, rank }
        };
        if self.sort == PaymentSort::Status {
            self.statuses.iter().map(|status| source(&[*status], rank(*status))).collect()
        } else {
            vec![source(&self.statuses, 0)]
        }
    }

    /// Rows in the order of an index, `tests` among what is tested; `lead` picks the index where given.
    fn walked(&self, lead: Option<&Cond>, tests: &[Cond]) -> Vec<Source> {
        match self.sort {
            PaymentSort::Due => self.walked_by_due(lead, tests),
            PaymentSort::Amount => {
                let mut conds: Vec<Cond> = lead.cloned().into_iter().collect();
                conds.extend(self.due.clone().map(Cond::blind));
                vec![self.walk(PAYMENT, self.status_beside(true), conds, &self.leads, tests)]
            }
            PaymentSort::Customer => self.walked_by_name(tests),
            PaymentSort::Status => {
                let leads = self.leads.get(1..).unwrap_or(&[]);
                let lead = self.leads.first();
                let each = self.statuses.iter().map(|status| {
                    let one = self.status_in(&[*status]);
                    let one = if lead.is_some() { one.blind() } else { one };
                    let conds = lead.into_iter().chain(&self.due).cloned().collect();
                    Source { rank: rank(*status), ..self.walk(PAYMENT, vec![one], conds, leads, tests) }
                });
                each.collect()
            }
        }
    }

    /// Along the index of the lead, else along that of a status, of the open ones, or of all.
    fn walked_by_due(&self, lead: Option<&Cond>, tests: &[Cond]) -> Vec<Source> {
        let (own, leads) = match (lead, self.leads.split_first()) {
            (Some(lead), _) => (Some(lead), self.leads.as_slice()),
            (None, Some((own, leads))) => (Some(own), leads),
            (None, None) => (None, [].as_slice()),
        };
        let conds: Vec<Cond> = own.into_iter().chain(&self.due).cloned().collect();
        if own.is_some() || self.is_whole() {
            return vec![self.walk(PAYMENT, self.status_beside(true), conds, leads, tests)];
        }
        if self.statuses.len() == OPEN.len() && self.statuses.iter().copied().all(is_open) {
            return vec![self.walk(PAYMENT, vec![open()], conds, leads, tests)];
        }
        let each = self
            .statuses
            .iter()
            .map(|status| self.walk(PAYMENT, vec![self.status_in(&[*status])], conds.clone(), leads, tests));
        each.collect()
    }

    /// Customers A–Z, of each its payments; those of merged customers are gathered beside them.
    fn walked_by_name(&self, tests: &[Cond]) -> Vec<Source> {
        let mut conds = vec![Cond::raw("c.root_id IS NULL AND p.customer_id = c.id", Vec::new())];
        conds.extend(self.due.clone().map(Cond::blind));
        let walk = self.walk(BY_NAME, self.status_beside(true), conds, &self.leads, tests);
        let merged = self.walk(
            WITH_ROOT,
            self.status_beside(false),
            vec![Cond::raw("m.root_id IS NOT NULL", Vec::new())],
            &self.leads,
            tests,
        );
        let due = self.due.clone().map(Cond::blind);
        let merged = Source { gathered: true, conds: merged.conds.into_iter().chain(due).collect(), ..merged };
        vec![walk, merged]
    }

    fn walk(&self, from: &'static str, first: Vec<Cond>, then: Vec<Cond>, leads: &[Cond], tests: &[Cond]) -> Source {
        let mut conds = first;
        conds.extend(then);
        conds.extend(leads.iter().chain(&self.others).cloned().map(Cond::blind));
        conds.extend(tests.iter().cloned());
        Source { from, conds, order: order(self.sort), gathered: false, rank: 0 }
    }

    /// The statuses as a test beside another index; `partial`: with the words that let an index of open ones serve.
    fn status_beside(&self, partial: bool) -> Vec<Cond> {
        if self.is_whole() {
            return Vec::new();
        }
        let open_only = self.statuses.iter().copied().all(is_open);
        let mut conds: Vec<Cond> = (open_only && partial).then(open).into_iter().collect();
        if !(open_only && partial && self.statuses.len() == OPEN.len()) {
            conds.push(self.status_in(&self.statuses).blind());
        }
        conds
    }

    fn is_whole(&self) -> bool {
        self.statuses.len() == PaymentStatus::ALL.len()
    }

    /// Literal words, as an index of some statuses only wants them.
    fn status_in(&self, statuses: &[PaymentStatus]) -> Cond {
        match statuses {
            [one] => Cond::on(STATUS, &format!("= '{}'", one.code()), Vec::new()),
            _ if statuses.len() == PaymentStatus::ALL.len() => Cond::raw("1 = 1", Vec::new()),
            _ => {
                let words: Vec<String> = statuses.iter().map(|status| format!("'{}'", status.code())).collect();
                Cond::on(STATUS, &format!("IN ({})", words.join(", ")), Vec::new())
            }
        }
    }
}

impl Search {
    fn read(db: &Db, term: &Term) -> Result<Self> {
        let mut few: Vec<Cond> = term.invoices().iter().map(|select| selected("p.invoice_id", select)).collect();
        few.extend(term.referred().map(|select| selected("p.id", &select)));
        few.extend(term.subscription().map(|id| Cond::on(int("p.subscription_id"), "= ?", vec![id.into()])));
        let mut many = Vec::new();
        let people = match term.people(db)? {
            People::Few(ids) => ids,
            People::Many(merged) => {
                many.push(term.one_of_many("p.customer_id"));
                merged
            }
        };
        if !people.is_empty() {
            few.push(among(CUSTOMER, &people));
        }
        let mut found = Vec::new();
        for part in few {
            if count_up_to(db, PAYMENT, &part, 1)? > 0 {
                found.push(part);
            }
        }
        let amount = term.amount.map(|minor| Cond::on(AMOUNT, "= ?", vec![minor.into()]));
        Ok(Self { few: found, many, amount })
    }

    fn is_nothing(&self) -> bool {
        self.few.is_empty() && self.many.is_empty() && self.amount.is_none()
    }
}

/// The words of the indexes of open payments.
fn open() -> Cond {
    Cond::raw("p.status IN ('pending', 'processing', 'failed')", Vec::new())
}

fn any(parts: impl Iterator<Item = Cond>) -> Cond {
    parts.reduce(Cond::or).unwrap_or_else(|| Cond::raw("1 = 0", Vec::new()))
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

/// A customer with those merged into it.
fn with_merged(db: &Db, customer: CustomerId) -> Result<Vec<i64>> {
    let root = "(SELECT COALESCE(root_id, id) FROM customer WHERE id = ?1)";
    let ids = db.all(
        &format!("SELECT id FROM customer WHERE id = {root} UNION SELECT id FROM customer WHERE root_id = {root}"),
        &[customer.into()],
        |row| row.int(0),
    )?;
    Ok(if ids.is_empty() { vec![customer.0] } else { ids })
}
