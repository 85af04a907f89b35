//! What a letter is, before it becomes PDF or DOCX. Plain data: no markup of any output format.

use serde::{Deserialize, Serialize};
use zhiheng_catalog::model::LetterForm;

use crate::model::Block;

/// A letter, ready to be pressed. Its text is Chinese; see [`crate::letter`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Template, `sampling.order-to-correct`.
    pub id: String,
    /// How it is laid out.
    pub form: LetterForm,
    /// Title.
    pub title: String,
    /// A sentence for a reader of another language, set above the letter.
    pub foreign: Option<String>,
    /// A sentence that it is a draft with gaps, set above the letter; `None` when it can be sent.
    pub draft: Option<String>,
    /// The office's name over the red line, for those who print it.
    pub mark: String,
    /// Its number, or the words that none was taken.
    pub number: String,
    /// Who signs off (letters to an office above).
    pub signer: Option<String>,
    /// Addressee, without a colon.
    pub to: Option<String>,
    /// Body.
    pub blocks: Vec<LetterBlock>,
    /// Titles of what is attached, in order.
    pub attachments: Vec<String>,
    /// The office that signs.
    pub office: Option<String>,
    /// Day under the signature, in words.
    pub date: Option<String>,
    /// Who gets a copy.
    pub copies: Vec<String>,
    /// The line at the foot with which it is checked.
    pub foot: String,
    /// What it was written from.
    pub pins: LetterPins,
}

/// What a letter was written from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPins {
    /// Number of the case.
    pub case_no: String,
    /// Code with which it is checked.
    pub verify: String,
    /// Size of the ledger.
    pub ledger: u64,
    /// Digest of the catalog.
    pub catalog: String,
}

/// A block of a letter's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LetterBlock {
    /// As in a report.
    Block(Block),
    /// Fields of the sheet as a form.
    Form(Form),
}

/// Fields with their values in boxes, as on a sampling sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Rows of one or two fields.
    pub rows: Vec<Vec<FormCell>>,
}

/// A field of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormCell {
    /// The field's name.
    pub name: String,
    /// Its value; empty to be filled in by hand.
    pub text: String,
}

/// Widest text of a value that leaves room for a second field in its row, in columns of Latin letters.
const HALF: usize = 20;

impl Form {
    /// Puts fields into rows: two that are short side by side, a long one alone.
    pub fn of(cells: Vec<FormCell>) -> Form {
        let is_short = |cell: &FormCell| zhiheng_base::width::width(&cell.text) <= HALF;
        let mut rows: Vec<Vec<FormCell>> = Vec::new();
        for cell in cells {
            match rows.last_mut() {
                Some(row) if row.len() == 1 && is_short(&cell) && row.iter().all(is_short) => row.push(cell),
                _ => rows.push(vec![cell]),
            }
        }
        Form { rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_fields_share_a_row_and_long_ones_stand_alone() {
        let cell = |text: &str| FormCell { name: "项".into(), text: text.to_owned() };
        let long = "甘肃省定西市临洮县洮阳镇示例路一号";
        let form = Form::of(["甲", "乙", "丙", long, "丁", "戊"].map(cell).to_vec());
        let rows: Vec<usize> = form.rows.iter().map(Vec::len).collect();
        assert_eq!(rows, [2, 1, 1, 2], "{form:?}");
    }
}
