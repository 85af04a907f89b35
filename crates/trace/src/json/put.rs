//! Values to text.

use std::fmt::Write;

use super::Value;

/// Writes a value; `indent` is the depth of a pretty one.
pub(super) fn put(value: &Value<'_>, indent: Option<usize>, out: &mut String) {
    let line = |indent: Option<usize>, out: &mut String| {
        if let Some(depth) = indent {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    let deeper = indent.map(|depth| depth + 1);
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.json()),
        Value::Text(text) => put_text(text, out),
        Value::List(items) if items.is_empty() => out.push_str("[]"),
        Value::List(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                line(deeper, out);
                put(item, deeper, out);
            }
            line(indent, out);
            out.push(']');
        }
        Value::Object(members) if members.is_empty() => out.push_str("{}"),
        Value::Object(members) => {
            out.push('{');
            for (place, (name, value)) in members.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                line(deeper, out);
                put_text(name, out);
                out.push(':');
                if indent.is_some() {
                    out.push(' ');
                }
                put(value, deeper, out);
            }
            line(indent, out);
            out.push('}');
        }
    }
}

/// Writes a text with its quotation marks.
pub(crate) fn put_text(text: &str, out: &mut String) {
    out.push('"');
    // looked at without stopping, which the machine does for many bytes at once
    let is_special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    if !text.bytes().fold(false, |any, byte| any | is_special(byte)) {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1f => "",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        if escaped.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        } else {
            out.push_str(escaped);
        }
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}
