//! Checked rows on disk, between the child that made them and the ledger that takes them: what was shown is what is sent.
//!
//! One line of JSON for each row: its place, its canonical data as text, its personal values.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zhiheng_base::Diagnostic;
use zhiheng_base::draft::{Draft, PersonalValue, SourcePlace};
use zhiheng_record::verify::{from_hex, to_hex};

use crate::trouble::Trouble;

/// Longest line: a record of the ledger is shorter.
const LINE_MAX: u64 = 4 << 20;

#[derive(Serialize, Deserialize)]
struct Line {
    place: Option<SourcePlace>,
    data: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    personal: Vec<(String, String, String)>,
}

/// Writes rows, and a hash over them.
pub struct Writer {
    out: BufWriter<File>,
    hash: Sha256,
}

impl Writer {
    /// A new file, in place of an old one.
    ///
    /// Errors: those of the disk.
    pub fn create(path: &Path) -> std::io::Result<Writer> {
        Ok(Writer { out: BufWriter::new(File::create(path)?), hash: Sha256::new() })
    }

    /// Adds a row.
    ///
    /// Errors: those of the disk.
    pub fn push(&mut self, draft: &Draft) -> std::io::Result<()> {
        let personal = draft
            .personal
            .iter()
            .map(|one| (one.field.clone(), to_hex(&one.salt), one.value.clone()))
            .collect();
        let data = String::from_utf8_lossy(&draft.data).into_owned();
        let mut line = serde_json::to_vec(&Line { place: draft.place.clone(), data, personal })?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line)
    }

    /// Makes the file durable and answers the hash of its rows.
    ///
    /// Errors: those of the disk.
    pub fn finish(mut self) -> std::io::Result<String> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        Ok(to_hex(&self.hash.finalize()))
    }
}

/// Reads rows in chunks.
pub struct Reader {
    input: BufReader<File>,
    hash: Sha256,
}

impl Reader {
    /// The rows at `path`.
    ///
    /// Errors: those of the disk.
    pub fn open(path: &Path) -> std::io::Result<Reader> {
        Ok(Reader { input: BufReader::new(File::open(path)?), hash: Sha256::new() })
    }

    /// The next `most` rows; none at the end.
    ///
    /// Errors: ZH7307 a line that is no row, and those of the disk.
    pub fn next(&mut self, most: usize) -> Result<Vec<Draft>, Trouble> {
        let mut drafts = Vec::new();
        let mut line = Vec::new();
        while drafts.len() < most {
            line.clear();
            if self.input.by_ref().take(LINE_MAX).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            self.hash.update(&line);
            let broken = || Trouble::from(Diagnostic::error("ZH7307"));
            let row: Line = serde_json::from_slice(&line).map_err(|_| broken())?;
            let personal = row.personal.into_iter().map(|(field, salt, value)| {
                let salt = from_hex(&salt)?;
                Some(PersonalValue { field, salt, value })
            });
            drafts.push(Draft {
                key: [0; 32],
                data: row.data.into_bytes(),
                personal: personal.collect::<Option<_>>().ok_or_else(broken)?,
                place: row.place,
            });
        }
        Ok(drafts)
    }

    /// The hash of what was read.
    pub fn hash(self) -> String {
        to_hex(&self.hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_and_a_changed_file_shows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows");
        let row = |n: u64| Draft {
            key: [0; 32],
            data: format!("{{\"n\":{n}}}").into_bytes(),
            personal: vec![PersonalValue { field: "phone".into(), salt: [7; 32], value: "139\n\"".into() }],
            place: Some(SourcePlace { file: 0, sheet: Some("抽查".into()), row: n }),
        };
        let mut writer = Writer::create(&path).unwrap();
        for n in 0..5 {
            writer.push(&row(n)).unwrap();
        }
        let hash = writer.finish().unwrap();
        let mut reader = Reader::open(&path).unwrap();
        let (one, two, three) = (reader.next(3).unwrap(), reader.next(3).unwrap(), reader.next(3).unwrap());
        assert_eq!([one, two].concat(), (0..5).map(row).collect::<Vec<_>>());
        assert!(three.is_empty());
        assert_eq!(reader.hash(), hash);
        let text = std::fs::read_to_string(&path).unwrap().replace("\\\"n\\\":3", "\\\"n\\\":4");
        std::fs::write(&path, text).unwrap();
        let mut changed = Reader::open(&path).unwrap();
        changed.next(9).unwrap();
        assert_ne!(changed.hash(), hash);
        std::fs::write(&path, "{\n").unwrap();
        assert!(Reader::open(&path).unwrap().next(1).is_err());
    }
}
