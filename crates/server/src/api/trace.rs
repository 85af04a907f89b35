//! What events tell of things: history, what a thing came from and what came of it, contents, findings. An enterprise is answered from its
//! own events alone, so that no answer tells whom another one delivers to.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::Diagnostic;
use zhiheng_trace::dictionary::TermId;
use zhiheng_trace::world::reach::Step;
use zhiheng_trace::world::{Finding, Node, Standing, Sure, World, moment};

use super::parameters::{check as checked, limit, number};
use super::{Paged, paged};
use crate::call::Call;
use crate::epcis::view::opened;
use crate::problem::Problem;
use crate::route::Answer;

/// An event of a thing, or of what it was in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Happened {
    /// When.
    pub(crate) time: Option<String>,
    /// Form, such as `ObjectEvent`.
    pub(crate) event: String,
    /// `ADD`, `OBSERVE`, `DELETE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<String>,
    /// Business step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<String>,
    /// State afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) disposition: Option<String>,
    /// Place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<String>,
    /// `stands`, `redacted`, `voided`, `declaration`, `conflict`.
    pub(crate) standing: String,
    /// When it was captured.
    pub(crate) recorded: Option<String>,
    /// Its entry of the ledger.
    pub(crate) entry: u64,
}

/// A thing that is linked with another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Linked {
    /// The thing, as a GS1 Digital Link where it has a GS1 key.
    pub(crate) thing: String,
    /// `piece`, `lot`, `class`.
    pub(crate) level: String,
    /// Links in between.
    pub(crate) links: u32,
    /// `recorded` or `possible`.
    pub(crate) sure: String,
    /// The thing before it on the way.
    pub(crate) from: String,
    /// What has become of it: `at`, `in-transit`, `sold`, `used`, `ended`, `unknown`.
    pub(crate) fate: String,
    /// Its last known place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<String>,
}

/// A thing in a container.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Inside {
    /// The thing.
    pub(crate) thing: String,
    /// `piece`, `lot`, `class`.
    pub(crate) level: String,
    /// The container right around it.
    pub(crate) inside: String,
    /// Since when.
    pub(crate) from: Option<String>,
    /// Until when; absent while it is in there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
}

/// Something that does not fit together.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Found {
    /// `conflict`, `corrective-missing`, `two-containers`, `not-inside`, `never-commissioned`, `never-received`,
    /// `seen-after-end` and the like.
    pub(crate) finding: String,
    /// The event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<String>,
    /// The thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thing: Option<String>,
    /// Where it was, or was said to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) container: Option<String>,
    /// Where it was put.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) other: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time: Option<String>,
}

/// Asks the world in view, as it is or as it was known at a size of the ledger.
pub(super) async fn ask<T>(
    call: &Call,
    ask: impl FnOnce(&World) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let (repository, view) = opened(call).await?;
    checked(call)?;
    match number(call, "as_of") {
        Some(size) => repository.world_as_of(&view, size, ask).await?,
        None => repository.world(&view, ask).await?,
    }
}

/// The thing of the address.
pub(super) fn thing(call: &Call, world: &World) -> Result<Node, Problem> {
    let text = call.param("thing").trim();
    let shown: String = text.chars().take(120).collect();
    world.find(text).ok_or_else(|| Diagnostic::error("ZH9551").arg("value", shown).into())
}

/// A part of a list that was made whole: `after` counts what was answered before.
pub(super) async fn part<T: Serialize>(call: &Call, all: impl Iterator<Item = T>, total: usize) -> Answer {
    let from = number(call, "after").map_or(0, |after| usize::try_from(after).unwrap_or(usize::MAX));
    let data: Vec<T> = all.skip(from).take(limit(call)).collect();
    let end = from.saturating_add(data.len());
    let next = (end < total && !data.is_empty()).then(|| super::next(call, "after", &end.to_string()));
    paged(call, data, Paged { total: Some(total as u64), next }).await
}

/// What kind of thing it is.
pub(super) fn level(world: &World, node: Node) -> String {
    zhiheng_desk::trace::level(world, node).to_owned()
}

pub(super) fn sure(sure: Sure) -> String {
    if sure == Sure::Recorded { "recorded".to_owned() } else { "possible".to_owned() }
}

pub(super) fn time(micros: i64) -> Option<String> {
    Timestamp::from_microsecond(micros).ok().map(|time| time.to_string())
}

pub(super) fn term(world: &World, term: Option<TermId>) -> Option<String> {
    term.map(|term| world.term(term).to_owned())
}

