//! From a checked draft to the ledger: the records as one submission, then the step of the case with all corrections and
//! withdrawals in one transaction. Whatever stops in between is done again to the same end: the submission is taken once, and so
//! is the step.

use zhiheng_act::case::Act;
use zhiheng_base::Diagnostic;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{Begun, CaseEffect, Provenance, Receipt, SourceFile, Submission};

use super::PROCEDURE;
use super::compare::{Differences, TOGETHER, differences};
use super::draft::{Checked, Draft, Drafts, Given};
use super::duty::Return;
use super::place::{Place, Places, own_records};
use super::spool::Reader;
use crate::acts::Acting;
use crate::desk::{Desk, Moment};
use crate::trouble::Trouble;

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// What was found in it.
    pub checked: &'a Checked,
    /// What its sender says to it.
    pub explanation: &'a str,
    /// Whether records of the last hand-in that are not in it are withdrawn.
    pub drop_missing: bool,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The receipt.
    pub receipt: Receipt,
    /// Case number.
    pub case: String,
}

/// The submission that a draft becomes.
///
/// Errors: ZH7300 its records are not handed in.
pub fn submission(desk: &Desk, draft: &Draft, what: &Return, moment: Moment) -> Result<Submission, Trouble> {
    let (record, _) = super::duty::duty_of(&desk.catalog, &what.of)?;
    let file = SourceFile { name: draft.name.clone(), sha256: draft.sha256.clone(), size: draft.size };
    Ok(Submission {
        id: draft.submission(),
        by: draft.login.clone(),
        at: moment.at,
        of: what.of.clone(),
        provenance: Provenance::Reported,
        basis: Some(what.to_string()),
        catalog: desk.catalog.digest.clone(),
        files: if draft.given == Given::Nil { Vec::new() } else { vec![file] },
        body: to_hex(&sha256(format!("{what}\n{}", draft.sha256).as_bytes())),
        key: record.key.clone(),
    })
}

/// Sends a draft.
///
/// Errors: ZH7306 the return is locked, ZH7309 it brings nothing that is not there already, ZH7310 something must be said to it,
/// ZH7311 it has rows that are refused, ZH7312 it was checked by other definitions, those of the procedure (somebody who may not,
/// a step that does not fit) and those of the ledger.
pub async fn send(
    desk: &Desk,
    drafts: &Drafts,
    places: &Places,
    sending: Sending<'_>,
    moment: Moment,
) -> Result<Sent, Trouble> {
    let Sending { draft, checked, explanation, .. } = sending;
    let what = draft.what(&desk.catalog, moment.today)?;
    let place = places.find(desk, &what).await?;
    let place = place.as_deref();
    let submission = submission(desk, draft, &what, moment)?;
    if let Some(done) = finished(desk, place, &submission.id).await? {
        return Ok(done);
    }
    ready(checked, desk, explanation)?;
    let step = step_of(place)?;
    let spool = drafts.spool(&draft.id)?;
    let own = own_records(desk, &what, place).await?;
    let found = differences(&desk.ledger, &submission, &spool, &own).await?;
    let dropped = if sending.drop_missing { found.missing.len() } else { 0 };
    if step == "amend" && !found.counts.brings() && dropped == 0 {
        return Err(Diagnostic::error("ZH7309").into());
    }
    if dropped > 0 && explanation.is_empty() {
        return Err(Diagnostic::error("ZH7310").into());
    }
    let rows = i64::try_from(checked.totals.rows).unwrap_or(i64::MAX);
    let acting = Acting {
        account: draft.login.clone(),
        on: moment.today,
        form: form(&what, &submission.id, (rows, found.corrections.len(), dropped), explanation, step),
        // Sent again after a crash it is the same act; after another return it is another.
        id: Some(format!("{}/{step}/{}", submission.id, place.map_or(0, |place| place.head))),
        expect: place.filter(|_| step != "hand_in").map(|place| place.head),
        provenance: Provenance::Reported,
        dry_run: true,
        ..Acting::default()
    };
    // Who may not take the step, or at another time, learns it before anything is written.
    act(desk, place, step, &acting, moment).await?;
    let receipt = enter(desk, drafts, draft, checked, submission).await?;
    let more = effects(found, sending.drop_missing, explanation, &receipt.submission);
    let case = act(desk, place, step, &Acting { dry_run: false, more, ..acting }, moment).await?;
    Ok(Sent { receipt, case })
}

/// A hand-in that was sent before, to its end.
async fn finished(desk: &Desk, place: Option<&Place>, id: &str) -> Result<Option<Sent>, Trouble> {
    let Some(place) = place else { return Ok(None) };
    let newest = place.handed_in.last().is_some_and(|one| one.submission == id);
    if !newest || place.state != "submitted" {
        return Ok(None);
    }
    let receipt = desk.ledger.receipt(id).await?;
    Ok(receipt
        .map(|receipt| Sent { receipt: Receipt { repeated: true, ..receipt }, case: place.case.clone() }))
}

