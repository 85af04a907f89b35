//! Style and script, embedded: the files of `web/dist` under addresses that carry their hash, so that browsers keep them for
//! good and never keep an old one.

use std::io::Write as _;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::call::Call;
use crate::front::takes_gzip;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;

/// Content type of script.
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The worker that keeps forms for times without a network.
const WORKER: &[u8] = include_bytes!("../../../web/dist/sw.js");

/// Name, content type, bytes.
const FILES: [(&str, &str, &[u8]); 4] = [
    ("app.js", SCRIPT, include_bytes!("../../../web/dist/app.js")),
    ("field.js", SCRIPT, include_bytes!("../../../web/dist/field.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("../../../web/dist/style.css")),
    ("icon.svg", "image/svg+xml", include_bytes!("../../../web/icon.svg")),
];

/// A file that can be asked for.
struct Asset {
    name: &'static str,
    /// Name with hash: `app.0123456789ab.js`.
    address: String,
    kind: &'static str,
    bytes: &'static [u8],
    packed: Vec<u8>,
}

/// All files.
pub(crate) struct Assets(Vec<Asset>);

impl Assets {
    /// Names and packs the files, once.
    pub(crate) fn new() -> Assets {
        Assets(FILES.into_iter().map(|(name, kind, bytes)| asset(name, kind, bytes)).collect())
    }

    /// The address of the file `name`.
    pub(crate) fn href(&self, name: &str) -> String {
        let found = self.0.iter().find(|asset| asset.name == name);
        found.map_or_else(String::new, |asset| format!("/assets/{}", asset.address))
    }
}

fn asset(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Asset {
    let hash: String = secret::hashed(name, &String::from_utf8_lossy(bytes)).chars().take(12).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    Asset { name, address: format!("{stem}.{hash}.{ending}"), kind, bytes, packed }
}

/// `GET /assets/{file}`.
pub(crate) async fn show(call: Call) -> Answer {
    let name = call.param("file");
    let found =
        call.server.assets.0.iter().find(|asset| asset.address == name).ok_or_else(Problem::not_found)?;
    let packs = takes_gzip(&call.headers) && !found.packed.is_empty();
    let body = if packs { Body::from(found.packed.clone()) } else { Body::from(found.bytes) };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(found.kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if packs {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// `GET /sw.js`: under a fixed address, since its scope is what lies below it; asked for anew each time.
pub(crate) async fn worker(_: Call) -> Answer {
    let mut response = Response::new(Body::from(WORKER));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(SCRIPT));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
