//! Responsibility letters (目标责任书): what exactly two parties sign, and which version binds them.
//!
//! Both sign the SHA-256 of one canonical content: parties, year, and every clause with its target's values as they
//! stood. So a target that is changed afterwards changes no letter. An amendment is a new version that names the hash of the
//! one before and its reason, and binds when both have signed it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhiheng_base::exact::exact_add;
use zhiheng_base::{Date, Decimal, Diagnostic, Period, Place};

use crate::clause::Clause;
use crate::hash;
use crate::row::{FromRow, Row};
use crate::target::{Course, Target};

/// A version of a letter without its clauses, as recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Number.
    pub number: String,
    /// Version, from 1.
    pub version: i64,
    /// Year.
    pub period: Period,
    /// Unit that sets the goals.
    pub issuer: String,
    /// Unit that takes them on.
    pub signer: String,
    /// What the clauses' weights sum to, if they have any.
    pub full: Option<Decimal>,
    /// Hash of the version before.
    pub amends: Option<String>,
    /// Why it was amended.
    pub reason: Option<String>,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Head {
    const OF: &'static str = "responsibility.letter";

    fn from_row(row: Row<'_>) -> Result<Head, Diagnostic> {
        Ok(Head {
            number: row.text("number")?,
            version: row.whole("version")?,
            period: row.period("period")?,
            issuer: row.text("issuer")?,
            signer: row.text("signer")?,
            full: row.may_decimal("full_score")?,
            amends: row.may_text("amends")?,
            reason: row.may_text("reason")?,
            entry: row.entry,
        })
    }
}

/// A letter: what is signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Parties, year, version.
    pub head: Head,
    /// Clauses, by number.
    pub clauses: Vec<Clause>,
    /// The targets that the clauses name, as they stood.
    pub targets: Vec<Target>,
}

/// A signature of one party under one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// Number of the letter.
    pub letter: String,
    /// What was signed.
    pub hash: String,
    /// Party.
    pub party: String,
    /// Day.
    pub signed_on: Date,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Signature {
    const OF: &'static str = "responsibility.signature";

    fn from_row(row: Row<'_>) -> Result<Signature, Diagnostic> {
        Ok(Signature {
            letter: row.text("letter")?,
            hash: row.text("hash")?,
            party: row.text("party")?,
            signed_on: row.date("signed_on")?,
            entry: row.entry,
        })
    }
}

/// Puts a letter together from its clauses and the targets that they name; problems are told, and do not stop it.
pub fn letter(head: Head, clauses: &[Clause], targets: &[Target]) -> (Letter, Vec<Diagnostic>) {
    let mut own: Vec<Clause> = clauses
        .iter()
        .filter(|clause| clause.letter == head.number && clause.version == head.version)
        .cloned()
        .collect();
    own.sort_by(|a, b| a.number.cmp(&b.number));
    let mut problems = Vec::new();
    for pair in own.windows(2).filter(|pair| pair[0].number == pair[1].number) {
        problems.push(of_clause("ZH8551", &pair[1]));
    }
    let wanted: BTreeSet<&str> = own.iter().filter_map(|clause| clause.target.as_deref()).collect();
    let mut named: Vec<Target> =
        targets.iter().filter(|target| wanted.contains(target.id.as_str())).cloned().collect();
    named.sort_by(|a, b| a.id.cmp(&b.id));
    for clause in &own {
        let Some(id) = &clause.target else { continue };
        match named.iter().find(|target| target.id == *id) {
            None => problems.push(of_clause("ZH8552", clause).arg("target", id)),
            Some(target)
                if clause.indicator.as_ref().is_some_and(|indicator| *indicator != target.indicator) =>
            {
                problems
                    .push(of_clause("ZH8553", clause).arg("target", id).arg("indicator", &target.indicator));
            }
            Some(_) => {}
        }
    }
    problems.extend(weights(&head, &own));
    (Letter { head, clauses: own, targets: named }, problems)
}

fn of_clause(code: &'static str, clause: &Clause) -> Diagnostic {
    Diagnostic::error(code).arg("clause", clause.name()).at(Place::Entry(clause.entry)).rule(Clause::OF)
}

fn of_head(code: &'static str, head: &Head) -> Diagnostic {
    Diagnostic::error(code)
        .arg("letter", &head.number)
        .arg("version", head.version)
        .at(Place::Entry(head.entry))
        .rule(Head::OF)
}

/// Weights sum to the full score, and every clause has one; without a full score none has.
fn weights(head: &Head, clauses: &[Clause]) -> Option<Diagnostic> {
    let Some(full) = head.full else {
        let weighted = clauses.iter().find(|clause| clause.weight.is_some())?;
        return Some(of_head("ZH8554", head).arg("clause", weighted.name()));
    };
    let without = clauses.iter().find(|clause| clause.weight.is_none_or(|weight| weight < Decimal::ZERO));
    if let Some(clause) = without {
        return Some(of_head("ZH8555", head).arg("clause", clause.name()));
    }
    let sum = clauses.iter().filter_map(|clause| clause.weight).try_fold(Decimal::ZERO, exact_add);
    if sum == Some(full) {
        return None;
    }
    let shown = sum.map_or("—".to_owned(), |sum| sum.normalize().to_string());
    Some(of_head("ZH8550", head).arg("sum", shown).arg("full", full.normalize()))
}

