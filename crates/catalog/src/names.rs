//! What things are called: dimensions and their values, regions, and the names in formulas.

use zhiheng_base::{Date, Lang, Level, RegionCode, Words};

use crate::formula::Called;
use crate::model::{Field, FieldType, RecordType};
use crate::{Catalog, PRODUCTS};

/// The field behind a dimension.
pub fn field<'a>(catalog: &'a Catalog, indicator: &str, dimension: &str) -> Option<&'a Field> {
    let indicator = catalog.indicators.get(indicator)?;
    catalog.records.get(catalog.record_behind(&indicator.head.id)?)?.field(dimension)
}

/// The title of a dimension.
pub fn dimension(catalog: &Catalog, indicator: &str, dimension: &str, lang: Lang) -> String {
    field(catalog, indicator, dimension)
        .map_or_else(|| dimension.to_owned(), |field| field.name.get(lang).to_owned())
}

/// The name of a dimension's value: a code's name, or the value itself.
pub fn value(catalog: &Catalog, indicator: &str, dimension: &str, value: &str, lang: Lang) -> String {
    field(catalog, indicator, dimension)
        .and_then(|field| code(catalog, field, value))
        .map_or_else(|| value.to_owned(), |name| name.get(lang).to_owned())
}

/// The name of a code that a field may hold.
fn code<'a>(catalog: &'a Catalog, field: &Field, value: &str) -> Option<&'a Words> {
    let list = match &field.kind {
        FieldType::Code { list } => list.as_str(),
        FieldType::Product => PRODUCTS,
        _ => return None,
    };
    let list = catalog.lists.get(list)?;
    list.items.iter().find(|item| item.code == value).map(|item| &item.name)
}

/// The name of a region as it was on a day, or as it was last.
pub fn region(catalog: &Catalog, code: RegionCode, on: Date, lang: Lang) -> String {
    if code == RegionCode::NATION {
        return Level::Nation.title(lang);
    }
    let regions = &catalog.regions;
    regions
        .at(code, on)
        .or_else(|| regions.get(code))
        .map_or_else(|| code.to_string(), |version| version.title(lang).to_owned())
}

/// The names of a formula over a record type, or over numbers.
#[derive(Clone, Copy, Debug)]
pub struct Named<'c> {
    /// Where fields, codes and indicators are defined.
    pub catalog: &'c Catalog,
    /// The record type whose fields it reads; none for a formula over other indicators.
    pub record: Option<&'c RecordType>,
}

impl Called for Named<'_> {
    fn name(&self, name: &str) -> Option<Words> {
        match self.record.and_then(|record| record.field(name)) {
            Some(field) => Some(field.name.clone()),
            None => self.catalog.indicators.get(name).map(|indicator| indicator.head.name.clone()),
        }
    }

    fn value(&self, name: &str, value: &str) -> Option<Words> {
        let field = self.record?.field(name)?;
        if let FieldType::Region { .. } = field.kind {
            let region = self.catalog.regions.get(RegionCode::parse(value).ok()?)?;
            return Some(Words::new(region.title(Lang::Zh), region.title(Lang::En)));
        }
        code(self.catalog, field, value).cloned()
    }
}
