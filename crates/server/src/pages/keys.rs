//! Security keys: added, removed, and used to confirm who one is. The forms need script, the one thing here that HTML cannot do;
//! without it the page says so, and the password remains.

use askama::Template;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{DeedKind, NewSecurityKey, SecurityKey};

use super::confirm;
use super::forms::{Blank, Filled, Wrong, at, told};
use super::identity::strong;
use super::layout::{Frame, answer, go, local, pages};
use super::sheet::Cell;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::throttle;
use crate::signin::webauthn::{self, Refused, Site, Task};
use crate::text::Text;

/// Longest name.
const NAME_MAX: usize = 60;
/// Most bytes of one part of an answer.
const PART_MAX: usize = 16 * 1024;

/// A form that a script fills in with what the key answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyForm {
    pub(crate) says: String,
    pub(crate) form: Filled,
    /// `add` or `show`.
    pub(crate) task: &'static str,
    /// What the browser is to ask of the key, as JSON.
    pub(crate) options: String,
    /// Fields that the script fills in.
    pub(crate) parts: &'static [&'static str],
}

/// A page with a form for a key, and what there is besides.
#[derive(Template)]
#[template(path = "keys.html", blocks = ["main"])]
pub(crate) struct KeyPage {
    pub(crate) frame: Frame,
    pub(crate) wrong: Vec<Wrong>,
    pub(crate) says: String,
    pub(crate) key: Option<KeyForm>,
    pub(crate) form: Option<Filled>,
    pub(crate) links: Vec<Cell>,
}

pages!(KeyPage);

impl KeyPage {
    /// A page of the account without anything on it yet.
    pub(crate) fn of(call: &Call) -> KeyPage {
        KeyPage {
            frame: Frame::of(call).under("account.show"),
            wrong: Vec::new(),
            says: String::new(),
            key: None,
            form: None,
            links: Vec::new(),
        }
    }
}

fn site(call: &Call) -> Result<Site<'_>, Problem> {
    Site::of(call).ok_or_else(|| Problem::of(StatusCode::NOT_FOUND, "ZH7610"))
}

/// `GET /account/keys/add`.
pub(crate) async fn show(call: Call) -> Answer {
    strong(&call)?;
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let t = Text(call.view.lang);
    let site = site(call)?;
    let account = call.own_account().await?;
    let keys = call.server.access.keys(call.account()).await?;
    let challenge = webauthn::challenge(call, Task::Add).await?;
    let mut form = Filled::new(String::new(), "/account/keys".to_owned(), t.say("server-key-add"));
    form.blanks = vec![Blank::new(t, "key-name", "text").value(call.form.get("key-name")).judged(t.0, wrong)];
    "/account".clone_into(&mut form.back);
    let options = webauthn::to_add(site, (&account, &keys), &challenge, &t.say("server-name"));
    let mut page = KeyPage::of(call);
    page.wrong = told(t.0, wrong, "key-name");
    page.key = Some(KeyForm {
        says: t.say("server-key-add-about"),
        form,
        task: "add",
        options: options.to_string(),
        parts: &["client", "attestation"],
    });
    answer(call, status, &page)
}

/// `POST /account/keys`.
pub(crate) async fn keep(call: Call) -> Answer {
    strong(&call)?;
    let (site, access) = (site(&call)?, &call.server.access);
    let name = call.form.get("key-name");
    if name.is_empty() || name.chars().count() > NAME_MAX {
        let wrong = [at("key-name", Diagnostic::error("ZH7526").arg("most", NAME_MAX))];
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await;
    }
    let made = match (part(&call, "client"), part(&call, "attestation")) {
        (Some(client), Some(attestation)) => {
            if webauthn::is_awaited(&call, Task::Add, &client).await? {
                webauthn::added(site, &client, &attestation).map_err(Refused::told)
            } else {
                Err(Diagnostic::error("ZH7612"))
            }
        }
        _ => Err(Diagnostic::error("ZH7611")),
    };
    let kept = match made {
        Ok(made) => {
            let new = NewSecurityKey {
                id: made.id.clone(),
                account: call.account().to_owned(),
                name: name.to_owned(),
                public_key: made.public_key,
                counter: made.counter,
            };
            match access.add_key(&new, call.server.now()).await {
                Ok(()) => Ok(made.id),
                Err(error) => match error.diagnostic() {
                    Some(diagnostic) if !error.is_machine() => Err(diagnostic),
                    _ => return Err(error.into()),
                },
            }
        }
        Err(wrong) => Err(wrong),
    };
    match kept {
        Ok(id) => {
            call.note(DeedKind::Key, &format!("add {}", short(&id))).await?;
            go(&call, "/account")
        }
        Err(wrong) => {
            call.note(DeedKind::Key, &format!("refuse new {}", wrong.code)).await?;
            page(&call, StatusCode::UNPROCESSABLE_ENTITY, &[wrong]).await
        }
    }
}

