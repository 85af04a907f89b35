//! As of, corrections, as then and as now, order of import, rebuilding.

mod common;

use common::{at, batches, catalog, engine, engine_with, leaf, period, region, sample, value};
use proptest::prelude::*;
use serde_json::json;
use zhiheng_measure::{Area, Engine, EngineOptions, Memory, Query};

#[tokio::test]
async fn corrections_and_withdrawals_as_of_any_size() {
    let batch = |conclusion: &str, place: &str| json!({ "no": "x", "sampled_on": "2013-05-02", "place": place, "conclusion": conclusion });
    let mut leaves = batches(10, "2013-05-02", "621122", "conform");
    leaves.push(leaf("correct", "t.batch", batch("nonconform", "621122"), Some(3), None)); // 10
    leaves.push(leaf("withdraw", "t.batch", json!({}), Some(4), None)); // 11
    leaves.push(leaf("correct", "t.batch", batch("conform", "621102"), Some(10), None)); // 12
    let (mut engine, _dir) = engine(leaves.clone()).await;
    let check = async |engine: &Engine| {
        for (size, k, n, withdrawn) in [(10, 10, 10, 0), (11, 9, 10, 0), (12, 8, 9, 1), (13, 8, 8, 1)] {
            let measure = at(engine, &format!("t.rate/621122/2013@{size}")).await;
            assert_eq!((measure.top, measure.bottom), (Some(k.into()), Some(n.into())), "@{size}");
            let found: u64 =
                measure.excluded.iter().filter(|one| one.reason == "withdrawn").map(|one| one.records).sum();
            assert_eq!(found, withdrawn, "@{size}");
        }
        assert_eq!(at(engine, "t.rate/621100/2013").await.records, 9);
        assert_eq!(at(engine, "t.rate/621100/2013-05-01..2013-05-03").await.records, 9);
    };
    check(&engine).await;
    // One entry at a time gives the same, and so does a rebuilt lake.
    let dir = tempfile::tempdir().unwrap();
    let mut slow = Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
    for size in 1..=leaves.len() {
        slow.refresh(&Memory { leaves: leaves[..size].to_vec() }).await.unwrap();
    }
    check(&slow).await;
    assert!(slow.check_rollup().await.unwrap().differences.is_empty());
    engine.rebuild(&Memory { leaves: leaves.clone() }).await.unwrap();
    check(&engine).await;
    assert_eq!(at(&engine, "t.rate/621122/2013@9").await.records, 9);
    let beyond = engine.measure(&"t.rate/621122/2013@14".parse().unwrap()).await.unwrap_err();
    assert_eq!(beyond.code, "ZH5007");
}

#[tokio::test]
async fn a_withdrawn_record_can_come_back() {
    let batch = |conclusion: &str| json!({ "no": "x", "sampled_on": "2013-05-02", "place": "621122", "conclusion": conclusion });
    let mut leaves = batches(10, "2013-05-02", "621122", "conform");
    leaves.push(leaf("withdraw", "t.batch", json!({}), Some(4), None)); // 10
    leaves.push(leaf("correct", "t.batch", batch("nonconform"), Some(10), None)); // 11: names the withdrawal
    let check = async |engine: &Engine| {
        for (size, k, n, withdrawn) in [(10, 10, 10, 0), (11, 9, 9, 1), (12, 9, 10, 0)] {
            let measure = at(engine, &format!("t.rate/621122/2013@{size}")).await;
            assert_eq!((measure.top, measure.bottom), (Some(k.into()), Some(n.into())), "@{size}");
            let found: u64 =
                measure.excluded.iter().filter(|one| one.reason == "withdrawn").map(|one| one.records).sum();
            assert_eq!(found, withdrawn, "@{size}");
        }
        assert_eq!(at(engine, "t.rate/621122/2013").await.bottom, Some(10.into()));
        assert!(engine.check_rollup().await.unwrap().differences.is_empty());
    };
    let (whole, _dir) = engine(leaves.clone()).await;
    check(&whole).await;
    let dir = tempfile::tempdir().unwrap();
    let mut slow = Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
    for size in 1..=leaves.len() {
        slow.refresh(&Memory { leaves: leaves[..size].to_vec() }).await.unwrap();
    }
    check(&slow).await;
}

