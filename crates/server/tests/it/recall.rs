//! The map, the workbook and the notices of a recall, on a world that fits on a hand:
//!
//! Ten of twelve kilograms of a lot become eight pieces at the plant. Three go to shop A, where one of them is sold; two are sent to shop B,
//! one arrives; one goes to shop C; one is destroyed at the plant, one is still there, and so are two kilograms of the lot.
//! Master data put the plant in Longxi County, A in Anding District, C somewhere in Dingxi City, and say nothing of B.

use std::io::{Cursor, Read as _};

use serde_json::{Value, json};
use zhiheng_desk::trace::{Capture, Tracing};
use zhiheng_record::{Project, Provenance};

use crate::client::Client;
use crate::world::{World, limits, settings};

const LOT: &str = "https://id.gs1.org/01/04012345111118/10/R1";
const PLANT: &str = "https://id.gs1.org/414/4012345000115";
const A: &str = "6901234000009";
const B: &str = "6901234000016";
const C: &str = "6901234000023";

fn site(gln: &str) -> String {
    format!("https://id.gs1.org/414/{gln}")
}

fn pieces(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|n| format!("https://id.gs1.org/01/04012345222227/21/{n}")).collect()
}

fn event(n: u32, step: &str, numbers: &[u32], place: &str) -> Value {
    json!({
        "type": "ObjectEvent", "eventID": format!("urn:uuid:00000000-0000-4000-8000-{n:012}"),
        "eventTime": format!("2013-10-{n:02}T08:00:00.000+08:00"), "eventTimeZoneOffset": "+08:00", "action": "OBSERVE",
        "bizStep": step, "epcList": pieces(numbers), "readPoint": { "id": place },
    })
}

fn sent(n: u32, numbers: &[u32], to: &str) -> Value {
    let mut event = event(n, "shipping", numbers, PLANT);
    let party = format!("https://id.gs1.org/417/{to}");
    event["destinationList"] = json!([{ "type": "possessing_party", "destination": party }]);
    event
}

fn taken(n: u32, numbers: &[u32], by: &str) -> Value {
    let mut event = event(n, "receiving", numbers, &site(by));
    event["bizLocation"] = json!({ "id": site(by) });
    event
}

fn described(id: &str, pairs: &[(&str, &str)]) -> Value {
    let attribute = |(name, value): &(&str, &str)| json!({ "id": format!("urn:epcglobal:cbv:mda:{name}"), "attribute": value });
    json!({ "id": id, "attributes": pairs.iter().map(attribute).collect::<Vec<_>>() })
}

fn events() -> Value {
    let mut delivered = event(1, "receiving", &[], PLANT);
    delivered["bizLocation"] = json!({ "id": PLANT });
    delivered["quantityList"] = json!([{ "epcClass": LOT, "quantity": 12, "uom": "KGM" }]);
    let made = json!({
        "type": "TransformationEvent", "eventID": "urn:uuid:00000000-0000-4000-8000-000000000002",
        "eventTime": "2013-10-02T08:00:00.000+08:00", "eventTimeZoneOffset": "+08:00", "bizStep": "commissioning",
        "inputQuantityList": [{ "epcClass": LOT, "quantity": 10, "uom": "KGM" }],
        "outputEPCList": pieces(&[1, 2, 3, 4, 5, 6, 7, 8]), "bizLocation": { "id": PLANT },
    });
    let mut sold = event(8, "retail_selling", &[3], &site(A));
    sold["bizLocation"] = json!({ "id": site(A) });
    let mut destroyed = event(9, "destroying", &[8], PLANT);
    destroyed["action"] = json!("DELETE");
    json!([
        delivered,
        made,
        sent(3, &[1, 2, 3], A),
        taken(4, &[1, 2, 3], A),
        sent(5, &[4, 5], B),
        taken(6, &[4], B),
        taken(7, &[6], C),
        sold,
        destroyed,
    ])
}

