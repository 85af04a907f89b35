//! Clients that dawdle, clients that are many, and a server that stops.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use zhiheng_server::door::Door;
use zhiheng_server::settings::Limits;

use crate::client::{parse, raw, read_all};
use crate::world::{World, limits, settings};

/// How a slow client goes about it.
#[derive(Clone, Copy, Debug)]
enum Slow {
    Silent,
    Head,
    Body,
    Deaf,
}

/// Opens a slow connection and answers after how long the server closed it.
async fn slow(world: &World, how: Slow) -> Duration {
    let address = world.public().address;
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let begun = Instant::now();
    let patience = Duration::from_secs(20);
    let head = format!("POST /view HTTP/1.1\r\nHost: {address}\r\n");
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=";
    let (mut reader, mut writer) = stream.split();
    let write = async {
        match how {
            Slow::Silent => std::future::pending::<()>().await,
            Slow::Head => {
                for byte in head.bytes().chain(std::iter::repeat(b'x')) {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    if writer.write_all(&[byte]).await.is_err() {
                        return;
                    }
                }
            }
            Slow::Body => {
                let _ = writer.write_all(format!("{head}{form}").as_bytes()).await;
                std::future::pending::<()>().await;
            }
            Slow::Deaf => {
                let ask = format!("GET /version HTTP/1.1\r\nHost: {address}\r\n\r\n").repeat(50);
                // Asks and asks, and reads nothing: in the end the server can neither send nor is read from.
                while writer.write_all(ask.as_bytes()).await.is_ok() {}
            }
        }
    };
    let read = async {
        if matches!(how, Slow::Deaf) {
            std::future::pending::<()>().await;
        }
        let mut buffer = [0; 1024];
        while reader.read(&mut buffer).await.is_ok_and(|count| count > 0) {}
    };
    tokio::select! {
        () = write => {},
        () = read => {},
        () = tokio::time::sleep(patience) => {},
    }
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_clients_are_shown_the_door_and_others_do_not_notice() {
    let limits = Limits { head_secs: 2, body_pause_secs: 2, write_pause_secs: 2, requests: 256, ..limits() };
    let world = World::with(settings(limits)).await;
    let each = 100;
    let mut all = tokio::task::JoinSet::new();
    let world = std::sync::Arc::new(world);
    for how in [Slow::Silent, Slow::Head, Slow::Body] {
        for _ in 0..each {
            let world = std::sync::Arc::clone(&world);
            all.spawn(async move { (how, slow(&world, how).await) });
        }
    }
    // A hundred deaf ones would fill the machine with bytes; each takes megabytes before it can be told from a slow reader.
    for _ in 0..10 {
        let world = std::sync::Arc::clone(&world);
        all.spawn(async move { (Slow::Deaf, slow(&world, Slow::Deaf).await) });
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    for _ in 0..20 {
        assert_eq!(world.officers().get("/").await.status, 200);
    }
    let mean = begun.elapsed() / 20;
    assert!(mean < Duration::from_millis(500), "the officers' door takes {mean:?} a page");
    let mut closed = 0;
    while let Some(done) = all.join_next().await {
        let (how, after) = done.expect("a client");
        assert!(after < Duration::from_secs(12), "{how:?} stayed for {after:?}");
        closed += 1;
    }
    assert_eq!(closed, 3 * each + 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_idle_connections_are_cheap() {
    let limits = Limits { head_secs: 60, connections: 3000, ..limits() };
    let world = World::with(settings(limits)).await;
    let address = world.public().address;
    let before = resident_kib();
    let mut idle = Vec::new();
    for _ in 0..2000 {
        idle.push(TcpStream::connect(address).await.expect("a connection"));
    }
    assert_eq!(world.public().get("/health").await.status, 200);
    let cost = resident_kib().saturating_sub(before);
    // Both ends live in this process.
    assert!(cost < 40 * 1024, "{cost} KiB");
    assert_eq!(world.public().get("/version").await.status, 200);
}

/// Resident memory of this process.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_door_says_when_to_come_back() {
    let limits = Limits { connections: 3, head_secs: 60, ..limits() };
    let world = World::with(settings(limits)).await;
    let address = world.public().address;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(TcpStream::connect(address).await.expect("a connection"));
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut fourth = TcpStream::connect(address).await.expect("a connection");
    let answer = parse(&read_all(&mut fourth).await);
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
    assert_eq!(world.officers().get("/").await.status, 200, "one door fills the other");
    drop(held);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(world.public().get("/").await.status, 200, "places are not given back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_requests_at_once_are_sent_away_and_the_watcher_is_not() {
    let limits = Limits { requests: 0, queue_millis: 50, ..limits() };
    let world = World::with(settings(limits)).await;
    let answer = world.public().json().get("/").await;
    assert_eq!((answer.status, answer.code().as_str()), (503, "ZH7508"));
    assert_eq!(answer.header("retry-after"), "2");
    assert_eq!(world.public().get("/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_too_often_waits() {
    let limits = Limits { address_per_minute: 40, ..limits() };
    let world = World::with(settings(limits)).await;
    let mut client = world.public().json();
    let mut statuses = Vec::new();
    let mut last = None;
    for _ in 0..30 {
        let answer = client.get("/version").await;
        statuses.push(answer.status);
        last = Some(answer);
    }
    let good = statuses.iter().filter(|status| **status == 200).count();
    assert!((10..20).contains(&good), "{good} of 30 at 40 a minute");
    let last = last.expect("an answer");
    assert_eq!((last.status, last.code().as_str()), (429, "ZH7507"));
    let wait: u64 = last.header("retry-after").parse().expect("seconds");
    assert!((1..=2).contains(&wait), "{wait}");
    assert_eq!(world.officers().get("/version").await.status, 200, "the doors count together");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_finishes_what_it_has_begun() {
    let mut world = World::new().await;
    let running = world.running.take().expect("a server");
    let address = running.address(Door::Public).expect("a door");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let head = format!(
        "POST /view HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nlang"
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    tokio::time::sleep(Duration::from_millis(200)).await;
    let stopping = tokio::spawn(running.stop());
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(
        TcpStream::connect(address).await.is_err()
            || raw(address, b"GET / HTTP/1.1\r\n\r\n").await.is_empty()
    );
    stream.write_all(b"=en&").await.expect("written");
    let answer = parse(&read_all(&mut stream).await);
    // Without a token it is refused, but it is answered.
    assert_eq!(answer.status, 403);
    assert!(stopping.await.expect("no panic"), "the server did not stop in time");
}
