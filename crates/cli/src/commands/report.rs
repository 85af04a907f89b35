//! `zhiheng report`: list, build, verify.

use std::path::{Path, PathBuf};

use zhiheng_base::{Diagnostic, Lang, Period, Place, RegionCode};
use zhiheng_press::{FontSet, Imprint, PressError, PressOptions};
use zhiheng_publish::model::{Issue, Pins, Report};
use zhiheng_publish::{EvaluationRequest, evaluate};
use zhiheng_record::verify::to_hex;

use crate::args::{DocumentArg, ReportVerb};
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::Listing;

/// Runs a verb of `report`.
pub(crate) fn run(context: &Context, verb: ReportVerb) -> Outcome {
    match verb {
        ReportVerb::List => list(context),
        ReportVerb::Build {
            report,
            region,
            period,
            to,
            output,
            as_of,
            office,
            number,
            date,
            addressee,
            site,
            fonts,
        } => {
            let issue = Issue { office, number, date, addressee };
            let what = What { report, region, period, issue, as_of, lang: context.lang };
            let options = PressOptions { links: links(site.as_deref())?, ..PressOptions::default() };
            build(context, &what, &to, output, &fonts, &options)
        }
        ReportVerb::Verify { file } => verify(context, &file),
    }
}

/// Which report, where and when.
struct What {
    report: String,
    region: String,
    period: String,
    issue: Issue,
    as_of: Option<u64>,
    lang: Lang,
}

fn list(context: &Context) -> Outcome {
    let catalog = context.catalog()?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("id", title("cli-id"), false),
        ("name", title("cli-name"), false),
        ("kind", title("cli-kind"), false),
        ("basis", title("cli-basis"), false),
    ]);
    for report in catalog.reports.values() {
        listing.row(vec![
            report.head.id.clone().into(),
            report.head.name.get(context.lang).into(),
            report.front.kind.clone().into(),
            report.head.basis.join("; ").into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}

/// Evaluates a report at one ledger size.
fn make(context: &Context, what: &What) -> Result<Report, Failure> {
    let catalog = context.catalog()?;
    let id = if what.report.contains('.') { what.report.clone() } else { format!("reports.{}", what.report) };
    let Some(file) = catalog.reports.get(&id) else {
        let known: Vec<&str> = catalog.reports.keys().map(String::as_str).collect();
        return Err(Diagnostic::error("ZH7050").arg("id", &id).arg("known", known.join(", ")).into());
    };
    let engine = super::measure::engine(context)?;
    let (_, ledger) = context.ledger()?;
    let size = what.as_of.unwrap_or(engine.size());
    let root = context.wait(ledger.root_at(size))?;
    let request = EvaluationRequest {
        region: RegionCode::parse(&what.region)?,
        period: Period::parse(&what.period)?,
        lang: what.lang,
        issue: what.issue.clone(),
        pins: Pins {
            ledger_size: size,
            ledger_root: to_hex(&root),
            catalog: catalog.digest.clone(),
            program: concat!("zhiheng ", env!("CARGO_PKG_VERSION")).to_owned(),
            ..Pins::default()
        },
    };
    let figures = zhiheng_publish::figures::EngineFigures::new(&engine, context.handle());
    let (report, problems) = evaluate(file, &figures, &request);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(Failure::Problems(problems));
    }
    if !context.global.quiet {
        show(&problems, context.lang, context.global.color);
    }
    Ok(report)
}

fn build(
    context: &Context,
    what: &What,
    to: &[DocumentArg],
    output: Option<PathBuf>,
    fonts: &[PathBuf],
    options: &PressOptions,
) -> Outcome {
    let report = make(context, what)?;
    let stem =
        output.unwrap_or_else(|| PathBuf::from(format!("{}-{}-{}", what.report, what.region, what.period)));
    let needs_fonts = to.iter().any(|kind| matches!(kind, DocumentArg::Pdf | DocumentArg::Docx));
    let fonts = if needs_fonts { Some(FontSet::load(&FontSet::folders(fonts))?) } else { None };
    for kind in to {
        let start = std::time::Instant::now();
        let path = stem.with_extension(extension(*kind));
        std::fs::write(&path, press(*kind, &report, fonts.as_ref(), options)?)?;
        let file = path.display().to_string();
        context.note(&context.say(
            "cli-report-written",
            &[("file", &file), ("seconds", &format!("{:.1}", start.elapsed().as_secs_f64()))],
        ));
    }
    Ok(())
}

/// What stands before the address of a number: the pages of a server, or a scheme of our own.
fn links(site: Option<&str>) -> Result<String, Diagnostic> {
    let Some(site) = site else { return Ok(PressOptions::default().links) };
    let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://"));
    let good = host.is_some_and(|host| {
        !host.is_empty() && !host.contains(|c: char| !c.is_ascii_graphic() || "\"'<>?#".contains(c))
    });
    match good {
        true => Ok(format!("{}/m/", site.trim_end_matches('/'))),
        false => Err(Diagnostic::error("ZH7058").arg("site", site)),
    }
}

fn extension(kind: DocumentArg) -> &'static str {
    match kind {
        DocumentArg::Pdf => "pdf",
        DocumentArg::Docx => "docx",
        DocumentArg::Html => "html",
        DocumentArg::Xlsx => "xlsx",
        DocumentArg::Json => "json",
    }
}

