//! What the child is asked to do.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic, Lang, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{FileFormat, RecordType, Source};

use crate::limits::Limits;
use crate::problem::Site;

/// By which definition a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aim {
    /// A record type's own columns, by id.
    Record(String),
    /// A declared source, by id.
    Source(String),
}

/// What comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Drafts and problems.
    #[default]
    Read,
    /// The workbook with its errors marked, in this language.
    Annotate(Lang),
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The file.
    pub path: PathBuf,
    /// Its name in messages.
    pub name: String,
    /// Its index among the submission's files.
    pub file: u32,
    /// Catalog folders laid over the built-in one.
    pub folders: Vec<PathBuf>,
    /// Digest of the catalog that the parent holds; the child refuses to read by another one.
    pub catalog: Option<String>,
    /// By which definition.
    pub aim: Aim,
    /// Format, if it is known.
    pub format: Option<FileFormat>,
    /// The day of entry, which dates may not exceed.
    pub today: Date,
    /// Limits.
    pub limits: Limits,
    /// What comes back.
    pub task: Task,
    /// What the rows must be of, where a file is one unit's return for one period.
    #[serde(default)]
    pub within: Option<Within>,
}

/// The region and the days of which all rows must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    /// The unit's region; rows lie in it or below.
    pub region: RegionCode,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Within {
    /// What is wrong with a row of this region.
    pub(crate) fn region_problem(&self, region: Option<RegionCode>) -> Option<Diagnostic> {
        let stray = region.filter(|code| !self.region.contains(*code))?;
        Some(Diagnostic::error("ZH3305").arg("value", stray).arg("region", self.region))
    }

    /// What is wrong with a row of this day.
    pub(crate) fn day_problem(&self, day: Option<Date>) -> Option<Diagnostic> {
        let stray = day.filter(|day| !(self.first..=self.last).contains(day))?;
        Some(Diagnostic::error("ZH3306").arg("value", stray).arg("first", self.first).arg("last", self.last))
    }
}

impl Request {
    /// A request with the usual limits.
    pub fn new(path: impl Into<PathBuf>, aim: Aim, today: Date) -> Request {
        let path = path.into();
        Request {
            name: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            path,
            file: 0,
            folders: Vec::new(),
            catalog: None,
            aim,
            format: None,
            today,
            limits: Limits::default(),
            task: Task::Read,
            within: None,
        }
    }

    pub(super) fn site(&self) -> Site {
        Site { file: self.name.clone(), sheet: None }
    }

    /// The record type, and the source if one is meant.
    pub(super) fn definitions<'c>(
        &self,
        catalog: &'c Catalog,
    ) -> Result<(&'c RecordType, Option<&'c Source>), Diagnostic> {
        let unknown = |id: &str, ids: Vec<&String>| {
            let near =
                crate::text::nearest(id, ids.into_iter().map(String::as_str)).unwrap_or("none").to_owned();
            self.site().file_error("ZH3016").arg("id", crate::problem::quoted(id)).arg("suggestion", near)
        };
        let source = match &self.aim {
            Aim::Record(_) => None,
            Aim::Source(id) => {
                let source = catalog.sources.get(id);
                Some(source.ok_or_else(|| unknown(id, catalog.sources.keys().collect()))?)
            }
        };
        let id = match (&self.aim, source) {
            (Aim::Record(id), _) => id,
            (Aim::Source(_), Some(source)) => &source.into,
            (Aim::Source(id), None) => id,
        };
        let record = catalog.records.get(id).ok_or_else(|| unknown(id, catalog.records.keys().collect()))?;
        Ok((record, source))
    }
}
