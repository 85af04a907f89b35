//! Agreement of raters over a table: one row a subject, one column a rater.

use super::lists::{labels, rest};
use super::{
    Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option,
};
use crate::agreement::bootstrap::resample;
use crate::agreement::cohen::{Weights, cohen};
use crate::agreement::fleiss::{conger, fleiss};
use crate::agreement::icc::{Model, Unit, icc, icc_like_irr};
use crate::agreement::kendall::kendall;
use crate::agreement::krippendorff::{Level, krippendorff, krippendorff_like_irr};
use crate::agreement::leniency::leniency;
use crate::agreement::light::light;
use crate::agreement::{Ratings, Tested};
use crate::refusal::Refusal;

const WEIGHTS: Choice = choice("weights", &["unweighted", "linear", "quadratic"]);
const LEVEL: Choice = option("level", "0.95");
const NULL: Choice = option("null", "0");
const FREEDOM: Choice = choice("freedom", &["source", "like_irr"]);
const CORRECTED: Choice = choice("corrected", &["yes", "no"]);
const REPLICATES: Choice = option("replicates", "1000");
const SEED: Choice = option("seed", "1");

const SUBJECTS: Column = may_have("subject", Holds::Names);
const RATERS: Column = needs("*", Holds::TheRest);

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method { id: "agreement.fleiss", columns: &[SUBJECTS, RATERS], options: &[], run: run_fleiss },
    Method {
        id: "agreement.cohen",
        columns: &[SUBJECTS, RATERS],
        options: &[WEIGHTS, LEVEL],
        run: run_cohen,
    },
    Method { id: "agreement.light", columns: &[SUBJECTS, RATERS], options: &[], run: run_light },
    Method {
        id: "agreement.icc",
        columns: &[SUBJECTS, RATERS],
        options: &[LEVEL, NULL, FREEDOM],
        run: run_icc,
    },
    Method { id: "agreement.kendall", columns: &[SUBJECTS, RATERS], options: &[CORRECTED], run: run_kendall },
    Method {
        id: "agreement.krippendorff",
        columns: &[SUBJECTS, RATERS],
        options: &[LEVEL, REPLICATES, SEED],
        run: run_krippendorff,
    },
    Method { id: "agreement.leniency", columns: &[SUBJECTS, RATERS], options: &[LEVEL], run: run_leniency },
];

/// Names of the raters and their ratings. If a cell is not a number, all are categories in alphabetical order.
fn ratings(frame: &Frame) -> Result<(Vec<String>, Ratings, bool), Refusal> {
    let names = rest(frame, &["subject"])?;
    let columns = names.iter().map(|name| frame.numbers(name)).collect::<Result<Vec<_>, _>>();
    if let Ok(columns) = columns {
        return Ok((names, Ratings::from_raters(&columns)?, true));
    }
    let mut categories: Vec<&str> = Vec::new();
    for name in &names {
        categories.extend(frame.texts(name)?.iter().map(|text| text.trim()).filter(|text| !blank(text)));
    }
    categories.sort_unstable();
    categories.dedup();
    let code = |text: &String| categories.binary_search(&text.trim()).map_or(f64::NAN, |at| at as f64 + 1.0);
    let column = |name: &String| Ok(frame.texts(name)?.iter().map(code).collect());
    let columns = names.iter().map(column).collect::<Result<Vec<_>, Refusal>>()?;
    Ok((names, Ratings::from_raters(&columns)?, false))
}

fn blank(text: &str) -> bool {
    text.is_empty() || text == "NA"
}

/// Ratings that must be numbers.
fn numbers(frame: &Frame) -> Result<(Vec<String>, Ratings), Refusal> {
    let names = rest(frame, &["subject"])?;
    let columns = names.iter().map(|name| frame.numbers(name)).collect::<Result<Vec<_>, _>>()?;
    Ok((names, Ratings::from_raters(&columns)?))
}

fn tested(it: Tested) -> [Cell; 4] {
    [it.value.into(), it.standard_error.into(), it.z.into(), it.p_value.into()]
}

