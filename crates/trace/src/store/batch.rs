//! A document of a stranger as events that may be captured: read, checked, compared with what is there.

use std::collections::{HashMap, HashSet};

use zhiheng_base::Diagnostic;

use super::parts::{Parts, mark};
use crate::event::{Event, MasterData, Outcome};
use crate::world::Seen;
use crate::{Limits, Path, Problems, With, hash, json, xml};

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// JSON or JSON-LD.
    Json,
    /// XML, version 2.0 or 1.2.
    Xml,
}

impl Media {
    /// By the first character that is none of white space: `<` begins XML.
    pub fn of_bytes(bytes: &[u8]) -> Media {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => Media::Xml,
            _ => Media::Json,
        }
    }

    /// By the value of a `Content-Type` header; `None` for one that is neither.
    pub fn of_header(value: &str) -> Option<Media> {
        match value.split(';').next().unwrap_or_default().trim() {
            "application/json" | "application/ld+json" => Some(Media::Json),
            "application/xml" | "text/xml" => Some(Media::Xml),
            _ => None,
        }
    }
}

/// What is done with the sound events of a document in which others are wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behaviour {
    /// Nothing is captured.
    #[default]
    Rollback,
    /// They are captured.
    Proceed,
}

impl Behaviour {
    /// By the value of the header `GS1-Capture-Error-Behaviour`.
    pub fn of_header(value: &str) -> Option<Behaviour> {
        match value {
            "rollback" => Some(Behaviour::Rollback),
            "proceed" => Some(Behaviour::Proceed),
            _ => None,
        }
    }

    /// The value of the header.
    pub fn name(self) -> &'static str {
        match self {
            Behaviour::Rollback => "rollback",
            Behaviour::Proceed => "proceed",
        }
    }
}

/// A document that was read, before it is compared with what is there.
#[derive(Debug)]
pub struct Batch {
    pub(super) events: Vec<(usize, Event)>,
    /// Prefixes of the document and their namespaces.
    pub namespaces: Vec<(String, String)>,
    /// What the document says beside events.
    pub masters: Vec<MasterData>,
    /// Events of the document, sound or not.
    pub n_events: usize,
    /// The document as a whole can be used.
    pub is_readable: bool,
    /// What is wrong or worth knowing.
    pub problems: Problems,
}

/// An event that is new.
#[derive(Debug)]
pub struct Ready {
    /// Its place in the document, from 0.
    pub place: usize,
    /// What the ledger will hold.
    pub parts: Parts,
    /// Its mark.
    pub mark: [u8; 16],
}

/// What became of the events of a document, before the ledger was asked.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Events to capture.
    pub ready: Vec<Ready>,
    /// Events that are there already.
    pub same: usize,
    /// Events that were refused.
    pub refused: usize,
}

impl Batch {
    /// Reads a document.
    pub fn read(bytes: &[u8], media: Media, limits: &Limits) -> Batch {
        let outcome = match media {
            Media::Json => json::read(bytes, limits),
            Media::Xml => xml::read(bytes, limits),
        };
        let is_readable = outcome.is_readable();
        let Outcome { document, places, refused, problems, .. } = outcome;
        let Some(document) = document else {
            let (events, namespaces, masters) = (Vec::new(), Vec::new(), Vec::new());
            return Batch { events, namespaces, masters, n_events: 0, is_readable, problems };
        };
        let n_events = places.iter().chain(&refused).map(|place| place + 1).max().unwrap_or_default();
        let events = places
            .into_iter()
            .zip(document.events)
            .filter(|(place, _)| refused.binary_search(place).is_err())
            .collect();
        Batch {
            events,
            namespaces: document.namespaces,
            masters: document.master_data,
            n_events,
            is_readable,
            problems,
        }
    }

    /// The sound events, in order.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().map(|(_, event)| event)
    }

    /// The sound event at a place of the document.
    pub fn event(&self, place: usize) -> Option<&Event> {
        let at = self.events.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        self.events.get(at).map(|(_, event)| event)
    }

    /// Sorts the events into those that are new, those that are there, and those that say something else than an
    /// event of the same identifier. `seen` asks what was captured before.
    pub fn sort(&mut self, key: &[u8; 32], seen: impl Fn(Option<&str>, &[u8; 16], bool) -> Seen) -> Sorted {
        let mut sorted = Sorted { refused: self.n_events - self.events.len(), ..Sorted::default() };
        // a document may name an event twice
        let mut own_ids: HashMap<(&str, bool), [u8; 16]> = HashMap::new();
        let mut own_marks: HashSet<([u8; 16], bool)> = HashSet::new();
        for (place, event) in &self.events {
            let mark = mark(key, &hash::digest(event));
            let declares = event.error.is_some();
            let id = event.id.as_deref();
            let mut there = seen(id, &mark, declares);
            if there == Seen::New {
                let at = *place as u64;
                there = match id.map(|id| own_ids.get(&(id, declares))) {
                    Some(Some(own)) if *own == mark => Seen::Same(at),
                    Some(Some(_)) => Seen::Conflict(at),
                    None if own_marks.contains(&(mark, declares)) => Seen::Same(at),
                    _ => Seen::New,
                };
            }
            match there {
                Seen::Same(_) => sorted.same += 1,
                Seen::Conflict(_) => {
                    sorted.refused += 1;
                    let list = Path::ROOT.member("eventList");
                    self.problems.error("ZH9550", &list.place(*place)).with("id", id.unwrap_or_default());
                }
                Seen::New | Seen::Redacted(_) => {
                    let parts = Parts::of(event, &self.namespaces, &mark);
                    sorted.ready.push(Ready { place: *place, parts, mark });
                    own_marks.insert((mark, declares));
                    own_ids.extend(id.map(|id| ((id, declares), mark)));
                }
            }
        }
        sorted
    }

    /// The problem of an event that the ledger refused because another with its identifier came in the meantime.
    pub fn conflict(place: usize, id: &str) -> Diagnostic {
        let mut problems = Problems::new();
        problems.error("ZH9550", &Path::ROOT.member("eventList").place(place)).with("id", id);
        problems.into_list().swap_remove(0)
    }
}
