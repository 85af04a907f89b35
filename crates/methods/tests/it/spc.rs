//! Control charts, capability and run lengths against R (qcc 2.7, spc 0.6.7) and formulas in R.

use std::collections::BTreeMap;

use crate::table::{Row, Table, Worst};
use zhiheng_methods::run::{self, Answer, Cell, Frame, Options};
use zhiheng_methods::spc::arl::{EwmaLimits, Reflection, Sides, shewhart};
use zhiheng_methods::spc::capability::{
    Capability, Index, Specification, TargetInterval, capability, performance,
};
use zhiheng_methods::spc::rules::{Rule, beyond_limits, nelson, violating_runs};
use zhiheng_methods::spc::variables::{deviation_chart, mean_chart, range_chart};
use zhiheng_methods::spc::{
    Chart, Constants, Settings, Subgroups, Width, arl, attributes, constants, cusum, ewma,
};

pub(crate) fn as_qcc() -> Settings {
    Settings { constants: Constants::Qcc, ..Settings::default() }
}

/// Forty samples of five piston rings and the marks of the first 25.
fn pistonrings() -> Option<(Subgroups, Vec<bool>)> {
    let table = Table::shared("spc/input_pistonrings.csv")?;
    let mut groups: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for row in table.rows() {
        groups.entry(row.count("sample")).or_default().push(row.real("diameter"));
    }
    let n = groups.len();
    Some((Subgroups::new(groups.into_values()).unwrap(), (0..n).map(|i| i < 25).collect()))
}

fn counts(name: &str, found: &str) -> Option<(Vec<u64>, Vec<u64>)> {
    let table = Table::shared(&format!("spc/{name}"))?;
    let trial = |row: &Row<'_>| row.text("trial") == "true";
    Some(table.rows().filter(trial).map(|row| (row.count(found), row.count("size"))).unzip())
}

fn compare_stats(file: &str, charts: &BTreeMap<&str, Chart>) {
    let Some(table) = Table::shared(&format!("spc/{file}")) else { return };
    let mut worst = Worst::new(file, 1e-9);
    for row in table.rows() {
        let point = charts[row.text("type")].points[row.count("sample") as usize - 1];
        worst.relative(point.value, row.real("stat"), &row.line());
    }
    worst.finish();
}

fn compare_limits(file: &str, charts: &BTreeMap<&str, Chart>) {
    let Some(table) = Table::shared(&format!("spc/{file}")) else { return };
    let mut worst = Worst::new(file, 1e-9);
    for row in table.rows() {
        let chart = &charts[row.text("type")];
        let points = match row.text("sample") {
            "all" => &chart.points[..],
            sample => std::slice::from_ref(&chart.points[sample.parse::<usize>().unwrap() - 1]),
        };
        worst.relative(chart.centre, row.real("center"), &format!("{} center", row.line()));
        worst.relative(chart.deviation, row.real("std.dev"), &format!("{} std.dev", row.line()));
        for point in points {
            worst.relative(point.low, row.real("lcl"), &format!("{} lcl", row.line()));
            worst.relative(point.high, row.real("ucl"), &format!("{} ucl", row.line()));
            worst.relative(point.centre, row.real("center"), &row.line());
        }
    }
    worst.finish();
}

/// Every listed violation is found, in R's order, and no other.
fn compare_violations(file: &str, charts: &BTreeMap<&str, Chart>) {
    let Some(table) = Table::shared(&format!("spc/{file}")) else { return };
    let mut listed: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for row in table.rows() {
        let key = (row.text("type").to_owned(), row.text("rule").to_owned());
        listed.entry(key).or_default().push(row.count("sample") as usize);
    }
    let mut n = 0;
    for (name, chart) in charts {
        for (rule, points) in
            [("beyond_limits", beyond_limits(chart)), ("violating_runs_7", violating_runs(chart, 7))]
        {
            let expected = listed.remove(&((*name).to_owned(), rule.to_owned())).unwrap_or_default();
            let found: Vec<usize> = points.into_iter().map(|point| point + 1).collect();
            assert_eq!(found, expected, "{file} {name} {rule}");
            n += expected.len();
        }
    }
    assert!(listed.is_empty(), "{listed:?}");
    eprintln!("{file}: {n} points, all equal");
}

