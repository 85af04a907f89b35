//! Frames: length, kind, body, checksum.

use std::io::{self, Read, Write};

use flate2::Crc;
use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_base::draft::Draft;

use super::batch;
use super::done::Done;
use crate::read::Head;

/// Longest frame in bytes.
pub const MAX_FRAME: usize = 8 << 20;

/// What the child says.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// The header has been found.
    Head(Box<Head>),
    /// Drafts in order of the file.
    Rows(Vec<Draft>),
    /// Problems, each with its place. Errors refuse their row, warnings flag it, notes only tell.
    Problems(Vec<Diagnostic>),
    /// How far it is.
    Progress {
        /// Rows seen.
        seen: u64,
        /// Rows refused.
        refused: u64,
        /// Bytes of the file consumed, where that is known.
        bytes: u64,
    },
    /// A piece of the annotated workbook.
    Workbook(Vec<u8>),
    /// The end, with the account.
    Done(Box<Done>),
}

const ROWS: u8 = 1;
const WORKBOOK: u8 = 2;
const SAID: u8 = 3;

/// Frames that travel as JSON.
#[derive(Serialize, Deserialize)]
enum Said {
    Head(Box<Head>),
    Problems(Vec<Diagnostic>),
    Progress { seen: u64, refused: u64, bytes: u64 },
    Done(Box<Done>),
    Failed(Box<Diagnostic>),
}

/// A frame as it comes out of the pipe.
pub(super) enum Received {
    Frame(Frame),
    Failed(Diagnostic),
}

fn crc(kind: u8, body: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(&[kind]);
    crc.update(body);
    crc.sum()
}

fn write(out: &mut impl Write, kind: u8, body: &[u8]) -> io::Result<()> {
    if body.len() > MAX_FRAME {
        return Err(io::Error::other("frame too long"));
    }
    out.write_all(&(body.len() as u32).to_le_bytes())?;
    out.write_all(&[kind])?;
    out.write_all(body)?;
    out.write_all(&crc(kind, body).to_le_bytes())
}

/// Writes a batch of drafts.
pub(super) fn write_rows(out: &mut impl Write, batch: &[u8]) -> io::Result<()> {
    write(out, ROWS, batch)
}

/// Writes any other frame.
pub(super) fn write_frame(out: &mut impl Write, frame: Frame) -> io::Result<()> {
    let said = match frame {
        Frame::Head(head) => Said::Head(head),
        Frame::Problems(problems) => Said::Problems(problems),
        Frame::Progress { seen, refused, bytes } => Said::Progress { seen, refused, bytes },
        Frame::Done(done) => Said::Done(done),
        Frame::Workbook(piece) => return write(out, WORKBOOK, &piece),
        Frame::Rows(_) => return Err(io::Error::other("drafts are written as batches")),
    };
    write(out, SAID, &serde_json::to_vec(&said)?)
}

/// Writes what ended the reading.
pub(super) fn write_failed(out: &mut impl Write, why: Diagnostic) -> io::Result<()> {
    write(out, SAID, &serde_json::to_vec(&Said::Failed(Box::new(why)))?)
}

/// Reads frames, remembering the sheet for the places of drafts.
pub(super) struct Reader<R> {
    input: R,
    file: u32,
    sheet: Option<String>,
}

impl<R: Read> Reader<R> {
    pub(super) fn new(input: R, file: u32) -> Reader<R> {
        Reader { input, file, sheet: None }
    }

    /// The next frame; `None` at the end of the pipe.
    pub(super) fn next(&mut self) -> io::Result<Option<Received>> {
        let mut head = [0; 5];
        if self.input.read(&mut head[..1])? == 0 {
            return Ok(None);
        }
        self.input.read_exact(&mut head[1..])?;
        let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
        if length > MAX_FRAME {
            return Err(io::Error::other(format!("a frame of {length} bytes")));
        }
        let mut body = vec![0; length];
        self.input.read_exact(&mut body)?;
        let mut sum = [0; 4];
        self.input.read_exact(&mut sum)?;
        if crc(head[4], &body) != u32::from_le_bytes(sum) {
            return Err(io::Error::other("a frame with a wrong checksum"));
        }
        let frame = match head[4] {
            ROWS => batch::decode(&body, self.file, self.sheet.as_deref())
                .map(Frame::Rows)
                .ok_or_else(|| io::Error::other("a batch that does not hold together"))?,
            WORKBOOK => Frame::Workbook(body),
            SAID => match serde_json::from_slice(&body)? {
                Said::Head(head) => {
                    self.sheet.clone_from(&head.sheet);
                    Frame::Head(head)
                }
                Said::Problems(problems) => Frame::Problems(problems),
                Said::Progress { seen, refused, bytes } => Frame::Progress { seen, refused, bytes },
                Said::Done(done) => Frame::Done(done),
                Said::Failed(why) => return Ok(Some(Received::Failed(*why))),
            },
            kind => return Err(io::Error::other(format!("a frame of unknown kind {kind}"))),
        };
        Ok(Some(Received::Frame(frame)))
    }
}
