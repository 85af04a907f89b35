//! What is written when somebody acts in a case.
//!
//! An event is self-contained: it names the states, days, clocks and files that it brings about, so that a case can be told from
//! its events alone, whatever later catalogs say. The catalog by which it was decided is named by its digest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use zhiheng_base::Date;
use zhiheng_base::words::{Lang, say};

use super::figures::Fetched;

/// An event of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Case number.
    pub case: String,
    /// Procedure, such as `sampling.disposal_2020`.
    pub procedure: String,
    /// Digest of the catalog by which it was decided.
    pub catalog: String,
    /// What was done.
    pub kind: Kind,
    /// Step of the procedure; empty where files were only attached.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub step: String,
    /// State before; `None` if it opened the case.
    pub from: Option<String>,
    /// State after.
    pub to: String,
    /// The day on which it was done.
    pub on: Date,
    /// Who did it; `None` if a clock did.
    pub actor: Option<Actor>,
    /// What the form says.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub form: Map<String, Json>,
    /// Of a step that several persons take: what is worked out of all their forms, which stay in their events.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub joined: Map<String, Json>,
    /// Where values of the form are from that nobody typed, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, Fetched>,
    /// Files attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Clocks that started.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<Start>,
    /// Clock instances whose act was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// Clock instances that ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<String>,
    /// A clock that stands still from this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseOf>,
    /// A clock that goes on after this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<PauseOf>,
    /// Seal of the proposal that is approved or rejected: SHA-256 of what was proposed, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// Of an approval, and of a part: it was the last one, and the step takes effect.
    #[serde(default, skip_serializing_if = "is_false")]
    pub effective: bool,
    /// Calendar days after the last day of the clock within which it was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<i64>,
    /// Why, in the actor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Letters with their numbers; the ledger counts them and puts them in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<Letter>,
    /// The case from which this one was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What the case entered was withdrawn as if it had never been.
    #[serde(default, skip_serializing_if = "is_false")]
    pub void: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_false(truth: &bool) -> bool {
    !truth
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A step that took effect at once.
    Step,
    /// A step was proposed and waits for approval.
    Propose,
    /// A proposal was approved; with the last approval the step takes effect.
    Approve,
    /// A proposal was turned down.
    Reject,
    /// Files were attached.
    Attach,
    /// A clock ended and took its step.
    Lapse,
    /// One of several persons took a step; with the last of them it takes effect.
    Part,
}

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Account that was used.
    pub account: String,
    /// The person behind it: several accounts may be one person's. Of an enterprise, its code.
    pub person: String,
    /// Unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Short name of the unit in letter numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// Role within the procedure.
    pub role: String,
    /// The person for whom a deputy acted.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
}

impl Actor {
    /// The persons who stand behind the act: the one who acted and the one acted for.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.principal.as_deref())
    }
}

/// A file attached to a case; its bytes are kept by their hash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Kind, as the procedure names it.
    pub kind: String,
    /// File name without folders.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
}

/// A clock that started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Definition.
    pub clock: String,
    /// Name within the case.
    pub instance: String,
    /// Day of the start event.
    pub on: Date,
    /// Last day, if somebody set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A letter with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Template.
    pub template: String,
    /// Series.
    pub series: String,
    /// Number within the series, from 1.
    pub number: u64,
}

impl Letter {
    /// The number as it stands on the letter; letters are Chinese whatever language the reader has.
    pub fn number_text(&self) -> String {
        say(Lang::Zh, "act-letter-number", &[("series", &self.series), ("number", &self.number.to_string())])
    }
}

/// A pause of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseOf {
    /// Clock instance.
    pub instance: String,
    /// Why.
    pub reason: String,
}
