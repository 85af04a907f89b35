//! Tasks and the clauses that they carry out.

use serde_json::{Value, json};
use zhiheng_base::Period;
use zhiheng_plan::clause::Clause;
use zhiheng_plan::task::{Task, check};

use crate::{codes, day, objects, rows};

fn clause(number: &str, lead: Value, often: Value) -> Value {
    json!({ "letter": "L", "version": 1, "number": number, "says": "做事", "lead": lead, "joint": ["乙局"],
        "evidence": ["通报"], "often": often })
}

fn task(number: &str, more: Value) -> Value {
    let mut row = json!({ "number": number, "letter": "L", "clause": "1", "says": "做事", "lead": "甲局",
        "joint": ["乙局"], "evidence": ["通报"], "due_on": "2015-06-30", "state": "open" });
    for (field, value) in more.as_object().expect("an object") {
        row[field] = value.clone();
    }
    row
}

fn run(clauses: Vec<Value>, tasks: Vec<Value>) -> String {
    let (clauses, tasks) = (objects(Value::Array(clauses)), objects(Value::Array(tasks)));
    let (clauses, problems) = zhiheng_plan::read::<Clause>(rows(&clauses));
    assert!(problems.is_empty(), "{problems:?}");
    let (tasks, problems) = zhiheng_plan::read::<Task>(rows(&tasks));
    assert!(problems.is_empty(), "{problems:?}");
    codes(&check(&clauses, &tasks, Period::year(2015).expect("a year"), day("2015-05-01"))).join(" ")
}

#[test]
fn each_rule_is_told() {
    let with = |more: Value| run(vec![clause("1", json!("甲局"), json!(null))], vec![task("1", more)]);
    assert_eq!(with(json!({})), "");
    assert_eq!(with(json!({ "lead": null })), "ZH8541");
    assert_eq!(with(json!({ "lead": "甲局、丙局" })), "ZH8541");
    assert_eq!(with(json!({ "lead": "甲局,丙局" })), "ZH8541");
    assert_eq!(with(json!({ "joint": ["乙局", " 甲局"] })), "ZH8542");
    assert_eq!(with(json!({ "due_on": "2015-12-31" })), "");
    assert_eq!(with(json!({ "due_on": "2016-01-01" })), "ZH8543");
    assert_eq!(with(json!({ "due_on": "2014-12-31" })), "ZH8543 ZH8548");
    assert_eq!(with(json!({ "evidence": [] })), "ZH8544");
    assert_eq!(with(json!({ "clause": "9" })), "ZH8545 ZH8538");
    assert_eq!(with(json!({ "state": "done" })), "ZH8546");
    assert_eq!(with(json!({ "state": "done", "done_on": "2015-05-01" })), "");
    assert_eq!(with(json!({ "state": "done", "done_on": "2015-05-02" })), "ZH8546");
    assert_eq!(with(json!({ "state": "done", "done_on": "2015-04-02", "due_on": "2015-04-01" })), "ZH8535");
    // a dropped task carries nothing out
    assert_eq!(with(json!({ "state": "dropped" })), "ZH8547 ZH8538");
    assert_eq!(with(json!({ "state": "dropped", "reason": "并入他项" })), "ZH8538");
    assert_eq!(with(json!({ "due_on": "2015-04-30" })), "ZH8548");
    assert_eq!(with(json!({ "due_on": "2015-05-01" })), "");
    let none = vec![clause("1", json!("甲局"), json!(null)), clause("2", json!(null), json!(null))];
    assert_eq!(run(none, vec![task("1", json!({})), task("1", json!({ "clause": "2" }))]), "ZH8539 ZH8540");
}

#[test]
fn clauses_make_the_tasks_of_a_year() {
    let made = |often: Value| -> Vec<(String, String)> {
        let clauses = objects(json!([clause("1", json!("甲局"), often)]));
        let (clauses, _) = zhiheng_plan::read::<Clause>(rows(&clauses));
        let year = Period::year(2015).expect("a year");
        let tasks = clauses[0].tasks(year).expect("tasks");
        assert_eq!(codes(&check(&clauses, &tasks, year, day("2015-01-01"))), Vec::<&str>::new());
        tasks.into_iter().map(|task| (task.number, task.due_on.to_string())).collect()
    };
    let pair = |number: &str, due: &str| (number.to_owned(), due.to_owned());
    assert_eq!(made(json!(null)), [pair("L-1", "2015-12-31")]);
    assert_eq!(made(json!("half")), [pair("L-1-1", "2015-06-30"), pair("L-1-2", "2015-12-31")]);
    assert_eq!(made(json!("month")).len(), 12);
    assert_eq!(made(json!("quarter"))[2], pair("L-1-3", "2015-09-30"));
    let clauses = objects(json!([clause("1", json!("甲局"), json!("week"))]));
    let (clauses, _) = zhiheng_plan::read::<Clause>(rows(&clauses));
    let problem = clauses[0].tasks(Period::year(2015).expect("a year")).expect_err("no weeks in a year");
    assert_eq!(problem.code, "ZH8549");
}
