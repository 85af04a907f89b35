//! `cargo xtask demo`: from nothing to a printed report of a prefecture, and its pages.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::fonts;
use crate::run::{cache, cargo, output, say, step, target, timed};

/// Region and year of the demonstration.
const REGION: &str = "621100";
const PERIOD: &str = "2013";

/// Runs the demonstration.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let start = Instant::now();
    let mut dir = PathBuf::from("demo-workspace");
    let mut serves = true;
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match *word {
            "--dir" => dir = PathBuf::from(words.next().context("--dir needs a folder")?),
            "--no-server" => serves = false,
            other => bail!("unknown flag {other}"),
        }
    }
    if dir.join("zhiheng.toml").exists() {
        bail!("{} holds a project already; choose another folder with --dir", dir.display());
    }
    say(
        "Zhiheng demonstration: Dingxi (621100), 2010-2013. Synthetic records; published figures are quoted with their source.",
    );
    step(
        "build the command (about ten minutes the first time, seconds later)",
        cargo().args(["build", "--package", "zhiheng"]),
    )?;
    let fonts = fonts::setup(&cache().join("fonts"))?;
    // One line as a person would type it; only the folders may hold a space, and they stand apart.
    let zhiheng = |line: &str| {
        let mut command = Command::new(target().join("debug/zhiheng"));
        command.args(line.split_whitespace()).env("ZHIHENG_PROJECT", &dir).env("ZHIHENG_FONTS", &fonts);
        command
    };
    let rates = format!("measure table sampling.pass_rate --region {REGION}");
    let build =
        format!("report build dingxi-annual --region {REGION} --period {PERIOD} --to pdf,docx,html,xlsx");
    let listen = if serves { Some(free_address()?) } else { None };
    let site = listen.map(|address| format!("http://{address}"));
    let report = dir.join("report.pdf");
    step(
        "make the project and import the records of the example",
        zhiheng("init --example dingxi").arg(&dir),
    )?;
    step("check the ledger", &mut zhiheng("ledger verify"))?;
    step("one number", &mut zhiheng(&format!("measure show sampling.pass_rate/{REGION}/{PERIOD}")))?;
    step("by county", &mut zhiheng(&format!("{rates} --period {PERIOD} --level county")))?;
    step("by product", &mut zhiheng(&format!("{rates} --period {PERIOD} --by product")))?;
    step("by year", &mut zhiheng(&format!("{rates} --period 2010-01-01..2013-12-31 --each year")))?;
    step("all indicators", &mut zhiheng(&format!("measure run --region {REGION} --period {PERIOD}")))?;
    let mut press = zhiheng(&build);
    press.arg("-o").arg(&report).args(site.iter().flat_map(|site| ["--site", site]));
    step("press the report", &mut press)?;
    events(&zhiheng, &dir.join("events"))?;
    say(&format!(
        "The report is {}; the whole demonstration took {:.0} s.",
        report.display(),
        start.elapsed().as_secs_f64()
    ));
    let (Some(listen), Some(site)) = (listen, site) else { return Ok(()) };
    let password = accounts(&zhiheng)?;
    say(&format!(
        "\nThe pages are at {site} until you press Ctrl-C. Sign in as one of these, password {password}"
    ));
    for (login, role, region, does) in ACCOUNTS {
        say(&format!("    {login:<16} {role:<10} {region}  {does}"));
    }
    say(&format!(
        "Begin at {site}/m/sampling.pass_rate/{REGION}/{PERIOD}; every number of {} leads to its page.",
        report.display()
    ));
    say(&format!("Where a delivery of the made-up dairy went: {site}/trace?id={DELIVERY} (as city-office)."));
    let public = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?.local_addr()?;
    say(&format!("What everybody may read without a login is at http://{public}/open."));
    let serve = format!("server --listen {listen} --public {public}");
    let status = zhiheng(&serve).status().context("cannot start the server")?;
    if !status.success() {
        bail!("the server ended with {status}");
    }
    Ok(())
}

