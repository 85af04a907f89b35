//! Letters: what the front matter may say of their layout, and fields as a form.

use zhiheng_catalog::letter::{Piece, pieces};
use zhiheng_catalog::load_texts;
use zhiheng_catalog::model::LetterForm;

const SHEET: &str = "---\n\
    title  = { zh = \"抽样单\", en = \"Sampling sheet\" }\n\
    series = \"{unit}抽〔{year}〕\"\n\
    to     = \"{seller}\"\n\
    basis  = [\"示例办法\"]\n\
    form   = \"sheet\"\n\
    attachments = [\"检验报告（{lot}）\"]\n\
    copies = [\"示例省市场监督管理局\"]\n\
    ---\n{{table lot seller}}\n";

/// Codes of the problems of a letter.
fn codes(text: &str) -> Vec<String> {
    load_texts(&[("x/letters/sheet.md", text)])
        .problems
        .iter()
        .map(|problem| problem.code.to_string())
        .collect()
}

#[test]
fn a_letter_says_how_it_is_laid_out() {
    let loaded = load_texts(&[("x/letters/sheet.md", SHEET)]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let letter = &loaded.catalog.letters["x.sheet"];
    assert_eq!(letter.form, LetterForm::Sheet);
    assert_eq!(letter.attachments, ["检验报告（{lot}）"]);
    assert_eq!(letter.copies, ["示例省市场监督管理局"]);
    let found = pieces(letter).expect("directives in order");
    assert_eq!(found[0], Piece::Table(vec!["lot".to_owned(), "seller".to_owned()]));
    let usual = SHEET.replace("form   = \"sheet\"\n", "");
    let loaded = load_texts(&[("x/letters/sheet.md", &usual)]);
    assert_eq!(loaded.catalog.letters["x.sheet"].form, LetterForm::Letter);
}

#[test]
fn every_form_has_its_word() {
    for word in LetterForm::WORDS {
        assert_eq!(LetterForm::parse(word).map(LetterForm::word), Some(word));
        assert!(codes(&SHEET.replace("\"sheet\"", &format!("\"{word}\""))).is_empty(), "{word}");
    }
    assert_eq!(LetterForm::parse("poster"), None);
}

#[test]
fn slips_are_told() {
    let rows = [
        ("\"sheet\"", "\"shet\"", "ZH2005"),
        ("{lot}", "{lot", "ZH2960"),
        ("\"示例省市场监督管理局\"", "\"{}\"", "ZH2960"),
        ("{{table lot seller}}", "{{table}}", "ZH2955"),
    ];
    for (right, wrong, code) in rows {
        assert_eq!(codes(&SHEET.replace(right, wrong)), [code], "{wrong}");
    }
}
