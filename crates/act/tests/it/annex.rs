//! Every row of the annex of clocks is there, holds for its examples, and says whether its source was seen.

use std::collections::BTreeSet;

use zhiheng_act::clock::{Kept, Moving, reckon, run_examples};
use zhiheng_base::render::{Options, render};
use zhiheng_base::{Lang, Level, RegionCode};

use super::{ANNEX, CALENDAR, annex, day};

const ROWS: [&str; 33] = [
    "A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "C1", "C2", "C3", "C4", "C5",
    "C6", "C7", "C8", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "E1", "E2", "F1", "F2", "G1", "G2",
];
const MORE: [&str; 8] = ["G3", "G4", "H1", "I1", "I2", "I3", "I4", "I5"];
/// Sources that nobody has seen, or only as a draft.
const OPEN: [&str; 13] = ["B2", "B6", "B7", "C2", "D1", "D4", "D5", "D6", "E2", "F2", "G2", "G4", "H1"];

fn row(id: &str) -> &str {
    id.split('.').next().unwrap()
}

#[test]
fn every_row_of_the_annex_is_a_clock() {
    let rows: BTreeSet<&str> = ANNEX.iter().map(|clock| row(&clock.id)).collect();
    assert_eq!(rows, ROWS.iter().chain(&MORE).copied().collect());
}

#[test]
fn rows_without_a_seen_source_say_so() {
    let open: BTreeSet<&str> =
        ANNEX.iter().filter(|clock| !clock.confirmed).map(|clock| row(&clock.id)).collect();
    assert_eq!(open, BTreeSet::from(OPEN));
    assert!(annex("B7.sample").confirmed && annex("B7.report").confirmed);
}

#[test]
fn every_example_comes_out() {
    let problems: Vec<_> = ANNEX.iter().flat_map(|clock| run_examples(clock, &CALENDAR)).collect();
    let text: String =
        problems.iter().map(|problem| render(problem, Lang::En, &Options::default())).collect();
    assert!(problems.is_empty(), "{text}");
    assert!(ANNEX.iter().all(|clock| !clock.examples.is_empty()));
}

#[test]
fn every_clock_has_basis_and_explanation_in_both_languages() {
    for clock in ANNEX.iter() {
        assert!(!clock.basis.is_empty() && !clock.name.zh.is_empty() && !clock.name.en.is_empty());
        for example in &clock.examples {
            let reckoned = reckon(clock, &example.facts, &CALENDAR).unwrap();
            for lang in [Lang::Zh, Lang::En] {
                let lines = reckoned.lines(lang);
                assert!(lines.len() >= 4, "{lines:?}");
                assert!(lines.iter().all(|line| !line.contains('«') && !line.contains('{')), "{lines:?}");
            }
        }
    }
}

#[test]
fn local_clocks_name_their_region() {
    let level = |id: &str| annex(id).region.map(RegionCode::level);
    assert_eq!(level("A2.yanan"), Some(Level::City));
    assert_eq!(level("A3.yangling"), Some(Level::County));
    assert_eq!(level("B3"), None);
}

#[test]
fn last_days_that_stay_say_why() {
    let why = |id: &str| {
        let clock = annex(id);
        match reckon(clock, &clock.examples[0].facts, &CALENDAR).unwrap().closes.unwrap().moving {
            Moving::Kept(why, near) => (why, near),
            other => panic!("{id}: {other:?}"),
        }
    };
    assert_eq!(why("A2"), (Kept::Date, Some(day("2024-06-28"))));
    assert_eq!(why("A4"), (Kept::Date, Some(day("2023-09-28"))));
    let opens = reckon(annex("A1"), &annex("A1").examples[0].facts, &CALENDAR).unwrap().opens.unwrap();
    assert_eq!(opens.moving, Moving::Kept(Kept::Opening, Some(day("2023-07-03"))));
    assert_eq!(why("C2"), (Kept::Term, Some(day("2024-09-14"))));
    assert_eq!(why("E2.state"), (Kept::Hours, None));
}
