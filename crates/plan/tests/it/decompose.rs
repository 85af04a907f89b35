//! Parts and wholes, by hand and day by day.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use zhiheng_base::{Decimal, Diagnostic, Lang, Period, Regions, Severity};
use zhiheng_catalog::model::Better;
use zhiheng_plan::decompose::{Decomposition, Nature, Outcome, Yardstick, check};
use zhiheng_plan::target::{self, Course, Rule, Target};

use crate::{codes, day, dec, objects, region, rows};

fn regions() -> Regions {
    Regions::parse("620000,甘肃省\n621100,定西市\n621102,安定区\n621121,通渭县\n621122,陇西县\n", "")
        .expect("regions")
}

fn yardsticks() -> BTreeMap<String, Yardstick> {
    let stick = |better, nature| Yardstick { better, nature };
    BTreeMap::from([
        ("pass_rate".to_owned(), stick(Better::Higher, Nature::Rate)),
        ("certificates".to_owned(), stick(Better::Higher, Nature::Adds)),
        ("emission".to_owned(), stick(Better::Lower, Nature::Adds)),
        ("index".to_owned(), stick(Better::Higher, Nature::Level)),
        ("quota".to_owned(), stick(Better::Neither, Nature::Adds)),
    ])
}

/// `number, parent, indicator, region, value` and more fields.
fn target(number: &str, parent: Option<&str>, of: &str, place: &str, value: &str, more: Value) -> Value {
    let mut row = json!({ "number": number, "parent": parent, "indicator": of, "region": place,
        "period": "2015", "value": value });
    for (field, value) in more.as_object().expect("an object") {
        row[field] = value.clone();
    }
    row
}

fn run(targets: Vec<Value>, milestones: Value) -> (Vec<Decomposition>, Vec<Diagnostic>) {
    let (targets, milestones) = (objects(Value::Array(targets)), objects(milestones));
    let (targets, mut problems) = target::read(rows(&targets), rows(&milestones));
    let (found, more) = check(&targets, &yardsticks(), &regions());
    problems.extend(more);
    problems.retain(|problem| problem.severity != Severity::Note);
    (found, problems)
}

fn county(number: &str, place: &str, value: &str, weight: u32) -> Value {
    target(number, Some("C"), "pass_rate", place, value, json!({ "weight": weight.to_string() }))
}

#[test]
fn a_mean_that_falls_short_says_by_how_much() {
    // (300×91 + 500×88.5 + 200×89.25) / 1000 = (27300 + 44250 + 17850) / 1000 = 89.4; 90 − 89.4 = 0.6
    let city = target("C", None, "pass_rate", "621100", "90", json!({ "rule": "weighted-mean" }));
    let counties = [
        county("1", "621102", "91", 300),
        county("2", "621121", "88.5", 500),
        county("3", "621122", "89.25", 200),
    ];
    let (found, problems) = run([vec![city], counties.to_vec()].concat(), json!([]));
    assert_eq!(
        (found[0].parts_come_to, found[0].short, found[0].outcome),
        (dec("89.4"), dec("0.6"), Outcome::Short)
    );
    assert_eq!(codes(&problems), ["ZH8519"]);
    assert_eq!(
        problems[0].message(Lang::En),
        "target C: parent 90, weighted mean of children 89.4, short by 0.6 (2015-12-31)"
    );
}

#[test]
fn a_mean_is_compared_before_it_is_divided() {
    // Weights 1, 1, 1 and values 90, 90, 89.9999999999999999999999: short by a third of 1e-22, which no rounded
    // mean would show; with 90 it is met exactly although 270/3 divides.
    for (last, outcome) in [("90", Outcome::Met), ("89.9999999999999999999999", Outcome::Short)] {
        let city = target("C", None, "pass_rate", "621100", "90", json!({ "rule": "weighted-mean" }));
        let counties =
            [county("1", "621102", "90", 1), county("2", "621121", "90", 1), county("3", "621122", last, 1)];
        let (found, _) = run([vec![city], counties.to_vec()].concat(), json!([]));
        assert_eq!(found[0].outcome, outcome, "{last}");
    }
}

