//! A draw goes into the ledger: its head with the hash of the log, its strata, and every pick. What stands there already is not
//! written again; a log that says otherwise than the ledger is refused.

use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_plan::FromRow as _;
use zhiheng_plan::draw::{Log, log_hash};
use zhiheng_record::Receipt;

use super::inspections::{Draw, Pick, Stratum, plan};
use crate::desk::{Desk, Moment};
use crate::put::Row;
use crate::trouble::Trouble;

/// Where and when was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Region.
    pub region: RegionCode,
    /// Day, of a further draw its own.
    pub on: Date,
}

impl Desk {
    /// Writes a draw by its log; of one that stands, the further draws that do not. Answers the receipts of what was written.
    ///
    /// # Errors
    ///
    /// ZH7597 if the ledger holds another draw under this number; what the rules of the records say; those of the ledger.
    pub async fn record_draw(
        &self,
        moment: Moment,
        log: &Log,
        drawn: Drawn,
        by: &str,
    ) -> Result<Vec<Receipt>, Trouble> {
        let known = plan(&self.engine, &log.number).await?;
        let first = match &known.draw {
            None => true,
            Some(draw) if draw.log.as_deref() == Some(log_hash(log).as_str()) => false,
            Some(draw) => {
                let other = Diagnostic::error("ZH7597").arg("number", &log.number).arg("entry", draw.entry);
                return Err(other.into());
            }
        };
        // The head comes last: where it stands, everything stands, and what was broken off is written again under the same names.
        let mut lists: Vec<(&str, usize, Vec<Row>)> = Vec::new();
        if first {
            let strata = log.strata.iter().map(|one| stratum(log, one, drawn)).collect();
            lists.push((Stratum::OF, 0, strata));
        }
        let n_known = if first { 0 } else { known.picks.len() };
        let fresh: Vec<Row> = picks(log, drawn).into_iter().skip(n_known).collect();
        if !fresh.is_empty() {
            lists.push((Pick::OF, n_known, fresh));
        }
        if first {
            lists.push((Draw::OF, 0, vec![head(log, drawn)]));
        }
        let mut receipts = Vec::new();
        for (of, from, rows) in lists {
            let id = format!("draw/{}/{of}/{from}", log.number);
            receipts.push(self.put(moment, of, &rows, by, id).await?);
        }
        Ok(receipts)
    }
}

fn head(log: &Log, drawn: Drawn) -> Row {
    vec![
        ("number", log.number.clone()),
        ("drawn_on", drawn.on.to_string()),
        ("region", drawn.region.to_string()),
        ("method", log.method.word().to_owned()),
        ("seed", log.seed.clone()),
        ("seed_from", log.seed_from.clone()),
        ("population", log.population.clone()),
        ("log", log_hash(log)),
    ]
}

fn stratum(log: &Log, one: &zhiheng_plan::draw::Stratum, drawn: Drawn) -> Row {
    vec![
        ("draw", log.number.clone()),
        ("stratum", one.stratum.clone()),
        ("size", one.size.to_string()),
        ("drawn", one.drawn.to_string()),
        ("drawn_on", drawn.on.to_string()),
        ("region", drawn.region.to_string()),
    ]
}

/// First picks, then further draws, numbered on.
fn picks(log: &Log, drawn: Drawn) -> Vec<Row> {
    let row = |order: u64, stratum: &str, place: u64, id: &str| {
        vec![
            ("draw", log.number.clone()),
            ("pick", order.to_string()),
            ("stratum", stratum.to_owned()),
            ("place", place.to_string()),
            ("enterprise", id.to_owned()),
            ("drawn_on", drawn.on.to_string()),
            ("region", drawn.region.to_string()),
        ]
    };
    let mut rows: Vec<Row> =
        log.picks.iter().map(|pick| row(pick.order, &pick.stratum, pick.place, &pick.id)).collect();
    for (at, further) in log.redraws.iter().enumerate() {
        let order = (log.picks.len() + at + 1) as u64;
        let mut fields = row(order, stratum_of(log, &further.out), further.place, &further.id);
        fields.push(("instead_of", further.out.clone()));
        fields.push(("reason", further.reason.clone()));
        rows.push(fields);
    }
    rows
}

/// A further draw stays in the stratum of the unit that fell out, which may itself have come by a further draw.
fn stratum_of<'l>(log: &'l Log, out: &str) -> &'l str {
    let mut id = out;
    // Each step goes back one further draw, so there are no more steps than draws.
    for _ in 0..=log.redraws.len() {
        if let Some(pick) = log.picks.iter().find(|pick| pick.id == id) {
            return &pick.stratum;
        }
        match log.redraws.iter().find(|further| further.id == id) {
            Some(further) => id = &further.out,
            None => break,
        }
    }
    ""
}
