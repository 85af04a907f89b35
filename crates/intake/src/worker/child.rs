//! The child: limit first, then read.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::Path;

use zhiheng_base::Diagnostic;

use super::cage;
use super::frame::{self, Frame};
use super::request::{Request, Task};
use super::run::{By, Outlet, TOGETHER, run};
use crate::workbook;

/// Bytes of a workbook that travel together.
const PIECE: usize = 4 << 20;

/// Runs the child: `args` holds the request as JSON, standard input is the file, standard output the frames.
/// The exit code is 0 if everything that was to be said has been said.
pub fn main(mut args: impl Iterator<Item = String>) -> u8 {
    let Some(request) = args.next().and_then(|text| serde_json::from_str::<Request>(&text).ok()) else {
        return 2;
    };
    let Ok((file, mut out)) = streams() else { return 3 };
    let failed = match work(file, &request, &mut out) {
        Ok(()) => return 0,
        Err(failed) => failed,
    };
    // If even this cannot be said, the parent has gone.
    u8::from(frame::write_failed(&mut out, failed).is_err()) * 3
}

fn streams() -> io::Result<(File, File)> {
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    Ok((input, output))
}

fn work(file: File, request: &Request, out: &mut File) -> Result<(), Diagnostic> {
    let site = request.site();
    let caged = |why: &dyn std::fmt::Display| site.file_error("ZH3407").arg("why", why);
    let bytes = file.metadata().map_or(0, |data| data.len());
    cage::limit(&request.limits, bytes).map_err(|error| caged(&error))?;
    cage::forbid().map_err(|error| caged(&error))?;
    let folders: Vec<&Path> = request.folders.iter().map(AsRef::as_ref).collect();
    let loaded = zhiheng_catalog::load(&folders);
    cage::forbid_files().map_err(|error| caged(&error))?;
    let catalog = loaded.catalog;
    if let Some(digest) = &request.catalog
        && *digest != catalog.digest
    {
        return Err(site.file_error("ZH3409").arg("digest", &catalog.digest).arg("wanted", digest));
    }
    let (record, source) = request.definitions(&catalog)?;
    let by = By { catalog: &catalog, record, source };
    let done = match request.task {
        Task::Read => run(file, request, &by, &mut Pipe { out })?,
        Task::Annotate(lang) => {
            let again = file.try_clone().map_err(|error| site.file_error("ZH3001").arg("why", error))?;
            let mut collected = Collected::default();
            // What is wrong with the file as a whole cannot be marked in a cell: then there is no workbook.
            let done = run(file, request, &by, &mut collected)?;
            for some in collected.problems.chunks(TOGETHER) {
                Pipe { out }.frame(Frame::Problems(some.to_vec()))?;
            }
            let workbook = workbook::annotate(again, request, &collected.problems, &done, lang)?;
            for piece in workbook.chunks(PIECE) {
                Pipe { out }.frame(Frame::Workbook(piece.to_vec()))?;
            }
            done
        }
    };
    Pipe { out }.frame(Frame::Done(Box::new(done)))?;
    out.flush().map_err(|error| gone(&error))
}

fn gone(error: &io::Error) -> Diagnostic {
    Diagnostic::error("ZH3405").arg("file", "").arg("why", error)
}

struct Pipe<'f> {
    out: &'f mut File,
}

impl Outlet for Pipe<'_> {
    fn frame(&mut self, frame: Frame) -> Result<(), Diagnostic> {
        frame::write_frame(self.out, frame).map_err(|error| gone(&error))
    }

    fn rows(&mut self, batch: &[u8]) -> Result<(), Diagnostic> {
        frame::write_rows(self.out, batch).map_err(|error| gone(&error))
    }
}

/// Keeps the problems and forgets the drafts.
#[derive(Default)]
struct Collected {
    problems: Vec<Diagnostic>,
}

impl Outlet for Collected {
    fn frame(&mut self, frame: Frame) -> Result<(), Diagnostic> {
        if let Frame::Problems(problems) = frame {
            self.problems.extend(problems);
        }
        Ok(())
    }

    fn rows(&mut self, _batch: &[u8]) -> Result<(), Diagnostic> {
        Ok(())
    }
}
