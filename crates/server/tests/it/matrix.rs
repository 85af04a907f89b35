//! Every route against everybody, through the real listener. The table below is written by hand; a route without a line in it
//! fails the test, and so does a line without a route.

use std::collections::BTreeMap;

use zhiheng_server::authorize::Role;
use zhiheng_server::door::Door;
use zhiheng_server::route::{Kind, Of, Verb, table::routes};

use crate::client::{Answer, Client};
use crate::world::{PASSWORD, World};

/// Route; doors; who gets through: `all`, `nothing` (there is none), `signed-in` or roles; `factor` where the second factor is asked for.
const TABLE: &str = "
assets.show        both      all
health.show        both      all
worker.show        officers  all
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
login.with         officers  all
login.from         officers  all
confirm.with       officers  signed-in
key.confirm        officers  signed-in
key.add            officers  signed-in factor
key.keep           officers  signed-in
key.remove         officers  signed-in
identity.add       officers  signed-in factor
identity.bind      officers  signed-in
identity.unbind    officers  signed-in
views.show         officers  signed-in
views.keep         officers  signed-in
views.drop         officers  signed-in
password.show      officers  signed-in
password.send      officers  signed-in
session.end        officers  signed-in
token.make         officers  signed-in
token.revoke       officers  signed-in
regions.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
regions.compare    officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
regions.brief      officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
explore.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
reports.list       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
reports.file       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
search.show        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
numbers.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
numbers.rows       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
catalog.list       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
catalog.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
assess.list        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
assess.why         officers  absent
plans.list         officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
plans.show         officers  absent
dossier.list       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader - looked
dossier.show       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
dossier.file       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
dossier.give       officers  reporter,handler
dossier.declare    officers  assessor
dossier.keep       officers  assessor
dossier.open       officers  reviewer
dossier.settle     officers  reviewer
tasks.list         officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
signals.list       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
signals.mute       officers  handler,sampler,laboratory - looked
cases.list         officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
records.show       officers  absent
assess.show        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader - looked
cases.new          officers  handler,sampler,laboratory
cases.several      officers  handler,sampler,laboratory
cases.together     officers  handler,sampler,laboratory - looked
cases.begin        officers  handler,sampler,laboratory
cases.open         officers  handler,sampler,laboratory - looked
cases.show         officers  absent
cases.comment      officers  absent
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
drafts.pause       officers  absent
drafts.resume      officers  absent
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
upkeep.show        officers  system-admin factor
upkeep.verify      officers  system-admin factor
upkeep.pause       officers  system-admin factor
upkeep.backup      officers  system-admin factor
upkeep.check       officers  system-admin factor
rules.show         officers  system-admin factor
rules.compare      officers  system-admin factor
rules.adopt        officers  system-admin factor
accounts.identities officers  system-admin factor
accounts.bind      officers  system-admin factor
accounts.unbind    officers  system-admin factor
grants.list        officers  security-admin factor
grants.show        officers  security-admin factor
grants.give        officers  security-admin factor looked
grants.take        officers  security-admin factor looked
trail.list         officers  audit-admin
firm.home          officers  enterprise
firm.credit        officers  absent
firm.case          officers  absent
firm.letter        officers  absent
firm.step          officers  absent
firm.take          officers  absent
firm.object        officers  absent
firm.objected      officers  absent
open.home          both      all
open.search        both      all
open.region        both      all
open.publication   both      nothing
open.content       both      nothing
open.enterprise    both      nothing
open.file          both      all
verify.show        both      all
verify.code        both      all
things.product     both      all
things.lot         both      all
things.piece       both      all
data.publications  both      all
data.publication   both      nothing
data.results       both      all
data.recalls       both      all
data.changes       both      all
data.enterprise    both      nothing
data.downloads     both      all
data.verify        both      all
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
api.signals        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.tasks          officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.cases          officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.case           officers  absent
api.step           officers  absent
api.steps          officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.record         officers  absent
api.changes        officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.sdmx-json      officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.sdmx-csv       officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.sdmx-structure officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.returns        officers  reporter,handler
api.return         officers  reader,reporter,reviewer,handler,approver,sampler,laboratory,assessor,publisher,leader
api.draft-make     officers  reporter,handler
api.withdraw       officers  reporter,handler
api.decision       officers  reviewer plain looked
api.drafts         officers  reporter,handler
api.draft          officers  absent
api.findings       officers  absent
api.cells          officers  absent
api.send           officers  absent
api.draft-drop     officers  absent
api.receipt        officers  absent
epcis.top          officers  enterprise - looked
epcis.slash        officers  enterprise - looked
epcis.capture      officers  enterprise - looked
epcis.jobs         officers  enterprise - looked
epcis.job          officers  enterprise - looked
epcis.make         officers  enterprise - looked
epcis.events       officers  enterprise - looked
epcis.event        officers  enterprise - looked
epcis.list         officers  enterprise - looked
epcis.item         officers  enterprise - looked
epcis.of           officers  enterprise - looked
epcis.queries      officers  enterprise - looked
epcis.name         officers  enterprise - looked
epcis.query        officers  enterprise - looked
epcis.unname       officers  enterprise - looked
epcis.answer       officers  enterprise - looked
epcis.release      officers  enterprise - looked
epcis.top-o        officers  enterprise - looked
epcis.slash-o      officers  enterprise - looked
epcis.capture-o    officers  enterprise - looked
epcis.job-o        officers  enterprise - looked
epcis.events-o     officers  enterprise - looked
epcis.event-o      officers  enterprise - looked
epcis.list-o       officers  enterprise - looked
epcis.item-o       officers  enterprise - looked
epcis.of-o         officers  enterprise - looked
epcis.queries-o    officers  enterprise - looked
epcis.query-o      officers  enterprise - looked
epcis.answer-o     officers  enterprise - looked
epcis.subscriptions officers  enterprise - looked
epcis.subscribe    officers  enterprise - looked
epcis.subscription officers  enterprise - looked
epcis.unsubscribe  officers  enterprise - looked
epcis.subscriptions-o officers  enterprise - looked
epcis.subscription-o officers  enterprise - looked
trace.history      officers  enterprise - looked
trace.show         officers  enterprise - looked
trace.places       officers  enterprise - looked
trace.export       officers  enterprise - looked
trace.notices      officers  enterprise - looked
trace.up           officers  enterprise - looked
trace.down         officers  enterprise - looked
trace.contents     officers  enterprise - looked
trace.recall       officers  enterprise - looked
trace.sites        officers  enterprise - looked
trace.recipients   officers  enterprise - looked
trace.things       officers  enterprise - looked
trace.balance      officers  enterprise - looked
trace.exposure     officers  enterprise - looked
trace.check        officers  enterprise - looked
api.checkpoint     both      all
api.proof          both      nothing
api.consistency    both      all
ledger.checkpoint  both      all
ledger.key         both      all
ledger.tile        both      nothing
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
            .replace("{procedure}/{step}", "sampling.sheet/arrive")
            .replace("{account}", &other)
            .replace("{grant}", &grant)
            .replace("{code}", "ZH7501")
            .replace("{provider}", "city")
            .replace("{file}", &style)
            .replace("{publication}", "2013-1")
            .replace("{name}", "results.csv")
            .replace("{gtin}", "06901234000115")
            .replace("{letter}", "1")
            .replace("{lot}", "A1")
            .replace("{serial}", "17")
            .replace("{region}", "621122")
            .replace("{indicator}", "sampling.pass_rate")
            .replace("{definition}", "sampling.pass_rate")
            .replace("{report}", "reports.quality-status")
            .replace("{document}", "2013.xlsx")
            .replace("{scheme}", "assessment.county_2013")
            .replace("{period}", "2013")
            .replace("{entry}", "999999")
            .replace("{level}", "0")
            .replace("{*number}", "999")
            .replace("{case}", "sampling.plan-621122-2013-0001")
            .replace("{step}", "issue")
            .replace("{record}", "sampling.batch")
            .replace("{draft}", "no-such-draft-is-here")
            .replace("{plan}", "no-such-plan")
            .replace("{job}", "no-such-draft-is-here")
            .replace("{submission}", "sampling.batch:621122:2013Q4:0000")
            .replace("{enterprise}", "91621122123456788Q")
            .replace("{list}", "bizSteps")
            .replace("{value}", "shipping")
            .replace("{event}", "urn:uuid:7f0e42b4-5f4c-4b7c-8f0c-2d7d0f3b4e57")
            .replace("{query}", "no-such-query")
            .replace("{token}", "0-0")
            .replace("{thing}", "urn:epc:id:sgtin:4012345.011111.9876")
            .replace("{subscription}", "no-such-subscription");
        let row = &table[route.id];
        for asker in &askers {
            let wanted = wanted(row, asker);
            let mut client = asker.client.clone().json();
            let answer = if route.method == Verb::Options {
                client.options(&path).await
            } else if route.method.is_safe() {
                client.get(&path).await
            } else if route.method == Verb::Delete && asker.signed_in && !asker.due {
                client.delete("/account", &path).await
            } else if route.method == Verb::Delete {
                client.remove(&path).await
            } else if matches!(route.of, Of::Looked(_)) && asker.signed_in && !asker.due {
                // What it is on is known to the handler alone, which a request without the page's token does not reach.
                match route.kind {
                    Kind::Upload | Kind::Epcis | Kind::Api => {
                        client.upload("/account", &path, &[], &[]).await
                    }
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
    let factor = row.get(3).is_some_and(|word| word == "factor") && !asker.strong;
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
        if factor { "ZH7505" } else { "" }
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
    } else if factor {
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
