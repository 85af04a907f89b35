//! Worked examples of a scheme run as tests: a scheme that does not give what its example says is wrong.

use zhiheng_base::{Diagnostic, Place};
use zhiheng_catalog::model::{SubjectExample, SubjectScheme};

use super::file::Entry;
use super::rules::Rules;
use super::verdict::verdict;

/// Runs all examples of a scheme; what they say and do not get comes back, and nothing if all is as they say.
pub fn run_examples(scheme: &SubjectScheme) -> Vec<Diagnostic> {
    scheme.examples.iter().flat_map(|example| run(scheme, example)).collect()
}

fn run(scheme: &SubjectScheme, example: &SubjectExample) -> Vec<Diagnostic> {
    let mut rules = Rules::new(scheme);
    let statements: Vec<_> = (example.statements.iter().zip(1..))
        .filter_map(|(row, entry)| {
            let row = Entry { entry, values: row.iter().cloned().collect(), via: None };
            rules.statement(entry, &row)
        })
        .collect();
    let found = verdict(&rules, "", &statements, example.on);
    let none = || "-".to_owned();
    let date = |day: Option<zhiheng_base::Date>| day.map_or_else(none, |day| day.to_string());
    let mut pairs = vec![("grade", example.grade.clone(), found.grade.clone().unwrap_or_else(none))];
    if let Some(points) = example.points {
        let found = found.points.map_or_else(none, |points| points.normalize().to_string());
        pairs.push(("points", points.normalize().to_string(), found));
    }
    if example.since.is_some() {
        pairs.push(("since", date(example.since), date(found.since)));
    }
    if example.next.is_some() {
        pairs.push(("next", date(example.next), date(found.next.and_then(|next| next.opens))));
    }
    let origin = &example.origin;
    let place = Place::Text {
        file: origin.file.clone(),
        line: origin.line,
        column: 1,
        len: 1,
        excerpt: String::new(),
    };
    (pairs.into_iter())
        .filter(|(_, expected, found)| expected != found)
        .map(|(what, expected, found)| {
            let problem = Diagnostic::error("ZH2976").arg("id", &scheme.head.id).arg("what", what);
            problem.arg("expected", expected).arg("found", found).at(place.clone())
        })
        .collect()
}
