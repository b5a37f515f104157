//! Books for tests of the read side, written row by row through the schema and its triggers.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use rentbook::domain::customer::DisplayName;
use rentbook::domain::text::fold;
use rentbook::store::{Db, Result, StoreError, Value};

/// The day of the tests.
pub fn today() -> NaiveDate {
    day("2025-11-17")
}

/// A date from its ISO text.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// Writes rows as the program would, without its services.
pub struct Scribe<'d> {
    db: &'d Db<'d>,
    activity: i64,
    numbers: RefCell<HashMap<(&'static str, i32), i64>>,
}

/// A small generator of repeatable numbers.
pub struct Dice(u64);

impl Dice {
    /// Starts somewhere.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below `sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// One of these.
    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let sides = u64::try_from(of.len()).unwrap_or(1);
        usize::try_from(self.below(sides)).ok().and_then(|at| of.get(at).copied()).unwrap_or("")
    }
}

/// What a payment is made of.
#[derive(Clone, Copy)]
pub struct Due<'a> {
    pub customer: i64,
    pub group: Option<i64>,
    pub subscription: Option<i64>,
    pub kind: &'a str,
    pub index: Option<i64>,
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub due_on: NaiveDate,
    pub minor: i64,
    pub text: &'a str,
}

impl Default for Due<'_> {
    fn default() -> Self {
        Self {
            customer: 1,
            group: None,
            subscription: None,
            kind: "extra",
            index: None,
            period: None,
            due_on: today(),
            minor: 8900,
            text: "Extra",
        }
    }
}

/// Who is written down.
#[derive(Clone, Copy, Default)]
pub struct Who<'a> {
    pub company: &'a str,
    pub first: &'a str,
    pub last: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
    pub joined: Option<NaiveDate>,
    pub currency: Option<&'a str>,
}

/// A row a builder was told to make and the file did not give back.
fn missing() -> StoreError {
    StoreError::broken("a row is missing")
}

impl<'d> Scribe<'d> {
    /// A shop in euros with one class.
    pub fn new(db: &'d Db<'d>) -> Result<Self> {
        db.execute(
            "INSERT INTO shop (id, name, country, time_zone, currency) VALUES (1, 'Harbour Rentals', 'DE', 'Europe/Berlin', 'EUR')",
            &[],
        )?;
        db.execute("INSERT INTO pass_state (id) VALUES (1)", &[])?;
        db.execute("INSERT INTO letterhead (content) VALUES ('Harbour Rentals')", &[])?;
        db.execute("INSERT INTO customer_class (name, is_default) VALUES ('Standard', 1)", &[])?;
        for kind in ["regular", "out_of_turn"] {
            db.execute("INSERT INTO collection_policy (class_id, invoice_kind) VALUES (1, ?1)", &[kind.into()])?;
        }
        let scribe = Self { db, activity: 0, numbers: RefCell::default() };
        let activity = scribe.activity("init", "", None, today())?;
        Ok(Self { activity, ..scribe })
    }

    /// Sits down again at a book that one before wrote.
    pub fn again(db: &'d Db<'d>) -> Result<Self> {
        let scribe = Self { db, activity: 0, numbers: RefCell::default() };
        let activity = scribe.activity("again", "", None, today())?;
        Ok(Self { activity, ..scribe })
    }

    /// A row of the log.
    pub fn activity(&self, action: &str, subject: &str, customer: Option<i64>, on: NaiveDate) -> Result<i64> {
        let newest = self.db.one("SELECT COALESCE(MAX(id), 0) FROM activity", &[], |row| row.int(0))?;
        self.db.insert(
            "INSERT INTO activity (at, business_on, operator, host, pid, program, action, customer_id, subject, digest) \
             VALUES (?1, ?2, 'Mia', 'till', 1, 'rentbook 0.0.1', ?3, ?4, ?5, ?6)",
            &[
                format!("{on}T08:00:00.000Z").into(),
                on.into(),
                action.into(),
                customer.into(),
                subject.into(),
                format!("d{}", newest.unwrap_or(0) + 1).into(),
            ],
        )
    }

    /// A customer.
    pub fn customer(&self, who: Who) -> Result<i64> {
        let kind = if who.company.is_empty() { "individual" } else { "business" };
        let name = DisplayName { company: who.company, first: who.first, last: who.last };
        let search = [who.company, who.first, who.last, who.email, who.phone].join(" ");
        self.db.insert(
            "INSERT INTO customer (kind, first_name, last_name, company_name, email, phone, class_id, currency, joined_on, \
             sort_key, search_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, ?9, ?10)",
            &[
                kind.into(),
                who.first.into(),
                who.last.into(),
                who.company.into(),
                who.email.into(),
                who.phone.into(),
                who.currency.unwrap_or("EUR").into(),
                who.joined.unwrap_or_else(|| day("2024-03-01")).into(),
                name.sort_key().into(),
                fold(&search).into(),
            ],
        )
    }

