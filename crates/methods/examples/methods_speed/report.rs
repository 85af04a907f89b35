//! Seconds and answers of one run, and the plain tables of numbers that both sides read.
#![expect(clippy::print_stdout, reason = "its output is the seconds")]

use std::error::Error;
use std::fmt::{Display, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// After so many runs, or so long, the timing ends.
const RUNS: usize = 6;
const LONG: Duration = Duration::from_secs(10);

/// Runs `work` on `n` items again and again and prints how long it took; the first run only warms up. The peers'
/// `timed` in `benches/methods/common.R` does the same.
pub(crate) fn timed<T>(
    what: &str,
    n: usize,
    mut work: impl FnMut() -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    let begin = Instant::now();
    let mut seconds = Vec::new();
    loop {
        let start = Instant::now();
        let done = std::hint::black_box(work()?);
        seconds.push(start.elapsed().as_secs_f64());
        if seconds.len() == RUNS || begin.elapsed() > LONG {
            if seconds.len() > 1 {
                seconds.remove(0);
            }
            println!("{}", serde_json::json!({ "what": what, "n": n, "seconds": seconds }));
            return Ok(done);
        }
    }
}

/// Answers to be compared with the peer's.
#[derive(Debug, Default)]
pub(crate) struct Report(String);

impl Report {
    /// An answer and how far the peer's may lie from it.
    pub(crate) fn answer(&mut self, name: impl Display, value: f64, allowed: f64) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{name},{value:e},{allowed:e}");
    }

    /// An answer that the peer has to meet but for rounding: `allowed` of itself, or of 1 if it is smaller.
    pub(crate) fn equal(&mut self, name: impl Display, value: f64, allowed: f64) {
        self.answer(name, value, allowed * value.abs().max(1.0));
    }

    /// All answers as lines of name, value and what is allowed.
    pub(crate) fn answers(&self) -> &str {
        &self.0
    }
}

/// Writes a table of numbers under a header.
pub(crate) fn write(path: &Path, header: &str, rows: impl Iterator<Item = Vec<f64>>) -> std::io::Result<()> {
    let mut text = format!("{header}\n");
    for row in rows {
        for (at, value) in row.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(text, "{comma}{value}");
        }
        text.push('\n');
    }
    std::fs::write(path, text)
}

/// The columns of a table of numbers.
pub(crate) fn columns(path: &Path) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let n_columns = lines.next().map_or(0, |header| header.split(',').count());
    let mut columns = vec![Vec::new(); n_columns];
    for line in lines {
        for (column, cell) in columns.iter_mut().zip(line.split(',')) {
            column.push(cell.parse()?);
        }
    }
    Ok(columns)
}
