//! The letter as its template reads it.

use serde::Serialize;
use zhiheng_publish::letter::{Form, Letter, LetterBlock, LetterForm};

use super::blocks::{Blocks, Piece};
use super::sheet::Faces;
use crate::clean::breakable;
use crate::error::PressError;
use crate::fonts::FontSet;
use crate::imprint::LetterImprint;
use crate::options::PressOptions;
use crate::wording::Wording;

/// All that the template reads.
#[derive(Serialize)]
pub(super) struct LetterSheet {
    form: LetterForm,
    title: String,
    lang: &'static str,
    region: &'static str,
    author: Option<String>,
    imprint: String,
    head: Option<String>,
    number: String,
    signer: Option<String>,
    signer_word: String,
    foreign: Option<String>,
    draft: Option<String>,
    addressee: Option<String>,
    blocks: Vec<LetterPiece>,
    attachment_word: String,
    attachments: Vec<String>,
    office: Option<String>,
    date: Option<String>,
    copies: Option<String>,
    foot: String,
    fonts: Faces,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LetterPiece {
    Block(Piece),
    Form(FormPiece),
}

#[derive(Serialize)]
struct FormPiece {
    kind: &'static str,
    rows: Vec<Vec<CellPiece>>,
}

#[derive(Serialize)]
struct CellPiece {
    name: String,
    text: String,
}

/// Prepares `letter`, which is clean.
pub(super) fn sheet(
    letter: &Letter,
    fonts: &FontSet,
    options: &PressOptions,
) -> Result<LetterSheet, PressError> {
    let words = Wording::of_letters();
    let mut set = Blocks::new(words, options, 0);
    let mut blocks = Vec::with_capacity(letter.blocks.len());
    for block in &letter.blocks {
        match block {
            LetterBlock::Block(block) => blocks.extend(set.piece(block)?.map(LetterPiece::Block)),
            LetterBlock::Form(form) => blocks.push(LetterPiece::Form(form_piece(form))),
        }
    }
    let broken = |text: &Option<String>| text.as_deref().map(breakable);
    Ok(LetterSheet {
        form: letter.form,
        title: breakable(&letter.title),
        lang: "zh",
        region: "CN",
        author: Some(letter.mark.clone()),
        imprint: LetterImprint::of(letter, options).line(),
        head: options.head.clone(),
        number: letter.number.clone(),
        signer: broken(&letter.signer),
        signer_word: words.word("signer"),
        foreign: broken(&letter.foreign),
        draft: broken(&letter.draft),
        addressee: words.addressee(letter.to.as_deref()).map(|to| breakable(&to)),
        blocks,
        attachment_word: words.word("attachments"),
        attachments: letter.attachments.iter().map(|title| breakable(title)).collect(),
        office: broken(&letter.office),
        date: broken(&letter.date),
        copies: words.copies(&letter.copies).map(|copies| breakable(&copies)),
        foot: breakable(&letter.foot),
        fonts: Faces::of(fonts),
    })
}

fn form_piece(form: &Form) -> FormPiece {
    let rows = form.rows.iter().map(|row| {
        row.iter()
            .map(|cell| CellPiece { name: breakable(&cell.name), text: breakable(&cell.text) })
            .collect()
    });
    FormPiece { kind: "form", rows: rows.collect() }
}
