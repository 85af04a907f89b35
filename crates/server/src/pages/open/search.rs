//! What a citizen's word leads to.

use zhiheng_base::{Lang, Level, RegionCode, Words};
use zhiheng_catalog::Catalog;
use zhiheng_desk::open::find::find;
use zhiheng_desk::search::{Fit, fit};

use super::home::search_box;
use super::{book, lists};
use crate::call::Call;
use crate::pages::sheet::{Cell, Section, Sheet, Table};
use crate::route::Answer;
use crate::text::Text;

/// Most letters of a question; more are cut.
const LETTERS: usize = 100;
/// Most places.
const PLACES: usize = 10;

/// `GET /open/search?q=…`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let typed: String = call.query.get("q").trim().chars().take(LETTERS).collect();
    let book = book(&call).await?;
    let catalog = call.server.office()?.catalog().await;
    let places = places(&catalog, &typed);
    // Only a place that was named in full stands for all that lies in it.
    let named: Vec<RegionCode> =
        places.iter().filter(|(fit, _)| *fit == Fit::Same).map(|(_, region)| *region).collect();
    let found = find(&book, &typed, &named);
    let mut sheet = Sheet::new(&call, t.say("server-title-open-search"));
    sheet.frame = sheet.frame.under("open.home");
    let n = found.len();
    sheet.lead = match (typed.is_empty(), n) {
        (true, _) => t.say("open-search-about"),
        (false, 0) => t.with("open-search-nothing", "typed", &typed),
        (false, n) => zhiheng_base::words::say(
            call.view.lang,
            "open-search-found",
            &[("typed", &typed), ("n", &n.to_string())],
        ),
    };
    sheet.sections.push(search_box(t, &typed));
    let tables = [
        lists::notices(&call, &catalog, found.notices.iter().copied()),
        lists::outcomes(&call, &catalog, found.outcomes.iter().copied()),
        lists::publications(&call, &catalog, found.publications.iter().copied()),
        lists::enterprises(&call, found.enterprises.iter().copied()),
        place_table(&call, &catalog, &places),
    ];
    sheet.sections.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Section::Table));
    if n == 0 && !typed.is_empty() {
        sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-nothing-means"))]));
    }
    sheet.answer(&call)
}

fn places(catalog: &Catalog, typed: &str) -> Vec<(Fit, RegionCode)> {
    // Townships are forty thousand names: a stranger's word must not be held against all of them.
    let is_asked = |code: RegionCode| code.level() <= Level::County;
    let mut found: Vec<(Fit, Level, RegionCode)> = (catalog.regions.iter())
        .filter(|version| version.valid_to.is_none() && is_asked(version.code))
        .filter_map(|version| {
            let name = Words::new(version.title(Lang::Zh), version.title(Lang::En));
            Some((fit(&name, typed)?, version.code.level(), version.code))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|found| found.2);
    found.into_iter().take(PLACES).map(|(fit, _, region)| (fit, region)).collect()
}

fn place_table(call: &Call, catalog: &Catalog, places: &[(Fit, RegionCode)]) -> Table {
    let mut table = Table::new(call, "found-places", &["name", "code"]);
    table.rows.extend(places.iter().map(|(_, region)| {
        vec![
            Cell::to(lists::place(catalog, *region, call.view.lang), format!("/open/r/{region}")),
            Cell::of(region.to_string()),
        ]
    }));
    table
}
