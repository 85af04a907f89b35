//! Laws of agreement that hold for every table of ratings.
#![expect(clippy::float_cmp, reason = "places, marks and zeros are exact")]

use proptest::prelude::*;
use zhiheng_methods::Refusal;
use zhiheng_methods::agreement::Ratings;
use zhiheng_methods::agreement::bootstrap::resample;
use zhiheng_methods::agreement::cohen::{Weights, cohen};
use zhiheng_methods::agreement::fleiss::{conger, fleiss};
use zhiheng_methods::agreement::icc::{Model, Unit, icc};
use zhiheng_methods::agreement::kendall::kendall;
use zhiheng_methods::agreement::krippendorff::{Level, krippendorff, krippendorff_like_irr};
use zhiheng_methods::agreement::leniency::leniency;
use zhiheng_methods::agreement::light::light;

type Coefficient = fn(&Ratings) -> Result<f64, Refusal>;

const COEFFICIENTS: [(&str, Coefficient); 15] = [
    ("fleiss", |r| Ok(fleiss(r)?.kappa.value)),
    ("fleiss z", |r| Ok(fleiss(r)?.kappa.z)),
    ("conger", conger),
    ("light", |r| Ok(light(r)?.value)),
    ("icc 1", |r| Ok(icc(r, Model::OneWay, Unit::Single, 0.0, 0.95)?.value)),
    ("icc c", |r| Ok(icc(r, Model::Consistency, Unit::Single, 0.0, 0.95)?.value)),
    ("icc a", |r| Ok(icc(r, Model::Agreement, Unit::Single, 0.0, 0.95)?.value)),
    ("icc a p", |r| Ok(icc(r, Model::Agreement, Unit::Single, 0.0, 0.95)?.p_value)),
    ("icc a low", |r| Ok(icc(r, Model::Agreement, Unit::Single, 0.0, 0.95)?.interval.low)),
    ("kendall", |r| Ok(kendall(r, true)?.w)),
    ("nominal", |r| Ok(krippendorff(r, Level::Nominal)?.value)),
    ("ordinal", |r| Ok(krippendorff(r, Level::Ordinal)?.value)),
    ("interval", |r| Ok(krippendorff(r, Level::Interval)?.value)),
    ("ratio", |r| Ok(krippendorff(r, Level::Ratio)?.value)),
    ("like irr", |r| Ok(krippendorff_like_irr(r, Level::Ordinal)?.value)),
];

/// Ratings 1 to 5, by rater; with or without gaps.
fn table(gaps: bool) -> impl Strategy<Value = Vec<Vec<f64>>> {
    let gap = u32::from(gaps);
    (2..10_usize, 2..5_usize).prop_flat_map(move |(n, m)| {
        let rating = prop_oneof![5 => (1..6_i32).prop_map(f64::from), gap => Just(f64::NAN)];
        prop::collection::vec(prop::collection::vec(rating, n), m)
    })
}

fn ratings(raters: &[Vec<f64>]) -> Ratings {
    Ratings::from_raters(raters).unwrap()
}

/// Both have the same answer, or both have none.
fn agree(a: &Result<f64, Refusal>, b: &Result<f64, Refusal>) -> bool {
    match (a, b) {
        // -inf is the end of an interval without one
        (Ok(a), Ok(b)) => a == b || (a - b).abs() <= 1e-9 * (1.0 + a.abs()),
        (a, b) => a.is_err() && b.is_err(),
    }
}

