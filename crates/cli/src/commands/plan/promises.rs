//! `plan tasks` and `plan letter`: what was promised, who carries it out, and which version binds.

use serde_json::json;
use zhiheng_base::{Diagnostic, Period};
use zhiheng_desk::plans::{Records, tasks as of_letters};
use zhiheng_plan::clause::Clause;
use zhiheng_plan::letter::{Head, Letter, Signature, content, hash, letter as put_together, standing};
use zhiheng_plan::target;
use zhiheng_plan::task::{State, Task};

use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Listing;

/// `plan tasks`: checks the tasks of a year, or with `make` prints those that the clauses make.
pub(super) fn tasks(context: &Context, letters: &[String], period: &str, make: bool) -> Outcome {
    let period = Period::parse(period)?;
    let engine = engine(context)?;
    let found = match make {
        true => context.wait(of_letters::made(&engine, letters, period))?,
        false => context.wait(of_letters::checked(&engine, letters, period, context.today()))?,
    };
    let listing = listing(context, &found.tasks);
    super::answer(context, json!({ "tasks": found.tasks }), &listing, found.problems)
}

fn listing(context: &Context, tasks: &[Task]) -> Listing {
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("number", title("plan-number"), false),
        ("letter", title("plan-letter"), false),
        ("clause", title("plan-clause"), false),
        ("says", title("plan-says"), false),
        ("lead", title("plan-lead"), false),
        ("joint", title("plan-joint"), false),
        ("evidence", title("plan-evidence"), false),
        ("due_on", title("plan-due"), false),
        ("state", title("plan-state"), false),
    ]);
    for task in tasks {
        let state = match task.state {
            State::Open => "open",
            State::Done => "done",
            State::Dropped => "dropped",
        };
        listing.row(vec![
            task.number.clone().into(),
            task.letter.clone().into(),
            task.clause.clone().into(),
            task.says.clone().into(),
            task.lead.clone().into(),
            task.joint.join(";").into(),
            task.evidence.join(";").into(),
            task.due_on.to_string().into(),
            state.into(),
        ]);
    }
    listing
}

/// `plan letter`: the versions of a letter, what is signed, what binds.
pub(super) fn letter(context: &Context, number: &str, on: Option<&str>) -> Outcome {
    let on = super::day(context, on)?;
    let engine = engine(context)?;
    let heads = context.wait(Records::of(&engine, "responsibility.letter"))?.with("number", number);
    let (heads, mut problems) = zhiheng_plan::read::<Head>(heads.rows());
    if heads.is_empty() && problems.is_empty() {
        return Err(Diagnostic::error("ZH8591").arg("number", number).into());
    }
    let clauses = context.wait(Records::of(&engine, "responsibility.clause"))?.with("letter", number);
    let (clauses, more) = zhiheng_plan::read::<Clause>(clauses.rows());
    problems.extend(more);
    let targets = context.wait(Records::of(&engine, "responsibility.target"))?;
    let milestones = context.wait(Records::of(&engine, "responsibility.milestone"))?;
    let (targets, _) = target::read(targets.rows(), milestones.rows());
    let signatures = context.wait(Records::of(&engine, "responsibility.signature"))?.with("letter", number);
    let (signatures, more) = zhiheng_plan::read::<Signature>(signatures.rows());
    problems.extend(more);
    let mut versions: Vec<Letter> = Vec::new();
    for head in heads {
        let (version, more) = put_together(head, &clauses, &targets);
        problems.extend(more);
        versions.push(version);
    }
    versions.sort_by_key(|version| version.head.version);
    let (standing, more) = standing(&versions, &signatures, on);
    problems.extend(more);
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("version", title("plan-version"), true),
        ("hash", title("plan-hash"), false),
        ("clauses", title("plan-clauses"), true),
        ("binds", title("plan-binds"), false),
    ]);
    for version in &versions {
        let binds = standing.binding == Some(version.head.version);
        listing.row(vec![
            version.head.version.into(),
            hash(version).into(),
            version.clauses.len().into(),
            standing.since.filter(|_| binds).map(|day| day.to_string()).into(),
        ]);
    }
    let contents: Vec<_> = versions
        .iter()
        .map(|version| json!({ "hash": hash(version), "content": content(version) }))
        .collect();
    super::answer(context, json!({ "versions": contents, "standing": standing }), &listing, problems)
}
