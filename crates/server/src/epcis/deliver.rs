//! Answers to subscribers.
//!
//! What was sent is behind us only when the receiver has said so (2xx): until then it is sent again, later and later. So an event
//! may come twice after a lost answer, and never not at all. Events go in the order of capture, at most [`BATCH`] at once, fewer if
//! the receiver finds that too much (413). Each answer is asked with the rights that the subscriber's account has at that time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use tokio::sync::{Semaphore, watch};
use zhiheng_desk::trace::{Repository, Subscription, When};
use zhiheng_record::access::AccountState;
use zhiheng_record::verify::to_hex;
use zhiheng_trace::Event;
use zhiheng_trace::event::EpcFormat;
use zhiheng_trace::json::{JsonStyle, write};
use zhiheng_trace::query::Page;

use super::answer::{document, seal, set};
use super::queries::understood;
use super::{VERSION, view};
use crate::authorize::{Action, Held, Who};
use crate::egress::{Refused, Target, post};
use crate::problem::Problem;
use crate::server::Server;

/// Events of one answer at most.
pub(super) const BATCH: usize = 500;
/// How often it is looked whether something is due.
const PAUSE: Duration = Duration::from_millis(500);
/// Answers on their way at once.
const AT_ONCE: usize = 16;
/// Seconds before the first repetition, and at most.
const AGAIN: (i64, i64) = (5, 3600);

/// What is known between two looks.
#[derive(Default)]
struct State {
    /// Subscriptions that are being answered.
    busy: Mutex<BTreeSet<String>>,
    /// When a failed one is tried again.
    again: Mutex<BTreeMap<String, Timestamp>>,
    /// Up to which entry nothing new was found.
    looked: Mutex<BTreeMap<String, u64>>,
}

fn lock<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers subscribers until the server stops.
pub(crate) async fn run(server: Weak<Server>, mut stopped: watch::Receiver<bool>) {
    let state = Arc::new(State::default());
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {},
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
        let Some(server) = server.upgrade() else { return };
        if let Err(problem) = look(&server, &state, &turns).await {
            let why = problem.ours.unwrap_or_else(|| problem.diagnostic.code.to_string());
            server.log.text(&format!("subscriptions were not looked at: {why}"));
        }
    }
}

/// Begins to answer the subscriptions that are due.
async fn look(server: &Arc<Server>, state: &Arc<State>, turns: &Arc<Semaphore>) -> Result<(), Problem> {
    let Some(office) = &server.office else { return Ok(()) };
    let named = office.named.clone();
    let all = tokio::task::spawn_blocking(move || named.subscriptions()).await.map_err(Problem::ours)??;
    if all.is_empty() {
        return Ok(());
    }
    let (size, now) = (server.ledger.size().await?, server.now());
    let repository = office.repository().await?;
    for own in all {
        if !is_due(&own, state, size, now) || !lock(&state.busy).insert(own.id.clone()) {
            continue;
        }
        let (server, state, turns) = (Arc::clone(server), Arc::clone(state), Arc::clone(turns));
        let repository = Arc::clone(&repository);
        tokio::spawn(async move {
            let id = own.id.clone();
            if let Ok(_turn) = turns.acquire().await {
                answer(&server, &repository, &state, own).await;
            }
            lock(&state.busy).remove(&id);
        });
    }
    Ok(())
}

/// Whether a subscription is to be answered now.
fn is_due(own: &Subscription, state: &State, size: u64, now: Timestamp) -> bool {
    if let Some(again) = lock(&state.again).get(&own.id) {
        return *again <= now;
    }
    match &own.when {
        When::Stream => lock(&state.looked).get(&own.id).copied().unwrap_or(own.since) < size,
        When::Schedule(schedule) => {
            // Times before the subscription was made are none of its times, whatever it asks about.
            let last = own.min_record.max(own.created);
            schedule.next(last).is_some_and(|next| next <= now)
        }
    }
}

/// Answers one subscription, and notes what came of it.
async fn answer(server: &Server, repository: &Repository, state: &State, mut own: Subscription) {
    let (id, now) = (own.id.clone(), server.now());
    match told(server, repository, state, &mut own, now).await {
        Ok(()) => {
            lock(&state.again).remove(&id);
        }
        Err(why) => {
            own.failures = own.failures.saturating_add(1);
            let wait = AGAIN.0.saturating_mul(1 << own.failures.min(20).saturating_sub(1)).min(AGAIN.1);
            let again = now.checked_add(SignedDuration::from_secs(wait)).unwrap_or(now);
            lock(&state.again).insert(id.clone(), again);
            server.log.text(&format!("subscription {id} was not answered: {why}"));
            if let Err(trouble) = repository.named().note(&own) {
                server.log.text(&format!("subscription {id} was not noted: {trouble}"));
            }
        }
    }
}

