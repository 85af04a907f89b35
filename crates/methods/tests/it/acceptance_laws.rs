//! Laws of acceptance sampling: of the curves, of the tables' construction, of the switching rules, of the
//! draw.

use proptest::prelude::*;
use zhiheng_methods::Refusal;
use zhiheng_methods::acceptance::declared::{Measure, Risks, audit, small_audit};
use zhiheng_methods::acceptance::draw::{Method, simple, stratified, systematic};
use zhiheng_methods::acceptance::find::{RiskPoint, single_plan};
use zhiheng_methods::acceptance::scheme::{Request, Verdict, plan_for_letter, plan_for_lot};
use zhiheng_methods::acceptance::switching::{Lot, State, Switching, points};
use zhiheng_methods::acceptance::tables::{
    AQLS, Cell, Kind, Level, Severity, Standard, code_letter, single_table,
};
use zhiheng_methods::acceptance::variables::{Deviation, VariablesPlan, characteristic as by_variables};
use zhiheng_methods::acceptance::{Plan, Population, Stage, oc, quality};

/// Sound plans of one to four stages.
fn plan() -> impl Strategy<Value = Plan> {
    let stage = (1..60_u64, 0..4_u64, prop::bool::weighted(0.2));
    (prop::collection::vec(stage, 1..5), 1..5_u64).prop_map(|(parts, gap)| {
        let mut accept = 0;
        let mut stages: Vec<Stage> = parts
            .iter()
            .map(|&(n, more, none)| {
                accept += more;
                Stage { n, accept: (!none).then_some(accept), reject: 0 }
            })
            .collect();
        // An acceptance that was left out must not follow one that was not.
        for i in (0..stages.len() - 1).rev() {
            if stages[i + 1].accept.is_none() {
                stages[i].accept = None;
            }
        }
        let last = stages.len() - 1;
        stages[last].accept = Some(accept);
        let reject = accept + 1;
        for (i, stage) in stages.iter_mut().enumerate() {
            let least = stage.accept.map_or(1, |accept| accept + 1);
            stage.reject = if i == last { reject } else { (least + gap).min(reject) };
        }
        Plan::new(stages).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn worse_quality_is_accepted_less_often(plan in plan(), p in 0.0..0.6_f64, more in 0.001..0.4_f64) {
        for population in [Population::Binomial, Population::Poisson] {
            let (a, b) = (
                oc::characteristic(&plan, population, p).unwrap(),
                oc::characteristic(&plan, population, p + more).unwrap(),
            );
            prop_assert!(b.accept <= a.accept + 1e-14, "{a:?} {b:?}");
            prop_assert!((0.0..=1.0).contains(&a.accept));
            let first = plan.stages()[0].n as f64;
            prop_assert!(a.sample_number >= first - 1e-9 && a.sample_number <= plan.size() as f64 + 1e-9);
        }
        let perfect = oc::characteristic(&plan, Population::Binomial, 0.0).unwrap();
        prop_assert!((perfect.accept - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_lot_without_end_is_binomial(plan in plan(), share in 0..40_u64) {
        let lot = 400_000_000;
        let p = share as f64 / 100.0;
        let large = oc::characteristic(&plan, Population::Hypergeometric { lot }, p).unwrap();
        let endless = oc::characteristic(&plan, Population::Binomial, p).unwrap();
        prop_assert!((large.accept - endless.accept).abs() < 1e-4, "{large:?} {endless:?}");
        prop_assert!((large.sample_number - endless.sample_number).abs() < 1e-2);
    }

    #[test]
    fn what_leaves_is_never_worse_than_the_limit(plan in plan(), p in 0.0..1.0_f64) {
        let limit = quality::limit(&plan, Population::Binomial, None).unwrap();
        let here = quality::outgoing(&plan, Population::Binomial, p, None).unwrap();
        prop_assert!(here.quality <= limit.quality * (1.0 + 1e-9), "{here:?} {limit:?}");
        prop_assert!(here.quality <= p);
    }

    #[test]
    fn a_found_plan_keeps_both_risks(
        p1 in 0.001..0.1_f64, ratio in 2.0..20.0_f64, a1 in 0.8..0.99_f64, a2 in 0.01..0.3_f64, lot in 200..5000_u64,
    ) {
        let producer = RiskPoint { quality: p1, accept: a1 };
        let consumer = RiskPoint { quality: (p1 * ratio).min(0.9), accept: a2 };
        for population in [Population::Binomial, Population::Poisson, Population::Hypergeometric { lot }] {
            // a small lot may have no plan
            let Ok(found) = single_plan(producer, consumer, population) else {
                let small = matches!(population, Population::Hypergeometric { .. });
                prop_assert!(small);
                continue;
            };
            let at = |n: u64, accept: u64, p: f64| {
                oc::characteristic(&Plan::single(n, accept).unwrap(), population, p).unwrap().accept
            };
            prop_assert!(at(found.n, found.accept, producer.quality) >= a1);
            prop_assert!(at(found.n, found.accept, consumer.quality) <= a2);
            if found.n > 1 {
                prop_assert!(at(found.n - 1, found.accept, consumer.quality) > a2);
            }
        }
    }

    #[test]
    fn variables_curves_fall(n in 2..200_u64, k in -1.0..4.0_f64, p in 0.001..0.9_f64) {
        let plan = VariablesPlan { n, k };
        for deviation in [Deviation::Known, Deviation::Unknown] {
            let (here, worse) =
                (by_variables(plan, deviation, p).unwrap(), by_variables(plan, deviation, p + 0.05).unwrap());
            prop_assert!(worse <= here + 1e-13 && (0.0..=1.0).contains(&here), "{here} {worse}");
        }
    }

    #[test]
    fn a_draw_has_different_units_of_the_population(size in 1..5000_u64, share in 0.0..=1.0_f64, seed: u64) {
        let n = (size as f64 * share) as u64;
        for units in [simple(size, n, seed).unwrap(), systematic(size, n, seed).unwrap()] {
            let mut sorted = units.clone();
            sorted.sort_unstable();
            sorted.dedup();
            prop_assert_eq!(sorted.len() as u64, n);
            prop_assert!(sorted.iter().all(|unit| (1..=size).contains(unit)));
        }
        // a draw is the beginning of a longer one
        let all = simple(size, size, seed).unwrap();
        let some = simple(size, n, seed).unwrap();
        prop_assert_eq!(&all[..n as usize], &some[..]);
    }

    #[test]
    fn a_true_declaration_is_rarely_contradicted(size in 1..2000_u64, share in 0.0..=1.0_f64, part in 0.0..=1.0_f64) {
        let declared = (size as f64 * share) as u64;
        let n = 1 + ((size - 1) as f64 * part) as u64;
        let it = small_audit(size, declared, n, Risks::STANDARD).unwrap();
        prop_assert!(it.risk <= 0.05 && it.limit <= n);
        if let Some(worst) = it.limiting_number {
            prop_assert!(worst > declared || it.risk >= 0.9);
        }
    }
}

/// The whole table follows from letter and AQL step: diagonals hold one plan, and sizes follow the series.
#[test]
fn single_tables_are_built_on_diagonals() {
    let letters: Vec<char> = "ABCDEFGHJKLMNPQR".chars().collect();
    let sizes = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150];
    let reduced = [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800];
    for standard in [Standard::GbT2828, Standard::MilStd105e] {
        for (severity, sizes, series) in [
            (Severity::Normal, &sizes[..], &[1, 2, 3, 5, 7, 10, 14, 21][..]),
            (Severity::Tightened, &sizes[..], &[1, 2, 3, 5, 8, 12, 18][..]),
            (Severity::Reduced, &reduced[..], &[][..]),
        ] {
            let rows = single_table(standard, severity);
            assert!(rows.iter().map(|row| row.n).eq(sizes[..rows.len()].iter().copied()));
            assert!(rows.iter().map(|row| row.letter).take(16).eq(letters.iter().copied()));
            // letters F to P are away from both ends: one step down and one step left is the same cell
            for i in 5..13 {
                for j in 1..AQLS.len() {
                    assert_eq!(
                        rows[i].cells[j],
                        rows[i + 1].cells[j - 1],
                        "{standard:?} {severity:?} {i} {j}"
                    );
                }
            }
            let plans = |row: usize| {
                rows[row].cells.iter().filter_map(|cell| match cell {
                    Cell::Plan(accept, _) => Some(*accept),
                    _ => None,
                })
            };
            if !series.is_empty() {
                for row in 5..14 {
                    assert!(plans(row).skip(1).eq(series.iter().copied()), "{severity:?} {row}");
                }
            }
            for (letter, row) in letters.iter().zip(rows) {
                assert!(plans_rise(&row.cells), "{standard:?} {severity:?} {letter}");
            }
        }
    }
}

fn plans_rise(cells: &[Cell]) -> bool {
    let numbers: Vec<u64> = cells
        .iter()
        .filter_map(|cell| match cell {
            Cell::Plan(accept, _) => Some(*accept),
            _ => None,
        })
        .collect();
    numbers.windows(2).all(|pair| pair[0] <= pair[1])
}

fn request(kind: Kind, severity: Severity, aql: f64) -> Request {
    Request { standard: Standard::GbT2828, kind, severity, level: Level::II, aql }
}

/// Every cell leads to a plan, and the known plans accept about as often as the single plan they replace.
#[test]
fn every_cell_leads_to_a_plan() {
    let mut unknown = 0;
    for standard in [Standard::GbT2828, Standard::MilStd105e] {
        for severity in [Severity::Normal, Severity::Tightened, Severity::Reduced] {
            for letter in "ABCDEFGHJKLMNPQR".chars() {
                for aql in AQLS {
                    let ask = |kind| {
                        let request = Request { standard, kind, severity, level: Level::II, aql };
                        plan_for_letter(&request, letter)
                    };
                    let single = ask(Kind::Single).unwrap();
                    let double = ask(Kind::Double).unwrap();
                    assert!(single.confirmed && (double.confirmed || standard == Standard::GbT2828));
                    match ask(Kind::Multiple) {
                        Ok(multiple) => {
                            multiple.plan().unwrap();
                        }
                        Err(Refusal::Contradiction { .. }) => unknown += 1,
                        Err(other) => panic!("{other}"),
                    }
                    if double.kind == Kind::Double {
                        close(&single.plan().unwrap(), &double.plan().unwrap());
                    }
                }
            }
        }
    }
    assert!(unknown > 0, "GB/T 2828.1 multiple plans that are not known are refused");
}

/// Where the single plan accepts half of the lots, the other accepts between 0.3 and 0.7 (sizes of two and
/// three units do not stand in the ratio that larger ones have).
fn close(single: &Plan, other: &Plan) {
    let accept = |plan: &Plan, p: f64| oc::characteristic(plan, Population::Poisson, p).unwrap().accept;
    let (mut low, mut high) = (0.0, 50.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if accept(single, middle) > 0.5 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let there = accept(other, low);
    assert!((0.3..0.7).contains(&there), "{single:?} {other:?} {there}");
}

/// Cells named in the field's notes, arrows and exceptions among them.
#[test]
fn known_cells() {
    let single = |severity, letter, aql| {
        let plan = plan_for_letter(&request(Kind::Single, severity, aql), letter).unwrap();
        (plan.letter, plan.stages[0].n, plan.stages[0].accept.unwrap())
    };
    for (severity, letter, aql, expected) in [
        (Severity::Normal, 'J', 1.0, ('J', 80, 2)),
        (Severity::Normal, 'F', 1.0, ('E', 13, 0)),
        (Severity::Normal, 'F', 1.5, ('G', 32, 1)),
        (Severity::Tightened, 'K', 1.0, ('K', 125, 2)),
        (Severity::Tightened, 'R', 0.015, ('Q', 1250, 0)),
        (Severity::Tightened, 'Q', 0.025, ('S', 3150, 1)),
        (Severity::Tightened, 'A', 10.0, ('A', 2, 0)),
        (Severity::Reduced, 'J', 1.0, ('J', 32, 1)),
        (Severity::Reduced, 'A', 10.0, ('D', 3, 1)),
        (Severity::Reduced, 'P', 0.040, ('R', 800, 1)),
        (Severity::Reduced, 'Q', 0.025, ('N', 200, 0)),
        (Severity::Reduced, 'R', 1.0, ('Q', 500, 10)),
    ] {
        assert_eq!(single(severity, letter, aql), expected, "{severity:?} {letter} {aql}");
    }
    let small = plan_for_lot(&request(Kind::Single, Severity::Normal, 0.10), 20).unwrap();
    assert!(small.letter == 'K' && small.whole_lot(20) && !small.whole_lot(126));
    let stages = |standard, kind, letter, aql| {
        let request = Request { standard, kind, severity: Severity::Normal, level: Level::II, aql };
        let plan = plan_for_letter(&request, letter).unwrap();
        let numbers = plan.stages.iter().map(|stage| (stage.accept, stage.reject)).collect::<Vec<_>>();
        (plan.stages[0].n, numbers, plan.confirmed)
    };
    let double = stages(Standard::MilStd105e, Kind::Double, 'K', 1.0);
    assert_eq!(double, (80, vec![(Some(1), 4), (Some(4), 5)], true));
    let double = stages(Standard::GbT2828, Kind::Double, 'K', 1.0);
    assert_eq!(double, (80, vec![(Some(1), 3), (Some(4), 5)], false));
    assert_eq!(code_letter(150_000, Level::S3).unwrap(), 'G');
    assert!(code_letter(1, Level::II).is_err());
    assert!(plan_for_lot(&request(Kind::Single, Severity::Normal, 1.2), 100).is_err());
}

fn verdict(accepted: bool) -> Verdict {
    Verdict { accepted, stage: 1, gap: false }
}

fn lot(accepted: bool, points: u32) -> Lot {
    Lot { verdict: verdict(accepted), points, resubmitted: false, steady: true, reduced_allowed: true }
}

/// A series worked by hand through all four states.
#[test]
fn a_series_of_lots() {
    let mut series = Switching::new();
    // 10 lots of 3 points open reduced inspection
    for i in 1..=10 {
        assert_eq!(series.state(), State::Inspect(Severity::Normal), "{i}");
        series.record(lot(true, 3));
    }
    assert_eq!(series.state(), State::Inspect(Severity::Reduced));
    // a lot that is submitted again does not count; a rejected one leads back
    series.record(Lot { resubmitted: true, ..lot(false, 0) });
    assert_eq!(series.state(), State::Inspect(Severity::Reduced));
    series.record(lot(false, 0));
    assert_eq!((series.state(), series.score()), (State::Inspect(Severity::Normal), 0));
    // two rejected lots with four between them are not within five; with three they are
    series.record(lot(false, 0));
    for _ in 0..4 {
        series.record(lot(true, 2));
    }
    assert_eq!(series.score(), 8);
    series.record(lot(false, 0));
    assert_eq!((series.state(), series.score()), (State::Inspect(Severity::Normal), 0));
    for _ in 0..3 {
        series.record(lot(true, 2));
    }
    series.record(lot(false, 0));
    assert_eq!(series.state(), State::Inspect(Severity::Tightened));
    // five accepted in a row lead back to normal
    for accepted in [true, true, false, true, true, true, true, true] {
        assert_eq!(series.state(), State::Inspect(Severity::Tightened));
        series.record(lot(accepted, 2));
    }
    assert_eq!((series.state(), series.score()), (State::Inspect(Severity::Normal), 0));
    // to tightened again, where five rejected in all end it
    series.record(lot(false, 0));
    series.record(lot(false, 0));
    for accepted in [false, true, false, true, true, false, false] {
        series.record(lot(accepted, 0));
        assert_eq!(series.state(), State::Inspect(Severity::Tightened));
    }
    series.record(lot(false, 0));
    assert_eq!(series.state(), State::Discontinued);
    series.record(lot(true, 0));
    assert_eq!(series.state(), State::Discontinued);
    series.resume();
    assert_eq!(series.state(), State::Inspect(Severity::Tightened));
}

/// Scores of a lot of 1000 at AQL 1.0 (J, 80, Ac 2; at 0.65 Ac 1) and at AQL 0.40 (Ac 0).
#[test]
fn switching_points() {
    let ask = |aql, found: u64| {
        let request = request(Kind::Single, Severity::Normal, aql);
        points(&request, &plan_for_lot(&request, 1000).unwrap(), &[found]).unwrap()
    };
    assert_eq!([ask(1.0, 0), ask(1.0, 1), ask(1.0, 2), ask(1.0, 3)], [3, 3, 0, 0]);
    assert_eq!([ask(0.15, 0), ask(0.15, 1)], [2, 0]);
    let request = request(Kind::Double, Severity::Normal, 1.0);
    let plan = plan_for_lot(&request, 1000).unwrap();
    assert_eq!(points(&request, &plan, &[0]).unwrap(), 3);
    assert_eq!(points(&request, &plan, &[2, 1]).unwrap(), 0);
    assert!(plan.judge(&[2]).is_err() && plan.judge(&[0, 0]).is_err());
}

/// GB/T 2828.4 in Poisson form: n is about a/DQL, and the ratio b/a.
#[test]
fn declared_levels_in_poisson_form() {
    for (limit, a, b, ratio) in [
        (0, 0.0513, std::f64::consts::LN_10, 44.89),
        (1, 0.3554, 3.8897, 10.95),
        (2, 0.8177, 5.3223, 6.51),
        (3, 1.3663, 6.6808, 4.89),
        (4, 1.9701, 7.9936, 4.06),
        (5, 2.6130, 9.2747, 3.55),
        (6, 3.2853, 10.5321, 3.21),
    ] {
        let dql = 1e-6;
        let it = audit(dql, limit, Measure::Nonconformities, Risks::STANDARD).unwrap();
        let n = it.n as f64;
        assert!((n * dql - a).abs() < 5e-5 + dql, "{it:?}");
        assert!((n * it.limiting_quality - b).abs() < 5e-5, "{it:?}");
        assert!((it.ratio - ratio).abs() < 0.01 * ratio, "{it:?}");
        assert!(it.risk <= 0.05 && it.risk > 0.0499);
    }
}

/// In a lot the limit is among the qualities that the lot can have; all of them are tried here.
#[test]
fn the_limit_in_a_lot() {
    for (lot, stages) in [(60, 1), (5000, 2), (30_001, 1)] {
        let stage = |accept, reject| Stage { n: 20, accept: Some(accept), reject };
        let plan = if stages == 1 { Plan::single(20, 1) } else { Plan::new(vec![stage(0, 3), stage(3, 4)]) };
        let (plan, population) = (plan.unwrap(), Population::Hypergeometric { lot });
        let limit = quality::limit(&plan, population, None).unwrap();
        let worst = (0..=lot)
            .map(|bad| quality::outgoing(&plan, population, bad as f64 / lot as f64, None).unwrap().quality)
            .fold(0.0, f64::max);
        assert!((limit.quality / worst - 1.0).abs() < 1e-12, "{lot}: {limit:?} {worst}");
    }
    let huge = Population::Hypergeometric { lot: 1_000_000_000_000 };
    assert!(quality::limit(&Plan::single(20, 1).unwrap(), huge, None).is_ok());
}

#[test]
fn bad_questions_are_refused() {
    assert!(Plan::new(vec![]).is_err());
    assert!(Plan::single(0, 1).is_err());
    let stage = |accept, reject| Stage { n: 10, accept, reject };
    for stages in [
        vec![stage(Some(1), 1)],
        vec![stage(Some(1), 3)],
        vec![stage(None, 1)],
        vec![stage(Some(2), 4), stage(Some(1), 5)],
        vec![stage(Some(0), 4), stage(Some(1), 2)],
        vec![stage(None, 900_000_000), stage(Some(900_000_000), 900_000_001)],
    ] {
        assert!(Plan::new(stages.clone()).is_err(), "{stages:?}");
    }
    let plan = Plan::single(10, 1).unwrap();
    for p in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(oc::characteristic(&plan, Population::Binomial, p).is_err());
        assert!(by_variables(VariablesPlan { n: 10, k: 1.0 }, Deviation::Unknown, p).is_err());
    }
    assert!(oc::characteristic(&plan, Population::Poisson, 3.0).is_ok());
    assert!(oc::characteristic(&plan, Population::Hypergeometric { lot: 9 }, 0.1).is_err());
    assert!(by_variables(VariablesPlan { n: 1, k: 1.0 }, Deviation::Unknown, 0.1).is_err());
    let point = |quality, accept| RiskPoint { quality, accept };
    for (producer, consumer) in [
        (point(0.05, 0.95), point(0.01, 0.1)),
        (point(0.01, 1.0), point(0.05, 0.1)),
        (point(f64::NAN, 0.9), point(0.05, 0.1)),
        (point(0.01, 0.95), point(0.05, 0.0)),
        (point(0.01, 0.95), point(1.5, 0.1)),
    ] {
        assert!(single_plan(producer, consumer, Population::Binomial).is_err(), "{producer:?} {consumer:?}");
    }
    let lot = Population::Hypergeometric { lot: 10 };
    assert!(single_plan(point(0.01, 0.95), point(0.02, 0.1), lot).is_err());
    assert!(audit(0.1, 0, Measure::Units, Risks::STANDARD).is_err());
    assert!(audit(0.0, 0, Measure::Units, Risks::STANDARD).is_err());
    assert!(small_audit(10, 11, 3, Risks::STANDARD).is_err());
    assert!(small_audit(10, 1, 11, Risks::STANDARD).is_err());
    assert!(simple(0, 0, 1).is_err() && simple(3, 4, 1).is_err());
    assert!(stratified(Method::Simple, &[], 1).is_err());
}
