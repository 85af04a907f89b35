//! Design-based figures against R survey 4.1.1 in `../shared/data/survey` and `../shared/data/neiss`.

use crate::survey_data::Data;
use crate::table::Worst;
use zhiheng_methods::survey::{Design, Domain, Estimate, Lonely, Missing, Plan, ShareInterval, Stage};

/// Estimates to 1e-10, everything that rests on a standard error to 1e-8.
struct Errors {
    estimates: Worst,
    errors: Worst,
}

impl Errors {
    fn new(file: &str) -> Self {
        Self {
            estimates: Worst::new(&format!("{file}, estimates"), 1e-10),
            errors: Worst::new(&format!("{file}, errors"), 1e-8),
        }
    }

    fn finish(self) {
        self.estimates.finish();
        self.errors.finish();
    }
}

/// A cell of the file, blank or not, against a figure that may be absent.
fn compare(worst: &mut Worst, found: Option<f64>, expected: f64, place: &str) {
    match found {
        Some(found) => worst.relative(found, expected, place),
        None => assert!(expected.is_nan(), "{place}: nothing found, {expected} expected"),
    }
}

fn one(domain: &Domain, data: &Data, stat: &str, variable: &str, level: &str) -> Estimate {
    let drop = Missing::Drop;
    let it = match stat {
        "mean" | "mean_deff_replace" => domain.mean(&data.reals(variable), drop),
        "total" => domain.total(&data.reals(variable), drop),
        "prop" => domain.mean(&data.is(variable, level), drop),
        "cat_total" => domain.total(&data.is(variable, level), drop),
        "ratio" => {
            let (top, bottom) = variable.split_once('/').expect("a ratio");
            domain.ratio(&data.reals(top), &data.reals(bottom), drop)
        }
        other => panic!("no statistic {other}"),
    };
    it.unwrap_or_else(|refusal| panic!("{stat} {variable} {level}: {refusal}"))
}

fn check(file: &str, data: &Data, design: &Design) {
    let Some(expected) = Data::shared(&format!("survey/{file}")) else { return };
    let mut errors = Errors::new(file);
    let text = |column: &str| expected.texts(column);
    let (stats, variables, levels, domains) = (text("stat"), text("variable"), text("level"), text("domain"));
    let reals = ["estimate", "se", "cv", "df", "lo_z", "hi_z", "lo_t", "hi_t", "deff"]
        .map(|column| expected.reals(column));
    for row in 0..expected.n_rows() {
        let domain = match domains[row].split_once('=') {
            None => design.whole(),
            Some((column, value)) => {
                let cells = data.texts(column);
                design.domain(|row| cells[row] == value)
            }
        };
        let it = one(&domain, data, stats[row], variables[row], levels[row]);
        let place = format!("{} {} {} {}", stats[row], variables[row], levels[row], domains[row]);
        let (z, t) = (it.interval(0.95, f64::INFINITY), it.interval(0.95, it.freedom));
        let deff = match stats[row] {
            "mean_deff_replace" => it.deff_replace,
            "ratio" => None, // the file has none
            _ => it.deff,
        };
        compare(&mut errors.estimates, Some(it.value), reals[0][row], &place);
        for (found, column) in [
            (Some(it.standard_error), 1),
            (it.cv(), 2),
            (Some(it.freedom), 3),
            (z.map(|z| z.low), 4),
            (z.map(|z| z.high), 5),
            (t.map(|t| t.low), 6),
            (t.map(|t| t.high), 7),
            (deff, 8),
        ] {
            compare(&mut errors.errors, found, reals[column][row], &format!("{place} column {column}"));
        }
    }
    errors.finish();
}

