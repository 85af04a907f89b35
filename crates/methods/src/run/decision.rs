//! Decisions with several criteria over a table: one row an alternative, one column a criterion.

use super::lists::{
    chosen, labels, list, number, numbers, numbers_by_name, pairs, rest, two_numbers, unknown,
};
use super::{
    Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option,
};
use crate::composite::Direction;
use crate::decision::ahp::{RandomIndex, ahp};
use crate::decision::eigen::principal_components;
use crate::decision::outranking::{Preference, promethee};
use crate::decision::scaling::Scaling;
use crate::decision::vikor::vikor;
use crate::decision::{
    Order, Problem, average_distance, border, ideal, like_pymcdm, ratio, reference, sums, weights,
};
use crate::refusal::Refusal;

const METHOD: Choice = choice(
    "method",
    &[
        "topsis",
        "vikor",
        "promethee",
        "wsm",
        "wpm",
        "waspas",
        "edas",
        "aras",
        "copras",
        "codas",
        "cocoso",
        "mabac",
        "mairca",
        "marcos",
        "moora",
        "ocra",
        "spotis",
        "copras_like_pymcdm",
        "promethee_like_pymcdm",
    ],
);
const SCALING: Choice = choice(
    "scaling",
    &[
        "usual",
        "minmax",
        "max",
        "sum",
        "vector",
        "linear",
        "logarithmic",
        "nonlinear",
        "enhanced_accuracy",
        "zavadskas_turskis",
    ],
);
const COSTS: Choice = option("costs", "");
const WEIGHTS: Choice = option("weights", "");
/// The weights that data give, after the word for none of them.
macro_rules! weightings {
    ($none:literal) => {
        &[
            $none,
            "entropy",
            "critic",
            "standard_deviation",
            "variance",
            "gini",
            "angle",
            "merec",
            "cilos",
            "idocriw",
            "lopcow",
            "pca_first",
            "pca_kaiser",
        ]
    };
}
const WEIGHTING: Choice = choice("weighting", weightings!("given"));
const KIND: Choice = choice("method", weightings!("equal"));
const LAMBDA: Choice = option("lambda", "0.5");
const V: Choice = option("v", "0.5");
const THRESHOLD: Choice = option("threshold", "0.02");
const PREFERENCE: Choice =
    choice("preference", &["usual", "ushape", "vshape", "level", "linear", "gaussian"]);
const Q: Choice = option("q", "");
const P: Choice = option("p", "");
const BOUNDS: Choice = option("bounds", "");
const EXPECTED: Choice = option("expected", "");
const RANDOM: Choice = choice("random_index", &["saaty", "tummala_ling"]);

const NAMES: Column = may_have("alternative", Holds::Names);
const CRITERIA: Column = needs("*", Holds::TheRest);

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "decision.order",
        columns: &[NAMES, CRITERIA],
        options: &[
            METHOD, SCALING, COSTS, WEIGHTS, WEIGHTING, LAMBDA, V, THRESHOLD, PREFERENCE, Q, P, BOUNDS,
            EXPECTED,
        ],
        run: order,
    },
    Method { id: "decision.weights", columns: &[NAMES, CRITERIA], options: &[KIND, COSTS], run: weigh },
    Method {
        id: "decision.ahp",
        columns: &[may_have("item", Holds::Names), CRITERIA],
        options: &[RANDOM],
        run: judgements,
    },
    Method { id: "decision.components", columns: &[NAMES, CRITERIA], options: &[], run: components },
];

