//! Agreement of raters against R's irr beside the repository, psych, Python's programs, and papers.

use crate::beside::{Cells, column, number, rows, shared};
use crate::table::Worst;
use zhiheng_methods::agreement::cohen::{Weights, cohen};
use zhiheng_methods::agreement::fleiss::{conger, fleiss};
use zhiheng_methods::agreement::icc::{Icc, Model, Unit, icc, icc_like_irr};
use zhiheng_methods::agreement::kendall::kendall;
use zhiheng_methods::agreement::krippendorff::{Level, krippendorff, krippendorff_like_irr};
use zhiheng_methods::agreement::leniency::leniency;
use zhiheng_methods::agreement::light::light;
use zhiheng_methods::agreement::{Ratings, Tested};

fn table(rows: &[Cells]) -> Ratings {
    let names: Vec<&String> = rows[0].keys().collect();
    let columns: Vec<Vec<f64>> = names.iter().map(|name| column(rows, name)).collect();
    Ratings::from_raters(&columns).expect("ratings")
}

fn level(name: &str) -> Level {
    match name {
        "nominal" => Level::Nominal,
        "ordinal" => Level::Ordinal,
        "interval" => Level::Interval,
        "ratio" => Level::Ratio,
        other => panic!("{other}"),
    }
}

#[test]
fn anxiety_equals_irr() {
    let Some(input) = shared("agreement/input_anxiety.csv") else { return };
    let ratings = table(&input);
    let mut worst = Worst::new("expected_anxiety.csv", 1e-9);
    for row in &shared("agreement/expected_anxiety.csv").expect("beside the data") {
        let stat = row["stat"].as_str();
        let words: Vec<&str> = stat.split('_').collect();
        let of = |it: Tested| vec![("value", it.value), ("z", it.z), ("p", it.p_value)];
        let found = match words[0] {
            "fleiss" => of(fleiss(&ratings).expect("kappa").kappa),
            "conger" => vec![("value", conger(&ratings).expect("kappa"))],
            "icc" => {
                let model = match (words[1], words[2]) {
                    ("oneway", _) => Model::OneWay,
                    (_, "agreement") => Model::Agreement,
                    _ => Model::Consistency,
                };
                let unit = if words[3] == "single" { Unit::Single } else { Unit::Average };
                let it = icc_like_irr(&ratings, model, unit, 0.0, 0.95).expect("a coefficient");
                let (low, high) = (it.interval.low, it.interval.high);
                vec![("value", it.value), ("z", it.f), ("p", it.p_value), ("lo", low), ("hi", high)]
            }
            "kendall" => {
                let it = kendall(&ratings, true).expect("W");
                vec![("value", it.w), ("z", it.chi_square), ("p", it.p_value)]
            }
            "kripp" => {
                vec![("value", krippendorff_like_irr(&ratings, level(words[2])).expect("alpha").value)]
            }
            "cohen" => {
                let weights = match words[2] {
                    "equal" => Weights::Linear,
                    "squared" => Weights::Quadratic,
                    _ => Weights::Unweighted,
                };
                of(cohen(&ratings, 0, 1, &weights, 0.95).expect("kappa").kappa)
            }
            other => panic!("{other}"),
        };
        for name in ["value", "z", "p", "lo", "hi"] {
            let expected = number(row, name);
            match found.iter().find(|(own, _)| *own == name) {
                Some((_, found)) => worst.relative(*found, expected, &format!("{stat} {name}")),
                None => assert!(expected.is_nan(), "{stat} {name}: not compared"),
            }
        }
    }
    worst.finish();
}

#[test]
fn coefficients_equal_other_programs() {
    let tables = [
        ("complete", include_str!("../../vectors/ratings_complete.csv")),
        ("gaps", include_str!("../../vectors/ratings_gaps.csv")),
        ("pair", include_str!("../../vectors/ratings_pair.csv")),
    ]
    .map(|(name, text)| (name, table(&rows(text))));
    let of = |name: &str| &tables.iter().find(|(own, _)| *own == name).expect("a table").1;

    let mut worst = Worst::new("agreement_py.csv", 1e-9);
    for row in rows(include_str!("../../vectors/agreement_py.csv")) {
        let ratings = of(&row["table"]);
        let found = match row["what"].as_str() {
            "fleiss" => fleiss(ratings).expect("kappa").kappa.value,
            "conger" => conger(ratings).expect("kappa"),
            alpha => krippendorff(ratings, level(&alpha[6..])).expect("alpha").value,
        };
        worst.relative(found, number(&row, "value"), &format!("{row:?}"));
    }
    worst.finish();

    let mut worst = Worst::new("agreement_r.csv", 1e-9);
    for row in rows(include_str!("../../vectors/agreement_r.csv")) {
        let (ratings, i, value) = (of(&row["table"]), number(&row, "i") as usize, number(&row, "value"));
        let words: Vec<&str> = row["what"].split(' ').collect();
        let place = format!("{row:?}");
        let found = match words[..] {
            [form, level, part] if form.starts_with("ICC") => {
                part_of(form_of(ratings, form, level.parse().expect("a level")), part)
            }
            ["friedman", part] => {
                let it = kendall(ratings, true).expect("W");
                if part == "p" { it.p_value } else { it.chi_square }
            }
            [name @ ("linear" | "quadratic" | "unweighted"), part] => {
                let weights = match name {
                    "linear" => Weights::Linear,
                    "quadratic" => Weights::Quadratic,
                    _ => Weights::Unweighted,
                };
                let it = cohen(ratings, 0, 1, &weights, 0.95).expect("kappa");
                let error = it.interval.width() / 2.0 / 1.959_963_984_540_054;
                if part == "value" { it.kappa.value } else { error * error }
            }
            _ => of_model(ratings, &row["what"], i),
        };
        // residuals that are 0 in exact arithmetic
        if value.abs() < 1e-12 {
            worst.absolute(found, value, &place);
        } else {
            worst.relative(found, value, &place);
        }
    }
    worst.finish();
}

