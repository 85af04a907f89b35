//! Signals that somebody has muted: a record says which, until when, why and who. It hides nothing; it tells that somebody knows.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, RegionCode};

use crate::desk::Desk;
use crate::trouble::Trouble;

/// Record type of mutes.
pub const MUTE: &str = "base.mute";

/// A signal that somebody has muted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    /// Entry of the record.
    pub entry: u64,
    /// The day on which it is over.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Account.
    pub by: String,
    /// The day on which it was said.
    pub on: String,
}

impl Mute {
    /// Whether it holds on a day: on the day that it names it does no more.
    pub fn holds(&self, on: Date) -> bool {
        on < self.until
    }
}

/// Mutes by indicator and region.
pub type Mutes = BTreeMap<(String, RegionCode), Mute>;

impl Desk {
    /// The mute of every series that ever had one: of several the one that was said last, so that a later record ends or
    /// prolongs an earlier one.
    ///
    /// Errors: those of reading the lake.
    pub async fn mutes(&self) -> Result<Mutes, Trouble> {
        let mut mutes = Mutes::new();
        // In the order of their entries: corrected ones stand where their newest version does.
        for row in self.engine.records(MUTE, None, None).await? {
            mutes.extend(mute(row.entry, &row.data));
        }
        Ok(mutes)
    }
}

fn mute(entry: u64, data: &Map<String, Json>) -> Option<((String, RegionCode), Mute)> {
    let text = |field: &str| data.get(field).and_then(Json::as_str).unwrap_or_default();
    let key = (text("indicator").to_owned(), RegionCode::parse(text("region")).ok()?);
    let mute = Mute {
        entry,
        until: text("ends_on").parse().ok()?,
        reason: text("reason").to_owned(),
        by: text("said_by").to_owned(),
        on: text("said_on").to_owned(),
    };
    Some((key, mute))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mute_is_over_on_its_day() {
        let row = json!({ "indicator": "sampling.pass_rate_chart", "region": "621122", "ends_on": "2013-11-30",
            "reason": "抽查对象变更", "said_by": "a", "said_on": "2013-10-21" });
        let row = row.as_object().expect("an object").clone();
        let ((of, region), one) = mute(7, &row).expect("a mute");
        assert_eq!((of.as_str(), region.to_string().as_str()), ("sampling.pass_rate_chart", "621122"));
        assert!(one.holds(date(2013, 11, 29)) && !one.holds(date(2013, 11, 30)));
        let mut bent = row;
        bent.insert("ends_on".to_owned(), json!("soon"));
        assert_eq!(mute(7, &bent), None);
    }
}
