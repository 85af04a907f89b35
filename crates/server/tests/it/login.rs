//! Signing in, staying signed in, being signed out.

use zhiheng_record::access::{DeedKind, TrailFilter};

use crate::client::{Answer, Client};
use crate::world::{PASSWORD, World};

async fn try_login(client: &mut Client, login: &str, password: &str) -> Answer {
    client.submit("/login", "/login", &[("login", login), ("password", password)]).await
}

async fn is_in(client: &mut Client) -> bool {
    let answer = client.get("/account").await;
    assert!([200, 401].contains(&answer.status), "{}", answer.body);
    answer.status == 200
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_and_out() {
    let world = World::new().await;
    world.account("zj").await;
    let mut client = world.officers();
    let answer = client.get("/account").await;
    assert_eq!(answer.status, 401);
    assert!(answer.body.contains("/login?back=%2Faccount"), "{}", answer.body);
    let answer = try_login(&mut client, " ZJ ", PASSWORD).await;
    assert_eq!(answer.status, 303);
    let cookie = answer.cookies().find(|cookie| cookie.starts_with("zh-session=")).expect("a cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(is_in(&mut client).await);
    let stolen = client.clone();
    let answer = client.submit("/account", "/logout", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/login"));
    assert!(!is_in(&mut client).await);
    assert!(!is_in(&mut stolen.clone()).await, "the session goes on after the logout");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_and_no_account_look_the_same() {
    let world = World::new().await;
    let id = world.account("zj").await;
    let locked = world.account("locked").await;
    world.access.set_locked(&locked, true, world.now()).await.expect("locked");
    let mut pages = Vec::new();
    for (login, password) in
        [("zj", "wrong horse battery"), ("nobody", "wrong horse battery"), ("locked", PASSWORD)]
    {
        let mut client = world.officers();
        let answer = try_login(&mut client, login, password).await;
        assert_eq!(answer.status, 422, "{login}");
        assert!(
            answer.body.contains("<title>错误：") && answer.body.contains("data-summary"),
            "{}",
            answer.body
        );
        assert!(!answer.body.contains(password), "the page repeats the password");
        assert!(!client.cookies.contains_key("zh-session"));
        let (csrf, request) = (answer.field("csrf"), answer.header("x-request-id").to_owned());
        pages.push(
            answer.body.replace(&csrf, "").replace(&request, "").replace(&format!("value=\"{login}\""), ""),
        );
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    let filter = TrailFilter { kind: Some(DeedKind::LoginFailed), limit: 9, ..TrailFilter::default() };
    let deeds = world.access.trail(&filter).await.expect("deeds");
    let who: Vec<_> = deeds.iter().map(|deed| deed.account.clone()).collect();
    assert_eq!(who, [Some(locked), None, Some(id)]);
    assert!(deeds.iter().all(|deed| deed.subject == "login"), "what was typed in is kept: {deeds:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_takes_longer_and_longer() {
    let world = World::new().await;
    world.account("zj").await;
    let mut client = world.officers();
    for n in 0..5 {
        assert_eq!(try_login(&mut client, "zj", "wrong horse battery").await.status, 422, "{n}");
    }
    let answer = try_login(&mut client, "zj", PASSWORD).await;
    assert_eq!(answer.status, 429, "the right password is taken at once");
    assert!(answer.body.contains("10 秒"), "{}", answer.body);
    world.later(10);
    assert_eq!(try_login(&mut client, "zj", "wrong horse battery").await.status, 422);
    world.later(19);
    assert_eq!(try_login(&mut client, "zj", PASSWORD).await.status, 429);
    world.later(1);
    assert_eq!(try_login(&mut client, "zj", PASSWORD).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_cannot_try_many_accounts() {
    let mut settings = crate::world::settings(crate::world::limits());
    settings.officers.limits.logins_per_minute = 20;
    let world = World::with(settings).await;
    let mut client = world.officers().json();
    let mut last = Answer::default();
    for n in 0..12 {
        last = try_login(&mut client, &format!("account-{n}"), "wrong horse battery").await;
    }
    assert_eq!((last.status, last.code().as_str()), (429, "ZH7507"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_end_by_themselves() {
    let world = World::new().await;
    let (mut client, _) = world.signed_in("zj", &[]).await;
    for _ in 0..23 {
        world.later(29 * 60);
        assert!(is_in(&mut client).await);
    }
    world.later(60 * 60 + 1);
    assert!(!is_in(&mut client).await, "longer than half a day");
    let mut client = world.sign_in("zj").await;
    world.later(32 * 60);
    assert!(!is_in(&mut client).await, "idle for longer than half an hour");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_planted_session_is_worth_nothing() {
    let world = World::new().await;
    let (mut evil, _) = world.signed_in("evil", &[]).await;
    world.account("victim").await;
    // The victim's browser carries the attacker's cookie, and signs in.
    let mut victim = evil.clone();
    let out = victim.get("/login").await;
    assert_eq!(out.status, 303, "whoever is signed in has nothing to sign in for");
    let page = victim.get("/account").await;
    let fields = [("csrf", page.field("csrf")), ("login", "victim".into()), ("password", PASSWORD.into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(victim.post("/login", &fields).await.status, 303);
    assert!(victim.get("/account").await.body.contains("victim"));
    assert_ne!(victim.cookies["zh-session"], evil.cookies["zh-session"]);
    assert!(!is_in(&mut evil).await, "the attacker's session lives on");
    // A value that the server never gave is none.
    let mut made_up = world.officers();
    made_up.cookies.insert("zh-session".into(), "A".repeat(43));
    assert!(!is_in(&mut made_up).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_meant_is_not_done() {
    let world = World::new().await;
    let (client, _) = world.signed_in("zj", &[]).await;
    let csrf = client.clone().get("/account").await.field("csrf");
    let good = [("csrf", csrf.as_str()), ("session", "others")];
    let code = async |mut client: Client, fields: &[(&str, &str)]| {
        client = client.json();
        let answer = client.post("/account/sessions/end", fields).await;
        (answer.status, answer.code())
    };
    let refused = (403, "ZH7517".to_owned());
    assert_eq!(code(client.clone(), &[("session", "others")]).await, refused, "without a token");
    assert_eq!(
        code(client.clone(), &[("csrf", &csrf[1..]), ("session", "others")]).await,
        refused,
        "with half a token"
    );
    let others = world.officers().get("/login").await.field("csrf");
    assert_eq!(
        code(client.clone(), &[("csrf", &others), ("session", "others")]).await,
        refused,
        "with somebody else's"
    );
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        assert_eq!(code(client.clone().with("Origin", origin), &good).await, refused, "from {origin}");
    }
    assert_eq!(code(client.clone().with("Sec-Fetch-Site", "cross-site"), &good).await, refused);
    assert_eq!(code(client.clone(), &good).await.0, 303);
    // Nothing changes by looking.
    assert_eq!(client.clone().json().get("/account/sessions/end").await.status, 405);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_ends_all_other_sessions() {
    let world = World::new().await;
    let (mut client, id) = world.signed_in("zj", &[]).await;
    let mut elsewhere = world.sign_in("zj").await;
    let change = async |client: &mut Client, old: &str, new: &str| {
        let fields = [("old-password", old), ("new-password", new)];
        client.submit("/account/password", "/account/password", &fields).await
    };
    for (old, new) in [
        (PASSWORD, "tiny-secret"),
        (PASSWORD, "123456789012345"),
        (PASSWORD, PASSWORD),
        ("wrong horse", "陇西质量科的茶杯里有三片叶子"),
    ] {
        let answer = change(&mut client, old, new).await;
        assert_eq!(answer.status, 422, "{new}");
        assert!(
            answer.body.contains("aria-invalid=\"true\"") && !answer.body.contains(new),
            "{}",
            answer.body
        );
    }
    assert_eq!(change(&mut client, PASSWORD, "陇西质量科的茶杯里有三片叶子").await.status, 303);
    assert!(is_in(&mut client).await && !is_in(&mut elsewhere).await);
    assert_eq!(try_login(&mut world.officers(), "zj", PASSWORD).await.status, 422);
    assert_eq!(try_login(&mut world.officers(), "zj", "陇西质量科的茶杯里有三片叶子").await.status, 303);

    // A password that was reset has to be changed before anything else.
    let hash =
        world.access.account(&id).await.expect("an answer").expect("an account").password.expect("a hash");
    world.give(&id, "system-admin", "621122000000", "internal").await;
    world.access.set_password(&id, &hash, true, None, world.now()).await.expect("reset");
    let mut client = world.officers();
    let answer = try_login(&mut client, "zj", "陇西质量科的茶杯里有三片叶子").await;
    assert_eq!(answer.header("location"), "/account/password");
    let answer = client.clone().json().get("/admin/accounts").await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "ZH7506"));
    assert_eq!(change(&mut client, "陇西质量科的茶杯里有三片叶子", "tX9-mmq4-Lw02").await.status, 303);
    assert_eq!(
        client.json().get("/admin/accounts").await.code(),
        "ZH7505",
        "only the second factor is missing"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_second_factor_holds_for_a_while_and_for_this_session() {
    let world = World::new().await;
    let (mut client, _) = world.signed_in("sys", &["system-admin"]).await;
    let before = client.clone();
    assert_eq!(client.get("/admin/accounts").await.status, 403);
    let answer = client.submit("/account/confirm", "/account/confirm", &[("password", "wrong")]).await;
    assert_eq!(answer.status, 422);
    world.strong(&mut client).await;
    assert_eq!(client.get("/admin/accounts").await.status, 200);
    assert_ne!(
        client.cookies["zh-session"], before.cookies["zh-session"],
        "the secret stays when the session grows"
    );
    assert!(!is_in(&mut before.clone()).await);
    let mut elsewhere = world.sign_in("sys").await;
    assert_eq!(elsewhere.get("/admin/accounts").await.status, 403);
    world.later(15 * 60 + 1);
    assert_eq!(client.get("/admin/accounts").await.status, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_locked_is_out_at_once() {
    let world = World::new().await;
    let (mut client, id) = world.signed_in("zj", &[]).await;
    assert!(is_in(&mut client).await);
    world.access.set_locked(&id, true, world.now()).await.expect("locked");
    assert!(!is_in(&mut client).await);
}
