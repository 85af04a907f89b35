//! A recall as lists for an authority: what was asked of what, how much is where, who got some, every thing, and what nobody knows.
//!
//! Pages, workbooks and files say the same, since all are made of these lists. Sums over a list are the scope: the last column of the
//! fates, and the pieces by place, which make up what is “at” a place.

use rust_decimal::Decimal;
use zhiheng_base::words::say;
use zhiheng_base::{Lang, RegionCode};
use zhiheng_trace::dictionary::TermId;
use zhiheng_trace::world::ledger::Dimension;
use zhiheng_trace::world::scope::Fate;
use zhiheng_trace::world::{Node, Sure};

use super::{Held, Recall};
use crate::trace::Speech;

/// The columns of stock.
const STOCK: [Dimension; 3] = [Dimension::Mass, Dimension::Volume, Dimension::Count];

/// A list with its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Its name for machines: `fates`.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// Titles of columns, and whether they hold numbers.
    pub columns: Vec<(String, bool)>,
    /// Rows of as many texts.
    pub rows: Vec<Vec<String>>,
}

/// What is said of the question, besides what is recalled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// When, in microseconds.
    pub at: i64,
    /// By whom; empty if nobody is known.
    pub by: String,
    /// Whose events were asked; empty for everybody's.
    pub of: String,
    /// Name of the ledger.
    pub ledger: String,
    /// Its root hash at the size that was asked.
    pub root: String,
    /// Digest of the catalog.
    pub catalog: String,
    /// Where the same list is to be had again; empty if nowhere.
    pub address: String,
    /// Where things that a list leaves out are to be had.
    pub rest: String,
}

/// Names of the lists, in order.
pub const LISTS: [&str; 6] = ["summary", "fates", "places", "recipients", "items", "unknowns"];

/// Writes the lists of a recall.
pub struct Lister<'a> {
    recall: &'a Recall<'a>,
    asked: &'a Asked,
    /// Things in a list at most.
    most: usize,
    speech: Speech,
}

impl<'a> Lister<'a> {
    /// Lists of `recall` with at most `most` things in each, in a language.
    pub fn new(recall: &'a Recall<'a>, asked: &'a Asked, most: usize, lang: Lang) -> Lister<'a> {
        Lister { recall, asked, most, speech: Speech(lang) }
    }

    /// The list with this name, one of [`LISTS`].
    pub fn list(&self, id: &str) -> Option<List> {
        Some(match id {
            "summary" => self.summary(),
            "fates" => self.fates(),
            "places" => self.places(),
            "recipients" => self.recipients(),
            "items" => self.items(),
            "unknowns" => self.unknowns(),
            _ => return None,
        })
    }

    fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        say(self.speech.0, &format!("trace-{id}"), args)
    }

    /// An empty list; columns that begin with `#` hold numbers.
    fn empty(&self, id: &'static str, columns: &[&str]) -> List {
        let column = |id: &&str| (self.say(id.trim_start_matches('#'), &[]), id.starts_with('#'));
        let title = self.say(&format!("list-{id}"), &[]);
        List { id, title, columns: columns.iter().map(column).collect(), rows: Vec::new() }
    }

    fn site(&self, site: TermId) -> String {
        self.speech.place(self.recall.seen.world, site)
    }

    fn thing(&self, node: Node) -> String {
        self.speech.thing(self.recall.seen.world, node)
    }

    /// Code and whole name of a region; both empty if it is unknown.
    fn region(&self, region: Option<RegionCode>) -> [String; 2] {
        let regions = self.recall.atlas.regions();
        let name = |code: RegionCode| match self.speech.0 {
            Lang::Zh => regions.full_name(code),
            Lang::En => regions.title(code, Lang::En).map(str::to_owned),
        };
        let code = region.map(|code| code.to_string()).unwrap_or_default();
        [code, region.and_then(name).unwrap_or_default()]
    }

    fn name(&self, site: TermId) -> String {
        self.recall.atlas.name(self.recall.seen.world.term(site)).unwrap_or_default().to_owned()
    }

    fn time(&self, time: Option<i64>) -> String {
        time.and_then(|time| self.speech.time(time)).unwrap_or_default()
    }

    /// What was asked, of what, and the answer in a few numbers.
    fn summary(&self) -> List {
        let (recall, asked, summary) = (self.recall, self.asked, &self.recall.summary);
        let mut list = self.empty("summary", &["fact", "value"]);
        let mut put = |id: &str, value: String| {
            if !value.is_empty() {
                list.rows.push(vec![self.say(&format!("fact-{id}"), &[]), value]);
            }
        };
        let thing = self.thing(recall.start);
        put("recalled", thing.clone());
        put("asked-at", self.time(Some(asked.at)));
        put("asked-by", asked.by.clone());
        put("asked-of", asked.of.clone());
        put("ledger", asked.ledger.clone());
        put("size", recall.seen.size.to_string());
        put("root", asked.root.clone());
        put("catalog", asked.catalog.clone());
        put("pieces", recall.pieces().to_string());
        put("lots", summary.lots.to_string());
        put("places", recall.places.len().to_string());
        let unknown = recall.places.values().filter(|place| place.region.is_none()).count();
        put("places-unknown", unknown.to_string());
        put("recipients", summary.recipients.len().to_string());
        put("possible", summary.possible.to_string());
        let all = recall.pieces() + summary.lots;
        put("items", self.cut(all).unwrap_or_else(|| all.to_string()));
        put("address", asked.address.clone());
        let size = recall.seen.size.to_string();
        put("again", format!("zhiheng trace recall '{thing}' --as-of {size}"));
        put("reading", self.say("fact-reading-text", &[]));
        list
    }

