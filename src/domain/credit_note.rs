//! What a credit note takes back of an invoice line, by running totals, so that the last one closes to the cent.

use thiserror::Error;

use super::rounding::share;

/// Net and tax in minor units: of a line, of what was credited of it so far, or of one credit note.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct NetTax {
    pub net: i64,
    /// The tax on it.
    pub tax: i64,
}

impl NetTax {
    /// Net and tax together.
    pub const fn gross(self) -> i64 {
        self.net.saturating_add(self.tax)
    }

    /// What is left after `other` was taken away.
    pub const fn minus(self, other: Self) -> Self {
        Self { net: self.net.saturating_sub(other.net), tax: self.tax.saturating_sub(other.tax) }
    }
}

/// Why nothing can be credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CreditError {
    /// Nothing asked for.
    #[error("a credit note has to be for more than 0")]
    Nothing,
    /// More than the line has left.
    #[error("a credit note takes back at most what the line was; less than that is left of it")]
    TooMuch,
}

/// A credit note of `net` before tax on a `line` of which `credited` was taken back already. Its tax brings the running
/// total to the line's share: 27.33 tax on 136.66 in two halves is 13.67 and then 13.66.
pub fn credit_net(line: NetTax, credited: NetTax, net: i64) -> Result<NetTax, CreditError> {
    let total = running(net, credited.net, line.net)?;
    Ok(NetTax { net, tax: share(line.tax, total, line.net) - credited.tax })
}

/// The same for an amount with its tax, as a clerk types it.
pub fn credit_gross(line: NetTax, credited: NetTax, gross: i64) -> Result<NetTax, CreditError> {
    let total = running(gross, credited.gross(), line.gross())?;
    let tax = share(line.tax, total, line.gross()) - credited.tax;
    Ok(NetTax { net: gross - tax, tax })
}

/// The running total after `part`.
fn running(part: i64, before: i64, whole: i64) -> Result<i64, CreditError> {
    if part <= 0 {
        return Err(CreditError::Nothing);
    }
    before.checked_add(part).filter(|total| *total <= whole).ok_or(CreditError::TooMuch)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: NetTax = NetTax { net: 13_666, tax: 2733 };

    #[test]
    fn a_line_credited_in_parts_closes_to_the_cent_net_or_gross() {
        let first = credit_net(LINE, NetTax::default(), 6833).unwrap();
        assert_eq!(first, NetTax { net: 6833, tax: 1367 });
        assert_eq!(credit_net(LINE, first, 6833).unwrap(), NetTax { net: 6833, tax: 1366 });
        assert_eq!(credit_gross(LINE, NetTax::default(), 8200).unwrap(), first);
        assert_eq!(credit_gross(LINE, first, 8199).unwrap(), LINE.minus(first));
    }

    #[test]
    fn no_more_than_the_line_was_is_taken_back() {
        let first = credit_net(LINE, NetTax::default(), 6833).unwrap();
        assert_eq!(credit_net(LINE, first, 6834), Err(CreditError::TooMuch));
        assert_eq!(credit_gross(LINE, first, 8200), Err(CreditError::TooMuch));
        assert_eq!(credit_net(LINE, first, 0), Err(CreditError::Nothing));
        assert_eq!(credit_net(LINE, first, i64::MAX), Err(CreditError::TooMuch));
    }
}
