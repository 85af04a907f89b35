//! Reading the two region files, `regions.csv` and `regions-history.csv`.
//!
//! Plain comma-separated lines without quoting; lines that begin with `#` are comments.
//!
//! ```text
//! regions.csv           code,name[,mark[,english name]]      mark: heading, double, statistical or empty
//! regions-history.csv   from,old name,to,kind,date,share,confirmed|K,source and note
//! ```

use std::sync::Arc;

use crate::exact::parse_decimal;
use crate::{Date, Decimal, Diagnostic, Place};

use super::{Level, Mark, RegionCode, RegionVersion, Regions, Succession, SuccessionKind};

impl Regions {
    /// Builds the table from the texts of `regions.csv` and `regions-history.csv`.
    ///
    /// Codes of a township may be written with nine digits. A line of history declares the old
    /// region, which ends on its date; for a recoding or an upgrade the new code begins on that date.
    ///
    /// # Errors
    ///
    /// ZH1006 with the line for anything that cannot be read; the diagnostics of the code otherwise.
    pub fn parse(regions_csv: &str, history_csv: &str) -> Result<Regions, Diagnostic> {
        let mut regions =
            Regions { versions: Vec::with_capacity(regions_csv.len() / 20), successions: Vec::new() };
        let source = regions_csv.lines().next().and_then(|line| line.strip_prefix('#')).unwrap_or("").trim();
        let source: Arc<str> = source.into();
        for (number, line) in lines(regions_csv) {
            let version =
                version(line, &source).map_err(|problem| placed(problem, "regions.csv", number, line))?;
            regions.versions.push(version);
        }
        for (number, line) in lines(history_csv) {
            let (step, old) =
                succession(line).map_err(|problem| placed(problem, "regions-history.csv", number, line))?;
            regions.versions.extend(old);
            regions.successions.push(step);
        }
        // In order of code, so that `begin` finds them; versions of one code differ only once they have begun.
        regions.versions.sort_by_key(|version| version.code);
        regions.begin();
        regions.sort();
        Ok(regions)
    }

    /// Writes into the versions that history knows when they began.
    fn begin(&mut self) {
        for step in &self.successions {
            if !matches!(step.kind, SuccessionKind::Recode | SuccessionKind::Upgrade | SuccessionKind::Rename)
            {
                continue;
            }
            let first = self.versions.partition_point(|version| version.code < step.to);
            for version in self.versions[first..].iter_mut().take_while(|version| version.code == step.to) {
                if version.valid_to.is_none_or(|to| step.date < to) {
                    version.valid_from = version.valid_from.max(Some(step.date));
                }
            }
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_end()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn placed(problem: Diagnostic, file: &str, number: usize, line: &str) -> Diagnostic {
    problem.at(Place::Text {
        file: file.to_owned(),
        line: number as u32,
        column: 1,
        len: line.chars().count().max(1) as u32,
        excerpt: line.to_owned(),
    })
}

fn unreadable(line: &str) -> Diagnostic {
    Diagnostic::error("ZH1006").arg("line", line)
}

fn version(line: &str, source: &Arc<str>) -> Result<RegionVersion, Diagnostic> {
    let mut cells = line.splitn(4, ',');
    let code = RegionCode::parse(cells.next().unwrap_or_default())?;
    let name = cells.next().filter(|name| !name.is_empty()).ok_or_else(|| unreadable(line))?;
    let mark = match cells.next().unwrap_or_default() {
        "" => Mark::Unit,
        "heading" => Mark::Heading,
        "double" => Mark::Double,
        "statistical" => Mark::Statistical,
        _ => return Err(unreadable(line)),
    };
    let en = cells.next().filter(|en| !en.is_empty()).map(str::to_owned);
    Ok(RegionVersion { en, mark, ..RegionVersion::new(code, name, Arc::clone(source)) })
}

/// The step, and the old region as it was until then. A transfer ends nothing.
fn succession(line: &str) -> Result<(Succession, Option<RegionVersion>), Diagnostic> {
    let wrong = || unreadable(line);
    let cells: Vec<&str> = line.splitn(8, ',').collect();
    let [from, name, to, kind, date, share, confirmed, note] = cells[..] else { return Err(wrong()) };
    let (from, to) = (RegionCode::parse(from)?, RegionCode::parse(to)?);
    let kind = match kind {
        "rename" => SuccessionKind::Rename,
        "upgrade" => SuccessionKind::Upgrade,
        "merge" => SuccessionKind::Merge,
        "split" => SuccessionKind::Split,
        "transfer" => SuccessionKind::Transfer,
        "recode" => SuccessionKind::Recode,
        _ => return Err(wrong()),
    };
    let date: Date = date.parse().map_err(|_| wrong())?;
    let share = if share.is_empty() { None } else { Some(parse_decimal(share)?) };
    if share.is_some_and(|share| share < Decimal::ZERO || share > Decimal::ONE) {
        return Err(wrong());
    }
    let confirmed = match confirmed {
        "confirmed" => true,
        "K" => false,
        _ => return Err(wrong()),
    };
    if name.is_empty() || from.level() == Level::Nation {
        return Err(wrong());
    }
    let old = (kind != SuccessionKind::Transfer)
        .then(|| RegionVersion { valid_to: Some(date), ..RegionVersion::new(from, name, note) });
    Ok((Succession { from, to, kind, date, share, confirmed, note: note.to_owned() }, old))
}
