//! The clocks of a case.

use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;

use super::fold::Case;
use crate::clock::{Calendar, Clock, Facts, Moment, Reckoning, Sense, State, reckon};

/// A clock that a step started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Definition.
    pub clock: String,
    /// What is known of it.
    pub facts: Facts,
}

/// A clock instance reckoned.
pub(crate) struct Reckoned<'a> {
    pub(crate) clock: &'a Clock,
    pub(crate) reckoning: Reckoning<'a>,
}

impl Reckoned<'_> {
    /// How it stands on a day.
    pub(crate) fn on(&self, calendar: &Calendar, day: Date) -> State {
        self.reckoning.state(calendar, Moment::Day(day))
    }

    /// Whether nothing of it is left on `day`: run out, done or ended.
    pub(crate) fn is_over(&self, calendar: &Calendar, day: Date) -> bool {
        matches!(
            self.on(calendar, day),
            State::Over(_) | State::Overdue(_) | State::Done { .. } | State::Ended { .. }
        )
    }

    /// The day on which its end takes effect by itself: the day after the last one.
    pub(crate) fn lapses_on(&self) -> Option<Date> {
        let facts = self.reckoning.facts;
        if !facts.done.is_empty() || facts.ended.is_some() {
            return None;
        }
        self.reckoning.due()?.tomorrow().ok()
    }

    pub(crate) fn is_right(&self) -> bool {
        self.clock.sense == Sense::Right
    }
}

/// An instance of a case, reckoned; `None` if it was never started or its definition is gone.
///
/// Errors: those of [`reckon`].
pub(crate) fn reckoned<'a>(
    catalog: &'a Catalog,
    calendar: &Calendar,
    case: &'a Case,
    instance: &str,
) -> Result<Option<Reckoned<'a>>, Diagnostic> {
    let Some(running) = case.clocks.get(instance) else { return Ok(None) };
    let Some(clock) = catalog.clocks.get(&running.clock) else { return Ok(None) };
    Ok(Some(Reckoned { clock, reckoning: reckon(clock, &running.facts, calendar)? }))
}
