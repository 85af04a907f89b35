//! What follows from a step: records entered, corrected, withdrawn; cases opened or annulled.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Value;
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{RecordType, Step, What};

use super::World;
use super::ask::{Act, Ask, Follow};
use super::event::Actor;
use super::fold::Entered;
use super::form::fits;
use super::names::Names;
use super::open::opened;
use super::take::annul;
use super::value::{from_json, to_json};

/// What follows from `step`, over the case as the step leaves it.
///
/// Errors: ZH8222 if there is no record of the case to correct or withdraw, ZH8223 if a record would lack a field, hold a value
/// that does not fit or break a rule of its type; and what opening a case finds.
pub(crate) fn follows(
    step: &Step,
    names: &Names<'_>,
    actor: Option<&Actor>,
) -> Result<Vec<Follow>, Vec<Diagnostic>> {
    let (world, case) = (names.world, names.case);
    let mut follows = Vec::new();
    // What an earlier effect of the same step changed, a later one finds changed.
    let mut entered = case.entered.clone();
    for effect in &step.effects {
        let when = |row: &dyn Row| effect.when.as_ref().is_none_or(|when| when.holds(row) == Some(true));
        match &effect.what {
            What::Record { of, set } if when(names) => {
                let data = record(world, of, Map::new(), set, names)?;
                follows.push(Follow::Record { of: of.clone(), data });
            }
            What::Correct { of, all, set } => {
                for old in reached(world, &mut entered, (of, *all), names, &when)? {
                    let was = Was::of(world, names, of, &old.data);
                    let data = record(world, of, old.data.clone(), set, &was)?;
                    old.data.clone_from(&data);
                    follows.push(Follow::Correct { of: of.clone(), entry: old.entry, data });
                }
            }
            What::Withdraw { of, all } => {
                for old in reached(world, &mut entered, (of, *all), names, &when)? {
                    old.withdrawn = true;
                    follows.push(Follow::Withdraw { of: of.clone(), entry: old.entry });
                }
            }
            What::Open { family, step, set } if when(names) => {
                let form: BTreeMap<String, Value> =
                    set.iter().map(|(field, formula)| (field.clone(), formula.eval(names))).collect();
                let ask = Ask {
                    act: Act::Step(step.clone().unwrap_or_default()),
                    account: String::new(),
                    on: names.on,
                    form,
                    figures: BTreeMap::new(),
                    evidence: Vec::new(),
                    reason: None,
                };
                let taken = opened(world, family, &ask, actor, Some(&case.number))?;
                follows.push(Follow::Case { head: None, taken: Box::new(taken) });
            }
            What::Record { .. } | What::Open { .. } => {}
        }
    }
    if step.void {
        for old in entered.iter().filter(|old| !old.withdrawn) {
            follows.push(Follow::Withdraw { of: old.of.clone(), entry: old.entry });
        }
        for child in world.children(&case.number) {
            if let Some(taken) = annul(world, child, names.on, actor)? {
                follows.push(Follow::Case { head: child.head(), taken: Box::new(taken) });
            }
        }
    }
    Ok(follows)
}

/// The records of a type that the case entered, that stand, and for which the effect's condition holds: the last one, or all.
fn reached<'e>(
    world: World<'_>,
    entered: &'e mut [Entered],
    (of, all): (&str, bool),
    names: &Names<'_>,
    when: &dyn Fn(&dyn Row) -> bool,
) -> Result<Vec<&'e mut Entered>, Vec<Diagnostic>> {
    let mut standing: Vec<&mut Entered> =
        entered.iter_mut().filter(|old| old.of == of && !old.withdrawn).collect();
    if !all {
        standing.drain(..standing.len().saturating_sub(1));
        if standing.is_empty() && when(names) {
            return Err(vec![Diagnostic::error("ZH8222").arg("of", of)]);
        }
    }
    standing.retain(|old| when(&Was::of(world, names, of, &old.data)));
    Ok(standing)
}

/// The case's names, and the fields of a record before it is changed.
struct Was<'a> {
    names: &'a Names<'a>,
    fields: Option<Fields<'a>>,
}

impl<'a> Was<'a> {
    fn of(world: World<'a>, names: &'a Names<'a>, of: &str, data: &'a Map<String, Json>) -> Was<'a> {
        let fields = world.catalog.records.get(of).map(|record| Fields { record, data });
        Was { names, fields }
    }
}

impl Row for Was<'_> {
    fn value(&self, name: &str) -> Value {
        match name.strip_prefix("was_") {
            Some(field) => self.fields.as_ref().map_or(Value::Null, |fields| fields.value(field)),
            None => self.names.value(name),
        }
    }
}

/// `data` with the fields that are set, checked by the rules of the record type.
fn record(
    world: World<'_>,
    of: &str,
    mut data: Map<String, Json>,
    set: &[(String, zhiheng_catalog::Formula)],
    names: &dyn Row,
) -> Result<Map<String, Json>, Vec<Diagnostic>> {
    let wrong = |field: &str| Diagnostic::error("ZH8223").arg("of", of).arg("field", field);
    let Some(record) = world.catalog.records.get(of) else { return Err(vec![wrong("–")]) };
    let mut problems = Vec::new();
    for (id, formula) in set {
        let value = formula.eval(names);
        match record.field(id) {
            Some(_) if value == Value::Null => {
                data.remove(id);
            }
            Some(field) if fits(field, &value) => {
                data.insert(id.clone(), to_json(field, &value));
            }
            _ => problems.push(wrong(id)),
        }
    }
    for field in &record.fields {
        let told =
            problems.iter().any(|one: &Diagnostic| one.args.get("field").is_some_and(|id| *id == field.id));
        if !field.optional && !data.contains_key(&field.id) && !told {
            problems.push(wrong(&field.id));
        }
    }
    let row = Fields { record, data: &data };
    for check in record.checks.iter().filter(|check| !check.warn) {
        if check.must.holds(&row) == Some(false) {
            problems.push(wrong(&check.must.names.join(", ")));
        }
    }
    if problems.is_empty() { Ok(data) } else { Err(problems) }
}

/// A record's fields as its checks see them.
struct Fields<'a> {
    record: &'a RecordType,
    data: &'a Map<String, Json>,
}

impl Row for Fields<'_> {
    fn value(&self, name: &str) -> Value {
        let field = self.record.field(name);
        field.zip(self.data.get(name)).map_or(Value::Null, |(field, json)| from_json(field, json))
    }
}
