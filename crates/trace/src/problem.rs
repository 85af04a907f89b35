//! How this crate tells what is wrong: a diagnostic with the place inside the document.
//!
//! A hostile document must not make us hold a million problems, so a [`Problems`] list keeps the first of
//! them and counts the rest.

use zhiheng_base::{Diagnostic, Severity};

/// Problems kept of one document; the rest are counted.
const MOST: usize = 200;

/// The problems of one document, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<Diagnostic>,
    left_out: usize,
    errors: usize,
}

impl Problems {
    /// No problem yet.
    pub fn new() -> Problems {
        Problems::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.is_error());
        if self.kept.len() < MOST {
            self.kept.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// An error with `code` at `path`.
    pub fn error(&mut self, code: &'static str, path: &Path) -> &mut Diagnostic {
        self.add(Diagnostic::error(code).arg("path", path))
    }

    /// A warning with `code` at `path`.
    pub fn warning(&mut self, code: &'static str, path: &Path) -> &mut Diagnostic {
        self.add(Diagnostic::warning(code).arg("path", path))
    }

    /// A note with `code` at `path`.
    pub fn note(&mut self, code: &'static str, path: &Path) -> &mut Diagnostic {
        let mut note = Diagnostic::warning(code).arg("path", path);
        note.severity = Severity::Note;
        self.add(note)
    }

    fn add(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.errors += usize::from(diagnostic.is_error());
        if self.kept.len() >= MOST {
            // the last place is reused, so that callers can always add arguments
            self.left_out += 1;
            self.kept.truncate(MOST - 1);
        }
        self.kept.push(diagnostic);
        let last = self.kept.len() - 1;
        &mut self.kept[last]
    }

    /// True if one of them is an error, kept or not.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors there were, kept or not.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many problems there were beyond the kept ones.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The kept problems.
    pub fn list(&self) -> &[Diagnostic] {
        &self.kept
    }

    /// The kept problems, taken out.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.kept
    }

    /// The codes of the kept problems, for tests and short answers.
    pub fn codes(&self) -> Vec<&str> {
        self.kept.iter().map(|problem| problem.code.as_ref()).collect()
    }
}

/// Adds an argument to a diagnostic that is already in its list.
pub trait With {
    /// Adds the message argument `name`.
    fn with(&mut self, name: &str, value: impl ToString) -> &mut Self;
}

impl With for Diagnostic {
    #[allow(clippy::needless_pass_by_value)] // so that callers write `.with("most", 17)` without `&`
    fn with(&mut self, name: &str, value: impl ToString) -> &mut Diagnostic {
        self.args.insert(name.to_owned(), shorten(&value.to_string()));
        self
    }
}

/// At most this many characters of somebody's value are quoted.
const QUOTED: usize = 120;

/// A value as it may be quoted in a message: a megabyte of text is not.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// Where in a document something stands, as a JSON pointer: `/epcisBody/eventList/0/eventTime`.
///
/// A path is a chain on the stack, written out only when a problem needs it.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    above: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Member(&'a str),
    Place(usize),
}

impl<'a> Path<'a> {
    /// The document itself.
    pub const ROOT: Path<'static> = Path { above: None, step: Step::Root };

    /// The member `name` below.
    #[must_use]
    pub fn member(&'a self, name: &'a str) -> Path<'a> {
        Path { above: Some(self), step: Step::Member(name) }
    }

    /// The item at `place`, from 0, below.
    #[must_use]
    pub fn place(&'a self, place: usize) -> Path<'a> {
        Path { above: Some(self), step: Step::Place(place) }
    }
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.above {
            None => return out.write_str(if matches!(self.step, Step::Root) { "/" } else { "" }),
            Some(Path { above: None, .. }) => {}
            Some(above) => above.fmt(out)?,
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Member(name) => write!(out, "/{}", shorten(name).replace('~', "~0").replace('/', "~1")),
            Step::Place(place) => write!(out, "/{place}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_json_pointers() {
        let body = Path::ROOT.member("epcisBody");
        let list = body.member("a/b");
        assert_eq!(Path::ROOT.to_string(), "/");
        assert_eq!(list.place(3).to_string(), "/epcisBody/a~1b/3");
    }

    #[test]
    fn many_problems_are_counted_and_few_are_kept() {
        let mut problems = Problems::new();
        for _ in 0..1000 {
            problems.error("ZH9521", &Path::ROOT).with("value", "x".repeat(10_000));
        }
        assert_eq!((problems.list().len(), problems.errors()), (MOST, 1000));
        assert_eq!(problems.left_out(), 1000 - MOST);
        assert!(problems.list().iter().all(|problem| problem.args["value"].chars().count() == QUOTED + 1));
    }
}
