//! Pressed letters as a reader finds them: measures of GB/T 9704-2012, hostile values, the same bytes each time.

mod letter;
mod tools;

use resvg::usvg::roxmltree::Document;
use zhiheng_base::Lang;
use zhiheng_press::{LetterImprint, PressOptions, letter_check, letter_docx, letter_pdf};
use zhiheng_publish::letter::Letter;

use tools::{FONTS, part, tool, without_spaces};

/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;

/// One character on the grid: 156 mm by 28.
const EM: f64 = 156.0 / 28.0 * MM;

fn red() -> PressOptions {
    PressOptions { head: Some(letter::OFFICE.to_owned()), ..PressOptions::default() }
}

fn printed(one: &Letter, options: &PressOptions) -> Vec<u8> {
    letter_pdf(one, &FONTS, options).expect("a PDF")
}

/// A word of a page: left, top, right, bottom, text.
type Word = (f64, f64, f64, f64, String);

/// The words of each page.
fn pages(bytes: &[u8]) -> Vec<Vec<Word>> {
    let told = tool("pdftotext", bytes, &["-bbox"]);
    let mut pages: Vec<Vec<Word>> = Vec::new();
    for line in told.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Vec::new());
        } else if let Some((head, rest)) = line.strip_prefix("<word ").and_then(|line| line.split_once('>')) {
            let at = |name: &str| -> f64 {
                let value = head.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
                value.and_then(|(value, _)| value.parse().ok()).expect("a number")
            };
            let text = rest.trim_end_matches("</word>").to_owned();
            pages.last_mut().expect("a page").push((at("xMin"), at("yMin"), at("xMax"), at("yMax"), text));
        }
    }
    pages
}

/// The first word of a page that begins with `start`.
fn word<'a>(page: &'a [Word], start: &str) -> &'a Word {
    page.iter().find(|word| word.4.starts_with(start)).unwrap_or_else(|| panic!("no {start}: {page:?}"))
}

fn near(a: f64, b: f64, by: f64, what: &str) {
    assert!((a - b).abs() <= by, "{what}: {a:.1} is not {b:.1}");
}

/// The words of a page that stand on one line with the first that begins with `start`, as one.
fn line(page: &[Word], start: &str) -> Word {
    let mut lines: Vec<Word> = Vec::new();
    for word in page {
        match lines.last_mut().filter(|line| (line.1 - word.1).abs() < 1.0) {
            Some(line) => {
                line.2 = word.2;
                line.4.push_str(&word.4);
            }
            None => lines.push(word.clone()),
        }
    }
    lines
        .iter()
        .find(|line| line.4.starts_with(start))
        .cloned()
        .unwrap_or_else(|| panic!("no {start}: {lines:?}"))
}

#[test]
fn the_letter_form_keeps_its_measures() {
    let bytes = printed(&letter::order("无", Lang::Zh), &red());
    let pages = pages(&bytes);
    let page = &pages[0];
    // Clause 10.1: the name 30 mm from the upper edge, in the middle of the page (210 mm wide).
    let mark = line(page, letter::OFFICE);
    near(mark.1, 30.0 * MM, 8.0, "upper edge of the name");
    near((mark.0 + mark.2) / 2.0, 105.0 * MM, 3.0, "middle of the name");
    // The number ends at the right edge of the type area (28 + 156 mm), under the lines: 30 mm + 44 pt + 4 mm, the lines
    // (4.4 pt), 7/8 of a character (14 pt).
    let number = line(page, "示市监责改");
    near(number.2, 184.0 * MM, 1.5, "right edge of the number");
    near(number.1, 34.0 * MM + 44.0 + 4.4 + 14.0, 5.0, "top of the number");
    // The title two lines below it; a line is 225 mm by 22.
    let (title, pitch) = (word(page, "责令改正通知书"), 225.0 / 22.0 * MM);
    near((title.0 + title.2) / 2.0, 106.0 * MM, 2.0, "middle of the title");
    near(title.1 - number.3, 2.0 * pitch, 8.0, "room above the title");
    // The addressee begins at the left edge of the type area with a colon, the text two characters in.
    let to = word(page, "示例食品有限公司：");
    near(to.0, 28.0 * MM, 1.5, "left edge of the addressee");
    near(word(page, "经示例市").0, 28.0 * MM + 2.0 * EM, 1.5, "indent");
    // No number on the first page, numbers from the second.
    let footer = |page: &[Word]| page.iter().any(|word| word.1 > 265.0 * MM && word.4.contains('—'));
    assert!(!footer(page), "a page number on the first page");
    assert!(pages.len() > 1 && pages[1..].iter().all(|page| footer(page)), "{} pages", pages.len());
    // The line with which it is checked stands on every page, below the lower red lines (277 mm).
    for page in &pages {
        let check =
            page.iter().find(|word| word.4.contains("7Q4K-91XD-0MVB")).expect("a line to check it with");
        assert!(check.1 > 279.0 * MM && check.3 < 290.0 * MM, "{check:?}");
    }
}

