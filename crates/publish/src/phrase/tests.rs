//! What a sentence may say: every finding in both languages.

use zhiheng_base::Lang;
use zhiheng_catalog::model::{Better, Break, IndicatorKind, Unit};
use zhiheng_measure::address::Basis;
use zhiheng_measure::{Address, Flag, Measure};

use super::{change, detectable, target};
use crate::fake::{Fake, indicator, proportion, year};
use crate::language::From;

fn address(of: i16) -> Address {
    Address {
        indicator: "x.rate".to_owned(),
        region: zhiheng_base::RegionCode::parse("621100").unwrap(),
        basis: Basis::AsNow,
        period: year(of),
        cuts: Vec::new(),
        as_of: Some(1),
    }
}

fn handed_in(of: i16, value: &str) -> Measure {
    let mut measure = Measure::empty(address(of));
    measure.value = Some(value.to_owned());
    measure.top = value.parse().ok();
    measure.number = value.parse().ok();
    measure
}

/// One finding in both languages, compared with the year before.
fn told(of: &zhiheng_catalog::model::Indicator, later: &Measure, earlier: &Measure) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| {
        let found = change::compare(of, later, earlier, lang);
        let unit = crate::names::unit(&of.unit, lang);
        change::phrase(&found, From::YearBefore, earlier.address.period, of, &unit, lang)
    })
}