#[test]
fn pistonring_charts_equal_qcc() {
    let Some((groups, base)) = pistonrings() else { return };
    let charts: BTreeMap<&str, Chart> = [
        ("xbar", mean_chart(&groups, Some(&base), &as_qcc()).unwrap()),
        ("R", range_chart(&groups, Some(&base), &as_qcc()).unwrap()),
        ("S", deviation_chart(&groups, Some(&base), &as_qcc()).unwrap()),
    ]
    .into();
    compare_stats("expected_pistonrings_stats.csv", &charts);
    compare_limits("expected_pistonrings_limits.csv", &charts);
    compare_violations("expected_pistonrings_violations.csv", &charts);
    // Nelson's rules on the samples of the base: R found none
    if let Some(table) = Table::shared("spc/expected_pistonrings_nelson.csv") {
        let in_base = Chart { points: charts["xbar"].points[..25].to_vec(), ..charts["xbar"].clone() };
        let found: Vec<(u64, u64)> = nelson(&in_base, &Rule::NELSON)
            .iter()
            .map(|it| (u64::from(it.rule.number()), it.point as u64 + 1))
            .collect();
        let number = |text: &str| text.trim_start_matches('N').parse().unwrap();
        let expected: Vec<(u64, u64)> =
            table.rows().map(|row| (number(row.text("rule")), row.count("i"))).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn charts_of_counts_equal_qcc() {
    if let Some((found, sizes)) = counts("input_orangejuice.csv", "D") {
        let width = Width::Sigmas(3.0);
        let charts: BTreeMap<&str, Chart> = [
            ("p", attributes::share_chart(&found, &sizes, None, width, None).unwrap()),
            ("np", attributes::number_chart(&found, &sizes, None, width, None).unwrap()),
        ]
        .into();
        compare_stats("expected_orangejuice_p_stats.csv", &charts);
        compare_limits("expected_orangejuice_p_limits.csv", &charts);
        compare_violations("expected_orangejuice_p_violations.csv", &charts);
    }
    if let Some((found, sizes)) = counts("input_circuit.csv", "x") {
        let width = Width::Sigmas(3.0);
        let areas: Vec<f64> = sizes.iter().map(|&n| n as f64).collect();
        let charts: BTreeMap<&str, Chart> = [
            ("c", attributes::count_chart(&found, None, width, None).unwrap()),
            ("u", attributes::rate_chart(&found, &areas, None, width, None).unwrap()),
        ]
        .into();
        compare_stats("expected_circuit_c_stats.csv", &charts);
        compare_limits("expected_circuit_c_limits.csv", &charts);
        compare_violations("expected_circuit_c_violations.csv", &charts);
    }
}

#[test]
fn cusum_and_ewma_equal_qcc() {
    let Some((groups, base)) = pistonrings() else { return };
    let chart = mean_chart(&groups, Some(&base), &as_qcc()).unwrap();
    if let Some(table) = Table::shared("spc/expected_pistonrings_cusum.csv") {
        let settings = cusum::Settings { interval: 5.0, shift: 1.0, head_start: 0.0 };
        let sums = cusum::sums(&chart, settings).unwrap();
        let mut worst = Worst::new("expected_pistonrings_cusum.csv", 1e-9);
        for (row, it) in table.rows().zip(&sums) {
            worst.relative(it.above, row.real("pos"), &format!("{} pos", row.line()));
            worst.relative(it.below, row.real("neg"), &format!("{} neg", row.line()));
            assert_eq!(it.signal, row.real("pos") > 5.0 || row.real("neg") < -5.0);
        }
        assert_eq!(table.rows().count(), sums.len());
        worst.finish();
    }
    if let Some(table) = Table::shared("spc/expected_pistonrings_ewma.csv") {
        let points = ewma::averages(&chart, 0.2, 3.0).unwrap();
        let mut worst = Worst::new("expected_pistonrings_ewma.csv", 1e-9);
        for (row, it) in table.rows().zip(&points) {
            for (found, column) in [(it.value, "y"), (it.low, "lcl"), (it.high, "ucl")] {
                worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
            }
        }
        assert_eq!(table.rows().count(), points.len());
        worst.finish();
    }
}

pub(crate) fn index(it: &Capability, name: &str) -> Option<Index> {
    match name {
        "Cp" | "Pp" => it.potential,
        "Cp_l" | "Cpl" | "Ppl" => it.lower,
        "Cp_u" | "Cpu" | "Ppu" => it.upper,
        "Cp_k" | "Cpk" | "Ppk" => Some(it.actual),
        "Cpm" => it.target,
        other => panic!("no index {other}"),
    }
}

pub(crate) fn of_qcc(level: f64) -> zhiheng_methods::spc::capability::Settings {
    zhiheng_methods::spc::capability::Settings { sigmas: 3.0, level, target_interval: TargetInterval::Qcc }
}

#[test]
fn capability_equals_qcc() {
    let Some((groups, base)) = pistonrings() else { return };
    let chart = mean_chart(&groups, Some(&base), &as_qcc()).unwrap();
    let values = &groups.values()[..125];
    let spec = Specification { lower: Some(73.95), upper: Some(74.05), target: None };
    if let Some(table) = Table::shared("spc/expected_pistonrings_capability.csv") {
        let it = capability(values, chart.centre, chart.deviation, &spec, of_qcc(0.95)).unwrap();
        let mut worst = Worst::new("expected_pistonrings_capability.csv", 1e-9);
        for row in table.rows() {
            let index = index(&it, row.text("index")).unwrap();
            worst.relative(index.value, row.real("value"), &format!("{} value", row.line()));
            worst.relative(index.interval.low, row.real("lo95"), &format!("{} lo", row.line()));
            worst.relative(index.interval.high, row.real("hi95"), &format!("{} hi", row.line()));
        }
        worst.finish();
    }
    if let Some(table) = Table::shared("spc/expected_pistonrings_pp.csv") {
        let it = performance(values, &spec, of_qcc(0.95)).unwrap();
        let mut worst = Worst::new("expected_pistonrings_pp.csv", 1e-9);
        for row in table.rows() {
            worst.relative(index(&it, row.text("index")).unwrap().value, row.real("value"), &row.line());
        }
        worst.finish();
    }
}

#[test]
fn factors_equal_r() {
    if let Some(table) = Table::shared("spc/expected_constants_n2_10.csv") {
        let mut worst = Worst::new("expected_constants_n2_10.csv", 1e-9);
        // Lower factors are 1 less something near 1, so that only the absolute error can be small.
        let mut lower = Worst::new("expected_constants_n2_10.csv, D3 and B3 (absolute)", 1e-9);
        for row in table.rows() {
            let it = constants::factors(row.count("n") as usize).unwrap();
            for (found, column) in [
                (it.d2, "d2"),
                (it.d3, "d3"),
                (it.c4, "c4"),
                (it.a2, "A2"),
                (it.a3, "A3"),
                (it.upper_range, "D4"),
                (it.upper_deviation, "B4"),
            ] {
                worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
            }
            for (found, column) in [(it.lower_range, "D3"), (it.lower_deviation, "B3")] {
                lower.absolute(found, row.real(column), &format!("{} {column}", row.line()));
            }
        }
        worst.finish();
        lower.finish();
    }
    let mut worst = Worst::new("r_factors.csv", 1e-9);
    for row in Table::parse(include_str!("../../vectors/r_factors.csv")).rows() {
        let n = row.count("n") as usize;
        let it = constants::factors(n).unwrap();
        let at_3 = constants::range_lower(3.0, n);
        for (found, column) in [(it.d2, "d2"), (it.d3, "d3"), (it.c4, "c4"), (at_3, "at_3")] {
            worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
        let back = constants::range_quantile(at_3, n);
        assert!((back - 3.0).abs() < 1e-12, "{n} {back}");
    }
    worst.finish();
}

pub(crate) fn sides(row: &Row<'_>) -> Sides {
    if row.text("sides") == "one" { Sides::One } else { Sides::Two }
}

pub(crate) fn reflection(row: &Row<'_>) -> (Reflection, EwmaLimits) {
    let reflection = match row.real("reflection") {
        low if low.is_nan() => Reflection::TwoSided,
        low => Reflection::At(low),
    };
    (reflection, if row.text("limits") == "exact" { EwmaLimits::Exact } else { EwmaLimits::Fixed })
}

#[test]
fn run_lengths_equal_spc() {
    if let Some(table) = Table::shared("spc/expected_arl_cusum_one_sided.csv") {
        let mut worst = Worst::new("expected_arl_cusum_one_sided.csv", 1e-3);
        for row in table.rows() {
            let [k, h, shift] = ["k", "h", "mu"].map(|column| row.real(column));
            let two = if row.text("chart") == "cusum2" { Sides::Two } else { Sides::One };
            worst.relative(arl::cusum(k, h, shift, 0.0, two).unwrap(), row.real("arl"), &row.line());
        }
        worst.finish();
    }
    let mut worst = Worst::new("r_run_length.csv", 1e-9);
    // the package ends its series for widening limits at about 1e-8
    let mut exact = Worst::new("r_run_length.csv, exact limits", 1e-7);
    for row in Table::parse(include_str!("../../vectors/r_run_length.csv")).rows() {
        let [a, limit, shift, head] = ["a", "limit", "shift", "head"].map(|column| row.real(column));
        let found = if row.text("chart") == "cusum" {
            arl::cusum(a, limit, shift, head, sides(&row))
        } else {
            let (reflection, limits) = reflection(&row);
            arl::ewma(a, limit, shift, head, reflection, limits)
        };
        let which = if row.text("limits") == "exact" { &mut exact } else { &mut worst };
        which.relative(found.unwrap(), row.real("length"), &row.line());
    }
    worst.finish();
    exact.finish();
}

/// Montgomery, Introduction to Statistical Quality Control, tables 9.3 and 9.10: printed run lengths.
#[test]
fn printed_run_lengths() {
    let two = |shift| arl::cusum(0.5, 5.0, shift, 0.0, Sides::Two).unwrap();
    let printed = [(0.0, "465"), (0.25, "139"), (0.5, "38.0"), (1.0, "10.4"), (2.0, "4.01")];
    for (shift, text) in printed {
        let digits = text.split_once('.').map_or(0, |(_, after)| after.len());
        assert_eq!(format!("{:.digits$}", two(shift)), text, "{shift}");
    }
    let average = |lambda, limit, shift| {
        arl::ewma(lambda, limit, shift, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).unwrap()
    };
    for (shift, text) in [(0.0, "500"), (0.25, "106"), (0.5, "31.3"), (1.0, "10.3"), (2.0, "4.4")] {
        let digits = text.split_once('.').map_or(0, |(_, after)| after.len());
        assert_eq!(format!("{:.digits$}", average(0.1, 2.814, shift)), text, "{shift}");
    }
    assert_eq!(format!("{:.1}", shewhart(3.0, 1.0, Sides::Two).unwrap()), "43.9");
    // R's xewma.arl with 200 nodes; with its default of 40 it says 3682
    assert!((average(0.01, 2.7, 0.0) / 2_438.157_629_690_91 - 1.0).abs() < 1e-9);
}

/// By name and with no option but the specification, charts and indices are qcc's.
#[test]
fn charts_by_name_equal_qcc() {
    let Some(table) = Table::shared("spc/input_pistonrings.csv") else { return };
    let header = ["value", "sample", "base"].map(str::to_owned);
    let cells =
        table.rows().map(|row| ["diameter", "sample", "trial"].map(|column| row.text(column).to_owned()));
    let frame = Frame::new(&header, cells.collect::<Vec<_>>());
    let ask = |id: &str, options: &[(&str, &str)]| {
        let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        run::method(id).unwrap().run(&frame, &Options::new(options)).unwrap()
    };
    let real = |answer: &Answer, row: usize, column: &str| {
        let sheet = &answer.sheets[0];
        let at = sheet.columns.iter().position(|name| name == column).unwrap();
        match sheet.rows[row][at] {
            Cell::Real(value) => value,
            ref other => panic!("{column}: {other:?}"),
        }
    };
    let mut worst = Worst::new("spc.xbar, spc.r, spc.s, spc.capability by name", 1e-9);
    if let Some(table) = Table::shared("spc/expected_pistonrings_limits.csv") {
        for row in table.rows() {
            let id = match row.text("type") {
                "R" => "spc.r",
                "S" => "spc.s",
                _ => "spc.xbar",
            };
            let answer = ask(id, &[]);
            worst.relative(real(&answer, 39, "low"), row.real("lcl"), &row.line());
            worst.relative(real(&answer, 0, "high"), row.real("ucl"), &row.line());
        }
    }
    if let Some(table) = Table::shared("spc/expected_pistonrings_capability.csv") {
        let answer = ask("spc.capability", &[("lower", "73.95"), ("upper", "74.05")]);
        for (i, row) in table.rows().enumerate() {
            for (column, expected) in [("value", "value"), ("low", "lo95"), ("high", "hi95")] {
                worst.relative(real(&answer, i, column), row.real(expected), &row.line());
            }
        }
    }
    if let Some(table) = Table::shared("spc/expected_pistonrings_cusum.csv") {
        let answer = ask("spc.cusum", &[]);
        for (i, row) in table.rows().enumerate() {
            worst.relative(real(&answer, i, "above"), row.real("pos"), &row.line());
        }
    }
    worst.finish();
}
