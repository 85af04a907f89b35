//! What is signed, and which version binds.

use std::process::Command;

use serde_json::{Map, Value, json};
use zhiheng_plan::clause::Clause;
use zhiheng_plan::letter::{Head, Letter, Signature, amend, content, hash, letter, standing};
use zhiheng_plan::target::{self, Target};

use crate::{codes, day, objects, rows};

fn targets(value: &str) -> Vec<Target> {
    let data = objects(json!([{ "number": "T1", "indicator": "sampling.pass_rate", "region": "621122101",
        "period": "2015", "value": value }]));
    target::read(rows(&data), rows(&[])).0
}

fn clauses(weights: [Value; 2]) -> Vec<Clause> {
    let [first, second] = weights;
    let data = objects(json!([
        { "letter": "L", "version": 1, "number": "2", "says": "开展质量月活动", "lead": "示例镇", "evidence": ["总结"], "weight": second },
        { "letter": "L", "version": 1, "number": "1", "says": "抽查合格率", "indicator": "sampling.pass_rate",
          "target": "T1", "lead": "示例镇", "evidence": ["通报"], "consequence": "约谈", "weight": first },
    ]));
    zhiheng_plan::read(rows(&data)).0
}

fn head(more: Value) -> Head {
    let mut data = json!({ "number": "L", "version": 1, "period": "2015", "issuer": "示例县人民政府",
        "signer": "示例镇人民政府", "full_score": "100" });
    for (field, value) in more.as_object().expect("an object") {
        data[field] = value.clone();
    }
    let data: Map<String, Value> = data.as_object().expect("an object").clone();
    zhiheng_plan::read(rows(&[data])).0.remove(0)
}

fn good() -> Letter {
    let (letter, problems) = letter(head(json!({})), &clauses([json!("60"), json!("40")]), &targets("90"));
    assert!(problems.is_empty(), "{problems:?}");
    letter
}

/// The hash made again by Python's own JSON writer and SHA-256: with sorted names, no spaces and no floats that is
/// canonical JSON.
#[test]
fn anyone_can_make_the_hash_again() {
    let letter = good();
    let script = "import sys,json,hashlib;v=json.load(sys.stdin);\
        print('sha256:'+hashlib.sha256(json.dumps(v,sort_keys=True,separators=(',',':'),ensure_ascii=False).encode()).hexdigest())";
    let mut child = Command::new("python3")
        .args(["-c", script])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("python3");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, content(&letter).to_string().as_bytes()).expect("written");
    drop(input);
    let said = child.wait_with_output().expect("python3");
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), hash(&letter));
}

#[test]
fn the_hash_is_of_the_promise_and_of_nothing_else() {
    let first = hash(&good());
    // other order of records, other spelling of the same numbers: the same promise
    let mut turned = clauses([json!("60.0"), json!("40.00")]);
    turned.reverse();
    let (same, _) = letter(head(json!({ "full_score": "100.0" })), &turned, &targets("90.0"));
    assert_eq!(hash(&same), first);
    // whatever changes the promise changes the hash: a target above all
    let others = [
        letter(head(json!({})), &clauses([json!("60"), json!("40")]), &targets("90.1")).0,
        letter(head(json!({})), &clauses([json!("61"), json!("39")]), &targets("90")).0,
        letter(
            head(json!({ "signer": "示例乡人民政府" })),
            &clauses([json!("60"), json!("40")]),
            &targets("90"),
        )
        .0,
        letter(head(json!({ "period": "2016" })), &clauses([json!("60"), json!("40")]), &targets("90")).0,
    ];
    let mut hashes: Vec<String> = others.iter().map(hash).chain([first]).collect();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 5);
}

