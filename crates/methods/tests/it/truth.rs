//! Data truth against R and robustbase (`vectors/make_truth.R`), and against a paper's own example.

use std::collections::BTreeMap;

use crate::table::{Row, Table, Worst};
use zhiheng_methods::Refusal;
use zhiheng_methods::truth::{
    benford::{self, Digits},
    bunching, heaping, last_digit,
    outlier::{self, Ends, Middle, Quartiles},
    smooth,
};

fn sets() -> BTreeMap<String, Vec<f64>> {
    let mut sets = BTreeMap::<String, Vec<f64>>::new();
    for row in Table::vector("truth_data.csv").rows() {
        sets.entry(row.text("set").to_owned()).or_default().push(row.real("value"));
    }
    sets
}

/// The figure that a row of the reference names.
fn found(row: &Row, x: &[f64]) -> Result<f64, Refusal> {
    let (option, key) = (row.text("option"), row.text("key"));
    let number = |text: &str| text.parse::<f64>().ok();
    let decimals = || number(option).map_or(0, |decimals| decimals as u32);
    let quartiles = || if option.starts_with("hinges") { Quartiles::Hinges } else { Quartiles::Interpolated };
    let k = || option.rsplit('_').next().and_then(number).expect("a number");
    let fences = |it: &outlier::Fences| match key {
        "low" => it.low,
        "high" => it.high,
        _ => it.rows.len() as f64,
    };
    Ok(match row.text("method") {
        "benford" => {
            let which = match option {
                "first" => Digits::First,
                "second" => Digits::Second,
                _ => Digits::FirstTwo,
            };
            let it = benford::test(x, which, 0.0)?;
            match key {
                "chi_square" => it.chi_square,
                "p_value" => it.p_value,
                "mad" => it.mad,
                "distance" => it.distance,
                _ => it.cells[key[1..].parse::<usize>().expect("z and a number")].z.abs(),
            }
        }
        method @ ("last_digit" | "last_pair") => {
            let test = if method == "last_digit" { last_digit::single } else { last_digit::pairs };
            let it = test(x, decimals())?;
            match key {
                "chi_square" => it.chi_square,
                "p_value" => it.p_value,
                "marked" => it.marked.count as f64,
                _ => it.marked.p_value,
            }
        }
        "round" => {
            let it = heaping::at_round(x, 0, k(), 0.95)?;
            if key == "round" { it.round as f64 } else { it.p_value }
        }
        "myers" => {
            let ages: Vec<f64> = x.iter().map(|x| x.abs() % 90.0).collect();
            heaping::myers(&ages, 10)?.0
        }
        "jump" => {
            let parts: Vec<Option<f64>> = option.split('_').map(number).collect();
            let get = |i: usize| parts.get(i).copied().flatten();
            let it = bunching::jump(x, get(0).expect("a threshold"), get(1), get(2))?;
            match key {
                "bin" => it.bin,
                "bandwidth" => it.bandwidth,
                "log_ratio" => it.log_ratio,
                "standard_error" => it.standard_error,
                _ => it.p_value,
            }
        }
        "ratio" => {
            let it = smooth::ratio(x)?;
            match key {
                "ratio" => it.ratio,
                "z" => it.z,
                "smooth" => it.smooth_p_value,
                _ => it.rough_p_value,
            }
        }
        method @ ("counts" | "rates") => {
            let it = if method == "counts" {
                let days = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0];
                smooth::counts(&[101, 98, 104, 100, 97, 99, 103, 100], &days)?
            } else {
                smooth::rates(&[48, 47, 45, 46, 48, 47], &[52, 50, 49, 50, 53, 50])?
            };
            match key {
                "chi_square" => it.chi_square,
                "smooth" => it.smooth_p_value,
                _ => it.rough_p_value,
            }
        }
        "medcouple" => outlier::medcouple(
            x,
            match option {
                "mean" => Middle::Mean,
                "lower" => Middle::Lower,
                _ => Middle::LikeR,
            },
        )?,
        "tukey" => fences(&outlier::tukey(x, k(), quartiles())?),
        "adjusted" => fences(&outlier::adjusted(x, k(), Quartiles::Hinges, Middle::LikeR)?.0),
        "mad" => fences(&outlier::mad(x, k())?),
        "esd" => {
            let it = outlier::esd(x, 10, k())?;
            let step = || &it.steps[key[1..].parse::<usize>().expect("a step") - 1];
            match &key[..1] {
                "r" => step().statistic,
                "l" => step().critical,
                _ => it.outliers as f64,
            }
        }
        "hampel" => {
            let half = option.split('_').next().and_then(number).expect("a half width") as usize;
            let ends = if option.ends_with("leave") { Ends::Leave } else { Ends::Shorten };
            let it = outlier::hampel(x, half, 3.0, ends)?;
            if key == "flagged" { it.rows.len() as f64 } else { it.rows.iter().sum::<usize>() as f64 }
        }
        other => panic!("{other}: no such method"),
    })
}

