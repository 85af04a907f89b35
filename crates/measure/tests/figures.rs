//! The kinds of indicators against numbers worked out by hand.

mod common;

use common::{at, batches, decimal, engine, leaf, record, sample, value};
use serde_json::json;
use zhiheng_measure::Flag;

#[tokio::test]
async fn the_rate_of_the_prefecture() {
    let mut leaves = batches(1417, "2013-05-02", "621122", "conform");
    leaves.extend(batches(233, "2013-08-02", "621102", "nonconform"));
    leaves.extend(batches(4, "2013-08-02", "621102", "pending"));
    leaves.push(record("t.batch", json!({ "no": "x", "sampled_on": "2013-08-02", "place": "621102" })));
    let (engine, _dir) = engine(leaves).await;
    // Whole quarters come from the roll-up, other stretches from the lake.
    for period in ["2013", "2013-01-01..2013-12-30"] {
        let measure = at(&engine, &format!("t.rate/621100/{period}")).await;
        assert_eq!(measure.value.as_deref(), Some("85.9"), "{period}");
        assert_eq!((measure.top, measure.bottom), (Some(1417.into()), Some(1650.into())));
        assert_eq!((measure.low.as_deref(), measure.high.as_deref()), (Some("84.1"), Some("87.5")));
        assert_eq!(measure.interval.as_deref(), Some("wilson 95 %"));
        assert_eq!(measure.records, 1650);
        let excluded: Vec<(&str, u64)> =
            measure.excluded.iter().map(|one| (one.reason.as_str(), one.records)).collect();
        assert_eq!(excluded, [("bottom", 4), ("unknown", 1)]);
        assert_eq!(measure.ledger_size, 1655);
        assert_eq!(measure.catalog, engine.catalog().digest);
        assert!(measure.flags.is_empty());
    }
    // 85.878… is below 85.9 by its full value, though it is printed as 85.9.
    let target = at(&engine, "t.rate/621100/2013").await.target.unwrap();
    assert_eq!((target.met, target.certain), (Some(false), false));
    assert_eq!(value(&engine, "t.rate/621122/2013").await.as_deref(), Some("100.0"));
    assert_eq!(value(&engine, "t.rate/621100/2012").await, None);
    assert_eq!(at(&engine, "t.rate/621100/2013Q2").await.records, 1417);
    assert_eq!(value(&engine, "t.batches/100000/2013").await.as_deref(), Some("1655"));
    assert_eq!(value(&engine, "t.batches/100000/1999").await.as_deref(), Some("0"));
}

#[tokio::test]
async fn sums_means_and_ratios_are_exact() {
    let row = |amount: &str, quantity: Option<i64>, product: &str| {
        let mut data = json!({ "no": "x", "sampled_on": "2013-05-02", "place": "621122", "amount": amount,
            "product": product });
        if let Some(quantity) = quantity {
            data["quantity"] = quantity.into();
        }
        record("t.batch", data)
    };
    let leaves = vec![
        row("0.10", Some(2), "oil"),
        row("0.20", Some(1), "flour"),
        row("12345678901.33", Some(3), "flour"),
        row("-0.03", None, "oil"),
        record("t.batch", json!({ "no": "x", "sampled_on": "2013-05-02", "place": "621122", "quantity": 7 })),
    ];
    let (engine, _dir) = engine(leaves).await;
    for period in ["2013", "2013-05-01..2013-05-31"] {
        let sum = at(&engine, &format!("t.amount/621100/{period}")).await;
        assert_eq!(sum.value.as_deref(), Some("12345678901.60"));
        assert_eq!(sum.top, Some(decimal("12345678901.60")));
        assert_eq!((sum.records, sum.excluded[0].reason.as_str()), (4, "unknown"));
        let oil = at(&engine, &format!("t.mean_amount/621100/{period};product=oil")).await;
        assert_eq!(oil.value.as_deref(), Some("0.04"), "0.07 / 2 = 0.035, half to even");
        // Mean 0.035, deviation 0.0919…, t = 12.7062 on one degree of freedom.
        let (low, high) = oil.limits.unwrap();
        assert!((low + 0.790_903).abs() < 1e-5 && (high - 0.860_903).abs() < 1e-5, "{low} {high}");
        let price = at(&engine, &format!("t.unit_price/621100/{period};product=flour")).await;
        assert_eq!(price.bottom, Some(decimal("6.0")));
        assert_eq!(price.value.as_deref(), Some("2057613150.255"));
    }
    assert_eq!(value(&engine, "t.amount/621100/2012").await, None);
    // Nothing in the quarter before to compare with.
    assert_eq!(value(&engine, "t.amount_change/621100/2013Q2").await, None);
}

