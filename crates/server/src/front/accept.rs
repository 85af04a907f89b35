//! Page or data: what the client would rather have.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// Whether an answer that could be both should be JSON: when the client names JSON and does not prefer HTML.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    let mut json = 0;
    let mut html = 0;
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for part in values.flat_map(|value| value.split(',')) {
        let mut pieces = part.split(';').map(str::trim);
        let kind = pieces.next().unwrap_or_default().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1000, weight);
        match kind.as_str() {
            "application/json" | "application/problem+json" => json = json.max(weight),
            "text/html" | "application/xhtml+xml" => html = html.max(weight),
            _ => {}
        }
    }
    json > html
}

/// A weight such as `0.8` in thousandths; what is no weight is 0.
pub(crate) fn weight(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u32>()) {
        ("1", Ok(_)) => 1000,
        ("0", Ok(part)) => part,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::wants_json;
    use axum::http::HeaderMap;
    use axum::http::header::ACCEPT;

    #[test]
    fn browsers_get_pages_and_programs_that_ask_get_json() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, text.parse().expect("a value"));
            wants_json(&headers)
        };
        for page in [
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
            "*/*",
            "text/html, application/json;q=0.9",
            "application/json;q=0.5, text/html;q=0.6",
            "application/json;q=x",
        ] {
            assert!(!of(page), "{page}");
        }
        for json in [
            "application/json",
            "application/problem+json, text/html;q=0.5",
            "Application/JSON;charset=utf-8",
            "application/json, text/plain, */*",
            "application/json;q=0.61, text/html;q=0.6",
        ] {
            assert!(of(json), "{json}");
        }
        assert!(!wants_json(&HeaderMap::new()));
    }
}