#[test]
fn two_that_refresh_at_once_make_one_lake() {
    let leaves: Vec<_> = (0..60)
        .flat_map(|n| batches(5, &format!("201{}-0{}-02", n % 4, n % 9 + 1), "621122", "conform"))
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let refresh = |size: usize| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut engine = Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
            engine.refresh(&Memory { leaves: leaves[..size].to_vec() }).await.unwrap();
            assert_eq!(
                at(&engine, &format!("t.batches/621122/2010-01-01..2013-12-31@{size}")).await.records,
                size as u64
            );
            assert!(engine.check_rollup().await.unwrap().differences.is_empty());
        });
    };
    for size in [100, 200, 300] {
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| refresh(size));
            }
        });
    }
}

#[tokio::test]
async fn as_then_and_as_now() {
    // Before 2003 the prefecture had another code, and so had its counties.
    let mut leaves = sample(8, 10, "2002-05-02", "622400", &json!({ "product": "oil" }));
    leaves.extend(sample(3, 4, "2002-05-02", "622425", &json!({ "product": "oil" })));
    leaves.extend(sample(1, 2, "2002-05-02", "621122", &json!({ "product": "oil" })));
    let (engine, _dir) = engine(leaves).await;
    let regions = &engine.catalog().regions;
    assert_eq!(regions.as_now(region("622400")), region("621100"));
    let county = regions.as_now(region("622425"));
    for period in ["2002", "2002-01-01..2002-12-30"] {
        let now = at(&engine, &format!("t.rate/621100/{period};product=oil")).await;
        assert_eq!(now.bottom, Some(16.into()), "{period}");
        let then = at(&engine, &format!("t.rate/621100~then/{period};product=oil")).await;
        assert_eq!(then.bottom, Some(2.into()));
        let old = at(&engine, &format!("t.rate/622400~then/{period}")).await;
        assert_eq!(old.bottom, Some(14.into()));
        assert_eq!(at(&engine, &format!("t.rate/622400/{period}")).await.records, 0);
        assert_eq!(at(&engine, &format!("t.rate/620000/{period}")).await.records, 16);
        let n = if county == region("621122") { 6 } else { 4 };
        assert_eq!(at(&engine, &format!("t.rate/{county}/{period}")).await.records, n);
    }
    let table = engine
        .table(&Query::new(
            "t.rate",
            Area::Below(region("620000"), zhiheng_base::Level::City),
            vec![period("2002")],
        ))
        .await
        .unwrap();
    let with: Vec<(String, u64)> = table
        .iter()
        .filter(|measure| measure.records > 0)
        .map(|measure| (measure.address.region.to_string(), measure.records))
        .collect();
    assert_eq!(with, [("621100".to_owned(), 16)]);
    assert!(table.len() > 10, "every city has its line");
}

#[tokio::test]
async fn another_ledger_or_catalog_starts_over() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
    engine.refresh(&Memory { leaves: batches(5, "2013-05-02", "621122", "conform") }).await.unwrap();
    let other = Memory { leaves: batches(7, "2013-05-02", "621122", "nonconform") };
    let report = engine.refresh(&other).await.unwrap();
    assert!(report.lake.started_over);
    assert_eq!(at(&engine, "t.rate/621122/2013").await.records, 7);
    assert_eq!(value(&engine, "t.rate/621122/2013").await.as_deref(), Some("0.0"));
    // Another definition of the same indicator rolls up again, from the lake as it is.
    let changed = common::catalog_with(&common::indicators().replacen(
        "conclusion = 'conform'",
        "conclusion = 'nonconform'",
        1,
    ));
    let mut engine = Engine::open(dir.path(), changed, &EngineOptions::default()).unwrap();
    let report = engine.refresh(&other).await.unwrap();
    assert!(!report.lake.started_over && report.rollup.rebuilt > 0);
    assert_eq!(value(&engine, "t.rate/621122/2013").await.as_deref(), Some("100.0"));
    // A part that was cut short is noticed, and the lake is filled again.
    for part in std::fs::read_dir(dir.path().join("t.batch/2013Q2")).unwrap() {
        std::fs::write(part.unwrap().path(), b"PAR1").unwrap();
    }
    let mut engine = Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
    assert_eq!(engine.size(), 0);
    engine.refresh(&other).await.unwrap();
    assert_eq!(at(&engine, "t.rate/621122/2013").await.records, 7);
}

