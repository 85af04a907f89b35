//! A server with a ledger, accounts and rights, all in one folder.

#[path = "../../../../tests/shared/postgres.rs"]
mod postgres;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use zhiheng_base::RegionCode;
use zhiheng_base::canonical::{key_bytes, to_vec};
use zhiheng_base::draft::Draft;
use zhiheng_desk::Desk;
use zhiheng_desk::handin::read::Reading;
use zhiheng_measure::engine::EngineOptions;
use zhiheng_record::access::{NewAccount, NewGrant};
use zhiheng_record::project::Settings as ProjectSettings;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{Access, Begun, Ledger, Project, Provenance, Submission};
use zhiheng_server::door::Door;
use zhiheng_server::settings::{DoorSettings, Limits, LoginSettings};
use zhiheng_server::signin::password::Passwords;
use zhiheng_server::{Log, Office, Parts, Running, Settings, start};

use crate::client::Client;

/// The password of every account in tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Set for the second run of these tests, with ledger and accounts on PostgreSQL.
const ON_POSTGRES: &str = "ZHIHENG_SERVER_ON_POSTGRES";

/// Runs all tests of this program again, with ledger and accounts on PostgreSQL.
#[test]
fn everything_again_on_postgres() {
    if std::env::var_os(ON_POSTGRES).is_some() || postgres::server("the server").is_none() {
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let output = std::process::Command::new(program).env(ON_POSTGRES, "1").output().expect("a run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("test result: ok. ") && !said.contains("ok. 0 passed"), "nothing ran: {said}");
}

/// 2013-10-21 09:00 in China.
const START: i64 = 1_382_317_200;

pub(crate) struct World {
    pub(crate) running: Option<Running>,
    pub(crate) access: Access,
    pub(crate) ledger: Ledger,
    pub(crate) log: Arc<Mutex<Vec<String>>>,
    clock: Arc<AtomicI64>,
    hash: String,
    settings: Settings,
    dir: tempfile::TempDir,
}

/// Limits under which tests do not wait for each other.
pub(crate) fn limits() -> Limits {
    Limits {
        connections_of_address: 4000,
        address_per_minute: 600_000,
        account_per_minute: 600_000,
        logins_per_minute: 600_000,
        requests: 256,
        ..Limits::default()
    }
}

pub(crate) fn settings(limits: Limits) -> Settings {
    let door = DoorSettings { listen: ([127, 0, 0, 1], 0).into(), origin: None, limits };
    Settings {
        officers: door.clone(),
        public: Some(door),
        login: LoginSettings { hash_kib: 64, hash_passes: 1, ..LoginSettings::default() },
        stop_secs: 5,
        ..Settings::default()
    }
}

/// The child that reads files, built beside the tests.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("this program");
    let folder = tests.parent().and_then(Path::parent).expect("a folder");
    let program = folder.join("examples/intake_worker");
    assert!(program.exists(), "{} is missing: cargo build --examples -p zhiheng-intake", program.display());
    program
}

/// A child that hangs is given up sooner than in earnest.
fn intake_limits() -> zhiheng_intake::Limits {
    zhiheng_intake::Limits { idle_seconds: 20, ..zhiheng_intake::Limits::default() }
}

/// A server over a project.
async fn served(
    project: Project,
    settings: &Settings,
    access: &Access,
    clock: &Arc<AtomicI64>,
    log: &Arc<Mutex<Vec<String>>>,
) -> (Running, Ledger) {
    let catalog = Arc::new(zhiheng_catalog::load(&[]).catalog);
    // Definitions that somebody has put there, and that are not in force.
    let folders = Some(project.dir().join("catalog")).filter(|folder| folder.is_dir()).into_iter().collect();
    let desk = Desk::open(project, catalog, &[], &EngineOptions::default()).await.expect("a desk");
    let ledger = desk.ledger.clone();
    let region = RegionCode::parse("621100").expect("a region");
    let reading = Reading { program: program(), folders, limits: intake_limits() };
    let office = Office::new(desk, region, "sampling.pass_rate").taking(reading).await.expect("a counter");
    let mut parts = Parts::of(settings.clone(), access.clone(), office, "0.1.0").await;
    let now = Arc::clone(clock);
    parts.clock = Arc::new(move || Timestamp::from_second(now.load(Ordering::Relaxed)).expect("a time"));
    parts.log = Log::Kept(Arc::clone(log));
    (start(parts).await.expect("a server"), ledger)
}

impl World {
    pub(crate) async fn new() -> World {
        World::with(settings(limits())).await
    }

    pub(crate) async fn with(settings: Settings) -> World {
        let dir = tempfile::tempdir().expect("a folder");
        let mut settings_of_project = ProjectSettings::new("test.example/quality");
        if std::env::var_os(ON_POSTGRES).is_some() {
            static WORLDS: AtomicI64 = AtomicI64::new(0);
            let n = WORLDS.fetch_add(1, Ordering::Relaxed);
            settings_of_project.database = postgres::schema(&format!("server_{n}")).await.expect("a server");
        }
        let project = Project::create(dir.path(), settings_of_project).await.expect("a project");
        let access = Access::open(&project.access_database()).await.expect("an access database");
        let clock = Arc::new(AtomicI64::new(START));
        let passwords = Passwords::new(&settings.login).expect("costs");
        let hash = passwords.hash(PASSWORD).await.expect("a hash");
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let (running, ledger) = served(project, &settings, &access, &clock, &log).await;
        World { running: Some(running), access, ledger, log, clock, hash, settings, dir }
    }

    /// Stops the server and starts it again over the same folder, at other addresses.
    pub(crate) async fn restart(&mut self) {
        self.running.take().expect("a running server").stop().await;
        let project = Project::open(self.dir.path()).expect("the project");
        let (running, ledger) = served(project, &self.settings, &self.access, &self.clock, &self.log).await;
        (self.running, self.ledger) = (Some(running), ledger);
    }

    /// Lets time go by.
    pub(crate) fn later(&self, secs: i64) {
        self.clock.fetch_add(secs, Ordering::Relaxed);
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.clock.load(Ordering::Relaxed)).expect("a time")
    }

    pub(crate) fn door(&self, door: Door) -> Client {
        let running = self.running.as_ref().expect("a running server");
        Client::new(running.address(door).expect("a door"))
    }

    /// Whether ledger and accounts are on PostgreSQL.
    pub(crate) fn is_on_postgres(&self) -> bool {
        std::env::var_os(ON_POSTGRES).is_some()
    }

    /// The project's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// Enters records of a type, each under the texts of its key fields.
    pub(crate) async fn enter(
        &self,
        id: &str,
        of: &str,
        key: &[&str],
        records: impl IntoIterator<Item = serde_json::Value>,
    ) {
        let drafts = records.into_iter().map(|data| Draft {
            key: sha256(&key_bytes(of, key.iter().map(|field| data[*field].as_str().expect("a text")))),
            data: to_vec(&data).expect("canonical"),
            personal: Vec::new(),
            place: None,
        });
        let submission = Submission {
            id: id.to_owned(),
            by: "office".to_owned(),
            at: self.now(),
            of: of.to_owned(),
            provenance: Provenance::Reported,
            basis: None,
            catalog: "0".repeat(64),
            files: Vec::new(),
            body: to_hex(&sha256(id.as_bytes())),
            key: key.iter().map(|field| (*field).to_owned()).collect(),
        };
        let Begun::Fresh(mut appender) = self.ledger.begin(submission).await.expect("begun") else {
            panic!("taken before")
        };
        appender.push(drafts.collect()).await.expect("pushed");
        appender.commit().await.expect("committed");
    }

    pub(crate) fn officers(&self) -> Client {
        self.door(Door::Officers)
    }

    pub(crate) fn public(&self) -> Client {
        self.door(Door::Public)
    }

    /// An account with the password of tests; answers its id.
    pub(crate) async fn account(&self, login: &str) -> String {
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("岗位 {login}"),
            person: format!("P-{login}"),
            password: Some(self.hash.clone()),
            must_change: false,
        };
        self.access.add_account(new, self.now()).await.expect("an account").id
    }

    /// Gives a right, as if from the console.
    pub(crate) async fn give(&self, account: &str, role: &str, region: &str, level: &str) -> String {
        let grant = NewGrant {
            account: account.to_owned(),
            role: role.to_owned(),
            region: region.to_owned(),
            line: None,
            enterprise: (role == "enterprise").then(|| "91621122MA00000001".to_owned()),
            level: level.to_owned(),
            since: jiff::civil::date(2013, 1, 1),
            until: None,
            reason: "岗位职责".to_owned(),
            by: "console".to_owned(),
            catalog: "0".repeat(64),
        };
        self.access.give(&self.ledger, grant, &[], self.now()).await.expect("a right").id
    }

    /// A browser signed in as somebody new with a role in Longxi County.
    pub(crate) async fn signed_in(&self, login: &str, roles: &[&str]) -> (Client, String) {
        let account = self.account(login).await;
        for role in roles {
            self.give(&account, role, "621122000000", "internal").await;
        }
        (self.sign_in(login).await, account)
    }

    pub(crate) async fn sign_in(&self, login: &str) -> Client {
        let mut client = self.officers();
        let fields = [("login", login), ("password", PASSWORD)];
        let answer = client.submit("/login", "/login", &fields).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{}", answer.body);
        client
    }

    /// The same, having shown the second factor.
    pub(crate) async fn strong(&self, client: &mut Client) {
        let answer = client.submit("/account/confirm", "/account/confirm", &[("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
}
