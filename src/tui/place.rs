//! Where one can go. Screens name places, never each other; `screens::open` knows which screen a place is.

use crate::domain::id::{CustomerId, GroupId, InvoiceId, OrderId, PaymentId, SubscriptionId};
use crate::domain::status::PaymentStanding;
use crate::services::reads::{CustomerFilter, DayRange, SegmentRow};

/// The six pages that are always there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tab {
    /// What waits for a person.
    #[default]
    Today,
    /// All customers.
    Customers,
    /// All payments.
    Payments,
    /// All billing groups.
    Groups,
    /// All invoices.
    Invoices,
    /// Figures and charts.
    Reports,
}

impl Tab {
    /// In the order they stand on the screen.
    pub const ALL: [Self; 6] =
        [Self::Today, Self::Customers, Self::Payments, Self::Groups, Self::Invoices, Self::Reports];

    /// The name on the tab.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Customers => "Customers",
            Self::Payments => "Payments",
            Self::Groups => "Billing Groups",
            Self::Invoices => "Invoices",
            Self::Reports => "Reports",
        }
    }

    /// Where it stands among the six.
    pub const fn number(self) -> usize {
        self as usize
    }

    /// The tab `steps` further, around the end.
    pub fn step(self, steps: isize) -> Self {
        let count = Self::ALL.len().cast_signed();
        let at = (self.number().cast_signed() + steps).rem_euclid(count);
        Self::ALL[at.unsigned_abs() % Self::ALL.len()]
    }
}

/// What a tab shows when one arrives from a line or a figure: a saved view and a text to find.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Narrow {
    /// The code of a saved view (`overdue`).
    pub view: Option<&'static str>,
    /// A text to find.
    pub find: String,
    /// Only this status.
    pub status: Option<PaymentStanding>,
    /// Only what nobody has sent yet.
    pub unsent: bool,
    /// Only what is due on these days.
    pub due: DayRange,
    /// Only what was paid on these days.
    pub paid: DayRange,
    /// Only of the customers of this segment.
    pub segment: Option<Box<SegmentRow>>,
}

/// Pages one reaches through the menu only: what the menu calls them, and their name as [`Place::Page`].
pub const PAGES: &[(&str, &str)] = &[
    ("New order", "new order"),
    ("Products and assets", "products"),
    ("Messages", "messages"),
    ("Orders", "orders"),
    ("Subscriptions", "subscriptions"),
    ("Deposits", "deposits"),
    ("Receipts", "receipts"),
    ("Credit notes", "credit notes"),
    ("Activity: what was done, and taking it back", "activity"),
    ("Shop settings", "shop settings"),
];

/// A page to go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// One of the six, as it was left.
    Tab(Tab),
    /// One of the six, showing some rows only.
    Rows(Tab, Narrow),
    /// A customer.
    Customer(CustomerId),
    /// A customer found in a list; Left and Right go through that list.
    CustomerIn(CustomerId, Box<CustomerFilter>),
    /// A subscription.
    Subscription(SubscriptionId),
    /// An order.
    Order(OrderId),
    /// A payment.
    Payment(PaymentId),
    /// An invoice.
    Invoice(InvoiceId),
    /// A billing group.
    Group(GroupId),
    /// A new order, for this customer where one is known.
    NewOrder(Option<CustomerId>),
    /// A new order like this one.
    OrderAgain(OrderId),
    /// What was done and can still be taken back.
    Undoable,
    /// Any other page, by its name in the menu: `new order`, `bank import`, `shop settings`.
    Page(&'static str),
}

impl Place {
    /// Whether it is there to write to the book.
    pub fn writes(&self) -> bool {
        matches!(self, Self::NewOrder(_) | Self::OrderAgain(_) | Self::Page("new order"))
    }

    /// The tab this place is, when it is one.
    pub const fn tab(&self) -> Option<Tab> {
        match self {
            Self::Tab(tab) | Self::Rows(tab, _) => Some(*tab),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_go_round() {
        assert_eq!(Tab::Today.step(-1), Tab::Reports);
        assert_eq!(Tab::Reports.step(1), Tab::Today);
        assert_eq!(Tab::Today.step(-13), Tab::Reports);
        for (number, tab) in Tab::ALL.into_iter().enumerate() {
            assert_eq!(tab.number(), number);
        }
    }
}
