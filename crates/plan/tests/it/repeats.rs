//! The same product within six months: ends of months, levels, offices, exemptions.

use serde_json::{Value, json};
use zhiheng_base::Severity;
use zhiheng_plan::repeat::{Why, allowed_from, repeats};

use crate::burden::{norms, of, visits};
use crate::day;

const LEVELS: [&str; 4] = ["national", "province", "city", "county"];

#[test]
fn six_months_end_as_the_civil_code_says() {
    // From the day after the day of the same number, or after the month's last day; by hand.
    for (sampled, allowed) in [
        ("2023-08-31", "2024-03-01"), // February 2024 ends on the 29th; the example of clock B6
        ("2023-08-30", "2024-03-01"),
        ("2023-08-29", "2024-03-01"),
        ("2023-08-28", "2024-02-29"),
        ("2022-08-31", "2023-03-01"),
        ("2022-08-28", "2023-03-01"),
        ("2022-08-27", "2023-02-28"),
        ("2024-02-29", "2024-08-30"),
        ("2024-03-31", "2024-10-01"),
        ("2024-05-31", "2024-12-01"),
        ("2024-06-30", "2024-12-31"),
        ("2024-12-31", "2025-07-01"),
    ] {
        assert_eq!(allowed_from(day(sampled), 6), Some(day(allowed)), "{sampled}");
    }
    assert_eq!(allowed_from(day("9999-12-01"), 6), None);
    assert_eq!(allowed_from(day("2024-01-01"), u64::MAX), None);
}

fn sampling(number: &str, on: &str, level: &str, organiser: Option<&str>, more: Value) -> Value {
    let mut row = json!({ "number": number, "enterprise": "91620000000000000X", "on_day": on, "level": level,
        "organiser": organiser, "kind": "random", "samples": true, "state": "done",
        "standard": "GB/T 19580-2012", "trademark": "示例", "model": "500g" });
    for (field, value) in more.as_object().expect("an object") {
        row[field] = value.clone();
    }
    row
}

/// Repeats as `again<before why`, in order.
fn run(samplings: Vec<Value>) -> Vec<String> {
    let rule = norms(json!([of("repeat-months", "*", "6", "100000", "2020-01-01")])).remove(0);
    let (found, problems) = repeats(&visits(samplings), &LEVELS, &rule);
    let shown = found.iter().map(|it| format!("{}<{} {:?}", it.again, it.before, it.why)).collect();
    let told = problems.iter().filter(|problem| problem.code == "ZH8581").count();
    assert_eq!(told, found.len());
    for (repeat, problem) in found.iter().zip(problems.iter().filter(|problem| problem.code == "ZH8581")) {
        assert_eq!(problem.severity == Severity::Warning, repeat.why == Why::OfficeUnknown);
    }
    shown
}

#[test]
fn who_may_sample_again() {
    let pair = |first: (&str, Option<&str>), second: (&str, Option<&str>), on: &str| {
        run(vec![
            sampling("1", "2024-01-10", first.0, first.1, json!({})),
            sampling("2", on, second.0, second.1, json!({})),
        ])
        .join(" ")
    };
    let (city, county, other) =
        (("city", Some("市局")), ("county", Some("县局")), ("county", Some("邻县局")));
    assert_eq!(pair(city, city, "2024-07-10"), "2<1 SameOffice");
    assert_eq!(pair(city, city, "2024-07-11"), "");
    assert_eq!(pair(city, county, "2024-03-01"), "2<1 HigherLevel");
    // a higher level may, and a neighbour may
    assert_eq!(pair(county, city, "2024-03-01"), "");
    assert_eq!(pair(county, other, "2024-03-01"), "");
    assert_eq!(pair(county, ("county", Some(" 县 局")), "2024-03-01"), "2<1 SameOffice");
    assert_eq!(pair(county, ("county", None), "2024-03-01"), "2<1 OfficeUnknown");
    // several batches of one visit are one sampling; so are those of one plan
    assert_eq!(pair(city, city, "2024-01-10"), "");
    let of_plan = |plan: &str| {
        run(vec![
            sampling("1", "2024-01-10", "city", Some("市局"), json!({ "plan": "P1" })),
            sampling("2", "2024-01-12", "city", Some("市局"), json!({ "plan": plan })),
        ])
        .len()
    };
    assert_eq!((of_plan("P1"), of_plan("P2")), (0, 1));
    // on one day the lower level gives way, whatever was entered first
    assert_eq!(pair(county, city, "2024-01-10"), "1<2 HigherLevel");
}

#[test]
fn what_is_the_same_product() {
    let second = |more: Value| {
        run(vec![
            sampling("1", "2024-01-10", "city", Some("市局"), json!({})),
            sampling("2", "2024-03-01", "county", Some("县局"), more),
        ])
        .len()
    };
    assert_eq!(second(json!({})), 1);
    assert_eq!(second(json!({ "standard": "gb/t19580-2012", "model": "５００Ｇ" })), 1);
    for other in [
        json!({ "enterprise": "91620000000000001Y" }),
        json!({ "standard": "GB/T 19580-2013" }),
        json!({ "trademark": null }),
        json!({ "model": "250g" }),
        json!({ "samples": false }),
        json!({ "state": "cancelled" }),
        json!({ "kind": "complaint" }),
        json!({ "kind": "follow-up" }),
        json!({ "level": "unknown" }),
        json!({ "enterprise": null }),
    ] {
        assert_eq!(second(other.clone()), 0, "{other}");
    }
}

#[test]
fn the_certain_repeat_is_told_before_the_suspected_one() {
    let found = run(vec![
        sampling("1", "2024-01-10", "county", Some("县局"), json!({})),
        sampling("2", "2024-02-10", "county", None, json!({})),
        sampling("3", "2024-03-10", "county", Some("县局"), json!({})),
    ]);
    assert_eq!(found, ["2<1 OfficeUnknown", "3<1 SameOffice"]);
}
