//! Drafts as bytes between the two processes.
//!
//! A batch is a count, then per draft: key (32 bytes), row (8), length of the data (4), data, number of personal
//! values (2), and per personal value: length and bytes of the field, salt (32), length and bytes of the value.
//! All numbers are little-endian.

use zhiheng_base::draft::{Draft, PersonalValue, SourcePlace};

use crate::check::Kept;

/// Bytes at which a batch is sent.
const FULL: usize = 1 << 20;
/// Drafts at which a batch is sent.
const MOST: u32 = 8_192;

/// A batch being filled.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    count: u32,
}

impl Batch {
    pub(super) fn push(&mut self, kept: &Kept, row: u64) {
        if self.bytes.is_empty() {
            self.bytes.extend_from_slice(&[0; 4]);
        }
        self.count += 1;
        self.bytes.extend_from_slice(&kept.key);
        self.bytes.extend_from_slice(&row.to_le_bytes());
        self.text(&kept.data);
        self.bytes.extend_from_slice(&(kept.personal.len() as u16).to_le_bytes());
        for personal in &kept.personal {
            self.text(personal.field.as_bytes());
            self.bytes.extend_from_slice(&personal.salt);
            self.text(personal.value.as_bytes());
        }
    }

    fn text(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text);
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= FULL || self.count >= MOST
    }

    /// The batch as bytes; `None` if it is empty.
    pub(super) fn bytes(&mut self) -> Option<&[u8]> {
        if self.count == 0 {
            return None;
        }
        self.bytes[..4].copy_from_slice(&self.count.to_le_bytes());
        Some(&self.bytes)
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.count = 0;
    }
}

/// Reads a batch; `None` if its bytes do not hold together.
pub(super) fn decode(bytes: &[u8], file: u32, sheet: Option<&str>) -> Option<Vec<Draft>> {
    let mut rest = Rest(bytes);
    let count = u32::from_le_bytes(rest.array()?);
    let mut drafts = Vec::with_capacity((count as usize).min(MOST as usize));
    for _ in 0..count {
        let key = rest.array()?;
        let row = u64::from_le_bytes(rest.array()?);
        let data = rest.text()?.to_vec();
        let mut personal = Vec::new();
        for _ in 0..u16::from_le_bytes(rest.array()?) {
            let field = String::from_utf8(rest.text()?.to_vec()).ok()?;
            let salt = rest.array()?;
            let value = String::from_utf8(rest.text()?.to_vec()).ok()?;
            personal.push(PersonalValue { field, salt, value });
        }
        let place = Some(SourcePlace { file, sheet: sheet.map(str::to_owned), row });
        drafts.push(Draft { key, data, personal, place });
    }
    rest.0.is_empty().then_some(drafts)
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_reads_back_and_a_cut_one_does_not() {
        let mut batch = Batch::default();
        let personal = PersonalValue { field: "phone".into(), salt: [7; 32], value: "139".into() };
        let kept = Kept { key: [1; 32], data: b"{}".to_vec(), personal: vec![personal.clone()] };
        batch.push(&kept, 12);
        batch.push(&Kept { key: [2; 32], data: b"{\"a\":1}".to_vec(), personal: vec![] }, 13);
        let bytes = batch.bytes().unwrap().to_vec();
        let drafts = decode(&bytes, 3, Some("S")).unwrap();
        assert_eq!(drafts.len(), 2);
        assert_eq!(drafts[0].personal, [personal]);
        assert_eq!(drafts[1].place, Some(SourcePlace { file: 3, sheet: Some("S".into()), row: 13 }));
        for cut in 0..bytes.len() {
            assert!(decode(&bytes[..cut], 0, None).is_none());
        }
    }
}
