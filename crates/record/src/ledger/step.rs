//! Events of cases: an event and everything that follows from it, in one commit.
//!
//! The event's entry comes first, its effects right after, in order; submissions, corrections, withdrawals and openings
//! among them name it as their cause. What belongs to an event can so be read from the entries alone.

use std::pin::Pin;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhiheng_base::draft::Draft;
use zhiheng_base::{Diagnostic, canonical};

use super::Ledger;
use super::acts::check_reason;
use super::append::{Outcome, check_id};
use super::change::{Change, Ground, append, correct, withdraw};
use super::read::latest_of;
use super::taking::{Started, Taking};
use super::writer::Writer;
use crate::entry::{EntryKind, Submission};
use crate::error::LedgerError;
use crate::event::{CaseEffect, Event, LetterNumber, Stepped};
use crate::leaf::Envelope;
use crate::scan::members;
use crate::store::cases::{self, HeadRow, LetterRow, NewEvent};
use crate::verify::hash::sha256;
use crate::verify::to_hex;

/// Most characters of a case number.
const CASE_MAX: usize = 120;

/// Most bytes of other names.
const NAME_MAX: usize = 255;

/// The data of a `Step` entry.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepData {
    /// Idempotency id.
    pub(crate) act: String,
    /// Fingerprint of what was asked.
    pub(crate) body: String,
    pub(crate) case: String,
    pub(crate) event: Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) letters: Vec<LetterNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<String>,
    /// The case's event before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) previous: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    pub(crate) state: String,
}

/// What an event wrote.
#[derive(Default)]
struct Done {
    entry: u64,
    letters: Vec<LetterNumber>,
    records: Vec<u64>,
    opened: Vec<(String, u64)>,
}

impl Ledger {
    /// Writes an event of a case with everything that follows from it, or nothing. It takes effect only if the case's newest
    /// event is still the one that the actor saw (ZH4044 otherwise); an act that was taken before answers the same
    /// again, however far the case has gone since.
    pub async fn step(&self, event: Event) -> Result<Stepped, LedgerError> {
        check(&event)?;
        let body = fingerprint(&event)?;
        let mut writer = Writer::begin(&self.inner, event.at.as_microsecond()).await?;
        let taken = cases::act(&mut writer.conn(), &event.id).await.map_err(LedgerError::from);
        if let Some((entry, before)) = self.inner.note(taken)? {
            drop(writer);
            if before != body {
                return Err(Diagnostic::error("ZH4045").arg("id", &event.id).arg("entry", entry).into());
            }
            return self.stepped(entry).await;
        }
        let work = async {
            let done = write(&mut writer, event, body, None).await?;
            let known = writer.close().await?;
            let checkpoint = known.checkpoint.clone();
            writer.commit(known).await?;
            let Done { entry, letters, records, opened } = done;
            Ok(Stepped { entry, checkpoint, letters, records, opened, repeated: false })
        };
        let done = work.await;
        self.inner.note(done)
    }
}

/// Writes an event into a commit; `opener` is the event of which it is an effect, and its case.
fn write<'a>(
    writer: &'a mut Writer,
    event: Event,
    body: String,
    opener: Option<(u64, &'a str)>,
) -> Pin<Box<dyn Future<Output = Result<Done, LedgerError>> + Send + 'a>> {
    Box::pin(async move {
        if let Some((entry, _)) = cases::act(&mut writer.conn(), &event.id).await? {
            return Err(Diagnostic::error("ZH4045").arg("id", &event.id).arg("entry", entry).into());
        }
        let head = cases::head(&mut writer.conn(), &event.case).await?;
        check_newest(&event, head.as_ref())?;
        let parent = event.parent.as_deref().or(opener.map(|(_, case)| case));
        let entry = writer.size;
        let letters = number_letters(writer, entry, &event.letters).await?;
        let data = StepData {
            act: event.id.clone(),
            body: body.clone(),
            case: event.case.clone(),
            event: event.data,
            letters: letters.clone(),
            // It counts where the case begins.
            parent: parent.filter(|_| head.is_none()).map(str::to_owned),
            previous: event.expected,
            region: event.region.clone(),
            state: event.state.clone(),
        };
        let data = canonical::to_vec(&json!(data)).map_err(|detail| unfit("data", &detail))?;
        let envelope = Envelope {
            at: writer.at,
            by: &event.by,
            cause: opener.map(|(entry, _)| entry),
            corrects: None,
            kind: EntryKind::Step,
            of: Some(&event.of),
            provenance: event.provenance,
            reason: None,
            submission: None,
        };
        let frame = envelope.frame();
        append(writer, |out| frame.write(out, &data, None))?;
        let new = NewEvent {
            entry,
            at: writer.at,
            case: &event.case,
            of: &event.of,
            state: &event.state,
            region: event.region.as_deref(),
            parent,
        };
        let row = HeadRow::after(head, &new);
        let conn = &mut writer.conn();
        cases::put_head(conn, &row).await?;
        cases::put_event(conn, entry, &event.case).await?;
        cases::put_act(conn, &event.id, entry, &body).await?;
        let mut done = Done { entry, letters, ..Done::default() };
        let ground = Ground { expected: None, by: &event.by, reason: "", cause: Some(entry) };
        for (n, effect) in (1..).zip(event.effects) {
            follow(writer, effect, &event.case, &ground, &mut done)
                .await
                .map_err(|error| of_effect(error, n))?;
        }
        Ok(done)
    })
}

