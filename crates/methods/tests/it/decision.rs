//! Weights and orders of alternatives against pymcdm, and examples from papers.
#![expect(clippy::float_cmp, reason = "places, marks and zeros are exact")]

use std::collections::BTreeMap;

use crate::beside::{Cells, column, number, rows, shared};
use crate::table::Worst;
use zhiheng_methods::composite::Direction::{self, HigherIsBetter, LowerIsBetter};
use zhiheng_methods::decision::ahp::{RandomIndex, ahp};
use zhiheng_methods::decision::average_distance::{codas, edas};
use zhiheng_methods::decision::border::{mabac, mairca};
use zhiheng_methods::decision::ideal::topsis;
use zhiheng_methods::decision::like_pymcdm;
use zhiheng_methods::decision::outranking::{Preference, promethee};
use zhiheng_methods::decision::ratio::{moora, ocra};
use zhiheng_methods::decision::reference::{marcos, spotis};
use zhiheng_methods::decision::scaling::Scaling;
use zhiheng_methods::decision::sums::{aras, cocoso, waspas, weighted_product, weighted_sum};
use zhiheng_methods::decision::vikor::vikor;
use zhiheng_methods::decision::{Order, Problem, weights};

const CRITERIA: [&str; 5] = ["LPI", "Flights", "Ship", "Bord", "Elec"];

/// What the reference calls weights, all criteria being benefits.
fn weigh(name: &str, criteria: &[Vec<f64>], directions: &[Direction]) -> Vec<f64> {
    let all_up = vec![HigherIsBetter; criteria.len()];
    let found = match name {
        "equal" => weights::equal(criteria.len()),
        "entropy" => weights::entropy(criteria),
        "standard_deviation" => weights::standard_deviation(criteria),
        "variance" => weights::variance_weights(criteria),
        "critic" => weights::critic(criteria, &all_up),
        "gini" => weights::gini(criteria),
        "angle" => weights::angle(criteria),
        "merec" => weights::merec(criteria, directions),
        "cilos" => weights::cilos(criteria, directions),
        "idocriw" => weights::idocriw(criteria, directions),
        "lopcow" => weights::lopcow(criteria, directions),
        other => panic!("{other}"),
    };
    found.unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

#[test]
fn asem_physical_equals_pymcdm() {
    let Some(input) = shared("mcdm/input_asem_physical.csv") else { return };
    let criteria: Vec<Vec<f64>> = CRITERIA.iter().map(|name| column(&input, name)).collect();
    let directions = vec![HigherIsBetter; criteria.len()];
    let expected = shared("mcdm/expected_asem_physical_weights.csv").expect("beside the data");
    let mut worst = Worst::new("expected_asem_physical_weights.csv", 1e-9);
    for row in &expected {
        let at = CRITERIA.iter().position(|name| *name == row["criterion"]).expect("a criterion");
        let found = weigh(&row["method"], &criteria, &directions)[at];
        worst.relative(found, number(row, "weight"), &format!("{row:?}"));
    }
    worst.finish();

    let expected = shared("mcdm/expected_asem_physical_scores.csv").expect("beside the data");
    let mut worst = Worst::new("expected_asem_physical_scores.csv", 1e-9);
    let mut orders = BTreeMap::<(String, String), Order>::new();
    for row in &expected {
        let key = (row["weights"].clone(), row["method"].clone());
        let order = orders.entry(key).or_insert_with(|| {
            let weight = weigh(&row["weights"], &criteria, &directions);
            let problem = Problem::new(criteria.clone(), directions.clone(), &weight).expect("a problem");
            let order = match row["method"].as_str() {
                "topsis_vector" => topsis(&problem, Scaling::Vector),
                "topsis_minmax" => topsis(&problem, Scaling::MinMax),
                "vikor" => vikor(&problem, 0.5).map(|it| it.order),
                "promethee_II_usual" => like_pymcdm::promethee(&problem, &[Preference::Usual; 5]),
                "edas" => edas(&problem),
                "waspas" => waspas(&problem, Scaling::Linear, 0.5),
                "wsm_minmax" => weighted_sum(&problem, Scaling::MinMax),
                other => panic!("{other}"),
            };
            order.expect("an order")
        });
        let at =
            input.iter().position(|alternative| alternative["alt"] == row["alt"]).expect("an alternative");
        worst.relative(order.scores[at], number(row, "score"), &format!("{row:?}"));
        assert_eq!(order.ranks[at], number(row, "rank"), "{row:?}");
    }
    worst.finish();

    // With equal weights the reference breaks three of four ties by rounding; the method itself keeps all of them.
    let problem = Problem::new(criteria, directions, &[1.0; 5]).expect("a problem");
    let own = promethee(&problem, &[Preference::Usual; 5]).expect("an order").order;
    let (mut ties, mut broken) = (0, 0);
    let like = &orders[&("equal".to_owned(), "promethee_II_usual".to_owned())];
    for (i, (a, b)) in own.scores.iter().zip(&like.scores).enumerate() {
        assert!((a - b).abs() < 1e-14);
        let others = own.ranks.iter().filter(|rank| **rank == own.ranks[i]).count();
        ties += usize::from(others > 1);
        broken += usize::from(own.ranks[i] != like.ranks[i]);
    }
    assert_eq!((ties, broken), (8, 6));
}

#[test]
fn judgements_in_pairs_equal_the_reference() {
    let Some(input) = shared("mcdm/input_ahp.csv") else { return };
    let mut worst = Worst::new("expected_ahp.csv", 1e-9);
    for row in &shared("mcdm/expected_ahp.csv").expect("beside the data") {
        let own = input.iter().filter(|cell| cell["matrix"] == row["matrix"]);
        let it = ahp(&square(own, "a"), RandomIndex::Saaty).expect("weights");
        let i = number(row, "i") as usize;
        let place = format!("{row:?}");
        worst.relative(it.weights[i], number(row, "weight_eig"), &place);
        worst.relative(it.geometric[i], number(row, "weight_geo"), &place);
        worst.relative(it.eigenvalue, number(row, "lambda_max"), &place);
        worst.relative(it.index, number(row, "ci"), &place);
        worst.relative(it.ratio.expect("small enough"), number(row, "cr_saaty_ri"), &place);
        assert_eq!(it.is_consistent(), Some(row["consistent"] == "True"), "{place}");
    }
    worst.finish();
}

/// A square table from rows `i, j, value`.
fn square<'a>(cells: impl Iterator<Item = &'a Cells>, value: &str) -> Vec<Vec<f64>> {
    let mut table = BTreeMap::<usize, BTreeMap<usize, f64>>::new();
    for cell in cells {
        let (i, j) = (number(cell, "i") as usize, number(cell, "j") as usize);
        table.entry(i).or_default().insert(j, number(cell, value));
    }
    table.into_values().map(|row| row.into_values().collect()).collect()
}

