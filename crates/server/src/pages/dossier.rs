//! The papers of a place that is assessed: criteria with their evidence, and what each reader may do with them.
//!
//! The assessed place hands in evidence, reviewers score behind each other's back, the office opens the sealed sheets and settles the
//! score. Nobody scores or settles with a right that ends at the place itself: it takes one from above.

mod act;
mod file;
mod list;
mod score;

pub(crate) use act::{declare, keep, open, settle};
pub(crate) use file::{file, give};
pub(crate) use list::{list, mine_of, waits};

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, Lang, Period, RegionCode};
use zhiheng_catalog::model::{Item, Score};
use zhiheng_desk::Desk;
use zhiheng_desk::panel::{Round, Sheets, Standing};
use zhiheng_desk::verdicts::scheme;
use zhiheng_judge::Stage;
use zhiheng_judge::panel::scored;

use super::forms::told;
use super::sheet::{Cell, Section, Sheet, Table};
use crate::authorize::{Action, Level, Thing, Verdict};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// The round of the address.
fn round<'d>(call: &Call, desk: &'d Desk) -> Result<Round<'d>, Problem> {
    let place = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let scheme = scheme(&desk.catalog, call.param("scheme"))?;
    Ok(Round::of(scheme, place, Period::parse(call.param("period"))?)?)
}

/// Address of the papers.
pub(super) fn address(round: &Round<'_>) -> String {
    format!("/assess/{}/{}/{}/dossier", round.scheme.head.id, round.period, round.place)
}

/// Whether the account may take an action as somebody from above the place.
fn from_above(call: &Call, action: Action, place: RegionCode) -> bool {
    let thing = Thing::of_region(place, Level::Internal);
    call.who().rights(action).any(|held| held.region != place && held.reaches(&thing))
}

/// Whether the account holds a post in the place or below it, whatever for: it would score its own house.
fn is_of(call: &Call, place: RegionCode) -> bool {
    call.who().held.iter().any(|held| place.contains(held.region))
}

/// Stops whoever is not from above the place, or is of it.
fn apart(call: &Call, place: RegionCode) -> Result<(), Problem> {
    if from_above(call, call.route.action, place) && !is_of(call, place) {
        return Ok(());
    }
    Err(Problem::of_verdict(Verdict::Separated).unwrap_or_else(Problem::not_found))
}

/// `GET /assess/{scheme}/{period}/{region}/dossier`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

/// The page, with what is wrong with what was just sent.
async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let desk = call.server.office()?.desk().await?;
    let round = round(call, &desk)?;
    let standing = desk.round_stands(&round).await?;
    let sheets = Sheets::of(&desk.project)?;
    let name = desk.catalog.regions.title(round.place, lang).unwrap_or_default();
    let wrong: Vec<Diagnostic> = wrong.iter().map(|problem| in_words(problem, &round, name, t)).collect();
    let wrong = wrong.as_slice();
    let mut sheet = Sheet::new(call, format!("{name} · {}", t.say("server-title-dossier-show")));
    sheet.frame = sheet.frame.under("assess.list");
    let base = format!("/assess/{}/{}", round.scheme.head.id, round.period);
    sheet.crumb(round.scheme.head.name.get(lang), format!("{base}/dossiers"));
    sheet.lead = lead(t, &round, &standing);
    sheet.wrong = told(lang, wrong, "main");
    if let Some(note) = score::note(call, &round, &standing) {
        sheet.notes.push(note);
    }
    for item in scored(round.scheme) {
        sheet
            .sections
            .push(Section::Facts(item.name.get(lang).to_owned(), facts(t, &round, &standing, item)));
    }
    if !standing.opinions.is_empty() {
        sheet.sections.extend(score::opened(call, &round, &standing).await?);
    }
    if let Some(section) = score::form(call, &round, &standing, &sheets, wrong) {
        sheet.sections.push(section);
    }
    sheet.sections.extend(score::office(call, &round, &standing, &sheets, wrong).await?);
    if let Some(form) = file::form(call, &round, wrong) {
        sheet.sections.push(Section::Form(form));
    }
    let back = vec![Cell::to(t.say("dossier-verdict"), format!("{base}/{}", round.place))];
    sheet.sections.push(Section::Actions(String::new(), back));
    sheet.answer_as(call, status)
}

