//! A small book with one of everything in it: two months at the desk, the rest by statements.

use std::sync::LazyLock;

use rentbook::domain::address::Address;
use rentbook::domain::id::{CustomerId, GroupId, InvoiceId, VariantId};
use rentbook::domain::method::Method;
use rentbook::services::actions::catalogue::AssetDraft;
use rentbook::services::actions::customer::{CustomerDraft, NoteDraft};
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::order::OrderDraft;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Outcome, Payer};
use rentbook::store::{Db, StoreError};
use rusqlite::Connection;

use super::script::{Words, statements};
use super::text::{Kind, Statement, schema};
use crate::fixture::{Hand, business, draft, group, item, order, person, shop_with, transfer, variant};

/// The book, made once.
pub static BOOK: LazyLock<Book> = LazyLock::new(Book::new);

/// The rows of the book as statements, and the words the tables of statements use for them.
pub struct Book {
    pub schema: Vec<Statement>,
    pub words: Words,
    rows: Vec<String>,
}

impl Book {
    fn new() -> Self {
        let desk = at_the_desk();
        let (words, rows) = desk.book().write(|db| Ok::<_, StoreError>((by_statements(db), rows_of(db)))).unwrap();
        let report = desk.check().unwrap();
        assert!(report.ok, "{:#?}", report.violations);
        Self { schema: schema(), words, rows }
    }

    /// The book in memory under a schema of these statements, set as the store sets its own connections.
    pub fn under<'s>(&'s self, schema: impl Iterator<Item = &'s str> + Clone) -> rusqlite::Result<Connection> {
        let connection = Connection::open_in_memory()?;
        connection
            .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;")?;
        let is_trigger = |sql: &&str| sql.starts_with("CREATE TRIGGER");
        let mut all: Vec<&str> = schema.clone().filter(|sql| !is_trigger(sql)).collect();
        all.extend(self.rows.iter().map(String::as_str));
        all.extend(schema.filter(is_trigger));
        connection.execute_batch(&format!("BEGIN;\n{};\nCOMMIT; PRAGMA foreign_keys = ON;", all.join(";\n")))?;
        Ok(connection)
    }

    /// The book as it is.
    pub fn whole(&self) -> Connection {
        self.under(self.schema.iter().map(|statement| statement.sql.as_str())).unwrap()
    }

    /// The book without triggers: what its tables alone refuse.
    pub fn bare(&self) -> Connection {
        let bare = self.schema.iter().filter(|statement| statement.kind != Kind::Trigger);
        self.under(bare.map(|statement| statement.sql.as_str())).unwrap()
    }
}

/// Who is in the book.
struct Cast {
    ana: CustomerId,
    acme: CustomerId,
    ben: CustomerId,
    harbour: GroupId,
    laptop: VariantId,
}

/// What two months at the desk leave: rents, a deposit, a group, receipts of every state, an invoice withdrawn.
fn at_the_desk() -> Desk {
    let (mut desk, hand) = shop_with("2026-01-01", &ShopDraft { tax_rate: "10".into(), ..draft() });
    let cast = people_and_orders(&mut desk);
    january(&mut desk, &cast);
    for day in ["2026-02-01", "2026-03-01"] {
        hand.set(day);
        desk.run_pass(&PassOptions::default()).unwrap();
    }
    february(&mut desk, &cast);
    march(&mut desk, &hand, &cast);
    desk
}

fn people_and_orders(desk: &mut Desk) -> Cast {
    let laptop = variant(desk, "Laptop", "100.00");
    for serial in ["SN-1", "SN-2", "SN-3", "SN-4", "SN-5", "SN-6"] {
        let draft = AssetDraft { variant: laptop, serial: serial.into(), cost: "900.00".into(), bought_on: None };
        desk.perform(Action::AddAsset(draft)).unwrap();
    }
    let (ana, acme) = (person(desk, "Delgado"), business(desk, "Acme", "30"));
    let (ben, cleo) = (person(desk, "Berg"), person(desk, "Ito"));
    person(desk, "Twin");
    let in_euros = CustomerDraft { last_name: "Emil".into(), currency: "EUR".into(), ..CustomerDraft::default() };
    desk.perform(Action::AddCustomer(Box::new(in_euros))).unwrap();
    for line1 in ["Old Road 1", "New Road 2"] {
        let address = Address { line1: line1.into(), city: "Lund".into(), ..Address::default() };
        desk.perform(Action::SetBillingAddress { customer: ana, address }).unwrap();
    }
    let note = NoteDraft {
        on: None,
        customer: ana,
        kind: "phone".into(),
        summary: "Called".into(),
        follow_up_on: None,
        follow_up_action: String::new(),
    };
    desk.perform(Action::AddNote(note)).unwrap();
    let harbour = group(desk, "Harbour", "1");
    for customer in [ben, cleo] {
        desk.perform(Action::JoinGroup { group: harbour, customer }).unwrap();
    }
    for (customer, serial, deposit) in
        [(ana, "SN-1", "200.00"), (acme, "SN-2", ""), (ben, "SN-3", ""), (cleo, "SN-4", "")]
    {
        let mut rented = item(laptop, "2026-01-01", 12);
        serial.clone_into(&mut rented.serial);
        deposit.clone_into(&mut rented.deposit);
        order(desk, customer, vec![rented]);
    }
    Cast { ana, acme, ben, harbour, laptop }
}

