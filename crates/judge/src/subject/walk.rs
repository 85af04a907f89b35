//! The grade from the first day to the last.
//!
//! A ladder remembers: how long a rung has been held depends on all that went before. So the grade is walked from the first
//! statement on, over the days on which anything begins or ceases to count. On each of them, in this order: a veto takes the grade
//! down to its cap at once; a sum below the rung's takes it down rung by rung; then one rung is climbed where its sum is there, the
//! wait is over, no veto stands in the way and, where it must be asked for, it is asked for on that very day. A fall begins the
//! wait anew.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Decimal};
use zhiheng_catalog::model::{Band, Grades, Rung};

use super::rules::{Rules, Statement, bit};
use super::spans::{Span, Spans, Tally};

/// Where a holder stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Number of the grade in the order of the scheme; `None` before the first statement and while the sum is open.
    pub grade: Option<u8>,
    /// Unrounded sum.
    pub points: Option<Decimal>,
    /// First day of this grade.
    pub since: Option<Date>,
    /// Next day on which anything that counts changes by itself.
    pub changes: Option<Date>,
}

/// A change of grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its day.
    pub day: Date,
    /// Grade from then on; `None` while the sum is open.
    pub grade: Option<String>,
    /// Why.
    pub cause: Cause,
}

/// Why a grade changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The first statement.
    Began,
    /// The sum.
    Points,
    /// All that the rung asks for is there.
    Climbed,
    /// A veto began, with the number of its entry.
    Veto(u64),
    /// A veto is over.
    VetoOver,
}

/// A change as the walk keeps it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Change {
    pub(crate) day: Date,
    pub(crate) grade: Option<usize>,
    pub(crate) cause: Cause,
}

/// The walk to a day.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    pub(crate) changes: Vec<Change>,
    pub(crate) points: Option<Decimal>,
    /// Next day after the last on which anything changes by itself.
    pub(crate) next: Option<Date>,
}

impl Walk {
    /// The grade now and since when.
    pub(crate) fn now(&self) -> (Option<usize>, Option<Date>) {
        self.changes.last().map_or((None, None), |last| (last.grade, Some(last.day)))
    }
}

/// Where a holder stands on a day. `statements` in any order.
pub fn standing(rules: &Rules<'_>, statements: &[Statement], day: Date) -> Standing {
    let spans = Spans::of(rules, statements, day);
    let walk = walk(rules, &spans, day);
    let (grade, since) = walk.now();
    Standing {
        grade: grade.and_then(|grade| u8::try_from(grade).ok()),
        points: walk.points,
        since,
        changes: walk.next,
    }
}

/// Walks to `last`.
pub(crate) fn walk(rules: &Rules<'_>, spans: &Spans, last: Date) -> Walk {
    let days = spans.days();
    let mut tallies = Vec::new();
    let mut state = State { rules, spans, changes: Vec::new(), tallies: &mut tallies, wait: None };
    let mut at = 0;
    let (mut points, mut next) = (None, None);
    if spans.first.is_some_and(|first| first <= last) {
        loop {
            let day = match (days.get(at).copied(), state.wait) {
                (Some(day), Some(wait)) => day.min(wait),
                (Some(day), None) | (None, Some(day)) => day,
                (None, None) => break,
            };
            if day > last {
                next = Some(day);
                break;
            }
            if days.get(at) == Some(&day) {
                at += 1;
            }
            points = state.step(day);
        }
    }
    Walk { changes: state.changes, points, next }
}

struct State<'a, 's> {
    rules: &'a Rules<'s>,
    spans: &'a Spans,
    changes: Vec<Change>,
    tallies: &'a mut Vec<Tally>,
    /// Day on which the wait for a rung that is reached by itself is over.
    wait: Option<Date>,
}

impl State<'_, '_> {
    fn step(&mut self, day: Date) -> Option<Decimal> {
        let points = self.spans.points(self.rules, day, self.tallies);
        match &self.rules.scheme().grades {
            Grades::Bands(bands) => self.by_band(bands, day, points),
            Grades::Ladder(rungs) => self.by_ladder(rungs, day, points),
        }
        points
    }

