//! `order add`: one item by options, or several as coded words.

use chrono::NaiveDate;

use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::Out;
use crate::cli::values;
use crate::domain::frequency::Frequency;
use crate::domain::id::{AddressId, CustomerId, OrderId, VariantId};
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::order::{ItemDraft, OrderDraft};
use crate::services::{Action, Desk, Outcome, Refusal, reads};

/// A new order.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who orders
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: CustomerId,
    /// A variant, described by the options below; or several times
    /// `VARIANT;qty;months;every;price;start[;serial[;deposit[;ship-to]]]`; what stands empty is as by the options
    #[arg(long = "item", required = true, value_name = "VARIANT|CODED")]
    items: Vec<String>,
    /// Units of a single item
    #[arg(long, alias = "qty")]
    quantity: Option<u32>,
    /// Serial number of the asset; the next free one where none is named
    #[arg(long, value_name = "SERIAL")]
    asset: Option<String>,
    /// Contract length in months; by default what the customer prefers
    #[arg(long)]
    months: Option<u32>,
    /// How often it bills: month, quarter, half-year, year or two-years; by default what
    /// the customer prefers, else month
    #[arg(long, value_parser = values::word::<Frequency>)]
    every: Option<Frequency>,
    /// Price a month and unit; by default the list price
    #[arg(long, allow_hyphen_values = true)]
    price: Option<String>,
    /// First day of the contract; by default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    start: Option<NaiveDate>,
    /// Day of the month it bills on; by default the start's own
    #[arg(long, value_name = "1-31")]
    anchor_day: Option<u32>,
    /// Security money a unit
    #[arg(long, allow_hyphen_values = true)]
    deposit: Option<String>,
    /// Bill to this address of the customer; by default the billing address
    #[arg(long, value_name = "ADDRESS", value_parser = values::id::<AddressId>)]
    bill_to: Option<AddressId>,
    /// Ship to this address of the customer, or billing; by default the default shipping address
    #[arg(long, value_name = "ADDRESS|billing", value_parser = values::word::<ShipTo>)]
    ship_to: Option<ShipTo>,
    /// Confirm the order in the same step
    #[arg(long)]
    confirm: bool,
}

/// Takes the order.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let is_coded = args.items.iter().any(|item| item.contains(';'));
    let unsaid = Unsaid::of(args, desk)?;
    let items = if is_coded {
        args.no_options()?;
        args.items.iter().map(|item| coded(item, &unsaid)).collect::<Result<Vec<_>>>()?
    } else {
        vec![args.single(&unsaid)?]
    };
    let draft = Box::new(OrderDraft { customer: args.customer, bill_to: args.bill_to, items });
    let done = desk.perform(Action::AddOrder { draft, confirm: args.confirm })?;
    let id = match done.outcome {
        Outcome::Order(id, _) => id,
        _ => OrderId(0),
    };
    out.answer(&show::shown(desk, id, Some(&done))?)
}

/// What an item is that does not say it itself.
#[derive(Clone, Copy, Debug)]
struct Unsaid {
    months: Option<u32>,
    /// The customer's preference, else monthly.
    frequency: Frequency,
    start_on: NaiveDate,
    anchor_day: Option<u32>,
    ship_to: ShipTo,
}

impl Unsaid {
    fn of(args: &Args, desk: &Desk) -> Result<Self> {
        let page = desk.read(|db| reads::customer_page(db, args.customer, desk.today()))?;
        let wishes = page.map(|page| page.preferences).unwrap_or_default();
        Ok(Self {
            months: wishes.months.and_then(|months| u32::try_from(months).ok()),
            frequency: wishes.frequency.unwrap_or_default(),
            start_on: desk.today(),
            anchor_day: args.anchor_day,
            ship_to: args.ship_to.unwrap_or_default(),
        })
    }
}

impl Args {
    /// Coded items say everything themselves.
    fn no_options(&self) -> Result<()> {
        let given = [
            ("--quantity", self.quantity.is_some()),
            ("--asset", self.asset.is_some()),
            ("--months", self.months.is_some()),
            ("--every", self.every.is_some()),
            ("--price", self.price.is_some()),
            ("--start", self.start.is_some()),
            ("--deposit", self.deposit.is_some()),
        ];
        match given.iter().find(|(_, is_given)| *is_given) {
            Some((name, _)) => {
                Err(Fault::Wrong(format!("{name} belongs to one --item ID; a coded item says it itself")))
            }
            None => Ok(()),
        }
    }