    /// Merges one customer into another.
    pub fn merge(&self, from: i64, into: i64) -> Result<()> {
        self.db
            .execute("UPDATE customer SET merged_into = ?2, root_id = ?2 WHERE id = ?1", &[from.into(), into.into()])
            .map(drop)
    }

    /// A billing group with its members.
    pub fn group(&self, name: &str, members: &[i64]) -> Result<i64> {
        let id = self.db.insert(
            "INSERT INTO billing_group (name, currency, created_on, search_key) VALUES (?1, 'EUR', '2024-01-01', ?2)",
            &[name.into(), fold(name).into()],
        )?;
        for member in members {
            self.db.execute("UPDATE customer SET group_id = ?2 WHERE id = ?1", &[(*member).into(), id.into()])?;
            self.db.execute(
                "INSERT INTO group_membership (group_id, customer_id, joined_on) VALUES (?1, ?2, '2024-01-01')",
                &[id.into(), (*member).into()],
            )?;
        }
        Ok(id)
    }

    /// A product with one variant in a currency.
    pub fn variant(&self, product: &str, name: &str, minor: i64, currency: &str) -> Result<i64> {
        self.db.execute("INSERT INTO product (name) VALUES (?1) ON CONFLICT (name) DO NOTHING", &[product.into()])?;
        let product_id = self.db.one("SELECT id FROM product WHERE name = ?1", &[product.into()], |row| row.int(0))?;
        self.db.insert(
            "INSERT INTO variant (product_id, name, price_minor, currency, tax_ppm, search_key) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
            &[
                product_id.ok_or_else(missing)?.into(),
                name.into(),
                minor.into(),
                currency.into(),
                fold(&format!("{product} {name}")).into(),
            ],
        )
    }

    /// An asset in stock.
    pub fn asset(&self, variant: i64, serial: &str, cost: i64) -> Result<i64> {
        self.db.insert(
            "INSERT INTO asset (variant_id, serial, cost_minor, currency) VALUES (?1, ?2, ?3, 'EUR')",
            &[variant.into(), serial.into(), cost.into()],
        )
    }

    /// A confirmed order with one active monthly subscription; `months` long.
    pub fn subscription(
        &self,
        customer: i64,
        variant: i64,
        asset: Option<i64>,
        start: NaiveDate,
        end: NaiveDate,
        minor: i64,
    ) -> Result<i64> {
        let currency = self
            .db
            .one("SELECT currency FROM customer WHERE id = ?1", &[customer.into()], |row| row.text(0))?
            .ok_or_else(missing)?;
        let months = (end.year() - start.year()) * 12 + end.month().cast_signed() - start.month().cast_signed();
        let order = self.db.insert(
            "INSERT INTO rental_order (customer_id, currency, ordered_on, status) VALUES (?1, ?2, ?3, 'confirmed')",
            &[customer.into(), (&currency).into(), start.into()],
        )?;
        let item = self.db.insert(
            "INSERT INTO order_item (order_id, currency, position, variant_id, asset_id, months, start_on, anchor_day, \
             price_minor, tax_ppm) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, 0)",
            &[
                order.into(),
                (&currency).into(),
                variant.into(),
                asset.into(),
                months.into(),
                start.into(),
                start.day().into(),
                minor.into(),
            ],
        )?;
        if let Some(asset) = asset {
            self.db.execute("UPDATE asset SET state = 'rented' WHERE id = ?1", &[asset.into()])?;
        }
        self.db.insert(
            "INSERT INTO subscription (order_id, order_item_id, customer_id, currency, variant_id, asset_id, status, \
             frequency, start_on, end_on, anchor_day, price_minor, tax_ppm, activated_on, next_start_on) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'active', 'month', ?7, ?8, ?9, ?10, 0, ?7, ?7)",
            &[
                order.into(),
                item.into(),
                customer.into(),
                (&currency).into(),
                variant.into(),
                asset.into(),
                start.into(),
                end.into(),
                start.day().into(),
                minor.into(),
            ],
        )
    }

