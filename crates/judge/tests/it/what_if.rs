//! What if: scores turned round against the scores themselves, margins against judging again, changes by hand.

use proptest::prelude::*;
use zhiheng_base::{Decimal, RegionCode};
use zhiheng_catalog::model::{Limit, Score};
use zhiheng_judge::score::points;
use zhiheng_judge::what_if::reaching;
use zhiheng_judge::{Change, Figure, Figures, changed, compare, judge, margins};

use crate::help::{catalog, decimal, figures, item, region, verdicts};

/// Every way to score, turned round: over a grid of figures and of points needed, a figure lies in the spans exactly when its
/// points say so.
#[test]
fn scores_turned_round_say_what_scores_say() {
    let ten = Decimal::from(10);
    let d = decimal;
    let stepped = |floor: &str, begun| Score::Stepped {
        target: Limit::Target,
        step: d("0.5"),
        each: d("1.5"),
        floor: d(floor),
        begun,
    };
    let scores = [
        Score::Binary { limit: Limit::Fixed(3.into()), at_least: true },
        Score::Binary { limit: Limit::Fixed(3.into()), at_least: false },
        Score::Checklist { each: 2.into() },
        Score::Levels { levels: vec![(6.into(), 10.into()), (3.into(), 4.into()), (1.into(), 2.into())] },
        // Less is better, and a best in the middle.
        Score::Levels { levels: vec![(6.into(), 0.into()), (3.into(), 4.into()), (0.into(), 10.into())] },
        Score::Levels { levels: vec![(6.into(), 3.into()), (3.into(), 10.into()), (0.into(), 5.into())] },
        Score::TargetRatio { target: Limit::Target },
        Score::TargetRatio { target: Limit::Fixed(0.into()) },
        stepped("0", true),
        stepped("0", false),
        stepped("4", true),
        Score::Between { best: 8.into(), worst: 0.into() },
        Score::Between { best: 0.into(), worst: 8.into() },
        Score::Change { better: 10.into(), same: 6.into(), worse: 2.into(), within: d("1.5") },
        Score::Rank { levels: vec![(d("0.3"), 10.into()), (d("0.7"), 5.into())] },
        Score::Deduct { each: 2.into() },
        Score::Bonus { each: d("2.5") },
    ];
    let others: Vec<Decimal> = ["1", "4", "4", "6.5", "7"].map(d).to_vec();
    let mut n_in = 0;
    for score in &scores {
        for falls in [false, true] {
            let figure = Figure { falls, target: Some(5.into()), ..Figure::default() };
            for need in -8..=44 {
                let need = Decimal::new(need * 25, 2);
                let at_least = reaching(score, ten, &figure, &others, (need, true)).unwrap();
                let fewer = reaching(score, ten, &figure, &others, (need, false)).unwrap();
                for value in -40..=120 {
                    let value = Decimal::new(value, 1);
                    let ahead =
                        others.iter().filter(|other| if falls { **other < value } else { **other > value });
                    let rank = Some((ahead.count() as u32 + 1, 6));
                    let truth = points(score, ten, &figure, value, rank).unwrap().points >= need;
                    let holds = at_least.iter().any(|span| span.holds(value));
                    assert_eq!(holds, truth, "{score:?} falls {falls}: {value} for {need}: {at_least:?}");
                    assert_eq!(
                        fewer.iter().any(|span| span.holds(value)),
                        !truth,
                        "{score:?} falls {falls}: {value} below {need}: {fewer:?}"
                    );
                    n_in += usize::from(truth);
                }
            }
        }
    }
    assert!(n_in > 10_000);
    // Without the target that it asks for there is nothing to turn round, and what does not fit is no answer.
    assert_eq!(reaching(&stepped("0", true), ten, &Figure::default(), &[], (1.into(), true)), None);
    assert_eq!(
        reaching(
            &Score::TargetRatio { target: Limit::Fixed(Decimal::MAX) },
            ten,
            &Figure::default(),
            &[],
            (9.into(), true)
        ),
        None
    );
}

