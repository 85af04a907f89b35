//! Arguments of `zhiheng case` and `zhiheng task`.

use clap::{Args, Subcommand};

use super::ProvenanceArg;

/// Who acts, when, with what.
#[derive(Clone, Debug, Args)]
pub(crate) struct Acting {
    #[arg(long = "as", env = "ZHIHENG_AS", value_name = "ACCOUNT")]
    pub(crate) account: String,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
    #[arg(long, value_name = "KIND=FILE")]
    pub(crate) attach: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[arg(long, value_name = "ENTRY")]
    pub(crate) expect: Option<u64>,
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    #[arg(long, value_enum, default_value = "reported")]
    pub(crate) provenance: ProvenanceArg,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseVerb {
    Open {
        procedure: String,
        #[arg(long, value_name = "STEP", default_value = "")]
        step: String,
        #[command(flatten)]
        acting: Acting,
    },
    Do {
        case: String,
        step: String,
        #[command(flatten)]
        acting: Acting,
    },
    Approve {
        case: String,
        #[arg(long, value_name = "SEAL")]
        seal: Option<String>,
        #[command(flatten)]
        acting: Acting,
    },
    Reject {
        case: String,
        #[command(flatten)]
        acting: Acting,
    },
    Attach {
        case: String,
        #[command(flatten)]
        acting: Acting,
    },
    Lapse {
        case: Option<String>,
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        #[arg(long, value_enum, default_value = "reported")]
        provenance: ProvenanceArg,
        #[arg(long)]
        dry_run: bool,
    },
    List {
        #[arg(long, value_name = "ID")]
        procedure: Option<String>,
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
        #[arg(long)]
        all: bool,
    },
    Show {
        case: String,
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
    Explain {
        case: String,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TaskVerb {
    List {
        #[arg(long = "as", env = "ZHIHENG_AS", value_name = "ACCOUNT")]
        account: Option<String>,
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        #[arg(long, value_name = "ID")]
        procedure: Option<String>,
        #[arg(long)]
        overdue: bool,
    },
    Remind {
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        #[arg(long, value_name = "DAYS", default_value_t = 30)]
        days: u16,
    },
}
