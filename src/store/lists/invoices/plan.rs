//! How a page of invoices is found. The statuses asked for fall into parts with an index each: drafts, open ones, void
//! ones; paid ones are most of the book, so any walk meets them at once.

use chrono::NaiveDate;

use super::columns::{CUSTOMER, DUE, GROUP, ID, INVOICE, INVOICED, STATE, TOTAL};
use super::{InvoiceFilter, InvoiceSort, search};
use crate::domain::status::{InvoiceKind, InvoiceStatus};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::classes::ranked;
use crate::store::lists::cond::{Column, Cond, among, between, count_up_to, int, text};
use crate::store::lists::keyset::Source;
use crate::store::lists::meant::{HANDFUL, Means, Meant, TRIED_BY_SET};
use crate::store::lists::search::with_merged;
use crate::store::lists::whose::Kept;

/// What fewer rows meet is gathered and sorted instead of walked past.
const GATHERED: i64 = 5000;
/// A range of days up to this is gathered.
const RANGE: i64 = 30_000;

const WITH_PAYER: &str = "invoice i LEFT JOIN customer m ON m.id = i.customer_id \
     LEFT JOIN customer c ON c.id = COALESCE(m.root_id, m.id) LEFT JOIN billing_group g ON g.id = i.group_id";
const BY_CUSTOMER: &str = "customer c CROSS JOIN invoice i";
const BY_GROUP: &str = "billing_group g CROSS JOIN invoice i";

/// Invoices that one index holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Drafts and those in review: without a number.
    Waiting,
    /// Issued with something open.
    Open,
    /// Settled.
    Paid,
    /// Withdrawn.
    Void,
    /// Every invoice that has a number.
    Numbered,
    /// Every invoice.
    Whole,
}

impl Part {
    const fn of(status: InvoiceStatus) -> Self {
        match status {
            InvoiceStatus::Draft | InvoiceStatus::InReview => Self::Waiting,
            InvoiceStatus::Unpaid | InvoiceStatus::PartiallyPaid | InvoiceStatus::Overdue => Self::Open,
            InvoiceStatus::Paid => Self::Paid,
            InvoiceStatus::Void => Self::Void,
        }
    }

    /// The words of its index.
    fn words(self) -> Option<Cond> {
        let raw = |sql: &str| Some(Cond::raw(sql, Vec::new()));
        match self {
            Self::Waiting => raw("i.state IN ('draft', 'in_review')"),
            Self::Open => raw("i.state = 'issued' AND i.settled_minor < i.total_minor"),
            Self::Void => raw("i.state = 'void'"),
            Self::Numbered => raw("i.number_year IS NOT NULL"),
            Self::Paid | Self::Whole => None,
        }
    }

    const fn statuses(self) -> &'static [InvoiceStatus] {
        match self {
            Self::Waiting => &[InvoiceStatus::Draft, InvoiceStatus::InReview],
            Self::Open => &[InvoiceStatus::Unpaid, InvoiceStatus::PartiallyPaid, InvoiceStatus::Overdue],
            Self::Paid => &[InvoiceStatus::Paid],
            Self::Void => &[InvoiceStatus::Void],
            Self::Numbered | Self::Whole => &[],
        }
    }
}

/// What is asked for, as conditions.
pub(super) struct Plan {
    sort: InvoiceSort,
    reverse: bool,
    parts: Vec<Part>,
    statuses: Vec<InvoiceStatus>,
    today: NaiveDate,
    /// One payer: few rows whatever the book.
    narrow: Vec<Cond>,
    /// A segment of many customers: a test.
    kept: Option<Cond>,
    kind: Option<InvoiceKind>,
    invoiced: Option<Cond>,
    due: Option<Cond>,
    search: Option<Meant>,
}

