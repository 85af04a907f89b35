//! What the pages cannot show on a small world: lists that are cut, clocks in a letter, places that nobody recorded.

use zhiheng_act::clock::Calendar;
use zhiheng_base::{Date, Lang, Regions};
use zhiheng_publish::letter::LetterBlock;
use zhiheng_publish::model::{Block, Inline};
use zhiheng_trace::event::{Action, Event, EventKind, Site};
use zhiheng_trace::query::Masters;
use zhiheng_trace::world::{Captured, World};

use super::notice::{Notices, TEMPLATE};
use super::spread::Which;
use super::tables::{Asked, LISTS, Lister};
use super::{Recall, Seen};

const CLASS: &str = "https://id.gs1.org/01/04012345111118";

fn event(second: i64, action: Action, numbers: &[u32], step: &str, site: Option<&str>) -> Captured {
    let time = zhiheng_trace::Time::at(second * 1_000_000).expect("a time");
    let mut event = Event::new(EventKind::Object, time, "+08:00");
    event.action = Some(action);
    event.epcs = numbers.iter().map(|n| format!("{CLASS}/21/{n}")).collect();
    event.biz_step = Some(step.to_owned());
    event.biz_location = site.map(|id| Site { id: id.to_owned(), extensions: Vec::new() });
    Captured { event, recorded: second }
}

/// Three pieces of a class at a place, a fourth of which nobody said where it is.
fn world() -> World {
    let shop = Some("https://id.gs1.org/414/6901234000009");
    World::of(
        &[
            event(1, Action::Add, &[1, 2, 4], "commissioning", shop),
            event(2, Action::Add, &[3], "commissioning", None),
        ],
        None,
    )
}

fn regions() -> Regions {
    Regions::parse("620000,甘肃省\n621100,定西市\n621122,陇西县\n", "").expect("regions")
}

fn with<T>(ask: impl FnOnce(&Recall<'_>) -> T) -> T {
    let (world, masters, regions) = (world(), Masters::default(), regions());
    let start = world.find(CLASS).or_else(|| world.find(&format!("{CLASS}/21/1"))).expect("a thing");
    ask(&Recall::of(Seen { world: &world, masters: &masters, size: 2 }, &regions, start))
}

#[test]
fn a_list_that_is_cut_says_so_and_where_the_rest_is() {
    with(|recall| {
        let asked = Asked { rest: "THE REST".to_owned(), ..Asked::default() };
        let all = recall.pieces() + recall.summary.lots;
        assert!(all > 0);
        for (most, rows) in [(all, all), (0, 1)] {
            for lang in [Lang::Zh, Lang::En] {
                let lister = Lister::new(recall, &asked, most, lang);
                let items = lister.list("items").expect("items");
                assert_eq!(items.rows.len(), rows, "{items:?}");
                assert_eq!(items.rows.iter().any(|row| row[0].contains("THE REST")), most < all);
                let every = LISTS.map(|id| lister.list(id).expect(id));
                for list in &every {
                    assert!(list.rows.iter().all(|row| row.len() == list.columns.len()), "{list:?}");
                    let texts = list.columns.iter().map(|(title, _)| title).chain(list.rows.iter().flatten());
                    assert!(texts.chain([&list.title]).all(|text| !text.contains('«')), "{list:?}");
                }
                assert!(lister.list("nothing").is_none());
            }
        }
    });
}

#[test]
fn the_parts_make_up_what_is_at_places() {
    with(|recall| {
        let spread = recall.spread(zhiheng_base::RegionCode::parse("621100").expect("a region"));
        let at = recall.with(super::Fate::At);
        assert_eq!(spread.unknown.held.pieces, at, "nobody described the shop");
        assert_eq!(recall.at(Which::Unknown).len(), recall.places.len());
        assert!(!spread.has_parts() && spread.parts.len() == 1);
    });
}

#[test]
fn a_letter_that_names_a_clock_gets_its_last_day() {
    with(|recall| {
        let mut catalog = zhiheng_catalog::load(&[]).catalog;
        let letter = catalog.letters.get_mut(TEMPLATE).expect("the template");
        letter.body = "期限：{{clock B3}}\n\n无此期限：{{clock none}}\n".to_owned();
        let calendar = Calendar::parse(zhiheng_catalog::shipped("base/holidays.csv").unwrap_or_default(), "");
        let notices = Notices {
            recall,
            catalog: &catalog,
            calendar: &calendar.expect("a calendar"),
            published: None,
            unit: String::new(),
            on: Date::constant(2024, 1, 16),
        };
        let all = recall.addressees();
        let letter = notices.to(&all[0], Lang::En).expect("a letter");
        let text: String = (letter.blocks.iter())
            .filter_map(|block| match block {
                LetterBlock::Block(Block::Paragraph(parts)) => Some(parts),
                _ => None,
            })
            .flatten()
            .map(|part| if let Inline::Text(text) | Inline::Strong(text) = part { text.as_str() } else { "" })
            .collect();
        // The sixtieth day, 16 March 2024, is a Saturday.
        assert!(text.contains("2024年3月18日"), "{text}");
        assert!(letter.draft.is_some(), "a clock that there is not is a gap: {text}");
        assert!(letter.office.is_none() && letter.foreign.is_some());
    });
}
