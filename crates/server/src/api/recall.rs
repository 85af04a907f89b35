//! The questions of a recall: what is affected in figures and thing by thing, the ledger of a lot, temperatures outside limits.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_trace::world::World;
use zhiheng_trace::world::expose::Limit;
use zhiheng_trace::world::ledger::{Change, Dimension};
use zhiheng_trace::world::scope::Summary;

use super::answer;
use super::parameters::{limit, number};
use super::trace::{answered, ask, level, part, sure, term, thing, time};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// Minutes that a reading holds until the next, unless somebody asks for another number.
const GAP: u64 = 30;
const MINUTE: i64 = 60_000_000;

/// The scope of a recall in figures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scope {
    /// What is recalled.
    pub(crate) start: String,
    /// How many pieces by what has become of them: `at`, `in-transit`, `sold`, `used`, `ended`, `unknown`.
    pub(crate) pieces: BTreeMap<String, u64>,
    /// How many lots and classes.
    pub(crate) lots: u64,
    /// Things whose link is only possible; they count as affected.
    pub(crate) possible: u64,
    /// At how many places pieces are.
    pub(crate) n_sites: u64,
    /// The first of these, the most pieces first.
    pub(crate) sites: Vec<AtSite>,
    /// To how many parties something affected went.
    pub(crate) n_recipients: u64,
    /// The first of these.
    pub(crate) recipients: Vec<String>,
}

/// How many pieces are at a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AtSite {
    /// Place.
    pub(crate) site: String,
    /// Pieces.
    pub(crate) pieces: u64,
}

/// A party to whom something went.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recipient {
    /// The party.
    pub(crate) party: String,
}

/// A thing that a recall affects.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Affected {
    /// The thing.
    pub(crate) thing: String,
    /// `piece`, `lot`, `class`.
    pub(crate) level: String,
    /// Its lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lot: Option<String>,
    /// Links from what is recalled.
    pub(crate) links: u32,
    /// `recorded` or `possible`.
    pub(crate) sure: String,
    /// What has become of it.
    pub(crate) fate: String,
    /// Its last known place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<String>,
    /// Its last state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) disposition: Option<String>,
    /// When it was last heard of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time: Option<String>,
    /// To whom it went.
    pub(crate) recipients: Vec<String>,
}

/// A line of the ledger of a lot or class.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Movement {
    /// When.
    pub(crate) time: Option<String>,
    /// `made`, `used`, `shipped`, `received`, `ended`.
    pub(crate) change: String,
    /// Place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<String>,
    /// How much, exactly; less than nothing if it went.
    pub(crate) amount: String,
    /// Stock at the place afterwards.
    pub(crate) stock: String,
    /// `kg`, `l`, `pieces`.
    pub(crate) unit: String,
}

/// How long a thing was outside limits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Exposed {
    /// The thing.
    pub(crate) thing: String,
    /// `piece`, `lot`, `class`.
    pub(crate) level: String,
    /// Minutes outside the limits.
    pub(crate) outside_minutes: String,
    /// Minutes for which there are readings.
    pub(crate) covered_minutes: String,
    /// Minutes for which there are none; they prove nothing.
    pub(crate) unknown_minutes: String,
    /// Highest reading, degrees Celsius.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) highest: Option<String>,
    /// Lowest reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lowest: Option<String>,
}

/// The first of a list in order; the rest need not be brought in order for that.
fn first<T>(mut all: Vec<T>, most: usize, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    if all.len() > most && most > 0 {
        all.select_nth_unstable_by(most - 1, &order);
    }
    all.truncate(most);
    all.sort_unstable_by(order);
    all
}

/// Places of pieces: the most pieces first, then by name.
fn sites(world: &World, summary: &Summary, most: usize) -> Vec<AtSite> {
    let all = summary.sites.iter().map(|(site, count)| (world.term(*site), *count)).collect();
    let order = |one: &(&str, usize), other: &(&str, usize)| other.1.cmp(&one.1).then(one.0.cmp(other.0));
    let first = first(all, most, order).into_iter();
    first.map(|(site, pieces)| AtSite { site: site.to_owned(), pieces: pieces as u64 }).collect()
}

/// Parties to whom something went, by name.
fn recipients(world: &World, summary: &Summary, most: usize) -> Vec<String> {
    let all = summary.recipients.iter().map(|party| world.term(*party)).collect();
    first(all, most, |one: &&str, other| one.cmp(other)).into_iter().map(str::to_owned).collect()
}

/// `GET /api/v1/trace/recall/{thing}`
pub(crate) async fn summary(call: Call) -> Answer {
    let most = limit(&call);
    let scope = ask(&call, |world| {
        let start = thing(&call, world)?;
        let summary = world.summary(&[start]);
        let pieces = summary.pieces.iter().map(|(fate, count)| (fate.word().to_owned(), *count as u64));
        Ok(Scope {
            start: world.text(start),
            pieces: pieces.collect(),
            lots: summary.lots as u64,
            possible: summary.possible as u64,
            n_sites: summary.sites.len() as u64,
            sites: sites(world, &summary, most),
            n_recipients: summary.recipients.len() as u64,
            recipients: recipients(world, &summary, most),
        })
    });
    answer(&call, scope.await?).await
}

