//! Estimates from complex samples over a table: one row per sampled unit.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::survey_plan::{
    BOUNDS, CALIBRATION, CLUSTER, CLUSTER2, DOMAIN, ERRORS, Errors, INTERVAL, LEVEL, LONELY, MARGIN,
    MARGIN_POPULATION, MARGIN2, MARGIN2_POPULATION, MISSING, NEST, POPULATION, POPULATION2, PPS, REPLICATES,
    SEED, STRATUM, TOTALS, WEIGHT, codes, design, domains, freedom, missing, unreadable,
};
use super::{Answer, Cell, Choice, Column, Frame, Holds, Method, Options, choice, may_have, needs, option};
use crate::interval::level_tail;
use crate::refusal::Refusal;
use crate::survey::{
    AllocationRule, Domain, Estimate, Missing, QuantileInterval, QuantileOptions, QuantileRule,
    ShareInterval, Stratum, TableStatistic, allocation, inclusion_probabilities,
};

const SHARE_INTERVAL: Choice =
    choice("method", &["logit", "likelihood", "likelihood_like_r", "asin", "beta", "mean", "xlogit"]);
const P: Choice = option("p", "0.5");
const RULE: Choice = choice("rule", &["math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]);
const BELOW: Choice = choice("method", &["mean", "beta", "xlogit", "asin"]);
const STATISTIC: Choice = choice("statistic", &["F", "chi_square", "wald", "adjusted_wald"]);
const N: Choice = option("n", "");
const LEAST: Choice = option("least", "2");
const SHARED_BY: Choice = choice("rule", &["neyman", "optimal", "proportional"]);

/// The columns of a method, those of the sample's plan after its own.
macro_rules! with_plan {
    ($($own:expr),* $(,)?) => {
        &[$($own,)* STRATUM, CLUSTER, CLUSTER2, POPULATION, POPULATION2, WEIGHT, MARGIN, MARGIN_POPULATION, MARGIN2,
            MARGIN2_POPULATION]
    };
}

/// The options of a method, those of the sample's plan after its own.
macro_rules! with_options {
    ($($own:expr),* $(,)?) => { &[$($own,)* LONELY, NEST, PPS, CALIBRATION, TOTALS, BOUNDS] };
}

const Y: Column = needs("y", Holds::Numbers);
const CATEGORY: Column = needs("category", Holds::Names);

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "survey.mean",
        columns: with_plan![Y, DOMAIN],
        options: with_options![LEVEL, INTERVAL, MISSING, ERRORS, REPLICATES, SEED],
        run: mean,
    },
    Method {
        id: "survey.total",
        columns: with_plan![may_have("y", Holds::Numbers), DOMAIN],
        options: with_options![LEVEL, INTERVAL, MISSING, ERRORS, REPLICATES, SEED],
        run: total,
    },
    Method {
        id: "survey.ratio",
        columns: with_plan![needs("top", Holds::Numbers), needs("bottom", Holds::Numbers), DOMAIN],
        options: with_options![LEVEL, INTERVAL, MISSING, ERRORS, REPLICATES, SEED],
        run: ratio,
    },
    Method {
        id: "survey.share",
        columns: with_plan![CATEGORY, DOMAIN],
        options: with_options![SHARE_INTERVAL, LEVEL, INTERVAL],
        run: share,
    },
    Method {
        id: "survey.quantile",
        columns: with_plan![Y, DOMAIN],
        options: with_options![P, RULE, BELOW, LEVEL, INTERVAL, MISSING],
        run: quantile,
    },
    Method {
        id: "survey.association",
        columns: with_plan![CATEGORY, needs("group", Holds::Names), DOMAIN],
        options: with_options![STATISTIC],
        run: association,
    },
    Method { id: "survey.weights", columns: with_plan![], options: with_options![], run: weights },
    Method {
        id: "survey.allocation",
        columns: &[
            needs("stratum", Holds::Names),
            needs("size", Holds::Numbers),
            may_have("deviation", Holds::Numbers),
            may_have("cost", Holds::Numbers),
        ],
        options: &[N, SHARED_BY, LEAST],
        run: allocate,
    },
    Method {
        id: "survey.inclusion",
        columns: &[needs("size", Holds::Numbers)],
        options: &[N],
        run: inclusion,
    },
];

const ESTIMATE: [&str; 11] = [
    "domain",
    "estimate",
    "standard_error",
    "cv",
    "low",
    "high",
    "freedom",
    "n",
    "size",
    "deff",
    "deff_replace",
];

