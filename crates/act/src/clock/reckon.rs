//! From a clock and facts to its dates, each with what was counted for it.

use jiff::SignedDuration;
use zhiheng_base::{Date, Diagnostic};

use super::calendar::{Calendar, days_between, index, plus_days, plus_months};
use super::count::{Count, Stretch, Unit, count};
use super::facts::{Stop, holding, in_range, stops};
use super::{Bound, Clock, Facts, Length, Limit, Mark, Rule, Sense};

mod end;
mod special;

pub use end::{End, Kept, Moving, Reached};

/// The dates of a clock, with everything that led to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Reckoning<'a> {
    /// The definition.
    pub clock: &'a Clock,
    /// The facts.
    pub facts: &'a Facts,
    /// The start that holds, its day in Beijing; not counted itself.
    pub start: Date,
    /// The first day on which to act; `None`: from the start on.
    pub opens: Option<End>,
    /// The last day on which to act; `None`: there is none.
    pub closes: Option<End>,
    /// Which one of a clock that comes again, from 1.
    pub number: i64,
    /// Warnings, such as pauses that do not stop this clock.
    pub remarks: Vec<Diagnostic>,
}

impl Reckoning<'_> {
    /// The last day on which to act; `None` without one, or while the clock stands still.
    pub fn due(&self) -> Option<Date> {
        self.closes.as_ref().and_then(|end| end.day)
    }

    /// Whether one of its days rests on a year that the calendar does not know.
    pub fn is_provisional(&self) -> bool {
        self.opens.iter().chain(&self.closes).any(|end| end.provisional.is_some())
    }
}

/// The dates of `clock` by the facts and the calendar.
///
/// # Errors
///
/// ZH8120 for a pause that ends before it begins, ZH8122 for days outside 1900–2200, ZH8123 if the end would lie beyond
/// 2200, ZH8124 if a clock in hours starts on a day without time, ZH8125 for a restart before the start, ZH8128 if the
/// definition did not hold on the start day, ZH8110 if a window closes before it opens.
pub fn reckon<'a>(
    clock: &'a Clock,
    facts: &'a Facts,
    calendar: &Calendar,
) -> Result<Reckoning<'a>, Diagnostic> {
    let moment = holding(facts)?;
    let start = moment.date();
    in_range(start)?;
    for day in facts.done.iter().chain(facts.ended.iter().map(|ended| &ended.on)) {
        in_range(*day)?;
    }
    if !clock.holds(start) {
        let text = |date: Option<Date>| date.map_or_else(|| "–".to_owned(), |date| date.to_string());
        let problem = Diagnostic::error("ZH8128").arg("id", &clock.id).arg("start", start);
        return Err(problem.arg("since", text(clock.since)).arg("until", text(clock.until)));
    }
    let mut remarks = Vec::new();
    let stops = stops(clock, &facts.pauses, &mut remarks)?;
    let run = Run { clock, facts, calendar, start, stops: &stops };
    let (mut opens, mut number) = (None, 1);
    let closes = match &clock.rule {
        _ if facts.until.is_some() => facts.until.map(|day| run.set(day)).transpose()?,
        Rule::Window { opens: from, closes: to } => {
            opens = from.map(|limit| run.opening(limit)).transpose()?;
            let close = |limit: Limit| match limit.mark {
                Mark::After(Length::Hours(hours)) => run.hours(moment, hours, limit),
                _ => run.closing(limit, opens.as_ref()),
            };
            to.map(close).transpose()?
        }
        Rule::Every { length } => {
            number += i64::try_from(facts.done.len()).unwrap_or(i64::MAX - 1);
            let all = length.times(number).ok_or_else(|| run.beyond())?;
            Some(run.closing(Limit { mark: Mark::After(all), bound: Bound::Included }, None)?)
        }
        Rule::Before { after, length, bound } => Some(run.before(*after, *length, *bound)?),
        Rule::First { lengths, counters } => run.first(lengths, counters, &mut remarks)?,
    };
    if let (Some(first), Some(last)) =
        (opens.as_ref().and_then(|end| end.day), closes.as_ref().and_then(|end| end.day))
        && last < first
    {
        let problem = Diagnostic::error("ZH8110").arg("id", &clock.id);
        return Err(problem.arg("opens", first).arg("closes", last));
    }
    Ok(Reckoning { clock, facts, start, opens, closes, number, remarks })
}

