//! A thing on its way: what came of it and where that is now, what it came from, what happened to it. Everything stands on one page,
//! because whoever decides on a recall asks for all of it at once.

mod ask;
pub(crate) mod export;
mod graph;
mod map;
pub(crate) mod notices;
pub(crate) mod places;

use axum::http::StatusCode;
use zhiheng_base::Lang;
use zhiheng_desk::trace::Speech;
use zhiheng_desk::trace::recall::Recall;
use zhiheng_desk::trace::recall::tables::LISTS;
use zhiheng_trace::world::reach::Step;
use zhiheng_trace::world::scope::{Fate, Summary};
use zhiheng_trace::world::{Node, World};

use super::sheet::{Cell, Chooser, Column, Figure, Section, Sheet, Table, as_csv};
use super::workbook;
use crate::api::escaped;
use crate::call::Call;
use crate::route::Answer;
use crate::text::Text;
use ask::Question;

/// Rows of a list on the page; the files have them all.
const LISTED: usize = 50;
/// Places and recipients on the page.
const PLACES: usize = 15;

/// The page of a thing.
fn href(world: &World, node: Node) -> String {
    format!("/trace?id={}", escaped(&world.text(node)))
}

/// `GET /trace`.
pub(crate) async fn show(call: Call) -> Answer {
    let question = Question::of(&call).await?;
    let t = Text(call.view.lang);
    let asked = question.id.clone();
    let mut sheet = Sheet::of(&call);
    sheet.lead = t.say("server-trace-lead");
    let choose = Section::Choose(Chooser {
        action: "/trace".to_owned(),
        inputs: vec![("id".to_owned(), t.say("server-field-trace-id"), asked.clone())],
        ..Chooser::default()
    });
    if asked.is_empty() {
        sheet.sections.push(choose);
        return sheet.answer(&call);
    }
    let told = Told::of(&call);
    let file = call.query.get("as");
    if matches!(file, "csv" | "xlsx") {
        let table = question.recall(|recall| told.affected(recall.seen.world, recall.start, usize::MAX));
        let table = table.await??;
        return if file == "csv" { as_csv(&table) } else { workbook::answer(&[&table], &[]) };
    }
    let own = call.server.office()?.region;
    let sections = question.recall(|recall| {
        let (world, thing) = (recall.seen.world, recall.start);
        let title = told.speech.thing(world, thing);
        let mut sections = Vec::new();
        if recall.pieces() > 0 || !recall.places.is_empty() {
            sections = map::sections(&call, told, &question, recall, recall.widest(own));
        }
        let has_somebody = !recall.summary.recipients.is_empty() || !recall.places.is_empty();
        sections.push(Section::Actions(String::new(), told.actions(&question, has_somebody)));
        sections.extend(told.sections(recall));
        (title, told.lead(&recall.summary), sections)
    });
    match sections.await? {
        Ok((title, lead, sections)) => {
            sheet.frame.title = title;
            sheet.frame = sheet.frame.under("trace.show");
            sheet.lead = lead;
            if let Some(size) = question.size {
                sheet.notes.push(t.with("server-trace-as-of", "size", size));
            }
            sheet.sections = sections;
            for ending in ["csv", "xlsx"] {
                sheet.twin(&ending.to_uppercase(), question.href("/trace", &[("as", ending)]));
            }
            sheet.answer(&call)
        }
        Err(problem) => {
            sheet.sections.push(choose);
            sheet.notes.push(problem.message(call.view.lang));
            sheet.answer_as(&call, StatusCode::NOT_FOUND)
        }
    }
}

/// A world in the words of the reader.
#[derive(Clone, Copy)]
struct Told {
    speech: Speech,
    t: Text,
}

impl Told {
    fn of(call: &Call) -> Told {
        Told { speech: Speech(call.view.lang), t: Text(call.view.lang) }
    }

    fn lang(self) -> Lang {
        self.t.0
    }

    /// An empty table; columns are the words of the command's lists, those that begin with `#` hold figures.
    fn table(self, id: &str, columns: &[&str]) -> Table {
        let column = |id: &&str| Column {
            title: self.t.say(&format!("trace-{}", id.trim_start_matches('#'))),
            number: id.starts_with('#'),
        };
        Table {
            id: format!("trace-{id}"),
            title: self.t.say(&format!("server-table-trace-{id}")),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
            empty: self.t.say("server-none"),
        }
    }

