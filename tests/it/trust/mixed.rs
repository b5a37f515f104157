//! Random days of one small shop: everything that bills, pays, changes and takes back, in any order. The book refuses
//! nothing that an Action let through, and every invariant holds.

use chrono::{Days, NaiveDate};
use rentbook::domain::address::Address;
use rentbook::domain::contract::RunningPeriod;
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::{
    ActivityId, AddressId, CustomerId, GroupId, InvoiceId, PaymentId, ReceiptId, SubscriptionId,
};
use rentbook::domain::method::Method;
use rentbook::domain::proration::prorate;
use rentbook::domain::reason::CancelReason;
use rentbook::domain::schedule::Schedule;
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::customer_address::{AddressDraft, ShipTo};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Book, Desk, DeskError, Payer};

use super::books::number;
use crate::chance::{Chance, Seeded, seeds, size};
use crate::fixture::{Hand, date, draft, group, item, operator, order, person, shop, transfer, variant};

pub struct Mixed {
    pub desk: Desk,
    hand: Hand,
    pub chance: Chance,
    pub today: NaiveDate,
    told: Vec<String>,
    /// Where its file lies, kept for as long as it is used.
    folder: Option<tempfile::TempDir>,
}

pub fn ids(desk: &Desk, sql: &str) -> Vec<i64> {
    desk.read(|db| db.all(sql, &[], |row| row.int(0))).unwrap()
}

impl Mixed {
    fn new(seed: u64) -> Self {
        let (desk, hand) = shop("2025-01-03");
        Self::at(desk, hand, seed)
    }

