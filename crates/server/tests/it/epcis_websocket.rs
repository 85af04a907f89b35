//! Subscriptions over a WebSocket.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::client::Client;
use crate::epcis::handler;
use crate::epcis_subscriptions::{capture, events, named};
use crate::world::World;

/// Sends a request to open a WebSocket; answers the connection and the head of the answer.
async fn knock(client: &Client, target: &str, more: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(client.address).await.expect("a connection");
    let token = client.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect::<String>();
    let text = format!(
        "GET {target} HTTP/1.1\r\nHost: {}\r\n{token}Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n{more}\r\n",
        client.address
    );
    stream.write_all(text.as_bytes()).await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("an answer"));
    }
    (stream, String::from_utf8(head).expect("text"))
}

/// One frame of the server: its kind and payload.
async fn frame(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let reading = async {
        let (first, second) =
            (stream.read_u8().await.expect("a frame"), stream.read_u8().await.expect("a frame"));
        assert_eq!((first & 0xf0, second & 0x80), (0x80, 0), "one piece, not masked");
        let length = match second {
            126 => u64::from(stream.read_u16().await.expect("a length")),
            127 => stream.read_u64().await.expect("a length"),
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).expect("a length")];
        stream.read_exact(&mut payload).await.expect("a payload");
        (first & 0x0f, payload)
    };
    tokio::time::timeout(Duration::from_secs(10), reading).await.expect("a frame in time")
}

const KEY: &str = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_websocket_tells_what_comes_until_the_query_is_gone() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    capture(&mut client, 1..3, "shipping").await;
    named(&mut client).await;
    let target = "/epcis/v2/queries/q/events?stream=true&initialRecordTime=2010-01-01T00:00:00Z";
    let (mut stream, head) = knock(&client, target, KEY).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert!(head.to_lowercase().contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), "{head}");
    let (kind, text) = frame(&mut stream).await;
    assert_eq!((kind, events(&String::from_utf8(text).expect("text")).len()), (1, 2));
    capture(&mut client, 3..4, "storing").await;
    capture(&mut client, 4..5, "shipping").await;
    let (_, text) = frame(&mut stream).await;
    let told = events(&String::from_utf8(text).expect("text"));
    assert_eq!(
        (told.len(), &told[0]["eventID"]),
        (1, &json!("urn:uuid:00000000-0000-4000-8000-000000000004"))
    );
    // A ping, masked with 1, 2, 3, 4, is answered with what it brought.
    stream.write_all(&[0x89, 0x82, 1, 2, 3, 4, b'h' ^ 1, b'i' ^ 2]).await.expect("sent");
    assert_eq!(frame(&mut stream).await, (10, b"hi".to_vec()));
    assert_eq!(client.remove("/epcis/v2/queries/q").await.status, 204);
    assert_eq!(frame(&mut stream).await, (8, vec![0x03, 0xe8]), "the end, in order");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_websocket_is_opened_by_whoever_may_and_as_the_standard_has_it() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    named(&mut client).await;
    let (browser, _) = world.signed_in("browser", &[]).await;
    world
        .give(
            &world.access.account_by_login("browser").await.expect("an answer").expect("an account").id,
            "handler",
            "621100000000",
            "internal",
        )
        .await;
    let cookies: Vec<String> =
        browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let browser = world.officers().with("Cookie", &cookies.join("; "));
    let good = "/epcis/v2/queries/q/events?stream=true";
    let nobody = world.officers();
    for (who, target, more, status) in [
        (&nobody, good, KEY, 401),
        (&browser, good, KEY, 403),
        (&client, "/epcis/v2/queries/none/events?stream=true", KEY, 404),
        (&client, "/epcis/v2/queries/q/events", KEY, 400),
        (&client, "/epcis/v2/queries/q/events?stream=true&hour=1", KEY, 400),
        (&client, "/epcis/v2/queries/q/events?hour=25", KEY, 400),
        (&client, "/epcis/v2/queries/q/events?stream=true&EQ_bizStep=x", KEY, 400),
        (&client, good, "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 400),
        (&client, good, "Sec-WebSocket-Version: 13\r\n", 400),
        (&client, "/epcis/v2/events", KEY, 400),
        (&client, "/", KEY, 400),
    ] {
        let (_, head) = knock(who, target, more).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{target}: {head}");
    }
}