fn scaling(name: &str) -> Scaling {
    match name {
        "minmax" => Scaling::MinMax,
        "max" => Scaling::Max,
        "sum" => Scaling::Sum,
        "vector" => Scaling::Vector,
        "linear" => Scaling::Linear,
        "logarithmic" => Scaling::Logarithmic,
        "nonlinear" => Scaling::Nonlinear,
        "enhanced" => Scaling::EnhancedAccuracy,
        "zavadskas" => Scaling::ZavadskasTurskis,
        other => panic!("{other}"),
    }
}

fn order(problem: &Problem, what: &str, option: &str) -> Order {
    let m = problem.criteria().len();
    let preferences = |preference| promethee(problem, &vec![preference; m]).map(|it| it.order);
    let (q, p) = (4.0, 30.0);
    let order = match (what, option) {
        ("topsis", name) => topsis(problem, scaling(name)),
        ("wsm", name) => weighted_sum(problem, scaling(name)),
        ("wpm", name) => weighted_product(problem, scaling(name)),
        ("waspas", name) => waspas(problem, scaling(name), 0.3),
        ("vikor", v) => vikor(problem, v.parse().expect("a share")).map(|it| it.order),
        ("promethee", "usual") => preferences(Preference::Usual),
        ("promethee", "ushape") => preferences(Preference::UShape { q }),
        ("promethee", "vshape") => preferences(Preference::VShape { p }),
        ("promethee", "level") => preferences(Preference::Level { q, p }),
        ("promethee", "vshape_2") => preferences(Preference::Linear { q, p }),
        ("edas", _) => edas(problem),
        ("codas", name) => codas(problem, scaling(name), 0.02),
        ("aras", name) => aras(problem, scaling(name), None),
        ("cocoso", name) => cocoso(problem, scaling(name), 0.4),
        ("copras", _) => like_pymcdm::copras(problem),
        ("moora", _) => moora(problem),
        ("ocra", _) => ocra(problem),
        ("mabac", _) => mabac(problem, Scaling::MinMax),
        ("mairca", _) => mairca(problem, Scaling::MinMax),
        ("marcos", _) => marcos(problem),
        ("spotis", "expected") => spotis(problem, &vec![(0.0, 120.0); m], Some(&vec![50.0; m])),
        ("spotis", _) => spotis(problem, &vec![(0.0, 120.0); m], None),
        other => panic!("{other:?}"),
    };
    order.unwrap_or_else(|refusal| panic!("{what} {option}: {refusal}"))
}

