//! `judge what-if`: other figures, points or borders, and how little would move the grade of a place.

use serde_json::json;
use zhiheng_base::{Diagnostic, Node, RegionCode};
use zhiheng_catalog::model::Scheme;
use zhiheng_judge::{Change, Margin, changed, compare, judge_given, margins};
use zhiheng_measure::engine::Engine;

use super::{Asked, judged, moves};
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{json as print_json, line};

/// Reads a change from the text of a flag.
type Reader = fn(&str) -> Result<Change, Diagnostic>;

/// Without a change only the margins of `place` are told; they are those after the changes.
pub(super) fn run(
    context: &Context,
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
    [figures, points, from]: [&[String]; 3],
    place: Option<&str>,
) -> Outcome {
    let mut changes = Vec::new();
    let readers: [(&[String], Reader); 3] =
        [(figures, Change::figure), (points, Change::points), (from, Change::from)];
    for (texts, read) in readers {
        for text in texts {
            changes.push(read(text)?);
        }
    }
    let place = place.map(RegionCode::parse).transpose()?;
    let case = judged(context, engine, scheme, asked)?;
    let (new_scheme, new_figures) = changed(scheme, &case.figures, &case.places, &changes)?;
    let after = judge_given(&new_scheme, &case.places, &new_figures, &case.given);
    let verdict = place.map(|place| {
        let found = after.iter().find(|verdict| verdict.region == place);
        found.ok_or_else(|| Diagnostic::error("ZH7081").arg("address", place))
    });
    let near: Vec<Margin> = match verdict.transpose()? {
        Some(verdict) => margins(&new_scheme, &case.places, &new_figures, verdict),
        None => Vec::new(),
    };
    if !context.is_plain() {
        let moved = compare(&case.verdicts, &after);
        return Ok(print_json(
            &json!({ "before": case.verdicts, "after": after, "moved": moved, "margins": near }),
        )?);
    }
    if !changes.is_empty() {
        let titles = [context.say("cli-as-it-is", &[]), context.say("cli-what-if", &[])];
        let [now, then] = &titles;
        moves(context, engine, (scheme, &case.verdicts), (&new_scheme, &after), [now, then])?;
    }
    for margin in &near {
        for text in node(&new_scheme, margin, context).lines(context.lang) {
            line(&text)?;
        }
    }
    if place.is_some() && near.is_empty() {
        line(&context.say("cli-no-margins", &[]))?;
    }
    Ok(())
}

fn node(scheme: &Scheme, margin: &Margin, context: &Context) -> Node {
    let id = match (margin.better, margin.beyond) {
        (true, false) => "judge-margin-better",
        (true, true) => "judge-margin-better-beyond",
        (false, false) => "judge-margin-worse",
        (false, true) => "judge-margin-worse-beyond",
    };
    let name = |id: &str| {
        let item = scheme.items.iter().find(|item| item.id == id);
        item.map_or(id, |item| item.name.get(context.lang)).to_owned()
    };
    let node = Node::new(id)
        .arg("name", name(&margin.item))
        .arg("grade", &margin.grade)
        .arg("to", margin.to)
        .arg("value", margin.value.round_dp(6).normalize());
    if margin.shared.is_empty() {
        return node;
    }
    let items: Vec<String> = margin.shared.iter().map(|id| name(id)).collect();
    node.with(Node::new("judge-margin-shared").arg("items", items.join(", ")))
}
