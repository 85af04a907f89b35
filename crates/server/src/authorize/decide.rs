//! The decision.

use super::role::Action;
use super::thing::{Level, Thing};
use super::who::Who;

/// What [`authorize`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Yes.
    Allow,
    /// Not before signing in.
    SignIn,
    /// There is no such thing, as far as the asker goes.
    NotYours,
    /// The asker may see it, but not do this with it.
    NotAllowed,
    /// Not by this person: who proposed it, handed it in or has an interest in it does not decide on it.
    Separated,
    /// Only after showing a second factor again.
    StepUp,
}

/// Whether `who` may do `action` with `thing`.
pub fn authorize(who: &Who, action: Action, thing: &Thing) -> Verdict {
    if action == Action::See && thing.level == Level::Public {
        return Verdict::Allow;
    }
    let Some(account) = &who.account else { return Verdict::SignIn };
    if action == Action::Own {
        let own = thing.owner.as_ref().is_none_or(|owner| owner == account);
        return match (own, who.in_scope(action)) {
            (true, true) => Verdict::Allow,
            (true, false) => Verdict::NotAllowed,
            (false, _) => Verdict::NotYours,
        };
    }
    // What belongs to one account is nobody else's, whatever rights they have.
    if thing.owner.as_ref().is_some_and(|owner| owner != account) {
        return Verdict::NotYours;
    }
    if !who.rights(action).any(|held| held.reaches(thing)) {
        let visible = thing.level == Level::Public || who.rights(Action::See).any(|held| held.reaches(thing));
        return if visible { Verdict::NotAllowed } else { Verdict::NotYours };
    }
    let judges = matches!(action, Action::Decide | Action::Review | Action::Score | Action::Publish);
    if judges && thing.bound.contains(&who.person) {
        return Verdict::Separated;
    }
    // A token was made by somebody who had shown a second factor; there is nobody to ask again.
    let factor = action.needs_second_factor() || thing.level == Level::Sealed;
    if factor && !who.strong && who.scopes.is_none() {
        return Verdict::StepUp;
    }
    Verdict::Allow
}
