//! The particulars of each kind of definition.

use super::{Page, subject_scheme};
use crate::load::Catalog;
use crate::model::{
    Aggregate, Among, Better, CodeList, Head, Indicator, IndicatorKind, IntervalMethod, MethodRows, Missing,
    RecordKind, RecordType, ReportFile, Scheme, SmallThen, Source, Unit,
};
use zhiheng_base::exact::Rounding;

/// Writes the definition with this id; its kind and head come back.
pub(super) fn write<'c>(catalog: &'c Catalog, id: &str, page: &mut Page) -> Option<(&'static str, &'c Head)> {
    if let Some(indicator) = catalog.indicators.get(id) {
        write_indicator(indicator, page);
        Some(("indicator", &indicator.head))
    } else if let Some(record) = catalog.records.get(id) {
        write_record(record, page);
        Some(("record", &record.head))
    } else if let Some(list) = catalog.lists.get(id) {
        write_list(list, page);
        Some(("list", &list.head))
    } else if let Some(source) = catalog.sources.get(id) {
        write_source(source, page);
        Some(("source", &source.head))
    } else if let Some(scheme) = catalog.schemes.get(id) {
        write_scheme(scheme, page);
        Some(("scheme", &scheme.head))
    } else if let Some(procedure) = catalog.procedures.get(id) {
        super::procedure::write(procedure, page);
        Some(("procedure", &procedure.head))
    } else if let Some(scheme) = catalog.subject_schemes.get(id) {
        subject_scheme::write(scheme, page);
        Some(("subject-scheme", &scheme.head))
    } else {
        let report = catalog.reports.get(id)?;
        write_report(report, page);
        Some(("report", &report.head))
    }
}

fn write_list(list: &CodeList, page: &mut Page) {
    let rows = list
        .items
        .iter()
        .map(|item| {
            let parent = item.parent.clone().unwrap_or_default();
            vec![item.code.clone(), item.name.get(page.lang).to_owned(), item.also.join(", "), parent]
        })
        .collect();
    page.table("items", &["code", "name", "also", "parent"], rows);
}

fn write_record(record: &RecordType, page: &mut Page) {
    page.fact("key", record.key.join(", "));
    match &record.kind {
        RecordKind::Observation { date } => page.fact("date", date),
        RecordKind::Register { from, until } => page.fact("valid", format!("{from} – {until}")),
    }
    if let Some(region) = &record.region {
        page.fact("region", region);
    }
    page.field_table(&record.fields);
    let rows = record
        .checks
        .iter()
        .map(|check| {
            let effect = page.say(if check.warn { "show-flagged" } else { "show-refused" });
            vec![check.must.text.clone(), check.says.get(page.lang).to_owned(), effect]
        })
        .collect();
    page.table("checks", &["must", "says", "effect"], rows);
}

fn write_indicator(indicator: &Indicator, page: &mut Page) {
    let word = match &indicator.kind {
        IndicatorKind::Count(_) => "count",
        IndicatorKind::Sum { .. } => "sum",
        IndicatorKind::Mean { .. } => "mean",
        IndicatorKind::Ratio { .. } => "ratio",
        IndicatorKind::Proportion { .. } => "proportion",
        IndicatorKind::Comparable(_) => "comparable",
        IndicatorKind::Change { .. } => "change",
        IndicatorKind::Register(_) => "register",
        IndicatorKind::Reported { .. } => "reported",
        IndicatorKind::Derived { .. } => "derived",
        IndicatorKind::Method(by) => by.word.word(),
    };
    let kind = page.say(&format!("indicator-kind-{word}"));
    page.fact("kind", kind);
    write_kind(&indicator.kind, page);
    if !indicator.by.is_empty() {
        page.fact("by", indicator.by.join(", "));
    }
    let unit = match &indicator.unit {
        Unit::Percent => "%".to_owned(),
        Unit::Points => page.say("show-points"),
        Unit::Of(words) => words.get(page.lang).to_owned(),
    };
    page.fact("unit", unit);
    let better = page.say(match indicator.better {
        Better::Higher => "show-higher",
        Better::Lower => "show-lower",
        Better::Neither => "show-neither",
    });
    page.fact("better", better);
    if let Some(rule) = indicator.interval {
        let method = match rule.method {
            IntervalMethod::Wilson => "Wilson",
            IntervalMethod::ClopperPearson => "Clopper–Pearson",
            IntervalMethod::Poisson => "Poisson",
            IntervalMethod::StudentT => "Student t",
            by_design => by_design.word(),
        };
        page.fact("interval", format!("{method}, {}", rule.level));
    }
    if let Some(small) = indicator.small {
        let then =
            page.say(if small.then == SmallThen::Flag { "show-small-flag" } else { "show-small-suppress" });
        page.fact("small", format!("< {}: {then}", small.below));
    }
    let rule = if indicator.round.rule == Rounding::Gbt8170 { "GB/T 8170" } else { "half up" };
    page.fact("round", format!("{rule}, {}", indicator.round.digits));
    let rows = indicator
        .breaks
        .iter()
        .map(|one| vec![one.on.to_string(), one.says.get(page.lang).to_owned()])
        .collect();
    page.table("breaks", &["on", "says"], rows);
    let rows = indicator
        .targets
        .iter()
        .map(|target| {
            let sign = if target.at_least { "≥" } else { "≤" };
            let value = format!("{sign} {}", target.value);
            vec![target.region.clone(), target.period.clone(), value, target.basis.clone()]
        })
        .collect();
    page.table("targets", &["region", "period", "value", "basis"], rows);
}

