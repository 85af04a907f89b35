//! The way to an identity provider and back, for tests: a server that knows one, and somebody who goes there.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zhiheng_base::Words;
use zhiheng_record::access::{DeedKind, NewIdentity, TrailFilter};
use zhiheng_server::settings::{EgressSettings, ProviderSettings};

use crate::client::{Answer, Client};
use crate::idp::Idp;
use crate::world::{World, limits, settings};

/// As whom the server is registered there.
pub(crate) const CLIENT: &str = "zhiheng at city";

pub(crate) fn provider(idp: &Idp) -> ProviderSettings {
    ProviderSettings {
        id: "city".to_owned(),
        title: Words::new("示例统一身份", "Example identity"),
        issuer: idp.issuer.clone(),
        client_id: CLIENT.to_owned(),
        client_secret_file: None,
        client_secret_env: None,
        scopes: vec!["profile".to_owned()],
        audiences: Vec::new(),
        strong_acr: Vec::new(),
        strong_amr: Vec::new(),
        egress: EgressSettings { private: true, plain: true, secs: 3 },
    }
}

pub(crate) async fn world(provider: ProviderSettings) -> World {
    let mut settings = settings(limits());
    settings.login.providers = vec![provider];
    World::with(settings).await
}

/// Somebody on the way to the provider.
pub(crate) struct Way {
    pub(crate) client: Client,
    pub(crate) asked: BTreeMap<String, String>,
    pub(crate) claims: Value,
}

/// Undoes `%41`.
pub(crate) fn plain(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        out.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        out.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(out).expect("a text")
}

impl Way {
    /// Follows the link at `path`; the claims are those that a right token makes.
    pub(crate) async fn begin(world: &World, idp: &Idp, mut client: Client, path: &str) -> Way {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let location = answer.header("location");
        let query = location.strip_prefix(&format!("{}/auth?tenant=1&", idp.issuer)).expect("the provider");
        let asked = query.split('&').filter_map(|pair| pair.split_once('='));
        let asked: BTreeMap<String, String> =
            asked.map(|(name, value)| (plain(name), plain(value))).collect();
        let now = world.now().as_second();
        let claims = json!({
            "iss": idp.issuer, "aud": CLIENT, "sub": "officer-17", "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "preferred_username": "陇西 <质量>",
        });
        Way { client, asked, claims }
    }

    /// A stranger on the way to sign in.
    pub(crate) async fn login(world: &World, idp: &Idp) -> Way {
        let mut client = world.officers();
        assert!(client.get("/login?back=/assess").await.body.contains("/login/with/city?back=%2Fassess"));
        Way::begin(world, idp, client, "/login/with/city?back=/assess").await
    }

    /// Comes back with a code.
    pub(crate) async fn back(&mut self) -> Answer {
        let path = format!("/login/from/city?code=c1&state={}", self.asked["state"]);
        self.client.get(&path).await
    }

    pub(crate) fn is_in(&self) -> bool {
        self.client.cookies.contains_key("zh-session")
    }
}

pub(crate) async fn bind(world: &World, idp: &Idp, account: &str) {
    let new = NewIdentity {
        issuer: idp.issuer.clone(),
        subject: "officer-17".to_owned(),
        account: account.to_owned(),
        by: account.to_owned(),
    };
    world.access.bind_identity(&new, world.now()).await.expect("bound");
}

pub(crate) async fn deeds(world: &World, kind: DeedKind) -> Vec<String> {
    let filter = TrailFilter { kind: Some(kind), limit: 50, ..TrailFilter::default() };
    let deeds = world.access.trail(&filter).await.expect("deeds");
    deeds.into_iter().rev().map(|deed| deed.subject).collect()
}
