//! Watched series: which are out of the ordinary and since when, which nobody can judge, which somebody has muted and why. The
//! chart of each stands on the page of its number; whether a signal becomes a case, a person decides.

mod asked;
mod data;
mod mute;

pub(crate) use asked::Asked;
pub(super) use asked::window;
pub(crate) use mute::{Names, send};

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::signals::{State, Watched, Window};
use zhiheng_measure::Step;

use self::data::Signals;
use super::forms::told;
use super::region::sees;
use super::returns::place_name;
use super::sheet::{Cell, Chooser, Section, Sheet, Table, as_csv, json, number_href};
use crate::api::signals::Signal;
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Where this stands.
const HERE: &str = "/signals";
/// Series on one page.
const PAGE: usize = 100;
/// How a series is shown to stand, what asks for more first. What is muted is no news; what is not known is no comfort.
pub(crate) const WORDS: [&str; 6] = ["alarm", "error", "recovering", "muted", "no-data", "normal"];

/// The word for how a series stands.
pub(crate) fn word(one: &Watched<'_>) -> &'static str {
    if one.is_muted() { "muted" } else { one.reading.state.word() }
}

/// The series of a region and of its parts one level down, what asks for more first.
pub(crate) async fn watched<'d>(desk: &'d Desk, asked: &Asked) -> Result<Vec<Watched<'d>>, Problem> {
    let mut all = desk.watched(&asked.areas(desk), asked.window).await?;
    all.sort_by_key(|one| WORDS.iter().position(|known| *known == word(one)));
    Ok(all)
}

/// The state to which the address narrows the list; empty for all.
fn wanted(call: &Call) -> &'static str {
    WORDS.into_iter().find(|known| *known == call.query.get("state")).unwrap_or_default()
}

/// How a series stands, in words; what is muted says what it would be.
pub(super) fn state(t: Text, one: &Watched<'_>) -> String {
    let state = t.say(&format!("signals-state-{}", one.reading.state.word()));
    if one.is_muted() { t.with("signals-state-muted-as", "state", state) } else { state }
}

/// A value or a limit of a step.
pub(super) fn number(value: Option<f64>) -> String {
    value.map(|value| zhiheng_publish::phrase::fixed(value, 1)).unwrap_or_default()
}

/// Whether the visitor may mute what is watched in a region.
fn may_mute(call: &Call, region: RegionCode) -> bool {
    let thing = Thing::of_region(region, Level::Internal);
    authorize(call.who(), Action::Handle, &thing) == Verdict::Allow
}

/// `GET /signals`, also as JSON and CSV.
pub(crate) async fn list(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

/// The page, with what is wrong with a mute that was just asked for.
async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let t = Text(call.view.lang);
    let desk = call.server.office()?.desk().await?;
    let asked = Asked::of(call, &desk).await?;
    let all = watched(&desk, &asked).await?;
    let wanted = wanted(call);
    let shown: Vec<&Watched<'_>> =
        all.iter().filter(|one| wanted.is_empty() || word(one) == wanted).collect();
    let names = Names::of(call, shown.iter().copied()).await?;
    let mut table = table(call, &desk, &asked, &names, &shown);
    match call.query.get("as") {
        "json" => {
            let signals = shown.iter().map(|one| Signal::of(call, &desk, &names, one)).collect();
            let (region, Window { period, until, .. }) = (asked.region, asked.window);
            return json(&Signals { region, period, until, signals });
        }
        "csv" => return as_csv(&table),
        _ => {}
    }
    let mut sheet = Sheet::of(call);
    sheet.wrong = told(t.0, wrong, "main");
    sheet.lead = lead(call, &desk, &asked, &all);
    sheet.sections.push(Section::Choose(chooser(call, &desk, &asked, &all)));
    sheet.sections.extend(mute::form(call, &desk, &asked, &all, wrong)?);
    let next = table.part(call.query.get("from"), PAGE);
    if !all.is_empty() {
        sheet.sections.push(Section::Table(table));
    }
    let more = |more: &str| asked.href(&format!("&state={wanted}{more}"));
    if let Some((next, rest)) = next {
        let rest = Cell::to(t.with("server-submit-more", "n", rest), more(&format!("&from={next}")));
        sheet.sections.push(Section::Text(vec![rest]));
    }
    sheet.sections.push(Section::Text(vec![Cell::of(t.say("signals-only-a-person"))]));
    if may_mute(call, asked.region) {
        let open = Cell::to(t.say("server-title-cases-new"), "/cases/new");
        sheet.sections.push(Section::Actions(String::new(), vec![open]));
    }
    for ending in ["json", "csv"] {
        sheet.twin(&ending.to_uppercase(), more(&format!("&as={ending}")));
    }
    sheet.answer_as(call, status)
}

