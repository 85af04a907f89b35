//! Path models of satisfaction over a table: a column per item, a row per answer.

use super::{Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, needs, option};
use crate::pls::bootstrap::{Bootstrap, Signs, What, bootstrap};
use crate::pls::effects::{Without, effects, f_squared};
use crate::pls::fit::{Correct, Fit, Missing, Orientation, Scaling, Scheme, Settings, fit, scores};
use crate::pls::index::{Bounds, index, of_answers, of_means};
use crate::pls::map::{Place, map};
use crate::pls::model::Model;
use crate::pls::reliability::{dimension, reliability};
use crate::pls::validity::{Htmt, driver_vif, fornell_larcker, htmt, item_vif};
use crate::refusal::Refusal;

const ITEMS: &[Column] = &[needs("*", Holds::TheRest)];
const MODEL: Choice = option("model", "");
const SCHEME: Choice = choice("scheme", &["path", "centroid", "factorial"]);
const MISSING: Choice = choice("missing", &["mean", "rows", "refuse"]);
const SCALING: Choice = choice("scaling", &["standardised", "centred"]);
const ORIENTATION: Choice = choice("orientation", &["dominant", "as_it_comes"]);
const CORRECT: Choice = choice("correct", &["factors", "factors_and_mode_a"]);
const TOLERANCE: Choice = option("tolerance", "1e-7");
const STEPS: Choice = option("steps", "300");
const F_SQUARED: Choice = choice("f_squared", &["anew", "same_scores"]);
const HTMT: Choice = choice("htmt", &["absolute", "signed", "geometric"]);
const REPLICATES: Choice = option("replicates", "5000");
const SEED: Choice = option("seed", "1");
const SIGNS: Choice = choice("signs", &["as_estimated", "individual", "construct"]);
const LEVEL: Choice = option("level", "0.95");
const LOWEST: Choice = option("lowest", "1");
const HIGHEST: Choice = option("highest", "10");
const TARGET: Choice = option("target", "");

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "pls.model",
        columns: ITEMS,
        options: &[MODEL, SCHEME, MISSING, SCALING, ORIENTATION, CORRECT, TOLERANCE, STEPS, F_SQUARED, HTMT],
        run: whole,
    },
    Method {
        id: "pls.bootstrap",
        columns: ITEMS,
        options: &[
            MODEL,
            SCHEME,
            MISSING,
            SCALING,
            ORIENTATION,
            CORRECT,
            TOLERANCE,
            STEPS,
            REPLICATES,
            SEED,
            SIGNS,
            LEVEL,
            LOWEST,
            HIGHEST,
        ],
        run: drawn,
    },
    Method {
        id: "pls.index",
        columns: ITEMS,
        options: &[
            MODEL,
            SCHEME,
            MISSING,
            SCALING,
            ORIENTATION,
            CORRECT,
            TOLERANCE,
            STEPS,
            LOWEST,
            HIGHEST,
            LEVEL,
        ],
        run: indices,
    },
    Method {
        id: "pls.scores",
        columns: ITEMS,
        options: &[MODEL, SCHEME, MISSING, SCALING, ORIENTATION, CORRECT, TOLERANCE, STEPS, LOWEST, HIGHEST],
        run: answered,
    },
    Method {
        id: "pls.map",
        columns: ITEMS,
        options: &[
            MODEL,
            SCHEME,
            MISSING,
            SCALING,
            ORIENTATION,
            CORRECT,
            TOLERANCE,
            STEPS,
            LOWEST,
            HIGHEST,
            TARGET,
        ],
        run: mapped,
    },
    Method {
        id: "pls.index_of_means",
        columns: &[
            needs("mean", Holds::Numbers),
            needs("weight", Holds::Numbers),
            needs("lowest", Holds::Numbers),
            needs("highest", Holds::Numbers),
        ],
        options: &[],
        run: by_means,
    },
];

/// A table with its model.
struct Question {
    model: Model,
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    settings: Settings,
}

