//! A credit report pressed in every format.

mod tools;

use std::io::Cursor;

use calamine::Reader as _;
use zhiheng_base::Lang;
use zhiheng_judge::subject::CreditReport;
use zhiheng_press::{PressOptions, docx, html, pdf, xlsx};
use zhiheng_publish::credit::report;

use tools::{FONTS, part, tool, without_spaces};

#[test]
fn a_credit_report_is_pressed_in_every_format() {
    let credit: CreditReport =
        serde_json::from_str(include_str!("../../publish/src/credit/sample.json")).expect("a credit report");
    let options = PressOptions::default();
    for (lang, title, state) in [
        (Lang::Zh, "企业质量信用报告（主管部门查询）", "有异议，核实中"),
        (Lang::En, "Quality credit report (for authorities)", "under objection"),
    ] {
        let printed = report(&credit, Some("示例市市场监督管理局"), "zhiheng 0.1.0", lang);
        let bytes = pdf(&printed, &FONTS, &options).expect("a PDF");
        let text = without_spaces(&tool("pdftotext", &bytes, &["-raw"]));
        let page = String::from_utf8(html(&printed, &options).expect("HTML")).expect("UTF-8");
        let written = part(&docx(&printed, &FONTS, &options).expect("a DOCX"), "word/document.xml");
        for words in [title, state, "0F3C-11AA-9D2E-77B0", "#read(\"x\") **甲**"] {
            assert!(text.contains(&without_spaces(words)), "PDF: {words}: {text}");
            assert!(page.contains(&words.replace('"', "&#34;")) || page.contains(words), "HTML: {words}");
            assert!(written.contains(&words.replace('"', "&quot;")), "DOCX: {words}");
        }
        // It is of no region, and its figures are no measures: it is checked by its code.
        assert!(!text.contains("zhihengreportverify"), "{text}");
        let book = xlsx(&printed, &options).expect("an XLSX");
        assert!(calamine::Xlsx::new(Cursor::new(book)).is_ok());
        let again = pdf(&printed, &FONTS, &options).expect("a PDF");
        assert!(bytes == again, "other bytes");
    }
}
