//! Schemes judged: worked examples of the field, rules for what is missing, and laws.

use proptest::prelude::*;
use zhiheng_base::{Decimal, Lang, RegionCode};
use zhiheng_catalog::model::{Limit, Missing, Score};
use zhiheng_judge::score::points;
use zhiheng_judge::{Figure, State, compare, explain, judge};

use crate::help::{catalog, decimal, figures, item, load, region, verdicts};

/// State Council, document 47 of 2013: A from 90, B from 80, and a regional incident makes D whatever the points.
#[test]
fn grades_go_by_the_unrounded_sum_and_a_veto_comes_last() {
    let catalog = catalog(&item("one", "100", "a", "{ checklist = { each = 1 } }"));
    let figures =
        figures(&[("a", &["91.2", "89.96", "90", "59.99", ""]), ("incidents", &["1", "0", "", "0", "1"])]);
    let found = verdicts(&catalog, &figures, 5);
    let grades: Vec<Option<&str>> = found.iter().map(|verdict| verdict.grade.as_deref()).collect();
    assert_eq!(grades, [Some("D"), Some("B"), Some("A"), Some("D"), Some("D")]);
    assert_eq!((found[0].points, found[0].veto, found[0].rank), (Some(decimal("91.2")), Some(0), Some(1)));
    assert_eq!((found[4].points, found[4].rank), (None, None));
    let scheme = &catalog.schemes["t.s"];
    let said = |at: usize| explain(scheme, &found[at], &catalog.regions, Lang::En).lines(Lang::En).join("\n");
    for part in [
        "91.2 of 100 points; grade D by veto",
        "an incident (t.incidents is above 0)",
        "Item one: 91.2 of 100",
    ] {
        assert!(said(0).contains(part), "{part} is not in\n{}", said(0));
    }
    // 89.96 prints as 90.0 and stays below 90: the tree says by what it is graded.
    assert!(
        said(1).contains("90.0 of 100 points, grade B")
            && said(1).contains("grade B from 80 points on, by the unrounded sum")
    );
    assert!(said(4).contains("grade D by veto; the points are open"));
}

/// Each way to score, with numbers worked out by hand.
#[test]
fn ways_to_score() {
    let stepped = |begun| Score::Stepped {
        target: Limit::Fixed(decimal("90")),
        step: decimal("0.5"),
        each: decimal("1"),
        floor: Decimal::ZERO,
        begun,
    };
    let change = Score::Change { better: 10.into(), same: 8.into(), worse: 4.into(), within: decimal("0.5") };
    let levels = Score::Levels { levels: vec![(90.into(), 10.into()), (80.into(), 6.into())] };
    let between = Score::Between { best: 100.into(), worst: 90.into() };
    let loss = Score::Between { best: decimal("0.5"), worst: decimal("2.5") };
    let ratio = Score::TargetRatio { target: Limit::Fixed(80.into()) };
    let rank = Score::Rank { levels: vec![(decimal("0.25"), 10.into()), (decimal("0.5"), 6.into())] };
    let cases: &[(&Score, &str, Option<(u32, u32)>, &str)] = &[
        // 4.1 below the target: nine steps of 0.5 begun, eight full ones.
        (&stepped(true), "85.9", None, "1"),
        (&stepped(false), "85.9", None, "2"),
        (&stepped(true), "89.5", None, "9"),
        (&stepped(true), "12", None, "0"),
        (&stepped(true), "99", None, "10"),
        (&ratio, "60", None, "7.5"),
        (&ratio, "-3", None, "0"),
        (&ratio, "95", None, "10"),
        (&levels, "90", None, "10"),
        (&levels, "89.99", None, "6"),
        (&levels, "79", None, "0"),
        (&between, "92.5", None, "2.5"),
        (&loss, "1", None, "7.5"),
        (&loss, "3", None, "0"),
        (&change, "0.5", None, "8"),
        (&change, "0.51", None, "10"),
        (&change, "-0.51", None, "4"),
        (&rank, "0", Some((2, 8)), "10"),
        (&rank, "0", Some((3, 8)), "6"),
        (&rank, "0", Some((5, 8)), "0"),
        (&Score::Deduct { each: 2.into() }, "3", None, "-6"),
        (&Score::Bonus { each: 4.into() }, "3", None, "10"),
        (&Score::Binary { limit: Limit::Fixed(2.into()), at_least: false }, "2", None, "10"),
        (&Score::Binary { limit: Limit::Fixed(2.into()), at_least: true }, "1.9", None, "0"),
    ];
    for (score, value, rank, expected) in cases {
        let found = points(score, 10.into(), &Figure::default(), decimal(value), *rank).unwrap();
        assert_eq!(found.points, decimal(expected), "{score:?} of {value}");
    }
    // Lower is better: the same distance on the other side. Without a target there is no score.
    let falls = Figure { falls: true, target: Some(90.into()), ..Figure::default() };
    let own = Score::Stepped {
        target: Limit::Target,
        step: 1.into(),
        each: 1.into(),
        floor: 0.into(),
        begun: false,
    };
    assert_eq!(points(&own, 10.into(), &falls, 93.into(), None).unwrap().points, 7.into());
    assert_eq!(points(&own, 10.into(), &falls, 80.into(), None).unwrap().points, 10.into());
    assert_eq!(points(&own, 10.into(), &Figure::default(), 93.into(), None), None);
    // What does not fit a decimal has no points rather than wrong ones.
    assert_eq!(points(&own, 10.into(), &falls, Decimal::MIN, None), None);
}

