//! What comes out for one holder on one day: grade, points, the very statements behind them, and what would change.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Decimal};
use zhiheng_catalog::model::{Grades, Rung};

use super::rules::{Rules, Statement};
use super::spans::Spans;
use super::walk::{Cause, Step, Walk, active, cap, walk};

/// Most changes ahead that are told.
const LATER_MAX: usize = 12;

/// A holder graded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubjectVerdict {
    /// Scheme.
    pub scheme: String,
    /// Holder.
    pub holder: String,
    /// Day of grading.
    pub day: Date,
    /// Grade; `None` before the first statement and while the sum is open.
    pub grade: Option<String>,
    /// First day of this grade.
    pub since: Option<Date>,
    /// Unrounded sum; `None` where a number does not fit.
    pub points: Option<Decimal>,
    /// Sum that counts in full.
    pub full: Decimal,
    /// Vetoes in force.
    pub vetoes: Vec<VetoHit>,
    /// Items in the order of the scheme.
    pub items: Vec<ItemJudged>,
    /// Entries that count and are told as doubtful.
    pub doubtful: Vec<u64>,
    /// Entries that do not count at all by the scheme's rule.
    pub left_out: Vec<u64>,
    /// Changes of grade so far.
    pub history: Vec<Step>,
    /// The next rung, on a ladder with one above.
    pub next: Option<Next>,
    /// What changes by itself, if nothing new happens.
    pub later: Vec<Later>,
}

/// A veto in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VetoHit {
    /// Number of the veto in the scheme.
    pub veto: usize,
    /// Entry that makes it.
    pub entry: u64,
    /// Last day.
    pub until: Option<Date>,
}

/// An item judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemJudged {
    /// Identifier within the scheme.
    pub id: String,
    /// Count or sum.
    pub value: Decimal,
    /// Points; `None` where they do not fit a number.
    pub points: Option<Decimal>,
    /// Most points.
    pub most: Decimal,
    /// Entries that count, in order.
    pub rows: Vec<u64>,
    /// Day from which the first of them counts no more.
    pub leaves: Option<Date>,
}

/// The next rung.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// Its grade.
    pub grade: String,
    /// First day on which it is open, if nothing new happens; `None` if the sum does not reach it by itself.
    pub opens: Option<Date>,
    /// What is still wanted.
    pub needs: Vec<Need>,
}

/// What a rung still wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The rung below must be held; over on this day.
    Wait(Date),
    /// The sum is too small: have, want.
    Points(Decimal, Decimal),
    /// A veto stands in the way.
    Veto(VetoHit),
    /// It must be asked for.
    Asking,
}

/// Something that changes by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Later {
    /// Its day.
    pub day: Date,
    /// Sum from then on.
    pub points: Option<Decimal>,
    /// Grade from then on.
    pub grade: Option<String>,
}

/// Grades a holder. `statements` are those of the holder known at a ledger size, in any order; those after `day` do not count.
pub fn verdict(rules: &Rules<'_>, holder: &str, statements: &[Statement], day: Date) -> SubjectVerdict {
    let scheme = rules.scheme();
    let spans = Spans::of(rules, statements, day);
    let walked = walk(rules, &spans, day);
    let codes = scheme.grade_codes();
    let code = |grade: Option<usize>| grade.and_then(|at| codes.get(at)).map(|code| (*code).to_owned());
    let (grade, since) = walked.now();
    let entries = |wanted: &dyn Fn(bool, bool) -> bool| {
        let known = statements.iter().filter(|one| one.day <= day);
        let wanted = known.filter(|one| rules.of(one).is_some_and(|mark| wanted(mark.counts, mark.doubtful)));
        let mut entries: Vec<u64> = wanted.map(|one| one.entry).collect();
        entries.sort_unstable();
        entries
    };
    let history = (walked.changes.iter())
        .map(|one| Step { day: one.day, grade: code(one.grade), cause: one.cause })
        .collect();
    SubjectVerdict {
        scheme: scheme.head.id.clone(),
        holder: holder.to_owned(),
        day,
        grade: code(grade),
        since,
        points: walked.points,
        full: scheme.full,
        vetoes: hits(&spans, day),
        items: items(rules, &spans, day),
        doubtful: entries(&|counts, doubtful| counts && doubtful),
        left_out: entries(&|counts, _| !counts),
        history,
        next: match &scheme.grades {
            Grades::Ladder(rungs) => next(rules, &spans, rungs, &walked, day),
            Grades::Bands(_) => None,
        },
        later: later(rules, &spans, &walked, day, &code),
    }
}

