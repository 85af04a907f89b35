//! What a person reads when a definition is wrong: about sixty mistakes, one each, as the command shows them.
//!
//! The texts are snapshots: read them as prose when they change.

use zhiheng_base::Lang;
use zhiheng_base::render::{Options, render};
use zhiheng_catalog::load_texts;

/// Keys that every definition needs.
const HEAD: &str =
    "name = { zh = \"名称\", en = \"Name\" }\nbasis = [\"法 第一条\"]\nowner = \"科\"\nsince = 2010-01-01\n";

/// A good list, record type and indicator, into which a case writes its mistake.
fn lists() -> String {
    format!(
        "[list.level]\n{HEAD}items = [\n  {{ code = \"city\", zh = \"市级\", en = \"City\" }},\n  {{ code = \"county\", zh = \"县级\", en = \"County\" }},\n]\n"
    )
}

fn records() -> String {
    format!(
        "[record.batch]\n{HEAD}key = [\"no\"]\ndate = \"day\"\nregion = \"place\"\n[record.batch.fields]\n\
         no = {{ type = \"text\", max = 40, zh = \"编号\", en = \"No\" }}\n\
         day = {{ type = \"date\", zh = \"日期\", en = \"Day\" }}\n\
         place = {{ type = \"region\", at_least = \"county\", zh = \"地区\", en = \"Place\" }}\n\
         level = {{ type = \"code\", list = \"t.level\", zh = \"级别\", en = \"Level\" }}\n\
         result = {{ type = \"code\", zh = \"结论\", en = \"Result\", list = [ {{ code = \"conform\", zh = \"合格\", en = \"Conforming\" }}, {{ code = \"nonconform\", zh = \"不合格\", en = \"Failed\" }} ] }}\n\
         amount = {{ type = \"decimal\", min = 0, optional = true, zh = \"数量\", en = \"Amount\" }}\n\
         items = {{ type = \"text\", many = true, optional = true, zh = \"项目\", en = \"Items\" }}\n"
    )
}

fn indicators() -> String {
    format!(
        "[indicator.rate]\n{HEAD}kind = \"proportion\"\nof = \"t.batch\"\ntop = \"result = 'conform'\"\nbottom = \"result IS NOT NULL\"\n\
         by = [\"level\"]\nunit = \"percent\"\nbetter = \"higher\"\ninterval = {{ method = \"wilson\", level = 0.95 }}\nround = {{ rule = \"gbt8170\", digits = 1 }}\n"
    )
}

