//! An event as the ledger keeps it: plain fields that say what kind of event it is, and parts that can be shown, hidden or
//! erased one by one.
//!
//! The ledger's leaf holds of each part only a salted commitment. Whoever gets the leaf, the salts and the texts of some
//! parts can check these, and learns nothing of the others; a part that was erased leaves the proof of everything else
//! as it was. For the same reason no event hash stands in the leaf (whoever knows all but one field could find that field by
//! trying), but a [`mark`]: the hash under a key that never leaves the ledger's keeper.

use sha2::{Digest, Sha256};
use zhiheng_base::canonical::write_text;
use zhiheng_base::draft::{Draft, PersonalValue};

use super::texts;
use crate::event::Event;
use crate::json::{self, ADDRESS, Member, Value};
use crate::{Limits, Problems};

/// The parts: which things, where, with whom, how it was measured, and everything of somebody's own.
pub const PARTS: [&str; 5] = ["how", "own", "what", "where", "who"];

/// The fields that make an event's natural key in the ledger.
pub const KEY: [&str; 2] = ["event", "declares"];

/// The record type of events in the ledger.
pub const RECORD: &str = "trace.event";

/// Where a member of an event goes; `None` for what stands plainly in the leaf.
fn part_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "type" | "eventTime" | "eventTimeZoneOffset" | "action" | "bizStep" | "disposition" | "eventID" => {
            return None;
        }
        "epcList" | "childEPCs" | "inputEPCList" | "outputEPCList" | "parentID" | "quantityList"
        | "childQuantityList" | "inputQuantityList" | "outputQuantityList" | "transformationID" => "what",
        "readPoint" | "bizLocation" => "where",
        "bizTransactionList" | "sourceList" | "destinationList" => "who",
        "sensorElementList" => "how",
        "errorDeclaration" => "declares",
        _ => "own",
    })
}

/// Plain fields by their names in the leaf and in an event, in the order of the leaf.
const PLAIN: [(&str, &str); 7] = [
    ("action", "action"),
    ("disposition", "disposition"),
    ("event", "eventID"),
    ("kind", "type"),
    ("step", "bizStep"),
    ("time", "eventTime"),
    ("zone", "eventTimeZoneOffset"),
];

/// The mark of an event: what tells its content from any other, to those who have the key.
pub fn mark(key: &[u8; 32], digest: &[u8; 32]) -> [u8; 16] {
    // both inputs have one length each, so nothing can be appended
    let hash = Sha256::new().chain_update(key).chain_update(digest).finalize();
    let mut out = [0; 16];
    out.iter_mut().zip(hash).for_each(|(own, byte)| *own = byte);
    out
}

