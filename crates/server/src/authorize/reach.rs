//! The same rule as a filter: which things a query may touch at all.

use zhiheng_base::RegionCode;

use super::role::Action;
use super::thing::{Level, Thing};
use super::who::Who;

/// One way in which things can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// In this region and below; everywhere if `None`.
    pub region: Option<RegionCode>,
    /// Of this line or of none; of any if `None`.
    pub line: Option<String>,
    /// Of this enterprise; of any if `None`.
    pub enterprise: Option<String>,
    /// Up to this sensitivity.
    pub level: Level,
}

impl Part {
    fn holds(&self, thing: &Thing) -> bool {
        thing.level <= self.level
            && self.region.is_none_or(|region| match thing.region {
                Some(of) => region.contains(of),
                None => thing.enterprise.is_none() || region.level() == zhiheng_base::Level::Nation,
            })
            && (self.line.is_none() || thing.line.is_none() || self.line == thing.line)
            && (self.enterprise.is_none() || self.enterprise == thing.enterprise)
    }
}

/// What can be reached: whatever one of the parts holds. It goes into the plan of a query, so that rows beyond it are
/// not read, counted or hinted at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The ways; none reach nothing.
    pub parts: Vec<Part>,
    /// Things that belong to this account alone are reached too, those of others never.
    pub account: Option<String>,
}

impl Reach {
    /// Whether a thing can be reached.
    pub fn holds(&self, thing: &Thing) -> bool {
        let other = thing.owner.is_some() && thing.owner != self.account;
        // What is public is public, whoever's it is.
        let public = thing.level == Level::Public && self.parts.iter().any(|part| part.is_public());
        public || (!other && self.parts.iter().any(|part| part.holds(thing)))
    }
}

impl Part {
    fn is_public(&self) -> bool {
        self.region.is_none() && self.line.is_none() && self.enterprise.is_none()
    }
}

/// What `who` can reach with `action`. Second factors and bound persons are asked thing by thing: see
/// [`super::authorize`].
pub fn reach(who: &Who, action: Action) -> Reach {
    let mut parts = Vec::new();
    if action == Action::See {
        parts.push(Part { region: None, line: None, enterprise: None, level: Level::Public });
    }
    if who.account.is_some() {
        for held in who.rights(action) {
            let region = if held.enterprise.is_some() { None } else { Some(held.region) };
            // A right for one enterprise follows the enterprise: the line does not matter.
            let line = if held.enterprise.is_some() { None } else { held.line.clone() };
            let part = Part { region, line, enterprise: held.enterprise.clone(), level: held.level };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    Reach { parts, account: who.account.clone() }
}
