//! A desk on a book in memory with a clock that is set by hand.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::{CustomerId, GroupId, OrderId, SubscriptionId, VariantId};
use rentbook::domain::method::Method;
use rentbook::services::actions::catalogue::ProductDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::customer_address::ShipTo;
use rentbook::services::actions::group::GroupDraft;
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::{Action, Book, Desk, Operator, Outcome, Outside};

/// A clock somebody sets.
#[derive(Clone)]
pub struct Hand(Arc<Mutex<NaiveDate>>);

impl Hand {
    /// Shows this day.
    pub fn at(day: &str) -> Self {
        Self(Arc::new(Mutex::new(date(day))))
    }

    /// Sets another day.
    pub fn set(&self, day: &str) {
        *self.0.lock().unwrap() = date(day);
    }
}

impl Outside for Hand {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc()
    }

    fn salt(&self) -> String {
        "salt".into()
    }
}

/// A date from its text.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Who works in tests.
pub fn operator(name: &str) -> Operator {
    Operator { name: name.into(), host: "here".into(), pid: 1 }
}

/// A shop that is set up, in memory.
pub fn shop(day: &str) -> (Desk, Hand) {
    shop_with(day, &ShopDraft { tax_rate: "0".into(), ..draft() })
}

/// What the shop of the tests says of itself.
pub fn draft() -> ShopDraft {
    ShopDraft { name: "Harbour Rentals".into(), currency: "USD".into(), ..ShopDraft::default() }
}

/// A shop set up like this, in memory.
pub fn shop_with(day: &str, draft: &ShopDraft) -> (Desk, Hand) {
    let hand = Hand::at(day);
    let mut desk = Desk::new(Book::in_memory().unwrap(), Arc::new(hand.clone()), operator("mia")).unwrap();
    desk.perform(Action::SetUp(Box::new(draft.clone()))).unwrap();
    (desk, hand)
}

/// A customer as it is drafted.
pub fn customer(desk: &mut Desk, draft: CustomerDraft) -> CustomerId {
    match desk.perform(Action::AddCustomer(Box::new(draft))).unwrap().outcome {
        Outcome::Customer(id) => id,
        other => panic!("{other:?}"),
    }
}

/// An individual of this last name.
pub fn person(desk: &mut Desk, last: &str) -> CustomerId {
    let draft = CustomerDraft { first_name: "Ana".into(), last_name: last.into(), ..CustomerDraft::default() };
    customer(desk, draft)
}

/// A business of this name with its own terms.
pub fn business(desk: &mut Desk, company: &str, terms: &str) -> CustomerId {
    let draft = CustomerDraft {
        kind: "business".into(),
        company_name: company.into(),
        terms: terms.into(),
        ..CustomerDraft::default()
    };
    customer(desk, draft)
}

/// A variant at this price a month.
pub fn variant(desk: &mut Desk, name: &str, price: &str) -> VariantId {
    let draft = ProductDraft { name: name.into(), price: price.into(), ..ProductDraft::default() };
    match desk.perform(Action::AddProduct(draft)).unwrap().outcome {
        Outcome::Variant(_, id) => id,
        other => panic!("{other:?}"),
    }
}

/// A group billed on this day.
pub fn group(desk: &mut Desk, name: &str, billing_day: &str) -> GroupId {
    let draft = GroupDraft { name: name.into(), billing_day: billing_day.into(), ..GroupDraft::default() };
    match desk.perform(Action::AddGroup(Box::new(draft))).unwrap().outcome {
        Outcome::Group(id) => id,
        other => panic!("{other:?}"),
    }
}

/// A group of two people who each rent this.
pub fn group_of_two(desk: &mut Desk, draft: GroupDraft, one: &ItemDraft) -> GroupId {
    let Outcome::Group(id) = desk.perform(Action::AddGroup(Box::new(draft))).unwrap().outcome else { panic!() };
    for last in ["Ito", "Ruiz"] {
        let member = person(desk, last);
        desk.perform(Action::JoinGroup { group: id, customer: member }).unwrap();
        order(desk, member, vec![one.clone()]);
    }
    id
}

/// One unit, monthly.
pub fn item(variant: VariantId, start: &str, months: u32) -> ItemDraft {
    ItemDraft {
        variant,
        quantity: 1,
        serial: String::new(),
        months,
        frequency: Frequency::Monthly,
        start_on: date(start),
        anchor_day: None,
        price: String::new(),
        deposit: String::new(),
        ship_to: ShipTo::Usual,
    }
}

/// A confirmed order.
pub fn order(desk: &mut Desk, customer: CustomerId, items: Vec<ItemDraft>) -> (OrderId, Vec<SubscriptionId>) {
    let draft = Box::new(OrderDraft { customer, bill_to: None, items });
    match desk.perform(Action::AddOrder { draft, confirm: true }).unwrap().outcome {
        Outcome::Order(id, subscriptions) => (id, subscriptions),
        other => panic!("{other:?}"),
    }
}

/// Changes a contract.
pub fn change(desk: &mut Desk, subscription: SubscriptionId, change: Change) {
    let draft = ChangeDraft { subscription, version: None, change };
    desk.perform(Action::ChangeSubscription(Box::new(draft))).unwrap();
}

/// A bank transfer of today.
pub fn transfer(desk: &Desk, target: Target, amount: &str, reference: &str) -> ReceiptDraft {
    ReceiptDraft {
        target,
        amount: amount.into(),
        received_on: desk.today(),
        method: Method::BankTransfer,
        reference: reference.into(),
        keep_credit: false,
        again: false,
    }
}
