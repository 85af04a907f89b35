//! One JSON object → named cells, strictly: no duplicate names, no lone surrogates, bounded depth, numbers as
//! they are written (so that 9007199254740993 and 0.1 stay exact).

use super::Kind;

/// Why an object is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Syntax(usize),
    NotAnObject,
    Depth,
    Duplicate(String),
    Surrogate,
    ManyNames,
}

/// Separates the texts of a list in one cell.
const LIST: char = '\u{1f}';

pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    depth: usize,
    max_depth: usize,
    max_names: usize,
    names: usize,
    scratch: String,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, max_depth: usize, max_names: usize) -> Parser<'a> {
        Parser {
            bytes: text.as_bytes(),
            text,
            at: 0,
            depth: 0,
            max_depth,
            max_names,
            names: 0,
            scratch: String::new(),
        }
    }

    /// Reads the whole text as one object; members of inner objects get names with dots.
    pub(super) fn record(&mut self, each: &mut dyn FnMut(&str, Kind, &str)) -> Result<(), Flaw> {
        self.space();
        if self.bytes.get(self.at) != Some(&b'{') {
            // Depth is judged before kind, so that a wall of brackets is called what it is.
            let mut ignore = |_: &str, _: Kind, _: &str| {};
            return self.value("", &mut ignore).and(Err(Flaw::NotAnObject));
        }
        self.object("", each)?;
        self.space();
        if self.at == self.bytes.len() { Ok(()) } else { Err(Flaw::Syntax(self.at)) }
    }

    fn space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Flaw> {
        if self.bytes.get(self.at) == Some(&byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Flaw::Syntax(self.at))
        }
    }

    fn deeper(&mut self) -> Result<(), Flaw> {
        self.depth += 1;
        if self.depth > self.max_depth { Err(Flaw::Depth) } else { Ok(()) }
    }

    fn object(&mut self, prefix: &str, each: &mut dyn FnMut(&str, Kind, &str)) -> Result<(), Flaw> {
        self.deeper()?;
        self.expect(b'{')?;
        let mut seen: Vec<String> = Vec::new();
        self.space();
        if self.bytes.get(self.at) == Some(&b'}') {
            self.at += 1;
            self.depth -= 1;
            return Ok(());
        }
        loop {
            self.space();
            let name = self.string()?;
            if seen.contains(&name) {
                return Err(Flaw::Duplicate(name));
            }
            self.names += 1;
            if self.names > self.max_names {
                return Err(Flaw::ManyNames);
            }
            self.space();
            self.expect(b':')?;
            self.space();
            if prefix.is_empty() {
                self.value(&name, each)?;
            } else {
                self.value(&format!("{prefix}.{name}"), each)?;
            }
            seen.push(name);
            self.space();
            match self.bytes.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    self.depth -= 1;
                    return Ok(());
                }
                _ => return Err(Flaw::Syntax(self.at)),
            }
        }
    }

    fn value(&mut self, name: &str, each: &mut dyn FnMut(&str, Kind, &str)) -> Result<(), Flaw> {
        match self.bytes.get(self.at) {
            Some(b'{') => self.object(name, each),
            Some(b'[') => {
                let mut list = std::mem::take(&mut self.scratch);
                list.clear();
                let flat = self.list(&mut list)?;
                each(name, if flat { Kind::List } else { Kind::Nested }, &list);
                self.scratch = list;
                Ok(())
            }
            _ => {
                let (kind, text) = self.scalar()?;
                each(name, kind, &text);
                Ok(())
            }
        }
    }

    /// A list's texts, separated by U+001F; `false` if anything in it is itself a list or an object.
    fn list(&mut self, out: &mut String) -> Result<bool, Flaw> {
        self.deeper()?;
        self.expect(b'[')?;
        self.space();
        let mut flat = true;
        if self.bytes.get(self.at) == Some(&b']') {
            self.at += 1;
            self.depth -= 1;
            return Ok(true);
        }
        loop {
            self.space();
            match self.bytes.get(self.at) {
                Some(b'[') => {
                    let mut inner = String::new();
                    self.list(&mut inner)?;
                    flat = false;
                }
                Some(b'{') => {
                    self.object("", &mut |_, _, _| {})?;
                    flat = false;
                }
                _ => {
                    let (kind, text) = self.scalar()?;
                    if kind != Kind::Empty {
                        if !out.is_empty() {
                            out.push(LIST);
                        }
                        out.push_str(&text);
                    }
                }
            }
            self.space();
            match self.bytes.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    self.depth -= 1;
                    return Ok(flat);
                }
                _ => return Err(Flaw::Syntax(self.at)),
            }
        }
    }

    fn scalar(&mut self) -> Result<(Kind, String), Flaw> {
        match self.bytes.get(self.at) {
            Some(b'"') => Ok((Kind::Text, self.string()?)),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                self.number()?;
                Ok((Kind::Number, self.text[start..self.at].to_owned()))
            }
            _ => {
                for (word, kind) in [("null", Kind::Empty), ("true", Kind::Bool), ("false", Kind::Bool)] {
                    if self.bytes[self.at..].starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return Ok((kind, if kind == Kind::Empty { String::new() } else { word.to_owned() }));
                    }
                }
                Err(Flaw::Syntax(self.at))
            }
        }
    }

    fn digits(&mut self) -> Result<usize, Flaw> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { Err(Flaw::Syntax(self.at)) } else { Ok(self.at - start) }
    }

    fn number(&mut self) -> Result<(), Flaw> {
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let leading_zero = self.bytes.get(self.at) == Some(&b'0');
        if self.digits()? > 1 && leading_zero {
            return Err(Flaw::Syntax(self.at));
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn string(&mut self) -> Result<String, Flaw> {
        self.expect(b'"')?;
        let mut out = String::new();
        loop {
            let rest = &self.bytes[self.at..];
            let plain = rest
                .iter()
                .position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20)
                .ok_or(Flaw::Syntax(self.bytes.len()))?;
            out.push_str(&self.text[self.at..self.at + plain]);
            self.at += plain;
            match self.bytes[self.at] {
                b'"' => {
                    self.at += 1;
                    return Ok(out);
                }
                b'\\' => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return Err(Flaw::Syntax(self.at)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Flaw> {
        let byte = *self.bytes.get(self.at).ok_or(Flaw::Syntax(self.at))?;
        self.at += 1;
        Ok(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.hex()?;
                if (0xd800..0xdc00).contains(&high) {
                    if !self.bytes[self.at..].starts_with(b"\\u") {
                        return Err(Flaw::Surrogate);
                    }
                    self.at += 2;
                    let low = self.hex()?;
                    if !(0xdc00..0xe000).contains(&low) {
                        return Err(Flaw::Surrogate);
                    }
                    let scalar = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    char::from_u32(scalar).ok_or(Flaw::Surrogate)?
                } else {
                    char::from_u32(high).ok_or(Flaw::Surrogate)?
                }
            }
            _ => return Err(Flaw::Syntax(self.at - 1)),
        })
    }

    fn hex(&mut self) -> Result<u32, Flaw> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(Flaw::Syntax(self.at))?;
        let mut value = 0;
        for &digit in digits {
            value = value * 16 + char::from(digit).to_digit(16).ok_or(Flaw::Syntax(self.at))?;
        }
        self.at += 4;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Result<Vec<(String, Kind, String)>, Flaw> {
        let mut out = Vec::new();
        let mut each =
            |name: &str, kind: Kind, text: &str| out.push((name.to_owned(), kind, text.to_owned()));
        Parser::new(text, 64, 1_024).record(&mut each)?;
        Ok(out)
    }

    #[test]
    fn values_of_every_kind() {
        let got = cells(r#" {"a":9007199254740993,"b":"x\ud842\udfb7\n","c":["p","q",1],"d":{"e":true,"f":null},"g":[[1]]} "#).unwrap();
        let got: Vec<_> = got.iter().map(|(n, k, t)| (n.as_str(), *k, t.as_str())).collect();
        assert_eq!(
            got,
            [
                ("a", Kind::Number, "9007199254740993"),
                ("b", Kind::Text, "x\u{20bb7}\n"),
                ("c", Kind::List, "p\u{1f}q\u{1f}1"),
                ("d.e", Kind::Bool, "true"),
                ("d.f", Kind::Empty, ""),
                ("g", Kind::Nested, ""),
            ]
        );
    }

    #[test]
    fn flaws_are_named() {
        for (text, flaw) in [
            (r#"{"a":1,"a":2}"#, Flaw::Duplicate("a".into())),
            (r#"{"a":"\ud800"}"#, Flaw::Surrogate),
            (r#"{"a":"\ud800\u0041"}"#, Flaw::Surrogate),
            (r#"{"a":01}"#, Flaw::Syntax(7)),
            (r#"{"a":1}x"#, Flaw::Syntax(7)),
            (r#"[1]"#, Flaw::NotAnObject),
            (r#"{"a":"#, Flaw::Syntax(5)),
            ("", Flaw::Syntax(0)),
        ] {
            assert_eq!(cells(text), Err(flaw), "{text}");
        }
        assert_eq!(cells(&"[".repeat(100_000)), Err(Flaw::Depth));
        assert_eq!(cells(&format!("{{\"a\":{}", "[".repeat(100_000))), Err(Flaw::Depth));
        let many: String = (0..2_000).map(|n| format!("\"n{n}\":1,")).collect();
        assert_eq!(cells(&format!("{{{many}\"z\":1}}")), Err(Flaw::ManyNames));
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_serde_json_on_what_is_valid(text in "[{}\\[\\]\",:a0-9eE+.\\\\ u-]{0,24}") {
            let ours = cells(&text).is_ok();
            let theirs = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).is_ok();
            // Ours is stricter (duplicates) and keeps numbers that overflow a double.
            proptest::prop_assert!(!ours || theirs || text.contains(['e', 'E']));
        }
    }
}