#[test]
fn options_equal_pymcdm() {
    let all = rows(include_str!("../../vectors/decision.csv"));
    let mut worst = Worst::new("decision.csv", 1e-9);
    for table in ["0", "1", "2"] {
        let own: Vec<&Cells> = all.iter().filter(|row| row["table"] == table).collect();
        let of = |what: &str| own.iter().copied().filter(|row| row["what"] == what).collect::<Vec<&Cells>>();
        let by_row = square(of("input").into_iter(), "value");
        let n_criteria = by_row[0].len();
        let criteria: Vec<Vec<f64>> =
            (0..n_criteria).map(|j| by_row.iter().map(|row| row[j]).collect()).collect();
        let sign = |row: &&Cells| if number(row, "value") < 0.0 { LowerIsBetter } else { HigherIsBetter };
        let directions: Vec<Direction> = of("direction").iter().map(sign).collect();
        let weight: Vec<f64> = of("weight").iter().map(|row| number(row, "value")).collect();
        let problem = Problem::new(criteria.clone(), directions.clone(), &weight).expect("a problem");
        for row in &own {
            let (what, i, value) = (row["what"].as_str(), number(row, "i") as usize, number(row, "value"));
            let place = format!("{row:?}");
            match what {
                "input" | "direction" | "weight" => {}
                "weights" => worst.relative(weigh(&row["option"], &criteria, &directions)[i], value, &place),
                _ => match what.strip_suffix(" rank") {
                    Some(what) => {
                        assert_eq!(order(&problem, what, &row["option"]).ranks[i], value, "{place}");
                    }
                    None => close(&mut worst, order(&problem, what, &row["option"]).scores[i], value, &place),
                },
            }
        }
    }
    for n in [3, 4, 5, 8, 12, 15] {
        let own = |what: &'static str| {
            all.iter().filter(move |row| row["table"] == format!("ahp{n}") && row["what"] == what)
        };
        let it = ahp(&square(own("input"), "value"), RandomIndex::TummalaLing).expect("weights");
        for (found, row) in it.weights.iter().zip(own("eigenvector")) {
            worst.relative(*found, number(row, "value"), &format!("{row:?}"));
        }
        for (found, what) in [(it.eigenvalue, "eigenvalue"), (it.ratio.expect("small enough"), "ratio")] {
            worst.relative(
                found,
                number(own(what).next().expect("a row"), "value"),
                &format!("ahp{n} {what}"),
            );
        }
    }
    worst.finish();
}

/// Scores that are differences of larger numbers are 0 up to rounding.
fn close(worst: &mut Worst, found: f64, expected: f64, place: &str) {
    if expected.abs() < 1e-3 {
        worst.absolute(found, expected, place);
    } else {
        worst.relative(found, expected, place);
    }
}

/// Opricovic and Tzeng's method on the table in pymcdm's own documentation.
#[test]
fn a_documented_vikor() {
    let rows = [
        [78.0, 56.0, 34.0, 6.0],
        [4.0, 45.0, 3.0, 97.0],
        [18.0, 2.0, 50.0, 63.0],
        [9.0, 14.0, 11.0, 92.0],
        [85.0, 9.0, 100.0, 29.0],
    ];
    let criteria = (0..4).map(|j| rows.iter().map(|row| row[j]).collect()).collect();
    let problem = Problem::new(criteria, vec![HigherIsBetter; 4], &[1.0; 4]).expect("a problem");
    let it = vikor(&problem, 0.5).expect("an order");
    let printed: Vec<String> = it.order.scores.iter().map(|q| format!("{q:.4}")).collect();
    assert_eq!(printed, ["0.5679", "0.7667", "1.0000", "0.7493", "0.0000"]);
    // 0.5679 is more than 1/4 ahead of nobody but the first: the lead of the first is enough
    assert_eq!(it.compromise, [4]);
}
