//! Diagnostics as text: header, place, the line with carets, rule, hint.
//!
//! ```text
//! error[ZH2706]: `pased` is not a field of sampling.batch
//!   --> sampling/indicators.toml:7:12
//!    |
//!  7 | top = "pased = 1"
//!    |        ^^^^^
//!    = rule: …
//! hint: did you mean `passed`?
//! ```
//!
//! Carets stand under the right characters also after Chinese text, which takes two columns each. Whatever a
//! file may have smuggled into a message (escape sequences, control characters) is shown, not obeyed.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::words::{Lang, say};

/// How to render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Colour with ANSI escape sequences.
    pub colour: bool,
    /// Columns of the terminal; longer lines are cut around the place.
    pub columns: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { colour: false, columns: 110 }
    }
}

const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";
const BLUE: &str = "\u{1b}[34m";

/// One diagnostic as lines of text, with a line break at the end.
///
/// ```
/// use zhiheng_base::render::{render, Options};
/// use zhiheng_base::{Diagnostic, Lang, Place};
///
/// let place = Place::Text { file: "a.toml".into(), line: 3, column: 5, len: 2, excerpt: "名 = xy".into() };
/// let text = render(&Diagnostic::error("ZH1006").at(place), Lang::En, &Options::default());
/// assert!(text.contains("  --> a.toml:3:5\n  |\n3 | 名 = xy\n  |      ^^\n"));
/// ```
pub fn render(diagnostic: &Diagnostic, lang: Lang, options: &Options) -> String {
    let paint = |style: &str, text: &str| {
        if options.colour { format!("{BOLD}{style}{text}{RESET}") } else { text.to_owned() }
    };
    let (word, style) = match diagnostic.severity {
        Severity::Error => ("render-error", "\u{1b}[31m"),
        Severity::Warning => ("render-warning", "\u{1b}[33m"),
        Severity::Note => ("render-note", "\u{1b}[36m"),
    };
    let header = format!("{}[{}]", say(lang, word, &[]), diagnostic.code);
    let mut out = format!("{}: {}\n", paint(style, &header), visible(&diagnostic.message(lang)));
    let margin = match &diagnostic.at {
        Place::Text { line, excerpt, .. } if !excerpt.is_empty() => line.to_string().len(),
        _ => 1,
    };
    let indent = " ".repeat(margin);
    if let Some(place) = place(&diagnostic.at, lang) {
        let _ = writeln!(out, "{indent} {} {}", paint(BLUE, "-->"), visible(&place));
    }
    if let Place::Text { line, column, len, excerpt, .. } = &diagnostic.at
        && !excerpt.is_empty()
    {
        let room = options.columns.saturating_sub(margin + 3).max(20);
        let (shown, before, carets) = window(excerpt, *column as usize, *len as usize, room);
        let bar = paint(BLUE, "|");
        let _ = writeln!(out, "{indent} {bar}");
        let _ = writeln!(out, "{} {bar} {}", paint(BLUE, &line.to_string()), shown.trim_end());
        let _ = writeln!(out, "{indent} {bar} {}{}", " ".repeat(before), paint(style, &"^".repeat(carets)));
    }
    if let Some(rule) = &diagnostic.rule {
        let label = paint(BLUE, "=");
        let _ = writeln!(out, "{indent} {label} {}: {}", say(lang, "render-rule", &[]), visible(rule));
    }
    if let Some(hint) = diagnostic.hint(lang) {
        let _ = writeln!(out, "{}: {}", paint("", &say(lang, "render-hint", &[])), visible(&hint));
    }
    out
}

/// The place in one line: `file:12:5`, `file.xlsx › sheet!E17`.
pub fn place(at: &Place, lang: Lang) -> Option<String> {
    match at {
        Place::Nowhere => None,
        Place::File(file) => Some(file.clone()),
        Place::Entry(number) => Some(say(lang, "render-entry", &[("number", &number.to_string())])),
        Place::Text { file, line, column, .. } => Some(format!("{file}:{line}:{column}")),
        Place::Cell { file, sheet, row, column } => {
            let letters = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            let place = match (sheet, column) {
                (Some(sheet), Some(column)) if letters(column) => format!("{file} › {sheet}!{column}{row}"),
                (Some(sheet), _) => format!("{file} › {sheet}!{row}"),
                (None, _) => format!("{file}:{row}"),
            };
            Some(match column {
                Some(column) if sheet.is_none() || !letters(column) => format!("{place} › {column}"),
                _ => place,
            })
        }
    }
}

