//! Places inside a TOML string: bytes of the decoded text → bytes of the file.
//!
//! A formula's problem is known by its place in the formula. In the file, escapes and the opening quotes
//! shift it.

use std::ops::Range;

/// The file's bytes behind `range` of the decoded text of the string at `span`.
pub(super) fn raw_range(file: &str, span: Range<usize>, range: Range<usize>) -> Range<usize> {
    let Some(raw) = file.get(span.clone()) else { return span };
    let offsets = offsets(raw);
    let at = |decoded: usize| span.start + offsets.get(decoded).or(offsets.last()).copied().unwrap_or(0);
    let start = at(range.start);
    start..at(range.end).max(start + 1)
}

/// For every byte of the decoded text the offset in `raw`, and one more for its end.
fn offsets(raw: &str) -> Vec<usize> {
    let bytes = raw.as_bytes();
    let (quote, quotes) = match bytes {
        [a @ (b'"' | b'\''), b, c, ..] if a == b && b == c => (*a, 3),
        [a @ (b'"' | b'\''), ..] => (*a, 1),
        _ => return (0..=raw.len()).collect(),
    };
    let end = raw.len().saturating_sub(quotes);
    let mut at = quotes;
    if quotes == 3 {
        // The first line break after the opening quotes is no part of the text.
        at += match &bytes[at.min(end)..end] {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
    }
    let mut map = Vec::with_capacity(raw.len());
    while at < end {
        if quote == b'"' && bytes[at] == b'\\' {
            let (skip, decoded) = escape(&raw[at..end]);
            map.extend(std::iter::repeat_n(at, decoded));
            at += skip;
        } else {
            map.push(at);
            at += 1;
        }
    }
    map.push(end);
    map
}

/// Length of the escape at the start of `raw`, and of what it stands for.
fn escape(raw: &str) -> (usize, usize) {
    let digits = match raw.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b' ' | b'\t' | b'\r' | b'\n') => {
            // A backslash at the end of a line swallows the white space after it.
            let rest = raw[1..].trim_start();
            return (raw.len() - rest.len(), 0);
        }
        _ => return (2.min(raw.len()), 1),
    };
    let code =
        raw.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
    ((2 + digits).min(raw.len()), code.map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::raw_range;

    #[test]
    fn places_shift_by_quotes_and_escapes() {
        let at = |file: &str, decoded: std::ops::Range<usize>| {
            let range = raw_range(file, 4..file.len(), decoded);
            file[range].to_owned()
        };
        assert_eq!(at(r#"a = "x = 'y'""#, 4..7), "'y'");
        assert_eq!(at(r#"a = "\"q\" = y""#, 6..7), "y");
        assert_eq!(at("a = \"\"\"\nx\n  = y\"\"\"", 6..7), "y");
        assert_eq!(at(r"a = 'x = z'", 4..5), "z");
        assert_eq!(at(r#"a = "\u4e2d = y""#, 6..7), "y");
    }
}
