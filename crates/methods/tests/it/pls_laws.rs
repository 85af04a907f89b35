//! Laws of `pls`, cases by hand, and answers to bad questions.
#![expect(clippy::float_cmp, reason = "what must have the same bits is compared so")]

use proptest::prelude::*;
use zhiheng_methods::Refusal;
use zhiheng_methods::pls::bootstrap::{Bootstrap, Signs, What, bootstrap};
use zhiheng_methods::pls::effects::{Without, effects, f_squared};
use zhiheng_methods::pls::fit::{Correct, Missing, Orientation, Scaling, Scheme, Settings, fit, scores};
use zhiheng_methods::pls::index::{Bounds, index, of_means};
use zhiheng_methods::pls::map::map;
use zhiheng_methods::pls::model::{Block, Mode, Model};
use zhiheng_methods::pls::validity::{Htmt, htmt};
use zhiheng_methods::random::Stream;

/// Answers to three items each of three constructs in a row, with noise; marks 1–10.
fn answers(n: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut draw = Stream::new(seed, 0);
    let mut columns = vec![Vec::new(); 9];
    for _ in 0..n {
        let mut truth = 0.0;
        for construct in 0..3 {
            truth = 0.7 * truth + 0.7 * draw.normal();
            for item in 0..3 {
                let mark: f64 = 6.0 + 2.0 * (truth + 0.6 * draw.normal());
                columns[3 * construct + item].push(mark.round().clamp(1.0, 10.0));
            }
        }
    }
    columns
}

fn model(modes: [Mode; 3]) -> Model {
    let block = |at: usize| Block {
        name: ["image", "quality", "satisfaction"][at].to_owned(),
        items: (3 * at..3 * at + 3).collect(),
        mode: modes[at],
    };
    Model::new((0..3).map(block).collect(), vec![(0, 1), (0, 2), (1, 2)]).expect("good")
}

fn scheme() -> impl Strategy<Value = Scheme> {
    prop_oneof![Just(Scheme::Path), Just(Scheme::Centroid), Just(Scheme::Factorial)]
}

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::A), Just(Mode::B), Just(Mode::Sum)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn order_of_rows_and_units_of_items_do_not_matter(
        seed in 0..1000_u64,
        scheme in scheme(),
        modes in [mode(), mode(), mode()],
        scale in 0.1..50.0_f64,
        shift in -100.0..100.0_f64,
    ) {
        let columns = answers(120, seed);
        let settings = Settings { scheme, ..Settings::default() };
        let model = model(modes);
        let here = fit(&model, &columns, &settings).unwrap();
        let mut turned: Vec<Vec<f64>> = columns.clone();
        for column in &mut turned {
            column.reverse();
        }
        turned[4].iter_mut().for_each(|mark| *mark = scale * *mark + shift);
        let there = fit(&model, &turned, &settings).unwrap();
        for (a, b) in here.weights.iter().zip(&there.weights) {
            prop_assert!((a - b).abs() < 1e-8, "{a} {b}");
        }
        for (a, b) in here.paths.iter().zip(&there.paths) {
            prop_assert!((a - b).abs() < 1e-8, "{a} {b}");
        }
    }

    #[test]
    fn scores_are_standard_and_explain_what_they_say(
        seed in 0..1000_u64,
        scheme in scheme(),
        modes in [mode(), mode(), mode()],
    ) {
        let columns = answers(90, seed);
        let it = fit(&model(modes), &columns, &Settings { scheme, ..Settings::default() }).unwrap();
        let scores = scores(&it, &columns).unwrap();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / 89.0;
        for i in 0..3 {
            for j in 0..3 {
                let found = dot(&scores.of[i], &scores.of[j]);
                prop_assert!((found - it.score_correlations[(i, j)]).abs() < 1e-10);
            }
        }
        // The residual of the regression does not correlate with any driver.
        let residual: Vec<f64> = (0..90).map(|row| {
            scores.of[2][row] - it.paths[(0, 2)] * scores.of[0][row] - it.paths[(1, 2)] * scores.of[1][row]
        }).collect();
        prop_assert!(dot(&residual, &scores.of[0]).abs() < 1e-10 && dot(&residual, &scores.of[1]).abs() < 1e-10);
        prop_assert!((1.0 - dot(&residual, &residual) - it.r_squared[2].unwrap()).abs() < 1e-10);
        let total = effects(&it).total;
        prop_assert!((total[(0, 2)] - it.paths[(0, 2)] - it.paths[(0, 1)] * it.paths[(1, 2)]).abs() < 1e-12);
        // Leaving a path out never explains more, with the same scores.
        for value in f_squared(&it, Without::SameScores).unwrap().iter().flatten() {
            prop_assert!(*value > -1e-9);
        }
        let ratios = htmt(&it, Htmt::Absolute);
        prop_assert_eq!(ratios[(0, 1)], ratios[(1, 0)]);
    }

    #[test]
    fn a_turned_item_turns_its_weight(seed in 0..1000_u64, item in 0..9_usize) {
        let columns = answers(150, seed);
        let model = model([Mode::A; 3]);
        let here = fit(&model, &columns, &Settings::default()).unwrap();
        let mut turned = columns.clone();
        turned[item].iter_mut().for_each(|mark| *mark = 11.0 - *mark);
        let settings = Settings { orientation: Orientation::AsItComes, ..Settings::default() };
        let there = fit(&model, &turned, &settings).unwrap();
        let factor = if (there.weights[item] < 0.0) == (here.weights[item] > 0.0) { 1.0 } else { -1.0 };
        let own = model.block_of(item);
        for other in model.items(own) {
            let sign = if other == item { -factor } else { factor };
            prop_assert!((here.weights[other] - sign * there.weights[other]).abs() < 1e-7);
        }
    }

    #[test]
    fn indices_move_with_the_marks(seed in 0..1000_u64, modes in [mode(), mode(), mode()]) {
        let columns = answers(100, seed);
        let model = model(modes);
        let it = fit(&model, &columns, &Settings::default()).unwrap();
        let ten = vec![Bounds { low: 1.0, high: 10.0 }; 9];
        let here = index(&it, &ten, 0.95).unwrap();
        // Marks of 0–90 in place of 1–10 say the same.
        let wide: Vec<Vec<f64>> =
            columns.iter().map(|column| column.iter().map(|mark| 10.0 * (mark - 1.0)).collect()).collect();
        let again = fit(&model, &wide, &Settings::default()).unwrap();
        let there = index(&again, &[Bounds { low: 0.0, high: 90.0 }; 9], 0.95).unwrap();
        for (a, b) in here.iter().zip(&there) {
            prop_assert!((a.mean - b.mean).abs() < 1e-7 && (a.deviation - b.deviation).abs() < 1e-7);
        }
        let map = map(&it, 2, &ten).unwrap();
        prop_assert_eq!(map.constructs[2].importance, 0.0);
        for (place, index) in map.constructs.iter().zip(&here) {
            prop_assert_eq!(place.performance, index.mean);
        }
        for block in 0..3 {
            let items: f64 = model.items(block).map(|item| map.items[item].importance).sum();
            prop_assert!((items - map.constructs[block].importance).abs() < 1e-9);
        }
    }
}

