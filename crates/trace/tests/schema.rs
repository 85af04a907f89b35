//! What GS1's own JSON schema refuses is refused here, and what it accepts is accepted, but for what the standard says beside
//! it: documents spoiled in every place, with the verdicts of another implementation (`vectors/schema/make.py`).

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use serde_json::{Value, json};
use zhiheng_trace::{Limits, json as epcis};

#[path = "common/examples.rs"]
mod examples;

#[derive(Deserialize)]
struct Vectors {
    spoils: Vec<Value>,
    master: Value,
    /// By document and pointer: a sign for each way to spoil the place.
    verdicts: BTreeMap<String, BTreeMap<String, String>>,
}

/// The document without what a pointer names.
fn without(document: &Value, pointer: &str) -> Option<Value> {
    let (above, name) = pointer.rsplit_once('/')?;
    let mut out = document.clone();
    match out.pointer_mut(above)? {
        Value::Object(members) => members.remove(&name.replace("~1", "/").replace("~0", "~")).map(drop)?,
        Value::Array(items) => drop(items.remove(name.parse().ok()?)),
        _ => return None,
    }
    Some(out)
}

/// The document in each of its spoiled forms at a place, in the order of the signs.
fn spoiled(document: &Value, pointer: &str, spoils: &[Value]) -> Vec<Option<Value>> {
    let mut surplus = document.clone();
    let added = match surplus.pointer_mut(pointer) {
        Some(Value::Object(members)) => members.insert("surplus".into(), json!(1)).is_none(),
        _ => false,
    };
    let mut out = vec![without(document, pointer), Some(surplus).filter(|_| added)];
    out.extend(spoils.iter().map(|spoil| {
        let mut other = document.clone();
        *other.pointer_mut(pointer)? = spoil.clone();
        Some(other)
    }));
    out
}

/// Holds a document's verdicts against ours; answers how many it compared, and what we refuse beyond them.
fn compare(name: &str, document: &Value, vectors: &Vectors) -> (usize, Vec<String>) {
    let (mut compared, mut stricter) = (0, Vec::new());
    for (pointer, signs) in &vectors.verdicts[name] {
        let forms = spoiled(document, pointer, &vectors.spoils);
        assert_eq!(forms.len(), signs.len(), "{name} {pointer}");
        for (n, (form, sign)) in forms.into_iter().zip(signs.chars()).enumerate() {
            assert_eq!(form.is_none(), sign == '.', "{name} {pointer} {n}");
            let Some(form) = form else { continue };
            compared += 1;
            let outcome = epcis::read(form.to_string().as_bytes(), &Limits::default());
            match (sign, outcome.is_sound()) {
                ('-', true) => {
                    panic!("{name}: {pointer}, form {n} is accepted, and the schema refuses it: {form}")
                }
                ('+', false) => stricter.push(format!("{pointer} {n} {}", outcome.problems.list()[0].code)),
                _ => {}
            }
        }
    }
    (compared, stricter)
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("vectors/schema/verdicts.json")).expect("the verdicts")
}

#[test]
fn spoiled_master_data_is_judged_as_by_the_schema() {
    let vectors = vectors();
    let (compared, stricter) = compare("", &vectors.master, &vectors);
    assert!(compared > 200 && stricter.is_empty(), "{compared} {stricter:?}");
}

#[test]
fn spoiled_examples_are_judged_as_by_the_schema() {
    let Some(files) = examples::all() else { return };
    let vectors = vectors();
    let (mut all, mut beyond) = (0, BTreeMap::new());
    for file in files {
        let name = file.strip_prefix(examples::folder()).expect("an example").to_string_lossy().into_owned();
        let document: Value = serde_json::from_slice(&fs::read(&file).expect("a file")).expect("JSON");
        let (compared, stricter) = compare(&name, &document, &vectors);
        all += compared;
        if !stricter.is_empty() {
            beyond.insert(name, stricter);
        }
    }
    assert!(all > 10_000, "{all}");
    // an aggregation that adds has a parent (7.4.3), which the schema does not say
    let known = vec!["/epcisBody/eventList/0/parentID 0 ZH9540".to_owned()];
    let known = BTreeMap::from([("WithSensorData/SensorDataExample8.jsonld".to_owned(), known)]);
    assert_eq!(beyond, known);
}
