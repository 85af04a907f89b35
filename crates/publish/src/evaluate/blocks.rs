//! Blocks: headings with their numbers, conditions, and the block directives.

use zhiheng_base::{Lang, Level};

use super::session::Session;
use crate::language::{Call, Item, Piece};
use crate::model::{Block, Inline};

impl Session<'_> {
    /// Evaluates blocks in order.
    pub(super) fn items(&mut self, items: &[Item]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for item in items {
            match item {
                Item::Heading { level, numbered, text } => {
                    blocks.push(self.heading(*level, *numbered, text));
                }
                Item::Paragraph(pieces) => {
                    let inlines = self.inlines(pieces);
                    if !inlines.is_empty() {
                        blocks.push(Block::Paragraph(inlines));
                    }
                }
                Item::List { ordered, items } => {
                    let items = items.iter().map(|item| self.inlines(item)).collect();
                    blocks.push(Block::List { ordered: *ordered, items });
                }
                Item::PageBreak => blocks.push(Block::PageBreak),
                Item::Call(call) => match call.name.text.as_str() {
                    "table" => blocks.extend(self.table(call)),
                    "figure" => blocks.extend(self.figure(call)),
                    "methods" => blocks.extend(self.methods()),
                    _ => {}
                },
                Item::If { condition, then, otherwise } => {
                    blocks.extend(self.conditional(condition, then, otherwise.as_deref()));
                }
            }
        }
        blocks
    }

    fn heading(&mut self, level: u8, numbered: bool, pieces: &[Piece]) -> Block {
        let number = if numbered { self.headings.next(level, self.lang) } else { String::new() };
        let text = self.plain(pieces);
        Block::Heading { level, text: format!("{number}{text}") }
    }

    fn conditional(&mut self, condition: &Call, then: &[Item], otherwise: Option<&[Item]>) -> Vec<Block> {
        let (holds, missing) = self.holds(condition);
        if holds {
            return self.items(then);
        }
        if let Some(otherwise) = otherwise {
            return self.items(otherwise);
        }
        let says = condition.option("else").unwrap_or("say") == "say";
        if !says || missing.is_empty() {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        if let Some(Item::Heading { level, numbered, text }) =
            then.iter().find(|item| matches!(item, Item::Heading { .. }))
        {
            blocks.push(self.heading(*level, *numbered, text));
        }
        let names = crate::phrase::list(&missing, self.lang);
        let place = self.where_of(condition);
        let sentence = self.say("section-no-data", &[("names", &names), ("place", &place)]);
        blocks.push(Block::Paragraph(vec![Inline::Text(sentence)]));
        blocks
    }

    /// Whether a condition holds; if it fails for want of data, the names of the figures.
    fn holds(&mut self, condition: &Call) -> (bool, Vec<String>) {
        let lang = match condition.option("lang") {
            Some("zh") => self.lang == Lang::Zh,
            Some("en") => self.lang == Lang::En,
            _ => true,
        };
        let level = condition.option("level").is_none_or(|levels| {
            let here = self.request.region.level();
            levels.split(',').any(|word| Level::parse(word.trim()) == Some(here))
        });
        if !lang || !level {
            return (false, Vec::new());
        }
        if !condition.has("data") {
            return (true, Vec::new());
        }
        let mut names = Vec::new();
        let mut any = false;
        for subject in &condition.subjects {
            let Some(indicator) = self.indicator(&subject.id.text) else { continue };
            names.push(indicator.head.name.get(self.lang).to_owned());
            let measure =
                self.address(condition, subject).and_then(|address| self.measure(&address, condition.span));
            any |= measure.is_some_and(|measure| measure.value.is_some());
        }
        if condition.has("no") { (!any, Vec::new()) } else { (any, names) }
    }

    /// Place and time of a directive in words.
    pub(super) fn where_of(&self, call: &Call) -> String {
        let region = self.region_of(call);
        let period = self.period_of(call).unwrap_or(self.request.period);
        let name = crate::names::region(self.catalog, region, period.last_day(), self.lang);
        self.say("where-and-when", &[("region", &name), ("period", &period.title(self.lang))])
    }
}