    /// How many things were left out, and where they are; `None` if none was.
    fn cut(&self, all: usize) -> Option<String> {
        let (n, total) = (self.most.to_string(), all.to_string());
        let args = [("n", n.as_str()), ("all", &total), ("rest", &self.asked.rest)];
        (all > self.most).then(|| self.say("list-cut", &args))
    }

    /// How many pieces have become what.
    fn fates(&self) -> List {
        let mut list = self.empty("fates", &["fate", "#pieces"]);
        let row =
            |(fate, count): (&Fate, &usize)| vec![self.speech.word("fate", fate.word()), count.to_string()];
        list.rows = self.recall.summary.pieces.iter().map(row).collect();
        list
    }

    /// How much is at each place.
    fn places(&self) -> List {
        let mut list = self.empty(
            "places",
            &["site", "name", "region-code", "region", "#pieces", "#stock-kg", "#stock-l", "#stock-count"],
        );
        for (site, place) in self.recall.at(super::spread::Which::All) {
            let mut row = vec![self.site(site), self.name(site)];
            row.extend(self.region(place.region));
            row.extend(held(&place.held));
            list.rows.push(row);
        }
        if !self.recall.nowhere.is_empty() {
            let mut row =
                vec![self.say("place-unrecorded", &[]), String::new(), String::new(), String::new()];
            row.extend(held(&self.recall.nowhere));
            list.rows.push(row);
        }
        list
    }

    /// Who got some, how many and when.
    fn recipients(&self) -> List {
        let columns = [
            "recipients",
            "name",
            "region-code",
            "region",
            "#pieces-got",
            "#pieces-here",
            "#lots",
            "came-first",
            "came-last",
        ];
        let mut list = self.empty("recipients", &columns);
        for one in self.recall.addressees() {
            let (first, last) = one.came().unzip();
            let [code, region] = self.region(one.region);
            list.rows.push(vec![
                one.identifiers(self.recall.seen.world).join("; "),
                one.name.clone().unwrap_or_default(),
                code,
                region,
                one.pieces().to_string(),
                one.here().to_string(),
                one.lots().to_string(),
                self.time(first),
                self.time(last),
            ]);
        }
        list
    }

    /// Thing by thing, the nearest first, at most so many; what was left out is told in a last line.
    fn items(&self) -> List {
        let columns =
            ["thing", "level", "lot", "#links", "sure", "fate", "site", "region", "last", "recipients"];
        let mut list = self.empty("items", &columns);
        let world = self.recall.seen.world;
        let all = world.affected(&[self.recall.start]);
        let n = all.len();
        for (node, links, sure) in all.into_iter().take(self.most) {
            let state = world.state(node);
            let mut recipients: Vec<String> =
                state.recipients.iter().map(|party| self.site(*party)).collect();
            recipients.sort_unstable();
            let [_, region] =
                self.region(state.site.and_then(|site| self.recall.atlas.region(world.term(site))));
            list.rows.push(vec![
                self.thing(node),
                self.speech.level(world, node),
                world.lot_of(node).map(|lot| self.thing(lot)).unwrap_or_default(),
                links.to_string(),
                self.speech.sure(sure),
                self.speech.word("fate", state.fate.word()),
                state.site.map(|site| self.site(site)).unwrap_or_default(),
                region,
                self.time(state.time),
                recipients.join("; "),
            ]);
        }
        self.note_cut(&mut list, n);
        list
    }

    fn note_cut(&self, list: &mut List, all: usize) {
        if let Some(note) = self.cut(all) {
            let mut row = vec![note];
            row.resize(list.columns.len(), String::new());
            list.rows.push(row);
        }
    }

    /// What nobody knows: things without a fate, links that are only possible, places without a region, stocks below nothing.
    fn unknowns(&self) -> List {
        let mut list = self.empty("unknowns", &["unknown-kind", "thing", "site", "#pieces", "amount"]);
        let (world, recall) = (self.recall.seen.world, self.recall);
        let kind = |id: &str| self.say(&format!("unknown-{id}"), &[]);
        for (site, place) in recall.at(super::spread::Which::Unknown) {
            let pieces = place.held.pieces.to_string();
            list.rows.push(vec![kind("region"), String::new(), self.site(site), pieces, String::new()]);
        }
        if recall.nowhere.pieces > 0 {
            let pieces = recall.nowhere.pieces.to_string();
            list.rows.push(vec![kind("place"), String::new(), String::new(), pieces, String::new()]);
        }
        for short in &recall.short {
            let unit = self.speech.unit(short.dimension);
            let site = short.site.map(|site| self.site(site)).unwrap_or_default();
            let amount = format!("{} {unit}", short.amount.normalize());
            list.rows.push(vec![kind("stock"), self.thing(short.thing), site, String::new(), amount]);
        }
        let (mut n, before) = (0, list.rows.len());
        for (node, _, sure) in world.affected(&[recall.start]) {
            let is_lost = world.is_piece(node) && world.state(node).fate == Fate::Unknown;
            let kinds = [("fate", is_lost), ("link", sure != Sure::Recorded)];
            for (id, _) in kinds.into_iter().filter(|(_, is)| *is) {
                n += 1;
                if list.rows.len() - before < self.most {
                    let one = if world.is_piece(node) { "1" } else { "" };
                    let site = world.state(node).site.map(|site| self.site(site)).unwrap_or_default();
                    list.rows.push(vec![kind(id), self.thing(node), site, one.to_owned(), String::new()]);
                }
            }
        }
        self.note_cut(&mut list, n);
        list
    }
}

/// Pieces and stock as cells.
fn held(held: &Held) -> Vec<String> {
    let stock = STOCK.map(|dimension| {
        held.stock.get(&dimension).map(|amount: &Decimal| amount.normalize().to_string()).unwrap_or_default()
    });
    std::iter::once(held.pieces.to_string()).chain(stock).collect()
}
