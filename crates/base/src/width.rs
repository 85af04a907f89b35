//! Width of mixed Chinese and Latin text on a terminal.
//!
//! A Chinese character takes two columns, a Latin letter one, a combining mark none. Escape sequences that
//! colour the text take no room.

use unicode_width::UnicodeWidthChar;

/// On which side text stands in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Figures.
    Right,
    /// In the middle.
    Center,
}

/// Columns that `text` takes.
///
/// ```
/// use zhiheng_base::width::{pad, width, Align};
/// assert_eq!(width("合格率 %"), 8);
/// assert_eq!(pad("合格", 6, Align::Right), "  合格");
/// ```
pub fn width(text: &str) -> usize {
    let mut sum = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            // An escape sequence ends with a letter: ESC [ 3 1 m.
            rest.by_ref().find(char::is_ascii_alphabetic);
        } else {
            sum += c.width().unwrap_or(0);
        }
    }
    sum
}

/// `text` filled up with spaces to `columns`; longer text is left as it is.
pub fn pad(text: &str, columns: usize, align: Align) -> String {
    let missing = columns.saturating_sub(width(text));
    let before = match align {
        Align::Left => 0,
        Align::Right => missing,
        Align::Center => missing / 2,
    };
    format!("{}{text}{}", " ".repeat(before), " ".repeat(missing - before))
}

/// `text` cut to `columns`, with an ellipsis in place of what was cut. Escape sequences are not
/// understood: cut before colouring.
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = columns.saturating_sub(1);
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if wide > room {
            break;
        }
        room -= wide;
        kept.push(c);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_padding() {
        let table = [
            ("", 0),
            ("abc", 3),
            ("合格率", 6),
            ("合格 98.5%", 10),
            ("e\u{301}", 1),
            ("\u{1b}[31m合格\u{1b}[0m", 4),
        ];
        for (text, columns) in table {
            assert_eq!(width(text), columns, "{text:?}");
        }
        assert_eq!(pad("合格", 7, Align::Left), "合格   ");
        assert_eq!(pad("合格", 7, Align::Right), "   合格");
        assert_eq!(pad("合格", 7, Align::Center), " 合格  ");
        assert_eq!(pad("合格", 3, Align::Right), "合格");
        assert_eq!(truncate("合格率", 5), "合格…");
        assert_eq!(truncate("合格率", 4), "合…");
        assert_eq!(truncate("合格率", 6), "合格率");
        assert_eq!(truncate("合格率", 0), "");
        assert_eq!(truncate("合格率", 1), "…");
    }
}
