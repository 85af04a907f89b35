//! Directives become text. A value stays apart from the template's own text, so that no markup is ever read in it.

use zhiheng_base::period::date_title;
use zhiheng_base::{Date, Diagnostic, Place};
use zhiheng_catalog::letter::{Part, Piece};
use zhiheng_catalog::model::{LetterFile, LetterForm};

use super::{ClockShown, FormCell, LetterContext, TEXT};
use crate::words::say;

/// A stretch of a letter's body on its way to blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Of the template: Markdown.
    Text(String),
    /// A value: text and nothing else.
    Value(String),
    /// Words for what is missing.
    Gap(String),
    /// Fields as a form.
    Form(Vec<FormCell>),
    /// Start or end of a condition: nothing to print, but its line is not empty.
    Mark,
}

/// Fills in one letter and notes what is missing.
pub(super) struct Filler<'a> {
    template: &'a LetterFile,
    context: &'a LetterContext,
    problems: Vec<Diagnostic>,
}

impl<'a> Filler<'a> {
    pub(super) fn new(template: &'a LetterFile, context: &'a LetterContext) -> Filler<'a> {
        Filler { template, context, problems: Vec::new() }
    }

    /// What was missing, each once.
    pub(super) fn problems(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.problems)
    }

    /// The pieces as tokens.
    pub(super) fn tokens(&mut self, pieces: &[Piece]) -> Vec<Token> {
        let mut out = Vec::new();
        self.add(pieces, &mut out);
        out
    }

    fn add(&mut self, pieces: &[Piece], out: &mut Vec<Token>) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push(Token::Text(text.clone())),
                Piece::Field(name) => out.push(self.field(name)),
                Piece::Clock { instance, opens } => out.push(self.clock(instance, *opens)),
                Piece::StepOn => out.push(Token::Value(date_title(TEXT, self.context.on))),
                Piece::CaseNo => out.push(Token::Value(self.context.case_no.clone())),
                Piece::LetterNo => {
                    let number = self.number();
                    let token = if self.has_number() { Token::Value } else { Token::Gap };
                    out.push(token(number));
                }
                Piece::ByUnit => out.push(Token::Value(self.context.unit.clone())),
                Piece::If { name, inner } => {
                    out.push(Token::Mark);
                    if self.context.fields.get(name).is_some_and(|field| field.holds) {
                        self.add(inner, out);
                    }
                    out.push(Token::Mark);
                }
                Piece::Table(names) => {
                    let cells = names.iter().map(|name| self.cell(name)).collect();
                    out.push(Token::Form(cells));
                }
            }
        }
    }

    /// A line with names in single braces.
    pub(super) fn line(&mut self, parts: &[Part]) -> String {
        let word = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Name(name) => match self.field(name) {
                Token::Value(text) | Token::Gap(text) => text,
                _ => String::new(),
            },
        };
        parts.iter().map(word).collect()
    }

    /// The letter's number, or the words that none was taken.
    pub(super) fn number(&mut self) -> String {
        if self.has_number() {
            return self.context.number.clone();
        }
        // A form that is filled in on the spot is known by its case.
        if self.template.form != LetterForm::Sheet {
            self.note("ZH6603", "", "");
        }
        say(TEXT, "letter-no-number", &[])
    }

    fn has_number(&self) -> bool {
        !self.context.number.trim().is_empty()
    }

    fn field(&mut self, name: &str) -> Token {
        match self.context.fields.get(name) {
            Some(field) if !field.text.trim().is_empty() => Token::Value(field.text.clone()),
            field => {
                let called = field.map(|field| field.name.as_str()).filter(|called| !called.is_empty());
                let called = called.unwrap_or(name).to_owned();
                self.note("ZH6601", name, &called);
                Token::Gap(say(TEXT, "letter-gap", &[("name", &called)]))
            }
        }
    }

    /// A box of a form; an empty one is left to be filled in by hand.
    fn cell(&mut self, name: &str) -> FormCell {
        match self.context.fields.get(name) {
            Some(field) => FormCell { name: field.name.clone(), text: field.text.clone() },
            None => {
                self.note("ZH6601", name, name);
                FormCell { name: name.to_owned(), text: String::new() }
            }
        }
    }

    fn clock(&mut self, instance: &str, opens: bool) -> Token {
        let clock = self.context.clocks.get(instance).copied();
        let day = clock.and_then(|clock: ClockShown| if opens { clock.opens } else { clock.due });
        match day {
            Some(day) => Token::Value(self.day(day, clock.is_some_and(|clock| clock.provisional))),
            None => {
                self.note("ZH6602", instance, instance);
                Token::Gap(say(TEXT, "letter-gap-clock", &[("name", instance)]))
            }
        }
    }

    fn day(&self, day: Date, provisional: bool) -> String {
        let day = date_title(TEXT, day);
        if provisional { say(TEXT, "letter-provisional", &[("date", &day)]) } else { day }
    }

    fn note(&mut self, code: &'static str, name: &str, called: &str) {
        let problem = Diagnostic::error(code)
            .arg("letter", &self.template.id)
            .arg("name", name)
            .arg("called", called)
            .at(Place::File(self.template.file.clone()));
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