/// Accounts of the pages, officers of the example: login, right, region, what to do as them.
const ACCOUNTS: [(&str, &str, &str, &str); 9] = [
    ("city-office", "handler", "621100", "look at the prefecture, its grades and why they are what they are"),
    ("longxi-quality", "handler", "621122", "take steps in the cases of Longxi"),
    ("longxi-head", "approver", "621122", "approve what the colleague proposed"),
    ("longxi-reporter", "reporter", "621122", "hand in a quarter"),
    ("city-reviewer", "reviewer", "621100", "accept it, or return it with reasons"),
    ("assessor-1", "assessor", "621100", "score the papers of a county, unseen by the other reviewer"),
    ("assessor-2", "assessor", "621100", "the same"),
    ("city-leader", "leader", "621100", "one page"),
    ("flour-mill", "enterprise", "621122", "read one's own file, object, report what was mended"),
];

/// A delivery of raw milk in the made-up dairy.
const DELIVERY: &str = "(01)06901234000115(10)R0-3-2";

/// Events of a made-up dairy, and one recall in it.
fn events(zhiheng: &impl Fn(&str) -> Command, folder: &Path) -> Result<()> {
    let mut generate = zhiheng("trace generate --world dairy --events 1000 --seed 5");
    step("make the events of a dairy", generate.arg("-o").arg(folder))?;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    step("capture them", zhiheng("trace capture --provenance synthetic").args(files))?;
    step("how far a delivery reached", zhiheng("trace recall").arg(DELIVERY))
}

/// The enterprise of the example for which the account of role `enterprise` acts.
const ENTERPRISE: &str = "91621122123456788Q";

/// Makes the accounts, all with one password, new for each demonstration.
fn accounts(zhiheng: &impl Fn(&str) -> Command) -> Result<String> {
    let random = || RandomState::new().build_hasher().finish();
    let password = format!("{:016x}-{:016x}", random(), random());
    timed("make accounts for the pages", || {
        for (login, role, region, _) in ACCOUNTS {
            // Whoever decides a case reads what was attached to it, data of persons included.
            let level = if matches!(role, "handler" | "approver") { "personal" } else { "internal" };
            let more =
                if role == "enterprise" { format!(" --enterprise {ENTERPRISE}") } else { String::new() };
            let line = format!(
                "account add {login} --role {role} --region {region} --level {level}{more} --password-stdin"
            );
            let mut child = zhiheng(&line).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
            child.stdin.take().context("no way to hand over the password")?.write_all(password.as_bytes())?;
            let status = child.wait()?;
            if !status.success() {
                bail!("zhiheng {line} ended with {status}");
            }
        }
        Ok(())
    })?;
    Ok(password)
}

/// The usual address of the pages, or another port where that one is taken.
fn free_address() -> Result<SocketAddr> {
    let usual = SocketAddr::from(([127, 0, 0, 1], 8080));
    let found = TcpListener::bind(usual).or_else(|_| TcpListener::bind((usual.ip(), 0)));
    Ok(found.context("no free port")?.local_addr()?)
}

/// Holds the demonstration's outcome against what was promised.
pub(crate) fn check(dir: &Path) -> Result<()> {
    timed("look at the demonstration's figures", || {
        let address = format!("sampling.pass_rate/{REGION}/{PERIOD}");
        let show = |extra: &[&str]| {
            let mut command = Command::new(target().join("debug/zhiheng"));
            command.env("ZHIHENG_PROJECT", dir).args(["measure", "show", &address]).args(extra);
            output(&mut command)
        };
        let plain = show(&["--lang", "en"])?;
        if !plain.contains("85.9 (1417/1650, 84.1–87.5)") {
            bail!("measure show {address} printed: {plain}");
        }
        let json: serde_json::Value = serde_json::from_str(&show(&["--format", "json"])?)?;
        for field in ["top", "bottom", "low", "high", "ledger_size", "catalog"] {
            if json.get(field).is_none_or(serde_json::Value::is_null) {
                bail!("measure show --format json has no {field}: {json}");
            }
        }
        for file in ["report.pdf", "report.docx", "report.html", "report.xlsx"] {
            let size = std::fs::metadata(dir.join(file)).with_context(|| file.to_owned())?.len();
            if size < 5_000 {
                bail!("{file} has only {size} bytes");
            }
        }
        Ok(())
    })
}
