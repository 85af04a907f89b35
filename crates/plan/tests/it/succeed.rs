//! Targets of regions that changed.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zhiheng_base::{Lang, Regions, Severity};
use zhiheng_catalog::model::Better;
use zhiheng_plan::decompose::{Nature, Yardstick};
use zhiheng_plan::succeed::{Passed, Reallocation, succeed};
use zhiheng_plan::target;

use crate::{codes, day, objects, region, rows};

/// 990101 was recoded to 990111; 990102 split into 990112 and 990113; 990103 and 990104 merged into 990114, all in mid-2015.
fn regions() -> Regions {
    let table =
        "990000,示例省\n990100,示例市\n990105,示例区\n990111,甲区\n990112,乙区\n990113,丙区\n990114,丁区\n";
    let history = "990101,甲县,990111,recode,2015-07-01,,confirmed,example\n\
                   990102,乙县,990112,split,2015-07-01,0.6,confirmed,example\n\
                   990102,乙县,990113,split,2015-07-01,0.4,confirmed,example\n\
                   990103,丙县,990114,merge,2015-07-01,,confirmed,example\n\
                   990104,丁县,990114,merge,2015-07-01,,confirmed,example\n";
    Regions::parse(table, history).expect("regions")
}

fn run(places: &[(&str, &str, &str)], decisions: Value, on: &str) -> (Vec<Passed>, Vec<String>) {
    let targets: Vec<Value> = places
        .iter()
        .map(|(number, place, value)| {
            json!({ "number": number, "indicator": "certificates", "region": place, "period": "2015", "value": value })
        })
        .collect();
    let (targets, decisions) = (objects(Value::Array(targets)), objects(decisions));
    let (targets, problems) = target::read(rows(&targets), rows(&[]));
    assert!(problems.is_empty());
    let (decisions, problems) = zhiheng_plan::read::<Reallocation>(rows(&decisions));
    assert!(problems.is_empty(), "{problems:?}");
    let stick = Yardstick { better: Better::Higher, nature: Nature::Adds };
    let sticks = BTreeMap::from([("certificates".to_owned(), stick)]);
    let (passed, problems) = succeed(&targets, &decisions, &sticks, &regions(), day(on));
    for problem in &problems {
        assert!(!problem.message(Lang::En).contains('{'));
    }
    let errors: Vec<_> = problems.into_iter().filter(|problem| problem.severity != Severity::Note).collect();
    (passed, codes(&errors).into_iter().map(str::to_owned).collect())
}

#[test]
fn a_new_code_takes_the_target_along() {
    let (passed, problems) = run(&[("1", "990101", "5"), ("2", "990105", "5")], json!([]), "2015-08-01");
    assert!(problems.is_empty(), "{problems:?}");
    let to = Some(region("990111"));
    assert_eq!(passed, [Passed { target: "1".into(), from: region("990101"), to, by: None }]);
    // towns that the table does not know: one of a county that goes on, one of the county that got a new code
    let (passed, problems) =
        run(&[("1", "990105101", "5"), ("2", "990101101", "5")], json!([]), "2015-08-01");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!((passed.len(), passed[0].target.as_str(), passed[0].to), (1, "2", Some(region("990111"))));
    assert_eq!(run(&[("1", "990102101", "5")], json!([]), "2015-08-01").1, ["ZH8525"]);
    // before the change nothing has moved
    assert!(run(&[("2", "990105", "5")], json!([]), "2015-06-30").0.is_empty());
}

#[test]
fn a_split_needs_a_decision() {
    let (passed, problems) = run(&[("1", "990102", "10")], json!([]), "2015-08-01");
    assert_eq!((passed[0].to, problems), (None, vec!["ZH8525".to_owned()]));
    let places = [("1", "990102", "10"), ("1a", "990112", "6"), ("1b", "990113", "4")];
    let decision = |to: &[&str], on: &str| json!([{ "number": "D1", "from_targets": ["1"], "to_targets": to, "reason": "按人口", "decided_on": on }]);
    let (passed, problems) = run(&places, decision(&["1a", "1b"], "2015-07-15"), "2015-08-01");
    assert_eq!((passed[0].by.as_deref(), problems.len()), (Some("D1"), 0));
    // a decision that is still to come is none
    assert_eq!(run(&places, decision(&["1a", "1b"], "2015-09-01"), "2015-08-01").1, ["ZH8525"]);
    // 6 < 10: a part of the total got lost; 1x does not exist; 990105 did not follow 990102
    assert_eq!(run(&places, decision(&["1a"], "2015-07-15"), "2015-08-01").1, ["ZH8528"]);
    assert_eq!(run(&places, decision(&["1a", "1b", "1x"], "2015-07-15"), "2015-08-01").1, ["ZH8527"]);
    assert_eq!(run(&places, decision(&[], "2015-07-15"), "2015-08-01").1, ["ZH8508"]);
    let strange = [("1", "990102", "10"), ("9", "990105", "10")];
    assert_eq!(run(&strange, decision(&["9"], "2015-07-15"), "2015-08-01").1, ["ZH8529"]);
}

#[test]
fn a_merger_of_two_targets_needs_a_decision() {
    let places = [("1", "990103", "10"), ("2", "990104", "5")];
    let (passed, problems) = run(&places, json!([]), "2015-08-01");
    assert_eq!(passed.iter().map(|it| it.to).collect::<Vec<_>>(), [Some(region("990114")); 2]);
    assert_eq!(problems, ["ZH8526"]);
    // one alone goes along
    assert!(run(&places[..1], json!([]), "2015-08-01").1.is_empty());
    let places = [("1", "990103", "10"), ("2", "990104", "5"), ("3", "990114", "15")];
    let decision = json!([{ "number": "D1", "from_targets": ["1", "2"], "to_targets": ["3"], "reason": "合并",
        "decided_on": "2015-07-15" }]);
    assert!(run(&places, decision, "2015-08-01").1.is_empty());
}
