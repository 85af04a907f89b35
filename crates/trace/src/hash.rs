//! The event hash of CBV 2.0 (section 8.9): a fingerprint that is the same in JSON and XML.
//!
//! The event is written as one line, the pre-hash string, in an order and in spellings that leave no choice; its
//! SHA-256 is the hash. Where the standard's text, its examples and the reference program say different things, this
//! module follows the published hashes, and beyond them the reading that keeps JSON and XML equal. Every such point
//! has a line in `docs/reference/trace.md`, under the number [`READING`].
//!
//! It is a fingerprint, not a signature: whoever changes an event can compute the new one.

use sha2::{Digest, Sha256};

use crate::event::{Event, Field, Measured, Quantity, SensorElement, Site, Typed};
use crate::id::canonical;
use crate::node::{Node, Scalar};
use crate::vocabulary::Vocabulary;
use crate::{Number, Time};

/// The number of our reading of the disputed points. A change of any of them is a new number.
pub const READING: u32 = 1;

/// The event hash: `ni:///sha-256;…?ver=CBV2.0`.
pub fn event_hash(event: &Event) -> String {
    ni(&digest(event))
}

/// The 32 bytes of the event hash.
pub fn digest(event: &Event) -> [u8; 32] {
    Sha256::digest(pre_hash(event).as_bytes()).into()
}

/// A digest as a name by RFC 6920.
pub fn ni(digest: &[u8; 32]) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(90);
    out.push_str("ni:///sha-256;");
    for byte in digest {
        for half in [byte >> 4, byte & 15] {
            out.push(HEX.get(usize::from(half)).copied().map_or('0', char::from));
        }
    }
    out.push_str("?ver=CBV2.0");
    out
}

/// The line that is hashed.
pub fn pre_hash(event: &Event) -> String {
    let mut out = String::with_capacity(1024);
    pair(&mut out, "eventType", event.kind.name());
    pair(&mut out, "eventTime", &event.time.hashed());
    pair(&mut out, "eventTimeZoneOffset", &event.zone);
    sorted(&mut out, "", event.certification.iter().map(|text| leaf("certificationInfo", text)));
    option(&mut out, "parentID", event.parent.as_deref());
    things(&mut out, "epcList", &event.epcs);
    things(&mut out, "inputEPCList", &event.inputs);
    things(&mut out, "childEPCs", &event.children);
    amounts(&mut out, "quantityList", &event.quantities);
    amounts(&mut out, "childQuantityList", &event.child_quantities);
    amounts(&mut out, "inputQuantityList", &event.input_quantities);
    things(&mut out, "outputEPCList", &event.outputs);
    amounts(&mut out, "outputQuantityList", &event.output_quantities);
    if let Some(action) = event.action {
        pair(&mut out, "action", action.name());
    }
    option(&mut out, "transformationID", event.transformation.as_deref());
    word(&mut out, "bizStep", Vocabulary::BizStep, event.biz_step.as_deref());
    word(&mut out, "disposition", Vocabulary::Disposition, event.disposition.as_deref());
    if !event.lasting_set.is_empty() || !event.lasting_unset.is_empty() {
        out.push_str("persistentDisposition");
        let lasting = |name: &'static str, words: &[String]| -> Vec<String> {
            words
                .iter()
                .map(|word| format!("{name}={}", word_text(Vocabulary::Disposition, word.trim())))
                .collect()
        };
        sorted(&mut out, "", lasting("set", &event.lasting_set).into_iter());
        sorted(&mut out, "", lasting("unset", &event.lasting_unset).into_iter());
    }
    site(&mut out, "readPoint", event.read_point.as_ref());
    site(&mut out, "bizLocation", event.biz_location.as_ref());
    sorted(&mut out, "sensorElementList", event.sensors.iter().map(sensor));
    // what the order does not name is sorted as one list, by the texts
    let mut rest: Vec<String> = event.extensions.iter().filter_map(extension).collect();
    rest.extend(stray_rules(event));
    rest.extend(typed_list(
        "bizTransactionList",
        "bizTransaction",
        &event.transactions,
        Vocabulary::TransactionType,
    ));
    rest.extend(typed_list("sourceList", "source", &event.sources, Vocabulary::SourceType));
    rest.extend(typed_list("destinationList", "destination", &event.destinations, Vocabulary::SourceType));
    if let Some(ilmd) = event.ilmd.as_ref().filter(|ilmd| !ilmd.is_empty()) {
        let mut text = String::new();
        sorted(&mut text, "ilmd", ilmd.iter().filter_map(extension));
        rest.push(text);
    }
    rest.sort_unstable();
    out.extend(rest);
    out
}

fn pair(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push('=');
    out.push_str(value);
}

fn option(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
        pair(out, name, &value_text(value));
    }
}

fn leaf(name: &str, value: &str) -> String {
    let mut out = String::with_capacity(name.len() + value.len() + 32);
    option(&mut out, name, Some(value));
    out
}

fn word(out: &mut String, name: &str, vocabulary: Vocabulary, value: Option<&str>) {
    if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
        pair(out, name, &word_text(vocabulary, value));
    }
}

/// A standard word on the web; anything else like any other value.
fn word_text(vocabulary: Vocabulary, value: &str) -> std::borrow::Cow<'_, str> {
    let web = vocabulary.web(value);
    if web == value { value_text(value) } else { web }
}

/// A name, then texts in the order of their code points; nothing at all if there are none.
fn sorted(out: &mut String, name: &str, texts: impl Iterator<Item = String>) {
    let mut texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    if texts.is_empty() {
        return;
    }
    texts.sort_unstable();
    out.push_str(name);
    out.extend(texts);
}

