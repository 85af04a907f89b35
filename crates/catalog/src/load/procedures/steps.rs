//! Steps: who, from where to where, what is filled in, which clocks start and end, which letters go out.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;

use super::super::definitions::{Raw, World, is_name, left_out};
use super::super::node::Node;
use super::super::records::{formula, no_field};
use super::sheet::{DUE, OWN_NAMES};
use super::{step_nodes, unknown};
use crate::formula::{Scope, ValueType};
use crate::model::clock::{Clock, Length, Limit, Mark, Rule};
use crate::model::{ClockStart, FieldType, Procedure, RoleBy, Step, evidence_lists};
use crate::suggest::nearest;

/// Words of told cases that are no steps.
pub(super) const ACTS: [&str; 4] = ["approve", "attach", "lapse", "reject"];

/// Steps without their effects, which may refer to other procedures.
pub(super) fn read(
    raw: &Raw<'_>,
    procedure: &Procedure,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Step> {
    let nodes = step_nodes(raw);
    let starts: Vec<Vec<ClockStart>> =
        nodes.iter().map(|node| starts(node, raw, procedure, world, problems)).collect();
    let instances: BTreeSet<&str> = starts.iter().flatten().map(|start| start.instance.as_str()).collect();
    let sheet = Sheet { procedure, world, starts: &starts, instances: &instances };
    let scope = scope(procedure, &instances, world);
    let mut steps: Vec<Step> = Vec::new();
    for (node, start) in nodes.iter().zip(&starts) {
        let Some(step) = sheet.step(node, start.clone(), &scope, problems) else { continue };
        if steps.iter().any(|other| other.id == step.id) {
            problems.push(node.wrong("id", "ZH2901").arg("id", &step.id));
        }
        steps.push(step);
    }
    apart(raw, procedure, &steps, problems);
    steps
}

/// The steps from which roles keep apart.
fn apart(raw: &Raw<'_>, procedure: &Procedure, steps: &[Step], problems: &mut Vec<Diagnostic>) {
    let Some(table) = raw.node.sub("roles") else { return };
    for role in &procedure.roles {
        let Some(node) = table.sub(&role.id) else { continue };
        for (i, id) in
            role.apart.iter().enumerate().filter(|(_, id)| steps.iter().all(|step| step.id != **id))
        {
            let known = steps.iter().map(|step| step.id.as_str());
            problems.push(unknown("step", id, known).at(node.at_item("apart", i)));
        }
    }
}

/// The names formulas see: the sheet, the step, and the last days of clocks.
pub(super) fn scope<'a, 'i>(
    procedure: &Procedure,
    instances: impl IntoIterator<Item = &'i &'i str>,
    world: &'a World<'_>,
) -> Scope<'a> {
    let mut scope = Scope::of_fields(&procedure.head.id, &procedure.fields, &world.lists);
    for name in OWN_NAMES {
        let kind = if name == "step_on" { ValueType::Date } else { ValueType::Text };
        scope = scope.with(name, kind);
    }
    for instance in instances {
        scope = scope.with(&format!("{DUE}{instance}"), ValueType::Date);
    }
    scope
}

