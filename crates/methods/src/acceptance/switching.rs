//! From lot to lot: normal, tightened and reduced inspection, the switching score, and the end of acceptance.
//!
//! **What it answers.** After these lots, with which severity is the next one inspected?
//!
//! **Rule.** Inspection begins normal.
//! * Normal to tightened: 2 of 5 or fewer consecutive lots not accepted on original inspection.
//! * Tightened to normal: 5 consecutive lots accepted.
//! * Normal to reduced: switching score of 30 or more, production steady, and the authority agrees.
//! * Reduced to normal: a lot not accepted, production irregular, or other conditions ask for it.
//! * Discontinued: 5 lots not accepted on tightened inspection since it began. It resumes, tightened, only
//!   after the supplier has acted.
//!
//! The score counts lots on normal inspection, from 0: single plans with Ac 0 or 1 add 2 for an accepted lot,
//! others add 3 when the lot would have been accepted at the next tighter AQL; double plans add 3 when the
//! first sample accepts, multiple plans when one of the first three does; anything else sets it to 0. Lots
//! that are submitted again do not count.
//!
//! **Source.** GB/T 2828.1-2012, clauses 9.3 and 9.4.
//!
//! **When not to use it.** For isolated lots; and not with MIL-STD-105E, whose way to reduced inspection (ten
//! lots and a table of limit numbers) is another.

use super::scheme::{Request, Tabulated, Verdict, plan_for_letter, tighter};
use super::tables::{Kind, Severity};
use crate::refusal::Refusal;

/// Where a series of lots stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Inspection goes on with this severity.
    Inspect(Severity),
    /// Acceptance inspection is discontinued.
    Discontinued,
}

/// What the switching rules need to know about a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// The verdict on original inspection.
    pub verdict: Verdict,
    /// What an accepted lot adds to the score; 0 sets the score to 0. From [`points`].
    pub points: u32,
    /// The lot was submitted before: it is outside the rules.
    pub resubmitted: bool,
    /// Production runs steadily.
    pub steady: bool,
    /// The responsible authority agrees with reduced inspection.
    pub reduced_allowed: bool,
}

/// The switching rules over a series of lots.
///
/// ```
/// use zhiheng_methods::acceptance::{scheme::Verdict, switching::{Lot, State, Switching}, tables::Severity};
/// let verdict = |accepted| Verdict { accepted, stage: 1, gap: false };
/// let lot = |accepted| Lot {
///     verdict: verdict(accepted), points: 2, resubmitted: false, steady: true, reduced_allowed: false,
/// };
/// let mut series = Switching::new();
/// series.record(lot(false));
/// series.record(lot(true));
/// series.record(lot(false));
/// assert_eq!(series.state(), State::Inspect(Severity::Tightened));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switching {
    state: State,
    score: u32,
    /// Verdicts of the last five lots on normal inspection, the latest last.
    recent: Vec<bool>,
    accepted_in_row: u32,
    rejected_on_tightened: u32,
}

/// Score from which reduced inspection is open.
const ENOUGH_SCORE: u32 = 30;

impl Switching {
    /// A new series: normal inspection, score 0.
    pub fn new() -> Self {
        Self {
            state: State::Inspect(Severity::Normal),
            score: 0,
            recent: Vec::new(),
            accepted_in_row: 0,
            rejected_on_tightened: 0,
        }
    }

    /// Where the next lot finds the series.
    pub fn state(&self) -> State {
        self.state
    }

    /// The switching score.
    pub fn score(&self) -> u32 {
        self.score
    }

    /// Takes in the next lot. After [`State::Discontinued`] nothing changes until [`Switching::resume`].
    pub fn record(&mut self, lot: Lot) {
        if lot.resubmitted {
            return;
        }
        match self.state {
            State::Inspect(Severity::Normal) => self.normal(lot),
            State::Inspect(Severity::Tightened) => self.tightened(lot.verdict.accepted),
            State::Inspect(Severity::Reduced) => {
                if !lot.verdict.accepted || lot.verdict.gap || !lot.steady {
                    self.enter(State::Inspect(Severity::Normal));
                }
            }
            State::Discontinued => {}
        }
    }

    /// The supplier has acted and the authority agrees: inspection resumes, tightened.
    pub fn resume(&mut self) {
        if self.state == State::Discontinued {
            self.enter(State::Inspect(Severity::Tightened));
        }
    }

    fn normal(&mut self, lot: Lot) {
        let accepted = lot.verdict.accepted;
        self.score = if accepted && lot.points > 0 { self.score.saturating_add(lot.points) } else { 0 };
        if self.recent.len() == 5 {
            self.recent.remove(0);
        }
        self.recent.push(accepted);
        if self.recent.iter().filter(|accepted| !**accepted).count() >= 2 {
            self.enter(State::Inspect(Severity::Tightened));
        } else if self.score >= ENOUGH_SCORE && lot.steady && lot.reduced_allowed {
            self.enter(State::Inspect(Severity::Reduced));
        }
    }

    fn tightened(&mut self, accepted: bool) {
        if accepted {
            self.accepted_in_row += 1;
            if self.accepted_in_row >= 5 {
                self.enter(State::Inspect(Severity::Normal));
            }
        } else {
            self.accepted_in_row = 0;
            self.rejected_on_tightened += 1;
            if self.rejected_on_tightened >= 5 {
                self.enter(State::Discontinued);
            }
        }
    }

    fn enter(&mut self, state: State) {
        *self = Self { state, ..Self::new() };
    }
}

impl Default for Switching {
    fn default() -> Self {
        Self::new()
    }
}

/// What a lot on normal inspection adds to the switching score: 2, 3, or 0 to set it to 0.
///
/// `found` counts sample by sample. With acceptance number 2 or more the lot is held against the plan of the
/// same letter at the next tighter AQL, which has the same sample size; where it has not (at the ends of the
/// table), nothing is added.
pub fn points(request: &Request, plan: &Tabulated, found: &[u64]) -> Result<u32, Refusal> {
    let verdict = plan.judge(found)?;
    if !verdict.accepted {
        return Ok(0);
    }
    match plan.kind {
        Kind::Double => return Ok(if verdict.stage == 1 { 3 } else { 0 }),
        Kind::Multiple => return Ok(if verdict.stage <= 3 { 3 } else { 0 }),
        Kind::Single => {}
    }
    let Some(stage) = plan.stages.first() else { return Ok(0) };
    if stage.accept <= Some(1) {
        return Ok(2);
    }
    let Some(aql) = tighter(request.aql)? else { return Ok(0) };
    let next = plan_for_letter(&Request { aql, kind: Kind::Single, ..*request }, plan.letter)?;
    let passes = next.stages.first().is_some_and(|it| it.n == stage.n) && next.judge(found)?.accepted;
    Ok(if passes { 3 } else { 0 })
}
