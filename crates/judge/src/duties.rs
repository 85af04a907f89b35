//! What follows from verdicts: who owes what by the scheme's duties.
//!
//! The end of the ranking goes by points, a veto does not matter there. Equal points at the border owe alike, so that more places than
//! stated may owe, and it says so. Places without points are named: as long as there are any, the end of the ranking is
//! provisional.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, Lang, Node, RegionCode, Regions};
use zhiheng_catalog::model::{DutyOf, Scheme};

use crate::verdict::Verdict;

/// Who owes what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Duties {
    /// Duties in the order of the scheme, the last places first.
    pub owed: Vec<Owed>,
    /// Places whose points are open.
    pub open: Vec<RegionCode>,
}

/// A duty of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Owed {
    /// Number of the duty in the scheme.
    pub duty: usize,
    /// Place.
    pub region: RegionCode,
    /// Whom the duty meets.
    pub of: DutyOf,
    /// Points; `None` where a veto sets the grade of an open place.
    pub points: Option<Decimal>,
    /// Grade.
    pub grade: Option<String>,
    /// Rank from below, 1 having the fewest points; `None` for duties by grade.
    pub from_below: Option<u32>,
    /// Whether equal points at the border make more places owe than the duty states.
    pub tied: bool,
    /// Whether a place without points could still push it out of the end of the ranking.
    pub provisional: bool,
    /// Clock within which it is owed.
    pub clock: Option<String>,
    /// Family of procedures that it opens.
    pub opens: Option<String>,
}

/// Lists who owes what.
pub fn duties(scheme: &Scheme, verdicts: &[Verdict]) -> Duties {
    let open: Vec<RegionCode> =
        verdicts.iter().filter(|one| one.points.is_none()).map(|one| one.region).collect();
    let mut found = Duties { owed: Vec::new(), open };
    for (at, duty) in scheme.duties.iter().enumerate() {
        let mut owed: Vec<Owed> = (verdicts.iter())
            .filter_map(|verdict| {
                let (from_below, tied) = match &duty.of {
                    DutyOf::Grade(grade) => {
                        (verdict.grade.as_ref() == Some(grade)).then_some((None, false))?
                    }
                    DutyOf::Bottom(n) => {
                        let (fewer, equal) = below(verdicts, verdict.points?);
                        (fewer < *n).then_some((Some(fewer + 1), fewer + equal > *n))?
                    }
                };
                Some(Owed {
                    duty: at,
                    region: verdict.region,
                    of: duty.of.clone(),
                    points: verdict.points,
                    grade: verdict.grade.clone(),
                    from_below,
                    tied,
                    provisional: from_below.is_some() && !found.open.is_empty(),
                    clock: duty.clock.clone(),
                    opens: duty.opens.clone(),
                })
            })
            .collect();
        owed.sort_by_key(|one| (one.from_below, one.points, one.region));
        found.owed.extend(owed);
    }
    found
}

/// How many have fewer points, and how many as many.
fn below(verdicts: &[Verdict], points: Decimal) -> (u32, u32) {
    let all = || verdicts.iter().filter_map(|verdict| verdict.points);
    (
        all().filter(|other| *other < points).count() as u32,
        all().filter(|other| *other == points).count() as u32,
    )
}

impl Owed {
    /// The duty as a sentence, with what makes it doubtful below.
    pub fn explain(&self, scheme: &Scheme, regions: &Regions, lang: Lang) -> Node {
        let id = match self.of {
            DutyOf::Bottom(_) => "judge-duty-bottom",
            DutyOf::Grade(_) => "judge-duty-grade",
        };
        let says = scheme.duties.get(self.duty).map_or("", |duty| duty.says.get(lang));
        let mut node = Node::new(id)
            .arg("place", regions.full_name(self.region).unwrap_or_else(|| self.region.to_string()))
            .arg("says", says)
            .arg("grade", self.grade.as_deref().unwrap_or(""))
            .arg("points", self.points.map(|points| scheme.printed(points)).unwrap_or_default())
            .arg("rank", self.from_below.unwrap_or_default())
            .arg("n", if let DutyOf::Bottom(n) = self.of { n } else { 0 });
        for (is_so, id, value) in [
            (self.clock.is_some(), "judge-duty-clock", self.clock.as_deref()),
            (self.opens.is_some(), "judge-duty-opens", self.opens.as_deref()),
            (self.tied, "judge-duty-tied", None),
            (self.provisional, "judge-duty-provisional", None),
        ] {
            if is_so {
                node = node.with(Node::new(id).arg("id", value.unwrap_or("")));
            }
        }
        node
    }
}