    /// A payment without an invoice.
    pub fn payment(&self, due: Due, line: Option<(i64, i64)>) -> Result<i64> {
        self.db.insert(
            "INSERT INTO payment (kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, \
             period_end_on, due_on, invoice_id, line, text, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor) \
             VALUES (?1, ?2, ?3, ?4, (SELECT currency FROM customer WHERE id = ?2), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, 0, 0, ?12)",
            &[
                due.kind.into(),
                due.customer.into(),
                due.group.into(),
                due.subscription.into(),
                due.index.into(),
                due.period.map(|period| period.0).into(),
                due.period.map(|period| period.1).into(),
                due.due_on.into(),
                line.map(|line| line.0).into(),
                line.map(|line| line.1).into(),
                due.text.into(),
                due.minor.into(),
            ],
        )
    }

    /// A draft with these lines; number of the invoice and of its payments.
    pub fn draft(&self, kind: &str, invoiced_on: NaiveDate, lines: &[Due]) -> Result<(i64, Vec<i64>)> {
        let first = lines.first().ok_or_else(missing)?;
        let total: i64 = lines.iter().map(|line| line.minor).sum();
        let (customer, group) = if first.group.is_some() { (None, first.group) } else { (Some(first.customer), None) };
        let invoice = self.db.insert(
            "INSERT INTO invoice (kind, customer_id, group_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, \
             total_minor, payer_name, letterhead_id) \
             VALUES (?1, ?2, ?3, (SELECT currency FROM customer WHERE id = ?4), ?5, ?6, ?7, 0, ?7, 'Payer', 1)",
            &[
                kind.into(),
                customer.into(),
                group.into(),
                first.customer.into(),
                invoiced_on.into(),
                first.due_on.into(),
                total.into(),
            ],
        )?;
        let mut payments = Vec::new();
        for (line, at) in lines.iter().zip(1_i64..) {
            payments.push(self.payment(*line, Some((invoice, at)))?);
        }
        Ok((invoice, payments))
    }

    /// An issued invoice with these lines; its number and those of its payments.
    pub fn invoice(&self, kind: &str, invoiced_on: NaiveDate, lines: &[Due]) -> Result<(i64, Vec<i64>)> {
        let (invoice, payments) = self.draft(kind, invoiced_on, lines)?;
        let year = invoiced_on.year();
        let seq = self.next("invoice", year)?;
        self.db.execute(
            "UPDATE invoice SET state = 'issued', number_year = ?2, number_seq = ?3, number = ?4 WHERE id = ?1",
            &[invoice.into(), year.into(), seq.into(), format!("{year}-{seq:04}").into()],
        )?;
        Ok((invoice, payments))
    }

    /// Money that arrived, cleared, not applied.
    pub fn receipt(&self, payer: Payer, minor: i64, on: NaiveDate, method: &str, reference: &str) -> Result<i64> {
        let year = on.year();
        let seq = self.next("receipt", year)?;
        let (customer, group) = match payer {
            Payer::Customer(id) => (Some(id), None),
            Payer::Group(id) => (None, Some(id)),
        };
        self.db.insert(
            "INSERT INTO receipt (customer_id, group_id, currency, number_year, number_seq, number, state, amount_minor, \
             received_on, cleared_on, method, reference, reference_key, activity_id) \
             VALUES (?1, ?2, COALESCE((SELECT currency FROM customer WHERE id = ?1), 'EUR'), ?3, ?4, ?5, 'cleared', ?6, ?7, ?7, \
             ?8, ?9, ?10, ?11)",
            &[
                customer.into(),
                group.into(),
                year.into(),
                seq.into(),
                format!("R-{year}-{seq:04}").into(),
                minor.into(),
                on.into(),
                method.into(),
                reference.into(),
                fold(reference).into(),
                self.activity.into(),
            ],
        )
    }

