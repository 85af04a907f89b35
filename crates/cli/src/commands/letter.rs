//! `zhiheng letter`: the letters of a case, listed, and written as PDF or DOCX.

use std::path::PathBuf;

use zhiheng_base::Diagnostic;
use zhiheng_desk::letter::letters;
use zhiheng_press::{FontSet, PressOptions, letter_docx, letter_pdf};

use crate::args::{LetterKind, LetterVerb};
use crate::context::Context;
use crate::desk::Desk;
use crate::failure::{Outcome, show as show_problems};
use crate::output::{Listing, json as print_json};

/// Runs a verb of `letter`.
pub(crate) fn run(context: &Context, verb: LetterVerb) -> Outcome {
    match verb {
        LetterVerb::List { case } => list(context, &case),
        LetterVerb::Build { case, letter, to, output, fonts } => {
            let desk = Desk::open(context)?;
            build(&desk, &case, letter, &to, output, &fonts)
        }
    }
}

fn list(context: &Context, number: &str) -> Outcome {
    let desk = Desk::open(context)?;
    let case = desk.case(number, None)?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("letter", title("cli-no"), true),
        ("on", title("cli-on"), false),
        ("title", title("cli-name"), false),
        ("number", title("cli-letter-number"), false),
        ("template", title("cli-template"), false),
    ]);
    for (n, (at, letter)) in letters(&case).into_iter().enumerate() {
        let on = case.events.get(at).map(|(_, event)| event.on.to_string());
        let file = desk.catalog.letters.get(&letter.template);
        let name = file.map_or(letter.template.as_str(), |file| file.title.get(context.lang)).to_owned();
        listing.row(vec![
            (n + 1).into(),
            on.into(),
            name.into(),
            letter.number_text().into(),
            letter.template.clone().into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}

/// Writes a letter from the case as it stood when the letter was written: later steps do not change it.
fn build(
    desk: &Desk<'_>,
    number: &str,
    n: usize,
    to: &[LetterKind],
    output: Option<PathBuf>,
    fonts: &[PathBuf],
) -> Outcome {
    let context = desk.context;
    let (written, problems) = context.wait(desk.letter(number, n, context.lang))?;
    if !context.global.quiet {
        show_problems(&problems, context.lang, context.global.color);
    }
    let stem = output.unwrap_or_else(|| PathBuf::from(format!("{number}-{n}")));
    let options = PressOptions::default();
    let needs_fonts = to.iter().any(|kind| *kind != LetterKind::Json);
    let fonts = if needs_fonts { Some(FontSet::load(&FontSet::folders(fonts))?) } else { None };
    for kind in to {
        let (ending, bytes) = match (kind, &fonts) {
            (LetterKind::Pdf, Some(fonts)) => ("pdf", letter_pdf(&written, fonts, &options)?),
            (LetterKind::Docx, Some(fonts)) => ("docx", letter_docx(&written, fonts, &options)?),
            _ => {
                print_json(&written)?;
                continue;
            }
        };
        let path = PathBuf::from(format!("{}.{ending}", stem.display()));
        std::fs::write(&path, bytes)?;
        context.note(&context.say("cli-letter-written", &[("file", &path.display().to_string())]));
    }
    if problems.iter().any(Diagnostic::is_error) {
        return Err(crate::failure::Failure::Problems(Vec::new()));
    }
    Ok(())
}
