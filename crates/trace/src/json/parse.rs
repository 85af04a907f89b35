//! JSON text to values: strict RFC 8259, bounded, and each number by its digits.

use std::borrow::Cow;
use std::collections::HashMap;

use zhiheng_base::{Diagnostic, Severity};

use super::Value;
use crate::problem::shorten;
use crate::{Limits, Number, Problems};

/// Parses one JSON text. Of a name that an object has twice, the last counts, as most readers have it; a warning
/// (ZH9517) says so, because not all do.
///
/// # Errors
///
/// ZH9510 if it is not well formed, ZH9512 for deep nesting, ZH9513 for size, ZH9516 if it is not UTF-8.
pub fn parse<'a>(bytes: &'a [u8], limits: &Limits, problems: &mut Problems) -> Result<Value<'a>, Diagnostic> {
    if bytes.len() > limits.bytes {
        return Err(Diagnostic::error("ZH9513")
            .arg("what", "bytes")
            .arg("most", limits.bytes)
            .arg("path", "/"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(Diagnostic::error("ZH9516")) };
    let mut parser = Parser { text, at: 0, items: 0, limits, problems };
    parser.space();
    let value = parser.value(0)?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.malformed());
    }
    Ok(value)
}

struct Parser<'a, 'l> {
    text: &'a str,
    at: usize,
    items: usize,
    limits: &'l Limits,
    problems: &'l mut Problems,
}

impl<'a> Parser<'a, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn here(&self, code: &'static str) -> Diagnostic {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Diagnostic::error(code).arg("line", line).arg("column", column)
    }

    fn malformed(&self) -> Diagnostic {
        self.here("ZH9510")
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Diagnostic> {
        self.items += 1;
        if self.items > self.limits.items {
            return Err(self
                .here("ZH9513")
                .arg("what", "values")
                .arg("most", self.limits.items)
                .arg("path", "/"));
        }
        match self.peek() {
            Some(b'{' | b'[') if depth >= self.limits.depth => {
                Err(self.here("ZH9512").arg("most", self.limits.depth))
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.malformed()),
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Diagnostic> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.malformed());
        }
        self.at += word.len();
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Value<'a>, Diagnostic> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']') {
            return Ok(Value::List(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            if self.eat(b']') {
                return Ok(Value::List(items));
            }
            if !self.eat(b',') {
                return Err(self.malformed());
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, Diagnostic> {
        /// From so many members on, looking for twins needs a set.
        const MANY: usize = 24;
        self.at += 1;
        let mut members: Vec<(Cow<'a, str>, Value<'a>)> = Vec::new();
        let mut places: HashMap<Cow<'a, str>, usize> = HashMap::new();
        self.space();
        if self.eat(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.malformed());
            }
            let name = self.string()?;
            if members.len() == MANY {
                places.extend(members.iter().enumerate().map(|(place, (name, _))| (name.clone(), place)));
            }
            let twin = if members.len() < MANY {
                members.iter().position(|(own, _)| *own == name)
            } else {
                let place = members.len();
                Some(*places.entry(name.clone()).or_insert(place)).filter(|&first| first < place)
            };
            if twin.is_some() {
                let mut warning = self.here("ZH9517").arg("name", shorten(&name));
                warning.severity = Severity::Warning;
                self.problems.push(warning);
            }
            self.space();
            if !self.eat(b':') {
                return Err(self.malformed());
            }
            self.space();
            let value = self.value(depth + 1)?;
            match twin.and_then(|place| members.get_mut(place)) {
                Some(member) => member.1 = value,
                None => members.push((name, value)),
            }
            self.space();
            if self.eat(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.eat(b',') {
                return Err(self.malformed());
            }
        }
    }

    fn number(&mut self) -> Result<Value<'a>, Diagnostic> {
        let start = self.at;
        while self.peek().is_some_and(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let body = text.strip_prefix('-').unwrap_or(text);
        let mut digits = body.bytes();
        let starts_well = match digits.next() {
            Some(b'0') => !digits.next().is_some_and(|byte| byte.is_ascii_digit()),
            Some(byte) => byte.is_ascii_digit(),
            None => false,
        };
        let has_digits_after_point =
            body.split_once('.').is_none_or(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
        match Number::read(text) {
            Some(number) if starts_well && has_digits_after_point && text.len() <= 1000 => {
                Ok(Value::Number(number))
            }
            _ => {
                self.at = start;
                Err(self.malformed())
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Diagnostic> {
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut from = start;
        loop {
            // what means nothing by itself is passed over at once
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            self.at += plain.unwrap_or(rest.len());
            let Some(byte) = self.peek() else { return Err(self.malformed()) };
            match byte {
                b'"' => {
                    let last = self.text.get(from..self.at).unwrap_or_default();
                    self.at += 1;
                    let text = match owned {
                        None => Cow::Borrowed(last),
                        Some(text) => Cow::Owned(text + last),
                    };
                    if text.len() > self.limits.text {
                        return Err(self
                            .here("ZH9513")
                            .arg("what", "text")
                            .arg("most", self.limits.text)
                            .arg("path", "/"));
                    }
                    return Ok(text);
                }
                b'\\' => {
                    let before = self.text.get(from..self.at).unwrap_or_default();
                    let text = owned.get_or_insert_with(String::new);
                    text.push_str(before);
                    self.at += 1;
                    let c = self.escape()?;
                    owned.get_or_insert_with(String::new).push(c);
                    from = self.at;
                }
                _ => return Err(self.malformed()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Diagnostic> {
        let Some(byte) = self.peek() else { return Err(self.malformed()) };
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
                let first = self.hex()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    if !(self.eat(b'\\') && self.eat(b'u')) {
                        return Err(self.malformed());
                    }
                    let second = self.hex()?;
                    if !(0xdc00..0xe000).contains(&second) {
                        return Err(self.malformed());
                    }
                    0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                } else {
                    first
                };
                char::from_u32(code).ok_or_else(|| self.malformed())?
            }
            _ => return Err(self.malformed()),
        })
    }

    fn hex(&mut self) -> Result<u32, Diagnostic> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(self.malformed()) };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}
