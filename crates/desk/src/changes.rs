//! What has happened, in the order of the ledger, for programs that follow it: no content, only what kind of thing changed where,
//! and which address tells more.
//!
//! An entry never changes and none is put between two others, so whoever has read up to an entry has missed nothing before it,
//! whatever is written meanwhile.

use futures::TryStreamExt as _;
use serde::Deserialize;
use serde_json::Value as Json;
use zhiheng_base::{Date, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_record::EntryKind;

use crate::cases::region_of;
use crate::desk::Desk;
use crate::trouble::Trouble;

/// Entries that are looked at for one answer; a reader who may see few of them gets a short answer and goes on.
pub const LOOKED_AT: u64 = 20_000;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its entry.
    pub entry: u64,
    /// When the ledger took it, RFC 3339.
    pub at: String,
    /// What it did.
    pub kind: EntryKind,
    /// Record type, or procedure of a case.
    pub of: Option<String>,
    /// Where; `None` for what belongs to the whole instance.
    pub region: Option<RegionCode>,
    /// The day on which the record lies.
    pub day: Option<Date>,
    /// The period that was handed in, for a submission of a return.
    pub period: Option<String>,
    /// Case number.
    pub case: Option<String>,
    /// State of the case after it.
    pub state: Option<String>,
    /// The entry that it corrects or withdraws.
    pub corrects: Option<u64>,
    /// Submission.
    pub submission: Option<String>,
}

/// A stretch of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// What was seen in it.
    pub changes: Vec<Change>,
    /// The last entry that was looked at: whoever goes on begins after it. `None`: there was nothing new.
    pub last: Option<u64>,
}

/// An entry's bytes, as far as they are told.
#[derive(Deserialize)]
struct Leaf {
    at: String,
    kind: EntryKind,
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    data: Json,
    #[serde(default)]
    corrects: Option<u64>,
    #[serde(default)]
    submission: Option<String>,
}

/// What happened from the entry `from` on, as far as `seen` allows; at most `most` changes.
///
/// Errors: those of the ledger.
pub async fn changes(
    desk: &Desk,
    from: u64,
    most: usize,
    seen: impl Fn(&Change) -> bool,
) -> Result<Stretch, Trouble> {
    let mut stretch = Stretch::default();
    let leaves = desk.ledger.leaves(from..from.saturating_add(LOOKED_AT));
    let mut leaves = std::pin::pin!(leaves);
    while let Some((first, some)) = leaves.try_next().await? {
        for (entry, bytes) in (first..).zip(some) {
            let change = change(desk, entry, serde_json::from_slice(&bytes)?).await?;
            stretch.last = Some(entry);
            if let Some(change) = change.filter(&seen) {
                stretch.changes.push(change);
                if stretch.changes.len() == most {
                    return Ok(stretch);
                }
            }
        }
    }
    Ok(stretch)
}

/// What an entry did; `None` if its place cannot be told, so that nobody learns of it who may not.
async fn change(desk: &Desk, entry: u64, leaf: Leaf) -> Result<Option<Change>, Trouble> {
    let mut change = Change {
        entry,
        at: leaf.at,
        kind: leaf.kind,
        of: leaf.of,
        region: None,
        day: None,
        period: None,
        case: None,
        state: None,
        corrects: leaf.corrects,
        submission: leaf.submission,
    };
    let text = |name: &str| leaf.data.get(name).and_then(Json::as_str);
    match leaf.kind {
        EntryKind::Record | EntryKind::Correct => {
            if !placed(&desk.catalog, &mut change, &leaf.data) {
                return Ok(None);
            }
        }
        EntryKind::Withdraw => {
            // What was withdrawn says where it was; a withdrawal names the version before it.
            let Some(before) = leaf.corrects else { return Ok(None) };
            let before = desk.ledger.entry(before).await?;
            if !placed(&desk.catalog, &mut change, &before.data) {
                return Ok(None);
            }
        }
        EntryKind::Step => {
            let Some(case) = text("case").map(str::to_owned) else { return Ok(None) };
            change.state = text("state").map(str::to_owned);
            // Whose case it is now, as for its page.
            let Some(head) = desk.ledger.case_head(&case).await? else { return Ok(None) };
            let Some(region) = region_of(&head) else { return Ok(None) };
            (change.region, change.case) = (Some(region), Some(case));
        }
        EntryKind::Submit => {
            // `record:region:period`, as returns are called; other submissions are told by their records.
            let basis = text("basis").unwrap_or_default();
            let mut parts = basis.split(':');
            let (of, region, period) = (parts.next(), parts.next(), parts.next());
            let region = region.and_then(|code| RegionCode::parse(code).ok());
            let (Some(of), Some(region), Some(period), None) = (of, region, period, parts.next()) else {
                return Ok(None);
            };
            if change.of.as_deref() != Some(of) {
                return Ok(None);
            }
            (change.region, change.period) = (Some(region), Some(period.to_owned()));
        }
        EntryKind::Adopt | EntryKind::Release => {}
        EntryKind::Erase => return Ok(None),
    }
    Ok(Some(change))
}

/// Sets where and when a record lies; false if its type is none of the catalog's.
fn placed(catalog: &Catalog, change: &mut Change, data: &Json) -> bool {
    let Some(record) = change.of.as_ref().and_then(|of| catalog.records.get(of)) else { return false };
    let text = |field: &str| data.get(field).and_then(Json::as_str);
    change.day = text(record.date_field()).and_then(|day| day.parse().ok());
    match &record.region {
        None => true,
        Some(field) => {
            change.region = text(field).and_then(|code| RegionCode::parse(code).ok());
            change.region.is_some()
        }
    }
}
