//! Security keys (WebAuthn Level 2): added by somebody who has confirmed who they are, then used to confirm it.
//!
//! In reading order: here what is asked and what is believed of the answer, `data` how it is read. A key answers for one site, to one
//! challenge, which the server keeps for a few minutes and takes once.

mod data;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{Account, Pending, SecurityKey};

use self::data::{ClientData, Said, attested, public_key};
use super::{oidc, secret};
use crate::call::Call;
use crate::problem::Problem;

/// How long a challenge holds.
const WITHIN: SignedDuration = SignedDuration::from_mins(5);
/// How long the browser waits for the key, in milliseconds.
const WAIT_MILLIS: u32 = 120_000;
/// Algorithms that are asked for, as COSE numbers them: ES256, EdDSA, RS256.
const ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// What is asked of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// To become a key of this account.
    Add,
    /// To show that the person is there.
    Show,
}

impl Task {
    /// Under which kind its challenges are kept.
    fn kind(self) -> &'static str {
        match self {
            Task::Add => "key-add",
            Task::Show => "key-show",
        }
    }

    /// What the browser calls it.
    fn called(self) -> &'static str {
        match self {
            Task::Add => "webauthn.create",
            Task::Show => "webauthn.get",
        }
    }
}

/// Why an answer is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It cannot be read.
    Unreadable,
    /// It is for another site.
    Site,
    /// Nobody was there, or the key did not make sure who.
    Unverified,
    /// A kind of key that was not asked for.
    Kind,
    /// The signature is wrong.
    Signature,
}

impl Refused {
    /// What the person is told.
    pub(crate) fn told(self) -> Diagnostic {
        Diagnostic::error(match self {
            Refused::Unreadable => "ZH7611",
            Refused::Site => "ZH7613",
            Refused::Unverified => "ZH7614",
            Refused::Kind => "ZH7615",
            Refused::Signature => "ZH7616",
        })
    }
}

/// The site for which keys answer: its origin, and the name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Site<'a> {
    origin: &'a str,
    name: &'a str,
}

