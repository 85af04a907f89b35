//! What everybody may read: what was released, and nothing that was not; whether a paper is ours; what stands behind a product's code.

use serde_json::{Value as Json, json};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::trace::{Capture, Tracing};
use zhiheng_desk::{Desk, Moment};
use zhiheng_measure::engine::EngineOptions;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{Project, Provenance};

use crate::client::{Answer, Client};
use crate::handin::officers;
use crate::world::World;

const FLOUR: &str = "91621122123456788Q";
const SECRET: &str = "尚在调查的线索";

/// Enters records as they are; answers the number of their receipt.
pub(crate) async fn enter(world: &World, of: &str, key: &[&str], rows: Vec<Json>) -> String {
    let name = to_hex(&sha256(serde_json::to_string(&rows).expect("text").as_bytes()));
    let id = format!("{of}:621122:2013Q4:{}", &name[..16]);
    world.enter(&id, of, key, rows).await;
    id
}

pub(crate) async fn desk(world: &World) -> Desk {
    let project = Project::open(world.folder()).expect("the project");
    let catalog = std::sync::Arc::new(zhiheng_catalog::load(&[]).catalog);
    Desk::open(project, catalog, &[], &EngineOptions::default()).await.expect("a desk")
}

pub(crate) fn acting(account: &str, form: &[(&str, &str)], evidence: &[(&str, &str)]) -> Acting {
    Acting {
        account: account.to_owned(),
        on: jiff::civil::date(2013, 10, 21),
        form: form.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect(),
        evidence: evidence
            .iter()
            .map(|(kind, sha256)| zhiheng_act::case::Evidence {
                kind: (*kind).to_owned(),
                name: format!("{kind}.txt"),
                sha256: (*sha256).to_owned(),
            })
            .collect(),
        ..Acting::default()
    }
}

pub(crate) fn moment(world: &World) -> Moment {
    Moment { at: world.now(), today: jiff::civil::date(2013, 10, 21) }
}

/// Batches of four counties: 38 of 40 by five producers, 20 of 40 by four, 19 of 20 by four, 4 of 5 by one alone.
async fn sampled(world: &World) {
    let mut rows = Vec::new();
    for (county, n, bad, producers) in
        [("621122", 40, 2, 5), ("621123", 40, 20, 4), ("621125", 20, 1, 4), ("621124", 5, 1, 1)]
    {
        for at in 0..n {
            let mut row = json!({
                "task": "T", "sample_no": format!("{county}-{at}"), "level": "county", "sampled_on": "2013-05-06", "sampled_in": county,
                "link": "production", "product": "flour", "producer": format!("{county}-{}", at % producers),
                "conclusion": if at < bad { "nonconform" } else { "conform" },
            });
            if at < bad {
                row["failed_items"] = json!(["灰分"]);
            }
            rows.push(row);
        }
    }
    enter(world, "sampling.batch", &["task", "sample_no"], rows).await;
}

const TITLE: &str = "2013年定西市监督抽查合格率";

/// Proposes a table, and brings it as far as the sealed snapshot; answers the case.
async fn sealed(world: &World, content: &[u8]) -> String {
    let city = |account: &'static str, role: &'static str| (account, role, "621100");
    let all = [
        city("unit", "member-unit"),
        city("stat", "statistician"),
        city("pub", "publisher"),
        city("boss", "head"),
    ];
    officers(world, &all).await;
    let rule = json!({ "rule_id": "COUNT-3", "least": 3, "most_share": "70", "since_day": "2013-01-01", "document": "示例" });
    enter(world, "release.rule", &["rule_id", "since_day"], vec![rule]).await;
    let mut desk = desk(world).await;
    let hash = desk.project.keep_file("content.txt", content).expect("kept").sha256;
    let table = "sampling.pass_rate/621100/2013;contributor=producer;region=county";
    let form = [
        ("release_no", "DX-2013-1"),
        ("release_kind", "statistics"),
        ("title", TITLE),
        ("region", "621100"),
        ("grounds", "产品质量法"),
        ("summary", "四县区面粉监督抽查合格率"),
        ("named", "false"),
        ("content_hash", &hash),
        ("tables", table),
        ("taken_out", "2"),
        ("ends_on", "2013-12-31"),
    ];
    let done =
        desk.open_case(moment(world), "release.publication", "propose", &acting("unit", &form, &[])).await;
    let number = done.expect("proposed").taken.event.case;
    let size = desk.ledger.size().await.expect("a size").to_string();
    let seal = [("ledger_size", size.as_str()), ("catalog_digest", "c0"), ("sealed_hash", hash.as_str())];
    let zero = "0".repeat(64);
    for (step, by, form, evidence) in [
        ("check", "stat", &[("rule_id", "COUNT-3")][..], &[("disclosure-check", zero.as_str())][..]),
        ("nobody_named", "pub", &[], &[]),
        ("seal", "pub", &seal, &[("signed-snapshot", hash.as_str())]),
        ("announce", "pub", &[], &[]),
    ] {
        desk.refresh().await.expect("fresh");
        let act = zhiheng_act::case::Act::Step(step.to_owned());
        let done = desk.act(moment(world), &number, act, &acting(by, form, evidence)).await;
        done.unwrap_or_else(|trouble| panic!("{step}: {trouble:?}"));
    }
    number
}

