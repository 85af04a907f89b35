//! Which files belong to which quarter, up to which ledger size, and bringing them forward.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use datafusion::prelude::SessionContext;
use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::FieldType;

use super::RUNS_MAX;
use super::cube::Cube;
use super::file::{self, Ask};
use super::held::{Held, Width};
use super::rows::Evaluator;
use super::{Tier, file::Found};
use crate::atoms::{Plan, is_additive};
use crate::lake::manifest::durable;
use crate::lake::part::Part;
use crate::lake::quarter::Quarter;
use crate::lake::{Lake, fault};
use crate::places::Places;

/// Changed whenever the same states are stored in another way.
const FORMAT: u32 = 2;
const NAME: &str = "manifest.json";

/// The roll-ups of a lake.
#[derive(Debug)]
pub struct Rollup {
    dir: PathBuf,
    manifest: Manifest,
    tables: BTreeMap<String, Definition>,
    held: Held,
}

/// What is rolled up of a record type.
#[derive(Clone, Debug)]
pub struct Definition {
    /// States.
    pub plan: Plan,
    /// Dimensions that have a cuboid.
    pub dimensions: Vec<String>,
    digest: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    tables: BTreeMap<String, Table>,
    #[serde(default)]
    retired: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Table {
    digest: String,
    /// Ledger size up to which every quarter is rolled up.
    size: u64,
    quarters: BTreeMap<Quarter, Vec<Run>>,
}

/// States of some rows of a quarter: one file per cuboid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Files, in the order of the cuboids: without dimension first.
    pub files: Vec<String>,
    /// Their lengths.
    pub bytes: Vec<u64>,
}

/// What a roll-up did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolledUp {
    /// Quarters to which a run was added.
    pub added: u64,
    /// Quarters that were rolled up from the lake, because they were new or an older row was superseded.
    pub rebuilt: u64,
    /// Quarters whose runs were merged.
    pub merged: u64,
}

/// What is to be done for a quarter.
enum Step {
    Rebuild,
    Add,
}

