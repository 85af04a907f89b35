//! Three administrators, none of whom can do the other's work.

use zhiheng_record::EntryKind;

use crate::client::Client;
use crate::world::World;

async fn admin(world: &World, login: &str, role: &str) -> (Client, String) {
    let (mut client, id) = world.signed_in(login, &[role]).await;
    world.strong(&mut client).await;
    (client, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_comes_to_its_rights_through_two_persons() {
    let world = World::new().await;
    let (mut system, _) = admin(&world, "sys", "system-admin").await;
    let (mut security, security_id) = admin(&world, "sec", "security-admin").await;
    let name = "<script>alert(1)</script>";
    let fields = [("new-login", "longxi.zj"), ("new-name", name), ("new-person", "P-1")];
    let made = system.submit("/admin/accounts", "/admin/accounts", &fields).await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert!(!made.body.contains(name) && made.body.contains("&#60;script&#62;"), "{}", made.body);
    let first = made.body.split("<code class=\"secret\">").nth(1).expect("a password");
    let first = first.split('<').next().expect("a password").to_owned();
    let again = system.submit("/admin/accounts", "/admin/accounts", &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("longxi.zj"), "what was typed in is lost");

    let id = world.access.account_by_login("longxi.zj").await.expect("an answer").expect("an account").id;
    assert_eq!(
        system.get(&format!("/admin/grants/{id}")).await.status,
        404,
        "who makes accounts gives rights"
    );
    assert_eq!(security.get("/admin/accounts").await.status, 404, "who gives rights makes accounts");

    let path = format!("/admin/grants/{id}");
    let good = [("role", "handler"), ("level", "internal"), ("region", "621122"), ("reason", "岗位职责")];
    for (name, value) in [
        ("role", "king"),
        ("level", ""),
        ("region", "62112x"),
        ("reason", " "),
        ("enterprise", "91621122MA"),
        ("until", "2012-01-01"),
        ("since", "tomorrow"),
    ] {
        let mut fields: Vec<_> = good.iter().filter(|(each, _)| *each != name).copied().collect();
        fields.push((name, value));
        let answer = security.submit(&path, &path, &fields).await;
        assert_eq!(answer.status, 422, "{name}={value}");
        assert!(answer.body.contains(&format!("href=\"#{name}\"")), "{name}: {}", answer.body);
    }
    let answer = security.submit(&path, &path, &good).await;
    assert_eq!((answer.status, answer.header("location")), (303, path.as_str()), "{}", answer.body);
    let clash = [("role", "security-admin"), ("level", "internal"), ("region", "621122"), ("reason", "代管")];
    let answer = security.submit(&path, &path, &clash).await;
    assert_eq!(answer.status, 422, "handler and security administrator in one person");

    let grant = world.access.grants(&id).await.expect("rights").remove(0);
    let entry = world.ledger.entry(grant.entry.expect("an entry")).await.expect("the record");
    assert_eq!((entry.by.as_str(), &entry.data["account"]), (security_id.as_str(), &serde_json::json!(id)));

    let mut client = world.officers();
    let answer = client.submit("/login", "/login", &[("login", "longxi.zj"), ("password", &first)]).await;
    assert_eq!(answer.header("location"), "/account/password");

    let own = format!("/admin/grants/{security_id}");
    let answer = security.submit(&own, &own, &good).await;
    assert_eq!(answer.status, 403, "a right to oneself");
    let take = format!("{path}/{}/take", grant.id);
    assert_eq!(security.submit(&path, &take, &[("reason", "调离岗位")]).await.status, 303);
    let history = world.ledger.history(entry.index).await.expect("a history");
    assert_eq!(history.last().map(|last| last.kind), Some(EntryKind::Withdraw));
    let elsewhere = format!("{own}/{}/take", grant.id);
    assert!([403, 404].contains(&security.submit(&path, &elsewhere, &[("reason", "x")]).await.status));
    assert_eq!(world.access.check_grants(&world.ledger).await.expect("an answer"), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_trail_tells_and_cannot_be_changed_through_any_page() {
    let world = World::new().await;
    let (mut audit, _) = admin(&world, "aud", "audit-admin").await;
    let (mut reader, id) = world.signed_in("reader", &["reader"]).await;
    assert_eq!(reader.get("/admin/trail").await.status, 403);
    let page = audit.get(&format!("/admin/trail?account={id}&check=1")).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("越权请求") && page.body.contains("GET /admin/trail"), "{}", page.body);
    assert!(page.body.contains("封签完整"), "{}", page.body);
    let routes = zhiheng_server::route::table::routes();
    let changing = routes.iter().filter(|route| route.path.contains("trail") && !route.method.is_safe());
    assert_eq!(changing.count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_locks_themselves_out_and_erased_is_erased() {
    let world = World::new().await;
    let (mut system, own) = admin(&world, "sys", "system-admin").await;
    let (mut other, id) = world.signed_in("zj", &[]).await;
    let lock = async |system: &mut Client, id: &str, state: &str| {
        system
            .submit("/admin/accounts", &format!("/admin/accounts/{id}/lock"), &[("state", state)])
            .await
            .status
    };
    assert_eq!(lock(&mut system, &own, "locked").await, 403);
    assert_eq!(lock(&mut system, "a-none", "locked").await, 404);
    assert_eq!(lock(&mut system, &id, "king").await, 422);
    assert_eq!(lock(&mut system, &id, "locked").await, 303);
    assert_eq!(other.get("/account").await.status, 401);
    assert_eq!(lock(&mut system, &id, "erased").await, 303);
    assert!(!system.get("/admin/accounts").await.body.contains("岗位 zj"));
    assert_eq!(lock(&mut system, &id, "active").await, 404);
}