    /// The same in a file, with a second operator at it, and a third customer.
    pub fn of_two(seed: u64) -> (Self, Desk) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let hand = Hand::at("2025-01-03");
        let seat = |book, name| Desk::new(book, std::sync::Arc::new(hand.clone()), operator(name)).unwrap();
        let mut desk = seat(Book::create(&path).unwrap(), "mia");
        let draft = ShopDraft { tax_rate: "10".into(), email: "rent@harbour.example".into(), ..draft() };
        desk.perform(Action::SetUp(Box::new(draft))).unwrap();
        let mut mixed = Self::at(desk, hand.clone(), seed);
        person(&mut mixed.desk, "Dahl");
        let other = seat(mixed.desk.book().again().unwrap(), "ben");
        mixed.folder = Some(folder);
        (mixed, other)
    }

    fn at(mut desk: Desk, hand: Hand, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let laptop = variant(&mut desk, "Laptop", "30.00");
        for (key, yes) in [("use_credit", "yes"), ("lead_days", "7")] {
            if chance.one_in(2) {
                desk.perform(Action::ChangeSetting { key: key.into(), value: yes.into() }).unwrap();
            }
        }
        group(&mut desk, "Acme HQ", "10");
        for name in ["Lund", "Berg"] {
            let customer = person(&mut desk, name);
            let at = |street: &str| Address { line1: street.into(), city: "Salem".into(), ..Address::default() };
            desk.perform(Action::SetBillingAddress { customer, address: at("1 Old Rd") }).unwrap();
            let draft = Box::new(AddressDraft { label: name.into(), address: at("2 Dock"), is_default: false });
            desk.perform(Action::AddShippingAddress { customer, draft }).unwrap();
            let months = 2 + u32::try_from(chance.below(9)).unwrap();
            let anchor_day = chance.one_in(2).then(|| u32::try_from(1 + chance.below(31)).unwrap());
            let deposit = if chance.one_in(2) { "50" } else { "" };
            let unit = ItemDraft { anchor_day, deposit: deposit.into(), ..item(laptop, "2025-01-05", months) };
            order(&mut desk, customer, vec![unit]);
        }
        Self { desk, hand, chance, today: date("2025-01-03"), told: Vec::new(), folder: None }
    }

    pub fn near(&mut self, before: i64, after: i64) -> NaiveDate {
        let days = self.chance.between(-before, after);
        self.today + chrono::Duration::days(days)
    }

    pub fn one(&mut self, sql: &str) -> i64 {
        let found = ids(&self.desk, sql);
        self.chance.any(&found).unwrap_or(1)
    }

    /// Whether it was done; what a rule refuses is left alone.
    pub fn attempt(&mut self, action: Action) -> bool {
        let told = format!("{} {action:?}", self.today);
        match self.desk.perform(action) {
            Ok(done) => {
                self.told.push(format!("{told}\n    = {}", done.said));
                true
            }
            Err(DeskError::Refused(why)) if why.code != "refused_by_the_book" => {
                self.told.push(format!("{told}\n    ! {why}"));
                false
            }
            Err(error) => self.fail(&format!("{told}: {error}")),
        }
    }

    pub fn fail(&self, why: &str) -> ! {
        panic!("{}\n\n{why}", self.told.join("\n"));
    }

    /// The pass of the day once more: what its steps left to bill is billed.
    pub fn evening(&mut self) {
        match self.desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }) {
            Ok(report) => self.told.push(format!("{} evening {:?}", self.today, report.steps)),
            Err(error) => self.fail(&format!("{} evening: {error}", self.today)),
        }
    }

    pub fn pass(&mut self) {
        let days = self.chance.between(0, 25);
        self.today = self.today + Days::new(u64::try_from(days).unwrap());
        self.hand.set(&self.today.to_string());
        match self.desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }) {
            Ok(report) => self.told.push(format!("{} pass {:?}", self.today, report.steps)),
            Err(error) => self.fail(&format!("{} pass: {error}", self.today)),
        }
    }

    pub fn sound(&self) {
        let report = self.desk.check_deep().unwrap();
        if !report.ok {
            self.fail(&format!("{:#?}", report.violations));
        }
    }

    fn change(&mut self) -> Change {
        match self.chance.below(6) {
            0 => Change::Extend { months: 1 + u32::try_from(self.chance.below(5)).unwrap() },
            1 | 2 => {
                let from = self.near(20, 60);
                let to = self.chance.one_in(2).then(|| from + Days::new(1 + self.chance.next() % 60));
                Change::Pause { from, to }
            }
            3 | 4 => Change::Resume { on: self.near(10, 60) },
            _ => Change::Cancel {
                from: self.near(20, 60),
                running: Some(RunningPeriod::Prorate),
                refund: false,
                reason: String::new(),
            },
        }
    }

    /// What changes which days are billed.
    fn days(&mut self) {
        let subscription = SubscriptionId(self.chance.between(1, 2));
        match self.chance.below(6) {
            0 | 1 => {
                let day = (!self.chance.one_in(3)).then(|| self.near(0, 150));
                self.attempt(Action::BillAhead { subscription, day });
            }
            2 | 3 => {
                let change = self.change();
                self.attempt(Action::ChangeSubscription(Box::new(ChangeDraft { subscription, version: None, change })));
            }
            4 => {
                let newest = ids(&self.desk, "SELECT id FROM activity WHERE is_undoable = 1 ORDER BY id DESC LIMIT 12");
                if let Some(id) = self.chance.any(&newest) {
                    self.attempt(Action::Undo(Some(ActivityId(id))));
                }
            }
            _ => {
                self.attempt(Action::Undo(None));
            }
        }
    }

    fn money(&mut self) {
        let payment =
            PaymentId(self.one("SELECT id FROM payment WHERE status <> 'cancelled' ORDER BY id DESC LIMIT 6"));
        let invoice = InvoiceId(self.one("SELECT id FROM invoice ORDER BY id DESC LIMIT 6"));
        let receipt = ReceiptId(self.one("SELECT id FROM receipt ORDER BY id DESC LIMIT 4"));
        let subscription = SubscriptionId(self.one("SELECT id FROM subscription"));
        let customer = CustomerId(self.chance.between(1, 2));
        let payer = if self.chance.one_in(4) { Payer::Group(GroupId(1)) } else { Payer::Customer(customer) };
        let words = String::new();
        let action = match self.chance.below(24) {
            0..=3 => {
                let target = match self.chance.below(3) {
                    0 => Target::Payments(vec![payment]),
                    1 => Target::Invoices(vec![invoice]),
                    _ => Target::Payer(payer),
                };
                let amount = self.chance.of(&["", "10", "30", "95"]);
                let method = self.chance.of(&[Method::BankTransfer, Method::Check, Method::DirectDebit]);
                let draft = transfer(&self.desk, target, amount, "BT");
                Action::Receive(Box::new(ReceiptDraft { keep_credit: true, again: true, method, ..draft }))
            }
            4 | 5 => Action::ClearReceipt { receipt, on: self.today },
            6 | 7 => Action::BounceReceipt { receipt, reason: String::new() },
            8 => Action::ProcessPayment { payment },
            9 => Action::FailPayment { payment, reason: String::new() },
            10 => Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words },
            11 => Action::WaivePayment { payment, reason: "good will".into() },
            12 => Action::WriteOff { invoice, reason: "lost".into() },
            13 => Action::VoidInvoice { invoice, reason: "wrong".into() },
            14 => Action::BillAgain { invoice, reason: "wrong".into() },
            15 => Action::UseCredit { target: Target::Payer(payer), amount: String::new() },
            16 => Action::JoinGroup { group: GroupId(1), customer },
            17 => Action::LeaveGroup { customer },
            18 => {
                let day = Some(self.near(0, 120));
                Action::CancelUpcoming { subscription, day, reason: CancelReason::NotNeeded, words }
            }
            19 => {
                let price = format!("{}", 20 + self.chance.below(30));
                let change = Change::Reprice { price, from: None };
                Action::ChangeSubscription(Box::new(ChangeDraft { subscription, version: None, change }))
            }
            20 => {
                let draft = CreditDraft { amount: "7".into(), reason: "broken".into(), ..CreditDraft::default() };
                Action::Credit { invoice, draft: Box::new(draft) }
            }
            21 => {
                let bill_to = Some(AddressId(self.chance.between(1, 4)));
                let unit = ItemDraft {
                    ship_to: ShipTo::Usual,
                    ..item(rentbook::domain::id::VariantId(1), &self.today.to_string(), 3)
                };
                let draft = Box::new(OrderDraft { customer, bill_to, items: vec![unit] });
                Action::AddOrder { draft, confirm: true }
            }
            22 => Action::MergeCustomers { kept: CustomerId(1), merged: CustomerId(2) },
            _ => Action::ReopenPayment { payment, reason: String::new() },
        };
        self.attempt(action);
    }

    /// What the days of a subscription that were not paused cost, at 30.00 a month; and what is owed.
    fn billed(&self, id: i64) -> (i64, i64) {
        let read = |row: &rentbook::store::Row| Ok((row.date(0)?, row.date(1)?, row.int(2)?));
        let sql = format!("SELECT start_on, COALESCE(ended_on, end_on), anchor_day FROM subscription WHERE id = {id}");
        let (start, end, anchor) = self.desk.read(|db| db.one(&sql, &[], read)).unwrap().unwrap();
        let sql = format!("SELECT from_on, to_on FROM pause WHERE subscription_id = {id}");
        let pauses = self.desk.read(|db| db.all(&sql, &[], |row| Ok((row.date(0)?, row.opt_date(1)?)))).unwrap();
        let far = start + Days::new(2000);
        let schedule = Schedule::new(start, far, Frequency::Monthly, u32::try_from(anchor).ok()).unwrap();
        let runs =
            |day: NaiveDate| day < end && !pauses.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to));
        let cost = schedule.periods().take(40).map(|period| {
            let days = period.start.iter_days().take_while(|day| *day < period.end).filter(|day| runs(*day)).count();
            let of_aligned = (period.aligned_end - period.aligned_start).num_days();
            prorate(3000, i64::try_from(days).unwrap(), of_aligned)
        });
        let owed = format!(
            "SELECT COALESCE(SUM(p.amount_minor - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a \
             WHERE a.payment_id = p.id AND a.source = 'credit_note')), 0) FROM payment p WHERE p.status <> 'cancelled' \
             AND p.kind <> 'deposit' AND p.subscription_id = {id}"
        );
        (cost.sum(), number(&self.desk, &owed))
    }
}

