//! The ledger in a database: one head, bundles of entries, and what is derived from them.
//!
//! In reading order: [`keys`] and [`seen`] (natural keys), [`spine`] and [`known`] (the tree in memory),
//! [`writer`] (one commit), [`append`] and [`taking`] (submissions), [`acts`] and [`change`] (corrections and the like), [`step`]
//! and [`case`] (cases), [`read`], [`as_of`],
//! [`check`] (full verification), [`export`], [`rebuild`].

mod acts;
mod append;
mod as_of;
mod audit;
mod audit_cases;
mod by;
mod case;
mod change;
mod check;
mod export;
mod keys;
mod known;
mod natural;
mod read;
mod rebuild;
mod receipt;
mod seen;
mod spine;
mod step;
mod taking;
mod tile;
mod whole;
mod writer;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use zhiheng_base::Diagnostic;

pub use acts::Written;
pub use append::{Appender, Begun, Counts, Outcome};
pub use as_of::Inclusion;
pub use check::Verification;
pub use export::{Exported, tile_path};
pub use whole::Whole;

use self::known::Known;
use crate::error::LedgerError;
use crate::sign::LedgerKey;
use crate::store::db::{SCHEMA, migrate, schema_version};
use crate::store::tree::{self, Head};
use crate::store::{Db, Tx};
use crate::verify::{EMPTY_ROOT, VerifierKey};

/// A ledger, open. Copies share one state; writers of one process queue.
#[derive(Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    db: Db,
    key: LedgerKey,
    known: Mutex<Arc<Known>>,
    alarm: Mutex<Option<Diagnostic>>,
    writer: Arc<tokio::sync::Mutex<()>>,
    /// Bits of a key's hash that runs keep; all of them outside tests of colliding prefixes.
    prefix_mask: u64,
}

impl Ledger {
    /// Makes a ledger in the database `url` (a path of a SQLite file, or a `postgres://` address). The key's name is the
    /// ledger's origin. Refuses a database that holds one already.
    pub async fn create(url: &str, key: LedgerKey) -> Result<Ledger, LedgerError> {
        let db = Db::connect(url, true).await?;
        let mut tx = db.write().await?;
        if schema_version(&mut tx.conn()).await?.is_some() {
            return Err(Diagnostic::error("ZH4004").arg("database", shown(url)).into());
        }
        migrate(&mut tx.conn(), 0).await?;
        let head = Head { size: 0, at: i64::MIN, checkpoint: key.sign(0, EMPTY_ROOT) };
        tree::insert_head(&mut tx.conn(), &head).await?;
        tx.commit().await?;
        Ok(Ledger::with(
            db,
            key,
            Known { at: i64::MIN, checkpoint: head.checkpoint, ..Known::default() },
            u64::MAX,
        ))
    }

    /// Opens the ledger in the database `url`, checks its head, tiles and last bundle against the signed checkpoint
    /// and that no bundle is missing. A ledger of an older program is brought up to date; one of a newer program or of
    /// another origin is refused. One that is damaged opens with an
    /// [`Ledger::alarm`]: it takes no writes, and serves only what can still be checked.
    pub async fn open(url: &str, key: LedgerKey) -> Result<Ledger, LedgerError> {
        Ledger::open_masked(url, key, u64::MAX).await
    }

    pub(crate) async fn open_masked(url: &str, key: LedgerKey, mask: u64) -> Result<Ledger, LedgerError> {
        Ledger::over(Db::connect(url, false).await?, url, key, mask, true).await
    }

    /// A ledger over a database that is only read.
    pub(crate) async fn reading(db: Db, name: &str, key: LedgerKey) -> Result<Ledger, LedgerError> {
        Ledger::over(db, name, key, u64::MAX, false).await
    }

    async fn over(
        db: Db,
        url: &str,
        key: LedgerKey,
        mask: u64,
        can_write: bool,
    ) -> Result<Ledger, LedgerError> {
        let ledger = Ledger::with(db, key, Known { at: i64::MIN, ..Known::default() }, mask);
        let mut tx = ledger.inner.db.snapshot().await.map_err(LedgerError::from)?;
        match schema_version(&mut tx.conn()).await {
            Ok(Some(SCHEMA)) => {}
            Ok(Some(older)) if older < SCHEMA && can_write => {
                drop(tx);
                match ledger.upgrade().await {
                    Ok(()) => {}
                    // It opens with an alarm if what it holds is broken, as any other.
                    Err(error) => ledger.inner.raise(error.sharpen())?,
                }
                tx = ledger.inner.db.snapshot().await?;
            }
            Ok(Some(found)) => {
                return Err(Diagnostic::error("ZH4007").arg("found", found).arg("known", SCHEMA).into());
            }
            Ok(None) => return Err(Diagnostic::error("ZH4005").arg("database", shown(url)).into()),
            Err(error) => {
                ledger.inner.raise(LedgerError::from(error).sharpen())?;
                return Ok(ledger);
            }
        }
        if let Err(error) = ledger.check_head(&mut tx).await {
            ledger.inner.raise(error.sharpen())?;
        }
        Ok(ledger)
    }

