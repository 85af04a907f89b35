//! Early warning against R's package surveillance over the shared series, and what every comparison with it
//! uses.

use crate::table::{Row, Table, Worst};
use std::collections::BTreeMap;
use std::ops::Range;
use zhiheng_methods::early_warning::bayes::{self, Reference};
use zhiheng_methods::early_warning::calendar::Calendar;
use zhiheng_methods::early_warning::cusum::{self, Cusum, Transform};
use zhiheng_methods::early_warning::ears::{self, Ears};
use zhiheng_methods::early_warning::farrington::{self, Farrington, Few, Judged, Series, Silence};
use zhiheng_methods::early_warning::flexible::{self, Bounds, Flexible};
use zhiheng_methods::early_warning::threshold::Power;
use zhiheng_methods::early_warning::{Verdict, historical_limits, rki};

/// What any method says about a week, in R's columns; NaN where R has NA.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) at: usize,
    pub(crate) bound: f64,
    pub(crate) alarm: Option<bool>,
    pub(crate) expected: f64,
    pub(crate) score: f64,
    pub(crate) p_value: f64,
    pub(crate) dispersion: f64,
    pub(crate) trend: f64,
    pub(crate) statistic: f64,
}

pub(crate) const NA: f64 = f64::NAN;

pub(crate) fn said(at: usize, bound: f64, alarm: Option<bool>) -> Said {
    Said { at, bound, alarm, expected: NA, score: NA, p_value: NA, dispersion: NA, trend: NA, statistic: NA }
}

pub(crate) fn verdicts(all: Vec<Verdict>) -> Vec<Said> {
    all.into_iter().map(|it| said(it.at, it.bound.unwrap_or(NA), it.alarm)).collect()
}

pub(crate) fn judged(all: Vec<Judged>, everything: bool) -> Vec<Said> {
    let each = |it: Judged| {
        // R's flexible method has no alarm rather than none to tell where a count is missing
        let missing = it.silence == Some(Silence::Missing);
        let mut one = said(it.at, it.bound.unwrap_or(NA), if missing { Some(false) } else { it.alarm });
        if everything {
            one.expected = it.expected.unwrap_or(NA);
            one.score = it.score.unwrap_or(NA);
            one.p_value = it.p_value.unwrap_or(NA);
            one.dispersion = it.dispersion.unwrap_or(NA);
            one.trend = it.trend.unwrap_or(NA);
        }
        one
    };
    all.into_iter().map(each).collect()
}

pub(crate) struct Errors {
    pub(crate) bounds: Worst,
    pub(crate) others: Worst,
    pub(crate) alarms: usize,
}

impl Errors {
    pub(crate) fn new(name: &str, allowed: f64) -> Self {
        Self {
            bounds: Worst::new(&format!("{name}, bounds"), allowed),
            others: Worst::new(&format!("{name}, other columns"), allowed),
            alarms: 0,
        }
    }

    pub(crate) fn compare(&mut self, found: &Said, row: &Row<'_>) {
        let line = row.line();
        let alarm = match row.text("alarm") {
            "" => None,
            text => Some(text.eq_ignore_ascii_case("true")),
        };
        assert_eq!(found.alarm, alarm, "alarm of {line}, bound {}", found.bound);
        self.alarms += 1;
        one(&mut self.bounds, found.bound, row.real("bound"), &format!("{line} bound"));
        for (found, column) in [
            (found.expected, "expected"),
            (found.score, "score"),
            (found.p_value, "p_value"),
            (found.dispersion, "dispersion"),
            (found.trend, "trend"),
            (found.statistic, "statistic"),
        ] {
            one(&mut self.others, found, row.real(column), &format!("{line} {column}"));
        }
    }

    pub(crate) fn finish(self, name: &str) {
        eprintln!("{name}: {} alarms equal", self.alarms);
        self.bounds.finish();
        self.others.finish();
    }
}

/// Relative error above 1, absolute below: expectations and p-values go down to nothing.
fn one(worst: &mut Worst, found: f64, expected: f64, place: &str) {
    if expected.is_nan() {
        assert!(found.is_nan(), "{place}: {found} where R has none");
    } else {
        worst.absolute(found / expected.abs().max(1.0), expected / expected.abs().max(1.0), place);
    }
}