/// A missing figure goes by the item's rule, and the tree says which.
#[test]
fn what_is_missing_goes_by_its_rule() {
    for (rule, points, grade, says) in [
        ("zero", Some("60"), Some("C"), "0 of 40 points by the rule"),
        ("full", Some("100"), Some("A"), "all 40 points by the rule"),
        ("redistribute", Some("100"), Some("A"), "shared out to the other items"),
        ("open", None, None, "left open"),
    ] {
        let items = item("one", "60", "a", "{ checklist = { each = 1 } }")
            + &item("two", "40", "b", "{ checklist = { each = 1 } }")
                .replace("score =", &format!("missing = \"{rule}\"\nscore ="));
        let catalog = catalog(&items);
        let found = &verdicts(&catalog, &figures(&[("a", &["60"]), ("b", &[""])]), 1)[0];
        assert_eq!((found.points, found.grade.as_deref()), (points.map(decimal), grade), "{rule}");
        assert!(matches!(found.items[1].state, State::NoFigure(_)));
        let said =
            explain(&catalog.schemes["t.s"], found, &catalog.regions, Lang::En).lines(Lang::En).join("\n");
        assert!(said.contains(says), "{says} is not in\n{said}");
    }
    // With all points to share out and nobody to take them there is no grade; what is only added or taken off is nothing.
    let items = item("one", "100", "a", "{ checklist = { each = 1 } }")
        .replace("score =", "missing = \"redistribute\"\nscore =")
        + &item("more", "5", "b", "{ bonus = { each = 1 } }")
        + &item("less", "5", "c", "{ deduct = { each = 1 } }");
    let catalog = catalog(&items);
    let found = verdicts(&catalog, &figures(&[("a", &["", "50"])]), 2);
    assert_eq!((found[0].points, found[0].grade.as_deref()), (None, None));
    assert_eq!(found[1].points, Some(50.into()));
    assert_eq!(found[0].items[0].state, State::NoFigure(Missing::Redistribute));
}

