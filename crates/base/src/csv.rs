//! Lines of comma- or tab-separated text: quoted as RFC 4180 has it, and harmless in a spreadsheet where people open them.

use std::borrow::Cow;

/// What a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
///
/// For text that people open. Files that a program reads back are not changed: there a leading sign is data.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if runs { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A cell, quoted where its text holds the separator, a quotation mark or the end of a line.
pub fn cell(text: &str, separator: char) -> Cow<'_, str> {
    match text.contains([separator, '"', '\n', '\r']) {
        true => Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))),
        false => Cow::Borrowed(text),
    }
}

/// Cells as one line, without its end.
pub fn line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>, separator: char) -> String {
    let mut line = String::new();
    for (n, text) in cells.into_iter().enumerate() {
        if n > 0 {
            line.push(separator);
        }
        line.push_str(&cell(text.as_ref(), separator));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{harmless, line};

    #[test]
    fn lines_are_quoted_where_they_must_be() {
        assert_eq!(line(["a", "b,c", "d\"e", "f\ng", ""], ','), "a,\"b,c\",\"d\"\"e\",\"f\ng\",");
        assert_eq!(line(["a,b", "c\td"], '\t'), "a,b\t\"c\td\"");
        assert_eq!(line(Vec::<&str>::new(), ','), "");
    }

    #[test]
    fn nothing_runs_as_a_formula() {
        for text in ["=1+1", "+cmd", "-cmd", "@a", "\tx", "\rx", "=", "-"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["-2.5", "+3", "1e5", "", "陇西", "a=b"] {
            assert_eq!(harmless(text), text);
        }
    }
}
