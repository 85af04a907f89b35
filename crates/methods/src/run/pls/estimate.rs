//! The estimated path model sheet by sheet, and its bootstrap.

use nalgebra::DMatrix;

use super::super::{Answer, Cell, Frame, Options, Sheet};
use super::{F_SQUARED, HTMT, LEVEL, Question, REPLICATES, SEED, SIGNS};
use crate::pls::bootstrap::{Bootstrap, Estimate, Signs, What, bootstrap};
use crate::pls::effects::{Without, effects, f_squared};
use crate::pls::fit::Fit;
use crate::pls::reliability::{dimension, reliability};
use crate::pls::validity::{Htmt, driver_vif, fornell_larcker, htmt, item_vif};
use crate::refusal::Refusal;

pub(super) fn whole(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let question = Question::read(frame, options)?;
    let it = question.fit()?;
    let without = if options.text(&F_SQUARED) == "same_scores" { Without::SameScores } else { Without::Anew };
    let kind = match options.text(&HTMT) {
        "signed" => Htmt::Signed,
        "geometric" => Htmt::Geometric,
        _ => Htmt::Absolute,
    };
    let state = vec![
        (it.n as u64).into(),
        (it.replaced as u64).into(),
        (it.iterations as u64).into(),
        it.is_admissible().into(),
    ];
    Ok(Answer {
        sheets: vec![
            paths(&question, &it, without)?,
            all_effects(&question, &it),
            constructs(&question, &it),
            items(&question, &it),
            cross_loadings(&question, &it),
            apart(&question, &it, kind),
            Sheet::new("state", &["n", "replaced", "iterations", "admissible"], vec![state]),
        ],
    })
}

/// A row that begins with two constructs.
fn named<const N: usize>(question: &Question, one: usize, other: usize, figures: [Cell; N]) -> Vec<Cell> {
    [question.construct(one), question.construct(other)].into_iter().chain(figures).collect()
}

/// All pairs of constructs.
fn pairs(question: &Question) -> impl Iterator<Item = (usize, usize)> {
    let k = question.model.blocks().len();
    (0..k).flat_map(move |from| (0..k).map(move |to| (from, to)))
}

fn paths(question: &Question, it: &Fit, without: Without) -> Result<Sheet, Refusal> {
    let (f_squared, vif) = (f_squared(it, without)?, driver_vif(it)?);
    let rows = question.model.paths().iter().map(|&(from, to)| {
        let at = (from, to);
        named(question, from, to, [it.paths[at].into(), f_squared[at].into(), vif[at].into()])
    });
    Ok(Sheet::new("paths", &["from", "to", "path", "f_squared", "vif"], rows.collect()))
}

fn all_effects(question: &Question, it: &Fit) -> Sheet {
    let effects = effects(it);
    let rows = pairs(question).filter(|at| effects.total[*at] != 0.0).map(|(from, to)| {
        let cell = |matrix: &DMatrix<f64>| matrix[(from, to)].into();
        named(question, from, to, [cell(&effects.direct), cell(&effects.indirect), cell(&effects.total)])
    });
    Sheet::new("effects", &["from", "to", "direct", "indirect", "total"], rows.collect())
}

fn constructs(question: &Question, it: &Fit) -> Sheet {
    let figures = reliability(it).into_iter().zip(dimension(it)).enumerate();
    let rows = figures.map(|(block, (one, two))| {
        vec![
            question.construct(block),
            it.r_squared[block].into(),
            it.r_squared_adjusted[block].into(),
            one.alpha.into(),
            one.rho_c.into(),
            one.rho_a.into(),
            one.ave.into(),
            two.first.into(),
            two.second.into(),
        ]
    });
    let columns = [
        "construct",
        "r_squared",
        "r_squared_adjusted",
        "alpha",
        "rho_c",
        "rho_a",
        "ave",
        "eigenvalue_1",
        "eigenvalue_2",
    ];
    Sheet::new("constructs", &columns, rows.collect())
}

fn items(question: &Question, it: &Fit) -> Sheet {
    let item_vif = item_vif(it).ok();
    let rows = (0..it.weights.len()).map(|item| {
        vec![
            question.item(item),
            question.construct(question.model.block_of(item)),
            it.weights[item].into(),
            it.loadings[item].into(),
            item_vif.as_ref().map(|all| all[item]).into(),
        ]
    });
    Sheet::new("items", &["item", "construct", "weight", "loading", "vif"], rows.collect())
}

fn cross_loadings(question: &Question, it: &Fit) -> Sheet {
    let k = question.model.blocks().len();
    let rows = (0..it.weights.len()).flat_map(|item| (0..k).map(move |block| (item, block)));
    let rows = rows.map(|(item, block)| {
        vec![question.item(item), question.construct(block), it.cross_loadings[(item, block)].into()]
    });
    Sheet::new("cross_loadings", &["item", "construct", "cross_loading"], rows.collect())
}

fn apart(question: &Question, it: &Fit, kind: Htmt) -> Sheet {
    let (ratios, larcker) = (htmt(it, kind), fornell_larcker(it));
    let rows = pairs(question).filter(|(one, other)| other <= one).map(|(one, other)| {
        let at = (one, other);
        let ratio = ratios[at].filter(|_| one != other);
        named(question, one, other, [it.correlations[at].into(), larcker[at].into(), ratio.into()])
    });
    let columns = ["construct", "other", "correlation", "fornell_larcker", "htmt"];
    Sheet::new("validity", &columns, rows.collect())
}

pub(super) fn drawn(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let question = Question::read(frame, options)?;
    let settings = Bootstrap {
        replicates: options.count(&REPLICATES)? as usize,
        seed: options.count(&SEED)?,
        level: options.real(&LEVEL)?,
        signs: match options.text(&SIGNS) {
            "individual" => Signs::Individual,
            "construct" => Signs::Construct,
            _ => Signs::AsEstimated,
        },
        bounds: Some(question.bounds(options)?),
        htmt: true,
    };
    let it = bootstrap(&question.model, &question.columns, &question.settings, &settings)?;
    let rows = it.estimates.iter().map(|estimate| bootstrapped(&question, estimate));
    let columns = [
        "figure",
        "from",
        "to",
        "estimate",
        "mean",
        "standard_error",
        "t",
        "p_value",
        "low",
        "high",
        "low_corrected",
        "high_corrected",
    ];
    let state = vec![(it.replicates as u64).into(), (it.failed as u64).into()];
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &columns, rows.collect()),
            Sheet::new("state", &["replicates", "failed"], vec![state]),
        ],
    })
}

fn bootstrapped(question: &Question, estimate: &Estimate) -> Vec<Cell> {
    let quantity = estimate.quantity;
    let (name, of_item) = match quantity.what {
        What::Path => ("path", false),
        What::Total => ("total", false),
        What::Loading => ("loading", true),
        What::Weight => ("weight", true),
        What::RSquared => ("r_squared", false),
        What::Htmt => ("htmt", false),
        What::Index => ("index", false),
    };
    let row = if of_item { question.item(quantity.row) } else { question.construct(quantity.row) };
    vec![
        name.into(),
        row,
        question.construct(quantity.column),
        estimate.original.into(),
        estimate.mean.into(),
        estimate.standard_error.into(),
        estimate.t.into(),
        estimate.p_value.into(),
        estimate.percentile.low.into(),
        estimate.percentile.high.into(),
        estimate.corrected.low.into(),
        estimate.corrected.high.into(),
    ]
}
