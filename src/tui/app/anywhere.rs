//! What can be done from any page, whatever the cursor is on: the second half of the menu (F10).

use crate::domain::query::payments::{PaymentFilter, PaymentView};
use crate::shown::reports::{REPORTS, Report};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, CustomerRow, Page};
use crate::tui::desk::{Desk, Target, Trouble, books};
use crate::tui::dialogs::picker::Picker;
use crate::tui::dialogs::text::Text;
use crate::tui::forms::FormDialog;
use crate::tui::jobs::Outcome;
use crate::tui::place::{Narrow, Place, Tab};
use crate::tui::reply::{Act, Entry, Reply};
use crate::tui::things::customer::form::CustomerForm;
use crate::tui::things::customer::note::NoteForm;
use crate::tui::things::group::form::GroupForm;
use crate::tui::things::invoice::new_invoice::NewInvoice;
use crate::tui::things::payment::deeds as payment;
use crate::tui::things::settling::mark_paid::MarkPaid;
use crate::tui::things::statement;
use crate::tui::{desk, upkeep, words};

/// How many records a list to choose from offers.
const MOST: usize = 40;

/// Something that can be done from any page.
struct Anywhere {
    text: &'static str,
    /// It writes to the book.
    writes: bool,
    run: fn(&Desk) -> Reply,
}

const fn reads(text: &'static str, run: fn(&Desk) -> Reply) -> Anywhere {
    Anywhere { text, writes: false, run }
}

const fn writes(text: &'static str, run: fn(&Desk) -> Reply) -> Anywhere {
    Anywhere { text, writes: true, run }
}

/// All of it, what is done most often first.
const ANYWHERE: &[Anywhere] = &[
    writes("Take a payment: choose the invoice", |desk| {
        Reply::open(Picker::searching("", "Which invoice was paid?", desk, unpaid))
    }),
    writes("New order", |_| Reply::Go(Place::NewOrder(None))),
    writes("New customer", |desk| Reply::open(FormDialog::new(CustomerForm::new(""), desk))),
    writes("New billing group", |desk| Reply::open(FormDialog::new(GroupForm::new(""), desk))),
    writes("New extra invoice", |desk| NewInvoice::open(None, desk)),
    writes("Add a note to a customer", |desk| {
        Reply::open(Picker::searching("", "A note on whom?", desk, |desk, typed| {
            customers(desk, typed, |row, desk| Reply::open(FormDialog::new(NoteForm::new(row.id, &row.name), desk)))
        }))
    }),
    reads("Print a statement of account", |desk| {
        Reply::open(Picker::searching("", "Whose statement of account?", desk, |desk, typed| {
            customers(desk, typed, |row, desk| {
                Reply::All(vec![Reply::Go(Place::Customer(row.id)), statement::ask(&row.name, desk)])
            })
        }))
    }),
    reads("Print or send an invoice: choose it", |_| {
        let hint = "Choose the invoice: F7 makes its PDF, F9 has the rest.";
        Reply::All(vec![Reply::Go(Place::Tab(Tab::Invoices)), Reply::say(hint)])
    }),
    reads("Refund money: choose the payment", |_| {
        let narrow = Narrow { view: Some("paid"), ..Narrow::default() };
        let hint = "Choose the payment, then F9, Refund.";
        Reply::All(vec![Reply::Go(Place::Rows(Tab::Payments, narrow)), Reply::say(hint)])
    }),
    reads("Export customers as a table (CSV)", |_| {
        Reply::All(vec![Reply::Go(Place::Tab(Tab::Customers)), Reply::Do(Command::Print)])
    }),
    reads("Make a backup now", upkeep::back_up),
    reads("Bring back a backup (restore)", restore),
    reads("Change the colours of the screen (theme)", |_| {
        let looks = ["dark", "light", "high-contrast", "mono"];
        let entry = |code: &str| {
            let look = code.parse().unwrap_or_default();
            Entry { act: Some(Act::new(move |_| Reply::Wear(look))), ..Entry::new(code, code) }
        };
        Reply::open(Picker::short("", "Colours", looks.into_iter().map(entry).collect()))
    }),
    reads("Check the book", check),
    reads("Messages of this session", |_| Reply::Messages),
];

