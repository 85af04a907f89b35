//! Clocks: each with one rule that can be reckoned, and worked examples.
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

use std::collections::BTreeMap;

use jiff::Timestamp;
use toml::de::DeValue;
use zhiheng_base::{Diagnostic, RegionCode, Severity};

use super::definitions::World;
use super::keys;
use super::node::{Node, date};
use crate::model::clock::{
    Clock, Counter, Example, Facts, Length, Limit, Mark, Moment, Pause, Reading, Rule, Sense,
};
use limit::{Written, number};

mod limit;

/// Reads all clocks. A clock with a problem is left out: ZH8105 to ZH8109, besides what the keys say.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let nodes = std::mem::take(&mut world.clock_nodes);
    for (layer, node) in &nodes {
        let layer = *layer;
        let written = node.owned("id").unwrap_or_default();
        let good = node.check(&keys::CLOCK, &format!("clock {written}"), problems);
        if written.is_empty() {
            continue;
        }
        let origin = node.origin();
        let there = format!("{}:{}", node.file.shown, origin.line);
        match seen.insert(written.clone(), (layer, there)) {
            Some((before, _)) if before == layer => {
                problems.push(node.wrong("id", "ZH8109").arg("id", &written));
                continue;
            }
            Some((_, there)) => {
                let mut note = Diagnostic::warning("ZH2009").arg("id", &written).arg("there", there);
                note.severity = Severity::Note;
                problems.push(note.at(node.at("id")));
                world.clocks.remove(&written);
            }
            None => {}
        }
        let clock = if good { clock(node) } else { Err(None) };
        match clock {
            Ok(clock) if !world.broken_clocks.contains(&written) => {
                world.clocks.insert(written, clock);
            }
            Ok(_) | Err(None) => {
                world.broken_clocks.insert(written);
            }
            Err(Some(problem)) => {
                problems.push(problem.arg("id", &written).at(node.place()));
                world.broken_clocks.insert(written);
            }
        }
    }
    world.clock_nodes = nodes;
}

/// The clock; `None` for a value of which the keys have spoken.
fn clock(node: &Node<'_>) -> Result<Clock, Option<Diagnostic>> {
    let rule = rule(node)?;
    let sense = match node.text("sense") {
        Some("right") => Sense::Right,
        Some("term") => Sense::Term,
        _ => Sense::Duty,
    };
    let region = node.text("region").map(RegionCode::parse).transpose()?;
    let remind = node.wholes("remind");
    if let Some(days) = remind.iter().find(|days| !(0..=Length::Days(1).most()).contains(*days)) {
        return Err(Some(number(*days, Length::Days(1).most())));
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
        moves: node.truth("moves").unwrap_or(by_length && sense != Sense::Term),
        id: node.owned("id").ok_or(None)?,
        name: node.words("name").ok_or(None)?,
        from: node.owned("from").ok_or(None)?,
        start: node.words("start").ok_or(None)?,
        pauses: node.texts("pauses"),
        remind,
        who: node.words("who"),
        missed: node.words("missed"),
        says: node.words("says"),
        basis: node.texts("basis"),
        confirmed: node.truth("confirmed").ok_or(None)?,
        region,
        since: node.date("since"),
        until: node.date("until"),
        examples: node.subs("example").iter().map(example).collect::<Result<_, _>>()?,
        origin: node.origin(),
    })
}

/// The one rule of a clock; ZH8106 for none or several.
fn rule(node: &Node<'_>) -> Result<Rule, Diagnostic> {
    let own = Written { date: node.text("by"), counter: None, limit: None, ..Written::of(node) };
    let sub = |key: &str| node.sub(key).map(|node| Written::of(&node));
    let first: Option<Vec<Written<'_>>> =
        node.value("first").map(|_| node.subs("first").iter().map(Written::of).collect());
    let pauses = !node.texts("pauses").is_empty();
    let has_own = !own.is_empty();
    let wrong = || Diagnostic::error("ZH8106");
    match (sub("opens"), sub("closes"), sub("every"), sub("before"), first) {
        (None, None, None, None, None) => {
            Ok(Rule::Window { opens: None, closes: Some(own.limit()?) }).and_then(pauseless(pauses))
        }
        (opens, closes, None, None, None) if !has_own => {
            let limit = |written: Option<Written<'_>>| written.map(|written| written.limit()).transpose();
            Ok(Rule::Window { opens: limit(opens)?, closes: limit(closes)? }).and_then(pauseless(pauses))
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
            Ok(Rule::Before { after, length, bound: before.bound })
        }
        (None, None, None, None, Some(first)) if !has_own && !first.is_empty() => {
            let (mut lengths, mut counters) = (Vec::new(), Vec::new());
            for written in &first {
                match (written.counter, written.limit) {
                    (Some(name), Some(limit)) if limit < 0 => {
                        return Err(number(limit, i64::MAX).arg("counter", name));
                    }
                    (Some(name), Some(limit)) => counters.push(Counter { name: name.to_owned(), limit }),
                    (None, None) => lengths.push(written.length()?),
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
fn pauseless(pauses: bool) -> impl FnOnce(Rule) -> Result<Rule, Diagnostic> {
    move |rule| {
        let Rule::Window { opens, closes } = &rule else { return Ok(rule) };
        let hours =
            |limit: &Option<Limit>| matches!(limit, Some(Limit { mark: Mark::After(Length::Hours(_)), .. }));
        let wrong = hours(opens) || (hours(closes) && (pauses || opens.is_some()));
        if wrong { Err(Diagnostic::error("ZH8106")) } else { Ok(rule) }
    }
}

fn example(node: &Node<'_>) -> Result<Example, Option<Diagnostic>> {
    let list = |key: &str| node.value(key).and_then(|value| value.get_ref().as_array()).into_iter().flatten();
    let pause = |node: &Node<'_>| {
        Some(Pause { from: node.date("from")?, to: node.date("to"), reason: node.owned("reason")? })
    };
    let reading = |node: &Node<'_>| {
        let (counter, on) = (node.owned("counter")?, node.date("on")?);
        Some(Reading { counter, on, value: node.whole("value")? })
    };
    let start = node.value("start").ok_or(None)?;
    Ok(Example {
        facts: Facts {
            until: None,
            start: moment(start.get_ref())?,
            restarts: list("restarts").map(|item| moment(item.get_ref())).collect::<Result<_, _>>()?,
            pauses: node.subs("pauses").iter().filter_map(pause).collect(),
            done: list("done").filter_map(|item| date(item.get_ref())).collect(),
            ended: None,
            readings: node.subs("readings").iter().filter_map(reading).collect(),
        },
        opens: node.date("opens"),
        due: node.date("due"),
        at: node.value("at").map(|value| instant(value.get_ref())).transpose()?,
        provisional: node.truth("provisional").unwrap_or(false),
        why: node.words("why"),
    })
}

/// A day, or an instant with its offset. ZH8108 for anything else.
fn moment(written: &DeValue<'_>) -> Result<Moment, Diagnostic> {
    match date(written) {
        Some(day) => Ok(Moment::Day(day)),
        None => instant(written).map(Moment::At),
    }
}

fn instant(written: &DeValue<'_>) -> Result<Timestamp, Diagnostic> {
    let text = written.as_datetime().map(ToString::to_string).unwrap_or_default();
    text.parse().map_err(|_| Diagnostic::error("ZH8108").arg("value", text))
}
