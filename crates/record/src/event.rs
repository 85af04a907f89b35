//! Cases: an event of a case as the ledger takes it, and cases as they are read back.
//!
//! A case is the chain of its events. Each names the one before it as its actor saw it, so of two acts on the same state
//! exactly one takes effect.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zhiheng_base::draft::Draft;

use crate::entry::{Provenance, Submission};

/// An event of a case, with everything that follows from it. It is written whole or not at all.
#[derive(Clone, Debug)]
pub struct Event {
    /// Case number, chosen by the caller: 1 to 120 characters, no control characters.
    pub case: String,
    /// Entry of the case's newest event as the actor saw it; `None`: the case must not exist yet.
    pub expected: Option<u64>,
    /// Idempotency id of the act: the same id with the same event gives the same answer and writes nothing, with
    /// another event it is refused. Times do not count, nor do personal values.
    pub id: String,
    /// Procedure id.
    pub of: String,
    /// State of the case after it.
    pub state: String,
    /// The region whose case it is after it, where the event says so; otherwise it stays as it was.
    pub region: Option<String>,
    /// Who acts.
    pub by: String,
    /// When; the ledger moves it forward if its last entry is later.
    pub at: Timestamp,
    /// How it came about; a told case is marked synthetic.
    pub provenance: Provenance,
    /// What happened, a JSON object of texts and whole numbers.
    pub data: Value,
    /// Letters that go out, as (template, series); the ledger numbers each within its series.
    pub letters: Vec<(String, String)>,
    /// The case from which this one follows; counts on a case's first event. A case that is opened by an effect
    /// follows from the case of that effect unless it says otherwise.
    pub parent: Option<String>,
    /// What follows, in order.
    pub effects: Vec<CaseEffect>,
}

/// What follows from an event.
#[derive(Clone, Debug)]
pub enum CaseEffect {
    /// Records are entered.
    Records {
        /// The submission under which they are entered, with its own receipt.
        submission: Submission,
        /// The records. One that stands already with the same content is not entered again; one that stands with other
        /// content refuses the whole event.
        drafts: Vec<Draft>,
    },
    /// A record is corrected; one that says the same already stays as it is.
    Correct {
        /// Entry of any of its versions.
        entry: u64,
        /// Its new content.
        draft: Draft,
        /// Why.
        reason: String,
    },
    /// A record is withdrawn; one that is withdrawn already stays as it is.
    Withdraw {
        /// Entry of any of its versions.
        entry: u64,
        /// Why.
        reason: String,
    },
    /// A case is opened (or another one goes on) by this event.
    Open(Event),
}

/// A letter and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterNumber {
    /// Number in its series, from 1 without gaps.
    pub number: u64,
    /// Series.
    pub series: String,
    /// Template.
    pub template: String,
}

/// An event in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// Its entry.
    pub entry: u64,
    /// The signed checkpoint after it, or the present one if nothing was written.
    pub checkpoint: String,
    /// Its letters, in order, with their numbers.
    pub letters: Vec<LetterNumber>,
    /// Entries of records, corrections and withdrawals that it wrote, in order. Those of cases that it opened belong
    /// to their own events.
    pub records: Vec<u64>,
    /// Cases that it opened, with the entry of their event.
    pub opened: Vec<(String, u64)>,
    /// True when it had been taken before and nothing was written now.
    pub repeated: bool,
}

/// An event of a case as read back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseEvent {
    /// Its entry.
    pub entry: u64,
    /// Case number.
    pub case: String,
    /// Idempotency id of the act.
    pub id: String,
    /// Procedure id.
    pub of: String,
    /// State after it.
    pub state: String,
    /// The region whose case it is after it, if the event says so.
    pub region: Option<String>,
    /// Who.
    pub by: String,
    /// When the ledger took it.
    pub at: Timestamp,
    /// Entry of the event before it in the same case.
    pub previous: Option<u64>,
    /// The case from which this one follows, if the event says so.
    pub parent: Option<String>,
    /// The event of another case of which it is an effect.
    pub cause: Option<u64>,
    /// What happened.
    pub data: Value,
    /// Letters, in order.
    pub letters: Vec<LetterNumber>,
    /// Entries of records, corrections and withdrawals that it wrote.
    pub records: Vec<u64>,
    /// Cases that it opened, with the entry of their event.
    pub opened: Vec<(String, u64)>,
}

/// A case as listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseHead {
    /// Case number.
    pub case: String,
    /// Procedure id, as its newest event names it.
    pub of: String,
    /// State after its newest event.
    pub state: String,
    /// The region whose case it is, as its events last said; `None` where none of them did.
    pub region: Option<String>,
    /// The case from which it follows.
    pub parent: Option<String>,
    /// Entry of its first event.
    pub first: u64,
    /// Entry of its newest event: what the next actor names as expected.
    pub last: u64,
    /// Number of its events.
    pub events: u64,
    /// Time of the first event.
    pub opened_at: Timestamp,
    /// Time of the newest event.
    pub changed_at: Timestamp,
}

/// Which cases to list; the default is all of them. They come sorted by the bytes of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only those of this procedure.
    pub of: Option<String>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those that follow from this case.
    pub parent: Option<String>,
    /// Only those after this case number: the last one of the page before.
    pub after: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}
