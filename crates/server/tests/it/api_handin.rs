//! Handing in by a program: what the description's examples say, done; once under each key, on what was seen, with the checks and
//! records of the pages.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::handin::{officers, settled, upload};
use crate::world::World;

const RETURN: &str = "/api/v1/returns/sampling.batch/621122/2013Q4";

/// A program with a token of somebody's, who must have a role already.
pub(crate) async fn program(world: &World, client: &mut Client, scopes: &[&str]) -> Client {
    world.strong(client).await;
    let mut fields = vec![("token-name", "报送程序"), ("token-days", "30")];
    fields.extend(scopes.iter().map(|scope| ("scopes", *scope)));
    let made = client.submit("/account", "/account/tokens", &fields).await;
    let secret = made.body.split("<code class=\"secret\">").nth(1).unwrap_or_default();
    let secret = secret.split('<').next().unwrap_or_default();
    assert!(secret.starts_with("zht_"), "{}", made.body);
    world.officers().with("Authorization", &format!("Bearer {secret}")).with("Accept-Language", "en")
}

/// The example of an operation's body, from the description.
pub(crate) async fn example(client: &mut Client, path: &str) -> Value {
    let description = client.get("/api/v1/openapi.json").await.json();
    let example =
        &description["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"];
    assert!(example.is_object(), "{path} has no example");
    example.clone()
}

/// Sends JSON under a key.
pub(crate) async fn send(program: &Client, key: &str, path: &str, body: &Value) -> Answer {
    let mut program = program.clone().with("Idempotency-Key", key);
    program.put(path, "application/json", &body.to_string()).await
}

