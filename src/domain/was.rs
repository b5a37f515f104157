//! What fields of a record held before they were changed: lines a person reads in the log, and undo reads back.
//!
//! One line a field, `Email was “ann@example.com”`. The values are lines themselves, so nothing in them ends one.

/// The fields that changed, with what they held before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Was {
    fields: Vec<(String, String)>,
}

impl Was {
    /// Notes a field where its value changed.
    pub fn note(&mut self, label: &str, before: &str, after: &str) {
        if before != after {
            self.fields.push((label.to_owned(), before.to_owned()));
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// What the field held, if it changed.
    pub fn before(&self, label: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == label).map(|(_, before)| before.as_str())
    }

    /// The labels of the fields that changed.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(label, _)| label.as_str())
    }

    /// As lines of text.
    pub fn text(&self) -> String {
        let lines = self.fields.iter().map(|(label, before)| format!("{label} was “{}”", before.replace('\n', " ")));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Reads [`Was::text`] back; what is not of its form is left out.
    pub fn read(text: &str) -> Self {
        let field = |line: &str| {
            let (label, value) = line.split_once(" was “")?;
            Some((label.to_owned(), value.strip_suffix('”')?.to_owned()))
        };
        Self { fields: text.lines().filter_map(field).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_read_back_as_it_was_written() {
        let mut was = Was::default();
        was.note("Email", "ann@example.com", "ann@example.org");
        was.note("Company", "“Was” was “here”", "");
        was.note("Phone", "", "+49 30 123456");
        was.note("Last name", "Lee", "Lee");
        assert_eq!(was.text(), "Email was “ann@example.com”\nCompany was ““Was” was “here””\nPhone was “”");
        let read = Was::read(&was.text());
        assert_eq!(read, was);
        assert_eq!((read.before("Phone"), read.before("Last name")), (Some(""), None));
        assert!(Was::read("was Acme Corp").is_empty());
    }
}