#[test]
fn days_are_billed_once_whatever_is_billed_ahead_paused_extended_and_taken_back() {
    for seed in seeds(size("RENTBOOK_SHOPS", 30)) {
        let _seeded = Seeded(seed);
        let mut mixed = Mixed::new(seed);
        for step in 0..30 {
            if mixed.chance.one_in(4) {
                mixed.pass();
            } else {
                mixed.days();
            }
            if step % 10 == 9 {
                mixed.sound();
            }
        }
        mixed.today = date("2028-01-01");
        mixed.pass();
        mixed.sound();
        for id in 1..=2 {
            let (cost, owed) = mixed.billed(id);
            // F14: to the cent, whatever led there.
            if cost != owed {
                let sql = format!(
                    "SELECT kind || ' ' || COALESCE(period_start_on || ' ' || period_end_on, text) || ' ' || amount_minor || ' ' \
                     || status || ' ' || settled_minor FROM payment WHERE subscription_id = {id} ORDER BY id"
                );
                let rows = super::books::rows(&mixed.desk, &sql);
                mixed.fail(&format!("{}\nsubscription {id}: {cost} its days, {owed} owed", rows.join("\n")));
            }
        }
    }
}

#[test]
fn the_book_refuses_nothing_an_action_lets_through() {
    for seed in seeds(size("RENTBOOK_SHOPS", 30)) {
        let _seeded = Seeded(seed);
        let mut mixed = Mixed::new(seed);
        for step in 0..60 {
            match mixed.chance.below(6) {
                0 => mixed.pass(),
                1 | 2 => mixed.days(),
                _ => mixed.money(),
            }
            if step % 10 == 9 {
                mixed.sound();
            }
        }
        mixed.today = date("2028-01-01");
        mixed.pass();
        mixed.sound();
    }
}
