//! Evidence: which files stand behind which item, whether they hold for the period, and whether one file serves twice.
//!
//! Files are named by their SHA-256. One proves its item if it is of a kind that the item asks for and its validity covers the whole
//! period; the item is proven when every kind is. A file that serves another item, another place or an earlier period besides
//! is told and counts: whether that is good is for people to say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::Scheme;

use crate::given::Given;
use crate::stages::Sheets;

/// A file handed in for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Kind, as the item asks for it.
    pub kind: String,
    /// Item.
    pub item: String,
    /// Place.
    pub region: RegionCode,
    /// Period for which it was handed in.
    pub period: Period,
    /// First and last day on which it holds; `None` is without limit.
    pub valid: (Option<Date>, Option<Date>),
}

/// Marks the items of `period` that are proven, from all evidence of all periods.
///
/// ZH9120 no SHA-256, ZH9121 an unknown item (neither counts); ZH9122 not valid over the whole period (does not count); ZH9123 the
/// same file for another item, ZH9124 of another place, ZH9125 in an earlier period.
pub fn prove(scheme: &Scheme, period: Period, held: &[Evidence], given: &mut Given) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut kinds: BTreeMap<(RegionCode, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut uses: BTreeMap<String, Vec<&Evidence>> = BTreeMap::new();
    for one in held {
        let is_hash = one.sha256.len() == 64 && one.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hash {
            if one.period == period {
                problems.push(about(Diagnostic::error("ZH9120"), one));
            }
            continue;
        }
        uses.entry(one.sha256.to_ascii_lowercase()).or_default().push(one);
        if one.period != period {
            continue;
        }
        if !scheme.items.iter().any(|item| item.id == one.item) {
            let all: Vec<&str> = scheme.items.iter().map(|item| item.id.as_str()).collect();
            problems.push(about(Diagnostic::error("ZH9121"), one).arg("all", all.join(", ")));
            continue;
        }
        let (from, until) = one.valid;
        let covers = from.is_none_or(|from| from <= period.start())
            && until.is_none_or(|until| until >= period.last_day());
        if !covers {
            let text = |date: Option<Date>| date.map_or_else(|| "…".to_owned(), |date| date.to_string());
            let problem = about(Diagnostic::warning("ZH9122"), one).arg("from", text(from));
            problems.push(problem.arg("until", text(until)).arg("period", period));
            continue;
        }
        kinds.entry((one.region, &one.item)).or_default().insert(&one.kind);
    }
    for found in uses.values() {
        problems.extend(reuse(found, period));
    }
    for ((region, id), kinds) in &kinds {
        let item = scheme.items.iter().find(|item| item.id == *id);
        if item.is_some_and(|item| item.evidence.iter().all(|kind| kinds.contains(kind.as_str()))) {
            given.prove(id, *region);
        }
    }
    problems
}

/// What else one file serves; each way is told once for a file.
fn reuse(uses: &[&Evidence], period: Period) -> Vec<Diagnostic> {
    let Some(here) = uses.iter().find(|one| one.period == period) else { return Vec::new() };
    let now = || uses.iter().filter(|one| one.period == period);
    let item = now().find(|one| one.region == here.region && one.item != here.item);
    let place = now().find(|one| one.region != here.region);
    let earlier = uses.iter().find(|one| one.period.end() <= period.start());
    let told = |code: &'static str, other: &Evidence| {
        let problem = about(Diagnostic::warning(code), here).arg("other_item", &other.item);
        problem.arg("other_region", other.region).arg("other_period", other.period)
    };
    [
        item.map(|one| told("ZH9123", one)),
        place.map(|one| told("ZH9124", one)),
        earlier.map(|one| told("ZH9125", one)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn about(problem: Diagnostic, one: &Evidence) -> Diagnostic {
    let start: String = one.sha256.chars().take(12).collect();
    problem.arg("hash", start).arg("item", &one.item).arg("region", one.region).arg("kind", &one.kind)
}

/// ZH9117 for every entry that rests on a file that nobody handed in for its place.
pub fn unfiled(sheets: &Sheets, held: &[Evidence]) -> Vec<Diagnostic> {
    let filed: BTreeSet<(RegionCode, String)> =
        held.iter().map(|one| (one.region, one.sha256.to_ascii_lowercase())).collect();
    let mut problems = Vec::new();
    for entry in sheets.entries() {
        for hash in &entry.evidence {
            if !filed.contains(&(entry.region, hash.to_ascii_lowercase())) {
                let start: String = hash.chars().take(12).collect();
                let problem = Diagnostic::warning("ZH9117").arg("hash", start).arg("item", &entry.item);
                problems.push(problem.arg("region", entry.region).arg("stage", entry.stage.word()));
            }
        }
    }
    problems
}
