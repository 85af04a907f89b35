//! Master data: what partners say of places and goods beside the events, and what queries see of it.
//!
//! An element of a vocabulary is an entry of the ledger like an event, with one part that can be erased. Each time it is said
//! differently there is another entry, and the last one counts: master data has no time of its own, so what was said
//! last is what holds. What is said again is not written again.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::parts::{Parts, hex, mark, with_context};
use crate::event::{MasterData, VocabularyElement};
use crate::id::canonical;
use crate::json::{self, Value};
use crate::node::Node;
use crate::query::{Masters, one_name};
use crate::{Limits, Problems};

/// What the leaf of an element says it is, where an event says its kind.
const KIND: &str = "MasterData";

/// The element as the ledger keeps it: a text with the prefixes that it needs.
pub(super) fn text(kind: &str, element: &VocabularyElement, namespaces: &[(String, String)]) -> String {
    let data = MasterData { kind: kind.to_owned(), elements: vec![element.clone()] };
    let (value, prefixes) = json::master_value(&data, namespaces);
    match value {
        Value::Object(members) => with_context(members, &prefixes),
        _ => String::new(),
    }
}

/// An element of a vocabulary as it comes from the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Master {
    /// Its kind and what it describes, in one spelling each.
    key: (String, String),
    text: String,
    element: VocabularyElement,
}

impl Master {
    fn of_text(text: String) -> Option<Master> {
        let value = json::parse(text.as_bytes(), &Limits::default(), &mut Problems::new()).ok()?;
        let mut data = json::read_master(&value)?;
        let element = data.elements.pop()?;
        let key = (data.kind, canonical(&element.id).into_owned());
        Some(Master { key, text, element })
    }
}

/// What an entry of the ledger is, if it is master data: the element, or `None` if it was erased.
pub fn master(data: &[u8], parts: &[(String, Option<String>)]) -> Option<Option<Master>> {
    // the writer is canonical, so there is one spelling; most entries are events and need not be read for this
    let marked = format!("\"kind\":\"{KIND}\"");
    if !data.windows(marked.len()).any(|window| window == marked.as_bytes()) {
        return None;
    }
    let value = json::parse(data, &Limits::default(), &mut Problems::new()).ok()?;
    if value.get("kind").and_then(Value::text) != Some(KIND) {
        return None;
    }
    let text = parts.iter().find(|(name, _)| name == "own").and_then(|(_, text)| text.clone());
    Some(text.and_then(Master::of_text))
}

/// All master data of a ledger.
#[derive(Clone, Debug, Default)]
pub struct MasterBook {
    elements: BTreeMap<u64, Master>,
    /// The entries of each element, in order.
    entries: HashMap<(String, String), Vec<u64>>,
}

/// The first bytes of a book.
const HEAD: &[u8] = b"zhiheng-trace-masters 1\n";

impl MasterBook {
    /// Takes an element in.
    pub fn add(&mut self, entry: u64, master: Master) {
        self.remove(entry);
        self.entries.entry(master.key.clone()).or_default().push(entry);
        self.elements.insert(entry, master);
    }

    /// An entry was withdrawn or replaced.
    pub fn remove(&mut self, entry: u64) {
        if let Some(old) = self.elements.remove(&entry)
            && let Some(entries) = self.entries.get_mut(&old.key)
        {
            entries.retain(|own| *own != entry);
        }
    }

    /// How many elements there are, each once.
    pub fn len(&self) -> usize {
        self.entries.values().filter(|entries| !entries.is_empty()).count()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What holds of each element when the ledger has `size` entries.
    fn current(&self, size: u64) -> impl Iterator<Item = &Master> {
        let last = move |entries: &Vec<u64>| entries.iter().rev().find(|entry| **entry < size).copied();
        self.entries.values().filter_map(move |entries| self.elements.get(&last(entries)?))
    }

    /// What the ledger will hold of those elements of a document that it does not hold like this already. `key` is the secret
    /// of the marks.
    pub fn fresh(&self, list: &[MasterData], namespaces: &[(String, String)], key: &[u8; 32]) -> Vec<Parts> {
        let mut own: HashMap<(String, String), (String, usize)> = HashMap::new();
        let mut out = Vec::new();
        for (kind, element) in list.iter().flat_map(|data| data.elements.iter().map(|own| (&data.kind, own)))
        {
            let Some(new) = Master::of_text(text(kind, element, namespaces)) else { continue };
            let (last, n) = own.entry(new.key.clone()).or_insert_with(|| {
                let entries = self.entries.get(&new.key).map_or(&[] as &[u64], |entries| entries);
                let last = entries.last().and_then(|entry| self.elements.get(entry));
                // numbered on from the last entry, so that what held before may be said again
                let n = entries.last().map_or(0, |entry| *entry as usize + 1);
                (last.map_or_else(String::new, |last| last.text.clone()), n)
            });
            if *last == new.text {
                continue;
            }
            let digest = Sha256::new()
                .chain_update(new.key.0.as_bytes())
                .chain_update([0])
                .chain_update(new.key.1.as_bytes())
                .chain_update([0])
                .chain_update(new.text.as_bytes());
            let mark = mark(key, &digest.finalize().into());
            let plain = vec![
                ("event", format!("#{}-{n}", hex(&mark))),
                ("kind", KIND.to_owned()),
                ("mark", hex(&mark)),
            ];
            out.push(Parts::sorted(plain, vec![("own", new.text.clone())]));
            (*last, *n) = (new.text, *n + 1);
        }
        out
    }

    /// What queries see.
    pub fn masters(&self) -> Masters {
        self.masters_at(u64::MAX)
    }

    /// What queries saw when the ledger had `size` entries; what was withdrawn since is missing there, too.
    pub fn masters_at(&self, size: u64) -> Masters {
        let mut out = Masters::default();
        for master in self.current(size) {
            let id = &master.key.1;
            let children = master.element.children.iter().map(|child| canonical(child).into_owned());
            out.below.entry(id.clone()).or_default().extend(children);
            let own = out.attributes.entry(id.clone()).or_default();
            for (name, node) in &master.element.attributes {
                texts(node, own.entry(one_name(name)).or_default());
            }
        }
        out
    }

    /// The book as bytes, to be kept beside a picture.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        for (entry, master) in &self.elements {
            out.extend_from_slice(&entry.to_be_bytes());
            out.extend_from_slice(&(master.text.len() as u64).to_be_bytes());
            out.extend_from_slice(master.text.as_bytes());
        }
        let sum = Sha256::digest(&out);
        out.extend_from_slice(&sum);
        out
    }

    /// A book from its bytes; `None` if they are not whole.
    pub fn from_bytes(bytes: &[u8]) -> Option<MasterBook> {
        let (body, sum) = bytes.split_last_chunk::<32>()?;
        if Sha256::digest(body).as_slice() != sum {
            return None;
        }
        let mut rest = body.strip_prefix(HEAD)?;
        let mut book = MasterBook::default();
        while !rest.is_empty() {
            let (entry, after) = rest.split_first_chunk::<8>()?;
            let (length, after) = after.split_first_chunk::<8>()?;
            let (text, after) = after.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
            let text = std::str::from_utf8(text).ok()?.to_owned();
            book.add(u64::from_be_bytes(*entry), Master::of_text(text)?);
            rest = after;
        }
        Some(book)
    }
}

