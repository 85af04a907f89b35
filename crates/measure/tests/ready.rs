//! What is answered from memory is what the lake answers, byte for byte: at first asking, at the second, and after the ledger
//! has grown by records of this type and of another.

mod common;

use common::{catalog, leaf, period, record, region};
use serde_json::{Value, json};
use zhiheng_base::Level;
use zhiheng_measure::{Area, Basis, Engine, EngineOptions, Memory, Query};

/// A fixed sequence of numbers that look like chance (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len() as u64) as usize]
    }
}

/// Counties, a township, codes that have moved, a county directly under a province, a municipality, the nation.
const PLACES: [&str; 11] = [
    "621122",
    "621102",
    "621122100000",
    "622425",
    "621100",
    "620000",
    "441900101000",
    "110101",
    "100000",
    "429004",
    "810001",
];
const DAYS: [&str; 6] = ["2012-02-29", "2012-12-31", "2013-01-01", "2013-05-02", "2013-09-30", "2014-03-01"];

fn data(dice: &mut Dice) -> (&'static str, Value) {
    let (place, day) = (dice.pick(&PLACES), dice.pick(&DAYS));
    match dice.roll(5) {
        0 => {
            let mut data = json!({ "no": "c", "issued_on": day, "place": place, "holder": dice.pick(&["A", "B", "C", "D"]) });
            if dice.roll(2) == 0 {
                data["expires_on"] = dice.pick(&["2013-05-02", "2013-12-31", "2015-01-01"]).into();
            }
            ("t.certificate", data)
        }
        1 => {
            ("t.figure", json!({ "place": place, "day": day, "tons": dice.pick(&["1.50", "20.00", "0.01"]) }))
        }
        2 => (
            "t.output",
            json!({ "place": place, "day": day, "industry": dice.pick(&["13", "31", "39"]), "value": dice.pick(&["10.5", "3.0"]) }),
        ),
        _ => {
            let mut data = json!({ "no": "b", "sampled_on": day, "place": place });
            for (name, values) in [
                ("conclusion", ["conform", "conform", "nonconform", "pending"]),
                ("product", ["flour", "oil", "steel", ""]),
                ("industry", ["13", "31", "39", ""]),
                ("producer", ["X", "Y", "Z", ""]),
                ("amount", ["1.25", "-3.00", "100.00", ""]),
                ("design", ["1.000", "2.500", "0.125", ""]),
            ] {
                let value = dice.pick(&values);
                if !value.is_empty() {
                    data[name] = value.into();
                }
            }
            ("t.batch", data)
        }
    }
}

/// A history: records, corrections, withdrawals and things that are no records.
fn history(n: usize) -> Vec<Vec<u8>> {
    let mut dice = Dice(20_131_021);
    let mut leaves: Vec<Vec<u8>> = Vec::new();
    let mut kinds: Vec<&'static str> = Vec::new();
    let mut gone: Vec<bool> = Vec::new();
    while leaves.len() < n {
        let at = dice.roll(leaves.len().max(1) as u64) as usize;
        let changes = leaves.len() > 20 && dice.roll(6) == 0 && !gone[at] && !kinds[at].is_empty();
        let (of, data) = data(&mut dice);
        let provenance = [None, Some("published"), Some("synthetic")][dice.roll(3) as usize];
        if changes && dice.roll(2) == 0 {
            gone[at] = true;
            leaves.push(leaf("withdraw", kinds[at], json!({}), Some(at as u64), None));
            kinds.push("");
        } else if changes && of == kinds[at] {
            gone[at] = true;
            leaves.push(leaf("correct", of, data, Some(at as u64), provenance));
            kinds.push(of);
        } else if dice.roll(20) == 0 {
            leaves.push(leaf("adopt", "t.batch", json!({}), None, None));
            kinds.push("");
        } else {
            leaves.push(match provenance {
                None => record(of, data),
                some => leaf("record", of, data, None, some),
            });
            kinds.push(of);
        }
        gone.push(false);
    }
    leaves
}

fn questions() -> Vec<Query> {
    let ids: Vec<String> = catalog().indicators.keys().cloned().collect();
    let areas = [
        Area::One(region("100000")),
        Area::One(region("621122")),
        Area::Below(region("620000"), Level::City),
        Area::Below(region("621100"), Level::County),
        Area::Below(region("420000"), Level::City),
        Area::Below(region("621122"), Level::Township),
    ];
    let mut all = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        for (m, area) in areas.into_iter().enumerate() {
            let periods = match (n + m) % 3 {
                0 => vec![period("2012"), period("2013")],
                1 => vec![period("2013-01-15..2013-09-01")],
                _ => vec![period("2013Q2"), period("2013"), period("2014Q1")],
            };
            let basis = if (n + m).is_multiple_of(4) { Basis::AsThen } else { Basis::AsNow };
            all.push(Query { basis, ..Query::new(id, area, periods) });
        }
    }
    all
}

async fn lines(engine: &Engine, query: &Query) -> Vec<String> {
    let found = engine.table(query).await.unwrap();
    found.iter().map(|measure| serde_json::to_string(measure).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_says_what_the_lake_says() {
    let leaves = history(400);
    let (slow_dir, quick_dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let nothing_kept = EngineOptions { small_rows: 0, ..EngineOptions::default() };
    let mut slow = Engine::open(slow_dir.path(), catalog(), &nothing_kept).unwrap();
    let mut quick = Engine::open(quick_dir.path(), catalog(), &EngineOptions::default()).unwrap();
    let mut with_data = 0;
    for end in [250, 399, 400] {
        let grown = Memory { leaves: leaves[..end].to_vec() };
        slow.refresh(&grown).await.unwrap();
        quick.refresh(&grown).await.unwrap();
        for query in questions() {
            let wanted = lines(&slow, &query).await;
            assert_eq!(lines(&quick, &query).await, wanted, "first, {end}: {query:?}");
            assert_eq!(lines(&quick, &query).await, wanted, "second, {end}: {query:?}");
            with_data += wanted.iter().filter(|line| !line.contains("\"value\":null")).count();
        }
    }
    assert!(with_data > 300, "{with_data} numbers had data");
    // As of an earlier size, whatever is kept of now says nothing.
    for id in ["t.certificates", "t.tons", "t.output_rate", "t.rate"] {
        let past =
            Query { as_of: Some(250), ..Query::new(id, Area::One(region("100000")), vec![period("2013")]) };
        assert_eq!(lines(&quick, &past).await, lines(&slow, &past).await, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_over_the_limit_is_read_from_the_lake() {
    let leaves = history(120);
    let dir = tempfile::tempdir().unwrap();
    let few = EngineOptions { small_rows: 5, ..EngineOptions::default() };
    let mut engine = Engine::open(dir.path(), catalog(), &few).unwrap();
    for end in [90, 120] {
        engine.refresh(&Memory { leaves: leaves[..end].to_vec() }).await.unwrap();
        let (whole, _dir) = common::engine(leaves[..end].to_vec()).await;
        for query in questions().into_iter().step_by(3) {
            let wanted = lines(&whole, &query).await;
            assert_eq!(lines(&engine, &query).await, wanted, "first, {end}: {query:?}");
            assert_eq!(lines(&engine, &query).await, wanted, "second, {end}: {query:?}");
            let (one, other) = tokio::join!(lines(&engine, &query), lines(&engine, &query));
            assert_eq!((&one, &other), (&wanted, &wanted), "at once, {end}: {query:?}");
        }
    }
}
