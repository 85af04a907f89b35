//! What is done in a round: declare, mark, seal, open, settle, hand in evidence.

use std::collections::BTreeSet;

use zhiheng_base::{Date, Decimal, Diagnostic, Place};
use zhiheng_judge::panel::{Weighed, scored, weigh};
use zhiheng_judge::{Entry, Mark, Sheets as Scores, Stage};
use zhiheng_record::Receipt;

use super::Round;
use super::read::{INTEREST, OPINION, SCORE, SEALED, Standing};
use super::sheet::{Sheet, Sheets, digest, salt};
use crate::desk::{Desk, Moment};
use crate::put::{Row, checked};
use crate::row::record_type;
use crate::trouble::Trouble;

/// The score that was agreed on for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// Item.
    pub item: String,
    /// Points.
    pub points: Decimal,
    /// Why; must be there where the panel's points lie far apart, where the proposal is left, and where an earlier stage gave others.
    pub reason: String,
}

/// Who settles, and on what.
#[derive(Clone, Copy, Debug)]
pub struct Settling<'a> {
    /// Where the round stood.
    pub standing: &'a Standing,
    /// Account that settles.
    pub by: &'a str,
    /// Items and points.
    pub agreed: &'a [Agreed],
}

fn row(round: &Round<'_>, more: impl IntoIterator<Item = (&'static str, String)>) -> Row {
    let mut row = vec![
        ("scheme", round.scheme.head.id.clone()),
        ("place", round.place.to_string()),
        ("period", round.period.to_string()),
    ];
    row.extend(more);
    row
}

/// A problem stands at the field of its item.
fn at_item(problem: Diagnostic) -> Diagnostic {
    let item = problem.args.get("item").cloned().unwrap_or_default();
    problem.arg("field", format!("points-{item}"))
}

/// A problem of a mark's row stands at the field of its item, `<field>-<item>`.
fn at_mark(problem: Diagnostic, marks: &[Mark]) -> Diagnostic {
    let row = match &problem.at {
        Place::Cell { row, .. } => usize::try_from(row.saturating_sub(1)).ok(),
        _ => None,
    };
    let field = problem.args.get("field").cloned();
    match (row.and_then(|row| marks.get(row)), field) {
        (Some(mark), Some(field)) => problem.arg("field", format!("{field}-{}", mark.item)),
        (Some(mark), None) => problem.arg("field", format!("comment-{}", mark.item)),
        (None, _) => problem,
    }
}

fn entry(round: &Round<'_>, item: &str, points: Decimal, reason: &str, by: &str) -> Entry {
    Entry {
        region: round.place,
        item: item.to_owned(),
        stage: Stage::parse(&round.panel.stage).unwrap_or(Stage::Review),
        points,
        reason: reason.to_owned(),
        evidence: Vec::new(),
        scored_by: by.to_owned(),
    }
}

impl Round<'_> {
    /// What stands against points being given: unknown items, points out of range or at no level.
    fn judge(&self, marks: &[Mark]) -> Vec<Diagnostic> {
        let of = |mark: &Mark| entry(self, &mark.item, mark.points, "", "");
        let entries: Vec<Entry> = marks.iter().map(of).collect();
        Scores::new(self.scheme, &entries).1.into_iter().map(at_item).collect()
    }

    /// What a sheet becomes in the ledger once it is opened: a row for each mark, in their order.
    fn opinions(&self, sheet: &Sheet, salt: &str, on: Date) -> Vec<Row> {
        let opinion = |mark: &Mark| {
            let more = [
                ("item", mark.item.clone()),
                ("stage", self.panel.stage.clone()),
                ("reviewer", sheet.reviewer.clone()),
                ("points", mark.points.normalize().to_string()),
                ("comment", mark.comment.clone()),
                ("salt", salt.to_owned()),
                ("scored_on", on.to_string()),
            ];
            row(self, more)
        };
        sheet.marks.iter().map(opinion).collect()
    }

    /// What the opened sheets come to.
    pub fn weighed(&self, standing: &Standing) -> Vec<Weighed> {
        weigh(self.scheme, self.panel, &standing.marks())
    }

    /// How many different persons have sealed; `sheets` knows the person behind each account.
    pub fn persons(&self, standing: &Standing, sheets: &Sheets) -> BTreeSet<String> {
        let person = |reviewer: &str| sheets.get(self, reviewer).map(|sheet| sheet.person);
        standing.seals.iter().filter_map(|seal| person(&seal.reviewer)).collect()
    }
}

