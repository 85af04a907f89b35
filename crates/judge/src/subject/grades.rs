//! All holders of a region, kept up to date.
//!
//! Graded once in one pass over statements in order of holder; after that a new statement touches its holder alone, and a new day
//! only those whose next change has come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use zhiheng_base::Date;

use super::rules::{Rules, Statement};
use super::walk::{Standing, standing};

/// Holders with their statements and where they stand.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    day: Option<Date>,
    holders: BTreeMap<Box<str>, Subject>,
    /// Number of holders by the day of their next change. Enough to know whether a day needs a pass at all.
    due: BTreeMap<Date, Vec<Box<str>>>,
}

/// One holder.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Statements, in the order in which they came.
    pub statements: Vec<Statement>,
    /// Where it stands.
    pub standing: Standing,
}

impl Subjects {
    /// Grades everything in one pass. Statements of one holder come one after another; where they do not, they are joined all the
    /// same.
    pub fn new<'h>(
        rules: &Rules<'_>,
        statements: impl IntoIterator<Item = (&'h str, Statement)>,
        day: Date,
    ) -> Subjects {
        let mut subjects = Subjects { day: Some(day), ..Subjects::default() };
        let mut current: Option<(&'h str, Vec<Statement>)> = None;
        for (holder, statement) in statements {
            match &mut current {
                Some((name, group)) if *name == holder => group.push(statement),
                _ => {
                    if let Some((name, group)) = current.replace((holder, vec![statement])) {
                        subjects.join(rules, name, group, day);
                    }
                }
            }
        }
        if let Some((name, group)) = current {
            subjects.join(rules, name, group, day);
        }
        subjects
    }

    fn join(&mut self, rules: &Rules<'_>, holder: &str, more: Vec<Statement>, day: Date) -> Standing {
        let standing = match self.holders.entry(holder.into()) {
            Entry::Vacant(place) => {
                let standing = standing(rules, &more, day);
                place.insert(Subject { statements: more, standing });
                standing
            }
            Entry::Occupied(mut place) => {
                let subject = place.get_mut();
                for one in more {
                    // A correction comes under the number of its entry.
                    match subject.statements.iter_mut().find(|old| old.entry == one.entry) {
                        Some(old) => *old = one,
                        None => subject.statements.push(one),
                    }
                }
                subject.standing = standing(rules, &subject.statements, day);
                subject.standing
            }
        };
        self.expect(holder, standing, day);
        standing
    }

    /// Notes when a holder has to be looked at again: when something counts no more, or when a statement's day comes.
    fn expect(&mut self, holder: &str, standing: Standing, day: Date) {
        let subject = self.holders.get(holder);
        let ahead =
            subject.and_then(|one| one.statements.iter().map(|one| one.day).filter(|on| *on > day).min());
        if let Some(on) = [standing.changes, ahead].into_iter().flatten().min() {
            self.due.entry(on).or_default().push(holder.into());
        }
    }

    /// Adds a statement, or replaces the one of the same entry, and grades its holder anew.
    pub fn add(&mut self, rules: &Rules<'_>, holder: &str, statement: Statement) -> Standing {
        let day = self.day.unwrap_or(statement.day);
        self.day = Some(day);
        self.join(rules, holder, vec![statement], day)
    }

    /// Takes a withdrawn statement away and grades its holder anew; `None` if it is not there.
    pub fn remove(&mut self, rules: &Rules<'_>, holder: &str, entry: u64) -> Option<Standing> {
        let day = self.day?;
        let subject = self.holders.get_mut(holder)?;
        let before = subject.statements.len();
        subject.statements.retain(|one| one.entry != entry);
        if subject.statements.len() == before {
            return None;
        }
        subject.standing = standing(rules, &subject.statements, day);
        let standing = subject.standing;
        self.expect(holder, standing, day);
        Some(standing)
    }

    /// Goes on to a later day; the number of holders that were looked at comes back. An earlier day changes nothing: past grades
    /// are computed from the statements.
    pub fn advance(&mut self, rules: &Rules<'_>, day: Date) -> usize {
        if self.day.is_some_and(|now| day <= now) {
            return 0;
        }
        self.day = Some(day);
        let later = day.tomorrow().map(|next| self.due.split_off(&next)).unwrap_or_default();
        let due = std::mem::replace(&mut self.due, later);
        let mut n = 0;
        for holder in due.into_values().flatten() {
            let Some(subject) = self.holders.get_mut(&holder) else { continue };
            subject.standing = standing(rules, &subject.statements, day);
            let standing = subject.standing;
            self.expect(&holder, standing, day);
            n += 1;
        }
        n
    }

    /// One holder.
    pub fn get(&self, holder: &str) -> Option<&Subject> {
        self.holders.get(holder)
    }

    /// All holders in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Subject)> {
        self.holders.iter().map(|(holder, subject)| (&**holder, subject))
    }

    /// How many holders have each grade, by number; those without one last.
    pub fn counts(&self, rules: &Rules<'_>) -> Vec<(Option<String>, usize)> {
        let codes = rules.scheme().grade_codes();
        let mut counts: Vec<(Option<String>, usize)> =
            codes.iter().map(|code| (Some((*code).to_owned()), 0)).chain([(None, 0)]).collect();
        let none = codes.len();
        for subject in self.holders.values() {
            let at = subject.standing.grade.map_or(none, usize::from);
            if let Some((_, n)) = counts.get_mut(at) {
                *n += 1;
            }
        }
        counts
    }
}
