//! Files → raw definitions by id, and the world that is built from them.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeTable;
use zhiheng_base::{Diagnostic, Place, Regions, Severity};

use super::Catalog;
use super::files::{File, FileKind, Layer};
use super::node::Node;
use crate::model::{
    Clock, CodeList, Example, Indicator, LetterFile, Procedure, RecordType, ReportFile, Scheme, Source,
    SubjectScheme,
};
use crate::suggest::{listed, nearest};

/// Most syntax errors shown of one file: later ones mostly follow from the first.
const SYNTAX_ERRORS_MAX: usize = 10;

/// What a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    List,
    Record,
    Indicator,
    Source,
    Report,
    Scheme,
    Procedure,
    Letter,
    SubjectScheme,
}

impl Kind {
    /// The word in files and in messages' arguments.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::List => "list",
            Kind::Record => "record",
            Kind::Indicator => "indicator",
            Kind::Source => "source",
            Kind::Report => "report",
            Kind::Scheme => "scheme",
            Kind::Procedure => "procedure",
            Kind::Letter => "letter",
            Kind::SubjectScheme => "subject_scheme",
        }
    }

    /// The code that says a reference of this kind leads nowhere: with and without a near name.
    fn unknown(self) -> (&'static str, &'static str) {
        match self {
            Kind::List => ("ZH2020", "ZH2026"),
            Kind::Record => ("ZH2021", "ZH2027"),
            _ => ("ZH2022", "ZH2028"),
        }
    }
}

/// A file that is TOML.
pub(super) struct Parsed<'a> {
    pub(super) file: &'a File,
    pub(super) layer: usize,
    pub(super) table: Spanned<DeTable<'a>>,
    /// Where the syntax fails, in bytes.
    pub(super) slips: Vec<usize>,
}

/// A definition as written.
#[derive(Clone, Debug)]
pub(super) struct Raw<'a> {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) layer: usize,
    pub(super) node: Node<'a>,
}

/// Definitions as written and as far as they are read.
pub(super) struct World<'a> {
    pub(super) raws: BTreeMap<String, Raw<'a>>,
    /// Ids that were read with errors: references to them are not reported again.
    pub(super) broken: BTreeSet<String>,
    pub(super) lists: BTreeMap<String, CodeList>,
    pub(super) records: BTreeMap<String, RecordType>,
    pub(super) indicators: BTreeMap<String, Indicator>,
    pub(super) sources: BTreeMap<String, Source>,
    pub(super) reports: BTreeMap<String, ReportFile>,
    pub(super) schemes: BTreeMap<String, Scheme>,
    /// Clocks as written, with their layer; their ids stand inside them.
    pub(super) clock_nodes: Vec<(usize, Node<'a>)>,
    pub(super) clocks: BTreeMap<String, Clock>,
    /// Ids of clocks that were read with errors.
    pub(super) broken_clocks: BTreeSet<String>,
    pub(super) letters: BTreeMap<String, LetterFile>,
    pub(super) procedures: BTreeMap<String, Procedure>,
    pub(super) subject_schemes: BTreeMap<String, SubjectScheme>,
    pub(super) examples: Vec<Example>,
    pub(super) regions: Regions,
}

/// All TOML files, with their syntax errors reported.
pub(super) fn parse<'a>(layers: &'a [Layer], problems: &mut Vec<Diagnostic>) -> Vec<Parsed<'a>> {
    let mut parsed = Vec::new();
    for (layer, files) in layers.iter().enumerate() {
        for file in &files.files {
            if matches!(file.kind, FileKind::RegionTable | FileKind::RegionHistory) {
                continue;
            }
            let (table, errors) = DeTable::parse_recoverable(&file.text);
            for error in errors.iter().take(SYNTAX_ERRORS_MAX) {
                let span = error.span().unwrap_or(0..0);
                let kind = syntax(error.message());
                let diagnostic =
                    Diagnostic::error("ZH2001").arg("kind", kind).arg("message", error.message());
                problems.push(diagnostic.at(file.place(span)));
            }
            let slips = errors.iter().map(|error| error.span().unwrap_or(0..0).start).collect();
            parsed.push(Parsed { file, layer, table, slips });
        }
    }
    parsed
}

/// The kind of a syntax error, for messages: what one mistypes most.
fn syntax(message: &str) -> &'static str {
    let kinds = [
        ("duplicate key", "twice"),
        ("comma", "comma"),
        ("assignment", "assignment"),
        ("unquoted key", "key"),
        ("string", "quote"),
        ("literal", "quote"),
        ("newline", "newline"),
    ];
    kinds.into_iter().find(|(word, _)| message.contains(word)).map_or("other", |(_, kind)| kind)
}

