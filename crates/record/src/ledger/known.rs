//! What this process knows of the ledger's tree, checked against the signed checkpoint.

use std::sync::Arc;

use super::spine::{Opened, Spine};
use crate::bundle::{Bundle, WIDTH, root_over};
use crate::error::LedgerError;
use crate::leaf::Leaf;
use crate::store::Conn;
use crate::store::tree::{self, Head};
use crate::verify::hash::perfect_root;
use crate::verify::{Checkpoint, Hash, NotProved, VerifierKey, inclusion_proof};

/// A verified head.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) size: u64,
    /// Microseconds of the last entry's time.
    pub(crate) at: i64,
    pub(crate) checkpoint: String,
    pub(crate) spine: Spine,
    /// Hashes of the leaves after the last full bundle.
    pub(crate) tail: Vec<Hash>,
}

impl Known {
    /// Number of full bundles.
    pub(crate) fn full(&self) -> u64 {
        self.size / WIDTH
    }

    /// The head's row.
    pub(crate) fn head(&self) -> Head {
        Head { size: self.size, at: self.at, checkpoint: self.checkpoint.clone() }
    }

    /// The root of all entries.
    pub(crate) fn root(&self) -> Option<Hash> {
        Some(root_over(self.spine.peaks(self.full())?, &self.tail))
    }

    /// Reads what `head` adds to `self`, and checks it against the head's checkpoint. The transaction of
    /// `conn` must see one state.
    pub(crate) async fn advance(
        &self,
        conn: &mut Conn<'_>,
        head: &Head,
        key: &VerifierKey,
    ) -> Result<Known, LedgerError> {
        let checkpoint = open_checkpoint(&head.checkpoint, key)?;
        if checkpoint.size != head.size {
            return Err(LedgerError::damage(
                "ZH4107",
                head.size,
                "the head has another size than its checkpoint",
            ));
        }
        if head.size < self.size {
            return Err(LedgerError::damage(
                "ZH4022",
                head.size,
                format!("{} entries were signed", self.size),
            ));
        }
        let mut known = Known {
            size: head.size,
            at: head.at,
            checkpoint: head.checkpoint.clone(),
            spine: self.spine.clone(),
            tail: Vec::new(),
        };
        known.read_spine(conn).await?;
        known.read_tail(conn).await?;
        if known.root() == Some(checkpoint.root) {
            return Ok(known);
        }
        let place = if known.tail.is_empty() { 0 } else { known.full() * WIDTH };
        Err(LedgerError::damage("ZH4105", place, "tiles and last bundle"))
    }

    async fn read_spine(&mut self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        let full = self.full();
        let mut have = self.spine.len();
        let wrong = |have: u64| LedgerError::damage("ZH4104", have * WIDTH, "level 1");
        if have == full {
            return Ok(());
        }
        for (n, width, bytes) in tree::tiles(conn, 1, have / WIDTH).await? {
            if n as u64 != have / WIDTH || width != (bytes.len() / 32) as i64 || width as u64 > WIDTH {
                return Err(wrong(have));
            }
            for hash in bytes.chunks_exact(32).skip((have % WIDTH) as usize) {
                let mut root = [0; 32];
                root.copy_from_slice(hash);
                self.spine.push(root);
            }
            have = self.spine.len();
        }
        if have == full { Ok(()) } else { Err(wrong(have.min(full))) }
    }

    /// Reads the last bundle: its leaf hashes if it is not full, and its time in any case.
    async fn read_tail(&mut self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        let Some(last) = self.size.checked_sub(1) else { return Ok(()) };
        let n = last / WIDTH;
        let entries = (last % WIDTH + 1) as usize;
        let bundle = read_bundle(conn, n, Some(entries)).await?;
        let at = bundle.leaf(entries - 1).and_then(|leaf| Leaf::parse(leaf).ok()).map(|leaf| leaf.at);
        if at != Some(self.at) {
            return Err(LedgerError::damage("ZH4107", last, "the head has another time than the last entry"));
        }
        if !self.size.is_multiple_of(WIDTH) {
            self.tail = bundle.hashes();
        }
        Ok(())
    }

    /// Checks a bundle that was read; one that grew since is cut to what is known.
    pub(crate) fn check(&self, n: u64, bundle: &Bundle) -> Result<usize, LedgerError> {
        let hashes = bundle.hashes();
        let good = match self.spine.bundle(n) {
            Some(root) => {
                (hashes.len() as u64 == WIDTH && perfect_root(&hashes) == root).then_some(hashes.len())
            }
            None if n == self.full() => hashes.starts_with(&self.tail).then_some(self.tail.len()),
            None => None,
        };
        good.ok_or_else(|| LedgerError::damage("ZH4103", n * WIDTH, n))
    }

    /// Proof that the entry `index`, whose bundle has these leaf hashes, is in the tree of all entries.
    pub(crate) fn inclusion(&self, index: u64, hashes: Vec<Hash>) -> Option<Vec<Hash>> {
        let bundles = vec![(self.full(), self.tail.clone()), (index / WIDTH, hashes)];
        inclusion_proof(&Opened { spine: &self.spine, bundles }, index, self.size)
    }
}

/// Opens a checkpoint of this ledger.
pub(crate) fn open_checkpoint(note: &str, key: &VerifierKey) -> Result<Checkpoint, LedgerError> {
    Checkpoint::open(note, key).map_err(|why| match why {
        NotProved::Signature => LedgerError::damage("ZH4106", 0, "no valid signature of this ledger's key"),
        other => LedgerError::damage("ZH4106", 0, other),
    })
}

/// Reads and unpacks a bundle. With `entries`, it must have that many; it is not yet checked against the tree.
pub(crate) async fn read_bundle(
    conn: &mut Conn<'_>,
    n: u64,
    entries: Option<usize>,
) -> Result<Bundle, LedgerError> {
    let (count, packed) =
        tree::bundle(conn, n).await?.ok_or_else(|| LedgerError::damage("ZH4101", n * WIDTH, n))?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if entries.is_some_and(|entries| entries != count) {
        return Err(LedgerError::damage("ZH4102", n * WIDTH, format!("bundle {n} counts {count} entries")));
    }
    Bundle::unpack(&packed, count).ok_or_else(|| LedgerError::damage("ZH4102", n * WIDTH, n))
}

/// A few bundles that were read and checked, the latest used last.
#[derive(Default)]
pub(crate) struct Cache(Vec<(u64, Arc<Bundle>)>);

impl Cache {
    const MAX: usize = 64;

    pub(crate) fn get(&mut self, n: u64) -> Option<Arc<Bundle>> {
        let place = self.0.iter().rposition(|(each, _)| *each == n)?;
        let hit = self.0.remove(place);
        let bundle = Arc::clone(&hit.1);
        self.0.push(hit);
        Some(bundle)
    }

    pub(crate) fn put(&mut self, n: u64, bundle: Arc<Bundle>) {
        if self.0.len() == Cache::MAX {
            self.0.remove(0);
        }
        self.0.push((n, bundle));
    }
}
