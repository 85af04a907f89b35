//! Laws of composite indices that hold for every table.
#![expect(clippy::float_cmp, reason = "places, marks and zeros are exact")]

use proptest::prelude::*;
use zhiheng_methods::composite::competitiveness::{self, Ends};
use zhiheng_methods::composite::groups::Groups;
use zhiheng_methods::composite::impute::{self, Fill};
use zhiheng_methods::composite::index::{Plan, build};
use zhiheng_methods::composite::mean::{Comparison, Mean, of_unit, outranking};
use zhiheng_methods::composite::moments::shape;
use zhiheng_methods::composite::rank::{Ties, ascending};
use zhiheng_methods::composite::scale::{Scale, normalise};
use zhiheng_methods::composite::sobol::{Bootstrap, design, indices};
use zhiheng_methods::composite::transform::{Transform, transform};
use zhiheng_methods::composite::treat::{Treatment, treat};
use zhiheng_methods::composite::tree::{Node, Tree};
use zhiheng_methods::composite::uncertainty::{Doubt, sensitivity, uncertainty};
use zhiheng_methods::composite::{Direction, denominate, em, panel};
use zhiheng_methods::{Refusal, decision};

/// Values on a grid, so that shifts and doublings are exact; some missing.
fn column(n: usize) -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![6 => (-400..400_i32).prop_map(f64::from), 1 => Just(f64::NAN)];
    prop::collection::vec(value, n)
}

fn complete(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((1..400_i32).prop_map(f64::from), n)
}

/// One to four indicators of three to nine units.
fn table() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (3..10_usize, 1..5_usize).prop_flat_map(|(n, m)| prop::collection::vec(complete(n), m))
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.is_nan() && b.is_nan()) || (a - b).abs() < 1e-9)
}

