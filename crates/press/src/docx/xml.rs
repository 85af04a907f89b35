//! The few elements of WordprocessingML that a report needs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use zhiheng_publish::model::Inline;

use crate::links::link;
use crate::options::PressOptions;

/// Text as XML content or attribute value. Characters that XML forbids have been taken out before.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A run of text in a character style ("" for none).
pub(super) fn run(style: &str, text: &str) -> String {
    let style = if style.is_empty() {
        String::new()
    } else {
        format!("<w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>")
    };
    format!("<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// A paragraph of finished runs in a paragraph style.
pub(super) fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// A paragraph of plain text.
pub(super) fn line(style: &str, text: &str) -> String {
    paragraph(style, &run("", text))
}

/// Links out of the document, each with the id of its relationship.
#[derive(Default)]
pub(super) struct Links {
    ids: BTreeMap<String, usize>,
}

impl Links {
    /// Wraps finished runs into a link.
    pub(super) fn wrap(&mut self, url: &str, runs: &str) -> String {
        let next = self.ids.len() + 1;
        let id = *self.ids.entry(url.to_owned()).or_insert(next);
        format!("<w:hyperlink r:id=\"link{id}\" w:history=\"1\">{runs}</w:hyperlink>")
    }

    /// The relationships, as XML.
    pub(super) fn relationships(&self) -> String {
        self.ids.iter().fold(String::new(), |mut out, (url, id)| {
            let _ = write!(
                out,
                "<Relationship Id=\"link{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                escaped(url)
            );
            out
        })
    }
}

/// The runs of a stretch of text of a document with so many notes.
pub(super) fn runs(content: &[Inline], notes: usize, options: &PressOptions, links: &mut Links) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => out.push_str(&run("", text)),
            Inline::Strong(text) => out.push_str(&run("Strong", text)),
            Inline::Number { text, address } => match link(&options.links, address) {
                Some(url) => out.push_str(&links.wrap(&url, &run("Address", text))),
                None => out.push_str(&run("", text)),
            },
            Inline::NoteRef(n) => {
                let shown = run("NoteReference", &format!("[{n}]"));
                if (1..=notes).contains(n) {
                    let _ = write!(
                        out,
                        "<w:hyperlink w:anchor=\"note{n}\" w:history=\"1\">{shown}</w:hyperlink>"
                    );
                } else {
                    out.push_str(&shown);
                }
            }
        }
    }
    out
}
