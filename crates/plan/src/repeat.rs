//! The same product is not sampled twice within the stated months: not by the same office, nor below an office that did.
//!
//! The same product is one producer, standard, trademark and model; spaces, width and case of the letters make no
//! difference. Batches of one plan, or taken by one office on one day, are one sampling. Complaints, follow-up and enforcement are exempt, as the rule says. The months end on the day with the same number,
//! or the month's last day where there is none (Civil Code, article 202); from the day after, the product may be sampled
//! again.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic, Place, Severity};

use crate::norm::Norm;
use crate::visit::Visit;

/// A sampling too early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// Number of the sampling before.
    pub before: String,
    /// Number of the sampling that repeats it.
    pub again: String,
    /// First day on which the product may be sampled again.
    pub allowed_from: Date,
    /// Why it may not be earlier.
    pub why: Why,
}

/// Why a sampling repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The same office did.
    SameOffice,
    /// An office of a higher level did.
    HigherLevel,
    /// An office of the same level did, and one of the two does not say which office it is.
    OfficeUnknown,
}

/// First day on which a product sampled on `on` may be sampled again; `None` beyond the calendar.
pub fn allowed_from(on: Date, months: u64) -> Option<Date> {
    let months = i64::try_from(months).ok().filter(|months| *months <= 1200)?;
    on.checked_add(months.months()).ok()?.tomorrow().ok()
}

/// Repeats among samplings, the nearest earlier one for each. `levels` names the levels from the highest down.
///
/// Samplings whose producer or level is unknown cannot be compared: ZH8582. ZH8581 for each repeat, a warning where only the
/// office is unknown.
pub fn repeats(visits: &[Visit], levels: &[&str], rule: &Norm) -> (Vec<Repeat>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut products: BTreeMap<[String; 4], Vec<(usize, &Visit)>> = BTreeMap::new();
    let samplings = visits.iter().filter(|visit| visit.samples && !visit.cancelled);
    for visit in samplings.filter(|visit| !rule.exempt.contains(&visit.kind)) {
        let rank = levels.iter().position(|level| *level == visit.level);
        let producer = visit.enterprise.as_deref().map(plain).filter(|producer| !producer.is_empty());
        let (Some(rank), Some(producer)) = (rank, producer) else {
            let mut note =
                Diagnostic::error("ZH8582").arg("visit", &visit.number).at(Place::Entry(visit.entry));
            note.severity = Severity::Note;
            problems.push(note);
            continue;
        };
        let part = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
        let product = [producer, part(&visit.standard), part(&visit.trademark), part(&visit.model)];
        products.entry(product).or_default().push((rank, visit));
    }
    let mut found = Vec::new();
    for mut samplings in products.into_values() {
        // On one day the higher level counts as the first.
        samplings.sort_by(|(rank, a), (other, b)| {
            (a.on, rank, a.entry, &a.number).cmp(&(b.on, other, b.entry, &b.number))
        });
        for (at, (rank, again)) in samplings.iter().enumerate() {
            let earlier = samplings.iter().take(at).rev();
            let mut open: Vec<(&Visit, Date, Why)> = earlier
                .map_while(|(other, before)| {
                    let from = allowed_from(before.on, rule.count()).filter(|from| again.on < *from)?;
                    Some((*other, *before, from))
                })
                .filter_map(|(other, before, from)| Some((before, from, why(other, before, *rank, again)?)))
                .collect();
            // What is certain goes before what is only suspected; the sort keeps the nearest first.
            open.sort_by_key(|(_, _, why)| *why == Why::OfficeUnknown);
            if let Some(&(before, from, why)) = open.first() {
                let mut problem = Diagnostic::error("ZH8581")
                    .arg("again", &again.number)
                    .arg("before", &before.number)
                    .arg("day", before.on)
                    .arg("from", from)
                    .at(Place::Entry(again.entry));
                if why == Why::OfficeUnknown {
                    problem.severity = Severity::Warning;
                }
                problems.push(problem);
                let (before, again) = (before.number.clone(), again.number.clone());
                found.push(Repeat { before, again, allowed_from: from, why });
            }
        }
    }
    (found, problems)
}

fn why(before_rank: usize, before: &Visit, rank: usize, again: &Visit) -> Option<Why> {
    let one_plan = before.plan.is_some() && before.plan == again.plan;
    if before_rank < rank && !one_plan {
        return Some(Why::HigherLevel);
    }
    // Several batches of one visit, or of one plan, are one sampling.
    if one_plan || before.on == again.on {
        return None;
    }
    match (&before.organiser, &again.organiser) {
        (Some(before), Some(again)) => (plain(before) == plain(again)).then_some(Why::SameOffice),
        _ => (before_rank == rank).then_some(Why::OfficeUnknown),
    }
}

/// A name without what makes no difference: spaces, full width, case.
fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
            c if c.is_whitespace() => None,
            c => Some(c),
        })
        .flat_map(char::to_lowercase)
        .collect()
}
