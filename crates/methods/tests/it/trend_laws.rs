//! Laws of `trend`, cases by hand, and answers to bad questions.
#![expect(clippy::float_cmp, reason = "what must have the same bits is compared so")]

use proptest::prelude::*;
use zhiheng_methods::Refusal;
use zhiheng_methods::trend::autocorrelated::{hamed_rao, pre_whitened, trend_free_pre_whitened, yue_wang};
use zhiheng_methods::trend::chain::{chain, chain_weighted, links, rebase, splice};
use zhiheng_methods::trend::decompose::{Kind, decompose};
use zhiheng_methods::trend::forecast::{Variance, forecast};
use zhiheng_methods::trend::growth::{average_by_level, average_by_sum, growth};
use zhiheng_methods::trend::holt_winters::{HoltWinters, Weight, holt_winters};
use zhiheng_methods::trend::mann_kendall::mann_kendall;
use zhiheng_methods::trend::pettitt::pettitt;
use zhiheng_methods::trend::sen::{seasonal_sen, sen};
use zhiheng_methods::trend::several::{
    partial, regional, regional_correlated, seasonal, seasonal_correlated,
};
use zhiheng_methods::trend::stl::{Season, Stl, stl};

/// Whole numbers with ties, as counts come.
fn counts(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((-50..50_i32).prop_map(f64::from), n)
}