#[test]
fn sums_follow_the_direction_that_is_better() {
    // 12 + 18 = 30
    for (indicator, whole, outcome, short) in [
        ("certificates", "30", Outcome::Met, "0"),
        ("certificates", "31", Outcome::Short, "1"),
        ("certificates", "29.5", Outcome::Met, "-0.5"),
        ("emission", "30", Outcome::Met, "0"),
        ("emission", "29.9", Outcome::Short, "0.1"),
        ("emission", "33", Outcome::Met, "-3"),
        ("quota", "30", Outcome::Met, "0"),
        ("quota", "33", Outcome::Short, "3"),
    ] {
        let (found, problems) = run(
            vec![
                target("C", None, indicator, "621100", whole, json!({ "rule": "sum" })),
                target("1", Some("C"), indicator, "621102", "12", json!({})),
                target("2", Some("C"), indicator, "621122", "18", json!({})),
            ],
            json!([]),
        );
        assert_eq!((found[0].outcome, found[0].short), (outcome, dec(short)), "{indicator} {whole}");
        assert_eq!(problems.is_empty(), outcome != Outcome::Short);
    }
}

#[test]
fn tolerance_and_exception_pass_and_are_listed() {
    let parts = |whole: Value| {
        run(
            vec![
                target("C", None, "certificates", "621100", "30", whole),
                target("1", Some("C"), "certificates", "621102", "12.4", json!({})),
                target("2", Some("C"), "certificates", "621122", "17.2", json!({})),
            ],
            json!([]),
        )
    };
    // 12.4 + 17.2 = 29.6: short by 0.4
    let outcome = |whole: Value| parts(whole).0[0].outcome;
    assert_eq!(outcome(json!({ "rule": "sum" })), Outcome::Short);
    assert_eq!(outcome(json!({ "rule": "sum", "tolerance": "0.4" })), Outcome::WithinTolerance);
    assert_eq!(outcome(json!({ "rule": "sum", "tolerance": "0.39" })), Outcome::Short);
    let (found, problems) = parts(json!({ "rule": "sum", "exception": "搬迁企业尚未投产" }));
    assert_eq!(
        (found[0].outcome, found[0].exception.as_deref()),
        (Outcome::Excused, Some("搬迁企业尚未投产"))
    );
    assert!(problems.is_empty());
}

#[test]
fn each_part_stands_for_itself() {
    let (found, problems) = run(
        vec![
            target("C", None, "index", "621100", "80", json!({ "rule": "each" })),
            target("1", Some("C"), "index", "621102", "85", json!({})),
            target("2", Some("C"), "index", "621121", "79.5", json!({ "exception": "基期较低" })),
            target("3", Some("C"), "index", "621122", "78", json!({})),
        ],
        json!([]),
    );
    let own: Vec<_> = found[0].parts.iter().map(|part| part.outcome.expect("one")).collect();
    assert_eq!(own, [Outcome::Met, Outcome::Excused, Outcome::Short]);
    assert_eq!(
        (found[0].outcome, found[0].parts_come_to, found[0].short),
        (Outcome::Short, dec("78"), dec("2"))
    );
    assert_eq!(codes(&problems), ["ZH8520"]);
    assert_eq!((problems[0].args["part"].as_str(), problems[0].args["short"].as_str()), ("3", "2"));
}

#[test]
fn figures_that_do_not_go_together_are_refused() {
    for (indicator, rule, takes) in [
        ("pass_rate", "sum", false),
        ("pass_rate", "each", true),
        ("certificates", "weighted-mean", false),
        ("certificates", "each", true),
        ("index", "sum", false),
        ("index", "weighted-mean", false),
        ("index", "each", true),
    ] {
        let (_, problems) = run(
            vec![
                target("C", None, indicator, "621100", "80", json!({ "rule": rule })),
                target("1", Some("C"), indicator, "621102", "80", json!({ "weight": "1" })),
            ],
            json!([]),
        );
        assert_eq!(!problems.iter().any(|problem| problem.code == "ZH8512"), takes, "{indicator} {rule}");
    }
}