impl Rollup {
    /// Opens the roll-ups under the lake's folder. Those of changed definitions, of another region history, or
    /// with files missing are dropped and made again by [`Rollup::refresh`].
    ///
    /// # Errors
    ///
    /// ZH5101 if the folder cannot be made or read.
    pub fn open(lake: &Lake, catalog: &Catalog, places: &Places) -> Result<Rollup, Diagnostic> {
        let dir = lake.dir().join("rollup");
        std::fs::create_dir_all(&dir).map_err(|cause| fault(&dir, cause))?;
        let path = dir.join(NAME);
        let mut manifest = match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).unwrap_or_default(),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Manifest::default(),
            Err(cause) => return Err(fault(&path, cause)),
        };
        if manifest.format != FORMAT {
            manifest = Manifest { format: FORMAT, ..Manifest::default() };
        }
        let tables = definitions(lake, catalog, places);
        manifest.tables.retain(|of, table| {
            tables.get(of).is_some_and(|definition| definition.digest == table.digest)
                && table.quarters.values().flatten().all(|run| {
                    run.files.iter().zip(&run.bytes).all(|(file, &bytes)| {
                        std::fs::metadata(dir.join(file)).is_ok_and(|found| found.len() == bytes)
                    })
                })
        });
        Ok(Rollup { dir, manifest, tables, held: Held::default() })
    }

    /// Whether small tiers are held in memory once they are read.
    pub(crate) fn holds(&mut self, holds: bool) {
        self.held.is_on = holds;
    }

    /// Goes on with what another, over the same folder, holds in memory.
    pub(crate) fn takes_over(&mut self, other: &mut Rollup) {
        self.held = std::mem::take(&mut other.held);
    }

    /// What is rolled up of a record type; `None` if nothing is.
    pub fn definition(&self, of: &str) -> Option<&Definition> {
        self.tables.get(of)
    }

    /// Ledger size up to which a record type is rolled up.
    pub fn size(&self, of: &str) -> Option<u64> {
        self.manifest.tables.get(of).map(|table| table.size)
    }

    /// Whether every record type is rolled up to the lake's size. Definitions that changed, or files that went, put
    /// them behind without any new record.
    pub fn is_current(&self, lake: &Lake) -> bool {
        self.tables.keys().all(|of| lake.schema(of).is_none() || self.size(of) == Some(lake.size()))
    }

    /// The quarters of a record type that have states.
    pub fn quarters(&self, of: &str) -> Vec<Quarter> {
        self.manifest.tables.get(of).map(|table| table.quarters.keys().copied().collect()).unwrap_or_default()
    }

    /// Reads rows of a quarter's cuboid, run by run: `each` sees parts of a group that are to be added up.
    ///
    /// # Errors
    ///
    /// ZH5101 if a file cannot be read.
    pub fn read(
        &self,
        of: &str,
        quarter: Quarter,
        dimension: Option<&str>,
        ask: &Ask<'_>,
        mut each: impl FnMut(&Found<'_>),
    ) -> Result<(), Diagnostic> {
        let (Some(definition), Some(table)) = (self.tables.get(of), self.manifest.tables.get(of)) else {
            return Ok(());
        };
        let cuboid = match dimension {
            None => 0,
            Some(name) => match definition.dimensions.iter().position(|known| known == name) {
                Some(at) => at + 1,
                None => return Ok(()),
            },
        };
        let width = Width {
            counts: definition.plan.counts.len(),
            sums: definition.plan.sums.len(),
            has_value: cuboid > 0,
        };
        for run in table.quarters.get(&quarter).into_iter().flatten() {
            if let Some(name) = run.files.get(cuboid) {
                self.held.read(&self.dir, name, width, ask, &mut each)?;
            }
        }
        Ok(())
    }

    /// Brings every record type forward to the lake's size, `threads` quarters at a time.
    ///
    /// # Errors
    ///
    /// ZH5101 for files, ZH5104 for formulas that cannot be run.
    pub fn refresh(
        &mut self,
        lake: &Lake,
        context: &SessionContext,
        places: &Places,
        threads: usize,
    ) -> Result<RolledUp, Diagnostic> {
        let mut done = RolledUp::default();
        let mut gone = Vec::new();
        let mut changed = false;
        for (of, definition) in &self.tables {
            let Some(schema) = lake.schema(of) else { continue };
            let table = self.manifest.tables.entry(of.clone()).or_default();
            if table.digest != definition.digest || table.size > lake.size() {
                gone.extend(table.quarters.values().flatten().flat_map(|run| run.files.clone()));
                *table = Table { digest: definition.digest.clone(), ..Table::default() };
                changed = true;
            }
            if table.size == lake.size() {
                continue;
            }
            changed = true;
            let since = table.size;
            let mut due: Vec<(Quarter, Vec<&Part>, Step)> = Vec::new();
            let mut parts_of: BTreeMap<Quarter, Vec<&Part>> = BTreeMap::new();
            for (quarter, part) in lake.manifest.parts(of).filter(|(quarter, _)| *quarter != Quarter::UNDATED)
            {
                parts_of.entry(quarter).or_default().push(part);
            }
            for (quarter, parts) in parts_of {
                let records: u64 = parts.iter().map(|part| part.rows).sum();
                if records > u64::from(u32::MAX) {
                    let cause =
                        format!("{records} records in {quarter}; a quarter holds at most {}", u32::MAX);
                    return Err(Diagnostic::error("ZH5104").arg("cause", cause));
                }
                // An older row was replaced, withdrawn or brought back since.
                let is_dirty = parts.iter().flat_map(|part| &part.superseded).any(|one| {
                    one.entry < since && (one.by >= since || one.back.is_some_and(|back| back >= since))
                });
                if is_dirty || !table.quarters.contains_key(&quarter) {
                    due.push((quarter, parts, Step::Rebuild));
                } else if parts.iter().any(|part| part.entries.1 >= since) {
                    due.push((quarter, parts, Step::Add));
                }
            }
            let evaluator = Evaluator::new(context, schema, &definition.plan, &definition.dimensions)?;
            let folder_of = |quarter: Quarter| format!("{of}/{quarter}");
            let made = each_quarter(&due, threads, |(quarter, parts, step)| {
                let since = if matches!(step, Step::Rebuild) { 0 } else { since };
                let mut cubes = evaluator.cubes();
                for part in parts.iter().filter(|part| part.entries.1 >= since) {
                    evaluator.add_part(lake.dir(), part, since, &mut cubes)?;
                }
                write_run(&self.dir, &folder_of(*quarter), definition, places, cubes)
            })?;
            for ((quarter, _, step), run) in due.iter().zip(made) {
                let runs = table.quarters.entry(*quarter).or_default();
                if matches!(step, Step::Rebuild) {
                    gone.extend(runs.drain(..).flat_map(|run| run.files));
                    done.rebuilt += 1;
                } else {
                    done.added += 1;
                }
                runs.push(run);
            }
            for (quarter, runs) in &mut table.quarters {
                if runs.len() > RUNS_MAX {
                    let merged = merge(&self.dir, &folder_of(*quarter), definition, places, runs)?;
                    gone.extend(runs.drain(..).flat_map(|run| run.files));
                    runs.push(merged);
                    done.merged += 1;
                }
            }
            table.size = lake.size();
        }
        if changed {
            self.write(gone)?;
        }
        Ok(done)
    }

    /// Drops everything; the next refresh rolls up from the lake.
    pub fn clear(&mut self) -> Result<(), Diagnostic> {
        let tables = std::mem::take(&mut self.manifest.tables);
        let gone = tables
            .into_values()
            .flat_map(|table| table.quarters.into_values().flatten())
            .flat_map(|run| run.files);
        self.write(gone.collect())
    }

    fn write(&mut self, gone: Vec<String>) -> Result<(), Diagnostic> {
        let expired = std::mem::replace(&mut self.manifest.retired, gone);
        self.manifest.format = FORMAT;
        let text = serde_json::to_vec(&self.manifest).map_err(|cause| fault(&self.dir, cause))?;
        durable(&self.dir, NAME, &text)?;
        let named: std::collections::BTreeSet<&String> = self
            .manifest
            .tables
            .values()
            .flat_map(|table| table.quarters.values().flatten())
            .flat_map(|run| &run.files)
            .chain(&self.manifest.retired)
            .collect();
        for file in expired.iter().filter(|file| !named.contains(file)) {
            // Whether an old file is there does not matter.
            let _ = std::fs::remove_file(self.dir.join(file));
        }
        Ok(())
    }
}

