//! Times methods over files that their peers read too, so that `cargo xtask bench methods` can compare both.
//!
//! `speed make DIR` writes the files (seeded); `speed NAME DIR` reads what it needs, prints the seconds of the
//! computation alone as lines of JSON and leaves its answers in `DIR/NAME.ours.csv`. The peers stand in
//! `benches/methods`.

mod charts;
mod composite;
mod intervals;
mod path_model;
mod raters;
mod report;
mod reports;
mod survey;
mod trend;
mod warning;

use std::error::Error;
use std::path::Path;

use report::Report;

type Made = Result<(), Box<dyn Error>>;

/// What is timed: a name, what makes its file, what runs it.
type Case = (&'static str, fn(&Path) -> Made, fn(&Path, &mut Report) -> Made);

const CASES: [Case; 9] = [
    ("warning", warning::make, warning::run),
    ("survey", survey::make, survey::run),
    ("path_model", path_model::make, path_model::run),
    ("composite", composite::make, composite::run),
    ("charts", charts::make, charts::run),
    ("reports", reports::make, reports::run),
    ("intervals", intervals::make, intervals::run),
    ("trend", trend::make, trend::run),
    ("raters", raters::make, raters::run),
];

fn main() -> Made {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", dir] => {
            let dir = Path::new(dir);
            for (_, make, _) in CASES {
                make(dir)?;
            }
            Ok(())
        }
        [name, dir] => {
            let dir = Path::new(dir);
            let Some((name, _, run)) = CASES.iter().find(|case| case.0 == name) else {
                return Err(format!("there is no {name}").into());
            };
            let mut report = Report::default();
            run(dir, &mut report)?;
            std::fs::write(dir.join(format!("{name}.ours.csv")), report.answers())?;
            Ok(())
        }
        _ => Err("say: speed make DIR, or speed NAME DIR".into()),
    }
}
