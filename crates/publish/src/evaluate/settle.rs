//! The last touches on text: late values are filled in, spaces between Chinese and numbers go.

use std::collections::BTreeMap;

use zhiheng_base::Lang;

use crate::language::is_wide;
use crate::model::{Block, Inline, Report};

/// Marks a name that is only known at the end; private-use characters that no source text means to print.
const OPEN: char = '\u{E0F0}';
const CLOSE: char = '\u{E0F1}';

/// A stand-in for what `name` will be.
pub(super) fn later(name: &str) -> Inline {
    Inline::Text(format!("{OPEN}{name}{CLOSE}"))
}

/// Fills in what was only known at the end.
pub(super) fn late(report: &mut Report, known: &BTreeMap<String, String>) {
    report.title = filled(&report.title, known);
    for inline in report.notes.iter_mut().flatten() {
        fill(inline, known);
    }
    for block in &mut report.blocks {
        match block {
            Block::Heading { text, .. } => *text = filled(text, known),
            Block::Paragraph(inlines) => inlines.iter_mut().for_each(|inline| fill(inline, known)),
            Block::List { items, .. } => {
                items.iter_mut().flatten().for_each(|inline| fill(inline, known));
            }
            Block::Table(table) => table.caption = filled(&table.caption, known),
            Block::Figure(figure) => figure.caption = filled(&figure.caption, known),
            Block::PageBreak => {}
        }
    }
}

fn fill(inline: &mut Inline, known: &BTreeMap<String, String>) {
    if let Inline::Text(text) | Inline::Strong(text) = inline {
        *text = filled(text, known);
    }
}

fn filled(text: &str, known: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        out.push_str(before);
        let Some((name, after)) = after.split_once(CLOSE) else { break };
        out.push_str(known.get(name).map_or("?", String::as_str));
        rest = after;
    }
    out + rest
}

/// Settles the spaces of a whole report and joins neighbouring texts.
pub(super) fn report(report: &mut Report) {
    let lang = report.lang;
    report.title = text(&report.title, lang);
    report.notes.iter_mut().for_each(|note| inlines(note, lang));
    for block in &mut report.blocks {
        match block {
            Block::Heading { text: heading, .. } => *heading = text(heading, lang),
            Block::Paragraph(pieces) => inlines(pieces, lang),
            Block::List { items, .. } => items.iter_mut().for_each(|item| inlines(item, lang)),
            Block::Table(_) | Block::Figure(_) | Block::PageBreak => {}
        }
    }
    report.blocks.retain(|block| !matches!(block, Block::Paragraph(pieces) if pieces.is_empty()));
}

/// In Chinese, drops spaces that stand beside a Chinese character.
pub(super) fn text(text: &str, lang: Lang) -> String {
    let mut pieces = vec![Inline::Text(text.to_owned())];
    inlines(&mut pieces, lang);
    match pieces.pop() {
        Some(Inline::Text(text)) => text,
        _ => String::new(),
    }
}

fn inlines(pieces: &mut Vec<Inline>, lang: Lang) {
    if lang == Lang::Zh {
        let spans: Vec<Option<Vec<char>>> =
            pieces.iter().map(|piece| text_of(piece).map(|t| t.chars().collect())).collect();
        let all: Vec<(usize, char)> = spans
            .iter()
            .enumerate()
            .flat_map(|(at, chars)| chars.iter().flatten().map(move |c| (at, *c)))
            .collect();
        let mut kept: Vec<String> = vec![String::new(); pieces.len()];
        // Whether the nearest character that is no space, before and after, is a wide one.
        let beside = |chars: &mut dyn Iterator<Item = char>| {
            let mut wide = false;
            chars
                .map(|c| {
                    let before = wide;
                    wide = if c == ' ' { wide } else { is_wide(c) };
                    before
                })
                .collect::<Vec<bool>>()
        };
        let before = beside(&mut all.iter().map(|(_, c)| *c));
        let mut after = beside(&mut all.iter().rev().map(|(_, c)| *c));
        after.reverse();
        for (i, &(at, c)) in all.iter().enumerate() {
            if c != ' ' || !(before[i] || after[i]) {
                kept[at].push(c);
            }
        }
        for (piece, text) in pieces.iter_mut().zip(kept) {
            if let Inline::Text(old) | Inline::Strong(old) | Inline::Number { text: old, .. } = piece {
                *old = text;
            }
        }
    }
    let mut joined: Vec<Inline> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        match (joined.last_mut(), piece) {
            (_, Inline::Text(text) | Inline::Strong(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    *pieces = joined;
}

fn text_of(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => Some(text),
        Inline::NoteRef(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_go_between_chinese_and_numbers_and_stay_between_words() {
        assert_eq!(text("抽查 1650 批次 ，合格率 85.9%", Lang::Zh), "抽查1650批次，合格率85.9%");
        assert_eq!(text("依据 GB/T 8170 修约", Lang::Zh), "依据GB/T 8170修约");
        assert_eq!(text("drawn 1,650 batches", Lang::En), "drawn 1,650 batches");
        let mut pieces = vec![
            Inline::Text("抽查 ".to_owned()),
            Inline::Number { text: "1650".to_owned(), address: "a".to_owned() },
            Inline::NoteRef(1),
            Inline::Text(" 批次".to_owned()),
        ];
        inlines(&mut pieces, Lang::Zh);
        assert_eq!(pieces[0], Inline::Text("抽查".to_owned()));
        assert_eq!(pieces[3], Inline::Text("批次".to_owned()));
    }
}