impl Question {
    fn read(frame: &Frame, options: &Options) -> Result<Self, Refusal> {
        let names: Vec<String> = frame.names().map(str::to_owned).collect();
        let model = Model::read(options.text(&MODEL), &names)?;
        // Only columns that the model names need hold numbers.
        let mut columns = vec![Vec::new(); names.len()];
        for &column in model.columns() {
            columns[column] = frame.numbers(&names[column])?;
        }
        let settings = Settings {
            scheme: match options.text(&SCHEME) {
                "centroid" => Scheme::Centroid,
                "factorial" => Scheme::Factorial,
                _ => Scheme::Path,
            },
            missing: match options.text(&MISSING) {
                "rows" => Missing::WholeRows,
                "refuse" => Missing::Refused,
                _ => Missing::Mean,
            },
            scaling: match options.text(&SCALING) {
                "centred" => Scaling::Centred,
                _ => Scaling::Standardised,
            },
            orientation: match options.text(&ORIENTATION) {
                "as_it_comes" => Orientation::AsItComes,
                _ => Orientation::Dominant,
            },
            correct: match options.text(&CORRECT) {
                "factors_and_mode_a" => Correct::FactorsAndModeA,
                _ => Correct::Factors,
            },
            tolerance: options.real(&TOLERANCE)?,
            steps: options.count(&STEPS)? as usize,
        };
        Ok(Self { model, names, columns, settings })
    }

    fn fit(&self) -> Result<Fit, Refusal> {
        fit(&self.model, &self.columns, &self.settings)
    }

    fn bounds(&self, options: &Options) -> Result<Vec<Bounds>, Refusal> {
        let bounds = Bounds { low: options.real(&LOWEST)?, high: options.real(&HIGHEST)? };
        Ok(vec![bounds; self.model.columns().len()])
    }

    fn construct(&self, block: usize) -> Cell {
        self.model.blocks()[block].name.as_str().into()
    }

    fn item(&self, item: usize) -> Cell {
        self.names[self.model.columns()[item]].as_str().into()
    }
}

