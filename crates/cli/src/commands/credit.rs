//! `zhiheng credit`: grade, explain, report.

use std::path::Path;

use serde_json::Value as Json;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::SubjectScheme;
use zhiheng_desk::credit::{Known, graded, holder, personal, scheme};
use zhiheng_desk::row::record_type;
use zhiheng_judge::subject::{CreditReport, Pins, Rules, Scope, SubjectVerdict, Subjects, explain, report};
use zhiheng_press::{FontSet, PressOptions};
use zhiheng_record::verify::to_hex;

use crate::args::{CreditVerb, DocumentArg, Format};
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::{Listing, json as print_json, line};

/// Runs a verb of `credit`.
pub(crate) fn run(context: &Context, verb: CreditVerb) -> Outcome {
    match verb {
        CreditVerb::Grade { scheme, holder, on, as_of } => {
            let day = on.unwrap_or_else(|| context.today());
            match holder {
                Some(holder) => one(context, &scheme, &holder, day, as_of, false),
                None => all(context, &scheme, day, as_of),
            }
        }
        CreditVerb::Explain { scheme, holder, on, as_of } => {
            one(context, &scheme, &holder, on.unwrap_or_else(|| context.today()), as_of, true)
        }
        CreditVerb::Report { holder, scope, on, as_of, of, output } => {
            let asked = Asked { holder, day: on.unwrap_or_else(|| context.today()), as_of, of };
            let scope =
                Scope::parse(&scope).ok_or_else(|| Diagnostic::error("ZH7092").arg("scope", &scope))?;
            draw(context, &asked, scope, output.as_deref())
        }
    }
}

/// The report as the file's ending asks: PDF, DOCX, HTML, XLSX; JSON otherwise.
fn written(context: &Context, drawn: &CreditReport, path: &Path) -> Result<Vec<u8>, Failure> {
    let kind = match path.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => DocumentArg::Pdf,
        Some("docx") => DocumentArg::Docx,
        Some("html") => DocumentArg::Html,
        Some("xlsx") => DocumentArg::Xlsx,
        _ => {
            let mut text = serde_json::to_vec_pretty(drawn)?;
            text.push(b'\n');
            return Ok(text);
        }
    };
    let program = concat!("zhiheng ", env!("CARGO_PKG_VERSION"));
    let printed = zhiheng_publish::credit::report(drawn, None, program, context.lang);
    let fonts = match kind {
        DocumentArg::Pdf | DocumentArg::Docx => Some(FontSet::load(&FontSet::folders(&[]))?),
        _ => None,
    };
    super::report::press(kind, &printed, fonts.as_ref(), &PressOptions::default())
}

/// What a report is asked of.
struct Asked {
    holder: String,
    day: Date,
    as_of: Option<u64>,
    of: String,
}

/// What the ledger knew of enterprises; what is wrong with it is told on stderr.
fn read(
    context: &Context,
    catalog: &Catalog,
    of: &str,
    day: Date,
    as_of: Option<u64>,
) -> Result<Known, Failure> {
    let (_, ledger) = context.ledger()?;
    let known = context.wait(Known::read(&ledger, catalog, of, day, as_of))?;
    show(&known.files.problems, context.lang, context.global.color);
    for (code, several) in &known.files.several {
        let several = several.join(", ");
        context.note(&context.say("cli-credit-several", &[("code", code), ("several", &several)]));
    }
    Ok(known)
}

