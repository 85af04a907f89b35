//! The tables of acceptance sampling by the laws of their construction, and the switching rules by hand.

use zhiheng_methods::Refusal;
use zhiheng_methods::acceptance::scheme::{Request, Verdict, plan_for_letter, plan_for_lot};
use zhiheng_methods::acceptance::switching::{Lot, State, Switching, points};
use zhiheng_methods::acceptance::tables::{
    AQLS, Cell, Kind, Level, Severity, Standard, code_letter, single_table,
};
use zhiheng_methods::acceptance::{Plan, Population, oc};

/// The whole table follows from letter and AQL step: diagonals hold one plan, and sizes follow the series.
#[test]
fn single_tables_are_built_on_diagonals() {
    let letters: Vec<char> = "ABCDEFGHJKLMNPQR".chars().collect();
    let sizes = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150];
    let reduced = [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800];
    for standard in [Standard::GbT2828, Standard::MilStd105e] {
        for (severity, sizes, series) in [
            (Severity::Normal, &sizes[..], &[1, 2, 3, 5, 7, 10, 14, 21][..]),
            (Severity::Tightened, &sizes[..], &[1, 2, 3, 5, 8, 12, 18][..]),
            (Severity::Reduced, &reduced[..], &[][..]),
        ] {
            let rows = single_table(standard, severity);
            assert!(rows.iter().map(|row| row.n).eq(sizes[..rows.len()].iter().copied()));
            assert!(rows.iter().map(|row| row.letter).take(16).eq(letters.iter().copied()));
            // letters F to P are away from both ends: one step down and one step left is the same cell
            for i in 5..13 {
                for j in 1..AQLS.len() {
                    assert_eq!(
                        rows[i].cells[j],
                        rows[i + 1].cells[j - 1],
                        "{standard:?} {severity:?} {i} {j}"
                    );
                }
            }
            let plans = |row: usize| {
                rows[row].cells.iter().filter_map(|cell| match cell {
                    Cell::Plan(accept, _) => Some(*accept),
                    _ => None,
                })
            };
            if !series.is_empty() {
                for row in 5..14 {
                    assert!(plans(row).skip(1).eq(series.iter().copied()), "{severity:?} {row}");
                }
            }
            for (letter, row) in letters.iter().zip(rows) {
                assert!(plans_rise(&row.cells), "{standard:?} {severity:?} {letter}");
            }
        }
    }
}

fn plans_rise(cells: &[Cell]) -> bool {
    let numbers: Vec<u64> = cells
        .iter()
        .filter_map(|cell| match cell {
            Cell::Plan(accept, _) => Some(*accept),
            _ => None,
        })
        .collect();
    numbers.windows(2).all(|pair| pair[0] <= pair[1])
}

fn request(kind: Kind, severity: Severity, aql: f64) -> Request {
    Request { standard: Standard::GbT2828, kind, severity, level: Level::II, aql }
}

/// Every cell leads to a plan, and the known plans accept about as often as the single plan they replace.
#[test]
fn every_cell_leads_to_a_plan() {
    let mut unknown = 0;
    for standard in [Standard::GbT2828, Standard::MilStd105e] {
        for severity in [Severity::Normal, Severity::Tightened, Severity::Reduced] {
            for letter in "ABCDEFGHJKLMNPQR".chars() {
                for aql in AQLS {
                    let ask = |kind| {
                        let request = Request { standard, kind, severity, level: Level::II, aql };
                        plan_for_letter(&request, letter)
                    };
                    let single = ask(Kind::Single).unwrap();
                    let double = ask(Kind::Double).unwrap();
                    assert!(single.confirmed && (double.confirmed || standard == Standard::GbT2828));
                    match ask(Kind::Multiple) {
                        Ok(multiple) => {
                            multiple.plan().unwrap();
                        }
                        Err(Refusal::Contradiction { .. }) => unknown += 1,
                        Err(other) => panic!("{other}"),
                    }
                    if double.kind == Kind::Double {
                        close(&single.plan().unwrap(), &double.plan().unwrap());
                    }
                }
            }
        }
    }
    assert!(unknown > 0, "GB/T 2828.1 multiple plans that are not known are refused");
}

