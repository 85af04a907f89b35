//! The region table: sorted once, searched by halving.

use super::{Mark, RegionCode, RegionVersion, Succession};
use crate::{Date, Lang};

/// The region table with validity and succession.
///
/// ```
/// use zhiheng_base::{Level, RegionCode, Regions};
///
/// let regions = Regions::parse(
///     "620000,甘肃省\n621100,定西市\n621122,陇西县\n",
///     "622425,陇西县,621122,recode,2003-04-04,,confirmed,example\n",
/// )?;
/// let longxi = RegionCode::parse("621122")?;
/// assert_eq!(regions.full_name(longxi).unwrap(), "甘肃省定西市陇西县");
/// assert_eq!(regions.as_now(RegionCode::parse("622425")?), longxi);
/// # Ok::<(), zhiheng_base::Diagnostic>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Regions {
    /// Sorted by code, then by first day.
    pub(super) versions: Vec<RegionVersion>,
    /// Sorted by old code, then date, then new code.
    pub(super) successions: Vec<Succession>,
}

impl Regions {
    /// Adds regions, such as the outside places of a catalog. A version with the code and first day of one
    /// that is known replaces it.
    pub fn extend(&mut self, extra: Vec<RegionVersion>) {
        self.versions.extend(extra);
        self.sort();
    }

    /// Adds steps of history.
    pub fn extend_history(&mut self, extra: Vec<Succession>) {
        self.successions.extend(extra);
        self.sort();
    }

    pub(super) fn sort(&mut self) {
        // The sort is stable, so of equal keys the one added last stands last and is kept.
        self.versions.sort_by_key(|version| (version.code, version.valid_from));
        self.versions.dedup_by(|later, kept| {
            let same = later.code == kept.code && later.valid_from == kept.valid_from;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        self.successions.sort_by_key(|step| (step.from, step.date, step.to));
        self.successions.dedup();
    }

    /// All versions, by code and first day.
    pub fn iter(&self) -> impl Iterator<Item = &RegionVersion> {
        self.versions.iter()
    }

    /// All steps of history, by old code and date.
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// Number of versions.
    pub fn len(&self) -> usize {
        self.versions.len()
    }

    /// True if the table is empty.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// All versions of `code`, oldest first.
    pub fn versions(&self, code: RegionCode) -> &[RegionVersion] {
        self.between(code.as_u64(), code.as_u64())
    }

    /// All versions with codes from `first` to `last`.
    pub(super) fn between(&self, first: u64, last: u64) -> &[RegionVersion] {
        let start = self.versions.partition_point(|version| version.code.as_u64() < first);
        let end = self.versions.partition_point(|version| version.code.as_u64() <= last);
        &self.versions[start..end.max(start)]
    }

    /// The newest version of `code`, ended or not.
    pub fn get(&self, code: RegionCode) -> Option<&RegionVersion> {
        self.versions(code).last()
    }

    /// The version of `code` that holds on `date`.
    pub fn at(&self, code: RegionCode, date: Date) -> Option<&RegionVersion> {
        self.versions(code).iter().find(|version| version.holds_on(date))
    }

    /// The newest Chinese name of `code`.
    pub fn name(&self, code: RegionCode) -> Option<&str> {
        self.get(code).map(|version| version.name.as_str())
    }

    /// The newest name in `lang`; Chinese where the table has no English name.
    pub fn title(&self, code: RegionCode, lang: Lang) -> Option<&str> {
        self.get(code).map(|version| version.title(lang))
    }

    /// The name with those of the regions above, without the nation and without headings. `None`
    /// for unknown codes.
    pub fn full_name(&self, code: RegionCode) -> Option<String> {
        let own = self.get(code)?;
        let mut names = vec![own.name.as_str()];
        for above in code.ancestors().filter(|&above| above != RegionCode::NATION) {
            if let Some(version) = self.get(above)
                && matches!(version.mark, Mark::Unit | Mark::Statistical)
            {
                names.push(&version.name);
            }
        }
        names.reverse();
        // 620201 repeats the name of its city.
        names.dedup();
        Some(names.concat())
    }
}
