//! What is found out by running procedures and clocks: every path through a procedure, told cases, worked examples of clocks.

use zhiheng_act::case::check::check;
use zhiheng_act::case::run_example;
use zhiheng_act::clock::{Calendar, run_examples};
use zhiheng_base::{Diagnostic, Place};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::Procedure;

/// Procedures that bind somebody unheard or by one person, or get stuck.
pub(super) fn paths(catalog: &Catalog) -> Vec<Diagnostic> {
    let found = |procedure: &Procedure| {
        let problems = check(catalog, procedure).into_iter();
        problems.map(|problem| placed(catalog, &procedure.head.id, problem)).collect::<Vec<_>>()
    };
    catalog.procedures.values().flat_map(found).collect()
}

/// The told cases of procedures and the examples of clocks, of one definition or of all: how many there are, and those that come
/// out otherwise.
pub(super) fn examples(catalog: &Catalog, calendar: &Calendar, id: Option<&str>) -> (usize, Vec<Diagnostic>) {
    let (mut n, mut problems) = (0, Vec::new());
    for clock in catalog.clocks.values().filter(|clock| id.is_none_or(|id| id == clock.id)) {
        n += clock.examples.len();
        let found = run_examples(clock, calendar).into_iter();
        problems.extend(found.map(|problem| placed(catalog, &clock.id, problem)));
    }
    let wanted = |one: &&Procedure| id.is_none_or(|id| id == one.head.id || id == one.family);
    for procedure in catalog.procedures.values().filter(wanted) {
        n += procedure.examples.len();
        let runs = procedure.examples.iter();
        let found = runs.filter_map(|example| run_example(catalog, calendar, procedure, example).err());
        problems.extend(found.map(|problem| placed(catalog, &procedure.head.id, problem)));
    }
    (n, problems)
}

/// The problem at the place of a definition's file as its writer knows it, with the line itself.
fn placed(catalog: &Catalog, id: &str, mut problem: Diagnostic) -> Diagnostic {
    let Place::Text { file, line, len, excerpt, .. } = &mut problem.at else { return problem };
    let Some(shown) = catalog.files.get(id).filter(|_| excerpt.is_empty()) else { return problem };
    // What cannot be read is the shipped catalog's.
    let on_disk = std::fs::read_to_string(shown).ok();
    let text = on_disk.as_deref().or_else(|| zhiheng_catalog::shipped(file));
    if let Some(written) = text.and_then(|text| text.lines().nth((*line as usize).saturating_sub(1))) {
        *len = u32::try_from(written.chars().count()).unwrap_or(u32::MAX).max(1);
        written.clone_into(excerpt);
    }
    file.clone_from(shown);
    problem
}
