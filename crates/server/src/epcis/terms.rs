//! What a request says about itself and wants of the answer: versions, syntax, spelling of identifiers and words.

use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use zhiheng_base::Diagnostic;
use zhiheng_trace::event::EpcFormat;
use zhiheng_trace::store::{Behaviour, Media};
use zhiheng_trace::xml::{Words, XmlStyle};

use super::{OLDEST, VERSION};
use crate::call::Call;
use crate::front::accept::weight;
use crate::problem::Problem;

/// Types of answers in JSON, then in XML.
const TYPES: [(&str, Media); 4] = [
    ("application/json", Media::Json),
    ("application/ld+json", Media::Json),
    ("application/xml", Media::Xml),
    ("text/xml", Media::Xml),
];

/// How an answer is wanted.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) media: Media,
    pub(crate) content_type: &'static str,
    /// XML of version 1.2.
    pub(crate) older: bool,
    pub(crate) format: EpcFormat,
    /// The value of `GS1-EPC-Format`, for links and subscriptions.
    pub(crate) format_name: String,
    pub(crate) words: Words,
}

impl Terms {
    /// Terms of an answer that is an EPCIS document.
    ///
    /// # Errors
    ///
    /// ZH9580 to ZH9582, all 406.
    pub(crate) fn of(call: &Call) -> Result<Terms, Problem> {
        let (media, content_type) = accepted(&call.headers, &TYPES)?;
        let older = wants_older(&call.headers, media)?;
        let format_name =
            header(&call.headers, "gs1-epc-format")?.unwrap_or("Always_GS1_Digital_Link").to_owned();
        let format = EpcFormat::of_header(&format_name).ok_or_else(|| odd("GS1-EPC-Format", &format_name))?;
        let words = match header(&call.headers, "gs1-cbv-xml-format")? {
            None if older => Words::Urn,
            None | Some("No_Preference" | "Always_Web_URI") => Words::Web,
            Some("Always_URN") => Words::Urn,
            Some("Never_Translates") => Words::AsWritten,
            Some(other) => return Err(odd("GS1-CBV-XML-Format", other)),
        };
        Ok(Terms { media, content_type, older, format, format_name, words })
    }

    /// Checks the terms of an answer that there is in JSON alone: lists, jobs, queries.
    pub(crate) fn plain(call: &Call) -> Result<&'static str, Problem> {
        let (_, content_type) = accepted(&call.headers, TYPES.get(..2).unwrap_or_default())?;
        wants_older(&call.headers, Media::Json)?;
        Ok(content_type)
    }

    pub(crate) fn xml(&self) -> XmlStyle {
        XmlStyle { older: self.older, words: self.words, types: true }
    }
}

/// The syntax of a document that was sent.
///
/// # Errors
///
/// ZH9583, 415.
pub(crate) fn sent(call: &Call) -> Result<Media, Problem> {
    for name in ["gs1-epcis-version", "gs1-cbv-version"] {
        if let Some(text) = header(&call.headers, name)? {
            let spoken = version(text).filter(|given| within(given));
            spoken.ok_or_else(|| unspoken(text))?;
        }
    }
    let value = header(&call.headers, CONTENT_TYPE.as_str())?.unwrap_or_default();
    Media::of_header(&value.to_ascii_lowercase()).ok_or_else(|| {
        let problem = Diagnostic::error("ZH9583").arg("value", short(value));
        Problem::from(problem).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    })
}

/// What is to be done with sound events beside wrong ones.
///
/// # Errors
///
/// ZH9581, 400: nothing may be captured in a way that was not meant.
pub(crate) fn behaviour(call: &Call) -> Result<Behaviour, Problem> {
    let name = "GS1-Capture-Error-Behaviour";
    let Some(value) = header(&call.headers, "gs1-capture-error-behaviour")? else {
        return Ok(Behaviour::default());
    };
    Behaviour::of_header(value).ok_or_else(|| odd(name, value).with_status(StatusCode::BAD_REQUEST))
}

