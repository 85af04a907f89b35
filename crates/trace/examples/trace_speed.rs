//! Times traceability for `cargo xtask bench trace`: `trace_speed EVENTS [FOLDER]` makes a dairy's world of so many events, reads,
//! checks and hashes them as documents, folds them, asks the questions of a recall, and prints one line of JSON. With a
//! folder it also writes the world as tables for peers: things, links, stays, readings, and what must be found.
//!
//! One thread, in process, without a database.

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use zhiheng_trace::event::{Document, DocumentKind};
use zhiheng_trace::generate::{Faults, Kind, Plan};
use zhiheng_trace::json::{JsonStyle, write};
use zhiheng_trace::store::{Batch, Media, mark};
use zhiheng_trace::world::expose::Limit;
use zhiheng_trace::world::{Arrival, AsOf, Log, Node, Seen, World};
use zhiheng_trace::{Limits, hash};

type Failed = Box<dyn Error>;

/// Median and 99th percentile of seconds.
fn times(mut seconds: Vec<f64>) -> (f64, f64) {
    seconds.sort_by(f64::total_cmp);
    let at =
        |share: f64| seconds.get(((seconds.len() - 1) as f64 * share) as usize).copied().unwrap_or_default();
    (at(0.5), at(0.99))
}

/// Seconds of each of `n` calls.
fn each<T>(n: usize, mut call: impl FnMut(usize) -> T) -> Vec<f64> {
    (0..n)
        .map(|at| {
            let start = Instant::now();
            std::hint::black_box(call(at));
            start.elapsed().as_secs_f64()
        })
        .collect()
}

/// The most memory that this process held, in MiB.
fn memory() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: f64 = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default();
    kib / 1024.0
}

#[allow(clippy::print_stdout)] // the answer of a program
fn main() -> Result<(), Failed> {
    let n: u64 = std::env::args().nth(1).ok_or("say: trace_speed EVENTS [FOLDER]")?.parse()?;
    let plan = Plan { faults: Faults { no_lot: 0, ..Faults::USUAL }, ..Plan::of_size(Kind::Dairy, n, 1) };

    // capture, all but the ledger, on some thirty thousand events of the same kind
    let sample: Vec<_> = plan.events().take(30_000).collect();
    let n_sample = sample.len() as f64;
    let mut document = Document::new(DocumentKind::Capture);
    document.created = zhiheng_trace::Time::read("2026-01-01T00:00:00Z");
    document.events = sample;
    let text = write(&document, JsonStyle::Compact);
    let start = Instant::now();
    let mut batch = Batch::read(text.as_bytes(), Media::Json, &Limits::default());
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for event in batch.events() {
        std::hint::black_box(hash::digest(event));
    }
    let hashed = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let sorted = batch.sort(&[1; 32], |_, _, _| Seen::New);
    for ready in sorted.ready {
        std::hint::black_box(ready.parts.draft(|| [7; 32]));
    }
    let prepared = start.elapsed().as_secs_f64();
    drop((document, batch, text));

    let (mut log, mut learned, mut n_events) = (Log::default(), 0.0, 0_u64);
    for event in plan.events() {
        let arrival = Arrival {
            recorded: n_events as i64,
            entry: n_events,
            mark: mark(&[1; 32], &hash::digest(&event)),
            redacted: false,
        };
        let start = Instant::now();
        log.push(&event, &arrival);
        learned += start.elapsed().as_secs_f64();
        n_events += 1;
    }
    let start = Instant::now();
    let bytes = log.to_bytes();
    let written = start.elapsed().as_secs_f64();
    drop(log);
    let start = Instant::now();
    let again = Log::from_bytes(&bytes).ok_or("no log")?;
    let loaded = start.elapsed().as_secs_f64();
    let size = bytes.len();
    drop(bytes);
    let start = Instant::now();
    let world = World::fold(Arc::new(again), AsOf::NOW);
    let folded = start.elapsed().as_secs_f64();

    let find = |text: String| world.find(&text).ok_or("nobody named it");
    let cartons: Vec<Node> = (0..1000)
        .map(|at| find(plan.piece(at % plan.plants, at % plan.days, at % 3, at % 80)))
        .collect::<Result<_, _>>()?;
    let raw: Vec<Node> = (0..200)
        .map(|at| find(plan.raw_lot(at % plan.plants, at % 10, at % plan.days)))
        .collect::<Result<_, _>>()?;
    let premix = find(plan.premix_lot(0))?;
    let one = |at: usize, list: &[Node]| list.get(at % list.len()).copied().unwrap_or(premix);
    let history = times(each(1000, |at| world.history(one(at, &cartons)).len()));
    let up = times(each(1000, |at| world.upstream(&[one(at, &cartons)]).len()));
    let small = times(each(200, |at| world.summary(&[one(at, &raw)]).pieces.len()));
    let scope = times(each(20, |_| world.affected(&[premix]).len()));
    let (cold, _) = times(each(1, |_| world.summary(&[premix]).pieces.len()));
    let warm = times(each(30, |_| world.summary(&[premix]).pieces.len()));
    let limit = Limit { above: Some(zhiheng_base::Decimal::from(8)), below: None, gap: 1_800_000_000 };
    // each thing is looked at, not only counted
    let outside = |_| world.exposed(&limit).iter().map(|(_, own)| own.outside).sum::<i64>();
    let exposure = times(each(5, outside));
    let (all_exposures, _) = times(each(3, |_| world.exposures(&limit).len()));
    let summary = world.summary(&[premix]);
    let pieces: usize = summary.pieces.values().sum();
    let small_pieces: usize = world.summary(&[one(0, &raw)]).pieces.values().sum();
    if let Some(folder) = std::env::args().nth(2) {
        tables(&world, &folder, &[premix, one(0, &raw)], &limit)?;
    }
    println!(
        "{{\"events\":{n_events},\"read\":{},\"hash\":{},\"prepare\":{},\"learn\":{},\"write\":{written},\"load\":{loaded},\"fold\":{folded},\
         \"size\":{size},\"memory\":{},\"history\":[{},{}],\"up\":[{},{}],\"small\":[{},{}],\"scope\":[{},{}],\"cold\":{cold},\
         \"warm\":[{},{}],\"exposure\":[{},{}],\"all_exposures\":{all_exposures},\"pieces\":{pieces},\"small_pieces\":{small_pieces},\"warm_things\":{}}}",
        n_sample / read,
        n_sample / hashed,
        n_sample / prepared,
        n_events as f64 / learned,
        memory(),
        history.0,
        history.1,
        up.0,
        up.1,
        small.0,
        small.1,
        scope.0,
        scope.1,
        warm.0,
        warm.1,
        exposure.0,
        exposure.1,
        world.exposed(&limit).len(),
    );
    Ok(())
}

