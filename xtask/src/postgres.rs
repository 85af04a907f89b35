//! A private PostgreSQL for the tests: Debian's packages, a temporary folder, a free port, gone at the end.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{Scratch, apt, is_root, output, step};

/// A running server.
pub(crate) struct Postgres {
    bin: PathBuf,
    data: Scratch,
    port: u16,
}

fn installed() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    versions.retain(|bin| bin.join("initdb").is_file());
    versions.sort();
    versions.pop()
}

impl Postgres {
    /// Starts a server, installing it first where it is missing.
    pub(crate) fn start() -> Result<Postgres> {
        let bin = match installed() {
            Some(bin) => bin,
            None => {
                apt(&["postgresql"])?;
                installed().context("PostgreSQL is still missing after installing it")?
            }
        };
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = Postgres { bin, data: Scratch::new("postgres")?, port };
        if is_root() {
            output(Command::new("chown").arg("postgres").arg(server.data.path()))?;
        }
        let data = server.data.path().join("data");
        step(
            "make a private PostgreSQL",
            server
                .tool("initdb")
                .arg("-D")
                .arg(&data)
                .args(["-A", "trust", "-U", "zhiheng", "-E", "UTF8", "--no-locale"])
                .stdout(std::process::Stdio::null()),
        )?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        );
        let log = server.data.path().join("log");
        step(
            "start it",
            server
                .tool("pg_ctl")
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(&log)
                .args(["-w", "-o", &options, "start"])
                .stdout(std::process::Stdio::null()),
        )?;
        Ok(server)
    }

    /// Where to reach it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://zhiheng@127.0.0.1:{}/postgres", self.port)
    }

    /// A tool of the server, run as its own user where we are root (it refuses to run as root).
    fn tool(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        if !is_root() {
            return Command::new(path);
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"])
            .arg(path)
            .current_dir("/");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.data.path().join("data");
        let stopped = output(self.tool("pg_ctl").arg("-D").arg(data).args(["-m", "immediate", "stop"]));
        if let Err(problem) = stopped {
            crate::run::say(&format!("PostgreSQL did not stop: {problem:#}"));
        }
    }
}