fn document() -> String {
    let places = json!([
        described(PLANT, &[("state", "甘肃省"), ("city", "陇西县")]),
        // A name that a spreadsheet would run.
        described(&site(A), &[("name", "=HYPERLINK(\"甲店\")"), ("state", "甘肃"), ("city", "安定区")]),
        described(&site(C), &[("state", "甘肃省"), ("city", "定西市")]),
    ]);
    json!({
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2013-10-20T00:00:00Z",
        "epcisHeader": { "epcisMasterData": { "vocabularyList": [
            { "type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList": places },
        ] } },
        "epcisBody": { "eventList": events() },
    })
    .to_string()
}

async fn capture(world: &World, by: &str, document: String) {
    let project = Project::open(world.folder()).expect("the project");
    let tracing = Tracing::open(&project, world.ledger.clone()).await.expect("traces");
    let capture = Capture {
        bytes: document.into_bytes(),
        media: zhiheng_trace::store::Media::Json,
        behaviour: zhiheng_trace::store::Behaviour::Rollback,
        by: by.to_owned(),
        at: world.now(),
        provenance: Provenance::Synthetic,
        limits: zhiheng_trace::Limits::default(),
    };
    let job = tracing.capture(capture).await.expect("captured");
    assert!(job.success, "{job:?}");
}

/// The city's handler, who meets everybody's events.
async fn officer(world: &World) -> Client {
    let account = world.account("officer").await;
    world.give(&account, "handler", "621100000000", "internal").await;
    world.sign_in("officer").await
}

async fn good(client: &mut Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there: {}", answer.body);
    answer.body
}

fn of(page: &str, more: &str) -> String {
    format!("{page}?id={}{more}", LOT.replace(':', "%3A").replace('/', "%2F"))
}

/// The main part without its tags and with single spaces.
fn plain(html: &str) -> String {
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    let mut text = String::new();
    for part in main.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or("", |(_, rest)| rest));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of a CSV file without its head; no cell of these tests holds a comma.
