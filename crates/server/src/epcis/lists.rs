//! What events name, by list: kinds, things, steps, places, states; each with the events that name it.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;
use zhiheng_desk::trace::{Repository, View};
use zhiheng_trace::Vocabulary;
use zhiheng_trace::event::{EpcFormat, EventKind};
use zhiheng_trace::id::{Identifier, Prefixes, canonical};
use zhiheng_trace::query::{MOST_PER_PAGE, PER_PAGE, Query};
use zhiheng_trace::world::{Deed, World};

use super::answer::collection;
use super::events::{answered, asked, exactly};
use super::terms::Terms;
use super::view::opened;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// The lists there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    EventTypes,
    Epcs,
    BizSteps,
    Dispositions,
    ReadPoints,
    BizLocations,
}

const LISTS: [(&str, List); 6] = [
    ("eventTypes", List::EventTypes),
    ("epcs", List::Epcs),
    ("bizSteps", List::BizSteps),
    ("dispositions", List::Dispositions),
    ("readPoints", List::ReadPoints),
    ("bizLocations", List::BizLocations),
];

/// The five kinds of the standard.
const KINDS: [&str; 5] =
    ["AggregationEvent", "AssociationEvent", "ObjectEvent", "TransactionEvent", "TransformationEvent"];

/// Whether there is such a list.
pub(crate) fn is_one(name: &str) -> bool {
    LISTS.iter().any(|(own, _)| *own == name)
}

fn list_of(call: &Call) -> Result<List, Problem> {
    let name = call.param("list");
    let found = LISTS.iter().find(|(own, _)| *own == name);
    found.map(|(_, list)| *list).ok_or_else(Problem::not_found)
}

/// How many are wanted at once.
///
/// # Errors
///
/// ZH9561 for what is no number from 1.
pub(crate) fn per_page(call: &Call) -> Result<usize, Problem> {
    let text = call.query.get("perPage");
    if !call.query.names().any(|name| name == "perPage") {
        return Ok(PER_PAGE);
    }
    let wrong = || Diagnostic::error("ZH9561").arg("name", "perPage").arg("value", text);
    let count: usize = text.parse().map_err(|_| wrong())?;
    if count == 0 { Err(wrong().into()) } else { Ok(count.min(MOST_PER_PAGE)) }
}

/// Refuses what a list cannot be asked.
///
/// # Errors
///
/// ZH9560.
pub(crate) fn only_paging(call: &Call) -> Result<(), Problem> {
    let known = ["perPage", "nextPageToken"];
    match call.query.names().find(|name| !known.contains(name)) {
        Some(name) => {
            Err(Diagnostic::error("ZH9560").arg("name", name.chars().take(80).collect::<String>()).into())
        }
        None => Ok(()),
    }
}

/// `GET /{list}`
pub(crate) async fn list(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let list = list_of(&call)?;
    let content_type = Terms::plain(&call)?;
    only_paging(&call)?;
    let wanted = per_page(&call)?;
    let after = call.query.get("nextPageToken");
    let format = Terms::of(&call)?.format;
    let (members, next) = if list == List::Epcs {
        things(&repository, &view, after, wanted, format).await?
    } else {
        let all = words(&repository, &view, list).await?;
        // The token is the last member of the page before: what is captured between two pages shifts none.
        let mut rest = all.range::<str, _>((std::ops::Bound::Excluded(after), std::ops::Bound::Unbounded));
        let mut members: Vec<String> = Vec::new();
        members.extend((&mut rest).take(wanted).cloned());
        let next = rest.next().and(members.last().cloned());
        let is_place = matches!(list, List::ReadPoints | List::BizLocations);
        let members = members.into_iter().map(|text| if is_place { spelled(text, format) } else { text });
        (members.collect(), next)
    };
    collection(&call, &members, next.as_deref(), content_type)
}

/// Pieces in the order in which they were first named; the token counts what is named.
async fn things(
    repository: &Repository,
    view: &View,
    after: &str,
    wanted: usize,
    format: EpcFormat,
) -> Result<(Vec<String>, Option<String>), Problem> {
    let from: u64 = if after.is_empty() {
        0
    } else {
        after.parse().map_err(|_| {
            Diagnostic::error("ZH9564").arg("value", after.chars().take(80).collect::<String>())
        })?
    };
    let (members, next) = repository
        .world(view, |world| {
            let mut rest = world
                .nodes()
                .filter(|node| u64::from(node.number()) >= from && world.is_piece(*node))
                .filter(|node| world.events_of(*node).next().is_some());
            let members: Vec<String> = (&mut rest).take(wanted).map(|node| world.text(node)).collect();
            (members, rest.next().map(|node| node.number().to_string()))
        })
        .await?;
    Ok((members.into_iter().map(|text| spelled(text, format)).collect(), next))
}

