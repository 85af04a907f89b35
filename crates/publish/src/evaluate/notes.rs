//! Notes: numbered from 1 in order of appearance; the same note is printed once.

use zhiheng_catalog::model::Indicator;
use zhiheng_measure::{Flag, Measure};

use super::session::Session;
use crate::model::Inline;

/// The notes so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    keys: Vec<Option<String>>,
    texts: Vec<Vec<Inline>>,
}

impl Notes {
    /// Adds a note, or finds the one with the same key; answers its number.
    pub(super) fn add(&mut self, key: Option<String>, text: Vec<Inline>) -> usize {
        if let Some(found) =
            key.as_ref().and_then(|key| self.keys.iter().position(|k| k.as_ref() == Some(key)))
        {
            return found + 1;
        }
        self.keys.push(key);
        self.texts.push(text);
        self.texts.len()
    }

    /// True if a note with this key was printed.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|k| k.as_deref() == Some(key))
    }

    pub(super) fn into_notes(self) -> Vec<Vec<Inline>> {
        self.texts
    }
}

impl Session<'_> {
    /// References to the notes that a reader of this figure needs.
    pub(super) fn notes_of(&mut self, indicator: &Indicator, measure: &Measure) -> Vec<Inline> {
        let id = &indicator.head.id;
        let name = indicator.head.name.get(self.lang).to_owned();
        let place = self.where_and_when(&measure.address);
        let address = measure.address.to_string();
        let records = measure.records.to_string();
        let mut wanted: Vec<(String, String)> = Vec::new();
        let has = |flag: Flag| measure.flags.contains(&flag);
        if has(Flag::Small) && !has(Flag::Suppressed) {
            let below = indicator.small.map_or_else(String::new, |rule| rule.below.to_string());
            let args = [("place", place.as_str()), ("n", &records), ("below", &below)];
            wanted.push((format!("small {address}"), self.say("note-small", &args)));
        }
        if has(Flag::Unconfirmed) || !indicator.head.confirmed {
            wanted.push((format!("unconfirmed {id}"), self.say("note-unconfirmed", &[("name", &name)])));
        }
        if has(Flag::Published) {
            wanted.push((format!("published {id}"), self.say("note-published", &[("name", &name)])));
        }
        if has(Flag::LowCoverage) {
            let args = [("place", place.as_str()), ("name", &name)];
            wanted.push((format!("coverage {address}"), self.say("note-coverage", &args)));
        }
        if has(Flag::Several) {
            let args = [("place", place.as_str()), ("name", &name)];
            wanted.push((format!("several {address}"), self.say("note-several", &args)));
        }
        if let Some(says) = &indicator.head.says
            && !self.limits_said.contains(id)
            && !self.notes.has(&format!("limits {id}"))
        {
            wanted.push((format!("limits {id}"), says.get(self.lang).to_owned()));
        }
        wanted
            .into_iter()
            .map(|(key, text)| Inline::NoteRef(self.notes.add(Some(key), vec![Inline::Text(text)])))
            .collect()
    }
}