fn order(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = rest(frame, &["alternative"])?;
    let criteria = numbers(frame, &names)?;
    let directions = directions(options, &names)?;
    let weights = match options.text(&WEIGHTING) {
        "given" => numbers_by_name(options, &WEIGHTS, &names, 1.0)?,
        kind => by(kind, &criteria, &directions)?,
    };
    let problem = Problem::new(criteria, directions, &weights)?;
    let labels = labels(frame, "alternative");
    let mut sheets = Vec::new();
    let order = match options.text(&METHOD) {
        "vikor" => {
            let it = vikor(&problem, options.real(&V)?)?;
            let row = |(at, name): (usize, &String)| {
                let in_set = it.compromise.contains(&at);
                vec![name.as_str().into(), it.group[at].into(), it.regret[at].into(), in_set.into()]
            };
            let rows = labels.iter().enumerate().map(row).collect();
            sheets.push(Sheet::new("compromise", &["alternative", "group", "regret", "compromise"], rows));
            it.order
        }
        "promethee" => {
            let it = promethee(&problem, &preferences(options, &names)?)?;
            let flows = it.leaving.iter().zip(&it.entering);
            let row = |(name, (plus, minus)): (&String, (&f64, &f64))| {
                vec![name.as_str().into(), (*plus).into(), (*minus).into()]
            };
            let rows = labels.iter().zip(flows).map(row).collect();
            sheets.push(Sheet::new("flows", &["alternative", "leaving", "entering"], rows));
            it.order
        }
        method => plain(&problem, method, options, &names)?,
    };
    let scores = order.scores.iter().zip(&order.ranks);
    let row = |(name, (score, rank)): (&String, (&f64, &f64))| {
        vec![name.as_str().into(), (*score).into(), (*rank).into()]
    };
    let rows = labels.iter().zip(scores).map(row).collect();
    sheets.insert(0, Sheet::new("result", &["alternative", "score", "rank"], rows));
    Ok(Answer { sheets })
}

/// The methods that answer with an order alone.
fn plain(problem: &Problem, method: &str, options: &Options, names: &[String]) -> Result<Order, Refusal> {
    let scaling = |usual: Scaling| match options.text(&SCALING) {
        "minmax" => Scaling::MinMax,
        "max" => Scaling::Max,
        "sum" => Scaling::Sum,
        "vector" => Scaling::Vector,
        "linear" => Scaling::Linear,
        "logarithmic" => Scaling::Logarithmic,
        "nonlinear" => Scaling::Nonlinear,
        "enhanced_accuracy" => Scaling::EnhancedAccuracy,
        "zavadskas_turskis" => Scaling::ZavadskasTurskis,
        _ => usual,
    };
    let lambda = options.real(&LAMBDA)?;
    match method {
        "wsm" => sums::weighted_sum(problem, scaling(Scaling::Sum)),
        "wpm" => sums::weighted_product(problem, scaling(Scaling::Sum)),
        "waspas" => sums::waspas(problem, scaling(Scaling::Linear), lambda),
        "edas" => average_distance::edas(problem),
        "aras" => sums::aras(problem, scaling(Scaling::Sum), expected(options, names)?.as_deref()),
        "copras" => ratio::copras(problem),
        "copras_like_pymcdm" => like_pymcdm::copras(problem),
        "promethee_like_pymcdm" => like_pymcdm::promethee(problem, &preferences(options, names)?),
        "codas" => average_distance::codas(problem, scaling(Scaling::Linear), options.real(&THRESHOLD)?),
        "cocoso" => sums::cocoso(problem, scaling(Scaling::MinMax), lambda),
        "mabac" => border::mabac(problem, scaling(Scaling::MinMax)),
        "mairca" => border::mairca(problem, scaling(Scaling::MinMax)),
        "marcos" => reference::marcos(problem),
        "moora" => ratio::moora(problem),
        "ocra" => ratio::ocra(problem),
        "spotis" => {
            let mut bounds = vec![(f64::NAN, f64::NAN); names.len()];
            for (at, text) in pairs(options, &BOUNDS, names)? {
                bounds[at] = two_numbers(&text)?;
            }
            reference::spotis(problem, &bounds, expected(options, names)?.as_deref())
        }
        _ => ideal::topsis(problem, scaling(Scaling::Vector)),
    }
}

fn weigh(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = rest(frame, &["alternative"])?;
    let found = by(options.text(&KIND), &numbers(frame, &names)?, &directions(options, &names)?)?;
    let rows =
        names.iter().zip(found).map(|(name, weight)| vec![name.as_str().into(), weight.into()]).collect();
    Ok(Answer::one(&["criterion", "weight"], rows))
}

fn by(kind: &str, criteria: &[Vec<f64>], directions: &[Direction]) -> Result<Vec<f64>, Refusal> {
    match kind {
        "entropy" => weights::entropy(criteria),
        "critic" => weights::critic(criteria, directions),
        "standard_deviation" => weights::standard_deviation(criteria),
        "variance" => weights::variance_weights(criteria),
        "gini" => weights::gini(criteria),
        "angle" => weights::angle(criteria),
        "merec" => weights::merec(criteria, directions),
        "cilos" => weights::cilos(criteria, directions),
        "idocriw" => weights::idocriw(criteria, directions),
        "lopcow" => weights::lopcow(criteria, directions),
        "pca_first" => weights::pca_first(criteria),
        "pca_kaiser" => weights::pca_kaiser(criteria),
        _ => weights::equal(criteria.len()),
    }
}

