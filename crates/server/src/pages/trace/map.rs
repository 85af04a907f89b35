//! Where affected goods are now, as tiles of regions; beneath it what has no tile, so that all of it makes up the scope.

use std::collections::BTreeMap;

use zhiheng_base::RegionCode;
use zhiheng_base::words::say;
use zhiheng_desk::trace::recall::spread::{Part, Spread};
use zhiheng_desk::trace::recall::{Held, Recall};
use zhiheng_publish::chart::Mark;
use zhiheng_publish::evaluate::tiles;
use zhiheng_publish::svg::classes;
use zhiheng_trace::world::scope::Fate;

use super::Told;
use super::ask::Question;
use crate::call::Call;
use crate::pages::region::layout;
use crate::pages::sheet::{Cell, Section, Tile, TileMap};

/// The map of the parts of a region with what stands beneath it.
pub(super) fn sections(
    call: &Call,
    told: Told,
    question: &Question,
    recall: &Recall<'_>,
    of: RegionCode,
) -> Vec<Section> {
    let spread = recall.spread(of);
    let mut sections = Vec::new();
    if spread.has_parts() {
        sections.push(Section::Tiles(map(call, told, question, recall, &spread)));
    }
    sections.extend(beside(told, question, recall, &spread));
    sections
}

/// How much that is, in words: pieces, and stock of lots beside them.
pub(super) fn amount(told: Told, held: &Held) -> String {
    let pieces = told.t.with("server-trace-pieces", "n", held.pieces);
    let stock = held.stock.iter().map(|(dimension, amount)| {
        let unit = told.speech.unit(*dimension);
        say(
            told.lang(),
            "server-trace-stock",
            &[("amount", &amount.normalize().to_string()), ("unit", &unit)],
        )
    });
    let parts: Vec<String> = std::iter::once(pieces).chain(stock).collect();
    parts.join(" · ")
}

/// The name of a region.
pub(super) fn title(told: Told, recall: &Recall<'_>, of: RegionCode) -> String {
    recall.atlas.regions().title(of, told.lang()).map_or_else(|| of.to_string(), str::to_owned)
}

fn map(call: &Call, told: Told, question: &Question, recall: &Recall<'_>, spread: &Spread) -> TileMap {
    let declared = layout(call, spread.of).and_then(tiles::parse).unwrap_or_default();
    // A place without a tile of its own would be missing: then all get one by their order.
    let is_whole = spread.parts.iter().all(|(code, _)| declared.contains_key(code));
    let declared = if is_whole { declared } else { BTreeMap::new() };
    let marks: Vec<Mark> = (spread.parts.iter())
        .map(|(_, part)| Mark {
            value: (part.held.pieces > 0).then_some(part.held.pieces as f64),
            ..Mark::default()
        })
        .collect();
    let shades = classes(&marks, "");
    let n = spread.parts.len();
    let tiles: Vec<Tile> = (spread.parts.iter().zip(&shades.of).enumerate())
        .map(|(at, ((code, part), shade))| {
            let (row, column) = declared.get(code).copied().unwrap_or_else(|| tiles::automatic(at, n));
            Tile {
                title: title(told, recall, *code),
                value: if part.held.is_empty() { "0".to_owned() } else { amount(told, &part.held) },
                href: question.places("in", *code),
                shade: shade.unwrap_or(0),
                row,
                column,
                small: false,
            }
        })
        .collect();
    let steps = shades.edges.into_iter();
    let used = steps.filter(|(.., shade)| tiles.iter().any(|tile| tile.shade == *shade));
    let mut legend: Vec<(u8, String)> = used
        .map(|(low, high, shade)| {
            (shade, say(told.lang(), "server-trace-range", &[("low", &low), ("high", &high)]))
        })
        .collect();
    if tiles.iter().any(|tile| tile.shade == 0) {
        legend.insert(0, (0, "0".to_owned()));
    }
    let sum = spread.parts.iter().map(|(_, part)| part.held.pieces).sum::<usize>().to_string();
    let place = title(told, recall, spread.of);
    TileMap {
        id: "trace-map".to_owned(),
        caption: say(told.lang(), "server-trace-map", &[("place", &place), ("n", &sum)]),
        columns: tiles.iter().map(|tile| tile.column).max().unwrap_or(1),
        legend,
        source: say(told.lang(), "server-trace-map-source", &[("size", &recall.seen.size.to_string())]),
        tiles,
        ..TileMap::default()
    }
}

/// What the map does not show: places without a tile, and goods that are at no place any more.
fn beside(told: Told, question: &Question, recall: &Recall<'_>, spread: &Spread) -> Vec<Section> {
    let place = title(told, recall, spread.of);
    let unknown = question.href("/trace/places", &[("unknown", "1")]);
    let rows: [(&str, &Part, String); 3] = [
        ("server-trace-only", &spread.only, question.places("only", spread.of)),
        ("server-trace-elsewhere", &spread.outside, question.places("outside", spread.of)),
        ("server-trace-no-region", &spread.unknown, unknown),
    ];
    let mut sections = Vec::new();
    for (id, part, href) in rows.into_iter().filter(|(_, part, _)| part.places > 0 || !part.held.is_empty()) {
        let args = [
            ("place", place.clone()),
            ("places", part.places.to_string()),
            ("amount", amount(told, &part.held)),
        ];
        let text = say(told.lang(), id, &args.each_ref().map(|(name, value)| (*name, value.as_str())));
        sections.push(Section::Text(vec![Cell::to(text, href)]));
    }
    let gone: Vec<String> = (recall.summary.pieces.iter())
        .filter(|(fate, _)| **fate != Fate::At)
        .map(|(fate, count)| {
            let fate = told.speech.word("fate", fate.word());
            say(told.lang(), "server-trace-gone", &[("fate", &fate), ("n", &count.to_string())])
        })
        .collect();
    let [at, all] = [recall.with(Fate::At), recall.pieces()].map(|n| n.to_string());
    let gone = if gone.is_empty() {
        told.t.say("server-trace-none-gone")
    } else {
        gone.join(&told.t.between("list-separator"))
    };
    let sum = say(told.lang(), "server-trace-sum", &[("at", &at), ("gone", &gone), ("all", &all)]);
    sections.push(Section::Text(vec![Cell::of(sum)]));
    sections
}