    /// Brings an older schema up to this program's, in one transaction. What is new in it begins empty: the entries of
    /// an older ledger lead to none of it.
    async fn upgrade(&self) -> Result<(), LedgerError> {
        let mut tx = self.inner.db.write().await?;
        let conn = &mut tx.conn();
        // Two processes may open it at once: the second one waits here and finds it done.
        tree::head(conn, true).await?;
        if let Some(found) = schema_version(conn).await?.filter(|found| *found < SCHEMA) {
            migrate(conn, found).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn check_head(&self, tx: &mut Tx) -> Result<(), LedgerError> {
        let conn = &mut tx.conn();
        let head =
            tree::head(conn, false).await?.ok_or_else(|| LedgerError::damage("ZH4107", 0, "no head"))?;
        let origin = head.checkpoint.split('\n').next().unwrap_or_default();
        let well_formed = crate::verify::Note::parse(&head.checkpoint).is_ok_and(|note| {
            // Another ledger's checkpoint names that ledger twice; a damaged one of ours does not.
            note.signatures.iter().any(|(name, _, _)| name == origin)
        });
        if well_formed && origin != self.origin() {
            let refused = Diagnostic::error("ZH4006").arg("found", origin).arg("expected", self.origin());
            return Err(refused.into());
        }
        let known = Known::default().advance(conn, &head, self.key()).await?;
        let (bundles, entries) = tree::count_bundles(conn).await?;
        if bundles as u64 != known.size.div_ceil(crate::bundle::WIDTH) || entries as u64 != known.size {
            return Err(LedgerError::damage(
                "ZH4101",
                known.size,
                format!("{bundles} bundles, {entries} entries"),
            ));
        }
        self.inner.learn(Arc::new(known));
        Ok(())
    }

    fn with(db: Db, key: LedgerKey, known: Known, prefix_mask: u64) -> Ledger {
        let inner = Inner {
            db,
            key,
            known: Mutex::new(Arc::new(known)),
            alarm: Mutex::new(None),
            writer: Arc::default(),
            prefix_mask,
        };
        Ledger { inner: Arc::new(inner) }
    }

    /// The ledger's name, with which its checkpoints begin.
    pub fn origin(&self) -> &str {
        self.inner.key.origin()
    }

    /// The database.
    pub(crate) fn database(&self) -> &Db {
        &self.inner.db
    }

    /// The public key that checks its checkpoints.
    pub fn key(&self) -> &VerifierKey {
        self.inner.key.public()
    }

    /// What is wrong with the ledger, if anything was found: then it takes no writes.
    pub fn alarm(&self) -> Option<Diagnostic> {
        self.inner.alarm.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes the connections. Copies of this ledger can no longer be used.
    pub async fn close(&self) {
        self.inner.db.close().await;
    }
}

impl Inner {
    /// What is known now, without asking the database.
    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes over a verified state, unless a later one is known.
    fn learn(&self, known: Arc<Known>) {
        let mut held = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.size >= held.size {
            *held = known;
        }
    }

    /// Remembers damage; other errors pass through.
    fn raise(&self, error: LedgerError) -> Result<(), LedgerError> {
        let LedgerError::Damaged(diagnostic) = error else { return Err(error) };
        let mut alarm = self.alarm.lock().unwrap_or_else(PoisonError::into_inner);
        alarm.get_or_insert(*diagnostic);
        Ok(())
    }

    /// Remembers damage on its way to the caller.
    fn note<T>(&self, result: Result<T, LedgerError>) -> Result<T, LedgerError> {
        result.map_err(|error| {
            let error = error.sharpen();
            if let LedgerError::Damaged(diagnostic) = &error {
                let mut alarm = self.alarm.lock().unwrap_or_else(PoisonError::into_inner);
                alarm.get_or_insert_with(|| (**diagnostic).clone());
            }
            error
        })
    }

    /// Refuses writes while there is an alarm.
    fn writable(&self) -> Result<(), LedgerError> {
        match &*self.alarm.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(alarm) => Err(Diagnostic::error("ZH4021").arg("alarm", &alarm.code).into()),
            None => Ok(()),
        }
    }
}

/// A database address without its password.
fn shown(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => match rest.rsplit_once('@') {
            Some((_, host)) => format!("{scheme}://…@{host}"),
            None => url.to_owned(),
        },
        None => url.to_owned(),
    }
}
