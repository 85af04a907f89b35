//! Who signs, and where: at the end, in the place that the standard gives it, or in the body by the template's own words.
//!
//! A letter and an announcement are signed with the office and the day. Templates may write them as the last paragraphs
//! (`{{by unit}}`, `{{step on}}`): these then become the signature. A body that gives the day elsewhere (an agreement
//! that two parties sign) signs itself.

use zhiheng_catalog::letter::Piece;
use zhiheng_catalog::model::LetterForm;

/// Where the body ends and what stands under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    /// Pieces that are body.
    pub(super) body: usize,
    /// The office stands under it.
    pub(super) office: bool,
    /// The day stands under it.
    pub(super) date: bool,
}

/// The signature of a body.
pub(super) fn signature(pieces: &[Piece], form: LetterForm) -> Signature {
    let mut body = pieces.len();
    let (mut office, mut date) = (false, false);
    // From the end: white space, then a directive alone in its paragraph.
    loop {
        let kept = &pieces[..body];
        let words = kept.iter().rposition(|piece| !is_white(piece));
        match words.map(|at| (at, &kept[at])) {
            Some((at, Piece::StepOn)) if !date && !office && starts_line(&kept[..at]) => {
                (body, date) = (at, true)
            }
            Some((at, Piece::ByUnit)) if !office && starts_line(&kept[..at]) => (body, office) = (at, true),
            _ => break,
        }
    }
    if office || date {
        return Signature { body, office, date };
    }
    let signs = matches!(form, LetterForm::Letter | LetterForm::Announcement | LetterForm::Certificate)
        && !gives_day(pieces);
    Signature { body, office: signs, date: signs }
}

fn is_white(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text) if text.trim().is_empty())
}

/// Whether what follows `before` begins a line.
fn starts_line(before: &[Piece]) -> bool {
    match before.last() {
        None => true,
        Some(Piece::Text(text)) => text.trim_end_matches([' ', '\u{3000}']).ends_with('\n'),
        // `{{by unit}}` and `{{step on}}` on one line.
        Some(Piece::ByUnit) => true,
        Some(_) => false,
    }
}

fn gives_day(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::StepOn => true,
        Piece::If { inner, .. } => gives_day(inner),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use zhiheng_catalog::letter::pieces;
    use zhiheng_catalog::model::LetterFile;

    use super::*;

    fn of(body: &str, form: LetterForm) -> (usize, bool, bool) {
        let template = LetterFile { body: body.to_owned(), ..LetterFile::default() };
        let found = signature(&pieces(&template).unwrap(), form);
        (found.body, found.office, found.date)
    }

    #[test]
    fn the_last_paragraphs_sign_or_the_body_does_or_the_form() {
        let rows = [
            ("请改正。\n", LetterForm::Letter, (1, true, true)),
            ("请改正。\n\n{{by unit}}\n\n{{step on}}\n", LetterForm::Letter, (1, true, true)),
            ("请改正。\n\n{{by unit}}\n{{step on}}", LetterForm::Minutes, (1, true, true)),
            ("请改正。\n\n{{step on}}\n", LetterForm::Sheet, (1, false, true)),
            // In the middle of a line it is text, and the day stands in the body.
            ("由{{by unit}}于{{step on}}", LetterForm::Letter, (4, false, false)),
            ("甲方（签章）：\n\n签订日期：{{step on}}\n", LetterForm::Letter, (3, false, false)),
            ("{{by unit}}决定如下。", LetterForm::Letter, (2, true, true)),
            ("记录。", LetterForm::Minutes, (1, false, false)),
        ];
        for (body, form, expected) in rows {
            assert_eq!(of(body, form), expected, "{body}");
        }
    }
}
