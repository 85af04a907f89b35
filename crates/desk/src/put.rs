//! Records that the program itself writes, from what somebody filled in on a page: checked by the rules of their type as strictly
//! as a row of a file, and written whole or not at all.

use zhiheng_base::draft::Draft;
use zhiheng_base::{Diagnostic, canonical};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::RecordType;
use zhiheng_intake::Limits;
use zhiheng_intake::check::{Kept, RowCheck, Verdict};
use zhiheng_intake::map::Plan;
use zhiheng_intake::problem::Site;
use zhiheng_intake::read::{Kind, RowBuf};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{Begun, Provenance, Receipt, Submission};

use crate::desk::{Desk, Moment};
use crate::form;
use crate::row::record_type;
use crate::trouble::Trouble;

/// A row: fields and their texts; what is left out is empty.
pub type Row = Vec<(&'static str, String)>;

/// Checks rows by the rules of their type.
///
/// Errors: every problem of every row, as of a file. Messages name no row, for a page has none; the place of a problem does,
/// counted from 1.
pub fn checked(
    catalog: &Catalog,
    record: &RecordType,
    rows: &[Row],
    moment: Moment,
) -> Result<Vec<Draft>, Vec<Diagnostic>> {
    let mut plan = Plan::new(record, None);
    for field in &record.fields {
        plan.add_column(&field.id);
    }
    let mut check = RowCheck::new(catalog, record, &plan, moment.today, Limits::default().record_bytes);
    let site = Site { file: record.head.id.clone(), sheet: None };
    let (mut buffer, mut kept) = (RowBuf::default(), Kept::default());
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        buffer.clear(at as u64 + 1);
        for (field, text) in row {
            if let Some(column) = record.fields.iter().position(|one| one.id == *field) {
                buffer.set(column, Kind::Text, text);
            }
        }
        if check.judge(&plan, &buffer, &site, &mut kept, &mut problems) == Verdict::Kept {
            let personal = std::mem::take(&mut kept.personal);
            drafts.push(Draft { key: kept.key, data: std::mem::take(&mut kept.data), personal, place: None });
        }
    }
    problems.retain(Diagnostic::is_error);
    if problems.is_empty() { Ok(drafts) } else { Err(problems.into_iter().map(form::without_row).collect()) }
}

impl Desk {
    /// Writes rows as one submission under the name `id`: the same rows under the same name are written once.
    ///
    /// Errors: what the rules of the type say, and those of the ledger; then nothing is written.
    pub async fn put(
        &self,
        moment: Moment,
        of: &str,
        rows: &[Row],
        by: &str,
        id: String,
    ) -> Result<Receipt, Trouble> {
        let record = record_type(&self.catalog, of)?;
        let drafts = checked(&self.catalog, record, rows, moment)?;
        let mut body = Vec::new();
        for draft in &drafts {
            body.extend_from_slice(&draft.data);
            body.push(b'\n');
        }
        let submission = Submission {
            id,
            by: by.to_owned(),
            at: moment.at,
            of: of.to_owned(),
            provenance: Provenance::Reported,
            basis: None,
            catalog: self.catalog.digest.clone(),
            files: Vec::new(),
            body: to_hex(&sha256(&body)),
            key: record.key.clone(),
        };
        match self.ledger.begin(submission).await? {
            Begun::Repeated(receipt) => Ok(receipt),
            Begun::Fresh(mut appender) => {
                let first = appender.first();
                for outcome in appender.push(drafts).await? {
                    if let Some(refused) = outcome.diagnostic(first) {
                        return Err(refused.into());
                    }
                }
                Ok(appender.commit().await?)
            }
        }
    }
}

/// Canonical bytes of a value that is hashed.
///
/// Errors: a number that has no canonical form.
pub(crate) fn canonical_bytes(value: &serde_json::Value) -> Result<Vec<u8>, Trouble> {
    canonical::to_vec(value).map_err(|detail| Trouble::Internal(detail.to_string().into()))
}
