//! Traceability by the command: capture, idempotence, as-of, answers, a recall as a spreadsheet, documents that must be
//! refused; on SQLite and on PostgreSQL.

mod here;
#[path = "../../../tests/shared/postgres.rs"]
mod postgres;

use std::fmt::Write as _;
use std::path::Path;

use here::Here;
use serde_json::Value;

/// A folder with a project.
fn project(database: Option<&str>) -> Here {
    let here = Here::new();
    let mut init = vec!["init", "project"];
    init.extend(database.iter().flat_map(|database| ["--database", database]));
    here.good(&init);
    here
}

impl Here {
    /// What a question of traceability is answered.
    fn traced(&self, args: &[&str]) -> Value {
        self.json(&[&["trace"], args].concat())
    }

    /// Captures a document that is handed over as text; the jobs and what was said about them.
    fn capture(&self, text: &str, more: &[&str]) -> (i32, Value, String) {
        self.write("document", text);
        let output = self.run(&[&["trace", "capture", "document", "--format", "json"], more].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let jobs = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code().unwrap(), jobs, said)
    }
}

fn document(events: &[String]) -> String {
    format!(
        r#"{{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument",
"schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{{"eventList":[{}]}}}}"#,
        events.join(",")
    )
}

fn event(kind: &str, id: &str, hour: usize, rest: &str) -> String {
    format!(
        r#"{{"type":"{kind}","eventID":"urn:uuid:{id}","eventTime":"2026-01-02T{hour:02}:00:00+08:00","eventTimeZoneOffset":"+08:00",{rest}}}"#
    )
}

const RAW: &str = "https://id.gs1.org/01/04012345111118/10/RAW";

fn carton(n: usize) -> String {
    format!("https://id.gs1.org/01/04012345111125/21/{n}")
}

/// 100 kg of a raw lot become four cartons; three go on a pallet to a shop, one of them is sold there.
fn story() -> Vec<String> {
    let cartons: Vec<String> = (1..=4).map(|n| format!("\"{}\"", carton(n))).collect();
    let pallet = r#""urn:epc:id:sscc:4012345.0000000333""#;
    vec![
        event(
            "TransformationEvent",
            "1",
            1,
            &format!(
                r#""bizStep":"commissioning","readPoint":{{"id":"https://example.com/dairy"}},"inputQuantityList":[{{"epcClass":"{RAW}","quantity":100,"uom":"KGM"}}],"outputEPCList":[{}]"#,
                cartons.join(",")
            ),
        ),
        event(
            "AggregationEvent",
            "2",
            2,
            &format!(
                r#""action":"ADD","bizStep":"packing","parentID":{pallet},"childEPCs":[{}]"#,
                cartons[..3].join(",")
            ),
        ),
        event(
            "ObjectEvent",
            "3",
            3,
            &format!(
                r#""action":"OBSERVE","bizStep":"shipping","epcList":[{pallet}],"readPoint":{{"id":"https://example.com/dairy"}},"destinationList":[{{"type":"location","destination":"https://example.com/shop"}}]"#
            ),
        ),
        event(
            "ObjectEvent",
            "4",
            4,
            &format!(
                r#""action":"OBSERVE","bizStep":"receiving","epcList":[{pallet}],"bizLocation":{{"id":"https://example.com/shop"}},"sensorElementList":[{{"sensorReport":[{{"type":"Temperature","time":"2026-01-02T03:00:00+08:00","value":9.5,"uom":"CEL"}},{{"type":"Temperature","time":"2026-01-02T03:20:00+08:00","value":4,"uom":"CEL"}}]}}]"#
            ),
        ),
        event(
            "ObjectEvent",
            "5",
            5,
            &format!(
                r#""action":"OBSERVE","bizStep":"retail_selling","epcList":[{}],"bizLocation":{{"id":"https://example.com/shop"}}"#,
                cartons[0]
            ),
        ),
    ]
}

