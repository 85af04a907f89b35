//! The feed of changes: what a reader may see, in order, whole, while others write.

use serde_json::{Value, json};
use zhiheng_record::EntryKind;

use crate::client::Client;
use crate::figures::sampled;
use crate::world::World;

/// Follows the feed to its end; answers the entries and the address for later.
async fn follow(client: &mut Client, from: &str) -> (Vec<Value>, String) {
    let (mut all, mut path) = (Vec::new(), from.to_owned());
    loop {
        let answer = client.get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let part = answer.json();
        let next = part["meta"]["next"].as_str().expect("where it goes on").to_owned();
        let some = part["data"].as_array().expect("changes").clone();
        if some.is_empty() && next == path {
            return (all, path);
        }
        all.extend(some);
        path = next;
    }
}

fn entries(changes: &[Value]) -> Vec<u64> {
    changes.iter().map(|one| one["entry"].as_u64().expect("an entry")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_get_their_own_in_order_and_whole() {
    let world = World::new().await;
    sampled(&world, "621122", 7, 1).await;
    sampled(&world, "621123", 5, 0).await;
    let mut county = world.signed_in("county", &["reader"]).await.0;
    let city = world.account("city").await;
    world.give(&city, "reader", "621100000000", "internal").await;
    let mut city = world.sign_in("city").await;

    // By hand from the entries: records of batches by the place that they name.
    let size = world.ledger.size().await.expect("a size");
    let (mut of_county, mut of_city) = (Vec::new(), Vec::new());
    for index in 0..size {
        let entry = world.ledger.entry(index).await.expect("an entry");
        if entry.of.as_deref() == Some("sampling.batch") && entry.kind == EntryKind::Record {
            of_city.push(index);
            if entry.data["sampled_in"] == "621122" {
                of_county.push(index);
            }
        }
    }
    assert_eq!((of_county.len(), of_city.len()), (7, 12));
    let batches = |changes: &[Value]| {
        let own: Vec<Value> = changes.iter().filter(|one| one["of"] == "sampling.batch").cloned().collect();
        entries(&own)
    };
    for most in [1, 2, 5, 1000] {
        let path = format!("/api/v1/changes?limit={most}");
        let (all, _) = follow(&mut county, &path).await;
        assert_eq!(batches(&all), of_county, "{most}");
        assert!(entries(&all).is_sorted());
        assert!(!all.iter().any(|one| one["region"] == "621123"), "{all:?}");
        let (all, _) = follow(&mut city, &path).await;
        assert_eq!(batches(&all), of_city, "{most}");
    }
    let (all, end) = follow(&mut county, "/api/v1/changes").await;
    let one = all.iter().find(|one| one["of"] == "sampling.batch").expect("a batch").clone();
    assert_eq!((one["kind"].as_str(), one["day"].as_str()), (Some("record"), Some("2013-05-06")));
    let record = county.get(one["read"].as_str().expect("an address")).await.json();
    assert_eq!(
        (record["data"]["entry"].clone(), record["data"]["fields"]["sampled_in"].clone()),
        (one["entry"].clone(), json!("621122"))
    );
    assert_eq!(city.get("/api/v1/records/999999").await.status, 404);
    // What comes later is after the end, and nothing twice.
    sampled(&world, "621124", 2, 0).await;
    world.enter("later", "sampling.batch", &["task", "sample_no"], [json!({
        "task": "U", "sample_no": "1", "level": "county", "sampled_on": "2013-05-07", "sampled_in": "621122",
        "link": "production", "product": "flour", "producer_name": "示例面粉厂", "conclusion": "conform",
    })]).await;
    let (later, _) = follow(&mut county, &end).await;
    assert_eq!(batches(&later), [world.ledger.size().await.expect("a size") - 1], "{later:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_missed_while_others_write() {
    let world = World::new().await;
    let mut county = world.signed_in("county", &["reader"]).await.0;
    let writing = async {
        for n in 0..40 {
            world.enter(&format!("W-{n}"), "sampling.batch", &["task", "sample_no"], (0..3).map(|k| json!({
                "task": "W", "sample_no": format!("{n}-{k}"), "level": "county", "sampled_on": "2013-05-07", "sampled_in": "621122",
                "link": "production", "product": "flour", "producer_name": "示例面粉厂", "conclusion": "conform",
            }))).await;
        }
    };
    let reading = async {
        let (mut all, mut path) = (Vec::new(), "/api/v1/changes?limit=7".to_owned());
        while all.len() < 120 {
            let (some, end) = follow(&mut county, &path).await;
            all.extend(some.into_iter().filter(|one| one["of"] == "sampling.batch"));
            path = end;
        }
        all
    };
    let ((), all) = tokio::join!(writing, tokio::time::timeout(std::time::Duration::from_secs(60), reading));
    let all = entries(&all.expect("an end"));
    let mut wanted = Vec::new();
    for index in 0..world.ledger.size().await.expect("a size") {
        let entry = world.ledger.entry(index).await.expect("an entry");
        if entry.kind == EntryKind::Record && entry.of.as_deref() == Some("sampling.batch") {
            wanted.push(index);
        }
    }
    assert_eq!(all, wanted);
}