/// The texts of an attribute: its own, or those of all that is below.
fn texts(node: &Node, out: &mut Vec<String>) {
    let mut queue = vec![node];
    while let Some(node) = queue.pop() {
        if !node.trimmed().is_empty() {
            out.push(node.trimmed().to_owned());
        }
        queue.extend(node.children.iter().rev());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Batch, Media};

    const SITES: &str = r#"{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
{"ex":"https://ns.example.com/mda/"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z",
"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:BusinessLocation",
"vocabularyElementList":[
{"id":"urn:epc:id:sgln:4012345.00011.0","attributes":[{"id":"ex:city","attribute":"NAME"},
{"id":"cbvmda:countryCode","attribute":"CN"}],"children":["urn:epc:id:sgln:4012345.00011.7"]}]}]}},
"epcisBody":{"eventList":[]}}"#;

    const KEY: [u8; 32] = [3; 32];

    fn batch(name: &str) -> Batch {
        Batch::read(SITES.replace("NAME", name).as_bytes(), Media::Json, &Limits::default())
    }

    /// Captures a document, and tells how many entries that were.
    fn capture(book: &mut MasterBook, next: u64, name: &str) -> usize {
        let batch = batch(name);
        let parts = book.fresh(&batch.masters, &batch.namespaces, &KEY);
        let n = parts.len();
        for (parts, entry) in parts.into_iter().zip(next..) {
            let draft = parts.draft(|| [1; 32]);
            let own: Vec<(String, Option<String>)> =
                draft.personal.iter().map(|part| (part.field.clone(), Some(part.value.clone()))).collect();
            // nothing of it can be read from the leaf
            let leaf = String::from_utf8(draft.data.clone()).expect("text");
            assert!(!leaf.contains("4012345") && !leaf.contains(name), "{leaf}");
            let read = master(&draft.data, &own).expect("master data").expect("not erased");
            book.add(entry, read);
            assert_eq!(master(&draft.data, &[("own".to_owned(), None)]), Some(None));
        }
        n
    }

    #[test]
    fn what_was_said_last_holds() {
        let mut book = MasterBook::default();
        let site = canonical("urn:epc:id:sgln:4012345.00011.0").into_owned();
        let city = |book: &MasterBook| {
            book.masters()
                .attributes
                .get(&site)
                .and_then(|own| own.get("https://ns.example.com/mda/city").cloned())
        };
        // new, again, other, as before, as before again
        let wanted = [("Linxia", 1), ("Linxia", 0), ("Hezuo", 1), ("Linxia", 1), ("Linxia", 0)];
        for ((name, n), entry) in wanted.into_iter().zip(10..) {
            assert_eq!(capture(&mut book, entry, name), n, "{name} {entry}");
            assert_eq!(city(&book), Some(vec![name.to_owned()]));
        }
        assert_eq!(book.len(), 1);
        let country = book
            .masters()
            .attributes
            .get(&site)
            .and_then(|own| own.get("urn:epcglobal:cbv:mda:countryCode").cloned());
        assert_eq!(country, Some(vec!["CN".to_owned()]));
        let below = canonical("urn:epc:id:sgln:4012345.00011.7").into_owned();
        assert_eq!(book.masters().below.get(&site), Some(&vec![below]));
        // withdrawn: what was said before holds again
        book.remove(13);
        assert_eq!(city(&book), Some(vec!["Hezuo".to_owned()]));
        let bytes = book.to_bytes();
        let again = MasterBook::from_bytes(&bytes).expect("a book");
        assert_eq!((city(&again), again.to_bytes()), (city(&book), bytes.clone()));
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1;
            assert!(MasterBook::from_bytes(&damaged).is_none(), "{place}");
        }
    }

    #[test]
    fn events_are_no_master_data() {
        assert_eq!(master(br#"{"kind":"ObjectEvent","step":"\"kind\":\"MasterData\""}"#, &[]), None);
        assert_eq!(master(br#"{"kind":"ObjectEvent"}"#, &[]), None);
    }
}
