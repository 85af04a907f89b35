//! The report as its template reads it.

use serde::Serialize;
use zhiheng_base::Lang;
use zhiheng_publish::model::Report;

use super::blocks::{Blocks, Piece, Run};
use crate::clean::breakable;
use crate::error::PressError;
use crate::fonts::{FontSet, Role};
use crate::imprint::Imprint;
use crate::options::PressOptions;
use crate::wording::Wording;

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

/// The families of each role.
#[derive(Serialize)]
pub(super) struct Faces {
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

impl Faces {
    /// The families that are present.
    pub(super) fn of(fonts: &FontSet) -> Faces {
        let face = |role: Role| Face {
            latin: fonts.book().contains_family(&role.latin().to_lowercase()).then(|| role.latin()),
            families: fonts.families(role),
        };
        Faces {
            body: face(Role::Body),
            black: face(Role::Black),
            script: face(Role::Script),
            title: face(Role::Title),
            song: face(Role::Song),
        }
    }
}

/// Prepares `report`, which is clean.
pub(super) fn sheet(report: &Report, fonts: &FontSet, options: &PressOptions) -> Result<Sheet, PressError> {
    let words = Wording::of(report);
    let mut set = Blocks::new(words, options, report.notes.len());
    let mut blocks = Vec::with_capacity(report.blocks.len());
    for block in &report.blocks {
        blocks.extend(set.piece(block)?);
    }
    let mut colophon = words.imprint(report);
    colophon.push(words.verify(report));
    Ok(Sheet {
        title: breakable(&report.title),
        lang: if report.lang == Lang::Zh { "zh" } else { "en" },
        region: (report.lang == Lang::Zh).then_some("CN"),
        author: report.issue.office.clone(),
        imprint: Imprint::of(report, options).line(),
        head: options.head.clone(),
        number: report.issue.number.clone(),
        synthetic: report.synthetic.clone(),
        addressee: words.addressee(report.issue.addressee.as_deref()),
        office: report.issue.office.clone(),
        date: report.issue.date.clone(),
        contents: options.contents.printed(set.headings).then(|| words.word("contents")),
        blocks,
        notes_title: words.word("notes"),
        notes: report.notes.iter().map(|note| set.runs(note)).collect(),
        colophon_title: words.word("imprint"),
        colophon: colophon.iter().map(|line| breakable(line)).collect(),
        fonts: Faces::of(fonts),
    })
}
