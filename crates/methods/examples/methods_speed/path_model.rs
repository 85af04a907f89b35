//! The bootstrap of a customer satisfaction model: 250 answers to 24 questions on 7 constructs, 5,000 replicates.

use std::path::Path;

use zhiheng_methods::pls::bootstrap::{Bootstrap, What, bootstrap};
use zhiheng_methods::pls::fit::Settings;
use zhiheng_methods::pls::model::Model;
use zhiheng_methods::random::Stream;

use crate::Made;
use crate::report::{Report, columns, timed, write};

const ANSWERS: usize = 250;
const REPLICATES: usize = 5000;
const FILE: &str = "answers.csv";
/// Constructs in the order of their causes, with the number of their questions.
const CONSTRUCTS: [(&str, usize); 7] = [
    ("image", 5),
    ("expectation", 3),
    ("quality", 7),
    ("value", 2),
    ("satisfaction", 3),
    ("complaints", 1),
    ("loyalty", 3),
];
/// Paths from construct to construct, with what the answers are made with.
const PATHS: [(usize, usize, f64); 12] = [
    (0, 1, 0.5),
    (0, 4, 0.2),
    (0, 6, 0.2),
    (1, 2, 0.55),
    (1, 3, 0.1),
    (1, 4, 0.1),
    (2, 3, 0.55),
    (2, 4, 0.5),
    (3, 4, 0.2),
    (4, 5, 0.5),
    (4, 6, 0.45),
    (5, 6, 0.1),
];

pub(crate) fn make(dir: &Path) -> Made {
    let mut draw = Stream::new(19038, 0);
    let rows = (0..ANSWERS).map(|_| {
        let mut row = Vec::new();
        let mut levels: Vec<f64> = Vec::new();
        for (construct, &(_, n_items)) in CONSTRUCTS.iter().enumerate() {
            let caused = PATHS.iter().filter(|path| path.1 == construct).map(|path| path.2 * levels[path.0]);
            let level = caused.sum::<f64>() + 0.7 * draw.normal();
            levels.push(level);
            row.extend((0..n_items).map(|item| {
                let noise = 0.5 + 0.1 * item as f64;
                (7.0 + 1.5 * level + 1.5 * noise * draw.normal()).round().clamp(1.0, 10.0)
            }));
        }
        row
    });
    Ok(write(&dir.join(FILE), &names().join(","), rows)?)
}

fn names() -> Vec<String> {
    let items = |&(name, n): &(&str, usize)| (1..=n).map(|item| format!("{name}{item}")).collect::<Vec<_>>();
    CONSTRUCTS.iter().flat_map(items).collect()
}

pub(crate) fn run(dir: &Path, report: &mut Report) -> Made {
    let table = columns(&dir.join(FILE))?;
    let names = names();
    let measured = CONSTRUCTS.iter().map(|&(name, n)| {
        let items: Vec<String> = (1..=n).map(|item| format!("{name}{item}")).collect();
        format!("{name} = {}", items.join(" + "))
    });
    let caused = PATHS.iter().map(|&(from, to, _)| format!("{} ~ {}", CONSTRUCTS[to].0, CONSTRUCTS[from].0));
    let model = Model::read(&measured.chain(caused).collect::<Vec<_>>().join(";"), &names)?;
    // the tolerance that the reference stops at by default
    let settings = Settings { tolerance: 1e-7, steps: 300, ..Settings::default() };
    let options = Bootstrap { replicates: REPLICATES, ..Bootstrap::default() };
    let it = timed("bootstrap", REPLICATES, || Ok(bootstrap(&model, &table, &settings, &options)?))?;
    for estimate in &it.estimates {
        let (row, column) = (estimate.quantity.row, estimate.quantity.column);
        let name = match estimate.quantity.what {
            What::Path => format!("path {row} {column}"),
            What::Total => format!("total {row} {column}"),
            What::Loading => format!("loading {row}"),
            What::Weight => format!("weight {row}"),
            What::Htmt => format!("htmt {row} {column}"),
            What::RSquared | What::Index => continue,
        };
        report.equal(&name, estimate.original, 1e-5);
        // both sides draw by chance: an error from 5,000 draws is good to about 1 %
        let error = estimate.standard_error;
        report.answer(format!("{name} error"), error, (0.08 * error).max(1e-9));
    }
    Ok(())
}
