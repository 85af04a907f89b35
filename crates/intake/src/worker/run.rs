//! The import itself: rows → plan → check → batches.

use std::fs::File;
use std::time::Instant;

use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{RecordType, Source};

use super::batch::{self, Batch};
use super::done::Done;
use super::frame::Frame;
use super::request::Request;
use super::tally::Tally;
use crate::check::{Kept, RowCheck, Verdict};
use crate::limits::Limits;
use crate::map::Plan;
use crate::problem::Site;
use crate::read::{self, Head, RowBuf, RowSink, Wanted};
use crate::text::shown;

/// Problems that travel together.
pub(super) const TOGETHER: usize = 256;
/// Rows between two signs of life.
const STEP: u64 = 65_536;
/// Longest column title that travels, in characters.
const TITLE: usize = 200;

/// Takes what an import produces.
pub(super) trait Outlet {
    /// Any frame but drafts.
    fn frame(&mut self, frame: Frame) -> Result<(), Diagnostic>;
    /// A batch of drafts.
    fn rows(&mut self, batch: &[u8]) -> Result<(), Diagnostic>;
}

struct Driver<'a> {
    plan: Plan,
    check: RowCheck<'a>,
    record: &'a RecordType,
    site: Site,
    limits: &'a Limits,
    catalog: &'a str,
    out: &'a mut dyn Outlet,
    batch: Batch,
    kept: Kept,
    problems: Vec<Diagnostic>,
    waiting: Vec<Diagnostic>,
    tally: Tally,
    bytes: u64,
}

impl Driver<'_> {
    /// Hands on the problems of one row, as long as not too many have been handed on.
    fn tell(&mut self) -> Result<(), Diagnostic> {
        for problem in self.problems.drain(..) {
            self.tally.problem(&problem);
            if self.tally.done.told < self.limits.problems as u64 {
                self.tally.done.told += 1;
                self.waiting.push(problem);
            }
        }
        if self.waiting.len() >= TOGETHER { self.flush_problems() } else { Ok(()) }
    }

    fn flush_problems(&mut self) -> Result<(), Diagnostic> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.out.frame(Frame::Problems(std::mem::take(&mut self.waiting)))
    }

    fn flush_rows(&mut self) -> Result<(), Diagnostic> {
        if let Some(bytes) = self.batch.bytes() {
            self.out.rows(bytes)?;
            self.batch.clear();
        }
        Ok(())
    }

    fn sign(&mut self) -> Result<(), Diagnostic> {
        let done = &self.tally.done;
        self.out.frame(Frame::Progress { seen: done.seen, refused: done.refused, bytes: self.bytes })
    }

    fn counted(&mut self, verdict: Verdict, flagged: bool) -> Result<(), Diagnostic> {
        self.tally.row(verdict, flagged);
        if self.tally.done.seen % STEP == 0 { self.sign() } else { Ok(()) }
    }

    /// A template of another record type is refused, one of another catalog noted.
    fn template(&mut self, head: &Head) -> Result<(), Diagnostic> {
        let mark =
            |key: &str| head.template.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
        if let Some(record) = mark("record")
            && record != self.record.head.id
        {
            return Err(self
                .site
                .file_error("ZH3021")
                .arg("record", record)
                .arg("wanted", &self.record.head.id));
        }
        if let Some(digest) = mark("catalog")
            && digest != self.catalog
        {
            let mut note = self.site.file_error("ZH3017");
            note.severity = zhiheng_base::Severity::Note;
            self.problems.push(note);
        }
        Ok(())
    }
}