/// The draft once nobody works on it.
async fn done(program: &mut Client, made: &Answer) -> Value {
    assert_eq!(made.status, 201, "{}", made.body);
    let path = made.header("location").to_owned();
    for _ in 0..120 {
        let answer = program.get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let data = answer.json()["data"].clone();
        if !matches!(data["state"].as_str(), Some("checking" | "sending")) {
            return data;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    panic!("{path} does not come to an end");
}

async fn reporter(world: &World) -> (Client, Client) {
    officers(world, &[("reporter", "reporter", "621122"), ("reviewer", "reviewer", "621100")]).await;
    let (mut client, _) = world.signed_in("reporter", &["reporter"]).await;
    let program = program(world, &mut client, &["see", "submit"]).await;
    (program, client)
}

async fn reviewer(world: &World) -> Client {
    let city = world.account("reviewer").await;
    world.give(&city, "reviewer", "621100000000", "internal").await;
    world.sign_in("reviewer").await
}

/// The records of batches in the ledger: fields alone, since rows and times differ.
async fn batches(world: &World) -> Vec<Value> {
    let size = world.ledger.size().await.expect("a size");
    let mut found = Vec::new();
    for index in 0..size {
        let entry = world.ledger.entry(index).await.expect("an entry");
        if entry.of.as_deref() == Some("sampling.batch") && entry.kind == zhiheng_record::EntryKind::Record {
            found.push(entry.data);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quarter_is_handed_in_mended_sent_returned_and_taken_back() {
    let world = World::new().await;
    let (mut program, _) = reporter(&world).await;
    let owed = program.get("/api/v1/returns?record=sampling.batch&periods=1").await.json();
    assert_eq!(owed["data"][0]["period"], "2013Q4", "{owed}");
    assert_eq!(
        (owed["data"][0]["region"].as_str(), owed["data"].as_array().map(Vec::len)),
        (Some("621122"), Some(1))
    );
    assert_eq!(owed["data"][0]["state"], "open");

    // Without a key nothing is done.
    let rows = example(&mut program, "/api/v1/returns/{record}/{region}/{period}/drafts").await;
    let drafts = format!("{RETURN}/drafts");
    let answer = program.put(&drafts, "application/json", &rows.to_string()).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "ZH7570"), "{}", answer.body);

    // A wrong day and an unknown conclusion: told by row, field, code, with a remedy.
    let mut wrong = rows.clone();
    wrong["rows"][1]["sampled_on"] = json!("2013-11-31");
    wrong["rows"][0]["conclusion"] = json!("maybe");
    let made = send(&program, "k-1", &drafts, &wrong).await;
    let draft = done(&mut program, &made).await;
    assert_eq!((draft["state"].as_str(), draft["good"].as_bool()), (Some("checked"), Some(false)), "{draft}");
    assert_eq!(draft["rows"], json!({ "seen": 2, "kept": 0, "refused": 2, "flagged": 0 }));
    let path = format!("/api/v1/drafts/{}", draft["id"].as_str().expect("an id"));
    let found = program.get(&format!("{path}/findings?limit=1")).await.json();
    assert_eq!(found["data"].as_array().map(Vec::len), Some(1));
    let next = found["meta"]["next"].as_str().expect("more of them").to_owned();
    let rest = program.get(&next).await.json();
    let all: Vec<&Value> =
        [&found, &rest].into_iter().flat_map(|part| part["data"].as_array().expect("findings")).collect();
    let places: Vec<_> = all
        .iter()
        .map(|one| (one["row"].as_u64(), one["field"].as_str(), one["severity"].as_str()))
        .collect();
    for wanted in [(Some(2), Some("conclusion"), Some("error")), (Some(3), Some("sampled_on"), Some("error"))]
    {
        assert!(places.contains(&wanted), "{all:?}");
    }
    assert!(
        all.iter()
            .all(|one| one["code"].as_str().is_some_and(|code| code.starts_with("ZH3"))
                && one["hint"].is_string()),
        "{all:?}"
    );

    // The same request again is the same answer; another under its key is refused.
    let again = send(&program, "k-1", &drafts, &wrong).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(
        (&again.body, again.header("location"), again.header("etag")),
        (&made.body, made.header("location"), made.header("etag"))
    );
    let other = send(&program, "k-1", &drafts, &rows).await;
    assert_eq!((other.status, other.code().as_str()), (422, "ZH7572"), "{}", other.body);

    // Nothing wrong can be sent; cells are mended, and a cell that is not there is told.
    let size = world.ledger.size().await.expect("a size");
    let refused = send(&program, "k-2", &format!("{path}/send"), &json!({})).await;
    assert_eq!((refused.status, refused.code().as_str()), (422, "ZH7311"), "{}", refused.body);
    let mark = program.get(&path).await.header("etag").to_owned();
    let nowhere = json!({ "cells": [{ "row": 9, "column": "sampled_on", "value": "2013-10-09" }] });
    let answer = send(&program, "k-3", &format!("{path}/cells"), &nowhere).await;
    assert_eq!((answer.status, answer.code().as_str()), (422, "ZH7578"), "{}", answer.body);
    let cells = json!({ "cells": [
        { "row": 2, "column": "conclusion", "value": "合格" }, { "row": 3, "column": "抽样日期", "value": "2013-10-09" },
    ] });
    let stale = program.clone().with("If-Match", "\"0\"");
    let answer = send(&stale, "k-4", &format!("{path}/cells"), &cells).await;
    assert_eq!((answer.status, answer.code().as_str()), (412, "ZH7576"), "{}", answer.body);
    let fresh = program.clone().with("If-Match", &mark);
    // The refusal changed nothing, and is not kept: the key is free.
    let answer = send(&fresh, "k-4", &format!("{path}/cells"), &cells).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let draft = done(
        &mut program,
        &Answer { status: 201, headers: vec![("location".into(), path.clone())], ..Answer::default() },
    )
    .await;
    assert_eq!(
        (draft["good"].as_bool(), draft["compared"]["new"].as_u64()),
        (Some(true), Some(2)),
        "{draft}"
    );
    assert_eq!(world.ledger.size().await.expect("a size"), size, "nothing is written before it is sent");

    let sent = send(&program, "k-5", &format!("{path}/send"), &json!({})).await;
    assert_eq!((sent.status, sent.json()["data"]["state"].as_str()), (200, Some("sent")), "{}", sent.body);
    let submission = sent.json()["data"]["submission"].as_str().expect("a receipt").to_owned();
    assert_eq!(batches(&world).await.len(), 2);
    let receipt = program.get(&format!("/api/v1/receipts/{submission}")).await.json();
    assert_eq!(
        (receipt["data"]["count"].as_u64(), receipt["data"]["submission"].as_str()),
        (Some(3), Some(submission.as_str()))
    );
    // Sent again under another key it is sent once.
    let size = world.ledger.size().await.expect("a size");
    let again = send(&program, "k-6", &format!("{path}/send"), &json!({})).await;
    assert_eq!(
        (again.status, again.json()["data"]["submission"].as_str()),
        (200, Some(submission.as_str())),
        "{}",
        again.body
    );
    assert_eq!(world.ledger.size().await.expect("a size"), size);

    // The level above: a person's own decision takes a session; the example sends it back.
    let mut session = reviewer(&world).await;
    let answer = program.get(RETURN).await;
    let mark = answer.header("etag").to_owned();
    assert_eq!(answer.json()["data"]["state"], "submitted");
    let decision = example(&mut program, "/api/v1/returns/{record}/{region}/{period}/decision").await;
    let answer = send(&program, "k-7", &format!("{RETURN}/decision"), &decision).await;
    assert!([403, 404].contains(&answer.status), "{}", answer.body);
    let csrf = session.get("/account").await.field("csrf");
    let judge = session.clone().with("X-CSRF-Token", &csrf).with("If-Match", &mark);
    let without = Client { headers: Vec::new(), ..judge.clone() };
    let answer = send(&without, "r-1", &format!("{RETURN}/decision"), &decision).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "ZH7517"), "{}", answer.body);
    let answer = send(&judge, "r-1", &format!("{RETURN}/decision"), &decision).await;
    assert_eq!(
        (answer.status, answer.json()["data"]["state"].as_str()),
        (200, Some("returned")),
        "{}",
        answer.body
    );
    assert_eq!(answer.json()["data"]["mend_by"], "2013-10-25");
    let answer = send(&judge, "r-2", &format!("{RETURN}/decision"), &decision).await;
    assert_eq!((answer.status, answer.code().as_str()), (412, "ZH7576"), "{}", answer.body);

    // Taken back, on what is seen now.
    let answer = send(
        &program.clone().with("If-Match", &mark),
        "k-8",
        &format!("{RETURN}/withdraw"),
        &json!({ "why": "报错了" }),
    )
    .await;
    assert_eq!(answer.status, 412, "{}", answer.body);
    let why = example(&mut program, "/api/v1/returns/{record}/{region}/{period}/withdraw").await;
    let answer = send(&program, "k-9", &format!("{RETURN}/withdraw"), &why).await;
    assert_eq!(
        (answer.status, answer.json()["data"]["state"].as_str()),
        (200, Some("open")),
        "{}",
        answer.body
    );
    let again = send(&program, "k-9", &format!("{RETURN}/withdraw"), &why).await;
    assert_eq!(
        (again.status, &again.body, again.header("idempotency-replayed")),
        (200, &answer.body, "true")
    );
}

/// By JSON, by CSV, in parts and pasted into the page, the same rows become the same records.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_in_leads_to_the_same_records() {
    let csv = "task,sample_no,level,sampled_on,sampled_in,link,product,producer_name,conclusion,failed_items\n\
               D4,0001,county,2013-10-08,621122,production,potato-noodle,示例粉业有限公司,conform,\n\
               D4,0002,county,2013-10-09,621122,production,potato-noodle,示例粉业有限公司,nonconform,水分\n";
    let mut told = Vec::new();
    for way in ["json", "csv", "parts", "page"] {
        let world = World::new().await;
        let (mut program, mut client) = reporter(&world).await;
        let drafts = format!("{RETURN}/drafts");
        let mut keyed = program.clone().with("Idempotency-Key", "k");
        let made = match way {
            "json" => {
                let rows = example(&mut program, "/api/v1/returns/{record}/{region}/{period}/drafts").await;
                send(&program, "k", &drafts, &rows).await
            }
            "csv" => keyed.put(&format!("{drafts}?name=a.csv"), "text/csv; charset=utf-8", csv).await,
            "parts" => keyed.parts(&drafts, &[], &[("file", "a.csv", csv.as_bytes())]).await,
            _ => {
                let page = "/submit/sampling.batch/621122/2013Q4";
                let answer = upload(&mut client, page, "a.csv", csv.as_bytes()).await;
                let (draft, _) = settled(&mut client, &answer).await;
                let answer = client.submit(&draft, &format!("{draft}/send"), &[]).await;
                settled(&mut client, &answer).await;
                told.push(batches(&world).await);
                continue;
            }
        };
        let draft = done(&mut program, &made).await;
        let path = format!("/api/v1/drafts/{}/send", draft["id"].as_str().expect("an id"));
        let sent = send(&program, "s", &path, &json!({})).await;
        assert_eq!(sent.status, 200, "{way}: {draft} {}", sent.body);
        told.push(batches(&world).await);
    }
    assert_eq!(told[3].len(), 2);
    for way in &told[..3] {
        assert_eq!(way, &told[3]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_at_once_is_done_once_and_remembered_by_the_next_server() {
    let mut world = World::new().await;
    let (program, _) = reporter(&world).await;
    let drafts = format!("{RETURN}/drafts");
    let nil = json!({ "nil": true });
    let all = (0..12).map(|_| {
        let (program, nil, drafts) = (program.clone(), nil.clone(), drafts.clone());
        tokio::spawn(async move { send(&program, "same", &drafts, &nil).await })
    });
    let mut made = Vec::new();
    for one in all.collect::<Vec<_>>() {
        let answer = one.await.expect("an answer");
        match answer.status {
            201 => made.push((answer.header("location").to_owned(), answer.body)),
            409 => assert_eq!(answer.code(), "ZH7573"),
            _ => panic!("{} {}", answer.status, answer.body),
        }
    }
    made.sort();
    made.dedup();
    assert_eq!(made.len(), 1, "{made:?}");
    let mut list = program.clone();
    assert_eq!(list.get("/api/v1/drafts").await.json()["data"].as_array().map(Vec::len), Some(1));
    let before = made.remove(0);
    let headers = program.headers.clone();
    world.restart().await;
    let mut later = world.officers();
    later.headers = headers;
    let again = send(&later, "same", &drafts, &nil).await;
    assert_eq!((again.header("location"), &again.body), (before.0.as_str(), &before.1));
    // After three days the key is free again.
    world.later(73 * 3600);
    let fresh = send(&later, "same", &drafts, &nil).await;
    assert_eq!((fresh.status, fresh.header("idempotency-replayed")), (201, ""), "{}", fresh.body);
    assert_ne!(fresh.header("location"), before.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_told_and_nobody_reaches_anothers() {
    let world = World::new().await;
    let (program, _) = reporter(&world).await;
    let drafts = format!("{RETURN}/drafts");
    let keyed = |n: usize| program.clone().with("Idempotency-Key", &format!("h-{n}"));
    for (n, (kind, body, status, code)) in [
        ("text/plain", "x", 415, "ZH7575"),
        ("application/json", "{", 422, "ZH7574"),
        ("application/json", "[]", 422, "ZH7574"),
        ("application/json", r#"{"rows":[{"task":{"a":1}}]}"#, 422, "ZH7574"),
        ("application/json", r#"{"rows":[],"nil":false}"#, 422, "ZH7574"),
        ("application/json", r#"{"rows":[{"task":"T"}],"nil":true}"#, 422, "ZH7574"),
        ("application/json", r#"{"row":[]}"#, 422, "ZH7574"),
        ("application/json", "{\"rows\":[{\"task\":\"a\\u0000\"}]}", 422, "ZH7574"),
        ("text/csv", "", 422, "ZH7318"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = keyed(n).put(&drafts, kind, body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{kind} {body}: {}", answer.body);
    }
    let bad = program
        .clone()
        .with("Idempotency-Key", "a b")
        .put(&drafts, "application/json", "{\"nil\":true}")
        .await;
    assert_eq!((bad.status, bad.code().as_str()), (400, "ZH7571"), "{}", bad.body);
    // Five thousand rows are not too many, one more is.
    for (n, status, code) in [(5_000, 201, ""), (5_001, 422, "ZH7315")] {
        let rows =
            vec![json!({ "task": "T".repeat(40), "producer_name": "示例粉业有限公司".repeat(8) }); n];
        let body = json!({ "rows": rows }).to_string();
        assert!(body.len() > 1 << 20);
        let answer = keyed(n).put(&drafts, "application/json", &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.body);
    }
    let made = keyed(20).put(&drafts, "application/json", "{\"nil\":true}").await;
    let path = made.header("location").to_owned();
    let (mut other, _) = world.signed_in("other", &["reporter"]).await;
    let mut other = self::program(&world, &mut other, &["see", "submit"]).await;
    for tail in ["", "/findings"] {
        assert_eq!(other.get(&format!("{path}{tail}")).await.status, 404);
    }
    let answer = send(&other, "o", &format!("{path}/send"), &json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "ZH7501"), "{}", answer.body);
    assert_eq!(other.remove(&path).await.status, 404);
    // Another county is not there, and a token without the scope does not reach its own.
    let elsewhere = RETURN.replace("621122", "621121");
    let answer = send(&other, "e", &format!("{elsewhere}/drafts"), &json!({ "nil": true })).await;
    assert_eq!(answer.status, 404, "{}", answer.body);
    let (mut reader, _) = world.signed_in("reader", &["reporter"]).await;
    let reader = self::program(&world, &mut reader, &["see"]).await;
    let answer = send(&reader, "e", &drafts, &json!({ "nil": true })).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "ZH7503"), "{}", answer.body);
    let mut own = program.clone();
    assert_eq!(own.remove(&path).await.status, 200);
    assert_eq!(own.get(&path).await.status, 404);
}