    fn single(&self, unsaid: &Unsaid) -> Result<ItemDraft> {
        let [item] = self.items.as_slice() else {
            let form = "VARIANT;qty;months;every;price;start[;serial[;deposit[;ship-to]]]";
            return Err(Fault::Wrong(format!("several items are written as --item \"{form}\" each")));
        };
        Ok(ItemDraft {
            variant: values::id::<VariantId>(item).map_err(|error| Fault::Wrong(format!("--item {item}: {error}")))?,
            quantity: self.quantity.unwrap_or(1),
            serial: self.asset.clone().unwrap_or_default(),
            months: self.months.or(unsaid.months).ok_or_else(|| {
                Fault::Wrong("say how long it runs: --months N; this customer prefers no length".to_owned())
            })?,
            frequency: self.every.unwrap_or(unsaid.frequency),
            start_on: self.start.unwrap_or(unsaid.start_on),
            anchor_day: unsaid.anchor_day,
            price: self.price.clone().unwrap_or_default(),
            deposit: self.deposit.clone().unwrap_or_default(),
            ship_to: unsaid.ship_to,
        })
    }
}

/// Reads `VARIANT;qty;months;every;price;start[;serial[;deposit[;ship-to]]]`.
fn coded(item: &str, unsaid: &Unsaid) -> Result<ItemDraft> {
    let parts: Vec<&str> = item.split(';').map(str::trim).collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    if !(6..=9).contains(&parts.len()) {
        let shown: String = item.chars().take(80).collect();
        let form = "VARIANT;qty;months;every;price;start[;serial[;deposit[;ship-to]]]";
        return Err(Fault::Wrong(format!("“{shown}” is not an item: write {form}")));
    }
    let wrong = |what: &'static str, error: String| Refusal::of_field(what, error);
    let number = |what, at: usize| part(at).parse::<u32>().map_err(|_| wrong(what, "write a whole number".to_owned()));
    Ok(ItemDraft {
        variant: values::id(part(0)).map_err(|error| wrong("variant", error))?,
        quantity: number("quantity", 1)?,
        months: match (part(2), unsaid.months) {
            ("", Some(preferred)) => preferred,
            _ => number("months", 2)?,
        },
        frequency: match part(3) {
            "" => unsaid.frequency,
            text => values::word(text).map_err(|error| wrong("every", error))?,
        },
        price: part(4).to_owned(),
        start_on: match part(5) {
            "" => unsaid.start_on,
            text => values::day(text).map_err(|error| wrong("start", error))?,
        },
        serial: part(6).to_owned(),
        deposit: part(7).to_owned(),
        anchor_day: unsaid.anchor_day,
        ship_to: match part(8) {
            "" => unsaid.ship_to,
            text => values::word(text).map_err(|error| wrong("ship_to", error))?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coded_item_is_read_by_its_places() {
        let today = NaiveDate::from_ymd_opt(2024, 1, 20).unwrap();
        let (frequency, ship_to) = (Frequency::Quarterly, ShipTo::Billing);
        let unsaid = Unsaid { months: Some(18), frequency, start_on: today, anchor_day: None, ship_to };
        let item = coded("7; 2;12;month;89.00;2024-01-31;SN 1;100;5", &unsaid).unwrap();
        assert_eq!((item.variant, item.quantity, item.months), (VariantId(7), 2, 12));
        assert_eq!((item.serial.as_str(), item.deposit.as_str(), item.price.as_str()), ("SN 1", "100", "89.00"));
        assert_eq!(item.ship_to, ShipTo::Address(AddressId(5)));
        let item = coded("7;2;;;;", &unsaid).unwrap();
        assert_eq!((item.months, item.frequency, item.start_on), (18, Frequency::Quarterly, today));
        assert_eq!((item.price.as_str(), item.ship_to), ("", ShipTo::Billing));
        assert!(coded("7;2;;;;", &Unsaid { months: None, ..unsaid }).is_err(), "nobody said how long");
        for wrong in [
            "7",
            "7;2;12;month;89.00",
            "7;2;12;week;89;2024-01-31",
            "7;x;12;month;89;2024-01-31",
            "7;2;12;month;89;2024-02-30",
            "7;2;12;month;89;2024-02-28;;;home",
        ] {
            assert!(coded(wrong, &unsaid).is_err(), "{wrong}");
        }
    }
}