#[test]
fn the_day_stands_four_characters_from_the_edge_and_the_office_over_it() {
    let rows = ["示例局", letter::OFFICE, "示例省示例自治州示例自治县市场监督管理局示例分局"];
    for office in rows {
        let bytes = printed(&letter::short("请知悉。", office), &PressOptions::default());
        let page = pages(&bytes).remove(0);
        let (name, day) = (line(&page, office), line(&page, "2024年6月20日"));
        let middle = |word: &Word| (word.0 + word.2) / 2.0;
        near(middle(&name), middle(&day), 2.0, office);
        let inset = (184.0 * MM - day.2) / EM;
        if name.2 - name.0 < day.2 - day.0 + 8.0 * EM {
            near(inset, 4.0, 0.15, office);
        } else {
            // Too wide for that: it ends at the edge, and the day is moved inwards.
            near(name.2, 184.0 * MM, 2.0, office);
            assert!(inset > 4.0, "{office}: {inset}");
        }
        // Room for a seal: two empty lines above the office.
        let text = word(&page, "请知悉。");
        near(name.1 - text.1, 3.0 * 225.0 / 22.0 * MM, 3.0, "two empty lines");
    }
}

#[test]
fn without_a_head_nothing_is_red_and_the_number_stands_at_the_top() {
    let bytes = printed(&letter::order("无", Lang::Zh), &PressOptions::default());
    let page = pages(&bytes).remove(0);
    near(word(&page, "示市监责改").1, 37.0 * MM, 4.0, "top of the number");
    let text = without_spaces(&tool("pdftotext", &bytes, &["-raw"]));
    // Once under the text, and nowhere else.
    assert_eq!(text.matches(letter::OFFICE).count(), 1, "{text}");
}

#[test]
fn attachments_and_copies_stand_in_their_places() {
    let bytes = printed(&letter::order("无", Lang::Zh), &red());
    let last = pages(&bytes).pop().expect("a page");
    let text = without_spaces(&tool("pdftotext", &bytes, &["-layout"]));
    assert!(text.contains("附件：1.检验报告（编号20240506）2.复查申请书"), "{text}");
    assert!(text.contains("抄送：示例省市场监督管理局，示例市产品质量检验所。"), "{text}");
    // The copies end the type area of the last page: 37 + 225 mm.
    let copies = word(&last, "抄送：");
    near(copies.3, 262.0 * MM, 9.0, "foot of the type area");
    assert!(copies.1 > line(&last, "2024年6月20日").3);
}

#[test]
fn values_that_look_like_markup_are_printed_as_text() {
    let hostile = [
        r##"#read("/etc/passwd")"##,
        "*加粗*",
        "$x^2$",
        "<script>alert(1)</script>",
        r#"=HYPERLINK("https://example.test","x")"#,
        "{{field lab}}",
        "]]> <w:p/> &amp;",
        "#set page(width: 1pt)",
    ];
    for value in hostile {
        let mut one = letter::order(value, Lang::Zh);
        one.to = Some(value.to_owned());
        one.office = Some(value.to_owned());
        one.attachments.push(value.to_owned());
        one.copies.push(value.to_owned());
        let bytes = printed(&one, &red());
        let text = without_spaces(&tool("pdftotext", &bytes, &["-raw"]));
        assert_eq!(text.matches(&without_spaces(value)).count(), 5, "PDF: {value}: {text}");
        let raw = part(&letter_docx(&one, &FONTS, &red()).expect("a DOCX"), "word/document.xml");
        let document = Document::parse(&raw).expect("well-formed");
        let written: String =
            document.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
        assert_eq!(written.matches(value).count(), 5, "DOCX: {value}");
        let told = tool("pdfinfo", &bytes, &[]);
        assert!(told.contains("JavaScript:      no") && told.contains("(A4)"), "{told}");
        assert!(!tool("pdfinfo", &bytes, &["-url"]).contains("http"), "a link out of a letter");
    }
}

