//! `demo/*.toml` as types.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) sampling: Vec<Year>,
    pub(crate) fixed: Vec<Fixed>,
    pub(crate) pending: Pending,
    pub(crate) mix: Mix,
    pub(crate) county: Vec<County>,
    pub(crate) product: Vec<Product>,
    pub(crate) size: Vec<Size>,
    pub(crate) engineering: Vec<Engineering>,
    pub(crate) farm: Vec<Farm>,
    pub(crate) cut: Vec<Cut>,
    pub(crate) honour: Vec<Honour>,
    pub(crate) standard_item: Vec<StandardItem>,
    pub(crate) credit: Vec<Credit>,
    pub(crate) certificate: Vec<Certificate>,
    pub(crate) published: Vec<Published>,
    pub(crate) output: Vec<Output>,
    pub(crate) satisfaction: Satisfaction,
    pub(crate) injury: Injury,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Year {
    pub(crate) year: i16,
    pub(crate) batches: u64,
    pub(crate) conform: u64,
}

/// A county's count that is fixed because it is published.
#[derive(Debug, Deserialize)]
pub(crate) struct Fixed {
    pub(crate) region: String,
    pub(crate) year: i16,
    pub(crate) batches: u64,
    pub(crate) conform: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Pending {
    pub(crate) each_year: u64,
}

/// What records are drawn from; what stands there twice comes up twice as often.
#[derive(Debug, Deserialize)]
pub(crate) struct Mix {
    pub(crate) level: Vec<String>,
    pub(crate) link: Vec<String>,
    pub(crate) trade: Vec<String>,
    pub(crate) scale: Vec<String>,
    pub(crate) farm_class: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct County {
    pub(crate) code: String,
    pub(crate) share: u32,
    pub(crate) risk: f64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Product {
    pub(crate) code: String,
    pub(crate) weight: f64,
    pub(crate) risk: f64,
    pub(crate) standard: String,
    pub(crate) industry: String,
    pub(crate) items: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Size {
    pub(crate) code: String,
    pub(crate) weight: f64,
    pub(crate) risk: f64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Engineering {
    pub(crate) year: i16,
    pub(crate) projects: u64,
    pub(crate) first: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Farm {
    pub(crate) year: i16,
    pub(crate) samples: u64,
    pub(crate) conform: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Cut {
    pub(crate) region: String,
    pub(crate) year: i16,
    pub(crate) pollutant: String,
    pub(crate) tonnes: String,
    pub(crate) works: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Honour {
    pub(crate) kind: String,
    pub(crate) items: u64,
    pub(crate) holders: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StandardItem {
    pub(crate) kind: String,
    pub(crate) items: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Credit {
    pub(crate) scheme: String,
    pub(crate) grade: String,
    pub(crate) items: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Certificate {
    pub(crate) region: String,
    pub(crate) kind: String,
    pub(crate) items: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Published {
    pub(crate) figure: String,
    pub(crate) region: String,
    pub(crate) period: String,
    pub(crate) value: String,
    pub(crate) source: String,
}

/// Gross output of an industry in the region, spread over the counties (weights of the two-layer rate).
#[derive(Debug, Deserialize)]
pub(crate) struct Output {
    pub(crate) industry: String,
    pub(crate) yuan_10k: u64,
}

/// A satisfaction survey: a stratum per county, points drawn in it, interviews at each.
#[derive(Debug, Deserialize)]
pub(crate) struct Satisfaction {
    pub(crate) survey: String,
    pub(crate) first_day: String,
    pub(crate) days: i64,
    pub(crate) points: u64,
    pub(crate) each: u64,
    pub(crate) subject: Vec<String>,
    pub(crate) question: Vec<Question>,
    pub(crate) stratum: Vec<Stratum>,
}

/// A question of the form, and how far its mean lies from the county's.
#[derive(Debug, Deserialize)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) shift: f64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Stratum {
    pub(crate) region: String,
    pub(crate) households: u64,
    pub(crate) points: u64,
    pub(crate) mean: f64,
}

/// Injury cards week by week, with a season and weeks in which one product stands out.
#[derive(Debug, Deserialize)]
pub(crate) struct Injury {
    pub(crate) first_day: String,
    pub(crate) last_day: String,
    pub(crate) each_week: f64,
    pub(crate) season: f64,
    pub(crate) peak_week: f64,
    pub(crate) cause: Vec<String>,
    pub(crate) place: Vec<String>,
    pub(crate) severity: Vec<String>,
    pub(crate) product: Vec<String>,
    pub(crate) cluster: Vec<Cluster>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Cluster {
    pub(crate) week: String,
    pub(crate) weeks: u64,
    pub(crate) cases: u64,
    pub(crate) product: String,
    pub(crate) cause: String,
}

impl Plan {
    pub(crate) fn parse(text: &str) -> Result<Plan, String> {
        let plan: Plan = toml::from_str(text).map_err(|error| error.to_string())?;
        let (mix, injury) = (&plan.mix, &plan.injury);
        let lists = [&mix.level, &mix.link, &mix.trade, &mix.scale, &mix.farm_class];
        let injured =
            [&injury.cause, &injury.place, &injury.severity, &injury.product, &plan.satisfaction.subject];
        if lists.into_iter().chain(injured).any(|list| list.is_empty()) {
            return Err("a list of [mix] or [injury] is empty".to_owned());
        }
        Ok(plan)
    }
}
