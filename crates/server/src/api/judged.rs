//! Verdicts of schemes, and cases.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::{Period, RegionCode};
use zhiheng_desk::cases::region_of;
use zhiheng_desk::verdicts::{Asked, judged, scheme};
use zhiheng_record::CaseFilter;

use super::parameters::{check, limit, number};
use super::{Paged, paged};
use crate::authorize::{Action, Level, Thing, reach};
use crate::call::Call;
use crate::route::Answer;

/// What a scheme says of a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceVerdict {
    /// Scheme.
    pub(crate) scheme: String,
    /// Place.
    pub(crate) region: String,
    /// Its name.
    pub(crate) name: String,
    /// Points as the scheme prints them; `null` while open.
    pub(crate) points: Option<String>,
    /// Grade; `null` while open.
    pub(crate) grade: Option<String>,
    /// Whether a veto set the grade.
    pub(crate) veto: bool,
    /// Rank from 1; `null` while open.
    pub(crate) rank: Option<u32>,
    /// Items.
    pub(crate) items: Vec<ItemVerdict>,
}

/// An item of a verdict.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemVerdict {
    /// Identifier within the scheme.
    pub(crate) id: String,
    /// Unrounded points; `null` while open.
    pub(crate) points: Option<String>,
    /// Most points.
    pub(crate) most: String,
    /// Address of the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    /// The figure as printed.
    pub(crate) shown: String,
}

/// A case as listed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseListed {
    /// Number.
    pub(crate) case: String,
    /// Procedure.
    pub(crate) procedure: String,
    /// State.
    pub(crate) state: String,
    /// Whose case it is.
    pub(crate) region: String,
    /// The case from which it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<String>,
    /// Entry of its newest event.
    pub(crate) last: u64,
    /// Number of events.
    pub(crate) events: u64,
    /// Time of the first event.
    pub(crate) opened_at: String,
    /// Time of the newest event.
    pub(crate) changed_at: String,
}

/// `GET /api/v1/verdicts?scheme=…&region=…&period=…`: the parts of a region, or one place.
pub(crate) async fn verdicts(call: Call) -> Answer {
    check(&call)?;
    let within = RegionCode::parse(call.query.get("region"))?;
    call.permit(&Thing::of_region(within, Level::Internal), &format!("verdicts {within}")).await?;
    let period = Period::parse(call.query.get("period"))?;
    let asked = Asked { within, period, as_of: number(&call, "as_of") };
    let desk = call.server.office()?.desk().await?;
    let scheme = scheme(&desk.catalog, call.query.get("scheme"))?;
    let judgement = judged(&desk.engine, scheme, &asked).await?;
    let text = |decimal: rust_decimal::Decimal| decimal.normalize().to_string();
    let data: Vec<PlaceVerdict> = (judgement.verdicts.iter())
        .map(|verdict| PlaceVerdict {
            scheme: verdict.scheme.clone(),
            region: verdict.region.to_string(),
            name: desk.catalog.regions.name(verdict.region).unwrap_or_default().to_owned(),
            points: verdict.points.map(|points| scheme.printed(points)),
            grade: verdict.grade.clone(),
            veto: verdict.veto.is_some(),
            rank: verdict.rank,
            items: (verdict.items.iter())
                .map(|item| ItemVerdict {
                    id: item.id.clone(),
                    points: item.points.map(text),
                    most: text(item.most),
                    address: item.address.clone(),
                    shown: item.shown.clone(),
                })
                .collect(),
        })
        .collect();
    let total = data.len() as u64;
    paged(&call, data, Paged { total: Some(total), next: None }).await
}

/// `GET /api/v1/cases`: those that the asker may see.
pub(crate) async fn cases(call: Call) -> Answer {
    check(&call)?;
    let desk = call.server.office()?.desk().await?;
    let given = |name: &str| Some(call.query.get(name).to_owned()).filter(|text| !text.is_empty());
    let mut filter = CaseFilter { of: given("procedure"), state: given("state"), ..CaseFilter::default() };
    filter.after = given("after");
    let ends = |of: &str, state: &str| {
        let procedure = desk.catalog.procedures.get(of);
        procedure.and_then(|procedure| procedure.state(state)).is_some_and(|state| state.end)
    };
    let open = call.query.get("open") == "true";
    let (reach, wanted) = (reach(call.who(), Action::See), limit(&call));
    let mut data: Vec<CaseListed> = Vec::new();
    let mut more = true;
    while data.len() <= wanted && more {
        filter.limit = Some(1000);
        let heads = desk.ledger.cases(&filter).await?;
        more = heads.len() == 1000;
        filter.after = heads.last().map(|head| head.case.clone()).or(filter.after);
        for head in heads.into_iter().filter(|head| !open || !ends(&head.of, &head.state)) {
            let Some(region) = region_of(&head) else { continue };
            if !reach.holds(&Thing::of_region(region, Level::Internal)) {
                continue;
            }
            data.push(CaseListed {
                region: region.to_string(),
                case: head.case,
                procedure: head.of,
                state: head.state,
                parent: head.parent,
                last: head.last,
                events: head.events,
                opened_at: head.opened_at.to_string(),
                changed_at: head.changed_at.to_string(),
            });
        }
    }
    let more = data.len() > wanted;
    data.truncate(wanted);
    let next = data.last().filter(|_| more).map(|last| super::next(&call, "after", &last.case));
    paged(&call, data, Paged { total: None, next }).await
}
