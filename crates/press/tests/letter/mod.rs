//! Letters of every form, written from templates as the catalog holds them.

use std::collections::BTreeMap;

use zhiheng_base::{Lang, Words};
use zhiheng_publish::letter::{ClockShown, Letter, LetterContext, LetterFile, LetterForm, write};
use zhiheng_publish::shown::Shown;

/// The office's name as it prints it over the line.
pub(crate) const OFFICE: &str = "示例市市场监督管理局";

const ORDER: &str = "经{{field lab}}检验，你单位生产的{{field product}}（批号：{{field lot}}）按{{field standard}}检验，项目**{{field item}}**不合格。你单位于{{field received_on}}收到检验结论，在规定期限内未提出书面异议。\n\n\
上述行为违反了《中华人民共和国产品质量法》第十二条的规定。依据该法第十七条第一款，责令你单位：\n\n\
1. 自收到本通知书之日起停止生产、销售同一批次的产品，查清不合格的原因；\n\
2. 于{{clock correct}}前完成改正，并将改正情况书面报我局；\n\
3. 改正后于{{clock recheck}}前向我局申请复查。\n\n\
{{if refused}}你单位曾拒绝抽查，已另案处理。\n\n{{end}}\
逾期不改正，或者复查仍不合格的，依照《中华人民共和国产品质量法》第十七条的规定处理。\n\n\
你单位对本通知不服的，可以自收到之日起六十日内依法申请行政复议，或者在六个月内依法提起行政诉讼。\n\n\
备注：{{field remark}}\n\n{{by unit}}\n\n{{step on}}\n";

const SHEET: &str = "{{table product lot standard producer address quantity sample sealed_on storage remark_empty}}\n\n\
被抽样单位（签章）：　　　　　　　　　　抽样人（签字）：\n\n抽样日期：{{step on}}\n";

const ANNOUNCEMENT: &str = "根据《产品质量监督抽查管理暂行办法》，现将{{field period}}食品相关产品质量监督抽查情况公告如下。\n\n\
## 一、总体情况\n\n共抽查示例食品有限公司等企业生产的产品1650批次，合格1417批次，合格率为85.9%。\n\n\
## 二、处理意见\n\n各地要依法处理不合格产品及其生产企业，督促改正，并将处理结果录入系统。\n";

const MINUTES: &str = "时间：{{step on}}　地点：{{field place}}\n\n**出席：**{{field present}}\n\n\
会议听取了上季度质量状况的汇报，研究了监督抽查不合格产品的后处理工作。议定事项如下：\n\n\
1. 对逾期未改正的企业，由质量监督科在七个工作日内移送；\n2. 下季度抽查计划增加纸箱包装。\n";

const CERTIFICATE: &str = "{{field producer}}（{{field uscc}}）：\n\n\
经评定，你单位{{field period}}质量信用等级为**{{field grade}}**，有效期至{{field valid_until}}。\n";

