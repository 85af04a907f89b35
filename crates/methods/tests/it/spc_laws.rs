//! Laws of control charts: shifts and scales, patterns by their definitions, and answers to bad questions.

use proptest::prelude::*;
use zhiheng_methods::spc::arl::{EwmaLimits, Reflection, Sides};
use zhiheng_methods::spc::capability::{self, Specification, capability, performance};
use zhiheng_methods::spc::individuals::{Spread, moving_range_chart, value_chart};
use zhiheng_methods::spc::rules::{Rule, nelson, violating_runs, western_electric};
use zhiheng_methods::spc::subgroups::Estimator;
use zhiheng_methods::spc::variables::{deviation_chart, mean_chart, range_chart};
use zhiheng_methods::spc::{
    Chart, Constants, Point, Settings, Subgroups, Width, arl, attributes, constants, cusum, ewma, laney,
    pareto, yields,
};

/// A chart of given z scores with limits at 3.
fn chart(z: &[f64]) -> Chart {
    let point = |&value: &f64| Point { value, size: 1.0, centre: 0.0, low: -3.0, high: 3.0, error: 1.0 };
    Chart { points: z.iter().map(point).collect(), centre: 0.0, deviation: 1.0 }
}

/// The patterns by their definition: any window that ends in the point.
fn by_definition(z: &[f64], rule: Rule) -> Vec<usize> {
    let window = |i: usize, length: usize| (i + 1 >= length).then(|| &z[i + 1 - length..=i]);
    let all = |i: usize, length: usize, test: &dyn Fn(f64) -> bool| {
        window(i, length).is_some_and(|window| window.iter().all(|&z| test(z)))
    };
    let steps = |i: usize, length: usize, test: &dyn Fn(usize, f64) -> bool| {
        window(i, length)
            .is_some_and(|window| window.windows(2).enumerate().all(|(k, pair)| test(k, pair[1] - pair[0])))
    };
    let sign = |k: usize| if k.is_multiple_of(2) { 1.0 } else { -1.0 };
    let most = |i: usize, limit: f64, needed: usize, length: usize| {
        [1.0, -1.0].iter().any(|side| {
            let from = (i + 1).saturating_sub(length);
            z[i] * side > limit && z[from..=i].iter().filter(|z| **z * side > limit).count() >= needed
        })
    };
    let holds = |i: usize| match rule {
        Rule::Beyond => z[i].abs() > 3.0,
        Rule::OneSide => all(i, 9, &|z| z > 0.0) || all(i, 9, &|z| z < 0.0),
        Rule::Trend => steps(i, 6, &|_, step| step > 0.0) || steps(i, 6, &|_, step| step < 0.0),
        Rule::Alternating => {
            steps(i, 14, &|k, step| step * sign(k) > 0.0) || steps(i, 14, &|k, step| step * sign(k) < 0.0)
        }
        Rule::TwoOfThree => most(i, 2.0, 2, 3),
        Rule::FourOfFive => most(i, 1.0, 4, 5),
        Rule::Hugging => all(i, 15, &|z| z.abs() <= 1.0),
        Rule::Avoiding => all(i, 8, &|z| z.abs() > 1.0),
    };
    (0..z.len()).filter(|&i| holds(i)).collect()
}

/// Series in which all patterns occur, ties among them.
fn series() -> impl Strategy<Value = Vec<f64>> {
    let part = prop_oneof![
        prop::collection::vec(-4.0..4.0_f64, 1..12),
        prop::collection::vec(0.1..0.9_f64, 8..20),
        (1..9_i32, 0.1..0.8_f64).prop_map(|(n, step)| (0..n).map(|i| f64::from(i) * step - 1.0).collect()),
        (10..20_i32).prop_map(|n| (0..n).map(|i| if i % 2 == 0 { 1.2 } else { -1.2 }).collect()),
        prop::collection::vec((-3..=3_i32).prop_map(f64::from), 1..10),
        prop::collection::vec(1.1..2.5_f64, 3..9),
    ];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
}

