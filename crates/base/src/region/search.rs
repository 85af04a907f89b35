//! Finding a region by what a person types: a name, an old name, a code, or several names in a row.

use super::{Mark, RegionCode, RegionVersion, Regions};

impl Regions {
    /// Regions that match `text`, best first: the exact name, then names that begin with it, then
    /// names that contain it; at each step higher levels first. Ended regions are found by their old names,
    /// after the valid ones.
    ///
    /// Several names, with or without spaces between, narrow the search from the top: the last names
    /// the region, the others must occur in its full name in that order. Digits find by code.
    pub fn find(&self, text: &str) -> Vec<&RegionVersion> {
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return self.find_code(text);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some((last, above)) = words.split_last() else { return Vec::new() };
        let mut found: Vec<(u8, &RegionVersion)> = Vec::new();
        for version in self.places() {
            if let Some(rank) = rank(version, last)
                && (above.is_empty() || self.full_name_has(version.code, above))
            {
                found.push((rank, version));
            }
        }
        if found.is_empty() && above.is_empty() {
            found = self.find_run_together(last);
        }
        found.sort_by_key(|(rank, version)| (*rank, version.valid_to.is_some(), version.level, version.code));
        found.into_iter().map(|(_, version)| version).collect()
    }

    fn places(&self) -> impl Iterator<Item = &RegionVersion> {
        self.versions.iter().filter(|version| !matches!(version.mark, Mark::Heading | Mark::Double))
    }

    fn find_code(&self, digits: &str) -> Vec<&RegionVersion> {
        if let Ok(code) = RegionCode::parse(digits)
            && let Some(version) = self.get(code)
        {
            return vec![version];
        }
        self.places().filter(|version| version.code.as_u64().to_string().starts_with(digits)).collect()
    }

    /// True if `words` occur in the names above `code`, in order.
    fn full_name_has(&self, code: RegionCode, words: &[&str]) -> bool {
        let full = self.full_name(code).unwrap_or_default();
        let mut rest = full.as_str();
        words.iter().all(|word| match rest.find(word) {
            Some(at) => {
                rest = &rest[at + word.len()..];
                true
            }
            None => false,
        })
    }

    /// Names run together: the end of `text` is a region's name or its beginning, and the rest names regions
    /// above it, perhaps shortened.
    fn find_run_together(&self, text: &str) -> Vec<(u8, &RegionVersion)> {
        let mut found = Vec::new();
        for version in self.places() {
            // Only names of two characters or more can be told from chance.
            let Some(above) = version
                .name
                .char_indices()
                .map(|(at, c)| &version.name[..at + c.len_utf8()])
                .skip(1)
                .filter_map(|name| text.strip_suffix(name))
                .last()
            else {
                continue;
            };
            let full = self.full_name(version.code).unwrap_or_default();
            let mut letters = full.strip_suffix(version.name.as_str()).unwrap_or(&full).chars();
            if !above.is_empty() && above.chars().all(|wanted| letters.any(|letter| letter == wanted)) {
                let whole = text.ends_with(&version.name);
                found.push((u8::from(!whole), version));
            }
        }
        found
    }
}

/// 0 exact, 1 begins with, 2 contains.
fn rank(version: &RegionVersion, text: &str) -> Option<u8> {
    let english = version.en.as_deref().unwrap_or_default();
    if version.name == text || english.eq_ignore_ascii_case(text) {
        Some(0)
    } else if version.name.starts_with(text) {
        Some(1)
    } else if version.name.contains(text) {
        Some(2)
    } else {
        None
    }
}
