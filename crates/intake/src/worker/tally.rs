//! Counting while rows are judged.

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, Place, Severity, Words};
use zhiheng_catalog::model::Source;

use super::done::{Done, Group, LeftOut};
use crate::check::Verdict;

/// The running account.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) done: Done,
    groups: BTreeMap<(String, String), Group>,
}

impl Tally {
    pub(super) fn new(source: Option<&Source>) -> Tally {
        let mut tally = Tally::default();
        let rules = source.map_or(&[][..], |source| &source.leave_out);
        tally.done.left_out =
            rules.iter().map(|rule| LeftOut { says: rule.says.clone(), count: 0 }).collect();
        tally
    }

    /// Counts a row and what became of it.
    pub(super) fn row(&mut self, verdict: Verdict, flagged: bool) {
        self.done.seen += 1;
        match verdict {
            Verdict::Kept => {
                self.done.kept += 1;
                self.done.flagged += u64::from(flagged);
            }
            Verdict::Refused => self.done.refused += 1,
            Verdict::LeftOut(rule) => {
                if let Some(rule) = self.done.left_out.get_mut(rule) {
                    rule.count += 1;
                }
            }
        }
    }

    /// Counts a problem.
    pub(super) fn problem(&mut self, problem: &Diagnostic) {
        let field = problem.args.get("field").cloned().unwrap_or_default();
        let row = match &problem.at {
            Place::Cell { row, .. } => *row,
            _ => 0,
        };
        let group = self.groups.entry((problem.code.to_string(), field.clone())).or_insert_with(|| Group {
            code: problem.code.to_string(),
            name: problem
                .args
                .get("field_zh")
                .map(|zh| Words::new(zh, problem.args.get("field_en").map_or("", String::as_str))),
            field,
            severity: problem.severity,
            count: 0,
            first: row,
        });
        group.count += 1;
        group.severity = group.severity.max(problem.severity);
    }

    /// The account, worst problems first.
    pub(super) fn finish(mut self) -> Done {
        self.done.groups = self.groups.into_values().collect();
        self.done.groups.sort_by(|a, b| {
            let rank = |severity: Severity| std::cmp::Reverse(severity);
            (rank(a.severity), std::cmp::Reverse(a.count), &a.code, &a.field).cmp(&(
                rank(b.severity),
                std::cmp::Reverse(b.count),
                &b.code,
                &b.field,
            ))
        });
        self.done
    }
}