/// Two single items: everything follows from their correlation, 0.8.
#[test]
fn single_items_by_hand() {
    let names = ["q".to_owned(), "s".to_owned()];
    let model = Model::read("Q = q; S = s; S ~ Q", &names).unwrap();
    let columns = [vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1.0, 3.0, 2.0, 5.0, 4.0]];
    let it = fit(&model, &columns, &Settings::default()).unwrap();
    assert!((it.paths[(0, 1)] - 0.8).abs() < 1e-12 && (it.r_squared[1].unwrap() - 0.64).abs() < 1e-12);
    assert!((it.r_squared_adjusted[1].unwrap() - (1.0 - 0.36 * 4.0 / 3.0)).abs() < 1e-12);
    assert!((f_squared(&it, Without::Anew).unwrap()[(0, 1)].unwrap() - 0.64 / 0.36).abs() < 1e-12);
    let five = [Bounds { low: 1.0, high: 5.0 }; 2];
    let found = index(&it, &five, 0.95).unwrap();
    assert!(
        (found[0].mean - 50.0).abs() < 1e-12 && (found[0].deviation - 25.0 * 2.5_f64.sqrt()).abs() < 1e-12
    );
    let map = map(&it, 1, &five).unwrap();
    assert!((map.constructs[0].importance - 0.8).abs() < 1e-12);
}

/// Three items that correlate alike (0.5) have equal weights: alpha = rho_A = 3 · 0.5 / (1 + 2 · 0.5).
#[test]
fn equal_items_by_hand() {
    // Two factors of four rows each; columns are exactly orthogonal contrasts.
    let [a, b, c] = [[1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0, -1.0], [1.0, -1.0, -1.0, 1.0]];
    let mix = |own: [f64; 4], times: usize| -> Vec<f64> {
        // common part in the first half of the rows, own part in the second: correlation 1/2
        let common = [1.0, -1.0, 1.0, -1.0];
        (0..times).flat_map(|_| common.into_iter().chain(own)).collect()
    };
    let names = ["x", "y", "z", "t"].map(str::to_owned);
    let mut columns = [mix(a, 2), mix(b, 2), mix(c, 2), Vec::new()];
    columns[3] = (0..16).map(|row| (0..3).map(|item| columns[item][row]).sum()).collect();
    let model = Model::read("Q = x + y + z; T = t; T ~ Q", &names).unwrap();
    let it = fit(&model, &columns, &Settings::default()).unwrap();
    let reliability = zhiheng_methods::pls::reliability::reliability(&it)[0];
    assert!((reliability.alpha - 0.75).abs() < 1e-12, "{reliability:?}");
    assert!((reliability.rho_a - 0.75).abs() < 1e-12);
    // every loading is the item's correlation with the sum, (1 + 2 · 0.5) / √(3 + 6 · 0.5)
    let loading = 2.0 / 6.0_f64.sqrt();
    assert!(it.loadings[..3].iter().all(|found| (found - loading).abs() < 1e-12));
    assert!((reliability.ave - loading * loading).abs() < 1e-12);
    assert!((it.paths[(0, 1)] - 1.0).abs() < 1e-12);
}

