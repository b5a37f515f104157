//! Bytes of a PDF from values; the only home of the PDF crate.
