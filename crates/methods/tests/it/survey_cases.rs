//! Design-based estimates worked by hand, and answers to bad questions.
#![expect(clippy::float_cmp, reason = "whole numbers and degrees of freedom come out exactly")]

use crate::survey_laws::Sample;
use zhiheng_methods::survey::{
    AllocationRule, Bootstrap, Calibration, Design, Distance, Lonely, Margin, Missing, Plan, QuantileOptions,
    RakingControl, ShareInterval, Stage, Stratum, TableStatistic, allocation, inclusion_probabilities,
};

/// Two clusters of 2 and 3 units from 6, second stage 2 of 4 and 3 of 5.
#[test]
fn two_stages_by_hand() {
    let clusters = [1, 1, 2, 2, 2];
    let first = Stage { clusters: Some(&clusters), fpc: Some(&[6.0; 5]), ..Stage::default() };
    let second = Stage { fpc: Some(&[4.0, 4.0, 5.0, 5.0, 5.0]), ..Stage::default() };
    let design =
        Design::prepare(&Plan { n_rows: 5, stages: &[first, second], ..Plan::default() }).expect("good");
    assert_eq!(design.weights(), [6.0, 6.0, 5.0, 5.0, 5.0]);
    let total = design.whole().total(&[3.0, 5.0, 1.0, 2.0, 6.0], Missing::Refuse).expect("good");
    assert_eq!(total.value, 93.0);
    // totals of the clusters 16 and 15: 6²(1 − 2/6) s²/2 with s² = 1/2, and 6/2 times within:
    // 4²(1 − 2/4)(2)/2 and 5²(1 − 3/5)(7)/3
    let expected: f64 = 36.0 * (2.0 / 3.0) * 0.25 + 3.0 * (16.0 * 0.5 * 1.0 + 25.0 * 0.4 * 7.0 / 3.0);
    assert!((total.standard_error * total.standard_error - expected).abs() < 1e-10, "{total:?} {expected}");
}

/// Without clusters, strata and weights, Rao-Scott is Pearson less one row in n.
#[test]
fn association_in_a_simple_sample_is_pearsons() {
    let rows: Vec<u32> =
        [(0, 0, 20), (0, 1, 30), (1, 0, 35), (1, 1, 15)].iter().flat_map(|&(r, _, n)| vec![r; n]).collect();
    let columns: Vec<u32> =
        [(0, 0, 20), (0, 1, 30), (1, 0, 35), (1, 1, 15)].iter().flat_map(|&(_, c, n)| vec![c; n]).collect();
    let design = Design::prepare(&Plan { n_rows: 100, ..Plan::default() }).expect("good");
    let plain = design.whole().association(&rows, &columns, TableStatistic::ChiSquare).expect("good");
    // χ² = 100 (20·15 − 30·35)² / (50·50·55·45) = 1/0.11, worked by hand
    assert!((plain.statistic - 100.0 * 562_500.0 / 6_187_500.0).abs() < 1e-12 && plain.freedom == 1.0);
    let f = design.whole().association(&rows, &columns, TableStatistic::F).expect("good");
    assert!((f.statistic - plain.statistic * 0.99).abs() < 1e-12, "{f:?}");
    let swapped = design.whole().association(&columns, &rows, TableStatistic::F).expect("good");
    assert!((f.p_value - swapped.p_value).abs() < 1e-14);
}

#[test]
fn bootstraps_scatter_as_the_linear_variance_says_and_repeat() {
    let n = 240;
    let sample = Sample {
        strata: (0..n).map(|row| row / 120).collect(),
        clusters: (0..n).map(|row| row / 4).collect(),
        weights: (0..n).map(|row| 1.0 + f64::from(row % 7)).collect(),
        y: (0..n).map(|row| f64::from((row * 37) % 101)).collect(),
        x: vec![1.0; n as usize],
        domain: vec![0; n as usize],
    };
    let design = sample.design();
    let linear = design.whole().mean(&sample.y, Missing::Refuse).expect("good").standard_error;
    for kind in [Bootstrap::CantyDavison, Bootstrap::RaoWu] {
        let boot = design.bootstrap(kind, 400, 3, false).expect("good");
        let it = boot.mean(&design.whole(), &sample.y, Missing::Refuse).expect("good");
        assert!((it.standard_error / linear - 1.0).abs() < 0.12, "{kind:?} {} {linear}", it.standard_error);
        let again = design.bootstrap(kind, 400, 3, false).expect("good");
        assert_eq!(again.mean(&design.whole(), &sample.y, Missing::Refuse).expect("good"), it);
    }
    let stage =
        Stage { strata: Some(&sample.strata), clusters: Some(&sample.clusters), fpc: Some(&[40.0; 240]) };
    let plan = Plan { n_rows: 240, stages: &[stage], weights: Some(&sample.weights), ..Plan::default() };
    let finite = Design::prepare(&plan).expect("good");
    let linear = finite.whole().mean(&sample.y, Missing::Refuse).expect("good").standard_error;
    let boot = finite.bootstrap(Bootstrap::CantyDavison, 400, 3, false).expect("good");
    let it = boot.mean(&finite.whole(), &sample.y, Missing::Refuse).expect("good");
    assert!((it.standard_error / linear - 1.0).abs() < 0.12, "{} {linear}", it.standard_error);
}