/// What a draft must be before it is sent.
fn ready(checked: &Checked, desk: &Desk, explanation: &str) -> Result<(), Trouble> {
    if checked.refused() > 0 {
        return Err(Diagnostic::error("ZH7311").arg("n", checked.refused()).into());
    }
    if checked.catalog != desk.catalog.digest {
        return Err(Diagnostic::error("ZH7312").into());
    }
    if checked.needs_explanation() && explanation.is_empty() {
        return Err(Diagnostic::error("ZH7310").into());
    }
    Ok(())
}

/// The step that hands in, as the return stands.
///
/// Errors: ZH7306 it was accepted.
pub fn step_of(place: Option<&Place>) -> Result<&'static str, Diagnostic> {
    match place.map(|place| (place.state.as_str(), place)) {
        None | Some(("withdrawn", _)) => Ok("hand_in"),
        Some(("submitted", _)) => Ok("amend"),
        Some(("returned", _)) => Ok("again"),
        Some((_, place)) => Err(Diagnostic::error("ZH7306").arg("case", &place.case)),
    }
}

fn form(
    what: &Return,
    submission: &str,
    (rows, changed, dropped): (i64, usize, usize),
    explanation: &str,
    step: &str,
) -> Vec<(String, String)> {
    let mut form = vec![
        ("submission", submission.to_owned()),
        ("rows", rows.to_string()),
        ("changed", changed.to_string()),
        ("dropped", dropped.to_string()),
    ];
    if !explanation.is_empty() {
        form.push(("explanation", explanation.to_owned()));
    }
    if step == "hand_in" {
        form.extend([
            ("dataset", what.of.clone()),
            ("region", what.region.to_string()),
            ("period_name", what.period.to_string()),
            ("last_day", what.period.last_day().to_string()),
            ("deadline", what.due().to_string()),
        ]);
    }
    form.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

async fn act(
    desk: &Desk,
    place: Option<&Place>,
    step: &str,
    acting: &Acting,
    moment: Moment,
) -> Result<String, Trouble> {
    let done = match place.filter(|_| step != "hand_in") {
        Some(place) => desk.act(moment, &place.case, Act::Step(step.to_owned()), acting).await?,
        None => desk.open_case(moment, PROCEDURE, step, acting).await?,
    };
    Ok(done.taken.event.case)
}

/// Writes the records, or finds them written.
async fn enter(
    desk: &Desk,
    drafts: &Drafts,
    draft: &Draft,
    checked: &Checked,
    submission: Submission,
) -> Result<Receipt, Trouble> {
    if draft.given != Given::Nil {
        let source = std::fs::File::open(drafts.source(&draft.id)?)?;
        // A large file is copied without holding up others.
        tokio::task::block_in_place(|| desk.project.keep_file(&draft.name, source))?;
    }
    let mut appender = match desk.ledger.begin(submission).await? {
        Begun::Repeated(receipt) => return Ok(receipt),
        Begun::Fresh(appender) => appender,
    };
    let mut rows = Reader::open(&drafts.spool(&draft.id)?)?;
    loop {
        let some = rows.next(TOGETHER)?;
        if some.is_empty() {
            break;
        }
        appender.push(some).await?;
    }
    // What is written is what was shown.
    if rows.hash() != checked.rows {
        appender.rollback();
        return Err(Diagnostic::error("ZH7307").into());
    }
    Ok(appender.commit().await?)
}

fn effects(found: Differences, drop_missing: bool, explanation: &str, submission: &str) -> Vec<CaseEffect> {
    let reason = if explanation.is_empty() { submission } else { explanation };
    let missing = if drop_missing { found.missing } else { Vec::new() };
    let corrections = found.corrections.into_iter().map(|one| CaseEffect::Correct {
        entry: one.entry,
        draft: one.draft,
        reason: reason.to_owned(),
    });
    let withdrawals =
        missing.into_iter().map(|entry| CaseEffect::Withdraw { entry, reason: reason.to_owned() });
    corrections.chain(withdrawals).collect()
}

/// Takes a return back with all records that it brought.
///
/// Errors: ZH7313 nothing was handed in, those of the procedure and those of the ledger.
pub async fn withdraw(
    desk: &Desk,
    places: &Places,
    what: &Return,
    (login, why): (&str, &str),
    moment: Moment,
) -> Result<usize, Trouble> {
    let place = places.find(desk, what).await?;
    let place = place.as_deref().ok_or_else(|| Diagnostic::error("ZH7313"))?;
    let own = own_records(desk, what, Some(place)).await?;
    let more: Vec<CaseEffect> =
        (own.iter()).map(|one| CaseEffect::Withdraw { entry: one.entry, reason: why.to_owned() }).collect();
    let n = more.len();
    let form = vec![("why".to_owned(), why.to_owned())];
    let acting = Acting {
        account: login.to_owned(),
        on: moment.today,
        form: if why.is_empty() { Vec::new() } else { form },
        expect: Some(place.head),
        more,
        ..Acting::default()
    };
    act(desk, Some(place), "withdraw", &acting, moment).await?;
    Ok(n)
}
