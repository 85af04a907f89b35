//! What may be typed: noun, then verb. Help texts are Fluent messages, see [`crate::help`].

mod backup;
mod case;
mod credit;
mod method;
mod plan;
mod release;
mod server;
mod story;
mod submit;
mod trace;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use zhiheng_record::Provenance;

pub(crate) use backup::BackupVerb;
pub(crate) use case::{Acting, CaseVerb, LetterKind, LetterVerb, TaskVerb};
pub(crate) use credit::CreditVerb;
pub(crate) use method::{BenchVerb, MethodVerb};
pub(crate) use plan::{DrawArgs, DrawMethod, PairArgs, PlanVerb};
pub(crate) use release::ReleaseVerb;
pub(crate) use server::{AccountVerb, ServerArgs};
pub(crate) use story::StoryVerb;
pub(crate) use submit::{SubmitVerb, What};
pub(crate) use trace::{KnownWhen, TraceVerb, WorldArg};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "zhiheng", version, disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) noun: Noun,
}

/// Flags of every command.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    #[arg(long, global = true, env = "ZHIHENG_PROJECT", default_value = ".", value_name = "DIR")]
    pub(crate) project: PathBuf,
    #[arg(short, long, global = true, env = "ZHIHENG_FORMAT", value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    #[arg(long, global = true, env = "ZHIHENG_LANG", value_name = "LANG")]
    pub(crate) lang: Option<String>,
    #[arg(
        long,
        global = true,
        env = "ZHIHENG_COLOR",
        value_enum,
        default_value = "auto",
        value_name = "WHEN"
    )]
    pub(crate) color: When,
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    #[arg(long, global = true, env = "ZHIHENG_NO_PROGRESS")]
    pub(crate) no_progress: bool,
    #[arg(long, global = true, env = "ZHIHENG_MEMORY", default_value = "1024", value_name = "MIB")]
    pub(crate) memory: usize,
    #[arg(long, global = true, env = "ZHIHENG_CATALOG", value_name = "DIR")]
    pub(crate) catalog: Vec<PathBuf>,
    #[arg(long, global = true, value_name = "DIGEST")]
    pub(crate) rules: Option<String>,
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Tsv,
    Md,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// Nouns.
#[derive(Debug, Subcommand)]
pub(crate) enum Noun {
    Init(Init),
    #[command(subcommand)]
    Catalog(CatalogVerb),
    #[command(subcommand)]
    Record(RecordVerb),
    #[command(subcommand)]
    Submit(SubmitVerb),
    #[command(subcommand)]
    Ledger(LedgerVerb),
    #[command(subcommand)]
    Backup(BackupVerb),
    #[command(subcommand)]
    Plan(PlanVerb),
    #[command(subcommand)]
    Measure(MeasureVerb),
    #[command(subcommand)]
    Judge(JudgeVerb),
    #[command(subcommand)]
    Case(CaseVerb),
    #[command(subcommand)]
    Task(TaskVerb),
    #[command(subcommand)]
    Letter(LetterVerb),
    #[command(subcommand)]
    Credit(CreditVerb),
    #[command(subcommand)]
    Release(ReleaseVerb),
    #[command(subcommand)]
    Trace(TraceVerb),
    #[command(subcommand)]
    Report(ReportVerb),
    #[command(subcommand)]
    Method(MethodVerb),
    #[command(subcommand)]
    Bench(BenchVerb),
    Completion {
        shell: clap_complete::Shell,
    },
    Man {
        dir: PathBuf,
    },
    Doctor,
    #[command(subcommand)]
    Story(StoryVerb),
    Server(ServerArgs),
    #[command(subcommand)]
    Account(AccountVerb),
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(crate) example: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) origin: Option<String>,
    #[arg(long, env = "ZHIHENG_DATABASE", value_name = "URL")]
    pub(crate) database: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogVerb {
    Check {
        paths: Vec<PathBuf>,
    },
    List {
        kind: Option<String>,
    },
    Show {
        id: String,
    },
    Diff {
        old: PathBuf,
        new: PathBuf,
    },
    Schema {
        kind: String,
    },
    Test {
        id: Option<String>,
    },
    Adopt {
        #[arg(long, default_value = "")]
        by: String,
    },
    Adopted,
}

