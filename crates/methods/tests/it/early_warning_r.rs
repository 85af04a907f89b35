//! Early warning against R's package surveillance over made-up series: `vectors/make_early_warning.R`.

use crate::early_warning::{Errors, NA, Said, judged, said, verdicts};
use crate::table::{Table, Worst};
use std::collections::BTreeMap;
use std::ops::Range;
use zhiheng_methods::early_warning::bayes::{self, Reference};
use zhiheng_methods::early_warning::calendar::{Calendar, Step, day_number};
use zhiheng_methods::early_warning::cusum::{self, Cusum, InControl, Transform};
use zhiheng_methods::early_warning::ears::{self, Ears};
use zhiheng_methods::early_warning::farrington::{self, Farrington, Few, Series};
use zhiheng_methods::early_warning::flexible::{self, Bounds, Flexible};
use zhiheng_methods::early_warning::likelihood_ratio::{
    self, Change, Direction, Distribution, LikelihoodRatio,
};
use zhiheng_methods::early_warning::season::{self, Season};
use zhiheng_methods::early_warning::threshold::Power;
use zhiheng_methods::early_warning::{budget, epiweek, historical_limits, rki, run_length};

/// A made-up series of `vectors/early_warning_series.csv`.
struct Made {
    counts: Vec<f64>,
    population: Vec<f64>,
    days: Vec<i32>,
    step: Step,
}

impl Made {
    fn all() -> BTreeMap<String, Made> {
        let table = Table::parse(include_str!("../../vectors/early_warning_series.csv"));
        let mut all: BTreeMap<String, Made> = BTreeMap::new();
        for row in table.rows() {
            let name = row.text("series");
            let step = if name == "monthly" { Step::Month } else { Step::Week };
            let empty = Made { counts: vec![], population: vec![], days: vec![], step };
            let made = all.entry(name.to_owned()).or_insert(empty);
            made.counts.push(row.real("count"));
            made.population.push(row.real("population"));
            made.days.push(row.real("day") as i32);
        }
        all
    }

    fn series(&self, dates: bool) -> Series<'_> {
        let calendar = match (dates, self.step) {
            (true, step) => Calendar::Days { days: &self.days, step },
            (false, Step::Month) => Calendar::Steps(12),
            (false, _) => Calendar::Steps(52),
        };
        Series { counts: &self.counts, population: Some(&self.population), calendar }
    }
}

#[test]
fn made_up_series_equal_r() {
    let made = Made::all();
    let expected = Table::parse(include_str!("../../vectors/early_warning_r.csv"));
    let mut answers: BTreeMap<(String, String), BTreeMap<usize, Said>> = BTreeMap::new();
    let mut families: BTreeMap<&str, Errors> = BTreeMap::new();
    for row in expected.rows() {
        let (call, name) = (row.text("call"), row.text("series"));
        let Some(series) = made.get(name) else { continue };
        let all = answers.entry((call.to_owned(), name.to_owned())).or_insert_with(|| {
            let weeks = series.counts.len() - if name == "monthly" { 20 } else { 24 }..series.counts.len();
            made_call(call, series, name, weeks).into_iter().map(|one| (one.at + 1, one)).collect()
        });
        let family = ["flexible", "farrington", "ears", "bayes", "rki", "historical", "cusum", "glr"]
            .into_iter()
            .find(|family| call.starts_with(family))
            .expect("a family");
        let errors = families.entry(family).or_insert_with(|| Errors::new(&format!("R, {family}"), 1e-8));
        errors.compare(&all[&(row.count("t") as usize)], &row);
    }
    for (name, errors) in families {
        if matches!(name, "ears" | "bayes" | "rki" | "farrington") {
            // nothing but bounds and alarms
            eprintln!("R, {name}: {} alarms equal", errors.alarms);
            errors.bounds.finish();
        } else {
            errors.finish(&format!("R, {name}"));
        }
    }
}

