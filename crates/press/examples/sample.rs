//! Presses the sample report in every format, for looking at: `cargo run --example sample -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use zhiheng_press::{FontSet, PressOptions};

#[path = "../tests/sample/mod.rs"]
mod sample;

#[expect(clippy::print_stdout, reason = "an example speaks to the person who ran it")]
fn main() -> Result<(), Box<dyn Error>> {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&dir)?;
    let start = Instant::now();
    let said = |what: &str| println!("{what}: {:.2} s", start.elapsed().as_secs_f64());
    let fonts = FontSet::load(&FontSet::folders(&[])).map_err(|problem| format!("{problem:?}"))?;
    said("fonts");
    let report = sample::report();
    let options = PressOptions::default();
    for problem in zhiheng_press::check(&report, &fonts) {
        println!("{}", problem.message(report.lang));
    }
    std::fs::write(dir.join("sample.pdf"), zhiheng_press::pdf(&report, &fonts, &options)?)?;
    said("pdf");
    std::fs::write(dir.join("sample.docx"), zhiheng_press::docx(&report, &fonts, &options)?)?;
    said("docx");
    std::fs::write(dir.join("sample.html"), zhiheng_press::html(&report, &options)?)?;
    said("html");
    std::fs::write(dir.join("sample.xlsx"), zhiheng_press::xlsx(&report, &options)?)?;
    said("xlsx");
    let mut longer = report;
    longer.blocks.extend(longer.blocks.clone().into_iter().cycle().take(150));
    let head = PressOptions {
        head: Some("定西市质量振兴工作领导小组办公室文件".to_owned()), ..options
    };
    let pages = zhiheng_press::pdf::pages(&longer, &fonts, &head)?;
    said(&format!("{pages} pages, typeset"));
    std::fs::write(dir.join("long.pdf"), zhiheng_press::pdf(&longer, &fonts, &head)?)?;
    said("the same as PDF");
    Ok(())
}