/// Sends what is new, batch by batch.
async fn told(
    server: &Server,
    repository: &Repository,
    state: &State,
    own: &mut Subscription,
    now: Timestamp,
) -> Result<(), String> {
    let failed = |problem: Problem| problem.ours.unwrap_or_else(|| problem.diagnostic.code.to_string());
    let trouble = |trouble: zhiheng_desk::Trouble| failed(Problem::from(trouble));
    if !may(server, own).await.map_err(failed)? {
        return Err("its account has no right to the query's view any more".to_owned());
    }
    let target = Target::read(&own.dest, &server.settings.egress).map_err(|why| why.to_string())?;
    let Some(standing) = repository.named().find(&own.view, &own.query).map_err(trouble)? else {
        return Ok(());
    };
    let mut query = understood(&standing).map_err(failed)?.in_order_of_capture();
    let mut most = BATCH;
    let mut sent = false;
    loop {
        query.per_page = most;
        let (events, next) = repository.since(&own.view, &query, own.since).await.map_err(trouble)?;
        let is_last = next >= server.ledger.size().await.map_err(|error| error.to_string())?;
        if events.is_empty() && (sent || !own.report_if_empty || own.when == When::Stream) {
            lock(&state.looked).insert(own.id.clone(), next);
            if !matches!(own.when, When::Stream) {
                own.min_record = now;
                return repository.named().note(own).map_err(trouble);
            }
            return Ok(());
        }
        let count = events.len();
        match send(server, &target, own, events).await {
            Ok(413) if count > 1 => most = count / 2,
            Ok(status) if (200..300).contains(&status) => {
                own.since = next;
                (own.min_record, own.last_notified, own.failures) = (now, Some(now), 0);
                // What was taken is noted before the next is sent.
                repository.named().note(own).map_err(trouble)?;
                sent = true;
                if is_last {
                    lock(&state.looked).insert(own.id.clone(), next);
                    return Ok(());
                }
            }
            Ok(status) => return Err(format!("the receiver answered {status}")),
            Err(why) => return Err(why.to_string()),
        }
    }
}

/// Whether the account behind a subscription may still see what it asks for.
pub(super) async fn may(server: &Server, own: &Subscription) -> Result<bool, Problem> {
    let account = server.access.account(&own.by).await?;
    let Some(account) = account.filter(|account| account.state == AccountState::Active) else {
        return Ok(false);
    };
    let grants = server.access.grants(&account.id).await?;
    let who = Who {
        account: Some(account.id),
        person: account.person,
        held: grants.iter().filter_map(|grant| Held::of(grant, server.today())).collect(),
        strong: false,
        scopes: None,
    };
    let region = server.office()?.region;
    Ok(view::has(&who, Action::Trace, region, &own.view))
}

async fn send(
    server: &Server,
    target: &Target,
    own: &Subscription,
    events: Vec<Event>,
) -> Result<u16, Refused> {
    let body = body_of(server, own, events);
    let mut headers = HeaderMap::new();
    seal(&mut headers, VERSION);
    set(&mut headers, "content-type", "application/json");
    set(&mut headers, "gs1-epc-format", format(own));
    if let Some(token) = &own.token {
        set(&mut headers, "gs1-signature", &signature(token, &body));
    }
    post(target, &server.settings.egress, headers, body).await
}

fn format(own: &Subscription) -> &str {
    own.format.as_deref().unwrap_or("Always_GS1_Digital_Link")
}

/// An answer as a query document.
pub(super) fn body_of(server: &Server, own: &Subscription, events: Vec<Event>) -> Vec<u8> {
    let made = zhiheng_trace::Time::at(server.now().as_microsecond());
    let page = Page { events, next: None, made };
    let format = EpcFormat::of_header(format(own)).unwrap_or(EpcFormat::DigitalLink);
    let (document, _) = document(&page, format, Some(&own.query), Some(&own.id));
    write(&document, JsonStyle::Compact).into_bytes()
}

/// HMAC-SHA-256 of the body's bytes under the subscriber's secret, in lower-case hex.
fn signature(token: &str, body: &[u8]) -> String {
    // A key of any length is taken.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(token.as_bytes()) else { return String::new() };
    to_hex(&mac.chain_update(body).finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // RFC 4231, test case 2
        let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("Jefe", b"what do ya want for nothing?"), wanted);
    }
}