/// The head signs: from here on it is public.
async fn signed(world: &World, number: &str) {
    let mut desk = desk(world).await;
    desk.refresh().await.expect("fresh");
    let act = zhiheng_act::case::Act::Approve(None);
    desk.act(moment(world), number, act, &acting("boss", &[], &[])).await.expect("signed");
}

async fn good(client: &mut Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there: {}", answer.body);
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_was_signed_is_public_and_only_its_safe_cells() {
    let world = World::new().await;
    sampled(&world).await;
    let number = sealed(&world, b"what was approved").await;
    let mut anybody = world.public();

    // Proposed, checked, sealed: nothing of it is seen.
    for path in
        ["/open", "/open/search?q=%E5%90%88%E6%A0%BC%E7%8E%87", "/open/r/621100", "/open/v1/publications"]
    {
        let page = good(&mut anybody, path).await;
        assert!(!page.body.contains(TITLE) && !page.body.contains("95.0"), "{path}: {}", page.body);
    }
    assert_eq!(anybody.get("/open/p/DX-2013-1").await.status, 404);

    signed(&world, &number).await;
    for path in [
        "/open",
        "/open/r/621100",
        "/open/r/620000",
        "/open/search?q=%E9%9D%A2%E7%B2%89",
        "/open/search?q=lxx",
    ] {
        let page = good(&mut anybody, path).await;
        assert!(page.body.contains(TITLE), "{path}: {}", page.body);
    }
    assert!(
        !good(&mut anybody, "/open/r/621122").await.body.contains(TITLE),
        "a city's figure is not a county's"
    );

    let page = good(&mut anybody, "/open/p/DX-2013-1").await.body;
    // 38 of 40 is 95.0 %, Wilson 83.5 to 98.6: of a hundred 1.4 to 16.5 fail. 20 of 40: 35.2 to 64.8 either way.
    assert!(page.contains("95.0") && page.contains("83.5–98.6"), "{page}");
    assert!(page.contains("大约有 1 到 17 个不达标") && page.contains("大约有 35 到 65 个不达标"), "{page}");
    // 81 of 105: 77.1 %.
    assert!(page.contains("105 个中有 81 个") && page.contains("77.1"), "{page}");
    // One producer alone is withheld, and one more so that it cannot be worked out.
    assert_eq!(page.matches("不公开</td>").count(), 2, "{page}");
    assert!(!page.contains("80.0"), "4 of 5 is nobody's business: {page}");

    let json = good(&mut anybody, "/open/v1/publications/DX-2013-1").await;
    let data: Json = serde_json::from_str(&json.body).expect("JSON");
    let cells = data["data"]["tables"][0]["cells"].as_array().expect("cells");
    let told: Vec<(&str, bool)> = cells
        .iter()
        .map(|cell| (cell["row"].as_str().unwrap_or("all"), cell["withheld"].as_bool().expect("a truth")))
        .collect();
    let county =
        |code: &str| told.iter().find(|(row, _)| row.starts_with(code)).map(|(_, withheld)| *withheld);
    assert_eq!((county("621122"), county("621123"), county("all")), (Some(false), Some(false), Some(false)));
    assert_eq!((county("621124"), county("621125")), (Some(true), Some(true)));
    for cell in cells.iter().filter(|cell| cell["withheld"] == true) {
        for field in ["value", "low", "high", "top", "bottom", "records"] {
            assert!(cell[field].is_null(), "{field} of {cell}");
        }
    }
    let csv = good(&mut anybody, "/open/p/DX-2013-1.csv").await;
    assert_eq!(csv.body.lines().count(), 1 + 5, "{}", csv.body);
    assert!(csv.body.contains("38,40") && !csv.body.contains("19,20"), "{}", csv.body);

    // A copy is still good, and is not sent again.
    let mark = json.header("etag").to_owned();
    assert!(json.header("cache-control").contains("max-age"), "{}", json.header("cache-control"));
    let again = anybody.clone().with("If-None-Match", &mark).get("/open/v1/publications/DX-2013-1").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let content = good(&mut anybody, "/open/p/DX-2013-1/content").await;
    assert_eq!(content.body, "what was approved");

    // By number and by hash it is ours; when its time is over its content is gone, and that it was is not.
    let hash = to_hex(&sha256(b"what was approved"));
    for code in ["DX-2013-1", hash.as_str()] {
        assert!(good(&mut anybody, &format!("/verify/{code}")).await.body.contains(TITLE));
    }
    world.later(90 * 24 * 3600);
    assert_eq!(anybody.get("/open/p/DX-2013-1").await.status, 404);
    assert_eq!(anybody.get("/open/p/DX-2013-1/content").await.status, 404);
    let over = good(&mut anybody, "/verify/DX-2013-1").await.body;
    assert!(!over.contains(TITLE) && over.contains("2013-12-31"), "{over}");
    let api: Json =
        serde_json::from_str(&good(&mut anybody, "/open/v1/verify/DX-2013-1").await.body).expect("JSON");
    assert_eq!((&api["data"]["authentic"], &api["data"]["public"]), (&json!(true), &json!(false)));
}

/// Statements on an enterprise: one for the public, one for authorities, one whose time is over.
async fn statements(world: &World) {
    let row = |number: &str, publicity: &str, until: &str, summary: &str| {
        json!({
            "holder": FLOUR, "holder_name": "示例粉业有限公司", "kind": "penalty", "severity": "general", "number": number,
            "on_day": "2013-06-03", "publicity": publicity, "public_until": until, "summary": summary,
            "source": "示例县质监局", "located_in": "621122",
        })
    };
    let rows = vec![
        row("P-1", "public", "2016-06-03", "生产不合格粉条，经办 13800138000"),
        row("P-2", "government", "2016-06-03", SECRET),
        row("P-3", "public", "2013-09-01", "已过公示期的处罚"),
    ];
    let other = json!({ "holder": "91350100M0001TGQXM", "holder_name": "未公开企业", "kind": "penalty", "number": "Q-1", "on_day": "2013-06-03", "publicity": "government", "source": "示例" });
    enter(world, "credit.statement", &["holder", "kind", "number", "on_day"], rows).await;
    enter(world, "credit.statement", &["holder", "kind", "number", "on_day"], vec![other]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_enterprise_what_is_public_and_for_as_long() {
    let world = World::new().await;
    statements(&world).await;
    let mut anybody = world.public();
    let page = good(&mut anybody, &format!("/open/e/{FLOUR}")).await.body;
    assert!(page.contains("生产不合格粉条") && page.contains("138********"), "{page}");
    let everything = [
        page,
        good(&mut anybody, &format!("/open/e/{FLOUR}.json")).await.body,
        good(&mut anybody, &format!("/open/v1/enterprises/{FLOUR}")).await.body,
        good(&mut anybody, "/open/search?q=%E7%A4%BA%E4%BE%8B").await.body,
        good(&mut anybody, &format!("/open/search?q={FLOUR}")).await.body,
    ];
    for text in &everything {
        assert!(
            !text.contains(SECRET) && !text.contains("已过公示期") && !text.contains("13800138000"),
            "{text}"
        );
    }
    assert!(everything[3].contains(FLOUR), "found by its name");
    // Whoever has nothing public is not there, by code or by name.
    assert_eq!(anybody.get("/open/e/91350100M0001TGQXM").await.status, 404);
    assert!(
        !good(&mut anybody, "/open/search?q=%E6%9C%AA%E5%85%AC%E5%BC%80")
            .await
            .body
            .contains("91350100M0001TGQXM")
    );
    // The public report can be checked by its code, and a changed one cannot.
    let data: Json = serde_json::from_str(&everything[2]).expect("JSON");
    let (code, day) =
        (data["data"]["report_code"].as_str().expect("a code"), data["data"]["day"].as_str().expect("a day"));
    let size = data["meta"]["as_of"].as_u64().expect("a size");
    let whole = format!("/verify/credit:{FLOUR}:public:{day}:{size}:{code}");
    assert!(good(&mut anybody, &whole).await.body.contains("这份信用报告是真的"));
    let copied = whole.replace(':', "%253A").replace('/', "%2F");
    let sent = anybody.get(&format!("/verify?code=https%3A%2F%2Fq.example{copied}")).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(good(&mut anybody, sent.header("location")).await.body.contains("这份信用报告是真的"));
    let forged = format!("/verify/credit:{FLOUR}:public:2013-10-20:{size}:{code}");
    let hidden = format!("/verify/credit:91350100M0001TGQXM:public:{day}:{size}:{code}");
    let nobody = format!("/verify/credit:91110000802100433B:public:{day}:{size}:{code}");
    let mut told = Vec::new();
    for path in [forged, hidden, nobody] {
        let body = good(&mut anybody, &path).await.body;
        assert!(!body.contains("是真的</h1>"), "{body}");
        told.push(body.contains("不能确认"));
    }
    assert_eq!(told, [true; 3], "nobody learns who has a file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_is_ours_and_anything_else_is_not() {
    let world = World::new().await;
    let row = json!({ "task": "T", "sample_no": "1", "sampled_in": "621122", "kind": "result", "on_day": "2013-10-01", "sampled_on": "2013-05-06",
        "product_name": "示例粉条", "lot": "20130501", "producer_name": "示例粉业有限公司", "failed_items": ["水分"] });
    let id = enter(&world, "sampling.publication", &["task", "sample_no", "kind"], vec![row]).await;
    let mut anybody = world.public();
    let page = good(&mut anybody, &format!("/verify/{id}")).await.body;
    assert!(page.contains("是真的") && page.contains("陇西县") && page.contains("1 条记录"), "{page}");
    for code in [
        "sampling.publication:621122:2013Q4:0000000000000000",
        "x",
        "0:00",
        "%3Cscript%3Ealert(1)",
        "credit:",
        "credit:a:b:c:d:e",
    ] {
        let page = good(&mut anybody, &format!("/verify/{code}")).await.body;
        assert!(page.contains("核验不了") && !page.contains("<script>alert"), "{code}: {page}");
    }
    assert!(good(&mut anybody, "/verify?code=a%2Fb").await.body.contains("核验不了"));
    // What was withdrawn or corrected is said to stand no more, and says nothing of what it was.
    let (old, new) = ("a".repeat(64), "b".repeat(64));
    let change = |number: &str, kind: &str, new: Option<&str>| {
        let mut row = json!({ "release_no": number, "change": kind, "edition": 1, "region": "621122", "changed_on": "2013-10-02", "old_hash": old });
        if let Some(new) = new {
            row["new_hash"] = json!(new);
        }
        row
    };
    let rows = vec![change("W-1", "withdrawn", None), change("C-1", "corrected", Some(&new))];
    enter(&world, "release.feed", &["release_no", "change"], rows).await;
    for (code, says) in
        [("W-1", "已撤回"), (old.as_str(), "是旧的"), ("C-1", "核验不了"), (new.as_str(), "核验不了")]
    {
        let page = good(&mut anybody, &format!("/verify/{code}")).await.body;
        assert!(page.contains(says), "{code}: {page}");
    }
    let api: Json =
        serde_json::from_str(&good(&mut anybody, "/open/v1/verify/W-1").await.body).expect("JSON");
    assert_eq!((&api["data"]["authentic"], &api["data"]["kind"]), (&json!(false), &json!("changed")));
    assert_eq!(good(&mut anybody, "/open/v1/changes").await.body.matches("changed_on").count(), 2);
    let long = format!("/verify/{}", "9".repeat(4000));
    assert_eq!(anybody.get(&long).await.status, 200);
    let size = world.ledger.size().await.expect("a size");
    let root = to_hex(&world.ledger.root_at(size).await.expect("a root"));
    assert!(good(&mut anybody, &format!("/verify/{size}:{root}")).await.body.contains("是真的"));
    assert!(good(&mut anybody, &format!("/verify/{}:{root}", size - 1)).await.body.contains("核验不了"));
    let sent = anybody.get("/verify?code=DX-1").await;
    assert_eq!((sent.status, sent.header("location")), (303, "/verify/DX-1"));
    // The published result is found by product, lot and producer.
    for typed in ["%E7%B2%89%E6%9D%A1", "20130501", "%E7%A4%BA%E4%BE%8B%E7%B2%89%E4%B8%9A"] {
        let page = good(&mut anybody, &format!("/open/search?q={typed}")).await.body;
        assert!(page.contains("示例粉条") && page.contains("水分"), "{typed}: {page}");
    }
    assert!(good(&mut anybody, "/open/files/results.csv").await.body.contains("20130501"));
    let list: Json =
        serde_json::from_str(&good(&mut anybody, "/open/v1/downloads").await.body).expect("JSON");
    assert_eq!(list["meta"]["total"], json!(3));
    for file in list["data"].as_array().expect("files") {
        good(&mut anybody, file["href"].as_str().expect("an address")).await;
    }
}

/// A delivery becomes a lot of cartons: a recall of the delivery touches the cartons.
const EVENTS: &str = r#"{
  "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"], "type": "EPCISDocument", "schemaVersion": "2.0",
  "creationDate": "2013-10-20T00:00:00Z",
  "epcisHeader": { "epcisMasterData": { "vocabularyList": [ { "type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList": [
    { "id": "https://id.gs1.org/414/6901234000009", "attributes": [
      { "id": "urn:epcglobal:cbv:mda:state", "attribute": "甘肃省" }, { "id": "urn:epcglobal:cbv:mda:city", "attribute": "定西市" },
      { "id": "urn:epcglobal:cbv:mda:streetAddressOne", "attribute": "不可告人路1号" } ] } ] } ] } },
  "epcisBody": { "eventList": [
    { "type": "TransformationEvent", "eventTime": "2013-10-01T23:30:00Z", "eventTimeZoneOffset": "+08:00", "bizStep": "commissioning",
      "readPoint": { "id": "https://id.gs1.org/414/6901234000009" }, "bizLocation": { "id": "https://id.gs1.org/414/6901234000009" },
      "inputQuantityList": [ { "epcClass": "https://id.gs1.org/01/06901234000115/10/R0-3-2", "quantity": 10 } ],
      "outputQuantityList": [ { "epcClass": "https://id.gs1.org/01/06901234000146/10/C7", "quantity": 100 } ] } ] } }"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_code_stands_what_a_consumer_may_know() {
    let world = World::new().await;
    let project = Project::open(world.folder()).expect("the project");
    let tracing = Tracing::open(&project, world.ledger.clone()).await.expect("traces");
    let capture = Capture {
        bytes: EVENTS.as_bytes().to_vec(),
        media: zhiheng_trace::store::Media::Json,
        behaviour: zhiheng_trace::store::Behaviour::Rollback,
        by: "office".to_owned(),
        at: world.now(),
        provenance: Provenance::Reported,
        limits: zhiheng_trace::Limits::default(),
    };
    let job = tracing.capture(capture).await.expect("captured");
    assert!(job.success, "{job:?}");
    let mut anybody = world.public();
    let before = good(&mut anybody, "/01/06901234000146/10/C7").await.body;
    // 23:30 in Greenwich is the next day in China.
    assert!(before.contains("没有查到召回") && before.contains("2013-10-02"), "{before}");
    assert!(
        !before.contains("6901234000009") && !before.contains("R0-3-2"),
        "who and whence is nobody's business: {before}"
    );
    assert!(good(&mut anybody, "/01/06901234000146/10/C8").await.body.contains("没有这个码的记录"));

    let notice = json!({ "notice_no": "R-1", "product_name": "示例奶基料", "item": "(01)06901234000115(10)R0-3-2", "producer_name": "示例乳业有限公司",
        "hazard": "清洗剂残留", "remedy": "凭包装退货", "located_in": "621122", "published_on": "2013-10-20" });
    enter(&world, "recall.notice", &["notice_no", "item"], vec![notice]).await;
    let named = good(&mut anybody, "/01/06901234000115/10/R0-3-2").await.body;
    assert!(named.contains("正在召回") && named.contains("凭包装退货"), "{named}");
    let made = good(&mut anybody, "/01/06901234000146/10/C7").await.body;
    assert!(made.contains("使用了正在召回的原料或部件") && made.contains("清洗剂残留"), "{made}");
    assert!(good(&mut anybody, "/01/06901234000115/10/R0-3-3").await.body.contains("没有查到召回"));
    assert!(good(&mut anybody, "/open").await.body.contains("示例奶基料"));
    let links = good(&mut anybody, "/01/06901234000146/10/C7?linkType=all").await;
    assert_eq!(links.header("content-type"), "application/linkset+json");
    let set: Json = serde_json::from_str(&links.body).expect("JSON");
    assert!(set["linkset"][0]["anchor"].as_str().expect("an anchor").ends_with("/01/06901234000146/10/C7"));
    // What is no product code is said to be none.
    for path in ["/01/12", "/01/abcdefghijklmn", "/01/06901234000146/21/%00", "/01/%3Cb%3E/10/1"] {
        let answer = anybody.get(path).await;
        assert!([400, 404].contains(&answer.status), "{path}: {} {}", answer.status, answer.body);
        assert!(!answer.body.contains("<b>/10"), "{path}");
    }
}
