//! Deriving the cases from their events: chains without gaps, ids used once, letters numbered without gaps.

use std::collections::{BTreeMap, BTreeSet};

use super::check::first_difference;
use super::step::StepData;
use crate::entry::EntryKind;
use crate::error::LedgerError;
use crate::event::CaseFilter;
use crate::leaf::Leaf;
use crate::store::Conn;
use crate::store::cases::{self, ActRow, HeadRow, LetterRow, NewEvent};

/// What is wrong with an entry: code and detail.
type Wrong = (&'static str, String);

/// The cases as the entries so far tell them.
#[derive(Default)]
pub(crate) struct Cases {
    heads: BTreeMap<String, HeadRow>,
    events: Vec<(u64, String)>,
    acts: Vec<ActRow>,
    ids: BTreeSet<String>,
    letters: Vec<LetterRow>,
    series: BTreeMap<String, u64>,
    /// Events of the commit being read, the innermost last.
    causes: Vec<u64>,
}

fn malformed(detail: &str) -> Wrong {
    ("ZH4113", detail.to_owned())
}

impl Cases {
    /// Notes an entry other than a record: it belongs to the event that it names, or begins another commit.
    pub(super) fn enter(&mut self, leaf: &Leaf<'_>) -> Result<(), Wrong> {
        let Some(cause) = leaf.cause else {
            self.causes.clear();
            return Ok(());
        };
        while self.causes.pop_if(|each| *each != cause).is_some() {}
        let fits = matches!(
            leaf.kind,
            EntryKind::Submit | EntryKind::Correct | EntryKind::Withdraw | EntryKind::Step
        );
        if fits && !self.causes.is_empty() { Ok(()) } else { Err(malformed("an effect outside its event")) }
    }

    /// Takes an event.
    pub(super) fn take(&mut self, index: u64, leaf: &Leaf<'_>) -> Result<(), Wrong> {
        let data: StepData = serde_json::from_slice(leaf.data).map_err(|_| malformed("event of a case"))?;
        let of = leaf.of.as_deref().ok_or_else(|| malformed("no procedure"))?;
        self.causes.push(index);
        let before = self.heads.remove(&data.case);
        if data.previous != before.as_ref().map(|head| head.last) {
            return Err(malformed("it does not follow the case's newest event"));
        }
        if !self.ids.insert(data.act.clone()) {
            return Err(malformed("its id was used before"));
        }
        for (n, letter) in (0..).zip(data.letters) {
            let last = self.series.entry(letter.series.clone()).or_default();
            *last += 1;
            if letter.number != *last {
                return Err(malformed("a letter out of its series"));
            }
            let (series, template) = (letter.series, letter.template);
            self.letters.push(LetterRow { series, number: letter.number, entry: index, n, template });
        }
        let event = NewEvent {
            entry: index,
            at: leaf.at,
            case: &data.case,
            of,
            state: &data.state,
            region: data.region.as_deref(),
            parent: data.parent.as_deref(),
        };
        self.heads.insert(data.case.clone(), HeadRow::after(before, &event));
        self.events.push((index, data.case));
        self.acts.push((data.act, index, data.body));
        Ok(())
    }

    /// Writes everything into the emptied tables.
    pub(super) async fn write(&self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        for head in self.heads.values() {
            cases::put_head(conn, head).await?;
        }
        for (entry, case) in &self.events {
            cases::put_event(conn, *entry, case).await?;
        }
        for (id, entry, body) in &self.acts {
            cases::put_act(conn, id, *entry, body).await?;
        }
        for letter in &self.letters {
            cases::put_letter(conn, letter).await?;
        }
        Ok(())
    }

    /// Where the tables differ from the entries.
    pub(super) async fn compare(&self, conn: &mut Conn<'_>) -> Result<Vec<(u64, &'static str)>, LedgerError> {
        let mut wrong = Vec::new();
        let mut told = cases::heads(conn, &CaseFilter::default(), usize::MAX).await?;
        told.sort();
        let mut heads: Vec<HeadRow> = self.heads.values().cloned().collect();
        heads.sort();
        wrong.extend(first_difference(&told, &heads).map(|head| (head.first, "cases")));
        wrong.extend(cases::misnumbered(conn).await?.map(|entry| (entry, "numbers of cases")));
        let told = cases::events(conn).await?;
        wrong.extend(first_difference(&told, &self.events).map(|(entry, _)| (*entry, "events of cases")));
        let told = cases::acts(conn).await?;
        wrong.extend(first_difference(&told, &self.acts).map(|(_, entry, _)| (*entry, "ids of acts")));
        let told = cases::letters(conn).await?;
        wrong.extend(first_difference(&told, &self.letters).map(|letter| (letter.entry, "letters")));
        Ok(wrong)
    }
}
