//! Headers of every answer.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERER, REFERRER_POLICY, SERVER,
    STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};

/// Only what comes from here runs, loads or frames; no inline script and no inline style.
const POLICY: &str = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; \
     img-src 'self' data: blob:; connect-src 'self'";

/// Features of the browser that pages use: the camera, for codes on samples.
const FEATURES: &str =
    "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()";

/// What the answer depends on besides the address.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) headers: HeaderMap,
    pub(crate) api: bool,
    /// Within the EPCIS binding, which has problems of its own.
    pub(crate) epcis: bool,
    /// Path and query of a page, to come back to.
    pub(crate) here: String,
}

impl Wanted {
    pub(crate) fn of<B>(request: &Request<B>) -> Wanted {
        Wanted {
            headers: request.headers().clone(),
            api: ["/api/", "/open/v1/"].iter().any(|prefix| request.uri().path().starts_with(prefix)),
            epcis: request.uri().path().starts_with(crate::epcis::PREFIX),
            here: here(request.method(), request.uri(), request.headers()),
        }
    }

    pub(crate) fn gzip(&self) -> bool {
        takes_gzip(&self.headers)
    }
}

/// Whether a client takes gzip.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim() == "gzip" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// Path and query of a page, to come back to after signing in, showing a second factor or changing the view. A form that is
/// refused comes back to the page it stood on, which browsers name in `Referer`; without one, the start.
pub(crate) fn here(method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
    let target = if *method == Method::GET {
        uri.path_and_query().map(|target| target.as_str().to_owned())
    } else {
        stood_on(headers)
    };
    target.unwrap_or_else(|| "/".to_owned())
}

/// The page of this host that a form stood on.
fn stood_on(headers: &HeaderMap) -> Option<String> {
    let value = |name: &HeaderName| headers.get(name)?.to_str().ok();
    let from: Uri = value(&REFERER)?.parse().ok()?;
    let same = from.authority()?.as_str().eq_ignore_ascii_case(value(&HOST)?);
    let target = from.path_and_query().filter(|_| same)?.as_str();
    // Two slashes would begin another host's address.
    (target.starts_with('/') && !target.starts_with("//")).then(|| target.to_owned())
}

/// Sets the headers that protect every answer. What a handler set for caching stays; otherwise nothing is kept: pages
/// are seen on shared computers of offices.
pub(super) fn secure(response: &mut Response<Body>, id: &str, https: bool) {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    // Addresses of pages can name enterprises and cases: no other site learns them.
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), FEATURES);
    set(SERVER, "zhiheng");
    if https {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie, HX-Request"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

#[cfg(test)]
mod tests {
    use super::here;
    use axum::http::header::{HOST, REFERER};
    use axum::http::{HeaderMap, HeaderValue, Method, Uri};

    #[test]
    fn a_refused_form_comes_back_to_its_page_and_never_to_another_host() {
        let sent = |referer: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("q.example:8443"));
            headers.insert(REFERER, HeaderValue::from_static(referer));
            here(&Method::POST, &Uri::from_static("/cases/a/approve"), &headers)
        };
        assert_eq!(sent("https://q.example:8443/cases/a?as_of=7"), "/cases/a?as_of=7");
        for foreign in [
            "https://other.example/cases/a",
            "https://q.example/cases/a",
            "https://q.example:8443@other.example/",
            "https://q.example:8443//other.example/",
            "/cases/a",
            "",
            "about:blank",
        ] {
            assert_eq!(sent(foreign), "/", "{foreign}");
        }
        let looked = here(&Method::GET, &Uri::from_static("/cases?all=1"), &HeaderMap::new());
        assert_eq!(looked, "/cases?all=1");
    }
}
