//! Patterns of queries: `urn:epc:idpat:sgtin:4012345.*.*` finds every piece of a company's goods.

use zhiheng_base::Diagnostic;

use super::urn::split;
use super::{Identifier, canonical, unknown};
use crate::uri::unescape;

/// What a query for identifiers matches: one identifier in any syntax, or a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One identifier, or any other URI, by its canonical text.
    One(String),
    /// A pattern with stars.
    Stars {
        /// `id` for pieces, `class` for lots.
        scheme: String,
        /// Fields; `None` is a star.
        fields: Vec<Option<String>>,
    },
}

impl Pattern {
    /// Reads what a query gives.
    ///
    /// # Errors
    ///
    /// ZH9501 for a pattern with a field after a star that is none, or with too few fields.
    pub fn read(text: &str) -> Result<Pattern, Diagnostic> {
        let Some(("idpat", scheme, fields)) = split(text) else {
            return Ok(Pattern::One(canonical(text).into_owned()));
        };
        let fields: Vec<Option<String>> = fields
            .into_iter()
            .map(|field| if field == "*" { Some(None) } else { unescape(field).map(Some) })
            .collect::<Option<_>>()
            .ok_or_else(|| unknown(text))?;
        let first_star = fields.iter().position(Option::is_none);
        let stars_last = first_star.is_none_or(|at| fields.iter().skip(at).all(Option::is_none));
        if !stars_last || fields.len() < 2 {
            return Err(unknown(text));
        }
        Ok(Pattern::Stars { scheme: scheme.to_owned(), fields })
    }

    /// True if the identifier `text`, in any syntax, matches.
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Pattern::One(wanted) => *wanted == canonical(text),
            Pattern::Stars { scheme, fields } => {
                Identifier::read(text).is_ok_and(|identifier| matches_stars(&identifier, scheme, fields))
            }
        }
    }
}

/// The fields of the identifier, cut with the company prefix of the pattern, against the pattern's.
fn matches_stars(identifier: &Identifier, scheme: &str, wanted: &[Option<String>]) -> bool {
    let company = wanted.first().and_then(Option::as_ref);
    let digits = match (company, identifier.prefix()) {
        // another length is another company
        (Some(company), Some(known)) if company.len() != usize::from(known) => return false,
        (Some(company), _) => company.len(),
        (None, known) => known.map_or(6, usize::from),
    };
    let Some((form, own_scheme, fields)) = identifier.fields(digits) else { return false };
    form != "idpat"
        && own_scheme == scheme
        && fields.len() == wanted.len()
        && fields
            .iter()
            .zip(wanted)
            .all(|(own, wanted)| wanted.as_ref().is_none_or(|wanted| unescape(own).as_ref() == Some(wanted)))
}
