//! Who gets another grade under another scheme: what a government wants to know before it adopts one.

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
}

/// Places whose grade or rank differs, in the order of `before`. Places that stand on one side only are told with nothing on the
/// other.
pub fn compare(before: &[Verdict], after: &[Verdict]) -> Vec<Moved> {
    let find = |verdicts: &[Verdict], region| verdicts.iter().find(|one| one.region == region).cloned();
    let moved = |region, old: Option<Verdict>, new: Option<Verdict>| {
        let pick = |one: &Option<Verdict>| {
            one.as_ref().map_or((None, None, None), |one| (one.grade.clone(), one.points, one.rank))
        };
        let ((grade, points, rank), (to_grade, to_points, to_rank)) = (pick(&old), pick(&new));
        (grade != to_grade || rank != to_rank).then_some(Moved {
            region,
            grade: (grade, to_grade),
            points: (points, to_points),
            rank: (rank, to_rank),
        })
    };
    let first = before.iter().filter_map(|one| moved(one.region, Some(one.clone()), find(after, one.region)));
    let only_after = after.iter().filter(|one| find(before, one.region).is_none());
    first.chain(only_after.filter_map(|one| moved(one.region, None, Some(one.clone())))).collect()
}
