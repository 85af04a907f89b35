//! A whole index over a table, and how far it can be trusted.

use super::super::lists::{labels, list, numbers, numbers_by_name, pairs, two_numbers, unknown};
use super::super::{Answer, Cell, Frame, Options, Sheet};
use super::steps::{Indicators, indicators, reals, scales};
use super::{
    AVAILABILITY, BANDS, BASE, DRAWS, ENDS, ERROR, LEAVE_OUT, LEVEL, MEAN, MEANS, MEANS_IN_DOUBT, NOISE,
    POWER, SCALE, SCALES_IN_DOUBT, SEED, UNIT, WEIGHTING, WEIGHTS,
};
use crate::composite::Direction;
use crate::composite::competitiveness::{self, Ends, band};
use crate::composite::index::{Plan, build};
use crate::composite::mean::{Comparison, Mean};
use crate::composite::scale::{Scale, normalise};
use crate::composite::sobol::Bootstrap;
use crate::composite::tree::{Node, Tree};
use crate::composite::uncertainty::{Doubt, Uncertainty, sensitivity, uncertainty};
use crate::decision::weights;
use crate::refusal::Refusal;

pub(super) fn index(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let it = indicators(frame, options, &[UNIT])?;
    let (plan, nodes) = plan(frame, options, it)?;
    let built = build(&plan)?;
    let units = labels(frame, UNIT);
    let root = nodes.len() - 1;
    let rows = |node: usize| {
        let scores = built.scores[node].iter().zip(&built.ranks[node]);
        units
            .iter()
            .zip(scores)
            .map(|(unit, (score, rank))| [unit.as_str().into(), (*score).into(), whole(*rank)])
    };
    let mut parts = Vec::new();
    for (node, name) in nodes.iter().enumerate().take(root) {
        parts.extend(rows(node).map(|[unit, score, rank]| vec![name.as_str().into(), unit, score, rank]));
    }
    let shares = plan.tree.effective_weights();
    let weights = nodes.iter().zip(shares).map(|(name, share)| vec![name.as_str().into(), share.into()]);
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &["unit", "score", "rank"], rows(root).map(Vec::from).collect()),
            Sheet::new("parts", &["part", "unit", "score", "rank"], parts),
            Sheet::new("weights", &["part", "effective_weight"], weights.collect()),
        ],
    })
}

pub(super) fn uncertain(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let error_columns: Vec<String> =
        frame.names().filter(|name| name.ends_with(ERROR)).map(str::to_owned).collect();
    let mut named: Vec<&str> = error_columns.iter().map(String::as_str).collect();
    named.push(UNIT);
    let it = indicators(frame, options, &named)?;
    let errors = errors(frame, &it, &error_columns)?;
    let doubt = doubt(frame, options, &it, errors)?;
    let (plan, nodes) = plan(frame, options, it)?;
    let (root, seed, level) = (nodes.len() - 1, options.count(&SEED)?, options.real(&LEVEL)?);
    let drawn = uncertainty(&plan, &doubt, root, options.count(&DRAWS)? as usize, seed, level)?;
    let mut sheets = vec![places(&labels(frame, UNIT), &drawn)];
    let bootstrap = Bootstrap { replicates: 200, seed, level };
    match sensitivity(&plan, &doubt, root, options.count(&BASE)? as usize, seed, Some(bootstrap)) {
        Ok(it) => {
            let rows = it.factors.iter().zip(&it.sobol.influences).map(|(factor, influence)| {
                vec![(*factor).into(), influence.first.into(), influence.total.into()]
            });
            sheets.push(Sheet::new("sensitivity", &["choice", "first", "total"], rows.collect()));
        }
        Err(refusal @ Refusal::OutOfRange { .. }) => return Err(refusal),
        // with fewer than two choices in doubt, or places that never change, there is nothing to take apart
        Err(_) => {}
    }
    Ok(Answer { sheets })
}

