//! One file a noun.

mod backup;
mod bench;
mod case;
mod catalog;
mod credit;
mod doctor;
mod init;
mod judge;
mod ledger;
mod letter;
pub(crate) mod measure;
mod method;
mod plan;
mod record;
mod release;
mod report;
mod server;
mod shell;
pub(crate) mod story;
mod submit;
mod task;
mod trace;

use zhiheng_base::Diagnostic;

use crate::args::Noun;
use crate::context::Context;
use crate::failure::Outcome;

/// Does what was typed.
pub(crate) fn run(context: &Context, noun: Noun) -> Outcome {
    let is_looking = matches!(noun, Noun::Measure(_) | Noun::Judge(_) | Noun::Credit(_));
    if context.global.rules.is_some() && !is_looking {
        return Err(Diagnostic::error("ZH7212").into());
    }
    match noun {
        Noun::Init(args) => init::run(context, &args),
        Noun::Catalog(verb) => catalog::run(context, verb),
        Noun::Record(verb) => record::run(context, verb),
        Noun::Submit(verb) => submit::run(context, verb),
        Noun::Ledger(verb) => ledger::run(context, verb),
        Noun::Measure(verb) => measure::run(context, verb),
        Noun::Judge(verb) => judge::run(context, verb),
        Noun::Case(verb) => case::run(context, verb),
        Noun::Task(verb) => task::run(context, verb),
        Noun::Letter(verb) => letter::run(context, verb),
        Noun::Credit(verb) => credit::run(context, verb),
        Noun::Release(verb) => release::run(context, verb),
        Noun::Report(verb) => report::run(context, verb),
        Noun::Trace(verb) => trace::run(context, verb),
        Noun::Method(verb) => method::run(context, verb),
        Noun::Backup(verb) => backup::run(context, verb),
        Noun::Plan(verb) => plan::run(context, verb),
        Noun::Bench(verb) => bench::run(context, &verb),
        Noun::Completion { shell } => shell::completion(context, shell),
        Noun::Man { dir } => shell::man(context, &dir),
        Noun::Doctor => doctor::run(context),
        Noun::Story(verb) => story::run(context, verb),
        Noun::Server(args) => server::run(context, &args),
        Noun::Account(verb) => server::account(context, verb),
    }
}
