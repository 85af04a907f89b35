//! Master data by the command: captured with the events of its document, seen by queries and alarms, withdrawn, rebuilt;
//! and the records that the catalog's rules demand.

mod here;

use here::Here;
use serde_json::{Value, json};

/// A folder with a project.
fn project() -> Here {
    let here = Here::new();
    here.good(&["init", "project"]);
    here
}

impl Here {
    /// What a question of traceability is answered.
    fn traced(&self, args: &[&str]) -> Value {
        self.json(&[&["trace"], args].concat())
    }

    /// The job of a captured document.
    fn capture(&self, document: &Value) -> Value {
        self.write("document", &document.to_string());
        self.traced(&["capture", "document"])[0].clone()
    }

    /// How many events fit a query.
    fn n_found(&self, query: &str) -> usize {
        let page = self.traced(&["query", query]);
        page["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().unwrap().len()
    }
}

const CARTON: &str = "https://id.gs1.org/01/04012345111125/21/7";

fn sold(id: &str, minute: u32, site: &str) -> Value {
    json!({"type": "ObjectEvent", "eventID": format!("urn:uuid:{id}"), "action": "OBSERVE", "epcList": [CARTON],
        "eventTime": format!("2026-01-02T10:{minute:02}:00+08:00"), "eventTimeZoneOffset": "+08:00",
        "bizStep": "retail_selling", "bizLocation": {"id": site}})
}

fn element(id: &str, at: (&str, &str), owner: &str, children: &[&str]) -> Value {
    json!({"id": id, "children": children, "attributes": [
        {"id": "cbvmda:latitude", "attribute": at.0}, {"id": "cbvmda:longitude", "attribute": at.1},
        {"id": "ex:owner", "attribute": owner}]})
}

fn document(elements: &[Value], events: &[Value]) -> Value {
    json!({"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ex": "https://ns.example.com/mda/"}],
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-01T00:00:00Z",
        "epcisHeader": {"epcisMasterData": {"vocabularyList": [{"type": "urn:epcglobal:epcis:vtype:BusinessLocation",
            "vocabularyElementList": elements}]}},
        "epcisBody": {"eventList": events}})
}

const NORTH: &str = "https://example.com/lanzhou";
const SOUTH: &str = "https://example.com/shanghai";
const REGION: &str = "https://example.com/region";

#[test]
fn master_data_are_captured_asked_for_and_judged_by() {
    let here = project();
    let lanzhou = |owner| element(NORTH, ("36.06", "103.83"), owner, &[]);
    let places = [
        lanzhou("first"),
        element(SOUTH, ("31.23", "121.47"), "second", &[]),
        element(REGION, ("36", "104"), "", &[NORTH]),
    ];
    let whole = document(&places, &[sold("1", 0, NORTH), sold("2", 30, SOUTH)]);
    let job = here.capture(&whole);
    assert_eq!(
        (&job["new"], &job["masters"], &job["success"]),
        (&2.into(), &3.into(), &true.into()),
        "{job}"
    );
    let size = here.size();
    let job = here.capture(&whole);
    assert_eq!(
        (&job["new"], &job["same"], &job["masters"], here.size()),
        (&0.into(), &2.into(), &0.into(), size)
    );

    let within = format!("WD_bizLocation={REGION}");
    let owner =
        |name: &str| here.n_found(&format!("EQATTR_bizLocation_https://ns.example.com/mda/owner={name}"));
    assert_eq!((here.n_found(&within), here.n_found(&format!("EQ_bizLocation={REGION}"))), (1, 0));
    assert_eq!(
        (owner("first"), owner("third"), here.n_found("HASATTR_bizLocation=cbvmda:latitude")),
        (1, 0, 2)
    );

    // half an hour for 1,720 km
    let alarms = here.traced(&["check"]);
    let copy =
        alarms.as_array().unwrap().iter().find(|row| row["finding"] == "two-places").expect("an alarm");
    assert_eq!(
        (&copy["confidence"], &copy["from"], &copy["to"]),
        (&"likely".into(), &NORTH.into(), &SOUTH.into())
    );
    assert!((1_700..1_740).contains(&copy["kilometres"].as_i64().unwrap()), "{copy}");

    // said anew, by a document without events
    let job = here.capture(&document(&[lanzhou("third")], &[]));
    assert_eq!((&job["new"], &job["masters"]), (&0.into(), &1.into()), "{job}");
    assert_eq!((owner("first"), owner("third")), (0, 1));
    // a document that is wrong is not taken, nor is its master data
    let mut wrong = sold("3", 1, NORTH);
    wrong["action"] = "SELL".into();
    std::fs::write(here.path("document"), document(&[lanzhou("fourth")], &[wrong]).to_string()).unwrap();
    assert_eq!(here.run(&["trace", "capture", "document"]).status.code(), Some(1));
    assert_eq!((owner("fourth"), owner("third")), (0, 1));

    // erased for good: what was said last is gone, and what was said before it holds again
    let entry = (here.size() - 1).to_string();
    here.good(&["trace", "erase", &entry, "own", "--reason", "asked for", "--by", "keeper"]);
    assert_eq!((owner("first"), owner("third")), (1, 0));
    // everything is derived from the ledger
    std::fs::remove_dir_all(here.path("project/lake")).unwrap();
    assert_eq!((owner("first"), owner("third"), here.n_found(&within)), (1, 0, 1));
    here.good(&["ledger", "verify"]);
}

#[test]
fn the_rules_of_the_catalog_tell_what_is_lacking() {
    let here = project();
    here.good(&["trace", "generate", "--events", "300", "--seed", "4", "-o", "made"]);
    here.good(&["trace", "capture", "made/events-00001.jsonld"]);
    let lists: Value =
        serde_json::from_str(&here.good(&["catalog", "list", "list", "--format", "json"])).unwrap();
    let rules: Vec<String> = (lists.as_array().unwrap().iter())
        .filter_map(|list| list["id"].as_str())
        .filter(|id| id.starts_with("trace.") && !matches!(*id, "trace.speed" | "trace.transit"))
        .map(str::to_owned)
        .collect();
    assert_eq!(rules.len(), 7, "{rules:?}");
    let lot = "(01)06901234000146(10)F0-1-0";
    for rule in &rules {
        // every list of the folder can be read as a rule
        let lacking = here.traced(&["check", "--rule", rule, lot]);
        let codes: Vec<&str> =
            lacking.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
        if rule == "trace.dairy" {
            // the made-up dairy inspects nothing, and writes down everything else
            assert_eq!(codes, ["source-inspecting", "product-inspecting", "product-storing"], "{lacking}");
        }
    }
    let refused = here.run(&["trace", "check", "--rule", "trace.none", lot]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("ZH9579"));
    let refused = here.run(&["trace", "check", "--rule", "base.role", lot]);
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("ZH9578"),
        "{}",
        String::from_utf8_lossy(&refused.stderr)
    );
}
