//! The server: what all requests share, starting and stopping.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use axum::Router;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc, watch};
use zhiheng_base::{Date, Regions};
use zhiheng_record::{Access, Ledger, LedgerError};

use crate::assets::Assets;
use crate::counter::{Counter, resume};
use crate::door::Door;
use crate::door::listen::{Listening, listen};
use crate::door::load::Load;
use crate::door::rate::Rate;
use crate::front::cookie::Jar;
use crate::front::{Log, answer};
use crate::office::Office;
use crate::problem::Problem;
use crate::route::{Route, router::router, table};
use crate::settings::{DoorSettings, Limits, Settings};
use crate::signin::oidc::{self, Provider};
use crate::signin::password::Passwords;
use crate::upkeep::Upkeep;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A clock; tests bring their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a server is made of.
pub struct Parts {
    /// Settings.
    pub settings: Settings,
    /// Accounts and rights.
    pub access: Access,
    /// The project at work; without one there are no pages of figures and cases.
    pub office: Option<Office>,
    /// The ledger.
    pub ledger: Ledger,
    /// Digest of the catalog in force.
    pub catalog: String,
    /// Version of the program.
    pub version: String,
    /// What time it is.
    pub clock: Clock,
    /// Where the access log goes.
    pub log: Log,
    /// The regions there are; without them, any code that is well formed is taken, and shown as a code.
    pub regions: Option<Arc<Regions>>,
}

impl Parts {
    /// Parts of a server for a project at work.
    pub async fn of(settings: Settings, access: Access, office: Office, version: &str) -> Parts {
        let (ledger, catalog) = office.pins().await;
        Parts { office: Some(office), ..Parts::new(settings, access, ledger, &catalog, version) }
    }

    /// Parts with the system's clock and the log on standard error.
    pub fn new(settings: Settings, access: Access, ledger: Ledger, catalog: &str, version: &str) -> Parts {
        Parts {
            settings,
            access,
            office: None,
            ledger,
            catalog: catalog.to_owned(),
            version: version.to_owned(),
            clock: Arc::new(Timestamp::now),
            log: Log::Stderr,
            regions: None,
        }
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("{address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// Plain HTTP beyond this machine: passwords would be readable on the way.
    #[error("{0}: a door without an https origin listens on a loopback address only")]
    Plain(SocketAddr),
    /// The costs of password hashes are impossible.
    #[error("password costs: {0}")]
    Costs(argon2::Error),
    /// What is set about an identity provider cannot be.
    #[error("identity provider {id}: {why}")]
    Provider {
        /// Its id.
        id: String,
        /// What is wrong.
        why: String,
    },
    /// The access database or the ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A right in the access database is not as the ledger has it.
    #[error("{0} rights are not as the ledger has them")]
    Tampered(usize),
}

/// How often each may ask at a door.
pub(crate) struct Rates {
    pub(crate) address: Rate,
    pub(crate) account: Rate,
    pub(crate) login: Rate,
}

/// What belongs to one door.
struct Gate {
    door: Door,
    limits: Limits,
    load: Arc<Load>,
    rates: Rates,
    router: Router,
    origin: String,
    hosts: Vec<String>,
}

/// What all requests share.
pub(crate) struct Server {
    pub(crate) settings: Settings,
    pub(crate) access: Access,
    pub(crate) office: Option<Office>,
    pub(crate) ledger: Ledger,
    pub(crate) catalog: String,
    pub(crate) version: String,
    pub(crate) log: Log,
    pub(crate) regions: Option<Arc<Regions>>,
    pub(crate) passwords: Passwords,
    /// Long work of the administrator.
    pub(crate) upkeep: Upkeep,
    /// Identity providers with which people may sign in.
    pub(crate) providers: Vec<Provider>,
    pub(crate) assets: Assets,
    /// WebSockets that may be open.
    pub(crate) sockets: Arc<Semaphore>,
    clock: Clock,
    begun: Instant,
    requests: AtomicU64,
    gates: Vec<Gate>,
}

impl Server {
    /// Where files are handed in, if this server takes any.
    pub(crate) fn counter(&self) -> Option<&Counter> {
        self.office.as_ref()?.counter.as_ref()
    }

    fn gate(&self, door: Door) -> Option<&Gate> {
        self.gates.iter().find(|gate| gate.door == door)
    }

    /// The project at work.
    pub(crate) fn office(&self) -> Result<&Office, Problem> {
        self.office.as_ref().ok_or_else(Problem::not_found)
    }

    /// What time it is.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Today, where the offices are: China has one time zone.
    pub(crate) fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::fixed(jiff::tz::offset(8))).date()
    }