/// What is in doubt: weights, other scales and means, errors of the figures, single indicators.
fn doubt(
    frame: &Frame,
    options: &Options,
    it: &Indicators,
    errors: Option<Vec<Vec<f64>>>,
) -> Result<Doubt, Refusal> {
    let mut in_doubt = Vec::new();
    for kind in list(options, &SCALES_IN_DOUBT) {
        in_doubt.push(one_for_all(&scales(frame, options, it, &kind)?)?);
    }
    let means =
        list(options, &MEANS_IN_DOUBT).iter().map(|kind| mean(options, kind)).collect::<Result<_, _>>()?;
    Ok(Doubt {
        weight_noise: options.real(&NOISE)?,
        scales: in_doubt,
        means,
        errors,
        leave_out: options.text(&LEAVE_OUT) == "yes",
    })
}

fn places(units: &[String], drawn: &Uncertainty) -> Sheet {
    let rows = units.iter().enumerate().map(|(at, unit)| {
        let place = &drawn.places[at];
        let beside: Vec<&str> = drawn.groups.beside(at).iter().map(|&other| units[other].as_str()).collect();
        vec![
            unit.as_str().into(),
            place.score.into(),
            whole(place.rank),
            place.mean.into(),
            place.median.into(),
            place.interval.low.into(),
            place.interval.high.into(),
            place.scores.low.into(),
            place.scores.high.into(),
            place.kept.into(),
            beside.join(", ").as_str().into(),
        ]
    });
    let head = [
        "unit",
        "score",
        "rank",
        "mean",
        "median",
        "rank_low",
        "rank_high",
        "score_low",
        "score_high",
        "kept",
        "beside",
    ];
    Sheet::new("result", &head, rows.collect())
}

pub(super) fn competitive(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = super::super::lists::rest(frame, &[UNIT])?;
    let columns = numbers(frame, &names)?;
    let mut ends = vec![None; names.len()];
    for (at, text) in pairs(options, &ENDS, &names)? {
        let (worst, best) = two_numbers(&text)?;
        ends[at] = Some(Ends { worst, best });
    }
    let missing = ends.iter().position(Option::is_none).map_or("", |at| names[at].as_str());
    let ends: Vec<Ends> =
        ends.into_iter().collect::<Option<_>>().ok_or_else(|| unknown("end", missing, &[]))?;
    let (tree, nodes) = tree(options, &names, Mean::Arithmetic, |_| None)?;
    let units = labels(frame, UNIT);
    let bands = reals(&list(options, &BANDS))?;
    let (mut rows, mut parts) = (Vec::new(), Vec::new());
    for (unit, it) in units.iter().zip(competitiveness::index(&columns, &ends, &tree)?) {
        let index = it.points.last().copied().unwrap_or(f64::NAN);
        let reached = if index.is_nan() { None } else { band(index, &bands)? };
        let from = reached.and_then(|at| bands.get(at).copied());
        let clipped: Vec<&str> = it.clipped.iter().map(|&at| names[at].as_str()).collect();
        rows.push(vec![unit.as_str().into(), index.into(), from.into(), clipped.join(", ").as_str().into()]);
        for (name, points) in nodes.iter().zip(&it.points).take(nodes.len() - 1) {
            parts.push(vec![name.as_str().into(), unit.as_str().into(), (*points).into()]);
        }
    }
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &["unit", "index", "band_from", "clipped"], rows),
            Sheet::new("parts", &["part", "unit", "points"], parts),
        ],
    })
}

/// The plan of a table, and the names of its nodes, the index last.
fn plan(frame: &Frame, options: &Options, it: Indicators) -> Result<(Plan, Vec<String>), Refusal> {
    let scales = scales(frame, options, &it, options.text(&SCALE))?;
    let own = mean(options, options.text(&MEAN))?;
    let from_data = from_data(options, &it, &scales)?;
    let (tree, nodes) =
        tree(options, &it.names, own, |leaf| from_data.as_ref().map(|weights| weights[leaf]))?;
    Ok((Plan { columns: it.columns, directions: it.directions, scales, tree }, nodes))
}

