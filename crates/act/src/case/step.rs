//! A step taken: what it would leave, what stands against it, what it writes.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Procedure, Step};

use super::ask::{Ask, Taken, World};
use super::clocks::reckoned;
use super::effects::follows;
use super::event::{Actor, Event, Evidence, Kind, PauseOf, Start};
use super::figures::Fetched;
use super::fold::Case;
use super::guard::{condition, obstacles};
use super::names::{Names, filled, region_of};
use super::seal::seal;
use super::several::joined;
use super::value::to_json;

/// A step on its way.
pub(crate) struct Doing<'a> {
    pub(crate) step: &'a Step,
    pub(crate) form: Map<String, Json>,
    /// Where values of the form are from that nobody typed.
    pub(crate) figures: BTreeMap<String, Fetched>,
    /// Nobody, if a clock takes it.
    pub(crate) actor: Option<Actor>,
    /// Seal of the proposal, if it is approved with this act.
    pub(crate) approved: Option<String>,
    /// It is only proposed.
    pub(crate) proposes: bool,
    /// Forms of those who took it before, where several must.
    pub(crate) others: Vec<Map<String, Json>>,
}

impl<'a> Doing<'a> {
    /// A step that one person, or a clock, takes at once.
    pub(crate) fn at_once(step: &'a Step, form: Map<String, Json>, actor: Option<Actor>) -> Doing<'a> {
        let figures = BTreeMap::new();
        Doing { step, form, figures, actor, approved: None, proposes: false, others: Vec::new() }
    }
}

/// A step, proposed, taken by one of several, or taking effect: everything that stands against it, or everything that it writes.
pub(crate) fn act_on(
    world: World<'_>,
    procedure: &Procedure,
    case: &Case,
    ask: &Ask,
    doing: Doing<'_>,
) -> Result<Taken, Vec<Diagnostic>> {
    let Doing { step, form, figures, actor, approved, proposes, others } = doing;
    let several = step.count > 1;
    let waits = several && others.len() + 1 < step.count as usize;
    let opens = step.from.is_empty();
    let (mut problems, late) = match opens {
        true => (Vec::new(), None),
        false => obstacles(world, procedure, case, step, ask.on),
    };
    let mut event = Event {
        kind: match (proposes, &approved, &actor) {
            (true, ..) => Kind::Propose,
            (_, Some(_), _) => Kind::Approve,
            (_, None, None) if !opens && step.lapse.is_some() => Kind::Lapse,
            _ if several => Kind::Part,
            _ => Kind::Step,
        },
        effective: approved.is_some() || (several && !waits),
        step: step.id.clone(),
        to: step.to.clone().unwrap_or_else(|| case.state.clone()),
        actor: actor.clone(),
        form,
        figures,
        evidence: ask.evidence.clone(),
        reason: ask.reason.clone(),
        late,
        void: step.void,
        answers: step.answer.clone(),
        stops: step.stop.clone(),
        pause: step.pause.as_ref().map(pause_of),
        resume: step.resume.as_ref().map(pause_of),
        ..blank(world, procedure, case, ask.on)
    };
    // The case as the step would leave it.
    let mut next = case.clone();
    if !several {
        next.fill(procedure, &event.form);
    }
    next.evidence.extend(ask.evidence.iter().cloned());
    let proposer = case.proposal.as_ref().and_then(|proposal| proposal.actors.first());
    let author = proposer.filter(|_| approved.is_some()).or(actor.as_ref());
    let unit = author.map(|actor| actor.unit.clone()).unwrap_or_default();
    // Each of several persons answers for his own form.
    let own = several.then(|| with(procedure, case, &event.form));
    // Worked out anew when it takes effect; what is proposed, and sealed, is what somebody wrote.
    let mut worked = Map::new();
    for (id, gather) in step.gather.iter().filter(|_| !waits) {
        let Some(field) = procedure.field(id) else { continue };
        let sheets = others.iter().map(|form| with(procedure, case, form)).chain(own.clone());
        let values: Vec<Value> = sheets
            .map(|sheet| gather.of.eval(&Names { world, case: &sheet, on: ask.on, unit: &unit }))
            .collect();
        let value = joined(field, gather.by, &values);
        worked.insert(id.clone(), to_json(field, &value));
        next.sheet.insert(id.clone(), value);
    }
    for (id, formula) in &step.set {
        let value = formula.eval(&Names { world, case: &next, on: ask.on, unit: &unit });
        if let Some(field) = procedure.field(id) {
            worked.insert(id.clone(), to_json(field, &value));
            next.sheet.insert(id.clone(), value);
        }
    }
    if several && !waits {
        event.joined = std::mem::take(&mut worked);
    }
    event.starts = starts(step, &next, ask.on);
    next.apply(procedure, &event);
    let names = Names { world, case: &next, on: ask.on, unit: &unit };
    let asked = Names { case: own.as_ref().unwrap_or(&next), ..names };
    problems.extend(condition(step, &asked).err());
    for kind in &step.evidence {
        if !next.evidence.iter().any(|file| file.kind == *kind) {
            problems.push(Diagnostic::error("ZH8209").arg("step", &step.id).arg("kind", kind));
        }
    }
    for kind in &step.fresh {
        if !new_files(case, ask).any(|file| file.kind == *kind) {
            problems.push(Diagnostic::error("ZH8209").arg("step", &step.id).arg("kind", kind));
        }
    }
    if let Some(approved) = &approved {
        let content = seal(&next.number, &step.id, (&event.form, &event.figures), &next.evidence);
        if *approved != content {
            problems.push(Diagnostic::error("ZH8220").arg("case", &case.number));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if waits {
        return Ok(plainly(unsettled(event, case)));
    }
    if proposes {
        event.seal = Some(seal(&next.number, &step.id, (&event.form, &event.figures), &next.evidence));
        return Ok(plainly(unsettled(event, case)));
    }
    event.seal = approved;
    event.form.extend(worked);
    let mut remarks = Vec::new();
    if let Some(days) = late {
        remarks.push(Diagnostic::warning("ZH8240").arg("step", &step.id).arg("days", days));
    }
    for start in &event.starts {
        match reckoned(world.catalog, world.calendar, &next, &start.instance) {
            Err(problem) => return Err(vec![problem]),
            Ok(Some(clock)) if clock.reckoning.is_provisional() => {
                let due = clock.reckoning.due().map(|due| due.to_string()).unwrap_or_default();
                let remark = Diagnostic::warning("ZH8241").arg("clock", &start.instance).arg("due", due);
                remarks.push(remark);
            }
            Ok(_) => {}
        }
    }
    let follows = follows(step, &names, actor.as_ref())?;
    let letters = letters(world, procedure, step, &next, author, ask.on);
    Ok(Taken { event, region: region_of(procedure, &next), letters, follows, remarks, repeated: false })
}

/// The event of a step that others must approve, or take as well: the form and the files, and nothing of what the step brings.
fn unsettled(event: Event, case: &Case) -> Event {
    Event {
        to: case.state.clone(),
        starts: Vec::new(),
        answers: Vec::new(),
        stops: Vec::new(),
        pause: None,
        resume: None,
        late: None,
        void: false,
        ..event
    }
}

/// The case with one person's form on its sheet.
fn with(procedure: &Procedure, case: &Case, form: &Map<String, Json>) -> Case {
    let mut case = case.clone();
    case.fill(procedure, form);
    case
}

/// Files that came since the last step that took effect, or that another person took too; this act's own included.
fn new_files<'c>(case: &'c Case, ask: &'c Ask) -> impl Iterator<Item = &'c Evidence> {
    let is_step = |event: &Event| event.takes_effect() || event.kind == Kind::Part;
    let since = case.events.iter().rposition(|(_, event)| is_step(event)).map_or(0, |at| at + 1);
    let later = case.events.get(since..).unwrap_or_default().iter();
    later.flat_map(|(_, event)| &event.evidence).chain(&ask.evidence)
}

fn pause_of((instance, reason): &(String, String)) -> PauseOf {
    PauseOf { instance: instance.clone(), reason: reason.clone() }
}

/// The clocks that a step starts, by the sheet as it leaves it; an empty date starts nothing.
fn starts(step: &Step, next: &Case, on: Date) -> Vec<Start> {
    let day = |field: &str| match next.sheet.get(field) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    (step.start.iter())
        .filter_map(|start| {
            let on = start.on.as_deref().map_or(Some(on), day)?;
            let until = start.until.as_deref().and_then(day);
            Some(Start { clock: start.clock.clone(), instance: start.instance.clone(), on, until })
        })
        .collect()
}

/// The letters of a step with the series of their numbers.
fn letters(
    world: World<'_>,
    procedure: &Procedure,
    step: &Step,
    case: &Case,
    author: Option<&Actor>,
    on: Date,
) -> Vec<(String, String)> {
    let folder = procedure.head.id.split('.').next().unwrap_or_default();
    let series = |id: &str| {
        let written = world.catalog.letters.get(id).map(|letter| letter.series.as_str()).unwrap_or_default();
        filled(written, case, &|name| match name {
            "unit" => {
                author.map(|one| if one.short.is_empty() { one.unit.clone() } else { one.short.clone() })
            }
            "year" => Some(on.year().to_string()),
            _ => None,
        })
    };
    let template = |letter: &String| match letter.contains('.') {
        true => letter.clone(),
        false => format!("{folder}.{letter}"),
    };
    step.letters.iter().map(template).map(|id| (id.clone(), series(&id))).collect()
}

/// An event in which nothing has happened yet.
pub(crate) fn blank(world: World<'_>, procedure: &Procedure, case: &Case, on: Date) -> Event {
    Event {
        case: case.number.clone(),
        procedure: procedure.head.id.clone(),
        catalog: world.catalog.digest.clone(),
        kind: Kind::Step,
        step: String::new(),
        from: (!case.state.is_empty()).then(|| case.state.clone()),
        to: case.state.clone(),
        on,
        actor: None,
        form: Map::new(),
        joined: Map::new(),
        figures: BTreeMap::new(),
        evidence: Vec::new(),
        starts: Vec::new(),
        answers: Vec::new(),
        stops: Vec::new(),
        pause: None,
        resume: None,
        seal: None,
        effective: false,
        late: None,
        reason: None,
        letters: Vec::new(),
        parent: case.parent.clone(),
        void: false,
    }
}

/// An event with nothing beside it.
pub(crate) fn plainly(event: Event) -> Taken {
    Taken {
        event,
        region: None,
        letters: Vec::new(),
        follows: Vec::new(),
        remarks: Vec::new(),
        repeated: false,
    }
}
