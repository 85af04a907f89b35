//! Every type of field, every way it can be wrong, and what the person is told.

use sha2::{Digest, Sha256};
use zhiheng_base::{Lang, canonical};

use crate::support::{import, request, rows};
use zhiheng_intake::worker::Aim;

#[test]
fn a_row_with_everything_becomes_canonical_json() {
    let text = "编号*,日期*,有效期至,地区,数量,产量（吨）,单价,封样,等级,企业代码,企业名称,产品,标准,标签,电话,说明\n\
        A-1,2013年5月21日,2030-01-01,甘肃省定西市陇西县,12,3.50,9.5,是,优,91110000802100433B,甘肃（定西）粉业,6901234567892,gb/t19580—2012,铅；镉、汞,13900000000,\"=HYPERLINK(\"\"x\"\")\"\n";
    let outcome = rows(text.as_bytes());
    assert_eq!(outcome.failed, None);
    assert!(outcome.problems.is_empty(), "{:?}", outcome.codes());
    let mut data = outcome.data(0);
    let commitment = data["phone"].take();
    let personal = &outcome.drafts[0].personal[0];
    let digest = Sha256::new().chain_update(personal.salt).chain_update(&personal.value).finalize();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(commitment, format!("sha256:{hex}"));
    assert_eq!((personal.field.as_str(), personal.value.as_str()), ("phone", "13900000000"));
    let wanted = serde_json::json!({
        "amount": "3.5", "count": 12, "day": "2013-05-21", "ends": "2030-01-01", "firm": "91110000802100433B",
        "firm_name": "甘肃（定西）粉业", "grade": "good", "no": "A-1", "note": "=HYPERLINK(\"x\")", "phone": null,
        "place": "621122", "price": "9.50", "product": "6901234567892", "sealed": true,
        "standard": "GB/T 19580-2012", "tags": ["铅", "镉", "汞"]
    });
    assert_eq!(data, wanted);
    // The bytes are what the canonical writer makes of the values, and the key is the contract's.
    let again = canonical::to_vec(&outcome.data(0)).unwrap();
    assert_eq!(again, outcome.drafts[0].data);
    let key = Sha256::digest(canonical::key_bytes("plain.row", ["A-1"]));
    assert_eq!(outcome.drafts[0].key, <[u8; 32]>::from(key));
}

/// Column, cell, code of the problem, and a part of its hint.
const WRONG: &[(&str, &str, &str, &str)] = &[
    ("day", "", "ZH3201", "必填"),
    ("day", "2026-02-30", "ZH3208", "月份"),
    ("day", "1899-12-31", "ZH3209", "年份"),
    ("day", "2026-03-02", "ZH3210", "尚未发生"),
    ("day", "21/5/2013", "ZH3207", "2013-10-21"),
    ("no", "123456789012345678901", "ZH3202", "缩短"),
    ("count", "12.5", "ZH3203", "12.5"),
    ("count", "1001", "ZH3204", "单位"),
    ("count", "１２", "ZH3222", "12"),
    ("amount", "1e400", "ZH3205", "指数"),
    ("amount", "85.9%", "ZH3205", "85.9"),
    ("amount", "1.234", "ZH3206", "1.23"),
    ("price", "9007199254740993.001", "ZH3206", "9007199254740993"),
    ("sealed", "maybe", "ZH3211", "是"),
    ("grade", "优艮", "ZH3212", "good"),
    ("place", "定东市", "ZH3213", "代码"),
    ("place", "城关区", "ZH3214", "全称"),
    ("place", "621100", "ZH3215", "县"),
    ("place", "６２１１２２", "ZH1401", "621122"),
    ("firm", "9133010079965505", "ZH1301", ""),
    ("firm", "91330100799655O58B", "ZH1302", ""),
    ("firm", "91330100799655058b", "ZH1303", ""),
    ("product", "6901234567893", "ZH3219", "6901234567892"),
    ("standard", "国家标准", "ZH3220", "GB/T"),
    ("firm_name", "甘肃\u{200b}粉业", "ZH3225", "复制"),
    ("firm_name", "abc\u{202e}def", "ZH3225", "复制"),
];

