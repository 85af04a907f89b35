//! Programs with tokens.

use crate::world::{PASSWORD, World};

fn secret(body: &str) -> String {
    let rest = body.split("<code class=\"secret\">").nth(1).unwrap_or_default();
    rest.split('<').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_has_the_rights_of_its_account_within_its_scopes() {
    let world = World::new().await;
    let (mut client, account) = world.signed_in("lims", &["laboratory"]).await;
    let fields = [
        ("token-name", "实验室系统"),
        ("token-days", "30"),
        ("scopes", "see"),
        ("scopes", "test"),
        ("scopes", "manage-grants"),
    ];
    assert_eq!(
        client.submit("/account", "/account/tokens", &fields).await.status,
        403,
        "without the second factor"
    );
    world.strong(&mut client).await;
    for bad in [
        [("token-name", ""), ("token-days", "30"), ("scopes", "see")],
        [("token-name", "x"), ("token-days", "0"), ("scopes", "see")],
        [("token-name", "x"), ("token-days", "366"), ("scopes", "see")],
        [("token-name", "x"), ("token-days", "30"), ("scopes", "manage-grants")],
    ] {
        assert_eq!(client.submit("/account", "/account/tokens", &bad).await.status, 422, "{bad:?}");
    }
    let made = client.submit("/account", "/account/tokens", &fields).await;
    let token = secret(&made.body);
    assert!(token.starts_with("zht_") && token.len() == 47, "{}", made.body);
    assert!(!client.get("/account").await.body.contains(&token), "the token is shown twice");

    let program = |token: &str| world.officers().with("Authorization", &format!("Bearer {token}"));
    let answer = program(&token).get("/api/v1/me").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(json["data"]["account"], account.as_str());
    assert_eq!(json["data"]["scopes"], serde_json::json!(["see", "test"]));
    assert_eq!(json["data"]["rights"][0]["role"], "laboratory");
    assert_eq!(json["meta"]["as_of"], 2, "the grant's two entries");

    for wrong in ["zht_", "x", &format!("zht_{}", "A".repeat(43)), &token[4..], &format!("{token}A")] {
        let answer = program(wrong).get("/api/v1/me").await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "ZH7518"), "{wrong}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    // A token opens no pages.
    assert_eq!(program(&token).get("/account").await.status, 401);
    world.later(30 * 86_400);
    assert_eq!(program(&token).get("/api/v1/me").await.status, 401, "past its end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_token_is_dead_and_nobody_revokes_anothers() {
    let world = World::new().await;
    let (mut client, account) = world.signed_in("lims", &["laboratory"]).await;
    world.strong(&mut client).await;
    let made = client
        .submit(
            "/account",
            "/account/tokens",
            &[("token-name", "x"), ("token-days", "30"), ("scopes", "see")],
        )
        .await;
    let mut program = world.officers().with("Authorization", &format!("Bearer {}", secret(&made.body)));
    let id = world.access.tokens(&account).await.expect("tokens")[0].id.clone();
    let (mut other, _) = world.signed_in("other", &[]).await;
    assert_eq!(other.submit("/account", "/account/tokens/revoke", &[("token", &id)]).await.status, 404);
    assert_eq!(program.get("/api/v1/me").await.status, 200);
    assert_eq!(client.submit("/account", "/account/tokens/revoke", &[("token", &id)]).await.status, 303);
    assert_eq!(program.get("/api/v1/me").await.status, 401);
    // The password of the account still works: a token is not the account.
    assert_eq!(
        world
            .officers()
            .submit("/login", "/login", &[("login", "lims"), ("password", PASSWORD)])
            .await
            .status,
        303
    );
}
