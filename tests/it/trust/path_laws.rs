//! A shop's days leave the same book whenever the pass ran: every morning, every evening, twice, now and then, or only
//! when something else needed it; at one desk or at two.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::{CustomerId, GroupId, OrderId};
use rentbook::services::actions::customer_address::ShipTo;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Book, Desk, Outcome};

use super::books::{rows, sound};
use crate::chance::{Chance, Seeded, seeds, size};
use crate::fixture::{Hand, business, date, draft, group, operator, person, variant};

/// What staff do on a day; customers, groups and orders by their place.
#[derive(Clone, Debug)]
enum Event {
    Group(&'static str),
    Join { group: usize, customer: usize },
    Leave(usize),
    Order { customer: usize, item: Item },
    Cancel(usize),
    Extra(usize),
    Setting(&'static str, &'static str),
    InvoiceGroup(usize),
}

#[derive(Clone, Copy, Debug)]
struct Item {
    months: u32,
    frequency: Frequency,
    start_on: NaiveDate,
    anchor_day: Option<u32>,
    quantity: u32,
    deposit: &'static str,
}

/// A shop's life.
#[derive(Debug)]
struct Story {
    lead_days: &'static str,
    prices: &'static str,
    first: NaiveDate,
    last: NaiveDate,
    events: Vec<(NaiveDate, Event)>,
}

const CUSTOMERS: usize = 5;

impl Story {
    fn of(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let first = date("2023-12-20") + Days::new(chance.next() % 60);
        let last = first + Days::new(230 + chance.next() % 200);
        let mut events = vec![
            (first, Event::Group(chance.of(&["1", "15", "28"]))),
            (first + Days::new(chance.next() % 30), Event::Group(chance.of(&["1", "10", "28"]))),
        ];
        for n in 0..16 {
            let day = first + Days::new(chance.next() % 200);
            let event = if n < 4 { Self::order(&mut chance, day) } else { Self::event(&mut chance, day) };
            events.push((day, event));
        }
        events.retain(|(day, _)| *day < last);
        events.sort_by_key(|(day, event)| (*day, !matches!(event, Event::Group(_))));
        Self { lead_days: chance.of(&["0", "7", "30"]), prices: chance.of(&["net", "gross"]), first, last, events }
    }

    fn event(chance: &mut Chance, day: NaiveDate) -> Event {
        let customer = chance.below(CUSTOMERS);
        match chance.below(14) {
            0 | 1 => Event::Join { group: chance.below(2), customer },
            2 => Event::Leave(customer),
            3 => Event::Cancel(chance.below(4)),
            4 => Event::Extra(customer),
            5 => {
                let (key, value) = chance.of(&[
                    ("lead_days", "0"),
                    ("lead_days", "14"),
                    ("lead_days", "45"),
                    ("tax_rounding", "line"),
                ]);
                Event::Setting(key, value)
            }
            6 => Event::InvoiceGroup(chance.below(2)),
            _ => Self::order(chance, day),
        }
    }

    fn order(chance: &mut Chance, day: NaiveDate) -> Event {
        let item = Item {
            months: chance.of(&[1, 3, 7, 12, 24]),
            frequency: chance.of(Frequency::ALL),
            start_on: day - Days::new(70) + Days::new(chance.next() % 130),
            anchor_day: chance.of(&[None, Some(29), Some(30), Some(31), Some(1)]),
            quantity: chance.of(&[1, 1, 2]),
            deposit: chance.of(&["", "", "40"]),
        };
        Event::Order { customer: chance.below(CUSTOMERS), item }
    }
}

/// The shop in the making.
struct Shop {
    desks: Vec<Desk>,
    hand: Hand,
    turn: usize,
    customers: Vec<CustomerId>,
    groups: Vec<GroupId>,
    orders: Vec<OrderId>,
}

impl Shop {
    fn open(story: &Story, book: Book) -> Self {
        let hand = Hand::at(&story.first.to_string());
        let mut desk = Desk::new(book, Arc::new(hand.clone()), operator("mia")).unwrap();
        let said = ShopDraft {
            tax_rate: "19".into(),
            lead_days: story.lead_days.into(),
            prices: story.prices.into(),
            ..draft()
        };
        desk.perform(Action::SetUp(Box::new(said))).unwrap();
        variant(&mut desk, "Laptop", "19.99");
        let customers = (0..CUSTOMERS)
            .map(|n| match n {
                0 => business(&mut desk, "Acme", "14"),
                _ => person(&mut desk, &format!("Customer {n}")),
            })
            .collect();
        Self { desks: vec![desk], hand, turn: 0, customers, groups: vec![], orders: vec![] }
    }

