//! What waits for whom, from every place where something can wait; filtered, as data, and nothing of somebody else's.

use serde_json::Value as Json;

use crate::client::Client;
use crate::deciding::plan;
use crate::handin::{officers, settled};
use crate::world::World;

const HERE: &str = "/tasks";
/// A quarter that had to be handed in six days ago.
const QUARTER: &str = "sampling.batch/621122/2013Q3";
const DOSSIER: &str = "/assess/assessment.county_stages_2014/2014/621122/dossier";

async fn rows(client: &mut Client, query: &str) -> Vec<Json> {
    let answer = client.get(&format!("{HERE}?as=json{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    answer.json().as_array().expect("a list").clone()
}

/// The task that is done at an address.
fn at<'r>(rows: &'r [Json], href: &str) -> Option<&'r Json> {
    rows.iter().find(|row| row["href"] == href)
}

fn kinds(rows: &[Json]) -> Vec<&str> {
    let mut kinds: Vec<&str> = rows.iter().filter_map(|row| row["kind"].as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

async fn of_city(world: &World, login: &str, role: &str) -> Client {
    let account = world.account(login).await;
    world.give(&account, role, "621100000000", "internal").await;
    world.sign_in(login).await
}

/// Hands in that there is nothing to report.
async fn hand_in(client: &mut Client) {
    let page = format!("/submit/{QUARTER}");
    let answer = client.submit(&page, &format!("{page}/nil"), &[]).await;
    let (draft, page) = settled(client, &answer).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let answer = client.submit(&draft, &format!("{draft}/send"), &[]).await;
    let (receipt, page) = settled(client, &answer).await;
    assert!(receipt.starts_with("/receipts/"), "{receipt}: {}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_sees_what_waits_for_them() {
    let world = World::new().await;
    officers(&world, &[("quality", "quality-officer", "621122"), ("chief", "head", "621122")]).await;
    let case = plan(&world, "quality", "621122", false).await;
    let href = format!("/cases/{case}");

    let (mut reader, _) = world.signed_in("reader", &["reader"]).await;
    let page = reader.get(HERE).await;
    assert!(page.status == 200 && page.body.contains("现在没有等您办的事项"), "{}", page.body);
    assert_eq!(rows(&mut reader, "").await, Vec::<Json>::new());

    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;
    let all = rows(&mut quality, "").await;
    assert_eq!(kinds(&all), ["return", "step"]);
    assert!(all.iter().all(|row| row["region"] == "621122"), "{all:?}");
    let step = at(&all, &href).expect("the step");
    assert!(step["kind"] == "step" && step["place"] == "陇西县", "{step}");
    let late = at(&all, &format!("/submit/{QUARTER}")).expect("the quarter");
    let told = ["kind", "due", "state", "late_days"].map(|field| late[field].to_string());
    assert_eq!(told, ["\"return\"", "\"2013-10-15\"", "\"late\"", "6"]);
    // what is late stands first, what has no day last
    let due: Vec<bool> = all.iter().map(|row| row["state"] != "late").collect();
    assert!(due.is_sorted(), "{all:?}");
    let rest: Vec<&Json> = all.iter().filter(|row| row["state"] != "late").collect();
    assert!(rest.is_sorted_by_key(|row| (row["due"].is_null(), row["due"].to_string())), "{rest:?}");

    let page = quality.get(HERE).await;
    assert!(page.status == 200 && !page.body.contains('«'), "{}", page.body);
    for wanted in [href.as_str(), "逾期", "案件步骤", "（已超 6 天）", "as=csv"] {
        assert!(page.body.contains(wanted), "{wanted}: {}", page.body);
    }
    let home = quality.get("/").await;
    assert!(home.body.contains("href=\"/tasks\"") && home.body.contains(&href), "{}", home.body);
    // the plan waits for the quality officer alone
    let (mut chief, _) = world.signed_in("chief", &["approver"]).await;
    assert_eq!(kinds(&rows(&mut chief, "").await), Vec::<&str>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_are_filtered_and_come_in_parts() {
    let world = World::new().await;
    officers(&world, &[("quality", "quality-officer", "621122")]).await;
    plan(&world, "quality", "621122", false).await;
    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;
    let all = rows(&mut quality, "").await;
    let steps = rows(&mut quality, "&kind=step").await;
    let returns = rows(&mut quality, "&kind=return").await;
    assert_eq!((kinds(&steps), kinds(&returns)), (vec!["step"], vec!["return"]));
    assert_eq!(steps.len() + returns.len(), all.len());
    let late = rows(&mut quality, "&late=1").await;
    assert!(!late.is_empty() && late.iter().all(|row| row["state"] == "late"), "{late:?}");
    assert!(late.len() < all.len(), "the quarter that is under way is not late");
    assert_eq!(rows(&mut quality, "&late=1&kind=step").await.len(), 0);
    assert_eq!(rows(&mut quality, "&within=621122").await.len(), all.len());
    assert_eq!(rows(&mut quality, "&within=621123").await.len(), 0, "another county's are not hers");
    assert_eq!(quality.get("/tasks?within=nowhere").await.status, 422);
    // programs read the same
    for query in ["", "&kind=step", "&late=1", "&within=621123"] {
        let answer = quality.get(&format!("/api/v1/tasks?limit=1000{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.body);
        assert_eq!(answer.json()["data"], Json::from(rows(&mut quality, query).await), "{query}");
    }
    assert_eq!(quality.get("/api/v1/tasks?kind=dream").await.status, 422);
    let csv = quality.get("/tasks?as=csv&kind=step").await;
    assert!(csv.header("content-type").starts_with("text/csv") && csv.body.starts_with('\u{feff}'));
    assert_eq!(csv.body.lines().count(), steps.len() + 1, "{}", csv.body);
    // the twins of a filtered page are filtered, too
    let page = quality.get("/tasks?kind=return&late=1").await;
    let twin = page.body.contains("kind=return&#38;late=1&#38;as=csv")
        || page.body.contains("kind=return&amp;late=1&amp;as=csv");
    assert!(twin, "{}", page.body);

    // seven counties with every data set and quarter are more than a page
    let mut city = of_city(&world, "city", "handler").await;
    let all = rows(&mut city, "").await;
    assert!(all.len() > 100, "{}", all.len());
    let page = city.get(HERE).await;
    assert!(page.body.contains("from=100") && page.body.contains("还有"), "{}", page.body);
    let next = city.get("/tasks?from=100").await;
    assert!(next.status == 200 && !next.body.contains("from=200"), "{}", next.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_return_goes_from_one_list_to_the_other() {
    let world = World::new().await;
    officers(&world, &[("reporter", "reporter", "621122"), ("reviewer", "reviewer", "621100")]).await;
    let (mut reporter, _) = world.signed_in("reporter", &["reporter"]).await;
    let mut reviewer = of_city(&world, "reviewer", "reviewer").await;
    let (submit, review) = (format!("/submit/{QUARTER}"), format!("/review/{QUARTER}"));
    assert!(at(&rows(&mut reporter, "").await, &submit).is_some());
    assert_eq!(rows(&mut reviewer, "").await.len(), 0);

    hand_in(&mut reporter).await;
    assert!(at(&rows(&mut reporter, "").await, &submit).is_none(), "it was handed in");
    let waiting = rows(&mut reviewer, "").await;
    assert_eq!(kinds(&waiting), ["review"]);
    assert!(at(&waiting, &review).is_some_and(|row| row["due"].is_null()), "{waiting:?}");
    let home = reviewer.get("/").await;
    assert!(home.body.contains(&review), "what somebody waits for stands on the start: {}", home.body);

    let page = reviewer.get(&review).await;
    let head = page.field("head");
    let fields = [
        ("act", "send_back"),
        ("head", head.as_str()),
        ("faults", "请核对是否确无抽查"),
        ("mend_by", "2013-10-25"),
    ];
    let answer = reviewer.submit(&review, &review, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(rows(&mut reviewer, "").await.len(), 0);
    let mine = rows(&mut reporter, "").await;
    let back = at(&mine, &submit).expect("it came back");
    let told = ["kind", "due", "state"].map(|field| back[field].as_str().unwrap_or_default());
    assert_eq!(told, ["mend", "2013-10-25", "soon"]);
    assert!(reporter.get("/").await.body.contains(&submit));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_wait_for_their_reviewers_until_they_are_sealed() {
    let world = World::new().await;
    let (mut reporter, _) = world.signed_in("reporter", &["reporter"]).await;
    let mut assessor = of_city(&world, "assessor", "assessor").await;
    assert_eq!(rows(&mut assessor, "").await.len(), 0, "nobody has handed anything in");
    let fields = [("criterion", "plan/plan"), ("valid_from", "2013-01-01"), ("valid_until", "2014-12-31")];
    let file = [("evidence", "规划.txt", "纳入规划".as_bytes())];
    let given = reporter.upload("/account", &format!("{DOSSIER}/files"), &fields, &file).await;
    assert_eq!(given.status, 303, "{}", given.body);

    let waiting = rows(&mut assessor, "").await;
    assert!(at(&waiting, DOSSIER).is_some_and(|row| row["kind"] == "dossier"), "{waiting:?}");
    assert!(assessor.get(HERE).await.body.contains("待声明"));
    let to = format!("{DOSSIER}/interest");
    assert_eq!(assessor.submit("/account", &to, &[("interested", "no")]).await.status, 303);
    assert!(assessor.get(HERE).await.body.contains("待打分"));
    let marks = [("act", "seal"), ("points-plan", "20"), ("points-meetings", "12")];
    assert_eq!(assessor.submit("/account", &format!("{DOSSIER}/marks"), &marks).await.status, 303);
    assert_eq!(rows(&mut assessor, "").await.len(), 0, "a sealed sheet waits for others");
    // whoever hands evidence in does not score it
    assert_eq!(kinds(&rows(&mut reporter, "").await), ["return"]);
}
