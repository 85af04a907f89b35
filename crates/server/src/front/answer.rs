//! The way of a request from the connection to the answer.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::MatchedPath;
use axum::http::header::{CONNECTION, HOST, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use tower::ServiceExt as _;

use super::{Arrival, Line, compress, framing, headers};
use crate::door::Door;
use crate::door::rate::of_address;
use crate::problem::Problem;
use crate::server::Server;

/// Paths that are answered even when everything else is full: they cost nothing, and whoever watches the server needs them.
const ALWAYS: [&str; 1] = ["/health"];

/// Answers a request, whatever it is.
pub(crate) async fn answer(
    server: Arc<Server>,
    door: Door,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Response<Body> {
    let begun = Instant::now();
    let arrival = Arrival {
        id: server.request_id(),
        door,
        address: client(peer.ip(), request.headers(), &server.settings.proxies),
    };
    let method = request.method().clone();
    let wanted = headers::Wanted::of(&request);
    let id = arrival.id.clone();
    let outcome = guarded(&server, arrival.clone(), request).await;
    let (mut response, route) = match outcome {
        Ok(done) => done,
        Err((problem, wanted)) => (problem.answer(&server, &arrival, &wanted), String::new()),
    };
    if closes(response.status()) {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    headers::secure(&mut response, &id, server.is_https(door));
    let response = compress::gzip(response, &wanted, &method).await;
    server.log.write(&Line {
        door: door.word(),
        method: method.as_str(),
        route: &route,
        status: response.status().as_u16(),
        micros: u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
        request: &id,
    });
    response
}

/// Statuses after which nothing more is read from the connection: what follows may not be what it seems.
fn closes(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400 | 408 | 411 | 413 | 415 | 417 | 421 | 431 | 501)
}

type Refused = (Problem, headers::Wanted);

async fn guarded(
    server: &Arc<Server>,
    arrival: Arrival,
    request: Request<Incoming>,
) -> Result<(Response<Body>, String), Refused> {
    let wanted = headers::Wanted::of(&request);
    let refuse = |problem: Problem| (problem, wanted.clone());
    framing::check(&request, server.hosts(arrival.door)).map_err(refuse)?;
    let path = request.uri().path();
    let _turn = if ALWAYS.contains(&path) {
        None
    } else {
        let now = server.uptime();
        let rates = server.rates(arrival.door);
        if let Err(wait) = rates.address.take(&of_address(arrival.address), now) {
            return Err(refuse(Problem::too_often(wait)));
        }
        let turn = server.load(arrival.door).turn().await;
        Some(turn.ok_or_else(|| refuse(Problem::busy()))?)
    };
    let secs = server.limits(arrival.door).answer_secs;
    let router = server.router(arrival.door);
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(arrival);
    let work = router.oneshot(request);
    let Ok(done) = tokio::time::timeout(Duration::from_secs(secs), work).await else {
        return Err(refuse(Problem::busy()));
    };
    let response = done.unwrap_or_else(|never| match never {});
    let route = response.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    Ok((response, route.unwrap_or_default()))
}

/// The client's address. `X-Forwarded-For` counts only as far as each hop is a proxy that is believed: what a client writes
/// there itself is worth nothing.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let mut address = peer.to_canonical();
    let hops = headers.get_all("x-forwarded-for").iter().rev();
    let hops = hops.filter_map(|value| value.to_str().ok()).flat_map(|value| value.rsplit(','));
    for hop in hops {
        if !proxies.contains(&address) {
            break;
        }
        let Ok(next) = hop.trim().parse::<IpAddr>() else { break };
        address = next.to_canonical();
    }
    address
}

/// The host as the request names it.
pub(super) fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST)?.to_str().ok()
}

/// Seconds in `Retry-After`, rounded up.
pub(crate) fn retry_after(headers: &mut HeaderMap, wait: Duration) {
    let secs = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    headers.insert(RETRY_AFTER, HeaderValue::from(secs.max(1)));
}

#[cfg(test)]
mod tests {
    use super::client;
    use axum::http::HeaderMap;
    use std::net::IpAddr;

    #[test]
    fn only_believed_proxies_say_where_a_request_comes_from() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        let of = |peer: &str, lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().expect("a value"));
            }
            client(ip(peer), &headers, &proxies).to_string()
        };
        assert_eq!(of("192.0.2.9", &["198.51.100.1"]), "192.0.2.9", "a client says who it is");
        assert_eq!(of("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            of("10.0.0.1", &["203.0.113.5, 198.51.100.1"]),
            "198.51.100.1",
            "what the client wrote itself counts"
        );
        assert_eq!(of("10.0.0.1", &["203.0.113.5, 198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(of("10.0.0.1", &["203.0.113.5", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(of("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(of("::ffff:10.0.0.1", &["::ffff:192.0.2.1"]), "192.0.2.1");
    }
}
