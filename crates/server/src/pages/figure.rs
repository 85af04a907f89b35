//! What was evaluated in the language of reports, as parts of a page: sentences with links, tables, figures in the colours
//! of the page.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use zhiheng_base::Lang;
use zhiheng_measure::Address;
use zhiheng_publish::chart::ChartKind;
use zhiheng_publish::model::{self, Block, Inline, Report};
use zhiheng_publish::svg::{Style, classes, draw};

use super::sheet::{Cell, Column, Figure, Section, Table, Tile, TileMap, number_href};
use crate::problem::Problem;
use crate::route::Answer;

/// Where marks lead; the address follows.
const LINKS: &str = "/m/";

/// The parts of a page that a report's blocks make. Without `pinned`, numbers lead to what they are now, not to what they
/// were at this ledger size.
pub(crate) fn sections(report: Report, lang: Lang, pinned: bool) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut n = 0;
    for block in report.blocks {
        n += 1;
        match block {
            Block::Heading { text, .. } => sections.push(Section::Heading(text)),
            Block::Paragraph(parts) => sections.push(Section::Text(inline(parts, pinned))),
            Block::List { items, .. } => {
                sections.extend(items.into_iter().map(|item| Section::Text(inline(item, pinned))));
            }
            Block::Table(table) => {
                let remarks = table.remarks.clone();
                sections.push(Section::Table(shown(table, &format!("table-{n}"), pinned)));
                sections.extend(remarks.into_iter().map(|remark| Section::Text(vec![Cell::of(remark)])));
            }
            Block::Figure(figure) if matches!(figure.chart.kind, ChartKind::Tiles { .. }) => {
                sections.push(Section::Tiles(map(figure, &format!("map-{n}"))));
            }
            Block::Figure(figure) => {
                sections.push(Section::Figure(Box::new(drawn(figure, lang, &format!("figure-{n}"), pinned))));
            }
            Block::PageBreak => {}
        }
    }
    if !report.notes.is_empty() {
        let notes = report.notes.into_iter().map(|note| inline(note, pinned));
        sections.push(Section::Notes(notes.collect()));
    }
    sections
}

/// The first figure of a report, for a file of its own; what is not there is not found.
pub(crate) fn picture(report: Report, lang: Lang) -> Answer {
    let figure = report.blocks.into_iter().find_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    let mut figure = figure.ok_or_else(Problem::not_found)?;
    trim(&mut figure);
    Ok(svg(draw(&figure.chart, &outside(lang))))
}

/// How a figure is drawn that leaves the page: colours of its own, any font that has the letters, no links.
fn outside(lang: Lang) -> Style {
    Style {
        font: Some("Noto Sans SC, Source Han Sans SC, Microsoft YaHei, sans-serif".to_owned()),
        ..Style::print(lang)
    }
}

/// A drawing as an answer.
fn svg(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml; charset=utf-8"));
    response
}

/// The paragraphs of a report, as text.
pub(crate) fn sentence(report: &Report) -> Vec<String> {
    let paragraphs = report.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(parts) => Some(parts),
        _ => None,
    });
    let plain = |part: &Inline| match part {
        Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => text.clone(),
        Inline::NoteRef(_) => String::new(),
    };
    paragraphs.map(|parts| parts.iter().map(plain).collect()).collect()
}

fn drawn(mut figure: model::Figure, lang: Lang, id: &str, pinned: bool) -> Figure {
    trim(&mut figure);
    if !pinned {
        for mark in figure.chart.kind.marks_mut() {
            mark.address = mark.address.take().map(newest);
        }
    }
    let twin = shown(figure.twin, &format!("{id}-twin"), pinned);
    Figure {
        id: id.to_owned(),
        svg: draw(&figure.chart, &Style::web(lang, LINKS)),
        caption: figure.caption,
        subtitle: figure.chart.subtitle,
        alt: figure.alt,
        source: figure.source,
        remarks: Vec::new(),
        twin: Table { title: figure.chart.unit, ..twin },
    }
}

/// A tile map, drawn by the page itself so that its tiles can be read on a small screen. Tiles lead to the places.
fn map(figure: model::Figure, id: &str) -> TileMap {
    let points = figure.chart.kind.marks();
    let shades = classes(points, &figure.chart.unit);
    let tiles = points.iter().zip(shades.of).filter_map(|(point, shade)| {
        let (row, column) = point.tile?;
        let address: Option<Address> = point.address.as_ref().and_then(|address| address.parse().ok());
        Some(Tile {
            title: point.label.clone(),
            value: point.shown.clone(),
            href: address
                .map(|address| format!("/r/{}?period={}", address.region, address.period))
                .unwrap_or_default(),
            shade: shade.unwrap_or(0),
            row,
            column,
            small: point.small && point.value.is_some(),
        })
    });
    let tiles: Vec<Tile> = tiles.collect();
    TileMap {
        id: id.to_owned(),
        columns: tiles.iter().map(|tile| tile.column).max().unwrap_or(1),
        legend: (shades.edges.into_iter())
            .filter(|(.., shade)| tiles.iter().any(|tile| tile.shade == *shade))
            .map(|(low, high, shade)| (shade, format!("{low}–{high}{}", figure.chart.unit)))
            .collect(),
        has_small: tiles.iter().any(|tile| tile.small),
        has_gap: tiles.iter().any(|tile| tile.shade == 0),
        caption: figure.caption,
        source: figure.source,
        tiles,
    }
}

/// A series begins where its data begin.
fn trim(figure: &mut model::Figure) {
    let ChartKind::Line { points, breaks, .. } = &mut figure.chart.kind else { return };
    let empty = points.iter().take_while(|point| point.value.is_none()).count();
    if empty == points.len() {
        return;
    }
    points.drain(..empty);
    breaks.retain_mut(|(at, _)| {
        let stays = *at > empty;
        *at = at.saturating_sub(empty);
        stays
    });
    figure.twin.rows.drain(..empty.min(figure.twin.rows.len()));
}

fn shown(table: model::Table, id: &str, pinned: bool) -> Table {
    let title = |column: model::TableColumn| match column.unit {
        Some(unit) => Column { title: format!("{} ({unit})", column.title), number: column.number },
        None => Column { title: column.title, number: column.number },
    };
    let cell = |cell: model::Cell| Cell {
        text: cell.text,
        href: cell.address.map(|address| href(&address, pinned)).unwrap_or_default(),
    };
    Table {
        id: id.to_owned(),
        title: table.caption,
        columns: table.columns.into_iter().map(title).collect(),
        rows: table.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        empty: String::new(),
    }
}

fn inline(parts: Vec<Inline>, pinned: bool) -> Vec<Cell> {
    let cell = |part| match part {
        Inline::Text(text) | Inline::Strong(text) => Cell::of(text),
        Inline::Number { text, address } => Cell::to(text, href(&address, pinned)),
        Inline::NoteRef(n) => Cell::of(format!("[{n}]")),
    };
    parts.into_iter().map(cell).collect()
}

fn href(address: &str, pinned: bool) -> String {
    number_href(&if pinned { address.to_owned() } else { newest(address.to_owned()) })
}

/// An address without its ledger size.
fn newest(address: String) -> String {
    match address.rsplit_once('@') {
        Some((stem, size)) if size.bytes().all(|byte| byte.is_ascii_digit()) => stem.to_owned(),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::newest;

    #[test]
    fn only_the_ledger_size_is_taken_off() {
        assert_eq!(newest("a.b/621122/2013@12".into()), "a.b/621122/2013");
        assert_eq!(newest("a.b/621122/2013;x=y@z".into()), "a.b/621122/2013;x=y@z");
    }
}
