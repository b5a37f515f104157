//! The book that is measured: the demo of 50,000 customers, and what a demo never has: 50,000 customers more, one with
//! some 5,000 payments, a billing group with 2,000 members.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rentbook::demo::{DemoOptions, make};
use rentbook::domain::address::Address;
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::{CustomerId, GroupId, VariantId};
use rentbook::domain::method::Method;
use rentbook::services::actions::catalogue::ProductDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::customer_address::ShipTo;
use rentbook::services::actions::group::GroupDraft;
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::reads::{self, Page, PaymentFilter, PaymentView};
use rentbook::services::{Access, Action, Book, Desk, DeskError, Operator, Outcome, Outside};

/// The day of the book.
const TODAY: &str = "2026-06-15";
/// Customers of the demo, and those added to it.
const CUSTOMERS: usize = 50_000;
/// Who rents for years: by this name it is found.
pub const LARGE: &str = "Everlasting";
/// Units it rents, each billed 61 times by now.
const UNITS: u32 = 84;
/// Payments of it that are paid, in receipts of a thousand.
const PAID: usize = 4_000;
/// The large billing group: by this name it is found.
pub const GROUP: &str = "Thousands";
/// Its members.
const MEMBERS: usize = 2_000;

/// A clock that stands still.
pub struct Still;

impl Outside for Still {
    fn now(&self) -> DateTime<Utc> {
        day(TODAY).and_hms_opt(9, 0, 0).unwrap().and_utc()
    }