/// How far the round has come, in a sentence.
fn lead(t: Text, round: &Round<'_>, standing: &Standing) -> String {
    let stage = t.say(&format!("dossier-stage-{}", round.panel.stage));
    if is_settled(round, standing) {
        return t.with("dossier-lead-settled", "stage", stage);
    }
    if !standing.opinions.is_empty() {
        return t.with("dossier-lead-opened", "n", standing.opinions.len());
    }
    say(
        t.0,
        "dossier-lead-scoring",
        &[
            ("stage", &stage),
            ("n", &standing.seals.len().to_string()),
            ("of", &round.panel.reviewers.to_string()),
        ],
    )
}

/// Whether the stage has its score.
fn is_settled(round: &Round<'_>, standing: &Standing) -> bool {
    let stage = Stage::parse(&round.panel.stage);
    standing.scores.iter().any(|one| Some(one.stage) == stage)
}

/// A criterion: what it gives points for, what was handed in for it, and what other stages gave.
fn facts(t: Text, round: &Round<'_>, standing: &Standing, item: &Item) -> Vec<(String, Cell)> {
    let lang = t.0;
    let mut facts = vec![(t.say("dossier-most"), Cell::of(item.points.normalize().to_string()))];
    if let Score::Judged { levels } = &item.score {
        for (points, says) in levels {
            let points = points.normalize().to_string();
            facts.push((t.with("dossier-level", "points", points), Cell::of(says.get(lang))));
        }
    }
    let filed: Vec<_> = standing.evidence.iter().filter(|(_, one)| one.item == item.id).collect();
    for (_, one) in &filed {
        let short = one.sha256.get(..12).unwrap_or(&one.sha256);
        let valid = match one.valid {
            (Some(from), Some(until)) => format!("（{from} – {until}）"),
            (Some(from), None) => format!("（{from} –）"),
            (None, Some(until)) => format!("（– {until}）"),
            (None, None) => String::new(),
        };
        let href = format!("{}/files/{}", address(round), one.sha256);
        facts.push((t.say("dossier-evidence"), Cell::to(format!("{} {short}{valid}", one.kind), href)));
    }
    if filed.is_empty() {
        facts.push((t.say("dossier-evidence"), Cell::of(t.say("dossier-no-evidence"))));
    }
    for one in standing.scores.iter().filter(|one| one.item == item.id) {
        let stage = t.say(&format!("dossier-stage-{}", one.stage.word()));
        let reason = if one.reason.is_empty() { String::new() } else { format!(" · {}", one.reason) };
        facts.push((stage, Cell::of(format!("{}{reason}", one.points.normalize()))));
    }
    facts
}

/// An item's name.
fn named<'r>(round: &Round<'r>, item: &str, lang: Lang) -> &'r str {
    let items = &round.scheme.items;
    items.iter().find(|one| one.id == item).map_or("", |one| one.name.get(lang))
}

/// A problem in the words of the page: items, places and stages by their names.
fn in_words(problem: &Diagnostic, round: &Round<'_>, place: &str, t: Text) -> Diagnostic {
    let mut told = problem.clone();
    if let Some(item) = problem.args.get("item") {
        told = told.arg("item", named(round, item, t.0));
    }
    if problem.args.contains_key("region") {
        told = told.arg("region", place);
    }
    for word in ["stage", "earlier"] {
        if let Some(stage) = problem.args.get(word) {
            told = told.arg(word, t.say(&format!("dossier-stage-{stage}")));
        }
    }
    told
}

/// Login of an account.
async fn login(call: &Call, account: &str) -> Result<String, Problem> {
    let found = call.server.access.account(account).await?;
    Ok(found.map_or_else(|| account.to_owned(), |found| found.login))
}

/// A table whose columns have titles of their own.
fn table(call: &Call, id: &str, columns: Vec<(String, bool)>) -> Table {
    let columns = columns.into_iter().map(|(title, number)| super::sheet::Column { title, number });
    Table { columns: columns.collect(), ..Table::new(call, id, &[]) }
}
