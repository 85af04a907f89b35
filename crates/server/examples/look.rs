//! A server to look at: an empty ledger in a temporary folder, three administrators whose passwords are printed, both doors on free
//! ports. `cargo run -p zhiheng-server --example look`; it ends with the input's end.

use std::io::Read as _;

use jiff::Timestamp;
use zhiheng_record::{Access, Ledger, LedgerKey};
use zhiheng_server::authorize::{Level, Role};
use zhiheng_server::door::Door;
use zhiheng_server::settings::DoorSettings;
use zhiheng_server::signin::console::{First, make};
use zhiheng_server::signin::password::Passwords;
use zhiheng_server::{Parts, Settings, start};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example says where to look")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = tempfile::tempdir()?;
    let path = |name: &str| dir.path().join(name).display().to_string();
    let mut seed = [0_u8; 32];
    getrandom::fill(&mut seed)?;
    let key = LedgerKey::from_seed("look.example/quality", &seed)?;
    let ledger = Ledger::create(&path("ledger.sqlite"), key).await?;
    let access = Access::open(&path("access.sqlite")).await?;
    let door = DoorSettings { listen: ([127, 0, 0, 1], 0).into(), ..DoorSettings::default() };
    let settings = Settings { officers: door.clone(), public: Some(door), ..Settings::default() };
    let passwords = Passwords::new(&settings.login)?;
    let now = Timestamp::now();
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let catalog = "0".repeat(64);
    for (login, role) in
        [("system", Role::SystemAdmin), ("security", Role::SecurityAdmin), ("audit", Role::AuditAdmin)]
    {
        let first =
            First { login, name: login, person: login, role, region: "100000000000", level: Level::Internal };
        let made = make((&access, &ledger), &passwords, &first, &catalog, (today, now)).await?;
        println!("{login} {}", made.password);
    }
    let running = start(Parts::new(settings, access, ledger, &catalog, env!("CARGO_PKG_VERSION"))).await?;
    for door in [Door::Officers, Door::Public] {
        if let Some(address) = running.address(door) {
            println!("{} http://{address}/", door.word());
        }
    }
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    running.stop().await;
    Ok(())
}
