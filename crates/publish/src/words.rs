//! The report's sentences. Their messages begin with `publish-`, since one namespace holds those of all crates; code names
//! them without it.

use zhiheng_base::Lang;

/// The sentence `publish-<id>` in `lang`.
pub(crate) fn say(lang: Lang, id: &str, args: &[(&str, &str)]) -> String {
    zhiheng_base::words::say(lang, &format!("publish-{id}"), args)
}

/// The word for a missing value, which all crates share.
pub(crate) fn no_data(lang: Lang) -> String {
    zhiheng_base::words::say(lang, "no-data", &[])
}
