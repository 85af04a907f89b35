//! A server with a ledger, accounts and rights, all in one folder.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use zhiheng_base::RegionCode;
use zhiheng_desk::Desk;
use zhiheng_desk::handin::read::Reading;
use zhiheng_measure::engine::EngineOptions;
use zhiheng_record::access::{NewAccount, NewGrant};
use zhiheng_record::project::Settings as ProjectSettings;
use zhiheng_record::{Access, Ledger, Project};
use zhiheng_server::door::Door;
use zhiheng_server::settings::{DoorSettings, Limits, LoginSettings};
use zhiheng_server::signin::password::Passwords;
use zhiheng_server::{Log, Office, Parts, Running, Settings, start};

use crate::client::Client;

/// The password of every account in tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// 2013-10-21 09:00 in China.
const START: i64 = 1_382_317_200;

pub(crate) struct World {
    pub(crate) running: Option<Running>,
    pub(crate) access: Access,
    pub(crate) ledger: Ledger,
    pub(crate) log: Arc<Mutex<Vec<String>>>,
    clock: Arc<AtomicI64>,
    hash: String,
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

impl World {
    pub(crate) async fn new() -> World {
        World::with(settings(limits())).await
    }

    pub(crate) async fn with(settings: Settings) -> World {
        let dir = tempfile::tempdir().expect("a folder");
        let path = |name: &str| dir.path().join(name).display().to_string();
        let made = Project::create(dir.path(), ProjectSettings::new("test.example/quality"));
        let project = made.await.expect("a project");
        let catalog = Arc::new(zhiheng_catalog::load(&[]).catalog);
        let desk = Desk::open(project, catalog, &[], &EngineOptions::default()).await.expect("a desk");
        let ledger = desk.ledger.clone();
        let region = RegionCode::parse("621100").expect("a region");
        let reading = Reading { program: program(), folders: Vec::new(), limits: intake_limits() };
        let office =
            Office::new(desk, region, "sampling.pass_rate").taking(reading).await.expect("a counter");
        let access = Access::open(&path("access.sqlite")).await.expect("an access database");
        let clock = Arc::new(AtomicI64::new(START));
        let passwords = Passwords::new(&settings.login).expect("costs");
        let hash = passwords.hash(PASSWORD).await.expect("a hash");
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let mut parts = Parts::of(settings, access.clone(), office, "0.1.0").await;
        let now = Arc::clone(&clock);
        parts.clock = Arc::new(move || Timestamp::from_second(now.load(Ordering::Relaxed)).expect("a time"));
        parts.log = Log::Kept(Arc::clone(&log));
        let running = start(parts).await.expect("a server");
        World { running: Some(running), access, ledger, log, clock, hash, dir }
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

    /// The project's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.dir.path()
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