/// The American index's formula with round figures, and its refusals.
#[test]
fn the_index_by_hand() {
    let ten = [Bounds { low: 1.0, high: 10.0 }; 2];
    assert_eq!(of_means(&[1.0, 1.0], &[0.3, 0.7], &ten), Ok(0.0));
    assert_eq!(of_means(&[10.0, 10.0], &[2.0, 5.0], &ten), Ok(100.0));
    // one item of 1–5, one of 0–100: (2 · 2 + 1 · 50) / (2 · 4 + 100)
    let mixed = [Bounds { low: 1.0, high: 5.0 }, Bounds { low: 0.0, high: 100.0 }];
    assert!((of_means(&[3.0, 50.0], &[2.0, 1.0], &mixed).unwrap() - 50.0).abs() < 1e-12);
    assert!(of_means(&[3.0, 4.0], &[1.0, -1.0], &ten).is_err());
    assert!(of_means(&[3.0], &[1.0], &[Bounds { low: 2.0, high: 2.0 }]).is_err());
    assert!(of_means(&[], &[], &[]).is_err());
    assert!(of_means(&[f64::NAN, 1.0], &[1.0, 1.0], &ten).is_err());
}

#[test]
fn signs_of_replicates() {
    let columns = answers(60, 9);
    let model = model([Mode::A; 3]);
    let run = |signs, seed| {
        let options = Bootstrap { replicates: 200, seed, signs, htmt: false, ..Bootstrap::default() };
        bootstrap(&model, &columns, &Settings::default(), &options).expect("good")
    };
    let (plain, construct) = (run(Signs::AsEstimated, 3), run(Signs::Construct, 3));
    let individual = run(Signs::Individual, 3);
    for ((a, b), c) in plain.estimates.iter().zip(&construct.estimates).zip(&individual.estimates) {
        assert_eq!(a.original, b.original);
        // with clear constructs nothing is turned
        assert!((a.mean - b.mean).abs() < 1e-12);
        let ends_at_zero = c.percentile.low * c.percentile.high >= 0.0;
        assert!(ends_at_zero || a.quantity.what == What::RSquared);
        assert!(a.percentile.low <= a.percentile.high && a.corrected.low <= a.corrected.high);
    }
    // the same seed, the same answer; another seed, another one
    assert_eq!(plain.estimates[0].mean, run(Signs::AsEstimated, 3).estimates[0].mean);
    assert_ne!(plain.estimates[0].mean, run(Signs::AsEstimated, 4).estimates[0].mean);
}

#[test]
fn bootstrap_with_gaps_and_index() {
    let mut columns = answers(80, 12);
    columns[2][5] = f64::NAN;
    columns[7][40] = f64::NAN;
    let model = model([Mode::A, Mode::B, Mode::Factor]);
    let options = Bootstrap {
        replicates: 300,
        bounds: Some(vec![Bounds { low: 1.0, high: 10.0 }; 9]),
        ..Bootstrap::default()
    };
    for missing in [Missing::Mean, Missing::WholeRows] {
        for scaling in [Scaling::Standardised, Scaling::Centred] {
            let settings = Settings { missing, scaling, ..Settings::default() };
            let it = bootstrap(&model, &columns, &settings, &options).expect("good");
            assert_eq!((it.fit.n, it.fit.replaced), if missing == Missing::Mean { (80, 2) } else { (78, 0) });
            let found = it.estimates.iter().find(|estimate| estimate.quantity.what == What::Index);
            let found = found.expect("asked for");
            let plain = index(&it.fit, options.bounds.as_ref().unwrap(), 0.95).unwrap()[0];
            assert!((found.original - plain.mean).abs() < 1e-10);
            // The bootstrap sees the doubt about the weights too, but most of it is that of the mean.
            let ratio = found.standard_error / (plain.deviation / (it.fit.n as f64).sqrt());
            assert!((0.7..1.4).contains(&ratio), "{ratio}");
        }
    }
    let refused = fit(&model, &columns, &Settings::default()).unwrap_err();
    assert!(matches!(refused, Refusal::NotFinite { row: 5, .. }), "{refused}");
}

