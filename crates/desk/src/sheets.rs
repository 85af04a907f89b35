//! Scores of stages and evidence as they stand in the ledger.

use serde_json::{Map, Value as Json};
use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Date, Diagnostic, Period, Place, RegionCode};
use zhiheng_catalog::model::Scheme;
use zhiheng_judge::{Entry, Evidence, Stage};
use zhiheng_measure::engine::Engine;

use crate::verdicts::Asked;

/// Record type of a stage's score.
const SCORE: &str = "assessment.score";
/// Record type of evidence.
pub(crate) const EVIDENCE: &str = "assessment.evidence";

/// What was read.
#[derive(Default)]
pub struct Read {
    /// Scores of the period.
    pub entries: Vec<Entry>,
    /// Evidence of all periods, so that reuse shows.
    pub evidence: Vec<Evidence>,
    /// Records that say a period or a number that cannot be read.
    pub problems: Vec<Diagnostic>,
}

/// Reads the newest versions as of the ledger size that is asked for; only those of this scheme are fetched.
///
/// Errors: those of reading the lake.
pub async fn read(engine: &Engine, scheme: &Scheme, asked: &Asked) -> Result<Read, Diagnostic> {
    let only = Some(("scheme", scheme.head.id.as_str()));
    let mut read = Read::default();
    for row in engine.records(SCORE, only, asked.as_of).await? {
        match entry(scheme, asked, &row.data) {
            Some(found) => read.entries.extend(found),
            None => read.problems.push(Diagnostic::error("ZH7082").at(Place::Entry(row.entry))),
        }
    }
    for row in engine.records(EVIDENCE, only, asked.as_of).await? {
        match evidence(scheme, asked, &row.data) {
            Some(found) => read.evidence.extend(found),
            None => read.problems.push(Diagnostic::error("ZH7082").at(Place::Entry(row.entry))),
        }
    }
    Ok(read)
}

/// Evidence for a scheme in any period, with its place in the ledger.
///
/// Errors: those of reading the lake.
pub async fn filed(
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
) -> Result<Vec<(u64, Evidence)>, Diagnostic> {
    let only = Some(("scheme", scheme.head.id.as_str()));
    let rows = engine.records(EVIDENCE, only, asked.as_of).await?;
    Ok(rows.iter().filter_map(|row| Some((row.entry, evidence(scheme, asked, &row.data)?.pop()?))).collect())
}

fn text<'d>(data: &'d Map<String, Json>, field: &str) -> Option<&'d str> {
    data.get(field).and_then(Json::as_str)
}

/// A score of this scheme and period, nothing if it is of another; `None` if it cannot be read.
fn entry(scheme: &Scheme, asked: &Asked, data: &Map<String, Json>) -> Option<Vec<Entry>> {
    if text(data, "scheme")? != scheme.head.id {
        return Some(Vec::new());
    }
    let place = RegionCode::parse(text(data, "place")?).ok()?;
    if Period::parse(text(data, "period")?).ok()? != asked.period || !asked.within.contains(place) {
        return Some(Vec::new());
    }
    Some(vec![Entry {
        region: place,
        item: text(data, "item")?.to_owned(),
        stage: Stage::parse(text(data, "stage")?)?,
        points: number(data.get("points")?)?,
        reason: text(data, "reason").unwrap_or_default().to_owned(),
        evidence: text(data, "evidence").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        scored_by: text(data, "scored_by").unwrap_or_default().to_owned(),
    }])
}

/// Evidence for this scheme in any period. Another scheme's does not count, and that a file served it is no reuse.
fn evidence(scheme: &Scheme, asked: &Asked, data: &Map<String, Json>) -> Option<Vec<Evidence>> {
    if text(data, "scheme")? != scheme.head.id {
        return Some(Vec::new());
    }
    let region = RegionCode::parse(text(data, "place")?).ok()?;
    if !asked.within.contains(region) {
        return Some(Vec::new());
    }
    let day = |field: &str| match text(data, field) {
        Some(day) => day.parse::<Date>().ok().map(Some),
        None => Some(None),
    };
    Some(vec![Evidence {
        sha256: text(data, "sha256")?.to_owned(),
        kind: text(data, "kind")?.to_owned(),
        item: text(data, "item")?.to_owned(),
        region,
        period: Period::parse(text(data, "period")?).ok()?,
        valid: (day("valid_from")?, day("valid_until")?),
    }])
}

fn number(value: &Json) -> Option<zhiheng_base::Decimal> {
    match value {
        Json::String(text) => parse_decimal(text).ok(),
        Json::Number(number) => parse_decimal(&number.to_string()).ok(),
        _ => None,
    }
}
