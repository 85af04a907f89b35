//! Subscriptions over a WebSocket (RFC 6455): the answers to a named query on the connection of the request that asked for them.
//!
//! Only what this needs is spoken: text messages out, and of what comes in, pings and the end. A client that does not read is given
//! up by the connection's own limit; one that went silently, by the ping that it does not take.

use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::{HeaderMap, Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use sha1::{Digest as _, Sha1};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use zhiheng_base::Diagnostic;
use zhiheng_desk::trace::{Repository, Schedule, Standing, Subscription, View, When};

use super::answer::seal;
use super::deliver::{BATCH, body_of, may};
use super::queries::{understood, wrong};
use super::subscriptions::since;
use super::terms::Terms;
use super::{PREFIX, VERSION};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::server::Server;

/// Connections at once.
const AT_ONCE: usize = 100;
/// How often it is looked whether there is something new.
const PAUSE: Duration = Duration::from_millis(500);
/// Looks between two pings.
const PING: u32 = 60;
/// Longest message that is read; clients have nothing to say.
const MESSAGE_MAX: u64 = 64 * 1024;
/// What the standard adds to a client's key.
const MAGIC: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PINGED: u8 = 9;
const PONG: u8 = 10;

/// Connections that are open.
pub(crate) fn places() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(AT_ONCE))
}

/// Whether a request asks for a WebSocket where there are some.
pub(crate) fn is_asked<B>(request: &axum::http::Request<B>) -> bool {
    let path = request.uri().path();
    let there = path
        .strip_prefix(PREFIX)
        .is_some_and(|rest| rest.starts_with("/queries/") && rest.ends_with("/events"));
    there && names(request.headers())
}

/// Whether the headers name the protocol.
pub(crate) fn names(headers: &HeaderMap) -> bool {
    headers.get(UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Answers with a WebSocket.
pub(crate) async fn open(call: &Call, repository: Arc<Repository>, view: View, standing: Standing) -> Answer {
    let terms = Terms::of(call)?;
    // A page of another site can open a WebSocket with a browser's cookies: only tokens do.
    if !call.visitor.by_token {
        return Err(Problem::of(StatusCode::FORBIDDEN, "ZH7517"));
    }
    let header =
        |name| call.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let connection = header(CONNECTION).split(',').any(|token| token.trim().eq_ignore_ascii_case("upgrade"));
    let key = header(SEC_WEBSOCKET_KEY);
    let is_key = STANDARD.decode(key).is_ok_and(|bytes| bytes.len() == 16);
    if !connection || !is_key || header(SEC_WEBSOCKET_VERSION) != "13" {
        return Err(Problem::of(StatusCode::BAD_REQUEST, "ZH9595"));
    }
    let upgrade = call.upgrade().ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST, "ZH9595"))?;
    let own = subscription(call, &repository, view, &standing, &terms).await?;
    let place = Arc::clone(&call.server.sockets).try_acquire_owned().map_err(|_| Problem::busy())?;
    tokio::spawn(serve(Arc::downgrade(&call.server), repository, upgrade, own, place));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    seal(headers, VERSION);
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, HeaderValue::from_str(&accept(key)).map_err(Problem::ours)?);
    Ok(response)
}

fn accept(key: &str) -> String {
    STANDARD.encode(Sha1::new().chain_update(key.as_bytes()).chain_update(MAGIC).finalize())
}