    /// A part of a receipt applied to a payment, or with none written off.
    pub fn allocate(&self, receipt: Option<i64>, payment: i64, minor: i64, on: NaiveDate) -> Result<i64> {
        let facts = self.db.one(
            "SELECT customer_id, status, amount_minor - settled_minor, currency, kind = 'deposit' FROM payment WHERE id = ?1",
            &[payment.into()],
            |row| Ok((row.int(0)?, row.text(1)?, row.int(2)?, row.text(3)?, row.int(4)?)),
        )?;
        let (customer, before, open, currency, is_deposit) = facts.ok_or_else(missing)?;
        let after = if minor == open { "paid" } else { before.as_str() };
        self.db.insert(
            "INSERT INTO allocation (source, receipt_id, payment_id, customer_id, is_deposit, currency, amount_minor, \
             allocated_on, status_before, status_after, reason, activity_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            &[
                if receipt.is_some() { "receipt" } else { "write_off" }.into(),
                receipt.into(),
                payment.into(),
                customer.into(),
                is_deposit.into(),
                currency.into(),
                minor.into(),
                on.into(),
                (&before).into(),
                after.into(),
                if receipt.is_some() { "" } else { "not worth chasing" }.into(),
                self.activity.into(),
            ],
        )
    }

    /// Takes an allocation back; the payment is open again.
    pub fn reverse(&self, allocation: i64, on: NaiveDate) -> Result<i64> {
        self.db.insert(
            "INSERT INTO allocation (source, receipt_id, payment_id, customer_id, is_deposit, currency, amount_minor, \
             allocated_on, status_before, status_after, reason, reverses_id, activity_id) \
             SELECT a.source, a.receipt_id, a.payment_id, a.customer_id, a.is_deposit, a.currency, -a.amount_minor, ?2, \
             p.status, 'pending', a.reason, a.id, a.activity_id FROM allocation a JOIN payment p ON p.id = a.payment_id \
             WHERE a.id = ?1",
            &[allocation.into(), on.into()],
        )
    }

    /// A receipt that pays one payment in full.
    pub fn pay(&self, payment: i64, on: NaiveDate, method: &str, reference: &str) -> Result<i64> {
        let open = self.db.one(
            "SELECT amount_minor - settled_minor FROM payment WHERE id = ?1",
            &[payment.into()],
            |row| row.int(0),
        )?;
        let minor = open.ok_or_else(missing)?;
        let receipt = self.receipt(self.payer(payment)?, minor, on, method, reference)?;
        self.allocate(Some(receipt), payment, minor, on)?;
        Ok(receipt)
    }

    /// Who pays a payment.
    pub fn payer(&self, payment: i64) -> Result<Payer> {
        let found =
            self.db.one("SELECT customer_id, group_id FROM payment WHERE id = ?1", &[payment.into()], |row| {
                Ok((row.int(0)?, row.opt_int(1)?))
            })?;
        let (customer, group) = found.ok_or_else(missing)?;
        Ok(group.map_or(Payer::Customer(customer), Payer::Group))
    }

    /// A status a person or bank set.
    pub fn set_status(&self, payment: i64, to: &str, on: NaiveDate) -> Result<()> {
        self.db
            .execute(
                "INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id) \
                 VALUES (?1, (SELECT status FROM payment WHERE id = ?1), ?2, ?3, ?4)",
                &[payment.into(), to.into(), on.into(), self.activity.into()],
            )
            .map(drop)
    }

    /// A payment whose charge was declined on a day.
    pub fn fail(&self, payment: i64, on: NaiveDate, reason: &str) -> Result<()> {
        self.set_status(payment, "processing", on)?;
        self.set_status(payment, "failed", on)?;
        self.db.execute(
            "INSERT INTO charge_attempt (payment_id, currency, amount_minor, state, attempted_on, idempotency_key, \
             decline_reason, activity_id) SELECT id, currency, amount_minor, 'declined', ?2, 'k' || ?1 || ?2, ?3, ?4 \
             FROM payment WHERE id = ?1",
            &[payment.into(), on.into(), reason.into(), self.activity.into()],
        )?;
        self.db
            .execute("UPDATE payment SET attempt_count = attempt_count + 1 WHERE id = ?1", &[payment.into()])
            .map(drop)
    }

    /// Runs a statement of the test's own.
    pub fn run(&self, sql: &str, params: &[Value]) -> Result<()> {
        self.db.execute(sql, params).map(drop)
    }

    fn next(&self, kind: &'static str, year: i32) -> Result<i64> {
        let mut numbers = self.numbers.borrow_mut();
        if let std::collections::hash_map::Entry::Vacant(e) = numbers.entry((kind, year)) {
            let (series, key) =
                ("SELECT last FROM number_series WHERE kind = ?1 AND year = ?2", [kind.into(), year.into()]);
            let last = self.db.one(series, &key, |row| row.int(0))?;
            if last.is_none() {
                self.db.execute("INSERT INTO number_series (kind, year) VALUES (?1, ?2)", &key)?;
            }
            e.insert(last.unwrap_or(0));
        }
        let last = numbers.entry((kind, year)).or_insert(0);
        *last += 1;
        Ok(*last)
    }
}

/// Who pays.
#[derive(Clone, Copy)]
pub enum Payer {
    /// A customer.
    Customer(i64),
    /// A billing group.
    Group(i64),
}
