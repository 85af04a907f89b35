//! Every path through a procedure: the trial is sound, and each way of spoiling it is found.

use zhiheng_act::case::check::check;

use super::{TRIAL, catalog, folder};

/// Codes found in the trial with some text replaced.
fn spoiled(old: &str, new: &str) -> Vec<(String, String)> {
    assert!(TRIAL.contains(old), "{old}");
    let loaded = folder(&TRIAL.replacen(old, new, 1));
    let procedures = loaded.catalog.procedures.values();
    let found = procedures.flat_map(|procedure| check(&loaded.catalog, procedure));
    found
        .map(|problem| (problem.code.to_string(), problem.args.get("state").cloned().unwrap_or_default()))
        .collect()
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(code, state)| (code.as_str(), state.as_str())).collect()
}

#[test]
fn the_trial_is_sound_but_for_a_listing_by_one_person() {
    let found: Vec<_> = catalog()
        .procedures
        .values()
        .flat_map(|procedure| check(catalog(), procedure))
        .map(|one| one.code)
        .collect();
    // Opened by hand, the listing would bind by one officer's word; opened by the penalty it carries that one's persons.
    assert_eq!(found, ["ZH8250"]);
}

#[test]
fn one_person_alone_is_found() {
    let found = spoiled("approve = [\"legal\", \"head\"]\n", "");
    assert!(pairs(&found).contains(&("ZH8250", "decided")), "{found:?}");
}

#[test]
fn a_missing_notice_is_found() {
    let found = spoiled("notice  = true\n", "");
    assert!(pairs(&found).contains(&("ZH8251", "decided")), "{found:?}");
}

#[test]
fn a_way_around_the_waiting_is_found() {
    let found = spoiled("after   = [\"defence\"]\n", "");
    assert!(pairs(&found).contains(&("ZH8252", "decided")), "heard on the first day: {found:?}");
}

#[test]
fn a_right_that_nobody_has_to_use_is_no_way_out() {
    let cut = TRIAL.find("[[procedure.penalty.step]]\nid    = \"waive\"").unwrap();
    let end = cut + TRIAL[cut..].find("[[procedure.penalty.step]]\nid      = \"decide\"").unwrap();
    let without = format!("{}{}", &TRIAL[..cut], &TRIAL[end..]).replace("\"heard\", \"waived\"", "\"heard\"");
    let without = without.replace("waived   = { zh = \"未陈述\", en = \"Waived\" }\n", "");
    let loaded = folder(&without);
    let found: Vec<_> =
        loaded.catalog.procedures.values().flat_map(|one| check(&loaded.catalog, one)).collect();
    let dead = found.iter().find(|problem| problem.code == "ZH8253").unwrap();
    assert_eq!(dead.args["state"], "noticed");
}

#[test]
fn a_value_that_no_step_takes_is_found() {
    let found = spoiled(
        "from   = [\"decided\"]\nto     = \"paid\"",
        "from   = [\"decided\"]\nto     = \"paid\"\nwhen   = \"grave\"",
    );
    assert!(!pairs(&found).contains(&("ZH8254", "decided")), "other steps are open: {found:?}");
    let found = spoiled("when    = \"fine > 0\"", "when    = \"fine > 0 AND grave\"");
    assert!(!pairs(&found).iter().any(|(code, _)| *code == "ZH8254"), "its own form says so: {found:?}");
    let early = TRIAL.replacen(
        "form    = [\"place\", \"holder\"]",
        "form    = [\"place\", \"holder\", \"grave\"]",
        1,
    );
    let early = early.replacen("form    = [\"fine\", \"grave\"]", "form    = [\"fine\"]", 1);
    let early = early.replacen("when    = \"fine > 0\"", "when    = \"grave\"", 1);
    let loaded = folder(&early);
    let found: Vec<_> =
        loaded.catalog.procedures.values().flat_map(|one| check(&loaded.catalog, one)).collect();
    let told = found.iter().find(|problem| problem.code == "ZH8254").unwrap();
    assert_eq!(told.args["values"], "grave = false");
}

#[test]
fn every_procedure_of_the_catalog_is_sound() {
    let loaded = zhiheng_catalog::load(&[]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    let found: Vec<_> =
        loaded.catalog.procedures.values().flat_map(|one| check(&loaded.catalog, one)).collect();
    assert!(found.is_empty(), "{found:#?}");
}
