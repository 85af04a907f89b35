//! What waits for whom, until when: the steps that lie before the open cases.

use zhiheng_act::case::{Case, Staff, stands};
use zhiheng_base::{Date, RegionCode, Words};
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Procedure, RoleBy};

use crate::desk::Desk;
use crate::trouble::Trouble;

/// A step that can be taken, or that a clock opens later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Number of the case.
    pub case: String,
    /// Id of its procedure.
    pub procedure: String,
    /// Region of the case.
    pub region: Option<RegionCode>,
    /// Step.
    pub step: String,
    /// Its name.
    pub name: Words,
    /// Roles of which one takes it, with the enterprise that a role belongs to if it is a party's.
    pub roles: Vec<(String, Option<String>)>,
    /// It is proposed and waits for approval.
    pub proposed: bool,
    /// First day, if it cannot be taken yet.
    pub opens: Option<Date>,
    /// Last day.
    pub due: Option<Date>,
    /// Calendar days after the last day of a duty.
    pub late: Option<i64>,
}

impl Task {
    /// Whether an account may take it on a day.
    pub fn is_for(&self, procedure: &Procedure, staff: &Staff, account: &str, on: Date) -> bool {
        let Some(region) = self.region else { return false };
        self.roles.iter().any(|(id, party)| {
            procedure.role(id).is_some_and(|role| {
                role.by != RoleBy::Public && staff.actor(role, account, region, party.as_deref(), on).is_ok()
            })
        })
    }
}

impl Desk {
    /// All tasks of the open cases, those due first in front.
    ///
    /// Blocks the thread as [`Desk::within`] does.
    ///
    /// Errors: those of the ledger.
    pub async fn tasks(&self, on: Date) -> Result<Vec<Task>, Trouble> {
        let mut tasks = Vec::new();
        for head in self.open_cases(None).await? {
            let case = self.case(&head.case, None).await?;
            let procedure = self.procedure(&case)?;
            let below = self.below(&head.case).await?;
            for choice in self.within(on, &below, |world| stands(world, &case, on))? {
                // What a clock does by itself waits for nobody; what is barred without a day waits for something else.
                if choice.who.is_empty() || (!choice.is_open() && choice.opens.is_none()) {
                    continue;
                }
                let opens = if choice.is_open() { None } else { choice.opens };
                tasks.push(Task {
                    case: case.number.clone(),
                    procedure: case.procedure.clone(),
                    region: text(&case, &procedure.region).and_then(|code| RegionCode::parse(&code).ok()),
                    roles: roles(&case, procedure, &choice.who),
                    step: choice.step,
                    name: choice.name,
                    proposed: choice.proposed,
                    opens,
                    due: choice.due,
                    late: choice.late,
                });
            }
        }
        tasks.sort_by(|a, b| {
            let key = |task: &Task| (task.due.is_none(), task.due, task.opens);
            key(a).cmp(&key(b)).then_with(|| a.case.cmp(&b.case))
        });
        Ok(tasks)
    }
}

fn roles(case: &Case, procedure: &Procedure, who: &[String]) -> Vec<(String, Option<String>)> {
    let party = |id: &String| match &procedure.role(id)?.by {
        RoleBy::Party(field) => text(case, field),
        _ => None,
    };
    who.iter().map(|id| (id.clone(), party(id))).collect()
}

fn text(case: &Case, field: &str) -> Option<String> {
    match case.sheet.get(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
