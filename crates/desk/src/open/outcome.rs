//! The published result of a sampled batch.

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, RegionCode};

use super::{day, region, text};

/// Record type of published results.
pub const RECORD: &str = "sampling.publication";

/// What was published on a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Entry in the ledger.
    pub entry: u64,
    /// Task and sampling sheet.
    pub sheet: String,
    /// Code of the kind: a result, or an announcement after a failed re-check.
    pub kind: String,
    /// Where it was sampled.
    pub region: RegionCode,
    /// When it was published.
    pub on: Date,
    /// When it was sampled.
    pub sampled: Option<Date>,
    /// Product.
    pub product: String,
    /// Its code: of a list, or a GTIN.
    pub code: Option<String>,
    /// Lot or date of production.
    pub lot: Option<String>,
    /// Labelled producer.
    pub producer: Option<String>,
    /// Seller.
    pub seller: Option<String>,
    /// What failed.
    pub failed: Vec<String>,
    /// Who tested.
    pub laboratory: Option<String>,
}

impl Outcome {
    /// The outcome of a record; `None` if it lacks what makes one.
    pub fn of(entry: u64, data: &Map<String, Json>) -> Option<Outcome> {
        let failed = data.get("failed_items").and_then(Json::as_array);
        let failed = failed.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned);
        Some(Outcome {
            entry,
            sheet: format!("{}/{}", text(data, "task")?, text(data, "sample_no")?),
            kind: text(data, "kind")?,
            region: region(data, "sampled_in")?,
            on: day(data, "on_day")?,
            sampled: day(data, "sampled_on"),
            product: text(data, "product_name")?,
            code: text(data, "product"),
            lot: text(data, "lot"),
            producer: text(data, "producer_name"),
            seller: text(data, "seller_name"),
            failed: failed.collect(),
            laboratory: text(data, "laboratory"),
        })
    }
}
