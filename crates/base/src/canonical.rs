//! Canonical JSON (RFC 8785) within our limits: no floats, integers within ±(2⁵³−1), decimals as text,
//! names sorted by UTF-16 code units, no duplicate names.
//!
//! The bytes written here are what is hashed, so that anyone can make them again from the values.

use std::io::Write;

use serde_json::Value;

/// Largest integer that every JSON reader keeps exact, 2⁵³ − 1.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// Writes `text` as a JSON string.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    // looked at without stopping, which the machine does for many bytes at once
    let is_special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    if !bytes.iter().fold(false, |any, &byte| any | is_special(byte)) {
        out.extend_from_slice(bytes);
        out.push(b'"');
        return;
    }
    let mut start = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            0x08 => b"\\b",
            0x09 => b"\\t",
            0x0a => b"\\n",
            0x0c => b"\\f",
            0x0d => b"\\r",
            0x00..=0x1f => b"",
            _ => continue,
        };
        out.extend_from_slice(&bytes[start..i]);
        if escape.is_empty() {
            // Writing to a Vec cannot fail.
            let _ = write!(out, "\\u{byte:04x}");
        } else {
            out.extend_from_slice(escape);
        }
        start = i + 1;
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

/// Writes `value` canonically. A number that is not an integer within ±(2⁵³−1) is not canonical here:
/// it comes back as `Err` with its text.
pub fn write(out: &mut Vec<u8>, value: &Value) -> Result<(), String> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => match number.as_i64() {
            Some(n) if (-INTEGER_MAX..=INTEGER_MAX).contains(&n) => {
                let _ = write!(out, "{n}");
            }
            _ => return Err(number.to_string()),
        },
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(out, item)?;
            }
            out.push(b']');
        }
        Value::Object(map) => {
            let mut names: Vec<&String> = map.keys().collect();
            // RFC 8785 sorts by UTF-16 code units, which differs from UTF-8 order outside the BMP.
            names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (i, name) in names.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_text(out, name);
                out.push(b':');
                write(out, &map[name])?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

/// The canonical bytes of `value`.
pub fn to_vec(value: &Value) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    write(&mut out, value)?;
    Ok(out)
}

/// The bytes whose SHA-256 is a record's natural key: record type id, a zero byte, then each key field's
/// text preceded by its length as eight big-endian bytes (so that no two keys share bytes).
pub fn key_bytes<'a>(record_type: &str, fields: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    out.extend_from_slice(record_type.as_bytes());
    out.push(0);
    for field in fields {
        out.extend_from_slice(&(field.len() as u64).to_be_bytes());
        out.extend_from_slice(field.as_bytes());
    }
    out
}