    fn set(&mut self, day: Date, grade: Option<usize>, cause: Cause) {
        match self.changes.last_mut() {
            Some(last) if last.grade == grade => {}
            // Several steps on one day are one change.
            Some(last) if last.day == day => {
                last.grade = grade;
                last.cause = cause;
            }
            _ => self.changes.push(Change { day, grade, cause }),
        }
    }

    fn by_band(&mut self, bands: &[Band], day: Date, points: Option<Decimal>) {
        let veto = active(self.spans, day).min_by_key(|span| span.of);
        let code =
            veto.and_then(|span| self.rules.scheme().vetoes.get(span.of)).map(|veto| veto.grade.as_str());
        let grade = match (code, points) {
            (Some(code), _) => bands.iter().position(|band| band.grade == code),
            (None, Some(points)) => Some(band_of(bands, points)),
            (None, None) => None,
        };
        let was = self.changes.last().map(|last| last.cause);
        let cause = match (veto, was) {
            (Some(span), _) => Cause::Veto(span.entry),
            (None, None) => Cause::Began,
            (None, Some(Cause::Veto(_))) => Cause::VetoOver,
            _ => Cause::Points,
        };
        self.set(day, grade, cause);
    }

    fn by_ladder(&mut self, rungs: &[Rung], day: Date, points: Option<Decimal>) {
        // A sum that does not fit a number reaches nothing.
        let points = points.unwrap_or(Decimal::ZERO);
        let (mut rung, mut held) = match self.changes.last() {
            Some(Change { grade: Some(rung), day, .. }) => (*rung, *day),
            _ => {
                self.set(day, Some(0), Cause::Began);
                (0, day)
            }
        };
        let cap = cap(self.rules, self.spans, rungs, day);
        if let Some((most, entry)) = cap.filter(|(most, _)| rung > *most) {
            (rung, held) = (most, day);
            self.set(day, Some(rung), Cause::Veto(entry));
        }
        while rung > 0 && rungs.get(rung).is_some_and(|one| points < one.from) {
            (rung, held) = (rung - 1, day);
            self.set(day, Some(rung), Cause::Points);
        }
        self.wait = None;
        if let Some(above) = rungs.get(rung + 1) {
            let over = above.after.map_or(held, |wait| wait.over(held));
            let asked = match above.asks {
                Some(_) => self.spans.asks.iter().any(|(on, set)| *on == day && set & bit(rung + 1) != 0),
                None => true,
            };
            let free = cap.is_none_or(|(most, _)| rung < most);
            if free && asked && over <= day && points >= above.from {
                rung += 1;
                held = day;
                self.set(day, Some(rung), Cause::Climbed);
            }
        }
        // A rung that comes by itself comes when its wait is over, which is no day of any statement.
        if let Some(above) = rungs.get(rung + 1).filter(|above| above.asks.is_none()) {
            let over = above.after.map_or(held, |wait| wait.over(held));
            let over = if over > day { Some(over) } else { day.tomorrow().ok() };
            let reachable = points >= above.from && cap.is_none_or(|(most, _)| rung < most);
            self.wait = over.filter(|over| reachable && *over < Date::MAX);
        }
    }
}

/// Vetoes in force on a day.
pub(crate) fn active(spans: &Spans, day: Date) -> impl Iterator<Item = &Span> {
    spans.vetoes.iter().filter(move |span| span.covers(day))
}

/// The highest rung that vetoes leave on a day, and the entry that makes it so.
pub(crate) fn cap(rules: &Rules<'_>, spans: &Spans, rungs: &[Rung], day: Date) -> Option<(usize, u64)> {
    let rung = |span: &Span| {
        let veto = rules.scheme().vetoes.get(span.of)?;
        Some((rungs.iter().position(|rung| rung.grade == veto.grade)?, span.entry))
    };
    active(spans, day).filter_map(rung).min()
}

/// The number of the band of a sum; the last one if it lies below all.
fn band_of(bands: &[Band], points: Decimal) -> usize {
    bands.iter().position(|band| points >= band.from).unwrap_or(bands.len().saturating_sub(1))
}
