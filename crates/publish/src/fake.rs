//! A small source of figures for tests: seven counties, three years of quarters, a few products.

use std::collections::BTreeMap;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use zhiheng_base::exact::{Rate, Rounding};
use zhiheng_base::{Diagnostic, Level, Period, PeriodKind, RegionCode, Regions, Words};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::formula::{Formula, Scope, ValueType};
use zhiheng_catalog::model::*;
use zhiheng_measure::{Address, Excluded, Flag, Measure, TargetState};
use zhiheng_methods::interval::wilson;

use crate::figures::{By, Figures, Series};

pub(crate) const REGIONS: &str = "620000,甘肃省,,Gansu\n621100,定西市,,Dingxi\n621102,安定区,,Anding\n621121,通渭县,,Tongwei\n\
    621122,陇西县,,Longxi\n621123,渭源县,,Weiyuan\n621124,临洮县,,Lintao\n621125,漳县,,Zhangxian\n621126,岷县,,Minxian\n";

/// One cell: batches passed and tested in a county, quarter and product.
struct Batch {
    region: RegionCode,
    period: Period,
    product: &'static str,
    top: u64,
    bottom: u64,
}

pub(crate) struct Fake {
    pub(crate) catalog: Catalog,
    batches: Vec<Batch>,
}

fn words(zh: &str, en: &str) -> Words {
    Words::new(zh, en)
}

fn head(id: &str, zh: &str, en: &str) -> Head {
    Head {
        id: id.to_owned(),
        name: words(zh, en),
        basis: vec!["产品质量监督抽查管理暂行办法".to_owned()],
        owner: "质量监督科".to_owned(),
        since: zhiheng_base::Date::constant(2010, 1, 1),
        until: None,
        confirmed: true,
        says: None,
        origin: Origin { file: "sampling/indicators.toml".to_owned(), line: 3 },
    }
}

fn formula(text: &str) -> Formula {
    let scope = Scope::new("fake").with("conclusion", ValueType::Text).with("value", ValueType::Decimal);
    Formula::parse(text, &scope).expect("a formula")
}

fn over(record: &str) -> Aggregate {
    Aggregate { record: record.to_owned(), filter: None, distinct: None }
}

pub(crate) fn proportion() -> IndicatorKind {
    IndicatorKind::Proportion {
        over: over("sampling.batch"),
        top: formula("conclusion = 'conform'"),
        bottom: formula("conclusion IN ('conform', 'nonconform')"),
        weight: None,
        weights: None,
        design: None,
    }
}

pub(crate) fn indicator(id: &str, zh: &str, en: &str, kind: IndicatorKind, unit: Unit) -> Indicator {
    Indicator {
        head: head(id, zh, en),
        kind,
        by: vec!["product".to_owned(), "link".to_owned()],
        unit,
        better: Better::Higher,
        headline: false,
        interval: Some(IntervalRule { method: IntervalMethod::Wilson, level: 0.95 }),
        small: Some(SmallRule { below: 30, then: SmallThen::Flag }),
        round: RoundRule { rule: Rounding::Gbt8170, digits: 1 },
        breaks: Vec::new(),
        targets: Vec::new(),
    }
}

