//! Laws of design-based estimates.
#![expect(clippy::float_cmp, reason = "whole numbers and degrees of freedom come out exactly")]

use proptest::prelude::*;
use zhiheng_methods::survey::{
    AllocationRule, Calibration, Design, Distance, Lonely, Margin, Missing, Plan, QuantileOptions,
    RakingControl, ShareInterval, Stage, Stratum, allocation, inclusion_probabilities,
};

/// A stratified sample of clusters.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) strata: Vec<u32>,
    pub(crate) clusters: Vec<u32>,
    pub(crate) weights: Vec<f64>,
    pub(crate) y: Vec<f64>,
    pub(crate) x: Vec<f64>,
    pub(crate) domain: Vec<u32>,
}

impl Sample {
    pub(crate) fn design(&self) -> Design {
        self.prepare(Lonely::Fail, false).expect("good")
    }

    pub(crate) fn prepare(&self, lonely: Lonely, nest: bool) -> Result<Design, zhiheng_methods::Refusal> {
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
