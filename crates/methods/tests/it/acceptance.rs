//! Acceptance sampling against R (AcceptanceSampling, AQLSchemes), other ways of computing, and the printed
//! tables.

use crate::table::{Row, Table, Worst};
use zhiheng_methods::acceptance::draw::{self, stratified};
use zhiheng_methods::acceptance::find::{RiskPoint, single_plan};
use zhiheng_methods::acceptance::scheme::{Request, plan_for_letter, plan_for_lot};
use zhiheng_methods::acceptance::tables::{AQLS, Kind, Level, Severity, Standard};
use zhiheng_methods::acceptance::variables::{
    Deviation, VariablesPlan, characteristic as by_variables, variables_plan, variables_plan_like_r,
};
use zhiheng_methods::acceptance::{Plan, Population, oc, quality};
use zhiheng_methods::run::{self, Answer};

fn numbers(text: &str) -> Vec<u64> {
    text.split(';').map(|part| part.parse().unwrap()).collect()
}

fn plan(row: &Row<'_>) -> Plan {
    let accept: Vec<Option<u64>> = row.text("c").split(';').map(|part| part.parse().ok()).collect();
    Plan::from_numbers(&numbers(row.text("n")), &accept, &numbers(row.text("r"))).unwrap()
}

fn population(name: &str, lot: &str) -> Population {
    match name {
        "binomial" => Population::Binomial,
        "poisson" => Population::Poisson,
        _ => Population::Hypergeometric { lot: lot.parse().unwrap() },
    }
}

#[test]
fn curves_equal_r() {
    let Some(table) = Table::shared("acceptance/expected_oc.csv") else { return };
    let mut worst = Worst::new("expected_oc.csv", 1e-10);
    let mut unsaid = 0;
    for row in table.rows() {
        let expected = row.real("pa");
        if expected.is_nan() {
            unsaid += 1;
            continue;
        }
        let it = oc::characteristic(&plan(&row), population(row.text("dist"), row.text("N")), row.real("pd"));
        worst.relative(it.unwrap().accept, expected, &row.line());
    }
    assert_eq!(unsaid, 0);
    worst.finish();
}

fn named(name: &str) -> Plan {
    let (n, accept, reject): (&[u64], &[u64], &[u64]) = match name {
        "s1" => (&[13], &[0], &[1]),
        "s2" => (&[50], &[1], &[2]),
        "s3" => (&[80], &[3], &[4]),
        "s4" => (&[125], &[7], &[8]),
        "d1" => (&[32, 32], &[0, 1], &[2, 2]),
        "d2" => (&[50, 50], &[1, 4], &[4, 5]),
        other => panic!("no plan {other}"),
    };
    let accept: Vec<Option<u64>> = accept.iter().map(|&accept| Some(accept)).collect();
    Plan::from_numbers(n, &accept, reject).unwrap()
}

#[test]
fn sample_numbers_and_outgoing_quality_equal_r() {
    let Some(table) = Table::shared("acceptance/expected_asn_aoq.csv") else { return };
    let mut worst = Worst::new("expected_asn_aoq.csv", 1e-10);
    for row in table.rows() {
        let (plan, p) = (named(row.text("plan")), row.real("pd"));
        let curve = oc::characteristic(&plan, Population::Binomial, p).unwrap();
        let out = quality::outgoing(&plan, Population::Binomial, p, None).unwrap();
        worst.relative(curve.accept, row.real("pa"), &format!("{} pa", row.line()));
        worst.relative(curve.sample_number, row.real("asn"), &format!("{} asn", row.line()));
        worst.relative(out.quality, row.real("aoq_infinite"), &format!("{} aoq", row.line()));
    }
    worst.finish();
}

#[test]
fn outgoing_quality_limits_equal_r() {
    let Some(table) = Table::shared("acceptance/expected_aoql.csv") else { return };
    let mut worst = Worst::new("expected_aoql.csv, limit", 1e-10);
    // R's optimize() stops within about 1e-8 of where the limit arises: the curve is flat there.
    let mut at = Worst::new("expected_aoql.csv, where R's optimizer stopped", 1e-7);
    for row in table.rows() {
        let plan = named(row.text("plan"));
        let it = quality::limit(&plan, Population::Binomial, None).unwrap();
        worst.relative(it.quality, row.real("aoql_infinite_lot"), &row.line());
        at.relative(it.at, row.real("p_at"), &row.line());
        let there = quality::outgoing(&plan, Population::Binomial, row.real("p_at"), None).unwrap();
        assert!(it.quality >= there.quality * (1.0 - 1e-13), "{}", row.line());
    }
    worst.finish();
    at.finish();
}

fn risks(row: &Row<'_>, names: [&str; 4]) -> (RiskPoint, RiskPoint) {
    let [p1, a1, p2, a2] = names.map(|name| row.real(name));
    (RiskPoint { quality: p1, accept: a1 }, RiskPoint { quality: p2, accept: a2 })
}