/// `GET /api/v1/trace/recall/{thing}/sites`
pub(crate) async fn all_sites(call: Call) -> Answer {
    let all = ask(&call, |world| {
        let summary = world.summary(&[thing(&call, world)?]);
        Ok(sites(world, &summary, usize::MAX))
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter(), total).await
}

/// `GET /api/v1/trace/recall/{thing}/recipients`
pub(crate) async fn all_recipients(call: Call) -> Answer {
    let all = ask(&call, |world| {
        let summary = world.summary(&[thing(&call, world)?]);
        Ok(recipients(world, &summary, usize::MAX))
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter().map(|party| Recipient { party }), total).await
}

/// `GET /api/v1/trace/recall/{thing}/things`
pub(crate) async fn things(call: Call) -> Answer {
    let from = number(&call, "after").map_or(0, |after| usize::try_from(after).unwrap_or(usize::MAX));
    let (wanted, mut total) = (limit(&call), 0);
    let page = ask(&call, |world| {
        let all = world.affected(&[thing(&call, world)?]);
        total = all.len();
        let told = all.into_iter().skip(from).take(wanted).map(|(node, links, how)| {
            let state = world.state(node);
            let mut recipients: Vec<String> =
                state.recipients.iter().map(|party| world.term(*party).to_owned()).collect();
            recipients.sort_unstable();
            Affected {
                thing: world.text(node),
                level: level(world, node),
                lot: world.lot_of(node).map(|lot| world.text(lot)),
                links,
                sure: sure(how),
                fate: state.fate.word().to_owned(),
                site: term(world, state.site),
                disposition: term(world, state.disposition),
                time: state.time.and_then(time),
                recipients,
            }
        });
        Ok(told.collect::<Vec<_>>())
    });
    let page = page.await?;
    answered(&call, page, from, total).await
}

fn unit(dimension: Dimension) -> String {
    let word = match dimension {
        Dimension::Mass => "kg",
        Dimension::Volume => "l",
        Dimension::Count => "pieces",
    };
    word.to_owned()
}

/// `GET /api/v1/trace/balance/{thing}`
pub(crate) async fn balance(call: Call) -> Answer {
    let all = ask(&call, |world| {
        let mut stock = BTreeMap::new();
        let told = world.entries_of(thing(&call, world)?).into_iter().map(|entry| {
            let now = stock.entry((entry.site, entry.dimension)).or_insert(Decimal::ZERO);
            *now += entry.amount;
            let change = match entry.change {
                Change::Made => "made",
                Change::Used => "used",
                Change::Shipped => "shipped",
                Change::Received => "received",
                Change::Ended => "ended",
            };
            Movement {
                time: time(entry.time),
                change: change.to_owned(),
                site: term(world, entry.site),
                amount: entry.amount.normalize().to_string(),
                stock: now.normalize().to_string(),
                unit: unit(entry.dimension),
            }
        });
        Ok(told.collect::<Vec<_>>())
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter(), total).await
}

/// `GET /api/v1/trace/exposure/{thing}`: the thing and what is in its recall scope.
pub(crate) async fn exposure(call: Call) -> Answer {
    let limit = Limit {
        above: degrees(&call, "above")?,
        below: degrees(&call, "below")?,
        gap: i64::try_from(number(&call, "gap").unwrap_or(GAP).min(1 << 20)).unwrap_or(0) * MINUTE,
    };
    let minutes =
        |micros: i64| (Decimal::from(micros) / Decimal::from(MINUTE)).round_dp(1).normalize().to_string();
    let shown = |value: Option<Decimal>| value.map(|value| value.round_dp(2).normalize().to_string());
    let all = ask(&call, |world| {
        let wanted: std::collections::BTreeSet<_> =
            world.affected(&[thing(&call, world)?]).into_iter().map(|(node, _, _)| node).collect();
        let mut exposed: Vec<_> =
            world.exposures(&limit).into_iter().filter(|(node, _)| wanted.contains(node)).collect();
        exposed.sort_by_key(|(node, own)| (std::cmp::Reverse(own.outside), *node));
        let told = exposed.into_iter().map(|(node, own)| Exposed {
            thing: world.text(node),
            level: level(world, node),
            outside_minutes: minutes(own.outside),
            covered_minutes: minutes(own.covered),
            unknown_minutes: minutes(own.unknown),
            highest: shown(own.highest),
            lowest: shown(own.lowest),
        });
        Ok(told.collect::<Vec<_>>())
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter(), total).await
}

fn degrees(call: &Call, name: &'static str) -> Result<Option<Decimal>, Problem> {
    let text = call.query.get(name);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || {
        Diagnostic::error("ZH9561").arg("name", name).arg("value", text.chars().take(40).collect::<String>())
    };
    Ok(Some(text.parse().map_err(|_| wrong())?))
}
