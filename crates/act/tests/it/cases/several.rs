//! Several persons in one step, persons who keep apart, effects on all records of a case, and offices of a level.

use zhiheng_act::case::{Kind, Paper, Staff, run_example, stands};
use zhiheng_act::case::{World, tell};
use zhiheng_base::{Date, Decimal, Lang, Level, RegionCode, Words};
use zhiheng_catalog::model::{Field, Role, RoleAt, RoleBy};
use zhiheng_catalog::{Catalog, Value};

use super::{folder, officer};
use crate::{CALENDAR, day};

const SEVERAL: &str = include_str!("several.toml");

fn catalog() -> Catalog {
    let loaded = folder(SEVERAL);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    loaded.catalog
}

/// The told case with this number, cut after so many steps.
fn lived(catalog: &Catalog, nth: usize, steps: usize) -> Paper<'_> {
    let procedure = &catalog.procedures["trial.award"];
    let mut example = procedure.examples[nth].clone();
    if steps < example.steps.len() {
        example.steps.truncate(steps);
        (example.state, example.records) = (None, Vec::new());
    }
    run_example(catalog, &CALENDAR, procedure, &example).unwrap()
}

#[test]
fn the_figures_of_three_judges_become_one() {
    let catalog = catalog();
    let paper = lived(&catalog, 0, usize::MAX);
    let case = &paper.cases[0];
    // 70, 85.5 and 90: 245.5 / 3 = 81.8333…; the judge who stood aside had given 80.
    assert_eq!(case.sheet["total"], Value::Decimal(Decimal::new(8183, 2)));
    assert_eq!(case.sheet["votes"], Value::Integer(2));
    assert_eq!(
        case.sheet["double"],
        Value::Decimal(Decimal::new(16366, 2)),
        "worked out after the gathering"
    );
    assert_eq!(case.sheet["remark"], Value::Null, "emptied");
    assert!(!case.sheet.contains_key("points"), "nobody's points are everybody's");
    let points: Vec<&str> = (case.events.iter())
        .filter(|(_, event)| event.kind == Kind::Part)
        .filter_map(|(_, event)| event.form.get("points")?.as_str())
        .collect();
    assert_eq!(points, ["80", "70", "85.5", "90"], "each form stays with its person");
    let reads = |_: &Field, json: &serde_json::Value, _: Date| json.to_string();
    let told = tell(&catalog, &catalog.procedures["trial.award"], case, &reads, Lang::En);
    let told = told.lines(Lang::En).join("\n");
    assert!(told.contains("others must take it too") && told.contains("taken by all"), "{told}");
    assert!(!told.contains('«'), "{told}");
}

#[test]
fn what_is_missing_is_told_before() {
    let catalog = catalog();
    // After the first judge: one of three; after the second one, and the first standing aside: still one.
    for (steps, wanted) in [(4, 0), (5, 1), (8, 2), (9, 1), (11, 2)] {
        let paper = lived(&catalog, 0, steps);
        let world = World {
            catalog: &catalog,
            calendar: &CALENDAR,
            staff: &Staff::default(),
            today: day("2024-05-09"),
            below: &[],
            number: &|_| 1,
        };
        let choices = stands(world, &paper.cases[0], day("2024-05-09"));
        let judge = choices.iter().find(|choice| choice.step == "judge").unwrap();
        assert_eq!(judge.parts, Some((wanted, 3)), "after {steps} steps");
        assert!(choices.iter().all(|choice| choice.step == "judge" || choice.parts.is_none()));
    }
}

#[test]
fn an_effect_reaches_all_records_of_the_case() {
    let catalog = catalog();
    let paper = lived(&catalog, 0, usize::MAX);
    let found: Vec<(&str, Option<&str>, bool)> = (paper.cases[0].entered.iter())
        .map(|one| {
            let text = |field: &str| one.data.get(field).and_then(|value| value.as_str());
            (text("number").unwrap_or_default(), text("last"), one.withdrawn)
        })
        .collect();
    // On 27 May the third had not begun: it never was.
    let end = Some("2024-05-27");
    assert_eq!(found, [("a", end, false), ("b", end, false), ("c", None, true)]);
    // Nothing listed is nothing to end.
    assert!(lived(&catalog, 1, usize::MAX).cases[0].entered.is_empty());
}

#[test]
fn an_office_of_a_level_is_that_one() {
    let staff = Staff {
        officers: vec![
            officer("county", "p1", "head", "621122", None),
            officer("city", "p2", "head", "621100", None),
            officer("province", "p3", "head", "620000", None),
            officer("elsewhere", "p4", "head", "610000", None),
            officer("nation", "p5", "head", "100000", None),
        ],
        delegations: Vec::new(),
    };
    let may = |at: RoleAt, place: &str| -> Vec<&str> {
        let role = Role {
            id: "head".into(),
            name: Words::new("负责人", "Head"),
            by: RoleBy::Holds("head".into()),
            at,
            apart: Vec::new(),
        };
        let region = RegionCode::parse(place).unwrap();
        let accounts = staff.officers.iter().map(|officer| officer.account.as_str());
        accounts
            .filter(|account| staff.actor(&role, account, region, None, day("2024-01-01")).is_ok())
            .collect()
    };
    assert_eq!(may(RoleAt::Level(Level::Province), "621122"), ["province"]);
    assert_eq!(may(RoleAt::Level(Level::City), "621122"), ["city"]);
    assert_eq!(may(RoleAt::Level(Level::Nation), "621122"), ["nation"]);
    assert_eq!(may(RoleAt::Level(Level::Province), "620000"), ["province"], "its own level");
    assert!(may(RoleAt::Level(Level::City), "620000").is_empty(), "a province is in no city");
    assert_eq!(may(RoleAt::Above, "621122"), ["city", "province", "nation"]);
}

#[test]
fn measures_end_with_an_early_removal() {
    let loaded = zhiheng_catalog::load(&[]);
    let procedure = &loaded.catalog.procedures["blacklist.case_2021"];
    let example = &procedure.examples[0];
    let paper = run_example(&loaded.catalog, &CALENDAR, procedure, example).unwrap();
    let measures: Vec<(&str, bool)> = (paper.cases[0].entered.iter())
        .filter(|one| one.of == "blacklist.measure")
        .map(|one| (one.data["until_day"].as_str().unwrap(), one.withdrawn))
        .collect();
    // Two in use end on the day of removal, whichever was entered last; one that was to begin in July is dropped.
    assert_eq!(measures, [("2025-05-29", false), ("2025-05-29", false), ("2027-05-10", true)]);
}
