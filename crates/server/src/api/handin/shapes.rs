//! What handing in looks like to programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;
use zhiheng_base::{Diagnostic, Lang, Place, Severity};
use zhiheng_desk::handin::{Checked, Draft, Given, State};
use zhiheng_record::Receipt;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

/// A return: the records of a type, of one unit, for one period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnHead {
    /// Record type.
    pub(crate) record: String,
    /// The unit's region.
    pub(crate) region: String,
    /// Period.
    pub(crate) period: String,
    /// Last day on which it is in time.
    pub(crate) due: String,
    /// `open`, `late`, `submitted`, `returned`, `accepted`, `changed`, `filed`.
    pub(crate) state: String,
    /// Its case, once something was handed in.
    pub(crate) case: Option<String>,
}

/// A return with all that was done with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnWhole {
    /// Which it is, and how it stands.
    #[serde(flatten)]
    pub(crate) head: ReturnHead,
    /// Whether the first hand-in came after its day.
    pub(crate) late: bool,
    /// Day by which a returned one is to be mended.
    pub(crate) mend_by: Option<String>,
    /// Its hand-ins, in order.
    pub(crate) handed_in: Vec<HandIn>,
    /// What was done, in order.
    pub(crate) deeds: Vec<Deed>,
}

/// A hand-in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandIn {
    /// Id of its receipt.
    pub(crate) submission: String,
    /// Records of the file.
    pub(crate) rows: i64,
    /// Records corrected.
    pub(crate) changed: i64,
    /// Records withdrawn.
    pub(crate) dropped: i64,
    /// The day.
    pub(crate) on: String,
}

/// A deed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Deed {
    /// Entry of the event.
    pub(crate) entry: u64,
    /// Step of the procedure.
    pub(crate) step: String,
    /// Account.
    pub(crate) by: String,
    /// The day.
    pub(crate) on: String,
    /// A reason, an explanation, a remark.
    pub(crate) said: String,
}

/// What was given and is not sent yet, or was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftState {
    /// Its id.
    pub(crate) id: String,
    /// Record type.
    pub(crate) record: String,
    /// The unit's region.
    pub(crate) region: String,
    /// Period.
    pub(crate) period: String,
    /// `file`, `table` or `nil`.
    pub(crate) given: String,
    /// Name of the file.
    pub(crate) file: String,
    /// SHA-256 of the file.
    pub(crate) sha256: String,
    /// Bytes.
    pub(crate) size: u64,
    /// `checking`, `checked`, `sending`, `sent` or `failed`. In the first and the third somebody is at work: ask again.
    pub(crate) state: String,
    /// Whether it can be sent as it is.
    pub(crate) good: bool,
    /// Whether `explanation` must be said when it is sent.
    pub(crate) needs_explanation: bool,
    /// Rows, once it was read.
    pub(crate) rows: Option<RowCounts>,
    /// What the ledger has of it already.
    pub(crate) compared: Option<ComparedRows>,
    /// Findings by code and field, worst first.
    pub(crate) groups: Vec<FindingGroup>,
    /// Why it could not be read or sent.
    pub(crate) why: Vec<Finding>,
    /// Id of its receipt, once it was sent.
    pub(crate) submission: Option<String>,
    /// Its case, once it was sent.
    pub(crate) case: Option<String>,
}

/// Rows of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowCounts {
    /// Rows with content.
    pub(crate) seen: u64,
    /// Good rows.
    pub(crate) kept: u64,
    /// Rows with an error.
    pub(crate) refused: u64,
    /// Good rows with a warning.
    pub(crate) flagged: u64,
}

/// Rows beside the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComparedRows {
    /// The ledger has them not.
    pub(crate) new: u64,
    /// It has them as they are.
    pub(crate) same: u64,
    /// It has them, corrected since: the correction stands.
    pub(crate) older: u64,
    /// It has them with other content: they correct it.
    pub(crate) changed: u64,
    /// They were withdrawn and come back.
    pub(crate) back: u64,
    /// Records of the last hand-in that are not among the rows.
    pub(crate) missing: u64,
}

/// Findings of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingGroup {
    /// Code.
    pub(crate) code: String,
    /// Field; empty for whole rows.
    pub(crate) field: String,
    /// `error`, `warning` or `note`.
    pub(crate) severity: String,
    /// How often.
    pub(crate) rows: u64,
    /// First row.
    pub(crate) first: u64,
}

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Finding {
    /// File, as it was called.
    pub(crate) file: Option<String>,
    /// Sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// Row, from 1, the titles counted.
    pub(crate) row: Option<u64>,
    /// Title of the column.
    pub(crate) column: Option<String>,
    /// Field of the record type.
    pub(crate) field: Option<String>,
    /// Code, as in the command.
    pub(crate) code: String,
    /// `error`, `warning` or `note`.
    pub(crate) severity: String,
    /// The rule that was broken, if one is declared.
    pub(crate) rule: Option<String>,
    /// What is wrong, in the language asked for.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: Option<String>,
}

/// That something is in the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandInReceipt {
    /// Id.
    pub(crate) submission: String,
    /// First entry.
    pub(crate) first: u64,
    /// Entries, that of the submission itself included.
    pub(crate) count: u64,
    /// Rows that were there already.
    pub(crate) unchanged: u64,
    /// Leaf hash of the first entry, hex.
    pub(crate) leaf: String,
    /// Audit path, hex.
    pub(crate) proof: Vec<String>,
    /// Signed checkpoint against which it is checked.
    pub(crate) checkpoint: String,
}