fn rows(csv: &str) -> Vec<Vec<String>> {
    csv.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

async fn list(client: &mut Client, name: &str) -> Vec<Vec<String>> {
    rows(&good(client, &of("/trace/export", &format!("&as=csv&list={name}"))).await)
}

fn sum(rows: &[Vec<String>], column: usize) -> u32 {
    rows.iter().filter_map(|row| row[column].parse::<u32>().ok()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_map_and_what_stands_beneath_it_make_up_the_scope() {
    let world = World::new().await;
    capture(&world, "office", document()).await;
    let mut officer = officer(&world).await;
    let page = good(&mut officer, &of("/trace", "")).await;
    let text = plain(&page);
    // Five pieces are somewhere: 2 + 1 on tiles, 1 in the city alone, 1 nobody knows in which region.
    for wanted in [
        "涉及 8 件",
        "定西市各地现有涉及货物 3 件",
        "安定区 2 件",
        "陇西县 1 件 · 2 千克",
        "通渭县 0",
        "只知道在定西市、不知道在哪个下级地区：1 个地点，1 件",
        "地区不明：1 个地点，1 件",
        "在各地点的 5 件；不在任何地点的：在途 1 件、已售 1 件、已销毁或注销 1 件。合计 8 件",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert!(!text.contains("以外"), "nothing is outside of the city: {text}");

    // Each tile and each line leads to its places.
    for (more, there, absent) in [
        ("&in=621102", A, B),
        ("&in=621122", "4012345000115", A),
        ("&only=621100", C, A),
        ("&unknown=1", B, C),
        ("&outside=621102", C, B),
    ] {
        let href = of("/trace/places", more);
        if !more.starts_with("&outside") {
            assert!(page.contains(&href.replace('&', "&#38;")), "no link to {href}: {page}");
        }
        let text = plain(&good(&mut officer, &href).await);
        assert!(text.contains(there) && !text.contains(absent), "{more}: {text}");
    }
    let all = officer.get(&of("/trace/places", "&as=csv")).await.body;
    assert_eq!(sum(&rows(&all), 3), 5, "{all}");
    let empty = plain(&good(&mut officer, &of("/trace/places", "&in=621121")).await);
    assert!(empty.contains("通渭县有 0 个地点，0 件"), "{empty}");
    assert!(good(&mut officer, &of("/trace/places", "&in=621102")).await.contains("安定区有 1 个地点，2 件"));

    // As it was known before, nothing was there; what is no size is refused.
    let then = officer.get(&of("/trace/places", "&as_of=0")).await;
    assert_eq!(then.status, 404, "{}", then.body);
    for (path, status) in [
        (of("/trace/places", "&as_of=noon"), 422),
        (of("/trace/places", "&in=nowhere"), 404),
        ("/trace/places?id=nobody-knows-this".to_owned(), 404),
        ("/trace/export?id=nobody-knows-this".to_owned(), 404),
        (of("/trace/export", "&as=csv&list=nothing"), 404),
        (of("/trace/export", "&as=pdf"), 404),
        (of("/trace/notices", "&to=nobody"), 404),
        (of("/trace/notices", "&as=pdf"), 404),
    ] {
        let answer = officer.get(&path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operators_layout_places_the_tiles() {
    let mut settings = settings(limits());
    let layout = "621102:2,3 621121:1,1 621122:2,1 621123:3,1 621124:1,3 621125:3,2 621126:3,3";
    settings.tiles.insert("621100".to_owned(), layout.to_owned());
    let world = World::with(settings).await;
    capture(&world, "office", document()).await;
    let page = good(&mut officer(&world).await, &of("/trace", "")).await;
    assert!(page.contains("<li class=\"r-2 c-3\">"), "{page}");
}

/// The cells of a sheet of a workbook, row by row.
fn cells(book: &[u8], sheet: usize) -> Vec<Vec<String>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    };
    let items =
        |text: &str, opens: &str| -> Vec<String> { text.split(opens).skip(1).map(str::to_owned).collect() };
    let shared = part("xl/sharedStrings.xml");
    let strings: Vec<String> = items(&shared, "<si>")
        .iter()
        .map(|item| {
            item.split("</t>").next().and_then(|text| text.rsplit('>').next()).unwrap_or_default().to_owned()
        })
        .collect();
    let text = part(&format!("xl/worksheets/sheet{sheet}.xml"));
    assert!(!text.contains("<f>"), "a formula in sheet {sheet}");
    let value = |cell: &str| {
        let value = cell.split("<v>").nth(1).and_then(|rest| rest.split("</v>").next()).unwrap_or_default();
        let is_text = cell.contains("t=\"s\"");
        if is_text { strings[value.parse::<usize>().expect("a place")].clone() } else { value.to_owned() }
    };
    // Empty cells are not written: each stands where its name (`E3`) says.
    let column = |cell: &str| usize::from(cell.split("r=\"").nth(1).expect("a name").as_bytes()[0] - b'A');
    let row = |row: &String| {
        let mut out = Vec::new();
        for cell in items(row, "<c ") {
            out.resize(column(&cell), String::new());
            out.push(value(&cell));
        }
        out
    };
    items(&text, "<row ").iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_workbook_and_its_lists_have_the_same_sums() {
    let world = World::new().await;
    capture(&world, "office", document()).await;
    let mut officer = officer(&world).await;
    let size = world.ledger.size().await.expect("a size");
    let fates = list(&mut officer, "fates").await;
    assert_eq!((sum(&fates, 1), fates.len()), (8, 4), "{fates:?}");
    let places = list(&mut officer, "places").await;
    assert_eq!((sum(&places, 4), places.len()), (5, 4), "{places:?}");
    let plant = places.iter().find(|row| row[0].contains("4012345000115")).expect("the plant");
    assert_eq!((plant[2].as_str(), plant[4].as_str(), plant[5].as_str()), ("621122", "1", "2"), "{plant:?}");
    let shop = places.iter().find(|row| row[0].contains(A)).expect("shop A");
    assert!(shop[1].contains("'=HYPERLINK"), "what runs is kept from running: {shop:?}");
    let recipients = list(&mut officer, "recipients").await;
    let got = |gln: &str| {
        let row = recipients
            .iter()
            .find(|row| row[0].contains(gln))
            .unwrap_or_else(|| panic!("{gln}: {recipients:?}"));
        (row[4].clone(), row[5].clone())
    };
    let two = |got: &str, here: &str| (got.to_owned(), here.to_owned());
    assert_eq!((got(A), got(B), got(C)), (two("3", "2"), two("2", "1"), two("1", "1")));
    // Eight pieces and the lot; nothing is cut.
    let items = list(&mut officer, "items").await;
    assert_eq!(items.len(), 9, "{items:?}");
    let unknowns = list(&mut officer, "unknowns").await;
    assert!(unknowns.len() == 1 && unknowns[0][2].contains(B) && unknowns[0][3] == "1", "{unknowns:?}");
    let summary = good(&mut officer, &of("/trace/export", "&as=csv&list=summary")).await;
    let root = zhiheng_record::verify::to_hex(&world.ledger.root_at(size).await.expect("a root"));
    for wanted in [
        "涉及件数,8",
        &format!("账本条目数,{size}"),
        &format!("账本根哈希,{root}"),
        "查询人,岗位 officer（officer）",
        "各方报送的全部事件",
        "现有涉及货物的地点数,4",
        "其中地区不明的,1",
        "逐项清单,9",
        &format!("zhiheng trace recall '(01)04012345111118(10)R1' --as-of {size}"),
    ] {
        assert!(summary.contains(wanted), "{wanted} is not in {summary}");
    }

    let (status, kind, book) = officer.bytes(&of("/trace/export", "")).await;
    assert!(status == 200 && kind.contains("spreadsheetml"), "{status} {kind}");
    let sheet = |n| cells(&book, n)[1..].to_vec();
    assert_eq!((sum(&sheet(2), 1), sum(&sheet(3), 4)), (8, 5), "{:?}", sheet(3));
    let total: Vec<Vec<String>> = sheet(1).into_iter().filter(|row| row[0] == "涉及件数").collect();
    assert_eq!(total, [["涉及件数", "8"]]);
    assert_eq!(sheet(5).len(), 9);
    assert_eq!(sheet(6).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_names_its_own_goods_and_nobody_elses() {
    let world = World::new().await;
    capture(&world, "office", document()).await;
    let mut officer = officer(&world).await;
    let page = good(&mut officer, &of("/trace/notices", "")).await;
    assert!(plain(&page).contains("4 份"), "{page}");
    let letters: Vec<String> =
        page.split("<article").skip(1).map(|rest| plain(&format!("<main {rest}"))).collect();
    assert_eq!(letters.len(), 4, "{page}");
    let glns = [A, B, C, "4012345000115"];
    let serials = [(A, "1–3"), (B, "4–5"), (C, " 6 "), ("4012345000115", " 7 ")];
    for (gln, own) in serials {
        let letter =
            letters.iter().find(|letter| letter.contains(gln)).unwrap_or_else(|| panic!("{gln}: {page}"));
        assert!(letter.contains(own) && letter.contains("04012345222227"), "{gln}: {letter}");
        for (other, theirs) in serials.iter().filter(|(other, _)| *other != gln) {
            assert!(!letter.contains(theirs), "{gln} learns what {other} got: {letter}");
        }
        assert_eq!(
            glns.iter().filter(|gln| letter.contains(**gln)).count(),
            1,
            "{gln} learns of others: {letter}"
        );
        assert!(
            letter.contains("停止销售") && letter.contains("反馈期限") && letter.contains("R1"),
            "{letter}"
        );
        assert!(!letter.contains("草稿"), "nothing is missing: {letter}");
    }
    let a = letters.iter().find(|letter| letter.contains(A)).expect("A");
    assert!(a.contains("其中3件到过你处，2件至今没有离开的记录"), "{a}");
    assert!(a.contains("2013-10-03—2013-10-04"), "sent and taken in: {a}");
    let plant = letters.iter().find(|letter| letter.contains("4012345000115")).expect("the plant");
    assert!(plant.contains("12千克"), "{plant}");

    // One alone, by either of its identifiers, and as PDF.
    for kind in ["414", "417"] {
        let to = format!("&to=https%3A%2F%2Fid.gs1.org%2F{kind}%2F{A}");
        let one = good(&mut officer, &of("/trace/notices", &to)).await;
        assert_eq!(one.matches("<article").count(), 1, "{one}");
        assert!(one.contains(A) && !one.contains(B) && !one.contains("4–5"), "{one}");
    }
    let (status, kind, pdf) = officer
        .bytes(&of("/trace/notices", &format!("&to=https%3A%2F%2Fid.gs1.org%2F414%2F{A}&as=pdf")))
        .await;
    assert!(status == 200 && kind == "application/pdf" && pdf.starts_with(b"%PDF"), "{status} {kind}");

    // Once the recall is published, the notice says what for.
    let notice = json!({ "notice_no": "R-1", "product_name": "示例奶基料", "item": "(01)04012345111118(10)R1", "producer_name": "示例乳业有限公司",
        "hazard": "可能含有清洗剂残留", "remedy": "停止食用", "located_in": "621122", "published_on": "2013-10-20" });
    world.enter("recalls", "recall.notice", &["notice_no", "item"], [notice]).await;
    let page = plain(&good(&mut officer, &of("/trace/notices", "")).await);
    for wanted in ["示例奶基料", "可能含有清洗剂残留", "召回编号R-1", "告知消费者：停止食用"]
    {
        assert!(page.contains(wanted), "{wanted} is not in {page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_meets_its_own_part_and_no_region_that_others_told() {
    let world = World::new().await;
    capture(&world, "office", document()).await;
    // Shop B, which hands in what it took in; what the office knows besides is not its.
    let own = json!({
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2013-10-20T00:00:00Z",
        "epcisBody": { "eventList": [taken(11, &[1, 2], A)] },
    });
    capture(&world, "91621122MA00000001/shop", own.to_string()).await;
    let account = world.account("shop").await;
    world.give(&account, "enterprise", "621122000000", "internal").await;
    let mut shop = world.sign_in("shop").await;
    for page in ["/trace/places", "/trace/export", "/trace/notices"] {
        assert_eq!(shop.get(&of(page, "")).await.status, 404, "the lot is in nobody's events but others'");
    }
    let piece = |page: &str, more: &str| format!("{page}?id=(01)04012345222227(21)1{more}");
    let text = plain(&good(&mut shop, &piece("/trace", "")).await);
    assert!(text.contains("地区不明：1 个地点，1 件") && !text.contains("安定区"), "{text}");
    let notices = plain(&good(&mut shop, &piece("/trace/notices", "")).await);
    assert!(notices.contains("1 份") && !notices.contains("HYPERLINK") && !notices.contains(B), "{notices}");
    let summary = good(&mut shop, &piece("/trace/export", "&as=csv&list=summary")).await;
    assert!(summary.contains("91621122MA00000001") && summary.contains("涉及件数,1"), "{summary}");
    // Nobody else learns that there is anything.
    let (mut reader, _) = world.signed_in("reader", &["reader"]).await;
    for page in ["/trace/places", "/trace/export", "/trace/notices"] {
        assert_eq!(reader.get(&of(page, "")).await.status, 404);
        assert_eq!(world.officers().get(&of(page, "")).await.status, 401);
    }
}
