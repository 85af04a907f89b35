//! What is known of a draft once the child has read it: beside the period before, and beside the ledger.

use super::compare::differences;
use super::draft::{Checked, Draft, Drafts};
use super::duty::Return;
use super::place::{Places, own_records};
use super::read::Found;
use super::send::submission;
use super::totals::{Counted, Totals};
use crate::desk::{Desk, Moment};
use crate::trouble::Trouble;

/// Looks at what a file says.
///
/// Errors: those of the ledger and the lake.
pub async fn examine(
    desk: &Desk,
    (drafts, places): (&Drafts, &Places),
    (draft, what): (&Draft, &Return),
    found: Found,
    moment: Moment,
) -> Result<Checked, Trouble> {
    let (record, _) = super::duty::duty_of(&desk.catalog, &what.of)?;
    let mut before = Totals::default();
    if let Some(period) = what.period.previous() {
        let counted = Counted::of(&desk.catalog, record);
        for standing in desk.engine.records_in(&what.of, what.region, period, None).await? {
            before.add(&counted, 0, &standing.data);
        }
    }
    let place = places.find(desk, what).await?;
    let own = own_records(desk, what, place.as_deref()).await?;
    let submission = submission(desk, draft, what, moment)?;
    let compared = differences(&desk.ledger, &submission, &drafts.spool(&draft.id)?, &own).await?;
    Ok(Checked {
        outliers: found.totals.outliers(&before),
        done: found.done,
        problems: found.problems,
        totals: found.totals,
        before,
        compared: compared.counts,
        rows: found.rows,
        catalog: desk.catalog.digest.clone(),
    })
}