/// What all ways of reckoning need.
struct Run<'r> {
    clock: &'r Clock,
    facts: &'r Facts,
    calendar: &'r Calendar,
    start: Date,
    stops: &'r [Stop],
}

impl Run<'_> {
    /// The last day as somebody set it: no rest day moves it and no pause puts it off.
    fn set(&self, day: Date) -> Result<End, Diagnostic> {
        in_range(day)?;
        if day < self.start {
            let problem = Diagnostic::error("ZH8110").arg("id", &self.clock.id);
            return Err(problem.arg("closes", day).arg("opens", self.start));
        }
        let length = Length::Days(days_between(self.start, day));
        Ok(self.end(Limit { mark: Mark::After(length), bound: Bound::Included }, day))
    }

    fn beyond(&self) -> Diagnostic {
        Diagnostic::error("ZH8123").arg("start", self.start)
    }

    /// A length as days to count, and which days.
    fn days(&self, length: Length) -> Result<(i64, Unit), Diagnostic> {
        let to = |months: Option<i64>| {
            let end = months.and_then(|months| plus_months(self.start, months));
            end.map(|end| (days_between(self.start, end), Unit::Calendar)).ok_or_else(|| self.beyond())
        };
        match length {
            Length::Days(n) => Ok((n, Unit::Calendar)),
            Length::WorkingDays(n) => Ok((n, Unit::Working)),
            Length::Months(n) => to(Some(n)),
            Length::Years(n) => to(n.checked_mul(12)),
            // Hours have a way of their own; as a length in days they are none.
            Length::Hours(_) => Err(Diagnostic::error("ZH8124").arg("id", &self.clock.id)),
        }
    }

    /// The first day of a window: with the number, the day on which the length is full; without it, the day after.
    fn opening(&self, limit: Limit) -> Result<End, Diagnostic> {
        let length = match limit.mark {
            Mark::On(day) => {
                let day = day.next(self.start, limit.bound).filter(|day| index(*day).is_some());
                let end = self.end(limit, day.ok_or_else(|| self.beyond())?);
                return Ok(self.kept_open(end));
            }
            Mark::After(length) => length,
        };
        let (n, unit) = self.days(length)?;
        let mut counted = count(self.calendar, self.start, n, unit, self.stops)?;
        let mut day = counted.last;
        if limit.bound == Bound::Excluded
            && let Some(last) = counted.last
        {
            let next = count(self.calendar, last, 1, Unit::Calendar, self.stops)?;
            (day, counted.left) = (next.last, next.left);
        }
        let provisional = self.unknown(unit, counted.last);
        Ok(self.kept_open(End::counted(limit, counted, day, provisional)))
    }

    /// A first day stays where it is, on rest days too.
    fn kept_open(&self, mut end: End) -> End {
        if let Some(day) = end.day.filter(|day| !self.calendar.is_working(*day)) {
            end.moving = Moving::Kept(Kept::Opening, self.calendar.on_or_after(day));
        }
        end
    }

    /// The last day.
    fn closing(&self, limit: Limit, opens: Option<&End>) -> Result<End, Diagnostic> {
        let length = match limit.mark {
            Mark::On(day) => {
                // The end of a window lies behind its beginning.
                let (after, bound) = match opens.and_then(|end| end.day) {
                    Some(first) => (first, Bound::Excluded),
                    None => (self.start, limit.bound),
                };
                let day = day.next(after, bound).filter(|day| index(*day).is_some());
                let day = day.ok_or_else(|| self.beyond())?;
                let end = self.end(limit, day);
                return if self.clock.moves { self.moved(end, Unit::Calendar) } else { Ok(end) };
            }
            Mark::After(length) => length,
        };
        let (mut n, unit) = self.days(length)?;
        if limit.bound == Bound::Excluded {
            n -= 1;
        }
        let counted = count(self.calendar, self.start, n, unit, self.stops)?;
        let last = counted.last;
        let end = End::counted(limit, counted, last, self.unknown(unit, last));
        self.moved(end, unit)
    }

    /// Moves a last day off a rest day, or says why it stays.
    fn moved(&self, mut end: End, unit: Unit) -> Result<End, Diagnostic> {
        let Some(last) = end.day else { return Ok(end) };
        if self.calendar.is_working(last) {
            end.provisional = end.provisional.or_else(|| self.unless_known(last));
            return Ok(end);
        }
        if !self.clock.moves {
            let why = if self.clock.sense == Sense::Term { Kept::Term } else { Kept::Rule };
            end.moving = Moving::Kept(why, self.calendar.on_or_before(last));
            return Ok(end);
        }
        // The next working day on which the clock runs.
        let mut day = last;
        loop {
            day = self.calendar.on_or_after(day).ok_or_else(|| self.beyond())?;
            let within = |stop: &&Stop| stop.first <= day && stop.last.is_none_or(|end| day <= end);
            match self.stops.iter().find(within) {
                None => break,
                Some(Stop { last: Some(last), .. }) => {
                    day = plus_days(*last, 1).ok_or_else(|| self.beyond())?;
                }
                Some(_) => {
                    (end.day, end.moving, end.left) = (None, Moving::Open, 1);
                    return Ok(end);
                }
            }
        }
        let before = plus_days(day, -1).unwrap_or(last);
        end.moving = Moving::Moved(Box::new(Stretch::ran(self.calendar, last, before, Unit::Working)));
        end.day = Some(day);
        let first = if unit == Unit::Working { self.start } else { last };
        end.provisional = end.provisional.or_else(|| self.first_unknown(first, day));
        Ok(end)
    }

    /// The first unknown day of those that a count in working days rests on.
    fn unknown(&self, unit: Unit, last: Option<Date>) -> Option<Date> {
        match (unit, last) {
            (Unit::Working, Some(last)) => {
                plus_days(self.start, 1).and_then(|first| self.first_unknown(first, last))
            }
            _ => None,
        }
    }

    fn unless_known(&self, day: Date) -> Option<Date> {
        if self.clock.moves { self.first_unknown(day, day) } else { None }
    }

    /// The first day from `first` to `last` that the calendar does not know.
    fn first_unknown(&self, first: Date, last: Date) -> Option<Date> {
        let (from, to) = self.calendar.known();
        if first > last {
            None
        } else if first < from {
            Some(first)
        } else if last > to {
            plus_days(to, 1).map(|next| next.max(first))
        } else {
            None
        }
    }

    /// An end that is a day of the year.
    fn end(&self, limit: Limit, day: Date) -> End {
        let counted = Count { last: Some(day), left: 0, stretches: Vec::new() };
        let mut end = End::counted(limit, counted, Some(day), None);
        if !self.calendar.is_working(day) {
            end.moving = Moving::Kept(Kept::Date, self.calendar.on_or_before(day));
        }
        end
    }

    /// The end of a clock in hours.
    fn hours(&self, moment: super::Moment, hours: i64, limit: Limit) -> Result<End, Diagnostic> {
        let super::Moment::At(instant) = moment else {
            return Err(Diagnostic::error("ZH8124").arg("id", &self.clock.id));
        };
        // Without the number itself, the last instant is the one before.
        let short = SignedDuration::from_secs(i64::from(limit.bound == Bound::Excluded));
        let at = instant.checked_add(SignedDuration::from_hours(hours)).and_then(|at| at.checked_sub(short));
        let at = at.map_err(|_| self.beyond())?;
        let day = super::beijing_date(at);
        in_range(day).map_err(|_| self.beyond())?;
        let mut end = self.end(limit, day);
        end.at = Some(at);
        if !matches!(end.moving, Moving::Unneeded) {
            end.moving = Moving::Kept(Kept::Hours, None);
        }
        Ok(end)
    }
}
