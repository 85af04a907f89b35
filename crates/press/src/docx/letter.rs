//! A letter: the same places as in the PDF, as far as a word processor has them.
//!
//! The office's name and the upper double line of the letter form stand in the head of the first page, the lower one in
//! its foot, so that they keep their distance from the edges of the paper while the text is edited.

use std::fmt::Write as _;

use zhiheng_publish::letter::{Form, FormCell, Letter, LetterBlock, LetterForm};

use super::body::{Content, Writer};
use super::package::{Particulars, folio};
use super::xml::{escaped, line, paragraph, run};
use crate::columns::{UPRIGHT, ems};
use crate::error::PressError;
use crate::fonts::FontSet;
use crate::imprint::LetterImprint;
use crate::options::PressOptions;
use crate::wording::Wording;

/// Red of official heads.
const RED: &str = "D7000F";

/// Twentieths of a point in a character on the grid (156 mm by 28).
const EM: f64 = UPRIGHT / 28.0 * 20.0;

/// Indents that widen a paragraph from the type area to 170 mm in the middle of the page: 8 mm left, 6 mm right.
const WIDE: &str = "<w:ind w:left=\"-454\" w:right=\"-340\" w:firstLine=\"0\" w:firstLineChars=\"0\"/>";

/// What the file says about itself, and the heads and feet of its pages.
pub(super) fn particulars(letter: &Letter, options: &PressOptions) -> Particulars {
    let words = Wording::of_letters();
    let head = if has_lines(letter, options) {
        letter_head(options.head.as_deref().unwrap_or(""))
    } else {
        line("Header", "")
    };
    // The letter form prints no number on its first page, and a form or certificate none at all.
    let numbered = !matches!(letter.form, LetterForm::Sheet | LetterForm::Certificate);
    let number = |side: &str| if numbered { folio(side) } else { String::new() };
    let check = check_line(&letter.foot, "");
    let lower = if has_lines(letter, options) { border("top", "thinThickSmallGap") } else { String::new() };
    let first = match letter.form {
        LetterForm::Letter => check_line(&letter.foot, &lower),
        _ => format!("{}{check}", number("right")),
    };
    Particulars {
        title: letter.title.clone(),
        creator: Some(letter.mark.clone()),
        imprint: LetterImprint::of(letter, options).line(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        words,
        edges: vec![
            ("first", "hdr", head),
            ("header", "hdr", line("Header", &words.word("edited"))),
            ("last", "ftr", first),
            ("odd", "ftr", format!("{}{check}", number("right"))),
            ("even", "ftr", format!("{}{check}", number("left"))),
        ],
    }
}

/// The text of the letter.
pub(super) fn body(letter: &Letter, fonts: &FontSet, options: &PressOptions) -> Result<Content, PressError> {
    let words = Wording::of_letters();
    let mut content = Content::default();
    head(&mut content, letter, options, words);
    let mut writer = Writer { words, options, fonts, notes: 0, before: 0 };
    for block in &letter.blocks {
        match block {
            LetterBlock::Block(block) => writer.block(&mut content, block)?,
            LetterBlock::Form(item) => content.xml.push_str(&form(item)),
        }
    }
    attachments(&mut content, letter, words);
    signature(&mut content, letter);
    if let Some(copies) = words.copies(&letter.copies) {
        content.xml.push_str(&paragraph("Plain", ""));
        content.xml.push_str(&styled(
            "Plain",
            "<w:ind w:left=\"1120\" w:right=\"280\" w:hanging=\"840\"/>",
            &sized(28, &copies),
        ));
    }
    content.xml.push_str(&section(letter, options));
    Ok(content)
}

fn has_lines(letter: &Letter, options: &PressOptions) -> bool {
    letter.form == LetterForm::Letter && options.head.is_some()
}

/// A paragraph with properties besides its style.
fn styled(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}

fn sized(half_points: u32, text: &str) -> String {
    format!(
        "<w:r><w:rPr><w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

fn border(side: &str, kind: &str) -> String {
    format!("<w:pBdr><w:{side} w:val=\"{kind}\" w:sz=\"24\" w:space=\"1\" w:color=\"{RED}\"/></w:pBdr>")
}

/// The office's name and the upper double line, 4 mm below it.
fn letter_head(name: &str) -> String {
    let border = border("bottom", "thickThinSmallGap").replace("w:space=\"1\"", "w:space=\"11\"");
    let spacing = "<w:spacing w:before=\"0\" w:after=\"280\" w:line=\"880\" w:lineRule=\"exact\"/>";
    // As wide as 170 mm: 482 points.
    let size = (460.0 / ems(name).max(1.0)).clamp(16.0, 44.0);
    let half_points = (size * 2.0).round() as u32;
    let runs = sized(half_points, name);
    styled("RedHead", &format!("{border}{spacing}{WIDE}"), &runs)
}

fn check_line(foot: &str, border: &str) -> String {
    let spacing = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"420\" w:lineRule=\"exact\"/>";
    styled("Imprint", &format!("{border}{spacing}{WIDE}<w:jc w:val=\"center\"/>"), &sized(16, foot))
}

/// Number, statements, title, addressee.
fn head(content: &mut Content, letter: &Letter, options: &PressOptions, words: Wording) {
    let out = &mut content.xml;
    let right = "<w:jc w:val=\"right\"/>";
    let center = "<w:jc w:val=\"center\"/>";
    let signer = letter.signer.as_ref().map(|name| format!("{}{name}", words.word("signer")));
    let own_head =
        matches!(letter.form, LetterForm::Announcement | LetterForm::Minutes) && options.head.is_some();
    if own_head {
        out.push_str(&line("RedHead", options.head.as_deref().unwrap_or("")));
        let border = format!(
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" w:color=\"{RED}\"/></w:pBdr>"
        );
        let text = signer.as_ref().map_or_else(
            || letter.number.clone(),
            |signer| format!("{}\u{3000}\u{3000}{signer}", letter.number),
        );
        out.push_str(&styled("Number", &format!("{border}{center}"), &run("", &text)));
    } else if !matches!(letter.form, LetterForm::Sheet | LetterForm::Certificate) {
        out.push_str(&styled("Plain", right, &run("", &letter.number)));
        if let Some(signer) = &signer {
            out.push_str(&styled("Plain", right, &run("", signer)));
        }
        out.push_str(&paragraph("Plain", ""));
        out.push_str(&paragraph("Plain", ""));
    }
    for sentence in [&letter.draft, &letter.foreign].into_iter().flatten() {
        out.push_str(&line("Synthetic", sentence));
    }
    out.push_str(&line("Title", &letter.title));
    match letter.form {
        LetterForm::Certificate => out.push_str(&styled("Number", center, &run("", &letter.number))),
        LetterForm::Sheet => out.push_str(&styled("Remark", right, &run("", &letter.number))),
        _ => {}
    }
    if let Some(to) = words.addressee(letter.to.as_deref()) {
        out.push_str(&line("Plain", &to));
    }
}

/// Two short fields side by side, a long one alone; an empty box has room for the hand.
fn form(form: &Form) -> String {
    let all = (UPRIGHT * 20.0).round() as i64;
    let (name, value) = (all * 19 / 100, all * 31 / 100);
    let rest = all - name - value - name;
    let edge =
        |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"5\" w:space=\"0\" w:color=\"000000\"/>");
    let mut out = format!("<w:tbl><w:tblPr><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&edge(side));
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in [name, value, name, rest] {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    for row in &form.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"480\" w:hRule=\"atLeast\"/></w:trPr>");
        for (index, cell) in row.iter().enumerate() {
            let wide = match (row.len(), index) {
                (1, _) => value + name + rest,
                (_, 0) => value,
                _ => rest,
            };
            boxes(&mut out, cell, name, wide, row.len() == 1);
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out.push_str(&paragraph("Remark", ""));
    out
}

fn boxes(out: &mut String, cell: &FormCell, name: i64, value: i64, alone: bool) {
    let span = if alone { "<w:gridSpan w:val=\"3\"/>" } else { "" };
    let look = "<w:rPr><w:rFonts w:eastAsia=\"SimHei\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>";
    let _ = write!(
        out,
        "<w:tc><w:tcPr><w:tcW w:w=\"{name}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>\
         <w:tc><w:tcPr><w:tcW w:w=\"{value}\" w:type=\"dxa\"/>{span}<w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
        styled(
            "TableText",
            "<w:jc w:val=\"center\"/>",
            &format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(&cell.name))
        ),
        paragraph("TableText", &sized(24, &cell.text)),
    );
}

/// One line below the text, two characters in; a long title goes on under its first character.
fn attachments(content: &mut Content, letter: &Letter, words: Wording) {
    if letter.attachments.is_empty() {
        return;
    }
    content.xml.push_str(&paragraph("Plain", ""));
    let word = words.word("attachments");
    let many = letter.attachments.len() > 1;
    let start = 2.0 * EM;
    let hang = ems(&word) * 320.0;
    for (index, title) in letter.attachments.iter().enumerate() {
        let number = if many { format!("{}.\u{2002}", index + 1) } else { String::new() };
        let first = if index == 0 { word.as_str() } else { "" };
        let back = if index == 0 { hang } else { 0.0 };
        let indent =
            format!("<w:ind w:left=\"{:.0}\" w:hanging=\"{back:.0}\" w:firstLineChars=\"0\"/>", start + hang);
        content.xml.push_str(&styled("Plain", &indent, &run("", &format!("{first}{number}{title}"))));
    }
}

/// The day four characters from the edge, the office centred over it, and room for a seal over both.
fn signature(content: &mut Content, letter: &Letter) {
    let wide = |text: &Option<String>| text.as_deref().map_or(0.0, |text| ems(text) * 320.0);
    let (office, day) = (wide(&letter.office), wide(&letter.date));
    if letter.office.is_none() && letter.date.is_none() {
        return;
    }
    let over = (office - day) / 2.0;
    let edge = if letter.date.is_none() { 4.0 * EM } else { (4.0 * EM).max(over) };
    let inset = if letter.date.is_none() { edge } else { (edge - over).max(0.0) };
    let gap = if letter.form == LetterForm::Sheet { 1 } else { 2 };
    for _ in 0..gap {
        content.xml.push_str(&paragraph("Plain", "").replace("<w:pPr>", "<w:pPr><w:keepNext/>"));
    }
    for (text, right) in [(&letter.office, inset), (&letter.date, edge)] {
        if let Some(text) = text {
            let indent = format!("<w:ind w:right=\"{right:.0}\"/>");
            content.xml.push_str(&styled("Signature", &indent, &run("", text)));
        }
    }
}

/// A4 and the margins of the standard; the head of the letter form begins 30 mm, its foot ends 13 mm from the edge.
fn section(letter: &Letter, options: &PressOptions) -> String {
    let header = if has_lines(letter, options) { 1701 } else { 1134 };
    let frame = if letter.form == LetterForm::Certificate {
        let side = |side: &str| {
            format!("<w:{side} w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"24\" w:color=\"{RED}\"/>")
        };
        format!(
            "<w:pgBorders w:offsetFrom=\"page\">{}</w:pgBorders>",
            ["top", "left", "bottom", "right"].map(side).concat()
        )
    } else {
        String::new()
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"first\"/><w:headerReference w:type=\"default\" r:id=\"header\"/>\
         <w:headerReference w:type=\"even\" r:id=\"header\"/><w:footerReference w:type=\"first\" r:id=\"last\"/>\
         <w:footerReference w:type=\"default\" r:id=\"odd\"/><w:footerReference w:type=\"even\" r:id=\"even\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"{header}\" w:footer=\"737\" w:gutter=\"0\"/>\
         {frame}<w:titlePg/></w:sectPr>"
    )
}
