//! An enterprise at its own pages: its file, its cases with their last days, an objection with proof; nothing of another's, and nothing
//! that the office has not told it.

use serde_json::{Value as Json, json};
use zhiheng_act::case::Act;
use zhiheng_record::access::NewGrant;

use crate::client::Client;
use crate::handin::officers;
use crate::open::{acting, desk, enter, moment};
use crate::world::World;

const FLOUR: &str = "91621122123456788Q";
const DAIRY: &str = "91350100M0001TGQXM";
const SECRET: &str = "尚在调查的线索";

/// A browser signed in for one enterprise.
async fn firm(world: &World, login: &str, enterprise: &str) -> Client {
    let account = world.account(login).await;
    let grant = NewGrant {
        account,
        role: "enterprise".to_owned(),
        region: "621122000000".to_owned(),
        line: None,
        enterprise: Some(enterprise.to_owned()),
        level: "internal".to_owned(),
        since: jiff::civil::date(2013, 1, 1),
        until: None,
        reason: "企业账号".to_owned(),
        by: "console".to_owned(),
        catalog: "0".repeat(64),
    };
    world.access.give(&world.ledger, grant, &[], world.now()).await.expect("a right");
    world.sign_in(login).await
}

async fn statement(world: &World, holder: &str, number: &str, publicity: &str, summary: &str) {
    let row = json!({
        "holder": holder, "holder_name": format!("示例{number}有限公司"), "kind": "penalty", "severity": "general", "number": number,
        "on_day": "2013-06-03", "publicity": publicity, "public_until": "2016-06-03", "summary": summary, "source": "示例县质监局",
        "located_in": "621122",
    });
    enter(world, "credit.statement", &["holder", "kind", "number", "on_day"], vec![row]).await;
}

async fn city() -> World {
    let world = World::new().await;
    let county = |account: &'static str, role: &'static str| (account, role, "621122");
    let all =
        [county("clerk", "credit-officer"), county("boss", "head"), county("inv", "enforcement-officer")];
    officers(&world, &all).await;
    statement(&world, FLOUR, "P-1", "public", "生产不合格粉条").await;
    statement(&world, FLOUR, "P-2", "government", SECRET).await;
    statement(&world, FLOUR, "P-3", "self", "责令改正通知").await;
    statement(&world, DAIRY, "D-1", "self", "乳业自己的信息").await;
    world
}

async fn good(client: &mut Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there: {}", answer.body);
    answer.body
}

