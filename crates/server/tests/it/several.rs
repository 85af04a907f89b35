//! One step of several cases at once: tried first, then taken, each case once and only where one may.

use crate::client::Client;
use crate::deciding::plan;
use crate::handin::officers;
use crate::world::World;

const HERE: &str = "/cases/several";
const FORM: &str = "/cases/several?procedure=sampling.plan&step=issue";

/// All values of the hidden fields with this name.
fn hidden<'b>(body: &'b str, name: &str) -> Vec<&'b str> {
    let mark = format!("type=\"hidden\" name=\"{name}\" value=\"");
    body.split(&mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

async fn events(world: &World, case: &str) -> u64 {
    world.ledger.case_head(case).await.expect("an answer").expect("the case").events
}

async fn sent(client: &mut Client, fields: &[(&str, &str)]) -> crate::client::Answer {
    let mut all = vec![("procedure", "sampling.plan"), ("step", "issue")];
    all.extend_from_slice(fields);
    client.submit("/account", HERE, &all).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_cases_are_tried_and_then_taken() {
    let world = World::new().await;
    let people = [
        ("quality", "quality-officer", "621122"),
        ("chief", "head", "621122"),
        ("sister", "quality-officer", "621121"),
    ];
    officers(&world, &people).await;
    let one = plan(&world, "quality", "621122", true).await;
    let two = plan(&world, "quality", "621122", true).await;
    let raw = plan(&world, "quality", "621122", false).await;
    let far = plan(&world, "sister", "621121", true).await;
    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;

    let list = quality.get(HERE).await;
    assert!(list.status == 200 && list.body.contains("step=issue"), "{}", list.body);
    let form = quality.get(FORM).await;
    assert_eq!(form.status, 200, "{}", form.body);
    assert!(form.body.contains(&one) && form.body.contains(&two), "{}", form.body);
    assert!(!form.body.contains(&far), "another county's case is not there: {}", form.body);
    assert_eq!(quality.get("/cases/several?procedure=sampling.plan&step=none").await.status, 404);

    let none = sent(&mut quality, &[("act", "preview")]).await;
    assert!(none.status == 422 && none.body.contains("ZH7344"), "{}", none.body);
    let gone = sent(&mut quality, &[("act", "preview"), ("cases", &far)]).await;
    assert_eq!(gone.status, 404, "{}", gone.body);

    let before = [events(&world, &one).await, events(&world, &two).await];
    let chosen =
        [("act", "preview"), ("cases", one.as_str()), ("cases", two.as_str()), ("cases", raw.as_str())];
    // The one that was not checked may not be offered at all: it does not stand where the step is taken.
    let offered = form.body.contains(&raw);
    let look = sent(&mut quality, &chosen[..if offered { 4 } else { 3 }]).await;
    assert_eq!(look.status, 200, "{}", look.body);
    assert!(look.body.contains("还没有写入") && !look.body.contains('«'), "{}", look.body);
    assert_eq!([events(&world, &one).await, events(&world, &two).await], before, "a look writes nothing");
    assert_eq!(hidden(&look.body, "cases"), [one.as_str(), two.as_str()], "{}", look.body);

    // a colleague is faster with one of them
    let heads: Vec<String> = hidden(&look.body, "heads").into_iter().map(str::to_owned).collect();
    let once = hidden(&look.body, "once")[0].to_owned();
    let step = format!("/cases/{two}/steps/issue");
    let faster = quality.upload(&step, &step, &[("head", heads[1].as_str())], &[]).await;
    assert_eq!(faster.status, 303, "{}", faster.body);
    let deed = [
        ("act", "take"),
        ("once", once.as_str()),
        ("cases", one.as_str()),
        ("heads", heads[0].as_str()),
        ("cases", two.as_str()),
        ("heads", heads[1].as_str()),
    ];
    for _ in 0..2 {
        // sent twice, it is done once
        let done = sent(&mut quality, &deed).await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert!(done.body.contains("2 个案件中办理了 1 个"), "{}", done.body);
        assert_eq!([events(&world, &one).await, events(&world, &two).await], [before[0] + 1, before[1] + 1]);
    }
    let bent = sent(&mut quality, &[("act", "take"), ("once", &once), ("cases", &one)]).await;
    assert_eq!(bent.status, 400, "{}", bent.body);
    let foreign = [("act", "take"), ("once", once.as_str()), ("cases", far.as_str()), ("heads", "1")];
    assert_eq!(sent(&mut quality, &foreign).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn colleagues_say_something_to_a_case_once() {
    let world = World::new().await;
    officers(&world, &[("quality", "quality-officer", "621122")]).await;
    let case = plan(&world, "quality", "621122", false).await;
    let (mut quality, _) = world.signed_in("quality", &["handler"]).await;
    let (mut reader, _) = world.signed_in("reader", &["reader"]).await;
    let page = format!("/cases/{case}");
    let to = format!("{page}/comments");
    let form = quality.get(&page).await;
    let once = form.body.split(&format!("action=\"{to}\"")).nth(1).expect("the form");
    let once =
        once.split("name=\"once\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
    let empty = quality.submit(&page, &to, &[("once", once), ("body", " ")]).await;
    assert!(empty.status == 422 && !empty.body.contains('«'), "{} {}", empty.status, empty.body);
    for _ in 0..2 {
        let said = quality.submit(&page, &to, &[("once", once), ("body", "请核对批次数 <b>")]).await;
        assert_eq!((said.status, said.header("location")), (303, page.as_str()), "{}", said.body);
    }
    let seen = reader.get(&page).await;
    assert_eq!(seen.body.matches("请核对批次数").count(), 1, "{}", seen.body);
    assert!(!seen.body.contains("批次数 <b>") && seen.body.contains("岗位 quality"), "{}", seen.body);
    assert!(!seen.body.contains(&to), "who only reads says nothing");
    assert_eq!(reader.submit("/account", &to, &[("once", once), ("body", "不")]).await.status, 403);
    // What persons write can be erased; that something was said stays.
    let entry = seen.body.split("请核对批次数").next().and_then(|before| before.rsplit("/records/").next());
    let entry: u64 =
        entry.and_then(|rest| rest.split('"').next()).and_then(|n| n.parse().ok()).expect("an entry");
    world
        .ledger
        .erase(entry, "body", "依申请删除", "privacy-office", world.now())
        .await
        .expect("erased");
    let seen = reader.get(&page).await;
    assert!(seen.body.contains("已依法删除") && !seen.body.contains("请核对批次数"), "{}", seen.body);
}
