//! The rental agreement of a confirmed order: parties, items with serial numbers, term, deposit, the whole schedule.

mod words;

use chrono::NaiveDate;

use super::composition::{Composition, Label};
use super::guard::{self, Headed};
use super::invoice::Prices;
use super::letterhead::Letterhead;
use super::{Paper, PaperError};
use crate::domain::frequency::Frequency;
use crate::domain::money::Money;
use crate::paper::canvas::{Ink, Lettering};
use crate::paper::flow::Carried;
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::structure::Role;
use crate::paper::table::{Heading, Row, Table};
use crate::paper::text::{Align, Block, Column};
use words::Words;

const SECTION: Lettering = Lettering::new(Face::Bold, 110, 150, Ink::DARK);
const TEXT: Lettering = Lettering::new(Face::Regular, 95, 135, Ink::DARK);
const LABEL: Lettering = Lettering::new(Face::Regular, 75, 105, Ink::QUIET);
const FACT: Lettering = Lettering::new(Face::Bold, 95, 125, Ink::DARK);
const HERO: Lettering = Lettering::new(Face::Bold, 150, 170, Ink::ACCENT);

/// One thing that is rented.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementItem {
    pub text: String,
    /// Serial numbers of its units, as far as they have any.
    pub serials: Vec<String>,
    /// Where it goes, where not to the customer's address.
    pub delivery: Option<String>,
    /// How many units.
    pub quantity: u32,
    pub months: u32,
    /// First and last day, both included.
    pub term: (NaiveDate, NaiveDate),
    /// How often it bills.
    pub frequency: Frequency,
    /// Price a month and unit, as priced.
    pub monthly: Money,
    /// Security money a unit.
    pub deposit: Money,
}

/// One payment of the schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementPayment {
    /// First and last day, both included.
    pub period: (NaiveDate, NaiveDate),
    /// What it is for.
    pub text: String,
    /// Its place: third of twelve.
    pub place: (u32, u32),
    pub amount: Money,
}

/// Everything a rental agreement shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementPaper {
    pub letterhead: Letterhead,
    pub number: String,
    /// The day of the order; also the file's creation date.
    pub ordered_on: NaiveDate,
    /// Name and address of the customer, one part a line.
    pub customer: Vec<String>,
    /// The customer's tax numbers.
    pub customer_numbers: Vec<String>,
    pub items: Vec<AgreementItem>,
    /// Every payment, soonest first.
    pub payments: Vec<AgreementPayment>,
    /// All items a month.
    pub per_month: Money,
    pub total: Money,
    pub deposits: Money,
    /// Whether prices have the tax in them.
    pub prices: Prices,
}

impl Headed for AgreementPaper {
    fn head(&self) -> &Letterhead {
        &self.letterhead
    }

    fn head_mut(&mut self) -> &mut Letterhead {
        &mut self.letterhead
    }
}

/// Lays an agreement out.
pub fn agreement(paper: &AgreementPaper) -> Result<Paper, PaperError> {
    guard::made(paper, lay_out)
}

fn lay_out(paper: &AgreementPaper) -> Result<Paper, PaperError> {
    let mut sheet = Composition::start(&paper.letterhead)?;
    let words = Words::of(paper.letterhead.language);
    let title = format!("{} {}", words.title, paper.number);
    sheet.head((&paper.customer, &paper.customer_numbers), None);
    let opening = vec![sheet.headline(&title, 3), facts(paper, words, &mut sheet), Block::space(mm(5))];
    sheet.flow.place(opening);
    let customer = paper.customer.first().map(String::as_str).unwrap_or_default();
    let parties = words.parties.replace("{shop}", &paper.letterhead.shop_name).replace("{customer}", customer);
    sheet.paragraphs(&parties, TEXT);
    sheet.flow.place(vec![Block::space(mm(4))]);
    items(paper, words, &mut sheet);
    sheet.flow.place(vec![Block::space(mm(4))]);
    sheet.paragraphs(if paper.prices == Prices::Gross { words.gross } else { words.net }, TEXT);
    if !paper.deposits.is_zero() {
        sheet.paragraphs(words.held, TEXT);
    }
    let heading = section(&mut sheet, words.payments);
    sheet.flow.place(vec![Block::space(mm(6)).kept(), heading]);
    payments(paper, words, &mut sheet);
    let signatures = signatures(words, &mut sheet);
    sheet.flow.place(vec![signatures]);
    sheet.finish(&Label { title, dated: paper.ordered_on, backdrop: None })
}

fn section(sheet: &mut Composition, text: &str) -> Block {
    let mut block = Block::default();
    let column = Column::left(0, sheet.width());
    let end = sheet.pen.part(Role::Heading, &mut block, text, SECTION, column, 0);
    block.height = end + mm(2);
    block.kept()
}

