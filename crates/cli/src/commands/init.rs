//! `zhiheng init`: a new project, empty or with the records of an example.

use std::path::Path;
use std::sync::Arc;

use zhiheng_catalog::model::Accept;
use zhiheng_desk::Desk;
use zhiheng_desk::story::{Story, Told};
use zhiheng_intake::Request;
use zhiheng_intake::worker::Aim;
use zhiheng_measure::engine::EngineOptions;
use zhiheng_record::import::{Import, import};
use zhiheng_record::project::Settings;
use zhiheng_record::{Project, Provenance};

use crate::args::Init;
use crate::context::Context;
use crate::example;
use crate::failure::{Failure, Outcome};

/// Name of a ledger that nobody has named.
const ORIGIN: &str = "zhiheng.local/ledger";

/// Makes the project.
pub(crate) fn run(context: &Context, args: &Init) -> Outcome {
    let mut settings = Settings::new(args.origin.clone().unwrap_or_else(|| ORIGIN.to_owned()));
    if let Some(database) = &args.database {
        settings.database.clone_from(database);
    }
    let project = context.wait(Project::create(&args.dir, settings))?;
    context.note(&context.say("cli-init-made", &[("dir", &args.dir.display().to_string())]));
    match &args.example {
        Some(name) => fill(context, &project, name),
        None => Ok(()),
    }
}

/// Writes the example's files into `records/` and imports them through the ordinary door.
fn fill(context: &Context, project: &Project, name: &str) -> Outcome {
    example::write_files(name, project.dir())?;
    let folders = project.catalogs();
    let paths: Vec<&Path> = folders.iter().map(std::path::PathBuf::as_path).collect();
    let catalog = zhiheng_catalog::load(&paths).catalog;
    let dir = project.dir().join("records");
    std::fs::create_dir_all(&dir)?;
    let ledger = context.wait(project.ledger())?;
    for file in example::make(name, &catalog.regions)? {
        let path = dir.join(file.name);
        file.write(&path)?;
        let request = Request {
            folders: folders.clone(),
            ..Request::new(&path, Aim::Record(file.of.to_owned()), context.today())
        };
        let provenance = if file.published { Provenance::Published } else { Provenance::Synthetic };
        let what = Import {
            program: std::env::current_exe()?,
            requests: vec![request],
            of: file.of.to_owned(),
            key: catalog.records.get(file.of).map(|record| record.key.clone()).unwrap_or_default(),
            accept: Accept::All,
            dry_run: false,
            id: None,
            by: format!("example:{name}"),
            at: context.now(),
            provenance,
            basis: Some(context.say("cli-example-basis", &[("name", name)])),
            catalog: catalog.digest.clone(),
        };
        let imported = context.wait(import(project, &ledger, &what, |_| {}))?;
        if imported.refused {
            return Err(Failure::Problems(imported.problems));
        }
        let rows = imported.counts.new.to_string();
        context.note(&context.say("cli-example-imported", &[("file", file.name), ("n", &rows)]));
    }
    let stories = example::stories(project.dir());
    let stories = stories.iter().map(|path| Story::read(path)).collect::<Result<Vec<_>, _>>()?;
    if stories.is_empty() {
        return Ok(());
    }
    let options = EngineOptions::default();
    let desk = Desk::open(project.clone(), Arc::new(catalog), &folders, &options);
    let mut n = 0_u64;
    super::story::play(context, context.wait(desk)?, &stories, &mut |_, told| {
        n += u64::from(matches!(told, Told::Act { .. }));
        Ok(())
    })?;
    context.note(&context.say("cli-example-played", &[("n", &n.to_string())]));
    Ok(())
}
