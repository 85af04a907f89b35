//! A county hands in its quarter and the city reviews it: by table and by file, with wrong rows mended, returned, corrected,
//! accepted; nothing is written before it is confirmed, nobody reviews their own, nobody sees another's drafts.

use crate::client::{Answer, Client, parse, raw};
use crate::world::World;

const PAGE: &str = "/submit/sampling.batch/621122/2013Q4";
const REVIEW: &str = "/review/sampling.batch/621122/2013Q4";
const TITLES: [&str; 9] = [
    "任务编号",
    "抽样单编号",
    "抽查级别",
    "抽样日期",
    "抽样地",
    "抽样环节",
    "产品",
    "标称生产者名称",
    "检验结论",
];

/// Enters the officers under whose accounts the pages act; their persons are those of the accounts.
pub(crate) async fn officers(world: &World, all: &[(&str, &str, &str)]) {
    let officers = all.iter().map(|(account, role, region)| {
        serde_json::json!({
            "account": account, "person": format!("P-{account}"), "unit": "示例县市场监管局", "short": "陇质监", "region": region, "role": role, "since_day": "2010-01-01",
        })
    });
    world.enter("officers", "base.officer", &["account", "role", "since_day"], officers).await;
}

/// Reporter of the county, reviewer of the city.
async fn people(world: &World) -> (Client, Client) {
    officers(world, &[("reporter", "reporter", "621122"), ("reviewer", "reviewer", "621100")]).await;
    let (reporter, _) = world.signed_in("reporter", &["reporter"]).await;
    let city = world.account("reviewer").await;
    world.give(&city, "reviewer", "621100000000", "internal").await;
    (reporter, world.sign_in("reviewer").await)
}