    /// The desks take turns.
    fn desk(&mut self) -> &mut Desk {
        self.turn += 1;
        let at = self.turn % self.desks.len();
        &mut self.desks[at]
    }

    fn pass(&mut self) {
        self.desk().run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    }

    /// Refusals are part of life, and the same in every telling.
    fn happen(&mut self, event: &Event) -> String {
        let action = match event {
            Event::Group(day) => {
                let name = format!("Group {}", self.groups.len());
                let made = group(self.desk(), &name, day);
                self.groups.push(made);
                return "made".into();
            }
            Event::Join { group, customer } => match self.groups.get(*group) {
                Some(group) => Action::JoinGroup { group: *group, customer: self.customers[*customer] },
                None => return "no group yet".into(),
            },
            Event::Leave(customer) => Action::LeaveGroup { customer: self.customers[*customer] },
            Event::Cancel(order) => match self.orders.get(*order) {
                Some(order) => Action::CancelOrder(*order),
                None => return "no order yet".into(),
            },
            Event::Extra(customer) => {
                let line = LineDraft { text: "Repair".into(), unit_price: "12.34".into(), ..LineDraft::default() };
                let customer = self.customers[*customer];
                Action::NewInvoice(Box::new(InvoiceDraft { customer, lines: vec![line], due_on: None }))
            }
            Event::Setting(key, value) => Action::ChangeSetting { key: (*key).into(), value: (*value).into() },
            Event::InvoiceGroup(group) => match self.groups.get(*group) {
                Some(group) => Action::InvoiceGroup { group: *group, month: self.desks[0].today() },
                None => return "no group yet".into(),
            },
            Event::Order { customer, item } => self.order(*customer, *item),
        };
        let is_order = matches!(event, Event::Order { .. });
        match self.desk().perform(action) {
            Ok(done) => {
                if let (Outcome::Order(id, _), true) = (done.outcome, is_order) {
                    self.orders.push(id);
                }
                "done".into()
            }
            Err(error) => error.refusal().unwrap_or_else(|| panic!("{event:?}: {error:?}")).code.into(),
        }
    }

