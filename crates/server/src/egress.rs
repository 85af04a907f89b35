//! The one way out: every request of this server to another one, such as an answer to a subscriber or a question to an identity
//! provider.
//!
//! Whoever names an address could make this server ask machines that only it can reach. So every request out is checked here: the
//! scheme, the port of the address, and every address that the name resolves to; the connection goes to the address that was
//! checked, redirects are answers and are not followed, and time and size are bounded.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{HOST, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt as _, Limited};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// What may be asked outside.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EgressSettings {
    /// Also addresses that are not of the public network: one's own offices, this machine.
    pub private: bool,
    /// Also without TLS.
    pub plain: bool,
    /// Seconds for one request with its answer.
    pub secs: u64,
}

impl Default for EgressSettings {
    fn default() -> EgressSettings {
        EgressSettings { private: false, plain: false, secs: 20 }
    }
}

/// Longest address.
const TARGET_MAX: usize = 2000;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How much of an answer's body is read.
pub(crate) const ANSWER_MAX: usize = 64 * 1024;

/// Why nothing was sent, or no answer came. The words are for the log and for whoever subscribes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error("no address of the web")]
    Address,
    #[error("not https")]
    Plain,
    #[error("not in the public network")]
    Private,
    #[error("no such host")]
    Unknown,
    #[error("{0}")]
    Failed(String),
}

/// An address that may be asked, as far as it tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    tls: bool,
    host: String,
    port: u16,
    path: String,
}

impl Target {
    /// Reads an address and checks what can be checked without asking anybody.
    pub(crate) fn read(text: &str, settings: &EgressSettings) -> Result<Target, Refused> {
        let bad = Refused::Address;
        if text.len() > TARGET_MAX || text.bytes().any(|byte| byte <= b' ' || byte == 0x7f || byte == b'#') {
            return Err(bad);
        }
        let uri: Uri = text.parse().map_err(|_| Refused::Address)?;
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if settings.plain => false,
            Some("http") => return Err(Refused::Plain),
            _ => return Err(bad),
        };
        let authority = uri.authority().ok_or(Refused::Address)?;
        // Names and passwords in an address belong to nobody here.
        if authority.as_str().contains('@') {
            return Err(bad);
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        if host.is_empty() || authority.as_str().ends_with(':') {
            return Err(bad);
        }
        let own = host.parse::<IpAddr>().ok();
        if own.is_some_and(|ip| !settings.private && !is_public(ip)) {
            return Err(Refused::Private);
        }
        // Names that only this machine or network can mean.
        let local = !host.contains('.')
            || [".local", ".localhost", ".internal"].iter().any(|end| host.ends_with(end));
        if own.is_none() && local && !settings.private {
            return Err(Refused::Private);
        }
        let port = authority.port_u16().unwrap_or(if tls { 443 } else { 80 });
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Target { tls, host, port, path })
    }

    /// The addresses behind the name. If one of them may not be asked, none is: a name that means two networks is a trick.
    async fn resolved(&self, settings: &EgressSettings) -> Result<SocketAddr, Refused> {
        let found = tokio::net::lookup_host((self.host.as_str(), self.port)).await;
        let found: Vec<SocketAddr> = found.map_err(|_| Refused::Unknown)?.collect();
        if !settings.private && found.iter().any(|address| !is_public(address.ip())) {
            return Err(Refused::Private);
        }
        found.first().copied().ok_or(Refused::Unknown)
    }

    fn host_header(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == if self.tls { 443 } else { 80 } { host } else { format!("{host}:{}", self.port) }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Its body; `None` if it was longer than [`ANSWER_MAX`] or broke off.
    pub(crate) body: Option<Bytes>,
}

/// Sends a body and answers the status with which the other side took it.
pub(crate) async fn post(
    target: &Target,
    settings: &EgressSettings,
    headers: HeaderMap,
    body: Vec<u8>,
) -> Result<u16, Refused> {
    send(target, settings, (Method::POST, headers, body)).await.map(|reply| reply.status)
}

/// Asks, and answers what came back.
pub(crate) async fn send(
    target: &Target,
    settings: &EgressSettings,
    (method, headers, body): (Method, HeaderMap, Vec<u8>),
) -> Result<Reply, Refused> {
    let failed = |error: &dyn std::fmt::Display| Refused::Failed(error.to_string());
    let work = async {
        let address = target.resolved(settings).await?;
        let connected = tokio::time::timeout(CONNECT, TcpStream::connect(address)).await;
        let stream = connected.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = target.path.parse().map_err(|_| Refused::Address)?;
        *request.headers_mut() = headers;
        let host = HeaderValue::from_str(&target.host_header()).map_err(|_| Refused::Address)?;
        request.headers_mut().insert(HOST, host);
        request.headers_mut().insert(USER_AGENT, HeaderValue::from_static("zhiheng"));
        if !target.tls {
            return exchanged(stream, request).await;
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|_| Refused::Address)?;
        let stream = connector().connect(name, stream).await.map_err(|error| failed(&error))?;
        exchanged(stream, request).await
    };
    let whole = tokio::time::timeout(Duration::from_secs(settings.secs), work);
    whole.await.map_err(|error| failed(&error))?
}

