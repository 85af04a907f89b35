//! The text of the document: blocks in order, notes and imprint at the end.

use std::fmt::Write as _;

use zhiheng_publish::model::{Block, Figure, Report};

use super::table::table;
use super::xml::{Links, escaped, line, paragraph, run, runs};
use crate::columns::UPRIGHT;
use crate::error::PressError;
use crate::fonts::FontSet;
use crate::options::PressOptions;
use crate::picture::picture;
use crate::wording::{Wording, level};

/// English metric units in a point.
const EMU: f64 = 12_700.0;

/// Largest height of a figure, pt (150 mm).
const TALLEST: f64 = 150.0 / 25.4 * 72.0;

/// What the package is made of.
#[derive(Default)]
pub(super) struct Content {
    /// Inside of `w:body`.
    pub(super) xml: String,
    /// Links out of the document.
    pub(super) links: Links,
    /// Pictures, PNG, in order.
    pub(super) pictures: Vec<Vec<u8>>,
    /// For each list whether it is numbered.
    pub(super) lists: Vec<bool>,
    bookmarks: usize,
}

pub(super) fn body(report: &Report, fonts: &FontSet, options: &PressOptions) -> Result<Content, PressError> {
    let words = Wording::of(report);
    let mut content = Content::default();
    head(&mut content, report, options);
    contents(&mut content, report, options);
    if let Some(addressee) = words.addressee(report.issue.addressee.as_deref()) {
        content.xml.push_str(&line("Plain", &addressee));
    }
    let mut writer = Writer { words, options, fonts, notes: report.notes.len(), before: 0 };
    for block in &report.blocks {
        writer.block(&mut content, block)?;
    }
    foot(&mut content, report, options);
    let _ = write!(content.xml, "{}", properties(false));
    Ok(content)
}

/// Writes the blocks of one document, one after the other.
pub(super) struct Writer<'a> {
    pub(super) words: Wording,
    pub(super) options: &'a PressOptions,
    pub(super) fonts: &'a FontSet,
    /// How many notes it has.
    pub(super) notes: usize,
    /// Level of the heading before, 0 at the start.
    pub(super) before: u8,
}

impl Writer<'_> {
    pub(super) fn block(&mut self, content: &mut Content, block: &Block) -> Result<(), PressError> {
        match block {
            Block::Heading { level: wanted, text } => {
                self.before = level(self.before, *wanted);
                let mark = content.bookmark(&format!("_Toc{}", content.bookmarks + 1), &run("", text));
                content.xml.push_str(&paragraph(&format!("Heading{}", self.before), &mark));
            }
            Block::Paragraph(text) => {
                let runs = runs(text, self.notes, self.options, &mut content.links);
                content.xml.push_str(&paragraph("Normal", &runs));
            }
            Block::List { ordered, items } => {
                content.lists.push(*ordered);
                for item in items {
                    let runs = runs(item, self.notes, self.options, &mut content.links);
                    let _ = write!(
                        content.xml,
                        "<w:p><w:pPr><w:pStyle w:val=\"ListParagraph\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr></w:pPr>{runs}</w:p>",
                        content.lists.len()
                    );
                }
            }
            Block::Table(item) if item.columns.is_empty() => {}
            Block::Table(item) => {
                let (xml, sideways) = table(item, self.words, self.options, &mut content.links);
                if sideways {
                    content.xml.push_str(&section(false));
                    content.xml.push_str(&xml);
                    content.xml.push_str(&section(true));
                } else {
                    content.xml.push_str(&xml);
                }
            }
            Block::Figure(item) => figure(content, item, self.words, self.fonts)?,
            Block::PageBreak => {
                content.xml.push_str(&paragraph("Plain", "<w:r><w:br w:type=\"page\"/></w:r>"));
            }
        }
        Ok(())
    }
}

impl Content {
    /// Puts a bookmark around finished runs.
    fn bookmark(&mut self, name: &str, runs: &str) -> String {
        self.bookmarks += 1;
        let id = self.bookmarks;
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }
}

/// Red head if asked for, number, title, statement.
fn head(content: &mut Content, report: &Report, options: &PressOptions) {
    let number = |side: &str, border: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Number\"/>{border}<w:jc w:val=\"{side}\"/></w:pPr>{}</w:p>",
            run("", text)
        )
    };
    let text = report.issue.number.as_deref();
    if let Some(name) = &options.head {
        content.xml.push_str(&line("RedHead", name));
        let border =
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" w:color=\"D7000F\"/></w:pBdr>";
        content.xml.push_str(&number("center", border, text.unwrap_or("")));
    } else if let Some(text) = text {
        content.xml.push_str(&number("right", "", text));
    }
    content.xml.push_str(&line("Title", &report.title));
    if let Some(sentence) = &report.synthetic {
        content.xml.push_str(&line("Synthetic", sentence));
    }
}