#[test]
fn found_plans_equal_r() {
    let ours = Table::parse(include_str!("../../vectors/r_find_plan.csv"));
    let theirs = Table::shared("acceptance/expected_find_plan.csv");
    let names = ["p1", "a1", "p2", "a2", "type", "lot"];
    let shared_names = ["prp_p", "prp_pa", "crp_p", "crp_pa", "type", "N"];
    for (file, table, names) in
        [("r_find_plan.csv", Some(ours), names), ("expected_find_plan.csv", theirs, shared_names)]
    {
        let Some(table) = table else { continue };
        let mut worst = Worst::new(&format!("{file}, k"), 1e-10);
        let mut exact = Worst::new(&format!("{file}, true k against R's root"), 3e-4);
        let mut counts = 0;
        for row in table.rows() {
            let (producer, consumer) = risks(&row, [names[0], names[1], names[2], names[3]]);
            let n = row.count("n");
            match row.text(names[4]) {
                "normal" | "known" => {
                    let it = variables_plan(producer, consumer, Deviation::Known).unwrap();
                    assert_eq!(it.n, n, "{}", row.line());
                    worst.relative(it.k, row.real("k"), &row.line());
                }
                "normal_s_unknown" | "unknown" => {
                    let it = variables_plan_like_r(producer, consumer).unwrap();
                    assert_eq!(it.n, n, "{}", row.line());
                    worst.relative(it.k, row.real("k"), &row.line());
                    let true_plan = variables_plan(producer, consumer, Deviation::Unknown).unwrap();
                    // R's normal approximation for large noncentralities moves n by some units in a thousand
                    assert!(true_plan.n.abs_diff(n) <= 1 + n / 200, "{} {true_plan:?}", row.line());
                    if true_plan.n == n {
                        exact.relative(true_plan.k, row.real("k"), &row.line());
                    }
                }
                name => {
                    let name = if name == "hypergeom" { "hypergeometric" } else { name };
                    let it = single_plan(producer, consumer, population(name, row.text(names[5]))).unwrap();
                    assert_eq!((it.n, it.accept), (n, row.count("c")), "{}", row.line());
                    counts += 1;
                }
            }
        }
        assert!(counts > 0);
        worst.finish();
        exact.finish();
    }
}

#[test]
fn staged_plans_equal_enumeration() {
    let table = Table::parse(include_str!("../../vectors/r_characteristic.csv"));
    let mut worst = Worst::new("r_characteristic.csv", 1e-10);
    for row in table.rows() {
        let it =
            oc::characteristic(&plan(&row), population(row.text("type"), row.text("lot")), row.real("p"));
        let it = it.unwrap();
        worst.relative(it.accept, row.real("accept"), &format!("{} accept", row.line()));
        worst.relative(it.sample_number, row.real("asn"), &format!("{} asn", row.line()));
    }
    worst.finish();
}

#[test]
fn variables_curves_equal_integration() {
    let table = Table::parse(include_str!("../../vectors/r_variables.csv"));
    let mut worst = Worst::new("r_variables.csv", 1e-10);
    for row in table.rows() {
        let plan = VariablesPlan { n: row.count("n"), k: row.real("k") };
        for (deviation, column) in [(Deviation::Known, "known"), (Deviation::Unknown, "unknown")] {
            let found = by_variables(plan, deviation, row.real("p")).unwrap();
            worst.relative(found, row.real(column), &format!("{} {column}", row.line()));
        }
    }
    worst.finish();
}

#[test]
fn the_table_of_normal_inspection_equals_r() {
    let Some(table) = Table::shared("acceptance/table_normal_single_level_II_sample.csv") else { return };
    let mut rows = 0;
    for row in table.rows() {
        for standard in [Standard::GbT2828, Standard::MilStd105e] {
            let request = Request {
                standard,
                kind: Kind::Single,
                severity: Severity::Normal,
                level: Level::II,
                aql: row.real("aql"),
            };
            for lot in row.text("lot").split('-') {
                let stage = plan_for_lot(&request, lot.trim_end_matches('+').parse().unwrap());
                let stage = stage.unwrap().stages[0];
                let expected = (row.count("n"), Some(row.count("c")), row.count("r"));
                assert_eq!((stage.n, stage.accept, stage.reject), expected, "{}", row.line());
            }
        }
        rows += 1;
    }
    eprintln!("table_normal_single_level_II_sample.csv: {rows} rows, n, c and r equal");
    assert!(rows > 0);
}

/// Drawn again in Python, without any library: `vectors/draw.py`.
#[test]
fn anyone_can_draw_again() {
    for row in Table::parse(include_str!("../../vectors/draw.csv")).rows() {
        let (size, n, seed, stratum) =
            (row.count("size"), row.count("n"), row.count("seed"), row.count("stratum"));
        if stratum > 100 {
            continue; // a stratum of its own is not reached through the public function
        }
        let method =
            if row.text("method") == "simple" { draw::Method::Simple } else { draw::Method::Systematic };
        let strata = vec![(size, n); stratum as usize + 1];
        let units = stratified(method, &strata, seed).unwrap().pop().unwrap();
        assert_eq!(units, numbers(row.text("units")), "{}", row.line());
    }
}