#[tokio::test]
async fn weights_of_records_and_distinct_subjects() {
    let row = |conclusion: &str, design: &str, producer: &str| {
        record(
            "t.batch",
            json!({ "no": "x", "sampled_on": "2013-05-02", "place": "621122", "conclusion": conclusion,
                "design": design, "producer": producer }),
        )
    };
    let leaves = vec![
        row("conform", "1.500", "a"),
        row("conform", "2.000", "b"),
        row("nonconform", "0.250", "a"),
        row("conform", "0.250", "c"),
        row("pending", "9.000", "d"),
    ];
    let (engine, _dir) = engine(leaves).await;
    let weighted = at(&engine, "t.design_rate/621122/2013").await;
    assert_eq!((weighted.top, weighted.bottom), (Some(decimal("3.75")), Some(decimal("4.000"))));
    assert_eq!(weighted.value.as_deref(), Some("93.8"), "93.75 to even");
    assert_eq!(weighted.plain.as_deref(), Some("75.0"));
    assert!(weighted.weighted && weighted.interval.is_none());
    // a failed once, so two of three enterprises conform; d has no conclusion.
    let producers = at(&engine, "t.producers/621122/2013").await;
    assert_eq!((producers.top, producers.bottom), (Some(2.into()), Some(3.into())));
    assert_eq!(producers.value.as_deref(), Some("66.7"));
}

#[tokio::test]
async fn changes_are_carried_by_a_test_or_not() {
    let mut leaves = sample(254, 300, "2012-05-02", "621122", &json!({}));
    leaves.extend(sample(263, 300, "2013-05-02", "621122", &json!({})));
    leaves.extend(sample(200, 300, "2012-05-02", "621102", &json!({})));
    leaves.extend(sample(290, 300, "2013-05-02", "621102", &json!({})));
    leaves.extend(sample(290, 300, "2015-05-02", "621102", &json!({})));
    leaves.extend(sample(290, 300, "2014-05-02", "621102", &json!({})));
    let (engine, _dir) = engine(leaves).await;
    // 84.67 % → 87.67 % on 300 each: 3.0 points, not distinguishable.
    let longxi = at(&engine, "t.rate_change/621122/2013").await;
    assert_eq!(longxi.value.as_deref(), Some("3.0"));
    let comparison = longxi.comparison.unwrap();
    assert_eq!(comparison.carried, Some(false));
    assert!((comparison.p_value.unwrap() - 0.287_2).abs() < 5e-4, "{comparison:?}");
    assert_eq!(comparison.from.to_string(), "t.rate/621122/2012@1800");
    assert_eq!(comparison.from_value.as_deref(), Some("84.7"));
    let anding = at(&engine, "t.rate_change/621102/2013").await;
    assert_eq!(anding.comparison.unwrap().carried, Some(true));
    // The definition changed in February 2015.
    let across = at(&engine, "t.rate_change/621102/2015").await;
    assert_eq!(across.value, None);
    assert!(across.has(Flag::NotComparable));
    assert!(at(&engine, "t.rate/621102/2015").await.has(Flag::Break));
    assert!(!at(&engine, "t.rate/621102/2014").await.has(Flag::Break));
    // No records a year before.
    assert_eq!(value(&engine, "t.rate_change/621102/2012").await, None);
}

