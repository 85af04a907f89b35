//! Composite indices against COINr's output beside the repository, R's vectors, and figures worked by hand.
#![expect(clippy::float_cmp, reason = "places, marks and zeros are exact")]

use std::collections::BTreeMap;

use crate::beside::{Cells, column, number, rows, shared};
use crate::table::Worst;
use zhiheng_methods::composite::impute::{self, Fill};
use zhiheng_methods::composite::index::{Plan, build};
use zhiheng_methods::composite::mean::{Comparison, Mean, of_unit, outranking};
use zhiheng_methods::composite::moments::shape;
use zhiheng_methods::composite::rank::{Ties, scores};
use zhiheng_methods::composite::scale::{Scale, normalise};
use zhiheng_methods::composite::transform::{Transform, transform};
use zhiheng_methods::composite::treat::{Treatment, treat};
use zhiheng_methods::composite::tree::{Node, Tree};
use zhiheng_methods::composite::{Direction, denominate, em, rank};
use zhiheng_methods::decision::eigen::principal_components;

/// The ASEM example: units, indicator codes, a plan, and the codes of the tree's nodes.
pub(crate) fn asem() -> Option<(Vec<String>, Plan, Vec<String>)> {
    let data = shared("composite/input_asem_idata.csv")?;
    let meta = shared("composite/input_asem_imeta.csv")?;
    let meta: Vec<&Cells> = meta.iter().filter(|row| !row["Level"].is_empty()).collect();
    let codes: Vec<String> = meta.iter().map(|row| row["iCode"].clone()).collect();
    let node = |row: &&Cells| Node {
        parent: codes.iter().position(|code| *code == row["Parent"]),
        weight: number(row, "Weight"),
        mean: Mean::Arithmetic,
    };
    let tree = Tree::new(meta.iter().map(node).collect(), 0.0).expect("a tree");
    let leaves: Vec<usize> = tree.leaves().to_vec();
    let plan = Plan {
        columns: leaves.iter().map(|&leaf| column(&data, &codes[leaf])).collect(),
        directions: leaves.iter().map(|&leaf| way(number(meta[leaf], "Direction"))).collect(),
        scales: vec![Scale::HUNDRED; leaves.len()],
        tree,
    };
    Some((data.iter().map(|row| row["uCode"].clone()).collect(), plan, codes))
}

fn way(sign: f64) -> Direction {
    if sign < 0.0 { Direction::LowerIsBetter } else { Direction::HigherIsBetter }
}

#[test]
fn asem_equals_coinr() {
    let Some((units, plan, codes)) = asem() else { return };
    let it = build(&plan).expect("an index");
    let unit = |row: &Cells, name: &str| units.iter().position(|code| *code == row[name]).expect("a unit");
    let node = |row: &Cells| codes.iter().position(|code| *code == row["code"]).expect("a node");

    let expected = shared("composite/expected_asem_norm_minmax.csv").expect("beside the data");
    let mut worst = Worst::new("expected_asem_norm_minmax.csv", 1e-9);
    let leaves = plan.tree.leaves();
    for row in &expected {
        let indicator = leaves.iter().position(|&leaf| leaf == node(row)).expect("an indicator");
        let (found, value) = (it.normalised[indicator][unit(row, "unit")], number(row, "value"));
        assert_eq!(found.is_nan(), value.is_nan(), "{row:?}");
        if !value.is_nan() {
            worst.relative(found, value, &format!("{row:?}"));
        }
    }
    assert_eq!(expected.len(), units.len() * leaves.len());
    worst.finish();

    let expected = shared("composite/expected_asem_agg_minmax_a_amean.csv").expect("beside the data");
    let mut worst = Worst::new("expected_asem_agg_minmax_a_amean.csv", 1e-9);
    for row in &expected {
        let (node, unit) = (node(row), unit(row, "unit"));
        worst.relative(it.scores[node][unit], number(row, "value"), &format!("{row:?}"));
        assert_eq!(it.ranks[node][unit], number(row, "rank"), "{row:?}");
    }
    worst.finish();
}

/// The rows of a vector file by what, column and option.
fn vectors(text: &str) -> BTreeMap<(String, String, String), Vec<f64>> {
    let mut all = BTreeMap::<_, Vec<f64>>::new();
    for row in rows(text) {
        let key = (row["what"].clone(), row["column"].clone(), row["option"].clone());
        all.entry(key).or_default().push(number(&row, "value"));
    }
    all
}

fn compare(worst: &mut Worst, found: &[f64], expected: &[f64], place: &str) {
    assert_eq!(found.len(), expected.len(), "{place}");
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found.is_nan(), expected.is_nan(), "{place} {i}: {found} {expected}");
        if expected.abs() < 1e-12 {
            worst.absolute(*found, *expected, &format!("{place} {i}"));
        } else if !expected.is_nan() {
            worst.relative(*found, *expected, &format!("{place} {i}"));
        }
    }
}

