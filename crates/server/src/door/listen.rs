//! Accepting connections and serving them until they end, misbehave, or the server stops.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

use super::Door;
use super::load::Load;
use super::patience::Patient;
use crate::settings::Limits;

/// What a full door says without looking at the request.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Pause after an error of accepting, such as too many open files.
const AFTER_ERROR: Duration = Duration::from_millis(100);

/// A door that is listening.
pub(crate) struct Listening {
    pub(crate) door: Door,
    pub(crate) listener: TcpListener,
    pub(crate) load: Arc<Load>,
    pub(crate) limits: Limits,
    pub(crate) proxies: Vec<IpAddr>,
}

/// Serves connections until `stop` turns true; then connections finish the request under way. `alive` is held by every
/// connection: when all copies are gone, all are done.
pub(crate) async fn listen<F, A>(
    listening: Listening,
    answer: F,
    mut stop: watch::Receiver<bool>,
    alive: mpsc::Sender<Infallible>,
) where
    F: Fn(Door, SocketAddr, Request<Incoming>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Response<Body>> + Send + 'static,
{
    let Listening { door, listener, load, limits, proxies } = listening;
    let builder = builder(&limits);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(AFTER_ERROR).await;
            continue;
        };
        let proxy = proxies.contains(&peer.ip().to_canonical());
        let Some(place) = load.connect(peer.ip(), proxy) else {
            refuse(stream);
            continue;
        };
        // Small answers go out at once.
        let _ = stream.set_nodelay(true);
        let (answer, stop, alive, builder) = (answer.clone(), stop.clone(), alive.clone(), builder.clone());
        let pause = Duration::from_secs(limits.write_pause_secs);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let answer = answer(door, peer, request);
                async move { Ok::<_, Infallible>(answer.await) }
            });
            let stream = TokioIo::new(Patient::new(stream, pause));
            // Subscribers go on with a WebSocket.
            serve(builder.serve_connection(stream, service).with_upgrades(), stop).await;
            drop((place, alive));
        });
    }
}

/// hyper with every limit it has.
fn builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        // Also the pause between two requests: idle connections are closed by it.
        .header_read_timeout(Duration::from_secs(limits.head_secs))
        .max_headers(limits.head_lines)
        // hyper needs 8 KiB at least.
        .max_buf_size(limits.head_bytes.max(8 * 1024))
        .half_close(false);
    builder
}

async fn serve<S>(
    connection: http1::UpgradeableConnection<TokioIo<Patient<TcpStream>>, S>,
    mut stop: watch::Receiver<bool>,
) where
    S: hyper::service::HttpService<Incoming, ResBody = Body, Error = Infallible>,
{
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // What goes wrong on a connection is the client's business: it is closed.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Says that the door is full, without waiting for anybody.
fn refuse(mut stream: TcpStream) {
    tokio::spawn(async move {
        let answer = async {
            stream.write_all(FULL).await?;
            stream.shutdown().await?;
            // A request that stays unread would make the system reset the connection, and the answer would be lost.
            let mut rest = [0; 4096];
            while stream.read(&mut rest).await? > 0 {}
            std::io::Result::Ok(())
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), answer).await;
    });
}
