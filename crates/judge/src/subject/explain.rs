//! A grade of an enterprise as a tree of sentences: grade ← veto ← items ← statements by their entries, the next rung, what changes.

use zhiheng_base::{Decimal, Lang, Node};
use zhiheng_catalog::model::{Limit, Score, SubjectScheme};

use super::verdict::{ItemJudged, Later, Need, Next, SubjectVerdict, VetoHit};
use super::walk::{Cause, Step};

/// The tree of one verdict; names are in `lang`, sentences in whatever language it is printed.
pub fn explain(scheme: &SubjectScheme, verdict: &SubjectVerdict, lang: Lang) -> Node {
    let id = match (&verdict.grade, verdict.points) {
        (Some(_), Some(_)) => "credit-graded",
        (Some(_), None) => "credit-graded-open",
        (None, _) => "credit-no-grade",
    };
    let mut root = Node::new(id)
        .arg("holder", &verdict.holder)
        .arg("scheme", scheme.head.name.get(lang))
        .arg("day", verdict.day)
        .arg("grade", verdict.grade.as_deref().unwrap_or_default())
        .arg("since", verdict.since.map(|day| day.to_string()).unwrap_or_default())
        .arg("points", verdict.points.map(|points| scheme.printed(points)).unwrap_or_default())
        .arg("full", short(verdict.full))
        .written(&scheme.head.origin);
    for hit in &verdict.vetoes {
        root = root.with(veto(scheme, hit, lang));
    }
    for (item, judged) in scheme.items.iter().zip(&verdict.items) {
        let mut node = Node::new(if judged.points.is_some() { "credit-item" } else { "credit-item-open" })
            .arg("name", item.name.get(lang))
            .arg("points", judged.points.map(short).unwrap_or_default())
            .arg("most", short(judged.most))
            .arg("value", short(judged.value))
            .with(rule(&item.score));
        node.children.extend(rows(judged));
        root = root.with(node);
    }
    for (id, entries) in [("credit-doubtful", &verdict.doubtful), ("credit-left-out", &verdict.left_out)] {
        if !entries.is_empty() {
            root = root.with(Node::new(id).arg("entries", listed(entries)));
        }
    }
    root.children.extend(verdict.next.as_ref().map(|next| self::next(scheme, next, lang)));
    root.children.extend(verdict.history.iter().map(step));
    root.children.extend(verdict.later.iter().map(|one| later(scheme, one)));
    root
}

fn veto(scheme: &SubjectScheme, hit: &VetoHit, lang: Lang) -> Node {
    let (says, grade) = scheme
        .vetoes
        .get(hit.veto)
        .map(|veto| (veto.says.get(lang), veto.grade.as_str()))
        .unwrap_or_default();
    let node = Node::new(if hit.until.is_some() { "credit-veto" } else { "credit-veto-for-ever" });
    node.arg("says", says)
        .arg("grade", grade)
        .arg("entry", hit.entry)
        .arg("until", hit.until.map(|day| day.to_string()).unwrap_or_default())
}

/// The rule with its numbers, in the sentences of schemes for places.
fn rule(score: &Score) -> Node {
    let limit = |limit: &Limit| match limit {
        Limit::Fixed(number) => short(*number),
        Limit::Target => String::new(),
    };
    match score {
        Score::Binary { limit: target, at_least: true } => {
            Node::new("judge-at-least").arg("target", limit(target))
        }
        Score::Binary { limit: target, .. } => Node::new("judge-at-most").arg("target", limit(target)),
        Score::Checklist { each } => Node::new("judge-checklist").arg("each", short(*each)),
        Score::Levels { levels } => {
            let steps = levels.iter().map(|(from, points)| format!("{} → {}", short(*from), short(*points)));
            Node::new("judge-levels").arg("levels", steps.collect::<Vec<_>>().join(", "))
        }
        Score::TargetRatio { target } => Node::new("judge-target-ratio").arg("target", limit(target)),
        Score::Stepped { target, step, each, floor, begun } => {
            Node::new(if *begun { "judge-stepped-begun" } else { "judge-stepped" })
                .arg("target", limit(target))
                .arg("step", short(*step))
                .arg("each", short(*each))
                .arg("floor", short(*floor))
        }
        Score::Between { best, worst } => {
            Node::new("judge-between").arg("best", short(*best)).arg("worst", short(*worst))
        }
        Score::Deduct { each } => Node::new("judge-deduct").arg("each", short(*each)),
        Score::Bonus { each } => Node::new("judge-bonus").arg("each", short(*each)),
        // Changes and ranks are of places; the loader lets none into a scheme for subjects.
        _ => Node::new("judge-no-target"),
    }
}

/// A number as people read it: at most four places.
fn short(value: Decimal) -> String {
    value.round_dp(4).normalize().to_string()
}

/// The statements behind an item.
fn rows(judged: &ItemJudged) -> Option<Node> {
    let id = if judged.leaves.is_some() { "credit-rows-leaving" } else { "credit-rows" };
    let node = Node::new(id)
        .arg("entries", listed(&judged.rows))
        .arg("leaves", judged.leaves.map(|day| day.to_string()).unwrap_or_default());
    (!judged.rows.is_empty()).then_some(node)
}

fn next(scheme: &SubjectScheme, next: &Next, lang: Lang) -> Node {
    let mut node = Node::new(if next.opens.is_some() { "credit-next" } else { "credit-next-out-of-reach" })
        .arg("grade", &next.grade)
        .arg("opens", next.opens.map(|day| day.to_string()).unwrap_or_default());
    for need in &next.needs {
        node = node.with(match need {
            Need::Wait(over) => Node::new("credit-need-wait").arg("over", over),
            Need::Points(have, want) => {
                Node::new("credit-need-points").arg("have", short(*have)).arg("want", short(*want))
            }
            Need::Veto(hit) => veto(scheme, hit, lang),
            Need::Asking => Node::new("credit-need-asking").arg("grade", &next.grade),
        });
    }
    node
}

fn step(step: &Step) -> Node {
    let (id, entry) = match step.cause {
        Cause::Began => ("credit-step-began", None),
        Cause::Points => ("credit-step-points", None),
        Cause::Climbed => ("credit-step-climbed", None),
        Cause::Veto(entry) => ("credit-step-veto", Some(entry)),
        Cause::VetoOver => ("credit-step-veto-over", None),
    };
    let node = Node::new(id).arg("day", step.day).arg("grade", step.grade.as_deref().unwrap_or("-"));
    match entry {
        Some(entry) => node.arg("entry", entry),
        None => node,
    }
}

fn later(scheme: &SubjectScheme, later: &Later) -> Node {
    let points = |points: Decimal| scheme.printed(points);
    Node::new("credit-later")
        .arg("day", later.day)
        .arg("points", later.points.map_or_else(|| "-".to_owned(), points))
        .arg("grade", later.grade.as_deref().unwrap_or("-"))
}

/// Entry numbers as people read them.
fn listed(entries: &[u64]) -> String {
    let entries: Vec<String> = entries.iter().map(u64::to_string).collect();
    entries.join(", ")
}
