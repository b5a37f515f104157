//! What the settings are called, and what each is for.

/// Where a setting stands, how it is called and what it is for.
pub(super) struct Word {
    pub(super) key: &'static str,
    pub(super) part: &'static str,
    pub(super) label: &'static str,
    pub(super) about: &'static str,
}

const fn word(key: &'static str, part: &'static str, label: &'static str, about: &'static str) -> Word {
    Word { key, part, label, about }
}

/// Every setting, in the order of the page.
pub(super) const WORDS: &[Word] = &[
    word("name", "Shop", "Name", "As it stands on papers."),
    word("address", "Shop", "Address", "Separate lines with ;."),
    word("country", "Shop", "Country", ""),
    word("email", "Shop", "Email", "Printed on papers."),
    word("phone", "Shop", "Phone", "Printed on papers."),
    word("website", "Shop", "Website", "Printed on papers."),
    word("tax_number", "Shop", "VAT or tax number", "Printed on invoices."),
    word("registration_number", "Shop", "Trade register number", "Printed on invoices."),
    word("logo", "Shop", "Logo", "A PNG, JPEG or SVG picture; new papers show it."),
    word(
        "font",
        "Shop",
        "Font for other scripts",
        "Shows names the built-in fonts cannot: East Asian, Hebrew, Arabic.",
    ),
    word("time_zone", "Shop", "Time zone", "The business day begins at midnight there."),
    word("currency", "Money", "Currency", "For new customers; existing ones keep theirs."),
    word("number_style", "Money", "A large amount looks like", ""),
    word("date_style", "Money", "The third of December 2025", ""),
    word("prices", "Money", "Prices are written", "Of new payments; invoices that are out never change."),
    word("tax_rate", "Money", "Tax, percent", "For new products; existing ones keep theirs."),
    word(
        "tax_law",
        "Money",
        "Tax rate changed by law",
        "From a day on, for contracts that run too; counted before it is saved.",
    ),
    word("tax_rounding", "Money", "Tax is rounded", ""),
    word("language", "Money", "Language of papers", ""),
    word("invoice_numbers", "Invoices", "Number of an invoice", "{seq} is the running number, {year} the year."),
    word("credit_note_numbers", "Invoices", "Number of a credit note", "{seq} is the running number, {year} the year."),
    word("receipt_numbers", "Invoices", "Number of a receipt", "{seq} is the running number, {year} the year."),
    word(
        "lead_days",
        "Invoices",
        "Days before a period",
        "An invoice is made so many days before; with 0 nobody is reminded before it is due.",
    ),
    word(
        "cancel_running_period",
        "Invoices",
        "A cancelled subscription's period",
        "Whether the days that are left of it are given back.",
    ),
    word("early_return", "Invoices", "Fee of an early return, %", "Of the rent of the months that are left."),
    word(
        "use_credit",
        "Invoices",
        "New invoices use credit",
        "Whether the payer's credit is used automatically, oldest first, or only when you choose it.",
    ),
    word(
        "tax_on_damage",
        "Invoices",
        "Tax on kept for damage",
        "Whether what is kept of a deposit for damage is taxed.",
    ),
    word(
        "tax_on_cleaning",
        "Invoices",
        "Tax on kept for cleaning",
        "Whether what is kept of a deposit for cleaning is taxed.",
    ),
    word("legal_text", "Invoices", "Required legal text", "On every invoice and credit note; separate lines with |."),
    word("payment_instructions", "Invoices", "Payment instructions", "Printed below the bank details."),
    word("bank_name", "Bank", "Bank", "Printed on invoices."),
    word("bank_holder", "Bank", "Account holder", "Empty: the name of the shop."),
    word("iban", "Bank", "IBAN", "Printed on invoices, with a code to scan where they are in EUR."),
    word("bic", "Bank", "BIC", ""),
    word("bank_account", "Bank", "Or an account", "Where there is no IBAN; separate lines with ;."),
    word("locked_until", "Book", "Closed up to", "Nothing can be dated on or before that day."),
    word("theme", "Here", "Colours", "Tried at once; rentbook --theme NAME starts with them."),
    word("operator", "Here", "Who works here", "Noted beside everything you do; rentbook --operator NAME changes it."),
    word("backup", "Here", "Backups", "Made by itself each day; Enter makes one now."),
];
