//! A verdict as a tree of sentences: grade ← veto or band ← parts ← items ← figures with their addresses.

use zhiheng_base::{Decimal, Lang, Node, Regions};
use zhiheng_catalog::model::{Item, Missing, Scheme, Score};

use crate::verdict::{Judged, State, Verdict};

/// The tree of one verdict; names are in `lang`, sentences in whatever language it is printed.
pub fn explain(scheme: &Scheme, verdict: &Verdict, regions: &Regions, lang: Lang) -> Node {
    let place = regions.full_name(verdict.region).unwrap_or_else(|| verdict.region.to_string());
    let id = match (&verdict.points, &verdict.grade, verdict.veto) {
        (Some(_), Some(_), Some(_)) => "judge-graded-by-veto",
        (Some(_), Some(_), None) => "judge-graded",
        (None, Some(_), _) => "judge-veto-while-open",
        _ => "judge-open",
    };
    let mut root = Node::new(id)
        .arg("place", place)
        .arg("scheme", scheme.head.name.get(lang))
        .arg("points", verdict.points.map(|points| scheme.printed(points)).unwrap_or_default())
        .arg("full", verdict.full.normalize())
        .arg("grade", verdict.grade.as_deref().unwrap_or(""))
        .arg("rank", verdict.rank.map(|rank| rank.to_string()).unwrap_or_default())
        .written(&scheme.head.origin);
    if let Some(veto) = verdict.veto.and_then(|at| scheme.vetoes.get(at)) {
        let node = Node::new("judge-veto").arg("says", veto.says.get(lang)).arg("grade", &veto.grade);
        root = root.with(node.arg("measure", &veto.measure));
    }
    if let (Some(points), None) = (verdict.points, verdict.veto)
        && let Some(band) = scheme.band(points)
    {
        root =
            root.with(Node::new("judge-band").arg("grade", &band.grade).arg("from", band.from.normalize()));
    }
    let items = |group: Option<&str>| -> Vec<Node> {
        (scheme.items.iter().zip(&verdict.items))
            .filter(|(item, _)| item.group.as_deref() == group)
            .map(|(item, judged)| node(item, judged, lang))
            .collect()
    };
    for (group, (_, points)) in scheme.groups.iter().zip(&verdict.groups) {
        let mut part = Node::new("judge-part")
            .arg("name", group.name.get(lang))
            .arg("points", short(*points))
            .arg("full", group.points.normalize());
        part.children.extend(items(Some(&group.id)));
        root = root.with(part);
    }
    root.children.extend(items(None));
    root
}

fn node(item: &Item, judged: &Judged, lang: Lang) -> Node {
    let id = match (judged.state, judged.points) {
        (State::Scored, _) => "judge-item",
        (State::NoEvidence(_), None) => "judge-item-unproven-open",
        (State::NotGiven(_), None) => "judge-item-not-given",
        (_, None) => "judge-item-open",
        (State::Given, _) => "judge-item-given",
        (State::NoEvidence(_), _) => "judge-item-unproven",
        _ if !item.score.counts() => "judge-item-none",
        (State::NoFigure(rule) | State::NoTarget(rule) | State::NotGiven(rule), _) => missing(rule),
    };
    let mut node = Node::new(id)
        .arg("name", item.name.get(lang))
        .arg("points", judged.points.map(|points| short(points)).unwrap_or_default())
        .arg("most", short(judged.most))
        .arg("shown", &judged.shown)
        .arg("evidence", item.evidence.join(", "));
    if let Some(address) = &judged.address {
        node = node.about(address);
    }
    if matches!(judged.state, State::NoTarget(_)) {
        return node.with(Node::new("judge-no-target"));
    }
    if matches!(judged.state, State::Scored | State::Given) {
        node.with(rule(item, judged, lang))
    } else {
        node
    }
}

fn missing(rule: Missing) -> &'static str {
    match rule {
        Missing::Open => "judge-item-open",
        Missing::Zero => "judge-item-zero",
        Missing::Full => "judge-item-full",
        Missing::Redistribute => "judge-item-shared-out",
    }
}

/// The rule with its numbers.
fn rule(item: &Item, judged: &Judged, lang: Lang) -> Node {
    let target = judged.target.map(short).unwrap_or_default();
    match &item.score {
        Score::Binary { at_least, .. } => {
            Node::new(if *at_least { "judge-at-least" } else { "judge-at-most" }).arg("target", target)
        }
        Score::Checklist { each } => Node::new("judge-checklist").arg("each", short(*each)),
        Score::Levels { levels } => Node::new("judge-levels").arg("levels", steps(levels)),
        Score::TargetRatio { .. } => Node::new("judge-target-ratio").arg("target", target),
        Score::Stepped { step, each, floor, begun, .. } => {
            Node::new(if *begun { "judge-stepped-begun" } else { "judge-stepped" })
                .arg("target", target)
                .arg("step", short(*step))
                .arg("each", short(*each))
                .arg("floor", short(*floor))
        }
        Score::Between { best, worst } => {
            Node::new("judge-between").arg("best", short(*best)).arg("worst", short(*worst))
        }
        Score::Change { better, same, worse, within } => Node::new("judge-change")
            .arg("better", short(*better))
            .arg("same", short(*same))
            .arg("worse", short(*worse))
            .arg("within", short(*within)),
        Score::Rank { levels } => {
            let (rank, of) = judged.rank.unwrap_or_default();
            Node::new("judge-rank").arg("rank", rank).arg("of", of).arg("levels", steps(levels))
        }
        Score::Deduct { each } => Node::new("judge-deduct").arg("each", short(*each)),
        Score::Judged { levels } => {
            let level = levels.iter().find(|(points, _)| judged.points == Some(*points));
            match level {
                Some((_, says)) => Node::new("judge-judged-level").arg("says", says.get(lang)),
                None => Node::new("judge-judged"),
            }
        }
        Score::Bonus { each } => Node::new("judge-bonus").arg("each", short(*each)),
    }
}

fn steps(levels: &[(Decimal, Decimal)]) -> String {
    let steps: Vec<String> =
        levels.iter().map(|(at, points)| format!("{} → {}", short(*at), short(*points))).collect();
    steps.join(", ")
}

/// A number as people read it: at most four places.
fn short(value: Decimal) -> String {
    value.round_dp(4).normalize().to_string()
}
