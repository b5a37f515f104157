//! What the line of an invoice says of a thing that is rented. The serial number stands in the sentence for people and
//! beside it for the program: it is written here, and never read back out of the sentence.

/// A thing by its name and its serial number: `Laptop, standard (SN 7Q2-1)`.
pub fn named(name: &str, serial: &str) -> String {
    if serial.is_empty() { name.to_owned() } else { format!("{name}{}", mark(serial)) }
}

/// The sentence without the serial number, which then stands elsewhere.
pub fn without_serial(text: &str, serial: &str) -> String {
    match place(text, serial) {
        Some((before, after)) => format!("{before}{after}"),
        None => text.to_owned(),
    }
}

/// The sentence with the days it is for, before the serial number, which is the first to be cut:
/// `Laptop, standard, 01 Nov-30 Nov (SN 7Q2-1)`.
pub fn with_days(text: &str, serial: &str, days: &str) -> String {
    match place(text, serial) {
        Some((before, "")) => format!("{before}{days}{}", mark(serial)),
        _ => format!("{text}{days}"),
    }
}

fn mark(serial: &str) -> String {
    format!(" (SN {serial})")
}

/// What stands before and after this very serial number.
fn place<'t>(text: &'t str, serial: &str) -> Option<(&'t str, &'t str)> {
    if serial.is_empty() { None } else { text.rsplit_once(&mark(serial)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_serial_number_that_is_known_is_taken_out() {
        let text = named("Tent (SN edition), red", "77");
        assert_eq!(text, "Tent (SN edition), red (SN 77)");
        assert_eq!(without_serial(&text, "77"), "Tent (SN edition), red");
        assert_eq!(without_serial("Tent (SN edition), red", ""), "Tent (SN edition), red");
        assert_eq!(without_serial("Tent (SN edition), red", "77"), "Tent (SN edition), red");
        assert_eq!(without_serial("Buyout of Tent (SN 77): residual value", "77"), "Buyout of Tent: residual value");
    }

    #[test]
    fn days_stand_before_the_serial_number() {
        assert_eq!(with_days("Laptop (SN 7Q2-1)", "7Q2-1", ", 01 Nov-30 Nov"), "Laptop, 01 Nov-30 Nov (SN 7Q2-1)");
        assert_eq!(with_days("Repair (screen)", "", ""), "Repair (screen)");
        assert_eq!(with_days("Buyout of Tent (SN 7): rest", "7", ", today"), "Buyout of Tent (SN 7): rest, today");
    }
}