/// A row of figures; a domain without a value has none.
fn row(name: Option<&str>, it: Result<Estimate, Refusal>, options: &Options) -> Result<Vec<Cell>, Refusal> {
    let level = options.real(&LEVEL)?;
    let it = match it {
        Ok(it) => it,
        Err(Refusal::EmptyGroup { .. }) if name.is_some() => {
            let mut row = vec![Cell::Missing; ESTIMATE.len()];
            row[0] = name.into();
            return Ok(row);
        }
        Err(refusal) => return Err(refusal),
    };
    level_tail(level)?;
    let interval = it.interval(level, freedom(options, it.freedom));
    Ok(vec![
        name.into(),
        it.value.into(),
        it.standard_error.into(),
        it.cv().into(),
        interval.map(|it| it.low).into(),
        interval.map(|it| it.high).into(),
        it.freedom.into(),
        (it.n as u64).into(),
        it.size.into(),
        it.deff.into(),
        it.deff_replace.into(),
    ])
}

/// The row of the whole and of each domain, as `estimate` finds it.
fn by_domain(
    frame: &Frame,
    options: &Options,
    estimate: impl Fn(&Errors, &Domain, Missing) -> Result<Estimate, Refusal> + Sync,
) -> Result<Answer, Refusal> {
    let design = design(frame, options)?;
    let errors = Errors::new(options, &design)?;
    let each = domains(frame, &design)?.into_par_iter();
    let rows = each
        .map(|(name, domain)| row(name.as_deref(), estimate(&errors, &domain, missing(options)), options));
    Ok(Answer::one(&ESTIMATE, rows.collect::<Result<_, _>>()?))
}

fn mean(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let y = frame.numbers("y")?;
    by_domain(frame, options, |errors, domain, missing| errors.mean(domain, &y, missing))
}

fn total(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let y = if frame.has("y") { frame.numbers("y")? } else { vec![1.0; frame.n_rows()] };
    by_domain(frame, options, |errors, domain, missing| errors.total(domain, &y, missing))
}

fn ratio(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (top, bottom) = (frame.numbers("top")?, frame.numbers("bottom")?);
    by_domain(frame, options, |errors, domain, missing| errors.ratio(domain, &top, &bottom, missing))
}

fn share_interval(options: &Options) -> ShareInterval {
    match options.text(&SHARE_INTERVAL) {
        "likelihood" => ShareInterval::Likelihood,
        "likelihood_like_r" => ShareInterval::LikelihoodLikeR,
        "asin" => ShareInterval::Asin,
        "beta" => ShareInterval::Beta,
        "mean" => ShareInterval::Mean,
        "xlogit" => ShareInterval::Xlogit,
        _ => ShareInterval::Logit,
    }
}

fn share(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let method = share_interval(options);
    let level = options.real(&LEVEL)?;
    let design = design(frame, options)?;
    let (category, names) = codes(frame.texts("category")?);
    let mut rows = Vec::new();
    for (domain_name, domain) in domains(frame, &design)? {
        // a domain where every category is blank has no shares
        let shares = match domain.shares(&category, names.len()) {
            Err(Refusal::EmptyGroup { .. }) if domain_name.is_some() => continue,
            shares => shares?,
        };
        let counts = domain.counts(&category, names.len())?;
        for ((level_name, share), (code, count)) in names.iter().zip(&shares).zip((0_u32..).zip(&counts)) {
            let event: Vec<f64> = category
                .iter()
                .map(|&it| if it == u32::MAX { f64::NAN } else { f64::from(u8::from(it == code)) })
                .collect();
            let own = freedom(options, share.freedom);
            let it = domain.share(&event, method, level, Some(own), Missing::Drop);
            let interval = match it {
                Ok(it) => Some(it.interval),
                // shares of 0 and 1, and samples without degrees of freedom, have no interval
                Err(Refusal::NoVariation { .. } | Refusal::OutOfRange { what: "freedom", .. }) => None,
                Err(refusal) => return Err(refusal),
            };
            rows.push(vec![
                domain_name.as_deref().into(),
                level_name.as_str().into(),
                share.value.into(),
                share.standard_error.into(),
                interval.map(|it| it.low).into(),
                interval.map(|it| it.high).into(),
                share.freedom.into(),
                share.deff.into(),
                count.value.into(),
                count.standard_error.into(),
            ]);
        }
    }
    let columns = [
        "domain",
        "category",
        "share",
        "standard_error",
        "low",
        "high",
        "freedom",
        "deff",
        "total",
        "total_error",
    ];
    Ok(Answer::one(&columns, rows))
}