/// 70.5 points, C from 60 and B from 80: by hand, 60 · x + 22.5 reaches 80 at x = 95.8333…, taken up to six places, and falls
/// below 60 under 62.5.
#[test]
fn margins_by_hand() {
    let items = item("rate", "60", "a", "{ between = { best = 100, worst = 0 } }")
        + &item("list", "40", "b", "{ checklist = { each = 7.5 } }");
    let catalog = catalog(&items);
    let figures = figures(&[("a", &["80"]), ("b", &["3"])]);
    let verdicts = verdicts(&catalog, &figures, 1);
    assert_eq!(verdicts[0].points, Some(decimal("70.5")));
    let found = margins(&catalog.schemes["t.s"], &[region(0)], &figures, &verdicts[0]);
    let told: Vec<(&str, String, bool, &str)> = found
        .iter()
        .map(|one| (one.item.as_str(), one.to.to_string(), one.beyond, one.grade.as_str()))
        .collect();
    // Of the list 32 points are needed for a B, 4.266667 things, and fewer than 12 points, 1.6 things, are too few for a C.
    let expected = [
        ("rate", "95.833334".to_owned(), false, "B"),
        ("rate", "62.5".to_owned(), true, "D"),
        ("list", "4.266667".to_owned(), false, "B"),
        ("list", "1.6".to_owned(), true, "D"),
    ];
    assert_eq!(told, expected);
}

/// A jump over a grade is named by the grade that comes out: all or nothing of 40 points takes an A to a C.
#[test]
fn a_jump_names_the_grade_that_comes_out() {
    let items = item("rate", "60", "a", "{ checklist = { each = 1 } }")
        + &item("jump", "40", "b", "{ binary = { at_least = 5 } }");
    let catalog = catalog(&items);
    let rows = figures(&[("a", &["60", "60"]), ("b", &["7", "7"]), ("incidents", &["", "1"])]);
    let verdicts = verdicts(&catalog, &rows, 2);
    let scheme = &catalog.schemes["t.s"];
    let found = margins(scheme, &[region(0)], &rows, &verdicts[0]);
    let jump = found.iter().find(|one| one.item == "jump").unwrap();
    assert_eq!((jump.to, jump.beyond, jump.grade.as_str(), jump.better), (5.into(), true, "C", false));
    // No item moves a grade that a veto sets.
    assert_eq!(margins(scheme, &[region(1)], &rows, &verdicts[1]), []);
}