fn catalog() -> Catalog {
    let batches = Unit::Of(words("批次", "batches"));
    let mut rate = indicator(
        "sampling.pass_rate",
        "监督抽查合格率",
        "Pass rate of sampling",
        proportion(),
        Unit::Percent,
    );
    rate.head.says =
        Some(words("抽查只能证明不合格，不能证明合格。", "Sampling proves failure, never conformity."));
    let total = |id: &str, zh: &str, en: &str, kind, unit| {
        let mut total = indicator(id, zh, en, kind, unit);
        total.interval = None;
        total.small = None;
        total.better = Better::Neither;
        total.round.digits = 0;
        total
    };
    let mut cod = total(
        "environment.cod_cut",
        "化学需氧量削减量",
        "COD cut",
        IndicatorKind::Reported { over: over("environment.cut"), value: formula("value") },
        Unit::Of(words("吨", "t")),
    );
    cod.round.digits = 2;
    let mut tracked =
        indicator("sampling.tracked", "可比合格率", "Comparable rate", proportion(), Unit::Percent);
    tracked.head.confirmed = false;
    tracked.breaks = vec![Break {
        on: zhiheng_base::Date::constant(2013, 1, 1),
        says: words("标准换版", "the standard changed"),
    }];
    let mut withheld =
        indicator("sampling.withheld", "小样本合格率", "Withheld rate", proportion(), Unit::Percent);
    withheld.small = Some(SmallRule { below: 30, then: SmallThen::Suppress });
    let published = indicator(
        "reports.published_rate",
        "公布的合格率",
        "Published rate",
        IndicatorKind::Reported { over: over("reports.figure"), value: formula("value") },
        Unit::Percent,
    );
    let indicators = [
        rate,
        tracked,
        withheld,
        published,
        cod,
        total(
            "sampling.batches",
            "抽查批次",
            "Batches",
            IndicatorKind::Count(over("sampling.batch")),
            batches.clone(),
        ),
        total(
            "sampling.failures",
            "不合格批次",
            "Failed batches",
            IndicatorKind::Count(Aggregate {
                filter: Some(formula("conclusion = 'nonconform'")),
                ..over("sampling.batch")
            }),
            batches,
        ),
        indicator(
            "engineering.acceptance",
            "一次验收合格率",
            "First acceptance",
            proportion(),
            Unit::Percent,
        ),
    ];
    let field = |id: &str, zh: &str, en: &str, kind| Field {
        id: id.to_owned(),
        name: words(zh, en),
        also: Vec::new(),
        kind,
        optional: false,
        many: false,
        personal: false,
        says: None,
        example: None,
        line: 1,
    };
    let record = RecordType {
        head: head("sampling.batch", "监督抽查批次", "Sampled batch"),
        kind: RecordKind::Observation { date: "sampled_on".to_owned() },
        key: vec!["sample_no".to_owned()],
        region: Some("region".to_owned()),
        fields: vec![
            field("product", "产品", "Product", FieldType::Text { max: 80 }),
            field("link", "环节", "Link", FieldType::Code { list: "sampling.link".to_owned() }),
        ],
        checks: Vec::new(),
        hand_in: None,
        accept: Accept::All,
    };
    let item = |code: &str, zh: &str, en: &str| CodeItem {
        code: code.to_owned(),
        name: words(zh, en),
        also: Vec::new(),
        parent: None,
    };
    let links = CodeList {
        head: head("sampling.link", "抽样环节", "Link"),
        items: vec![item("production", "生产", "Production"), item("store", "流通", "Trade")],
    };
    Catalog {
        records: BTreeMap::from([("sampling.batch".to_owned(), record)]),
        lists: BTreeMap::from([("sampling.link".to_owned(), links)]),
        indicators: indicators.map(|indicator| (indicator.head.id.clone(), indicator)).into(),
        regions: Regions::parse(REGIONS, "").expect("a fixed table"),
        digest: "ab".repeat(32),
        ..Catalog::default()
    }
}

impl Fake {
    pub(crate) fn new() -> Fake {
        let counties = ["621102", "621121", "621122", "621123", "621124", "621125", "621126"];
        let products =
            ["马铃薯淀粉", "小麦粉", "食用植物油", "白酒", "中药材", "水泥", "复混肥料", "塑料管材"];
        let mut batches = Vec::new();
        let mut seed = 7_u64;
        for year in 2011..=2013_i16 {
            for quarter in 1..=4_i8 {
                for (c, county) in counties.iter().enumerate() {
                    for (p, product) in products.iter().enumerate() {
                        seed = seed
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        let size = [6, 2, 12, 3, 8, 1, 4][c];
                        let bottom = (seed >> 33) % size + u64::from(p < 2);
                        let failed = (0..bottom)
                            .filter(|k| {
                                (seed >> (k % 20)) % 100
                                    < 6 + 2 * p as u64 + 3 * c as u64 - u64::from(year as u16 - 2011)
                            })
                            .count() as u64;
                        batches.push(Batch {
                            region: RegionCode::parse(county).expect("a fixed code"),
                            period: Period::quarter(year, quarter).expect("a fixed quarter"),
                            product,
                            top: bottom - failed,
                            bottom,
                        });
                    }
                }
            }
        }
        Fake { catalog: catalog(), batches }
    }

    /// One number with parts of the caller's choice.
    pub(crate) fn parts(&self, indicator: &Indicator, address: &Address, top: u64, bottom: u64) -> Measure {
        let mut measure = Measure::empty(address.clone());
        measure.records = bottom;
        measure.synthetic = bottom;
        measure.catalog.clone_from(&self.catalog.digest);
        if bottom == 0 {
            return measure;
        }
        let rate = Rate::new(top.into(), bottom.into());
        let share = matches!(indicator.kind, IndicatorKind::Proportion { .. });
        measure.top = Some(top.into());
        if share {
            measure.bottom = Some(bottom.into());
            measure.value = rate.percent(1, Rounding::Gbt8170).map(|value| value.to_string());
            measure.number = Some(100.0 * top as f64 / bottom as f64);
            if let Some(limits) = wilson(top, bottom, 0.95) {
                measure.limits = Some((100.0 * limits.low, 100.0 * limits.high));
                measure.low = Some(crate::phrase::fixed(100.0 * limits.low, 1));
                measure.high = Some(crate::phrase::fixed(100.0 * limits.high, 1));
            }
        } else {
            measure.value = Some(top.to_string());
            measure.number = Some(top as f64);
        }
        if let Some(rule) = indicator.small.filter(|rule| bottom < rule.below) {
            measure.flags.push(Flag::Small);
            if rule.then == SmallThen::Suppress {
                measure.flags.push(Flag::Suppressed);
            }
        }
        measure.flags.push(Flag::Synthetic);
        measure
    }