/// Which correlations consistent PLS divides by the roots of the reliabilities.
#[test]
fn who_is_corrected() {
    let columns = answers(200, 4);
    let run =
        |modes, correct| fit(&model(modes), &columns, &Settings { correct, ..Settings::default() }).unwrap();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    let mixed = [Mode::A, Mode::Factor, Mode::B];
    let it = run(mixed, Correct::Factors);
    let (r, rho) = (&it.score_correlations, &it.rho_a);
    assert!(rho[0] < 1.0 && rho[1] < 1.0 && rho[2] == 1.0);
    assert!(
        near(it.correlations[(0, 1)], r[(0, 1)] / rho[1].sqrt()) && near(it.correlations[(0, 2)], r[(0, 2)])
    );
    let it = run(mixed, Correct::FactorsAndModeA);
    assert!(near(it.correlations[(0, 1)], r[(0, 1)] / (rho[0] * rho[1]).sqrt()));
    assert!(near(it.correlations[(0, 2)], r[(0, 2)] / rho[0].sqrt()));
    // Without a factor nothing is corrected.
    let it = run([Mode::A; 3], Correct::FactorsAndModeA);
    assert!(near(it.correlations[(0, 1)], it.score_correlations[(0, 1)]));
}

#[test]
fn bad_models_are_refused() {
    let names = ["a", "b", "c", "d"].map(str::to_owned);
    let said = |text: &str| Model::read(text, &names).unwrap_err().to_string();
    assert_eq!(said("X = a + b; Y = c + d"), "path has no values");
    assert_eq!(said("X = a + e; Y = c; Y ~ X"), "no column e; there are a, b, c, d");
    assert_eq!(said("X = a; Y = c; Y ~ Z"), "no construct Z; there are X, Y");
    assert_eq!(said("X = a; Y = a; Y ~ X"), "item 0 belongs to two constructs, or to one twice");
    assert_eq!(said("X = a; Y = b; X ~ Y; Y ~ X"), "paths form a loop through construct X");
    assert_eq!(said("X = a; Y = b; Z = c; Y ~ X"), "no path touches construct Z");
    assert_eq!(said("X = ; Y = b; Y ~ X"), "construct X is empty");
    assert!(said("X a; Y = b").starts_with("no statement X a"));
    assert!(Model::read("", &names).is_err() && Model::new(Vec::new(), Vec::new()).is_err());
}

#[test]
fn bad_answers_are_refused() {
    let good = answers(40, 1);
    let run = |columns: &[Vec<f64>], modes| fit(&model(modes), columns, &Settings::default());
    let mut constant = good.clone();
    constant[4].fill(7.0);
    let refused = run(&constant, [Mode::A; 3]).unwrap_err();
    assert_eq!(refused.to_string(), "item 2 of quality does not vary");
    let mut twice = good.clone();
    twice[1] = twice[0].clone();
    assert!(matches!(run(&twice, [Mode::B; 3]), Err(Refusal::Singular { .. })));
    assert!(run(&twice, [Mode::A; 3]).is_ok());
    let mut short = good.clone();
    short[8].pop();
    assert!(matches!(run(&short, [Mode::A; 3]), Err(Refusal::Lengths { .. })));
    let mut infinite = good.clone();
    infinite[0][3] = f64::INFINITY;
    assert!(matches!(run(&infinite, [Mode::A; 3]), Err(Refusal::NotFinite { row: 3, .. })));
    let few: Vec<Vec<f64>> = good.iter().map(|column| column[..3].to_vec()).collect();
    assert!(run(&few, [Mode::A; 3]).is_err());
    assert!(run(&good[..8], [Mode::A; 3]).is_err());
    let empty = vec![vec![f64::NAN; 40]; 9];
    for missing in [Missing::Mean, Missing::WholeRows] {
        let settings = Settings { missing, ..Settings::default() };
        assert!(fit(&model([Mode::A; 3]), &empty, &settings).is_err());
    }
    let huge: Vec<Vec<f64>> =
        good.iter().map(|column| column.iter().map(|mark| mark * 1e300).collect()).collect();
    assert!(run(&huge, [Mode::A; 3]).is_err());
    // Items that both follow quality but contradict each other have no common factor.
    let mut against = good.clone();
    let wave = |row: usize| 6.0 * (row % 2) as f64;
    against[0] = (0..40).map(|row| good[3][row] + wave(row)).collect();
    against[1] = (0..40).map(|row| good[3][row] - wave(row)).collect();
    against[2] = (0..40).map(|row| f64::from(row / 2 % 2)).collect();
    let modes = [Mode::Factor, Mode::A, Mode::A];
    assert!(matches!(run(&against, modes), Err(Refusal::Contradiction { .. })));
}
