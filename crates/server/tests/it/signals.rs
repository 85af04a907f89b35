//! Watched series: none better than what is known of it, each region to its own people, and mutes that hide nothing.

use serde_json::{Value as Json, json};

use crate::client::{Answer, Client};
use crate::world::World;

const HERE: &str = "/signals";
const CHART: &str = "sampling.pass_rate_chart";
/// Months from January 2012 to September 2013.
const MONTHS: usize = 21;
/// Batches of a county in a month.
const BATCHES: usize = 20;

/// How many of a county's batches fail in a month that is as usual.
fn usual(month: usize) -> usize {
    [2, 1, 3][month % 3]
}

/// Enters the batches of a county: for each month how many fail; `None` for a month without batches.
async fn sampled(world: &World, county: &str, failed: impl Fn(usize) -> Option<usize>) {
    let mut batches = Vec::new();
    for month in 0..MONTHS {
        let Some(bad) = failed(month) else { continue };
        let day = format!("{}-{:02}-10", 2012 + month / 12, month % 12 + 1);
        for at in 0..BATCHES {
            let mut data = json!({
                "task": "T", "sample_no": format!("{county}-{month}-{at}"), "level": "county", "sampled_on": day, "sampled_in": county,
                "link": "production", "product": "flour", "producer_name": "示例面粉厂",
                "conclusion": if at < bad { "nonconform" } else { "conform" },
            });
            if at < bad {
                data["failed_items"] = json!(["灰分"]);
            }
            batches.push(data);
        }
    }
    world.enter(&format!("S-{county}"), "sampling.batch", &["task", "sample_no"], batches).await;
}

/// Counties of which one is out of the ordinary, one was, one is in order, one has fallen silent, one has no history.
async fn city() -> World {
    let world = World::new().await;
    let last = MONTHS - 1;
    sampled(&world, "621122", |month| Some(if month == last { 14 } else { usual(month) })).await;
    sampled(&world, "621121", |month| Some(if month == last - 1 { 14 } else { usual(month) })).await;
    sampled(&world, "621123", |month| Some(usual(month))).await;
    sampled(&world, "621126", |month| (month < last - 5).then(|| usual(month))).await;
    sampled(&world, "621125", |month| (month == last).then_some(2)).await;
    world
}

async fn of_city(world: &World, login: &str, role: &str) -> Client {
    let account = world.account(login).await;
    world.give(&account, role, "621100000000", "internal").await;
    world.sign_in(login).await
}

