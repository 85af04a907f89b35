//! Design-based figures against R survey 4.1.1 over a made-up sample, made by `vectors/make_survey.R`.
#![expect(clippy::many_single_char_names, reason = "the columns of the sample have such names")]

use crate::survey_data::Data;
use crate::survey_shared::method_of;
use crate::table::Worst;
use zhiheng_methods::survey::{
    Calibration, Design, Distance, Domain, Estimate, Lonely, Margin, Missing, Plan, Quantile,
    QuantileInterval, QuantileOptions, QuantileRule, RakingControl, Replicates, ShareInterval, Stage,
    TableStatistic,
};

/// The sample's columns that designs need.
struct Sample {
    data: Data,
    groups: Vec<(&'static str, Vec<u32>)>,
    numbers: Vec<(&'static str, Vec<f64>)>,
}

impl Sample {
    fn new() -> Self {
        let data = Data::parse(include_str!("../../vectors/survey_input.csv"));
        let groups = ["s", "c", "u", "t", "lone", "g", "h", "hm"].map(|name| (name, data.codes(name).0));
        let numbers = ["N1", "N2", "N2t", "f1", "f2", "w", "pi", "pc", "x", "v"];
        let numbers = numbers.map(|name| (name, data.reals(name)));
        Self { data, groups: groups.to_vec(), numbers: numbers.to_vec() }
    }

    fn group(&self, name: &str) -> Option<&[u32]> {
        self.groups.iter().find(|(known, _)| *known == name).map(|(_, codes)| codes.as_slice())
    }

    fn number(&self, name: &str) -> Option<&[f64]> {
        self.numbers.iter().find(|(known, _)| *known == name).map(|(_, values)| values.as_slice())
    }

    /// Stages as (strata, clusters, fpc) by column, blank for none.
    fn plan(&self, stages: &[(&str, &str, &str)], weights: &str, change: impl Fn(&mut Plan)) -> Design {
        let stages: Vec<Stage> = stages
            .iter()
            .map(|(strata, clusters, fpc)| Stage {
                strata: self.group(strata),
                clusters: self.group(clusters),
                fpc: self.number(fpc),
            })
            .collect();
        let mut plan = Plan {
            n_rows: self.data.n_rows(),
            stages: &stages,
            weights: self.number(weights),
            ..Plan::default()
        };
        change(&mut plan);
        Design::prepare(&plan).unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    fn design(&self, name: &str) -> Option<Design> {
        let two = [("s", "c", "N1"), ("", "u", "N2")];
        let plain = |_: &mut Plan| {};
        let lonely = |name: &str| match name {
            "remove" => Lonely::Remove,
            "certainty" => Lonely::Certainty,
            "adjust" => Lonely::Adjust,
            _ => Lonely::Average,
        };
        if let Some(how) = name.strip_prefix("lonely_") {
            return Some(self.plan(&[("lone", "c", "")], "w", |plan| plan.lonely = lonely(how)));
        }
        if let Some(how) = name.strip_prefix("domain_lonely_") {
            return Some(self.plan(&[("lone", "c", "")], "w", |plan| {
                plan.lonely = lonely(how);
                plan.adjust_domain_lonely = true;
            }));
        }
        Some(match name {
            "two_stage" => self.plan(&two, "", plain),
            "weighted" => self.plan(&[("s", "c", "")], "w", plain),
            "weighted_fpc" => self.plan(&[("s", "c", "N1")], "w", plain),
            "fractions" => self.plan(&[("s", "c", "f1"), ("", "u", "f2")], "", plain),
            "clusters" => self.plan(&[("", "c", "")], "w", plain),
            "simple" => self.plan(&[], "w", plain),
            "strata_only" => self.plan(&[("s", "", "")], "w", plain),
            "replaced" => self.plan(&[("s", "c", ""), ("", "u", "")], "w", plain),
            "strata_below" => {
                let stages = [("s", "c", "N1"), ("t", "u", "N2t")];
                self.plan(&stages, "w", |plan| plan.lonely = Lonely::Adjust)
            }
            "pps" => self.plan(&[("", "", "pi")], "", |plan| plan.pps = true),
            "pps_clusters" => self.plan(&[("s", "c", "pc")], "", |plan| plan.pps = true),
            "pps_two_stage" => self.plan(&[("s", "c", "pc"), ("", "u", "f2")], "", |plan| plan.pps = true),
            "ultimate" => self.plan(&two, "", |plan| plan.ultimate_cluster = true),
            _ => return None,
        })
    }

    /// Designs tied to totals.
    fn tied(&self, name: &str) -> Option<Design> {
        let (weighted, two_stage) = (self.design("weighted")?, self.design("two_stage")?);
        let ones = vec![1.0; self.data.n_rows()];
        let (q, r, x) = (self.data.is("g", "q"), self.data.is("g", "r"), self.number("x")?);
        let columns = [ones.as_slice(), &q, &r, x];
        let all = Calibration { columns: &columns, totals: &TOTALS, ..Calibration::default() };
        let raking = Calibration { distance: Distance::Raking, ..all };
        let calibrated = |design: &Design, to: Calibration| design.calibrate(&to);
        let (g, h) = (self.group("g")?, self.group("h")?);
        let margins = [Margin { group: g, population: &POP_G }, Margin { group: h, population: &POP_H }];
        let bounds = Some((0.8, 1.45));
        let it = match name {
            "post" => weighted.post_stratify(g, &POP_G, false),
            "post_two_stage" => two_stage.post_stratify(g, &POP_G, false),
            "rake" => weighted.rake(&margins, RakingControl::default()),
            "rake_fine" => two_stage.rake(&margins, RakingControl { rounds: 40, epsilon: 1e-9 }),
            "linear" => calibrated(&weighted, all),
            "linear_two_stage" => calibrated(&two_stage, all),
            "linear_bounded" => calibrated(&weighted, Calibration { bounds, ..all }),
            "linear_variance" => calibrated(&weighted, Calibration { variance: self.number("v"), ..all }),
            "linear_clusters" => calibrated(&weighted, Calibration { same_within: Some(0), ..all }),
            "raking" => calibrated(&weighted, raking),
            "raking_bounded" => calibrated(&weighted, Calibration { bounds, ..raking }),
            "raking_variance" => calibrated(&weighted, Calibration { variance: self.number("v"), ..raking }),
            "raking_clusters" => calibrated(&weighted, Calibration { same_within: Some(0), ..raking }),
            "logit" => {
                let logit = Calibration { distance: Distance::Logit, bounds: Some((0.7, 1.7)), ..all };
                calibrated(&weighted, logit)
            }
            "weights_bounded" => calibrated(
                &weighted,
                Calibration { bounds: Some((1.0, 26.0)), bounds_of_weights: true, ..all },
            ),
            "scaled_up" => {
                let small: Vec<f64> = self.number("w")?.iter().map(|w| w / 100.0).collect();
                let stage = Stage { strata: self.group("s"), clusters: self.group("c"), fpc: None };
                let plan =
                    Plan { n_rows: small.len(), stages: &[stage], weights: Some(&small), ..Plan::default() };
                calibrated(&Design::prepare(&plan).expect("good"), raking)
            }
            "trimmed" => calibrated(&weighted, Calibration { trim: Some((0.9, 1.4)), ..raking }),
            "twice" => {
                let first = weighted.post_stratify(h, &POP_H, false).expect("good");
                let to = Calibration {
                    columns: &[&ones, x],
                    totals: &[2350.0, 94000.0],
                    ..Calibration::default()
                };
                calibrated(&first, to)
            }
            _ => return None,
        };
        Some(it.unwrap_or_else(|refusal| panic!("{name}: {refusal}")))
    }

    fn replicates(&self, name: &str, weights: &Data) -> Option<Replicates> {
        let weighted = self.design("weighted")?;
        if let Some(how) = name.strip_prefix("jkn_lonely_") {
            return self.design(&format!("lonely_{how}"))?.jackknife(false).ok();
        }
        let ones = vec![1.0; self.data.n_rows()];
        let (q, r, x) = (self.data.is("g", "q"), self.data.is("g", "r"), self.number("x")?);
        let columns = [ones.as_slice(), &q, &r, x];
        let all = Calibration { columns: &columns, totals: &TOTALS, ..Calibration::default() };
        let (g, h) = (self.group("g")?, self.group("h")?);
        let margins = [Margin { group: g, population: &POP_G }, Margin { group: h, population: &POP_H }];
        let jkn = weighted.jackknife(false).expect("good");
        let it = match name {
            "jk1" => self.design("clusters")?.jackknife(false),
            "jkn" => Ok(jkn),
            "jkn_fpc" => self.design("weighted_fpc")?.jackknife(false),
            "jkn_mse" => weighted.jackknife(true),
            "jkn_post" => jkn.post_stratify(g, &POP_G, false),
            "jkn_rake" => jkn.rake(&margins, RakingControl::default()),
            "jkn_linear" => jkn.calibrate(&all),
            "jkn_raking" => jkn.calibrate(&Calibration { distance: Distance::Raking, ..all }),
            "given" => {
                let of =
                    |r: usize| weights.only("design", |name| name == format!("given_{r}")).reals("weight");
                let all: Vec<Vec<f64>> = (1..=12).map(of).collect();
                Replicates::given(&weighted, &all, false, 0.113_907_572_142_462_35, &[1.0; 12], false)
            }
            _ => return None,
        };
        Some(it.unwrap_or_else(|refusal| panic!("{name}: {refusal}")))
    }
}

const POP_G: [f64; 3] = [1220.0, 690.0, 440.0];
const POP_H: [f64; 2] = [1010.0, 1340.0];
const TOTALS: [f64; 4] = [2350.0, 690.0, 440.0, 94000.0];

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
