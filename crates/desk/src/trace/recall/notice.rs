//! The notice to somebody who got affected goods: a letter of the catalog, filled in with what this one place got and nothing of others.
//!
//! What is to be done, and in which words, is the institution's: the template [`TEMPLATE`] says it, and another catalog may have another.
//! Here are only the facts that it may name. A published recall of the same goods gives product, hazard and remedy; without one the
//! template does without. A template that names a clock of the catalog (`{{clock D3}}`) gets its last day, counted from the
//! day of the notice; the shipped one leaves the day to be filled in by hand.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use zhiheng_act::clock::{Calendar, Facts, reckon};
use zhiheng_base::period::date_title;
use zhiheng_base::words::say;
use zhiheng_base::{Date, Diagnostic, Lang};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::letter::{Piece, pieces};
use zhiheng_publish::letter::{ClockShown, Letter, LetterBlock, LetterContext, addressee, write};
use zhiheng_publish::model::{Block, Cell, Table, TableColumn};
use zhiheng_publish::shown::Shown;

use super::Recall;
use super::addressee::{Addressee, Goods};
use crate::open::Notice;
use crate::trace::Speech;
use crate::trouble::Trouble;

/// The template of the notice.
pub const TEMPLATE: &str = "recall.store-notice";

/// The language of letters.
const TEXT: Lang = Lang::Zh;

/// Boxes that are filled in by hand.
const BLANK: [&str; 6] = ["reply_by", "reply_to", "counted", "sold", "handled", "contact"];

/// What all notices of a recall share.
pub struct Notices<'a> {
    /// The recall.
    pub recall: &'a Recall<'a>,
    /// The definitions.
    pub catalog: &'a Catalog,
    /// Working days, for clocks.
    pub calendar: &'a Calendar,
    /// The same recall as it was published, if it was.
    pub published: Option<&'a Notice>,
    /// The office that writes; empty to be filled in by hand.
    pub unit: String,
    /// The day.
    pub on: Date,
}