fn varies(values: &[f64]) -> bool {
    values.iter().any(|value| *value != values[0])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn stl_adds_up_and_follows_shift_and_scale(
        values in counts(30..80),
        window in 2..20_usize,
        robust in any::<bool>(),
        linear in any::<bool>(),
        jump in 1..6_usize,
        period in 2..8_usize,
    ) {
        let options = Stl {
            season_linear: linear,
            trend_jump: Some(jump),
            robust,
            ..Stl::new(period, Season::Window(window))
        };
        let it = stl(&values, &options).unwrap();
        for (i, value) in values.iter().enumerate() {
            prop_assert!((it.seasonal[i] + it.trend[i] + it.remainder[i] - value).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&it.weights[i]));
        }
        if !robust {
            // A power of two and a whole number change nothing but the last bits.
            let moved: Vec<f64> = values.iter().map(|value| 4.0 * value + 1000.0).collect();
            let there = stl(&moved, &options).unwrap();
            for i in 0..values.len() {
                prop_assert!((4.0 * it.trend[i] + 1000.0 - there.trend[i]).abs() < 1e-7);
                prop_assert!((4.0 * it.seasonal[i] - there.seasonal[i]).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn a_periodic_season_repeats(values in counts(30..60), period in 2..9_usize) {
        let it = stl(&values, &Stl::new(period, Season::Periodic)).unwrap();
        for i in period..values.len() {
            prop_assert_eq!(it.seasonal[i].to_bits(), it.seasonal[i - period].to_bits());
        }
        let classical = decompose(&values, period, Kind::Additive, None).unwrap();
        prop_assert!(classical.figure.iter().sum::<f64>().abs() < 1e-9);
        let positive: Vec<f64> = values.iter().map(|value| value + 60.0).collect();
        let classical = decompose(&positive, period, Kind::Multiplicative, None).unwrap();
        prop_assert!((classical.figure.iter().sum::<f64>() / period as f64 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn smoothing_adds_up(
        values in counts(20..50),
        alpha in 0.01..=1.0_f64,
        beta in 0.0..=1.0_f64,
        gamma in 0.0..=1.0_f64,
    ) {
        let options = HoltWinters {
            alpha: Weight::Given(alpha),
            beta: Weight::Given(beta),
            gamma: Weight::Given(gamma),
            ..HoltWinters::new(4, Kind::Additive)
        };
        // Some of these run away; then they are refused, not NaN.
        if let Ok(it) = holt_winters(&values, &options) {
            let error: f64 = it.residuals.iter().map(|residual| residual * residual).sum();
            prop_assert!((error - it.squared_error).abs() <= 1e-9 * error);
            prop_assert_eq!(it.fitted.len(), values.len() - 4);
            if let Ok(next) = forecast(&it, 9, 0.9, Variance::Paper) {
                for pair in next.windows(2) {
                    prop_assert!(pair[1].interval.width() >= pair[0].interval.width());
                }
            }
        }
    }

    #[test]
    fn fitted_weights_are_no_worse_than_their_start(values in counts(16..40)) {
        let fitted = HoltWinters::new(4, Kind::Additive);
        let given = HoltWinters {
            alpha: Weight::Given(0.3),
            beta: Weight::Given(0.1),
            gamma: Weight::Given(0.1),
            ..fitted.clone()
        };
        let start = holt_winters(&values, &given).unwrap().squared_error;
        match holt_winters(&values, &fitted) {
            Ok(it) => {
                prop_assert!(it.squared_error <= start * (1.0 + 1e-6) + 1e-9);
                prop_assert!((0.0..=1.0).contains(&it.alpha));
            }
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::NotConverged { .. }), "{refusal}"),
        }
    }

    #[test]
    fn a_turned_series_falls_where_it_rose(values in counts(5..60), shift in -9..9_i32) {
        prop_assume!(varies(&values));
        let here = mann_kendall(&values, true).unwrap();
        let turned: Vec<f64> = values.iter().map(|value| 3.0 * f64::from(shift) - 2.0 * value).collect();
        let there = mann_kendall(&turned, true).unwrap();
        prop_assert_eq!((here.score, here.variance, here.p_value), (-there.score, there.variance, there.p_value));
        prop_assert!((0.0..=1.0).contains(&here.p_value));
        prop_assert!(here.tau.abs() <= 1.0 && here.tau_b.abs() <= 1.0 + 1e-12);
        let backwards: Vec<f64> = values.iter().rev().copied().collect();
        prop_assert_eq!(mann_kendall(&backwards, true).unwrap().score, -here.score);
        let (line, other) = (sen(&values, 0.9).unwrap(), sen(&turned, 0.9).unwrap());
        prop_assert!((line.slope + 0.5 * other.slope).abs() < 1e-12);
        prop_assert!(line.interval.low <= line.slope && line.slope <= line.interval.high);
        // One season is the series itself, and so is a region of one.
        let one = seasonal(&values, 1).unwrap();
        prop_assert_eq!((one.score, one.variance), (here.score, here.variance));
        let alone = regional_correlated(std::slice::from_ref(&values)).unwrap();
        prop_assert!((alone.variance - here.variance).abs() < 1e-6 * here.variance);
        prop_assert_eq!(regional(&[&values, &turned]).unwrap().score, 0.0);
        let _ = pettitt(&values).unwrap();
    }

    #[test]
    fn nothing_panics(values in counts(0..12), period in 0..5_usize, lags in 0..12_usize) {
        let mut gaps = values.clone();
        if let Some(first) = gaps.first_mut() {
            *first = f64::NAN;
        }
        for values in [&values, &gaps] {
            let finite = |it: Result<zhiheng_methods::trend::mann_kendall::MannKendall, Refusal>| {
                it.map_or(true, |it| {
                    [it.score, it.variance, it.z, it.p_value, it.tau, it.tau_b].iter().all(|part| part.is_finite())
                })
            };
            prop_assert!(finite(mann_kendall(values, false)));
            prop_assert!(finite(seasonal(values, period)));
            prop_assert!(finite(seasonal_correlated(values, period)));
            prop_assert!(finite(hamed_rao(values, 0.05, Some(lags))));
            prop_assert!(finite(yue_wang(values, Some(lags))));
            prop_assert!(finite(pre_whitened(values)));
            prop_assert!(finite(trend_free_pre_whitened(values)));
            let other: Vec<f64> = values.iter().rev().copied().collect();
            prop_assert!(finite(partial(values, &other)));
            prop_assert!(seasonal_sen(values, period, 0.95).map_or(true, |it| it.slope.is_finite()));
            let _ = (stl(values, &Stl::new(period, Season::Window(3))), pettitt(values));
            let _ = decompose(values, period, Kind::Multiplicative, None);
            let _ = holt_winters(values, &HoltWinters::new(period, Kind::Multiplicative));
            let _ = holt_winters(values, &HoltWinters::without_season());
        }
    }

    #[test]
    fn links_and_chains_are_inverse(values in proptest::collection::vec(0.5..2.0_f64, 2..40), at in 0..100_usize) {
        let back = chain(&links(&values).unwrap(), values[0]).unwrap();
        prop_assert!(values.iter().zip(&back).all(|(a, b)| (a - b).abs() < 1e-12 * a));
        let at = at % values.len();
        let rebased = rebase(&values, at, 100.0).unwrap();
        prop_assert!((rebased[at] - 100.0).abs() < 1e-12);
        let (a, b) = (links(&values).unwrap(), links(&rebased).unwrap());
        prop_assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-10));
        // A series spliced with itself on another level is itself on that level.
        let level: Vec<f64> = values.iter().map(|value| 3.0 * value).collect();
        let spliced = splice(&values, &level[1..], values.len() - 1).unwrap();
        prop_assert!(spliced.iter().zip(&level).all(|(a, b)| (a - b).abs() < 1e-12 * b));
        let average = average_by_level(&values).unwrap();
        let end = values[0] * (1.0 + average).powi(values.len() as i32 - 1);
        prop_assert!((end - values[values.len() - 1]).abs() < 1e-9);
        let sum = average_by_sum(&values).unwrap();
        prop_assert!(sum > -1.0 && sum.is_finite());
    }
}

/// A trend of 2 a month and a season of +3, 0, −3 come back from every method.
#[test]
fn a_plain_series_by_hand() {
    let values: Vec<f64> =
        (0..24).map(|i| 10.0 + 2.0 * f64::from(i) + [3.0, 0.0, -3.0][i as usize % 3]).collect();
    let parts = stl(&values, &Stl { robust: true, ..Stl::new(3, Season::Periodic) }).unwrap();
    assert!((0..24).all(|i| (parts.trend[i] - 10.0 - 2.0 * i as f64).abs() < 1e-9));
    let classical = decompose(&values, 3, Kind::Additive, None).unwrap();
    assert!((classical.figure[0] - 3.0).abs() < 1e-12 && classical.trend[0].is_none());
    // R's start level is that of row 0, two steps too low here; given the right one, nothing is left over.
    let given = HoltWinters {
        alpha: Weight::Given(0.4),
        start_level: Some(14.0),
        ..HoltWinters::new(3, Kind::Additive)
    };
    let it = holt_winters(&values, &given);
    let next = forecast(&it.unwrap(), 3, 0.95, Variance::Paper).unwrap();
    assert!((next[0].value - 61.0).abs() < 1e-9 && (next[2].value - 59.0).abs() < 1e-9);
    let line = seasonal_sen(&values, 3, 0.95).unwrap();
    assert_eq!((line.slope, line.interval.low, line.interval.high), (6.0, 6.0, 6.0));
    assert_eq!(seasonal(&values, 3).unwrap().tau, 1.0);
}

/// Gilbert (1987), example 16.2 in kind: 5 values, worked on paper.
#[test]
fn a_small_test_by_hand() {
    // Pairs of 6, 5, 7, 7, 9: rises 8, falls 1, one tie. V = (5·4·15 − 2·1·9)/18.
    let it = mann_kendall(&[6.0, 5.0, 7.0, 7.0, 9.0], true).unwrap();
    assert_eq!(it.score, 7.0);
    assert!((it.variance - 282.0 / 18.0).abs() < 1e-12);
    assert!((it.z - 6.0 / (282.0_f64 / 18.0).sqrt()).abs() < 1e-12);
    assert_eq!((it.tau, it.tau_b), (0.7, 7.0 / 90.0_f64.sqrt()));
}

/// Multiplicative intervals: with weights of 0 an error is forgotten at once, so only seasons scale it.
#[test]
fn multiplicative_intervals_by_hand() {
    let values: Vec<f64> =
        (0..16).map(|i| 100.0 * [0.5, 1.5][i % 2] + [1.0, -1.0, -1.0, 1.0][i % 4]).collect();
    let options = HoltWinters {
        alpha: Weight::Given(1e-9),
        beta: Weight::Given(0.0),
        gamma: Weight::Given(0.0),
        ..HoltWinters::new(2, Kind::Multiplicative)
    };
    let it = holt_winters(&values, &options).unwrap();
    let next = forecast(&it, 4, 0.95, Variance::Paper).unwrap();
    let widths: Vec<f64> = next.iter().map(|it| it.interval.width()).collect();
    assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-6 * widths[0]), "{widths:?}");
}