fn groups() -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(prop::collection::vec(-50.0..50.0_f64, 2..7), 2..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn rules_follow_their_definitions(z in series()) {
        let chart = chart(&z);
        let signals = nelson(&chart, &Rule::NELSON);
        for rule in Rule::NELSON {
            let found: Vec<usize> = signals.iter().filter(|it| it.rule == rule).map(|it| it.point).collect();
            prop_assert_eq!(&found, &by_definition(&z, rule), "{:?} {:?}", rule, z);
        }
        // a mirrored series has the same signals
        let mirror: Vec<f64> = z.iter().map(|z| -z).collect();
        prop_assert_eq!(nelson(&self::chart(&mirror), &Rule::NELSON), signals.clone());
        let mut runs = violating_runs(&chart, 9);
        runs.sort_unstable();
        prop_assert_eq!(runs, by_definition(&z, Rule::OneSide));
        prop_assert!(western_electric(&chart).len() >= signals.iter().filter(|it| it.rule == Rule::Beyond).count());
    }

    #[test]
    fn charts_move_and_stretch_with_the_data(groups in groups(), shift in -100.0..100.0_f64, scale in 0.1..10.0_f64) {
        let plain = Subgroups::new(&groups).unwrap();
        let moved = Subgroups::new(groups.iter().map(|g| g.iter().map(|x| scale * x + shift).collect::<Vec<_>>())).unwrap();
        let turned = Subgroups::new(groups.iter().map(|g| g.iter().rev().copied().collect::<Vec<_>>())).unwrap();
        for estimator in [None, Some(Estimator::MvlueSd), Some(Estimator::Rmsdf)] {
            let settings = Settings { estimator, ..Settings::default() };
            let (Ok(a), Ok(b), Ok(c)) = (
                mean_chart(&plain, None, &settings),
                mean_chart(&moved, None, &settings),
                mean_chart(&turned, None, &settings),
            ) else {
                continue; // values that happen not to vary
            };
            let near = |x: f64, y: f64| (x - y).abs() < 1e-9 * (1.0 + x.abs() + y.abs());
            prop_assert!(near(scale * a.centre + shift, b.centre) && near(scale * a.deviation, b.deviation));
            prop_assert!(near(a.deviation, c.deviation));
            for (a, b) in a.points.iter().zip(&b.points) {
                prop_assert!(near(scale * a.low + shift, b.low) && near(scale * a.high + shift, b.high));
            }
        }
        if let (Ok(a), Ok(b)) =
            (range_chart(&plain, None, &Settings::default()), range_chart(&moved, None, &Settings::default()))
        {
            prop_assert!((scale * a.centre - b.centre).abs() < 1e-9 * (1.0 + b.centre));
            prop_assert!(a.points.iter().all(|point| point.low >= 0.0 && point.low <= point.high));
        }
    }

    #[test]
    fn doubled_counts_and_sizes_keep_the_share(found in prop::collection::vec(0..20_u64, 2..30)) {
        let sizes: Vec<u64> = found.iter().map(|x| 20 + x).collect();
        let double: Vec<u64> = found.iter().map(|x| 2 * x).collect();
        let doubled: Vec<u64> = sizes.iter().map(|n| 2 * n).collect();
        let width = Width::Sigmas(3.0);
        let Ok(a) = attributes::share_chart(&found, &sizes, None, width, None) else {
            prop_assert!(found.iter().all(|&x| x == 0));
            return Ok(());
        };
        let b = attributes::share_chart(&double, &doubled, None, width, None).unwrap();
        prop_assert!((a.centre - b.centre).abs() < 1e-15);
        for (a, b) in a.points.iter().zip(&b.points) {
            prop_assert!((a.error / b.error - 2.0_f64.sqrt()).abs() < 1e-12);
            prop_assert!(b.low >= a.low && b.high <= a.high);
        }
        let np = attributes::number_chart(&found, &sizes, None, width, None).unwrap();
        for (p, np) in a.points.iter().zip(&np.points) {
            prop_assert!((p.high * p.size - np.high).abs() < 1e-9 && (p.z() - np.z()).abs() < 1e-9);
        }
        if let Ok(wide) = laney::share_chart(&found, &sizes, None, width, Constants::Exact) {
            for (p, wide) in a.points.iter().zip(&wide.chart.points) {
                prop_assert!((p.error * wide.sigma_z_of(p) - wide.error).abs() < 1e-12 * wide.error);
            }
        }
    }

    #[test]
    fn sums_and_averages_by_definition(z in prop::collection::vec(-3.0..3.0_f64, 1..60), lambda in 0.01..1.0_f64) {
        let chart = chart(&z);
        let sums = cusum::sums(&chart, cusum::Settings::default()).unwrap();
        for i in 0..z.len() {
            // the largest sum of a stretch that ends here
            let stretch = (0..=i).map(|from| z[from..=i].iter().map(|z| z - 0.5).sum::<f64>()).fold(0.0, f64::max);
            prop_assert!((sums[i].above - stretch).abs() < 1e-12);
            prop_assert!(sums[i].above >= 0.0 && sums[i].below <= 0.0);
        }
        let averages = ewma::averages(&chart, lambda, 3.0).unwrap();
        for (i, average) in averages.iter().enumerate() {
            let weighted: f64 = (0..=i).map(|j| lambda * (1.0 - lambda).powi((i - j) as i32) * z[j]).sum();
            prop_assert!((average.value - weighted).abs() < 1e-12);
            prop_assert!((average.low + average.high).abs() < 1e-12);
        }
    }

    #[test]
    fn run_lengths_fall_with_the_shift(k in 0.1..1.0_f64, h in 1.0..6.0_f64, mu in 0.0..2.0_f64, lambda in 0.05..1.0_f64) {
        let cusum = |mu| arl::cusum(k, h, mu, 0.0, Sides::One).unwrap();
        prop_assert!(cusum(mu) > cusum(mu + 0.3) && cusum(mu) >= 1.0);
        // without a head start two sides combine as two alarms
        let up = cusum(mu);
        // a run too long to tell is as good as endless
        let down = arl::cusum(k, h, -mu, 0.0, Sides::One).unwrap_or(f64::INFINITY);
        let two = arl::cusum(k, h, mu, 0.0, Sides::Two).unwrap();
        prop_assert!((1.0 / two - 1.0 / up - 1.0 / down).abs() < 1e-9 / two);
        let limit = h / 2.0 + 0.5;
        let ewma = |mu| arl::ewma(lambda, limit, mu, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).unwrap();
        prop_assert!(ewma(mu) > ewma(mu + 0.3));
        prop_assert!((ewma(mu) / ewma(-mu) - 1.0).abs() < 1e-8);
        // narrow first limits signal sooner
        let exact = arl::ewma(lambda, limit, mu, 0.0, Reflection::TwoSided, EwmaLimits::Exact).unwrap();
        prop_assert!(exact <= ewma(mu) * (1.0 + 1e-9));
        // with all the weight on the newest point it is a Shewhart chart
        let newest = arl::ewma(1.0, limit, mu, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).unwrap();
        let shewhart = arl::shewhart(limit, mu, Sides::Two).unwrap();
        prop_assert!((newest / shewhart - 1.0).abs() < 1e-9);
    }

    #[test]
    fn capability_does_not_depend_on_the_unit(
        values in prop::collection::vec(-1.0..1.0_f64, 2..40), scale in 0.01..100.0_f64, shift in -100.0..100.0_f64,
    ) {
        let spec = |scale: f64, shift: f64| Specification {
            lower: Some(-2.0 * scale + shift),
            upper: Some(3.0 * scale + shift),
            target: Some(0.3 * scale + shift),
        };
        let settings = capability::Settings::default();
        let Ok(a) = performance(&values, &spec(1.0, 0.0), settings) else {
            return Ok(()); // values that happen not to vary
        };
        let moved: Vec<f64> = values.iter().map(|x| scale * x + shift).collect();
        if let Ok(b) = performance(&moved, &spec(scale, shift), settings) {
            let near = |x: f64, y: f64| (x / y - 1.0).abs() < 1e-5;
            prop_assert!(near(a.actual.value, b.actual.value) || a.actual.value > 1e3, "{a:?} {b:?}");
        }
        prop_assert!(a.actual.interval.contains(a.actual.value));
        prop_assert!(a.actual.value <= a.potential.unwrap().value * (1.0 + 1e-12));
        prop_assert!(a.target.unwrap().value <= a.potential.unwrap().value * (1.0 + 1e-12));
    }

    #[test]
    fn a_pareto_table_keeps_the_sum(counts in prop::collection::vec(0.0..1000.0_f64, 1..40), cut in 0.05..1.0_f64) {
        let Ok(table) = pareto::table(&counts, cut) else {
            prop_assert!(counts.iter().all(|&count| count == 0.0));
            return Ok(());
        };
        prop_assert!((table.last().unwrap().cumulative_share - 1.0).abs() < 1e-12);
        prop_assert!(table.windows(2).all(|pair| pair[0].count >= pair[1].count));
        let vital = table.iter().filter(|it| it.vital).count();
        prop_assert!(vital >= 1 && table[vital - 1].cumulative_share >= cut - 1e-12);
    }
}

