//! What a process captured itself it does not read back. Here it is compared with what another process reads.

use jiff::Timestamp;
use zhiheng_desk::trace::{Capture, Job, Tracing};
use zhiheng_record::project::Settings;
use zhiheng_record::{Ledger, Project, Provenance};
use zhiheng_trace::event::{Document, DocumentKind, Event};
use zhiheng_trace::generate::{Faults, Kind, Plan};
use zhiheng_trace::json::{JsonStyle, write};
use zhiheng_trace::store::{Behaviour, Media};
use zhiheng_trace::{Limits, xml};

/// A project without a server.
struct Here {
    project: Project,
    ledger: Ledger,
    _dir: tempfile::TempDir,
}

impl Here {
    async fn new() -> Here {
        let dir = tempfile::tempdir().expect("a folder");
        let home = dir.path().join("project");
        let project =
            Project::create(&home, Settings::new("captured.example/trace")).await.expect("a project");
        let ledger = project.ledger().await.expect("a ledger");
        Here { project, ledger, _dir: dir }
    }

    async fn open(&self) -> Tracing {
        Tracing::open(&self.project, self.ledger.clone()).await.expect("traces")
    }

    /// What somebody reads who knows nothing but the ledger.
    async fn read_back(&self) -> (u64, Vec<u8>, String) {
        let _ = std::fs::remove_dir_all(self.project.lake().join("trace"));
        told(&self.open().await)
    }
}

/// Entries that are shown, their rows, and how the world counts them.
fn told(tracing: &Tracing) -> (u64, Vec<u8>, String) {
    let held = tracing.held();
    let counts: Vec<_> = held.world.facts().map(|fact| (fact.deed.entry, fact.standing)).collect();
    (held.size, held.world.log().to_bytes(), format!("{counts:?}"))
}

async fn capture(tracing: &Tracing, text: String, behaviour: Behaviour) -> Job {
    let bytes = text.into_bytes();
    let capture = Capture {
        media: Media::of_bytes(&bytes),
        bytes,
        behaviour,
        by: "office".to_owned(),
        at: Timestamp::from_second(1_382_317_200).expect("a time"),
        provenance: Provenance::Synthetic,
        limits: Limits::default(),
    };
    tracing.capture(capture).await.expect("a job")
}

fn document(events: &[Event]) -> Document {
    let mut document = Document::new(DocumentKind::Capture);
    document.created = zhiheng_trace::Time::read("2026-01-01T00:00:00Z");
    document.events = events.to_vec();
    document
}

fn json(events: &[Event]) -> String {
    write(&document(events), JsonStyle::Compact)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_captured_here_is_what_is_read_back() {
    let here = Here::new().await;
    let tracing = here.open().await;
    let plan = Plan { faults: Faults::USUAL, ..Plan::of_size(Kind::Dairy, 3000, 7) };
    let events: Vec<Event> = plan.events().collect();
    let parts: Vec<&[Event]> = events.chunks(events.len() / 5 + 1).collect();
    // In another order than they happened, one of them as XML, one twice, one with something wrong in it.
    for place in [1, 0, 3] {
        let job = capture(&tracing, json(parts[place]), Behaviour::Rollback).await;
        assert_eq!((job.success, job.new), (true, parts[place].len() as u64), "{:?}", job.problems);
    }
    let again = capture(&tracing, json(parts[0]), Behaviour::Rollback).await;
    assert_eq!((again.success, again.new, again.same), (true, 0, parts[0].len() as u64));
    let text = xml::write(&document(parts[2]), xml::XmlStyle::default()).expect("XML");
    let job = capture(&tracing, text, Behaviour::Rollback).await;
    assert!(job.success && job.new == parts[2].len() as u64, "{:?}", job.problems);
    let wrong = json(parts[4]).replacen("\"action\":\"OBSERVE\"", "\"action\":\"LOOK\"", 1);
    assert!(wrong.contains("LOOK"));
    let job = capture(&tracing, wrong.clone(), Behaviour::Rollback).await;
    assert_eq!((job.success, job.new, job.refused), (false, 0, 1), "{:?}", job.problems);
    let job = capture(&tracing, wrong, Behaviour::Proceed).await;
    assert_eq!((job.new, job.refused), (parts[4].len() as u64 - 1, 1), "{:?}", job.problems);
    let own = told(&tracing);
    assert_eq!(own.0, here.ledger.size().await.expect("a size"));
    assert!(own == here.read_back().await, "the picture differs from what the ledger says");
    assert!(here.ledger.verify(|_, _| {}).await.expect("a verification").is_sound());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_capture_see_each_other() {
    let here = Here::new().await;
    let (one, two) = (here.open().await, here.open().await);
    let plan = Plan { faults: Faults::USUAL, ..Plan::of_size(Kind::Liquor, 1500, 3) };
    let events: Vec<Event> = plan.events().collect();
    for (place, events) in events.chunks(200).enumerate() {
        // by turns, sometimes both at once with what the other has, too
        match place % 3 {
            0 => drop(capture(&one, json(events), Behaviour::Rollback).await),
            1 => drop(capture(&two, json(events), Behaviour::Rollback).await),
            _ => {
                let both = tokio::join!(
                    capture(&one, json(events), Behaviour::Proceed),
                    capture(&two, json(events), Behaviour::Proceed)
                );
                assert_eq!(both.0.new + both.1.new, events.len() as u64);
            }
        }
    }
    one.refresh().await.expect("up to date");
    two.refresh().await.expect("up to date");
    let wanted = here.read_back().await;
    assert!(told(&one) == wanted && told(&two) == wanted);
    assert_eq!(wanted.0, here.ledger.size().await.expect("a size"));
    assert!(one.held().world.log().len() >= events.len() - 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_erased_is_in_no_picture() {
    let here = Here::new().await;
    let tracing = here.open().await;
    let plan = Plan { faults: Faults::USUAL, ..Plan::of_size(Kind::Dairy, 1000, 5) };
    let events: Vec<Event> = plan.events().collect();
    let (before, after) = events.split_at(events.len() / 2);
    capture(&tracing, json(before), Behaviour::Rollback).await;
    let at = Timestamp::from_second(1_382_317_300).expect("a time");
    here.ledger.erase(20, "what", "asked", "office", at).await.expect("an erasure");
    here.ledger.erase(21, "where", "asked", "office", at).await.expect("an erasure");
    capture(&tracing, json(after), Behaviour::Rollback).await;
    assert!(told(&tracing) == here.read_back().await);
    let (gone, _) = tracing.event(20).await.expect("an event");
    assert_eq!(gone.erased, ["what"]);
    let (there, _) = tracing.event(22).await.expect("an event");
    assert!(there.erased.is_empty());
    assert!(here.ledger.verify(|_, _| {}).await.expect("a verification").is_sound());
}