#[test]
fn shared_series_equal_r() {
    for name in ["salmonella_agona", "k1"] {
        let (Some(input), Some(expected)) = (
            Table::shared(&format!("outbreak/input_{name}.csv")),
            Table::shared(&format!("outbreak/expected_{name}.csv")),
        ) else {
            return;
        };
        let counts: Vec<f64> = input.rows().map(|row| row.real("observed")).collect();
        let mut answers: BTreeMap<String, BTreeMap<usize, Said>> = BTreeMap::new();
        let mut bounds = Worst::new(&format!("expected_{name}.csv"), 1e-9);
        let mut cells = 0;
        for row in expected.rows() {
            let algo = row.text("algo");
            let weeks = counts.len() - if name == "k1" { 52 } else { 104 }..counts.len();
            let all = answers.entry(algo.to_owned()).or_insert_with(|| {
                shared_call(algo, &counts, weeks).into_iter().map(|one| (one.at + 1, one)).collect()
            });
            let found = all[&(row.count("t") as usize)];
            let alarm = Some(row.text("alarm")).filter(|text| !text.is_empty()).map(|text| text == "true");
            assert_eq!(found.alarm, alarm, "{}", row.line());
            if row.text("upperbound").is_empty() {
                assert!(found.bound.is_nan(), "{}: {}", row.line(), found.bound);
            } else {
                bounds.relative(found.bound, row.real("upperbound"), &row.line());
            }
            cells += 1;
        }
        eprintln!("expected_{name}.csv: {cells} alarms equal");
        bounds.finish();
    }
}

/// The reference calls of `shared/data/outbreak/README.md`.
fn shared_call(algo: &str, counts: &[f64], weeks: Range<usize>) -> Vec<Said> {
    let series = Series { counts, population: None, calendar: Calendar::Steps(52) };
    let few = |cases: f64| Few { cases, weeks: 4 };
    let ears = |options: Ears| verdicts(ears::detect(counts, weeks.clone(), &options).unwrap());
    let classic =
        |options: Farrington| judged(farrington::detect(&series, weeks.clone(), &options).unwrap(), false);
    let flexible =
        |options: Flexible| judged(flexible::detect(&series, weeks.clone(), &options).unwrap(), false);
    let chart = |options: Cusum| {
        let all = cusum::detect(counts, weeks.clone(), &options).unwrap();
        all.into_iter().map(|it| said(it.at, it.bound, Some(it.alarm))).collect()
    };
    let bayes = |years, half_window| {
        let reference = Reference::weekly(years, half_window, true);
        verdicts(bayes::detect(counts, weeks.clone(), reference, 0.05).unwrap())
    };
    match algo {
        "ears_C1" => ears(Ears { alpha: 0.001, ..Ears::new(ears::Method::C1) }),
        "ears_C2" => ears(Ears { alpha: 0.001, ..Ears::new(ears::Method::C2) }),
        "ears_C3" => ears(Ears { alpha: 0.001, ..Ears::new(ears::Method::C3) }),
        "ears_C2_b14_a01" => {
            ears(Ears { baseline: 14, sigma_min: 0.5, alpha: 0.01, ..Ears::new(ears::Method::C2) })
        }
        "farrington" => classic(Farrington { years: 3, alpha: 0.01, ..Farrington::default() }),
        "farrington_notrend_nore" => classic(Farrington {
            years: 3,
            reweight: false,
            trend: false,
            few: few(0.0),
            power: Power::None,
            ..Farrington::default()
        }),
        "farringtonFlexible_default" => {
            flexible(Flexible { years: 3, weeks_left_out: Some(26), ..Flexible::default() })
        }
        "farringtonFlexible_p10_nb" => flexible(Flexible {
            years: 3,
            trend_p: 1.0,
            few: few(0.0),
            periods: 10,
            weeks_left_out: Some(26),
            bounds: Bounds::Plugin,
            alpha: 0.01,
            ..Flexible::default()
        }),
        "farringtonFlexible_p4_muan" => flexible(Flexible {
            years: 3,
            reweight: false,
            trend: false,
            few: few(0.0),
            periods: 4,
            weeks_left_out: Some(3),
            bounds: Bounds::Upper,
            alpha: 0.01,
            ..Flexible::default()
        }),
        "cusum_surv" => chart(Cusum::default()),
        "cusum_surv_rossi" => {
            chart(Cusum { k: 0.5, h: 4.0, transform: Transform::Rossi, ..Cusum::default() })
        }
        "rki1" => verdicts(rki::detect(counts, weeks, Reference::weekly(2, 4, false)).unwrap()),
        "bayes1" => bayes(0, 6),
        "bayes2" => bayes(2, 4),
        "cdc" => {
            let all = historical_limits::detect(counts, weeks, 3, 1, 0.01).unwrap();
            all.into_iter().map(|it| said(it.at, it.bound, it.alarm)).collect()
        }
        other => panic!("{other}: no such call"),
    }
}
