//! A tight reader of canonical JSON leaves: finds the few names it needs and skips the rest, borrowing text.
//!
//! Ledger leaves are canonical (no spaces, sorted names), but nothing here relies on it: any JSON object gives
//! its values or `None`, never a panic.

use std::borrow::Cow;

/// What the lake needs of an entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// `record`, `correct`, `withdraw`, ….
    pub kind: &'a str,
    /// Record type.
    pub of: Option<&'a str>,
    /// `reported` (left out), `published`, `synthetic`.
    pub provenance: Option<&'a str>,
    /// The entry that is corrected or withdrawn.
    pub corrects: Option<u64>,
    /// The fields, as JSON.
    pub data: &'a str,
}

/// A JSON value, not yet taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written.
    Number(&'a str),
    /// A text between its quotes; the flag says whether it holds escapes.
    Text(&'a str, bool),
    /// An array with its brackets.
    Array(&'a str),
    /// An object with its braces.
    Object(&'a str),
}

impl<'a> Raw<'a> {
    /// The text, escapes resolved; `None` for other kinds and broken escapes.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Raw::Text(text, false) => Some(Cow::Borrowed(text)),
            Raw::Text(text, true) => serde_json::from_str(&format!("\"{text}\"")).ok().map(Cow::Owned),
            _ => None,
        }
    }
}

/// Reads an entry's envelope.
pub fn leaf(bytes: &[u8]) -> Option<Leaf<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut leaf = Leaf::default();
    each_member(text, |name, value| {
        match (name, value) {
            ("kind", Raw::Text(kind, false)) => leaf.kind = kind,
            ("of", Raw::Text(of, false)) => leaf.of = Some(of),
            ("provenance", Raw::Text(provenance, false)) => leaf.provenance = Some(provenance),
            ("corrects", Raw::Number(number)) => leaf.corrects = Some(number.parse().ok()?),
            ("data", Raw::Object(data)) => leaf.data = data,
            _ => {}
        }
        Some(())
    })?;
    (!leaf.kind.is_empty()).then_some(leaf)
}

/// Calls `found` with each name and value of an object; `None` stops with `None`. Names with escapes are
/// passed on as written: no field id has any.
pub fn each_member<'a>(text: &'a str, mut found: impl FnMut(&'a str, Raw<'a>) -> Option<()>) -> Option<()> {
    let mut cursor = Cursor { text, bytes: text.as_bytes(), at: 0 };
    cursor.expect(b'{')?;
    if cursor.peek()? == b'}' {
        return Some(());
    }
    loop {
        cursor.skip_space();
        let Raw::Text(name, _) = cursor.value()? else { return None };
        cursor.expect(b':')?;
        let value = cursor.value()?;
        found(name, value)?;
        match cursor.peek()? {
            b',' => cursor.at += 1,
            b'}' => return Some(()),
            _ => return None,
        }
    }
}

/// Calls `found` with each item of an array.
pub fn each_item<'a>(text: &'a str, mut found: impl FnMut(Raw<'a>) -> Option<()>) -> Option<()> {
    let mut cursor = Cursor { text, bytes: text.as_bytes(), at: 0 };
    cursor.expect(b'[')?;
    if cursor.peek()? == b']' {
        return Some(());
    }
    loop {
        let value = cursor.value()?;
        found(value)?;
        match cursor.peek()? {
            b',' => cursor.at += 1,
            b']' => return Some(()),
            _ => return None,
        }
    }
}

struct Cursor<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn skip_space(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.skip_space();
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn value(&mut self) -> Option<Raw<'a>> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => {
                let escaped = self.skip_text()?;
                Some(Raw::Text(self.text.get(start + 1..self.at - 1)?, escaped))
            }
            b'{' | b'[' => {
                self.skip_nested()?;
                let whole = self.text.get(start..self.at)?;
                Some(if first == b'{' { Raw::Object(whole) } else { Raw::Array(whole) })
            }
            b't' => self.word("true", Raw::Bool(true)),
            b'f' => self.word("false", Raw::Bool(false)),
            b'n' => self.word("null", Raw::Null),
            _ => {
                while self
                    .bytes
                    .get(self.at)
                    .is_some_and(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E'))
                {
                    self.at += 1;
                }
                (self.at > start).then(|| Raw::Number(&self.text[start..self.at]))
            }
        }
    }

    fn word(&mut self, word: &str, value: Raw<'a>) -> Option<Raw<'a>> {
        self.bytes[self.at..].starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            value
        })
    }

    /// Skips a text with its quotes; true if it holds a backslash.
    fn skip_text(&mut self) -> Option<bool> {
        let mut escaped = false;
        self.at += 1;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(escaped);
                }
                b'\\' => {
                    escaped = true;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Skips an array or object by counting brackets outside texts.
    fn skip_nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => {
                    self.skip_text()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_an_entry() {
        let text = r#"{"at":"2013-01-01T00:00:00Z","by":"x","corrects":7,"data":{"a":"b\"}","n":[1,{"z":"]"}]},"kind":"correct","of":"sampling.batch","provenance":"synthetic","v":1}"#;
        let found = leaf(text.as_bytes()).unwrap();
        assert_eq!(found.kind, "correct");
        assert_eq!(found.of, Some("sampling.batch"));
        assert_eq!(found.provenance, Some("synthetic"));
        assert_eq!(found.corrects, Some(7));
        assert_eq!(found.data, r#"{"a":"b\"}","n":[1,{"z":"]"}]}"#);
    }

    #[test]
    fn bad_leaves_are_refused() {
        for text in
            ["", "{", "{}", "[]", "{\"kind\"", "{\"kind\":\"a", "{\"kind\":\"a\\", "{\"a\":]}", "\u{ff}"]
        {
            assert_eq!(leaf(text.as_bytes()), None, "{text}");
        }
        assert_eq!(leaf(&[0xff, 0xfe]), None);
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = leaf(&bytes);
        }

        #[test]
        fn any_json_text_is_read(text in "\\PC*", name in "[a-z]{1,8}") {
            let json = serde_json::json!({ &name: text, "kind": "x", "zz": [1, null, {"a": [text]}] }).to_string();
            let mut seen = None;
            each_member(&json, |key, value| {
                if key == name && seen.is_none() { seen = value.text().map(Cow::into_owned); }
                Some(())
            });
            prop_assert_eq!(seen, Some(if name == "kind" { "x".to_owned() } else { text }));
        }
    }
}
