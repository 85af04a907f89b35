//! A reader of canonical JSON objects that copies nothing: the members of one object as byte slices.
//!
//! The ledger reads hundreds of thousands of entries a second, and needs of most of them only which
//! bytes are the data and which are the key; a general JSON reader would build every value first.

/// The bytes are not one canonical JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a canonical JSON object (byte {0})")]
pub(crate) struct NotCanonical(pub(crate) usize);

/// The members of an object, in order.
#[derive(Clone, Debug)]
pub(crate) struct Members<'a> {
    bytes: &'a [u8],
    at: usize,
    done: bool,
}

/// A member: its name as written between the quotes, and the bytes of its value.
pub(crate) type Member<'a> = (&'a [u8], &'a [u8]);

/// The members of the object `bytes`. White space is refused: canonical JSON has none.
pub(crate) fn members(bytes: &[u8]) -> Members<'_> {
    Members { bytes, at: 0, done: false }
}

impl<'a> Members<'a> {
    fn fail<T>(&mut self) -> Result<T, NotCanonical> {
        self.done = true;
        Err(NotCanonical(self.at))
    }

    /// The next member; `None` after the closing brace.
    fn step(&mut self) -> Result<Option<Member<'a>>, NotCanonical> {
        let opens = if self.at == 0 { b'{' } else { b',' };
        match self.bytes.get(self.at) {
            Some(b'}') if self.at > 0 => {
                self.at += 1;
                return self.end();
            }
            Some(&byte) if byte == opens => self.at += 1,
            _ => return self.fail(),
        }
        if self.at == 1 && self.bytes.get(1) == Some(&b'}') {
            self.at = 2;
            return self.end();
        }
        let Some(name) = text_end(self.bytes, self.at) else { return self.fail() };
        let name_bytes = &self.bytes[self.at + 1..name - 1];
        if self.bytes.get(name) != Some(&b':') {
            return self.fail();
        }
        let start = name + 1;
        let Some(end) = value_end(self.bytes, start) else { return self.fail() };
        self.at = end;
        Ok(Some((name_bytes, &self.bytes[start..end])))
    }

    fn end(&mut self) -> Result<Option<Member<'a>>, NotCanonical> {
        self.done = true;
        if self.at == self.bytes.len() { Ok(None) } else { Err(NotCanonical(self.at)) }
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Result<Member<'a>, NotCanonical>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done { None } else { self.step().transpose() }
    }
}

/// Where the string that begins at `start` ends (after its closing quote).
fn text_end(bytes: &[u8], start: usize) -> Option<usize> {
    if bytes.get(start) != Some(&b'"') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            0x00..=0x1f => return None,
            _ => at += 1,
        }
    }
}

/// Where the value that begins at `start` ends.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    match bytes.get(start)? {
        b'"' => text_end(bytes, start),
        b'{' | b'[' => {
            let (mut at, mut depth) = (start, 0_u32);
            loop {
                match bytes.get(at)? {
                    b'"' => {
                        at = text_end(bytes, at)?;
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            return Some(at + 1);
                        }
                    }
                    byte if byte.is_ascii_whitespace() => return None,
                    _ => {}
                }
                at += 1;
            }
        }
        b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
            let rest = &bytes[start..];
            let len = rest.iter().position(|byte| matches!(byte, b',' | b'}' | b']')).unwrap_or(rest.len());
            let word = &rest[..len];
            let number = {
                let digits = word.strip_prefix(b"-").unwrap_or(word);
                !digits.is_empty()
                    && digits.iter().all(u8::is_ascii_digit)
                    && (digits[0] != b'0' || word == b"0")
            };
            (number || matches!(word, b"true" | b"false" | b"null")).then_some(start + len)
        }
        _ => None,
    }
}

/// The text of a JSON string value; `None` if it is not a string.
pub(crate) fn text(value: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    let inner = value.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    if inner.contains(&b'\\') {
        return serde_json::from_slice::<String>(value).ok().map(Into::into);
    }
    std::str::from_utf8(inner).ok().map(Into::into)
}

/// The whole number of a JSON number value.
pub(crate) fn number(value: &[u8]) -> Option<u64> {
    std::str::from_utf8(value).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, NotCanonical> {
        members(text.as_bytes())
            .map(|member| {
                member.map(|(name, value)| {
                    (String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(value).into_owned())
                })
            })
            .collect()
    }

    #[test]
    fn reads_members_as_they_are_written() {
        let own = |pairs: &[(&str, &str)]| {
            Ok(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(read("{}"), own(&[]));
        assert_eq!(
            read(r#"{"a":1,"b":"x\"}","c":{"d":[1,"]"]},"e":null}"#),
            own(&[("a", "1"), ("b", r#""x\"}""#), ("c", r#"{"d":[1,"]"]}"#), ("e", "null")])
        );
    }

    #[test]
    fn refuses_what_is_not_canonical() {
        for text in [
            "",
            "{",
            "[]",
            "{}x",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\": 1}",
            "{ }",
            "{\"a\":01}",
            "{\"a\":1.5}",
            "{\"a\":-}",
            "{\"a\":\"x}",
            "{\"a\":[1}",
            "{\"a\":tru}",
            "{a:1}",
            "{\"a\":1}}",
            "{\"a\":\"\\",
            "{\"a\":1e5}",
            "{\"a\"1}",
            "\u{0}",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep).is_ok(), "depth costs no stack");
    }
}
