//! Who may act: officers with their roles and regions, deputies, and who stands above whom.

use std::collections::BTreeSet;

use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::model::{Role, RoleAt, RoleBy};

use super::event::Actor;

/// An account of an officer, with one role for one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Account.
    pub account: String,
    /// The person behind it.
    pub person: String,
    /// Unit.
    pub unit: String,
    /// Short name of the unit in letter numbers.
    pub short: String,
    /// Region for which the role is held, with all below it.
    pub region: RegionCode,
    /// Code of `base.role`.
    pub role: String,
    /// The person directly above.
    pub superior: Option<String>,
    /// First day.
    pub since: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// One person acts for another for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Who is acted for.
    pub person: String,
    /// Who acts.
    pub deputy: String,
    /// For this role only; for all if `None`.
    pub role: Option<String>,
    /// First day.
    pub since: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// All who may act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Accounts.
    pub officers: Vec<Officer>,
    /// Delegations.
    pub delegations: Vec<Delegation>,
}

/// Whether a day lies in a span whose last day is included.
fn within(day: Date, since: Date, until: Option<Date>) -> bool {
    since <= day && until.is_none_or(|until| day <= until)
}

impl Staff {
    /// Who `account` is when it acts in `role` in a case of `region` on `day`; `party` is the enterprise in the role's field.
    ///
    /// Errors: ZH8230 if the role is another's: nobody with that account has it there on that day, himself or as a deputy.
    pub fn actor(
        &self,
        role: &Role,
        account: &str,
        region: RegionCode,
        party: Option<&str>,
        day: Date,
    ) -> Result<Actor, Diagnostic> {
        let plain = |person: &str| Actor {
            account: account.to_owned(),
            person: person.to_owned(),
            unit: String::new(),
            short: String::new(),
            role: role.id.clone(),
            principal: None,
        };
        let found = match &role.by {
            RoleBy::Public if !account.is_empty() => Some(plain(account)),
            RoleBy::Public => None,
            // An officer's account is not the enterprise's, whatever its name.
            RoleBy::Party(_) => party.filter(|party| *party == account && !account.is_empty()).map(plain),
            RoleBy::Holds(code) => {
                self.officer((code, role.at), account, region, day).map(|(officer, principal)| Actor {
                    person: officer.person.clone(),
                    unit: officer.unit.clone(),
                    short: officer.short.clone(),
                    principal,
                    ..plain("")
                })
            }
        };
        found.ok_or_else(|| {
            Diagnostic::error("ZH8230").arg("account", account).arg("role", &role.id).arg("on", day)
        })
    }

    /// The officer who acts under `account` with a role, himself or as a deputy; of a deputy, unit and letters are the principal's.
    fn officer(
        &self,
        (code, at): (&str, RoleAt),
        account: &str,
        region: RegionCode,
        day: Date,
    ) -> Option<(Officer, Option<String>)> {
        let valid = |officer: &&Officer| within(day, officer.since, officer.until);
        let holds = |officer: &&Officer| {
            let here = match at {
                RoleAt::Any => officer.region.contains(region),
                RoleAt::Own => officer.region == region,
                RoleAt::Above => officer.region != region && officer.region.contains(region),
                RoleAt::Level(level) => region.ancestor(level) == Some(officer.region),
            };
            valid(officer) && officer.role == code && here
        };
        if let Some(officer) = self.officers.iter().filter(|officer| officer.account == account).find(holds) {
            return Some((officer.clone(), None));
        }
        let own = self.officers.iter().filter(|officer| officer.account == account).find(valid)?;
        self.delegations
            .iter()
            .filter(|one| one.deputy == own.person && within(day, one.since, one.until))
            .filter(|one| one.role.as_deref().is_none_or(|role| role == code))
            .find_map(|one| {
                let officer =
                    self.officers.iter().filter(|officer| officer.person == one.person).find(holds)?;
                let principal = Some(officer.person.clone());
                Some((Officer { person: own.person.clone(), ..officer.clone() }, principal))
            })
    }

    /// Whether `person` stands below `above`, at any distance, on `day`.
    pub fn is_below(&self, person: &str, above: &str, day: Date) -> bool {
        let mut seen: BTreeSet<&str> = BTreeSet::from([person]);
        let mut next = vec![person];
        while let Some(person) = next.pop() {
            let rows = self.officers.iter().filter(|officer| officer.person == person);
            for superior in rows
                .filter(|officer| within(day, officer.since, officer.until))
                .filter_map(|officer| officer.superior.as_deref())
            {
                if superior == above {
                    return true;
                }
                // A circle of superiors is a slip of the register; it must not turn for ever.
                if seen.insert(superior) {
                    next.push(superior);
                }
            }
        }
        false
    }

    /// Whether `deputy` acts for `person` on `day`, in whatever role.
    pub fn is_deputy(&self, deputy: &str, person: &str, day: Date) -> bool {
        (self.delegations.iter())
            .filter(|one| within(day, one.since, one.until))
            .any(|one| one.person == person && one.deputy == deputy)
    }
}
