//! Every told case of the shipped catalog, lived in a ledger: on SQLite and on PostgreSQL the same comes out as on paper, letters
//! numbered, records entered, corrected and withdrawn by the ledger itself.

#[path = "../../../tests/shared/postgres.rs"]
mod postgres;

use tokio::runtime::Runtime;
use zhiheng_act::case::{Book, Case, Entered, Taken, Writing, event_of, live, read};
use zhiheng_act::clock::Calendar;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_record::{CaseFilter, EntryKind, Ledger, LedgerError, LedgerKey, Provenance};

/// A book in a ledger.
struct Lived<'a> {
    runtime: &'a Runtime,
    catalog: &'a Catalog,
    ledger: Ledger,
    /// Number of the told case, once it is open.
    number: Option<String>,
    acts: u64,
    letters: usize,
}

fn told(error: LedgerError) -> Diagnostic {
    error.diagnostic().unwrap_or_else(|| Diagnostic::error("ZH4113").arg("entry", error))
}

impl Lived<'_> {
    fn case(&self, number: &str) -> Result<Case, Diagnostic> {
        self.runtime.block_on(async {
            let events = self.ledger.case(number, None).await.map_err(told)?;
            let mut entered = Vec::new();
            for index in events.iter().flat_map(|event| &event.records) {
                let first = self.ledger.entry(*index).await.map_err(told)?;
                if first.kind != EntryKind::Record {
                    continue;
                }
                let latest = self.ledger.latest(*index).await.map_err(told)?;
                let newest = self.ledger.entry(latest).await.map_err(told)?;
                let withdrawn = newest.kind == EntryKind::Withdraw;
                let data = if withdrawn { first.data } else { newest.data };
                let data = data.as_object().cloned().unwrap_or_default();
                entered.push(Entered { of: first.of.unwrap_or_default(), entry: latest, data, withdrawn });
            }
            let procedure = &self.catalog.procedures[&events[0].of];
            let events = events.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok(Case::after(procedure, events, entered))
        })
    }
}

impl Book for Lived<'_> {
    fn cases(&self) -> Result<Vec<Case>, Diagnostic> {
        let Some(number) = &self.number else { return Ok(Vec::new()) };
        let mut cases = vec![self.case(number)?];
        let mut next = 0;
        while let Some(parent) = cases.get(next).map(|case| case.number.clone()) {
            let filter = CaseFilter { parent: Some(parent), ..CaseFilter::default() };
            for head in self.runtime.block_on(self.ledger.cases(&filter)).map_err(told)? {
                cases.push(self.case(&head.case)?);
            }
            next += 1;
        }
        Ok(cases)
    }

    fn next(&self, prefix: &str) -> u64 {
        self.runtime.block_on(self.ledger.next_case_number(prefix)).unwrap()
    }

    fn write(&mut self, taken: &Taken) -> Result<(), Diagnostic> {
        let number = self.number.get_or_insert_with(|| taken.event.case.clone()).clone();
        let head = self.runtime.block_on(self.ledger.case_head(&number)).map_err(told)?;
        self.acts += 1;
        let at = "2024-01-01T00:00:00Z".parse().unwrap();
        let writing = Writing { catalog: self.catalog, at, provenance: Provenance::Synthetic };
        let event = event_of(writing, taken, head.map(|head| head.last), &format!("{number}/{}", self.acts))?;
        let stepped = self.runtime.block_on(self.ledger.step(event.clone())).map_err(told)?;
        let again = self.runtime.block_on(self.ledger.step(event)).map_err(told)?;
        assert!(again.repeated && again.entry == stepped.entry, "sent twice, it is taken once");
        self.letters += count(&stepped.opened, stepped.letters.len(), taken);
        Ok(())
    }

    fn letters(&self) -> usize {
        self.letters
    }
}

/// Letters of an act and of the cases that it opened or annulled.
fn count(opened: &[(String, u64)], own: usize, taken: &Taken) -> usize {
    let below = taken.follows.iter().filter_map(|follow| match follow {
        zhiheng_act::case::Follow::Case { taken, .. } => Some(count(opened, taken.letters.len(), taken)),
        _ => None,
    });
    own + below.sum::<usize>()
}

fn key() -> LedgerKey {
    LedgerKey::from_seed("test.example/cases", &[7; 32]).unwrap()
}

/// Lives all told cases, each in a ledger that `fresh` gives.
fn live_all(fresh: impl Fn(&Runtime, usize) -> Ledger) {
    let loaded = zhiheng_catalog::load(&[]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    let catalog = &loaded.catalog;
    let calendar = zhiheng_catalog::shipped("base/holidays.csv").unwrap();
    let calendar = Calendar::parse(calendar, "").unwrap();
    let runtime = Runtime::new().unwrap();
    let (mut wrong, mut n) = (Vec::new(), 0);
    for procedure in catalog.procedures.values() {
        for example in &procedure.examples {
            let ledger = fresh(&runtime, n);
            n += 1;
            let mut book = Lived {
                runtime: &runtime,
                catalog,
                ledger: ledger.clone(),
                number: None,
                acts: 0,
                letters: 0,
            };
            if let Err(problem) = live(catalog, &calendar, procedure, example, &mut book) {
                wrong.push(format!("{}: {problem:?}", procedure.head.id));
            }
            let verified = runtime.block_on(ledger.verify(|_, _| {})).unwrap();
            assert!(verified.is_sound(), "{}: {verified:?}", procedure.head.id);
            runtime.block_on(ledger.close());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(n > 0, "the catalog tells no cases");
}

#[test]
fn told_cases_are_lived_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    live_all(|runtime, n| {
        let path = dir.path().join(format!("{n}.sqlite")).display().to_string();
        runtime.block_on(Ledger::create(&path, key())).unwrap()
    });
}

#[test]
fn told_cases_are_lived_on_postgres() {
    if postgres::server("told cases").is_none() {
        return;
    }
    live_all(|runtime, n| {
        runtime.block_on(async {
            let url = postgres::schema(&format!("told_{n}")).await.unwrap();
            Ledger::create(&url, key()).await.unwrap()
        })
    });
}
