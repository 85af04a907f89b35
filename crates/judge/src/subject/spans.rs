//! When each statement counts, for which item or veto.

use zhiheng_base::{Date, Decimal};
use zhiheng_catalog::model::months_after;

use super::rules::{Rules, Statement, bits};

/// A stretch of days, first and last included, on which a statement counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    /// Number of the item or veto.
    pub(crate) of: usize,
    /// First day.
    pub(crate) start: Date,
    /// Last day.
    pub(crate) end: Date,
    /// Entry of the statement.
    pub(crate) entry: u64,
    /// What it adds, for items that add up.
    pub(crate) sum: Option<Decimal>,
}

impl Span {
    /// Whether it counts on a day.
    pub(crate) fn covers(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }
}

/// All spans of a holder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    /// Of items.
    pub(crate) items: Vec<Span>,
    /// Of vetoes.
    pub(crate) vetoes: Vec<Span>,
    /// Days of statements that ask for rungs, with the rungs by bit.
    pub(crate) asks: Vec<(Date, u64)>,
    /// First day on which anything is known.
    pub(crate) first: Option<Date>,
}

/// The number of an item on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) count: u32,
    pub(crate) sum: Option<Decimal>,
}

impl Spans {
    /// The spans of what is known by `day`: later statements do not exist yet.
    pub(crate) fn of(rules: &Rules<'_>, statements: &[Statement], day: Date) -> Spans {
        let scheme = rules.scheme();
        let mut spans = Spans::default();
        for one in statements.iter().filter(|one| one.day <= day) {
            spans.first = Some(spans.first.map_or(one.day, |first: Date| first.min(one.day)));
            let Some(mark) = rules.of(one).filter(|mark| mark.counts) else { continue };
            let end = |months: Option<u32>| months.map_or(Date::MAX, |months| months_after(one.day, months));
            for at in bits(mark.items) {
                let Some(item) = scheme.items.get(at) else { continue };
                let (mut start, mut end) = (one.day, end(item.months));
                if item.valid {
                    (start, end) = (start.max(one.from), end.min(one.until));
                }
                if start > end {
                    continue;
                }
                let sum = mark.sums.iter().find(|(of, _)| *of == at).map(|(_, sum)| *sum);
                spans.items.push(Span { of: at, start, end, entry: one.entry, sum });
            }
            for at in bits(mark.vetoes) {
                let Some(veto) = scheme.vetoes.get(at) else { continue };
                let end = end(veto.months);
                spans.vetoes.push(Span { of: at, start: one.day, end, entry: one.entry, sum: None });
            }
            if mark.asks != 0 {
                spans.asks.push((one.day, mark.asks));
            }
        }
        spans
    }

    /// Days on which anything begins or ceases to count, in order, each once.
    pub(crate) fn days(&self) -> Vec<Date> {
        let all = self.items.iter().chain(&self.vetoes);
        let mut days: Vec<Date> = Vec::with_capacity(2 * self.items.len() + 8);
        days.extend(self.first);
        days.extend(self.asks.iter().map(|(day, _)| *day));
        for span in all {
            days.push(span.start);
            // The end of the calendar has no day after it.
            days.extend(span.end.tomorrow().ok());
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Counts and sums by item on a day.
    pub(crate) fn tallies(&self, rules: &Rules<'_>, day: Date, tallies: &mut Vec<Tally>) {
        tallies.clear();
        let sums = |sum: bool| sum.then_some(Decimal::ZERO);
        let items = &rules.scheme().items;
        tallies.extend(items.iter().map(|item| Tally { count: 0, sum: sums(item.sum.is_some()) }));
        for span in self.items.iter().filter(|span| span.covers(day)) {
            let Some(tally) = tallies.get_mut(span.of) else { continue };
            tally.count = tally.count.saturating_add(1);
            if let (Some(sum), Some(more)) = (tally.sum, span.sum) {
                tally.sum = Some(sum.saturating_add(more));
            }
        }
    }

    /// The sum of points on a day, not below 0; `None` where a product does not fit a decimal.
    pub(crate) fn points(&self, rules: &Rules<'_>, day: Date, tallies: &mut Vec<Tally>) -> Option<Decimal> {
        self.tallies(rules, day, tallies);
        let mut total = Decimal::ZERO;
        for (at, tally) in tallies.iter().enumerate() {
            total = total.checked_add(rules.points(at, tally.count, tally.sum)?)?;
        }
        Some(total.max(Decimal::ZERO))
    }
}