fn quantile(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let rule = match options.text(&RULE) {
        "school" => QuantileRule::School,
        "hf3" => QuantileRule::Hf3,
        "hf4" => QuantileRule::Hf4,
        "hf5" => QuantileRule::Hf5,
        "hf6" => QuantileRule::Hf6,
        "hf7" => QuantileRule::Hf7,
        "hf8" => QuantileRule::Hf8,
        "hf9" => QuantileRule::Hf9,
        _ => QuantileRule::Math,
    };
    let interval = match options.text(&BELOW) {
        "beta" => QuantileInterval::Beta,
        "xlogit" => QuantileInterval::Xlogit,
        "asin" => QuantileInterval::Asin,
        _ => QuantileInterval::Mean,
    };
    let (y, design, level) = (frame.numbers("y")?, design(frame, options)?, options.real(&LEVEL)?);
    let mut rows = Vec::new();
    for (name, domain) in domains(frame, &design)? {
        let freedom = Some(freedom(options, domain.freedom()));
        let how = QuantileOptions { rule, interval, level, freedom, missing: missing(options) };
        for p in options.text(&P).split(',') {
            let share: f64 = p.trim().parse().map_err(|_| unreadable(&P, p, "0.25, 0.5"))?;
            let it = match domain.quantile(&y, share, &how) {
                Ok(it) => Some(it),
                Err(Refusal::EmptyGroup { .. }) if name.is_some() => None,
                Err(refusal) => return Err(refusal),
            };
            rows.push(vec![
                name.as_deref().into(),
                share.into(),
                it.map(|it| it.value).into(),
                it.and_then(|it| it.standard_error).into(),
                it.and_then(|it| it.low).into(),
                it.and_then(|it| it.high).into(),
            ]);
        }
    }
    Ok(Answer::one(&["domain", "p", "estimate", "standard_error", "low", "high"], rows))
}

fn association(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let statistic = match options.text(&STATISTIC) {
        "chi_square" => TableStatistic::ChiSquare,
        "wald" => TableStatistic::Wald,
        "adjusted_wald" => TableStatistic::AdjustedWald,
        _ => TableStatistic::F,
    };
    let design = design(frame, options)?;
    let (category, group) = (codes(frame.texts("category")?).0, codes(frame.texts("group")?).0);
    let each = domains(frame, &design)?.into_iter().map(|(name, domain)| {
        let it = domain.association(&category, &group, statistic)?;
        Ok(vec![
            name.as_deref().into(),
            it.statistic.into(),
            it.freedom.into(),
            it.freedom_below.into(),
            it.p_value.into(),
        ])
    });
    let columns = ["domain", "statistic", "freedom", "freedom_below", "p_value"];
    Ok(Answer::one(&columns, each.collect::<Result<_, Refusal>>()?))
}

fn weights(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let weights = design(frame, options)?.weights();
    let rows = weights.iter().enumerate().map(|(row, &weight)| vec![(row as u64 + 1).into(), weight.into()]);
    Ok(Answer::one(&["row", "weight"], rows.collect()))
}

fn allocate(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let rule = match options.text(&SHARED_BY) {
        "optimal" => AllocationRule::Optimal,
        "proportional" => AllocationRule::Proportional,
        _ => AllocationRule::Neyman,
    };
    let column = |name: &str| {
        if frame.has(name) { frame.numbers(name) } else { Ok(vec![1.0; frame.n_rows()]) }
    };
    let (size, deviation, cost) = (frame.numbers("size")?, column("deviation")?, column("cost")?);
    let strata: Vec<Stratum> = size
        .iter()
        .zip(&deviation)
        .zip(&cost)
        .map(|((&size, &deviation), &cost)| Stratum { size, deviation, cost })
        .collect();
    let it = allocation(&strata, options.count(&N)?, rule, options.count(&LEAST)?)?;
    let names = frame.texts("stratum")?.iter();
    let rows = names
        .zip(&it.sample)
        .zip(&it.exact)
        .map(|((name, &sample), &exact)| {
            vec![name.trim().into(), sample.into(), exact.into(), it.standard_error.into()]
        })
        .collect();
    Ok(Answer::one(&["stratum", "sample", "exact", "standard_error"], rows))
}

fn inclusion(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let size = frame.numbers("size")?;
    let p = inclusion_probabilities(&size, options.real(&N)?)?;
    let rows = size.iter().zip(&p).map(|(&size, &p)| vec![size.into(), p.into(), (1.0 / p).into()]);
    let rows = rows.map(|mut row: Vec<Cell>| {
        // a unit that cannot be drawn has no weight
        if row[2] == Cell::Real(f64::INFINITY) {
            row[2] = Cell::Missing;
        }
        row
    });
    Ok(Answer::one(&["size", "probability", "weight"], rows.collect()))
}
