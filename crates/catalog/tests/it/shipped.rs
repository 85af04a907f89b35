//! The shipped catalog is right, and its examples give what they say.

use zhiheng_base::Lang;
use zhiheng_base::render::{Options, render};
use zhiheng_catalog::{examples, load, run_example};

#[test]
fn every_definition_passes() {
    let loaded = load(&[]);
    let errors: Vec<String> = loaded
        .problems
        .iter()
        .filter(|problem| problem.severity > zhiheng_base::Severity::Note)
        .map(|problem| render(problem, Lang::Zh, &Options::default()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert_eq!(loaded.catalog.digest.len(), 64);
}

#[test]
fn every_example_gives_what_it_says() {
    let catalog = load(&[]).catalog;
    let mut failed = Vec::new();
    for example in examples(&catalog) {
        for problem in run_example(&catalog, example) {
            failed.push(render(&problem, Lang::Zh, &Options::default()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(examples(&catalog).iter().any(|example| example.of == "sampling.pass_rate"));
}