/// Deductions bite within their part only; bonuses come on top, up to their points.
#[test]
fn parts_do_not_fall_below_zero() {
    let group = |id: &str, points: u32| {
        format!(
            "[[scheme.s.group]]\nid = \"{id}\"\nname = {{ zh = \"类\", en = \"{id}\" }}\npoints = {points}\n"
        )
    };
    let of = |group: &str, text: String| text.replace("points =", &format!("group = \"{group}\"\npoints ="));
    let items = group("safety", 40)
        + &group("growth", 60)
        + &of("safety", item("one", "40", "a", "{ checklist = { each = 1 } }"))
        + &of("safety", item("off", "1", "b", "{ deduct = { each = 10 } }"))
        + &of("growth", item("two", "60", "c", "{ checklist = { each = 1 } }"))
        + &of("growth", item("more", "5", "d", "{ bonus = { each = 2 } }"));
    let catalog = catalog(&items);
    let found = verdicts(
        &catalog,
        &figures(&[("a", &["40", "30"]), ("b", &["9", "1"]), ("c", &["60", "60"]), ("d", &["1", "9"])]),
        2,
    );
    assert_eq!(found[0].groups, [("safety".to_owned(), 0.into()), ("growth".to_owned(), 62.into())]);
    assert_eq!((found[0].points, found[1].points), (Some(62.into()), Some(85.into())));
    assert_eq!((found[0].rank, found[1].rank), (Some(2), Some(1)));
}

/// What is exactly 80 has the grade from 80 on, however its parts repeat: 30 · 55 / 75 is 22, and three times 26.66… are 80.
#[test]
fn repeating_decimals_do_not_cost_a_grade() {
    let part = |id: &str, points: &str, measure: &str| {
        item(id, points, measure, "{ between = { best = 75, worst = 0 } }")
    };
    let one = catalog(&(part("one", "30", "a") + &item("two", "70", "b", "{ checklist = { each = 1 } }")));
    let found = verdicts(&one, &figures(&[("a", &["55"]), ("b", &["58"])]), 1);
    assert_eq!((found[0].points, found[0].grade.as_deref()), (Some(80.into()), Some("B")));
    let shared = catalog(
        &(item("a", "30", "a", "{ checklist = { each = 1 } }")
            + &item("b", "30", "b", "{ checklist = { each = 1 } }")
            + &item("c", "30", "c", "{ checklist = { each = 1 } }")
            + &item("d", "10", "d", "{ checklist = { each = 1 } }"))
            .replace("score =", "missing = \"redistribute\"\nscore ="),
    );
    // Each of 24 · 100 / 90 = 26.66…7: the three are 80 exactly.
    let found =
        verdicts(&shared, &figures(&[("a", &["24"]), ("b", &["24"]), ("c", &["24"]), ("d", &[""])]), 1);
    assert_eq!((found[0].points, found[0].grade.as_deref()), (Some(80.into()), Some("B")));
}

#[test]
fn another_scheme_moves_places() {
    let strict = catalog(&item("one", "100", "a", "{ checklist = { each = 1 } }"));
    let kind = catalog(&item(
        "one",
        "100",
        "a",
        "{ levels = [{ from = 80, points = 95 }, { from = 0, points = 50 }] }",
    ));
    let figures = figures(&[("a", &["95", "85", "40"])]);
    let moved = compare(&verdicts(&strict, &figures, 3), &verdicts(&kind, &figures, 3));
    let told: Vec<(RegionCode, Option<&str>, Option<&str>)> =
        moved.iter().map(|one| (one.region, one.grade.0.as_deref(), one.grade.1.as_deref())).collect();
    assert_eq!(told, [(region(1), Some("B"), Some("A"))]);
    assert_eq!(moved[0].rank, (Some(2), Some(1)));
}