pub(super) fn press(
    kind: DocumentArg,
    report: &Report,
    fonts: Option<&FontSet>,
    options: &PressOptions,
) -> Result<Vec<u8>, Failure> {
    let no_fonts = || Failure::from(Diagnostic::error("ZH7051"));
    Ok(match kind {
        DocumentArg::Pdf => zhiheng_press::pdf(report, fonts.ok_or_else(no_fonts)?, options)?,
        DocumentArg::Docx => zhiheng_press::docx(report, fonts.ok_or_else(no_fonts)?, options)?,
        DocumentArg::Html => zhiheng_press::html(report, options)?,
        DocumentArg::Xlsx => zhiheng_press::xlsx(report, options)?,
        DocumentArg::Json => serde_json::to_vec_pretty(report)?,
    })
}

/// `report verify`: the file says what it was made from; made again, the bytes must be the same.
fn verify(context: &Context, file: &Path) -> Outcome {
    let bytes = std::fs::read(file)?;
    let name = file.display().to_string();
    let imprint = Imprint::read(&bytes).map_err(|problem| problem.at(Place::File(name.clone())))?;
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("pdf") => DocumentArg::Pdf,
        Some("docx") => DocumentArg::Docx,
        Some("html") => DocumentArg::Html,
        Some("xlsx") => DocumentArg::Xlsx,
        _ => return Err(Diagnostic::error("ZH7052").arg("file", &name).into()),
    };
    let catalog = context.catalog()?;
    if catalog.digest != imprint.pins.catalog {
        return Err(Diagnostic::error("ZH7053")
            .arg("pinned", &imprint.pins.catalog)
            .arg("here", &catalog.digest)
            .into());
    }
    let what = What {
        report: imprint.report.clone(),
        region: imprint.pins.region.clone(),
        period: imprint.pins.period.clone(),
        issue: imprint.issue.clone(),
        as_of: Some(imprint.pins.ledger_size),
        lang: imprint.lang,
    };
    let report = make(context, &what)?;
    if report.pins.ledger_root != imprint.pins.ledger_root {
        return Err(Diagnostic::error("ZH7054").arg("size", imprint.pins.ledger_size).into());
    }
    let fonts = FontSet::load(&FontSet::folders(&[]))?;
    if press(kind, &report, Some(&fonts), &imprint.options)? == bytes {
        context.note(
            &context
                .say("cli-report-same", &[("file", &name), ("size", &imprint.pins.ledger_size.to_string())]),
        );
        return Ok(());
    }
    Err(Diagnostic::error("ZH7055").arg("file", &name).into())
}

impl From<PressError> for Failure {
    fn from(error: PressError) -> Failure {
        match error.diagnostic() {
            Some(problem) => Failure::Problems(vec![problem.clone()]),
            None => Failure::Internal(anyhow::Error::new(error)),
        }
    }
}
