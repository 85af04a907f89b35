//! Letters from small templates: what is printed, what is missing, and values that look like markup.

use std::collections::BTreeMap;

use zhiheng_base::Words;

use super::*;
use crate::model::{Block, Inline};
use crate::shown::Shown;

/// Values that would be markup, a formula or a directive somewhere.
const HOSTILE: [&str; 9] = [
    r##"#read("/etc/passwd")"##,
    "**粗**",
    "# 标题",
    "- 项",
    "1. 项",
    "<script>alert(1)</script>",
    r#"=HYPERLINK("https://example.test","x")"#,
    "{{field secret}}",
    "{secret}",
];

fn template(body: &str) -> LetterFile {
    LetterFile {
        id: "sampling.order".into(),
        title: Words::new("责令改正通知书", "Order to correct"),
        series: "{unit}责改〔{year}〕".into(),
        to: "{producer}（{lot}）".into(),
        body: body.to_owned(),
        body_line: 7,
        file: "sampling/letters/order.md".into(),
        ..LetterFile::default()
    }
}

fn shown(name: &str, text: &str) -> Shown {
    Shown { name: name.to_owned(), text: text.to_owned(), holds: !text.is_empty() && text != "否" }
}

fn context() -> LetterContext {
    let fields = [
        ("producer", shown("标称生产者", "示例食品有限公司")),
        ("lot", shown("批号", "2024-06")),
        ("remark", shown("备注", "")),
        ("refused", shown("拒检", "否")),
        ("secret", shown("内部意见", "机密")),
        ("findings", shown("意见", "第一条。\n\n第二条。")),
    ];
    let clock = |day: &str, provisional| ClockShown {
        opens: None,
        due: Some(day.parse().expect("a day")),
        provisional,
    };
    LetterContext {
        number: "示例市监责改〔2024〕5号".into(),
        to: "示例食品有限公司".into(),
        unit: "示例市市场监督管理局".into(),
        on: "2024-06-20".parse().expect("a day"),
        case_no: "CL-2024-17".into(),
        fields: BTreeMap::from(fields.map(|(id, field)| (id.to_owned(), field))),
        clocks: BTreeMap::from([
            ("correct".to_owned(), clock("2024-08-19", false)),
            ("recheck".to_owned(), clock("2025-11-20", true)),
        ]),
        ledger: 5210,
        catalog: "0123456789abcdef0123".into(),
        verify: "7Q4K-91XD".into(),
        ..LetterContext::default()
    }
}

fn written(body: &str) -> (Letter, Vec<String>) {
    with(body, &context())
}

fn with(body: &str, context: &LetterContext) -> (Letter, Vec<String>) {
    let (letter, problems) = write(&template(body), context, Lang::Zh).expect("a template in order");
    let told = problems.iter().map(|problem| format!("{} {}", problem.code, problem.args["called"]));
    (letter, told.collect())
}

/// The body, one block a line: `§` heading, `-` and `1` items, `【】` strong, `|` form.
fn plain(letter: &Letter) -> Vec<String> {
    let text = |inlines: &[Inline]| {
        let one = |inline: &Inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Strong(text) => format!("【{text}】"),
            other => panic!("{other:?}"),
        };
        inlines.iter().map(one).collect::<String>()
    };
    let mut out = Vec::new();
    for block in &letter.blocks {
        match block {
            LetterBlock::Block(Block::Paragraph(content)) => out.push(text(content)),
            LetterBlock::Block(Block::Heading { level, text }) => {
                out.push(format!("{}{text}", "§".repeat(usize::from(*level))))
            }
            LetterBlock::Block(Block::List { ordered, items }) => {
                out.extend(
                    items.iter().map(|item| format!("{}{}", if *ordered { "1" } else { "-" }, text(item))),
                );
            }
            LetterBlock::Form(form) => out.extend(form.rows.iter().map(|row| {
                let cells: Vec<String> =
                    row.iter().map(|cell| format!("{}={}", cell.name, cell.text)).collect();
                format!("|{}", cells.join("|"))
            })),
            LetterBlock::Block(other) => panic!("{other:?}"),
        }
    }
    out
}

#[test]
fn directives_give_what_the_case_holds() {
    let (letter, problems) = written(
        "你单位生产的产品（批号{{field lot}}）不合格，请于{{clock correct}}前改正，{{clock recheck}}前申请复查。\n\n\
         案号{{case no}}，文号{{letter no}}，由{{by unit}}作出。\n",
    );
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(
        plain(&letter),
        [
            "你单位生产的产品（批号2024-06）不合格，请于2024年8月19日前改正，2025年11月20日（节假日安排公布前暂定）前申请复查。",
            "案号CL-2024-17，文号示例市监责改〔2024〕5号，由示例市市场监督管理局作出。",
        ]
    );
    assert_eq!(letter.number, "示例市监责改〔2024〕5号");
    assert_eq!(letter.to.as_deref(), Some("示例食品有限公司"));
    assert_eq!(letter.office.as_deref(), Some("示例市市场监督管理局"));
    assert_eq!(letter.date.as_deref(), Some("2024年6月20日"));
    assert_eq!(letter.draft, None);
    assert_eq!(letter.foot, "核验码：7Q4K-91XD　案号：CL-2024-17　账本第5210条　目录0123456789ab");
}