/// Sorts the definitions of all files by id.
pub(super) fn collect<'a>(
    parsed: &'a [Parsed<'a>],
    regions: Regions,
    problems: &mut Vec<Diagnostic>,
) -> World<'a> {
    let mut world = World {
        raws: BTreeMap::new(),
        broken: BTreeSet::new(),
        lists: BTreeMap::new(),
        records: BTreeMap::new(),
        indicators: BTreeMap::new(),
        sources: BTreeMap::new(),
        reports: BTreeMap::new(),
        schemes: BTreeMap::new(),
        clock_nodes: Vec::new(),
        clocks: BTreeMap::new(),
        broken_clocks: BTreeSet::new(),
        letters: BTreeMap::new(),
        procedures: BTreeMap::new(),
        subject_schemes: BTreeMap::new(),
        examples: Vec::new(),
        regions,
    };
    for Parsed { file, layer, table, .. } in parsed {
        let root = Node::new(file, table.get_ref(), 0..1);
        let kind = match file.kind {
            FileKind::Lists => Kind::List,
            FileKind::Records => Kind::Record,
            FileKind::Indicators => Kind::Indicator,
            FileKind::Sources => Kind::Source,
            FileKind::Schemes => Kind::Scheme,
            FileKind::Procedures => Kind::Procedure,
            FileKind::Report | FileKind::Letter => {
                let stem = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
                let (kind, folder) = match file.kind {
                    FileKind::Letter => (Kind::Letter, file.folder.as_str()),
                    _ => (Kind::Report, "reports"),
                };
                let id = format!("{folder}.{stem}");
                if named(&id, '-') {
                    world.add(Raw { kind, id, layer: *layer, node: root }, problems);
                } else {
                    problems.push(Diagnostic::error("ZH2007").arg("id", id).at(root.place()));
                }
                continue;
            }
            FileKind::Regions | FileKind::RegionTable | FileKind::RegionHistory => continue,
        };
        for (key, span, value) in root.entries() {
            // A file of schemes holds both kinds.
            let kind = if key == Kind::SubjectScheme.word() && kind == Kind::Scheme {
                Kind::SubjectScheme
            } else {
                kind
            };
            let here = file.place(span.clone());
            if kind == Kind::Procedure && key == "clock" {
                world.clock_list(*layer, &root, problems);
                continue;
            }
            if key != kind.word() {
                let near = nearest(key, [kind.word()]);
                let code = if near.is_some() { "ZH2002" } else { "ZH2019" };
                let diagnostic = Diagnostic::error(code)
                    .arg("key", key)
                    .arg("of", &file.path)
                    .arg("near", kind.word())
                    .arg("all", format!("[{}.…]", kind.word()));
                problems.push(diagnostic.at(here));
                continue;
            }
            let Some(definitions) = value.get_ref().as_table() else {
                let diagnostic = Diagnostic::error("ZH2004")
                    .arg("key", key)
                    .arg("wanted", "table")
                    .arg("found", value.get_ref().type_str())
                    .arg("sample", format!("[{key}.…]"));
                problems.push(diagnostic.at(here));
                continue;
            };
            for (name, span, value) in Node::new(file, definitions, span).entries() {
                let id = format!("{}.{name}", file.folder);
                let Some(table) = value.get_ref().as_table() else {
                    let diagnostic = Diagnostic::error("ZH2004")
                        .arg("key", format!("{key}.{name}"))
                        .arg("wanted", "table")
                        .arg("found", value.get_ref().type_str())
                        .arg("sample", format!("[{key}.{name}]"));
                    problems.push(diagnostic.at(file.place(value.span())));
                    continue;
                };
                if !named(&id, '_') {
                    problems.push(Diagnostic::error("ZH2007").arg("id", id).at(file.place(span)));
                    continue;
                }
                world.add(Raw { kind, id, layer: *layer, node: Node::new(file, table, span) }, problems);
            }
        }
    }
    world.distrust(parsed);
    world
}

/// Whether both parts of an id are lower-case letters, digits and `_` (or `also`), beginning with a letter.
pub(super) fn named(id: &str, also: char) -> bool {
    id.split('.').all(|part| is_name(part, also)) && id.len() <= 128
}

/// Whether `part` may be a name.
pub(super) fn is_name(part: &str, also: char) -> bool {
    part.starts_with(|c: char| c.is_ascii_lowercase())
        && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == also)
        // Two underscores stand for an indicator's dot inside formulas.
        && !part.contains("__")
}

impl<'a> World<'a> {
    fn add(&mut self, raw: Raw<'a>, problems: &mut Vec<Diagnostic>) {
        if let Some(before) = self.raws.get(&raw.id) {
            let other = before.node.origin();
            let there = format!("{}:{}", before.node.file.shown, other.line);
            if before.layer == raw.layer || before.kind != raw.kind {
                let diagnostic = Diagnostic::error("ZH2008")
                    .arg("id", &raw.id)
                    .arg("kind", before.kind.word())
                    .arg("there", there);
                problems.push(diagnostic.at(raw.node.place()));
                return;
            }
            let mut note = Diagnostic::warning("ZH2009").arg("id", &raw.id).arg("there", there);
            note.severity = Severity::Note;
            problems.push(note.at(raw.node.place()));
        }
        self.raws.insert(raw.id.clone(), raw);
    }