/// What is signed, as a JSON value: the same for the same promises, whatever order and spelling the records had.
pub fn content(letter: &Letter) -> Value {
    let plain = |value: Decimal| value.normalize().to_string();
    let clause = |clause: &Clause| {
        json!({
            "number": clause.number,
            "says": clause.says,
            "indicator": clause.indicator,
            "target": clause.target,
            "weight": clause.weight.map(plain),
            "lead": clause.lead,
            "joint": clause.joint,
            "evidence": clause.evidence,
            "consequence": clause.consequence,
            "each": clause.each.map(|kind| kind.to_string()),
        })
    };
    let target = |target: &Target| {
        let (shape, points) = match &target.course {
            Course::Fixed(value) => ("fixed", vec![(target.period.last_day(), *value)]),
            Course::Linear(points) => ("linear", points.clone()),
            Course::Stepped(points) => ("stepped", points.clone()),
        };
        let points: Vec<Value> =
            points.into_iter().map(|(day, value)| json!([day.to_string(), plain(value)])).collect();
        json!({
            "number": target.id,
            "indicator": target.indicator,
            "region": target.region.to_string(),
            "unit": target.unit,
            "period": target.period.to_string(),
            "shape": shape,
            "values": points,
        })
    };
    json!({
        "format": "zhiheng-letter/1",
        "number": letter.head.number,
        "version": letter.head.version,
        "period": letter.head.period.to_string(),
        "issuer": letter.head.issuer,
        "signer": letter.head.signer,
        "full": letter.head.full.map(plain),
        "amends": letter.head.amends,
        "reason": letter.head.reason,
        "clauses": letter.clauses.iter().map(clause).collect::<Vec<_>>(),
        "targets": letter.targets.iter().map(target).collect::<Vec<_>>(),
    })
}

/// What both sign: `sha256:` and the digest of the canonical JSON (RFC 8785) of [`content`].
pub fn hash(letter: &Letter) -> String {
    hash::of(&content(letter))
}

/// The next version of a letter, with other clauses.
///
/// # Errors
///
/// ZH8556 without a reason, ZH8557 if nothing changes.
pub fn amend(
    old: &Letter,
    clauses: &[Clause],
    targets: &[Target],
    reason: &str,
) -> Result<Letter, Diagnostic> {
    if reason.trim().is_empty() {
        return Err(of_head("ZH8556", &old.head));
    }
    let version = old.head.version.saturating_add(1);
    let head =
        Head { version, amends: Some(hash(old)), reason: Some(reason.trim().to_owned()), ..old.head.clone() };
    let renumbered: Vec<Clause> = clauses.iter().map(|clause| Clause { version, ..clause.clone() }).collect();
    let (new, _) = letter(head, &renumbered, targets);
    let promises = |letter: &Letter| {
        let mut content = content(letter);
        for field in ["version", "amends", "reason"] {
            content[field] = Value::Null;
        }
        content
    };
    if promises(&new) == promises(old) { Err(of_head("ZH8557", &old.head)) } else { Ok(new) }
}

/// How the versions of a letter stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Version that binds both, if any.
    pub binding: Option<i64>,
    /// Its hash.
    pub hash: Option<String>,
    /// Day on which the second party signed.
    pub since: Option<Date>,
    /// Signatures that are missing for the newest version: parties.
    pub missing: Vec<String>,
}

/// Which version binds on `on`: the newest that both parties signed, if each before it was named by hash and signed too.
pub fn standing(versions: &[Letter], signatures: &[Signature], on: Date) -> (Standing, Vec<Diagnostic>) {
    let mut sorted: Vec<&Letter> = versions.iter().collect();
    sorted.sort_by_key(|letter| letter.head.version);
    let mut standing = Standing { binding: None, hash: None, since: None, missing: Vec::new() };
    let mut problems = Vec::new();
    let mut before: Option<String> = None;
    let mut chain = true;
    for (expected, letter) in (1..).zip(&sorted) {
        let head = &letter.head;
        let (own, problem) = (hash(letter), |code| of_head(code, head));
        if head.version != expected || head.amends != before {
            problems.push(problem("ZH8558").arg("wanted", before.as_deref().unwrap_or("—")));
            chain = false;
        }
        if head.amends.is_some() && head.reason.is_none() {
            problems.push(problem("ZH8556"));
            chain = false;
        }
        let signed = |party: &str| {
            let theirs = signatures.iter().filter(|signature| {
                signature.letter == head.number
                    && signature.party == party
                    && signature.hash == own
                    && signature.signed_on <= on
            });
            theirs.map(|signature| signature.signed_on).min()
        };
        let parties = [&head.issuer, &head.signer];
        let days: Vec<Date> = parties.iter().filter_map(|party| signed(party)).collect();
        standing.missing =
            parties.iter().filter(|party| signed(party).is_none()).map(|party| (*party).clone()).collect();
        match days[..] {
            [first, second] if chain => {
                standing.binding = Some(head.version);
                standing.hash = Some(own.clone());
                standing.since = Some(first.max(second));
            }
            _ => chain = false,
        }
        before = Some(own);
    }
    let hashes: BTreeSet<String> = sorted.iter().map(|letter| hash(letter)).collect();
    for signature in signatures.iter().filter(|signature| !hashes.contains(&signature.hash)) {
        if sorted.iter().any(|letter| letter.head.number == signature.letter) {
            let problem =
                Diagnostic::error("ZH8559").arg("letter", &signature.letter).arg("party", &signature.party);
            problems.push(problem.at(Place::Entry(signature.entry)).rule(Signature::OF));
        }
    }
    (standing, problems)
}