/// Any few batches.
fn some_leaves() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let product = prop::sample::select(vec![None, Some("flour"), Some("oil"), Some("steel")]);
    let conclusion = prop::sample::select(vec![None, Some("conform"), Some("nonconform"), Some("pending")]);
    let place = prop::sample::select(vec![
        "621122",
        "621102",
        "621122100000",
        "622425",
        "620000",
        "441900101000",
        "110101",
        "100000",
        "429004",
        "810001",
    ]);
    let day =
        prop::sample::select(vec!["2012-02-29", "2012-12-31", "2013-01-01", "2013-05-02", "2013-09-30"]);
    let row = (product, conclusion, place, day, prop::option::of(-500_i64..5000), 0_u8..3).prop_map(
        |(product, conclusion, place, day, cents, prov)| {
            let mut data = json!({ "no": "x", "sampled_on": day, "place": place });
            if let Some(product) = product {
                data["product"] = product.into();
            }
            if let Some(conclusion) = conclusion {
                data["conclusion"] = conclusion.into();
            }
            if let Some(cents) = cents {
                let sign = if cents < 0 { "-" } else { "" };
                data["amount"] = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100).into();
            }
            let provenance = [None, Some("published"), Some("synthetic")][usize::from(prov)];
            leaf("record", "t.batch", data, None, provenance)
        },
    );
    prop::collection::vec(row, 1..40)
}

fn block<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap().block_on(future)
}

/// A table as comparable lines, without the ledger size.
async fn lines(engine: &Engine, query: &Query) -> Vec<String> {
    let found = engine.table(query).await.unwrap();
    found
        .into_iter()
        .map(|mut measure| {
            measure.address.as_of = None;
            measure.ledger_size = 0;
            serde_json::to_string(&measure).unwrap()
        })
        .collect()
}