impl RowSink for Driver<'_> {
    fn wanted(&self) -> &Wanted {
        self.plan.wanted()
    }

    fn head(&mut self, head: &Head) -> Result<(), Diagnostic> {
        self.site.sheet.clone_from(&head.sheet);
        self.template(head)?;
        let found = self.plan.bind(head, &self.site);
        let mut told = head.clone();
        told.columns = told.columns.iter().map(|title| shown(title, TITLE)).collect();
        self.out.frame(Frame::Head(Box::new(told)))?;
        let mut fatal = None;
        for problem in found {
            if fatal.is_none() && problem.is_error() {
                fatal = Some(problem);
            } else {
                self.problems.push(problem);
            }
        }
        self.tell()?;
        match fatal {
            None => Ok(()),
            Some(problem) => {
                self.flush_problems()?;
                Err(problem)
            }
        }
    }

    fn column(&mut self, name: &str) -> Result<(), Diagnostic> {
        self.plan.add_column(name);
        Ok(())
    }

    fn row(&mut self, row: &RowBuf) -> Result<(), Diagnostic> {
        let verdict = self.check.judge(&self.plan, row, &self.site, &mut self.kept, &mut self.problems);
        let flagged = !self.problems.is_empty();
        if verdict == Verdict::Kept {
            self.batch.push(&self.kept, row.number);
            if self.batch.is_full() {
                self.flush_rows()?;
            }
        }
        if flagged {
            self.tell()?;
        }
        self.counted(verdict, flagged)
    }

    fn bad(&mut self, _row: u64, problem: Diagnostic) -> Result<(), Diagnostic> {
        self.problems.push(problem);
        self.tell()?;
        self.counted(Verdict::Refused, false)
    }

    fn progress(&mut self, bytes: u64) {
        self.bytes = bytes;
    }
}

/// What an import reads by.
pub(super) struct By<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) record: &'a RecordType,
    pub(super) source: Option<&'a Source>,
}

/// Reads `file` into `out` and answers the account (not yet sent).
pub(super) fn run(
    file: File,
    request: &Request,
    by: &By<'_>,
    out: &mut dyn Outlet,
) -> Result<Done, Diagnostic> {
    let started = Instant::now();
    let limits = &request.limits;
    let today: Date = request.today;
    let plan = Plan::new(by.record, by.source);
    let check =
        RowCheck::new(by.catalog, by.record, &plan, today, limits.record_bytes).within(request.within);
    let format = request.format.or(by.source.and_then(|source| source.format));
    let mut driver = Driver {
        plan,
        check,
        record: by.record,
        site: request.site(),
        limits,
        catalog: &by.catalog.digest,
        out,
        batch: Batch::default(),
        kept: Kept::default(),
        problems: Vec::new(),
        waiting: Vec::new(),
        tally: Tally::new(by.source),
        bytes: 0,
    };
    let tail = read::read(file, &request.site(), format, limits, &mut driver);
    driver.flush_rows()?;
    driver.flush_problems()?;
    let tail = tail?;
    driver.sign()?;
    let mut done = driver.tally.finish();
    done.blank = tail.blank;
    done.encoding = tail.encoding;
    done.catalog.clone_from(&by.catalog.digest);
    done.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(done)
}

struct Here<'s> {
    sink: &'s mut dyn FnMut(Frame),
    file: u32,
    sheet: Option<String>,
}

impl Outlet for Here<'_> {
    fn frame(&mut self, frame: Frame) -> Result<(), Diagnostic> {
        if let Frame::Head(head) = &frame {
            self.sheet.clone_from(&head.sheet);
        }
        (self.sink)(frame);
        Ok(())
    }

    fn rows(&mut self, batch: &[u8]) -> Result<(), Diagnostic> {
        // Bytes that were just written by Batch.
        (self.sink)(Frame::Rows(batch::decode(batch, self.file, self.sheet.as_deref()).unwrap_or_default()));
        Ok(())
    }
}

/// Reads a file in this process, without limits on memory and time: for tests and for files of our own making.
/// The last frame is [`Frame::Done`]; its account is the result.
pub fn run_here(
    request: &Request,
    catalog: &Catalog,
    sink: &mut dyn FnMut(Frame),
) -> Result<Done, Diagnostic> {
    let (record, source) = request.definitions(catalog)?;
    let file =
        File::open(&request.path).map_err(|error| request.site().file_error("ZH3001").arg("why", error))?;
    let mut here = Here { sink, file: request.file, sheet: None };
    let done = run(file, request, &By { catalog, record, source }, &mut here)?;
    (here.sink)(Frame::Done(Box::new(done.clone())));
    Ok(done)
}
