//! Regions by code or by a name that only one region has, at the level the field asks for.

use std::collections::HashMap;
use std::rc::Rc;

use zhiheng_base::{Date, Diagnostic, Level, RegionCode, Regions};

use super::typed::Typed;
use crate::problem::quoted;

/// Most different texts whose verdicts are kept.
const CACHE: usize = 65_536;
/// Most different names that are searched for in one file; a search reads the whole table.
const SEARCHES: usize = 2_000;

type Found = Result<(RegionCode, Rc<str>), Box<Diagnostic>>;

/// The rule of a region field.
pub(super) struct RegionCheck<'c> {
    regions: &'c Regions,
    at_least: Level,
    texts: HashMap<Box<str>, Found>,
    steady: HashMap<u64, bool>,
    searches: usize,
    last: (String, Option<(RegionCode, Rc<str>)>),
}

impl<'c> RegionCheck<'c> {
    pub(super) fn new(regions: &'c Regions, at_least: Level) -> RegionCheck<'c> {
        RegionCheck {
            regions,
            at_least,
            texts: HashMap::new(),
            steady: HashMap::new(),
            searches: 0,
            last: (String::new(), None),
        }
    }

    pub(super) fn check(&mut self, text: &str) -> Result<Typed<'static>, Diagnostic> {
        if self.last.0 == text
            && let Some((code, shown)) = &self.last.1
        {
            return Ok(Typed::Region(*code, Rc::clone(shown)));
        }
        let found = match self.texts.get(text) {
            Some(found) => found.clone(),
            None => {
                let found = self.read(text).map_err(Box::new);
                if self.texts.len() < CACHE && text.len() <= 120 {
                    self.texts.insert(text.into(), found.clone());
                }
                found
            }
        };
        match found {
            Ok((code, shown)) => {
                self.last.0.clear();
                self.last.0.push_str(text);
                self.last.1 = Some((code, Rc::clone(&shown)));
                Ok(Typed::Region(code, shown))
            }
            Err(problem) => Err(*problem),
        }
    }

    fn read(&mut self, text: &str) -> Result<(RegionCode, Rc<str>), Diagnostic> {
        let code = match RegionCode::parse(text) {
            Ok(code) => code,
            Err(problem) if text.contains(char::is_numeric) || text.is_ascii() => {
                return Err(problem);
            }
            Err(_) => self.by_name(text)?,
        };
        if code.level() < self.at_least {
            // 441900 has towns but no counties, 620201 repeats its city: a city code may be all there is.
            return Err(Diagnostic::error("ZH3215")
                .arg("value", quoted(text))
                .arg("level_zh", code.level().title(zhiheng_base::Lang::Zh))
                .arg("level_en", code.level().title(zhiheng_base::Lang::En))
                .arg("wanted_zh", self.at_least.title(zhiheng_base::Lang::Zh))
                .arg("wanted_en", self.at_least.title(zhiheng_base::Lang::En)));
        }
        Ok((code, Rc::from(code.to_string())))
    }

    fn by_name(&mut self, text: &str) -> Result<RegionCode, Diagnostic> {
        self.searches += 1;
        let unknown =
            |near: &str| Diagnostic::error("ZH3213").arg("value", quoted(text)).arg("suggestion", near);
        if self.searches > SEARCHES || text.chars().count() > 40 {
            return Err(unknown("none"));
        }
        let found = self.regions.find(text);
        let label = |code: RegionCode| format!("{code} {}", self.regions.full_name(code).unwrap_or_default());
        let whole: Vec<RegionCode> = found
            .iter()
            .filter(|version| {
                version.name == text
                    || self.regions.full_name(version.code).is_some_and(|full| full.ends_with(text))
            })
            .map(|version| version.code)
            .collect();
        match whole.as_slice() {
            [only] => Ok(*only),
            [] => Err(unknown(&found.first().map_or("none".to_owned(), |version| label(version.code)))),
            several => {
                let listed: Vec<String> = several.iter().take(3).map(|&code| label(code)).collect();
                Err(Diagnostic::error("ZH3214")
                    .arg("value", quoted(text))
                    .arg("count", several.len())
                    .arg("regions", listed.join("; ")))
            }
        }
    }

    /// What is wrong with `code` on `date`; quick for the codes that have one version without dates.
    pub(super) fn on(&mut self, code: RegionCode, date: Date) -> Option<Diagnostic> {
        let regions = self.regions;
        let steady = *self.steady.entry(code.as_u64()).or_insert_with(|| {
            let judged = code.ancestor(Level::Township).unwrap_or(code);
            let versions = regions.versions(judged);
            versions.iter().any(|version| version.valid_from.is_none() && version.valid_to.is_none())
        });
        if steady { None } else { regions.check(code, date) }
    }
}