/// Prefixes that a client declares for extension fields in a query string: `GS1-Extensions: ex=https://example.com/,…`.
pub(crate) fn namespaces(headers: &HeaderMap) -> Vec<(String, String)> {
    let values = headers.get_all("gs1-extensions").iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(prefix, space)| (prefix.trim().to_owned(), space.trim().to_owned()))
        .collect()
}

/// Whether the client's limits allow only an older version. They must allow one that is spoken.
fn wants_older(headers: &HeaderMap, media: Media) -> Result<bool, Problem> {
    let mut older = false;
    for (least, most) in [("gs1-epcis-min", "gs1-epcis-max"), ("gs1-cbv-min", "gs1-cbv-max")] {
        let read = |name: &str| -> Result<Option<[u64; 3]>, Problem> {
            let Some(text) = header(headers, name)? else { return Ok(None) };
            version(text).map(Some).ok_or_else(|| unspoken(text))
        };
        let (least, most) = (read(least)?, read(most)?);
        let newest = [2, 0, 0];
        if least.is_some_and(|least| least > newest) {
            return Err(unspoken(&format!(">{VERSION}")));
        }
        if let Some(most) = most.filter(|most| *most < newest) {
            if media == Media::Json || most < [1, 2, 0] || least.is_some_and(|least| least > [1, 2, 0]) {
                return Err(unspoken(&format!("<{VERSION}")));
            }
            older = true;
        }
    }
    Ok(older)
}

/// `2`, `2.0`, `2.0.0` as numbers.
fn version(text: &str) -> Option<[u64; 3]> {
    let mut out = [0; 3];
    for (place, part) in text.split('.').enumerate() {
        let digits = !part.is_empty() && part.len() < 10 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = part.parse().ok().filter(|_| digits)?;
        // what comes after the third number makes no difference
        if let Some(slot) = out.get_mut(place) {
            *slot = number;
        }
    }
    Some(out)
}

fn within(version: &[u64; 3]) -> bool {
    *version == [2, 0, 0] || (version.first() == Some(&1) && version.get(1) == Some(&2))
}

fn unspoken(text: &str) -> Problem {
    let problem =
        Diagnostic::error("ZH9580").arg("value", short(text)).arg("least", OLDEST).arg("most", VERSION);
    Problem::from(problem).with_status(StatusCode::NOT_ACCEPTABLE)
}

