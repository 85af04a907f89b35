//! Ledger growth → new parts.
//!
//! Leaves from the lake's size to the ledger's size are read once, in order; their fields go into one builder
//! per record type and quarter, which becomes a small part. Corrections and withdrawals leave the old row where
//! it is and put its index into the deletion vector of its part, with the index of the entry that supersedes it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zhiheng_base::{Diagnostic, Place};

use super::columns::{self, Head, Rows};
use super::compact::CHUNK;
use super::leaves::Leaves;
use super::part::{self, Part, Superseded};
use super::quarter::Quarter;
use super::scan::{self, Leaf, Raw};
use super::schema::{TableSchema, hex};
use super::{Lake, fault};

/// Rows held in memory at most before the largest builders are written.
const BUFFERED_MAX: usize = 1_500_000;
/// Problems told one by one; the rest is counted in [`Refreshed::n_problems`].
const TOLD_MAX: usize = 20;

/// What a refresh did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refreshed {
    /// Ledger size before.
    pub from: u64,
    /// Ledger size after.
    pub to: u64,
    /// Rows added.
    pub rows: u64,
    /// Rows superseded.
    pub superseded: u64,
    /// Parts written.
    pub parts: u64,
    /// Problems found in old entries; the first few of them.
    pub problems: Vec<Diagnostic>,
    /// Number of all problems.
    pub n_problems: u64,
    /// True if the lake did not fit the ledger or the catalog and was filled from the start.
    pub started_over: bool,
}

/// Work in progress.
struct Filling {
    schemas: BTreeMap<String, Arc<TableSchema>>,
    builders: BTreeMap<(String, Quarter), Rows>,
    buffered: usize,
    superseded: Vec<Superseded>,
    done: Refreshed,
}

impl Lake {
    /// Fills the lake up to the ledger's size.
    ///
    /// # Errors
    ///
    /// ZH5101 for the lake's files; whatever the ledger answers.
    pub async fn refresh(&mut self, ledger: &impl Leaves) -> Result<Refreshed, Diagnostic> {
        let size = ledger.size().await?;
        let started_over = !self.continues(ledger, size).await?;
        if started_over {
            self.manifest.start_over(self.schemas.values().map(Arc::as_ref));
        }
        let from = self.manifest.size;
        let mut filling = Filling {
            schemas: self.schemas.clone(),
            builders: BTreeMap::new(),
            buffered: 0,
            superseded: Vec::new(),
            done: Refreshed {
                from,
                to: size,
                started_over: started_over && from == 0,
                ..Refreshed::default()
            },
        };
        if from == size && !started_over {
            return Ok(filling.done);
        }
        let mut at = from;
        let mut last_leaf = self.manifest.last_leaf.clone();
        while at < size {
            let bundles = ledger.read(at..size).await?;
            let before = at;
            for bundle in bundles {
                for leaf in &bundle.leaves {
                    filling.take(at, leaf);
                    at += 1;
                    if at == size {
                        last_leaf = hex(&Sha256::digest(leaf));
                        break;
                    }
                }
                self.write_full(&mut filling)?;
            }
            if at == before {
                return Err(Diagnostic::error("ZH5106").arg("cause", format!("no leaf {at} of {size}")));
            }
        }
        self.write_all(&mut filling)?;
        let superseded = std::mem::take(&mut filling.superseded);
        self.supersede(&superseded)?;
        self.manifest.size = size;
        self.manifest.last_leaf = last_leaf;
        self.manifest.write(&self.dir, Vec::new())?;
        Ok(filling.done)
    }

    /// Whether the ledger is the one that the lake was filled from, grown or not.
    async fn continues(&self, ledger: &impl Leaves, size: u64) -> Result<bool, Diagnostic> {
        let Some(last) = self.manifest.size.checked_sub(1) else {
            return Ok(!self.manifest.tables.is_empty());
        };
        if size <= last {
            return Ok(false);
        }
        let bundles = ledger.read(last..last + 1).await?;
        let leaf = bundles.first().and_then(|bundle| bundle.leaves.first());
        Ok(leaf.is_some_and(|leaf| hex(&Sha256::digest(leaf)) == self.manifest.last_leaf))
    }

    /// Writes complete chunks, and the largest builders while too much is held.
    fn write_full(&mut self, filling: &mut Filling) -> Result<(), Diagnostic> {
        while filling.buffered > BUFFERED_MAX {
            let Some(key) =
                filling.builders.iter().max_by_key(|(_, rows)| rows.len()).map(|(key, _)| key.clone())
            else {
                break;
            };
            self.write_builder(&key, filling)?;
        }
        Ok(())
    }

    fn write_all(&mut self, filling: &mut Filling) -> Result<(), Diagnostic> {
        let keys: Vec<(String, Quarter)> = filling.builders.keys().cloned().collect();
        for key in keys {
            self.write_builder(&key, filling)?;
        }
        Ok(())
    }

    fn write_builder(&mut self, key: &(String, Quarter), filling: &mut Filling) -> Result<(), Diagnostic> {
        let Some(mut rows) = filling.builders.remove(key) else { return Ok(()) };
        if rows.len() == 0 {
            return Ok(());
        }
        filling.buffered -= rows.len();
        let batch = rows.finish().map_err(|cause| fault(&self.dir, cause))?;
        let (of, quarter) = key;
        let parts = self.manifest.tables.entry(of.clone()).or_default().quarters.entry(*quarter).or_default();
        // Complete chunks that begin where the last complete chunk ended are never touched again.
        let mut offset = 0;
        if parts.iter().all(|part| part.full) {
            while batch.num_rows() - offset >= CHUNK {
                let chunk = batch.slice(offset, CHUNK);
                parts.push(part::write(&self.dir, of, *quarter, &chunk, true)?);
                filling.done.parts += 1;
                offset += CHUNK;
            }
        }
        if offset < batch.num_rows() {
            let rest = batch.slice(offset, batch.num_rows() - offset);
            parts.push(part::write(&self.dir, of, *quarter, &rest, false)?);
            filling.done.parts += 1;
        }
        Ok(())
    }

