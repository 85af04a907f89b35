//! Against the 60-digit values of `vectors/make_proportion.py`.

use crate::table::{Row, Table, Worst};
use std::collections::BTreeMap;
use zhiheng_methods::{Interval, interval, poisson, special, two_samples};

macro_rules! vectors {
    ($name:literal) => {
        Table::parse(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/", $name)))
    };
}

#[test]
fn special_functions_have_twelve_digits() {
    let table = vectors!("special.csv");
    let mut families: BTreeMap<String, Worst> = BTreeMap::new();
    for row in table.rows() {
        let (a, b, c) = (row.real("a"), row.real("b"), row.real("c"));
        let name = row.text("function");
        let found = match name {
            "normal_upper" => special::normal_upper(a),
            "normal_upper_quantile" => special::normal_upper_quantile(a),
            "ln_beta" => special::ln_beta(a, b),
            "ln_gamma" => special::ln_gamma(a),
            "beta_lower" => special::beta_lower(a, b, c),
            "beta_upper" => special::beta_upper(a, b, c),
            "beta_lower_quantile" => special::beta_lower_quantile(a, b, c),
            "beta_upper_quantile" => special::beta_upper_quantile(a, b, c),
            "gamma_lower" => special::gamma_lower(a, b),
            "gamma_upper" => special::gamma_upper(a, b),
            "gamma_lower_quantile" => special::gamma_lower_quantile(a, b),
            "gamma_upper_quantile" => special::gamma_upper_quantile(a, b),
            "student_upper" => special::student_upper(a, b),
            "student_upper_quantile" => special::student_upper_quantile(a, b),
            "binomial_pmf" => special::binomial_pmf(row.count("a"), row.count("b"), c),
            "poisson_pmf" => special::poisson_pmf(row.count("a"), b),
            other => panic!("{other}: no such function"),
        };
        let worst = families.entry(name.into()).or_insert_with(|| Worst::new(name, 1e-12));
        worst.relative(found, row.real("value"), &row.line());
    }
    families.into_values().for_each(Worst::finish);
}

#[test]
fn hypergeometric_probabilities() {
    let table = vectors!("hypergeometric.csv");
    let mut worst = Worst::new("hypergeometric_pmf", 1e-12);
    for row in table.rows() {
        let [x, successes, failures, draws] =
            ["x", "successes", "failures", "draws"].map(|column| row.count(column));
        let found = special::hypergeometric_pmf(x, successes, failures, draws);
        worst.relative(found, row.real("value"), &row.line());
    }
    worst.finish();
}

#[test]
fn every_interval_for_one_proportion() {
    type Method = fn(u64, u64, f64) -> Option<Interval>;
    // Where the formula subtracts (Wald and its kin near 0) only the absolute error can be small.
    let methods: [(&str, Method, bool); 8] = [
        ("wilson", interval::wilson, true),
        ("wilson_corrected", interval::wilson_corrected, true),
        ("wald", interval::wald, false),
        ("agresti_coull", interval::agresti_coull, false),
        ("clopper_pearson", interval::clopper_pearson, true),
        ("jeffreys", interval::jeffreys, true),
        ("mid_p", interval::mid_p, true),
        ("arcsine", interval::arcsine, false),
    ];
    let table = vectors!("interval.csv");
    for (name, method, relative) in methods {
        let mut worst = Worst::new(name, if relative { 1e-12 } else { 1e-15 });
        for row in table.rows().filter(|row| row.text("method") == name) {
            let it =
                method(row.count("x"), row.count("n"), row.real("level")).expect("the arguments are good");
            for (found, column) in [(it.low, "low"), (it.high, "high")] {
                let place = format!("{} {column}", row.line());
                if relative {
                    worst.relative(found, row.real(column), &place);
                } else {
                    worst.absolute(found, row.real(column), &place);
                }
            }
        }
        worst.finish();
    }
}

#[test]
fn poisson_interval() {
    let table = vectors!("poisson.csv");
    let mut worst = Worst::new("poisson::exact", 1e-12);
    for row in table.rows() {
        let it = poisson::exact(row.count("count"), row.real("exposure"), row.real("level")).expect("good");
        worst.relative(it.low, row.real("low"), &row.line());
        worst.relative(it.high, row.real("high"), &row.line());
    }
    worst.finish();
}

fn counts(row: &Row<'_>) -> (u64, u64, u64, u64, f64) {
    (row.count("x1"), row.count("n1"), row.count("x2"), row.count("n2"), row.real("level"))
}

#[test]
fn score_and_newcombe() {
    let table = vectors!("two_samples.csv");
    let mut tests = Worst::new("score, chi-square and p", 1e-12);
    let mut ends = Worst::new("score and newcombe, interval (absolute)", 1e-14);
    for row in table.rows() {
        let (x1, n1, x2, n2, level) = counts(&row);
        let plain = two_samples::score(x1, n1, x2, n2, level).expect("good");
        let yates = two_samples::score_corrected(x1, n1, x2, n2, level).expect("good");
        let newcombe = two_samples::newcombe(x1, n1, x2, n2, level).expect("good");
        for (found, column) in [
            (plain.chi_square, "chi"),
            (plain.p_value, "p"),
            (yates.chi_square, "chi_yates"),
            (yates.p_value, "p_yates"),
        ] {
            tests.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
        for (it, low, high) in [
            (plain.interval, "low", "high"),
            (yates.interval, "low_yates", "high_yates"),
            (newcombe, "newcombe_low", "newcombe_high"),
        ] {
            ends.absolute(it.low, row.real(low), &format!("{} {low}", row.line()));
            ends.absolute(it.high, row.real(high), &format!("{} {high}", row.line()));
        }
    }
    tests.finish();
    ends.finish();
}

#[test]
fn fisher_to_its_last_digits() {
    let table = vectors!("fisher.csv");
    let mut worst = Worst::new("fisher", 1e-11);
    for row in table.rows() {
        let (x1, n1, x2, n2, level) = counts(&row);
        let it = two_samples::fisher(x1, n1, x2, n2, level).expect("good");
        for (found, column) in [
            (it.p_value, "p"),
            (it.p_less, "p_less"),
            (it.p_greater, "p_greater"),
            (it.odds_ratio, "odds_ratio"),
            (it.interval.low, "low"),
            (it.interval.high, "high"),
        ] {
            worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
    }
    worst.finish();
}
