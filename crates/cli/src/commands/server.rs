//! `zhiheng server`: the pages and the API; `zhiheng account`: the first accounts, from the console.

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_record::access::{NewAccount, NewGrant};
use zhiheng_record::{Access, Project};
use zhiheng_server::door::Door;
use zhiheng_server::settings::{DoorSettings, Settings};
use zhiheng_server::signin::password::{Passwords, weakness};
use zhiheng_server::{Office, Parts, start};

use crate::args::{AccountVerb, ServerArgs};
use crate::context::Context;
use crate::desk::opened;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, line};

/// The access database of a project: beside the ledger's file, or in its server.
fn access(context: &Context, project: &Project) -> Result<Access, Failure> {
    let database = &project.settings().database;
    let url = match database.starts_with("postgres") {
        true => database.clone(),
        false => project.dir().join("access.sqlite").display().to_string(),
    };
    Ok(context.wait(Access::open(&url))?)
}

/// Runs the server until it is told to stop.
pub(crate) fn run(context: &Context, args: &ServerArgs) -> Outcome {
    let project = context.project()?;
    let mut settings = settings(args)?;
    if let Some(listen) = args.listen {
        settings.officers.listen = listen;
    }
    if let Some(listen) = args.public {
        settings.public = Some(DoorSettings { listen, ..settings.public.unwrap_or_default() });
    }
    let desk = opened(context)?;
    let region = match &args.region {
        Some(code) => RegionCode::parse(code)?,
        None => region_of(&desk),
    };
    desk.engine.indicator(&args.headline)?;
    let access = access(context, &project)?;
    let office = Office::new(desk, region, &args.headline);
    context.wait(async {
        let parts = Parts::of(settings, access, office, env!("CARGO_PKG_VERSION")).await;
        let running = start(parts).await.map_err(|error| anyhow::anyhow!(error))?;
        for (door, id) in [(Door::Officers, "cli-server-officers"), (Door::Public, "cli-server-public")] {
            if let Some(address) = running.address(door) {
                line(&context.say(id, &[("address", &format!("http://{address}"))]))?;
            }
        }
        stopped().await?;
        context.note(&context.say("cli-server-stopping", &[]));
        running.stop().await;
        Ok(())
    })
}

/// Waits for Ctrl-C or a polite end.
async fn stopped() -> std::io::Result<()> {
    let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = end.recv() => Ok(()),
    }
}

fn settings(args: &ServerArgs) -> Result<Settings, Failure> {
    let Some(path) = &args.settings else { return Ok(Settings::default()) };
    let refused = |why: String| Diagnostic::error("ZH7213").arg("file", path.display()).arg("why", why);
    let text = std::fs::read_to_string(path).map_err(|error| refused(error.to_string()))?;
    Ok(toml::from_str(&text).map_err(|error| refused(error.to_string()))?)
}

/// The smallest region that holds all offices of the project; the nation if there are none.
fn region_of(desk: &Desk) -> RegionCode {
    let mut regions = desk.staff.officers.iter().map(|officer| officer.region);
    let Some(first) = regions.next() else { return RegionCode::NATION };
    regions.fold(first, |common, region| {
        let above = std::iter::once(common).chain(common.ancestors());
        above.into_iter().find(|above| above.contains(region)).unwrap_or(RegionCode::NATION)
    })
}

/// Runs a verb of `account`.
pub(crate) fn account(context: &Context, verb: AccountVerb) -> Outcome {
    let (project, ledger) = context.ledger()?;
    let access = access(context, &project)?;
    match verb {
        AccountVerb::Add { login, name, role, region, level, enterprise, password_stdin } => {
            let region = RegionCode::parse(&region)?;
            let least = Settings::default().login.password_min;
            let (password, is_made) = password(password_stdin)?;
            if let Some(problem) = weakness(&password, &login, least) {
                return Err(problem.into());
            }
            let passwords =
                Passwords::new(&Settings::default().login).map_err(|error| anyhow::anyhow!(error))?;
            let hash = context.wait(passwords.hash(&password));
            let new = NewAccount {
                login: login.clone(),
                name: name.unwrap_or_else(|| login.clone()),
                person: login.clone(),
                password: hash,
                must_change: is_made,
            };
            let made = context.wait(access.add_account(new, context.now()))?;
            let catalog = context.catalog()?.digest.clone();
            for role in role {
                let grant = NewGrant {
                    account: made.id.clone(),
                    role,
                    region: region.to_string(),
                    line: None,
                    enterprise: enterprise.clone(),
                    level: level.clone(),
                    since: context.today(),
                    until: None,
                    reason: context.say("cli-account-reason", &[]),
                    by: "console".to_owned(),
                    catalog: catalog.clone(),
                };
                context.wait(access.give(&ledger, grant, zhiheng_server::authorize::APART, context.now()))?;
            }
            line(&context.say("cli-account-made", &[("login", &made.login)]))?;
            if is_made {
                line(&context.say("cli-account-password", &[("password", &password)]))?;
            }
            Ok(())
        }
        AccountVerb::List => {
            let title = |id| context.say(id, &[]);
            let mut listing = Listing::new([
                ("login", title("cli-account-login"), false),
                ("name", title("cli-name"), false),
                ("state", title("cli-state"), false),
            ]);
            for one in context.wait(access.accounts("", u32::MAX))? {
                listing.row(vec![one.login.into(), one.name.into(), one.state.word().into()]);
            }
            Ok(listing.print(context.format())?)
        }
    }
}

/// The password from standard input, or one that is made up and has to be changed.
fn password(from_stdin: bool) -> Result<(String, bool), Failure> {
    if from_stdin {
        let mut text = String::new();
        std::io::stdin().read_line(&mut text)?;
        return Ok((text.trim_end_matches(['\r', '\n']).to_owned(), false));
    }
    use rand::Rng as _;
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let letter = |_| char::from(LETTERS.get(rng.random_range(0..LETTERS.len())).copied().unwrap_or(b'x'));
    Ok(((0..20).map(letter).collect(), true))
}
