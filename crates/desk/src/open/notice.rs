//! A published recall.

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, RegionCode};
use zhiheng_trace::id::Identifier;

use super::{day, region, text};

/// Record type of published recalls.
pub const RECORD: &str = "recall.notice";

/// What consumers must know of a recall.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Entry in the ledger.
    pub entry: u64,
    /// Number.
    pub number: String,
    /// Product.
    pub product: String,
    /// What is recalled, as it was written.
    pub item: String,
    /// The same as an identifier, if it is one.
    pub identifier: Option<Identifier>,
    /// Lot or date of production, as printed on the packing.
    pub lot: Option<String>,
    /// Producer.
    pub producer: String,
    /// Defect and hazard.
    pub hazard: String,
    /// What to do.
    pub remedy: String,
    /// Region.
    pub region: RegionCode,
    /// First day.
    pub from: Date,
    /// Last day; a recall without one goes on.
    pub until: Option<Date>,
}

impl Notice {
    /// The notice of a record; `None` if it lacks what makes one.
    pub fn of(entry: u64, data: &Map<String, Json>) -> Option<Notice> {
        let item = text(data, "item")?;
        Some(Notice {
            entry,
            number: text(data, "notice_no")?,
            product: text(data, "product_name")?,
            identifier: Identifier::read(item.trim()).ok(),
            item,
            lot: text(data, "lot"),
            producer: text(data, "producer_name")?,
            hazard: text(data, "hazard")?,
            remedy: text(data, "remedy")?,
            region: region(data, "located_in")?,
            from: day(data, "published_on")?,
            until: day(data, "ends_on"),
        })
    }
}
