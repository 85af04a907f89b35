//! Plain words for what figures say.

use zhiheng_base::words::say;
use zhiheng_base::{Lang, Words};
use zhiheng_desk::open::likely::{Counted, Likely};
use zhiheng_desk::open::table::{Named, Number};

/// Of a hundred more like these, about how many; nothing without an interval.
pub(crate) fn plain(lang: Lang, likely: Likely) -> String {
    let id = match likely.counted {
        Counted::Failing => "open-likely-failing",
        Counted::Meeting => "open-likely-meeting",
    };
    say(lang, id, &[("least", &likely.least.to_string()), ("most", &likely.most.to_string())])
}

/// A number with its parts, as a sentence of one figure.
pub(crate) fn sentence(lang: Lang, name: &Words, number: &Number) -> String {
    let Some(value) = &number.value else { return say(lang, "no-data", &[]) };
    let args = |more: &[(&str, &str)]| {
        let mut all = vec![("name", name.get(lang)), ("value", value.as_str())];
        all.extend_from_slice(more);
        all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
    };
    let told = |id: &str, all: Vec<(String, String)>| {
        let all: Vec<(&str, &str)> = all.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        say(lang, id, &all)
    };
    match (&number.parts, &number.interval) {
        (Some((top, bottom)), Some((low, high))) => told(
            "open-figure-rate",
            args(&[
                ("top", &top.normalize().to_string()),
                ("bottom", &bottom.normalize().to_string()),
                ("low", low),
                ("high", high),
            ]),
        ),
        _ => told("open-figure", args(&[("records", &number.records.to_string())])),
    }
}

/// What a row or column stands for: the total, what no record states, or a name.
pub(crate) fn named(lang: Lang, named: Option<&Named>) -> String {
    match named {
        None => say(lang, "open-total", &[]),
        Some(named) if named.code.is_empty() => say(lang, "open-unstated", &[]),
        Some(named) => named.name.get(lang).to_owned(),
    }
}
