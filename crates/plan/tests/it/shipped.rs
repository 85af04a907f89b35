//! The catalog's record types hold what plans read, and its example rules give a year.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};
use zhiheng_base::Level;
use zhiheng_catalog::model::{FieldType, RecordType};
use zhiheng_plan::clause::Clause;
use zhiheng_plan::cycle::{Stage, cycle};
use zhiheng_plan::norm::{Norm, NormKind, needed};
use zhiheng_plan::pair::Interest;
use zhiheng_plan::quota::quotas;
use zhiheng_plan::succeed::Reallocation;
use zhiheng_plan::task::Task;
use zhiheng_plan::visit::Visit;
use zhiheng_plan::{FromRow, letter};

use crate::{day, region, rows};

/// Rows of a plain CSV file of the catalog; fields that hold several are split at `;`, empty ones left out.
fn shipped(file: &str) -> Vec<Map<String, Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog").join(file);
    let text = std::fs::read_to_string(path).expect("a file of the catalog");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let header = lines.next().expect("a header");
    lines
        .map(|cells| {
            assert_eq!(cells.len(), header.len());
            let filled = header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
            let value = |cell: &str| match cell.split_once(';') {
                Some(_) => Value::from(cell.split(';').collect::<Vec<&str>>()),
                None => Value::from(cell),
            };
            filled.map(|(field, cell)| ((*field).to_owned(), value(cell))).collect()
        })
        .collect()
}

#[test]
fn the_example_stages_give_one_plan_four_meetings_one_inspection_one_acceptance() {
    let (stages, problems) = zhiheng_plan::read::<Stage>(rows(&shipped("responsibility/stages.csv")));
    assert!(problems.is_empty(), "{problems:?}");
    let weekend = |day: zhiheng_base::Date| day.weekday().to_monday_zero_offset() >= 5;
    let (events, problems) = cycle(&stages, region("621122"), 2015, &weekend);
    assert!(problems.is_empty(), "{problems:?}");
    let told: Vec<String> =
        events.iter().map(|it| format!("{} {} {}", it.stage, it.number, it.due_on)).collect();
    // 31 January 2015 is a Saturday: the next working day is Monday, 2 February; the other days are weekdays.
    assert_eq!(
        told,
        [
            "plan 1 2015-02-02",
            "meeting 1 2015-03-31",
            "meeting 2 2015-06-30",
            "inspection 1 2015-07-15",
            "meeting 3 2015-09-30",
            "acceptance 1 2015-12-25",
            "meeting 4 2015-12-31",
        ]
    );
}

#[test]
fn the_example_norms_hold_for_every_class() {
    let (norms, problems) = zhiheng_plan::read::<Norm>(rows(&shipped("inspection/norms.csv")));
    assert!(problems.is_empty(), "{problems:?}");
    let sizes =
        ["A", "B", "C", "D"].map(|class| (class.to_owned(), 200)).into_iter().collect::<BTreeMap<_, _>>();
    let (found, problems) = quotas(&sizes, &norms, region("621122"), day("2024-01-01"));
    assert!(problems.is_empty());
    assert_eq!(found.iter().map(|quota| quota.n).collect::<Vec<_>>(), [2, 10, 20, 40]);
    let months =
        needed(&norms, NormKind::RepeatMonths, None, region("621122"), day("2024-01-01")).expect("a rule");
    assert_eq!((months.count(), months.exempt.len()), (6, 3));
    let two =
        needed(&norms, NormKind::Inspectors, None, region("621122"), day("2024-01-01")).expect("a rule");
    assert_eq!(two.count(), 2);
}

/// A record that fills every field of `record` with something of its type.
fn filled(
    record: &RecordType,
    lists: &BTreeMap<String, zhiheng_catalog::model::CodeList>,
) -> Map<String, Value> {
    let value = |kind: &FieldType| match kind {
        FieldType::Integer { .. } => Value::from(1),
        FieldType::Decimal { .. } | FieldType::Money => Value::from("1"),
        FieldType::Date { .. } => Value::from("2015-01-31"),
        FieldType::Bool => Value::from(true),
        FieldType::Code { list } => Value::from(lists[list].items[0].code.clone()),
        FieldType::Region { .. } => Value::from("621122"),
        _ => Value::from("2015"),
    };
    let field = |field: &zhiheng_catalog::model::Field| {
        let value = value(&field.kind);
        (field.id.clone(), if field.many { Value::from(vec![value]) } else { value })
    };
    record.fields.iter().map(field).collect()
}

#[test]
fn what_the_catalog_takes_plans_can_read() {
    let loaded = zhiheng_catalog::load(&[]);
    let problems: Vec<_> = loaded.problems.iter().filter(|problem| problem.is_error()).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let catalog = loaded.catalog;
    fn reads<T: FromRow>(catalog: &zhiheng_catalog::Catalog) {
        let record = catalog.records.get(T::OF).unwrap_or_else(|| panic!("no record type {}", T::OF));
        let row = filled(record, &catalog.lists);
        let (read, problems) = zhiheng_plan::read::<T>(rows(std::slice::from_ref(&row)));
        assert!(read.len() == 1, "{}: {problems:?}", T::OF);
        // Every field that is required in the catalog is enough: what is optional there is optional here.
        let bare: Map<String, Value> = record
            .fields
            .iter()
            .filter(|field| !field.optional)
            .map(|field| (field.id.clone(), row[&field.id].clone()))
            .collect();
        let (read, problems) = zhiheng_plan::read::<T>(rows(std::slice::from_ref(&bare)));
        assert!(read.len() == 1, "{}: {problems:?}", T::OF);
    }
    reads::<Reallocation>(&catalog);
    reads::<Stage>(&catalog);
    reads::<Clause>(&catalog);
    reads::<Task>(&catalog);
    reads::<letter::Head>(&catalog);
    reads::<letter::Signature>(&catalog);
    reads::<Norm>(&catalog);
    reads::<Interest>(&catalog);
    reads::<Visit>(&catalog);
    let row = filled(&catalog.records["sampling.batch"], &catalog.lists);
    let row = zhiheng_plan::Row { entry: 0, data: &row };
    assert!(Visit::of_batch(row, "special").is_ok());
    let mut target = filled(&catalog.records["responsibility.target"], &catalog.lists);
    let milestone = filled(&catalog.records["responsibility.milestone"], &catalog.lists);
    let (read, problems) = zhiheng_plan::target::read(rows(std::slice::from_ref(&target)), rows(&[]));
    assert_eq!(read.len(), 1, "{problems:?}");
    target.insert("shape".into(), "linear".into());
    target.remove("value");
    let (read, problems) = zhiheng_plan::target::read(
        rows(std::slice::from_ref(&target)),
        rows(std::slice::from_ref(&milestone)),
    );
    assert_eq!(read.len(), 1, "{problems:?}");
    assert_eq!(read[0].region.level(), Level::County);
}

#[test]
fn every_indicator_of_the_catalog_can_be_shared_out_somehow() {
    let catalog = zhiheng_catalog::load(&[]).catalog;
    let sticks = zhiheng_plan::decompose::Yardstick::all(&catalog);
    assert_eq!(sticks.len(), catalog.indicators.len());
    use zhiheng_plan::decompose::Nature;
    for (id, nature) in [
        ("sampling.pass_rate", Nature::Rate),
        ("standards.filed", Nature::Adds),
        ("composite.county_quality", Nature::Level),
    ] {
        if let Some(stick) = sticks.get(id) {
            assert_eq!(stick.nature, nature, "{id}");
        }
    }
}
