//! The text inside a directive: a name, ids with cuts, options, single words.

use zhiheng_base::Diagnostic;

use super::{Call, Span, Subject, Text, Word};

/// Words that only make a directive read well.
const FILLERS: [&str; 3] = ["with", "and", "the"];

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(Word),
    Quoted(Word),
    Equals(Span),
    Semicolon(Span),
}

impl Token {
    fn span(&self) -> Span {
        match self {
            Token::Word(word) | Token::Quoted(word) => word.span,
            Token::Equals(span) | Token::Semicolon(span) => *span,
        }
    }
}

/// Reads what stands between the braces at `inside`; `whole` is the directive with them. `name` is given for
/// block directives, whose name stands before the brace.
pub(super) fn read(
    text: &Text<'_>,
    inside: Span,
    whole: Span,
    name: Option<Word>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Call> {
    let mut tokens = tokens(text, inside, problems)?.into_iter().peekable();
    let unexpected = |token: &Token| {
        Diagnostic::error("ZH6003")
            .arg("found", text.body.get(token.span().start..token.span().end).unwrap_or_default())
            .at(text.place(token.span()))
    };
    let mut call = Call { span: whole, ..Call::default() };
    call.name = match (name, tokens.next_if(|token| matches!(token, Token::Word(_)))) {
        (Some(name), first) => {
            if let Some(first) = first {
                // The name stands outside; put the first word back by reading on from it.
                return read_rest(
                    text,
                    Call { name, ..call },
                    std::iter::once(first).chain(tokens),
                    problems,
                    unexpected,
                );
            }
            name
        }
        (None, Some(Token::Word(word))) => word,
        _ => {
            problems.push(Diagnostic::error("ZH6003").arg("found", "{{ }}").at(text.place(whole)));
            return None;
        }
    };
    read_rest(text, call, tokens, problems, unexpected)
}

fn read_rest(
    text: &Text<'_>,
    mut call: Call,
    tokens: impl Iterator<Item = Token>,
    problems: &mut Vec<Diagnostic>,
    unexpected: impl Fn(&Token) -> Diagnostic,
) -> Option<Call> {
    let mut tokens = tokens.peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(word) => {
                if tokens.next_if(|next| matches!(next, Token::Equals(_))).is_some() {
                    let value = value(&mut tokens, word.span, text, problems)?;
                    if call.options.iter().any(|(name, _)| name.text == word.text) {
                        let twice = Diagnostic::error("ZH6012").arg("option", &word.text);
                        problems.push(twice.at(text.place(word.span)));
                    } else {
                        call.options.push((word, value));
                    }
                } else if word.text.contains('.') {
                    call.subjects.push(Subject { id: word, cuts: Vec::new() });
                } else if !FILLERS.contains(&word.text.as_str()) {
                    call.flags.push(word);
                }
            }
            Token::Semicolon(span) => {
                let cut = (tokens.next(), tokens.next());
                let ((Some(Token::Word(cut)), Some(Token::Equals(_))), Some(subject)) =
                    (cut, call.subjects.last_mut())
                else {
                    problems.push(Diagnostic::error("ZH6003").arg("found", ";").at(text.place(span)));
                    return None;
                };
                let value = value(&mut tokens, cut.span, text, problems)?;
                subject.cuts.push((cut, value));
            }
            token @ (Token::Quoted(_) | Token::Equals(_)) => {
                problems.push(unexpected(&token));
                return None;
            }
        }
    }
    Some(call)
}

fn value(
    tokens: &mut impl Iterator<Item = Token>,
    after: Span,
    text: &Text<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Word> {
    if let Some(Token::Word(word) | Token::Quoted(word)) = tokens.next() {
        return Some(word);
    }
    problems.push(Diagnostic::error("ZH6003").arg("found", "=").at(text.place(after)));
    None
}

fn tokens(text: &Text<'_>, inside: Span, problems: &mut Vec<Diagnostic>) -> Option<Vec<Token>> {
    let source = text.body.get(inside.start..inside.end)?;
    let mut found = Vec::new();
    let mut chars = source.char_indices().peekable();
    let at = |offset: usize| inside.start + offset;
    while let Some((start, c)) = chars.next() {
        match c {
            ',' => {}
            c if c.is_whitespace() => {}
            '=' => found.push(Token::Equals(Span::new(at(start), at(start + 1)))),
            ';' => found.push(Token::Semicolon(Span::new(at(start), at(start + 1)))),
            '"' => {
                let rest = &source[start + 1..];
                let Some(len) = rest.find('"') else {
                    let open = Diagnostic::error("ZH6002").arg("what", "\"");
                    problems.push(open.at(text.place(Span::new(at(start), inside.end))));
                    return None;
                };
                let end = start + 1 + len;
                found.push(Token::Quoted(Word {
                    text: rest[..len].to_owned(),
                    span: Span::new(at(start), at(end + 1)),
                }));
                while chars.next_if(|&(next, _)| next <= end).is_some() {}
            }
            '\u{201C}' | '\u{201D}' | '\u{FF1D}' | '\u{FF1B}' | '\u{FF0C}' => {
                let wide = Diagnostic::error("ZH6013").arg("found", c);
                problems.push(wide.at(text.place(Span::new(at(start), at(start + c.len_utf8())))));
                return None;
            }
            _ => {
                let mut end = start + c.len_utf8();
                while let Some((next, c)) =
                    chars.next_if(|&(_, c)| !c.is_whitespace() && !matches!(c, '=' | ';' | ',' | '"'))
                {
                    end = next + c.len_utf8();
                }
                let word = Word { text: source[start..end].to_owned(), span: Span::new(at(start), at(end)) };
                found.push(Token::Word(word));
            }
        }
    }
    Some(found)
}
