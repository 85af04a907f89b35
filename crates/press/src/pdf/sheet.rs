//! The report as the template reads it: blocks with their layout decided, links resolved, words chosen.

use serde::Serialize;
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_publish::model::{Block, Cell, Figure, Inline, Report, Table};

use crate::clean::breakable;
use crate::columns::{self, Plan};
use crate::error::PressError;
use crate::fonts::{FontSet, Role};
use crate::imprint::Imprint;
use crate::links::link;
use crate::options::PressOptions;
use crate::wording::{Wording, level};

/// Largest height of a figure, pt (150 mm); a taller one is made smaller.
const TALLEST: f64 = 150.0 / 25.4 * 72.0;

/// All that the template reads.
#[derive(Serialize)]
pub(super) struct Sheet {
    title: String,
    lang: &'static str,
    region: Option<&'static str>,
    author: Option<String>,
    imprint: String,
    head: Option<String>,
    number: Option<String>,
    synthetic: Option<String>,
    addressee: Option<String>,
    office: Option<String>,
    date: Option<String>,
    contents: Option<String>,
    blocks: Vec<Piece>,
    notes_title: String,
    notes: Vec<Vec<Run>>,
    colophon_title: String,
    colophon: Vec<String>,
    fonts: Faces,
}

#[derive(Serialize)]
struct Faces {
    body: Face,
    black: Face,
    script: Face,
    title: Face,
    song: Face,
}

#[derive(Serialize)]
struct Face {
    latin: Option<&'static str>,
    families: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
enum Piece {
    Heading { level: u8, look: u8, text: String },
    Paragraph { runs: Vec<Run> },
    List { ordered: bool, items: Vec<Vec<Run>> },
    Table(TablePiece),
    Figure(FigurePiece),
    Break,
}

#[derive(Serialize)]
struct TablePiece {
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
struct CellPiece {
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
struct FigurePiece {
    caption: String,
    svg: String,
    alt: String,
    width: f64,
    source: String,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
enum Run {
    Text { text: String },
    Strong { text: String },
    Number { text: String, url: Option<String> },
    Note { n: usize, target: bool },
}

/// Prepares `report`, which is clean.
pub(super) fn sheet(report: &Report, fonts: &FontSet, options: &PressOptions) -> Result<Sheet, PressError> {
    let words = Wording::of(report);
    let runs =
        |content: &[Inline]| content.iter().map(|inline| run(inline, report, options)).collect::<Vec<_>>();
    let mut blocks = Vec::with_capacity(report.blocks.len());
    let mut before = 0;
    let mut headings = 0;
    for block in &report.blocks {
        blocks.push(match block {
            Block::Heading { level: look, text } => {
                before = level(before, *look);
                headings += 1;
                Piece::Heading { level: before, look: (*look).clamp(1, 4), text: breakable(text) }
            }
            Block::Paragraph(content) => Piece::Paragraph { runs: runs(content) },
            Block::List { ordered, items } => {
                Piece::List { ordered: *ordered, items: items.iter().map(|item| runs(item)).collect() }
            }
            Block::Table(content) if content.columns.is_empty() => continue,
            Block::Table(content) => Piece::Table(table(content, words, options)),
            Block::Figure(content) => Piece::Figure(figure(content, words)?),
            Block::PageBreak => Piece::Break,
        });
    }
    let face = |role: Role| Face {
        latin: fonts.book().contains_family(&role.latin().to_lowercase()).then(|| role.latin()),
        families: fonts.families(role),
    };
    let mut colophon = words.imprint();
    colophon.push(words.word("verify"));
    Ok(Sheet {
        title: breakable(&report.title),
        lang: if report.lang == Lang::Zh { "zh" } else { "en" },
        region: (report.lang == Lang::Zh).then_some("CN"),
        author: report.issue.office.clone(),
        imprint: Imprint::of(report, options).line(),
        head: options.head.clone(),
        number: report.issue.number.clone(),
        synthetic: report.synthetic.clone(),
        addressee: words.addressee(),
        office: report.issue.office.clone(),
        date: report.issue.date.clone(),
        contents: options.contents.printed(headings).then(|| words.word("contents")),
        blocks,
        notes_title: words.word("notes"),
        notes: report.notes.iter().map(|note| runs(note)).collect(),
        colophon_title: words.word("imprint"),
        colophon: colophon.iter().map(|line| breakable(line)).collect(),
        fonts: Faces {
            body: face(Role::Body),
            black: face(Role::Black),
            script: face(Role::Script),
            title: face(Role::Title),
            song: face(Role::Song),
        },
    })
}

fn run(inline: &Inline, report: &Report, options: &PressOptions) -> Run {
    match inline {
        Inline::Text(text) => Run::Text { text: breakable(text) },
        Inline::Strong(text) => Run::Strong { text: breakable(text) },
        Inline::Number { text, address } => {
            Run::Number { text: breakable(text), url: link(&options.links, address) }
        }
        Inline::NoteRef(n) => Run::Note { n: *n, target: (1..=report.notes.len()).contains(n) },
    }
}

fn table(table: &Table, words: Wording<'_>, options: &PressOptions) -> TablePiece {
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

fn figure(figure: &Figure, words: Wording<'_>) -> Result<FigurePiece, PressError> {
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