fn made_call(call: &str, made: &Made, name: &str, weeks: Range<usize>) -> Vec<Said> {
    let series = made.series(call.ends_with("_dates"));
    let counts = made.counts.as_slice();
    let call = call.trim_end_matches("_dates");
    let reference = |years, half_window, this_year| Reference::weekly(years, half_window, this_year);
    if call.starts_with("flexible") {
        return judged(flexible::detect(&series, weeks, &flexible_options(call)).unwrap(), true);
    }
    if call.starts_with("farrington") {
        return judged(farrington::detect(&series, weeks, &farrington_options(call)).unwrap(), false);
    }
    let ears = |options: Ears| verdicts(ears::detect(counts, weeks.clone(), &options).unwrap());
    let bayes = |reference, alpha| verdicts(bayes::detect(counts, weeks.clone(), reference, alpha).unwrap());
    let rki = |reference| verdicts(rki::detect(counts, weeks.clone(), reference).unwrap());
    match call {
        "ears_c1" => ears(Ears::new(ears::Method::C1)),
        "ears_c2" => ears(Ears { baseline: 10, sigma_min: 0.4, alpha: 0.02, ..Ears::new(ears::Method::C2) }),
        "ears_c3" => ears(Ears::new(ears::Method::C3)),
        "ears_c3_sigma" => {
            ears(Ears { baseline: 9, sigma_min: 0.5, alpha: 0.05, ..Ears::new(ears::Method::C3) })
        }
        "bayes_1" => bayes(reference(0, 6, true), 0.05),
        "bayes_2" => bayes(reference(1, 6, true), 0.01),
        "bayes_3" => bayes(reference(3, 4, false), 0.001),
        "rki_1" => rki(reference(0, 6, true)),
        "rki_2" => rki(reference(1, 6, true)),
        "rki_3" => rki(reference(2, 4, false)),
        "historical_limits" => {
            let all = historical_limits::detect(counts, weeks, 4, 2, 0.05).unwrap();
            let each = |it: historical_limits::FourWeeks| Said {
                statistic: it.sum.unwrap_or(NA),
                ..said(it.at, it.bound, it.alarm)
            };
            all.into_iter().map(each).collect()
        }
        cusum if cusum.starts_with("cusum") => cusum_call(cusum, counts, weeks),
        glr => glr_call(glr, counts, name, weeks),
    }
}

fn flexible_options(call: &str) -> Flexible {
    let few = |cases: f64, weeks: usize| Few { cases, weeks };
    let noufaily = Flexible { periods: 10, weeks_left_out: Some(26), ..Flexible::default() };
    match call {
        "flexible_default" => Flexible::default(),
        "flexible_noufaily_plugin" => {
            Flexible { bounds: Bounds::Plugin, trend_p: 1.0, alpha: 0.005, ..noufaily }
        }
        "flexible_noufaily_muan" => Flexible { bounds: Bounds::Upper, alpha: 0.01, ..noufaily },
        "flexible_none" => {
            Flexible { power: Power::None, reweight: false, few: few(0.0, 4), ..Flexible::default() }
        }
        "flexible_half" => Flexible {
            power: Power::Half,
            weights_threshold: 1.0,
            years: 4,
            half_window: 2,
            periods: 5,
            few: few(0.0, 1),
            ..Flexible::default()
        },
        "flexible_always_trend" => Flexible {
            years: 3,
            half_window: 2,
            periods: 7,
            trend_p: 1.0,
            few: few(3.0, 8),
            alpha: 0.001,
            ..Flexible::default()
        },
        "flexible_two_years" => Flexible {
            years: 2,
            half_window: 4,
            periods: 13,
            trend: false,
            bounds: Bounds::Plugin,
            reweight: false,
            few: few(0.0, 4),
            ..Flexible::default()
        },
        "flexible_offset" => Flexible { offset: true, periods: 10, few: few(0.0, 4), ..Flexible::default() },
        "flexible_offset_muan" => Flexible {
            offset: true,
            bounds: Bounds::Upper,
            few: few(0.0, 4),
            alpha: 0.02,
            ..Flexible::default()
        },
        "flexible_monthly" | "flexible_monthly_steps" => {
            Flexible { half_window: 1, periods: 4, few: few(0.0, 4), ..Flexible::default() }
        }
        other => panic!("{other}: no such call"),
    }
}

fn farrington_options(call: &str) -> Farrington {
    let always = Farrington { few: Few { cases: 0.0, weeks: 4 }, ..Farrington::default() };
    match call {
        "farrington_default" => Farrington::default(),
        "farrington_wide" => {
            Farrington { years: 7, half_window: 5, alpha: 0.01, power: Power::Half, ..always }
        }
        "farrington_plain" => Farrington {
            years: 3,
            half_window: 4,
            reweight: false,
            trend: false,
            power: Power::None,
            ..always
        },
        "farrington_offset" => Farrington { years: 4, offset: true, alpha: 0.001, ..always },
        "farrington_short" => Farrington { years: 9, alpha: 0.01, ..always },
        "farrington_monthly" => Farrington { years: 6, half_window: 1, ..always },
        other => panic!("{other}: no such call"),
    }
}

