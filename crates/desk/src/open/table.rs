//! The tables of a publication, computed again at the ledger size at which they were approved, with the cells left out that the
//! disclosure check took out.

use serde_json::Value as Json;
use zhiheng_base::{Date, Decimal, Diagnostic, RegionCode, Words};
use zhiheng_catalog::model::Indicator;
use zhiheng_measure::{Address, Measure, Split, TableAddress};

use super::likely::{Likely, likely};
use super::publication::Publication;
use crate::desk::Desk;
use crate::disclosure::{Checked, check_all};
use crate::trouble::Trouble;

/// A table as the public sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Indicator.
    pub indicator: String,
    /// Its name.
    pub name: Words,
    /// Where it lives, with its ledger size.
    pub address: TableAddress,
    /// Cells, row by row; totals have no name.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Name of its row, and of its column; `None` for the total.
    pub row: Option<Named>,
    /// Name of its column; `None` for the total, and in lists.
    pub column: Option<Named>,
    /// The number; `None` if it is withheld.
    pub number: Option<Number>,
}

/// What a row or column stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Code or value; empty for records that state none.
    pub code: String,
    /// How it reads; empty for records that state none.
    pub name: Words,
}

/// A number that is public.
#[derive(Clone, Debug)]
pub struct Number {
    /// Printed value.
    pub value: Option<String>,
    /// Printed interval.
    pub interval: Option<(String, String)>,
    /// Records behind it.
    pub records: u64,
    /// The two parts of a rate.
    pub parts: Option<(Decimal, Decimal)>,
    /// In plain numbers.
    pub likely: Option<Likely>,
}

/// The tables of a publication.
#[derive(Clone, Debug)]
pub enum Tables {
    /// As they were approved.
    Shown(Vec<Shown>),
    /// They cannot be computed again here.
    Lost(Diagnostic),
}

impl Tables {
    /// The tables, as far as there are any.
    pub fn shown(&self) -> &[Shown] {
        match self {
            Tables::Shown(all) => all,
            Tables::Lost(_) => &[],
        }
    }
}

impl Desk {
    /// The tables of a publication. Without the limits of a passed check nothing is shown.
    ///
    /// Errors: those of the machine; what a person could put right comes as [`Tables::Lost`].
    pub async fn public_tables(&self, of: &Publication) -> Result<Tables, Trouble> {
        let Some(decided) = of.decided.as_ref().filter(|decided| !decided.tables.is_empty()) else {
            return Ok(Tables::Shown(Vec::new()));
        };
        let Some(limits) = decided.limits else { return Ok(Tables::Shown(Vec::new())) };
        match self.shown(&decided.tables, limits, of.size, of.from).await {
            Ok(shown) => Ok(Tables::Shown(shown)),
            Err(Trouble::Problems(problems)) => {
                let first = problems.into_iter().next();
                Ok(Tables::Lost(first.unwrap_or_else(|| Diagnostic::error("ZH5104"))))
            }
            Err(trouble) => Err(trouble),
        }
    }

    async fn shown(
        &self,
        tables: &[String],
        limits: crate::disclosure::Limits,
        size: u64,
        on: Date,
    ) -> Result<Vec<Shown>, Trouble> {
        let checked = check_all(&self.engine, tables, limits, Some(size)).await?;
        let mut all = Vec::new();
        for one in &checked {
            all.push(self.one(one, on).await?);
        }
        Ok(all)
    }

    async fn one(&self, checked: &Checked, on: Date) -> Result<Shown, Trouble> {
        let behind = &checked.behind;
        let address = &behind.address;
        let indicator = self.engine.indicator(&address.whole.indicator)?;
        let name = |split: &Split, names: &[Option<String>], at: usize| {
            names.get(at).map(|code| self.named(indicator, split, code.as_deref(), on))
        };
        let mut cells = Vec::new();
        for (at, judged) in checked.protection.cells.iter().enumerate() {
            let (row, column) = behind.table.place(at);
            let mut place = address.whole.clone();
            let mut has_place = narrow(&mut place, &address.rows, &behind.rows, row);
            if let Some(split) = &address.columns {
                has_place &= narrow(&mut place, split, &behind.columns, column);
            }
            place.cuts.sort();
            let number = match judged.reason {
                None if has_place => Some(number(indicator, &self.engine.measure(&place).await?)),
                _ => None,
            };
            cells.push(Cell {
                row: name(&address.rows, &behind.rows, row),
                column: address.columns.as_ref().and_then(|split| name(split, &behind.columns, column)),
                number,
            });
        }
        Ok(Shown {
            indicator: indicator.head.id.clone(),
            name: indicator.head.name.clone(),
            address: address.clone(),
            cells,
        })
    }

    fn named(&self, indicator: &Indicator, split: &Split, code: Option<&str>, on: Date) -> Named {
        let Some(code) = code else { return Named { code: String::new(), name: Words::default() } };
        let same = || Words::new(code, code);
        let name = match split {
            Split::Region(_) => {
                let region = RegionCode::parse(code).ok();
                let title = |lang| region.and_then(|region| self.catalog.regions.title(region, lang));
                let title = |lang| title(lang).map_or_else(|| code.to_owned(), str::to_owned);
                Words::new(title(zhiheng_base::Lang::Zh), title(zhiheng_base::Lang::En))
            }
            Split::Dimension(dimension) => {
                let over = indicator.kind.over().and_then(|over| self.catalog.records.get(&over.record));
                let field = over.and_then(|record| record.field(dimension));
                field.map_or_else(same, |field| {
                    let value = Json::String(code.to_owned());
                    Words::new(
                        self.reads(field, &value, on, zhiheng_base::Lang::Zh),
                        self.reads(field, &value, on, zhiheng_base::Lang::En),
                    )
                })
            }
        };
        Named { code: code.to_owned(), name }
    }
}

/// The address of a part of a table; the total is the whole. False if the part has none: records that state no region of the
/// level are in the total alone.
fn narrow(place: &mut Address, split: &Split, names: &[Option<String>], at: usize) -> bool {
    let Some(name) = names.get(at) else { return true };
    match split {
        Split::Region(_) => match name.as_deref().and_then(|code| RegionCode::parse(code).ok()) {
            Some(region) => place.region = region,
            None => return false,
        },
        Split::Dimension(dimension) => {
            place.cuts.push((dimension.clone(), name.clone().unwrap_or_default()));
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_narrower_than_the_whole_and_a_total_is_not() {
        let whole: Address = "sampling.pass_rate/621100/2013@77".parse().unwrap();
        let names = [Some("621122".to_owned()), None];
        let at = |split: &Split, at| {
            let mut place = whole.clone();
            let has = narrow(&mut place, split, &names, at);
            (has, place.to_string())
        };
        let region = Split::Region(zhiheng_base::Level::County);
        assert_eq!(at(&region, 0), (true, "sampling.pass_rate/621122/2013@77".to_owned()));
        assert!(!at(&region, 1).0, "no region: never the whole in its place");
        assert_eq!(at(&region, 2), (true, whole.to_string()), "the total");
        let product = Split::Dimension("product".to_owned());
        assert_eq!(at(&product, 0).1, "sampling.pass_rate/621100/2013;product=621122@77");
    }
}

fn number(indicator: &Indicator, measure: &Measure) -> Number {
    Number {
        value: measure.value.clone(),
        interval: measure.low.clone().zip(measure.high.clone()),
        records: measure.records,
        parts: measure.top.zip(measure.bottom),
        likely: likely(indicator, measure),
    }
}
