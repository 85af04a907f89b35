//! Plans: what of them stands in the ledger, and only where one sees; a draw with what it takes to repeat it, and what is missing said.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::figures::sampled;
use crate::world::World;

/// Valid credit codes of enterprises.
const FIRMS: [&str; 3] = ["91621122MA00000155", "91621122MA0000031T", "91621122123456788Q"];

async fn good(client: &mut Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there");
    answer
}

fn visit(number: &str, county: &str, enterprise: &str, day: &str, state: &str) -> Value {
    json!({
        "number": number, "plan": "CQ-1", "enterprise": enterprise, "located_in": county, "on_day": day,
        "level": "county", "kind": "random", "samples": false, "state": state,
    })
}

/// Targets of two counties, a letter's tasks, a draw with strata and picks, inspections in two counties.
async fn planned() -> World {
    let world = World::new().await;
    sampled(&world, "621122", 40, 2).await;
    let target = |number: &str, region: &str, value: &str| {
        json!({
            "number": number, "indicator": "sampling.pass_rate", "region": region, "period": "2013", "value": value,
            "decided_on": "2013-01-15",
        })
    };
    let targets =
        [target("MB-1", "621122", "90"), target("MB-2", "621122", "99"), target("MB-3", "621123", "80")];
    world.enter("P-1", "responsibility.target", &["number"], targets).await;
    let task = |number: &str, due: &str, state: &str| {
        json!({
            "number": number, "letter": "ZR-1", "clause": "1", "says": "组织监督抽查", "lead": "质量监督股",
            "due_on": due, "state": state,
        })
    };
    let tasks = [
        task("T-1", "2013-06-30", "open"),
        task("T-2", "2013-12-31", "open"),
        task("T-3", "2013-03-31", "done"),
    ];
    world.enter("P-2", "responsibility.task", &["number"], tasks).await;
    let draw = json!({
        "number": "CQ-1", "drawn_on": "2013-03-01", "region": "621122", "method": "simple", "seed": "20130301",
        "seed_from": "福利彩票第2013024期", "population": "sha256:aa11", "log": "sha256:bb22",
    });
    world.enter("P-3", "inspection.draw", &["number"], [draw]).await;
    let stratum = json!({
        "draw": "CQ-1", "stratum": "A", "size": 12, "drawn": 2, "drawn_on": "2013-03-01", "region": "621122",
    });
    world.enter("P-4", "inspection.stratum", &["draw", "stratum"], [stratum]).await;
    let pick = |n: u64, place: u64, enterprise: &str| {
        json!({
            "draw": "CQ-1", "pick": n, "stratum": "A", "place": place, "enterprise": enterprise,
            "drawn_on": "2013-03-01", "region": "621122",
        })
    };
    let mut instead = pick(3, 9, FIRMS[2]);
    instead["instead_of"] = json!(FIRMS[1]);
    instead["reason"] = json!("已注销");
    // Entered one by one: the test's key holds texts alone.
    for (n, one) in [pick(1, 3, FIRMS[0]), pick(2, 7, FIRMS[1]), instead].into_iter().enumerate() {
        world.enter(&format!("P-5-{n}"), "inspection.pick", &["enterprise"], [one]).await;
    }
    let visits = [
        visit("V-1", "621122", FIRMS[0], "2013-03-10", "done"),
        visit("V-2", "621122", FIRMS[2], "2013-11-11", "planned"),
        visit("V-3", "621123", "91621123MA00000009", "2013-03-12", "cancelled"),
    ];
    world.enter("P-6", "inspection.visit", &["number"], visits).await;
    world
}

