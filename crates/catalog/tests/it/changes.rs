//! The digest stands for the definitions, not for their files; the difference of two catalogs names what changed.

use zhiheng_catalog::{Catalog, diff, load_texts};

const HEAD: &str =
    "name = { zh = \"名\", en = \"Name\" }\nbasis = [\"b\"]\nowner = \"o\"\nsince = 2010-01-01\n";

fn catalog(change: impl Fn(String) -> String) -> Catalog {
    let records = change(format!(
        "[record.batch]\n{HEAD}key = [\"no\"]\ndate = \"day\"\n[record.batch.fields]\nno = {{ type = \"text\", zh = \"号\", en = \"No\" }}\nday = {{ type = \"date\", zh = \"日\", en = \"Day\" }}\n"
    ));
    let indicators = change(format!(
        "[indicator.a]\n{HEAD}kind = \"count\"\nof = \"t.batch\"\nwhere = \"no <> 'x'\"\nunit = {{ zh = \"批\", en = \"batches\" }}\nbetter = \"neither\"\nround = {{ rule = \"gbt8170\", digits = 0 }}\n[indicator.b]\n{HEAD}kind = \"count\"\nof = \"t.batch\"\nunit = {{ zh = \"批\", en = \"batches\" }}\nbetter = \"neither\"\nround = {{ rule = \"gbt8170\", digits = 0 }}\n"
    ));
    let loaded =
        load_texts(&[("t/README.md", ""), ("t/indicators.toml", &indicators), ("t/records.toml", &records)]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    loaded.catalog
}

#[test]
fn layout_comments_and_order_leave_the_digest_alone() {
    let plain = catalog(|text| text);
    let commented = catalog(|text| format!("# a remark\n\n{}", text.replace(" = ", "   =  ")));
    assert_eq!(plain.digest, commented.digest);
    let spaced = catalog(|text| text.replace("no <> 'x'", "((no)  <>  'x')"));
    assert_eq!(plain.digest, spaced.digest);
    let swapped = catalog(|text| match text.find("[indicator.b]") {
        Some(at) => format!("{}{}", &text[at..], &text[..at]),
        None => text,
    });
    assert_eq!(plain.digest, swapped.digest);
}

#[test]
fn any_word_or_rule_changes_the_digest() {
    let plain = catalog(|text| text).digest;
    for (from, to) in [
        ("<> 'x'", "<> 'y'"),
        ("owner = \"o\"", "owner = \"p\""),
        ("digits = 0", "digits = 1"),
        ("号", "编号"),
    ] {
        assert_ne!(plain, catalog(|text| text.replacen(from, to, 1)).digest, "{from}");
    }
}

#[test]
fn changes_say_whether_figures_move() {
    let old = catalog(|text| text);
    assert_eq!(diff(&old, &old), []);
    let new = catalog(|text| {
        let text = text.replace("<> 'x'", "<> 'y'").replace("zh = \"号\"", "zh = \"编号\"");
        text.replace("[indicator.b]", "[indicator.c]")
    });
    let lines: Vec<String> = diff(&old, &new)
        .iter()
        .map(|one| {
            format!("{} {} {} {:?} -> {:?} {}", one.kind, one.id, one.what, one.from, one.to, one.figures)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "indicator t.a where Some(\"no <> 'x'\") -> Some(\"no <> 'y'\") true",
            "indicator t.b  Some(\"t.b\") -> None true",
            "indicator t.c  None -> Some(\"t.c\") true",
            "record t.batch fields.no.name.zh Some(\"号\") -> Some(\"编号\") false",
        ]
    );
}