#[test]
fn rates_rise_and_fall_only_where_the_test_carries_it() {
    let fake = Fake::new();
    let rate = indicator("x.rate", "率", "rate", proportion(), Unit::Percent);
    let parts = |of, top, bottom| fake.parts(&rate, &address(of), top, bottom);
    let mut rows = Vec::new();
    for (name, later, earlier) in [
        ("carried up", parts(2013, 2628, 3000), parts(2012, 2544, 3000)),
        ("carried down", parts(2013, 2544, 3000), parts(2012, 2628, 3000)),
        ("not carried", parts(2013, 263, 300), parts(2012, 254, 300)),
        ("equal", parts(2013, 90, 100), parts(2012, 90, 100)),
        ("exact test", parts(2013, 10, 10), parts(2012, 7, 10)),
        (
            "carried, too small to print",
            parts(2013, 50_020_000, 100_000_000),
            parts(2012, 50_000_000, 100_000_000),
        ),
        ("no data now", parts(2013, 0, 0), parts(2012, 9, 10)),
        ("no data then", parts(2013, 9, 10), parts(2012, 0, 0)),
        ("handed in", handed_in(2013, "87.6"), handed_in(2012, "84.8")),
        ("handed in, equal", handed_in(2013, "87.6"), handed_in(2012, "87.6")),
    ] {
        let [zh, en] = told(&rate, &later, &earlier);
        rows.push(format!("{name}\n  {zh}\n  {en}"));
    }
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn breaks_suppression_and_direction() {
    let fake = Fake::new();
    let mut rate = indicator("x.rate", "率", "rate", proportion(), Unit::Percent);
    let up = (fake.parts(&rate, &address(2013), 2628, 3000), fake.parts(&rate, &address(2012), 2544, 3000));
    let mut hidden = up.0.clone();
    hidden.flags.push(Flag::Suppressed);
    assert_eq!(told(&rate, &hidden, &up.1)[0], "因样本过少未列出数值，不与上年同期比较");
    rate.better = Better::Lower;
    assert_eq!(told(&rate, &up.0, &up.1)[0], "同比上升2.8个百分点");
    let says = zhiheng_base::Words::new("标准换版", "the standard changed");
    // The new basis may begin with the later period, or inside either.
    for (day, broken) in [
        ((2013, 1, 1), true),
        ((2013, 6, 1), true),
        ((2012, 6, 1), true),
        ((2012, 1, 1), false),
        ((2014, 1, 1), false),
    ] {
        rate.breaks =
            vec![Break { on: zhiheng_base::Date::new(day.0, day.1, day.2).unwrap(), says: says.clone() }];
        let [zh, en] = told(&rate, &up.0, &up.1);
        assert_eq!(zh == "因标准换版，与上年同期不可比，不作比较", broken, "{zh}");
        assert_eq!(en.contains("not comparable"), broken, "{en}");
        assert_eq!(zh.contains("2.8"), !broken);
    }
}

#[test]
fn totals_change_in_per_cent_and_from_zero_in_the_unit() {
    let over = indicator("x.rate", "", "", proportion(), Unit::Percent).kind.over().unwrap().clone();
    let batches = Unit::Of(zhiheng_base::Words::new("批次", "batches"));
    let mut total = indicator("x.total", "数", "number", IndicatorKind::Count(over), batches);
    total.round.digits = 0;
    let zh = |later: &str, earlier: &str| {
        told(&total, &handed_in(2013, later), &handed_in(2012, earlier))[0].clone()
    };
    assert_eq!(
        [
            zh("112", "100"),
            zh("88", "100"),
            zh("100", "100"),
            zh("12", "0"),
            zh("100001", "100000"),
            zh("99999", "100000")
        ],
        [
            "同比增长12.0%",
            "同比减少12.0%",
            "与上年同期持平",
            "上年同期为0，增加12批次",
            "比上年同期增加1批次",
            "比上年同期减少1批次"
        ]
    );
    for text in [zh("112", "100"), zh("88", "100")] {
        assert!(!text.contains("百分点"));
    }
}

#[test]
fn targets_are_settled_only_by_the_interval() {
    let fake = Fake::new();
    let rate = indicator("x.rate", "率", "rate", proportion(), Unit::Percent);
    let mut rows = Vec::new();
    for (met, certain) in
        [(Some(true), true), (Some(true), false), (Some(false), true), (Some(false), false), (None, false)]
    {
        let mut measure = fake.parts(&rate, &address(2013), 90, 100);
        measure.target = Some(zhiheng_measure::TargetState {
            value: 90.into(),
            at_least: true,
            met,
            certain,
            basis: String::new(),
        });
        rows.push([Lang::Zh, Lang::En].map(|lang| target::phrase(&measure, "%", lang)).join(" | "));
    }
    rows.push(target::phrase(&handed_in(2013, "1"), "%", Lang::Zh));
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn the_power_sentence() {
    let question = detectable::Question {
        rate: "87.6".parse().unwrap(),
        against: "84.8".parse().unwrap(),
        n: (300, 300),
        power: 80.into(),
    };
    let zh = question.phrase("year", "批次", Lang::Zh).unwrap();
    assert!(zh.starts_with("按每年300批次计，相差2.8个百分点不足以判定为有差异"), "{zh}");
    let large = detectable::Question { n: (3000, 3000), ..question };
    assert_eq!(
        large.phrase("year", "批次", Lang::Zh).unwrap(),
        "按每年3000批次计，相差2.8个百分点可以判定为有差异"
    );
    assert!(large.phrase("year", "batches", Lang::En).unwrap().contains("can be told from chance"));
}

/// Messages of the crate, by id, with the variables they use.
fn messages(source: &str) -> std::collections::BTreeMap<String, std::collections::BTreeSet<String>> {
    let mut found = std::collections::BTreeMap::new();
    let mut id = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.starts_with(' ')) {
            id = name.to_owned();
        } else if let Some((name, _)) = line.trim().split_once(" =").filter(|(name, _)| name.starts_with('.'))
        {
            id = format!("{}{name}", id.split('.').next().unwrap_or_default());
        }
        let used: &mut std::collections::BTreeSet<String> = found.entry(id.clone()).or_default();
        for part in line.split('$').skip(1) {
            used.insert(part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages() {
    let zh = messages(include_str!("../../../../i18n/zh-CN/publish.ftl"));
    let en = messages(include_str!("../../../../i18n/en/publish.ftl"));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
}
