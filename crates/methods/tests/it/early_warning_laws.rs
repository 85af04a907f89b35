//! Laws of the early-warning methods that hold for all series, and answers to bad questions.

use proptest::prelude::*;
use zhiheng_methods::early_warning::bayes::{self, Reference};
use zhiheng_methods::early_warning::calendar::{Calendar, Step, date, day_number};
use zhiheng_methods::early_warning::cusum::{self, Cusum, InControl, Transform};
use zhiheng_methods::early_warning::ears::{self, Ears, Method};
use zhiheng_methods::early_warning::farrington::{self, Farrington, Judged, Series};
use zhiheng_methods::early_warning::flexible::{self, Bounds, Flexible};
use zhiheng_methods::early_warning::likelihood_ratio::{
    self, Change, Direction, Distribution, LikelihoodRatio,
};
use zhiheng_methods::early_warning::season::{self, Season};
use zhiheng_methods::early_warning::threshold::Power;
use zhiheng_methods::early_warning::{budget, epiweek, historical_limits, rki, run_length};

/// Counts of a series: quiet, busy, with runs of zeros and single peaks.
fn counts(n: usize) -> impl Strategy<Value = Vec<f64>> {
    let one = prop_oneof![
        4 => 0..4_u32,
        3 => 0..30_u32,
        1 => 0..2000_u32,
        2 => Just(0_u32),
    ];
    let rough = proptest::collection::vec(one.prop_map(f64::from), n);
    let level = (0..300_u32).prop_map(move |level| vec![f64::from(level); n]);
    let gentle = (1..60_u32, proptest::collection::vec(0..1000_u32, n))
        .prop_map(|(level, noise)| noise.into_iter().map(|part| f64::from(level * part / 500)).collect());
    prop_oneof![4 => rough, 1 => level, 4 => gentle]
}

fn flexible_options() -> impl Strategy<Value = Flexible> {
    (
        (1..4_usize, 0..5_usize, prop_oneof![Just(1_usize), 2..12_usize], 0..40_usize),
        (any::<bool>(), any::<bool>(), prop_oneof![Just(0.05), Just(1.0), Just(0.0)], 0.0001..0.5_f64),
        (
            prop_oneof![Just(Bounds::Delta), Just(Bounds::Plugin), Just(Bounds::Upper)],
            prop_oneof![Just(Power::None), Just(Power::Half), Just(Power::TwoThirds)],
        ),
    )
        .prop_map(
            |((years, half_window, periods, left), (reweight, trend, trend_p, alpha), (bounds, power))| {
                Flexible {
                    years,
                    half_window,
                    periods,
                    weeks_left_out: Some(left),
                    reweight,
                    trend,
                    trend_p,
                    alpha,
                    bounds,
                    power,
                    ..Flexible::default()
                }
            },
        )
}

