//! Steps of cases: what somebody asks for is checked against the procedure and written down with all that follows from it.

use std::collections::BTreeMap;

use zhiheng_act::case::{Act, Ask, Case, Evidence, Taken, Writing, event_of, open, take};
use zhiheng_base::{Date, Diagnostic};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{CaseEffect, Provenance, Stepped};

use crate::desk::{Desk, Moment};
use crate::form;
use crate::trouble::Trouble;

/// Who acts, when, with what; values of the form as they were typed.
#[derive(Clone, Debug, Default)]
pub struct Acting {
    /// The account.
    pub account: String,
    /// The day of the act.
    pub on: Date,
    /// Fields and what was typed.
    pub form: Vec<(String, String)>,
    /// Files, kept by the project already.
    pub evidence: Vec<Evidence>,
    /// A reason, where one is due.
    pub reason: Option<String>,
    /// Name of the act, under which it is taken once; worked out if not given.
    pub id: Option<String>,
    /// The newest event that the actor saw; the present one if not given.
    pub expect: Option<u64>,
    /// Nothing is written.
    pub dry_run: bool,
    /// How it came about.
    pub provenance: Provenance,
    /// What is written with the act beside what the procedure says, in the same transaction: corrections and withdrawals of
    /// records that were handed in.
    pub more: Vec<CaseEffect>,
}

/// What an act came to.
#[derive(Clone, Debug)]
pub struct Done {
    /// What was decided, with remarks and what follows.
    pub taken: Taken,
    /// Where it stands in the ledger; nothing for a dry run and for an act that had been done.
    pub stepped: Option<Stepped>,
}

impl Desk {
    /// Opens a case of a procedure or of its family.
    ///
    /// Errors: what the form's fields and the procedure say, and those of the ledger.
    pub async fn open_case(
        &self,
        moment: Moment,
        family: &str,
        step: &str,
        acting: &Acting,
    ) -> Result<Done, Trouble> {
        let prepared = self.within(moment.today, &[], |world| {
            // The fields are those of the version in force; which one that is, its own dates on the form decide.
            let versions: Vec<_> = (self.catalog.procedures.values())
                .filter(|one| one.family == family || one.head.id == family)
                .collect();
            let mut form = BTreeMap::new();
            let mut problems = Vec::new();
            for version in &versions {
                match form::read(&self.catalog, version, &acting.form, moment.today) {
                    Ok(read) => {
                        let is_it = world
                            .version(family, &read, acting.on)
                            .is_ok_and(|one| one.head.id == version.head.id);
                        form = read;
                        if is_it || versions.len() == 1 {
                            problems.clear();
                            break;
                        }
                    }
                    Err(found) => problems = found,
                }
            }
            if !problems.is_empty() {
                return Err(problems);
            }
            let ask = ask(acting, Act::Step(step.to_owned()), form);
            let version = world.version(family, &ask.form, ask.on).map(|one| one.head.id.clone());
            Ok((ask, version.ok()))
        })?;
        let (mut ask, version) = prepared?;
        if let Some(procedure) = version.and_then(|id| self.catalog.procedures.get(&id)) {
            let case = Case { procedure: procedure.head.id.clone(), ..Case::default() };
            self.fetch(moment.today, procedure, &case, &mut ask).await?;
        }
        let taken = self.within(moment.today, &[], |world| open(world, family, &ask))??;
        self.finish(moment, taken, None, acting).await
    }

    /// Takes a step of a case, approves or rejects one, attaches evidence, or lets a clock do what it does.
    ///
    /// Errors: ZH8229 for a case that is not there, what the procedure says, and those of the ledger.
    pub async fn act(
        &self,
        moment: Moment,
        number: &str,
        act: Act,
        acting: &Acting,
    ) -> Result<Done, Trouble> {
        let case = self.case(number, None).await?;
        let below = self.below(number).await?;
        let procedure = self.procedure(&case)?;
        let form = form::read(&self.catalog, procedure, &acting.form, moment.today)?;
        let mut ask = ask(acting, act, form);
        self.fetch(moment.today, procedure, &case, &mut ask).await?;
        let taken = self.within(moment.today, &below, |world| take(world, &case, &ask))??;
        self.finish(moment, taken, acting.expect.or(case.head()), acting).await
    }

    async fn finish(
        &self,
        moment: Moment,
        taken: Taken,
        head: Option<u64>,
        acting: &Acting,
    ) -> Result<Done, Trouble> {
        if taken.repeated || acting.dry_run {
            return Ok(Done { taken, stepped: None });
        }
        let id = acting.id.clone().unwrap_or_else(|| name_of(&taken, head));
        let writing = Writing { catalog: &self.catalog, at: moment.at, provenance: acting.provenance };
        let mut event = event_of(writing, &taken, head, &id)?;
        event.effects.extend(acting.more.iter().cloned());
        let stepped = self.ledger.step(event).await?;
        Ok(Done { taken, stepped: Some(stepped) })
    }

    /// Takes the steps of all clocks of a case that have ended on a day, until none is left.
    ///
    /// Errors: those of the ledger; that no clock has ended is none.
    pub async fn lapse(
        &self,
        moment: Moment,
        number: &str,
        on: Date,
        provenance: Provenance,
        dry_run: bool,
    ) -> Result<Vec<Done>, Trouble> {
        let acting = Acting { on, provenance, dry_run, ..Acting::default() };
        let mut done = Vec::new();
        // One clock's end may start the next.
        loop {
            match self.act(moment, number, Act::Lapse, &acting).await {
                Ok(one) => done.push(one),
                // Nothing (more) has ended.
                Err(Trouble::Problems(problems)) if is_nothing_ended(&problems) => return Ok(done),
                Err(trouble) => return Err(trouble),
            }
            if dry_run {
                return Ok(done);
            }
        }
    }
}

/// A refusal of the procedure itself (`ZH82…`): no clock has ended, or what it would do may not be done.
fn is_nothing_ended(problems: &[Diagnostic]) -> bool {
    problems.iter().all(|problem| problem.code.starts_with("ZH82") && problem.code != "ZH8229")
}

fn ask(acting: &Acting, act: Act, form: BTreeMap<String, zhiheng_catalog::Value>) -> Ask {
    Ask {
        act,
        account: acting.account.clone(),
        on: acting.on,
        form,
        figures: BTreeMap::new(),
        evidence: acting.evidence.clone(),
        reason: acting.reason.clone(),
    }
}

/// The same act on the same state has the same name: sent twice, it is taken once.
pub fn name_of(taken: &Taken, head: Option<u64>) -> String {
    let event = serde_json::to_string(&taken.event).unwrap_or_default();
    let hash = to_hex(&sha256(format!("{head:?} {event}").as_bytes()));
    format!("{}/{}", taken.event.case, hash.get(..16).unwrap_or_default())
}