#[tokio::test]
async fn comparable_cells_keep_the_weights_of_the_base() {
    // Base: flour 40 of 50 in Longxi, oil 30 of 30 in Longxi, steel 10 of 20 (gone later).
    // Now: flour 90 of 100, oil 8 of 10, steel only in another county.
    let mut leaves = sample(40, 50, "2012-05-02", "621122", &json!({ "product": "flour" }));
    leaves.extend(sample(30, 30, "2012-05-02", "621122", &json!({ "product": "oil" })));
    leaves.extend(sample(10, 20, "2012-05-02", "621122", &json!({ "product": "steel" })));
    leaves.extend(sample(90, 100, "2013-05-02", "621122", &json!({ "product": "flour" })));
    leaves.extend(sample(8, 10, "2013-05-02", "621122", &json!({ "product": "oil" })));
    leaves.extend(sample(5, 15, "2013-05-02", "621102", &json!({ "product": "steel" })));
    let (engine, _dir) = engine(leaves).await;
    let measure = at(&engine, "t.comparable_rate/621100/2013").await;
    // (50 · 90/100 + 30 · 8/10) / 80 = 69 / 80 = 86.25 %
    assert_eq!((measure.top, measure.bottom), (Some(decimal("69")), Some(decimal("80"))));
    assert_eq!(measure.value.as_deref(), Some("86.2"), "86.25 to even");
    assert_eq!(measure.cells, Some(2));
    let coverage = measure.coverage.clone().unwrap();
    assert_eq!((coverage.covered, coverage.whole), (110.into(), 125.into()));
    assert_eq!(coverage.share, decimal("0.8800"));
    assert_eq!(measure.plain.as_deref(), Some("82.4"), "103 of 125");
    let comparison = measure.comparison.clone().unwrap();
    // 70 of 80 before: 87.5 %; 86.25 − 87.5 = −1.25 points.
    assert_eq!((comparison.from_top, comparison.from_bottom), (Some(70.into()), Some(80.into())));
    assert_eq!(comparison.difference, Some(decimal("-1.2")));
    assert_eq!(comparison.carried, Some(false));
    // By county: steel has no match anywhere.
    assert_eq!(value(&engine, "t.comparable_rate/621102/2013").await, None);
    assert_eq!(
        at(&engine, "t.comparable_rate/621122/2013;product=flour").await.value.as_deref(),
        Some("90.0")
    );
}

#[tokio::test]
async fn two_layers_of_output() {
    let output = |place: &str, day: &str, industry: &str, value: &str| {
        record("t.output", json!({ "place": place, "day": day, "industry": industry, "value": value }))
    };
    let mut leaves = vec![
        output("440000", "2012-12-31", "39", "30"),
        output("440000", "2012-12-31", "13", "50"),
        output("440000", "2012-12-31", "31", "20"),
        output("620000", "2012-12-31", "13", "40.5"),
        output("620000", "2012-12-31", "31", "9.5"),
        // Older and newer years do not count for 2013.
        output("620000", "2010-12-31", "13", "900"),
        output("620000", "2014-12-31", "13", "900"),
    ];
    leaves.extend(sample(90, 100, "2013-05-02", "440100", &json!({ "industry": "39" })));
    leaves.extend(sample(40, 50, "2013-05-02", "440300", &json!({ "industry": "13" })));
    leaves.extend(sample(30, 40, "2013-05-02", "621122", &json!({ "industry": "13" })));
    leaves.extend(sample(10, 10, "2013-05-02", "621122", &json!({ "industry": "31" })));
    let (engine, _dir) = engine(leaves).await;
    // Guangdong: (30 · 0.9 + 50 · 0.8) / 80 = 67/80; steel has no samples, 80 of 100 covered.
    let guangdong = at(&engine, "t.output_rate/440000/2013").await;
    assert_eq!(guangdong.value.as_deref(), Some("83.75"));
    assert_eq!(guangdong.coverage.clone().unwrap().share, decimal("0.8"));
    assert!(guangdong.has(Flag::LowCoverage));
    assert_eq!(guangdong.plain.as_deref(), Some("86.67"));
    // Gansu: (40.5 · 0.75 + 9.5 · 1) / 50 = 39.875/50.
    let gansu = at(&engine, "t.output_rate/620000/2013").await;
    assert_eq!(gansu.value.as_deref(), Some("79.75"));
    assert!(!gansu.has(Flag::LowCoverage));
    // Nation: (100 · 67/80 + 50 · 39.875/50) / 150 = (83.75 + 39.875)/150 = 82.4166… %.
    let nation = at(&engine, "t.output_rate/100000/2013").await;
    assert_eq!(nation.value.as_deref(), Some("82.42"));
    assert_eq!(nation.cells, Some(4));
    assert_eq!(nation.coverage.clone().unwrap().share, decimal("0.8667"));
    // One industry: regions by the output of that industry, (50 · 0.8 + 40.5 · 0.75)/90.5.
    let food = at(&engine, "t.output_rate/100000/2013;industry=13").await;
    assert_eq!(food.value.as_deref(), Some("77.76"));
    assert_eq!(value(&engine, "t.output_rate/100000/2011").await, None);
}