#[test]
fn changes_by_hand() {
    let items =
        item("rate", "60", "a", "{ levels = [{ from = 90, points = 60 }, { from = 0, points = 30 }] }")
            + &item("list", "40", "b", "{ checklist = { each = 4 } }")
            + &item("more", "5", "c", "{ bonus = { each = 1 } }");
    let catalog = catalog(&items);
    let scheme = &catalog.schemes["t.s"];
    let rows = figures(&[("a", &["95", "50"]), ("b", &["5", "10"]), ("c", &["1", "0"])]);
    let places = [region(0), region(1)];
    let before = judge(scheme, &places, &rows);
    assert_eq!([before[0].points, before[1].points], [Some(81.into()), Some(70.into())]);
    let with = |changes: &[Change]| {
        let (scheme, figures) = changed(scheme, &rows, &places, changes).unwrap();
        judge(&scheme, &places, &figures)
    };
    // 80 and 20 points: 80 + 10 + 1 and 40 + 20. The list gives 2 for each thing, the bonus what it gave.
    let after = with(&[Change::points("rate=80").unwrap()]);
    assert_eq!([after[0].points, after[1].points], [Some(91.into()), Some(60.into())]);
    let moved = compare(&before, &after);
    assert_eq!(
        (moved[0].region, moved[0].grade.clone()),
        (region(0), (Some("B".to_owned()), Some("A".to_owned())))
    );
    // Why: 20 more for the rate, 10 fewer for the list.
    let why: Vec<(&str, Option<Decimal>, Option<Decimal>)> =
        moved[0].items.iter().map(|item| (item.id.as_str(), item.points.0, item.points.1)).collect();
    assert_eq!(why, [("rate", Some(60.into()), Some(80.into())), ("list", Some(20.into()), Some(10.into()))]);
    // A figure in one place, in all of them, a border.
    let one = format!("t.b/{}=10", region(0));
    assert_eq!(with(&[Change::figure(&one).unwrap()])[0].points, Some(101.into()));
    let all = with(&[Change::figure("t.b = 0").unwrap()]);
    assert_eq!([all[0].points, all[1].points], [Some(61.into()), Some(30.into())]);
    assert_eq!(with(&[Change::from("A=81").unwrap()])[0].grade.as_deref(), Some("A"));
    // 1/3 of the points stays full to nine places.
    let third = with(&[
        Change::points("rate=33.3").unwrap(),
        Change::figure("t.a=99").unwrap(),
        Change::figure("t.b=99").unwrap(),
    ]);
    assert_eq!(third[1].points.unwrap().round_dp(9), 100.into());
    for (change, code) in [
        (Change::figure("t.x=1"), "ZH9131"),
        (Change::points("nothing=1"), "ZH9132"),
        (Change::points("rate=0"), "ZH9133"),
        (Change::points("rate=100"), "ZH9133"),
        (Change::points("rate=-5"), "ZH9133"),
        (Change::from("E=1"), "ZH9132"),
        (Change::from("A=80"), "ZH9134"),
    ] {
        assert_eq!(changed(scheme, &rows, &places, &[change.unwrap()]).unwrap_err().code, code);
    }
    for text in ["", "a", "=1", "a=", "a=x", "a=1e400"] {
        assert_eq!(Change::points(text).unwrap_err().code, "ZH9130", "{text}");
    }
    assert!(Change::figure("t.a/xx=1").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Judging again is the judge of margins: with the figure at the margin (or just beyond it) the grade is the one that was named, and a
    /// little nearer it is still the old one.
    #[test]
    fn margins_hold_when_judged_again(values in prop::collection::vec((0u32..1000, 0u32..100, 0u32..12, 0u32..6, 0u32..1000), 1..5)) {
        let group = |id: &str, points: u32| format!("[[scheme.s.group]]\nid = \"{id}\"\nname = {{ zh = \"类\", en = \"{id}\" }}\npoints = {points}\n");
        let of = |part: &str, text: String| text.replace("points =", &format!("group = \"{part}\"\npoints =")).replace("score =", "missing = \"redistribute\"\nscore =");
        let items = group("x", 60)
            + &group("y", 40)
            + &of("x", item("step", "30", "a", "{ stepped = { target = 90, step = 0.5, each = 1, begun = true } }"))
            + &of("x", item("part", "30", "b", "{ between = { best = 95, worst = 20 } }"))
            + &of("x", item("off", "1", "e", "{ deduct = { each = 9 } }"))
            + &of("y", item("list", "15", "c", "{ checklist = { each = 2.5 } }"))
            + &of("y", item("ratio", "25", "d", "{ target_ratio = { target = 70 } }"));
        let catalog = catalog(&items);
        let scheme = catalog.schemes["t.s"].clone();
        let places: Vec<RegionCode> = (0..values.len()).map(region).collect();
        let mut figures = Figures::default();
        for (at, (a, b, c, off, d)) in values.iter().enumerate() {
            for (id, value) in [("t.a", Some(Decimal::new((*a).into(), 1))), ("t.b", Some((*b).into())), ("t.c", (*c < 9).then(|| (*c).into())), ("t.d", Some(Decimal::new((*d).into(), 1))),
                ("t.e", Some((*off).into()))] {
                figures.add(id, region(at), Figure { value, ..Figure::default() });
            }
        }
        let verdicts = judge(&scheme, &places, &figures);
        let nudge = Decimal::new(2, 6);
        for (at, verdict) in verdicts.iter().enumerate() {
            for margin in margins(&scheme, &places, &figures, verdict) {
                let measure = scheme.items.iter().find(|item| item.id == margin.item).and_then(|item| item.measure.clone()).unwrap();
                let grade = |value: Decimal| {
                    let change = Change::Figure { measure: measure.clone(), place: Some(region(at)), value };
                    let (scheme, figures) = changed(&scheme, &figures, &places, &[change]).unwrap();
                    judge(&scheme, &places, &figures)[at].grade.clone()
                };
                let away = if margin.to >= margin.value { nudge } else { -nudge };
                let there = if margin.beyond { margin.to + away } else { margin.to };
                prop_assert_eq!(grade(there), Some(margin.grade.clone()), "{:?}", margin);
                let nearer = if margin.beyond { margin.to } else { margin.to - away };
                if nearer != margin.value && (nearer - margin.value).is_sign_positive() == away.is_sign_positive() {
                    prop_assert_eq!(grade(nearer), verdict.grade.clone(), "{:?}", margin);
                }
            }
        }
    }
}
