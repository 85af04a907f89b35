//! HTML: one file to read, without script, with its style inside.
//!
//! Landmarks, one `h1`, captions and scopes on tables, each figure with its words and its data beside it;
//! light, dark and print styles (WCAG 2.2 AA). Figures are drawn anew with colours that follow the page.

use std::collections::BTreeSet;

use askama::Template;
use zhiheng_publish::model::{Block, Cell, Figure, Inline, Report, Table};
use zhiheng_publish::svg::{Style, draw};

use crate::clean;
use crate::error::PressError;
use crate::imprint::Imprint;
use crate::links::link;
use crate::options::PressOptions;
use crate::wording::{Wording, level};

const STYLE: &str = include_str!("../templates/report.css");

/// Writes `report` as one HTML file.
///
/// # Errors
///
/// [`PressError::Write`] when the template refuses, which it has no reason to.
pub fn html(report: &Report, options: &PressOptions) -> Result<Vec<u8>, PressError> {
    let report = clean::report(report);
    page(&report, options)
        .render()
        .map(String::into_bytes)
        .map_err(|problem| PressError::write("html", problem))
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    lang: &'static str,
    style: &'static str,
    title: String,
    author: Option<String>,
    imprint: String,
    skip: String,
    head: Option<String>,
    number: Option<String>,
    synthetic: Option<String>,
    contents_title: String,
    contents: Vec<Entry>,
    addressee: Option<String>,
    pieces: Vec<Piece>,
    office: Option<String>,
    date: Option<String>,
    notes_title: String,
    back: String,
    notes: Vec<Note>,
    colophon_title: String,
    colophon: Vec<String>,
}

/// A line of the table of contents.
struct Entry {
    id: usize,
    text: String,
    level: u8,
}

/// A note and whether the text refers to it.
struct Note {
    runs: Vec<Run>,
    referred: bool,
}

enum Piece {
    Heading { level: u8, id: usize, text: String },
    Paragraph(Vec<Run>),
    List { ordered: bool, items: Vec<Vec<Run>> },
    Table(Grid),
    Figure(Box<Drawing>),
}

enum Run {
    Text(String),
    Strong(String),
    Link { text: String, url: String },
    Note { n: usize, first: bool },
    Lost(usize),
}

struct Grid {
    caption: String,
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<Datum>>,
    remarks: Vec<String>,
}

struct Datum {
    text: String,
    url: Option<String>,
    number: bool,
    mark: String,
}

struct Drawing {
    caption: String,
    svg: String,
    alt: String,
    source: String,
    twin_title: String,
    twin: Grid,
}

fn page(report: &Report, options: &PressOptions) -> Page {
    let words = Wording::of(report);
    let mut writer = Writer { report, options, words, referred: BTreeSet::new() };
    let (mut pieces, mut contents, mut before) = (Vec::new(), Vec::new(), 0);
    for block in &report.blocks {
        pieces.push(match block {
            Block::Heading { level: wanted, text } => {
                before = level(before, *wanted);
                let id = contents.len() + 1;
                contents.push(Entry { id, text: text.clone(), level: before });
                // The title is h1.
                Piece::Heading { level: before + 1, id, text: text.clone() }
            }
            Block::Paragraph(content) => Piece::Paragraph(writer.runs(content)),
            Block::List { ordered, items } => {
                Piece::List { ordered: *ordered, items: items.iter().map(|item| writer.runs(item)).collect() }
            }
            Block::Table(table) if table.columns.is_empty() => continue,
            Block::Table(table) => Piece::Table(writer.grid(table, &words.table(table.number))),
            Block::Figure(figure) => Piece::Figure(Box::new(writer.drawing(figure, pieces.len()))),
            Block::PageBreak => continue,
        });
    }
    let notes: Vec<Vec<Run>> = report.notes.iter().map(|note| writer.runs(note)).collect();
    let notes = notes
        .into_iter()
        .enumerate()
        .map(|(index, runs)| Note { runs, referred: writer.referred.contains(&(index + 1)) })
        .collect();
    let printed = options.contents.printed(contents.len());
    contents.retain(|entry| printed && entry.level <= 2);
    let mut colophon = words.imprint(report);
    colophon.push(words.verify(report));
    Page {
        lang: words.tag(),
        style: STYLE,
        title: report.title.clone(),
        author: report.issue.office.clone(),
        imprint: Imprint::of(report, options).line(),
        skip: words.word("skip"),
        head: options.head.clone(),
        number: report.issue.number.clone(),
        synthetic: report.synthetic.clone(),
        contents_title: words.word("contents"),
        contents,
        addressee: words.addressee(report.issue.addressee.as_deref()),
        pieces,
        office: report.issue.office.clone(),
        date: report.issue.date.clone(),
        notes_title: words.word("notes"),
        back: words.word("back"),
        notes,
        colophon_title: words.word("imprint"),
        colophon,
    }
}

/// Turns blocks into what the template prints.
struct Writer<'a> {
    report: &'a Report,
    options: &'a PressOptions,
    words: Wording,
    /// Notes that the text has referred to so far; the first reference is where the way back leads.
    referred: BTreeSet<usize>,
}

impl Writer<'_> {
    fn runs(&mut self, content: &[Inline]) -> Vec<Run> {
        content.iter().map(|inline| self.run(inline)).collect()
    }

    fn run(&mut self, inline: &Inline) -> Run {
        match inline {
            Inline::Text(text) => Run::Text(text.clone()),
            Inline::Strong(text) => Run::Strong(text.clone()),
            Inline::Number { text, address } => match link(&self.options.links, address) {
                Some(url) => Run::Link { text: text.clone(), url },
                None => Run::Text(text.clone()),
            },
            Inline::NoteRef(n) if (1..=self.report.notes.len()).contains(n) => {
                Run::Note { n: *n, first: self.referred.insert(*n) }
            }
            Inline::NoteRef(n) => Run::Lost(*n),
        }
    }

    fn grid(&self, table: &Table, number: &str) -> Grid {
        let datum = |(cell, numeric): (&Cell, bool)| Datum {
            text: cell.text.clone(),
            url: cell.address.as_deref().and_then(|address| link(&self.options.links, address)),
            number: numeric,
            mark: if cell.small { self.words.word("small-mark") } else { String::new() },
        };
        let mut remarks = table.remarks.clone();
        if let Some(first) = remarks.first_mut() {
            first.insert_str(0, &self.words.word("remark"));
        }
        Grid {
            caption: self.words.caption(number, &table.caption),
            heads: table
                .columns
                .iter()
                .map(|column| (self.words.column(&column.title, column.unit.as_deref()), column.number))
                .collect(),
            rows: table
                .rows
                .iter()
                .map(|row| {
                    row.iter().zip(table.columns.iter().map(|column| column.number)).map(datum).collect()
                })
                .collect(),
            remarks,
        }
    }

    fn drawing(&self, figure: &Figure, index: usize) -> Drawing {
        let svg = draw(&figure.chart, &Style::web(self.report.lang, self.options.links.clone()));
        Drawing {
            caption: self.words.caption(&self.words.figure(figure.number), &figure.caption),
            // Patterns are referred to by id, and ids are one to a page.
            svg: svg.replace("zh-hatch", &format!("zh-hatch-{index}")),
            alt: figure.alt.clone(),
            source: figure.source.clone(),
            twin_title: self.words.say("twin", &[("n", &figure.number.to_string())]),
            twin: self.grid(&figure.twin, ""),
        }
    }
}
