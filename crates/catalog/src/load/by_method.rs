//! Kinds that a method of `zhiheng-methods` computes: the rows, the columns, the options and where the answer stands.

use zhiheng_base::{Diagnostic, PeriodKind};
use zhiheng_methods::run::{self, Holds};

use super::definitions::{Kind, Raw, World};
use super::indicators::record;
use super::node::{Node, scalar_text};
use super::records::formula;
use crate::formula::{Formula, Scope, ValueType};
use crate::model::{
    Aggregate, Among, AnswerAt, ByMethod, MethodKind, MethodRows, TAKES, TAKES_OF_FIGURE, Taken, Token,
};
use crate::suggest::{listed, nearest};

const BOOL: &[ValueType] = &[ValueType::Bool];
const CELL: &[ValueType] =
    &[ValueType::Decimal, ValueType::Integer, ValueType::Text, ValueType::Bool, ValueType::Date];

/// Reads one of the kinds; `word` is its word.
pub(super) fn read(
    raw: &Raw<'_>,
    word: &str,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<ByMethod> {
    let node = &raw.node;
    let (_, kind) = MethodKind::ALL.into_iter().find(|(known, _)| *known == word)?;
    // All parts are read before any is missed, so that each can complain.
    let method = method(node, problems);
    let rows = rows(raw, kind, world, problems);
    let columns = columns(raw, kind, world, problems);
    let (method, rows, columns) = (method?, rows?, columns?);
    let by = ByMethod {
        word: kind,
        rows,
        method: method.id.to_owned(),
        columns,
        options: options(node, method, problems),
        answer: answer(node, kind, problems)?,
    };
    fits(node, method, &by, problems);
    Some(by)
}

fn method(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<&'static run::Method> {
    let id = node.text("method")?;
    let found = run::methods().find(|method| method.id == id);
    if found.is_none() {
        problems.push(unknown("ZH2320", id, run::methods().map(|method| method.id)).at(node.at("method")));
    }
    found
}

/// An unknown name with the nearest known one.
fn unknown<'a>(code: &'static str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let all = listed(known.iter().copied());
    Diagnostic::error(code)
        .arg("name", name)
        .arg("near", nearest(name, known).unwrap_or("none"))
        .arg("all", if all.is_empty() { "none" } else { &all })
}

fn rows(
    raw: &Raw<'_>,
    kind: MethodKind,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<MethodRows> {
    let node = &raw.node;
    Some(match kind {
        MethodKind::Latent => {
            let of = node.text("of")?;
            if !world.refers(Kind::Record, of, &raw.id, || node.at("of"), problems) {
                return None;
            }
            let scope = Scope::of_record(record(world, of)?, &world.lists);
            let filter = match node.value("where") {
                None => None,
                Some(_) => Some(formula(node, "where", &scope, BOOL, problems)?),
            };
            MethodRows::Records(Aggregate { record: of.to_owned(), filter, distinct: None })
        }
        MethodKind::Index | MethodKind::SmallArea => MethodRows::Places(match node.text("among")? {
            "siblings" => Among::Siblings,
            "province" => Among::Province,
            _ => Among::Nation,
        }),
        MethodKind::Spc | MethodKind::Signal => {
            let steps = node.sub("steps")?;
            MethodRows::Steps {
                of: PeriodKind::parse(steps.text("of")?).ok()?,
                before: u32::try_from(steps.whole("before")?).ok()?,
            }
        }
    })
}

fn columns(
    raw: &Raw<'_>,
    kind: MethodKind,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, Taken)>> {
    let node = raw.node.sub("columns")?;
    let before = problems.len();
    let mut columns = Vec::new();
    for (name, ..) in node.entries() {
        let taken = match kind {
            MethodKind::Latent => {
                let scope = Scope::of_record(record(world, raw.node.text("of")?)?, &world.lists);
                formula(&node, name, &scope, CELL, problems).map(|take| Taken { of: None, take })
            }
            _ => of_figure(&node, name, raw, world, problems),
        };
        columns.extend(taken.map(|taken| (name.to_owned(), taken)));
    }
    (problems.len() == before).then_some(columns)
}

/// `"sampling.pass_rate"`, `{ of = "sampling.pass_rate", take = "bottom - top" }` or `{ take = "region" }`.
fn of_figure(
    node: &Node<'_>,
    name: &str,
    raw: &Raw<'_>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Taken> {
    let refers = |id: &str, place: &dyn Fn() -> zhiheng_base::Place, problems: &mut Vec<Diagnostic>| {
        // What it is made of may come later in the order; whether that is good is checked with the links.
        world.knows(Kind::Indicator, id) || world.refers(Kind::Indicator, id, &raw.id, place, problems)
    };
    if let Some(id) = node.text(name) {
        let take = Formula::parse("value", &scope(true)).ok()?;
        return refers(id, &|| node.at(name), problems).then(|| Taken { of: Some(id.to_owned()), take });
    }
    let sub = node.sub(name)?;
    let of = match sub.text("of") {
        None => None,
        Some(id) if refers(id, &|| sub.at("of"), problems) => Some(id.to_owned()),
        Some(_) => return None,
    };
    let take = formula(&sub, "take", &scope(of.is_some()), CELL, problems)?;
    Some(Taken { of, take })
}

/// What a formula over a figure, or over the row alone, may name.
fn scope(of_figure: bool) -> Scope<'static> {
    let skipped = if of_figure { 0 } else { TAKES_OF_FIGURE };
    TAKES.into_iter().skip(skipped).fold(Scope::new("columns"), |scope, (name, is_text)| {
        scope.with(name, if is_text { ValueType::Text } else { ValueType::Decimal })
    })
}