#[test]
fn a_lonely_cluster_does_what_was_said() {
    let sample = Sample {
        strata: vec![1, 1, 2, 2, 2],
        clusters: vec![1, 1, 2, 3, 3],
        weights: vec![1.0; 5],
        y: vec![1.0, 2.0, 3.0, 5.0, 6.0],
        x: vec![1.0; 5],
        domain: vec![0; 5],
    };
    let total =
        |lonely| sample.prepare(lonely, false).expect("good").whole().total(&sample.y, Missing::Refuse);
    assert_eq!(total(Lonely::Fail).unwrap_err().to_string(), "units in a stratum: 1 found, 2 needed");
    // clusters' totals 3 | 3, 11: 2·(16 + 16) from the second stratum
    for (lonely, variance) in
        [(Lonely::Remove, 64.0), (Lonely::Certainty, 64.0), (Lonely::Adjust, 73.0), (Lonely::Average, 128.0)]
    {
        let found = total(lonely).expect("good").standard_error;
        assert!((found * found - variance).abs() < 1e-12, "{lonely:?} {found}");
    }
    let again = Sample { clusters: vec![1, 1, 1, 2, 2], ..sample.clone() };
    assert!(again.prepare(Lonely::Remove, false).is_err());
    assert!(again.prepare(Lonely::Remove, true).is_ok());
}

/// The quantile below the first value's weight is the first value.
#[test]
fn small_shares_give_the_least_value() {
    let design = Design::prepare(&Plan { n_rows: 4, ..Plan::default() }).expect("good");
    let it = design.whole().quantile(&[4.0, 2.0, 8.0, 6.0], 0.1, &QuantileOptions::default()).expect("good");
    assert_eq!((it.value, it.low), (2.0, None));
}

#[test]
fn bad_plans_are_refused() {
    let said = |plan: Plan| Design::prepare(&plan).unwrap_err().to_string();
    let plan = Plan { n_rows: 4, ..Plan::default() };
    let (clusters, fpc) = ([1, 1, 2, 2], [9.0, 9.0, 9.0, 9.0]);
    let stage = Stage { clusters: Some(&clusters), fpc: Some(&fpc), ..Stage::default() };
    assert_eq!(said(Plan::default()), "rows has no values");
    assert_eq!(said(Plan { weights: Some(&[1.0; 3]), ..plan }), "weights has 3 values where 4 belong");
    assert_eq!(
        said(Plan { weights: Some(&[1.0, f64::NAN, 1.0, 1.0]), ..plan }),
        "weights, row 1: not a finite number"
    );
    assert_eq!(said(Plan { weights: Some(&[1.0, -1.0, 1.0, 1.0]), ..plan }), "weights = -1 is not in >= 0");
    assert_eq!(said(Plan { weights: Some(&[0.0; 4]), ..plan }), "weights (all 0) does not vary");
    assert_eq!(
        said(Plan { stages: &[Stage { clusters: Some(&[1; 4]), ..stage }], ..plan }),
        "clusters: 1 found, 2 needed"
    );
    assert_eq!(
        said(Plan { stages: &[Stage { fpc: Some(&[1.5; 4]), ..stage }], ..plan }),
        "fpc says a stratum has 1.5 units, and 2 are in the sample"
    );
    assert_eq!(
        said(Plan { stages: &[Stage { fpc: Some(&[9.0, 9.0, 8.0, 8.0]), ..stage }], ..plan }),
        "fpc differs within a stratum: 9, 8"
    );
    for fpc in [[0.5, 0.5, 9.0, 9.0], [1.0; 4]] {
        assert!(
            said(Plan { stages: &[Stage { fpc: Some(&fpc), ..stage }], ..plan }).starts_with("fpc must hold")
        );
    }
    assert_eq!(
        said(Plan { stages: &[Stage { fpc: Some(&[f64::NAN; 4]), ..stage }], ..plan }),
        "fpc, row 0: not a finite number"
    );
    assert!(
        said(Plan { stages: &[Stage::default(), stage], ..plan }).starts_with("a stage without clusters")
    );
    assert!(said(Plan { stages: &[stage], pps: true, ..plan }).starts_with("unequal probabilities need"));
    let open = Stage::default();
    assert!(said(Plan { stages: &[stage, open], ..plan }).starts_with("weights must be given"));
}

