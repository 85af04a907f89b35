//! The address of a table for the disclosure check: `sampling.batches/621100/2013Q2;product=*;region=county`.
//!
//! It is the address of a number with one or two cuts left open: a dimension with `*`, or `region` with a level of regions.
//! `contributor` names the field whose values stand behind the cells, where the record has several that could.

use std::fmt;
use std::str::FromStr;

use zhiheng_base::{Diagnostic, Level};

use super::Address;

/// What a table is split by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Split {
    /// Regions of a level.
    Region(Level),
    /// Values of a dimension.
    Dimension(String),
}

/// The address of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableAddress {
    /// The number that is split, with the cuts that hold for the whole table.
    pub whole: Address,
    /// Rows.
    pub rows: Split,
    /// Columns; without them the table is a list.
    pub columns: Option<Split>,
    /// Field whose values stand behind the cells.
    pub contributor: Option<String>,
}

impl FromStr for TableAddress {
    type Err = Diagnostic;

    /// Reads the written form. Regions are rows; of two dimensions the first by name.
    ///
    /// # Errors
    ///
    /// Those of [`Address`]; ZH5016 for none or more than two open cuts, ZH5017 for a level that is none or does not lie below
    /// the region.
    fn from_str(text: &str) -> Result<TableAddress, Diagnostic> {
        let mut whole: Address = text.parse()?;
        let mut open = Vec::new();
        let mut contributor = None;
        let mut fixed = Vec::new();
        for (name, value) in std::mem::take(&mut whole.cuts) {
            match (name.as_str(), value.as_str()) {
                ("contributor", _) => contributor = Some(value),
                ("region", word) => {
                    let below = |level: &Level| *level > whole.region.level();
                    let level = Level::parse(word).filter(below);
                    open.push(Split::Region(level.ok_or_else(|| {
                        let all = Level::ALL.into_iter().filter(below).map(Level::word);
                        let all: Vec<&str> = all.collect();
                        Diagnostic::error("ZH5017")
                            .arg("value", word)
                            .arg("region", whole.region)
                            .arg("all", all.join(", "))
                    })?));
                }
                (_, "*") => open.push(Split::Dimension(name)),
                _ => fixed.push((name, value)),
            }
        }
        whole.cuts = fixed;
        open.sort();
        let mut open = open.into_iter();
        match (open.next(), open.next(), open.next()) {
            (Some(rows), columns, None) => Ok(TableAddress { whole, rows, columns, contributor }),
            _ => Err(Diagnostic::error("ZH5016").arg("value", text)),
        }
    }
}

impl fmt::Display for TableAddress {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = self.whole.clone();
        for split in std::iter::once(&self.rows).chain(&self.columns) {
            all.cuts.push(match split {
                Split::Region(level) => ("region".to_owned(), level.word().to_owned()),
                Split::Dimension(name) => (name.clone(), "*".to_owned()),
            });
        }
        all.cuts.extend(self.contributor.iter().map(|name| ("contributor".to_owned(), name.clone())));
        all.cuts.sort();
        all.fmt(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_one_or_two_open_cuts() {
        let read = |text: &str| text.parse::<TableAddress>();
        let table = read("sampling.batches/621100/2013Q2;product=*;region=county;size=small@77").unwrap();
        assert_eq!(table.rows, Split::Region(Level::County));
        assert_eq!(table.columns, Some(Split::Dimension("product".into())));
        assert_eq!(table.whole.to_string(), "sampling.batches/621100/2013Q2;size=small@77");
        for text in [
            "sampling.batches/621100/2013Q2;product=*;region=county;size=small@77",
            "sampling.batches/621100/2013;contributor=seller;product=*",
            "sampling.batches/621100/2013;link=*;product=*",
        ] {
            assert_eq!(read(text).unwrap().to_string(), text);
        }
        for (text, code) in [
            ("sampling.batches/621100/2013", "ZH5016"),
            ("sampling.batches/621100/2013;a=*;b=*;c=*", "ZH5016"),
            ("sampling.batches/621100/2013;region=province", "ZH5017"),
            ("sampling.batches/621100/2013;region=*", "ZH5017"),
            ("sampling.batches/2013;product=*", "ZH5001"),
        ] {
            assert_eq!(read(text).unwrap_err().code, code, "{text}");
        }
    }
}