/// Writes one effect.
async fn follow(
    writer: &mut Writer,
    effect: CaseEffect,
    case: &str,
    ground: &Ground<'_>,
    done: &mut Done,
) -> Result<(), LedgerError> {
    match effect {
        CaseEffect::Records { submission, drafts } => {
            enter(writer, submission, drafts, done).await?;
        }
        CaseEffect::Correct { entry, draft, reason } => {
            let ground = Ground { reason: &reason, ..*ground };
            if let Change::Written(entry) = correct(writer, entry, draft, &ground).await? {
                done.records.push(entry);
            }
        }
        CaseEffect::Withdraw { entry, reason } => {
            let ground = Ground { reason: &reason, ..*ground };
            if let Change::Written(entry) = withdraw(writer, entry, &ground).await? {
                done.records.push(entry);
            }
        }
        CaseEffect::Open(event) => {
            let body = fingerprint(&event)?;
            let opened = event.case.clone();
            let written = write(writer, event, body, Some((done.entry, case))).await?;
            done.opened.push((opened, written.entry));
        }
    }
    Ok(())
}

/// Enters records; any that is refused refuses all.
async fn enter(
    writer: &mut Writer,
    submission: Submission,
    drafts: Vec<Draft>,
    done: &mut Done,
) -> Result<(), LedgerError> {
    let id = submission.id.clone();
    let mut taking = match Taking::begin(writer, submission, Some(done.entry)).await? {
        Started::Fresh(taking) => taking,
        Started::Repeated(receipt) => {
            return Err(Diagnostic::error("ZH4030").arg("id", id).arg("entry", receipt.first).into());
        }
    };
    for draft in drafts {
        match taking.take(writer, draft).await? {
            Outcome::New(entry) => done.records.push(entry),
            Outcome::Same(entry) => {
                // What was corrected or withdrawn since does not stand, and handing it in again does not change that.
                if let Some(latest) = latest_of(&mut writer.conn(), entry).await?
                    && (latest.withdrawn || latest.entry != entry)
                {
                    let refused = Diagnostic::error("ZH4049").arg("entry", entry).arg("latest", latest.entry);
                    return Err(refused.into());
                }
            }
            refused @ (Outcome::Different(_) | Outcome::TooLong(_)) => {
                if let Some(diagnostic) = refused.diagnostic(taking.first) {
                    return Err(diagnostic.into());
                }
            }
        }
        taking.settle(writer).await?;
    }
    let known = writer.mark().await?;
    taking.finish(writer, &known).await?;
    Ok(())
}

/// Refuses an act on a state of the case that is no longer the newest.
fn check_newest(event: &Event, head: Option<&HeadRow>) -> Result<(), LedgerError> {
    let expected = event.expected.map_or("none".to_owned(), |entry| entry.to_string());
    match head {
        None if event.expected.is_none() => Ok(()),
        None => Err(Diagnostic::error("ZH4046").arg("case", &event.case).into()),
        Some(head) if event.expected == Some(head.last) => Ok(()),
        Some(head) => Err(Diagnostic::error("ZH4044")
            .arg("case", &event.case)
            .arg("expected", expected)
            .arg("latest", head.last)
            .arg("of", &head.of)
            .arg("state", &head.state)
            .into()),
    }
}

async fn number_letters(
    writer: &mut Writer,
    entry: u64,
    letters: &[(String, String)],
) -> Result<Vec<LetterNumber>, LedgerError> {
    let mut numbered = Vec::with_capacity(letters.len());
    for (n, (template, series)) in (0..).zip(letters) {
        let conn = &mut writer.conn();
        let number = cases::last_letter(conn, series).await? + 1;
        let (series, template) = (series.clone(), template.clone());
        let row = LetterRow { series: series.clone(), number, entry, n, template: template.clone() };
        cases::put_letter(conn, &row).await?;
        numbered.push(LetterNumber { number, series, template });
    }
    Ok(numbered)
}