/// The arrays of R's AQLSchemes 1.7-2 (`vectors/aql_schemes.csv`, arrows followed): MIL-STD-105E = ANSI/ASQ Z1.4.
#[test]
fn the_tables_of_mil_std_105e_equal_r() {
    let (mut cells, mut other) = (0, Vec::new());
    for row in Table::parse(include_str!("../../vectors/aql_schemes.csv")).rows() {
        let severity = match row.text("severity") {
            "normal" => Severity::Normal,
            "tightened" => Severity::Tightened,
            _ => Severity::Reduced,
        };
        let letter = row.text("letter").chars().next().unwrap();
        let ask = |kind| {
            let standard = Standard::MilStd105e;
            let request = Request { standard, kind, severity, level: Level::II, aql: row.real("aql") };
            plan_for_letter(&request, letter).unwrap()
        };
        let single = ask(Kind::Single).stages[0];
        let expected = (row.count("n"), Some(row.count("ac")), row.count("re"));
        assert_eq!((single.n, single.accept, single.reject), expected, "{}", row.line());
        // 0 and -1 say that the single plan is used, -2 that the double one is
        for (kind, column) in [(Kind::Double, "double_n"), (Kind::Multiple, "multiple_n")] {
            let plan = ask(kind);
            let n = plan.stages[0].n as f64;
            let found = match (kind, plan.kind) {
                (Kind::Double, Kind::Single) => 0.0,
                (Kind::Multiple, Kind::Single) => -1.0,
                (Kind::Multiple, Kind::Double) => -2.0,
                _ => n,
            };
            if found.to_bits() != row.real(column).to_bits() && (found != 0.0 || row.real(column) != 0.0) {
                other.push(format!("{} {letter} {}", row.text("severity"), row.text("aql")));
            }
        }
        cells += 3;
    }
    // slips of the package: see the crate's README
    assert_eq!(other, ["normal A 10", "normal A 15", "normal F 100", "normal F 150"]);
    eprintln!("aql_schemes.csv: {cells} cells, 4 differ");
}

/// Table 2-C as typed from the printed standard, to AQL 10, arrows followed.
#[test]
fn the_table_of_reduced_inspection_equals_the_printed_one() {
    for row in Table::parse(include_str!("../../vectors/gbt2828_1_reduced.csv")).rows() {
        for aql in AQLS.iter().take(16) {
            let name = match *aql {
                aql if aql < 0.1 => format!("{aql:.3}"),
                aql if aql < 1.0 => format!("{aql:.2}"),
                aql if aql < 10.0 => format!("{aql:.1}"),
                aql => format!("{aql:.0}"),
            };
            let request = Request {
                standard: Standard::GbT2828,
                kind: Kind::Single,
                severity: Severity::Reduced,
                level: Level::II,
                aql: *aql,
            };
            let letter = row.text("letter").chars().next().unwrap();
            let stage = plan_for_letter(&request, letter).unwrap().stages[0];
            assert_eq!(format!("{}/{}", stage.n, stage.accept.unwrap()), row.text(&name), "{letter} {name}");
        }
    }
}

fn cell(answer: &Answer, sheet: usize, row: usize, column: &str) -> f64 {
    let sheet = &answer.sheets[sheet];
    let at = sheet.columns.iter().position(|name| name == column).unwrap();
    match sheet.rows[row][at] {
        run::Cell::Real(value) => value,
        run::Cell::Count(value) => value as f64,
        ref other => panic!("{column}: {other:?}"),
    }
}

/// By name and with no option but the type, the finder gives R's digits.
#[test]
fn found_by_name_equals_r() {
    let Some(table) = Table::shared("acceptance/expected_find_plan.csv") else { return };
    let header = ["producer_quality", "producer_accept", "consumer_quality", "consumer_accept", "lot"];
    let mut worst = Worst::new("acceptance.find_plan, expected_find_plan.csv", 1e-10);
    for row in table.rows() {
        let cells = ["prp_p", "prp_pa", "crp_p", "crp_pa", "N"].map(|column| row.text(column).to_owned());
        let frame = run::Frame::new(&header.map(str::to_owned), [cells]);
        let (kind, deviation) = match row.text("type") {
            "normal_s_unknown" => ("normal", "unknown"),
            "hypergeom" => ("hypergeometric", "known"),
            other => (other, "known"),
        };
        let options = [("type", kind), ("deviation", deviation)];
        let options = run::Options::new(options.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let answer = run::method("acceptance.find_plan").unwrap().run(&frame, &options).unwrap();
        worst.relative(cell(&answer, 0, 0, "n"), row.real("n"), &row.line());
        let column = if kind == "normal" { "k" } else { "c" };
        worst.relative(cell(&answer, 0, 0, column), row.real(column), &row.line());
    }
    worst.finish();
}
