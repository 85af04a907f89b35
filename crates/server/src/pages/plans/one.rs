//! One plan: its draw with all that is needed to draw again, what has been inspected, what that is for the enterprises; or the tasks
//! of a letter. Of a plan that goes on in several places only those are shown that the visitor sees.

use zhiheng_base::{Lang, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::cases::region_of;
use zhiheng_desk::plans::burden::borne;
use zhiheng_desk::plans::inspections::{Plan, State, VISIT, plan as plan_of};
use zhiheng_desk::plans::tasks;

use super::{address, draw, headed, twin, twins, unread_note};
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::pages::region::sees;
use crate::pages::sheet::{Cell, Section, Sheet, Table};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /plans/{plan}`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    call.signed_in()?;
    let number = call.param("plan").to_owned();
    let desk = call.server.office()?.desk().await?;
    let mut plan = plan_of(&desk.engine, &number).await?;
    let on = call.server.today();
    let regions = plan.regions();
    let seen: Vec<RegionCode> = regions.iter().copied().filter(|region| sees(&call, *region)).collect();
    let whole = authorize(call.who(), Action::See, &Thing::instance()) == Verdict::Allow;
    let tasks::Tasks { tasks: mut due, problems } = tasks::recorded(&desk.engine, Some(&number)).await?;
    due.retain(|_| whole);
    let unread = plan.problems.len() + problems.len();
    let thing = match (seen.first().or(regions.first()), due.is_empty()) {
        // Tasks have no region of their own.
        (_, false) if seen.is_empty() => Thing::instance(),
        (Some(region), _) => Thing::of_region(*region, Level::Internal),
        (None, false) => Thing::instance(),
        (None, true) => return Err(Problem::not_found()),
    };
    call.permit(&thing, &format!("plan {number}")).await?;
    plan.inspections.retain(|one| seen.contains(&one.region));
    if plan.draw.as_ref().is_some_and(|draw| !seen.contains(&draw.region)) {
        plan = Plan { inspections: plan.inspections, ..Plan::default() };
    }
    let mut tables = Vec::new();
    if !plan.strata.is_empty() {
        tables.push(draw::strata(&call, &plan));
    }
    if !plan.picks.is_empty() {
        tables.push(draw::picks(&call, &plan));
    }
    if !seen.is_empty() {
        tables.push(inspections(&call, &desk, &plan));
        tables.push(burden(&call, &desk, &plan, &seen).await?);
    }
    if !due.is_empty() {
        let columns = ["plan-number", "plan-says", "plan-lead", "plan-due", "plan-state"];
        let mut table = headed(&call, "plan-tasks", &columns);
        table.rows.extend(due.iter().map(|task| {
            vec![
                Cell::to(task.number.clone(), format!("/records/{}", task.entry)),
                Cell::of(task.says.clone()),
                Cell::of(task.lead.clone()),
                Cell::of(task.due_on.to_string()),
                Cell::of(t.say(&format!("plans-task-{}", tasks::word(task, on)))),
            ]
        }));
        tables.push(table);
    }
    if let Some(answer) = twin(&call, &desk, &tables, &draw::told(&number, &plan)) {
        return answer;
    }
    let mut sheet = Sheet::new(&call, t.with("plans-title", "number", &number));
    sheet.frame = sheet.frame.under("plans.list");
    sheet.lead = if seen.is_empty() { String::new() } else { progress(call.view.lang, &plan) };
    sheet.notes.extend(draw::missing(&call, &plan, !seen.is_empty()));
    sheet.notes.extend(unread_note(t, unread));
    if let Some(one) = &plan.draw {
        sheet.sections.push(Section::Facts(t.say("plans-draw"), draw::facts(&call, &desk, one)));
        sheet.sections.push(Section::Text(vec![Cell::of(t.say("plans-repeat"))]));
    }
    twins(&mut sheet, &address(&number), &tables);
    sheet.sections.extend(tables.into_iter().map(Section::Table));
    sheet.sections.extend(case(&call, &desk, &number).await?);
    sheet.answer(&call)
}

/// How far it is, in one sentence.
fn progress(lang: Lang, plan: &Plan) -> String {
    let n = |n: usize| n.to_string();
    zhiheng_base::words::say(
        lang,
        if plan.picks.is_empty() { "plans-progress" } else { "plans-progress-drawn" },
        &[
            ("drawn", &n(plan.standing())),
            ("replaced", &n(plan.picks.len() - plan.standing())),
            ("planned", &n(plan.count(State::Planned))),
            ("done", &n(plan.count(State::Done))),
            ("cancelled", &n(plan.count(State::Cancelled))),
        ],
    )
}

/// Inspections, by day.
fn inspections(call: &Call, desk: &Desk, plan: &Plan) -> Table {
    let lang = call.view.lang;
    let t = Text(lang);
    let columns = ["plan-number", "plan-day", "plan-enterprise", "plans-region", "plans-kind", "plan-state"];
    let mut table = headed(call, "plan-visits", &columns);
    let kinds = desk.catalog.records.get(VISIT).and_then(|record| record.field("kind"));
    for one in &plan.inspections {
        let visit = &one.visit;
        let enterprise = visit.enterprise.clone().unwrap_or_default();
        let name = one.name.clone().unwrap_or_else(|| enterprise.clone());
        // Where only a name is stated, it stands in both places, and leads nowhere.
        let enterprise = match one.name.as_ref() == Some(&enterprise) || enterprise.is_empty() {
            true => Cell::of(name),
            false => Cell::to(name, format!("/e/{enterprise}")),
        };
        let kind = kinds.map(|kinds| desk.reads(kinds, &visit.kind.as_str().into(), visit.on, lang));
        let place = desk.catalog.regions.title(one.region, lang).map(str::to_owned);
        table.rows.push(vec![
            Cell::to(visit.number.clone(), format!("/records/{}", visit.entry)),
            Cell::of(visit.on.to_string()),
            enterprise,
            Cell::to(place.unwrap_or_else(|| one.region.to_string()), format!("/r/{}", one.region)),
            Cell::of(kind.unwrap_or_else(|| visit.kind.clone())),
            Cell::of(t.say(&format!("plans-state-{}", one.state.word()))),
        ]);
    }
    table
}

/// What the plan's enterprises bear in its year, all plans together. Counted where the visitor sees: in the place of the draw, else
/// where the inspections are, else where the visitor's pages begin.
async fn burden(call: &Call, desk: &Desk, plan: &Plan, seen: &[RegionCode]) -> Result<Table, Problem> {
    let columns =
        ["plan-enterprise", "plan-class", "#plan-visits", "#plan-most", "#plan-exempt", "plan-over"];
    let mut table = headed(call, "plan-burden", &columns);
    let first = plan.inspections.first().map(|one| one.visit.on);
    let Some(day) = plan.draw.as_ref().map(|draw| draw.drawn_on).or(first) else { return Ok(table) };
    let region = match (&plan.draw, seen) {
        (Some(draw), _) => draw.region,
        (None, [one]) => *one,
        (None, _) => call.start()?,
    };
    let visited = plan.inspections.iter().filter_map(|one| one.visit.enterprise.as_ref());
    let theirs: std::collections::BTreeSet<&String> =
        plan.picks.iter().map(|pick| &pick.enterprise).chain(visited).collect();
    for one in borne(&desk.engine, region, day.year()).await? {
        if !theirs.contains(&one.enterprise) {
            continue;
        }
        table.rows.push(vec![
            Cell::of(one.enterprise.clone()),
            Cell::of(one.class.clone().unwrap_or_default()),
            Cell::of(one.counted.len().to_string()),
            Cell::of(one.most.map(|most| most.to_string()).unwrap_or_default()),
            Cell::of(one.exempt.len().to_string()),
            Cell::of(one.over.join(" ")),
        ]);
    }
    Ok(table)
}

/// The case that has the plan's number, if there is one that the visitor sees.
async fn case(call: &Call, desk: &Desk, number: &str) -> Result<Option<Section>, Problem> {
    let head = desk.ledger.case_head(number).await?;
    let region = head.as_ref().and_then(region_of).filter(|region| sees(call, *region));
    let link = |_| Cell::to(Text(call.view.lang).say("plans-case"), format!("/cases/{number}"));
    Ok(region.map(link).map(|link| Section::Actions(String::new(), vec![link])))
}
