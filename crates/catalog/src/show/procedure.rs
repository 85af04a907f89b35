//! A procedure for people: who takes part, the states, and the steps with what follows from each.

use zhiheng_base::words::say;

use super::Page;
use crate::model::{CaseState, FigureField, Procedure, RoleBy, Step, What};

pub(super) fn write(procedure: &Procedure, page: &mut Page) {
    if procedure.family != procedure.head.id {
        page.fact("family", &procedure.family);
    }
    if let Some(dated) = &procedure.dated {
        page.fact("dated", dated);
    }
    page.fact("region", &procedure.region);
    if let Some(within) = procedure.within {
        page.fact("within", within);
    }
    roles(procedure, page);
    page.field_table(&procedure.fields);
    figures(procedure, page);
    let rows = (procedure.states.iter())
        .map(|state| vec![state.id.clone(), state.name.get(page.lang).to_owned(), nature(state, page)])
        .collect();
    page.table("states", &["state", "name", "sense"], rows);
    let rows = procedure.steps.iter().map(|step| row(step, procedure, page)).collect();
    page.table("steps-taken", &["step", "name", "way", "who", "form-filled", "follows-from"], rows);
    let rows = (procedure.examples.iter())
        .map(|example| {
            let says = example.says.as_ref().map(|says| says.get(page.lang).to_owned());
            let state = example.state.clone().unwrap_or_default();
            vec![says.unwrap_or_default(), example.steps.len().to_string(), state]
        })
        .collect();
    page.table("cases", &["case", "case-steps", "expect"], rows);
}

fn roles(procedure: &Procedure, page: &mut Page) {
    let rows = (procedure.roles.iter())
        .map(|role| {
            let by = match &role.by {
                RoleBy::Holds(code) => code.clone(),
                RoleBy::Party(field) => field.clone(),
                RoleBy::Public => page.say("show-any-role-public"),
            };
            vec![role.id.clone(), role.name.get(page.lang).to_owned(), by]
        })
        .collect();
    page.table("roles", &["role", "name", "who-is"], rows);
}

/// Fields that nobody types.
fn figures(procedure: &Procedure, page: &mut Page) {
    if procedure.figures.is_empty() {
        return;
    }
    let row = |figure: &FigureField| {
        let field = procedure.field(&figure.field);
        let with =
            figure.from.formulas().into_iter().map(|(key, formula)| format!("{key} = {}", formula.text));
        let differ = if figure.may_differ { page.say("show-may-differ") } else { String::new() };
        vec![
            figure.field.clone(),
            field.map(|field| field.name.get(page.lang).to_owned()).unwrap_or_default(),
            page.say(&format!("show-known-{}", figure.from.word())),
            format!("{} ({})", figure.from.source(), figure.part.word()),
            with.collect::<Vec<_>>().join("; "),
            differ,
        ]
    };
    let rows = procedure.figures.iter().map(row).collect();
    page.table("figures", &["field", "name", "known-from", "figure", "asked-with", "typed"], rows);
}

fn nature(state: &CaseState, page: &Page) -> String {
    let mut words = Vec::new();
    if state.end {
        words.push(page.say("show-state-end"));
    }
    if state.binding {
        words.push(page.say("show-state-binding"));
    }
    words.join(", ")
}

fn row(step: &Step, procedure: &Procedure, page: &Page) -> Vec<String> {
    let state = |id: &String| {
        procedure.state(id).map_or_else(|| id.clone(), |state| state.name.get(page.lang).to_owned())
    };
    let from: Vec<String> = step.from.iter().map(state).collect();
    let from = if from.is_empty() { page.say("show-opening") } else { from.join(", ") };
    let way = step.to.as_ref().map_or_else(|| from.clone(), |to| format!("{from} → {}", state(to)));
    vec![
        step.id.clone(),
        step.name.get(page.lang).to_owned(),
        way,
        who(step, procedure, page),
        step.form.join(", "),
        follows(step, page).join("; "),
    ]
}

fn who(step: &Step, procedure: &Procedure, page: &Page) -> String {
    let names = |ids: &[String]| {
        let name = |id: &String| procedure.role(id).map(|role| role.name.get(page.lang));
        ids.iter().filter_map(name).collect::<Vec<_>>().join(", ")
    };
    let mut words = Vec::new();
    if !step.who.is_empty() {
        words.push(names(&step.who));
    }
    if step.count > 1 {
        words.push(say(page.lang, "show-by-several", &[("n", &step.count.to_string())]));
    }
    if let Some(clock) = &step.lapse {
        words.push(say(page.lang, "show-by-lapse", &[("clock", clock)]));
    }
    if !step.approve.is_empty() {
        words.push(say(page.lang, "show-approved-by", &[("roles", &names(&step.approve))]));
    }
    words.join("; ")
}

fn follows(step: &Step, page: &Page) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |id: &str, argument: &str, text: &str| {
        words.push(say(page.lang, &format!("show-{id}"), &[(argument, text)]));
    };
    for start in &step.start {
        add("starts-clock", "clock", &format!("{} ({})", start.instance, start.clock));
    }
    for letter in &step.letters {
        add("writes-letter", "letter", letter);
    }
    for effect in &step.effects {
        match &effect.what {
            What::Record { of, .. } => add("enters-record", "record", of),
            What::Correct { of, .. } => add("corrects-record", "record", of),
            What::Withdraw { of, .. } => add("withdraws-record", "record", of),
            What::Open { family, .. } => add("opens-case", "family", family),
        }
    }
    if step.void {
        words.push(page.say("show-voids"));
    }
    words
}