#[test]
fn what_is_wrong_is_refused_with_cell_rule_and_remedy() {
    for &(field, cell, code, hint) in WRONG {
        let header = [
            "no",
            "day",
            "count",
            "amount",
            "price",
            "sealed",
            "grade",
            "place",
            "firm",
            "product",
            "standard",
            "firm_name",
        ];
        let cells: Vec<&str> = header
            .iter()
            .map(|name| match *name {
                name if name == field => cell,
                "no" => "A-1",
                "day" => "2013-05-21",
                _ => "",
            })
            .collect();
        let text = format!("{}\n{}\n", header.join(","), cells.join(","));
        let outcome = rows(text.as_bytes());
        assert_eq!(outcome.codes(), [(code.to_owned(), 2, field.to_owned())], "{field} = {cell:?}");
        assert_eq!(outcome.done.refused, 1);
        let problem = &outcome.problems[0];
        let rule = problem.rule.as_deref().unwrap();
        assert!(
            rule.starts_with(&format!("plain.row.{field} (")) && rule.contains("plain/records.toml:"),
            "{rule}"
        );
        let letter = char::from(b'A' + header.iter().position(|name| *name == field).unwrap() as u8);
        assert_eq!(problem.args["cell"], format!("{letter}2"));
        for lang in [Lang::Zh, Lang::En] {
            let message = problem.message(lang);
            assert!(!message.contains('«') && !message.contains("{$"), "{message}");
            assert!(!message.contains(['\u{200b}', '\u{202e}']), "{message:?}");
        }
        assert!(problem.hint(Lang::Zh).unwrap_or_default().contains(hint), "{:?}", problem.hint(Lang::Zh));
    }
}

#[test]
fn what_is_doubtful_is_kept_and_flagged() {
    let text = "no,day,firm,firm_name,grade,place\n\
        1,2013-05-21,91350100M0001TGQXM,,,\n\
        2,2013-05-21,,C\u{41e}FCO,,\n\
        3,2013-05-21,,,poor,\n\
        4,2013-05-21,,,,622425\n";
    let outcome = rows(text.as_bytes());
    assert_eq!((outcome.done.kept, outcome.done.flagged), (4, 4));
    let codes: Vec<_> = outcome.codes().into_iter().map(|(code, row, _)| (code, row)).collect();
    let wanted = [("ZH3216", 2), ("ZH3221", 3), ("ZH3302", 4), ("ZH1002", 5)];
    assert_eq!(codes, wanted.map(|(code, row)| (code.to_owned(), row)));
    assert_eq!(outcome.problems[0].args["expected"], "1");
}

#[test]
fn records_that_contradict_themselves_or_repeat_are_refused() {
    let text = "no,day,ends\n1,2013-05-21,2013-05-20\n2,2013-05-21,\n2,2013-05-22,\n1,2013-05-21,\n";
    let outcome = rows(text.as_bytes());
    assert_eq!((outcome.done.kept, outcome.done.refused), (2, 2));
    assert_eq!(outcome.problems[0].code, "ZH3301");
    assert_eq!(outcome.problems[0].message(Lang::En), "row 2: it does not end before it begins");
    assert_eq!(outcome.problems[1].code, "ZH3304");
    assert_eq!(outcome.problems[1].args["earlier"], "3");
    // The row whose first namesake was refused is the only one, and kept.
    assert_eq!(outcome.drafts[1].place.as_ref().unwrap().row, 5);
    let groups: Vec<_> = outcome.done.groups.iter().map(|group| (group.code.as_str(), group.count)).collect();
    assert_eq!(groups, [("ZH3301", 1), ("ZH3304", 1)]);
}

#[test]
fn a_declared_source_joins_maps_splits_and_leaves_out() {
    let text = "Office,Serial,When,Verdict,Marks\n\
        DX,1,5/21/2013,OK,a|b\n\
        DX,2,5/22/2013,bad,NA\n\
        DX,3,5/23/2013,void,\n\
        DX,4,2013-05-24,,\n";
    let file = crate::support::file(text.as_bytes());
    let outcome = import(&request(file.path(), Aim::Source("plain.abroad".into())));
    assert_eq!(outcome.failed, None);
    let wanted = serde_json::json!({
        "no": "DX-1", "day": "2013-05-21", "count": 2, "grade": "good", "tags": ["a", "b"], "note": "from elsewhere"
    });
    assert_eq!(outcome.data(0), wanted);
    assert_eq!(outcome.data(1)["grade"], "poor");
    assert_eq!(outcome.data(1).get("tags"), None);
    assert_eq!(outcome.done.left_out_rows(), 1);
    assert_eq!(outcome.done.left_out[0].says.en, "void");
    assert_eq!((outcome.done.seen, outcome.done.kept, outcome.done.refused), (4, 2, 1));
}

#[test]
fn only_so_many_problems_are_told_but_all_are_counted() {
    let mut text = "no,day\n".to_owned();
    for n in 0..500 {
        text.push_str(&format!("{n},never\n"));
    }
    let file = crate::support::file(text.as_bytes());
    let mut wanted = request(file.path(), Aim::Record("plain.row".into()));
    wanted.limits.problems = 20;
    let outcome = import(&wanted);
    assert_eq!(outcome.problems.len(), 20);
    assert_eq!(outcome.done.refused, 500);
    assert_eq!(outcome.done.groups[0].count, 500);
    assert_eq!((outcome.done.groups[0].field.as_str(), outcome.done.groups[0].first), ("day", 2));
}
