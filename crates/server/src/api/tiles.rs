//! The ledger as files that never change (C2SP tlog-tiles): whoever keeps them sees that nothing was taken back, with any client that
//! reads transparency logs, and caches and mirrors may hold them for ever.
//!
//! Hashes alone are served. Tlog-tiles knows bundles of entries too; ours hold what is not public, so there are none: what one entry
//! says is proved by showing it to whoever may see it, with the proof against these tiles.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};

use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// Hashes of a full tile.
const WIDTH: u64 = 256;
/// Groups of digits of a tile's number: enough for 2^64 entries.
const GROUPS_MAX: usize = 7;

fn answered(bytes: Vec<u8>, kind: &'static str, kept: &'static str) -> Answer {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(response)
}

/// `GET /ledger/checkpoint`: the signed note.
pub(crate) async fn checkpoint(call: Call) -> Answer {
    let note = call.server.ledger.checkpoint().await?;
    answered(note.into_bytes(), "text/plain; charset=utf-8", "no-cache")
}

/// `GET /ledger/key`: the key with which checkpoints are checked, as a note's verifier key.
pub(crate) async fn key(call: Call) -> Answer {
    let key = format!("{}\n", call.server.ledger.key());
    answered(key.into_bytes(), "text/plain; charset=utf-8", "no-cache")
}

/// `GET /ledger/tile/{level}/{*number}`.
pub(crate) async fn tile(call: Call) -> Answer {
    let level = plain(call.param("level")).ok_or_else(Problem::not_found)?;
    let (n, width) = number(call.param("number")).ok_or_else(Problem::not_found)?;
    let hashes = call.server.ledger.tile(level, n, width).await?.ok_or_else(Problem::not_found)?;
    // What a tile holds is a matter of its address; one that is not full has its width in it.
    answered(hashes.concat(), "application/octet-stream", "public, max-age=31536000, immutable")
}

/// A number without leading zeros.
fn plain(text: &str) -> Option<u64> {
    let good = !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    (good && (text.len() == 1 || !text.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

/// `x001/x234/067` or `x001/x234/067.p/8`: number and width of a tile. Every tile has one address.
fn number(text: &str) -> Option<(u64, u64)> {
    let (digits, width) = match text.split_once(".p/") {
        Some((digits, width)) => (digits, plain(width).filter(|width| (1..WIDTH).contains(width))?),
        None => (text, WIDTH),
    };
    let groups: Vec<&str> = digits.split('/').collect();
    if groups.len() > GROUPS_MAX {
        return None;
    }
    let mut n: u64 = 0;
    for (at, group) in groups.iter().enumerate() {
        let is_last = at + 1 == groups.len();
        let digits = if is_last { *group } else { group.strip_prefix('x')? };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A first group of zeros would be a second address of the same tile.
        if at == 0 && !is_last && digits == "000" {
            return None;
        }
        n = n.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some((n, width))
}

#[cfg(test)]
mod tests {
    use super::{number, plain};

    #[test]
    fn numbers_are_read_as_the_specification_writes_them() {
        for (text, wanted) in [
            ("000", Some((0, 256))),
            ("067", Some((67, 256))),
            ("x001/x234/067", Some((1_234_067, 256))),
            ("x001/000", Some((1000, 256))),
            ("x001/x234/067.p/8", Some((1_234_067, 8))),
            ("000.p/255", Some((0, 255))),
            ("000.p/256", None),
            ("000.p/0", None),
            ("000.p/08", None),
            ("x000/067", None),
            ("67", None),
            ("0067", None),
            ("001/067", None),
            ("x001", None),
            ("x001/x067", None),
            ("", None),
            ("-01", None),
            ("x999/x999/x999/x999/x999/x999/x999/999", None),
            ("x999/x999/x999/x999/x999/x999/999", None),
        ] {
            assert_eq!(number(text), wanted, "{text}");
        }
        assert_eq!(
            (plain("0"), plain("10"), plain("01"), plain("+1"), plain("")),
            (Some(0), Some(10), None, None, None)
        );
    }
}