/// The subscription that the query string asks for; it lives as long as the connection.
async fn subscription(
    call: &Call,
    repository: &Repository,
    view: View,
    standing: &Standing,
    terms: &Terms,
) -> Result<Subscription, Problem> {
    let now = call.server.now();
    let (mut stream, mut fields, mut report_if_empty, mut initial) = (None, Vec::new(), false, None);
    for (name, value) in call.query.pairs() {
        match (name, value) {
            ("stream", "true") => stream = Some(()),
            ("reportIfEmpty", "true") => report_if_empty = true,
            ("reportIfEmpty", "false") => report_if_empty = false,
            ("initialRecordTime", text) => {
                let time = text.replace(' ', "+").parse::<Timestamp>();
                initial = Some(time.map_err(|_| wrong("initialRecordTime"))?);
            }
            (field, text) if Schedule::has(field) => fields.push((field, text)),
            (other, _) => {
                let shown: String = other.chars().take(80).collect();
                return Err(Diagnostic::error("ZH9560").arg("name", shown).into());
            }
        }
    }
    let when = match (stream, fields.is_empty()) {
        (Some(()), true) => When::Stream,
        (None, false) => When::Schedule(Schedule::read(fields, now)?),
        _ => return Err(Diagnostic::error("ZH9585").into()),
    };
    let since = since(repository, initial).await?;
    Ok(Subscription {
        id: call.arrival.id.clone(),
        view,
        query: standing.name.clone(),
        by: call.account().to_owned(),
        dest: String::new(),
        token: None,
        when,
        report_if_empty,
        format: Some(terms.format_name.clone()),
        created: now,
        initial,
        since,
        min_record: initial.unwrap_or(now),
        last_notified: None,
        failures: 0,
    })
}

/// Sends answers until one side has enough.
async fn serve(
    server: Weak<Server>,
    repository: Arc<Repository>,
    upgrade: OnUpgrade,
    mut own: Subscription,
    place: OwnedSemaphorePermit,
) {
    let Ok(upgraded) = upgrade.await else { return };
    let (reader, mut writer) = tokio::io::split(TokioIo::new(upgraded));
    let (said, mut heard) = mpsc::channel(8);
    let reading = tokio::spawn(listen(reader, said));
    let mut looks: u32 = 0;
    loop {
        let done = tokio::select! {
            frame = heard.recv() => match frame {
                Some((PINGED, payload)) => put(&mut writer, PONG, &payload).await.is_err(),
                Some((CLOSE, payload)) => { let _ = put(&mut writer, CLOSE, &payload).await; true },
                Some(_) => false,
                None => true,
            },
            () = tokio::time::sleep(PAUSE) => {
                looks = looks.wrapping_add(1);
                let Some(server) = server.upgrade() else { break };
                let pinged = looks.is_multiple_of(PING) && put(&mut writer, PINGED, &[]).await.is_err();
                pinged || match told(&server, &repository, &mut own, &mut writer).await {
                    Ok(more) => !more,
                    Err(()) => { let _ = put(&mut writer, CLOSE, &1011_u16.to_be_bytes()).await; true },
                }
            },
        };
        if done {
            break;
        }
    }
    let _ = writer.shutdown().await;
    reading.abort();
    drop(place);
}

/// Sends what is due; false if the query is gone or may not be asked any more.
async fn told(
    server: &Server,
    repository: &Repository,
    own: &mut Subscription,
    writer: &mut (impl AsyncWrite + Unpin),
) -> Result<bool, ()> {
    let now = server.now();
    let due = match &own.when {
        When::Stream => server.ledger.size().await.map_err(drop)? > own.since,
        When::Schedule(schedule) => {
            schedule.next(own.min_record.max(own.created)).is_some_and(|next| next <= now)
        }
    };
    let standing = repository.named().find(&own.view, &own.query).map_err(drop)?;
    let Some(standing) = standing else {
        let _ = put(writer, CLOSE, &1000_u16.to_be_bytes()).await;
        return Ok(false);
    };
    if !due {
        return Ok(true);
    }
    if !may(server, own).await.map_err(drop)? {
        let _ = put(writer, CLOSE, &1008_u16.to_be_bytes()).await;
        return Ok(false);
    }
    let mut query = understood(&standing).map_err(drop)?.in_order_of_capture();
    query.per_page = BATCH;
    let mut sent = false;
    loop {
        let (events, next) = repository.since(&own.view, &query, own.since).await.map_err(drop)?;
        let empty = events.is_empty();
        if !empty || (own.report_if_empty && !sent && own.when != When::Stream) {
            let body = body_of(server, own, events);
            put(writer, TEXT, &body).await.map_err(drop)?;
            sent = true;
        }
        (own.since, own.min_record) = (next, now);
        if empty || next >= server.ledger.size().await.map_err(drop)? {
            return Ok(true);
        }
    }
}

