//! The rental agreement of a confirmed order, from the rows of the book.

use super::desk::Desk;
use super::letterhead::{Kept, letterhead, letterhead_text};
use super::order_plan::{Plan, Planning};
use super::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::documents::{AgreementItem, AgreementPaper, AgreementPayment, Paper, Prices};
use crate::domain::id::OrderId;
use crate::domain::status::OrderStatus;
use crate::domain::tax::PriceBasis;
use crate::store::order::{self, Item};
use crate::store::shop::Shop;
use crate::store::{Db, StoreError, billing, catalogue, customer, paper};

impl Desk {
    /// The PDF of the rental agreement of a confirmed order, as it was agreed.
    pub fn agreement_paper(&self, id: OrderId) -> Result<Paper> {
        let values = self.read(|db| values(db, self.shop()?, id))?;
        Ok(crate::documents::agreement(&values)?)
    }
}

fn values(db: &Db, shop: &Shop, id: OrderId) -> Result<AgreementPaper> {
    let order = order::by_id(db, id)?.or_unknown("order", id)?;
    if order.status != OrderStatus::Confirmed {
        let state = order.status.word().to_lowercase();
        let message = format!("order O-{id} is {state}: an agreement is printed of a confirmed one");
        return Err(Refusal::new("not_confirmed", message).into());
    }
    let kept: Kept =
        serde_json::from_str(&letterhead_text(db, shop)?).map_err(|error| StoreError::broken(error.to_string()))?;
    let facts = billing::customer_payer(db, order.customer, order.billing_address)?;
    let address = facts.address.lines().map(str::to_owned);
    let planned = order.items.iter().map(|item| planning(db, item)).collect::<Result<Vec<_>>>()?;
    let plan =
        Plan::new(&planned).ok_or_else(|| Refusal::new("too_large", "the order is larger than a paper can add up"))?;
    let items = order.items.iter().zip(&planned).map(|(item, planned)| agreed(db, id, item, planned));
    let letterhead = letterhead(db, &kept)?;
    let language = letterhead.language;
    Ok(AgreementPaper {
        letterhead,
        number: format!("O-{id}"),
        ordered_on: order.ordered_on,
        customer: std::iter::once(facts.name.clone()).chain(address).collect(),
        customer_numbers: language.tax_number(&facts.tax_number).into_iter().collect(),
        items: items.collect::<Result<Vec<_>>>()?,
        payments: plan
            .payments
            .iter()
            .map(|payment| AgreementPayment {
                period: (payment.from, payment.to),
                text: payment.what.clone(),
                place: payment.place,
                amount: payment.amount,
            })
            .collect(),
        per_month: plan.per_month,
        total: plan.total,
        deposits: plan.deposits,
        prices: match order::basis(db, id)?.unwrap_or(shop.price_basis) {
            PriceBasis::Gross => Prices::Gross,
            PriceBasis::Net => Prices::Net,
        },
    })
}

fn planning(db: &Db, item: &Item) -> Result<Planning> {
    let variant = catalogue::variant(db, item.variant)?.or_unknown("variant", item.variant)?;
    Ok(Planning {
        what: variant.full_name(),
        quantity: item.quantity,
        schedule: item.schedule().of_field("months")?,
        monthly: item.price,
        deposit: item.deposit,
    })
}

fn agreed(db: &Db, order: OrderId, item: &Item, planned: &Planning) -> Result<AgreementItem> {
    let delivery = match item.shipping_address {
        Some(address) => customer::address(db, address)?.map(|known| known.one_line()),
        None => None,
    };
    let schedule = planned.schedule;
    Ok(AgreementItem {
        text: planned.what.clone(),
        serials: paper::agreed_serials(db, order, item.id)?,
        delivery,
        quantity: item.quantity,
        months: item.months,
        term: (schedule.start, schedule.end.pred_opt().unwrap_or(schedule.end)),
        frequency: item.frequency,
        monthly: item.price,
        deposit: item.deposit,
    })
}
