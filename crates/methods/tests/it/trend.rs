//! `trend` against R's output in `../shared/data/trend`, R's vectors and pyMannKendall's.

use std::collections::BTreeMap;

use crate::table::{Table, Worst};
use zhiheng_methods::trend::autocorrelated::{hamed_rao, pre_whitened, trend_free_pre_whitened, yue_wang};
use zhiheng_methods::trend::decompose::{Kind, decompose};
use zhiheng_methods::trend::forecast::{Variance, forecast};
use zhiheng_methods::trend::holt_winters::{HoltWinters, Weight, holt_winters};
use zhiheng_methods::trend::mann_kendall::mann_kendall;
use zhiheng_methods::trend::pettitt::pettitt;
use zhiheng_methods::trend::sen::{seasonal_sen, sen};
use zhiheng_methods::trend::several::{
    partial, regional, regional_correlated, seasonal, seasonal_correlated,
};
use zhiheng_methods::trend::stl::{Season, Stl, stl};

fn column(table: &Table, name: &str) -> Vec<f64> {
    table.rows().map(|row| row.real(name)).collect()
}

fn range(values: &[f64]) -> f64 {
    let there = || values.iter().copied().filter(|value| !value.is_nan());
    there().fold(f64::MIN, f64::max) - there().fold(f64::MAX, f64::min)
}

#[test]
fn stl_of_nottingham_equals_r() {
    let Some(input) = Table::shared("trend/input_nottem.csv") else { return };
    let values = column(&input, "value");
    let size = range(&values);
    for (file, season, robust) in [
        ("expected_nottem_stl_periodic_plain.csv", Season::Periodic, false),
        ("expected_nottem_stl_periodic_robust.csv", Season::Periodic, true),
        ("expected_nottem_stl_7_plain.csv", Season::Window(7), false),
        ("expected_nottem_stl_13_robust.csv", Season::Window(13), true),
    ] {
        let Some(table) = Table::shared(&format!("trend/{file}")) else { return };
        let mut worst = Worst::new(&format!("{file}, of the range"), 1e-6);
        let parts = stl(&values, &Stl { robust, ..Stl::new(12, season) }).expect("good");
        for (i, row) in table.rows().enumerate() {
            for (found, column) in [
                (parts.seasonal[i], "seasonal"),
                (parts.trend[i], "trend"),
                (parts.remainder[i], "remainder"),
            ] {
                worst.absolute(found / size, row.real(column) / size, &format!("{i} {column}"));
            }
            worst.absolute(parts.weights[i], row.real("weight"), &format!("{i} weight"));
        }
        worst.finish();
    }
}

#[test]
fn decomposition_and_smoothing_of_nottingham_equal_r() {
    let Some(input) = Table::shared("trend/input_nottem.csv") else { return };
    let values = column(&input, "value");
    let size = range(&values);
    let Some(table) = Table::shared("trend/expected_nottem_decompose.csv") else { return };
    let mut worst = Worst::new("expected_nottem_decompose.csv, of the range", 1e-6);
    let it = decompose(&values, 12, Kind::Additive, None).expect("good");
    for (i, row) in table.rows().enumerate() {
        let place = row.line();
        worst.absolute(it.seasonal[i] / size, row.real("seasonal") / size, &place);
        for (found, column) in [(it.trend[i], "trend"), (it.remainder[i], "random")] {
            assert_eq!(found.is_none(), row.text(column).is_empty(), "{place}");
            if let Some(found) = found {
                worst.absolute(found / size, row.real(column) / size, &place);
            }
        }
    }
    worst.finish();

    let Some(table) = Table::shared("trend/expected_nottem_holtwinters.csv") else { return };
    let mut worst = Worst::new("expected_nottem_holtwinters.csv", 1e-6);
    let it = holt_winters(&values, &HoltWinters::new(12, Kind::Additive)).expect("good");
    for row in table.rows() {
        worst.relative(it.alpha, row.real("alpha"), "alpha");
        worst.relative(it.beta.unwrap_or(f64::NAN), row.real("beta"), "beta");
        worst.relative(it.gamma.unwrap_or(f64::NAN), row.real("gamma"), "gamma");
        worst.relative(it.squared_error, row.real("sse"), "sse");
    }
    worst.finish();
}