fn cusum_call(call: &str, counts: &[f64], weeks: Range<usize>) -> Vec<Said> {
    let season =
        Season { harmonics: 1, trend: false, per_year: 52.0, distribution: Some(Distribution::Poisson) };
    let means: Vec<f64> = if call == "cusum_season" {
        let fitted = season::fit(&counts[..weeks.start], &season).unwrap();
        weeks.clone().map(|week| fitted.mean(week)).collect()
    } else {
        Vec::new()
    };
    let options = match call {
        "cusum_standard" => Cusum::default(),
        "cusum_rossi" => Cusum { k: 0.5, h: 4.0, transform: Transform::Rossi, ..Cusum::default() },
        "cusum_anscombe" => Cusum { transform: Transform::Anscombe, ..Cusum::default() },
        "cusum_anscombe_second" => Cusum { transform: Transform::AnscombeSecond, ..Cusum::default() },
        "cusum_pearson_nb" => {
            Cusum { transform: Transform::PearsonNegativeBinomial { alpha: 0.15 }, ..Cusum::default() }
        }
        "cusum_none" => Cusum { k: 9.0, h: 15.0, transform: Transform::None, ..Cusum::default() },
        "cusum_season" => Cusum { mean: InControl::Each(&means), ..Cusum::default() },
        "cusum_known" => Cusum { k: 0.8, h: 3.0, mean: InControl::Known(7.5), transform: Transform::Rossi },
        other => panic!("{other}: no such call"),
    };
    let all = cusum::detect(counts, weeks, &options).unwrap();
    all.into_iter().map(|it| Said { statistic: it.sum, ..said(it.at, it.bound, Some(it.alarm)) }).collect()
}

fn glr_call(call: &str, counts: &[f64], name: &str, weeks: Range<usize>) -> Vec<Said> {
    let nb = |alpha: f64| Distribution::NegativeBinomial { alpha };
    let base = LikelihoodRatio::default();
    let down = Change::Unknown(Direction::Decrease);
    let options = match call {
        "glr_poisson" => LikelihoodRatio { cases: true, ..base },
        "glr_poisson_wait" => LikelihoodRatio { threshold: 1e4, shortest: 4, cases: true, ..base },
        "glr_poisson_window" => {
            LikelihoodRatio { threshold: 4.0, shortest: 2, window: Some(6), cases: true, ..base }
        }
        "glr_poisson_dec" => LikelihoodRatio { threshold: 3.0, change: down, ..base },
        "glr_known" => {
            LikelihoodRatio { threshold: 4.0, change: Change::Known(1.5_f64.ln()), cases: true, ..base }
        }
        "glr_known_nb" => LikelihoodRatio {
            threshold: 3.0,
            change: Change::Known(2.0_f64.ln()),
            distribution: nb(0.2),
            cases: true,
            ..base
        },
        "glr_epidemic" => LikelihoodRatio { threshold: 1e4, change: Change::Epidemic, ..base },
        "glr_epidemic_window" => {
            LikelihoodRatio { threshold: 1e4, change: Change::Epidemic, shortest: 2, window: Some(5), ..base }
        }
        "glr_nb" => LikelihoodRatio { threshold: 3.0, distribution: nb(0.15), ..base },
        "glr_nb_window" => {
            LikelihoodRatio { threshold: 1e4, distribution: nb(0.3), shortest: 3, window: Some(8), ..base }
        }
        "glr_nb_dec" => LikelihoodRatio { threshold: 2.0, distribution: nb(0.15), change: down, ..base },
        _ => LikelihoodRatio { threshold: 4.0, ..base },
    };
    let step = |it: likelihood_ratio::Step| Said {
        statistic: it.statistic,
        // R has no count below 0
        ..said(it.at, it.cases.map_or(NA, |cases| cases.max(0.0)), Some(it.alarm))
    };
    if call.starts_with("glr_season") {
        let (harmonics, trend, refit, distribution) = match call {
            "glr_season" => (1, true, false, Some(Distribution::Poisson)),
            "glr_season_refit" => (2, false, true, Some(Distribution::Poisson)),
            "glr_season_nb_given" => (1, true, false, Some(nb(0.2))),
            _ => (1, false, false, None),
        };
        let season = Season { harmonics, trend, per_year: 52.0, distribution };
        let all = likelihood_ratio::detect_with_season(counts, weeks.clone(), &season, refit, &options);
        let fitted = season::fit(&counts[..weeks.start], &season).unwrap();
        return all
            .unwrap()
            .into_iter()
            .map(|it| Said { expected: if refit { NA } else { fitted.mean(it.at) }, ..step(it) })
            .collect();
    }
    let level = match name {
        "seasonal" => 8.0,
        "growing" => 95.0,
        _ => 0.3,
    };
    let turn = std::f64::consts::TAU / 52.0;
    let means: Vec<f64> =
        weeks.clone().map(|week| level * (1.0 + 0.2 * (turn * (week + 1) as f64).cos())).collect();
    likelihood_ratio::detect(counts, weeks, &means, &options).unwrap().into_iter().map(step).collect()
}