impl Desk {
    /// What stands against a sheet: points that the scheme does not give, and whatever would keep it from being opened. Each
    /// problem names the field `points-<item>` or `comment-<item>`.
    ///
    /// Errors: the machine has no randomness, the catalog no such record type.
    pub fn judge_sheet(
        &self,
        moment: Moment,
        round: &Round<'_>,
        sheet: &Sheet,
    ) -> Result<Vec<Diagnostic>, Trouble> {
        let mut problems = round.judge(&sheet.marks);
        let rows = round.opinions(sheet, &salt()?, moment.today);
        let of = record_type(&self.catalog, OPINION)?;
        let refused = checked(&self.catalog, of, &rows, moment).err().unwrap_or_default();
        problems.extend(refused.into_iter().map(|problem| at_mark(problem, &sheet.marks)));
        Ok(problems)
    }

    /// A reviewer says whether there is an interest. It is said once.
    ///
    /// Errors: ZH7332 it was declared already, and what the record's rules say.
    pub async fn declare(
        &self,
        moment: Moment,
        round: &Round<'_>,
        standing: &Standing,
        (reviewer, tie): (&str, Option<&str>),
    ) -> Result<Receipt, Trouble> {
        if standing.interest(reviewer).is_some() {
            return Err(Diagnostic::error("ZH7332").into());
        }
        let rows = [row(
            round,
            [
                ("reviewer", reviewer.to_owned()),
                ("interested", tie.is_some().to_string()),
                ("tie", tie.unwrap_or_default().to_owned()),
                ("declared_on", moment.today.to_string()),
            ],
        )];
        self.put(moment, INTEREST, &rows, reviewer, format!("interest/{}/{reviewer}", round.name())).await
    }

    /// Closes a reviewer's sheet. Its digest is in the ledger before this answers; a sheet that a crash left between the two is
    /// closed by asking again.
    ///
    /// Errors: ZH7333 no declaration, ZH7334 an item without points, ZH7337 the sheets are opened already, and what the points break.
    pub async fn seal(
        &self,
        moment: Moment,
        round: &Round<'_>,
        standing: &Standing,
        sheets: &Sheets,
        mut sheet: Sheet,
    ) -> Result<Receipt, Trouble> {
        if standing.interest(&sheet.reviewer).is_none_or(|one| one.interested) {
            return Err(Diagnostic::error("ZH7333").into());
        }
        if !standing.opinions.is_empty() {
            return Err(Diagnostic::error("ZH7337").into());
        }
        let missing = scored(round.scheme).filter(|item| sheet.mark(&item.id).is_none());
        let missing = missing.map(|item| at_item(Diagnostic::error("ZH7334").arg("item", &item.id)));
        let judged = self.judge_sheet(moment, round, &sheet)?;
        let problems: Vec<Diagnostic> = missing.chain(judged).collect();
        if !problems.is_empty() {
            return Err(problems.into());
        }
        let (salt, on) = match &sheet.sealed {
            Some(sealed) => sealed.clone(),
            None => (salt()?, moment.today),
        };
        sheet.sealed = Some((salt.clone(), on));
        sheets.keep(round, &sheet)?;
        let rows = [row(
            round,
            [
                ("stage", round.panel.stage.clone()),
                ("reviewer", sheet.reviewer.clone()),
                ("digest", digest(&sheet, &salt)?),
                ("items", sheet.marks.len().to_string()),
                ("sealed_on", on.to_string()),
            ],
        )];
        let name = format!("sealed/{}/{}", round.name(), sheet.reviewer);
        self.put(moment, SEALED, &rows, &sheet.reviewer, name).await
    }

