//! `zhiheng doctor`: is everything here that the work needs?

use serde_json::Value;

use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Listing;

/// Looks at project, catalog, ledger and fonts, and says what is missing.
pub(crate) fn run(context: &Context) -> Outcome {
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("what", title("cli-what"), false),
        ("state", title("cli-state"), false),
        ("detail", title("cli-detail"), false),
    ]);
    let mut row = |what: &'static str, ok: bool, detail: String| {
        let state = title(if ok { "cli-ok" } else { "cli-missing" });
        listing.row(vec![title(what).into(), state.into(), Value::from(detail)]);
    };
    let project = context.project();
    row("cli-doctor-project", project.is_ok(), context.global.project.display().to_string());
    let catalog = context.catalog();
    row(
        "cli-doctor-catalog",
        catalog.is_ok(),
        catalog.map(|catalog| catalog.digest.clone()).unwrap_or_default(),
    );
    if project.is_ok() {
        let size = context.ledger().ok().and_then(|(_, ledger)| context.wait(ledger.size()).ok());
        row("cli-doctor-ledger", size.is_some(), size.map(|size| size.to_string()).unwrap_or_default());
    }
    let fonts = std::env::var("ZHIHENG_FONTS").unwrap_or_default();
    let there = !fonts.is_empty() && std::env::split_paths(&fonts).all(|dir| dir.is_dir());
    row("cli-doctor-fonts", there, if fonts.is_empty() { "ZHIHENG_FONTS".to_owned() } else { fonts });
    Ok(listing.print(context.format())?)
}
