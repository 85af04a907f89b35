//! `zhiheng letter`: the letters of a case, listed, and written as PDF or DOCX.

use std::collections::BTreeMap;
use std::path::PathBuf;

use zhiheng_act::case::{Case, to_json};
use zhiheng_act::clock::reckon;
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_press::{FontSet, PressOptions, letter_docx, letter_pdf};
use zhiheng_publish::letter::{ClockShown, LetterContext, addressee, write};
use zhiheng_publish::shown::shown;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

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

/// Letters of a case, counted from 1, each with the place of its event.
fn letters(case: &Case) -> Vec<(usize, zhiheng_act::case::Letter)> {
    let events = case.events.iter().enumerate();
    events.flat_map(|(at, (_, event))| event.letters.iter().map(move |letter| (at, letter.clone()))).collect()
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
    let whole = desk.case(number, None)?;
    let all = letters(&whole);
    let Some((at, letter)) = n.checked_sub(1).and_then(|n| all.get(n)) else {
        let problem = Diagnostic::error("ZH8264").arg("case", number).arg("n", n).arg("of", all.len());
        return Err(problem.into());
    };
    let Some(template) = desk.catalog.letters.get(&letter.template) else {
        return Err(Diagnostic::error("ZH8265").arg("template", &letter.template).into());
    };
    let Some((entry, event)) = whole.events.get(*at).cloned() else { return Ok(()) };
    let procedure = desk.procedure(&whole)?;
    let upto = whole.events.iter().take(at + 1).cloned();
    let case = Case::after(procedure, upto, Vec::new());
    // The office that decided is that of whoever proposed; the approval is its head's.
    let proposer = (case.events.iter().rev().map(|(_, event)| event))
        .find(|one| one.step == event.step && one.seal == event.seal && one.actor.is_some());
    let actor = proposer.and_then(|event| event.actor.as_ref()).or(event.actor.as_ref());
    let fields: BTreeMap<_, _> = (procedure.fields.iter())
        .map(|field| {
            let value =
                case.sheet.get(&field.id).map_or(serde_json::Value::Null, |value| to_json(field, value));
            (field.id.clone(), shown(&desk.catalog, field, &value, &|_| None, event.on, Lang::Zh))
        })
        .collect();
    let mut clocks = BTreeMap::new();
    for (instance, running) in &case.clocks {
        let Some(clock) = desk.catalog.clocks.get(&running.clock) else { continue };
        let reckoning = reckon(clock, &running.facts, &desk.calendar)?;
        let opens = reckoning.opens.as_ref().and_then(|end| end.day);
        let shown = ClockShown { opens, due: reckoning.due(), provisional: reckoning.is_provisional() };
        clocks.insert(instance.clone(), shown);
    }
    let seal = to_hex(&sha256(format!("{number} {entry} {}", letter.number_text()).as_bytes()));
    let mut facts = LetterContext {
        number: letter.number_text(),
        to: String::new(),
        unit: actor.map(|actor| actor.unit.clone()).unwrap_or_default(),
        signer: String::new(),
        on: event.on,
        case_no: number.to_owned(),
        fields,
        clocks,
        ledger: entry + 1,
        catalog: event.catalog.clone(),
        verify: seal.get(..16).unwrap_or_default().to_owned(),
    };
    facts.to = addressee(template, &facts);
    let (written, problems) = write(template, &facts, context.lang)?;
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
