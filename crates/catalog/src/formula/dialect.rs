//! The parser's settings: plain SQL with ASCII names and nothing of any vendor.

use sqlparser::ast::Expr as Sql;
use sqlparser::dialect::Dialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan};
use zhiheng_base::Diagnostic;

use super::limits::DEPTH_MAX;
use super::problem::{FormulaProblem, range};

/// SQL with the extensions of no vendor.
#[derive(Debug)]
pub(super) struct FormulaDialect;

impl Dialect for FormulaDialect {
    fn is_identifier_start(&self, c: char) -> bool {
        c.is_ascii_alphabetic() || c == '_'
    }

    fn is_identifier_part(&self, c: char) -> bool {
        c.is_ascii_alphanumeric() || c == '_'
    }

    // `DATE '…'` reads the same everywhere; the type word is checked later.
    fn is_delimited_identifier_start(&self, c: char) -> bool {
        c == '"'
    }
}

/// One expression and nothing after it.
pub(super) fn parse(text: &str, tokens: Vec<TokenWithSpan>) -> Result<Sql, Vec<FormulaProblem>> {
    // Every level of ours costs the parser at most a few of its own.
    let mut parser =
        Parser::new(&FormulaDialect).with_recursion_limit(4 * DEPTH_MAX).with_tokens_with_locations(tokens);
    let problem = match parser.parse_expr() {
        Ok(tree) => {
            let next = parser.peek_token();
            if next.token == Token::EOF {
                return Ok(tree);
            }
            Diagnostic::error("ZH2719").arg("found", &next.token)
        }
        Err(ParserError::RecursionLimitExceeded) => Diagnostic::error("ZH2702").arg("max", DEPTH_MAX),
        Err(ParserError::TokenizerError(message) | ParserError::ParserError(message)) => {
            let message = plain(&message);
            match message.strip_prefix("Expected: ").and_then(|rest| rest.rsplit_once(", found: ")) {
                Some((expected, found)) => {
                    let kind = if expected.contains("expression") { "expression" } else { "sign" };
                    let end = if found == "EOF" { "end" } else { "more" };
                    Diagnostic::error("ZH2725")
                        .arg("kind", kind)
                        .arg("expected", expected)
                        .arg("end", end)
                        .arg("found", found)
                }
                None => Diagnostic::error("ZH2704").arg("kind", "other").arg("message", message),
            }
        }
    };
    let next = parser.peek_token();
    let place =
        if next.token == Token::EOF { text.trim_end().len()..text.len() } else { range(text, next.span) };
    Err(vec![FormulaProblem::new(problem, place)])
}

/// The parser's sentence without its own line and column, which count inside the formula.
fn plain(message: &str) -> &str {
    message.find(" at Line:").map_or(message, |at| &message[..at])
}