fn each(raters: &[Vec<f64>], change: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    raters.iter().map(|rater| rater.iter().map(|x| change(*x)).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn the_order_of_subjects_and_raters_does_not_matter(raters in table(true)) {
        let mut turned: Vec<Vec<f64>> = raters.iter().map(|rater| rater.iter().rev().copied().collect()).collect();
        turned.reverse();
        let (here, there) = (ratings(&raters), ratings(&turned));
        for (name, coefficient) in COEFFICIENTS {
            let (a, b) = (coefficient(&here), coefficient(&there));
            prop_assert!(agree(&a, &b), "{name} {a:?} {b:?}");
        }
    }

    #[test]
    fn coefficients_see_what_their_level_allows(raters in table(true)) {
        let (here, moved) = (ratings(&raters), ratings(&each(&raters, |x| 4.0 * x + 16.0)));
        let bent = ratings(&each(&raters, |x| x * x * x));
        let scaled = ratings(&each(&raters, |x| 8.0 * x));
        for (name, coefficient) in COEFFICIENTS {
            let same = |other: &Ratings| agree(&coefficient(&here), &coefficient(other));
            prop_assert!(same(&moved) || name == "ratio", "{name}");
            prop_assert!(same(&scaled), "{name}");
            prop_assert!(same(&bent) || name.starts_with("icc") || name == "interval" || name == "ratio", "{name}");
        }
    }

    #[test]
    fn coefficients_are_at_most_one(raters in table(true)) {
        let it = ratings(&raters);
        for (name, coefficient) in COEFFICIENTS {
            if let (Ok(value), false) = (coefficient(&it), name.ends_with('z')) {
                prop_assert!(value <= 1.0 + 1e-9, "{name} {value}");
            }
        }
        for model in [Model::OneWay, Model::Consistency, Model::Agreement] {
            for unit in [Unit::Single, Unit::Average] {
                if let Ok(it) = icc(&it, model, unit, 0.0, 0.95) {
                    prop_assert!(it.interval.low <= it.value + 1e-9 && it.value <= it.interval.high + 1e-9, "{it:?}");
                    prop_assert!((0.0..=1.0).contains(&it.p_value) && !it.f.is_nan(), "{it:?}");
                }
            }
        }
    }

    #[test]
    fn copies_agree_in_full(one in prop::collection::vec(1..6_i32, 3..10), m in 2..5_usize) {
        let one: Vec<f64> = one.into_iter().map(f64::from).collect();
        let varies = one.iter().any(|x| *x != one[0]);
        let it = ratings(&vec![one; m]);
        for (name, coefficient) in COEFFICIENTS {
            match coefficient(&it) {
                Ok(value) if !name.contains(' ') || name.starts_with("icc") && !name.ends_with('p') => {
                    prop_assert!(varies && (value - 1.0).abs() < 1e-9, "{name} {value}");
                }
                Ok(_) => {}
                Err(refusal) => prop_assert!(!varies, "{name} {refusal}"),
            }
        }
    }

    #[test]
    fn two_raters_can_change_seats(raters in table(false)) {
        let it = ratings(&raters);
        for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
            let of = |a, b| cohen(&it, a, b, &weights, 0.9).map(|it| it.kappa.z);
            prop_assert!(agree(&of(0, 1), &of(1, 0)));
        }
        // distances 0, 1, 2 … are linear weights
        let pair = ratings(&raters[..2]);
        let distances = (0..pair.categories().len()).map(|d| d as f64).collect();
        let linear = cohen(&pair, 0, 1, &Weights::Linear, 0.9).map(|it| it.kappa.value);
        prop_assert!(agree(&linear, &cohen(&pair, 0, 1, &Weights::Distances(distances), 0.9).map(|it| it.kappa.value)));
    }

    #[test]
    fn severity_moves_with_the_rater(raters in table(true), extra in -3..4_i32) {
        let Ok(before) = leniency(&ratings(&raters), 0.95) else { return Ok(()) };
        let sum: f64 = before.raters.iter().map(|rater| rater.effect).sum();
        prop_assert!(sum.abs() < 1e-9);
        let mut moved = raters.clone();
        for rating in &mut moved[0] {
            *rating += f64::from(extra);
        }
        let after = leniency(&ratings(&moved), 0.95).unwrap();
        let k = raters.len() as f64;
        for (rater, (a, b)) in before.raters.iter().zip(&after.raters).enumerate() {
            let shift = f64::from(extra) * (f64::from(u8::from(rater == 0)) - 1.0 / k);
            prop_assert!((a.effect + shift - b.effect).abs() < 1e-8, "{a:?} {b:?}");
        }
        for subject in 0..raters[0].len() {
            let left: f64 = before.judgements.iter().filter(|it| it.subject == subject).map(|it| it.residual).sum();
            prop_assert!(left.abs() < 1e-8);
        }
        for judgement in &before.judgements {
            prop_assert!(judgement.studentised.is_none_or(|t| !t.is_nan()));
            prop_assert!(judgement.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }
    }
}

#[test]
fn resampling_is_repeatable() {
    let one: Vec<f64> = (0..40).map(|i| f64::from(i % 5)).collect();
    let two: Vec<f64> = (0..40).map(|i| f64::from((i % 5 + i % 3) % 5)).collect();
    let it = ratings(&[one, two]);
    let alpha = |r: &Ratings| Ok(krippendorff(r, Level::Interval)?.value);
    let first = resample(&it, 300, 9, 0.95, alpha).unwrap();
    assert_eq!(first, resample(&it, 300, 9, 0.95, alpha).unwrap());
    assert!(first.interval.contains(alpha(&it).unwrap()));
    assert_ne!(first.interval, resample(&it, 300, 10, 0.95, alpha).unwrap().interval);
    assert!(resample(&it, 1, 9, 0.95, alpha).is_err());
}

#[test]
fn bad_tables_are_refused() {
    let gap = f64::NAN;
    assert!(Ratings::from_raters(&[vec![1.0]]).is_err());
    assert!(Ratings::from_raters(&[vec![], vec![]]).is_err());
    assert!(Ratings::from_raters(&[vec![1.0], vec![1.0, 2.0]]).is_err());
    assert!(Ratings::from_raters(&[vec![1.0], vec![f64::INFINITY]]).is_err());
    for raters in [
        vec![vec![gap, gap], vec![gap, gap]],
        vec![vec![1.0, gap], vec![gap, 1.0]],
        vec![vec![2.0, 2.0, 2.0], vec![2.0, 2.0, 2.0]],
        vec![vec![1.0], vec![gap]],
    ] {
        let it = ratings(&raters);
        for (name, coefficient) in COEFFICIENTS {
            assert!(coefficient(&it).is_err(), "{name} {raters:?}");
        }
    }
    // no subject in common, by way of others or not
    let apart = ratings(&[vec![1.0, 2.0, gap, gap], vec![2.0, 2.0, gap, gap], vec![gap, gap, 1.0, 3.0]]);
    assert!(leniency(&apart, 0.95).is_err());
    let negative = ratings(&[vec![-1.0, 2.0], vec![1.0, 2.0]]);
    assert!(krippendorff(&negative, Level::Ratio).is_err());
    assert!(cohen(&negative, 0, 2, &Weights::Linear, 0.95).is_err());
    assert!(cohen(&negative, 0, 1, &Weights::Linear, 95.0).is_err());
    assert!(icc(&negative, Model::OneWay, Unit::Single, 1.0, 0.95).is_err());
}

/// All raters alike but for one judgement: it stands out, however exact the rest is.
#[test]
fn a_judgement_out_of_line_comes_first() {
    let plain: Vec<f64> = (0..6).map(f64::from).collect();
    let mut odd = plain.clone();
    odd[4] += 7.0;
    let it = leniency(&ratings(&[plain.clone(), plain.clone(), odd]), 0.95).unwrap();
    let first = it.judgements[0];
    assert_eq!((first.subject, first.rater), (4, 2));
    assert!(first.p_value.unwrap() < 1e-6);
}
