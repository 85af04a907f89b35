//! Against R's own output in `../shared/data/proportion` beside the repository (R 4.2.2).

use crate::table::{Table, Worst};
use zhiheng_methods::{interval, two_samples};

#[test]
fn intervals_equal_r() {
    let Some(table) = Table::shared("proportion/expected_ci.csv") else { return };
    let mut worst = Worst::new("expected_ci.csv", 1e-9);
    for row in table.rows() {
        let method = match row.text("method") {
            "wilson" => interval::wilson,
            "wilson_cc" => interval::wilson_corrected,
            "clopper_pearson" => interval::clopper_pearson,
            "agresti_coull" => interval::agresti_coull,
            "wald" => interval::wald,
            "jeffreys_equal_tail" => interval::jeffreys,
            "jeffreys_bcd" => interval::jeffreys_modified,
            other => panic!("{other}: no such method"),
        };
        let it = method(row.count("x"), row.count("n"), row.real("conf")).expect("the arguments are good");
        worst.relative(it.low, row.real("lo"), &format!("{} lo", row.line()));
        worst.relative(it.high, row.real("hi"), &format!("{} hi", row.line()));
    }
    worst.finish();
}

#[test]
fn two_samples_equal_r() {
    let Some(table) = Table::shared("proportion/expected_two_sample.csv") else { return };
    let mut worst = Worst::new("expected_two_sample.csv", 1e-9);
    // R's root is off by up to 6e-5 of the odds ratio or its reciprocal, so by per cents far from 1.
    let mut exact = Worst::new("expected_two_sample.csv, exact odds ratio against R's rounded one", 1e-2);
    for row in table.rows() {
        let [x1, n1, x2, n2] = ["x1", "n1", "x2", "n2"].map(|column| row.count(column));
        let plain = two_samples::score(x1, n1, x2, n2, 0.95).expect("good");
        let yates = two_samples::score_corrected(x1, n1, x2, n2, 0.95).expect("good");
        let fisher = two_samples::fisher(x1, n1, x2, n2, 0.95).expect("good");
        let as_r = two_samples::fisher_like_r(x1, n1, x2, n2, 0.95).expect("good");
        for (found, column) in [
            (plain.chi_square, "chi2"),
            (plain.p_value, "p"),
            (plain.interval.low, "diff_lo"),
            (plain.interval.high, "diff_hi"),
            (yates.chi_square, "chi2_yates"),
            (yates.p_value, "p_yates"),
            (fisher.p_value, "fisher_p"),
            (as_r.odds_ratio, "odds_ratio_cmle"),
            (as_r.interval.low, "or_lo"),
            (as_r.interval.high, "or_hi"),
        ] {
            worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
        for (found, column) in [
            (fisher.odds_ratio, "odds_ratio_cmle"),
            (fisher.interval.low, "or_lo"),
            (fisher.interval.high, "or_hi"),
        ] {
            exact.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
    }
    worst.finish();
    exact.finish();
}
