//! What every answer carries, what is kept where, and what the log never learns.

use std::io::Read as _;

use crate::world::{PASSWORD, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_guarded() {
    let world = World::new().await;
    let style = {
        let page = world.public().get("/").await.body;
        let rest = page.split("<link rel=\"stylesheet\" href=\"").nth(1).expect("a style sheet");
        rest.split('"').next().expect("its address").to_owned()
    };
    for path in
        ["/", "/login", "/nothing", &style, "/api/v1/version", "/health", "/account/../x", "/codes/ZH7501"]
    {
        for mut client in [world.officers(), world.officers().json()] {
            let answer = client.get(path).await;
            let policy = answer.header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'self';") && !policy.contains("unsafe"),
                "{path}: {policy}"
            );
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("server", "zhiheng"),
            ] {
                assert_eq!(answer.header(name), value, "{path} {name}");
            }
            assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
            let kept = answer.header("cache-control");
            assert_eq!(kept.contains("immutable"), path == style, "{path}: {kept}");
            assert!(path == style || kept == "no-store", "{path}: {kept}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_and_files_come_compressed_to_whoever_takes_it() {
    let world = World::new().await;
    let plain = world.public().get("/a11y").await;
    assert_eq!(plain.header("content-encoding"), "");
    let mut client = world.public().with("Accept-Encoding", "br, gzip;q=0.8");
    let host = client.address;
    let bytes = crate::client::raw(
        host,
        format!("GET /a11y HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n")
            .as_bytes(),
    )
    .await;
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[split..]).read_to_string(&mut text).expect("gzip");
    // Everything but the token of the forms is the same.
    assert_eq!(text.len(), plain.body.len());
    assert!(bytes.len() - split < text.len() * 2 / 3, "{} of {}", bytes.len() - split, text.len());
    let answer = client.get("/a11y").await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.header("vary").contains("Accept"), "{}", answer.header("vary"));
    let refused = world.public().with("Accept-Encoding", "gzip;q=0").get("/a11y").await;
    assert_eq!(refused.header("content-encoding"), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_speak_the_language_that_was_asked_for() {
    let world = World::new().await;
    let mut client = world.public().with("Accept-Language", "en-GB,en;q=0.8,zh;q=0.5");
    let page = client.get("/a11y").await.body;
    assert!(page.contains("<html lang=\"en\"") && page.contains("Skip to the text"), "{page}");
    let answer = client
        .submit(
            "/a11y",
            "/view",
            &[("lang", "zh-CN"), ("size", "large"), ("theme", "dark"), ("back", "/a11y")],
        )
        .await;
    assert_eq!((answer.status, answer.header("location")), (303, "/a11y"));
    let page = client.get("/a11y").await.body;
    assert!(page.contains("<html lang=\"zh-CN\" data-theme=\"dark\" data-size=\"large\">"), "{page}");
    let answer = client.submit("/a11y", "/view", &[("lang", "<script>"), ("back", "//evil.example")]).await;
    assert_eq!((answer.header("location"), answer.cookies().count()), ("/", 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_a_page_is_the_page_without_its_frame() {
    let world = World::new().await;
    let whole = world.public().get("/a11y").await.body;
    let part = world.public().with("HX-Request", "true").get("/a11y").await.body;
    assert!(!part.contains("<html") && part.contains("<h1>"), "{part}");
    assert!(whole.contains(part.trim()), "two texts for one page");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_knows_nothing_about_persons() {
    let world = World::new().await;
    let (mut client, account) = world.signed_in("longxi.zj", &["security-admin"]).await;
    world.strong(&mut client).await;
    let other = world.account("secret.person").await;
    client.get(&format!("/admin/grants/{other}?name=张三")).await;
    client.get("/nothing/张三").await;
    world.officers().submit("/login", "/login", &[("login", "longxi.zj"), ("password", "wrong horse")]).await;
    let log = world.log.lock().expect("a log").join("\n");
    assert!(log.lines().count() >= 8, "{log}");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(line["status"].is_u64() && line["request"].is_string(), "{line}");
    }
    assert!(log.contains("\"route\":\"/admin/grants/{account}\""), "{log}");
    for private in ["longxi", "secret", "127.0.0.1", "张三", "%E5", &account, &other, PASSWORD, "name="] {
        assert!(!log.contains(private), "{private} is in the log: {log}");
    }
}
