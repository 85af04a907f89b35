//! How somebody wants to see pages: kept in cookies that hold nothing else.

use super::layout::{go, local};
use crate::call::Call;
use crate::front::view::{Size, Theme, tag};
use crate::route::Answer;
use crate::signin::session;
use zhiheng_base::Lang;

/// A year.
const AGE_SECS: i64 = 365 * 24 * 3600;

/// `POST /view`.
pub(crate) async fn set(call: Call) -> Answer {
    let jar = call.server.jar(call.arrival.door);
    let mut response = go(&call, local(call.form.get("back")))?;
    // Only words that are known are kept: a cookie is not a place for what somebody sends.
    let chosen = [
        ("lang", Lang::parse(call.form.get("lang")).map(tag)),
        ("theme", Theme::parse(call.form.get("theme")).map(Theme::word)),
        ("size", Size::parse(call.form.get("size")).map(Size::word)),
    ];
    for (name, word) in chosen {
        if let Some(word) = word {
            session::set(&mut response, &jar.plain(name, word, Some(AGE_SECS)));
        }
    }
    Ok(response)
}
