//! The questions of a recall over the API, on a chain that fits on a hand: a lot becomes two pieces, both are shipped, one arrives.

use serde_json::{Value, json};

use crate::client::Client;
use crate::epcis::{document, handler, json_of, program};
use crate::world::World;

const LOT: &str = "urn:epc:class:lgtin:4012345.011111.R1";
const PLANT: &str = "https://id.gs1.org/414/4012345000115";
const STORE: &str = "https://id.gs1.org/414/6901234567892";
const PARTY: &str = "https://id.gs1.org/417/6901234567892";

fn piece(n: u32) -> String {
    format!("urn:epc:id:sgtin:4012345.022222.{n}")
}

/// The Digital Link of a piece. The check digit of 0401234522222: 3 × (0+0+2+4+2+2+2) + (4+1+3+5+2+2) = 53, so 7.
fn link(n: u32) -> String {
    format!("https://id.gs1.org/01/04012345222227/21/{n}")
}

fn made() -> Value {
    json!({
        "type": "TransformationEvent", "eventID": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "eventTime": "2013-10-01T08:00:00.000+08:00", "eventTimeZoneOffset": "+08:00", "bizStep": "commissioning",
        "inputQuantityList": [{ "epcClass": LOT, "quantity": 10, "uom": "KGM" }],
        "outputEPCList": [piece(1), piece(2)], "bizLocation": { "id": PLANT },
    })
}

fn moved(n: u32, step: &str, epcs: &[String], place: &str, hour: u32) -> Value {
    let mut event = json!({
        "type": "ObjectEvent", "eventID": format!("urn:uuid:00000000-0000-4000-8000-{n:012}"),
        "eventTime": format!("2013-10-01T{hour:02}:00:00.000+08:00"), "eventTimeZoneOffset": "+08:00", "action": "OBSERVE",
        "bizStep": step, "epcList": epcs, "readPoint": { "id": place },
    });
    if step == "shipping" {
        event["destinationList"] = json!([{ "type": "possessing_party", "destination": PARTY }]);
    } else {
        event["bizLocation"] = json!({ "id": place });
    }
    event
}

fn escaped(text: &str) -> String {
    text.replace(':', "%3A").replace('/', "%2F")
}

