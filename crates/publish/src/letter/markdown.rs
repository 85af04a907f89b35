//! Tokens become blocks: paragraphs, headings, lists, strong text, forms.
//!
//! A small Markdown: `#` to `####` headings (printed as they are written, without a number of their own), `-` and `1.`
//! lists, `**strong**`; a backslash before a sign prints the sign, a backslash at the end of a line begins a new
//! paragraph. Signs count in the template's own text alone. Lines of a paragraph join; a value of several lines
//! becomes as many paragraphs.

use super::fill::Token;
use super::model::{Form, LetterBlock};
use crate::model::{Block, Inline};

/// The blocks of a body.
pub(super) fn blocks(tokens: Vec<Token>) -> Vec<LetterBlock> {
    let mut lines = Lines::default();
    tokens.into_iter().for_each(|token| lines.token(token));
    lines.end(false);
    let mut builder = Builder::default();
    lines.done.into_iter().for_each(|line| builder.line(line));
    builder.close();
    builder.done
}

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bit {
    /// A character of the template that may be markup.
    Char(char),
    /// `**`.
    Strong,
    /// A value, or a sign after a backslash: never markup.
    Value(String),
    /// Words for what is missing.
    Gap(String),
}

/// A line of the body.
#[derive(Debug)]
enum Line {
    /// Nothing on it.
    Empty,
    /// Text, and whether the paragraph ends with it.
    Text(Vec<Bit>, bool),
    /// A form.
    Form(Form),
}

/// Cuts tokens into lines.
#[derive(Default)]
struct Lines {
    done: Vec<Line>,
    bits: Vec<Bit>,
    /// The line holds a directive, so that it is not empty even if nothing is printed.
    marked: bool,
}

impl Lines {
    fn token(&mut self, token: Token) {
        match token {
            Token::Mark => self.marked = true,
            Token::Gap(text) => self.bits.push(Bit::Gap(text)),
            Token::Value(text) => {
                let parts = text.lines().map(str::trim).filter(|part| !part.is_empty());
                for (i, part) in parts.enumerate() {
                    if i > 0 {
                        self.end(true);
                    }
                    self.bits.push(Bit::Value(part.to_owned()));
                }
            }
            Token::Form(cells) => {
                self.marked = true;
                self.end(true);
                self.done.push(Line::Form(Form::of(cells)));
                self.marked = true;
            }
            Token::Text(text) => self.text(&text),
        }
    }

    fn text(&mut self, text: &str) {
        let mut signs = text.chars().filter(|c| *c != '\r').peekable();
        while let Some(c) = signs.next() {
            match (c, signs.peek().copied()) {
                ('\n', _) => self.end(false),
                ('\\', Some('\n')) => {
                    signs.next();
                    self.end(true);
                }
                ('\\', Some(next)) if next.is_ascii_punctuation() => {
                    signs.next();
                    self.bits.push(Bit::Value(next.to_string()));
                }
                ('*', Some('*')) => {
                    signs.next();
                    self.bits.push(Bit::Strong);
                }
                _ => self.bits.push(Bit::Char(c)),
            }
        }
    }

    fn end(&mut self, last: bool) {
        let bits = std::mem::take(&mut self.bits);
        let marked = std::mem::take(&mut self.marked);
        // The wide space at the start of a paragraph is the writer's own indent; the press has its own.
        let white = |bit: &Bit| matches!(bit, Bit::Char(c) if c.is_whitespace());
        match bits.iter().position(|bit| !white(bit)) {
            Some(first) => self.done.push(Line::Text(bits.into_iter().skip(first).collect(), last)),
            // A line with nothing but a condition that did not hold is no line at all.
            None if marked => {}
            None => self.done.push(Line::Empty),
        }
    }
}

/// What a line of text is.
enum Kind {
    Heading(u8),
    Item { ordered: bool },
    Words,
}

/// What a line is, and how many of its signs say so. Only signs of the template do.
fn kind(bits: &[Bit]) -> (Kind, usize) {
    let signs: String =
        bits.iter().map_while(|bit| if let Bit::Char(c) = bit { Some(*c) } else { None }).take(12).collect();
    let hashes = signs.chars().take_while(|c| *c == '#').count();
    let digits = signs.chars().take_while(char::is_ascii_digit).count();
    let after = |n: usize| signs.chars().nth(n);
    if (1..=4).contains(&hashes) && after(hashes) == Some(' ') {
        let level = u8::try_from(hashes).unwrap_or(4).saturating_sub(1).max(1);
        (Kind::Heading(level), hashes + 1)
    } else if matches!(after(0), Some('-' | '*')) && after(1) == Some(' ') {
        (Kind::Item { ordered: false }, 2)
    } else if (1..=3).contains(&digits) && after(digits) == Some('.') && after(digits + 1) == Some(' ') {
        (Kind::Item { ordered: true }, digits + 2)
    } else {
        (Kind::Words, 0)
    }
}