/// The entries of the menu, with what they do.
pub(super) fn entries(desk: &Desk) -> Vec<(Entry, Act)> {
    let view_only = desk.is_view_only();
    let entry = |deed: &'static Anywhere| {
        let able = Able::when(!(deed.writes && view_only), words::VIEW_ONLY);
        (Entry::new("", deed.text).able(able), Act::new(move |desk| (deed.run)(desk)))
    };
    let report = |report: &'static Report| {
        let narrow = Narrow { view: Some(report.key), ..Narrow::default() };
        let act = Act::new(move |_| Reply::Go(Place::Rows(Tab::Reports, narrow.clone())));
        (Entry::new("", format!("Report: {}", report.title.to_lowercase())), act)
    };
    ANYWHERE.iter().map(entry).chain(REPORTS.iter().map(report)).collect()
}

/// The payments that are open, to be marked as paid.
fn unpaid(desk: &Desk, typed: &str) -> Vec<Entry> {
    let filter = PaymentFilter { view: PaymentView::Open, query: typed.to_owned(), ..PaymentFilter::default() };
    let found = desk.read(|db| reads::payments(db, &filter, &Page::first(MOST), desk.today())).unwrap_or_default();
    let style = desk::style(desk);
    let entry = |row: reads::PaymentRow| {
        let text = format!("{}  {}", payment::number(&row), row.customer_name);
        let amount = words::money(style, row.open);
        let id = row.id;
        let act = Act::new(move |desk| MarkPaid::open(Target::Payments(vec![id]), desk));
        Entry { act: Some(act), ..Entry::new("", text) }.note(amount).able(payment::can_pay(&row))
    };
    found.rows.into_iter().map(entry).collect()
}

/// The customers that fit, to do something for one.
fn customers(desk: &Desk, typed: &str, run: fn(&CustomerRow, &Desk) -> Reply) -> Vec<Entry> {
    let found = desk.read(|db| reads::customer_lookup(db, typed, MOST)).unwrap_or_default();
    let entry = |row: CustomerRow| {
        let (name, email) = (row.name.clone(), row.email.clone());
        Entry { act: Some(Act::new(move |desk| run(&row, desk))), ..Entry::new("", name) }.note(email)
    };
    found.into_iter().map(entry).collect()
}

/// Proves the file and every rule of money.
fn check(desk: &Desk) -> Reply {
    upkeep::beside(desk, "Checking the book", |own, pace| {
        let mut is_stopped = false;
        let report = own.prove(false, &mut |done, of| {
            is_stopped |= !pace.step(done, of);
            !is_stopped
        });
        let report = report.map_err(|error| Trouble::from(error).sentence().to_owned())?;
        match report.violations.first() {
            _ if is_stopped => Ok(Outcome::said("The check was stopped before its end.")),
            None => Ok(Outcome::said("The book is in order: the file, every amount, the log.")),
            Some(found) => Err(format!(
                "The book breaks one of its own rules ({}). Make a backup, keep the file and ask for help.",
                found.name
            )),
        }
    })
}

/// How a backup takes the place of the book: not while it is open.
fn restore(desk: &Desk) -> Reply {
    let book = desk.book().path();
    let folder = books::backups_of(book);
    let text = format!(
        "A backup takes the place of the book while nobody has the book open.\n \n\
         1. Leave rentbook with Ctrl+Q, on every computer that has this book open.\n\
         2. Your backups are in {}. Each is a whole book; its name says when it was made.\n\
         3. Type:  rentbook --book \"{}\" restore BACKUP\n\
         4. Start rentbook again. The book as it was before is kept beside it, so nothing is lost.\n \n\
         To take back only your last step, press Ctrl+Z instead.",
        folder.display(),
        book.display()
    );
    Reply::open(Text::new("Bring back a backup", text))
}