fn table(call: &Call, desk: &Desk, asked: &Asked, names: &Names, shown: &[&Watched<'_>]) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let columns = [
        "indicator",
        "region",
        "state",
        "newest",
        "#value",
        "#low",
        "#high",
        "rule",
        "first-seen",
        "remark",
        "act",
    ];
    let mut table = Table::new(call, "watched", &columns);
    for one in shown {
        let (reading, region) = (&one.reading, one.address.region);
        let (newest, side) = (reading.newest.as_ref(), reading.side());
        let figure = |value: fn(&Step) -> Option<f64>| Cell::of(number(newest.and_then(value)));
        let remark = one.mute.as_ref().filter(|_| one.is_muted()).map_or_else(
            || Cell::of(reading.fault.as_ref().map(|fault| fault.sentence(lang)).unwrap_or_default()),
            |mute| Cell::to(names.says(t, mute), format!("/records/{}", mute.entry)),
        );
        let act = match one.is_muted() {
            _ if !may_mute(call, region) || reading.state == State::Normal => Cell::default(),
            true => Cell::to(t.say("signals-change"), mute::href(asked, one)),
            false => Cell::to(t.say("signals-mute"), mute::href(asked, one)),
        };
        table.rows.push(vec![
            Cell::to(one.indicator.head.name.get(lang), number_href(&one.address.to_string())),
            Cell::to(place_name(call, desk, region), format!("/r/{region}?period={}", asked.window.period)),
            Cell::of(state(t, one)),
            Cell::of(newest.map(|step| step.period.clone()).unwrap_or_default()),
            figure(|step| step.value),
            figure(|step| step.low),
            figure(|step| step.high),
            Cell::of(side.map(|side| t.say(&format!("signals-side-{}", side.word()))).unwrap_or_default()),
            Cell::of(reading.since.clone().unwrap_or_default()),
            remark,
            act,
        ]);
    }
    table
}

/// How many series there are, and how they stand; a place with nothing to watch says so.
fn lead(call: &Call, desk: &Desk, asked: &Asked, all: &[Watched<'_>]) -> String {
    let lang = call.view.lang;
    let place = place_name(call, desk, asked.region);
    let period = asked.window.period.title(lang);
    if all.is_empty() {
        return say(lang, "signals-none", &[("place", &place), ("period", &period)]);
    }
    let [alarm, error, recovering, muted, none, normal] =
        WORDS.map(|known| all.iter().filter(|one| word(one) == known).count().to_string());
    say(
        lang,
        "signals-lead",
        &[
            ("place", &place),
            ("period", &period),
            ("until", &asked.window.until.to_string()),
            ("n", &all.len().to_string()),
            ("alarm", &alarm),
            ("error", &error),
            ("recovering", &recovering),
            ("muted", &muted),
            ("none", &none),
            ("normal", &normal),
        ],
    )
}

/// Regions up and down from this one, states with how many there are, and the time.
fn chooser(call: &Call, desk: &Desk, asked: &Asked, all: &[Watched<'_>]) -> Chooser {
    let t = Text(call.view.lang);
    let wanted = wanted(call);
    let above = asked.region.ancestors().filter(|above| *above != asked.region && sees(call, *above));
    let below = desk.catalog.regions.children(asked.region);
    let near = above.chain([asked.region]).chain(below.iter().map(|one| one.code));
    let places =
        near.map(|region| (region.to_string(), place_name(call, desk, region), region == asked.region));
    let mut states = vec![(String::new(), t.say("server-all"), wanted.is_empty())];
    for known in WORDS {
        let n = all.iter().filter(|one| word(one) == known).count();
        let text = format!("{} ({n})", t.say(&format!("signals-state-{known}")));
        states.push((known.to_owned(), text, known == wanted));
    }
    Chooser {
        action: HERE.to_owned(),
        selects: vec![
            ("within".to_owned(), t.say("server-col-region"), places.collect()),
            ("state".to_owned(), t.say("server-col-state"), states),
        ],
        inputs: vec![("period".to_owned(), t.say("server-col-period"), asked.window.period.to_string())],
    }
}
