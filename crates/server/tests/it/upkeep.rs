//! The administrator's pages: the ledger verified, backups made and checked, definitions tried and adopted.

use std::path::PathBuf;

use zhiheng_record::access::{DeedKind, TrailFilter};
use zhiheng_server::Settings;
use zhiheng_server::settings::BackupSettings;

use crate::client::Client;
use crate::figures::sampled;
use crate::world::{World, limits, settings};

const HOME: &str = "/admin/upkeep";

async fn world() -> World {
    let backup =
        BackupSettings { folder: Some(PathBuf::from("backups")), keep: 2, ..BackupSettings::default() };
    World::with(Settings { backup, ..settings(limits()) }).await
}

async fn administrator(world: &World) -> Client {
    let account = world.account("sys").await;
    world.give(&account, "system-admin", "621100000000", "internal").await;
    let mut client = world.sign_in("sys").await;
    world.strong(&mut client).await;
    client
}

/// Presses a button, and looks until nothing is under way any more.
async fn done(client: &mut Client, page: &str, action: &str, fields: &[(&str, &str)]) -> String {
    let answer = client.submit(page, action, fields).await;
    assert_eq!((answer.status, answer.header("location")), (303, page), "{}", answer.body);
    for _ in 0..200 {
        let answer = client.get(page).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains('«'), "{page} names a text that is not there");
        if !answer.body.contains("进行中") && !answer.body.contains("有工作正在进行") {
            return answer.body;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{action} does not end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_is_verified_and_backed_up() {
    let world = world().await;
    sampled(&world, "621122", 5, 1).await;
    let mut client = administrator(&world).await;
    let first = client.get(HOME).await;
    assert!(first.body.contains("还没有备份"), "{}", first.body);

    let body = done(&mut client, HOME, "/admin/upkeep/verify", &[]).await;
    let size = world.ledger.size().await.expect("a size");
    assert!(body.contains(&format!("{size} 条全部相符")), "{body}");

    let body = done(&mut client, HOME, "/admin/upkeep/backup", &[]).await;
    if world.is_on_postgres() {
        assert!(body.contains("PostgreSQL"), "{body}");
        return;
    }
    let backups = zhiheng_desk::backup::backups(&world.folder().join("backups")).expect("backups");
    let [made] = &backups[..] else { panic!("{backups:?}") };
    assert_eq!((made.manifest.entries, made.manifest.made_at), (size, world.now()));
    assert!(body.contains(&made.name()) && body.contains("其后新增 0 条"), "{body}");

    let body = done(&mut client, HOME, "/admin/upkeep/check", &[("backup", &made.name())]).await;
    assert!(body.contains(&format!("账本 {size} 条逐条验证")), "{body}");
    std::fs::write(made.dir.join("zhiheng.toml"), "origin = \"another\"\n").expect("a file");
    let body = done(&mut client, HOME, "/admin/upkeep/check", &[("backup", &made.name())]).await;
    assert!(body.contains("zhiheng.toml 缺失或已变"), "{body}");
    let body = done(&mut client, HOME, "/admin/upkeep/check", &[("backup", "../..")]).await;
    assert!(body.contains("没有名为 ../.. 的备份"), "{body}");

    let filter = TrailFilter { account: None, kind: Some(DeedKind::Operate), before: None, limit: 10 };
    let trail = world.access.trail(&filter).await.expect("the trail");
    let subjects: Vec<&str> = trail.iter().rev().map(|deed| deed.subject.as_str()).collect();
    let check = format!("check {}", made.name());
    assert_eq!(subjects, ["verify", "backup", &check, &check, "check ../.."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_made_every_day() {
    let backup = BackupSettings {
        folder: Some(PathBuf::from("backups")),
        daily_at: Some(jiff::civil::time(2, 30, 0, 0)),
        keep: 2,
    };
    let world = World::with(Settings { backup, ..settings(limits()) }).await;
    if world.is_on_postgres() {
        return;
    }
    let folder = world.folder().join("backups");
    for _ in 0..200 {
        if !zhiheng_desk::backup::backups(&folder).expect("backups").is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("there is no backup though none was ever made");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn definitions_are_tried_before_they_are_adopted() {
    const RULES: &str = "/admin/catalog";
    let mut world = world().await;
    sampled(&world, "621122", 40, 2).await;
    sampled(&world, "621123", 40, 20).await;
    let folder = world.folder().join("catalog/sampling");
    std::fs::create_dir_all(&folder).expect("a folder");
    world.restart().await;
    let mut client = administrator(&world).await;
    let page = client.get(RULES).await;
    assert!(page.body.contains("就是现行定义，还没有采用"), "{}", page.body);

    let file = folder.join("indicators.toml");
    let shipped = zhiheng_catalog::shipped("sampling/indicators.toml").expect("the definitions");
    std::fs::write(&file, shipped.replacen("where    =", "wherever =", 1)).expect("a file");
    let page = client.get(RULES).await;
    assert!(page.body.contains("不能采用") && page.body.contains("indicators.toml:5"), "{}", page.body);
    assert!(!page.body.contains("/admin/catalog/adopt"), "errors are offered for adoption");

    std::fs::write(&file, shipped.replacen("digits = 1", "digits = 0", 1)).expect("a file");
    let page = client.get(RULES).await;
    assert!(
        page.body.contains("与现行定义不同") && page.body.contains("sampling.pass_rate"),
        "{}",
        page.body
    );
    let body = done(&mut client, RULES, "/admin/catalog/compare", &[]).await;
    assert!(body.contains("会变"), "{body}");
    let found = client.get("/admin/catalog?as=json").await;
    let found: serde_json::Value = serde_json::from_str(&found.body).expect("JSON");
    let told: Vec<String> = found["shifts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap_or("–").to_owned();
            [text("indicator"), text("region"), text("period"), text("was"), text("becomes")].join(" ")
        })
        .filter(|line| line.starts_with("sampling.pass_rate "))
        .collect();
    assert_eq!(
        told,
        [
            "sampling.pass_rate 621100 2013 72.5 72",
            "sampling.pass_rate 621122 2013 95.0 95",
            "sampling.pass_rate 621123 2013 50.0 50",
        ]
    );
    let csv = client.get("/admin/catalog?as=csv").await;
    assert!(csv.body.contains("陇西县,2013,95.0,95"), "{}", csv.body);

    let stale = client.submit(RULES, "/admin/catalog/adopt", &[("digest", "0")]).await;
    assert_eq!(stale.status, 409, "{}", stale.body);
    assert!(world.ledger.acts().await.expect("acts").is_empty());
    let digest = found["digest"].as_str().expect("a digest");
    let answer = client.submit(RULES, "/admin/catalog/adopt", &[("digest", digest)]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let acts = world.ledger.acts().await.expect("acts");
    assert_eq!((acts.len(), acts[0].digest.as_str()), (1, digest));
    let page = client.get(RULES).await;
    assert!(
        page.body.contains("下次启动后生效") && !page.body.contains("/admin/catalog/adopt"),
        "{}",
        page.body
    );
}
