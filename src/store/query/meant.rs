//! What a typed text names among the rows of the file.

use super::cond::{Among, Cond, On, escaped, listed, pattern};
use crate::domain::currency::Currency;
use crate::domain::id::CustomerId;
use crate::domain::query::typed::Typed;
use crate::domain::text::serial_key;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;

/// Documents the start of a number stands for: the newest, so that every key answers at once; typing on narrows it.
const MOST: i64 = 1000;
/// Receipts the start of a reference stands for: what they paid lies all over the book.
const MOST_REFERENCES: i64 = 300;
/// A text resolved: the ways in which it means rows, the best first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Meant {
    /// Its number is the text.
    pub exact: Vec<Among>,
    /// Its number ends so: what is open first.
    pub ending: Vec<Among>,
    /// Named by a reference, the start of a number, a contract.
    pub named: Vec<Among>,
    pub amount: Option<i64>,
    /// By the name of who it is for, or of what.
    pub people: Vec<Among>,
}

/// How well a text means a row.
pub mod rank {
    /// By its number.
    pub const EXACT: i64 = 0;
    /// By the end of its number; what is settled comes one after.
    pub const ENDING: i64 = 1;
    /// By a reference, the start of a number, a contract.
    pub const NAMED: i64 = 3;
    /// By an amount.
    pub const AMOUNT: i64 = 4;
    /// By a name.
    pub const PEOPLE: i64 = 5;
}

/// What a list calls the columns a text is looked for in.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// What a set is about.
    pub of: fn(On) -> &'static str,
    pub amount: &'static str,
    /// What still asks for money.
    pub is_open: &'static str,
}

impl Meant {
    /// The rows a text means, as a condition.
    pub fn cond(&self, columns: Columns) -> Cond {
        let sets = self.exact.iter().chain(&self.ending).chain(&self.named).chain(&self.people);
        let sets = sets.map(|among| among.cond((columns.of)(among.on)));
        Cond::any(sets.chain(self.amount(columns)))
    }

    /// How well it means a row.
    pub fn rank(&self, columns: Columns) -> Cond {
        let any = |sets: &[Among]| Cond::any(sets.iter().map(|among| among.cond((columns.of)(among.on))));
        let ending = any(&self.ending);
        let classes = [
            (any(&self.exact), rank::EXACT),
            (Cond::all([ending.clone(), Cond::plain(columns.is_open)]), rank::ENDING),
            (ending, rank::ENDING + 1),
            (any(&self.named), rank::NAMED),
            (Cond::any(self.amount(columns)), rank::AMOUNT),
        ];
        let (mut sql, mut values) = (String::from("(CASE"), Vec::new());
        for (class, place) in classes {
            sql = format!("{sql} WHEN {} THEN {place}", class.sql);
            values.extend(class.values);
        }
        Cond::new(format!("{sql} ELSE {} END)", rank::PEOPLE), values)
    }

    fn amount(&self, columns: Columns) -> Option<Cond> {
        self.amount.map(|minor| Cond::new(format!("{} = ?", columns.amount), vec![minor.into()]))
    }
}

/// Takes a text apart; `None` where nothing is typed. Amounts are in the shop's currency.
pub fn read(db: &Db, typed: &str) -> Result<Option<Typed>> {
    let mut currency = None;
    if typed.contains(|letter: char| letter.is_ascii_digit()) {
        let code = db.one("SELECT currency FROM shop WHERE id = 1", &[], |row| row.text(0))?;
        currency = code.and_then(|code| Currency::new(&code).ok());
    }
    Ok(Typed::read(typed, currency))
}

/// Payments: of an invoice, a receipt, a credit note, of money with a reference, of a subscription, an order, a
/// customer, an amount.
pub fn of_payments(typed: &Typed) -> Meant {
    let invoices = |selects: Vec<Cond>| selects.into_iter().map(|select| Among::select(On::Invoice, select));
    let mut named: Vec<Among> = invoices(typed.beginnings().map(|number| begun(number)).collect()).collect();
    named.extend(referred(typed).map(|select| Among::select(On::Id, select)));
    named.extend(contracts(typed).map(|select| Among::select(On::Subscription, select)));
    Meant {
        exact: invoices(exact(typed)).chain(of_money_named(typed, On::Id)).collect(),
        ending: invoices(ending(typed)).collect(),
        named,
        amount: typed.amount,
        people: people(typed, On::Customer).into_iter().collect(),
    }
}

