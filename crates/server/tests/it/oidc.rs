//! Signing in with an identity elsewhere: what is believed, and what is not.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zhiheng_record::access::DeedKind;
use zhiheng_server::settings::EgressSettings;

use crate::client::Answer;
use crate::idp::{Idp, Signer};
use crate::oidc_way::{CLIENT, Way, bind, deeds, plain, provider, world};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identity_that_is_bound_signs_in_and_gives_no_right() {
    let key = Signer::rsa("r1");
    let idp = Idp::open(&[&key]).await;
    let world = world(provider(&idp)).await;
    let mut way = Way::login(&world, &idp).await;
    assert_eq!(way.asked["response_type"], "code");
    assert_eq!(way.asked["client_id"], CLIENT);
    assert_eq!(way.asked["scope"], "openid profile");
    assert_eq!(way.asked["code_challenge_method"], "S256");
    let redirect = format!("http://{}/login/from/city", way.client.address);
    assert_eq!(way.asked["redirect_uri"], redirect);
    // Nobody is made by what a provider says.
    idp.gives(&key.token(&way.claims));
    let answer = way.back().await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("ZH7605") && answer.body.contains("officer-17"), "{}", answer.body);
    assert!(!way.is_in());

    let account = world.account("zj").await;
    bind(&world, &idp, &account).await;
    let mut way = Way::login(&world, &idp).await;
    way.claims["acr"] = json!("urn:very:strong");
    way.claims["roles"] = json!(["system-admin"]);
    idp.gives(&key.token(&way.claims));
    let answer = way.back().await;
    assert_eq!((answer.status, answer.header("location")), (303, "/assess"), "{}", answer.body);
    assert!(way.is_in() && !way.client.cookies.contains_key("zh-visit"));
    // The verifier that was sent is the one whose hash was announced.
    let (_, head, body) = idp.asked("/token").pop().expect("a question");
    assert!(!head.to_lowercase().contains("authorization:"), "a client without a secret");
    let fields: BTreeMap<&str, String> =
        body.split('&').filter_map(|pair| pair.split_once('=')).map(|(a, b)| (a, plain(b))).collect();
    assert_eq!(URL_SAFE_NO_PAD.encode(Sha256::digest(&fields["code_verifier"])), way.asked["code_challenge"]);
    assert_eq!((fields["code"].as_str(), &fields["redirect_uri"]), ("c1", &redirect));
    assert_eq!(fields["client_id"], CLIENT);
    // It is the local account, with its rights, and nothing was confirmed.
    let page = way.client.get("/account").await;
    assert!(page.body.contains("officer-17") && page.body.contains("还没有权限"), "{}", page.body);
    assert_eq!(way.client.get("/account/keys/add").await.status, 403, "what is said counts as confirmation");
    assert_eq!(deeds(&world, DeedKind::Login).await, ["login city"]);
    assert_eq!(deeds(&world, DeedKind::LoginFailed).await, ["login city"]);

    world.access.set_locked(&account, true, world.now()).await.expect("locked");
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    let answer = way.back().await;
    assert!(answer.status == 403 && answer.body.contains("ZH7606") && !way.is_in(), "{}", answer.body);
}

