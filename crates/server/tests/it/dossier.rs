//! Blind scoring: evidence, declarations, sheets that nobody else sees, seals that can be checked, opening by somebody else, a score
//! with reasons.

use zhiheng_base::canonical::to_vec;
use zhiheng_record::access::NewAccount;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::client::{Answer, Client};
use crate::world::World;

const PAGE: &str = "/assess/assessment.county_stages_2014/2014/621122/dossier";
const LIST: &str = "/assess/assessment.county_stages_2014/2014/dossiers?within=621100";

/// An account with a role in the city.
async fn of_city(world: &World, login: &str, role: &str) -> (Client, String) {
    let account = world.account(login).await;
    world.give(&account, role, "621100000000", "internal").await;
    (world.sign_in(login).await, account)
}

async fn post(client: &mut Client, to: &str, fields: &[(&str, &str)]) -> Answer {
    client.submit("/account", &format!("{PAGE}/{to}"), fields).await
}

async fn marks(client: &mut Client, act: &str, plan: &str, meetings: &str, comment: &str) -> Answer {
    let fields =
        [("act", act), ("points-plan", plan), ("points-meetings", meetings), ("comment-meetings", comment)];
    post(client, "marks", &fields).await
}

async fn declares_none(client: &mut Client) {
    let answer = post(client, "interest", &[("interested", "no")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, PAGE), "{}", answer.body);
}

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    let summary = answer.body.split("data-summary").nth(1).unwrap_or_default();
    assert!(summary.contains(words), "{words} is not in {}", answer.body);
    assert!(!answer.body.contains('«'), "a text is missing: {}", answer.body);
}