#[test]
fn weights_sum_to_the_full_score() {
    let with = |weights, full: Value| {
        codes(&letter(head(json!({ "full_score": full })), &clauses(weights), &targets("90")).1).join(" ")
    };
    assert_eq!(with([json!("60"), json!("40")], json!("100")), "");
    assert_eq!(with([json!("60"), json!("39.99")], json!("100")), "ZH8550");
    assert_eq!(with([json!("60"), json!(null)], json!("60")), "ZH8555");
    assert_eq!(with([json!("-60"), json!("160")], json!("100")), "ZH8555");
    assert_eq!(with([json!(null), json!("1")], json!(null)), "ZH8554");
    assert_eq!(with([json!(null), json!(null)], json!(null)), "");
    let (_, problems) = letter(head(json!({})), &clauses([json!("60"), json!("40")]), &[]);
    assert_eq!(codes(&problems), ["ZH8552"]);
    let twice = [clauses([json!("30"), json!("20")]), clauses([json!("30"), json!("20")])].concat();
    assert_eq!(codes(&letter(head(json!({})), &twice, &targets("90")).1), ["ZH8551", "ZH8551"]);
}

fn signatures(signed: &[(&str, &str, &str)]) -> Vec<Signature> {
    let data: Vec<Value> = signed
        .iter()
        .map(|(party, hash, on)| json!({ "letter": "L", "hash": hash, "party": party, "signed_on": on }))
        .collect();
    zhiheng_plan::read(rows(&objects(Value::Array(data)))).0
}

#[test]
fn an_amendment_binds_when_both_have_signed() {
    let (county, town) = ("示例县人民政府", "示例镇人民政府");
    let first = good();
    let second =
        amend(&first, &clauses([json!("50"), json!("50")]), &targets("90"), "受灾").expect("an amendment");
    assert_eq!((second.head.version, second.head.amends.clone()), (2, Some(hash(&first))));
    let (one, two) = (hash(&first), hash(&second));
    let both = [first.clone(), second.clone()];
    let binding = |signed: &[(&str, &str, &str)], on: &str| {
        let (standing, problems) = standing(&both, &signatures(signed), day(on));
        assert!(problems.is_empty(), "{problems:?}");
        (standing.binding, standing.since.map(|day| day.to_string()), standing.missing.len())
    };
    let mut signed = vec![(county, one.as_str(), "2015-01-20")];
    assert_eq!(binding(&signed, "2015-12-31"), (None, None, 2));
    signed.push((town, &one, "2015-01-22"));
    assert_eq!(binding(&signed, "2015-01-21"), (None, None, 2));
    assert_eq!(binding(&signed, "2015-12-31"), (Some(1), Some("2015-01-22".into()), 2));
    signed.push((town, &two, "2015-06-01"));
    assert_eq!(binding(&signed, "2015-12-31"), (Some(1), Some("2015-01-22".into()), 1));
    signed.push((county, &two, "2015-06-05"));
    assert_eq!(binding(&signed, "2015-12-31"), (Some(2), Some("2015-06-05".into()), 0));
    // of an unsigned first version the second binds nobody
    assert_eq!(binding(&signed[2..], "2015-12-31").0, None);
}

#[test]
fn what_is_no_amendment_is_refused() {
    let first = good();
    let code = |weights, reason: &str| {
        amend(&first, &clauses(weights), &targets("90"), reason).expect_err("refused").code.to_string()
    };
    assert_eq!(code([json!("50"), json!("50")], " "), "ZH8556");
    assert_eq!(code([json!("60.0"), json!("40")], "无变化"), "ZH8557");
    // the hash of another content, a gap in the versions, a signature under something else
    let mut second =
        amend(&first, &clauses([json!("50"), json!("50")]), &targets("90"), "受灾").expect("good");
    second.head.amends = Some("sha256:00".into());
    let day = day("2015-12-31");
    assert_eq!(codes(&standing(&[first.clone(), second.clone()], &[], day).1), ["ZH8558"]);
    assert_eq!(codes(&standing(&[second], &[], day).1), ["ZH8558"]);
    let strange = signatures(&[("示例镇人民政府", "sha256:00", "2015-01-20")]);
    assert_eq!(codes(&standing(&[first], &strange, day).1), ["ZH8559"]);
}
