//! A report with everything in it: headings, numbers, lists, narrow and wide tables, every kind of figure,
//! notes. The figures are made up, except those that the tests of the other crates use too.

use rust_decimal::Decimal;
use zhiheng_base::Lang;
use zhiheng_publish::chart::{ChartKind, ChartSpec, Mark};
use zhiheng_publish::model::{Block, Cell, Figure, Inline, Issue, Pins, Report, Table, TableColumn};
use zhiheng_publish::svg::{Style, draw};

/// Counties of the demonstration prefecture.
const PLACES: [&str; 7] = ["安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县"];

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn number(shown: &str, address: &str) -> Inline {
    Inline::Number { text: shown.to_owned(), address: address.to_owned() }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn column(title: &str, unit: Option<&str>, number: bool) -> TableColumn {
    TableColumn { title: title.to_owned(), unit: unit.map(str::to_owned), number }
}

fn word(text: &str) -> Cell {
    Cell { text: text.to_owned(), ..Cell::default() }
}

fn value(shown: &str, address: &str) -> Cell {
    let value = shown.replace(',', "").parse::<Decimal>().ok();
    Cell { text: shown.to_owned(), value, address: Some(address.to_owned()), small: false }
}

/// Rates by place, with a total row.
fn places(number: u32) -> Table {
    let mut rows: Vec<Vec<Cell>> = PLACES
        .iter()
        .enumerate()
        .map(|(index, place)| {
            let address = format!("sampling.pass_rate/62110{index}/2013@5210");
            let mut rate = value(["86.4", "84.9", "87.6", "85", "86.02", "83.3", "84.8"][index], &address);
            rate.small = index == 5;
            vec![
                word(place),
                value(["412", "166", "290", "180", "322", "24", "256"][index], &address),
                rate,
                word(
                    [
                        "82.8–89.4",
                        "78.7–89.5",
                        "83.3–90.9",
                        "79.1–89.5",
                        "81.8–89.4",
                        "64.1–93.3",
                        "79.9–88.7",
                    ][index],
                ),
                value(["+1.2", "-0.4", "+2.8", "+0.6", "+1.1", "—", "+0.3"][index], &address),
            ]
        })
        .collect();
    rows.push(vec![
        word("全市"),
        value("1,650", "sampling.pass_rate/621100/2013@5210"),
        value("85.9", "sampling.pass_rate/621100/2013@5210"),
        word("84.1–87.5"),
        value("+1.6", "sampling.pass_rate/621100/2013@5210"),
    ]);
    Table {
        number,
        caption: "各县区产品质量监督抽查合格率（2013年）".to_owned(),
        columns: vec![
            column("地区", None, false),
            column("抽查批次", Some("批次"), true),
            column("合格率", Some("%"), true),
            column("95%区间", Some("%"), true),
            column("比上年", Some("百分点"), true),
        ],
        rows,
        remarks: vec![
            "合格率为监督抽查合格批次与抽查批次之比，区间按威尔逊法计算。".to_owned(),
            "带标记的数值样本数少于30，仅供参考。".to_owned(),
        ],
    }
}

/// A table too wide for an upright page.
fn wide(number: u32) -> Table {
    let mut columns = vec![column("产品类别", None, false)];
    columns.extend((1..=12).map(|month| column(&format!("{month}月"), Some("%"), true)));
    columns.push(column("全年", Some("%"), true));
    let products = [
        "食品及食品添加剂",
        "农业生产资料",
        "建筑和装饰装修材料",
        "日用及纺织品",
        "机械及安防",
        "电工及材料",
    ];
    let rows = products
        .iter()
        .enumerate()
        .map(|(row, product)| {
            let mut cells = vec![word(product)];
            cells.extend(
                (0..13)
                    .map(|month| value(&format!("{}.{}", 80 + (row * 3 + month) % 17, month % 10), "a/b/c")),
            );
            cells
        })
        .collect();
    Table { number, caption: "分产品类别逐月合格率".to_owned(), columns, rows, remarks: Vec::new() }
}

/// A table that runs over pages.
pub(crate) fn long(number: u32, rows: usize) -> Table {
    let rows = (0..rows)
        .map(|row| {
            vec![
                value(&(row + 1).to_string(), ""),
                word(&format!("定西市{}第{}砖厂有限责任公司", PLACES[row % 7], row + 1)),
                word("烧结普通砖"),
                word(if row % 9 == 0 { "抗压强度、尺寸偏差、泛霜" } else { "合格" }),
                value(&format!("{}.{}", 10 + row % 13, row % 10), "sampling.value/621100/2013"),
            ]
        })
        .collect();
    Table {
        number,
        caption: "监督抽查结果明细".to_owned(),
        columns: vec![
            column("序号", None, true),
            column("受检单位", None, false),
            column("产品", None, false),
            column("检验结论", None, false),
            column("抗压强度", Some("MPa"), true),
        ],
        rows,
        remarks: vec!["受检单位为示例，不是真实企业。".to_owned()],
    }
}

fn mark(label: &str, value: f64, limits: (f64, f64), base: f64) -> Mark {
    Mark {
        label: label.to_owned(),
        value: Some(value),
        shown: format!("{value:.1}"),
        limits: Some(limits),
        base: Some(base),
        small: base < 30.0,
        address: Some(format!("sampling.pass_rate/621100/{label}")),
        tile: None,
    }
}

fn figure(number: u32, title: &str, kind: ChartKind) -> Figure {
    let chart = ChartSpec {
        title: title.to_owned(),
        subtitle: "监督抽查合格批次占抽查批次的比重，单位：%，截至账本第5210条".to_owned(),
        unit: "%".to_owned(),
        kind,
        interval: None,
    };
    let rows = chart
        .kind
        .marks()
        .iter()
        .map(|mark| vec![word(&mark.label), value(&mark.shown, mark.address.as_deref().unwrap_or(""))])
        .collect();
    Figure {
        number,
        caption: title.to_owned(),
        svg: draw(&chart, &Style::print(Lang::Zh)),
        chart,
        alt: format!("{title}。图中各点及其区间见数据表。"),
        twin: Table {
            caption: title.to_owned(),
            columns: vec![column("项目", None, false), column("合格率", Some("%"), true)],
            rows,
            ..Table::default()
        },
        source: "来源：各县区监督抽查记录；截至账本第5210条。".to_owned(),
    }
}

fn figures() -> Vec<Figure> {
    let years = [
        ("2010年", 82.1, 1_210.0),
        ("2011年", 83.4, 1_320.0),
        ("2012年", 84.3, 1_480.0),
        ("2013年", 85.9, 1_650.0),
    ];
    let line =
        years.iter().map(|(year, rate, base)| mark(year, *rate, (rate - 1.9, rate + 1.7), *base)).collect();
    let bases = [412.0, 166.0, 290.0, 180.0, 322.0, 24.0, 256.0];
    let rates = [86.4, 84.9, 87.6, 85.0, 86.0, 83.3, 84.8];
    let mut ranked: Vec<Mark> = (0..7)
        .map(|index| {
            mark(PLACES[index], rates[index], (rates[index] - 4.0, rates[index] + 3.5), bases[index])
        })
        .collect();
    let funnel = ranked.clone();
    ranked.sort_by(|a, b| b.value.partial_cmp(&a.value).expect("numbers"));
    let causes = [
        ("抗压强度", 41.0),
        ("标签", 33.0),
        ("水分", 21.0),
        ("尺寸偏差", 17.0),
        ("甲醛释放量", 9.0),
        ("其他", 14.0),
    ];
    let pareto = causes.iter().map(|(cause, n)| Mark {
        label: (*cause).to_owned(),
        value: Some(*n),
        shown: format!("{n:.0}"),
        ..Mark::default()
    });
    let tiles = (0..7).map(|index| Mark {
        tile: Some((u16::try_from(index / 3).expect("few"), u16::try_from(index % 3).expect("few"))),
        ..funnel[index].clone()
    });
    vec![
        figure(
            1,
            "四年间合格率由82.1%升至85.9%",
            ChartKind::Line { points: line, target: Some(88.0), breaks: Vec::new() },
        ),
        figure(
            2,
            "七个县区的合格率区间互相重叠，难分先后",
            ChartKind::Ranked { points: ranked, whole: Some(85.9), target: Some(88.0) },
        ),
        figure(3, "抗压强度和标签占不合格项目的一半以上", ChartKind::Pareto { points: pareto.collect() }),
        figure(
            4,
            "没有县区落在全市合格率的99.8%界限之外",
            ChartKind::Funnel { points: funnel.clone(), whole: 0.859 },
        ),
        figure(5, "各县区合格率一览", ChartKind::Tiles { points: tiles.collect() }),
    ]
}

/// The sample.
pub(crate) fn report() -> Report {
    let rate = |shown: &str| number(shown, "sampling.pass_rate/621100/2013@5210");
    let mut drawn = figures().into_iter();
    let mut next = || Block::Figure(drawn.next().expect("five figures"));
    let filler = "产品质量监督抽查坚持问题导向和风险管理，突出涉及人身健康安全、群众反映强烈的重点产品，依法公开抽查结果，督促不合格产品生产企业整改到位，推动质量总体水平稳步提高。";
    let blocks = vec![
        Block::Paragraph(vec![text(
            "本报告依据各部门上报并记入账本的记录编写，数字均可由所附地址追溯到原始行。",
        )]),
        heading(1, "一、总体情况"),
        Block::Paragraph(vec![
            text("2013年，定西市监督抽查产品"),
            number("1,650批次", "sampling.batches/621100/2013@5210"),
            text("，合格1,417批次，合格率为"),
            rate("85.9%（95%区间84.1%–87.5%）"),
            text("，同比提高1.6个百分点，差异在统计上不显著"),
            Inline::NoteRef(1),
            text("。其中，"),
            Inline::Strong("陇西县".to_owned()),
            text("合格率87.6%，同比提高2.8个百分点；每年约300批次的样本不足以区分这一差异"),
            Inline::NoteRef(2),
            text("。"),
        ]),
        next(),
        Block::Paragraph(vec![text(filler), text(filler)]),
        heading(1, "二、产品质量"),
        heading(2, "（一）分地区情况"),
        Block::Paragraph(vec![
            text("各县区抽查情况见表1，"),
            Inline::Strong("区间重叠的县区不作排名".to_owned()),
            text("。"),
        ]),
        Block::Table(places(1)),
        next(),
        heading(3, "1．需要关注的县区"),
        Block::Paragraph(vec![text(filler)]),
        heading(4, "（1）样本不足的县区"),
        Block::Paragraph(vec![text("漳县抽查24批次，"), text(filler)]),
        heading(2, "（二）不合格项目"),
        next(),
        Block::List {
            ordered: true,
            items: vec![
                vec![text("抗压强度不合格41项，集中在烧结普通砖；"), text(filler)],
                vec![text("标签不合格33项，集中在预包装食品。")],
            ],
        },
        Block::List {
            ordered: false, items: vec![vec![text("督促整改")], vec![text("后处理复查")]]
        },
        heading(2, "（三）分月情况"),
        Block::Table(wide(2)),
        heading(1, "三、监测和比较"),
        next(),
        next(),
        heading(1, "四、明细"),
        Block::Table(long(3, 60)),
        heading(1, "五、建议"),
        Block::Paragraph(vec![text(filler), text(filler), text(filler)]),
        Block::Paragraph(vec![
            text("企业名称和备注照原样印出："),
            text(
                r##"#read("/etc/passwd") *加粗* _下划_ $x^2$ {{7*7}} <script>alert(1)</script> =1+1 \ ` [ ] @ref // 注 "引号" "##,
            ),
            number(
                "https://example.test/averyveryverylongaddresswithoutanyspaceinitatallthatgoesonandonandon",
                "x/y/z",
            ),
        ]),
    ];
    Report {
        id: "reports.quality-status".to_owned(),
        lang: Lang::Zh,
        layout: "gbt9704".to_owned(),
        title: "定西市2013年质量状况分析报告".to_owned(),
        issue: Issue {
            office: Some("定西市质量振兴工作领导小组办公室".to_owned()),
            number: Some("定质办〔2014〕2号".to_owned()),
            date: Some("2014年2月18日".to_owned()),
            addressee: Some("市政府，各县区人民政府，市直有关部门".to_owned()),
        },
        blocks,
        notes: vec![
            vec![text("两年合格率之差按两比例得分检验，p=0.21。"), text(filler)],
            vec![
                text(
                    "陇西县2012年抽查286批次，2013年290批次；要在80%的把握下看出2.8个百分点的差异，每年约需",
                ),
                number("2,300批次", "a/b/c"),
                text("。"),
            ],
        ],
        pins: Pins {
            ledger_size: 5_210,
            ledger_root: "9f2c".repeat(16),
            catalog: "51be".repeat(16),
            program: "0.1.0".to_owned(),
            region: "621100".to_owned(),
            period: "2013".to_owned(),
        },
        synthetic: Some(
            "本报告为演示：监督抽查记录由程序按公布数据编制，不是原始检验记录；引用的公布数字注明出处。"
                .to_owned(),
        ),
    }
}
