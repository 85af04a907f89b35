//! What is refused before a formula is parsed: length, depth, statements, comments.
//!
//! The parser and everything behind it recurse over the tree, so depth and size are bounded here, on the
//! flat list of tokens, where ten thousand parentheses cost nothing.

use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer, Whitespace};
use zhiheng_base::Diagnostic;

use super::dialect::FormulaDialect;
use super::problem::{FormulaProblem, offset, range};

/// Longest formula in bytes.
pub const BYTES_MAX: usize = 8_192;
/// Most words, signs and constants in a formula; bounds the depth of chains such as `a AND b AND …`.
pub const WORDS_MAX: usize = 1_000;
/// Deepest nesting of parentheses, `CASE`, `NOT` and signs.
pub const DEPTH_MAX: usize = 64;

/// First words of statements, which get a message of their own.
const STATEMENTS: [&str; 21] = [
    "ALTER", "ATTACH", "CALL", "COPY", "CREATE", "DELETE", "DROP", "EXEC", "EXECUTE", "EXPLAIN", "GRANT",
    "INSERT", "INSTALL", "LOAD", "MERGE", "PRAGMA", "SELECT", "SET", "TRUNCATE", "UPDATE", "WITH",
];

/// The tokens of `text`, white space included.
pub(super) fn tokens(text: &str) -> Result<Vec<TokenWithSpan>, Vec<FormulaProblem>> {
    if text.len() > BYTES_MAX {
        let problem = Diagnostic::error("ZH2701").arg("bytes", text.len()).arg("max", BYTES_MAX);
        return Err(vec![FormulaProblem::new(problem, 0..1)]);
    }
    if text.trim().is_empty() {
        return Err(vec![FormulaProblem::new(Diagnostic::error("ZH2718"), 0..text.len())]);
    }
    let tokens = Tokenizer::new(&FormulaDialect, text).tokenize_with_location().map_err(|problem| {
        let at = offset(text, problem.location);
        let kind = if problem.message.starts_with("Unterminated") { "unterminated" } else { "other" };
        let diagnostic = Diagnostic::error("ZH2704").arg("kind", kind).arg("message", problem.message);
        vec![FormulaProblem::new(diagnostic, at..at + 1)]
    })?;
    check(text, &tokens).map_err(|problem| vec![problem])?;
    Ok(tokens)
}

fn check(text: &str, tokens: &[TokenWithSpan]) -> Result<(), FormulaProblem> {
    let (mut words, mut open, mut prefixes) = (0, 0_usize, 0_usize);
    for token in tokens {
        let here = || range(text, token.span);
        let next_is_operand = match &token.token {
            Token::Whitespace(Whitespace::SingleLineComment { .. } | Whitespace::MultiLineComment(_)) => {
                return Err(FormulaProblem::new(Diagnostic::error("ZH2717"), here()));
            }
            Token::Whitespace(_) => continue,
            Token::SemiColon => return Err(FormulaProblem::new(Diagnostic::error("ZH2717"), here())),
            Token::LParen | Token::LBracket | Token::LBrace => {
                open += 1;
                false
            }
            Token::RParen | Token::RBracket | Token::RBrace => {
                open = open.saturating_sub(1);
                false
            }
            Token::Minus | Token::Plus => true,
            Token::Word(word) if word.quote_style.is_none() => {
                let upper = word.value.to_ascii_uppercase();
                if words == 0 && STATEMENTS.contains(&upper.as_str()) {
                    let diagnostic = Diagnostic::error("ZH2716").arg("word", upper);
                    return Err(FormulaProblem::new(diagnostic, here()));
                }
                match upper.as_str() {
                    "CASE" => open += 1,
                    "END" => open = open.saturating_sub(1),
                    _ => {}
                }
                upper == "NOT"
            }
            _ => false,
        };
        words += 1;
        prefixes = if next_is_operand { prefixes + 1 } else { 0 };
        if open + prefixes > DEPTH_MAX {
            let diagnostic = Diagnostic::error("ZH2702").arg("max", DEPTH_MAX);
            return Err(FormulaProblem::new(diagnostic, here()));
        }
        if words > WORDS_MAX {
            let diagnostic = Diagnostic::error("ZH2703").arg("max", WORDS_MAX);
            return Err(FormulaProblem::new(diagnostic, here()));
        }
    }
    Ok(())
}
