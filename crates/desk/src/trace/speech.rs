//! Things, places, moments and standard words as people read them.

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use zhiheng_base::Lang;
use zhiheng_base::words::say;
use zhiheng_trace::dictionary::TermId;
use zhiheng_trace::id::shown;
use zhiheng_trace::world::ledger::Dimension;
use zhiheng_trace::world::{Node, Sure, World};

/// The language in which a world is told.
#[derive(Clone, Copy, Debug)]
pub struct Speech(pub Lang);

impl Speech {
    /// A thing: the element string of a GS1 key, anything else as it is written.
    pub fn thing(self, world: &World, node: Node) -> String {
        shown(&world.text(node))
    }

    /// A place or party likewise.
    pub fn place(self, world: &World, site: TermId) -> String {
        shown(world.term(site))
    }

    /// A moment on China's clock.
    pub fn time(self, micros: i64) -> Option<String> {
        let time = Timestamp::from_microsecond(micros).ok()?.to_zoned(TimeZone::fixed(offset(8)));
        Some(time.strftime("%Y-%m-%d %H:%M:%S").to_string())
    }

    /// A standard word; what has no name stays as it is.
    pub fn word(self, kind: &str, word: &str) -> String {
        let said = say(self.0, &format!("trace-{kind}-{}", word.replace('_', "-").to_lowercase()), &[]);
        if said.starts_with('\u{ab}') { word.to_owned() } else { said }
    }

    /// What kind of thing it is: piece, lot or class.
    pub fn level(self, world: &World, node: Node) -> String {
        self.word("level", level(world, node))
    }

    /// The base unit in which something is measured.
    pub fn unit(self, dimension: Dimension) -> String {
        let word = match dimension {
            Dimension::Mass => "kg",
            Dimension::Volume => "l",
            Dimension::Count => "pieces",
        };
        self.word("unit", word)
    }

    /// Whether a link is recorded.
    pub fn sure(self, sure: Sure) -> String {
        self.word("sure", if sure == Sure::Recorded { "recorded" } else { "possible" })
    }
}

/// What kind of thing it is, for machines: `piece`, `lot` or `class`.
pub fn level(world: &World, node: Node) -> &'static str {
    match (world.is_lot(node), world.is_class(node)) {
        (true, _) => "lot",
        (_, true) => "class",
        _ => "piece",
    }
}
