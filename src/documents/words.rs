//! The words printed on papers, one table a language.

/// Language of a paper's labels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Deutsch.
    German,
    /// Français.
    French,
    /// Español.
    Spanish,
}

crate::domain::format::coded!(Language { English = "en", German = "de", French = "fr", Spanish = "es" });
