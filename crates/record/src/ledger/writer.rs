//! One commit: leaves go into bundles, bundles are hashed and compressed beside the reading of further
//! rows, and everything becomes visible and durable at once.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;
use tokio::task::{JoinHandle, spawn_blocking};

use super::Inner;
use super::known::{Cache, Known, read_bundle};
use super::spine::Spine;
use crate::bundle::{Bundle, Sealed, WIDTH, root_over, seal};
use crate::error::LedgerError;
use crate::store::{Conn, Tx, tree};
use crate::verify::Hash;
use crate::verify::hash::perfect_root;

/// Bundles that are sealed together: enough to make a task worth its start.
const GROUP: usize = 16;

/// Groups in the hands of other threads at once; bounds memory.
const IN_FLIGHT: usize = 4;

/// Bundles on their way through hashing and compression.
struct Group {
    n: u64,
    bundles: Vec<Arc<Bundle>>,
    task: JoinHandle<std::io::Result<Vec<Sealed>>>,
}

/// A commit being prepared. Dropped without [`Writer::commit`], it leaves no trace.
pub(crate) struct Writer {
    pub(crate) inner: Arc<Inner>,
    _turn: OwnedMutexGuard<()>,
    tx: Tx,
    /// The state before this commit.
    pub(crate) before: Arc<Known>,
    spine: Spine,
    /// Size with the leaves appended so far.
    pub(crate) size: u64,
    /// Time of this commit's entries, in microseconds.
    pub(crate) at: i64,
    open: Bundle,
    group: Vec<Arc<Bundle>>,
    groups: VecDeque<Group>,
    cache: Cache,
}

impl Writer {
    /// Waits for the turn, and starts from the newest state.
    pub(crate) async fn begin(inner: &Arc<Inner>, at: i64) -> Result<Writer, LedgerError> {
        inner.writable()?;
        let turn = Arc::clone(&inner.writer).lock_owned().await;
        let mut tx = inner.db.write().await?;
        let before = inner.note(inner.refresh(&mut tx.conn(), true).await)?;
        inner.writable()?;
        let mut open = Bundle::default();
        if !before.tail.is_empty() {
            open = inner.note(read_bundle(&mut tx.conn(), before.full(), Some(before.tail.len())).await)?;
            inner.note(before.check(before.full(), &open))?;
        }
        Ok(Writer {
            inner: Arc::clone(inner),
            _turn: turn,
            tx,
            spine: before.spine.clone(),
            size: before.size,
            at: at.max(before.at),
            open,
            group: Vec::new(),
            groups: VecDeque::new(),
            cache: Cache::default(),
            before,
        })
    }