/// Which file a case changes, what it replaces, and by what.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("unclosed quote", "records", "type = \"text\"", "type = \"text"),
    ("the same key twice", "records", "key = [\"no\"]", "key = [\"no\"]\nkey = [\"day\"]"),
    ("unknown key", "indicators", "better =", "beter ="),
    ("unknown top table", "records", "[record.batch]", "[recrod.batch]"),
    ("no basis", "lists", "basis = [\"法 第一条\"]\n", ""),
    ("empty basis", "lists", "[\"法 第一条\"]", "[]"),
    ("no English name", "indicators", ", en = \"Name\"", ""),
    ("date as text", "records", "since = 2010-01-01", "since = \"2010-01-01\""),
    ("ends before it begins", "records", "since = 2010-01-01", "since = 2010-01-01\nuntil = 2009-12-31"),
    ("capital letters in an id", "indicators", "[indicator.rate]", "[indicator.Rate]"),
    ("unknown field type", "records", "type = \"date\"", "type = \"dat\""),
    ("key of another type", "records", "type = \"date\"", "type = \"date\", scale = 2"),
    ("unknown list", "records", "list = \"t.level\"", "list = \"t.levels\""),
    ("id without its folder", "records", "list = \"t.level\"", "list = \"level\""),
    ("key that is no field", "records", "key = [\"no\"]", "key = [\"nr\"]"),
    ("optional key", "records", "key = [\"no\"]", "key = [\"no\", \"amount\"]"),
    ("date that is no date", "records", "date = \"day\"", "date = \"no\""),
    ("region that is no region", "records", "region = \"place\"", "region = \"level\""),
    ("nothing in time", "records", "date = \"day\"\n", ""),
    ("reserved word", "records", "amount = {", "end = {"),
    ("limits upside down", "records", "min = 0, optional", "min = 9, max = 1, optional"),
    ("two fields, one title", "records", "zh = \"数量\"", "zh = \"日期\""),
    ("code twice", "lists", "code = \"county\"", "code = \"city\""),
    ("two codes, one word", "lists", "zh = \"县级\"", "zh = \"市级\""),
    ("parent that is not there", "lists", "en = \"County\"", "en = \"County\", parent = \"nation\""),
    ("unknown kind", "indicators", "\"proportion\"", "\"proporton\""),
    (
        "key of another kind",
        "indicators",
        "kind = \"proportion\"",
        "kind = \"proportion\"\nvalue = \"amount\"",
    ),
    ("missing for its kind", "indicators", "top = \"result = 'conform'\"\n", ""),
    ("unknown record type", "indicators", "of = \"t.batch\"", "of = \"t.batches\""),
    ("wrong unit", "indicators", "unit = \"percent\"", "unit = { zh = \"批\", en = \"batches\" }"),
    ("wrong interval", "indicators", "\"wilson\"", "\"poisson\""),
    ("level of 95", "indicators", "level = 0.95", "level = 95"),
    ("too many digits", "indicators", "digits = 1", "digits = 12"),
    ("group by a decimal", "indicators", "by = [\"level\"]", "by = [\"amount\"]"),
    ("group by region", "indicators", "by = [\"level\"]", "by = [\"region\"]"),
    ("group a rate by many", "indicators", "by = [\"level\"]", "by = [\"items\"]"),
    ("formula of the wrong type", "indicators", "result = 'conform'", "amount + 1"),
    ("slip in a field", "indicators", "result = 'conform'", "reslt = 'conform'"),
    ("slip in a code", "indicators", "result = 'conform'", "result = 'confrom'"),
    ("name instead of code", "indicators", "result = 'conform'", "result = '合格'"),
    (
        "target nowhere",
        "indicators",
        "better =",
        "target = [{ region = \"629999\", period = \"2015\", at_least = 90, basis = \"x\" }]\nbetter =",
    ),
    (
        "target at no time",
        "indicators",
        "better =",
        "target = [{ region = \"620000\", period = \"2015Q5\", at_least = 90, basis = \"x\" }]\nbetter =",
    ),
    (
        "breaks out of order",
        "indicators",
        "better =",
        "break = [{ on = 2015-01-01, says = { zh = \"一\", en = \"a\" } }, { on = 2014-01-01, says = { zh = \"二\", en = \"b\" } }]\nbetter =",
    ),
    (
        "change of nothing",
        "indicators",
        "kind = \"proportion\"\nof = \"t.batch\"\ntop = \"result = 'conform'\"\nbottom = \"result IS NOT NULL\"",
        "kind = \"change\"\nof = \"t.rat\"\nfrom = \"previous\"\nas = \"percent\"",
    ),
    (
        "change of itself",
        "indicators",
        "kind = \"proportion\"\nof = \"t.batch\"\ntop = \"result = 'conform'\"\nbottom = \"result IS NOT NULL\"",
        "kind = \"change\"\nof = \"t.rate\"\nfrom = \"previous\"\nas = \"percent\"",
    ),
    (
        "stock of observations",
        "indicators",
        "kind = \"proportion\"\nof = \"t.batch\"\ntop = \"result = 'conform'\"\nbottom = \"result IS NOT NULL\"",
        "kind = \"register\"\nof = \"t.batch\"",
    ),
    (
        "example of nothing",
        "indicators",
        "better =",
        "example = [{ given = [{ fields = { resultt = \"conform\" } }], expect = { value = \"1\" } }]\nbetter =",
    ),
    (
        "example with a wrong code",
        "indicators",
        "better =",
        "example = [{ given = [{ fields = { result = \"ok\" } }], expect = { value = \"1\" } }]\nbetter =",
    ),
];

/// Cases with files of their own.
fn own_files() -> Vec<(&'static str, &'static str, String)> {
    let column = |line: &str| {
        let rest = "no = \"No\"\nday = { from = \"Day\", date = \"%m/%d/%Y\" }\nplace = { constant = \"620000\" }\nlevel = \"Level\"\n";
        format!("[source.s]\n{HEAD}into = \"t.batch\"\n[source.s.columns]\n{rest}{line}\n")
    };
    vec![
        ("required field without a column", "t/sources.toml", column("")),
        (
            "map to no code",
            "t/sources.toml",
            column("result = { from = \"R\", map = { Pass = \"pas\", Fail = \"nonconform\" } }"),
        ),
        ("two origins", "t/sources.toml", column("result = { from = \"R\", constant = \"conform\" }")),
        ("split a single value", "t/sources.toml", column("result = { from = \"R\", split = \";\" }")),
        ("column for no field", "t/sources.toml", column("result = \"R\"\nresults = \"R\"")),
        (
            "place inside the country",
            "t/regions.toml",
            "[[region]]\ncode = \"620000\"\nzh = \"甘肃\"\nsource = \"x\"\n".to_owned(),
        ),
        ("report without front matter", "reports/a.md", "# 标题\n".to_owned()),
        (
            "report of an unknown kind",
            "reports/a.md",
            format!("+++\n{HEAD}kind = \"monthly\"\nfor = [\"town\"]\n+++\n# 标题\n"),
        ),
        ("slip in a file name", "t/indicator.toml", String::new()),
        ("unknown method", "m/indicators.toml", by_method("spc.p", "scp.p")),
        ("unknown option of a method", "m/indicators.toml", by_method("sigmas", "sigma")),
        (
            "unknown value of an option",
            "m/indicators.toml",
            by_method("spc.p", "spc.laney_p").replace("sigmas = 3", "constants = \"qc\""),
        ),
        ("columns of another method", "m/indicators.toml", by_method("\"spc.p\"", "\"spc.r\"")),
        ("unknown token", "m/indicators.toml", by_method("@step", "@region")),
        ("no column of the method", "m/indicators.toml", by_method("{ x =", "{ xs =")),
        ("unknown part of a figure", "m/indicators.toml", by_method("bottom - top", "below - top")),
        ("no such indicator", "m/indicators.toml", by_method("t.rate", "t.rates")),
        ("nothing to find", "m/indicators.toml", by_method("alarm = [\"beyond\"]", "low = \"low\"")),
        (
            "steps in percent",
            "m/indicators.toml",
            by_method("{ zh = \"个月\", en = \"months\" }", "\"percent\""),
        ),
        (
            "one id, two things",
            "t/sources.toml",
            format!("[source.batch]\n{HEAD}into = \"t.batch\"\ncolumns = {{}}\n"),
        ),
    ]
}

