//! An enterprise as a party of cases: which cases are its, which of them it has been told of, and what it may do in them.
//!
//! That an enterprise stands in the sheet of a case does not mean that it knows: a finding is written down before its notice is
//! served. It sees a case from the day on which it acted in it, was given notice, was written a letter, or may take a step.

use std::collections::BTreeMap;

use zhiheng_act::case::{Case, Choice, stands};
use zhiheng_base::Date;
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Procedure, Role, RoleBy};
use zhiheng_record::CaseFilter;

use crate::desk::Desk;
use crate::letter::letters;
use crate::trouble::Trouble;

/// Enterprises by case, with the number of events by which they were read.
pub type Parties = BTreeMap<String, (u64, Vec<String>)>;

/// The roles that an enterprise has in a case.
pub fn roles<'p>(procedure: &'p Procedure, case: &Case, enterprise: &str) -> Vec<&'p Role> {
    let is = |role: &&Role| match &role.by {
        RoleBy::Party(field) => {
            matches!(case.sheet.get(field), Some(Value::Text(code)) if code == enterprise)
        }
        _ => false,
    };
    procedure.roles.iter().filter(is).collect()
}

/// Whether a letter with this addressee goes to the party in `field`: `{producer}` or `{producer_name}`.
fn goes_to(to: &str, field: &str) -> bool {
    to.contains(&format!("{{{field}}}")) || to.contains(&format!("{{{field}_name}}"))
}

impl Desk {
    /// All parties of all cases; those of cases without a new event are taken from `before`.
    ///
    /// Errors: those of the ledger.
    pub async fn parties(&self, before: &Parties) -> Result<Parties, Trouble> {
        let mut all = Parties::new();
        for head in self.ledger.cases(&CaseFilter::default()).await? {
            let Some(procedure) = self.catalog.procedures.get(&head.of) else { continue };
            let fields: Vec<&str> = (procedure.roles.iter())
                .filter_map(|role| match &role.by {
                    RoleBy::Party(field) => Some(field.as_str()),
                    _ => None,
                })
                .collect();
            if fields.is_empty() {
                continue;
            }
            let known = before.get(&head.case).filter(|(events, _)| *events == head.events).cloned();
            let found = match known {
                Some(known) => known,
                None => {
                    let case = self.case(&head.case, None).await?;
                    let code = |field: &&str| match case.sheet.get(*field) {
                        Some(Value::Text(code)) => Some(code.clone()),
                        _ => None,
                    };
                    let mut codes: Vec<String> = fields.iter().filter_map(code).collect();
                    codes.sort();
                    codes.dedup();
                    (head.events, codes)
                }
            };
            all.insert(head.case, found);
        }
        Ok(all)
    }

    /// The steps that an enterprise may take in a case now, or from a day on.
    ///
    /// Errors: those of the ledger.
    pub async fn own_steps(&self, case: &Case, enterprise: &str, on: Date) -> Result<Vec<Choice>, Trouble> {
        let own: Vec<&str> =
            roles(self.procedure(case)?, case, enterprise).into_iter().map(|role| role.id.as_str()).collect();
        let below = self.below(&case.number).await?;
        let all = self.within(on, &below, |world| stands(world, case, on))?;
        let is_own = |choice: &Choice| choice.who.iter().any(|role| own.contains(&role.as_str()));
        Ok(all.into_iter().filter(|choice| is_own(choice) && !choice.proposed).collect())
    }

    /// Letters of a case to an enterprise, counted as [`Desk::letter`] does.
    ///
    /// Errors: ZH8201 if the catalog has the procedure no more.
    pub fn own_letters(&self, case: &Case, enterprise: &str) -> Result<Vec<usize>, Trouble> {
        let own = roles(self.procedure(case)?, case, enterprise);
        let fields = || {
            own.iter().filter_map(|role| if let RoleBy::Party(field) = &role.by { Some(field) } else { None })
        };
        let is_own = |template: &str| {
            let to = self.catalog.letters.get(template).map_or("", |letter| letter.to.as_str());
            fields().any(|field| goes_to(to, field))
        };
        let all = letters(case).into_iter().enumerate();
        Ok(all.filter(|(_, (_, letter))| is_own(&letter.template)).map(|(n, _)| n + 1).collect())
    }

    /// Whether an enterprise knows of a case that is its.
    ///
    /// Errors: those of the ledger.
    pub async fn is_told(&self, case: &Case, enterprise: &str, on: Date) -> Result<bool, Trouble> {
        let procedure = self.procedure(case)?;
        if roles(procedure, case, enterprise).is_empty() {
            return Ok(false);
        }
        let acted = |account: &str| account == enterprise;
        let by_event = case.events.iter().any(|(_, event)| {
            let noticed = procedure.step(&event.step).is_some_and(|step| step.notice)
                && !case.proposal.as_ref().is_some_and(|waits| waits.step == event.step);
            noticed || event.actor.as_ref().is_some_and(|actor| acted(&actor.account))
        });
        if by_event || !self.own_letters(case, enterprise)?.is_empty() {
            return Ok(true);
        }
        Ok(self.own_steps(case, enterprise, on).await?.iter().any(Choice::is_open))
    }
}

#[cfg(test)]
mod tests {
    use super::goes_to;

    #[test]
    fn a_letter_goes_to_whom_its_addressee_names() {
        assert!(goes_to("{producer_name}", "producer") && goes_to("{producer}", "producer"));
        assert!(!goes_to("{seller_name}", "producer") && !goes_to("{producer_region}", "producer"));
        assert!(!goes_to("producer", "producer"));
    }
}
