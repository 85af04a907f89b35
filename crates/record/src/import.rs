//! Files → ledger: intake's child reads and checks, the appender records, one submission for all files.
//!
//! Everything or nothing: with [`Accept::All`] a single refused row leaves the ledger as it was; with
//! [`Accept::Good`] the good rows of all files enter in one transaction.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use zhiheng_base::draft::{Draft, SourcePlace};
use zhiheng_base::{Diagnostic, Place};
use zhiheng_catalog::model::Accept;
use zhiheng_intake::worker::{Done, read};
use zhiheng_intake::{Frame, Request};

use crate::entry::{Provenance, Receipt, SourceFile, Submission};
use crate::error::LedgerError;
use crate::ledger::{Appender, Begun, Counts, Ledger};
use crate::project::Project;
use crate::verify::to_hex;

/// Problems that are kept in full; all are counted.
const PROBLEMS_MAX: usize = 10_000;
/// Frames that may wait between the reader and the ledger.
const FRAMES_WAITING: usize = 4;

/// What is to be imported, and how.
#[derive(Clone, Debug)]
pub struct Import {
    /// Program that runs the intake worker as its hidden subcommand.
    pub program: PathBuf,
    /// One request for each file, all into one record type.
    pub requests: Vec<Request>,
    /// Record type id.
    pub of: String,
    /// Fields of its natural key, in order.
    pub key: Vec<String>,
    /// Whether good rows enter when others are refused.
    pub accept: Accept,
    /// Check only.
    pub dry_run: bool,
    /// Idempotency id; by default it follows from the record type and the files' bytes.
    pub id: Option<String>,
    /// Who hands it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How the records came about.
    pub provenance: Provenance,
    /// Source or remark.
    pub basis: Option<String>,
    /// Digest of the catalog.
    pub catalog: String,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The receipt, unless nothing was recorded (dry run, refused).
    pub receipt: Option<Receipt>,
    /// The account of each file.
    pub files: Vec<Done>,
    /// What the ledger said to the drafts.
    pub counts: Counts,
    /// Problems, the first ten thousand.
    pub problems: Vec<Diagnostic>,
    /// True when rows were refused and therefore nothing was recorded.
    pub refused: bool,
}

impl Imported {
    /// Rows refused by the checks or by the ledger.
    pub fn refused_rows(&self) -> u64 {
        self.files.iter().map(|done| done.refused).sum::<u64>() + self.counts.different + self.counts.too_long
    }
}

/// Imports. `progress` hears how many rows have been read.
pub async fn import(
    project: &Project,
    ledger: &Ledger,
    import: &Import,
    mut progress: impl FnMut(u64),
) -> Result<Imported, LedgerError> {
    let mut files = Vec::new();
    for request in &import.requests {
        files.push(source_file(project, request, import.dry_run)?);
    }
    let submission = submission(import, files);
    let mut appender = match ledger.begin(submission).await? {
        Begun::Repeated(receipt) => return Ok(Imported { receipt: Some(receipt), ..Imported::default() }),
        Begun::Fresh(appender) => appender,
    };
    let mut imported = Imported::default();
    let mut seen_before = 0;
    for (i, request) in import.requests.iter().enumerate() {
        let request = Request { file: i as u32, ..request.clone() };
        let mut told = |seen| progress(seen_before + seen);
        let done =
            read_file(&mut appender, import.program.clone(), request, &mut imported, &mut told).await?;
        seen_before += done.seen;
        imported.files.push(done);
    }
    imported.counts = appender.counts();
    imported.refused = import.accept == Accept::All && imported.refused_rows() > 0;
    if imported.refused || import.dry_run {
        appender.rollback();
        return Ok(imported);
    }
    imported.receipt = Some(appender.commit().await?);
    Ok(imported)
}

/// Keeps the original, so that every record can be followed to its cell; a dry run only hashes it.
fn source_file(project: &Project, request: &Request, dry_run: bool) -> Result<SourceFile, LedgerError> {
    let io = |source| LedgerError::io(&request.path, source);
    let file = std::fs::File::open(&request.path).map_err(io)?;
    if !dry_run {
        return project.keep_file(&request.name, file);
    }
    let (sha256, size) = hash(&request.path).map_err(io)?;
    Ok(SourceFile { name: request.name.clone(), sha256, size })
}

fn hash(path: &Path) -> std::io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut file = std::fs::File::open(path)?;
    let size = std::io::copy(&mut file, &mut HashWriter(&mut hash))?;
    Ok((to_hex(&hash.finalize()), size))
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn submission(import: &Import, files: Vec<SourceFile>) -> Submission {
    let mut body = Sha256::new();
    body.update(import.of.as_bytes());
    for (file, request) in files.iter().zip(&import.requests) {
        body.update(format!("\n{:?} {}", request.aim, file.sha256).as_bytes());
    }
    let body = to_hex(&body.finalize());
    Submission {
        id: import.id.clone().unwrap_or_else(|| format!("{}:{}", import.of, &body[..24])),
        by: import.by.clone(),
        at: import.at,
        of: import.of.clone(),
        provenance: import.provenance,
        basis: import.basis.clone(),
        catalog: import.catalog.clone(),
        files,
        body,
        key: import.key.clone(),
    }
}

/// Reads one file through the child and pushes its drafts. Reading goes on while the ledger works.
async fn read_file(
    appender: &mut Appender,
    program: PathBuf,
    request: Request,
    imported: &mut Imported,
    progress: &mut impl FnMut(u64),
) -> Result<Done, LedgerError> {
    let name = request.name.clone();
    let (send, mut frames) = tokio::sync::mpsc::channel(FRAMES_WAITING);
    let reader = tokio::task::spawn_blocking(move || {
        read(&program, &request, |frame| send.blocking_send(frame).is_ok())
    });
    while let Some(frame) = frames.recv().await {
        match frame {
            Frame::Rows(drafts) => push(appender, drafts, &name, &mut imported.problems).await?,
            Frame::Problems(problems) => keep(&mut imported.problems, problems),
            Frame::Progress { seen, .. } => progress(seen),
            Frame::Done(_) | Frame::Head(_) | Frame::Workbook(_) => {}
        }
    }
    // The channel stays open here, so that the reading went to its end.
    Ok(reader.await??.unwrap_or_default())
}

async fn push(
    appender: &mut Appender,
    drafts: Vec<Draft>,
    file: &str,
    problems: &mut Vec<Diagnostic>,
) -> Result<(), LedgerError> {
    let places: Vec<Option<SourcePlace>> = drafts.iter().map(|draft| draft.place.clone()).collect();
    let first = appender.first();
    let outcomes = appender.push(drafts).await?;
    for (outcome, place) in outcomes.iter().zip(places) {
        if let Some(problem) = outcome.diagnostic(first) {
            keep(problems, vec![problem.at(cell(file, place))]);
        }
    }
    Ok(())
}

fn cell(file: &str, place: Option<SourcePlace>) -> Place {
    match place {
        Some(place) => {
            Place::Cell { file: file.to_owned(), sheet: place.sheet, row: place.row, column: None }
        }
        None => Place::File(file.to_owned()),
    }
}

fn keep(all: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    let room = PROBLEMS_MAX.saturating_sub(all.len());
    all.extend(more.into_iter().take(room));
}
