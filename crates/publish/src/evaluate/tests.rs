//! Whole reports over a small source of figures, and the rules that sentences, tables and notes keep.

#![allow(clippy::format_push_string, clippy::needless_for_each, reason = "a listing for people")]

use zhiheng_base::Lang;

use crate::fake::{Fake, report, request};
use crate::model::{Block, Inline, Report};

const BODY: &str = "# {{region}}{{period}}质量状况分析报告

## 一、总体情况

{{period}}，{{region}}监督抽查 {{count sampling.batch}} 批次，合格率为 {{value sampling.pass_rate with interval}}，
{{change sampling.pass_rate from=\"same period last year\"}}，{{target sampling.pass_rate}}。
化学需氧量削减{{value environment.cod_cut}}，{{change environment.cod_cut}}。

- 陇西县：{{value sampling.pass_rate at=\"621122/2013\"}}
- 较好的：{{best sampling.pass_rate by=region n=2}}；较差的：{{worst sampling.pass_rate by=product n=2}}

::figure{ line sampling.pass_rate over=\"last 12 quarters\" target band breaks id=trend }
::table{ sampling.pass_rate by=product worst=4 columns=\"rank, batches, rate, interval, change, target\" total id=worst }

## 二、分地区情况

如{{ref trend}}、{{ref worst}}所示，{{groups sampling.pass_rate by=region}}。

::figure{ ranked sampling.pass_rate by=region intervals target }
::figure{ funnel sampling.pass_rate by=region }
::figure{ pareto sampling.failures by=product first=5 }
::figure{ tiles sampling.pass_rate by=region }

::if{ data engineering.acceptance }
## 工程质量
合格率{{value engineering.acceptance}}。
::end
::if{ data engineering.acceptance else=\"leave out\" }
## 不应出现
::end

### 说明
{{records sampling.pass_rate}}。{{detectable n=300 rate=87.6 against=84.8}}。{{published reports.published_rate computed=sampling.pass_rate}}。
";

fn evaluated(body: &str, period: &str, lang: Lang) -> Report {
    let (report, problems) = crate::evaluate(&report(body), &Fake::new(), &request(period, lang));
    assert!(problems.is_empty(), "{:?}", problems.iter().map(|p| p.message(Lang::En)).collect::<Vec<_>>());
    report
}

fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => text.clone(),
            Inline::NoteRef(n) => format!("[{n}]"),
        })
        .collect()
}

/// A report as plain text.
fn told(report: &Report) -> String {
    let mut out = format!("{}\n", report.title);
    for block in &report.blocks {
        match block {
            Block::Heading { level, text } => out += &format!("{} {text}\n", "#".repeat((*level).into())),
            Block::Paragraph(inlines) => out += &format!("{}\n", plain(inlines)),
            Block::List { items, .. } => {
                items.iter().for_each(|item| out += &format!("- {}\n", plain(item)));
            }
            Block::Table(table) => {
                out += &format!("[T{}] {}\n", table.number, table.caption);
                let titles = table.columns.iter().map(|column| match &column.unit {
                    Some(unit) => format!("{}（{unit}）", column.title),
                    None => column.title.clone(),
                });
                out += &format!("  {}\n", titles.collect::<Vec<_>>().join(" | "));
                for row in &table.rows {
                    let cells =
                        row.iter().map(|cell| format!("{}{}", cell.text, if cell.small { "*" } else { "" }));
                    out += &format!("  {}\n", cells.collect::<Vec<_>>().join(" | "));
                }
                table.remarks.iter().for_each(|remark| out += &format!("  = {remark}\n"));
            }
            Block::Figure(figure) => {
                out += &format!(
                    "[F{}] {}\n  {}\n  {}\n",
                    figure.number, figure.caption, figure.alt, figure.source
                );
            }
            Block::PageBreak => out += "---\n",
        }
    }
    for (at, note) in report.notes.iter().enumerate() {
        out += &format!("[{}] {}\n", at + 1, plain(note));
    }
    out + report.synthetic.as_deref().unwrap_or("-") + "\n"
}

#[test]
fn a_whole_report_in_chinese() {
    insta::assert_snapshot!(told(&evaluated(BODY, "2013", Lang::Zh)));
}

#[test]
fn the_same_source_in_english() {
    insta::assert_snapshot!(told(&evaluated(BODY, "2013", Lang::En)));
}

#[test]
fn the_same_request_gives_the_same_report() {
    assert_eq!(evaluated(BODY, "2013", Lang::Zh), evaluated(BODY, "2013", Lang::Zh));
}

#[test]
fn every_number_leads_to_its_address() {
    let report = evaluated(
        "# t\n\n{{value sampling.pass_rate;product=水泥 region=621122 period=2012}}\n",
        "2013",
        Lang::Zh,
    );
    let Some(Block::Paragraph(inlines)) = report.blocks.first() else { panic!("no paragraph") };
    let Some(Inline::Number { address, .. }) = inlines.first() else { panic!("no number: {inlines:?}") };
    assert_eq!(address, "sampling.pass_rate/621122/2012;product=水泥@1234");
}

#[test]
fn limits_of_meaning_are_noted_once_unless_the_report_says_them() {
    let twice = "# t\n\n{{value sampling.pass_rate}} {{value sampling.pass_rate}}\n";
    assert_eq!(evaluated(twice, "2013", Lang::Zh).notes.len(), 1);
    let said = format!("{twice}\n{{{{limits sampling.pass_rate}}}}\n");
    assert!(evaluated(&said, "2013", Lang::Zh).notes.is_empty());
}

#[test]
fn breaks_small_bases_and_suppressed_values_are_told() {
    let body = "# t\n\n{{change sampling.tracked}}\n\n{{value sampling.pass_rate;product=水泥 at=\"621125/2013Q1\"}}\n\n\
        {{value sampling.withheld at=\"621125/2013Q1\"}}{{change sampling.withheld at=\"621125/2013Q1\"}}\n\n\
        ::table{ sampling.withheld by=region period=2013Q1 columns=\"batches, rate, interval, change\" }\n";
    insta::assert_snapshot!(told(&evaluated(body, "2013", Lang::Zh)));
}

#[test]
fn sections_follow_their_conditions() {
    let body = "# t\n\n::if{ lang=zh }\n甲\n::else\n乙\n::end\n\n::if{ level=\"county, city\" }\n丙\n::end\n\n\
        ::if{ no data engineering.acceptance }\n丁\n::end\n";
    assert_eq!(told(&evaluated(body, "2013", Lang::Zh)), "t\n甲\n丙\n丁\n-\n");
    assert_eq!(told(&evaluated(body, "2013", Lang::En)), "t\n乙\n丙\n丁\n-\n");
}

#[test]
fn a_source_with_errors_is_not_evaluated() {
    let (report, problems) = crate::evaluate(
        &report("# t\n\n{{value sampling.pass_rat}}\n"),
        &Fake::new(),
        &request("2013", Lang::Zh),
    );
    assert!(report.blocks.is_empty());
    assert_eq!(problems[0].code, "ZH6005");
}

#[test]
fn a_report_for_another_level_is_compiled_with_a_warning() {
    let mut asked = request("2013", Lang::Zh);
    asked.region = zhiheng_base::RegionCode::parse("621122").unwrap();
    let (_, problems) = crate::evaluate(&report("# t\n"), &Fake::new(), &asked);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "ZH6050");
}

#[test]
fn markup_in_data_stays_text() {
    let body = "# t\n\n::table{ sampling.pass_rate by=product first=1 caption=\"#read(\\\"x {{period}} *a* _b_ $c$\" }\n";
    let (report, _) = crate::evaluate(&report(body), &Fake::new(), &request("2013", Lang::Zh));
    // The quote ends the option early: the source is refused rather than half understood.
    assert!(report.blocks.is_empty());
    let body = "# t\n\n::table{ sampling.pass_rate by=product first=1 caption=\"#read(x) {{period}} *a* _b_ $c$\" }\n";
    let report = evaluated(body, "2013", Lang::Zh);
    let Some(Block::Table(table)) = report.blocks.first() else { panic!("no table") };
    assert_eq!(table.caption, "#read(x) 2013年*a* _b_ $c$");
}
