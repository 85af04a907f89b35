//! `zhiheng trace generate`: made-up events as EPCIS documents.

use std::path::Path;

use zhiheng_trace::Time;
use zhiheng_trace::event::{Document, DocumentKind};
use zhiheng_trace::generate::{Kind, Plan};
use zhiheng_trace::json::{JsonStyle, write};

use crate::args::WorldArg;
use crate::context::Context;
use crate::failure::Outcome;

/// Events of a document.
const EACH: usize = 5000;

/// Writes documents of at most [`EACH`] events into a folder.
pub(super) fn run(context: &Context, world: WorldArg, events: u64, seed: u64, dir: &Path) -> Outcome {
    let kind = match world {
        WorldArg::Dairy => Kind::Dairy,
        WorldArg::Liquor => Kind::Liquor,
    };
    let plan = Plan::of_size(kind, events, seed);
    std::fs::create_dir_all(dir)?;
    let mut all = plan.events().peekable();
    let (mut n_files, mut n_events) = (0, 0);
    while all.peek().is_some() {
        let mut document = Document::new(DocumentKind::Capture);
        // a fixed moment, so that the same seed gives the same bytes
        document.created = Time::read("2026-01-01T00:00:00Z");
        document.events = all.by_ref().take(EACH).collect();
        (n_files, n_events) = (n_files + 1, n_events + document.events.len());
        std::fs::write(
            dir.join(format!("events-{n_files:05}.jsonld")),
            write(&document, JsonStyle::Compact),
        )?;
    }
    let lot = zhiheng_trace::id::shown(&plan.raw_lot(0, 0, 0));
    let said = context.say(
        "trace-generated",
        &[
            ("files", &n_files.to_string()),
            ("events", &n_events.to_string()),
            ("dir", &dir.display().to_string()),
            ("lot", &format!("'{lot}'")),
        ],
    );
    context.note(&said);
    Ok(())
}
