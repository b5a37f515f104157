//! Messages as files any mail program opens (RFC 5322): `X-Unsent: 1` makes it show them as drafts to be sent.

use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};

use crate::services::outgoing::Outgoing;

/// Marks a message that was not sent yet.
#[derive(Clone)]
struct Unsent;

impl Header for Unsent {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Unsent")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "1".to_owned())
    }
}

/// Why messages cannot be made into files: a mail without a sender of the shop's own would come from its reader.
pub fn sender(address: &str) -> Result<lettre::Address, String> {
    address.parse().map_err(|_| match address {
        "" => "The shop has no email address to write from: set it first (settings, email).".to_owned(),
        other => format!("The shop's email address {other} cannot be written from: set another (settings, email)."),
    })
}

/// The bytes of a message, with its PDF where it has one.
pub fn eml(message: &Outgoing) -> Result<Vec<u8>, String> {
    let told = |error: lettre::address::AddressError| format!("The address cannot be written to: {error}.");
    let from = Mailbox::new(Some(message.from_name.clone()), sender(&message.from_address)?);
    let builder = lettre::Message::builder()
        .from(from)
        .subject(message.subject.clone())
        .date(message.queued_at.into())
        .message_id(Some(message.message_id.clone()))
        .header(Unsent);
    let mut builder = builder;
    for one in message.recipient.split(',').map(str::trim) {
        builder = builder.to(Mailbox::new(None, one.parse().map_err(told)?));
    }
    let text = SinglePart::plain(message.body.clone());
    let built = if message.attachment.is_empty() {
        builder.singlepart(text)
    } else {
        builder.multipart(with_paper(message, text)?)
    };
    let built = built.map_err(|error| format!("The message cannot be written: {error}."))?;
    Ok(built.formatted())
}

fn with_paper(message: &Outgoing, text: SinglePart) -> Result<MultiPart, String> {
    // Base64 whatever the bytes are: a paper made of plain letters would be sent as text, its line ends changed.
    let paper = Body::new_with_encoding(message.attachment.clone(), ContentTransferEncoding::Base64)
        .map_err(|_| "The paper cannot be attached.".to_owned())?;
    let pdf = ContentType::parse("application/pdf").map_err(|error| error.to_string())?;
    // The same message gives the same bytes: a boundary that no text of ours holds, made of its own name.
    let boundary: String = message.message_id.chars().filter(char::is_ascii_alphanumeric).take(50).collect();
    Ok(MultiPart::mixed()
        .boundary(format!("rentbook-{boundary}"))
        .singlepart(text)
        .singlepart(Attachment::new(message.file_name.clone()).body(paper, pdf)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Outgoing {
        Outgoing {
            recipient: "ap@acme.example".into(),
            from_name: "Żółć & Söhne".into(),
            from_address: "rent@shop.example".into(),
            subject: "Rechnung 2026-0001 über 89,00 €".into(),
            body: "Guten Tag,\n\nanbei die Rechnung.\n".into(),
            file_name: "2026-0001.pdf".into(),
            attachment: b"%PDF-1.7 bytes".to_vec(),
            message_id: "<0123456789abcdef.1@shop.example>".into(),
            queued_at: "2026-03-01T08:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_message_holds_its_words_and_its_paper() {
        let bytes = eml(&message()).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        for part in [
            "To: ap@acme.example",
            "X-Unsent: 1",
            "Message-ID: <0123456789abcdef.1@shop.example>",
            "Date: Sun, 01 Mar 2026 08:00:00",
            "application/pdf",
            "filename=\"2026-0001.pdf\"",
            "JVBERi0xLjcgYnl0ZXM=",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(text.is_ascii(), "every mail server takes it");
        assert_eq!(bytes, eml(&message()).unwrap(), "the same message is the same bytes");
    }

    #[test]
    fn a_message_without_a_paper_has_no_attachment() {
        let bare = Outgoing { attachment: Vec::new(), file_name: String::new(), ..message() };
        let text = String::from_utf8(eml(&bare).unwrap()).unwrap();
        assert!(text.contains("anbei die Rechnung") && !text.contains("application/pdf"), "{text}");
    }

    // F39
    #[test]
    fn a_shop_without_an_address_writes_no_message_in_the_name_of_its_customer() {
        let error = eml(&Outgoing { from_address: String::new(), ..message() }).unwrap_err();
        assert!(error.contains("settings, email"), "{error}");
    }

    #[test]
    fn nothing_in_it_can_add_a_header() {
        let sly = Outgoing { subject: "Invoice\r\nBcc: all@world.example".into(), ..message() };
        let text = String::from_utf8(eml(&sly).unwrap()).unwrap();
        assert!(!text.contains("\r\nBcc:"), "{text}");
        let sly = Outgoing { recipient: "a@b.example\r\nBcc: x@y.example".into(), ..message() };
        assert!(eml(&sly).is_err());
    }
}
