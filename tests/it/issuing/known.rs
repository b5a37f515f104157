//! What was known to be wrong, and is right now: deposits beside whole credit notes, expected income, accounts of merged
//! customers, groups that were credited, the words of mails in four languages (F40).

use rentbook::domain::id::{CustomerId, PaymentId, SubscriptionId};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::group::GroupDraft;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::sending::SendDraft;
use rentbook::services::actions::subscription::Change;
use rentbook::services::papers::Copy;
use rentbook::services::reads::{self, Whose, reports};
use rentbook::services::{Action, Desk, Outcome, Payer};

use super::{euro_shop, extra, extra_at, sound};
use crate::fixture::{change, date, group_of_two, item, order, person, transfer, variant};
use crate::papers::made::pages;

#[test]
fn a_credit_note_over_a_whole_invoice_says_that_the_deposit_stays_and_the_paper_names_the_note() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let (ana, tent) = (person(&mut desk, "Ito"), variant(&mut desk, "Tent", "60.00"));
    let with_deposit = ItemDraft { deposit: "100".into(), ..item(tent, "2026-03-02", 3) };
    order(&mut desk, ana, vec![with_deposit]);
    let draft = CreditDraft { reason: "it rained".into(), ..CreditDraft::default() };
    let first = super::invoices(&desk)[0].id;
    let done = desk.perform(Action::Credit { invoice: first, draft: Box::new(draft) }).unwrap();
    let Outcome::Credited(note) = &done.outcome else { panic!("{done:?}") };
    assert!(
        done.said.ends_with("The deposit of 100.00 is not part of it: return it, or credit its own line."),
        "{}",
        done.said
    );
    let Some(pages) = pages(&desk.invoice_paper(first, Copy::Current).unwrap().bytes) else { return };
    assert!(pages[0].contains(&format!("Credit note {}", note.number)), "{}", pages[0]);
    sound(&desk);
}

#[test]
fn expected_income_leaves_out_the_days_of_pauses_to_come_and_takes_each_period_at_its_price() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let (ana, tent) = (person(&mut desk, "Ito"), variant(&mut desk, "Tent", "60.00"));
    order(&mut desk, ana, vec![item(tent, "2026-03-02", 12)]);
    let today = desk.today();
    let upcoming = |desk: &Desk| {
        let rows = desk.read(|db| reports::expected(db, today, &Whose::Everybody)).unwrap();
        rows.iter().map(|row| format!("{} {}", row.days, row.upcoming)).collect::<Vec<_>>()
    };
    assert_eq!(upcoming(&desk), ["30 0.00", "60 60.00", "90 120.00"]);
    // April is paused from end to end, and May costs more.
    change(&mut desk, SubscriptionId(1), Change::Pause { from: date("2026-04-02"), to: Some(date("2026-05-02")) });
    change(&mut desk, SubscriptionId(1), Change::Reprice { price: "80".into(), from: Some(date("2026-05-02")) });
    assert_eq!(upcoming(&desk), ["30 0.00", "60 0.00", "90 80.00"]);
}

#[test]
fn the_account_on_a_paper_is_that_of_all_who_are_merged_whichever_of_them_it_names() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let (ana, ben) = (person(&mut desk, "Ito"), person(&mut desk, "Ito-Ruiz"));
    extra_at(&mut desk, ana, "Cleaning", "100", "0");
    let of_ben = extra_at(&mut desk, ben, "Repair", "50", "0");
    desk.perform(Action::MergeCustomers { kept: ana, merged: ben }).unwrap();
    let owed = |id: CustomerId| {
        desk.read(|db| rentbook::store::billing::account_of(db, Payer::Customer(id))).unwrap().balance()
    };
    assert_eq!((owed(ana), owed(ben)), (15_000, 15_000));
    assert!(desk.invoice_paper(of_ben, Copy::Current).is_ok());
}

