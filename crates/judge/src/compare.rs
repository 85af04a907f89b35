//! Who gets another grade under another scheme, and by which items: what a government wants to know before it adopts one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, RegionCode};

use crate::verdict::Verdict;

/// A place whose grade or rank differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Place.
    pub region: RegionCode,
    /// Grade before and after.
    pub grade: (Option<String>, Option<String>),
    /// Points before and after.
    pub points: (Option<Decimal>, Option<Decimal>),
    /// Rank before and after.
    pub rank: (Option<u32>, Option<u32>),
    /// Items whose points differ, the largest difference first; those that opened or closed before all.
    pub items: Vec<MovedItem>,
}

/// An item whose points differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovedItem {
    /// Identifier; items of two schemes are the same if they are called the same.
    pub id: String,
    /// Points before and after; `None` where it is open or not in the scheme.
    pub points: (Option<Decimal>, Option<Decimal>),
    /// Most points before and after; `None` where it is not in the scheme.
    pub most: (Option<Decimal>, Option<Decimal>),
}

/// Places whose grade or rank differs, in the order of `before`. Places that stand on one side only are told with nothing on the
/// other.
pub fn compare(before: &[Verdict], after: &[Verdict]) -> Vec<Moved> {
    let by_region = |verdicts| -> BTreeMap<RegionCode, &Verdict> {
        <[Verdict]>::iter(verdicts).map(|one| (one.region, one)).collect()
    };
    let (old, new) = (by_region(before), by_region(after));
    let moved = |region, old: Option<&Verdict>, new: Option<&Verdict>| {
        let pick = |one: Option<&Verdict>| {
            one.map_or((None, None, None), |one| (one.grade.clone(), one.points, one.rank))
        };
        let ((grade, points, rank), (to_grade, to_points, to_rank)) = (pick(old), pick(new));
        (grade != to_grade || rank != to_rank).then_some(Moved {
            region,
            grade: (grade, to_grade),
            points: (points, to_points),
            rank: (rank, to_rank),
            items: items(old, new),
        })
    };
    let first = before.iter().filter_map(|one| moved(one.region, Some(one), new.get(&one.region).copied()));
    let only_after = after.iter().filter(|one| !old.contains_key(&one.region));
    first.chain(only_after.filter_map(|one| moved(one.region, None, Some(one)))).collect()
}

/// Items whose points differ.
fn items(before: Option<&Verdict>, after: Option<&Verdict>) -> Vec<MovedItem> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let find = |verdict: &Verdict, id: &str| {
        let found = verdict.items.iter().find(|item| item.id == id);
        found.map_or((None, None), |item| (item.points, Some(item.most)))
    };
    let only_after = after.items.iter().filter(|item| before.items.iter().all(|old| old.id != item.id));
    let mut moved: Vec<MovedItem> = (before.items.iter().chain(only_after))
        .map(|item| {
            let (old, new) = (find(before, &item.id), find(after, &item.id));
            MovedItem { id: item.id.clone(), points: (old.0, new.0), most: (old.1, new.1) }
        })
        .filter(|item| item.points.0 != item.points.1)
        .collect();
    // An item that only one of the schemes has counts as 0 in the other; one that is open has no difference to sort by.
    let size = |item: &MovedItem| {
        let side = |points: Option<Decimal>, most: Option<Decimal>| match (points, most) {
            (None, Some(_)) => None,
            (points, _) => Some(points.unwrap_or_default()),
        };
        let (old, new) = (side(item.points.0, item.most.0)?, side(item.points.1, item.most.1)?);
        Some((new - old).abs())
    };
    moved.sort_by_key(|item| (size(item).is_some(), std::cmp::Reverse(size(item))));
    moved
}
