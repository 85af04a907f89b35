//! What an operator can set: addresses, limits, lifetimes. The defaults are for one office behind one proxy.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;

pub use crate::egress::EgressSettings;
pub use crate::signin::oidc::settings::ProviderSettings;
pub use crate::upkeep::BackupSettings;

/// Settings of the server.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The officers' door: everything behind a login.
    pub officers: DoorSettings,
    /// The public door; none if not set.
    pub public: Option<DoorSettings>,
    /// Sessions and logins.
    pub login: LoginSettings,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Days for which the trail is kept.
    pub trail_days: u32,
    /// Seconds that open requests get when the server stops.
    pub stop_secs: u64,
    /// Where answers to subscribers of events may go. Each identity provider has settings of its own.
    pub egress: EgressSettings,
    /// Where and when backups are made.
    pub backup: BackupSettings,
    /// Places of tiles on the map of a region, as reports write them: `621102:1,2 621121:1,3`. A region without an entry
    /// gets a grid in the order of codes.
    pub tiles: BTreeMap<String, String>,
}

/// Settings of a door.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DoorSettings {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// What browsers have in their address line, such as `https://quality.example`. Without it the door takes plain HTTP
    /// on a loopback address, for trying out.
    pub origin: Option<String>,
    /// Limits.
    pub limits: Limits,
}

/// Limits of a door.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address (a proxy in `proxies` is not counted).
    pub connections_of_address: usize,
    /// Requests worked on at once; more wait for `queue_millis`, then get 503.
    pub requests: usize,
    /// How long a request waits for its turn.
    pub queue_millis: u64,
    /// Seconds for a request's head, and for the pause between two requests of a connection.
    pub head_secs: u64,
    /// Bytes of a request's head.
    pub head_bytes: usize,
    /// Header lines of a request.
    pub head_lines: usize,
    /// Bytes of a form or of JSON.
    pub form_bytes: u64,
    /// Bytes of an upload.
    pub upload_bytes: u64,
    /// Seconds without a byte of the body after which it is given up.
    pub body_pause_secs: u64,
    /// Seconds for a whole form; uploads get one more for each 64 KiB.
    pub body_secs: u64,
    /// Seconds for the answer to be made.
    pub answer_secs: u64,
    /// Seconds without a byte taken by the client after which the answer is given up.
    pub write_pause_secs: u64,
    /// Requests a minute from one address.
    pub address_per_minute: u32,
    /// Requests a minute of one account.
    pub account_per_minute: u32,
    /// Logins a minute from one address.
    pub logins_per_minute: u32,
}

/// Sessions and logins.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoginSettings {
    /// Minutes without a request after which a session ends.
    pub idle_minutes: i64,
    /// Hours after which a session ends at the latest.
    pub session_hours: i64,
    /// Minutes for which a second factor counts as shown lately.
    pub strong_minutes: i64,
    /// Days for which a token may be made at most.
    pub token_days_max: i64,
    /// Failed logins of an account before it has to wait.
    pub free_failures: u32,
    /// Characters of a password at least.
    pub password_min: usize,
    /// Memory for one password hash, in KiB.
    pub hash_kib: u32,
    /// Passes over it.
    pub hash_passes: u32,
    /// Password hashes worked out at once: each takes its memory.
    pub hashes_at_once: usize,
    /// Identity providers with which people may sign in (OpenID Connect).
    pub providers: Vec<ProviderSettings>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            officers: DoorSettings::default(),
            public: None,
            login: LoginSettings::default(),
            proxies: Vec::new(),
            trail_days: 3 * 365,
            stop_secs: 10,
            egress: EgressSettings::default(),
            backup: BackupSettings::default(),
            tiles: BTreeMap::new(),
        }
    }
}

impl Default for DoorSettings {
    fn default() -> DoorSettings {
        DoorSettings { listen: ([127, 0, 0, 1], 8080).into(), origin: None, limits: Limits::default() }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 4_000,
            connections_of_address: 400,
            requests: 64,
            queue_millis: 500,
            head_secs: 5,
            head_bytes: 16 * 1024,
            head_lines: 64,
            form_bytes: 1024 * 1024,
            upload_bytes: 64 * 1024 * 1024,
            body_pause_secs: 10,
            body_secs: 30,
            answer_secs: 60,
            write_pause_secs: 10,
            address_per_minute: 1_200,
            account_per_minute: 600,
            logins_per_minute: 20,
        }
    }
}

impl Default for LoginSettings {
    fn default() -> LoginSettings {
        LoginSettings {
            idle_minutes: 30,
            session_hours: 12,
            strong_minutes: 15,
            token_days_max: 365,
            free_failures: 5,
            password_min: 12,
            // The first recommendation of OWASP's password storage cheat sheet: 19 MiB, two passes.
            hash_kib: 19 * 1024,
            hash_passes: 2,
            hashes_at_once: 2,
            providers: Vec::new(),
        }
    }
}