/// Runs `work` over the quarters on `threads` threads; answers in the order of the quarters.
fn each_quarter<T: Sync, R: Send>(
    due: &[T],
    threads: usize,
    work: impl Fn(&T) -> Result<R, Diagnostic> + Sync,
) -> Result<Vec<R>, Diagnostic> {
    let next = AtomicUsize::new(0);
    let answers: Mutex<BTreeMap<usize, Result<R, Diagnostic>>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, due.len().max(1)) {
            scope.spawn(|| {
                while let Some((at, one)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| due.get(at).map(|one| (at, one)))
                {
                    let answer = work(one);
                    if let Ok(mut answers) = answers.lock() {
                        answers.insert(at, answer);
                    }
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_default();
    let found: Vec<R> = answers.into_values().collect::<Result<_, _>>()?;
    if found.len() == due.len() {
        Ok(found)
    } else {
        Err(Diagnostic::error("ZH5104").arg("cause", "a worker stopped"))
    }
}

fn write_run(
    dir: &Path,
    folder: &str,
    definition: &Definition,
    places: &Places,
    cubes: Vec<Cube>,
) -> Result<Run, Diagnostic> {
    let (n_counts, n_sums) = (definition.plan.counts.len(), definition.plan.sums.len());
    let mut run = Run::default();
    for (at, cube) in cubes.into_iter().enumerate() {
        let tiers = cube.finish().tiers(places, n_counts, n_sums);
        let (file, bytes) = file::write(dir, folder, &definition.plan, at > 0, &tiers)?;
        run.files.push(file);
        run.bytes.push(bytes);
    }
    Ok(run)
}

/// One run for all of a quarter's runs.
fn merge(
    dir: &Path,
    folder: &str,
    definition: &Definition,
    places: &Places,
    runs: &[Run],
) -> Result<Run, Diagnostic> {
    let counts: Vec<usize> = (0..definition.plan.counts.len()).collect();
    let sums: Vec<usize> = (0..definition.plan.sums.len()).collect();
    let mut cubes = Vec::new();
    for cuboid in 0..=definition.dimensions.len() {
        let mut cube = Cube::new(counts.len(), sums.len());
        let ask = Ask {
            tier: Tier::Leaf,
            ranges: &[(0, u64::MAX)],
            has_value: cuboid > 0,
            counts: &counts,
            sums: &sums,
        };
        let mut narrow = vec![0; counts.len()];
        for name in runs.iter().filter_map(|run| run.files.get(cuboid)) {
            file::read(&dir.join(name), &ask, |found| {
                let value = cube.value(found.value);
                // No larger than the quarter's records, which were few enough when they were rolled up.
                narrow.iter_mut().zip(found.counts).for_each(|(to, &count)| *to = count as u32);
                cube.add(found.region, value, &narrow, found.sums);
            })?;
        }
        cubes.push(cube);
    }
    write_run(dir, folder, definition, places, cubes)
}

/// What is to be rolled up: every record type with an additive indicator.
fn definitions(lake: &Lake, catalog: &Catalog, places: &Places) -> BTreeMap<String, Definition> {
    let mut tables = BTreeMap::new();
    for (of, record) in &catalog.records {
        let Some(schema) = lake.schema(of) else { continue };
        let indicators: Vec<_> = catalog
            .indicators
            .values()
            .filter(|indicator| {
                is_additive(&indicator.kind) && indicator.kind.over().is_some_and(|over| over.record == *of)
            })
            .collect();
        if indicators.is_empty() {
            continue;
        }
        // Dimensions with a short list of values; the others are answered from the lake.
        let mut dimensions: Vec<String> = indicators
            .iter()
            .flat_map(|indicator| &indicator.by)
            .filter(|name| {
                record.field(name).is_some_and(|field| {
                    !field.many
                        && !field.personal
                        && matches!(field.kind, FieldType::Code { .. } | FieldType::Product)
                })
            })
            .cloned()
            .collect();
        // Two-layer weights are looked up by cell.
        for indicator in &indicators {
            if let zhiheng_catalog::model::IndicatorKind::Proportion { weights: Some(weights), .. } =
                &indicator.kind
                && record.field(&weights.cell).is_some_and(|field| {
                    !field.many && matches!(field.kind, FieldType::Code { .. } | FieldType::Product)
                })
            {
                dimensions.push(weights.cell.clone());
            }
        }
        dimensions.sort();
        dimensions.dedup();
        let plan = Plan::of(indicators, schema);
        let digest = format!(
            "{FORMAT} {} {} {} {}",
            schema.digest,
            plan.digest(),
            dimensions.join(","),
            places.digest()
        );
        tables.insert(of.clone(), Definition { plan, dimensions, digest });
    }
    tables
}
