//! What may be typed after `zhiheng plan`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum PlanVerb {
    Check {
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    Cycle {
        #[arg(long, value_name = "CODE")]
        region: String,
        #[arg(long, value_name = "YEAR")]
        year: i16,
    },
    Tasks {
        #[arg(long, value_name = "NUMBER")]
        letter: Vec<String>,
        #[arg(long, value_name = "PERIOD")]
        period: String,
        #[arg(long)]
        make: bool,
    },
    Letter {
        number: String,
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    Draw(DrawArgs),
    Pair(PairArgs),
    Burden {
        #[arg(long, value_name = "CODE")]
        region: String,
        #[arg(long, value_name = "YEAR")]
        year: i16,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DrawArgs {
    #[arg(long, value_name = "NAME", required_unless_present = "log", requires_all = ["region", "number", "seed", "seed_from"])]
    pub(crate) library: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) number: Option<String>,
    #[arg(long, value_name = "SEED")]
    pub(crate) seed: Option<u64>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) seed_from: Option<String>,
    #[arg(long, value_name = "METHOD", default_value = "simple")]
    pub(crate) method: DrawMethod,
    #[arg(long, value_name = "CLASS=N")]
    pub(crate) sizes: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    #[arg(long, value_name = "FILE.json", conflicts_with = "library")]
    pub(crate) log: Option<PathBuf>,
    #[arg(long, value_name = "ID", requires_all = ["log", "reason"])]
    pub(crate) replace: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[arg(long, requires = "region")]
    pub(crate) record: bool,
    #[arg(long, default_value = "")]
    pub(crate) by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DrawMethod {
    Simple,
    Systematic,
    Weighted,
}

#[derive(Debug, Args)]
pub(crate) struct PairArgs {
    #[arg(long, value_name = "FILE.json")]
    pub(crate) log: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(crate) library: String,
    #[arg(long, value_name = "CODE")]
    pub(crate) region: String,
    #[arg(long, value_name = "SEED")]
    pub(crate) seed: u64,
    #[arg(long, value_name = "N")]
    pub(crate) each: Option<usize>,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}
