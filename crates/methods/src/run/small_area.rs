//! Small areas over a table: one row per area, or per unit with one row of means per area.

use super::survey_plan::codes;
use super::{Answer, Cell, Choice, Frame, Holds, Method, Options, Sheet, choice, needs, option};
use crate::refusal::Refusal;
use crate::small_area::{
    AreaMethod, AreaModel, Coefficient, Target, UnitMethod, UnitModel, fay_herriot, unit_level,
    unit_level_mse,
};
use crate::special::normal_upper_quantile;

const AREA_METHOD: Choice = choice("method", &["reml", "ml", "moments"]);
const UNIT_METHOD: Choice = choice("method", &["reml", "ml"]);
const INTERCEPT: Choice = choice("intercept", &["yes", "no"]);
const FACTORS: Choice = option("factors", "");
const LEVEL: Choice = option("level", "0.95");
const DRAWS: Choice = option("draws", "0");
const SEED: Choice = option("seed", "1");

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "small_area.fay_herriot",
        columns: &[
            needs("area", Holds::Names),
            needs("y", Holds::Numbers),
            needs("variance", Holds::Numbers),
            needs("*", Holds::TheRest),
        ],
        options: &[AREA_METHOD, INTERCEPT, FACTORS, LEVEL],
        run: areas,
    },
    Method {
        id: "small_area.unit_level",
        columns: &[
            needs("area", Holds::Names),
            needs("y", Holds::Numbers),
            needs("size", Holds::Numbers),
            needs("*", Holds::TheRest),
        ],
        options: &[UNIT_METHOD, INTERCEPT, DRAWS, SEED],
        run: units,
    },
];

/// Names and values of the auxiliary columns: an intercept, numbers, and for factors one column per name but the
/// first.
fn auxiliary(frame: &Frame, own: &[&str], options: &Options) -> Result<Vec<(String, Vec<f64>)>, Refusal> {
    let mut columns = Vec::new();
    if options.text(&INTERCEPT) == "yes" {
        columns.push(("intercept".to_owned(), vec![1.0; frame.n_rows()]));
    }
    let factors: Vec<&str> =
        options.text(&FACTORS).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    for factor in &factors {
        frame.texts(factor)?;
    }
    for name in frame.names().filter(|name| !own.contains(name)) {
        if factors.contains(&name) {
            let (numbers, levels) = codes(frame.texts(name)?);
            if let Some(row) = numbers.iter().position(|&number| number == u32::MAX) {
                return Err(Refusal::Cell {
                    column: name.to_owned(),
                    row,
                    text: String::new(),
                    needed: "name",
                });
            }
            for (number, level) in (0_u32..).zip(&levels).skip(1) {
                let here = numbers.iter().map(|&it| f64::from(u8::from(it == number))).collect();
                columns.push((format!("{name}={level}"), here));
            }
        } else {
            columns.push((name.to_owned(), frame.numbers(name)?));
        }
    }
    Ok(columns)
}

fn coefficients(names: &[(String, Vec<f64>)], values: &[Coefficient]) -> Sheet {
    let rows = names.iter().zip(values).map(|((name, _), it)| {
        vec![name.as_str().into(), it.value.into(), it.standard_error.into(), it.z.into(), it.p_value.into()]
    });
    Sheet::new("coefficients", &["column", "coefficient", "standard_error", "z", "p_value"], rows.collect())
}

