//! What a person should know before a report is printed.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;
use zhiheng_publish::model::{Block, Inline, Report, Table};

use crate::fonts::{FontSet, Role};
use crate::wording::Wording;

/// Errors and warnings about `report`. An error (a figure without words) stops the PDF; a warning does not.
pub fn check(report: &Report, fonts: &FontSet) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut text = Texts::default();
    text.add(&report.title);
    for block in &report.blocks {
        match block {
            Block::Heading { text: heading, .. } => text.add(heading),
            Block::Paragraph(content) => text.inlines(content),
            Block::List { items, .. } => items.iter().for_each(|item| text.inlines(item)),
            Block::Table(table) => {
                check_rows(table, &Wording::of(report).table(table.number), &mut found);
                text.table(table);
            }
            Block::Figure(figure) => {
                if figure.alt.trim().is_empty() {
                    found.push(Diagnostic::error("ZH6501").arg("n", figure.number));
                }
                text.add(&figure.caption);
                text.table(&figure.twin);
            }
            Block::PageBreak => {}
        }
    }
    report.notes.iter().for_each(|note| text.inlines(note));
    for n in text.notes.iter().filter(|n| **n == 0 || **n > report.notes.len()) {
        found.push(Diagnostic::warning("ZH6503").arg("n", n).arg("have", report.notes.len()));
    }
    let missing = fonts.missing(Role::Body, &text.chars);
    if !missing.is_empty() {
        let list: Vec<String> = missing.iter().map(|c| format!("{c} U+{:04X}", u32::from(*c))).collect();
        found.push(Diagnostic::warning("ZH6502").arg("chars", list.join(", ")));
    }
    found
}

fn check_rows(table: &Table, name: &str, found: &mut Vec<Diagnostic>) {
    for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| row.len() != table.columns.len()) {
        found.push(
            Diagnostic::warning("ZH6504")
                .arg("table", name)
                .arg("row", index + 1)
                .arg("cells", row.len())
                .arg("columns", table.columns.len()),
        );
    }
}

/// Characters and note references of a report.
#[derive(Default)]
struct Texts {
    chars: BTreeSet<char>,
    notes: BTreeSet<usize>,
}

impl Texts {
    fn add(&mut self, text: &str) {
        self.chars.extend(text.chars().filter(|c| !c.is_control()));
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => self.add(text),
                Inline::NoteRef(n) => {
                    self.notes.insert(*n);
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.add(&table.caption);
        table.columns.iter().for_each(|column| self.add(&column.title));
        table.rows.iter().flatten().for_each(|cell| self.add(&cell.text));
        table.remarks.iter().for_each(|remark| self.add(remark));
    }
}
