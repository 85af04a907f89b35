//! Mistakes in schemes that grade subjects: each is told by its code, and the scheme is left out whole.

use zhiheng_base::Lang;
use zhiheng_catalog::{Loaded, load_texts};

const RECORDS: &str = r#"
[record.s]
name = { zh = "信息", en = "Statement" }
basis = ["a rule"]
owner = "office"
since = 2010-01-01
key = ["holder", "no"]
date = "day"
[record.s.fields]
holder = { type = "enterprise", zh = "企业", en = "Enterprise" }
other  = { type = "enterprise", optional = true, zh = "另一企业", en = "Other" }
no     = { type = "text", zh = "号", en = "Number" }
day    = { type = "date", zh = "日", en = "Day" }
until  = { type = "date", future = true, optional = true, zh = "止", en = "Until" }
fine   = { type = "money", optional = true, zh = "罚款", en = "Fine" }
"#;

const SCHEME: &str = r#"
[subject_scheme.x]
name = { zh = "方案", en = "Scheme" }
basis = ["a rule"]
owner = "office"
since = 2010-01-01
of = "t.s"
holder = "holder"
valid = { from = "day", until = "until" }
full = 100
round = { rule = "gbt8170", digits = 0 }
[[subject_scheme.x.rung]]
grade = "B"
name = { zh = "B", en = "B" }
from = 0
[[subject_scheme.x.rung]]
grade = "A"
name = { zh = "A", en = "A" }
from = 60
after = { years = 2 }
asks = "no = 'ask'"
[[subject_scheme.x.item]]
id = "fines"
name = { zh = "罚款", en = "Fines" }
points = 100
where = "fine > 0"
sum = "fine"
window = { months = 12 }
valid = true
better = "lower"
score = { stepped = { target = 0, step = 1, each = 20 } }
[[subject_scheme.x.veto]]
where = "fine > 1000"
grade = "B"
says = { zh = "罚款", en = "a fine" }
[[subject_scheme.x.example]]
on = 2013-01-01
statements = [{ holder = "91110000802100433B", no = "1", day = 2012-12-31, fine = "0" }]
expect = { grade = "B", points = 100 }
"#;

fn read(scheme: &str) -> Loaded {
    load_texts(&[("t/README.md", "# t"), ("t/records.toml", RECORDS), ("t/scheme.toml", scheme)])
}

#[test]
fn the_pattern_is_good() {
    let loaded = read(SCHEME);
    let said: Vec<String> = loaded.problems.iter().map(|problem| problem.message(Lang::En)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let scheme = &loaded.catalog.subject_schemes["t.x"];
    assert_eq!((scheme.day.as_str(), scheme.grade_codes()), ("day", vec!["B", "A"]));
}

#[test]
fn each_mistake_has_its_code() {
    let rows = [
        ("of = \"t.s\"", "of = \"t.z\"", "ZH2021"),
        ("holder = \"holder\"", "holder = \"no\"", "ZH2970"),
        ("holder = \"holder\"", "holder = \"other\"", "ZH2970"),
        ("holder = \"holder\"", "holder = \"holdr\"", "ZH2201"),
        ("until = \"until\"", "until = \"no\"", "ZH2203"),
        ("valid = { from = \"day\", until = \"until\" }\n", "", "ZH2971"),
        (
            "{ stepped = { target = 0, step = 1, each = 20 } }",
            "{ rank = [{ top = 1, points = 5 }] }",
            "ZH2972",
        ),
        (
            "{ stepped = { target = 0, step = 1, each = 20 } }",
            "{ binary = { at_least = \"target\" } }",
            "ZH2972",
        ),
        (
            "{ stepped = { target = 0, step = 1, each = 20 } }",
            "{ change = { better = 1, same = 1, worse = 0 } }",
            "ZH2972",
        ),
        ("from = 0", "from = 70", "ZH2973"),
        ("from = 0", "from = 0\nasks = \"no = 'a'\"", "ZH2974"),
        ("from = 0", "from = 0\nafter = \"next-year\"", "ZH2974"),
        ("{ years = 2 }", "{ years = 2, months = 1 }", "ZH2905"),
        ("{ months = 12 }", "{}", "ZH2905"),
        ("{ months = 12 }", "{ months = 0 }", "ZH2015"),
        ("grade = \"A\"\nname", "grade = \"B\"\nname", "ZH2901"),
        ("points = 100\nwhere", "points = 90\nwhere", "ZH2909"),
        ("points = 100\nwhere", "points = 0\nwhere", "ZH2904"),
        ("where = \"fine > 0\"", "where = \"fines > 0\"", "ZH2706"),
        ("where = \"fine > 0\"", "where = \"fine\"", "ZH2315"),
        ("sum = \"fine\"", "sum = \"no\"", "ZH2315"),
        ("grade = \"B\"\nsays", "grade = \"C\"\nsays", "ZH2908"),
        ("expect = { grade = \"B\"", "expect = { grade = \"C\"", "ZH2908"),
        ("fine = \"0\"", "fine = \"much\"", "ZH2803"),
        ("fine = \"0\"", "fien = \"0\"", "ZH2201"),
        (
            "full = 100",
            "full = 100\nbands = [{ grade = \"A\", name = { zh = \"A\", en = \"A\" }, from = 0 }]",
            "ZH2905",
        ),
        ("[subject_scheme.x]", "[subject_schem.x]", "ZH2019"),
    ];
    let mut wrong = Vec::new();
    for (from, to, code) in rows {
        assert!(SCHEME.contains(from), "{from}");
        let loaded = read(&SCHEME.replacen(from, to, 1));
        let codes: Vec<&str> = loaded.problems.iter().map(|problem| &*problem.code).collect();
        if !codes.contains(&code) || loaded.catalog.subject_schemes.contains_key("t.x") {
            wrong.push(format!("{from} → {to}: {codes:?}, not {code}"));
        }
        for lang in [Lang::Zh, Lang::En] {
            assert!(loaded.problems.iter().all(|problem| !problem.message(lang).is_empty()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn too_many_parts_are_refused() {
    let veto = "[[subject_scheme.x.veto]]\nwhere = \"fine > 1\"\ngrade = \"B\"\nsays = { zh = \"罚款\", en = \"a fine\" }\n";
    let loaded = read(&format!("{SCHEME}{}", veto.repeat(60)));
    assert_eq!(
        loaded.problems.iter().map(|problem| problem.code.to_string()).collect::<Vec<_>>(),
        ["ZH2975"]
    );
}

#[test]
fn a_rule_changes_the_digest_and_a_comment_does_not() {
    let digest = |text: &str| read(text).catalog.digest;
    assert_eq!(digest(SCHEME), digest(&format!("# a remark\n{SCHEME}")));
    for (from, to) in [
        ("{ years = 2 }", "{ years = 3 }"),
        ("{ months = 12 }", "{ months = 11 }"),
        ("fine > 1000", "fine > 1001"),
        ("no = 'ask'", "no = 'asks'"),
        ("each = 20", "each = 21"),
        ("better = \"lower\"", "better = \"higher\""),
        ("full = 100", "full = 100\ninternal = true"),
    ] {
        assert_ne!(digest(SCHEME), digest(&SCHEME.replacen(from, to, 1)), "{to}");
    }
}