#[test]
fn steps_equal_r() {
    let input = rows(include_str!("../../vectors/composite_input.csv"));
    let vectors = vectors(include_str!("../../vectors/composite_r.csv"));
    let mut worst = Worst::new("composite_r.csv", 1e-9);
    for ((what, name, option), expected) in &vectors {
        let place = format!("{what} {name} {option}");
        let values = if name.is_empty() { Vec::new() } else { column(&input, name) };
        let words: Vec<&str> = option.split(' ').collect();
        let real = |at: usize| words[at].parse::<f64>().expect("a number");
        match what.as_str() {
            "scale" => {
                let scale = scale(&words, vectors.get(&("target".into(), name.clone(), target(&words))));
                let direction = way(real(words.len() - 1));
                compare(&mut worst, &normalise(&values, direction, &scale).expect(&place), expected, &place);
            }
            "target" => {}
            "shape" => {
                let it = shape(&values).expect(&place);
                let found = if option == "skewness" { it.skewness } else { it.kurtosis };
                compare(&mut worst, &[found], expected, &place);
            }
            "transform" => {
                let kind = match words[0] {
                    "shifted" => Transform::LogShifted,
                    "skew" => Transform::LogSkew,
                    "from_one" => Transform::LogFromOne,
                    "gii" => Transform::LogGii,
                    _ => Transform::BoxCox(0.5),
                };
                compare(&mut worst, &transform(&values, kind).expect(&place), expected, &place);
            }
            "treat" | "combine" | "treat n" => {
                let most = if words[0] == "Inf" { None } else { Some(real(0) as usize) };
                let how = Treatment {
                    most,
                    skewness: real(1),
                    kurtosis: real(2),
                    combine: what == "combine",
                    ..Treatment::default()
                };
                let it = treat(&values, &how).expect(&place);
                let found = if what == "treat n" { vec![it.winsorised as f64] } else { it.values };
                compare(&mut worst, &found, expected, &place);
            }
            "impute" => {
                let fill = if words[0] == "mean" { Fill::Mean } else { Fill::Median };
                let groups: Vec<Option<usize>> =
                    column(&input, "group").iter().map(|group| Some(*group as usize)).collect();
                let found = match words.get(1) {
                    None => impute::column(&values, fill),
                    Some(&"group") => impute::by_group(&values, &groups, fill),
                    _ => {
                        let columns = ["even", "long", "spike", "down"].map(|name| column(&input, name));
                        impute::by_row(&columns, &[Direction::HigherIsBetter; 4], fill)
                            .map(|columns| columns[0].clone())
                    }
                };
                compare(&mut worst, &found.expect(&place), expected, &place);
            }
            _ => compare(&mut worst, &means(&input, what, &words), expected, &place),
        }
    }
    worst.finish();
}

fn target(words: &[&str]) -> String {
    format!("target {}", words[words.len() - 1])
}

fn scale(words: &[&str], target: Option<&Vec<f64>>) -> Scale {
    let ties = match words.get(1) {
        Some(&"max") => Ties::Max,
        Some(&"average") => Ties::Average,
        _ => Ties::Min,
    };
    match words[0] {
        "minmax" => Scale::MinMax { low: 1.0, high: 10.0 },
        "zscore" => Scale::ZScore { mean: 10.0, deviation: 2.0 },
        "to_best" => Scale::ToBest,
        "share_of_best" => Scale::ShareOfBest,
        "rank" => Scale::Rank(ties),
        "borda" => Scale::Borda(ties),
        "prank" => Scale::PercentileRank(ties),
        "to_unit" => Scale::ToUnit { row: 4, capped: false },
        "to_target" => Scale::ToTarget { target: target.expect("a target")[0], capped: true },
        other => panic!("{other}"),
    }
}