fn finite(it: &Judged) -> bool {
    [it.expected, it.bound, it.p_value, it.dispersion, it.trend].into_iter().flatten().all(f64::is_finite)
        && it.score.is_none_or(|score| !score.is_nan())
        && it.dispersion.is_none_or(|dispersion| dispersion >= 1.0)
        && it.p_value.is_none_or(|p| (0.0..=1.0).contains(&p))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn the_farrington_methods_always_answer(
        counts in counts(190), gaps in proptest::collection::vec(0..190_usize, 0..12), options in flexible_options(),
    ) {
        let mut counts = counts;
        for gap in gaps {
            counts[gap] = f64::NAN;
        }
        let series = Series { counts: &counts, population: None, calendar: Calendar::Steps(52) };
        for it in flexible::detect(&series, 170..190, &options).unwrap() {
            prop_assert!(finite(&it), "{it:?}");
            prop_assert!(it.bound.is_some() == it.silence.is_none() || it.bound.is_none(), "{it:?}");
        }
        let classic = Farrington {
            years: options.years,
            half_window: options.half_window,
            reweight: options.reweight,
            trend: options.trend,
            alpha: options.alpha,
            power: options.power,
            ..Farrington::default()
        };
        for it in farrington::detect(&series, 170..190, &classic).unwrap() {
            prop_assert!(finite(&it), "{it:?}");
        }
    }

    #[test]
    fn many_series_are_judged_like_one(a in counts(180), b in counts(180), options in flexible_options()) {
        let of = |counts| Series { counts, population: None, calendar: Calendar::Steps(52) };
        let all = [of(a.as_slice()), of(&b), of(&a)];
        let together = flexible::detect_many(&all, 175..180, &options);
        for (one, series) in together.iter().zip(&all) {
            prop_assert_eq!(one, &flexible::detect(series, 175..180, &options));
        }
    }

    /// A population that does not change says nothing, weeks before the baseline neither.
    #[test]
    fn constant_populations_and_earlier_weeks_change_nothing(
        counts in counts(180), people in 1.0..1e7_f64, earlier in 1..60_usize, trend in any::<bool>(),
    ) {
        let options = Flexible { years: 3, periods: 5, trend, trend_p: 1.0, ..Flexible::default() };
        let plain = Series { counts: &counts, population: None, calendar: Calendar::Steps(52) };
        let it = flexible::detect(&plain, 179..180, &options).unwrap()[0];
        let population = vec![people; 180];
        let rated = Series { population: Some(&population), ..plain };
        let offset = flexible::detect(&rated, 179..180, &Flexible { offset: true, ..options }).unwrap()[0];
        let mut longer = vec![7.0; earlier];
        longer.extend_from_slice(&counts);
        let later = Series { counts: &longer, ..plain };
        let week = 179 + earlier;
        let shifted = flexible::detect(&later, week..week + 1, &options).unwrap()[0];
        for other in [offset, shifted] {
            prop_assert_eq!(it.silence, other.silence);
            if let (Some(bound), Some(same)) = (it.bound, other.bound) {
                prop_assert!((bound - same).abs() <= 1e-6 * bound.max(1.0), "{it:?} {other:?}");
            }
        }
    }

    #[test]
    fn ears_moves_and_scales_with_the_counts(counts in counts(30), by in 0..50_u32, times in 1..9_u32) {
        let (by, times) = (f64::from(by), f64::from(times));
        for method in [Method::C1, Method::C2, Method::C3] {
            let options = Ears { sigma_min: 0.5, ..Ears::new(method) };
            let here = ears::detect(&counts, 15..30, &options).unwrap();
            let moved: Vec<f64> = counts.iter().map(|count| count + by).collect();
            let there = ears::detect(&moved, 15..30, &options).unwrap();
            let scaled: Vec<f64> = counts.iter().map(|count| count * times).collect();
            let wide = ears::detect(&scaled, 15..30, &Ears { sigma_min: 0.5 * times, ..options }).unwrap();
            for ((here, there), wide) in here.iter().zip(&there).zip(&wide) {
                let (bound, far, scaled) = (here.bound.unwrap(), there.bound.unwrap(), wide.bound.unwrap());
                // the bound of C3 stops at 0
                if bound > 0.0 {
                    prop_assert!((far - bound - by).abs() < 1e-9 * far.max(1.0));
                }
                prop_assert!((scaled - bound * times).abs() < 1e-9 * scaled.max(1.0));
            }
        }
    }

    #[test]
    fn the_order_of_the_baseline_does_not_matter(counts in counts(120), turn in 1..6_usize) {
        let mut turned = counts.clone();
        turned[113..119].rotate_left(turn);
        turned[61..74].reverse();
        let reference = Reference::weekly(1, 6, true);
        let [a, b] = [&counts, &turned].map(|counts| bayes::detect(counts, 119..120, reference, 0.01).unwrap());
        prop_assert_eq!(a, b);
        let [a, b] = [&counts, &turned].map(|counts| rki::detect(counts, 119..120, reference).unwrap()[0]);
        prop_assert!((a.bound.unwrap() - b.bound.unwrap()).abs() < 1e-9 * a.bound.unwrap());
        // one case more in the baseline never lowers the bound
        turned[115] += 1.0;
        let more = bayes::detect(&turned, 119..120, reference, 0.01).unwrap()[0];
        let less = bayes::detect(&counts, 119..120, reference, 0.01).unwrap()[0];
        prop_assert!(more.bound.unwrap() >= less.bound.unwrap());
    }

    #[test]
    fn charts_rise_with_the_counts(counts in counts(40), mean in 0.2..40.0_f64, at in 0..40_usize) {
        let mut more = counts.clone();
        more[at] += 3.0;
        for transform in [
            Transform::Standard,
            Transform::Rossi,
            Transform::Anscombe,
            Transform::AnscombeSecond,
            Transform::PearsonNegativeBinomial { alpha: 0.2 },
            Transform::AnscombeNegativeBinomial { alpha: 0.2 },
            Transform::None,
        ] {
            let options = Cusum { k: 1.0, h: 4.0, mean: InControl::Known(mean), transform };
            let [low, high] = [&counts, &more].map(|counts| cusum::detect(counts, 0..40, &options).unwrap());
            for (low, high) in low.iter().zip(&high) {
                prop_assert!(low.sum >= 0.0 && low.bound >= 0.0 && low.bound.is_finite());
                // Rossi's residual falls a little near 0
                prop_assert!(high.sum >= low.sum - 1e-9 || transform == Transform::Rossi, "{low:?} {high:?}");
            }
        }
    }

    #[test]
    fn longer_windows_find_more(counts in counts(25), mean in 0.2..40.0_f64, alpha in 0.01..2.0_f64) {
        let means = vec![mean; 25];
        for distribution in [Distribution::Poisson, Distribution::NegativeBinomial { alpha }] {
            for direction in [Direction::Increase, Direction::Decrease] {
                let change = Change::Unknown(direction);
                // never alarms, so that the charts do not start anew
                let base = LikelihoodRatio { distribution, change, threshold: 1e15, ..Default::default() };
                let narrow = LikelihoodRatio { window: Some(4), ..base };
                let all = likelihood_ratio::detect(&counts, 0..25, &means, &base).unwrap();
                let some = likelihood_ratio::detect(&counts, 0..25, &means, &narrow).unwrap();
                for (all, some) in all.iter().zip(&some) {
                    prop_assert!(all.statistic.is_finite() && some.statistic >= 0.0);
                    prop_assert!(all.statistic >= some.statistic - 1e-7 * all.statistic.max(1.0));
                }
            }
        }
    }

    #[test]
    fn adjusted_p_values_keep_order_and_place(p_values in proptest::collection::vec(0.0..=1.0_f64, 1..60), turn in 0..60_usize) {
        let it = budget::adjusted(&p_values).unwrap();
        let mut turned = p_values.clone();
        let turn = turn % p_values.len();
        turned.rotate_left(turn);
        let mut expected = it.clone();
        expected.rotate_left(turn);
        prop_assert_eq!(budget::adjusted(&turned).unwrap(), expected);
        for (i, p) in p_values.iter().enumerate() {
            prop_assert!(it[i] >= *p && it[i] <= 1.0);
            for (j, other) in p_values.iter().enumerate() {
                prop_assert!(p > other || it[i] <= it[j]);
            }
        }
    }

    #[test]
    fn a_cutoff_keeps_to_its_budget(scores in proptest::collection::vec(0..40_u32, 1..200), budget in 0.1..30.0_f64, weeks in 1..20_u64) {
        let scores: Vec<f64> = scores.into_iter().map(f64::from).collect();
        let it = budget::cutoff(&scores, weeks, budget, 0.95).unwrap();
        prop_assert!(it.per_week <= budget && it.interval.contains(it.per_week));
        prop_assert_eq!(it.alarms, scores.iter().filter(|score| **score > it.score).count() as u64);
    }

    #[test]
    fn weeks_hold_their_days(day in -400_000..400_000_i32) {
        for system in [epiweek::System::Iso, epiweek::System::Mmwr] {
            let week = epiweek::week(day, system);
            let begin = epiweek::first_day(week, system).unwrap();
            prop_assert!((begin..begin + 7).contains(&day));
            prop_assert!((1..=epiweek::weeks_in(week.year, system)).contains(&week.week));
            let next = epiweek::week(begin + 7, system);
            let follows = next.week == week.week + 1 && next.year == week.year;
            prop_assert!(follows || (next.week == 1 && next.year == week.year + 1));
        }
        let (year, month, of_month) = date(day);
        prop_assert_eq!(day_number(year, month, of_month), day);
    }

    #[test]
    fn higher_limits_run_longer(mean in 0.3..6.0_f64, k in 1..40_u32, h in 1..60_u32) {
        let (k, h) = (f64::from(k) / 4.0, f64::from(h) / 4.0);
        let (low, high) = (run_length::of(mean, k, h, 4), run_length::of(mean, k, h + 0.25, 4));
        if let (Ok(low), Ok(high)) = (low, high) {
            prop_assert!(high.from_zero >= low.from_zero * (1.0 - 1e-6));
            prop_assert!(low.fast_start <= low.from_zero * (1.0 + 1e-6) && low.fast_start >= 1.0 - 1e-9);
        }
    }
}