    /// The scope in one sentence.
    fn lead(self, summary: &Summary) -> String {
        let pieces: usize = summary.pieces.values().sum();
        let args = [
            ("pieces", pieces.to_string()),
            ("lots", summary.lots.to_string()),
            ("recipients", summary.recipients.len().to_string()),
            ("possible", summary.possible.to_string()),
        ];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        zhiheng_base::words::say(self.lang(), "trace-scope", &args)
    }

    /// What can be made of the scope: the places, the notices, the workbook and its lists.
    fn actions(self, question: &Question, has_somebody: bool) -> Vec<Cell> {
        let mut links =
            vec![Cell::to(self.t.say("server-title-trace-places"), question.href("/trace/places", &[]))];
        if has_somebody {
            links.push(Cell::to(
                self.t.say("server-title-trace-notices"),
                question.href("/trace/notices", &[]),
            ));
        }
        links.push(Cell::to(self.t.say("server-trace-workbook"), question.href("/trace/export", &[])));
        links.extend(LISTS.map(|list| {
            let title = zhiheng_base::words::say(self.lang(), &format!("trace-list-{list}"), &[]);
            let href = question.href("/trace/export", &[("as", "csv"), ("list", list)]);
            Cell::to(format!("{title} CSV"), href)
        }));
        links
    }

    fn sections(self, recall: &Recall<'_>) -> Vec<Section> {
        let (world, thing) = (recall.seen.world, recall.start);
        let (up, down) = (world.upstream(&[thing]), world.downstream(&[thing]));
        let mut sections = Vec::new();
        let (mut places, mut recipients) = self.places(world, &recall.summary);
        let (n_places, n_recipients) = (places.rows.len(), recipients.rows.len());
        places.rows.truncate(PLACES);
        self.cut(&mut sections, places, n_places);
        if !up.is_empty() || !down.is_empty() {
            sections.push(Section::Figure(Box::new(self.figure(world, thing, &up, &down))));
        }
        if n_recipients > 0 {
            recipients.rows.truncate(PLACES);
            self.cut(&mut sections, recipients, n_recipients);
        }
        sections.push(Section::Table(self.history(world, thing)));
        let inside = world.contents_at(thing, i64::MAX - 1);
        if !inside.is_empty() {
            let mut table = self.table("contents", &["thing", "level"]);
            for node in inside.iter().take(LISTED) {
                table.rows.push(vec![self.link(world, *node), Cell::of(self.speech.level(world, *node))]);
            }
            self.cut(&mut sections, table, inside.len());
        }
        if !down.is_empty() {
            self.cut(&mut sections, self.affected(world, thing, LISTED), down.len());
        }
        sections
    }

    /// A table, and what was left out of it.
    fn cut(self, sections: &mut Vec<Section>, table: Table, total: usize) {
        let shown = table.rows.len();
        sections.push(Section::Table(table));
        if shown < total {
            let text = self.t.with("server-trace-cut", "n", &(total - shown).to_string());
            sections.push(Section::Text(vec![Cell::of(text)]));
        }
    }

    fn link(self, world: &World, node: Node) -> Cell {
        Cell::to(self.speech.thing(world, node), href(world, node))
    }

    /// What has become of how many pieces, and where; who got some.
    fn places(self, world: &World, summary: &Summary) -> (Table, Table) {
        let mut table = self.table("places", &["fate", "site", "#pieces"]);
        // What is nowhere in particular first: there is but a line of each.
        let by_place = |fate: &Fate| *fate == Fate::At;
        let fates = summary.pieces.iter().filter(|(fate, _)| !by_place(fate));
        for (fate, count) in fates.chain(summary.pieces.iter().filter(|(fate, _)| by_place(fate))) {
            let name = self.speech.word("fate", fate.word());
            if *fate != Fate::At {
                table.rows.push(vec![Cell::of(name), Cell::default(), Cell::of(count.to_string())]);
                continue;
            }
            let mut sites: Vec<_> = summary.sites.iter().collect();
            sites.sort_by_key(|(site, count)| (std::cmp::Reverse(**count), world.term(**site)));
            table.rows.extend(sites.into_iter().map(|(site, count)| {
                let place = self.speech.place(world, *site);
                vec![Cell::of(name.clone()), Cell::of(place), Cell::of(count.to_string())]
            }));
        }
        let mut recipients = self.table("recipients", &["recipients"]);
        let mut names: Vec<String> =
            summary.recipients.iter().map(|party| self.speech.place(world, *party)).collect();
        names.sort_unstable();
        recipients.rows = names.into_iter().map(|name| vec![Cell::of(name)]).collect();
        (table, recipients)
    }

