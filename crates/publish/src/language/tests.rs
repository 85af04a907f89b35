//! What is read, and what is refused with its place.

use zhiheng_base::{Lang, Place};

use super::{Item, Over, Piece, Source, check, parse};
use crate::fake::{Fake, report};

/// Problems of a body as `code line:column+length ‹text› near`, one a line.
fn problems(body: &str) -> String {
    let file = report(body);
    let (source, mut problems) = parse(&file);
    problems.extend(check(&file, &source, &Fake::new().catalog));
    let lines = problems.iter().map(|problem| {
        let Place::Text { line, column, len, excerpt, .. } = &problem.at else {
            panic!("no place: {problem:?}")
        };
        let marked: String = excerpt.chars().skip(*column as usize - 1).take(*len as usize).collect();
        let near = problem.args.get("near").map(|near| format!(" → {near}")).unwrap_or_default();
        for lang in [Lang::Zh, Lang::En] {
            let told = format!("{}{}", problem.message(lang), problem.hint(lang).unwrap_or_default());
            assert!(!told.contains('«') && !told.contains("{$"), "{told}");
        }
        format!("{} {line}:{column} ‹{marked}›{near}\n", problem.code)
    });
    lines.collect()
}

fn source(body: &str) -> Source {
    let (source, problems) = parse(&report(body));
    assert!(problems.is_empty(), "{problems:?}");
    source
}

#[test]
fn mistakes_are_told_with_place_and_nearest_word() {
    let body = "# {{regoin}}标题

合格率{{value sampling.pass_rat}}，{{value sampling.pass_rate;prodct=水泥}}，{{value sampling.pass_rate;link=stor}}。
{{value}} {{change sampling.pass_rate form=previous}} {{value sampling.pass_rate intervall}}
{{value sampling.pass_rate period=2013Q5}} {{value sampling.pass_rate region=629999}} {{table sampling.pass_rate}}
{{count sampling.nothing}} {{best sampling.pass_rate}} {{detectable n=300}} {{ref nowhere}} {{value sampling.pass_rate at=\"x\"}}
{{value sampling.pass_rate period=“2013”}} {{value sampling.pass_rate region=621100 region=621122}} {{}}

::figure{ sampling.pass_rate by=region }
::figure{ funnel environment.cod_cut by=region }
::table{ sampling.pass_rate by=prduct columns=\"batches, ratte\" over=\"last 12 quaters\" id=a }
::table{ sampling.pass_rate by=region level=conty id=a worst=0 order=vale }
::tabel{ sampling.pass_rate }
::value{ sampling.pass_rate }
::if{ }
";
    insta::assert_snapshot!(problems(body));
}

#[test]
fn what_is_never_closed_is_told_where_it_opens() {
    let body =
        "# t\n\n开始{{value sampling.pass_rate\n\n**粗 与 ^[注\n\n::table{ sampling.pass_rate\n\n<!-- 注释\n";
    insta::assert_snapshot!(problems(body), @r"
    ZH6002 17:1 ‹<!--›
    ZH6002 11:3 ‹{{›
    ZH6002 13:1 ‹**›
    ZH6002 13:7 ‹^[›
    ZH6002 15:1 ‹::table{ sampling.pass_rate›
    ");
    assert_eq!(problems("# t\n::if{ lang=zh }\n甲\n"), "ZH6010 10:1 ‹::if{ lang=zh }›\n");
    assert_eq!(problems("# t\n::end\n::else\n"), "ZH6011 10:1 ‹::end›\nZH6011 11:1 ‹::else›\n");
    assert_eq!(problems("正文\n"), "ZH6015 9:1 ‹正›\n");
    assert_eq!(problems("# a\n# b\n###### c\n"), "ZH6016 10:1 ‹# b›\nZH6016 11:1 ‹###### c›\n");
}

#[test]
fn foreign_markup_is_printed_with_a_warning() {
    let body = "# t\n\n| a | b |\n\n![x](y)\n\n<b>x</b>\n\n```\n\n> q\n";
    let told = problems(body);
    assert_eq!(told.lines().map(|line| &line[..6]).collect::<Vec<_>>(), ["ZH6009"; 5]);
}

#[test]
fn thousands_of_conditions_are_refused_not_overflowed() {
    let deep = format!("# t\n{}", "::if{ lang=zh }\n".repeat(5_000));
    assert!(problems(&deep).contains("ZH6014"));
    let stars = format!("# t\n\n{}", "**a^[".repeat(20_000));
    assert!(!parse(&report(&stars)).1.is_empty());
}

#[test]
fn text_is_read_as_it_is_meant() {
    let read = source(
        "# 标题\n\n甲<!-- 不印 -->乙，\n丙 \\{{x}} \\*y\\* **粗{{period}}** 后^[注 {{region}}]\nand\nmore\n",
    );
    let Item::Paragraph(pieces) = &read.items[0] else { panic!("{read:?}") };
    assert_eq!(
        pieces[0],
        Piece::Text(
            "甲            乙，丙 {{x}} *y* ".replace("            ", &" ".repeat("<!-- 不印 -->".len()))
        )
    );
    assert!(matches!(&pieces[1], Piece::Strong(inner) if inner.len() == 2));
    assert!(matches!(&pieces[3], Piece::Note(inner) if inner.len() == 2));
    assert_eq!(pieces[4], Piece::Text(" and more".to_owned()));
}

#[test]
fn headings_lose_their_written_number_and_lists_keep_their_items() {
    let read = source(
        "# t\n## 一、总体\n### （二）分项\n#### 3. 其他\n## 2013年 {-}\n- 甲\n  续\n- 乙\n1. 丙\n2. 丁\n::pagebreak\n",
    );
    let told: Vec<String> = read
        .items
        .iter()
        .map(|item| match item {
            Item::Heading { level, numbered, text } => format!("{level}{numbered}{text:?}"),
            Item::List { ordered, items } => format!("{ordered}{}", items.len()),
            Item::PageBreak => "new page".to_owned(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            "1true[Text(\"总体\")]",
            "2true[Text(\"分项\")]",
            "3true[Text(\"其他\")]",
            "1false[Text(\"2013年\")]",
            "false2",
            "true2",
            "new page"
        ]
    );
}

#[test]
fn stretches_of_time() {
    let periods = |text: &str| {
        let report = zhiheng_base::Period::parse("2013Q2").unwrap();
        Over::parse(text).map(|over| over.periods(report).iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(periods("last 3 quarters").unwrap(), ["2012Q4", "2013Q1", "2013Q2"]);
    assert_eq!(periods("2011..2013").unwrap(), ["2011", "2012", "2013"]);
    assert_eq!(
        [periods("2013..2011"), periods("last 0 years"), periods("2011..2013Q1"), periods("soon")],
        [None, None, None, None]
    );
}

#[test]
fn every_directive_of_the_table_stands_in_the_reference() {
    let reference = include_str!("../../../../docs/reference/reports.md");
    for form in super::form::FORMS {
        assert!(reference.contains(form.name), "{} is not described", form.name);
        for (option, _) in form.options {
            assert!(reference.contains(&format!("{option}=")), "{option}= of {} is not described", form.name);
        }
    }
}