/// Date, term and deposit side by side, and what all of it comes to at the right edge.
fn facts(paper: &AgreementPaper, words: &'static Words, sheet: &mut Composition) -> Block {
    let (style, width) = (paper.letterhead.style, sheet.width());
    let from = paper.items.iter().map(|item| item.term.0).min().unwrap_or(paper.ordered_on);
    let to = paper.items.iter().map(|item| item.term.1).max().unwrap_or(paper.ordered_on);
    let mut facts = vec![
        (words.date, style.date(paper.ordered_on)),
        (words.from, style.date(from)),
        (words.to, style.date(to)),
        (words.per_month, style.amount(paper.per_month)),
    ];
    if !paper.deposits.is_zero() {
        facts.push((words.deposit, style.amount(paper.deposits)));
    }
    let hero = format!("{} {}", paper.total.currency(), style.amount(paper.total));
    let hero_width = sheet.pen.width(&hero, HERO).clamp(mm(38), width / 2);
    let mut block = Block::default();
    block.fill(0, 0, width, tenths(16), Ink::ACCENT);
    let y = pt(8);
    let share = (width - hero_width - pt(12)) / Length::try_from(facts.len()).unwrap_or(1).max(1);
    for (at, (label, value)) in facts.iter().enumerate() {
        let column = Column::left(share * Length::try_from(at).unwrap_or(0), share - pt(8));
        fact(sheet, &mut block, (label, value, FACT), column, y);
    }
    fact(sheet, &mut block, (words.total, &hero, HERO), Column::right(width - hero_width, hero_width), y);
    block.height += pt(6);
    block.fill(0, block.height, width, tenths(5), Ink::HAIR);
    block
}

fn fact(
    sheet: &mut Composition,
    block: &mut Block,
    (label, value, loud): (&str, &str, Lettering),
    column: Column,
    y: Length,
) {
    sheet.pen.structure.open(Role::Paragraph);
    let y = sheet.pen.set_at_most(block, label, LABEL, column, y, 2);
    sheet.pen.set_at_most(block, value, loud, column, y, 3);
    sheet.pen.structure.close();
}

fn items(paper: &AgreementPaper, words: &'static Words, sheet: &mut Composition) {
    let style = paper.letterhead.style;
    let row = |item: &AgreementItem| {
        let mut under = vec![format!("{} – {}", style.date(item.term.0), style.date(item.term.1))];
        if !item.serials.is_empty() {
            under.push(format!("{} {}", words.serial, item.serials.join(", ")));
        }
        under.extend(item.delivery.as_ref().map(|to| format!("{} {to}", words.delivery)));
        let cells = vec![
            item.text.clone(),
            item.quantity.to_string(),
            item.months.to_string(),
            words.every(item.frequency).to_owned(),
            style.amount(item.monthly),
            if item.deposit.is_zero() { String::new() } else { style.amount(item.deposit) },
        ];
        Row { cells, under }
    };
    let rows: Vec<Row> = paper.items.iter().map(row).collect();
    let right = |text| Heading { text, align: Align::Right };
    let headings = vec![
        Heading { text: words.item, align: Align::Left },
        right(words.units),
        right(words.months),
        Heading { text: words.billed, align: Align::Left },
        right(words.price),
        right(words.deposit),
    ];
    table(sheet, headings, &rows, &[]);
}

fn payments(paper: &AgreementPaper, words: &'static Words, sheet: &mut Composition) {
    let style = paper.letterhead.style;
    let row = |payment: &AgreementPayment| Row {
        cells: vec![
            payment.text.clone(),
            style.date(payment.period.0),
            style.date(payment.period.1),
            format!("{}/{}", payment.place.0, payment.place.1),
            style.amount(payment.amount),
        ],
        under: Vec::new(),
    };
    let rows: Vec<Row> = paper.payments.iter().map(row).collect();
    let mut sum = Money::zero(paper.total.currency());
    let so_far: Vec<String> = paper
        .payments
        .iter()
        .map(|payment| {
            sum = sum.plus(payment.amount).unwrap_or(sum);
            style.amount(sum)
        })
        .collect();
    let headings = vec![
        Heading { text: words.item, align: Align::Left },
        Heading { text: words.from, align: Align::Left },
        Heading { text: words.to, align: Align::Left },
        Heading { text: words.payment, align: Align::Right },
        Heading { text: words.amount, align: Align::Right },
    ];
    table(sheet, headings, &rows, &so_far);
}

/// A table over as many pages as it takes; sums are carried where there are any.
fn table(sheet: &mut Composition, headings: Vec<Heading<'_>>, rows: &[Row], so_far: &[String]) {
    let width = sheet.width();
    let (forward, brought) = (sheet.words.carried_forward, sheet.words.brought_forward);
    let pen = &mut sheet.pen;
    let table = Table::new(pen, headings, rows, width);
    let mut long = table.long(pen, rows);
    if so_far.is_empty() {
        long.carried = 0;
    }
    sheet.flow.table(long, |count| {
        let sum = count.checked_sub(1).and_then(|at| so_far.get(at));
        match sum {
            Some(sum) => Carried {
                forward: table.carried(pen, forward, sum, true),
                brought: table.carried(pen, brought, sum, false),
            },
            None => Carried { forward: Block::default(), brought: Block::default() },
        }
    });
}

/// Two lines to sign on, on one page.
fn signatures(words: &'static Words, sheet: &mut Composition) -> Block {
    let width = sheet.width();
    let half = width / 2 - mm(6);
    let mut block = Block::default();
    let y = mm(26);
    for (x, who) in [(0, words.lessor), (width - half, words.lessee)] {
        block.fill(x, y, half, tenths(5), Ink::DARK);
        sheet.pen.part(Role::Paragraph, &mut block, who, LABEL, Column::left(x, half), y + pt(3));
    }
    block
}
