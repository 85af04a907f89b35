//! Arguments of `zhiheng credit`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum CreditVerb {
    Grade {
        scheme: String,
        holder: Option<String>,
        #[arg(long, value_name = "DATE")]
        on: Option<zhiheng_base::Date>,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
    Explain {
        scheme: String,
        holder: String,
        #[arg(long, value_name = "DATE")]
        on: Option<zhiheng_base::Date>,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
    Report {
        holder: String,
        #[arg(long, value_name = "SCOPE", default_value = "public")]
        scope: String,
        #[arg(long, value_name = "DATE")]
        on: Option<zhiheng_base::Date>,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
        #[arg(long, value_name = "TYPE", default_value = "credit.statement")]
        of: String,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}
