//! Arguments of `zhiheng trace`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zhiheng_trace::store::Behaviour;

use super::ProvenanceArg;

/// As known when.
#[derive(Clone, Debug, Args)]
pub(crate) struct KnownWhen {
    #[arg(long, value_name = "SIZE|TIME")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TraceVerb {
    Capture {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[arg(long, value_enum, default_value = "rollback")]
        on_error: OnError,
        #[arg(long, env = "ZHIHENG_BY", default_value = "local", value_name = "UNIT")]
        by: String,
        #[arg(long, value_enum, default_value = "reported")]
        provenance: ProvenanceArg,
    },
    History {
        thing: String,
        #[command(flatten)]
        known: KnownWhen,
    },
    Up {
        thing: String,
        #[command(flatten)]
        known: KnownWhen,
    },
    Down {
        thing: String,
        #[command(flatten)]
        known: KnownWhen,
    },
    Contents {
        thing: String,
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        known: KnownWhen,
    },
    Recall {
        #[arg(required = true)]
        things: Vec<String>,
        #[arg(long)]
        list: bool,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        known: KnownWhen,
    },
    Balance {
        thing: Option<String>,
        #[command(flatten)]
        known: KnownWhen,
    },
    Exposure {
        things: Vec<String>,
        #[arg(
            long,
            value_name = "CELSIUS",
            required_unless_present = "below",
            allow_negative_numbers = true
        )]
        above: Option<zhiheng_base::Decimal>,
        #[arg(long, value_name = "CELSIUS", allow_negative_numbers = true)]
        below: Option<zhiheng_base::Decimal>,
        #[arg(long, value_name = "DURATION", default_value = "30m")]
        gap: String,
        #[command(flatten)]
        known: KnownWhen,
    },
    Check {
        #[arg(requires = "rule")]
        things: Vec<String>,
        #[arg(long, value_name = "LIST", requires = "things")]
        rule: Option<String>,
        #[command(flatten)]
        known: KnownWhen,
    },
    Show {
        event: String,
    },
    Erase {
        event: String,
        #[arg(required = true, value_parser = zhiheng_trace::store::PARTS)]
        parts: Vec<String>,
        #[arg(long)]
        reason: String,
        #[arg(long, env = "ZHIHENG_BY", default_value = "local", value_name = "UNIT")]
        by: String,
    },
    Query {
        #[arg(value_name = "NAME=VALUE")]
        parameters: Vec<String>,
    },
    Jobs {
        id: Option<String>,
    },
    Generate {
        #[arg(long, value_enum, default_value = "dairy")]
        world: WorldArg,
        #[arg(long, default_value_t = 1000, value_name = "N")]
        events: u64,
        #[arg(long, default_value_t = 1, value_name = "N")]
        seed: u64,
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnError {
    Rollback,
    Proceed,
}

impl From<OnError> for Behaviour {
    fn from(arg: OnError) -> Behaviour {
        match arg {
            OnError::Rollback => Behaviour::Rollback,
            OnError::Proceed => Behaviour::Proceed,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WorldArg {
    Dairy,
    Liquor,
}
