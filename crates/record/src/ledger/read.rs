//! Reading: every bundle is checked against the signed tree before anything of it is served.

use std::ops::Range;
use std::sync::Arc;

use futures::Stream;
use futures::stream::try_unfold;
use zhiheng_base::{Diagnostic, canonical};

use super::known::{Known, read_bundle};
use super::natural::{holds, prefix, stated_fields, submit_entry};
use super::seen::Seen;
use super::{Inner, Ledger};
use crate::bundle::{Bundle, WIDTH};
use crate::entry::{Entry, Receipt};
use crate::error::LedgerError;
use crate::leaf::Leaf;
use crate::store::projections::{
    Act, ListedFile, TypeCount, Version, acts, files, tallies, version_at, versions_of,
};
use crate::store::{Conn, Tx, secrets, tree};
use crate::verify::hash::sha256;

impl Inner {
    /// The newest state: asks the database for its head, and verifies what is new. The transaction of `conn`
    /// must see one state.
    pub(super) async fn refresh(&self, conn: &mut Conn<'_>, lock: bool) -> Result<Arc<Known>, LedgerError> {
        // Before the head is read, which fixes what the transaction sees: what another task learns meanwhile may be later
        // than that, and neither makes this head an old copy nor fits the bundles that this transaction reads.
        let known = self.known();
        let head =
            tree::head(conn, lock).await?.ok_or_else(|| LedgerError::damage("ZH4107", 0, "no head"))?;
        if !known.checkpoint.is_empty() && known.head() == head {
            return Ok(known);
        }
        let newer = Arc::new(known.advance(conn, &head, self.key.public()).await?);
        self.learn(Arc::clone(&newer));
        Ok(newer)
    }

    /// Forgets what is known, so that it is read and verified anew.
    pub(super) fn forget(&self) {
        let mut held = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *held = Arc::new(Known { at: i64::MIN, ..Known::default() });
    }

    /// A bundle and how many of its leaves are known.
    pub(super) async fn bundle(
        &self,
        conn: &mut Conn<'_>,
        known: &Known,
        n: u64,
    ) -> Result<(Bundle, usize), LedgerError> {
        let bundle = read_bundle(conn, n, None).await?;
        let count = known.check(n, &bundle)?;
        Ok((bundle, count))
    }

    /// The bytes of one entry.
    pub(super) async fn leaf(
        &self,
        conn: &mut Conn<'_>,
        known: &Known,
        index: u64,
    ) -> Result<Vec<u8>, LedgerError> {
        if index >= known.size {
            return Err(Diagnostic::error("ZH4034").arg("entry", index).arg("size", known.size).into());
        }
        let (bundle, _) = self.bundle(conn, known, index / WIDTH).await?;
        let leaf = bundle.leaf((index % WIDTH) as usize);
        leaf.map(<[u8]>::to_vec).ok_or_else(|| LedgerError::damage("ZH4102", index, "no such leaf"))
    }
}

/// A reading transaction with the verified state that it sees.
pub(super) struct View {
    pub(super) tx: Tx,
    pub(super) known: Arc<Known>,
}

impl Ledger {
    pub(super) async fn view(&self) -> Result<View, LedgerError> {
        let known = async {
            let mut tx = self.inner.db.snapshot().await?;
            let known = self.inner.refresh(&mut tx.conn(), false).await?;
            Ok(View { tx, known })
        };
        self.inner.note(known.await)
    }

    /// Number of entries.
    pub async fn size(&self) -> Result<u64, LedgerError> {
        Ok(self.view().await?.known.size)
    }

    /// The newest signed checkpoint (C2SP signed note).
    pub async fn checkpoint(&self) -> Result<String, LedgerError> {
        Ok(self.view().await?.known.checkpoint.clone())
    }

    /// The bytes of entry `index`, as hashed.
    pub async fn leaf(&self, index: u64) -> Result<Vec<u8>, LedgerError> {
        let mut view = self.view().await?;
        self.inner.note(self.inner.leaf(&mut view.tx.conn(), &view.known, index).await)
    }

    /// Entry `index`.
    pub async fn entry(&self, index: u64) -> Result<Entry, LedgerError> {
        let leaf = self.leaf(index).await?;
        let entry = Leaf::parse(&leaf).ok().and_then(|leaf| leaf.entry(index));
        entry.ok_or_else(|| LedgerError::damage("ZH4113", index, "not an entry"))
    }

