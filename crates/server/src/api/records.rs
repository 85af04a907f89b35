//! One record: its fields, where it stood in a file, its versions.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::answer;
use super::changes::word;
use super::parameters::check;
use crate::call::Call;
use crate::pages::record::found;
use crate::problem::Problem;
use crate::route::Answer;

/// A record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordWhole {
    /// Entry of this version.
    pub(crate) entry: u64,
    /// Record type.
    pub(crate) of: String,
    /// When the ledger took it.
    pub(crate) at: String,
    /// Who handed it in.
    pub(crate) by: String,
    /// `reported`, `published`, `synthetic`.
    pub(crate) provenance: String,
    /// Submission.
    pub(crate) submission: Option<String>,
    /// Row of the file in which it stood, the titles counted.
    pub(crate) row: Option<u64>,
    /// Sheet of the workbook in which it stood.
    pub(crate) sheet: Option<String>,
    /// Fields; data of persons are left out.
    #[schema(value_type = Object)]
    pub(crate) fields: BTreeMap<String, Json>,
    /// Versions, the oldest first.
    pub(crate) versions: Vec<RecordVersion>,
}

/// A version of a record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordVersion {
    /// Its entry.
    pub(crate) entry: u64,
    /// `record`, `correct` or `withdraw`.
    pub(crate) kind: String,
    /// When.
    pub(crate) at: String,
    /// Why.
    pub(crate) reason: Option<String>,
}

/// `GET /api/v1/records/{entry}`.
pub(crate) async fn show(call: Call) -> Answer {
    call.signed_in()?;
    let desk = call.server.office()?.desk().await?;
    let (index, entry, record) = found(&call, &desk).await?;
    check(&call)?;
    let provenance = serde_json::to_value(entry.provenance).map_err(Problem::ours)?;
    let fields = record.fields.iter().filter(|field| !field.personal).filter_map(|field| {
        let value = entry.data.get(&field.id).filter(|value| !value.is_null() && !value.is_object())?;
        Some((field.id.clone(), value.clone()))
    });
    let fields = fields.collect();
    let history = desk.ledger.history(index).await?;
    let whole = RecordWhole {
        entry: index,
        of: record.head.id.clone(),
        at: entry.at.to_string(),
        by: entry.by,
        provenance: provenance.as_str().unwrap_or_default().to_owned(),
        submission: entry.submission,
        row: entry.place.as_ref().map(|place| place.row),
        sheet: entry.place.and_then(|place| place.sheet),
        fields,
        versions: (history.into_iter())
            .map(|version| RecordVersion {
                entry: version.index,
                kind: word(version.kind).to_owned(),
                at: version.at.to_string(),
                reason: version.reason,
            })
            .collect(),
    };
    answer(&call, whole).await
}
