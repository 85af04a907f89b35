//! Arguments of `zhiheng release`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum ReleaseVerb {
    Check {
        #[arg(required = true, value_name = "TABLE")]
        tables: Vec<String>,
        #[arg(long, value_name = "ID", conflicts_with_all = ["least", "share"])]
        rule: Option<String>,
        #[arg(long, value_name = "N", default_value_t = 3)]
        least: u64,
        #[arg(long, value_name = "PERCENT")]
        share: Option<zhiheng_base::Decimal>,
        #[arg(long)]
        keep_totals: bool,
        #[arg(long, value_name = "DATE")]
        on: Option<zhiheng_base::Date>,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
    List {
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
        #[arg(long)]
        all: bool,
    },
    Show {
        case: String,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
}
