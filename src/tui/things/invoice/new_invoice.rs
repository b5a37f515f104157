//! An invoice out of turn: extra services, damage, a fee; free lines, issued today.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::adapters::paper_folder;
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::domain::free_line::{Discount, FreeLine, FreeLineError};
use crate::domain::id::CustomerId;
use crate::domain::money::Money;
use crate::domain::supply::SupplyDays;
use crate::domain::tax::{PriceBasis, TaxRate};
use crate::domain::{text, typed};
use crate::services::actions::invoicing::{InvoiceDraft, LineDraft, NO_NEGATIVE_LINE};
use crate::tui::command::Command;
use crate::tui::desk::{self, Action, Desk, Done, Outcome, Trouble};
use crate::tui::forms::lookups::{Known, Named};
use crate::tui::forms::{Field, Form, FormDialog, Item, Read, lookups};
use crate::tui::place::Place;
use crate::tui::reply::Reply;

/// The most lines the form takes; longer ones are imported.
const MOST: usize = 20;

/// Free lines for a customer.
#[derive(Debug)]
pub struct NewInvoice {
    customer: Option<Named<CustomerId>>,
    lines: usize,
    style: Style,
    today: NaiveDate,
    currency: Currency,
    /// What becomes of tax, in words.
    tax: String,
    /// The shop's rate, in percent.
    usual: String,
}

impl NewInvoice {
    /// The form, for a customer where one is known already.
    pub fn open(customer: Option<CustomerId>, desk: &Desk) -> Reply {
        let shop = match desk.shop() {
            Ok(shop) => shop,
            Err(error) => return Reply::refuse(Trouble::from(error).sentence()),
        };
        let tax = match shop.price_basis {
            _ if shop.tax == TaxRate::ZERO => String::new(),
            PriceBasis::Net => ", tax is added".to_owned(),
            PriceBasis::Gross => ", tax is in it".to_owned(),
        };
        let customer = customer.and_then(|id| id.name(desk).map(|name| Named { id, name }));
        let start = if customer.is_some() { "line" } else { "customer" };
        let usual = shop.tax.to_string();
        let form =
            Self { customer, lines: 1, style: shop.style, today: desk.today(), currency: shop.currency, tax, usual };
        Reply::open(FormDialog::new(form, desk).starting_in(start))
    }

    fn draft(&self, read: &mut Read<'_>) -> Option<InvoiceDraft> {
        let customer = read.chosen::<CustomerId>("customer");
        let due_on = read.date_if_any("due");
        let (lines, _) = self.read_lines(read)?;
        Some(InvoiceDraft { customer: customer?, lines, due_on: due_on? })
    }

    /// Shows the paper that would be issued; nothing is saved.
    fn look(&self, fields: &[Field], desk: &Desk) -> Reply {
        let mut read = Read::new(fields);
        let Some(draft) = self.draft(&mut read) else {
            let (errors, _) = read.into_parts();
            let why = errors.into_iter().next().map(|(_, why)| why);
            return Reply::refuse(why.unwrap_or_else(|| "Fill in customer and lines first.".to_owned()));
        };
        previewed(&Action::NewInvoice(Box::new(draft)), desk)
    }

    /// The fields of a line; those of the first have the names of the rules.
    fn line(number: usize, usual: &str, prices: &str) -> [Field; 6] {
        let name = |name: &str| if number == 1 { name.to_owned() } else { format!("{name}{number}") };
        [
            Field::text(name("line"), format!("Line {number}")).width(44).hint("| begins another"),
            Field::text(name("quantity"), "  Quantity").with("1").width(8),
            Field::amount(name("unit_price"), "  Price of one").hint(prices),
            Field::text(name("tax_rate"), "  Tax, percent").width(8).hint(format!("empty: {usual}")),
            Field::text(name("discount"), "  Discount").width(10).hint("10 % or an amount"),
            Field::text(name("supplied"), "  Supplied on").width(24).hint("empty: today; or first..last"),
        ]
    }

    /// Whether a line behind the first was left empty: it is left out.
    fn is_blank(read: &Read<'_>, number: usize) -> bool {
        number > 1
            && read.text(&format!("line{number}")).is_empty()
            && read.text(&format!("unit_price{number}")).is_empty()
    }

