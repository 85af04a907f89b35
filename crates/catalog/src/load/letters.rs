//! Letters: TOML between `---` lines, then Markdown with directives. Whether their names fit is checked with each
//! procedure that writes the letter.

use zhiheng_base::{Diagnostic, Place};

use super::definitions::{Kind, World};
use super::files::{File, Layer};
use super::keys;
use super::node::Node;
use super::reports::{front, full};
use crate::letter::{self, Part};
use crate::model::{LetterFile, LetterForm};

/// Reads all letters.
pub(super) fn read(layers: &[Layer], world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::Letter) {
        let before = problems.len();
        let good = raw.node.check(&keys::LETTER, &format!("letter {}", raw.id), problems);
        let letter = full(layers, raw.layer, raw.node.file).and_then(|file| {
            let Some((_, _, body)) = front(&file.text, "---") else {
                let first = 0..file.text.find('\n').unwrap_or(0);
                problems.truncate(before);
                problems.push(Diagnostic::error("ZH2950").at(file.place(first)));
                return None;
            };
            let letter = LetterFile {
                id: raw.id.clone(),
                title: raw.node.words("title")?,
                series: raw.node.owned("series")?,
                to: raw.node.owned("to")?,
                basis: raw.node.texts("basis"),
                form: raw.node.owned("form").and_then(|word| LetterForm::parse(&word)).unwrap_or_default(),
                attachments: raw.node.texts("attachments"),
                copies: raw.node.texts("copies"),
                body: file.text[body..].to_owned(),
                body_line: file.line(body),
                file: file.path.clone(),
            };
            placeholders(&raw.node, problems);
            if let Err(found) = letter::pieces(&letter) {
                problems.extend(found.into_iter().map(|problem| shown(problem, file)));
            }
            Some(letter)
        });
        match letter {
            Some(letter) if good && problems.len() == before && !world.broken.contains(&raw.id) => {
                world.letters.insert(raw.id.clone(), letter);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
}

/// Names in single braces: those of a series are known, those of an addressee are fields of the procedure.
fn placeholders(node: &Node<'_>, problems: &mut Vec<Diagnostic>) {
    let own = |part: &Part| !matches!(part, Part::Name(name) if name != "unit" && name != "year");
    for (key, all, sample) in
        [("series", "{unit}, {year}", "{unit}〔{year}〕"), ("to", "{…}", "{producer_name}")]
    {
        let Some(text) = node.text(key) else { continue };
        let good = letter::parts(text).is_some_and(|parts| key == "to" || parts.iter().all(own));
        if !good {
            let problem = node.wrong(key, "ZH2960").arg("text", text);
            problems.push(problem.arg("all", all).arg("sample", sample));
        }
    }
    for key in ["attachments", "copies"] {
        for (i, text) in node.texts(key).iter().enumerate().filter(|(_, text)| letter::parts(text).is_none())
        {
            let problem = Diagnostic::error("ZH2960").arg("text", text).at(node.at_item(key, i));
            problems.push(problem.arg("all", "{…}").arg("sample", "{lot}"));
        }
    }
}

/// The problem under the name by which the user knows the file.
pub(super) fn shown(mut problem: Diagnostic, known: &File) -> Diagnostic {
    if let Place::Text { file, .. } = &mut problem.at {
        file.clone_from(&known.shown);
    }
    problem
}