#[test]
fn chained_indices_by_hand() {
    assert_eq!(growth(&[10.0, 20.0, 15.0], 2).unwrap(), [None, None, Some(0.5)]);
    assert!(growth(&[1.0, 0.0, 2.0], 1).is_err() && growth(&[1.0], 0).is_err());
    assert!(chain(&[0.0], 100.0).is_err() && chain(&[f64::NAN], 100.0).is_err());
    assert_eq!(chain(&[], 100.0).unwrap(), [100.0]);
    assert!(links(&[1.0]).is_err() && rebase(&[1.0], 1, 100.0).is_err());
    assert!(splice(&[1.0], &[1.0], 0).is_err() && splice(&[1.0], &[1.0], 2).is_err());
    assert!(average_by_level(&[1.0]).is_err() && average_by_sum(&[1.0, -1.0]).is_err());
    assert!(average_by_sum(&[1e-300, 1e300]).is_err());
    let levels = [vec![1.0, 1.0], vec![2.0, 1.0]];
    assert!(chain_weighted(&levels, &[vec![0.0, 0.0], vec![1.0, 1.0]], 100.0).is_err());
    assert!(chain_weighted(&levels, &[vec![1.0], vec![1.0, 1.0]], 100.0).is_err());
}

#[test]
fn bad_series_are_refused() {
    let flat = [3.0; 20];
    assert!(matches!(mann_kendall(&flat, true), Err(Refusal::NoVariation { .. })));
    assert!(matches!(pettitt(&flat), Err(Refusal::NoVariation { .. })));
    let line: Vec<f64> = (0..30).map(f64::from).collect();
    assert!(matches!(hamed_rao(&line, 0.05, None), Err(Refusal::NoVariation { .. })));
    assert!(matches!(yue_wang(&line, Some(1)), Err(Refusal::NoVariation { .. })));
    assert!(matches!(partial(&line, &line), Err(Refusal::Contradiction { .. })));
    assert!(sen(&line, 1.0).is_err() && sen(&line[..2], 0.9).is_err());
    let mut infinite = line.clone();
    infinite[3] = f64::INFINITY;
    assert!(matches!(mann_kendall(&infinite, true), Err(Refusal::NotFinite { row: 3, .. })));
    assert!(matches!(sen(&infinite, 0.9), Err(Refusal::NotFinite { .. })));
    assert!(matches!(stl(&infinite, &Stl::new(4, Season::Periodic)), Err(Refusal::NotFinite { .. })));
    assert!(stl(&line, &Stl::new(15, Season::Periodic)).is_err());
    assert!(stl(&line, &Stl::new(1, Season::Periodic)).is_err());
    assert!(stl(&line, &Stl::new(4, Season::Window(1))).is_err());
    assert!(stl(&line, &Stl { trend_jump: Some(0), ..Stl::new(4, Season::Window(7)) }).is_err());
    assert!(stl(&[f64::MAX; 20], &Stl::new(4, Season::Window(7))).is_err());
    assert!(decompose(&line, 4, Kind::Additive, Some(&[])).is_err());
    assert!(decompose(&[0.0; 20], 4, Kind::Multiplicative, None).is_err());
    let mut season_missing = line.clone();
    season_missing.iter_mut().step_by(4).for_each(|value| *value = f64::NAN);
    assert!(matches!(decompose(&season_missing, 4, Kind::Additive, None), Err(Refusal::EmptyGroup { .. })));
    let given = |alpha| HoltWinters { alpha: Weight::Given(alpha), ..HoltWinters::level_only() };
    assert!(holt_winters(&line, &given(0.0)).is_err() && holt_winters(&line, &given(1.5)).is_err());
    assert!(holt_winters(&line, &HoltWinters { alpha: Weight::Off, ..given(0.5) }).is_err());
    assert!(holt_winters(&line[..1], &given(0.5)).is_err());
    assert!(holt_winters(&line, &HoltWinters::new(4, Kind::Multiplicative)).is_err());
    let short = HoltWinters { start_season: Some(vec![0.0; 3]), ..HoltWinters::new(4, Kind::Additive) };
    assert!(matches!(holt_winters(&line, &short), Err(Refusal::Lengths { .. })));
}