    /// Time since the start, for rates.
    pub(crate) fn uptime(&self) -> Duration {
        self.begun.elapsed()
    }

    /// A new id for a request: random at the start, then counted, so that no two are the same.
    pub(crate) fn request_id(&self) -> String {
        format!("{:016x}", self.requests.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed))
    }

    pub(crate) fn limits(&self, door: Door) -> &Limits {
        static DEFAULT: OnceLock<Limits> = OnceLock::new();
        self.gate(door).map_or_else(|| DEFAULT.get_or_init(Limits::default), |gate| &gate.limits)
    }

    pub(crate) fn rates(&self, door: Door) -> &Rates {
        static NONE: OnceLock<Rates> = OnceLock::new();
        self.gate(door).map_or_else(|| NONE.get_or_init(|| rates_of(&Limits::default())), |gate| &gate.rates)
    }

    pub(crate) fn load(&self, door: Door) -> Arc<Load> {
        self.gate(door).map_or_else(|| Arc::new(Load::new(&Limits::default())), |gate| Arc::clone(&gate.load))
    }

    pub(crate) fn router(&self, door: Door) -> Router {
        self.gate(door).map(|gate| gate.router.clone()).unwrap_or_default()
    }

    /// Origin of a door's pages.
    pub(crate) fn origin(&self, door: Door) -> &str {
        self.gate(door).map_or("", |gate| &gate.origin)
    }

    /// What everybody has in their address line: that of the public door, or of this one where there is none.
    pub(crate) fn public_origin(&self, door: Door) -> &str {
        match self.origin(Door::Public) {
            "" => self.origin(door),
            origin => origin,
        }
    }

    /// Values of `Host` that a door takes.
    pub(crate) fn hosts(&self, door: Door) -> &[String] {
        self.gate(door).map_or(&[], |gate| &gate.hosts)
    }

    pub(crate) fn is_https(&self, door: Door) -> bool {
        self.origin(door).starts_with("https://")
    }

    pub(crate) fn jar(&self, door: Door) -> Jar {
        Jar { https: self.is_https(door) }
    }
}

fn rates_of(limits: &Limits) -> Rates {
    Rates {
        address: Rate::per_minute(limits.address_per_minute),
        account: Rate::per_minute(limits.account_per_minute),
        login: Rate::per_minute(limits.logins_per_minute),
    }
}

/// A server that is running. Dropping it stops it without waiting.
pub struct Running {
    addresses: Vec<(Door, SocketAddr)>,
    stop: watch::Sender<bool>,
    done: mpsc::Receiver<Infallible>,
    grace: Duration,
    server: Arc<Server>,
}

impl Running {
    /// Where a door listens.
    pub fn address(&self, door: Door) -> Option<SocketAddr> {
        self.addresses.iter().find(|(each, _)| *each == door).map(|(_, address)| *address)
    }

    /// Takes no more connections, lets the requests under way finish, and answers whether all did in time.
    pub async fn stop(mut self) -> bool {
        let _ = self.stop.send(true);
        if let Some(counter) = self.server.counter() {
            counter.close();
        }
        // Nobody could let it go on any more.
        if let Some(work) = self.server.upkeep.running() {
            work.pause(false);
        }
        tokio::time::timeout(self.grace, self.done.recv()).await.is_ok()
    }
}

/// Starts a server: finishes what a crash left open, checks rights against the ledger, and opens the doors.
///
/// # Errors
///
/// See [`StartError`].
pub async fn start(parts: Parts) -> Result<Running, StartError> {
    start_with(parts, table::routes()).await
}

