//! What the demo shop rents out, and how many of each stand on the shelf.

use chrono::NaiveDate;

use super::chance::Chance;
use crate::domain::calendar::add_days;
use crate::domain::currency::Currency;
use crate::domain::id::VariantId;
use crate::domain::money::Money;
use crate::services::Action;
use crate::services::actions::catalogue::{AssetDraft, ProductDraft};

/// A variant: product, category, name, price a month and cost of one, both in cents.
struct Offer {
    product: &'static str,
    category: &'static str,
    variant: &'static str,
    price: i64,
    cost: i64,
    code: &'static str,
}

const fn offer(
    (product, category): (&'static str, &'static str),
    (variant, code): (&'static str, &'static str),
    price: i64,
    cost: i64,
) -> Offer {
    Offer { product, category, variant, price, cost, code }
}

const LAPTOP: (&str, &str) = ("Laptop", "Office");
const SCREEN: (&str, &str) = ("Screen", "Office");
const DESK: (&str, &str) = ("Standing desk", "Office");
const COFFEE: (&str, &str) = ("Coffee machine", "Kitchen");
const CARGO: (&str, &str) = ("Cargo bike", "Bikes");
const EBIKE: (&str, &str) = ("E-bike", "Bikes");
const CAMERA: (&str, &str) = ("Cinema camera", "Film");
const PIANO: (&str, &str) = ("Digital piano", "Music");
const WASHER: (&str, &str) = ("Washing machine", "Household");
const DRYER: (&str, &str) = ("Air dryer", "Tools");

const OFFERS: &[Offer] = &[
    offer(LAPTOP, ("14 inch, 16 GB", "LT14"), 4_900, 110_000),
    offer(LAPTOP, ("16 inch, 32 GB", "LT16"), 8_900, 210_000),
    offer(SCREEN, ("27 inch", "SC27"), 1_900, 32_000),
    offer(SCREEN, ("34 inch, curved", "SC34"), 2_900, 61_000),
    offer(DESK, ("oak", "DKOA"), 2_400, 54_000),
    offer(DESK, ("white", "DKWH"), 2_100, 46_000),
    offer(COFFEE, ("two groups", "CM2G"), 12_900, 340_000),
    offer(COFFEE, ("office", "CMOF"), 6_900, 145_000),
    offer(CARGO, ("long", "CBLO"), 14_900, 520_000),
    offer(CARGO, ("compact", "CBCO"), 11_900, 410_000),
    offer(EBIKE, ("medium frame", "EBME"), 8_400, 280_000),
    offer(EBIKE, ("low step", "EBLO"), 7_900, 260_000),
    offer(CAMERA, ("body and lens", "CIBL"), 18_900, 640_000),
    offer(PIANO, ("88 keys", "PI88"), 5_400, 132_000),
    offer(WASHER, ("8 kg", "WM08"), 2_700, 58_000),
    offer(DRYER, ("50 litres a day", "AD50"), 9_400, 190_000),
];

/// Offers most customers take; the others are for those who know.
const EVERYDAY: &[usize] = &[0, 0, 1, 1, 2, 2, 3, 4, 5, 7, 9, 10, 11, 11, 13, 14];

/// The shelf: how many units of each offer stand there, and how many were ever bought.
pub(super) struct Stock {
    variants: Vec<VariantId>,
    shelf: Vec<u32>,
    bought: Vec<u32>,
}

impl Stock {
    /// The Actions that put every offer into the catalogue, in order.
    pub fn catalogue() -> Vec<Action> {
        OFFERS
            .iter()
            .map(|offer| {
                Action::AddProduct(ProductDraft {
                    name: offer.product.into(),
                    category: offer.category.into(),
                    variant: offer.variant.into(),
                    price: euros(offer.price),
                    ..ProductDraft::default()
                })
            })
            .collect()
    }

    /// An empty shelf for these variants, in the order of the catalogue.
    pub fn new(variants: Vec<VariantId>) -> Self {
        Self { variants, shelf: vec![0; OFFERS.len()], bought: vec![0; OFFERS.len()] }
    }

    /// The variant of an offer.
    pub fn variant(&self, offer: usize) -> VariantId {
        self.variants[offer]
    }

    /// Takes units from the shelf; what is missing is bought first, and one more while the shop grows.
    pub fn take(&mut self, offer: usize, units: u32, day: NaiveDate, buy: &mut Vec<Action>) {
        while self.shelf[offer] < units {
            self.bought[offer] += 1;
            self.shelf[offer] += 1;
            buy.push(self.purchase(offer, day));
        }
        self.shelf[offer] -= units;
    }

    /// One of each for the shelf.
    pub fn stock_up(&mut self, day: NaiveDate) -> Vec<Action> {
        let mut buy = Vec::new();
        for offer in 0..OFFERS.len() {
            self.take(offer, 2, day, &mut buy);
            self.put_back(offer, 2);
        }
        buy
    }

    /// Units come back.
    pub fn put_back(&mut self, offer: usize, units: u32) {
        self.shelf[offer] += units;
    }

    fn purchase(&self, offer: usize, day: NaiveDate) -> Action {
        let (what, number) = (&OFFERS[offer], self.bought[offer]);
        // What one costs moves a little with the market.
        let cost = what.cost + i64::from(number % 7) * what.cost / 100;
        Action::AddAsset(AssetDraft {
            variant: self.variants[offer],
            serial: format!("{}-{number:05}", what.code),
            cost: euros(cost - cost % 100),
            bought_on: Some(add_days(day, -i64::from(number % 20))),
        })
    }
}

/// An offer somebody wants, and what was agreed: the list price, or somewhat less, in whole euros.
pub(super) fn wish(chance: &mut Chance, is_business: bool) -> (usize, i64) {
    let everyday = *chance.pick(EVERYDAY);
    let offer = if is_business && chance.percent(35) { chance.below(OFFERS.len()) } else { everyday };
    let list = OFFERS[offer].price;
    let agreed = if chance.percent(30) { list - list * chance.between(3, 15) / 100 } else { list };
    (offer, agreed - agreed % 50)
}

/// Plain decimal text of so many cents.
pub(super) fn euros(cents: i64) -> String {
    Money::new(cents, Currency::EUR).to_string()
}