fn share(file: &str, data: &Data, design: &Design) {
    let Some(expected) = Data::shared(&format!("survey/{file}")) else { return };
    let mut errors = Errors::new(file);
    let [estimate, se, df, lo, hi] =
        ["estimate", "se", "df", "lo", "hi"].map(|column| expected.reals(column));
    for (row, (expr, method)) in expected.texts("expr").into_iter().zip(expected.texts("method")).enumerate()
    {
        let (column, value) = expr.split_once("==").expect("a condition");
        let event = data.is(column, value.trim_matches('\''));
        let method = method_of(method);
        let domain = design.whole();
        let it = domain.share(&event, method, 0.95, None, Missing::Drop).expect("good");
        errors.estimates.relative(it.estimate.value, estimate[row], expr);
        errors.errors.relative(it.estimate.standard_error, se[row], expr);
        errors.errors.relative(it.estimate.freedom, df[row], expr);
        errors.errors.relative(it.interval.low, lo[row], &format!("{expr} {method:?} low"));
        errors.errors.relative(it.interval.high, hi[row], &format!("{expr} {method:?} high"));
    }
    errors.finish();
}

pub(crate) fn method_of(name: &str) -> ShareInterval {
    match name {
        "logit" => ShareInterval::Logit,
        "likelihood" => ShareInterval::LikelihoodLikeR,
        "asin" => ShareInterval::Asin,
        "beta" => ShareInterval::Beta,
        "mean" => ShareInterval::Mean,
        "xlogit" => ShareInterval::Xlogit,
        other => panic!("no interval {other}"),
    }
}

#[test]
fn a_stratified_sample_equals_r() {
    let Some(data) = Data::shared("survey/input_apistrat.csv") else { return };
    let (strata, weights, fpc) = (data.codes("stype").0, data.reals("pw"), data.reals("fpc"));
    let stage = Stage { strata: Some(&strata), fpc: Some(&fpc), ..Stage::default() };
    let plan = Plan { n_rows: data.n_rows(), stages: &[stage], weights: Some(&weights), ..Plan::default() };
    let design = Design::prepare(&plan).expect("good");
    check("expected_apistrat.csv", &data, &design);
    share("expected_apistrat_ciprop.csv", &data, &design);
}

#[test]
fn a_cluster_sample_equals_r() {
    let Some(data) = Data::shared("survey/input_apiclus1.csv") else { return };
    let (clusters, weights, fpc) = (data.codes("dnum").0, data.reals("pw"), data.reals("fpc"));
    let stage = Stage { clusters: Some(&clusters), fpc: Some(&fpc), ..Stage::default() };
    let plan = Plan { n_rows: data.n_rows(), stages: &[stage], weights: Some(&weights), ..Plan::default() };
    let design = Design::prepare(&plan).expect("good");
    check("expected_apiclus1.csv", &data, &design);
    share("expected_apiclus1_ciprop.csv", &data, &design);

    let (types, _) = data.codes("stype");
    let tied = design.post_stratify(&types, &[4421.0, 755.0, 1018.0], false).expect("good");
    check("expected_apiclus1_poststratify.csv", &data, &tied);
    let Some(expected) = Data::shared("survey/expected_apiclus1_poststratify_weights.csv") else { return };
    let mut worst = Worst::new("expected_apiclus1_poststratify_weights.csv", 1e-10);
    assert_eq!(expected.texts("id"), data.texts("cds"));
    for ((found, expected), id) in tied.weights().iter().zip(expected.reals("w")).zip(data.texts("cds")) {
        worst.relative(*found, expected, id);
    }
    worst.finish();
}

/// One year of skateboard injuries with its design.
fn year(data: &Data) -> Design {
    let (strata, clusters, weights) = (data.codes("Stratum").0, data.codes("PSU").0, data.reals("Weight"));
    let stage = Stage { strata: Some(&strata), clusters: Some(&clusters), ..Stage::default() };
    Design::prepare(&Plan {
        n_rows: data.n_rows(),
        stages: &[stage],
        weights: Some(&weights),
        nest: true,
        lonely: Lonely::Adjust,
        ..Plan::default()
    })
    .expect("good")
}

