//! A laboratory's program takes the steps of its samples: one by one on what it saw, and the reports of a day in one request.

use serde_json::{Value, json};
use zhiheng_act::case::{Act, Evidence};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::{Desk, Moment};

use crate::api_handin::{example, program, send};
use crate::client::Client;
use crate::handin::officers;
use crate::world::World;

/// Opens `n` sampling sheets that wait for the laboratory, as the command would.
async fn sheets(world: &World, n: usize) -> Vec<String> {
    officers(world, &[("sampler", "quality-officer", "621122"), ("lab", "laboratory", "621122")]).await;
    let project = zhiheng_record::Project::open(world.folder()).expect("the project");
    let catalog = std::sync::Arc::new(zhiheng_catalog::load(&[]).catalog);
    let desk = Desk::open(project, catalog, &[], &Default::default()).await.expect("a desk");
    let today = jiff::civil::date(2013, 10, 21);
    let moment = Moment { at: world.now(), today };
    let acting = |form: &[(&str, &str)], evidence: &[&str]| Acting {
        account: "sampler".to_owned(),
        on: today,
        form: form.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect(),
        evidence: (evidence.iter())
            .map(|kind| Evidence {
                kind: (*kind).to_owned(),
                name: "a.txt".to_owned(),
                sha256: "0".repeat(64),
            })
            .collect(),
        ..Acting::default()
    };
    let mut numbers = Vec::new();
    for at in 1..=n {
        let sample_no = format!("{at:04}");
        let arrive = [
            ("task", "XJ-2013"),
            ("sample_no", sample_no.as_str()),
            ("level", "county"),
            ("sampled_in", "621122"),
            ("link", "production"),
            ("product", "potato-noodle"),
            ("product_name", "马铃薯粉条"),
            ("laboratory", "示例检验所"),
            ("producer_name", "示例粉业有限公司"),
        ];
        let done =
            desk.open_case(moment, "sampling.sheet", "arrive", &acting(&arrive, &[])).await.expect("a case");
        let number = done.taken.event.case.clone();
        let sample = [
            ("sampled_on", "2013-10-18"),
            ("samplers", "CY-01；CY-02"),
            ("lot_quantity", "500"),
            ("sample_count", "3"),
            ("reserve_count", "2"),
            ("seal_no", "F-1"),
            ("reserve_seal_no", "F-2"),
            ("reserve_holder", "示例粉业有限公司"),
        ];
        let sample = acting(&sample, &["signed-sheet", "photo"]);
        desk.act(moment, &number, Act::Step("sample".to_owned()), &sample).await.expect("sampled");
        numbers.push(number);
    }
    numbers
}

async fn laboratory(world: &World) -> Client {
    let (mut client, _) = world.signed_in("lab", &["laboratory"]).await;
    program(world, &mut client, &["see", "test"]).await
}

async fn state(world: &World, case: &str) -> String {
    world.ledger.case_head(case).await.expect("an answer").expect("the case").state
}

