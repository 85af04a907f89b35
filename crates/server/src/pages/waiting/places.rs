//! Where something waits: in the cases, among the returns, with the papers of assessed places.

use std::collections::BTreeSet;

use zhiheng_base::{Date, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::handin::matrix::Status;
use zhiheng_desk::handin::{PROCEDURE, Place};
use zhiheng_desk::panel::Round;

use super::{Kind, Waiting, late};
use crate::authorize::Action;
use crate::call::Call;
use crate::counter::Counter;
use crate::pages::dossier::{address, mine_of, waits};
use crate::pages::region::sees;
use crate::pages::returns::{Asked, Owed, href, owed, record_name, regions};
use crate::pages::sheet::Cell;
use crate::problem::Problem;
use crate::text::Text;

/// Steps of cases. Those of returns stand among the returns, where they are done.
pub(super) async fn steps(call: &Call, desk: &Desk) -> Result<Vec<Waiting>, Problem> {
    let (t, lang, on) = (Text(call.view.lang), call.view.lang, call.server.today());
    let account = call.server.access.account(call.account()).await?.map(|account| account.login);
    let Some(account) = account else { return Ok(Vec::new()) };
    let between = t.between("list-separator");
    let mut found = Vec::new();
    for task in call.server.office()?.tasks(desk, on).await?.iter() {
        let Some(procedure) = desk.catalog.procedures.get(&task.procedure) else { continue };
        let Some(region) = task.region.filter(|region| sees(call, *region)) else { continue };
        let is_return = task.procedure == PROCEDURE && call.server.counter().is_some();
        if is_return || !task.is_for(procedure, &desk.staff, &account, on) {
            continue;
        }
        let name = task.name.get(lang);
        let name = if task.proposed { t.with("server-task-approve", "step", name) } else { name.to_owned() };
        let who = task.roles.iter().filter_map(|(id, _)| procedure.role(id)).map(|role| role.name.get(lang));
        found.push(Waiting {
            kind: Kind::Step,
            what: Cell::to(name, format!("/cases/{}", task.case)),
            of: format!("{} {}", procedure.head.name.get(lang), task.case),
            region,
            due: task.due,
            late: task.late.filter(|_| task.due.is_some()),
            opens: task.opens,
            who: who.collect::<Vec<_>>().join(&between),
        });
    }
    Ok(found)
}

/// Returns to hand in, those that came back, and those that others have handed in.
pub(super) async fn returns(call: &Call, desk: &Desk, counter: &Counter) -> Result<Vec<Waiting>, Problem> {
    let (t, lang, today) = (Text(call.view.lang), call.view.lang, call.server.today());
    let one = |kind: Kind, (of, href): (&str, String), region, period: String, due: Option<Date>| Waiting {
        kind,
        what: Cell::to(
            t.with(&format!("tasks-do-{}", kind.word()), "name", record_name(call, desk, of)),
            href,
        ),
        of: period,
        region,
        due,
        late: due.and_then(|due| late(due, today)),
        opens: None,
        who: String::new(),
    };
    let mut found = Vec::new();
    for Owed { what, status, .. } in owed(call, desk, counter, Asked::NEWEST).await? {
        if matches!(status, Status::Open | Status::Late) {
            let named = (what.of.as_str(), href(&what));
            found.push(one(Kind::Return, named, what.region, what.period.title(lang), Some(what.due())));
        }
    }
    let (own, below) = (regions(call, Action::Submit), regions(call, Action::Review));
    let within = |all: &[RegionCode], place: &Place| all.iter().any(|region| region.contains(place.region));
    for place in counter.places.newest(desk).await?.all() {
        let page = |base: &str| format!("/{base}/{}/{}/{}", place.of, place.region, place.period);
        let (kind, href) = match Status::of_case(place) {
            Some(Status::Returned) if within(&own, place) => (Kind::Mend, page("submit")),
            // Nobody accepts what they have handed in.
            Some(Status::Submitted)
                if within(&below, place) && !place.persons.contains(&call.who().person) =>
            {
                (Kind::Review, page("review"))
            }
            _ => continue,
        };
        let due = place.mend_by.filter(|_| kind == Kind::Mend);
        found.push(one(kind, (place.of.as_str(), href), place.region, place.period.title(lang), due));
    }
    Ok(found)
}

/// Places to declare interests for and to score, in every round that has begun.
pub(super) async fn dossiers(call: &Call, desk: &Desk) -> Result<Vec<Waiting>, Problem> {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let own = regions(call, Action::Score);
    let mut found = Vec::new();
    if own.is_empty() {
        return Ok(found);
    }
    let schemes = desk.catalog.schemes.values();
    let with_panel = schemes.filter_map(|scheme| Some((scheme, scheme.panel.as_ref()?)));
    for (scheme, panel) in with_panel {
        for period in desk.rounds_begun(scheme).await? {
            let mut seen = BTreeSet::new();
            for within in &own {
                let of = |place| Round { scheme, panel, place, period };
                for (place, standing) in desk.rounds_stand(&of(*within), *within).await? {
                    let mine = mine_of(call, &standing, place);
                    let is_new = place.level() == scheme.assesses && seen.insert(place);
                    if !is_new || !waits(mine) {
                        continue;
                    }
                    found.push(Waiting {
                        kind: Kind::Dossier,
                        what: Cell::to(t.say(mine), address(&of(place))),
                        of: format!("{} · {}", scheme.head.name.get(lang), period.title(lang)),
                        region: place,
                        due: None,
                        late: None,
                        opens: None,
                        who: String::new(),
                    });
                }
            }
        }
    }
    Ok(found)
}