    /// Puts superseded entries into the deletion vectors of the parts that hold them.
    fn supersede(&mut self, superseded: &[Superseded]) -> Result<(), Diagnostic> {
        if superseded.is_empty() {
            return Ok(());
        }
        // The first entry that supersedes a row counts.
        let mut by_entry: HashMap<u64, Superseded> = HashMap::new();
        for &one in superseded {
            by_entry.entry(one.entry).or_insert(one);
        }
        let low = superseded.iter().map(|one| one.entry).min().unwrap_or(0);
        let high = superseded.iter().map(|one| one.entry).max().unwrap_or(0);
        for table in self.manifest.tables.values_mut() {
            for part in table.quarters.values_mut().flatten() {
                // A correction that names a withdrawal brings the record back.
                for known in
                    part.superseded.iter_mut().filter(|known| known.withdrawn && known.back.is_none())
                {
                    known.back = by_entry.get(&known.by).map(|back| back.by);
                }
                if part.entries.1 < low || high < part.entries.0 {
                    continue;
                }
                supersede_in(part, &by_entry, &self.dir)?;
            }
        }
        Ok(())
    }
}

fn supersede_in(
    part: &mut Part,
    by_entry: &HashMap<u64, Superseded>,
    dir: &std::path::Path,
) -> Result<(), Diagnostic> {
    let known: std::collections::BTreeSet<u64> = part.superseded.iter().map(|one| one.entry).collect();
    for entry in part::entries(&dir.join(&part.file))? {
        if let Some(&one) = by_entry.get(&entry)
            && !known.contains(&entry)
        {
            let back = by_entry.get(&one.by).filter(|_| one.withdrawn).map(|back| back.by);
            part.superseded.push(Superseded { back, ..one });
        }
    }
    part.superseded.sort();
    Ok(())
}

impl Filling {
    fn take(&mut self, entry: u64, bytes: &[u8]) {
        let Some(leaf) = scan::leaf(bytes) else {
            self.tell(Diagnostic::warning("ZH5103").arg("entry", entry).at(Place::Entry(entry)));
            return;
        };
        match leaf.kind {
            "record" => self.row(entry, &leaf),
            "correct" | "withdraw" => {
                if let Some(old) = leaf.corrects {
                    let withdrawn = leaf.kind == "withdraw";
                    self.superseded.push(Superseded { entry: old, by: entry, withdrawn, back: None });
                    self.done.superseded += 1;
                }
                if leaf.kind == "correct" {
                    self.row(entry, &leaf);
                }
            }
            _ => {}
        }
    }

    fn row(&mut self, entry: u64, leaf: &Leaf<'_>) {
        let Some(schema) = leaf.of.and_then(|of| self.schemas.get(of)) else { return };
        let schema = Arc::clone(schema);
        let mut values: Vec<Option<Raw<'_>>> = vec![None; schema.columns.len()];
        // Names come sorted, so the place of the next one is mostly the place after the last.
        let mut next = 0;
        let read = scan::each_member(leaf.data, |name, value| {
            let at = if schema.columns.get(next).is_some_and(|column| column.id == name) {
                Some(next)
            } else {
                schema.columns.binary_search_by(|column| column.id.as_str().cmp(name)).ok()
            };
            if let Some(at) = at {
                values[at] = Some(value);
                next = at + 1;
            }
            Some(())
        });
        if read.is_none() {
            self.tell(Diagnostic::warning("ZH5103").arg("entry", entry).at(Place::Entry(entry)));
            return;
        }
        let value = |at: Option<usize>| at.and_then(|at| values[at]);
        let head = Head {
            entry,
            prov: match leaf.provenance {
                Some("published") => 1,
                Some("synthetic") => 2,
                _ => 0,
            },
            region: schema.default_region().or_else(|| value(schema.region).and_then(columns::region)),
            day: value(schema.day).and_then(columns::day),
            until: value(schema.until).and_then(columns::day),
        };
        let quarter = head.day.map_or(Quarter::UNDATED, Quarter::of_day);
        let mut misfits = Vec::new();
        let rows = self
            .builders
            .entry((schema.of.clone(), quarter))
            .or_insert_with(|| Rows::new(Arc::clone(&schema)));
        rows.push(head, &values, |at| misfits.push(at));
        self.buffered += 1;
        self.done.rows += 1;
        for at in misfits {
            self.tell(
                Diagnostic::warning("ZH5102")
                    .arg("entry", entry)
                    .arg("field", &schema.columns[at].id)
                    .at(Place::Entry(entry)),
            );
        }
        if quarter == Quarter::UNDATED {
            self.tell(
                Diagnostic::warning("ZH5107")
                    .arg("entry", entry)
                    .arg("record", &schema.of)
                    .at(Place::Entry(entry)),
            );
        }
    }

    fn tell(&mut self, problem: Diagnostic) {
        self.done.n_problems += 1;
        if self.done.problems.len() < TOLD_MAX {
            self.done.problems.push(problem);
        }
    }
}
