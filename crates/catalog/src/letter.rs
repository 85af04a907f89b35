//! The body of a letter as pieces: text, and directives in double braces.
//!
//! The checker and the writer of letters read the same pieces, so what passes here can be written.

use std::ops::Range;

use zhiheng_base::{Diagnostic, Place};

use crate::formula::place_in;
use crate::model::LetterFile;
use crate::suggest::nearest;

/// Deepest nesting of `{{if …}}`.
pub const DEPTH_MAX: usize = 8;

/// Most problems told of one letter: each carries its line, and a hostile letter may be one long line.
pub(crate) const PROBLEMS_MAX: usize = 20;

/// Words that begin a directive.
const WORDS: [&str; 9] =
    ["by unit", "case no", "clock", "end", "field", "if", "letter no", "step on", "table"];

/// A piece of a letter's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Markdown as it stands.
    Text(String),
    /// The sheet's value as a person reads it.
    Field(String),
    /// A day of a clock.
    Clock {
        /// Clock instance.
        instance: String,
        /// Its first day instead of its last.
        opens: bool,
    },
    /// The day of the step.
    StepOn,
    /// The case's number.
    CaseNo,
    /// The letter's number.
    LetterNo,
    /// The unit that writes.
    ByUnit,
    /// Stands only if the field is filled in and not false.
    If {
        /// Field of the sheet.
        name: String,
        /// What stands then.
        inner: Vec<Piece>,
    },
    /// Fields of the sheet as a form, each with its name.
    Table(Vec<String>),
}

/// The pieces of a letter's body.
///
/// # Errors
///
/// Every directive that is none (ZH2951 to ZH2954), at its place under the letter's file name.
///
/// ```
/// use zhiheng_catalog::letter::{Piece, pieces};
/// use zhiheng_catalog::model::LetterFile;
///
/// let letter = |body: &str| LetterFile { body: body.to_owned(), ..LetterFile::default() };
/// let found = pieces(&letter("批号{{field lot}}")).unwrap();
/// assert_eq!(found[1], Piece::Field("lot".to_owned()));
/// assert!(pieces(&letter("批号{{feild lot}}")).is_err());
/// ```
pub fn pieces(letter: &LetterFile) -> Result<Vec<Piece>, Vec<Diagnostic>> {
    let reader = read(letter);
    if reader.problems.is_empty() { Ok(reader.done) } else { Err(reader.problems) }
}

/// A name in a letter's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Of a field.
    Field,
    /// Of a clock instance, for its first day.
    First,
    /// Of a clock instance, for its last day.
    Last,
}

/// The names in a letter's body, each with its bytes.
pub(crate) fn uses(letter: &LetterFile) -> Vec<(Use, String, Range<usize>)> {
    read(letter).uses
}

fn read(letter: &LetterFile) -> Reader<'_> {
    let mut reader =
        Reader { letter, open: Vec::new(), done: Vec::new(), uses: Vec::new(), problems: Vec::new() };
    reader.read();
    reader
}

/// The place of bytes of a letter's body.
pub fn place(letter: &LetterFile, range: Range<usize>) -> Place {
    let mut place = place_in(&letter.file, &letter.body, range);
    if let Place::Text { line, .. } = &mut place {
        *line += letter.body_line.saturating_sub(1);
    }
    place
}

/// A part of a line with names in single braces, such as a series or an addressee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// A name in braces.
    Name(String),
}

/// The parts of `某某责改〔{year}〕`; `None` if a brace has no partner or holds no name.
pub fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        let (name, next) = after.strip_prefix('{')?.split_once('}')?;
        if name.is_empty() || name.contains('{') {
            return None;
        }
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Name(name.to_owned()));
        rest = next;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Some(parts)
}

/// An `{{if name}}` that has not ended yet: its name, its bytes, and what stood before it.
struct Open {
    name: String,
    range: Range<usize>,
    before: Vec<Piece>,
}

struct Reader<'a> {
    letter: &'a LetterFile,
    open: Vec<Open>,
    done: Vec<Piece>,
    uses: Vec<(Use, String, Range<usize>)>,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let body = self.letter.body.as_str();
        let mut at = 0;
        while let Some(start) = body[at..].find("{{").map(|found| at + found) {
            if self.problems.len() >= PROBLEMS_MAX {
                return;
            }
            self.text(at..start);
            let Some(stop) = body[start + 2..].find("}}").map(|found| start + 2 + found) else {
                self.problem("ZH2951", start..start + 2, |one| one);
                return;
            };
            let range = start..stop + 2;
            self.directive(&body[start + 2..stop], range);
            at = stop + 2;
        }
        self.text(at..body.len());
        // At most as many as may stand inside each other.
        while let Some(open) = self.open.pop() {
            self.problem("ZH2952", open.range, |one| one.arg("name", &open.name));
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let text = &self.letter.body[range.clone()];
        if !text.is_empty() {
            self.done.push(Piece::Text(text.to_owned()));
        }
    }

    fn name(&mut self, of: Use, name: &str, range: Range<usize>) -> String {
        self.uses.push((of, name.to_owned(), range));
        name.to_owned()
    }

    fn directive(&mut self, inside: &str, range: Range<usize>) {
        let words: Vec<&str> = inside.split_whitespace().collect();
        match words.as_slice() {
            ["field", name] => {
                let name = self.name(Use::Field, name, range);
                self.done.push(Piece::Field(name));
            }
            ["clock", instance] => {
                let instance = self.name(Use::Last, instance, range);
                self.done.push(Piece::Clock { instance, opens: false });
            }
            ["clock", instance, "opens"] => {
                let instance = self.name(Use::First, instance, range);
                self.done.push(Piece::Clock { instance, opens: true });
            }
            ["step", "on"] => self.done.push(Piece::StepOn),
            ["case", "no"] => self.done.push(Piece::CaseNo),
            ["letter", "no"] => self.done.push(Piece::LetterNo),
            ["by", "unit"] => self.done.push(Piece::ByUnit),
            ["if", name] if self.open.len() < DEPTH_MAX => {
                let name = self.name(Use::Field, name, range.clone());
                let before = std::mem::take(&mut self.done);
                self.open.push(Open { name, range, before });
            }
            ["if", _] => self.problem("ZH2954", range, |one| one.arg("max", DEPTH_MAX)),
            ["table", names @ ..] if !names.is_empty() => {
                let names = names.iter().map(|name| self.name(Use::Field, name, range.clone())).collect();
                self.done.push(Piece::Table(names));
            }
            ["end"] => match self.open.pop() {
                Some(Open { name, before, .. }) => {
                    let inner = std::mem::replace(&mut self.done, before);
                    self.done.push(Piece::If { name, inner });
                }
                None => self.problem("ZH2953", range, |one| one),
            },
            _ => {
                let near = nearest(&words.join(" "), WORDS)
                    .or_else(|| words.first().and_then(|word| nearest(word, WORDS)))
                    .unwrap_or_default();
                let inside = inside.trim();
                let (near, all) = (near.to_owned(), WORDS.join(", "));
                let code = if near.is_empty() { "ZH2956" } else { "ZH2955" };
                self.problem(code, range, |one| one.arg("text", inside).arg("near", near).arg("all", all));
            }
        }
    }

    fn problem(
        &mut self,
        code: &'static str,
        range: Range<usize>,
        with: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.problems.push(with(Diagnostic::error(code)).at(place(self.letter, range)));
    }
}
