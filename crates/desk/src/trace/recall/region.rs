//! In which region a place is, as master data have it: state (省) and city (市、县) of the core business vocabulary, by name or by code.
//!
//! A name that fits two regions is no answer: a place that might be in either is in neither, and counts as unknown.

use std::cell::RefCell;
use std::collections::HashMap;

use zhiheng_base::{Level, RegionCode, RegionVersion, Regions};
use zhiheng_trace::query::Masters;

/// Names of master data of the CBV.
const MASTER_DATA: &str = "urn:epcglobal:cbv:mda:";

/// Master data of places beside the table of regions.
pub struct Atlas<'a> {
    regions: &'a Regions,
    masters: &'a Masters,
    /// Thousands of shops share a few dozen pairs of state and city.
    known: RefCell<HashMap<(String, String), Option<RegionCode>>>,
}

impl<'a> Atlas<'a> {
    /// An atlas.
    pub fn new(regions: &'a Regions, masters: &'a Masters) -> Atlas<'a> {
        Atlas { regions, masters, known: RefCell::default() }
    }

    /// The table of regions.
    pub fn regions(&self) -> &'a Regions {
        self.regions
    }

    /// The name of a place, if master data give one.
    pub fn name(&self, place: &str) -> Option<&'a str> {
        self.said(place, "name")
    }

    /// The region of a place; `None` if master data tell none that is certain.
    pub fn region(&self, place: &str) -> Option<RegionCode> {
        let [state, city] = ["state", "city"].map(|name| self.said(place, name).unwrap_or_default().trim());
        if state.is_empty() && city.is_empty() {
            return None;
        }
        let key = (state.to_owned(), city.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let found = located(self.regions, state, city);
        self.known.borrow_mut().insert(key, found);
        found
    }

    fn said(&self, place: &str, name: &str) -> Option<&'a str> {
        let own = self.masters.attributes.get(place)?;
        let text = own.get(&format!("{MASTER_DATA}{name}"))?.first()?;
        (!text.trim().is_empty()).then_some(text.as_str())
    }
}

/// The region that state and city name together.
fn located(regions: &Regions, state: &str, city: &str) -> Option<RegionCode> {
    let province = one(regions, state, |version| version.level == Level::Province);
    // A state that is none of ours is not overlooked: the city would be sought in the wrong country.
    if !state.is_empty() && province.is_none() {
        return None;
    }
    let within = |version: &RegionVersion| province.is_none_or(|province| province.contains(version.code));
    match city {
        "" => province,
        city => one(regions, city, within).or(province),
    }
}

/// The one region that a text means among those that fit; a whole name comes before a short one.
fn one(regions: &Regions, text: &str, fits: impl Fn(&RegionVersion) -> bool) -> Option<RegionCode> {
    let found: Vec<&RegionVersion> =
        regions.find(text).into_iter().filter(|one| one.valid_to.is_none() && fits(one)).collect();
    let is_code = text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |one: &&&RegionVersion| {
        is_code && RegionCode::parse(text).is_ok_and(|code| code == one.code)
            || one.name == text
            || one.en.as_deref().is_some_and(|en| en.eq_ignore_ascii_case(text))
            || regions.full_name(one.code).is_some_and(|full| full == text)
    };
    let short = |one: &&&RegionVersion| !is_code && text.chars().count() > 1 && one.name.starts_with(text);
    let only = |all: Vec<&&RegionVersion>| match all.as_slice() {
        [one] => Some(Some(one.code)),
        [] => None,
        _ => Some(None),
    };
    let pick = |is: &dyn Fn(&&&RegionVersion) -> bool| only(found.iter().filter(|one| is(one)).collect());
    pick(&whole).or_else(|| pick(&short)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_where_its_master_data_say_and_nowhere_else() {
        let regions = Regions::parse(
            "100000,中华人民共和国,,China\n110000,北京市,,Beijing\n110105,朝阳区\n220000,吉林省,,Jilin\n220100,长春市\n220104,朝阳区\n\
             620000,甘肃省,,Gansu\n621100,定西市\n621122,陇西县\n621126,岷县\n",
            "",
        )
        .unwrap();
        let code = |text: &str| Some(RegionCode::parse(text).unwrap());
        for (state, city, wanted) in [
            ("甘肃省", "定西市", code("621100")),
            ("甘肃", "定西", code("621100")),
            ("Gansu", "", code("620000")),
            ("gansu", "陇西县", code("621122")),
            ("", "621126", code("621126")),
            ("62", "岷县", code("621126")),
            ("", "岷县", code("621126")),
            // known to be in the province, though nobody knows the place
            ("甘肃省", "不知何处", code("620000")),
            // of two regions of one name neither, unless the state decides
            ("", "朝阳区", None),
            ("吉林省", "朝阳区", code("220104")),
            // a state of another country
            ("Bavaria", "朝阳区", None),
            ("", "", None),
            ("", "市", None),
        ] {
            assert_eq!(located(&regions, state, city), wanted, "{state} {city}");
        }
    }
}