#[test]
fn injuries_by_year_equal_r() {
    let Some(input) = Data::shared("neiss/input_skateboard_women_2013_2021.csv") else { return };
    let Some(expected) = Data::shared("neiss/expected_skateboard_women_by_year.csv") else { return };
    let mut errors = Errors::new("expected_skateboard_women_by_year.csv");
    let years = expected.texts("year");
    let mut last = (String::new(), None);
    let reals = ["n", "estimate", "se", "cv", "lo_z", "hi_z", "df", "lo_t", "hi_t"]
        .map(|column| expected.reals(column));
    let rows =
        expected.texts("dim").into_iter().zip(expected.texts("level")).zip(expected.texts("cpsc_stable"));
    for (row, ((dim, level), stable)) in rows.enumerate() {
        if last.0 != years[row] {
            let data = input.only("year", |year| year == years[row]);
            let design = year(&data);
            last = (years[row].to_owned(), Some((data, design)));
        }
        let (data, design) = last.1.as_ref().expect("a year");
        let cells = if dim == "all" { Vec::new() } else { data.texts(dim) };
        let domain = design.domain(|row| dim == "all" || cells[row] == level);
        let it = domain.total(&vec![1.0; data.n_rows()], Missing::Refuse).expect("good");
        let (z, t) = (it.interval(0.95, f64::INFINITY), it.interval(0.95, it.freedom));
        let place = format!("{} {dim} {level}", years[row]);
        compare(&mut errors.estimates, Some(it.n as f64), reals[0][row], &place);
        compare(&mut errors.estimates, Some(it.value), reals[1][row], &place);
        for (found, column) in [
            (Some(it.standard_error), 2),
            (it.cv(), 3),
            (z.map(|z| z.low), 4),
            (z.map(|z| z.high), 5),
            (Some(it.freedom), 6),
            (t.map(|t| t.low), 7),
            (t.map(|t| t.high), 8),
        ] {
            compare(&mut errors.errors, found, reals[column][row], &format!("{place} column {column}"));
        }
        let found = it.value >= 1200.0 && it.n >= 20 && it.cv().is_some_and(|cv| cv <= 0.33);
        assert_eq!(found.to_string(), stable, "{place}");
    }
    errors.finish();
}

#[test]
fn shares_of_injuries_equal_r() {
    let Some(input) = Data::shared("neiss/input_skateboard_women_2013_2021.csv") else { return };
    let Some(expected) = Data::shared("neiss/expected_skateboard_women_prop.csv") else { return };
    let mut errors = Errors::new("expected_skateboard_women_prop.csv");
    let reals = ["estimate", "se", "lo_t", "hi_t", "lo_logit", "hi_logit", "deff"]
        .map(|column| expected.reals(column));
    for (row, year_text) in expected.texts("year").into_iter().enumerate() {
        let data = input.only("year", |year| year == year_text);
        let design = year(&data);
        let dispositions = data.texts("Disposition");
        let event: Vec<f64> =
            dispositions.iter().map(|text| f64::from(u8::from(["4", "5"].contains(text)))).collect();
        let whole = design.whole();
        let mean = whole.share(&event, ShareInterval::Mean, 0.95, None, Missing::Refuse).expect("good");
        let logit = whole.share(&event, ShareInterval::Logit, 0.95, None, Missing::Refuse).expect("good");
        errors.estimates.relative(mean.estimate.value, reals[0][row], year_text);
        for (found, column) in [
            (mean.estimate.standard_error, 1),
            (mean.interval.low, 2),
            (mean.interval.high, 3),
            (logit.interval.low, 4),
            (logit.interval.high, 5),
            (mean.estimate.deff_replace.expect("some"), 6),
        ] {
            errors.errors.relative(found, reals[column][row], &format!("{year_text} column {column}"));
        }
    }
    errors.finish();
}
