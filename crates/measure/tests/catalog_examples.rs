//! The examples of the shipped catalog, through ledger leaves, lake and engine.

use std::sync::Arc;

use zhiheng_base::Lang;

#[tokio::test]
async fn the_shipped_examples_hold() {
    let loaded = zhiheng_catalog::load(&[]);
    let catalog = Arc::new(loaded.catalog);
    let n = zhiheng_catalog::examples(&catalog).len();
    let problems = zhiheng_measure::run_examples(&catalog, None).await.unwrap();
    let told: Vec<String> =
        problems.iter().map(|problem| format!("{:?} {}", problem.at, problem.message(Lang::En))).collect();
    assert!(told.is_empty(), "{told:#?}");
    assert!(n > 0, "the shipped catalog has examples");
}
