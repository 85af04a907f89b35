//! What a panel's points come to, worked out by hand.

use zhiheng_base::Decimal;
use zhiheng_catalog::model::{Panel, Settle};
use zhiheng_judge::panel::{Mark, Marks, leanings, weigh};

use crate::help::{catalog, decimal, item};

/// 70 points by a figure, 20 by people at three levels, 10 by people freely.
fn items() -> String {
    let judged = |id: &str, points: &str, score: &str| {
        item(id, points, "none", score).replace("measure = \"t.none\"\n", "")
    };
    let levels = "{ judged = { levels = [\
        { points = 20, says = { zh = \"甲\", en = \"a\" } }, \
        { points = 10, says = { zh = \"乙\", en = \"b\" } }, \
        { points = 0, says = { zh = \"丙\", en = \"c\" } }] } }";
    item("rate", "70", "a", "{ between = { best = 100, worst = 0 } }")
        + &judged("plan", "20", levels)
        + &judged("free", "10", "{ judged = { } }")
}

fn panel(settle: Settle) -> Panel {
    Panel { stage: "review".to_owned(), reviewers: 2, settle, apart: decimal("0.25") }
}

fn sheets(all: &[(&str, &str)]) -> Vec<Marks> {
    let mark = |item: &str, points: &str| Mark {
        item: item.to_owned(),
        points: decimal(points),
        comment: String::new(),
    };
    (all.iter().enumerate())
        .map(|(n, (plan, free))| Marks {
            reviewer: format!("r{n}"),
            marks: [("plan", plan), ("free", free)]
                .iter()
                .filter(|(_, points)| !points.is_empty())
                .map(|(item, points)| mark(item, points))
                .collect(),
        })
        .collect()
}

fn proposed(settle: Settle, all: &[(&str, &str)]) -> Vec<Decimal> {
    let catalog = catalog(&items());
    weigh(&catalog.schemes["t.s"], &panel(settle), &sheets(all)).iter().map(|one| one.proposed).collect()
}

#[test]
fn the_middle_is_the_schemes() {
    let four = [("20", "9"), ("20", "8"), ("10", "2"), ("0", "7.5")];
    // Plan: the middle of 0 10 20 20 is 15, as near to 10 as to 20: the lower. Free: 2 7.5 8 9.
    assert_eq!(proposed(Settle::Median, &four), [decimal("10"), decimal("7.8")]);
    // Plan: 50 / 4 = 12.5. Free: 26.5 / 4 = 6.625, printed with one digit.
    assert_eq!(proposed(Settle::Mean, &four), [decimal("10"), decimal("6.6")]);
    // Plan: (10 + 20) / 2. Free: (7.5 + 8) / 2 = 7.75.
    assert_eq!(proposed(Settle::Trimmed, &four), [decimal("10"), decimal("7.8")]);
    // Of two there is nothing to leave out.
    assert_eq!(proposed(Settle::Trimmed, &[("20", "4"), ("20", "6")]), [decimal("20"), decimal("5")]);
    assert_eq!(proposed(Settle::Median, &[("0", "3")]), [decimal("0"), decimal("3")]);
    assert!(proposed(Settle::Median, &[]).is_empty());
}

#[test]
fn points_far_apart_are_told_and_so_is_who_leans() {
    let catalog = catalog(&items());
    let scheme = &catalog.schemes["t.s"];
    let all = sheets(&[("20", "8"), ("20", "5.6"), ("10", "")]);
    let found = weigh(scheme, &panel(Settle::Median), &all);
    // A quarter of 20 is 5, of 10 it is 2.5.
    assert_eq!((found[0].spread, found[0].is_apart), (decimal("10"), true));
    assert_eq!((found[1].spread, found[1].is_apart), (decimal("2.4"), false));
    assert_eq!(found[1].points, [Some(decimal("8")), Some(decimal("5.6")), None]);
    // First: (20 − 15 + 8 − 5.6) / 2; second: (20 − 15 + 5.6 − 8) / 2; third: 10 − 20.
    let lean = leanings(&all, &found);
    assert_eq!(lean, [Some(decimal("3.7")), Some(decimal("1.3")), Some(decimal("-10"))]);
    let alone = sheets(&[("20", "8")]);
    assert_eq!(leanings(&alone, &weigh(scheme, &panel(Settle::Mean), &alone)), [None]);
}
