//! Laws of settlement: whatever money arrives over whatever is open, nothing is settled twice, lost or invented.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use rentbook::domain::allocation::{OpenItem, allocate, exact_set, oldest_first};
use rentbook::domain::id::{InvoiceId, PaymentId};

/// A line of an invoice (0: not invoiced yet) with a due day and what is open.
#[derive(Clone, Debug)]
struct Line {
    invoice: i64,
    open: i64,
}

/// Lines of a handful of invoices; all lines of an invoice share its due day.
fn lines() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec((0_i64..6, 0_i64..40).prop_map(|(invoice, open)| Line { invoice, open }), 0..12)
}

/// Due days by invoice; the first is for what is not invoiced.
fn due_days() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(1_u32..5, 6)
}

fn items(lines: &[Line], due: &[u32]) -> Vec<OpenItem> {
    let whole = |invoice| lines.iter().filter(|line| line.invoice == invoice).map(|line| line.open).sum();
    let date = |month, day| NaiveDate::from_ymd_opt(2025, month, day).unwrap();
    lines
        .iter()
        .zip(1..)
        .map(|(line, payment)| {
            let invoiced = line.invoice > 0;
            OpenItem {
                payment: PaymentId(payment),
                invoice_total_open: if invoiced { whole(line.invoice) } else { line.open },
                invoice: invoiced.then_some(InvoiceId(line.invoice)),
                due_on: date(2, due[usize::try_from(line.invoice).unwrap()]),
                issued_on: invoiced.then(|| date(1, 1)),
                number: invoiced.then(|| format!("2025-{:04}", line.invoice)),
                open: line.open,
                is_deposit: payment % 5 == 0,
            }
        })
        .collect()
}

/// The order of the rules, told a second time: deposits last, then due, issued before not issued, number, and the order of entry.
fn model_order(items: &[OpenItem]) -> Vec<OpenItem> {
    let mut items: Vec<OpenItem> = items.iter().filter(|item| item.open > 0).cloned().collect();
    items.sort_by_key(|item| (item.is_deposit, item.due_on, item.invoice.is_none(), item.number.clone(), item.payment));
    items
}

/// The allocation of the rules, told a second time, in words as plain as they are written.
fn model(amount: i64, items: &[OpenItem]) -> BTreeMap<PaymentId, i64> {
    let ordered = model_order(items);
    let exact = ordered.iter().find(|item| item.invoice.is_some() && item.invoice_total_open == amount);
    let chosen: Vec<&OpenItem> = match exact {
        Some(exact) => ordered.iter().filter(|item| item.invoice == exact.invoice).collect(),
        None => ordered.iter().collect(),
    };
    let (mut left, mut parts) = (amount, BTreeMap::new());
    for item in chosen {
        for _ in 0..item.open {
            if left > 0 {
                left -= 1;
                *parts.entry(item.payment).or_insert(0) += 1;
            }
        }
    }
    parts
}

/// The state of a book: what was open, what was settled, what the payer has left over.
struct Ledger {
    items: Vec<OpenItem>,
    settled: i64,
    credit: i64,
}

impl Ledger {
    /// Applies a receipt and checks what must always hold.
    fn receive(&mut self, amount: i64) {
        let before: i64 = self.items.iter().map(|item| item.open).sum();
        let allocated = allocate(amount, &self.items);
        let given: i64 = allocated.parts.iter().map(|(_, part)| part).sum();
        assert_eq!(given + allocated.rest, amount, "no cent is lost or invented");
        for (payment, part) in &allocated.parts {
            let item = self.items.iter_mut().find(|item| item.payment == *payment).unwrap();
            assert!((1..=item.open).contains(part), "no payment gets more than it is");
            item.open -= part;
        }
        for at in 0..self.items.len() {
            let invoice = self.items[at].invoice;
            let same = |item: &&OpenItem| item.invoice == invoice;
            let open = self.items.iter().filter(same).map(|item| item.open).sum();
            self.items[at].invoice_total_open = if invoice.is_some() { open } else { self.items[at].open };
        }
        assert!(allocated.rest == 0 || given == before, "credit only when nothing is open");
        self.settled += given;
        self.credit += allocated.rest;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_allocation_is_the_one_the_rules_describe(lines in lines(), due in due_days(), amount in 0_i64..200) {
        let items = items(&lines, &due);
        let allocated = allocate(amount, &items);
        let parts: BTreeMap<PaymentId, i64> = allocated.parts.iter().copied().collect();
        prop_assert_eq!(parts.len(), allocated.parts.len(), "a payment is named once");
        prop_assert_eq!(parts, model(amount, &items));
    }

    #[test]
    fn the_order_items_are_given_in_does_not_matter(lines in lines(), due in due_days(), amount in 0_i64..200) {
        let items = items(&lines, &due);
        let mut reversed = items.clone();
        reversed.reverse();
        prop_assert_eq!(allocate(amount, &items), allocate(amount, &reversed));
        prop_assert_eq!(oldest_first(amount, &items), oldest_first(amount, &reversed));
    }

    #[test]
    fn receipts_settle_everything_once_and_keep_the_rest(
        lines in lines(), due in due_days(), receipts in prop::collection::vec(1_i64..60, 1..12),
    ) {
        let items = items(&lines, &due);
        let open: i64 = items.iter().map(|item| item.open).sum();
        let mut book = Ledger { items, settled: 0, credit: 0 };
        for amount in &receipts {
            book.receive(*amount);
        }
        let received: i64 = receipts.iter().sum();
        prop_assert_eq!(book.settled, received.min(open));
        prop_assert_eq!(book.settled + book.credit, received);
    }

    #[test]
    fn a_proposed_set_adds_up_exactly_and_is_missed_only_where_there_is_none(
        lines in lines(), due in due_days(), amount in 1_i64..200,
    ) {
        let items = items(&lines, &due);
        let mut open: BTreeMap<InvoiceId, i64> = BTreeMap::new();
        for item in items.iter().filter(|item| item.open > 0) {
            if let Some(invoice) = item.invoice {
                *open.entry(invoice).or_default() += item.open;
            }
        }
        let sums: Vec<i64> = open.values().copied().collect();
        let possible = (0_u32..1 << sums.len()).any(|set| {
            let chosen = sums.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
            set.count_ones() >= 2 && chosen.map(|(_, sum)| sum).sum::<i64>() == amount
        });
        let proposed = exact_set(amount, &items);
        prop_assert_eq!(proposed.is_some(), possible);
        if let Some(set) = proposed {
            prop_assert_eq!(set.iter().map(|invoice| open[invoice]).sum::<i64>(), amount);
        }
    }
}