fn table<'v>(twin: &'v Value, id: &str) -> Vec<Vec<&'v str>> {
    let tables = twin["tables"].as_array().expect("tables");
    let table = tables.iter().find(|table| table["id"] == id).unwrap_or_else(|| panic!("{id}: {twin}"));
    let rows = table["rows"].as_array().expect("rows").iter();
    rows.map(|row| {
        let cells = row.as_array().expect("cells").iter();
        cells.map(|cell| cell["text"].as_str().expect("a text")).collect()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_region_has_its_plans_and_no_others() {
    let world = planned().await;
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    let page = good(&mut county, "/plans?period=2013").await.body;
    assert!(page.contains("href=\"/plans/CQ-1\"") && page.contains("href=\"/plans/ZR-1\""), "{page}");
    assert!(page.contains("href=\"/m/sampling.pass_rate/621122/2013\">95.0%</a>"), "{page}");
    let twin = good(&mut county, "/plans?period=2013&as=json").await.json();
    // 95 of 100 is more than 90, and in October not yet 99.
    let targets = table(&twin, "plan-targets");
    let ends: Vec<(&str, &str)> = targets.iter().map(|row| (row[0], row[8])).collect();
    assert_eq!(ends, [("MB-1", "达到"), ("MB-2", "尚未达到（期未满）")], "{targets:?}");
    assert_eq!(table(&twin, "plan-letters"), [["ZR-1", "3", "1", "1", "0", "2013-12-31"]]);
    assert_eq!(table(&twin, "plan-inspections"), [["CQ-1", "陇西县", "2013-03-01", "1", "1", "0"]]);
    assert!(!twin.to_string().contains("621123"), "{twin}");
    for table in ["plan-targets", "plan-letters", "plan-inspections"] {
        let csv = county.get(&format!("/plans?period=2013&as=csv&table={table}")).await;
        assert!(csv.status == 200 && csv.body.starts_with('\u{feff}'), "{table}: {}", csv.body);
    }
    assert!(county.get("/plans?period=2013&as=xlsx").await.body.starts_with("PK"));
    assert_eq!(county.clone().json().get("/plans?period=2013&as=csv&table=none").await.code(), "ZH7596");
    assert_eq!(county.get("/plans?period=x").await.status, 422);
    for region in ["621100", "621123"] {
        assert_eq!(county.get(&format!("/plans?region={region}&period=2013")).await.status, 404);
    }
    let none = good(&mut county, "/plans?period=1999").await.body;
    assert!(!none.contains("CQ-1") && !none.contains("MB-1"), "{none}");
    let mut english = county.clone();
    english.cookies.insert("zh-lang".to_owned(), "en".to_owned());
    assert!(good(&mut english, "/plans?period=2013").await.body.contains("Plans of inspections"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_plan_tells_its_draw_and_how_far_it_is() {
    let world = planned().await;
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    let page = good(&mut county, "/plans/CQ-1").await.body;
    for text in
        ["20130301", "福利彩票第2013024期", "sha256:aa11", "sha256:bb22", "抽中 2 家（另有 1 家被替换）"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    let twin = good(&mut county, "/plans/CQ-1?as=json").await.json();
    assert_eq!(twin["of"]["draw"]["seed"], "20130301");
    assert_eq!(table(&twin, "plan-strata"), [["A", "12", "2"]]);
    let picks = table(&twin, "plan-picks");
    let states: Vec<(&str, &str)> = picks.iter().map(|row| (row[0], row[6])).collect();
    assert_eq!(states, [("1", "已实施"), ("2", "已替换"), ("3", "计划")], "{picks:?}");
    let visits = table(&twin, "plan-visits");
    assert_eq!(visits.iter().map(|row| row[0]).collect::<Vec<_>>(), ["V-1", "V-2"], "{visits:?}");
    let burden = table(&twin, "plan-burden");
    assert_eq!(burden.len(), 2, "{burden:?}");
    assert!(county.get("/plans/CQ-1?as=csv&table=plan-picks").await.body.contains("已注销"));
    assert!(county.get("/plans/CQ-1?as=xlsx").await.body.starts_with("PK"));
    // A letter has tasks, and no draw to speak of.
    let letter = good(&mut county, "/plans/ZR-1").await.body;
    assert!(letter.contains("逾期") && letter.contains("T-1") && !letter.contains("sha256"), "{letter}");

    // The sister county sees its own inspection of the plan and neither the draw nor the others; a third sees nothing.
    let account = world.account("sister").await;
    world.give(&account, "reader", "621123000000", "internal").await;
    let mut sister = world.sign_in("sister").await;
    let page = good(&mut sister, "/plans/CQ-1").await.body;
    assert!(page.contains("V-3") && !page.contains("V-1") && !page.contains("20130301"), "{page}");
    let account = world.account("third").await;
    world.give(&account, "reader", "621124000000", "internal").await;
    let mut third = world.sign_in("third").await;
    for path in ["/plans/CQ-1", "/plans/CQ-1?as=json", "/plans/none", "/plans/%E6%97%A0"] {
        assert_eq!(third.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_ledger_does_not_hold_is_said() {
    let world = World::new().await;
    let draw = json!({
        "number": "CQ-9", "drawn_on": "2013-03-01", "region": "621122", "seed": "7", "seed_from": "掷骰子",
        "population": "sha256:cc33",
    });
    world.enter("P-1", "inspection.draw", &["number"], [draw]).await;
    let mut loose = visit("V-9", "621122", FIRMS[0], "2013-03-10", "done");
    loose["plan"] = json!("CQ-8");
    world.enter("P-2", "inspection.visit", &["number"], [loose]).await;
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    let page = good(&mut county, "/plans/CQ-9").await.body;
    assert!(page.contains("没有分层和逐个抽中的对象") && page.contains("--record"), "{page}");
    let page = good(&mut county, "/plans/CQ-8").await.body;
    assert!(page.contains("账本里没有您能看到的、这个编号的抽取记录"), "{page}");
}
