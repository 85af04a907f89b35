//! Disproportionality against `../shared/data/disproportionality`, papers, and R's distribution functions.

use crate::table::{Table, Worst};
use zhiheng_methods::disproportionality::gps::{self, Prior};
use zhiheng_methods::disproportionality::ratio::{self, Evans, Ratio, Z};
use zhiheng_methods::disproportionality::squash::{Point, Squash, squash};
use zhiheng_methods::disproportionality::table::{Count, Pair, from_counts};
use zhiheng_methods::disproportionality::{Contingency, information, prior};

fn shared_pairs() -> Option<Vec<Pair>> {
    let input = Table::shared("disproportionality/input_bodypart_diagnosis.csv")?;
    let count = |row: crate::table::Row<'_>| Count {
        product: row.count("product") as u32,
        event: row.count("event") as u32,
        n: row.count("n"),
    };
    Some(from_counts(&input.rows().map(count).collect::<Vec<_>>()).expect("good counts"))
}

/// A cell that may be blank, infinite or a number.
fn cell(worst: &mut Worst, found: Option<f64>, row: &crate::table::Row<'_>, column: &str) {
    match row.text(column) {
        "" => assert_eq!(found, None, "{} {column}", row.line()),
        "inf" => assert_eq!(found, Some(f64::INFINITY), "{} {column}", row.line()),
        _ => worst.relative(found.unwrap_or(f64::NAN), row.real(column), &format!("{} {column}", row.line())),
    }
}

#[test]
fn every_pair_equals_the_shared_figures() {
    let (Some(pairs), Some(expected)) =
        (shared_pairs(), Table::shared("disproportionality/expected_pairs.csv"))
    else {
        return;
    };
    let mut worst = Worst::new("expected_pairs.csv", 1e-9);
    let mut rows = 0;
    for row in expected.rows() {
        let (product, event) = (row.count("product") as u32, row.count("event") as u32);
        let pair = pairs.iter().find(|pair| (pair.product, pair.event) == (product, event)).expect("listed");
        let table = pair.table;
        assert_eq!([table.a, table.b, table.c, table.d], ["a", "b", "c", "d"].map(|name| row.count(name)));
        let shrunk = information::shrunk(table.a, pair.expected).expect("good");
        let (prr, ror) = (ratio::prr(&table, Z), ratio::ror(&table, Z));
        let rest = [
            (Some(pair.expected), "E"),
            (ratio::relative(table.a, pair.expected), "rr"),
            (prr.estimate, "prr"),
            (prr.low, "prr_lo95"),
            (prr.high, "prr_hi95"),
            (ror.estimate, "ror"),
            (ror.low, "ror_lo95"),
            (ror.high, "ror_hi95"),
            (ratio::chi_square(&table), "chi2"),
            (ratio::chi_square_yates(&table), "chi2_yates"),
            (Some(shrunk.ic), "ic_shrunk"),
            (Some(shrunk.low), "ic025_noren2013"),
            (Some(shrunk.high), "ic975_noren2013"),
        ];
        for (found, column) in rest {
            cell(&mut worst, found, &row, column);
        }
        let signal = Evans::default().signal(&table);
        assert_eq!(signal.to_string(), row.text("evans_signal"), "{}", row.line());
        rows += 1;
    }
    assert_eq!(rows, pairs.len());
    worst.finish();
}

fn shared_prior() -> Option<Prior> {
    let hyper = Table::shared("disproportionality/expected_women_hyper.csv")?;
    let value = |name: &str| {
        hyper.rows().find(|row| row.text("param") == name).map(|row| row.real("value")).expect("listed")
    };
    let [alpha1, beta1, alpha2, beta2, p] = ["alpha1", "beta1", "alpha2", "beta2", "P"].map(value);
    Some(Prior { alpha1, beta1, alpha2, beta2, p })
}

#[test]
fn ebgm_equals_the_shared_figures() {
    let (Some(given), Some(expected)) =
        (shared_prior(), Table::shared("disproportionality/expected_women_ebgm.csv"))
    else {
        return;
    };
    let mut means = Worst::new("expected_women_ebgm.csv, EBGM and Q", 1e-9);
    // R's quantiles are rounded to 6 decimals
    let mut quantiles = Worst::new("expected_women_ebgm.csv, quantiles (absolute, R rounds at 1e-6)", 1.1e-6);
    let rows: Vec<_> = expected.rows().collect();
    let pairs: Vec<(u64, f64)> = rows.iter().map(|row| (row.count("N"), row.real("E"))).collect();
    for (score, row) in gps::scores(&given, &pairs).expect("good").into_iter().zip(&rows) {
        means.relative(score.q, row.real("qn"), &row.line());
        means.relative(score.ebgm, row.real("EBGM"), &row.line());
        quantiles.absolute(score.eb05, row.real("QUANT_05"), &row.line());
        quantiles.absolute(score.eb95, row.real("QUANT_95"), &row.line());
    }
    means.finish();
    quantiles.finish();
}

#[test]
fn the_fitted_prior_is_as_likely_as_the_shared_one() {
    let (Some(pairs), Some(given)) = (shared_pairs(), shared_prior()) else { return };
    let counts: Vec<(u64, f64)> = pairs.iter().map(|pair| (pair.table.a, pair.expected)).collect();
    let points = squash(&counts, &Squash::default()).expect("good");
    let fitted = prior::fit(&points, 1).expect("settles");
    let reference = prior::negative_log_likelihood(&points, 1, &given).expect("good");
    let found = fitted.negative_log_likelihood;
    eprintln!("prior: {fitted:?}, R reaches {reference:.9}");
    assert!(found <= reference + 1e-7, "{found} > {reference}");
}

