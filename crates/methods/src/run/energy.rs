//! Energy over a table.

use super::{Answer, Cell, Choice, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option};
use crate::certainty::Certainty;
use crate::energy::balance::{Balance, Flows, balance};
use crate::energy::coefficient::{Coefficients, Kind};
use crate::energy::decomposition::{Sector, Weights, activity_structure_intensity};
use crate::energy::intensity;
use crate::energy::standard_coal::{Amount, convert};
use crate::energy::unit::Unit;
use crate::interval::Interval;
use crate::refusal::Refusal;

const EDITION: Choice = option("edition", "");
const EQUAL_VALUE: Choice = option("equal_value", "");
const DECIMALS: Choice = option("decimals", "");
const WEIGHTS: Choice = choice("weights", &["lmdi_i", "lmdi_ii"]);
const TARGET: Choice = option("target", "");
const YEARS: Choice = option("years", "5");

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "energy.standard_coal",
        columns: &[
            needs("carrier", Holds::Names),
            needs("amount", Holds::Numbers),
            may_have("unit", Holds::Names),
            may_have("heat_kj", Holds::Numbers),
        ],
        options: &[EDITION, EQUAL_VALUE],
        run: standard_coal,
    },
    Method {
        id: "energy.coefficients",
        columns: &[may_have("carrier", Holds::Names)],
        options: &[EDITION],
        run: table,
    },
    Method {
        id: "energy.balance",
        columns: &[
            may_have("carrier", Holds::Names),
            may_have("produced", Holds::Numbers),
            may_have("imported", Holds::Numbers),
            may_have("exported", Holds::Numbers),
            may_have("drawn", Holds::Numbers),
            may_have("converted", Holds::Numbers),
            may_have("obtained", Holds::Numbers),
            may_have("lost", Holds::Numbers),
            needs("used", Holds::Numbers),
        ],
        options: &[],
        run: flows,
    },
    Method {
        id: "energy.intensity",
        columns: &[
            needs("energy", Holds::Numbers),
            needs("output", Holds::Numbers),
            may_have("price_index", Holds::Numbers),
        ],
        options: &[DECIMALS],
        run: intensities,
    },
    Method {
        id: "energy.progress",
        columns: &[needs("change", Holds::Numbers)],
        options: &[TARGET, YEARS],
        run: progress,
    },
    Method {
        id: "energy.decomposition",
        columns: &[
            may_have("sector", Holds::Names),
            needs("output_before", Holds::Numbers),
            needs("energy_before", Holds::Numbers),
            needs("output_after", Holds::Numbers),
            needs("energy_after", Holds::Numbers),
        ],
        options: &[WEIGHTS],
        run: decomposition,
    },
];

fn coefficients(options: &Options) -> Result<Coefficients, Refusal> {
    let table = Frame::from_table(include_str!("../../tables/standard_coal.csv"))?;
    Coefficients::read(&table, options.text(&EDITION).trim())
}

fn standard_coal(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let carriers = frame.texts("carrier")?;
    let amounts = frame.numbers("amount")?;
    let units =
        if frame.has("unit") {
            frame.each("unit", "unit", |text| {
                if text.is_empty() { Some(None) } else { Unit::named(text).map(Some) }
            })?
        } else {
            vec![None; amounts.len()]
        };
    let heats = if frame.has("heat_kj") { frame.numbers("heat_kj")? } else { vec![f64::NAN; amounts.len()] };
    let list: Vec<Amount<'_>> = (0..amounts.len())
        .map(|i| Amount {
            carrier: carriers[i].trim(),
            amount: amounts[i],
            unit: units[i],
            heat_kj: (!heats[i].is_nan()).then_some(heats[i]),
        })
        .collect();
    let it = convert(&coefficients(options)?, &list, options.number(&EQUAL_VALUE)?)?;
    let tonnes = |it: Option<Interval>| -> [Cell; 2] {
        [it.map(|it| it.low / 1000.0).into(), it.map(|it| it.high / 1000.0).into()]
    };
    let row = |name: Cell, equivalent, equal_value, confirmed: bool| {
        let ([low, high], [other_low, other_high]) = (tonnes(Some(equivalent)), tonnes(equal_value));
        vec![name, low, high, other_low, other_high, confirmed.into()]
    };
    let columns =
        ["carrier", "tce_low", "tce_high", "equal_value_tce_low", "equal_value_tce_high", "confirmed"];
    let all = row(Cell::Missing, it.equivalent, it.equal_value, it.to_be_confirmed == 0);
    let each = it.lines.iter().zip(&list).map(|(line, amount)| {
        row(amount.carrier.into(), line.equivalent, line.equal_value, line.certainty == Certainty::Seen)
    });
    Ok(Answer {
        sheets: vec![
            Sheet::new("total", &columns[1..], vec![all.into_iter().skip(1).collect()]),
            Sheet::new("carriers", &columns, each.collect()),
        ],
    })
}

fn table(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let coefficients = coefficients(options)?;
    let asked = if frame.has("carrier") { frame.texts("carrier")? } else { &[] };
    let asked: Vec<&str> = asked.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    for id in &asked {
        coefficients.of(id)?;
    }
    let wanted = |id: &str| asked.is_empty() || asked.contains(&id);
    let rows = coefficients.all().iter().filter(|it| wanted(&it.id)).map(|it| {
        vec![
            it.id.as_str().into(),
            it.kgce.0.into(),
            it.kgce.1.into(),
            it.per.name().into(),
            (it.kind == Kind::Medium).into(),
            (it.certainty == Certainty::Seen).into(),
        ]
    });
    Ok(Answer::one(&["carrier", "kgce_low", "kgce_high", "per", "medium", "confirmed"], rows.collect()))
}