/// Puts lines together.
#[derive(Default)]
struct Builder {
    done: Vec<LetterBlock>,
    /// The paragraph or item that is being read.
    open: Option<(Option<bool>, Vec<Bit>)>,
}

impl Builder {
    fn line(&mut self, line: Line) {
        match line {
            Line::Empty => self.close(),
            Line::Form(form) => {
                self.close();
                self.done.push(LetterBlock::Form(form));
            }
            Line::Text(bits, last) => {
                let (kind, signs) = kind(&bits);
                let bits: Vec<Bit> = bits.into_iter().skip(signs).collect();
                match kind {
                    Kind::Heading(level) => {
                        self.close();
                        let text = runs(bits).iter().map(plain).collect::<String>().trim().to_owned();
                        self.done.push(LetterBlock::Block(Block::Heading { level, text }));
                    }
                    Kind::Item { ordered } => {
                        self.close();
                        self.open = Some((Some(ordered), bits));
                    }
                    Kind::Words => match &mut self.open {
                        Some((_, before)) => join(before, bits),
                        None => self.open = Some((None, bits)),
                    },
                }
                if last {
                    self.close();
                }
            }
        }
    }

    fn close(&mut self) {
        let Some((item, bits)) = self.open.take() else { return };
        let content = runs(bits);
        if content.is_empty() {
            return;
        }
        match (item, self.done.last_mut()) {
            (None, _) => self.done.push(LetterBlock::Block(Block::Paragraph(content))),
            (Some(ordered), Some(LetterBlock::Block(Block::List { ordered: same, items })))
                if *same == ordered =>
            {
                items.push(content);
            }
            (Some(ordered), _) => {
                self.done.push(LetterBlock::Block(Block::List { ordered, items: vec![content] }));
            }
        }
    }
}

/// Joins two lines: with a space between Latin words, with nothing between Chinese characters.
fn join(before: &mut Vec<Bit>, next: Vec<Bit>) {
    let last = before.iter().rev().find_map(|bit| edge(bit, true));
    let first = next.iter().find_map(|bit| edge(bit, false));
    if last.zip(first).is_some_and(|(a, b)| a.is_ascii() && b.is_ascii() && !a.is_whitespace()) {
        before.push(Bit::Char(' '));
    }
    before.extend(next);
}

fn edge(bit: &Bit, last: bool) -> Option<char> {
    match bit {
        Bit::Char(c) => Some(*c),
        Bit::Strong => None,
        Bit::Value(text) | Bit::Gap(text) if last => text.chars().last(),
        Bit::Value(text) | Bit::Gap(text) => text.chars().next(),
    }
}

/// Bits as stretches of plain and strong text. The last `**` of an odd number is printed.
fn runs(bits: Vec<Bit>) -> Vec<Inline> {
    let mut pairs = bits.iter().filter(|bit| **bit == Bit::Strong).count() / 2 * 2;
    let (mut out, mut strong): (Vec<Inline>, bool) = (Vec::new(), false);
    for bit in bits {
        match bit {
            Bit::Strong if pairs > 0 => {
                strong = !strong;
                pairs -= 1;
            }
            Bit::Strong => add(&mut out, strong, "**"),
            Bit::Char(c) => add(&mut out, strong, c.encode_utf8(&mut [0; 4])),
            Bit::Value(text) => add(&mut out, strong, &text),
            Bit::Gap(text) => add(&mut out, true, &text),
        }
    }
    if let Some(Inline::Text(text) | Inline::Strong(text)) = out.last_mut() {
        text.truncate(text.trim_end().len());
    }
    out.retain(|run| !plain(run).is_empty());
    out
}

fn add(out: &mut Vec<Inline>, strong: bool, more: &str) {
    match (out.last_mut(), strong) {
        (Some(Inline::Text(text)), false) | (Some(Inline::Strong(text)), true) => text.push_str(more),
        (_, false) => out.push(Inline::Text(more.to_owned())),
        (_, true) => out.push(Inline::Strong(more.to_owned())),
    }
}

fn plain(run: &Inline) -> &str {
    match run {
        Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => text,
        Inline::NoteRef(_) => "",
    }
}