fn run_fleiss(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let (_, ratings, _) = ratings(frame)?;
    let it = fleiss(&ratings)?;
    let [kappa, error, z, p] = tested(it.kappa);
    let whole = vec![
        kappa,
        conger(&ratings)?.into(),
        error,
        z,
        p,
        it.agreement.into(),
        it.by_chance.into(),
        count(it.n_subjects),
    ];
    let category = |(category, kappa): &(f64, Tested)| {
        let [kappa, error, z, p] = tested(*kappa);
        vec![(*category).into(), kappa, error, z, p]
    };
    let head = ["kappa", "conger", "standard_error", "z", "p_value", "agreement", "by_chance", "subjects"];
    let rows = it.categories.iter().map(category).collect();
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &head, vec![whole]),
            Sheet::new("categories", &["category", "kappa", "standard_error", "z", "p_value"], rows),
        ],
    })
}

fn run_cohen(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    // names have no order for weights to follow
    let (names, ratings) = if options.text(&WEIGHTS) == "unweighted" {
        let (names, ratings, _) = ratings(frame)?;
        (names, ratings)
    } else {
        numbers(frame)?
    };
    let weights = match options.text(&WEIGHTS) {
        "linear" => Weights::Linear,
        "quadratic" => Weights::Quadratic,
        _ => Weights::Unweighted,
    };
    let level = options.real(&LEVEL)?;
    let mut rows = Vec::new();
    for a in 0..names.len() {
        for b in a + 1..names.len() {
            let mut row = vec![names[a].as_str().into(), names[b].as_str().into()];
            row.extend(match cohen(&ratings, a, b, &weights, level) {
                Ok(it) => {
                    let [kappa, error, z, p] = tested(it.kappa);
                    let (low, high) = (it.interval.low.into(), it.interval.high.into());
                    vec![kappa, low, high, error, z, p, count(it.n_subjects)]
                }
                Err(refusal) if names.len() == 2 => return Err(refusal),
                // one pair without an answer does not take the others theirs
                Err(_) => vec![Cell::Missing; 7],
            });
            rows.push(row);
        }
    }
    let head = ["first", "second", "kappa", "low", "high", "standard_error", "z", "p_value", "subjects"];
    Ok(Answer::one(&head, rows))
}

fn run_light(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let (names, ratings, _) = ratings(frame)?;
    let it = light(&ratings)?;
    let whole = vec![
        it.value.into(),
        it.test.map(|test| test.z).into(),
        it.test.map(|test| test.p_value).into(),
        count(it.n_subjects),
    ];
    let pair = |(a, b, kappa): &(usize, usize, f64)| {
        vec![names[*a].as_str().into(), names[*b].as_str().into(), (*kappa).into()]
    };
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &["kappa", "z", "p_value", "subjects"], vec![whole]),
            Sheet::new("pairs", &["first", "second", "kappa"], it.pairs.iter().map(pair).collect()),
        ],
    })
}

fn run_icc(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (_, ratings) = numbers(frame)?;
    let (level, null) = (options.real(&LEVEL)?, options.real(&NULL)?);
    let compute = if options.text(&FREEDOM) == "like_irr" { icc_like_irr } else { icc };
    let mut rows = Vec::new();
    for (name, model) in
        [("oneway", Model::OneWay), ("consistency", Model::Consistency), ("agreement", Model::Agreement)]
    {
        for (unit_name, unit) in [("single", Unit::Single), ("average", Unit::Average)] {
            let mut row = vec![name.into(), unit_name.into()];
            row.extend(match compute(&ratings, model, unit, null, level) {
                Ok(it) => vec![
                    it.value.into(),
                    finite(it.interval.low),
                    finite(it.interval.high),
                    finite(it.f),
                    it.freedom.0.into(),
                    it.freedom.1.into(),
                    it.p_value.into(),
                    count(it.n_subjects),
                ],
                // the reliability of an average can be without meaning where that of one rater is not
                Err(Refusal::Contradiction { .. }) if unit == Unit::Average => vec![Cell::Missing; 8],
                Err(refusal) => return Err(refusal),
            });
            rows.push(row);
        }
    }
    let head =
        ["model", "of", "value", "low", "high", "f", "freedom_above", "freedom_below", "p_value", "subjects"];
    Ok(Answer::one(&head, rows))
}

