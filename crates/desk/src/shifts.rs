//! What other definitions would change: the figures of today by the definitions in force, beside those by others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_catalog::{Catalog, load};
use zhiheng_measure::Measure;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_measure::engine::{Engine, EngineOptions};
use zhiheng_record::{Ledger, Project};

use crate::rules::engine_of;
use crate::trouble::Trouble;

/// Definitions that lie in the folders, and what is wrong with them.
pub struct Pending {
    /// The definitions, as far as they can be read.
    pub catalog: Arc<Catalog>,
    /// Errors and warnings with their places.
    pub problems: Vec<Diagnostic>,
}

/// What one figure is by each of two catalogs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shift {
    /// Indicator id.
    pub indicator: String,
    /// Place.
    pub region: RegionCode,
    /// Period.
    pub period: String,
    /// Printed value by the definitions in force; `None` without data or definition.
    pub was: Option<String>,
    /// Printed value by the others.
    pub becomes: Option<String>,
}

/// All that would change in an area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shifts {
    /// Digest of the other definitions.
    pub digest: String,
    /// Figures that were compared.
    pub compared: usize,
    /// Those that differ, in order of indicator, place and period.
    pub shifts: Vec<Shift>,
    /// Indicators that cannot be counted by one of the two, with why.
    pub uncounted: Vec<(String, Vec<Diagnostic>)>,
}

/// Reads the definitions in `folders` over the shipped ones.
pub fn pending(folders: &[PathBuf]) -> Pending {
    let paths: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let loaded = load(&paths);
    Pending { catalog: Arc::new(loaded.catalog), problems: loaded.problems }
}

/// Counts every indicator of either catalog over a region, its parts and some periods by both, and tells what differs.
/// `told` hears how many indicators are done, of how many. The engines are its own: nobody waits for them.
///
/// # Errors
///
/// Those of the lake.
pub async fn shifts(
    (project, ledger): (&Project, &Ledger),
    (force, other): (Arc<Catalog>, Arc<Catalog>),
    region: RegionCode,
    periods: &[Period],
    told: impl Fn(u64, u64),
) -> Result<Shifts, Trouble> {
    let options = EngineOptions::default();
    let now = engine_of(project, ledger, Arc::clone(&force), &options).await?;
    let then = engine_of(project, ledger, Arc::clone(&other), &options).await?;
    let mut areas = vec![Area::One(region)];
    let below = force.regions.children(region).first().map(|child| child.code.level());
    areas.extend(below.map(|level| Area::Below(region, level)));
    let ids: BTreeSet<&String> = force.indicators.keys().chain(other.indicators.keys()).collect();
    let mut found = Shifts { digest: other.digest.clone(), ..Shifts::default() };
    for (n, id) in ids.iter().enumerate() {
        told(n as u64, ids.len() as u64);
        for area in &areas {
            let was = table(&now, id, *area, periods).await;
            let becomes = table(&then, id, *area, periods).await;
            match (was, becomes) {
                (Ok(was), Ok(becomes)) => found.compare(id, &was, &becomes),
                (Err(same), Err(other)) if same == other => {}
                (Err(why), _) | (_, Err(why)) => {
                    found.uncounted.push(((*id).clone(), why));
                    break;
                }
            }
        }
    }
    Ok(found)
}

/// The figures of an indicator; none if the catalog has no such indicator.
async fn table(
    engine: &Engine,
    id: &str,
    area: Area,
    periods: &[Period],
) -> Result<Vec<Measure>, Vec<Diagnostic>> {
    if engine.indicator(id).is_err() {
        return Ok(Vec::new());
    }
    engine.table(&Query::new(id, area, periods.to_vec())).await.map_err(|why| vec![why])
}

impl Shifts {
    fn compare(&mut self, id: &str, was: &[Measure], becomes: &[Measure]) {
        let by_place = |of: &[Measure]| -> BTreeMap<(RegionCode, String), Option<String>> {
            let place = |measure: &Measure| (measure.address.region, measure.address.period.to_string());
            of.iter().map(|measure| (place(measure), measure.value.clone())).collect()
        };
        let (mut was, mut becomes) = (by_place(was), by_place(becomes));
        let places: BTreeSet<_> = was.keys().chain(becomes.keys()).cloned().collect();
        for at in places {
            self.compared += 1;
            let (was, becomes) = (was.remove(&at).flatten(), becomes.remove(&at).flatten());
            if was != becomes {
                let (region, period) = at;
                self.shifts.push(Shift { indicator: id.to_owned(), region, period, was, becomes });
            }
        }
    }
}
