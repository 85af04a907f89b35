//! Draws: repeated by an outsider's script, counted over seeds, brute-forced.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use proptest::prelude::*;
use serde_json::json;
use zhiheng_plan::draw::{
    Log, Method, Request, Unit, draw, population, population_hash, redraw, verify, whole_weights,
};

use crate::{codes, dec};

fn units(strata: &[(&str, &[u64])]) -> Vec<Unit> {
    let unit = |stratum: &str, i: usize, weight: u64| Unit {
        stratum: stratum.to_owned(),
        id: format!("{stratum}-{i:03}"),
        weight,
    };
    let all = strata.iter().flat_map(|(stratum, weights)| {
        weights.iter().enumerate().map(move |(i, &weight)| unit(stratum, i, weight))
    });
    population(all.collect()).expect("a population")
}

fn request(method: Method, seed: u64, sizes: &[(&str, u64)]) -> Request {
    let sizes = sizes.iter().map(|&(stratum, n)| (stratum.to_owned(), n)).collect();
    Request { number: "CQ-2024-1".into(), seed, seed_from: "福利彩票第2024001期".into(), method, sizes }
}

/// The script reads log and population and says `ok`, or what differs.
fn outsider(log: &Log, units: &[Unit]) -> (bool, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("draw.json");
    let text = json!({ "log": log, "population": units }).to_string();
    std::fs::write(&path, text).expect("written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/repeat_draw.py");
    let done = Command::new("python3").arg(script).arg(&path).output().expect("python3");
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    (done.status.success(), said)
}

#[test]
fn anyone_can_draw_again_from_the_log() {
    let strata: [(&str, &[u64]); 3] =
        [("A", &[5, 1, 9, 2, 2, 7, 3, 1, 1, 4]), ("B", &[1; 40]), ("C", &[100, 3, 2, 1, 1, 50, 8])];
    let units = units(&strata);
    for method in [Method::Simple, Method::Systematic, Method::Weighted] {
        for seed in [0, 1, 20_240_701, u64::MAX] {
            let mut log =
                draw(&request(method, seed, &[("A", 4), ("B", 11), ("C", 3)]), &units).expect("a draw");
            for out in [0, 3, 5] {
                log = redraw(&log, &units, &log.picks[out].id.clone(), "已注销").expect("a further draw");
            }
            let again = log.redraws[1].id.clone();
            log = redraw(&log, &units, &again, "查无下落").expect("a replacement may fall out too");
            assert!(verify(&log, &units).is_empty());
            let (good, said) = outsider(&log, &units);
            assert!(good, "{method:?} {seed}: {said}");
            // It is not the script that says yes to everything, nor the check.
            let mut lie = log.clone();
            let spare =
                units.iter().find(|unit| !log.picks.iter().any(|pick| pick.id == unit.id)).expect("one");
            lie.picks[0].id = spare.id.clone();
            assert!(!outsider(&lie, &units).0);
            assert_eq!(codes(&verify(&lie, &units)), ["ZH8572"]);
            let mut lie = log.clone();
            lie.redraws[3].id = log.picks[1].id.clone();
            assert!(!outsider(&lie, &units).0);
            assert_eq!(codes(&verify(&lie, &units)), ["ZH8572"]);
            let mut longer = units.clone();
            longer.pop();
            assert!(!outsider(&log, &longer).0);
            assert_eq!(codes(&verify(&log, &longer)), ["ZH8566"]);
        }
    }
}

#[test]
fn the_order_of_the_records_makes_no_difference() {
    let units = units(&[("A", &[1; 20]), ("B", &[1; 20])]);
    let mut turned = units.clone();
    turned.reverse();
    let turned = population(turned).expect("a population");
    assert_eq!(population_hash(&units), population_hash(&turned));
    let request = request(Method::Simple, 7, &[("A", 5), ("B", 5)]);
    assert_eq!(draw(&request, &units), draw(&request, &turned));
}

/// `Σ (observed − expected)² / expected (1 − p)`: about χ² with (units − 1) degrees of freedom for draws of one, and
/// less spread for more of them; 3 σ above the mean of the χ² is out of bounds.
fn spread(counts: &[u64], chances: &[f64], draws: f64) -> f64 {
    let one = |(&count, &p): (&u64, &f64)| (count as f64 - draws * p).powi(2) / (draws * p);
    counts.iter().zip(chances).map(one).sum()
}

#[test]
fn chances_are_in_proportion_to_weight() {
    // n = 3 of weights 1, 2, 3, 4, 5, 6, 9 (sum 30): n w / W = 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9 exactly.
    let weights = [1_u64, 2, 3, 4, 5, 6, 9];
    let chances: Vec<f64> = weights.iter().map(|&weight| 3.0 * weight as f64 / 30.0).collect();
    let units = units(&[("A", &weights)]);
    let (draws, mut counts) = (20_000_u64, [0_u64; 7]);
    for seed in 0..draws {
        for pick in draw(&request(Method::Weighted, seed, &[("A", 3)]), &units).expect("a draw").picks {
            counts[pick.place as usize - 1] += 1;
        }
    }
    assert_eq!(counts.iter().sum::<u64>(), 3 * draws);
    // χ² with 6 degrees of freedom: 0.999 quantile 22.46 (tables); inclusion without repetition varies less than that.
    let found = spread(&counts, &chances, draws as f64);
    assert!(found < 22.46, "{found} {counts:?}");
    // and the same counts against equal chances are far outside
    assert!(spread(&counts, &[3.0 / 7.0; 7], draws as f64) > 1000.0);
}

