//! Presses a letter of every form, for looking at: `cargo run --example letters -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

use zhiheng_base::Lang;
use zhiheng_press::{FontSet, PressOptions, letter_docx, letter_pdf};

#[path = "../tests/letter/mod.rs"]
#[allow(dead_code)] // what only tests look at
mod letter;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&dir)?;
    let fonts = FontSet::load(&FontSet::folders(&[])).map_err(|problem| format!("{problem:?}"))?;
    let plain = PressOptions::default();
    let red = PressOptions { head: Some(letter::OFFICE.to_owned()), ..PressOptions::default() };
    let mut letters = vec![
        ("order", letter::order("无", Lang::Zh), &red),
        ("order-plain", letter::order("无", Lang::En), &plain),
        ("draft", letter::draft(), &red),
        ("long", letter::order(&"详见附件所列各项事实、证据和依据。".repeat(60), Lang::Zh), &red),
        ("upward", letter::upward(), &red),
    ];
    letters.extend(letter::others().into_iter().map(|(name, one)| (name, one, &red)));
    for (name, one, options) in letters {
        std::fs::write(dir.join(format!("{name}.pdf")), letter_pdf(&one, &fonts, options)?)?;
        std::fs::write(dir.join(format!("{name}.docx")), letter_docx(&one, &fonts, options)?)?;
    }
    Ok(())
}