    /// Opens all sealed sheets at once: their points and salts go into the ledger, for everybody who may see the place.
    ///
    /// Errors: ZH7336 too few persons have sealed, ZH7338 a sheet is not what its digest says or is not there.
    pub async fn unseal(
        &self,
        moment: Moment,
        round: &Round<'_>,
        standing: &Standing,
        sheets: &Sheets,
        by: &str,
    ) -> Result<Receipt, Trouble> {
        let persons = round.persons(standing, sheets).len();
        if persons < round.panel.reviewers as usize {
            let problem = Diagnostic::error("ZH7336").arg("n", persons).arg("least", round.panel.reviewers);
            return Err(problem.into());
        }
        let mut rows = Vec::new();
        for seal in &standing.seals {
            let broken = || Diagnostic::error("ZH7338").arg("reviewer", &seal.reviewer);
            let sheet = sheets.get(round, &seal.reviewer).ok_or_else(broken)?;
            let (salt, on) = sheet.sealed.clone().ok_or_else(broken)?;
            if digest(&sheet, &salt)? != seal.digest {
                return Err(broken().into());
            }
            rows.extend(round.opinions(&sheet, &salt, on));
        }
        let receipt = self.put(moment, OPINION, &rows, by, format!("opinion/{}", round.name())).await?;
        for seal in &standing.seals {
            sheets.forget(round, &seal.reviewer)?;
        }
        Ok(receipt)
    }

    /// Writes the score of the stage that comes of the opened sheets.
    ///
    /// Errors: ZH7339 the sheets are not opened, ZH7340 the stage has its score already, ZH7341 a reason is missing, and what the
    /// points break. Each problem of an item names the field `points-<item>` or `reason-<item>`.
    pub async fn settle(
        &self,
        moment: Moment,
        round: &Round<'_>,
        settling: Settling<'_>,
    ) -> Result<Receipt, Trouble> {
        let Settling { standing, by, agreed } = settling;
        let weighed = round.weighed(standing);
        if weighed.is_empty() {
            return Err(Diagnostic::error("ZH7339").into());
        }
        let stage = Stage::parse(&round.panel.stage);
        if standing
            .scores
            .iter()
            .any(|one| Some(one.stage) == stage && weighed.iter().any(|it| it.item == one.item))
        {
            return Err(Diagnostic::error("ZH7340").into());
        }
        let mut problems = Vec::new();
        for item in &weighed {
            let found = agreed.iter().find(|one| one.item == item.item);
            match found {
                None => problems.push(at_item(Diagnostic::error("ZH7334").arg("item", &item.item))),
                Some(one) => {
                    let needs = item.is_apart || one.points != item.proposed;
                    if needs && one.reason.trim().is_empty() {
                        let problem = Diagnostic::error("ZH7341").arg("item", &item.item);
                        problems.push(problem.arg("field", format!("reason-{}", item.item)));
                    }
                }
            }
        }
        let of = |one: &Agreed| entry(round, &one.item, one.points, &one.reason, by);
        let mut entries: Vec<Entry> = standing.scores.clone();
        entries.extend(agreed.iter().map(of));
        problems.extend(Scores::new(round.scheme, &entries).1.into_iter().map(at_item));
        if !problems.is_empty() {
            return Err(problems.into());
        }
        let rows: Vec<Row> = (agreed.iter())
            .map(|one| {
                let more = [
                    ("item", one.item.clone()),
                    ("stage", round.panel.stage.clone()),
                    ("points", one.points.normalize().to_string()),
                    ("reason", one.reason.clone()),
                    ("scored_by", by.to_owned()),
                    ("scored_on", moment.today.to_string()),
                ];
                row(round, more)
            })
            .collect();
        self.put(moment, SCORE, &rows, by, format!("score/{}", round.name())).await
    }
}