    pub(crate) fn conn(&mut self) -> Conn<'_> {
        self.tx.conn()
    }

    /// Appends a leaf and returns its index; `Err` with its length if it is too long.
    pub(crate) fn append(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<u64, usize> {
        self.open.append(write)?;
        let index = self.size;
        self.size += 1;
        if self.open.len() as u64 == WIDTH {
            self.group.push(Arc::new(std::mem::take(&mut self.open)));
            if self.group.len() == GROUP {
                self.send();
            }
        }
        Ok(index)
    }

    /// Number of bundles before the open one that are not in the group.
    fn group_start(&self) -> u64 {
        (self.size - self.open.len() as u64) / WIDTH - self.group.len() as u64
    }

    fn send(&mut self) {
        let n = self.group_start();
        let bundles = std::mem::take(&mut self.group);
        if bundles.is_empty() {
            return;
        }
        let copies = bundles.clone();
        self.groups.push_back(Group { n, bundles, task: spawn_blocking(move || seal(n, &copies)) });
    }

    /// Writes sealed bundles until at most the allowed number of groups is under way.
    pub(crate) async fn settle(&mut self) -> Result<(), LedgerError> {
        self.drain(IN_FLIGHT).await
    }

    async fn drain(&mut self, keep: usize) -> Result<(), LedgerError> {
        while self.groups.len() > keep {
            let Some(group) = self.groups.pop_front() else { break };
            let sealed =
                group.task.await?.map_err(|source| LedgerError::Io { path: "zstd".into(), source })?;
            for each in sealed {
                self.put(each).await?;
            }
        }
        Ok(())
    }

    async fn put(&mut self, sealed: Sealed) -> Result<(), LedgerError> {
        if let Some(root) = sealed.root {
            self.spine.push(root);
        }
        tree::put_bundle(&mut self.tx.conn(), sealed.n, sealed.entries, sealed.packed).await?;
        Ok(())
    }

    /// The bundle and place of entry `index`, which may be of this commit.
    pub(crate) async fn bundle_of(&mut self, index: u64) -> Result<(Arc<Bundle>, usize), LedgerError> {
        let (n, place) = (index / WIDTH, (index % WIDTH) as usize);
        if index >= self.size {
            return Err(LedgerError::damage("ZH4108", index, "a key names an entry that is not there"));
        }
        if n >= (self.size - self.open.len() as u64) / WIDTH {
            return Ok((Arc::new(self.open.clone()), place));
        }
        if let Some(bundle) = n.checked_sub(self.group_start()).and_then(|k| self.group.get(k as usize)) {
            return Ok((Arc::clone(bundle), place));
        }
        for group in &self.groups {
            if let Some(bundle) = n.checked_sub(group.n).and_then(|k| group.bundles.get(k as usize)) {
                return Ok((Arc::clone(bundle), place));
            }
        }
        if let Some(bundle) = self.cache.get(n) {
            return Ok((bundle, place));
        }
        let bundle = read_bundle(&mut self.tx.conn(), n, Some(WIDTH as usize)).await?;
        if self.spine.bundle(n) != Some(perfect_root(&bundle.hashes())) {
            return Err(LedgerError::damage("ZH4103", n * WIDTH, n));
        }
        let bundle = Arc::new(bundle);
        self.cache.put(n, Arc::clone(&bundle));
        Ok((bundle, place))
    }

    /// Writes the last bundle and the tiles, and signs. What this commit adds to other tables must be written
    /// between this and [`Writer::commit`].
    pub(crate) async fn close(&mut self) -> Result<Known, LedgerError> {
        self.send();
        self.drain(0).await?;
        let mut tail = Vec::new();
        if self.open.len() > 0 {
            let n = self.size / WIDTH;
            let bundle = Arc::new(std::mem::take(&mut self.open));
            let sealed = spawn_blocking(move || seal(n, &[bundle]))
                .await?
                .map_err(|source| LedgerError::Io { path: "zstd".into(), source })?;
            for each in sealed {
                tail.clone_from(&each.hashes);
                self.put(each).await?;
            }
        }
        for level in 1..=self.spine.tile_levels() {
            let (old, new) = (self.before.spine.hashes_at(level), self.spine.hashes_at(level));
            if new == old {
                continue;
            }
            for n in old / WIDTH..new.div_ceil(WIDTH) {
                if let Some(hashes) = self.spine.tile(level, n) {
                    tree::put_tile(&mut self.tx.conn(), level, n, hashes).await?;
                }
            }
        }
        self.sign(tail)
    }

    /// Signs the tree of the leaves appended so far, which is a beginning of the tree that this commit leaves: what
    /// goes in together with other things has its own receipt all the same.
    pub(crate) async fn mark(&mut self) -> Result<Known, LedgerError> {
        self.send();
        self.drain(0).await?;
        self.sign(self.open.hashes())
    }

    fn sign(&self, tail: Vec<Hash>) -> Result<Known, LedgerError> {
        let peaks = self
            .spine
            .peaks(self.size / WIDTH)
            .ok_or_else(|| LedgerError::damage("ZH4104", self.size, "the tree has a gap"))?;
        let checkpoint = self.inner.key.sign(self.size, root_over(peaks, &tail));
        Ok(Known { size: self.size, at: self.at, checkpoint, spine: self.spine.clone(), tail })
    }

    /// Leaf hash of entry `index` of this commit, and its inclusion proof in the tree `known`, the newest one signed.
    pub(crate) async fn proof(
        &mut self,
        index: u64,
        known: &Known,
    ) -> Result<(Hash, Vec<Hash>), LedgerError> {
        let hashes = if index / WIDTH == known.full() {
            known.tail.clone()
        } else {
            self.bundle_of(index).await?.0.hashes()
        };
        let leaf = hashes.get((index % WIDTH) as usize).copied();
        leaf.zip(known.inclusion(index, hashes))
            .ok_or_else(|| LedgerError::damage("ZH4104", index, "no proof of a new entry"))
    }

    /// Moves the head and commits: after this returns `Ok`, the entries are on the disk.
    pub(crate) async fn commit(mut self, known: Known) -> Result<(), LedgerError> {
        if !tree::move_head(&mut self.tx.conn(), self.before.size, &known.head()).await? {
            return Err(LedgerError::damage("ZH4107", self.before.size, "the head moved under a lock"));
        }
        if let Err(error) = self.tx.commit().await {
            // Whether it was written is not known: forget what is known, so that the next call reads
            // and verifies anew.
            self.inner.forget();
            return Err(error.into());
        }
        self.inner.learn(Arc::new(known));
        Ok(())
    }
}
