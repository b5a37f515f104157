//! `customer method`: how a customer pays.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::fault::Result;
use crate::cli::out::{Answer, Out, said};
use crate::cli::table::{Side, Table};
use crate::cli::values;
use crate::domain::id::CustomerId;
use crate::domain::method::Method;
use crate::services::actions::methods::MethodDraft;
use crate::services::reads::{self, KnownMethod};
use crate::services::{Action, Desk, Outcome};

/// What to do with payment methods.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Add one; a card's number is refused
    Add(Box<Add>),
    /// List those of a customer, the default first
    List {
        /// The customer
        #[arg(value_parser = values::id::<CustomerId>)]
        customer: CustomerId,
    },
    /// Make one the default
    Default {
        /// Its number
        #[arg(value_parser = values::id::<i64>)]
        id: i64,
    },
    /// Take one off
    Remove {
        /// Its number
        #[arg(value_parser = values::id::<i64>)]
        id: i64,
    },
}

/// A payment method.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    customer: CustomerId,
    /// `bank_transfer`, card, `direct_debit`, check or cash
    #[arg(long, value_parser = values::word::<Method>)]
    method: Method,
    /// Brand of the card
    #[arg(long, default_value = "", hide_default_value = true)]
    brand: String,
    /// Last four digits of the card
    #[arg(long, default_value = "", hide_default_value = true)]
    last_four: String,
    /// Month the card ends with, as it stands on the card: 09/27
    #[arg(long, default_value = "", hide_default_value = true)]
    expires: String,
    /// Who charges the card
    #[arg(long, default_value = "", hide_default_value = true)]
    processor: String,
    /// What the processor calls the card
    #[arg(long, default_value = "", hide_default_value = true)]
    token: String,
    /// Reference of a debit's mandate
    #[arg(long, default_value = "", hide_default_value = true)]
    mandate: String,
    /// Day the mandate was signed
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    mandate_on: Option<NaiveDate>,
    /// Use it unless another is named; the first one is anyway
    #[arg(long)]
    default: bool,
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::List { customer } => list(customer, desk, out),
        Verb::Default { id } => changed(Action::DefaultMethod(id), desk, out),
        Verb::Remove { id } => changed(Action::RemoveMethod(id), desk, out),
        Verb::Add(add) => {
            let draft = MethodDraft {
                customer: Some(add.customer),
                kind: add.method,
                brand: add.brand,
                last_four: add.last_four,
                expires: add.expires,
                processor: add.processor,
                token: add.token,
                mandate_reference: add.mandate,
                mandate_on: add.mandate_on,
                is_default: add.default,
            };
            changed(Action::AddMethod(Box::new(draft)), desk, out)
        }
    }
}

fn shape(method: &KnownMethod) -> Value {
    json!({
        "id": method.id,
        "customer": method.customer,
        "method": method.kind.code(),
        "brand": method.brand,
        "last_four": method.last_four,
        "expires": method.expires.map(|month| month.to_string()),
        "processor": method.processor,
        "mandate": method.mandate_reference,
        "mandate_on": method.mandate_on,
        "default": method.is_default,
        "removed": method.is_removed,
    })
}

fn changed(action: Action, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(action)?;
    let method = match done.outcome {
        Outcome::Method(id) => desk.read(|db| reads::method_by_id(db, id))?,
        _ => None,
    };
    let mut json = method.as_ref().map_or_else(|| json!({}), shape);
    if let Some(json) = json.as_object_mut() {
        json.insert("said".to_owned(), said(&done).into());
    }
    out.answer(&Answer::new(json).say(said(&done)))
}

fn list(customer: CustomerId, desk: &Desk, out: &mut Out) -> Result<()> {
    let found = desk.read(|db| reads::methods_of(db, customer))?;
    let rows: Vec<Value> = found.iter().map(shape).collect();
    let mut table = Table::new(&[("ID", Side::Right), ("METHOD", Side::Left), ("", Side::Left)]);
    for method in &found {
        let default = if method.is_default { "default" } else { "" };
        table.push(vec![method.id.to_string(), method.words(), default.to_owned()]);
    }
    out.answer(&Answer::new(json!({ "total": rows.len(), "rows": rows })).table(table))
}
