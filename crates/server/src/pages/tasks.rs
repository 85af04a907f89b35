//! My tasks: everything that waits for the signed-in account, by its last day, with the page where each is done.

use zhiheng_base::RegionCode;
use zhiheng_base::words::say;
use zhiheng_desk::Desk;

use super::returns::place_name;
use super::sheet::{Cell, Chooser, Section, Sheet, Table, as_csv, json};
use super::waiting::{Kind, Urgency, Waiting, waiting};
use crate::api::escaped;
use crate::api::tasks::TaskListed;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Where this stands.
const HERE: &str = "/tasks";
/// Tasks on one page.
const PAGE: usize = 100;

/// What is asked for: the address of the page.
pub(crate) struct Asked {
    kind: Option<Kind>,
    late: bool,
    within: Option<RegionCode>,
}

impl Asked {
    pub(crate) fn of(call: &Call) -> Result<Asked, Problem> {
        let within = match call.query.get("within") {
            "" => None,
            code => Some(RegionCode::parse(code)?),
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == call.query.get("kind"));
        Ok(Asked { kind, late: call.query.get("late") == "1", within })
    }

    pub(crate) fn holds(&self, one: &Waiting) -> bool {
        self.kind.is_none_or(|kind| kind == one.kind)
            && (!self.late || one.late.is_some())
            && self.within.is_none_or(|within| within.contains(one.region))
    }

    /// The address with one more part.
    fn href(&self, name: &str, value: &str) -> String {
        let mut parts = Vec::new();
        parts.extend(self.kind.map(|kind| format!("kind={}", kind.word())));
        parts.extend(self.late.then(|| "late=1".to_owned()));
        parts.extend(self.within.map(|within| format!("within={within}")));
        parts.push(format!("{name}={}", escaped(value)));
        format!("{HERE}?{}", parts.join("&"))
    }
}

/// `GET /tasks`, also as JSON and CSV.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let asked = Asked::of(&call)?;
    let desk = call.server.office()?.desk().await?;
    let all = waiting(&call, &desk).await?;
    let shown: Vec<&Waiting> = all.iter().filter(|one| asked.holds(one)).collect();
    let mut table = table(&call, &desk, &shown);
    match call.query.get("as") {
        "json" => {
            let all = shown.iter().map(|one| TaskListed::of(&call, &desk, one));
            return json(&all.collect::<Vec<TaskListed>>());
        }
        "csv" => return as_csv(&table),
        _ => {}
    }
    let mut sheet = Sheet::of(&call);
    sheet.lead = lead(&call, &shown);
    if all.is_empty() {
        sheet.sections.push(Section::Text(vec![Cell::of(t.say("server-home-no-tasks"))]));
        return sheet.answer(&call);
    }
    sheet.sections.push(Section::Choose(chooser(&call, &desk, &asked, &all)));
    let next = table.part(call.query.get("from"), PAGE);
    sheet.sections.push(Section::Table(table));
    if let Some((next, rest)) = next {
        let more = Cell::to(t.with("server-submit-more", "n", rest), asked.href("from", &next.to_string()));
        sheet.sections.push(Section::Text(vec![more]));
    }
    for ending in ["json", "csv"] {
        sheet.twin(&ending.to_uppercase(), asked.href("as", ending));
    }
    sheet.answer(&call)
}

fn table(call: &Call, desk: &Desk, shown: &[&Waiting]) -> Table {
    let (t, today) = (Text(call.view.lang), call.server.today());
    let columns = ["due", "state", "kind", "task", "task-of", "region", "who"];
    let mut table = Table::new(call, "my-tasks", &columns);
    for one in shown {
        table.rows.push(vec![
            Cell::of(one.when(t)),
            Cell::of(t.say(&format!("tasks-state-{}", one.urgency(today).word()))),
            Cell::of(t.say(&format!("tasks-kind-{}", one.kind.word()))),
            one.what.clone(),
            Cell::of(one.of.as_str()),
            Cell::to(place_name(call, desk, one.region), format!("/r/{}", one.region)),
            Cell::of(one.who.as_str()),
        ]);
    }
    table
}

/// How many there are, and how much they press.
fn lead(call: &Call, shown: &[&Waiting]) -> String {
    let today = call.server.today();
    let [late, soon, open, later] = Urgency::ALL
        .map(|urgency| shown.iter().filter(|one| one.urgency(today) == urgency).count().to_string());
    let all = shown.len().to_string();
    say(
        call.view.lang,
        "tasks-lead",
        &[("n", &all), ("late", &late), ("soon", &soon), ("open", &open), ("later", &later)],
    )
}

/// Choices of what is there: kinds and regions that have tasks, with how many.
fn chooser(call: &Call, desk: &Desk, asked: &Asked, all: &[Waiting]) -> Chooser {
    let t = Text(call.view.lang);
    let every = |chosen: bool| (String::new(), t.say("server-all"), chosen);
    let mut kinds = vec![every(asked.kind.is_none())];
    for kind in Kind::ALL {
        let n = all.iter().filter(|one| one.kind == kind).count();
        if n > 0 || asked.kind == Some(kind) {
            let text = format!("{} ({n})", t.say(&format!("tasks-kind-{}", kind.word())));
            kinds.push((kind.word().to_owned(), text, asked.kind == Some(kind)));
        }
    }
    let late = all.iter().filter(|one| one.late.is_some()).count();
    let late = format!("{} ({late})", t.say("tasks-state-late"));
    let mut regions: Vec<RegionCode> = all.iter().map(|one| one.region).chain(asked.within).collect();
    regions.sort_unstable();
    regions.dedup();
    let mut places = vec![every(asked.within.is_none())];
    for region in regions {
        let n = all.iter().filter(|one| region.contains(one.region)).count();
        let text = format!("{} ({n})", place_name(call, desk, region));
        places.push((region.to_string(), text, asked.within == Some(region)));
    }
    Chooser {
        action: HERE.to_owned(),
        selects: vec![
            ("kind".to_owned(), t.say("server-col-kind"), kinds),
            (
                "late".to_owned(),
                t.say("server-col-state"),
                vec![every(!asked.late), ("1".to_owned(), late, asked.late)],
            ),
            ("within".to_owned(), t.say("server-col-region"), places),
        ],
        inputs: Vec::new(),
    }
}