    /// Reads one line.
    fn read_line(&self, read: &mut Read<'_>, number: usize) -> Option<(LineDraft, i64)> {
        let name = |name: &str| if number == 1 { name.to_owned() } else { format!("{name}{number}") };
        let (what, price) = (name("line"), name("unit_price"));
        let words = if read.text(&what).is_empty() {
            read.refuse(&what, "Say what the line is for.");
            None
        } else {
            read.parse(&what, |text| text::clean_line(text, 900))
        };
        for field in [name("quantity"), price.clone()] {
            if read.text(&field).starts_with(['-', '\u{2212}']) {
                read.refuse(&field, NO_NEGATIVE_LINE);
                return None;
            }
        }
        let quantity = read.parse(&name("quantity"), quantity);
        let price = read.parse(&price, |text| typed::unit_price(text, self.style.number, self.currency));
        let discount = read.parse(&name("discount"), |text| {
            let plain = typed::discount(text, self.style.number, self.currency)?;
            Discount::read(&plain).map(|discount| (discount, plain)).map_err(|why| why.to_string())
        });
        let tax = match read.text(&name("tax_rate")).as_str() {
            "" => Some(String::new()),
            _ => read.parse(&name("tax_rate"), typed::percent).map(|rate| rate.to_string()),
        };
        let supplied = match read.text(&name("supplied")).as_str() {
            "" => Some(None),
            _ => read.parse(&name("supplied"), |text| self.supplied(text)).map(Some),
        };
        let (words, quantity, unit, tax_rate, (discount, off)) = (words?, quantity?, price?, tax?, discount?);
        let supplied = supplied?;
        match (FreeLine { quantity, unit, discount }).cost(self.currency) {
            Ok(net) => {
                let (quantity, unit_price) = (quantity.to_string(), unit.to_string());
                Some((LineDraft { text: words, quantity, unit_price, tax_rate, discount: off, supplied }, net))
            }
            Err(why) => {
                read.refuse(&name(if why == FreeLineError::TooLarge { "unit_price" } else { "discount" }), why);
                None
            }
        }
    }

    fn supplied(&self, text: &str) -> Result<SupplyDays, String> {
        SupplyDays::read(text, |day| typed::date(day, self.style.date, self.today))
    }

    fn read_lines(&self, read: &mut Read<'_>) -> Option<(Vec<LineDraft>, i64)> {
        let filled: Vec<usize> = (1..=self.lines).filter(|number| !Self::is_blank(read, *number)).collect();
        // All lines are read before one is refused, so that every field has its error.
        let lines: Vec<_> = filled.into_iter().map(|number| self.read_line(read, number)).collect();
        let lines = lines.into_iter().collect::<Option<Vec<_>>>()?;
        let sum = lines.iter().map(|(_, net)| *net).fold(0, i64::saturating_add);
        Some((lines.into_iter().map(|(draft, _)| draft).collect(), sum))
    }
}

/// Shows the paper of the invoice this Action would make; nothing is saved.
pub fn previewed(action: &Action, desk: &Desk) -> Reply {
    let paper = desk.preview_paper(action).map_err(|error| Trouble::from(error).sentence().to_owned());
    let book = desk.book().path();
    crate::tui::paper::shown(
        paper.and_then(|paper| {
            Ok((paper_folder::keep(book, "previews", desk.today(), "preview", &paper.bytes)?, paper))
        }),
    )
}

/// A quantity with at most three digits after the point.
fn quantity(text: &str) -> Result<Decimal, &'static str> {
    let odd = "Write a quantity such as 1 or 2.5, at most three digits after the point.";
    let plain = if text.is_empty() { "1".to_owned() } else { text.replacen(',', ".", 1) };
    let read = Decimal::from_str_exact(&plain).ok().filter(|read| read.scale() <= 3 && read.is_sign_positive());
    read.filter(|read| !read.is_zero()).ok_or(odd)
}

impl Form for NewInvoice {
    fn title(&self) -> String {
        "New extra invoice".to_owned()
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let mut fields = vec![
            lookups::field("customer", "Customer", self.customer.as_ref()),
            Field::date("due", "Due", None, desk.today(), self.style).hint("empty: by the customer's terms"),
        ];
        fields.extend(Self::line(1, &self.usual, desk::with_tax(desk)));
        fields
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        lookups::items(name, typed, desk)
    }

    fn offers(&self, command: Command) -> bool {
        matches!(command, Command::AddRow | Command::Preview)
    }

    fn command(&mut self, command: Command, fields: &mut Vec<Field>, desk: &Desk) -> Reply {
        if command == Command::Preview {
            return self.look(fields, desk);
        }
        if self.lines == MOST {
            return Reply::refuse(format!("An invoice made here has at most {MOST} lines."));
        }
        self.lines += 1;
        fields.extend(Self::line(self.lines, &self.usual, desk::with_tax(desk)));
        Reply::say(format!("Line {} is added below.", self.lines))
    }

    fn effect(&self, read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        let sum = self.read_lines(read).map(|(_, sum)| self.style.amount(Money::new(sum, self.currency)));
        vec![sum.map_or_else(String::new, |sum| format!("After saving: issued today, lines {sum}{}.", self.tax))]
    }

    fn save_word(&self) -> &'static str {
        "Issue"
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        self.draft(read).map(|draft| Reply::perform(Action::NewInvoice(Box::new(draft))))
    }

    fn done(&mut self, done: &Done, _desk: &Desk) -> Reply {
        match &done.outcome {
            Outcome::Invoice(id, _) => Reply::All(vec![Reply::Close, Reply::Go(Place::Invoice(*id))]),
            _ => Reply::Close,
        }
    }
}