/// Writes one frame, whole.
async fn put(writer: &mut (impl AsyncWrite + Unpin), kind: u8, payload: &[u8]) -> std::io::Result<()> {
    let mut frame = vec![0x80 | kind];
    match u16::try_from(payload.len()) {
        Ok(length) if length < 126 => frame.push(length as u8),
        Ok(length) => {
            frame.push(126);
            frame.extend(length.to_be_bytes());
        }
        Err(_) => {
            frame.push(127);
            frame.extend((payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    writer.write_all(&frame).await?;
    writer.flush().await
}

/// Reads frames and hands on pings and the end; at anything that is not as it must be it ends.
async fn listen(mut reader: tokio::io::ReadHalf<TokioIo<Upgraded>>, said: mpsc::Sender<(u8, Vec<u8>)>) {
    while let Ok(Some((kind, payload))) = frame(&mut reader).await {
        if matches!(kind, CLOSE | PINGED) && said.send((kind, payload)).await.is_err() {
            return;
        }
        if kind == CLOSE {
            return;
        }
    }
}

/// One frame of a client; `None` for one that breaks the rules.
async fn frame(reader: &mut (impl AsyncRead + Unpin)) -> std::io::Result<Option<(u8, Vec<u8>)>> {
    let (first, second) = (reader.read_u8().await?, reader.read_u8().await?);
    let kind = first & 0x0f;
    let is_control = kind >= CLOSE;
    let length = match second & 0x7f {
        126 => u64::from(reader.read_u16().await?),
        127 => reader.read_u64().await?,
        short => u64::from(short),
    };
    // No extension was agreed on, clients mask, and what controls is short and in one piece.
    let sound = first & 0x70 == 0
        && second & 0x80 != 0
        && matches!(kind, 0..=2 | CLOSE..=PONG)
        && (!is_control || (first & 0x80 != 0 && length < 126));
    if !sound || length > MESSAGE_MAX {
        return Ok(None);
    }
    let mut mask = [0; 4];
    reader.read_exact(&mut mask).await?;
    let mut payload = vec![0; usize::try_from(length).unwrap_or(0)];
    reader.read_exact(&mut payload).await?;
    payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
    Ok(Some((kind, payload)))
}

#[cfg(test)]
mod tests {
    use super::{accept, frame, put};

    #[test]
    fn the_answer_to_a_key_is_that_of_the_standard() {
        // RFC 6455, section 1.3
        assert_eq!(accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[tokio::test]
    async fn frames_by_the_examples_of_the_standard() {
        // RFC 6455, section 5.7
        let mut out = Vec::new();
        put(&mut out, 1, b"Hello").await.expect("written");
        assert_eq!(out, [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
        let mut masked: &[u8] = &[0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        assert_eq!(frame(&mut masked).await.expect("read"), Some((1, b"Hello".to_vec())));
        let mut long = Vec::new();
        put(&mut long, 2, &[7; 256]).await.expect("written");
        assert_eq!(long[..4], [0x82, 0x7e, 0x01, 0x00]);
        put(&mut Vec::new(), 1, &[0; 70_000]).await.expect("written");
        for (wrong, why) in [
            (vec![0x81, 0x05, 0x48], "not masked"),
            (vec![0xc1, 0x80, 0, 0, 0, 0], "an extension"),
            (vec![0x09, 0x80, 0, 0, 0, 0], "a ping in pieces"),
            (vec![0x83, 0x80, 0, 0, 0, 0], "a kind that there is not"),
            (vec![0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0], "too long"),
        ] {
            assert_eq!(frame(&mut wrong.as_slice()).await.expect("an answer"), None, "{why}");
        }
        assert!(frame(&mut [0x81].as_slice()).await.is_err());
    }
}