fn whole(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let question = Question::read(frame, options)?;
    let it = question.fit()?;
    let k = question.model.blocks().len();
    let without = if options.text(&F_SQUARED) == "same_scores" { Without::SameScores } else { Without::Anew };
    let kind = match options.text(&HTMT) {
        "signed" => Htmt::Signed,
        "geometric" => Htmt::Geometric,
        _ => Htmt::Absolute,
    };
    let (f_squared, vif, effects) = (f_squared(&it, without)?, driver_vif(&it)?, effects(&it));
    let named = |one: usize, other: usize, mut cells: Vec<Cell>| {
        cells.splice(0..0, [question.construct(one), question.construct(other)]);
        cells
    };
    let paths = question.model.paths().iter().map(|&(from, to)| {
        let at = (from, to);
        named(from, to, vec![it.paths[at].into(), f_squared[at].into(), vif[at].into()])
    });
    let pairs = || (0..k).flat_map(|from| (0..k).map(move |to| (from, to)));
    let all_effects = pairs().filter(|at| effects.total[*at] != 0.0).map(|(from, to)| {
        let cell = |matrix: &nalgebra::DMatrix<f64>| matrix[(from, to)].into();
        named(from, to, vec![cell(&effects.direct), cell(&effects.indirect), cell(&effects.total)])
    });
    let (reliability, dimension) = (reliability(&it), dimension(&it));
    let constructs = (0..k).map(|block| {
        let (one, two) = (reliability[block], dimension[block]);
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
    let item_vif = item_vif(&it).ok();
    let items = (0..it.weights.len()).map(|item| {
        let vif = item_vif.as_ref().map(|all| all[item]);
        let block = question.model.block_of(item);
        vec![
            question.item(item),
            question.construct(block),
            it.weights[item].into(),
            it.loadings[item].into(),
            vif.into(),
        ]
    });
    let crossed = (0..it.weights.len()).flat_map(|item| (0..k).map(move |block| (item, block)));
    let crossed = crossed.map(|(item, block)| {
        vec![question.item(item), question.construct(block), it.cross_loadings[(item, block)].into()]
    });
    let (ratios, larcker) = (htmt(&it, kind), fornell_larcker(&it));
    let apart = pairs().filter(|(one, other)| other <= one).map(|(one, other)| {
        let at = (one, other);
        let ratio = ratios[at].filter(|_| one != other);
        named(one, other, vec![it.correlations[at].into(), larcker[at].into(), ratio.into()])
    });
    let state = vec![
        (it.n as u64).into(),
        (it.replaced as u64).into(),
        (it.iterations as u64).into(),
        it.is_admissible().into(),
    ];
    let sheets = vec![
        Sheet::new("paths", &["from", "to", "path", "f_squared", "vif"], paths.collect()),
        Sheet::new("effects", &["from", "to", "direct", "indirect", "total"], all_effects.collect()),
        Sheet::new(
            "constructs",
            &[
                "construct",
                "r_squared",
                "r_squared_adjusted",
                "alpha",
                "rho_c",
                "rho_a",
                "ave",
                "eigenvalue_1",
                "eigenvalue_2",
            ],
            constructs.collect(),
        ),
        Sheet::new("items", &["item", "construct", "weight", "loading", "vif"], items.collect()),
        Sheet::new("cross_loadings", &["item", "construct", "cross_loading"], crossed.collect()),
        Sheet::new(
            "validity",
            &["construct", "other", "correlation", "fornell_larcker", "htmt"],
            apart.collect(),
        ),
        Sheet::new("state", &["n", "replaced", "iterations", "admissible"], vec![state]),
    ];
    Ok(Answer { sheets })
}

fn drawn(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
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
    let rows = it.estimates.iter().map(|estimate| {
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
    });
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

fn indices(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let question = Question::read(frame, options)?;
    let it = question.fit()?;
    let all = index(&it, &question.bounds(options)?, options.real(&LEVEL)?)?;
    let rows = all.iter().enumerate().map(|(block, index)| {
        vec![
            question.construct(block),
            index.mean.into(),
            index.deviation.into(),
            index.interval.low.into(),
            index.interval.high.into(),
            (it.n as u64).into(),
        ]
    });
    Ok(Answer::one(&["construct", "index", "deviation", "low", "high", "n"], rows.collect()))
}

fn answered(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let question = Question::read(frame, options)?;
    let it = question.fit()?;
    let scores = scores(&it, &question.columns)?;
    let indices = of_answers(&it, &scores, &question.bounds(options)?)?;
    let mut rows = Vec::with_capacity(scores.rows.len() * indices.len());
    for (at, &row) in scores.rows.iter().enumerate() {
        for (block, index) in indices.iter().enumerate() {
            let score = scores.of[block][at];
            rows.push(vec![(row as u64).into(), question.construct(block), score.into(), index[at].into()]);
        }
    }
    Ok(Answer::one(&["row", "construct", "score", "index"], rows))
}

fn mapped(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let question = Question::read(frame, options)?;
    let it = question.fit()?;
    let target = question.model.find(options.text(&TARGET))?;
    let map = map(&it, target, &question.bounds(options)?)?;
    let cells = |first: Vec<Cell>, place: &Place| {
        let numbers = [place.importance, place.performance, place.standardised];
        first.into_iter().chain(numbers.map(Cell::from)).collect::<Vec<Cell>>()
    };
    let constructs = map.constructs.iter().enumerate().filter(|(block, _)| *block != target);
    let constructs = constructs.map(|(block, place)| cells(vec![question.construct(block)], place));
    let items = map.items.iter().enumerate().map(|(item, place)| {
        cells(vec![question.item(item), question.construct(question.model.block_of(item))], place)
    });
    Ok(Answer {
        sheets: vec![
            Sheet::new(
                "constructs",
                &["construct", "importance", "performance", "standardised"],
                constructs.collect(),
            ),
            Sheet::new(
                "items",
                &["item", "construct", "importance", "performance", "standardised"],
                items.collect(),
            ),
        ],
    })
}

fn by_means(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let [mean, weight, low, high] =
        ["mean", "weight", "lowest", "highest"].map(|column| frame.numbers(column));
    let bounds: Vec<Bounds> = low?.into_iter().zip(high?).map(|(low, high)| Bounds { low, high }).collect();
    let index = of_means(&mean?, &weight?, &bounds)?;
    Ok(Answer::one(&["index"], vec![vec![index.into()]]))
}
