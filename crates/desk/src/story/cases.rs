//! Acts of a story: opening cases, taking steps, approving, letting clocks run out, and being refused.

use toml::Spanned;
use zhiheng_act::case::{Act, Follow, Taken};
use zhiheng_act::clock::reckon;
use zhiheng_base::Diagnostic;
use zhiheng_base::words::Words;
use zhiheng_record::Provenance;

use super::model::{Step, day, typed};
use super::play::{Player, Told};
use crate::acts::{Acting, Done};
use crate::form::keep;
use crate::letter::letters;
use crate::trouble::Trouble;

impl Player<'_> {
    /// Takes the act of a step and holds the case against what is expected.
    pub(super) async fn act(&mut self, spanned: &Spanned<Step>) -> Result<Vec<Told>, Trouble> {
        let step = spanned.as_ref();
        self.refresh().await?;
        let acting = self.acting(step)?;
        let named = step.case.as_ref().and_then(|case| self.cases.get(case)).cloned();
        let outcome = match (&step.open, &named) {
            (Some(family), _) => {
                let first = step.act.as_deref().unwrap_or_default();
                self.desk.open_case(self.moment(), family, first, &acting).await.map(|done| vec![done])
            }
            (None, Some(number)) if step.act.as_deref() == Some("lapse") => {
                let today = self.today;
                self.desk.lapse(self.moment(), number, today, Provenance::Synthetic, false).await
            }
            (None, Some(number)) => {
                let act = act_of(step.act.as_deref().unwrap_or_default());
                self.desk.act(self.moment(), number, act, &acting).await.map(|done| vec![done])
            }
            (None, None) => {
                let case = step.case.clone().unwrap_or_default();
                return Err(Diagnostic::error("ZH7206")
                    .arg("case", case)
                    .at(self.story.place(spanned))
                    .into());
            }
        };
        let asked = self.words(step, named.as_deref()).await?;
        let done = match (outcome, &step.refused) {
            (Ok(done), None) => done,
            (Ok(_), Some(code)) => {
                let problem = Diagnostic::error("ZH7204").arg("step", asked.zh).arg("code", code);
                return Err(problem.at(self.story.place(spanned)).into());
            }
            (Err(Trouble::Problems(problems)), Some(code)) => {
                if problems.iter().any(|problem| problem.code == *code) {
                    return Ok(vec![Told::Refused { step: asked, code: code.clone() }]);
                }
                let found = problems.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
                return Err(self.otherwise(spanned, "refused", code, found));
            }
            (Err(Trouble::Problems(mut problems)), None) => {
                let first = Diagnostic::error("ZH7203").arg("step", asked.zh);
                problems.insert(0, first.at(self.story.place(spanned)));
                return Err(problems.into());
            }
            (Err(trouble), _) => return Err(trouble),
        };
        self.stale = true;
        let told = self.tell(spanned, &asked, &done).await?;
        self.compare(spanned).await?;
        Ok(told)
    }

    fn acting(&self, step: &Step) -> Result<Acting, Trouble> {
        let text = |kind: &str| format!("synthetic {kind} of {} on {}\n", self.story.name.en, self.today);
        let evidence = (step.evidence.iter())
            .map(|kind| keep(&self.desk.project, kind, &format!("{kind}.txt"), text(kind).as_bytes()))
            .collect::<Result<Vec<_>, Trouble>>()?;
        Ok(Acting {
            account: step.by.clone().unwrap_or_default(),
            on: self.today,
            form: step.form.iter().map(|(id, value)| (id.clone(), typed(value))).collect(),
            evidence,
            reason: step.reason.clone(),
            provenance: Provenance::Synthetic,
            ..Acting::default()
        })
    }

    /// What a step is called.
    async fn words(&self, step: &Step, case: Option<&str>) -> Result<Words, Trouble> {
        let id = step.act.clone().or(step.open.clone()).unwrap_or_default();
        let procedure = match (case, &step.open) {
            (Some(case), None) => self.desk.case(case, None).await?.procedure,
            (_, Some(family)) => family.clone(),
            _ => String::new(),
        };
        let mut known = (self.desk.catalog.procedures.values())
            .filter(|one| one.head.id == procedure || one.family == procedure);
        let name = known.find_map(|one| match &step.act {
            Some(act) => one.step(act).map(|step| step.name.clone()),
            None => Some(one.head.name.clone()),
        });
        Ok(name.unwrap_or_else(|| Words::new(id.clone(), id)))
    }

    async fn tell(
        &mut self,
        spanned: &Spanned<Step>,
        asked: &Words,
        done: &[Done],
    ) -> Result<Vec<Told>, Trouble> {
        let step = spanned.as_ref();
        if done.is_empty() {
            return Err(self.otherwise(spanned, "lapse", "1", "0"));
        }
        let mut told = Vec::new();
        for one in done {
            let event = &one.taken.event;
            if let Some(name) = step.case.as_ref().filter(|_| step.open.is_some()) {
                self.cases.insert(name.clone(), event.case.clone());
            }
            for (name, number) in self.opened(step, &one.taken) {
                self.cases.insert(name, number);
            }
            let procedure = self.desk.catalog.procedures.get(&event.procedure);
            let state = procedure.and_then(|procedure| procedure.state(&event.to));
            let taken = procedure.and_then(|procedure| procedure.step(&event.step));
            told.push(Told::Act {
                kind: event.kind,
                case: event.case.clone(),
                step: taken.map_or_else(|| asked.clone(), |step| step.name.clone()),
                state: state.map_or_else(|| Words::new(&event.to, &event.to), |state| state.name.clone()),
                letters: one.stepped.as_ref().map_or(0, |stepped| stepped.letters.len()),
            });
        }
        Ok(told)
    }

    /// Cases that an act opened, by the story's names for their families.
    fn opened(&self, step: &Step, taken: &Taken) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for follow in &taken.follows {
            let Follow::Case { taken, .. } = follow else { continue };
            let procedure = self.desk.catalog.procedures.get(&taken.event.procedure);
            let family = procedure.map_or("", |one| one.family.as_str());
            if let Some(name) = step.opens.get(family).or(step.opens.get(&taken.event.procedure)) {
                found.push((name.clone(), taken.event.case.clone()));
            }
            found.extend(self.opened(step, taken));
        }
        found
    }

    /// Holds the case against the state, the clocks and the letters that are expected.
    async fn compare(&self, spanned: &Spanned<Step>) -> Result<(), Trouble> {
        let step = spanned.as_ref();
        for name in step.opens.values().filter(|name| !self.cases.contains_key(*name)) {
            return Err(self.otherwise(spanned, "opens", name, "–"));
        }
        let Some(number) = step.case.as_ref().and_then(|case| self.cases.get(case)) else { return Ok(()) };
        let case = self.desk.case(number, None).await?;
        if let Some(wanted) = step.state.as_ref().filter(|wanted| **wanted != case.state) {
            return Err(self.otherwise(spanned, "state", wanted, &case.state));
        }
        for (instance, wanted) in &step.due {
            let running = case.clocks.get(instance);
            let clock = running.and_then(|running| self.desk.catalog.clocks.get(&running.clock));
            let due = match running.zip(clock) {
                Some((running, clock)) => reckon(clock, &running.facts, &self.desk.calendar)?.due(),
                None => None,
            };
            if due != day(wanted) {
                let got = due.map_or_else(|| "–".to_owned(), |due| due.to_string());
                return Err(self.otherwise(spanned, instance, wanted, got));
            }
        }
        for (template, wanted) in &step.letters {
            let short = |id: &str| id.rsplit('.').next().unwrap_or(id).to_owned();
            let all = letters(&case);
            let got =
                all.iter().filter(|(_, one)| one.template == *template || short(&one.template) == *template);
            let got = got.count();
            if got != *wanted {
                return Err(self.otherwise(spanned, template, wanted, got));
            }
        }
        Ok(())
    }
}

fn act_of(word: &str) -> Act {
    match word {
        "approve" => Act::Approve(None),
        "reject" => Act::Reject,
        "attach" => Act::Attach,
        step => Act::Step(step.to_owned()),
    }
}
