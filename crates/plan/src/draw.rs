//! Who is drawn, so that anyone can draw again.
//!
//! The population is put in order of stratum and id, counted, and hashed; the seed is published with how it was found; the
//! log lists the picks in order. From the log and the population anyone gets the same picks: `docs/reference/draws.md` says
//! how, and a script of the tests does it without a line of this program.
//!
//! A unit that turns out closed or cannot be found is replaced by a further draw from its stratum, with the reason in the
//! log. Nothing is ever drawn over.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_methods::acceptance::draw::{Method as Plain, stratified};
use zhiheng_methods::random::Stream;

use crate::hash;

mod again;
mod weighted;

pub use again::{redraw, verify};

/// Name of the rules by which this program draws; other rules would get another name.
pub const FORMAT: &str = "zhiheng-draw/1";

/// First stream of the seed for weighted draws; stratum `s` takes stream `WEIGHTED + s`.
pub(crate) const WEIGHTED: u64 = 1 << 32;
/// First stream for further draws; the `k`-th, from 1, takes stream `FURTHER + k`.
pub(crate) const FURTHER: u64 = 2 << 32;
/// First stream for pairing; object `k`, from 1, takes stream `PAIRING + k`, their order stream `PAIRING`.
pub(crate) const PAIRING: u64 = 3 << 32;

/// One unit of the population.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unit {
    /// Stratum: class, region, industry.
    pub stratum: String,
    /// Identifier: credit code.
    pub id: String,
    /// Weight, at least 1; 1 unless the draw is weighted.
    pub weight: u64,
}

/// How units are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Each with equal chances.
    Simple,
    /// Every so-manieth from a random start, in order of id.
    Systematic,
    /// With chances in proportion to weight, exactly.
    Weighted,
}

impl Method {
    /// Words of commands and logs.
    pub const WORDS: [(&'static str, Method); 3] =
        [("simple", Method::Simple), ("systematic", Method::Systematic), ("weighted", Method::Weighted)];

    /// The word of logs.
    pub fn word(self) -> &'static str {
        Method::WORDS.iter().find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Number of the draw.
    pub number: String,
    /// Seed.
    pub seed: u64,
    /// How the seed was found, announced before the list was closed.
    pub seed_from: String,
    /// How units are taken.
    pub method: Method,
    /// How many of each stratum; strata not named here give none.
    pub sizes: BTreeMap<String, u64>,
}

/// What was drawn, with all that is needed to draw it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// Rules of the draw, [`FORMAT`].
    pub format: String,
    /// Number of the draw.
    pub number: String,
    /// Seed, as text since JSON readers round large numbers.
    pub seed: String,
    /// How the seed was found.
    pub seed_from: String,
    /// How units were taken.
    pub method: Method,
    /// Hash of the population.
    pub population: String,
    /// Strata in order.
    pub strata: Vec<Stratum>,
    /// Picks in order.
    pub picks: Vec<Pick>,
    /// Further draws in order.
    pub redraws: Vec<Redraw>,
}

/// A stratum of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// Its name.
    pub stratum: String,
    /// Units in it.
    pub size: u64,
    /// Units drawn at first.
    pub drawn: u64,
}

/// A unit that was picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Number of the pick, from 1.
    pub order: u64,
    /// Stratum.
    pub stratum: String,
    /// Number of the unit in its stratum, from 1, in order of ids.
    pub place: u64,
    /// The unit.
    pub id: String,
}

/// A further draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redraw {
    /// Number of the further draw, from 1.
    pub order: u64,
    /// The unit that fell out.
    pub out: String,
    /// Why.
    pub reason: String,
    /// The unit drawn in its place.
    pub id: String,
    /// Its number in the stratum.
    pub place: u64,
}

/// The units in order, each once, with weights above 0.
///
/// # Errors
///
/// ZH8563 without any unit, ZH8560 for an id that comes twice, ZH8562 for a weight of 0, ZH8567 for weights beyond what
/// can be summed.
pub fn population(mut units: Vec<Unit>) -> Result<Vec<Unit>, Vec<Diagnostic>> {
    units.sort();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for unit in &units {
        if !seen.insert(unit.id.as_str()) {
            problems.push(Diagnostic::error("ZH8560").arg("id", &unit.id));
        }
        if unit.weight == 0 {
            problems.push(Diagnostic::error("ZH8562").arg("id", &unit.id));
        }
    }
    if units.is_empty() {
        problems.push(Diagnostic::error("ZH8563"));
    }
    // Half the range, so that sums of a stratum and of what is left of it fit everywhere.
    if units
        .iter()
        .try_fold(0_u64, |sum, unit| sum.checked_add(unit.weight))
        .is_none_or(|sum| sum > u64::MAX / 2)
    {
        problems.push(Diagnostic::error("ZH8567"));
    }
    if problems.is_empty() { Ok(units) } else { Err(problems) }
}