fn options(node: &Node<'_>, method: &run::Method, problems: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let Some(options) = node.sub("options") else { return Vec::new() };
    let mut pairs = Vec::new();
    for (name, span, value) in options.entries() {
        let Some(choice) = method.options.iter().find(|choice| choice.name == name) else {
            let names = method.options.iter().map(|choice| choice.name);
            let diagnostic = unknown("ZH2321", name, names).arg("method", method.id);
            problems.push(diagnostic.at(node.file.place(span)));
            continue;
        };
        let Some(text) = scalar_text(value.get_ref()) else { continue };
        if !choice.values.is_empty() && !choice.values.contains(&text.as_str()) {
            let diagnostic = unknown("ZH2322", &text, choice.values.iter().copied()).arg("option", name);
            problems.push(diagnostic.at(options.at(name)));
        }
        check_token(&text, &[Token::Steps], || options.at(name), problems);
        pairs.push((name.to_owned(), text));
    }
    pairs
}

/// A text that begins with `@` must be a token that has a meaning here.
fn check_token(
    text: &str,
    allowed: &[Token],
    place: impl Fn() -> zhiheng_base::Place,
    problems: &mut Vec<Diagnostic>,
) {
    if text.starts_with('@') && !Token::of(text).is_some_and(|token| allowed.contains(&token)) {
        let words = Token::ALL.into_iter().filter(|(_, token)| allowed.contains(token)).map(|(word, _)| word);
        problems.push(unknown("ZH2323", text, words).at(place()));
    }
}

fn answer(node: &Node<'_>, kind: MethodKind, problems: &mut Vec<Diagnostic>) -> Option<AnswerAt> {
    let answer = node.sub("answer")?;
    let allowed: &[Token] = match kind {
        MethodKind::Latent => &[],
        MethodKind::Index | MethodKind::SmallArea => &[Token::Region],
        MethodKind::Spc | MethodKind::Signal => &[Token::Step],
    };
    let mut find = Vec::new();
    if let Some(node) = answer.sub("find") {
        for (column, _, value) in node.entries() {
            let text = scalar_text(value.get_ref())?;
            check_token(&text, allowed, || node.at(column), problems);
            find.push((column.to_owned(), text));
        }
    }
    let answer_at = AnswerAt {
        table: answer.owned("table"),
        find,
        value: answer.owned("value"),
        low: answer.owned("low"),
        high: answer.owned("high"),
        centre: answer.owned("centre"),
        scale: answer.number("scale"),
        alarm: answer.texts("alarm"),
        also: answer.texts("also"),
    };
    // A series is asked for its alarms, everything else for its value; both need to find their rows.
    let is_series = matches!(kind, MethodKind::Spc | MethodKind::Signal);
    for (key, missing) in [
        ("value", answer_at.value.is_none()),
        ("alarm", is_series && answer_at.alarm.is_empty()),
        ("find", !matches!(kind, MethodKind::Latent) && answer_at.find.is_empty()),
    ] {
        if missing {
            let diagnostic = Diagnostic::error("ZH2301").arg("key", format!("answer.{key}"));
            let all = if is_series { "find, value, alarm" } else { "find, value" };
            problems.push(diagnostic.arg("kind", kind.word()).arg("all", all).at(answer.place()));
        }
    }
    Some(answer_at)
}

/// Whether the columns are those of the method.
fn fits(node: &Node<'_>, method: &run::Method, by: &ByMethod, problems: &mut Vec<Diagnostic>) {
    let Some(columns) = node.sub("columns") else { return };
    let named = || method.columns.iter().filter(|column| column.holds != Holds::TheRest);
    let takes_more = method.columns.iter().any(|column| column.holds == Holds::TheRest);
    for (name, _) in &by.columns {
        if !takes_more && !named().any(|column| column.name == name) {
            let names: Vec<&str> = named().map(|column| column.name).collect();
            let diagnostic = unknown("ZH2324", name, names).arg("method", method.id);
            problems.push(diagnostic.at(columns.at_key(name)));
        }
    }
    for column in named().filter(|column| !column.optional) {
        if !by.columns.iter().any(|(name, _)| name == column.name) {
            let diagnostic = Diagnostic::error("ZH2325").arg("column", column.name).arg("method", method.id);
            problems.push(diagnostic.at(columns.place()));
        }
    }
}
