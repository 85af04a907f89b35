//! A page of facts, tables and trees: what most pages that show something are made of.

use askama::Template;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use zhiheng_base::{Lang, Node, csv};

use super::forms::{Filled, Wrong};
use super::layout::{Frame, Link, answer, pages};
use super::qr::Square;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// A cell, a fact, a word: text, perhaps with an address to follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    /// What stands there.
    pub(crate) text: String,
    /// Where it leads; empty if nowhere.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) href: String,
}

impl Cell {
    pub(crate) fn of(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), href: String::new() }
    }

    pub(crate) fn to(text: impl Into<String>, href: impl Into<String>) -> Cell {
        Cell { text: text.into(), href: href.into() }
    }
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Column {
    pub(crate) title: String,
    /// Figures stand under each other on the right.
    pub(crate) number: bool,
}

/// A table with its title.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Table {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// What is said instead of no rows.
    #[serde(skip)]
    pub(crate) empty: String,
}

impl Table {
    /// A table without rows yet; columns are ids of texts, those that begin with `#` hold figures.
    pub(crate) fn new(call: &Call, id: &str, columns: &[&str]) -> Table {
        let t = crate::text::Text(call.view.lang);
        Table {
            id: id.to_owned(),
            title: t.say(&format!("server-table-{id}")),
            columns: columns
                .iter()
                .map(|column| Column {
                    title: t.say(&format!("server-col-{}", column.trim_start_matches('#'))),
                    number: column.starts_with('#'),
                })
                .collect(),
            rows: Vec::new(),
            empty: t.say("server-none"),
        }
    }

    /// Drops columns in which nothing stands: they only make a page wide. Data keep them, for programs that count columns.
    pub(crate) fn drop_empty_columns(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let says =
            |at: usize| self.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty()));
        let kept: Vec<bool> = (0..self.columns.len()).map(says).collect();
        let mut kept_columns = kept.iter();
        self.columns.retain(|_| kept_columns.next().is_none_or(|kept| *kept));
        for row in &mut self.rows {
            let mut kept_cells = kept.iter();
            row.retain(|_| kept_cells.next().is_none_or(|kept| *kept));
        }
    }

    /// Keeps at most `most` rows from the one that an address asks for; where the next part begins and how many rows are left, if
    /// there are more.
    pub(crate) fn part(&mut self, from: &str, most: usize) -> Option<(usize, usize)> {
        let from: usize = from.parse().unwrap_or(0);
        let next = from.saturating_add(most);
        let rest = self.rows.len().saturating_sub(next);
        self.rows.drain(..from.min(self.rows.len()));
        self.rows.truncate(most);
        (rest > 0).then_some((next, rest))
    }
}

/// A line of a tree, with how many levels open and close after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) origin: String,
    pub(crate) opens: bool,
    pub(crate) closes: usize,
}

/// A number with what a reader needs beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) value: String,
    /// Interval, in words.
    pub(crate) beside: String,
    /// Class of the state: `ok`, `warn`, `off`; empty for none.
    pub(crate) state: &'static str,
    pub(crate) state_text: String,
    /// A small drawing, made by us.
    pub(crate) svg: String,
}

/// A figure with its title, its table and its source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figure {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) subtitle: String,
    /// The drawing, made by us.
    pub(crate) svg: String,
    pub(crate) alt: String,
    pub(crate) source: String,
    pub(crate) twin: Table,
    pub(crate) remarks: Vec<String>,
}

/// A place on a tile map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tile {
    pub(crate) title: String,
    pub(crate) value: String,
    pub(crate) href: String,
    /// Shade, 1 to 6; 0 without data.
    pub(crate) shade: u8,
    pub(crate) row: u16,
    pub(crate) column: u16,
    /// Rests on few records.
    pub(crate) small: bool,
}

/// Places as equal tiles.
#[derive(Clone, Debug, Default)]
pub(crate) struct TileMap {
    pub(crate) id: String,
    /// What it shows, as a sentence.
    pub(crate) caption: String,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) columns: u16,
    /// Shades in use, with their limits.
    pub(crate) legend: Vec<(u8, String)>,
    pub(crate) has_small: bool,
    pub(crate) has_gap: bool,
    pub(crate) source: String,
}

/// A form that only chooses what is shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chooser {
    pub(crate) action: String,
    /// Name, label, values with their texts and whether chosen.
    pub(crate) selects: Vec<(String, String, Vec<(String, String, bool)>)>,
    /// Name, label, value.
    pub(crate) inputs: Vec<(String, String, String)>,
}

/// A part of the page under its own heading.
#[derive(Clone, Debug)]
pub(crate) enum Section {
    /// A heading for what follows.
    Heading(String),
    /// A paragraph; parts with an address are links.
    Text(Vec<Cell>),
    /// Remarks, numbered.
    Notes(Vec<Vec<Cell>>),
    /// Numbers side by side.
    Cards(Vec<Card>),
    /// A figure.
    Figure(Box<Figure>),
    /// A tile map.
    Tiles(TileMap),
    /// What is to be shown.
    Choose(Chooser),
    /// The same where more has to be chosen: what is typed is the address of the answer, and what is wrong is told at its field.
    Ask(Filled),
    /// Name and value.
    Facts(String, Vec<(String, Cell)>),
    /// Rows.
    Table(Table),
    /// Reasons under reasons.
    Tree(String, Vec<Line>),
    /// Links to forms and the like.
    Actions(String, Vec<Cell>),
    /// A form.
    Form(Filled),
    /// An address to scan.
    Square(Square),
}

