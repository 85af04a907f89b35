//! Text that every format can carry.
//!
//! Control characters end an XML file, and characters that turn the direction of writing can show one number
//! and hold another. Both are taken out once, before any format sees the report; line breaks become spaces,
//! since a cell or caption is one line. Drawings are left alone: they are markup, not text.

use zhiheng_publish::letter::{Letter, LetterBlock};
use zhiheng_publish::model::{Block, Cell, Figure, Inline, Report, Table};

/// The report with every text cleaned.
pub(crate) fn report(report: &Report) -> Report {
    let mut report = report.clone();
    for text in [&mut report.id, &mut report.layout, &mut report.title] {
        line(text);
    }
    let issue = &mut report.issue;
    for text in
        [&mut issue.office, &mut issue.number, &mut issue.date, &mut issue.addressee, &mut report.synthetic]
            .into_iter()
            .flatten()
    {
        line(text);
    }
    let pins = &mut report.pins;
    for text in
        [&mut pins.ledger_root, &mut pins.catalog, &mut pins.program, &mut pins.region, &mut pins.period]
    {
        line(text);
    }
    report.blocks.iter_mut().for_each(block);
    report.notes.iter_mut().flatten().for_each(inline);
    report
}

/// The letter with every text cleaned.
pub(crate) fn letter(letter: &Letter) -> Letter {
    let mut letter = letter.clone();
    for text in [&mut letter.id, &mut letter.title, &mut letter.mark, &mut letter.number, &mut letter.foot] {
        line(text);
    }
    let optional = [
        &mut letter.foreign,
        &mut letter.draft,
        &mut letter.signer,
        &mut letter.to,
        &mut letter.office,
        &mut letter.date,
    ];
    optional.into_iter().flatten().for_each(line);
    letter.attachments.iter_mut().chain(&mut letter.copies).for_each(line);
    for text in [&mut letter.pins.case_no, &mut letter.pins.verify, &mut letter.pins.catalog] {
        line(text);
    }
    for part in &mut letter.blocks {
        match part {
            LetterBlock::Block(content) => block(content),
            LetterBlock::Form(form) => {
                for cell in form.rows.iter_mut().flatten() {
                    line(&mut cell.name);
                    line(&mut cell.text);
                }
            }
        }
    }
    letter
}

fn block(block: &mut Block) {
    match block {
        Block::Heading { text, .. } => line(text),
        Block::Paragraph(content) => content.iter_mut().for_each(inline),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(inline),
        Block::Table(content) => table(content),
        Block::Figure(content) => figure(content),
        Block::PageBreak => {}
    }
}

fn figure(figure: &mut Figure) {
    line(&mut figure.caption);
    line(&mut figure.alt);
    line(&mut figure.source);
    table(&mut figure.twin);
}

fn table(table: &mut Table) {
    line(&mut table.caption);
    table.remarks.iter_mut().for_each(line);
    for column in &mut table.columns {
        line(&mut column.title);
        column.unit.iter_mut().for_each(line);
    }
    table.rows.iter_mut().flatten().for_each(cell);
    // Rows are made as wide as the table, so that no format has to count.
    for row in &mut table.rows {
        row.resize(table.columns.len(), Cell::default());
    }
}

fn cell(cell: &mut Cell) {
    line(&mut cell.text);
    cell.address.iter_mut().for_each(line);
}

fn inline(inline: &mut Inline) {
    match inline {
        Inline::Text(text) | Inline::Strong(text) => line(text),
        Inline::Number { text, address } => {
            line(text);
            line(address);
        }
        Inline::NoteRef(_) => {}
    }
}

/// Cleans one line of text.
fn line(text: &mut String) {
    if !text.chars().any(|c| is_unwanted(c) || is_break(c)) {
        return;
    }
    *text = text.chars().filter(|c| !is_unwanted(*c)).map(|c| if is_break(c) { ' ' } else { c }).collect();
}

/// Line breaks, tabs and separators: they become a space.
fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that no format can carry, or that reorder what stands beside them.
fn is_unwanted(c: char) -> bool {
    let control = c.is_control() && !is_break(c);
    let direction =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    let not_a_character =
        (u32::from(c) & 0xfffe) == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{feff}');
    // joiners, selectors of variants, soft hyphens: nothing to see, and fonts have no glyph for them
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
    );
    control || direction || not_a_character || unseen
}

/// Gives long stretches without a space a place to break every [`RUN`] characters, so that a hash or a web
/// address stays inside the type area.
pub(crate) fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        let solid = !c.is_whitespace() && u32::from(c) < 0x2e80;
        run = if solid { run + 1 } else { 0 };
        if run > RUN {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(c);
    }
    out
}

/// Longest stretch of Latin letters and digits that is kept together.
pub(crate) const RUN: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_go_and_breaks_become_spaces() {
        let clean = |text: &str| {
            let mut text = text.to_owned();
            line(&mut text);
            text
        };
        assert_eq!(clean("a\u{0}b\u{1b}[31m"), "ab[31m");
        assert_eq!(clean("85\u{202e}9.%"), "859.%");
        assert_eq!(clean("one\r\ntwo"), "one  two");
        assert_eq!(clean("合格率 #read(\"x\")"), "合格率 #read(\"x\")");
    }

    #[test]
    fn long_runs_can_break() {
        assert_eq!(breakable("short"), "short");
        let hash = "a".repeat(60);
        let broken = breakable(&hash);
        assert_eq!(broken.matches('\u{200b}').count(), 2);
        assert_eq!(broken.replace('\u{200b}', ""), hash);
        assert!(!breakable(&"质".repeat(100)).contains('\u{200b}'));
    }
}
