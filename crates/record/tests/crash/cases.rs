//! Eight clients in two processes decide twenty cases, while processes are killed, connections cut and calls dropped: each
//! case has one history, and no decision is taken twice.
//!
//! All processes note into one file: an attempt before the call, its answer after it. So the file's order is a real-time
//! order, against which the ledger's order is held.

#[expect(dead_code, reason = "connections are cut here, which needs a database of its own, not a schema")]
#[path = "../../../../tests/shared/postgres.rs"]
mod postgres;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use jiff::Timestamp;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::{CaseEffect, CaseEvent, CaseFilter, Event, Ledger, LedgerError};

use crate::load::{command, draft, submission};
use crate::{count, key};

const PROCESSES: u64 = 2;
const CLIENTS: u64 = 4;
const CASES: u64 = 20;

/// Ends a whole note: one that was cut off by a kill lacks it.
const END: &str = " .";

/// The act with this id on a case: what follows from it is a function of the id, so that it can be tried again.
pub(crate) fn act(id: &str, case: &str, expected: Option<u64>) -> Event {
    let mix = sha256(id.as_bytes());
    let mut effects = Vec::new();
    if mix[0] < 60 {
        let records = u64::from(mix[1] % 4);
        effects.push(CaseEffect::Records {
            submission: submission(&format!("{id}/r"), Vec::new()),
            drafts: (0..records).map(|n| draft(&format!("{id}.{n}"), "pass")).collect(),
        });
    }
    if mix[2] < 10 {
        let child = Event { parent: None, ..plain(&format!("{id}/o"), &format!("child of {id}"), None) };
        effects.push(CaseEffect::Open(child));
    }
    let letters = (0..mix[3] % 3).map(|n| ("notice".to_owned(), format!("series {}", (mix[4] % 3 + n) % 3)));
    Event { letters: letters.collect(), effects, ..plain(id, case, expected) }
}

fn plain(id: &str, case: &str, expected: Option<u64>) -> Event {
    Event {
        provenance: zhiheng_record::Provenance::Reported,
        case: case.to_owned(),
        expected,
        id: id.to_owned(),
        of: "test.decision".to_owned(),
        state: format!("after {id}"),
        by: "client".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        data: json!({ "decided": id }),
        letters: Vec::new(),
        region: None,
        parent: None,
        effects: Vec::new(),
    }
}

/// The child: decides for ever, in so many clients.
pub(crate) async fn decide(folder: &Path, run: &str, url: &str) {
    let ledger = loop {
        match Ledger::open(url, key()).await {
            Ok(ledger) => break ledger,
            // Its first connection may be cut, too.
            Err(error) => assert!(error.is_machine(), "{error}"),
        }
    };
    let clients: Vec<_> = (0..CLIENTS)
        .map(|n| {
            tokio::spawn(client(ledger.clone(), note_file(folder), folder.to_owned(), format!("{run}-{n}")))
        })
        .collect();
    for client in clients {
        client.await.expect("a client");
    }
}

async fn client(ledger: Ledger, notes: File, folder: PathBuf, name: String) {
    let mut random = ChaCha8Rng::from_seed(sha256(name.as_bytes()));
    // Decisions without an answer, some of a process that was killed: whoever waits for one asks again.
    let mut open = unanswered(&folder, &mut random);
    let mut seen: BTreeMap<String, Option<u64>> = BTreeMap::new();
    for n in 0_u64.. {
        let (id, case, expected) = match open.pop() {
            Some(again) => again,
            None => {
                let case = format!("C-{}", random.random_range(0..CASES));
                // A third of the clients' decisions rest on what they saw some time ago.
                let stale = random.random_range(0..3) == 0;
                let known = seen.get(&case).copied().filter(|_| stale);
                let expected = match known {
                    Some(known) => known,
                    None => match ledger.case_head(&case).await {
                        Ok(head) => head.map(|head| head.last),
                        Err(error) => {
                            tell_damage(&notes, &error);
                            continue;
                        }
                    },
                };
                seen.insert(case.clone(), expected);
                (format!("{name}-{n}"), case, expected)
            }
        };
        let place = expected.map_or("none".to_owned(), |entry| entry.to_string());
        note(&notes, &format!("try {id} {case} {place}"));
        let step = ledger.step(act(&id, &case, expected));
        // One call in eight is dropped at some moment, as when a connection of a service breaks.
        let answer = if random.random_range(0..8) == 0 {
            let patience = Duration::from_micros(random.random_range(0..20_000));
            tokio::time::timeout(patience, step).await
        } else {
            Ok(step.await)
        };
        match answer {
            Ok(Ok(done)) => {
                let letters = serde_json::to_string(&done.letters).expect("JSON");
                note(&notes, &format!("taken {id} {} {letters}", done.entry));
                seen.insert(case, Some(done.entry));
            }
            Ok(Err(LedgerError::Refused(refused))) if refused.code == "ZH4044" => {
                note(&notes, &format!("refused {id} {}", refused.args["latest"]));
            }
            Ok(Err(error)) => {
                tell_damage(&notes, &error);
                open.push((id, case, expected));
            }
            Err(_) => {
                if random.random_range(0..2) == 0 {
                    open.push((id, case, expected));
                }
            }
        }
    }
}

