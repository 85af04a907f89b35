//! `zhiheng story`: a stretch of an instance's life played into a project and held against what must come of it.

use zhiheng_act::case::Kind;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_desk::Desk;
use zhiheng_desk::story::{Player, Story, Told};

use crate::args::StoryVerb;
use crate::context::Context;
use crate::desk::opened;
use crate::failure::{Failure, Outcome};
use crate::output::line;

/// Runs a verb of `story`.
pub(crate) fn run(context: &Context, verb: StoryVerb) -> Outcome {
    let StoryVerb::Play { file, yes } = verb;
    let mut stories = vec![Story::read(&file)?];
    while let Some(before) = stories.last().map(Story::before).transpose()?.flatten() {
        stories.push(before);
    }
    stories.reverse();
    let (_, ledger) = context.ledger()?;
    let size = context.wait(ledger.size())?;
    if size > 0 && !yes {
        return Err(Diagnostic::error("ZH7207").arg("n", size).into());
    }
    play(context, opened(context)?, &stories, &mut |on, told| tell(context, on, &told))
}

/// Plays stories into a project, one after the other.
pub(crate) fn play(
    context: &Context,
    desk: Desk,
    stories: &[Story],
    tell: &mut dyn FnMut(Date, Told) -> std::io::Result<()>,
) -> Outcome {
    let Some((first, rest)) = stories.split_first() else { return Ok(()) };
    let beside = context.global.catalog.clone();
    let mut broken = None;
    let mut hear = |on, told| {
        if let Err(error) = tell(on, told) {
            broken.get_or_insert(error);
        }
    };
    let mut player = Player::new(first, desk, std::env::current_exe()?, beside, context.now());
    context.wait(player.play(&mut hear))?;
    for story in rest {
        player = player.then(story);
        context.wait(player.play(&mut hear))?;
    }
    broken.map_or(Ok(()), |error| Err(Failure::from(error)))
}

fn tell(context: &Context, on: Date, told: &Told) -> std::io::Result<()> {
    let lang = context.lang;
    let (id, args): (&str, Vec<(&str, String)>) = match told {
        Told::Part(words) => {
            line("")?;
            return line(words.get(lang));
        }
        Told::Records { of, n } => ("cli-story-records", vec![("of", of.clone()), ("n", n.to_string())]),
        Told::Act { kind, case, step, state, letters } => (
            if *letters == 0 { "cli-story-act" } else { "cli-story-act-letters" },
            vec![
                ("kind", context.say(&format!("cli-story-{}", word(*kind)), &[])),
                ("case", case.clone()),
                ("step", step.get(lang).to_owned()),
                ("state", state.get(lang).to_owned()),
                ("letters", letters.to_string()),
            ],
        ),
        Told::Refused { step, code } => {
            ("cli-story-refused", vec![("step", step.get(lang).to_owned()), ("code", code.clone())])
        }
        Told::Seen { what, is } => ("cli-story-seen", vec![("what", what.clone()), ("is", is.clone())]),
        Told::Adopted { folder, digest } => {
            let digest = digest.get(..12).unwrap_or_default().to_owned();
            ("cli-story-adopted", vec![("folder", folder.clone()), ("digest", digest)])
        }
    };
    let day = on.to_string();
    let mut args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    args.push(("on", &day));
    line(&context.say(id, &args))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Step => "step",
        Kind::Part => "part",
        Kind::Propose => "propose",
        Kind::Approve => "approve",
        Kind::Reject => "reject",
        Kind::Attach => "attach",
        Kind::Lapse => "lapse",
    }
}
