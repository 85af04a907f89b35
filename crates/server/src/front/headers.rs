//! Headers of every answer.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, SERVER,
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
    /// Path and query of a page, to come back to.
    pub(crate) here: String,
}

impl Wanted {
    pub(crate) fn of<B>(request: &Request<B>) -> Wanted {
        Wanted {
            headers: request.headers().clone(),
            api: request.uri().path().starts_with("/api/"),
            here: here(request.method(), request.uri()),
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

/// Path and query of a page, to come back to after signing in or changing the view; the start where nothing can be
/// come back to.
pub(crate) fn here(method: &Method, uri: &Uri) -> String {
    match uri.path_and_query() {
        Some(target) if *method == Method::GET => target.as_str().to_owned(),
        _ => "/".to_owned(),
    }
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