/// `GET /api/v1/trace/history/{thing}`
pub(crate) async fn history(call: Call) -> Answer {
    let all = ask(&call, |world| {
        let places = world.history(thing(&call, world)?);
        let told = places.into_iter().filter_map(|place| world.fact(place)).map(|fact| Happened {
            time: time(fact.deed.time),
            event: fact.deed.form.name().to_owned(),
            action: fact.deed.action.map(|action| action.name().to_owned()),
            step: term(world, fact.deed.step),
            disposition: term(world, fact.deed.disposition),
            site: term(world, fact.deed.site),
            standing: match fact.standing {
                Standing::Stands if fact.deed.redacted => "redacted",
                Standing::Stands => "stands",
                Standing::Voided => "voided",
                Standing::Declaration => "declaration",
                Standing::Conflict => "conflict",
            }
            .to_owned(),
            recorded: time(fact.deed.recorded),
            entry: fact.deed.entry,
        });
        Ok(told.collect::<Vec<_>>())
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter(), total).await
}

/// `GET /api/v1/trace/up/{thing}`
pub(crate) async fn up(call: Call) -> Answer {
    reached(call, |world, thing| world.upstream(&[thing])).await
}

/// `GET /api/v1/trace/down/{thing}`
pub(crate) async fn down(call: Call) -> Answer {
    reached(call, |world, thing| world.downstream(&[thing])).await
}

async fn reached(call: Call, reach: impl FnOnce(&World, Node) -> Vec<(Node, Step)>) -> Answer {
    let from = number(&call, "after").map_or(0, |after| usize::try_from(after).unwrap_or(usize::MAX));
    let (wanted, mut total) = (limit(&call), 0);
    let page = ask(&call, |world| {
        let all = reach(world, thing(&call, world)?);
        total = all.len();
        let told = all.into_iter().skip(from).take(wanted).map(|(node, step)| {
            let state = world.state(node);
            Linked {
                thing: world.text(node),
                level: level(world, node),
                links: step.links,
                sure: sure(step.sure),
                from: world.text(step.from),
                fate: state.fate.word().to_owned(),
                site: term(world, state.site),
            }
        });
        Ok(told.collect::<Vec<_>>())
    });
    let page = page.await?;
    answered(&call, page, from, total).await
}

/// A page that was cut while the world was at hand.
pub(super) async fn answered<T: Serialize>(call: &Call, page: Vec<T>, from: usize, total: usize) -> Answer {
    let end = from.saturating_add(page.len());
    let next = (end < total && !page.is_empty()).then(|| super::next(call, "after", &end.to_string()));
    paged(call, page, Paged { total: Some(total as u64), next }).await
}

/// `GET /api/v1/trace/contents/{thing}`
pub(crate) async fn contents(call: Call) -> Answer {
    let at = match call.query.get("at") {
        "" => i64::MAX - 1,
        // a plus that was not escaped comes as a space
        text => moment(&text.replace(' ', "+")).ok_or_else(|| {
            Diagnostic::error("ZH9553").arg("value", text.chars().take(80).collect::<String>())
        })?,
    };
    let all = ask(&call, |world| {
        let inside = world.contents_at(thing(&call, world)?, at);
        let told = inside.into_iter().filter_map(|node| {
            let stay = world.stays(node).into_iter().rev().find(|stay| stay.from <= at && at <= stay.to)?;
            Some(Inside {
                thing: world.text(node),
                level: level(world, node),
                inside: world.text(stay.container),
                from: time(stay.from),
                to: (stay.to != i64::MAX).then(|| time(stay.to)).flatten(),
            })
        });
        Ok(told.collect::<Vec<_>>())
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter(), total).await
}

/// `GET /api/v1/trace/check`
pub(crate) async fn check(call: Call) -> Answer {
    let all = ask(&call, |world| {
        let named = |node| Some(world.text(node));
        let told = world.findings().into_iter().map(|finding| match finding {
            Finding::Conflict { id } => {
                Found { finding: "conflict".to_owned(), event: Some(id), ..Found::default() }
            }
            Finding::CorrectiveMissing { id } => {
                Found { finding: "corrective-missing".to_owned(), event: Some(id), ..Found::default() }
            }
            Finding::TwoContainers { thing, old, new, time: at } => Found {
                finding: "two-containers".to_owned(),
                thing: named(thing),
                container: named(old),
                other: named(new),
                time: time(at),
                ..Found::default()
            },
            Finding::NotInside { thing, container, time: at } => Found {
                finding: "not-inside".to_owned(),
                thing: named(thing),
                container: named(container),
                time: time(at),
                ..Found::default()
            },
            Finding::NeverCommissioned { thing } => {
                Found { finding: "never-commissioned".to_owned(), thing: named(thing), ..Found::default() }
            }
            Finding::NeverReceived { thing, time: at } => Found {
                finding: "never-received".to_owned(),
                thing: named(thing),
                time: time(at),
                ..Found::default()
            },
            Finding::SeenAfterEnd { thing, time: at } => Found {
                finding: "seen-after-end".to_owned(),
                thing: named(thing),
                time: time(at),
                ..Found::default()
            },
        });
        Ok(told.collect::<Vec<_>>())
    });
    let all = all.await?;
    let total = all.len();
    part(&call, all.into_iter(), total).await
}