    /// The leaves of `range`, bundle by bundle: index of the first one, and their bytes. The range is cut at
    /// the size that the ledger has now.
    pub fn leaves(
        &self,
        range: Range<u64>,
    ) -> impl Stream<Item = Result<(u64, Vec<Vec<u8>>), LedgerError>> + Send + 'static + use<> {
        let ledger = self.clone();
        try_unfold((ledger, range.start, None::<Arc<Known>>), move |(ledger, at, known)| async move {
            let known = match known {
                Some(known) => known,
                None => ledger.view().await?.known,
            };
            let end = range.end.min(known.size);
            if at >= end {
                return Ok(None);
            }
            let n = at / WIDTH;
            let mut held = ledger.inner.db.read().await?;
            let read = ledger.inner.bundle(&mut held.conn(), &known, n).await;
            drop(held);
            let (bundle, _) = ledger.inner.note(read)?;
            let next = end.min((n + 1) * WIDTH);
            let skip = (at % WIDTH) as usize;
            let leaves = bundle.leaves().skip(skip).take((next - at) as usize).map(<[u8]>::to_vec).collect();
            Ok(Some(((at, leaves), (ledger, next, Some(known)))))
        })
    }

    /// The record that holds this natural key, in its newest version; `key` are the texts of the key fields in the order
    /// of the record type. `None` if there is none or it was withdrawn.
    pub async fn find(&self, of: &str, key: &[&str]) -> Result<Option<u64>, LedgerError> {
        let mut view = self.view().await?;
        let hash = sha256(&canonical::key_bytes(of, key.iter().copied()));
        let mut found = Vec::new();
        let prefix = prefix(&hash, self.inner.prefix_mask);
        let conn = &mut view.tx.conn();
        let look = async {
            Seen::default().candidates(conn, prefix, &mut found).await?;
            for candidate in found.into_iter().rev() {
                let latest = match latest_of(conn, candidate).await? {
                    None => candidate,
                    Some(version) if version.withdrawn => continue,
                    Some(version) => version.entry,
                };
                if self.holds_key(conn, &view.known, latest, of, &hash).await? {
                    return Ok(Some(latest));
                }
            }
            Ok(None)
        };
        let answer = look.await;
        self.inner.note(answer)
    }

    async fn holds_key(
        &self,
        conn: &mut Conn<'_>,
        known: &Known,
        entry: u64,
        of: &str,
        key: &crate::verify::Hash,
    ) -> Result<bool, LedgerError> {
        let bytes = self.inner.leaf(conn, known, entry).await?;
        let Ok(leaf) = Leaf::parse(&bytes) else {
            return Err(LedgerError::damage("ZH4113", entry, "not an entry"));
        };
        let fields = self.key_fields(conn, known, &leaf).await?;
        Ok(holds(&leaf, of, key, &fields))
    }

    /// The key fields by which a record was handed in.
    pub(super) async fn key_fields(
        &self,
        conn: &mut Conn<'_>,
        known: &Known,
        leaf: &Leaf<'_>,
    ) -> Result<Vec<String>, LedgerError> {
        let submit = submit_entry(conn, leaf.submission.as_deref().unwrap_or_default()).await?;
        let bytes = self.inner.leaf(conn, known, submit).await?;
        Leaf::parse(&bytes)
            .ok()
            .and_then(|leaf| stated_fields(&leaf))
            .ok_or_else(|| LedgerError::damage("ZH4113", submit, "not a submission"))
    }

    /// The newest version of the record that entry `index` is a version of: a `Record`, `Correct` or
    /// `Withdraw` entry.
    pub async fn latest(&self, index: u64) -> Result<u64, LedgerError> {
        Ok(self.history(index).await?.last().map_or(index, |entry| entry.index))
    }

    /// All versions of the record that entry `index` is a version of, oldest first.
    pub async fn history(&self, index: u64) -> Result<Vec<Entry>, LedgerError> {
        let mut view = self.view().await?;
        let conn = &mut view.tx.conn();
        let first = version_at(conn, index).await?.map_or(index, |version| version.first);
        let chain = versions_of(conn, first).await?;
        let mut entries = Vec::with_capacity(chain.len() + 1);
        for each in std::iter::once(first).chain(chain.iter().map(|version| version.entry)) {
            let bytes = self.inner.note(self.inner.leaf(conn, &view.known, each).await)?;
            let entry = Leaf::parse(&bytes).ok().and_then(|leaf| leaf.entry(each));
            entries.push(entry.ok_or_else(|| LedgerError::damage("ZH4113", each, "not an entry"))?);
        }
        Ok(entries)
    }

    /// The receipt of a submission.
    pub async fn receipt(&self, submission: &str) -> Result<Option<Receipt>, LedgerError> {
        let mut view = self.view().await?;
        match tree::submission(&mut view.tx.conn(), submission).await? {
            Some(taken) => self.inner.note(super::receipt::read_receipt(&taken)).map(Some),
            None => Ok(None),
        }
    }

    /// What each record type has, by type id.
    pub async fn types(&self) -> Result<Vec<TypeCount>, LedgerError> {
        Ok(tallies(&mut self.view().await?.tx.conn()).await?)
    }

    /// The files of all submissions.
    pub async fn files(&self) -> Result<Vec<ListedFile>, LedgerError> {
        Ok(files(&mut self.view().await?.tx.conn()).await?)
    }

    /// Catalogs adopted and reports released, in order.
    pub async fn acts(&self) -> Result<Vec<Act>, LedgerError> {
        Ok(acts(&mut self.view().await?.tx.conn()).await?)
    }

    /// The personal value of a field of entry `entry`; `None` if there is none or it was erased. It is
    /// checked against the commitment in the entry.
    pub async fn personal(&self, entry: u64, field: &str) -> Result<Option<String>, LedgerError> {
        let mut view = self.view().await?;
        let Some(secret) = secrets::personal(&mut view.tx.conn(), entry, field).await? else {
            return Ok(None);
        };
        if secret.erased.is_some() {
            return Ok(None);
        }
        let (salt, value) = (secret.salt, secret.value);
        let bytes = self.inner.note(self.inner.leaf(&mut view.tx.conn(), &view.known, entry).await)?;
        let commitment = super::natural::commitment(&salt, &value);
        let good = Leaf::parse(&bytes).is_ok_and(|leaf| {
            crate::scan::members(leaf.data)
                .any(|member| member == Ok((field.as_bytes(), commitment.as_bytes())))
        });
        if good { Ok(Some(value)) } else { self.inner.note(Err(LedgerError::damage("ZH4112", entry, field))) }
    }
}

/// The newest version after the record of which `entry` is a version; `None` if it was never corrected.
pub(super) async fn latest_of(conn: &mut Conn<'_>, entry: u64) -> Result<Option<Version>, LedgerError> {
    let first = version_at(conn, entry).await?.map_or(entry, |version| version.first);
    Ok(versions_of(conn, first).await?.pop())
}
