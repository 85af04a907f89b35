//! The REST binding of EPCIS as its clients meet it.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::world::World;

/// A program of somebody with a role over a region.
pub(crate) async fn program(world: &World, login: &str, role: &str, region: &str) -> Client {
    let account = world.account(login).await;
    world.give(&account, role, region, "internal").await;
    let mut client = world.sign_in(login).await;
    world.strong(&mut client).await;
    let fields =
        [("token-name", "repository"), ("token-days", "30"), ("scopes", "trace"), ("scopes", "capture")];
    let made = client.submit("/account", "/account/tokens", &fields).await;
    let secret = made.body.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next());
    world.officers().with("Authorization", &format!("Bearer {}", secret.expect("a token")))
}

/// The city's handler, who sees everything.
pub(crate) async fn handler(world: &World) -> Client {
    program(world, "recall", "handler", "621100000000").await
}

pub(crate) fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// An event in JSON: number, step, thing, place.
pub(crate) fn event(n: u32, step: &str, epc: &str, place: &str) -> Value {
    json!({
        "type": "ObjectEvent", "eventID": format!("urn:uuid:00000000-0000-4000-8000-{n:012}"),
        "eventTime": format!("2013-10-01T08:{:02}:00.000+08:00", n % 60), "eventTimeZoneOffset": "+08:00",
        "epcList": [epc], "action": "OBSERVE", "bizStep": step, "readPoint": { "id": place },
    })
}

pub(crate) fn document(events: &[Value]) -> String {
    json!({
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2013-10-02T00:00:00Z",
        "epcisBody": { "eventList": events },
    })
    .to_string()
}

pub(crate) fn single(event: &Value) -> String {
    let mut event = event.clone();
    event["@context"] = json!("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    event.to_string()
}

/// Path without the host.
pub(crate) fn path(address: &str) -> String {
    let rest = address.split("://").nth(1).unwrap_or_default();
    rest.find('/').map_or(String::new(), |at| rest[at..].to_owned())
}

pub(crate) fn events_of(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json = json_of(answer);
    assert_eq!(json["type"], "EPCISQueryDocument");
    json["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().expect("a list").clone()
}

pub(crate) const PIECE: &str = "urn:epc:id:sgtin:4012345.011111.9876";
pub(crate) const PIECE_LINK: &str = "https://id.gs1.org/01/04012345111118/21/9876";
pub(crate) const PLACE: &str = "urn:epc:id:sgln:4012345.00011.0";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_there_is_and_what_is_spoken() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    for path in ["/epcis/v2", "/epcis/v2/"] {
        let top = client.get(path).await;
        assert_eq!((top.status, top.header("content-type")), (200, "application/json"));
        assert_eq!((top.header("gs1-epcis-version"), top.header("gs1-cbv-version")), ("2.0.0", "2.0.0"));
        let json = json_of(&top);
        assert_eq!(json["type"], "Collection");
        assert_eq!(json["member"].as_array().map(Vec::len), Some(9));
    }
    for (path, allow) in [
        ("", "GET, OPTIONS"),
        ("/capture", "GET, OPTIONS, POST"),
        ("/capture/1", "GET, OPTIONS"),
        ("/events", "GET, OPTIONS, POST"),
        ("/events/urn:uuid:1", "GET, OPTIONS"),
        ("/epcs", "GET, OPTIONS"),
        ("/bizSteps/shipping", "GET, OPTIONS"),
        ("/readPoints/x/events", "GET, OPTIONS"),
        ("/queries", "GET, OPTIONS, POST"),
        ("/queries/q", "DELETE, GET, OPTIONS"),
        ("/queries/q/events", "GET, OPTIONS"),
    ] {
        let answer = client.options(&format!("/epcis/v2{path}")).await;
        assert_eq!((answer.status, answer.header("allow")), (204, allow), "{path}");
        assert_eq!((answer.header("gs1-epcis-min"), answer.header("gs1-epcis-max")), ("1.2.0", "2.0.0"));
        assert_eq!(answer.header("gs1-capture-error-behaviour"), if path == "/capture" { "all" } else { "" });
        assert_eq!(answer.header("gs1-epcis-capture-limit").is_empty(), path != "/capture");
    }
    assert_eq!(client.options("/epcis/v2/nothing").await.status, 404);
    assert_eq!(client.remove("/epcis/v2/nextPageToken/1-1e").await.status, 204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems_are_told_in_the_words_of_the_standard() {
    let world = World::new().await;
    let client = handler(&world).await;
    let mut nobody = world.officers();
    let answer = nobody.get("/epcis/v2/events").await;
    let json = json_of(&answer);
    assert_eq!((answer.status, answer.header("content-type")), (401, "application/problem+json"));
    assert_eq!(
        (&json["type"], &json["code"]),
        (&json!("epcisException:SecurityException"), &json!("ZH7502"))
    );
    let with = |name: &str, value: &str| client.clone().with(name, value);
    let plain = || client.clone();
    let long = "x".repeat(5000);
    for (mut client, path, status, exception, code) in [
        (with("Accept", "text/csv"), "/events".to_owned(), 406, "NotAcceptable", "ZH9582"),
        (with("GS1-EPCIS-Min", "3.0"), "/events".to_owned(), 406, "NotAcceptable", "ZH9580"),
        (with("GS1-EPCIS-Max", "1.2"), "/events".to_owned(), 406, "NotAcceptable", "ZH9580"),
        (with("GS1-EPC-Format", "urn"), "/events".to_owned(), 406, "NotAcceptable", "ZH9581"),
        (plain(), "/events?EQ_nothing=1".to_owned(), 400, "QueryParameter", "ZH9560"),
        (plain(), "/events?GE_eventTime=yesterday".to_owned(), 400, "QueryParameter", "ZH9561"),
        (plain(), "/events?perPage=0".to_owned(), 400, "QueryParameter", "ZH9561"),
        (plain(), "/events?nextPageToken=x".to_owned(), 400, "QueryParameter", "ZH9564"),
        (plain(), "/events?eventCountLimit=1".to_owned(), 400, "QueryParameter", "ZH9566"),
        (plain(), "/events?a=%ff".to_owned(), 400, "QueryValidation", "ZH7514"),
        (plain(), "/events/urn:uuid:none".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), "/events/999".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), "/epcs/urn:none".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), "/capture/none".to_owned(), 404, "NoSuchName", "ZH9559"),
        (plain(), "/nothing".to_owned(), 404, "NoSuchName", "ZH7501"),
        (plain(), "/queries/none".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), format!("/events?EQ_bizStep={long}"), 414, "URITooLong", "ZH7510"),
    ] {
        let answer = client.get(&format!("/epcis/v2{path}")).await;
        let json = json_of(&answer);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert_eq!(json["type"], format!("epcisException:{exception}Exception"), "{path}");
        assert_eq!((&json["code"], &json["status"]), (&json!(code), &json!(status)), "{path}");
        assert!(json["title"].is_string() && json["detail"].is_string(), "{path}: {json}");
        assert_eq!(answer.header("gs1-epcis-version"), "2.0.0", "{path}");
    }
    let answer = with("Accept", "application/xml").get("/epcis/v2/events?EQ_a%3Cb=1").await;
    assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+xml"));
    assert!(answer.body.contains("<type>epcisException:QueryParameterException</type>"), "{}", answer.body);
    assert!(answer.body.contains("EQ_a&lt;b"), "{}", answer.body);
    let answer = plain().put("/epcis/v2/events/x", "text/plain", "").await;
    assert_eq!((answer.status, json_of(&answer)["code"].as_str()), (405, Some("ZH7513")));
}