/// Grades and names of all holders.
fn all(context: &Context, id: &str, day: Date, as_of: Option<u64>) -> Outcome {
    let catalog = context.catalog()?;
    let scheme = scheme(&catalog, id)?;
    let known = read(context, &catalog, &scheme.of, day, as_of)?;
    let mut rules = Rules::new(scheme);
    let mut statements = Vec::new();
    for (holder, file) in &known.files.files {
        statements.extend(file.statements(&mut rules).into_iter().map(|one| (holder.as_str(), one)));
    }
    let subjects = Subjects::new(&rules, statements, day);
    let codes = scheme.grade_codes();
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("holder", title("cli-holder"), false),
        ("grade", title("cli-grade"), false),
        ("since", title("cli-since"), false),
        ("points", title("cli-points-sum"), true),
        ("statements", title("cli-statements"), true),
        ("changes", title("cli-changes-on"), false),
    ]);
    let date = |day: Option<Date>| day.map_or(Json::Null, |day| day.to_string().into());
    for (holder, subject) in subjects.iter() {
        let standing = &subject.standing;
        let grade = standing.grade.and_then(|at| codes.get(usize::from(at)));
        listing.row(vec![
            holder.into(),
            grade.map_or_else(|| title("cli-open"), |grade| (*grade).to_owned()).into(),
            date(standing.since),
            standing.points.map(|points| scheme.printed(points)).into(),
            subject.statements.len().into(),
            date(standing.changes),
        ]);
    }
    Ok(listing.print(context.format())?)
}

/// The verdict on one holder, as a line or with its reasons.
fn one(context: &Context, id: &str, text: &str, day: Date, as_of: Option<u64>, why: bool) -> Outcome {
    let catalog = context.catalog()?;
    let scheme = scheme(&catalog, id)?;
    let known = read(context, &catalog, &scheme.of, day, as_of)?;
    let verdict = graded(scheme, &known, &holder(&known, text, day)?, day);
    let root = explain(scheme, &verdict, context.lang);
    match (context.global.format, why) {
        (Some(Format::Json | Format::Jsonl), false) => Ok(print_json(&verdict)?),
        (Some(Format::Json | Format::Jsonl), true) => {
            Ok(print_json(&serde_json::json!({ "verdict": verdict, "why": root }))?)
        }
        (_, false) => line(&root.sentence(context.lang)).map_err(Failure::from),
        (_, true) => root.lines(context.lang).iter().try_for_each(|text| line(text)).map_err(Failure::from),
    }
}

/// The credit report as JSON.
fn draw(context: &Context, asked: &Asked, scope: Scope, output: Option<&Path>) -> Outcome {
    let catalog = context.catalog()?;
    let record = record_type(&catalog, &asked.of)?;
    let mut known = read(context, &catalog, &asked.of, asked.day, asked.as_of)?;
    let holder = holder(&known, &asked.holder, asked.day)?;
    let (_, ledger) = context.ledger()?;
    let Some(file) = known.files.files.get_mut(&holder) else {
        return Err(Diagnostic::error("ZH7091").arg("text", &asked.holder).into());
    };
    context.wait(personal(&ledger, record, file, scope != Scope::Public))?;
    let schemes = catalog.subject_schemes.values().filter(|scheme| scheme.of == asked.of);
    let verdicts: Vec<(&SubjectScheme, SubjectVerdict)> =
        schemes.map(|scheme| (scheme, graded(scheme, &known, &holder, asked.day))).collect();
    let graded: Vec<(&SubjectScheme, &SubjectVerdict)> =
        verdicts.iter().map(|(scheme, verdict)| (*scheme, verdict)).collect();
    let root = context.wait(ledger.root_at(known.size))?;
    let pins =
        Pins { ledger_size: known.size, ledger_root: Some(to_hex(&root)), catalog: catalog.digest.clone() };
    let Some(file) = known.files.files.get(&holder) else { return Ok(()) };
    let drawn = report(&catalog, record, file, &graded, scope, asked.day, pins);
    match output {
        Some(path) => {
            std::fs::write(path, written(context, &drawn, path)?)
                .map_err(|error| Diagnostic::error("ZH7094").arg("path", path.display()).arg("why", error))?;
            context.note(&context.say("cli-credit-written", &[("code", &drawn.code)]));
            Ok(())
        }
        None => Ok(print_json(&drawn)?),
    }
}