/// An identifier as the client wants it, as far as that can be.
fn spelled(text: String, format: EpcFormat) -> String {
    if format != EpcFormat::Urn {
        return text;
    }
    let urn = Identifier::read(&text).and_then(|identifier| identifier.urn(&Prefixes::none()));
    urn.unwrap_or(text)
}

/// The members of a list of words or places.
async fn words(repository: &Repository, view: &View, list: List) -> Result<BTreeSet<String>, Problem> {
    Ok(match list {
        List::EventTypes => KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
        List::Epcs => BTreeSet::new(),
        List::BizSteps => repository.world(view, |world| terms(world, |deed| deed.step)).await?,
        List::Dispositions => repository.world(view, |world| terms(world, |deed| deed.disposition)).await?,
        List::ReadPoints => repository.sites(view, |sites| sites.read_points.clone()).await?,
        List::BizLocations => repository.sites(view, |sites| sites.locations.clone()).await?,
    })
}

fn terms(world: &World, of: impl Fn(&Deed) -> Option<zhiheng_trace::dictionary::TermId>) -> BTreeSet<String> {
    let terms: BTreeSet<_> = world.facts().filter_map(|fact| of(fact.deed)).collect();
    terms.into_iter().map(|term| world.term(term).to_owned()).collect()
}

/// `GET /{list}/{value}`
pub(crate) async fn item(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    // There is one member, which fits every page; what is no size of a page is told all the same.
    only_paging(&call)?;
    per_page(&call)?;
    narrowed(&call, &repository, &view).await?;
    collection(&call, &["events".to_owned()], None, content_type)
}

/// `GET /{list}/{value}/events`
pub(crate) async fn events(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let terms = Terms::of(&call)?;
    let narrow = narrowed(&call, &repository, &view).await?;
    let query = asked(&call)?.and(narrow);
    answered(&call, &repository, &view, &terms, &query).await
}

/// The query for the events that name the member, if it is known.
async fn narrowed(call: &Call, repository: &Repository, view: &View) -> Result<Query, Problem> {
    let list = list_of(call)?;
    let value = call.param("value");
    let missing = || {
        Problem::from(Diagnostic::error("ZH9593").arg("value", value.chars().take(120).collect::<String>()))
    };
    let of_word = async |vocabulary: Vocabulary| {
        let word = vocabulary.bare(value).unwrap_or(value).to_owned();
        Ok::<_, Problem>(words(repository, view, list).await?.contains(&word))
    };
    let (name, known) = match list {
        List::EventTypes => {
            let own = EventKind::of_name(value).is_none() && value.contains(':');
            let mut query = exactly("eventType", if own { value } else { "ObjectEvent" })?;
            query.per_page = 1;
            let is_there = own && !repository.ask(view, &query).await?.events.is_empty();
            ("eventType", KINDS.contains(&value) || is_there)
        }
        List::Epcs => {
            let found = repository.world(view, |world| {
                let node = world.find(value).filter(|node| world.events_of(*node).next().is_some());
                node.map(|node| world.is_piece(node))
            });
            match found.await? {
                Some(true) => ("MATCH_anyEPC", true),
                Some(false) => ("MATCH_anyEPCClass", true),
                None => ("MATCH_anyEPC", false),
            }
        }
        List::BizSteps => ("EQ_bizStep", of_word(Vocabulary::BizStep).await?),
        List::Dispositions => ("EQ_disposition", of_word(Vocabulary::Disposition).await?),
        List::ReadPoints => {
            let place = canonical(value);
            (
                "EQ_readPoint",
                repository.sites(view, |sites| sites.read_points.contains(place.as_ref())).await?,
            )
        }
        List::BizLocations => {
            let place = canonical(value);
            (
                "EQ_bizLocation",
                repository.sites(view, |sites| sites.locations.contains(place.as_ref())).await?,
            )
        }
    };
    if known { exactly(name, value) } else { Err(missing()) }
}
