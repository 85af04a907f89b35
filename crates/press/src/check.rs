//! What a person should know before a report is printed.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;
use zhiheng_publish::letter::{Letter, LetterBlock};
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
    found.extend(text.missing(fonts));
    found
}

/// Warnings about `letter`. Gaps are told where it is written; here it is about what the fonts can print.
pub fn letter_check(letter: &Letter, fonts: &FontSet) -> Vec<Diagnostic> {
    let mut text = Texts::default();
    let single = [&letter.to, &letter.signer, &letter.office, &letter.date];
    let lines = [&letter.title, &letter.number, &letter.mark].into_iter().chain(single.into_iter().flatten());
    lines.chain(&letter.attachments).chain(&letter.copies).for_each(|line| text.add(line));
    for block in &letter.blocks {
        match block {
            LetterBlock::Block(Block::Heading { text: heading, .. }) => text.add(heading),
            LetterBlock::Block(Block::Paragraph(content)) => text.inlines(content),
            LetterBlock::Block(Block::List { items, .. }) => items.iter().for_each(|item| text.inlines(item)),
            LetterBlock::Block(Block::Table(table)) => text.table(table),
            LetterBlock::Block(Block::Figure(_) | Block::PageBreak) => {}
            LetterBlock::Form(form) => form.rows.iter().flatten().for_each(|cell| {
                text.add(&cell.name);
                text.add(&cell.text);
            }),
        }
    }
    text.missing(fonts).into_iter().collect()
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

    /// A warning that names the characters that no font has.
    fn missing(&self, fonts: &FontSet) -> Option<Diagnostic> {
        let missing = fonts.missing(Role::Body, &self.chars);
        let list: Vec<String> = missing.iter().map(|c| format!("{c} U+{:04X}", u32::from(*c))).collect();
        (!list.is_empty()).then(|| Diagnostic::warning("ZH6502").arg("chars", list.join(", ")))
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