impl<'a> Site<'a> {
    /// The site at an origin; `None` if it has no name: browsers offer no keys to bare addresses.
    pub(crate) fn at(origin: &'a str) -> Option<Site<'a>> {
        let (_, rest) = origin.split_once("://")?;
        let name = rest.rsplit_once(':').map_or(rest, |(name, _)| name);
        let bare = name.starts_with('[') || name.parse::<std::net::Ipv4Addr>().is_ok();
        (!bare && !name.is_empty()).then_some(Site { origin, name })
    }

    /// The site of a call.
    pub(crate) fn of(call: &'a Call) -> Option<Site<'a>> {
        Site::at(call.server.origin(call.arrival.door))
    }

    fn is_answered(&self, task: Task, client: &ClientData, said: &Said) -> Result<(), Refused> {
        if client.kind != task.called() {
            return Err(Refused::Unreadable);
        }
        let hash: [u8; 32] = Sha256::digest(self.name.as_bytes()).into();
        if client.origin != self.origin || client.cross_origin || said.site != hash {
            return Err(Refused::Site);
        }
        if said.is_verified() { Ok(()) } else { Err(Refused::Unverified) }
    }
}

/// Keeps a new challenge for this browser.
pub(crate) async fn challenge(call: &Call, task: Task) -> Result<String, Problem> {
    let (value, now) = (secret::random()?, call.server.now());
    let pending = Pending {
        hash: secret::hashed(task.kind(), &value),
        kind: task.kind().to_owned(),
        owner: oidc::owner(call),
        data: call.account().to_owned(),
        ends_at: now.saturating_add(WITHIN).map_err(Problem::ours)?,
    };
    call.server.access.begin_pending(&pending, now).await?;
    Ok(value)
}

/// Takes the challenge that client data answer; false if it is unknown, over, taken, or of another browser or account.
pub(crate) async fn is_awaited(call: &Call, task: Task, client: &[u8]) -> Result<bool, Problem> {
    let Ok(client) = serde_json::from_slice::<ClientData>(client) else { return Ok(false) };
    let hash = secret::hashed(task.kind(), &client.challenge);
    let (access, now) = (&call.server.access, call.server.now());
    let taken = access.take_pending(&hash, task.kind(), &oidc::owner(call), now).await?;
    Ok(taken.is_some_and(|account| account == call.account()))
}

/// What the browser is told to ask of a key that is to be added (`PublicKeyCredentialCreationOptions`).
pub(crate) fn to_add(
    site: Site<'_>,
    (account, keys): (&Account, &[SecurityKey]),
    challenge: &str,
    us: &str,
) -> Value {
    json!({
        "challenge": challenge,
        "rp": { "id": site.name, "name": us },
        // The key keeps a number that says nothing; name and post are only shown by the browser.
        "user": { "id": URL_SAFE_NO_PAD.encode(&account.id), "name": account.login, "displayName": account.name },
        "pubKeyCredParams": ALGORITHMS.map(|algorithm| json!({ "type": "public-key", "alg": algorithm })),
        "timeout": WAIT_MILLIS,
        "excludeCredentials": known(keys),
        "authenticatorSelection": { "userVerification": "required", "residentKey": "discouraged" },
        "attestation": "none",
    })
}

/// What the browser is told to ask of a key that is there (`PublicKeyCredentialRequestOptions`).
pub(crate) fn to_show(site: Site<'_>, keys: &[SecurityKey], challenge: &str) -> Value {
    json!({
        "challenge": challenge,
        "rpId": site.name,
        "timeout": WAIT_MILLIS,
        "userVerification": "required",
        "allowCredentials": known(keys),
    })
}

fn known(keys: &[SecurityKey]) -> Vec<Value> {
    keys.iter().map(|key| json!({ "type": "public-key", "id": key.id })).collect()
}

/// A key that says it is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its id (base64url).
    pub(crate) id: String,
    /// Its public key (COSE in base64url).
    pub(crate) public_key: String,
    /// Its counter.
    pub(crate) counter: u32,
}

/// Reads the answer of a key that is to be added (WebAuthn, 7.1). The challenge was compared before.
pub(crate) fn added(site: Site<'_>, client: &[u8], attestation: &[u8]) -> Result<Made, Refused> {
    let unreadable = || Refused::Unreadable;
    let client: ClientData = serde_json::from_slice(client).map_err(|_| Refused::Unreadable)?;
    let said = Said::read(&attested(attestation).ok_or_else(unreadable)?).ok_or_else(unreadable)?;
    site.is_answered(Task::Add, &client, &said)?;
    let (id, cose) = said.made.ok_or_else(unreadable)?;
    public_key(&cose).ok_or(Refused::Kind)?;
    Ok(Made {
        id: URL_SAFE_NO_PAD.encode(id),
        public_key: URL_SAFE_NO_PAD.encode(cose),
        counter: said.counter,
    })
}

/// Checks the answer of a key that was kept (WebAuthn, 7.2); answers its counter. The challenge was compared before, the counter is
/// compared where it is kept.
pub(crate) fn shown(
    site: Site<'_>,
    key: &SecurityKey,
    (client, said, signature): (&[u8], &[u8], &[u8]),
) -> Result<u32, Refused> {
    let cose = URL_SAFE_NO_PAD.decode(&key.public_key).map_err(|_| Refused::Kind)?;
    let (public_key, scheme) = public_key(&cose).ok_or(Refused::Kind)?;
    let signed = [said, Sha256::digest(client).as_slice()].concat();
    let client: ClientData = serde_json::from_slice(client).map_err(|_| Refused::Unreadable)?;
    let said = Said::read(said).ok_or(Refused::Unreadable)?;
    site.is_answered(Task::Show, &client, &said)?;
    if !public_key.has_signed(scheme, &signed, signature) {
        return Err(Refused::Signature);
    }
    Ok(said.counter)
}

#[cfg(test)]
mod tests {
    use super::Site;

    #[test]
    fn keys_are_for_names() {
        let name = |origin| Site::at(origin).map(|site| site.name);
        assert_eq!(name("https://quality.example"), Some("quality.example"));
        assert_eq!(name("http://localhost:8080"), Some("localhost"));
        for bare in
            ["http://127.0.0.1:8080", "https://[2001:db8::1]:8443", "https://10.0.0.2", "", "https://"]
        {
            assert_eq!(name(bare), None, "{bare}");
        }
    }
}
