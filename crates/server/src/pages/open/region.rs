//! What was released of a region.

use zhiheng_base::RegionCode;

use super::home::search_box;
use super::{book, lists};
use crate::call::Call;
use crate::pages::sheet::{Section, Sheet};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /open/r/{region}`.
pub(crate) async fn show(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let catalog = call.server.office()?.catalog().await;
    if catalog.regions.name(region).is_none() {
        return Err(Problem::not_found());
    }
    let book = book(&call).await?;
    let (publications, outcomes, notices) = book.of_region(region);
    let place = lists::place(&catalog, region, lang);
    let mut sheet = Sheet::new(&call, place.clone());
    sheet.frame = sheet.frame.under("open.home");
    let n = publications.len() + outcomes.len() + notices.len();
    sheet.lead = match n {
        0 => t.with("open-region-nothing", "place", &place),
        n => zhiheng_base::words::say(lang, "open-region-lead", &[("place", &place), ("n", &n.to_string())]),
    };
    sheet.sections.push(search_box(t, ""));
    let tables = [
        lists::notices(&call, &catalog, notices),
        lists::publications(&call, &catalog, publications),
        lists::outcomes(&call, &catalog, outcomes),
    ];
    sheet.sections.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Section::Table));
    sheet.answer(&call)
}