/// Which file is read as what.
#[derive(Clone, Debug, Args)]
pub(crate) struct Reading {
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long = "type", value_name = "TYPE", required_unless_present = "source", conflicts_with = "source")]
    pub(crate) of: Option<String>,
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    #[arg(long, value_name = "SHEET")]
    pub(crate) sheet: Option<String>,
    #[arg(long, value_name = "FILE.xlsx")]
    pub(crate) annotate: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordVerb {
    Template {
        of: String,
        #[arg(short, long, value_name = "FILE.xlsx")]
        output: Option<PathBuf>,
        #[arg(long = "for", value_name = "UNIT")]
        unit: Option<String>,
    },
    Check {
        #[command(flatten)]
        reading: Reading,
    },
    Import {
        #[command(flatten)]
        reading: Reading,
        #[arg(long, value_enum)]
        accept: Option<AcceptArg>,
        #[arg(long)]
        dry_run: bool,
        #[arg(long, env = "ZHIHENG_BY", default_value = "local", value_name = "UNIT")]
        by: String,
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        #[arg(long, value_enum, default_value = "reported")]
        provenance: ProvenanceArg,
        #[arg(long, value_name = "TEXT")]
        basis: Option<String>,
        #[arg(long, value_name = "FILE.json")]
        receipt: Option<PathBuf>,
    },
    List {
        of: String,
        #[arg(long, value_name = "EXPR")]
        r#where: Option<String>,
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        #[arg(long, default_value_t = 50)]
        limit: u64,
    },
    Show {
        index: u64,
    },
    History {
        index: u64,
    },
    Correct {
        index: u64,
        #[arg(long, value_name = "FIELD=VALUE", required = true)]
        set: Vec<String>,
        #[arg(long)]
        reason: String,
        #[arg(long, env = "ZHIHENG_BY", default_value = "local", value_name = "UNIT")]
        by: String,
        #[arg(long, value_name = "INDEX")]
        expect: Option<u64>,
    },
    Withdraw {
        index: u64,
        #[arg(long)]
        reason: String,
        #[arg(long, env = "ZHIHENG_BY", default_value = "local", value_name = "UNIT")]
        by: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AcceptArg {
    All,
    Good,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProvenanceArg {
    Reported,
    Published,
    Synthetic,
}

impl From<ProvenanceArg> for Provenance {
    fn from(arg: ProvenanceArg) -> Provenance {
        match arg {
            ProvenanceArg::Reported => Provenance::Reported,
            ProvenanceArg::Published => Provenance::Published,
            ProvenanceArg::Synthetic => Provenance::Synthetic,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerVerb {
    Status,
    Verify,
    Prove { index: u64 },
    Export { dir: PathBuf },
    Rebuild,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MeasureVerb {
    /// Brings the lake up to date and prints the indicators of a region and period.
    Run {
        #[arg(long, value_name = "ID")]
        indicator: Vec<String>,
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
    },
    Show {
        address: String,
    },
    Rows {
        address: String,
        #[arg(long, value_enum, default_value = "all")]
        which: RowsArg,
        #[arg(long, default_value_t = 50)]
        limit: u64,
    },
    Explain {
        address: String,
    },
    Table {
        indicator: String,
        #[arg(long, value_name = "CODE")]
        region: String,
        #[arg(long, value_name = "PERIOD")]
        period: String,
        #[arg(long, value_name = "DIMENSION")]
        by: Vec<String>,
        #[arg(long, value_name = "LEVEL")]
        level: Option<String>,
        #[arg(long, value_name = "KIND")]
        each: Option<String>,
        #[arg(long)]
        as_then: bool,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
    },
}

/// Which places are judged, when, and as known when.
#[derive(Clone, Debug, Args)]
pub(crate) struct Over {
    #[arg(long, value_name = "CODE")]
    pub(crate) within: String,
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: String,
    #[arg(long, value_name = "SIZE")]
    pub(crate) as_of: Option<u64>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum JudgeVerb {
    Run {
        scheme: String,
        #[command(flatten)]
        over: Over,
        #[arg(long)]
        robust: bool,
        #[arg(long, value_name = "N", default_value_t = 1000, requires = "robust")]
        draws: u32,
        #[arg(long, value_name = "N", default_value_t = 1, requires = "robust")]
        seed: u64,
        #[arg(long, value_name = "SHARE", default_value = "0.95", requires = "robust")]
        level: String,
    },
    WhatIf {
        scheme: String,
        #[command(flatten)]
        over: Over,
        #[arg(long, value_name = "INDICATOR[/CODE]=NUMBER")]
        figure: Vec<String>,
        #[arg(long, value_name = "ITEM=NUMBER")]
        points: Vec<String>,
        #[arg(long, value_name = "GRADE=NUMBER")]
        from: Vec<String>,
        #[arg(long, value_name = "CODE")]
        place: Option<String>,
    },
    Stages {
        scheme: String,
        #[command(flatten)]
        over: Over,
    },
    Duties {
        scheme: String,
        #[command(flatten)]
        over: Over,
    },
    Explain {
        address: String,
        #[arg(long, value_name = "CODE")]
        within: Option<String>,
    },
    Compare {
        before: String,
        after: String,
        #[command(flatten)]
        over: Over,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowsArg {
    All,
    Counted,
    Excluded,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportVerb {
    List,
    Build {
        report: String,
        #[arg(long, value_name = "CODE")]
        region: String,
        #[arg(long, value_name = "PERIOD")]
        period: String,
        #[arg(long, value_delimiter = ',', default_value = "pdf", value_name = "FORMATS")]
        to: Vec<DocumentArg>,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[arg(long, value_name = "SIZE")]
        as_of: Option<u64>,
        #[arg(long)]
        office: Option<String>,
        #[arg(long)]
        number: Option<String>,
        #[arg(long)]
        date: Option<String>,
        #[arg(long)]
        addressee: Option<String>,
        #[arg(long, env = "ZHIHENG_SITE", value_name = "URL")]
        site: Option<String>,
        #[arg(long, env = "ZHIHENG_FONTS", value_name = "DIR")]
        fonts: Vec<PathBuf>,
    },
    Verify {
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentArg {
    Pdf,
    Docx,
    Html,
    Xlsx,
    Json,
}