fn flows(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let column = |name: &str| -> Result<Vec<f64>, Refusal> {
        if !frame.has(name) {
            return Ok(vec![0.0; frame.n_rows()]);
        }
        // A blank cell of a balance sheet is nothing, not unknown.
        Ok(frame.numbers(name)?.into_iter().map(|value| if value.is_nan() { 0.0 } else { value }).collect())
    };
    let [produced, imported, exported, drawn, converted, obtained, lost, used] =
        ["produced", "imported", "exported", "drawn", "converted", "obtained", "lost", "used"].map(column);
    let (produced, imported, exported, drawn) = (produced?, imported?, exported?, drawn?);
    let (converted, obtained, lost, used) = (converted?, obtained?, lost?, used?);
    let list: Vec<Flows> = (0..frame.n_rows())
        .map(|i| Flows {
            produced: produced[i],
            imported: imported[i],
            exported: exported[i],
            drawn: drawn[i],
            converted: converted[i],
            obtained: obtained[i],
            lost: lost[i],
            used: used[i],
        })
        .collect();
    let (each, all, yields) = balance(&list)?;
    let row = |it: &Balance| -> Vec<Cell> {
        vec![it.supply.into(), it.available.into(), it.difference.into(), it.share.into()]
    };
    let names = if frame.has("carrier") { frame.texts("carrier")?.to_vec() } else { Vec::new() };
    let carriers = each.iter().enumerate().map(|(i, it)| {
        let name = names.get(i).map(String::as_str);
        [vec![name.into()], row(it)].concat()
    });
    let columns = ["carrier", "supply", "available", "difference", "share"];
    Ok(Answer {
        sheets: vec![
            Sheet::new(
                "total",
                &["supply", "available", "difference", "share", "conversion_yield"],
                vec![[row(&all), vec![yields.into()]].concat()],
            ),
            Sheet::new("carriers", &columns, carriers.collect()),
        ],
    })
}

fn intensities(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (energy, current) = (frame.numbers("energy")?, frame.numbers("output")?);
    let output = if frame.has("price_index") {
        // The first period has no index against the one before; a blank says so.
        let mut indices = frame.numbers("price_index")?;
        if let Some(first) = indices.first_mut().filter(|first| first.is_nan()) {
            *first = 1.0;
        }
        intensity::comparable(&current, &indices)?
    } else {
        current
    };
    let decimals = options.count_or_blank(&DECIMALS)?;
    let decimals = decimals.map(|decimals| u32::try_from(decimals).unwrap_or(u32::MAX));
    crate::refusal::at_least("energy", energy.len(), 2)?;
    let mut rows = Vec::new();
    for i in 1..energy.len() {
        let pair = |i: usize| (energy[i], output[i]);
        let last = intensity::change(pair(i - 1), pair(i), decimals)?;
        let first = intensity::change(pair(0), pair(i), decimals)?;
        rows.push(vec![
            (i as u64 + 1).into(),
            output[i].into(),
            last.before.into(),
            last.after.into(),
            last.change.into(),
            first.change.into(),
        ]);
    }
    let columns = ["row", "comparable_output", "before", "after", "change", "since_first"];
    Ok(Answer::one(&columns, rows))
}

fn progress(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let years = u32::try_from(options.count(&YEARS)?).unwrap_or(u32::MAX);
    let it = intensity::progress(&frame.numbers("change")?, options.real(&TARGET)?, years)?;
    let row = vec![it.done.into(), it.share.into(), it.yearly_needed.into()];
    Ok(Answer::one(&["done", "share", "yearly_needed"], vec![row]))
}

fn decomposition(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let weights = if options.text(&WEIGHTS) == "lmdi_ii" { Weights::Two } else { Weights::One };
    let sectors = |output: &str, energy: &str| -> Result<Vec<Sector>, Refusal> {
        let (output, energy) = (frame.numbers(output)?, frame.numbers(energy)?);
        Ok(output.into_iter().zip(energy).map(|(output, energy)| Sector { output, energy }).collect())
    };
    let (before, after) =
        (sectors("output_before", "energy_before")?, sectors("output_after", "energy_after")?);
    let it = activity_structure_intensity(&before, &after, weights)?;
    let factors = ["activity", "structure", "intensity"];
    let effects = factors.iter().zip(&it.additive).enumerate().map(|(k, (factor, effect))| {
        vec![(*factor).into(), (*effect).into(), it.multiplicative.get(k).copied().into()]
    });
    let names = if frame.has("sector") { frame.texts("sector")?.to_vec() } else { Vec::new() };
    let each = it.by_sector.iter().enumerate().map(|(i, effects)| {
        let mut row: Vec<Cell> = vec![names.get(i).map(String::as_str).into()];
        row.extend(effects.iter().map(|&effect| Cell::from(effect)));
        row
    });
    Ok(Answer {
        sheets: vec![
            Sheet::new("effects", &["factor", "additive", "multiplicative"], effects.collect()),
            Sheet::new("sectors", &["sector", "activity", "structure", "intensity"], each.collect()),
        ],
    })
}
