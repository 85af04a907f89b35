//! How often an enterprise is inspected in a year, over all plans and levels, and where that is too often.
//!
//! Visits of the exempt kinds (complaints, follow-up, enforcement, as the rule says) do not count, nor do those that were
//! called off; offices that come together on one joint visit count once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic, Place, RegionCode};

use crate::norm::{Norm, NormKind, norm};
use crate::visit::Visit;

/// The burden of one enterprise in one calendar year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Burden {
    /// Enterprise.
    pub enterprise: String,
    /// Calendar year.
    pub year: i16,
    /// Credit class, if known.
    pub class: Option<String>,
    /// Visits that count, in order of day; a joint visit is named by its first number.
    pub counted: Vec<String>,
    /// Visits that do not count.
    pub exempt: Vec<String>,
    /// Most that may be; `None`: no rule.
    pub most: Option<u64>,
    /// Visits beyond it.
    pub over: Vec<String>,
}

/// Burdens by enterprise and year, and ZH8580 for each visit too many. `classes` gives the credit class of an enterprise.
///
/// The rule is that of `region` on 1 January of the year.
pub fn burden(
    visits: &[Visit],
    norms: &[Norm],
    classes: &BTreeMap<String, String>,
    region: RegionCode,
) -> (Vec<Burden>, Vec<Diagnostic>) {
    let mut years: BTreeMap<(&str, i16), Vec<&Visit>> = BTreeMap::new();
    for visit in visits.iter().filter(|visit| !visit.cancelled) {
        if let Some(enterprise) = visit.enterprise.as_deref() {
            years.entry((enterprise, visit.on.year())).or_default().push(visit);
        }
    }
    let (mut burdens, mut problems) = (Vec::new(), Vec::new());
    for ((enterprise, year), mut theirs) in years {
        theirs.sort_by(|a, b| (a.on, a.entry, &a.number).cmp(&(b.on, b.entry, &b.number)));
        let class = classes.get(enterprise).cloned();
        let first = Date::new(year, 1, 1).unwrap_or_default();
        let cap = norm(norms, NormKind::Cap, class.as_deref(), region, first);
        let exempt_kind = |visit: &Visit| cap.is_some_and(|cap| cap.exempt.contains(&visit.kind));
        let (exempt, counting): (Vec<&Visit>, Vec<&Visit>) =
            theirs.into_iter().partition(|it| exempt_kind(it));
        let mut together = BTreeSet::new();
        let counted: Vec<&Visit> = counting
            .into_iter()
            .filter(|visit| visit.joint.as_deref().is_none_or(|joint| together.insert(joint)))
            .collect();
        let most = cap.map(Norm::count);
        let over: Vec<&Visit> = match most {
            Some(most) => counted.iter().skip(most as usize).copied().collect(),
            None => Vec::new(),
        };
        for visit in &over {
            problems.push(
                Diagnostic::error("ZH8580")
                    .arg("visit", &visit.number)
                    .arg("enterprise", enterprise)
                    .arg("year", year)
                    .arg("n", counted.len())
                    .arg("most", most.unwrap_or(0))
                    .at(Place::Entry(visit.entry)),
            );
        }
        let numbers = |visits: &[&Visit]| visits.iter().map(|visit| visit.number.clone()).collect();
        burdens.push(Burden {
            enterprise: enterprise.to_owned(),
            year,
            class,
            counted: numbers(&counted),
            exempt: numbers(&exempt),
            most,
            over: numbers(&over),
        });
    }
    (burdens, problems)
}
