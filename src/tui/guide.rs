//! What each page is for, and how its three jobs are done: the upper half of the help (F1).

use super::keymap::Context;
use super::place::{Place, Tab};

/// A job and its steps.
pub type Job = (&'static str, &'static str);

/// What a page is for, and its jobs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guide {
    pub about: &'static str,
    pub jobs: [Job; 3],
}

const TODAY: Guide = Guide {
    about: "Today shows what waits for you: late and failed payments, invoices to approve, messages to send. Each morning \
            rentbook has already written the invoices that are due.",
    jobs: [
        ("Work through the list", "Up and Down to a line, Enter shows the rows behind it. Esc comes back."),
        ("Find anything", "Just type: a name, an email, a phone number, an invoice number, an amount. Enter opens it."),
        ("Take a payment", "Type the end of the invoice number, F8, the reference of the bank, F2."),
    ],
};

const CUSTOMERS: Guide = Guide {
    about: "All customers, people and companies, with what they rent and what they owe.",
    jobs: [
        ("Find a customer", "Type a part of the name, email or phone. Left and Right change the view, F4 filters."),
        ("Add a customer", "F6, fill in the name, Enter goes from field to field, F2 saves."),
        (
            "Take a payment",
            "Put the cursor on the customer, F8, amount and reference, F2: the oldest debt is paid first.",
        ),
    ],
};

const PAYMENTS: Guide = Guide {
    about: "A payment is what a customer owes for one period. Here you see what is open, late, failed or paid.",
    jobs: [
        (
            "Mark a transfer as paid",
            "Type the end of the invoice number, F8, the reference of the bank, F2. Ctrl+Z undoes.",
        ),
        ("One transfer for several", "Space marks each row, then F8: one receipt pays them all."),
        ("Give money back", "Right to the view Paid, choose the payment, F9, Refund."),
    ],
};

const GROUPS: Guide = Guide {
    about: "A billing group is several customers on one invoice: the departments of a company, a shared house.",
    jobs: [
        ("Make a group", "F6, its name and address, F2. Then Enter on the group, and F6 adds each member."),
        ("Send the invoice of a month", "F8 on the group, choose the month, F2: one invoice for all members."),
        ("See who is in it", "Enter opens the group with its members, payments and invoices."),
    ],
};

const INVOICES: Guide = Guide {
    about: "All invoices and credit notes: drafts to approve, what is open, what is paid.",
    jobs: [
        ("Print an invoice", "Type its number, F7: its PDF opens. Space marks several, F7 makes them all."),
        ("Approve drafts", "Left to the view Drafts, read the invoice with Enter, F8 approves and numbers it."),
        ("Bill something extra", "F6: a customer, a text, a price, F2. It is issued at once."),
    ],
};

const REPORTS: Guide = Guide {
    about: "The figures of the shop: income, what is open and how old it is, what failed, what is still to come.",
    jobs: [
        ("Choose the period", "Left and Right go from period to period; F4 chooses dates, currency and segment."),
        (
            "See what is behind a figure",
            "Up and Down to a box, Enter lists its lines, Enter again goes to the payments.",
        ),
        ("Take figures elsewhere", "Look for \"export\" in F10; rentbook report --help has them all as CSV and JSON."),
    ],
};

const CUSTOMER: Guide = Guide {
    about: "Everything about one customer: what they rent, owe and paid, their addresses, notes and ways to pay.",
    jobs: [
        ("Take a payment", "F8, amount and reference, F2: the oldest debt is paid first."),
        ("Rent something out", "F6 starts a new order for this customer."),
        ("Write down a call", "Tab to Notes, F6, the note and when to follow up, F2. It comes back on Today."),
    ],
};

const SUBSCRIPTION: Guide = Guide {
    about: "One contract: what is rented, from when to when, at which price, and every period of it.",
    jobs: [
        (
            "Change the contract",
            "F9: pause, extend, another price, upgrade, another asset. It says what changes before you save.",
        ),
        ("End it", "F9: cancel, return early, buy out. The money that is owed or given back is shown first."),
        ("Take a payment", "Up and Down to the period, F8, the reference, F2."),
    ],
};

const ORDER: Guide = Guide {
    about: "One order: the contracts in it, its agreement to sign, and the invoices it led to.",
    jobs: [
        ("Confirm a draft", "F8: the contracts begin and what is due is billed at once."),
        ("Print the agreement", "F7: a PDF to sign."),
        ("Do the same once more", "F9, New order like this one."),
    ],
};

