//! From a table to a prepared sample: the columns and options that all survey methods share.

use std::collections::BTreeMap;

use super::{Choice, Column, Frame, Holds, Options, choice, may_have, option};
use crate::refusal::Refusal;
use crate::survey::{
    Bootstrap, Calibration, Design, Distance, Domain, Estimate, Lonely, Margin, Missing, Plan, RakingControl,
    Replicates, Stage,
};

pub(super) const STRATUM: Column = may_have("stratum", Holds::Names);
pub(super) const CLUSTER: Column = may_have("cluster", Holds::Names);
pub(super) const CLUSTER2: Column = may_have("cluster2", Holds::Names);
pub(super) const POPULATION: Column = may_have("population", Holds::Numbers);
pub(super) const POPULATION2: Column = may_have("population2", Holds::Numbers);
pub(super) const WEIGHT: Column = may_have("weight", Holds::Numbers);
pub(super) const DOMAIN: Column = may_have("domain", Holds::Names);
pub(super) const MARGIN: Column = may_have("margin", Holds::Names);
pub(super) const MARGIN_POPULATION: Column = may_have("margin_population", Holds::Numbers);
pub(super) const MARGIN2: Column = may_have("margin2", Holds::Names);
pub(super) const MARGIN2_POPULATION: Column = may_have("margin2_population", Holds::Numbers);

pub(super) const LONELY: Choice = choice("lonely", &["fail", "remove", "certainty", "adjust", "average"]);
pub(super) const NEST: Choice = choice("nest", &["no", "yes"]);
pub(super) const PPS: Choice = choice("pps", &["no", "brewer"]);
pub(super) const CALIBRATION: Choice = choice("calibration", &["none", "linear", "raking", "logit"]);
pub(super) const TOTALS: Choice = option("totals", "");
pub(super) const BOUNDS: Choice = option("bounds", "");
pub(super) const MISSING: Choice = choice("missing", &["refuse", "drop"]);
pub(super) const LEVEL: Choice = option("level", "0.95");
pub(super) const INTERVAL: Choice = choice("interval", &["t", "z"]);
pub(super) const ERRORS: Choice = choice("errors", &["linear", "jackknife", "bootstrap", "rao_wu"]);
pub(super) const REPLICATES: Choice = option("replicates", "200");
pub(super) const SEED: Choice = option("seed", "1");

/// Numbers for names, in the order of the names; blanks get `u32::MAX`.
pub(super) fn codes(texts: &[String]) -> (Vec<u32>, Vec<String>) {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        numbers.insert(text, 0);
    }
    for (number, place) in numbers.values_mut().enumerate() {
        *place = number as u32;
    }
    let code = |text: &String| numbers.get(text.trim()).copied().unwrap_or(u32::MAX);
    (texts.iter().map(code).collect(), numbers.keys().map(|&name| name.to_owned()).collect())
}

/// Numbers of a column of names without blanks, or nothing if there is no such column.
fn groups(frame: &Frame, column: Column) -> Result<Option<Vec<u32>>, Refusal> {
    if !frame.has(column.name) {
        return Ok(None);
    }
    frame.each(column.name, "name", |text| (!text.is_empty()).then_some(()))?;
    Ok(Some(codes(frame.texts(column.name)?).0))
}

fn numbers(frame: &Frame, column: Column) -> Result<Option<Vec<f64>>, Refusal> {
    if frame.has(column.name) { frame.numbers(column.name).map(Some) } else { Ok(None) }
}

/// The sample of a table, tied to known totals where it says so.
pub(super) fn design(frame: &Frame, options: &Options) -> Result<Design, Refusal> {
    let (strata, weights) = (groups(frame, STRATUM)?, numbers(frame, WEIGHT)?);
    let clusters = [groups(frame, CLUSTER)?, groups(frame, CLUSTER2)?];
    let populations = [numbers(frame, POPULATION)?, numbers(frame, POPULATION2)?];
    let first =
        Stage { strata: strata.as_deref(), clusters: clusters[0].as_deref(), fpc: populations[0].as_deref() };
    let second = Stage { strata: None, clusters: clusters[1].as_deref(), fpc: populations[1].as_deref() };
    let both = [first, second];
    let two = second.clusters.is_some() || second.fpc.is_some();
    let design = Design::prepare(&Plan {
        n_rows: frame.n_rows(),
        stages: if two { &both } else { &both[..1] },
        weights: weights.as_deref(),
        nest: options.text(&NEST) == "yes",
        pps: options.text(&PPS) == "brewer",
        lonely: match options.text(&LONELY) {
            "remove" => Lonely::Remove,
            "certainty" => Lonely::Certainty,
            "adjust" => Lonely::Adjust,
            "average" => Lonely::Average,
            _ => Lonely::Fail,
        },
        ..Plan::default()
    })?;
    let design = tied_to_margins(frame, &design)?.unwrap_or(design);
    calibrated(frame, options, design)
}

