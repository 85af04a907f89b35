//! How many records a second the ledger takes: synthetic inspection results of about 350 bytes a leaf.
//!
//! `append_bench ROWS [DATABASE] [SUBMISSIONS]`: appends ROWS records in SUBMISSIONS equal submissions (default 1), hands the
//! first submission in again under another id, verifies, and prints rows per second and the peak memory.
#![expect(clippy::print_stdout, reason = "it prints its results")]

use std::fmt::Write as _;
use std::time::Instant;

use jiff::Timestamp;
use zhiheng_base::draft::{Draft, SourcePlace};
use zhiheng_record::{Begun, Ledger, LedgerError, LedgerKey, Provenance, Submission};

fn draft(n: u64) -> Draft {
    let mut data = String::with_capacity(256);
    let mix = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let _ = write!(
        data,
        "{{\"date\":\"2013-{:02}-{:02}\",\"enterprise\":\"9162110{:011}\",\"fail_items\":[],\"level\":\"province\",\
         \"no\":\"GS2013-{n:09}\",\"product\":\"{}\",\"region\":\"6211{:08}\",\"result\":\"{}\"}}",
        mix % 12 + 1,
        mix % 28 + 1,
        mix % 100_000_007,
        mix % 200,
        mix % 44_700,
        if mix.is_multiple_of(7) { "fail" } else { "pass" },
    );
    Draft {
        key: [0; 32],
        data: data.into_bytes(),
        personal: Vec::new(),
        place: Some(SourcePlace { file: 0, sheet: None, row: n + 2 }),
    }
}

fn submission(id: String) -> Submission {
    Submission {
        body: id.clone(),
        id,
        by: "bureau-621100".into(),
        at: Timestamp::UNIX_EPOCH,
        of: "sampling.result".into(),
        provenance: Provenance::Synthetic,
        basis: None,
        catalog: "0".repeat(64),
        files: Vec::new(),
        key: vec!["no".into()],
    }
}

async fn append(ledger: &Ledger, id: String, rows: std::ops::Range<u64>) -> Result<f64, LedgerError> {
    let start = Instant::now();
    let Begun::Fresh(mut appender) = ledger.begin(submission(id)).await? else { return Ok(0.0) };
    let mut next = rows.start;
    while next < rows.end {
        let upto = rows.end.min(next + 8192);
        // Drafts are made on another thread, as an import's drafts come from another process.
        let drafts = tokio::task::spawn_blocking(move || (next..upto).map(draft).collect::<Vec<_>>()).await?;
        appender.push(drafts).await?;
        next = upto;
    }
    let pushed = start.elapsed().as_secs_f64();
    let counts = appender.counts();
    appender.commit().await?;
    let seconds = start.elapsed().as_secs_f64();
    let count = (rows.end - rows.start) as f64;
    println!(
        "append   {count:>10} rows ({} new, {} same)  push {pushed:.2} s  total {seconds:.2} s  {:.0} rows/s  peak {} MiB",
        counts.new,
        counts.same,
        count / seconds,
        peak_mib()
    );
    Ok(seconds)
}

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[tokio::main]
async fn main() -> Result<(), LedgerError> {
    let mut args = std::env::args().skip(1);
    let rows: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = std::env::temp_dir().join(format!("append-bench-{}", std::process::id()));
    let database = args.next().unwrap_or_else(|| folder.join("ledger.sqlite").display().to_string());
    let submissions: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let _ = std::fs::create_dir_all(&folder);
    let key = LedgerKey::from_seed("bench.example/ledger", &[7; 32])?;
    let ledger = Ledger::create(&database, key.clone()).await?;
    let each = rows / submissions;
    for n in 0..submissions {
        append(&ledger, format!("s-{n}"), n * each..(n + 1) * each).await?;
    }
    append(&ledger, "again".into(), 0..each).await?;
    append(&ledger, "one more".into(), rows..rows + 1).await?;
    ledger.close().await;
    let start = Instant::now();
    let ledger = Ledger::open(&database, key).await?;
    println!("open     {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let verification = ledger.verify(|_, _| {}).await?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "verify   {:>10} entries  {seconds:.2} s  {:.0} entries/s  {} problems  peak {} MiB",
        verification.entries,
        verification.entries as f64 / seconds,
        verification.problems.len(),
        peak_mib()
    );
    let size = std::fs::metadata(&database).map_or(0, |data| data.len());
    println!("database {} MiB, {:.1} bytes an entry", size >> 20, size as f64 / verification.entries as f64);
    ledger.close().await;
    let _ = std::fs::remove_dir_all(&folder);
    Ok(())
}