const SCALES: [Scale; 8] = [
    Scale::HUNDRED,
    Scale::ZScore { mean: 0.0, deviation: 1.0 },
    Scale::ToBest,
    Scale::Rank(Ties::Min),
    Scale::PercentileRank(Ties::Average),
    Scale::Borda(Ties::Max),
    Scale::ToUnit { row: 0, capped: false },
    Scale::Goalposts { worst: -500.0, best: 500.0, points: 100.0, clipped: true },
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn scales_do_not_see_units_of_measurement(values in column(7), factor in 1..5_i32, shift in -50..50_i32) {
        let moved: Vec<f64> = values.iter().map(|x| f64::from(factor) * x + f64::from(shift)).collect();
        for scale in &SCALES[..7] {
            for way in [Direction::HigherIsBetter, Direction::LowerIsBetter] {
                match (normalise(&values, way, scale), normalise(&moved, way, scale)) {
                    (Ok(a), Ok(b)) => prop_assert!(same(&a, &b), "{scale:?} {a:?} {b:?}"),
                    (a, b) => prop_assert!(a.is_err() && b.is_err(), "{scale:?} {a:?} {b:?}"),
                }
            }
        }
    }

    #[test]
    fn scales_turn_round_with_the_direction(values in column(7)) {
        let mirrored: Vec<f64> = values.iter().map(|x| -x).collect();
        for scale in &SCALES[..7] {
            let down = normalise(&values, Direction::LowerIsBetter, scale);
            let up = normalise(&mirrored, Direction::HigherIsBetter, scale);
            match (down, up) {
                (Ok(a), Ok(b)) => prop_assert!(same(&a, &b)),
                (a, b) => prop_assert!(a.is_err() && b.is_err()),
            }
        }
    }

    #[test]
    fn scales_keep_the_order_and_the_gaps(values in column(8)) {
        for scale in &SCALES {
            let Ok(points) = normalise(&values, Direction::HigherIsBetter, scale) else { continue };
            for (x, y) in values.iter().zip(&points) {
                prop_assert_eq!(x.is_nan(), y.is_nan());
                for (other, points) in values.iter().zip(&points) {
                    prop_assert!(!(x < other && *y > points + 1e-9), "{scale:?}");
                }
            }
        }
    }

    #[test]
    fn places_share_their_sum(values in column(9)) {
        let n = values.iter().filter(|x| !x.is_nan()).count() as f64;
        let sum = |ties| ascending(&values, ties).iter().filter(|x| !x.is_nan()).sum::<f64>();
        prop_assert_eq!(sum(Ties::Average), n * (n + 1.0) / 2.0);
        prop_assert!(sum(Ties::Min) <= sum(Ties::Average) && sum(Ties::Average) <= sum(Ties::Max));
    }

    #[test]
    fn means_are_in_order(values in complete(5), weights in prop::collection::vec(0.1..9.0_f64, 5)) {
        let of = |mean| of_unit(&values, &weights, mean).unwrap().unwrap();
        let ordered = [
            of(Mean::Least),
            of(Mean::Generalised(-3.0)),
            of(Mean::Harmonic),
            of(Mean::Geometric),
            of(Mean::Arithmetic),
            of(Mean::Generalised(2.0)),
            of(Mean::Greatest),
        ];
        prop_assert!(ordered.windows(2).all(|pair| pair[0] <= pair[1] * (1.0 + 1e-9)), "{ordered:?}");
        let median = of(Mean::Median);
        prop_assert!(of(Mean::Least) <= median && median <= of(Mean::Greatest));
    }

    #[test]
    fn order_of_units_and_size_of_weights_do_not_matter(columns in table(), factor in 0.1..10.0_f64) {
        let n = columns[0].len();
        let weights: Vec<f64> = (0..columns.len()).map(|at| at as f64 + 1.0).collect();
        let larger: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
        let turned: Vec<Vec<f64>> = columns.iter().map(|column| column.iter().rev().copied().collect()).collect();
        for mean in [Mean::Arithmetic, Mean::Geometric, Mean::Median, Mean::COPELAND] {
            let index = columns.len();
            let plain = Tree::flat(&weights, mean).unwrap().aggregate(&columns).unwrap();
            let other = Tree::flat(&larger, mean).unwrap().aggregate(&turned).unwrap();
            let back: Vec<f64> = (0..n).map(|unit| other[index][n - 1 - unit]).collect();
            prop_assert!(same(&plain[index], &back), "{mean:?}");
        }
    }

    #[test]
    fn an_arithmetic_tree_is_flat(parents in prop::collection::vec(0..100_usize, 1..9), seed in complete(10)) {
        // the parent of a node comes after it; the last is the index
        let n = parents.len() + 1;
        let node = |at: usize| Node {
            parent: parents.get(at).map(|parent| at + 1 + parent % (n - 1 - at)),
            weight: 1.0 + (at % 3) as f64,
            mean: Mean::Arithmetic,
        };
        let tree = Tree::new((0..n).map(node).collect(), 0.0).unwrap();
        let columns: Vec<Vec<f64>> = tree.leaves().iter().map(|leaf| vec![seed[*leaf], seed[9 - leaf % 10]]).collect();
        let shares = tree.effective_weights();
        let whole: f64 = tree.leaves().iter().map(|&leaf| shares[leaf]).sum();
        prop_assert!((whole - 1.0).abs() < 1e-12);
        let values = tree.aggregate(&columns).unwrap();
        for unit in 0..2 {
            let flat: f64 = tree.leaves().iter().zip(&columns).map(|(&leaf, column)| shares[leaf] * column[unit]).sum();
            prop_assert!((values[n - 1][unit] - flat).abs() < 1e-9);
        }
    }

    #[test]
    fn comparisons_share_out_all_points(columns in table()) {
        let parts: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let weights = vec![1.0; columns.len()];
        let n = columns[0].len() as f64;
        for like_r in [false, true] {
            let sum = |in_full| outranking(&parts, &weights, Comparison { in_full, like_r }).iter().sum::<f64>();
            prop_assert!(sum(false).abs() < 1e-9);
            prop_assert!((sum(true) - n * (n - 1.0) / 2.0).abs() < 1e-9);
        }
    }

    #[test]
    fn treatment_keeps_the_order_and_the_gaps(values in column(14), far in 0..100_000_i32) {
        let mut values = values;
        values.push(f64::from(far));
        for then in [Some(Transform::LogShifted), Some(Transform::LogSkew), None] {
            let how = Treatment { then, ..Treatment::default() };
            let Ok(it) = treat(&values, &how) else {
                prop_assert!(shape(&values).is_err());
                continue;
            };
            for (x, y) in values.iter().zip(&it.values) {
                prop_assert_eq!(x.is_nan(), y.is_nan());
                for (other, treated) in values.iter().zip(&it.values) {
                    prop_assert!(!(x < other && *y > treated + 1e-9), "{values:?} {it:?}");
                }
            }
        }
    }

    #[test]
    fn transforms_keep_the_order(values in column(8)) {
        for kind in [Transform::LogFromOne, Transform::LogGii, Transform::BoxCox(-0.5), Transform::BoxCox(2.0)] {
            let Ok(changed) = transform(&values, kind) else { continue };
            for (x, y) in values.iter().zip(&changed) {
                for (other, changed) in values.iter().zip(&changed) {
                    prop_assert!(!(x < other && *y > changed + 1e-9), "{kind:?}");
                }
            }
        }
    }

    #[test]
    fn imputation_leaves_what_is_known(values in column(9), groups in prop::collection::vec(0..3_usize, 9)) {
        let groups: Vec<Option<usize>> = groups.into_iter().map(|group| group.checked_sub(1)).collect();
        for fill in [Fill::Mean, Fill::Median, Fill::Constant(7.0)] {
            let Ok(filled) = impute::column(&values, fill) else {
                prop_assert!(values.iter().all(|x| x.is_nan()));
                continue;
            };
            prop_assert!(filled.iter().all(|x| x.is_finite()));
            let by_group = impute::by_group(&values, &groups, fill).unwrap();
            for ((x, y), z) in values.iter().zip(&filled).zip(&by_group) {
                prop_assert!(x.is_nan() || (x == y && x == z));
            }
            let times: Vec<f64> = (0..9).map(f64::from).collect();
            let (line, last) = (panel::linear(&times, &values).unwrap(), panel::last_known(&values, None).unwrap());
            prop_assert!(line.iter().all(|x| x.is_finite()));
            prop_assert!(values.iter().zip(line.iter().zip(&last)).all(|(x, (a, b))| x.is_nan() || (x == a && x == b)));
        }
    }

    #[test]
    fn em_leaves_what_is_known(columns in prop::collection::vec(column(12), 2)) {
        // refusals (no variation, no settling) are answers too
        if let Ok(it) = em::impute(&columns, 500) {
            for (column, filled) in columns.iter().zip(&it.columns) {
                prop_assert!(filled.iter().all(|x| x.is_finite()));
                prop_assert!(column.iter().zip(filled).all(|(x, y)| x.is_nan() || x == y));
            }
        }
    }

    #[test]
    fn denominators_cancel(values in complete(5), d in complete(5)) {
        let once = denominate::denominate(&values, &d, 100.0).unwrap();
        let doubled: Vec<f64> = d.iter().map(|d| 2.0 * d).collect();
        let twice = denominate::denominate(&values, &doubled, 200.0).unwrap();
        prop_assert!(same(&once, &twice));
    }

    #[test]
    fn competitiveness_stays_within_its_points(before in complete(3), after in complete(3)) {
        let tree = Tree::flat(&[1.0, 2.0, 3.0], Mean::Arithmetic).unwrap();
        let ends = [Ends { worst: 50.0, best: 300.0 }, Ends { worst: 400.0, best: 1.0 }, Ends { worst: 0.0, best: 9.0 }];
        let of = |values: &[f64]| {
            let columns: Vec<Vec<f64>> = values.iter().map(|x| vec![*x]).collect();
            competitiveness::index(&columns, &ends, &tree).unwrap().remove(0)
        };
        let (before, after) = (of(&before), of(&after));
        prop_assert!(before.points.iter().all(|points| (60.0..=100.0 + 1e-9).contains(points)));
        let parts: f64 = competitiveness::contributions(&before, &after, &tree).unwrap().iter().sum();
        prop_assert!((parts - (after.points[3] - before.points[3])).abs() < 1e-9);
    }

    #[test]
    fn sensitivity_does_not_see_the_scale(answers in prop::collection::vec(-9.0..9.0_f64, 40), factor in 0.1..9.0_f64) {
        let scaled: Vec<f64> = answers.iter().map(|x| x * factor).collect();
        let (a, b) = (indices(&answers, 10, 2, None).unwrap(), indices(&scaled, 10, 2, None).unwrap());
        for (a, b) in a.influences.iter().zip(&b.influences) {
            prop_assert!((a.first - b.first).abs() < 1e-9 && (a.total - b.total).abs() < 1e-9);
            prop_assert!(a.total >= 0.0);
        }
    }

    #[test]
    fn groups_hold_neighbours(draws in prop::collection::vec(complete(6), 1..8), nominal in complete(6)) {
        let groups = Groups::new(&nominal, &draws, 0.8);
        prop_assert!(groups.order.windows(2).all(|pair| nominal[pair[0]] >= nominal[pair[1]]));
        prop_assert!(groups.runs.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        for unit in 0..6 {
            prop_assert!(groups.beside(unit).contains(&unit));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn without_doubt_there_is_no_uncertainty(columns in table(), seed in 0..99_u64) {
        let plan = Plan {
            directions: vec![Direction::HigherIsBetter; columns.len()],
            scales: vec![Scale::HUNDRED; columns.len()],
            tree: Tree::flat(&vec![1.0; columns.len()], Mean::Arithmetic).unwrap(),
            columns,
        };
        let Ok(index) = build(&plan) else { return Ok(()) };
        let node = plan.columns.len();
        let it = uncertainty(&plan, &Doubt::default(), node, 5, seed, 0.9).unwrap();
        prop_assert_eq!(it.mean_change, 0.0);
        for (place, rank) in it.places.iter().zip(&index.ranks[node]) {
            prop_assert_eq!((place.rank, place.interval.low, place.interval.high, place.kept), (*rank, *rank, *rank, 1.0));
        }
        let doubt = Doubt { weight_noise: 0.5, scales: vec![Scale::HUNDRED, Scale::Rank(Ties::Min)], ..Doubt::default() };
        let it = uncertainty(&plan, &doubt, node, 40, seed, 0.9).unwrap();
        prop_assert_eq!(&it, &uncertainty(&plan, &doubt, node, 40, seed, 0.9).unwrap());
        let n = it.places.len() as f64;
        for place in &it.places {
            prop_assert!(1.0 <= place.interval.low && place.interval.contains(place.median) && place.interval.high <= n);
            prop_assert!((0.0..=1.0).contains(&place.kept) && (1.0..=n).contains(&place.mean));
        }
        // one indicator has no weights to vary: then nothing moves and there is nothing to take apart
        match sensitivity(&plan, &doubt, node, 20, seed, None) {
            Ok(it) => prop_assert_eq!(it.factors, ["weights", "scale"]),
            Err(refusal) => {
                let nothing_moves = matches!(refusal, Refusal::NoVariation { .. });
                prop_assert!(nothing_moves, "{refusal}");
            }
        }
    }
}

/// Ishigami's function: first-order and total indices have closed forms.
#[test]
fn a_function_with_known_indices() {
    let (n, pi) = (20_000, std::f64::consts::PI);
    let points = design(n, 3, 5).unwrap();
    let f = |u: &Vec<f64>| {
        let x: Vec<f64> = u.iter().map(|u| pi * (2.0 * u - 1.0)).collect();
        libm::sin(x[0]) + 7.0 * libm::sin(x[1]).powi(2) + 0.1 * x[2].powi(4) * libm::sin(x[0]) - 3.5 // its mean
    };
    let answers: Vec<f64> = points.iter().map(f).collect();
    let it = indices(&answers, n, 3, Some(Bootstrap { replicates: 100, seed: 1, level: 0.99 })).unwrap();
    for (influence, (first, total)) in
        it.influences.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)])
    {
        assert!(
            (influence.first - first).abs() < 0.03 && (influence.total - total).abs() < 0.03,
            "{influence:?}"
        );
        assert!(influence.total_interval.unwrap().contains(total), "{influence:?}");
    }
}

