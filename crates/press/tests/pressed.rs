//! Pressed files as a reader, a screen reader and a hostile name find them.
//!
//! What a PDF says is read back with `pdftotext` and `pdfinfo`; fonts are those that set-up obtains.

mod sample;
mod tools;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use resvg::usvg::roxmltree::Document;
use zhiheng_base::Regions;
use zhiheng_press::fonts::Role;
use zhiheng_press::{PressOptions, check, docx, html, pdf, xlsx};
use zhiheng_publish::model::{Block, Inline, Report};

use tools::{FONTS, part, tool, without_spaces};

/// What the sample prints as an enterprise's remark.
const HOSTILE: [&str; 7] =
    [r##"#read("/etc/passwd")"##, "*加粗*", "$x^2$", "{{7*7}}", "<script>alert(1)</script>", "=1+1", "// 注"];

/// The sample with nothing but this paragraph.
fn only(text: &str) -> Report {
    Report {
        blocks: vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])],
        notes: Vec::new(),
        synthetic: None,
        ..sample::report()
    }
}

#[test]
fn the_same_report_gives_the_same_bytes_in_every_format() {
    let press = || {
        let (report, options) = (sample::report(), PressOptions::default());
        [
            pdf(&report, &FONTS, &options).expect("a PDF"),
            docx(&report, &FONTS, &options).expect("a DOCX"),
            html(&report, &options).expect("HTML"),
            xlsx(&report, &options).expect("an XLSX"),
        ]
    };
    let first = press();
    let second = std::thread::spawn(press).join().expect("a thread");
    for (format, (a, b)) in ["pdf", "docx", "html", "xlsx"].iter().zip(first.iter().zip(&second)) {
        assert!(a == b, "{format} differs");
    }
}

#[test]
fn markup_in_data_is_printed_as_text() {
    let (report, options) = (sample::report(), PressOptions::default());
    let printed = pdf(&report, &FONTS, &options).expect("a PDF");
    let printed = without_spaces(&tool("pdftotext", &printed, &["-raw"]));
    let document = part(&docx(&report, &FONTS, &options).expect("a DOCX"), "word/document.xml");
    let document = Document::parse(&document).expect("well-formed");
    let written: String =
        document.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    let page = String::from_utf8(html(&report, &options).expect("HTML")).expect("UTF-8");
    for hostile in HOSTILE {
        assert!(printed.contains(&without_spaces(hostile)), "PDF: {hostile}");
        assert!(written.contains(hostile), "DOCX: {hostile}");
        let escaped = hostile.replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;");
        assert!(page.contains(&escaped) || page.contains(hostile), "HTML: {hostile}");
    }
    assert!(!page.contains("<script>alert"), "a script in the page");
}

#[test]
fn what_looks_like_a_formula_is_text_in_the_workbook() {
    let mut report = sample::report();
    let hostile = r#"=HYPERLINK("https://example.test","x")"#;
    for block in &mut report.blocks {
        if let Block::Table(table) = block {
            table.rows[0][0].text = hostile.to_owned();
            table.rows[0][0].value = None;
        }
    }
    let bytes = xlsx(&report, &PressOptions::default()).expect("an XLSX");
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut seen = 0;
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).expect("formulas").cells().count(), 0, "{name}");
        let range = book.worksheet_range(&name).expect("cells");
        seen += range.cells().filter(|cell| *cell.2 == Data::String(hostile.to_owned())).count();
    }
    assert_eq!(seen, 3, "one in each table");
}

#[test]
fn numbers_of_the_workbook_are_numbers_with_their_addresses() {
    // Spreadsheets follow web addresses only.
    let options =
        PressOptions { links: "https://quality.example/measure/".to_owned(), ..PressOptions::default() };
    let bytes = xlsx(&sample::report(), &options).expect("an XLSX");
    let mut book = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
    let rates = book.sheet_names().into_iter().any(|name| {
        let range = book.worksheet_range(&name).expect("cells");
        range.cells().any(|cell| *cell.2 == Data::Float(87.6))
            && range.cells().any(|cell| *cell.2 == Data::Float(1650.0))
    });
    assert!(rates, "87.6 and 1,650 as numbers");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a package");
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut links = String::new();
    for name in names.iter().filter(|name| name.ends_with(".rels")) {
        archive.by_name(name).expect(name).read_to_string(&mut links).expect("text");
    }
    assert!(links.contains("https://quality.example/measure/sampling.pass_rate/621100/2013"), "{links}");
}