/// A table of contents as a field that the word processor fills with page numbers when it opens the file.
fn contents(content: &mut Content, report: &Report, options: &PressOptions) {
    let headings: Vec<(u8, &str)> = report
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text } => Some((*level, text.as_str())),
            _ => None,
        })
        .collect();
    if !options.contents.printed(headings.len()) {
        return;
    }
    let words = Wording::of(report);
    let _ = write!(
        content.xml,
        "<w:p><w:pPr><w:pStyle w:val=\"Plain\"/><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
        run("Strong", &words.word("contents"))
    );
    let mut start = "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>\
                     <w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    for (index, (level, text)) in headings.iter().enumerate().filter(|(_, (level, _))| *level <= 2) {
        let linked = format!(
            "<w:hyperlink w:anchor=\"_Toc{}\" w:history=\"1\">{}</w:hyperlink>",
            index + 1,
            run("", text)
        );
        let style = if *level <= 1 { "TOC1" } else { "TOC2" };
        content.xml.push_str(&paragraph(style, &format!("{start}{linked}")));
        start = "";
    }
    let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:br w:type=\"page\"/></w:r>";
    content.xml.push_str(&paragraph("Plain", &format!("{start}{end}")));
}

fn figure(content: &mut Content, figure: &Figure, words: Wording, fonts: &FontSet) -> Result<(), PressError> {
    let drawn = picture(&figure.svg, figure.number, fonts)?;
    let (width, height) = drawn.size;
    let scale = (UPRIGHT / width).min(TALLEST / height).min(1.0);
    let (across, down) = ((width * scale * EMU).round() as i64, (height * scale * EMU).round() as i64);
    content.pictures.push(drawn.png);
    let id = content.pictures.len();
    let alt = escaped(&figure.alt);
    let xml = format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{across}\" cy=\"{down}\"/>\
         <wp:docPr id=\"{id}\" name=\"figure{id}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"figure{id}.png\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"picture{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{across}\" cy=\"{down}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    );
    content.xml.push_str(&paragraph("Figure", &xml));
    content.xml.push_str(&line("Caption", &words.caption(&words.figure(figure.number), &figure.caption)));
    if !figure.source.is_empty() {
        content.xml.push_str(&line("Remark", &figure.source));
    }
    Ok(())
}

/// Signature, notes, imprint.
fn foot(content: &mut Content, report: &Report, options: &PressOptions) {
    let words = Wording::of(report);
    let issue = &report.issue;
    if issue.office.is_some() || issue.date.is_some() {
        content.xml.push_str(&paragraph("Plain", ""));
        for text in [&issue.office, &issue.date].into_iter().flatten() {
            content.xml.push_str(&line("Signature", text));
        }
    }
    if !report.notes.is_empty() {
        content.xml.push_str(&line("NoteHeading", &words.word("notes")));
    }
    for (index, note) in report.notes.iter().enumerate() {
        let n = index + 1;
        let number = content.bookmark(&format!("note{n}"), &run("", &format!("[{n}]\u{2002}")));
        let text = runs(note, report.notes.len(), options, &mut content.links);
        content.xml.push_str(&paragraph("Note", &format!("{number}{text}")));
    }
    content.xml.push_str(&line("NoteHeading", &words.word("imprint")));
    for text in words.imprint(report) {
        content.xml.push_str(&line("Imprint", &text));
    }
    content.xml.push_str(&line("Imprint", &words.verify(report)));
    content.xml.push_str(&line("Imprint", &words.word("edited")));
}

/// A paragraph that ends a section.
fn section(sideways: bool) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/>{}</w:pPr></w:p>", properties(sideways))
}

/// Section properties: A4 and the margins of GB/T 9704, upright or on its side.
fn properties(sideways: bool) -> String {
    let page = if sideways {
        "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
         <w:pgMar w:top=\"1588\" w:right=\"2098\" w:bottom=\"1474\" w:left=\"1984\" w:header=\"851\" w:footer=\"851\" w:gutter=\"0\"/>"
    } else {
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1134\" w:footer=\"1304\" w:gutter=\"0\"/>"
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/><w:headerReference w:type=\"even\" r:id=\"header\"/>\
         <w:footerReference w:type=\"default\" r:id=\"odd\"/><w:footerReference w:type=\"even\" r:id=\"even\"/>{page}</w:sectPr>"
    )
}