/// Whole weights in the proportions of `weights`: decimals times the power of ten that makes all of them whole.
///
/// # Errors
///
/// ZH8567 if they are negative, or too fine or too large for that.
pub fn whole_weights(weights: &[Decimal]) -> Result<Vec<u64>, Diagnostic> {
    let places = weights.iter().map(|weight| weight.normalize().scale()).max().unwrap_or(0);
    let factor = 10_i128.checked_pow(places);
    let whole = |weight: &Decimal| {
        let weight = weight.normalize();
        let up = factor?.checked_div(10_i128.checked_pow(weight.scale())?)?;
        u64::try_from(weight.mantissa().checked_mul(up)?).ok()
    };
    weights.iter().map(|weight| whole(weight).ok_or_else(|| Diagnostic::error("ZH8567"))).collect()
}

/// The hash by which a log names its population: SHA-256 of the canonical JSON `[[stratum, id, weight], …]`, weights as text.
pub fn population_hash(units: &[Unit]) -> String {
    let rows: Vec<Value> =
        units.iter().map(|unit| json!([unit.stratum, unit.id, unit.weight.to_string()])).collect();
    hash::of(&Value::Array(rows))
}

/// The hash by which a record names a log: SHA-256 of its canonical JSON as it was first drawn, so without further draws. It stays the
/// same when one is added.
pub fn log_hash(log: &Log) -> String {
    let first = Log { redraws: Vec::new(), ..log.clone() };
    // A log is texts and whole numbers: it always has a JSON form.
    hash::of(&serde_json::to_value(first).unwrap_or_default())
}

/// Draws from `units`, which [`population`] put in order.
///
/// # Errors
///
/// ZH8561 if a stratum has fewer units than are asked for, ZH8568 if nothing at all is, ZH8569 if a method refuses.
pub fn draw(request: &Request, units: &[Unit]) -> Result<Log, Vec<Diagnostic>> {
    let strata = strata(units);
    let mut problems = Vec::new();
    for (name, &n) in &request.sizes {
        let size =
            strata.iter().find(|(stratum, _)| stratum == name).map_or(0, |(_, units)| units.len() as u64);
        if n > size {
            problems.push(Diagnostic::error("ZH8561").arg("stratum", name).arg("size", size).arg("n", n));
        }
    }
    if request.sizes.values().all(|&n| n == 0) {
        problems.push(Diagnostic::error("ZH8568").arg("number", &request.number));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let wanted: Vec<(u64, u64)> = strata
        .iter()
        .map(|(stratum, units)| (units.len() as u64, request.sizes.get(*stratum).copied().unwrap_or(0)))
        .collect();
    let refused = |refusal: zhiheng_methods::Refusal| vec![Diagnostic::error("ZH8569").arg("why", refusal)];
    let places: Vec<Vec<u64>> = match request.method {
        Method::Simple => stratified(Plain::Simple, &wanted, request.seed).map_err(refused)?,
        // A systematic draw of none has no step; its stratum keeps its number all the same.
        Method::Systematic => {
            let asked: Vec<(u64, u64)> = wanted.iter().map(|&(size, n)| (size, n.max(1))).collect();
            let mut drawn = stratified(Plain::Systematic, &asked, request.seed).map_err(refused)?;
            for (places, (_, n)) in drawn.iter_mut().zip(&wanted) {
                places.truncate(*n as usize);
            }
            drawn
        }
        Method::Weighted => (0_u64..)
            .zip(strata.iter().zip(&wanted))
            .map(|(s, ((_, units), &(_, n)))| {
                let weights: Vec<u64> = units.iter().map(|unit| unit.weight).collect();
                weighted::weighted(&weights, n, &mut Stream::new(request.seed, WEIGHTED + s))
            })
            .collect(),
    };
    let mut picks = Vec::new();
    for ((stratum, units), places) in strata.iter().zip(&places) {
        for &place in places {
            if let Some(unit) = usize::try_from(place - 1).ok().and_then(|at| units.get(at)) {
                let (stratum, id) = ((*stratum).to_owned(), unit.id.clone());
                picks.push(Pick { order: picks.len() as u64 + 1, stratum, place, id });
            }
        }
    }
    Ok(Log {
        format: FORMAT.to_owned(),
        number: request.number.clone(),
        seed: request.seed.to_string(),
        seed_from: request.seed_from.clone(),
        method: request.method,
        population: population_hash(units),
        strata: strata
            .iter()
            .zip(&wanted)
            .map(|((stratum, _), &(size, drawn))| Stratum { stratum: (*stratum).to_owned(), size, drawn })
            .collect(),
        picks,
        redraws: Vec::new(),
    })
}

/// Strata in order of name, with their units in order of id.
pub(crate) fn strata(units: &[Unit]) -> Vec<(&str, &[Unit])> {
    units
        .chunk_by(|a, b| a.stratum == b.stratum)
        .filter_map(|chunk| chunk.first().map(|unit| (unit.stratum.as_str(), chunk)))
        .collect()
}