    fn handed_in(address: &Address, value: &str) -> Measure {
        let mut measure = Measure::empty(address.clone());
        measure.value = Some(value.to_owned());
        measure.top = Decimal::from_str(value).ok();
        measure.number = measure.top.and_then(|top| top.to_f64());
        measure.records = 1;
        measure.published = 1;
        measure.flags = vec![Flag::Published];
        measure
    }
}

impl Figures for Fake {
    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn measure(&self, address: &Address) -> Result<Measure, Diagnostic> {
        let indicator = self
            .catalog
            .indicators
            .get(&address.indicator)
            .ok_or_else(|| Diagnostic::error("ZH6005").arg("id", &address.indicator))?;
        match (address.indicator.as_str(), address.period.to_string().as_str()) {
            ("environment.cod_cut", "2013") => return Ok(Fake::handed_in(address, "490.97")),
            ("environment.cod_cut", "2012") => return Ok(Fake::handed_in(address, "455.00")),
            ("reports.published_rate", "2013") => return Ok(Fake::handed_in(address, "85.9")),
            ("engineering.acceptance" | "reports.published_rate", _) => {
                return Ok(Measure::empty(address.clone()));
            }
            _ => {}
        }
        let product = address.cuts.iter().find(|(name, _)| name == "product").map(|(_, value)| value);
        let mut parts = (0, 0);
        for batch in &self.batches {
            let here = address.region == RegionCode::NATION || address.region.contains(batch.region);
            if here && address.period.covers(batch.period) && product.is_none_or(|p| p == batch.product) {
                parts = (parts.0 + batch.top, parts.1 + batch.bottom);
            }
        }
        let mut measure = match address.indicator.as_str() {
            "sampling.batches" => self.parts(indicator, address, parts.1, parts.1),
            "sampling.failures" => self.parts(indicator, address, parts.1 - parts.0, parts.1),
            _ => self.parts(indicator, address, parts.0, parts.1),
        };
        if address.indicator == "sampling.pass_rate" && measure.value.is_some() {
            measure.excluded =
                vec![Excluded { reason: "bottom".to_owned(), rule: String::new(), records: 4 }];
            let low = measure.limits.map_or(0.0, |l| l.0);
            let high = measure.limits.map_or(0.0, |l| l.1);
            measure.target = Some(TargetState {
                value: Decimal::from(90),
                at_least: true,
                met: measure.number.map(|value| value >= 90.0),
                certain: low > 90.0 || high < 90.0,
                basis: "市质量振兴目标".to_owned(),
            });
        }
        Ok(measure)
    }

    fn series(&self, series: &Series) -> Result<Vec<Measure>, Diagnostic> {
        let base = &series.base;
        let addresses: Vec<Address> = match &series.by {
            By::Region(level) => {
                let inside = self.catalog.regions.descendants(base.region, *level);
                inside.iter().map(|version| Address { region: version.code, ..base.clone() }).collect()
            }
            By::Period(periods) => periods.iter().map(|&period| Address { period, ..base.clone() }).collect(),
            By::Dimension(dimension) => {
                let mut values: Vec<&str> = self.batches.iter().map(|batch| batch.product).collect();
                values.sort_unstable();
                values.dedup();
                let cut = |value: &str| vec![(dimension.clone(), value.to_owned())];
                values.into_iter().map(|value| Address { cuts: cut(value), ..base.clone() }).collect()
            }
        };
        addresses.iter().map(|address| self.measure(address)).collect()
    }
}

/// A report file around `body`.
pub(crate) fn report(body: &str) -> ReportFile {
    let mut head = head("reports.quarterly", "质量状况分析报告", "Quality analysis report");
    head.origin = Origin { file: "reports/quarterly.md".to_owned(), line: 1 };
    ReportFile {
        head,
        front: ReportFront {
            kind: "annual".to_owned(),
            levels: vec![Level::City.word().to_owned()],
            layout: "gbt9704".to_owned(),
        },
        body: body.to_owned(),
        body_line: 9,
    }
}

/// The request for Dingxi in a period.
pub(crate) fn request(period: &str, lang: zhiheng_base::Lang) -> crate::EvaluationRequest {
    crate::EvaluationRequest {
        region: RegionCode::parse("621100").expect("a fixed code"),
        period: Period::parse(period).expect("a period of the test"),
        lang,
        issue: crate::model::Issue::default(),
        pins: crate::model::Pins { ledger_size: 1234, catalog: "ab".repeat(32), ..Default::default() },
    }
}

/// A calendar year, for tests of single phrases.
pub(crate) fn year(year: i16) -> Period {
    Period::of(PeriodKind::Year, zhiheng_base::Date::constant(year, 1, 1)).expect("a fixed year")
}
