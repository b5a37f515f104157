//! `deposit`: listed, returned, kept in part or whole.

use serde_json::{Map, json};

use super::fault::Result;
use super::invoice::show;
use super::list::{Listing, Rows, View};
use super::out::{Answer, Out, said};
use super::values;
use crate::domain::deposit::DepositStanding;
use crate::domain::id::{InvoiceId, SubscriptionId};
use crate::domain::reason::KeptFor;
use crate::services::actions::deposit::CloseDraft;
use crate::services::actions::receiving::Target;
use crate::services::reads::{self, HeldRow};
use crate::services::{Action, Desk, Refusal};
use crate::shown::column::Listed;

/// What to do with deposits.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List deposits, oldest first
    List {
        /// Only in this state: unpaid, held, returned, kept, `partly_kept` or `never_paid`
        #[arg(long, value_parser = values::word::<DepositStanding>)]
        status: Option<DepositStanding>,
        #[command(flatten)]
        rows: Rows,
    },
    /// Give the deposit of a subscription back
    Return {
        /// The subscription
        #[arg(value_parser = values::id::<SubscriptionId>)]
        subscription: SubscriptionId,
        /// It stays with the customer as credit
        #[arg(long)]
        as_credit: bool,
        /// A remark
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Keep the deposit of a subscription, or a part of it; the rest goes back
    Keep {
        /// The subscription
        #[arg(value_parser = values::id::<SubscriptionId>)]
        subscription: SubscriptionId,
        /// How much is kept; all that is held, or that is open on what it pays, where no amount is named
        #[arg(long, default_value = "all", allow_hyphen_values = true)]
        amount: String,
        /// What it is kept for: damage, cleaning or other; billed on an invoice that it settles
        #[arg(long = "for", value_name = "WHAT", default_value = "damage", value_parser = values::word::<KeptFor>)]
        kept_for: KeptFor,
        /// Percent of tax in it; as the settings say for what it is kept for where it is not named
        #[arg(long, default_value = "", hide_default_value = true)]
        tax_rate: String,
        /// It pays what is open on this invoice instead; may be said several times
        #[arg(long, value_name = "INVOICE", conflicts_with_all = ["kept_for", "tax_rate"])]
        pays: Vec<String>,
        /// Why it is kept
        #[arg(long, default_value = "", hide_default_value = true, required_unless_present = "pays")]
        reason: String,
        /// What goes back stays with the customer as credit
        #[arg(long)]
        as_credit: bool,
    },
}

/// Lists, returns or keeps.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let (subscription, draft) = match verb {
        Verb::List { status, rows } => {
            return Listing {
                total: None,
                rows,
                read: Box::new(|page| Ok(desk.read(|db| reads::deposits(db, status, page))?)),
                cursor: Box::new(HeldRow::cursor),
                more: Map::new(),
            }
            .write(View::of(desk)?, out);
        }
        Verb::Return { subscription, as_credit, reason } => {
            (subscription, CloseDraft { reason, as_credit, ..CloseDraft::default() })
        }
        Verb::Keep { subscription, amount: keep, kept_for, tax_rate, pays, reason, as_credit } => {
            let numbered = |number: &String| show::numbered(desk, number);
            let ids: Vec<InvoiceId> = pays.iter().map(numbered).collect::<Result<_>>()?;
            let pays = (!ids.is_empty()).then_some(Target::Invoices(ids));
            let deposit = 0;
            (subscription, CloseDraft { deposit, keep, pays, kept_for, tax_rate, reason, as_credit })
        }
    };
    let found = desk.read(|db| reads::deposit_of(db, subscription))?;
    let none = || Refusal::new("no_deposit", format!("subscription {} has no deposit", subscription.shown()));
    let deposit = found.ok_or_else(none)?.deposit.id;
    let done = desk.perform(Action::CloseDeposit(Box::new(CloseDraft { deposit, ..draft })))?;
    let view = View::of(desk)?;
    let after = desk.read(|db| reads::deposit_of(db, subscription))?;
    let mut json = after.map_or_else(|| json!({}), |row| row.json(view));
    if let Some(json) = json.as_object_mut() {
        json.insert("said".to_owned(), said(&done).into());
    }
    out.answer(&Answer::new(json).say(said(&done)))
}
