//! Subscriptions: what a subscriber's own server gets, and what addresses nothing is sent to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use zhiheng_server::settings::EgressSettings;

use crate::client::Client;
use crate::epcis::{PIECE, PLACE, document, event, handler, json_of, path, program};
use crate::idp::request;
use crate::world::{World, limits, settings};

/// A subscriber's server: keeps what it gets, and answers as it is told.
#[derive(Clone)]
struct Receiver {
    address: String,
    got: Arc<Mutex<Vec<(String, String)>>>,
    /// Status for a body with so many events.
    answer: Arc<Mutex<fn(usize) -> u16>>,
}

impl Receiver {
    async fn open() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/in", listener.local_addr().expect("an address"));
        let receiver = Receiver { address, got: Arc::default(), answer: Arc::new(Mutex::new(|_| 200)) };
        let own = receiver.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (head, body) = request(&mut stream).await;
                let status = (own.answer.lock().expect("a lock"))(events(&body).len());
                if (200..300).contains(&status) {
                    own.got.lock().expect("a lock").push((head, body));
                }
                let more = if status == 302 { "Location: http://127.0.0.1:1/elsewhere\r\n" } else { "" };
                let answer =
                    format!("HTTP/1.1 {status} x\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        receiver
    }

    fn answers(&self, answer: fn(usize) -> u16) {
        *self.answer.lock().expect("a lock") = answer;
    }