fn judgements(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = rest(frame, &["item"])?;
    let columns = names.iter().map(|name| frame.each(name, "judgement", judgement));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    crate::refusal::same_length("items", frame.n_rows(), names.len())?;
    let rows: Vec<Vec<f64>> =
        (0..frame.n_rows()).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
    let random = if options.text(&RANDOM) == "saaty" { RandomIndex::Saaty } else { RandomIndex::TummalaLing };
    let it = ahp(&rows, random)?;
    let row = |(at, name): (usize, &String)| {
        vec![name.as_str().into(), it.weights[at].into(), it.geometric[at].into()]
    };
    let consistent: Cell = it.is_consistent().into();
    let whole = vec![vec![it.eigenvalue.into(), it.index.into(), it.ratio.into(), consistent]];
    Ok(Answer {
        sheets: vec![
            Sheet::new(
                "result",
                &["item", "weight", "geometric"],
                names.iter().enumerate().map(row).collect(),
            ),
            Sheet::new("consistency", &["eigenvalue", "index", "ratio", "consistent"], whole),
        ],
    })
}

/// A judgement as a number or as a fraction such as 1/3.
fn judgement(text: &str) -> Option<f64> {
    let value = match text.split_once('/') {
        Some((top, bottom)) => top.trim().parse::<f64>().ok()? / bottom.trim().parse::<f64>().ok()?,
        None => text.parse().ok()?,
    };
    Some(value).filter(|value| value.is_finite())
}

fn components(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let names = rest(frame, &["alternative"])?;
    let it = principal_components(&numbers(frame, &names)?)?;
    let mut rows = Vec::new();
    for (at, (variance, vector)) in it.variances.iter().zip(&it.vectors).enumerate() {
        for (name, loading) in names.iter().zip(vector) {
            let share = variance / names.len() as f64;
            rows.push(vec![
                (at as u64 + 1).into(),
                (*variance).into(),
                share.into(),
                name.as_str().into(),
                (*loading).into(),
            ]);
        }
    }
    Ok(Answer::one(&["component", "variance", "share", "criterion", "loading"], rows))
}

fn directions(options: &Options, names: &[String]) -> Result<Vec<Direction>, Refusal> {
    let way = |cost: bool| if cost { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
    Ok(chosen(options, &COSTS, names)?.into_iter().map(way).collect())
}

/// One value per criterion, or none at all.
fn expected(options: &Options, names: &[String]) -> Result<Option<Vec<f64>>, Refusal> {
    if list(options, &EXPECTED).is_empty() {
        return Ok(None);
    }
    numbers_by_name(options, &EXPECTED, names, f64::NAN).map(Some)
}

/// The same kind of preference for all criteria; thresholds are one number for all, or `name=value` for each.
fn preferences(options: &Options, names: &[String]) -> Result<Vec<Preference>, Refusal> {
    let threshold = |choice: &Choice| {
        if options.text(choice).contains('=') {
            numbers_by_name(options, choice, names, f64::NAN)
        } else if options.text(choice).trim().is_empty() {
            Ok(vec![f64::NAN; names.len()])
        } else {
            Ok(vec![number(options.text(choice))?; names.len()])
        }
    };
    let (q, p) = (threshold(&Q)?, threshold(&P)?);
    let needed = |value: f64, name: &str| {
        if value.is_nan() {
            Err(unknown("threshold", name, &["q and p by number".to_owned()]))
        } else {
            Ok(value)
        }
    };
    let one = |(q, p): (&f64, &f64)| {
        Ok(match options.text(&PREFERENCE) {
            "ushape" => Preference::UShape { q: needed(*q, "q")? },
            "vshape" => Preference::VShape { p: needed(*p, "p")? },
            "level" => Preference::Level { q: needed(*q, "q")?, p: needed(*p, "p")? },
            "linear" => Preference::Linear { q: needed(*q, "q")?, p: needed(*p, "p")? },
            "gaussian" => Preference::Gaussian { s: needed(*p, "p")? },
            _ => Preference::Usual,
        })
    };
    q.iter().zip(&p).map(one).collect()
}
