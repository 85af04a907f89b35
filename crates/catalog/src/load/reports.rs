//! Reports: TOML between `+++` lines, then Markdown.

use zhiheng_base::Diagnostic;

use super::definitions::{Kind, World};
use super::files::{File, FileKind, Layer};
use super::{head, keys};
use crate::model::{ReportFile, ReportFront};
use crate::suggest::{listed, nearest};

/// Layout where the front matter does not say.
const LAYOUT: &str = "gbt9704";

/// The layer with each report and letter cut down to its front matter, at its own line numbers, so that it parses as TOML.
pub(super) fn with_fronts(layer: &Layer) -> Layer {
    let mut fronts = layer.clone();
    let fence = |kind: FileKind| match kind {
        FileKind::Report => Some("+++"),
        FileKind::Letter => Some("---"),
        _ => None,
    };
    for file in &mut fronts.files {
        let Some(fence) = fence(file.kind) else { continue };
        file.text = front(&file.text, fence).map_or_else(String::new, |(start, end, _)| {
            format!("{}{}", blank(&file.text[..start]), &file.text[start..end])
        });
    }
    // The full texts stay beside them for the bodies.
    fronts.fronted = layer.files.iter().filter(|file| fence(file.kind).is_some()).cloned().collect();
    fronts
}

fn blank(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

/// Where the front matter between two lines `fence` starts and ends, and where the body starts.
pub(super) fn front(text: &str, fence: &str) -> Option<(usize, usize, usize)> {
    let first = text.find('\n').filter(|&end| text[..end].trim_end() == fence)? + 1;
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((first, at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Reads all reports.
pub(super) fn read(layers: &[Layer], world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::Report) {
        let Some(full) = full(layers, raw.layer, raw.node.file) else { continue };
        let Some((_, _, body)) = front(&full.text, "+++") else {
            let diagnostic = Diagnostic::error("ZH2601").at(full.place(0..full.text.find('\n').unwrap_or(0)));
            problems.push(diagnostic);
            continue;
        };
        let good = raw.node.check(&keys::REPORT, &format!("report {}", raw.id), problems);
        let levels = raw.node.texts("for");
        for (i, level) in
            levels.iter().enumerate().filter(|(_, level)| !keys::LEVELS.contains(&level.as_str()))
        {
            let near = nearest(level, keys::LEVELS.iter().copied());
            let code = if near.is_some() { "ZH2005" } else { "ZH2023" };
            let diagnostic = Diagnostic::error(code)
                .arg("key", "for")
                .arg("value", level)
                .arg("near", near.unwrap_or_default())
                .arg("all", listed(keys::LEVELS.iter().copied()));
            problems.push(diagnostic.at(raw.node.at_item("for", i)));
        }
        let Some(mut head) = head::read(&raw, problems).filter(|_| good && !world.broken.contains(&raw.id))
        else {
            continue;
        };
        head.origin.line = 1;
        let front = ReportFront {
            kind: raw.node.owned("kind").unwrap_or_default(),
            levels,
            layout: raw.node.owned("layout").unwrap_or_else(|| LAYOUT.to_owned()),
        };
        let report =
            ReportFile { head, front, body: full.text[body..].to_owned(), body_line: full.line(body) };
        world.reports.insert(raw.id.clone(), report);
    }
}

/// The text of a report or letter with its body.
pub(super) fn full<'a>(layers: &'a [Layer], layer: usize, file: &File) -> Option<&'a File> {
    layers.get(layer)?.fronted.iter().find(|other| other.path == file.path)
}
