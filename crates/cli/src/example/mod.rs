//! The demonstration region: record files made so that the published figures come out exactly.
//!
//! What is wanted stands in `demo/*.toml` (data); here is only how counts are spread over counties,
//! products, days and enterprises. Everything made here is imported with provenance `synthetic`.

mod people;
mod plan;
mod registers;
mod sampling;
mod spread;
mod table;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use zhiheng_base::{Diagnostic, Regions};

pub(crate) use plan::Plan;
pub(crate) use table::FileOfRecords;

/// Names of the examples that ship.
pub(crate) const EXAMPLES: [(&str, &str); 1] = [("dingxi", include_str!("../../../../demo/dingxi.toml"))];

/// The files of the example `name`, ready to be written and imported.
pub(crate) fn make(name: &str, regions: &Regions) -> Result<Vec<FileOfRecords>, Diagnostic> {
    let Some((_, text)) = EXAMPLES.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = EXAMPLES.iter().map(|(known, _)| *known).collect();
        return Err(Diagnostic::error("ZH7010").arg("name", name).arg("known", known.join(", ")));
    };
    let plan =
        Plan::parse(text).map_err(|why| Diagnostic::error("ZH7011").arg("name", name).arg("why", why))?;
    let mut rng = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut files = vec![sampling::batches(&plan, regions, &mut rng)];
    files.push(sampling::farm_samples(&plan, &mut rng));
    files.extend(registers::all(&plan, &mut rng));
    files.push(people::interviews(&plan, &mut rng));
    files.push(people::injuries(&plan, &mut rng));
    Ok(files)
}

/// Where the stories of an example lie in its project, in the order in which they are played.
const STORIES: [&str; 3] = ["story/year.toml", "story/release.toml", "story/institutions.toml"];

/// Reports, rules and stories that belong to an example, as files of its project.
const FILES: [(&str, &str, &str); 6] = [
    ("dingxi", "catalog/dingxi/reports/dingxi-annual.md", include_str!("../../../../demo/dingxi-annual.md")),
    ("dingxi", STORIES[0], include_str!("../../../../demo/dingxi-year.toml")),
    ("dingxi", STORIES[1], include_str!("../../../../demo/dingxi-release.toml")),
    ("dingxi", STORIES[2], include_str!("../../../../demo/dingxi-institutions.toml")),
    (
        "dingxi",
        "story/rules-2014/dingxi/README.md",
        include_str!("../../../../demo/rules-2014/dingxi/README.md"),
    ),
    (
        "dingxi",
        "story/rules-2014/dingxi/scheme.toml",
        include_str!("../../../../demo/rules-2014/dingxi/scheme.toml"),
    ),
];

/// The stories that are played after the records of an example have come in.
pub(crate) fn stories(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    STORIES.iter().map(|story| dir.join(story)).filter(|path| path.is_file()).collect()
}

/// Writes the files of the example into the project in `dir`.
pub(crate) fn write_files(name: &str, dir: &std::path::Path) -> std::io::Result<()> {
    for (_, path, text) in FILES.iter().filter(|(of, _, _)| *of == name) {
        let path = dir.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
