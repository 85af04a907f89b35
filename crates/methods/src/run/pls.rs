//! Path models of satisfaction over a table: a column per item, a row per answer.

mod estimate;

use super::{Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, needs, option};
use crate::pls::fit::{Correct, Fit, Missing, Orientation, Scaling, Scheme, Settings, fit, scores};
use crate::pls::index::{Bounds, index, of_answers, of_means};
use crate::pls::map::{Place, map};
use crate::pls::model::Model;
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

/// The options of a method, those of the estimate before its own.
macro_rules! with_fit {
    ($($own:expr),* $(,)?) => {
        &[MODEL, SCHEME, MISSING, SCALING, ORIENTATION, CORRECT, TOLERANCE, STEPS, $($own),*]
    };
}

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method { id: "pls.model", columns: ITEMS, options: with_fit![F_SQUARED, HTMT], run: estimate::whole },
    Method {
        id: "pls.bootstrap",
        columns: ITEMS,
        options: with_fit![REPLICATES, SEED, SIGNS, LEVEL, LOWEST, HIGHEST],
        run: estimate::drawn,
    },
    Method { id: "pls.index", columns: ITEMS, options: with_fit![LOWEST, HIGHEST, LEVEL], run: indices },
    Method { id: "pls.scores", columns: ITEMS, options: with_fit![LOWEST, HIGHEST], run: answered },
    Method { id: "pls.map", columns: ITEMS, options: with_fit![LOWEST, HIGHEST, TARGET], run: mapped },
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
