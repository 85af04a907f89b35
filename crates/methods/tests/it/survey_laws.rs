//! Laws of design-based estimates, cases worked by hand, and answers to bad questions.
#![expect(clippy::float_cmp, reason = "whole numbers and degrees of freedom come out exactly")]

use proptest::prelude::*;
use zhiheng_methods::survey::{
    AllocationRule, Bootstrap, Calibration, Design, Distance, Lonely, Margin, Missing, Plan, QuantileOptions,
    RakingControl, ShareInterval, Stage, Stratum, TableStatistic, allocation, inclusion_probabilities,
};

/// A stratified sample of clusters.
#[derive(Debug, Clone)]
struct Sample {
    strata: Vec<u32>,
    clusters: Vec<u32>,
    weights: Vec<f64>,
    y: Vec<f64>,
    x: Vec<f64>,
    domain: Vec<u32>,
}

impl Sample {
    fn design(&self) -> Design {
        self.prepare(Lonely::Fail, false).expect("good")
    }

    fn prepare(&self, lonely: Lonely, nest: bool) -> Result<Design, zhiheng_methods::Refusal> {
        let stage = Stage { strata: Some(&self.strata), clusters: Some(&self.clusters), fpc: None };
        Design::prepare(&Plan {
            n_rows: self.y.len(),
            stages: &[stage],
            weights: Some(&self.weights),
            lonely,
            nest,
            ..Plan::default()
        })
    }

    fn reordered(&self, order: &[usize]) -> Self {
        let of = |values: &[f64]| order.iter().map(|&row| values[row]).collect();
        let codes = |values: &[u32]| order.iter().map(|&row| values[row]).collect();
        Self {
            strata: codes(&self.strata),
            clusters: codes(&self.clusters),
            weights: of(&self.weights),
            y: of(&self.y),
            x: of(&self.x),
            domain: codes(&self.domain),
        }
    }
}