/// Says of which effect a refusal is; of effects of effects as `2.1`.
fn of_effect(error: LedgerError, n: usize) -> LedgerError {
    let LedgerError::Refused(inner) = error else { return error };
    let mut outer = Diagnostic::error("ZH4047").at(inner.at.clone());
    outer.args.clone_from(&inner.args);
    let effect = match inner.args.get("effect") {
        Some(below) if inner.code == "ZH4047" => format!("{n}.{below}"),
        _ => {
            outer = outer.arg("cause", &inner.code);
            n.to_string()
        }
    };
    outer.arg("effect", effect).into()
}

/// Refuses an event that cannot be written whatever the ledger holds.
fn check(event: &Event) -> Result<(), LedgerError> {
    check_case(&event.case)?;
    if let Some(parent) = &event.parent {
        check_case(parent)?;
    }
    check_name("id", &event.id)?;
    check_name("procedure", &event.of)?;
    check_name("state", &event.state)?;
    check_name("by", &event.by)?;
    if let Some(region) = &event.region {
        check_name("region", region)?;
    }
    for (template, series) in &event.letters {
        check_name("template", template)?;
        check_name("series", series)?;
    }
    if !event.data.is_object() {
        return Err(unfit("data", "not an object"));
    }
    for (n, effect) in (1..).zip(&event.effects) {
        let good = match effect {
            CaseEffect::Records { submission, .. } => check_id(&submission.id),
            CaseEffect::Correct { reason, .. } | CaseEffect::Withdraw { reason, .. } => check_reason(reason),
            CaseEffect::Open(event) => check(event),
        };
        good.map_err(|error| of_effect(error, n))?;
    }
    Ok(())
}

fn check_case(case: &str) -> Result<(), LedgerError> {
    let good = (1..=CASE_MAX).contains(&case.chars().count()) && !case.chars().any(char::is_control);
    if good { Ok(()) } else { Err(unfit("case", case)) }
}

fn check_name(what: &str, name: &str) -> Result<(), LedgerError> {
    let good = (1..=NAME_MAX).contains(&name.len()) && !name.chars().any(char::is_control);
    if good { Ok(()) } else { Err(unfit(what, name)) }
}

fn unfit(what: &str, value: &str) -> LedgerError {
    let short: String = value.escape_debug().take(200).collect();
    Diagnostic::error("ZH4048").arg("what", what).arg("value", short).into()
}

/// What makes two acts with one id the same: everything but times and personal values, whose commitments are salted
/// anew each time. The region follows from the rest.
fn fingerprint(event: &Event) -> Result<String, LedgerError> {
    let value = asked(event)?;
    let bytes = canonical::to_vec(&value).map_err(|detail| unfit("data", &detail))?;
    Ok(to_hex(&sha256(&bytes)))
}

fn asked(event: &Event) -> Result<Value, LedgerError> {
    let effects = event.effects.iter().map(asked_effect).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "by": event.by,
        "case": event.case,
        "data": event.data,
        "effects": effects,
        "expected": event.expected,
        "id": event.id,
        "letters": event.letters,
        "of": event.of,
        "parent": event.parent,
        "provenance": event.provenance,
        "state": event.state,
    }))
}

fn asked_effect(effect: &CaseEffect) -> Result<Value, LedgerError> {
    Ok(match effect {
        CaseEffect::Records { submission, drafts } => {
            let mut submission = json!(submission);
            if let Some(map) = submission.as_object_mut() {
                map.remove("at");
            }
            let drafts: Vec<String> = drafts.iter().map(told).collect();
            json!({ "records": submission, "drafts": drafts })
        }
        CaseEffect::Correct { entry, draft, reason } => {
            json!({ "correct": entry, "draft": told(draft), "reason": reason })
        }
        CaseEffect::Withdraw { entry, reason } => json!({ "withdraw": entry, "reason": reason }),
        CaseEffect::Open(event) => json!({ "open": asked(event)? }),
    })
}

/// A draft without its personal fields, as a hash.
fn told(draft: &Draft) -> String {
    let mut bytes = Vec::with_capacity(draft.data.len());
    for (name, value) in members(&draft.data).map_while(Result::ok) {
        if !draft.personal.iter().any(|each| each.field.as_bytes() == name) {
            for part in [name, value] {
                bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
                bytes.extend_from_slice(part);
            }
        }
    }
    to_hex(&sha256(&bytes))
}
