//! Indicators: what they share whatever their kind, and the order in which they are read.

use zhiheng_base::exact::Rounding;
use zhiheng_base::{Decimal, Diagnostic, Period, RegionCode};

use super::definitions::{Kind, Raw, World, failed};
use super::node::Node;
use super::{head, indicator_kinds, keys, links};
use crate::model::{
    Better, Break, FieldType, Head, Indicator, IndicatorKind, IntervalMethod, IntervalRule, RecordType,
    RoundRule, SmallRule, SmallThen, Target, Unit,
};
use crate::suggest::listed;

/// Reads all indicators; comparable ones last, since they take their rules from what they follow.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let (later, first): (Vec<_>, Vec<_>) = world
        .of_kind(Kind::Indicator)
        .into_iter()
        .partition(|raw| raw.node.text("kind") == Some("comparable"));
    for raw in first.into_iter().chain(later) {
        let good = raw.node.check(&keys::INDICATOR, &format!("indicator {}", raw.id), problems);
        let before = problems.len();
        let indicator = if good { indicator(&raw, world, problems) } else { None };
        match indicator {
            Some(indicator) if !failed(&problems[before..]) && !world.broken.contains(&raw.id) => {
                world.indicators.insert(raw.id.clone(), indicator);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
    links::check(world, problems);
}

fn indicator(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<Indicator> {
    let node = &raw.node;
    let head = head::read(raw, problems);
    keys_of_kind(raw, problems);
    let kind = indicator_kinds::read(raw, world, problems);
    let (head, kind) = (head?, kind?);
    let followed = match &kind {
        IndicatorKind::Comparable(comparable) => world.indicators.get(&comparable.follows),
        _ => None,
    };
    let needed = |key: &'static str, sample: &str, problems: &mut Vec<Diagnostic>| {
        if followed.is_none() && node.value(key).is_none() {
            let diagnostic =
                Diagnostic::error("ZH2003").arg("key", key).arg("of", format!("indicator {}", raw.id));
            problems.push(diagnostic.arg("sample", sample).at(node.place()));
        }
    };
    needed("unit", "unit = \"percent\"", problems);
    needed("better", "better = \"higher\"", problems);
    needed("round", "round = { rule = \"gbt8170\", digits = 1 }", problems);
    let unit = unit(node).or_else(|| followed.map(|followed| followed.unit.clone()))?;
    let better = better(node).or_else(|| followed.map(|followed| followed.better))?;
    let round = round(node).or_else(|| followed.map(|followed| followed.round))?;
    let interval = interval(node, problems).or_else(|| followed.and_then(|followed| followed.interval));
    indicator_kinds::fits(node, &kind, &unit, interval, world, problems);
    Some(Indicator {
        by: by(node, &kind, world, problems),
        headline: node.truth("headline").unwrap_or(false),
        small: small(node),
        breaks: breaks(node, problems),
        targets: targets(node, &head, world, problems),
        head,
        kind,
        unit,
        better,
        interval,
        round,
    })
}

/// Keys that the kind needs, and keys that belong to other kinds.
fn keys_of_kind(raw: &Raw<'_>, problems: &mut Vec<Diagnostic>) {
    let node = &raw.node;
    let Some(kind) = node.text("kind") else { return };
    let Some((_, required, optional)) = keys::INDICATOR_KINDS.iter().find(|(name, ..)| *name == kind) else {
        return;
    };
    for key in required.iter().filter(|key| node.value(key).is_none()) {
        let diagnostic =
            Diagnostic::error("ZH2301").arg("key", key).arg("kind", kind).arg("all", required.join(", "));
        problems.push(diagnostic.at(node.at("kind")));
    }
    for key in keys::KIND_KEYS.iter().filter(|key| node.value(key).is_some()) {
        if !required.contains(key) && !optional.contains(key) {
            let all = listed(required.iter().chain(*optional).copied());
            let diagnostic = Diagnostic::error("ZH2302").arg("key", key).arg("kind", kind).arg("all", all);
            problems.push(diagnostic.at(node.at_key(key)));
        }
    }
}

fn unit(node: &Node<'_>) -> Option<Unit> {
    match node.text("unit") {
        Some("percent") => Some(Unit::Percent),
        Some("points") => Some(Unit::Points),
        _ => node.words("unit").map(Unit::Of),
    }
}

fn better(node: &Node<'_>) -> Option<Better> {
    Some(match node.text("better")? {
        "higher" => Better::Higher,
        "lower" => Better::Lower,
        _ => Better::Neither,
    })
}

pub(super) fn round(node: &Node<'_>) -> Option<RoundRule> {
    let round = node.sub("round")?;
    let rule = if round.text("rule")? == "half-up" { Rounding::HalfUp } else { Rounding::Gbt8170 };
    Some(RoundRule { rule, digits: u32::try_from(round.whole("digits")?).ok()? })
}

fn interval(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<IntervalRule> {
    let interval = node.sub("interval")?;
    let word = interval.text("method")?;
    let (_, method) = IntervalMethod::ALL.into_iter().find(|(name, _)| *name == word)?;
    let level = interval.number("level")?;
    if level <= Decimal::ZERO || level >= Decimal::ONE {
        problems.push(interval.wrong("level", "ZH2312").arg("level", level));
        return None;
    }
    // The text of the decimal, so that 0.95 is the same 0.95 everywhere.
    Some(IntervalRule { method, level: level.to_string().parse().ok()? })
}

fn small(node: &Node<'_>) -> Option<SmallRule> {
    let small = node.sub("small")?;
    let then = if small.text("then")? == "suppress" { SmallThen::Suppress } else { SmallThen::Flag };
    Some(SmallRule { below: u64::try_from(small.whole("below")?).ok()?, then })
}

/// The dimensions: fields of the records at the bottom that name groups.
fn by(
    node: &Node<'_>,
    kind: &IndicatorKind,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let record = links::record_of(kind, world).and_then(|id| world.records.get(id));
    // A record may stand in several groups of a count, but not in those of a rate.
    let counts = matches!(kind, IndicatorKind::Count(over) if over.distinct.is_none());
    let mut by: Vec<String> = Vec::new();
    for (i, id) in node.texts("by").into_iter().enumerate() {
        let at = || node.at_item("by", i);
        if id == "region" || id == "period" {
            problems.push(Diagnostic::warning("ZH2307").arg("name", id).at(at()));
            continue;
        }
        // Without a record there is nothing to hold the name against; that has been reported.
        let Some(record) = record else { continue };
        match record.field(&id) {
            None => problems.push(super::records::no_field("by", &id, &record.fields).at(at())),
            Some(field) if (field.many && !counts) || field.personal || !groups(&field.kind) => {
                problems.push(Diagnostic::error("ZH2306").arg("field", &id).at(at()));
            }
            Some(_) if by.contains(&id) => {
                problems.push(Diagnostic::error("ZH2215").arg("field", &id).at(at()))
            }
            Some(_) => by.push(id),
        }
    }
    by
}

fn groups(kind: &FieldType) -> bool {
    !matches!(kind, FieldType::Decimal { .. } | FieldType::Money | FieldType::Date { .. })
}

fn breaks(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Break> {
    let mut breaks: Vec<Break> = Vec::new();
    for one in node.subs("break") {
        let (Some(on), Some(says)) = (one.date("on"), one.words("says")) else { continue };
        if let Some(last) = breaks.last()
            && last.on >= on
        {
            problems.push(one.wrong("on", "ZH2309").arg("on", on).arg("last", last.on));
        }
        breaks.push(Break { on, says });
    }
    breaks
}

fn targets(node: &Node<'_>, head: &Head, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Target> {
    let mut targets = Vec::new();
    for one in node.subs("target") {
        let (Some(region), Some(period), Some(basis)) =
            (one.text("region"), one.text("period"), one.owned("basis"))
        else {
            continue;
        };
        let (value, at_least) = match (one.number("at_least"), one.number("at_most")) {
            (Some(value), None) => (value, true),
            (None, Some(value)) => (value, false),
            (Some(_), Some(_)) => {
                let diagnostic =
                    Diagnostic::error("ZH2014").arg("first", "at_least").arg("second", "at_most");
                problems.push(diagnostic.at(one.at_key("at_most")));
                continue;
            }
            (None, None) => {
                let diagnostic = Diagnostic::error("ZH2003").arg("key", "at_least").arg("of", &head.id);
                problems.push(diagnostic.arg("sample", "at_least = 90").at(one.place()));
                continue;
            }
        };
        match RegionCode::parse(region) {
            Err(problem) => problems.push(problem.at(one.at("region"))),
            Ok(code) if !world.regions.is_empty() && world.regions.get(code).is_none() => {
                problems.push(one.wrong("region", "ZH2030").arg("code", region));
            }
            Ok(_) => {}
        }
        if let Err(problem) = Period::parse(period) {
            problems.push(problem.at(one.at("period")));
        }
        targets.push(Target { region: region.to_owned(), period: period.to_owned(), value, at_least, basis });
    }
    targets
}

/// The record type an aggregate reads, for checks of single fields.
pub(super) fn record<'w>(world: &'w World<'_>, id: &str) -> Option<&'w RecordType> {
    world.records.get(id)
}