fn write_kind(kind: &IndicatorKind, page: &mut Page) {
    let over = |over: &Aggregate, page: &mut Page| {
        page.fact("of", &over.record);
        if let Some(filter) = &over.filter {
            page.fact("where", &filter.text);
        }
        if let Some(distinct) = &over.distinct {
            page.fact("distinct", distinct);
        }
    };
    let from = |year_before: bool| if year_before { "show-year-before" } else { "show-previous" };
    match kind {
        IndicatorKind::Count(aggregate) | IndicatorKind::Register(aggregate) => over(aggregate, page),
        IndicatorKind::Sum { over: aggregate, value }
        | IndicatorKind::Reported { over: aggregate, value } => {
            over(aggregate, page);
            page.fact("value", &value.text);
        }
        IndicatorKind::Mean { over: aggregate, value, weight } => {
            over(aggregate, page);
            page.fact("value", &value.text);
            if let Some(weight) = weight {
                page.fact("weight", &weight.text);
            }
        }
        IndicatorKind::Ratio { over: aggregate, top, bottom } => {
            over(aggregate, page);
            page.fact("top", &top.text);
            page.fact("bottom", &bottom.text);
        }
        IndicatorKind::Proportion { over: aggregate, top, bottom, weight, weights, design } => {
            over(aggregate, page);
            page.fact("top", &top.text);
            page.fact("bottom", &bottom.text);
            if let Some(weight) = weight {
                page.fact("weight", &weight.text);
            }
            if let Some(weights) = weights {
                page.fact("weights", format!("{}.{} × {}", weights.record, weights.value, weights.cell));
            }
            if let Some(design) = design {
                let population = design.population.as_ref().map(|population| population.text.as_str());
                let fields = [design.strata.as_deref(), design.cluster.as_deref(), population];
                page.fact("design", fields.map(|field| field.unwrap_or("–")).join(" / "));
            }
        }
        IndicatorKind::Comparable(comparable) => {
            page.fact("follows", &comparable.follows);
            page.fact("cell", comparable.cell.join(", "));
            let text = page.say(from(comparable.year_before));
            page.fact("from", text);
        }
        IndicatorKind::Change { of, year_before, relative } => {
            page.fact("of", of);
            let text = page.say(from(*year_before));
            page.fact("from", text);
            let text = page.say(if *relative { "show-relative" } else { "show-points" });
            page.fact("as", text);
        }
        IndicatorKind::Derived { formula, .. } => page.fact("formula", &formula.text),
        IndicatorKind::Method(by) => {
            match &by.rows {
                MethodRows::Records(aggregate) => over(aggregate, page),
                MethodRows::Places(among) => {
                    let text = page.say(match among {
                        Among::Siblings => "show-among-siblings",
                        Among::Province => "show-among-province",
                        Among::Nation => "show-among-nation",
                    });
                    page.fact("among", text);
                }
                MethodRows::Steps { of, before } => {
                    let text = format!("{} (+ {before})", of.title(page.lang));
                    page.fact("steps", text);
                }
            }
            page.fact("method", &by.method);
            let rows = (by.columns.iter())
                .map(|(name, taken)| {
                    let of = taken.of.clone().unwrap_or_default();
                    vec![name.clone(), of, taken.take.text.clone()]
                })
                .collect();
            page.table("method-columns", &["column", "of", "take"], rows);
            let rows = by.options.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
            page.table("method-options", &["option", "value"], rows);
        }
    }
}

fn write_scheme(scheme: &Scheme, page: &mut Page) {
    page.fact("full", scheme.full.normalize());
    let missing = page.say(match scheme.missing {
        Missing::Open => "show-missing-open",
        Missing::Zero => "show-missing-zero",
        Missing::Full => "show-missing-full",
        Missing::Redistribute => "show-missing-redistribute",
    });
    page.fact("missing", missing);
    let rows = (scheme.items.iter())
        .map(|item| {
            let name = item.name.get(page.lang).to_owned();
            let judged = item.measure.clone().unwrap_or_else(|| item.evidence.join(", "));
            vec![item.id.clone(), name, item.points.normalize().to_string(), judged]
        })
        .collect();
    page.table("scheme-items", &["item", "name", "points-given", "measure"], rows);
    let rows = (scheme.bands.iter())
        .map(|band| {
            let name = band.name.get(page.lang).to_owned();
            vec![band.grade.clone(), name, format!("≥ {}", band.from.normalize())]
        })
        .collect();
    page.table("bands", &["grade", "name", "from-points"], rows);
    let rows = (scheme.vetoes.iter())
        .map(|veto| vec![veto.grade.clone(), veto.says.get(page.lang).to_owned(), veto.measure.clone()])
        .collect();
    page.table("vetoes", &["grade", "says", "measure"], rows);
}

fn write_source(source: &Source, page: &mut Page) {
    page.fact("into", &source.into);
    let rows = source
        .columns
        .iter()
        .map(|column| {
            let from = match &column.from {
                crate::model::ColumnFrom::Header(header) => header.clone(),
                crate::model::ColumnFrom::Join(headers, with) => headers.join(with),
                crate::model::ColumnFrom::Constant(text) => format!("“{text}”"),
                crate::model::ColumnFrom::RowNumber => "#".to_owned(),
            };
            vec![column.to.clone(), from]
        })
        .collect();
    page.table("columns", &["field", "column"], rows);
}

fn write_report(report: &ReportFile, page: &mut Page) {
    page.fact("kind", &report.front.kind);
    if !report.front.levels.is_empty() {
        page.fact("for", report.front.levels.join(", "));
    }
    page.fact("layout", &report.front.layout);
}
