//! What changed from one catalog to another, and whether published figures change with it.

use serde::Serialize;
use serde_json::Value as Json;

use crate::digest::forms;
use crate::load::Catalog;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `clock`, `indicator`, `letter`, `list`, `procedure`, `record`, `report`, `scheme` or `source`.
    pub kind: String,
    /// Id of the definition.
    pub id: String,
    /// Where in the definition: keys joined by dots; empty for a whole definition.
    pub what: String,
    /// Text or JSON before; `None` if it was not there.
    pub from: Option<String>,
    /// Text or JSON after; `None` if it is gone.
    pub to: Option<String>,
    /// Whether figures may change: false where only words changed (names, remarks, owners, reports), and for what
    /// guides cases and not counting (procedures, clocks, letters).
    pub figures: bool,
}

/// Keys that hold words: nothing computed depends on them.
const WORDS: [&str; 7] = ["name", "says", "basis", "owner", "example", "order", "confirmed"];

/// Kinds of definitions that no figure is counted by.
const CASES: [&str; 3] = ["clock", "letter", "procedure"];

/// All changes from `old` to `new`, in order of kind, id and key.
pub fn diff(old: &Catalog, new: &Catalog) -> Vec<Change> {
    let (old, new) = (forms(old), forms(new));
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let side = match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) => a.0.cmp(&b.0),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        let name = if side.is_le() { &old[i].0 } else { &new[j].0 };
        let (kind, id) = name.split_once(' ').unwrap_or(("", name));
        let mut walk = Walk { kind, id, changes: &mut changes };
        match side {
            std::cmp::Ordering::Less => walk.push("", Some(&old[i].1), None),
            std::cmp::Ordering::Greater => walk.push("", None, Some(&new[j].1)),
            std::cmp::Ordering::Equal => walk.compare("", &old[i].1, &new[j].1),
        }
        i += usize::from(side.is_le());
        j += usize::from(side.is_ge());
    }
    changes
}

struct Walk<'a> {
    kind: &'a str,
    id: &'a str,
    changes: &'a mut Vec<Change>,
}

impl Walk<'_> {
    fn compare(&mut self, what: &str, old: &Json, new: &Json) {
        if old == new {
            return;
        }
        let (Json::Object(before), Json::Object(after)) = (old, new) else {
            self.push(what, Some(old), Some(new));
            return;
        };
        let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let path = if what.is_empty() { key.clone() } else { format!("{what}.{key}") };
            match (before.get(key), after.get(key)) {
                (Some(a), Some(b)) => self.compare(&path, a, b),
                (a, b) => self.push(&path, a, b),
            }
        }
    }

    fn push(&mut self, what: &str, old: Option<&Json>, new: Option<&Json>) {
        let text = |json: Option<&Json>| match json {
            None | Some(Json::Null) => None,
            Some(Json::String(text)) => Some(text.clone()),
            // A whole definition is named by its id; its form would drown the rest.
            Some(_) if what.is_empty() => Some(self.id.to_owned()),
            Some(other) => Some(other.to_string()),
        };
        self.changes.push(Change {
            kind: self.kind.to_owned(),
            id: self.id.to_owned(),
            what: what.to_owned(),
            from: text(old),
            to: text(new),
            figures: !CASES.contains(&self.kind) && self.kind != "report" && !is_words(what),
        });
    }
}

/// Whether the key, or any key above it, holds words. Keys chosen by the writer (field ids, codes) are no keys of
/// the language: `fields.name.type` is the type of a field called `name`.
fn is_words(what: &str) -> bool {
    let mut own = false;
    for part in what.split('.') {
        if !own && WORDS.contains(&part) {
            return true;
        }
        own = !own && matches!(part, "fields" | "items" | "columns" | "check" | "break" | "target");
        // Formulas and codes may hold dots; what follows one of them is not told apart, and counts as a rule.
    }
    false
}
