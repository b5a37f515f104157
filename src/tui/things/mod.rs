//! A thing, a folder: what can be done with it (`deeds`), its list, its page, its forms.
//!
//! `settling` is what becomes of anything owed, `statement` the paper for a payer; both are below the things that have them.

pub mod activity;
pub mod credit_note;
pub mod customer;
pub mod deposit;
pub mod group;
pub mod invoice;
pub mod message;
pub mod order;
pub mod payment;
pub mod product;
pub mod receipt;
pub mod settling;
pub mod statement;
pub mod subscription;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        activity, credit_note, customer, deposit, group, invoice, message, order, payment, product, receipt,
        subscription,
    };
    use crate::tui::page::deed::Deed;

    fn letters<C>(table: &'static [Deed<C>]) -> Vec<(&'static str, char)> {
        table.iter().map(|deed| (deed.name, deed.letter)).collect()
    }

    // F83
    #[test]
    fn a_deed_has_one_letter_everywhere_and_no_menu_has_a_letter_twice() {
        let tables = [
            letters(payment::deeds::DEEDS),
            letters(payment::deeds::PERIOD_DEEDS),
            letters(invoice::deeds::DEEDS),
            [letters(customer::deeds::DEEDS), letters(customer::list::segments::LIST_DEEDS)].concat(),
            letters(customer::home::DEEDS),
            letters(group::deeds::DEEDS),
            letters(message::deeds::DEEDS),
            letters(order::deeds::DEEDS),
            letters(subscription::deeds::DEEDS),
            letters(product::deeds::VARIANT_DEEDS),
            letters(product::deeds::ASSET_DEEDS),
            letters(activity::deeds::DEEDS),
            letters(receipt::deeds::DEEDS),
            letters(credit_note::deeds::DEEDS),
            letters(deposit::deeds::DEEDS),
            letters(subscription::deeds::LISTED_DEEDS),
        ];
        let mut known: BTreeMap<&str, char> = BTreeMap::new();
        for table in tables {
            let mut here: BTreeMap<char, &str> = BTreeMap::new();
            for (name, letter) in table {
                assert!(letter.is_ascii_lowercase(), "{name}");
                assert_eq!(*known.entry(name).or_insert(letter), letter, "{name}");
                assert_eq!(here.insert(letter, name), None, "{letter} is two things");
            }
        }
    }
}
