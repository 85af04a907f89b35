//! The bytes of an entry: a canonical JSON envelope around the record's own canonical JSON.
//!
//! Members, in the order of RFC 8785: `at`, `by`, `cause`?, `corrects`?, `data`, `kind`, `of`?, `place`?, `provenance`?
//! (left out when reported), `reason`?, `submission`?, `v`. At most 65,535 bytes, as entry bundles count
//! lengths in two bytes.

use std::borrow::Cow;
use std::io::Write as _;

use jiff::Timestamp;
use zhiheng_base::canonical::{key_bytes, write_text};
use zhiheng_base::draft::SourcePlace;

use crate::entry::{Entry, EntryKind, Provenance};
use crate::scan::{self, NotCanonical, members};
use crate::verify::Hash;
use crate::verify::hash::sha256;

/// Longest leaf in bytes.
pub const LEAF_MAX: usize = 65_535;

/// What an envelope says besides its data, place and reason.
#[derive(Clone, Debug)]
pub(crate) struct Envelope<'a> {
    pub(crate) at: i64,
    pub(crate) by: &'a str,
    pub(crate) cause: Option<u64>,
    pub(crate) corrects: Option<u64>,
    pub(crate) kind: EntryKind,
    pub(crate) of: Option<&'a str>,
    pub(crate) provenance: Provenance,
    pub(crate) reason: Option<&'a str>,
    pub(crate) submission: Option<&'a str>,
}

impl Envelope<'_> {
    /// The bytes before the data, between data and place, and after the place: those of all records of
    /// a submission are equal, so they are made once.
    pub(crate) fn frame(&self) -> Frame {
        let mut head = b"{\"at\":".to_vec();
        write_text(&mut head, &time_text(self.at));
        head.extend_from_slice(b",\"by\":");
        write_text(&mut head, self.by);
        if let Some(entry) = self.cause {
            let _ = write!(head, ",\"cause\":{entry}");
        }
        if let Some(entry) = self.corrects {
            let _ = write!(head, ",\"corrects\":{entry}");
        }
        head.extend_from_slice(b",\"data\":");
        let mut middle = b",\"kind\":".to_vec();
        write_text(&mut middle, kind_name(self.kind));
        if let Some(of) = self.of {
            middle.extend_from_slice(b",\"of\":");
            write_text(&mut middle, of);
        }
        let mut tail = Vec::new();
        if self.provenance != Provenance::Reported {
            tail.extend_from_slice(b",\"provenance\":");
            write_text(&mut tail, provenance_name(self.provenance));
        }
        if let Some(reason) = self.reason {
            tail.extend_from_slice(b",\"reason\":");
            write_text(&mut tail, reason);
        }
        if let Some(submission) = self.submission {
            tail.extend_from_slice(b",\"submission\":");
            write_text(&mut tail, submission);
        }
        tail.extend_from_slice(b",\"v\":1}");
        Frame { head, middle, tail }
    }
}

/// The constant bytes around data and place.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    head: Vec<u8>,
    middle: Vec<u8>,
    tail: Vec<u8>,
}

impl Frame {
    /// Appends the leaf to `out`.
    pub(crate) fn write(&self, out: &mut Vec<u8>, data: &[u8], place: Option<&SourcePlace>) {
        out.extend_from_slice(&self.head);
        out.extend_from_slice(data);
        out.extend_from_slice(&self.middle);
        if let Some(place) = place {
            let _ = write!(out, ",\"place\":{{\"file\":{},\"row\":{}", place.file, place.row);
            if let Some(sheet) = &place.sheet {
                out.extend_from_slice(b",\"sheet\":");
                write_text(out, sheet);
            }
            out.push(b'}');
        }
        out.extend_from_slice(&self.tail);
    }
}

/// A leaf taken apart without copying.
#[derive(Clone, Debug)]
pub(crate) struct Leaf<'a> {
    pub(crate) at: i64,
    pub(crate) by: Cow<'a, str>,
    pub(crate) cause: Option<u64>,
    pub(crate) corrects: Option<u64>,
    pub(crate) data: &'a [u8],
    pub(crate) kind: EntryKind,
    pub(crate) of: Option<Cow<'a, str>>,
    pub(crate) place: Option<&'a [u8]>,
    pub(crate) provenance: Provenance,
    pub(crate) reason: Option<Cow<'a, str>>,
    pub(crate) submission: Option<Cow<'a, str>>,
}

impl<'a> Leaf<'a> {
    /// Takes a leaf apart.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Leaf<'a>, NotCanonical> {
        let (mut at, mut by, mut data, mut kind, mut version) = (None, None, None, None, false);
        let (mut corrects, mut of, mut place, mut reason, mut submission) = (None, None, None, None, None);
        let mut cause = None;
        let mut provenance = Provenance::Reported;
        let bad = NotCanonical(0);
        for member in members(bytes) {
            let (name, value) = member?;
            match name {
                b"at" => at = Some(time_of(&scan::text(value).ok_or(bad)?).ok_or(bad)?),
                b"by" => by = Some(scan::text(value).ok_or(bad)?),
                b"cause" => cause = Some(scan::number(value).ok_or(bad)?),
                b"corrects" => corrects = Some(scan::number(value).ok_or(bad)?),
                b"data" => data = Some(value),
                b"kind" => kind = Some(kind_of(value).ok_or(bad)?),
                b"of" => of = Some(scan::text(value).ok_or(bad)?),
                b"place" => place = Some(value),
                b"provenance" => provenance = provenance_of(value).ok_or(bad)?,
                b"reason" => reason = Some(scan::text(value).ok_or(bad)?),
                b"submission" => submission = Some(scan::text(value).ok_or(bad)?),
                b"v" if value == b"1" => version = true,
                _ => return Err(bad),
            }
        }
        let (Some(at), Some(by), Some(data), Some(kind), true) = (at, by, data, kind, version) else {
            return Err(bad);
        };
        Ok(Leaf { at, by, cause, corrects, data, kind, of, place, provenance, reason, submission })
    }

    /// The entry for readers.
    pub(crate) fn entry(&self, index: u64) -> Option<Entry> {
        Some(Entry {
            index,
            kind: self.kind,
            at: Timestamp::from_microsecond(self.at).ok()?,
            by: self.by.clone().into_owned(),
            of: self.of.clone().map(Cow::into_owned),
            submission: self.submission.clone().map(Cow::into_owned),
            provenance: self.provenance,
            place: match self.place {
                Some(bytes) => Some(serde_json::from_slice(bytes).ok()?),
                None => None,
            },
            corrects: self.corrects,
            reason: self.reason.clone().map(Cow::into_owned),
            cause: self.cause,
            data: serde_json::from_slice(self.data).ok()?,
        })
    }
}

