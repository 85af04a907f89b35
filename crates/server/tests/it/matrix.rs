//! Every route against everybody, through the real listener. The table below is written by hand; a route without a line in it
//! fails the test, and so does a line without a route.

use std::collections::BTreeMap;

use zhiheng_server::authorize::Role;
use zhiheng_server::door::Door;
use zhiheng_server::route::{Kind, Of, table::routes};

use crate::client::{Answer, Client};
use crate::world::{PASSWORD, World};

/// Route; doors; who gets through: `all`, `nothing` (there is none), `signed-in` or roles; `factor` where the second factor is asked for.
const TABLE: &str = "
assets.show        both      all
health.show        both      all
home.show          both      all
map.show           both      all
a11y.show          both      all
version.show       both      all
view.set           both      all
codes.show         both      all
login.show         officers  all
login.send         officers  all
logout.send        officers  signed-in
account.show       officers  signed-in
account.confirm    officers  signed-in
account.confirmed  officers  signed-in
password.show      officers  signed-in
password.send      officers  signed-in
session.end        officers  signed-in
token.make         officers  signed-in
token.revoke       officers  signed-in
regions.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
regions.compare    officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
regions.brief      officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
reports.list       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
reports.file       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
search.show        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
numbers.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
numbers.rows       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
catalog.list       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
catalog.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
assess.list        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
assess.why         officers  absent
cases.list         officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
records.show       officers  absent
assess.show        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader - looked
cases.show         officers  absent
cases.step         officers  absent
cases.take         officers  absent
cases.file         officers  absent
cases.approve      officers  absent
enterprises.show   officers  absent
submit.list        officers  reporter,handler
submit.show        officers  reporter,handler
submit.template    officers  reporter,handler
submit.file        officers  reporter,handler
submit.table       officers  reporter,handler
submit.nil         officers  reporter,handler
submit.withdraw    officers  reporter,handler
drafts.show        officers  absent
drafts.annotated   officers  absent
drafts.mend        officers  absent
drafts.send        officers  absent
drafts.drop        officers  absent
jobs.show          officers  absent
jobs.events        officers  absent
receipts.show      officers  absent
review.list        officers  reviewer
review.show        officers  reviewer
review.unit        officers  reviewer
review.decide      officers  reviewer plain looked
accounts.list      officers  system-admin factor
accounts.make      officers  system-admin factor
accounts.lock      officers  system-admin factor
grants.list        officers  security-admin factor
grants.show        officers  security-admin factor
grants.give        officers  security-admin factor looked
grants.take        officers  security-admin factor looked
trail.list         officers  audit-admin
openapi.show       both      all
version.read       both      all
me.read            officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.region         officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.indicators     officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.measures       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.measure        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.rows           officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.explanation    officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.verdicts       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.cases          officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.checkpoint     both      all
api.proof          both      nothing
api.consistency    both      all
";

/// Roles that look at what belongs to the whole instance.
const SEES: &str = "reader reporter reviewer handler approver sampler laboratory assessor publisher leader";

/// Who asks.
struct Asker {
    name: String,
    client: Client,
    role: Option<Role>,
    signed_in: bool,
    strong: bool,
    /// Has to change the password first.
    due: bool,
    door: Door,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_lets_in_whom_the_table_says() {
    let table: BTreeMap<String, Vec<String>> = TABLE
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let cells: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            (cells[0].clone(), cells)
        })
        .collect();
    let ids: Vec<_> = routes().iter().map(|route| route.id).collect();
    for id in &ids {
        assert!(table.contains_key(*id), "{id} has no line in the table");
    }
    assert_eq!(table.len(), ids.len(), "a line without a route, or a route twice");

    let world = World::new().await;
    let askers = askers(&world).await;
    let other = world.account("somebody").await;
    let grant = world.give(&other, "reader", "621122000000", "internal").await;
    let style = world.public().get("/").await.body;
    let style =
        style.split("/assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("a file").to_owned();
    let mut cells = 0;
    for route in routes() {
        let path = route
            .path
            .replace("{account}", &other)
            .replace("{grant}", &grant)
            .replace("{code}", "ZH7501")
            .replace("{file}", &style)
            .replace("{region}", "621122")
            .replace("{indicator}", "sampling.pass_rate")
            .replace("{definition}", "sampling.pass_rate")
            .replace("{report}", "reports.quality-status")
            .replace("{document}", "2013.xlsx")
            .replace("{scheme}", "assessment.county_2013")
            .replace("{period}", "2013")
            .replace("{entry}", "999999")
            .replace("{case}", "sampling.plan-621122-2013-0001")
            .replace("{step}", "issue")
            .replace("{record}", "sampling.batch")
            .replace("{draft}", "no-such-draft-is-here")
            .replace("{job}", "no-such-draft-is-here")
            .replace("{submission}", "sampling.batch:621122:2013Q4:0000")
            .replace("{enterprise}", "91621122123456788Q");
        let row = &table[route.id];
        for asker in &askers {
            let wanted = wanted(row, asker);
            let mut client = asker.client.clone().json();
            let answer = if route.method.is_safe() {
                client.get(&path).await
            } else if matches!(route.of, Of::Looked(_)) && asker.signed_in && !asker.due {
                // What it is on is known to the handler alone, which a request without the page's token does not reach.
                match route.kind {
                    Kind::Upload => client.upload("/account", &path, &[], &[]).await,
                    _ => client.submit("/account", &path, &[]).await,
                }
            } else {
                // Without the token nothing is done, and whether one may is decided before.
                client.post(&path, &[]).await
            };
            let found = verdict(&answer);
            assert_eq!(found, wanted, "{} by {}: {} {}", route.id, asker.name, answer.status, answer.body);
            cells += 1;
        }
    }
    assert_eq!(cells, ids.len() * askers.len());
    assert!(cells > 900, "{cells}");
}

