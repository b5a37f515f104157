//! Billing groups and their members.

use crate::services::reads::{GroupRow, MemberRow};
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing::Seen;
use crate::shown::view::View;

type Group = Column<GroupRow>;
type Member = Column<MemberRow>;

impl Listed for GroupRow {
    const ONE: &'static str = "group";
    const COLUMNS: &'static [Column<Self>] = &[
        Group::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Group::new("name", |row, _| (&row.name).into())
            .table("NAME", Side::Left)
            .words("Group", Width::AtLeast(20))
            .rising("name"),
        Group::new("contact", |row, _| (&row.contact_name).into())
            .table("CONTACT", Side::Left)
            .words("Contact", Width::AtLeast(14)),
        Group::new("email", |row, _| (&row.email).into()).words("Email", Width::AtLeast(18)),
        Group::new("terms", |row, _| row.terms_days.into()),
        Group::new("members", |row, _| row.member_count.into())
            .table("MEMBERS", Side::Right)
            .numbers("Members", 7)
            .quiet(),
        Group::new("active_subscriptions", |row, _| row.active_subscriptions.into()).numbers("Subs", 5).quiet(),
        Group::new("billing_day", |row, _| row.billing_day.into()).table("BILLED ON", Side::Right),
        Group::new("last_billed_on", |row, _| row.last_billed_on.into()).words("Last billed", Width::Exact(11)),
        Group::new("monthly_income", |row, _| row.monthly.into())
            .table("MONTHLY", Side::Right)
            .numbers("Monthly", 11)
            .quiet(),
        Group::new("outstanding", |row, _| row.outstanding.into())
            .table("OPEN", Side::Right)
            .numbers("Open", 11)
            .quiet(),
        Group::new("overdue", |row, _| row.overdue.into())
            .table("OVERDUE", Side::Right)
            .numbers("Overdue", 11)
            .seen(overdue),
        Group::new("credit", |row, _| row.credit.into()),
        Group::new("currency", |row, _| row.outstanding.currency().code().into()),
    ];
}

/// The list of groups.
pub const LIST: &[Place] = &[
    at("name", 9),
    at("members", 7),
    at("active_subscriptions", 4),
    at("monthly_income", 6),
    at("outstanding", 8),
    at("overdue", 5),
    at("last_billed_on", 3),
    at("contact", 2),
    at("email", 1),
];

fn overdue(row: &GroupRow, view: View) -> Seen {
    if row.overdue.is_zero() {
        Seen::default()
    } else {
        Seen::late(format!("! {}", view.style.amount(row.overdue)), true)
    }
}

impl Listed for MemberRow {
    const ONE: &'static str = "member";
    const COLUMNS: &'static [Column<Self>] = &[
        Member::new("id", |row, _| row.customer_id.into()),
        Member::new("customer", |row, _| row.customer_id.into()).table("CUSTOMER", Side::Right),
        Member::new("customer_name", |row, _| (&row.name).into()).table("NAME", Side::Left),
        Member::new("email", |row, _| (&row.email).into()).table("EMAIL", Side::Left),
        Member::new("joined_on", |row, _| row.joined_on.into()).table("SINCE", Side::Code),
        Member::new("left_on", |row, _| row.left_on.into()).table("UNTIL", Side::Code),
        Member::new("active_subscriptions", |row, _| row.active_subscriptions.into()).table("ACTIVE", Side::Right),
        Member::new("monthly_income", |row, _| row.monthly.into()).table("MONTHLY", Side::Right),
        Member::new("currency", |row, _| row.monthly.currency().code().into()),
    ];
}