/// The natural key of a record: SHA-256 over its type and the texts of its key fields. A string counts
/// by its content, anything else by its canonical JSON, a missing field or null as empty text.
/// Without key fields the whole record is its key.
pub(crate) fn natural_key(of: &str, data: &[u8], fields: &[String]) -> Result<Hash, NotCanonical> {
    if fields.is_empty() {
        for member in members(data) {
            member?;
        }
        let text = std::str::from_utf8(data).map_err(|error| NotCanonical(error.valid_up_to()))?;
        return Ok(sha256(&key_bytes(of, [text])));
    }
    let mut texts: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); fields.len()];
    for member in members(data) {
        let (name, value) = member?;
        let Some(place) = fields.iter().position(|field| field.as_bytes() == name) else { continue };
        texts[place] = match scan::text(value) {
            Some(text) => text,
            None if value == b"null" => Cow::Borrowed(""),
            None => String::from_utf8_lossy(value),
        };
    }
    Ok(sha256(&key_bytes(of, texts.iter().map(AsRef::as_ref))))
}

/// `at` as it stands in leaves: UTC with six decimals of the second.
pub(crate) fn time_text(at: i64) -> String {
    let time = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{time:.6}")
}

fn time_of(text: &str) -> Option<i64> {
    // Years 0001 to 9999 in exactly this form; jiff reads many more forms.
    if text.len() != 27 || !text.ends_with('Z') {
        return None;
    }
    text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond)
}

const KINDS: [(EntryKind, &str); 8] = [
    (EntryKind::Submit, "submit"),
    (EntryKind::Record, "record"),
    (EntryKind::Correct, "correct"),
    (EntryKind::Withdraw, "withdraw"),
    (EntryKind::Erase, "erase"),
    (EntryKind::Adopt, "adopt"),
    (EntryKind::Release, "release"),
    (EntryKind::Step, "step"),
];

const PROVENANCES: [(Provenance, &str); 3] = [
    (Provenance::Reported, "reported"),
    (Provenance::Published, "published"),
    (Provenance::Synthetic, "synthetic"),
];

fn kind_name(kind: EntryKind) -> &'static str {
    KINDS.iter().find(|(each, _)| *each == kind).map_or("", |(_, name)| name)
}

fn kind_of(value: &[u8]) -> Option<EntryKind> {
    let name = scan::text(value)?;
    KINDS.iter().find(|(_, each)| *each == name).map(|(kind, _)| *kind)
}

/// The name of a provenance in leaves.
pub(crate) fn provenance_name(provenance: Provenance) -> &'static str {
    PROVENANCES.iter().find(|(each, _)| *each == provenance).map_or("", |(_, name)| name)
}

fn provenance_of(value: &[u8]) -> Option<Provenance> {
    let name = scan::text(value)?;
    PROVENANCES.iter().find(|(_, each)| *each == name).map(|(provenance, _)| *provenance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_is_canonical_and_reads_back() {
        let envelope = Envelope {
            at: 1_700_000_000_000_001,
            by: "\u{5b9a}\u{897f} \"A\"",
            cause: Some(3),
            corrects: Some(7),
            kind: EntryKind::Correct,
            of: Some("sampling.result"),
            provenance: Provenance::Synthetic,
            reason: Some("typo\n"),
            submission: Some("s-1"),
        };
        let place = SourcePlace { file: 0, sheet: Some("Sheet 1".into()), row: 12 };
        let mut bytes = Vec::new();
        envelope.frame().write(&mut bytes, br#"{"a":"x","b":2}"#, Some(&place));
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(zhiheng_base::canonical::to_vec(&value).expect("canonical"), bytes);
        let leaf = Leaf::parse(&bytes).expect("a leaf");
        assert_eq!(leaf.at, envelope.at);
        assert_eq!(leaf.by, envelope.by);
        assert_eq!(leaf.data, br#"{"a":"x","b":2}"#);
        let entry = leaf.entry(9).expect("an entry");
        assert_eq!(
            (entry.index, entry.cause, entry.corrects, entry.place, entry.reason.as_deref()),
            (9, Some(3), Some(7), Some(place), Some("typo\n"))
        );
        for cut in 0..bytes.len() {
            assert!(Leaf::parse(&bytes[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn the_key_is_that_of_the_texts() {
        let fields = ["no".to_owned(), "year".to_owned(), "part".to_owned()];
        let key = natural_key("t", br#"{"no":"A\"1","x":1,"year":2013}"#, &fields);
        assert_eq!(key, Ok(sha256(&key_bytes("t", ["A\"1", "2013", ""]))));
        assert!(natural_key("t", b"{\"no\":1.5}", &fields).is_err());
        assert!(natural_key("t", b"nonsense", &[]).is_err());
    }
}