    /// The clocks of a file.
    fn clock_list(&mut self, layer: usize, root: &Node<'a>, problems: &mut Vec<Diagnostic>) {
        let is_list = root.value("clock").is_some_and(|value| value.get_ref().is_array());
        let nodes = root.subs("clock");
        if !is_list {
            let diagnostic = Diagnostic::error("ZH2004")
                .arg("key", "clock")
                .arg("wanted", "tables")
                .arg("found", root.value("clock").map_or("", |value| value.get_ref().type_str()))
                .arg("sample", "[[clock]]");
            problems.push(diagnostic.at(root.at("clock")));
        }
        self.clock_nodes.extend(nodes.into_iter().map(|node| (layer, node)));
    }

    /// A definition in which the syntax fails may have lost lines: it is left out even if the rest looks whole.
    fn distrust(&mut self, parsed: &[Parsed<'_>]) {
        for Parsed { file, slips, .. } in parsed {
            for &slip in slips {
                let before = |node: &Node<'_>| std::ptr::eq(node.file, *file) && node.start <= slip;
                let clocks = self.clock_nodes.iter().map(|(_, node)| node).filter(|node| before(node));
                let clock = clocks.max_by_key(|node| node.start);
                let raws = self.raws.values().filter(|raw| before(&raw.node));
                let raw = raws.max_by_key(|raw| raw.node.start);
                let raw = raw.filter(|raw| clock.is_none_or(|clock| clock.start < raw.node.start));
                if let Some(raw) = raw {
                    self.broken.insert(raw.id.clone());
                } else if let Some(id) = clock.and_then(|clock| clock.owned("id")) {
                    self.broken_clocks.insert(id);
                }
            }
        }
    }

    /// Definitions of one kind in order of id.
    pub(super) fn of_kind(&self, kind: Kind) -> Vec<Raw<'a>> {
        self.raws.values().filter(|raw| raw.kind == kind).cloned().collect()
    }

    /// Ids of one kind, those written in place of lists included.
    pub(super) fn ids(&self, kind: Kind) -> Vec<&str> {
        let mut ids: Vec<&str> =
            self.raws.values().filter(|raw| raw.kind == kind).map(|raw| raw.id.as_str()).collect();
        if kind == Kind::List {
            ids.extend(self.lists.keys().map(String::as_str));
            ids.sort_unstable();
            ids.dedup();
        }
        ids
    }

    /// Whether a definition of this kind stands under `id`, even with errors.
    pub(super) fn knows(&self, kind: Kind, id: &str) -> bool {
        self.raws.get(id).is_some_and(|raw| raw.kind == kind)
            || (kind == Kind::List && self.lists.contains_key(id))
    }

    /// Checks a reference: true if it leads to a good definition. An unknown one is an error; one that leads to
    /// a definition with errors is a note.
    pub(super) fn refers(
        &self,
        kind: Kind,
        id: &str,
        from: &str,
        at: impl FnOnce() -> Place,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        if self.broken.contains(id) {
            problems.push(left_out(from, id).at(at()));
            return false;
        }
        if self.knows(kind, id) {
            return true;
        }
        let ids = self.ids(kind);
        let short: Vec<&str> =
            ids.iter().copied().filter(|known| known.ends_with(&format!(".{id}"))).collect();
        let near = short.first().copied().or_else(|| nearest(id, ids.iter().copied()));
        let (with_near, without) = kind.unknown();
        let diagnostic = Diagnostic::error(if near.is_some() { with_near } else { without })
            .arg("id", id)
            .arg("near", near.unwrap_or_default())
            .arg("all", listed(ids.iter().copied().take(40)));
        problems.push(diagnostic.at(at()));
        false
    }

    pub(super) fn into_catalog(self) -> Catalog {
        let shown = |node: &Node<'_>| node.file.shown.clone();
        // Of several folders' clocks of one id the last holds.
        let clocks = self.clock_nodes.iter().filter_map(|(_, node)| Some((node.owned("id")?, shown(node))));
        let definitions = self.raws.iter().map(|(id, raw)| (id.clone(), shown(&raw.node)));
        let files = clocks.chain(definitions).collect();
        Catalog {
            files,
            records: self.records,
            lists: self.lists,
            indicators: self.indicators,
            sources: self.sources,
            reports: self.reports,
            schemes: self.schemes,
            clocks: self.clocks,
            procedures: self.procedures,
            letters: self.letters,
            subject_schemes: self.subject_schemes,
            regions: self.regions,
            examples: self.examples,
            digest: String::new(),
        }
    }
}

/// The note that a definition is left out because one it rests on has errors.
pub(super) fn left_out(id: &str, because: &str) -> Diagnostic {
    let mut note = Diagnostic::warning("ZH2025").arg("id", id).arg("because", because);
    note.severity = Severity::Note;
    note
}

/// Whether a definition failed: with an error, or because it rests on one that did.
pub(super) fn failed(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.is_error() || problem.code == "ZH2025")
}
