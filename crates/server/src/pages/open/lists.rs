//! Lists of public things, the same on every page that has one.

use zhiheng_base::{Lang, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_desk::open::{Notice, Outcome, Publication};
use zhiheng_judge::subject::CreditReport;

use crate::api::escaped;
use crate::call::Call;
use crate::pages::sheet::{Cell, Table};

/// The address of a publication's page.
pub(super) fn publication_href(one: &Publication) -> String {
    format!("/open/p/{}", escaped(&one.name()))
}

/// The name of a region, with those above it.
pub(super) fn place(catalog: &Catalog, region: RegionCode, lang: Lang) -> String {
    let regions = &catalog.regions;
    let name = match lang {
        Lang::Zh => regions.full_name(region),
        Lang::En => regions.title(region, lang).map(str::to_owned),
    };
    name.unwrap_or_else(|| region.to_string())
}

/// The name of a code in a list.
pub(super) fn code_name(catalog: &Catalog, list: &str, code: &str, lang: Lang) -> String {
    let items = catalog.lists.get(list).map(|list| list.items.as_slice()).unwrap_or_default();
    let item = items.iter().find(|item| item.code == code);
    item.map_or_else(|| code.to_owned(), |item| item.name.get(lang).to_owned())
}

fn at(region: RegionCode, name: String) -> Cell {
    Cell::to(name, format!("/open/r/{region}"))
}

pub(super) fn publications<'a>(
    call: &Call,
    catalog: &Catalog,
    all: impl IntoIterator<Item = &'a Publication>,
) -> Table {
    let lang = call.view.lang;
    let columns = ["open-title", "kind", "region", "open-published", "until"];
    let mut table = Table::new(call, "open-publications", &columns);
    table.rows.extend(all.into_iter().map(|one| {
        vec![
            Cell::to(one.title.clone(), publication_href(one)),
            Cell::of(code_name(catalog, "release.kind", &one.kind, lang)),
            at(one.region, place(catalog, one.region, lang)),
            Cell::of(one.from.to_string()),
            Cell::of(one.until.map(|day| day.to_string()).unwrap_or_default()),
        ]
    }));
    table
}

pub(super) fn outcomes<'a>(
    call: &Call,
    catalog: &Catalog,
    all: impl IntoIterator<Item = &'a Outcome>,
) -> Table {
    let lang = call.view.lang;
    let columns = [
        "open-product",
        "open-lot",
        "open-producer",
        "open-seller",
        "open-failed",
        "region",
        "open-sampled",
        "open-published",
    ];
    let mut table = Table::new(call, "open-outcomes", &columns);
    let comma = crate::text::Text(lang).between("clause-separator");
    table.rows.extend(all.into_iter().map(|one| {
        vec![
            Cell::of(one.product.clone()),
            Cell::of(one.lot.clone().unwrap_or_default()),
            Cell::of(one.producer.clone().unwrap_or_default()),
            Cell::of(one.seller.clone().unwrap_or_default()),
            Cell::of(one.failed.join(&comma)),
            at(one.region, place(catalog, one.region, lang)),
            Cell::of(one.sampled.map(|day| day.to_string()).unwrap_or_default()),
            Cell::of(one.on.to_string()),
        ]
    }));
    table
}

pub(super) fn notices<'a>(
    call: &Call,
    catalog: &Catalog,
    all: impl IntoIterator<Item = &'a Notice>,
) -> Table {
    let lang = call.view.lang;
    let columns = [
        "open-product",
        "open-item",
        "open-lot",
        "open-producer",
        "open-hazard",
        "open-remedy",
        "region",
        "open-published",
    ];
    let mut table = Table::new(call, "open-recalls", &columns);
    table.rows.extend(all.into_iter().map(|one| {
        let item = match &one.identifier {
            // The page behind the code, on this server.
            Some(known) => Cell::to(one.item.clone(), known.link_on("")),
            None => Cell::of(one.item.clone()),
        };
        vec![
            Cell::of(one.product.clone()),
            item,
            Cell::of(one.lot.clone().unwrap_or_default()),
            Cell::of(one.producer.clone()),
            Cell::of(one.hazard.clone()),
            Cell::of(one.remedy.clone()),
            at(one.region, place(catalog, one.region, lang)),
            Cell::of(one.from.to_string()),
        ]
    }));
    table
}

pub(super) fn enterprises<'a>(call: &Call, all: impl IntoIterator<Item = &'a CreditReport>) -> Table {
    let mut table = Table::new(call, "open-enterprises", &["name", "code", "#open-statements"]);
    table.rows.extend(all.into_iter().map(|one| {
        let n: usize = one.sections.iter().map(|section| section.statements.len()).sum();
        let name = one.name.clone().unwrap_or_else(|| one.holder.clone());
        vec![
            Cell::to(name, format!("/open/e/{}", escaped(&one.holder))),
            Cell::of(one.holder.clone()),
            Cell::of(n.to_string()),
        ]
    }));
    table
}
