//! The made-up sample of `vectors/make_survey.R` with every design that R was asked about, by R's name for it.
#![expect(clippy::many_single_char_names, reason = "the columns of the sample have such names")]

use crate::survey_data::Data;
use zhiheng_methods::survey::{
    Calibration, Design, Distance, Lonely, Margin, Plan, RakingControl, Replicates, Stage,
};

/// The sample's columns that designs need.
pub(crate) struct Sample {
    pub(crate) data: Data,
    groups: Vec<(&'static str, Vec<u32>)>,
    numbers: Vec<(&'static str, Vec<f64>)>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let data = Data::parse(include_str!("../../vectors/survey_input.csv"));
        let groups = ["s", "c", "u", "t", "lone", "g", "h", "hm"].map(|name| (name, data.codes(name).0));
        let numbers = ["N1", "N2", "N2t", "f1", "f2", "w", "pi", "pc", "x", "v"];
        let numbers = numbers.map(|name| (name, data.reals(name)));
        Self { data, groups: groups.to_vec(), numbers: numbers.to_vec() }
    }

    pub(crate) fn group(&self, name: &str) -> Option<&[u32]> {
        self.groups.iter().find(|(known, _)| *known == name).map(|(_, codes)| codes.as_slice())
    }

    pub(crate) fn number(&self, name: &str) -> Option<&[f64]> {
        self.numbers.iter().find(|(known, _)| *known == name).map(|(_, values)| values.as_slice())
    }

    /// Stages as (strata, clusters, fpc) by column, blank for none.
    pub(crate) fn plan(
        &self,
        stages: &[(&str, &str, &str)],
        weights: &str,
        change: impl Fn(&mut Plan),
    ) -> Design {
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

    pub(crate) fn design(&self, name: &str) -> Option<Design> {
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
    pub(crate) fn tied(&self, name: &str) -> Option<Design> {
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

    pub(crate) fn replicates(&self, name: &str, weights: &Data) -> Option<Replicates> {
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
