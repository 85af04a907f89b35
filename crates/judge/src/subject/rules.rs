//! A scheme made ready, and a statement as it sees one.
//!
//! Formulas read few fields, and most of these hold codes: what the scheme makes of a combination of values is worked out once and
//! kept. Ten million statements are then ten million look-ups instead of ten million times all formulas.

use std::collections::HashMap;

use zhiheng_base::{Date, Decimal};
use zhiheng_catalog::formula::{Formula, Row, Value};
use zhiheng_catalog::model::{Grades, SubjectItem, SubjectScheme};

use crate::figures::Figure;
use crate::score::points;

/// Counts up to this have their points ready.
const READY: u32 = 32;

/// A statement as a scheme sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Number of its ledger entry.
    pub entry: u64,
    /// Its day.
    pub day: Date,
    /// First day of validity.
    pub from: Date,
    /// Last day of validity; the last of the calendar if it does not end.
    pub until: Date,
    /// What the scheme makes of it, a number within [`Rules`].
    pub mark: u32,
}

/// What a scheme makes of a statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Mark {
    /// Whether it counts at all.
    pub(crate) counts: bool,
    /// Whether it is told as doubtful.
    pub(crate) doubtful: bool,
    /// Items that it counts for, by bit.
    pub(crate) items: u64,
    /// Vetoes that it makes, by bit.
    pub(crate) vetoes: u64,
    /// Rungs that it asks for, by bit.
    pub(crate) asks: u64,
    /// What it adds to items that add up.
    pub(crate) sums: Vec<(usize, Decimal)>,
}

/// A scheme made ready.
#[derive(Debug)]
pub struct Rules<'s> {
    scheme: &'s SubjectScheme,
    names: Vec<&'s str>,
    marks: Vec<Mark>,
    known: HashMap<String, u32>,
    /// Points by item and count.
    ready: Vec<Vec<Option<Decimal>>>,
}

impl<'s> Rules<'s> {
    /// Makes a scheme ready.
    pub fn new(scheme: &'s SubjectScheme) -> Rules<'s> {
        let mut names: Vec<&str> =
            scheme.formulas().flat_map(|formula| formula.names.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        let ready = (scheme.items.iter())
            .map(|item| match item.sum {
                Some(_) => Vec::new(),
                None => (0..=READY).map(|n| score(item, Decimal::from(n))).collect(),
            })
            .collect();
        Rules { scheme, names, marks: Vec::new(), known: HashMap::new(), ready }
    }

    /// The scheme.
    pub fn scheme(&self) -> &'s SubjectScheme {
        self.scheme
    }

    /// A record as a statement; `None` if it has no day.
    pub fn statement(&mut self, entry: u64, row: &impl Row) -> Option<Statement> {
        let date = |field: &str| match row.value(field) {
            Value::Date(date) => Some(date),
            _ => None,
        };
        let day = date(&self.scheme.day)?;
        let (from, until) = match &self.scheme.valid {
            Some((from, until)) => (date(from), date(until)),
            None => (None, None),
        };
        let mark = self.mark(row);
        Some(Statement { entry, day, from: from.unwrap_or(day), until: until.unwrap_or(Date::MAX), mark })
    }

    fn mark(&mut self, row: &impl Row) -> u32 {
        let mut key = String::with_capacity(64);
        for name in &self.names {
            write_key(&mut key, &row.value(name));
        }
        if let Some(&mark) = self.known.get(&key) {
            return mark;
        }
        let mark = self.work_out(row);
        let number = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        self.marks.push(mark);
        self.known.insert(key, number);
        number
    }

    fn work_out(&self, row: &impl Row) -> Mark {
        let holds = |formula: &Formula| formula.holds(row) == Some(true);
        let scheme = self.scheme;
        let mut mark = Mark {
            counts: scheme.filter.as_ref().is_none_or(holds),
            doubtful: scheme.doubtful.as_ref().is_some_and(holds),
            ..Mark::default()
        };
        for (at, item) in scheme.items.iter().enumerate().filter(|(_, item)| holds(&item.filter)) {
            if let Some(sum) = &item.sum {
                // Without the number there is nothing to add: the statement does not count here.
                let Some(value) = sum.eval(row).to_decimal() else { continue };
                mark.sums.push((at, value));
            }
            mark.items |= bit(at);
        }
        for (at, _) in scheme.vetoes.iter().enumerate().filter(|(_, veto)| holds(&veto.filter)) {
            mark.vetoes |= bit(at);
        }
        if let Grades::Ladder(rungs) = &scheme.grades {
            for (at, _) in rungs.iter().enumerate().filter(|(_, rung)| rung.asks.as_ref().is_some_and(holds))
            {
                mark.asks |= bit(at);
            }
        }
        mark
    }

    /// What the scheme makes of a statement.
    pub(crate) fn of(&self, statement: &Statement) -> Option<&Mark> {
        self.marks.get(statement.mark as usize)
    }

    /// Points of an item for a count or sum; `None` where they do not fit a decimal.
    pub(crate) fn points(&self, at: usize, count: u32, sum: Option<Decimal>) -> Option<Decimal> {
        if sum.is_none()
            && let Some(points) = self.ready.get(at).and_then(|ready| ready.get(count as usize))
        {
            return *points;
        }
        score(self.scheme.items.get(at)?, sum.unwrap_or_else(|| Decimal::from(count)))
    }
}

/// The bit of a number; none beyond those that a scheme may have.
pub(crate) fn bit(at: usize) -> u64 {
    u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
}

/// The numbers of the bits that are set.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(at)
    })
}

fn score(item: &SubjectItem, value: Decimal) -> Option<Decimal> {
    let figure = Figure { falls: item.falls, ..Figure::default() };
    points(&item.score, item.points, &figure, value, None).map(|points| points.points)
}

/// Adds a value so that no two rows of values give one text.
fn write_key(key: &mut String, value: &Value) {
    use std::fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = match value {
        Value::Null => write!(key, "~"),
        Value::Text(text) => write!(key, "{}:{text}", text.len()),
        other => {
            let text = format!("{other:?}");
            write!(key, "{}!{text}", text.len())
        }
    };
}
