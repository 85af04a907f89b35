//! Definitions as they were adopted: kept in full, so that any past figure or grade is computed again by the rules of then.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::{Catalog, pack, unpack};
use zhiheng_measure::engine::{Engine, EngineOptions};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{Ledger, Project, Written};

use crate::trouble::Trouble;

/// Fewest characters by which a digest may be named.
const SHORTEST: usize = 6;

/// Adopts the definitions of now: all their files are kept by the project, and the ledger says so.
///
/// Errors: the catalog's own, those of keeping the file and of the ledger.
pub async fn adopt(
    project: &Project,
    ledger: &Ledger,
    folders: &[PathBuf],
    by: &str,
    at: Timestamp,
) -> Result<(Arc<Catalog>, Written), Trouble> {
    let paths: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let text = pack(&paths);
    // What is kept is what is adopted, even if a file changes in between.
    let loaded = unpack(&text)?;
    if loaded.has_errors() {
        return Err(loaded.problems.into());
    }
    let catalog = loaded.catalog;
    let kept = project.keep_file(&format!("catalog-{}.json", catalog.digest), text.as_bytes())?;
    let written = ledger.adopt(&catalog.digest, Some(&kept.sha256), by, at).await?;
    Ok((Arc::new(catalog), written))
}

/// The definitions that were adopted under a digest, or its first characters.
///
/// Errors: ZH7210 if nothing was adopted under it (or several things were), ZH7211 if its file is gone or is another.
pub async fn adopted(project: &Project, ledger: &Ledger, digest: &str) -> Result<Arc<Catalog>, Trouble> {
    let acts = ledger.acts().await?;
    let known: Vec<_> = acts.iter().filter(|act| act.kind == "adopt").collect();
    let mut found: Vec<_> = known.iter().filter(|act| act.digest.starts_with(digest)).collect();
    found.dedup_by(|a, b| a.digest == b.digest);
    let [act] = found[..] else {
        let all: Vec<&str> = known.iter().filter_map(|act| act.digest.get(..12)).collect();
        return Err(Diagnostic::error("ZH7210").arg("digest", digest).arg("known", all.join(", ")).into());
    };
    if digest.len() < SHORTEST {
        return Err(Diagnostic::error("ZH7210").arg("digest", digest).arg("known", &act.digest).into());
    }
    let lost = || Diagnostic::error("ZH7211").arg("digest", &act.digest);
    let entry = ledger.entry(act.entry).await?;
    let file = entry.data["file"].as_str().ok_or_else(lost)?.to_owned();
    let path = project.file(&file).ok_or_else(lost)?;
    let bytes = std::fs::read(path)?;
    if to_hex(&sha256(&bytes)) != file {
        return Err(lost().into());
    }
    let text = String::from_utf8(bytes).map_err(|_| lost())?;
    let catalog = unpack(&text)?.catalog;
    if catalog.digest != act.digest {
        return Err(lost().into());
    }
    Ok(Arc::new(catalog))
}

/// The folder of the lake that belongs to adopted definitions; like every lake it can be deleted.
pub fn lake(project: &Project, digest: &str) -> PathBuf {
    project.dir().join("lake-then").join(digest.get(..12).unwrap_or(digest))
}

/// An engine over adopted definitions, brought up to the ledger.
///
/// Errors: those of the lake.
pub async fn engine_of(
    project: &Project,
    ledger: &Ledger,
    catalog: Arc<Catalog>,
    options: &EngineOptions,
) -> Result<Engine, Trouble> {
    let mut engine = Engine::open(&lake(project, &catalog.digest), catalog, options)?;
    if !engine.is_current(ledger.size().await?) {
        engine.refresh(ledger).await?;
    }
    Ok(engine)
}
