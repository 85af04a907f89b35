//! Schemes: items whose points add up, grades without gaps, and every reference good. A scheme with a slip is left out whole:
//! half a scheme would give grades.

use std::collections::BTreeSet;

use zhiheng_base::{Decimal, Diagnostic, Level, Words};

use super::definitions::{Kind, Raw, World, failed};
use super::indicators::round;
use super::node::Node;
use super::{head, keys, panel};
use crate::model::{Band, Duty, DutyOf, Group, Item, Limit, Missing, Scheme, Score, Unproven, Veto};

/// Reads all schemes.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::Scheme) {
        let good = raw.node.check(&keys::SCHEME, &format!("scheme {}", raw.id), problems);
        let before = problems.len();
        let scheme = if good { scheme(&raw, world, problems) } else { None };
        match scheme {
            Some(scheme) if !failed(&problems[before..]) && !world.broken.contains(&raw.id) => {
                world.schemes.insert(raw.id.clone(), scheme);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
}

fn scheme(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<Scheme> {
    let node = &raw.node;
    let head = head::read(raw, problems)?;
    let groups: Vec<Group> = (node.subs("group").iter())
        .filter_map(|one| {
            Some(Group { id: one.owned("id")?, name: one.words("name")?, points: one.number("points")? })
        })
        .collect();
    let items: Vec<Item> =
        node.subs("item").iter().filter_map(|one| item(one, raw, &groups, world, problems)).collect();
    let bands = bands(node, problems);
    let vetoes = vetoes(node, raw, &bands, world, problems);
    let duties = duties(node, &bands, world, problems);
    let panel = panel::read(node, &items, problems);
    let scheme = Scheme {
        head,
        assesses: Level::parse(node.text("assesses")?)?,
        full: node.number("full")?,
        round: round(node)?,
        bands,
        missing: missing(node)?,
        groups,
        items,
        vetoes,
        points_within: within(node, problems),
        duties,
        panel,
    };
    // An item that did not read would only show again in the sum.
    if scheme.items.len() == node.subs("item").len() {
        adds_up(node, &scheme, problems);
    }
    Some(scheme)
}

fn missing(node: &Node<'_>) -> Option<Missing> {
    Some(match node.text("missing")? {
        "open" => Missing::Open,
        "zero" => Missing::Zero,
        "full" => Missing::Full,
        _ => Missing::Redistribute,
    })
}

/// Grades from the best down; the last one holds whatever is left.
pub(super) fn bands(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for one in node.subs("bands") {
        let (Some(grade), Some(name), Some(from)) =
            (one.owned("grade"), one.words("name"), one.number("from"))
        else {
            continue;
        };
        if bands.iter().any(|band| band.grade == grade) {
            problems.push(one.wrong("grade", "ZH2901").arg("id", &grade));
        }
        if bands.last().is_some_and(|last| from >= last.from) {
            problems.push(one.wrong("from", "ZH2902"));
        }
        bands.push(Band { grade, name, from });
    }
    if bands.is_empty() {
        problems.push(Diagnostic::error("ZH2006").arg("key", "bands").at(node.at("bands")));
    }
    bands
}

fn item(
    node: &Node<'_>,
    raw: &Raw<'_>,
    groups: &[Group],
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Item> {
    let (id, points, measure) = (node.owned("id")?, node.number("points")?, node.text("measure"));
    if let Some(measure) = measure
        && !world.refers(Kind::Indicator, measure, &raw.id, || node.at("measure"), problems)
    {
        return None;
    }
    let group = node.owned("group");
    let known = group.as_ref().map_or(groups.is_empty(), |id| groups.iter().any(|group| group.id == *id));
    if !known {
        let all: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
        problems.push(node.wrong("group", "ZH2903").arg("id", &id).arg("all", all.join(", ")));
    }
    if points <= Decimal::ZERO {
        problems.push(node.wrong("points", "ZH2904").arg("key", "points"));
    }
    let score = score(&node.sub("score")?, points, problems)?;
    // People score without a figure, everything else scores a figure.
    if matches!(score, Score::Judged { .. }) == measure.is_some() {
        problems.push(node.wrong("measure", "ZH2910").arg("id", &id));
    }
    Some(Item {
        id,
        group,
        name: node.words("name")?,
        points,
        measure: measure.map(str::to_owned),
        score,
        missing: missing(node),
        evidence: node.texts("evidence"),
        unproven: if node.text("unproven") == Some("zero") { Unproven::Zero } else { Unproven::Open },
        points_within: within(node, problems),
    })
}

/// The share of themselves by which points could have been set otherwise.
fn within(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<Decimal> {
    let own = node.sub("weights")?;
    let share = own.number("within")?;
    if share < Decimal::ZERO || share >= Decimal::ONE {
        problems.push(own.wrong("within", "ZH2911"));
    }
    Some(share)
}

/// Exactly one way to score, with numbers that make sense.
pub(super) fn score(node: &Node<'_>, points: Decimal, problems: &mut Vec<Diagnostic>) -> Option<Score> {
    let entries = node.entries();
    let [(word, ..)] = entries.as_slice() else {
        let all: Vec<&str> = keys::SCORE.keys.iter().map(|key| key.name).collect();
        problems.push(Diagnostic::error("ZH2905").arg("all", all.join(", ")).at(node.place()));
        return None;
    };
    let own = node.sub(word);
    let above_zero = |key: &'static str, problems: &mut Vec<Diagnostic>| {
        let own = own?;
        let value = own.number(key)?;
        if value <= Decimal::ZERO {
            problems.push(own.wrong(key, "ZH2904").arg("key", key));
        }
        Some(value)
    };
    Some(match *word {
        "binary" => {
            let own = own?;
            let (least, most) = (limit(&own, "at_least"), limit(&own, "at_most"));
            if least.is_some() == most.is_some() {
                problems.push(Diagnostic::error("ZH2905").arg("all", "at_least, at_most").at(own.place()));
            }
            Score::Binary { at_least: least.is_some(), limit: least.or(most)? }
        }
        "checklist" => Score::Checklist { each: above_zero("each", problems)? },
        "deduct" => Score::Deduct { each: above_zero("each", problems)? },
        "bonus" => Score::Bonus { each: above_zero("each", problems)? },
        "target_ratio" => Score::TargetRatio { target: limit(&own?, "target")? },
        "stepped" => Score::Stepped {
            target: limit(&own?, "target")?,
            step: above_zero("step", problems)?,
            each: above_zero("each", problems)?,
            floor: own?.number("floor").unwrap_or_default(),
            begun: own?.truth("begun").unwrap_or(false),
        },
        "between" => {
            let (best, worst) = (own?.number("best")?, own?.number("worst")?);
            if best == worst {
                problems.push(own?.wrong("worst", "ZH2906"));
            }
            Score::Between { best, worst }
        }
        "change" => Score::Change {
            better: own?.number("better")?,
            same: own?.number("same")?,
            worse: own?.number("worse")?,
            within: own?.number("within").unwrap_or_default(),
        },
        "judged" => Score::Judged { levels: given(&own?, points, problems) },
        "levels" => Score::Levels { levels: pairs(node, "levels", "from", points, false, problems) },
        _ => Score::Rank { levels: pairs(node, "rank", "top", points, true, problems) },
    })
}

fn limit(node: &Node<'_>, key: &str) -> Option<Limit> {
    match node.text(key) {
        Some("target") => Some(Limit::Target),
        _ => node.number(key).map(Limit::Fixed),
    }
}

/// Steps in order, none with more points than the item.
fn pairs(
    node: &Node<'_>,
    key: &str,
    border: &'static str,
    most: Decimal,
    rising: bool,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Decimal, Decimal)> {
    let mut pairs: Vec<(Decimal, Decimal)> = Vec::new();
    for one in node.subs(key) {
        let (Some(at), Some(points)) = (one.number(border), one.number("points")) else { continue };
        if pairs.last().is_some_and(|last| if rising { at <= last.0 } else { at >= last.0 }) {
            problems.push(one.wrong(border, "ZH2902"));
        }
        if points > most {
            problems.push(one.wrong("points", "ZH2907").arg("points", points).arg("most", most));
        }
        pairs.push((at, points));
    }
    pairs
}

/// The points that people can give, falling, none above the item's and none below 0.
fn given(node: &Node<'_>, most: Decimal, problems: &mut Vec<Diagnostic>) -> Vec<(Decimal, Words)> {
    let mut levels: Vec<(Decimal, Words)> = Vec::new();
    for one in node.subs("levels") {
        let (Some(points), Some(says)) = (one.number("points"), one.words("says")) else { continue };
        if levels.last().is_some_and(|last| points >= last.0) || points < Decimal::ZERO {
            problems.push(one.wrong("points", "ZH2902"));
        }
        if points > most {
            problems.push(one.wrong("points", "ZH2907").arg("points", points).arg("most", most));
        }
        levels.push((points, says));
    }
    levels
}

/// Each duty meets either so many at the end of the ranking or all with a grade.
fn duties(node: &Node<'_>, bands: &[Band], world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Duty> {
    let mut duties = Vec::new();
    for one in node.subs("duty") {
        let of = match (one.whole("bottom"), one.owned("grade")) {
            (Some(bottom), None) => DutyOf::Bottom(u32::try_from(bottom).unwrap_or(u32::MAX)),
            (None, Some(grade)) => DutyOf::Grade(grade),
            _ => {
                problems.push(Diagnostic::error("ZH2905").arg("all", "bottom, grade").at(one.place()));
                continue;
            }
        };
        if let DutyOf::Grade(grade) = &of {
            known_grade(&one, grade, bands, problems);
        }
        for key in ["clock", "opens"] {
            let Some(id) = one.text(key) else { continue };
            let is_known = match key {
                "clock" => world.clocks.contains_key(id),
                _ => world.procedures.values().any(|procedure| procedure.family == id),
            };
            // What was left out for its own mistakes is not reported again.
            if !(is_known || world.broken.contains(id) || world.broken_clocks.contains(id)) {
                problems.push(one.wrong(key, "ZH2912").arg("key", key).arg("id", id));
            }
        }
        let Some(says) = one.words("says") else { continue };
        duties.push(Duty { of, says, clock: one.owned("clock"), opens: one.owned("opens") });
    }
    duties
}

fn known_grade(node: &Node<'_>, grade: &str, bands: &[Band], problems: &mut Vec<Diagnostic>) {
    if !bands.iter().any(|band| band.grade == grade) {
        let all: Vec<&str> = bands.iter().map(|band| band.grade.as_str()).collect();
        problems.push(node.wrong("grade", "ZH2908").arg("grade", grade).arg("all", all.join(", ")));
    }
}

fn vetoes(
    node: &Node<'_>,
    raw: &Raw<'_>,
    bands: &[Band],
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Veto> {
    let mut vetoes = Vec::new();
    for one in node.subs("veto") {
        let (Some(measure), Some(grade), Some(says)) =
            (one.text("measure"), one.owned("grade"), one.words("says"))
        else {
            continue;
        };
        if !world.refers(Kind::Indicator, measure, &raw.id, || one.at("measure"), problems) {
            continue;
        }
        known_grade(&one, &grade, bands, problems);
        vetoes.push(Veto { measure: measure.to_owned(), grade, says });
    }
    vetoes
}

/// Items are named once, and their points add up to those of their group and to the full sum.
fn adds_up(node: &Node<'_>, scheme: &Scheme, problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for (one, item) in node.subs("item").iter().zip(&scheme.items) {
        if !seen.insert(item.id.as_str()) {
            problems.push(one.wrong("id", "ZH2901").arg("id", &item.id));
        }
    }
    let sum = |group: Option<&str>| -> Decimal {
        let items = scheme.items.iter().filter(|item| item.score.counts());
        items.filter(|item| group.is_none() || item.group.as_deref() == group).map(|item| item.points).sum()
    };
    for (one, group) in node.subs("group").iter().zip(&scheme.groups) {
        let found = sum(Some(&group.id));
        if found != group.points {
            problems.push(one.wrong("points", "ZH2909").arg("found", found).arg("points", group.points));
        }
    }
    let found = sum(None);
    if found != scheme.full {
        problems.push(node.wrong("full", "ZH2909").arg("found", found).arg("points", scheme.full));
    }
}
