//! The lines of the page in their order: the settings of the shop, and what else is chosen here.

use crate::services::actions::shop_settings::setting;

/// Where a line stands, how it is called and what it is for.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) key: &'static str,
    pub(super) part: &'static str,
    pub(super) label: &'static str,
    pub(super) about: &'static str,
}

/// The keys of the lines, from the top.
pub(super) const ORDER: &[&str] = &[
    "name",
    "address",
    "country",
    "email",
    "phone",
    "website",
    "tax_number",
    "registration_number",
    "logo",
    "font",
    "time_zone",
    "currency",
    "number_style",
    "date_style",
    "prices",
    "tax_rate",
    "tax_law",
    "tax_rounding",
    "language",
    "invoice_numbers",
    "credit_note_numbers",
    "receipt_numbers",
    "lead_days",
    "cancel_running_period",
    "early_return",
    "use_credit",
    "tax_on_damage",
    "tax_on_cleaning",
    "legal_text",
    "payment_instructions",
    "bank_name",
    "bank_holder",
    "iban",
    "bic",
    "bank_account",
    "locked_until",
    "theme",
    "operator",
    "backup",
];

const fn word(key: &'static str, part: &'static str, label: &'static str, about: &'static str) -> Word {
    Word { key, part, label, about }
}

/// What is no setting of the shop, or no text.
const OTHERS: &[Word] = &[
    word("logo", "Shop", "Logo", "A PNG, JPEG or SVG picture; new papers show it."),
    word(
        "font",
        "Shop",
        "Font for other scripts",
        "Shows names the built-in fonts cannot: East Asian, Hebrew, Arabic.",
    ),
    word(
        "tax_law",
        "Money",
        "Tax rate changed by law",
        "From a day on, for contracts that run too; counted before it is saved.",
    ),
    word("theme", "Here", "Colours", "Tried at once; rentbook --theme NAME starts with them."),
    word("operator", "Here", "Who works here", "Noted beside everything you do; rentbook --operator NAME changes it."),
    word("backup", "Here", "Backups", "Made by itself each day; Enter makes one now."),
];

/// The words of a line.
pub(super) fn word_of(key: &str) -> Option<Word> {
    let own = setting(key).map(|one| word(one.key, one.group, one.label, one.about));
    own.or_else(|| OTHERS.iter().find(|word| word.key == key).copied())
}