    fn salt(&self) -> String {
        "salt".into()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A desk at the book.
pub fn desk(path: &Path) -> Desk {
    let book = Book::open(path, Access::ReadWrite, Still.now()).unwrap();
    let operator = Operator { name: "bench".into(), host: "here".into(), pid: 1 };
    Desk::new(book, Arc::new(Still), operator).unwrap()
}

/// The book, made where it is missing.
pub fn big_book() -> PathBuf {
    let named = std::env::var_os("RENTBOOK_BIG_BOOK").map(PathBuf::from);
    let path = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/lists-big.book"));
    if !path.exists() {
        println!("making {}: 100,000 customers, some minutes", path.display());
        let half = path.with_extension("half-made");
        let _ = std::fs::remove_file(&half);
        let options = DemoOptions { customers: CUSTOMERS, ..DemoOptions::default() };
        println!("{:?}", make(&half, day(TODAY), options, &mut |_, _| true).unwrap());
        grow(&half);
        std::fs::rename(&half, &path).unwrap();
    }
    path
}

/// Adds to the demo what it never has.
fn grow(path: &Path) {
    let mut desk = desk(path);
    let newcomers = many_customers(&mut desk);
    let product = ProductDraft { name: "Bench".into(), price: "10.00".into(), ..ProductDraft::default() };
    let Outcome::Variant(_, variant) = desk.perform(Action::AddProduct(product)).unwrap().outcome else { return };
    large_customer(&mut desk, variant);
    large_group(&mut desk, &newcomers[..MEMBERS], variant);
    desk.leave().close().unwrap();
}

/// A name put together from a number: pronounceable, and with many beginnings.
fn name(number: usize) -> String {
    const FIRST: [&str; 20] = [
        "Bel", "Cor", "Dan", "Fir", "Gal", "Hos", "Jun", "Kel", "Lor", "Mir", "Nor", "Ost", "Per", "Rin", "Sol", "Tam",
        "Ul", "Vas", "Wen", "Zor",
    ];
    const NEXT: [&str; 15] =
        ["a", "abe", "ado", "ami", "eko", "ela", "eri", "ido", "imo", "ona", "ori", "ube", "uda", "umi", "yra"];
    const LAST: [&str; 11] = ["d", "k", "ldt", "m", "n", "nsen", "r", "rg", "s", "tti", "x"];
    let (first, rest) = (number % FIRST.len(), number / FIRST.len());
    let (next, rest) = (rest % NEXT.len(), rest / NEXT.len());
    format!("{}{}{}", FIRST[first], NEXT[next], LAST[rest % LAST.len()])
}

fn many_customers(desk: &mut Desk) -> Vec<CustomerId> {
    let draft = |number: usize| {
        Action::AddCustomer(Box::new(CustomerDraft {
            first_name: name(number / 7),
            last_name: name(number * 13),
            email: format!("{}.{number}@mail.example", name(number * 13).to_lowercase()),
            phone: format!("+1 555 {:07}", number * 137 % 10_000_000),
            address: Address {
                line1: format!("{} Quay Street", number % 900 + 1),
                city: "Exampleton".into(),
                country: "IE".into(),
                ..Address::default()
            },
            ..CustomerDraft::default()
        }))
    };
    let drafts: Vec<Action> = (0..CUSTOMERS).map(draft).collect();
    let batches = drafts.chunks(2_000).flat_map(|batch| desk.perform_all(batch).unwrap());
    batches.filter_map(|done| if let Outcome::Customer(id) = done.outcome { Some(id) } else { None }).collect()
}

fn order(customer: CustomerId, variant: VariantId, quantity: u32, months: u32, from: &str) -> Action {
    let item = ItemDraft {
        variant,
        quantity,
        serial: String::new(),
        months,
        frequency: Frequency::Monthly,
        start_on: day(from),
        anchor_day: None,
        price: String::new(),
        deposit: String::new(),
        ship_to: ShipTo::Usual,
    };
    Action::AddOrder { draft: Box::new(OrderDraft { customer, bill_to: None, items: vec![item] }), confirm: true }
}

/// Five years of many units, most of it paid.
fn large_customer(desk: &mut Desk, variant: VariantId) {
    let draft = CustomerDraft {
        kind: "business".into(),
        company_name: format!("{LARGE} Offices"),
        email: "office@everlasting.example".into(),
        ..CustomerDraft::default()
    };
    let added = desk.perform(Action::AddCustomer(Box::new(draft))).unwrap();
    let Outcome::Customer(customer) = added.outcome else { return };
    desk.perform(order(customer, variant, UNITS, 72, "2021-06-15")).unwrap();
    for _ in 0..PAID / 1000 {
        let draft = thousand(desk, customer);
        desk.perform(Action::Receive(Box::new(draft))).unwrap();
    }
}

/// One receipt over the thousand oldest open payments of the large customer.
fn thousand(desk: &Desk, customer: CustomerId) -> ReceiptDraft {
    let filter = PaymentFilter { view: PaymentView::Open, customer: Some(customer), ..PaymentFilter::default() };
    let page = Page::first(1000);
    let open = desk.read(|db| reads::payments(db, &filter, &page, desk.today()).map_err(DeskError::from)).unwrap().rows;
    ReceiptDraft {
        target: Target::Payments(open.iter().map(|row| row.id).collect()),
        amount: String::new(),
        received_on: desk.today(),
        method: Method::BankTransfer,
        reference: format!("TH-{}", open[0].id),
        keep_credit: false,
        again: false,
    }
}

/// The same for whoever measures it: the large customer's next thousand.
pub fn next_thousand(desk: &Desk) -> ReceiptDraft {
    let customer = desk.read(|db| reads::customer_lookup(db, LARGE, 1).map_err(DeskError::from)).unwrap()[0].id;
    thousand(desk, customer)
}

/// Members with one subscription each, and one consolidated invoice over all of them.
fn large_group(desk: &mut Desk, members: &[CustomerId], variant: VariantId) {
    let draft = GroupDraft { name: format!("{GROUP} of members"), ..GroupDraft::default() };
    let Outcome::Group(group) = desk.perform(Action::AddGroup(Box::new(draft))).unwrap().outcome else { return };
    let joined: Vec<Action> = members.iter().map(|customer| Action::JoinGroup { group, customer: *customer }).collect();
    desk.perform_all(&joined).unwrap();
    let orders: Vec<Action> = members.iter().map(|customer| order(*customer, variant, 1, 24, "2026-06-01")).collect();
    desk.perform_all(&orders).unwrap();
    invoice(desk, group);
}

fn invoice(desk: &mut Desk, group: GroupId) {
    desk.perform(Action::InvoiceGroup { group, month: day(TODAY) }).unwrap();
}