/// Invoices: by number, by that of a receipt or credit note, by a reference, a subscription, an order, by payer, total.
pub fn of_invoices(typed: &Typed) -> Meant {
    let own = |selects: Vec<Cond>| selects.into_iter().map(|select| Among::select(On::Id, select));
    let of_payments = |column: &str, select: Cond| {
        let sql = format!(
            "SELECT y.invoice_id FROM payment y WHERE y.{column} IN ({}) AND y.invoice_id IS NOT NULL",
            select.sql
        );
        Among::select(On::Id, Cond::new(sql, select.values))
    };
    let mut named: Vec<Among> = own(typed.beginnings().map(|number| begun(number)).collect()).collect();
    named.extend(referred(typed).map(|select| of_payments("id", select)));
    named.extend(contracts(typed).map(|select| of_payments("subscription_id", select)));
    let groups = (!typed.words.is_empty()).then(|| {
        let groups = super::cond::named("search_key", &typed.words);
        let select = Cond::new(format!("SELECT id FROM billing_group WHERE {}", groups.sql), groups.values);
        Among::select(On::Group, select)
    });
    Meant {
        exact: own(exact(typed)).chain(of_money_named(typed, On::Invoice)).collect(),
        ending: own(ending(typed)).collect(),
        named,
        amount: typed.amount,
        people: people(typed, On::Customer).into_iter().chain(groups).collect(),
    }
}

/// Subscriptions: by number, a bare one too, by that of their order, by any part of a serial number, by product, by
/// customer. What they bill next: by a number with its letter alone.
pub fn of_subscriptions(typed: &Typed, is_own_list: bool) -> Meant {
    let number = typed.subscription.or(typed.run.filter(|_| is_own_list));
    let mut named: Vec<Among> = typed.order.map(|id| one(On::Order, id)).into_iter().collect();
    named.extend(serials(typed).map(|select| Among::select(On::Asset, select)));
    let products = (!typed.words.is_empty()).then(|| {
        let products = super::cond::named("v.search_key", &typed.words);
        let select = Cond::new(format!("SELECT v.id FROM variant v WHERE {}", products.sql), products.values);
        Among::select(On::Variant, select)
    });
    Meant {
        exact: number.map(|id| one(On::Id, id)).into_iter().collect(),
        named,
        people: people(typed, On::Customer).into_iter().chain(products).collect(),
        ..Meant::default()
    }
}

/// Orders: by number, by customer.
pub fn of_orders(typed: &Typed) -> Meant {
    let exact = typed.order.or(typed.run).map(|id| one(On::Id, id)).into_iter().collect();
    Meant { exact, people: people(typed, On::Customer).into_iter().collect(), ..Meant::default() }
}

/// A set of one.
pub fn one(on: On, id: i64) -> Among {
    Among::select(on, Cond::new("SELECT CAST(? AS BIGINT)", vec![id.into()]))
}

/// Customers whose text has all words.
fn people(typed: &Typed, on: On) -> Option<Among> {
    (!typed.words.is_empty()).then(|| Among::people(on, &typed.words))
}

/// Invoices a text is the number of: a select of their ids.
pub fn exact(typed: &Typed) -> Vec<Cond> {
    if typed.numbers.is_empty() {
        return Vec::new();
    }
    let number = listed("n.number", typed.numbers.iter().cloned());
    vec![Cond::new(format!("SELECT n.id FROM invoice n WHERE {}", number.sql), number.values)]
}

