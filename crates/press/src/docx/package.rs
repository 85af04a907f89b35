//! The parts of the file and how they refer to each other.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zhiheng_publish::model::Report;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::Content;
use super::xml::{escaped, line};
use crate::error::PressError;
use crate::imprint::Imprint;
use crate::options::PressOptions;
use crate::wording::Wording;

const STYLES: &str = include_str!("../../templates/docx/styles.xml");
const NUMBERING: &str = include_str!("../../templates/docx/numbering.xml");
const SETTINGS: &str = include_str!("../../templates/docx/settings.xml");

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// What a file says about itself, and what stands at the head and foot of its pages.
pub(super) struct Particulars {
    /// Title.
    pub(super) title: String,
    /// Who issued it.
    pub(super) creator: Option<String>,
    /// The imprint, as keywords.
    pub(super) imprint: String,
    /// Version of the program.
    pub(super) program: String,
    /// Its words.
    pub(super) words: Wording,
    /// Parts of the pages' heads and feet: name, `hdr` or `ftr`, paragraphs.
    pub(super) edges: Vec<(&'static str, &'static str, String)>,
}

impl Particulars {
    /// Those of a report.
    pub(super) fn of(report: &Report, options: &PressOptions) -> Particulars {
        let words = Wording::of(report);
        Particulars {
            title: report.title.clone(),
            creator: report.issue.office.clone(),
            imprint: Imprint::of(report, options).line(),
            program: report.pins.program.clone(),
            words,
            edges: vec![
                ("header", "hdr", line("Header", &words.word("edited"))),
                ("odd", "ftr", folio("right")),
                ("even", "ftr", folio("left")),
            ],
        }
    }
}

/// Puts the file together. Parts stand in a fixed order and carry no time of day.
pub(super) fn package(
    about: &Particulars,
    options: &PressOptions,
    content: Content,
) -> Result<Vec<u8>, PressError> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(about)),
        ("_rels/.rels".to_owned(), root_relationships()),
        ("docProps/core.xml".to_owned(), core(about, options)),
        ("docProps/app.xml".to_owned(), app(about)),
        ("word/document.xml".to_owned(), document(&content.xml)),
        ("word/_rels/document.xml.rels".to_owned(), relationships(about, &content)),
        ("word/styles.xml".to_owned(), styles(about.words)),
        ("word/numbering.xml".to_owned(), numbering(&content.lists)),
        ("word/settings.xml".to_owned(), SETTINGS.to_owned()),
    ];
    parts.extend(
        about.edges.iter().map(|(name, element, xml)| (format!("word/{name}.xml"), part(element, xml))),
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |problem: &dyn std::fmt::Display| PressError::write("docx", problem);
    let plain = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let packed = plain.compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(name, packed).map_err(|problem| failed(&problem))?;
        zip.write_all(text.as_bytes()).map_err(|problem| failed(&problem))?;
    }
    for (index, png) in content.pictures.iter().enumerate() {
        let stored = plain.compression_method(CompressionMethod::Stored);
        zip.start_file(format!("word/media/figure{}.png", index + 1), stored)
            .map_err(|problem| failed(&problem))?;
        zip.write_all(png).map_err(|problem| failed(&problem))?;
    }
    Ok(zip.finish().map_err(|problem| failed(&problem))?.into_inner())
}

fn content_types(about: &Particulars) -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
    );
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
    ];
    let edges = about.edges.iter().map(|(name, element, _)| (*name, edge(element)));
    for (part, kind) in parts.into_iter().chain(edges) {
        let _ = write!(out, "<Override PartName=\"/word/{part}.xml\" ContentType=\"{word}.{kind}+xml\"/>");
    }
    out.push_str("<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>");
    out
}

fn root_relationships() -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"document\" Type=\"{TYPES}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"core\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"app\" Type=\"{TYPES}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}

fn relationships(about: &Particulars, content: &Content) -> String {
    let mut out = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    let parts = [("styles", "styles"), ("numbering", "numbering"), ("settings", "settings")];
    let edges = about.edges.iter().map(|(name, element, _)| (*name, edge(element)));
    for (id, kind) in parts.into_iter().chain(edges) {
        let _ = write!(out, "<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{id}.xml\"/>");
    }
    for index in 1..=content.pictures.len() {
        let _ = write!(
            out,
            "<Relationship Id=\"picture{index}\" Type=\"{TYPES}/image\" Target=\"media/figure{index}.png\"/>"
        );
    }
    out.push_str(&content.links.relationships());
    out.push_str("</Relationships>");
    out
}

fn core(about: &Particulars, options: &PressOptions) -> String {
    let mut out = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>",
        escaped(&about.title)
    );
    if let Some(office) = &about.creator {
        let _ = write!(out, "<dc:creator>{}</dc:creator>", escaped(office));
    }
    let _ = write!(
        out,
        "<cp:keywords>{}</cp:keywords><dc:language>{}</dc:language>",
        about.imprint,
        about.words.tag()
    );
    if let Some(date) = options.date {
        let _ =
            write!(out, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>");
    }
    out.push_str("</cp:coreProperties>");
    out
}

fn app(about: &Particulars) -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Zhiheng {}</Application></Properties>",
        escaped(&about.program)
    )
}

fn document(body: &str) -> String {
    format!(
        "{HEAD}<w:document {W} xmlns:r=\"{TYPES}\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">\
         <w:body>{body}</w:body></w:document>"
    )
}

fn part(element: &str, content: &str) -> String {
    format!("{HEAD}<w:{element} {W} xmlns:r=\"{TYPES}\">{content}</w:{element}>")
}

/// The kind of a page's head or foot.
fn edge(element: &str) -> &'static str {
    if element == "hdr" { "header" } else { "footer" }
}

/// The page number between dashes, one character from the outer edge.
pub(super) fn folio(side: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:left=\"280\" w:right=\"280\"/><w:jc w:val=\"{side}\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">\u{2014} </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> \u{2014}</w:t></w:r></w:p>"
    )
}

/// The styles, with the language of the report as that of its Latin text.
fn styles(words: Wording) -> String {
    let latin = if words.tag() == "en" { "en-GB" } else { "en-US" };
    STYLES.replace("w:lang w:val=\"en-GB\"", &format!("w:lang w:val=\"{latin}\""))
}

/// One number per list, so that each starts from 1.
fn numbering(lists: &[bool]) -> String {
    let mut out = NUMBERING.to_owned();
    for (index, ordered) in lists.iter().enumerate() {
        let _ = write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            index + 1,
            u8::from(*ordered)
        );
    }
    out.push_str("</w:numbering>");
    out
}
