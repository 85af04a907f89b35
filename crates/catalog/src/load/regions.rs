//! The national region table, and places outside it.

use std::sync::OnceLock;

use zhiheng_base::region::RegionVersion;
use zhiheng_base::{Diagnostic, RegionCode, Regions};

use super::definitions::{Parsed, World};
use super::files::{self, FileKind, Layer};
use super::keys;
use super::node::Node;
use crate::suggest::nearest;

/// The table of the last folder that has one.
pub(super) fn table(layers: &[Layer], problems: &mut Vec<Diagnostic>) -> Regions {
    let mut regions = Regions::default();
    for layer in layers {
        let find = |kind| layer.files.iter().find(|file| file.kind == kind);
        let Some(table) = find(FileKind::RegionTable) else { continue };
        let history = find(FileKind::RegionHistory).map_or("", |file| file.text.as_str());
        match parse(&table.text, history) {
            Ok(read) => regions = read,
            Err(problem) => problems.push(problem),
        }
    }
    regions
}

/// The shipped table is the same at every load of a process, so it is parsed once.
fn parse(table: &str, history: &str) -> Result<Regions, Diagnostic> {
    static SHIPPED: OnceLock<Result<Regions, Diagnostic>> = OnceLock::new();
    if files::shipped_text("base/regions.csv") == Some(table)
        && files::shipped_text("base/regions-history.csv").unwrap_or_default() == history
    {
        return SHIPPED.get_or_init(|| Regions::parse(table, history)).clone();
    }
    Regions::parse(table, history)
}

/// Adds the places that folders declare for their own use.
pub(super) fn outside(parsed: &[Parsed<'_>], world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let mut extra: Vec<RegionVersion> = Vec::new();
    for Parsed { file, table, .. } in parsed.iter().filter(|parsed| parsed.file.kind == FileKind::Regions) {
        let root = Node::new(file, table.get_ref(), 0..1);
        for (key, span, value) in root.entries() {
            if key != "region" || !value.get_ref().is_array() {
                let near = nearest(key, ["region"]);
                let code = if near.is_some() { "ZH2002" } else { "ZH2019" };
                let diagnostic = Diagnostic::error(code).arg("key", key).arg("of", &file.path);
                problems
                    .push(diagnostic.arg("near", "[[region]]").arg("all", "[[region]]").at(file.place(span)));
            }
        }
        // A later folder may define a place again, the same file may not.
        let before = extra.len();
        for node in root.subs("region") {
            if node.check(&keys::REGION, "region", problems)
                && let Some(version) = version(&node, &extra[before..], problems)
            {
                extra.push(version);
            }
        }
    }
    world.regions.extend(extra);
}

fn version(
    node: &Node<'_>,
    known: &[RegionVersion],
    problems: &mut Vec<Diagnostic>,
) -> Option<RegionVersion> {
    let text = node.text("code")?;
    let code = match RegionCode::parse(text) {
        Ok(code) => code,
        Err(problem) => {
            problems.push(problem.at(node.at("code")));
            return None;
        }
    };
    if !code.is_outside() {
        problems.push(node.wrong("code", "ZH2501").arg("code", text));
        return None;
    }
    let (since, until) = (node.date("since"), node.date("until"));
    if let (Some(since), Some(until)) = (since, until)
        && until < since
    {
        problems.push(node.wrong("until", "ZH2013").arg("since", since).arg("until", until));
        return None;
    }
    if known.iter().any(|other| other.code == code && other.valid_from == since) {
        problems.push(node.wrong("code", "ZH2502").arg("code", text));
        return None;
    }
    Some(RegionVersion {
        en: node.owned("en"),
        valid_from: since,
        // The last day is written, the first day after it is kept.
        valid_to: until.and_then(|day| day.tomorrow().ok()),
        ..RegionVersion::new(code, node.text("zh")?, node.text("source")?)
    })
}