async fn signals(client: &mut Client, query: &str) -> Vec<Json> {
    let answer = client.get(&format!("{HERE}?as=json{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    answer.json()["signals"].as_array().expect("a list").clone()
}

fn of<'s>(all: &'s [Json], indicator: &str, region: &str) -> &'s Json {
    let found = all.iter().find(|one| one["indicator"] == indicator && one["region"] == region);
    found.unwrap_or_else(|| panic!("{indicator}/{region} is not in {all:?}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_series_is_better_than_what_is_known_of_it() {
    let world = city().await;
    let mut reader = of_city(&world, "city", "reader").await;
    let all = signals(&mut reader, "").await;
    for (region, state, since, side) in [
        ("621122", "alarm", Some("2013-09"), Some("above")),
        ("621121", "recovering", Some("2013-08"), Some("above")),
        ("621123", "normal", None, None),
        // The last months are missing, and a county without batches has never been looked at.
        ("621126", "no-data", None, None),
        ("621124", "no-data", None, None),
        // One month cannot be judged by itself.
        ("621125", "error", None, None),
    ] {
        let one = of(&all, CHART, region);
        assert_eq!(one["state"], state, "{one}");
        assert_eq!((one["first_seen"].as_str(), one["side"].as_str()), (since, side), "{one}");
        assert_eq!(one["fault"].is_string(), state == "error", "{one}");
    }
    let alarm = of(&all, CHART, "621122");
    assert_eq!(alarm["newest"], "2013-09");
    assert!(alarm["value"].as_f64().expect("a value") > alarm["high"].as_f64().expect("a limit"), "{alarm}");
    assert_eq!(alarm["href"], format!("/m/{CHART}/621122/2013"));
    // Nobody reports injuries: zeros in a calendar are not in order.
    for region in ["621100", "621122", "621123"] {
        assert_eq!(of(&all, "injury.weekly_signal", region)["state"], "no-data");
    }
    let ends = (&all[0]["state"], &all[all.len() - 1]["state"]);
    assert_eq!(ends, (&json!("alarm"), &json!("normal")), "what asks for more is first");

    let page = reader.get(HERE).await;
    assert!(page.status == 200 && !page.body.contains('«'), "{}", page.body);
    let chart = format!("/m/{CHART}/621122/2013");
    for wanted in ["告警", "恢复中", "计算错误", "无数据", "高于上限", &chart] {
        assert!(page.body.contains(wanted), "{wanted}: {}", page.body);
    }
    assert!(!page.body.contains("indicator=sampling"), "who only reads mutes nothing");
    assert_eq!(reader.get(&chart).await.status, 200);
    let home = reader.get("/").await;
    assert!(home.body.contains("href=\"/signals"), "{}", home.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_read_what_the_page_shows_in_parts() {
    let world = city().await;
    let mut reader = of_city(&world, "city", "reader").await;
    let shown = signals(&mut reader, "").await;
    let (mut found, mut next) = (Vec::new(), "/api/v1/signals?limit=5".to_owned());
    while !next.is_empty() {
        let answer = reader.get(&next).await;
        assert_eq!(answer.status, 200, "{next}: {}", answer.body);
        let answer = answer.json();
        assert_eq!(answer["meta"]["total"], shown.len());
        let part = answer["data"].as_array().expect("a list");
        assert!((1..=5).contains(&part.len()), "{next}");
        found.extend(part.iter().cloned());
        next = answer["meta"]["next"].as_str().unwrap_or_default().to_owned();
    }
    assert_eq!(found, shown);
    let alarms = reader.get("/api/v1/signals?state=alarm&region=621122").await.json();
    let alarms = alarms["data"].as_array().expect("a list");
    assert!(alarms.len() == 1 && alarms[0]["region"] == "621122", "{alarms:?}");
    for (query, status) in
        [("state=worse", 422), ("region=620000", 404), ("region=nowhere", 422), ("within=621122", 422)]
    {
        assert_eq!(reader.get(&format!("/api/v1/signals?{query}")).await.status, status, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signals_are_filtered_and_each_regions_own() {
    let world = city().await;
    let mut reader = of_city(&world, "city", "reader").await;
    let alarms = signals(&mut reader, "&state=alarm").await;
    assert!(!alarms.is_empty() && alarms.iter().all(|one| one["state"] == "alarm"), "{alarms:?}");
    let csv = reader.get("/signals?as=csv&state=alarm").await;
    assert!(csv.header("content-type").starts_with("text/csv") && csv.body.starts_with('\u{feff}'));
    assert_eq!(csv.body.lines().count(), alarms.len() + 1, "{}", csv.body);
    // The same place at an earlier time, when nothing had happened yet.
    let before = signals(&mut reader, "&within=621122&period=2013Q2").await;
    assert_eq!(of(&before, CHART, "621122")["state"], "normal");
    // Before there was a definition there was nothing to watch, which is said in words.
    let early = reader.get("/signals?within=621122&period=2005").await;
    assert!(early.status == 200 && early.body.contains("没有要看守的序列"), "{}", early.body);
    for (path, status) in [
        ("/signals?within=621100", 200),
        ("/signals?within=620000", 404),
        ("/signals?within=nowhere", 422),
        ("/signals?period=20x3", 422),
        ("/signals?period=1950-01-01..2013-01-01", 422),
    ] {
        assert_eq!(reader.get(path).await.status, status, "{path}");
    }
    let (mut county, _) = world.signed_in("county", &["reader"]).await;
    let own = signals(&mut county, "").await;
    assert_eq!(of(&own, CHART, "621122")["state"], "alarm");
    let starts = |one: &Json| one["region"].as_str().is_some_and(|region| region.starts_with("621122"));
    assert!(own.iter().all(starts), "{own:?}");
    for path in ["/signals?within=621123", "/signals?within=621100"] {
        assert_eq!(county.get(path).await.status, 404, "{path}");
    }
}

/// Asks for a mute with the form of the page.
async fn mute(client: &mut Client, region: &str, fields: &[(&str, &str)]) -> Answer {
    let form = format!("/signals?within={region}&period=2013&indicator={CHART}&region={region}");
    let page = client.get(&form).await;
    let once = page.field("once");
    let once = if once.is_empty() { "o".repeat(43) } else { once };
    let mut all = vec![
        ("indicator", CHART),
        ("region", region),
        ("within", region),
        ("period", "2013"),
        ("once", once.as_str()),
    ];
    all.extend_from_slice(fields);
    client.submit("/account", "/signals/mute", &all).await
}

async fn mutes(world: &World) -> u64 {
    let types = world.ledger.types().await.expect("types");
    types.iter().find(|one| one.of == "base.mute").map_or(0, |one| one.records)
}

const REASON: (&str, &str) = ("reason", "只抽查了新增品种 <核实中>");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mute_has_a_reason_and_an_end_and_is_ones_own_to_say() {
    let world = city().await;
    let (mut officer, _) = world.signed_in("officer", &["handler"]).await;
    let (mut reader, _) = world.signed_in("reader", &["reader"]).await;
    let until = ("ends_on", "2013-10-28");
    for (fields, told) in [
        (vec![until], "没有写静音的理由"),
        (vec![until, ("reason", "  ")], "没有写静音的理由"),
        (vec![REASON], "日期读不懂"),
        (vec![REASON, ("ends_on", "soon")], "日期读不懂"),
        (vec![REASON, ("ends_on", "2013-10-20")], "静音要结束在 2013-10-21 以后"),
        (vec![REASON, ("ends_on", "2013-10-21")], "静音要结束在 2013-10-21 以后"),
        (vec![REASON, ("ends_on", "2033-10-21")], "静音最长一年"),
    ] {
        let answer = mute(&mut officer, "621122", &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}: {}", answer.body);
        assert!(answer.body.contains(told) && !answer.body.contains('«'), "{told}: {}", answer.body);
        assert!(answer.body.contains("href=\"#ends_on\"") || answer.body.contains("href=\"#reason\""));
        assert!(answer.body.contains("action=\"/signals/mute\""), "the form comes back: {}", answer.body);
    }
    let all = [until, REASON];
    for region in ["621123", "621100", "620000"] {
        assert_eq!(mute(&mut officer, region, &all).await.status, 404, "{region} is not hers");
    }
    assert_eq!(mute(&mut reader, "621122", &all).await.status, 404, "who only reads mutes nothing");
    for (name, value) in [("indicator", "sampling.pass_rate"), ("region", "nowhere"), ("once", "x")] {
        let bent = mute(&mut officer, "621122", &[]).await;
        assert_eq!(bent.status, 422);
        let once = "o".repeat(43);
        let mut fields = vec![("indicator", CHART), ("region", "621122"), ("once", once.as_str())];
        fields.retain(|(each, _)| *each != name);
        fields.extend([(name, value), until, REASON]);
        let answer = officer.submit("/account", "/signals/mute", &fields).await;
        assert_eq!(answer.status, 400, "{name}: {}", answer.body);
    }
    assert_eq!(mutes(&world).await, 0, "nothing was written");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_muted_signal_stays_to_be_seen_and_is_back_on_its_day() {
    let world = city().await;
    let (mut officer, _) = world.signed_in("officer", &["handler"]).await;
    let mut city = of_city(&world, "city", "reader").await;
    let page = officer.get(&format!("/signals?indicator={CHART}&region=621122")).await;
    let form = "action=\"/signals/mute\"";
    assert!(page.body.contains(form) && page.body.contains("name=\"ends_on\""), "{}", page.body);
    let calm = officer.get(&format!("/signals?indicator={CHART}&region=621122&period=2013Q2")).await;
    assert!(!calm.body.contains(form), "what is in order needs no mute");

    let once = page.field("once");
    let fields = [
        ("indicator", CHART),
        ("region", "621122"),
        ("within", "621122"),
        ("period", "2013"),
        ("once", once.as_str()),
        ("ends_on", "2013-10-28"),
        REASON,
    ];
    for _ in 0..2 {
        let said = officer.submit("/account", "/signals/mute", &fields).await;
        let back = (said.status, said.header("location"));
        assert_eq!(back, (303, "/signals?within=621122&period=2013"), "{}", said.body);
    }
    assert_eq!(mutes(&world).await, 1, "sent twice, it is said once");

    let one = of(&signals(&mut city, "").await, CHART, "621122").clone();
    assert_eq!((one["state"].as_str(), one["reading"].as_str()), (Some("muted"), Some("alarm")), "{one}");
    assert_eq!((&one["mute"]["until"], &one["mute"]["by"]), (&json!("2013-10-28"), &json!("岗位 officer")));
    let page = city.get(HERE).await.body;
    assert!(page.contains("已静音（告警）") && page.contains("岗位 officer"), "{page}");
    assert!(page.contains("只抽查了新增品种") && !page.contains("<核实中>"), "{page}");
    let home = officer.get("/").await.body;
    assert!(home.contains("已静音（告警）"), "{home}");

    // On its day the alarm is back; the record stays.
    world.later(7 * 24 * 3600);
    let mut city = world.sign_in("city").await;
    assert_eq!(of(&signals(&mut city, "").await, CHART, "621122")["state"], "alarm");
    assert_eq!(mutes(&world).await, 1);

    // A later one takes its place, and one of today ends it.
    let mut officer = world.sign_in("officer").await;
    let again = mute(&mut officer, "621122", &[("ends_on", "2013-11-30"), REASON]).await;
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(of(&signals(&mut city, "").await, CHART, "621122")["state"], "muted");
    let ended = mute(&mut officer, "621122", &[("act", "end"), ("reason", "已核实，转立案")]).await;
    assert_eq!(ended.status, 303, "{}", ended.body);
    assert_eq!(of(&signals(&mut city, "").await, CHART, "621122")["state"], "alarm");
    assert_eq!(mutes(&world).await, 3);
}