/// A figure by method, with one text replaced.
fn by_method(from: &str, to: &str) -> String {
    let good = format!(
        "[indicator.chart]\n{HEAD}kind = \"spc\"\nsteps = {{ of = \"month\", before = 24 }}\nmethod = \"spc.p\"\n\
         columns = {{ x = {{ of = \"t.rate\", take = \"bottom - top\" }}, n = {{ of = \"t.rate\", take = \"bottom\" }} }}\n\
         options = {{ sigmas = 3 }}\nunit = {{ zh = \"个月\", en = \"months\" }}\nbetter = \"lower\"\n\
         round = {{ rule = \"gbt8170\", digits = 0 }}\n\
         answer = {{ find = {{ sample = \"@step\" }}, value = \"value\", alarm = [\"beyond\"] }}\n"
    );
    assert!(good.contains(from), "{from} is not there");
    good.replacen(from, to, 1)
}

fn problems(lang: Lang, lists: &str, records: &str, indicators: &str, own: Option<(&str, &str)>) -> String {
    let mut files = vec![
        ("t/README.md", "# t"),
        ("t/indicators.toml", indicators),
        ("t/lists.toml", lists),
        ("t/records.toml", records),
    ];
    files.extend(own);
    files.sort_unstable();
    let loaded = load_texts(&files);
    let shown = loaded.problems.iter().filter(|problem| problem.code != "ZH2012");
    shown.map(|problem| render(problem, lang, &Options::default())).collect()
}

fn all(lang: Lang) -> String {
    let mut out = String::new();
    for (title, file, from, to) in CASES {
        let replaced = |name: &str, text: String| {
            if *file != name {
                return text;
            }
            assert!(text.contains(from), "{title}: {from} is not there");
            text.replacen(from, to, 1)
        };
        let (lists, records, indicators) = (
            replaced("lists", lists()),
            replaced("records", records()),
            replaced("indicators", indicators()),
        );
        let text = problems(lang, &lists, &records, &indicators, None);
        assert!(!text.is_empty(), "{title}: nothing was found");
        assert!(!text.contains('«'), "{title}: {text}");
        out.push_str(&format!("── {title}\n{text}\n"));
    }
    for (title, path, content) in own_files() {
        let text = problems(lang, &lists(), &records(), &indicators(), Some((path, &content)));
        assert!(!text.is_empty(), "{title}: nothing was found");
        out.push_str(&format!("── {title}\n{text}\n"));
    }
    out
}

#[test]
fn the_pattern_itself_is_good() {
    assert_eq!(problems(Lang::En, &lists(), &records(), &indicators(), None), "");
}

#[test]
fn mistakes_in_chinese() {
    insta::assert_snapshot!(all(Lang::Zh));
}

#[test]
fn mistakes_in_english() {
    insta::assert_snapshot!(all(Lang::En));
}

#[test]
fn one_mistake_does_not_stop_the_rest() {
    let broken = indicators().replacen("better =", "beter =", 1);
    let files = [
        ("t/README.md", "# t"),
        ("t/indicators.toml", broken.as_str()),
        ("t/lists.toml", &lists()),
        ("t/records.toml", &records()),
    ];
    let loaded = load_texts(&files);
    assert!(loaded.has_errors());
    assert!(
        loaded.catalog.records.contains_key("t.batch") && loaded.catalog.lists.contains_key("t.batch.result")
    );
    assert!(loaded.catalog.indicators.is_empty());
}

#[test]
fn any_cut_in_a_file_is_read_or_refused() {
    let (lists, records, indicators) = (lists(), records(), indicators());
    for (file, text) in [(0, &lists), (1, &records), (2, &indicators)] {
        for start in (0..text.len()).step_by(37).filter(|&at| text.is_char_boundary(at)) {
            let end = (start + 5..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
            let cut = format!("{}{}", &text[..start], &text[end..]);
            let pick = |this: usize, whole: &String| if this == file { cut.clone() } else { whole.clone() };
            problems(Lang::Zh, &pick(0, &lists), &pick(1, &records), &pick(2, &indicators), None);
        }
    }
}

#[test]
fn a_definition_that_lost_lines_is_left_out() {
    let torn = records().replacen("key = [\"no\"]", "key = [\"no\"]\nkey = [\"day\"]", 1);
    let files = [("t/README.md", ""), ("t/lists.toml", &lists()), ("t/records.toml", &torn)];
    let loaded = load_texts(&files);
    assert!(loaded.has_errors() && loaded.catalog.records.is_empty());
}
