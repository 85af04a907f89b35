//! What fits an event: fields of each kind, words of a vocabulary, units, lists without twins.

use crate::event::EventKind;
use crate::uri::is_uri;
use crate::vocabulary::Vocabulary;

/// The first text, in the order of texts, that a list has twice.
pub(crate) fn has_twins(list: &[String]) -> Option<&str> {
    // things are mostly told in order; then one look is enough
    if list.is_sorted_by(|a, b| a < b) {
        return None;
    }
    let mut sorted: Vec<&str> = list.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    sorted.windows(2).find_map(|pair| pair.first().filter(|first| pair.last() == Some(first)).copied())
}

/// True for a unit of UN/ECE Recommendation 20 by its form.
pub(crate) fn is_unit(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// A bare standard word, or a URI that JSON may have in its place.
pub(super) fn fits_json(vocabulary: Vocabulary, text: &str) -> bool {
    if text.contains(':') {
        is_uri(text) && !text.starts_with("urn:epcglobal:cbv")
    } else {
        vocabulary.has(text)
    }
}

/// True for a word of JSON about which nothing needs to be said.
pub(crate) fn is_fitting(vocabulary: Vocabulary, text: &str) -> bool {
    fits_json(vocabulary, text) && (!is_in_standard_space(text) || vocabulary.bare(text).is_some())
}

/// True for a word in a name space of the standards themselves.
pub(super) fn is_in_standard_space(text: &str) -> bool {
    text.starts_with("https://ref.gs1.org/cbv/") || text.starts_with("urn:epcglobal:cbv:")
}

/// The standard fields of each kind of event.
pub(crate) fn belongs(kind: &EventKind, name: &str) -> bool {
    let common = matches!(
        name,
        "eventTime"
            | "eventTimeZoneOffset"
            | "recordTime"
            | "eventID"
            | "errorDeclaration"
            | "certificationInfo"
    );
    if matches!(kind, EventKind::Own(_)) {
        return common;
    }
    let shared = matches!(
        name,
        "bizStep"
            | "disposition"
            | "readPoint"
            | "bizLocation"
            | "bizTransactionList"
            | "sourceList"
            | "destinationList"
            | "sensorElementList"
    );
    let own: &[&str] = match kind {
        EventKind::Object => &["action", "epcList", "quantityList", "persistentDisposition", "ilmd"],
        EventKind::Aggregation | EventKind::Association => {
            &["action", "parentID", "childEPCs", "childQuantityList"]
        }
        EventKind::Transaction => &["action", "parentID", "epcList", "quantityList"],
        EventKind::Transformation => &[
            "inputEPCList",
            "inputQuantityList",
            "outputEPCList",
            "outputQuantityList",
            "transformationID",
            "persistentDisposition",
            "ilmd",
        ],
        EventKind::Own(_) => &[],
    };
    common || shared || own.contains(&name)
}
