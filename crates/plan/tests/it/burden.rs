//! How often an enterprise is inspected, and how many are drawn.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zhiheng_plan::burden::burden;
use zhiheng_plan::norm::{Norm, NormKind, norm};
use zhiheng_plan::quota::{may_be_drawn, quotas};
use zhiheng_plan::visit::Visit;

use crate::{codes, day, dec, objects, region, rows};

pub(crate) fn norms(list: Value) -> Vec<Norm> {
    let data = objects(list);
    let (norms, problems) = zhiheng_plan::read(rows(&data));
    assert!(problems.is_empty(), "{problems:?}");
    norms
}

pub(crate) fn of(kind: &str, class: &str, value: &str, place: &str, since: &str) -> Value {
    json!({ "kind": kind, "class": class, "value": value, "region": place, "since_day": since,
        "exempt": ["complaint", "follow-up"] })
}

pub(crate) fn visits(list: Vec<Value>) -> Vec<Visit> {
    let data = objects(Value::Array(list));
    let (visits, problems) = zhiheng_plan::read(rows(&data));
    assert!(problems.is_empty(), "{problems:?}");
    visits
}

fn visit(number: &str, on: &str, more: Value) -> Value {
    let mut row = json!({ "number": number, "enterprise": "91620000000000000X", "on_day": on, "level": "county",
        "organiser": "甲局", "kind": "random", "samples": false, "state": "planned" });
    for (field, value) in more.as_object().expect("an object") {
        row[field] = value.clone();
    }
    row
}

#[test]
fn visits_of_all_plans_and_levels_count_together() {
    let visits = visits(vec![
        visit("1", "2024-03-01", json!({ "plan": "A" })),
        visit("2", "2024-04-01", json!({ "plan": "B", "level": "city" })),
        // does not count: a complaint, one that was called off, the second office of a joint visit, another year
        visit("3", "2024-05-01", json!({ "kind": "complaint" })),
        visit("4", "2024-05-02", json!({ "state": "cancelled" })),
        visit("5", "2024-06-01", json!({ "joint": "J1" })),
        visit("6", "2024-06-01", json!({ "joint": "J1", "organiser": "乙局" })),
        visit("7", "2023-12-31", json!({})),
        visit("8", "2024-12-31", json!({})),
        visit("9", "2024-07-01", json!({ "enterprise": null, "enterprise_name": "示例粉业有限公司" })),
    ]);
    let cap = norms(json!([of("cap", "*", "2", "620000", "2020-01-01")]));
    let (burdens, problems) = burden(&visits, &cap, &BTreeMap::new(), region("621122"));
    let of_2024 = burdens.iter().find(|it| it.year == 2024 && it.enterprise.starts_with('9')).expect("one");
    assert_eq!(of_2024.counted, ["1", "2", "5", "8"]);
    assert_eq!(
        (of_2024.exempt.clone(), of_2024.over.clone()),
        (vec!["3".to_owned()], vec!["5".into(), "8".into()])
    );
    assert_eq!(codes(&problems), ["ZH8580", "ZH8580"]);
    assert_eq!((problems[0].args["n"].as_str(), problems[0].args["most"].as_str()), ("4", "2"));
    // by class: D may be visited four times
    let by_class = norms(json!([
        of("cap", "*", "2", "620000", "2020-01-01"),
        of("cap", "D", "4", "620000", "2020-01-01")
    ]));
    let classes = BTreeMap::from([("91620000000000000X".to_owned(), "D".to_owned())]);
    assert!(burden(&visits, &by_class, &classes, region("621122")).1.is_empty());
    // no rule, no judgement
    assert!(burden(&visits, &[], &classes, region("621122")).1.is_empty());
}

#[test]
fn the_nearest_rule_holds_then_the_one_of_the_class_then_the_newest() {
    let norms = norms(json!([
        of("cap", "*", "9", "100000", "2020-01-01"),
        of("cap", "A", "8", "100000", "2020-01-01"),
        of("cap", "*", "7", "620000", "2021-01-01"),
        of("cap", "*", "6", "620000", "2022-01-01"),
        of("ratio", "A", "5", "620000", "2022-01-01"),
    ]));
    let value = |class, place: &str, on: &str| {
        norm(&norms, NormKind::Cap, class, region(place), day(on)).map(|norm| norm.value.to_string())
    };
    assert_eq!(value(None, "110000", "2024-01-01").as_deref(), Some("9"));
    assert_eq!(value(Some("A"), "110000", "2024-01-01").as_deref(), Some("8"));
    assert_eq!(value(Some("A"), "621122", "2021-06-01").as_deref(), Some("7"));
    assert_eq!(value(Some("A"), "621122", "2022-01-01").as_deref(), Some("6"));
    assert_eq!(value(None, "621122", "2019-12-31"), None);
    let wrong = objects(json!([
        of("ratio", "A", "100.1", "620000", "2022-01-01"),
        of("cap", "*", "1.5", "620000", "2022-01-01"),
        of("inspectors", "*", "0", "620000", "2022-01-01"),
        of("cap", "*", "-1", "620000", "2022-01-01")
    ]));
    let (kept, problems) = zhiheng_plan::read::<Norm>(rows(&wrong));
    assert_eq!((kept.len(), codes(&problems)), (0, vec!["ZH8502"; 4]));
}

#[test]
fn shares_are_rounded_up() {
    // 5 % of 41 = 2.05 → 3; of 40 = 2; of 1 = 0.05 → 1; 20 % of 7 = 1.4 → 2; 100 % of 3 = 3
    let norms = norms(json!([
        of("ratio", "A", "5", "100000", "2020-01-01"),
        of("ratio", "B", "5", "100000", "2020-01-01"),
        of("ratio", "C", "5", "100000", "2020-01-01"),
        of("ratio", "D", "20", "100000", "2020-01-01"),
        of("ratio", "E", "100", "100000", "2020-01-01"),
        of("ratio", "F", "0", "100000", "2020-01-01"),
        of("frequency", "A", "2", "100000", "2020-01-01")
    ]));
    let sizes = [("A", 41), ("B", 40), ("C", 1), ("D", 7), ("E", 3), ("F", 3)];
    let sizes = sizes.iter().map(|&(class, n)| (class.to_owned(), n)).collect();
    let (found, problems) = quotas(&sizes, &norms, region("621122"), day("2024-01-01"));
    assert!(problems.is_empty());
    assert_eq!(found.iter().map(|quota| quota.n).collect::<Vec<_>>(), [3, 2, 1, 2, 3, 0]);
    assert_eq!(found[3].percent, dec("20"));
    let none = BTreeMap::from([("X".to_owned(), 3)]);
    assert_eq!(codes(&quotas(&none, &norms, region("621122"), day("2024-01-01")).1), ["ZH8583"]);
    let may = |times, class| may_be_drawn(times, class, &norms, region("621122"), day("2024-01-01"));
    assert_eq!((may(1, "A"), may(2, "A"), may(9, "B")), (true, false, true));
}