fn receive(desk: &mut Desk, draft: ReceiptDraft) {
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
}

fn of(customer: CustomerId) -> Target {
    Target::Payer(Payer::Customer(customer))
}

fn january(desk: &mut Desk, cast: &Cast) {
    let whole = transfer(desk, of(cast.ana), "", "whole");
    receive(desk, whole);
    let part = ReceiptDraft { method: Method::Card, ..transfer(desk, of(cast.acme), "50.00", "part") };
    receive(desk, part);
}

fn february(desk: &mut Desk, cast: &Cast) {
    let check = ReceiptDraft { method: Method::Check, ..transfer(desk, of(cast.ana), "110.00", "check") };
    receive(desk, check);
    let taken_back = transfer(desk, of(cast.acme), "60.00", "taken back");
    receive(desk, taken_back);
    desk.perform(Action::Undo(None)).unwrap();
    let bounced = ReceiptDraft { method: Method::Check, ..transfer(desk, of(cast.acme), "60.00", "bounced") };
    receive(desk, bounced);
    desk.perform(Action::Undo(None)).unwrap();
    let shared = transfer(desk, Target::Payer(Payer::Group(cast.harbour)), "220.00", "group");
    receive(desk, shared);
}

fn out_of_turn(desk: &mut Desk, customer: CustomerId, prices: &[&str]) -> InvoiceId {
    let line = |price: &&str| LineDraft { text: "Repair".into(), unit_price: (*price).into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer, lines: prices.iter().map(line).collect(), due_on: None };
    match desk.perform(Action::NewInvoice(Box::new(draft))).unwrap().outcome {
        Outcome::Invoice(id, _) => id,
        other => panic!("{other:?}"),
    }
}

fn march(desk: &mut Desk, hand: &Hand, cast: &Cast) {
    hand.set("2026-03-05");
    desk.run_pass(&PassOptions::default()).unwrap();
    let extra = out_of_turn(desk, cast.ana, &["100.00", "0"]);
    let too_much = transfer(desk, Target::Invoices(vec![extra]), "150.00", "too much");
    receive(desk, ReceiptDraft { keep_credit: true, ..too_much });
    out_of_turn(desk, cast.acme, &["100.00"]);
    out_of_turn(desk, cast.acme, &["40.00", "0"]);
    let withdrawn = out_of_turn(desk, cast.acme, &["70.00"]);
    desk.perform(Action::VoidInvoice { invoice: withdrawn, reason: "Typed twice".into() }).unwrap();
    let mut rented = item(cast.laptop, "2026-03-05", 12);
    "SN-5".clone_into(&mut rented.serial);
    "50.00".clone_into(&mut rented.deposit);
    order(desk, cast.ben, vec![rented]);
    let later = item(cast.laptop, "2026-04-01", 12);
    let draft = Box::new(OrderDraft { customer: cast.ana, bill_to: None, items: vec![later] });
    desk.perform(Action::AddOrder { draft, confirm: false }).unwrap();
}

/// Runs book.sql; the names it gave.
fn by_statements(db: &Db) -> Words {
    let columns = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
    let mut words = Words::default();
    for (table, column) in db.all(columns, &[], |row| Ok((row.text(0)?, row.text(1)?))).unwrap() {
        words.columns.entry(table).or_default().push(column);
    }
    for block in
        include_str!("book.sql").split_inclusive('\n').collect::<Vec<_>>().chunk_by(|a, b| is_name(a) == is_name(b))
    {
        if is_name(block[0]) {
            for line in block {
                let (name, query) = line.trim_start_matches("--=").split_once(':').unwrap();
                let id = db.one(&words.plain(query), &[], |row| row.int(0)).unwrap();
                words.names.insert(name.trim().to_owned(), id.unwrap());
            }
            continue;
        }
        for step in statements(&block.concat()) {
            let sql = words.plain(&step);
            let done = db.execute(&sql, &[]).unwrap_or_else(|error| panic!("{sql}\n{}", error.detail()));
            assert!(done > 0, "nothing happened: {sql}");
        }
    }
    words
}

fn is_name(line: &str) -> bool {
    line.starts_with("--=")
}

/// Every row as a statement, tables in the order of the schema.
fn rows_of(db: &Db) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid";
    let cells = "SELECT group_concat('quote(' || name || ')', ' || '','' || ') FROM pragma_table_info(?1)";
    let mut rows = Vec::new();
    for table in db.all(tables, &[], |row| row.text(0)).unwrap() {
        let cells = db.one(cells, &[table.as_str().into()], |row| row.text(0)).unwrap().unwrap();
        let sql = format!("SELECT 'INSERT INTO {table} VALUES (' || {cells} || ')' FROM {table}");
        rows.extend(db.all(&sql, &[], |row| row.text(0)).unwrap());
    }
    rows
}
