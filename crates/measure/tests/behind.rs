//! What stands behind a number: its rows, its explanation, its table; and what is refused.

mod common;

use common::{at, batches, engine, leaf, period, region, sample};
use serde_json::json;
use zhiheng_base::{Lang, Level};
use zhiheng_measure::{Address, Area, Measure, Query, RowsRequest, Which};

async fn small() -> (zhiheng_measure::Engine, tempfile::TempDir) {
    let mut leaves = sample(1, 2, "2013-05-02", "621122", &json!({ "product": "flour", "amount": "1.50" }));
    leaves.push(leaf("record", "t.batch", json!({ "no": "p", "sampled_on": "2013-05-03", "place": "621102", "conclusion": "pending", "failed_items": ["lead", "taste"] }), None, Some("synthetic")));
    leaves.push(leaf("record", "t.batch", json!({ "no": "q", "sampled_on": "2013-05-03", "place": "621102", "conclusion": "conform", "failed_items": ["lead"] }), None, None));
    leaves.push(leaf("withdraw", "t.batch", json!({}), Some(0), None));
    engine(leaves).await
}

#[tokio::test]
async fn rows_say_why_they_do_not_count() {
    let (engine, _dir) = small().await;
    let address: Address = "t.rate/621100/2013".parse().unwrap();
    let request = |which, limit, after| RowsRequest { which, limit, after };
    let all = engine.rows(&address, request(Which::All, 100, None)).await.unwrap();
    let seen: Vec<(u64, Option<bool>, Option<&str>)> =
        all.rows.iter().map(|row| (row.entry, row.met, row.reason.as_deref())).collect();
    assert_eq!(
        seen,
        [
            (0, None, Some("withdrawn")),
            (1, Some(false), None),
            (2, None, Some("bottom")),
            (3, Some(true), None)
        ]
    );
    assert_eq!(all.rows[2].provenance, "synthetic");
    let place = |name: &str| all.columns.iter().position(|column| column == name).unwrap();
    assert_eq!(all.rows[1].values[place("amount")], "1.5");
    assert_eq!(all.rows[2].values[place("failed_items")], json!(["lead", "taste"]));
    assert_eq!(all.rows[2].values[place("sampled_on")], "2013-05-03");
    let counted = engine.rows(&address, request(Which::Counted, 1, None)).await.unwrap();
    assert_eq!((counted.rows.len(), counted.next), (1, Some(1)));
    let next = engine.rows(&address, request(Which::Counted, 5, counted.next)).await.unwrap();
    assert_eq!(next.rows.iter().map(|row| row.entry).collect::<Vec<_>>(), [3]);
    let excluded = engine.rows(&address, request(Which::Excluded, 5, None)).await.unwrap();
    assert_eq!(excluded.rows.len(), 2);
    // Before the withdrawal the first row counted.
    let before = engine.rows(&"t.rate/621100/2013@4".parse().unwrap(), RowsRequest::default()).await.unwrap();
    assert_eq!(before.rows.len(), 3);
    // As many rows as the number says, for changes those of the rate.
    assert_eq!(at(&engine, "t.rate/621100/2013").await.records, 2);
    let change =
        engine.rows(&"t.rate_change/621100/2013".parse().unwrap(), RowsRequest::default()).await.unwrap();
    assert_eq!(change.rows.len(), 2);
    let derived =
        engine.rows(&"t.per_certificate/621100/2013".parse().unwrap(), RowsRequest::default()).await;
    assert_eq!(derived.unwrap_err().code, "ZH5008");
}