#[test]
fn a_draft_says_so_and_names_its_gaps() {
    let bytes = printed(&letter::draft(), &red());
    let text = without_spaces(&tool("pdftotext", &bytes, &["-raw"]));
    for words in ["草稿：有3处未填，不得印发。", "〔未编号〕", "〔未定：correct〕", "〔未定：recheck〕"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_reader_of_english_is_told_what_it_is() {
    let bytes = printed(&letter::order("无", Lang::En), &red());
    let text = tool("pdftotext", &bytes, &["-raw"]);
    assert!(text.contains("Order to correct, 2024-06-20, case CL-2024-17."), "{text}");
    assert!(without_spaces(&text).contains("责令改正通知书"));
}

#[test]
fn the_same_letter_gives_the_same_bytes_and_says_what_it_was_made_from() {
    let press = || {
        let one = letter::order("无", Lang::Zh);
        [printed(&one, &red()), letter_docx(&one, &FONTS, &red()).expect("a DOCX")]
    };
    let (first, second) = (press(), std::thread::spawn(press).join().expect("a thread"));
    assert!(first == second, "other bytes");
    for file in &first {
        let imprint = LetterImprint::read(file).expect("an imprint");
        assert_eq!(
            (imprint.letter.as_str(), imprint.pins.case_no.as_str()),
            ("sampling.sample", "CL-2024-17")
        );
        assert_eq!((imprint.pins.ledger, imprint.pins.verify.as_str()), (5210, "7Q4K-91XD-0MVB"));
        // It is no report, and cannot be taken for one.
        assert!(zhiheng_press::Imprint::read(file).is_err());
    }
}

#[test]
fn every_form_is_tagged_and_opens_in_a_word_processor() {
    for (name, one) in letter::others() {
        let bytes = printed(&one, &red());
        let told = tool("pdfinfo", &bytes, &[]);
        assert!(told.contains("Tagged:          yes") && told.contains(&one.title), "{name}: {told}");
        let text = without_spaces(&tool("pdftotext", &bytes, &["-raw"]));
        assert!(text.contains(&without_spaces(&one.title)), "{name}: {text}");
        let docx = letter_docx(&one, &FONTS, &red()).expect("a DOCX");
        for part_name in [
            "word/document.xml",
            "word/first.xml",
            "word/header.xml",
            "word/last.xml",
            "word/odd.xml",
            "word/even.xml",
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
            "docProps/core.xml",
        ] {
            Document::parse(&part(&docx, part_name))
                .unwrap_or_else(|error| panic!("{name} {part_name}: {error}"));
        }
        assert!(letter_check(&one, &FONTS).is_empty(), "{name}");
    }
    let [_, _, (_, certificate), (_, sheet)] = letter::others();
    assert_eq!(pages(&printed(&certificate, &red())).len(), 1, "a certificate has one page");
    let page = pages(&printed(&sheet, &red())).remove(0);
    // Two short fields stand in one row, a long one alone; the empty one has its box.
    let (lot, standard) = (word(&page, "批号"), word(&page, "执行标准"));
    assert!((word(&page, "产品名称").1 - lot.1).abs() < 1.0 && standard.1 > lot.1);
    word(&page, "备注");
}

#[test]
fn who_signs_off_a_letter_to_an_office_above_is_named() {
    let bytes = printed(&letter::upward(), &red());
    let page = pages(&bytes).remove(0);
    let (number, signer) = (word(&page, "示市监责改"), word(&page, "签发人：局长岗位"));
    near(number.1, signer.1, 2.0, "one line");
    near(number.0, 28.0 * MM + EM, 2.0, "one character from the left edge");
    near(signer.2, 184.0 * MM - EM, 2.0, "one character from the right edge");
}

#[test]
fn the_docx_keeps_the_places_of_the_letter_form() {
    let docx = letter_docx(&letter::order("无", Lang::Zh), &FONTS, &red()).expect("a DOCX");
    let head = part(&docx, "word/first.xml");
    assert!(
        head.contains(letter::OFFICE) && head.contains("thickThinSmallGap") && head.contains("D7000F"),
        "{head}"
    );
    let foot = part(&docx, "word/last.xml");
    assert!(
        foot.contains("thinThickSmallGap") && foot.contains("7Q4K-91XD-0MVB") && !foot.contains("PAGE"),
        "{foot}"
    );
    assert!(part(&docx, "word/odd.xml").contains("PAGE"));
    let body = part(&docx, "word/document.xml");
    // 30 mm in twentieths of a point; four characters of 156 mm / 28.
    assert!(body.contains("w:header=\"1701\"") && body.contains("<w:titlePg/>"));
    assert!(body.contains("<w:ind w:right=\"1263\"/>"), "the day four characters from the edge");
    let plain =
        letter_docx(&letter::order("无", Lang::Zh), &FONTS, &PressOptions::default()).expect("a DOCX");
    assert!(
        !part(&plain, "word/first.xml").contains("D7000F")
            && !part(&plain, "word/last.xml").contains("D7000F")
    );
}
