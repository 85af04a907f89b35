//! Records of a story: written as a file and taken in by the ordinary door, checked like any other.

use std::collections::BTreeSet;

use toml::Spanned;
use zhiheng_base::{Diagnostic, csv};
use zhiheng_catalog::model::Accept;
use zhiheng_intake::Request;
use zhiheng_intake::worker::Aim;
use zhiheng_record::Provenance;
use zhiheng_record::import::{Import, import};

use super::model::{Step, Values, typed};
use super::play::{Player, Told};
use crate::row::record_type;
use crate::trouble::Trouble;

/// Problems of a file of records that are told.
const PROBLEMS_SHOWN: usize = 5;

impl Player<'_> {
    /// Enters the people of the story.
    pub(super) async fn people(&mut self) -> Result<(), Trouble> {
        if self.story.person.is_empty() {
            return Ok(());
        }
        let fields =
            ["account", "person", "post", "unit", "short", "region", "role", "superior", "since_day"];
        let headers = fields.map(str::to_owned).to_vec();
        let rows = (self.story.person.iter())
            .map(|one| {
                vec![
                    one.account.clone(),
                    one.person.clone().unwrap_or_else(|| one.account.clone()),
                    one.post.clone(),
                    one.unit.clone(),
                    one.short.clone(),
                    one.region.clone(),
                    one.role.clone(),
                    one.superior.clone(),
                    "2010-01-01".to_owned(),
                ]
            })
            .collect();
        self.enter("base.officer", headers, rows).await?;
        self.refresh().await
    }

    /// Enters the records of a step.
    pub(super) async fn records(&mut self, step: &Spanned<Step>, of: &str) -> Result<Told, Trouble> {
        let one = step.as_ref();
        let bare = [Values::new()];
        let each: &[Values] = if one.each.is_empty() { &bare } else { &one.each };
        let columns: BTreeSet<&str> = (one.set.keys())
            .chain(each.iter().flat_map(Values::keys))
            .map(String::as_str)
            .filter(|name| *name != "times")
            .collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for own in each {
            let times = own.get("times").and_then(toml::Value::as_integer);
            let times = times.and_then(|times| u64::try_from(times).ok()).or(one.times).unwrap_or(1);
            for _ in 0..times {
                let n = format!("{:03}", rows.len() + 1);
                let cell = |name: &&str| {
                    let value = own.get(*name).or(one.set.get(*name)).map(typed).unwrap_or_default();
                    value.replace("{n}", &n)
                };
                rows.push(columns.iter().map(cell).collect());
            }
        }
        let headers = columns.into_iter().map(str::to_owned).collect();
        let n = self.enter(of, headers, rows).await.map_err(|trouble| match trouble {
            Trouble::Problems(mut problems) => {
                // One slip often stands in every row.
                problems.truncate(PROBLEMS_SHOWN);
                problems.insert(0, Diagnostic::error("ZH7203").arg("step", of).at(self.story.place(step)));
                Trouble::Problems(problems)
            }
            other => other,
        })?;
        Ok(Told::Records { of: of.to_owned(), n })
    }

    async fn enter(
        &mut self,
        of: &str,
        headers: Vec<String>,
        rows: Vec<Vec<String>>,
    ) -> Result<u64, Trouble> {
        let desk = &self.desk;
        let record = record_type(&desk.catalog, of)?;
        let dir = desk.project.dir().join("records");
        std::fs::create_dir_all(&dir)?;
        self.files += 1;
        let path = dir.join(format!("story-{:02}-{of}.csv", self.files));
        let mut text = String::new();
        for row in std::iter::once(&headers).chain(&rows) {
            text += &csv::line(row, ',');
            text.push('\n');
        }
        std::fs::write(&path, text)?;
        let mut folders = desk.project.catalogs();
        folders.extend(self.beside.iter().cloned());
        let request = Request { folders, ..Request::new(&path, Aim::Record(of.to_owned()), self.today) };
        let what = Import {
            program: self.program.clone(),
            requests: vec![request],
            of: of.to_owned(),
            key: record.key.clone(),
            accept: Accept::All,
            dry_run: false,
            id: None,
            by: "story".to_owned(),
            at: self.moment().at,
            provenance: Provenance::Synthetic,
            basis: Some(self.story.name.zh.clone()),
            catalog: desk.catalog.digest.clone(),
        };
        let imported = import(&desk.project, &desk.ledger, &what, |_| {}).await?;
        if imported.refused {
            return Err(imported.problems.into());
        }
        self.stale = true;
        Ok(imported.counts.new)
    }
}
