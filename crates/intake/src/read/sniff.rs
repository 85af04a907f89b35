//! What a file is, from its first bytes; `.gz` is opened on the way, with its inflation counted.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::FileFormat;

use crate::limits::Limits;
use crate::problem::Site;

/// A file ready for the reader of its format.
pub(super) enum Opened {
    Workbook(File),
    Parquet(File),
    Text { format: FileFormat, packed: bool, source: Box<dyn Read> },
}

/// Opens `file` as `declared` or as what its first bytes say.
pub(super) fn open(
    mut file: File,
    site: &Site,
    declared: Option<FileFormat>,
    limits: &Limits,
) -> Result<Opened, Diagnostic> {
    let broken = |error: io::Error| io_problem(site, &error);
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start).map_err(broken)?;
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    if start.is_empty() {
        return Err(site.file_error("ZH3003"));
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(Opened::Workbook(file));
    }
    if start.starts_with(b"PAR1") {
        return Ok(Opened::Parquet(file));
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(site.file_error("ZH3019"));
    }
    match declared {
        Some(FileFormat::Xlsx) => return Err(site.file_error("ZH3011").arg("why", "no zip archive")),
        Some(FileFormat::Parquet) => return Err(site.file_error("ZH3012").arg("why", "no PAR1")),
        _ => {}
    }
    let packed = start.starts_with(b"\x1f\x8b");
    let mut source: Box<dyn Read> =
        if packed { Box::new(Inflated::new(file, limits)) } else { Box::new(file) };
    let mut first = Vec::new();
    source.by_ref().take(4_096).read_to_end(&mut first).map_err(broken)?;
    let format = match declared {
        Some(format) => format,
        None => text_format(&first),
    };
    Ok(Opened::Text { format, packed, source: Box::new(io::Cursor::new(first).chain(source)) })
}

fn text_format(start: &[u8]) -> FileFormat {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => FileFormat::Json,
        Some(b'{') => FileFormat::Jsonl,
        _ => FileFormat::Csv,
    }
}

/// A limit that was met inside a reader.
#[derive(Debug)]
pub(super) struct LimitMet {
    /// Message id suffix: which limit.
    pub(super) what: &'static str,
    /// The limit.
    pub(super) limit: u64,
}

impl std::fmt::Display for LimitMet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.what, self.limit)
    }
}

impl std::error::Error for LimitMet {}

/// The problem behind a failed read.
pub(super) fn io_problem(site: &Site, error: &io::Error) -> Diagnostic {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<LimitMet>()) {
        Some(met) => site.file_error("ZH3010").arg("what", met.what).arg("limit", met.limit),
        None => site.file_error("ZH3001").arg("why", error),
    }
}

/// A reader that counts what passes.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(out)?;
        self.count.set(self.count.get() + got as u64);
        Ok(got)
    }
}

/// A gzip stream that stops at its limits.
struct Inflated {
    inner: MultiGzDecoder<BufReader<Counted<File>>>,
    packed: Rc<Cell<u64>>,
    out: u64,
    most: u64,
    ratio: u64,
    ratio_from: u64,
}

impl Inflated {
    fn new(file: File, limits: &Limits) -> Inflated {
        let packed = Rc::new(Cell::new(0));
        let counted = Counted { inner: file, count: Rc::clone(&packed) };
        Inflated {
            inner: MultiGzDecoder::new(BufReader::with_capacity(64 << 10, counted)),
            packed,
            out: 0,
            most: limits.stream_bytes,
            ratio: limits.ratio,
            ratio_from: limits.ratio_from,
        }
    }
}

impl Read for Inflated {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(out)?;
        self.out += got as u64;
        if self.out > self.most {
            return Err(io::Error::other(LimitMet { what: "inflated", limit: self.most }));
        }
        if self.out > self.ratio_from && self.out / self.packed.get().max(1) > self.ratio {
            return Err(io::Error::other(LimitMet { what: "ratio", limit: self.ratio }));
        }
        Ok(got)
    }
}