/// The code with which a right is denied; empty if it is not.
fn verdict(answer: &Answer) -> String {
    let code = answer.code();
    if ["ZH7501", "ZH7502", "ZH7503", "ZH7504", "ZH7505", "ZH7506"].contains(&code.as_str()) {
        code
    } else {
        String::new()
    }
}

fn wanted(row: &[String], asker: &Asker) -> String {
    let (doors, who) = (row[1].as_str(), row[2].as_str());
    let code = if asker.door == Door::Public && doors != "both" {
        "ZH7501"
    } else if who == "nothing" {
        // Open to everybody, but there is no such entry.
        "ZH7501"
    } else if who == "all" {
        ""
    } else if !asker.signed_in {
        "ZH7502"
    } else if who == "signed-in" {
        ""
    } else if asker.due {
        "ZH7506"
    } else if who == "absent" {
        // The ledger of this test is empty: nobody learns more than that nothing is there.
        "ZH7501"
    } else if !asker.role.is_some_and(|role| who.split(',').any(|each| each == role.code())) {
        // Who sees the instance's pages is told that this is not theirs to do; for everybody else it is not there.
        let sees = asker.role.is_some_and(|role| SEES.split(' ').any(|each| each == role.code()));
        // Where the thing is known to the handler alone, it is not there for whoever has no right with the action.
        let looked = row.get(4).is_some_and(|word| word == "looked");
        if sees && !looked { "ZH7503" } else { "ZH7501" }
    } else if row.get(3).is_some_and(|word| word == "factor") && !asker.strong {
        "ZH7505"
    } else {
        ""
    };
    code.to_owned()
}

async fn askers(world: &World) -> Vec<Asker> {
    let nobody = |name: &str, client, door| Asker {
        name: name.into(),
        client,
        role: None,
        signed_in: false,
        strong: false,
        due: false,
        door,
    };
    let mut askers = vec![
        nobody("nobody", world.officers(), Door::Officers),
        nobody("the public", world.public(), Door::Public),
    ];
    let (client, _) = world.signed_in("no-role", &[]).await;
    askers.push(Asker {
        name: "no role".into(),
        client,
        role: None,
        signed_in: true,
        strong: false,
        due: false,
        door: Door::Officers,
    });
    for role in Role::ALL {
        let (client, id) = world.signed_in(role.code(), &[role.code()]).await;
        let weak = Asker {
            name: role.code().into(),
            client,
            role: Some(role),
            signed_in: true,
            strong: false,
            due: false,
            door: Door::Officers,
        };
        let mut client = world.sign_in(role.code()).await;
        world.strong(&mut client).await;
        let name = format!("{} with a second factor", role.code());
        askers.push(Asker {
            name,
            client: client.clone(),
            role: Some(role),
            signed_in: true,
            strong: true,
            due: false,
            door: Door::Officers,
        });
        // The same cookies at the other door: a session is the instance's, the page is not.
        let mut there = world.public();
        there.cookies = client.cookies;
        let name = format!("{} at the public door", role.code());
        askers.push(Asker {
            name,
            client: there,
            role: Some(role),
            signed_in: true,
            strong: true,
            due: false,
            door: Door::Public,
        });
        let grant = world.access.grants(&id).await.expect("rights").remove(0);
        assert!(grant.entry.is_some());
        askers.push(weak);
    }
    let (_, id) = world.signed_in("due", &["system-admin"]).await;
    let hash =
        world.access.account(&id).await.expect("an answer").expect("an account").password.expect("a hash");
    world.access.set_password(&id, &hash, true, None, world.now()).await.expect("reset");
    let mut client = world.officers();
    client.submit("/login", "/login", &[("login", "due"), ("password", PASSWORD)]).await;
    askers.push(Asker {
        name: "a new account".into(),
        client,
        role: Some(Role::SystemAdmin),
        signed_in: true,
        strong: false,
        due: true,
        door: Door::Officers,
    });
    askers
}