/// A cut connection is no damage; a refusal other than that of a late act should not be.
fn tell_damage(notes: &File, error: &LedgerError) {
    if !error.is_machine() {
        note(notes, &format!("wrong {error:?}"));
    }
}

/// Some of the decisions that nobody has an answer to.
fn unanswered(folder: &Path, random: &mut ChaCha8Rng) -> Vec<(String, String, Option<u64>)> {
    let notes = read_notes(folder);
    let mut open: Vec<_> = notes
        .tried
        .iter()
        .filter(|(id, _)| !notes.taken.contains_key(*id) && !notes.refused.contains_key(*id))
        .map(|(id, attempt)| (id.clone(), attempt.case.clone(), attempt.expected))
        .collect();
    open.retain(|_| random.random_range(0..3) == 0);
    open
}

fn note_file(folder: &Path) -> File {
    OpenOptions::new().create(true).append(true).open(folder.join("notes")).expect("a file")
}

/// One write each, so that the notes of all processes stay whole and in order. A kill leaves what was written.
fn note(mut notes: &File, line: &str) {
    notes.write_all(format!("\n{line}{END}\n").as_bytes()).expect("a line");
}

#[derive(Debug)]
struct Attempt {
    case: String,
    expected: Option<u64>,
    /// The greatest entry that was acknowledged to anyone before this was first tried.
    after: Option<u64>,
}

#[derive(Default)]
struct Notes {
    attempts: u64,
    tried: BTreeMap<String, Attempt>,
    /// Entry and letters, as each answer told them.
    taken: BTreeMap<String, Vec<(u64, String)>>,
    refused: BTreeMap<String, Vec<u64>>,
    wrong: Vec<String>,
}

fn read_notes(folder: &Path) -> Notes {
    let text = std::fs::read_to_string(folder.join("notes")).unwrap_or_default();
    let mut notes = Notes::default();
    let mut newest = None;
    for line in text.lines().filter_map(|line| line.strip_suffix(END)) {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words[..] {
            ["try", id, case, expected] => {
                notes.attempts += 1;
                let expected = expected.parse().ok();
                let attempt = Attempt { case: case.to_owned(), expected, after: newest };
                let before = notes.tried.entry(id.to_owned()).or_insert(attempt);
                assert_eq!((before.case.as_str(), before.expected), (case, expected), "{line}");
            }
            ["taken", id, entry, letters] => {
                let entry = entry.parse().expect("an entry");
                notes.taken.entry(id.to_owned()).or_default().push((entry, letters.to_owned()));
                newest = newest.max(Some(entry));
            }
            ["refused", id, latest] => {
                notes.refused.entry(id.to_owned()).or_default().push(latest.parse().expect("an entry"));
            }
            _ => notes.wrong.push(line.to_owned()),
        }
    }
    notes
}

/// Holds the ledger against the notes; answers how many events the twenty cases have.
async fn compare(folder: &Path, url: &str) -> (Notes, u64) {
    let notes = read_notes(folder);
    assert_eq!(notes.wrong.first(), None, "and {} more", notes.wrong.len());
    let ledger = Ledger::open(url, key()).await.expect("a ledger");
    let verification = ledger.verify(|_, _| {}).await.expect("a verification");
    assert_eq!(verification.problems, []);
    let mut events: BTreeMap<String, CaseEvent> = BTreeMap::new();
    let mut places = BTreeSet::new();
    let mut children = BTreeSet::new();
    for head in ledger.cases(&CaseFilter::default()).await.expect("cases") {
        let chain = ledger.case(&head.case, None).await.expect("events");
        assert_eq!((chain.len() as u64, chain.last().map(|last| last.entry)), (head.events, Some(head.last)));
        for (n, event) in chain.into_iter().enumerate() {
            // One decision on each state.
            assert!(places.insert((event.case.clone(), event.previous)), "{event:?}");
            assert_eq!(event.previous.is_none(), n == 0);
            if event.cause.is_some() {
                assert!(children.insert(event.id));
            } else {
                assert!(events.insert(event.id.clone(), event).is_none(), "an id twice");
            }
        }
    }
    for (id, event) in &events {
        // Nothing that was not tried, and each as it was tried, on the state that its client saw.
        let attempt = notes.tried.get(id).unwrap_or_else(|| panic!("{id} was never tried"));
        assert_eq!((attempt.case.as_str(), attempt.expected), (event.case.as_str(), event.previous), "{id}");
        // What was acknowledged before it was tried stands before it.
        assert!(attempt.after.is_none_or(|before| before < event.entry), "{id}");
        // Whole, with all that follows.
        let wanted = act(id, &event.case, event.previous);
        let (mut records, mut opened) = (0, Vec::new());
        for effect in wanted.effects {
            match effect {
                CaseEffect::Records { drafts, .. } => records += drafts.len(),
                CaseEffect::Open(child) => opened.push(child.case),
                _ => {}
            }
        }
        let cases: Vec<_> = event.opened.iter().map(|(case, _)| case.clone()).collect();
        assert_eq!(
            (event.records.len(), cases, event.letters.len()),
            (records, opened, wanted.letters.len())
        );
        for (_, entry) in &event.opened {
            assert!(*entry > event.entry);
        }
    }
    let opened: usize = events.values().map(|event| event.opened.len()).sum();
    assert_eq!(opened, children.len());
    for (id, answers) in &notes.taken {
        let event = events.get(id).unwrap_or_else(|| panic!("{id} was acknowledged and is gone"));
        let letters = serde_json::to_string(&event.letters).expect("JSON");
        for answer in answers {
            assert_eq!(*answer, (event.entry, letters.clone()), "{id}");
        }
    }
    for (id, answers) in &notes.refused {
        assert!(!events.contains_key(id), "{id} was refused and is there");
        let attempt = &notes.tried[id];
        for latest in answers {
            let newer = events.values().any(|event| event.entry == *latest && event.case == attempt.case);
            assert!(newer && Some(*latest) > attempt.expected, "{id}: {latest}");
        }
    }
    ledger.close().await;
    (notes, events.len() as u64)
}