/// Takes the samples in, one by one.
async fn received(lab: &mut Client, cases: &[String]) {
    for case in cases {
        let form = json!({ "form": { "received_on": "2013-10-20", "seal_ok": true }, "files": { "custody-sheet": ["sheet"] } });
        let mut keyed = lab.clone().with("Idempotency-Key", &format!("in-{case}"));
        let path = format!("/api/v1/cases/{case}/steps/receive");
        let files: [(&str, &str, &[u8]); 1] = [("sheet", "交接单.txt", b"sealed")];
        let answer = keyed.parts(&path, &[("body", &form.to_string())], &files).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_is_taken_on_what_was_seen_and_once() {
    let world = World::new().await;
    let case = sheets(&world, 1).await.remove(0);
    assert_eq!(case, "sampling.sheet-621122-2013-0001", "as the description's example names it");
    let mut lab = laboratory(&world).await;
    let path = format!("/api/v1/cases/{case}");
    let answer = lab.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let whole = answer.json()["data"].clone();
    assert_eq!(
        (whole["state"].as_str(), whole["sheet"]["sample_no"].as_str()),
        (Some("sampled"), Some("0001"))
    );
    assert!(whole["sheet"].get("contact").is_none(), "{whole}");
    let mark = answer.header("etag").to_owned();
    assert_eq!(mark, format!("\"{}\"", whole["head"]));
    let receive = whole["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .find(|one| one["step"] == "receive")
        .expect("receive");
    assert_eq!(
        receive["files"],
        json!([{ "kind": "custody-sheet", "name": receive["files"][0]["name"], "required": true }])
    );
    let fields: Vec<_> = receive["form"]
        .as_array()
        .expect("a form")
        .iter()
        .map(|one| (one["field"].as_str(), one["kind"].as_str(), one["required"].as_bool()))
        .collect();
    assert_eq!(
        fields,
        [(Some("received_on"), Some("date"), Some(true)), (Some("seal_ok"), Some("bool"), Some(true))]
    );

    // The description's example, with the file that it names.
    let given = example(&mut lab, "/api/v1/cases/{case}/steps/{step}").await;
    let step = format!("{path}/steps/receive");
    let without = send(&lab, "s-1", &step, &given).await;
    assert_eq!((without.status, without.code().as_str()), (422, "ZH7579"), "{}", without.body);
    let files: [(&str, &str, &[u8]); 1] = [("sheet", "交接单.txt", b"sealed")];
    let text = given.to_string();
    let stale = lab
        .clone()
        .with("Idempotency-Key", "s-1")
        .with("If-Match", "\"0\"")
        .parts(&step, &[("body", &text)], &files)
        .await;
    assert_eq!((stale.status, stale.code().as_str()), (412, "ZH7576"), "{}", stale.body);
    let mut keyed = lab.clone().with("Idempotency-Key", "s-1").with("If-Match", &mark);
    let done = keyed.parts(&step, &[("body", &text)], &files).await;
    assert_eq!(
        (done.status, done.json()["data"]["state"].as_str()),
        (200, Some("received")),
        "{}",
        done.body
    );
    let events = world.ledger.case_head(&case).await.expect("an answer").expect("the case").events;
    let again = keyed.parts(&step, &[("body", &text)], &files).await;
    assert_eq!((again.status, &again.body, again.header("idempotency-replayed")), (200, &done.body, "true"));
    let other = keyed.parts(&step, &[("body", &text)], &[("sheet", "交接单.txt", b"another")]).await;
    assert_eq!((other.status, other.code().as_str()), (422, "ZH7572"), "{}", other.body);
    assert_eq!(world.ledger.case_head(&case).await.expect("an answer").expect("the case").events, events);

    // Steps of officers are theirs; another's case is not there.
    let given = json!({ "form": { "remark": "补正" } });
    let answer = send(&lab, "s-2", &format!("{path}/steps/return_report"), &given).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "ZH7503"), "{}", answer.body);
    assert_eq!(
        send(&lab, "s-3", "/api/v1/cases/sampling.sheet-621122-2013-0099/steps/receive", &given).await.status,
        404
    );
    let (mut stranger, id) = world.signed_in("stranger", &[]).await;
    world.give(&id, "laboratory", "621121000000", "internal").await;
    let mut stranger = program(&world, &mut stranger, &["see", "test"]).await;
    assert_eq!(stranger.get(&path).await.status, 404);
    let row = json!({ "steps": [{ "case": case, "step": "report" }] });
    let answer = send(&stranger, "s-4", "/api/v1/cases/steps", &row).await.json();
    assert_eq!(answer["data"]["rows"][0]["problems"][0]["code"], "ZH7501", "{answer}");
    assert_eq!(answer["data"]["rows"][0]["state"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_reports_of_a_day_go_in_together_or_row_by_row() {
    let world = World::new().await;
    let cases = sheets(&world, 3).await;
    let mut lab = laboratory(&world).await;
    received(&mut lab, &cases).await;
    let given = example(&mut lab, "/api/v1/cases/steps").await;
    let files: [(&str, &str, &[u8]); 2] =
        [("report-1", "W-0001.pdf", b"conform"), ("report-2", "W-0002.pdf", b"fails")];

    // One row wrong (a failure that nobody checked again): with `all` none is taken, with `each` the good ones are.
    let mut wrong = given.clone();
    wrong["steps"][1]["form"]["double_checked"] = json!(false);
    let size = world.ledger.size().await.expect("a size");
    let keyed = |key: &str| lab.clone().with("Idempotency-Key", key);
    let answer = keyed("b-1").parts("/api/v1/cases/steps", &[("body", &wrong.to_string())], &files).await;
    let told = answer.json()["data"].clone();
    assert_eq!(
        (answer.status, &told["taken"], &told["refused"]),
        (200, &json!(0), &json!(1)),
        "{}",
        answer.body
    );
    assert_eq!(
        (told["rows"][0]["outcome"].as_str(), told["rows"][1]["outcome"].as_str()),
        (Some("left"), Some("refused"))
    );
    assert_eq!(told["rows"][1]["problems"][0]["code"], "ZH8208", "{told}");
    assert_eq!(world.ledger.size().await.expect("a size"), size, "nothing was written");
    let mut each = wrong.clone();
    each["take"] = json!("each");
    each["steps"][0]["head"] = json!(0);
    let answer =
        keyed("b-2").parts("/api/v1/cases/steps", &[("body", &each.to_string())], &files).await.json();
    assert_eq!(answer["data"]["taken"], 0, "{answer}");
    assert_eq!(
        answer["data"]["rows"][0]["problems"][0]["code"], "ZH7576",
        "it names an older state: {answer}"
    );
    each["steps"][0].as_object_mut().expect("a row").remove("head");
    let done = keyed("b-3").parts("/api/v1/cases/steps", &[("body", &each.to_string())], &files).await;
    assert_eq!(
        (&done.json()["data"]["taken"], &done.json()["data"]["refused"]),
        (&json!(1), &json!(1)),
        "{}",
        done.body
    );
    assert_eq!(state(&world, &cases[0]).await, "reported");
    assert_eq!(state(&world, &cases[1]).await, "received");
    let again = keyed("b-3").parts("/api/v1/cases/steps", &[("body", &each.to_string())], &files).await;
    assert_eq!((&again.body, again.header("idempotency-replayed")), (&done.body, "true"));

    // The example as it stands, of the two that are left; the first of its rows is over already.
    let mut rest = given.clone();
    rest["steps"][0]["case"] = json!(cases[2]);
    let answer = keyed("b-4").parts("/api/v1/cases/steps", &[("body", &rest.to_string())], &files).await;
    assert_eq!(answer.json()["data"]["taken"], 2, "{}", answer.body);
    for case in &cases {
        assert_eq!(state(&world, case).await, "reported", "{case}");
    }
    let kept = lab.clone().get(&format!("/api/v1/cases/{}", cases[1])).await.json();
    assert_eq!(kept["data"]["sheet"]["failed_items"], json!(["水分"]), "{kept}");
    let file = kept["data"]["files"].as_array().expect("files").last().expect("a file").clone();
    let bytes = zhiheng_record::verify::hash::sha256(b"fails");
    assert_eq!(file["sha256"], zhiheng_record::verify::to_hex(&bytes));

    // Five hundred rows beside a file are not too many; none of them is the laboratory's.
    let row = json!({ "case": "sampling.sheet-621122-2013-0099", "step": "report", "form": { "report_no": "W".repeat(200) } });
    let rows: Vec<Value> = (0..500)
        .map(|n| {
            let mut row = row.clone();
            row["case"] = json!(format!("sampling.sheet-621122-2013-{n:04}-x"));
            row
        })
        .collect();
    let body = json!({ "steps": rows }).to_string();
    assert!(body.len() > 100_000);
    let answer = keyed("b-7").parts("/api/v1/cases/steps", &[("body", &body)], &files).await;
    assert_eq!(
        (&answer.json()["data"]["refused"], &answer.json()["data"]["taken"]),
        (&json!(500), &json!(0))
    );

    // What is no such request at all.
    let twice = json!({ "take": "each", "steps": [{ "case": cases[0], "step": "report" }, { "case": cases[0], "step": "report" }] });
    let answer = send(&lab, "b-5", "/api/v1/cases/steps", &twice).await.json();
    assert_eq!(answer["data"]["rows"][1]["problems"][0]["code"], "ZH7581", "{answer}");
    for (n, (body, code)) in [
        (json!({ "steps": [] }), "ZH7580"),
        (json!({ "steps": vec![json!({ "case": "x", "step": "y" }); 501] }), "ZH7580"),
        (json!({ "steps": [{ "case": "x" }] }), "ZH7574"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = send(&lab, &format!("b-6{n}"), "/api/v1/cases/steps", &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, code), "{}", answer.body);
    }
}