fn areas(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let columns = auxiliary(frame, &["area", "y", "variance"], options)?;
    let (y, variance) = (frame.numbers("y")?, frame.numbers("variance")?);
    let values: Vec<&[f64]> = columns.iter().map(|(_, values)| values.as_slice()).collect();
    let method = match options.text(&AREA_METHOD) {
        "ml" => AreaMethod::Ml,
        "moments" => AreaMethod::Moments,
        _ => AreaMethod::Reml,
    };
    let level = options.real(&LEVEL)?;
    if !(level > 0.0 && level < 1.0) {
        return Err(Refusal::OutOfRange { what: "level", value: level, allowed: "(0, 1)" });
    }
    let z = normal_upper_quantile((1.0 - level) / 2.0);
    let it = fay_herriot(&AreaModel { y: &y, variance: &variance, columns: &values, method })?;
    let rows = frame.texts("area")?.iter().zip(&it.areas).map(|(name, area)| {
        vec![
            name.trim().into(),
            area.estimate.into(),
            area.mse.into(),
            (area.estimate - z * area.mse.sqrt()).into(),
            (area.estimate + z * area.mse.sqrt()).into(),
            area.own_share.into(),
            area.synthetic.into(),
            area.sampled.into(),
        ]
    });
    let result = Sheet::new(
        "result",
        &["area", "estimate", "mse", "low", "high", "own_share", "synthetic", "sampled"],
        rows.collect::<Vec<Vec<Cell>>>(),
    );
    let model = Sheet::new(
        "model",
        &["between", "log_likelihood", "aic", "bic", "kic"],
        vec![vec![it.between.into(), it.log_likelihood.into(), it.aic.into(), it.bic.into(), it.kic.into()]],
    );
    Ok(Answer { sheets: vec![result, coefficients(&columns, &it.coefficients), model] })
}

fn units(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let own = ["area", "y", "size"];
    let mut columns = Vec::new();
    if options.text(&INTERCEPT) == "yes" {
        columns.push(("intercept".to_owned(), vec![1.0; frame.n_rows()]));
    }
    for name in frame.names().filter(|name| !own.contains(name)) {
        columns.push((name.to_owned(), frame.numbers(name)?));
    }
    let (y, size) = (frame.numbers("y")?, frame.numbers("size")?);
    let (area, names) = codes(frame.texts("area")?);
    if let Some(row) = area.iter().position(|&number| number == u32::MAX) {
        return Err(Refusal::Cell { column: "area".to_owned(), row, text: String::new(), needed: "name" });
    }
    // A row with a size holds its area's means; all others are sampled units.
    let is_mean = |&row: &usize| !size[row].is_nan();
    let (means, sampled): (Vec<usize>, Vec<usize>) = (0..frame.n_rows()).partition(is_mean);
    let of = |values: &[f64], rows: &[usize]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
    let unit_columns: Vec<Vec<f64>> = columns.iter().map(|(_, values)| of(values, &sampled)).collect();
    let unit_columns: Vec<&[f64]> = unit_columns.iter().map(Vec::as_slice).collect();
    let unit_area: Vec<u32> = sampled.iter().map(|&row| area[row]).collect();
    let of_area: Vec<Vec<f64>> =
        means.iter().map(|&row| columns.iter().map(|(_, values)| values[row]).collect()).collect();
    let targets: Vec<Target> = means
        .iter()
        .zip(&of_area)
        .map(|(&row, means)| Target { area: area[row], size: size[row], means })
        .collect();
    let method = if options.text(&UNIT_METHOD) == "ml" { UnitMethod::Ml } else { UnitMethod::Reml };
    let model = UnitModel { y: &of(&y, &sampled), area: &unit_area, columns: &unit_columns, method };
    let it = match options.count(&DRAWS)? {
        0 => unit_level(&model, &targets)?,
        draws => unit_level_mse(&model, &targets, draws as usize, options.count(&SEED)?)?,
    };
    let rows = targets.iter().zip(&it.areas).map(|(target, found)| {
        vec![
            names[target.area as usize].as_str().into(),
            found.estimate.into(),
            found.mse.into(),
            (found.n as u64).into(),
            found.effect.into(),
            found.own_share.into(),
        ]
    });
    let columns_of = ["area", "estimate", "mse", "n", "effect", "own_share"];
    let result = Sheet::new("result", &columns_of, rows.collect::<Vec<Vec<Cell>>>());
    let model = Sheet::new(
        "model",
        &["between", "error", "log_likelihood", "n_missing"],
        vec![vec![
            it.between.into(),
            it.error.into(),
            it.log_likelihood.into(),
            (it.n_missing as u64).into(),
        ]],
    );
    Ok(Answer { sheets: vec![result, coefficients(&columns, &it.coefficients), model] })
}