/// A process with its clients; what it says when it fails goes into a file.
fn start(folder: &Path, url: &str, run: u64) -> Child {
    let said = OpenOptions::new().create(true).append(true).open(folder.join("said")).expect("a file");
    command(folder, &format!("cases {run} {url}"), &[]).stderr(said).spawn().expect("a child")
}

/// Kills and cuts until there were enough attempts.
async fn torment(folder: &Path, url: &str, cut: Option<&str>) {
    let wanted = count("ZHIHENG_CASE_OPS", 2_000);
    let mut random = ChaCha8Rng::seed_from_u64(20_200_101);
    Ledger::create(url, key()).await.expect("a ledger").close().await;
    let mut children: Vec<Child> = (0..PROCESSES).map(|run| start(folder, url, run)).collect();
    let (mut runs, mut cuts) = (PROCESSES, 0);
    let attempts = || {
        let text = std::fs::read(folder.join("notes")).unwrap_or_default();
        text.windows(5).filter(|window| window == b"\ntry ").count() as u64
    };
    while attempts() < wanted {
        tokio::time::sleep(Duration::from_millis(random.random_range(100..900))).await;
        if let Some(server) = cut
            && random.random_range(0..2) == 0
        {
            cuts += cut_some(server).await;
            continue;
        }
        let which = random.random_range(0..children.len());
        children[which].kill().expect("a kill");
        let status = children[which].wait().expect("a status");
        let said = || std::fs::read_to_string(folder.join("said")).unwrap_or_default();
        assert!(status.code().is_none(), "a child ended by itself: {status}: {}", said());
        children[which] = start(folder, url, runs);
        runs += 1;
    }
    for child in &mut children {
        child.kill().expect("a kill");
        child.wait().expect("a status");
    }
    let (notes, events) = compare(folder, url).await;
    assert!(events > wanted / 10 && notes.refused.len() as u64 > wanted / 100, "{events}");
    let unknown =
        notes.tried.keys().filter(|id| !notes.taken.contains_key(*id) && !notes.refused.contains_key(*id));
    #[expect(clippy::print_stderr, reason = "the numbers are the result")]
    {
        eprintln!(
            "{} attempts at {} decisions, {} kills, {cuts} connections cut: {} acknowledged, {} refused as late, {} without \
             an answer; {events} decisions in the ledger, none twice",
            notes.attempts,
            notes.tried.len(),
            runs,
            notes.taken.len(),
            notes.refused.len(),
            unknown.count(),
        );
    }
}

/// Ends some of the server's connections to the database of this test.
async fn cut_some(server: &str) -> u64 {
    let mut connection = sqlx::PgConnection::connect(server).await.expect("a server");
    let sql = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{DATABASE}' AND random() < 0.4"
    );
    let cut: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.expect("a count");
    cut as u64
}

/// A database of its own, so that only connections of this test are cut.
const DATABASE: &str = "t_case_crash";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cases_are_decided_once_on_sqlite() {
    let dir = tempfile::tempdir().expect("a folder");
    torment(dir.path(), &crate::load::database(dir.path()), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cases_are_decided_once_on_postgres() {
    let Some(server) = postgres::server("cases_are_decided_once") else { return };
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("a server");
    for statement in
        [format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"), format!("CREATE DATABASE {DATABASE}")]
    {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("a database");
    }
    let (base, rest) = server.split_once('?').unwrap_or((server.as_str(), ""));
    let (host, _) = base.rsplit_once('/').expect("an address with a database");
    let url = format!("{host}/{DATABASE}?{rest}");
    let dir = tempfile::tempdir().expect("a folder");
    torment(dir.path(), &url, Some(&server)).await;
    let drop = format!("DROP DATABASE {DATABASE} WITH (FORCE)");
    sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await.expect("a database dropped");
}
