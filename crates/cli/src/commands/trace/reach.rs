//! `zhiheng trace up`, `down` and `contents`.

use zhiheng_trace::world::reach::Step;
use zhiheng_trace::world::{Node, Sure, World};

use super::{Asked, moment};
use crate::failure::Outcome;
use crate::output::Listing;

/// What a thing came from.
pub(super) fn up(asked: &Asked<'_>, text: &str) -> Outcome {
    let thing = asked.find(text)?;
    reached(asked, |world| world.upstream(&[thing]))
}

/// What came of a thing.
pub(super) fn down(asked: &Asked<'_>, text: &str) -> Outcome {
    let thing = asked.find(text)?;
    reached(asked, |world| world.downstream(&[thing]))
}

fn reached(asked: &Asked<'_>, ask: impl FnOnce(&World) -> Vec<(Node, Step)>) -> Outcome {
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("thing", title("trace-thing"), false),
        ("level", title("trace-level"), false),
        ("links", title("trace-links"), true),
        ("sure", title("trace-sure"), false),
        ("from", title("trace-from"), false),
        ("fate", title("trace-fate"), false),
        ("site", title("trace-site"), false),
    ]);
    asked.ask(|world| {
        for (node, step) in ask(world) {
            let state = world.state(node);
            let sure = if step.sure == Sure::Recorded { "recorded" } else { "possible" };
            listing.row(vec![
                asked.thing(world, node).into(),
                asked.level(world, node).into(),
                step.links.into(),
                asked.word("sure", sure).into(),
                asked.thing(world, step.from).into(),
                asked.word("fate", state.fate.word()).into(),
                asked.place(world, state.site).into(),
            ]);
        }
    });
    Ok(listing.print(asked.context.format())?)
}

/// What is in a container, now or at a moment.
pub(super) fn contents(asked: &Asked<'_>, text: &str, at: Option<&str>) -> Outcome {
    let container = asked.find(text)?;
    let time = at.map(|text| moment(text, false)).transpose()?.unwrap_or(i64::MAX - 1);
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("thing", title("trace-thing"), false),
        ("level", title("trace-level"), false),
        ("inside", title("trace-inside"), false),
        ("from", title("trace-since"), false),
        ("to", title("trace-until"), false),
    ]);
    asked.ask(|world| {
        for node in world.contents_at(container, time) {
            let stay = world.stays(node).into_iter().rev().find(|stay| stay.from <= time && time <= stay.to);
            let Some(stay) = stay else { continue };
            let until = (stay.to != i64::MAX).then(|| asked.time(stay.to)).flatten();
            listing.row(vec![
                asked.thing(world, node).into(),
                asked.level(world, node).into(),
                asked.thing(world, stay.container).into(),
                asked.time(stay.from).into(),
                until.into(),
            ]);
        }
    });
    Ok(listing.print(asked.context.format())?)
}