/// Invoices whose number ends so, of whatever year, however its parts are joined.
pub fn ending(typed: &Typed) -> Vec<Cond> {
    let mut found = Vec::new();
    // Digits alone are the running number, with zeros before it or without.
    if let Some(run) = typed.run {
        found.push(Cond::new("SELECT n.id FROM invoice n WHERE n.number_seq = ?", vec![run.into()]));
    }
    // By the running number, which has an index; of these few, those whose whole number ends as it was typed.
    if let Some(ending) = &typed.ending {
        let run = listed("n.number_seq", ending.runs.iter().copied());
        let compact = ["-", "/", ".", " ", "_", "#"]
            .iter()
            .fold("UPPER(n.number)".to_owned(), |sql, sign| format!("REPLACE({sql}, '{sign}', '')"));
        let mut values = run.values;
        values.push(format!("%{}", escaped(&ending.compact)).into());
        let mut is_so = format!("{compact} LIKE ? ESCAPE '\\'");
        if let Some(bare) = &ending.bare {
            values.push(bare.clone().into());
            is_so = format!("({is_so} OR {compact} = ?)");
        }
        let sql = format!("SELECT n.id FROM invoice n WHERE {} AND {is_so}", run.sql);
        found.push(Cond::new(sql, values));
    }
    found
}

/// What the money of a receipt or a credit note with that number settled: payments, or the invoices these stand on.
fn of_money_named(typed: &Typed, on: On) -> Option<Among> {
    if typed.numbers.is_empty() {
        return None;
    }
    let column = if on == On::Invoice { "y.invoice_id" } else { "y.id" };
    let (receipt, note) = (listed("r.number", typed.numbers.clone()), listed("k.number", typed.numbers.clone()));
    let sql = format!(
        "SELECT {column} FROM receipt r JOIN allocation a ON a.receipt_id = r.id JOIN payment y ON y.id = a.payment_id \
         WHERE {} UNION ALL SELECT {column} FROM credit_note k JOIN credit_note_line l ON l.credit_note_id = k.id \
         JOIN payment y ON y.id = l.payment_id WHERE {}",
        receipt.sql, note.sql
    );
    Some(Among::select(on, Cond::new(sql, [receipt.values, note.values].concat())))
}

/// The newest invoices whose number begins so.
pub fn begun(number: &str) -> Cond {
    Cond::new(
        "SELECT found.id FROM (SELECT id FROM invoice WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT ?) AS found",
        vec![number.to_owned().into(), beyond(number).into(), MOST.into()],
    )
}

/// Payments whose money came, or is to come, under a reference that begins so.
fn referred(typed: &Typed) -> Option<Cond> {
    let reference = typed.reference.as_ref()?;
    let receipts = "(SELECT id FROM receipt WHERE reference_key <> '' AND reference_key >= ? AND reference_key < ? \
         ORDER BY reference_key LIMIT ?) AS found";
    let values: Vec<Value<'static>> = vec![reference.clone().into(), beyond(reference).into(), MOST_REFERENCES.into()];
    Some(Cond::new(
        format!(
            "SELECT a.payment_id FROM {receipts} CROSS JOIN allocation a WHERE a.receipt_id = found.id UNION ALL \
             SELECT a.payment_id FROM {receipts} CROSS JOIN pending_allocation a WHERE a.receipt_id = found.id"
        ),
        [values.clone(), values].concat(),
    ))
}

/// The subscription of that number, or those of the order of that number.
fn contracts(typed: &Typed) -> Option<Cond> {
    let one = typed.subscription.map(|id| Cond::new("SELECT s.id FROM subscription s WHERE s.id = ?", vec![id.into()]));
    let order =
        typed.order.map(|id| Cond::new("SELECT s.id FROM subscription s WHERE s.order_id = ?", vec![id.into()]));
    one.or(order)
}

/// Assets in whose serial number a text stands, whatever its capitals, blanks and dashes.
pub fn serials(typed: &Typed) -> Option<Cond> {
    let part = typed.reference.as_ref()?;
    let key = Some(serial_key(part)).filter(|key| !key.is_empty())?;
    let sql = "SELECT z.id FROM asset z WHERE UPPER(REPLACE(REPLACE(z.serial, ' ', ''), '-', '')) LIKE ? ESCAPE '\\'";
    Some(Cond::new(sql, vec![pattern(&key).into()]))
}

/// Where texts that start so end.
fn beyond(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

/// A customer with those merged into it, as a set.
pub fn with_merged(customer: CustomerId) -> Among {
    let root = "(SELECT COALESCE(root_id, id) FROM customer WHERE id = ?)";
    Among::select(
        On::Customer,
        Cond::new(
            format!(
                "SELECT id FROM customer WHERE id = {root} UNION ALL SELECT id FROM customer WHERE root_id = {root}"
            ),
            vec![customer.into(), customer.into()],
        ),
    )
}
