//! The ledger as static files, which anyone can keep and check without this program: C2SP tlog-tiles, plus
//! the entries and receipts as lines of JSON.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use zhiheng_base::Diagnostic;

use super::Ledger;
use super::receipt::read_receipt;
use crate::bundle::WIDTH;
use crate::error::LedgerError;
use crate::store::tree;

/// What an export wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Entries.
    pub entries: u64,
    /// Receipts.
    pub receipts: u64,
    /// The checkpoint that signs them.
    pub checkpoint: String,
}

impl Ledger {
    /// Writes the ledger into the folder `dir`, which must be empty or absent: `checkpoint`, `key` (the public key), `tile/…` by
    /// tlog-tiles, `entries.jsonl` and `receipts.jsonl`. Personal values are not exported.
    pub async fn export(
        &self,
        dir: &Path,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Exported, LedgerError> {
        if std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Diagnostic::error("ZH4051").arg("path", dir.display()).into());
        }
        make_dir(dir)?;
        let mut view = self.view().await?;
        let known = std::sync::Arc::clone(&view.known);
        write(&dir.join("key"), format!("{}\n", self.key()).as_bytes())?;
        let io = |source| LedgerError::io(dir, source);
        let mut lines = BufWriter::new(File::create(dir.join("entries.jsonl")).map_err(io)?);
        for n in 0..known.size.div_ceil(WIDTH) {
            let read = self.inner.bundle(&mut view.tx.conn(), &known, n).await;
            let (bundle, count) = self.inner.note(read)?;
            let mut hashes = bundle.hashes();
            hashes.truncate(count);
            let mut entries = Vec::with_capacity(bundle.bytes().len());
            for leaf in bundle.leaves().take(count) {
                entries.extend_from_slice(&(leaf.len() as u16).to_be_bytes());
                entries.extend_from_slice(leaf);
                lines.write_all(leaf).and_then(|()| lines.write_all(b"\n")).map_err(io)?;
            }
            write(&dir.join(tile_path("0", n, count as u64)), &hashes.concat())?;
            write(&dir.join(tile_path("entries", n, count as u64)), &entries)?;
            progress(n * WIDTH + count as u64, known.size);
        }
        lines.flush().map_err(io)?;
        for level in 1..=known.spine.tile_levels() {
            for n in 0..known.spine.hashes_at(level).div_ceil(WIDTH) {
                let hashes = known.spine.tile(level, n).unwrap_or_default();
                write(&dir.join(tile_path(&level.to_string(), n, hashes.len() as u64)), &hashes.concat())?;
            }
        }
        let receipts = self.export_receipts(dir, &mut view).await?;
        // Last, so that a folder with a checkpoint is whole.
        write(&dir.join("checkpoint"), known.checkpoint.as_bytes())?;
        Ok(Exported { entries: known.size, receipts, checkpoint: known.checkpoint.clone() })
    }

    async fn export_receipts(&self, dir: &Path, view: &mut super::read::View) -> Result<u64, LedgerError> {
        let io = |source| LedgerError::io(dir, source);
        let mut lines = BufWriter::new(File::create(dir.join("receipts.jsonl")).map_err(io)?);
        let (mut next, mut count) = (0, 0);
        loop {
            let chunk = tree::submissions(&mut view.tx.conn(), next, 1000).await?;
            let Some(last) = chunk.last() else { break };
            next = last.first + 1;
            for taken in chunk {
                self.inner.note(read_receipt(&taken))?;
                lines
                    .write_all(taken.receipt.as_bytes())
                    .and_then(|()| lines.write_all(b"\n"))
                    .map_err(io)?;
                count += 1;
            }
        }
        lines.flush().map_err(io)?;
        Ok(count)
    }
}

/// Path of a tile or entry bundle by tlog-tiles: groups of three digits, all but the last with an `x`, and the width
/// of a partial one.
pub fn tile_path(level: &str, n: u64, width: u64) -> String {
    let mut path = format!("{:03}", n % 1000);
    let mut rest = n / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    let part = if width < WIDTH { format!(".p/{width}") } else { String::new() };
    format!("tile/{level}/{path}{part}")
}

fn make_dir(dir: &Path) -> Result<(), LedgerError> {
    std::fs::create_dir_all(dir).map_err(|source| LedgerError::io(dir, source))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    match std::fs::write(path, bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(parent) = path.parent() {
                make_dir(parent)?;
            }
            std::fs::write(path, bytes).map_err(|source| LedgerError::io(path, source))
        }
        other => other.map_err(|source| LedgerError::io(path, source)),
    }
}

#[cfg(test)]
mod tests {
    use super::tile_path;

    #[test]
    fn paths_are_those_of_the_specification() {
        let row = |level: &str, n, width| tile_path(level, n, width);
        assert_eq!(row("0", 0, 256), "tile/0/000");
        assert_eq!(row("0", 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(row("entries", 273, 112), "tile/entries/273.p/112");
        assert_eq!(row("1", 1000, 1), "tile/1/x001/000.p/1");
    }
}
