//! Looking through a Parquet footer before its reader believes it.
//!
//! The reader reserves memory for as many row groups as a list header claims: 31 bytes can ask for 19 GB. So the
//! footer (Thrift compact protocol) is walked once; every count and length must fit into the bytes that are
//! left, since each element takes at least one.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use crate::limits::Limits;

/// What is wrong with the footer, in the words of the format.
pub(super) fn guard(file: &mut File, limits: &Limits) -> Result<(), String> {
    let io = |error: std::io::Error| error.to_string();
    let length = file.seek(SeekFrom::End(0)).map_err(io)?;
    if length < 12 {
        return Err("shorter than its own marks".to_owned());
    }
    file.seek(SeekFrom::End(-8)).map_err(io)?;
    let mut end = [0_u8; 8];
    file.read_exact(&mut end).map_err(io)?;
    if &end[4..] != b"PAR1" {
        return Err("no PAR1 at its end".to_owned());
    }
    let size = u64::from(u32::from_le_bytes([end[0], end[1], end[2], end[3]]));
    if size > length - 12 {
        return Err(format!("a footer of {size} bytes in a file of {length}"));
    }
    if size > limits.footer_bytes {
        return Err(format!("a footer of {size} bytes; the limit is {}", limits.footer_bytes));
    }
    file.seek(SeekFrom::End(-8 - size as i64)).map_err(io)?;
    let mut footer = vec![0; size as usize];
    file.read_exact(&mut footer).map_err(io)?;
    file.seek(SeekFrom::Start(0)).map_err(io)?;
    let mut walk = Walk { bytes: &footer, at: 0 };
    walk.structure(0).ok_or_else(|| format!("its footer does not hold together at byte {}", walk.at))
}

/// Deepest nesting of Parquet's own structures, generously.
const DEPTH: usize = 24;

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Walk<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn skip(&mut self, count: u64) -> Option<()> {
        let left = (self.bytes.len() - self.at) as u64;
        if count > left {
            return None;
        }
        self.at += count as usize;
        Some(())
    }

    fn structure(&mut self, depth: usize) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            if head >> 4 == 0 {
                self.varint()?;
            }
            self.value(head & 0x0f, depth, false)?;
        }
    }

    /// A value of this type; booleans are part of the field's head except in lists.
    fn value(&mut self, kind: u8, depth: usize, in_list: bool) -> Option<()> {
        match kind {
            1 | 2 if in_list => self.skip(1),
            1 | 2 => Some(()),
            3 => self.skip(1),
            4..=6 => self.varint().map(drop),
            7 => self.skip(8),
            8 => {
                let length = self.varint()?;
                self.skip(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                self.elements(count, &[head & 0x0f], depth)
            }
            11 => {
                let count = self.varint()?;
                if count == 0 {
                    return Some(());
                }
                let kinds = self.byte()?;
                self.elements(count, &[kinds >> 4, kinds & 0x0f], depth)
            }
            12 => self.structure(depth + 1),
            13 => self.skip(16),
            _ => None,
        }
    }

    fn elements(&mut self, count: u64, kinds: &[u8], depth: usize) -> Option<()> {
        if depth > DEPTH || count > (self.bytes.len() - self.at) as u64 {
            return None;
        }
        for _ in 0..count {
            for &kind in kinds {
                self.value(kind, depth + 1, true)?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn judged(bytes: &[u8]) -> Result<(), String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        guard(&mut file, &Limits::default())
    }

    #[test]
    fn a_claim_of_200_million_row_groups_is_refused() {
        // Field 4 (row groups): a list of 200 million structures.
        let mut footer = vec![0x15, 0x02, 0x39, 0xfc];
        footer.extend([0x80, 0x84, 0xaf, 0x5f, 0x00, 0x00]);
        let mut file = b"PAR1".to_vec();
        file.extend(&footer);
        file.extend((footer.len() as u32).to_le_bytes());
        file.extend(b"PAR1");
        assert!(judged(&file).unwrap_err().contains("hold together"));
        assert!(judged(b"PAR1PAR1").is_err());
        assert!(judged(b"PAR1\xff\xff\xff\x7fPAR1").unwrap_err().contains("in a file of 12"));
        assert!(judged(b"PAR1\0\0\0\0\0\0\0\0NOPE").is_err());
    }
}
