//! How sure a grade is: against draws of another program (`vectors/make_robust.py`), closed forms, and laws.

use proptest::prelude::*;
use serde_json::Value;
use zhiheng_base::{Decimal, RegionCode};
use zhiheng_judge::{Draws, Figure, Figures, Given, Robust, Spread, judge, robust};

use crate::help::{catalog, decimal, item, region};

/// A figure with standard deviations below and above, from 0 to `most`.
fn figure(value: f64, below: f64, above: f64, most: f64) -> Figure {
    let spread = Spread { below, above, range: (0.0, most) };
    let spread = (below > 0.0 || above > 0.0).then_some(spread);
    Figure { value: Some(decimal(&value.to_string())), spread, ..Figure::default() }
}

fn drawn(items: &str, figures: &Figures, n: usize, draws: Draws) -> Robust {
    let catalog = catalog(items);
    let places: Vec<RegionCode> = (0..n).map(region).collect();
    robust(&catalog.schemes["t.s"], &places, figures, &Given::default(), draws).unwrap()
}

fn float(value: Decimal) -> f64 {
    f64::try_from(value).unwrap()
}

fn share(robust: &Robust, place: usize, grade: &str) -> f64 {
    let times = robust.places[place].grades.iter().find(|(name, _)| name == grade).map_or(0, |one| one.1);
    f64::from(times) / f64::from(robust.draws.n)
}

/// Six places, five ways to score, weights and errors, against 200,000 draws of plain Python. With 40,000 draws here a share
/// is off by 0.0025 (one standard deviation) at most, so by 0.0125 at five of them.
#[test]
fn another_program_says_the_same() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/robust.json")).unwrap();
    let mut figures = Figures::default();
    for (id, row) in vectors["figures"].as_object().unwrap() {
        for (at, cell) in row.as_array().unwrap().iter().enumerate() {
            let number = |i: usize| cell[i].as_f64().unwrap();
            let found = if cell.is_null() {
                Figure::default()
            } else {
                figure(number(0), number(1), number(2), 100.0)
            };
            figures.add(&format!("t.{id}"), region(at), found);
        }
    }
    let rules = "missing = \"redistribute\"\nweights = { within = 0.1 }\nscore =";
    let items = vectors["items"].as_str().unwrap().replace("score =", rules);
    let found = drawn(&items, &figures, 6, Draws { n: 40_000, ..Draws::default() });
    for (at, wanted) in vectors["places"].as_array().unwrap().iter().enumerate() {
        let one = &found.places[at];
        let near = |a: f64, b: &Value, by: f64, what: &str| {
            assert!((a - b.as_f64().unwrap()).abs() <= by, "place {at} {what}: {a} against {b}");
        };
        near(float(one.points.unwrap()), &wanted["points"], 1e-6, "points");
        // Quantiles in steep stretches are off by little, and a step of the scores is a jump.
        near(float(one.between.unwrap().0), &wanted["between"][0], 0.4, "low");
        near(float(one.between.unwrap().1), &wanted["between"][1], 0.4, "high");
        near(f64::from(one.ranks.unwrap().0), &wanted["ranks"][0], 0.0, "best rank");
        near(f64::from(one.ranks.unwrap().1), &wanted["ranks"][1], 0.0, "worst rank");
        for grade in ["A", "B", "C", "D"] {
            near(
                share(&found, at, grade),
                &wanted["grades"].get(grade).unwrap_or(&0.into()).clone(),
                0.0125,
                grade,
            );
        }
    }
    let order: Vec<usize> =
        found.order.iter().map(|place| (0..6).find(|&at| region(at) == *place).unwrap()).collect();
    assert_eq!(order, [0, 3, 2, 1, 5, 4]);
    for pair in order.windows(2) {
        let share = float(found.places[pair[0]].ahead_of_next.unwrap());
        let wanted = vectors["ahead"][pair[0]][pair[1]].as_f64().unwrap();
        assert!((share - wanted).abs() < 0.0125, "{pair:?}: {share} against {wanted}");
    }
    // Python: 0 is ahead of 3 in 0.867 of the draws, of 2 in 0.963; 3 of 2 in 0.766 and of 1 in 0.726; all of them of 5.
    assert_eq!(found.runs, [(0, 1), (1, 3)]);
    assert_eq!(found.places[3].beside, Some((0, 3)));
    assert_eq!(found.places[5].beside, Some((4, 4)));
}