    /// What happened to it and to what it was in, the voided told as such.
    fn history(self, world: &World, thing: Node) -> Table {
        let mut table =
            self.table("history", &["time", "event", "step", "disposition", "site", "standing", "recorded"]);
        for fact in world.history(thing).into_iter().filter_map(|place| world.fact(place)) {
            let deed = &fact.deed;
            let word = |kind, term: Option<_>| {
                term.map(|term| self.speech.word(kind, world.term(term))).unwrap_or_default()
            };
            let action = deed.action.map(|action| self.speech.word("action", action.name()));
            let form = self.speech.word("form", deed.form.name());
            let texts = [
                self.speech.time(deed.time).unwrap_or_default(),
                std::iter::once(form).chain(action).collect::<Vec<_>>().join(" · "),
                word("step", deed.step),
                word("disposition", deed.disposition),
                deed.site.map(|site| self.speech.place(world, site)).unwrap_or_default(),
                self.speech.word("standing", fact.standing_word()),
                self.speech.time(deed.recorded).unwrap_or_default(),
            ];
            table.rows.push(texts.map(Cell::of).to_vec());
        }
        table
    }

    /// What a recall of it affects, the nearest first, at most `most`.
    fn affected(self, world: &World, thing: Node, most: usize) -> Table {
        let columns = ["thing", "level", "lot", "#links", "sure", "fate", "site", "last", "recipients"];
        let mut table = self.table("affected", &columns);
        for (node, links, sure) in world.affected(&[thing]).into_iter().take(most) {
            let state = world.state(node);
            let mut recipients: Vec<String> =
                state.recipients.iter().map(|party| self.speech.place(world, *party)).collect();
            recipients.sort_unstable();
            table.rows.push(vec![
                self.link(world, node),
                Cell::of(self.speech.level(world, node)),
                world.lot_of(node).map(|lot| self.link(world, lot)).unwrap_or_default(),
                Cell::of(links.to_string()),
                Cell::of(self.speech.sure(sure)),
                Cell::of(self.speech.word("fate", state.fate.word())),
                Cell::of(state.site.map(|site| self.speech.place(world, site)).unwrap_or_default()),
                Cell::of(state.time.and_then(|time| self.speech.time(time)).unwrap_or_default()),
                Cell::of(recipients.join("; ")),
            ]);
        }
        table
    }

    /// What it came from and what came of it, as a picture; its table has the same lots.
    fn figure(self, world: &World, thing: Node, up: &[(Node, Step)], down: &[(Node, Step)]) -> Figure {
        let drawn = graph::layers(world, thing, up, down);
        let mut twin = self.table("links", &["thing", "level", "#links", "from"]);
        let rows = up.iter().map(|row| (row, -1)).chain(down.iter().map(|row| (row, 1)));
        let lots = rows.filter(|((node, _), _)| !world.is_piece(*node)).take(LISTED);
        twin.rows = lots
            .map(|((node, step), way)| {
                vec![
                    self.link(world, *node),
                    Cell::of(self.speech.level(world, *node)),
                    Cell::of((i64::from(step.links) * way).to_string()),
                    self.link(world, step.from),
                ]
            })
            .collect();
        let name = self.speech.thing(world, thing);
        let n = |all: &[(Node, Step)]| all.len().to_string();
        Figure {
            id: "trace-graph".to_owned(),
            caption: zhiheng_base::words::say(
                self.lang(),
                "server-trace-graph",
                &[("name", &name), ("up", &n(up)), ("down", &n(down))],
            ),
            svg: graph::svg(&drawn, &|box_| self.label(world, box_), &|node| href(world, node)),
            alt: name,
            remarks: drawn
                .left_out
                .map(|left| self.t.with("server-trace-left-out", "n", &left.to_string()))
                .into_iter()
                .collect(),
            twin,
            ..Figure::default()
        }
    }

    /// The lines in a box of the picture.
    fn label(self, world: &World, drawn: &graph::Drawn) -> [String; 2] {
        match drawn.what {
            graph::What::Thing(node) => [self.speech.thing(world, node), self.speech.level(world, node)],
            graph::What::Pieces(n) => {
                [self.t.with("server-trace-pieces", "n", &n.to_string()), String::new()]
            }
        }
    }
}