fn odd(name: &str, value: &str) -> Problem {
    let problem = Diagnostic::error("ZH9581").arg("name", name).arg("value", short(value));
    Problem::from(problem).with_status(StatusCode::NOT_ACCEPTABLE)
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The text of a header; one that is no text is refused.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Problem> {
    headers.get(name).map(|value| value.to_str().map(str::trim).map_err(|_| odd(name, "?"))).transpose()
}

/// The type that the client likes best among those offered; the first of several that it likes as much.
fn accepted(headers: &HeaderMap, offers: &[(&'static str, Media)]) -> Result<(Media, &'static str), Problem> {
    let ranges: Vec<(String, u32)> = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let range = pieces.next().unwrap_or_default().to_ascii_lowercase();
            let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1000, weight);
            (range, weight)
        })
        .filter(|(range, _)| !range.is_empty())
        .collect();
    let liked = |offer: &str| {
        // the most exact range that fits decides
        let family = offer.split('/').next().map_or_else(String::new, |family| format!("{family}/*"));
        let found = [offer, family.as_str(), "*/*"]
            .into_iter()
            .find_map(|wanted| ranges.iter().find(|(range, _)| range == wanted).map(|(_, weight)| *weight));
        found.unwrap_or(if ranges.is_empty() { 1000 } else { 0 })
    };
    let mut best: Option<(u32, (&'static str, Media))> = None;
    for offer in offers {
        let weight = liked(offer.0);
        if weight > best.map_or(0, |(best, _)| best) {
            best = Some((weight, *offer));
        }
    }
    let (_, (name, media)) = best.ok_or_else(|| {
        let names: Vec<&str> = offers.iter().map(|(name, _)| *name).collect();
        let problem = Diagnostic::error("ZH9582").arg("offered", names.join(", "));
        Problem::from(problem).with_status(StatusCode::NOT_ACCEPTABLE)
    })?;
    Ok((media, name))
}

/// Whether a problem should be told in XML.
pub(crate) fn likes_xml(headers: &HeaderMap) -> bool {
    const PROBLEMS: [(&str, Media); 5] = [
        ("application/problem+json", Media::Json),
        ("application/json", Media::Json),
        ("application/problem+xml", Media::Xml),
        ("application/xml", Media::Xml),
        ("text/xml", Media::Xml),
    ];
    accepted(headers, &PROBLEMS).is_ok_and(|(media, _)| media == Media::Xml)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn the_best_liked_syntax_is_answered() {
        let of = |text: &str| {
            accepted(&headers(&[("accept", text)]), &TYPES).map(|(_, name)| name).unwrap_or("none")
        };
        for (accept, wanted) in [
            ("application/json", "application/json"),
            ("application/ld+json", "application/ld+json"),
            ("application/xml", "application/xml"),
            ("text/xml;q=0.3", "text/xml"),
            ("text/*", "text/xml"),
            ("*/*", "application/json"),
            ("application/*;q=0.5, text/xml", "text/xml"),
            ("application/json;q=0, */*;q=0.1", "application/ld+json"),
            ("application/xml;q=0.9, application/json;q=0.8", "application/xml"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
            ("text/csv", "none"),
            ("application/json;q=0", "none"),
            ("application/json;q=x", "none"),
        ] {
            assert_eq!(of(accept), wanted, "{accept}");
        }
        assert!(accepted(&HeaderMap::new(), &TYPES).is_ok_and(|(_, name)| name == "application/json"));
    }

    #[test]
    fn versions_meet_or_they_do_not() {
        let of = |pairs: &[(&'static str, &str)], media| wants_older(&headers(pairs), media).ok();
        assert_eq!(of(&[], Media::Json), Some(false));
        assert_eq!(of(&[("gs1-epcis-min", "1.0"), ("gs1-epcis-max", "2")], Media::Json), Some(false));
        assert_eq!(of(&[("gs1-epcis-max", "2.1.7.9")], Media::Json), Some(false));
        assert_eq!(of(&[("gs1-epcis-min", "2.0.1")], Media::Json), None);
        assert_eq!(of(&[("gs1-epcis-max", "1.2")], Media::Json), None, "JSON began with 2.0");
        assert_eq!(of(&[("gs1-epcis-max", "1.2")], Media::Xml), Some(true));
        assert_eq!(of(&[("gs1-epcis-max", "1.1")], Media::Xml), None);
        assert_eq!(of(&[("gs1-epcis-min", "1.3"), ("gs1-epcis-max", "1.9")], Media::Xml), None);
        assert_eq!(of(&[("gs1-cbv-max", "1.2.2")], Media::Xml), Some(true));
        for odd in ["", "two", "2.", ".2", "2..0", "-1", "99999999999"] {
            assert_eq!(of(&[("gs1-epcis-min", odd)], Media::Xml), None, "{odd}");
        }
    }

    #[test]
    fn prefixes_come_from_the_header() {
        let all = headers(&[
            ("gs1-extensions", "ex=https://example.com/a/,  b = urn:x "),
            ("gs1-extensions", "odd"),
        ]);
        let pair = |prefix: &str, space: &str| (prefix.to_owned(), space.to_owned());
        assert_eq!(namespaces(&all), [pair("ex", "https://example.com/a/"), pair("b", "urn:x")]);
    }
}