#[test]
fn the_nile_falls() {
    let (Some(input), Some(table)) =
        (Table::shared("trend/input_nile50.csv"), Table::shared("trend/expected_mk.csv"))
    else {
        return;
    };
    let values = column(&input, "value");
    let mut worst = Worst::new("expected_mk.csv", 1e-6);
    for row in table.rows() {
        let test = mann_kendall(&values, true).expect("good");
        let line = sen(&values, 0.95).expect("good");
        for (found, column) in [
            (test.n as f64, "n"),
            (test.score, "S"),
            (test.variance, "varS"),
            (test.z, "z"),
            (test.p_value, "p"),
            (test.tau_b, "tau_b"),
            (line.slope, "sen"),
            (line.intercept_before, "sen_intercept"),
        ] {
            worst.relative(found, row.real(column), column);
        }
    }
    worst.finish();
}

/// The series of the vectors: name to period and values.
fn series() -> BTreeMap<String, Vec<f64>> {
    let table = Table::parse(include_str!("../../vectors/trend_series.csv"));
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in table.rows() {
        all.entry(row.text("series").to_owned()).or_default().push(row.real("value"));
    }
    all
}

/// R's figures: case to part to values.
fn cases(text: &str) -> BTreeMap<String, BTreeMap<String, Vec<f64>>> {
    let table = Table::parse(text);
    let mut all: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    for row in table.rows() {
        let parts = all.entry(row.text("case").to_owned()).or_default();
        parts.entry(row.text("part").to_owned()).or_default().push(row.real("value"));
    }
    all
}

fn compare(worst: &mut Worst, found: &[f64], expected: &[f64], size: f64, place: &str) {
    assert_eq!(found.len(), expected.len(), "{place}");
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        if !(found.is_nan() && expected.is_nan()) {
            worst.absolute(found / size, expected / size, &format!("{place} {i}"));
        }
    }
}

#[test]
fn stl_options_equal_r() {
    let (series, cases) = (series(), cases(include_str!("../../vectors/r_trend.csv")));
    let mut worst = Worst::new("r_trend.csv: stl, of the range", 1e-9);
    let plain = |period, window| Stl::new(period, Season::Window(window));
    for (case, name, options) in [
        ("stl 1", "monthly", Stl { season_linear: true, robust: true, ..plain(12, 9) }),
        (
            "stl 2",
            "monthly",
            Stl {
                trend_window: Some(23),
                trend_jump: Some(1),
                season_jump: Some(1),
                low_jump: Some(1),
                ..plain(12, 8)
            },
        ),
        (
            "stl 3",
            "monthly",
            Stl { trend_linear: false, inner: Some(3), outer: Some(4), ..Stl::new(12, Season::Periodic) },
        ),
        (
            "stl 4",
            "quarterly",
            Stl {
                low_window: Some(9),
                low_linear: Some(false),
                trend_window: Some(6),
                trend_jump: Some(5),
                robust: true,
                ..plain(4, 35)
            },
        ),
        (
            "stl 5",
            "weekly",
            Stl {
                season_linear: true,
                trend_linear: false,
                low_linear: Some(true),
                season_jump: Some(4),
                low_jump: Some(7),
                ..plain(7, 5)
            },
        ),
        ("stl 6", "half", Stl { robust: true, outer: Some(2), ..plain(2, 3) }),
        ("stl 7", "quarterly", Stl { trend_window: Some(101), trend_jump: Some(7), ..plain(4, 7) }),
        ("stl 8", "quarterly", plain(4, 2)),
    ] {
        let values = &series[name];
        let it = stl(values, &options).expect("good");
        let expected = &cases[case];
        compare(&mut worst, &it.seasonal, &expected["seasonal"], range(values), &format!("{case} seasonal"));
        compare(&mut worst, &it.trend, &expected["trend"], range(values), &format!("{case} trend"));
        compare(&mut worst, &it.weights, &expected["weight"], 1.0, &format!("{case} weight"));
    }
    worst.finish();
}

