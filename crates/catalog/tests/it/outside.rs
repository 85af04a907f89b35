//! A folder outside the repository adds a record type, an indicator and a report, with no line of Rust.

use std::fs;

use zhiheng_catalog::{load, load_only, run_example};

const HEAD: &str = "basis = [\"《示例办法》\"]\nowner = \"示例科\"\nsince = 2013-01-01\n";

fn write(root: &std::path::Path) -> std::io::Result<()> {
    let folder = root.join("noise");
    fs::create_dir_all(folder.join("reports"))?;
    fs::write(folder.join("README.md"), "# 噪声\n")?;
    fs::write(
        folder.join("records.toml"),
        format!(
            "[record.reading]\nname = {{ zh = \"噪声监测\", en = \"Noise reading\" }}\n{HEAD}key = [\"station\", \"day\"]\ndate = \"day\"\nregion = \"place\"\n\
             [record.reading.fields]\nstation = {{ type = \"text\", zh = \"站点\", en = \"Station\" }}\nday = {{ type = \"date\", zh = \"日期\", en = \"Day\" }}\n\
             place = {{ type = \"region\", zh = \"地区\", en = \"Place\" }}\nlevel = {{ type = \"decimal\", min = 0, max = 200, scale = 1, unit = \"db\", zh = \"声级\", en = \"Level\" }}\n\
             limit = {{ type = \"decimal\", min = 0, scale = 1, unit = \"db\", zh = \"限值\", en = \"Limit\" }}\n"
        ),
    )?;
    fs::write(
        folder.join("indicators.toml"),
        format!(
            "[indicator.compliance]\nname = {{ zh = \"噪声达标率\", en = \"Noise compliance\" }}\n{HEAD}kind = \"proportion\"\nof = \"noise.reading\"\n\
             top = \"level <= limit\"\nbottom = \"level IS NOT NULL\"\nunit = \"percent\"\nbetter = \"higher\"\nround = {{ rule = \"gbt8170\", digits = 1 }}\n\
             interval = {{ method = \"wilson\", level = 0.95 }}\n\
             [[indicator.compliance.example]]\ngiven = [{{ count = 9, fields = {{ level = 50.0, limit = 55 }} }}, {{ fields = {{ level = 56.1, limit = 55 }} }}]\nexpect = {{ value = \"90.0\", top = 9, bottom = 10 }}\n"
        ),
    )?;
    fs::write(
        folder.join("regions.toml"),
        "[[region]]\ncode = \"990000\"\nzh = \"示例省\"\nen = \"Example\"\nsource = \"example\"\n",
    )?;
    fs::write(
        folder.join("reports/noise.md"),
        format!(
            "+++\nname = {{ zh = \"噪声报告\", en = \"Noise report\" }}\n{HEAD}kind = \"annual\"\n+++\n# {{{{region}}}}噪声\n"
        ),
    )
}

#[test]
fn it_is_merged_with_the_shipped_catalog() -> std::io::Result<()> {
    let root = tempfile::tempdir()?;
    write(root.path())?;
    let loaded = load(&[root.path()]);
    assert!(!loaded.has_errors(), "{:#?}", loaded.problems);
    let catalog = &loaded.catalog;
    assert!(catalog.records.contains_key("noise.reading") && catalog.records.contains_key("sampling.batch"));
    assert!(
        catalog.indicators.contains_key("noise.compliance")
            && catalog.indicators.contains_key("sampling.pass_rate")
    );
    let report = &catalog.reports["reports.noise"];
    assert_eq!((report.body.as_str(), report.body_line), ("# {{region}}噪声\n", 8));
    let code = zhiheng_base::RegionCode::parse("990000").expect("a code");
    assert_eq!(catalog.regions.name(code), Some("示例省"));
    let example =
        catalog.examples.iter().find(|example| example.of == "noise.compliance").expect("an example");
    assert_eq!(run_example(catalog, example), []);
    assert_ne!(load(&[]).catalog.digest, catalog.digest);

    let alone = load_only(root.path());
    assert!(!alone.has_errors(), "{:#?}", alone.problems);
    assert_eq!(alone.catalog.records.len(), 1);
    Ok(())
}

#[test]
fn a_later_folder_wins_with_a_note() -> std::io::Result<()> {
    let (first, second) = (tempfile::tempdir()?, tempfile::tempdir()?);
    write(first.path())?;
    write(second.path())?;
    let path = second.path().join("noise/indicators.toml");
    fs::write(&path, fs::read_to_string(&path)?.replace("value = \"90.0\"", "value = \"90.1\""))?;
    let loaded = load(&[first.path(), second.path()]);
    assert!(!loaded.has_errors());
    assert_eq!(loaded.problems.iter().filter(|problem| problem.code == "ZH2009").count(), 3);
    let failed: Vec<_> =
        loaded.catalog.examples.iter().flat_map(|example| run_example(&loaded.catalog, example)).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].code, "ZH2801");
    Ok(())
}

#[test]
fn unreadable_folders_and_files_are_named() -> std::io::Result<()> {
    let root = tempfile::tempdir()?;
    fs::create_dir(root.path().join("t"))?;
    fs::write(root.path().join("t/README.md"), "t")?;
    fs::write(root.path().join("t/lists.toml"), b"# \xce\xf7\n")?;
    fs::write(root.path().join("records.toml"), "")?;
    let codes = |path: &std::path::Path| -> Vec<String> {
        load_only(path).problems.iter().map(|problem| problem.code.to_string()).collect()
    };
    let mut found = codes(root.path());
    found.sort();
    assert_eq!(found, ["ZH2017", "ZH2018"]);
    assert_eq!(codes(&root.path().join("missing")), ["ZH2011"]);
    Ok(())
}