#[tokio::test]
async fn registers_reports_and_formulas() {
    let certificate = |no: &str, from: &str, until: Option<&str>, holder: &str| {
        let mut data = json!({ "no": no, "issued_on": from, "place": "621122", "holder": holder });
        if let Some(until) = until {
            data["expires_on"] = until.into();
        }
        record("t.certificate", data)
    };
    let mut leaves = vec![
        certificate("1", "2010-01-01", None, "a"),
        certificate("2", "2013-12-31", Some("2016-12-31"), "a"),
        certificate("3", "2011-01-01", Some("2013-12-31"), "b"),
        certificate("4", "2011-01-01", Some("2013-12-30"), "c"),
        certificate("5", "2014-01-01", None, "d"),
    ];
    leaves.extend(batches(10, "2013-05-02", "621122", "conform"));
    let tons = |place: &str, day: &str, tons: &str| json!({ "place": place, "day": day, "tons": tons });
    leaves.push(leaf("record", "t.figure", tons("621100", "2013-12-31", "490.97"), None, Some("published")));
    leaves.push(record("t.figure", tons("621122", "2013-12-31", "7")));
    leaves.push(record("t.figure", tons("621122", "2013-11-30", "8.125")));
    leaves.push(record("t.figure", tons("621122", "2013-11-30", "8.12")));
    let (engine, _dir) = engine(leaves).await;
    assert_eq!(value(&engine, "t.certificates/621100/2013").await.as_deref(), Some("3"));
    assert_eq!(value(&engine, "t.holders/621100/2013").await.as_deref(), Some("2"));
    assert_eq!(value(&engine, "t.certificates/621100/2009").await.as_deref(), Some("0"));
    let city = at(&engine, "t.tons/621100/2013").await;
    assert_eq!(city.value.as_deref(), Some("490.97"));
    assert!(city.has(Flag::Published) && !city.has(Flag::Several));
    // The latest entry counts, not the latest day; 8.125 does not fit two places and counts as empty.
    let county = at(&engine, "t.tons/621122/2013").await;
    assert_eq!(county.value.as_deref(), Some("8.12"));
    assert!(county.has(Flag::Several));
    assert_eq!(county.excluded[0].reason, "older");
    assert_eq!(value(&engine, "t.tons/620000/2013").await, None, "never a sum of the regions below");
    assert_eq!(value(&engine, "t.per_certificate/621122/2013").await.as_deref(), Some("3.33"));
    assert_eq!(value(&engine, "t.per_certificate/621122/2009").await, None, "division by zero is no data");
}

#[tokio::test]
async fn small_bases_are_flagged_or_suppressed() {
    let mut leaves = sample(1, 2, "2013-05-02", "621122", &json!({ "product": "flour" }));
    leaves.extend(sample(5, 9, "2013-05-02", "621102", &json!({ "product": "flour" })));
    leaves.extend(sample(5, 9, "2013-05-02", "621102", &json!({ "product": "oil" })));
    leaves.push(leaf(
        "record",
        "t.batch",
        json!({ "no": "x", "sampled_on": "2013-05-02", "place": "621102", "product": "flour", "conclusion": "conform" }),
        None,
        Some("synthetic"),
    ));
    let (engine, _dir) = engine(leaves).await;
    let small = at(&engine, "t.rate/621122/2013").await;
    assert!(small.has(Flag::Small) && small.value.is_some());
    let hidden = at(&engine, "t.bad_rate/621122/2013").await;
    assert!(hidden.has(Flag::Suppressed));
    assert_eq!((hidden.value, hidden.top, hidden.low, hidden.number), (None, None, None, None));
    let shown = at(&engine, "t.bad_rate/621102/2013").await;
    assert_eq!((shown.top, shown.bottom), (Some(4.into()), Some(10.into())));
    assert_eq!(shown.value.as_deref(), Some("40.00"));
    assert_eq!(shown.interval.as_deref(), Some("clopper-pearson 90 %"));
    assert_eq!(shown.excluded[0].reason, "filter");
    assert_eq!(shown.excluded[0].records, 9);
    assert_eq!(shown.synthetic, 1);
    assert!(shown.has(Flag::Synthetic));
}
