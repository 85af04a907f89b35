//! Schemes that grade subjects: fields that are there, formulas over them, points that add up, grades in order. A scheme with a
//! slip is left out whole: half a scheme would give grades.

use std::collections::BTreeSet;

use zhiheng_base::{Decimal, Diagnostic};

use super::definitions::{Kind, Raw, World, failed};
use super::indicators::round;
use super::node::Node;
use super::records::{field_named, formula, no_field};
use super::schemes::{bands, score};
use super::{examples, head, keys};
use crate::formula::{Scope, Value, ValueType};
use crate::model::{
    FieldType, Grades, Limit, PARTS_MAX, RecordType, Rung, Score, SubjectExample, SubjectItem, SubjectScheme,
    SubjectVeto, Wait,
};

/// Reads all of them.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::SubjectScheme) {
        let what = format!("subject_scheme {}", raw.id);
        let good = raw.node.check(&keys::SUBJECT_SCHEME, &what, problems);
        let before = problems.len();
        let scheme = if good { scheme(&raw, world, problems) } else { None };
        match scheme {
            Some(scheme) if !failed(&problems[before..]) && !world.broken.contains(&raw.id) => {
                world.subject_schemes.insert(raw.id.clone(), scheme);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
}

fn scheme(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<SubjectScheme> {
    let node = &raw.node;
    let head = head::read(raw, problems)?;
    let of = node.text("of")?;
    if !world.refers(Kind::Record, of, &raw.id, || node.at("of"), problems) {
        return None;
    }
    let record = world.records.get(of)?;
    let holder = field_named(node, "holder", node.text("holder")?, &record.fields, problems)?;
    if holder.kind != FieldType::Enterprise || holder.optional || holder.many {
        problems.push(node.wrong("holder", "ZH2970").arg("field", &holder.id));
    }
    let valid = node.sub("valid").and_then(|valid| {
        let from = date_field(&valid, "from", record, problems);
        Some((from?, date_field(&valid, "until", record, problems)?))
    });
    let scope = Scope::of_record(record, &world.lists);
    let read = |node: &Node<'_>, key: &str, problems: &mut Vec<Diagnostic>| {
        node.value(key).is_some().then(|| formula(node, key, &scope, &[ValueType::Bool], problems)).flatten()
    };
    let filter = read(node, "where", problems);
    let doubtful = read(node, "doubtful", problems);
    let items: Vec<SubjectItem> =
        (node.subs("item").iter()).filter_map(|one| item(one, valid.is_some(), &scope, problems)).collect();
    let grades = grades(node, &scope, problems)?;
    let mut scheme = SubjectScheme {
        head,
        of: of.to_owned(),
        holder: holder.id.clone(),
        day: record.date_field().to_owned(),
        valid,
        filter,
        doubtful,
        full: node.number("full")?,
        round: round(node)?,
        items,
        grades,
        vetoes: Vec::new(),
        internal: node.truth("internal").unwrap_or(false),
        examples: Vec::new(),
    };
    for one in node.subs("veto") {
        if let Some(veto) = veto(&one, &scheme, &scope, problems) {
            scheme.vetoes.push(veto);
        }
    }
    // An item that did not read would only show again in the sum.
    if scheme.items.len() == node.subs("item").len() {
        adds_up(node, &scheme, problems);
    }
    for one in node.subs("example") {
        if let Some(example) = example(&one, &scheme, record, world, problems) {
            scheme.examples.push(example);
        }
    }
    Some(scheme)
}

fn date_field(
    node: &Node<'_>,
    key: &str,
    record: &RecordType,
    problems: &mut Vec<Diagnostic>,
) -> Option<String> {
    let id = node.text(key)?;
    let field = field_named(node, key, id, &record.fields, problems)?;
    if !matches!(field.kind, FieldType::Date { .. }) || field.many {
        problems.push(node.wrong(key, "ZH2203").arg("field", id));
        return None;
    }
    Some(id.to_owned())
}

/// A length of time in months; exactly one of `years` and `months`.
fn span(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<u32> {
    let months = match (node.whole("years"), node.whole("months")) {
        (Some(years), None) => years.checked_mul(12),
        (None, Some(months)) => Some(months),
        _ => {
            problems.push(Diagnostic::error("ZH2905").arg("all", "years, months").at(node.place()));
            None
        }
    };
    months.and_then(|months| u32::try_from(months).ok())
}

fn item(
    node: &Node<'_>,
    has_validity: bool,
    scope: &Scope<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<SubjectItem> {
    let points = node.number("points")?;
    if points <= Decimal::ZERO {
        problems.push(node.wrong("points", "ZH2904").arg("key", "points"));
    }
    let valid = node.truth("valid").unwrap_or(false);
    if valid && !has_validity {
        problems.push(node.wrong("valid", "ZH2971"));
    }
    let score = score(&node.sub("score")?, points, problems)?;
    if !stands_alone(&score) {
        problems.push(node.wrong("score", "ZH2972"));
    }
    let numbers = [ValueType::Integer, ValueType::Decimal];
    Some(SubjectItem {
        id: node.owned("id")?,
        name: node.words("name")?,
        points,
        filter: formula(node, "where", scope, &[ValueType::Bool], problems)?,
        sum: match node.value("sum") {
            Some(_) => Some(formula(node, "sum", scope, &numbers, problems)?),
            None => None,
        },
        months: match node.sub("window") {
            Some(window) => Some(span(&window, problems)?),
            None => None,
        },
        valid,
        falls: node.text("better") == Some("lower"),
        score,
    })
}

/// Whether a score needs nothing but the number: one subject has no rank, no direction of change and no indicator's target.
fn stands_alone(score: &Score) -> bool {
    match score {
        Score::Binary { limit, .. } => *limit != Limit::Target,
        Score::TargetRatio { target } | Score::Stepped { target, .. } => *target != Limit::Target,
        Score::Checklist { .. } | Score::Levels { .. } | Score::Between { .. } => true,
        Score::Deduct { .. } | Score::Bonus { .. } => true,
        _ => false,
    }
}

/// Either bands or rungs.
fn grades(node: &Node<'_>, scope: &Scope<'_>, problems: &mut Vec<Diagnostic>) -> Option<Grades> {
    match (node.value("bands"), node.value("rung")) {
        (Some(_), None) => Some(Grades::Bands(bands(node, problems))),
        (None, Some(_)) => Some(Grades::Ladder(rungs(node, scope, problems))),
        _ => {
            problems.push(Diagnostic::error("ZH2905").arg("all", "bands, rung").at(node.place()));
            None
        }
    }
}

/// Rungs from the lowest up; the lowest is where everyone stands.
fn rungs(node: &Node<'_>, scope: &Scope<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    for one in node.subs("rung") {
        let (Some(grade), Some(name), Some(from)) =
            (one.owned("grade"), one.words("name"), one.number("from"))
        else {
            continue;
        };
        if rungs.iter().any(|rung| rung.grade == grade) {
            problems.push(one.wrong("grade", "ZH2901").arg("id", &grade));
        }
        if rungs.last().is_some_and(|last| from < last.from) {
            problems.push(one.wrong("from", "ZH2973"));
        }
        if rungs.is_empty() && (one.value("after").is_some() || one.value("asks").is_some()) {
            problems.push(one.wrong("grade", "ZH2974"));
        }
        let after = match (one.text("after"), one.sub("after")) {
            (Some(_), _) => Some(Wait::NextYear),
            (None, Some(length)) => span(&length, problems).map(Wait::Months),
            (None, None) => None,
        };
        let asks = match one.value("asks") {
            Some(_) => formula(&one, "asks", scope, &[ValueType::Bool], problems),
            None => None,
        };
        rungs.push(Rung { grade, name, from, after, asks, clock: one.owned("clock") });
    }
    rungs
}

fn veto(
    node: &Node<'_>,
    scheme: &SubjectScheme,
    scope: &Scope<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<SubjectVeto> {
    let grade = node.owned("grade")?;
    knows(node, &grade, scheme, problems);
    Some(SubjectVeto {
        filter: formula(node, "where", scope, &[ValueType::Bool], problems)?,
        months: match node.sub("window") {
            Some(window) => Some(span(&window, problems)?),
            None => None,
        },
        grade,
        says: node.words("says")?,
    })
}

/// Whether the scheme has this grade.
fn knows(node: &Node<'_>, grade: &str, scheme: &SubjectScheme, problems: &mut Vec<Diagnostic>) {
    let all = scheme.grade_codes();
    if !all.contains(&grade) {
        problems.push(node.wrong("grade", "ZH2908").arg("grade", grade).arg("all", all.join(", ")));
    }
}

/// Items are named once and few enough, and their points add up to the full sum.
fn adds_up(node: &Node<'_>, scheme: &SubjectScheme, problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for (one, item) in node.subs("item").iter().zip(&scheme.items) {
        if !seen.insert(item.id.as_str()) {
            problems.push(one.wrong("id", "ZH2901").arg("id", &item.id));
        }
    }
    for (key, n) in
        [("item", scheme.items.len()), ("veto", scheme.vetoes.len()), ("rung", scheme.grade_codes().len())]
    {
        if n > PARTS_MAX {
            problems.push(node.wrong(key, "ZH2975").arg("key", key).arg("n", n).arg("max", PARTS_MAX));
        }
    }
    let counted = scheme.items.iter().filter(|item| item.score.counts());
    let found: Decimal = counted.map(|item| item.points).sum();
    if found != scheme.full {
        problems.push(node.wrong("full", "ZH2909").arg("found", found).arg("points", scheme.full));
    }
}

fn example(
    node: &Node<'_>,
    scheme: &SubjectScheme,
    record: &RecordType,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<SubjectExample> {
    let mut statements = Vec::new();
    for one in node.subs("statements") {
        let mut row: Vec<(String, Value)> = Vec::new();
        for (id, span, value) in one.entries() {
            let Some(field) = record.field(id) else {
                problems.push(no_field("statements", id, &record.fields).at(node.file.place(span)));
                return None;
            };
            let Some(value) = examples::typed(field, value.get_ref(), world) else {
                let place = node.file.place(value.span());
                problems.push(Diagnostic::error("ZH2803").arg("field", id).at(place));
                return None;
            };
            row.push((id.to_owned(), value));
        }
        statements.push(row);
    }
    let expect = node.sub("expect")?;
    let grade = expect.owned("grade")?;
    knows(&expect, &grade, scheme, problems);
    Some(SubjectExample {
        origin: node.origin(),
        says: node.words("says"),
        on: node.date("on")?,
        statements,
        grade,
        points: expect.number("points"),
        since: expect.date("since"),
        next: expect.date("next"),
    })
}
