//! Who asks.

use zhiheng_base::{Date, RegionCode};
use zhiheng_record::access::Grant;

use super::role::{Action, Role};
use super::thing::{Level, Thing};

/// A right that holds today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Role.
    pub role: Role,
    /// Region, with all below it.
    pub region: RegionCode,
    /// One line department; all if `None`.
    pub line: Option<String>,
    /// One enterprise.
    pub enterprise: Option<String>,
    /// Greatest sensitivity.
    pub level: Level,
}

impl Held {
    /// What a grant gives on `day`. A grant with a role, region or level that this program does not know gives
    /// nothing; so does a right of an enterprise without the enterprise.
    pub fn of(grant: &Grant, day: Date) -> Option<Held> {
        if !grant.holds_on(day) {
            return None;
        }
        let role = Role::parse(&grant.role)?;
        if role == Role::Enterprise && grant.enterprise.is_none() {
            return None;
        }
        Some(Held {
            role,
            region: RegionCode::parse(&grant.region).ok()?,
            line: grant.line.clone(),
            enterprise: grant.enterprise.clone(),
            level: Level::parse(&grant.level)?,
        })
    }

    /// Whether the right reaches the thing, whatever is to be done with it. A right for one enterprise reaches what is
    /// that enterprise's, wherever it lies. Others reach their region with all below it, their line, and what belongs to no line.
    pub fn reaches(&self, thing: &Thing) -> bool {
        if thing.level > self.level {
            return false;
        }
        if self.enterprise.is_some() {
            return self.enterprise == thing.enterprise;
        }
        let territory = match thing.region {
            // Something of the whole instance. An enterprise's thing whose region nobody has looked up is not that: it may lie
            // anywhere, and only a right for the whole country is sure to hold it.
            None => thing.enterprise.is_none() || self.region.level() == zhiheng_base::Level::Nation,
            Some(region) => self.region.contains(region),
        };
        let line = self.line.is_none() || thing.line.is_none() || self.line == thing.line;
        territory && line
    }
}

/// Somebody, or nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Account; `None`: nobody signed in.
    pub account: Option<String>,
    /// Number of the person behind it.
    pub person: String,
    /// Rights that hold today.
    pub held: Vec<Held>,
    /// Whether a second factor was shown lately.
    pub strong: bool,
    /// What a program's token is limited to; `None` for a person.
    pub scopes: Option<Vec<Action>>,
}

impl Who {
    /// Nobody in particular.
    pub fn nobody() -> Who {
        Who::default()
    }

    /// Credit codes of the enterprises that the account acts for.
    pub fn firms(&self) -> Vec<&str> {
        let own = self.held.iter().filter(|held| held.role == Role::Enterprise);
        let mut codes: Vec<&str> = own.filter_map(|held| held.enterprise.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The rights with a role that has `action`, within the token's scopes.
    pub(crate) fn rights(&self, action: Action) -> impl Iterator<Item = &Held> {
        let scoped = self.in_scope(action);
        self.held.iter().filter(move |held| scoped && held.role.actions().contains(&action))
    }

    /// Whether the token, if there is one, may be used for `action`.
    pub(super) fn in_scope(&self, action: Action) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| action.for_programs() && scopes.contains(&action))
    }
}