    fn order(&self, customer: usize, item: Item) -> Action {
        let item = ItemDraft {
            variant: rentbook::domain::id::VariantId(1),
            quantity: item.quantity,
            serial: String::new(),
            months: item.months,
            frequency: item.frequency,
            start_on: item.start_on,
            anchor_day: item.anchor_day,
            price: String::new(),
            deposit: item.deposit.into(),
            ship_to: ShipTo::Usual,
        };
        let draft = Box::new(OrderDraft { customer: self.customers[customer], bill_to: None, items: vec![item] });
        Action::AddOrder { draft, confirm: true }
    }
}

/// When the pass runs on a day: before what happens, and after it.
type Passes<'a> = &'a mut dyn FnMut(NaiveDate) -> (bool, bool);

/// Everything the book says of money and time, and what came of each event.
fn live(story: &Story, mut shop: Shop, passes: Passes) -> Vec<String> {
    let mut told = Vec::new();
    for day in story.first.iter_days().take_while(|day| *day <= story.last) {
        shop.hand.set(&day.to_string());
        let today: Vec<&Event> = story.events.iter().filter(|(on, _)| *on == day).map(|(_, event)| event).collect();
        let (before, after) = passes(day);
        // A person confirms a long gap before work begins.
        let state = shop.desks[0].read(rentbook::store::billing::pass_state).unwrap();
        let is_gap = state.last_run_on.is_some_and(|last| (day - last).num_days() > 45);
        if before || (is_gap && !today.is_empty()) {
            shop.pass();
        }
        for event in today {
            told.push(format!("{day} {event:?}: {}", shop.happen(event)));
        }
        if after || day == story.last {
            shop.pass();
        }
    }
    sound(&shop.desks[0]);
    told.extend(dump(&shop.desks[0]));
    told
}

fn dump(desk: &Desk) -> Vec<String> {
    let payments = "SELECT 'payment S-' || COALESCE(subscription_id, 0) || ' ' || COALESCE(period_start_on, '-') || ' ' || \
        COALESCE(period_end_on, '-') || ' ' || p.kind || ' due ' || p.due_on || ' ' || net_minor || '+' || p.tax_minor || ' ' || \
        status || ' of ' || p.customer_id || ' on ' || COALESCE(i.number, '-') || ' line ' || COALESCE(line, 0) \
        FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id ORDER BY 1";
    let invoices = "SELECT 'invoice ' || number || ' ' || invoiced_on || ' due ' || due_on || ' ' || total_minor || ' late ' || \
        COALESCE(overdue_on, '-') || ' ' || kind || ' ' || COALESCE(customer_id, 'G' || group_id) FROM invoice ORDER BY id";
    let contracts = "SELECT 'contract ' || id || ' ' || status || ' ' || COALESCE(ended_on, '-') || ' next ' || \
        COALESCE(next_start_on, '-') || ' ' || next_index FROM subscription ORDER BY id";
    [payments, invoices, contracts].iter().flat_map(|sql| rows(desk, sql)).collect()
}

/// The first lines in which two tellings differ.
fn same(seed: u64, how: &str, story: &Story, told: &[String], other: &[String]) {
    if told != other {
        let only = |these: &[String], those: &[String]| {
            these.iter().filter(|line| !those.contains(line)).take(8).cloned().collect::<Vec<_>>().join("\n  ")
        };
        panic!("seed {seed}, {how}:\n  {}\nbut every morning:\n  {}\n{story:#?}", only(other, told), only(told, other));
    }
}

#[test]
fn the_days_on_which_the_pass_ran_leave_no_trace() {
    for seed in seeds(size("RENTBOOK_SHOPS", 6)) {
        let _seeded = Seeded(seed);
        let story = Story::of(seed);
        let told = |passes: Passes| live(&story, Shop::open(&story, Book::in_memory().unwrap()), passes);
        let every_morning = told(&mut |_| (true, false));
        assert!(every_morning.len() > 20, "a story in which nothing happens: {every_morning:#?}");
        same(seed, "every evening", &story, &every_morning, &told(&mut |_| (false, true)));
        same(seed, "twice a day", &story, &every_morning, &told(&mut |_| (true, true)));
        same(seed, "only when needed", &story, &every_morning, &told(&mut |_| (false, false)));
        let mut chance = Chance::new(seed);
        let mut now_and_then = |_| (chance.one_in(9), chance.one_in(9));
        same(seed, "now and then", &story, &every_morning, &told(&mut now_and_then));
    }
}

#[test]
fn two_desks_that_take_turns_leave_the_book_of_one() {
    for seed in seeds(2) {
        let _seeded = Seeded(seed);
        let story = Story::of(seed);
        let alone = live(&story, Shop::open(&story, Book::in_memory().unwrap()), &mut |day| {
            (chrono::Datelike::day(&day) % 3 == 0, false)
        });
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().canonicalize().unwrap().join("shop.db")).unwrap();
        let mut shop = Shop::open(&story, book);
        let second = shop.desks[0].again().unwrap();
        shop.desks.push(second);
        let both = live(&story, shop, &mut |day| (chrono::Datelike::day(&day) % 3 == 0, false));
        same(seed, "two desks", &story, &alone, &both);
    }
}