impl Notices<'_> {
    /// The notice to one addressee.
    ///
    /// # Errors
    ///
    /// ZH8265 if the catalog has no template, and those of the template.
    pub fn to(&self, to: &Addressee, lang: Lang) -> Result<Letter, Trouble> {
        let template = self.catalog.letters.get(TEMPLATE);
        let template = template.ok_or_else(|| Diagnostic::error("ZH8265").arg("template", TEMPLATE))?;
        let number = self.published.map(|one| one.number.clone()).unwrap_or_default();
        let mut facts = LetterContext {
            number: number.clone(),
            to: String::new(),
            unit: self.unit.clone(),
            signer: String::new(),
            on: self.on,
            // What has no case is known by what is recalled.
            case_no: if number.is_empty() { self.item() } else { number.clone() },
            fields: self.fields(to),
            clocks: self.clocks(&pieces(template)?),
            ledger: self.recall.seen.size,
            catalog: self.catalog.digest.clone(),
            verify: String::new(),
        };
        facts.to = addressee(template, &facts);
        let (mut letter, _) = write(template, &facts, lang)?;
        letter.blocks.push(LetterBlock::Block(Block::Table(self.goods(to))));
        letter.number = number;
        letter.office = letter.office.filter(|office| !office.is_empty());
        // It has no code of its own: whoever doubts it asks for the recall again at this size of the ledger.
        let args = [("item", self.item()), ("ledger", facts.ledger.to_string())];
        letter.foot =
            say(TEXT, "trace-notice-foot", &args.each_ref().map(|(name, value)| (*name, value.as_str())));
        Ok(letter)
    }

    fn item(&self) -> String {
        Speech(TEXT).thing(self.recall.seen.world, self.recall.start)
    }

    /// What the template may name.
    fn fields(&self, to: &Addressee) -> BTreeMap<String, Shown> {
        let identifiers = to.identifiers(self.recall.seen.world).join("、");
        let recipient = match &to.name {
            Some(name) => say(TEXT, "trace-notice-named", &[("name", name), ("id", &identifiers)]),
            None => identifiers,
        };
        let (first, last) = to.came().unzip();
        let day =
            |time: Option<i64>| time.and_then(day_of).map(|day| date_title(TEXT, day)).unwrap_or_default();
        let count = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        let of = |text: fn(&Notice) -> String| self.published.map(text).unwrap_or_default();
        let known = [
            ("recipient", recipient),
            ("item", self.item()),
            ("pieces", count(to.pieces())),
            ("here", count(to.here())),
            ("lots", count(to.lots())),
            ("first_on", day(first)),
            ("last_on", day(last)),
            ("notice_no", of(|one| one.number.clone())),
            ("product_name", of(|one| one.product.clone())),
            ("producer_name", of(|one| one.producer.clone())),
            ("hazard", of(|one| one.hazard.clone())),
            ("remedy", of(|one| one.remedy.clone())),
            ("published_on", of(|one| date_title(TEXT, one.from))),
        ];
        let blank = BLANK.map(|id| (id, String::new()));
        let shown = |(id, text): (&str, String)| {
            let name = say(TEXT, &format!("trace-notice-{}", id.replace('_', "-")), &[]);
            (id.to_owned(), Shown { name, holds: !text.is_empty(), text })
        };
        known.into_iter().chain(blank).map(shown).collect()
    }

    /// The days of clocks of the catalog that the template names, as if they began with the notice. A clock that cannot begin so is left
    /// out, and the letter says that it is missing.
    fn clocks(&self, pieces: &[Piece]) -> BTreeMap<String, ClockShown> {
        let mut out = BTreeMap::new();
        let mut queue: Vec<&Piece> = pieces.iter().collect();
        while let Some(piece) = queue.pop() {
            match piece {
                Piece::If { inner, .. } => queue.extend(inner),
                Piece::Clock { instance, .. } => {
                    let facts = Facts::on(self.on);
                    let clock = self.catalog.clocks.get(instance);
                    let Some(Ok(found)) = clock.map(|clock| reckon(clock, &facts, self.calendar)) else {
                        continue;
                    };
                    let opens = found.opens.as_ref().and_then(|end| end.day);
                    let shown = ClockShown { opens, due: found.due(), provisional: found.is_provisional() };
                    out.insert(instance.clone(), shown);
                }
                _ => {}
            }
        }
        out
    }

    /// What the addressee got, line by line.
    fn goods(&self, to: &Addressee) -> Table {
        let word = |id: &str| say(TEXT, &format!("trace-notice-goods-{id}"), &[]);
        let column = |id: &str| TableColumn { title: word(id), unit: None, number: id == "pieces" };
        let cell = |text: String| Cell { text, ..Cell::default() };
        let row = |goods: &Goods| {
            let mark = if goods.is_sure { "" } else { "＊" };
            let days = goods.came.map(|(first, last)| [day_of(first), day_of(last)]);
            let days = days.map(|days| days.map(|day| day.map(|day| day.to_string()).unwrap_or_default()));
            let days =
                days.map(|[first, last]| if first == last { first } else { format!("{first}—{last}") });
            let speech = Speech(TEXT);
            let amounts = goods.received.iter();
            let amounts: Vec<String> = amounts
                .map(|(dimension, amount)| format!("{}{}", amount.normalize(), speech.unit(*dimension)))
                .collect();
            let serials =
                if goods.serials.is_empty() { amounts.join("、") } else { goods.serials.join("、") };
            let pieces = if goods.pieces == 0 { String::new() } else { goods.pieces.to_string() };
            vec![
                cell(format!("{}{mark}", goods.product)),
                cell(goods.lot.clone().unwrap_or_default()),
                cell(serials),
                cell(pieces),
                cell(days.unwrap_or_default()),
            ]
        };
        let is_sure = to.goods.iter().all(|goods| goods.is_sure);
        Table {
            number: 0,
            caption: word("title"),
            columns: ["product", "lot", "serials", "pieces", "days"].map(column).to_vec(),
            rows: to.goods.iter().map(row).collect(),
            remarks: (!is_sure).then(|| word("possible")).into_iter().collect(),
        }
    }
}

/// The day of a time in China.
fn day_of(time: i64) -> Option<Date> {
    let at = Timestamp::from_microsecond(time).ok()?;
    Some(at.to_zoned(TimeZone::fixed(offset(8))).date())
}
