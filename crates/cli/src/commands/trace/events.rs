//! `zhiheng trace history`, `show` and `query`.

use serde_json::Value;
use zhiheng_base::Diagnostic;
use zhiheng_desk::trace::Tracing;
use zhiheng_trace::json::{JsonStyle, write_event};
use zhiheng_trace::world::{Fact, World};

use super::{Asked, tracing};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, line};

/// The events of a thing and of what it was in.
pub(super) fn history(asked: &Asked<'_>, text: &str) -> Outcome {
    let thing = asked.find(text)?;
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("time", title("trace-time"), false),
        ("event", title("trace-event"), false),
        ("step", title("trace-step"), false),
        ("disposition", title("trace-disposition"), false),
        ("site", title("trace-site"), false),
        ("standing", title("trace-standing"), false),
        ("recorded", title("trace-recorded"), false),
        ("entry", title("trace-entry"), true),
    ]);
    asked.ask(|world| {
        for place in world.history(thing) {
            if let Some(fact) = world.fact(place) {
                listing.row(row(asked, world, fact));
            }
        }
    });
    Ok(listing.print(asked.context.format())?)
}

fn row(asked: &Asked<'_>, world: &World, fact: Fact<'_>) -> Vec<Value> {
    let deed = fact.deed;
    let action = deed.action.map_or_else(String::new, |action| asked.word("action", action.name()));
    let form = asked.word("form", deed.form.name());
    let event = if action.is_empty() { form } else { format!("{form} {action}") };
    let word = |kind: &str, term: Option<_>| term.map(|term| asked.word(kind, world.term(term)));
    vec![
        asked.time(deed.time).into(),
        event.into(),
        word("step", deed.step).into(),
        word("disposition", deed.disposition).into(),
        asked.place(world, deed.site).into(),
        asked.word("standing", fact.standing_word()).into(),
        asked.time(deed.recorded).into(),
        deed.entry.into(),
    ]
}

/// One event as JSON-LD, by its identifier or its entry of the ledger.
pub(super) fn show(context: &Context, text: &str) -> Outcome {
    let tracing = tracing(context)?;
    let entry = entry(&tracing, text)?;
    let (restored, at) = context.wait(tracing.event(entry))?;
    let mut event = restored.event;
    event.recorded = zhiheng_trace::Time::at(at);
    if !restored.erased.is_empty() {
        let parts: Vec<String> =
            restored.erased.iter().map(|part| context.say(&format!("trace-part-{part}"), &[])).collect();
        context.note(&context.say("trace-erased", &[("parts", &parts.join(", "))]));
    }
    Ok(line(&write_event(&event, &[], JsonStyle::Pretty))?)
}

/// The entry of an event that is named by its identifier or entry.
fn entry(tracing: &Tracing, text: &str) -> Result<u64, Failure> {
    match text.parse() {
        Ok(entry) => Ok(entry),
        Err(_) => {
            let found = tracing.held().world.entry_of(text);
            Ok(found.ok_or_else(|| Diagnostic::error("ZH9558").arg("value", text))?)
        }
    }
}

/// Erases parts of an event for good. Its entry and all proofs stay.
pub(super) fn erase(context: &Context, text: &str, parts: &[String], reason: &str, by: &str) -> Outcome {
    let tracing = tracing(context)?;
    let entry = entry(&tracing, text)?;
    // refuses an entry that is of something else
    context.wait(tracing.has(entry))?;
    for part in parts {
        context.wait(tracing.ledger().erase(entry, part, reason, by, context.now()))?;
        let part = context.say(&format!("trace-part-{part}"), &[]);
        context.note(&context.say("trace-part-erased", &[("entry", &entry.to_string()), ("part", &part)]));
    }
    Ok(context.wait(tracing.refresh())?)
}

/// Events that fit the parameters of a query, as an EPCIS query document.
pub(super) fn query(context: &Context, parameters: &[String]) -> Outcome {
    let tracing = tracing(context)?;
    let pairs: Vec<(String, String)> = parameters
        .iter()
        .flat_map(|text| text.split('&'))
        .filter(|text| !text.is_empty())
        .map(|text| match text.split_once('=') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (text.to_owned(), String::new()),
        })
        .collect();
    let page = context.wait(tracing.query(&pairs))?;
    if let Some(token) = page.next {
        context.note(&context.say("trace-more", &[("token", &token.text())]));
    }
    Ok(line(&zhiheng_trace::json::write(&page.document(), JsonStyle::Pretty))?)
}
