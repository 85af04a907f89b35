//! JSON lines, and one JSON array of objects, record by record.

use std::collections::HashMap;
use std::io::{self, Read};

use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::FileFormat;

use super::decode::Decoder;
use super::json_value::{Flaw, Parser};
use super::sniff::io_problem;
use super::{Head, RowBuf, RowSink, Tail};
use crate::limits::Limits;
use crate::problem::{Site, quoted};

const CHUNK: usize = 64 << 10;
const STEP: u64 = 1_024;

pub(super) fn read(
    source: Box<dyn Read>,
    format: FileFormat,
    packed: bool,
    site: &Site,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<Tail, Diagnostic> {
    let broken = |error: io::Error| io_problem(site, &error);
    let input = Decoder::new(source).map_err(broken)?;
    let mut pieces = Pieces { input, buffer: vec![0; CHUNK], at: 0, end: 0, limit: limits.row_bytes, limits };
    sink.head(&Head {
        format,
        packed,
        encoding: pieces.input.encoding().map(str::to_owned),
        sheet: None,
        header_row: 0,
        columns: Vec::new(),
        template: Vec::new(),
    })?;
    let mut columns: HashMap<String, usize> = HashMap::new();
    let mut fresh: Vec<String> = Vec::new();
    let mut row = RowBuf::default();
    let mut text = Vec::new();
    let mut number = 0;
    let mut blank = 0;
    let as_lines = format == FileFormat::Jsonl;
    if !as_lines {
        pieces.open_array(site)?;
    }
    loop {
        let piece = if as_lines { pieces.line(&mut text) } else { pieces.element(&mut text) };
        number += 1;
        let piece = match piece.map_err(broken)? {
            Piece::End => break,
            Piece::Broken => return Err(site.row_error("ZH3110", number).arg("at", pieces.at)),
            Piece::Deep => return Err(site.row_error("ZH3108", number).arg("limit", limits.depth)),
            Piece::Long => {
                sink.bad(number, site.row_error("ZH3105", number).arg("limit", limits.row_bytes))?;
                continue;
            }
            Piece::Text => std::str::from_utf8(&text),
        };
        let Ok(piece) = piece else {
            sink.bad(number, site.row_error("ZH3102", number))?;
            continue;
        };
        if piece.trim().is_empty() {
            blank += 1;
            continue;
        }
        row.clear(number);
        let known = columns.len();
        let read = Parser::new(piece, limits.depth, limits.columns).record(&mut |name, kind, value| {
            let index = match columns.get(name) {
                Some(&index) => index,
                None => {
                    let index = columns.len();
                    columns.insert(name.to_owned(), index);
                    fresh.push(name.to_owned());
                    index
                }
            };
            row.set(index, kind, value);
        });
        if columns.len() > limits.columns {
            return Err(site.row_error("ZH3018", number).arg("limit", limits.columns));
        }
        debug_assert_eq!(known + fresh.len(), columns.len());
        for name in fresh.drain(..) {
            sink.column(&name)?;
        }
        match read {
            Ok(()) => sink.row(&row)?,
            Err(flaw) => sink.bad(number, explain(&flaw, number, site, limits))?,
        }
        if number % STEP == 0 {
            sink.progress(pieces.input.consumed());
        }
    }
    Ok(Tail { encoding: pieces.input.encoding().map(str::to_owned), blank })
}

fn explain(flaw: &Flaw, row: u64, site: &Site, limits: &Limits) -> Diagnostic {
    match flaw {
        Flaw::Syntax(at) => site.row_error("ZH3110", row).arg("at", at + 1),
        Flaw::NotAnObject => site.row_error("ZH3111", row),
        Flaw::Depth => site.row_error("ZH3108", row).arg("limit", limits.depth),
        Flaw::Duplicate(name) => site.row_error("ZH3106", row).arg("name", quoted(name)),
        Flaw::Surrogate => site.row_error("ZH3107", row),
        Flaw::ManyNames => site.row_error("ZH3018", row).arg("limit", limits.columns),
    }
}

enum Piece {
    Text,
    Long,
    Deep,
    Broken,
    End,
}

/// Cuts the text into records without holding more than one.
struct Pieces<'l, R> {
    input: Decoder<R>,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    limit: usize,
    limits: &'l Limits,
}

impl<R: Read> Pieces<'_, R> {
    fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.end {
            self.at = 0;
            self.end = self.input.read(&mut self.buffer)?;
        }
        Ok(self.buffer[..self.end].get(self.at).copied())
    }

    fn line(&mut self, out: &mut Vec<u8>) -> io::Result<Piece> {
        out.clear();
        if self.peek()?.is_none() {
            return Ok(Piece::End);
        }
        let mut long = false;
        while self.peek()?.is_some() {
            let rest = &self.buffer[self.at..self.end];
            let stop = rest.iter().position(|&byte| byte == b'\n');
            let piece = &rest[..stop.unwrap_or(rest.len())];
            if out.len() + piece.len() > self.limit {
                long = true;
                out.clear();
            } else if !long {
                out.extend_from_slice(piece);
            }
            self.at += piece.len() + usize::from(stop.is_some());
            if stop.is_some() {
                break;
            }
        }
        Ok(if long { Piece::Long } else { Piece::Text })
    }

    fn skip_space(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return Ok(other),
            }
        }
    }

    fn open_array(&mut self, site: &Site) -> Result<(), Diagnostic> {
        match self.skip_space() {
            Ok(Some(b'[')) => {
                self.at += 1;
                Ok(())
            }
            Ok(_) => Err(site.row_error("ZH3110", 1).arg("at", 1)),
            Err(error) => Err(io_problem(site, &error)),
        }
    }

    /// The next element of the array, by its brackets and quotes alone; the parser judges it.
    fn element(&mut self, out: &mut Vec<u8>) -> io::Result<Piece> {
        out.clear();
        match self.skip_space()? {
            Some(b']') => return Ok(Piece::End),
            Some(b',') => {
                self.at += 1;
                self.skip_space()?;
            }
            Some(_) => {}
            None => return Ok(Piece::Broken),
        }
        let (mut depth, mut quoted, mut escaped, mut long) = (0_usize, false, false, false);
        loop {
            let Some(byte) = self.peek()? else { return Ok(Piece::Broken) };
            if depth == 0 && !quoted && matches!(byte, b',' | b']') {
                if out.is_empty() && !long {
                    return Ok(Piece::Broken);
                }
                return Ok(if long { Piece::Long } else { Piece::Text });
            }
            self.at += 1;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth -= 1,
                _ => {}
            }
            if depth > self.limits.depth {
                return Ok(Piece::Deep);
            }
            if out.len() >= self.limit {
                long = true;
                out.clear();
            }
            if !long {
                out.push(byte);
            }
        }
    }
}
