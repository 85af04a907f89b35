//! Text with strong parts, notes and inline directives.

use zhiheng_base::Diagnostic;

use super::{Piece, Span, Text, call};

/// Reads the stretch `span` of the body. `clean` is the body with its comments blanked out.
pub(super) fn parse(text: &Text<'_>, clean: &str, span: Span, problems: &mut Vec<Diagnostic>) -> Vec<Piece> {
    Reader { text, clean, problems, unclosed: [false; 3] }.pieces(span, Nested::No)
}

/// Marks and what closes them.
const MARKS: [(&str, &str); 3] = [("{{", "}}"), ("**", "**"), ("^[", "]")];

/// From so many problems on, open marks are no longer told.
const PROBLEMS_MAX: usize = 100;

#[derive(Clone, Copy, PartialEq)]
enum Nested {
    No,
    InStrong,
    InNote,
}

struct Reader<'a, 'b> {
    text: &'a Text<'b>,
    clean: &'a str,
    problems: &'a mut Vec<Diagnostic>,
    /// Marks (in the order of [`MARKS`]) that are open in this stretch: they are told once and not sought again, or a
    /// long line of them would take a time that grows with its square.
    unclosed: [bool; 3],
}

impl Reader<'_, '_> {
    fn pieces(&mut self, span: Span, nested: Nested) -> Vec<Piece> {
        let mut found = Vec::new();
        let mut plain = String::new();
        let mut at = span.start;
        // What lies before a stretch says nothing of the stretch.
        let outer = std::mem::take(&mut self.unclosed);
        while at < span.end {
            let rest = &self.clean[at..span.end];
            let step = if let Some(escaped) = rest.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
                if escaped.is_ascii_punctuation() {
                    plain.push(escaped);
                } else {
                    plain.push('\\');
                    if escaped != '\n' {
                        plain.push(escaped);
                    }
                }
                1 + escaped.len_utf8()
            } else if rest.starts_with("{{") {
                self.directive(at, span.end, &mut plain, &mut found)
            } else if rest.starts_with("**") && nested != Nested::InStrong {
                match self.closing(rest, "**") {
                    Some(len) => {
                        flush(&mut plain, &mut found);
                        let inner = Span::new(at + 2, at + 2 + len);
                        found.push(Piece::Strong(self.pieces(inner, Nested::InStrong)));
                        len + 4
                    }
                    None => self.open("**", at, &mut plain),
                }
            } else if rest.starts_with("^[") && nested != Nested::InNote {
                match self.closing(rest, "]") {
                    Some(len) => {
                        flush(&mut plain, &mut found);
                        let inner = Span::new(at + 2, at + 2 + len);
                        found.push(Piece::Note(self.pieces(inner, Nested::InNote)));
                        len + 3
                    }
                    None => self.open("^[", at, &mut plain),
                }
            } else {
                let c = rest.chars().next().unwrap_or(' ');
                if c == '\n' {
                    join(&mut plain, rest, found.last());
                    1 + rest[1..].len() - rest[1..].trim_start_matches([' ', '\t']).len()
                } else {
                    plain.push(c);
                    c.len_utf8()
                }
            };
            at += step;
        }
        flush(&mut plain, &mut found);
        self.unclosed = outer;
        found
    }

    /// Reads a directive at `at`; answers how many bytes it takes.
    fn directive(&mut self, at: usize, end: usize, plain: &mut String, found: &mut Vec<Piece>) -> usize {
        let rest = &self.clean[at..end];
        let Some(len) = self.closing(rest, "}}") else {
            return self.open("{{", at, plain);
        };
        let whole = Span::new(at, at + len + 4);
        flush(plain, found);
        if let Some(call) = call::read(self.text, Span::new(at + 2, at + 2 + len), whole, None, self.problems)
        {
            found.push(Piece::Call(call));
        }
        len + 4
    }

    /// [`closing`], unless the mark is known to be open in this stretch.
    fn closing(&self, rest: &str, mark: &str) -> Option<usize> {
        let open = MARKS.iter().position(|(_, closing)| *closing == mark).is_some_and(|at| self.unclosed[at]);
        if open { None } else { closing(rest, 2, mark) }
    }

    /// A mark that is never closed: told once, and printed as it stands.
    fn open(&mut self, mark: &str, at: usize, plain: &mut String) -> usize {
        let known = MARKS
            .iter()
            .position(|(opening, _)| *opening == mark)
            .is_some_and(|at| std::mem::replace(&mut self.unclosed[at], true));
        if known || self.problems.len() >= PROBLEMS_MAX {
            plain.push_str(mark);
            return mark.len();
        }
        let open = Diagnostic::error("ZH6002").arg("what", mark);
        self.problems.push(open.at(self.text.place(Span::new(at, at + mark.len()))));
        plain.push_str(mark);
        mark.len()
    }
}

/// Length of what stands between the opening mark of `skip` bytes and `mark`, quoted text, escapes and inner directives
/// passed over.
fn closing(rest: &str, skip: usize, mark: &str) -> Option<usize> {
    let mut quoted = false;
    let mut in_directive = false;
    let mut chars = rest[skip..].char_indices();
    while let Some((at, c)) = chars.next() {
        let here = &rest[skip + at..];
        if mark != "}}" && !in_directive && c == '\\' {
            chars.next();
        } else if (mark == "}}" || in_directive) && c == '"' {
            quoted = !quoted;
        } else if !quoted {
            if in_directive {
                in_directive = !here.starts_with("}}");
            } else if here.starts_with(mark) {
                return Some(at);
            } else if here.starts_with("{{") {
                in_directive = mark != "}}";
            }
        }
    }
    None
}

fn flush(plain: &mut String, found: &mut Vec<Piece>) {
    if !plain.is_empty() {
        found.push(Piece::Text(std::mem::take(plain)));
    }
}

/// A line break is a space between Latin words and nothing beside a Chinese character.
fn join(plain: &mut String, rest: &str, before: Option<&Piece>) {
    let kept = plain.trim_end_matches([' ', '\t', '\r']).len();
    plain.truncate(kept);
    let after = rest.trim_start().chars().next();
    let left = plain.chars().last();
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    let beside_directive = left.is_none() && before.is_some();
    if !(wide(left) || wide(after) || beside_directive && after.is_some_and(|c| c == '{')) {
        plain.push(' ');
    }
}

/// True for Chinese characters and full-width marks.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2018..=0x201F | 0x2026 | 0x2014 | 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}
