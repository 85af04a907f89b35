//! `zhiheng server`: the pages and the API; `zhiheng account`: the first accounts, from the console.

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::handin::read::Reading;
use zhiheng_intake::Limits;
use zhiheng_record::Access;
use zhiheng_server::authorize::{Level, Role};
use zhiheng_server::door::Door;
use zhiheng_server::settings::{DoorSettings, Settings};
use zhiheng_server::signin::console::{First, make};
use zhiheng_server::{Office, Parts, start};

use crate::args::{AccountVerb, ServerArgs};
use crate::context::Context;
use crate::desk::opened;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, line};

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
    let headline = headline(&desk, args.headline.as_deref())?;
    let access = context.wait(Access::open(&project.access_database()))?;
    let reading = Reading {
        program: std::env::current_exe()?,
        folders: context.catalog_folders(),
        limits: Limits::default(),
    };
    let office = context.wait(Office::new(desk, region, &headline).taking(reading))?;
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

/// The indicator with which pages of regions begin: the one asked for, else the catalog's.
fn headline(desk: &Desk, asked: Option<&str>) -> Result<String, Failure> {
    let own = || desk.catalog.indicators.values().find(|one| one.headline).map(|one| one.head.id.as_str());
    let id = asked.or_else(own).ok_or_else(|| Diagnostic::error("ZH7217"))?;
    Ok(desk.engine.indicator(id)?.head.id.clone())
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
    let access = context.wait(Access::open(&project.access_database()))?;
    match verb {
        AccountVerb::Add { login, name, person, role, region, level, enterprise, password_stdin } => {
            let region = RegionCode::parse(&region)?.to_string();
            let roles = (role.iter())
                .map(|code| Role::parse(code).ok_or_else(|| Diagnostic::error("ZH7214").arg("code", code)))
                .collect::<Result<Vec<_>, _>>()?;
            let level =
                Level::parse(&level).ok_or_else(|| Diagnostic::error("ZH7214").arg("code", &level))?;
            let typed = password_stdin.then(password).transpose()?;
            let first = First {
                login: &login,
                name: name.as_deref().unwrap_or(&login),
                person: person.as_deref().unwrap_or(&login),
                roles: &roles,
                region: &region,
                level,
                enterprise: enterprise.as_deref(),
                password: typed.as_deref(),
            };
            let catalog = context.catalog()?.digest.clone();
            let moment = (context.today(), context.now());
            let login_settings = Settings::default().login;
            let made = make((&access, &ledger), &login_settings, &first, &catalog, moment);
            let made = context.wait(made)?;
            line(&context.say("cli-account-made", &[("login", &login)]))?;
            made.password.map_or(Ok(()), |password| {
                Ok(line(&context.say("cli-account-password", &[("password", &password)]))?)
            })
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

/// The password from standard input.
fn password() -> std::io::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_line(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
