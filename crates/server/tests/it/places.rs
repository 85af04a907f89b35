//! Every page and answer about a place, for places near and far, by everybody: what is there for one is not there for another.
//!
//! The tables are written by hand; they say nothing about how the server knows.

use std::collections::BTreeSet;

use zhiheng_server::authorize::{Action, Level, Role};
use zhiheng_server::route::{Of, Verb, table::routes};

use crate::authorize::may;
use crate::deciding::plan;
use crate::figures::sampled;
use crate::handin::officers;
use crate::world::World;

/// Places, and whether a right for Longxi County reaches them.
const PLACES: [(&str, &str, bool); 6] = [
    ("own county", "621122", true),
    ("own township", "621122101", true),
    ("sister county", "621121", false),
    ("parent city", "621100", false),
    ("own province", "620000", false),
    ("other province", "610000", false),
];

/// Routes with a place in their address: the action, and the address.
const OF_PLACES: &str = "
regions.show     see     /r/{region}?period=2013
regions.compare  see     /r/{region}/compare?indicator=sampling.pass_rate&period=2013
regions.brief    see     /r/{region}/brief?period=2013
numbers.show     see     /m/sampling.pass_rate/{region}/2013
numbers.rows     see     /m/sampling.pass_rate/{region}/2013/records
reports.file     see     /reports/reports.quality-status/{region}/2013.xlsx
assess.why       see     /assess/assessment.county_2013/2013/{region}
dossier.show     see     /assess/assessment.county_stages_2014/2013/{region}/dossier
submit.show      submit  /submit/sampling.batch/{region}/2013Q4
submit.template  submit  /submit/sampling.batch/{region}/2013Q4/template.xlsx
review.unit      review  /review/sampling.batch/{region}/2013Q4
api.measure      see     /api/v1/measures/sampling.pass_rate/{region}/2013
api.rows         see     /api/v1/measures/sampling.pass_rate/{region}/2013/rows
api.explanation  see     /api/v1/measures/sampling.pass_rate/{region}/2013/explanation
api.return       see     /api/v1/returns/sampling.batch/{region}/2013Q4
";

/// Routes that are on something of a place: the action, and the address.
const OF_THINGS: &str = "
records.show  see     /records/{entry}
cases.show    see     /cases/{case}
cases.step    handle  /cases/{case}/steps/check
api.record    see     /api/v1/records/{entry}
api.case      see     /api/v1/cases/{case}
";

/// Routes on things of which this test has none; their own tests have.
const ELSEWHERE: [&str; 19] = [
    "dossier.list",
    "dossier.file",
    "receipts.show",
    "cases.file",
    "assess.show",
    "enterprises.show",
    "plans.show",
    "drafts.show",
    "drafts.annotated",
    "api.draft",
    "api.findings",
    "api.receipt",
    "jobs.show",
    "jobs.events",
    "firm.credit",
    "firm.case",
    "firm.letter",
    "firm.step",
    "firm.object",
];

fn rows(table: &'static str) -> Vec<[&'static str; 3]> {
    let lines = table.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            std::array::from_fn(|_| words.next().expect("three words"))
        })
        .collect()
}

/// The quality officer of a place; townships have none.
fn account(region: &str) -> Option<String> {
    (region.len() == 6).then(|| format!("officer-{region}"))
}

/// What there is to ask for: its name, the action, whether the place is reached, the address.
async fn things(world: &World) -> Vec<(String, &'static str, bool, String)> {
    let mut found = Vec::new();
    let accounts: Vec<_> =
        PLACES.iter().filter_map(|(_, region, _)| Some((account(region)?, *region))).collect();
    let all: Vec<_> =
        accounts.iter().map(|(account, region)| (account.as_str(), "quality-officer", *region)).collect();
    officers(world, &all).await;
    for (place, region, reached) in PLACES {
        for [id, action, path] in rows(OF_PLACES) {
            // townships are not assessed
            if id == "assess.why" && region.len() > 6 {
                continue;
            }
            let path = path.replace("{region}", region);
            found.push((format!("{id} of the {place}"), action, reached, path));
        }
        sampled(world, region, 1, 0).await;
        let entry = world.ledger.size().await.expect("a size") - 1;
        let case = match account(region) {
            Some(account) => Some(plan(world, &account, region, false).await),
            None => None,
        };
        for [id, action, path] in rows(OF_THINGS) {
            let path = path.replace("{entry}", &entry.to_string());
            if let Some(case) = case.as_ref().or((!path.contains("{case}")).then_some(&String::new())) {
                found.push((format!("{id} of the {place}"), action, reached, path.replace("{case}", case)));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_of_a_place_is_there_for_whom_the_tables_say() {
    let listed: BTreeSet<&str> =
        rows(OF_PLACES).into_iter().chain(rows(OF_THINGS)).map(|[id, ..]| id).chain(ELSEWHERE).collect();
    // Events and what enterprises answer are not of a place; their own tests have them.
    let of_places = |action| !matches!(action, Action::Trace | Action::Capture | Action::Answer);
    for route in routes().iter().filter(|route| route.method == Verb::Get && of_places(route.action)) {
        if matches!(route.of, Of::Region(..) | Of::Looked(_)) {
            assert!(listed.contains(route.id), "{} is in none of the tables", route.id);
        }
    }
    let world = World::new().await;
    let things = things(&world).await;
    let mut cells = 0_u32;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        for (rank, level) in Level::ALL.into_iter().enumerate() {
            let login = format!("{}-{}", role.code(), level.code());
            let account = world.account(&login).await;
            world.give(&account, role.code(), "621122000000", level.code()).await;
            let mut client = world.sign_in(&login).await.json();
            for (name, action, reached, path) in &things {
                // A right of an enterprise is for the enterprise's things, whatever the place; all else here is internal.
                let here = *reached && rank >= 1 && role != Role::Enterprise;
                // What a case allows is told to nobody who may not act in it.
                let sees = may(role, "see") && here && !name.starts_with("cases.step");
                let wanted = match (may(role, action) && here, sees) {
                    (true, _) => "",
                    (false, true) => "ZH7503",
                    (false, false) => "ZH7501",
                };
                let answer = client.get(path).await;
                let code = answer.code();
                let found = if code.starts_with("ZH750") { code.as_str() } else { "" };
                if found != wanted {
                    wrong.push(format!("{name} by {login}: {} {found:?}, not {wanted:?}", answer.status));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cells > 5000, "{cells}");
}
