//! Which payments a sum of money settles, where the user names none.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::id::{InvoiceId, PaymentId};

/// A payment that is still owed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenItem {
    pub payment: PaymentId,
    /// What is open on its whole invoice, in minor units, other lines included.
    pub invoice_total_open: i64,
    /// Its invoice; none while it is not invoiced.
    pub invoice: Option<InvoiceId>,
    /// When it is due.
    pub due_on: NaiveDate,
    /// The date of its invoice.
    pub issued_on: Option<NaiveDate>,
    /// The number of its invoice.
    pub number: Option<String>,
    /// What is open on the payment itself, in minor units.
    pub open: i64,
    /// Whether it asks for a deposit, which is paid after everything else.
    pub is_deposit: bool,
}

/// How a sum is allocated.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Allocated {
    /// Payments and what each of them gets, above zero, in the order money was given to them.
    pub parts: Vec<(PaymentId, i64)>,
    /// What is left over: credit of the payer.
    pub rest: i64,
}

/// The most open invoices [`exact_set`] looks at, oldest first.
const SET_INVOICES: usize = 40;
/// The most combinations [`exact_set`] tries.
const SET_TRIES: u32 = 200_000;

impl OpenItem {
    /// Deposits after everything else. Oldest due first, then by invoice date and number; what is not invoiced comes
    /// last of its due date.
    fn order(&self) -> (bool, NaiveDate, bool, Option<NaiveDate>, usize, Option<&str>, PaymentId) {
        // Shorter numbers first, so that 2025-9999 stands before 2025-10000.
        let length = self.number.as_ref().map_or(0, String::len);
        let undated = self.issued_on.is_none();
        (self.is_deposit, self.due_on, undated, self.issued_on, length, self.number.as_deref(), self.payment)
    }
}

/// The open items worth paying, in allocation order.
fn in_order(items: &[OpenItem]) -> Vec<&OpenItem> {
    let mut items: Vec<&OpenItem> = items.iter().filter(|item| item.open > 0).collect();
    items.sort_by(|a, b| a.order().cmp(&b.order()));
    items
}

/// Gives `amount` to the items in the order they stand.
fn fill<'a>(amount: i64, items: impl IntoIterator<Item = &'a OpenItem>) -> Allocated {
    let mut rest = amount.max(0);
    let mut parts = Vec::new();
    for item in items {
        let part = rest.min(item.open);
        if part > 0 {
            parts.push((item.payment, part));
            rest -= part;
        }
    }
    Allocated { parts, rest }
}

/// Allocates `amount` minor units oldest first (due, issued, number), the last step of the order of the book.
pub fn oldest_first(amount: i64, items: &[OpenItem]) -> Allocated {
    fill(amount, in_order(items))
}

/// Allocates `amount` minor units where the user names no payment: all of it to the one open invoice it matches
/// exactly (the oldest due of several), else oldest due first. An amount of zero or less settles nothing.
pub fn allocate(amount: i64, items: &[OpenItem]) -> Allocated {
    let ordered = in_order(items);
    match invoices(&ordered).iter().find(|invoice| invoice.open == amount) {
        Some(exact) => fill(amount, ordered.into_iter().filter(|item| item.invoice == Some(exact.id))),
        None => fill(amount, ordered),
    }
}

/// A set of at least two open invoices whose open amounts add up to `amount` exactly, the fewest and oldest there are;
/// `None` where there is none among the oldest forty or the search grows too long. It is a proposal for the
/// screen and the bank matching, never taken silently.
pub fn exact_set(amount: i64, items: &[OpenItem]) -> Option<Vec<InvoiceId>> {
    let mut open = invoices(&in_order(items));
    open.truncate(SET_INVOICES);
    let mut tries = SET_TRIES;
    (2..=open.len()).find_map(|size| {
        let mut chosen = Vec::with_capacity(size);
        search(amount, &open, size, &mut chosen, &mut tries).then_some(chosen)
    })
}

/// One open invoice.
struct OpenInvoice {
    id: InvoiceId,
    open: i64,
}

/// The invoices of ordered items, oldest first, where the items are all that is open on them.
fn invoices(ordered: &[&OpenItem]) -> Vec<OpenInvoice> {
    let mut seen: BTreeMap<InvoiceId, (usize, i64, i64)> = BTreeMap::new();
    for (at, item) in ordered.iter().enumerate() {
        if let Some(invoice) = item.invoice {
            seen.entry(invoice).or_insert((at, 0, item.invoice_total_open)).1 += item.open;
        }
    }
    let mut open: Vec<(usize, OpenInvoice)> = seen
        .into_iter()
        .filter(|(_, (_, sum, total))| sum == total)
        .map(|(id, (at, open, _))| (at, OpenInvoice { id, open }))
        .collect();
    open.sort_by_key(|(at, _)| *at);
    open.into_iter().map(|(_, invoice)| invoice).collect()
}