/// A token that is not believed: what is changed, and what the log says.
type Lie = (&'static str, fn(&mut Value), &'static str);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_lies_lets_nobody_in() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let world = world(provider(&idp)).await;
    let account = world.account("zj").await;
    bind(&world, &idp, &account).await;
    let lies: [Lie; 16] = [
        ("another nonce", |token| token["nonce"] = json!("x"), "another nonce"),
        ("no nonce", |token| drop(token.as_object_mut().map(|all| all.remove("nonce"))), "another nonce"),
        ("for somebody else", |token| token["aud"] = json!("another"), "another audience"),
        ("for others, too", |token| token["aud"] = json!([CLIENT, "another"]), "another audience"),
        ("for nobody", |token| token["aud"] = json!([]), "another audience"),
        ("issued to somebody else", |token| token["azp"] = json!("another"), "another party"),
        ("another issuer", |token| token["iss"] = json!("https://evil.example"), "another issuer"),
        (
            "almost the issuer",
            |token| token["iss"] = json!(format!("{}/", token["iss"].as_str().unwrap())),
            "another issuer",
        ),
        ("over", |token| token["exp"] = json!(token["iat"].as_i64().unwrap() - 61), "over"),
        ("without an end", |token| drop(token.as_object_mut().map(|all| all.remove("exp"))), "over"),
        ("an end in words", |token| token["exp"] = json!("9999999999"), "over"),
        ("of the future", |token| token["iat"] = json!(token["iat"].as_i64().unwrap() + 90), "issued"),
        ("of before the login", |token| token["iat"] = json!(token["iat"].as_i64().unwrap() - 90), "issued"),
        ("not yet", |token| token["nbf"] = json!(token["iat"].as_i64().unwrap() + 90), "issued"),
        ("nobody", |token| token["sub"] = json!(""), "no subject"),
        ("a subject with a space", |token| token["sub"] = json!("officer-17 "), "no subject"),
    ];
    for (name, lie, why) in lies {
        let mut way = Way::login(&world, &idp).await;
        lie(&mut way.claims);
        idp.gives(&key.token(&way.claims));
        let answer = way.back().await;
        assert_eq!(answer.status, 502, "{name}");
        assert!(answer.body.contains("ZH7602") && !way.is_in(), "{name}: {}", answer.body);
        let log = world.log.lock().expect("a lock").clone();
        assert!(
            log.iter().rev().any(|line| line.contains("ID token: ") && line.contains(why)),
            "{name}: {log:?}"
        );
        world.log.lock().expect("a lock").clear();
    }
    // What is within a minute, or says more than it must, is believed.
    let truths: [fn(&mut Value); 4] = [
        |token| token["exp"] = json!(token["iat"].as_i64().unwrap() - 59),
        |token| token["aud"] = json!([CLIENT]),
        |token| token["azp"] = json!(CLIENT),
        |token| token["iat"] = json!(token["iat"].as_f64().unwrap() + 0.5),
    ];
    for (n, truth) in truths.into_iter().enumerate() {
        let mut way = Way::login(&world, &idp).await;
        truth(&mut way.claims);
        idp.gives(&key.token(&way.claims));
        let answer = way.back().await;
        assert!(answer.status == 303 && way.is_in(), "{n}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_is_by_a_key_of_the_provider_and_by_its_kind() {
    let (key, rsa, other) = (Signer::ec("e1"), Signer::rsa("r1"), Signer::ec("e1"));
    let idp = Idp::open(&[&key, &rsa]).await;
    let world = world(provider(&idp)).await;
    let account = world.account("zj").await;
    bind(&world, &idp, &account).await;
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let shared = |secret: &[u8], claims: &Value| {
        let text = format!("{}.{}", part(&json!({ "alg": "HS256", "kid": "r1" })), part(claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key");
        mac.update(text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    };
    let modulus = URL_SAFE_NO_PAD.decode(rsa.public()["n"].as_str().expect("a text")).expect("bytes");
    let jwk = rsa.public().to_string();
    type Forged<'a> = (&'a str, Box<dyn Fn(&Value) -> String + 'a>);
    let forged: Vec<Forged<'_>> = vec![
        ("a stranger's key under a known id", Box::new(|claims| other.token(claims))),
        ("nobody's id", Box::new(|claims| key.signed(&json!({ "alg": "ES256", "kid": "e9" }), claims))),
        ("no signature", Box::new(|claims| format!("{}.{}.", part(&json!({ "alg": "none" })), part(claims)))),
        (
            "no signature, spelt otherwise",
            Box::new(|claims| format!("{}.{}.", part(&json!({ "alg": "NoNe", "kid": "e1" })), part(claims))),
        ),
        ("the modulus as a shared secret", Box::new(|claims| shared(&modulus, claims))),
        ("the public key's text as a shared secret", Box::new(|claims| shared(jwk.as_bytes(), claims))),
        (
            "a key used as another kind",
            Box::new(|claims| key.signed(&json!({ "alg": "RS256", "kid": "e1" }), claims)),
        ),
        (
            "an algorithm that the key is not for",
            Box::new(|claims| key.signed(&json!({ "alg": "EdDSA", "kid": "e1" }), claims)),
        ),
        (
            "what must be understood",
            Box::new(|claims| {
                key.signed(&json!({ "alg": "ES256", "kid": "e1", "crit": ["b64"], "b64": false }), claims)
            }),
        ),
        (
            "a changed word",
            Box::new(|claims| {
                let token = key.token(claims);
                let signature = token.rsplit_once('.').expect("parts").1.to_owned();
                let mut claims = claims.clone();
                claims["sub"] = json!("officer-18");
                format!("{}.{}.{signature}", part(&json!({ "alg": "ES256", "kid": "e1" })), part(&claims))
            }),
        ),
        (
            "an empty signature",
            Box::new(|claims| {
                let token = key.token(claims);
                format!("{}.", token.rsplit_once('.').expect("parts").0)
            }),
        ),
        ("half a token", Box::new(|claims| part(claims))),
        ("padding", Box::new(|claims| format!("{}==", key.token(claims)))),
    ];
    for (name, forge) in &forged {
        let mut way = Way::login(&world, &idp).await;
        idp.gives(&forge(&way.claims));
        let answer = way.back().await;
        assert!(answer.status == 502 && answer.body.contains("ZH7602"), "{name}: {}", answer.body);
        assert!(!way.is_in(), "{name}");
    }
    // The same claims by either key of the provider, with its id and without.
    for token in
        [Signer::token, |key: &Signer, claims: &Value| key.signed(&json!({ "alg": "ES256" }), claims)]
    {
        let mut way = Way::login(&world, &idp).await;
        idp.gives(&token(&key, &way.claims));
        assert_eq!(way.back().await.status, 303);
    }
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&rsa.token(&way.claims));
    assert_eq!(way.back().await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_keys_are_asked_for_once_in_a_while() {
    let (old, new) = (Signer::ec("e1"), Signer::ec("e2"));
    let idp = Idp::open(&[&old]).await;
    let world = world(provider(&idp)).await;
    let account = world.account("zj").await;
    bind(&world, &idp, &account).await;
    // The first ten seconds after the keys were asked for, unknown ones are not asked for again.
    let mut way = Way::login(&world, &idp).await;
    idp.keys(&[&old, &new]);
    idp.gives(&new.token(&way.claims));
    assert_eq!(way.back().await.status, 502);
    assert_eq!(idp.asked("/keys").len(), 1);
    tokio::time::sleep(std::time::Duration::from_millis(10_200)).await;
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&new.token(&way.claims));
    assert_eq!(way.back().await.status, 303, "the provider's new key is not known");
    assert_eq!((idp.asked("/keys").len(), idp.asked("/.well-known/openid-configuration").len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_back_is_for_one_browser_once_and_in_time() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let world = world(provider(&idp)).await;
    let account = world.account("zj").await;
    bind(&world, &idp, &account).await;
    let refused = |answer: &Answer| answer.status == 400 && answer.body.contains("ZH7603");

    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    for bad in ["", "x", &"A".repeat(43)] {
        assert!(refused(&way.client.get(&format!("/login/from/city?code=c1&state={bad}")).await), "{bad}");
    }
    // In another browser it is nothing, and afterwards it is over in the right one, too.
    let mut thief = world.officers();
    thief.get("/login").await;
    let path = format!("/login/from/city?code=c1&state={}", way.asked["state"]);
    assert!(refused(&thief.get(&path).await));
    assert!(refused(&way.back().await) && !way.is_in());

    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    let before = way.client.clone();
    assert_eq!(way.back().await.status, 303);
    let mut again = Way { client: before, ..way };
    let questions = idp.asked("/token").len();
    assert!(refused(&again.back().await) && !again.is_in(), "a code is taken twice");
    assert_eq!(idp.asked("/token").len(), questions, "a code was sent twice");

    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    world.later(601);
    assert!(refused(&way.back().await));

    // What the provider says about itself, and that it does not want.
    let mut way = Way::login(&world, &idp).await;
    let path =
        format!("/login/from/city?code=c1&state={}&iss=https%3A%2F%2Fevil.example", way.asked["state"]);
    assert!(way.client.get(&path).await.body.contains("ZH7602"), "a mix-up");
    let mut way = Way::login(&world, &idp).await;
    let path = format!("/login/from/city?error=access_denied&state={}", way.asked["state"]);
    let answer = way.client.get(&path).await;
    assert!(answer.status == 403 && answer.body.contains("ZH7604") && answer.body.contains("access_denied"));
    assert!(answer.body.contains("/login?back=%2Fassess"), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_down_or_talks_nonsense_is_said_to_be() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let world = world(provider(&idp)).await;
    let begin = async || world.officers().get("/login/with/city").await;
    let well_known = "/.well-known/openid-configuration";
    let huge = format!("{{\"x\":\"{}\"}}", "x".repeat(70_000));
    for (status, body, code) in [
        (500, "", "ZH7601"),
        (404, "", "ZH7602"),
        (302, "", "ZH7601"),
        (200, "nonsense", "ZH7602"),
        (200, "{}", "ZH7602"),
        (200, huge.as_str(), "ZH7602"),
    ] {
        idp.answer(well_known, status, body);
        let answer = begin().await;
        assert!(answer.status == 502 && answer.body.contains(code), "{status}: {}", answer.body);
    }
    for changes in [
        json!({ "issuer": "https://evil.example" }),
        json!({ "authorization_endpoint": "javascript:alert(1)" }),
        json!({ "jwks_uri": "file:///etc/passwd" }),
        json!({ "jwks_uri": Value::Null }),
    ] {
        idp.describe(&changes);
        assert!(begin().await.body.contains("ZH7602"), "{changes}");
    }
    idp.describe(&json!({}));
    idp.answer("/keys", 302, "");
    assert!(begin().await.body.contains("ZH7601"), "a redirect is followed");
    idp.keys(&[&key]);
    // While somebody is there, it stops.
    let mut way = Way::login(&world, &idp).await;
    for (status, body, code) in [
        (503, "", "ZH7601"),
        (400, "{\"error\":\"invalid_grant\"}", "ZH7602"),
        (200, huge.as_str(), "ZH7602"),
        (200, "{}", "ZH7602"),
    ] {
        idp.answer("/token", status, body);
        let answer = way.back().await;
        assert!(answer.status == 502 && answer.body.contains(code), "{status}: {}", answer.body);
        way = Way::login(&world, &idp).await;
    }

    let mut down = provider(&idp);
    down.issuer = "http://127.0.0.1:9".to_owned();
    let world = crate::oidc_way::world(down).await;
    let answer = world.officers().get("/login/with/city?back=/assess").await;
    assert!(answer.status == 502 && answer.body.contains("ZH7601"), "{}", answer.body);
    assert_eq!(world.officers().get("/login").await.status, 200, "without it nobody can sign in");
    // Without leave, addresses of one's own network are not asked.
    let mut strict = provider(&idp);
    strict.egress = EgressSettings { private: false, plain: true, secs: 3 };
    strict.issuer = idp.issuer.replace("127.0.0.1", "localhost.example");
    let world = crate::oidc_way::world(strict).await;
    assert_eq!(world.officers().get("/login/with/city").await.status, 502);
    assert_eq!(world.officers().get("/login/with/none").await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_goes_where_the_provider_wants_it() {
    let key = Signer::ec("e1");
    let idp = Idp::open(&[&key]).await;
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), "p:s/w %\n").expect("written");
    let mut own = provider(&idp);
    own.client_secret_file = Some(file.path().to_owned());
    let world = world(own.clone()).await;
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    way.back().await;
    let (_, head, body) = idp.asked("/token").pop().expect("a question");
    // base64 of "zhiheng%20at%20city:p%3As%2Fw%20%25"
    let wanted = "Basic emhpaGVuZyUyMGF0JTIwY2l0eTpwJTNBcyUyRnclMjAlMjU=";
    assert!(head.contains(wanted) && !body.contains("client_secret"), "{head}");

    idp.describe(&json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] }));
    let world = crate::oidc_way::world(own).await;
    let mut way = Way::login(&world, &idp).await;
    idp.gives(&key.token(&way.claims));
    way.back().await;
    let (_, head, body) = idp.asked("/token").pop().expect("a question");
    assert!(!head.contains("Basic") && body.ends_with("client_secret=p%3As%2Fw%20%25"), "{body}");
}
