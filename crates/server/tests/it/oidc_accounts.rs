//! Which account an identity elsewhere belongs to: bound by its owner or the administrator, and what it confirms.

use serde_json::json;
use zhiheng_record::access::DeedKind;

use crate::client::Client;
use crate::idp::{Idp, Signer};
use crate::oidc_way::{Way, bind, deeds, provider, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_binds_what_they_have_seen_after_confirming() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let world = world(provider(&idp)).await;
    let (mut client, account) = world.signed_in("zj", &[]).await;
    let (page, start) = ("/account/identities/add/city", "/account/identities/add/city?go=yes");
    assert!(client.get("/account").await.body.contains(page));
    assert_eq!(client.get(page).await.status, 403, "without confirming");
    assert_eq!(client.get(start).await.header("location"), page, "not to the provider");
    world.strong(&mut client).await;
    // From the page a link leads on: browsers let no form's answer lead to another host.
    assert!(client.get(page).await.body.contains(start));
    let mut way = Way::begin(&world, &idp, client.clone(), start).await;
    idp.gives(&key.token(&way.claims));
    let page = way.back().await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("officer-17") && page.body.contains("陇西 &#60;质量&#62;"), "{}", page.body);
    // Nothing is bound by coming back; the form binds, once, in this session.
    assert!(world.access.identities(&account).await.expect("an answer").is_empty());
    let fields = [("found", page.field("found"))];
    let fields = [(fields[0].0, fields[0].1.as_str())];
    let (mut other, _) = world.signed_in("other", &[]).await;
    world.strong(&mut other).await;
    let mut third = way.client.clone();
    assert_eq!(third.post("/account/identities", &fields).await.status, 403, "without the page's token");
    assert_eq!(way.client.submit("/account", "/account/identities", &fields).await.status, 303);
    assert_eq!(way.client.submit("/account", "/account/identities", &fields).await.status, 400);
    let bound = world.access.identities(&account).await.expect("an answer");
    assert_eq!((bound.len(), bound[0].subject.as_str(), &bound[0].made_by), (1, "officer-17", &account));
    // Nobody else binds the same identity, and nobody takes over what somebody else has found.
    let mut way = Way::begin(&world, &idp, other.clone(), start).await;
    idp.gives(&key.token(&way.claims));
    let page = way.back().await;
    let found = page.field("found");
    let fields = [("found", found.as_str())];
    assert_eq!(client.submit("/account", "/account/identities", &fields).await.status, 400);
    let mut way = Way::begin(&world, &idp, other, start).await;
    idp.gives(&key.token(&way.claims));
    let found = way.back().await.field("found");
    let answer = way.client.submit("/account", "/account/identities", &[("found", &found)]).await;
    assert!(answer.status == 422 && answer.body.contains("ZH4209"), "{}", answer.body);
    // It can be ended, after confirming, by its owner alone.
    let fields = [("identity", bound[0].id.as_str())];
    assert_eq!(way.client.submit("/account", "/account/identities/end", &fields).await.status, 404);
    let mut weak = world.sign_in("zj").await;
    assert_eq!(weak.submit("/account", "/account/identities/end", &fields).await.status, 403);
    assert_eq!(client.submit("/account", "/account/identities/end", &fields).await.status, 303);
    assert!(world.access.identities(&account).await.expect("an answer").is_empty());
    assert_eq!(deeds(&world, DeedKind::Identity).await, ["bind city", "unbind city"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_binds_for_others() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let world = world(provider(&idp)).await;
    let (mut admin, own) = world.signed_in("sysadmin", &["system-admin"]).await;
    world.strong(&mut admin).await;
    let account = world.account("zj").await;
    let page = format!("/admin/accounts/{account}/identities");
    assert!(admin.get("/admin/accounts").await.body.contains(&page));
    for (fields, code) in [
        ([("provider", "none"), ("identity-subject", "officer-17")], "ZH7600"),
        ([("provider", "city"), ("identity-subject", "two words")], "ZH7609"),
    ] {
        let answer = admin.submit(&page, &page, &fields).await;
        let message = zhiheng_base::words::say(zhiheng_base::Lang::Zh, &code.to_lowercase(), &[]);
        assert!(answer.status == 422 && answer.body.contains(&message), "{}", answer.body);
    }
    let fields = [("provider", "city"), ("identity-subject", "officer-17")];
    assert_eq!(admin.submit(&page, &page, &fields).await.status, 303);
    assert_eq!(admin.submit(&page, &page, &fields).await.status, 422, "bound twice");
    let to_self = format!("/admin/accounts/{own}/identities");
    assert_eq!(admin.submit("/admin/accounts", &to_self, &fields).await.status, 403);
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    assert_eq!(way.back().await.status, 303);
    assert!(way.client.get("/account").await.body.contains("管理员"));
    let bound = world.access.identities(&account).await.expect("an answer");
    let end = format!("{page}/end");
    assert_eq!(admin.submit(&page, &end, &[("identity", &bound[0].id)]).await.status, 303);
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    assert!(way.back().await.body.contains("ZH7605"));
    let wanted = [format!("bind city {account}"), format!("unbind city {account}")];
    assert_eq!(deeds(&world, DeedKind::Identity).await, wanted);
    // Erasing takes the bindings with it.
    bind(&world, &idp, &account).await;
    world.access.erase_account(&account, world.now()).await.expect("erased");
    assert!(world.access.identities(&account).await.expect("an answer").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_confirms_only_where_the_settings_say_so_and_just_now() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let start = "/account/confirm/with/city?back=/account";
    let world = world(provider(&idp)).await;
    let (mut client, _) = world.signed_in("zj", &[]).await;
    assert_eq!(client.get(start).await.status, 404, "the settings say nothing");

    let mut own = provider(&idp);
    own.strong_acr = vec!["urn:example:key".to_owned()];
    own.strong_amr = vec!["hwk".to_owned()];
    let world = crate::oidc_way::world(own).await;
    let (mut client, account) = world.signed_in("zj", &[]).await;
    assert!(!client.get("/account/confirm").await.body.contains("with/city"), "not bound");
    bind(&world, &idp, &account).await;
    assert!(client.get("/account/confirm").await.body.contains("/account/confirm/with/city?back=%2F"));
    let strong = |client: &Client| {
        let mut client = client.clone();
        async move { client.get("/account/identities/add/city").await.status == 200 }
    };
    let now = world.now().as_second();
    for (name, changes, code) in [
        ("weak", json!({ "acr": "urn:example:password", "auth_time": now }), "ZH7607"),
        ("nothing said", json!({ "auth_time": now }), "ZH7607"),
        ("of yesterday", json!({ "acr": "urn:example:key", "auth_time": now - 86_400 }), "ZH7607"),
        ("of no time", json!({ "acr": "urn:example:key" }), "ZH7607"),
        (
            "of somebody else",
            json!({ "acr": "urn:example:key", "auth_time": now, "sub": "officer-18" }),
            "ZH7608",
        ),
    ] {
        let mut way = Way::begin(&world, &idp, client.clone(), start).await;
        assert_eq!(
            (way.asked["max_age"].as_str(), way.asked["acr_values"].as_str()),
            ("0", "urn:example:key")
        );
        for (claim, value) in changes.as_object().expect("an object") {
            way.claims[claim] = value.clone();
        }
        idp.gives(&key.token(&way.claims));
        let answer = way.back().await;
        assert!(answer.status == 403 && answer.body.contains(code), "{name}: {}", answer.body);
        assert!(!strong(&way.client).await, "{name}");
    }
    for says in [json!({ "acr": "urn:example:key" }), json!({ "amr": ["pwd", "hwk"] })] {
        let fresh = world.sign_in("zj").await;
        let mut way = Way::begin(&world, &idp, fresh, start).await;
        way.claims["auth_time"] = json!(now);
        for (claim, value) in says.as_object().expect("an object") {
            way.claims[claim] = value.clone();
        }
        idp.gives(&key.token(&way.claims));
        let answer = way.back().await;
        assert_eq!((answer.status, answer.header("location")), (303, "/account"), "{}", answer.body);
        assert!(strong(&way.client).await, "{says}");
    }
    assert_eq!(deeds(&world, DeedKind::StepUp).await, ["identity city"; 2]);
}
