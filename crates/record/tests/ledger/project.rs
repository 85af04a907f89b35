//! The folder of an instance.

use zhiheng_record::Project;
use zhiheng_record::project::{SETTINGS, Settings};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::{VerifierKey, to_hex};

use crate::home::{append, assert_sound, code};

#[tokio::test]
async fn a_project_is_made_once_and_opened_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    assert_eq!(code(Project::open(dir)), "ZH4002");
    Project::create(dir, Settings::new("dingxi.example/quality")).await.expect("a project");
    assert_eq!(code(Project::create(dir, Settings::new("other")).await), "ZH4001");
    let project = Project::open(dir).expect("a project");
    let ledger = project.ledger().await.expect("a ledger");
    append(&ledger, "s-1", 0..3).await;
    assert_sound(&ledger).await;
    let public = std::fs::read_to_string(dir.join("keys/ledger.pub")).expect("a key");
    assert_eq!(VerifierKey::parse(&public).as_ref(), Ok(ledger.key()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(dir.join("keys/ledger.key")).expect("a key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert!(project.catalogs().is_empty());
    std::fs::create_dir(dir.join("catalog")).expect("a folder");
    assert_eq!(project.catalogs(), [dir.join("catalog")]);

    let kept = project.keep_file("C:\\in\\results.csv", &b"a,b\n"[..]).expect("a file");
    assert_eq!((kept.name.as_str(), kept.size), ("results.csv", 4));
    assert_eq!(kept.sha256, to_hex(&sha256(b"a,b\n")));
    assert_eq!(project.keep_file("results.csv", &b"a,b\n"[..]).expect("a file"), kept);
    let path = project.file(&kept.sha256).expect("a path");
    assert_eq!(std::fs::read(path).expect("bytes"), b"a,b\n");
    assert_eq!(project.file("../zhiheng.toml"), None);
    assert_eq!(std::fs::read_dir(dir.join("files")).expect("a folder").count(), 1);
}

#[tokio::test]
async fn what_is_broken_is_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    assert_eq!(code(Project::create(dir, Settings::new("has space")).await), "ZH4010");
    // A creation that was interrupted is completed by the next one.
    let project = Project::create(dir, Settings::new("a.example/b")).await.expect("a project");
    std::fs::remove_file(dir.join(SETTINGS)).expect("a file");
    Project::create(dir, Settings::new("a.example/b")).await.expect("a project");
    std::fs::write(dir.join(SETTINGS), "origin = \"a.example/other\"\n").expect("a file");
    assert_eq!(code(Project::open(dir).expect("a project").ledger().await), "ZH4006");
    std::fs::write(dir.join(SETTINGS), "origin = 5\n").expect("a file");
    assert_eq!(code(Project::open(dir)), "ZH4003");
    std::fs::write(dir.join("keys/ledger.key"), "nonsense").expect("a file");
    assert_eq!(code(project.ledger().await), "ZH4008");
}