#[test]
fn what_a_group_paid_is_money_and_its_monthly_sum_follows_new_prices() {
    let (mut desk, hand) = euro_shop("2026-03-01");
    let tent = variant(&mut desk, "Tent", "60.00");
    let draft = GroupDraft { name: "Acme".into(), billing_day: "1".into(), ..GroupDraft::default() };
    let group = group_of_two(&mut desk, draft, &item(tent, "2026-03-01", 12));
    desk.perform(Action::InvoiceGroup { group, month: date("2026-03-01") }).unwrap();
    let bill = super::invoices(&desk)[0].id;
    let money = transfer(&desk, Target::Invoices(vec![bill]), "71.40", "BT-1");
    desk.perform(Action::Receive(Box::new(money))).unwrap();
    let lines = vec![(PaymentId(2), String::new())];
    let draft = CreditDraft { lines, reason: "late".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: bill, draft: Box::new(draft) }).unwrap();
    change(&mut desk, SubscriptionId(1), Change::Reprice { price: "80".into(), from: Some(date("2026-04-01")) });
    let page = |desk: &Desk| desk.read(|db| reads::group_page(db, group, desk.today())).unwrap().unwrap();
    let now = page(&desk);
    let told = |page: &reads::GroupPage| format!("{} {}", page.performance.paid, page.performance.outstanding);
    assert_eq!((told(&now).as_str(), now.row.monthly.to_string().as_str()), ("71.40 0.00", "120.00"));
    hand.set("2026-04-01");
    let then = page(&desk);
    let members: Vec<String> = then.members.iter().map(|member| member.monthly.to_string()).collect();
    assert_eq!(
        (then.row.monthly.to_string().as_str(), members),
        ("140.00", vec!["80.00".to_owned(), "60.00".to_owned()])
    );
    sound(&desk);
}

// F40
#[test]
fn the_mail_says_what_bank_lines_are_when_it_was_due_and_what_credit_was_in_four_languages() {
    for (language, holder, due, was_due, credit) in [
        ("en", "Account holder", "are due on", "were due on", "From credit"),
        ("de", "Kontoinhaber", "fällig", "waren am", "Aus Guthaben"),
        ("fr", "Titulaire", "sont à payer", "étaient à payer", "Avoir utilisé"),
        ("es", "Titular", "Vencen", "Vencieron", "Con saldo a favor"),
    ] {
        let (mut desk, hand) = euro_shop("2026-01-02");
        for (key, value) in [("language", language), ("bank_holder", "Hafen GmbH")] {
            if value != "en" {
                let _ = desk.perform(Action::ChangeSetting { key: key.into(), value: value.into() });
            }
        }
        let ana = person(&mut desk, "Ito");
        let id = extra(&mut desk, ana, "Cleaning", "100");
        let mail = |desk: &mut Desk| {
            let draft = SendDraft { invoices: vec![id], to: Some("ana@example.org".into()), ..SendDraft::default() };
            let Outcome::Messages(ids) = desk.perform(Action::SendInvoices(Box::new(draft))).unwrap().outcome else {
                panic!()
            };
            desk.outgoing(ids[0]).unwrap().body
        };
        let now = mail(&mut desk);
        assert!(now.contains(due) && !now.contains(was_due), "{now}");
        assert!(now.contains("IBAN DE89") && now.contains(holder), "{now}");
        hand.set("2026-01-20");
        let late = mail(&mut desk);
        assert!(late.contains(was_due), "{late}");
        // Money that came too much for another invoice, used for this one, is called what it is and bears no method.
        let next = extra(&mut desk, ana, "Repair", "50");
        let mut more = transfer(&desk, Target::Invoices(vec![next]), "200.00", "BT-2");
        more.keep_credit = true;
        desk.perform(Action::Receive(Box::new(more))).unwrap();
        hand.set("2026-01-25");
        let all = Action::UseCredit { target: Target::Invoices(vec![id]), amount: String::new() };
        desk.perform(all).unwrap();
        let Some(pages) = pages(&desk.invoice_paper(id, Copy::Current).unwrap().bytes) else { return };
        assert!(pages[0].contains(credit), "{language}: {}", pages[0]);
    }
}
