//! What changed after a publication: numbers and hashes alone, so that what was withdrawn is not spread again by saying so.

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, RegionCode};

use super::{day, region, text};

/// Record type of changes.
pub const RECORD: &str = "release.feed";

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Entry in the ledger.
    pub entry: u64,
    /// Number of the publication.
    pub number: String,
    /// Code of `release.change`.
    pub kind: String,
    /// Region.
    pub region: RegionCode,
    /// Its day.
    pub on: Date,
    /// Hash of the content that stands no more.
    pub old: String,
    /// Hash of the content in its place.
    pub new: Option<String>,
}

impl Change {
    /// The change of a record; `None` if it lacks what makes one.
    pub fn of(entry: u64, data: &Map<String, Json>) -> Option<Change> {
        Some(Change {
            entry,
            number: text(data, "release_no")?,
            kind: text(data, "change")?,
            region: region(data, "region")?,
            on: day(data, "changed_on")?,
            old: text(data, "old_hash")?,
            new: text(data, "new_hash"),
        })
    }

    /// Whether a code is the content that this change put out of force: its hash; its number too, unless another content took its place.
    pub fn ends(&self, code: &str) -> bool {
        self.old == code.to_ascii_lowercase() || (self.new.is_none() && self.number == code)
    }
}

#[cfg(test)]
mod tests {
    use super::Change;
    use serde_json::json;

    #[test]
    fn a_correction_ends_its_old_content_and_a_withdrawal_its_number_too() {
        let change = |kind: &str, new: Option<&str>| {
            let mut data = json!({ "release_no": "2024-1", "change": kind, "region": "621122", "changed_on": "2024-08-01", "old_hash": "a1" });
            if let Some(new) = new {
                data["new_hash"] = json!(new);
            }
            Change::of(3, data.as_object().unwrap()).unwrap()
        };
        let corrected = change("corrected", Some("b2"));
        assert!(corrected.ends("a1") && corrected.ends("A1"));
        assert!(!corrected.ends("b2") && !corrected.ends("2024-1"), "the number stands for the new content");
        let withdrawn = change("withdrawn", None);
        assert!(withdrawn.ends("a1") && withdrawn.ends("2024-1") && !withdrawn.ends("2024-2"));
    }
}