/// The part of a line to show, the columns before the carets, and how many carets.
fn window(line: &str, column: usize, len: usize, room: usize) -> (String, usize, usize) {
    let chars: Vec<(char, usize)> = line.chars().map(shown).collect();
    let start = column.saturating_sub(1).min(chars.len());
    let end = (start + len.max(1)).min(chars.len());
    let columns = |part: &[(char, usize)]| part.iter().map(|(_, width)| width).sum::<usize>();
    let (mut from, mut to) = (0, chars.len());
    // A long line is cut on the left until the place is in the first half, then on the right.
    while columns(&chars[from..start]) > room / 2 && columns(&chars[from..to]) > room {
        from += 1;
    }
    while columns(&chars[from..to]) > room && to > start + 1 {
        to -= 1;
    }
    let mut text = String::new();
    let mut before = columns(&chars[from..start]);
    if from > 0 {
        text.push('…');
        before += 1;
    }
    text.extend(chars[from..to].iter().map(|(c, _)| *c));
    if to < chars.len() {
        text.push('…');
    }
    let carets = columns(&chars[start..end.min(to).max(start)]).max(1);
    (text, before, carets)
}

/// A character as shown, with its width: tabs become spaces, control characters a visible sign.
fn shown(c: char) -> (char, usize) {
    match c {
        '\t' => (' ', 1),
        _ if hidden(c) => ('\u{fffd}', 1),
        _ => (c, c.width().unwrap_or(0)),
    }
}

/// Text with its control characters made visible; line breaks stay.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// Control characters, and those that turn the direction of text around.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(column: u32, len: u32, excerpt: &str) -> Diagnostic {
        let place = Place::Text { file: "a.toml".into(), line: 12, column, len, excerpt: excerpt.into() };
        Diagnostic::error("ZH1006").arg("line", "x").at(place)
    }

    #[test]
    fn carets_stand_under_wide_characters() {
        let text = render(&at(3, 2, "合格率 = 1"), Lang::Zh, &Options::default());
        assert!(text.contains("12 | 合格率 = 1\n   |     ^^^\n"), "{text}");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = format!("{}NEEDLE{}", "合".repeat(300), "x".repeat(300));
        let text = render(&at(301, 6, &line), Lang::En, &Options { columns: 80, ..Options::default() });
        let shown = text.lines().find(|line| line.starts_with("12 |")).unwrap();
        assert!(crate::width::width(shown) <= 82 && shown.contains("NEEDLE"), "{text}");
        let carets = text.lines().find(|line| line.contains('^')).unwrap();
        assert_eq!(
            crate::width::width(&shown[..shown.find("NEEDLE").unwrap()]),
            crate::width::width(&carets[..carets.find('^').unwrap()])
        );
    }

    #[test]
    fn escape_sequences_in_files_are_shown_not_obeyed() {
        let text = render(&at(1, 1, "\u{1b}[31mred\u{202e}"), Lang::En, &Options::default());
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
    }

    #[test]
    fn cells_are_named_as_in_a_workbook() {
        let cell = |sheet: Option<&str>, column: Option<&str>| {
            let (sheet, column) = (sheet.map(str::to_owned), column.map(str::to_owned));
            place(&Place::Cell { file: "a.xlsx".into(), sheet, row: 17, column }, Lang::En).unwrap()
        };
        assert_eq!(cell(Some("S"), Some("E")), "a.xlsx › S!E17");
        assert_eq!(cell(Some("S"), Some("rate")), "a.xlsx › S!17 › rate");
        assert_eq!(cell(None, Some("E")), "a.xlsx:17 › E");
        assert_eq!(cell(None, None), "a.xlsx:17");
    }
}