/// The world as a database has it that keeps the last place of everything: things with fate and place, links, stays in containers, and
/// temperatures; and what must be found.
fn tables(world: &World, folder: &str, starts: &[Node], limit: &Limit) -> Result<(), Failed> {
    use std::io::Write;
    std::fs::create_dir_all(folder)?;
    let file = |name: &str| std::fs::File::create(format!("{folder}/{name}")).map(std::io::BufWriter::new);
    let mut things = file("thing.csv")?;
    let mut edges = file("edge.csv")?;
    let (mut stays, mut readings) = (file("stay.csv")?, file("reading.csv")?);
    let number = |node: Node| node.number();
    for node in world.nodes() {
        for stay in world.stays(node) {
            writeln!(stays, "{},{},{},{}", number(node), number(stay.container), stay.from, stay.to)?;
        }
        for (start, _, _, high) in world.temperatures(node) {
            writeln!(readings, "{},{start},{high}", number(node))?;
        }
        let state = world.state(node);
        let site = state.site.map_or(-1, |site| i64::from(site.0));
        writeln!(things, "{},{},{},{site}", number(node), u8::from(world.is_piece(node)), state.fate as u8)?;
        if let Some(lot) = world.lot_of(node) {
            writeln!(edges, "{},{}", number(lot), number(node))?;
        }
    }
    for own in world.transformations() {
        for input in own.consumed.keys() {
            for output in &own.outputs {
                writeln!(edges, "{},{}", number(*input), number(output.node))?;
            }
        }
    }
    let mut wanted = file("wanted.csv")?;
    writeln!(wanted, "-1,{}", world.exposed(limit).len())?;
    for start in starts {
        let pieces: usize = world.summary(&[*start]).pieces.values().sum();
        writeln!(wanted, "{},{pieces}", number(*start))?;
    }
    Ok(())
}
