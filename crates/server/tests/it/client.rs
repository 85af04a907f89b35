//! A browser of a hundred lines: cookies, forms, and whatever bytes a test wants to send.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(each, _)| each == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str())
    }

    /// The answer as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }

    /// The code of a problem.
    pub(crate) fn code(&self) -> String {
        let json: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        json["code"].as_str().unwrap_or("").to_owned()
    }

    /// The value of the first field with this name.
    pub(crate) fn field(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest = self.body.split(&mark).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

/// A browser, or a program.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Sent with every request.
    pub(crate) headers: Vec<(String, String)>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client { address, cookies: BTreeMap::new(), headers: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Client {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn json(self) -> Client {
        self.with("Accept", "application/json")
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "", &[]).await
    }

    /// Asks what may be done.
    pub(crate) async fn options(&mut self, path: &str) -> Answer {
        self.send("OPTIONS", path, "", &[]).await
    }

    /// Removes something, with the token of the page at `from`.
    pub(crate) async fn delete(&mut self, from: &str, path: &str) -> Answer {
        let page = Client { headers: Vec::new(), ..self.clone() }.fetch(self, from).await;
        let csrf = page.field("csrf");
        self.send("DELETE", path, "", &[("X-CSRF-Token", &csrf)]).await
    }

    /// Sends a body of a type, as a program does.
    pub(crate) async fn put(&mut self, path: &str, kind: &str, body: &str) -> Answer {
        self.send("POST", path, body, &[("Content-Type", kind)]).await
    }

    /// Removes something, as a program does.
    pub(crate) async fn remove(&mut self, path: &str) -> Answer {
        self.send("DELETE", path, "", &[]).await
    }

    /// Sends a form with the token of the page at `from`.
    pub(crate) async fn submit(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = Client { headers: Vec::new(), ..self.clone() }.fetch(self, from).await;
        let csrf = page.field("csrf");
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await
    }

    /// Loads a page as a plain browser, keeping the cookies for `keeper`.
    async fn fetch(mut self, keeper: &mut Client, path: &str) -> Answer {
        let page = self.get(path).await;
        keeper.cookies = self.cookies;
        page
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| -> String {
            text.bytes()
                .map(|byte| {
                    if byte.is_ascii_alphanumeric() {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect()
        };
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let origin = format!("http://{}", self.address);
        let mut more = vec![("Content-Type", "application/x-www-form-urlencoded")];
        if !self.headers.iter().any(|(name, _)| name == "Origin") {
            more.push(("Origin", &origin));
        }
        self.send("POST", path, &body.join("&"), &more).await
    }

    /// Sends a form with files, `(field, file name, content)`, with the token of the page at `from`.
    pub(crate) async fn upload(
        &mut self,
        from: &str,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let page = Client { headers: Vec::new(), ..self.clone() }.fetch(self, from).await;
        let token = page.body.split("csrf=").nth(1).and_then(|rest| rest.split(['"', '&']).next());
        let csrf = token.map_or_else(|| page.field("csrf"), str::to_owned);
        let (kind, body) = in_parts(fields, files);
        let origin = format!("http://{}", self.address);
        let more = [("Content-Type", kind.as_str()), ("Origin", &origin)];
        self.send_bytes("POST", &format!("{path}?csrf={csrf}"), &body, &more).await
    }

    /// Sends fields and files as a program does.
    pub(crate) async fn parts(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let (kind, body) = in_parts(fields, files);
        self.send_bytes("POST", path, &body, &[("Content-Type", kind.as_str())]).await
    }

    async fn send(&mut self, method: &str, path: &str, body: &str, more: &[(&str, &str)]) -> Answer {
        self.send_bytes(method, path, body.as_bytes(), more).await
    }

    async fn send_bytes(&mut self, method: &str, path: &str, body: &[u8], more: &[(&str, &str)]) -> Answer {
        let answer = parse(&raw(self.address, &self.request(method, path, body, more)).await);
        for cookie in answer.cookies() {
            let pair = cookie.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if cookie.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        answer
    }

    /// Status, content type and content of a file.
    pub(crate) async fn bytes(&self, path: &str) -> (u16, String, Vec<u8>) {
        let bytes = raw(self.address, &self.request("GET", path, &[], &[])).await;
        let answer = parse(&bytes);
        let body = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        (answer.status, answer.header("content-type").to_owned(), bytes[body..].to_vec())
    }

    fn request(&self, method: &str, path: &str, body: &[u8], more: &[(&str, &str)]) -> Vec<u8> {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in more {
            text += &format!("{name}: {value}\r\n");
        }
        for (name, value) in &self.headers {
            text += &format!("{name}: {value}\r\n");
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            text += &format!("Cookie: {}\r\n", pairs.join("; "));
        }
        if method == "POST" {
            text += &format!("Content-Length: {}\r\n", body.len());
        }
        let mut bytes = format!("{text}\r\n").into_bytes();
        bytes.extend_from_slice(body);
        bytes
    }
}

/// Fields and files, `(field, file name, content)`, as a multipart body, with its content type.
fn in_parts(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----a-boundary-of-this-test";
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for (field, name, content) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// Sends bytes and reads until the server closes, for at most ten seconds.
pub(crate) async fn raw(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // A server that has refused may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    read_all(&mut stream).await
}

/// Reads until the server closes, for at most ten seconds.
pub(crate) async fn read_all(stream: &mut TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let reading = async {
        while let Ok(count) = stream.read(&mut buffer).await {
            if count == 0 {
                break;
            }
            answer.extend_from_slice(&buffer[..count]);
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(10), reading).await;
    answer
}

/// Reads one answer.
pub(crate) fn parse(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Answer { status, headers: headers.collect(), body: body.to_owned() }
}