fn form_of(ratings: &Ratings, form: &str, level: f64) -> Icc {
    let model = match &form[3..4] {
        "1" => Model::OneWay,
        "2" => Model::Agreement,
        _ => Model::Consistency,
    };
    let unit = if form.ends_with('k') { Unit::Average } else { Unit::Single };
    icc(ratings, model, unit, 0.0, level).expect("a coefficient")
}

fn part_of(it: Icc, part: &str) -> f64 {
    match part {
        "value" => it.value,
        "f" => it.f,
        "p" => it.p_value,
        "low" => it.interval.low,
        _ => it.interval.high,
    }
}

fn of_model(ratings: &Ratings, what: &str, i: usize) -> f64 {
    let it = leniency(ratings, 0.95).expect("a model");
    let judgement = || {
        let mut all: Vec<_> = it.judgements.iter().collect();
        all.sort_by_key(|judgement| (judgement.subject, judgement.rater));
        *all[i]
    };
    match what {
        "effect" => it.raters[i].effect,
        "se" => it.raters[i].standard_error,
        "holm" => it.raters[i].p_value.expect("a test"),
        "f" => it.f.expect("a test"),
        "f p" => it.p_value.expect("a test"),
        "residual" => judgement().residual,
        "rstudent" => judgement().studentised.unwrap_or(f64::NAN),
        other => panic!("{other}"),
    }
}

/// Shrout and Fleiss (1979), table 4, on the data of table 2.
#[test]
fn the_six_forms_of_a_paper() {
    let judges = [
        vec![9.0, 6.0, 8.0, 7.0, 10.0, 6.0],
        vec![2.0, 1.0, 4.0, 1.0, 5.0, 2.0],
        vec![5.0, 3.0, 6.0, 2.0, 6.0, 4.0],
        vec![8.0, 2.0, 8.0, 6.0, 9.0, 7.0],
    ];
    let ratings = Ratings::from_raters(&judges).expect("ratings");
    for (model, single, average) in [
        (Model::OneWay, "0.17", "0.44"),
        (Model::Agreement, "0.29", "0.62"),
        (Model::Consistency, "0.71", "0.91"),
    ] {
        for (unit, printed) in [(Unit::Single, single), (Unit::Average, average)] {
            let it = icc(&ratings, model, unit, 0.0, 0.95).expect("a coefficient");
            assert_eq!(format!("{:.2}", it.value), printed, "{model:?} {unit:?}");
            assert!(it.interval.contains(it.value));
        }
    }
}

/// The table of 14 raters and 10 subjects after Fleiss (1971): 0.378, 0.213, 0.210.
#[test]
fn a_published_fleiss_table() {
    let counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let subject = |row: &[usize; 5]| {
        row.iter().enumerate().flat_map(|(j, &count)| vec![j as f64; count]).collect::<Vec<f64>>()
    };
    let subjects: Vec<Vec<f64>> = counts.iter().map(subject).collect();
    let raters: Vec<Vec<f64>> =
        (0..14).map(|rater| subjects.iter().map(|subject| subject[rater]).collect()).collect();
    let it = fleiss(&Ratings::from_raters(&raters).expect("ratings")).expect("kappa");
    let printed = [it.agreement, it.by_chance, it.kappa.value].map(|x| format!("{x:.3}"));
    assert_eq!(printed, ["0.378", "0.213", "0.210"]);
}

/// For two raters Light's and Conger's kappas are Cohen's, and both alphas are one.
#[test]
fn two_raters_are_a_special_case() {
    let ratings = table(&rows(include_str!("../../vectors/ratings_pair.csv")));
    let plain = cohen(&ratings, 0, 1, &Weights::Unweighted, 0.95).expect("kappa").kappa.value;
    assert!((conger(&ratings).expect("kappa") - plain).abs() < 1e-14);
    assert!((light(&ratings).expect("kappa").value - plain).abs() < 1e-14);
    for level in [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio] {
        let one = krippendorff(&ratings, level).expect("alpha").value;
        assert!((one - krippendorff_like_irr(&ratings, level).expect("alpha").value).abs() < 1e-14);
    }
}