const PAYMENT: Guide = Guide {
    about: "One payment: what is owed, the money that came for it, and what happened to it.",
    jobs: [
        ("Mark it as paid", "F8, the reference of the bank, F2. Ctrl+Z undoes."),
        ("Give money back", "F9, Refund: amount and reason, F2."),
        ("The customer does not have to pay", "F9: Waive the rest, Cancel, or a credit note. Each says what it does."),
    ],
};

const INVOICE: Guide = Guide {
    about: "One invoice: its lines, the money that came for it, how it was sent.",
    jobs: [
        ("Print or send it", "F7 opens its PDF; F9, Send makes the mail."),
        ("Take a payment", "F8, the reference of the bank, F2."),
        ("Correct it", "An issued invoice never changes. F9: a credit note, or void it and bill again."),
    ],
};

const GROUP: Guide = Guide {
    about: "One billing group: its members, who pays, and its invoices.",
    jobs: [
        ("Make the invoice of a month", "F8, choose the month, F2."),
        ("Add a member", "F6, type the name, F2. From now on their payments are billed to the group."),
        ("Print a statement of account", "F9, Statement of account, first and last day, F2."),
    ],
};

const NEW_ORDER: Guide = Guide {
    about: "Renting something out, in four steps: who, what, where and how, check. Nothing is saved before the last one.",
    jobs: [
        (
            "Go forward",
            "F2 goes to the next step; Enter goes from field to field. Esc goes back, nothing typed is lost.",
        ),
        ("Choose from a list", "F4 in a field lists what fits; type to narrow it. F6 makes a new customer or product."),
        ("Finish", "The last step shows every payment to come. F2 saves and bills what is due by today."),
    ],
};

const PRODUCTS: Guide = Guide {
    about: "What you rent out: products with their monthly price, and the assets on your shelf with serial numbers.",
    jobs: [
        ("Add a product", "F6: name, variant, monthly price, F2."),
        ("Add an asset", "F8 on its product: the serial number and what it cost, F2."),
        ("See where an asset is", "Enter on a product lists its assets and who has them."),
    ],
};

const MESSAGES: Guide = Guide {
    about: "Letters and mails to customers: invoices, reminders, notices of changes.",
    jobs: [
        ("Read one", "Enter shows it as the customer gets it."),
        ("Send one", "F7 opens it in your mail program; F9 marks it as sent when it went another way."),
        ("Stop one", "F9, Cancel: it is kept, but not sent."),
    ],
};

const SETTINGS: Guide = Guide {
    about: "The shop's name, how it bills, what its papers say.",
    jobs: [
        ("Change a setting", "Up and Down to it, Enter, the new value, F2. Ctrl+Z undoes."),
        ("Put your logo on papers", "Enter on Logo, the path of the picture, F2."),
        ("Close a month", "Enter on Closed up to, the last day that is done: nothing before it changes any more."),
    ],
};

const OTHER: Guide = Guide {
    about: "A page of rentbook.",
    jobs: [
        ("See what can be done here", "The line at the bottom names the keys; F9 lists the rest."),
        ("Find a command", "F10, and type what you want to do in your own words."),
        ("Go back", "Esc, one step at a time. It never leaves rentbook and never loses what you saved."),
    ],
};

const FRONT: Guide = Guide {
    about: "The beginning: your own shop, a made-up shop to try things in, or a book that exists already.",
    jobs: [
        ("Set up your shop", "Enter on the first line: name, country, bank, F2. All of it can be changed later."),
        ("Look around first", "Enter on the second line: a made-up shop with sixty customers, in a file of its own."),
        ("Open a book", "Enter on the third line and type where the file is."),
    ],
};

const FORM: Guide = Guide {
    about: "A form. Nothing is saved until you press F2; a line at its end says what saving will do.",
    jobs: [
        (
            "Fill it in",
            "Enter goes to the next field, Shift+Tab back. F4 lists what fits. Dates: 17, 17/11, t is today, + a day later.",
        ),
        ("Save", "F2 from any field. What is wrong is said under its field, and nothing typed is lost."),
        ("Leave without saving", "Esc; if something was typed, it asks first."),
    ],
};

const LIST: Guide = Guide {
    about: "A list to choose from.",
    jobs: [
        ("Narrow it", "Type a part of what you look for; Backspace widens it again."),
        ("Choose", "Up and Down, Enter. In short lists the letter before a line chooses it."),
        ("Leave it", "Esc closes it and nothing happens."),
    ],
};

