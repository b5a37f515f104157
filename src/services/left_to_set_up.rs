//! What is left to set up: what papers and mails of this shop really lack. A shop that lacks nothing hears nothing of it.

use crate::store::shop::Shop;

/// A setting that says nothing yet, and what is missing for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The key of the setting.
    pub key: &'static str,
    /// What it is, and what papers or mails lack without it.
    pub why: &'static str,
}

const ADDRESS: Left = Left { key: "address", why: "Address: invoices bear only the name of the shop" };
const EMAIL: Left = Left { key: "email", why: "Email: no message can be sent without it" };
const TAX_NUMBER: Left = Left { key: "tax_number", why: "VAT or tax number: invoices with tax need one" };
const ACCOUNT: Left = Left { key: "iban", why: "IBAN, or another account: invoices do not say where to pay" };
/// Many shops have none, so it is only spoken of beside what is needed.
const LOGO: Left = Left { key: "logo", why: "Logo, if there is one: papers have room for it" };

/// What is left to set up.
pub fn left_to_set_up(shop: &Shop, has_logo: bool) -> Vec<Left> {
    let is_told_how = [&shop.iban, &shop.bank_account, &shop.payment_instructions].iter().any(|text| !text.is_empty());
    let needed = [
        (ADDRESS, shop.address.is_empty()),
        (EMAIL, shop.email.is_empty()),
        (TAX_NUMBER, shop.tax_number.is_empty() && shop.tax.ppm() > 0),
        (ACCOUNT, !is_told_how),
    ];
    let mut left: Vec<Left> = needed.into_iter().filter(|(_, is_missing)| *is_missing).map(|(left, _)| left).collect();
    if !left.is_empty() && !has_logo {
        left.push(LOGO);
    }
    left
}