async fn exchanged<S>(stream: S, request: Request<Body>) -> Result<Reply, Refused>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let failed = |error: hyper::Error| Refused::Failed(error.to_string());
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
    // It ends when the sender is dropped, whatever the other side still has to say.
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(failed)?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), ANSWER_MAX).collect().await;
    connection.abort();
    Ok(Reply { status, body: body.ok().map(http_body_util::Collected::to_bytes) })
}

/// TLS with the roots of the system, read once.
fn connector() -> TlsConnector {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    let config = CONFIG.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        let (_, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
    });
    TlsConnector::from(Arc::clone(config))
}

/// Whether an address is one of the public network: the registries of special addresses of IANA (RFC 6890 and its successors) name
/// the others.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => is_public_six(six),
    }
}

fn is_public_four(four: Ipv4Addr) -> bool {
    let [a, b, c, _] = four.octets();
    let special = matches!(
        (a, b, c),
        // this network, private, loopback, multicast and reserved
        (0 | 10 | 127 | 224..=255, ..)
            // carrier-grade translation
            | (100, 64..=127, _)
            // link-local, where clouds have their metadata
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            // protocol assignments, documentation, 6to4 relays
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            // benchmarks, documentation
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

fn is_public_six(six: Ipv6Addr) -> bool {
    let [a, b, ..] = six.segments();
    // Global unicast is 2000::/3; of it, protocol assignments with Teredo (2001::/23), documentation and 6to4 (whose inner address would
    // be another) are not.
    let global = a & 0xe000 == 0x2000;
    let special = (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strict() -> EgressSettings {
        EgressSettings::default()
    }

    #[test]
    fn only_the_public_network_is_asked() {
        for public in [
            "8.8.8.8",
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2400:3200::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
        for other in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "100::1",
        ] {
            assert!(!is_public(other.parse().expect("an address")), "{other}");
        }
    }

    #[test]
    fn addresses_are_checked_before_anybody_is_asked() {
        let good = Target::read("https://client.example.com/callback?a=1", &strict()).expect("an address");
        assert_eq!(
            (good.tls, good.host.as_str(), good.port, good.path.as_str()),
            (true, "client.example.com", 443, "/callback?a=1")
        );
        assert_eq!(
            Target::read("https://[2400:3200::1]:8443", &strict()).map(|own| own.host_header()),
            Ok("[2400:3200::1]:8443".to_owned())
        );
        for (text, why) in [
            ("", Refused::Address),
            ("client.example.com/x", Refused::Address),
            ("ftp://client.example.com/", Refused::Address),
            ("file:///etc/passwd", Refused::Address),
            ("https://", Refused::Address),
            ("https://user:secret@client.example.com/", Refused::Address),
            ("https://client.example.com\\@127.0.0.1/", Refused::Address),
            ("https://client.example.com/a b", Refused::Address),
            ("https://client.example.com/#x", Refused::Address),
            ("http://client.example.com/", Refused::Plain),
            ("https://127.0.0.1/", Refused::Private),
            ("https://169.254.169.254/latest/meta-data", Refused::Private),
            ("https://[::1]/", Refused::Private),
            ("https://[::ffff:10.0.0.1]/", Refused::Private),
            ("https://localhost/", Refused::Private),
            ("https://LOCALHOST:8080/", Refused::Private),
            ("https://metadata.google.internal/", Refused::Private),
            ("https://printer.local/", Refused::Private),
            // numbers that resolvers take for addresses
            ("https://2130706433/", Refused::Private),
            ("https://0x7f000001/", Refused::Private),
        ] {
            assert_eq!(Target::read(text, &strict()), Err(why), "{text}");
        }
        let long = format!("https://client.example.com/{}", "x".repeat(3000));
        assert_eq!(Target::read(&long, &strict()), Err(Refused::Address));
        let open = EgressSettings { private: true, plain: true, secs: 1 };
        assert!(Target::read("http://127.0.0.1:9/x", &open).is_ok());
    }

    #[tokio::test]
    async fn whoever_speaks_no_tls_gets_nothing() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard = tokio::spawn(async move {
            use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut bytes = vec![0; 4096];
            let count = stream.read(&mut bytes).await.expect("a greeting");
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.expect("an answer");
            bytes.truncate(count);
            bytes
        });
        let open = EgressSettings { private: true, ..strict() };
        let target = Target::read(&format!("https://127.0.0.1:{port}/in"), &open).expect("an address");
        let sent = post(&target, &open, HeaderMap::new(), b"a secret".to_vec()).await;
        assert!(matches!(sent, Err(Refused::Failed(_))), "{sent:?}");
        let heard = heard.await.expect("heard");
        assert_eq!(heard.first(), Some(&22), "a TLS handshake");
        assert!(!heard.windows(8).any(|part| part == b"a secret"));
    }

    #[tokio::test]
    async fn a_name_that_means_this_machine_is_not_asked() {
        // As it is resolved: the name itself looks harmless.
        let target = Target { tls: false, host: "localhost".to_owned(), port: 9, path: "/".to_owned() };
        let sent = post(&target, &strict(), HeaderMap::new(), Vec::new()).await;
        assert_eq!(sent, Err(Refused::Private));
    }
}
