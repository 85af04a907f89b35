//! The dates of a year.

use serde_json::{Value, json};
use zhiheng_base::Date;
use zhiheng_plan::cycle::{Stage, cycle};

use crate::{codes, day, objects, region, rows};

fn weekend(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() >= 5
}

fn stage(name: &str, number: i64, first: i64, month: i64, on: i64, rest: &str) -> Value {
    json!({ "rule_set": "set", "stage": name, "number": number, "first_month": first, "month": month, "day": on,
        "on_rest_day": rest, "region": "620000", "since_day": "2010-01-01" })
}

fn run(stages: Vec<Value>, place: &str, year: i16) -> (Vec<String>, Vec<String>) {
    let stages = objects(Value::Array(stages));
    let (stages, problems) = zhiheng_plan::read::<Stage>(rows(&stages));
    assert!(problems.is_empty(), "{problems:?}");
    let (events, problems) = cycle(&stages, region(place), year, &weekend);
    let told = events.iter().map(|event| {
        let moved = event.moved_from.map(|from| format!(" <- {from}")).unwrap_or_default();
        format!("{} {} {}{moved}", event.stage, event.number, event.due_on)
    });
    (told.collect(), codes(&problems).into_iter().map(str::to_owned).collect())
}

#[test]
fn days_move_only_where_the_rule_says_so() {
    // 31 January 2015 is a Saturday, 28 February too.
    let (events, problems) = run(
        vec![
            stage("plan", 1, 1, 1, 31, "next"),
            stage("meeting", 1, 1, 2, 31, "previous"),
            stage("acceptance", 1, 1, 2, 28, "stay"),
        ],
        "621122",
        2015,
    );
    assert!(problems.is_empty());
    assert_eq!(
        events,
        ["plan 1 2015-02-02 <- 2015-01-31", "meeting 1 2015-02-27 <- 2015-02-28", "acceptance 1 2015-02-28"]
    );
}

#[test]
fn an_assessment_year_may_begin_in_july() {
    // The year named 2015 runs from 1 July 2014 to 30 June 2015; month 8 is February 2015, month 13 July 2015.
    let stages = vec![
        stage("plan", 1, 7, 1, 15, "stay"),
        stage("meeting", 1, 7, 8, 30, "stay"),
        stage("acceptance", 1, 7, 13, 15, "stay"),
    ];
    let (events, _) = run(stages, "621122", 2015);
    assert_eq!(events, ["plan 1 2014-07-15", "meeting 1 2015-02-28", "acceptance 1 2015-07-15"]);
    // a leap year
    assert_eq!(run(vec![stage("meeting", 1, 7, 8, 30, "stay")], "621122", 2024).0, ["meeting 1 2024-02-29"]);
}

#[test]
fn the_nearest_rules_hold() {
    let mut own = stage("plan", 1, 1, 3, 1, "stay");
    own["rule_set"] = json!("own");
    own["region"] = json!("621100");
    own["since_day"] = json!("2015-01-01");
    let stages = vec![stage("plan", 1, 1, 1, 31, "stay"), own];
    assert_eq!(run(stages.clone(), "621122", 2015).0, ["plan 1 2015-03-01"]);
    assert_eq!(run(stages.clone(), "620102", 2015).0, ["plan 1 2015-01-31"]);
    // not yet in force when the year began
    assert_eq!(run(stages.clone(), "621122", 2014).0, ["plan 1 2014-01-31"]);
    assert_eq!(run(stages, "110000", 2015).1, ["ZH8530"]);
}

#[test]
fn rules_that_contradict_themselves_are_told() {
    let two = vec![stage("plan", 1, 1, 1, 31, "stay"), stage("meeting", 1, 7, 3, 31, "stay")];
    assert_eq!(run(two, "621122", 2015).1, ["ZH8531"]);
    let gap = vec![stage("meeting", 1, 1, 1, 31, "stay"), stage("meeting", 3, 1, 3, 31, "stay")];
    assert_eq!(run(gap, "621122", 2015).1, ["ZH8533"]);
    assert_eq!(run(vec![stage("plan", 1, 1, 25, 1, "stay")], "621122", 2015).1, ["ZH8532"]);
    assert_eq!(run(vec![stage("plan", 1, 1, 1, 0, "stay")], "621122", 2015).1, ["ZH8532"]);
    assert_eq!(run(vec![stage("plan", 1, 13, 1, 1, "stay")], "621122", 2015).1, ["ZH8532", "ZH8530"]);
    assert_eq!(run(vec![stage("plan", 1, 1, 1, 1, "stay")], "621122", 9999).1, ["ZH8532", "ZH8530"]);
}

#[test]
fn a_calendar_of_rest_days_alone_does_not_hang() {
    let stages = objects(json!([stage("plan", 1, 1, 1, 31, "next")]));
    let (stages, _) = zhiheng_plan::read::<Stage>(rows(&stages));
    let (events, problems) = cycle(&stages, region("621122"), 2015, &|_| true);
    assert_eq!((events.len(), codes(&problems)), (0, vec!["ZH8534"]));
    let (events, _) = cycle(&stages, region("621122"), 2015, &|on| on < day("2015-02-20"));
    assert_eq!(events[0].due_on, day("2015-02-20"));
}
