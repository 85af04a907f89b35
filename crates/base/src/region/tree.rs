//! Up and down the table: parents, children, all regions of one level.
//!
//! The code system has headings that are no places and cities without counties. Here both are put
//! right, so that the regions of any level lie side by side and together cover the region above.

use super::{Level, Mark, RegionCode, RegionVersion, Regions};

impl Regions {
    /// The region above that is a place: headings are passed over.
    pub fn parent(&self, code: RegionCode) -> Option<RegionCode> {
        code.ancestors().find(|&above| !self.is_passed_over(above))
    }

    fn is_passed_over(&self, code: RegionCode) -> bool {
        self.get(code).is_some_and(|version| matches!(version.mark, Mark::Heading | Mark::Double))
    }

    /// The regions directly below, by code; headings give way to what stands under them. Ended
    /// regions are left out.
    pub fn children(&self, code: RegionCode) -> Vec<&RegionVersion> {
        self.inside(code).filter(|version| self.parent(version.code) == Some(code)).collect()
    }

    /// Valid regions strictly inside `code` that are places, by code.
    fn inside(&self, code: RegionCode) -> impl Iterator<Item = &RegionVersion> {
        let range = code.range();
        self.between(range.start() + 1, *range.end())
            .iter()
            .filter(|version| version.valid_to.is_none())
            .filter(|version| !matches!(version.mark, Mark::Heading | Mark::Double))
    }

    /// All valid regions of `level` in `code`, by code; `code` itself if that is its level.
    ///
    /// They cover whatever the table knows below: a city without counties (441900) stands in among the
    /// counties, a municipality and a county directly under a province (419001) stand in among the
    /// cities. Nothing stands in for a region of which the table knows no parts.
    pub fn descendants(&self, code: RegionCode, level: Level) -> Vec<&RegionVersion> {
        let range = code.range();
        let mut found: Vec<&RegionVersion> = Vec::new();
        for version in self.between(*range.start(), *range.end()) {
            if version.valid_to.is_some() || version.mark == Mark::Heading || version.level < level {
                continue;
            }
            let Some(standing) = self.ancestor(version.code, level).and_then(|standing| self.get(standing))
            else {
                continue;
            };
            if found.last().is_none_or(|last| last.code < standing.code) {
                found.push(standing);
            }
        }
        // A stand-in may lie above `code` (the province of a municipality's district heading).
        found.retain(|version| code.contains(version.code));
        found
    }

    /// The region in which `code` is counted at `level`: [`RegionCode::ancestor`], but never a heading.
    ///
    /// A district of a municipality is counted, among cities, in the municipality; a county directly
    /// under a province is counted there by itself.
    pub fn ancestor(&self, code: RegionCode, level: Level) -> Option<RegionCode> {
        let cut = code.ancestor(level)?;
        if self.get(cut).is_none_or(|version| version.mark != Mark::Heading) {
            return Some(cut);
        }
        let province = cut.parent()?;
        if is_municipality(province) { Some(province) } else { code.ancestor(Level::County) }
    }
}

/// Beijing, Tianjin, Shanghai, Chongqing.
fn is_municipality(province: RegionCode) -> bool {
    matches!(province.as_u64() / 10_000_000_000, 11 | 12 | 31 | 50)
}
