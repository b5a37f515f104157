//! How a customer pays: a card as its last four digits, a mandate, or just the way.

use crate::domain::id::CustomerId;
use crate::domain::method::Method;
use crate::tui::desk::{Action, Desk, MethodDraft};
use crate::tui::forms::{Field, Form, Read};
use crate::tui::reply::Reply;
use crate::tui::things::settling::mark_paid::methods;

/// A payment method in the making.
#[derive(Debug)]
pub struct PayMethod {
    customer: CustomerId,
    name: String,
}

impl PayMethod {
    /// The form for a customer.
    pub fn new(customer: CustomerId, name: &str) -> Self {
        Self { customer, name: name.to_owned() }
    }
}

/// Shows the fields of the chosen kind.
fn show(fields: &mut [Field]) {
    let kind = fields.iter().find(|field| field.name == "kind").map(Field::value).unwrap_or_default();
    for field in fields.iter_mut() {
        field.is_hidden = match field.name.as_ref() {
            "brand" | "last_four" | "expires" | "processor" | "token" => kind != "card",
            "mandate" | "mandate_on" => kind != "direct_debit",
            _ => false,
        };
    }
}

impl Form for PayMethod {
    fn title(&self) -> String {
        "Payment method".to_owned()
    }

    fn head(&self, _desk: &Desk) -> Vec<String> {
        vec![format!("Customer      {}", self.name)]
    }

    fn fields(&self, desk: &Desk) -> Vec<Field> {
        let style = crate::tui::desk::style(desk);
        let mut fields = vec![
            Field::choice("kind", "Pays by", methods(), Method::Card.code()).hint("F4 list"),
            Field::text("brand", "Brand").width(20),
            Field::text("last_four", "Last four").width(8).hint("digits, never the whole number"),
            Field::text("expires", "Ends with").width(8).hint("as on the card: 09/27"),
            Field::text("processor", "Processor").width(20),
            Field::text("token", "Token"),
            Field::text("mandate", "Mandate"),
            Field::date("mandate_on", "Signed on", None, desk.today(), style),
            Field::check("default", "Default", false).hint("used unless another is named"),
        ];
        show(&mut fields);
        fields
    }

    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        if name == "kind" {
            show(fields);
        }
    }

    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        vec!["After saving: you can mark payments as paid with it; nothing is charged automatically.".to_owned()]
    }

    fn submit(&self, read: &mut Read<'_>, _desk: &Desk) -> Option<Reply> {
        let kind = read.chosen::<Method>("kind")?;
        let mandate_on = if kind == Method::DirectDebit { read.date_if_any("mandate_on")? } else { None };
        let draft = MethodDraft {
            customer: Some(self.customer),
            kind,
            brand: read.text("brand"),
            last_four: read.text("last_four"),
            expires: read.text("expires"),
            processor: read.text("processor"),
            token: read.text("token"),
            mandate_reference: read.text("mandate"),
            mandate_on,
            is_default: read.is_on("default"),
        };
        Some(Reply::perform(Action::AddMethod(Box::new(draft))))
    }
}
