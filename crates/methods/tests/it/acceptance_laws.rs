//! Laws of acceptance sampling: of the curves, of declared levels, of the draw; and answers to bad questions.

use proptest::prelude::*;
use zhiheng_methods::acceptance::declared::{Measure, Risks, audit, small_audit};
use zhiheng_methods::acceptance::draw::{Method, simple, stratified, systematic};
use zhiheng_methods::acceptance::find::{RiskPoint, single_plan};
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