/// One margin is post-stratified, two are raked.
fn tied_to_margins(frame: &Frame, design: &Design) -> Result<Option<Design>, Refusal> {
    let mut margins = Vec::new();
    for (column, population) in [(MARGIN, MARGIN_POPULATION), (MARGIN2, MARGIN2_POPULATION)] {
        let Some(group) = groups(frame, column)? else { continue };
        let values = frame.numbers(population.name)?;
        let mut of_group = vec![f64::NAN; group.iter().max().map_or(0, |&last| last as usize + 1)];
        for (&group, &value) in group.iter().zip(&values) {
            let known = &mut of_group[group as usize];
            if !known.is_nan() && *known != value {
                let what = format!("{} differs within a group: {known}, {value}", population.name);
                return Err(Refusal::Contradiction { what });
            }
            *known = value;
        }
        margins.push((group, of_group));
    }
    match margins.as_slice() {
        [] => Ok(None),
        [(group, population)] => design.post_stratify(group, population, false).map(Some),
        all => {
            let all: Vec<Margin> =
                all.iter().map(|(group, population)| Margin { group, population }).collect();
            design.rake(&all, RakingControl { rounds: 100, epsilon: 1e-9 }).map(Some)
        }
    }
}

/// Calibrated to totals given as `x=73000, kind:a=620, 1=1930`: of a column, of rows with a name in a column, of
/// rows.
fn calibrated(frame: &Frame, options: &Options, design: Design) -> Result<Design, Refusal> {
    let distance = match options.text(&CALIBRATION) {
        "linear" => Distance::Linear,
        "raking" => Distance::Raking,
        "logit" => Distance::Logit,
        _ => return Ok(design),
    };
    let (mut columns, mut totals) = (Vec::new(), Vec::new());
    for part in options.text(&TOTALS).split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, total) = part.rsplit_once('=').ok_or_else(|| unreadable(&TOTALS, part, "column=total"))?;
        totals.push(total.trim().parse().map_err(|_| unreadable(&TOTALS, part, "column=total"))?);
        columns.push(match (name.trim(), name.trim().split_once(':')) {
            ("1", _) => vec![1.0; frame.n_rows()],
            (_, Some((column, value))) => {
                let cells = frame.texts(column.trim())?.iter();
                cells.map(|cell| f64::from(u8::from(cell.trim() == value.trim()))).collect()
            }
            (name, None) => frame.numbers(name)?,
        });
    }
    let bounds = match options.text(&BOUNDS).trim() {
        "" => None,
        text => {
            let ends: Vec<f64> = text.split(',').filter_map(|end| end.trim().parse().ok()).collect();
            let [low, high] = ends.as_slice() else { return Err(unreadable(&BOUNDS, text, "low, high")) };
            Some((*low, *high))
        }
    };
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    design.calibrate(&Calibration {
        columns: &columns,
        totals: &totals,
        distance,
        bounds,
        ..Calibration::default()
    })
}

/// An option's value that cannot be read, with what it should look like.
pub(super) fn unreadable(choice: &Choice, text: &str, like: &str) -> Refusal {
    Refusal::Unknown { kind: "value", name: format!("{}={text}", choice.name), known: vec![like.to_owned()] }
}

pub(super) fn missing(options: &Options) -> Missing {
    if options.text(&MISSING) == "drop" { Missing::Drop } else { Missing::Refuse }
}

/// The whole, without a name, and then each domain with its name.
pub(super) fn domains<'a>(
    frame: &Frame,
    design: &'a Design,
) -> Result<Vec<(Option<String>, Domain<'a>)>, Refusal> {
    let mut all = vec![(None, design.whole())];
    if frame.has(DOMAIN.name) {
        let (codes, names) = codes(frame.texts(DOMAIN.name)?);
        let parts = design.split(&codes, names.len())?;
        all.extend(names.into_iter().map(Some).zip(parts));
    }
    Ok(all)
}

/// The degrees of freedom of an interval: the estimate's own, or none to speak of for `z`.
pub(super) fn freedom(options: &Options, own: f64) -> f64 {
    if options.text(&INTERVAL) == "z" { f64::INFINITY } else { own }
}

/// How standard errors are found.
pub(super) enum Errors {
    Linear,
    Replicates(Replicates),
}

impl Errors {
    pub(super) fn new(options: &Options, design: &Design) -> Result<Self, Refusal> {
        let kind = match options.text(&ERRORS) {
            "jackknife" => return design.jackknife(false).map(Errors::Replicates),
            "bootstrap" => Bootstrap::CantyDavison,
            "rao_wu" => Bootstrap::RaoWu,
            _ => return Ok(Errors::Linear),
        };
        let n = options.count(&REPLICATES)? as usize;
        design.bootstrap(kind, n, options.count(&SEED)?, false).map(Errors::Replicates)
    }

    pub(super) fn mean(&self, domain: &Domain, y: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        match self {
            Errors::Linear => domain.mean(y, missing),
            Errors::Replicates(replicates) => replicates.mean(domain, y, missing),
        }
    }

    pub(super) fn total(&self, domain: &Domain, y: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        match self {
            Errors::Linear => domain.total(y, missing),
            Errors::Replicates(replicates) => replicates.total(domain, y, missing),
        }
    }

    pub(super) fn ratio(
        &self,
        domain: &Domain,
        top: &[f64],
        bottom: &[f64],
        missing: Missing,
    ) -> Result<Estimate, Refusal> {
        match self {
            Errors::Linear => domain.ratio(top, bottom, missing),
            Errors::Replicates(replicates) => replicates.ratio(domain, top, bottom, missing),
        }
    }
}