    /// Waits until so many answers were taken.
    async fn wait(&self, count: usize) -> Vec<(String, String)> {
        for _ in 0..200 {
            let got = self.got.lock().expect("a lock").clone();
            if got.len() >= count {
                return got;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} answers of {count}", self.got.lock().expect("a lock").len());
    }

    fn count(&self) -> usize {
        self.got.lock().expect("a lock").len()
    }
}

pub(crate) fn events(body: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    json["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().cloned().unwrap_or_default()
}

fn ids(got: &[(String, String)]) -> Vec<String> {
    got.iter().flat_map(|(_, body)| events(body)).map(|event| event["eventID"].to_string()).collect()
}

async fn open_world() -> World {
    let mut settings = settings(limits());
    settings.egress = EgressSettings { private: true, plain: true, secs: 5 };
    World::with(settings).await
}

pub(crate) async fn capture(client: &mut Client, numbers: std::ops::Range<u32>, step: &str) {
    let all: Vec<Value> = numbers.map(|n| event(n, step, PIECE, PLACE)).collect();
    let answer = client.put("/epcis/v2/capture", "application/json", &document(&all)).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
}

pub(crate) async fn named(client: &mut Client) {
    let text =
        r#"{"name":"q","query":{"EQ_bizStep":["shipping"],"orderBy":"eventTime","eventCountLimit":1}}"#;
    assert_eq!(client.put("/epcis/v2/queries", "application/json", text).await.status, 201);
}

/// Waits until a subscription has failed so often.
async fn failures(client: &mut Client, at: &str, count: u32) {
    for _ in 0..200 {
        if json_of(&client.get(at).await)["failures"] == json!(count) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{}", client.get(at).await.body);
}

pub(crate) const AT: &str = "/epcis/v2/queries/q/subscriptions";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_signed_told_once_and_told_again_after_a_failure() {
    let mut world = open_world().await;
    let mut client = handler(&world).await;
    let receiver = Receiver::open().await;
    capture(&mut client, 1..3, "shipping").await;
    named(&mut client).await;
    let body = json!({ "dest": receiver.address, "signatureToken": "a secret", "stream": true }).to_string();
    let made = client.put(AT, "application/json", &body).await;
    let json = json_of(&made);
    assert_eq!(
        (made.status, &json["stream"], &json["dest"]),
        (201, &json!(true), &json!(receiver.address)),
        "{json}"
    );
    assert!(!made.body.contains("a secret"), "the secret is shown");
    let at = path(made.header("location"));
    assert_eq!(json_of(&client.get(&at).await)["subscriptionID"], json["subscriptionID"]);

    // Without an initial time only what comes from now on is told, and only what fits.
    capture(&mut client, 3..4, "storing").await;
    capture(&mut client, 4..6, "shipping").await;
    let got = receiver.wait(1).await;
    let (head, body) = &got[0];
    assert_eq!(
        ids(&got),
        [
            "\"urn:uuid:00000000-0000-4000-8000-000000000004\"",
            "\"urn:uuid:00000000-0000-4000-8000-000000000005\""
        ]
    );
    let told: Value = serde_json::from_str(body).expect("JSON");
    let results = &told["epcisBody"]["queryResults"];
    assert_eq!((&results["queryName"], &results["subscriptionID"]), (&json!("q"), &json["subscriptionID"]));
    let header = |name: &str| {
        head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or("").to_owned()
    };
    let mac = Hmac::<Sha256>::new_from_slice(b"a secret").expect("a key").chain_update(body.as_bytes());
    let wanted: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(header("gs1-signature"), wanted);
    assert_eq!(
        (header("content-type").as_str(), header("gs1-epcis-version").as_str()),
        ("application/json", "2.0.0")
    );

    // The receiver is down: nothing is lost, and what was taken is not told again, not even after a restart.
    receiver.answers(|_| 503);
    capture(&mut client, 6..8, "shipping").await;
    failures(&mut client, &at, 1).await;
    receiver.answers(|_| 302);
    world.later(5);
    failures(&mut client, &at, 2).await;
    assert_eq!(receiver.count(), 1, "a redirect was taken for an answer");
    receiver.answers(|_| 204);
    world.restart().await;
    client.address = world.officers().address;
    let got = receiver.wait(2).await;
    assert_eq!(
        ids(&got[1..]),
        [
            "\"urn:uuid:00000000-0000-4000-8000-000000000006\"",
            "\"urn:uuid:00000000-0000-4000-8000-000000000007\""
        ]
    );
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(receiver.count(), 2, "something was told twice");
    let json = json_of(&client.get(&at).await);
    assert!(json["lastNotifiedAt"].is_string() && json["failures"].is_null(), "{json}");

    // A removed query takes its subscriptions along.
    assert_eq!(client.remove("/epcis/v2/queries/q").await.status, 204);
    capture(&mut client, 8..9, "shipping").await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!((receiver.count(), client.get(&at).await.status), (2, 404));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_is_too_much_is_split() {
    let world = open_world().await;
    let mut client = handler(&world).await;
    let receiver = Receiver::open().await;
    receiver.answers(|count| if count > 3 { 413 } else { 200 });
    named(&mut client).await;
    let body =
        json!({ "dest": receiver.address, "stream": true, "initialRecordTime": "2010-01-01T00:00:00Z" })
            .to_string();
    capture(&mut client, 1..21, "shipping").await;
    assert_eq!(client.put(AT, "application/json", &body).await.status, 201);
    let got = receiver.wait(10).await;
    let mut all = ids(&got);
    assert!(got.iter().all(|(_, body)| events(body).len() <= 3));
    assert_eq!(all.len(), 20, "each once");
    all.dedup();
    let wanted: Vec<String> =
        (1..21).map(|n| format!("\"urn:uuid:00000000-0000-4000-8000-{n:012}\"")).collect();
    assert_eq!(all, wanted, "in the order of capture");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_is_kept_and_says_when_there_is_nothing() {
    let world = open_world().await;
    let mut client = handler(&world).await;
    let receiver = Receiver::open().await;
    named(&mut client).await;
    // The clock of this world stands at 09:00 in China.
    let body = json!({ "dest": receiver.address, "reportIfEmpty": true, "schedule": { "hour": "10", "minute": "30" } });
    let made = client.put(AT, "application/json", &body.to_string()).await;
    assert_eq!(json_of(&made)["schedule"], json!({ "hour": "10", "minute": "30" }), "{}", made.body);
    capture(&mut client, 1..3, "shipping").await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(receiver.count(), 0, "before its time");
    world.later(90 * 60);
    assert_eq!(ids(&receiver.wait(1).await).len(), 2);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(receiver.count(), 1, "twice at one time");
    world.later(24 * 3600);
    let got = receiver.wait(2).await;
    assert_eq!(ids(&got[1..]).len(), 0);
    assert!(got[1].1.contains("EPCISQueryDocument"), "{}", got[1].1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_loses_the_right_gets_no_more() {
    let world = open_world().await;
    let mut office = handler(&world).await;
    let account = world.account("leaving").await;
    let grant = world.give(&account, "handler", "621100000000", "internal").await;
    let mut leaving = world.sign_in("leaving").await;
    world.strong(&mut leaving).await;
    let fields = [("token-name", "x"), ("token-days", "30"), ("scopes", "trace")];
    let made = leaving.submit("/account", "/account/tokens", &fields).await;
    let secret = made
        .body
        .split("<code class=\"secret\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .expect("a token");
    let mut leaving = world.officers().with("Authorization", &format!("Bearer {secret}"));
    let receiver = Receiver::open().await;
    named(&mut office).await;
    let body = json!({ "dest": receiver.address, "stream": true }).to_string();
    assert_eq!(leaving.put(AT, "application/json", &body).await.status, 201);
    capture(&mut office, 1..2, "shipping").await;
    receiver.wait(1).await;
    world.access.take(&world.ledger, &grant, "console", "moved", world.now()).await.expect("taken");
    capture(&mut office, 2..3, "shipping").await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(receiver.count(), 1, "events went to somebody without a right");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_is_told_its_own_events_alone() {
    let world = open_world().await;
    let mut office = handler(&world).await;
    let mut own = program(&world, "dairy", "enterprise", "621122000000").await;
    let receiver = Receiver::open().await;
    named(&mut own).await;
    let body = json!({ "dest": receiver.address, "stream": true }).to_string();
    assert_eq!(own.put(AT, "application/json", &body).await.status, 201);
    capture(&mut office, 1..4, "shipping").await;
    capture(&mut own, 4..5, "shipping").await;
    let got = receiver.wait(1).await;
    assert_eq!(ids(&got), ["\"urn:uuid:00000000-0000-4000-8000-000000000004\""]);
    assert_eq!(office.get(AT).await.status, 404, "another's query");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_subscription_is_refused() {
    // The settings of an operator who has allowed nothing.
    let world = World::new().await;
    let mut client = handler(&world).await;
    named(&mut client).await;
    let good = "https://client.example.com/in";
    for (body, code) in [
        ("{".to_owned(), "ZH9510"),
        ("[]".to_owned(), "ZH9589"),
        (json!({ "stream": true }).to_string(), "ZH9589"),
        (json!({ "dest": 7, "stream": true }).to_string(), "ZH9589"),
        (json!({ "dest": good }).to_string(), "ZH9585"),
        (json!({ "dest": good, "stream": false }).to_string(), "ZH9585"),
        (json!({ "dest": good, "stream": true, "schedule": { "hour": "1" } }).to_string(), "ZH9585"),
        (json!({ "dest": good, "stream": "true" }).to_string(), "ZH9589"),
        (json!({ "dest": good, "schedule": {} }).to_string(), "ZH9584"),
        (json!({ "dest": good, "schedule": { "hour": "24" } }).to_string(), "ZH9584"),
        (json!({ "dest": good, "schedule": { "hour": [1] } }).to_string(), "ZH9589"),
        (json!({ "dest": good, "stream": true, "initialRecordTime": "yesterday" }).to_string(), "ZH9589"),
        (json!({ "dest": good, "stream": true, "signatureToken": "" }).to_string(), "ZH9589"),
        (json!({ "dest": "http://client.example.com/in", "stream": true }).to_string(), "ZH9586"),
        (json!({ "dest": "https://169.254.169.254/", "stream": true }).to_string(), "ZH9586"),
        (json!({ "dest": "https://127.0.0.1/", "stream": true }).to_string(), "ZH9586"),
        (json!({ "dest": "https://intranet/", "stream": true }).to_string(), "ZH9586"),
    ] {
        let answer = client.put(AT, "application/json", &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{body}: {}", answer.body);
    }
    let body = json!({ "dest": good, "stream": true }).to_string();
    assert_eq!(
        client.put("/epcis/v2/queries/none/subscriptions", "application/json", &body).await.status,
        404
    );
    for _ in 0..3 {
        assert_eq!(client.put(AT, "application/json", &body).await.status, 201);
    }
    let mut met = Vec::new();
    let mut at = Some(format!("{AT}?perPage=2"));
    while let Some(page) = at {
        let answer = client.get(&page).await;
        met.extend(
            json_of(&answer).as_array().expect("a list").iter().map(|own| own["subscriptionID"].to_string()),
        );
        let link = answer.header("link");
        at = link
            .contains("rel=\"next\"")
            .then(|| path(link.trim_start_matches('<').split('>').next().unwrap_or("")));
    }
    assert_eq!(met.len(), 3);
    met.dedup();
    assert_eq!(met.len(), 3);
    let first = format!("{AT}/{}", met[0].trim_matches('"'));
    assert_eq!((client.remove(&first).await.status, client.remove(&first).await.status), (204, 404));
}