#[tokio::test]
async fn explanations_go_down_to_the_formulas() {
    let mut leaves = batches(1417, "2013-05-02", "621122", "conform");
    leaves.extend(batches(233, "2013-08-02", "621102", "nonconform"));
    leaves.extend(batches(4, "2013-08-02", "621102", "pending"));
    leaves.extend(batches(100, "2012-08-02", "621102", "conform"));
    let (engine, _dir) = engine(leaves).await;
    let found = engine.explain(&"t.rate/621100/2013".parse().unwrap()).await.unwrap();
    let text = found.root.lines(Lang::En).join("\n");
    assert!(
        text.starts_with("Pass rate · 定西市 · 2013 · as of 1754 entries: 85.9  [t/indicators.toml:"),
        "{text}"
    );
    for part in [
        "1417 ÷ 1650, rounded by GB/T 8170 to 1 decimals",
        "numerator: Conclusion is Conforming, 1417 records  [t/indicators.toml:",
        "4 not counted: not in the denominator (Conclusion is one of Conforming, Non-conforming)",
        "x = 1417, n = 1650, z = 1.959964",
        "84.1 % to 87.5 %",
        "target: at least 85.9 (plan)",
        "missed",
        "1417 ÷ 1417",
        "0 ÷ 233",
        "ledger size 1754, catalog ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for id in
        ["t.rate_change", "t.comparable_rate", "t.per_certificate", "t.tons", "t.amount", "t.output_rate"]
    {
        let found = engine.explain(&format!("{id}/621100/2013").parse().unwrap()).await.unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let text = found.root.lines(lang).join("\n");
            assert!(!text.contains('«') && !text.contains("{$"), "{text}");
        }
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<zhiheng_measure::Explanation>(&json).unwrap().root, found.root);
    }
}

#[tokio::test]
async fn tables_in_one_pass() {
    let (engine, _dir) = small().await;
    // One record with two failed items counts for both.
    let query = Query::new("t.batches", Area::One(region("621100")), vec![period("2013")]).by("failed_items");
    let table = engine.table(&query).await.unwrap();
    let lines: Vec<(String, Option<String>)> =
        table.iter().map(|one| (one.address.cuts[0].1.clone(), one.value.clone())).collect();
    let want = [("", "1"), ("lead", "2"), ("taste", "1")];
    assert_eq!(lines, want.map(|(value, count)| (value.to_owned(), Some(count.to_owned()))));
    assert_eq!(at(&engine, "t.batches/621100/2013;failed_items=lead").await.value.as_deref(), Some("2"));
    assert_eq!(at(&engine, "t.batches/621100/2013;failed_items=").await.value.as_deref(), Some("1"));
    // Months, weeks and overlapping periods, in the order asked.
    let periods = ["2013-06", "2013-05", "2013", "2013-W18"].map(period).to_vec();
    let table =
        engine.table(&Query::new("t.rate", Area::One(region("621100")), periods.clone())).await.unwrap();
    assert_eq!(table.iter().map(|one| one.address.period).collect::<Vec<_>>(), periods);
    assert_eq!(table.iter().map(|one| one.records).collect::<Vec<_>>(), [0, 2, 2, 2]);
    // Every county of the prefecture has its line, in order.
    let query = Query::new("t.rate", Area::Below(region("621100"), Level::County), vec![period("2013")]);
    let counties: Vec<Measure> = engine.table(&query).await.unwrap();
    let codes: Vec<String> = counties.iter().map(|one| one.address.region.to_string()).collect();
    assert_eq!(codes, ["621102", "621121", "621122", "621123", "621124", "621125", "621126"]);
    assert_eq!(counties.iter().map(|one| one.records).collect::<Vec<_>>(), [1, 0, 1, 0, 0, 0, 0]);
    let json = serde_json::to_string(&counties[0]).unwrap();
    assert_eq!(serde_json::from_str::<Measure>(&json).unwrap(), counties[0]);
}

#[tokio::test]
async fn bad_questions_are_told_apart() {
    let (engine, _dir) = small().await;
    for (address, code) in [
        ("t.rat/621100/2013", "ZH5005"),
        ("t.rate/621100/2013;conclusion=conform", "ZH5006"),
        ("t.rate/621100/2013;sealed=perhaps", "ZH5013"),
        ("t.rate/621100/2013;quantity=x", "ZH5013"),
        ("t.rate/621100/2013@99", "ZH5007"),
    ] {
        let problem = engine.measure(&address.parse().unwrap()).await.unwrap_err();
        assert_eq!(problem.code, code, "{address}");
        for lang in [Lang::Zh, Lang::En] {
            assert!(!problem.message(lang).contains('«'));
        }
    }
    let nearest = engine.measure(&"t.rat/621100/2013".parse().unwrap()).await.unwrap_err();
    assert!(nearest.hint(Lang::En).unwrap().contains("t.rate"));
}
