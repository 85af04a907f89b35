//! What the access database holds.

use jiff::Timestamp;
use zhiheng_base::{Date, Diagnostic};

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// It can.
    Active,
    /// An administrator shut it; sessions and tokens no longer work.
    Locked,
    /// Name and password are gone; only the id remains, for what it did.
    Erased,
}

impl AccountState {
    /// The word in the table.
    pub fn word(self) -> &'static str {
        match self {
            AccountState::Active => "active",
            AccountState::Locked => "locked",
            AccountState::Erased => "erased",
        }
    }

    pub(super) fn read(word: &str) -> AccountState {
        match word {
            "active" => AccountState::Active,
            "erased" => AccountState::Erased,
            // What nobody knows gives no access.
            _ => AccountState::Locked,
        }
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id, which stays in entries of the ledger after it is erased.
    pub id: String,
    /// What is typed in at login; empty once erased.
    pub login: String,
    /// What pages show; empty once erased.
    pub name: String,
    /// Number of the person: two accounts of one person share it. Empty once erased.
    pub person: String,
    /// Password hash in PHC form.
    pub password: Option<String>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// Whether it can be used.
    pub state: AccountState,
    /// Failed logins since the last good one.
    pub failed: u32,
    /// When the last of them was.
    pub failed_at: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// An account to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// What is typed in at login.
    pub login: String,
    /// What pages show.
    pub name: String,
    /// Number of the person.
    pub person: String,
    /// Password hash in PHC form.
    pub password: Option<String>,
    /// Whether the password must be changed at the first login.
    pub must_change: bool,
}

/// A session of somebody signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value, hex: its name here.
    pub hash: String,
    /// Account.
    pub account: String,
    /// What the person sees it as in the list of sessions: family of browser and system, nothing finer.
    pub client: String,
    /// When it began.
    pub made_at: Timestamp,
    /// When it was last used (to a minute).
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
    /// When a second factor was last shown.
    pub strong_at: Option<Timestamp>,
}

/// A session to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// SHA-256 of the cookie's value, hex.
    pub hash: String,
    /// Account.
    pub account: String,
    /// Family of browser and system.
    pub client: String,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
}

/// A token of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its public id.
    pub id: String,
    /// Account on whose rights it draws.
    pub account: String,
    /// What the person called it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When it was last used (to a minute).
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A token to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// SHA-256 of its value, hex.
    pub hash: String,
    /// Account.
    pub account: String,
    /// What the person calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// A right: a role for a region, a line or an enterprise, up to a level of sensitivity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id, the key of the record in the ledger.
    pub id: String,
    /// Account.
    pub account: String,
    /// Code of the role.
    pub role: String,
    /// Region (12 digits), with all below it.
    pub region: String,
    /// Line department within the region; all lines if `None`.
    pub line: Option<String>,
    /// The one enterprise (credit code), for accounts of enterprises.
    pub enterprise: Option<String>,
    /// Greatest sensitivity.
    pub level: String,
    /// First day.
    pub since: Date,
    /// Last day.
    pub until: Option<Date>,
    /// Why it was given.
    pub reason: String,
    /// Who gave it.
    pub given_by: String,
    /// When.
    pub given_at: Timestamp,
    /// The record in the ledger; `None` while it is not written: then the right does not exist yet.
    pub entry: Option<u64>,
    /// Who took it back, when.
    pub taken: Option<Taken>,
}

impl Grant {
    /// Whether it gives anything on `day`: written in the ledger, not taken back, within its days.
    pub fn holds_on(&self, day: Date) -> bool {
        self.entry.is_some()
            && self.taken.is_none()
            && self.since <= day
            && self.until.is_none_or(|until| day <= until)
    }
}

/// How a right was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The withdrawal in the ledger; `None` while it is not written (the right is gone all the same).
    pub entry: Option<u64>,
}

/// A right to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGrant {
    /// Account.
    pub account: String,
    /// Code of the role.
    pub role: String,
    /// Region (12 digits).
    pub region: String,
    /// Line department.
    pub line: Option<String>,
    /// The one enterprise.
    pub enterprise: Option<String>,
    /// Greatest sensitivity.
    pub level: String,
    /// First day.
    pub since: Date,
    /// Last day.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
    /// Account that gives it.
    pub by: String,
    /// Digest of the catalog in force.
    pub catalog: String,
}

/// What is kept of a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeedKind {
    /// Signed in.
    Login,
    /// Failed to sign in.
    LoginFailed,
    /// Signed out, or a session was ended.
    Logout,
    /// A second factor was shown.
    StepUp,
    /// A password was set.
    Password,
    /// An account was made, locked, opened or erased.
    Account,
    /// A token was made or revoked.
    Token,
    /// A right was given or taken back.
    Grant,
    /// An account was bound to an identity elsewhere, or set free from it.
    Identity,
    /// A security key was added, removed or refused.
    Key,
    /// Personal or sealed data were read.
    Read,
    /// Data were taken out in bulk.
    Export,
    /// Something was asked for that was not the account's to see.
    Refused,
    /// The ledger was verified, a backup made or checked, definitions tried or adopted.
    Operate,
}

impl DeedKind {
    /// All kinds with their words.
    pub const ALL: [(DeedKind, &'static str); 14] = [
        (DeedKind::Login, "login"),
        (DeedKind::LoginFailed, "login-failed"),
        (DeedKind::Logout, "logout"),
        (DeedKind::StepUp, "step-up"),
        (DeedKind::Password, "password"),
        (DeedKind::Account, "account"),
        (DeedKind::Token, "token"),
        (DeedKind::Grant, "grant"),
        (DeedKind::Identity, "identity"),
        (DeedKind::Key, "key"),
        (DeedKind::Read, "read"),
        (DeedKind::Export, "export"),
        (DeedKind::Refused, "refused"),
        (DeedKind::Operate, "operate"),
    ];

    /// The word in the table.
    pub fn word(self) -> &'static str {
        DeedKind::ALL.into_iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    pub(super) fn read(word: &str) -> Option<DeedKind> {
        DeedKind::ALL.into_iter().find(|(_, each)| *each == word).map(|(kind, _)| kind)
    }
}

/// A deed on the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Place on the trail, from 1; 0 when it is being written.
    pub n: u64,
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: DeedKind,
    /// Who; `None` when nobody was signed in.
    pub account: Option<String>,
    /// On what: an address such as `records/injury.case/17`, never the data themselves.
    pub subject: String,
    /// For what purpose, where one was asked.
    pub purpose: String,
    /// Id of the request.
    pub request: String,
}

/// Which deeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrailFilter {
    /// Of this account.
    pub account: Option<String>,
    /// Of this kind.
    pub kind: Option<DeedKind>,
    /// Older than this place.
    pub before: Option<u64>,
    /// At most so many, newest first.
    pub limit: u32,
}

/// A refusal for what has no such id.
pub(super) fn unknown(what: &str) -> Diagnostic {
    Diagnostic::error("ZH4202").arg("id", what)
}