#[test]
fn simple_draws_are_equally_likely_first_and_further() {
    let units = units(&[("A", &[1; 6])]);
    let (draws, mut first, mut further) = (12_000_u64, [0_u64; 6], [0_u64; 6]);
    for seed in 0..draws {
        let log = draw(&request(Method::Simple, seed, &[("A", 2)]), &units).expect("a draw");
        for pick in &log.picks {
            first[pick.place as usize - 1] += 1;
        }
        let log = redraw(&log, &units, &log.picks[0].id.clone(), "停业").expect("a further draw");
        further[log.redraws[0].place as usize - 1] += 1;
    }
    // 5 degrees of freedom: 0.999 quantile 20.52.
    assert!(spread(&first, &[2.0 / 6.0; 6], draws as f64) < 20.52, "{first:?}");
    assert!(spread(&further, &[1.0 / 6.0; 6], draws as f64) < 20.52, "{further:?}");
}

#[test]
fn what_is_certain_is_drawn_first() {
    // n = 3 of 100, 60, 2, 1, 1 (sum 164): 3×100 ≥ 164; then 2×60 ≥ 64; the rest is 2, 1, 1.
    let units = units(&[("A", &[2, 100, 1, 60, 1])]);
    for seed in 0..50 {
        let log = draw(&request(Method::Weighted, seed, &[("A", 3)]), &units).expect("a draw");
        assert_eq!([log.picks[0].place, log.picks[1].place], [2, 4]);
    }
    let all = draw(&request(Method::Weighted, 1, &[("A", 5)]), &units).expect("all of them");
    assert_eq!(all.picks.iter().map(|pick| pick.place).collect::<BTreeSet<_>>().len(), 5);
}

#[test]
fn requests_that_cannot_be_met_are_told() {
    let units = units(&[("A", &[1; 3]), ("B", &[1; 2])]);
    let told = |sizes: &[(&str, u64)]| {
        let problems = draw(&request(Method::Simple, 1, sizes), &units).expect_err("refused");
        codes(&problems).join(" ")
    };
    assert_eq!(told(&[("A", 4)]), "ZH8561");
    assert_eq!(told(&[("X", 1)]), "ZH8561");
    assert_eq!(told(&[("A", u64::MAX), ("B", 3)]), "ZH8561 ZH8561");
    assert_eq!(told(&[("A", 0)]), "ZH8568");
    assert_eq!(told(&[]), "ZH8568");
    let unit = |id: &str, weight| Unit { stratum: "A".into(), id: id.into(), weight };
    let told = |units: Vec<Unit>| codes(&population(units).expect_err("refused")).join(" ");
    assert_eq!(told(vec![]), "ZH8563");
    assert_eq!(told(vec![unit("1", 1), unit("1", 2)]), "ZH8560");
    assert_eq!(told(vec![unit("1", 0)]), "ZH8562");
    assert_eq!(told(vec![unit("1", u64::MAX / 2), unit("2", 1)]), "ZH8567");
    let log = draw(&request(Method::Simple, 1, &[("B", 2)]), &units).expect("a draw");
    let code =
        |id: &str, reason: &str| redraw(&log, &units, id, reason).expect_err("refused").code.to_string();
    assert_eq!(code("B-000", " "), "ZH8565");
    assert_eq!(code("A-000", "停业"), "ZH8564");
    assert_eq!(code("B-000", "停业"), "ZH8570");
    let mut other = log.clone();
    other.format = "zhiheng-draw/9".into();
    assert_eq!(codes(&verify(&other, &units)), ["ZH8571"]);
}

#[test]
fn weights_become_whole_in_proportion() {
    assert_eq!(whole_weights(&[dec("0.5"), dec("1.25"), dec("3")]).expect("whole"), [50, 125, 300]);
    assert_eq!(whole_weights(&[dec("1.000"), dec("20")]).expect("whole"), [1, 20]);
    assert_eq!(whole_weights(&[dec("-1")]).expect_err("negative").code, "ZH8567");
    let fine = [dec("0.0000000000000000000000000001"), dec("70000000000")];
    assert_eq!(whole_weights(&fine).expect_err("too fine").code, "ZH8567");
}

proptest! {
    /// Every draw has as many different units of each stratum as were asked for.
    #[test]
    fn a_draw_never_repeats(
        sizes in prop::collection::vec(prop::collection::vec(1..1000_u64, 1..30), 1..5),
        shares in prop::collection::vec(0.0..=1.0_f64, 5),
        seed: u64,
        method in prop::sample::select(vec![Method::Simple, Method::Systematic, Method::Weighted]),
    ) {
        let names = ["A", "B", "C", "D", "E"];
        let strata: Vec<(&str, &[u64])> = names.iter().copied().zip(sizes.iter().map(Vec::as_slice)).collect();
        let units = units(&strata);
        let asked: Vec<(&str, u64)> =
            strata.iter().zip(&shares).map(|((name, weights), share)| (*name, (weights.len() as f64 * share) as u64)).collect();
        prop_assume!(asked.iter().any(|(_, n)| *n > 0));
        let log = draw(&request(method, seed, &asked), &units).expect("a draw");
        let mut drawn: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for pick in &log.picks {
            prop_assert!(drawn.entry(&pick.stratum).or_default().insert(&pick.id));
            prop_assert_eq!(&pick.id, &format!("{}-{:03}", pick.stratum, pick.place - 1));
        }
        for (name, n) in asked {
            prop_assert_eq!(drawn.get(name).map_or(0, BTreeSet::len) as u64, n);
        }
        prop_assert!(verify(&log, &units).is_empty());
    }
}