#[test]
fn bad_questions_are_refused() {
    let design = Design::prepare(&Plan { n_rows: 4, ..Plan::default() }).expect("good");
    let whole = design.whole();
    let (y, refuse) = ([1.0, 2.0, 3.0, 4.0], Missing::Refuse);
    assert!(whole.mean(&y[..3], refuse).is_err());
    assert!(whole.mean(&[1.0, f64::INFINITY, 1.0, 1.0], Missing::Drop).is_err());
    assert!(whole.mean(&[f64::NAN; 4], Missing::Drop).is_err());
    assert!(design.domain(|_| false).total(&y, refuse).is_err());
    assert!(whole.ratio(&y, &[1.0, -1.0, 1.0, -1.0], refuse).is_err());
    assert!(whole.share(&y, ShareInterval::Mean, 0.95, None, refuse).is_err());
    for method in [ShareInterval::Logit, ShareInterval::Beta, ShareInterval::Likelihood, ShareInterval::Asin]
    {
        assert!(whole.share(&[1.0; 4], method, 0.95, None, refuse).is_err(), "{method:?}");
        assert!(whole.share(&[0.0, 1.0, 1.0, 0.0], method, 95.0, None, refuse).is_err());
        assert!(whole.share(&[0.0, 1.0, 1.0, 0.0], method, 0.95, Some(0.0), refuse).is_err());
    }
    for p in [0.0, 1.0, f64::NAN] {
        assert!(whole.quantile(&y, p, &QuantileOptions::default()).is_err());
    }
    let one = design.domain(|row| row == 2).mean(&y, refuse).expect("one row has a mean");
    assert_eq!((one.value, one.deff, one.interval(0.95, one.freedom)), (3.0, None, None));
    assert!(whole.association(&[0; 4], &[0, 1, 0, 1], TableStatistic::F).is_err());
    assert!(whole.association(&[0, 0, 1, 1], &[0, 1, 0, 1], TableStatistic::F).is_ok());
    assert!(design.post_stratify(&[0, 0, 1, 2], &[5.0, 5.0], false).is_err());
    assert!(design.post_stratify(&[0, 0, 0, 0], &[5.0, 5.0], false).is_err());
    assert!(design.post_stratify(&[0, 0, 0, 0], &[5.0, 5.0], true).is_ok());
    assert!(design.post_stratify(&[0, 0, 1, 1], &[5.0, 0.0], false).is_err());
    let margins = [
        Margin { group: &[0, 0, 1, 1], population: &[5.0, 5.0] },
        Margin { group: &[0, 1, 0, 1], population: &[5.0, 50.0] },
    ];
    let said = design.rake(&margins, RakingControl::default()).unwrap_err().to_string();
    assert_eq!(said, "margins sum to 10 and to 55");
    let slow = RakingControl { rounds: 1, epsilon: 1e-9 };
    let margins = [margins[0], Margin { population: &[4.0, 6.0], ..margins[1] }];
    assert_eq!(design.rake(&margins, slow).unwrap_err().to_string(), "raking did not settle in 1 steps");
    let ones = [1.0; 4];
    let good = Calibration { columns: &[&ones, &y], totals: &[4.0, 11.0], ..Calibration::default() };
    assert!(design.calibrate(&good).is_ok());
    for bad in [
        Calibration { columns: &[&ones, &ones], ..good },
        Calibration { totals: &[4.0], ..good },
        Calibration { columns: &[&ones, &[0.0; 4]], ..good },
        Calibration { bounds: Some((1.1, 1.2)), ..good },
        Calibration { bounds: Some((0.99, 1.01)), ..good },
        Calibration { distance: Distance::Logit, ..good },
        Calibration { distance: Distance::Raking, totals: &[4.0, 100.0], ..good },
        Calibration { same_within: Some(3), ..good },
    ] {
        assert!(design.calibrate(&bad).is_err(), "{bad:?}");
    }
    let other = Design::prepare(&Plan { n_rows: 4, ..Plan::default() }).expect("good");
    let jackknife = design.jackknife(false).expect("good");
    assert!(jackknife.mean(&other.whole(), &y, refuse).is_err());
    assert!(jackknife.mean(&whole, &y, refuse).is_ok());
    let single = design.domain(|row| row == 1);
    assert!(jackknife.mean(&single, &y, refuse).is_err());
    let stratum = Stratum { size: 10.0, deviation: 1.0, cost: 1.0 };
    assert!(allocation(&[stratum], 11, AllocationRule::Neyman, 0).is_err());
    assert!(allocation(&[], 1, AllocationRule::Neyman, 0).is_err());
    assert!(allocation(&[Stratum { deviation: 0.0, ..stratum }], 1, AllocationRule::Neyman, 0).is_err());
    assert!(allocation(&[Stratum { size: f64::NAN, ..stratum }], 1, AllocationRule::Neyman, 0).is_err());
    assert!(inclusion_probabilities(&[], 1.0).is_err());
    assert!(inclusion_probabilities(&[1.0, -1.0], 1.0).is_err());
    assert!(inclusion_probabilities(&[1.0, 0.0], 2.0).is_err());
}
