//! Planned and done inspections, as far as plans of several offices and levels have to know of each other.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic};

use crate::row::{FromRow, Row};

/// One inspection or sampling of one enterprise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Number.
    pub number: String,
    /// Plan that it belongs to.
    pub plan: Option<String>,
    /// Enterprise: credit code, or name.
    pub enterprise: Option<String>,
    /// Day, planned or done.
    pub on: Date,
    /// Level of the office, a code of the list of levels.
    pub level: String,
    /// Office that organises it.
    pub organiser: Option<String>,
    /// Kind: random, complaint, follow-up, enforcement and others, a code of its list.
    pub kind: String,
    /// Number of the joint visit in which several offices come at once.
    pub joint: Option<String>,
    /// Standard of a sampled product.
    pub standard: Option<String>,
    /// Trademark of a sampled product.
    pub trademark: Option<String>,
    /// Model of a sampled product.
    pub model: Option<String>,
    /// Whether a product is sampled.
    pub samples: bool,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Visit {
    const OF: &'static str = "inspection.visit";

    fn from_row(row: Row<'_>) -> Result<Visit, Diagnostic> {
        let states = [("planned", false), ("done", false), ("cancelled", true)];
        Ok(Visit {
            number: row.text("number")?,
            plan: row.may_text("plan")?,
            enterprise: either(row, "enterprise", "enterprise_name")?,
            on: row.date("on_day")?,
            level: row.text("level")?,
            organiser: row.may_text("organiser")?,
            kind: row.text("kind")?,
            joint: row.may_text("joint")?,
            standard: row.may_text("standard")?,
            trademark: row.may_text("trademark")?,
            model: row.may_text("model")?,
            samples: matches!(row.data.get("samples"), Some(serde_json::Value::Bool(true))),
            cancelled: row.word("state", &states)?,
            entry: row.entry,
        })
    }
}

impl Visit {
    /// A sampled batch as the visit that it was. Batches do not say why they were taken: `kind` is the kind of all of them.
    pub fn of_batch(row: Row<'_>, kind: &str) -> Result<Visit, Diagnostic> {
        let (task, sample) = (row.text("task")?, row.text("sample_no")?);
        Ok(Visit {
            number: format!("{task}/{sample}"),
            plan: Some(task),
            enterprise: either(row, "producer", "producer_name")?,
            on: row.date("sampled_on")?,
            level: row.text("level")?,
            organiser: row.may_text("organiser")?,
            kind: kind.to_owned(),
            standard: row.may_text("standard")?,
            trademark: row.may_text("trademark")?,
            model: row.may_text("model")?,
            samples: true,
            entry: row.entry,
            ..Visit::default()
        })
    }
}

fn either(row: Row<'_>, code: &str, name: &str) -> Result<Option<String>, Diagnostic> {
    Ok(row.may_text(code)?.or(row.may_text(name)?))
}
