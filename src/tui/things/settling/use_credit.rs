//! Credit of the payer pays what is open, because somebody says so.

use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::typed;
use crate::tui::desk::{Action, Desk, Owed, Target, Trouble, reads};
use crate::tui::forms::{Field, Form, Read, Subject, lookups};
use crate::tui::reply::Reply;
use crate::tui::words;

/// Credit that is used.
#[derive(Debug)]
pub struct UseCredit {
    target: Target,
    subject: Subject,
    credit: Money,
    open: Money,
    style: Style,
}

impl UseCredit {
    /// The form for what is paid.
    pub fn new(target: Target, desk: &Desk) -> Result<Self, Trouble> {
        let (payer, owed) = desk.payable(&target)?;
        let held = desk.read(|db| reads::receipts_with_credit(db, payer))?;
        let shop = desk.shop()?;
        let currency = owed.first().map_or(shop.currency, |owed| owed.currency);
        let credit = Money::new(held.iter().map(reads::ReceiptHead::unapplied).sum(), currency);
        if credit.is_zero() {
            let message = "This payer has no credit.".to_owned();
            return Err(Trouble::Refused(crate::services::Refusal::new("no_credit", message)));
        }
        let open = Money::new(owed.iter().map(Owed::open_minor).sum(), currency);
        let mut numbers: Vec<&str> = owed.iter().filter_map(|owed| owed.invoice.as_ref()?.number.as_deref()).collect();
        numbers.dedup();
        let what = match numbers.as_slice() {
            [one] => (*one).to_owned(),
            _ => words::count(i64::try_from(owed.len()).unwrap_or(i64::MAX), "payment"),
        };
        let payer = lookups::payer_name(payer, desk).unwrap_or_default();
        let subject = Subject::new(what, payer, open, shop.style);
        Ok(Self { target, subject, credit, open, style: shop.style })
    }

    fn most(&self) -> Money {
        Money::new(self.credit.minor().min(self.open.minor()), self.open.currency())
    }
}

impl Form for UseCredit {
    fn title(&self) -> String {
        "Use credit".to_owned()
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![
            format!("Credit        {}", words::money(self.style, self.credit)),
            format!("Open          {}", words::money(self.style, self.open)),
        ]
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        vec![Field::amount("amount", "Amount").with(self.style.amount(self.most()))]
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let amount = read.amount("amount", self.style, self.open.currency());
        let left = |amount: Money| {
            let less = |of: Money| self.style.amount(Money::new(of.minor() - amount.minor(), of.currency()));
            format!("After saving: open {}, {} of the credit is left", less(self.open), less(self.credit))
        };
        vec![amount.filter(|amount| amount.minor() <= self.most().minor()).map(left).unwrap_or_default()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let (style, currency) = (self.style, self.open.currency());
        let parser = |text: &str| typed::amount(text, style.number, currency);
        let amount = read.parse_shown("amount", parser, |amount| style.amount(*amount))?;
        Some(Reply::perform(Action::UseCredit { target: self.target.clone(), amount: amount.to_string() }))
    }
}