fn run_kendall(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (_, ratings) = numbers(frame)?;
    let it = kendall(&ratings, options.text(&CORRECTED) == "yes")?;
    let row = vec![
        it.w.into(),
        it.chi_square.into(),
        it.freedom.into(),
        it.p_value.into(),
        it.has_ties.into(),
        count(it.n_subjects),
    ];
    Ok(Answer::one(&["w", "chi_square", "freedom", "p_value", "has_ties", "subjects"], vec![row]))
}

fn run_krippendorff(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (_, ratings, are_numbers) = ratings(frame)?;
    let (level, replicates, seed) =
        (options.real(&LEVEL)?, options.count(&REPLICATES)? as usize, options.count(&SEED)?);
    let levels = [
        ("nominal", Level::Nominal),
        ("ordinal", Level::Ordinal),
        ("interval", Level::Interval),
        ("ratio", Level::Ratio),
    ];
    let mut rows = Vec::new();
    for (name, kind) in levels {
        // names have no order, and negative values no ratio
        let has_negative = ratings.categories().first().is_some_and(|least| *least < 0.0);
        if (!are_numbers && kind != Level::Nominal) || (kind == Level::Ratio && has_negative) {
            continue;
        }
        let it = krippendorff(&ratings, kind)?;
        let drawn = match replicates {
            0 => None,
            _ => match resample(&ratings, replicates, seed, level, |r| Ok(krippendorff(r, kind)?.value)) {
                Ok(drawn) => Some(drawn),
                Err(refusal @ Refusal::OutOfRange { .. }) => return Err(refusal),
                // too few resamples in which ratings differ: no interval
                Err(_) => None,
            },
        };
        rows.push(vec![
            name.into(),
            it.value.into(),
            drawn.map(|it| it.interval.low).into(),
            drawn.map(|it| it.interval.high).into(),
            krippendorff_like_irr(&ratings, kind)?.value.into(),
            count(it.n_subjects),
            count(it.n_ratings),
        ]);
    }
    Ok(Answer::one(&["measured_as", "alpha", "low", "high", "alpha_like_irr", "subjects", "ratings"], rows))
}

fn run_leniency(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (names, ratings) = numbers(frame)?;
    let it = leniency(&ratings, options.real(&LEVEL)?)?;
    let subjects = labels(frame, "subject");
    let rater = |(name, rater): (&String, &crate::agreement::Rater)| {
        vec![
            name.as_str().into(),
            rater.effect.into(),
            rater.standard_error.into(),
            rater.interval.low.into(),
            rater.interval.high.into(),
            rater.p_value.into(),
            rater.with_others.into(),
            rater.erratic.into(),
            count(rater.n_ratings),
        ]
    };
    let judgement = |it: &crate::agreement::Judgement| {
        vec![
            subjects[it.subject].as_str().into(),
            names[it.rater].as_str().into(),
            it.rating.into(),
            it.residual.into(),
            it.studentised.map_or(Cell::Missing, finite),
            it.p_value.into(),
        ]
    };
    let fair =
        subjects.iter().zip(&it.fair).map(|(subject, fair)| vec![subject.as_str().into(), (*fair).into()]);
    let head =
        ["rater", "effect", "standard_error", "low", "high", "p_value", "with_others", "erratic", "ratings"];
    let whole = vec![vec![it.f.into(), it.p_value.into(), it.error.into(), it.freedom.into()]];
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &head, names.iter().zip(&it.raters).map(rater).collect()),
            Sheet::new("fair", &["subject", "fair"], fair.collect()),
            Sheet::new(
                "judgements",
                &["subject", "rater", "rating", "residual", "studentised", "p_value"],
                it.judgements.iter().map(judgement).collect(),
            ),
            Sheet::new("model", &["f", "p_value", "error", "freedom"], whole),
        ],
    })
}

/// A number, or nothing where it is infinite.
fn finite(value: f64) -> Cell {
    if value.is_finite() { Cell::Real(value) } else { Cell::Missing }
}

fn count(n: usize) -> Cell {
    (n as u64).into()
}
