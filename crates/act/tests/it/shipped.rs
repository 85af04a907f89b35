//! The shipped institutions: every clock reckons as it says, every told case comes out, and no path binds anybody unheard or gets stuck.

use std::sync::LazyLock;

use zhiheng_act::case::{check, run_example};
use zhiheng_act::clock::run_examples;
use zhiheng_base::render::{Options, render};
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_catalog::Catalog;

use super::CALENDAR;

static SHIPPED: LazyLock<Catalog> = LazyLock::new(|| {
    let loaded = zhiheng_catalog::load(&[]);
    assert!(!loaded.has_errors(), "{:?}", loaded.problems);
    loaded.catalog
});

fn told<'a>(problems: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    problems.into_iter().map(|problem| render(problem, Lang::En, &Options::default())).collect()
}

#[test]
fn every_clock_comes_out() {
    for clock in SHIPPED.clocks.values() {
        assert!(!clock.examples.is_empty(), "{} has no example", clock.id);
        let problems = run_examples(clock, &CALENDAR);
        assert!(problems.is_empty(), "{}", told(&problems));
    }
}

#[test]
fn every_told_case_comes_out() {
    let mut cases = 0;
    for procedure in SHIPPED.procedures.values() {
        assert!(!procedure.examples.is_empty(), "{} has no example", procedure.head.id);
        for example in &procedure.examples {
            let outcome = run_example(&SHIPPED, &CALENDAR, procedure, example);
            assert!(outcome.is_ok(), "{}: {}", procedure.head.id, told(outcome.as_ref().err()));
            cases += 1;
        }
    }
    assert!(cases > 0);
}

#[test]
fn no_path_binds_unheard_or_gets_stuck() {
    for procedure in SHIPPED.procedures.values() {
        let problems = check::check(&SHIPPED, procedure);
        assert!(problems.is_empty(), "{}", told(&problems));
    }
}

/// Letters that are written beside cases: the page of a recall's scope writes to each place that got goods.
const BESIDE: [&str; 1] = ["recall.store-notice"];

#[test]
fn every_letter_is_written_by_a_step() {
    let written = |id: &str| {
        let mut steps = SHIPPED.procedures.values().flat_map(|procedure| {
            let folder = procedure.head.id.split('.').next().unwrap_or_default();
            procedure.steps.iter().flat_map(move |step| step.letters.iter().map(move |one| (folder, one)))
        });
        steps.any(|(folder, one)| *one == id || format!("{folder}.{one}") == id)
    };
    let unused: Vec<&String> =
        SHIPPED.letters.keys().filter(|id| !written(id) && !BESIDE.contains(&id.as_str())).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
