//! Full verification: every hash, tile, root, receipt, key and link is derived again from the entries and
//! compared with what the database holds.

use std::collections::BTreeMap;

use tokio::task::spawn_blocking;
use zhiheng_base::Diagnostic;

use super::Ledger;
use super::audit::{Audit, NO_KEY, Told, secret_fits};
use super::keys::{BLOCK_PAIRS, block_pairs, read_fences};
use super::known::open_checkpoint;
use super::spine::Spine;
use crate::bundle::{Bundle, WIDTH};
use crate::error::{LedgerError, damage};
use crate::leaf::Leaf;
use crate::store::projections::{acts, erasures, files, tallies, versions};
use crate::store::secrets::{Secret, count_personal_outside, personal_between};
use crate::store::tree::{Head, Taken};
use crate::store::{Conn, keys, tree};
use crate::verify::hash::perfect_root;
use crate::verify::{CompactRange, Hash, to_hex, verify_receipt};

/// Bundles read at once.
const CHUNK: u64 = 64;

/// Problems after which verification stops looking for more.
const ENOUGH: usize = 100;

/// What a full verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Entries that the checkpoint signs.
    pub size: u64,
    /// Entries that were read and derived again.
    pub entries: u64,
    /// Root that was derived, hex.
    pub root: String,
    /// What is wrong, the first place first; empty if the ledger is sound.
    pub problems: Vec<Diagnostic>,
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Bundles after unpacking and hashing, which other threads do.
type Unpacked = Vec<(u64, Result<(Bundle, Vec<Hash>, Option<Hash>), (&'static str, String)>)>;

struct Check<'a> {
    ledger: &'a Ledger,
    audit: Audit,
    range: CompactRange,
    spine: Spine,
    tiles: BTreeMap<u64, Vec<u8>>,
    submissions: Vec<Taken>,
    problems: Vec<Diagnostic>,
    last_at: i64,
}

impl Ledger {
    /// Verifies everything; `progress` is told the entries done and the entries there are. Nothing is changed,
    /// and the ledger's alarm is raised if something is wrong.
    pub async fn verify(&self, mut progress: impl FnMut(u64, u64)) -> Result<Verification, LedgerError> {
        let mut check = Check {
            ledger: self,
            audit: Audit::new(self.inner.prefix_mask, 0),
            range: CompactRange::new(),
            spine: Spine::default(),
            tiles: BTreeMap::new(),
            submissions: Vec::new(),
            problems: Vec::new(),
            last_at: i64::MIN,
        };
        let mut size = 0;
        match check.run(&mut size, &mut progress).await.map_err(LedgerError::sharpen) {
            Ok(()) => {}
            Err(LedgerError::Damaged(diagnostic)) => check.problems.push(*diagnostic),
            Err(LedgerError::Database(error)) => {
                // The file answers with something that is not data: that is damage too.
                check.problems.push(Diagnostic::error("ZH4115").arg("detail", error));
            }
            Err(error) => return Err(error),
        }
        if let Some(problem) = check.problems.first() {
            self.inner.raise(LedgerError::Damaged(Box::new(problem.clone())))?;
        }
        Ok(Verification {
            size,
            entries: check.range.size(),
            root: to_hex(&check.range.root()),
            problems: check.problems,
        })
    }
}

impl Check<'_> {
    fn wrong(&mut self, code: &'static str, entry: u64, detail: impl ToString) {
        if self.problems.len() < ENOUGH {
            self.problems.push(damage(code, entry, detail));
        }
    }

    async fn run(&mut self, size: &mut u64, progress: &mut impl FnMut(u64, u64)) -> Result<(), LedgerError> {
        let mut tx = self.ledger.inner.db.snapshot().await?;
        let conn = &mut tx.conn();
        let head =
            tree::head(conn, false).await?.ok_or_else(|| LedgerError::damage("ZH4107", 0, "no head"))?;
        *size = head.size;
        self.audit = Audit::new(self.ledger.inner.prefix_mask, head.size);
        for (n, width, bytes) in tree::tiles(conn, 1, 0).await? {
            if width != (bytes.len() / 32) as i64 {
                self.wrong("ZH4104", (n as u64).saturating_mul(WIDTH * WIDTH), "level 1: width");
            }
            self.tiles.insert(n as u64, bytes);
        }
        if self.entries(conn, &head, progress).await? {
            self.end_of_commit(conn).await?;
            self.compare_tree(conn, &head).await?;
            self.compare_keys(conn).await?;
            self.compare_projections(conn, &head).await?;
        }
        for line in tree::integrity(conn).await? {
            self.problems.push(Diagnostic::error("ZH4115").arg("detail", line));
        }
        Ok(())
    }

    /// Goes through all entries; false if it had to stop at a bundle.
    async fn entries(
        &mut self,
        conn: &mut Conn<'_>,
        head: &Head,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<bool, LedgerError> {
        let bundles = head.size.div_ceil(WIDTH);
        let mut ahead = std::collections::VecDeque::new();
        let mut next = 0;
        loop {
            while next < bundles && ahead.len() < 3 {
                let rows = tree::bundles(conn, next, CHUNK.min(bundles - next)).await?;
                let size = head.size;
                let from = next;
                ahead.push_back(spawn_blocking(move || unpack(from, rows, size)));
                next += CHUNK.min(bundles - next);
            }
            let Some(task) = ahead.pop_front() else { return Ok(true) };
            let unpacked: Unpacked = task.await?;
            let low = unpacked.first().map_or(0, |(n, _)| n * WIDTH);
            let high = unpacked.last().map_or(0, |(n, _)| (n + 1) * WIDTH);
            let mut secrets = personal_between(conn, low, high).await?.into_iter().peekable();
            for (n, bundle) in unpacked {
                let (bundle, hashes, root) = match bundle {
                    Ok(bundle) => bundle,
                    Err((code, detail)) => {
                        self.wrong(code, n * WIDTH, detail);
                        return Ok(false);
                    }
                };
                if let Some(root) = root {
                    let place = (n % WIDTH) as usize * 32;
                    let tile = self.tiles.get(&(n / WIDTH)).and_then(|tile| tile.get(place..place + 32));
                    if tile != Some(root.as_slice()) {
                        // The tile or the bundle: the root tells which.
                        self.wrong("ZH4103", n * WIDTH, n);
                    }
                    self.spine.push(root);
                }
                for ((index, leaf), hash) in (n * WIDTH..).zip(bundle.leaves()).zip(hashes) {
                    self.entry(conn, index, leaf, hash, &mut secrets).await?;
                }
            }
            progress(self.range.size(), head.size);
        }
    }

    async fn entry(
        &mut self,
        conn: &mut Conn<'_>,
        index: u64,
        bytes: &[u8],
        hash: Hash,
        secrets: &mut std::iter::Peekable<std::vec::IntoIter<Secret>>,
    ) -> Result<(), LedgerError> {
        let parsed = Leaf::parse(bytes);
        let Ok(leaf) = parsed else {
            self.wrong("ZH4113", index, "not an entry");
            self.audit.prefixes.push(NO_KEY);
            self.range.push(hash);
            return Ok(());
        };
        if self.audit.open.is_some() && !self.audit.continues(&leaf) {
            self.end_of_commit(conn).await?;
        }
        self.last_at = leaf.at;
        if let Err((code, detail)) = self.audit.take(index, &leaf) {
            self.wrong(code, index, detail);
            if self.audit.prefixes.len() as u64 <= index {
                self.audit.prefixes.push(NO_KEY);
            }
        }
        while let Some(secret) = secrets.next_if(|secret| secret.entry <= index) {
            if secret.entry != index || !secret_fits(&secret, &leaf) {
                self.wrong("ZH4112", secret.entry, &secret.field);
            }
        }
        self.range.push(hash);
        Ok(())
    }

    /// A commit ends before the next entry: if it was a submission, its row and receipt must say the same.
    async fn end_of_commit(&mut self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        let Some(told) = self.audit.end() else { return Ok(()) };
        if self.submissions.is_empty() {
            self.submissions = tree::submissions(conn, told.first, 500).await?;
            self.submissions.reverse();
        }
        let Some(taken) = self.submissions.pop_if(|taken| taken.first == told.first) else {
            self.wrong("ZH4109", told.first, "the submission is missing");
            self.submissions.clear();
            return Ok(());
        };
        if let Err(detail) = self.receipt(&told, &taken) {
            self.wrong("ZH4109", told.first, detail);
        }
        Ok(())
    }

    fn receipt(&self, told: &Told, taken: &Taken) -> Result<(), String> {
        if taken.id != told.id || taken.body != told.body {
            return Err("the submission's row differs from its entry".to_owned());
        }
        let receipt = super::receipt::read_receipt(taken).map_err(|error| error.to_string())?;
        if super::receipt::receipt_text(&receipt) != taken.receipt {
            return Err("the receipt is not in its own form".to_owned());
        }
        let checkpoint =
            verify_receipt(&receipt, self.ledger.key(), None).map_err(|error| error.to_string())?;
        if receipt.count != 1 + told.records || checkpoint.root != self.range.root() {
            return Err("the receipt is of another ledger state".to_owned());
        }
        Ok(())
    }

    /// Tiles, root, head.
    async fn compare_tree(&mut self, conn: &mut Conn<'_>, head: &Head) -> Result<(), LedgerError> {
        let checkpoint = open_checkpoint(&head.checkpoint, self.ledger.key())?;
        if checkpoint.size != head.size || (head.size > 0 && head.at != self.last_at) {
            self.wrong("ZH4107", head.size, "size or time");
        }
        if checkpoint.root == self.range.root() {
            // The entries are as signed, so a bundle that differs from its tile has a wrong tile.
            for problem in &mut self.problems {
                if problem.code == "ZH4103" {
                    problem.code = "ZH4104".into();
                }
            }
        } else {
            self.wrong("ZH4105", head.size, "derived from the entries");
        }
        let mut expected = 0;
        for level in 1..=self.spine.tile_levels() {
            let rows = tree::tiles(conn, level, 0).await?;
            let count = self.spine.hashes_at(level).div_ceil(WIDTH);
            expected += count;
            for n in 0..count {
                let hashes = self.spine.tile(level, n).unwrap_or_default();
                let row = rows.get(n as usize);
                if row != Some(&(n as i64, hashes.len() as i64, hashes.concat())) {
                    self.wrong(
                        "ZH4104",
                        (n * WIDTH) << (8 * level).min(48),
                        format!("level {level}, tile {n}"),
                    );
                }
            }
        }
        if tree::count_tiles(conn).await? as u64 != expected {
            self.wrong("ZH4104", head.size, "tiles beyond the tree");
        }
        let (bundles, entries) = tree::count_bundles(conn).await?;
        if bundles as u64 != head.size.div_ceil(WIDTH) || entries as u64 != head.size {
            self.wrong("ZH4101", head.size, "bundles beyond the head");
        }
        Ok(())
    }

    /// Key runs: the same runs as the commits make, each pair that of its entry, none twice.
    async fn compare_keys(&mut self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        let rows = keys::runs(conn).await?;
        let layout = std::mem::take(&mut self.audit.layout);
        let told: Vec<_> = rows.iter().map(|run| (run.low, run.high, run.pairs)).collect();
        if told != layout.runs {
            self.wrong("ZH4108", 0, "the runs differ from those that the commits make");
        }
        let mut blocks = 0;
        for run in &rows {
            let fences = read_fences(&run.fences);
            blocks += fences.len() as i64;
            let mut last = None;
            let (mut pairs, mut n, mut good) = (0, 0, run.fences.len().is_multiple_of(8));
            loop {
                let chunk = keys::blocks(conn, run.low, n, 64).await?;
                if chunk.is_empty() {
                    break;
                }
                for (place, block) in chunk {
                    let whole = block.len() == BLOCK_PAIRS * 13 || n as usize + 1 == fences.len();
                    good &= place as u64 == n && whole && block.len().is_multiple_of(13);
                    for pair in block_pairs(&block) {
                        let (prefix, entry) = pair;
                        good &= last.is_none_or(|last| last < pair) && (run.low..run.high).contains(&entry);
                        good &= prefix != NO_KEY && self.audit.prefixes.get(entry as usize) == Some(&prefix);
                        last = Some(pair);
                        pairs += 1;
                    }
                    good &= fences.get(n as usize).copied() == last.map(|(prefix, _)| prefix);
                    n += 1;
                }
            }
            if !good || pairs != run.pairs || n as usize != fences.len() {
                self.wrong("ZH4108", run.low, "the run's pairs differ from the entries' keys");
            }
        }
        if keys::count_blocks(conn).await? != blocks {
            self.wrong("ZH4108", 0, "blocks of no run");
        }
        Ok(())
    }

    /// Cases, their events, acts and letters.
    async fn compare_cases(&mut self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        for (entry, what) in self.audit.cases.compare(conn).await? {
            self.wrong("ZH4117", entry, what);
        }
        Ok(())
    }

    /// Versions, tallies, files, acts, cases, submissions and erasures.
    async fn compare_projections(&mut self, conn: &mut Conn<'_>, head: &Head) -> Result<(), LedgerError> {
        let rows = versions(conn, u64::MAX >> 1).await?;
        if let Some(entry) = first_difference(&rows, &self.audit.versions).map(|version| version.entry) {
            self.wrong("ZH4110", entry, "corrections and withdrawals");
        }
        let told = tallies(conn).await?;
        if !told.iter().eq(self.audit.tallies.values()) {
            self.wrong("ZH4111", 0, "counts per record type");
        }
        let told = files(conn).await?;
        if let Some(entry) = first_difference(&told, &self.audit.files).map(|file| file.entry) {
            self.wrong("ZH4116", entry, "files");
        }
        let told = acts(conn).await?;
        if let Some(entry) = first_difference(&told, &self.audit.acts).map(|act| act.entry) {
            self.wrong("ZH4116", entry, "adoptions and releases");
        }
        self.compare_cases(conn).await?;
        if tree::count_submissions(conn).await? as u64 != self.audit.submissions {
            self.wrong("ZH4109", 0, "rows without an entry");
        }
        let told = erasures(conn).await?;
        if let Some((_, entry, field)) = first_difference(&told, &self.audit.erased).cloned() {
            self.wrong("ZH4112", entry, field);
        }
        if count_personal_outside(conn, head.size).await? != 0 {
            self.wrong("ZH4112", head.size, "personal values of no entry");
        }
        Ok(())
    }
}

/// The first place at which two lists differ.
pub(super) fn first_difference<'a, T: PartialEq>(left: &'a [T], right: &'a [T]) -> Option<&'a T> {
    let place = left.iter().zip(right).position(|(a, b)| a != b);
    let place = place.or((left.len() != right.len()).then_some(left.len().min(right.len())))?;
    left.get(place).or(right.get(place))
}

/// Unpacks and hashes the rows of the bundles from number `from` on.
fn unpack(from: u64, rows: Vec<(i64, i64, Vec<u8>)>, size: u64) -> Unpacked {
    let mut unpacked = Vec::with_capacity(rows.len());
    let mut expected = from;
    for (n, entries, packed) in rows {
        if n as u64 != expected {
            break;
        }
        let right = WIDTH.min(size - expected * WIDTH);
        let bundle = match usize::try_from(entries) {
            Ok(entries) if entries as u64 == right => Bundle::unpack(&packed, entries),
            _ => None,
        };
        unpacked.push((
            expected,
            match bundle {
                Some(bundle) => {
                    let hashes = bundle.hashes();
                    let root = (right == WIDTH).then(|| perfect_root(&hashes));
                    Ok((bundle, hashes, root))
                }
                None => Err(("ZH4102", expected.to_string())),
            },
        ));
        expected += 1;
    }
    let upto = size.div_ceil(WIDTH).min(from + CHUNK);
    if expected < upto {
        unpacked.push((expected, Err(("ZH4101", expected.to_string()))));
    }
    unpacked
}
