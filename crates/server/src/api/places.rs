//! Regions and definitions.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::RegionCode;
use zhiheng_catalog::model::Unit;

use super::parameters::{check, limit};
use super::{Paged, answer, paged};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Region {
    /// Code, 6 or 12 digits.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
    /// With all regions above it.
    pub(crate) full_name: String,
    /// `nation`, `province`, `city`, `county`, `township`.
    pub(crate) level: String,
    /// The region above; `null` for the nation.
    pub(crate) parent: Option<String>,
    /// The regions right below.
    pub(crate) children: Vec<String>,
}

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorHead {
    /// Identifier.
    pub(crate) id: String,
    /// Name in the language asked for.
    pub(crate) name: String,
    /// Unit, `%` for rates.
    pub(crate) unit: String,
    /// Who answers for the definition.
    pub(crate) owner: String,
    /// In force since.
    pub(crate) since: String,
    /// Laws and sources.
    pub(crate) basis: Vec<String>,
    /// Whether its rule was seen in an official text.
    pub(crate) confirmed: bool,
}

/// `GET /api/v1/regions/{region}`.
pub(crate) async fn region(call: Call) -> Answer {
    check(&call)?;
    let code = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let desk = call.server.office()?.desk().await?;
    let regions = &desk.catalog.regions;
    let name = regions.name(code).ok_or_else(Problem::not_found)?;
    let region = Region {
        code: code.to_string(),
        name: name.to_owned(),
        full_name: regions.full_name(code).unwrap_or_default(),
        level: code.level().word().to_owned(),
        parent: code.parent().map(|parent| parent.to_string()),
        children: regions.children(code).iter().map(|child| child.code.to_string()).collect(),
    };
    answer(&call, region).await
}

/// `GET /api/v1/indicators`.
pub(crate) async fn indicators(call: Call) -> Answer {
    check(&call)?;
    let desk = call.server.office()?.desk().await?;
    let (lang, after, word) = (call.view.lang, call.query.get("after"), call.query.get("q"));
    let matches = |id: &str, head: &zhiheng_catalog::model::Head| {
        word.is_empty() || id.contains(word) || head.name.zh.contains(word) || head.name.en.contains(word)
    };
    let all = desk.catalog.indicators.values().filter(|one| matches(&one.head.id, &one.head));
    let total = all.clone().count() as u64;
    let mut rest = all.filter(|one| one.head.id.as_str() > after);
    let data: Vec<IndicatorHead> = (&mut rest)
        .take(limit(&call))
        .map(|one| IndicatorHead {
            id: one.head.id.clone(),
            name: one.head.name.get(lang).to_owned(),
            unit: match &one.unit {
                Unit::Percent => "%".to_owned(),
                Unit::Points => "points".to_owned(),
                Unit::Of(words) => words.get(lang).to_owned(),
            },
            owner: one.head.owner.clone(),
            since: one.head.since.to_string(),
            basis: one.head.basis.clone(),
            confirmed: one.head.confirmed,
        })
        .collect();
    let more = rest.next().is_some();
    let next = data.last().filter(|_| more).map(|last| super::next(&call, "after", &last.id));
    paged(&call, data, Paged { total: Some(total), next }).await
}
