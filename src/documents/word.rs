//! Words that stand on papers for values of the book.

use super::sentence::Sentence;
use super::words::Language;
use crate::domain::tax_label;

/// A sentence about tax that the law wants on a paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaxNote {
    /// The recipient accounts for the tax.
    ReverseCharge,
    /// No tax is charged.
    Exempt,
}

/// A word papers need for a value that comes from the book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money that came in.
    MoneyIn,
    /// Money that came in and was taken back.
    MoneyBack,
    /// Money given back.
    Refund,
    /// Given up.
    WrittenOff,
    /// An invoice that was voided.
    Withdrawn,
    /// Before the day something is due.
    DueOn,
    /// Money sent by the customer's bank.
    BankTransfer,
    /// Money from a card.
    Card,
    /// Money collected by mandate.
    DirectDebit,
    /// A check.
    Check,
    /// Notes and coins.
    Cash,
    /// Money that has not cleared yet.
    OnItsWay,
    /// Money that had been kept as credit.
    FromCredit,
    Holder,
    Bank,
    Reference,
    /// Money of a receipt that pays nothing now.
    KeptAsCredit,
}

impl Language {
    /// A customer's VAT number as a paper in this language names it; none where there is none.
    pub fn tax_number(self, number: &str) -> Option<String> {
        let label = self.sentence(Sentence::TaxNumber, &[]);
        (!number.is_empty())
            .then(|| if tax_label::is_bare(number) { format!("{label} {number}") } else { number.to_owned() })
    }

    /// A sentence about tax.
    pub const fn tax_note(self, note: TaxNote) -> &'static str {
        match note {
            TaxNote::ReverseCharge => self.words().reverse_charge,
            TaxNote::Exempt => self.words().exempt,
        }
    }

    /// A word for a value from the book.
    pub const fn word(self, word: Word) -> &'static str {
        let words = self.words();
        match word {
            Word::Invoice => words.invoice,
            Word::CreditNote => words.credit_note,
            Word::MoneyIn => words.money_in,
            Word::MoneyBack => words.money_back,
            Word::Refund => words.refund,
            Word::WrittenOff => words.written_off,
            Word::Withdrawn => words.withdrawn,
            Word::DueOn => words.due,
            Word::BankTransfer => words.bank_transfer,
            Word::Card => words.card,
            Word::DirectDebit => words.direct_debit,
            Word::Check => words.check,
            Word::Cash => words.cash,
            Word::OnItsWay => words.on_its_way,
            Word::FromCredit => words.from_credit,
            Word::Holder => words.holder,
            Word::Bank => words.bank,
            Word::Reference => words.reference,
            Word::KeptAsCredit => words.kept_as_credit,
        }
    }
}
