//! Laws that hold for all counts and levels, and answers to bad questions.

use proptest::prelude::*;
use zhiheng_methods::weighted::{Part, delta, wilson_kish};
use zhiheng_methods::{Interval, interval, mean, poisson, sample_size, special, two_samples};

type Method = fn(u64, u64, f64) -> Option<Interval>;

const METHODS: [(&str, Method); 9] = [
    ("wilson", interval::wilson),
    ("wilson_corrected", interval::wilson_corrected),
    ("wald", interval::wald),
    ("agresti_coull", interval::agresti_coull),
    ("clopper_pearson", interval::clopper_pearson),
    ("jeffreys", interval::jeffreys),
    ("jeffreys_modified", interval::jeffreys_modified),
    ("mid_p", interval::mid_p),
    ("arcsine", interval::arcsine),
];

/// `x` of `n`, with small and large samples alike.
fn sample() -> impl Strategy<Value = (u64, u64)> {
    (prop_oneof![1..30_u64, 1..2000_u64, 1..20_000_000_u64], 0.0..=1.0_f64)
        .prop_map(|(n, share)| (((n as f64) * share).round() as u64, n))
}

fn level() -> impl Strategy<Value = f64> {
    prop_oneof![0.01..0.9999_f64, Just(0.95), Just(0.999_999)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn failures_mirror_successes((x, n) in sample(), level in level()) {
        for (name, method) in METHODS {
            let (it, mirror) = (method(x, n, level).unwrap(), method(n - x, n, level).unwrap());
            prop_assert!((it.low + mirror.high - 1.0).abs() < 1e-12, "{name} {it:?} {mirror:?}");
            prop_assert!((it.high + mirror.low - 1.0).abs() < 1e-12, "{name} {it:?} {mirror:?}");
        }
    }

    #[test]
    fn a_higher_level_is_wider_and_more_successes_are_higher((x, n) in sample(), level in 0.05..0.99_f64) {
        for (name, method) in METHODS {
            let it = method(x, n, level).unwrap();
            let wider = method(x, n, level + 0.009).unwrap();
            prop_assert!(it.low <= it.high && it.low.is_finite() && it.high.is_finite(), "{name} {it:?}");
            // Agresti-Coull moves its centre with the level; near 0 and 1 its unclipped limit can turn back.
            let is_wider = wider.low <= it.low && it.high <= wider.high;
            prop_assert!(is_wider || name == "agresti_coull", "{name} {it:?} {wider:?}");
            if x < n && name != "wald" {
                let next = method(x + 1, n, level).unwrap();
                prop_assert!(it.low <= next.low && it.high <= next.high, "{name} {it:?} {next:?}");
            }
        }
    }

    #[test]
    fn proper_intervals_hold_the_rate((x, n) in sample(), level in 0.5..0.9999_f64) {
        for (name, method) in METHODS {
            if matches!(name, "wald" | "agresti_coull" | "jeffreys" | "arcsine") {
                continue;
            }
            let it = method(x, n, level).unwrap();
            prop_assert!(it.contains(x as f64 / n as f64), "{name} {it:?}");
            prop_assert!(it.low >= 0.0 && it.high <= 1.0, "{name} {it:?}");
        }
        let (exact, mid) = (interval::clopper_pearson(x, n, level).unwrap(), interval::mid_p(x, n, level).unwrap());
        prop_assert!(exact.low <= mid.low + 1e-15 && mid.high <= exact.high + 1e-15);
    }

    #[test]
    fn swapping_samples_turns_the_difference((x1, n1) in sample(), (x2, n2) in sample(), level in level()) {
        let here = two_samples::score(x1, n1, x2, n2, level).unwrap();
        let there = two_samples::score(x2, n2, x1, n1, level).unwrap();
        prop_assert!((here.difference + there.difference).abs() < 1e-15);
        prop_assert!((here.interval.low + there.interval.high).abs() < 1e-14);
        prop_assert!((here.p_value - there.p_value).abs() <= 1e-12 * here.p_value + 1e-300);
        let (one, two) = (
            two_samples::newcombe(x1, n1, x2, n2, level).unwrap(),
            two_samples::newcombe(x2, n2, x1, n1, level).unwrap(),
        );
        prop_assert!((one.low + two.high).abs() < 1e-14 && one.contains(here.difference));
    }

    #[test]
    fn fisher_swaps_to_the_reciprocal((x1, n1) in sample(), (x2, n2) in sample()) {
        let here = two_samples::fisher(x1, n1, x2, n2, 0.95).unwrap();
        let there = two_samples::fisher(x2, n2, x1, n1, 0.95).unwrap();
        prop_assert!((here.p_value - there.p_value).abs() <= 1e-9 * here.p_value + 1e-300, "{here:?} {there:?}");
        prop_assert!((here.p_less - there.p_greater).abs() <= 1e-9 * here.p_less + 1e-300, "{here:?} {there:?}");
        if (1..n1).contains(&x1) && (1..n2).contains(&x2) {
            for (a, b) in [
                (here.odds_ratio, there.odds_ratio),
                (here.interval.low, there.interval.high),
                (here.interval.high, there.interval.low),
            ] {
                prop_assert!((a * b - 1.0).abs() < 1e-9, "{here:?} {there:?}");
            }
            prop_assert!(here.interval.contains(here.odds_ratio));
        }
    }

    #[test]
    fn quantiles_return_to_their_probability(p in 1e-9..0.999_f64, a in 0.3..5000.0_f64, b in 0.3..5000.0_f64) {
        let back = special::beta_lower(special::beta_lower_quantile(p, a, b), a, b);
        prop_assert!((back - p).abs() < 1e-10 * p, "beta {back}");
        let back = special::gamma_lower(a, special::gamma_lower_quantile(p, a));
        prop_assert!((back - p).abs() < 1e-11 * p, "gamma {back}");
        let back = special::student_upper(special::student_upper_quantile(p, a), a);
        prop_assert!((back - p).abs() < 1e-11 * p, "t {back}");
        let back = special::normal_cdf(special::normal_quantile(p));
        prop_assert!((back - p).abs() < 1e-13 * p, "normal {back}");
    }

    #[test]
    fn order_and_scale_of_the_parts_do_not_matter((x1, n1) in sample(), (x2, n2) in sample(), w in 0.01..100.0_f64) {
        let parts = [Part { x: x1, n: n1, weight: w }, Part { x: x2, n: n2, weight: 1.0 }];
        let turned = [Part { x: x2, n: n2, weight: 2.5 }, Part { x: x1, n: n1, weight: 2.5 * w }];
        for method in [delta, wilson_kish] {
            let (a, b) = (method(&parts, 0.95).unwrap(), method(&turned, 0.95).unwrap());
            prop_assert!((a.interval.low - b.interval.low).abs() < 1e-14);
            prop_assert!((a.interval.high - b.interval.high).abs() < 1e-14);
            prop_assert!(a.effective_size <= (n1 + n2) as f64 * (1.0 + 1e-12));
        }
    }
}

#[test]
fn bad_questions_have_no_answer() {
    for (name, method) in METHODS {
        assert!(method(0, 0, 0.95).is_none(), "{name}");
        assert!(method(5, 4, 0.95).is_none(), "{name}");
        for level in [0.0, 1.0, -0.1, 95.0, f64::NAN, f64::INFINITY] {
            assert!(method(1, 4, level).is_none(), "{name} {level}");
        }
    }
    assert!(two_samples::score(1, 2, 0, 0, 0.95).is_none());
    assert!(two_samples::fisher(3, 2, 0, 5, 0.95).is_none());
    assert!(two_samples::newcombe(1, 2, 1, 2, f64::NAN).is_none());
    assert!(poisson::exact(1, 0.0, 0.95).is_none());
    assert!(poisson::exact(1, f64::NAN, 0.95).is_none());
    assert!(mean::from_sums(1, 1.0, 1.0, 0.95).is_none());
    assert!(mean::from_sums(3, 30.0, 1.0, 0.95).is_none());
    assert!(mean::from_sums(3, f64::INFINITY, 1.0, 0.95).is_none());
    assert!(delta(&[], 0.95).is_none());
    assert!(delta(&[Part { x: 0, n: 0, weight: 1.0 }], 0.95).is_none());
    assert!(wilson_kish(&[Part { x: 1, n: 3, weight: -1.0 }], 0.95).is_none());
    assert!(sample_size::one_proportion(0.5, 0.0, 0.95, None).is_none());
    assert!(sample_size::one_proportion(0.5, 0.05, 0.95, Some(0)).is_none());
    assert!(sample_size::two_proportions(0.4, 0.4, 0.95, 0.8).is_none());
    assert!(sample_size::two_proportions(0.4, f64::NAN, 0.95, 0.8).is_none());
}

#[test]
fn samples_that_all_agree() {
    let none = two_samples::score(0, 10, 0, 20, 0.95).unwrap();
    assert_eq!((none.chi_square, none.p_value, none.z), (0.0, 1.0, 0.0));
    let one_table = two_samples::fisher(0, 10, 0, 20, 0.95).unwrap();
    assert_eq!((one_table.p_value, one_table.odds_ratio, one_table.interval.low), (1.0, 0.0, 0.0));
    assert!(one_table.interval.high.is_infinite());
}

/// Domain figures worked by hand: 1417 of 1650 conform; 87.6 against 84.8 % on 300 batches each.
#[test]
fn a_bulletins_figures() {
    let it = interval::wilson(1417, 1650, 0.95).unwrap();
    assert_eq!(format!("{:.1}-{:.1}", 100.0 * it.low, 100.0 * it.high), "84.1-87.5");
    let change = two_samples::score(263, 300, 254, 300, 0.95).unwrap();
    assert!(change.p_value > 0.05 && (change.z - 1.0).abs() < 0.1, "{change:?}");
}

/// Newcombe (1998), Statistics in Medicine 17:857-872, table I: 81 of 263 and 15 of 148, to four places.
#[test]
fn a_papers_table() {
    let printed = |method: Method, x, n| {
        let it = method(x, n, 0.95).unwrap();
        format!("{:.4} {:.4}", it.low, it.high)
    };
    for (method, first, second) in [
        (interval::wilson as Method, "0.2553 0.3662", "0.0624 0.1605"),
        (interval::wilson_corrected, "0.2535 0.3682", "0.0598 0.1644"),
        (interval::clopper_pearson, "0.2527 0.3676", "0.0578 0.1617"),
        (interval::mid_p, "0.2544 0.3658", "0.0601 0.1581"),
        (interval::wald, "0.2522 0.3638", "0.0527 0.1500"),
    ] {
        assert_eq!((printed(method, 81, 263).as_str(), printed(method, 15, 148).as_str()), (first, second));
    }
}

/// A mean whose square dwarfs the variance: digits of the product are kept.
#[test]
fn the_mean_of_large_numbers() {
    // 1e6 + {1, 2, 3, 4}: all sums are exact in binary
    let it = mean::from_sums(4, 4_000_010.0, 4_000_020_000_030.0, 0.95).unwrap();
    assert!((it.variance - 5.0 / 3.0).abs() < 1e-12, "{it:?}");
    assert!((it.mean - 1_000_002.5).abs() < 1e-9);
}