#[test]
fn what_is_missing_is_said_and_told_once() {
    let (letter, problems) =
        written("批号{{field remark}}、{{field nowhere}}、{{field remark}}，{{clock objection}}前。");
    assert_eq!(
        plain(&letter),
        ["批号【〔未填：备注〕】、【〔未填：nowhere〕】、【〔未填：备注〕】，【〔未定：objection〕】前。"]
    );
    assert_eq!(problems, ["ZH6601 备注", "ZH6601 nowhere", "ZH6602 objection"]);
    assert_eq!(letter.draft.as_deref(), Some("草稿：有3处未填，不得印发。"));

    let blank = LetterContext { number: " ".into(), to: String::new(), ..context() };
    let (letter, problems) = write(&template("见{{letter no}}。"), &blank, Lang::Zh).expect("a letter");
    assert_eq!(plain(&letter), ["见【〔未编号〕】。"]);
    assert_eq!(letter.number, "〔未编号〕");
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_ref()).collect();
    assert_eq!(codes, ["ZH6603", "ZH6604"]);
    for problem in &problems {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!problem.message(lang).contains('«') && problem.message(lang).contains("sampling.order"));
        }
    }
    assert!(write(&template("{{feild lot}}"), &context(), Lang::Zh).is_err());
}

#[test]
fn conditions_leave_no_empty_lines_behind() {
    let (letter, _) = written(
        "甲{{if lot}}乙{{end}}{{if remark}}丙{{end}}{{if refused}}丁{{end}}{{if nowhere}}戊{{end}}。\n\n\
         {{if remark}}\n不印。\n{{end}}\n\n{{if lot}}\n己{{if producer}}庚{{end}}\n{{end}}\n辛",
    );
    assert_eq!(plain(&letter), ["甲乙。", "己庚辛"]);
}

#[test]
fn the_template_has_markdown() {
    let (letter, _) = written(
        "## 事实\n\n　　第一行\n第二行 one\ntwo。**要点**与**未完\n\n- 甲\n  续\n- 乙\n\n1. 丙\n2. 丁\n\n\\# 不是标题\\*\n\n上\\\n下",
    );
    assert_eq!(
        plain(&letter),
        [
            "§事实",
            "第一行第二行 one two。【要点】与**未完",
            "-甲续",
            "-乙",
            "1丙",
            "1丁",
            "# 不是标题*",
            "上",
            "下",
        ]
    );
}

#[test]
fn a_value_is_never_markup() {
    for hostile in HOSTILE {
        let mut context = context();
        context.fields.insert("lot".into(), shown("批号", hostile));
        context.to = hostile.to_owned();
        context.unit = hostile.to_owned();
        for (body, expected) in [
            ("{{field lot}}", hostile.to_owned()),
            ("## {{field lot}}", format!("§{hostile}")),
            ("- {{field lot}}", format!("-{hostile}")),
            ("**{{field lot}}**尾", format!("【{hostile}】尾")),
            ("甲**{{field lot}}", format!("甲**{hostile}")),
            ("{{table lot}}", format!("|批号={hostile}")),
        ] {
            let (letter, problems) = with(body, &context);
            assert_eq!(plain(&letter), [expected], "{body}");
            assert!(problems.is_empty());
            assert_eq!(letter.to.as_deref(), Some(hostile));
        }
        assert_eq!(addressee(&template(""), &context), format!("示例食品有限公司（{hostile}）"));
    }
}

#[test]
fn several_lines_of_a_value_are_several_paragraphs() {
    let (letter, _) = written("意见：{{field findings}}以上。");
    assert_eq!(plain(&letter), ["意见：第一条。", "第二条。以上。"]);
}

#[test]
fn a_form_holds_fields_and_leaves_room_for_the_hand() {
    let sheet =
        LetterFile { form: LetterForm::Sheet, ..template("{{table producer lot remark}}\n\n{{table gone}}") };
    let (letter, problems) = write(&sheet, &context(), Lang::Zh).expect("a form");
    assert_eq!(plain(&letter), ["|标称生产者=示例食品有限公司|批号=2024-06", "|备注=", "|gone="]);
    // An empty box is to be filled in by hand; a field that the case does not have is a slip.
    assert_eq!(problems.len(), 1);
    assert_eq!((letter.office, letter.date), (None, None));
}

#[test]
fn attachments_and_copies_are_filled_in_and_a_foreign_reader_is_told() {
    let with = LetterFile {
        attachments: vec!["检验报告（{lot}）".into(), "复查申请书".into()],
        copies: vec!["示例省市场监督管理局".into(), "{remark}".into()],
        ..template("甲")
    };
    let (letter, problems) = write(&with, &context(), Lang::En).expect("a letter");
    assert_eq!(letter.attachments, ["检验报告（2024-06）", "复查申请书"]);
    assert_eq!(letter.copies, ["示例省市场监督管理局", "〔未填：备注〕"]);
    assert_eq!(problems.len(), 1);
    let said = letter.foreign.expect("a sentence");
    assert!(
        said.contains("Order to correct") && said.contains("2024-06-20") && said.contains("Chinese"),
        "{said}"
    );
    assert_eq!(letter.title, "责令改正通知书");
}