/// `POST /account/keys/remove`.
pub(crate) async fn remove(call: Call) -> Answer {
    strong(&call)?;
    let id = call.form.get("key");
    if !call.server.access.remove_key(call.account(), id).await? {
        return Err(Problem::not_found());
    }
    call.note(DeedKind::Key, &format!("remove {}", short(id))).await?;
    go(&call, "/account")
}

/// The form that confirms with a key, if the account has one and the site has a name.
pub(super) async fn to_show(call: &Call, back: &str) -> Result<Option<KeyForm>, Problem> {
    let keys = call.server.access.keys(call.account()).await?;
    let Some(site) = Site::of(call).filter(|_| !keys.is_empty()) else { return Ok(None) };
    let t = Text(call.view.lang);
    let challenge = webauthn::challenge(call, Task::Show).await?;
    let mut form = Filled::new(String::new(), "/account/confirm/key".to_owned(), t.say("server-key-use"));
    form.hidden = vec![("back", back.to_owned())];
    Ok(Some(KeyForm {
        says: t.say("server-key-use-about"),
        form,
        task: "show",
        options: webauthn::to_show(site, &keys, &challenge).to_string(),
        parts: &["key", "client", "said", "signature"],
    }))
}

/// `POST /account/confirm/key`.
pub(crate) async fn confirm(call: Call) -> Answer {
    let (site, server) = (site(&call)?, &call.server);
    let (access, now) = (&server.access, server.now());
    let back = local(call.form.get("back")).to_owned();
    let account = call.own_account().await?;
    if let Some(left) = throttle::wait(&account, server.settings.login.free_failures, now) {
        let wrong = [Diagnostic::error("ZH7521").arg("secs", throttle::secs(left))];
        return confirm::page(&call, StatusCode::TOO_MANY_REQUESTS, back, &wrong).await;
    }
    let id = call.form.get("key");
    let keys = access.keys(call.account()).await?;
    let key = keys.iter().find(|key| key.id == id);
    let wrong = match judged(&call, site, key).await? {
        Ok(()) => {
            access.note_success(&account.id).await?;
            return confirm::confirmed(&call, &format!("key {}", short(id)), &back).await;
        }
        Err(wrong) => wrong,
    };
    access.note_failure(&account.id, now).await?;
    let which = key.map_or("unknown", |key| short(&key.id));
    call.note(DeedKind::Key, &format!("refuse {which} {}", wrong.code)).await?;
    confirm::page(&call, StatusCode::UNPROCESSABLE_ENTITY, back, &[wrong]).await
}

/// Whether the answer in the form is by this key, to a challenge of this browser, and none that was seen before.
async fn judged(
    call: &Call,
    site: Site<'_>,
    key: Option<&SecurityKey>,
) -> Result<Result<(), Diagnostic>, Problem> {
    let refused = |code| Ok(Err(Diagnostic::error(code)));
    let parts = (part(call, "client"), part(call, "said"), part(call, "signature"));
    let (Some(client), Some(said), Some(signature)) = parts else { return refused("ZH7611") };
    if !webauthn::is_awaited(call, Task::Show, &client).await? {
        return refused("ZH7612");
    }
    let Some(key) = key else { return refused("ZH7617") };
    let counter = match webauthn::shown(site, key, (&client, &said, &signature)) {
        Ok(counter) => counter,
        Err(why) => return Ok(Err(why.told())),
    };
    if !call.server.access.use_key(&key.id, counter, call.server.now()).await? {
        return refused("ZH7618");
    }
    Ok(Ok(()))
}

/// A part of what the browser sends: base64url.
fn part(call: &Call, name: &str) -> Option<Vec<u8>> {
    let text = call.form.get(name);
    (!text.is_empty() && text.len() <= PART_MAX).then(|| URL_SAFE_NO_PAD.decode(text).ok())?
}

/// The beginning of a key's id: enough to tell one from another on the trail.
fn short(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}