/// 1 to 3 strata of 2 to 4 clusters, 3 to 5 rows each.
fn sample() -> impl Strategy<Value = Sample> {
    (1..=3_u32, 2..=4_u32, 3..=5_u32).prop_flat_map(|(strata, clusters, each)| {
        let n = (strata * clusters * each) as usize;
        let rows = prop::collection::vec((0.5..30.0_f64, -100.0..100.0_f64, 1.0..9.0_f64, 0..3_u32), n);
        rows.prop_map(move |rows| Sample {
            strata: (0..n as u32).map(|row| row / (clusters * each)).collect(),
            clusters: (0..n as u32).map(|row| row / each).collect(),
            weights: rows.iter().map(|row| row.0).collect(),
            y: rows.iter().map(|row| row.1).collect(),
            x: rows.iter().map(|row| row.2).collect(),
            domain: rows.iter().map(|row| row.3).collect(),
        })
    })
}

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.abs().max(a.abs()).max(1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn the_order_of_rows_does_not_matter(sample in sample(), step in 1..50_usize) {
        let n = sample.y.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.rotate_left(step % n);
        order.reverse();
        let turned = sample.reordered(&order);
        let (here, there) = (sample.design(), turned.design());
        let (a, b) = (here.whole().mean(&sample.y, Missing::Refuse)?, there.whole().mean(&turned.y, Missing::Refuse)?);
        prop_assert!(near(a.value, b.value, 100.0) && near(a.standard_error, b.standard_error, 100.0));
        prop_assert_eq!((a.freedom, a.n), (b.freedom, b.n));
    }

    #[test]
    fn a_factor_on_weights_scales_totals_alone(sample in sample(), k in 0.1..50.0_f64) {
        let mut scaled = sample.clone();
        for weight in &mut scaled.weights {
            *weight *= k;
        }
        let (here, there) = (sample.design(), scaled.design());
        let (a, b) = (here.whole().total(&sample.y, Missing::Refuse)?, there.whole().total(&sample.y, Missing::Refuse)?);
        prop_assert!(near(a.value * k, b.value, a.size * k) && near(a.standard_error * k, b.standard_error, 0.0));
        let (a, b) = (here.whole().mean(&sample.y, Missing::Refuse)?, there.whole().mean(&sample.y, Missing::Refuse)?);
        prop_assert!(near(a.value, b.value, 100.0) && near(a.standard_error, b.standard_error, 1.0));
    }

    #[test]
    fn a_shift_moves_the_mean_alone(sample in sample(), by in -1000.0..1000.0_f64) {
        let design = sample.design();
        let moved: Vec<f64> = sample.y.iter().map(|y| y + by).collect();
        let (a, b) = (design.whole().mean(&sample.y, Missing::Refuse)?, design.whole().mean(&moved, Missing::Refuse)?);
        prop_assert!(near(a.value + by, b.value, 1000.0) && near(a.standard_error, b.standard_error, 1000.0));
    }

    #[test]
    fn domains_add_up(sample in sample()) {
        let design = sample.design();
        let whole = design.whole().total(&sample.y, Missing::Refuse)?;
        let mut sum = 0.0;
        for domain in design.split(&sample.domain, 3)? {
            if domain.n_rows() > 0 {
                sum += domain.total(&sample.y, Missing::Refuse)?.value;
                // the same rows by condition
                let first = sample.domain[(0..sample.y.len()).find(|&row| domain.and(|it| it == row).n_rows() == 1).unwrap()];
                let again = design.domain(|row| sample.domain[row] == first).mean(&sample.y, Missing::Refuse)?;
                prop_assert_eq!(again, domain.mean(&sample.y, Missing::Refuse)?);
            }
        }
        prop_assert!(near(sum, whole.value, whole.size * 100.0));
    }

    #[test]
    fn a_domain_is_the_total_of_values_put_to_zero(sample in sample()) {
        let design = sample.design();
        let domain = design.domain(|row| sample.domain[row] == 0);
        prop_assume!(domain.n_rows() > 0);
        let zeros: Vec<f64> =
            sample.y.iter().zip(&sample.domain).map(|(y, domain)| if *domain == 0 { *y } else { 0.0 }).collect();
        let (a, b) = (domain.total(&sample.y, Missing::Refuse)?, design.whole().total(&zeros, Missing::Refuse)?);
        prop_assert!(near(a.value, b.value, 1.0) && near(a.standard_error, b.standard_error, 1.0));
    }

    #[test]
    fn missing_rows_are_a_domain(sample in sample()) {
        let design = sample.design();
        let holes: Vec<f64> =
            sample.y.iter().zip(&sample.domain).map(|(y, domain)| if *domain == 1 { f64::NAN } else { *y }).collect();
        let rest = design.domain(|row| sample.domain[row] != 1);
        prop_assume!(rest.n_rows() > 0);
        let (a, b) = (design.whole().mean(&holes, Missing::Drop)?, rest.mean(&sample.y, Missing::Refuse)?);
        prop_assert!(near(a.value, b.value, 1.0) && near(a.standard_error, b.standard_error, 1.0));
        let refused = design.whole().mean(&holes, Missing::Refuse);
        prop_assert_eq!(refused.is_err(), sample.domain.contains(&1));
    }

    #[test]
    fn the_jackknife_of_a_total_is_its_linear_variance(sample in sample()) {
        let design = sample.design();
        let jackknife = design.jackknife(false)?;
        let linear = design.whole().total(&sample.y, Missing::Refuse)?;
        let by_replicates = jackknife.total(&design.whole(), &sample.y, Missing::Refuse)?;
        prop_assert!(near(linear.standard_error, by_replicates.standard_error, linear.size));
        prop_assert_eq!(linear.freedom, by_replicates.freedom);
        // weights written out give the same as units left out
        let ratio = jackknife.ratio(&design.whole(), &sample.y, &sample.x, Missing::Refuse)?;
        let tied = jackknife.post_stratify(&vec![0; sample.y.len()], &[linear.size], false)?;
        let again = tied.ratio(&tied.design().whole(), &sample.y, &sample.x, Missing::Refuse)?;
        prop_assert!(near(ratio.standard_error, again.standard_error, 1.0));
    }

    #[test]
    fn tied_weights_give_their_totals_without_error(sample in sample(), up in 0.8..1.3_f64) {
        let design = sample.design();
        let n = sample.y.len();
        let group: Vec<u32> = (0..n as u32).map(|row| row % 2).collect();
        let ones = vec![1.0; n];
        let now = [0.0, 1.0].map(|g: f64| {
            (0..n).filter(|&row| f64::from(group[row]) == g).map(|row| sample.weights[row]).sum::<f64>()
        });
        let population = now.map(|now| now * up);
        let tied = design.post_stratify(&group, &population, false)?;
        for (g, &population) in population.iter().enumerate() {
            let total = tied.domain(|row| group[row] as usize == g).total(&ones, Missing::Refuse)?;
            prop_assert!(near(total.value, population, 0.0) && total.standard_error < 1e-6 * population);
        }
        let raked = design.rake(&[Margin { group: &group, population: &population }], RakingControl::default())?;
        for (a, b) in raked.weights().iter().zip(tied.weights()) {
            prop_assert!(near(*a, b, 1.0));
        }
        let x_total: f64 = sample.x.iter().zip(&sample.weights).map(|(x, w)| x * w).sum::<f64>() * up;
        let size: f64 = now.iter().sum::<f64>() * up;
        for distance in [Distance::Linear, Distance::Raking] {
            let to = Calibration { columns: &[&ones, &sample.x], totals: &[size, x_total], distance, ..Calibration::default() };
            let it = design.calibrate(&to)?;
            let total = it.whole().total(&sample.x, Missing::Refuse)?;
            prop_assert!((total.value - x_total).abs() < 1e-6 * (1.0 + x_total), "{distance:?}");
            prop_assert!(total.standard_error < 1e-6 * x_total, "{distance:?} {}", total.standard_error);
        }
    }

    #[test]
    fn names_of_strata_and_clusters_do_not_matter(sample in sample()) {
        let design = sample.design();
        let renamed = Sample {
            strata: sample.strata.iter().map(|s| 90 - s * 7).collect(),
            clusters: sample.clusters.iter().map(|c| 1000 - c * 3).collect(),
            ..sample.clone()
        };
        let (a, b) = (design.whole().ratio(&sample.y, &sample.x, Missing::Refuse)?,
            renamed.design().whole().ratio(&sample.y, &sample.x, Missing::Refuse)?);
        prop_assert!(near(a.standard_error, b.standard_error, 1.0) && near(a.value, b.value, 1.0));
    }

    #[test]
    fn quantiles_rise_and_lie_among_the_values(sample in sample(), p in 0.05..0.9_f64) {
        let design = sample.design();
        let options = QuantileOptions::default();
        let (a, b) = (design.whole().quantile(&sample.y, p, &options)?, design.whole().quantile(&sample.y, p + 0.05, &options)?);
        prop_assert!(a.value <= b.value && sample.y.contains(&a.value));
        if let (Some(low), Some(high)) = (a.low, a.high) {
            prop_assert!(low <= a.value && a.value <= high && a.standard_error.is_some());
        }
    }

    #[test]
    fn shares_sum_to_one_and_intervals_hold_them(sample in sample()) {
        let design = sample.design();
        let shares = design.whole().shares(&sample.domain, 3)?;
        prop_assert!((shares.iter().map(|it| it.value).sum::<f64>() - 1.0).abs() < 1e-12);
        let event: Vec<f64> = sample.domain.iter().map(|d| f64::from(u8::from(*d == 0))).collect();
        prop_assume!(shares[0].value > 0.0 && shares[0].value < 1.0);
        for method in [ShareInterval::Logit, ShareInterval::Likelihood, ShareInterval::Beta,
            ShareInterval::Mean, ShareInterval::Xlogit] {
            let it = design.whole().share(&event, method, 0.9, None, Missing::Refuse)?;
            let (low, high) = (it.interval.low - 1e-12, it.interval.high + 1e-12);
            prop_assert!(low <= it.estimate.value && it.estimate.value <= high, "{method:?} {it:?}");
        }
    }

    #[test]
    fn allocations_sum_and_keep_their_ends(
        strata in prop::collection::vec((1.0..500.0_f64, 0.0..20.0_f64, 0.5..9.0_f64), 1..8), share in 0.0..1.0_f64,
        least in 0..3_u64
    ) {
        let strata: Vec<Stratum> =
            strata.iter().map(|&(size, deviation, cost)| Stratum { size: size.floor(), deviation, cost }).collect();
        let all: f64 = strata.iter().map(|it| it.size).sum();
        let need: f64 = strata.iter().map(|it| it.size.min(least as f64)).sum();
        let n = (need + share * (all - need)).floor() as u64;
        prop_assume!(strata.iter().any(|it| it.deviation > 0.0));
        for rule in [AllocationRule::Neyman, AllocationRule::Optimal, AllocationRule::Proportional] {
            let it = allocation(&strata, n, rule, least)?;
            prop_assert_eq!(it.sample.iter().sum::<u64>(), n);
            prop_assert!((it.exact.iter().sum::<f64>() - n as f64).abs() < 1e-6);
            for (stratum, (&sample, exact)) in strata.iter().zip(it.sample.iter().zip(&it.exact)) {
                prop_assert!(sample as f64 <= stratum.size && (sample as f64 - exact).abs() < 1.0 + 1e-6);
                prop_assert!(sample as f64 >= stratum.size.min(least as f64));
            }
        }
    }

    #[test]
    fn inclusion_probabilities_sum_to_the_sample(sizes in prop::collection::vec(0.0..100.0_f64, 1..30), share in 0.0..1.0_f64) {
        let some = sizes.iter().filter(|&&size| size > 0.0).count();
        let n = share * some as f64;
        let p = inclusion_probabilities(&sizes, n)?;
        prop_assert!((p.iter().sum::<f64>() - n).abs() < 1e-9);
        prop_assert!(p.iter().all(|p| (0.0..=1.0 + 1e-12).contains(p)));
    }
}

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