/// Means, Copeland scores and components of the three positive columns of the script.
fn means(input: &[Cells], what: &str, words: &[&str]) -> Vec<f64> {
    let points = Scale::MinMax { low: 1.0, high: 100.0 };
    let columns: Vec<Vec<f64>> = ["even", "long", "spike"]
        .iter()
        .map(|name| normalise(&column(input, name), Direction::HigherIsBetter, &points).expect("points"))
        .collect();
    let weights = [1.0, 2.0, 3.0];
    let whole: Vec<usize> =
        (0..input.len()).filter(|&unit| columns.iter().all(|column| !column[unit].is_nan())).collect();
    let complete: Vec<Vec<f64>> =
        columns.iter().map(|column| whole.iter().map(|&unit| column[unit]).collect()).collect();
    match (what, words[0]) {
        ("mean", kind) => {
            let mean = match kind {
                "arithmetic" => Mean::Arithmetic,
                "geometric" => Mean::Geometric,
                "harmonic" => Mean::Harmonic,
                "generalised" => Mean::Generalised(2.5),
                "median" => Mean::Median,
                _ => Mean::Product,
            };
            let unit = |unit: usize| {
                let values: Vec<f64> = columns.iter().map(|column| column[unit]).collect();
                of_unit(&values, &weights, mean).expect("a mean").unwrap_or(f64::NAN)
            };
            (0..input.len()).map(unit).collect()
        }
        ("copeland", kind) => {
            let parts: Vec<&[f64]> = complete.iter().map(Vec::as_slice).collect();
            outranking(&parts, &weights, Comparison { in_full: kind == "in_full", like_r: false })
        }
        ("pca", "variances") => principal_components(&complete).expect("components").variances,
        ("pca", _) => principal_components(&complete).expect("components").vectors[0].clone(),
        other => panic!("{other:?}"),
    }
}

/// Two indicators, the second missing for some: the maximum of the likelihood has a closed form (Anderson 1957).
#[test]
fn em_finds_the_closed_form() {
    let first = vec![1.0, 2.0, 4.0, 5.0, 7.0, 8.0, 3.0, 9.0];
    let gap = f64::NAN;
    let second = vec![2.0, 3.0, 5.0, 7.0, 8.0, gap, gap, gap];
    let it = em::impute(&[first.clone(), second.clone()], 1000).expect("imputed");
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (x, y) = (&first[..5], &second[..5]);
    let slope = x.iter().zip(y).map(|(a, b)| (a - mean(x)) * (b - mean(y))).sum::<f64>()
        / x.iter().map(|a| (a - mean(x)) * (a - mean(x))).sum::<f64>();
    let expected = mean(y) + slope * (mean(&first) - mean(x));
    assert!((it.means[1] - expected).abs() < 1e-8, "{} {expected}", it.means[1]);
    let filled = mean(y) + slope * (first[5] - mean(x));
    assert!((it.columns[1][5] - filled).abs() < 1e-8);
}

/// A made-up district: 3 units, 2 groups, worked by hand.
#[test]
fn a_small_index_by_hand() {
    let node = |parent, weight| Node { parent, weight, mean: Mean::Arithmetic };
    // 0, 1 in group 3; 2 in group 4; index 5
    let nodes = vec![
        node(Some(3), 1.0),
        node(Some(3), 3.0),
        node(Some(4), 1.0),
        node(Some(5), 2.0),
        node(Some(5), 1.0),
        node(None, 1.0),
    ];
    let tree = Tree::new(nodes, 0.0).expect("a tree");
    assert_eq!(tree.effective_weights(), [1.0 / 6.0, 0.5, 1.0 / 3.0, 2.0 / 3.0, 1.0 / 3.0, 1.0]);
    let gap = f64::NAN;
    let plan = Plan {
        columns: vec![vec![80.0, 90.0, 100.0], vec![5.0, gap, 1.0], vec![10.0, 20.0, 15.0]],
        directions: vec![Direction::HigherIsBetter, Direction::LowerIsBetter, Direction::HigherIsBetter],
        scales: vec![Scale::HUNDRED; 3],
        tree,
    };
    let it = build(&plan).expect("an index");
    assert_eq!(it.scores[3], [0.0, 50.0, 100.0]); // the gap leaves indicator 0 alone
    assert_eq!(it.scores[4], [0.0, 100.0, 50.0]);
    let index: Vec<f64> = it.scores[5].iter().map(|x| (x * 3.0).round()).collect();
    assert_eq!(index, [0.0, 200.0, 250.0]);
    assert_eq!(it.ranks[5], [3.0, 2.0, 1.0]);
}

#[test]
fn places_and_quantiles() {
    let values = [3.0, f64::NAN, 1.0, 3.0, 2.0];
    let places = rank::ascending(&values, Ties::Max);
    assert_eq!((places[0], places[2], places[4]), (4.0, 1.0, 2.0));
    assert!(places[1].is_nan());
    assert_eq!(scores(&[-0.0, 0.0], false, Ties::Min), [1.0, 1.0]);
    // R: quantile(c(1, 2, 4, 8), 0.3, type = 7)
    assert!((rank::quantile(&[1.0, 2.0, 4.0, 8.0], 0.3) - 1.9).abs() < 1e-15);
    assert!(rank::quantile(&[], 0.3).is_nan());
    assert!(denominate::denominate(&[1.0], &[0.0], 1.0).is_err());
}
