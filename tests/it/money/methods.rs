//! Payment methods: one default, never a card's number.

use rentbook::domain::method::Method;
use rentbook::services::Action;
use rentbook::services::actions::methods::MethodDraft;

use super::{count, sound, text, undo, with_customer};
use crate::fixture::date;

#[test]
fn the_first_method_is_the_default_and_there_is_one_default_at_a_time() {
    let (mut desk, _, customer) = with_customer();
    let card = |last_four: &str| MethodDraft {
        customer: Some(customer),
        kind: Method::Card,
        brand: "Visa".into(),
        last_four: last_four.into(),
        expires: "09/27".into(),
        token: "tok_1".into(),
        ..MethodDraft::default()
    };
    let default = "SELECT COALESCE(SUM(id), 0) FROM payment_method WHERE is_default = 1";
    desk.perform(Action::AddMethod(Box::new(card("4242")))).unwrap();
    desk.perform(Action::AddMethod(Box::new(card("1881")))).unwrap();
    assert_eq!(count(&desk, default), 1);
    let done = desk.perform(Action::DefaultMethod(2)).unwrap();
    assert_eq!(done.said, "Visa 1881, 09/27 is the default now.");
    assert_eq!(count(&desk, default), 2);
    undo(&mut desk).unwrap();
    assert_eq!(count(&desk, default), 1);
    desk.perform(Action::RemoveMethod(1)).unwrap();
    assert_eq!(count(&desk, default), 2);
    assert!(desk.perform(Action::DefaultMethod(1)).unwrap_err().to_string().contains("was removed"));
    undo(&mut desk).unwrap();
    assert_eq!(count(&desk, default), 1);
    undo(&mut desk).unwrap();
    undo(&mut desk).unwrap();
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM payment_method WHERE removed_on IS NULL"), 0);
    sound(&desk);
}

#[test]
fn a_whole_card_number_is_refused_in_every_field() {
    let (mut desk, _, customer) = with_customer();
    let number = "4242 4242 4242 4242";
    for at in 0..4 {
        let mut draft = MethodDraft {
            customer: Some(customer),
            kind: Method::Card,
            last_four: "4242".into(),
            expires: "09/27".into(),
            ..MethodDraft::default()
        };
        let field = [&mut draft.brand, &mut draft.last_four, &mut draft.token, &mut draft.processor];
        for (number_at, field) in field.into_iter().enumerate() {
            if number_at == at {
                *field = number.into();
            }
        }
        let error = desk.perform(Action::AddMethod(Box::new(draft))).unwrap_err().to_string();
        assert!(error.contains("card number"), "{error}");
    }
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM payment_method"), 0);
}

#[test]
fn a_card_needs_its_month_and_a_debit_its_mandate() {
    let (mut desk, _, customer) = with_customer();
    let mut add = |draft: MethodDraft| {
        let draft = MethodDraft { customer: Some(customer), ..draft };
        desk.perform(Action::AddMethod(Box::new(draft))).map(|done| done.said).map_err(|error| error.to_string())
    };
    let card = MethodDraft { kind: Method::Card, last_four: "4242".into(), ..MethodDraft::default() };
    assert!(add(card.clone()).unwrap_err().starts_with("expires: "));
    assert_eq!(
        add(MethodDraft { expires: "10/25".into(), ..card }).unwrap_err(),
        "expires: that card has ended already"
    );
    let debit = MethodDraft { kind: Method::DirectDebit, ..MethodDraft::default() };
    assert!(add(debit.clone()).unwrap_err().starts_with("mandate: "));
    let debit = MethodDraft { mandate_reference: "M-17".into(), ..debit };
    assert!(add(debit.clone()).unwrap_err().starts_with("mandate on: "));
    let debit = MethodDraft { mandate_on: Some(date("2025-11-01")), ..debit };
    assert_eq!(add(debit).unwrap(), "Direct debit, mandate M-17 is kept.");
    assert_eq!(add(MethodDraft { kind: Method::Cash, ..MethodDraft::default() }).unwrap(), "Cash is kept.");
    assert_eq!(text(&desk, "SELECT group_concat(kind) FROM payment_method"), "direct_debit,cash");
}
