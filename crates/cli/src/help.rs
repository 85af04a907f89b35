//! Help texts in the reader's language, looked up by path: `help-record-import` for a command,
//! `help-record-import-accept` for one of its flags, `help-global-format` for a global flag.

use clap::{Arg, ArgAction, Command};
use zhiheng_base::words::{Lang, say, say_attribute};

/// Fills in the texts of `command` and everything below it.
pub(crate) fn localise(command: Command, lang: Lang) -> Command {
    let command = command.about(say(lang, "help", &[])).after_help(say(lang, "help-after", &[]));
    walk(command, "help", lang)
}

fn walk(command: Command, path: &str, lang: Lang) -> Command {
    let path = path.to_owned();
    let is_root = path == "help";
    let text = template(lang, command.has_subcommands());
    let command = command
        .help_template(text)
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help));
    let command = command.mut_args(|arg| {
        let name = arg.get_id().to_string();
        let id = match name.as_str() {
            "help" | "version" => format!("help-global-{name}"),
            _ if is_root || arg.is_global_set() => format!("help-global-{name}"),
            _ => format!("{path}-{name}"),
        };
        arg.help(say(lang, &id, &[])).help_heading(None::<&str>)
    });
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let id = format!("{path}-{name}");
        command.mut_subcommand(&name, |sub| {
            if sub.is_hide_set() {
                return sub;
            }
            let sub = sub.about(say(lang, &id, &[])).arg_required_else_help(false);
            let sub = match say_attribute(lang, &id, "after", &[]) {
                Some(after) => sub.after_help(after),
                None => sub,
            };
            walk(sub, &id, lang)
        })
    })
}

/// Headings in the reader's language; clap's own are English.
fn template(lang: Lang, has_verbs: bool) -> String {
    let heading = |id| say(lang, id, &[]);
    let commands =
        if has_verbs { format!("{}:\n{{subcommands}}\n\n", heading("help-commands")) } else { String::new() };
    let arguments = if has_verbs {
        String::new()
    } else {
        format!("{}:\n{{positionals}}\n\n", heading("help-arguments"))
    };
    format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{commands}{arguments}{}:\n{{options}}{{after-help}}\n",
        heading("help-usage"),
        heading("help-options")
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn every_command_and_flag_has_help_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut command = localise(Cli::command(), lang);
            command.build();
            let mut missing = Vec::new();
            collect(&command, &mut missing);
            assert!(missing.is_empty(), "{lang:?}: {missing:#?}");
        }
    }

    fn collect(command: &Command, missing: &mut Vec<String>) {
        if command.is_hide_set() {
            return;
        }
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if about.is_empty() || about.contains('«') {
            missing.push(format!("{}: {about}", command.get_name()));
        }
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            if help.is_empty() || help.contains('«') {
                missing.push(format!("{} {}: {help}", command.get_name(), arg.get_id()));
            }
        }
        for sub in command.get_subcommands() {
            collect(sub, missing);
        }
    }
}
