//! A publication: what was released under which number, from when to when, and what exactly was approved.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use zhiheng_act::case::Case;
use zhiheng_base::{Date, RegionCode};
use zhiheng_catalog::Value;

use super::{day, region, text};
use crate::desk::Desk;
use crate::disclosure::Limits;
use crate::trouble::Trouble;

/// Record type of what is public.
pub const ITEM: &str = "release.item";
/// Record type of passed disclosure checks, which name the case of a publication.
const CHECK: &str = "release.check";
/// Kind of file that is the sealed content itself.
pub const SNAPSHOT: &str = "signed-snapshot";

/// A publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// Entry of its newest edition.
    pub entry: u64,
    /// Number.
    pub number: String,
    /// Code of `release.kind`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Region.
    pub region: RegionCode,
    /// The party that it names, if it names one.
    pub subject: Option<String>,
    /// Ledger size from which it was made.
    pub size: u64,
    /// Catalog by which it was made.
    pub catalog: String,
    /// SHA-256 of its content.
    pub hash: String,
    /// Edition.
    pub edition: u64,
    /// First day.
    pub from: Date,
    /// Day of the last correction.
    pub corrected: Option<Date>,
    /// Last day; without one it stays public.
    pub until: Option<Date>,
    /// What its decision says of it.
    pub decided: Option<Decided>,
}

/// What the decision on a publication says: the part of its case that the announcement prints.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// What is published, in a few words.
    pub summary: String,
    /// On which grounds.
    pub grounds: String,
    /// Addresses of the tables that were checked and approved.
    pub tables: Vec<String>,
    /// Limits by which their cells were checked.
    pub limits: Option<Limits>,
    /// The sealed content, if it was attached: name and SHA-256.
    pub sealed: Option<(String, String)>,
}

impl Publication {
    /// Its name in an address: its number, or `~` and its entry where the number holds what cannot stand in a part of a path.
    pub fn name(&self) -> String {
        match self.number.contains(['/', '\\', '\0']) {
            true => format!("~{}", self.entry),
            false => self.number.clone(),
        }
    }

    /// The publication of a record; `None` if it lacks what makes one.
    pub fn of(entry: u64, data: &Map<String, Json>) -> Option<Publication> {
        let number = |field: &str| data.get(field).and_then(Json::as_u64);
        Some(Publication {
            entry,
            number: text(data, "release_no")?,
            kind: text(data, "release_kind")?,
            title: text(data, "title")?,
            region: region(data, "region")?,
            subject: text(data, "subject"),
            size: number("ledger_size")?,
            catalog: text(data, "catalog_digest").unwrap_or_default(),
            hash: text(data, "content_hash").unwrap_or_default(),
            edition: number("edition").unwrap_or(1),
            from: day(data, "published_on")?,
            corrected: day(data, "corrected_on"),
            until: day(data, "ends_on"),
            decided: None,
        })
    }
}

impl Desk {
    /// The publications that the ledger ever had, each in its newest edition, the newest first; withdrawn ones are none.
    ///
    /// Errors: those of the lake and of the ledger.
    pub async fn publications(&self) -> Result<Vec<Publication>, Trouble> {
        if !self.catalog.records.contains_key(ITEM) {
            return Ok(Vec::new());
        }
        let rows = self.engine.records(ITEM, None, None).await?;
        let mut all: Vec<Publication> =
            rows.iter().filter_map(|row| Publication::of(row.entry, &row.data)).collect();
        for one in &mut all {
            one.decided = self.decided(one).await?;
        }
        all.sort_by(|a, b| (b.from, &b.number).cmp(&(a.from, &a.number)));
        Ok(all)
    }

    /// What the case of a publication says. The case counts only if this very record is among those that it entered.
    async fn decided(&self, one: &Publication) -> Result<Option<Decided>, Trouble> {
        let checks = self.engine.records(CHECK, Some(("release_no", &one.number)), None).await?;
        let mut cases: Vec<String> = checks.iter().filter_map(|row| text(&row.data, "case_no")).collect();
        cases.dedup();
        for number in cases {
            let case = match self.case(&number, None).await {
                Ok(case) => case,
                // A check that was entered by hand may name a case that is none.
                Err(Trouble::Problems(_)) => continue,
                Err(trouble) => return Err(trouble),
            };
            if case.entered.iter().any(|entered| entered.of == ITEM && entered.entry == one.entry) {
                return Ok(Some(said(&case, one)));
            }
        }
        Ok(None)
    }
}

fn said(case: &Case, one: &Publication) -> Decided {
    let text = |field: &str| match case.sheet.get(field) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let least = match case.sheet.get("least") {
        Some(Value::Integer(least)) => u64::try_from(*least).ok(),
        _ => None,
    };
    let most_share: Option<Decimal> = case.sheet.get("most_share").and_then(Value::to_decimal);
    let sealed = case.evidence.iter().rev().find(|file| file.kind == SNAPSHOT && file.sha256 == one.hash);
    Decided {
        summary: text("summary"),
        grounds: text("grounds"),
        tables: text("tables").split_whitespace().map(str::to_owned).collect(),
        limits: least.map(|least| Limits { least, most_share, totals_stay: false }),
        sealed: sealed.map(|file| (file.name.clone(), file.sha256.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::Publication;
    use serde_json::json;

    #[test]
    fn a_record_without_its_number_or_day_is_no_publication() {
        let whole = json!({
            "release_no": "DX-2015-9", "release_kind": "statistics", "title": "t", "region": "621100", "ledger_size": 13,
            "catalog_digest": "c0", "content_hash": "a1", "edition": 2, "published_on": "2015-10-09", "corrected_on": "2015-11-01",
        });
        let data = whole.as_object().unwrap();
        let read = Publication::of(7, data).unwrap();
        assert_eq!((read.entry, read.size, read.edition), (7, 13, 2));
        assert_eq!(read.corrected.map(|day| day.to_string()).as_deref(), Some("2015-11-01"));
        assert_eq!(read.until, None);
        assert_eq!(read.name(), "DX-2015-9");
        assert_eq!(Publication { number: "a/9".to_owned(), ..read.clone() }.name(), "~7");
        for field in ["release_no", "release_kind", "title", "region", "ledger_size", "published_on"] {
            let mut less = data.clone();
            less.remove(field);
            assert_eq!(Publication::of(7, &less), None, "{field}");
        }
    }
}
