//! Money as it stood on a day: what came in, what of it is on no payment, what is held for customers.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::stood::is_newest;
use super::{Told, Whose};
use crate::domain::id::{CustomerId, PaymentId, ReceiptId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::ReceiptState;
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::lists::shown::money;

/// A part of a receipt that paid something, or was taken off again: income of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    pub receipt: ReceiptId,
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub on: NaiveDate,
    /// Below zero where it was taken off.
    pub amount: Money,
}

const CAME: &str = "a.receipt_id, a.payment_id, a.customer_id, a.allocated_on, a.amount_minor, a.currency";

fn came(row: &Row) -> Result<Came> {
    Ok(Came {
        receipt: ReceiptId(row.int(0)?),
        payment: PaymentId(row.int(1)?),
        customer: CustomerId(row.int(2)?),
        on: row.date(3)?,
        amount: money(row, 4, 5)?,
    })
}

fn read_came(db: &Db, whose: &Whose, conditions: [&str; 2], span: (NaiveDate, NaiveDate)) -> Result<Vec<Came>> {
    let [all, some] = conditions;
    let all = format!("SELECT {CAME} FROM allocation a WHERE {all}");
    let some = format!("SELECT {CAME} FROM allocation a WHERE a.customer_id IN ({{customers}}) AND {some}");
    let mut rows = Vec::new();
    whose.each(db, &Told { all: &all, some: &some }, &[span.0.into(), span.1.into()], |row| {
        rows.push(came(row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// Income: receipts applied to payments from … to …, reversals negative on their day, deposits left out.
pub fn income(db: &Db, span: (NaiveDate, NaiveDate), whose: &Whose) -> Result<Vec<Came>> {
    let all = "a.allocated_on BETWEEN ?1 AND ?2 AND a.source = 'receipt' AND a.is_deposit = 0";
    let some = "a.source = 'receipt' AND a.is_deposit = 0 AND (a.allocated_on || '') BETWEEN ?1 AND ?2";
    read_came(db, whose, [all, some], span)
}

/// Of the income: what deposits paid when they were kept. The step that closed one is what tells it apart.
pub fn kept(db: &Db, span: (NaiveDate, NaiveDate), whose: &Whose) -> Result<Vec<Came>> {
    let mut rows = if whose.is_part() { kept_of_some(db, span, whose)? } else { kept_of_all(db, span)? };
    whose.each(db, &KEPT_BEFORE, &[span.0.into(), span.1.into()], |row| {
        rows.push(came(row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// From what customers paid: whether the step was one that closed a deposit.
fn kept_of_some(db: &Db, span: (NaiveDate, NaiveDate), whose: &Whose) -> Result<Vec<Came>> {
    let closing = format!(
        "a.source = 'receipt' AND a.is_deposit = 0 AND (a.allocated_on || '') BETWEEN ?1 AND ?2 AND EXISTS \
         (SELECT 1 FROM activity k WHERE k.id = COALESCE((SELECT o.activity_id FROM allocation o WHERE o.id = a.reverses_id), \
         a.activity_id) AND (k.action || '') = '{}')",
        Log::CloseDeposit.code()
    );
    read_came(db, whose, [&closing, &closing], span)
}

/// From the steps that closed one, of which there are few: what they paid, and what of it was taken off again.
fn kept_of_all(db: &Db, span: (NaiveDate, NaiveDate)) -> Result<Vec<Came>> {
    let code = Log::CloseDeposit.code();
    let income = "a.source = 'receipt' AND a.is_deposit = 0 AND (a.allocated_on || '') BETWEEN ?1 AND ?2";
    let own = format!(
        "SELECT {CAME} FROM activity k CROSS JOIN allocation a WHERE k.action = '{code}' AND a.activity_id = k.id \
         AND a.reverses_id IS NULL AND {income}"
    );
    let back = format!(
        "SELECT {CAME} FROM activity k CROSS JOIN allocation o CROSS JOIN allocation a WHERE k.action = '{code}' \
         AND o.activity_id = k.id AND a.reverses_id = o.id AND {income}"
    );
    let mut rows = Vec::new();
    for sql in [own, back] {
        rows.extend(db.all(&sql, &[span.0.into(), span.1.into()], came)?);
    }
    Ok(rows)
}

/// Of deposits that were closed before they paid what they were kept for.
const KEPT_BEFORE: Told<'static> = Told {
    all: "SELECT 0, p.id, p.customer_id, d.closed_on, d.kept_minor, p.currency FROM deposit d CROSS JOIN payment p \
        WHERE d.closed_on BETWEEN ?1 AND ?2 AND d.kept_minor > 0 AND d.activity_id IS NULL AND p.id = d.payment_id",
    some: "SELECT 0, p.id, p.customer_id, d.closed_on, d.kept_minor, p.currency FROM subscription s CROSS JOIN deposit d \
        CROSS JOIN payment p WHERE s.customer_id IN ({customers}) AND d.subscription_id = s.id AND d.activity_id IS NULL \
        AND (d.closed_on || '') BETWEEN ?1 AND ?2 AND d.kept_minor > 0 AND p.id = d.payment_id",
};

/// Money that stands on a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub payment: PaymentId,
    pub customer: CustomerId,
    /// The day its first money came.
    pub since: NaiveDate,
    pub amount: Money,
}

const HELD: Told<'static> = Told {
    all: "SELECT a.payment_id, a.customer_id, CAST(SUM(a.amount_minor) AS BIGINT), a.currency, MIN(a.allocated_on) FROM deposit d \
        CROSS JOIN allocation a WHERE a.payment_id = d.payment_id AND a.source = 'receipt' AND (a.allocated_on || '') <= ?1 \
        AND (d.closed_on IS NULL OR d.activity_id IS NOT NULL OR d.closed_on > ?1) \
        GROUP BY a.payment_id, a.customer_id, a.currency",
    some: "SELECT a.payment_id, a.customer_id, CAST(SUM(a.amount_minor) AS BIGINT), a.currency, MIN(a.allocated_on) FROM subscription s \
        CROSS JOIN deposit d CROSS JOIN allocation a WHERE s.customer_id IN ({customers}) AND d.subscription_id = s.id \
        AND a.payment_id = d.payment_id AND a.source = 'receipt' AND (a.allocated_on || '') <= ?1 \
        AND (d.closed_on IS NULL OR d.activity_id IS NOT NULL OR d.closed_on > ?1) \
        GROUP BY a.payment_id, a.customer_id, a.currency",
};

/// Deposits held on a day: money received for them less what went back or paid something by then.
pub fn held(db: &Db, day: NaiveDate, whose: &Whose) -> Result<Vec<Held>> {
    let mut rows = Vec::new();
    whose.each(db, &HELD, &[day.into()], |row| {
        let held = Held {
            payment: PaymentId(row.int(0)?),
            customer: CustomerId(row.int(1)?),
            since: row.date(4)?,
            amount: money(row, 2, 3)?,
        };
        rows.extend((!held.amount.is_zero()).then_some(held));
        Ok(())
    })?;
    Ok(rows)
}

/// A receipt with money on no payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    pub receipt: ReceiptId,
    pub on: NaiveDate,
    pub amount: Money,
}

const NOW: &str = "r.id, r.received_on, r.amount_minor - r.allocated_minor - r.refunded_minor, r.currency, r.state, r.cleared_on, \
    r.activity_id, NULL FROM receipt r";
const THEN: &str = "r.id, r.received_on, r.amount_minor \
    - (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM allocation a WHERE a.receipt_id = r.id AND a.allocated_on <= ?1) \
    - (SELECT CAST(COALESCE(SUM(f.amount_minor), 0) AS BIGINT) FROM refund f WHERE f.receipt_id = r.id AND f.refunded_on <= ?1), \
    r.currency, r.state, r.cleared_on, r.activity_id, (SELECT u.business_on FROM activity u WHERE u.undoes_id = r.activity_id) \
    FROM receipt r";

/// What payers had too much on a day, receipt by receipt. Money that a billing group has in credit belongs to no member.
pub fn credit(db: &Db, day: NaiveDate, whose: &Whose) -> Result<Vec<Credit>> {
    let is_newest = is_newest(db, day)?;
    let (columns, is_meant) = if is_newest {
        (
            NOW,
            "r.state = 'cleared' AND r.amount_minor > r.allocated_minor + r.refunded_minor AND (r.received_on || '') <= ?1",
        )
    } else {
        (THEN, "r.received_on <= ?1")
    };
    let all = format!("SELECT {columns} WHERE {is_meant}");
    let some = format!("SELECT {columns} WHERE r.customer_id IN ({{customers}}) AND {is_meant}");
    let turns = if is_newest { HashMap::new() } else { turns(db)? };
    let mut rows = Vec::new();
    whose.each(db, &Told { all: &all, some: &some }, &[day.into()], |row| {
        let credit = Credit { receipt: ReceiptId(row.int(0)?), on: row.date(1)?, amount: money(row, 2, 3)? };
        let life = Life {
            is_cleared: row.parsed::<ReceiptState>(4)? == ReceiptState::Cleared,
            cleared_on: row.opt_date(5)?,
            taken_back_on: row.opt_date(7)?,
            turns: turns.get(&credit.receipt.0).map_or(&[], Vec::as_slice),
        };
        rows.extend((!credit.amount.is_zero() && life.was_there(day)).then_some(credit));
        Ok(())
    })?;
    Ok(rows)
}

/// That a check cleared or bounced, and when that was taken back.
#[derive(Clone, Copy, Debug)]
struct Turn {
    step: i64,
    is_clearing: bool,
    on: NaiveDate,
    undone: Option<(i64, NaiveDate)>,
}

/// What happened to receipts that did not simply come; few in any book.
fn turns(db: &Db) -> Result<HashMap<i64, Vec<Turn>>> {
    let (clear, bounce) = (Log::ClearReceipt.code(), Log::BounceReceipt.code());
    let sql = format!(
        "SELECT a.subject, a.id, a.action, a.business_on, u.id, u.business_on FROM activity a \
         LEFT JOIN activity u ON u.undoes_id = a.id WHERE a.action IN ('{clear}', '{bounce}') ORDER BY a.id"
    );
    let mut turns: HashMap<i64, Vec<Turn>> = HashMap::new();
    db.each(&sql, &[], |row| {
        if let Ok(Subject::Receipt(receipt)) = row.parsed(0) {
            let undone = row.opt_int(4)?.zip(row.opt_date(5)?);
            let turn = Turn { step: row.int(1)?, is_clearing: row.str(2)? == clear, on: row.date(3)?, undone };
            turns.entry(receipt.0).or_default().push(turn);
        }
        Ok(())
    })?;
    Ok(turns)
}

/// What is known of a receipt.
struct Life<'a> {
    is_cleared: bool,
    cleared_on: Option<NaiveDate>,
    /// The day it was taken back whole.
    taken_back_on: Option<NaiveDate>,
    turns: &'a [Turn],
}

impl Life<'_> {
    /// Whether its money was there on a day: cleared by then, and neither bounced nor taken back.
    fn was_there(&self, day: NaiveDate) -> bool {
        if self.taken_back_on.is_some_and(|on| on <= day) {
            return false;
        }
        let mut steps: Vec<(i64, NaiveDate, Option<&Turn>)> = Vec::new();
        for turn in self.turns {
            steps.push((turn.step, turn.on, Some(turn)));
            steps.extend(turn.undone.map(|(step, on)| (step, on, None)));
        }
        steps.sort_unstable_by_key(|(step, ..)| *step);
        // What has no clearing of its own was there when it came.
        let came = !self.turns.iter().any(|turn| turn.is_clearing)
            && self.cleared_on.is_some_and(|on| on <= day)
            && (self.is_cleared || self.taken_back_on.is_some() || !self.turns.is_empty());
        let (mut is_there, mut was) = (came, Vec::new());
        for (_, on, turn) in steps {
            let before = is_there;
            match turn {
                Some(turn) => {
                    was.push(before);
                    let on = self.effect(turn).unwrap_or(on);
                    is_there = if on <= day { turn.is_clearing } else { before };
                }
                None => is_there = was.pop().filter(|_| on <= day).unwrap_or(before),
            }
        }
        is_there
    }

    /// A clearing that stands took effect on the day the money came.
    fn effect(&self, turn: &Turn) -> Option<NaiveDate> {
        (turn.is_clearing && turn.undone.is_none()).then_some(self.cleared_on).flatten()
    }
}
