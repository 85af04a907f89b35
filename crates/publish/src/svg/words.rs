//! How wide text is, and where it may be broken. Widths are estimates for Noto Sans, a little on the wide side.

use crate::language::is_wide;

/// Height of a text above its base line, in parts of its size.
pub(super) const TEXT_ASCENT: f64 = 0.86;
/// Depth below the base line.
pub(super) const TEXT_DESCENT: f64 = 0.2;

/// Estimated width in points.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(char_width).sum::<f64>() * size
}

fn char_width(c: char) -> f64 {
    match c {
        '0'..='9' | '+' | '<' | '>' | '=' => 0.57,
        ' ' => 0.25,
        '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.3,
        '(' | ')' | '-' | '/' => 0.4,
        '%' => 0.94,
        'm' | 'w' | 'M' | 'W' => 0.9,
        'i' | 'j' | 'l' | 'f' | 't' | 'r' => 0.38,
        'A'..='Z' => 0.68,
        'a'..='z' => 0.58,
        c if is_wide(c) => 1.0,
        _ => 0.7,
    }
}

/// `text` in lines of at most `width`; the last of `lines` ends with an ellipsis if something is cut.
pub(super) fn wrapped(text: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    let mut used = 0.0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let wide = char_width(c) * size;
        let line = out.len() - 1;
        if used + wide > width && !out[line].is_empty() {
            if out.len() == lines {
                out[line] = shortened(&format!("{}{c}{}", out[line], chars.collect::<String>()), size, width);
                return out;
            }
            // A Latin word goes down whole, if a space lets it.
            let tail = match out[line].rfind(' ') {
                Some(at) if !is_wide(c) && c != ' ' => out[line].split_off(at).trim_start().to_owned(),
                _ => String::new(),
            };
            used = text_width(&tail, size);
            out.push(tail);
            if c == ' ' {
                continue;
            }
        }
        used += wide;
        if let Some(line) = out.last_mut() {
            line.push(c);
        }
    }
    out.retain(|line| !line.trim().is_empty());
    out
}

/// As [`wrapped`], with lines of about the same length.
pub(super) fn balanced(text: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    let full = wrapped(text, size, width, lines);
    let even = text_width(text, size) / full.len().max(1) as f64 + 0.6 * size;
    let narrow = wrapped(text, size, even.min(width), lines);
    if narrow.len() == full.len() && narrow.concat().len() == full.concat().len() { narrow } else { full }
}

/// `text` cut to `width` with an ellipsis in place of what was cut.
pub(super) fn shortened(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = char_width('\u{2026}') * size;
    for c in text.chars() {
        used += char_width(c) * size;
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('\u{2026}');
    kept
}