/// How many times wider than without Laney's factor.
trait Widened {
    fn sigma_z_of(&self, plain: &Point) -> f64;
}

impl Widened for Point {
    fn sigma_z_of(&self, plain: &Point) -> f64 {
        self.error / plain.error
    }
}

#[test]
fn laney_widens_every_point_alike() {
    let found = [50, 80, 30, 120, 61];
    let sizes = [1000, 1200, 900, 1500, 1000];
    let width = Width::Sigmas(3.0);
    let plain = attributes::share_chart(&found, &sizes, None, width, None).unwrap();
    let wide = laney::share_chart(&found, &sizes, None, width, Constants::Exact).unwrap();
    assert!(wide.sigma_z > 1.0);
    for (a, b) in plain.points.iter().zip(&wide.chart.points) {
        assert!((b.error / a.error / wide.sigma_z - 1.0).abs() < 1e-14);
    }
}

#[test]
fn missing_values_leave_their_subgroup() {
    let with = Subgroups::new([vec![1.0, f64::NAN, 3.0], vec![2.0, 5.0]]).unwrap();
    let without = Subgroups::new([vec![1.0, 3.0], vec![2.0, 5.0]]).unwrap();
    let settings = Settings::default();
    assert_eq!(mean_chart(&with, None, &settings).unwrap(), mean_chart(&without, None, &settings).unwrap());
}