/// Sends a file as a browser does, with the token in the address.
pub(crate) async fn upload(client: &mut Client, page: &str, name: &str, bytes: &[u8]) -> Answer {
    let csrf = client.get(page).await.field("csrf");
    let mark = "----4f1c0de5";
    let mut body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{mark}--\r\n").as_bytes());
    let pairs: Vec<String> = client.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut request = format!(
        "POST {page}/file?csrf={csrf} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: close\r\nCookie: {1}\r\nContent-Type: multipart/form-data; boundary={mark}\r\nContent-Length: {2}\r\n\r\n",
        client.address,
        pairs.join("; "),
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    parse(&raw(client.address, &request).await)
}

/// The page to which a form led, once nobody works on it any more.
pub(crate) async fn settled(client: &mut Client, answer: &Answer) -> (String, Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let mut path = answer.header("location").to_owned();
    for _ in 0..120 {
        let page = client.get(&path).await;
        match page.status {
            303 => path = page.header("location").to_owned(),
            200 if path.starts_with("/jobs/") => {
                assert!(page.body.contains("/drop"), "it can be stopped: {}", page.body);
                tokio::time::sleep(std::time::Duration::from_millis(250)).await;
            }
            _ => return (path, page),
        }
        assert!(!page.body.contains('«'), "{path} names a text that is not there: {}", page.body);
    }
    panic!("{path} does not come to an end");
}

fn rows(n: usize) -> Vec<Vec<String>> {
    let row = |n: usize| {
        [
            "D4",
            &format!("{n:04}"),
            "县级",
            "2013-10-08",
            "621122",
            "生产",
            "马铃薯粉条粉丝",
            "示例粉业有限公司",
            "合格",
        ]
        .map(str::to_owned)
        .to_vec()
    };
    (1..=n).map(row).collect()
}

fn text(rows: &[Vec<String>], between: &str) -> String {
    let lines = rows.iter().map(|row| row.join(between));
    std::iter::once(TITLES.join(between)).chain(lines).collect::<Vec<_>>().join("\n") + "\n"
}

async fn n_batches(world: &World) -> u64 {
    let types = world.ledger.types().await.expect("types");
    types.iter().find(|one| one.of == "sampling.batch").map_or(0, |one| one.records)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quarter_with_three_wrong_rows_is_mended_returned_corrected_and_accepted() {
    let world = World::new().await;
    let (mut reporter, mut reviewer) = people(&world).await;
    let owed = reporter.get("/submit").await;
    assert_eq!(owed.status, 200, "{}", owed.body);
    assert!(owed.body.contains(PAGE) && owed.body.contains("待报送"), "{}", owed.body);
    let page = reporter.get(PAGE).await;
    assert!(page.body.contains("template.xlsx") && !page.body.contains('«'), "{}", page.body);
    let form = reporter.get(&format!("{PAGE}/template.xlsx")).await;
    assert_eq!((form.status, &form.body[..2]), (200, "PK"));

    // A day that is none, a county that is another's, a failed batch without its failed items.
    let mut table = rows(6);
    table[1][3] = "2013-11-31".to_owned();
    table[3][4] = "621102".to_owned();
    table[4][3] = "2013-09-30".to_owned();
    let size = world.ledger.size().await.expect("a size");
    let answer = reporter.submit(PAGE, &format!("{PAGE}/table"), &[("table", &text(&table, "\t"))]).await;
    let (draft, page) = settled(&mut reporter, &answer).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(page.body.contains("<title>错误：") && page.body.contains("class=\"summary\""), "{}", page.body);
    for wanted in [
        "第 3 行",
        "第 5 行",
        "第 6 行",
        "不在报送单位的地区",
        "不在报送期",
        "href=\"#c1-3\"",
        "name=\"c3-4\"",
        "name=\"c4-3\"",
        "6 行，3 行正确",
    ] {
        assert!(page.body.contains(wanted), "{wanted}: {}", page.body);
    }
    assert!(!page.body.contains("/send\""), "nothing wrong can be sent: {}", page.body);
    let sent = reporter.submit(&draft, &format!("{draft}/send"), &[]).await;
    assert!(sent.status == 422 && sent.body.contains("href=\"#c1-3\""), "{}", sent.body);
    assert_eq!(world.ledger.size().await.expect("a size"), size, "nothing is written before it is confirmed");

    // Mended in place.
    let mend = [("c1-3", "2013-10-20"), ("c3-4", "621122"), ("c4-3", "2013-10-18")];
    let answer = reporter.submit(&draft, &format!("{draft}/cells"), &mend).await;
    let (draft, page) = settled(&mut reporter, &answer).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("陇西县") && page.body.contains("确认报送"), "{}", page.body);
    assert_eq!(world.ledger.size().await.expect("a size"), size);
    let answer = reporter.submit(&draft, &format!("{draft}/send"), &[]).await;
    let (receipt, page) = settled(&mut reporter, &answer).await;
    assert!(receipt.starts_with("/receipts/sampling.batch:621122:2013Q4:"), "{receipt}: {}", page.body);
    assert!(page.status == 200 && page.body.contains("在账证明"), "{}", page.body);
    assert_eq!(n_batches(&world).await, 6);
    let proof: serde_json::Value =
        serde_json::from_str(&reporter.get(&format!("{receipt}?as=json")).await.body).expect("JSON");
    assert_eq!(proof["count"], 7, "the submission and six records");

    // The city sees it, returns it with a reason; without one it cannot.
    let matrix = reviewer.get("/review/sampling.batch/2013Q4").await;
    assert!(matrix.body.contains("1/7 (14.3%)") && matrix.body.contains("已报送，待审核"), "{}", matrix.body);
    let page = reviewer.get(REVIEW).await;
    let head = page.field("head");
    let answer = reviewer.submit(REVIEW, REVIEW, &[("act", "send_back"), ("head", &head)]).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    let fields = [
        ("act", "send_back"),
        ("head", head.as_str()),
        ("faults", "第2批日期有误"),
        ("mend_by", "2013-10-25"),
    ];
    let answer = reviewer.submit(REVIEW, REVIEW, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);

    // The reporter reads why, and hands in a file in which one row differs: it corrects, with an explanation.
    let page = reporter.get(PAGE).await;
    assert!(page.body.contains("第2批日期有误") && page.body.contains("2013-10-25"), "{}", page.body);
    let mut table = rows(6);
    for (row, day) in [(1, "2013-10-20"), (4, "2013-10-19")] {
        table[row][3] = day.to_owned();
    }
    let csv = text(&table, ",");
    let answer = upload(&mut reporter, PAGE, "改正.csv", csv.as_bytes()).await;
    let (draft, page) = settled(&mut reporter, &answer).await;
    assert!(page.status == 200 && page.body.contains("内容不同（将更正）"), "{}", page.body);
    let answer = reporter.submit(&draft, &format!("{draft}/send"), &[]).await;
    assert!(answer.status == 422 && answer.body.contains("请写说明"), "{}", answer.body);
    let answer =
        reporter.submit(&draft, &format!("{draft}/send"), &[("explanation", "按抽样单改正日期")]).await;
    let (second, page) = settled(&mut reporter, &answer).await;
    assert!(second.starts_with("/receipts/") && second != receipt, "{second}: {}", page.body);
    assert_eq!(n_batches(&world).await, 6, "a correction is no new record");

    // Sent twice it is one: the same page again leads to the same receipt.
    let size = world.ledger.size().await.expect("a size");
    let again = reporter.submit(PAGE, &format!("{draft}/send"), &[("explanation", "按抽样单改正日期")]).await;
    assert_eq!((again.status, again.header("location")), (303, second.as_str()));
    // The same file again is nothing new, and is said to be.
    let answer = upload(&mut reporter, PAGE, "改正.csv", csv.as_bytes()).await;
    let (_, page) = settled(&mut reporter, &answer).await;
    assert!(page.body.contains("6 行已在账本，0 行更新") && !page.body.contains("/send\""), "{}", page.body);
    assert_eq!(world.ledger.size().await.expect("a size"), size);

    let head = reviewer.get(REVIEW).await.field("head");
    let answer =
        reviewer.submit(REVIEW, REVIEW, &[("act", "accept"), ("head", &head), ("remark", "已核")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    // What was seen is no longer so: the same form again is told.
    let answer =
        reviewer.submit(REVIEW, REVIEW, &[("act", "send_back"), ("head", &head), ("faults", "x")]).await;
    assert!([409, 412, 422].contains(&answer.status), "{} {}", answer.status, answer.body);
    let page = reporter.get(PAGE).await;
    assert!(page.body.contains("已锁定") && !page.body.contains("/file?csrf"), "{}", page.body);
    let answer = reporter.submit(PAGE, &format!("{PAGE}/withdraw"), &[("why", "换一份")]).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    let page = reviewer.get(REVIEW).await;
    assert!(page.body.contains("已接收") && page.body.contains("解除接收"), "{}", page.body);
    let list = reviewer.get("/review").await;
    assert!(list.body.contains("/review/sampling.batch/2013Q4") && !list.body.contains('«'), "{}", list.body);
    let csv = reviewer.get("/review/sampling.batch/2013Q4.csv").await;
    assert!(csv.body.contains("陇西县,已接收"), "{}", csv.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_withdrawn_comes_back_and_nothing_to_report_is_reported() {
    let world = World::new().await;
    let (mut reporter, mut reviewer) = people(&world).await;
    let csv = text(&rows(3), ",");
    let hand_in = async |reporter: &mut Client| {
        let answer = upload(reporter, PAGE, "抽查.csv", csv.as_bytes()).await;
        let (draft, _) = settled(reporter, &answer).await;
        let answer = reporter.submit(&draft, &format!("{draft}/send"), &[("explanation", "重新报送")]).await;
        settled(reporter, &answer).await
    };
    let (path, page) = hand_in(&mut reporter).await;
    assert!(path.starts_with("/receipts/"), "{}", page.body);
    let why = [("why", "报错了季度")];
    let answer = reporter.submit(PAGE, &format!("{PAGE}/withdraw"), &[]).await;
    assert_eq!(answer.status, 422, "without a reason: {}", answer.body);
    let answer = reporter.submit(PAGE, &format!("{PAGE}/withdraw"), &why).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = reviewer.get(REVIEW).await;
    assert!(page.body.contains("待报送") && !page.body.contains("示例粉业有限公司"), "{}", page.body);
    // The same file: its records come back, each as a correction of the withdrawn one.
    let (path, page) = hand_in(&mut reporter).await;
    assert!(path.starts_with("/receipts/"), "{}", page.body);
    let page = reviewer.get(REVIEW).await;
    assert!(
        page.body.contains("已报送，待审核") && page.body.matches("href=\"/records/").count() == 3,
        "{}",
        page.body
    );

    let other = "/submit/agriculture.sample/621122/2013Q4";
    let answer = reporter.submit(other, &format!("{other}/nil"), &[]).await;
    let (draft, page) = settled(&mut reporter, &answer).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let answer = reporter.submit(&draft, &format!("{draft}/send"), &[]).await;
    let (path, page) = settled(&mut reporter, &answer).await;
    assert!(path.starts_with("/receipts/agriculture.sample:"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_reviews_their_own_and_drafts_are_their_owners() {
    let world = World::new().await;
    let all =
        [("both", "reporter", "621100"), ("both", "reviewer", "621100"), ("other", "reporter", "621122")];
    officers(&world, &all).await;
    let both = world.account("both").await;
    world.give(&both, "reporter", "621100000000", "internal").await;
    world.give(&both, "reviewer", "621100000000", "internal").await;
    let mut both = world.sign_in("both").await;
    let (mut other, _) = world.signed_in("other", &["reporter"]).await;
    let answer = upload(&mut both, PAGE, "a.csv", text(&rows(2), ",").as_bytes()).await;
    let (draft, page) = settled(&mut both, &answer).await;
    assert_eq!(page.status, 200, "{}", page.body);
    for path in [draft.clone(), format!("{draft}/annotated.xlsx"), draft.replace("drafts", "jobs")] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
    let answer = other.submit(PAGE, &format!("{draft}/send"), &[]).await;
    assert_eq!(answer.status, 404);
    let answer = both.submit(&draft, &format!("{draft}/send"), &[]).await;
    let (path, page) = settled(&mut both, &answer).await;
    assert!(path.starts_with("/receipts/"), "{}", page.body);
    let head = both.get(REVIEW).await.field("head");
    let answer = both.clone().json().submit(REVIEW, REVIEW, &[("act", "accept"), ("head", &head)]).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "ZH7504"), "{}", answer.body);
    // Another county's return is not there; a reporter without an office hands in nothing.
    assert_eq!(other.get("/submit/sampling.batch/621121/2013Q4").await.status, 404);
    let (mut clerk, _) = world.signed_in("clerk", &["reporter"]).await;
    let size = world.ledger.size().await.expect("a size");
    let empty = "/submit/sampling.batch/621122/2013Q3";
    let answer = clerk.submit(empty, &format!("{empty}/nil"), &[]).await;
    let (draft, page) = settled(&mut clerk, &answer).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let answer = clerk.submit(&draft, &format!("{draft}/send"), &[]).await;
    let (_, page) = settled(&mut clerk, &answer).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert_eq!(world.ledger.size().await.expect("a size"), size, "whoever may not writes nothing");
}

/// A draft that an earlier server left in the middle is taken up by whoever looks; a stopped one is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_that_was_broken_off_is_taken_up() {
    let world = World::new().await;
    let (mut reporter, _) = people(&world).await;
    let answer = upload(&mut reporter, PAGE, "a.csv", text(&rows(2), ",").as_bytes()).await;
    let (path, _) = settled(&mut reporter, &answer).await;
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let folder = world.folder().join("drafts").join(&id);
    let head = std::fs::read_to_string(folder.join("head.json")).expect("a head");
    assert!(head.contains("\"checked\""), "{head}");
    std::fs::remove_file(folder.join("checked.json")).expect("removed");
    std::fs::write(folder.join("head.json"), head.replace("\"checked\"", "\"checking\"")).expect("written");
    let looked = reporter.get(&format!("/jobs/{id}")).await;
    assert!([200, 303].contains(&looked.status), "{}", looked.body);
    let events = reporter.get(&format!("/jobs/{id}/events")).await;
    assert!(events.header("content-type").starts_with("text/event-stream"), "{events:?}");
    assert!(events.body.contains("event: done") && events.body.contains(&path), "{}", events.body);
    let page = reporter.get(&path).await;
    assert!(page.status == 200 && page.body.contains("/send\""), "{}", page.body);
    // Another one is broken off while it is sent: it is sent once.
    let answer = upload(&mut reporter, PAGE, "b.csv", text(&rows(3), ",").as_bytes()).await;
    let (second, _) = settled(&mut reporter, &answer).await;
    let head = world.folder().join(&second[1..]).join("head.json");
    let broken = std::fs::read_to_string(&head)
        .expect("a head")
        .replace("\"checked\"", "{\"sending\":{\"explanation\":\"接着办\",\"drop_missing\":false}}");
    std::fs::write(&head, broken).expect("written");
    for _ in 0..2 {
        let looked = reporter.get(&second.replace("drafts", "jobs")).await;
        let found = if looked.status == 303 {
            looked
        } else {
            Answer { status: 303, headers: vec![("location".to_owned(), second.clone())], ..looked }
        };
        let (receipt, page) = settled(&mut reporter, &found).await;
        assert!(receipt.starts_with("/receipts/"), "{receipt}: {}", page.body);
        assert_eq!(n_batches(&world).await, 3);
    }
    let answer = reporter.submit(&path, &format!("{path}/drop"), &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, PAGE));
    assert_eq!(reporter.get(&path).await.status, 404);
    assert!(!folder.exists());
}

/// A large file is paused while it is read, over a restart too, and read whole when it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_is_paused_and_goes_on() {
    let mut world = World::new().await;
    let (mut reporter, _) = people(&world).await;
    let answer = upload(&mut reporter, PAGE, "big.csv", text(&rows(400_000), ",").as_bytes()).await;
    let job = answer.header("location").to_owned();
    let id = job.strip_prefix("/jobs/").expect("it takes longer than a form waits").to_owned();
    let page = reporter.get(&job).await;
    assert!(page.status == 200 && page.body.contains("/pause"), "{} {}", page.status, page.body);
    let path = format!("/drafts/{id}");
    let paused = reporter.submit("/account", &format!("{path}/pause"), &[]).await;
    assert_eq!((paused.status, paused.header("location")), (303, path.as_str()), "{}", paused.body);
    world.restart().await;
    let mut reporter = world.sign_in("reporter").await;
    let page = reporter.get(&path).await;
    assert!(page.body.contains("已暂停核对") && page.body.contains("/resume"), "{}", page.body);
    let list = reporter.get("/submit").await;
    assert!(list.body.contains("已暂停"), "{}", list.body);
    let again = reporter.submit("/account", &format!("{path}/resume"), &[]).await;
    let (_, page) = settled(&mut reporter, &again).await;
    assert!(page.status == 200 && page.body.contains("400000"), "{} {}", page.status, page.body);
    // Pausing what is done does nothing.
    assert_eq!(reporter.submit("/account", &format!("{path}/pause"), &[]).await.status, 303);
    let page = reporter.get(&path).await;
    assert!(page.status == 200 && page.body.contains("/send\""), "{}", page.body);
    assert_eq!(n_batches(&world).await, 0);
}