/// Whether `size` of `open` add up to `amount`; those that do are left in `chosen`.
fn search(amount: i64, open: &[OpenInvoice], size: usize, chosen: &mut Vec<InvoiceId>, tries: &mut u32) -> bool {
    if size == 0 {
        return amount == 0;
    }
    for (at, invoice) in open.iter().enumerate() {
        if *tries == 0 || open.len() - at < size {
            return false;
        }
        *tries -= 1;
        if invoice.open <= amount {
            chosen.push(invoice.id);
            let later = open.get(at + 1..).unwrap_or_default();
            if search(amount - invoice.open, later, size - 1, chosen, tries) {
                return true;
            }
            chosen.pop();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An open line: payment, invoice, due day of January 2025, open, open on the whole invoice.
    fn item(payment: i64, invoice: i64, due: u32, open: i64, whole: i64) -> OpenItem {
        OpenItem {
            payment: PaymentId(payment),
            invoice_total_open: whole,
            invoice: (invoice > 0).then_some(InvoiceId(invoice)),
            due_on: NaiveDate::from_ymd_opt(2025, 1, due).unwrap(),
            issued_on: (invoice > 0).then(|| NaiveDate::from_ymd_opt(2025, 1, 1).unwrap()),
            number: (invoice > 0).then(|| format!("2025-{invoice:04}")),
            open,
            is_deposit: false,
        }
    }

    fn parts(allocated: &Allocated) -> Vec<(i64, i64)> {
        allocated.parts.iter().map(|(payment, part)| (payment.0, *part)).collect()
    }

    #[test]
    fn an_exact_match_to_one_invoice_comes_before_the_oldest() {
        let items = [item(1, 1, 5, 100, 100), item(2, 2, 9, 60, 90), item(3, 2, 9, 30, 90), item(4, 3, 8, 90, 90)];
        assert_eq!(parts(&allocate(90, &items)), [(4, 90)]);
        assert_eq!(parts(&allocate(90, &items[..3])), [(2, 60), (3, 30)]);
        assert_eq!(parts(&allocate(60, &items)), [(1, 60)]);
    }

    #[test]
    fn what_is_too_much_stays_as_rest() {
        let allocated = allocate(250, &[item(1, 1, 5, 100, 100), item(2, 0, 4, 20, 20)]);
        assert_eq!(parts(&allocated), [(2, 20), (1, 100)]);
        assert_eq!(allocated.rest, 130);
        assert_eq!(allocate(-5, &[item(1, 1, 5, 100, 100)]), Allocated::default());
    }

    #[test]
    fn an_invoice_of_which_only_a_part_is_offered_is_no_exact_match() {
        let items = [item(1, 1, 5, 50, 50), item(2, 2, 9, 40, 90)];
        assert_eq!(parts(&allocate(90, &items)), [(1, 50), (2, 40)]);
        assert_eq!(parts(&allocate(40, &items)), [(1, 40)]);
    }

    #[test]
    fn equal_due_dates_go_by_issue_date_and_then_by_number() {
        let ten_thousand = OpenItem { number: Some("2025-10000".into()), ..item(1, 3, 5, 10, 10) };
        let nines = OpenItem { number: Some("2025-9999".into()), ..item(2, 2, 5, 10, 10) };
        let earlier = OpenItem { issued_on: NaiveDate::from_ymd_opt(2024, 12, 1), ..item(3, 9, 5, 10, 10) };
        assert_eq!(parts(&oldest_first(25, &[ten_thousand, nines, earlier])), [(3, 10), (2, 10), (1, 5)]);
    }

    // F8
    #[test]
    fn a_deposit_is_paid_after_everything_else_and_last_of_its_own_invoice() {
        let deposit = |item: OpenItem| OpenItem { is_deposit: true, ..item };
        let items = [deposit(item(1, 1, 5, 100, 189)), item(2, 1, 5, 89, 189), item(3, 2, 9, 89, 89)];
        assert_eq!(parts(&allocate(100, &items)), [(2, 89), (3, 11)]);
        assert_eq!(parts(&allocate(200, &items)), [(2, 89), (3, 89), (1, 22)]);
        assert_eq!(parts(&allocate(189, &items)), [(2, 89), (1, 100)]);
        assert_eq!(parts(&allocate(100, &items[..2])), [(2, 89), (1, 11)]);
        // Of two invoices that fit, the one over rent comes before the older one over a deposit.
        let items = [deposit(item(1, 1, 5, 89, 89)), item(3, 2, 9, 89, 89)];
        assert_eq!(parts(&allocate(89, &items)), [(3, 89)]);
    }

    #[test]
    fn a_set_that_adds_up_exactly_is_proposed_smallest_first() {
        let items = [item(1, 1, 1, 30, 30), item(2, 2, 2, 20, 20), item(3, 3, 3, 10, 10), item(4, 4, 4, 40, 40)];
        let ids = |amount| exact_set(amount, &items).map(|set| set.iter().map(|id| id.0).collect::<Vec<_>>());
        assert_eq!(ids(50), Some(vec![1, 2]));
        assert_eq!(ids(100), Some(vec![1, 2, 3, 4]));
        assert_eq!(ids(10), None);
        assert_eq!(ids(101), None);
    }
}