async fn data(client: &mut Client, path: &str) -> Value {
    let answer = client.get(&format!("/api/v1/trace/{path}")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    json_of(&answer)["data"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recall_by_hand() {
    let world = World::new().await;
    let mut office = handler(&world).await;
    let mut store = program(&world, "store", "enterprise", "621122000000").await;
    let sent = document(&[made(), moved(2, "shipping", &[piece(1), piece(2)], PLANT, 9)]);
    office.put("/epcis/v2/capture", "application/json", &sent).await;
    let before = world.ledger.size().await.expect("a size");
    store
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[moved(3, "receiving", &[piece(1)], STORE, 11)]),
        )
        .await;

    let lot = escaped(LOT);
    let scope = data(&mut office, &format!("recall/{lot}")).await;
    assert_eq!(scope["pieces"], json!({ "at": 1, "in-transit": 1 }), "{scope}");
    assert_eq!((&scope["lots"], &scope["possible"]), (&json!(1), &json!(0)));
    assert_eq!(scope["sites"], json!([{ "site": STORE, "pieces": 1 }]));
    // The party that the shipment names, and the place that received.
    assert_eq!(scope["recipients"], json!([STORE, PARTY]));
    assert_eq!((&scope["n_sites"], &scope["n_recipients"]), (&json!(1), &json!(2)));
    // The summary holds the first of each; the lists hold all, part by part.
    let one = data(&mut office, &format!("recall/{lot}?limit=1")).await;
    assert_eq!((&one["n_recipients"], &one["recipients"]), (&json!(2), &json!([STORE])));
    assert_eq!(data(&mut office, &format!("recall/{lot}/sites")).await, scope["sites"]);
    let rest = data(&mut office, &format!("recall/{lot}/recipients?after=1")).await;
    assert_eq!(rest, json!([{ "party": PARTY }]));
    let then = data(&mut office, &format!("recall/{lot}?as_of={before}")).await;
    assert_eq!(then["pieces"], json!({ "in-transit": 2 }), "what was known before");

    let things = data(&mut office, &format!("recall/{lot}/things")).await;
    let named: Vec<_> = things
        .as_array()
        .expect("a list")
        .iter()
        .map(|own| (own["level"].clone(), own["fate"].clone()))
        .collect();
    assert_eq!(named.len(), 3);
    assert!(
        named.contains(&(json!("piece"), json!("at")))
            && named.contains(&(json!("piece"), json!("in-transit")))
    );
    let mut met = Vec::new();
    let mut at = Some(format!("/api/v1/trace/recall/{lot}/things?limit=1"));
    while let Some(page) = at {
        let json = json_of(&office.get(&page).await);
        assert_eq!(json["meta"]["total"], 3);
        met.extend(json["data"].as_array().expect("a list").clone());
        at = json["meta"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(json!(met), things, "page by page the same");

    let up = data(&mut office, &format!("up/{}", escaped(&piece(1)))).await;
    assert_eq!(
        (up.as_array().map(Vec::len), &up[0]["level"], &up[0]["links"]),
        (Some(1), &json!("lot"), &json!(1))
    );
    let down = data(&mut office, &format!("down/{lot}")).await;
    let reached: std::collections::BTreeSet<_> =
        down.as_array().expect("a list").iter().map(|own| own["thing"].as_str().expect("text")).collect();
    assert_eq!(reached, [link(1), link(2)].iter().map(String::as_str).collect());
    let history = data(&mut office, &format!("history/{}", escaped(&link(1)))).await;
    let steps: Vec<_> = history.as_array().expect("a list").iter().map(|own| own["step"].clone()).collect();
    assert_eq!(json!(steps), json!(["commissioning", "shipping", "receiving"]));
    let balance = data(&mut office, &format!("balance/{lot}")).await;
    assert_eq!(
        (&balance[0]["change"], &balance[0]["amount"], &balance[0]["unit"]),
        (&json!("used"), &json!("-10"), &json!("kg")),
        "{balance}"
    );
    assert_eq!(data(&mut office, &format!("contents/{}", escaped(&piece(1)))).await, json!([]));
    assert!(data(&mut office, "check").await.is_array());
    assert_eq!(data(&mut office, &format!("exposure/{lot}?above=8")).await, json!([]), "no readings at all");

    // The store's own events know the piece and nothing of its lot, its sister and the plant.
    let own = data(&mut store, &format!("history/{}", escaped(&piece(1)))).await;
    assert_eq!((own.as_array().map(Vec::len), &own[0]["step"]), (Some(1), &json!("receiving")));
    for hidden in [format!("recall/{lot}"), format!("history/{}", escaped(&piece(2))), format!("up/{lot}")] {
        let answer = store.get(&format!("/api/v1/trace/{hidden}")).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "ZH9551"), "{hidden}");
    }
    let scope = data(&mut store, &format!("recall/{}", escaped(&piece(1)))).await;
    assert_eq!(scope["pieces"], json!({ "at": 1 }));
    assert!(!scope.to_string().contains(PARTY) && !scope.to_string().contains(PLANT), "{scope}");

    for (path, status, code) in [
        ("history/urn:none", 404, "ZH9551"),
        ("history/urn:none?depth=3", 422, "ZH7537"),
        ("recall/urn:none?as_of=x", 422, "ZH7539"),
        ("contents/urn:none?at=noon", 422, "ZH9553"),
        ("exposure/urn:none?above=warm", 422, "ZH9561"),
    ] {
        let answer = office.get(&format!("/api/v1/trace/{path}")).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}: {}", answer.body);
    }
}