/// Two places with normal errors: the one with 82 is ahead of the one with 80 with probability Φ(2 / √(1.5² + 2²)) = Φ(0.8) = 0.7881;
/// the one with 88 and 2 has an A from 90 on with 1 − Φ(1) = 0.1587, and lies between 88 ± 1.96 · 2.
#[test]
fn closed_forms() {
    let mut figures = Figures::default();
    for (at, (value, error)) in [(80.0, 2.0), (82.0, 1.5), (88.0, 2.0)].into_iter().enumerate() {
        let spread = Spread::normal(error);
        figures.add("t.a", region(at), Figure { spread, ..figure(value, 0.0, 0.0, 100.0) });
    }
    let found = drawn(
        &item("one", "100", "a", "{ checklist = { each = 1 } }"),
        &figures,
        3,
        Draws { n: 100_000, ..Draws::default() },
    );
    let ahead = float(found.places[1].ahead_of_next.unwrap());
    assert!((ahead - 0.7881).abs() < 0.006, "{ahead}");
    assert!((share(&found, 2, "A") - 0.1587).abs() < 0.006);
    let (low, high) = found.places[2].between.unwrap();
    assert!((float(low) - 84.08).abs() < 0.06 && (float(high) - 91.92).abs() < 0.06, "{low} {high}");
    assert!(!found.places[2].sure && found.places[2].grade.as_deref() == Some("B"));
    // 82 lies one and a third deviations above 80, the border of B: Φ(4/3) = 0.9088 is less than 0.95.
    assert!((share(&found, 1, "B") - 0.9088).abs() < 0.006 && !found.places[1].sure);
}

/// The same figure is the same in every item of a draw: what one item gains by it, the other loses.
#[test]
fn a_figure_is_drawn_once() {
    let mut figures = Figures::default();
    figures.add("t.a", region(0), figure(50.0, 5.0, 5.0, 100.0));
    let items = item("up", "50", "a", "{ between = { best = 100, worst = 0 } }")
        + &item("down", "50", "a", "{ between = { best = 0, worst = 100 } }");
    let found = drawn(&items, &figures, 1, Draws::default());
    assert_eq!(found.places[0].between, Some((50.into(), 50.into())));
}

/// All of the first item and nothing of the second, 60 and 40 points give or take a tenth: between 54 / (54 + 44) and
/// 66 / (66 + 36) of the full sum, and wide enough to be more than rounding.
#[test]
fn weights_are_drawn_and_brought_back_to_the_full_sum() {
    let mut figures = Figures::default();
    figures.add("t.a", region(0), figure(1.0, 0.0, 0.0, 100.0));
    figures.add("t.b", region(0), figure(0.0, 0.0, 0.0, 100.0));
    let binary = "{ binary = { at_least = 1 } }";
    let items = item("one", "60", "a", binary) + &item("two", "40", "b", binary);
    let items = items.replace("score =", "weights = { within = 0.1 }\nscore =");
    let found = drawn(&items, &figures, 1, Draws { level: decimal("0.9999"), ..Draws::default() });
    let (low, high) = found.places[0].between.unwrap();
    assert!(float(low) >= 5400.0 / 98.0 && float(high) <= 6600.0 / 102.0, "{low} {high}");
    assert!(float(low) < 56.0 && float(high) > 64.0, "{low} {high}");
}

/// Seeds decide, threads do not; vetoes stay; an open place is not drawn; numbers out of range are told.
#[test]
fn what_does_not_change() {
    let mut figures = Figures::default();
    for at in 0..3 {
        figures.add("t.a", region(at), figure(85.0 + at as f64, 3.0, 3.0, 100.0));
    }
    figures.add("t.incidents", region(1), figure(1.0, 0.0, 0.0, 9.0));
    let items = item("one", "100", "a", "{ checklist = { each = 1 } }");
    let draws = Draws::default();
    let found = drawn(&items, &figures, 4, draws);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(alone.install(|| drawn(&items, &figures, 4, draws)), found);
    assert_ne!(drawn(&items, &figures, 4, Draws { seed: 2, ..draws }).places, found.places);
    assert_eq!(found.places[1].grades, [("D".to_owned(), 1000)]);
    assert!(found.places[1].sure && found.places[1].ranks.is_some());
    assert_eq!((found.places[3].between, found.places[3].ranks, found.places[3].sure), (None, None, false));
    assert!(found.places[3].grades.is_empty() && found.order.len() == 3);
    let catalog = catalog(&items);
    for (n, level) in [(1, "0.95"), (100_001, "0.95"), (1000, "0.5"), (1000, "1"), (1000, "-3")] {
        let draws = Draws { n, level: decimal(level), ..draws };
        let refused =
            robust(&catalog.schemes["t.s"], &[region(0)], &figures, &Given::default(), draws).unwrap_err();
        assert_eq!(refused.code, "ZH9101", "{n} {level}");
    }
}

