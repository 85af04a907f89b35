//! Reading the calendar's table, `holidays.csv`.
//!
//! Plain comma-separated lines without quoting; lines that begin with `#` are comments, but for one.
//!
//! ```text
//! # known: 2004-01-01..2026-12-24
//! date,kind,name,english name,source      kind: holiday, lieu (both off) or work
//! ```

use std::collections::BTreeMap;

use zhiheng_base::period::LAST_DAY;
use zhiheng_base::{Date, Diagnostic, Place, Words};

use super::{Calendar, Special, index};

/// Days of one text: index → worked, names, line.
type Days = BTreeMap<usize, (bool, Words)>;

impl Calendar {
    /// Builds the calendar from the national table and the table of a region, which may be empty.
    ///
    /// The region's table has the same columns and goes first: it adds days off (`holiday`) or takes them back (`work`).
    ///
    /// # Errors
    ///
    /// ZH8101 with the line for anything that cannot be read, ZH8102 if the national table does not say what it knows,
    /// ZH8103 for a day that stands twice in one table.
    pub fn parse(national: &str, local: &str) -> Result<Calendar, Diagnostic> {
        let known = known(national)?;
        let mut days = rows(national, "holidays.csv")?;
        days.extend(rows(local, "holidays-local.csv")?);
        let source = national.lines().next().and_then(|line| line.strip_prefix('#')).unwrap_or("").trim();

        let (mut names, mut specials) = (Vec::<Words>::new(), Vec::with_capacity(days.len()));
        for (index, (worked, words)) in days {
            let name = names.iter().position(|name| *name == words).unwrap_or_else(|| {
                names.push(words);
                names.len() - 1
            });
            specials.push(Special { index, worked, name });
        }
        let n_days = index(LAST_DAY).unwrap_or(0) + 1;
        let (mut totals, mut total, mut next) =
            (Vec::with_capacity(n_days + 1), 0, specials.iter().peekable());
        totals.push(0);
        for day in 0..n_days {
            // 1 January 1900 was a Monday.
            let mut worked = day % 7 < 5;
            if let Some(special) = next.next_if(|special| special.index == day) {
                worked = special.worked;
            }
            total += u32::from(worked);
            totals.push(total);
        }
        Ok(Calendar { totals, specials, names, known, source: source.to_owned() })
    }
}

/// The line `# known: first..last`.
fn known(text: &str) -> Result<(Date, Date), Diagnostic> {
    let missing = || Diagnostic::error("ZH8102").at(Place::File("holidays.csv".to_owned()));
    let line = text.lines().find_map(|line| line.strip_prefix("# known:")).ok_or_else(missing)?;
    let (first, last) = line.trim().split_once("..").ok_or_else(missing)?;
    let date = |text: &str| text.trim().parse::<Date>().ok().filter(|date| index(*date).is_some());
    match (date(first), date(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        _ => Err(missing()),
    }
}

fn rows(text: &str, file: &str) -> Result<Days, Diagnostic> {
    let mut days = Days::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let placed = |problem: Diagnostic| {
            problem.at(Place::Text {
                file: file.to_owned(),
                line: u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1),
                column: 1,
                len: line.chars().count().max(1) as u32,
                excerpt: line.to_owned(),
            })
        };
        let (day, worked, words) =
            row(line).ok_or_else(|| placed(Diagnostic::error("ZH8101").arg("line", line)))?;
        if days.insert(day, (worked, words)).is_some() {
            return Err(placed(Diagnostic::error("ZH8103").arg("date", line.get(..10).unwrap_or(line))));
        }
    }
    Ok(days)
}

fn row(line: &str) -> Option<(usize, bool, Words)> {
    let cells: Vec<&str> = line.split(',').collect();
    let [date, kind, zh, en, source] = cells[..] else { return None };
    // The library also reads other forms of dates; the table has one.
    let date: Date = date.parse().ok().filter(|_| date.len() == 10)?;
    let worked = match kind {
        "holiday" | "lieu" => false,
        "work" => true,
        _ => return None,
    };
    if zh.is_empty() || en.is_empty() || source.is_empty() {
        return None;
    }
    Some((index(date)?, worked, Words::new(zh, en)))
}
