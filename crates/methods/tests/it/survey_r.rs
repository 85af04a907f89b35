//! Design-based figures against R survey 4.1.1 over a made-up sample, made by `vectors/make_survey.R`.

use crate::survey_data::Data;
use crate::survey_r_sample::Sample;
use crate::survey_shared::method_of;
use crate::table::Worst;
use zhiheng_methods::survey::{
    Design, Domain, Estimate, Missing, Quantile, QuantileInterval, QuantileOptions, QuantileRule, Replicates,
    ShareInterval, TableStatistic,
};

/// What the file says about one figure.
struct Expected {
    place: String,
    cells: [f64; 7],
}

struct Errors {
    estimates: Worst,
    errors: Worst,
}

impl Errors {
    /// The figures in the order of the file; `None` must be blank there.
    fn compare(&mut self, expected: &Expected, found: [Option<f64>; 7]) {
        for (column, (found, expected_cell)) in found.into_iter().zip(expected.cells).enumerate() {
            let place = format!("{} column {column}", expected.place);
            let worst = if column == 0 { &mut self.estimates } else { &mut self.errors };
            match found {
                Some(found) => worst.relative(found, expected_cell, &place),
                None => assert!(expected_cell.is_nan(), "{place}: none found, {expected_cell} expected"),
            }
        }
    }
}

fn of_estimate(it: &Estimate, ratio: bool) -> [Option<f64>; 7] {
    let t = it.interval(0.95, it.freedom);
    let deffs = if ratio { [None, None] } else { [it.deff, it.deff_replace] };
    [
        Some(it.value),
        Some(it.standard_error),
        Some(it.freedom),
        t.map(|t| t.low),
        t.map(|t| t.high),
        deffs[0],
        deffs[1],
    ]
}

fn of_quantile(it: &Quantile) -> [Option<f64>; 7] {
    [Some(it.value), it.standard_error, None, it.low, it.high, None, None]
}

fn rule_of(name: &str) -> QuantileRule {
    match name {
        "math" | "hf1" => QuantileRule::Math,
        "school" | "hf2" => QuantileRule::School,
        "hf3" => QuantileRule::Hf3,
        "hf4" => QuantileRule::Hf4,
        "hf5" => QuantileRule::Hf5,
        "hf6" => QuantileRule::Hf6,
        "hf7" => QuantileRule::Hf7,
        "hf8" => QuantileRule::Hf8,
        "hf9" => QuantileRule::Hf9,
        other => panic!("no rule {other}"),
    }
}

/// Whatever is asked of a design: one row of the file.
fn figure(sample: &Sample, design: &Design, domain: &Domain, stat: &str, variable: &str) -> [Option<f64>; 7] {
    let data = &sample.data;
    let words: Vec<&str> = stat.split(' ').collect();
    let drop = Missing::Drop;
    match words[0] {
        "mean" => of_estimate(&domain.mean(&data.reals(variable), drop).expect("good"), false),
        "total" => of_estimate(&domain.total(&data.reals(variable), drop).expect("good"), false),
        "ratio" => {
            let (top, bottom) = variable.split_once('/').expect("a ratio");
            of_estimate(&domain.ratio(&data.reals(top), &data.reals(bottom), drop).expect("good"), true)
        }
        "share" => {
            let level = words[2].parse().expect("a level");
            let it = domain.share(&data.reals(variable), method_of(words[1]), level, None, drop);
            let it = it.expect("good");
            let (estimate, interval) = (it.estimate, it.interval);
            let (low, high) = (Some(interval.low), Some(interval.high));
            [
                Some(estimate.value),
                Some(estimate.standard_error),
                Some(estimate.freedom),
                low,
                high,
                None,
                None,
            ]
        }
        "quantile" => {
            let interval = match words[2] {
                "beta" => QuantileInterval::Beta,
                "xlogit" => QuantileInterval::Xlogit,
                "asin" => QuantileInterval::Asin,
                _ => QuantileInterval::Mean,
            };
            let level = if interval == QuantileInterval::Mean { 0.95 } else { 0.9 };
            let options =
                QuantileOptions { rule: rule_of(words[1]), interval, level, missing: drop, freedom: None };
            let p = words[3].parse().expect("a share");
            of_quantile(&domain.quantile(&data.reals(variable), p, &options).expect("good"))
        }
        "test" => {
            let statistic = match words[1] {
                "F" => TableStatistic::F,
                "Chisq" => TableStatistic::ChiSquare,
                "Wald" => TableStatistic::Wald,
                _ => TableStatistic::AdjustedWald,
            };
            let (g, other) = (sample.group("g").expect("g"), sample.group(variable).expect("a group"));
            let it = domain.association(g, other, statistic).expect("good");
            let (freedom, below) = (Some(it.freedom), it.freedom_below);
            [Some(it.statistic), Some(it.p_value), freedom, below, None, None, None]
        }
        other => panic!("no statistic {other} of {}", design.n_rows()),
    }
}