/// Where the single plan accepts half of the lots, the other accepts between 0.3 and 0.7 (sizes of two and
/// three units do not stand in the ratio that larger ones have).
fn close(single: &Plan, other: &Plan) {
    let accept = |plan: &Plan, p: f64| oc::characteristic(plan, Population::Poisson, p).unwrap().accept;
    let (mut low, mut high) = (0.0, 50.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if accept(single, middle) > 0.5 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let there = accept(other, low);
    assert!((0.3..0.7).contains(&there), "{single:?} {other:?} {there}");
}

/// Cells named in the field's notes, arrows and exceptions among them.
#[test]
fn known_cells() {
    let single = |severity, letter, aql| {
        let plan = plan_for_letter(&request(Kind::Single, severity, aql), letter).unwrap();
        (plan.letter, plan.stages[0].n, plan.stages[0].accept.unwrap())
    };
    for (severity, letter, aql, expected) in [
        (Severity::Normal, 'J', 1.0, ('J', 80, 2)),
        (Severity::Normal, 'F', 1.0, ('E', 13, 0)),
        (Severity::Normal, 'F', 1.5, ('G', 32, 1)),
        (Severity::Tightened, 'K', 1.0, ('K', 125, 2)),
        (Severity::Tightened, 'R', 0.015, ('Q', 1250, 0)),
        (Severity::Tightened, 'Q', 0.025, ('S', 3150, 1)),
        (Severity::Tightened, 'A', 10.0, ('A', 2, 0)),
        (Severity::Reduced, 'J', 1.0, ('J', 32, 1)),
        (Severity::Reduced, 'A', 10.0, ('D', 3, 1)),
        (Severity::Reduced, 'P', 0.040, ('R', 800, 1)),
        (Severity::Reduced, 'Q', 0.025, ('N', 200, 0)),
        (Severity::Reduced, 'R', 1.0, ('Q', 500, 10)),
    ] {
        assert_eq!(single(severity, letter, aql), expected, "{severity:?} {letter} {aql}");
    }
    let small = plan_for_lot(&request(Kind::Single, Severity::Normal, 0.10), 20).unwrap();
    assert!(small.letter == 'K' && small.whole_lot(20) && !small.whole_lot(126));
    let stages = |standard, kind, letter, aql| {
        let request = Request { standard, kind, severity: Severity::Normal, level: Level::II, aql };
        let plan = plan_for_letter(&request, letter).unwrap();
        let numbers = plan.stages.iter().map(|stage| (stage.accept, stage.reject)).collect::<Vec<_>>();
        (plan.stages[0].n, numbers, plan.confirmed)
    };
    let double = stages(Standard::MilStd105e, Kind::Double, 'K', 1.0);
    assert_eq!(double, (80, vec![(Some(1), 4), (Some(4), 5)], true));
    let double = stages(Standard::GbT2828, Kind::Double, 'K', 1.0);
    assert_eq!(double, (80, vec![(Some(1), 3), (Some(4), 5)], false));
    assert_eq!(code_letter(150_000, Level::S3).unwrap(), 'G');
    assert!(code_letter(1, Level::II).is_err());
    assert!(plan_for_lot(&request(Kind::Single, Severity::Normal, 1.2), 100).is_err());
}

fn verdict(accepted: bool) -> Verdict {
    Verdict { accepted, stage: 1, gap: false }
}

fn lot(accepted: bool, points: u32) -> Lot {
    Lot { verdict: verdict(accepted), points, resubmitted: false, steady: true, reduced_allowed: true }
}

/// A series worked by hand through all four states.
#[test]
fn a_series_of_lots() {
    let mut series = Switching::new();
    // 10 lots of 3 points open reduced inspection
    for i in 1..=10 {
        assert_eq!(series.state(), State::Inspect(Severity::Normal), "{i}");
        series.record(lot(true, 3));
    }
    assert_eq!(series.state(), State::Inspect(Severity::Reduced));
    // a lot that is submitted again does not count; a rejected one leads back
    series.record(Lot { resubmitted: true, ..lot(false, 0) });
    assert_eq!(series.state(), State::Inspect(Severity::Reduced));
    series.record(lot(false, 0));
    assert_eq!((series.state(), series.score()), (State::Inspect(Severity::Normal), 0));
    // two rejected lots with four between them are not within five; with three they are
    series.record(lot(false, 0));
    for _ in 0..4 {
        series.record(lot(true, 2));
    }
    assert_eq!(series.score(), 8);
    series.record(lot(false, 0));
    assert_eq!((series.state(), series.score()), (State::Inspect(Severity::Normal), 0));
    for _ in 0..3 {
        series.record(lot(true, 2));
    }
    series.record(lot(false, 0));
    assert_eq!(series.state(), State::Inspect(Severity::Tightened));
    // five accepted in a row lead back to normal
    for accepted in [true, true, false, true, true, true, true, true] {
        assert_eq!(series.state(), State::Inspect(Severity::Tightened));
        series.record(lot(accepted, 2));
    }
    assert_eq!((series.state(), series.score()), (State::Inspect(Severity::Normal), 0));
    // to tightened again, where five rejected in all end it
    series.record(lot(false, 0));
    series.record(lot(false, 0));
    for accepted in [false, true, false, true, true, false, false] {
        series.record(lot(accepted, 0));
        assert_eq!(series.state(), State::Inspect(Severity::Tightened));
    }
    series.record(lot(false, 0));
    assert_eq!(series.state(), State::Discontinued);
    series.record(lot(true, 0));
    assert_eq!(series.state(), State::Discontinued);
    series.resume();
    assert_eq!(series.state(), State::Inspect(Severity::Tightened));
}

/// Scores of a lot of 1000 at AQL 1.0 (J, 80, Ac 2; at 0.65 Ac 1) and at AQL 0.40 (Ac 0).
#[test]
fn switching_points() {
    let ask = |aql, found: u64| {
        let request = request(Kind::Single, Severity::Normal, aql);
        points(&request, &plan_for_lot(&request, 1000).unwrap(), &[found]).unwrap()
    };
    assert_eq!([ask(1.0, 0), ask(1.0, 1), ask(1.0, 2), ask(1.0, 3)], [3, 3, 0, 0]);
    assert_eq!([ask(0.15, 0), ask(0.15, 1)], [2, 0]);
    let request = request(Kind::Double, Severity::Normal, 1.0);
    let plan = plan_for_lot(&request, 1000).unwrap();
    assert_eq!(points(&request, &plan, &[0]).unwrap(), 3);
    assert_eq!(points(&request, &plan, &[2, 1]).unwrap(), 0);
    assert!(plan.judge(&[2]).is_err() && plan.judge(&[0, 0]).is_err());
}
