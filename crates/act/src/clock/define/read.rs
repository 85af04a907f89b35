//! Reading clocks from TOML, checked: each problem with its clock, its line and a hint.
//!
//! ```toml
//! [[clock]]
//! id = "B3"
//! name = { zh = "…", en = "Correction" }
//! from = "order"
//! start = { zh = "…", en = "order to correct" }
//! days = 60                    # or months, years, hours; opens = { … }, closes = { … }, by = "06-30",
//! kind = "calendar"            # every = { … }, before = { … }, first = [{ … }, { counter = "km", limit = 3000 }]
//! basis = ["…"]
//! confirmed = true
//! ```

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;
use zhiheng_base::{Date, Diagnostic, Place, RegionCode, Words};

use super::example::RawExample;
use super::limit::{RawLimit, number, word};
use super::{Clock, Counter, Rule, Sense};
use crate::clock::length::{Length, Limit, Mark};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    clock: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    name: Words,
    from: String,
    start: Words,
    days: Option<i64>,
    kind: Option<String>,
    months: Option<i64>,
    years: Option<i64>,
    hours: Option<i64>,
    bound: Option<String>,
    by: Option<String>,
    opens: Option<RawLimit>,
    closes: Option<RawLimit>,
    every: Option<RawLimit>,
    before: Option<RawLimit>,
    first: Option<Vec<RawLimit>>,
    sense: Option<String>,
    moves: Option<bool>,
    #[serde(default)]
    pauses: Vec<String>,
    #[serde(default)]
    remind: Vec<i64>,
    who: Option<Words>,
    missed: Option<Words>,
    says: Option<Words>,
    basis: Vec<String>,
    confirmed: bool,
    region: Option<String>,
    since: Option<Datetime>,
    until: Option<Datetime>,
    #[serde(default)]
    example: Vec<RawExample>,
}