fn of_replicates(
    data: &Data,
    replicates: &Replicates,
    domain: &Domain,
    stat: &str,
    variable: &str,
) -> [Option<f64>; 7] {
    let words: Vec<&str> = stat.split(' ').collect();
    let drop = Missing::Drop;
    match words[0] {
        "mean" => of_estimate(&replicates.mean(domain, &data.reals(variable), drop).expect("good"), false),
        "total" => of_estimate(&replicates.total(domain, &data.reals(variable), drop).expect("good"), false),
        "ratio" => {
            let (top, bottom) = variable.split_once('/').expect("a ratio");
            let it = replicates.ratio(domain, &data.reals(top), &data.reals(bottom), drop);
            of_estimate(&it.expect("good"), true)
        }
        _ => {
            let p = words[3].parse().expect("a share");
            let (y, options) = (data.reals(variable), QuantileOptions::default());
            let it = if words[2] == "mean" {
                replicates.quantile(domain, &y, p, &options)
            } else {
                replicates.quantile_of_replicates(domain, &y, p, &options)
            };
            of_quantile(&it.expect("good"))
        }
    }
}

#[test]
fn a_made_up_sample_equals_r() {
    let sample = Sample::new();
    let table = Data::parse(include_str!("../../vectors/r_survey.csv"));
    let weights = Data::parse(include_str!("../../vectors/r_survey_weights.csv"));
    let reals =
        ["estimate", "se", "df", "low", "high", "deff", "deff_replace"].map(|column| table.reals(column));
    let (names, stats, variables, places) =
        (table.texts("design"), table.texts("stat"), table.texts("variable"), table.texts("place"));
    let mut errors = Errors {
        estimates: Worst::new("r_survey.csv, estimates", 1e-10),
        errors: Worst::new("r_survey.csv, errors", 1e-8),
    };
    let mut last: (&str, Option<Design>, Option<Replicates>) = ("", None, None);
    let cells = sample.data.texts("d");
    let clusters = sample.data.texts("c");
    let few = ["1", "2", "5", "6", "9", "12", "13", "16"];
    for row in 0..table.n_rows() {
        let name = names[row];
        if last.0 != name {
            let replicates = sample.replicates(name, &weights);
            let design = sample.design(name).or_else(|| sample.tied(name));
            let design = design.or_else(|| replicates.as_ref().map(|it| it.design().clone()));
            last = (name, design, replicates);
        }
        let design = last.1.as_ref().unwrap_or_else(|| panic!("no design {name}"));
        let domain = match places[row] {
            "" => design.whole(),
            "few" => design.domain(|row| few.contains(&clusters[row])),
            place => design.domain(|row| cells[row] == place),
        };
        let expected = Expected {
            place: format!("{name}: {} {} {}", stats[row], variables[row], places[row]),
            cells: std::array::from_fn(|column| reals[column][row]),
        };
        let found = match &last.2 {
            Some(replicates) => of_replicates(&sample.data, replicates, &domain, stats[row], variables[row]),
            None => figure(&sample, design, &domain, stats[row], variables[row]),
        };
        errors.compare(&expected, found);
    }
    errors.estimates.finish();
    errors.errors.finish();
}

#[test]
fn weights_tied_to_totals_equal_r() {
    let sample = Sample::new();
    let table = Data::parse(include_str!("../../vectors/r_survey_weights.csv"));
    let mut worst = Worst::new("r_survey_weights.csv", 1e-10);
    let mut names = table.texts("design");
    names.dedup();
    for name in names.into_iter().filter(|name| !name.starts_with("given")) {
        let found = sample.tied(name).unwrap_or_else(|| panic!("no design {name}")).weights();
        let expected = table.only("design", |design| design == name).reals("weight");
        assert_eq!(found.len(), expected.len());
        for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
            worst.relative(*found, expected, &format!("{name} row {row}"));
        }
    }
    worst.finish();
}

#[test]
fn rs_interpolation_of_the_likelihood_is_near_its_limits() {
    let sample = Sample::new();
    let event = sample.data.reals("e");
    let cells = sample.data.texts("d");
    let mut worst = Worst::new("likelihood limits, solved against R's interpolation (absolute)", 5e-4);
    for name in ["two_stage", "weighted", "clusters"] {
        let design = sample.design(name).expect("known");
        for place in ["d1", "d2", "d3", "d4"] {
            let domain = design.domain(|row| cells[row] == place);
            let limits =
                |method| domain.share(&event, method, 0.95, None, Missing::Refuse).expect("good").interval;
            let (solved, as_r) = (limits(ShareInterval::Likelihood), limits(ShareInterval::LikelihoodLikeR));
            worst.absolute(solved.low, as_r.low, &format!("{name} {place} low"));
            worst.absolute(solved.high, as_r.high, &format!("{name} {place} high"));
        }
    }
    worst.finish();
}
