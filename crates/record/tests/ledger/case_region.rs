//! The region whose case it is: told by events, kept where they are silent, derived again from them.

use zhiheng_record::{CaseFilter, Event};

use crate::case::event;
use crate::home::{Home, assert_sound, code, on_both};

on_both!(a_case_knows_whose_it_is);

async fn a_case_knows_whose_it_is(home: Home) {
    let ledger = home.create().await;
    let mut newest = None;
    let mut seen = Vec::new();
    for (n, region) in [None, Some("621122"), None, Some("621121")].into_iter().enumerate() {
        let act = Event { region: region.map(str::to_owned), ..event("D-1", newest, &format!("s{n}")) };
        newest = Some(ledger.step(act).await.expect("a step").entry);
        seen.push(ledger.case_head("D-1").await.expect("an answer").expect("a case").region);
    }
    let wanted = [None, Some("621122"), Some("621122"), Some("621121")].map(|one| one.map(str::to_owned));
    assert_eq!(seen, wanted);
    ledger.rebuild(|_, _| {}).await.expect("a rebuild");
    assert_eq!(ledger.cases(&CaseFilter::default()).await.expect("cases")[0].region, wanted[3]);
    let nowhere = Event { region: Some(String::new()), ..event("D-1", newest, "s") };
    assert_eq!(code(ledger.step(nowhere).await), "ZH4048");
    assert_sound(&ledger).await;
    home.tamper("UPDATE case_head SET region = '621122'").await;
    let told = home.open().await.verify(|_, _| {}).await.expect("a report");
    assert!(!told.problems.is_empty());
}