/// The page.
#[derive(Template)]
#[template(path = "sheet.html", blocks = ["main"])]
pub(crate) struct Sheet {
    pub(crate) frame: Frame,
    /// What is wrong, before everything else.
    pub(crate) wrong: Vec<Wrong>,
    /// The sentence on top.
    pub(crate) lead: String,
    /// The one number, with what stands beside it.
    pub(crate) big: String,
    pub(crate) beside: String,
    pub(crate) notes: Vec<String>,
    pub(crate) sections: Vec<Section>,
    /// The same as data.
    pub(crate) twins: Vec<Link>,
}

pages!(Sheet);

impl Sheet {
    /// A page with a title of its own.
    pub(crate) fn new(call: &Call, title: impl Into<String>) -> Sheet {
        let mut sheet = Sheet::of(call);
        sheet.frame.title = title.into();
        sheet
    }

    /// A page with the title of its route.
    pub(crate) fn of(call: &Call) -> Sheet {
        Sheet {
            frame: Frame::of(call),
            wrong: Vec::new(),
            lead: String::new(),
            big: String::new(),
            beside: String::new(),
            notes: Vec::new(),
            sections: Vec::new(),
            twins: Vec::new(),
        }
    }

    /// Whether it has a form that can be filled in without a network.
    fn has_outbox(&self) -> bool {
        self.sections.iter().any(|section| matches!(section, Section::Form(form) if !form.outbox.is_empty()))
    }

    pub(crate) fn crumb(&mut self, title: impl Into<String>, href: impl Into<String>) {
        self.frame.crumbs.push(Link { title: title.into(), href: href.into(), current: false });
    }

    pub(crate) fn twin(&mut self, ending: &str, href: impl Into<String>) {
        self.twins.push(Link { title: ending.to_owned(), href: href.into(), current: false });
    }

    pub(crate) fn answer(self, call: &Call) -> Answer {
        self.answer_as(call, StatusCode::OK)
    }

    pub(crate) fn answer_as(self, call: &Call, status: StatusCode) -> Answer {
        answer(call, status, &self)
    }
}

/// A tree as lines; addresses of numbers lead to their pages.
pub(crate) fn tree(root: &Node, lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    walk(root, lang, &mut lines);
    lines
}

fn walk(node: &Node, lang: Lang, lines: &mut Vec<Line>) {
    lines.push(Line {
        text: node.sentence(lang),
        href: node.address.as_deref().map(number_href).unwrap_or_default(),
        origin: node.origin.clone().unwrap_or_default(),
        opens: !node.children.is_empty(),
        closes: 0,
    });
    for child in &node.children {
        walk(child, lang, lines);
    }
    if let Some(last) = lines.last_mut().filter(|_| !node.children.is_empty()) {
        last.closes += 1;
    }
}

/// The page of a number; its address has the form `indicator/region/period…`, as the path after `/m/`.
pub(crate) fn number_href(address: &str) -> String {
    format!("/m/{}", address.replace(' ', "%20"))
}

/// A JSON answer.
pub(crate) fn json(value: &impl Serialize) -> Answer {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(Problem::ours)?;
    bytes.push(b'\n');
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    Ok(response)
}

/// A table as CSV with a mark of byte order, as the office programs want it; what a spreadsheet would take for a formula is
/// kept from being one.
pub(crate) fn as_csv(table: &Table) -> Answer {
    let line = |cells: Vec<&str>| csv::line(cells.into_iter().map(csv::harmless), ',') + "\r\n";
    let mut text = String::from("\u{feff}");
    text += &line(table.columns.iter().map(|column| column.title.as_str()).collect());
    for row in &table.rows {
        text += &line(row.iter().map(|cell| cell.text.as_str()).collect());
    }
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    Ok(response)
}

/// The path's last part without the ending of a twin, and the ending.
pub(crate) fn ending(text: &str) -> (&str, &str) {
    match text.rsplit_once('.') {
        Some((stem, end @ ("json" | "csv" | "svg" | "xlsx"))) => (stem, end),
        _ => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table, ending, tree};
    use zhiheng_base::{Lang, Node};

    #[test]
    fn levels_that_open_are_closed() {
        let leaf = || Node::new("no-data");
        let root = Node::new("no-data").with(Node::new("no-data").with(leaf()).with(leaf())).with(leaf());
        let lines = tree(&root, Lang::Zh);
        let opened = lines.iter().filter(|line| line.opens).count();
        assert_eq!((lines.len(), opened), (5, 2));
        assert_eq!(lines.iter().map(|line| line.closes).sum::<usize>(), opened);
        assert_eq!(lines.last().map(|line| line.closes), Some(1));
    }

    #[test]
    fn a_long_table_comes_in_parts() {
        let row = |n: u32| vec![Cell::of(n.to_string())];
        let whole = || Table { rows: (0..7).map(row).collect(), ..Table::default() };
        for (from, kept, next) in [
            ("", 3, Some((3, 4))),
            ("3", 3, Some((6, 1))),
            ("6", 1, None),
            ("7", 0, None),
            ("99999999999999999999", 3, Some((3, 4))),
            ("x", 3, Some((3, 4))),
        ] {
            let mut table = whole();
            assert_eq!((table.part(from, 3), table.rows.len()), (next, kept), "{from}");
        }
    }

    #[test]
    fn twins_are_told_by_their_ending() {
        assert_eq!(ending("2013.json"), ("2013", "json"));
        assert_eq!(ending("2013Q4.xlsx"), ("2013Q4", "xlsx"));
        assert_eq!(ending("2013Q4"), ("2013Q4", ""));
        assert_eq!(ending("2014-07-01..2015-06-30"), ("2014-07-01..2015-06-30", ""));
    }
}
