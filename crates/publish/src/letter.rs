//! Official letters (notices, orders, announcements, forms): a template of the catalog and the facts of a case become a
//! [`Letter`], which the press sets as PDF or DOCX.
//!
//! In reading order: [`model`] (what a letter is), [`context`] (the facts), `fill` (directives become text), `markdown`
//! (text becomes blocks), `sign` (who signs, and where). The text of a letter is in the language of its template,
//! Chinese, since that is what binds; for a reader of another language a sentence stands above it.
//!
//! **User text is data.** Markdown is read in the template's own text alone; a value never becomes markup, whatever it
//! holds. **Nothing is silently empty.** Where a field, a clock or the number is missing, the letter says so in brackets
//! (`〔未填：批号〕`), is marked as a draft, and comes with an error for each gap: it can be looked at, and whoever sends
//! it must refuse it.

pub mod context;
mod fill;
mod markdown;
pub mod model;
mod sign;

use zhiheng_base::period::date_title;
use zhiheng_base::{Diagnostic, Lang, Place};
use zhiheng_catalog::letter::{Part, parts, pieces};
pub use zhiheng_catalog::model::{LetterFile, LetterForm};

pub use context::{ClockShown, LetterContext};
pub use model::{Form, FormCell, Letter, LetterBlock, LetterPins};

use crate::words::say;
use fill::Filler;

/// The language of letters.
const TEXT: Lang = Lang::Zh;

/// Writes the letter of `template` with the facts of `context`, for a reader of `lang`.
///
/// The letter comes back also when something is missing; the errors then name each gap: ZH6601 a field, ZH6602 a clock,
/// ZH6603 the number, ZH6604 the addressee. A letter with errors is a draft and must not be sent.
///
/// # Errors
///
/// Directives of the template that are none, as `zhiheng catalog check` tells them.
pub fn write(
    template: &LetterFile,
    context: &LetterContext,
    lang: Lang,
) -> Result<(Letter, Vec<Diagnostic>), Vec<Diagnostic>> {
    let pieces = pieces(template)?;
    let mut filler = Filler::new(template, context);
    let signed = sign::signature(&pieces, template.form);
    let blocks = markdown::blocks(filler.tokens(&pieces[..signed.body]));
    let mut line =
        |text: &str| filler.line(&parts(text).unwrap_or_else(|| vec![Part::Text(text.to_owned())]));
    let attachments = template.attachments.iter().map(|text| line(text)).collect();
    let copies = template.copies.iter().map(|text| line(text)).collect();
    let number = filler.number();
    let mut problems = filler.problems();
    let on_paper =
        |code| Diagnostic::error(code).arg("letter", &template.id).at(Place::File(template.file.clone()));
    let to = filled(&context.to);
    if to.is_none() && template.form == LetterForm::Letter {
        problems.push(on_paper("ZH6604"));
    }
    let day = date_title(TEXT, context.on);
    let letter = Letter {
        id: template.id.clone(),
        form: template.form,
        title: template.title.get(TEXT).to_owned(),
        foreign: (lang != TEXT).then(|| foreign(template, context, lang)),
        draft: (!problems.is_empty())
            .then(|| say(TEXT, "letter-draft", &[("n", &problems.len().to_string())])),
        mark: context.unit.clone(),
        number,
        signer: filled(&context.signer),
        to,
        blocks,
        attachments,
        office: signed.office.then(|| context.unit.clone()),
        date: signed.date.then_some(day),
        copies,
        foot: foot(context),
        pins: LetterPins {
            case_no: context.case_no.clone(),
            verify: context.verify.clone(),
            ledger: context.ledger,
            catalog: context.catalog.clone(),
        },
    };
    Ok((letter, problems))
}

/// The names in `{braces}` of the addressee filled in from the sheet: what a case writes into [`LetterContext::to`].
pub fn addressee(template: &LetterFile, context: &LetterContext) -> String {
    let mut filler = Filler::new(template, context);
    parts(&template.to).map_or_else(|| template.to.clone(), |parts| filler.line(&parts))
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What stands above a letter for a reader of another language.
fn foreign(template: &LetterFile, context: &LetterContext, lang: Lang) -> String {
    let (title, day) = (template.title.get(lang), date_title(lang, context.on));
    say(lang, "letter-foreign", &[("title", title), ("date", &day), ("case", &context.case_no)])
}

/// The line at the foot with which anyone can check the letter.
fn foot(context: &LetterContext) -> String {
    let ledger = context.ledger.to_string();
    let catalog: String = context.catalog.chars().take(12).collect();
    let args: [(&str, &str); 4] =
        [("verify", &context.verify), ("case", &context.case_no), ("ledger", &ledger), ("catalog", &catalog)];
    say(TEXT, "letter-foot", &args)
}

#[cfg(test)]
mod tests;