#[test]
fn decomposition_options_equal_r() {
    let (series, cases) = (series(), cases(include_str!("../../vectors/r_trend.csv")));
    let mut worst = Worst::new("r_trend.csv: decompose, of the range", 1e-12);
    let filter = [0.1, 0.2, 0.3, 0.4];
    for (case, name, period, kind, filter) in [
        ("decompose 1", "monthly", 12, Kind::Additive, None),
        ("decompose 2", "quarterly", 4, Kind::Multiplicative, None),
        ("decompose 3", "weekly", 7, Kind::Additive, None),
        ("decompose 4", "quarterly", 4, Kind::Additive, Some(filter.as_slice())),
    ] {
        let it = decompose(&series[name], period, kind, filter).expect("good");
        let size = range(&series[name]);
        let open = |part: &[Option<f64>]| part.iter().map(|it| it.unwrap_or(f64::NAN)).collect::<Vec<_>>();
        compare(&mut worst, &open(&it.trend), &cases[case]["trend"], size, case);
        compare(&mut worst, &it.seasonal, &cases[case]["seasonal"], size, case);
        compare(&mut worst, &open(&it.remainder), &cases[case]["remainder"], size, case);
    }
    worst.finish();
}

#[test]
fn smoothing_options_equal_r() {
    use Weight::{Fitted, Given, Off};
    let (series, cases) = (series(), cases(include_str!("../../vectors/r_trend.csv")));
    let mut worst = Worst::new("r_trend.csv: HoltWinters, of the range", 1e-6);
    let add = |period| HoltWinters::new(period, Kind::Additive);
    let multiply = |period| HoltWinters::new(period, Kind::Multiplicative);
    for (case, name, options) in [
        ("hw 1", "monthly", add(12)),
        ("hw 2", "quarterly", multiply(4)),
        ("hw 3", "quarterly", add(4)),
        ("hw 4", "weekly", HoltWinters { beta: Off, ..add(7) }),
        ("hw 5", "weekly", HoltWinters::without_season()),
        ("hw 6", "yearly", HoltWinters::level_only()),
        ("hw 7", "yearly", HoltWinters::without_season()),
        (
            "hw 8",
            "monthly",
            HoltWinters { alpha: Given(0.2), beta: Given(0.05), gamma: Given(0.3), ..add(12) },
        ),
        ("hw 9", "monthly", HoltWinters { alpha: Given(0.2), ..add(12) }),
        ("hw 10", "quarterly", HoltWinters { gamma: Given(0.4), start_cycles: 4, ..multiply(4) }),
        ("hw 11", "quarterly", HoltWinters { beta: Given(0.1), search_from: [0.6, 0.2, 0.5], ..add(4) }),
        ("hw 12", "quarterly", HoltWinters { alpha: Given(0.3), beta: Given(0.1), gamma: Fitted, ..add(4) }),
        (
            "hw 13",
            "weekly",
            HoltWinters {
                start_level: Some(18.0),
                start_trend: Some(0.1),
                start_season: Some(vec![0.0, 1.0, 3.0, 2.0, 1.0, -4.0, -3.0]),
                ..add(7)
            },
        ),
        (
            "hw 14",
            "quarterly",
            HoltWinters { alpha: Given(0.3), beta: Given(0.1), gamma: Given(0.2), ..multiply(4) },
        ),
        ("hw 15", "half", add(2)),
        ("hw 16", "drift", HoltWinters::without_season()),
        ("hw 17", "drift", add(4)),
        ("hw 18", "drift", HoltWinters { beta: Off, ..multiply(4) }),
    ] {
        let values = &series[name];
        let size = range(values);
        let it = holt_winters(values, &options).unwrap_or_else(|refusal| panic!("{case}: {refusal}"));
        let expected = &cases[case];
        let weights = [it.alpha, it.beta.unwrap_or(0.0), it.gamma.unwrap_or(0.0)];
        compare(&mut worst, &weights, &expected["weights"], 1.0, &format!("{case} weights"));
        worst.relative(it.squared_error, expected["sse"][0], &format!("{case} sse"));
        let mut state = vec![it.level];
        state.extend(it.beta.map(|_| it.trend));
        state.extend(&it.season);
        compare(&mut worst, &state, &expected["state"], size, &format!("{case} state"));
        compare(&mut worst, &it.fitted, &expected["fitted"], size, &format!("{case} fitted"));
        let Some(next) = expected.get("next") else { continue };
        let ahead = forecast(&it, next.len(), 0.9, Variance::LikeR).expect("good");
        let part = |of: fn(&zhiheng_methods::trend::forecast::Forecast) -> f64| {
            ahead.iter().map(of).collect::<Vec<f64>>()
        };
        compare(&mut worst, &part(|it| it.value), next, size, &format!("{case} next"));
        compare(&mut worst, &part(|it| it.interval.low), &expected["low"], size, &format!("{case} low"));
        compare(&mut worst, &part(|it| it.interval.high), &expected["high"], size, &format!("{case} high"));
    }
    worst.finish();
}