#[test]
fn parts_that_cannot_be_parts_are_told() {
    let with = |part: Value| {
        let whole = target("C", None, "certificates", "621100", "1", json!({ "rule": "sum" }));
        let good = target("0", Some("C"), "certificates", "621121", "1", json!({}));
        codes(&run(vec![whole, good, part], json!([])).1).join(" ")
    };
    let part = |of, place, more| target("1", Some("C"), of, place, "1", more);
    assert_eq!(with(part("certificates", "621122", json!({}))), "");
    assert_eq!(with(part("emission", "621122", json!({}))), "ZH8514");
    assert_eq!(with(part("emission", "621122", json!({ "exception": "以减排代替" }))), "");
    assert_eq!(with(part("certificates", "620102", json!({}))), "ZH8515");
    assert_eq!(with(part("certificates", "621122", json!({ "period": "2016" }))), "ZH8516");
    assert_eq!(with(part("certificates", "621121", json!({}))), "ZH8518");
    // a township beside its county counts twice; a department of the same county does not
    assert_eq!(with(part("certificates", "621121101", json!({}))), "ZH8518");
    assert_eq!(with(part("certificates", "621121", json!({ "unit": "农业局" }))), "");
    // quarters of one owner are parts in time
    assert_eq!(with(part("certificates", "621121", json!({ "period": "2015Q1" }))), "ZH8518");
    assert_eq!(with(part("nothing", "621122", json!({}))), "ZH8509 ZH8514");
    assert_eq!(with(target("1", Some("X"), "certificates", "621122", "1", json!({}))), "ZH8510");
    assert_eq!(with(target("0", Some("C"), "certificates", "621122", "1", json!({}))), "ZH8503");
}

#[test]
fn quarters_sum_to_the_year() {
    let quarter = |n: u32, value: &str| {
        let more = json!({ "period": format!("2015Q{n}") });
        target(&format!("Q{n}"), Some("C"), "certificates", "621100", value, more)
    };
    let year = target("C", None, "certificates", "621100", "10", json!({ "rule": "sum" }));
    let (found, problems) =
        run(vec![year, quarter(1, "1"), quarter(2, "2"), quarter(3, "3"), quarter(4, "3.5")], json!([]));
    assert_eq!((found[0].parts_come_to, codes(&problems)), (dec("9.5"), vec!["ZH8519"]));
}

#[test]
fn loops_are_told_once_and_end() {
    let part = |number: &str, parent: &str| {
        target(number, Some(parent), "index", "621100", "1", json!({ "rule": "each" }))
    };
    let (_, problems) =
        run(vec![part("a", "b"), part("b", "c"), part("c", "a"), part("d", "a"), part("e", "e")], json!([]));
    let loops: Vec<&str> =
        problems.iter().filter(|it| it.code == "ZH8511").map(|it| it.args["loop"].as_str()).collect();
    assert_eq!(loops, ["a → b → c", "e"]);
}

#[test]
fn milestones_are_compared_where_they_bend() {
    // The city rises straight from 88 on 1 January to 90 on 31 December; the county stays at 87.5 until it jumps to 91 on 1
    // July. The worst day is 30 June: 88 + 2 × 180/364 = 88.989010989, so 88.989010989 − 87.5 = 1.489010989.
    let city = json!({ "rule": "each", "shape": "linear", "value": null });
    let (found, _) = run(
        vec![
            target("C", None, "index", "621100", "", city),
            target("1", Some("C"), "index", "621102", "", json!({ "shape": "stepped", "value": null })),
        ],
        json!([
            { "target": "C", "on_day": "2015-01-01", "value": "88" },
            { "target": "C", "on_day": "2015-12-31", "value": "90" },
            { "target": "1", "on_day": "2015-01-01", "value": "87.5" },
            { "target": "1", "on_day": "2015-07-01", "value": "91" },
        ]),
    );
    assert_eq!((found[0].on, found[0].short), (day("2015-06-30"), dec("1.489010989")));
}

