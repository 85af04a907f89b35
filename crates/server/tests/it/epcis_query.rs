//! Queries over the REST binding: pages, lists of what events name, named queries, what an enterprise sees.

use serde_json::{Value, json};

use crate::client::Answer;
use crate::epcis::{
    PIECE, PIECE_LINK, PLACE, document, event, events_of, handler, json_of, path, program, single,
};
use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_stay_apart_whatever_comes_in_between() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let events: Vec<Value> = (1..=65).map(|n| event(n, "storing", &format!("{PIECE}{n}"), PLACE)).collect();
    client.put("/epcis/v2/capture", "application/json", &document(&events)).await;
    for start in
        ["/epcis/v2/events", "/epcis/v2/bizSteps/storing/events", "/epcis/v2/events?orderBy=eventTime"]
    {
        let mut next = Some(start.to_owned());
        let mut sizes = Vec::new();
        let mut met = std::collections::BTreeSet::new();
        while let Some(at) = next {
            let answer = client.get(&at).await;
            let events = events_of(&answer);
            sizes.push(events.len());
            met.extend(events.iter().map(|event| event["eventID"].to_string()));
            let link = answer.header("link").to_owned();
            next = link
                .contains("rel=\"next\"")
                .then(|| path(link.trim_start_matches('<').split('>').next().unwrap_or("")));
            let n = 100
                + u32::try_from(sizes.len()).expect("few")
                + u32::try_from(start.len()).expect("short") * 10;
            let more = event(n, "storing", PIECE, PLACE);
            client.put("/epcis/v2/events", "application/json", &single(&more)).await;
        }
        assert_eq!(sizes.iter().sum::<usize>(), met.len(), "{start}: an event twice");
        assert_eq!(sizes[..2], [30, 30], "{start}");
        let before = json_of(&client.get("/epcis/v2/events?perPage=1000").await);
        assert!(
            before["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().expect("a list").len()
                > met.len()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_name_what_events_name() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let other = "https://id.gs1.org/414/6901234567892";
    let mut second = event(2, "shipping", "urn:epc:id:sgtin:4012345.011111.9877", PLACE);
    second["bizLocation"] = json!({ "id": other });
    second["disposition"] = json!("in_transit");
    second["quantityList"] = json!([{ "epcClass": "urn:epc:class:lgtin:4012345.011111.L1", "quantity": 3 }]);
    client
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[event(1, "commissioning", PIECE, PLACE), second]),
        )
        .await;
    let link = "https://id.gs1.org/414/4012345000115";
    for (list, wanted) in [
        ("bizSteps", json!(["commissioning", "shipping"])),
        ("dispositions", json!(["in_transit"])),
        ("readPoints", json!([link])),
        ("bizLocations", json!([other])),
        ("epcs", json!([PIECE_LINK, "https://id.gs1.org/01/04012345111118/21/9877"])),
    ] {
        let json = json_of(&client.get(&format!("/epcis/v2/{list}")).await);
        assert_eq!(json["member"], wanted, "{list}");
        // One by one, each with its events.
        let mut at = Some(format!("/epcis/v2/{list}?perPage=1"));
        let mut members = Vec::new();
        while let Some(page) = at {
            let answer = client.get(&page).await;
            members.extend(json_of(&answer)["member"].as_array().expect("a list").clone());
            let link = answer.header("link");
            at = link
                .contains("rel=\"next\"")
                .then(|| path(link.trim_start_matches('<').split('>').next().unwrap_or("")));
        }
        assert_eq!(json!(members), wanted, "{list} by pages");
        for member in members {
            let name = member.as_str().expect("text").replace(':', "%3A").replace('/', "%2F");
            let item = client.get(&format!("/epcis/v2/{list}/{name}")).await;
            assert_eq!(json_of(&item)["member"], json!(["events"]), "{list}/{name}");
            assert!(!events_of(&client.get(&format!("/epcis/v2/{list}/{name}/events")).await).is_empty());
        }
    }
    assert_eq!(
        json_of(&client.get("/epcis/v2/eventTypes").await)["member"].as_array().map(Vec::len),
        Some(5)
    );
    // The same place and thing in other spellings; parameters of the query narrow further and never widen.
    for (at, count) in [
        ("/readPoints/urn:epc:id:sgln:4012345.00011.0/events", 2),
        ("/epcs/urn:epc:id:sgtin:4012345.011111.9876/events", 1),
        ("/epcs/https%3A%2F%2Fexample.com%2F01%2F04012345111118%2F21%2F9876/events", 1),
        ("/epcs/urn:epc:class:lgtin:4012345.011111.L1/events", 1),
        ("/bizSteps/urn:epcglobal:cbv:bizstep:shipping/events", 1),
        ("/bizSteps/shipping/events?EQ_bizStep=commissioning", 0),
        ("/eventTypes/ObjectEvent/events?MATCH_epc=urn:epc:id:sgtin:4012345.011111.9877", 1),
        ("/eventTypes/AggregationEvent/events", 0),
    ] {
        assert_eq!(events_of(&client.get(&format!("/epcis/v2{at}")).await).len(), count, "{at}");
    }
    for missing in [
        "/bizSteps/storing",
        "/bizLocations/urn:epc:id:sgln:4012345.00011.0",
        "/eventTypes/Event",
        "/eventTypes/urn:own",
    ] {
        assert_eq!(client.get(&format!("/epcis/v2{missing}")).await.status, 404, "{missing}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn named_queries_outlive_the_server() {
    let mut world = World::new().await;
    let mut client = handler(&world).await;
    client
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[event(1, "commissioning", PIECE, PLACE), event(2, "shipping", PIECE, PLACE)]),
        )
        .await;
    let text = json!({ "name": "\u{53ec}\u{56de} 1", "query": { "eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping", "receiving"] } }).to_string();
    let made = client.put("/epcis/v2/queries", "application/json", &text).await;
    assert_eq!(
        (made.status, path(made.header("location")).as_str()),
        (201, "/epcis/v2/queries/%E5%8F%AC%E5%9B%9E%201"),
        "{}",
        made.body
    );
    let again = client.put("/epcis/v2/queries", "application/json", &text).await;
    assert_eq!(
        (again.status, json_of(&again)["type"].as_str()),
        (409, Some("epcisException:ResourceAlreadyExistsException"))
    );
    for wrong in [
        "{",
        "[]",
        "{}",
        r#"{"name":"x"}"#,
        r#"{"name":"","query":{}}"#,
        r#"{"name":"a/b","query":{}}"#,
        r#"{"name":"x","query":[]}"#,
        r#"{"name":"x","query":{"EQ_none":"1"}}"#,
        r#"{"name":7,"query":{}}"#,
    ] {
        assert_eq!(client.put("/epcis/v2/queries", "application/json", wrong).await.status, 400, "{wrong}");
    }
    world.restart().await;
    client.address = world.officers().address;
    let at = path(made.header("location"));
    let json = json_of(&client.get(&at).await);
    assert_eq!(json["query"]["EQ_bizStep"], json!(["shipping", "receiving"]));
    assert_eq!(json_of(&client.get("/epcis/v2/queries").await).as_array().map(Vec::len), Some(1));
    let found = client.get(&format!("{at}/events")).await;
    assert_eq!(json_of(&found)["epcisBody"]["queryResults"]["queryName"], "\u{53ec}\u{56de} 1");
    assert_eq!(events_of(&found).len(), 1);
    assert_eq!(client.get(&format!("{at}/events?stream=true")).await.status, 400);
    assert_eq!(client.remove(&at).await.status, 204);
    assert_eq!((client.remove(&at).await.status, client.get(&at).await.status), (404, 404));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_meets_its_own_events_alone() {
    let world = World::new().await;
    let mut office = handler(&world).await;
    let mut own = program(&world, "dairy", "enterprise", "621122000000").await;
    let mut county = program(&world, "county", "handler", "621122000000").await;
    office
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[event(1, "storing", PIECE, "urn:epc:id:sgln:4012345.00022.0")]),
        )
        .await;
    own.put("/epcis/v2/capture", "application/json", &document(&[event(2, "shipping", PIECE, PLACE)])).await;
    assert_eq!(events_of(&office.get("/epcis/v2/events").await).len(), 2);
    let mine = events_of(&own.get("/epcis/v2/events").await);
    assert_eq!((mine.len(), &mine[0]["bizStep"]), (1, &json!("shipping")));
    for (at, wanted) in [
        ("/bizSteps", json!(["shipping"])),
        ("/readPoints", json!(["https://id.gs1.org/414/4012345000115"])),
        ("/epcs", json!([PIECE_LINK])),
    ] {
        assert_eq!(json_of(&own.get(&format!("/epcis/v2{at}")).await)["member"], wanted, "{at}");
    }
    let others = "/epcis/v2/events/urn:uuid:00000000-0000-4000-8000-000000000001";
    assert_eq!((office.get(others).await.status, own.get(others).await.status), (200, 404));
    assert_eq!(own.get("/epcis/v2/bizSteps/storing").await.status, 404);
    let jobs = |answer: &Answer| json_of(answer).as_array().map(Vec::len);
    assert_eq!(jobs(&office.get("/epcis/v2/capture").await), Some(2));
    let listed = own.get("/epcis/v2/capture").await;
    assert_eq!(jobs(&listed), Some(1));
    let mine = json_of(&listed)[0]["captureID"].clone();
    let all = json_of(&office.get("/epcis/v2/capture").await);
    let foreign = all.as_array().expect("a list").iter().map(|job| &job["captureID"]).find(|id| **id != mine);
    let foreign = foreign.and_then(Value::as_str).expect("another's job");
    assert_eq!(own.get(&format!("/epcis/v2/capture/{foreign}")).await.status, 404);
    // Names of queries are each one's own.
    let text = r#"{"name":"q","query":{}}"#;
    assert_eq!(office.put("/epcis/v2/queries", "application/json", text).await.status, 201);
    assert_eq!(own.put("/epcis/v2/queries", "application/json", text).await.status, 201);
    assert_eq!(events_of(&own.get("/epcis/v2/queries/q/events").await).len(), 1);
    assert_eq!(own.remove("/epcis/v2/queries/q").await.status, 204);
    assert_eq!(office.get("/epcis/v2/queries/q").await.status, 200);
    // Events have no region: a right over a part of it gives none of them.
    assert_eq!(county.get("/epcis/v2/events").await.status, 404);
    assert_eq!(county.put("/epcis/v2/capture", "application/json", "{}").await.status, 404);
}
