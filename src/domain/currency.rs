//! ISO 4217 currencies and the number of digits each of them has.

use std::fmt;

use thiserror::Error;

/// An ISO 4217 currency, three capital letters. Copy, eight bytes, compared by code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// Why a text is no currency.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is not a currency: write three letters such as USD, EUR or JPY")]
pub struct UnknownCurrency(pub String);

/// Active ISO 4217 codes whose exponent is not two (list one of the standard, 2024).
const ODD_EXPONENTS: &[(&str, u8)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// Active ISO 4217 codes with two digits after the point.
const TWO_DIGITS: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG \
    HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
    MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS \
    SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG";

impl Currency {
    /// The euro, the only currency an EPC QR code can carry.
    pub const EUR: Self = Self { code: *b"EUR", exponent: 2 };

    /// Reads a code in any case, e.g. `"usd"`.
    pub fn new(text: &str) -> Result<Self, UnknownCurrency> {
        let upper = text.trim().to_ascii_uppercase();
        let refuse = || UnknownCurrency(text.trim().to_owned());
        let code: [u8; 3] = upper.as_bytes().try_into().map_err(|_| refuse())?;
        let odd = ODD_EXPONENTS.iter().find(|(name, _)| *name == upper).map(|(_, digits)| *digits);
        let exponent = match odd {
            Some(digits) => digits,
            None if TWO_DIGITS.split_ascii_whitespace().any(|name| name == upper) => 2,
            None => return Err(refuse()),
        };
        Ok(Self { code, exponent })
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Digits after the decimal point: 0 for JPY, 2 for EUR, 3 for BHD.
    pub const fn exponent(&self) -> u32 {
        self.exponent as u32
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_iso_4217() {
        for (code, digits) in [("JPY", 0), ("eur", 2), (" bhd ", 3), ("KRW", 0), ("USD", 2)] {
            assert_eq!(Currency::new(code).unwrap().exponent(), digits, "{code}");
        }
    }

    #[test]
    fn a_code_nobody_uses_is_refused() {
        for code in ["", "EU", "EURO", "QQQ", "€"] {
            assert!(Currency::new(code).is_err(), "{code}");
        }
    }
}