#[test]
fn a_value_must_fit_its_shape() {
    let one = |more: Value, milestones: Value| {
        codes(&run(vec![target("C", None, "index", "621100", "5", more)], milestones).1).join(" ")
    };
    let at = |day: &str| json!([{ "target": "C", "on_day": day, "value": "1" }]);
    assert_eq!(one(json!({}), json!([])), "");
    assert_eq!(one(json!({ "value": null }), json!([])), "ZH8504");
    assert_eq!(one(json!({}), at("2015-03-01")), "ZH8504");
    assert_eq!(one(json!({ "shape": "linear" }), at("2015-03-01")), "ZH8504");
    assert_eq!(one(json!({ "shape": "linear", "value": null }), at("2015-03-01")), "");
    assert_eq!(one(json!({ "shape": "linear", "value": null }), at("2016-01-01")), "ZH8505");
    assert_eq!(one(json!({ "shape": "curved" }), json!([])), "ZH8502");
}

#[test]
fn places_without_a_target_are_noted() {
    let targets = objects(json!([
        target("C", None, "certificates", "621100", "1", json!({ "rule": "sum" })),
        target("1", Some("C"), "certificates", "621102", "1", json!({})),
    ]));
    let (targets, _) = target::read(rows(&targets), rows(&[]));
    let (_, problems) = check(&targets, &yardsticks(), &regions());
    assert_eq!(codes(&problems), ["ZH8524"]);
    assert_eq!((problems[0].args["n"].as_str(), problems[0].severity), ("2", Severity::Note));
}

/// A course of a target in 2015 from numbers between 0 and 1 of the year and values.
fn course(points: &[(u16, i32)], straight: bool) -> Course {
    let mut dated: Vec<_> = points
        .iter()
        .map(|(at, value)| {
            let start = day("2015-01-01");
            (
                start.checked_add(jiff::ToSpan::days(i64::from(*at % 365))).expect("a day"),
                Decimal::from(*value),
            )
        })
        .collect();
    dated.sort();
    dated.dedup_by_key(|(on, _)| *on);
    if straight { Course::Linear(dated) } else { Course::Stepped(dated) }
}

fn dated(id: &str, parent: Option<&str>, place: &str, course: Course) -> Target {
    Target {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        indicator: "certificates".to_owned(),
        region: region(place),
        unit: None,
        period: Period::year(2015).expect("a year"),
        course,
        weight: None,
        rule: Some(Rule::Sum),
        tolerance: Decimal::ZERO,
        exception: None,
        entry: 0,
    }
}

proptest! {
    /// The few days that are looked at find the worst of all days: asked of each day of the year.
    #[test]
    fn no_day_is_worse_than_the_one_found(
        whole in prop::collection::vec((0..365_u16, -50..50_i32), 1..5),
        one in prop::collection::vec((0..365_u16, -50..50_i32), 1..5),
        two in prop::collection::vec((0..365_u16, -50..50_i32), 1..5),
        straight: [bool; 3],
    ) {
        let targets = [
            dated("C", None, "621100", course(&whole, straight[0])),
            dated("1", Some("C"), "621102", course(&one, straight[1])),
            dated("2", Some("C"), "621122", course(&two, straight[2])),
        ];
        let (found, _) = check(&targets, &yardsticks(), &regions());
        let mut worst: Option<Decimal> = None;
        let mut today = day("2015-01-01");
        while today <= day("2015-12-31") {
            let on = |target: &Target| target.course.on(today, target.period);
            if let (Some(whole), Some(one), Some(two)) = (on(&targets[0]), on(&targets[1]), on(&targets[2])) {
                let short = whole - one - two;
                worst = Some(worst.map_or(short, |worst| worst.max(short)));
            }
            today = today.tomorrow().expect("a day");
        }
        match worst {
            None => prop_assert!(found.is_empty()),
            // values between milestones are computed to 9 digits, so two days may differ by that much
            Some(worst) => prop_assert!((found[0].short - worst).abs() <= dec("0.000000003")),
        }
    }
}
