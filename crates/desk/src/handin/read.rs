//! The file of a draft through the limited child: problems, rows for the ledger, and what they come to.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, Diagnostic, Lang};
use zhiheng_catalog::Catalog;
use zhiheng_intake::worker::{Aim, Done, annotate, read};
use zhiheng_intake::{Frame, Limits, Request};

use super::draft::{Draft, Given};
use super::duty::Return;
use super::spool;
use super::totals::{Counted, Totals};
use crate::trouble::Trouble;

/// Problems that are kept for the page; all are counted, and the annotated workbook has all of them.
const PROBLEMS_MAX: usize = 500;

/// How files are read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Program whose hidden subcommand is the child.
    pub program: PathBuf,
    /// Catalog folders over the shipped definitions.
    pub folders: Vec<PathBuf>,
    /// Limits of a file.
    pub limits: Limits,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The account of its rows.
    pub done: Done,
    /// Its first problems.
    pub problems: Vec<Diagnostic>,
    /// What its rows come to.
    pub totals: Totals,
    /// Hash over its rows.
    pub rows: String,
}

impl Reading {
    /// The request for a draft's file: the rows of one unit and one period.
    pub fn request(
        &self,
        catalog: &Catalog,
        draft: &Draft,
        what: &Return,
        path: &Path,
        today: Date,
    ) -> Request {
        Request {
            name: draft.name.clone(),
            folders: self.folders.clone(),
            catalog: Some(catalog.digest.clone()),
            limits: self.limits.clone(),
            within: Some(what.within()),
            ..Request::new(path, Aim::Record(what.of.clone()), today)
        }
    }

    /// Reads a draft into its spool. `go_on` hears how many rows were seen and refused, and ends the reading by answering no; then
    /// there is no answer. It waits for the child, so it runs where waiting holds up nobody.
    ///
    /// Errors: what is wrong with the file as a whole, and those of the disk.
    pub fn read(
        &self,
        catalog: &Catalog,
        (draft, what): (&Draft, &Return),
        (source, rows): (&Path, &Path),
        today: Date,
        mut go_on: impl FnMut(u64, u64) -> bool,
    ) -> Result<Option<Found>, Trouble> {
        let mut spool = spool::Writer::create(rows)?;
        let mut found = Found::default();
        if draft.given == Given::Nil {
            found.rows = spool.finish()?;
            return Ok(Some(found));
        }
        let (record, _) = super::duty::duty_of(catalog, &what.of)?;
        let counted = Counted::of(catalog, record);
        let request = self.request(catalog, draft, what, source, today);
        let mut failed = None;
        let done = read(&self.program, &request, |frame| match frame {
            Frame::Rows(drafts) => {
                let pushed = drafts.iter().try_for_each(|draft| {
                    let data: Map<String, Json> = serde_json::from_slice(&draft.data)?;
                    found.totals.add(&counted, draft.place.as_ref().map_or(0, |place| place.row), &data);
                    Ok::<_, Trouble>(spool.push(draft)?)
                });
                failed = pushed.err();
                failed.is_none() && go_on(0, 0)
            }
            Frame::Problems(some) => {
                let room = PROBLEMS_MAX.saturating_sub(found.problems.len());
                found.problems.extend(some.into_iter().take(room));
                go_on(0, 0)
            }
            Frame::Progress { seen, refused, .. } => go_on(seen, refused),
            _ => true,
        })?;
        if let Some(failed) = failed {
            return Err(failed);
        }
        let Some(done) = done else { return Ok(None) };
        // A form without rows is more likely a slip than a report that there is nothing, which has its own button.
        if done.seen == 0 {
            return Err(Diagnostic::error("ZH7320").arg("file", &draft.name).into());
        }
        found.done = done;
        found.rows = spool.finish()?;
        Ok(Some(found))
    }

    /// The draft's file as a workbook with its errors marked.
    ///
    /// Errors: what is wrong with the file as a whole.
    pub fn annotated(
        &self,
        catalog: &Catalog,
        (draft, what): (&Draft, &Return),
        source: &Path,
        today: Date,
        lang: Lang,
    ) -> Result<Vec<u8>, Diagnostic> {
        let request = self.request(catalog, draft, what, source, today);
        Ok(annotate(&self.program, &request, lang, |_| {})?.0)
    }
}
