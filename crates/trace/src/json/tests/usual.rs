//! Usual events come out the same by the short way as over nodes, and nothing unusual takes the short way.

use proptest::prelude::*;

use super::super::context::Context;
use super::super::read::by_nodes;
use super::super::usual::usual;
use super::*;
use crate::event::EventKind;
use crate::generate::{Kind, Plan};
use crate::{Path, Problems};

/// Events of all worlds, as JSON.
fn texts() -> Vec<String> {
    let kinds = [Kind::Dairy, Kind::Liquor];
    let events = kinds.into_iter().flat_map(|kind| {
        let plan = Plan::of_size(kind, 1000, 3);
        plan.events().take(400).collect::<Vec<_>>()
    });
    events.map(|event| write_event(&event, &[], JsonStyle::Compact)).collect()
}

/// Values that take the place of others.
fn any_value() -> impl Strategy<Value = Value<'static>> {
    let texts = [
        "",
        " ",
        "shipping",
        "cbv:BizStep-shipping",
        "https://ref.gs1.org/cbv/BizStep-none",
        "urn:epcglobal:cbv:bizstep:shipping",
        "x:1",
        "x:1 ",
        "no uri",
        "KGM",
        "kgm",
        "ADD",
        " ADD",
        "+08:00",
        "Z",
        "2026-01-01T00:00:00Z",
        "own:thing",
        "ObjectEvent",
        "po",
    ];
    let text = prop::sample::select(texts.to_vec()).prop_map(|text| Value::Text(text.into()));
    prop_oneof![
        8 => text.clone(),
        1 => Just(Value::Null),
        1 => Just(Value::Bool(true)),
        1 => (-2..3_i8).prop_map(|n| Value::Number(Number::read(&n.to_string()).expect("a number"))),
        2 => prop::collection::vec(text, 0..3).prop_map(Value::List),
        1 => Just(Value::Object(Vec::new())),
    ]
}

/// What is done to a value somewhere below: which way down, and what takes its place; nothing takes it out.
type Change = (Vec<usize>, Option<Value<'static>>, &'static str);

fn any_change() -> impl Strategy<Value = Change> {
    let names = [
        "epcList",
        "childEPCs",
        "bizStep",
        "ilmd",
        "x",
        "x:y",
        "recordTime",
        "uom",
        "id",
        "type",
        "quantity",
    ];
    (
        prop::collection::vec(0..12_usize, 1..4),
        prop::option::weighted(0.8, any_value()),
        prop::sample::select(names.to_vec()),
    )
}

fn change<'a>(value: &mut Value<'a>, (way, new, name): &Change) {
    let Some((&first, rest)) = way.split_first() else { return };
    let rest = (rest.to_vec(), new.clone(), *name);
    match value {
        Value::Object(members) if first >= members.len() => {
            let is_new = members.iter().all(|(own, _)| own != name);
            members.extend(new.clone().filter(|_| is_new).map(|new| ((*name).into(), new)));
        }
        Value::List(items) if first >= items.len() => items.extend(new.clone()),
        Value::Object(members) => match (rest.0.is_empty(), new) {
            (true, None) => drop(members.remove(first)),
            (true, Some(new)) => members[first].1 = new.clone(),
            (false, _) => change(&mut members[first].1, &rest),
        },
        Value::List(items) => match (rest.0.is_empty(), new) {
            (true, None) => drop(items.remove(first)),
            (true, Some(new)) => items[first] = new.clone(),
            (false, _) => change(&mut items[first], &rest),
        },
        _ => {}
    }
}

/// Whether an event took the short way; if so, the other way says the same, and has nothing to tell.
fn is_usual(value: &Value<'_>, context: &Context) -> bool {
    let limits = Limits { list: 200, ..Limits::default() };
    let Value::Object(members) = value else { return false };
    let Some(kind) = value.get("type").and_then(Value::text).and_then(EventKind::of_name) else {
        return false;
    };
    let members: Vec<_> = members.iter().filter(|(name, _)| name != "@context").cloned().collect();
    let Some(event) = usual(&kind, &members, context, &limits) else { return false };
    let mut problems = Problems::new();
    assert_eq!(by_nodes(kind, &members, context, &limits, &mut problems, &Path::ROOT), Some(event));
    assert_eq!(problems.list(), []);
    true
}

fn own_context() -> Context {
    let mut context = Context::default();
    let text = r#"{"own":"https://own.example/","shipping":"https://own.example/sent"}"#;
    let value = parse(text.as_bytes(), &Limits::default(), &mut Problems::new()).expect("a context");
    context.add(&value, &Path::ROOT, &mut Problems::new());
    context
}

#[test]
fn most_events_are_usual() {
    let texts = texts();
    let read = |text: &String| {
        let value = parse(text.as_bytes(), &Limits::default(), &mut Problems::new()).expect("JSON");
        is_usual(&value, &Context::default())
    };
    let n = texts.iter().filter(|text| read(text)).count();
    assert!(n * 10 > texts.len() * 6, "{n} of {}", texts.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_is_the_long_way(at in any::<prop::sample::Index>(), changes in prop::collection::vec(any_change(), 0..4), is_own in any::<bool>()) {
        thread_local! {
            static TEXTS: Vec<String> = texts();
        }
        TEXTS.with(|texts| {
            let text = at.get(texts);
            let mut value = parse(text.as_bytes(), &Limits::default(), &mut Problems::new()).expect("JSON");
            for own in &changes {
                change(&mut value, own);
            }
            is_usual(&value, &if is_own { own_context() } else { Context::default() });
        });
    }
}