/// Everything that the ledger holds, as text.
async fn ledger(world: &World) -> String {
    let mut all = String::new();
    for index in 0..world.ledger.size().await.expect("a size") {
        all += &String::from_utf8_lossy(&world.ledger.leaf(index).await.expect("a leaf"));
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_scores_blind_and_the_seals_can_be_checked() {
    let world = World::new().await;
    let (mut reporter, _) = world.signed_in("reporter", &["reporter"]).await;
    let (mut one, first) = of_city(&world, "assessor-1", "assessor").await;
    let (mut two, _) = of_city(&world, "assessor-2", "assessor").await;
    let (mut office, _) = of_city(&world, "office", "reviewer").await;

    // the place hands in what proves a criterion
    let fields = [("criterion", "plan/plan"), ("valid_from", "2013-01-01"), ("valid_until", "2014-12-31")];
    let nothing = reporter.upload("/account", &format!("{PAGE}/files"), &fields, &[]).await;
    refused(&nothing, "没有选择文件");
    let file = [("evidence", "规划.txt", "纳入规划".as_bytes())];
    let other =
        reporter.upload("/account", &format!("{PAGE}/files"), &[("criterion", "plan/photo")], &file).await;
    refused(&other, "没有选择");
    let given = reporter.upload("/account", &format!("{PAGE}/files"), &fields, &file).await;
    assert_eq!(given.status, 303, "{}", given.body);
    let again = reporter.upload("/account", &format!("{PAGE}/files"), &fields, &file).await;
    assert_eq!(again.status, 303, "sent twice, it is one: {}", again.body);
    let name = to_hex(&sha256("纳入规划".as_bytes()));
    let read = one.get(&format!("{PAGE}/files/{name}")).await;
    assert_eq!((read.status, read.body.as_str()), (200, "纳入规划"));
    assert_eq!(one.get(&format!("{PAGE}/files/{}", "0".repeat(64))).await.status, 404);

    // first the declaration, then points
    let page = one.get(PAGE).await;
    assert!(page.status == 200 && page.body.contains("声明利益关系"), "{}", page.body);
    assert!(page.body.contains(&name[..12]) && !page.body.contains("points-plan"), "{}", page.body);
    refused(&marks(&mut one, "keep", "20", "12", "").await, "没有声明“无利益关系”");
    refused(&post(&mut one, "interest", &[]).await, "没有选择");
    declares_none(&mut one).await;
    refused(&post(&mut one, "interest", &[("interested", "no")]).await, "已经声明过利益关系");

    // a sheet is kept as it comes, and nobody else sees it
    let wrong = marks(&mut one, "keep", "15", "12", "会议记录不全").await;
    refused(&wrong, "不是这一项的档次");
    assert!(wrong.body.contains("会议记录不全"), "what was typed is kept: {}", wrong.body);
    refused(&marks(&mut one, "keep", "20", "many", "").await, "不是分数");
    // what could not be opened later is not kept, nor sealed
    for act in ["keep", "seal"] {
        let turned = marks(&mut one, act, "20", "12", "记录\u{202e}不全").await;
        refused(&turned, "改变文字方向");
        assert!(turned.body.contains("#comment-meetings") && !turned.body.contains("第"), "{}", turned.body);
        refused(&marks(&mut one, act, "20", "12", &"长".repeat(501)).await, "最多 500 个");
        refused(&marks(&mut one, act, "20", "11.12345678", "").await, "最多 6 位");
    }
    assert_eq!(marks(&mut one, "keep", "20", "", "").await.status, 303);
    refused(&marks(&mut one, "seal", "20", "", "").await, "还没有打分");
    assert_eq!(marks(&mut one, "seal", "20", "12", "会议记录不全").await.status, 303);
    refused(&marks(&mut one, "keep", "0", "0", "").await, "评分表已经密封");
    declares_none(&mut two).await;
    for reader in [&mut two, &mut office, &mut reporter] {
        let page = reader.get(PAGE).await;
        assert!(page.status == 200 && !page.body.contains("会议记录不全"), "{}", page.body);
    }
    assert!(
        !ledger(&world).await.contains("会议记录不全"),
        "before they are opened, points are nowhere but in the sheet"
    );

    // one sheet is not enough
    let page = office.get(PAGE).await;
    assert!(page.body.contains("assessor-1") && !page.body.contains("dossier/open"), "{}", page.body);
    refused(&post(&mut office, "open", &[]).await, "人密封，至少要");
    refused(&post(&mut office, "score", &[]).await, "评分表还没有启封");
    assert_eq!(marks(&mut two, "seal", "0", "9", "").await.status, 303);
    let list = two.get(LIST).await;
    assert!(list.status == 200 && list.body.contains("2/2") && list.body.contains("已密封"), "{}", list.body);

    assert_eq!(post(&mut office, "open", &[]).await.status, 303);
    let seen = reporter.get(PAGE).await;
    assert!(seen.body.contains("会议记录不全") && seen.body.contains("评审人 1"), "{}", seen.body);
    assert!(!seen.body.contains("assessor-1"), "the place does not learn who: {}", seen.body);
    let seen = office.get(PAGE).await;
    assert!(seen.body.contains("assessor-1") && seen.body.contains("相差大"), "{}", seen.body);
    refused(&marks(&mut two, "seal", "20", "9", "").await, "评分表已经启封，不能再交");

    // who doubts it computes the seal again
    let rows = records(&world, "assessment.opinion").await;
    let own: Vec<_> = rows.iter().filter(|row| row["reviewer"] == first.as_str()).collect();
    let mut marks: Vec<_> = own
        .iter()
        .map(|row| {
            serde_json::json!({ "item": row["item"], "points": row["points"], "comment": row.get("comment").cloned().unwrap_or("".into()) })
        })
        .collect();
    marks.sort_by_key(|mark| mark["item"].as_str().map(str::to_owned));
    let form = serde_json::json!({
        "marks": marks, "period": "2014", "place": own[0]["place"], "reviewer": first, "salt": own[0]["salt"],
        "scheme": "assessment.county_stages_2014", "stage": "review",
    });
    let digest = to_hex(&sha256(&to_vec(&form).expect("canonical")));
    let seals = records(&world, "assessment.sealed").await;
    assert!(seals.iter().any(|seal| seal["digest"] == digest.as_str()), "{form} {seals:?}");

    // the score: a reason where the points lie apart, and where the proposal is left
    let proposed = [("points-plan", "10"), ("points-meetings", "10.5")];
    refused(&post(&mut office, "score", &proposed).await, "要写理由");
    let with = [("points-plan", "10"), ("reason-plan", "列入的是部门规划"), ("points-meetings", "11")];
    refused(&post(&mut office, "score", &with).await, "要写理由");
    let with = [("points-plan", "10"), ("reason-plan", "列入的是部门规划"), ("points-meetings", "10.5")];
    let done = post(&mut office, "score", &with).await;
    assert_eq!(done.status, 303, "{}", done.body);
    refused(&post(&mut office, "score", &with).await, "这个阶段已经定分");
    let page = reporter.get(PAGE).await;
    assert!(page.body.contains("已定分") && page.body.contains("列入的是部门规划"), "{}", page.body);
    assert_eq!(records(&world, "assessment.score").await.len(), 2);
}

/// Records of a type, in order.
async fn records(world: &World, of: &str) -> Vec<serde_json::Value> {
    let mut found = Vec::new();
    for index in 0..world.ledger.size().await.expect("a size") {
        let entry = world.ledger.entry(index).await.expect("an entry");
        if entry.of.as_deref() == Some(of) && entry.kind == zhiheng_record::EntryKind::Record {
            found.push(entry.data);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_an_interest_does_not_score() {
    let world = World::new().await;
    // of the place itself, of a township of it, and by declaration
    let (mut own, _) = world.signed_in("own", &["assessor"]).await;
    refused_apart(&mut own).await;
    let (mut tied, account) = of_city(&world, "tied", "assessor").await;
    world.give(&account, "reader", "621122101000", "internal").await;
    let mut again = world.sign_in("tied").await;
    std::mem::swap(&mut tied, &mut again);
    refused_apart(&mut tied).await;
    let (mut kin, _) = of_city(&world, "kin", "assessor").await;
    refused(&post(&mut kin, "interest", &[("interested", "yes")]).await, "没有写明是什么利益关系");
    let said = post(&mut kin, "interest", &[("interested", "yes"), ("tie", "与局长有亲属关系")]).await;
    assert_eq!(said.status, 303, "{}", said.body);
    refused(&marks(&mut kin, "keep", "20", "10", "").await, "没有声明“无利益关系”");
    let page = kin.get(PAGE).await;
    assert!(page.body.contains("回避") && !page.body.contains("points-plan"), "{}", page.body);
    // the county's own office does not open what is scored of it
    let (mut home, _) = world.signed_in("home", &["reviewer"]).await;
    for to in ["open", "score"] {
        assert_eq!(post(&mut home, to, &[]).await.status, 403);
    }
}

async fn refused_apart(client: &mut Client) {
    for to in ["interest", "marks"] {
        let answer = post(client, to, &[("interested", "no")]).await;
        assert_eq!(answer.status, 403, "{to}: {}", answer.body);
    }
    let page = client.get(PAGE).await;
    assert!(page.body.contains("评审由上级的人员进行"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_two_reviewers_opens_their_own_or_changes_a_sealed_sheet() {
    let world = World::new().await;
    let (mut one, account) = of_city(&world, "assessor-1", "assessor").await;
    // the same person under another account
    let person = world.access.account(&account).await.expect("accounts").expect("an account").person;
    let before = world.account("helper").await;
    let hash = world.access.account(&before).await.expect("accounts").expect("an account").password;
    let new = NewAccount {
        login: "assessor-1b".into(),
        name: "岗位".into(),
        person,
        password: hash,
        must_change: false,
    };
    let twin = world.access.add_account(new, world.now()).await.expect("an account").id;
    for role in ["assessor", "reviewer"] {
        world.give(&twin, role, "621100000000", "internal").await;
    }
    let mut twin = world.sign_in("assessor-1b").await;
    let (mut office, _) = of_city(&world, "office", "reviewer").await;
    for client in [&mut one, &mut twin] {
        declares_none(client).await;
        assert_eq!(marks(client, "seal", "20", "12", "").await.status, 303);
    }
    refused(&post(&mut office, "open", &[]).await, "人密封，至少要");
    let (mut two, _) = of_city(&world, "assessor-2", "assessor").await;
    declares_none(&mut two).await;
    assert_eq!(marks(&mut two, "seal", "20", "12", "").await.status, 303);
    assert_eq!(post(&mut twin, "open", &[]).await.status, 403, "a reviewer does not open the sheets");

    // somebody with the disk changes a sealed sheet
    let folder = world.folder().join("panels");
    let sheet = std::fs::read_dir(&folder).expect("a folder").flatten().next().expect("a sheet").path();
    let text = std::fs::read_to_string(&sheet).expect("a sheet");
    std::fs::write(&sheet, text.replace("\"12\"", "\"19\"")).expect("written");
    refused(&post(&mut office, "open", &[]).await, "与密封时的摘要不符");
    assert!(records(&world, "assessment.opinion").await.is_empty());
    std::fs::write(&sheet, text).expect("written");
    assert_eq!(post(&mut office, "open", &[]).await.status, 303);
    assert_eq!(records(&world, "assessment.opinion").await.len(), 6);
}
