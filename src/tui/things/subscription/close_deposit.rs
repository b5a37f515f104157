//! A deposit goes back, or a part of it is kept with a reason: billed, or for what is open. Money goes out, so a question
//! follows.

use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::reason::KeptFor;
use crate::domain::text;
use crate::services::actions::deposit::CloseDraft;
use crate::services::reads::HeldRow;
use crate::tui::desk::{self, Action, Desk, Owed, Target, Trouble};
use crate::tui::forms::{Field, Form, Item, Read, Subject, Trial, told};
use crate::tui::reply::{Question, Reply};
use crate::tui::{format, words};

/// Closes the deposit of a subscription.
#[derive(Debug)]
pub struct CloseDeposit {
    row: HeldRow,
    /// What else its payer has open, by invoice: what a part that is kept can pay.
    open: Vec<OpenInvoice>,
    style: Style,
}

#[derive(Debug)]
struct OpenInvoice {
    id: crate::domain::id::InvoiceId,
    number: String,
    minor: i64,
}

/// What the choices of an invoice are called, before its number in the file.
const PAYS: &str = "pays ";
/// The most invoices that are offered, oldest first.
const MOST: usize = 12;

impl CloseDeposit {
    /// The form for a deposit.
    pub fn new(row: &HeldRow, desk: &Desk) -> Result<Self, Trouble> {
        let (_, owed) = desk.payable(&Target::Payer(row.payer))?;
        let mut open: Vec<OpenInvoice> = Vec::new();
        for line in owed.iter().filter(|line| line.id != row.deposit.payment && line.open_minor() > 0) {
            add(&mut open, line);
        }
        open.truncate(MOST);
        Ok(Self { row: row.clone(), open, style: desk::style(desk) })
    }

    fn draft(&self, read: &mut Read<'_>, style: Style) -> Option<(CloseDraft, Money)> {
        let held = self.row.held;
        let keep = read.amount_if_any("keep", style, held.currency());
        let reason = read.parse("reason", |text| text::clean_line(text, 300));
        let use_of = read.text("for");
        let paid = use_of.strip_prefix(PAYS).and_then(|id| id.parse().ok()).map(crate::domain::id::InvoiceId);
        let tax_rate = if paid.is_none() { read.optional("tax", crate::domain::typed::percent)? } else { None };
        let keep = keep?.unwrap_or(Money::zero(held.currency()));
        let back = Money::new((held.minor() - keep.minor()).max(0), held.currency());
        let draft = CloseDraft {
            deposit: self.row.deposit.id,
            keep: if keep.is_zero() { String::new() } else { keep.to_string() },
            pays: paid.filter(|_| !keep.is_zero()).map(|invoice| Target::Invoices(vec![invoice])),
            kept_for: KeptFor::from_code(&use_of).unwrap_or_default(),
            tax_rate: tax_rate.map(|rate| rate.to_string()).unwrap_or_default(),
            reason: reason?,
            as_credit: read.is_on("as_credit"),
        };
        Some((draft, back))
    }
}

fn add(open: &mut Vec<OpenInvoice>, line: &Owed) {
    let Some(invoice) = line.invoice.as_ref().filter(|invoice| invoice.is_issued) else { return };
    if let Some(known) = open.iter_mut().find(|known| known.id == invoice.id) {
        known.minor += line.open_minor();
    } else {
        let number = invoice.number.clone().unwrap_or_default();
        open.push(OpenInvoice { id: invoice.id, number, minor: line.open_minor() });
    }
}

impl Form for CloseDeposit {
    fn title(&self) -> String {
        "Deposit".to_owned()
    }

    fn subject(&self) -> Subject {
        Subject::new(self.row.deposit.subscription.shown(), &self.row.customer_name, self.row.held, self.style)
    }

    fn head(&self, desk: &Desk) -> Vec<String> {
        let style = desk::style(desk);
        let row = &self.row;
        let asked = words::money(style, row.deposit.amount);
        let also = |sum: Money, what: &str| {
            if sum.is_zero() { String::new() } else { format!(", {} {what}", style.amount(sum)) }
        };
        let (returned, open) = (also(row.returned, "went back already"), also(row.open, "was never paid"));
        let held = format!("Held     {} of {asked}{returned}{open}", style.amount(row.held));
        vec![row.customer_name.clone(), held]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let style = desk::style(desk);
        let currency = self.row.held.currency();
        let mut uses: Vec<Item> = KeptFor::ALL.iter().map(|one| Item::new(one.code(), one.word())).collect();
        uses.extend(self.open.iter().map(|invoice| {
            let open = style.amount(Money::new(invoice.minor, currency));
            Item::new(format!("{PAYS}{}", invoice.id), format!("Pays {}, {open} open", invoice.number))
        }));
        let mut fields = vec![
            Field::amount("keep", "Keep").hint("empty: all goes back"),
            Field::choice("for", "For", uses, KeptFor::default().code()).width(34).hint("F4 list"),
            Field::text("tax", "Tax in it, %").width(8).hint("empty: as the settings say"),
            Field::text("reason", "Reason"),
            Field::check("as_credit", "As credit", false).hint("what goes back stays with the payer"),
        ];
        if self.row.held.is_zero() {
            // Nothing of it is there that could be kept or go back.
            fields.retain(|field| field.name == "reason");
        }
        fields
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        let pays = fields.iter().any(|field| field.name == "for" && field.value().starts_with(PAYS));
        for field in fields.iter_mut().filter(|field| name == "for" && field.name == "tax") {
            field.is_hidden = pays;
        }
    }

    fn trial(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Trial> {
        let (draft, _) = self.draft(read, desk::style(desk))?;
        Some(Box::new(move |desk| {
            let tried = desk.try_out(&Action::CloseDeposit(Box::new(draft)), |_, done| Ok(done.said.clone()));
            let said = tried.map(|said| format::wrap(&format!("After saving: {said}"), 68));
            told(said, |why| format::wrap(&format!("! {why}"), 68))
        }))
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let style = desk::style(desk);
        let (draft, back) = self.draft(read, style)?;
        let as_credit = draft.as_credit;
        let action = Action::CloseDeposit(Box::new(draft));
        if as_credit || back.is_zero() {
            return Some(Reply::perform(action));
        }
        let name = &self.row.customer_name;
        let line = format!("{} goes back to {name}. Pay it out, then say yes.", words::money(style, back));
        let mut question = Question::dangerous("Money goes back", &line, Reply::perform(action));
        (question.yes, question.no) = ("It goes back", "Not now");
        Some(Reply::ask(question))
    }
}
