//! Events → the case as it stands.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use zhiheng_base::Date;
use zhiheng_catalog::Value;
use zhiheng_catalog::model::Procedure;

use super::clocks::Running;
use super::event::{Actor, Event, Evidence, Kind};
use super::value::from_json;
use crate::clock::{Ended, Facts, Pause};

/// A case as its events leave it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Number.
    pub number: String,
    /// Procedure.
    pub procedure: String,
    /// The case from which it was opened.
    pub parent: Option<String>,
    /// State.
    pub state: String,
    /// What the forms say; a later form replaces an earlier one.
    pub sheet: BTreeMap<String, Value>,
    /// Clocks by instance.
    pub clocks: BTreeMap<String, Running>,
    /// Files, in order.
    pub evidence: Vec<Evidence>,
    /// A step that waits for approval.
    pub proposal: Option<Proposal>,
    /// Events with their entries in the ledger, in order.
    pub events: Vec<(u64, Event)>,
    /// Records that its steps entered, as they stand now.
    pub entered: Vec<Entered>,
}

/// A step that waits for approval.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Its event in [`Case::events`].
    pub at: usize,
    /// Step.
    pub step: String,
    /// What is approved: SHA-256 of step, form and files, in hex.
    pub seal: String,
    /// Who proposed and who approved so far, in order.
    pub actors: Vec<Actor>,
}

/// A record that a step of the case entered, in its newest version.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// Record type.
    pub of: String,
    /// Entry of the newest version.
    pub entry: u64,
    /// Its fields.
    pub data: Map<String, Json>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

impl Case {
    /// The case after all `events`, which come with their entries in the ledger's order.
    pub fn after(
        procedure: &Procedure,
        events: impl IntoIterator<Item = (u64, Event)>,
        entered: Vec<Entered>,
    ) -> Case {
        let mut case = Case { entered, ..Case::default() };
        for (entry, event) in events {
            case.add(procedure, entry, event);
        }
        case
    }

    /// The newest event's entry.
    pub fn head(&self) -> Option<u64> {
        self.events.last().map(|(entry, _)| *entry)
    }

    /// The day of the newest event.
    pub fn last_day(&self) -> Option<Date> {
        self.events.last().map(|(_, event)| event.on)
    }

    /// The last step that took effect, with its day.
    pub fn last_step(&self) -> Option<&Event> {
        self.events.iter().rev().map(|(_, event)| event).find(|event| event.takes_effect())
    }

    /// Adds the next event.
    pub fn add(&mut self, procedure: &Procedure, entry: u64, event: Event) {
        if self.events.is_empty() {
            self.number.clone_from(&event.case);
            self.procedure.clone_from(&event.procedure);
            self.parent.clone_from(&event.parent);
        }
        self.evidence.extend(event.evidence.iter().cloned());
        match event.kind {
            Kind::Propose => {
                self.proposal = Some(Proposal {
                    at: self.events.len(),
                    step: event.step.clone(),
                    seal: event.seal.clone().unwrap_or_default(),
                    actors: event.actor.iter().cloned().collect(),
                });
            }
            // What was approved is no longer all that is on file: it must be proposed anew.
            Kind::Attach | Kind::Reject => self.proposal = None,
            Kind::Approve if !event.takes_effect() => {
                if let Some(proposal) = &mut self.proposal {
                    proposal.actors.extend(event.actor.iter().cloned());
                }
            }
            Kind::Part if !event.takes_effect() => {
                if !event.evidence.is_empty() {
                    self.proposal = None;
                }
            }
            Kind::Step | Kind::Approve | Kind::Lapse | Kind::Part => self.apply(procedure, &event),
        }
        self.events.push((entry, event));
    }

    /// What a form puts onto the sheet.
    pub(crate) fn fill(&mut self, procedure: &Procedure, form: &Map<String, Json>) {
        for (id, json) in form {
            if let Some(field) = procedure.field(id) {
                self.sheet.insert(id.clone(), from_json(field, json));
            }
        }
    }

    /// What a step that took effect changes.
    pub(crate) fn apply(&mut self, procedure: &Procedure, event: &Event) {
        self.proposal = None;
        self.state.clone_from(&event.to);
        // Of what several filled in, the sheet has only what was made of it.
        match event.kind {
            Kind::Part => self.fill(procedure, &event.joined),
            _ => self.fill(procedure, &event.form),
        }
        for start in &event.starts {
            // Started again, it counts from the new day on, as if nothing had been before.
            let facts = Facts { until: start.until, ..Facts::on(start.on) };
            let running = Running { clock: start.clock.clone(), facts };
            self.clocks.insert(start.instance.clone(), running);
        }
        for instance in &event.answers {
            if let Some(running) = self.clocks.get_mut(instance) {
                running.facts.done.push(event.on);
            }
        }
        for instance in &event.stops {
            if let Some(running) = self.clocks.get_mut(instance) {
                running.facts.ended.get_or_insert(Ended { on: event.on, by: event.step.clone() });
            }
        }
        if let Some(pause) = &event.pause
            && let Some(running) = self.clocks.get_mut(&pause.instance)
        {
            let from = event.on.tomorrow().unwrap_or(event.on);
            running.facts.pauses.push(Pause { from, to: None, reason: pause.reason.clone() });
        }
        if let Some(resume) = &event.resume
            && let Some(running) = self.clocks.get_mut(&resume.instance)
        {
            let pauses = &mut running.facts.pauses;
            let open = |pause: &Pause| pause.to.is_none() && pause.reason == resume.reason;
            match pauses.iter().rposition(open) {
                // Begun and ended on one day, nothing stood still.
                Some(at) if pauses.get(at).is_some_and(|pause| event.on < pause.from) => {
                    pauses.remove(at);
                }
                Some(at) => {
                    if let Some(pause) = pauses.get_mut(at) {
                        pause.to = Some(event.on);
                    }
                }
                None => {}
            }
        }
    }
}

impl Event {
    /// Whether the step of this event took effect with it; an approval or a part that others must follow does not.
    pub fn takes_effect(&self) -> bool {
        match self.kind {
            Kind::Step | Kind::Lapse => true,
            Kind::Approve | Kind::Part => self.effective,
            Kind::Propose | Kind::Reject | Kind::Attach => false,
        }
    }
}
