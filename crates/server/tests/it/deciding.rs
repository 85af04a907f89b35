//! A case decided by two colleagues on the pages: one proposes, the other approves; nobody alone, nobody from elsewhere.

use zhiheng_record::Provenance;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::client::Client;
use crate::handin::officers;
use crate::world::{PASSWORD, World};

/// The two of a county who decide together.
const TWO: [(&str, &str, &str); 2] = [("quality", "quality-officer", "621122"), ("chief", "head", "621122")];

/// Opens a plan of sampling by the desk, as the command would; checked for burden, if `checked`.
pub(crate) async fn plan(world: &World, account: &str, region: &str, checked: bool) -> String {
    use zhiheng_desk::acts::Acting;
    use zhiheng_desk::{Desk, Moment};
    use zhiheng_measure::engine::EngineOptions;
    let project = zhiheng_record::Project::open(world.folder()).expect("the project");
    let catalog = std::sync::Arc::new(zhiheng_catalog::load(&[]).catalog);
    let lake = EngineOptions::default();
    let desk = Desk::open(project, catalog, &[], &lake).await.expect("a desk");
    let today = jiff::civil::date(2013, 10, 21);
    let level = match region {
        city if city.ends_with("00") && !city.ends_with("0000") => "city",
        county if !county.ends_with("00") => "county",
        _ => "province",
    };
    let pairs = [
        ("title", "2013年第四季度抽查"),
        ("planned_in", region),
        ("level", level),
        ("from_day", "2013-11-01"),
        ("until_day", "2013-12-20"),
        ("kinds", "马铃薯粉条"),
        ("enterprises", "10"),
        ("batches", "20"),
        ("budget", "30000.00"),
    ];
    let acting = Acting {
        account: account.to_owned(),
        on: today,
        form: pairs.map(|(id, text)| (id.to_owned(), text.to_owned())).to_vec(),
        ..Acting::default()
    };
    let moment = Moment { at: world.now(), today };
    let done = desk.open_case(moment, "sampling.plan", "", &acting).await.expect("a case");
    let number = done.taken.event.case.clone();
    if !checked {
        return number;
    }
    let check = Acting {
        form: vec![("checked".to_owned(), "true".to_owned())],
        evidence: vec![zhiheng_act::case::Evidence {
            kind: "burden-list".to_owned(),
            name: "list.txt".to_owned(),
            sha256: "0".repeat(64),
        }],
        ..acting
    };
    let act = zhiheng_act::case::Act::Step("check".to_owned());
    desk.act(moment, &number, act, &check).await.expect("checked");
    number
}

