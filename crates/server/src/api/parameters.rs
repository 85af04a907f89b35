//! What operations of the API may be asked: one list, for the check of a call and for its description.

use crate::call::Call;
use crate::problem::Problem;
use zhiheng_base::Diagnostic;

/// A name of the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// The name; its text is `server-param-<name>`.
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// A whole number, not a text.
    pub(crate) whole: bool,
}

const fn text(name: &'static str) -> Parameter {
    Parameter { name, required: false, whole: false }
}

const fn whole(name: &'static str) -> Parameter {
    Parameter { name, required: false, whole: true }
}

const fn needed(name: &'static str) -> Parameter {
    Parameter { name, required: true, whole: false }
}

/// What the operation with this id may be asked.
pub(crate) fn of(route: &str) -> &'static [Parameter] {
    match route {
        "api.indicators" => const { &[text("after"), whole("limit"), text("q")] },
        "api.returns" => {
            const { &[text("record"), text("state"), whole("periods"), text("after"), whole("limit")] }
        }
        "api.draft-make" => const { &[text("name")] },
        "api.findings" => const { &[whole("after"), whole("limit")] },
        "api.changes" => const { &[whole("after"), whole("limit")] },
        "api.measures" | "api.sdmx-json" | "api.sdmx-csv" | "api.sdmx-structure" => {
            const {
                &[
                    needed("indicator"),
                    needed("region"),
                    needed("period"),
                    text("level"),
                    text("each"),
                    text("by"),
                    whole("as_of"),
                ]
            }
        }
        "api.measure" | "api.explanation" => const { &[whole("as_of")] },
        "api.rows" => const { &[text("which"), whole("after"), whole("limit"), whole("as_of")] },
        "api.verdicts" => const { &[needed("scheme"), needed("region"), needed("period"), whole("as_of")] },
        "api.signals" => {
            const { &[text("region"), text("period"), text("state"), text("after"), whole("limit")] }
        }
        "api.tasks" => {
            const { &[text("kind"), whole("late"), text("within"), text("after"), whole("limit")] }
        }
        "api.cases" => {
            const { &[text("procedure"), text("state"), text("open"), text("after"), whole("limit")] }
        }
        "data.publications" | "data.results" | "data.recalls" | "data.changes" => {
            const { &[text("region"), whole("after"), whole("limit")] }
        }
        "api.consistency" => const { &[whole("old"), whole("new")] },
        "trace.history" | "trace.up" | "trace.down" | "trace.things" | "trace.sites" | "trace.recipients"
        | "trace.balance" | "trace.check" => const { &[whole("after"), whole("limit"), whole("as_of")] },
        "trace.contents" => const { &[text("at"), whole("after"), whole("limit"), whole("as_of")] },
        "trace.recall" => const { &[whole("limit"), whole("as_of")] },
        "trace.exposure" => {
            const { &[text("above"), text("below"), whole("gap"), whole("after"), whole("limit"), whole("as_of")] }
        }
        "api.proof" => const { &[whole("size")] },
        _ => &[],
    }
}

/// Refuses names that the operation does not know, names that it needs and lacks, and numbers that are none.
///
/// # Errors
///
/// ZH7537 for an unknown name, ZH7538 for one that is missing, ZH7539 for what is no whole number.
pub(crate) fn check(call: &Call) -> Result<(), Problem> {
    let known = of(call.route.id);
    let listed = || known.iter().map(|one| one.name).collect::<Vec<_>>().join(", ");
    if let Some(name) = call.query.names().find(|name| known.iter().all(|one| one.name != *name)) {
        return Err(Diagnostic::error("ZH7537").arg("name", name).arg("known", listed()).into());
    }
    for one in known {
        let given = call.query.get(one.name);
        if one.required && given.is_empty() {
            return Err(Diagnostic::error("ZH7538").arg("name", one.name).into());
        }
        // A number that was named and left empty is none either.
        let named = call.query.names().any(|name| name == one.name);
        if one.whole && named && given.parse::<u64>().is_err() {
            return Err(Diagnostic::error("ZH7539").arg("name", one.name).arg("value", given).into());
        }
    }
    Ok(())
}

/// A whole number of the query, checked before.
pub(crate) fn number(call: &Call, name: &str) -> Option<u64> {
    call.query.get(name).parse().ok()
}

/// How many are answered at once: 100 if not asked for, 1,000 at most.
pub(crate) fn limit(call: &Call) -> usize {
    number(call, "limit").map_or(100, |limit| usize::try_from(limit.clamp(1, 1000)).unwrap_or(100))
}