#[test]
fn dates_and_steps_agree_where_the_calendar_is_even() {
    // one and two years back the nearest same weekday is 52 and 104 weeks away (three: 157)
    let counts: Vec<f64> = (0..170).map(|week| f64::from((week * 7 + 3) % 11)).collect();
    let days: Vec<i32> = (0..170).map(|week| day_number(2013, 7, 1) + 7 * week).collect();
    let steps = Series { counts: &counts, population: None, calendar: Calendar::Steps(52) };
    let dates = Series { calendar: Calendar::Days { days: &days, step: Step::Week }, ..steps };
    let options = Flexible { years: 2, periods: 4, ..Flexible::default() };
    let [a, b] = [steps, dates].map(|series| flexible::detect(&series, 169..170, &options).unwrap()[0]);
    assert!((a.bound.unwrap() - b.bound.unwrap()).abs() < 1e-9, "{a:?} {b:?}");
}

#[test]
fn bad_questions_are_refused() {
    let counts = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
    let c1 = Ears::new(Method::C1);
    let said = |refused: Result<_, zhiheng_methods::Refusal>| -> String {
        let refused: Result<Vec<_>, _> = refused;
        refused.map(|_: Vec<zhiheng_methods::early_warning::Verdict>| ()).unwrap_err().to_string()
    };
    assert_eq!(said(ears::detect(&[], 0..1, &c1)), "count has no values");
    assert_eq!(said(ears::detect(&counts, 9..9, &c1)), "weeks has no values");
    assert_eq!(said(ears::detect(&counts, 9..11, &c1)), "count: 10 found, 11 needed");
    assert_eq!(
        said(ears::detect(&counts, 6..10, &c1)),
        "weeks before the first judged one: 6 found, 7 needed"
    );
    assert_eq!(said(ears::detect(&[-1.0; 10], 9..10, &c1)), "count = -1 is not in 0 to 1e9");
    assert_eq!(said(ears::detect(&[f64::INFINITY; 10], 9..10, &c1)), "count, row 0: not a finite number");
    assert!(ears::detect(&counts, 9..10, &Ears { alpha: 0.0, ..c1 }).is_err());
    assert!(ears::detect(&counts, 9..10, &Ears { baseline: 2, ..c1 }).is_err());
    assert!(ears::detect(&counts, 9..10, &Ears { sigma_min: f64::NAN, ..c1 }).is_err());
    assert!(bayes::detect(&counts, 9..10, Reference::weekly(0, 0, true), 0.05).is_err());
    assert!(bayes::detect(&[f64::NAN; 10], 9..10, Reference::weekly(0, 6, true), 0.05).is_err());
    assert!(historical_limits::detect(&counts, 9..10, 1, 1, 0.05).is_err());
    assert!(rki::detect(&counts, 9..10, Reference::weekly(0, 1, true)).is_err());

    let series = Series { counts: &counts, population: None, calendar: Calendar::Steps(52) };
    assert!(flexible::detect(&series, 9..10, &Flexible::default()).is_err());
    assert!(flexible::detect(&series, 9..10, &Flexible { offset: true, ..Flexible::default() }).is_err());
    let monthly = Series { calendar: Calendar::Steps(3), ..series };
    let short = Flexible { years: 1, half_window: 1, ..Flexible::default() };
    assert!(flexible::detect(&monthly, 9..10, &short).is_ok());
    assert!(flexible::detect(&monthly, 9..10, &Flexible { periods: 9, ..short }).is_err());
    assert!(flexible::detect(&monthly, 9..10, &Flexible { half_window: 2, ..short }).is_err());
    let days = [0, 7, 14, 14, 28, 35, 42, 49, 56, 63];
    let wrong = Series { calendar: Calendar::Days { days: &days, step: Step::Week }, ..series };
    assert!(
        flexible::detect(&wrong, 9..10, &short).unwrap_err().to_string().starts_with("day 3 is not later")
    );

    assert!(cusum::detect(&[0.0; 10], 5..10, &Cusum::default()).is_err());
    assert!(cusum::detect(&counts, 0..10, &Cusum::default()).is_err());
    let means = [1.0; 10];
    let glr = LikelihoodRatio::default();
    assert!(likelihood_ratio::detect(&counts, 0..10, &means[1..], &glr).is_err());
    assert!(likelihood_ratio::detect(&counts, 0..10, &[0.0; 10], &glr).is_err());
    let epidemic = LikelihoodRatio {
        change: Change::Epidemic,
        distribution: Distribution::NegativeBinomial { alpha: 1.0 },
        ..glr
    };
    assert!(likelihood_ratio::detect(&counts, 0..10, &means, &epidemic).is_err());
    let season = Season { harmonics: 1, trend: true, per_year: 52.0, distribution: None };
    assert!(season::fit(&[0.0; 40], &season).is_err());
    assert!(season::fit(&[5.0; 40], &season).is_err());
    assert!(season::fit(&counts[..3], &season).is_err());
    // a season of one step to the year is the level again
    assert!(season::fit(&counts, &Season { per_year: 1.0, ..season }).is_err());
    assert!(run_length::of(2.0, 2.5, 0.0, 2).is_err() && run_length::of(1.0, 50.0, 40.0, 1).is_err());
    assert!(budget::level(0, 1.0).is_err() && budget::level(5, 5.0).is_err());
    assert!(budget::cutoff(&[f64::NAN], 1, 1.0, 0.95).is_err());
    assert!(budget::adjusted(&[0.5, f64::NAN]).is_err());
}

