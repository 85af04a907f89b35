//! Charts that compare a series with a known mean.

use super::{Group, PER_YEAR, WEEKS, begin, choice, each, option, yes};
use crate::early_warning::cusum::{self, Cusum, InControl, Transform};
use crate::early_warning::likelihood_ratio::{
    self as chart, Change, Direction, Distribution, LikelihoodRatio,
};
use crate::early_warning::season::{self, Season};
use crate::refusal::Refusal;
use crate::run::{Answer, Choice, Frame, Options};

const K: Choice = option("k", "1.04");
const H: Choice = option("h", "2.26");
const CUSUM_MEAN: Choice = choice("mean", &["past", "season", "column"]);
const TRANSFORM: Choice = choice(
    "transform",
    &["standard", "rossi", "anscombe", "anscombe_second", "pearson_nb", "anscombe_nb", "none"],
);
const CUSUM_ALPHA: Choice = option("alpha", "0.1");
pub(super) const CUSUM: &[Choice] = &[K, H, CUSUM_MEAN, TRANSFORM, CUSUM_ALPHA, PER_YEAR, WEEKS];

const DISTRIBUTION: Choice = choice("distribution", &["poisson", "negative_binomial"]);
const ALPHA: Choice = option("alpha", "");
const CHANGE: Choice = choice("change", &["increase", "decrease", "known", "epidemic"]);
const FACTOR: Choice = option("factor", "2");
const THRESHOLD: Choice = option("threshold", "5");
const SHORTEST: Choice = option("shortest", "1");
const WINDOW: Choice = option("window", "");
const CASES: Choice = choice("cases", &["no", "yes"]);
const MEAN: Choice = choice("mean", &["season", "column"]);
const HARMONICS: Choice = option("harmonics", "1");
const TREND: Choice = choice("trend", &["no", "yes"]);
const REFIT: Choice = choice("refit", &["no", "yes"]);
pub(super) const LIKELIHOOD_RATIO: &[Choice] = &[
    DISTRIBUTION,
    ALPHA,
    CHANGE,
    FACTOR,
    THRESHOLD,
    SHORTEST,
    WINDOW,
    CASES,
    MEAN,
    HARMONICS,
    TREND,
    REFIT,
    PER_YEAR,
    WEEKS,
];

pub(super) fn cusum(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (counts, weeks) = (frame.numbers("count")?, options.count(&WEEKS)?);
    let alpha = options.real(&CUSUM_ALPHA)?;
    let transform = match options.text(&TRANSFORM) {
        "rossi" => Transform::Rossi,
        "anscombe" => Transform::Anscombe,
        "anscombe_second" => Transform::AnscombeSecond,
        "pearson_nb" => Transform::PearsonNegativeBinomial { alpha },
        "anscombe_nb" => Transform::AnscombeNegativeBinomial { alpha },
        "none" => Transform::None,
        _ => Transform::Standard,
    };
    let (k, h, per_year) = (options.real(&K)?, options.real(&H)?, options.real(&PER_YEAR)?);
    let given = if options.text(&CUSUM_MEAN) == "column" { Some(frame.numbers("mean")?) } else { None };
    let groups = Group::all(frame)?;
    let rows = each(&groups, |group| {
        let (counts, weeks) = (group.pick(&counts), group.last(weeks));
        let means: Vec<f64> = match (options.text(&CUSUM_MEAN), &given) {
            (_, Some(column)) => group.pick(column)[weeks.clone()].to_vec(),
            ("season", None) => {
                let distribution = Some(Distribution::Poisson);
                let season = Season { harmonics: 1, trend: false, per_year, distribution };
                let fitted = season::fit(&counts[..weeks.start], &season)?;
                weeks.clone().map(|week| fitted.mean(week)).collect()
            }
            _ => Vec::new(),
        };
        let mean =
            if options.text(&CUSUM_MEAN) == "past" { InControl::Past } else { InControl::Each(&means) };
        let all = cusum::detect(&counts, weeks, &Cusum { k, h, mean, transform })?;
        let row = |it: cusum::Step| {
            let mut row = begin(group, it.at);
            row.extend([counts[it.at].into(), it.sum.into(), it.bound.into(), it.alarm.into()]);
            row
        };
        Ok(all.into_iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Answer::one(&["series", "step", "count", "sum", "bound", "alarm"], rows.concat()))
}

pub(super) fn likelihood_ratio(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (counts, weeks) = (frame.numbers("count")?, options.count(&WEEKS)?);
    let window = options.count_or_blank(&WINDOW)?.map(|window| window as usize);
    // without α it is estimated along with the season
    let distribution = match (options.text(&DISTRIBUTION), options.number(&ALPHA)?) {
        ("negative_binomial", Some(alpha)) => Some(Distribution::NegativeBinomial { alpha }),
        ("negative_binomial", None) => None,
        _ => Some(Distribution::Poisson),
    };
    let how = LikelihoodRatio {
        distribution: distribution.unwrap_or(Distribution::Poisson),
        change: match options.text(&CHANGE) {
            "decrease" => Change::Unknown(Direction::Decrease),
            "known" => Change::Known(libm::log(options.real(&FACTOR)?)),
            "epidemic" => Change::Epidemic,
            _ => Change::Unknown(Direction::Increase),
        },
        threshold: options.real(&THRESHOLD)?,
        shortest: options.count(&SHORTEST)? as usize,
        window,
        cases: yes(options, &CASES),
    };
    let season = Season {
        harmonics: options.count(&HARMONICS)? as usize,
        trend: yes(options, &TREND),
        per_year: options.real(&PER_YEAR)?,
        distribution,
    };
    let given = if options.text(&MEAN) == "column" { Some(frame.numbers("mean")?) } else { None };
    if given.is_some() && distribution.is_none() {
        return Err(Refusal::Empty { what: "alpha" });
    }
    let groups = Group::all(frame)?;
    let rows = each(&groups, |group| {
        let (counts, weeks) = (group.pick(&counts), group.last(weeks));
        let all = match &given {
            Some(column) => chart::detect(&counts, weeks.clone(), &group.pick(column)[weeks], &how)?,
            None => chart::detect_with_season(&counts, weeks, &season, yes(options, &REFIT), &how)?,
        };
        let row = |it: chart::Step| {
            let mut row = begin(group, it.at);
            row.extend([counts[it.at].into(), it.statistic.into(), it.cases.into(), it.alarm.into()]);
            row
        };
        Ok(all.into_iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Answer::one(&["series", "step", "count", "statistic", "cases", "alarm"], rows.concat()))
}
