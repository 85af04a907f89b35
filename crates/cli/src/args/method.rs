//! Arguments of `zhiheng method` and `zhiheng bench`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum MethodVerb {
    List {
        family: Option<String>,
    },
    Show {
        id: String,
    },
    Run {
        id: String,
        #[arg(long, value_name = "FILE.csv")]
        data: PathBuf,
        #[arg(long = "option", value_name = "NAME=VALUE", num_args = 1..)]
        options: Vec<String>,
        #[arg(long, value_name = "SHEET")]
        sheet: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchVerb {
    /// Writes inspection rows over all townships, seeded.
    Generate {
        #[arg(long, default_value_t = 1_000_000)]
        rows: u64,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(short, long, value_name = "FILE.csv")]
        output: PathBuf,
        #[arg(long, default_value_t = 40)]
        quarters: u32,
    },
    /// Asks for one number many times, as a server would.
    Ask {
        address: String,
        #[arg(long, default_value_t = 200)]
        times: u32,
    },
}