/// Sends a step's form, which can carry files.
async fn stepped(
    client: &mut Client,
    page: &str,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> (u16, String) {
    let answer = client.upload(page, path, fields, files).await;
    (answer.status, answer.body)
}

async fn sent(client: &mut Client, page: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let answer = client.submit(page, path, fields).await;
    (answer.status, answer.body)
}

/// The value of a hidden field.
fn hidden(body: &str, name: &str) -> String {
    let at = body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field");
    at.split('"').next().expect("a value").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_colleagues_decide_on_the_pages() {
    let world = World::new().await;
    officers(&world, &TWO).await;
    let number = plan(&world, "quality", "621122", true).await;
    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;
    let (mut chief, _) = world.signed_in("chief", &["approver"]).await;
    let case = format!("/cases/{number}");

    let page = quality.get(&case).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let step = format!("{case}/steps/issue");
    assert!(page.body.contains(&step), "{}", page.body);
    let form = quality.get(&step).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let head = hidden(&form.body, "head");
    let (status, body) = stepped(&mut quality, &step, &step, &[("head", &head)], &[]).await;
    assert_eq!(status, 303, "{body}");

    // The same form sent again is taken once; another act from an old page is told that somebody was faster.
    let events = world.ledger.case_head(&number).await.expect("an answer").expect("the case").events;
    let (status, body) = stepped(&mut quality, &case, &step, &[("head", &head)], &[]).await;
    assert_eq!(status, 303, "{body}");
    assert_eq!(world.ledger.case_head(&number).await.expect("an answer").expect("the case").events, events);
    let withdraw = format!("{case}/steps/withdraw");
    let (status, body) =
        stepped(&mut quality, &case, &withdraw, &[("head", &head), ("reason", "不办了")], &[]).await;
    assert!([409, 412, 422].contains(&status), "{status} {body}");
    assert_eq!(world.ledger.case_head(&number).await.expect("an answer").expect("the case").events, events);

    // Whoever proposed has no button and no right to approve.
    let page = quality.get(&case).await;
    assert!(!page.body.contains("/approve"), "{}", page.body);
    let page = chief.get(&case).await;
    let (seal, head) = (hidden(&page.body, "seal"), hidden(&page.body, "head"));
    let approve = format!("{case}/approve");
    let fields = [("seal", seal.as_str()), ("head", head.as_str()), ("act", "approve")];
    let (status, _) = sent(&mut chief, &case, &approve, &fields).await;
    assert_eq!(status, 403, "a decision asks for the second factor");
    chief.submit("/account/confirm", "/account/confirm", &[("password", PASSWORD)]).await;
    let other = "0".repeat(64);
    let (status, body) =
        sent(&mut chief, &case, &approve, &[("seal", &other), ("head", &head), ("act", "approve")]).await;
    assert_eq!(status, 422, "another content is not approved: {body}");
    let (status, body) = sent(&mut chief, &case, &approve, &fields).await;
    assert_eq!(status, 303, "{body}");
    let page = chief.get(&case).await;
    assert!(page.body.contains("下达"), "{}", page.body);
    assert!(page.body.contains("陇质监"), "the letter has its number: {}", page.body);
}

/// What is wrong with a form stands at its field, and what was typed is kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_comes_back_with_what_is_wrong() {
    let world = World::new().await;
    officers(&world, &TWO).await;
    let number = plan(&world, "quality", "621122", true).await;
    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;
    let step = format!("/cases/{number}/steps/withdraw");
    let (status, body) = stepped(&mut quality, &step, &step, &[("reason", "")], &[]).await;
    assert_eq!(status, 422, "{body}");
    assert!(body.contains("class=\"summary\"") && body.contains("href=\"#reason\""), "{body}");
    let gone = quality.get(&format!("/cases/{number}/steps/no-such")).await;
    assert_eq!(gone.status, 404);
}

/// Files come with the form; what is missing is named by its name, and only those who may see data of persons open them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_with_the_form() {
    let world = World::new().await;
    officers(&world, &TWO).await;
    let number = plan(&world, "quality", "621122", false).await;
    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;
    let case = format!("/cases/{number}");
    let step = format!("{case}/steps/check");
    let form = quality.get(&step).await;
    assert!(form.body.contains("type=\"file\"") && form.body.contains("检查负担核对表"), "{}", form.body);
    let head = form.field("head");
    let fields = [("head", head.as_str()), ("checked", "true")];
    let (status, body) = stepped(&mut quality, &step, &step, &fields, &[]).await;
    assert_eq!(status, 422, "{body}");
    assert!(body.contains("href=\"#file-burden-list\"") && body.contains("检查负担核对表"), "{body}");
    assert!(body.contains("<option value=\"true\" selected>"), "what was chosen is kept: {body}");
    // A file under a kind that nobody asked for does not stand in for the right one.
    let (status, _) = stepped(
        &mut quality,
        &step,
        &step,
        &fields,
        &[("file-photo", "a.txt", b"x"), ("else", "b.txt", b"y")],
    )
    .await;
    assert_eq!(status, 422);
    let list: &[u8] = "企业,次数\r\n示例粉业有限公司,1\r\n".as_bytes();
    let files = [("file-burden-list", "../../负担 核对.csv", list)];
    let (status, body) = stepped(&mut quality, &step, &step, &fields, &files).await;
    assert_eq!(status, 303, "{body}");
    let left: Vec<_> = std::fs::read_dir(world.folder().join("uploads")).expect("the folder").collect();
    assert!(left.is_empty(), "{left:?}");
    // Sent again, it is taken once.
    let events = world.ledger.case_head(&number).await.expect("an answer").expect("the case").events;
    let (status, body) = stepped(&mut quality, &case, &step, &fields, &files).await;
    assert!([303, 409, 412, 422].contains(&status), "{status} {body}");
    assert_eq!(world.ledger.case_head(&number).await.expect("an answer").expect("the case").events, events);

    // Who may not see data of persons sees that there is a file, and no more.
    let sha = to_hex(&sha256(list));
    let href = format!("{case}/files/{sha}");
    let page = quality.get(&case).await;
    assert!(page.body.contains("负担 核对.csv") && !page.body.contains(&href), "{}", page.body);
    assert_eq!(quality.get(&href).await.status, 404);
    let (mut quality, account) = world.signed_in("second", &[]).await;
    world.give(&account, "handler", "621122000000", "personal").await;
    let page = quality.get(&case).await;
    assert!(page.body.contains(&href), "{}", page.body);
    let file = quality.get(&href).await;
    assert_eq!((file.status, file.body.as_bytes()), (200, list));
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment; filename*=UTF-8''%E8%B4%9F"));
    assert_eq!(quality.get(&format!("{case}/files/{}", "0".repeat(64))).await.status, 404);
    let (mut sister, account) = world.signed_in("sister", &[]).await;
    world.give(&account, "handler", "621121000000", "personal").await;
    assert_eq!(sister.get(&href).await.status, 404);
    // A file that is not what it was is not handed out.
    std::fs::write(world.folder().join("files").join(&sha), "changed").expect("changed");
    assert_eq!(quality.get(&href).await.status, 500);
}

/// A case that was handed over is the other county's, whatever its number says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_goes_with_its_region() {
    let world = World::new().await;
    officers(&world, &TWO).await;
    let number = plan(&world, "quality", "621122", true).await;
    let (mut here, _) = world.signed_in("quality", &["handler"]).await;
    let (mut there, account) = world.signed_in("there", &[]).await;
    world.give(&account, "handler", "621121000000", "internal").await;
    let case = format!("/cases/{number}");
    assert_eq!((here.get(&case).await.status, there.get(&case).await.status), (200, 404));
    let head = world.ledger.case_head(&number).await.expect("an answer").expect("the case");
    assert_eq!(head.region.as_deref(), Some("621122"));
    // The event is the newest one again, but for whose case it is.
    let last = world.ledger.case(&number, None).await.expect("events").pop().expect("an event");
    let handed = zhiheng_record::Event {
        case: number.clone(),
        expected: Some(head.last),
        id: "handed over".to_owned(),
        of: head.of,
        state: head.state,
        region: Some("621121".to_owned()),
        by: "quality".to_owned(),
        at: world.now(),
        provenance: Provenance::Reported,
        data: last.data,
        letters: Vec::new(),
        parent: None,
        effects: Vec::new(),
    };
    world.ledger.step(handed).await.expect("a step");
    assert_eq!((here.get(&case).await.status, there.get(&case).await.status), (404, 200));
    assert!(!here.get("/cases").await.body.contains(&number));
    assert!(there.get("/cases").await.body.contains(&number));
}
