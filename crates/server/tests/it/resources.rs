//! The API's resources: numbers, rows, reasons, verdicts, cases, proofs; who may ask, and what is refused.

use serde_json::Value;
use zhiheng_record::verify::{from_hex, leaf_hash, node_hash};

use crate::client::Client;
use crate::pages::batches;
use crate::world::World;

async fn json(client: &mut Client, path: &str) -> (u16, Value) {
    let answer = client.get(path).await;
    let value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{path}: {}", answer.body));
    (answer.status, value)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_are_answered_with_all_that_belongs_to_them() {
    let world = World::new().await;
    batches(&world, "621122", 1).await;
    let (client, _) = world.signed_in("reader", &["reader"]).await;
    let mut client = client.json();
    let (status, one) = json(&mut client, "/api/v1/measures/sampling.pass_rate/621122/2013").await;
    assert_eq!(status, 200, "{one}");
    let number = &one["data"];
    assert_eq!((number["top"].as_str(), number["bottom"].as_str()), (Some("9"), Some("10")), "{one}");
    assert_eq!((number["value"].as_str(), number["records"].as_u64()), (Some("90.0"), Some(10)), "{one}");
    assert!(number["low"].is_string() && number["interval"].is_string(), "{one}");
    assert_eq!(one["meta"]["as_of"].as_u64(), Some(world.ledger.size().await.expect("a size")));
    // The address in it answers the same.
    let address = number["address"].as_str().expect("an address").replace('@', "%40");
    let (_, again) = json(&mut client, &format!("/api/v1/measures/{address}")).await;
    assert_eq!(again["data"], one["data"]);

    let table = "/api/v1/measures?indicator=sampling.pass_rate&region=621122&period=2013&each=quarter";
    let (_, quarters) = json(&mut client, table).await;
    assert_eq!(
        (quarters["meta"]["total"].as_u64(), quarters["data"].as_array().map(Vec::len)),
        (Some(4), Some(4))
    );
    let counted: u64 =
        quarters["data"].as_array().expect("numbers").iter().filter_map(|one| one["records"].as_u64()).sum();
    assert_eq!(counted, 10);

    // Rows page by page are the rows.
    let mut path = Some("/api/v1/measures/sampling.pass_rate/621122/2013/rows?limit=3".to_owned());
    let mut rows = Vec::new();
    while let Some(at) = path {
        let (status, page) = json(&mut client, &at).await;
        assert_eq!(status, 200, "{page}");
        rows.extend(page["data"].as_array().expect("rows").clone());
        path = page["meta"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(rows.len(), 10);
    assert_eq!(rows.iter().filter(|row| row["met"] == true).count(), 9);
    let (_, why) = json(&mut client, "/api/v1/measures/sampling.pass_rate/621122/2013/explanation").await;
    assert!(
        why["data"]["text"].is_string()
            && why["data"]["because"].as_array().is_some_and(|all| !all.is_empty())
    );

    let (_, verdicts) =
        json(&mut client, "/api/v1/verdicts?scheme=assessment.county_2013&region=621122&period=2013").await;
    assert_eq!(verdicts["data"][0]["region"], "621122", "{verdicts}");
    assert!(verdicts["data"][0]["items"].as_array().is_some_and(|items| items.len() > 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_asked_well_is_said() {
    let world = World::new().await;
    let (client, _) = world.signed_in("reader", &["reader"]).await;
    let mut client = client.json();
    for (path, status, code) in [
        ("/api/v1/measures?region=621122&period=2013", 422, "ZH7538"),
        ("/api/v1/measures?indicator=sampling.pass_rate&region=621122&period=2013&colour=red", 422, "ZH7537"),
        ("/api/v1/measures?indicator=sampling.pass_rate&region=621122&period=2013&as_of=-1", 422, "ZH7539"),
        ("/api/v1/measures?indicator=sampling.pass_rate&region=621122&period=2013&each=day", 422, "ZH7540"),
        (
            "/api/v1/measures?indicator=sampling.pass_rate&region=621122&period=2013Q1&each=year",
            422,
            "ZH7540",
        ),
        (
            "/api/v1/measures?indicator=sampling.pass_rate&region=621122&period=2013&level=planet",
            422,
            "ZH7541",
        ),
        ("/api/v1/measures?indicator=sampling.pass_rate&region=621121&period=2013", 404, "ZH7501"),
        ("/api/v1/measures/sampling.pass_rate/621121/2013", 404, "ZH7501"),
        ("/api/v1/measures/sampling.pass_rate/621122/2013/rows?which=some", 422, "ZH7542"),
        ("/api/v1/regions/999999", 404, "ZH7501"),
        ("/api/v1/ledger/consistency?old=5&new=2", 422, "ZH7543"),
        ("/api/v1/ledger/entries/12345/proof", 404, "ZH7501"),
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}: {}", answer.body);
        assert!(answer.header("content-type").starts_with("application/problem+json"));
    }
    let (_, mut page) = json(&mut client, "/api/v1/indicators?limit=7").await;
    let total = page["meta"]["total"].as_u64().expect("a total");
    let mut seen = 0;
    loop {
        seen += page["data"].as_array().expect("indicators").len() as u64;
        let Some(next) = page["meta"]["next"].as_str().map(str::to_owned) else { break };
        page = json(&mut client, &next).await.1;
    }
    assert_eq!(seen, total);
    let (_, region) = json(&mut client, "/api/v1/regions/621122").await;
    assert_eq!(
        (region["data"]["parent"].as_str(), region["data"]["level"].as_str()),
        (Some("621100"), Some("county"))
    );
    let (_, cases) = json(&mut client, "/api/v1/cases?open=true").await;
    assert_eq!(cases["data"].as_array().map(Vec::len), Some(0));
}

/// Anyone at the public door can check that an entry is in the ledger, with nothing but hashes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proofs_hold_by_themselves() {
    let world = World::new().await;
    batches(&world, "621122", 1).await;
    let mut public = world.public().json();
    let (_, head) = json(&mut public, "/api/v1/ledger/checkpoint").await;
    let checkpoint = head["data"]["checkpoint"].as_str().expect("a checkpoint").to_owned();
    let size: u64 = checkpoint.lines().nth(1).and_then(|line| line.parse().ok()).expect("a size");
    assert_eq!(size, world.ledger.size().await.expect("a size"));
    let hex = |value: &Value| from_hex(value.as_str().expect("hex")).expect("a hash");
    for entry in 0..size {
        let (_, proof) = json(&mut public, &format!("/api/v1/ledger/entries/{entry}/proof")).await;
        let proof = &proof["data"];
        let leaf = leaf_hash(&world.ledger.leaf(entry).await.expect("a leaf"));
        assert_eq!(hex(&proof["leaf"]), leaf);
        // RFC 9162, 2.1.3.2, by hand.
        let (mut at, mut last, mut node) = (entry, size - 1, leaf);
        for step in proof["path"].as_array().expect("a path") {
            let step = hex(step);
            if at % 2 == 1 || at == last {
                node = node_hash(&step, &node);
                while at % 2 == 0 && at != 0 {
                    (at, last) = (at / 2, last / 2);
                }
            } else {
                node = node_hash(&node, &step);
            }
            (at, last) = (at / 2, last / 2);
        }
        assert_eq!((last, node), (0, hex(&proof["root"])), "entry {entry}");
    }
    let (status, grown) = json(&mut public, &format!("/api/v1/ledger/consistency?old=1&new={size}")).await;
    assert_eq!((status, grown["data"]["new"].as_u64()), (200, Some(size)));
}