/// The link of a page that begins so.
fn link(body: &str, begins: &str) -> String {
    let rest =
        body.split(&format!("href=\"{begins}")).nth(1).unwrap_or_else(|| panic!("no {begins} in {body}"));
    format!("{begins}{}", rest.split('"').next().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_reads_its_own_file_and_no_other() {
    let world = city().await;
    let mut flour = firm(&world, "flour", FLOUR).await;
    let mut dairy = firm(&world, "dairy", DAIRY).await;
    let own = good(&mut flour, "/enterprise").await;
    assert!(own.contains("生产不合格粉条") && own.contains("责令改正通知"), "{own}");
    assert!(!own.contains(SECRET) && !own.contains("乳业自己的信息"), "{own}");
    let other = good(&mut dairy, "/enterprise").await;
    assert!(other.contains("乳业自己的信息") && !other.contains("粉条"), "{other}");
    // Asking for another enterprise gives the own one.
    assert!(!good(&mut dairy, &format!("/enterprise?of={FLOUR}")).await.contains("粉条"));
    // The officers' page of the own file holds what is for authorities: the own one is shown in its place.
    let sent = flour.get(&format!("/e/{FLOUR}")).await;
    assert_eq!((sent.status, sent.header("location")), (303, format!("/enterprise?of={FLOUR}").as_str()));
    assert_eq!(dairy.get(&format!("/e/{FLOUR}")).await.status, 404);
    let entry = link(&own, "/enterprise/objections/");
    assert_eq!(dairy.get(&entry).await.status, 404, "another's statement");
    for path in ["/records/10", "/cases", "/r/621122", "/search?q=P-2", "/reports"] {
        let answer = flour.get(path).await;
        assert!(
            !answer.body.contains(SECRET) && [403, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
    // The report goes with it, and anybody can check it.
    let drawn: Json =
        serde_json::from_str(&good(&mut flour, "/enterprise/credit/report.json").await).expect("JSON");
    assert_eq!(drawn["scope"], "self");
    assert!(!drawn.to_string().contains(SECRET));
    let (code, size) = (drawn["code"].as_str().expect("a code"), &drawn["pins"]["ledger_size"]);
    let verify = format!("/verify/credit:{FLOUR}:self:2013-10-21:{size}:{code}");
    let mut anybody = world.public();
    assert!(good(&mut anybody, &verify).await.contains("这份信用报告是真的"));
    assert_eq!(flour.get("/enterprise/credit/other.json").await.status, 404);
    assert_eq!(flour.get("/enterprise/credit/report.exe").await.status, 404);
    let menu = good(&mut flour, "/").await;
    assert!(menu.contains("href=\"/enterprise\"") && !menu.contains("href=\"/cases\""), "{menu}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_objection_is_raised_proved_and_answered() {
    let world = city().await;
    let mut flour = firm(&world, "flour", FLOUR).await;
    let mut dairy = firm(&world, "dairy", DAIRY).await;
    let mut anybody = world.public();
    let own = good(&mut flour, "/enterprise").await;
    // The newest statement stands first: find the public one by what it says.
    let links: Vec<String> = own
        .split("href=\"/enterprise/objections/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|entry| format!("/enterprise/objections/{entry}"))
        .collect();
    assert_eq!(links.len(), 2);
    let mut page = String::new();
    for path in links {
        if good(&mut flour, &path).await.contains("生产不合格粉条") {
            page = path;
        }
    }
    let empty = flour.submit(&page, &page, &[("grounds", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.body);
    let sent = flour.submit(&page, &page, &[("grounds", "复检合格，处罚已被撤销")]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let case = sent.header("location").to_owned();
    assert_eq!(case, "/enterprise/cases/credit.objection-621122-2013-0001");
    // While it lasts the statement is marked, for everybody who sees it; a second objection is not taken.
    assert!(good(&mut flour, "/enterprise").await.contains("异议处理中"));
    assert!(good(&mut anybody, &format!("/open/e/{FLOUR}")).await.contains("异议处理中"));
    assert!(good(&mut flour, &page).await.contains("正在处理"));

    let mine = good(&mut flour, &case).await;
    assert!(mine.contains("异议处理中") && mine.contains("复检合格"), "{mine}");
    let prove = link(&mine, &format!("{case}/steps/prove"));
    assert!(!mine.contains("/steps/uphold"), "the office's step is not the party's: {mine}");
    for path in [case.clone(), prove.clone(), format!("{case}/letters/1")] {
        assert_eq!(dairy.get(&path).await.status, 404, "{path}");
    }
    for step in ["uphold", "dismiss", "no-such"] {
        assert_eq!(flour.get(&format!("{case}/steps/{step}")).await.status, 404, "{step}");
    }
    let form = good(&mut flour, &prove).await;
    assert!(form.contains("type=\"file\""), "{form}");
    let bare = flour.upload(&prove, &prove, &[("grounds", "附复检报告")], &[]).await;
    assert_eq!(bare.status, 422, "proof without its file: {}", bare.body);
    let files = [("file-objection-proof", "复检报告.pdf", &b"%PDF"[..])];
    let given = flour.upload(&prove, &prove, &[("grounds", "附复检报告")], &files).await;
    assert_eq!((given.status, given.header("location")), (303, case.as_str()), "{}", given.body);
    assert!(good(&mut flour, &case).await.contains("复检报告.pdf"));
    let stranger = dairy.upload("/enterprise", &prove, &[("grounds", "x")], &files).await;
    assert_eq!(stranger.status, 404);

    // Two officers answer; upheld, the statement counts no more and is not public any more.
    let number = case.rsplit('/').next().expect("a number");
    for (act, by, form) in [
        (Act::Step("uphold".to_owned()), "clerk", &[("finding", "复检报告属实")][..]),
        (Act::Approve(None), "boss", &[]),
    ] {
        let desk = desk(&world).await;
        desk.act(moment(&world), number, act, &acting(by, form, &[])).await.expect("answered");
    }
    let done = good(&mut flour, &case).await;
    assert!(done.contains("异议成立") && done.contains(&format!("{case}/letters/1")), "{done}");
    assert!(good(&mut flour, "/enterprise").await.contains("不作数"));
    // The letter is ours by case number and code, and by no other code.
    let events = world.ledger.case(number, None).await.expect("events");
    let last = events.last().expect("an event").clone();
    let (entry, event) = zhiheng_act::case::read(last).expect("an event");
    let seal = zhiheng_desk::letter::seal(number, entry, &event.letters[0].number_text());
    let page = good(&mut anybody, &format!("/verify/{number}%20{seal}")).await;
    assert!(page.contains("这份文书是真的") && page.contains(&event.letters[0].number_text()), "{page}");
    assert!(good(&mut anybody, &format!("/verify/{number}%200123456789abcdef")).await.contains("核验不了"));
    assert_eq!(anybody.get(&format!("/open/e/{FLOUR}")).await.status, 404, "nothing of it is public now");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clue_that_nobody_has_told_is_not_there() {
    let world = city().await;
    let mut flour = firm(&world, "flour", FLOUR).await;
    let desk = desk(&world).await;
    let form = [
        ("source", "sampling"),
        ("source_no", "T-1"),
        ("found_on", "2013-10-18"),
        ("located_in", "621122"),
        ("offender", FLOUR),
        ("offender_name", "示例粉业有限公司"),
        ("facts", SECRET),
    ];
    let done = desk.open_case(moment(&world), "enforcement.case", "report", &acting("inv", &form, &[])).await;
    let number = done.expect("a clue").taken.event.case;
    let own = good(&mut flour, "/enterprise").await;
    assert!(!own.contains(&number) && !own.contains(SECRET), "{own}");
    for path in [format!("/enterprise/cases/{number}"), format!("/cases/{number}")] {
        assert_eq!(flour.get(&path).await.status, 404, "{path}");
    }
}