const ACTIVITY: Guide = Guide {
    about: "Everything that was done in this book: who, when, what, and what of it can be taken back.",
    jobs: [
        ("Take a step back", "Type who, what or whom, put the cursor on the step, F8. What depends on it says no."),
        ("See what can be taken back", "Right to the view Can be taken back."),
        ("Open what it was about", "Enter."),
    ],
};

const ORDERS: Guide = Guide {
    about: "All orders: drafts to confirm, what was confirmed, what was cancelled.",
    jobs: [
        ("Confirm a draft", "Right to the view Drafts, Enter reads the order, F8 confirms it."),
        ("Print an agreement", "Put the cursor on the order, F7: its PDF opens."),
        ("Take an order", "F6 begins a new one; F9, Order the same again, begins with the items of this one."),
    ],
};

const SUBSCRIPTIONS: Guide = Guide {
    about: "All contracts: what runs, what is paused, what is over; the search knows serial numbers too.",
    jobs: [
        ("Find who has a device", "Type its serial number or the product; Enter opens the contract."),
        ("Change a contract", "F9: extend, pause, another price, another asset. Each says what it changes."),
        ("See what ends next", "F4 turns the list: what ends first stands first."),
    ],
};

const DEPOSITS: Guide = Guide {
    about: "All deposits: what the shop holds, what is not paid yet, what went back and what was kept.",
    jobs: [
        ("Give a deposit back", "Put the cursor on it, F8: how much is kept, and why, F2."),
        ("Take a deposit", "Right to the view Unpaid, F8, the reference, F2."),
        ("See the contract", "Enter."),
    ],
};

const RECEIPTS: Guide = Guide {
    about: "All money that came in: by number, reference, amount or payer, and what is left of it as credit.",
    jobs: [
        ("Print a receipt", "Put the cursor on it, F7: its PDF opens."),
        (
            "A check or debit came, or bounced",
            "Right to the view On its way, F8 says that it came; F9, that it bounced.",
        ),
        ("Give credit back", "Right to the view With credit, F9, Refund."),
    ],
};

const CREDIT_NOTES: Guide = Guide {
    about: "All credit notes: what was taken back of which invoice, and why.",
    jobs: [
        ("Print a credit note", "Put the cursor on it, F7: its PDF opens."),
        ("See the invoice", "Enter."),
        ("Write one", "On an invoice or payment: F9, Credit note."),
    ],
};

/// The guide of a page; before there is a book, none has a place.
pub const fn of_page(place: Option<&Place>) -> &'static Guide {
    let Some(place) = place else { return &FRONT };
    match place {
        Place::Tab(tab) | Place::Rows(tab, _) => match tab {
            Tab::Today => &TODAY,
            Tab::Customers => &CUSTOMERS,
            Tab::Payments => &PAYMENTS,
            Tab::Groups => &GROUPS,
            Tab::Invoices => &INVOICES,
            Tab::Reports => &REPORTS,
        },
        Place::Customer(_) | Place::CustomerIn(..) => &CUSTOMER,
        Place::Subscription(_) => &SUBSCRIPTION,
        Place::Order(_) => &ORDER,
        Place::Payment(_) => &PAYMENT,
        Place::Invoice(_) => &INVOICE,
        Place::Group(_) => &GROUP,
        Place::NewOrder(_) | Place::OrderAgain(_) => &NEW_ORDER,
        Place::Undoable => &ACTIVITY,
        Place::Page(name) => named(name),
    }
}

const fn named(name: &str) -> &'static Guide {
    match name.as_bytes() {
        b"new order" => &NEW_ORDER,
        b"products" => &PRODUCTS,
        b"messages" => &MESSAGES,
        b"activity" => &ACTIVITY,
        b"orders" => &ORDERS,
        b"subscriptions" => &SUBSCRIPTIONS,
        b"deposits" => &DEPOSITS,
        b"receipts" => &RECEIPTS,
        b"credit notes" => &CREDIT_NOTES,
        b"shop settings" => &SETTINGS,
        _ => &OTHER,
    }
}

/// The guide of a dialog.
pub const fn of_dialog(context: Context) -> &'static Guide {
    match context {
        Context::Form | Context::Notes => &FORM,
        _ => &LIST,
    }
}