/// Schemes that contradict themselves are left out whole.
#[test]
fn bad_schemes_are_refused() {
    let good = item("one", "60", "a", "{ checklist = { each = 1 } }")
        + &item("two", "40", "b", "{ bonus = { each = 1 } }");
    for (bad, code) in [
        (good.clone(), "ZH2909"),
        (item("one", "100", "a", "{ }"), "ZH2905"),
        (item("one", "100", "a", "{ binary = { } }"), "ZH2905"),
        (item("one", "100", "nothing", "{ checklist = { each = 1 } }"), "ZH2028"),
        (item("one", "100", "a", "{ checklist = { each = 0 } }"), "ZH2904"),
        (item("one", "100", "a", "{ between = { best = 1, worst = 1 } }"), "ZH2906"),
        (
            item("one", "100", "a", "{ levels = [{ from = 1, points = 5 }, { from = 2, points = 4 }] }"),
            "ZH2902",
        ),
        (item("one", "100", "a", "{ rank = [{ top = 0.5, points = 500 }] }"), "ZH2907"),
        (item("one", "50", "a", "{ checklist = { each = 1 } }").repeat(2), "ZH2901"),
        (
            item("one", "100", "a", "{ checklist = { each = 1 } }")
                .replace("points", "group = \"x\"\npoints"),
            "ZH2903",
        ),
    ] {
        let loaded = load(&bad);
        assert!(!loaded.catalog.schemes.contains_key("t.s"), "{bad} passed");
        let codes: Vec<&str> = loaded.problems.iter().map(|problem| &*problem.code).collect();
        assert!(codes.contains(&code), "{bad}: {code} is not in {codes:?}");
    }
}

proptest! {
    /// Order of places does not matter, sums are those of the items, and nobody has more than the full sum and the bonuses.
    #[test]
    fn places_do_not_depend_on_their_order(values in prop::collection::vec((0u32..1000, 0u32..100), 1..12)) {
        let items = item("one", "70", "a", "{ rank = [{ top = 0.3, points = 70 }, { top = 1, points = 20 }] }")
            + &item("two", "30", "b", "{ checklist = { each = 1 } }")
            + &item("more", "5", "a", "{ bonus = { each = 1 } }");
        let catalog = catalog(&items);
        let a: Vec<String> = values.iter().map(|(a, _)| a.to_string()).collect();
        let b: Vec<String> = values.iter().map(|(_, b)| b.to_string()).collect();
        let (a, b): (Vec<&str>, Vec<&str>) =
            (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
        let figures = figures(&[("a", &a), ("b", &b)]);
        let mut places: Vec<RegionCode> = (0..values.len()).map(region).collect();
        let forward = judge(&catalog.schemes["t.s"], &places, &figures);
        places.reverse();
        let mut backward = judge(&catalog.schemes["t.s"], &places, &figures);
        backward.reverse();
        prop_assert_eq!(&forward, &backward);
        for verdict in &forward {
            let sum: Decimal = verdict.items.iter().filter_map(|item| item.points).sum();
            prop_assert_eq!(verdict.points, Some(sum));
            prop_assert!(sum <= Decimal::from(105));
        }
        for pair in forward.windows(2) {
            prop_assert_eq!(pair[0].points.cmp(&pair[1].points), pair[1].rank.cmp(&pair[0].rank));
        }
    }

    /// A better figure never loses points.
    #[test]
    fn better_figures_never_lose(low in -1000i64..1000, more in 0i64..500, falls in any::<bool>()) {
        let figure = Figure { falls, target: Some(50.into()), ..Figure::default() };
        let (worse, better) = if falls { (low + more, low) } else { (low, low + more) };
        let scores = [
            Score::Stepped { target: Limit::Target, step: 7.into(), each: 3.into(), floor: 0.into(), begun: true },
            Score::TargetRatio { target: Limit::Target },
            Score::Change { better: 9.into(), same: 5.into(), worse: 0.into(), within: 10.into() },
            Score::Binary { limit: Limit::Target, at_least: !falls },
        ];
        for score in scores {
            // The share of a target has no meaning for figures below zero that should be small.
            if falls && low <= 0 && matches!(score, Score::TargetRatio { .. }) {
                continue;
            }
            let of = |value: i64| points(&score, 10.into(), &figure, value.into(), None).unwrap().points;
            prop_assert!(of(better) >= of(worse), "{score:?} {worse} {better}");
        }
    }
}