/// Rows, or that there are none.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowsGiven {
    /// Rows: field and value. Numbers can be given as texts, so that nothing rounds them.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub(crate) rows: Vec<Map<String, Json>>,
    /// There is nothing to report; then there are no rows.
    #[serde(default)]
    pub(crate) nil: bool,
}

/// Cells that are mended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellsGiven {
    /// Which, and what is in them.
    pub(crate) cells: Vec<CellGiven>,
}

/// A cell that is mended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellGiven {
    /// Row, as the finding names it.
    pub(crate) row: u64,
    /// Title of the column or field of the record type.
    pub(crate) column: String,
    /// New content.
    pub(crate) value: String,
}

/// What is said when a draft is sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendGiven {
    /// Why records are doubtful, corrected or missing.
    #[serde(default)]
    pub(crate) explanation: String,
    /// Withdraw the records of the last hand-in that are not in this one.
    #[serde(default)]
    pub(crate) drop_missing: bool,
}

/// Why a return is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawGiven {
    /// Why.
    pub(crate) why: String,
}

/// What the level above says to a return.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DecisionGiven {
    /// A step of the procedure `returns.filing` that is the reviewer's, such as `accept`, `send_back`, `reopen` or `file`.
    pub(crate) act: String,
    /// Its fields, by id, such as `remark`, `faults`, `mend_by`, `archive_no`.
    #[serde(flatten)]
    pub(crate) form: BTreeMap<String, String>,
}

fn severity(severity: Severity) -> String {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
    .to_owned()
}

/// A finding in the language asked for.
pub(crate) fn finding(problem: &Diagnostic, lang: Lang) -> Finding {
    let (file, sheet, row, column) = match &problem.at {
        Place::Cell { file, sheet, row, column } => {
            (Some(file.clone()), sheet.clone(), Some(*row), column.clone())
        }
        Place::File(file) => (Some(file.clone()), None, None, None),
        _ => (None, None, problem.args.get("row").and_then(|row| row.parse().ok()), None),
    };
    Finding {
        file,
        sheet,
        row,
        column,
        field: problem.args.get("field").cloned(),
        code: problem.code.to_string(),
        severity: severity(problem.severity),
        rule: problem.rule.clone(),
        message: problem.message(lang),
        hint: problem.hint(lang),
    }
}

/// How a draft stands.
pub(crate) fn draft(draft: &Draft, checked: Option<&Checked>, lang: Lang) -> DraftState {
    let (state, submission, case, why) = match &draft.state {
        State::Checking => ("checking", None, None, &[][..]),
        State::Paused => ("paused", None, None, &[][..]),
        State::Checked => ("checked", None, None, &[][..]),
        State::Sending { .. } => ("sending", None, None, &[][..]),
        State::Sent { submission, case } => ("sent", Some(submission), Some(case), &[][..]),
        State::Failed { why } => ("failed", None, None, why.as_slice()),
    };
    let given = match draft.given {
        Given::File => "file",
        Given::Table => "table",
        Given::Nil => "nil",
    };
    let groups = checked.map(|checked| checked.done.groups.as_slice()).unwrap_or_default();
    DraftState {
        id: draft.id.clone(),
        record: draft.of.clone(),
        region: draft.region.clone(),
        period: draft.period.clone(),
        given: given.to_owned(),
        file: draft.name.clone(),
        sha256: draft.sha256.clone(),
        size: draft.size,
        state: state.to_owned(),
        good: !draft.is_busy() && checked.is_some_and(|checked| checked.refused() == 0),
        needs_explanation: checked.is_some_and(Checked::needs_explanation),
        rows: checked.map(|checked| RowCounts {
            seen: checked.done.seen,
            kept: checked.done.kept,
            refused: checked.done.refused,
            flagged: checked.done.flagged,
        }),
        compared: checked.map(|checked| ComparedRows {
            new: checked.compared.new,
            same: checked.compared.same,
            older: checked.compared.older,
            changed: checked.compared.changed,
            back: checked.compared.back,
            missing: checked.compared.missing,
        }),
        groups: (groups.iter())
            .map(|group| FindingGroup {
                code: group.code.clone(),
                field: group.field.clone(),
                severity: severity(group.severity),
                rows: group.count,
                first: group.first,
            })
            .collect(),
        why: why.iter().map(|problem| finding(problem, lang)).collect(),
        submission: submission.cloned(),
        case: case.cloned(),
    }
}

/// The mark of a draft: another state or another file is another mark.
pub(crate) fn mark(draft: &Draft) -> Result<String, serde_json::Error> {
    let text = format!("{} {}", draft.sha256, serde_json::to_string(&draft.state)?);
    Ok(format!("\"{}\"", to_hex(&sha256(text.as_bytes())).get(..32).unwrap_or_default()))
}

/// A receipt.
pub(crate) fn receipt(receipt: &Receipt) -> HandInReceipt {
    HandInReceipt {
        submission: receipt.submission.clone(),
        first: receipt.first,
        count: receipt.count,
        unchanged: receipt.unchanged,
        leaf: receipt.leaf.clone(),
        proof: receipt.proof.clone(),
        checkpoint: receipt.checkpoint.clone(),
    }
}
