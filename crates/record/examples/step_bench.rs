//! How long an event of a case takes until it is durable.
//!
//! `step_bench EVENTS [DATABASE] [CLIENTS]`: takes EVENTS steps, each with a letter and a record, on as many cases as there
//! are CLIENTS (default 1), and prints the median and the 99th percentile of the time from the call to its answer.
#![expect(clippy::print_stdout, reason = "it prints its results")]

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::json;
use zhiheng_base::draft::Draft;
use zhiheng_record::{CaseEffect, Event, Ledger, LedgerError, LedgerKey, Provenance, Submission};

fn event(case: &str, n: u64, expected: Option<u64>) -> Event {
    let id = format!("{case}/{n}");
    let submission = Submission {
        body: id.clone(),
        id: format!("{id}/r"),
        by: "office-621100".into(),
        at: Timestamp::UNIX_EPOCH,
        of: "credit.statement".into(),
        provenance: Provenance::Synthetic,
        basis: None,
        catalog: "0".repeat(64),
        files: Vec::new(),
        key: vec!["no".into()],
    };
    let data = format!("{{\"day\":\"2024-06-19\",\"kind\":\"order\",\"no\":\"{id}\"}}").into_bytes();
    let draft = Draft { key: [0; 32], data, personal: Vec::new(), place: None };
    Event {
        provenance: Provenance::Reported,
        case: case.to_owned(),
        expected,
        id,
        of: "sampling.disposal".into(),
        state: format!("s{n}"),
        by: "office-621100".into(),
        at: Timestamp::UNIX_EPOCH,
        data: json!({ "form": { "received_on": "2024-06-03", "remark": "x".repeat(200) } }),
        letters: vec![("notice".into(), case.to_owned())],
        region: None,
        parent: None,
        effects: vec![CaseEffect::Records { submission, drafts: vec![draft] }],
    }
}

async fn client(ledger: Ledger, case: String, events: u64) -> Result<Vec<Duration>, LedgerError> {
    let (mut times, mut newest) = (Vec::new(), None);
    for n in 0..events {
        let event = event(&case, n, newest);
        let start = Instant::now();
        newest = Some(ledger.step(event).await?.entry);
        times.push(start.elapsed());
    }
    Ok(times)
}

#[tokio::main]
async fn main() -> Result<(), LedgerError> {
    let mut args = std::env::args().skip(1);
    let events: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let folder = std::env::temp_dir().join(format!("step-bench-{}", std::process::id()));
    let database = args.next().unwrap_or_else(|| folder.join("ledger.sqlite").display().to_string());
    let clients: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1).max(1);
    let _ = std::fs::create_dir_all(&folder);
    let key = LedgerKey::from_seed("bench.example/ledger", &[7; 32])?;
    let ledger = Ledger::create(&database, key).await?;
    let start = Instant::now();
    let mut tasks = Vec::new();
    for n in 0..clients {
        tasks.push(tokio::spawn(client(ledger.clone(), format!("D-{n}"), events / clients)));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort();
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times.get(place.min(times.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "{} steps, {clients} clients  {:.0} a second  p50 {:.2} ms  p99 {:.2} ms  most {:.2} ms",
        times.len(),
        times.len() as f64 / seconds,
        at(0.5),
        at(0.99),
        at(1.0)
    );
    ledger.close().await;
    let _ = std::fs::remove_dir_all(&folder);
    Ok(())
}