fn hits(spans: &Spans, day: Date) -> Vec<VetoHit> {
    let mut hits: Vec<VetoHit> = (active(spans, day))
        .map(|span| VetoHit {
            veto: span.of,
            entry: span.entry,
            until: Some(span.end).filter(|end| *end < Date::MAX),
        })
        .collect();
    hits.sort_unstable_by_key(|hit| (hit.veto, hit.entry));
    hits
}

fn items(rules: &Rules<'_>, spans: &Spans, day: Date) -> Vec<ItemJudged> {
    let mut tallies = Vec::new();
    spans.tallies(rules, day, &mut tallies);
    (rules.scheme().items.iter().zip(&tallies).enumerate())
        .map(|(at, (item, tally))| {
            let mine = || spans.items.iter().filter(|span| span.of == at && span.covers(day));
            let mut rows: Vec<u64> = mine().map(|span| span.entry).collect();
            rows.sort_unstable();
            ItemJudged {
                id: item.id.clone(),
                value: tally.sum.unwrap_or_else(|| Decimal::from(tally.count)),
                points: rules.points(at, tally.count, tally.sum),
                most: item.points,
                rows,
                leaves: mine().map(|span| span.end).min().and_then(|end| end.tomorrow().ok()),
            }
        })
        .collect()
}

/// The rung above: when it is open, and what it still wants on the day itself.
fn next(rules: &Rules<'_>, spans: &Spans, rungs: &[Rung], walked: &Walk, day: Date) -> Option<Next> {
    let (Some(rung), Some(since)) = walked.now() else { return None };
    let above = rungs.get(rung + 1)?;
    let over = above.after.map_or(since, |wait| wait.over(since));
    let capped = |on: Date| cap(rules, spans, rungs, on).is_some_and(|(most, _)| most <= rung);
    let mut tallies = Vec::new();
    let mut sum = |on: Date| spans.points(rules, on, &mut tallies).unwrap_or(Decimal::ZERO);
    let first = over.max(day);
    let days = std::iter::once(first).chain(spans.days().into_iter().filter(|on| *on > first));
    let opens = days.into_iter().find(|on| !capped(*on) && sum(*on) >= above.from);
    let have = sum(day);
    let mut needs = Vec::new();
    if over > day {
        needs.push(Need::Wait(over));
    }
    if have < above.from {
        needs.push(Need::Points(have, above.from));
    }
    let blocks = |hit: &VetoHit| {
        let veto = rules.scheme().vetoes.get(hit.veto);
        let most = veto.and_then(|veto| rungs.iter().position(|rung| rung.grade == veto.grade));
        most.is_some_and(|most| most <= rung)
    };
    needs.extend(hits(spans, day).into_iter().filter(blocks).map(Need::Veto));
    if above.asks.is_some() {
        needs.push(Need::Asking);
    }
    Some(Next { grade: above.grade.clone(), opens, needs })
}

/// Changes of the sum or the grade after the day.
fn later(
    rules: &Rules<'_>,
    spans: &Spans,
    walked: &Walk,
    day: Date,
    code: &dyn Fn(Option<usize>) -> Option<String>,
) -> Vec<Later> {
    let mut later: Vec<Later> = Vec::new();
    let mut last = (walked.points, walked.now().0);
    let mut next = walked.next;
    while let Some(on) = next.filter(|_| later.len() < LATER_MAX) {
        let then = walk(rules, spans, on);
        let now = (then.points, then.now().0);
        if now != last {
            later.push(Later { day: on, points: now.0, grade: code(now.1) });
            last = now;
        }
        // A walk always goes on after its last day.
        next = then.next.filter(|next| *next > on && *next > day);
    }
    later
}

impl SubjectVerdict {
    /// The change that gave the present grade.
    pub fn cause(&self) -> Option<Cause> {
        self.history.last().map(|step| step.cause)
    }
}