fn things(out: &mut String, name: &str, list: &[String]) {
    // texts with the same beginning are sorted as what follows it, so none is put together to be sorted
    let texts = list.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    let mut texts: Vec<std::borrow::Cow<'_, str>> = texts.map(value_text).collect();
    if texts.is_empty() {
        return;
    }
    texts.sort_unstable();
    out.reserve(name.len() + texts.iter().map(|text| text.len() + 4).sum::<usize>());
    out.push_str(name);
    for text in texts {
        pair(out, "epc", &text);
    }
}

fn amounts(out: &mut String, name: &str, list: &[Quantity]) {
    sorted(
        out,
        name,
        list.iter().map(|amount| {
            let mut text = String::with_capacity(amount.class.len() + 96);
            text.push_str("quantityElement");
            option(&mut text, "epcClass", Some(&amount.class));
            if let Some(number) = &amount.quantity {
                pair(&mut text, "quantity", &number.hashed());
            }
            option(&mut text, "uom", amount.unit.as_deref());
            text
        }),
    );
}

fn site(out: &mut String, name: &str, site: Option<&Site>) {
    let Some(site) = site else { return };
    out.push_str(name);
    option(out, "id", Some(&site.id));
    sorted(out, "", site.extensions.iter().filter_map(extension));
}

fn typed_list(name: &str, item: &str, list: &[Typed], vocabulary: Vocabulary) -> Option<String> {
    let mut text = String::new();
    sorted(
        &mut text,
        name,
        list.iter().map(|typed| {
            let mut text = String::with_capacity(typed.id.len() + 96);
            word(&mut text, "type", vocabulary, typed.kind.as_deref());
            option(&mut text, item, Some(&typed.id));
            text
        }),
    );
    (!text.is_empty()).then_some(text)
}

fn sensor(element: &SensorElement) -> String {
    let mut out = "sensorElement".to_owned();
    if let Some(metadata) = &element.metadata {
        let text = measured(metadata, &crate::event::METADATA);
        if !text.is_empty() {
            out.push_str("sensorMetadata");
            out.push_str(&text);
        }
    }
    sorted(
        &mut out,
        "",
        element.reports.iter().map(|report| {
            let text =
                measured(report, crate::event::REPORT.split_last().map_or(&[], |(_, ordered)| ordered));
            if text.is_empty() { text } else { format!("sensorReport{text}") }
        }),
    );
    sorted(&mut out, "", element.extensions.iter().filter_map(extension));
    out
}

/// `bizRules` may stand in a report but has no place in the order there; the published hashes put it behind
/// everything else, under the names of all that it stands in.
fn stray_rules(event: &Event) -> impl Iterator<Item = String> {
    let reports = event.sensors.iter().flat_map(|element| &element.reports);
    let rules = reports.filter_map(|report| report.text(Field::BizRules));
    rules.map(|text| leaf("sensorElementListsensorElementsensorReportbizRules", text))
}

fn measured(measured: &Measured, order: &[Field]) -> String {
    let mut out = String::new();
    for field in order {
        let Some(value) = measured.get(*field) else { continue };
        let text = value.text().trim();
        if text.is_empty() {
            continue;
        }
        let text = match field.kind() {
            crate::event::FieldKind::Time => {
                Time::read(text).map_or_else(|| text.to_owned(), |time| time.hashed())
            }
            crate::event::FieldKind::Word(vocabulary) => word_text(vocabulary, text).into_owned(),
            _ => value_text(text).into_owned(),
        };
        pair(&mut out, field.name(), &text);
    }
    sorted(&mut out, "", measured.extensions.iter().filter_map(extension));
    out
}

/// Names that hold remarks for people, which are no part of the event.
fn is_remark(node: &Node) -> bool {
    node.name.local == "comment"
        && (node.name.space.is_empty() || node.name.space == "http://www.w3.org/2000/01/rdf-schema#")
}

/// An extension with all that is below it; `None` if it is nothing.
fn extension(node: &Node) -> Option<String> {
    if is_remark(node) || node.value == Some(Scalar::Null) {
        return None;
    }
    let mut out = node.name.clark();
    let text = node.trimmed();
    if !text.is_empty() {
        out.push('=');
        out.push_str(&value_text(text));
    }
    let attributes = node.attributes.iter().map(|(name, value)| {
        let value = value.trim();
        if value.is_empty() { name.clark() } else { format!("{}={}", name.clark(), value_text(value)) }
    });
    sorted(&mut out, "", attributes.chain(node.children.iter().filter_map(extension)));
    Some(out)
}

/// Any other value: standard URNs on the web, numbers without trailing zeros, keys as Digital Links.
fn value_text(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return match Number::read(text) {
            Some(number) => number.hashed().into(),
            None => text.into(),
        };
    }
    for vocabulary in [
        Vocabulary::BizStep,
        Vocabulary::Disposition,
        Vocabulary::TransactionType,
        Vocabulary::SourceType,
        Vocabulary::ErrorReason,
    ] {
        if text.starts_with("urn:epcglobal:cbv:") {
            let web = vocabulary.web(text);
            if web != text {
                return web.into_owned().into();
            }
        }
    }
    for (prefix, home) in [
        ("gs1:", "https://gs1.org/voc/"),
        ("cbv:", "https://ref.gs1.org/cbv/"),
        ("epcis:", "https://ref.gs1.org/epcis/"),
    ] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return format!("{home}{rest}").into();
        }
    }
    canonical(text)
}
