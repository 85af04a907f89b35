//! Regions as whole numbers: cutting to a level, and recorded codes → present codes.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use sha2::{Digest, Sha256};
use zhiheng_base::region::SuccessionKind;
use zhiheng_base::{Level, RegionCode, Regions};
use zhiheng_catalog::Catalog;

use crate::lake::schema::hex;

/// Length of one region's codes at a level; cutting a code to the level is an integer division by it.
pub fn unit(level: Level) -> u64 {
    match level {
        Level::Nation => 1_000_000_000_000,
        Level::Province => 10_000_000_000,
        Level::City => 100_000_000,
        Level::County => 1_000_000,
        Level::Township => 1_000,
        Level::Village => 1,
    }
}

/// `region` cut to `level` by its digits. The nation is [`RegionCode::NATION`] for codes that begin with 1 to 8;
/// places outside have none.
pub fn cut(region: u64, level: Level) -> Option<u64> {
    match level {
        Level::Nation => (region < 900_000_000_000).then_some(RegionCode::NATION.as_u64()),
        // Records of the whole nation belong to no province.
        _ if region == RegionCode::NATION.as_u64() => None,
        _ => Some(region - region % unit(level)),
    }
}

/// Recorded codes and what they are now.
#[derive(Debug)]
pub struct Places {
    catalog: Arc<Catalog>,
    /// Ranges of codes that have ended, in order, not overlapping.
    moved: Vec<(u64, u64)>,
    known: RwLock<HashMap<u64, u64>>,
    digest: String,
}

impl Places {
    /// Over a catalog's region table.
    pub fn new(catalog: Arc<Catalog>) -> Places {
        let regions = &catalog.regions;
        let mut hash = Sha256::new();
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for step in regions.successions() {
            hash.update(format!("{} {} {:?} {} ", step.from, step.to, step.kind, step.date));
            if step.to != step.from && step.kind != SuccessionKind::Transfer {
                let range = step.from.range();
                ranges.push((*range.start(), *range.end()));
            }
        }
        // What a code has become depends on which codes still hold.
        for version in regions.iter().filter(|version| version.valid_to.is_some()) {
            hash.update(format!("{} ", version.code));
        }
        ranges.sort_unstable();
        let mut moved: Vec<(u64, u64)> = Vec::new();
        for range in ranges {
            match moved.last_mut() {
                Some(last) if range.0 <= last.1 => last.1 = last.1.max(range.1),
                _ => moved.push(range),
            }
        }
        Places { catalog, moved, known: RwLock::default(), digest: hex(&hash.finalize()) }
    }

    /// The region table.
    pub fn regions(&self) -> &Regions {
        &self.catalog.regions
    }

    /// SHA-256 over the history: what is stored by present codes holds as long as this stays.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The present code of a recorded one.
    pub fn now(&self, region: u64) -> u64 {
        if !self.may_move(region, region) {
            return region;
        }
        if let Ok(known) = self.known.read()
            && let Some(&now) = known.get(&region)
        {
            return now;
        }
        let now = RegionCode::from_u64(region).map_or(region, |code| self.regions().as_now(code).as_u64());
        if let Ok(mut known) = self.known.write() {
            known.insert(region, now);
        }
        now
    }

    /// Whether some code from `low` to `high` may have another present code.
    pub fn may_move(&self, low: u64, high: u64) -> bool {
        let at = self.moved.partition_point(|range| range.1 < low);
        self.moved.get(at).is_some_and(|range| range.0 <= high)
    }

    /// Ranges of recorded codes in which everything that is now in `region` lies: its own range, and the ended
    /// codes that lead into it.
    pub fn recorded_ranges(&self, region: RegionCode) -> Vec<(u64, u64)> {
        let own = region.range();
        let mut ranges = vec![(*own.start(), *own.end())];
        for step in self.regions().successions() {
            if step.to == step.from || step.kind == SuccessionKind::Transfer {
                continue;
            }
            let now = self.regions().as_now(step.from);
            if now == step.from || region.contains(now) || now.contains(region) {
                let range = step.from.range();
                ranges.push((*range.start(), *range.end()));
            }
        }
        ranges.sort_unstable();
        ranges.dedup();
        ranges
    }
}