/// Weights of the indicators by their normalised values, if asked for; these must have no gaps.
fn from_data(options: &Options, it: &Indicators, scales: &[Scale]) -> Result<Option<Vec<f64>>, Refusal> {
    let kind = options.text(&WEIGHTING);
    if kind == "given" {
        return Ok(None);
    }
    let one = |at: usize| normalise(&it.columns[at], it.directions[at], &scales[at]);
    let columns = (0..it.names.len()).map(one).collect::<Result<Vec<_>, _>>()?;
    let up = vec![Direction::HigherIsBetter; columns.len()];
    let found = match kind {
        "entropy" => weights::entropy(&columns),
        "critic" => weights::critic(&columns, &up),
        "standard_deviation" => weights::standard_deviation(&columns),
        "pca_first" => weights::pca_first(&columns),
        _ => weights::pca_kaiser(&columns),
    };
    found.map(Some)
}

/// The hierarchy that the slashes in the names make: indicators first, the index last.
fn tree(
    options: &Options,
    names: &[String],
    mean: Mean,
    weight: impl Fn(usize) -> Option<f64>,
) -> Result<(Tree, Vec<String>), Refusal> {
    let mut nodes: Vec<String> = names.to_vec();
    for name in names {
        for (at, _) in name.match_indices('/') {
            let group = name[..at].to_owned();
            if names.contains(&group) {
                return Err(Refusal::Contradiction { what: format!("{group} is an indicator and a group") });
            }
            if !nodes.contains(&group) {
                nodes.push(group);
            }
        }
    }
    nodes.push("index".to_owned());
    let root = nodes.len() - 1;
    let given = numbers_by_name(options, &WEIGHTS, &nodes, f64::NAN)?;
    let node = |(at, name): (usize, &String)| {
        let above = name.rfind('/').map(|slash| &name[..slash]);
        let parent =
            above.map_or(root, |above| nodes.iter().position(|other| other == above).unwrap_or(root));
        let own = if at < names.len() { weight(at).unwrap_or(1.0) } else { 1.0 };
        let weight = if given[at].is_nan() { own } else { given[at] };
        Node { parent: (at != root).then_some(parent), weight, mean }
    };
    let tree = Tree::new(nodes.iter().enumerate().map(node).collect(), options.real(&AVAILABILITY)?)?;
    Ok((tree, nodes))
}

fn mean(options: &Options, kind: &str) -> Result<Mean, Refusal> {
    Ok(match kind {
        "arithmetic" => Mean::Arithmetic,
        "geometric" => Mean::Geometric,
        "harmonic" => Mean::Harmonic,
        "generalised" => Mean::Generalised(options.real(&POWER)?),
        "median" => Mean::Median,
        "product" => Mean::Product,
        "least" => Mean::Least,
        "greatest" => Mean::Greatest,
        "copeland" => Mean::COPELAND,
        "outranking" => Mean::Compared(Comparison { in_full: true, like_r: false }),
        "copeland_like_r" => Mean::Compared(Comparison { in_full: false, like_r: true }),
        other => {
            return Err(unknown("mean", other, &MEANS.iter().map(|&name| name.into()).collect::<Vec<_>>()));
        }
    })
}

/// Standard errors beside the indicators, if there are any.
fn errors(frame: &Frame, it: &Indicators, columns: &[String]) -> Result<Option<Vec<Vec<f64>>>, Refusal> {
    if columns.is_empty() {
        return Ok(None);
    }
    let mut errors = vec![vec![0.0; frame.n_rows()]; it.names.len()];
    for column in columns {
        let name = column.strip_suffix(ERROR).unwrap_or(column);
        let at =
            it.names.iter().position(|own| own == name).ok_or_else(|| unknown("column", name, &it.names))?;
        errors[at] = frame.numbers(column)?;
    }
    Ok(Some(errors))
}

/// An alternative normalisation is one for all indicators; ends and targets of single ones do not fit in.
fn one_for_all(scales: &[Scale]) -> Result<Scale, Refusal> {
    match scales {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Ok(*first),
        _ => Err(Refusal::Contradiction {
            what: "an alternative scale must be the same for all indicators".into(),
        }),
    }
}

/// A place, whole where it is.
fn whole(rank: f64) -> Cell {
    if rank.is_nan() {
        Cell::Missing
    } else if libm::trunc(rank) == rank {
        Cell::Count(rank as i64)
    } else {
        Cell::Real(rank)
    }
}
