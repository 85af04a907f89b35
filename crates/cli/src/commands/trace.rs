//! `zhiheng trace`: events in, answers about things out.

mod amounts;
mod capture;
mod check;
mod events;
mod generate;
mod reach;
mod recall;

use zhiheng_base::{Date, Diagnostic};
use zhiheng_desk::trace::{Speech, Tracing, level};
use zhiheng_trace::dictionary::TermId;
use zhiheng_trace::id::shown;
use zhiheng_trace::world::{Node, World};

use crate::args::{KnownWhen, TraceVerb};
use crate::context::Context;
use crate::failure::{Failure, Outcome};

/// Runs a verb of `trace`.
pub(crate) fn run(context: &Context, verb: TraceVerb) -> Outcome {
    match verb {
        TraceVerb::Capture { files, on_error, by, provenance } => {
            capture::run(context, &files, on_error.into(), &by, provenance.into())
        }
        TraceVerb::History { thing, known } => events::history(&open(context, &known)?, &thing),
        TraceVerb::Up { thing, known } => reach::up(&open(context, &known)?, &thing),
        TraceVerb::Down { thing, known } => reach::down(&open(context, &known)?, &thing),
        TraceVerb::Contents { thing, at, known } => {
            reach::contents(&open(context, &known)?, &thing, at.as_deref())
        }
        TraceVerb::Recall { things, list, output, known } => {
            recall::run(&open(context, &known)?, &things, list, output.as_deref())
        }
        TraceVerb::Balance { thing, known } => match thing {
            Some(thing) => amounts::of_thing(&open(context, &known)?, &thing),
            None => amounts::all(&open(context, &known)?),
        },
        TraceVerb::Exposure { things, above, below, gap, known } => {
            amounts::exposure(&open(context, &known)?, &things, above, below, &gap)
        }
        TraceVerb::Check { things, rule, known } => {
            check::run(&open(context, &known)?, &things, rule.as_deref())
        }
        TraceVerb::Show { event } => events::show(context, &event),
        TraceVerb::Erase { event, parts, reason, by } => events::erase(context, &event, &parts, &reason, &by),
        TraceVerb::Query { parameters } => events::query(context, &parameters),
        TraceVerb::Jobs { id } => capture::jobs(context, id.as_deref()),
        TraceVerb::Generate { world, events, seed, output } => {
            generate::run(context, world, events, seed, &output)
        }
    }
}

/// The project's traceability.
pub(crate) fn tracing(context: &Context) -> Result<Tracing, Failure> {
    let (project, ledger) = context.ledger()?;
    Ok(context.wait(Tracing::open(&project, ledger))?)
}

/// The project's traceability as it was known at some time.
struct Asked<'c> {
    context: &'c Context,
    tracing: Tracing,
    then: Option<World>,
}

fn open<'c>(context: &'c Context, known: &KnownWhen) -> Result<Asked<'c>, Failure> {
    let tracing = tracing(context)?;
    let then = match &known.as_of {
        None => None,
        Some(text) => {
            let size = size_of(context, &tracing, text)?;
            Some(context.wait(tracing.as_of(size))?.0)
        }
    };
    Ok(Asked { context, tracing, then })
}

/// A size of the ledger, stated as such or as a time.
fn size_of(context: &Context, tracing: &Tracing, text: &str) -> Result<u64, Failure> {
    if let Ok(size) = text.parse() {
        return Ok(size);
    }
    let micros = moment(text, true)?;
    let wrong = || Diagnostic::error("ZH9553").arg("value", text);
    let time = jiff::Timestamp::from_microsecond(micros).map_err(|_| wrong())?;
    Ok(context.wait(tracing.ledger().size_at(time))?)
}

/// A moment in microseconds: a time with its offset, or a day in China, from its beginning or to its end.
fn moment(text: &str, to_end: bool) -> Result<i64, Failure> {
    if let Some(micros) = zhiheng_trace::world::moment(text) {
        return Ok(micros);
    }
    let wrong = || Diagnostic::error("ZH9553").arg("value", text);
    let day: Date = text.parse().map_err(|_| wrong())?;
    let start = zhiheng_trace::world::moment(&format!("{day}T00:00:00+08:00")).ok_or_else(wrong)?;
    Ok(if to_end { start + 86_400_000_000 - 1 } else { start })
}

impl Asked<'_> {
    /// Asks the world.
    fn ask<T>(&self, ask: impl FnOnce(&World) -> T) -> T {
        match &self.then {
            Some(world) => ask(world),
            None => ask(&self.tracing.held().world),
        }
    }

    /// The thing that a text names.
    fn find(&self, text: &str) -> Result<Node, Failure> {
        let found = self.ask(|world| world.find(text.trim()));
        Ok(found.ok_or_else(|| Diagnostic::error("ZH9551").arg("value", text))?)
    }

    /// A thing as people read it: the element string of a GS1 key; for machines the Digital Link.
    fn thing(&self, world: &World, node: Node) -> String {
        let text = world.text(node);
        if self.context.is_plain() { shown(&text) } else { text }
    }

    /// A place likewise.
    fn place(&self, world: &World, site: Option<TermId>) -> Option<String> {
        let text = world.term(site?);
        Some(if self.context.is_plain() { shown(text) } else { text.to_owned() })
    }

    /// A moment: on China's clock for people, with its offset for machines.
    fn time(&self, micros: i64) -> Option<String> {
        time(self.context, micros)
    }

    /// A standard word in the reader's language; for machines as it is.
    fn word(&self, kind: &str, word: &str) -> String {
        if !self.context.is_plain() {
            return word.to_owned();
        }
        Speech(self.context.lang).word(kind, word)
    }

    /// What kind of thing it is: piece, lot or class.
    fn level(&self, world: &World, node: Node) -> String {
        self.word("level", level(world, node))
    }
}

/// A moment: on China's clock for people, with its offset for machines.
fn time(context: &Context, micros: i64) -> Option<String> {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    let time = jiff::Timestamp::from_microsecond(micros).ok()?.to_zoned(zone);
    let form = if context.is_plain() { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%dT%H:%M:%S+08:00" };
    Some(time.strftime(form).to_string())
}