#[test]
fn limits_come_from_the_base_alone() {
    let all = Subgroups::new([[1.0, 2.0], [2.0, 4.0], [90.0, 20.0]]).unwrap();
    let base = Subgroups::new([[1.0, 2.0], [2.0, 4.0]]).unwrap();
    let marks = [true, true, false];
    for chart in [mean_chart, range_chart, deviation_chart] {
        let a = chart(&all, Some(&marks), &Settings::default()).unwrap();
        let b = chart(&base, None, &Settings::default()).unwrap();
        assert_eq!((a.centre, a.deviation, &a.points[..2]), (b.centre, b.deviation, &b.points[..]));
    }
}

#[test]
fn a_given_process_is_taken() {
    let groups = Subgroups::new([[1.0, 2.0], [2.0, 4.0]]).unwrap();
    let settings = Settings { centre: Some(0.0), deviation: Some(2.0), ..Settings::default() };
    let chart = mean_chart(&groups, None, &settings).unwrap();
    assert!((chart.points[0].high - 6.0 / 2.0_f64.sqrt()).abs() < 1e-15);
}

#[test]
fn bad_questions_are_refused() {
    assert!(Subgroups::new(Vec::<Vec<f64>>::new()).is_err());
    assert!(Subgroups::new([vec![f64::NAN]]).is_err());
    assert!(Subgroups::new([vec![1.0, f64::INFINITY]]).is_err());
    let single = Subgroups::new([vec![1.0], vec![2.0, 3.0]]).unwrap();
    let constant = Subgroups::new([[1.0, 1.0], [2.0, 2.0]]).unwrap();
    let good = Subgroups::new([[1.0, 2.0], [2.0, 4.0]]).unwrap();
    let settings = Settings::default();
    for chart in [mean_chart, range_chart, deviation_chart] {
        assert!(chart(&single, None, &settings).is_err());
        assert!(chart(&constant, None, &settings).is_err());
        assert!(chart(&good, Some(&[true]), &settings).is_err());
        assert!(chart(&good, Some(&[false, false]), &settings).is_err());
        for width in [Width::Sigmas(0.0), Width::Sigmas(f64::NAN), Width::Coverage(1.0)] {
            assert!(chart(&good, None, &Settings { width, ..settings }).is_err());
        }
        let bad = Settings { deviation: Some(-1.0), ..settings };
        assert!(chart(&good, None, &bad).is_err());
    }
    assert!(range_chart(&good, None, &Settings { estimator: Some(Estimator::Rmsdf), ..settings }).is_err());
    let large = Subgroups::new([(0..26).map(f64::from).collect::<Vec<_>>()]).unwrap();
    let qcc = Settings { constants: Constants::Qcc, ..settings };
    assert!(range_chart(&large, None, &qcc).is_err() && range_chart(&large, None, &settings).is_ok());
    for span in [0, 1, 5, 2000] {
        assert!(value_chart(&[1.0, 2.0, 4.0], None, Spread::MovingRange(span), &settings).is_err(), "{span}");
        assert!(moving_range_chart(&[1.0, 2.0, 4.0], None, span, &settings).is_err(), "{span}");
    }
    assert!(value_chart(&[1.0, f64::NAN, 4.0], None, Spread::MovingRange(2), &settings).is_err());
    assert!(value_chart(&[], None, Spread::MovingRange(2), &settings).is_err());
    assert!(value_chart(&[1e200, 0.0], None, Spread::MovingRange(2), &settings).is_err());
    let sure = Settings { width: Width::Coverage(1.0 - 1e-14), ..settings };
    assert!(range_chart(&good, None, &sure).is_err() && mean_chart(&good, None, &sure).is_ok());
    let width = Width::Sigmas(3.0);
    assert!(attributes::share_chart(&[1], &[0], None, width, None).is_err());
    assert!(attributes::share_chart(&[3], &[2], None, width, None).is_err());
    assert!(attributes::share_chart(&[0, 0], &[2, 2], None, width, None).is_err());
    assert!(attributes::share_chart(&[1], &[2, 2], None, width, None).is_err());
    assert!(attributes::count_chart(&[0, 0], None, width, None).is_err());
    assert!(attributes::rate_chart(&[1], &[f64::NAN], None, width, None).is_err());
    assert!(laney::rate_chart(&[1], &[1.0], None, width, Constants::Exact).is_err());
    let chart = value_chart(&[1.0, 2.0, 4.0], None, Spread::MovingRange(2), &settings).unwrap();
    let cusum = |interval, shift, head_start| {
        cusum::sums(&chart, cusum::Settings { interval, shift, head_start }).is_err()
    };
    assert!(
        cusum(0.0, 1.0, 0.0) && cusum(5.0, -1.0, 0.0) && cusum(5.0, 1.0, 5.0) && cusum(5.0, f64::NAN, 0.0)
    );
    assert!(ewma::averages(&chart, 0.0, 3.0).is_err() && ewma::averages(&chart, 0.2, 0.0).is_err());
    let spec = |lower, upper, target| Specification { lower, upper, target };
    let values = [1.0, 2.0, 3.0];
    for bad in [
        spec(None, None, None),
        spec(Some(2.0), Some(1.0), None),
        spec(Some(0.0), Some(1.0), Some(2.0)),
        spec(Some(f64::NAN), None, None),
    ] {
        assert!(capability(&values, 2.0, 1.0, &bad, capability::Settings::default()).is_err(), "{bad:?}");
    }
    let fine = spec(Some(0.0), None, None);
    assert!(capability(&values, 2.0, 0.0, &fine, capability::Settings::default()).is_err());
    assert!(performance(&[1.0, 1.0], &fine, capability::Settings::default()).is_err());
    assert!(arl::cusum(0.5, 0.0, 0.0, 0.0, Sides::One).is_err());
    assert!(arl::cusum(0.5, 4.0, f64::NAN, 0.0, Sides::One).is_err());
    assert!(arl::cusum(20.0, 50.0, 0.0, 0.0, Sides::One).is_err(), "no double tells so long a run");
    assert!(arl::ewma(0.0, 3.0, 0.0, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).is_err());
    assert!(arl::ewma(0.1, 3.0, 0.0, 4.0, Reflection::TwoSided, EwmaLimits::Fixed).is_err());
    assert!(arl::ewma(0.1, 3.0, 0.0, 0.0, Reflection::At(0.0), EwmaLimits::Exact).is_err());
    assert!(arl::ewma(0.001, 15.0, 0.0, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).is_err());
    assert!(arl::cusum_interval(0.5, 2.0, 0.0, Sides::One).is_err(), "no interval signals so soon");
    assert!(arl::cusum_interval(0.5, 1.0, 0.0, Sides::One).is_err());
    assert!(arl::shewhart(f64::INFINITY, 0.0, Sides::Two).is_err());
    assert!(constants::factors(1).is_err() && constants::factors(1001).is_err());
    assert!(pareto::table(&[0.0], 0.8).is_err() && pareto::table(&[-1.0], 0.8).is_err());
    assert!(yields::defects(1, 0, 1, 0.95).is_err() && yields::defects(1, 1, 1, 1.0).is_err());
    assert!(yields::rolled(&[]).is_err() && yields::rolled(&[(3, 4)]).is_err());
}

/// 3.4 defects per million are six sigma, by the convention of 1.5.
#[test]
fn six_sigma() {
    let it = yields::defects(34, 10_000_000, 1, 0.95).unwrap();
    assert!((it.dpmo - 3.4).abs() < 1e-12 && (it.sigma_level.unwrap() - 6.0).abs() < 1e-3);
    assert_eq!(yields::defects(0, 10, 1, 0.95).unwrap().sigma_level, None);
}