#[test]
fn the_pdf_is_tagged_and_says_its_language_and_title() {
    let bytes = pdf(&sample::report(), &FONTS, &PressOptions::default()).expect("a PDF");
    let told = tool("pdfinfo", &bytes, &[]);
    for line in [
        "Tagged:          yes",
        "Title:           定西市2013年质量状况分析报告",
        "JavaScript:      no",
        "(A4)",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let structure = tool("pdfinfo", &bytes, &["-struct-text"]);
    for tag in ["H1", "Table", "TH", "Figure", "L ", "Link"] {
        assert!(structure.contains(tag), "no {tag}");
    }
    let meta = tool("pdfinfo", &bytes, &["-meta"]);
    assert!(meta.contains("pdfuaid:part") && meta.contains("zh"), "{meta}");
    let links = tool("pdfinfo", &bytes, &["-url"]);
    assert!(links.contains("zhiheng:measure/sampling.pass_rate/621100/2013@5210"), "{links}");
}

#[test]
fn a_page_has_twenty_two_lines_of_twenty_eight_characters() {
    let bytes = pdf(&only(&"禾".repeat(2_000)), &FONTS, &PressOptions::default()).expect("a PDF");
    let text = tool("pdftotext", &bytes, &["-layout"]);
    let full = "禾".repeat(28);
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let lines = |page: &str| page.lines().filter(|line| line.contains('禾')).count();
    assert_eq!(lines(pages[1]), 22, "{}", pages[1]);
    // The first line of the paragraph is indented by two characters.
    let odd = text.lines().map(str::trim).filter(|line| line.contains('禾') && *line != full).count();
    assert_eq!(odd, 2, "first and last line: {text}");
    let boxes = tool("pdftotext", &bytes, &["-bbox", "-f", "2", "-l", "2"]);
    let tops: Vec<f64> = boxes
        .lines()
        .filter(|line| line.contains('禾'))
        .filter_map(|line| line.split("yMin=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    let pitch = (tops[21] - tops[0]) / 21.0;
    // 225 mm for 22 lines, in points.
    assert!((pitch - 225.0 / 22.0 * 72.0 / 25.4).abs() < 0.1, "{pitch}");
}

#[test]
fn every_region_name_has_its_glyphs_in_every_role() {
    let regions = Regions::parse(
        include_str!("../../../catalog/base/regions.csv"),
        include_str!("../../../catalog/base/regions-history.csv"),
    )
    .expect("the shipped regions");
    let chars: BTreeSet<char> = regions.iter().flat_map(|region| region.name.chars()).collect();
    assert!(chars.len() > 2_000, "{} characters", chars.len());
    for role in Role::ALL {
        let missing = FONTS.missing(role, &chars);
        assert!(missing.is_empty(), "{role:?}: {missing:?}");
    }
    // Not only the tables of the fonts: set, exported and read back.
    let names: String = chars.iter().collect();
    let bytes = pdf(&only(&names), &FONTS, &PressOptions::default()).expect("a PDF");
    let back: BTreeSet<char> = tool("pdftotext", &bytes, &["-raw"]).chars().collect();
    let lost: BTreeSet<&char> = chars.difference(&back).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn a_character_that_no_font_has_is_named_and_replaced() {
    let report = only("甲\u{f8ff}乙");
    let warned: Vec<String> = check(&report, &FONTS).iter().map(|problem| problem.code.to_string()).collect();
    assert_eq!(warned, ["ZH6502"]);
    let bytes = pdf(&report, &FONTS, &PressOptions::default()).expect("a PDF all the same");
    assert!(tool("pdftotext", &bytes, &[]).contains("甲〓乙"));
}

#[test]
fn a_figure_without_words_is_refused() {
    let mut report = sample::report();
    for block in &mut report.blocks {
        if let Block::Figure(figure) = block {
            figure.alt = " ".to_owned();
            break;
        }
    }
    assert!(check(&report, &FONTS).iter().any(|problem| problem.code == "ZH6501" && problem.is_error()));
    let refused = pdf(&report, &FONTS, &PressOptions::default()).expect_err("no words");
    assert_eq!(refused.diagnostic().map(|problem| problem.code.to_string()).as_deref(), Some("ZH6501"));
}

#[test]
fn the_docx_repeats_headers_describes_pictures_and_links_numbers() {
    let bytes = docx(&sample::report(), &FONTS, &PressOptions::default()).expect("a DOCX");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a package");
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    for name in names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let text = part(&bytes, "word/document.xml");
    let document = Document::parse(&text).expect("well-formed");
    let named = |name: &str| document.descendants().filter(|node| node.tag_name().name() == name).count();
    assert_eq!(named("tbl"), named("tblHeader"), "each table repeats its head");
    assert_eq!(named("tbl"), 3);
    let pictures: Vec<&str> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "docPr")
        .map(|node| node.attribute("descr").unwrap_or_default())
        .collect();
    assert_eq!(pictures.len(), 5);
    assert!(pictures.iter().all(|words| !words.trim().is_empty()), "{pictures:?}");
    assert!(named("hyperlink") > 50, "{}", named("hyperlink"));
}

#[test]
fn the_page_stands_alone_and_describes_its_figures() {
    let page =
        String::from_utf8(html(&sample::report(), &PressOptions::default()).expect("HTML")).expect("UTF-8");
    assert!(page.contains("<html lang=\"zh-CN\""), "{}", &page[..200]);
    for outside in ["src=\"http", "href=\"http", "url(http", "@import", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    for part in ["<figure>", "<figcaption>", "<svg ", "<details>"] {
        assert_eq!(page.matches(part).count(), 5, "{part}: each figure has a drawing, words and its data");
    }
    assert!(page.matches("<th").count() > 20 && page.contains("scope=\"col\""));
}
