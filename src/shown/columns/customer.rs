//! Customers, their addresses and notes.

use crate::services::reads::{AddressRow, CustomerRow, NoteRow};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing::{Seen, Standing};
use crate::shown::view::View;

type Customer = Column<CustomerRow>;
type Address = Column<AddressRow>;
type Note = Column<NoteRow>;

impl Listed for CustomerRow {
    const ONE: &'static str = "customer";
    const COLUMNS: &'static [Column<Self>] = &[
        Customer::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Customer::new("name", |row, _| (&row.name).into())
            .table("NAME", Side::Left)
            .words("Name", Width::AtLeast(28))
            .rising("name"),
        Customer::new("kind", |row, _| Cell::Word(row.kind.code(), row.kind.word())),
        Customer::new("company", |row, _| (&row.company).into()),
        Customer::new("email", |row, _| (&row.email).into())
            .table("EMAIL", Side::Left)
            .words("Email", Width::AtLeast(22)),
        Customer::new("phone", |row, _| (&row.phone).into()).words("Phone", Width::AtLeast(15)),
        Customer::new("group", |row, _| row.group_id.into()),
        Customer::new("group_name", |row, _| row.group_name.as_deref().into()).words("Group", Width::AtLeast(10)),
        Customer::new("class", |row, _| row.class_id.into()),
        Customer::new("joined_on", |row, _| row.joined_on.into()).words("Since", Width::Exact(11)).falling("joined"),
        Customer::new("closed_on", |row, _| row.closed_on.into()),
        Customer::new("active_subscriptions", |row, _| row.active_subscriptions.into()).table("ACTIVE", Side::Right),
        Customer::new("subscriptions", |row, _| row.subscriptions.into())
            .numbers("Subs", 5)
            .seen(|row, _| match row.subscriptions {
                0 => Seen::default(),
                all => format!("{}/{all}", row.active_subscriptions).into(),
            })
            .falling("subscriptions"),
        Customer::new("lifetime_value", |row, _| row.lifetime_value.into())
            .table("LIFETIME", Side::Right)
            .numbers("Lifetime", 11)
            .quiet()
            .falling("ltv"),
        Customer::new("outstanding", |row, _| row.outstanding.into())
            .table("OPEN", Side::Right)
            .numbers("Owes", 10)
            .seen(owes),
        Customer::new("overdue", |row, _| row.overdue.into()).table("OVERDUE", Side::Right),
        Customer::new("credit", |row, _| row.credit.into()),
        Customer::new("currency", |row, _| row.lifetime_value.currency().code().into()),
        Customer::told("standing", |_, _| Cell::Nothing).words("", Width::Exact(9)).seen(standing),
    ];
}

/// The list of customers.
pub const LIST: &[Place] = &[
    at("name", 9),
    at("email", 5),
    at("phone", 3),
    at("group_name", 2),
    at("subscriptions", 6),
    at("lifetime_value", 7),
    at("outstanding", 8),
    at("standing", 8),
    at("joined_on", 1),
];

fn owes(row: &CustomerRow, view: View) -> Seen {
    let owes = if row.outstanding.is_zero() { String::new() } else { view.style.amount(row.outstanding) };
    Seen::late(owes, row.overdue.minor() > 0)
}

/// Where a customer stands, in a word.
fn standing(row: &CustomerRow, _view: View) -> Seen {
    if row.closed_on.is_some() {
        Standing::Cancelled.seen("Closed")
    } else if row.overdue.minor() > 0 {
        Standing::Overdue.seen("Overdue")
    } else if row.outstanding.minor() > 0 {
        Standing::Pending.seen("Owes")
    } else if row.active_subscriptions > 0 {
        Standing::Paid.seen("Active")
    } else {
        Seen::default()
    }
}

impl Listed for AddressRow {
    const ONE: &'static str = "row";
    const COLUMNS: &'static [Column<Self>] = &[
        Address::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Address::new("kind", |row, _| (&row.kind).into()).table("KIND", Side::Left),
        Address::new("label", |row, _| (&row.label).into()).table("LABEL", Side::Left),
        Address::told("address", |row, _| Cell::Text(row.address().one_line())).table("ADDRESS", Side::Left),
        Address::new("line1", |row, _| (&row.line1).into()),
        Address::new("line2", |row, _| (&row.line2).into()),
        Address::new("postcode", |row, _| (&row.postcode).into()),
        Address::new("city", |row, _| (&row.city).into()),
        Address::new("region", |row, _| (&row.region).into()),
        Address::new("country", |row, _| (&row.country).into()),
        Address::new("is_default", |row, _| row.is_default.into()),
        Address::new("from_on", |row, _| row.from_on.into()).table("FROM", Side::Code),
        Address::new("to_on", |row, _| row.to_on.into()).table("UNTIL", Side::Code).said(|row, view| match row.to_on {
            Some(day) => view.day(day),
            None if row.is_default => "default".to_owned(),
            None => String::new(),
        }),
    ];
}

impl Listed for NoteRow {
    const ONE: &'static str = "note";
    const COLUMNS: &'static [Column<Self>] = &[
        Note::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Note::new("customer", |row, _| row.customer_id.into()),
        Note::new("customer_name", |row, _| (&row.customer_name).into()),
        Note::new("noted_on", |row, _| row.noted_on.into()).table("DATE", Side::Code),
        Note::new("kind", |row, _| (&row.kind).into()).table("HOW", Side::Left),
        Note::new("operator", |row, _| (&row.operator).into()).table("WHO", Side::Left),
        Note::new("summary", |row, _| (&row.summary).into())
            .table("WHAT WAS SAID", Side::Left)
            .said(|row, _| row.summary.lines().next().unwrap_or_default().to_owned()),
        Note::new("follow_up_on", |row, _| row.follow_up_on.into()).table("FOLLOW UP", Side::Left).said(follow_up),
        Note::new("follow_up_action", |row, _| (&row.follow_up_action).into()),
        Note::new("followed_up_on", |row, _| row.followed_up_on.into()),
    ];
}

fn follow_up(row: &NoteRow, view: View) -> String {
    match (row.follow_up_on, row.followed_up_on) {
        (_, Some(done)) => format!("done {}", view.day(done)),
        (Some(on), None) => format!("{} {}", view.day(on), row.follow_up_action),
        (None, None) => String::new(),
    }
}