fn walk(here: &Here) {
    let story = story();
    let (code, jobs, said) = here.capture(&document(&story[..3]), &[]);
    assert_eq!((code, &jobs[0]["new"], &jobs[0]["success"]), (0, &3.into(), &true.into()), "{said}");
    let early = here.size();
    // the same again, whole or as a part of more: nothing is written twice
    let (code, jobs, _) = here.capture(&document(&story[..3]), &[]);
    assert_eq!((code, &jobs[0]["new"], &jobs[0]["same"], here.size()), (0, &0.into(), &3.into(), early));
    // events come in any order
    let (_, jobs, said) = here.capture(&document(&[&story[4..], &story[..4]].concat()), &[]);
    assert_eq!((&jobs[0]["new"], &jobs[0]["same"]), (&2.into(), &3.into()), "{said}");

    // the raw lot in another syntax; one sold, two on the pallet in the shop, one still at the dairy
    let recall = here.traced(&["recall", "(01)04012345111118(10)RAW"]);
    assert_eq!(recall["pieces"], serde_json::json!({ "at": 3, "sold": 1 }));
    assert_eq!(
        recall["sites"],
        serde_json::json!([
            { "site": "https://example.com/dairy", "pieces": 1 },
            { "site": "https://example.com/shop", "pieces": 2 },
        ])
    );
    assert_eq!(recall["recipients"], serde_json::json!(["https://example.com/shop"]));
    // before the second capture nobody knew more than that they were on their way
    let early = early.to_string();
    let recall = here.traced(&["recall", RAW, "--as-of", &early]);
    assert_eq!(recall["pieces"], serde_json::json!({ "in-transit": 3, "at": 1 }));

    let up = here.traced(&["up", &carton(2)]);
    assert_eq!(up.as_array().unwrap().iter().map(|row| &row["thing"]).collect::<Vec<_>>(), [RAW]);
    assert_eq!(here.traced(&["down", RAW]).as_array().unwrap().len(), 4);
    let history = here.traced(&["history", &carton(2)]);
    assert_eq!(history.as_array().unwrap().len(), 4);
    let inside =
        here.traced(&["contents", "urn:epc:id:sscc:4012345.0000000333", "--at", "2026-01-02T02:30:00+08:00"]);
    assert_eq!(inside.as_array().unwrap().len(), 3);
    let balance = here.traced(&["balance", RAW]);
    assert_eq!((&balance[0]["change"], &balance[0]["stock"]), (&"used".into(), &"-100".into()));
    // more was used than was ever there
    assert_eq!(here.traced(&["balance"])[0]["finding"], "shortfall");
    // 9.5 degrees for twenty minutes, through the pallet: the pallet and its three cartons
    let warm = here.traced(&["exposure", "--above", "8"]);
    let outside: Vec<&Value> = warm.as_array().unwrap().iter().map(|row| &row["outside"]).collect();
    assert_eq!(outside, ["20"; 4]);
    let found = here.traced(&["query", "GE_value_KEL=282.65"]);
    assert_eq!(found["epcisBody"]["queryResults"]["resultsBody"]["eventList"][0]["eventID"], "urn:uuid:4");
    let shown: Value = serde_json::from_str(&here.good(&["trace", "show", "urn:uuid:4"])).unwrap();
    assert_eq!(shown["eventTime"], "2026-01-02T04:00:00+08:00");

    // an error declaration, and what was known before it
    let before = here.size().to_string();
    let declared = story[4].replace(
        r#""action""#,
        r#""errorDeclaration":{"declarationTime":"2026-01-03T00:00:00Z","reason":"did_not_occur"},"action""#,
    );
    let (code, _, said) = here.capture(&document(&[declared]), &[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(here.traced(&["recall", RAW])["pieces"], serde_json::json!({ "at": 4 }));
    assert_eq!(here.traced(&["recall", RAW, "--as-of", &before])["pieces"]["sold"], 1);
    let standings: Vec<Value> = here
        .traced(&["history", &carton(1)])
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["standing"].clone())
        .collect();
    assert!(
        standings.contains(&"voided".into()) && standings.contains(&"declaration".into()),
        "{standings:?}"
    );

    // other content under a known identifier: nothing of the document is captured, or all but that
    let size = here.size();
    let mut clash =
        vec![event("ObjectEvent", "6", 6, r#""action":"OBSERVE","epcList":["https://example.com/x"]"#)];
    clash.push(story[1].replace("packing", "storing"));
    let (code, jobs, said) = here.capture(&document(&clash), &[]);
    assert_eq!((code, here.size(), &jobs[0]["success"]), (1, size, &false.into()));
    assert!(said.contains("ZH9550") && said.contains("ZH9552"), "{said}");
    let (code, jobs, _) = here.capture(&document(&clash), &["--on-error", "proceed"]);
    assert_eq!((code, &jobs[0]["new"], &jobs[0]["refused"]), (1, &1.into(), &1.into()));
    assert!(here.size() > size);

    // who it went to is erased for good: the recipient is known by the receipt only, and the ledger still holds
    here.good(&["trace", "erase", "urn:uuid:3", "who", "--reason", "no longer needed"]);
    let shown: Value = serde_json::from_str(&here.good(&["trace", "show", "urn:uuid:3"])).unwrap();
    assert!(shown.get("destinationList").is_none() && shown.get("epcList").is_some(), "{shown}");
    let history = here.traced(&["history", &carton(2)]);
    assert!(history.as_array().unwrap().iter().any(|row| row["standing"] == "redacted"), "{history}");
    // handed in again it does not come back
    let (code, jobs, said) = here.capture(&document(&story[2..3]), &[]);
    assert_eq!((code, &jobs[0]["same"]), (0, &1.into()), "{said}");

    // the ledger holds with all of it
    here.good(&["ledger", "verify"]);
    assert!(here.traced(&["jobs"]).as_array().unwrap().len() >= 6);
    let unknown = here.run(&["trace", "history", "urn:epc:id:sgtin:4012345.099999.1"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("ZH9551"));
}

#[test]
fn a_recall_on_sqlite() {
    walk(&project(None));
}

#[test]
fn a_recall_on_postgres() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Some(url) = runtime.block_on(postgres::schema("trace_walk")) {
        walk(&project(Some(&url)));
    }
}

#[test]
fn bad_documents_are_told_and_leave_nothing() {
    let here = project(None);
    let sound = event("ObjectEvent", "1", 1, r#""action":"OBSERVE","epcList":["https://example.com/x"]"#);
    let mut deep = String::new();
    let _ = write!(deep, "{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let with = |rest: &str| document(&[sound.clone(), event("ObjectEvent", "2", 1, rest)]);
    let long = "x".repeat(2 << 20);
    let cases = [
        (String::new(), "ZH9510"),
        ("not json".to_owned(), "ZH9510"),
        (deep.clone(), "ZH9512"),
        (
            with(&format!(r#""action":"OBSERVE","epcList":["https://example.com/x"],"ex:deep":{deep}"#)),
            "ZH9512",
        ),
        (with(&format!(r#""action":"OBSERVE","epcList":["https://example.com/{long}"]"#)), "ZH9513"),
        (with(r#""action":"EAT","epcList":["https://example.com/x"]"#), "ZH95"),
        (with(r#""action":"OBSERVE","epcList":["no uri"]"#), "ZH95"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_owned(), "ZH9515"),
        ("<!DOCTYPE a SYSTEM \"http://example.com/a.dtd\"><a/>".to_owned(), "ZH9515"),
        ("<a>".repeat(100_000), "ZH951"),
    ];
    let size = here.size();
    for (text, code) in &cases {
        let (exit, jobs, said) = here.capture(text, &[]);
        let start: String = text.chars().take(60).collect();
        assert_eq!((exit, here.size()), (1, size), "{start}: {said}");
        assert!(said.contains(code), "{start}: {said}");
        assert_eq!(jobs[0]["success"], false, "{start}");
    }
    // a wrong check digit is told, and what bears it stays traceable
    let (exit, _, said) = here
        .capture(&with(r#""action":"OBSERVE","epcList":["https://id.gs1.org/01/04012345111119/21/1"]"#), &[]);
    assert_eq!(exit, 0, "{said}");
    assert!(said.contains("ZH9503"), "{said}");
    assert_eq!(here.traced(&["history", "(01)04012345111119(21)1"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_official_examples_are_captured_and_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trace/examples/JSON");
    if !folder.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
        println!("did not run: {} is missing", folder.display());
        return;
    }
    let here = project(None);
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "jsonld") {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    assert_eq!(files.len(), 47);
    let mut args = vec!["trace", "capture", "--on-error", "proceed", "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    let output = here.run(&args);
    let jobs: Value = serde_json::from_slice(&output.stdout).unwrap();
    let sum =
        |name: &str| -> u64 { jobs.as_array().unwrap().iter().map(|job| job[name].as_u64().unwrap()).sum() };
    // some examples share identifiers and say different things; whatever is not a conflict is there
    assert_eq!(sum("new") + sum("same") + sum("refused"), sum("events"));
    assert!(sum("new") > 40, "{}", sum("new"));
    for job in jobs.as_array().unwrap() {
        let errors: Vec<&Value> = job["problems"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|problem| problem["severity"] == "error")
            .collect();
        assert!(errors.iter().all(|problem| problem["code"] == "ZH9550"), "{errors:?}");
    }
    let again: Value = serde_json::from_slice(&here.run(&args).stdout).unwrap();
    let new: u64 = again.as_array().unwrap().iter().map(|job| job["new"].as_u64().unwrap()).sum();
    assert_eq!(new, 0);
    here.good(&["ledger", "verify"]);
    let all = here.traced(&["query", "perPage=1000"]);
    let n = all["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().unwrap().len();
    assert_eq!(n as u64, sum("new"));
}

#[test]
fn a_generated_world_is_recalled_into_a_spreadsheet() {
    let here = project(None);
    here.good(&["trace", "generate", "--events", "600", "--seed", "5", "-o", "made"]);
    let files: Vec<String> = std::fs::read_dir(here.path("made"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    let args: Vec<&str> = ["trace", "capture", "--provenance", "synthetic"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    here.good(&args);
    here.good(&["trace", "recall", "(01)06901234000115(10)R0-3-2", "-o", "recall.xlsx"]);
    here.good(&["trace", "recall", "(01)06901234000115(10)R0-3-2", "-o", "recall.csv"]);
    let csv = std::fs::read_to_string(here.path("recall.csv")).unwrap();
    let sheet = std::fs::read(here.path("recall.xlsx")).unwrap();
    assert!(sheet.starts_with(b"PK"), "no workbook");
    // a header, the raw lot, and what came of it
    assert!(csv.lines().count() > 240, "{}", csv.lines().count());
    assert!(csv.starts_with('\u{feff}'));
    let list = here.traced(&["recall", "(01)06901234000115(10)R0-3-2", "--list"]);
    assert_eq!(list.as_array().unwrap().len() + 1, csv.lines().count());
}
