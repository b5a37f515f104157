//! `customer prefer`, `merge`, `anonymise`, `notes`, `follow-up`: what is known of a customer beside its fields.

use serde_json::json;

use super::show;
use crate::cli::fault::{Fault, Result};
use crate::cli::list::{View, whole};
use crate::cli::out::{Answer, Out, said};
use crate::cli::values;
use crate::domain::format::count;
use crate::domain::id::{CustomerId, NoteId};
use crate::services::actions::customer_erase::stays;
use crate::services::actions::customer_preference::PreferenceDraft;
use crate::services::reads;
use crate::services::{Action, Desk};

/// What a customer prefers.
#[derive(Debug, clap::Args)]
pub struct PreferArgs {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    /// Months of a contract; empty for no preference, as with the others
    #[arg(long)]
    months: Option<String>,
    /// month, quarter, half-year, year or two-years
    #[arg(long)]
    every: Option<String>,
    /// How it pays: `bank_transfer`, `card`, `direct_debit`, `check`, `cash`
    #[arg(long)]
    method: Option<String>,
    /// How messages reach it: email, phone, post or none
    #[arg(long)]
    channel: Option<String>,
    /// Categories, variants, colours
    #[arg(long)]
    likes: Option<String>,
}

/// Which two.
#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// The customer that is kept
    #[arg(value_parser = values::id::<CustomerId>)]
    keep: CustomerId,
    /// The one that is read as it from then on
    #[arg(value_parser = values::id::<CustomerId>)]
    merged: CustomerId,
    /// Only show what would move
    #[arg(long)]
    dry_run: bool,
}

/// Whose data.
#[derive(Debug, clap::Args)]
pub struct AnonymiseArgs {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    /// Only show what would stay
    #[arg(long)]
    dry_run: bool,
}

/// Saves what a customer prefers; what is not named stays.
pub fn prefer(args: PreferArgs, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let page = desk.read(|db| reads::customer_page(db, args.id, desk.today()))?;
    let page = page.ok_or_else(|| Fault::unknown("customer", args.id))?;
    let mut draft = PreferenceDraft::of(&page.preferences);
    for (said, field) in [
        (args.months, &mut draft.months),
        (args.every, &mut draft.frequency),
        (args.method, &mut draft.method),
        (args.channel, &mut draft.channel),
        (args.likes, &mut draft.text),
    ] {
        if let Some(said) = said {
            *field = said;
        }
    }
    let done = desk.perform(Action::SetPreferences { customer: args.id, draft: Box::new(draft) })?;
    out.answer(&show::shown(desk, args.id, Some(&done))?)
}

/// Merges two customers.
pub fn merge(args: &MergeArgs, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let action = Action::MergeCustomers { kept: args.keep, merged: args.merged };
    let moves = desk.read(|db| reads::moves_of_merge(db, args.merged))?;
    let (id, sentence) = (
        args.keep,
        if args.dry_run {
            desk.try_out(&action, |_, _| Ok(()))?;
            "Nothing was done: this is what would be read as the kept one's.".to_owned()
        } else {
            said(&desk.perform(action)?)
        },
    );
    let json = json!({ "id": id, "merged": args.merged, "moves": moves, "dry_run": args.dry_run, "said": sentence });
    out.answer(&Answer::new(json).say(sentence).say(moved(&moves)))
}

/// What moves, in words.
fn moved(moves: &reads::Moves) -> String {
    let some = [
        (moves.orders, "order"),
        (moves.subscriptions, "subscription"),
        (moves.payments, "payment"),
        (moves.invoices, "invoice"),
        (moves.receipts, "receipt"),
        (moves.notes, "note"),
    ];
    let mut parts: Vec<String> = some.into_iter().map(|(number, one)| count(number, one)).collect();
    parts.push(if moves.addresses == 1 { "1 address".to_owned() } else { format!("{} addresses", moves.addresses) });
    format!("{}.", parts.join(", "))
}

/// Erases the personal data of a customer.
pub fn anonymise(args: &AnonymiseArgs, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let action = Action::EraseCustomer(args.id);
    let kept = desk.read(|db| reads::kept_of_erased(db, args.id))?;
    let sentence = if args.dry_run {
        desk.try_out(&action, |_, _| Ok(()))?;
        "Nothing stands in the way; nothing was erased yet.".to_owned()
    } else {
        said(&desk.perform(action)?)
    };
    let backups = "Older backups and printed papers still have it.";
    let json = json!({
        "id": args.id, "erased": !args.dry_run, "kept": kept, "kept_in_words": stays(&kept), "said": sentence, "note": backups,
    });
    out.answer(&Answer::new(json).say(sentence).say(backups))
}

/// Lists the notes on a customer.
pub fn notes(id: CustomerId, desk: &Desk, out: &mut Out) -> Result<()> {
    let found = desk.read(|db| reads::customer_notes(db, id, usize::MAX))?;
    whole(&found, View::of(desk)?, out)
}

/// What a note asked for is done.
pub fn follow_up(id: NoteId, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(Action::FollowUp(id))?;
    out.answer(&Answer::new(json!({ "id": id, "said": said(&done) })).say(said(&done)))
}