fn context(remark: &str) -> LetterContext {
    let fields = [
        ("lab", "检验机构", "示例市产品质量检验所"),
        ("product", "产品名称", "食品接触用纸制品"),
        ("lot", "批号", "20240506"),
        ("standard", "执行标准", "GB 4806.8-2022"),
        ("item", "不合格项目", "高锰酸钾消耗量"),
        ("received_on", "送达日期", "2024年6月3日"),
        ("producer", "标称生产者", "示例食品有限公司"),
        ("uscc", "统一社会信用代码", "91350100M0001TGQXM"),
        ("address", "生产地址", "甘肃省定西市临洮县洮阳镇示例路一号示例工业园三号厂房"),
        ("quantity", "抽样基数", "1200只"),
        ("sample", "样品数量", "20只"),
        ("sealed_on", "封样日期", "2024年5月20日"),
        ("storage", "保存条件", "常温"),
        ("remark_empty", "备注", ""),
        ("remark", "备注", remark),
        ("period", "期间", "2024年第二季度"),
        ("place", "地点", "示例市市场监督管理局三楼会议室"),
        ("present", "出席", "质量监督科、法规科、检验所负责岗位"),
        ("grade", "等级", "AA"),
        ("valid_until", "有效期至", "2027年6月19日"),
    ];
    let shown = |(id, name, text): (&str, &str, &str)| {
        (id.to_owned(), Shown { name: name.into(), text: text.into(), holds: !text.is_empty() })
    };
    let clock = |day: &str, provisional| ClockShown { opens: None, due: day.parse().ok(), provisional };
    LetterContext {
        number: "示市监责改〔2024〕5号".into(),
        to: "示例食品有限公司".into(),
        unit: OFFICE.into(),
        on: "2024-06-20".parse().expect("a day"),
        case_no: "CL-2024-17".into(),
        fields: BTreeMap::from(fields.map(shown)),
        clocks: BTreeMap::from([
            ("correct".to_owned(), clock("2024-08-19", false)),
            ("recheck".to_owned(), clock("2024-11-19", false)),
        ]),
        ledger: 5210,
        catalog: "9f3c0d1e2b7a48c6".into(),
        verify: "7Q4K-91XD-0MVB".into(),
        ..LetterContext::default()
    }
}

fn written(form: LetterForm, title: &str, body: &str, context: &LetterContext, lang: Lang) -> Letter {
    let template = LetterFile {
        id: "sampling.sample".into(),
        title: Words::new(title, "Order to correct"),
        form,
        attachments: if form == LetterForm::Letter {
            vec!["检验报告（编号{lot}）".into(), "复查申请书".into()]
        } else {
            Vec::new()
        },
        copies: if form == LetterForm::Letter {
            vec!["示例省市场监督管理局".into(), "示例市产品质量检验所".into()]
        } else {
            Vec::new()
        },
        body: body.into(),
        ..LetterFile::default()
    };
    write(&template, context, lang).expect("a template in order").0
}

/// An order in the letter form, with this remark.
pub(crate) fn order(remark: &str, lang: Lang) -> Letter {
    written(LetterForm::Letter, "责令改正通知书", ORDER, &context(remark), lang)
}

/// The order with a gap: it has no number and no clock.
pub(crate) fn draft() -> Letter {
    let context = LetterContext { number: String::new(), clocks: BTreeMap::new(), ..context("无") };
    written(LetterForm::Letter, "责令改正通知书", ORDER, &context, Lang::Zh)
}

/// A short letter without a copy, for looking at single lines.
pub(crate) fn short(body: &str, unit: &str) -> Letter {
    let context = LetterContext { unit: unit.into(), ..context("无") };
    let mut letter = written(LetterForm::Letter, "通知", body, &context, Lang::Zh);
    letter.attachments.clear();
    letter.copies.clear();
    letter
}

/// A letter to an office above, with the post that signs it off.
pub(crate) fn upward() -> Letter {
    let context =
        LetterContext {
            signer: "局长岗位".into(), to: "示例省市场监督管理局".into(), ..context("无")
        };
    written(LetterForm::Announcement, "关于监督抽查后处理情况的报告", ANNOUNCEMENT, &context, Lang::Zh)
}

/// One of each of the other forms.
pub(crate) fn others() -> [(&'static str, Letter); 4] {
    let public = LetterContext { to: String::new(), ..context("无") };
    [
        (
            "announcement",
            written(
                LetterForm::Announcement,
                "关于2024年第二季度产品质量监督抽查情况的公告",
                ANNOUNCEMENT,
                &public,
                Lang::Zh,
            ),
        ),
        ("minutes", written(LetterForm::Minutes, "质量工作联席会议纪要", MINUTES, &public, Lang::Zh)),
        ("certificate", written(LetterForm::Certificate, "质量信用等级证书", CERTIFICATE, &public, Lang::Zh)),
        ("sheet", written(LetterForm::Sheet, "产品质量监督抽查抽样单", SHEET, &public, Lang::Zh)),
    ]
}