#[test]
fn bad_indices_are_refused() {
    let gap = f64::NAN;
    let up = Direction::HigherIsBetter;
    for (values, scale) in [
        (vec![], Scale::HUNDRED),
        (vec![gap, gap], Scale::HUNDRED),
        (vec![1.0, 1.0], Scale::HUNDRED),
        (vec![1.0, f64::INFINITY], Scale::HUNDRED),
        (vec![1.0, 2.0], Scale::MinMax { low: 5.0, high: 5.0 }),
        (vec![1.0, 2.0], Scale::ZScore { mean: 0.0, deviation: 0.0 }),
        (vec![1.0, 2.0], Scale::ToUnit { row: 2, capped: true }),
        (vec![1.0, gap], Scale::ToUnit { row: 1, capped: true }),
        (vec![1.0, 2.0], Scale::ToTarget { target: 1.0, capped: true }),
        (vec![1.0, 2.0], Scale::ToTarget { target: gap, capped: true }),
        (vec![-1.0, 0.0], Scale::ShareOfBest),
        (vec![1.0], Scale::PercentileRank(Ties::Min)),
        (vec![1.0], Scale::Scaled { worst: 2.0, best: 1.0 }),
        (vec![1.0], Scale::Goalposts { worst: 0.0, best: 1.0, points: gap, clipped: true }),
        (vec![-f64::MAX, f64::MAX], Scale::HUNDRED),
    ] {
        assert!(normalise(&values, up, &scale).is_err(), "{values:?} {scale:?}");
    }
    assert!(shape(&[1.0, 2.0, 3.0]).is_err());
    assert!(shape(&[0.1; 9]).is_err());
    assert!(of_unit(&[0.0, 1.0], &[1.0, 1.0], Mean::Geometric).is_err());
    assert!(of_unit(&[1.0, 1.0], &[1.0, 1.0], Mean::Generalised(0.0)).is_err());
    assert_eq!(of_unit(&[gap], &[1.0], Mean::Arithmetic), Ok(None));
    assert_eq!(of_unit(&[1.0], &[0.0], Mean::Arithmetic), Ok(None));
    let node = |parent, weight| Node { parent, weight, mean: Mean::Arithmetic };
    for nodes in [
        vec![],
        vec![node(Some(3), 1.0)],
        vec![node(Some(0), 1.0)],
        vec![node(Some(1), 1.0), node(Some(2), 1.0), node(Some(1), 1.0)],
        vec![node(Some(1), -1.0), node(None, 1.0)],
        vec![node(Some(1), 0.0), node(None, 1.0)],
        vec![node(Some(1), gap), node(None, 1.0)],
    ] {
        assert!(Tree::new(nodes.clone(), 0.0).is_err(), "{nodes:?}");
    }
    let tree = Tree::flat(&[1.0, 1.0], Mean::Arithmetic).unwrap();
    assert!(tree.aggregate(&[vec![1.0]]).is_err());
    assert!(tree.aggregate(&[vec![1.0], vec![1.0, 2.0]]).is_err());
    // the third hangs on two that are one
    let (one, two) = (vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 4.0, 6.0, 8.0]);
    assert!(em::impute(&[one, two, vec![1.0, 5.0, gap, 2.0]], 500).is_err());
    assert!(design(1, 1, 0).is_err() && indices(&[1.0; 8], 2, 2, None).is_err());
    assert!(competitiveness::band(1.0, &[2.0, 1.0]).is_err());
    assert!(panel::linear(&[1.0, 1.0], &[1.0, 2.0]).is_err());
    assert!(decision::weights::equal(0).is_err());
}

/// The handbook's example of a unit with errors: only errors come from data, so only they widen its places.
#[test]
fn errors_of_the_figures_move_places() {
    let plan = Plan {
        columns: vec![vec![10.0, 20.0, 30.0, 80.0]],
        directions: vec![Direction::HigherIsBetter],
        scales: vec![Scale::AsIs],
        tree: Tree::flat(&[1.0], Mean::Arithmetic).unwrap(),
    };
    let errors = vec![vec![20.0, 20.0, 0.0, f64::NAN]];
    let doubt = Doubt { errors: Some(errors), ..Doubt::default() };
    let it = uncertainty(&plan, &doubt, 1, 2000, 3, 0.9).unwrap();
    assert_eq!((it.places[3].interval.low, it.places[3].interval.high), (1.0, 1.0));
    assert!(it.places[0].interval.low < it.places[0].interval.high);
    // 10 ± 20 against 20 ± 20: P(first ahead) = Φ(−10/√800) = 0.362
    assert_eq!(it.groups.beside(3), [3]);
    assert_eq!(it.groups.beside(0).len(), 3);
}
