//! The start and the map of pages, both made from the table of routes.

use askama::Template;
use axum::http::StatusCode;

use super::layout::{Frame, Link, answer, menu, pages};
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::route::{Answer, Kind, table};
use crate::text::Text;

#[derive(Template)]
#[template(path = "home.html", blocks = ["main"])]
struct Home {
    frame: Frame,
    links: Vec<Link>,
    origin: String,
}

#[derive(Template)]
#[template(path = "map.html", blocks = ["main"])]
struct Map {
    frame: Frame,
    links: Vec<Link>,
}

pages!(Home, Map);

/// `GET /`.
pub(crate) async fn show(call: Call) -> Answer {
    let mut links: Vec<Link> = menu(&call).into_iter().filter(|link| link.href != "/").collect();
    if let Some(office) = &call.server.office
        && authorize(call.who(), Action::See, &Thing::of_region(office.region, Level::Internal))
            == Verdict::Allow
    {
        let (region, desk) = (office.region, office.desk().await?);
        let title = desk.catalog.regions.full_name(region).unwrap_or_else(|| region.to_string());
        links.insert(0, Link { title, href: format!("/r/{region}"), current: false });
    }
    let page = Home { frame: Frame::of(&call), links, origin: call.server.ledger.origin().to_owned() };
    answer(&call, StatusCode::OK, &page)
}

/// `GET /map`: every page of this door that has an address of its own, whoever may open it.
pub(crate) async fn map(call: Call) -> Answer {
    let text = Text(call.view.lang);
    let pages = table::routes().iter().filter(|route| {
        matches!(route.kind, Kind::Page | Kind::Listed)
            && route.doors.contains(&call.arrival.door)
            && !route.path.contains('{')
    });
    let links = pages.map(|route| Link {
        title: text.say(&route.title()),
        href: route.path.to_owned(),
        current: route.id == call.route.id,
    });
    let page = Map { frame: Frame::of(&call), links: links.collect() };
    answer(&call, StatusCode::OK, &page)
}
