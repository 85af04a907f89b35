//! Told cases: the trial's own, and all of the shipped catalog.

use zhiheng_act::case::run_example;

use super::catalog;
use crate::CALENDAR;

#[test]
fn the_trial_comes_out_as_told() {
    let procedure = &catalog().procedures["trial.penalty"];
    assert!(!procedure.examples.is_empty());
    for example in &procedure.examples {
        let run = run_example(catalog(), &CALENDAR, procedure, example).unwrap();
        assert_eq!(run.letters[0].number_text(), "officer告〔2013〕1号");
    }
}

#[test]
fn a_told_case_that_comes_out_otherwise_is_told() {
    let mut procedure = catalog().procedures["trial.penalty"].clone();
    let mut example = procedure.examples.remove(0);
    example.records[0].1 += 1;
    let problem = run_example(catalog(), &CALENDAR, &procedure, &example).unwrap_err();
    assert_eq!(problem.code, "ZH8262");
    example.steps[1].refused = None;
    let problem = run_example(catalog(), &CALENDAR, &procedure, &example).unwrap_err();
    assert_eq!(problem.code, "ZH8260");
    example.steps[0].refused = Some("ZH8230".into());
    let problem = run_example(catalog(), &CALENDAR, &procedure, &example).unwrap_err();
    assert_eq!(problem.code, "ZH8261");
}

#[test]
fn every_told_case_of_the_catalog_comes_out_as_told() {
    let loaded = zhiheng_catalog::load(&[]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    let mut wrong = Vec::new();
    for procedure in loaded.catalog.procedures.values() {
        for example in &procedure.examples {
            if let Err(problem) = run_example(&loaded.catalog, &CALENDAR, procedure, example) {
                wrong.push(format!("{}: {problem:?}", procedure.head.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
