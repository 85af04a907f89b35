//! The picture on the disk: events as the world needs them, up to a size of the ledger, which saves reading and
//! understanding them again at the next start. It lies under `lake/` and can be deleted.
//!
//! It is bound to the ledger by the root of the entries that it shows: a picture of another ledger, or of one that was
//! put back, is not used.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhiheng_record::Ledger;
use zhiheng_trace::store::MasterBook;
use zhiheng_trace::world::{AsOf, Log, World};

use super::Held;
use crate::trouble::Trouble;

/// So many new entries are worth a new picture.
pub(super) const WORTH: u64 = 20_000;

/// Bytes before the log: size of the ledger, root of its entries.
const HEAD: usize = 8 + 32;

fn path(dir: &Path) -> PathBuf {
    dir.join("log.bin")
}

/// The picture of this ledger, if there is one.
pub(super) async fn load(dir: &Path, ledger: &Ledger) -> Result<Option<Held>, Trouble> {
    let Ok(bytes) = fs::read(path(dir)) else { return Ok(None) };
    let Some((head, body)) = bytes.split_at_checked(HEAD) else { return Ok(None) };
    let (size, root) = head.split_at(8);
    let Ok(size) = size.try_into().map(u64::from_be_bytes) else { return Ok(None) };
    if size > ledger.size().await? || ledger.root_at(size).await?.as_slice() != root {
        return Ok(None);
    }
    let body = body.to_vec();
    let made = tokio::task::spawn_blocking(move || {
        let (length, rest) = body.split_first_chunk::<8>()?;
        let (book, log) = rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
        let book = MasterBook::from_bytes(book)?;
        let world = World::over(Arc::new(Log::from_bytes(log)?), AsOf::NOW);
        let masters = Arc::new(book.masters());
        let mut held = Held { world, size, kept: size, book, masters, ..Held::default() };
        held.index.follow(held.world.log());
        Some(held)
    });
    made.await.map_err(super::internal)
}

/// What a picture shows, as bytes: master data with their length, then the log.
pub(super) fn bytes(held: &Held) -> Vec<u8> {
    let book = held.book.to_bytes();
    let mut out = (book.len() as u64).to_be_bytes().to_vec();
    out.extend(book);
    out.extend(held.world.log().to_bytes());
    out
}

/// Writes the picture, whole or not at all.
pub(super) async fn save(dir: &Path, ledger: &Ledger, size: u64, body: Vec<u8>) -> Result<(), Trouble> {
    fs::create_dir_all(dir)?;
    let mut bytes = size.to_be_bytes().to_vec();
    bytes.extend_from_slice(ledger.root_at(size).await?.as_slice());
    bytes.extend(body);
    let part = dir.join("log.part");
    fs::write(&part, bytes)?;
    Ok(fs::rename(part, path(dir))?)
}

/// Removes the picture.
pub(super) fn forget(dir: &Path) -> Result<(), Trouble> {
    match fs::remove_file(path(dir)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
