//! Control charts of unequal subgroups, capability and limits for run lengths, against `vectors/make_spc.R`.

use std::collections::BTreeMap;

use crate::spc::{as_qcc, index, of_qcc, reflection, sides};
use crate::table::{Row, Table, Worst};
use zhiheng_methods::spc::arl::{cusum_interval, ewma_limit};
use zhiheng_methods::spc::capability::{Specification, capability};
use zhiheng_methods::spc::individuals::{Spread, moving_range_chart, value_chart};
use zhiheng_methods::spc::subgroups::Estimator;
use zhiheng_methods::spc::variables::{deviation_chart, mean_chart, range_chart};
use zhiheng_methods::spc::{Chart, Constants, Settings, Subgroups, Width, arl, attributes, laney};

fn subgroups() -> Subgroups {
    let table = Table::parse(include_str!("../../vectors/r_subgroups.csv"));
    let (names, values): (Vec<String>, Vec<f64>) =
        table.rows().map(|row| (row.text("sample").to_owned(), row.real("value"))).unzip();
    Subgroups::from_long(&values, &names).unwrap().0
}

fn estimator(name: &str) -> Option<Estimator> {
    match name {
        "uwave-r" => Some(Estimator::UwaveR),
        "uwave-sd" => Some(Estimator::UwaveSd),
        "mvlue-r" => Some(Estimator::MvlueR),
        "mvlue-sd" => Some(Estimator::MvlueSd),
        "rmsdf" => Some(Estimator::Rmsdf),
        _ => None,
    }
}

#[test]
fn unequal_subgroups_equal_r() {
    let groups = subgroups();
    let mut charts: BTreeMap<String, Chart> = BTreeMap::new();
    let mut worst = Worst::new("r_charts.csv", 1e-9);
    for row in Table::parse(include_str!("../../vectors/r_charts.csv")).rows() {
        let (name, how, coverage) = (row.text("chart"), row.text("estimator"), row.real("coverage"));
        let width = if coverage.is_nan() { Width::Sigmas(3.0) } else { Width::Coverage(coverage) };
        let settings = Settings { width, estimator: estimator(how), ..as_qcc() };
        let chart = charts.entry(format!("{name} {how} {coverage}")).or_insert_with(|| {
            let values = groups.values();
            match name {
                "xbar" => mean_chart(&groups, None, &settings),
                "r" => range_chart(&groups, None, &settings),
                "s" => deviation_chart(&groups, None, &settings),
                "moving_range" => moving_range_chart(values, None, how.parse().unwrap(), &settings),
                _ if how == "sd" => value_chart(values, None, Spread::SampleDeviation, &settings),
                _ => value_chart(values, None, Spread::MovingRange(how.parse().unwrap()), &settings),
            }
            .unwrap()
        });
        let point = chart.points[row.count("i") as usize - 1];
        for (found, column) in [
            (point.value, "value"),
            (chart.centre, "centre"),
            (chart.deviation, "deviation"),
            (point.low, "low"),
            (point.high, "high"),
        ] {
            worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
    }
    assert_eq!(charts.len(), 25);
    worst.finish();
}

#[test]
fn unequal_counts_equal_r() {
    let table = Table::parse(include_str!("../../vectors/r_counts.csv"));
    let of = |row: &Row<'_>| row.text("chart") == "p" && row.text("coverage").is_empty();
    let (found, sizes): (Vec<u64>, Vec<u64>) =
        table.rows().filter(of).map(|row| (row.count("x"), row.count("n"))).unzip();
    let areas: Vec<f64> = sizes.iter().map(|&n| n as f64).collect();
    let mut worst = Worst::new("r_counts.csv", 1e-9);
    let mut charts: BTreeMap<String, Chart> = BTreeMap::new();
    for row in table.rows() {
        let (name, coverage) = (row.text("chart"), row.real("coverage"));
        let width = if coverage.is_nan() { Width::Sigmas(3.0) } else { Width::Coverage(coverage) };
        let chart = charts.entry(format!("{name} {coverage}")).or_insert_with(|| {
            match name {
                "p" => attributes::share_chart(&found, &sizes, None, width, None),
                "np" => attributes::number_chart(&found, &sizes, None, width, None),
                "c" => attributes::count_chart(&found, None, width, None),
                "u" => attributes::rate_chart(&found, &areas, None, width, None),
                "laney_p" => {
                    laney::share_chart(&found, &sizes, None, width, Constants::Qcc).map(|it| it.chart)
                }
                _ => laney::rate_chart(&found, &areas, None, width, Constants::Qcc).map(|it| it.chart),
            }
            .unwrap()
        });
        let point = chart.points[row.count("i") as usize - 1];
        for (found, column) in
            [(point.value, "value"), (point.centre, "centre"), (point.low, "low"), (point.high, "high")]
        {
            worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
    }
    worst.finish();
}

#[test]
fn capability_off_target_and_one_sided() {
    let groups = subgroups();
    let mut worst = Worst::new("r_capability.csv", 1e-9);
    let given = |value: f64| (!value.is_nan()).then_some(value);
    for row in Table::parse(include_str!("../../vectors/r_capability.csv")).rows() {
        let settings = Settings { estimator: estimator(row.text("estimator")), ..as_qcc() };
        let chart = mean_chart(&groups, None, &settings).unwrap();
        let spec = Specification {
            lower: given(row.real("lower")),
            upper: given(row.real("upper")),
            target: given(row.real("target")),
        };
        let level = of_qcc(row.real("level"));
        let it = capability(groups.values(), chart.centre, chart.deviation, &spec, level).unwrap();
        let Some(index) = index(&it, row.text("index")) else {
            assert!(row.text("value").is_empty(), "{}", row.line());
            continue;
        };
        worst.relative(index.value, row.real("value"), &format!("{} value", row.line()));
        worst.relative(index.interval.low, row.real("low"), &format!("{} low", row.line()));
        worst.relative(index.interval.high, row.real("high"), &format!("{} high", row.line()));
        for (found, column) in [(it.expected_below, "below"), (it.expected_above, "above")] {
            if !row.text(column).is_empty() {
                worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
            }
        }
    }
    worst.finish();
}

#[test]
fn limits_for_run_lengths_equal_spc() {
    let mut worst = Worst::new("r_limit.csv", 1e-5);
    for row in Table::parse(include_str!("../../vectors/r_limit.csv")).rows() {
        let [a, length, head] = ["a", "length", "head"].map(|column| row.real(column));
        let (found, back) = if row.text("chart") == "cusum" {
            let found = cusum_interval(a, length, head, sides(&row)).unwrap();
            (found, arl::cusum(a, found, 0.0, head, sides(&row)).unwrap())
        } else {
            let (reflection, limits) = reflection(&row);
            let found = ewma_limit(a, length, head, reflection, limits).unwrap();
            (found, arl::ewma(a, found, 0.0, head, reflection, limits).unwrap())
        };
        // the package stops within some 1e-6 of the limit; ours gives back the run length
        worst.relative(found, row.real("limit"), &row.line());
        assert!((back / length - 1.0).abs() < 1e-8, "{} {back}", row.line());
    }
    worst.finish();
}