#[test]
fn every_figure_equals_r() {
    let (sets, reference) = (sets(), Table::vector("r_truth.csv"));
    let mut families = BTreeMap::<String, Worst>::new();
    for row in reference.rows().filter(|row| row.text("method") != "bridge") {
        let values = sets.get(row.text("set")).map_or(&[][..], Vec::as_slice);
        let worst = families
            .entry(row.text("method").to_owned())
            .or_insert_with(|| Worst::new(&format!("r_truth.csv {}", row.text("method")), 1e-10));
        let it = found(&row, values).unwrap_or_else(|refusal| panic!("{}: {refusal}", row.line()));
        worst.relative(it, row.real("value"), &row.line());
    }
    families.into_values().for_each(Worst::finish);
}

/// The p-value of the distance, through samples whose distance is the simulated one; 4e5 bridges are good to
/// 3 standard errors of 0.0008.
#[test]
fn the_distance_follows_the_bridge() {
    let mut worst = Worst::new("r_truth.csv bridge", 0.0025);
    for row in Table::vector("r_truth.csv").rows().filter(|row| row.text("method") == "bridge") {
        let which = match row.text("option") {
            "first" => Digits::First,
            "second" => Digits::Second,
            _ => Digits::FirstTwo,
        };
        // All of the distance in one step: the first cell has too many, the last too few.
        let (n, c): (f64, f64) = (4e8, row.text("key").parse().expect("a number"));
        let mut counts: Vec<u64> = (0..which.cells() as u32)
            .map(|i| {
                let first = if which == Digits::First { 1 } else { 10 };
                let digits = if which == Digits::Second { i } else { first + i };
                (n * which.expected(digits)).round() as u64
            })
            .collect();
        let moved = (c * n.sqrt()).round() as u64;
        counts[0] += moved;
        *counts.last_mut().expect("cells") -= moved;
        let it = benford::from_counts(&counts, which).expect("many values");
        worst.absolute(it.distance_p_value, row.real("value"), &row.line());
    }
    worst.finish();
}

/// Rosner (1983), table 3 and page 171: three outliers among 54 values of vitamin E, at 5 %.
#[test]
fn rosners_example() {
    let it = outlier::esd(&sets()["rosner"], 10, 0.05).expect("54 values");
    let printed: Vec<String> =
        it.steps.iter().take(4).map(|step| format!("{:.3} {:.3}", step.statistic, step.critical)).collect();
    assert_eq!(printed, ["3.119 3.159", "2.943 3.151", "3.179 3.144", "2.810 3.136"]);
    assert_eq!(it.outliers, 3);
}

/// Nigrini's limits, and Morrow's (2014) 5 % point 1.148 of the distance for first digits.
#[test]
fn published_limits() {
    let mut counts: Vec<u64> =
        (1..10).map(|digit| (1e8 * Digits::First.expected(digit)).round() as u64).collect();
    counts[0] += 11_480;
    counts[8] -= 11_480;
    let it = benford::from_counts(&counts, Digits::First).expect("many values");
    assert!((it.distance_p_value - 0.05).abs() < 0.001, "{}", it.distance_p_value);
    assert_eq!(it.conformity, benford::Conformity::Close);
    let shares = [0.301, 0.176, 0.125, 0.097, 0.079, 0.067, 0.058, 0.051, 0.046];
    for (share, digit) in shares.into_iter().zip(1..) {
        assert!((Digits::First.expected(digit) - share).abs() < 6e-4);
    }
    assert!((Digits::Second.expected(0) - 0.11968).abs() < 5e-6);
    assert!((Digits::Second.expected(9) - 0.08500).abs() < 5e-6);
}