#[test]
fn intervals_become_errors_on_both_sides() {
    // 1.959964 standard errors to either side at 95 %.
    let spread = Spread::limits(90.0, 90.0 - 2.0 * 1.959_964, 90.0 + 1.959_964, 0.95).unwrap();
    assert!((spread.below - 2.0).abs() < 1e-6 && (spread.above - 1.0).abs() < 1e-6);
    for (low, high, level) in [
        (91.0, 92.0, 0.95),
        (90.0, 90.0, 0.95),
        (80.0, f64::NAN, 0.95),
        (80.0, 95.0, 1.0),
        (80.0, f64::INFINITY, 0.9),
    ] {
        assert_eq!(Spread::limits(90.0, low, high, level), None, "{low} {high} {level}");
    }
    assert_eq!(Spread::normal(0.0), None);
    assert_eq!(Spread::normal(f64::NAN), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Drawn figures that cannot move give the points of exact arithmetic, whatever way to score.
    #[test]
    fn floating_point_agrees_with_decimals(values in prop::collection::vec((0u32..1010, 0u32..1010, prop::option::of(0u32..40)), 1..8)) {
        let scores = [
            ("a", "{ stepped = { target = 90, step = 0.3, each = 1, begun = true } }"),
            ("a", "{ stepped = { target = 90, step = 0.3, each = 0.7, floor = 2 } }"),
            ("b", "{ target_ratio = { target = 97.3 } }"),
            ("b", "{ between = { best = 95.1, worst = 12.7 } }"),
            ("a", "{ change = { better = 10, same = 8, worse = 4, within = 40.1 } }"),
            ("a", "{ levels = [{ from = 70.3, points = 10 }, { from = 60, points = 3.3 }] }"),
            ("b", "{ rank = [{ top = 0.3, points = 10 }, { top = 0.6, points = 5 }] }"),
            ("c", "{ checklist = { each = 1.1 } }"),
            ("c", "{ binary = { at_most = 2.2 } }"),
            ("b", "{ binary = { at_least = 50.5 } }"),
        ];
        let mut items = String::new();
        for (at, (measure, score)) in scores.iter().enumerate() {
            items += &item(&format!("i{at}"), "10", measure, score);
        }
        items += &item("more", "3", "c", "{ bonus = { each = 0.3 } }");
        items += &item("less", "3", "c", "{ deduct = { each = 0.9 } }");
        let items = items.replace("score =", "missing = \"redistribute\"\nscore =");
        let catalog = catalog(&items);
        let mut figures = Figures::default();
        for (at, (a, b, c)) in values.iter().enumerate() {
            let cells = [("t.a", Some(*a)), ("t.b", Some(*b)), ("t.c", *c)];
            for (id, value) in cells {
                let value = value.map(|value| Decimal::new(value.into(), 1));
                let stuck = value.map(|value| Spread { below: 9.0, above: 9.0, range: (float(value), float(value)) });
                figures.add(id, region(at), Figure { value, spread: stuck, ..Figure::default() });
            }
        }
        let places: Vec<RegionCode> = (0..values.len()).map(region).collect();
        let scheme = &catalog.schemes["t.s"];
        let exact = judge(scheme, &places, &figures);
        let found = robust(scheme, &places, &figures, &Given::default(), Draws { n: 3, ..Draws::default() }).unwrap();
        for (verdict, one) in exact.iter().zip(&found.places) {
            let points = verdict.points.unwrap();
            let (low, high) = one.between.unwrap();
            prop_assert!((low - points).abs() <= Decimal::new(2, 9) && low == high, "{points} {low} {high}");
            prop_assert_eq!(one.ranks, verdict.rank.map(|rank| (rank, rank)));
            prop_assert!(one.sure);
        }
    }
}