#[test]
fn slopes_and_shifts_equal_those_written_out() {
    let (series, cases) = (series(), cases(include_str!("../../vectors/r_trend.csv")));
    let mut worst = Worst::new("r_trend.csv: sen, pettitt", 1e-12);
    for name in ["yearly", "quarterly", "drift", "half"] {
        for level in ["0.9", "0.99"] {
            let it = sen(&series[name], level.parse().expect("a number")).expect("good");
            let found = [it.slope, it.interval.low, it.interval.high];
            compare(&mut worst, &found, &cases[&format!("sen {name} {level}")]["line"], 1.0, name);
        }
        let it = pettitt(&series[name]).expect("good");
        let found = [it.before as f64, it.statistic, it.p_value];
        compare(&mut worst, &found, &cases[&format!("pettitt {name}")]["test"], 1.0, name);
    }
    worst.finish();
}

#[test]
fn mann_kendall_equals_py_mann_kendall() {
    let series = series();
    let (yearly, monthly, quarterly) = (&series["yearly"], &series["monthly"], &series["quarterly"]);
    let with_gaps = |values: &[f64], rows: &[usize]| {
        let mut values = values.to_vec();
        for &row in rows {
            values[row] = f64::NAN;
        }
        values
    };
    let (gaps, season_gaps) = (with_gaps(yearly, &[3, 17, 18]), with_gaps(quarterly, &[2, 21]));
    let cities: Vec<Vec<f64>> =
        (0..3).map(|city| monthly[..60].iter().skip(city).step_by(3).copied().collect()).collect();
    let mut worst = Worst::new("mann_kendall.csv", 1e-9);
    for (case, expected) in cases(include_str!("../../vectors/mann_kendall.csv")) {
        let (test, line) = match case.as_str() {
            "original yearly" => (mann_kendall(yearly, true), Some(sen(yearly, 0.95))),
            "original gaps" => (mann_kendall(&gaps, true), Some(sen(&gaps, 0.95))),
            "original monthly" => (mann_kendall(monthly, true), Some(sen(monthly, 0.95))),
            "hamed_rao yearly" => (hamed_rao(yearly, 0.05, None), Some(sen(yearly, 0.95))),
            "hamed_rao yearly 3" => (hamed_rao(yearly, 0.05, Some(3)), None),
            "hamed_rao monthly 2" => (hamed_rao(monthly, 0.1, Some(2)), None),
            "yue_wang yearly 1" => (yue_wang(yearly, Some(1)), None),
            "yue_wang yearly 4" => (yue_wang(yearly, Some(4)), None),
            "pre_whitened yearly" => (pre_whitened(yearly), None),
            "pre_whitened gaps" => (pre_whitened(&gaps), None),
            "trend_free yearly" => (trend_free_pre_whitened(yearly), None),
            "trend_free monthly" => (trend_free_pre_whitened(monthly), None),
            "seasonal monthly" => (seasonal(monthly, 12), Some(seasonal_sen(monthly, 12, 0.95))),
            "seasonal quarterly" => (seasonal(quarterly, 4), Some(seasonal_sen(quarterly, 4, 0.95))),
            "seasonal gaps" => (seasonal(&season_gaps, 4), Some(seasonal_sen(&season_gaps, 4, 0.95))),
            "correlated monthly" => (seasonal_correlated(monthly, 12), None),
            "correlated quarterly" => (seasonal_correlated(quarterly, 4), None),
            "regional cities" => (regional(&cities), None),
            "regional_correlated cities" => (regional_correlated(&cities), None),
            "partial yearly" => (partial(yearly, &monthly[..40]), None),
            other => panic!("{other}: no such case"),
        };
        let test = test.unwrap_or_else(|refusal| panic!("{case}: {refusal}"));
        for (found, part) in
            [(test.score, "s"), (test.variance, "variance"), (test.z, "z"), (test.tau, "tau")]
        {
            worst.relative(found, expected[part][0], &format!("{case} {part}"));
        }
        // 1 − Φ, as the reference computes it, has no relative precision left in the tail.
        worst.absolute(test.p_value, expected["p"][0], &format!("{case} p"));
        if let Some(line) = line {
            let line = line.expect("good");
            worst.relative(line.slope, expected["slope"][0], &format!("{case} slope"));
            worst.relative(line.intercept, expected["intercept"][0], &format!("{case} intercept"));
        }
    }
    worst.finish();
}
