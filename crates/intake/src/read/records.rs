//! Delimited text → records: RFC 4180 as offices write it (mixed line ends, quotes inside plain cells), with
//! bounded memory.
//!
//! A reader of our own because a row has to be refused at a limit *while* it is read: an unclosed quote of
//! 64 MiB is one cell to any reader that first collects it. Rows are counted as a spreadsheet shows them: every
//! line end outside quotes, blank lines included.

use std::io::{self, Read};

use super::row::RowBuf;
use crate::limits::Limits;

const CHUNK: usize = 256 << 10;

/// What came next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Row,
    Bad(Fault),
    End,
}

/// Why a record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotUtf8,
    Nul,
    LongCell,
    LongRow,
    ManyColumns,
    /// The file ends, or the limit is reached, inside quotes: nothing after it can be trusted.
    Unclosed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    Closing,
}

pub(super) struct Records<R> {
    pub(super) input: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    delimiter: u8,
    special: [bool; 256],
    number: u64,
    /// The last record ended in a carriage return: a line feed right after it belongs to it.
    after_return: bool,
    cell_bytes: usize,
    row_bytes: usize,
    columns: usize,
}

impl<R: Read> Records<R> {
    /// A reader that tells the delimiter from the first line unless it is given.
    pub(super) fn new(input: R, delimiter: Option<u8>, limits: &Limits) -> io::Result<Records<R>> {
        let mut records = Records {
            input,
            buffer: vec![0; CHUNK],
            at: 0,
            end: 0,
            delimiter: b',',
            special: [false; 256],
            number: 0,
            after_return: false,
            cell_bytes: limits.cell_bytes,
            row_bytes: limits.row_bytes,
            columns: limits.columns,
        };
        records.refill()?;
        records.delimiter = delimiter.unwrap_or_else(|| guess(&records.buffer[..records.end]));
        for byte in [b'\n', b'\r', b'"', 0, records.delimiter] {
            records.special[usize::from(byte)] = true;
        }
        Ok(records)
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    fn refill(&mut self) -> io::Result<bool> {
        self.at = 0;
        self.end = 0;
        loop {
            match self.input.read(&mut self.buffer) {
                Ok(got) => {
                    self.end = got;
                    return Ok(got > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads the next record into `row`.
    pub(super) fn next(&mut self, row: &mut RowBuf) -> io::Result<Next> {
        self.number += 1;
        row.clear(self.number);
        let mut bytes = row.take_bytes();
        let mut start = 0;
        let mut state = State::Start;
        let mut fault = None;
        let mut dropped = 0_usize;
        loop {
            if self.at == self.end && !self.refill()? {
                if state == State::Quoted {
                    fault = Some(Fault::Unclosed);
                } else if bytes.is_empty() && row.is_empty() && state == State::Start && fault.is_none() {
                    row.put_back(bytes);
                    return Ok(Next::End);
                }
                row.push_span(start, bytes.len());
                break;
            }
            if self.after_return {
                self.after_return = false;
                if self.buffer[self.at] == b'\n' {
                    self.at += 1;
                    continue;
                }
            }
            let rest = &self.buffer[self.at..self.end];
            let byte = match state {
                State::Start | State::Plain => {
                    let plain =
                        rest.iter().position(|&byte| self.special[usize::from(byte)]).unwrap_or(rest.len());
                    bytes.extend_from_slice(&rest[..plain]);
                    self.at += plain;
                    if plain > 0 {
                        state = State::Plain;
                    }
                    rest.get(plain).copied()
                }
                State::Quoted => {
                    let plain = rest.iter().position(|&byte| byte == b'"').unwrap_or(rest.len());
                    let piece = &rest[..plain];
                    if fault.is_none() && piece.contains(&0) {
                        fault = Some(Fault::Nul);
                    }
                    bytes.extend_from_slice(piece);
                    self.at += plain;
                    if plain < rest.len() {
                        self.at += 1;
                        state = State::Closing;
                    }
                    None
                }
                State::Closing => rest.first().copied(),
            };
            if bytes.len() - start > self.cell_bytes {
                fault.get_or_insert(Fault::LongCell);
            }
            if bytes.len() + dropped > self.row_bytes {
                if matches!(state, State::Quoted) {
                    fault = Some(Fault::Unclosed);
                    break;
                }
                fault.get_or_insert(Fault::LongRow);
                // Nothing of such a row is kept; reading on only finds its end.
                dropped += bytes.len();
                bytes.clear();
                start = 0;
            }
            let Some(byte) = byte else { continue };
            self.at += 1;
            match byte {
                b'"' if state == State::Start => state = State::Quoted,
                b'"' if state == State::Closing => {
                    bytes.push(b'"');
                    state = State::Quoted;
                }
                b'"' => bytes.push(b'"'),
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    row.push_span(start, bytes.len());
                    break;
                }
                0 => {
                    fault.get_or_insert(Fault::Nul);
                }
                _ if byte == self.delimiter => {
                    if row.len() + 1 >= self.columns {
                        fault.get_or_insert(Fault::ManyColumns);
                        dropped += bytes.len();
                        bytes.clear();
                    } else {
                        row.push_span(start, bytes.len());
                    }
                    start = bytes.len();
                    state = State::Start;
                }
                // Text after a closing quote: kept as it stands, as spreadsheets do.
                _ => {
                    bytes.push(byte);
                    state = State::Plain;
                }
            }
        }
        let valid = row.put_back(bytes);
        Ok(match fault {
            Some(fault) => Next::Bad(fault),
            None if !valid => Next::Bad(Fault::NotUtf8),
            None => Next::Row,
        })
    }
}

/// The delimiter that occurs most often outside quotes before the first line end; a comma if none does.
fn guess(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    let mut lines = 0;
    for &byte in bytes.iter().take(CHUNK) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                lines += 1;
                // Title lines hold no delimiter: look a little further.
                if counts.iter().any(|(_, count)| *count > 0) || lines == 20 {
                    break;
                }
            }
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(b',', |(d, _)| *d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8], limits: &Limits) -> Vec<(u64, Result<Vec<String>, Fault>)> {
        let mut records = Records::new(text, None, limits).unwrap();
        let mut row = RowBuf::default();
        let mut out = Vec::new();
        loop {
            let next = records.next(&mut row).unwrap();
            let cells = (0..row.len()).map(|at| row.cell(at).1.to_owned()).collect();
            match next {
                Next::End => return out,
                Next::Row => out.push((row.number, Ok(cells))),
                Next::Bad(fault) => {
                    out.push((row.number, Err(fault)));
                    if fault == Fault::Unclosed {
                        return out;
                    }
                }
            }
        }
    }

    #[test]
    fn line_ends_of_every_kind_and_blank_lines_are_counted() {
        let rows = all(b"a,b\r\n1,2\n\n3,\"4\r\n4\"\r5,6", &Limits::default());
        let cells: Vec<_> = rows.iter().map(|(n, cells)| (*n, cells.clone().unwrap())).collect();
        assert_eq!(cells[1], (2, vec!["1".into(), "2".into()]));
        assert_eq!(cells[2], (3, vec![String::new()]));
        assert_eq!(cells[3], (4, vec!["3".into(), "4\r\n4".into()]));
        assert_eq!(cells[4], (5, vec!["5".into(), "6".into()]));
    }

    #[test]
    fn quotes_double_and_stray() {
        let rows = all(b"h1,h2\n\"a \"\"b\"\"\",c\"d\n\"x\"y,z\n", &Limits::default());
        assert_eq!(rows[1].1.as_ref().unwrap(), &["a \"b\"", "c\"d"]);
        assert_eq!(rows[2].1.as_ref().unwrap(), &["xy", "z"]);
    }

    #[test]
    fn faults_are_named_and_the_next_row_is_read() {
        let limits = Limits { cell_bytes: 10, row_bytes: 30, columns: 4, ..Limits::default() };
        let rows = all(b"a,b\n\xff\xfe,1\n0\0,1\n12345678901,1\n1,2,3,4,5,6\ngood,row\n", &limits);
        let faults: Vec<_> = rows.iter().map(|(n, row)| (*n, row.as_ref().err().copied())).collect();
        assert_eq!(
            faults,
            [
                (1, None),
                (2, Some(Fault::NotUtf8)),
                (3, Some(Fault::Nul)),
                (4, Some(Fault::LongCell)),
                (5, Some(Fault::ManyColumns)),
                (6, None)
            ]
        );
        let long = [b"a,b\n".as_slice(), &[b'x'; 100], b"\n1,2\n"].concat();
        assert_eq!(all(&long, &limits)[1].1, Err(Fault::LongCell));
        assert_eq!(all(&long, &limits)[2].1.as_ref().unwrap(), &["1", "2"]);
    }

    #[test]
    fn an_unclosed_quote_ends_the_file_within_the_limit() {
        let limits = Limits { row_bytes: 1000, ..Limits::default() };
        let mut text = b"a,b\n1,\"never closed".to_vec();
        text.extend(std::iter::repeat_n(b"x,\n".as_slice(), 400_000).flatten());
        assert_eq!(all(&text, &limits)[1], (2, Err(Fault::Unclosed)));
        assert_eq!(all(b"a\n\"b", &Limits::default())[1], (2, Err(Fault::Unclosed)));
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_csv_crate(rows in proptest::collection::vec(
            proptest::collection::vec("[a-z\"',;\\n\\r\u{5b9a}\u{20bb7} ]{0,8}", 3), 1..12)) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            writer.write_record(["h1", "h2", "h3"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let read: Vec<Vec<String>> =
                all(&bytes, &Limits::default()).into_iter().skip(1).map(|(_, row)| row.unwrap()).collect();
            proptest::prop_assert_eq!(read, rows);
        }
    }
}