#[test]
fn run_lengths_weeks_and_adjusted_p_values_equal_r() {
    let expected = Table::parse(include_str!("../../vectors/early_warning_r.csv"));
    let (mut lengths, mut weeks) = (Worst::new("R, arlCusum", 1e-9), 0);
    for row in expected.rows() {
        match row.text("call") {
            "run_length" => {
                let given: Vec<f64> =
                    row.text("series").split(' ').map(|part| part.parse().unwrap()).collect();
                let it = run_length::of(given[0], given[1], given[2], 10).unwrap();
                lengths.relative(it.from_zero, row.real("bound"), &row.line());
                lengths.relative(it.fast_start, row.real("expected"), &row.line());
            }
            "iso_week" => {
                let it = epiweek::week(row.real("t") as i32, epiweek::System::Iso);
                let found = (f64::from(it.year), f64::from(it.week));
                assert_eq!(found, (row.real("bound"), row.real("expected")), "{}", row.line());
                weeks += 1;
            }
            _ => {}
        }
    }
    lengths.finish();
    assert!(weeks > 300);
    let rows = || expected.rows().filter(|row| row.text("call") == "adjusted");
    let p_values: Vec<f64> = rows().map(|row| row.real("p_value")).collect();
    let mut worst = Worst::new("R, p.adjust", 1e-13);
    for (found, row) in budget::adjusted(&p_values).unwrap().into_iter().zip(rows()) {
        worst.relative(found, row.real("bound"), &row.line());
    }
    worst.finish();
}

/// CDC, MMWR Weeks: week 1 ends on the first Saturday that closes at least four days of January. 2014 to
/// 2020 begin on these Sundays, and 2014 and 2020 have 53 weeks.
#[test]
fn weeks_of_the_mmwr() {
    let begins = [
        (2014, 2013, 12, 29),
        (2015, 2015, 1, 4),
        (2016, 2016, 1, 3),
        (2017, 2017, 1, 1),
        (2018, 2017, 12, 31),
    ];
    for (year, y, m, d) in begins {
        let week = epiweek::Week { year, week: 1 };
        assert_eq!(epiweek::first_day(week, epiweek::System::Mmwr).unwrap(), day_number(y, m, d), "{year}");
    }
    let long: Vec<i32> =
        (2008..=2026).filter(|&year| epiweek::weeks_in(year, epiweek::System::Mmwr) == 53).collect();
    assert_eq!(long, [2008, 2014, 2020, 2025]);
    let long: Vec<i32> =
        (2004..=2026).filter(|&year| epiweek::weeks_in(year, epiweek::System::Iso) == 53).collect();
    assert_eq!(long, [2004, 2009, 2015, 2020, 2026]);
}

/// By name, over one table of all series with dates and populations: the same answers in the same order.
#[test]
fn tables_of_several_series_give_the_same() {
    use zhiheng_methods::run::{Cell, Frame, Options, method};
    let made = Made::all();
    let weekly: Vec<(&String, &Made)> = made.iter().filter(|(name, _)| *name != "monthly").collect();
    let header = ["series", "count", "population", "date"].map(str::to_owned);
    let blank = |value: f64| if value.is_nan() { String::new() } else { value.to_string() };
    let rows = weekly.iter().flat_map(|(name, made)| {
        (0..made.counts.len()).map(move |i| {
            let (year, month, day) = zhiheng_methods::early_warning::calendar::date(made.days[i]);
            let date = format!("{year}-{month:02}-{day:02}");
            vec![(*name).clone(), blank(made.counts[i]), made.population[i].to_string(), date]
        })
    });
    let frame = Frame::new(&header, rows);
    let given = [("calendar", "dates"), ("offset", "yes"), ("periods", "10"), ("weeks", "8"), ("cases", "0")];
    let options = Options::new(given.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let answer = method("early_warning.flexible").unwrap().run(&frame, &options).unwrap();
    let how =
        Flexible { offset: true, periods: 10, few: Few { cases: 0.0, weeks: 4 }, ..Flexible::default() };
    let mut rows = answer.sheets[0].rows.iter();
    let bound = answer.sheets[0].columns.iter().position(|name| name == "bound").unwrap();
    for (name, made) in weekly {
        let n = made.counts.len();
        for it in flexible::detect(&made.series(true), n - 8..n, &how).unwrap() {
            let row = rows.next().unwrap();
            assert_eq!(row[0], Cell::Text(name.clone()));
            assert_eq!(row[bound], it.bound.map_or(Cell::Missing, Cell::Real), "{name} {it:?}");
        }
    }
    assert!(rows.next().is_none());
    // a day that does not exist is named with its row
    let wrong = Frame::new(&["date".to_owned()], [["2013-02-28".to_owned()], ["2013-02-29".to_owned()]]);
    let said = method("early_warning.epiweek").unwrap().run(&wrong, &Options::default()).unwrap_err();
    assert_eq!(said.to_string(), "date, row 1: \"2013-02-29\" is not a date");
}
