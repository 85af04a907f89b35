//! Ends that are not counted forward: so long before another day, and the first of several.

use std::collections::BTreeMap;

use zhiheng_base::{Date, Diagnostic};

use super::super::calendar::{plus_days, plus_months};
use super::super::count::{Count, Stretch, Unit, count};
use super::super::facts::in_range;
use super::super::{Bound, Counter, Length, Limit, Mark};
use super::{End, Kept, Moving, Reached, Run};

impl Run<'_> {
    /// The last day that still leaves so long before the end. The end's own day is not counted.
    pub(super) fn before(
        &self,
        after: Option<Length>,
        length: Length,
        bound: Bound,
    ) -> Result<End, Diagnostic> {
        let goal = match after {
            None => self.start,
            Some(after) => {
                let (n, unit) = self.days(after)?;
                match count(self.calendar, self.start, n, unit, self.stops)?.last {
                    Some(goal) => goal,
                    None => return Ok(End::counted(limit(length, bound), standing(), None, None)),
                }
            }
        };
        let n = length.number().saturating_add(i64::from(bound == Bound::Excluded));
        let back = match length {
            Length::Days(_) => plus_days(goal, -n),
            Length::WorkingDays(_) => self.calendar.before(goal, n),
            Length::Months(months) => plus_months(goal, -months),
            Length::Years(years) => plus_months(goal, years.saturating_mul(-12)),
            Length::Hours(_) => None,
        };
        let mut day = back.ok_or_else(|| self.beyond())?;
        if bound == Bound::Excluded && matches!(length, Length::Months(_) | Length::Years(_)) {
            day = plus_days(day, -1).ok_or_else(|| self.beyond())?;
        }
        let last = plus_days(goal, -1).ok_or_else(|| self.beyond())?;
        let unit = if matches!(length, Length::WorkingDays(_)) { Unit::Working } else { Unit::Calendar };
        let counted =
            Count { last: Some(day), left: 0, stretches: vec![Stretch::ran(self.calendar, day, last, unit)] };
        let provisional = if unit == Unit::Working { self.first_unknown(day, last) } else { None };
        let mut end = End::counted(limit(length, bound), counted, Some(day), provisional);
        end.goal = Some(goal);
        if !self.calendar.is_working(day) {
            end.moving = Moving::Kept(Kept::Before, self.calendar.on_or_before(day));
        }
        Ok(end)
    }

    /// The end that comes first: of the lengths, or the day before a counter was read beyond its limit.
    pub(super) fn first(
        &self,
        lengths: &[Length],
        counters: &[Counter],
        remarks: &mut Vec<Diagnostic>,
    ) -> Result<Option<End>, Diagnostic> {
        let mut earliest: Option<End> = None;
        for &length in lengths {
            let end = self.closing(limit(length, Bound::Included), None)?;
            let is_earlier = match (&earliest, end.day) {
                (None, _) => true,
                (Some(before), Some(day)) => before.day.is_none_or(|before| day < before),
                (Some(_), None) => false,
            };
            if is_earlier {
                earliest = Some(end);
            }
        }
        let reached = self.reached(counters, remarks)?;
        if let Some(reached) = reached {
            // A reading passes the limit on its day; the day before is the last that may have been inside.
            let day = plus_days(reached.on, -1).ok_or_else(|| self.beyond())?;
            let over = earliest.as_ref().and_then(|end| end.day).is_none_or(|time| day < time);
            if over && let Some(mut end) = earliest.take() {
                (end.day, end.left, end.moving, end.provisional) = (Some(day), 0, Moving::Unneeded, None);
                end.reached = Some(reached);
                earliest = Some(end);
            }
        }
        Ok(earliest)
    }

    /// The first reading after the start that lies beyond its limit. Readings that fall are remarked on
    /// (ZH8127), and so are counters that the clock does not have (ZH8129).
    fn reached(
        &self,
        counters: &[Counter],
        remarks: &mut Vec<Diagnostic>,
    ) -> Result<Option<Reached>, Diagnostic> {
        let mut readings: BTreeMap<&str, Vec<(Date, i64)>> = BTreeMap::new();
        for reading in &self.facts.readings {
            in_range(reading.on)?;
            readings.entry(&reading.counter).or_default().push((reading.on, reading.value));
        }
        let mut first: Option<Reached> = None;
        for counter in counters {
            let Some(mut all) = readings.remove(counter.name.as_str()) else { continue };
            all.sort_unstable();
            if let Some(pair) = all.windows(2).find(|pair| pair[1].1 < pair[0].1) {
                let remark = Diagnostic::warning("ZH8127").arg("counter", &counter.name);
                let remark = remark.arg("on", pair[1].0).arg("value", pair[1].1);
                remarks.push(remark.arg("before", pair[0].1));
            }
            let beyond = all.iter().position(|(on, value)| *on >= self.start && *value > counter.limit);
            if let Some((at, &(on, value))) = beyond.and_then(|at| Some((at, all.get(at)?)))
                && first.as_ref().is_none_or(|first| on < first.on)
            {
                first = Some(Reached {
                    counter: counter.name.clone(),
                    limit: counter.limit,
                    value,
                    on,
                    previous: at.checked_sub(1).and_then(|before| Some(all.get(before)?.0)),
                });
            }
        }
        for counter in readings.keys() {
            remarks.push(Diagnostic::warning("ZH8129").arg("counter", counter).arg("id", &self.clock.id));
        }
        Ok(first)
    }
}

fn limit(length: Length, bound: Bound) -> Limit {
    Limit { mark: Mark::After(length), bound }
}

/// A count that waits for the end of a pause.
fn standing() -> Count {
    Count { last: None, left: 1, stretches: Vec::new() }
}