fn starts(
    node: &Node<'_>,
    raw: &Raw<'_>,
    procedure: &Procedure,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<ClockStart> {
    let mut starts: Vec<ClockStart> = Vec::new();
    for one in node.subs("start") {
        let Some(clock) = one.owned("clock") else { continue };
        let definition = world.clocks.get(&clock);
        if world.broken_clocks.contains(&clock) {
            problems.push(left_out(&raw.id, &clock).at(one.at("clock")));
        } else if definition.is_none() {
            let known = world.clocks.keys().map(String::as_str);
            problems.push(unknown("clock", &clock, known).at(one.at("clock")));
        }
        // A case knows days; a clock in hours needs the hour of its start.
        if definition.is_some_and(in_hours) {
            problems.push(one.wrong("clock", "ZH2925").arg("clock", &clock));
        }
        let on = one.owned("on");
        if let Some(id) = &on {
            match procedure.field(id) {
                None => problems.push(no_field("on", id, &procedure.fields).at(one.at("on"))),
                Some(field) if !matches!(field.kind, FieldType::Date { .. }) || field.many => {
                    problems.push(one.wrong("on", "ZH2203").arg("field", id));
                }
                Some(_) => {}
            }
        }
        let until = one.owned("until");
        if let Some(id) = &until {
            match procedure.field(id) {
                None => problems.push(no_field("until", id, &procedure.fields).at(one.at("until"))),
                Some(field) if !matches!(field.kind, FieldType::Date { .. }) || field.many => {
                    problems.push(one.wrong("until", "ZH2203").arg("field", id));
                }
                Some(_) => {}
            }
        }
        // Of a clock with a slip in its name the one that was meant: the instance is not reported too.
        let known = definition.is_some() || world.broken_clocks.contains(&clock);
        let meant = if known { None } else { nearest(&clock, world.clocks.keys().map(String::as_str)) };
        let instance = one.owned("as").unwrap_or_else(|| meant.unwrap_or(&clock).to_lowercase());
        let key = if one.value("as").is_some() { "as" } else { "clock" };
        if !is_name(&instance, '_') {
            problems.push(one.wrong(key, "ZH2926").arg("id", &instance));
            continue;
        }
        if starts.iter().any(|other| other.instance == instance) {
            problems.push(one.wrong(key, "ZH2901").arg("id", &instance));
        }
        starts.push(ClockStart { clock, instance, on, until });
    }
    starts
}

/// Whether a clock needs the hour of its start.
fn in_hours(clock: &Clock) -> bool {
    let hours =
        |limit: &Option<Limit>| matches!(limit, Some(Limit { mark: Mark::After(Length::Hours(_)), .. }));
    matches!(&clock.rule, Rule::Window { opens, closes } if hours(opens) || hours(closes))
}

/// What the names in a step are looked up in.
struct Sheet<'s, 'a> {
    procedure: &'s Procedure,
    world: &'s World<'a>,
    starts: &'s [Vec<ClockStart>],
    instances: &'s BTreeSet<&'s str>,
}

impl Sheet<'_, '_> {
    fn step(
        &self,
        node: &Node<'_>,
        start: Vec<ClockStart>,
        scope: &Scope<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Step> {
        let step = Step {
            id: node.owned("id")?,
            name: node.words("name")?,
            from: node.texts("from"),
            to: node.owned("to"),
            who: node.texts("who"),
            count: node.whole("count").and_then(|count| u32::try_from(count).ok()).unwrap_or(1),
            approve: node.texts("approve"),
            form: node.texts("form"),
            may: node.texts("may"),
            evidence: node.texts("evidence"),
            fresh: node.texts("fresh"),
            gather: Vec::new(),
            set: Vec::new(),
            when: node.text("when").and_then(|_| formula(node, "when", scope, &[ValueType::Bool], problems)),
            within: node.owned("within"),
            after: node.texts("after"),
            closed: node.texts("closed"),
            lapse: node.owned("lapse"),
            start,
            answer: node.texts("answer"),
            stop: node.texts("stop"),
            pause: self.pause(node, "pause", problems),
            resume: self.pause(node, "resume", problems),
            letters: node.texts("letters"),
            notice: node.truth("notice").unwrap_or(false),
            effects: Vec::new(),
            void: node.truth("void").unwrap_or(false),
            line: node.origin().line,
        };
        if !is_name(&step.id, '-') || ACTS.contains(&step.id.as_str()) {
            problems.push(node.wrong("id", "ZH2927").arg("id", &step.id));
        }
        self.states(node, &step, problems);
        self.people(node, &step, problems);
        self.several(node, &step, problems);
        self.form(node, &step, problems);
        self.evidence(node, &step, problems);
        for key in ["within", "lapse"] {
            if let Some(id) = node.text(key) {
                self.instance(id, || node.at(key), problems);
            }
        }
        for (key, ids) in [("after", &step.after), ("answer", &step.answer), ("stop", &step.stop)] {
            for (i, id) in ids.iter().enumerate() {
                self.instance(id, || node.at_item(key, i), problems);
            }
        }
        Some(step)
    }

    /// Kinds of attachments are codes of the folder's own list or of the common one, where that is loaded.
    fn evidence(&self, node: &Node<'_>, step: &Step, problems: &mut Vec<Diagnostic>) {
        let lists = evidence_lists(&self.world.lists, &self.procedure.head.id);
        let known = || lists.iter().flatten().flat_map(|list| &list.items).map(|item| item.code.as_str());
        if lists.iter().all(Option::is_none) {
            return;
        }
        for (key, kinds) in [("evidence", &step.evidence), ("fresh", &step.fresh)] {
            for (i, kind) in kinds.iter().enumerate().filter(|(_, kind)| known().all(|code| code != *kind)) {
                problems.push(unknown("evidence", kind, known()).at(node.at_item(key, i)));
            }
        }
    }

    fn states(&self, node: &Node<'_>, step: &Step, problems: &mut Vec<Diagnostic>) {
        let known = || self.procedure.states.iter().map(|state| state.id.as_str());
        for (i, id) in step.from.iter().enumerate() {
            match self.procedure.state(id) {
                None => problems.push(unknown("state", id, known()).at(node.at_item("from", i))),
                // What has ended may still be annulled.
                Some(state) if state.end && !step.void => {
                    let problem = Diagnostic::error("ZH2930").arg("state", id).arg("step", &step.id);
                    problems.push(problem.at(node.at_item("from", i)));
                }
                Some(_) => {}
            }
        }
        match &step.to {
            Some(id) if self.procedure.state(id).is_none() => {
                problems.push(unknown("state", id, known()).at(node.at("to")));
            }
            None if step.from.is_empty() => {
                problems.push(node.wrong("id", "ZH2931").arg("step", &step.id));
            }
            _ => {}
        }
    }

    fn people(&self, node: &Node<'_>, step: &Step, problems: &mut Vec<Diagnostic>) {
        let known = || self.procedure.roles.iter().map(|role| role.id.as_str());
        for (key, ids) in [("who", &step.who), ("approve", &step.approve)] {
            for (i, id) in ids.iter().enumerate() {
                match self.procedure.role(id) {
                    None => problems.push(unknown("role", id, known()).at(node.at_item(key, i))),
                    Some(role) if key == "approve" && !matches!(role.by, RoleBy::Holds(_)) => {
                        let problem = Diagnostic::error("ZH2932").arg("role", id);
                        problems.push(problem.at(node.at_item(key, i)));
                    }
                    Some(_) => {}
                }
            }
        }
        if step.lapse.is_none() {
            if step.who.is_empty() {
                problems.push(node.wrong(key_or(node, "who"), "ZH2933").arg("step", &step.id));
            }
            return;
        }
        if step.from.is_empty() {
            problems.push(node.wrong("lapse", "ZH2934").arg("step", &step.id));
        }
        // Nobody is there who could fill in a form, attach a file or propose to an approver.
        for key in ["form", "approve", "evidence", "fresh"] {
            if !node.texts(key).is_empty() {
                problems.push(node.wrong(key, "ZH2935").arg("step", &step.id).arg("key", key));
            }
        }
    }

    /// What several persons take, each of them takes alone and at once: officers, in a case that is there.
    fn several(&self, node: &Node<'_>, step: &Step, problems: &mut Vec<Diagnostic>) {
        if step.count < 2 {
            if node.value("gather").is_some() {
                problems.push(Diagnostic::error("ZH2963").arg("step", &step.id).at(node.at_key("gather")));
            }
            return;
        }
        let opens = step.from.is_empty().then_some("id");
        let keys =
            [("approve", !step.approve.is_empty()), ("lapse", step.lapse.is_some()), ("void", step.void)];
        let keys = keys.into_iter().filter_map(|(key, is_there)| is_there.then_some(key));
        let holds =
            |id: &String| self.procedure.role(id).is_none_or(|role| matches!(role.by, RoleBy::Holds(_)));
        let outsiders = (!step.who.iter().all(holds)).then_some("who");
        for key in opens.into_iter().chain(keys).chain(outsiders) {
            problems.push(node.wrong(key, "ZH2962").arg("step", &step.id).arg("key", key));
        }
    }

    fn form(&self, node: &Node<'_>, step: &Step, problems: &mut Vec<Diagnostic>) {
        let fields = &self.procedure.fields;
        let mut seen = BTreeSet::new();
        for (key, ids) in [("form", &step.form), ("may", &step.may)] {
            for (i, id) in ids.iter().enumerate() {
                if self.procedure.field(id).is_none() {
                    problems.push(no_field(key, id, fields).at(node.at_item(key, i)));
                }
                if !seen.insert(id) {
                    let problem = Diagnostic::error("ZH2936").arg("field", id).arg("step", &step.id);
                    problems.push(problem.at(node.at_item(key, i)));
                }
            }
        }
        if step.from.is_empty() && !step.approve.is_empty() {
            problems.push(node.wrong("approve", "ZH2961").arg("step", &step.id));
        }
        // A slip in a name may be the very name that is missing.
        if step.from.is_empty() && step.form.iter().all(|id| self.procedure.field(id).is_some()) {
            let dated = self.procedure.dated.iter();
            for id in std::iter::once(&self.procedure.region).chain(dated) {
                if !step.form.contains(id) {
                    let problem = node.wrong(key_or(node, "form"), "ZH2937");
                    problems.push(problem.arg("field", id).arg("step", &step.id));
                }
            }
        }
    }

    fn instance(
        &self,
        id: &str,
        at: impl FnOnce() -> zhiheng_base::Place,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        let known = self.instances.contains(id);
        if !known {
            problems.push(unknown("instance", id, self.instances.iter().copied()).at(at()));
        }
        known
    }

    /// A clock that stands still, for a reason that its definition admits.
    fn pause(&self, node: &Node<'_>, key: &str, problems: &mut Vec<Diagnostic>) -> Option<(String, String)> {
        let table = node.sub(key)?;
        let (instance, reason) = (table.owned("clock")?, table.owned("reason")?);
        if self.instance(&instance, || table.at("clock"), problems) {
            for start in self.starts.iter().flatten().filter(|start| start.instance == instance) {
                let Some(clock) = self.world.clocks.get(&start.clock) else { continue };
                if !clock.pauses.contains(&reason) {
                    let problem = table.wrong("reason", "ZH2938").arg("reason", &reason);
                    problems.push(problem.arg("clock", &clock.id).arg("all", reasons(clock)));
                    break;
                }
            }
        }
        Some((instance, reason))
    }
}

fn reasons(clock: &Clock) -> String {
    if clock.pauses.is_empty() { "–".to_owned() } else { clock.pauses.join(", ") }
}

/// The key if it is written, else the step's id, which always is.
fn key_or<'k>(node: &Node<'_>, key: &'k str) -> &'k str {
    if node.value(key).is_some() { key } else { "id" }
}