fn questions() -> Vec<Query> {
    let years = vec![period("2012"), period("2013")];
    let odd = vec![period("2012-01-01..2013-08-31")];
    let nation = region("100000");
    let mut all = Vec::new();
    for periods in [years, odd] {
        for id in ["t.rate", "t.bad_rate", "t.amount", "t.mean_amount", "t.batches"] {
            all.push(Query::new(id, Area::One(nation), periods.clone()));
            all.push(
                Query::new(id, Area::Below(nation, zhiheng_base::Level::Province), periods.clone())
                    .by("product"),
            );
            all.push(Query::new(
                id,
                Area::Below(region("620000"), zhiheng_base::Level::County),
                periods.clone(),
            ));
            all.push(Query::new(
                id,
                Area::Below(region("110000"), zhiheng_base::Level::City),
                periods.clone(),
            ));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn the_roll_up_says_what_the_lake_says(leaves in some_leaves()) {
        block(async {
            let (engine, _dir) = engine(leaves.clone()).await;
            // A ledger longer by one entry that is no record: as of the size before, only the lake can answer.
            let mut longer = leaves.clone();
            longer.push(leaf("adopt", "t.batch", json!({}), None, None));
            let (later, _other) = engine_with(longer, catalog(), 1).await;
            for query in questions() {
                let past = Query { as_of: Some(leaves.len() as u64), ..query.clone() };
                assert_eq!(lines(&engine, &query).await, lines(&later, &past).await, "{query:?}");
            }
            assert!(engine.check_rollup().await.unwrap().differences.is_empty());
        });
    }

    #[test]
    fn neither_order_nor_steps_nor_threads_matter(leaves in some_leaves(), cut in 0_usize..60) {
        block(async {
            let (whole, _a) = engine_with(leaves.clone(), catalog(), 1).await;
            let mut turned = leaves.clone();
            turned.reverse();
            let (turned, _b) = engine_with(turned, catalog(), 4).await;
            let dir = tempfile::tempdir().unwrap();
            let mut steps = Engine::open(dir.path(), catalog(), &EngineOptions { threads: 4, ..EngineOptions::default() }).unwrap();
            let cut = cut.min(leaves.len());
            for end in [cut / 2, cut, leaves.len()] {
                steps.refresh(&Memory { leaves: leaves[..end].to_vec() }).await.unwrap();
            }
            for query in questions() {
                let want = lines(&whole, &query).await;
                assert_eq!(want, lines(&turned, &query).await, "{query:?}");
                assert_eq!(want, lines(&steps, &query).await, "{query:?}");
            }
            assert!(steps.check_rollup().await.unwrap().differences.is_empty());
        });
    }

    #[test]
    fn parts_add_up_to_the_whole(leaves in some_leaves(), cut in 0_usize..60) {
        block(async {
            let cut = cut.min(leaves.len());
            let (whole, _a) = engine(leaves.clone()).await;
            let (first, _b) = engine(leaves[..cut].to_vec()).await;
            let (second, _c) = engine(leaves[cut..].to_vec()).await;
            for address in ["t.rate/100000/2013", "t.batches/620000/2012", "t.design_rate/100000/2013"] {
                let (whole, first, second) = (at(&whole, address).await, at(&first, address).await, at(&second, address).await);
                let zero = zhiheng_base::Decimal::ZERO;
                assert_eq!(whole.records, first.records + second.records);
                assert_eq!(
                    whole.top.unwrap_or(zero),
                    first.top.unwrap_or(zero) + second.top.unwrap_or(zero),
                );
            }
        });
    }
}

#[tokio::test]
async fn a_lake_of_another_format_is_made_again_and_leaves_nothing_behind() {
    let leaves = sample(30, 50, "2013-05-02", "621122", &json!({ "product": "oil", "amount": "1.25" }));
    let ledger = Memory { leaves };
    let dir = tempfile::tempdir().unwrap();
    let open = || Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
    open().refresh(&ledger).await.unwrap();
    let wanted = files(dir.path());
    let old = dir.path().join("t.batch/2013Q2/old.parquet");
    let manifest = dir.path().join("manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let (first, _) = text.split_once(".parquet\"").unwrap();
    let name = &first[first.rfind('"').unwrap() + 1..];
    std::fs::rename(dir.path().join(format!("{name}.parquet")), &old).unwrap();
    let text = text.replace(&format!("\"{name}.parquet\""), "\"t.batch/2013Q2/old.parquet\"");
    std::fs::write(&manifest, text.replace("\"format\": 2", "\"format\": 1")).unwrap();
    let report = open().refresh(&ledger).await.unwrap();
    assert!(report.lake.started_over || report.lake.parts > 0, "{report:?}");
    assert!(!old.exists(), "the old file is gone");
    assert_eq!(files(dir.path()), wanted);
}

/// Every file of the lake but the manifest, with its bytes.
fn files(dir: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "parquet") {
                let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn rebuilding_gives_the_same_bytes() {
    let mut leaves = sample(30, 50, "2013-05-02", "621122", &json!({ "product": "oil", "amount": "1.25" }));
    leaves.extend(sample(30, 50, "2012-05-02", "621102", &json!({ "product": "flour" })));
    leaves.push(leaf("withdraw", "t.batch", json!({}), Some(7), None));
    let ledger = Memory { leaves: leaves.clone() };
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut first =
        Engine::open(one.path(), catalog(), &EngineOptions { threads: 1, ..EngineOptions::default() })
            .unwrap();
    first.rebuild(&ledger).await.unwrap();
    let mut second =
        Engine::open(two.path(), catalog(), &EngineOptions { threads: 4, ..EngineOptions::default() })
            .unwrap();
    for end in [3, 20, 60, leaves.len()] {
        second.refresh(&Memory { leaves: leaves[..end].to_vec() }).await.unwrap();
    }
    second.rebuild(&ledger).await.unwrap();
    // Files given up stay for one more change; a second rebuild of each clears them.
    first.rebuild(&ledger).await.unwrap();
    second.rebuild(&ledger).await.unwrap();
    let (a, b) = (files(one.path()), files(two.path()));
    assert_eq!(
        a.iter().map(|file| &file.0).collect::<Vec<_>>(),
        b.iter().map(|file| &file.0).collect::<Vec<_>>()
    );
    assert!(a == b && !a.is_empty());
}

#[tokio::test]
async fn many_small_parts_are_compacted() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = Engine::open(dir.path(), catalog(), &EngineOptions::default()).unwrap();
    let leaves = sample(40, 60, "2013-05-02", "621122", &json!({ "product": "oil" }));
    let (mut merged, mut compacted) = (0, 0);
    for end in 1..=40 {
        let report = engine.refresh(&Memory { leaves: leaves[..end].to_vec() }).await.unwrap();
        merged += report.rollup.merged;
        compacted += report.compacted;
    }
    assert!(merged >= 2 && compacted >= 2, "{merged} {compacted}");
    assert_eq!(at(&engine, "t.rate/621122/2013;product=oil").await.records, 40);
    assert_eq!(at(&engine, "t.rate/621122/2013@25").await.records, 25);
    assert!(engine.check_rollup().await.unwrap().differences.is_empty());
    assert!(files(&dir.path().join("t.batch")).len() <= 40);
}
