//! A credit report told as JSON, as it is drawn from the ledger, and what is printed of it.

use serde_json::{Value, json};

use super::*;

/// A report as it is drawn for authorities.
fn drawn() -> Value {
    serde_json::from_str(include_str!("sample.json")).expect("JSON")
}

fn of(drawn: Value, lang: Lang) -> Report {
    let credit: CreditReport = serde_json::from_value(drawn).expect("the form of a credit report");
    report(&credit, Some("示例市市场监督管理局"), "zhiheng 0.1.0", lang)
}

/// Headings with `#`, cells between `|`, other text as it stands.
fn plain(report: &Report) -> Vec<String> {
    let text = |inlines: &[Inline]| {
        inlines
            .iter()
            .map(|inline| if let Inline::Text(text) = inline { text.as_str() } else { "?" })
            .collect::<String>()
    };
    let mut out = Vec::new();
    for block in &report.blocks {
        match block {
            Block::Heading { text, .. } => out.push(format!("# {text}")),
            Block::Paragraph(content) => out.push(text(content)),
            Block::List { items, .. } => out.extend(items.iter().map(|item| text(item))),
            Block::Table(table) => {
                let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
                out.push(format!("{}. {}: {}", table.number, table.caption, titles.join("|")));
                for row in &table.rows {
                    assert_eq!(row.len(), table.columns.len());
                    out.push(row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"));
                }
                out.extend(table.remarks.iter().cloned());
            }
            other => panic!("{other:?}"),
        }
    }
    out
}

#[test]
fn all_that_was_drawn_is_printed_in_order() {
    let printed = of(drawn(), Lang::Zh);
    assert_eq!(printed.title, "企业质量信用报告（主管部门查询）");
    assert_eq!(printed.issue.number.as_deref(), Some("核验码 0F3C-11AA-9D2E-77B0"));
    assert_eq!(printed.issue.date.as_deref(), Some("2024年8月19日"));
    assert_eq!((printed.pins.ledger_size, printed.pins.catalog.as_str()), (5210, "cd34"));
    let expected = [
        "# 一、企业身份",
        "1. 企业身份: 项目|内容",
        "企业名称|示例食品有限公司",
        "统一社会信用代码|91350100M0001TGQXM",
        "曾用代码|M0001TGQX",
        "查询范围|主管部门",
        "报告日期|2024年8月19日",
        "信息期间|2013年5月6日至2024年6月3日",
        "核验码|0F3C-11AA-9D2E-77B0",
        "# 二、质量信用等级",
        "2. 质量信用等级: 评价办法|等级|自|得分",
        "示例等级|AA（守信）|2021年1月1日|87.5",
        "评价规则尚未见正式文本、有待确认的：示例等级。",
        "3. 示例等级历次等级: 自|等级",
        "2013年5月6日|A",
        "2021年1月1日|AA",
        "# 三、不良记录",
        "4. 不良记录（2条）: 日期|事项|内容|来源|状态|账本条目",
        "2024年6月3日|行政处罚|文号：示罚〔2024〕1号；摘要：#read(\"x\") **甲**；原记于代码 M0001TGQX|示例市市场监督管理局|有异议，核实中|812",
        "2013年5月6日|行政处罚|||异议成立，不计入；已过有效期|17",
        "# 四、信息来源",
        "5. 信息来源: 来源|条数",
        "示例市市场监督管理局|1",
        "# 五、报告说明",
        "无数据",
        "核验：以报告正文的规范 JSON 计算 SHA-256，前64位即核验码 0F3C-11AA-9D2E-77B0；内容有任何改动，核验码即不同。",
    ];
    assert_eq!(plain(&printed), expected);
}

#[test]
fn the_public_sees_no_points_and_english_is_complete() {
    let mut public = drawn();
    public["scope"] = json!("public");
    public["grades"][0]["points"] = Value::Null;
    public["doubtful_code"] = json!(true);
    let zh = plain(&of(public.clone(), Lang::Zh)).join("\n");
    assert!(zh.contains("评价办法|等级|自\n") && !zh.contains("得分"), "{zh}");
    assert!(zh.contains("代码的校验位不符"), "{zh}");
    let english = of(public, Lang::En);
    assert_eq!(english.title, "Quality credit report (public)");
    let en = plain(&english).join("\n");
    for words in [
        "# 1 Identity",
        "AA (Trusted)",
        "under objection",
        "objection upheld, does not count; no longer valid",
        "19 August 2024",
    ] {
        assert!(en.contains(words), "{words}: {en}");
    }
    assert!(!en.contains('«'), "{en}");
}

#[test]
fn an_enterprise_without_records_is_said_to_have_none() {
    let mut empty = drawn();
    for key in ["grades", "sections", "sources", "other_codes"] {
        empty[key] = json!([]);
    }
    empty["period"] = Value::Null;
    empty["name"] = Value::Null;
    let lines = plain(&of(empty, Lang::Zh)).join("\n");
    for words in ["企业名称|未记录", "信息期间|无数据", "没有可列出的等级。", "没有记录不等于信用良好"]
    {
        assert!(lines.contains(words), "{words}: {lines}");
    }
    assert!(!lines.contains("曾用代码"));
}