/// Reads the clocks of a definition file; `file` is its name in diagnostics.
///
/// A clock with a problem is left out: ZH8104 for text that is no such file, ZH8105 to ZH8109 for a clock.
pub fn clocks(text: &str, file: &str) -> (Vec<Clock>, Vec<Diagnostic>) {
    let read: File = match toml::from_str(text) {
        Ok(read) => read,
        Err(error) => {
            let problem = Diagnostic::error("ZH8104").arg("why", error.message().replace('\n', " "));
            return (Vec::new(), vec![problem.at(place(text, file, error.span().unwrap_or(0..0)))]);
        }
    };
    let (mut clocks, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for raw in read.clock {
        let at = place(text, file, raw.span());
        let raw = raw.into_inner();
        let id = raw.id.clone();
        let checked = if seen.insert(id.clone()) { checked(raw) } else { Err(Diagnostic::error("ZH8109")) };
        match checked {
            Ok(clock) => clocks.push(clock),
            Err(problem) => problems.push(problem.arg("id", id).at(at)),
        }
    }
    (clocks, problems)
}

fn checked(raw: Raw) -> Result<Clock, Diagnostic> {
    let rule = rule(&raw)?;
    let sense = match raw.sense.as_deref() {
        None | Some("duty") => Sense::Duty,
        Some("right") => Sense::Right,
        Some("term") => Sense::Term,
        Some(other) => return Err(word(other, "duty, right, term")),
    };
    let region = raw.region.as_deref().map(RegionCode::parse).transpose()?;
    let since = raw.since.as_ref().map(date).transpose()?;
    let until = raw.until.as_ref().map(date).transpose()?;
    if let Some(days) = raw.remind.iter().find(|days| !(0..=Length::Days(1).most()).contains(*days)) {
        return Err(number(*days, Length::Days(1).most()));
    }
    // Days of the year, lengths in hours and terms keep their last day unless the definition says otherwise.
    let by_length = match &rule {
        Rule::Window { closes: Some(Limit { mark: Mark::After(length), .. }), .. }
        | Rule::Every { length } => !matches!(length, Length::Hours(_)),
        Rule::First { .. } => true,
        _ => false,
    };
    Ok(Clock {
        rule,
        sense,
        moves: raw.moves.unwrap_or(by_length && sense != Sense::Term),
        id: raw.id,
        name: raw.name,
        from: raw.from,
        start: raw.start,
        pauses: raw.pauses,
        remind: raw.remind,
        who: raw.who,
        missed: raw.missed,
        says: raw.says,
        basis: raw.basis,
        confirmed: raw.confirmed,
        region,
        since,
        until,
        examples: raw.example.into_iter().map(RawExample::checked).collect::<Result<_, _>>()?,
    })
}

/// The one rule of a clock; ZH8106 for none or several.
fn rule(raw: &Raw) -> Result<Rule, Diagnostic> {
    let own = RawLimit {
        days: raw.days,
        kind: raw.kind.clone(),
        months: raw.months,
        years: raw.years,
        hours: raw.hours,
        bound: raw.bound.clone(),
        date: raw.by.clone(),
        ..RawLimit::default()
    };
    let has_own = !own.is_empty();
    let wrong = || Diagnostic::error("ZH8106");
    match (&raw.opens, &raw.closes, &raw.every, &raw.before, &raw.first) {
        (None, None, None, None, None) => {
            Ok(Rule::Window { opens: None, closes: Some(own.limit()?) }).and_then(pauseless(raw))
        }
        (opens, closes, None, None, None) if !has_own => {
            let limit = |raw: &Option<RawLimit>| raw.as_ref().map(RawLimit::limit).transpose();
            Ok(Rule::Window { opens: limit(opens)?, closes: limit(closes)? }).and_then(pauseless(raw))
        }
        (None, None, Some(every), None, None) if !has_own => match every.length()? {
            Length::Hours(_) => Err(wrong()),
            length => Ok(Rule::Every { length }),
        },
        (None, None, None, Some(before), None) => {
            let after = if has_own { Some(own.length()?) } else { None };
            let length = before.length()?;
            let hours = |length: &Length| matches!(length, Length::Hours(_));
            if hours(&length) || after.as_ref().is_some_and(hours) {
                return Err(wrong());
            }
            Ok(Rule::Before { after, length, bound: before.bound()? })
        }
        (None, None, None, None, Some(first)) if !has_own && !first.is_empty() => {
            let (mut lengths, mut counters) = (Vec::new(), Vec::new());
            for raw in first {
                match (&raw.counter, raw.limit) {
                    (Some(name), Some(limit)) if limit < 0 => {
                        return Err(number(limit, i64::MAX).arg("counter", name));
                    }
                    (Some(name), Some(limit)) => counters.push(Counter { name: name.clone(), limit }),
                    (None, None) => lengths.push(raw.length()?),
                    _ => return Err(wrong()),
                }
            }
            // Counters alone never end by themselves.
            if lengths.is_empty() || lengths.iter().any(|length| matches!(length, Length::Hours(_))) {
                return Err(wrong());
            }
            Ok(Rule::First { lengths, counters })
        }
        _ => Err(wrong()),
    }
}

/// Hours run through; a clock in hours that something pauses has no rule.
fn pauseless(raw: &Raw) -> impl FnOnce(Rule) -> Result<Rule, Diagnostic> {
    let pauses = !raw.pauses.is_empty();
    move |rule| {
        let Rule::Window { opens, closes } = &rule else { return Ok(rule) };
        let hours =
            |limit: &Option<Limit>| matches!(limit, Some(Limit { mark: Mark::After(Length::Hours(_)), .. }));
        let wrong = hours(opens) || (hours(closes) && (pauses || opens.is_some()));
        if wrong { Err(Diagnostic::error("ZH8106")) } else { Ok(rule) }
    }
}

/// A day. ZH8108 for times and for anything else.
pub(super) fn date(written: &Datetime) -> Result<Date, Diagnostic> {
    let text = written.to_string();
    let read = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    read.ok_or_else(|| Diagnostic::error("ZH8108").arg("value", text))
}

/// The place of a byte range: its first line.
fn place(text: &str, file: &str, range: Range<usize>) -> Place {
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.matches('\n').count();
    let excerpt = text.lines().nth(line).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let rest = excerpt.chars().count().saturating_sub(column);
    let len = text.get(range).map_or(1, |part| part.chars().count()).clamp(1, rest.max(1));
    Place::Text {
        file: file.to_owned(),
        line: line as u32 + 1,
        column: column as u32 + 1,
        len: len as u32,
        excerpt: excerpt.to_owned(),
    }
}
