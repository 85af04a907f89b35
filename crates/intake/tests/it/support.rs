//! The test catalog, files made on the spot, and one import collected.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::NamedTempFile;
use zhiheng_base::draft::Draft;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_intake::read::Head;
use zhiheng_intake::worker::{Aim, Done};
use zhiheng_intake::{Frame, Request, run_here};

pub(crate) const TODAY: Date = Date::constant(2026, 3, 1);

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog")
}

/// The shipped catalog with the tests' record type.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let loaded = zhiheng_catalog::load(&[&folder()]);
        let errors: Vec<_> = loaded.problems.iter().filter(|problem| problem.is_error()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        loaded.catalog
    })
}

pub(crate) fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    file
}

/// Everything that one import said.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) head: Option<Head>,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) problems: Vec<Diagnostic>,
    pub(crate) done: Done,
    pub(crate) failed: Option<Diagnostic>,
}

impl Outcome {
    pub(crate) fn take(&mut self, frame: Frame) {
        match frame {
            Frame::Head(head) => self.head = Some(*head),
            Frame::Rows(drafts) => self.drafts.extend(drafts),
            Frame::Problems(problems) => self.problems.extend(problems),
            Frame::Done(done) => self.done = *done,
            Frame::Progress { .. } | Frame::Workbook(_) => {}
        }
    }

    /// Code, row and column of each problem.
    pub(crate) fn codes(&self) -> Vec<(String, u64, String)> {
        self.problems
            .iter()
            .map(|problem| match &problem.at {
                zhiheng_base::Place::Cell { row, column, .. } => {
                    (problem.code.to_string(), *row, column.clone().unwrap_or_default())
                }
                _ => (problem.code.to_string(), 0, String::new()),
            })
            .collect()
    }

    pub(crate) fn data(&self, at: usize) -> Value {
        serde_json::from_slice(&self.drafts[at].data).unwrap()
    }

    #[track_caller]
    pub(crate) fn adds_up(&self) {
        assert!(self.done.adds_up(), "{:?}", self.done);
        assert_eq!(self.done.kept, self.drafts.len() as u64);
    }
}

pub(crate) fn request(path: &Path, aim: Aim) -> Request {
    let mut request = Request::new(path, aim, TODAY);
    request.folders.push(folder());
    request
}

/// Imports in this process.
pub(crate) fn import(request: &Request) -> Outcome {
    let mut outcome = Outcome::default();
    let end = run_here(request, catalog(), &mut |frame| outcome.take(frame));
    outcome.failed = end.err();
    if outcome.failed.is_none() {
        outcome.adds_up();
    }
    outcome
}

/// Imports rows of the tests' record type.
pub(crate) fn rows(bytes: &[u8]) -> Outcome {
    let file = file(bytes);
    import(&request(file.path(), Aim::Record("plain.row".into())))
}
