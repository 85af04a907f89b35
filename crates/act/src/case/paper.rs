//! A ledger of paper: told cases run on it when definitions are checked.

use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;

use super::ask::{Follow, Taken};
use super::event::{Event, Letter};
use super::example::Book;
use super::fold::{Case, Entered};

/// A told case as it came out.
#[derive(Clone, Debug, Default)]
pub struct Paper<'c> {
    pub(crate) catalog: Option<&'c Catalog>,
    /// The case, and those opened from it, in order of their opening.
    pub cases: Vec<Case>,
    /// Letters with their numbers, in order.
    pub letters: Vec<Letter>,
    pub(crate) entries: u64,
}

impl Book for Paper<'_> {
    fn cases(&self) -> Result<Vec<Case>, Diagnostic> {
        Ok(self.cases.clone())
    }

    fn next(&self, prefix: &str) -> u64 {
        let named = |case: &&Case| case.number.rsplit_once('-').is_some_and(|(head, _)| head == prefix);
        self.cases.iter().filter(named).count() as u64 + 1
    }

    fn write(&mut self, taken: &Taken) -> Result<(), Diagnostic> {
        self.settle(0, taken);
        Ok(())
    }

    fn letters(&self) -> usize {
        self.letters.len()
    }
}

impl Paper<'_> {
    fn settle(&mut self, at: usize, taken: &Taken) {
        let procedure = self.catalog.and_then(|catalog| catalog.procedures.get(&taken.event.procedure));
        let Some(procedure) = procedure else { return };
        let mut event: Event = taken.event.clone();
        for (template, series) in &taken.letters {
            let number = self.letters.iter().filter(|letter| letter.series == *series).count() as u64 + 1;
            let letter = Letter { template: template.clone(), series: series.clone(), number };
            event.letters.push(letter.clone());
            self.letters.push(letter);
        }
        if self.cases.len() <= at {
            self.cases.push(Case::default());
        }
        let entry = self.entry();
        if let Some(case) = self.cases.get_mut(at) {
            case.add(procedure, entry, event);
        }
        for follow in &taken.follows {
            let entry = self.entry();
            match follow {
                Follow::Record { of, data } => {
                    let new = Entered { of: of.clone(), entry, data: data.clone(), withdrawn: false };
                    if let Some(case) = self.cases.get_mut(at) {
                        case.entered.push(new);
                    }
                }
                Follow::Correct { entry: old, data, .. } => self.change(*old, |record| {
                    record.entry = entry;
                    record.data.clone_from(data);
                }),
                Follow::Withdraw { entry: old, .. } => self.change(*old, |record| record.withdrawn = true),
                Follow::Case { head, taken } => {
                    let is_it = |case: &Case| head.is_some() && case.head() == *head;
                    let at = self.cases.iter().position(is_it).unwrap_or(self.cases.len());
                    self.settle(at, taken);
                }
            }
        }
    }

    fn entry(&mut self) -> u64 {
        self.entries += 1;
        self.entries
    }

    fn change(&mut self, entry: u64, change: impl Fn(&mut Entered)) {
        for record in self.cases.iter_mut().flat_map(|case| &mut case.entered) {
            if record.entry == entry {
                change(record);
            }
        }
    }
}
