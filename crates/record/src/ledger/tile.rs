//! Hashes of the tree as tiles (C2SP tlog-tiles), one by one as somebody asks for them. Entries are not among them: they hold what is
//! not public.

use super::Ledger;
use crate::bundle::WIDTH;
use crate::error::LedgerError;
use crate::verify::Hash;

/// Highest level of a tile: above it no ledger of 64-bit sizes has any.
const LEVELS: u64 = 7;

impl Ledger {
    /// The first `width` hashes (1 to 256) of tile `n` of `level`: leaf hashes at level 0, above it roots of 256 hashes of the level
    /// below. `None` if the ledger has not that many.
    pub async fn tile(&self, level: u64, n: u64, width: u64) -> Result<Option<Vec<Hash>>, LedgerError> {
        if level > LEVELS || width == 0 || width > WIDTH {
            return Ok(None);
        }
        let mut view = self.view().await?;
        let wanted = usize::try_from(width).unwrap_or(usize::MAX);
        let cut = |hashes: &[Hash]| hashes.get(..wanted).map(<[Hash]>::to_vec);
        if level > 0 {
            return Ok(view.known.spine.tile(level, n).and_then(cut));
        }
        if n >= view.known.size.div_ceil(WIDTH) {
            return Ok(None);
        }
        let read = self.inner.bundle(&mut view.tx.conn(), &view.known, n).await;
        let (bundle, count) = self.inner.note(read)?;
        let mut hashes = bundle.hashes();
        hashes.truncate(count);
        Ok(cut(&hashes))
    }
}
