//! Blocks as the templates read them: layout decided, links resolved, words chosen.

use serde::Serialize;
use zhiheng_base::Diagnostic;
use zhiheng_publish::model::{Block, Cell, Figure, Inline, Table};

use crate::clean::breakable;
use crate::columns::{self, Plan};
use crate::error::PressError;
use crate::links::link;
use crate::options::PressOptions;
use crate::wording::{Wording, level};

/// Largest height of a figure, pt (150 mm); a taller one is made smaller.
const TALLEST: f64 = 150.0 / 25.4 * 72.0;

#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub(super) enum Piece {
    Heading { level: u8, look: u8, text: String },
    Paragraph { runs: Vec<Run> },
    List { ordered: bool, items: Vec<Vec<Run>> },
    Table(TablePiece),
    Figure(FigurePiece),
    Break,
}

#[derive(Serialize)]
pub(super) struct TablePiece {
    caption: String,
    size: f64,
    sideways: bool,
    widths: Vec<f64>,
    heads: Vec<String>,
    numbers: Vec<bool>,
    rows: Vec<Vec<CellPiece>>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct CellPiece {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Hidden digits after the number that bring the decimal points of a column under each other.
    #[serde(skip_serializing_if = "String::is_empty")]
    pad: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    small: bool,
}

#[derive(Serialize)]
pub(super) struct FigurePiece {
    caption: String,
    svg: String,
    alt: String,
    width: f64,
    source: String,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub(super) enum Run {
    Text { text: String },
    Strong { text: String },
    Number { text: String, url: Option<String> },
    Note { n: usize, target: bool },
}

/// Prepares the blocks of one document, one after the other.
pub(super) struct Blocks<'a> {
    /// Its words.
    pub(super) words: Wording,
    /// How it is printed.
    pub(super) options: &'a PressOptions,
    /// How many notes it has.
    pub(super) notes: usize,
    /// Headings so far.
    pub(super) headings: usize,
    before: u8,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(words: Wording, options: &'a PressOptions, notes: usize) -> Blocks<'a> {
        Blocks { words, options, notes, headings: 0, before: 0 }
    }

    /// The block as a piece; `None` for a table without columns.
    pub(super) fn piece(&mut self, block: &Block) -> Result<Option<Piece>, PressError> {
        Ok(Some(match block {
            Block::Heading { level: look, text } => {
                self.before = level(self.before, *look);
                self.headings += 1;
                Piece::Heading { level: self.before, look: (*look).clamp(1, 4), text: breakable(text) }
            }
            Block::Paragraph(content) => Piece::Paragraph { runs: self.runs(content) },
            Block::List { ordered, items } => {
                Piece::List { ordered: *ordered, items: items.iter().map(|item| self.runs(item)).collect() }
            }
            Block::Table(content) if content.columns.is_empty() => return Ok(None),
            Block::Table(content) => Piece::Table(table(content, self.words, self.options)),
            Block::Figure(content) => Piece::Figure(figure(content, self.words)?),
            Block::PageBreak => Piece::Break,
        }))
    }

    /// Stretches of text.
    pub(super) fn runs(&self, content: &[Inline]) -> Vec<Run> {
        content.iter().map(|inline| run(inline, self.notes, self.options)).collect()
    }
}

fn run(inline: &Inline, notes: usize, options: &PressOptions) -> Run {
    match inline {
        Inline::Text(text) => Run::Text { text: breakable(text) },
        Inline::Strong(text) => Run::Strong { text: breakable(text) },
        Inline::Number { text, address } => {
            Run::Number { text: breakable(text), url: link(&options.links, address) }
        }
        Inline::NoteRef(n) => Run::Note { n: *n, target: (1..=notes).contains(n) },
    }
}

fn table(table: &Table, words: Wording, options: &PressOptions) -> TablePiece {
    let heads: Vec<String> =
        table.columns.iter().map(|column| words.column(&column.title, column.unit.as_deref())).collect();
    let Plan { size, sideways, widths } = columns::plan(table, &heads);
    let numbers: Vec<bool> = table.columns.iter().map(|column| column.number).collect();
    let most: Vec<Option<usize>> = (0..numbers.len())
        .map(|index| table.rows.iter().filter_map(|row| decimals(&row.get(index)?.text)).max())
        .collect();
    let cell = |(index, cell): (usize, &Cell)| {
        let pad = match (numbers[index], decimals(&cell.text), most[index]) {
            (true, Some(0), Some(most)) if most > 0 => format!(".{}", "0".repeat(most)),
            (true, Some(have), Some(most)) => "0".repeat(most - have),
            _ => String::new(),
        };
        let url = cell.address.as_deref().and_then(|address| link(&options.links, address));
        CellPiece { text: breakable(&cell.text), url, pad, small: cell.small }
    };
    let mut remarks: Vec<String> = table.remarks.iter().map(|remark| breakable(remark)).collect();
    if let Some(first) = remarks.first_mut() {
        first.insert_str(0, &words.word("remark"));
    }
    let rows = table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect();
    TablePiece {
        caption: words.caption(&words.table(table.number), &table.caption),
        size,
        sideways,
        widths,
        heads: heads.iter().map(|head| breakable(head)).collect(),
        numbers,
        rows,
        remarks,
    }
}

/// Digits after the decimal point, if the text is a plain number.
fn decimals(text: &str) -> Option<usize> {
    let digits = text.trim_start_matches(['-', '+', '\u{2212}']);
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == ',');
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match digits.split_once('.') {
        None => plain(digits).then_some(0),
        Some((whole, part)) => (plain(whole) && plain(part)).then_some(part.len()),
    }
}

fn figure(figure: &Figure, words: Wording) -> Result<FigurePiece, PressError> {
    if figure.alt.trim().is_empty() {
        return Err(Diagnostic::error("ZH6501").arg("n", figure.number).into());
    }
    let width = match view_box(&figure.svg) {
        Some((width, height)) if width > 0.0 && height > 0.0 => {
            columns::UPRIGHT.min(TALLEST * width / height)
        }
        _ => columns::UPRIGHT,
    };
    Ok(FigurePiece {
        caption: words.caption(&words.figure(figure.number), &figure.caption),
        svg: figure.svg.clone(),
        alt: figure.alt.clone(),
        width,
        source: breakable(&figure.source),
    })
}

/// Width and height of a drawing's view box.
fn view_box(svg: &str) -> Option<(f64, f64)> {
    let rest = svg.split_once("viewBox=\"")?.1;
    let mut numbers = rest.split_once('"')?.0.split_whitespace().skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{decimals, view_box};

    #[test]
    fn plain_numbers_know_their_decimals() {
        let cases =
            [("85.9", Some(1)), ("1,650", Some(0)), ("-0.25", Some(2)), ("+2.8", Some(1)), ("—", None)];
        for (text, expected) in cases {
            assert_eq!(decimals(text), expected, "{text}");
        }
        assert_eq!(decimals("84.1–87.5"), None);
        assert_eq!(decimals("85.9%"), None);
    }

    #[test]
    fn a_drawing_knows_its_size() {
        assert_eq!(view_box("<svg viewBox=\"0 0 442.2 200\">"), Some((442.2, 200.0)));
        assert_eq!(view_box("<svg>"), None);
    }
}
