//! Against R's own answers to many more cases, made by `vectors/make_proportion.R` (R 4.2.2).

use crate::table::{Table, Worst};
use zhiheng_methods::{interval, mean, poisson, sample_size, two_samples};

#[test]
fn one_sample_equals_r() {
    let table = Table::parse(include_str!("../../vectors/r_one_sample.csv"));
    let mut worst = Worst::new("r_one_sample.csv", 1e-9);
    for row in table.rows() {
        let (size, level) = (row.real("n"), row.real("level"));
        let method = row.text("method");
        // counts are printed by R as reals: 1.2345e7
        let count = row.real("x") as u64;
        let it = match method {
            "wilson" => interval::wilson(count, size as u64, level),
            "wilson_corrected" => interval::wilson_corrected(count, size as u64, level),
            "clopper_pearson" => interval::clopper_pearson(count, size as u64, level),
            "jeffreys" => interval::jeffreys(count, size as u64, level),
            "poisson" => poisson::exact(count, size, level),
            "mean" => {
                // the values i²/4, i = 1..n, whose sum stands in the column x
                let squares = (1..=size as u64).map(|i| (i * i) as f64 / 4.0);
                let sum_of_squares = squares.map(|v| v * v).sum();
                mean::from_sums(size as u64, row.real("x"), sum_of_squares, level).map(|it| it.interval)
            }
            other => panic!("{other}: no such method"),
        };
        let it = it.expect("the arguments are good");
        worst.relative(it.low, row.real("low"), &format!("{} low", row.line()));
        worst.relative(it.high, row.real("high"), &format!("{} high", row.line()));
    }
    worst.finish();
}

#[test]
fn two_samples_equal_r() {
    let table = Table::parse(include_str!("../../vectors/r_two_samples.csv"));
    let mut worst = Worst::new("r_two_samples.csv", 1e-9);
    let mut ends = Worst::new("r_two_samples.csv, differences (absolute)", 1e-14);
    for row in table.rows() {
        let [x1, n1, x2, n2] = ["x1", "n1", "x2", "n2"].map(|column| row.count(column));
        let level = row.real("level");
        let plain = two_samples::score(x1, n1, x2, n2, level).expect("good");
        let yates = two_samples::score_corrected(x1, n1, x2, n2, level).expect("good");
        let exact = two_samples::fisher(x1, n1, x2, n2, level).expect("good");
        let as_r = two_samples::fisher_like_r(x1, n1, x2, n2, level).expect("good");
        for (found, column) in [
            (plain.chi_square, "chi"),
            (plain.p_value, "p"),
            (yates.chi_square, "chi_yates"),
            (yates.p_value, "p_yates"),
            (exact.p_value, "fisher"),
            (exact.p_less, "less"),
            (exact.p_greater, "greater"),
            (as_r.odds_ratio, "odds_ratio"),
            (as_r.interval.low, "or_low"),
            (as_r.interval.high, "or_high"),
        ] {
            // Blank where R says NaN: no successes, or no failures, in both samples. Where the correction takes
            // the whole gap, chi-square is 0 and R shows its rounding error.
            let noise = column == "chi_yates" && row.real(column) < 1e-25;
            if !row.text(column).is_empty() && !noise {
                worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
            }
        }
        for (found, column) in [
            (plain.interval.low, "low"),
            (plain.interval.high, "high"),
            (yates.interval.low, "low_yates"),
            (yates.interval.high, "high_yates"),
        ] {
            ends.absolute(found, row.real(column), &format!("{} {column}", row.line()));
        }
    }
    worst.finish();
    ends.finish();
}

#[test]
fn sample_sizes_equal_r() {
    let table = Table::parse(include_str!("../../vectors/r_sample_size.csv"));
    let mut worst = Worst::new("r_sample_size.csv", 1e-9);
    for row in table.rows() {
        let [p1, p2, level, power] = ["p1", "p2", "level", "power"].map(|column| row.real(column));
        let size = sample_size::two_proportions(p1, p2, level, power).expect("good");
        worst.relative(size.exact, row.real("n"), &row.line());
    }
    worst.finish();
}
