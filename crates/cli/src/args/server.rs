//! Arguments of `zhiheng server` and `zhiheng account`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct ServerArgs {
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) public: Option<SocketAddr>,
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) settings: Option<PathBuf>,
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<String>,
    #[arg(long, value_name = "INDICATOR")]
    pub(crate) headline: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountVerb {
    Add {
        login: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[arg(long, value_name = "PERSON")]
        person: Option<String>,
        #[arg(long, value_name = "ROLE", required = true)]
        role: Vec<String>,
        #[arg(long, value_name = "CODE")]
        region: String,
        #[arg(long, value_name = "LEVEL", default_value = "internal")]
        level: String,
        #[arg(long, value_name = "CODE")]
        enterprise: Option<String>,
        #[arg(long)]
        password_stdin: bool,
    },
    List,
}
