//! What screens and commands read. They import this and the domain; how it is read stands in `store::lists`.

pub use crate::store::lists::customer_page::*;
pub use crate::store::lists::customers::*;
pub use crate::store::lists::duplicates::*;
pub use crate::store::lists::find::*;
pub use crate::store::lists::group_left::*;
pub use crate::store::lists::group_page::*;
pub use crate::store::lists::groups::*;
pub use crate::store::lists::invoice_page::*;
pub use crate::store::lists::invoices::*;
pub use crate::store::lists::money_line::*;
pub use crate::store::lists::order_page::*;
pub use crate::store::lists::orders::*;
pub use crate::store::lists::payment_page::*;
pub use crate::store::lists::payments::*;
pub use crate::store::lists::products::*;
pub use crate::store::lists::reports;
pub use crate::store::lists::subscription_page::*;
pub use crate::store::lists::subscriptions::*;
pub use crate::store::lists::today::*;
pub use crate::store::lists::{Cursor, DayRange, Direction, Page, Slice, Totals};

pub use crate::store::order::{
    Item as OrderItem, Order, by_id as order_by_id, subscription_ids as order_subscriptions,
};