/// An event taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Names in the leaf and texts, sorted.
    plain: Vec<(&'static str, String)>,
    /// Names and texts of the parts.
    parts: Vec<(&'static str, String)>,
}

impl Parts {
    /// Takes an event apart. `namespaces` are those of its document.
    pub fn of(event: &Event, namespaces: &[(String, String)], mark: &[u8; 16]) -> Parts {
        texts::usual(event, mark).unwrap_or_else(|| Parts::from_members(event, namespaces, mark))
    }

    /// The same by way of the event's members: any event, but every text is copied several times.
    pub(super) fn from_members(event: &Event, namespaces: &[(String, String)], mark: &[u8; 16]) -> Parts {
        let (members, prefixes) = json::event_members(event, namespaces);
        let mut plain: Vec<(&'static str, String)> = vec![("mark", hex(mark))];
        let mut parts: Vec<(&'static str, Vec<Member<'static>>)> = Vec::new();
        for (name, value) in members {
            if name == "recordTime" {
                continue;
            }
            if let Some(part) = part_of(&name) {
                match parts.iter_mut().find(|(own, _)| *own == part) {
                    Some((_, members)) => members.push((name, value)),
                    None => parts.push((part, vec![(name, value)])),
                }
            } else if let (Some((field, _)), Some(text)) =
                (PLAIN.iter().find(|(_, own)| *own == name), value.text())
            {
                plain.push((field, text.to_owned()));
            }
        }
        if event.id.is_none() {
            plain.push(("event", own_name(mark)));
        }
        let mut texts: Vec<(&'static str, String)> =
            parts.into_iter().map(|(name, members)| (name, with_context(members, &prefixes))).collect();
        if let Some(at) = texts.iter().position(|(name, _)| *name == "declares") {
            plain.push(texts.swap_remove(at));
        }
        Parts::sorted(plain, texts)
    }

    pub(super) fn sorted(
        mut plain: Vec<(&'static str, String)>,
        mut parts: Vec<(&'static str, String)>,
    ) -> Parts {
        plain.sort_unstable();
        parts.sort_unstable();
        Parts { plain, parts }
    }

    /// The draft of a ledger entry; `salt` gives random bytes.
    pub fn draft(self, mut salt: impl FnMut() -> [u8; 32]) -> Draft {
        let personal: Vec<PersonalValue> = self
            .parts
            .into_iter()
            .map(|(field, value)| PersonalValue { field: field.to_owned(), salt: salt(), value })
            .collect();
        let commitments: Vec<String> = personal.iter().map(commitment).collect();
        let mut fields: Vec<(&str, &str)> =
            self.plain.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let names = personal.iter().map(|part| part.field.as_str());
        fields.extend(names.zip(commitments.iter().map(String::as_str)));
        fields.sort_unstable();
        let mut data =
            Vec::with_capacity(fields.iter().map(|(name, text)| name.len() + text.len() + 6).sum());
        data.push(b'{');
        for (place, (name, text)) in fields.iter().enumerate() {
            if place > 0 {
                data.push(b',');
            }
            write_text(&mut data, name);
            data.push(b':');
            write_text(&mut data, text);
        }
        data.push(b'}');
        // the ledger makes the key from the data
        Draft { key: [0; 32], data, personal, place: None }
    }

    /// The first field of its natural key.
    pub fn key(&self) -> Option<&str> {
        self.plain.iter().find(|(name, _)| *name == "event").map(|(_, text)| text.as_str())
    }

    /// Bytes of all texts.
    pub fn len(&self) -> usize {
        self.plain.iter().chain(&self.parts).map(|(_, text)| text.len()).sum()
    }

    /// True if there is nothing in it, which no event has.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }
}

/// What the leaf holds of a part.
fn commitment(part: &PersonalValue) -> String {
    let hash = Sha256::new().chain_update(part.salt).chain_update(part.value.as_bytes()).finalize();
    let mut out = String::with_capacity(7 + 64);
    out.push_str("sha256:");
    put_hex(&hash, &mut out);
    out
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    put_hex(bytes, &mut out);
    out
}

fn put_hex(bytes: &[u8], out: &mut String) {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(byte & 15));
    }
}

/// The key of an event that nobody named. No URI, so no identifier of anybody's, begins with `#`.
pub(super) fn own_name(mark: &[u8; 16]) -> String {
    format!("#{}", hex(mark))
}

/// The members as a JSON object, with the prefixes that they use.
pub(super) fn with_context(members: Vec<Member<'static>>, prefixes: &[(String, String)]) -> String {
    let text = Value::Object(members).to_string();
    let used: Vec<Member<'static>> = prefixes
        .iter()
        .filter(|(prefix, _)| text.contains(&format!("\"{prefix}:")))
        .map(|(prefix, space)| (prefix.clone().into(), json::text(space)))
        .collect();
    match text.strip_prefix('{') {
        Some(rest) if !used.is_empty() => {
            let context = Value::Object(used);
            format!("{{\"@context\":{context}{}{rest}", if rest == "}" { "" } else { "," })
        }
        _ => text,
    }
}

/// An event as it comes back from the ledger.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The event, without what was erased.
    pub event: Event,
    /// Its mark.
    pub mark: [u8; 16],
    /// Parts that were erased.
    pub erased: Vec<String>,
}

impl Restored {
    /// Puts an event together: the leaf's data, and its parts with their texts, `None` where one was erased. `None` if these
    /// are not an event of ours.
    pub fn from_ledger(data: &[u8], parts: &[(String, Option<String>)]) -> Option<Restored> {
        let limits = Limits::default();
        let mut problems = Problems::new();
        let data = json::parse(data, &limits, &mut problems).ok()?;
        let mark = unhex(data.get("mark")?.text()?)?;
        let mut contexts = vec![json::text(ADDRESS)];
        let mut members: Vec<Member<'_>> = vec![("@context".into(), Value::Null)];
        for (field, name) in PLAIN {
            let text = data.get(field).and_then(Value::text);
            if let Some(text) = text.filter(|text| field != "event" || !text.starts_with('#')) {
                members.push((name.into(), json::text(text)));
            }
        }
        let declares = data.get("declares").and_then(Value::text);
        let texts = parts.iter().filter_map(|(_, text)| text.as_deref()).chain(declares);
        for text in texts {
            let Value::Object(own) = json::parse(text.as_bytes(), &limits, &mut problems).ok()? else {
                return None;
            };
            for (name, value) in own {
                if name == "@context" {
                    contexts.push(value);
                } else {
                    members.push((name, value));
                }
            }
        }
        if let Some((_, context)) = members.first_mut() {
            *context = if contexts.len() == 1 { contexts.swap_remove(0) } else { Value::List(contexts) };
        }
        let event = json::read_event(&Value::Object(members), &limits, &mut problems)?;
        let erased = parts.iter().filter(|(_, text)| text.is_none()).map(|(name, _)| name.clone()).collect();
        Some(Restored { event, mark, erased })
    }
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    let mut out = [0; 16];
    if text.len() != 32 {
        return None;
    }
    for (place, own) in out.iter_mut().enumerate() {
        *own = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(out)
}
