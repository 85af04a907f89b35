//! Requests that two readers could see differently: one answer, an end of the connection, and nothing smuggled.

use zhiheng_server::settings::Limits;

use crate::client::{parse, raw};
use crate::world::{World, limits, settings};

/// A second request that must not be seen as one.
const INNER: &str = "GET /version HTTP/1.1\r\nHost: {host}\r\nX-Inner: 1\r\n\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_smuggled() {
    let world = World::new().await;
    let address = world.officers().address;
    let host = address.to_string();
    let head = format!("POST /view HTTP/1.1\r\nHost: {host}\r\n");
    let inner = INNER.replace("{host}", &host);
    let rows: Vec<(&str, String, &[u16])> = vec![
        (
            "length and chunks",
            format!("{head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}"),
            &[400, 411],
        ),
        (
            "chunks and length",
            format!("{head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n{inner}"),
            &[400, 411],
        ),
        ("chunks", format!("{head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}"), &[411]),
        (
            "chunks in a mask",
            format!("{head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{inner}"),
            &[400, 411],
        ),
        (
            "chunks twice",
            format!("{head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{inner}"),
            &[400, 411],
        ),
        (
            "a space before the colon",
            format!("{head}Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{inner}"),
            &[400],
        ),
        (
            "a folded line",
            format!("{head}X: 1\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{inner}"),
            &[400],
        ),
        ("two lengths", format!("{head}Content-Length: 0\r\nContent-Length: 60\r\n\r\n{inner}"), &[400]),
        ("a list of lengths", format!("{head}Content-Length: 0, 60\r\n\r\n{inner}"), &[400]),
        ("a signed length", format!("{head}Content-Length: +5\r\n\r\n12345{inner}"), &[400]),
        ("a length in hex", format!("{head}Content-Length: 0x5\r\n\r\n12345{inner}"), &[400]),
        ("a negative length", format!("{head}Content-Length: -1\r\n\r\n{inner}"), &[400]),
        (
            "an endless length",
            format!("{head}Content-Length: 99999999999999999999999\r\n\r\n{inner}"),
            &[400],
        ),
        ("no host", "GET / HTTP/1.1\r\n\r\n".to_owned(), &[400]),
        ("two hosts", format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n"), &[400]),
        ("another host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), &[421]),
        ("another target", format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n"), &[400]),
        ("an old version", format!("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n"), &[400]),
        ("NUL in a header", format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: a\0b\r\n\r\n"), &[400]),
        ("a bare line feed in a value", format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: a\rb\r\n\r\n"), &[400]),
        ("a way around", format!("GET /account/../admin/accounts HTTP/1.1\r\nHost: {host}\r\n\r\n"), &[400]),
        (
            "a masked way around",
            format!("GET /account/%2e%2e/admin HTTP/1.1\r\nHost: {host}\r\n\r\n"),
            &[400],
        ),
        (
            "compressed",
            format!("{head}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc{inner}"),
            &[415],
        ),
        (
            "an upgrade",
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n{inner}"),
            &[400],
        ),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), &[0]),
        ("a tunnel", format!("CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n"), &[400]),
        ("nonsense", "\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), &[400]),
    ];
    for (what, bytes, statuses) in rows {
        let answer = raw(address, bytes.as_bytes()).await;
        let text = String::from_utf8_lossy(&answer);
        // To a preface of HTTP/2 there is nothing to say: the connection is closed.
        let answers = usize::from(statuses != [0]);
        let found = text.matches("HTTP/1.1 ").count() + text.matches("HTTP/1.0 ").count();
        assert_eq!(found, answers, "{what}: {text}");
        let answer = parse(&answer);
        assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.status, answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn big_heads_and_bodies_are_refused_without_being_read() {
    let limits = Limits { form_bytes: 64 * 1024, ..limits() };
    let world = World::with(settings(limits)).await;
    let address = world.officers().address;
    let host = address.to_string();
    let get = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    let post = format!(
        "POST /view HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    );
    let rows: Vec<(&str, String, &[u16])> = vec![
        ("a line of 100 KB", format!("{get}X: {}\r\n\r\n", "a".repeat(100_000)), &[431]),
        ("100 lines", format!("{get}{}\r\n", "X-A: 1\r\n".repeat(100)), &[431]),
        ("many cookies", format!("{get}Cookie: {}\r\n\r\n", "a=b; ".repeat(10_000)), &[431]),
        (
            "a path of 10 KB",
            format!("GET /{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", "a".repeat(10_000)),
            &[414, 431],
        ),
        ("a body of 10 GB", format!("{post}Content-Length: 10000000000\r\n\r\n"), &[413]),
        (
            "a body over the limit",
            format!("{post}Content-Length: 65537\r\n\r\n{}", "a".repeat(65_537)),
            &[413],
        ),
        ("a body at the limit", format!("{post}Content-Length: 65536\r\n\r\n{}", "a".repeat(65_536)), &[403]),
        (
            "not a form",
            format!(
                "POST /view HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{{}}"
            ),
            &[415],
        ),
    ];
    for (what, bytes, statuses) in rows {
        let begun = std::time::Instant::now();
        let answer = parse(&raw(address, bytes.as_bytes()).await);
        assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.status, answer.body);
        assert!(begun.elapsed().as_secs() < 2, "{what}: {:?}", begun.elapsed());
    }
    assert_eq!(world.officers().get("/health").await.status, 200);
}
