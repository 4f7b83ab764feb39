//! A letter and its text -> a message that a mail program opens (RFC 5322, RFC 2046): the only place that knows mail-builder.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use crate::model::page::Envelope;

/// Returns the message: the same bytes each time, because its boundary and its id come from what it says.
pub(super) fn write(envelope: &Envelope, html: String, text: String) -> Vec<u8> {
    let hash = blake3::hash([envelope.url.as_bytes(), text.as_bytes(), html.as_bytes()].concat().as_slice()).to_hex();
    let host = envelope.origin.split("://").last().unwrap_or_default();
    let mut message = MessageBuilder::new()
        .subject(envelope.subject.clone())
        .message_id(format!("{}@{host}", &hash[..32]))
        // Outlook then opens it to be sent, not to be read.
        .header("X-Unsent", Raw::new("1"))
        .date(Date::new(envelope.seconds));
    if let Some(email) = &envelope.from_email {
        message = message.from(Address::new_address(Some(envelope.from_name.clone()), email.clone()));
    }
    if let Some(email) = &envelope.reply_to {
        message = message.reply_to(Address::new_address(None::<String>, email.clone()));
    }
    if let Some(address) = &envelope.list_unsubscribe {
        message = message.header("List-Unsubscribe", Raw::new(format!("<{address}>")));
        // One click must lead to an address of the web (RFC 8058, section 3.1).
        if address.starts_with("https://") {
            message = message.header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
        }
    }
    let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
    let kind = ContentType::new("multipart/alternative").attribute("boundary", format!("=_{}", &hash[32..]));
    let mut bytes = Vec::new();
    message.body(MimePart::new(kind, parts)).serialize(&mut bytes);
    bytes
}