/// The same with another table, for tests of what a route must do.
pub(crate) async fn start_with(parts: Parts, table: &'static [Route]) -> Result<Running, StartError> {
    parts.access.settle(&parts.ledger).await?;
    let wrong = parts.access.check_grants(&parts.ledger).await?;
    if !wrong.is_empty() {
        return Err(StartError::Tampered(wrong.len()));
    }
    let proxies = parts.settings.proxies.clone();
    let mut doors = vec![(Door::Officers, parts.settings.officers.clone())];
    doors.extend(parts.settings.public.clone().map(|settings| (Door::Public, settings)));
    let cell: Arc<OnceLock<Weak<Server>>> = Arc::default();
    let mut gates = Vec::new();
    let mut listeners = Vec::new();
    for (door, settings) in doors {
        let (gate, listener) = open(door, settings, table, &cell).await?;
        let listening = Listening {
            door,
            listener,
            load: Arc::clone(&gate.load),
            limits: gate.limits.clone(),
            proxies: proxies.clone(),
        };
        gates.push(gate);
        listeners.push(listening);
    }
    let passwords = Passwords::new(&parts.settings.login).map_err(StartError::Costs)?;
    let providers = oidc::providers(&parts.settings.login.providers)?;
    let mut seed = [0_u8; 8];
    getrandom::fill(&mut seed).map_err(|error| LedgerError::Random(error.to_string()))?;
    let grace = Duration::from_secs(parts.settings.stop_secs);
    let server = Arc::new(Server {
        settings: parts.settings,
        access: parts.access,
        office: parts.office,
        ledger: parts.ledger,
        catalog: parts.catalog,
        version: parts.version,
        log: parts.log,
        regions: parts.regions,
        passwords,
        upkeep: Upkeep::default(),
        providers,
        assets: Assets::new(),
        sockets: crate::epcis::socket::places(),
        clock: parts.clock,
        begun: Instant::now(),
        requests: AtomicU64::new(u64::from_le_bytes(seed)),
        gates,
    });
    let _ = cell.set(Arc::downgrade(&server));
    let (stop, stopped) = watch::channel(false);
    let (alive, done) = mpsc::channel(1);
    let mut addresses = Vec::new();
    for listening in listeners {
        if let Ok(address) = listening.listener.local_addr() {
            addresses.push((listening.door, address));
        }
        let shared = Arc::clone(&server);
        let work = move |door, peer, request| answer(Arc::clone(&shared), door, peer, request);
        tokio::spawn(listen(listening, work, stopped.clone(), alive.clone()));
    }
    tokio::spawn(crate::epcis::deliver::run(Arc::downgrade(&server), stopped.clone()));
    tokio::spawn(crate::upkeep::daily(Arc::downgrade(&server), stopped.clone()));
    tokio::spawn(tidy(Arc::downgrade(&server), stopped));
    resume(&server);
    Ok(Running { addresses, stop, done, grace, server })
}

/// Once a day, forgets what the trail need not keep any longer.
async fn tidy(server: Weak<Server>, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Some(server) = server.upgrade() {
            let done = server.access.forget_trail(server.settings.trail_days, server.now()).await;
            if let Err(error) = done {
                server.log.text(&format!("the trail was not tidied: {error}"));
            }
            if let Some(Err(trouble)) = server.counter().map(|counter| counter.drafts.tidy(server.now())) {
                server.log.text(&format!("the drafts were not tidied: {trouble}"));
            }
        }
        tokio::select! {
            () = tokio::time::sleep(DAY) => {},
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Opens a door: listens, and settles what it is called.
async fn open(
    door: Door,
    settings: DoorSettings,
    table: &'static [Route],
    server: &Arc<OnceLock<Weak<Server>>>,
) -> Result<(Gate, TcpListener), StartError> {
    let wanted = settings.listen;
    let https = settings.origin.as_deref().is_some_and(|origin| origin.starts_with("https://"));
    if !https && !wanted.ip().is_loopback() {
        return Err(StartError::Plain(wanted));
    }
    let failed = |source| StartError::Listen { address: wanted, source };
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let origin = settings.origin.unwrap_or_else(|| format!("http://{address}"));
    let origin = origin.trim_end_matches('/').to_ascii_lowercase();
    let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host).to_owned();
    let mut hosts = vec![host];
    if !https {
        let port = address.port();
        hosts.extend([format!("localhost:{port}"), format!("127.0.0.1:{port}")]);
    }
    // Whoever watches the server asks it by its address.
    hosts.push(match address.ip() {
        IpAddr::V4(four) => format!("{four}:{}", address.port()),
        IpAddr::V6(six) => format!("[{six}]:{}", address.port()),
    });
    let gate = Gate {
        door,
        load: Arc::new(Load::new(&settings.limits)),
        rates: rates_of(&settings.limits),
        router: router(table, door, server),
        limits: settings.limits,
        origin,
        hosts,
    };
    Ok((gate, listener))
}