impl Plan {
    /// Reads a filter; `None` where nothing can meet it.
    pub(super) fn new(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<Option<Self>> {
        let all = filter.statuses.is_empty() || InvoiceStatus::ALL.iter().all(|one| filter.statuses.contains(one));
        let mut parts: Vec<Part> = Vec::new();
        for status in &filter.statuses {
            if !parts.contains(&Part::of(*status)) {
                parts.push(Part::of(*status));
            }
        }
        if all {
            parts = if filter.sort == InvoiceSort::Number {
                vec![Part::Waiting, Part::Numbered]
            } else {
                vec![Part::Whole]
            };
        }
        let search = search::read(db, &filter.query)?;
        if search.as_ref().is_some_and(Meant::is_nothing) {
            return Ok(None);
        }
        let mut narrow = Vec::new();
        if let Some(customer) = filter.customer {
            narrow.push(among(CUSTOMER, &with_merged(db, customer)?));
        }
        narrow.extend(filter.group.map(|group| Cond::on(GROUP, "= ?", vec![group.into()])));
        let mut kept = None;
        match Kept::read(db, filter.segment.as_deref(), CUSTOMER, today)? {
            None => {}
            Some(Kept::None) => return Ok(None),
            Some(Kept::Few(them)) => narrow.push(them),
            Some(Kept::Many(them)) => kept = Some(them),
        }
        // No invoice is due before its date: the schema says so, and it lets a walk by due day start late.
        let from = filter.due.0.max(filter.invoiced.0);
        Ok(Some(Self {
            sort: filter.sort,
            reverse: filter.reverse,
            parts,
            statuses: if all { Vec::new() } else { filter.statuses.clone() },
            today,
            narrow,
            kept,
            kind: filter.kind,
            invoiced: between(INVOICED, filter.invoiced),
            due: between(DUE, (from, filter.due.1)),
            search,
        }))
    }

    /// The sources of the list.
    pub(super) fn sources(&self, db: &Db) -> Result<Vec<Source>> {
        let driver = self.driver(db)?;
        let Some(search) = &self.search else {
            return driver.map_or_else(|| self.walked(db, None, &[], true), |driver| Ok(self.gathered(&driver)));
        };
        let classes = search.classes(|means| match (&driver, means) {
            (Some(driver), _) => {
                let test = search.test_of(means);
                Ok(self.gathered(driver).into_iter().map(|source| source.tested(test.clone())).collect())
            }
            (None, Means::Named(parts)) => Ok(parts.iter().flat_map(|part| self.gathered(part)).collect()),
            (None, Means::Amount(amount)) => self.of_amount(db, amount),
            (None, Means::Names) => {
                let mut sources: Vec<Source> = search.groups.iter().flat_map(|groups| self.gathered(groups)).collect();
                sources.extend(self.of_people(db, search)?);
                sources.extend(self.of_many(db, search)?);
                Ok(sources)
            }
        })?;
        Ok(ranked(classes, self.reverse))
    }

    /// Invoices of an amount: walked where an index goes on in the order of the list.
    fn of_amount(&self, db: &Db, amount: &Cond) -> Result<Vec<Source>> {
        if matches!(self.sort, InvoiceSort::Due | InvoiceSort::Amount) {
            self.walked(db, Some(amount), &[], true)
        } else if count_up_to(db, INVOICE, amount, GATHERED)? < GATHERED {
            Ok(self.gathered(amount))
        } else {
            self.walked(db, None, &[amount.clone().blind()], true)
        }
    }

    /// Invoices of customers that were listed. A handful is gathered; more are looked for where they are likely to
    /// stand, and gathered only where they do not.
    fn of_people(&self, db: &Db, meant: &Meant) -> Result<Vec<Source>> {
        let Some(of_them) = meant.of_people() else { return Ok(Vec::new()) };
        let gathered = self.gathered(&of_them);
        if meant.people.len() <= HANDFUL {
            return Ok(gathered);
        }
        if self.sort == InvoiceSort::Customer {
            return self.walked(db, None, &[among(int("c.id"), &meant.people).blind()], false);
        }
        Ok(meant.tried_by_set(self.walked(db, None, &[], false)?, TRIED_BY_SET, &gathered))
    }

    /// Invoices of customers too many to list.
    fn of_many(&self, db: &Db, meant: &Meant) -> Result<Vec<Source>> {
        match &meant.many {
            None => Ok(Vec::new()),
            Some(many) if self.sort == InvoiceSort::Customer => {
                self.walked(db, None, std::slice::from_ref(&many.name), false)
            }
            Some(_) => Ok(meant.tried(self.walked(db, None, &[], false)?)),
        }
    }

    /// The whole filter as conditions on `invoice i`, for counting.
    pub(super) fn whole(&self) -> Vec<Cond> {
        let parts = self.parts.iter().map(|part| self.of_part(*part));
        let part =
            |conds: Vec<Cond>| conds.into_iter().reduce(Cond::and).unwrap_or_else(|| Cond::raw("1 = 1", Vec::new()));
        let mut conds: Vec<Cond> = parts.map(part).reduce(Cond::or).into_iter().collect();
        conds.extend(self.tests().into_iter().chain(self.due.clone()));
        conds.extend(self.search.as_ref().map(Meant::whole));
        conds
    }

    /// What a row of a part meets: the words of its index, and the statuses where not all of the part are asked for.
    fn of_part(&self, part: Part) -> Vec<Cond> {
        let mut conds: Vec<Cond> = part.words().into_iter().collect();
        let asked: Vec<InvoiceStatus> =
            part.statuses().iter().copied().filter(|status| self.statuses.contains(status)).collect();
        if part == Part::Paid || (!self.statuses.is_empty() && asked.len() < part.statuses().len()) {
            let tests = asked.iter().map(|status| is(*status, self.today));
            conds.extend(tests.reduce(Cond::or).map(Cond::blind));
        }
        conds
    }

    /// Everything asked for but status, due day and text.
    fn tests(&self) -> Vec<Cond> {
        let kind = self.kind.map(|kind| Cond::on(text("i.kind"), &format!("= '{}'", kind.code()), Vec::new()));
        self.narrow.iter().chain(&self.kept).cloned().chain(kind).chain(self.invoiced.clone()).collect()
    }

    /// The condition to gather by, if one is small enough for that.
    fn driver(&self, db: &Db) -> Result<Option<Cond>> {
        if let Some(narrow) = self.narrow.first() {
            return Ok(Some(narrow.clone()));
        }
        let kind = self.kind.filter(|kind| *kind != InvoiceKind::Regular);
        let kind =
            kind.map(|kind| Cond::raw(format!("i.kind = '{}' AND i.kind <> 'regular'", kind.code()), Vec::new()));
        if let Some(kind) = kind
            && count_up_to(db, INVOICE, &kind, GATHERED)? < GATHERED
        {
            return Ok(Some(kind));
        }
        let open_only = self.parts == [Part::Open] || self.parts == [Part::Waiting];
        let walked = self.sort == InvoiceSort::Due || open_only || self.search.is_some();
        if let Some(invoiced) = self.invoiced.as_ref().filter(|_| !walked || self.sort == InvoiceSort::Number)
            && count_up_to(db, INVOICE, invoiced, RANGE)? < RANGE
        {
            return Ok(Some(invoiced.clone()));
        }
        Ok(None)
    }

    /// Rows that meet `driver`, all else but the text tested.
    fn gathered(&self, driver: &Cond) -> Vec<Source> {
        let tests: Vec<Cond> = self.tests().into_iter().chain(self.due.clone()).map(Cond::blind).collect();
        let each = self.parts.iter().map(|part| {
            let mut conds = vec![driver.clone()];
            conds.extend(self.of_part(*part).into_iter().map(Cond::blind));
            conds.extend(tests.iter().cloned());
            self.source(*part, conds, true)
        });
        each.collect()
    }

    /// Rows in the order of an index, `tests` among what is tested; `total` picks the index where given; `groups`:
    /// also where groups pay.
    fn walked(&self, db: &Db, total: Option<&Cond>, tests: &[Cond], groups: bool) -> Result<Vec<Source>> {
        let mut sources = Vec::new();
        for part in self.parts.iter().copied() {
            let mut conds = self.of_part(part);
            let by_due = self.sort == InvoiceSort::Due;
            conds.extend(if by_due { self.due.clone() } else { self.due.clone().map(Cond::blind) });
            conds.extend(self.tests().into_iter().map(Cond::blind));
            conds.extend(tests.iter().cloned());
            if let Some(total) = total {
                conds.push(total.clone());
                sources.push(self.source(part, conds, part != Part::Whole && part != Part::Paid));
            } else if self.sort == InvoiceSort::Customer {
                sources.extend(self.walked_by_name(db, part, &conds, groups)?);
            } else {
                let served = matches!(part, Part::Whole | Part::Paid | Part::Numbered);
                let served = served || (by_due && part != Part::Waiting);
                sources.push(self.source(part, conds, !served));
            }
        }
        Ok(sources)
    }

    /// Customers A–Z and groups A–Z, of each its invoices; a part with few rows is gathered instead.
    fn walked_by_name(&self, db: &Db, part: Part, conds: &[Cond], groups: bool) -> Result<Vec<Source>> {
        let own = self.of_part(part).into_iter().reduce(Cond::and);
        if let Some(own) = own.filter(|_| part != Part::Paid)
            && count_up_to(db, INVOICE, &own, GATHERED)? < GATHERED
        {
            return Ok(vec![self.source(part, conds.to_vec(), true)]);
        }
        let beside = |from, order, test: &str, gathered| {
            let conds = std::iter::once(Cond::raw(test, Vec::new())).chain(conds.iter().cloned()).collect();
            Source { from, conds, order, gathered, rank: 0, sieve: None, days: None }
        };
        let by_customer = vec![text("c.sort_key"), int("c.id"), DUE, ID];
        let by_group = vec![text("g.search_key"), int("g.id"), DUE, ID];
        let mut sources = vec![
            beside(BY_CUSTOMER, by_customer, "c.root_id IS NULL AND i.customer_id = c.id", false),
            beside(WITH_PAYER, by_payer(), "m.root_id IS NOT NULL", true),
        ];
        if groups {
            sources.push(beside(BY_GROUP, by_group, "i.customer_id IS NULL AND i.group_id = g.id", false));
        }
        Ok(sources)
    }

    fn source(&self, part: Part, conds: Vec<Cond>, gathered: bool) -> Source {
        let (order, rank) = match self.sort {
            InvoiceSort::Due => (vec![DUE, ID], 0),
            InvoiceSort::Amount => (vec![TOTAL.down(), DUE, ID], 0),
            InvoiceSort::Number if part == Part::Waiting => (vec![INVOICED.down(), ID.down()], 0),
            InvoiceSort::Number => (vec![int("i.number_year").down(), int("i.number_seq").down(), ID.down()], 1),
            InvoiceSort::Customer => (by_payer(), 0),
        };
        let from = if self.sort == InvoiceSort::Customer { WITH_PAYER } else { INVOICE };
        Source { from, conds, order, gathered, rank, sieve: None, days: None }
    }
}

fn by_payer() -> Vec<Column> {
    vec![text("COALESCE(c.sort_key, g.search_key)"), int("COALESCE(c.id, g.id)"), DUE, ID]
}

/// What [`InvoiceStatus::of`] says, as a condition.
fn is(status: InvoiceStatus, today: NaiveDate) -> Cond {
    let open = "i.state = 'issued' AND i.settled_minor < i.total_minor";
    let on = |sql: String| Cond::raw(sql, vec![today.into()]);
    match status {
        InvoiceStatus::Draft => Cond::on(STATE, "= 'draft'", Vec::new()),
        InvoiceStatus::InReview => Cond::on(STATE, "= 'in_review'", Vec::new()),
        InvoiceStatus::Void => Cond::on(STATE, "= 'void'", Vec::new()),
        InvoiceStatus::Paid => Cond::on(STATE, "= 'issued'", Vec::new()).and(Cond::on(
            int("i.settled_minor"),
            ">= i.total_minor",
            Vec::new(),
        )),
        InvoiceStatus::Overdue => on(format!("({open} AND (i.due_on || '') < ?)")),
        InvoiceStatus::PartiallyPaid => on(format!("({open} AND i.settled_minor > 0 AND (i.due_on || '') >= ?)")),
        InvoiceStatus::Unpaid => on(format!("({open} AND i.settled_minor <= 0 AND (i.due_on || '') >= ?)")),
    }
}
