//! Whom to remind when: intents as data. Nothing is sent here.

use zhiheng_base::{Date, Words};

use super::Rule;
use super::calendar::{Calendar, plus_days};
use super::reckon::Reckoning;

/// Something to tell on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The clock.
    pub clock: String,
    /// Which one of a clock that comes again, from 1.
    pub number: i64,
    /// The day on which to tell; a working day as far as the calendar knows.
    pub on: Date,
    /// What.
    pub kind: IntentKind,
    /// Whom, as the definition says it.
    pub who: Option<Words>,
    /// Whether the day may still change with the calendar.
    pub provisional: bool,
}

/// What an intent tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentKind {
    /// The window is open from this day on.
    Opens(Date),
    /// So many of the clock's days are left.
    Remind {
        /// Days as the definition names them; told on the working day before if that is a rest day.
        left: i64,
        /// The last day.
        due: Date,
    },
    /// The last day.
    LastDay(Date),
    /// The first working day after a last day on which nobody acted.
    Missed(Date),
}

impl Reckoning<'_> {
    /// All intents of the clock, in order of day; none once it is done or ended, or while it stands still.
    ///
    /// They are planned from what is known now: with new facts or a new calendar they are reckoned anew.
    pub fn intents(&self, calendar: &Calendar) -> Vec<Intent> {
        let is_done = !self.facts.done.is_empty() && !matches!(self.clock.rule, Rule::Every { .. });
        if is_done || self.facts.ended.is_some() {
            return Vec::new();
        }
        let mut intents = Vec::new();
        let mut tell = |on: Option<Date>, kind: IntentKind, provisional: bool| {
            if let Some(on) = on {
                intents.push(Intent {
                    clock: self.clock.id.clone(),
                    number: self.number,
                    on,
                    kind,
                    who: self.clock.who.clone(),
                    provisional,
                });
            }
        };
        if let Some(end) = &self.opens
            && let Some(day) = end.day
        {
            tell(calendar.on_or_after(day), IntentKind::Opens(day), end.provisional.is_some());
        }
        if let Some(end) = &self.closes
            && let Some(due) = end.day
        {
            let provisional = end.provisional.is_some();
            let begin = self.opens.as_ref().and_then(|end| end.day).unwrap_or(self.start);
            for &left in self.clock.remind.iter().filter(|left| **left > 0) {
                let on = if self.clock.in_working_days() {
                    calendar.before(due, left)
                } else {
                    plus_days(due, -left).and_then(|day| calendar.on_or_before(day))
                };
                let on = on.filter(|on| *on > begin || matches!(self.clock.rule, Rule::Before { .. }));
                tell(on, IntentKind::Remind { left, due }, provisional);
            }
            if end.reached.is_none() {
                tell(calendar.on_or_before(due), IntentKind::LastDay(due), provisional);
                let next = plus_days(due, 1).and_then(|day| calendar.on_or_after(day));
                if self.clock.sense == super::Sense::Duty {
                    tell(next, IntentKind::Missed(due), provisional);
                }
            }
        }
        intents.sort_by_key(|intent| intent.on);
        intents
    }
}