/// Worked by hand: baseline 0, 2, 4 and minSigma 0: mean 2, deviation 2; z at 0.025 is 1.959964.
#[test]
fn ears_by_hand() {
    let counts = [0.0, 2.0, 4.0, 6.0];
    let it =
        ears::detect(&counts, 3..4, &Ears { baseline: 3, alpha: 0.025, ..Ears::new(Method::C1) }).unwrap();
    assert_eq!(format!("{:.6} {:?}", it[0].bound.unwrap(), it[0].alarm), "5.919928 Some(true)");
}

/// Worked by hand: three years of windows of one week, counts 4, 1, 4; no trend, no weights. Mean 3,
/// dispersion (1 + 4 + 1)/3/2 = 1; the error of the mean is 1, so the bound on the plain scale is 3 +
/// 1.959964 · √(3 + 1).
#[test]
fn farrington_by_hand() {
    let mut counts = vec![0.0; 13];
    for (week, count) in [(0, 4.0), (4, 1.0), (8, 4.0), (12, 7.0)] {
        counts[week] = count;
    }
    let series = Series { counts: &counts, population: None, calendar: Calendar::Steps(4) };
    let options = Farrington {
        years: 3,
        half_window: 0,
        reweight: false,
        trend: false,
        power: Power::None,
        ..Farrington::default()
    };
    let it = farrington::detect(&series, 12..13, &options).unwrap()[0];
    // as in R the regression stops just before the mean, and the dispersion has the weights of the step
    // before
    assert!((it.expected.unwrap() - 3.0).abs() < 1e-4 && (it.dispersion.unwrap() - 1.0).abs() < 1e-4);
    assert!((it.bound.unwrap() - 6.919_927_969_080_108).abs() < 1e-4, "{it:?}");
    assert_eq!(it.alarm, Some(true));
}