/// The example of Evans, Waller and Davis (2001), table 1, uveitis and rifabutin: 41 of 55 reports against
/// 754 of 591 958 others; worked by hand.
#[test]
fn rifabutin_and_uveitis() {
    let table = Contingency { a: 41, b: 14, c: 754, d: 591_204 };
    let it = ratio::prr(&table, Z);
    // 41 · 591958 / (55 · 754)
    assert!((it.estimate.unwrap() - 24_270_278.0 / 41_470.0).abs() < 1e-9, "{it:?}");
    assert!(Evans::default().signal(&table));
    // the reporting odds ratio: 41 · 591204 / (14 · 754)
    assert!((ratio::ror(&table, Z).estimate.unwrap() - 24_239_364.0 / 10_556.0).abs() < 1e-9);
}

#[test]
fn empty_margins_are_said_to_be_so() {
    let none = Ratio { estimate: None, low: None, high: None };
    let all = Contingency { a: 3, b: 0, c: 0, d: 0 };
    assert_eq!(ratio::prr(&all, Z), none);
    assert_eq!(ratio::ror(&all, Z), none);
    assert_eq!(ratio::chi_square(&all), None);
    assert!(!Evans::default().signal(&all));
    let never = Contingency { a: 0, b: 5, c: 7, d: 100 };
    assert_eq!(ratio::prr(&never, Z).estimate, Some(0.0));
    let empty = Contingency { a: 0, b: 0, c: 0, d: 0 };
    assert!(information::bcpnn(&empty, Z).is_err());
    assert!(empty.expected() <= 0.0);
    assert!(information::shrunk(3, -1.0).is_err() && information::exact(3, 1.0, 1.0).is_err());
    assert!(from_counts(&[]).is_err() && from_counts(&[Count { product: 1, event: 1, n: 0 }]).is_err());
}

/// `vectors/make_disproportionality.R`: formulas written down once more in R, with R's distribution
/// functions.
#[test]
fn information_and_shrinkage_equal_r() {
    let table = Table::parse(include_str!("../../vectors/disproportionality_r.csv"));
    let mut worst = Worst::new("disproportionality_r.csv", 1e-9);
    let mut bisected = Worst::new("disproportionality_r.csv, quantiles", 1e-9);
    for row in table.rows() {
        let count = |name: &str| row.count(name);
        let table = Contingency { a: count("a"), b: count("b"), c: count("c"), d: count("d") };
        let exact = information::exact(table.a, table.expected(), 0.95).expect("good");
        let moments = information::bcpnn(&table, 1.96).expect("good");
        let bate = information::bcpnn_bate(&table, 1.96).expect("good");
        let [alpha1, beta1, alpha2, beta2, p] = ["a1", "b1", "a2", "b2", "p"].map(|name| row.real(name));
        let it = gps::posterior(&Prior { alpha1, beta1, alpha2, beta2, p }, table.a, table.expected())
            .expect("good");
        for (found, column) in [
            (exact.ic, "ic"),
            (exact.low, "ic_low"),
            (exact.high, "ic_high"),
            (moments.ic, "bcpnn"),
            (moments.low, "bcpnn_low"),
            (bate.ic, "bate"),
            (bate.low, "bate_low"),
            (it.q, "q"),
            (it.ebgm, "ebgm"),
            (it.below(1.0), "below"),
        ] {
            worst.absolute(
                found / row.real(column).abs().max(1.0),
                row.real(column) / row.real(column).abs().max(1.0),
                &format!("{} {column}", row.line()),
            );
        }
        for (p, column) in [(0.05, "eb05"), (0.95, "eb95"), (0.005, "eb005")] {
            bisected.relative(
                it.quantile(p).expect("good"),
                row.real(column),
                &format!("{} {column}", row.line()),
            );
        }
    }
    worst.finish();
    bisected.finish();
}

/// The likelihoods of openEBGM, written down once more in R with `dnbinom` and `pnbinom`.
#[test]
fn likelihoods_equal_r() {
    let table = Table::parse(include_str!("../../vectors/disproportionality_likelihood.csv"));
    let points = |of: &str| -> Vec<Point> {
        let rows = table.rows().filter(|row| row.text("set") == of);
        rows.map(|row| Point { n: row.count("n"), expected: row.real("e"), weight: row.real("w") }).collect()
    };
    let given = Prior { alpha1: 0.2, beta1: 0.1, alpha2: 2.0, beta2: 4.0, p: 1.0 / 3.0 };
    let mut worst = Worst::new("disproportionality_likelihood.csv", 1e-11);
    let mut fitted = Worst::new("disproportionality_likelihood.csv, minimum reached (absolute)", 1e-6);
    for row in table.rows().filter(|row| row.text("set").starts_with("likelihood")) {
        let least = row.count("n");
        let used: Vec<Point> = points("data").into_iter().filter(|point| point.n >= least).collect();
        let found = prior::negative_log_likelihood(&used, least, &given).expect("good");
        worst.relative(found, row.real("e"), &format!("least {least}"));
        let best = prior::fit(&used, least).expect("settles").negative_log_likelihood;
        // ours may be better than R's, never worse
        fitted.absolute(best.max(row.real("w")), row.real("w"), &format!("least {least}: {best}"));
        eprintln!("least {least}: {best:.9}, R's nlminb {:.9}", row.real("w"));
    }
    worst.finish();
    fitted.finish();
}
