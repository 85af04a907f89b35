//! Who stands behind the cells of a table.

mod common;

use common::{engine, leaf};
use serde_json::json;
use zhiheng_measure::{Behind, Engine, TableAddress};

async fn ledger() -> (Engine, tempfile::TempDir) {
    let mut leaves = Vec::new();
    let mut add = |place: &str, product: Option<&str>, producer: Option<&str>, amount: &str, times: usize| {
        for _ in 0..times {
            let mut data = json!({
                "no": format!("c{}", leaves.len()),
                "sampled_on": "2013-05-02",
                "place": place,
                "conclusion": "conform",
                "amount": amount,
            });
            if let Some(product) = product {
                data["product"] = json!(product);
            }
            if let Some(producer) = producer {
                data["producer"] = json!(producer);
            }
            leaves.push(leaf("record", "t.batch", data, None, None));
        }
    };
    add("621122", Some("flour"), Some("A"), "1.50", 5);
    add("621122", Some("flour"), Some("B"), "2.00", 3);
    add("621122", Some("oil"), Some("A"), "1.00", 2);
    add("621122", Some("oil"), None, "1.00", 4);
    add("621102", Some("flour"), Some("C"), "3.25", 7);
    add("621100", Some("flour"), Some("A"), "1.00", 1); // recorded for the city only
    add("621102", None, Some("B"), "1.00", 1);
    engine(leaves).await
}

async fn behind(engine: &Engine, text: &str) -> Behind {
    engine.behind(&text.parse::<TableAddress>().unwrap()).await.unwrap()
}

/// Value, contributors, largest contribution of each cell, row by row.
fn told(behind: &Behind) -> Vec<(u64, u64, u64)> {
    let cells = behind.table.cells().iter();
    cells.map(|cell| (cell.value, cell.contributors, cell.largest.first().copied().unwrap_or(0))).collect()
}

#[tokio::test]
async fn cells_know_who_stands_behind_them() {
    let (engine, _dir) = ledger().await;
    let list = behind(&engine, "t.batches/621100/2013;contributor=producer;product=*").await;
    assert_eq!(list.rows, [Some("flour".to_owned()), Some("oil".to_owned()), None]);
    assert!(list.columns.is_empty());
    // Flour: A 6, B 3, C 7; oil: A 2 and four that nobody names; one batch of no product. In all A has 8 of 23.
    assert_eq!(told(&list), [(16, 3, 7), (6, 2, 4), (1, 1, 1), (23, 4, 8)]);
    assert_eq!((list.records, list.unnamed), (23, 4));
    assert_eq!(list.address.to_string(), "t.batches/621100/2013;contributor=producer;product=*@23");
    let table = behind(&engine, "t.batches/621100/2013;contributor=producer;product=*;region=county").await;
    assert_eq!(table.rows, [Some("621102".to_owned()), Some("621122".to_owned()), None]);
    assert_eq!(
        told(&table),
        [
            (7, 1, 7),
            (0, 0, 0),
            (1, 1, 1),
            (8, 2, 7),
            (8, 2, 5),
            (6, 2, 4),
            (0, 0, 0),
            (14, 3, 7),
            (1, 1, 1),
            (0, 0, 0),
            (0, 0, 0),
            (1, 1, 1),
            (16, 3, 7),
            (6, 2, 4),
            (1, 1, 1),
            (23, 4, 8),
        ]
    );
}

#[tokio::test]
async fn sums_come_in_whole_units() {
    let (engine, _dir) = ledger().await;
    let list = behind(&engine, "t.amount/621100/2013;contributor=producer;product=*").await;
    // Flour: A 7.50 + 1.00, B 6.00, C 22.75 = 37.25.
    let flour = list.rows.iter().position(|row| row.as_deref() == Some("flour")).unwrap();
    let scale = 10_u64.pow(u32::from(list.places));
    assert_eq!(told(&list)[flour], (3725 * scale / 100, 3, 2275 * scale / 100));
}

#[tokio::test]
async fn an_older_ledger_has_older_tables() {
    let (engine, _dir) = ledger().await;
    let list = behind(&engine, "t.batches/621100/2013;contributor=producer;product=*@8").await;
    assert_eq!(told(&list), [(8, 2, 5), (8, 2, 5)]);
}

#[tokio::test]
async fn what_has_no_cells_is_refused() {
    let (engine, _dir) = ledger().await;
    for (text, code) in [
        ("t.batches/621100/2013;product=*", "ZH5019"),
        ("t.batches/621100/2013;contributor=failed_items;product=*", "ZH5019"),
        ("t.batches/621100/2013;contributor=nobody;product=*", "ZH5019"),
        ("t.batches/621100/2013;contributor=producer;conclusion=*", "ZH5006"),
        ("t.producers/621100/2013;contributor=producer;product=*", "ZH5018"),
        ("t.rate_change/621100/2013;contributor=producer;product=*", "ZH5008"),
        ("t.nothing/621100/2013;contributor=producer;product=*", "ZH5005"),
        ("t.batches/621100/2013;contributor=producer;product=*@99", "ZH5007"),
        ("t.batches/621100/2011;contributor=producer;product=*", "ZH5021"),
    ] {
        let asked: TableAddress = text.parse().unwrap();
        assert_eq!(engine.behind(&asked).await.unwrap_err().code, code, "{text}");
    }
}
