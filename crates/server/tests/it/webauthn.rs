//! Security keys: added once, believed when everything fits, and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use zhiheng_record::access::DeedKind;

use crate::client::{Answer, Client};
use crate::key::{Key, UP, UV};
use crate::oidc_way::deeds;
use crate::world::{PASSWORD, World, limits, settings};

/// A server under a name, and what a browser there has as its origin.
async fn world() -> (World, String) {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let origin = format!("http://localhost:{}", free.port());
    let mut settings = settings(limits());
    settings.officers.listen = free;
    settings.officers.origin = Some(origin.clone());
    (World::with(settings).await, origin)
}

/// A browser signed in at that name, having confirmed by password if so.
async fn signed_in(world: &World, origin: &str, login: &str, strong: bool) -> Client {
    let mut client = world.officers().with("Origin", origin);
    let answer = client.submit("/login", "/login", &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    if strong {
        world.strong(&mut client).await;
    }
    client
}

/// What the page at `path` asks of a key.
async fn options(client: &mut Client, path: &str) -> Value {
    let page = client.get(path).await;
    let rest =
        page.body.split("data-options=\"").nth(1).unwrap_or_else(|| panic!("no options: {}", page.body));
    let text = rest.split('"').next().expect("an end").replace("&#34;", "\"").replace("&#38;", "&");
    serde_json::from_str(&text).expect("JSON")
}

async fn challenge(client: &mut Client, path: &str) -> String {
    options(client, path).await["challenge"].as_str().expect("a challenge").to_owned()
}

async fn send(client: &mut Client, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.submit("/account", path, &fields).await
}

async fn add(client: &mut Client, key: &Key) -> Answer {
    let challenge = challenge(client, "/account/keys/add").await;
    send(client, "/account/keys", &key.made(&challenge)).await
}

async fn show(client: &mut Client, key: &Key) -> Answer {
    let challenge = challenge(client, "/account/confirm").await;
    send(client, "/account/confirm/key", &key.shown(&challenge)).await
}

/// Whether the page says what this code says.
fn says(answer: &Answer, code: &str) -> bool {
    let message = zhiheng_base::words::say(zhiheng_base::Lang::Zh, &code.to_lowercase(), &[]);
    answer.status == 422 && answer.body.contains(&message)
}

async fn is_strong(client: &mut Client) -> bool {
    client.get("/account/keys/add").await.status == 200
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_each_kind_is_added_confirms_and_is_removed() {
    let (world, origin) = world().await;
    let account = world.account("zj").await;
    let mut weak = signed_in(&world, &origin, "zj", false).await;
    assert_eq!(weak.get("/account/keys/add").await.status, 403);
    assert!(!weak.get("/account/confirm").await.body.contains("data-key"), "no key yet");
    for (n, key) in [Key::ec(&origin), Key::ed(&origin), Key::rsa(&origin)].into_iter().enumerate() {
        // Keys stand in the order in which they were added.
        world.later(1);
        let mut client = signed_in(&world, &origin, "zj", true).await;
        let asked = options(&mut client, "/account/keys/add").await;
        assert_eq!(asked["rp"]["id"], "localhost");
        assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(asked["excludeCredentials"].as_array().map(Vec::len), Some(n));
        assert_eq!(asked["user"]["id"], URL_SAFE_NO_PAD.encode(&account));
        let answer = add(&mut client, &key).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/account"), "{}", answer.body);
        assert!(client.get("/account").await.body.contains("办公室的密钥"));
        // The same key is not added twice, not to another account either.
        assert!(says(&add(&mut client, &key).await, "ZH4210"));

        let mut client = signed_in(&world, &origin, "zj", false).await;
        assert!(!is_strong(&mut client).await);
        let asked = options(&mut client, "/account/confirm").await;
        assert_eq!(
            (asked["rpId"].as_str(), asked["userVerification"].as_str()),
            (Some("localhost"), Some("required"))
        );
        assert_eq!(asked["allowCredentials"].as_array().map(Vec::len), Some(n + 1));
        let before = client.clone();
        let used = Key { counter: 8, ..key };
        let answer = show(&mut client, &used).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert!(is_strong(&mut client).await);
        assert_eq!(
            before.clone().get("/account").await.status,
            401,
            "the session goes on under the old secret"
        );
        // Without script the password remains.
        let mut plain = signed_in(&world, &origin, "zj", false).await;
        world.strong(&mut plain).await;
    }
    let keys = world.access.keys(&account).await.expect("keys");
    let counters: Vec<u32> = keys.iter().map(|key| key.counter).collect();
    assert_eq!(counters, [8, 8, 8]);
    let gone = [("key".to_owned(), keys[0].id.clone())];
    let mut weak = signed_in(&world, &origin, "zj", false).await;
    assert_eq!(send(&mut weak, "/account/keys/remove", &gone).await.status, 403);
    world.account("other").await;
    let mut other = signed_in(&world, &origin, "other", true).await;
    assert_eq!(send(&mut other, "/account/keys/remove", &gone).await.status, 404);
    let mut client = signed_in(&world, &origin, "zj", true).await;
    assert_eq!(send(&mut client, "/account/keys/remove", &gone).await.status, 303);
    let left = world.access.keys(&account).await.expect("keys");
    assert_eq!(left.len(), 2);
    let trail = deeds(&world, DeedKind::Key).await;
    let short = |n: usize| keys[n].id[..12].to_owned();
    let wanted: Vec<String> = (0..3)
        .flat_map(|n| [format!("add {}", short(n)), "refuse new ZH4210".to_owned()])
        .chain([format!("remove {}", short(0))])
        .collect();
    assert_eq!(trail, wanted);
    assert!(deeds(&world, DeedKind::StepUp).await.contains(&format!("key {}", short(1))));
    world.access.erase_account(&account, world.now()).await.expect("erased");
    assert!(world.access.keys(&account).await.expect("keys").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_adds_no_key() {
    let (world, origin) = world().await;
    let account = world.account("zj").await;
    let mut client = signed_in(&world, &origin, "zj", true).await;
    let good = || Key::ec(&origin);
    let other_site = Key { origin: origin.replace("localhost", "localhost.evil.example"), ..good() };
    let other_port = Key { origin: format!("{origin}0"), ..good() };
    let other_name = Key { site: "evil.example".to_owned(), ..good() };
    for (name, key, code) in [
        ("another origin", other_site, "ZH7613"),
        ("another port", other_port, "ZH7613"),
        ("another site's key", other_name, "ZH7613"),
        ("nobody verified", Key { flags: UP, ..good() }, "ZH7614"),
        ("nobody present", Key { flags: UV, ..good() }, "ZH7614"),
    ] {
        assert!(says(&add(&mut client, &key).await, code), "{name}");
    }
    // Bytes too few, too many, of another kind.
    let key = good();
    let said = key.said(Some(&key.cose()));
    let p384 = key.cose().iter().map(|byte| if *byte == 0x26 { 0x38 } else { *byte }).collect::<Vec<_>>();
    let mut twice = key.cose();
    twice[0] = 0xa6;
    twice.extend([0x03, 0x26]);
    for (name, bytes, code) in [
        ("cut", said[..said.len() - 1].to_vec(), "ZH7611"),
        ("longer", [said.as_slice(), &[0]].concat(), "ZH7611"),
        ("no key", key.said(None), "ZH7611"),
        ("nothing", Vec::new(), "ZH7611"),
        ("another algorithm", key.said(Some(&p384)), "ZH7611"),
        ("an algorithm twice", key.said(Some(&twice)), "ZH7615"),
        ("an unknown kind", key.said(Some(&[0xa1, 0x01, 0x04])), "ZH7615"),
        ("no map", key.said(Some(&[0x01])), "ZH7615"),
    ] {
        let challenge = challenge(&mut client, "/account/keys/add").await;
        let answer = send(&mut client, "/account/keys", &key.made_of(&challenge, &bytes)).await;
        assert!(says(&answer, code), "{name}: {}", answer.body);
    }
    // Parts that are missing, are no base64url, or are deep enough to exhaust a reader.
    let deep = [vec![0x81; 10_000], vec![0]].concat();
    for (name, value) in [
        ("attestation", String::new()),
        ("attestation", "***".to_owned()),
        ("attestation", URL_SAFE_NO_PAD.encode(deep)),
        ("client", String::new()),
    ] {
        let challenge = challenge(&mut client, "/account/keys/add").await;
        let mut fields = key.made(&challenge);
        fields.iter_mut().filter(|(each, _)| each == name).for_each(|(_, each)| each.clone_from(&value));
        assert!(says(&send(&mut client, "/account/keys", &fields).await, "ZH7611"), "{name}");
    }
    // A challenge is for one browser, one task, once, for five minutes.
    let first = challenge(&mut client, "/account/keys/add").await;
    let mut elsewhere = signed_in(&world, &origin, "zj", true).await;
    assert!(says(&send(&mut elsewhere, "/account/keys", &key.made(&first)).await, "ZH7612"));
    assert!(says(&send(&mut client, "/account/keys", &key.made(&first)).await, "ZH7612"), "taken twice");
    assert!(says(&send(&mut client, "/account/keys", &key.made("made up")).await, "ZH7612"));
    let late = challenge(&mut client, "/account/keys/add").await;
    world.later(301);
    assert!(says(&send(&mut client, "/account/keys", &key.made(&late)).await, "ZH7612"));
    assert!(world.access.keys(&account).await.expect("keys").is_empty());
    let answer = add(&mut client, &key).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_confirms_nothing() {
    let (world, origin) = world().await;
    world.account("zj").await;
    world.account("other").await;
    let mut client = signed_in(&world, &origin, "zj", true).await;
    let mut key = Key::ec(&origin);
    assert_eq!(add(&mut client, &key).await.status, 303);
    let mut other = signed_in(&world, &origin, "other", true).await;
    let theirs = Key::ec(&origin);
    assert_eq!(add(&mut other, &theirs).await.status, 303);

    let mut client = signed_in(&world, &origin, "zj", false).await;
    key.counter = 20;
    type Bent<'a> = (&'a str, Box<dyn Fn(&mut Key)>, &'a str);
    let bent: Vec<Bent<'_>> = vec![
        ("another origin", Box::new(|key| key.origin = "https://localhost".to_owned()), "ZH7613"),
        ("another site", Box::new(|key| key.site = "evil.example".to_owned()), "ZH7613"),
        ("nobody verified", Box::new(|key| key.flags = UP), "ZH7614"),
        ("nobody present", Box::new(|key| key.flags = UV), "ZH7614"),
    ];
    for (name, bend, code) in bent {
        let (origin, site, flags) = (key.origin.clone(), key.site.clone(), key.flags);
        bend(&mut key);
        let answer = show(&mut client, &key).await;
        assert!(says(&answer, code), "{name}: {}", answer.body);
        (key.origin, key.site, key.flags) = (origin, site, flags);
        // Failures make one wait, as with passwords.
        world.later(60);
        assert!(!is_strong(&mut client).await, "{name}");
    }
    let forge = async |client: &mut Client, name: &str, bytes: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        // As long as the longest wait after failures.
        world.later(900);
        client.get("/account").await;
        let challenge = challenge(client, "/account/confirm").await;
        let mut fields = key.shown(&challenge);
        for (_, value) in fields.iter_mut().filter(|(each, _)| each == name) {
            *value = URL_SAFE_NO_PAD.encode(bytes(URL_SAFE_NO_PAD.decode(&*value).expect("bytes")));
        }
        send(client, "/account/confirm/key", &fields).await
    };
    let answer = forge(&mut client, "signature", &|mut bytes| {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    });
    assert!(says(&answer.await, "ZH7616"));
    assert!(says(&forge(&mut client, "signature", &|_| vec![0; 64]).await, "ZH7616"));
    // The counter is part of what is signed.
    let answer = forge(&mut client, "said", &|mut bytes| {
        bytes[36] ^= 1;
        bytes
    });
    assert!(says(&answer.await, "ZH7616"));
    assert!(says(&forge(&mut client, "said", &|bytes| bytes[..36].to_vec()).await, "ZH7611"));
    assert!(says(&forge(&mut client, "signature", &|_| Vec::new()).await, "ZH7611"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("a text");
    let other = move |bytes| text(bytes).replace("webauthn.get", "webauthn.create").into();
    let answer = forge(&mut client, "client", &other);
    assert!(says(&answer.await, "ZH7611"));
    let framed = move |bytes| text(bytes).replace("false", "true").into();
    let answer = forge(&mut client, "client", &framed);
    assert!(says(&answer.await, "ZH7613"), "in another site's frame");
    // Somebody else's key, and one that nobody knows.
    for stranger in [&theirs, &Key::ec(&origin)] {
        world.later(900);
        client.get("/account").await;
        assert!(says(&show(&mut client, stranger).await, "ZH7617"));
    }
    world.later(900);
    assert!(!is_strong(&mut client).await);
    // A challenge for adding does not serve for showing, and none serves twice.
    let mut strong = signed_in(&world, &origin, "zj", true).await;
    let adding = challenge(&mut strong, "/account/keys/add").await;
    let answer = send(&mut strong, "/account/confirm/key", &key.shown(&adding)).await;
    assert!(says(&answer, "ZH7612"));
    let once = challenge(&mut strong, "/account/confirm").await;
    assert_eq!(send(&mut strong, "/account/confirm/key", &key.shown(&once)).await.status, 303);
    key.counter = 21;
    assert!(says(&send(&mut strong, "/account/confirm/key", &key.shown(&once)).await, "ZH7612"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_that_goes_back_is_refused_and_noted() {
    let (world, origin) = world().await;
    let account = world.account("zj").await;
    let mut client = signed_in(&world, &origin, "zj", true).await;
    let mut key = Key::ec(&origin);
    assert_eq!(add(&mut client, &key).await.status, 303);
    for (counter, fits) in [(8, true), (8, false), (7, false), (0, false), (9, true)] {
        key.counter = counter;
        let answer = show(&mut client, &key).await;
        assert_eq!(answer.status == 303, fits, "{counter}: {}", answer.body);
        assert!(fits || says(&answer, "ZH7618"), "{counter}");
    }
    let id = URL_SAFE_NO_PAD.encode(&key.id);
    let refused = format!("refuse {} ZH7618", &id[..12]);
    assert_eq!(deeds(&world, DeedKind::Key).await[1..], [refused.clone(), refused.clone(), refused]);
    assert_eq!(world.access.keys(&account).await.expect("keys")[0].counter, 9);
    // Keys that do not count stay at nought.
    let mut client = signed_in(&world, &origin, "zj", true).await;
    let still = Key { counter: 0, ..Key::ed(&origin) };
    assert_eq!(add(&mut client, &still).await.status, 303);
    for _ in 0..2 {
        assert_eq!(show(&mut client, &still).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_with_keys_makes_one_wait() {
    let (world, origin) = world().await;
    world.account("zj").await;
    let mut client = signed_in(&world, &origin, "zj", true).await;
    let mut key = Key::ec(&origin);
    assert_eq!(add(&mut client, &key).await.status, 303);
    let stranger = Key::ec(&origin);
    for _ in 0..5 {
        assert!(says(&show(&mut client, &stranger).await, "ZH7617"));
    }
    key.counter = 8;
    assert_eq!(show(&mut client, &key).await.status, 429);
    world.later(10);
    assert_eq!(show(&mut client, &key).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_a_bare_address_there_are_no_keys() {
    let world = World::new().await;
    let (mut client, _) = world.signed_in("zj", &[]).await;
    world.strong(&mut client).await;
    assert!(!client.get("/account").await.body.contains("/account/keys/add"));
    let answer = client.get("/account/keys/add").await;
    assert!(answer.status == 404 && answer.body.contains("ZH7610"), "{}", answer.body);
}
